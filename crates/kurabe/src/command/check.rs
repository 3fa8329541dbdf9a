//! `kurabe check`: findings, expectations and coverage of the published dataset.

use serde_json::{Value, json};

use crate::cli::{Screen, Task};
use crate::command::stages::{exit_of, severity_word};
use crate::config::Settings;
use crate::engine::{Code, Dataset, FindingRow};
use crate::ingest;
use crate::pipeline::Work;
use crate::problem::{Exit, Result};
use crate::progress::Progress;
use crate::publish;
use crate::record::{Tally, tallies};
use crate::text::screen as words;

/// Severities, gravest first.
const SEVERITIES: [&str; 3] = ["error", "warning", "info"];

/// Shows what a careful reader would want to be told.
pub(crate) fn check(task: &Task, is_json: bool, screen: &mut Screen) -> Result<Exit> {
    let settings = Settings::load(&task.surroundings.folder, &task.invocation.overrides)?;
    let dataset = publish::published(&settings.out)?;
    let disk = &task.surroundings.disk;
    let work = Work::new(&settings, task.lang, disk, Progress::hidden(), None)?;
    let is_outdated = !(ingest::is_current(&work) && publish::has_current_rules(&settings));
    if is_json {
        let report = as_json(&dataset, is_outdated);
        screen.line(&format!("{report:#}"))?;
    } else {
        show(&dataset, is_outdated, screen)?;
    }
    Ok(exit_of(
        dataset.findings.iter().map(|finding| &*finding.severity),
    ))
}

/// Findings of one severity about one document, or about files that belong to none.
fn of<'a>(dataset: &'a Dataset, tally: &Tally, severity: &str) -> Vec<&'a FindingRow> {
    let of_document = dataset
        .findings
        .iter()
        .filter(|f| f.document_id == tally.document_id);
    of_document
        .filter(|finding| finding.severity == severity)
        .collect()
}

/// Findings that say whether the expected counts were met.
fn expectations(dataset: &Dataset) -> Vec<&FindingRow> {
    let codes = [Code::ExpectedMore, Code::ExpectedFewer].map(Code::as_str);
    dataset
        .findings
        .iter()
        .filter(|finding| codes.contains(&&*finding.code))
        .collect()
}

fn show(dataset: &Dataset, is_outdated: bool, screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    for tally in tallies(dataset) {
        let name = tally
            .document_id
            .clone()
            .unwrap_or_else(|| words::files_row(lang));
        let Tally {
            errors,
            warnings,
            infos,
            ..
        } = tally;
        screen.line(&words::findings_heading(
            lang, name, errors, warnings, infos,
        ))?;
        for severity in SEVERITIES {
            for finding in of(dataset, &tally, severity) {
                show_finding(finding, screen)?;
            }
        }
        screen.line("")?;
    }
    show_expectations(dataset, screen)?;
    show_coverage(dataset, screen)?;
    if is_outdated {
        screen.line(&format!("\n{}", words::outdated(lang)))?;
    }
    Ok(())
}

fn show_finding(finding: &FindingRow, screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    let severity = severity_word(lang, &finding.severity);
    let place = finding.locator.as_deref().unwrap_or("-");
    let message = lang
        .pick(&finding.message_ja, &finding.message_en)
        .to_owned();
    let mut line = format!("  [{severity}] {place} {}: {message}", finding.code);
    if let Some(raw) = &finding.raw {
        line += &format!(" {}", words::raw_words(lang, on_one_line(raw)));
    }
    if let Some(repaired) = &finding.repaired {
        line += &format!(" {}", words::repaired_words(lang, on_one_line(repaired)));
    }
    screen.line(&line)
}

fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

fn show_expectations(dataset: &Dataset, screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    screen.line(&words::expectations_heading(lang))?;
    let findings = expectations(dataset);
    if findings.is_empty() {
        return screen.line(&words::expectations_met(lang));
    }
    findings.into_iter().try_for_each(|finding| {
        let document = finding.document_id.as_deref().unwrap_or("-");
        let message = lang
            .pick(&finding.message_ja, &finding.message_en)
            .to_owned();
        screen.line(&format!("  {document}: {message}"))
    })
}

fn show_coverage(dataset: &Dataset, screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    screen.line(&format!("\n{}", words::coverage_heading(lang)))?;
    for row in &dataset.coverage {
        let (total, records) = (row.total, row.in_records);
        let line = words::coverage_line(
            lang,
            &row.document_id,
            total,
            records,
            row.skipped_by_rule,
            row.unread,
        );
        screen.line(&line)?;
        if let Some(locators) = &row.unread_locators {
            screen.line(&words::coverage_unread(lang, locators))?;
        }
    }
    Ok(())
}

fn as_json(dataset: &Dataset, is_outdated: bool) -> Value {
    let count = |severity: &str| {
        dataset
            .findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let coverage = dataset.coverage.iter().map(|row| {
        json!({
            "document_id": row.document_id, "unit": row.unit, "total": row.total,
            "in_records": row.in_records, "skipped_by_rule": row.skipped_by_rule,
            "unread": row.unread, "unread_locators": row.unread_locators,
        })
    });
    let documents = tallies(dataset).into_iter().map(|tally| {
        let findings = SEVERITIES
            .iter()
            .flat_map(|severity| of(dataset, &tally, severity));
        json!({ "counts": tally, "findings": findings.map(finding_json).collect::<Vec<_>>() })
    });
    json!({
        "is_outdated": is_outdated,
        "errors": count("error"), "warnings": count("warning"), "infos": count("info"),
        "documents": documents.collect::<Vec<_>>(),
        "expectations": expectations(dataset).into_iter().map(finding_json).collect::<Vec<_>>(),
        "coverage": coverage.collect::<Vec<_>>(),
    })
}

fn finding_json(finding: &FindingRow) -> Value {
    json!({
        "finding_id": finding.finding_id, "severity": finding.severity, "code": finding.code,
        "document_id": finding.document_id, "measure_id": finding.measure_id,
        "locator": finding.locator, "message_ja": finding.message_ja,
        "message_en": finding.message_en, "raw": finding.raw, "repaired": finding.repaired,
    })
}
