use super::*;
use proptest::prelude::*;

#[test]
fn whole_fiscal_years() {
    let cases = [
        ("令和5年度", Some(2023)),
        ("R5年度", Some(2023)),
        ("R6 年度", Some(2024)),
        ("R5", Some(2023)),
        ("Ｒ５", Some(2023)),
        ("令和4年度末", Some(2022)),
        ("令和元年度", Some(2019)),
        ("R元年度", Some(2019)),
        ("平成31年度", Some(2019)),
        ("平成 18 年度", Some(2006)),
        ("H30年度", Some(2018)),
        ("2023年度", Some(2023)),
        ("２０２３年度", Some(2023)),
        ("令和7年度 (2025年度)", Some(2025)),
        ("令和7年度（2025年度）", Some(2025)),
        ("2025年度(令和7年度)", Some(2025)),
        ("令和８年度", Some(2026)),
        ("㋿5年度", Some(2023)),
        ("「㋿5年度」", Some(2023)),
        ("令和五年度", Some(2023)),
        ("令和十二年度", Some(2030)),
        (" 令和5年度 ", Some(2023)),
        ("令和5年度中", Some(2023)),
        ("R5(2023)", Some(2023)),
        ("平成32年度", Some(2020)),
        ("令和5年", None),
        ("令和5年度実績", None),
        ("令和5~7年度", None),
        ("令和5年度以降", None),
        ("2023", None),
        ("R", None),
        ("DR5", None),
        ("施策", None),
        ("", None),
    ];
    for (raw, want) in cases {
        assert_eq!(fiscal_year(raw), want, "{raw}");
    }
}

#[test]
fn spans_of_fiscal_years() {
    let cases = [
        ("令和6~10年度", 2024, Some(2028)),
        ("300橋(令和6~10年度)", 2024, Some(2028)),
        ("令和6～10年度", 2024, Some(2028)),
        ("令和5、6年度", 2023, Some(2024)),
        ("令和5,6年度", 2023, Some(2024)),
        ("令和4・5年度：DX推進", 2022, Some(2023)),
        ("令和5年度～令和7年度", 2023, Some(2025)),
        ("（令和5年度～令和7年度の3年間）", 2023, Some(2025)),
        ("令和5年度～令和7年度の各年度", 2023, Some(2025)),
        ("令和5年度～7年度", 2023, Some(2025)),
        ("令和10～12年度 (2028～2030年度)", 2028, Some(2030)),
        (
            "令和5年度（2023年度）～令和7年度（2025年度）",
            2023,
            Some(2025),
        ),
        ("R4～R5", 2022, Some(2023)),
        ("R4～R5年度", 2022, Some(2023)),
        ("RPAの活用実績 (R1～R4)", 2019, Some(2022)),
        ("令和7年度末", 2025, Some(2025)),
        ("令和6年度", 2024, Some(2024)),
        ("令和8年度～令和12年度", 2026, Some(2030)),
        ("令和2年度 ～令和7年度", 2020, Some(2025)),
        ("令和6年2月 ～令和7年度", 2023, Some(2025)),
        ("令和 6 年度から令和 11 年度までとします", 2024, Some(2029)),
        ("R2(2020).6.12", 2020, Some(2020)),
        ("R4(2022).4～R8(2026).3", 2022, Some(2025)),
        ("令和22年(2040年)", 2040, Some(2040)),
        ("2000年→2010年", 2000, Some(2000)),
    ];
    for (raw, first, last) in cases {
        assert_eq!(
            fiscal_years(raw),
            Some(YearSpan {
                first,
                last,
                open_end: false
            }),
            "{raw}"
        );
    }
    let open = [
        ("令和8年度以降", 2026),
        ("令和3年1月～", 2020),
        ("令和3年1月～{第5.0版以降}", 2020),
    ];
    for (raw, first) in open {
        assert_eq!(
            fiscal_years(raw),
            Some(YearSpan {
                first,
                last: None,
                open_end: true
            }),
            "{raw}"
        );
    }
    for raw in ["", "未定", "12月11日", "第5.1版", "3年間", "2in1"] {
        assert_eq!(fiscal_years(raw), None, "{raw}");
    }
}

