//! How fast measures are mapped, beside a bare scan of the same text by the same automaton.
//!
//! `cargo bench -p kurabe-category` classifies a thousand titles on one core, with made-up rules
//! and with the bundled editions.
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that meets something unexpected fails"
)]

use aho_corasick::{AhoCorasick, MatchKind};
use divan::Bencher;
use divan::counter::ItemsCount;
use kurabe_category::{Classifier, Editions, Field, SourceFile, Subject};
use kurabe_text::width;
use std::fs;
use std::hint::black_box;
use std::path::Path;

fn main() {
    divan::main();
}

const THINGS: [&str; 20] = [
    "電子申請",
    "公共施設予約",
    "AIチャットボット",
    "マイナンバーカード",
    "RPA",
    "Web会議",
    "電子決裁",
    "キャッシュレス決済",
    "情報セキュリティ",
    "テレワーク",
    "スマートフォン教室",
    "オープンデータ",
    "図書館",
    "母子手帳アプリ",
    "防災情報",
    "窓口予約",
    "基幹業務システム",
    "ペーパーレス会議",
    "GIGAスクール",
    "職員研修",
];
const PLACES: [&str; 10] = [
    "市民課",
    "子育て",
    "介護",
    "税務",
    "（再掲）",
    "学校",
    "議会",
    "観光",
    "農業",
    "上下水道",
];
const DEEDS: [&str; 5] = [
    "の導入",
    "の推進",
    "の拡充",
    "システムの整備",
    "に向けたＢＰＲの実施",
];

/// A thousand titles, a fifth of them with full-width brackets.
fn titles() -> Vec<String> {
    let places = |thing| {
        PLACES
            .iter()
            .map(move |place| format!("{place}における{thing}"))
    };
    let bases = THINGS.iter().flat_map(places);
    let titles = bases.flat_map(|base| DEEDS.iter().map(move |deed| format!("{base}{deed}")));
    titles.collect()
}

/// Three hundred rules, of which some have contexts.
fn made_up_rules() -> String {
    let mut text = String::new();
    for (n, thing) in THINGS.iter().enumerate() {
        for (m, place) in PLACES.iter().enumerate() {
            text += &format!(
                "[[rule]]\nid = \"a{n}-{m}\"\nfacet = \"f{}\"\nterms = [\"{place}{thing}\", \"{thing}{place}\"]\n\
                weight = 1.0\nwhy = \"made up\"\nwhy_ja = \"架空\"\n",
                n % 10,
            );
        }
        text += &format!(
            "[[rule]]\nid = \"b{n}\"\nfacet = \"f{n}\"\nterms = [\"{thing}\"]\nexcludes = [\"農業\"]\n\
            weight = 1.0\nwhy = \"made up\"\nwhy_ja = \"架空\"\n"
        );
    }
    for (n, place) in PLACES.iter().enumerate() {
        text += &format!(
            "[[rule]]\nid = \"c{n}\"\nfacet = \"f{n}\"\nterms = [\"{place}\"]\nrequires = [\"導入\"]\n\
            weight = 0.4\nwhy = \"made up\"\nwhy_ja = \"架空\"\n"
        );
    }
    text
}

const MODEL: &str = r#"
min_score = 0.5
margin = 0.1
secondary_share = 0.4
secondary_fields = ["title", "kpi"]
fields = { title = 1.0, kpi = 0.45, item = 0.35, section = 0.3, department = 0.2, description = 0.25 }
decay = { factor = 0.5 }
explicit = { marks = ["重点取組事項"], bonus = 0.3 }
calibration = { intercept = -1.0, margin = 2.0, score = 1.0, score_cap = 2.0 }
"#;

fn made_up() -> Editions {
    let (mut facets, mut edition) = (
        String::new(),
        String::from(
            "version = \"5.1\"\npublished = \"2026-01\"\npublished_precision = \"month\"\nconfidence = \"primary\"\n",
        ),
    );
    for n in 0..20 {
        facets += &format!("[[facet]]\nid = \"f{n}\"\nlabel_ja = \"f\"\nlabel_en = \"f\"\n");
        edition += &format!(
            "[[category]]\nid = \"c{n}\"\norder = {n}\ngroup = \"priority\"\nlabel_ja = \"c\"\n\
            label_en = \"c\"\nfacets = [\"f{n}\"]\n"
        );
    }
    let rules = made_up_rules();
    let files = [
        ("facets.toml", facets.as_str()),
        ("model.toml", MODEL),
        ("rules/all.toml", &rules),
        ("5.1/edition.toml", &edition),
    ];
    Editions::load(&files.map(|(path, text)| SourceFile { path, text })).unwrap()
}

