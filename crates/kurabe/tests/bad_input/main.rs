//! The program on files that are broken, hostile or not what they say: each is given to the real
//! binary beside a good document, and what comes of it is the table `docs/reference/bad-input.md`.
//!
//! `KURABE_BLESS=1 cargo test -p kurabe --test bad_input` writes the table anew.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that meets something unexpected fails, and says what it measured"
)]

mod cases;
#[cfg(debug_assertions)]
mod faults;
mod outcome;
mod run;
#[path = "../../../kurabe-read/tests/samples/mod.rs"]
mod samples;
mod table;

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cases::{Case, Group, Make};
use outcome::Outcome;
use run::{Project, Ran};

/// Tables whose rows tell how a municipality stands among others: another document changes them.
const COMPARING: [&str; 2] = ["benchmark_indicators.csv", "survey_positions.csv"];

/// What a case gave.
pub(crate) struct Done {
    pub(crate) group: &'static str,
    pub(crate) case: Case,
    pub(crate) outcome: Outcome,
    pub(crate) ran: Ran,
    /// What must not be.
    problems: Vec<String>,
}

/// Runs one case and checks what holds for every one of them.
fn done(base: &Project, group: &'static str, case: Case) -> Done {
    let project = base.copy();
    match &case.make {
        Make::Bytes(make) => project.put(&format!("raw/{}", case.file), &make()),
        Make::Place(make) => make(&project.path("raw")),
    }
    let before = base.published();
    let ran = project.run(&[]);
    let outcome = Outcome::of(&project, &ran, case.file);
    let mut problems = ran.problems();
    problems.extend(outcome.problems(case.file));
    // The good document is published as before, whatever lies beside it.
    let after = project.published();
    for (table, rows) in &before {
        if COMPARING.contains(&table.as_str()) {
            continue;
        }
        let lost = rows.iter().filter(|row| !after[table].contains(*row));
        problems.extend(lost.map(|row| format!("{table} lost {row}")));
    }
    Done {
        group,
        case,
        outcome,
        ran,
        problems,
    }
}

fn all_done(base: &Project, groups: Vec<Group>) -> Vec<Done> {
    let cases = groups.into_iter();
    let cases = cases.flat_map(|group| group.cases.into_iter().map(move |case| (group.name, case)));
    let cases: Vec<Mutex<Option<(&str, Case)>>> = cases.map(|one| Mutex::new(Some(one))).collect();
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(at) else { break };
                    let (group, case) = case.lock().unwrap().take().unwrap();
                    let done = done(base, group, case);
                    found.lock().unwrap().push((at, done));
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, done)| done).collect()
}

#[test]
fn bad_files_are_told_and_lose_nothing() {
    let base = Project::with_good_document();
    assert_eq!(base.run(&[]).code, Some(1), "the other document is missing");
    let done = all_done(&base, cases::all());
    assert!(done.len() >= 60);
    for one in &done {
        let Ran {
            elapsed, memory, ..
        } = &one.ran;
        println!(
            "{elapsed:>6.2?} {:>4} MB  {} ({})",
            memory >> 20,
            one.case.what,
            one.outcome.word()
        );
    }
    let problems = done
        .iter()
        .flat_map(|one| one.problems.iter().map(|p| (one.case.what, p)));
    let problems: Vec<_> = problems.collect();
    assert!(problems.is_empty(), "{problems:#?}");
    table::settle("bad-input.md", &table::page(&done));
}

#[test]
fn every_format_is_known_under_every_ending() {
    let project = Project::with_good_document();
    let all = samples::all();
    for (format, bytes) in &all {
        for ending in samples::ENDINGS {
            project.put(&format!("raw/{format}-as.{ending}"), bytes);
        }
    }
    let ran = project.run(&[]);
    assert_eq!((ran.code, ran.problems()), (Some(0), Vec::new()));
    let findings = fs::read_to_string(project.path("out/csv/findings.csv")).unwrap();
    let documents = fs::read_to_string(project.path("out/csv/documents.csv")).unwrap();
    assert!(
        !findings.contains("file_unreadable") && !findings.contains("file_unclaimed"),
        "{findings}"
    );
    // One of them is read for the document, the others are told to hold the same.
    assert_eq!(
        findings.matches("file_duplicate").count(),
        all.len() * samples::ENDINGS.len() - 1
    );
    assert!(documents.contains("322016-plan"));
}
