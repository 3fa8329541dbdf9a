//! Comparison between municipalities, with surveys, and between editions of a plan.

use jiff::civil::Date;

use crate::words;

record! {
    MeasureStage in measure_stages by [measure_id, fiscal_year]
        = "施策の年度別の段階。1行が1施策の1年度。", "Stage of a measure in a fiscal year.";
    measure_id: String = "施策ID", "The measure", refers_to("measures", "measure_id");
    fiscal_year: i32 = "年度(開始年の西暦)", "Fiscal year, named by the year in which it starts";
    stage: String = "その年度の共通の段階", "Stage of the common life cycle in that year", one_of(words::STAGES);
    basis: String = "段階を読み取った場所(状況欄・工程表・期間・本文・運用開始時期)", "What the stage was read from",
        one_of(words::STAGE_YEAR_BASES);
    stage_raw: Option<String> = "段階の原文", "Stage as printed; of a start of operation the printed start";
    item: Option<String> = "段階を読み取った項目(工程の項目・系統)", "Item of the schedule or track that it was read from";
    is_certain: bool = "その年度に及ぶことが原文で確かか", "Whether the source leaves no doubt that it holds for that year";
    is_plan: Option<bool> = "文書の基準日より後の年度か(予定であって報告ではない)。基準日がなければ空",
        "Whether the year lies after the document's date, so that it is planned and not reported; null without a date";
    locator: String = "原文の場所", "Where it stands in the source";
}

record! {
    PeerGroup in peer_groups by [peer_group, municipality_code]
        = "比べる相手の集まり。1行が1団体。", "A municipality of a group of peers.";
    peer_group: String = "集まりのID", "Id of the group";
    municipality_code: String = "自治体コード", "Municipality", refers_to("municipalities", "municipality_code");
    label_ja: String = "集まりの名称(日本語)", "Name of the group in Japanese";
    label_en: String = "集まりの名称(英語)", "Name of the group in English";
    basis: String = "集まりの根拠(全国・都道府県・種類・人口・組み合わせ・列挙)", "What makes them peers",
        one_of(words::PEER_BASES);
}

record! {
    BenchmarkCategory in benchmark_categories by [taxonomy, category_id, document_id]
        = "分類別の集計。1行が1文書の1分類。再掲の施策は数えない。",
        "Counts of one document in one category. Repeats of a measure are not counted.";
    taxonomy: String = "国の計画の版", "Edition of the national plan";
    category_id: String = "分類のID", "The category";
    municipality_code: String = "自治体コード", "Municipality", refers_to("municipalities", "municipality_code");
    document_id: String = "文書ID", "The document", refers_to("documents", "document_id");
    document_kind: String = "文書の種類", "Kind of document", one_of(words::DOCUMENT_KINDS);
    as_of: Option<Date> = "文書の基準日", "Day that the document describes";
    measures: i64 = "施策数(主たる分類がこれである施策)", "Measures whose primary category it is";
    measures_all: i64 = "文書の施策数(再掲を除く)", "All measures of the document without repeats: the denominator of `share`";
    share: f64 = "割合(施策数÷文書の施策数)", "measures / measures_all";
    planned: i64 = "予定の施策数", "Measures at stage planned";
    study: i64 = "検討の施策数", "Measures at stage study";
    build: i64 = "構築の施策数", "Measures at stage build";
    trial: i64 = "試行の施策数", "Measures at stage trial";
    operating: i64 = "運用の施策数", "Measures at stage operating";
    expanding: i64 = "拡大の施策数", "Measures at stage expanding";
    completed: i64 = "完了の施策数", "Measures at stage completed";
    withdrawn: i64 = "取りやめの施策数", "Measures at stage withdrawn";
    unknown: i64 = "段階が書かれていない施策数", "Measures at stage unknown";
    with_kpi: i64 = "指標のある施策数", "Measures with a KPI";
    with_numeric_target: i64 = "数の目標値のある施策数", "Measures with a target that is a number";
    with_result: i64 = "実績値のある施策数", "Measures with an actual value";
    achievement_n: i64 = "達成度を求められた指標数", "KPIs with an achievement (last target, repeats left out)";
    achievement_mean: Option<f64> = "達成度の平均", "Mean achievement";
    achievement_median: Option<f64> = "達成度の中央値", "Median achievement";
    achievement_min: Option<f64> = "達成度の最小値", "Least achievement";
    achievement_max: Option<f64> = "達成度の最大値", "Greatest achievement";
    first_start: Option<i32> = "最初の開始年度", "First fiscal year in which a measure starts";
    last_target: Option<i32> = "最後の目標年度", "Last fiscal year of a target";
}

