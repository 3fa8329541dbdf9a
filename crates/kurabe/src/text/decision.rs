//! How the codes of a measure are explained.

messages! {
    /// Heading of a decision.
    heading(edition) = "■ 国の計画 {edition} 版の分類", "■ Codes in edition {edition} of the national plan";
    /// A published code.
    code(rank, category, verdict, method, score, confidence) = "  {rank}. {category}（{verdict}・{method}・点数 {score}・確信度 {confidence}）", "  {rank}. {category} ({verdict}, {method}, score {score}, confidence {confidence})";
    /// No code was found.
    unmatched() = "  該当する分類を判断できません（既定の分類は当てません）", "  no category has enough evidence (there is no default category)";
    /// The codes are those of the first occurrence.
    inherited(first) = "  再掲のため、初出 {first} の分類を引き継ぎます", "  a repeat: it has the codes of its first occurrence, {first}";
    /// The rules give another code now.
    rules_changed() = "  注意：規則が変わったため、今の規則では主分類が異なります。`kurabe run` で作り直してください", "  note: the rules have changed since and give another primary code; run `kurabe run`";
    /// A category that came next.
    next(category, score) = "{category}（点数 {score}）", "{category} (score {score})";
    /// The categories that came next.
    next_ones(categories) = "  次点：{categories}", "  runners-up: {categories}";
    /// No other category has evidence.
    next_none() = "  次点：なし", "  runners-up: none";
    /// Heading of the rules that count.
    rules_for() = "  根拠（規則が見つけた語）", "  evidence (terms that rules found)";
    /// Heading of the rules against.
    rules_against() = "  反対の根拠", "  evidence against";
    /// A rule.
    rule(category, weight, field, term, id) = "    {category} {weight}：{field}の「{term}」 規則 {id}", "    {category} {weight}: \"{term}\" in the {field}, rule {id}";
    /// Heading of the rules that were held back.
    held_back() = "  語はあったが数えなかった規則", "  rules whose term stands there but that do not count";
    /// A rule that was held back.
    held_back_rule(term, id, reason) = "    「{term}」 規則 {id}：{reason}", "    \"{term}\", rule {id}: {reason}";
    /// The rule does not count in the field.
    other_field(field) = "{field}では数えない", "does not count in the {field}";
    /// An excluding word stands there.
    excluded(word) = "同じ文に「{word}」がある", "\"{word}\" stands in the same text";
    /// None of the required words stands there.
    required(words) = "必要な語（{words}）がない", "none of the required words ({words}) is there";
    /// Heading of the other editions.
    other_editions() = "■ ほかの版の分類", "■ Codes in the other editions";
    /// The codes of an edition in one line.
    edition_line(edition, labels) = "  {edition}：{labels}", "  {edition}: {labels}";
    /// No code in an edition.
    no_code() = "該当なし", "none";

    /// Verdict: assigned.
    verdict_assigned() = "付与", "assigned";
    /// Verdict: ambiguous.
    verdict_ambiguous() = "候補が複数", "ambiguous";
    /// Verdict: out of scope.
    verdict_out_of_scope() = "対象外", "out of scope";
    /// Verdict: unmatched.
    verdict_unmatched() = "該当なし", "unmatched";
    /// Method: the document says so.
    method_explicit() = "文書の明示", "stated by the document";
    /// Method: a person.
    method_override() = "人の判断", "decided by a person";
    /// Method: inherited.
    method_inherited() = "初出から", "inherited";
    /// Method: rules.
    method_rule() = "規則", "rule";

    /// Field: title.
    field_title() = "名称", "title";
    /// Field: KPI.
    field_kpi() = "KPI名", "name of a KPI";
    /// Field: item.
    field_item() = "工程の項目", "item";
    /// Field: section.
    field_section() = "区分", "heading";
    /// Field: department.
    field_department() = "担当部署", "department";
    /// Field: description.
    field_description() = "内容", "description";
}
