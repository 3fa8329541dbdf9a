use super::*;
use proptest::prelude::*;

/// `value unit [qualifiers]` of every quantity.
fn shown(s: &str) -> String {
    let one = |q: &Quantity| {
        let marks: Vec<String> = q.qualifiers.iter().map(|m| format!("{m:?}")).collect();
        let marks = if marks.is_empty() {
            String::new()
        } else {
            format!(" {}", marks.join("+"))
        };
        format!("{}{}{marks}", q.value, q.unit)
    };
    quantities(s).iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn values_and_units() {
    let cases = [
        ("3人", "3人"),
        ("１，２３４件", "1234件"),
        ("37,000千円", "37000000円"),
        ("100万人", "1000000人"),
        ("3万人", "30000人"),
        ("12.5億円", "1250000000円"),
        ("1億2,000万円", "120000000円"),
        ("2万5千人", "25000人"),
        ("1.46万人", "14600人"),
        ("6千人", "6000人"),
        ("500百万円", "500000000円"),
        ("98.8％", "98.8%"),
        ("99.9%以上(令和8年度)", "99.9% AtLeast"),
        ("3ヶ所", "3箇所"),
        ("3カ所", "3箇所"),
        ("1箇所（年間）", "1箇所 PerYear"),
        ("5名", "5人"),
        ("16h", "16時間"),
        ("16 h", "16時間"),
        ("80 台", "80台"),
        ("15,371kg", "15371kg"),
        ("20%/ha（令和7年度末）", "20%/ha"),
        ("70%/年（令和7年度末）", "70%/年"),
        ("1,000円/年", "1000円 PerYear"),
        ("10時間/月", "10時間 PerMonth"),
        ("5件/日", "5件 PerUnit(\"日\")"),
        ("二十人", "20人"),
        ("三つの方針", "3つ"),
        ("三つ", "3つ"),
        ("3つの方針", "3つ"),
        ("60橋", "60橋"),
        ("20業務", "20業務"),
        ("28手続き", "28手続"),
        ("5か国語", "5か国"),
        ("3～5人", "3人, 5人"),
        ("▲5.2%", "-5.2%"),
        ("対前年: -3%", "-3%"),
        ("現状値0社(令和4年度末)⇒目標値6社(令和7年度末)", "0社, 6社"),
        ("提供するサービス数:3(令和5年度)、11(令和6年度)", "3, 11"),
        ("観光入込客数: 1,139,300人", "1139300人"),
        ("小学校44.8% 中学校28.3%", "44.8%, 28.3%"),
        ("24時間いつでも", "24時間"),
        ("3か月", "3か月"),
        ("5日間", "5日"),
        ("150", "150"),
        ("1人1台端末", "1人, 1台"),
    ];
    for (raw, want) in cases {
        assert_eq!(shown(raw), want, "{raw}");
    }
}

#[test]
fn qualifiers() {
    let cases = [
        ("約3.7万人", "37000人 About"),
        ("約 20 分", "20分 About"),
        ("およそ30件", "30件 About"),
        ("平均30分", "30分 Average"),
        ("月平均応答数", ""),
        ("月平均:1172.8件", "1172.8件 MonthlyAverage"),
        ("2,700件(月平均:令和4年度末)", "2700件 MonthlyAverage"),
        ("月あたり35件(令和7年度)", "35件 PerMonth"),
        ("毎月2回", "2回 PerMonth"),
        ("月2回", "2回 PerMonth"),
        ("年間5回程度", "5回 PerYear+About"),
        ("年3回", "3回 PerYear"),
        ("令和5年3回", "3回"),
        ("毎年約1,000件", "1000件 PerYear+About"),
        ("週1回", "1回 PerUnit(\"週\")"),
        ("1枚あたり10円", "10円 PerUnit(\"枚\")"),
        ("1日あたり5件", "5件 PerUnit(\"日\")"),
        ("10枚当たり300円", "300円 PerUnit(\"10枚\")"),
        ("3年ごとに20台更新", "20台 EveryYears(3)"),
        ("5年に1回、10台", "10台 EveryYears(5)"),
        ("累計：100人", "100人 Cumulative"),
        ("延べ 45人", "45人 Cumulative"),
        ("10秒以内", "10秒 AtMost"),
        ("50%以下", "50% AtMost"),
        ("30人未満", "30人 LessThan"),
        ("100人超", "100人 MoreThan"),
        ("40分弱", "40分 LessThan"),
        ("6千人を超えており", "6000人 MoreThan"),
        ("10分程度", "10分 About"),
        ("3回（年間）", "3回 PerYear"),
    ];
    for (raw, want) in cases {
        assert_eq!(shown(raw), want, "{raw}");
    }
}

#[test]
fn no_quantities() {
    let cases = [
        "令和5年度",
        "R5.3月",
        "12月11日",
        "3年間",
        "GIGA2",
        "Wi-Fi6",
        "2in1",
        "第2回",
        "①②",
        "計画³",
        "第5.1版",
        "2年目職員",
        "3つ目",
        "1期工事",
        "縮尺1/2500",
        "0854-23-3000",
        "10時30分",
        "5G",
        "No.12",
        "(1) 計画",
        "1. 目的",
        "5-3 施策",
        "3分の1",
        "令和5年(2023)10月5日",
        "第57号",
        "COVID-19",
        "一部",
        "一体的",
        "三重県",
        "八戸市",
        "数十件",
        "M365",
        "80歳代",
        "A4判",
        "",
        "施策",
    ];
    for raw in cases {
        assert_eq!(shown(raw), "", "{raw}");
    }
}

#[test]
fn places_and_raw_units() {
    let s = "削減額：約３７，０００千円/年";
    let all = quantities(s);
    assert_eq!(&s[all[0].range.clone()], "３７，０００千円/年");
    assert_eq!(all[0].unit_raw, "千円/年");
    assert_eq!(quantities("5名")[0].unit_raw, "名");
}

#[test]
fn plain_numbers() {
    let cases = [
        ("12", Some(12.0)),
        ("1,234", Some(1234.0)),
        ("１，２３４．５", Some(1234.5)),
        ("-3", Some(-3.0)),
        ("−3", Some(-3.0)),
        ("△3", Some(-3.0)),
        ("+5", Some(5.0)),
        ("1,23", None),
        ("12345,678", None),
        ("1.2.3", None),
        ("3人", None),
        ("3%", None),
        ("-", None),
        ("", None),
        ("①", None),
    ];
    for (raw, want) in cases {
        assert_eq!(parse_number(raw), want, "{raw}");
    }
}

#[test]
fn item_numbers() {
    let cases = [
        ("12", Some((12, false))),
        ("１２", Some((12, false))),
        (" 7 ", Some((7, false))),
        ("1 2", Some((12, true))),
        ("I", Some((1, true))),
        ("l", Some((1, true))),
        ("|", Some((1, true))),
        ("II", Some((11, true))),
        ("ll", Some((11, true))),
        ("I2", Some((12, true))),
        ("lO", Some((10, true))),
        ("(1)-1-2", None),
        ("0", None),
        ("1234", None),
        ("A", None),
        ("", None),
        ("①", None),
        ("Ⅱ", None),
    ];
    for (raw, want) in cases {
        assert_eq!(
            item_number(raw).map(|n| (n.value, n.repaired)),
            want,
            "{raw}"
        );
    }
}

#[test]
fn circled_digits() {
    let all: Vec<u32> = "①⑩⑳㉑㉟㊱㊿".chars().filter_map(circled).collect();
    assert_eq!(all, [1, 10, 20, 21, 35, 36, 50]);
    assert_eq!(circled('❶'), None);
}

fn commas(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn wide(s: &str) -> String {
    s.chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
        .collect()
}

proptest! {
    #[test]
    fn integers_read_back(n in 0u64..10_000_000_000) {
        #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
        let want = n as f64;
        for text in [n.to_string(), commas(n), wide(&commas(n)), wide(&n.to_string())] {
            prop_assert_eq!(parse_number(&text), Some(want));
            let all = quantities(&format!("約{text}人"));
            prop_assert_eq!(all.len(), 1, "{}", text);
            prop_assert_eq!(all[0].value, want);
        }
    }

    #[test]
    fn multipliers_read_back(n in 1u32..100_000) {
        let all = quantities(&format!("{}万円", commas(u64::from(n))));
        prop_assert_eq!(all[0].value, f64::from(n) * 1e4);
        let all = quantities(&format!("{n}千円"));
        prop_assert_eq!(all[0].value, f64::from(n) * 1e3);
    }

    #[test]
    fn ranges_are_in_order(s in "[0-9０-９,\\.万千億円人件%％/年月日時分約平均()（）～二三十 \\-R令和第回目]{0,30}") {
        let mut end = 0;
        for q in quantities(&s) {
            prop_assert!(q.range.start >= end && s.get(q.range.clone()).is_some());
            end = q.range.end;
        }
    }

    #[test]
    fn never_panics(s in "\\PC{0,40}") {
        let _ = (quantities(&s), parse_number(&s), item_number(&s));
    }
}
