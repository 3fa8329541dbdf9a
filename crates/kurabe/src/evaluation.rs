//! How well published codes agree with reference codes: the arithmetic, without any input or
//! output.
//!
//! Shares are between 0 and 1. A share of nothing is `None`, never 0.

use std::collections::{BTreeMap, BTreeSet};

/// Quantile of the normal distribution for intervals of 95 %.
const NORMAL_95: f64 = 1.959_963_984_540_054;

/// Number of bins of the calibration table.
pub const BINS: usize = 5;

/// Coverages of the curve, in per cent of the measures.
pub const COVERAGES: [usize; 5] = [25, 50, 75, 90, 100];

/// A reference code and the code that was published, if any.
pub type Pair<'a> = (&'a str, Option<&'a str>);

/// A measure that has reference codes, with what was published of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Case {
    /// Code of the municipality.
    pub municipality: String,
    /// Title of the measure.
    pub title: String,
    /// Primary code of the reference.
    pub reference: String,
    /// Secondary codes of the reference.
    pub reference_secondary: BTreeSet<String>,
    /// Whether the coder of the reference was unsure.
    pub is_unsure: bool,
    /// Primary code that was published; `None` when none was found.
    pub published: Option<String>,
    /// Secondary codes that were published.
    pub published_secondary: BTreeSet<String>,
    /// Confidence of the published primary code, from 0 to 1; 0 when none was found.
    pub confidence: f64,
    /// Whether the published verdict names several candidates.
    pub is_ambiguous: bool,
}

impl Case {
    /// The two primary codes.
    #[must_use]
    pub fn pair(&self) -> Pair<'_> {
        (&self.reference, self.published.as_deref())
    }

    /// Whether the published primary code is that of the reference.
    #[must_use]
    pub fn is_correct(&self) -> bool {
        is_hit(&self.pair())
    }
}

/// The primary codes of some cases.
pub fn pairs<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Vec<Pair<'a>> {
    cases.into_iter().map(Case::pair).collect()
}

/// Agreement of primary codes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Number of measures.
    pub measures: usize,
    /// Number of measures whose codes agree.
    pub correct: usize,
    /// Mean F1 of the categories that occur in the reference, from 0 to 1.
    pub macro_f1: Option<f64>,
}

impl Agreement {
    /// The agreement of some pairs.
    #[must_use]
    pub fn of(pairs: &[Pair<'_>]) -> Self {
        let scores: Vec<f64> = by_category(pairs)
            .iter()
            .filter(|score| score.reference > 0)
            .filter_map(CategoryScore::f1)
            .collect();
        Self {
            measures: pairs.len(),
            correct: pairs.iter().filter(|pair| is_hit(pair)).count(),
            macro_f1: mean(&scores),
        }
    }

    /// Share of the measures whose codes agree.
    #[must_use]
    pub fn accuracy(&self) -> Option<f64> {
        share(self.correct, self.measures)
    }

    /// Wilson interval of the accuracy at 95 %: lower and upper bound.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        wilson(self.correct, self.measures)
    }
}

/// Agreement on one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryScore {
    /// Id of the category.
    pub category: String,
    /// Number of measures that the reference gives it.
    pub reference: usize,
    /// Number of measures that were published with it.
    pub published: usize,
    /// Number of measures that both give it.
    pub hits: usize,
}

impl CategoryScore {
    /// Share of the published measures that the reference confirms.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.hits, self.published)
    }

    /// Share of the measures of the reference that were found.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.hits, self.reference)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        share(2 * self.hits, self.reference + self.published)
    }
}

/// Agreement on every category that the reference or the published codes name, by id.
#[must_use]
pub fn by_category(pairs: &[Pair<'_>]) -> Vec<CategoryScore> {
    let named: BTreeSet<&str> = pairs
        .iter()
        .flat_map(|(reference, published)| [Some(*reference), *published])
        .flatten()
        .collect();
    let count = |is_counted: &dyn Fn(&Pair<'_>) -> bool| {
        pairs.iter().filter(|pair| is_counted(pair)).count()
    };
    let score = |category: &str| CategoryScore {
        category: category.to_owned(),
        reference: count(&|pair| pair.0 == category),
        published: count(&|pair| pair.1 == Some(category)),
        hits: count(&|pair| pair.0 == category && is_hit(pair)),
    };
    named.into_iter().map(score).collect()
}

/// Number of measures for every pair of codes that occurs.
#[must_use]
pub fn confusion<'a>(pairs: &[Pair<'a>]) -> BTreeMap<Pair<'a>, usize> {
    let mut counts = BTreeMap::new();
    for pair in pairs {
        *counts.entry(*pair).or_insert(0) += 1;
    }
    counts
}

