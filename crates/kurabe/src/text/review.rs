//! Sheets for coders and municipalities, and what comes back.

messages! {
    /// A value of a reply is not allowed.
    reply_invalid(path, id) = "{path}：「{id}」の回答に使えない値があります。直すか、回答シートを取り込み直してください", "{path}: the reply on `{id}` has a value that is not allowed; correct it, or import the reply again";
    /// Two replies are about the same fact.
    told_twice(path, id) = "{path}：「{id}」の同じ項目への回答が二つあります。どちらか一方を残してください", "{path}: there are two replies on the same fact of `{id}`; keep one of them";
    /// Two files decide on the indicator of the same thing.
    aligned_twice(path, id) = "{path}：「{id}」の共通指標は別のファイルでも決定済みです。どちらか一方を残してください", "{path}: the indicator of `{id}` is decided in another file too; keep one of them";
    /// Two decisions are about the same link.
    linked_twice(path, sides) = "{path}：対応「{sides}」の判断が二つあります。どちらか一方を残してください", "{path}: there are two decisions on the link `{sides}`; keep one of them";
    /// Two files decide on the same measure.
    decided_twice(id, edition, other) = "「{id}」の {edition} 版は {other} でも決定済みです。どちらか一方を残してください", "edition {edition} of `{id}` is decided in {other} too; keep one of them";

    /// A sheet was written.
    exported(rows, edition, path) = "{rows} 行（国の計画 {edition} 版）を {path} に書き出しました", "Wrote {rows} rows (edition {edition}) to {path}";
    /// What a coding sheet changes.
    imported(new, changed, blank) = "新しい決定 {new} 件、変更した決定 {changed} 件（分類の記入がない行 {blank}）", "{new} new decisions, {changed} changed ones ({blank} rows without codes)";
    /// What a reply changes of the codes.
    imported_codes(new, changed) = "分類：新しい決定 {new} 件、変更した決定 {changed} 件", "Codes: {new} new decisions, {changed} changed ones";
    /// What a reply changes of other facts.
    imported_facts(new, changed) = "その他の事実：新しい訂正 {new} 件、変更した訂正 {changed} 件", "Other facts: {new} new corrections, {changed} changed ones";
    /// Nothing is new.
    nothing_new() = "新しく取り込む内容はありません", "There is nothing new to take over";
    /// The folder was changed by somebody else while decisions were taken over.
    changed_meanwhile(place) = "{place} のファイルが、読み込んだ後に変更されました。何も書き込んでいません", "files in {place} were changed after they had been read; nothing was written";
    /// What to do about it.
    changed_meanwhile_hint() = "変更の内容を確かめ、もう一度実行してください", "look at what was changed, and do it again";
    /// A file was written.
    written(path) = "{path} に書き込みました", "Wrote {path}";
    /// What comes next.
    run_next() = "公開用データに反映するには `kurabe run` を実行してください", "To publish it, run `kurabe run`";

    /// The form of a sheet cannot be told.
    form_unknown(path) = "「{path}」は .csv でも .xlsx でもありません", "`{path}` ends neither in .csv nor in .xlsx";
    /// What to do about it.
    form_hint() = "--to に .csv または .xlsx で終わる名前を指定してください", "give --to a name that ends in .csv or .xlsx";

    /// How many measures both coded.
    both_coded(n, a, b) = "2人とも分類した施策：{n} 件（A だけ {a} 件、B だけ {b} 件）", "Measures that both coded: {n} (only A: {a}, only B: {b})";
    /// Raw agreement.
    raw(value) = "主分類の一致率：{value}", "Raw agreement of the primary code: {value}";
    /// Cohen's κ.
    kappa(value) = "コーエンの κ：{value}", "Cohen's kappa: {value}";
    /// Krippendorff's α.
    alpha(value) = "クリッペンドルフの α：{value}", "Krippendorff's alpha: {value}";
    /// Mean Jaccard index.
    jaccard(value) = "すべての分類の一致（ジャッカード係数の平均）：{value}", "All codes, mean Jaccard index: {value}";
    /// A figure that is not defined.
    undefined() = "計算できません", "not defined";
    /// Heading of the codes.
    column_code() = "主分類", "primary code";
    /// Heading of what both gave.
    column_both() = "両方", "both";
    /// Heading of the agreement on a code.
    column_positive() = "一致度", "agreement";
    /// The codes of no measure differ.
    no_disagreements() = "食い違いはありません", "There are no disagreements";
    /// Heading of the disagreements.
    disagreements(count) = "食い違い {count} 件", "{count} disagreements";
    /// A disagreement on the primary code.
    disagreement(id, title, a, b) = "  {id} {title}：A {a} ／ B {b}", "  {id} {title}: A {a} / B {b}";
    /// A disagreement on secondary codes only.
    disagreement_secondary(id, title, a, b) = "  {id} {title}：A {a} ／ B {b}（副分類のみ）", "  {id} {title}: A {a} / B {b} (secondary codes only)";

    /// What a municipality answered.
    answered(changed, confirmed, unanswered) = "訂正 {changed} 件、確認 {confirmed} 件、未回答 {unanswered} 件", "{changed} corrected, {confirmed} confirmed, {unanswered} not answered";
    /// A remark on a fact that was not corrected.
    remark(id, field, remark) = "  備考 {id} {field}：{remark}", "  remark on {id}, {field}: {remark}";

    /// Label of the expected effect.
    effect() = "期待される効果", "Expected effect";
    /// Label of what was done so far.
    past() = "これまでの取組", "So far";
    /// Label of what remains to be done.
    future() = "今後の取組", "To be done";
    /// Label of the note.
    note() = "その他", "Note";
    /// Label of the quoted source.
    source(locator) = "原文 {locator}", "Source {locator}";
}

/// What people call a stage of the common life cycle.
#[must_use]
pub fn stage(lang: crate::text::Lang, stage: &str) -> &str {
    match kurabe_schema::label_in(kurabe_schema::words::STAGES, stage) {
        Some(label) => lang.pick(label.ja, label.en),
        None => stage,
    }
}
