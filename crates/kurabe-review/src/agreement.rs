//! How far two coders agree.

use std::collections::{BTreeMap, BTreeSet};

use crate::Coding;
use crate::sheet::SheetRow;

/// How far two coders agree on the measures that both coded.
///
/// A figure is `None` where it is not defined, for instance κ when both gave one and the same
/// code to everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Measures to which both gave a primary code: the denominator of all figures.
    pub n: usize,
    /// Measures that are only in the first list, or have no primary code in the second.
    pub only_a: usize,
    /// Measures that are only in the second list, or have no primary code in the first.
    pub only_b: usize,
    /// Ids that stand twice in a list. Their first coding counts.
    pub repeated: Vec<String>,
    /// Share of the measures with the same primary code.
    pub raw: Option<f64>,
    /// Cohen's κ of the primary code (Cohen 1960).
    pub kappa: Option<f64>,
    /// Krippendorff's α of the primary code: nominal, two coders, measures with one value left
    /// out (Krippendorff 2011).
    pub alpha: Option<f64>,
    /// Agreement on each code that was given, by code.
    pub categories: Vec<CategoryAgreement>,
    /// Mean Jaccard index of the sets of all codes, primary and secondary.
    pub jaccard: Option<f64>,
    /// The measures whose codes differ, by id.
    pub disagreements: Vec<Disagreement>,
}

/// How far two coders agree on one primary code.
#[derive(Debug, Clone, PartialEq)]
pub struct CategoryAgreement {
    /// The code.
    pub code: String,
    /// How often the first coder gave it.
    pub a: usize,
    /// How often the second coder gave it.
    pub b: usize,
    /// How often both gave it to the same measure.
    pub both: usize,
    /// Positive specific agreement, 2·both / (a + b) (Cicchetti and Feinstein 1990).
    pub positive: f64,
}

/// A measure whose codes differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Id of the measure.
    pub measure_id: String,
    /// What the first coder gave.
    pub a: Coding,
    /// What the second coder gave.
    pub b: Coding,
}

impl Disagreement {
    /// Whether the primary code differs, and not only secondary ones.
    pub fn is_primary(&self) -> bool {
        self.a.primary != self.b.primary
    }
}

/// Compares two codings of measures, given by id.
///
/// ```
/// use kurabe_review::Coding;
/// use kurabe_review::agreement::agreement;
/// let of = |code: &str| Coding::new(code, []);
/// let a = [("m1".to_owned(), of("ai")), ("m2".to_owned(), of("security"))];
/// let b = [("m1".to_owned(), of("ai")), ("m2".to_owned(), of("ai"))];
/// let found = agreement(&a, &b);
/// assert_eq!((found.n, found.raw, found.kappa), (2, Some(0.5), Some(0.0)));
/// ```
pub fn agreement(a: &[(String, Coding)], b: &[(String, Coding)]) -> Agreement {
    let mut repeated = BTreeSet::new();
    let (a, b) = (by_id(a, &mut repeated), by_id(b, &mut repeated));
    let pairs: Vec<Pair<'_>> = a
        .iter()
        .filter_map(|(id, first)| Pair::new(id, first, b.get(id)?))
        .collect();
    let coded = |list: &BTreeMap<&str, &Coding>| {
        let count = list.values().filter(|c| c.primary.is_some()).count();
        count - pairs.len()
    };
    let counts = Counts::of(&pairs);
    Agreement {
        n: pairs.len(),
        only_a: coded(&a),
        only_b: coded(&b),
        repeated: repeated.into_iter().collect(),
        raw: counts.raw(),
        kappa: counts.kappa(),
        alpha: counts.alpha(),
        categories: counts.categories(),
        jaccard: mean(pairs.iter().map(|pair| pair.jaccard())),
        disagreements: pairs.iter().filter_map(Pair::disagreement).collect(),
    }
}

fn by_id<'c>(
    list: &'c [(String, Coding)],
    repeated: &mut BTreeSet<String>,
) -> BTreeMap<&'c str, &'c Coding> {
    let mut map = BTreeMap::new();
    for (id, coding) in list {
        if map.contains_key(id.as_str()) {
            repeated.insert(id.clone());
        } else {
            map.insert(id.as_str(), coding);
        }
    }
    map
}

/// A measure to which both gave a primary code.
struct Pair<'c> {
    id: &'c str,
    primary: (&'c str, &'c str),
    a: &'c Coding,
    b: &'c Coding,
}

