//! What the workbook says, in Japanese and English.

use crate::lang::Lang;

/// What made the file.
pub(crate) const PROGRAM: &str = "kurabe";

/// The title of the workbook.
pub(crate) fn title(lang: Lang) -> &'static str {
    lang.pick(
        "自治体DX計画 比較ブック",
        "DX plans of municipalities compared",
    )
}

pub(crate) fn subject(lang: Lang) -> &'static str {
    lang.pick(
        "自治体のDX計画を共通の表にしたもの",
        "Digital transformation plans of Japanese municipalities as comparable tables",
    )
}

pub(crate) fn keywords(lang: Lang) -> &'static str {
    lang.pick(
        "自治体DX, DX推進計画, 施策, KPI, 比較",
        "municipality, DX plan, measure, KPI, comparison",
    )
}

pub(crate) fn comment(lang: Lang) -> &'static str {
    lang.pick(
        "数式・マクロ・外部参照はありません。リンクは原文の文書だけに続きます。",
        "No formulas, macros or references to other files. Links lead to source documents only.",
    )
}

/// Name of the first sheet.
pub(crate) fn intro_sheet(lang: Lang) -> &'static str {
    lang.pick("はじめに", "Read me")
}

/// Name of the sheet of documents.
pub(crate) fn documents_sheet(lang: Lang) -> &'static str {
    lang.pick("文書", "Documents")
}

/// Remark at the end of a text that was cut.
pub(crate) fn cut(lang: Lang) -> &'static str {
    lang.pick(
        "…【セルに入る文字数を超えたため以下略。全文はCSVまたはParquetにあります】",
        "… [cut: longer than a cell may be; the CSV and Parquet files have all of it]",
    )
}

/// Header of a column with more links than a sheet may hold.
pub(crate) fn some_linked(lang: Lang, header: &str, links: usize) -> String {
    match lang {
        Lang::Ja => format!("{header}（リンクは上から{links}件まで）"),
        Lang::En => format!("{header} (only the first {links} are links)"),
    }
}

/// What the file is, a paragraph each.
pub(crate) fn about(lang: Lang) -> &'static [&'static str] {
    lang.pick(
        &[
            "自治体のDX計画・実行計画・進捗報告から施策、担当部署、工程、KPI（指標）を読み取り、同じ形の表にそろえたものです。自治体どうし、国の計画の分類ごとに見比べるために作りました。",
            "同じ内容は CSV（csv フォルダー）と Parquet（parquet フォルダー）にもあります。ほかのソフトで集計するときはそちらを使ってください。列の意味は、見出しのセルを選ぶと表示されます。一覧は「項目の説明」シートにあります。",
            "数式・マクロ・ほかのファイルへの参照は使っていません。青い下線の文字はリンクで、原文の公開ページ（取得元のURLが分かる文書）か、このブックの「文書」シートに移ります。",
        ],
        &[
            "Measures, departments, schedules and KPIs, read from the DX plans, action plans and progress reviews of municipalities and put into tables of one form, so that municipalities can be compared by the categories of the national plan.",
            "The CSV files (folder csv) and Parquet files (folder parquet) hold the same; use those to compute with other programs. Select a header to see what its column means; all of them are on the sheet “Dictionary”.",
            "There are no formulas, macros or references to other files. Underlined blue text is a link: to the source on the web where its address is known, else to the sheet “Documents”.",
        ],
    )
}

/// How to read what is not there: a term and what it means.
pub(crate) fn absence(lang: Lang) -> &'static [(&'static str, &'static str)] {
    lang.pick(
        &[
            ("空欄", "原文に書かれていないか、その行には当てはまらないことを表します。0 や「なし」ではありません。"),
            ("0", "原文に 0 と書かれているか、数えた結果が 0 件だったことを表します。"),
            ("段階の記載なし", "施策の進み具合（検討中・運用中など）が原文から分からないことを表します。「未着手」という意味ではありません。"),
            ("書かれていない／読み取れなかった／対象外", "「データ品質」シートでは三つを分けて数えます。割合の分母に対象外は含めません。"),
            ("該当なし・判断が分かれる", "国の計画の分類を一つに決められなかった施策です。確信度と合わせて見てください。"),
            ("達成度が空欄のKPI", "「達成度がない理由」の列に理由があります（実績値なし、目標年度が先 など）。"),
            ("先頭の ' （アポストロフィ）", "原文が = + - @ などで始まる文字列です。数式として動かないように付けたもので、原文にはありません。"),
        ],
        &[
            ("Empty cell", "The source does not say, or it does not apply to the row. It is not 0 and not “none”."),
            ("0", "The source says 0, or a count came to 0."),
            ("No stage stated", "The source does not tell how far the measure has come. It does not mean “not begun”."),
            ("Not stated / not read / not applicable", "The sheet “Data quality” counts the three apart. Shares leave out what is not applicable."),
            ("Unmatched, ambiguous", "No single category of the national plan could be decided. Mind the confidence."),
            ("KPI without achievement", "The column “Why no achievement” says why: no actual value, target in the future, and so on."),
            ("Leading ' (apostrophe)", "The text begins with = + - @ or the like. It was added so that nothing runs as a formula; the source does not have it."),
        ],
    )
}

