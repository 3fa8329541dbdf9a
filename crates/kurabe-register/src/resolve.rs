//! Names to municipalities. A name that could mean two is refused, never guessed.

use jiff::civil::Date;

use crate::register::{Entry, Register};

/// How many near names are told.
const NEAREST: usize = 3;

/// Why a name does not say which municipality is meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// No municipality bears or bore the name.
    #[error(
        "no municipality is called `{name}`; near names: {}; correct the name",
        or_none(nearest)
    )]
    Unknown {
        /// The name.
        name: String,
        /// Municipalities with names most like it.
        nearest: Vec<String>,
    },
    /// Several municipalities bear the name.
    #[error(
        "`{name}` can be {}; write the prefecture before the name",
        candidates.join(", ")
    )]
    Ambiguous {
        /// The name.
        name: String,
        /// All that it can be.
        candidates: Vec<String>,
    },
    /// No municipality bore the name on the day asked for.
    #[error(
        "`{name}` did not exist on {on}: {}; write the name of that day or correct the day",
        candidates.join(", ")
    )]
    NotThen {
        /// The name.
        name: String,
        /// The day.
        on: Date,
        /// Those who bore or bear it, with their days.
        candidates: Vec<String>,
    },
}

fn or_none(names: &[String]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

impl Register {
    /// The municipality of a name. On a day, the one that bore the name then. Without a day, the one of
    /// today that bears it or has taken the place of the one that bore it.
    ///
    /// # Errors
    /// When none does, or several do and the prefecture does not tell them apart.
    pub fn resolve(
        &self,
        prefecture: Option<&str>,
        name: &str,
        on: Option<Date>,
    ) -> Result<&Entry, ResolveError> {
        let wanted = prefecture.map(|prefecture| self.fold.fold(prefecture));
        let is_inside = |entry: &&Entry| {
            let fits = |wanted: &String| self.fold.fold(&entry.prefecture) == *wanted;
            wanted.as_ref().is_none_or(fits)
        };
        let places = self.places(name);
        let all = places.iter().filter_map(|place| self.entries().get(*place));
        let borne: Vec<&Entry> = all.filter(is_inside).collect();
        let Some(first) = borne.first() else {
            return Err(self.unknown(name));
        };
        let mut found: Vec<&Entry> = match on {
            Some(_) => borne.iter().copied().filter(|e| e.is_valid(on)).collect(),
            None => borne.iter().map(|entry| self.successor(entry)).collect(),
        };
        found.sort_by(|a, b| a.code.cmp(&b.code));
        found.dedup_by(|a, b| a.code == b.code);
        match (found.as_slice(), on) {
            ([one], _) => Ok(one),
            ([], Some(on)) => Err(self.not_then(name, on, &borne)),
            ([], None) => Ok(first),
            (several, _) => Err(ResolveError::Ambiguous {
                name: name.to_owned(),
                candidates: several.iter().map(|entry| entry.shown()).collect(),
            }),
        }
    }

    fn not_then(&self, name: &str, on: Date, borne: &[&Entry]) -> ResolveError {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let told = |entry: &&Entry| {
            let next = match self.successor(entry) {
                same if same == *entry => String::new(),
                next => format!(" → {}", next.shown()),
            };
            let (from, to) = (day(entry.valid_from), day(entry.valid_to));
            format!("{} ({from}–{to}){next}", entry.shown())
        };
        ResolveError::NotThen {
            name: name.to_owned(),
            on,
            candidates: borne.iter().map(told).collect(),
        }
    }

    /// The error about a name that is not in the list.
    pub(crate) fn unknown(&self, name: &str) -> ResolveError {
        let folded = self.fold.fold(name);
        let score = |entry: &Entry| {
            let known = self.fold.fold(&entry.name);
            strsim::sorensen_dice(&folded, &known)
                .max(strsim::normalized_levenshtein(&folded, &known))
        };
        let mut scored: Vec<(f64, &Entry)> = self.entries().iter().map(|e| (score(e), e)).collect();
        scored.retain(|(score, _)| *score >= 0.5);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.code.cmp(&b.1.code)));
        ResolveError::Unknown {
            name: name.to_owned(),
            nearest: scored
                .iter()
                .take(NEAREST)
                .map(|(_, entry)| entry.shown())
                .collect(),
        }
    }
}
