//! 「はじめに」: what the workbook is and how to read it.

use kurabe_schema::{Document, words};
use rust_xlsxwriter::{Format, Url, Worksheet};

use crate::WorkbookError;
use crate::book::{Book, Entry, Shortage};
use crate::cell::{address, height_of, lines_of, safe};
use crate::index::Index;
use crate::lang::Lang;
use crate::list::Target;
use crate::style::{Content, Styles};
use crate::text;

/// Documents that the first sheet lists; the sheet of documents has all.
const DOCUMENTS: usize = 20;

/// Widths of its columns in characters.
const WIDTHS: [f64; 4] = [26.0, 62.0, 14.0, 44.0];

pub(crate) fn begin(book: &mut Book) -> Result<(), WorkbookError> {
    let name = text::intro_sheet(book.lang);
    book.sheet(name, 0, 0)?;
    book.enter(name, "", None);
    Ok(())
}

pub(crate) fn fill(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let lang = book.lang;
    let (entries, shortages) = (book.entries.clone(), book.shortages.clone());
    let (sheet, styles) = book.again(0)?;
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let mut page = Page {
        sheet,
        styles,
        lang,
        row: 0,
    };
    page.opening(index)?;
    page.contents(&entries)?;
    page.legend()?;
    page.absence()?;
    page.documents(index)?;
    page.caveats(&shortages)
}

/// The first sheet, from top to bottom.
struct Page<'b> {
    sheet: &'b mut Worksheet,
    styles: &'b Styles,
    lang: Lang,
    row: u32,
}

