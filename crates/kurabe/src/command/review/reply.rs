//! `kurabe review reply`: the sheet that a municipality confirms or corrects.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kurabe_review::overrides::Source;
use kurabe_review::reply::{
    Field, Lists, Reply, ReplyChange, ReplyRow, code_changes, read_reply, write_reply_csv,
    write_reply_xlsx,
};
use kurabe_review::sheet::Change;
use kurabe_review::{Code, Problem as RowProblem, SheetError};
use kurabe_schema::{Kpi, KpiValue, Measure, words as schema};

use super::coding::tell_written;
use super::decisions::Decisions;
use super::{Form, Ground, provenance, refused, refused_rows, sheet_bytes, target, unwritable};
use crate::cli::{Screen, Selection, Signature, Task};
use crate::problem::Result;
use crate::record;
use crate::reviews::{ReplyField, ReplyRecord, content_key_of, value_id, value_key_of};
use crate::text::{Lang, review as words};

/// Header of the column for corrected values.
const CORRECTED: &str = "訂正後の内容";

/// The stage of a measure of which the source says none.
const NO_STAGE: &str = "unknown";

/// Writes the sheet for a municipality.
pub(super) fn export(
    task: &Task,
    selection: &Selection,
    to: &Path,
    screen: &mut Screen,
) -> Result<()> {
    let (path, form) = target(task, to)?;
    let ground = Ground::new(task, selection.edition.as_deref())?;
    let rows = rows(&ground, selection)?;
    let stages = stages();
    let lists = lists(&ground, &stages);
    let bytes = match form {
        Form::Csv => write_reply_csv(&rows, lists),
        Form::Xlsx => write_reply_xlsx(&rows, lists).map_err(|error| unwritable(&error))?,
    };
    task.surroundings.disk.replace(&path, &bytes)?;
    let edition = ground.codes.edition();
    let told = words::exported(screen.lang, rows.len(), edition, path.display());
    screen.line(&told)
}

/// Takes the reply of a municipality over, all of it or nothing.
pub(super) fn import(
    task: &Task,
    selection: &Selection,
    file: &Path,
    signature: &Signature,
    screen: &mut Screen,
) -> Result<()> {
    let by = provenance(signature, Source::MunicipalityReply)?;
    let file = task.place(file);
    let ground = Ground::new(task, selection.edition.as_deref())?;
    let sent = rows(&ground, selection)?;
    let stages = stages();
    let reply = read_reply(&sheet_bytes(&file)?, &sent, lists(&ground, &stages))
        .map_err(|error| refused(&file, |ja| error.message(ja)))?;
    let codes = code_changes(&reply, &sent, &ground.codes);
    refuse_undecided(&file, &reply, &sent, &codes)?;
    let code = selection.municipality.as_deref().unwrap_or_default();
    let mut decisions = Decisions::load(&ground.settings)?;
    let of_codes = decisions.take(codes, &by)?;
    let of_facts = decisions.reply(code, records(&reply, signature))?;
    let written = decisions.write(&task.surroundings.disk)?;
    show(&reply, screen)?;
    for (tally, tell) in [
        (
            of_codes,
            words::imported_codes as fn(Lang, usize, usize) -> String,
        ),
        (of_facts, words::imported_facts),
    ] {
        if !tally.is_empty() {
            screen.line(&tell(screen.lang, tally.new, tally.changed))?;
        }
    }
    tell_written(&written, screen)
}

/// The stages that can be chosen.
fn stages() -> Vec<Code> {
    let known = schema::STAGES.iter().filter(|stage| **stage != NO_STAGE);
    known
        .map(|stage| Code {
            id: (*stage).to_owned(),
            label_ja: words::stage(Lang::Ja, stage).to_owned(),
            label_en: words::stage(Lang::En, stage).to_owned(),
        })
        .collect()
}

fn lists<'a>(ground: &'a Ground, stages: &'a [Code]) -> Lists<'a> {
    Lists {
        codes: &ground.codes,
        stages,
    }
}

/// A row for every fact: of each measure, then of the targets of its KPIs.
fn rows(ground: &Ground, selection: &Selection) -> Result<Vec<ReplyRow>> {
    let mut kpis: BTreeMap<&str, Vec<&Kpi>> = BTreeMap::new();
    for kpi in ground.data.kpis.iter().filter(|kpi| !kpi.is_repeat) {
        kpis.entry(&kpi.measure_id).or_default().push(kpi);
    }
    kpis.values_mut()
        .for_each(|kpis| kpis.sort_by_key(|kpi| (kpi.position, kpi.kpi_id.clone())));
    let mut targets: BTreeMap<&str, Vec<&KpiValue>> = BTreeMap::new();
    for value in ground.data.kpi_values.iter().filter(|v| v.role == "target") {
        targets.entry(&value.kpi_id).or_default().push(value);
    }
    targets
        .values_mut()
        .for_each(|values| values.sort_by_key(|value| value.position));
    let mut rows = Vec::new();
    for measure in ground.measures(selection)? {
        rows.extend(measure_rows(ground, measure));
        for kpi in kpis.get(&*measure.measure_id).into_iter().flatten() {
            for value in targets.get(&*kpi.kpi_id).into_iter().flatten() {
                rows.extend(value_rows(ground, measure, kpi, value));
            }
        }
    }
    Ok(rows)
}