/// Agreement of the measures that are coded with the most confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoveragePoint {
    /// Coverage that was asked for, in per cent of the measures.
    pub coverage: usize,
    /// Lowest confidence of the measures taken, from 0 to 1.
    pub confidence: f64,
    /// Agreement of the measures taken; ties at the cut are all taken, so that there can be more
    /// of them than the coverage asks for.
    pub agreement: Agreement,
}

/// The agreement at each of the coverages; nothing when there are no cases.
#[must_use]
pub fn coverage_curve(cases: &[Case], coverages: &[usize]) -> Vec<CoveragePoint> {
    let mut confidences: Vec<f64> = cases.iter().map(|case| case.confidence).collect();
    confidences.sort_by(|a, b| b.total_cmp(a));
    let point = |coverage: &usize| {
        let wanted = (cases.len() * coverage).div_ceil(100);
        let confidence = *confidences.get(wanted.checked_sub(1)?)?;
        let taken = cases.iter().filter(|case| case.confidence >= confidence);
        Some(CoveragePoint {
            coverage: *coverage,
            confidence,
            agreement: Agreement::of(&pairs(taken)),
        })
    };
    coverages.iter().filter_map(point).collect()
}

/// Measures of like confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Lower bound of the confidence, which belongs to the bin.
    pub from: f64,
    /// Upper bound of the confidence, which belongs to the last bin only.
    pub to: f64,
    /// Number of measures.
    pub measures: usize,
    /// Mean confidence.
    pub confidence: Option<f64>,
    /// Share of the measures whose codes agree.
    pub accuracy: Option<f64>,
}

/// How far the confidence says how often a code is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The bins, lowest confidence first.
    pub bins: Vec<Bin>,
    /// Mean distance between confidence and accuracy of the bins, weighted by their measures.
    pub expected_error: Option<f64>,
}

/// The calibration of the measures that were given a code, in [`BINS`] bins of equal width.
#[must_use]
pub fn calibration(cases: &[Case]) -> Calibration {
    let coded: Vec<&Case> = cases
        .iter()
        .filter(|case| case.published.is_some())
        .collect();
    let bins: Vec<Bin> = (0..BINS).map(|number| bin(&coded, number)).collect();
    let gap = |bin: &Bin| Some((bin.confidence? - bin.accuracy?).abs() * bin.measures as f64);
    let gaps: f64 = bins.iter().filter_map(gap).sum();
    let expected_error = (!coded.is_empty()).then(|| gaps / coded.len() as f64);
    Calibration {
        bins,
        expected_error,
    }
}

fn bin(coded: &[&Case], number: usize) -> Bin {
    let bound = |number: usize| number as f64 / BINS as f64;
    let (from, to) = (bound(number), bound(number + 1));
    let is_last = number + 1 == BINS;
    let is_in = |case: &&&Case| case.confidence >= from && (is_last || case.confidence < to);
    let within: Vec<&Case> = coded.iter().filter(is_in).copied().collect();
    let confidences: Vec<f64> = within.iter().map(|case| case.confidence).collect();
    let correct = within.iter().filter(|case| case.is_correct()).count();
    Bin {
        from,
        to,
        measures: within.len(),
        confidence: mean(&confidences),
        accuracy: share(correct, within.len()),
    }
}

/// Agreement of all codes of a measure, the secondary ones too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SecondaryScore {
    /// Mean Jaccard similarity of the sets of primary and secondary codes.
    pub jaccard: Option<f64>,
    /// Number of secondary codes in the reference.
    pub reference: usize,
    /// Number of secondary codes that were published.
    pub published: usize,
    /// Number of secondary codes in both.
    pub hits: usize,
}