record! {
    BenchmarkIndicator in benchmark_indicators by [indicator_id, fiscal_year, role, peer_group, source_id]
        = "共通指標の比較。1行が、比べる相手の集まりの中の1つの値。",
        "A value of a shared indicator among the peers of one group in the same fiscal year.";
    indicator_id: String = "共通指標のID", "The indicator", refers_to("indicators", "indicator_id");
    fiscal_year: i32 = "年度", "Fiscal year of the values";
    role: String = "値の役割", "What the values are", one_of(words::KPI_ROLES);
    peer_group: String = "比べる相手の集まり", "Group of peers, as in `peer_groups`";
    municipality_code: String = "自治体コード", "Municipality", refers_to("municipalities", "municipality_code");
    source_id: String = "値の元であるKPIまたは効果のID", "Id of the KPI or the outcome that it comes from";
    document_id: String = "文書ID", "The document", refers_to("documents", "document_id");
    document_kind: String = "文書の種類", "Kind of document", one_of(words::DOCUMENT_KINDS);
    as_of: Option<Date> = "文書の基準日", "Day that the document describes";
    unit: String = "単位", "Unit of the values";
    value: f64 = "値", "The value";
    per_capita: Option<f64> = "人口1人当たりの値", "Value per resident";
    rank: Option<i64> = "順位(望ましい方から1位。方向のない指標、値の大きさを比べられない指標、同じ年度に値が複数ある団体は空)",
        "Rank, 1 is best; equal values share a rank; null for an indicator without a direction or without comparable levels, \
         and for a municipality with several values in the year";
    n: i64 = "比べた団体数", "Municipalities of the group that are compared";
    peer_median: Option<f64> = "集まりの中央値(3団体未満なら空)", "Median of those compared; null for fewer than three municipalities";
    gap_to_median: Option<f64> = "中央値との差(値−中央値)", "value - peer_median";
    gap_to_best: Option<f64> = "最もよい値との差(値−最良値)", "value - best value";
    is_mixed: bool = "種類の異なる文書の値が混じるか", "Whether the values compared come from documents of different kind or date";
}

record! {
    SurveyPosition in survey_positions by [municipality_code, survey, year, indicator, peer_group]
        = "国の調査における位置。1行が1団体の1指標。計画のある団体だけ。",
        "Where a municipality with a document stands in a national survey.";
    municipality_code: String = "自治体コード", "Municipality", refers_to("municipalities", "municipality_code");
    survey: String = "調査のID", "Id of the survey";
    year: i32 = "調査の年度", "Fiscal year of the survey";
    indicator: String = "指標のID", "Indicator of the survey";
    peer_group: String = "比べる相手の集まり", "Group of peers, as in `peer_groups`";
    unit: String = "値の単位", "What the value is", one_of(words::SURVEY_UNITS);
    value: f64 = "値", "The value";
    rank: i64 = "順位(大きい方から。同じ値は同じ順位)", "Rank from the greatest value; equal values share a rank";
    n: i64 = "値のある団体数", "Municipalities of the group with a value";
    mean: Option<f64> = "平均(実施の有無では実施割合。3団体未満なら空)", "Mean; for yes or no the share of yes; null for fewer than three";
    median: Option<f64> = "中央値(3団体未満なら空)", "Median; null for fewer than three";
}

record! {
    PlanQuality in plan_quality by [document_id, field]
        = "計画の記載状況。1行が1文書の1項目。施策(再掲を除く)を数える。",
        "How far the measures of a document state a field. Repeats are not counted.";
    document_id: String = "文書ID", "The document", refers_to("documents", "document_id");
    field: String = "項目", "Field", one_of(words::QUALITY_FIELDS);
    stated: i64 = "書かれている施策数(分子)", "Measures that state it: the numerator";
    not_stated: i64 = "書かれていない施策数", "Measures that do not state it";
    not_read: i64 = "書かれているが読み取れなかった施策数", "Measures that print something that could not be read";
    not_applicable: i64 = "対象外の施策数", "Measures to which it does not apply";
    denominator: i64 = "分母(対象外を除く施策数)", "stated + not_stated + not_read";
    share: Option<f64> = "割合(分子÷分母)。分母が0なら空", "stated / denominator; null when that is 0";
    document_kind: String = "文書の種類", "Kind of document", one_of(words::DOCUMENT_KINDS);
    as_of: Option<Date> = "文書の基準日", "Day that the document describes";
}

