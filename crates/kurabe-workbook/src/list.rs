//! Lists: one row per thing, a header with filters, links, and the limits of the format.

use std::borrow::Cow;

use jiff::civil::Date;
use kurabe_export::neutralize;
use kurabe_schema::Dataset;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar,
    ConditionalFormatType, DataValidation, Format, IgnoreError, Url, Worksheet,
};

use crate::WorkbookError;
use crate::book::{Book, Shortage};
use crate::cell::{address, clean, cut, excel_day, height_of, lines_of};
use crate::lang::Lang;
use crate::limits::{Limits, MESSAGE};
use crate::style::{BAR, BELOW, Content, Look, Styles, column};
use crate::text;

/// A column of a list.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its header.
    pub(crate) header: Cow<'static, str>,
    /// Its width in characters.
    pub(crate) width: f64,
    /// How it looks.
    pub(crate) look: Look,
    /// `table.column` of the dataset that says what it means.
    pub(crate) meaning: &'static str,
}

impl Column {
    pub(crate) fn new(
        header: impl Into<Cow<'static, str>>,
        width: f64,
        look: Look,
        meaning: &'static str,
    ) -> Self {
        Self {
            header: header.into(),
            width,
            look,
            meaning,
        }
    }
}

/// Header of a column in Japanese and English, its width and look, and the column of the dataset that it means.
pub(crate) type Heading = (&'static str, &'static str, f64, Look, &'static str);

/// Columns from their headers.
pub(crate) fn columns(lang: Lang, table: &[Heading]) -> Vec<Column> {
    let column = |(ja, en, width, look, meaning): &(_, _, f64, Look, &'static str)| {
        Column::new(lang.pick(*ja, *en), *width, *look, meaning)
    };
    table.iter().map(column).collect()
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    /// An address of the web.
    Web(&'a str),
    /// A row of a sheet of this workbook, counted from 1.
    Row(&'a str, usize),
}

/// A cell of a list.
#[derive(Debug, Clone)]
pub(crate) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
    /// Text that leads somewhere.
    Link(Target<'a>, Cow<'a, str>),
    /// Text in the colour of a stage.
    Stage(&'a str, Cow<'a, str>),
    /// Text in the colour of a severity.
    Severity(&'a str, Cow<'a, str>),
}

impl<'a> Cell<'a> {
    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(crate) fn number(number: impl Into<f64>) -> Self {
        Self::Number(number.into())
    }

    pub(crate) fn maybe_number(number: Option<impl Into<f64>>) -> Self {
        number.map_or(Self::Empty, Self::number)
    }

    pub(crate) fn count(count: usize) -> Self {
        Self::Number(u32::try_from(count).unwrap_or(u32::MAX).into())
    }

    /// Lines that it takes in its column.
    fn lines(&self, column: &Column) -> u32 {
        match (self, column.look) {
            (Self::Text(text), Look::Wrapped) => lines_of(text, column.width),
            _ => 1,
        }
    }

    pub(crate) fn total(count: i64) -> Self {
        Self::count(usize::try_from(count).unwrap_or_default())
    }
}

/// A list on one sheet, or on several where one is too short.
#[derive(Debug)]
pub(crate) struct List {
    /// Name of the sheet.
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) about: &'static str,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Number of columns that stay in view.
    pub(crate) frozen: u16,
    /// The column with a bar.
    pub(crate) bar: Option<usize>,
    /// Number of columns that are printed: those that people read, so that they stay legible on A4.
    pub(crate) printed: usize,
}

impl List {
    /// Writes the list.
    pub(crate) fn write<'a>(
        &self,
        book: &mut Book,
        rows: impl Iterator<Item = Vec<Cell<'a>>>,
    ) -> Result<(), WorkbookError> {
        let room = book.limits.rows.saturating_sub(1).max(1);
        let mut rows = rows.peekable();
        let mut part = 1;
        loop {
            let name = match part {
                1 => self.name.to_owned(),
                _ => format!("{} ({part})", self.name),
            };
            let mut page = Page::begin(book, self, &name)?;
            // The range comes first: `zip` takes nothing from the rows once it is used up.
            for (place, row) in (1..=room).zip(rows.by_ref()) {
                page.row(place, row)?;
            }
            let tally = page.end()?;
            book.enter(&name, self.about, Some(tally.rows as usize));
            if tally.cut > 0 {
                book.shortages.push(Shortage::Text(name.clone(), tally.cut));
            }
            if tally.unlinked > 0 {
                book.shortages.push(Shortage::Links(name, tally.unlinked));
            }
            if rows.peek().is_none() {
                break;
            }
            part += 1;
        }
        if part > 1 {
            let last = format!("{} ({part})", self.name);
            book.shortages
                .push(Shortage::Rows(self.name.to_owned(), last));
        }
        Ok(())
    }
}

