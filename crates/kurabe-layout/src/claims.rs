//! Which line was used for what: the account behind coverage.

use std::collections::BTreeMap;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The line is in a record.
    Record,
    /// A named rule skips the line.
    Skipped(String),
}

/// The account of all written lines of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claims {
    claims: BTreeMap<u32, Claim>,
    written: Vec<u32>,
}

impl Claims {
    /// An account in which no line is used yet.
    #[must_use]
    pub fn new(written: Vec<u32>) -> Self {
        Self {
            claims: BTreeMap::new(),
            written,
        }
    }

    /// Notes that a line is in a record. A record outweighs a skip.
    pub fn record(&mut self, line: u32) {
        self.claims.insert(line, Claim::Record);
    }

    /// Notes that a rule skips a line, unless the line is already in a record.
    pub fn skip(&mut self, line: u32, rule: &str) {
        self.claims
            .entry(line)
            .or_insert_with(|| Claim::Skipped(rule.to_owned()));
    }

    /// Whether the line is used already.
    #[must_use]
    pub fn is_claimed(&self, line: u32) -> bool {
        self.claims.contains_key(&line)
    }

    /// Number of written lines.
    #[must_use]
    pub fn total(&self) -> usize {
        self.written.len()
    }

    /// Number of written lines that are in a record.
    #[must_use]
    pub fn in_records(&self) -> usize {
        self.count(|claim| matches!(claim, Claim::Record))
    }

    /// Number of written lines that a rule skips, by rule.
    #[must_use]
    pub fn skipped(&self) -> BTreeMap<String, usize> {
        let mut rules = BTreeMap::new();
        for line in &self.written {
            if let Some(Claim::Skipped(rule)) = self.claims.get(line) {
                *rules.entry(rule.clone()).or_insert(0) += 1;
            }
        }
        rules
    }

    /// Written lines that are neither in a record nor skipped.
    #[must_use]
    pub fn unread(&self) -> Vec<u32> {
        self.written
            .iter()
            .copied()
            .filter(|l| !self.claims.contains_key(l))
            .collect()
    }

    fn count(&self, wanted: impl Fn(&Claim) -> bool) -> usize {
        self.written
            .iter()
            .filter(|l| self.claims.get(l).is_some_and(&wanted))
            .count()
    }
}
