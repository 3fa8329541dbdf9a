use super::*;
use proptest::prelude::*;

#[test]
fn repairs_of_real_slips() {
    let cases = [
        (
            "びったりサービスに公開",
            "ぴったりサービスに公開",
            "lexicon",
        ),
        (
            "チャットポット等に対応",
            "チャットボット等に対応",
            "lexicon",
        ),
        (
            "AIチャットボツ トの導入",
            "AIチャットボットの導入",
            "lexicon",
        ),
        ("デジタルデバインド対策", "デジタルデバイド対策", "lexicon"),
        ("デジタル デバイス 対策", "デジタルデバイド対策", "lexicon"),
        ("リスクリングの推進", "リスキリングの推進", "lexicon"),
        ("スケジュールリング", "スケジューリング", "lexicon"),
        ("令和5年度未実績", "令和5年度末実績", "lexicon"),
        ("令和5年度 未実績", "令和5年度 末実績", "lexicon"),
        ("オープンデー夕", "オープンデータ", "lexicon"),
        ("デジタルデバйд対策", "デジタルデバイド対策", "script"),
        ("(デバйд)対策", "(デバイド)対策", "script"),
        ("ВPRの推進", "BPRの推進", "script"),
        ("确認する", "確認する", "glyph"),
        ("实習を行う", "実習を行う", "glyph"),
        ("文書の收受", "文書の収受", "glyph"),
        ("G I G A スクール", "GIGA スクール", "spacing"),
        ("R P Aの導入", "RPAの導入", "spacing"),
        ("R P A の導入", "RPA の導入", "spacing"),
    ];
    for (raw, want, rule) in cases {
        let repairs = Lexicon::builtin().repairs(raw);
        assert_eq!(apply(raw, &repairs), want, "{raw}");
        assert_eq!(
            repairs.first().map_or("", |r| r.rule.as_str()),
            rule,
            "{raw}"
        );
    }
}

#[test]
fn nothing_to_repair() {
    for raw in [
        "",
        "総務課",
        "チャットボット",
        "ぴったりサービス",
        "デジタルデバイスの利用状況",
        "未実績",
        "実績は未定",
        "プラスα",
        "βテスト",
        "リスクリングル",
        "Power BI",
        "データ",
        "スケジュール",
        "Привет",
        "夕方",
        "Plan A B",
    ] {
        assert_eq!(Lexicon::builtin().repairs(raw), [], "{raw}");
    }
}

#[test]
fn places_and_words() {
    let s = "6-2 デジタル デバイス 対策の推進";
    let repairs = Lexicon::builtin().repairs(s);
    assert_eq!(repairs.len(), 1);
    assert_eq!(&s[repairs[0].range.clone()], "デジタル デバイス 対策");
    assert_eq!(repairs[0].raw, "デジタル デバイス 対策");
}

#[test]
fn longest_match_wins() {
    let own = Lexicon::builtin().with(&[
        (
            "チャットポットシステム".to_owned(),
            "チャットボットシステム".to_owned(),
        ),
        (String::new(), "x".to_owned()),
    ]);
    let repairs = own.repairs("チャットポットシステム");
    assert_eq!(repairs.len(), 1);
    assert_eq!(repairs[0].fixed, "チャットボットシステム");
}

#[test]
fn apply_leaves_out_what_does_not_fit() {
    let wrong = Repair {
        range: 0..3,
        raw: "い".into(),
        fixed: "う".into(),
        rule: "lexicon".into(),
    };
    let beyond = Repair {
        range: 1..90,
        raw: "い".into(),
        fixed: "う".into(),
        rule: "lexicon".into(),
    };
    assert_eq!(apply("あ", &[wrong, beyond]), "あ");
}

proptest! {
    #[test]
    fn repairs_are_in_order_and_exact(s in "[チャットポボツデバイスйд対策 年度未実績确A-C]{0,24}") {
        let repairs = Lexicon::builtin().repairs(&s);
        let mut end = 0;
        for r in &repairs {
            prop_assert!(r.range.start >= end);
            prop_assert_eq!(s.get(r.range.clone()), Some(r.raw.as_str()));
            prop_assert_ne!(&r.raw, &r.fixed);
            end = r.range.end;
        }
        let _ = apply(&s, &repairs);
    }
}
