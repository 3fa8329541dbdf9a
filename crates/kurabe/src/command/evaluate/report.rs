//! The figures as tables, on the screen or as a page of the documentation.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::Screen;
use crate::engine::Dataset;
use crate::evaluation::{
    Agreement, BINS, COVERAGES, Case, Pair, SecondaryScore, by_category, calibration, confusion,
    coverage_curve, majority, pairs, share,
};
use crate::problem::Result;
use crate::text::{Lang, accuracy as words};

use super::reference::{Municipalities, Reference};

/// What the report is about.
pub(super) struct Report<'a> {
    pub(super) lang: Lang,
    pub(super) dataset: &'a Dataset,
    pub(super) edition: &'a str,
    pub(super) municipalities: &'a Municipalities,
    pub(super) reference: &'a Reference,
    /// The codes that the titles alone get, in the order of the cases.
    pub(super) by_title: Vec<Option<String>>,
    /// The codes that a bare list of keywords gives the titles.
    pub(super) by_keyword: Vec<Option<String>>,
    pub(super) codes: &'a Path,
    pub(super) is_markdown: bool,
}

/// A heading with a table, and lines below it.
struct Section {
    heading: String,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Section {
    fn new(heading: String, columns: &[String], rows: Vec<Vec<String>>) -> Self {
        let rows = [vec![columns.to_vec()], rows].concat();
        Self {
            heading,
            rows,
            notes: Vec::new(),
        }
    }

    fn with(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }
}

impl Report<'_> {
    pub(super) fn show(&self, screen: &mut Screen) -> Result<()> {
        let sections = [
            self.primary(),
            self.coverage(),
            self.calibration(),
            self.categories(),
            self.confusion(),
            self.by_municipality(),
            self.secondary(),
        ];
        if self.is_markdown {
            self.page(&sections, screen)
        } else {
            self.tables(&sections, screen)
        }
    }

    fn tables(&self, sections: &[Section], screen: &mut Screen) -> Result<()> {
        for line in self.introduction() {
            screen.line(&line)?;
        }
        for section in sections {
            screen.line(&format!("\n■ {}", section.heading))?;
            screen.table(&section.rows)?;
            for note in &section.notes {
                screen.line(note)?;
            }
        }
        Ok(())
    }

    fn page(&self, sections: &[Section], screen: &mut Screen) -> Result<()> {
        let lang = self.lang;
        screen.line(&format!("# {}\n", words::title(lang)))?;
        screen.line(&words::made_by(lang))?;
        screen.line(&format!("\n```sh\n{}\n```\n", self.command()))?;
        for line in self.introduction() {
            screen.line(&item(&line))?;
        }
        screen.line(&format!("\n{}", words::coders(lang)))?;
        for section in sections {
            screen.line(&format!("\n## {}\n", section.heading))?;
            for line in markdown(&section.rows) {
                screen.line(&line)?;
            }
            if !section.notes.is_empty() {
                screen.line("")?;
            }
            for note in &section.notes {
                screen.line(&format!("- {note}"))?;
            }
        }
        Ok(())
    }

    /// The command that makes the page, without the folders of the machine.
    fn command(&self) -> String {
        let file = self.codes.file_name().unwrap_or_default().to_string_lossy();
        let (lang, edition) = (self.lang, self.edition);
        format!("kurabe evaluate --codes {file} --edition {edition} --markdown --lang {lang}")
    }

    fn cases(&self) -> &[Case] {
        &self.reference.cases
    }

    fn introduction(&self) -> Vec<String> {
        let (lang, reference) = (self.lang, self.reference);
        let names = self.coded_municipalities();
        let names: Vec<String> = names
            .iter()
            .map(|code| self.municipalities.shown(code))
            .collect();
        let names = names.join(&words::separator(lang));
        let mut lines = vec![
            words::reference(lang, self.cases().len(), names, self.edition),
            words::unsure(lang, self.count(|case| case.is_unsure)),
            words::repeats(lang, reference.repeats),
            words::unmatched(lang, reference.unmatched.len()),
        ];
        let unmatched = reference.unmatched.iter();
        lines.extend(unmatched.map(|(line, key)| words::unmatched_line(lang, line, key)));
        lines
    }

