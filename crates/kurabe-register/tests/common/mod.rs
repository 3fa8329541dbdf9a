//! The bundled list and surveys, and tables made of them.
#![allow(dead_code, reason = "each user needs a part of it")]
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of the functions that clippy.toml excepts"
)]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use kurabe_register::Register;
use kurabe_register::survey::{Edition, Survey, Unit};

/// A table of the fiscal year 2023.
pub(crate) const EDITION: Edition<'static> = Edition {
    year: 2023,
    as_of: Some(date(2023, 4, 1)),
    source: "a source",
    path: "table.csv",
    municipalities: Some(1741),
};

/// The same without a number of municipalities.
pub(crate) const PART: Edition<'static> = Edition {
    municipalities: None,
    ..EDITION
};

fn home() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap().to_owned()
}

pub(crate) fn file(path: &str) -> String {
    fs::read_to_string(home().join(path)).unwrap()
}

/// A file of the reference data, where it is there.
pub(crate) fn reference(name: &str) -> Option<String> {
    fs::read_to_string(home().join("../shared/reference").join(name)).ok()
}

pub(crate) fn register() -> Register {
    let list = file("register/municipalities.csv");
    Register::parse(&list, &file("register/variants.toml")).unwrap()
}

pub(crate) fn survey() -> Survey {
    Survey::parse(&file("surveys/dx-dashboard.toml")).unwrap()
}

/// Names of the 1,741 municipalities that surveys ask: those of today without the six villages of
/// the northern islands, whose codes are 016951 to 017001 and the second 泊村.
pub(crate) fn surveyed(register: &Register) -> Vec<&str> {
    let northern = "016951"..="017001";
    let entries = register.entries().iter();
    let asked = entries.filter(|e| e.is_valid(None) && !northern.contains(&e.code.as_str()));
    asked.map(|entry| entry.name.as_str()).collect()
}

/// A table of all municipalities, of the first indicators of a survey, with a column of blanks at its end.
pub(crate) fn national_table(register: &Register, survey: &Survey, indicators: usize) -> String {
    let names = surveyed(register);
    let mut text = format!("\u{feff},,{},\r\n", names.join(","));
    for (row, indicator) in survey.indicator.iter().take(indicators).enumerate() {
        text.push_str(&format!("{},{} ", indicator.group, indicator.label));
        for column in 0..names.len() {
            text.push(',');
            text.push_str(&match indicator.unit {
                Unit::YesNo => ["実施", "未実施", "調査無し"][(row + column) % 3].to_owned(),
                Unit::Percent => format!("{}%", (row + column) % 101),
                Unit::Count => format!("{}", (row + column) % 33),
            });
        }
        text.push_str(",\r\n");
    }
    text
}
