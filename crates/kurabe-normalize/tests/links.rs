//! Links between editions, on small made-up plans.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests stand outside of the test functions that clippy.toml excepts"
)]

use kurabe_normalize::{link_editions, link_key_of};
use kurabe_review::links::LinkDecision;
use kurabe_schema::{Dataset, Document, Kpi, Measure, MeasureDepartment, Municipality, PlanItem};
use std::collections::{BTreeMap, BTreeSet};

/// A document of plan `plan` with measures, its period beginning in a year.
fn document(data: &mut Dataset, (id, plan, kind, year): (&str, &str, &str, i32), titles: &[&str]) {
    data.municipalities = vec![Municipality {
        municipality_code: "011002".into(),
        name: "某市".into(),
        ..Municipality::default()
    }];
    let date = jiff::civil::date(i16::try_from(year).unwrap(), 4, 1);
    data.documents.push(Document {
        document_id: id.into(),
        municipality_code: "011002".into(),
        plan_id: Some(plan.into()),
        title: format!("第{}次某市DX推進計画", plan.chars().last().unwrap()),
        kind: kind.into(),
        as_of: Some(date),
        period_start: Some(2020 + 5 * plan.chars().last().unwrap().to_digit(10).unwrap() as i32),
        ..Document::default()
    });
    for (index, title) in titles.iter().enumerate() {
        let measure_id = format!("{id}-{}", index + 1);
        data.measures.push(Measure {
            measure_id: measure_id.clone(),
            document_id: id.into(),
            municipality_code: "011002".into(),
            title: title.trim_start_matches('*').into(),
            is_repeat: title.starts_with('*'),
            locator: format!("L{}", index + 1),
            ..Measure::default()
        });
    }
}

fn item(data: &mut Dataset, document: &str, group: &str, text: &str) {
    data.plan_items.push(PlanItem {
        document_id: document.into(),
        list: "本文".into(),
        group: Some(group.into()),
        text: text.into(),
        locator: "L9".into(),
        ..PlanItem::default()
    });
}

const OLDER: &[&str] = &[
    "オンライン申請の拡充",
    "文書管理・電子決裁の導入",
    "スマート農業の推進",
    "*スマート農業の推進",
    "議会中継の配信",
    "議会だよりの電子配信",
    "河川の水位監視",
];
const NEWER: &[&str] = &[
    "ドローンの活用",
    "文書管理システムの導入",
    "オンライン申請の拡充",
    "電子決裁の拡大",
    "議会中継・議会だよりの配信",
    "スマート農業・林業の推進",
];

fn two_editions() -> Dataset {
    let mut data = Dataset::default();
    document(&mut data, ("old", "p1", "plan", 2025), OLDER);
    document(&mut data, ("new", "p2", "plan", 2030), NEWER);
    data
}

/// Relations with titles.
fn told(data: &Dataset) -> BTreeSet<(String, String, String)> {
    let text = |title: &Option<String>| title.clone().unwrap_or_default();
    data.measure_links
        .iter()
        .map(|l| (l.relation.clone(), text(&l.from_title), text(&l.to_title)))
        .collect()
}

fn expected(rows: &[(&str, &str, &str)]) -> BTreeSet<(String, String, String)> {
    rows.iter()
        .map(|(r, f, t)| ((*r).into(), (*f).into(), (*t).into()))
        .collect()
}

#[test]
fn every_relation() {
    let mut data = two_editions();
    link_editions(&mut data, &[]);
    let wanted = expected(&[
        ("continued", "オンライン申請の拡充", "オンライン申請の拡充"),
        (
            "split",
            "文書管理・電子決裁の導入",
            "文書管理システムの導入",
        ),
        ("split", "文書管理・電子決裁の導入", "電子決裁の拡大"),
        ("renamed", "スマート農業の推進", "スマート農業・林業の推進"),
        ("merged", "議会中継の配信", "議会中継・議会だよりの配信"),
        (
            "merged",
            "議会だよりの電子配信",
            "議会中継・議会だよりの配信",
        ),
        ("dropped", "河川の水位監視", ""),
        ("new", "", "ドローンの活用"),
    ]);
    assert_eq!(told(&data), wanted);
    let repeat = Some("old-4".to_owned());
    assert!(
        data.measure_links
            .iter()
            .all(|l| l.from_measure_id != repeat)
    );
    assert!(
        data.measure_links
            .iter()
            .all(|l| !l.evidence.is_empty() && !l.locator.is_empty())
    );
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut wanted = two_editions();
    link_editions(&mut wanted, &[]);
    wanted.sort();
    for step in [1, 3, 5, 7, 11] {
        let mut data = two_editions();
        let count = data.measures.len();
        let order: Vec<usize> = (0..count).map(|i| (i * step + step) % count).collect();
        if order.iter().collect::<BTreeSet<_>>().len() == count {
            data.measures = order.iter().map(|i| data.measures[*i].clone()).collect();
        }
        data.measures.rotate_left(step % count);
        data.documents.reverse();
        link_editions(&mut data, &[]);
        data.sort();
        assert_eq!(data.measure_links, wanted.measure_links);
    }
}