/// One sheet of a list.
struct Page<'b> {
    list: &'b List,
    sheet: &'b mut Worksheet,
    styles: &'b Styles,
    lang: Lang,
    limits: Limits,
    tally: Tally,
}

/// What was written to a sheet, and what did not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tally {
    rows: u32,
    links: usize,
    unlinked: usize,
    cut: usize,
    /// The column whose links did not fit.
    unlinked_column: Option<u16>,
}

impl<'b> Page<'b> {
    fn begin(book: &'b mut Book, list: &'b List, name: &str) -> Result<Self, WorkbookError> {
        let (lang, limits) = (book.lang, book.limits);
        let number = book.sheets();
        book.sheet(name, 1, list.frozen)?;
        let (sheet, styles) = book.again(number)?;
        for (place, each) in (0u16..).zip(&list.columns) {
            sheet.set_column_width(place, each.width)?;
            sheet.set_column_format(place, &column(each.look))?;
            header(sheet, styles, lang, place, each)?;
        }
        Ok(Self {
            list,
            sheet,
            styles,
            lang,
            limits,
            tally: Tally::default(),
        })
    }

    fn row(&mut self, place: u32, cells: Vec<Cell<'_>>) -> Result<(), WorkbookError> {
        let columns = self.list.columns.iter();
        let lines = columns
            .zip(&cells)
            .map(|(column, cell)| cell.lines(column))
            .max();
        if let Some(lines) = lines.filter(|lines| *lines > 1) {
            self.sheet.set_row_height(place, height_of(lines))?;
        }
        for (column, cell) in (0u16..).zip(cells) {
            self.cell(place, column, cell)?;
        }
        self.tally.rows = place;
        Ok(())
    }

