//! Scores and the floors below which the test fails.

use std::collections::BTreeMap;

/// The least that each kind of score may be; the last part of the name decides, with the
/// more special entries first.
const FLOORS: &[(&str, f64)] = &[
    ("measures.recall", 1.0),
    ("measures.precision", 1.0),
    ("repeat_of", 0.99),
    ("schedule.recall", 0.98),
    ("schedule.precision", 0.97),
    ("kpi.recall", 0.98),
    ("kpi.baseline", 0.97),
    ("kpi.target", 0.97),
    ("kpi.actual", 0.97),
    ("kpi.unit", 0.97),
    ("outcomes", 1.0),
    ("listing.procedures", 1.0),
    ("start_fiscal_year", 0.98),
    ("operation_start", 0.98),
    ("title", 0.99),
    ("number", 0.99),
    ("part", 0.99),
    ("section", 0.99),
    ("departments", 0.99),
    ("stage", 0.99),
    ("tracks", 0.99),
    ("is_new", 0.99),
    ("is_repeat", 0.99),
    ("term", 0.99),
];

/// What the part of the gold data that is at hand may not hold.
const ABSENT: &[&str] = &["repeat_of"];

/// Hits and comparisons by name, with what was missed.
#[derive(Default)]
pub(super) struct Scores(BTreeMap<String, Score>);

#[derive(Default)]
struct Score {
    hits: usize,
    total: usize,
    missed: Vec<String>,
}

impl Scores {
    /// Counts one comparison; `what` says what was compared when it fails.
    pub(super) fn count(&mut self, name: String, hit: bool, what: impl FnOnce() -> String) {
        let score = self.0.entry(name).or_default();
        score.total += 1;
        if hit {
            score.hits += 1;
        } else {
            score.missed.push(what());
        }
    }

    pub(super) fn print(&self) {
        for (name, score) in &self.0 {
            println!("{name}\t{:.4}\t({})", score.rate(), score.total);
        }
    }

    pub(super) fn check(&self) {
        let low: Vec<String> = self
            .0
            .iter()
            .filter(|(name, score)| score.rate() < floor(name))
            .map(|(name, score)| {
                let missed = score.missed.iter().take(10);
                let missed: Vec<String> = missed.map(|m| format!("\n    {m}")).collect();
                format!(
                    "{name}: {:.4} of {} is below {}{}",
                    score.rate(),
                    score.total,
                    floor(name),
                    missed.concat()
                )
            })
            .collect();
        assert!(low.is_empty(), "{}", low.join("\n"));
        // A floor that nothing is compared with would pass for ever.
        for (end, _) in FLOORS.iter().filter(|(end, _)| !ABSENT.contains(end)) {
            let met = self.0.keys().any(|name| name.ends_with(end));
            assert!(met, "nothing was compared for {end}");
        }
    }
}

impl Score {
    fn rate(&self) -> f64 {
        self.hits as f64 / self.total as f64
    }
}

fn floor(name: &str) -> f64 {
    FLOORS
        .iter()
        .find(|(end, _)| name.ends_with(&format!(".{end}")))
        .unwrap_or_else(|| panic!("no floor for {name}"))
        .1
}
