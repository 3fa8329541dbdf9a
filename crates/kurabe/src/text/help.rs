//! Summaries and help texts of the command line.

use crate::text::Lang;

/// Heading of the commands.
#[must_use]
pub fn commands(lang: Lang) -> &'static str {
    lang.pick("コマンド", "Commands")
}

/// Heading of the arguments of a command.
#[must_use]
pub fn arguments(lang: Lang) -> &'static str {
    lang.pick("引数", "Arguments")
}

/// Heading of the options.
#[must_use]
pub fn options(lang: Lang) -> &'static str {
    lang.pick("オプション", "Options")
}

messages! {
    /// What the program is.
    about() = "自治体のDX計画を読み、比べられるデータにします", "Reads the DX plans of municipalities into one comparable dataset";
    /// What stands below the help of the program.
    after_help() = "終了コード：0 正常、1 重大なエラーの所見あり、2 使い方または設定の誤り、3 読み書きまたは取得の失敗、4 別の kurabe が実行中", "Exit codes: 0 all is well, 1 findings of severity error, 2 usage or configuration, 3 reading, writing or fetching failed, 4 another kurabe is at work";
    /// Heading of the usage line.
    usage() = "使い方：", "Usage:";

    /// `init`.
    init() = "設定ファイルと、raw/・municipalities/ の見本を作ります", "Write a commented pipeline.toml, raw/ and an example profile";
    /// `fetch`.
    fetch() = "設定の取得元（[[source]]）から文書を raw/ に取得し、raw/manifest.jsonl に記録します", "Fetch the documents of the [[source]] tables into raw/ and record them in raw/manifest.jsonl";
    /// `fetch ID`.
    fetch_ids() = "取得元の id（既定：すべて）", "The sources, by id (default: all)";
    /// `--offline`.
    offline() = "ネットワークを使わず、raw/ に揃っているかだけを確かめます", "Use no network: only check that the files are in raw/";
    /// `--dry-run`.
    dry_run() = "何をするかだけを示し、取得も書き込みもしません", "Only show what would be done: neither fetch nor write";
    /// `ingest`.
    ingest() = "原資料を読み、どの文書かを見分けます", "Read the source files and tell which documents they are";
    /// `normalize`.
    normalize() = "文書ごとに施策・スケジュール・KPIなどの表を作ります", "Make the tables of every document";
    /// `export`.
    export() = "文書ごとの結果をまとめ、Parquet と CSV に書き出します", "Join the results of all documents and write Parquet and CSV";
    /// `run`.
    run() = "ingest・normalize・export を続けて行います", "Do all of ingest, normalize and export";
    /// `inspect`.
    inspect() = "ファイルを読んだままの構造（見出し・段落・表）で示します", "Show a file as it was read: headings, paragraphs, tables, places";
    /// `explain`.
    explain() = "施策・KPI・成果・所見の値と、その元になった原文の行を示します", "Show every value of a measure, KPI, outcome or finding and its source lines";
    /// `check`.
    check() = "所見・期待件数・未読の行を示します", "Show findings, expected counts and unread lines";
    /// `verify`.
    verify() = "公開した値のすべてを原資料に照らして確かめます（場所・原文・再計算）", "Prove every published value against its source: place, print, derivation";
    /// `classify`.
    classify() = "標準入力の施策（CSV または JSON Lines）を国の計画の分類に当てはめ、根拠とともに JSON Lines で書きます", "Code the measures on standard input (CSV or JSON Lines) and write verdicts with evidence as JSON Lines";
    /// `evaluate`.
    evaluate() = "人が付けた分類と比べ、正解率などを示します", "Measure the published codes against those of a person";
    /// `--edition`.
    edition() = "国の計画の版（5.1 など。既定：原文で確かめた最新の版）", "Edition of the national plan, such as 5.1 (default: the newest that was read)";
    /// `--codes`.
    codes() = "人が付けた分類のファイル（JSON Lines）", "File of the reference codes (JSON Lines)";
    /// `--markdown`.
    markdown() = "文書用の Markdown で書きます", "Write the page of the documentation in Markdown";
    /// `review`.
    review() = "人の判断：分類シートの書き出しと取り込み、一致度、自治体への確認", "Decisions of people: coding sheets, agreement, replies of municipalities";
    /// `review export`.
    review_export() = "公開用データの施策を、人が分類するシート（CSV または xlsx）に書き出します", "Write a coding sheet (CSV or xlsx) of the published measures";
    /// `review import`.
    review_import() = "記入された分類シートを確かめ、決定を reviews/ に取り込みます。対象の条件（--edition・--municipality・--document）は書き出したときと同じものを指定します", "Check a filled coding sheet and take its decisions over into reviews/. Give the same conditions as for the export (--edition, --municipality, --document)";
    /// `review agreement`.
    review_agreement() = "2人の分類シートを比べ、一致率・κ・α と食い違いを示します", "Compare two filled coding sheets: raw agreement, kappa, alpha, disagreements";
    /// `review reply`.
    review_reply() = "自治体に確認するシート", "The sheet that a municipality confirms or corrects";
    /// `review reply export`.
    reply_export() = "自治体が確認・訂正するシート（CSV または xlsx）を書き出します", "Write the sheet that a municipality confirms or corrects (CSV or xlsx)";
    /// `review reply import`.
    reply_import() = "自治体の回答を確かめ、reviews/ に取り込みます。--edition は書き出したときと同じものを指定します", "Check the reply of a municipality and take it over into reviews/. Give the same --edition as for the export";
    /// `--to`.
    to() = "書き出すファイル（.csv または .xlsx）", "File to write (.csv or .xlsx)";
    /// `--to` of `review agreement`.
    adjudication() = "食い違いを決めるシートを書き出すファイル（.csv または .xlsx）", "File for the sheet that settles the disagreements (.csv or .xlsx)";
    /// `--blind`.
    blind() = "プログラムの分類とこれまでの決定を載せません", "Leave out the program's codes and earlier decisions";
    /// `--municipality`.
    municipality() = "対象の自治体のコード（6桁）", "Code of the municipality (six digits)";
    /// `--document`.
    document() = "対象の文書の ID", "ID of the document";
    /// `--who`.
    who() = "決定または回答した人・部署の名前", "Name of the person or office that decided or answered";
    /// `--when`.
    when() = "決定または回答の日（2026-11-20 の形。既定：今日）", "Day of the decision or answer, such as 2026-11-20 (default: today)";
    /// A filled sheet.
    filled_sheet() = "記入されたシート", "The filled sheet";
    /// The first of two sheets.
    first_sheet() = "1人目のシート", "Sheet of the first coder";
    /// The second of two sheets.
    second_sheet() = "2人目のシート", "Sheet of the second coder";
    /// `completions`.
    completions() = "シェルの補完スクリプトを標準出力に書きます", "Write a shell completion script to standard output";
    /// `man`.
    man() = "man ページを標準出力に書きます", "Write the man page to standard output";

    /// `--config`.
    config() = "設定ファイル（既定：pipeline.toml）", "Configuration file (default: pipeline.toml)";
    /// `--raw`.
    raw() = "原資料のフォルダ", "Folder of the source files";
    /// `--normalized`.
    normalized() = "文書ごとの結果のフォルダ", "Folder of the results of each document";
    /// `--out`.
    out() = "公開用データのフォルダ", "Folder of the published dataset";
    /// `--jobs`.
    jobs() = "同時に処理する数（既定：CPU の数）", "Number of documents worked on at once (default: number of CPUs)";
    /// `--lang`.
    lang() = "表示の言語：ja または en（既定：ja。環境変数 KURABE_LANG でも指定可）", "Language of messages: ja or en (default: ja; also KURABE_LANG)";
    /// `--quiet`.
    quiet() = "進み具合と結果の表を表示しません", "Show neither progress nor the table of results";
    /// `--force`.
    force() = "変更がなくても作り直します（init・review では上書き、fetch では取得し直し）", "Do everything again although nothing changed (init, review: overwrite; fetch: transfer again)";
    /// `--csv-encoding`.
    csv_encoding() = "CSV の文字コード：utf8（既定）または cp932", "Encoding of the CSV files: utf8 (default) or cp932";
    /// `--partition-by`.
    partition_by() = "Parquet をこの列でフォルダに分けたものも out/partitioned に書きます（使える列：municipality_code）", "Also write Parquet in folders by this column to out/partitioned (known: municipality_code)";
    /// `--lossy`.
    lossy() = "cp932 にない文字を 〓 に置き換え、所見に記録します", "Write 〓 for characters that cp932 lacks, and record a finding";
    /// `--json`.
    json() = "JSON で出力します", "Write JSON";
    /// `--help`.
    help() = "使い方を表示します", "Show this help";
    /// `--version`.
    version() = "版を表示します", "Show the version";
    /// `inspect FILE`.
    inspect_file() = "見るファイル", "The file to show";
    /// `inspect --format`.
    inspect_format() = "出力の形：text（既定）・html（原資料と並べた1つの HTML）・json", "Form: text (default), html (one file beside the source), json";
    /// `inspect --pages`.
    inspect_pages() = "示すページまたはシート：3、1-3、4-（既定：すべて。html では最初の20）", "Pages or sheets to show: 3, 1-3, 4- (default: all; html: the first 20)";
    /// `inspect --to`.
    inspect_to() = "書き出すファイル（既定：標準出力）", "File to write (default: standard output)";
    /// `explain ID`.
    explain_id() = "施策・KPI・成果・所見などの ID", "ID of a measure, KPI, outcome, finding or document";
    /// `completions SHELL`.
    shell() = "bash・elvish・fish・powershell・zsh のいずれか", "One of bash, elvish, fish, powershell, zsh";
}
