//! `kurabe report`: options, outcomes, and what is said of the files to download.

messages! {
    /// `report`.
    report() = "公開用データを、ブラウザで開くレポート（フォルダ一つ、ネットワーク不要）にします", "Make the dataset a report for the browser: one folder that needs no network";
    /// `report --to`.
    to() = "レポートのフォルダ（既定：設定の report、なければ report）", "Folder of the report (default: `report` of the configuration, or report)";
    /// `report --edition`.
    edition() = "はじめに表示する国の計画の版（既定：最新。版はレポートの中でも選べる）", "Edition of the national plan that is shown first (default: the newest; any can be chosen in the report)";
    /// `report --no-downloads`.
    no_downloads() = "CSV・Parquet・Excel をレポートに入れません", "Leave CSV, Parquet and Excel files out of the report";

    /// Title of the report.
    title() = "自治体DX計画の比較", "DX plans of municipalities compared";
    /// The report was written.
    written(page, files, size) = "レポートを書きました：{page}（{files} ファイル、{size}）。ブラウザで開いてください", "Wrote the report: {page} ({files} files, {size}). Open it in a browser";

    /// The folder holds something else.
    foreign(folder) = "フォルダ「{folder}」には kurabe のレポートではないものがあるため、上書きしません", "the folder `{folder}` holds something that is no report of kurabe, so that it is not replaced";
    /// What to do about it.
    foreign_hint() = "--to に空のフォルダか新しいフォルダを指定してください", "give an empty or a new folder with --to";
    /// An output is a file.
    not_a_folder(path) = "「{path}」はフォルダではありません", "`{path}` is no folder";
    /// An id does not make a file name.
    long_id(id) = "識別子「{id}」が長すぎて、ファイル名にできません", "the identifier `{id}` is too long for a file name";
    /// What to do about it.
    long_id_hint() = "プロファイルなどの設定で、短い識別子にしてください", "give it a shorter one where it is configured";

    /// A table as CSV; `{table}` says what a row is.
    csv(table) = "CSV：{table}", "CSV: {table}";
    /// A table as Parquet.
    parquet(table) = "Parquet：{table}", "Parquet: {table}";
    /// The workbook.
    workbook() = "Excel ブック：比較表・施策・KPI・所見・コード表", "Workbook: comparison, measures, KPIs, findings, code lists";
    /// The description of the dataset.
    descriptor() = "データの説明書（Frictionless Data Package）", "Description of the dataset (Frictionless Data Package)";
    /// What changed.
    changes() = "版ごとの変更点", "What changed from version to version";
    /// Any other file.
    other() = "その他のファイル", "Another file";
}
