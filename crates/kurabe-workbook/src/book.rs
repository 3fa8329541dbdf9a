//! The workbook on its way: sheets in their order, and what did not fit.

use std::io::{Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::lang::Lang;
use crate::limits::{Limits, SHEET_NAME};
use crate::style::{Styles, base};
use crate::text;
use crate::{WorkbookError, WorkbookOptions, WrittenSheet};

/// Height of rows and width of columns in pixels: those of Japanese Excel.
const DEFAULT_SIZES: (u32, u32) = (25, 72);

/// A4, as the file format numbers it.
const A4: u8 = 9;

/// A3, for sheets with a column for each category.
pub(crate) const A3: u8 = 8;

/// Fastest compression that is still worth it: sheets are a few times larger than with the usual
/// level and written in half the time.
const COMPRESSION: u8 = 1;

/// A sheet as the first one lists it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Its name.
    pub(crate) name: String,
    /// What it is for.
    pub(crate) about: &'static str,
    /// Number of its rows below the header; absent where they are not rows of a list.
    pub(crate) rows: Option<usize>,
}

/// Something that the format had no room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shortage {
    /// A text was cut: sheet and number of texts.
    Text(String, usize),
    /// Links were left out: sheet and number of links.
    Links(String, usize),
    /// A list goes on in another sheet: the first and the last of its sheets.
    Rows(String, String),
}

/// A workbook under construction.
pub(crate) struct Book {
    workbook: Workbook,
    pub(crate) styles: Styles,
    pub(crate) lang: Lang,
    pub(crate) limits: Limits,
    pub(crate) entries: Vec<Entry>,
    pub(crate) shortages: Vec<Shortage>,
}

impl Book {
    pub(crate) fn new(options: &WorkbookOptions) -> Result<Self, WorkbookError> {
        let mut workbook = Workbook::new();
        let (height, width) = DEFAULT_SIZES;
        workbook.set_default_format(&base(), height, width)?;
        workbook.set_zip_compression_level(COMPRESSION);
        workbook.set_properties(&properties(options)?);
        workbook.set_tab_ratio(80);
        Ok(Self {
            workbook,
            styles: Styles::new(),
            lang: options.lang,
            limits: options.limits,
            entries: Vec::new(),
            shortages: Vec::new(),
        })
    }

    /// Adds a sheet that prints on A4 across, as wide as the page, with its headers on every page.
    pub(crate) fn sheet(
        &mut self,
        name: &str,
        headers: u32,
        frozen: u16,
    ) -> Result<&mut Worksheet, WorkbookError> {
        let footer = format!("&L&A&C&P / &N&R{}", text::PROGRAM);
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(shortened(name))?;
        sheet
            .set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0);
        sheet
            .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
            .set_footer(footer);
        if headers > 0 {
            sheet.set_freeze_panes(headers, frozen)?;
            sheet.set_repeat_rows(0, headers - 1)?;
        }
        Ok(sheet)
    }

    /// A sheet that was added before, with the formats.
    pub(crate) fn again(
        &mut self,
        number: usize,
    ) -> Result<(&mut Worksheet, &Styles), WorkbookError> {
        Ok((self.workbook.worksheet_from_index(number)?, &self.styles))
    }

    /// Number of sheets so far.
    pub(crate) fn sheets(&mut self) -> usize {
        self.workbook.worksheets().len()
    }

    pub(crate) fn enter(&mut self, name: &str, about: &'static str, rows: Option<usize>) {
        self.entries.push(Entry {
            name: shortened(name),
            about,
            rows,
        });
    }

    pub(crate) fn written(&self) -> Vec<WrittenSheet> {
        let sheet = |entry: &Entry| WrittenSheet {
            name: entry.name.clone(),
            rows: entry.rows.unwrap_or_default(),
        };
        self.entries.iter().map(sheet).collect()
    }

    pub(crate) fn save<W: Write + Seek + Send>(&mut self, writer: W) -> Result<(), WorkbookError> {
        Ok(self.workbook.save_to_writer(writer)?)
    }
}

/// A name that a sheet may have.
fn shortened(name: &str) -> String {
    name.chars().take(SHEET_NAME).collect()
}

/// The properties of the file. The date is fixed, so that the same dataset gives the same bytes.
fn properties(options: &WorkbookOptions) -> Result<DocProperties, WorkbookError> {
    let lang = options.lang;
    let properties = DocProperties::new()
        .set_title(text::title(lang))
        .set_subject(text::subject(lang))
        .set_author(text::PROGRAM)
        .set_keywords(text::keywords(lang))
        .set_comment(text::comment(lang))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    Ok(match &options.version {
        Some(version) => properties.set_custom_property("dataset_version", version.as_str()),
        None => properties,
    })
}
