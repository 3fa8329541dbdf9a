//! The national categories, how they follow one another, and how measures are coded to them.

use jiff::civil::Date;

use crate::words;

record! {
    Category in categories by [taxonomy, category_id]
        = "国の計画の分類。1行が1つの版の1項目。", "A category of one edition of the national plan.";
    taxonomy: String = "国の計画の版(5.1 など)", "Edition of the national plan";
    category_id: String = "分類のID", "Id of the category in its edition";
    order: i32 = "版の中の順番", "Order in the edition";
    label_ja: String = "分類の名称(日本語)", "Label in Japanese";
    label_en: String = "分類の名称(英語)", "Label in English";
    group: String = "重点取組事項・あわせて取り組む事項・独自の区分",
        "Priority item, companion item or code of this project", one_of(words::CATEGORY_GROUPS);
    published: Option<String> = "版の公表日(分かる範囲)", "Publication date of the edition, as far as known";
    confidence: String = "この項目の確からしさ", "How well the item is known";
    is_inferred: bool = "版そのものが推定か", "Whether the edition itself is only inferred";
}

record! {
    CategoryCrosswalk in category_crosswalk by [from_taxonomy, from_category, to_taxonomy, position]
        = "版の間の分類の対応。", "How a category of one edition corresponds to one of another.";
    from_taxonomy: String = "もとの版", "Edition that it starts from";
    from_category: String = "もとの分類", "Category that it starts from";
    to_taxonomy: String = "先の版", "Edition that it leads to";
    to_category: Option<String> = "先の分類。後継がなければ空", "Category that it leads to; null for a residual";
    relation: String = "対応の種類", "Kind of correspondence", one_of(words::CROSSWALK_RELATIONS);
    confidence: Option<String> = "対応の確からしさ", "How well the correspondence is known";
    position: i32 = "同じ分類・版の中の順番", "Order among the correspondences of one category and edition";
}

record! {
    MeasureCategory in measure_categories by [measure_id, taxonomy, rank]
        = "施策の分類。1行が1施策・1版・1分類。",
        "A code of a measure in one edition of the national plan.";
    measure_id: String = "施策ID", "The measure", refers_to("measures", "measure_id");
    taxonomy: String = "国の計画の版", "Edition of the national plan";
    category_id: Option<String> = "分類のID。判断できなければ空", "The category, or null when none was found";
    rank: i32 = "順位(1が主分類)", "Rank, 1 being the primary code";
    verdict: String = "判断(付与・候補複数・該当なし・対象外)", "What was decided", one_of(words::VERDICTS);
    score: Option<f64> = "点数", "Score of the category";
    method: String = "方法(文書の明示・規則・人の判断・再掲元)", "How it was found", one_of(words::METHODS);
    confidence: Option<f64> = "確信度(0〜1)", "Confidence from 0 to 1";
    decided_by: Option<String> = "判断した人(人の判断の場合)", "Person who decided, for overrides";
    decided_on: Option<Date> = "判断した日", "Day of that decision";
    decision_source: Option<String> = "判断の出どころ(点検・自治体の回答)",
        "Where that decision came from", one_of(words::DECISION_SOURCES);
    decision_reason: Option<String> = "判断の理由", "Reason that the person gave";
}

record! {
    CategoryEvidence in category_evidence by [measure_id, taxonomy, category_id, rule_id, field]
        = "分類の根拠。1行が1つの規則。", "A rule that spoke for or against a code.";
    measure_id: String = "施策ID", "The measure", refers_to("measures", "measure_id");
    taxonomy: String = "国の計画の版", "Edition of the national plan";
    category_id: String = "分類のID", "The category";
    rule_id: String = "規則のID", "The rule";
    field: String = "見つかった項目(名称・KPI・本文など)", "Field that it was found in";
    term: String = "見つかった語(原文)", "Term as printed";
    weight: f64 = "重み(反対の根拠は負)", "Weight; negative when it speaks against the category";
    locator: String = "原文の場所", "Where it stands in the source";
}
