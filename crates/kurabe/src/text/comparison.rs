//! What `kurabe compare` and `kurabe gaps` say.

use crate::text::Lang;
pub use crate::text::review::stage;

messages! {
    /// Heading of an identifier.
    id() = "ID", "Id";
    /// Heading of a category.
    category() = "分類", "Category";
    /// Title of the matrix.
    matrix_title(edition, year) = "分類別の施策（国の計画 {edition} 版{year}）", "Measures by category (national plan, edition {edition}{year})";
    /// What the cells of the matrix are.
    matrix_note() = "再掲を除く施策数。「運用」は運用・拡大・完了の数", "Measures without repeats; running counts operating, expanding and completed ones";
    /// Added to a title when a year was chosen.
    of_year(year) = "、{year}年度", ", fiscal year {year}";
    /// A cell of the matrix.
    measures_running(measures, running) = "{measures}（運用{running}）", "{measures} ({running} running)";
    /// Added where measures were withdrawn.
    withdrawn_of(count) = "取りやめ{count}", "{count} withdrawn";
    /// Documents of different kind or date stand side by side.
    mixed() = "文書の種類または基準日が異なります。値を比べるときは注意してください（＊は異なる文書を比べた順位）", "The documents differ in kind or date; mind this when comparing (* marks ranks across such documents)";
    /// Title of a category.
    category_title(label, edition, year) = "{label}（国の計画 {edition} 版{year}）", "{label} (national plan, edition {edition}{year})";
    /// What a share refers to.
    share_note() = "割合の分母は文書の施策数（再掲を除く）。達成度は最後の目標に対するもの", "Shares refer to all measures of the document without repeats; achievement to the last target";
    /// Heading of the n-th measures.
    measure_number(number) = "施策{number}", "Measure {number}";
    /// Title of an indicator.
    indicator_title(label, unit, year) = "{label}（{unit}{year}）", "{label} ({unit}{year})";
    /// The year of a value.
    in_year(year) = "（{year}年度）", " (FY{year})";
    /// A rank among peers.
    ranked(rank, n, role, year) = "{rank}位/{n}（{year}年度{role}）", "{rank} of {n} (FY{year} {role})";
    /// An answer to a survey with its rank.
    surveyed(value, year, rank, n) = "{value}（{year}年度調査、{rank}位/{n}）", "{value} (survey of FY{year}, {rank} of {n})";
    /// Title of the list.
    gap_title(name, edition) = "{name}の特徴（国の計画 {edition} 版）", "Where {name} stands out (national plan, edition {edition})";
    /// With whom it is compared.
    gap_note(documents) = "比べた文書：{documents}件。多くの団体にあって当該団体にないもの、その逆、順位の端、調査との違いを挙げる", "Compared with {documents} documents: what most peers have and it has not, the other way round, first and last ranks, differences from surveys";
    /// Own measures of a category.
    gap_own(measures, running, share) = "施策{measures}件（運用{running}、割合{share}）", "{measures} measures ({running} running, share {share})";
    /// Measures of peers.
    gap_peers(with, peers, running, share) = "{peers}文書中{with}文書に施策あり（運用あり{running}、割合の中央値{share}）", "{with} of {peers} documents have some ({running} with running ones, median share {share})";
    /// A value with its rank.
    gap_value(value, year, rank, n) = "{value}（{year}年度、{rank}位/{n}）", "{value} (FY{year}, {rank} of {n})";
    /// The best of the peers.
    gap_best(name, value) = "最もよい団体：{name} {value}", "Best peer: {name} {value}";
    /// A question of a survey.
    gap_survey(label, year) = "国の調査（{year}年度）：{label}", "National survey (FY{year}): {label}";
    /// A field of the plan.
    gap_field(field, document) = "計画の記載：{field}（{document}）", "What the plan states: {field} ({document})";
    /// The median of the peers.
    gap_median(share, n) = "中央値{share}（{n}文書）", "Median {share} ({n} documents)";
    /// A difference between plan and survey.
    gap_plan_vs_survey(year) = "計画と国の調査（{year}年度）の違い", "Plan and national survey (FY{year}) differ";
    /// `compare`.
    compare() = "公開用データを自治体間で横に並べます（分類・共通指標・全体）", "Put the published dataset side by side: a category, an indicator, or the whole";
    /// `gaps`.
    gaps() = "ある自治体が他と違う点と、そこで他の自治体が行っていることを挙げます", "List where a municipality stands out and what its peers do there";
    /// `--category`.
    compare_category() = "分類のID", "A category, by id";
    /// `--indicator`.
    compare_indicator() = "共通指標のID", "A shared indicator, by id";
    /// `--municipality`.
    compare_municipality() = "自治体のコードまたは名称（繰り返し可。既定：すべて）", "A municipality by code or name; may be repeated (default: all)";
    /// `--peer`.
    compare_peer() = "比べる相手の集まり（peer_groups のID）", "A group of peers, by its id in peer_groups";
    /// `--year`.
    compare_year() = "年度（開始年の西暦）", "A fiscal year, by the year in which it starts";
    /// `--format`.
    compare_format() = "形式：table（端末の幅に収まる表）、csv、json、md", "Form: table (fits the terminal), csv, json, md";
    /// `gaps MUNICIPALITY`.
    gaps_municipality() = "自治体のコードまたは名称", "The municipality, by code or name";
}

/// Added to a title when a year was chosen; empty otherwise.
#[must_use]
pub fn year_suffix(lang: Lang, year: Option<i32>) -> String {
    year.map(|year| of_year(lang, year)).unwrap_or_default()
}

