//! KPIs made comparable: their progress, and the indicators that several municipalities share.

use jiff::civil::Date;

use crate::words;

record! {
    KpiProgress in kpi_progress by [kpi_id, position]
        = "指標の達成状況。1行が1つの目標値。", "How far a KPI has come towards one of its targets.";
    kpi_id: String = "KPIのID", "The KPI", refers_to("kpis", "kpi_id");
    position: i32 = "目標値の順番(kpi_valuesのposition。目標値がなければ0)",
        "Position of the target in `kpi_values`; 0 when the KPI has no target";
    measure_id: String = "施策ID", "The measure", refers_to("measures", "measure_id");
    unit: Option<String> = "単位(正規化)", "Canonical unit of the values";
    cadence: Option<String> = "数え方の期間", "Over what time the values are counted", one_of(words::CADENCES);
    baseline: Option<f64> = "基準値", "Baseline that was used";
    baseline_year: Option<i32> = "基準値の年度", "Fiscal year of the baseline";
    target: Option<f64> = "目標値", "Target";
    target_year: Option<i32> = "目標値の年度", "Fiscal year of the target";
    actual: Option<f64> = "最新の実績値", "Latest actual value that can be compared with the target";
    actual_year: Option<i32> = "実績値の年度", "Fiscal year of the actual value";
    actual_as_of: Option<Date> = "実績値の時点", "Day that the actual value describes, when stated";
    achievement: Option<f64> = "達成度=(実績−基準)÷(目標−基準)。求められないときは空",
        "Achievement: (actual - baseline) / (target - baseline); null where it is not defined";
    reason: Option<String> = "達成度が空である理由", "Why there is no achievement",
        one_of(words::ACHIEVEMENT_REASONS);
    expected: Option<f64> = "基準年度から目標年度まで一定の速さで進む場合の、実績の年度における達成度",
        "Achievement that a straight line from the baseline year to the target year asks for in the year of the actual value";
    is_on_track: Option<bool> = "達成度が一定の速さで進む場合以上か",
        "Whether the achievement is at least the expected one; null where either is not defined";
    is_met: Option<bool> = "目標年度の実績値が目標値に達しているか。目標年度の実績がまだないとき、同じ数え方の数でないとき、向きが分からないときは空",
        "Whether the actual value of the target year reaches the target; null before that year, or where the two cannot be compared or the direction is not known";
    milestone_state: Option<String> = "節目の到達状況(済・途中・未。読み取れないときは空)",
        "How far a milestone has come, where its result says so", one_of(words::MILESTONE_STATES);
    is_final: bool = "その指標の最後の目標か", "Whether it is the last target of the KPI";
    baseline_position: Option<i32> = "基準値の順番(kpi_valuesのposition)", "Position of the baseline in `kpi_values`";
    actual_position: Option<i32> = "実績値の順番(kpi_valuesのposition)", "Position of the actual value in `kpi_values`";
}

record! {
    Indicator in indicators by [indicator_id]
        = "自治体間で共通する指標。", "An indicator that KPIs and outcomes of several municipalities measure.";
    indicator_id: String = "共通指標のID", "Stable id";
    label_ja: String = "名称(日本語)", "Name in Japanese";
    label_en: String = "名称(英語)", "Name in English";
    definition_ja: String = "定義(日本語)", "Definition in Japanese";
    definition_en: String = "定義(英語)", "Definition in English";
    unit: String = "単位(正規化)", "Canonical unit";
    cadence: Option<String> = "数え方の期間(決まっているとき)", "Over what time it is counted, where that is fixed",
        one_of(words::CADENCES);
    direction: Option<String> = "望ましい方向", "Which way it should go", one_of(words::DIRECTIONS);
    denominator_ja: Option<String> = "割合の分母(日本語)", "What a share refers to, in Japanese";
    denominator_en: Option<String> = "割合の分母(英語)", "What a share refers to, in English";
    is_per_capita: bool = "人口当たりの値に意味があるか", "Whether a value per resident makes sense";
    is_level_comparable: bool = "値の大きさを自治体間で比べられるか(偽のときは変化や達成度だけを比べる)",
        "Whether levels may be compared between municipalities; where false, only changes and achievement";
    national_survey: Option<String> = "対応する国の調査", "National survey that asks for the same";
    national_indicator: Option<String> = "対応する国の調査の指標", "Indicator of that survey that corresponds to it";
    caveat_ja: Option<String> = "比べる際の注意(日本語)", "What to mind when comparing, in Japanese";
    caveat_en: Option<String> = "比べる際の注意(英語)", "What to mind when comparing, in English";
}

