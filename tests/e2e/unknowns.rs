//! Words that no profile knows, and damage: reported, and nothing else is lost.

use crate::corpus;
use crate::metamorphic::{Except, assert_same};
use kurabe_schema::Dataset;

/// Changes a document in one place, expects a finding there, and compares everything else.
fn reports(document: &str, from: &str, to: &str, code: &str, except: Except<'_>) -> Dataset {
    let text = corpus::text_of(document);
    assert!(text.contains(from), "{document} does not hold {from}");
    let changed = text.replacen(from, to, 1);
    let variant = corpus::read(changed.as_bytes(), "unknown.txt");
    let base = corpus::original(document);
    let count = |data: &Dataset| data.findings.iter().filter(|f| f.code == code).count();
    assert!(
        count(&variant) > count(base),
        "{to} raised no {code} in {document}"
    );
    assert_same(&format!("{from} → {to}"), base, &variant, except);
    let unread = variant.findings.iter().filter(|f| f.code == "line_unread");
    let silent = variant.coverage[0].unread > 0 && unread.count() == 0;
    assert!(
        !silent,
        "{to} in {document}: lines are unread and no finding says so"
    );
    variant
}

/// A finding on an unknown heading names the heading.
fn named(data: &Dataset, heading: &str) {
    let mut unknown = data.findings.iter().filter(|f| f.code == "heading_unknown");
    assert!(
        unknown.any(|f| f.message_ja.contains(heading)),
        "{heading} is not named"
    );
}

#[test]
fn a_status_word() {
    let except = Except {
        columns: &["stage", "stage_raw", "stage_basis"],
        tables: &["findings", "coverage"],
        places: false,
    };
    // Line 64, measure 1 of 職員の働き方の効率化.
    let variant = reports(
        corpus::MATSUE,
        "職員の負担を減らす。\t運用中\t",
        "職員の負担を減らす。\t様子見中\t",
        "status_unknown",
        except,
    );
    let id = format!("{}-efficiency-workstyle-1", corpus::MATSUE);
    for measure in &variant.measures {
        let old = corpus::original(corpus::MATSUE);
        let old = old
            .measures
            .iter()
            .find(|m| m.measure_id == measure.measure_id)
            .unwrap();
        if measure.measure_id == id {
            assert_eq!(measure.stage, "unknown");
            assert_eq!(measure.stage_raw.as_deref(), Some("様子見中"));
        } else {
            assert_eq!(measure.stage, old.stage, "{}", measure.measure_id);
        }
    }
}

#[test]
fn a_heading_of_a_sheet() {
    let except = Except {
        columns: &["effect", "effect_raw", "note", "note_raw"],
        tables: &["findings", "coverage", "measure_places"],
        places: false,
    };
    let to = "\nねらいと展望\t";
    let variant = reports(
        corpus::YASUGI,
        "\n期待される効果\t",
        to,
        "heading_unknown",
        except,
    );
    named(&variant, "ねらいと展望");
}

#[test]
fn a_heading_of_a_column() {
    let except = Except {
        columns: &["past", "past_raw", "note", "note_raw"],
        tables: &["findings", "coverage", "measure_places"],
        places: false,
    };
    let (from, to) = ("\t進捗状況（詳細）\t", "\t進み具合の記録\t");
    let variant = reports(corpus::MATSUE, from, to, "heading_unknown", except);
    named(&variant, "進み具合の記録");
}

#[test]

fn words_below_an_unknown_column_heading() {
    let (from, to) = ("\t進捗状況（詳細）\t", "\t進み具合の記録\t");
    let text = corpus::text_of(corpus::MATSUE).replacen(from, to, 1);
    let variant = corpus::read(text.as_bytes(), "unknown.txt");
    // Line 13: what was done for measure 2 of 窓口・届出.
    let kept = crate::rows::plain(&variant, "measures").iter().any(|row| {
        let mut values = row.values().map(crate::rows::cell);
        values.any(|value| value.contains("市民課窓口の課題を整理し"))
    });
    assert!(kept || variant.coverage[0].unread > 0);
}

