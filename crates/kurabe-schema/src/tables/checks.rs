//! What a careful reader should know about the other tables.

use crate::words;

record! {
    FindingRow in findings by [finding_id]
        = "読み取りと検査で気付いた点。1行が1件。",
        "Something that a careful reader would want to be told.";
    finding_id: String = "所見のID", "Stable id";
    severity: String = "重大さ(誤り・注意・参考)", "How grave it is", one_of(words::SEVERITIES);
    code: String = "所見の種類を表す符号", "Code of the kind of finding";
    document_id: Option<String> = "関係する文書。なければ空", "Document that it is about, or null",
        refers_to("documents", "document_id");
    measure_id: Option<String> = "関係する施策。なければ空", "Measure that it is about, or null",
        refers_to("measures", "measure_id");
    locator: Option<String> = "原文の場所。なければ空", "Where it stands in the source, or null";
    message_ja: String = "説明(日本語)", "Message in Japanese";
    message_en: String = "説明(英語)", "Message in English";
    raw: Option<String> = "原文", "Text as printed";
    repaired: Option<String> = "修正後の文字列。修正していなければ空",
        "Text after the repair, or null when nothing was repaired";
}

record! {
    CoverageRow in coverage by [document_id, unit]
        = "文書のうち読み取れた割合。1行が1文書の1単位。",
        "How much of a document is accounted for.";
    document_id: String = "文書ID", "The document", refers_to("documents", "document_id");
    unit: String = "数える単位(行・セル・段落)", "What is counted", one_of(words::COVERAGE_UNITS);
    total: i64 = "空白でない単位の総数", "Number of units that are not blank";
    in_records: i64 = "記録に含まれた数", "Number that is in a record";
    skipped_by_rule: i64 = "名前のある規則で除いた数", "Number that a named rule skipped";
    unread: i64 = "読み取れなかった数", "Number that is neither in a record nor skipped";
    unread_locators: Option<String> = "読み取れなかった場所(;区切り)",
        "Where the unread units stand, joined with semicolons";
    skipped_rules: Option<String> = "除いた規則と件数(規則=件数;…)",
        "The rules that skipped units and how many: rule=count, joined with semicolons";
}
