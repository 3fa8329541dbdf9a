//! Which indicators something printed belongs to.

use crate::data::{Clause, Field, Indicator, Indicators, Rule, Source};
use kurabe_category::printed;

/// A text of a field, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The field.
    pub field: Field,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub locator: String,
}

/// What is known of a KPI, an effect or a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub source: Source,
    /// Its texts.
    pub pieces: Vec<Piece>,
}

/// Words that speak for an alignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The field that they stand in.
    pub field: Field,
    /// The words as printed.
    pub term: String,
    /// Where they stand.
    pub locator: String,
}

/// A figure that a pattern found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Number and unit as printed.
    pub value: String,
    /// The year that stands with it.
    pub year: Option<String>,
    /// Everything that the pattern took.
    pub print: String,
    /// Where the text stands.
    pub locator: String,
}

/// That something belongs to an indicator.
#[derive(Debug, Clone)]
pub struct Alignment<'i> {
    /// The indicator.
    pub indicator: &'i Indicator,
    /// The rule that said so.
    pub rule: &'i Rule,
    /// What speaks for it: a row per clause.
    pub evidence: Vec<Evidence>,
    /// The figure, for a rule on text.
    pub figure: Option<Figure>,
}

impl Subject {
    /// Something without texts.
    #[must_use]
    pub fn new(source: Source) -> Self {
        Self {
            source,
            pieces: Vec::new(),
        }
    }

    /// Adds a text; an absent or empty one is left out.
    pub fn push(&mut self, field: Field, text: Option<&str>, locator: &str) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.pieces.push(Piece {
                field,
                text: text.to_owned(),
                locator: locator.to_owned(),
            });
        }
    }

    /// The first term of a clause that stands in one of its fields.
    fn find(&self, clause: &Clause) -> Option<Evidence> {
        clause.fields.iter().find_map(|field| {
            let own = self.pieces.iter().filter(|piece| piece.field == *field);
            own.flat_map(|piece| clause.any.iter().map(move |term| (piece, term)))
                .find_map(|(piece, term)| {
                    Some(Evidence {
                        field: *field,
                        term: printed(&piece.text, term)?.to_owned(),
                        locator: piece.locator.clone(),
                    })
                })
        })
    }

    /// The first figure that the pattern finds in what the measure says of itself.
    fn figure(&self, rule: &Rule) -> Option<Figure> {
        let pattern = rule.pattern.as_ref()?;
        let texts = self.pieces.iter();
        let mut texts = texts.filter(|p| matches!(p.field, Field::Summary | Field::Past));
        texts.find_map(|piece| {
            let found = pattern.captures(&piece.text)?;
            Some(Figure {
                value: found.name("value")?.as_str().to_owned(),
                year: found.name("year").map(|year| year.as_str().to_owned()),
                print: found.get(0)?.as_str().to_owned(),
                locator: piece.locator.clone(),
            })
        })
    }
}

impl Indicators {
    /// Every indicator that a subject belongs to, each by the first of its rules that fits.
    #[must_use]
    pub fn align(&self, subject: &Subject) -> Vec<Alignment<'_>> {
        let all = self.all.iter().filter_map(|indicator| {
            let mut rules = indicator.rules.iter();
            rules.find_map(|rule| fit(indicator, rule, subject))
        });
        all.collect()
    }
}

fn fit<'i>(indicator: &'i Indicator, rule: &'i Rule, subject: &Subject) -> Option<Alignment<'i>> {
    if rule.source != subject.source || rule.none.iter().any(|c| subject.find(c).is_some()) {
        return None;
    }
    let found = rule.all.iter().map(|clause| subject.find(clause));
    let evidence = found.collect::<Option<Vec<Evidence>>>()?;
    let figure = subject.figure(rule);
    if rule.source == Source::Text && figure.is_none() {
        return None;
    }
    Some(Alignment {
        indicator,
        rule,
        evidence,
        figure,
    })
}
