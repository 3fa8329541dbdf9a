//! What is compared of a measure.

use super::names;
use super::words::WORDS;
use crate::similar;
use kurabe_schema::{Dataset, Measure};
use kurabe_text::width;
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of neighbouring characters with their weights, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag {
    pub(super) pairs: Vec<(u64, f64)>,
    pub(super) total: f64,
}

impl Bag {
    /// The pairs of a text, each once; not weighted yet.
    fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut pairs: Vec<(u64, f64)> = Vec::new();
        for text in texts {
            let mut last: Option<char> = None;
            for c in width::key(text).chars().filter(|c| c.is_alphanumeric()) {
                if let Some(before) = last {
                    pairs.push((
                        (u64::from(u32::from(before)) << 32) | u64::from(u32::from(c)),
                        1.0,
                    ));
                }
                last = Some(c);
            }
        }
        pairs.sort_unstable_by_key(|pair| pair.0);
        pairs.dedup_by_key(|pair| pair.0);
        Self { pairs, total: 0.0 }
    }

    fn weigh(&mut self, rarity: &Rarity) {
        for pair in &mut self.pairs {
            pair.1 = rarity.of(pair.0);
        }
        self.total = self.pairs.iter().map(|pair| pair.1).sum();
    }

    /// Weight of what both have.
    pub(super) fn common(&self, other: &Self) -> f64 {
        let (mut a, mut b) = (self.pairs.iter().peekable(), other.pairs.iter().peekable());
        let mut sum = 0.0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => _ = a.next(),
                std::cmp::Ordering::Greater => _ = b.next(),
                std::cmp::Ordering::Equal => {
                    sum += x.1;
                    a.next();
                    b.next();
                }
            }
        }
        sum
    }

    /// Share of this that one of the others has.
    pub(super) fn covered(&self, others: &[&Self]) -> f64 {
        let has = |pair: u64| {
            others
                .iter()
                .any(|other| other.pairs.binary_search_by_key(&pair, |p| p.0).is_ok())
        };
        let inside: f64 = self.pairs.iter().filter(|p| has(p.0)).map(|p| p.1).sum();
        ratio(inside, self.total)
    }

    /// Twice the common weight by the sum of both.
    pub(super) fn dice(&self, other: &Self) -> f64 {
        ratio(2.0 * self.common(other), self.total + other.total)
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// How telling each pair is: the rarer among the measures compared, the more.
struct Rarity {
    count: Vec<(u64, usize)>,
    all: f64,
}

impl Rarity {
    fn new<'b>(bags: impl Iterator<Item = &'b Bag>) -> Self {
        let mut pairs: Vec<u64> = Vec::new();
        let mut all = 0.0;
        for bag in bags {
            all += 1.0;
            pairs.extend(bag.pairs.iter().map(|pair| pair.0));
        }
        pairs.sort_unstable();
        let runs = pairs.chunk_by(|a, b| a == b);
        let count = runs.map(|run| (run[0], run.len())).collect();
        Self { count, all }
    }

    fn of(&self, pair: u64) -> f64 {
        let place = self.count.binary_search_by_key(&pair, |one| one.0);
        let count = place.map_or(1, |place| self.count[place].1);
        (1.0 + self.all / count as f64).ln()
    }
}

/// A measure with what is compared of it.
#[derive(Debug, Clone)]
pub(super) struct Card<'d> {
    pub(super) measure: &'d Measure,
    pub(super) title: Bag,
    /// Of the title, the terms that tell it from others; the whole title where it has none.
    pub(super) core: Bag,
    pub(super) text: Bag,
    pub(super) kpis: Vec<(&'d str, Bag)>,
    pub(super) departments: BTreeSet<String>,
    pub(super) category: Option<&'d str>,
    section: Bag,
}

/// How far two measures agree, feature by feature; `None` where one of them does not state it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    pub(super) title: f64,
    pub(super) text: Option<f64>,
    pub(super) kpi: Option<f64>,
    pub(super) department: Option<f64>,
    pub(super) category: Option<f64>,
    pub(super) section: Option<f64>,
    pub(super) score: f64,
}

/// What belongs to measures, by their ids.
pub(super) struct Fields<'d> {
    kpis: BTreeMap<&'d str, Vec<&'d str>>,
    items: BTreeMap<&'d str, Vec<&'d str>>,
    departments: BTreeMap<&'d str, BTreeSet<String>>,
    categories: BTreeMap<&'d str, &'d str>,
}

impl<'d> Fields<'d> {
    pub(super) fn new(data: &'d Dataset) -> Self {
        let mut fields = Self {
            kpis: BTreeMap::new(),
            items: BTreeMap::new(),
            departments: BTreeMap::new(),
            categories: BTreeMap::new(),
        };
        for row in data.kpis.iter().filter(|row| !row.is_repeat) {
            let own = fields.kpis.entry(&row.measure_id).or_default();
            own.push(&row.name);
        }
        for row in &data.schedules {
            if let Some(item) = &row.item {
                let own = fields.items.entry(&row.measure_id).or_default();
                own.push(item);
            }
        }
        for row in &data.measure_departments {
            let name = row.department_std.as_ref().unwrap_or(&row.department);
            let own = fields.departments.entry(&row.measure_id).or_default();
            own.insert(width::key(name));
        }
        // Of several editions of the national plan, the last one decides.
        let order =
            |row: &kurabe_schema::MeasureCategory| row.rank == 1 && row.verdict == "assigned";
        let newest = data
            .categories
            .iter()
            .max_by(|a, b| (&a.published, &a.taxonomy).cmp(&(&b.published, &b.taxonomy)));
        for row in data.measure_categories.iter().filter(|row| order(row)) {
            if newest.is_some_and(|newest| newest.taxonomy == row.taxonomy)
                && let Some(category) = &row.category_id
            {
                fields.categories.insert(&row.measure_id, category);
            }
        }
        fields
    }