impl SecondaryScore {
    /// The agreement of some cases.
    #[must_use]
    pub fn of(cases: &[Case]) -> Self {
        let sum = |count: &dyn Fn(&Case) -> usize| cases.iter().map(count).sum();
        let similarities: Vec<f64> = cases.iter().map(similarity).collect();
        Self {
            jaccard: mean(&similarities),
            reference: sum(&|case| case.reference_secondary.len()),
            published: sum(&|case| case.published_secondary.len()),
            hits: sum(&|case| {
                let both = case
                    .reference_secondary
                    .intersection(&case.published_secondary);
                both.count()
            }),
        }
    }

    /// Share of the published secondary codes that the reference confirms.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.hits, self.published)
    }

    /// Share of the secondary codes of the reference that were found.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.hits, self.reference)
    }
}

/// Jaccard similarity of all codes of a case.
fn similarity(case: &Case) -> f64 {
    let all = |primary: Option<&String>, secondary: &BTreeSet<String>| -> BTreeSet<String> {
        primary.into_iter().chain(secondary).cloned().collect()
    };
    let reference = all(Some(&case.reference), &case.reference_secondary);
    jaccard(
        &reference,
        &all(case.published.as_ref(), &case.published_secondary),
    )
}

/// Size of the intersection over that of the union; 1 for two empty sets.
#[must_use]
pub fn jaccard(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    share(one.intersection(other).count(), one.union(other).count()).unwrap_or(1.0)
}

/// The category that the reference names most often, the first by id among equals.
#[must_use]
pub fn majority<'a>(cases: &'a [Case]) -> Option<&'a str> {
    let mut counts: BTreeMap<&'a str, usize> = BTreeMap::new();
    for case in cases {
        *counts.entry(&case.reference).or_insert(0) += 1;
    }
    let most = counts.values().copied().max()?;
    let first = counts.into_iter().find(|(_, count)| *count == most);
    first.map(|(category, _)| category)
}

/// A part of a whole; `None` of nothing.
#[must_use]
pub fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Wilson interval of a share at 95 %: lower and upper bound; `None` of nothing.
#[must_use]
pub fn wilson(part: usize, whole: usize) -> Option<(f64, f64)> {
    let observed = share(part, whole)?;
    let (count, square) = (whole as f64, NORMAL_95 * NORMAL_95);
    let scale = 1.0 + square / count;
    let centre = observed + square / (2.0 * count);
    let variance = observed * (1.0 - observed) / count + square / (4.0 * count * count);
    let reach = NORMAL_95 * variance.sqrt();
    let lower = ((centre - reach) / scale).max(0.0);
    let upper = ((centre + reach) / scale).min(1.0);
    Some((lower, upper))
}

