//! Measures, and what hangs off them: departments, tracks, schedules.

use jiff::civil::Date;

use crate::words;

record! {
    Measure in measures by [measure_id]
        = "施策・取組。1行が1件。", "A measure of a plan.";
    measure_id: String = "施策ID(文書ID-番号。再実行しても変わらない)",
        "Stable id: the document and the measure's number, with the part where numbers restart";
    document_id: String = "施策が書かれている文書", "Document in which it stands",
        refers_to("documents", "document_id");
    municipality_code: String = "自治体コード", "Municipality whose measure it is",
        refers_to("municipalities", "municipality_code");
    part: Option<String> = "大区分(基本方針・基本目標など)", "Part of the plan, such as a basic policy";
    section: Option<String> = "中区分(施策分野など)", "Section of the part, such as a field";
    number: Option<String> = "施策番号(正規化)", "Number as it should read";
    number_raw: Option<String> = "施策番号(原文)", "Number as printed";
    title: String = "施策名(印を除く)", "Title without marks";
    title_raw: String = "施策名(原文。【新規掲載】などの印を含む)",
        "Title as printed, marks included";
    departments: Option<String> = "担当部署(;区切り)", "Departments as printed, joined with semicolons";
    summary: Option<String> = "施策・事業の内容", "What is done";
    effect: Option<String> = "期待される効果", "Expected effect";
    past: Option<String> = "これまでの取組", "What was done so far";
    future: Option<String> = "今後必要な取組", "What remains to be done";
    stage: String = "共通の段階(文書の基準日時点)",
        "Stage of the common life cycle as of the document's date", one_of(words::STAGES);
    stage_raw: Option<String> = "段階の原文(運用中・検討など)", "Stage as printed";
    stage_basis: Option<String> = "段階を読み取った場所(状況欄・工程表・期間・本文)",
        "What the stage was read from", one_of(words::STAGE_BASES);
    start_fiscal_year: Option<i32> = "事業開始・運用開始の年度", "Fiscal year of the start";
    start_qualifier: Option<String> = "開始年度の限定(以降・適宜・未定)",
        "How the start is limited when it is no plain fiscal year",
        one_of(words::START_QUALIFIERS);
    operation_start_earliest: Option<Date> = "運用開始日の下限", "Earliest possible day operation starts";
    operation_start_latest: Option<Date> = "運用開始日の上限", "Latest possible day operation starts";
    term_start: Option<i32> = "属する期間(短期・中期・長期)の初年度",
        "First fiscal year of the term that the measure belongs to";
    term_end: Option<i32> = "属する期間の最終年度",
        "Last fiscal year of the term that the measure belongs to";
    is_new: bool = "新規掲載か", "Whether it is marked as newly listed";
    is_repeat: bool = "再掲か", "Whether it repeats a measure printed elsewhere";
    repeat_of: Option<String> = "再掲元の施策ID", "The measure that it repeats",
        refers_to("measures", "measure_id");
    locator: String = "原文の場所(行・セル範囲・ページ)",
        "Where it stands in the source: lines, cells or page";
    position: i32 = "文書内の順番", "Order in the document";
    note: Option<String> = "その他の記載(支援の状況など)", "What else the source says of the measure";
    tags: Option<String> = "印(総合戦略など。;区切り)", "Marks on the title, joined with semicolons";
    start_raw: Option<String> = "事業開始年度の原文", "Start as printed";
    operation_start_raw: Option<String> = "運用開始時期の原文", "Start of operation as printed";
    part_raw: Option<String> = "部の原文(正規化で変わった場合だけ)", "Part as printed, where the standard form differs";
    section_raw: Option<String> = "区分の原文(正規化で変わった場合だけ)", "Section as printed, where the standard form differs";
    summary_raw: Option<String> = "内容の原文(正規化で変わった場合だけ)", "Summary as printed, where the standard form differs";
    effect_raw: Option<String> = "効果の原文(正規化で変わった場合だけ)", "Effect as printed, where the standard form differs";
    past_raw: Option<String> = "これまでの取組みの原文(正規化で変わった場合だけ)", "Past work as printed, where the standard form differs";
    future_raw: Option<String> = "今後の取組みの原文(正規化で変わった場合だけ)", "Future work as printed, where the standard form differs";
    note_raw: Option<String> = "その他の記載の原文(正規化で変わった場合だけ)", "Note as printed, where the standard form differs";
}