    fn coded_municipalities(&self) -> BTreeSet<&str> {
        self.cases()
            .iter()
            .map(|case| &*case.municipality)
            .collect()
    }

    fn count(&self, is_counted: impl Fn(&&Case) -> bool) -> usize {
        self.cases().iter().filter(is_counted).count()
    }

    /// The published codes beside those of the title alone and the baselines.
    fn primary(&self) -> Section {
        let (lang, cases) = (self.lang, self.cases());
        let most = majority(cases);
        let by_majority = vec![most.map(str::to_owned); cases.len()];
        let sure = cases.iter().filter(|case| !case.is_unsure);
        let rows = vec![
            agreement_row(words::row_published(lang), &pairs(cases)),
            agreement_row(words::row_sure(lang), &pairs(sure)),
            agreement_row(words::row_title(lang), &self.against(&self.by_title)),
            agreement_row(words::row_keyword(lang), &self.against(&self.by_keyword)),
            agreement_row(
                words::row_majority(lang, most.unwrap_or_default()),
                &self.against(&by_majority),
            ),
        ];
        let unassigned = self.count(|case| case.published.is_none());
        let ambiguous = self.count(|case| case.is_ambiguous);
        let columns = agreement_columns(lang, words::column_method(lang));
        Section::new(words::heading_primary(lang), &columns, rows).with([
            words::unassigned(lang, figure(share(unassigned, cases.len()))),
            words::ambiguous(lang, figure(share(ambiguous, cases.len()))),
            words::fitted(lang),
        ])
    }

    /// The reference beside other codes of the same measures.
    fn against<'b>(&'b self, codes: &'b [Option<String>]) -> Vec<Pair<'b>> {
        let both = self.cases().iter().zip(codes);
        both.map(|(case, code)| (&*case.reference, code.as_deref()))
            .collect()
    }

    fn categories(&self) -> Section {
        let lang = self.lang;
        let columns = [
            words::column_category(lang),
            words::column_label(lang),
            words::column_measures(lang),
            words::column_precision(lang),
            words::column_recall(lang),
            words::column_f1(lang),
        ];
        let scores = by_category(&pairs(self.cases()));
        let rows = scores.iter().map(|score| {
            vec![
                score.category.clone(),
                self.label(&score.category),
                score.reference.to_string(),
                figure(score.precision()),
                figure(score.recall()),
                figure(score.f1()),
            ]
        });
        Section::new(words::heading_categories(lang), &columns, rows.collect())
    }

    fn confusion(&self) -> Section {
        let lang = self.lang;
        let columns = [
            words::column_reference(lang),
            words::column_published(lang),
            words::column_measures(lang),
        ];
        let pairs = pairs(self.cases());
        let rows = confusion(&pairs)
            .into_iter()
            .map(|((reference, published), count)| {
                let published = published.map_or_else(|| words::no_code(lang), str::to_owned);
                vec![reference.to_owned(), published, count.to_string()]
            });
        Section::new(words::heading_confusion(lang), &columns, rows.collect())
    }

    fn coverage(&self) -> Section {
        let lang = self.lang;
        let columns = [
            words::column_coverage(lang),
            words::column_measures(lang),
            words::column_cut(lang),
            words::column_accuracy(lang),
            words::column_interval(lang),
            words::column_macro(lang),
        ];
        let points = coverage_curve(self.cases(), &COVERAGES);
        let rows = points.iter().map(|point| {
            let coverage = format!("{} %", point.coverage);
            let cells = agreement_cells(&point.agreement);
            let [measures, accuracy, interval, macro_f1] = cells;
            let cut = figure(Some(point.confidence));
            vec![coverage, measures, cut, accuracy, interval, macro_f1]
        });
        Section::new(words::heading_coverage(lang), &columns, rows.collect())
            .with([words::note_coverage(lang)])
    }

