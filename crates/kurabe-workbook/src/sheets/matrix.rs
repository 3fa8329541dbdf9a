//! 「比較表」: documents by category, with the number of measures and how far they are.

use std::collections::BTreeMap;

use kurabe_schema::{BenchmarkCategory, Category, Document, words};
use rust_xlsxwriter::Worksheet;

use crate::WorkbookError;
use crate::book::{A3, Book};
use crate::cell::{excel_day, safe};
use crate::index::Index;
use crate::lang::Lang;
use crate::style::{Content, Styles};
use crate::text;

/// Columns in front of the categories.
const FRONT: u16 = 4;

/// Rows in front of the documents: title, explanation, groups, categories.
const HEAD: u32 = 4;

/// Rows of a document.
const LINES: u32 = 3;

/// The newest edition on a sheet of its own, the others one below the other.
pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let lang = index.lang;
    let name = lang.pick("比較表", "Comparison");
    let about = lang.pick(
        "自治体（文書）× 国の計画の分類。施策数・主な段階・運用以降の割合",
        "Documents by national category: measures, usual stage, share in operation",
    );
    let number = book.sheets();
    book.sheet(name, HEAD, FRONT)?;
    let (sheet, styles) = book.again(number)?;
    sheet.set_paper_size(A3);
    let block = Block::of(index, &index.edition);
    block.write(sheet, styles, 0)?;
    if !block.documents.is_empty() {
        sheet.autofilter(HEAD - 1, 0, block.height() - 1, block.last_column())?;
    }
    legend(sheet, styles, lang, block.height() + 1)?;
    book.enter(name, about, None);
    others(book, index)
}

fn others(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let lang = index.lang;
    let editions: Vec<&str> = index
        .editions()
        .into_iter()
        .filter(|edition| *edition != index.edition)
        .collect();
    if editions.is_empty() {
        return Ok(());
    }
    let name = lang.pick("比較表（他の版）", "Comparison (other editions)");
    let number = book.sheets();
    book.sheet(name, 0, 0)?;
    let (sheet, styles) = book.again(number)?;
    sheet.set_paper_size(A3);
    sheet.set_freeze_panes(0, FRONT)?;
    let mut row = 0;
    for edition in editions {
        let block = Block::of(index, edition);
        block.write(sheet, styles, row)?;
        row += block.height() + 2;
    }
    let about = lang.pick(
        "同じ比較表を国の計画のほかの版の分類で",
        "The same by the categories of other editions",
    );
    book.enter(name, about, None);
    Ok(())
}

/// The comparison in one edition.
struct Block<'a> {
    lang: Lang,
    edition: &'a str,
    index: &'a Index<'a>,
    categories: Vec<&'a Category>,
    documents: Vec<&'a Document>,
    cells: BTreeMap<(&'a str, &'a str), &'a BenchmarkCategory>,
}

impl<'a> Block<'a> {
    fn of(index: &'a Index<'a>, edition: &'a str) -> Self {
        let rows = index.dataset.benchmark_categories.iter();
        let cells: BTreeMap<_, _> = rows
            .filter(|row| row.taxonomy == edition)
            .map(|row| ((&*row.document_id, &*row.category_id), row))
            .collect();
        let has_cells = |document: &Document| {
            let mut found = cells.range((&*document.document_id, "")..);
            found
                .next()
                .is_some_and(|((id, _), _)| *id == document.document_id)
        };
        let documents = index
            .documents
            .iter()
            .filter(|document| has_cells(document));
        Self {
            lang: index.lang,
            edition,
            index,
            categories: grouped(index.categories(edition)),
            documents: documents.copied().collect(),
            cells,
        }
    }

    /// Number of its rows.
    fn height(&self) -> u32 {
        let documents = u32::try_from(self.documents.len()).unwrap_or(u32::MAX / LINES / 2);
        HEAD + LINES * documents
    }