fn is_hit(pair: &Pair<'_>) -> bool {
    pair.1 == Some(pair.0)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: Option<f64>, expected: f64) {
        let value = value.unwrap();
        assert!((value - expected).abs() < 1e-4, "{value} is not {expected}");
    }

    fn case(reference: &str, published: Option<&str>, confidence: f64) -> Case {
        Case {
            reference: reference.to_owned(),
            published: published.map(str::to_owned),
            confidence,
            ..Case::default()
        }
    }

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn f1_joins_precision_and_recall() {
        let pairs = [
            ("a", Some("a")),
            ("a", Some("a")),
            ("a", Some("b")),
            ("b", Some("b")),
            ("b", None),
        ];
        let scores = by_category(&pairs);
        assert_eq!(scores.len(), 2);
        near(scores[0].precision(), 1.0);
        near(scores[0].recall(), 2.0 / 3.0);
        near(scores[0].f1(), 0.8);
        near(scores[1].precision(), 0.5);
        near(scores[1].recall(), 0.5);
        near(scores[1].f1(), 0.5);
        let agreement = Agreement::of(&pairs);
        near(agreement.accuracy(), 0.6);
        near(agreement.macro_f1, 0.65);
    }

    #[test]
    fn categories_that_the_reference_lacks_do_not_enter_the_macro_f1() {
        let pairs = [("a", Some("a")), ("a", Some("c"))];
        let scores = by_category(&pairs);
        assert_eq!(scores[1].category, "c");
        near(scores[1].precision(), 0.0);
        assert_eq!(scores[1].recall(), None);
        near(Agreement::of(&pairs).macro_f1, 2.0 / 3.0);
    }

    #[test]
    fn nothing_has_no_accuracy() {
        let agreement = Agreement::of(&[]);
        assert_eq!(agreement.accuracy(), None);
        assert_eq!(agreement.macro_f1, None);
        assert_eq!(agreement.interval(), None);
        assert!(coverage_curve(&[], &COVERAGES).is_empty());
        assert_eq!(calibration(&[]).expected_error, None);
        assert_eq!(majority(&[]), None);
    }

    #[test]
    fn wilson_intervals_are_those_of_the_tables() {
        let (lower, upper) = wilson(8, 10).unwrap();
        near(Some(lower), 0.490_16);
        near(Some(upper), 0.943_32);
        let (lower, upper) = wilson(0, 10).unwrap();
        near(Some(lower), 0.0);
        near(Some(upper), 0.277_53);
        let (lower, upper) = wilson(10, 10).unwrap();
        near(Some(lower), 0.722_47);
        near(Some(upper), 1.0);
    }

    #[test]
    fn confusion_counts_only_what_occurs() {
        let pairs = [("a", Some("b")), ("a", Some("b")), ("b", None)];
        let counts = confusion(&pairs);
        assert_eq!(counts.len(), 2);
        assert_eq!(counts[&("a", Some("b"))], 2);
        assert_eq!(counts[&("b", None)], 1);
    }

    #[test]
    fn ties_at_the_cut_are_all_taken() {
        let cases = [
            case("a", None, 0.0),
            case("a", Some("b"), 0.5),
            case("a", Some("a"), 0.9),
            case("b", Some("b"), 0.5),
        ];
        let curve = coverage_curve(&cases, &[25, 50, 75, 100]);
        let taken: Vec<usize> = curve.iter().map(|p| p.agreement.measures).collect();
        assert_eq!(taken, [1, 3, 3, 4]);
        near(Some(curve[0].confidence), 0.9);
        near(curve[0].agreement.accuracy(), 1.0);
        near(Some(curve[1].confidence), 0.5);
        near(curve[1].agreement.accuracy(), 2.0 / 3.0);
        assert_eq!(curve[1].agreement, curve[2].agreement);
        near(curve[3].agreement.accuracy(), 0.5);
        near(Some(curve[3].confidence), 0.0);
    }

    #[test]
    fn a_bound_belongs_to_the_upper_bin_and_one_to_the_last() {
        let cases = [
            case("a", Some("a"), 0.2),
            case("a", Some("b"), 0.3),
            case("a", Some("a"), 1.0),
            case("a", Some("a"), 0.8),
            case("a", None, 0.0),
        ];
        let table = calibration(&cases);
        let counts: Vec<usize> = table.bins.iter().map(|bin| bin.measures).collect();
        assert_eq!(counts, [0, 2, 0, 0, 2]);
        assert_eq!(table.bins[0].confidence, None);
        near(table.bins[1].confidence, 0.25);
        near(table.bins[1].accuracy, 0.5);
        near(table.bins[4].confidence, 0.9);
        near(table.bins[4].accuracy, 1.0);
        // (2 × 0.25 + 2 × 0.1) / 4
        near(table.expected_error, 0.175);
    }

    #[test]
    fn empty_sets_are_alike() {
        near(Some(jaccard(&set(&[]), &set(&[]))), 1.0);
        near(Some(jaccard(&set(&["a"]), &set(&[]))), 0.0);
        near(
            Some(jaccard(&set(&["a", "b"]), &set(&["b", "c"]))),
            1.0 / 3.0,
        );
    }

    #[test]
    fn secondary_codes_are_compared_apart_from_the_primary_ones() {
        let cases = [
            Case {
                reference_secondary: set(&["b", "c"]),
                published_secondary: set(&["b"]),
                ..case("a", Some("a"), 1.0)
            },
            Case {
                published_secondary: set(&["a"]),
                ..case("a", Some("b"), 1.0)
            },
        ];
        let score = SecondaryScore::of(&cases);
        // {a, b, c} with {a, b}, then {a} with {a, b}
        near(score.jaccard, (2.0 / 3.0 + 0.5) / 2.0);
        near(score.precision(), 0.5);
        near(score.recall(), 0.5);
    }

    #[test]
    fn the_majority_is_the_first_among_equals() {
        let cases = ["b", "a", "b", "a", "c"].map(|code| case(code, None, 0.0));
        assert_eq!(majority(&cases), Some("a"));
    }
}
