//! What is shown on the screen: tables, reports, progress.

messages! {
    /// Progress: files are hashed and recognised.
    stage_ingest() = "読込", "reading";
    /// Progress: documents are normalised.
    stage_normalize() = "整理", "normalizing";
    /// Progress: tables are written.
    stage_export() = "書出", "exporting";
    /// Progress: a document is done.
    document_done(document, measures) = "{document}：施策 {measures} 件", "{document}: {measures} measures";
    /// Progress: a document is unchanged.
    document_unchanged(document) = "{document}：変更なし", "{document}: unchanged";

    /// Progress: documents are fetched.
    stage_fetch() = "取得", "fetching";
    /// Progress: a repetition is waited for.
    fetch_waiting(seconds) = "{seconds} 秒後に再試行", "again in {seconds} s";
    /// Heading of a column: the source.
    column_source() = "取得元", "source";
    /// Heading of a column: what became of it.
    column_state() = "状態", "state";
    /// Heading of a column: bytes.
    column_bytes() = "バイト", "bytes";
    /// Heading of a column: the address.
    column_url() = "URL", "URL";
    /// State: fetched for the first time.
    state_new() = "新規", "new";
    /// State: other bytes than before.
    state_changed() = "更新", "changed";
    /// State: the same bytes as before.
    state_unchanged() = "変更なし", "unchanged";
    /// State: not fetched.
    state_failed() = "失敗", "failed";
    /// An older version was kept.
    kept_version(id, path) = "{id}：文書が差し替えられていました。前の版は {path} にあります。`kurabe run` で所見になります。", "{id}: the document was replaced; the older version is in {path}. `kurabe run` makes it a finding.";
    /// Nothing is there.
    held_nothing() = "なし", "missing";
    /// The beginning is there.
    held_part(bytes) = "途中（{bytes} バイト）", "begun ({bytes} bytes)";
    /// The file is there as fetched.
    held_whole() = "あり", "there";
    /// Another file is there than was fetched.
    held_altered() = "取得後に変更", "altered since";
    /// What would be done: transfer.
    intent_fetch() = "取得する", "fetch";
    /// What would be done: continue.
    intent_continue(bytes) = "続きから（{bytes} バイト取得済み）", "continue ({bytes} bytes are there)";
    /// What would be done: ask for changes.
    intent_check() = "変更を確かめる", "check for changes";
    /// Who the program says it is.
    fetch_agent(agent) = "名乗り：{agent}", "User-Agent: {agent}";

    /// Heading of a column: the document.
    column_document() = "文書", "document";
    /// Heading of a column: the file.
    column_file() = "ファイル", "file";
    /// Heading of a column: the encoding.
    column_encoding() = "文字コード", "encoding";
    /// Heading of a column: measures.
    column_measures() = "施策", "measures";
    /// Heading of a column: KPIs.
    column_kpis() = "KPI", "KPIs";
    /// Heading of a column: findings of severity error.
    column_errors() = "エラー", "errors";
    /// Heading of a column: findings of severity warning.
    column_warnings() = "警告", "warnings";
    /// Heading of a column: findings of severity info.
    column_infos() = "情報", "notes";
    /// Heading of a column: lines that were not read.
    column_unread() = "未読行", "unread";
    /// Name of the row of findings that belong to no document.
    files_row() = "（ファイル全般）", "(files)";
    /// Name of the row of sums.
    total_row() = "合計", "total";

    /// The dataset was written.
    written(folder) = "{folder} に書き出しました。", "Wrote {folder}.";
    /// The version of the dataset that was written.
    version(version, file) = "データの版：{version}（変更点は {file}）", "Version of the dataset: {version} (what changed: {file})";
    /// The dataset was up to date.
    up_to_date(folder) = "{folder} は最新です（変更なし）。", "{folder} is up to date (nothing changed).";
    /// The per-document results are up to date or were written.
    normalized(folder) = "{folder} に文書ごとの結果があります。", "The results of each document are in {folder}.";
    /// There are findings of severity error.
    see_check() = "エラーの内容は `kurabe check` で確かめられます。", "`kurabe check` shows the errors.";
    /// A file that was created.
    created(path) = "作成：{path}", "created {path}";
    /// What to do after `init`.
    init_next() = "次に：raw/ に文書を入れ、municipalities/ の見本を写してプロファイルを書き、`kurabe run` を実行してください。", "Next: put documents into raw/, copy the example in municipalities/ into a profile, then `kurabe run`.";

    /// Severity error.
    severity_error() = "エラー", "error";
    /// Severity warning.
    severity_warning() = "警告", "warning";
    /// Severity info.
    severity_info() = "情報", "note";
    /// Heading of a group of findings.
    findings_heading(document, errors, warnings, infos) = "■ {document}（エラー {errors}・警告 {warnings}・情報 {infos}）", "■ {document} ({errors} errors, {warnings} warnings, {infos} notes)";
    /// Heading of the expectations.
    expectations_heading() = "■ 件数の期待値", "■ Expected counts";
    /// All expectations are met.
    expectations_met() = "  すべて一致しています", "  all are met";
    /// Heading of the coverage.
    coverage_heading() = "■ 原文の行の行き先", "■ What became of every line";
    /// One line of the coverage.
    coverage_line(document, total, records, skipped, unread) = "  {document}：{total} 行 ＝ 記録 {records} ＋ 規則で除外 {skipped} ＋ 未読 {unread}", "  {document}: {total} lines = {records} in records + {skipped} skipped by rule + {unread} unread";
    /// Where the unread lines are.
    coverage_unread(locators) = "    未読：{locators}", "    unread: {locators}";
    /// As printed.
    raw_words(words) = "原文「{words}」", "printed \"{words}\"";
    /// What was published instead.
    repaired_words(words) = "→「{words}」", "-> \"{words}\"";
    /// The dataset is older than its sources.
    outdated() = "注意：原資料・プロファイル・プログラムのいずれかが変わっています。`kurabe run` で作り直してください。", "note: source files, profiles or the program have changed since; `kurabe run` brings the dataset up to date.";

    /// Heading of the values of a row.
    explain_row(table, id) = "■ {table}：{id}", "■ {table}: {id}";
    /// Heading of the source of a row.
    explain_source(path) = "■ 原文（{path}）", "■ Source ({path})";
    /// The source file has changed or is missing.
    source_gone(path) = "原文 {path} が変わったか、見つからないため、引用できません。", "The source {path} has changed or is missing and cannot be quoted.";
    /// The row does not say where it stands.
    source_none() = "この行には原文の場所がありません。", "The row does not say where it stands in the source.";
    /// Some lines were left out.
    source_cut(lines) = "  …（あと {lines} 行）", "  … ({lines} more lines)";
    /// A missing value.
    no_value() = "（なし）", "(none)";
    /// The value `true`.
    yes() = "はい", "yes";
    /// The value `false`.
    no() = "いいえ", "no";

    /// First line of `inspect`.
    page_heading(path, encoding, blocks, lines) = "{path}：文字コード {encoding}、ブロック {blocks}、空行でない行 {lines}", "{path}: encoding {encoding}, {blocks} blocks, {lines} written lines";
    /// The profile that recognises the page.
    page_profile(document) = "プロファイル：{document}", "profile: {document}";
    /// No profile recognises the page.
    page_no_profile() = "プロファイル：該当なし", "profile: none";
    /// A heading block.
    block_heading(level) = "見出し{level}", "heading {level}";
    /// A paragraph block.
    block_paragraph() = "段落", "paragraph";
    /// A list item block.
    block_item() = "項目", "item";
    /// A table block.
    block_table(rows, columns) = "表 {rows}行×{columns}列", "table {rows}x{columns}";
    /// A nested table.
    nested_table(rows, columns) = "入れ子の表 {rows}行×{columns}列", "nested table {rows}x{columns}";
    /// Spans of a cell.
    cell_span(columns, rows) = "（横{columns}・縦{rows}）", "(spans {columns}x{rows})";
    /// Column: rows derived again.
    column_derived() = "再計算", "derived";
    /// Column: places that exist.
    column_places() = "場所", "places";
    /// Column: printed words that stand there.
    column_prints() = "原文", "prints";
    /// Column: share that was proven.
    column_proven() = "証明", "proven";
    /// Column: table.
    column_table() = "表", "table";
    /// Further failures.
    verify_more(count) = "ほか{count}件", "and {count} more";
    /// What a second reader of workbooks says.
    verify_second(books, agreed, differ) = "別の読み取り（calamine）との照合：ブック {books} 件、一致したセル {agreed} 個、公開した値に関わる相違 {differ} 件", "second reading (calamine): {books} workbooks, {agreed} cells agree, {differ} differences touch published values";
    /// A cell that two readers see differently.
    verify_differs(path, place, ours, theirs) = "{path} {place}：kurabe「{ours}」、calamine「{theirs}」", "{path} {place}: kurabe \"{ours}\", calamine \"{theirs}\"";
    /// A workbook that the second reader cannot read.
    verify_unread(path, why) = "{path}：calamine で読めないため照合していません（{why}）", "{path}: not compared, as calamine cannot read it ({why})";
}

/// Heading of the proof.
#[must_use]
pub fn verify_columns(lang: super::Lang) -> Vec<String> {
    vec![
        column_table(lang),
        column_derived(lang),
        column_places(lang),
        column_prints(lang),
        column_proven(lang),
    ]
}