/// The editions of this workspace.
fn bundled() -> Editions {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editions");
    let mut files = Vec::new();
    for entry in fs::read_dir(&home).unwrap().map(Result::unwrap) {
        let inner = fs::read_dir(entry.path());
        let inner = inner.into_iter().flatten().map(|e| e.unwrap().path());
        for path in inner.chain([entry.path()]) {
            if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
                let name = path.strip_prefix(&home).unwrap().to_str().unwrap();
                files.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let source = |(path, text)| SourceFile { path, text };
    let files = files.iter().map(|(p, t)| (p.as_str(), t.as_str()));
    Editions::load(&files.map(source).collect::<Vec<_>>()).unwrap()
}

const SETS: [&str; 2] = ["made_up", "bundled"];

fn editions(set: &str) -> Editions {
    if set == "bundled" {
        bundled()
    } else {
        made_up()
    }
}

/// The terms of all rules.
fn automaton(editions: &Editions) -> AhoCorasick {
    let terms = editions.rules().iter().flat_map(|r| &r.terms);
    let mut terms: Vec<String> = terms.map(|t| width::key(t)).collect();
    terms.sort_unstable();
    terms.dedup();
    let builder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&terms);
    builder.unwrap()
}

/// Titles with a department and a description.
fn described() -> Vec<Subject> {
    let describe = |s: Subject| {
        s.with(Field::Department, "企画部　情報政策課").with(
            Field::Description,
            "住民の利便性の向上と業務の効率化を図るため、①電子申請や②ＡＩ-ＯＣＲなどを活用する。",
        )
    };
    subjects().into_iter().map(describe).collect()
}

fn subjects() -> Vec<Subject> {
    titles().into_iter().map(Subject::titled).collect()
}

/// The same terms and text as [`score`], keys made before: the least that any matcher must do.
#[divan::bench(args = SETS)]
fn bare_scan(bencher: Bencher<'_, '_>, set: &str) {
    let automaton = automaton(&editions(set));
    let keys: Vec<String> = titles().iter().map(|t| width::key(t)).collect();
    bencher.counter(ItemsCount::new(keys.len())).bench(|| {
        let count = |key: &String| automaton.find_iter(black_box(key)).count();
        keys.iter().map(count).sum::<usize>()
    });
}

/// The same for measures with a department and a description, as [`score_described`] has them.
#[divan::bench(args = SETS)]
fn bare_scan_described(bencher: Bencher<'_, '_>, set: &str) {
    let automaton = automaton(&editions(set));
    let pieces = described().into_iter().flat_map(|s| s.pieces);
    let keys: Vec<String> = pieces.map(|p| width::key(&p.text)).collect();
    bencher.counter(ItemsCount::new(titles().len())).bench(|| {
        let count = |key: &String| automaton.find_iter(black_box(key)).count();
        keys.iter().map(count).sum::<usize>()
    });
}

/// Facet scores and evidence.
#[divan::bench(args = SETS)]
fn score(bencher: Bencher<'_, '_>, set: &str) {
    let (editions, subjects) = (editions(set), subjects());
    let classifier = Classifier::new(&editions);
    bencher.counter(ItemsCount::new(subjects.len())).bench(|| {
        for subject in &subjects {
            black_box(classifier.score(black_box(subject)));
        }
    });
}

/// Facet scores and the verdict of one edition.
#[divan::bench(args = SETS)]
fn score_and_verdict(bencher: Bencher<'_, '_>, set: &str) {
    verdicts(bencher, &editions(set), &subjects());
}

/// The same for measures with a department and a description.
#[divan::bench(args = SETS)]
fn score_described(bencher: Bencher<'_, '_>, set: &str) {
    verdicts(bencher, &editions(set), &described());
}

fn verdicts(bencher: Bencher<'_, '_>, editions: &Editions, subjects: &[Subject]) {
    let classifier = Classifier::new(editions);
    let edition = editions.edition("5.1").unwrap();
    bencher.counter(ItemsCount::new(subjects.len())).bench(|| {
        for subject in subjects {
            let scores = classifier.score(black_box(subject));
            black_box(classifier.verdict(&scores, edition));
        }
    });
}

/// All of it, with the terms as printed, for titles with a department and a description.
#[divan::bench(args = SETS)]
fn whole_measure(bencher: Bencher<'_, '_>, set: &str) {
    let (editions, subjects) = (editions(set), described());
    let classifier = Classifier::new(&editions);
    let edition = editions.edition("5.1").unwrap();
    bencher.counter(ItemsCount::new(subjects.len())).bench(|| {
        for subject in &subjects {
            let scores = classifier.score(black_box(subject));
            black_box(classifier.verdict(&scores, edition));
            black_box(classifier.evidence(&scores, subject));
        }
    });
}
