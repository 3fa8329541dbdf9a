//! What units measure, and how they turn into one another.

use crate::data;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Table {
    dimension: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    units: BTreeMap<String, f64>,
}

/// Dimension and size of each unit that has neighbours.
static DIMENSIONS: LazyLock<BTreeMap<String, (String, f64)>> = LazyLock::new(|| {
    let table: Table = data::load(include_str!("../../data/dimensions.toml"));
    let entries = table.dimension.into_iter().flat_map(|entry| {
        let id = entry.id;
        let units = entry.units.into_iter();
        units.map(move |(unit, size)| (unit, (id.clone(), size)))
    });
    entries.collect()
});

/// What a unit measures: `time` for minutes and hours, the unit itself where it has no neighbours.
/// Of `%/年` it is that of `%`, per `年`.
///
/// ```
/// use kurabe_text::number::dimension;
/// assert_eq!(dimension("分"), "time");
/// assert_eq!(dimension("件"), "件");
/// assert_eq!(dimension("%/年"), "share/年");
/// ```
#[must_use]
pub fn dimension(unit: &str) -> String {
    let (own, per) = parts(unit);
    let id = DIMENSIONS.get(own).map_or(own, |(id, _)| id);
    format!("{id}{per}")
}

/// A value in another unit; `None` when the units measure different things.
///
/// ```
/// use kurabe_text::number::convert;
/// assert_eq!(convert(1.5, "時間", "分"), Some(90.0));
/// assert_eq!(convert(3.0, "件", "件"), Some(3.0));
/// assert_eq!(convert(3.0, "件", "人"), None);
/// assert_eq!(convert(2.0, "時間/月", "分"), None);
/// ```
#[must_use]
pub fn convert(value: f64, from: &str, to: &str) -> Option<f64> {
    if from == to {
        return Some(value);
    }
    let ((from, from_per), (to, to_per)) = (parts(from), parts(to));
    let (own, wanted) = (DIMENSIONS.get(from)?, DIMENSIONS.get(to)?);
    (own.0 == wanted.0 && from_per == to_per).then(|| value * own.1 / wanted.1)
}

/// A unit and what it is counted per, with its stroke.
fn parts(unit: &str) -> (&str, &str) {
    let at = unit.find('/').unwrap_or(unit.len());
    unit.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::quantities;

    #[test]
    fn units_of_one_dimension_turn_into_one_another() {
        let cases = [
            (90.0, "分", "時間", Some(1.5)),
            (30.0, "秒", "分", Some(0.5)),
            (2.0, "t", "kg", Some(2000.0)),
            (3.0, "割", "%", Some(30.0)),
            (5.0, "%/ha", "%/ha", Some(5.0)),
            (5.0, "%/ha", "%", None),
            (1.0, "日", "時間", None),
            (1.0, "手続", "業務", None),
        ];
        for (value, from, to, wanted) in cases {
            assert_eq!(convert(value, from, to), wanted, "{value} {from} to {to}");
        }
    }

    #[test]
    // `12日` alone is a day of the month.
    fn every_unit_of_a_dimension_is_one_that_numbers_are_read_with() {
        for unit in DIMENSIONS.keys().filter(|unit| *unit != "日") {
            let read = quantities(&format!("12{unit}"));
            assert_eq!(read.first().map(|q| &*q.unit), Some(&**unit), "{unit}");
        }
    }

    #[test]
    fn thousands_of_a_unit_are_read_with_the_number() {
        let read = |text| {
            quantities(text)
                .into_iter()
                .next()
                .map(|q| (q.value, q.unit))
        };
        assert_eq!(read("56,736千円"), Some((56_736_000.0, "円".to_owned())));
        assert_eq!(read("1.2万人"), Some((12_000.0, "人".to_owned())));
    }
}