/// `earliest..latest precision[+]` of every date.
fn shown(s: &str) -> String {
    let one = |h: &DateHit| {
        let open = if h.open_end { "+" } else { "" };
        format!(
            "{}..{} {:?}{open}",
            h.dates.earliest, h.dates.latest, h.precision
        )
    };
    find_dates(s).iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn single_dates() {
    let cases = [
        ("令和5年12月4日", "2023-12-04..2023-12-04 Day"),
        ("令和5年4月1日付け", "2023-04-01..2023-04-01 Day"),
        ("本格稼働（R5.12.4～）", "2023-12-04..2023-12-04 Day+"),
        ("R5.12.4", "2023-12-04..2023-12-04 Day"),
        ("R6.5.14時点", "2024-05-14..2024-05-14 Day"),
        ("令和6年1月末現在", "2024-01-31..2024-01-31 Day"),
        ("令和6年2月1日現在", "2024-02-01..2024-02-01 Day"),
        ("令和4年度末", "2023-03-31..2023-03-31 Day"),
        ("令和4年末", "2022-12-31..2022-12-31 Day"),
        ("令和5年(2023)10月5日", "2023-10-05..2023-10-05 Day"),
        ("R2(2020).6.12", "2020-06-12..2020-06-12 Day"),
        ("2024/9/1", "2024-09-01..2024-09-01 Day"),
        ("2024-09-01", "2024-09-01..2024-09-01 Day"),
        ("R5.3月末～", "2023-03-31..2023-03-31 Day+"),
        ("R5.4月～", "2023-04-01..2023-04-30 Month+"),
        ("R4.5～ 書庫", "2022-05-01..2022-05-31 Month+"),
        ("令和5年11月時点", "2023-11-01..2023-11-30 Month"),
        ("令和8年(2026年)3月", "2026-03-01..2026-03-31 Month"),
        ("令和8年（2026年）3月", "2026-03-01..2026-03-31 Month"),
        ("2025年(令和7年)3月見直し", "2025-03-01..2025-03-31 Month"),
        ("R3(2021).3", "2021-03-01..2021-03-31 Month"),
        ("2024年9月", "2024-09-01..2024-09-30 Month"),
        ("令和5年9月上旬", "2023-09-01..2023-09-10 Month"),
        ("令和5年9月下旬", "2023-09-21..2023-09-30 Month"),
        ("令和4年11月頃から", "2022-11-01..2022-11-30 Month+"),
        ("令和5年度1月", "2024-01-01..2024-01-31 Month"),
        ("R5年秋頃", "2023-09-01..2023-11-30 Season"),
        ("R7年度秋", "2025-09-01..2025-11-30 Season"),
        ("令和5年度冬", "2023-12-01..2024-02-29 Season"),
        ("令和5年度上半期", "2023-04-01..2023-09-30 Season"),
        ("令和5年度下半期", "2023-10-01..2024-03-31 Season"),
        ("令和5年度第4四半期", "2024-01-01..2024-03-31 Season"),
        ("R5年度中", "2023-04-01..2024-03-31 FiscalYear"),
        ("R5予算要求", "2023-04-01..2024-03-31 FiscalYear"),
        ("令和5年", "2023-01-01..2023-12-31 Year"),
        ("令和元年", "2019-05-01..2019-12-31 Year"),
        ("令和8年度以降", "2026-04-01..2027-03-31 FiscalYear+"),
        ("令和3年度から運用", "2021-04-01..2022-03-31 FiscalYear+"),
    ];
    for (raw, want) in cases {
        assert_eq!(shown(raw), want, "{raw}");
    }
}

#[test]
fn ranges_of_dates() {
    let cases = [
        ("令和5年1月～12月", "2023-01-01..2023-12-31 Month"),
        ("令和5年4月~令和6年3月", "2023-04-01..2024-03-31 Month"),
        ("令和6年(2024年)9月～10月", "2024-09-01..2024-10-31 Month"),
        ("令和5年10月～3月", "2023-10-01..2024-03-31 Month"),
        ("令和5年9月から翌年3月", "2023-09-01..2024-03-31 Month"),
        ("令和5年8月18日から20日", "2023-08-18..2023-08-20 Day"),
        ("令和5年8月18日～9月2日", "2023-08-18..2023-09-02 Day"),
        ("令和5、6年度", "2023-04-01..2025-03-31 FiscalYear"),
        (
            "(R3、R4)",
            "2021-04-01..2022-03-31 FiscalYear, 2022-04-01..2023-03-31 FiscalYear",
        ),
        (
            "令和10～12年度 (2028～2030年度)",
            "2028-04-01..2031-03-31 FiscalYear",
        ),
        (
            "令和4年度⇒令和7年度末",
            "2022-04-01..2023-03-31 FiscalYear, 2026-03-31..2026-03-31 Day",
        ),
    ];
    for (raw, want) in cases {
        assert_eq!(shown(raw), want, "{raw}");
    }
}

#[test]
fn no_dates() {
    for raw in [
        "12月11日",
        "3年間",
        "第5.1版",
        "S3バケット",
        "M365",
        "001053408",
        "1,2024人",
        "Wi-Fi6",
        "平成",
        "令和の時代",
        "H.264",
        "DR5",
        "2024人",
        "R",
        "大正琴",
        "Windows11",
        "2.2024",
    ] {
        assert_eq!(shown(raw), "", "{raw}");
    }
}

#[test]
fn places_are_those_of_the_source() {
    let s = "稼働（㋿５年４月～）済";
    let hit = &find_dates(s)[0];
    assert_eq!(&s[hit.range.clone()], "㋿５年４月～");
    assert_eq!(hit.fiscal_year, 2023);
    assert_eq!(find_dates("令和3年1月～")[0].fiscal_year, 2020);
}

/// `label|kind|earliest..latest|later|note`
fn told(s: &str) -> String {
    let Some(s) = start(s) else {
        return "none".to_owned();
    };
    let dates = s
        .dates
        .map(|d| format!("{}..{}", d.earliest, d.latest))
        .unwrap_or_default();
    let later = if s.or_later { "later" } else { "" };
    let (label, note) = (s.label.unwrap_or_default(), s.note.unwrap_or_default());
    format!("{label}|{:?}|{dates}|{later}|{note}", s.kind)
}

#[test]
fn starts() {
    let cases = [
        ("R5.3月末～", "|Month|2023-03-01..2023-03-31||"),
        ("R3年度から継続", "|ContinuedFrom|2021-04-01..2022-03-31||"),
        ("R3年度～継続", "|ContinuedFrom|2021-04-01..2022-03-31||"),
        (
            "R5.4月～ (一部はR5年秋頃から)",
            "|Month|2023-04-01..2023-04-30||(一部はR5年秋頃から)",
        ),
        ("未定", "|Undecided|||"),
        (
            "R7年度中 新庁舎建設に合わせ予定",
            "|FiscalYear|2025-04-01..2026-03-31||新庁舎建設に合わせ予定",
        ),
        (
            "軽自動車関係手続き R5.1月～",
            "軽自動車関係手続き|Month|2023-01-01..2023-01-31||",
        ),
        ("LINE R5年度中", "LINE|FiscalYear|2023-04-01..2024-03-31||"),
        (
            "ホームページ R5.2月～",
            "ホームページ|Month|2023-02-01..2023-02-28||",
        ),
        ("R5 6月議会～", "|Month|2023-06-01..2023-06-30||議会"),
        ("R5.1月", "|Month|2023-01-01..2023-01-31||"),
        ("R7年度秋", "|Season|2025-09-01..2025-11-30||"),
        ("適宜", "|AsNeeded|||"),
        ("随時", "|AsNeeded|||"),
        ("令和8年度以降", "|FiscalYear|2026-04-01..2027-03-31|later|"),
        ("令和6年度", "|FiscalYear|2024-04-01..2025-03-31||"),
        ("R5.12.4～", "|Date|2023-12-04..2023-12-04||"),
        (
            "令和5年12月11日稼働開始",
            "|Date|2023-12-11..2023-12-11||稼働開始",
        ),
        ("令和5年1月～12月", "|Month|2023-01-01..2023-01-31||"),
        ("防犯カメラ：未定", "防犯カメラ|Undecided|||"),
        ("", "none"),
        ("　", "none"),
        ("運用中", "none"),
        ("安定", "none"),
    ];
    for (raw, want) in cases {
        assert_eq!(told(raw), want, "{raw}");
    }
    assert_eq!(start("R5 6月議会～").unwrap().fiscal_year, Some(2023));
    assert_eq!(start("R5.3月末～").unwrap().fiscal_year, Some(2022));
}

#[test]
fn slips_of_era() {
    assert_eq!(era_slip("平成35年度").unwrap().suggestion, "令和5年");
    assert_eq!(era_slip("昭和64年"), None);
    assert_eq!(era_slip("昭和65年").unwrap().suggestion, "平成2年");
    assert_eq!(era_slip("令和12年度"), None);
}

proptest! {
    #[test]
    fn era_and_western_agree(nth in 1i32..60, wide in any::<bool>()) {
        let text = format!("令和{nth}年度");
        let text = if wide { text.replace('5', "５") } else { text };
        prop_assert_eq!(fiscal_year(&text), Some(2018 + nth));
        prop_assert_eq!(fiscal_year(&format!("{}年度", 2018 + nth)), Some(2018 + nth));
    }

    #[test]
    fn days_read_back(year in 2019i16..2060, month in 1i8..=12, day in 1i8..=28) {
        let want = jiff::civil::date(year, month, day);
        for text in [
            format!("令和{}年{month}月{day}日", year - 2018),
            format!("R{}.{month}.{day}", year - 2018),
            format!("{year}年{month}月{day}日"),
            format!("R{}({year}).{month}.{day}", year - 2018),
        ] {
            let hits = find_dates(&text);
            prop_assert_eq!(hits.len(), 1, "{}", text);
            prop_assert_eq!(hits[0].dates, DateRange { earliest: want, latest: want });
            prop_assert_eq!(hits[0].range.clone(), 0..text.len());
            prop_assert_eq!(hits[0].fiscal_year, fiscal_year_of(want));
        }
    }

    #[test]
    fn ranges_are_in_order_and_within(s in "[令和平成R0-9年度月日末～、・\\.\\(\\)（）から以降 ㋿５元秋頃]{0,30}") {
        let mut end = 0;
        for hit in find_dates(&s) {
            prop_assert!(hit.range.start >= end && hit.range.end <= s.len());
            prop_assert!(s.get(hit.range.clone()).is_some());
            prop_assert!(hit.dates.earliest <= hit.dates.latest);
            end = hit.range.end;
        }
        let _ = (start(&s), fiscal_year(&s), fiscal_years(&s), era_slip(&s));
    }

    #[test]
    fn never_panics(s in "\\PC{0,40}") {
        let _ = (start(&s), fiscal_year(&s), fiscal_years(&s), era_slip(&s), find_dates(&s));
    }
}
