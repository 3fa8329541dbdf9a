//! What a value is counted over, and whether it is exact.

use kurabe_schema::KpiValue;

/// Over what a value is counted. Values of different bases cannot be set off against one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Per year, or in one year.
    Year,
    /// Per month, or on the average of months: `月あたり`, `月平均`.
    Month,
    /// Over several years.
    Cumulative,
    /// A state at a point in time.
    Point,
    /// In a year of which only a part was counted.
    PartOfYear,
    /// Per something else, as its qualifier says.
    Per(String),
}

/// The words of the qualifier.
fn words(value: &KpiValue) -> impl Iterator<Item = &str> {
    value.qualifier.iter().flat_map(|words| words.split(';'))
}

/// Whether the qualifier of a value says that word.
pub(crate) fn says(value: &KpiValue, word: &str) -> bool {
    words(value).any(|said| said == word)
}

/// The basis of a value: what its own words say, else what is said of its KPI.
pub(crate) fn basis_of(value: &KpiValue, cadence: Option<&str>) -> Option<Basis> {
    let own = words(value).find_map(|word| match word {
        "monthly_average" | "per_month" => Some(Basis::Month),
        "per_year" => Some(Basis::Year),
        "cumulative" => Some(Basis::Cumulative),
        _ if word.starts_with("per_unit:") || word.starts_with("every_") => {
            Some(Basis::Per(word.to_owned()))
        }
        _ => None,
    });
    let of_period = || value.period_start.map(|_| Basis::Cumulative);
    let of_kpi = || match cadence? {
        "annual" => Some(Basis::Year),
        "monthly_average" => Some(Basis::Month),
        "cumulative" => Some(Basis::Cumulative),
        "point" => Some(Basis::Point),
        _ => None,
    };
    let basis = own.or_else(of_period).or_else(of_kpi);
    match basis {
        Some(Basis::Year) if is_part_of_year(value) => Some(Basis::PartOfYear),
        other => other,
    }
}

/// Over what a value is counted, in the words of the column `cadence` where it has one.
pub(crate) fn cadence_of(value: &KpiValue, cadence: Option<&str>) -> Option<&'static str> {
    Some(match basis_of(value, cadence)? {
        Basis::Year => "annual",
        Basis::Month => "monthly_average",
        Basis::Cumulative => "cumulative",
        Basis::Point => "point",
        Basis::PartOfYear => "part_of_year",
        Basis::Per(_) => "per",
    })
}

/// A count of a year that is stated on a day within it: the rest of the year is still to come. A
/// share has no rest.
fn is_part_of_year(value: &KpiValue) -> bool {
    let is_share = value.unit.as_deref().is_some_and(|u| u.starts_with('%'));
    let day = value
        .as_of_latest
        .filter(|day| value.as_of_earliest == Some(*day));
    !is_share && day.is_some_and(|day| ![(3, 31), (12, 31)].contains(&(day.month(), day.day())))
}

/// Whether a value is neither approximate nor a bound.
pub(crate) fn is_exact(value: &KpiValue) -> bool {
    let bounds = ["about", "at_least", "at_most", "less_than", "more_than"];
    !words(value).any(|word| bounds.contains(&word))
}

/// Whether a value is only approximate; a bound may be a target.
pub(crate) fn is_about(value: &KpiValue) -> bool {
    says(value, "about")
}
