//! `kurabe review export` and `import`: the coding sheet.

use std::collections::BTreeMap;
use std::path::Path;

use kurabe_review::overrides::{Override, Source};
use kurabe_review::sheet::{self, SheetRow};
use kurabe_schema::Measure;

use super::decisions::Decisions;
use super::source::Sources;
use super::{Form, Ground, provenance, refused, refused_rows, sheet_bytes, target, unwritable};
use crate::cli::{Screen, Selection, Signature, Task};
use crate::problem::Result;
use crate::reviews::{Reviews, content_key_of};
use crate::text::review as words;

/// Writes a coding sheet of the published measures.
pub(super) fn export(
    task: &Task,
    selection: &Selection,
    to: &Path,
    is_blind: bool,
    screen: &mut Screen,
) -> Result<()> {
    let (path, form) = target(task, to)?;
    let ground = Ground::new(task, selection.edition.as_deref())?;
    let mut rows = rows(&ground, selection)?;
    let sources = Sources::of(&ground);
    for (row, measure) in rows.iter_mut().zip(ground.measures(selection)?) {
        row.text = sources.text(measure);
    }
    if !is_blind {
        let reviews = Reviews::load(&ground.settings.reviews)?;
        fill_in(&mut rows, &reviews, ground.codes.edition());
    }
    write(task, &path, form, &rows, &ground, is_blind)?;
    let edition = ground.codes.edition();
    let told = words::exported(screen.lang, rows.len(), edition, path.display());
    screen.line(&told)
}

/// Writes the bytes of a coding sheet.
pub(super) fn write(
    task: &Task,
    path: &Path,
    form: Form,
    rows: &[SheetRow],
    ground: &Ground,
    is_blind: bool,
) -> Result<()> {
    let bytes = match form {
        Form::Csv => sheet::write_csv(rows, &ground.codes, is_blind),
        Form::Xlsx => {
            sheet::write_xlsx(rows, &ground.codes, is_blind).map_err(|error| unwritable(&error))?
        }
    };
    task.surroundings.disk.replace(path, &bytes)
}

/// A row for every measure of the selection, with the program's codes and without those of
/// people: what is filled in later is a decision.
fn rows(ground: &Ground, selection: &Selection) -> Result<Vec<SheetRow>> {
    let measures = ground.measures(selection)?;
    Ok(measures.into_iter().map(|m| row(ground, m)).collect())
}

/// A row of the sheet, not yet filled in.
pub(crate) fn row(ground: &Ground, measure: &Measure) -> SheetRow {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let headings = [&measure.part, &measure.section].into_iter().flatten();
    let headings: Vec<&str> = headings.map(String::as_str).collect();
    let by_program = ground.coding(&measure.measure_id, |row| row.method != "override");
    SheetRow {
        measure_id: measure.measure_id.clone(),
        municipality: ground.municipality(&measure.municipality_code),
        number: text(&measure.number),
        title: measure.title.clone(),
        departments: text(&measure.departments),
        section: headings.join(" / "),
        content_key: content_key_of(measure),
        edition: ground.codes.edition().to_owned(),
        program_primary: by_program.primary,
        program_secondary: by_program.secondary,
        ..SheetRow::default()
    }
}

/// Shows the earlier decisions that still hold.
fn fill_in(rows: &mut [SheetRow], reviews: &Reviews, edition: &str) {
    let decisions = reviews.overrides.iter();
    let of_edition = decisions.filter(|decision| decision.edition == edition);
    let by_measure: BTreeMap<&str, &Override> = of_edition
        .map(|decision| (&*decision.measure_id, decision))
        .collect();
    for row in rows {
        let decision = by_measure.get(&*row.measure_id);
        if let Some(decision) = decision.filter(|d| d.content_key == row.content_key) {
            row.primary = Some(decision.primary.clone());
            row.secondary.clone_from(&decision.secondary);
            row.reason = Some(decision.why.clone()).filter(|why| !why.is_empty());
        }
    }
}

/// Takes the decisions of a coding sheet over, all of them or none.
pub(super) fn import(
    task: &Task,
    selection: &Selection,
    file: &Path,
    signature: &Signature,
    screen: &mut Screen,
) -> Result<()> {
    let by = provenance(signature, Source::Review)?;
    let file = task.place(file);
    let ground = Ground::new(task, selection.edition.as_deref())?;
    let returned = read(&file)?;
    let changes = sheet::check(&rows(&ground, selection)?, &returned, &ground.codes)
        .map_err(|errors| refused_rows(&file, &errors))?;
    let without = returned.len().saturating_sub(changes.len());
    let mut decisions = Decisions::load(&ground.settings)?;
    let tally = decisions.take(changes, &by)?;
    let written = decisions.write(&task.surroundings.disk)?;
    let lang = screen.lang;
    screen.line(&words::imported(lang, tally.new, tally.changed, without))?;
    tell_written(&written, screen)
}

/// Names the files that were written and what comes next.
pub(super) fn tell_written(written: &[std::path::PathBuf], screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    if written.is_empty() {
        return screen.line(&words::nothing_new(lang));
    }
    for path in written {
        screen.line(&words::written(lang, path.display()))?;
    }
    screen.line(&words::run_next(lang))
}

/// The rows of a sheet.
pub(super) fn read(file: &Path) -> Result<Vec<SheetRow>> {
    sheet::read(&sheet_bytes(file)?).map_err(|error| refused(file, |ja| error.message(ja)))
}