/// What to mind.
pub(crate) fn caveats(lang: Lang) -> &'static [&'static str] {
    lang.pick(
        &[
            "国の計画の分類は、規則によって付けたものです（原文に明記されたもの・人が判断したものは「方法」列で分かります）。確信度の低いものは原文で確かめてください。",
            "文書の種類（計画・進捗報告など）と基準日は自治体によって違います。段階や実績を比べるときは「文書」シートで確かめてください。",
            "再掲の施策は「施策」シートには載りますが、「比較表」では一度だけ数えます。",
            "KPIの値は正規化した単位です（37,000千円は37,000,000円）。原文の書き方は「（原文）」の列にあります。",
            "読み取りで気付いた点（誤記の補正、読み取れなかった箇所など）は「所見」シートにすべて載せています。",
        ],
        &[
            "Categories were found by rules, unless the column “Method” says that the source states them or that a person decided. Check those of low confidence in the source.",
            "Documents differ in kind (plan, progress review …) and in the day that they describe. See the sheet “Documents” before comparing stages or results.",
            "Measures that are printed twice are listed on “Measures” but counted once on “Comparison”.",
            "Values of KPIs are in canonical units (37,000千円 is 37,000,000 yen). The columns “as printed” quote the source.",
            "Whatever was noticed while reading (repairs, places that could not be read) is on the sheet “Findings”.",
        ],
    )
}

/// How the stages of the comparison are shown.
pub(crate) fn colours(lang: Lang) -> &'static str {
    lang.pick(
        "段階の色は一つの色の濃淡で、濃いほど進んでいます。色だけで表すことはなく、セルの文字にも必ず段階を書いています。",
        "Stages are shades of one colour, the darker the further. Colour never stands alone: the text of the cell says the stage, too.",
    )
}

/// What a stage means.
pub(crate) fn stage(lang: Lang, stage: &str) -> &'static str {
    match stage {
        "planned" => lang.pick("これから始める", "To be started"),
        "study" => lang.pick("検討・調査している", "Being studied"),
        "build" => lang.pick("構築・準備している", "Being built or prepared"),
        "trial" => lang.pick("試行・実証している", "Being tried out"),
        "operating" => lang.pick("運用・実施している", "In operation"),
        "expanding" => lang.pick(
            "広げている・充実させている",
            "In operation and being extended",
        ),
        "completed" => lang.pick("終えた", "Finished"),
        "withdrawn" => lang.pick("やめた", "Given up"),
        _ => lang.pick("原文から分からない", "The source does not say"),
    }
}

/// Marks of a fiscal year and what they mean: one before the stage, one behind it.
pub(crate) fn year_marks(lang: Lang) -> [(&'static str, &'static str); 2] {
    lang.pick(
        [
            (
                "▷",
                "文書の基準日より後の年度。予定であって報告ではありません。",
            ),
            ("?", "その年度まで及ぶかどうかが原文で確かではありません。"),
        ],
        [
            (
                "▷",
                "The year lies after the day of the document: planned, not reported.",
            ),
            (
                "?",
                "The source leaves a doubt whether the stage extends to that year.",
            ),
        ],
    )
}

/// A remark on what the format had no room for.
pub(crate) fn shortage_text(lang: Lang, sheet: &str, count: usize) -> String {
    match lang {
        Lang::Ja => format!(
            "「{sheet}」：1つのセルに入る文字数を超えた文章が{count}件あり、末尾を省きました。"
        ),
        Lang::En => {
            format!("“{sheet}”: {count} texts are longer than a cell may be; their ends were cut.")
        }
    }
}

/// A remark on links that a sheet may not hold.
pub(crate) fn shortage_links(lang: Lang, sheet: &str, count: usize) -> String {
    match lang {
        Lang::Ja => format!(
            "「{sheet}」：1枚のシートに置けるリンクの数を超えた{count}件は、リンクのない文字にしました。"
        ),
        Lang::En => format!(
            "“{sheet}”: {count} places are text without a link; a sheet may hold no more links."
        ),
    }
}

/// A remark on a list that needs several sheets.
pub(crate) fn shortage_rows(lang: Lang, first: &str, last: &str) -> String {
    match lang {
        Lang::Ja => {
            format!("「{first}」：1枚のシートに入る行数を超えたため、「{last}」まで続きます。")
        }
        Lang::En => format!("“{first}” goes on up to “{last}”; a sheet may hold no more rows."),
    }
}

/// What a severity means.
pub(crate) fn severity(lang: Lang, severity: &str) -> &'static str {
    match severity {
        "error" => lang.pick(
            "読み取れなかったなど、値が欠けているおそれがあるもの（橙色）",
            "Something could not be read; values may be missing (orange)",
        ),
        "warning" => lang.pick(
            "誤記を補正したなど、原文を確かめたほうがよいもの（黄色）",
            "Something was repaired or is odd; better look at the source (yellow)",
        ),
        _ => lang.pick("知っておくとよいもの（色なし）", "Good to know (no colour)"),
    }
}

/// What the bar of an achievement means.
pub(crate) fn bar(lang: Lang) -> &'static str {
    lang.pick(
        "「KPI」シートの達成度＝（実績値−基準値）÷（目標値−基準値）。左端が0%、右端が100%。基準値より後退したものは棒がなく、セルが橙色です。数値も書いています。",
        "Achievement on “KPI”: (actual − baseline) ÷ (target − baseline), from 0% at the left to 100% at the right. What fell behind the baseline has no bar but an orange cell. The number stands there, too.",
    )
}