impl<'c> Pair<'c> {
    fn new(id: &'c str, a: &'c Coding, b: &'c Coding) -> Option<Self> {
        let primary = (a.primary.as_deref()?, b.primary.as_deref()?);
        Some(Self { id, primary, a, b })
    }

    fn sets(&self) -> (BTreeSet<&str>, BTreeSet<&str>) {
        (self.a.all().collect(), self.b.all().collect())
    }

    fn jaccard(&self) -> f64 {
        let (a, b) = self.sets();
        ratio(a.intersection(&b).count(), a.union(&b).count()).unwrap_or(1.0)
    }

    fn disagreement(&self) -> Option<Disagreement> {
        let (a, b) = self.sets();
        (self.primary.0 != self.primary.1 || a != b).then(|| Disagreement {
            measure_id: self.id.to_owned(),
            a: self.a.clone(),
            b: self.b.clone(),
        })
    }
}

/// How often each code was given: by the first coder, by the second, by both.
struct Counts<'c> {
    n: usize,
    by_code: BTreeMap<&'c str, [usize; 3]>,
}

impl<'c> Counts<'c> {
    fn of(pairs: &[Pair<'c>]) -> Self {
        let mut by_code: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        for pair in pairs {
            let (a, b) = pair.primary;
            by_code.entry(a).or_default()[0] += 1;
            by_code.entry(b).or_default()[1] += 1;
            if a == b {
                by_code.entry(a).or_default()[2] += 1;
            }
        }
        Self {
            n: pairs.len(),
            by_code,
        }
    }

    fn same(&self) -> usize {
        self.by_code.values().map(|[_, _, both]| both).sum()
    }

    fn raw(&self) -> Option<f64> {
        ratio(self.same(), self.n)
    }

    /// (po − pe) / (1 − pe), multiplied by n² so that what is undefined is exactly zero.
    fn kappa(&self) -> Option<f64> {
        let by_chance: usize = self.by_code.values().map(|[a, b, _]| a * b).sum();
        let (observed, all) = (self.same() * self.n, self.n * self.n);
        let above = as_f64(observed) - as_f64(by_chance);
        (all > by_chance).then(|| above / as_f64(all - by_chance))
    }

    /// 1 − Do / De over the 2n values of the two coders.
    fn alpha(&self) -> Option<f64> {
        let values = 2 * self.n;
        let alike: usize = self
            .by_code
            .values()
            .map(|[a, b, _]| (a + b) * (a + b))
            .sum();
        let observed = ratio(self.n - self.same(), self.n)?;
        let expected = ratio(values * values - alike, values * (values - 1))?;
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }

    fn categories(&self) -> Vec<CategoryAgreement> {
        let of = |(code, [a, b, both]): (&&str, &[usize; 3])| CategoryAgreement {
            code: (*code).to_owned(),
            a: *a,
            b: *b,
            both: *both,
            positive: ratio(2 * both, a + b).unwrap_or(0.0),
        };
        self.by_code.iter().map(of).collect()
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "counts of measures are far below 2^53"
)]
fn as_f64(count: usize) -> f64 {
    count as f64
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| as_f64(part) / as_f64(whole))
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let count = values.len();
    (count > 0).then(|| values.sum::<f64>() / as_f64(count))
}