/// Share of peers that answer yes, or their median.
#[must_use]
pub fn gap_surveyed(lang: Lang, is_yes_no: bool, figure: String, n: i64) -> String {
    match (lang, is_yes_no) {
        (Lang::Ja, true) => format!("{figure} % の団体が実施（{n}団体）"),
        (Lang::Ja, false) => format!("中央値 {figure}（{n}団体）"),
        (Lang::En, true) => format!("{figure} % of {n} do it"),
        (Lang::En, false) => format!("median {figure} of {n}"),
    }
}

/// An answer to a survey.
#[must_use]
pub fn survey_value(lang: Lang, unit: &str, value: f64) -> String {
    match unit {
        "yes_no" if value > 0.5 => lang.pick("実施", "yes").to_owned(),
        "yes_no" => lang.pick("未実施", "no").to_owned(),
        "percent" => format!("{value} %"),
        _ => value.to_string(),
    }
}

/// What people call a kind of document.
#[must_use]
pub fn document_kind(lang: Lang, kind: &str) -> &str {
    match kurabe_schema::label_in(kurabe_schema::words::DOCUMENT_KINDS, kind) {
        Some(label) => lang.pick(label.ja, label.en),
        None => kind,
    }
}

/// What people call a figure of `benchmark_categories`.
#[must_use]
pub fn figure(lang: Lang, name: &str) -> &str {
    match name {
        "measures" => lang.pick("施策数", "Measures"),
        "share" => lang.pick("割合", "Share"),
        "with_kpi" => lang.pick("指標あり", "With a KPI"),
        "with_numeric_target" => lang.pick("数値目標あり", "With a numeric target"),
        "with_result" => lang.pick("実績あり", "With a result"),
        "achievement_n" => lang.pick("達成度のある指標", "KPIs with an achievement"),
        "achievement_mean" => lang.pick("達成度の平均", "Mean achievement"),
        "achievement_median" => lang.pick("達成度の中央値", "Median achievement"),
        "first_start" => lang.pick("最初の開始年度", "First start (FY)"),
        "last_target" => lang.pick("最後の目標年度", "Last target (FY)"),
        other => stage(lang, other),
    }
}

/// Heading of a column of the comparison of an indicator.
#[must_use]
pub fn indicator_column(lang: Lang, key: &str) -> &str {
    match key {
        "municipality" => lang.pick("自治体", "Municipality"),
        "document_id" => lang.pick("文書", "Document"),
        "source_id" => lang.pick("元のID", "Source"),
        "name" => lang.pick("計画での名称", "Name in the plan"),
        "achievement" => lang.pick("達成度", "Achievement"),
        "per_thousand" => lang.pick("人口千人当たり", "Per 1,000 residents"),
        "rank" => lang.pick("順位", "Rank"),
        "gap_to_best" => lang.pick("最良との差", "Gap to the best"),
        "survey" => lang.pick("国の調査", "National survey"),
        other => role(lang, other),
    }
}

/// What people call the role of a value.
#[must_use]
pub fn role(lang: Lang, role: &str) -> &str {
    match role {
        "baseline" => lang.pick("基準", "baseline"),
        "target" => lang.pick("目標", "target"),
        "actual" => lang.pick("実績", "actual"),
        other => other,
    }
}

/// What is added to a value that is limited.
#[must_use]
pub fn qualifier(lang: Lang, qualifier: &str) -> &str {
    match qualifier {
        "about" => lang.pick("程度", " or so"),
        "at_least" => lang.pick("以上", " or more"),
        "at_most" => lang.pick("以下", " or less"),
        "per_year" => lang.pick("／年", " a year"),
        _ => "",
    }
}

/// Why there is no achievement.
#[must_use]
pub fn reason(lang: Lang, reason: &str) -> &str {
    match reason {
        "no_target" => lang.pick("目標なし", "no target"),
        "no_baseline" => lang.pick("基準値なし", "no baseline"),
        "no_actual" => lang.pick("実績なし", "no result"),
        "target_equals_baseline" => lang.pick("目標が基準と同じ", "target equals baseline"),
        "milestone" => lang.pick("到達点", "milestone"),
        "not_numeric" => lang.pick("数でない", "no number"),
        "different_unit" => lang.pick("単位が異なる", "different units"),
        "different_cadence" => lang.pick("数え方が異なる", "counted differently"),
        "no_direction" => lang.pick("方向が不明", "no direction"),
        "future_target_only" => lang.pick("目標年度前", "targets lie ahead"),
        other => other,
    }
}

/// What people call a field of `plan_quality`.
#[must_use]
pub fn field(lang: Lang, field: &str) -> String {
    let name = match field {
        "owner" => lang.pick("担当部署", "owner"),
        "schedule" => lang.pick("工程", "schedule"),
        "kpi" => lang.pick("指標", "KPI"),
        "baseline" => lang.pick("基準値", "baseline"),
        "target" => lang.pick("目標値", "target"),
        "target_year" => lang.pick("目標年度", "target year"),
        "result" => lang.pick("実績", "result"),
        other => other,
    };
    name.to_owned()
}

/// Heading of a column of the list of gaps.
#[must_use]
pub fn gap_column(lang: Lang, key: &str) -> &str {
    match key {
        "direction" => lang.pick("方向", "Direction"),
        "area" => lang.pick("項目", "Area"),
        "own" => lang.pick("当該団体", "This municipality"),
        "peers" => lang.pick("他の団体", "Peers"),
        "measure_ids" => lang.pick("施策ID", "Measures"),
        "peer_measure_ids" => lang.pick("他の団体の施策ID", "Measures of peers"),
        other => other,
    }
}

/// Which way a municipality stands out.
#[must_use]
pub fn direction(lang: Lang, is_ahead: bool) -> &'static str {
    if is_ahead {
        lang.pick("先行", "ahead")
    } else {
        lang.pick("不足", "behind")
    }
}
