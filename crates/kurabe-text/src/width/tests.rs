use super::*;
use proptest::prelude::*;

#[test]
fn nfkc_cases() {
    let cases = [
        ("", ""),
        ("市⺠", "市民"),
        ("⻑期", "長期"),
        ("⻘⻝⻄⼾", "青食西戸"),
        ("⽤⼿⼊⽉⾏⽅", "用手入月行方"),
        ("令和５年度", "令和5年度"),
        ("㋿", "令和"),
        ("①", "1"),
        ("A‧B･C・D", "A・B・C・D"),
        ("〜～∼~", "~~~~"),
        ("−－‐–-", "-----"),
        ("サーバー", "サーバー"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("葛\u{e0100}城", "葛城"),
        ("カ゛", "ガ"),
        ("㈱", "(株)"),
        ("１％", "1%"),
    ];
    for (raw, want) in cases {
        assert_eq!(nfkc(raw), want, "{raw}");
        assert_eq!(nfkc_mapped(raw).text, want, "mapped {raw}");
    }
}

#[test]
fn key_cases() {
    let same = [
        ("（再掲）", "(再掲)"),
        ("【新規 掲載】", "【新規掲載】"),
        ("Ｗｉ‐Ｆｉ", "wi-fi"),
        ("データ、活用。", "データ,活用."),
        ("“DX”", "\"dx\""),
        ("A—B", "a-b"),
        ("議会　事務局", "議会事務局"),
        ("市⺠課", "市民課"),
        ("松江城‧史料", "松江城・史料"),
    ];
    for (a, b) in same {
        assert_eq!(key(a), key(b), "{a}");
    }
    assert_ne!(key("サーバー"), key("サーバ"));
}

#[test]
fn tidy_cases() {
    let cases = [
        ("  総務課 ", "総務課"),
        ("まちづくり 推進課", "まちづくり推進課"),
        ("Web 会議", "Web会議"),
        ("Power BI", "Power BI"),
        ("Power   BI", "Power BI"),
        ("G I G A", "GIGA"),
        ("G I G A スクール", "GIGAスクール"),
        ("A I チャットボット", "AIチャットボット"),
        ("自治体 D X 推進", "自治体DX推進"),
        ("Plan A B", "Plan A B"),
        ("Plan A", "Plan A"),
        ("Microsoft T E A M S", "Microsoft TEAMS"),
        ("町 X 公式", "町X公式"),
        ("**本格展開**", "本格展開"),
        ("令和 6 年度", "令和6年度"),
        ("①図書館", "①図書館"),
        ("利用 ①図書館", "利用①図書館"),
        ("市⺠ 課", "市民課"),
        ("計画 (予定)", "計画(予定)"),
        ("学習系 & 校務系", "学習系 & 校務系"),
        ("Free Wi-Fi の整備", "Free Wi-Fiの整備"),
        ("後期\n基本計画", "後期基本計画"),
        ("ＡＩ　ＯＣＲ", "ＡＩ ＯＣＲ"),
        ("令和5年度〜", "令和5年度～"),
        ("㈱・①", "㈱・①"),
        ("", ""),
        (" \u{3000}", ""),
    ];
    for (raw, want) in cases {
        assert_eq!(tidy(raw), want, "{raw}");
    }
}

#[test]
fn classes() {
    assert!("かなカナー々〆漢字、。「」（）％".chars().all(is_japanese));
    assert!(!"Aa1Ａ１(), ①".chars().any(is_japanese));
    assert!("アヴーｱ".chars().all(is_katakana));
    assert!(!"あ亜・A".chars().any(is_katakana));
    assert_eq!(radical('あ'), 'あ');
    assert_eq!(narrow('５'), '5');
}

/// Text of the alphabet that plans are written in, with its pitfalls.
fn plan_text() -> impl Strategy<Value = String> {
    proptest::string::string_regex(
        "[ \u{3000}a-cA-C0-9Ａ-Ｃ０-９あ-おア-オがガﾊﾞﾟー課民⺠⻑⽤①㋿㈱〜～‧・、。（）\\(\\)\\-−\u{e0100}゛\\*]{0,24}",
    )
    .unwrap()
}

proptest! {
    #[test]
    fn mapped_equals_nfkc(s in ".{0,24}") {
        prop_assert_eq!(nfkc_mapped(&s).text, nfkc(&s));
    }

    #[test]
    fn mapped_equals_nfkc_on_plan_text(s in plan_text()) {
        prop_assert_eq!(nfkc_mapped(&s).text, nfkc(&s));
    }

    #[test]
    fn ranges_are_monotone_and_cover(s in prop_oneof![plan_text(), ".{0,16}".boxed()]) {
        let m = nfkc_mapped(&s);
        prop_assert_eq!(m.source_range(0..m.text.len()).end, if m.text.is_empty() { 0 } else { s.len() });
        let mut end = 0;
        for (at, c) in m.text.char_indices() {
            let r = m.source_range(at..at + c.len_utf8());
            prop_assert!(s.is_char_boundary(r.start) && s.is_char_boundary(r.end));
            prop_assert!(r.start <= r.end && r.end >= end);
            end = r.end;
        }
    }

    #[test]
    fn every_char_of_the_source_is_covered(s in plan_text()) {
        let m = nfkc_mapped(&s);
        let mut covered = 0;
        for (at, c) in m.text.char_indices() {
            let r = m.source_range(at..at + c.len_utf8());
            prop_assert!(r.start <= covered, "gap before {} in {:?}", r.start, s);
            covered = covered.max(r.end);
        }
        if !m.text.is_empty() { prop_assert_eq!(covered, s.len()); }
    }

    #[test]
    fn key_is_idempotent(s in plan_text()) {
        let once = key(&s);
        prop_assert_eq!(key(&once), once);
    }

    #[test]
    fn tidy_is_idempotent(s in plan_text()) {
        let once = tidy(&s);
        prop_assert_eq!(tidy(&once), once);
    }

    #[test]
    fn tidy_keeps_the_key_but_for_emphasis(s in "[ a-cA-Cあ-おー課民⺠⻑、。（）]{0,20}") {
        prop_assert_eq!(key(&tidy(&s)), key(&s));
    }
}
