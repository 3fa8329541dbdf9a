//! What `kurabe evaluate` shows: how well published codes agree with reference codes.

messages! {
    /// Heading of the whole report.
    title() = "分類の正確さ", "Accuracy of the categories";
    /// How the page was made.
    made_by() = "このページは次のコマンドで作り直せます。", "Made, and made again, by this command after `kurabe run`:";
    /// What the reference is.
    reference(measures, municipalities, edition) = "比べた相手：{municipalities} の施策 {measures} 件に付けた分類（国の計画の版 {edition}）。", "Reference: codes of {measures} measures of {municipalities}, edition {edition} of the national plan.";
    /// Who gave the reference codes of the project.
    coders() = "このプロジェクトの参照用の分類は、分類の手引きに従って言語モデルが付けたもので、人が付けたものではありません。一致の度合いは、人の判断との一致を示すものではありません。", "The reference codes of this project were given by language-model coders that followed a codebook, not by people: agreement with them is not agreement with the judgement of a person.";
    /// What the figures do not say.
    fitted() = "注意：規則の重みは、このプロジェクトの参照用の分類を見ながら決めました。その分類と比べた値は、規則がそれに合う度合いであり、ほかの自治体の施策での正確さの見積もりではありません。", "Note: the weights of the rules were chosen on the reference codes of this project. Against those codes the figures show how well the rules fit them; they do not estimate the accuracy on measures of other municipalities.";
    /// How many reference codes are unsure.
    unsure(measures) = "うち {measures} 件は、参照用の分類に迷いがあると記されています。", "For {measures} of them the coder was unsure.";
    /// How many measures have no code.
    unassigned(share) = "分類が付かなかった割合：{share}", "Share without a code: {share}";
    /// How many measures are ambiguous.
    ambiguous(share) = "候補が複数ある割合：{share}", "Share with several candidates: {share}";
    /// How many repeats were left out.
    repeats(measures) = "再掲のため除いたもの：{measures} 件", "Left out as repeats: {measures}";
    /// How many keys fit no measure.
    unmatched(keys) = "施策が見つからなかったキー：{keys} 件", "Keys that fit no measure: {keys}";
    /// A key that fits no measure.
    unmatched_line(line, key) = "  {line} 行目：{key}", "  line {line}: {key}";

    /// Heading: primary codes.
    heading_primary() = "主分類", "Primary codes";
    /// Heading: categories.
    heading_categories() = "分類ごと", "By category";
    /// Heading: confusion.
    heading_confusion() = "参照と公開の組み合わせ", "Reference against published codes";
    /// Heading: the curve of coverage.
    heading_coverage() = "確信度の高いものから数えた場合", "Most confident measures first";
    /// What the curve shows.
    note_coverage() = "同じ確信度の施策は一緒に数えるため、件数が割合を上回ることがあります。", "Measures of equal confidence are taken together, so that there can be more than the coverage asks for.";
    /// Heading: calibration.
    heading_calibration() = "確信度と正解率", "Confidence and accuracy";
    /// Expected calibration error.
    expected_error(value) = "確信度と正解率の差の平均（件数で重み付け）：{value}", "Expected calibration error: {value}";
    /// Heading: municipalities.
    heading_municipalities() = "自治体ごと", "By municipality";
    /// Heading: secondary codes.
    heading_secondary() = "副分類", "Secondary codes";

    /// Column: what was coded.
    column_method() = "方法", "method";
    /// Column: category.
    column_category() = "分類", "category";
    /// Column: label of the category.
    column_label() = "名称", "label";
    /// Column: reference code.
    column_reference() = "参照", "reference";
    /// Column: published code.
    column_published() = "公開", "published";
    /// Column: number of measures.
    column_measures() = "件数", "n";
    /// Column: accuracy.
    column_accuracy() = "正解率", "accuracy";
    /// Column: Wilson interval.
    column_interval() = "95%区間", "95 % interval";
    /// Column: macro-F1.
    column_macro() = "マクロF1", "macro-F1";
    /// Column: precision.
    column_precision() = "適合率", "precision";
    /// Column: recall.
    column_recall() = "再現率", "recall";
    /// Column: F1.
    column_f1() = "F1", "F1";
    /// Column: coverage.
    column_coverage() = "割合", "coverage";
    /// Column: confidence at the cut.
    column_cut() = "境の確信度", "confidence at the cut";
    /// Column: range of confidence.
    column_range() = "確信度の範囲", "confidence";
    /// Column: mean confidence.
    column_confidence() = "平均確信度", "mean confidence";
    /// Column: municipality.
    column_municipality() = "自治体", "municipality";
    /// Column: mean Jaccard similarity.
    column_jaccard() = "平均Jaccard係数", "mean Jaccard";

    /// Row: the published codes.
    row_published() = "公開した分類（説明文も使用）", "published codes (with description)";
    /// Row: the published codes where the reference is sure.
    row_sure() = "同上・参照に迷いがないものだけ", "the same, where the coder was sure";
    /// Row: title only.
    row_title() = "施策名だけで分類", "title only";
    /// Row: baseline of the keywords.
    row_keyword() = "目安：分類名と言い換えの語の一覧（施策名、最初の一致）", "baseline: list of category names and synonyms in the title, first match";
    /// Row: baseline of the majority.
    row_majority(category) = "目安：すべて {category}", "baseline: always {category}";
    /// No code.
    no_code() = "（なし）", "(none)";
    /// Between two names in a list.
    separator() = "、", ", ";

    /// A line of the file is no object with the right keys.
    line_invalid(detail) = "JSON として読めません（{detail}）", "cannot be read as JSON ({detail})";
    /// A category does not exist.
    category_unknown(category, edition) = "版 {edition} に「{category}」という分類はありません", "edition {edition} has no category `{category}`";
    /// A measure stands in the file twice.
    coded_twice(key) = "「{key}」の施策は前の行にもあります", "the measure of `{key}` stands on an earlier line already";
    /// No key fits a measure.
    nothing_fits() = "どのキーにも合う施策がありません", "no key fits a measure of the dataset";
}