#[test]
fn a_phase() {
    let except = Except {
        columns: &["phase_raw", "stage", "stage_raw"],
        tables: &["findings", "coverage"],
        places: false,
    };
    let variant = reports(
        corpus::OE,
        "地籍図の電子化\t電子化作業・導入\t",
        "地籍図の電子化\t熟成\t",
        "phase_unknown",
        except,
    );
    let phase = variant
        .schedules
        .iter()
        .find(|s| s.phase_raw == "熟成")
        .unwrap();
    assert_eq!((phase.fiscal_year, phase.stage.as_deref()), (2024, None));
}

#[test]
fn a_heading_in_brackets() {
    bracketed("(1)-1-3 マイナンバーカードの利活用促進（各担当課）\n\n");
}

#[test]

fn a_heading_in_brackets_above_a_list() {
    bracketed("(1)-1-1 行政手続きのオンライン化（各担当課）\n\n");
}

fn bracketed(above: &str) {
    let except = Except {
        columns: &["past", "past_raw", "note", "note_raw"],
        tables: &["findings", "coverage", "measure_places"],
        places: false,
    };
    let from = format!("{above}【これまでの取組み】\n");
    let to = format!("{above}【先行する町の事例】\n");
    let variant = reports(corpus::OE, &from, &to, "heading_unknown", except);
    named(&variant, "先行する町の事例");
}

#[test]
fn damage_never_panics_and_loses_no_line() {
    let threads: Vec<_> = corpus::bundled()
        .iter()
        .map(|source| std::thread::spawn(move || (0..200).for_each(|n| damaged(source, n))))
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

/// One round: a few lines and cells are deleted, duplicated or swapped.
fn damaged(source: &corpus::Source, round: u64) {
    let mut random = Random(round * 7919 + source.text.len() as u64);
    let mut lines: Vec<String> = source.text.split('\n').map(str::to_owned).collect();
    let mut done = Vec::new();
    for kind in 0..7 {
        let (a, b) = (random.below(lines.len()), random.below(lines.len()));
        done.push((kind, a + 1, b + 1));
        match kind {
            0 => drop(lines.remove(a)),
            1 => lines.insert(a, lines[b].clone()),
            2 => lines.swap(a, b),
            6 if round.is_multiple_of(8) => lines.truncate(a.max(20)),
            _ => damage_cells(&mut lines, kind, &mut random),
        }
    }
    check(
        &source.document,
        &lines,
        &format!("round {round}: {done:?}"),
    );
}

/// Deletes, duplicates or empties cells of a row, or swaps two of them.
fn damage_cells(lines: &mut [String], kind: usize, random: &mut Random) {
    let rows: Vec<usize> = (0..lines.len())
        .filter(|i| lines[*i].contains('\t'))
        .collect();
    if rows.is_empty() {
        return;
    }
    let row = rows[random.below(rows.len())];
    let mut cells: Vec<String> = lines[row].split('\t').map(str::to_owned).collect();
    let (a, b) = (random.below(cells.len()), random.below(cells.len()));
    match kind {
        3 => drop(cells.remove(a)),
        4 => cells.insert(a, cells[b].clone()),
        5 => cells.swap(a, b),
        _ => cells[a.min(b)..=a.max(b)]
            .iter_mut()
            .for_each(String::clear),
    }
    lines[row] = cells.join("\t");
}

fn check(document: &str, lines: &[String], what: &str) {
    let text = lines.join("\n");
    let read = || corpus::read_as(document, text.as_bytes(), "damaged.txt");
    let data = std::panic::catch_unwind(read)
        .unwrap_or_else(|_| panic!("{document} was not read after {what}"));
    let written = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let row = &data.coverage[0];
    assert_eq!(row.total, written as i64, "{document}: {what}");
    let accounted = row.in_records + row.skipped_by_rule + row.unread;
    assert_eq!(row.total, accounted, "{document}: {what}");
}

/// A small generator with a fixed seed (xorshift64*): the same damage in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        // Zero would stay zero.
        self.0 = self.0.max(1);
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        high as usize % limit
    }
}
