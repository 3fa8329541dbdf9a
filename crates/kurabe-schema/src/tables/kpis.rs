//! Figures: KPIs with their values, and measured effects.

use jiff::civil::Date;

use crate::words;

record! {
    Kpi in kpis by [kpi_id]
        = "施策の指標(KPI)。1行が1系列。", "A KPI of a measure.";
    kpi_id: String = "KPIのID(施策ID-k番号。系列が複数なら末尾に系列)",
        "Stable id: the measure, a number, and the segment where there are several series";
    measure_id: String = "施策ID", "The measure", refers_to("measures", "measure_id");
    name: String = "指標名", "Name of the KPI";
    segment: Option<String> = "系列(1つの指標に複数の系列がある場合)",
        "Series, where one KPI has several";
    kind: String = "指標の種類(数・割合・時間・金額・到達点・文章)", "Kind of KPI",
        one_of(words::KPI_KINDS);
    unit: Option<String> = "単位(正規化)", "Canonical unit";
    unit_raw: Option<String> = "単位(原文)", "Unit as printed";
    cadence: Option<String> = "数え方の期間(年間・月平均・累計・時点)",
        "Over what time it is counted", one_of(words::CADENCES);
    direction: Option<String> = "望ましい方向(増・減・維持・達成)", "Which way it should go",
        one_of(words::DIRECTIONS);
    indicator_id: Option<String> = "対応する共通指標。なければ空",
        "Shared indicator that it measures, or null", refers_to("indicators", "indicator_id");
    is_repeat: bool = "再掲か", "Whether it repeats a KPI printed elsewhere";
    locator: String = "原文の場所", "Where it stands in the source";
    position: i32 = "施策内の順番", "Order within the measure";
    name_raw: Option<String> = "指標名の原文(正規化で変わった場合だけ)", "Name as printed, where the standard form differs";
}

record! {
    KpiValue in kpi_values by [kpi_id, role, position]
        = "KPIの値。1行が1つの基準値・目標値・実績値。",
        "A value of a KPI: baseline, target or actual.";
    kpi_id: String = "KPIのID", "The KPI", refers_to("kpis", "kpi_id");
    role: String = "値の役割(基準値・目標値・実績値)", "What the value is", one_of(words::KPI_ROLES);
    value: Option<f64> = "値(正規化した単位)。数でなければ空",
        "Value in the canonical unit; null when it is no number";
    value_text: String = "値の原文", "Value as printed";
    unit: Option<String> = "値の単位(正規化)", "Canonical unit of the value";
    fiscal_year: Option<i32> = "値の年度", "Fiscal year of the value";
    as_of_earliest: Option<Date> = "値の時点の下限", "Earliest possible day of the value";
    as_of_latest: Option<Date> = "値の時点の上限", "Latest possible day of the value";
    qualifier: Option<String> = "値の限定(約 about・以上 at_least・以下 at_most・年当たり per_year など)",
        "How the value is limited: about, at_least, at_most, per_year and others";
    note: Option<String> = "値の注記", "Note on the value";
    locator: String = "原文の場所", "Where it stands in the source";
    period_start: Option<i32> = "値が複数年度にわたる場合の初年度",
        "First fiscal year, when the value is for several years";
    position: i32 = "KPI内・役割内の順番", "Order within the KPI and role";
}

record! {
    Outcome in outcomes by [outcome_id]
        = "KPI以外の実測効果。1行が1つの計測。", "A measured effect that is no KPI.";
    outcome_id: String = "効果のID", "Stable id";
    document_id: String = "書かれている文書", "Document in which it stands",
        refers_to("documents", "document_id");
    municipality_code: String = "自治体コード", "Municipality",
        refers_to("municipalities", "municipality_code");
    section: Option<String> = "書かれている見出し", "Heading that it stands under";
    subject: String = "対象(業務・事例の名前)", "What was measured: a task or a case";
    category_hint: Option<String> = "分類の手掛かり(RPA・AIなど)",
        "What hints at its category, such as RPA or AI";
    fiscal_year: Option<i32> = "計測の年度", "Fiscal year of the measurement";
    metric: String = "計測項目(時間・件数など)", "What is counted, such as hours";
    before: Option<f64> = "導入前の値(unitの単位)", "Value before, in the unit of this row";
    after: Option<f64> = "導入後の値(unitの単位)", "Value after, in the unit of this row";
    change: Option<f64> = "変化量(unitの単位。原文の値、なければ前後の差の絶対値)",
        "Amount of the change in the unit of this row: as printed, else the absolute difference";
    rate: Option<f64> = "変化率、または全体に占める割合(%。割合のときは注記に「構成比」)",
        "Change in percent, or the share of a whole, which the note then says";
    unit: Option<String> = "単位(正規化)", "Canonical unit";
    note: Option<String> = "注記", "Note";
    locator: String = "原文の場所", "Where it stands in the source";
    position: i32 = "文書内の順番", "Order in the document";
    measure_id: Option<String> = "対応する施策のID。なければ空", "The measure that it belongs to, or null",
        refers_to("measures", "measure_id");
}