record! {
    PlanVsSurvey in plan_vs_survey by [municipality_code, survey, year, indicator, document_id]
        = "計画と国の調査の違い。1行が1つの違い。", "Where a plan and a national survey differ.";
    municipality_code: String = "自治体コード", "Municipality", refers_to("municipalities", "municipality_code");
    survey: String = "調査のID", "Id of the survey";
    year: i32 = "調査の年度", "Fiscal year of the survey";
    indicator: String = "調査の指標のID", "Indicator of the survey";
    document_id: String = "計画の文書", "Document of the plan", refers_to("documents", "document_id");
    difference: String = "違いの種類", "How they differ", one_of(words::SURVEY_DIFFERENCES);
    survey_value: Option<f64> = "調査の値", "Value in the survey";
    survey_raw: Option<String> = "調査のセルの文字", "Cell of the survey as printed";
    survey_as_of: Option<Date> = "調査の時点", "Day of the survey";
    survey_path: String = "調査の表のファイル", "File of the survey";
    survey_locator: String = "調査の表の中の場所", "Cell in that file";
    plan_value: Option<f64> = "計画の値(数で比べた場合)", "Value in the plan, where figures are compared";
    plan_stage: Option<String> = "計画の段階(実施の有無で比べた場合)", "Stage in the plan, where yes or no is compared", one_of(words::STAGES);
    plan_raw: Option<String> = "計画の原文", "What the plan prints";
    plan_as_of: Option<Date> = "計画の時点", "Day of the statement in the plan";
    plan_locator: String = "計画の中の場所", "Place in the plan";
    measure_ids: Option<String> = "関係する施策のID(;区切り)", "Measures that it concerns, joined with semicolons";
    sentence_ja: String = "違いの説明(日本語)", "The difference as a sentence in Japanese";
    sentence_en: String = "違いの説明(英語)", "The difference as a sentence in English";
}

record! {
    MeasureLink in measure_links by [link_id]
        = "計画の版の間の施策の対応。1行が1つの対応。", "How a measure of a newer document follows one of an older.";
    link_id: String = "対応のID", "Stable id";
    municipality_code: String = "自治体コード", "Municipality", refers_to("municipalities", "municipality_code");
    from_document_id: Option<String> = "古い文書(文書がデータにないときは空)", "The older document; null when it is not in the dataset", refers_to("documents", "document_id");
    from_measure_id: Option<String> = "古い施策(新規のとき、または文書がデータにないときは空)",
        "The older measure; null for a new one, and when the older document is not in the dataset", refers_to("measures", "measure_id");
    from_title: Option<String> = "古い施策の名称", "Title of the older measure";
    to_document_id: String = "新しい文書", "The newer document", refers_to("documents", "document_id");
    to_measure_id: Option<String> = "新しい施策(廃止のとき、または新しい文書に施策の一覧がないときは空)",
        "The newer measure; null when it was dropped, and when the newer document lists no measure for it", refers_to("measures", "measure_id");
    to_title: Option<String> = "新しい施策の名称(施策の一覧がないときは本文での呼び名)", "Title of the newer measure, or what the text calls it where no measure is listed";
    relation: String = "対応の種類(継続・改称・分割・統合・廃止・新規)", "How they relate", one_of(words::LINK_RELATIONS);
    score: Option<f64> = "一致の度合い(0〜1)", "How well they fit, from 0 to 1; null where nothing was compared";
    method: String = "対応の決め方(規則・文書の記述・人の判断)", "How it was decided", one_of(words::LINK_METHODS);
    evidence: String = "根拠(日本語)", "What speaks for it, in Japanese";
    evidence_en: String = "根拠(英語)", "What speaks for it, in English";
    statement: Option<String> = "新しい文書の記述(原文。記述による対応だけ)", "What the newer document says, as printed; only of links that it states";
    content_key: String = "両施策の内容キー(判断を記録するときに写す)",
        "Key of both measures' texts: a decision in `reviews/links` names it";
    decided_by: Option<String> = "判断した人", "Who decided, where a person did";
    decided_on: Option<Date> = "判断した日", "Day of that decision";
    locator: String = "根拠が書かれている場所", "Where the evidence stands in the newer document (the older one for a dropped measure)";
}