/// The sheet that settles the disagreements: the rows in question without codes, with what the
/// two coders gave in the column of the reason.
///
/// `rows` are the rows that were coded, of either coder; a disagreement that is not among them
/// is left out. The program's answer is left out too, so that it does not decide.
pub fn adjudication_sheet(disagreements: &[Disagreement], rows: &[SheetRow]) -> Vec<SheetRow> {
    let by_id: BTreeMap<&str, &Disagreement> = disagreements
        .iter()
        .map(|d| (d.measure_id.as_str(), d))
        .collect();
    let settle = |row: &SheetRow| {
        let found = by_id.get(row.measure_id.as_str())?;
        Some(SheetRow {
            primary: None,
            secondary: Vec::new(),
            reason: Some(format!(
                "A: {} / B: {}",
                found.a.in_words(),
                found.b.in_words()
            )),
            program_primary: None,
            program_secondary: Vec::new(),
            ..row.clone()
        })
    };
    rows.iter().filter_map(settle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codings `m0…` of both coders, from a table of how often a pair of codes occurs.
    fn lists(table: &[(&str, &str, usize)]) -> [Vec<(String, Coding)>; 2] {
        let pairs = table.iter().flat_map(|(a, b, n)| vec![(*a, *b); *n]);
        let (a, b): (Vec<_>, Vec<_>) = pairs
            .enumerate()
            .map(|(i, (a, b))| {
                let id = format!("m{i}");
                ((id.clone(), Coding::new(a, [])), (id, Coding::new(b, [])))
            })
            .unzip();
        [a, b]
    }

    fn close(found: Option<f64>, wanted: f64) {
        let found = found.unwrap();
        assert!((found - wanted).abs() < 1e-12, "{found} is not {wanted}");
    }

    #[test]
    fn classic_table() {
        let [a, b] = lists(&[
            ("yes", "yes", 20),
            ("yes", "no", 5),
            ("no", "yes", 10),
            ("no", "no", 15),
        ]);
        let found = agreement(&a, &b);
        assert_eq!(found.n, 50);
        close(found.raw, 0.7);
        close(found.kappa, 0.4);
        // 100 values, 55 yes and 45 no: Do = 15/50, De = 2·55·45 / (100·99) = 0.5.
        close(found.alpha, 0.4);
        close(found.jaccard, 0.7);
        let [no, yes] = found.categories.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((yes.a, yes.b, yes.both), (25, 30, 20));
        close(Some(yes.positive), 40.0 / 55.0);
        close(Some(no.positive), 30.0 / 45.0);
        assert_eq!(found.disagreements.len(), 15);
        assert!(found.disagreements.iter().all(Disagreement::is_primary));
    }

    /// 24 values, a 4, b 6, c 6, d 6, e 2: Do = 3/12, De = (24² − 128) / (24·23) = 448/552.
    #[test]
    fn five_categories() {
        let (first, second) = ("aabbdcccedda", "babbbccceddd");
        let list = |codes: &str| -> Vec<(String, Coding)> {
            let one = |(i, c): (usize, char)| (format!("{i:02}"), Coding::new(&c.to_string(), []));
            codes.chars().enumerate().map(one).collect()
        };
        let found = agreement(&list(first), &list(second));
        assert_eq!(found.n, 12);
        close(found.alpha, 1.0 - 0.25 * 552.0 / 448.0);
    }

    #[test]
    fn one_category_only() {
        let [a, b] = lists(&[("ai", "ai", 3)]);
        let found = agreement(&a, &b);
        assert_eq!(found.raw, Some(1.0));
        assert_eq!((found.kappa, found.alpha), (None, None));
    }

    #[test]
    fn nothing_in_common() {
        let a = [("x".to_owned(), Coding::new("ai", []))];
        let b = [("y".to_owned(), Coding::new("ai", []))];
        let found = agreement(&a, &b);
        assert_eq!((found.n, found.only_a, found.only_b), (0, 1, 1));
        assert_eq!((found.raw, found.kappa), (None, None));
        assert_eq!((found.alpha, found.jaccard), (None, None));
        assert_eq!(agreement(&[], &[]).n, 0);
    }

    #[test]
    fn what_one_coder_left_blank_does_not_count() {
        let [mut a, b] = lists(&[("x", "x", 4), ("y", "y", 4), ("x", "y", 1)]);
        a.push(("blank".to_owned(), Coding::default()));
        a.push(("m0".to_owned(), Coding::new("y", [])));
        let mut longer = b.clone();
        longer.push(("blank".to_owned(), Coding::new("x", [])));
        let found = agreement(&a, &longer);
        assert_eq!((found.n, found.only_a, found.only_b), (9, 0, 1));
        assert_eq!(found.repeated, ["m0"]);
        assert_eq!(found.alpha, agreement(&a, &b).alpha);
    }

    #[test]
    fn sets_of_codes() {
        let a = [("m".to_owned(), Coding::new("ai", ["frontyard"]))];
        let b = [("m".to_owned(), Coding::new("ai", ["security", "frontyard"]))];
        let found = agreement(&a, &b);
        close(found.jaccard, 2.0 / 3.0);
        assert!(!found.disagreements[0].is_primary());
        let row = SheetRow {
            measure_id: "m".to_owned(),
            primary: Some("ai".to_owned()),
            program_primary: Some("ai".to_owned()),
            ..SheetRow::default()
        };
        let other = SheetRow::default();
        let sheet = adjudication_sheet(&found.disagreements, &[other, row]);
        assert_eq!(sheet.len(), 1);
        assert_eq!(
            sheet[0].reason.as_deref(),
            Some("A: ai; frontyard / B: ai; security; frontyard")
        );
        assert_eq!(
            (&sheet[0].primary, &sheet[0].program_primary),
            (&None, &None)
        );
    }
}