    fn card(&self, measure: &'d Measure) -> Card<'d> {
        let id = measure.measure_id.as_str();
        let text = |value: &'d Option<String>| value.as_deref();
        let texts = [
            &measure.summary,
            &measure.effect,
            &measure.past,
            &measure.future,
        ];
        let items = self.items.get(id).into_iter().flatten().copied();
        let mut names = self.kpis.get(id).cloned().unwrap_or_default();
        names.sort_unstable();
        names.dedup();
        let headings = [&measure.part, &measure.section];
        let terms = names::terms(&measure.title);
        let core = Bag::new(terms.iter().map(String::as_str));
        let title = Bag::new([measure.title.as_str()]);
        Card {
            measure,
            core: if core.pairs.is_empty() {
                title.clone()
            } else {
                core
            },
            title,
            text: Bag::new(texts.into_iter().filter_map(text).chain(items)),
            kpis: names
                .into_iter()
                .map(|name| (name, Bag::new([name])))
                .collect(),
            departments: self.departments.get(id).cloned().unwrap_or_default(),
            category: self.categories.get(id).copied(),
            section: Bag::new(headings.into_iter().filter_map(text)),
        }
    }
}

/// Cards of the measures of two documents: weights are those of both together. Repeats have none.
pub(super) fn cards<'d>(
    fields: &Fields<'d>,
    older: &[&'d Measure],
    newer: &[&'d Measure],
) -> (Vec<Card<'d>>, Vec<Card<'d>>) {
    let make = |measures: &[&'d Measure]| -> Vec<Card<'d>> {
        let mut own: Vec<&'d Measure> = measures.iter().copied().filter(|m| !m.is_repeat).collect();
        own.sort_by(|a, b| a.measure_id.cmp(&b.measure_id));
        own.into_iter()
            .map(|measure| fields.card(measure))
            .collect()
    };
    let (mut older, mut newer) = (make(older), make(newer));
    let both = || older.iter().chain(&newer);
    let titles = Rarity::new(both().map(|card| &card.title));
    let texts = Rarity::new(both().map(|card| &card.text));
    for card in older.iter_mut().chain(&mut newer) {
        card.title.weigh(&titles);
        card.core.weigh(&titles);
        card.section.weigh(&titles);
        card.text.weigh(&texts);
        for (_, bag) in &mut card.kpis {
            bag.weigh(&titles);
        }
    }
    (older, newer)
}

/// Compares two measures.
pub(super) fn compare(a: &Card<'_>, b: &Card<'_>) -> Match {
    let title = title(a, b);
    let bags = |a: &Bag, b: &Bag| {
        (a.total > 0.0 && b.total > 0.0).then(|| a.common(b) / (a.total * b.total).sqrt())
    };
    let text = bags(&a.text, &b.text);
    let kpi = kpi(a, b);
    let (own, other) = (&a.departments, &b.departments);
    let fewer = own.len().min(other.len());
    let department = (fewer > 0).then(|| own.intersection(other).count() as f64 / fewer as f64);
    let category = a
        .category
        .zip(b.category)
        .map(|(a, b)| f64::from(u8::from(a == b)));
    let section =
        (a.section.total > 0.0 && b.section.total > 0.0).then(|| a.section.dice(&b.section));
    let w = &WORDS.weights;
    let features = [
        (w.title, Some(title)),
        (w.text, text),
        (w.kpi, kpi),
        (w.department, department),
        (w.category, category),
        (w.section, section),
    ];
    let stated = || {
        features
            .iter()
            .filter_map(|(w, value)| value.map(|value| (w, value)))
    };
    let score = ratio(
        stated().map(|(w, value)| w * value).sum(),
        stated().map(|(w, _)| w).sum(),
    );
    Match {
        title,
        text,
        kpi,
        department,
        category,
        section,
        score,
    }
}

fn title(a: &Card<'_>, b: &Card<'_>) -> f64 {
    if similar::is_same(&a.measure.title, &b.measure.title) {
        return 1.0;
    }
    let inside = a.core.common(&b.core) / a.core.total.min(b.core.total).max(f64::MIN_POSITIVE);
    f64::midpoint(a.title.dice(&b.title), inside)
}

/// The best likeness of a name of an indicator of one with one of the other.
fn kpi(a: &Card<'_>, b: &Card<'_>) -> Option<f64> {
    let each = a
        .kpis
        .iter()
        .flat_map(|(_, own)| b.kpis.iter().map(move |(_, other)| own.dice(other)));
    each.max_by(f64::total_cmp)
}
