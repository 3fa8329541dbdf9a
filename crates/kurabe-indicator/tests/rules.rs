//! Near misses: names that look alike and measure different things.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets something unexpected fails"
)]

use kurabe_indicator::{Field, Indicators, Source, SourceFile, Subject};
use std::path::Path;

/// The indicators of the repository.
fn indicators() -> Indicators {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../indicators");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    let sources: Vec<SourceFile<'_>> = files
        .iter()
        .map(|(path, text)| SourceFile { path, text })
        .collect();
    Indicators::load(&sources).unwrap()
}

/// The indicators that a KPI of that name, under that title, with that unit belongs to.
fn of_kpi(all: &Indicators, name: &str, title: &str, unit: &str) -> Vec<String> {
    let mut subject = Subject::new(Source::Kpi);
    subject.push(Field::Name, Some(name), "L1");
    subject.push(Field::Title, Some(title), "L1");
    let found = all.align(&subject).into_iter();
    found
        .filter(|one| one.indicator.in_unit(1.0, Some(unit)).is_some())
        .map(|one| one.indicator.id.clone())
        .collect()
}

/// Name of the KPI, title of the measure, unit, and the indicator that they belong to, if any.
const NAMES: &str = "
マイナンバーカード交付率 |  | % | my-number-card-issued
マイナンバーカードの取得率 |  | % | my-number-card-issued
マイナンバーカード保有枚数率 |  | % | my-number-card-held
マイナンバーカード申請率 |  | % | my-number-card-applied
職員のマイナンバーカード取得率 |  | % | my-number-card-staff
図書館登録者のマイナンバーカード利用率 |  | % | 
マイナンバーカードの交付枚数 |  | 枚 | 
コンビニ交付サービスの利用率 |  | % | convenience-store-share
コンビニ収納の利用率 |  | % | 
ＬＩＮＥ公式アカウント友だち登録者数 |  | 人 | line-friends
LINE WORKSの登録者数 |  | 人 | 
オンライン予約の登録者数 |  | 人 | 
スマートフォン教室の開催回数 |  | 回 | smartphone-classes-held
スマートフォン教室の参加者数 |  | 人 | smartphone-classes-attended
スマートフォン教室の満足度 |  | % | 
RPA導入業務数 |  | 業務 | rpa-tasks
RPAによる削減時間 |  | 時間 | rpa-hours-saved
RPAによる業務時間の削減率 |  | % | 
AI-OCRによる削減時間 | AI・RPAの活用 | 時間 | 
AIとRPAによる削減時間 | 業務の効率化 | 時間 | 
オンライン化した行政手続数 |  | 件 | online-procedures
オンライン手続の割合 |  | % | 
セキュリティ研修の受講率 |  | % | security-training-share
セキュリティ研修の実施 |  | 回 | security-training-sessions
ごみ分別チャットボットの利用件数 |  | 件 | waste-chatbot-uses-monthly
AIチャットボットの応答件数 |  | 件 | chatbot-answers-monthly
DXのフォロワー |  | 人 | 
オープンデータの公開件数 |  | 件 | open-data-sets
オープンデータのダウンロード数 |  | 件 | open-data-downloads-monthly
テレワーク実施率 |  | % | telework-share
テレワーク実施企業の割合 |  | % | 
窓口の受付時間 |  | 時間 | 
";

#[test]
fn names_are_aligned_to_what_they_measure() {
    let all = indicators();
    for line in NAMES.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, title, unit, wanted] = cells[..] else {
            panic!("four cells: {line}");
        };
        let found = of_kpi(&all, name, title, unit);
        let wanted: Vec<&str> = Some(wanted).filter(|w| !w.is_empty()).into_iter().collect();
        assert_eq!(found, wanted, "{name} {unit}");
    }
}

#[test]
fn a_unit_of_another_dimension_refuses() {
    let all = indicators();
    let minutes = all.get("counter-waiting-minutes").unwrap();
    assert_eq!(minutes.in_unit(1.5, Some("時間")), Some(90.0));
    assert_eq!(minutes.in_unit(3.0, Some("件")), None);
    assert_eq!(minutes.in_unit(3.0, None), None);
    let procedures = all.get("online-procedures").unwrap();
    assert_eq!(procedures.in_unit(31.0, Some("件")), Some(31.0));
    assert_eq!(procedures.in_unit(31.0, Some("%")), None);
    let chatbot = all.get("chatbot-answers-monthly").unwrap();
    assert!(chatbot.has_cadence(Some("monthly_average")) && chatbot.has_cadence(None));
    assert!(!chatbot.has_cadence(Some("annual")));
}

