//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// A font of every Japanese Windows and Office; family and character set let another system choose
/// a likeness where it is missing.
const FONT: &str = "Yu Gothic";

/// Family "Swiss": without serifs.
const FAMILY: u8 = 2;

/// Character set of Japanese.
const CHARSET: u8 = 128;

const INK: u32 = 0x0022_2222;
const WHITE: u32 = 0x00FF_FFFF;
const LINE: u32 = 0x00BF_C7D1;

/// Fill and ink of a stage. One hue from light to dark along the life cycle, so that the order shows
/// without seeing colours; the text of the cell always says the stage, too.
const STAGES: &[(&str, u32, u32)] = &[
    ("planned", 0x00F3_F7FB, INK),
    ("study", 0x00DF_EBF6, INK),
    ("build", 0x00C0_D8ED, INK),
    ("trial", 0x0094_BEE0, INK),
    ("operating", 0x002F_74B0, WHITE),
    ("expanding", 0x001C_5488, WHITE),
    ("completed", 0x000B_2F55, WHITE),
    ("withdrawn", 0x00D9_D9D9, INK),
    ("unknown", WHITE, 0x0059_5959),
];

/// Fill of the bar of an achievement.
pub(crate) const BAR: Color = Color::RGB(0x008F_BBDD);

/// Fill of an achievement below the baseline.
pub(crate) const BELOW: Color = Color::RGB(0x00F9_D5C5);

/// How a column looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Text on one line; ids and numbers with leading zeros stay what they are.
    Text,
    /// Text over several lines.
    Wrapped,
    /// A number as it is.
    Number,
    /// A whole number without separators, such as a year.
    Whole,
    /// A share as percent.
    Percent,
    /// A number between 0 and 1.
    Ratio,
    /// A day.
    Date,
}

/// The default format of the workbook.
pub(crate) fn base() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_family(FAMILY)
        .set_font_charset(CHARSET)
        .set_font_size(10)
}

/// All formats that are used more than once.
#[derive(Debug)]
pub(crate) struct Styles {
    pub(crate) title: Format,
    pub(crate) heading: Format,
    pub(crate) paragraph: Format,
    pub(crate) plain: Format,
    pub(crate) header: Format,
    pub(crate) link: Format,
    pub(crate) count: Format,
    pub(crate) decimal: Format,
    pub(crate) date: Format,
    pub(crate) warning: Format,
    pub(crate) error: Format,
    stages: Vec<(&'static str, [Format; 3])>,
}

/// What a cell with the colour of a stage holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Words.
    Words,
    /// A number of measures.
    Count,
    /// A share.
    Share,
}

impl Styles {
    pub(crate) fn new() -> Self {
        let plain = base().set_align(FormatAlign::Top);
        let right = plain.clone().set_align(FormatAlign::Right).set_indent(1);
        let framed = |fill: u32| {
            base()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(fill))
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(LINE))
        };
        Self {
            title: base().set_font_size(16).set_bold(),
            heading: base()
                .set_font_size(12)
                .set_bold()
                .set_border_bottom(FormatBorder::Thin),
            paragraph: base().set_text_wrap().set_align(FormatAlign::Top),
            header: framed(0x00E3_E8EE).set_bold().set_text_wrap(),
            link: plain
                .clone()
                .set_font_color(Color::RGB(0x0005_4A91))
                .set_underline(FormatUnderline::Single),
            count: right.clone().set_num_format("#,##0"),
            decimal: right.clone().set_num_format("#,##0.0##"),
            date: right.set_num_format("yyyy/mm/dd"),
            warning: framed(0x00FF_F1C2),
            error: framed(0x00F9_D5C5).set_bold(),
            plain,
            stages: STAGES
                .iter()
                .map(|(stage, fill, ink)| (*stage, coloured(&framed(*fill), *ink)))
                .collect(),
        }
    }

    /// The format of a cell in the colour of a stage; an unknown word has none.
    pub(crate) fn stage(&self, stage: &str, content: Content) -> &Format {
        let found = self.stages.iter().find(|(known, _)| *known == stage);
        found.map_or(&self.plain, |(_, [words, count, share])| match content {
            Content::Words => words,
            Content::Count => count,
            Content::Share => share,
        })
    }
}

/// The formats of words, counts and shares in one colour.
fn coloured(framed: &Format, ink: u32) -> [Format; 3] {
    let inked = framed
        .clone()
        .set_font_color(Color::RGB(ink))
        .set_align(FormatAlign::Center);
    [
        inked.clone().set_text_wrap(),
        inked.clone().set_num_format("#,##0"),
        inked.set_num_format("0%"),
    ]
}

/// The format of a whole column.
pub(crate) fn column(look: Look) -> Format {
    let top = base().set_align(FormatAlign::Top);
    // Numbers keep a distance from the text in the next column.
    let right = top.clone().set_align(FormatAlign::Right).set_indent(1);
    match look {
        Look::Text => top.set_num_format("@"),
        // Not the format "text": Excel shows long texts of that format as `####`.
        Look::Wrapped => top.set_text_wrap(),
        Look::Number => right.set_num_format("#,##0"),
        Look::Whole => right.set_num_format("0"),
        Look::Percent => right.set_num_format("0%"),
        Look::Ratio => right.set_num_format("0.00"),
        Look::Date => right.set_num_format("yyyy/mm/dd"),
    }
}