record! {
    MeasureDepartment in measure_departments by [measure_id, position]
        = "施策の担当部署。1行が1部署。", "A department in charge of a measure.";
    measure_id: String = "施策ID", "The measure", refers_to("measures", "measure_id");
    position: i32 = "施策内の順番", "Order within the measure";
    department: String = "部署名(原文)", "Department as printed";
    department_std: Option<String> = "部署名(名簿による標準表記。名簿がなければ空)",
        "Standard name from the register of departments; null when there is none";
    locator: String = "原文の場所", "Where it stands in the source";
}

record! {
    MeasurePlace in measure_places by [measure_id, field, position]
        = "施策の各項目が書かれている場所。1行が1か所。", "Where a field of a measure stands in its source.";
    measure_id: String = "施策ID", "The measure", refers_to("measures", "measure_id");
    field: String = "項目(名称・内容など)", "Field of the measure", one_of(words::MEASURE_FIELDS);
    position: i32 = "項目内の順番", "Order within the field";
    locator: String = "原文の場所", "Where it stands in the source";
}

record! {
    MeasureTrack in measure_tracks by [measure_id, position]
        = "独自の状況や工程を持つ施策内の系統。1行が1系統。",
        "A track of a measure that has its own status or schedule.";
    measure_id: String = "施策ID", "The measure", refers_to("measures", "measure_id");
    track: String = "系統名(原文)", "Name of the track as printed";
    stage: String = "共通の段階", "Stage of the common life cycle", one_of(words::STAGES);
    stage_raw: Option<String> = "段階の原文", "Stage as printed";
    operation_start_raw: Option<String> = "運用開始時期の原文", "Start of operation as printed";
    operation_start_earliest: Option<Date> = "運用開始日の下限", "Earliest possible day operation starts";
    operation_start_latest: Option<Date> = "運用開始日の上限", "Latest possible day operation starts";
    locator: String = "原文の場所", "Where it stands in the source";
    position: i32 = "施策内の順番", "Order within the measure";
}

record! {
    Schedule in schedules by [measure_id, position, fiscal_year, phase_raw]
        = "工程表。1行が施策・項目・年度の1つの区間。",
        "What is scheduled for an item of a measure in one fiscal year.";
    measure_id: String = "施策ID", "The measure", refers_to("measures", "measure_id");
    item: Option<String> = "工程の項目名(原文)", "Item of the schedule as printed";
    fiscal_year: i32 = "年度(開始年の西暦)", "Fiscal year, named by the year in which it starts";
    phase_raw: String = "工程の原文(検討・導入など)", "Phase as printed";
    stage: Option<String> = "工程に当たる共通の段階", "Stage that the phase means",
        one_of(words::STAGES);
    is_span_certain: bool = "どの年度に及ぶかが原文で確かか",
        "Whether the source leaves no doubt which years the phase covers";
    department: Option<String> = "項目の担当部署(原文)", "Department of the item as printed";
    locator: String = "原文の場所", "Where it stands in the source";
    position: i32 = "施策内の項目の順番", "Order of the item within the measure";
    span_basis: String = "期間の根拠(セル・結合・空欄の連続・矢印)",
        "What shows which years the phase covers", one_of(words::SPAN_BASES);
    other_phase_raw: Option<String> = "同じ項目・年度について文書の別の頁にある工程の原文",
        "What another page of the document prints for the same item and year";
    other_locator: Option<String> = "別の頁の場所", "Where that other page prints it";
    item_raw: Option<String> = "項目名の原文(正規化で変わった場合だけ)", "Item as printed, where the standard form differs";
}