    fn last_column(&self) -> u16 {
        FRONT + u16::try_from(self.categories.len()).unwrap_or(1_000) + 1
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        styles: &Styles,
        first: u32,
    ) -> Result<(), WorkbookError> {
        self.head(sheet, styles, first)?;
        let rows = (first + HEAD..).step_by(3);
        for (row, document) in rows.zip(&self.documents) {
            self.document(sheet, styles, row, document)?;
        }
        Ok(())
    }

    fn head(&self, sheet: &mut Worksheet, styles: &Styles, row: u32) -> Result<(), WorkbookError> {
        let lang = self.lang;
        let title = match lang {
            Lang::Ja => format!("国の「自治体DX推進計画」{}版の分類による比較", self.edition),
            Lang::En => format!(
                "Comparison by the categories of edition {} of the national plan",
                self.edition
            ),
        };
        sheet.write_string_with_format(row, 0, title, &styles.title)?;
        sheet.write_string_with_format(row + 1, 0, explanation(lang), &styles.plain)?;
        let front = [
            (lang.pick("自治体", "Municipality"), 11.0),
            (lang.pick("文書", "Document"), 26.0),
            (lang.pick("基準日", "As of"), 11.0),
            (lang.pick("項目", "Item"), 12.0),
        ];
        for (column, (header, width)) in (0u16..).zip(front) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(row + 2, column, "", &styles.header)?;
            sheet.write_string_with_format(row + 3, column, header, &styles.header)?;
        }
        for (column, category) in (FRONT..).zip(&self.categories) {
            let group = lang.word(words::CATEGORY_GROUPS, &category.group);
            sheet.set_column_width(column, 18.0)?;
            sheet.write_string_with_format(row + 2, column, group, &styles.header)?;
            let label = self.index.label(category);
            sheet.write_string_with_format(row + 3, column, &*safe(label), &styles.header)?;
        }
        let last = self.last_column();
        let ends = [
            (last - 1, lang.pick("分類なし", "No category")),
            (
                last,
                lang.pick("全施策（再掲を除く）", "All (repeats once)"),
            ),
        ];
        for (column, header) in ends {
            sheet.write_string_with_format(row + 2, column, "", &styles.header)?;
            sheet.write_string_with_format(row + 3, column, header, &styles.header)?;
        }
        sheet.set_row_height(row + 2, 34)?;
        sheet.set_row_height(row + 3, 72)?;
        Ok(())
    }

    fn document(
        &self,
        sheet: &mut Worksheet,
        styles: &Styles,
        row: u32,
        document: &Document,
    ) -> Result<(), WorkbookError> {
        let lang = self.lang;
        let lines = [
            lang.pick("施策数", "Measures"),
            lang.pick("主な段階", "Usual stage"),
            lang.pick("運用以降", "In operation"),
        ];
        for (row, line) in (row..).zip(lines) {
            let name = self.index.name(&document.municipality_code);
            sheet.write_string_with_format(row, 0, &*safe(name), &styles.plain)?;
            sheet.write_string_with_format(row, 1, &*safe(&document.title), &styles.plain)?;
            if let Some(day) = document.as_of.and_then(excel_day) {
                sheet.write_datetime_with_format(row, 2, &day, &styles.date)?;
            }
            sheet.write_string_with_format(row, 3, line, &styles.plain)?;
        }
        let (mut counted, mut all) = (0, 0);
        for (column, category) in (FRONT..).zip(&self.categories) {
            let key = (&*document.document_id, &*category.category_id);
            if let Some(cell) = self.cells.get(&key) {
                category_cells(sheet, styles, (row, column), cell, lang)?;
                counted += cell.measures;
                all = cell.measures_all;
            }
        }
        let last = self.last_column();
        sheet.write_number_with_format(row, last - 1, number(all - counted), &styles.count)?;
        sheet.write_number_with_format(row, last, number(all), &styles.count)?;
        Ok(())
    }
}

/// Priority items, companion items, codes of this project; in each group in the order of the edition.
fn grouped(mut categories: Vec<&Category>) -> Vec<&Category> {
    let group = |word: &str| {
        words::CATEGORY_GROUPS
            .iter()
            .position(|known| *known == word)
    };
    categories.sort_by_key(|category| group(&category.group));
    categories
}

