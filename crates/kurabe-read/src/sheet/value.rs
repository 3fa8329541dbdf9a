//! Values of cells and how they are displayed.

use super::model::{SheetCell, Trouble};
use super::number::{NumberFormat, builtin_code, general};
use std::collections::BTreeMap;

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'v> {
    Text(&'v str),
    Number(f64),
    Bool(bool),
    Error(&'v str),
    /// A formula whose value was not computed.
    NotComputed,
}

/// The number formats of a workbook by the number of the cell's style.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Formats that are used, each once.
    formats: Vec<NumberFormat>,
    /// The format of each style.
    by_style: Vec<usize>,
    /// Whether dates count from 1904.
    pub(super) is_1904: bool,
}

impl Styles {
    /// The styles whose formats have the numbers `used`; `own` are the codes that the workbook
    /// brings itself.
    pub(super) fn new(own: &BTreeMap<u16, String>, used: &[u16]) -> Self {
        let mut known: BTreeMap<u16, usize> = BTreeMap::new();
        let mut formats = Vec::new();
        let mut index = |number: &u16| {
            *known.entry(*number).or_insert_with(|| {
                let own = own.get(number).map(String::as_str);
                let code = own.unwrap_or_else(|| builtin_code(*number));
                formats.push(NumberFormat::parse(code));
                formats.len() - 1
            })
        };
        let by_style = used.iter().map(&mut index).collect();
        Self {
            formats,
            by_style,
            is_1904: false,
        }
    }

    fn format(&self, style: usize) -> Option<&NumberFormat> {
        self.formats.get(*self.by_style.get(style)?)
    }

    /// The cell as it is displayed.
    pub(super) fn cell(&self, at: (u32, u32), style: usize, value: &Value) -> SheetCell {
        let format = self.format(style);
        let text = match (value, format) {
            (Value::Text(text), Some(format)) => format.text(text),
            (Value::Number(number), Some(format)) => format.number(*number, self.is_1904),
            (Value::Number(number), None) => general(*number),
            (Value::Text(text) | Value::Error(text), _) => (*text).to_owned(),
            (Value::Bool(true), _) => "TRUE".to_owned(),
            (Value::Bool(false), _) => "FALSE".to_owned(),
            (Value::NotComputed, _) => String::new(),
        };
        let trouble = match value {
            Value::Error(_) => Some(Trouble::Error),
            Value::NotComputed => Some(Trouble::NotComputed),
            Value::Text(_) | Value::Number(_) | Value::Bool(_) => None,
        };
        SheetCell {
            row: at.0,
            column: at.1,
            is_unseen: text.is_empty() && !matches!(value, Value::Text("") | Value::NotComputed),
            text,
            trouble,
        }
    }
}

/// The words of an error by its number in binary formats (MS-XLS 2.5.10, `BErr`).
pub(super) fn error_words(number: u8) -> &'static str {
    match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#UNKNOWN!",
    }
}

/// A number packed in four bytes (MS-XLS 2.5.217, `RkNumber`).
pub(super) fn packed_number(bits: u32) -> f64 {
    let value = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(bits.cast_signed() >> 2)
    };
    if bits & 1 == 0 { value } else { value / 100.0 }
}
