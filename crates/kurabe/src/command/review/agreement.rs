//! `kurabe review agreement`: how far two coders agree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kurabe_review::agreement::{self as measured, Agreement, Disagreement};
use kurabe_review::sheet::{self, SheetRow};
use kurabe_review::{Codes, Coding, Problem, SheetError};

use super::{Ground, coding, refused_rows, target};
use crate::cli::{Screen, Task};
use crate::problem::Result;
use crate::text::{Lang, review as words};

/// Header of the column with the keys of the contents.
const KEY: &str = "内容キー";

/// Compares two filled sheets.
pub(super) fn agreement(
    task: &Task,
    files: &[PathBuf; 2],
    edition: Option<&str>,
    to: Option<&Path>,
    screen: &mut Screen,
) -> Result<()> {
    let to = to.map(|to| target(task, to)).transpose()?;
    let ground = Ground::new(task, edition)?;
    let [first, second] = files.each_ref().map(|file| task.place(file));
    let (a, b) = (coding::read(&first)?, coding::read(&second)?);
    let coded_a = coded(&first, &a, &ground.codes)?;
    let coded_b = coded(&second, &b, &ground.codes)?;
    refuse_other_contents(&second, &a, &b)?;
    let found = measured::agreement(&coded_a, &coded_b);
    show(&found, &ground.codes, screen)?;
    show_disagreements(&found.disagreements, &a, screen)?;
    if let Some((path, form)) = to {
        let rows = measured::adjudication_sheet(&found.disagreements, &a);
        coding::write(task, &path, form, &rows, &ground, true)?;
        let edition = ground.codes.edition();
        screen.line(&words::exported(
            screen.lang,
            rows.len(),
            edition,
            path.display(),
        ))?;
    }
    Ok(())
}

/// The codes of the rows that are filled in, by id whether they were typed so or not.
fn coded(path: &Path, rows: &[SheetRow], codes: &Codes) -> Result<Vec<(String, Coding)>> {
    let blank = |row: &SheetRow| SheetRow {
        primary: None,
        secondary: Vec::new(),
        reason: None,
        ..row.clone()
    };
    let blanks: Vec<SheetRow> = rows.iter().map(blank).collect();
    let filled =
        sheet::check(&blanks, rows, codes).map_err(|errors| refused_rows(path, &errors))?;
    let pair = |change: sheet::Change| (change.measure_id, change.new);
    Ok(filled.into_iter().map(pair).collect())
}

/// Two coders who read different texts of a measure cannot be compared.
fn refuse_other_contents(path: &Path, a: &[SheetRow], b: &[SheetRow]) -> Result<()> {
    let keys: BTreeMap<&str, &str> = a
        .iter()
        .map(|row| (&*row.measure_id, &*row.content_key))
        .collect();
    let other = |(index, row): (usize, &SheetRow)| {
        let expected = (*keys.get(&*row.measure_id)?).to_owned();
        let found = row.content_key.clone();
        (expected != found).then(|| SheetError {
            row: index + 2,
            column: KEY,
            problem: Problem::OtherContent { expected, found },
        })
    };
    let errors: Vec<SheetError> = b.iter().enumerate().filter_map(other).collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(refused_rows(path, &errors))
    }
}

fn figure(value: Option<f64>, lang: Lang) -> String {
    value.map_or_else(|| words::undefined(lang), |value| format!("{value:.3}"))
}

fn show(found: &Agreement, codes: &Codes, screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    screen.line(&words::both_coded(
        lang,
        found.n,
        found.only_a,
        found.only_b,
    ))?;
    for line in [
        words::raw(lang, figure(found.raw, lang)),
        words::kappa(lang, figure(found.kappa, lang)),
        words::alpha(lang, figure(found.alpha, lang)),
        words::jaccard(lang, figure(found.jaccard, lang)),
    ] {
        screen.line(&line)?;
    }
    if found.categories.is_empty() {
        return Ok(());
    }
    let heading = [
        words::column_code(lang),
        "A".to_owned(),
        "B".to_owned(),
        words::column_both(lang),
        words::column_positive(lang),
    ];
    let mut rows = vec![heading.to_vec()];
    for code in codes.list() {
        for one in found.categories.iter().filter(|one| one.code == code.id) {
            let label = lang.pick(&code.label_ja, &code.label_en);
            rows.push(vec![
                format!("{} {label}", code.id),
                one.a.to_string(),
                one.b.to_string(),
                one.both.to_string(),
                format!("{:.3}", one.positive),
            ]);
        }
    }
    screen.line("")?;
    screen.table(&rows)
}

fn show_disagreements(
    disagreements: &[Disagreement],
    rows: &[SheetRow],
    screen: &mut Screen,
) -> Result<()> {
    let lang = screen.lang;
    screen.line("")?;
    if disagreements.is_empty() {
        return screen.line(&words::no_disagreements(lang));
    }
    screen.line(&words::disagreements(lang, disagreements.len()))?;
    for one in disagreements {
        let row = rows.iter().find(|row| row.measure_id == one.measure_id);
        let title = row.map_or("", |row| &*row.title);
        let (a, b) = (one.a.in_words(), one.b.in_words());
        let told = if one.is_primary() {
            words::disagreement(lang, &one.measure_id, title, a, b)
        } else {
            words::disagreement_secondary(lang, &one.measure_id, title, a, b)
        };
        screen.line(&told)?;
    }
    Ok(())
}
