//! Workbooks.

use regex::Regex;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::document::{Grid, Merged, Piece, Slot};
use crate::error::TaskError;
use crate::recipe::Recipe;

/// Makes a workbook: a sheet for every paragraph that the recipe says begins one.
pub(crate) fn make(pieces: &[Piece], recipe: &Recipe) -> Result<Vec<u8>, TaskError> {
    let fail = |detail: String| TaskError::Make {
        file: recipe.file.clone(),
        detail,
    };
    let begins = recipe.sheet.as_deref().unwrap_or("^$");
    let begins = Regex::new(begins).map_err(|error| fail(error.to_string()))?;
    build(pieces, recipe, &begins).map_err(|error| fail(error.to_string()))
}

fn build(pieces: &[Piece], recipe: &Recipe, begins: &Regex) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed day, so that the same sources give the same bytes.
    let day = ExcelDateTime::from_ymd(2023, 4, 1)?;
    let properties = DocProperties::new()
        .set_creation_datetime(&day)
        .set_title(&recipe.title)
        .set_author(&recipe.author);
    workbook.set_properties(&properties);
    let styles = Styles::new();
    let mut rest = pieces;
    while let Some((first, _)) = rest.split_first() {
        let next = rest.iter().skip(1).position(|p| name(p, begins).is_some());
        let (own, after) = rest.split_at(next.map_or(rest.len(), |at| at + 1));
        let name = name(first, begins).unwrap_or_else(|| recipe.title.clone());
        let mut writer = Writer {
            sheet: workbook.add_worksheet(),
            styles: &styles,
            width: u16::try_from(recipe.widths.len().max(1)).unwrap_or(u16::MAX),
            row: 0,
        };
        writer.sheet.set_name(name)?.set_landscape();
        for (column, width) in (0u16..).zip(&recipe.widths) {
            writer.sheet.set_column_width(column, *width)?;
        }
        own.iter().try_for_each(|piece| writer.piece(piece))?;
        rest = after;
    }
    workbook.save_to_buffer()
}

/// The name of the sheet that a piece begins.
fn name(piece: &Piece, begins: &Regex) -> Option<String> {
    let Piece::Paragraph(lines) = piece else {
        return None;
    };
    let found = begins.captures(lines.first()?)?;
    found.get(1).map(|name| name.as_str().to_owned())
}

/// How cells look.
struct Styles {
    title: Format,
    text: Format,
    heading: Format,
    cell: Format,
}

impl Styles {
    fn new() -> Self {
        let cell = Format::new()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(14.0),
            text: Format::new(),
            heading: cell
                .clone()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00DD_EBF7)),
            cell,
        }
    }
}

struct Writer<'w> {
    sheet: &'w mut Worksheet,
    styles: &'w Styles,
    /// Columns of the sheet.
    width: u16,
    /// The next row that is free.
    row: u32,
}

impl Writer<'_> {
    fn piece(&mut self, piece: &Piece) -> Result<(), XlsxError> {
        match piece {
            Piece::Heading(_, text) => self.title(text)?,
            Piece::Paragraph(lines) if self.row == 0 => self.title(&lines.join("\n"))?,
            Piece::Paragraph(lines) | Piece::Item(lines) => {
                let text = lines.join("\n");
                self.sheet
                    .write_string_with_format(self.row, 0, text, &self.styles.text)?;
                self.row += 1;
            }
            Piece::Table(grid) => self.table(grid)?,
        }
        // A blank row stands between what does not belong together.
        self.row += 1;
        Ok(())
    }

    /// A title over the whole width.
    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        let style = &self.styles.title;
        self.sheet
            .merge_range(self.row, 0, self.row, self.width - 1, text, style)?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, grid: &Grid) -> Result<(), XlsxError> {
        for (at, row) in grid.rows.iter().enumerate() {
            let is_heading = at < grid.header_rows;
            for (column, slot) in (0u16..).zip(row) {
                if let Slot::Cell(cell) = slot {
                    self.cell(column, cell, is_heading)?;
                }
            }
            self.row += 1;
        }
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Merged, is_heading: bool) -> Result<(), XlsxError> {
        let style = if is_heading {
            &self.styles.heading
        } else {
            &self.styles.cell
        };
        let text = cell.lines().join("\n");
        let last = (
            self.row + u32::try_from(cell.down - 1).unwrap_or(0),
            column + u16::try_from(cell.across - 1).unwrap_or(0),
        );
        if last != (self.row, column) {
            self.sheet
                .merge_range(self.row, column, last.0, last.1, "", style)?;
        }
        match text.parse::<u32>() {
            Ok(number) if text == number.to_string() => self
                .sheet
                .write_number_with_format(self.row, column, number, style)?,
            _ => self
                .sheet
                .write_string_with_format(self.row, column, text, style)?,
        };
        Ok(())
    }
}
