//! Lists: items of measures, survey answers, statements that belong to no measure.

use jiff::civil::Date;

use crate::words;

record! {
    SurveyResult in survey_results by [document_id, question_id, position]
        = "アンケート結果。1行が1設問の1選択肢。", "An answer option of a survey question.";
    document_id: String = "書かれている文書", "Document in which it stands",
        refers_to("documents", "document_id");
    question_id: String = "設問のID", "Id of the question within the document";
    question: String = "設問文", "Question as printed";
    answer_type: Option<String> = "回答方式(単一・複数)", "How many answers are allowed",
        one_of(words::ANSWER_TYPES);
    option: String = "選択肢", "Answer option as printed";
    count: Option<i64> = "回答数(件)", "Number of answers";
    percent: Option<f64> = "割合(%)", "Share of the answers in percent";
    base_n: Option<i64> = "割合の分母となる回答者数", "Number of respondents the share refers to";
    locator: String = "原文の場所", "Where it stands in the source";
    position: i32 = "設問内の順番", "Order within the question";
}

record! {
    Listing in listings by [document_id, list, position]
        = "一覧の項目(手続一覧・キャッシュレス対応一覧など)。1行が1項目。",
        "An item of a list, such as the procedures that can be done online.";
    measure_id: Option<String> = "一覧が属する施策。なければ空",
        "The measure that the list belongs to, or null", refers_to("measures", "measure_id");
    list: String = "一覧の名前", "Name of the list";
    group: Option<String> = "一覧内の区分", "Group within the list";
    item: String = "項目名(原文)", "Item as printed";
    state: Option<String> = "項目の状態(済・予定・不可・一部)", "State of the item",
        one_of(words::LISTING_STATES);
    department: Option<String> = "担当部署(原文)", "Department as printed";
    locator: String = "原文の場所", "Where it stands in the source";
    document_id: String = "書かれている文書", "Document in which it stands",
        refers_to("documents", "document_id");
    position: i32 = "一覧内の順番", "Order within the list";
    number: Option<i32> = "項目番号(原文に番号がある場合)", "Number of the item, where one is printed";
    note: Option<String> = "備考", "Remark";
    item_raw: Option<String> = "項目の原文(正規化で変わった場合だけ)", "Item as printed, where the standard form differs";
}

record! {
    PlanItem in plan_items by [plan_item_id]
        = "どの施策にも属さない計画の記述。1行が1件。",
        "What a plan says that belongs to no measure.";
    document_id: String = "書かれている文書", "Document in which it stands",
        refers_to("documents", "document_id");
    list: String = "記述のまとまりの名前", "Name of the list or chapter";
    group: Option<String> = "まとまり内の区分", "Group within the list";
    period_start: Option<i32> = "期間の初年度", "First fiscal year that it concerns";
    period_end: Option<i32> = "期間の最終年度", "Last fiscal year that it concerns";
    text: String = "記述(原文)", "Text as printed";
    locator: String = "原文の場所", "Where it stands in the source";
    plan_item_id: String = "記述のID", "Stable id";
    position: i32 = "文書内の順番", "Order in the document";
    date_earliest: Option<Date> = "記述の日付の下限", "Earliest possible day that it concerns";
    date_latest: Option<Date> = "記述の日付の上限", "Latest possible day that it concerns";
    number: Option<String> = "記述の番号(原文)", "Number as printed";
    text_raw: Option<String> = "文言の原文(正規化で変わった場合だけ)", "Text as printed, where the standard form differs";
}