#[test]
fn two_documents_of_one_plan_are_no_editions() {
    let mut data = Dataset::default();
    document(&mut data, ("plan", "p1", "plan", 2025), OLDER);
    document(&mut data, ("action", "p1", "action_plan", 2026), OLDER);
    link_editions(&mut data, &[]);
    assert!(data.measure_links.is_empty());
    // The reviews of two years are.
    document(
        &mut data,
        ("review-1", "p1", "progress_review", 2026),
        &OLDER[..3],
    );
    document(
        &mut data,
        ("review-2", "p1", "progress_review", 2027),
        &OLDER[1..4],
    );
    link_editions(&mut data, &[]);
    let pairs: BTreeSet<_> = data
        .measure_links
        .iter()
        .map(|l| {
            (
                l.from_document_id.clone().unwrap(),
                l.to_document_id.clone(),
            )
        })
        .collect();
    assert_eq!(
        pairs,
        BTreeSet::from([("review-1".to_owned(), "review-2".to_owned())])
    );
}

#[test]
fn a_briefing_drops_nothing() {
    let mut data = Dataset::default();
    document(&mut data, ("old", "p1", "plan", 2025), OLDER);
    document(&mut data, ("new", "p2", "briefing", 2030), &OLDER[..1]);
    link_editions(&mut data, &[]);
    assert_eq!(told(&data), expected(&[("continued", OLDER[0], OLDER[0])]));
}

#[test]
fn plans_of_other_kinds_are_no_editions() {
    let mut data = two_editions();
    data.documents[0].title = "某市環境基本方針".into();
    for measure in data.measures.iter_mut().filter(|m| m.document_id == "old") {
        measure.title = format!("{}の緑化", measure.position);
    }
    link_editions(&mut data, &[]);
    assert!(data.measure_links.is_empty(), "{:?}", told(&data));
}

fn decision(data: &Dataset, from: Option<&str>, to: Option<&str>, relation: &str) -> LinkDecision {
    let find = |id: Option<&str>| data.measures.iter().find(|m| Some(&*m.measure_id) == id);
    LinkDecision {
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
        relation: relation.into(),
        content_key: link_key_of(find(from), find(to)),
        who: "山田".into(),
        when: "2026-11-20".into(),
        why: "担当課に確認した".into(),
    }
}

#[test]
fn people_confirm_change_and_drop_links() {
    let mut data = two_editions();
    let decisions = [
        decision(&data, Some("old-7"), Some("new-1"), "renamed"),
        decision(&data, Some("old-3"), Some("new-6"), "none"),
        decision(&data, Some("old-1"), Some("new-3"), "continued"),
    ];
    link_editions(&mut data, &decisions);
    let told = told(&data);
    for row in [
        ("renamed", "河川の水位監視", "ドローンの活用"),
        ("dropped", "スマート農業の推進", ""),
        ("new", "", "スマート農業・林業の推進"),
        ("continued", "オンライン申請の拡充", "オンライン申請の拡充"),
    ] {
        assert!(told.is_superset(&expected(&[row])), "{row:?} {told:?}");
    }
    assert_eq!(
        data.measure_links
            .iter()
            .filter(|l| l.method == "override")
            .count(),
        2
    );
    assert!(data.findings.is_empty());
    assert!(
        data.measure_links
            .iter()
            .all(|l| l.relation != "dropped" || l.from_title.as_deref() != Some("河川の水位監視"))
    );
}

#[test]
fn a_changed_text_makes_a_finding() {
    let mut data = two_editions();
    let decisions = [
        decision(&data, Some("old-3"), Some("new-6"), "none"),
        decision(&data, Some("old-9"), Some("new-6"), "renamed"),
        decision(&data, Some("old-4"), Some("new-6"), "renamed"),
    ];
    data.measures
        .iter_mut()
        .find(|m| m.measure_id == "new-6")
        .unwrap()
        .summary = Some("新しい内容".into());
    link_editions(&mut data, &decisions);
    let codes: Vec<&str> = data.findings.iter().map(|f| &*f.code).collect();
    assert_eq!(
        codes,
        ["review_outdated", "review_unknown", "review_unknown"]
    );
    let current = data
        .measure_links
        .iter()
        .find(|l| l.to_measure_id.as_deref() == Some("new-6"));
    assert!(
        data.findings[0]
            .message_en
            .contains(&current.unwrap().content_key)
    );
}

