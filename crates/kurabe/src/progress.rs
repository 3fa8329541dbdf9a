//! Progress on the standard error stream: a bar per stage and a line per document; a bar per file
//! that is fetched, and one for all of them.
//!
//! Nothing is shown when that stream is no terminal.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use kurabe_fetch::{Event, Watch};

use crate::text::{Lang, screen};

/// How often a bar is drawn while nothing comes, so that its rate and time left stay true.
const TICK: Duration = Duration::from_millis(200);

/// A file whose size is known: what is there, how fast, how long it will take.
const SIZED: &str = "{prefix:<20!} {bar:20} {binary_bytes:>11}/{binary_total_bytes:<11} {binary_bytes_per_sec:>13} {eta:>4} {msg}";

/// A file whose size is not known.
const UNSIZED: &str = "{prefix:<20!} {spinner} {binary_bytes:>11} {binary_bytes_per_sec:>13} {msg}";

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

/// The bars of the files that are fetched, and one for all of them.
#[derive(Debug)]
pub struct Downloads {
    bars: MultiProgress,
    lang: Lang,
    total: ProgressBar,
    sources: usize,
    files: RefCell<BTreeMap<String, Download>>,
    done: RefCell<usize>,
}

/// The bar of a file, with what it has added to the bar of all.
#[derive(Debug)]
struct Download {
    bar: ProgressBar,
    counted: u64,
    length: u64,
}

impl Downloads {
    /// Bars for so many sources.
    #[must_use]
    pub fn new(progress: &Progress, lang: Lang, sources: usize) -> Self {
        let bars = progress.bars.clone();
        let total = bars.add(ProgressBar::new(0));
        styled(&total, SIZED);
        total.set_prefix(screen::stage_fetch(lang));
        total.set_message(format!("0/{sources}"));
        total.enable_steady_tick(TICK);
        Self {
            bars,
            lang,
            total,
            sources,
            files: RefCell::default(),
            done: RefCell::default(),
        }
    }

    fn begin(&self, id: &str) -> Download {
        let bar = self
            .bars
            .insert_before(&self.total, ProgressBar::no_length());
        styled(&bar, UNSIZED);
        bar.set_prefix(id.to_owned());
        Download {
            bar,
            counted: 0,
            length: 0,
        }
    }

    /// A body begins, perhaps not for the first time: the bar of all takes back what the last
    /// attempt had added.
    fn size(&self, file: &mut Download, done: u64, total: Option<u64>) {
        file.bar.set_message("");
        styled(&file.bar, if total.is_some() { SIZED } else { UNSIZED });
        match total {
            Some(total) => file.bar.set_length(total),
            None => file.bar.unset_length(),
        }
        file.bar.set_position(done);
        file.bar.reset_eta();
        let before = self.total.position().saturating_sub(file.counted);
        self.total.set_position(before + done);
        let length = self.total.length().unwrap_or(0).saturating_sub(file.length);
        file.counted = done;
        file.length = total.unwrap_or(done);
        self.total.set_length(length + file.length);
    }

    /// A file whose size is not known makes the whole longer as it comes.
    fn receive(&self, file: &mut Download, bytes: u64) {
        file.bar.inc(bytes);
        file.counted += bytes;
        self.total.inc(bytes);
        if file.counted > file.length {
            self.total.inc_length(file.counted - file.length);
            file.length = file.counted;
        }
    }

    fn finish(&self, file: &Download) {
        file.bar.finish_and_clear();
        let mut done = self.done.borrow_mut();
        *done += 1;
        self.total.set_message(format!("{done}/{}", self.sources));
    }
}

impl Watch for Downloads {
    fn tell(&self, id: &str, event: &Event<'_>) {
        let mut files = self.files.borrow_mut();
        let file = files.entry(id.to_owned()).or_insert_with(|| self.begin(id));
        match event {
            Event::Asking(_) => file.bar.tick(),
            Event::Begins { done, total } => self.size(file, *done, *total),
            Event::Received(bytes) => self.receive(file, *bytes),
            Event::Waiting { time, .. } => {
                let seconds = time.as_secs_f64().ceil();
                file.bar
                    .set_message(screen::fetch_waiting(self.lang, seconds));
            }
            Event::Done(_) => self.finish(file),
        }
    }
}

impl Drop for Downloads {
    fn drop(&mut self) {
        self.total.finish_and_clear();
    }
}

fn styled(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_of_all_counts_every_byte_once() {
        let downloads = Downloads::new(&Progress::hidden(), Lang::En, 2);
        let tell = |id, event: Event<'_>| downloads.tell(id, &event);
        let begins = |done, total| Event::Begins { done, total };
        tell("a", begins(0, Some(100)));
        tell("b", begins(0, None));
        tell("a", Event::Received(40));
        tell("b", Event::Received(7));
        let total = |downloads: &Downloads| (downloads.total.position(), downloads.total.length());
        assert_eq!(total(&downloads), (47, Some(107)));
        tell("a", begins(40, Some(100)));
        assert_eq!(total(&downloads), (47, Some(107)));
        tell("a", begins(0, Some(90)));
        tell("a", Event::Received(90));
        assert_eq!(total(&downloads), (97, Some(97)));
    }

    #[test]
    fn the_templates_can_be_drawn() {
        for template in [SIZED, UNSIZED] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
    }
}