impl Page<'_> {
    fn opening(&mut self, index: &Index<'_>) -> Result<(), WorkbookError> {
        let styles = self.styles;
        self.put(0, text::title(self.lang), &styles.title)?;
        self.sheet.set_row_height(self.row, 30)?;
        self.row += 1;
        let lang = self.lang;
        let facts = [
            (
                lang.pick("データの版", "Version of the data"),
                index.version.map(str::to_owned),
            ),
            (
                lang.pick("比較に使った国の計画の版", "Edition of the national plan"),
                Some(index.edition.clone()),
            ),
            (
                lang.pick("自治体・文書・施策", "Contents"),
                Some(extent(index)),
            ),
        ];
        for (term, said) in facts {
            if let Some(said) = said.filter(|said| !said.is_empty()) {
                self.term(term, &styles.plain, &said)?;
            }
        }
        self.row += 1;
        for paragraph in text::about(lang) {
            self.paragraph(paragraph)?;
        }
        Ok(())
    }

    /// The sheets with links to them.
    fn contents(&mut self, entries: &[Entry]) -> Result<(), WorkbookError> {
        let styles = self.styles;
        self.heading(self.lang.pick("シートの一覧", "Sheets"))?;
        for entry in entries.iter().skip(1) {
            self.link(0, &Target::Row(&entry.name, 1), &entry.name)?;
            self.put(1, entry.about, &styles.paragraph)?;
            if let Some(rows) = entry.rows {
                let said = match self.lang {
                    Lang::Ja => format!("{rows}行"),
                    Lang::En => format!("{rows} rows"),
                };
                self.put(2, &said, &styles.plain)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    fn legend(&mut self) -> Result<(), WorkbookError> {
        let (lang, styles) = (self.lang, self.styles);
        self.heading(lang.pick("色と印の意味", "Colours and marks"))?;
        self.paragraph(text::colours(lang))?;
        for stage in words::STAGES {
            let label = lang.word(words::STAGES, stage);
            let format = styles.stage(stage, Content::Words);
            self.term(label, format, text::stage(lang, stage))?;
        }
        for (mark, meaning) in text::year_marks(lang) {
            self.term(mark, &styles.plain, meaning)?;
        }
        for (severity, format) in [
            ("error", &styles.error),
            ("warning", &styles.warning),
            ("info", &styles.plain),
        ] {
            let label = lang.word(words::SEVERITIES, severity);
            self.term(label, format, text::severity(lang, severity))?;
        }
        let bar = lang.pick("達成度の横棒", "Bar of the achievement");
        self.term(bar, &styles.plain, text::bar(lang))?;
        Ok(())
    }

    fn absence(&mut self) -> Result<(), WorkbookError> {
        let styles = self.styles;
        self.heading(self.lang.pick(
            "空欄と「記載なし」の読み方",
            "How to read what is not there",
        ))?;
        for (term, meaning) in text::absence(self.lang) {
            self.term(term, &styles.paragraph, meaning)?;
        }
        Ok(())
    }

    fn documents(&mut self, index: &Index<'_>) -> Result<(), WorkbookError> {
        let lang = self.lang;
        self.heading(lang.pick("文書", "Documents"))?;
        for (place, document) in index.documents.iter().enumerate().take(DOCUMENTS) {
            self.document(index, place, document)?;
        }
        let left = index.documents.len().saturating_sub(DOCUMENTS);
        if left > 0 {
            let said = match lang {
                Lang::Ja => format!(
                    "ほか{left}件は「{}」シートにあります。",
                    text::documents_sheet(lang)
                ),
                Lang::En => format!(
                    "{left} more are on the sheet “{}”.",
                    text::documents_sheet(lang)
                ),
            };
            self.link(0, &Target::Row(text::documents_sheet(lang), 1), &said)?;
            self.row += 1;
        }
        Ok(())
    }

    fn document(
        &mut self,
        index: &Index<'_>,
        place: usize,
        document: &Document,
    ) -> Result<(), WorkbookError> {
        let styles = self.styles;
        let code = &document.municipality_code;
        let prefecture = index.prefecture(code).unwrap_or_default();
        let own = Target::Row(text::documents_sheet(self.lang), place + 2);
        self.put(
            0,
            &format!("{prefecture}{}", index.name(code)),
            &styles.plain,
        )?;
        self.link(1, &own, &document.title)?;
        self.put(
            2,
            self.lang.word(words::DOCUMENT_KINDS, &document.kind),
            &styles.plain,
        )?;
        match &document.source_url {
            Some(url) => self.link(3, &Target::Web(url), url)?,
            None => self.put(3, &document.path, &styles.paragraph)?,
        }
        self.row += 1;
        Ok(())
    }

    fn caveats(&mut self, shortages: &[Shortage]) -> Result<(), WorkbookError> {
        let lang = self.lang;
        self.heading(lang.pick("注意", "Mind"))?;
        for caveat in text::caveats(lang) {
            self.paragraph(caveat)?;
        }
        for shortage in shortages {
            let said = match shortage {
                Shortage::Text(sheet, count) => text::shortage_text(lang, sheet, *count),
                Shortage::Links(sheet, count) => text::shortage_links(lang, sheet, *count),
                Shortage::Rows(first, last) => text::shortage_rows(lang, first, last),
            };
            self.paragraph(&said)?;
        }
        Ok(())
    }

    fn heading(&mut self, said: &str) -> Result<(), WorkbookError> {
        self.row += 1;
        for column in 0..4 {
            self.put(
                column,
                if column == 0 { said } else { "" },
                &self.styles.heading,
            )?;
        }
        self.row += 1;
        Ok(())
    }

    /// A term and its meaning.
    fn term(&mut self, term: &str, format: &Format, meaning: &str) -> Result<(), WorkbookError> {
        let [first, second, ..] = WIDTHS;
        let lines = lines_of(term, first).max(lines_of(meaning, second));
        self.sheet.set_row_height(self.row, height_of(lines))?;
        self.put(0, term, format)?;
        self.put(1, meaning, &self.styles.paragraph)?;
        self.row += 1;
        Ok(())
    }

    /// A paragraph over all columns.
    fn paragraph(&mut self, said: &str) -> Result<(), WorkbookError> {
        let lines = lines_of(said, WIDTHS.iter().sum());
        self.sheet
            .merge_range(self.row, 0, self.row, 3, said, &self.styles.paragraph)?;
        self.sheet.set_row_height(self.row, height_of(lines))?;
        self.row += 1;
        Ok(())
    }

    fn put(&mut self, column: u16, said: &str, format: &Format) -> Result<(), WorkbookError> {
        self.sheet
            .write_string_with_format(self.row, column, &*safe(said), format)?;
        Ok(())
    }

    fn link(&mut self, column: u16, target: &Target<'_>, said: &str) -> Result<(), WorkbookError> {
        match address(target) {
            Some(address) => {
                let url = Url::new(address).set_text(&*safe(said));
                self.sheet
                    .write_url_with_format(self.row, column, url, &self.styles.link)?;
            }
            None => self.put(column, said, &self.styles.paragraph)?,
        }
        Ok(())
    }
}

fn extent(index: &Index<'_>) -> String {
    let dataset = index.dataset;
    let (municipalities, documents) = (dataset.municipalities.len(), dataset.documents.len());
    let measures = dataset.measures.len();
    match index.lang {
        Lang::Ja => {
            format!("{municipalities}自治体・{documents}文書・{measures}施策（再掲を含む）")
        }
        Lang::En => format!(
            "{municipalities} municipalities, {documents} documents, {measures} measures (with repeats)"
        ),
    }
}