fn measure_rows(ground: &Ground, measure: &Measure) -> [ReplyRow; 5] {
    let coding = ground.coding(&measure.measure_id, |_| true);
    let secondary = coding.secondary.join("; ");
    let key = content_key_of(measure);
    [
        (Field::Title, Some(measure.title.clone())),
        (Field::Departments, measure.departments.clone()),
        (
            Field::Stage,
            Some(measure.stage.clone()).filter(|s| s != NO_STAGE),
        ),
        (Field::Primary, coding.primary),
        (
            Field::Secondary,
            Some(secondary).filter(|codes| !codes.is_empty()),
        ),
    ]
    .map(|(field, current)| ReplyRow {
        municipality: ground.municipality(&measure.municipality_code),
        id: measure.measure_id.clone(),
        number: measure.number.clone().unwrap_or_default(),
        name: measure.title.clone(),
        field,
        current,
        content_key: key.clone(),
    })
}

fn value_rows(ground: &Ground, measure: &Measure, kpi: &Kpi, value: &KpiValue) -> [ReplyRow; 2] {
    let key = value_key_of(kpi, value);
    let segment = kpi.segment.as_ref().map(|one| format!(" {one}"));
    let name = format!(
        "{} {}{}",
        measure.title,
        kpi.name,
        segment.unwrap_or_default()
    );
    let year = value.fiscal_year.map(|year| year.to_string());
    [
        (Field::Value, Some(value.value_text.clone())),
        (Field::Year, year),
    ]
    .map(|(field, current)| ReplyRow {
        municipality: ground.municipality(&measure.municipality_code),
        id: value_id(value),
        number: measure.number.clone().unwrap_or_default(),
        name: name.clone(),
        field,
        current,
        content_key: key.clone(),
    })
}

/// Secondary codes of a measure that has no primary code decide nothing.
fn refuse_undecided(path: &Path, reply: &Reply, sent: &[ReplyRow], codes: &[Change]) -> Result<()> {
    let decided: BTreeSet<&str> = codes.iter().map(|change| &*change.measure_id).collect();
    let is_lost = |change: &&ReplyChange| {
        change.field == Field::Secondary && change.new.is_some() && !decided.contains(&*change.id)
    };
    let error = |change: &ReplyChange| {
        let place = |row: &ReplyRow| row.id == change.id && row.field == Field::Secondary;
        SheetError {
            row: sent.iter().position(place).unwrap_or_default() + 2,
            column: CORRECTED,
            problem: RowProblem::NoPrimary,
        }
    };
    let errors: Vec<SheetError> = reply.changes.iter().filter(is_lost).map(error).collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(refused_rows(path, &errors))
    }
}

/// The corrected facts that are no decisions about codes.
fn records(reply: &Reply, signature: &Signature) -> Vec<ReplyRecord> {
    let when = signature.when.clone().unwrap_or_else(record::today);
    let is_fact = |change: &&ReplyChange| match change.field {
        Field::Primary => change.new.is_none(),
        Field::Secondary => false,
        Field::Title | Field::Departments | Field::Stage | Field::Value | Field::Year => true,
    };
    let of = |change: &ReplyChange| {
        Some(ReplyRecord {
            id: change.id.clone(),
            content_key: change.content_key.clone(),
            field: ReplyField::of(change.field)?,
            old: change.old.clone(),
            new: change.new.clone(),
            who: signature.who.trim().to_owned(),
            when: when.clone(),
            remark: change.remark.clone(),
        })
    };
    reply
        .changes
        .iter()
        .filter(is_fact)
        .filter_map(of)
        .collect()
}

/// What was answered, and remarks on what was not corrected.
fn show(reply: &Reply, screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    let counts = [
        reply.changes.len(),
        reply.confirmed.len(),
        reply.unanswered.len(),
    ];
    let [changed, confirmed, unanswered] = counts;
    screen.line(&words::answered(lang, changed, confirmed, unanswered))?;
    for (id, field, remark) in &reply.remarks {
        let field = lang.pick(field.label_ja(), field.as_str());
        screen.line(&words::remark(lang, id, field, remark))?;
    }
    Ok(())
}
