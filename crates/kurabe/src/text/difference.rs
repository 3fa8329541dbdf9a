//! What `kurabe diff` says.

messages! {
    /// `diff`.
    diff() = "2つの公開用データの違いを示します（終了コード：0 同じ、1 違いあり）", "Say what differs between two datasets (exit code 0: nothing, 1: something)";
    /// `diff OLD`.
    diff_old() = "前のデータのフォルダ（out/ またはその parquet/）", "Folder of the old dataset: an out/ or its parquet/";
    /// `diff NEW`.
    diff_new() = "新しいデータのフォルダ（out/ またはその parquet/）", "Folder of the new dataset: an out/ or its parquet/";
    /// `diff --format`.
    diff_format() = "形式：text（既定）、md、json（違う行をすべて）、csv（違う値を1行ずつ）", "Form: text (default), md, json (every row that differs), csv (one line for each value)";
    /// `diff --table`.
    diff_table() = "この表だけを比べ、違う行を1つずつ示します（繰り返し可）", "Compare this table only and show each row that differs; may be repeated";

    /// Both are the same.
    diff_none() = "違いはありません。", "There is no difference.";
    /// How the version moves.
    diff_level(level, meaning) = "違い：{meaning}（{level}）", "Difference: {meaning} ({level})";
    /// The versions of both.
    diff_versions(old, new) = "{old} → {new}", "{old} → {new}";
    /// A row is new.
    row_added(row) = "＋ {row}", "+ {row}";
    /// A row is gone.
    row_removed(row) = "－ {row}", "- {row}";
    /// A row has other values.
    row_changed(row) = "～ {row}", "~ {row}";
    /// A value that differs.
    cell_changed(column, old, new) = "{column}：{old} → {new}", "{column}: {old} → {new}";
    /// Nothing stands there.
    cell_empty() = "（空）", "(empty)";

    /// The folder holds no tables.
    dataset_none(folder) = "{folder} に公開用データ（*.parquet）がありません", "{folder} holds no dataset (*.parquet)";
    /// What to do about it.
    dataset_none_hint() = "`kurabe run` が書いた out/ か、その parquet/ を指定してください", "name an out/ that `kurabe run` wrote, or its parquet/";
    /// No dataset has that table.
    table_unknown(table) = "「{table}」という表はどちらのデータにもありません", "neither dataset has a table `{table}`";
    /// What to do about it.
    table_unknown_hint(tables) = "ある表：{tables}", "tables: {tables}";
}