#[test]
fn evidence_quotes_the_print() {
    let all = indicators();
    let mut subject = Subject::new(Source::Kpi);
    subject.push(Field::Name, Some("市公式ＬＩＮＥの 友だち数"), "L7");
    let found = all.align(&subject);
    let terms: Vec<&str> = found[0].evidence.iter().map(|e| e.term.as_str()).collect();
    assert_eq!(terms, ["ＬＩＮＥ", "友だち"]);
    assert_eq!(found[0].evidence[0].locator, "L7");
}

#[test]
fn a_figure_in_a_text_needs_its_year_and_words() {
    let all = indicators();
    let figure = |past: &str| {
        let mut subject = Subject::new(Source::Text);
        subject.push(Field::Title, Some("高齢者のスマホ教室"), "L1");
        subject.push(Field::Past, Some(past), "L2");
        let found = all.align(&subject).into_iter();
        let values = found.filter_map(|one| Some((one.indicator.id.clone(), one.figure?.value)));
        values.collect::<Vec<_>>()
    };
    assert_eq!(
        figure("委託により開始。今年度実績：26回開催、336人参加"),
        [
            ("smartphone-classes-attended".to_owned(), "336人".to_owned()),
            ("smartphone-classes-held".to_owned(), "26回".to_owned()),
        ]
    );
    assert!(figure("26回開催の予定。実績は未集計").is_empty());
}

const INDICATOR: &str = "[[indicator]]\nid = \"a\"\nlabel_ja = \"あ\"\nlabel_en = \"A\"\n\
    definition_ja = \"あ\"\ndefinition_en = \"A\"\nunit = \"件\"\n";

const RULE: &str = "[[indicator.rule]]\nid = \"r\"\nsource = \"kpi\"\n\
    all = [{ in = [\"name\"], any = [\"あ\"] }]\n";

#[test]
fn mistakes_are_named_with_file_line_and_hint() {
    let read = |text: &str| {
        Indicators::load(&[SourceFile {
            path: "i.toml",
            text,
        }])
    };
    assert!(read(&format!("{INDICATOR}{RULE}")).is_ok());
    let cases = [
        (format!("{INDICATOR}{RULE}weight = 3\n"), "i.toml:12"),
        (
            format!("{INDICATOR}{INDICATOR}"),
            "i.toml:9: the id `a` stands in i.toml:2",
        ),
        (INDICATOR.replace("\"件\"", "\"\""), "`unit` is empty"),
        (
            format!("{INDICATOR}caveat_ja = \"い\"\n"),
            "in one language only",
        ),
        (
            format!("{INDICATOR}{}", RULE.replace("name", "metric")),
            "no field `metric`",
        ),
        (
            format!("{INDICATOR}{}", RULE.replace("\"あ\"", "\" \"")),
            "has no letters",
        ),
        (
            format!("{INDICATOR}{RULE}take = \"after\"\n"),
            "`take` is of effects only",
        ),
        (
            format!("{INDICATOR}{RULE}pattern = \"x\"\n"),
            "belongs to source",
        ),
        (
            format!("{INDICATOR}{}", RULE.replace("\"r\"", "\"override\"")),
            "this is no id",
        ),
    ];
    for (text, wanted) in cases {
        let told = read(&text).unwrap_err().to_string();
        assert!(told.contains(wanted), "{told}");
        assert!(told.contains(';'), "no hint: {told}");
    }
    let text = RULE
        .replace("\"kpi\"", "\"text\"")
        .replace("\"name\"", "\"past\"");
    for (pattern, wanted) in [("(", "regex"), ("x", "no group `value`")] {
        let told = read(&format!("{INDICATOR}{text}pattern = '{pattern}'\n"));
        let told = told.unwrap_err().to_string();
        assert!(told.contains(wanted), "{told}");
    }
}
