//! Progress on the standard error stream: a bar per stage and a line per document.
//!
//! Nothing is shown when that stream is no terminal.

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows how far a run is.
#[derive(Debug, Clone)]
pub struct Progress {
    bars: MultiProgress,
}

impl Progress {
    /// Progress that is shown on a terminal.
    #[must_use]
    pub fn shown() -> Self {
        Self {
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::stderr()),
        }
    }

    /// Progress that is never shown.
    #[must_use]
    pub fn hidden() -> Self {
        Self {
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::hidden()),
        }
    }

    /// Begins a stage of so many steps.
    #[must_use]
    pub fn stage(&self, name: &str, steps: usize) -> Stage {
        let bar = self.bars.add(ProgressBar::new(steps as u64));
        if let Ok(style) = ProgressStyle::with_template("{prefix:<12} {bar:24} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_prefix(name.to_owned());
        bar.tick();
        Stage {
            bars: self.bars.clone(),
            bar,
        }
    }
}

/// A stage of a run; its bar is taken away when it ends.
#[derive(Debug)]
pub struct Stage {
    bars: MultiProgress,
    bar: ProgressBar,
}

impl Stage {
    /// One step is done; `line` says which.
    pub fn step(&self, line: &str) {
        self.bar.inc(1);
        if !line.is_empty() {
            let _ = self.bars.println(line);
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