#[test]
fn a_plan_states_what_became_of_measures() {
    let mut data = Dataset::default();
    document(
        &mut data,
        ("new", "p2", "plan", 2030),
        &["電子申請・オンライン予約の拡充"],
    );
    let text = "第1次計画では、電子申請の導入、公開型GISの構築、庁内Wi-Fiの整備等に取り組んでおり、引き続き推進します。\
        第3次某市総合計画では、観光、農業、工業等を引き続き推進します。";
    item(&mut data, "new", "現状", text);
    link_editions(&mut data, &[]);
    let stated: BTreeMap<&str, Option<&str>> = data
        .measure_links
        .iter()
        .map(|l| (l.from_title.as_deref().unwrap(), l.to_measure_id.as_deref()))
        .collect();
    let wanted = [
        ("電子申請の導入", Some("new-1")),
        ("公開型GISの構築", None),
        ("庁内Wi-Fiの整備", None),
    ];
    assert_eq!(stated, BTreeMap::from(wanted));
    assert!(
        data.measure_links
            .iter()
            .all(|l| l.method == "stated" && l.statement.is_some())
    );
}

#[test]
fn a_first_plan_states_nothing_of_a_former_one() {
    let mut data = Dataset::default();
    document(
        &mut data,
        ("new", "p1", "plan", 2025),
        &["オンライン申請の拡充"],
    );
    item(
        &mut data,
        "new",
        "現状",
        "これまで、「電子申請」等を引き続き推進してきました。",
    );
    link_editions(&mut data, &[]);
    assert!(data.measure_links.is_empty());
}

/// `count` measures with titles of two of some forty words, texts, departments and indicators.
fn large(count: usize) -> Dataset {
    let words = [
        "電子申請",
        "窓口",
        "防災",
        "農業",
        "林業",
        "観光",
        "図書館",
        "学校",
        "保育",
        "健診",
        "道路",
        "河川",
        "水道",
        "税務",
        "議会",
        "広報",
        "会議",
        "文書",
        "決裁",
        "勤怠",
    ];
    let tails = [
        "システムの導入",
        "の拡充",
        "のデジタル化",
        "の推進",
        "環境の整備",
        "アプリの活用",
    ];
    let mut data = Dataset::default();
    let title = |n: usize| {
        format!(
            "{}{}と{}{}",
            words[n % 20],
            n / 7,
            words[n / 20 % 20],
            tails[n % 6]
        )
    };
    let titles: Vec<String> = (0..count).map(title).collect();
    let refs: Vec<&str> = titles.iter().map(String::as_str).collect();
    document(&mut data, ("old", "p1", "plan", 2025), &refs);
    let moved: Vec<String> = (0..count)
        .map(|n| titles[(n * 7 + 3) % count].replace("の推進", "の強化"))
        .collect();
    let refs: Vec<&str> = moved.iter().map(String::as_str).collect();
    document(&mut data, ("new", "p2", "plan", 2030), &refs);
    for (n, measure) in data.measures.iter_mut().enumerate() {
        let text: Vec<String> = (0..12)
            .map(|k| {
                format!(
                    "{}の{}を{}に進め、{}",
                    words[(n * k + k) % 20],
                    words[(n + k) % 20],
                    n * 31 % 977,
                    tails[(n + k) % 6]
                )
            })
            .collect();
        measure.summary = Some(text.join("。"));
    }
    for n in 0..data.measures.len() {
        let measure_id = data.measures[n].measure_id.clone();
        let name = format!("{}の利用件数{}", words[n % 20], n % 50);
        data.kpis.push(Kpi {
            kpi_id: format!("{measure_id}-k1"),
            measure_id: measure_id.clone(),
            name,
            ..Kpi::default()
        });
        let department = format!("{}課", words[n % 20]);
        data.measure_departments.push(MeasureDepartment {
            measure_id,
            department,
            ..MeasureDepartment::default()
        });
    }
    data
}

/// `cargo nextest run --release -p kurabe-normalize --test links --run-ignored all speed`
#[test]
#[ignore = "measures time; run it in release"]
fn speed_of_two_thousand_measures_each() {
    let mut data = large(2000);
    let start = std::time::Instant::now();
    link_editions(&mut data, &[]);
    let took = start.elapsed();
    println!("{} links in {took:?}", data.measure_links.len());
    assert!(took.as_secs_f64() <= 0.5, "{took:?}");
}
