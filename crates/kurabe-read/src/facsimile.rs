//! A source as it stands in its file, beside which a person checks what was read.
//!
//! Nothing here is interpreted: no blocks are made and no headings are found. It is a second look
//! at the same bytes, under the same limits.

use std::ops::RangeInclusive;

use crate::lines::Lines;
use crate::{Hint, Kind, ReadError, docx, encoding, pdf, recognise, sheet, web};

/// A source as it stands in its file.
#[derive(Debug, Clone, PartialEq)]
pub enum Facsimile {
    /// The lines of a text, of delimited records, of markup; the first is line 1.
    Lines(Vec<String>),
    /// The sheets of a workbook.
    Sheets(Vec<SheetFace>),
    /// The paragraphs and tables of a Word file, notes and running headers left out.
    Parts(Vec<Part>),
    /// The pages of a PDF.
    Pages(Vec<PageFace>),
}

/// A sheet as the file says it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetFace {
    /// Its name.
    pub name: String,
    /// Whether the sheet is hidden.
    pub is_hidden: bool,
    /// Written cells by row and column.
    pub cells: Vec<FaceCell>,
    /// Merged areas by their upper left corner, rows and columns from 1.
    pub merges: Vec<Merge>,
    /// Hidden rows, as runs with both ends, ascending.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, as runs with both ends, ascending.
    pub hidden_columns: Vec<(u32, u32)>,
}

/// A written cell of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceCell {
    /// Row from 1.
    pub row: u32,
    /// Column from 1.
    pub column: u32,
    /// What the sheet displays.
    pub text: String,
}

/// A merged area of a sheet, both corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// Row and column of the upper left corner, from 1.
    pub first: (u32, u32),
    /// Row and column of the lower right corner.
    pub last: (u32, u32),
}

/// A paragraph or a table of a Word file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The text of a paragraph, without the numbers that the program makes.
    Paragraph(String),
    /// The rows of a table.
    Table(Vec<Vec<PartCell>>),
}

/// A cell as the file says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartCell {
    /// What stands in it, a line per paragraph.
    pub text: String,
    /// Columns that it spans.
    pub columns: u16,
    /// Whether it goes on from the cell above.
    pub goes_on: bool,
}

/// A page of a PDF.
#[derive(Debug, Clone, PartialEq)]
pub struct PageFace {
    /// Width and height in points, as the page is displayed.
    pub size: (f32, f32),
    /// How it looks.
    pub picture: Picture,
}

/// How a page looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// An SVG document without links or scripts: characters are outlines, single characters of text
    /// where their font is not in the file; pictures are embedded.
    Svg(String),
    /// It was not asked for.
    NotAsked,
    /// The page draws more than a picture may hold.
    TooMuch,
    /// It cannot be drawn.
    Failed,
}

/// Shows a source as it stands in its file. `pictures` are the pages of a PDF, from 1, that are
/// drawn.
///
/// # Errors
///
/// As of [`crate::read`].
pub fn facsimile(
    bytes: &[u8],
    hint: &Hint,
    pictures: RangeInclusive<usize>,
) -> Result<Facsimile, ReadError> {
    crate::check_size(bytes, hint)?;
    Ok(match recognise(bytes, hint)?.kind {
        Kind::Text | Kind::Csv => lines(&encoding::decode(bytes, hint.encoding)?.text),
        Kind::Html => lines(&web::decoded(bytes, hint)?),
        Kind::Workbook => Facsimile::Sheets(sheet::faces(bytes, hint)?),
        Kind::Docx => Facsimile::Parts(docx::face(bytes, hint)?),
        Kind::Pdf => Facsimile::Pages(pdf::faces(bytes, hint, &pictures)?),
    })
}

fn lines(text: &str) -> Facsimile {
    Facsimile::Lines(Lines::new(text).map(|line| line.text.to_owned()).collect())
}