    fn cell(&mut self, row: u32, column: u16, cell: Cell<'_>) -> Result<(), WorkbookError> {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                let text = self.fitted(text);
                self.sheet.write_string(row, column, text)?;
            }
            Cell::Number(number) => self.number(row, column, number)?,
            Cell::Day(day) => self.day(row, column, day)?,
            Cell::Link(target, text) => self.link(row, column, &target, text)?,
            Cell::Stage(stage, text) => {
                let text = self.fitted(text);
                let format = self.styles.stage(stage, Content::Words);
                self.sheet
                    .write_string_with_format(row, column, text, format)?;
            }
            Cell::Severity(severity, text) => {
                let format = match severity {
                    "error" => &self.styles.error,
                    "warning" => &self.styles.warning,
                    _ => &self.styles.plain,
                };
                self.sheet
                    .write_string_with_format(row, column, text, format)?;
            }
        }
        Ok(())
    }

    /// A number as its column shows numbers; one with a fraction keeps it.
    fn number(&mut self, row: u32, column: u16, number: f64) -> Result<(), WorkbookError> {
        let look = self
            .list
            .columns
            .get(usize::from(column))
            .map(|column| column.look);
        if look == Some(Look::Number) && number.fract() != 0.0 {
            let format = &self.styles.decimal;
            self.sheet
                .write_number_with_format(row, column, number, format)?;
        } else {
            self.sheet.write_number(row, column, number)?;
        }
        Ok(())
    }

    /// A day; as text where spreadsheets have no such day.
    fn day(&mut self, row: u32, column: u16, day: Date) -> Result<(), WorkbookError> {
        match excel_day(day) {
            Some(known) => {
                self.sheet
                    .write_datetime_with_format(row, column, &known, &self.styles.date)?
            }
            None => self.sheet.write_string(row, column, day.to_string())?,
        };
        Ok(())
    }

    fn link(
        &mut self,
        row: u32,
        column: u16,
        target: &Target<'_>,
        text: Cow<'_, str>,
    ) -> Result<(), WorkbookError> {
        let text = self.fitted(text);
        let Some(address) = address(target) else {
            self.sheet.write_string(row, column, text)?;
            return Ok(());
        };
        if self.tally.links >= self.limits.links {
            self.tally.unlinked += 1;
            self.tally.unlinked_column = Some(column);
            self.sheet.write_string(row, column, text)?;
            return Ok(());
        }
        self.tally.links += 1;
        let url = Url::new(address).set_text(text);
        self.sheet
            .write_url_with_format(row, column, url, &self.styles.link)?;
        Ok(())
    }

    /// The text as a cell may hold it.
    fn fitted(&mut self, text: Cow<'_, str>) -> String {
        let text = neutralize(clean(text));
        if text.encode_utf16().take(self.limits.characters + 1).count() <= self.limits.characters {
            return text.into_owned();
        }
        self.tally.cut += 1;
        cut(&text, self.limits.characters, text::cut(self.lang))
    }

    /// Filters, bars, marks of the whole sheet; then the sheet is done.
    fn end(self) -> Result<Tally, WorkbookError> {
        let last = u16::try_from(self.list.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let printed = u16::try_from(self.list.printed.saturating_sub(1))
            .unwrap_or(last)
            .min(last);
        self.sheet.autofilter(0, 0, self.tally.rows, last)?;
        self.sheet.set_print_area(0, 0, self.tally.rows, printed)?;
        self.sheet.ignore_error_range(
            0,
            0,
            self.tally.rows,
            last,
            IgnoreError::NumberStoredAsText,
        )?;
        if let Some(place) = self.tally.unlinked_column
            && let Some(column) = self.list.columns.get(usize::from(place))
        {
            let said = text::some_linked(self.lang, &column.header, self.tally.links);
            self.sheet
                .write_string_with_format(0, place, said, &self.styles.header)?;
        }
        let column = self.list.bar.and_then(|column| u16::try_from(column).ok());
        if let Some(column) = column {
            let last = self.tally.rows.max(1);
            self.sheet
                .add_conditional_format(1, column, last, column, &bar())?;
            self.sheet
                .add_conditional_format(1, column, last, column, &below())?;
        }
        Ok(self.tally)
    }
}

/// The header of a column; when it is selected, a message says what the column means.
fn header(
    sheet: &mut Worksheet,
    styles: &Styles,
    lang: Lang,
    place: u16,
    column: &Column,
) -> Result<(), WorkbookError> {
    sheet.write_string_with_format(0, place, &*column.header, &styles.header)?;
    let Some(meaning) = meaning(lang, column.meaning) else {
        return Ok(());
    };
    let message: String = format!("{meaning}\n({})", column.meaning);
    let message: String = message.chars().take(MESSAGE).collect();
    let rule = DataValidation::new()
        .allow_any_value()
        .set_input_message(message)?;
    sheet.add_data_validation(0, place, 0, place, &rule)?;
    Ok(())
}

/// What `table.column` means.
fn meaning(lang: Lang, place: &str) -> Option<&'static str> {
    let (table, column) = place.split_once('.')?;
    let table = Dataset::specs().iter().find(|spec| spec.name == table)?;
    table.column(column).map(|(_, column)| lang.meaning(column))
}

/// A bar from nothing to the whole.
fn bar() -> ConditionalFormatDataBar {
    ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_fill_color(BAR)
        .set_solid_fill(true)
}

/// A share below nothing has a colour, as it can have no bar.
fn below() -> ConditionalFormatCell {
    ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::LessThan(0))
        .set_format(Format::new().set_background_color(BELOW))
}