record! {
    IndicatorValue in indicator_values by [indicator_id, source_id, role, position]
        = "共通指標の値。1行が1つの値。効果では、前の値が基準値、後の値・変化量・率が実績値。",
        "A value of a shared indicator. Of an outcome the value before is a baseline, the value after, the change or the rate an actual value.";
    indicator_id: String = "共通指標のID", "The indicator", refers_to("indicators", "indicator_id");
    municipality_code: String = "自治体コード", "Municipality", refers_to("municipalities", "municipality_code");
    document_id: String = "書かれている文書", "Document in which it stands", refers_to("documents", "document_id");
    source_id: String = "値の元であるKPI・効果・施策のID", "Id of the KPI, the outcome or (for a figure in its text) the measure that it comes from";
    kpi_id: Option<String> = "KPIのID(KPIでないときは空)", "The KPI; null for what is none", refers_to("kpis", "kpi_id");
    outcome_id: Option<String> = "効果のID(効果でないときは空)", "The outcome; null for what is none", refers_to("outcomes", "outcome_id");
    measure_id: Option<String> = "施策ID。施策に属さない効果のときは空", "The measure; null for an outcome that belongs to none",
        refers_to("measures", "measure_id");
    subject: String = "何についての値か(指標名と系列、業務・手続の名前、施策名)",
        "What it is a value of: name and series of the KPI, the task or procedure, or the title of the measure";
    role: String = "値の役割(基準値・目標値・実績値)", "What the value is", one_of(words::KPI_ROLES);
    position: i32 = "元の中の順番", "Order within its source and role";
    fiscal_year: Option<i32> = "値の年度", "Fiscal year of the value";
    as_of_earliest: Option<Date> = "値の時点の下限", "Earliest possible day of the value";
    as_of_latest: Option<Date> = "値の時点の上限", "Latest possible day of the value";
    value: f64 = "値(共通指標の単位)", "Value in the unit of the indicator";
    value_raw: Option<String> = "値の原文(効果のときは空)", "Value as printed; null for an outcome, whose row holds the number as printed";
    qualifier: Option<String> = "値の限定", "How the value is limited, as in `kpi_values`";
    population: Option<i64> = "人口当たりの値の分母", "Population that `per_capita` divides by";
    population_as_of: Option<Date> = "その人口の時点", "Day of that population";
    per_capita: Option<f64> = "人口1人当たりの値。人口が設定されていないとき、その時点がほかの自治体と違うとき、意味がないときは空",
        "Value per resident; null where no population is configured, where its day is not that of the other municipalities, or where it makes no sense";
    achievement: Option<f64> = "達成度(実績値で求められるもの)", "Achievement, on actual values for which it is defined";
    caveat_ja: Option<String> = "共通指標の定義との違い(日本語)", "How it differs from the definition, in Japanese";
    caveat_en: Option<String> = "共通指標の定義との違い(英語)", "How it differs from the definition, in English";
    is_repeat: bool = "再掲か", "Whether it repeats what is printed elsewhere";
    locator: String = "原文の場所", "Where the value stands in the source";
}

record! {
    IndicatorEvidence in indicator_evidence by [indicator_id, source_id, position]
        = "共通指標に結び付けた根拠。1行が1つの語。", "Why a KPI, an outcome or a figure was aligned to an indicator.";
    indicator_id: String = "共通指標のID", "The indicator", refers_to("indicators", "indicator_id");
    document_id: String = "書かれている文書", "Document in which it stands", refers_to("documents", "document_id");
    source_id: String = "KPI・効果・施策のID", "Id of the KPI, the outcome or the measure";
    position: i32 = "順番", "Order";
    rule_id: String = "規則のID(人の判断ならoverride)", "The rule; `override` for the decision of a person";
    field: String = "語があった項目", "Field in which the term stood";
    term: String = "一致した語", "Term that matched";
    locator: String = "原文の場所", "Where it stands in the source";
    decided_by: Option<String> = "人が判断したとき、その人", "Who decided, where a person did";
    decided_on: Option<Date> = "判断した日", "Day of that decision";
    decision_reason: Option<String> = "判断の理由", "Reason of that decision";
}