/// Number of measures, usual stage and share in operation of one category.
fn category_cells(
    sheet: &mut Worksheet,
    styles: &Styles,
    (row, column): (u32, u16),
    cell: &BenchmarkCategory,
    lang: Lang,
) -> Result<(), WorkbookError> {
    let Some((stage, count)) = usual_stage(cell) else {
        sheet.write_number_with_format(
            row,
            column,
            number(cell.measures),
            styles.stage("unknown", Content::Count),
        )?;
        return Ok(());
    };
    let label = lang.word(words::STAGES, stage);
    let said = match lang {
        Lang::Ja => format!("{label}（{count}）"),
        Lang::En => format!("{label} ({count})"),
    };
    let format = styles.stage(stage, Content::Count);
    sheet.write_number_with_format(row, column, number(cell.measures), format)?;
    let format = styles.stage(stage, Content::Words);
    sheet.write_string_with_format(row + 1, column, said, format)?;
    let format = styles.stage(stage, Content::Share);
    let known = cell.measures - cell.unknown;
    if known > 0 {
        let running = cell.operating + cell.expanding + cell.completed;
        sheet.write_number_with_format(row + 2, column, number(running) / number(known), format)?;
    } else {
        sheet.write_blank(row + 2, column, format)?;
    }
    Ok(())
}

/// The stage of most measures and their number; of equal numbers the stage that is further. A known
/// stage comes before "unknown"; none without measures.
fn usual_stage(cell: &BenchmarkCategory) -> Option<(&'static str, i64)> {
    let counts = [
        cell.planned,
        cell.study,
        cell.build,
        cell.trial,
        cell.operating,
        cell.expanding,
        cell.completed,
        cell.withdrawn,
    ];
    let known = words::STAGES
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0);
    let usual = known
        .max_by_key(|(_, count)| *count)
        .map(|(stage, count)| (*stage, count));
    usual.or((cell.unknown > 0).then_some(("unknown", cell.unknown)))
}

/// Counts of measures are far below the integers that a number cannot hold.
fn number(count: i64) -> f64 {
    i32::try_from(count).map_or(f64::from(i32::MAX), f64::from)
}

fn explanation(lang: Lang) -> &'static str {
    lang.pick(
        "施策数：主な分類がその分類である施策。主な段階：施策が最も多い段階と、その施策数。運用以降：段階が分かる施策のうち運用・拡大・完了の割合。施策の一覧がない文書は載せていません。",
        "Measures: those whose main category it is. Usual stage: the stage of most measures and how many they are. In operation: operating, expanding or completed among the measures with a stage. Documents without measures are left out.",
    )
}

/// What the colours mean, each with its word.
pub(super) fn legend(
    sheet: &mut Worksheet,
    styles: &Styles,
    lang: Lang,
    first: u32,
) -> Result<(), WorkbookError> {
    let heading = lang.pick("色の意味", "Colours");
    sheet.write_string_with_format(first, 0, heading, &styles.heading)?;
    sheet.write_string_with_format(first, 1, text::colours(lang), &styles.plain)?;
    for (row, stage) in (first + 1..).zip(words::STAGES) {
        let label = lang.word(words::STAGES, stage);
        sheet.write_string_with_format(row, 0, label, styles.stage(stage, Content::Words))?;
        sheet.write_string_with_format(row, 1, text::stage(lang, stage), &styles.plain)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_stage_is_the_one_of_most_measures() {
        let cell = BenchmarkCategory {
            measures: 9,
            study: 3,
            operating: 3,
            unknown: 3,
            ..BenchmarkCategory::default()
        };
        assert_eq!(usual_stage(&cell), Some(("operating", 3)));
        assert_eq!(usual_stage(&BenchmarkCategory::default()), None);
        let unknown = BenchmarkCategory {
            measures: 2,
            unknown: 2,
            ..BenchmarkCategory::default()
        };
        assert_eq!(usual_stage(&unknown), Some(("unknown", 2)));
    }
}