    fn calibration(&self) -> Section {
        let lang = self.lang;
        let columns = [
            words::column_range(lang),
            words::column_measures(lang),
            words::column_confidence(lang),
            words::column_accuracy(lang),
        ];
        let table = calibration(self.cases());
        let mut rows = Vec::with_capacity(BINS);
        for bin in &table.bins {
            rows.push(vec![
                format!("{:.1}–{:.1}", bin.from, bin.to),
                bin.measures.to_string(),
                figure(bin.confidence),
                figure(bin.accuracy),
            ]);
        }
        Section::new(words::heading_calibration(lang), &columns, rows)
            .with([words::expected_error(lang, figure(table.expected_error))])
    }

    fn by_municipality(&self) -> Section {
        let lang = self.lang;
        let row = |code: &str| {
            let own = self.cases().iter().filter(|case| case.municipality == code);
            agreement_row(self.municipalities.shown(code), &pairs(own))
        };
        let rows = self.coded_municipalities().into_iter().map(row).collect();
        let columns = agreement_columns(lang, words::column_municipality(lang));
        Section::new(words::heading_municipalities(lang), &columns, rows)
    }

    fn secondary(&self) -> Section {
        let lang = self.lang;
        let columns = [
            words::column_jaccard(lang),
            words::column_reference(lang),
            words::column_published(lang),
            words::column_precision(lang),
            words::column_recall(lang),
        ];
        let score = SecondaryScore::of(self.cases());
        let row = vec![
            figure(score.jaccard),
            score.reference.to_string(),
            score.published.to_string(),
            figure(score.precision()),
            figure(score.recall()),
        ];
        Section::new(words::heading_secondary(lang), &columns, vec![row])
    }

    /// The label of a category; a page has the one that the national plan prints.
    fn label(&self, category: &str) -> String {
        let mut rows = self.dataset.categories.iter();
        let row = rows.find(|row| row.taxonomy == self.edition && row.category_id == category);
        let lang = if self.is_markdown {
            Lang::Ja
        } else {
            self.lang
        };
        row.map(|row| lang.pick(&row.label_ja, &row.label_en).to_owned())
            .unwrap_or_default()
    }
}

fn agreement_columns(lang: Lang, first: String) -> [String; 5] {
    [
        first,
        words::column_measures(lang),
        words::column_accuracy(lang),
        words::column_interval(lang),
        words::column_macro(lang),
    ]
}

fn agreement_row(name: String, pairs: &[Pair<'_>]) -> Vec<String> {
    let cells = agreement_cells(&Agreement::of(pairs));
    [name].into_iter().chain(cells).collect()
}

/// Measures, accuracy, its interval and macro-F1.
fn agreement_cells(agreement: &Agreement) -> [String; 4] {
    let interval = agreement.interval().map_or_else(
        || figure(None),
        |(lower, upper)| format!("{lower:.3}–{upper:.3}"),
    );
    [
        agreement.measures.to_string(),
        figure(agreement.accuracy()),
        interval,
        figure(agreement.macro_f1),
    ]
}

/// A figure with three digits after the point.
fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"))
}

/// A line as an item of a Markdown list; a line that is indented is an item of the one above.
fn item(line: &str) -> String {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    format!("{indent}- {text}")
}

/// The lines of a Markdown table.
fn markdown(rows: &[Vec<String>]) -> Vec<String> {
    let line = |cells: &Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let columns = rows.first().map_or(0, Vec::len);
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.insert(lines.len().min(1), format!("|{}", "---|".repeat(columns)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_written_as_markdown() {
        let rows = [["a", "n"], ["x|y", "1"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(markdown(&rows), ["| a | n |", "|---|---|", "| x\\|y | 1 |"]);
        assert_eq!(item("  a b"), "  - a b");
        assert_eq!(figure(share(2, 3)), "0.667");
        assert_eq!(figure(share(0, 0)), "-");
    }
}
