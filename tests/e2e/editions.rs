//! Links between two editions of a plan: second editions that nobody published, made of transcriptions, with
//! links written by hand; and what a published plan says of the one before it.

#![allow(
    clippy::disallowed_methods,
    reason = "writes files of a folder that is thrown away"
)]

use crate::corpus;
use kurabe_schema::Dataset;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A link as numbers and titles: relation, number of the older measure, title of the newer.
type Link = (String, String, String);

/// A measure of a second edition: its heading or title, the older measures whose text it takes over.
type Made<'a> = (&'a str, &'a [&'a str]);

// 大江町: what becomes of 33 measures. Reordered, renamed, split, merged, dropped, new.
const OE_SECOND: &[(&str, &[Made<'static>])] = &[
    (
        "(1) デジタル技術を活用した町民サービスの向上・地域活性化\n\n(1)-1 行政サービスデジタル化の推進",
        &[
            ("AIによる道路損傷の検知（建設水道課）", &[]),
            ("マイナンバーカードの利活用促進（税務町民課）", &["(1)-1-3"]),
            ("行政手続きのオンライン化（各担当課）", &["(1)-1-1"]),
            ("書かない・行かない窓口の推進（各担当課）", &["(1)-1-2"]),
            ("キャッシュレス決済の拡大（各担当課）", &["(1)-1-4"]),
            ("来庁予約受付システムの運用（税務町民課）", &["(1)-1-6"]),
        ],
    ),
    (
        "(1)-2 情報発信の充実",
        &[
            (
                "ホームページ・SNSによる情報発信（総務課）",
                &["(1)-2-1", "(1)-2-2"],
            ),
            ("母子手帳アプリによる情報発信（健康福祉課）", &["(1)-2-3"]),
            ("議会の情報発信（議会事務局）", &["(1)-2-4"]),
        ],
    ),
    (
        "(1)-3 地域活性化に向けたデジタル化の推進",
        &[
            (
                "GIGAスクール構想と教育用PCの配備（教育文化課）",
                &["(1)-3-3", "(1)-3-4"],
            ),
            ("スマート農業の推進（農林課）", &["(1)-3-2"]),
            ("高齢者へのデジタル活用支援（健康福祉課）", &["(1)-3-1"]),
            ("公衆Wi-Fiの拡充（総務課）", &["(1)-3-5"]),
            ("二地域居住者向け情報基盤の整備（政策推進課）", &[]),
        ],
    ),
    (
        "(2) デジタル化による行政運営の効率化\n\n(2)-1 内部業務管理システムの構築",
        &[
            ("文書管理システムの導入（総務課）", &["(2)-1-2"]),
            ("電子決裁の拡大（総務課）", &["(2)-1-2"]),
            ("基幹システム標準化・共通化（各担当課）", &["(2)-1-1"]),
            ("AIの活用（総務課）", &["(2)-1-6"]),
            ("RPAの活用（総務課）", &["(2)-1-6"]),
            ("テレワーク環境の整備（総務課）", &["(2)-1-4"]),
            ("議会用タブレットの活用（議会事務局）", &["(2)-1-5"]),
            ("コミュニケーションツールの活用（総務課）", &["(2)-1-9"]),
            ("水道スマートメーターの導入（建設水道課）", &["(2)-1-8"]),
            ("統合型校務支援システムの運用（教育文化課）", &["(2)-1-10"]),
        ],
    ),
    (
        "(2)-2 情報システムの最適化",
        &[("自治体クラウドの推進（各担当課）", &["(2)-2-1"])],
    ),
    (
        "(3) 地域の安心・安全のためのデジタル化\n\n(3)-1 安心・安全に係る情報基盤の整備",
        &[
            (
                "除雪・積雪深モニタリングシステムの運用（建設水道課）",
                &["(3)-1-3", "(3)-1-4"],
            ),
            ("消防団活動のデジタル化（総務課）", &["(3)-1-2"]),
            ("防災情報伝達多重化システムの運用（総務課）", &["(3)-1-1"]),
            ("避難所の入退所管理（総務課）", &[]),
        ],
    ),
    (
        "(3)-2 情報セキュリティ・ICTリテラシーの向上",
        &[
            ("職員のICTリテラシーの向上（総務課）", &["(3)-2-2"]),
            ("町民のICTリテラシーの向上（総務課）", &["(3)-2-2"]),
            ("情報セキュリティ対策の強化（総務課）", &["(3)-2-1"]),
        ],
    ),
];

const OE_DROPPED: [&str; 4] = ["(1)-1-5", "(1)-1-7", "(2)-1-3", "(2)-1-7"];

// 安来市: 46 sheets, numbered anew in another order. No threshold was chosen by this pair.
const YASUGI_SECOND: &[Made<'static>] = &[
    ("テレワーク・フリーアドレスの推進", &["46"]),
    ("RPAとノーコードツールによる業務の自動化", &["45"]),
    ("生成AIの業務利用", &["44"]),
    ("AIチャットボットの運用", &["43"]),
    ("議事録作成システムの運用", &["42"]),
    ("AI-OCRの利用", &["41"]),
    ("情報セキュリティ対策の強化", &["40"]),
    (
        "マイナンバーカードの職員証・勤怠管理への利用",
        &["36", "37"],
    ),
    ("マイナンバーカードの利用①図書館カードとして利用", &["35"]),
    ("マイナンバーカードの普及促進", &["34"]),
    ("情報システムの標準化・共通化", &["33"]),
    ("公共施設予約システムの拡充", &["32"]),
    ("オンライン申請の拡充", &["31"]),
    ("だれひとり取り残さない窓口の構築", &["29", "30"]),
    ("Web会議環境の充実", &["28"]),
    ("電子決裁の定着", &["27"]),
    ("公文書管理の電子化", &["27"]),
    ("統合型GISの活用", &["26"]),
    ("マルチタスク車両による出張行政サービス", &["25"]),
    ("デジタル人材の育成", &["24"]),
    ("ペーパーレス議会の実現", &["23"]),
    ("庁内会議のペーパーレス化", &["23"]),
    ("議会発信情報の拡充", &["22"]),
    ("公式SNSによる情報発信の強化", &["21"]),
    ("ごみ分別アプリの拡充", &["20"]),
    ("インフラ設備管理の効率化", &["19"]),
    ("移住定住オンライン相談の推進", &["18"]),
    ("公共施設等におけるWi-Fi環境の改善", &["17"]),
    ("スマート農業・林業DXの推進", &["14", "15"]),
    ("デジタル技術の活用による観光振興", &["13"]),
    ("オープンデータの拡充", &["12"]),
    ("デジタル技術を活用した消防業務の効率化", &["10"]),
    ("備蓄・在庫管理システムの運用", &["9"]),
    ("防災連絡手段の強化", &["9"]),
    ("河川の水位監視カメラの活用", &["8"]),
    ("防犯カメラの設置", &["8"]),
    ("家庭のICT学習環境の向上", &["7"]),
    ("子どもの可能性を引き出すICT活用教育の推進", &["6"]),
    ("保育業務支援システムの運用", &["5"]),
    ("母子健康情報アプリを活用した子育て支援", &["4"]),
    ("遠隔診療と巡回診療の実施", &["2"]),
    ("健康アプリによる健康増進", &["1"]),
    ("空き家情報の三次元化", &[]),
    ("自動運転バスの実証", &[]),
    ("電子契約の導入", &[]),
];

const YASUGI_DROPPED: [&str; 5] = ["3", "11", "16", "38", "39"];

/// The links that follow from what a second edition was made of.
fn expected<'m>(
    made: impl Iterator<Item = &'m Made<'m>> + Clone,
    dropped: &[&str],
    titles: &BTreeMap<String, String>,
) -> BTreeSet<Link> {
    let link = |relation: &str, from: &str, to: &str| {
        (relation.to_owned(), from.to_owned(), to.to_owned())
    };
    let mut links: BTreeSet<Link> = dropped
        .iter()
        .map(|from| link("dropped", from, ""))
        .collect();
    for (heading, from) in made.clone() {
        let title = title_of(heading);
        if from.is_empty() {
            links.insert(link("new", "", title));
        }
        for one in *from {
            let shares = made
                .clone()
                .filter(|(_, others)| others.contains(one))
                .count();
            let relation = match () {
                () if from.len() > 1 => "merged",
                () if shares > 1 => "split",
                () if titles[*one] == title => "continued",
                () => "renamed",
            };
            links.insert(link(relation, one, title));
        }
    }
    links
}

fn title_of(heading: &str) -> &str {
    heading.split_once('（').map_or(heading, |(title, _)| title)
}

/// Links of a dataset between two documents.
fn found(data: &Dataset, newer: &str) -> BTreeSet<Link> {
    let numbers: BTreeMap<&str, &str> = data
        .measures
        .iter()
        .map(|m| {
            (
                m.measure_id.as_str(),
                m.number.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    let own = data
        .measure_links
        .iter()
        .filter(|link| link.to_document_id == newer);
    own.map(|link| {
        let from = link.from_measure_id.as_deref().map_or("", |id| numbers[id]);
        let to = link.to_title.clone().unwrap_or_default();
        (link.relation.clone(), from.to_owned(), to)
    })
    .collect()
}

/// Precision and recall; tells what differs.
fn measured(what: &str, expected: &BTreeSet<Link>, found: &BTreeSet<Link>) -> (f64, f64) {
    let right = expected.intersection(found).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / expected.len() as f64);
    println!(
        "{what}: {right} of {} found and {} expected: precision {precision:.3}, recall {recall:.3}",
        found.len(),
        expected.len()
    );
    for link in expected.symmetric_difference(found) {
        println!(
            "  {} {link:?}",
            if expected.contains(link) {
                "missed"
            } else {
                "wrong"
            }
        );
    }
    (precision, recall)
}

/// Titles of the measures of a transcription, by number.
fn titles(document: &str) -> BTreeMap<String, String> {
    let measures = &corpus::original(document).measures;
    let row = |m: &kurabe_schema::Measure| (m.number.clone().unwrap_or_default(), m.title.clone());
    measures.iter().map(row).collect()
}

/// Lines of the measures of 大江町 without their headings, by number.
fn oe_bodies() -> BTreeMap<String, String> {
    let text = corpus::text_of(corpus::OE);
    let start = text.find("\n6 具体的な取組み\n").unwrap();
    let end = text.find("\n7 用語の解説 ").unwrap();
    let mut bodies: BTreeMap<String, String> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in text[start..end].lines() {
        let number = line.split(' ').next().unwrap();
        match (line.starts_with('('), number.matches('-').count()) {
            (true, 2) => current = Some(number.to_owned()),
            (true, _) => current = None,
            _ => {
                if let Some(number) = &current {
                    writeln!(bodies.entry(number.clone()).or_default(), "{line}").unwrap();
                }
            }
        }
    }
    bodies
}

fn oe_second() -> String {
    let bodies = oe_bodies();
    let mut text =
        "大江町DX推進計画\n\n令和12年2月策定\n\n山形県大江町\n\n6 具体的な取組み\n\n".to_owned();
    for (headings, made) in OE_SECOND {
        let section = headings.lines().last().unwrap().split(' ').next().unwrap();
        writeln!(text, "{headings}\n").unwrap();
        for (index, (heading, from)) in made.iter().enumerate() {
            writeln!(text, "{section}-{} {heading}\n", index + 1).unwrap();
            match from.first() {
                // Of a split and a merger, the text is that of the first alone.
                Some(first) => writeln!(text, "{}", bodies.get(*first).map_or("", |body| body)).unwrap(),
                None => writeln!(text, "【今後必要な取組み】\n\n必要な機器と手順を調べ、費用と効果を確かめてから始めます。\n").unwrap(),
            }
        }
    }
    text.push_str("7 用語の解説 ～本文中の用語の説明～\n\n●アプリ\n\nソフト。\n");
    text
}

/// The sheets of 安来市, by number.
fn yasugi_second() -> String {
    let text = corpus::text_of(corpus::YASUGI);
    let mut sheets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut current = None;
    for line in text.lines() {
        if line.contains("\t【関連するSDGsの取組】") {
            // The print has Roman numerals for two of the numbers.
            current = Some((sheets.len() + 1).to_string());
        }
        if let Some(number) = &current {
            sheets
                .entry(number.clone())
                .or_default()
                .push(line.to_owned());
        }
    }
    let mut second = "安来市DX推進計画 アクションプラン\n\n令和10年度実績\n\n".to_owned();
    let empty = vec![
        String::new(),
        "担当部署\t政策企画課".to_owned(),
        "施策内容\t<p>機器と手順を調べ、試してから始める。</p>".to_owned(),
        String::new(),
    ];
    for (index, (title, from)) in YASUGI_SECOND.iter().enumerate() {
        let sheet = from.first().map_or(&empty, |first| &sheets[*first]);
        writeln!(second, "{}\t{title}\t【関連するSDGsの取組】", index + 1).unwrap();
        for line in &sheet[1..] {
            // A newer edition words its texts anew: here the second half of each is gone.
            let half: String = line
                .chars()
                .take(line.chars().count().div_ceil(2))
                .collect();
            let is_text = line.starts_with("施策内容") && !from.is_empty() && !half.contains("<p>");
            writeln!(second, "{}", if is_text { &half } else { line }).unwrap();
        }
    }
    second
}

/// The profile of a second edition: that of the first with other words.
fn second_profile(path: &str, changes: &[(&str, &str)]) -> String {
    let text = fs::read_to_string(corpus::root().join("municipalities").join(path)).unwrap();
    let mut changed = text;
    for (old, new) in changes {
        assert!(changed.contains(old), "{old}");
        changed = changed.replace(old, new);
    }
    let (before, rest) = changed.split_once("[expect]").unwrap();
    let (_, after) = rest.split_once("\n[").unwrap();
    format!("{before}[{after}")
}

/// A folder with a first and a second edition, ready to run.
fn project(folder: &Path, (path, document, text, changes): (&str, &str, &str, &[(&str, &str)])) {
    let (municipality, name) = path.split_once('/').unwrap();
    let place = folder.join("municipalities").join(municipality);
    fs::create_dir_all(&place).unwrap();
    fs::create_dir_all(folder.join("raw")).unwrap();
    fs::create_dir_all(folder.join("reviews/links")).unwrap();
    fs::copy(
        corpus::root().join("municipalities").join(path),
        place.join(name),
    )
    .unwrap();
    fs::write(place.join("second.toml"), second_profile(path, changes)).unwrap();
    fs::write(folder.join("raw/first.txt"), corpus::text_of(document)).unwrap();
    fs::write(folder.join("raw/second.txt"), text).unwrap();
    let config = "raw = \"raw\"\nmunicipalities = \"municipalities\"\nreviews = \"reviews\"\n";
    fs::write(folder.join("pipeline.toml"), config).unwrap();
}

fn run(folder: &Path) -> Dataset {
    let config = folder.join("pipeline.toml");
    corpus::published_by(&format!("--config {}", config.display()), folder)
}

const OE_CHANGES: &[(&str, &str)] = &[
    ("slug = \"dx-plan-r6\"", "slug = \"dx-plan-r12\""),
    ("\"063240-dx-plan\"", "\"063240-dx-plan-2\""),
    ("\"2024-02-01\"", "\"2030-02-01\""),
    ("\"2024-02-29\"", "\"2030-02-28\""),
    ("[2024, 2029]", "[2030, 2035]"),
    ("令和6年2月策定\"]", "令和12年2月策定\"]"),
];

const YASUGI_CHANGES: &[(&str, &str)] = &[
    (
        "slug = \"action-plan-r5-results\"",
        "slug = \"action-plan-r10-results\"",
    ),
    ("\"322067-dx-plan-1\"", "\"322067-dx-plan-2\""),
    ("\"2024-03-31\"", "\"2029-03-31\""),
    ("[2023, 2025]", "[2026, 2030]"),
    ("[\"令和5年度実績\"]", "[\"令和10年度実績\"]"),
];

fn oe_project(folder: &Path) {
    project(
        folder,
        (
            "063240-oe/dx-plan-r6.toml",
            corpus::OE,
            &oe_second(),
            OE_CHANGES,
        ),
    );
}

/// What must hold of any links.
fn assert_sound(data: &Dataset) {
    let repeats: BTreeSet<&str> = data
        .measures
        .iter()
        .filter(|m| m.is_repeat)
        .map(|m| m.measure_id.as_str())
        .collect();
    let mut relations: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for link in &data.measure_links {
        assert!(ids.insert(&link.link_id), "{}", link.link_id);
        for id in [&link.from_measure_id, &link.to_measure_id]
            .into_iter()
            .flatten()
        {
            assert!(!repeats.contains(id.as_str()), "{link:?}");
        }
        if let Some(to) = &link.to_measure_id {
            let key = (
                to.as_str(),
                link.from_document_id.as_deref().unwrap_or_default(),
            );
            let known = relations.entry(key).or_insert(&link.relation);
            assert_eq!(*known, link.relation, "{link:?}");
        }
    }
}

#[test]
fn a_second_edition_of_an_outline() {
    let folder = tempfile::tempdir().unwrap();
    oe_project(folder.path());
    let data = run(folder.path());
    assert_sound(&data);
    let made = OE_SECOND.iter().flat_map(|(_, made)| made.iter());
    let expected = expected(made, &OE_DROPPED, &titles(corpus::OE));
    let (precision, recall) = measured("大江町", &expected, &found(&data, "063240-dx-plan-r12"));
    assert!(precision >= 0.9 && recall >= 0.9);
    assert!(data.measure_links.iter().all(|link| link.method == "rule"));
}

#[test]
fn a_second_edition_of_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let text = yasugi_second();
    let profile = "322067-yasugi/action-plan-r5-results.toml";
    project(
        folder.path(),
        (profile, corpus::YASUGI, &text, YASUGI_CHANGES),
    );
    let data = run(folder.path());
    assert_sound(&data);
    let expected = expected(
        YASUGI_SECOND.iter(),
        &YASUGI_DROPPED,
        &titles(corpus::YASUGI),
    );
    let (precision, recall) = measured(
        "安来市",
        &expected,
        &found(&data, "322067-action-plan-r10-results"),
    );
    assert!(precision >= 0.8 && recall >= 0.8);
}

#[test]
fn people_decide_on_links_of_a_second_edition() {
    let folder = tempfile::tempdir().unwrap();
    oe_project(folder.path());
    let data = run(folder.path());
    let link = |from: &str, relation: &str| {
        let found = data
            .measure_links
            .iter()
            .find(|link| link.relation == relation && link.from_title.as_deref() == Some(from));
        found.unwrap_or_else(|| panic!("{from} {relation}"))
    };
    let renamed = link("書かない窓口の推進", "renamed");
    let entry = format!(
        "[[link]]\nfrom = \"{}\"\nto = \"{}\"\nrelation = \"none\"\ncontent_key = \"{}\"\nwho = \"山田\"\nwhen = \"2030-04-01\"\nwhy = \"別の事業\"\n",
        renamed.from_measure_id.as_deref().unwrap(),
        renamed.to_measure_id.as_deref().unwrap(),
        renamed.content_key,
    );
    fs::write(folder.path().join("reviews/links/063240.toml"), entry).unwrap();
    let decided = run(folder.path());
    assert_sound(&decided);
    let now = found(&decided, "063240-dx-plan-r12");
    let row = |relation: &str, from: &str, to: &str| {
        (relation.to_owned(), from.to_owned(), to.to_owned())
    };
    assert!(now.contains(&row("dropped", "(1)-1-2", "")));
    assert!(now.contains(&row("new", "", "書かない・行かない窓口の推進")));
    // The source changes: the decision no longer counts.
    let second = oe_second().replace("書かない・行かない窓口", "行かない・書かない窓口");
    fs::write(folder.path().join("raw/second.txt"), second).unwrap();
    let changed = run(folder.path());
    assert!(
        changed
            .findings
            .iter()
            .any(|finding| finding.code == "review_outdated")
    );
    assert!(found(&changed, "063240-dx-plan-r12").contains(&row(
        "renamed",
        "(1)-1-2",
        "行かない・書かない窓口の推進"
    )));
}

/// What 第2次安来市DX推進計画 says of the first plan, as a careful reader finds it: number of the measure of the
/// first plan, words of the second.
const STATED: [(&str, &str); 18] = [
    ("2", "医療MaaS"),
    ("21", "情報発信強化"),
    ("24", "デジタル人材育成事業"),
    ("25", "マルチタスク車両"),
    ("26", "統合型GIS"),
    ("27", "決裁・文書管理の電子化"),
    ("28", "Web会議環境の充実"),
    ("29", "書かない窓口"),
    ("30", "証明書自動交付システム"),
    ("31", "オンライン申請の拡充"),
    ("32", "公共施設予約のオンライン化"),
    ("33", "情報システムの標準化・共通化"),
    ("40", "情報セキュリティ強化"),
    ("41", "AI-OCR"),
    ("42", "議事録作成システム"),
    ("43", "AIチャットボット"),
    ("44", "生成AI"),
    ("45", "RPA"),
];

#[test]
fn what_a_published_plan_says_of_the_one_before_it() {
    let Some(published) = corpus::published() else {
        println!("skipped: ../shared is not there");
        return;
    };
    let mut data = published.clone();
    kurabe_normalize::link_editions(&mut data, &[]);
    assert_sound(&data);
    let links = found(&data, corpus::YASUGI_PLAN);
    for (number, words) in STATED {
        let is_there = |(relation, from, to): &Link| {
            relation == "continued" && from == number && to.contains(words)
        };
        assert!(links.iter().any(is_there), "{number} {words}: {links:?}");
    }
    // バスロケーション is to be introduced: no measure of the first plan.
    let new: Vec<&Link> = links.iter().filter(|link| link.0 == "new").collect();
    assert!(
        matches!(new[..], [(_, _, to)] if to.contains("バスロケーション")),
        "{new:?}"
    );
    assert_eq!(links.len(), STATED.len() + 1, "{links:?}");
    let all = &data.measure_links;
    assert!(
        all.iter()
            .all(|link| link.method == "stated" && link.statement.is_some())
    );
}

#[test]
fn what_a_plan_says_of_a_former_one_that_is_not_there() {
    let Some(published) = corpus::published() else {
        println!("skipped: ../shared is not there");
        return;
    };
    let mut data = published.clone();
    data.documents
        .retain(|document| document.document_id == corpus::YASUGI_PLAN);
    data.measures.clear();
    kurabe_normalize::link_editions(&mut data, &[]);
    let links: Vec<_> = data.measure_links.iter().collect();
    println!(
        "{:?}",
        links
            .iter()
            .map(|l| (&l.relation, &l.from_title))
            .collect::<Vec<_>>()
    );
    assert!(
        links
            .iter()
            .all(|link| link.from_measure_id.is_none() && link.from_document_id.is_none())
    );
    let names: BTreeSet<&str> = links
        .iter()
        .filter_map(|link| link.from_title.as_deref())
        .collect();
    for name in [
        "AIチャットボット",
        "議事録作成システム",
        "決裁・文書管理の電子化",
        "Web会議環境の充実",
    ] {
        assert!(names.contains(name), "{name}: {names:?}");
    }
}
