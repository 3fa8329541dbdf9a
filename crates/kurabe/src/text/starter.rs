//! The files that `kurabe init` writes.

use crate::text::Lang;

/// The commented configuration.
#[must_use]
pub fn config(lang: Lang) -> String {
    lang.pick(CONFIG_JA, CONFIG_EN).to_owned()
}

/// The documented example of a profile.
#[must_use]
pub fn profile(lang: Lang) -> String {
    format!("{}{PROFILE}", lang.pick(PROFILE_JA, PROFILE_EN))
}

/// The note in the folder of source files.
#[must_use]
pub fn raw(lang: Lang) -> String {
    lang.pick(RAW_JA, RAW_EN).to_owned()
}

const CONFIG_JA: &str = "\
# kurabe の設定。パスはこのファイルのあるフォルダから数える。
# 知らないキーは、近いキーを示してエラーになる。

# 原資料を入れるフォルダ。ファイル名は自由（文書は中の言葉で見分ける）。
raw = \"raw\"
# 文書ごとの結果を置くフォルダ（消しても `kurabe run` で作り直せる）。
normalized = \"normalized\"
# 公開用データ（parquet・csv・kurabe.xlsx・CHANGES.md・run.json）を書き出すフォルダ。
out = \"out\"
# `kurabe report` が書くレポート（ブラウザで開く）。
report = \"report\"
# 文書のプロファイル（*.toml）を置くフォルダ。
municipalities = \"municipalities\"
# 国の計画の版と分類の規則。書かなければ組み込みのものを使う。
# editions = \"editions\"
# 共通指標。書かなければ組み込みのものを使う。
# indicators = \"indicators\"
# 人の判断を置くフォルダ（`kurabe review import` が書く）。
reviews = \"reviews\"

[export]
# CSV の文字コード：utf8（BOM 付き）または cp932。
csv_encoding = \"utf8\"
# Parquet を団体ごとのフォルダにも分けて書く（out/partitioned）。
# partition_by = \"municipality_code\"
# 見比べるための Excel ブック（out/kurabe.xlsx）：ja（日本語、既定）、en（英語）、none（作らない）。
# workbook = \"ja\"

# データの説明（out/datapackage.json）。利用条件を書かなければ「指定なし」になる。
# [package]
# name = \"dx-plans\"
# title = \"自治体DX計画の比較データ\"
# title_en = \"Comparable data on DX plans\"
# description = \"何のデータか\"
# description_en = \"What it holds\"
# contact = \"dx@example.jp\"
# [[package.licenses]]
# name = \"CC-BY-4.0\"
# title = \"クリエイティブ・コモンズ 表示 4.0 国際\"
# path = \"https://creativecommons.org/licenses/by/4.0/deed.ja\"
# [[package.contributors]]
# title = \"千代田区DX推進課\"
# email = \"dx@example.jp\"
# roles = [\"publisher\"]

# 文書の取得（`kurabe fetch`）。
[fetch]
# 連絡先：メールアドレスか https:// で始まるページ。相手のサーバーに名乗る（取得には必須）。
# contact = \"dx@example.jp\"
# 同じサーバーへの同時の要求の数と、要求の間隔（ミリ秒）。
# per_host = 1
# delay_ms = 1000
# 一つの文書の上限（MiB）と、途切れたと見なす秒数、一回の試みの秒数。
# largest_mib = 200
# stall_seconds = 30
# total_seconds = 600

# 取得元。文書ごとに一つ書く。
# [[source]]
# id = \"131016-dx-plan\"
# url = \"https://www.city.example.jp/dx/index.html\"
# 文書へのリンクがあるページなら、リンクの文字と URL に合う正規表現。
# link = \"DX推進計画.*\\\\.pdf\"
# media_types = [\"application/pdf\"]
# file = \"131016-dx-plan.pdf\"
# 取得元のサーバーが庁内などの私的なアドレスにあるときだけ true。
# allow_private = false

# 国の調査の市区町村別の表（CSV。市区町村は団体コード順の列）。なければ同梱の値を使う。
# [[survey]]
# path = \"tables/dx-dashboard-municipalities.csv\"
# survey = \"dx-dashboard\"
# year = 2023
# as_of = \"2023-04-01\"
# source = \"デジタル庁「自治体DXの取組に関するダッシュボード」2024-07-12\"
# municipalities = 1741

# 比べる相手の集まり。なければ、データのある全市区町村、都道府県ごと、市・町などの種類ごとを集まりにする。
# 条件を二つ以上書くと、すべてに当てはまる市区町村になる。
# [[peers]]
# id = \"tokyo-wards\"
# label_ja = \"東京都の特別区\"
# label_en = \"wards of Tokyo\"
# prefecture = \"東京都\"
# kind = \"ward\"
# 人口（プロファイルの population）：1万人以上5万人未満。
# population = [10000, 50000]
# 条件の代わりに、団体コードを並べることもできる。
# municipalities = [\"131016\", \"131024\", \"131032\"]
";

const CONFIG_EN: &str = "\
# Configuration of kurabe. Paths begin at the folder of this file.
# An unknown key is an error that names the nearest valid one.

# The source files, under any names: documents are known by their words.
raw = \"raw\"
# The results of each document; `kurabe run` makes them again when they are deleted.
normalized = \"normalized\"
# The published dataset: parquet, csv, kurabe.xlsx, CHANGES.md, run.json.
out = \"out\"
# The report that `kurabe report` writes, for a browser.
report = \"report\"
# The profiles of documents (*.toml).
municipalities = \"municipalities\"
# The editions of the national plan and the rules of its categories; built in when not named.
# editions = \"editions\"
# The shared indicators; built in when not named.
# indicators = \"indicators\"
# Decisions of people, written by `kurabe review import`.
reviews = \"reviews\"

[export]
# Encoding of the CSV files: utf8 (with BOM) or cp932.
csv_encoding = \"utf8\"
# Also write Parquet in folders by municipality (out/partitioned).
# partition_by = \"municipality_code\"
# The workbook for people (out/kurabe.xlsx): ja (Japanese, the default), en (English) or none.
# workbook = \"ja\"

# What the dataset says of itself (out/datapackage.json). Without terms of use, none are stated.
# [package]
# name = \"dx-plans\"
# title = \"自治体DX計画の比較データ\"
# title_en = \"Comparable data on DX plans\"
# description = \"何のデータか\"
# description_en = \"What it holds\"
# contact = \"dx@example.jp\"
# [[package.licenses]]
# name = \"CC-BY-4.0\"
# title = \"Creative Commons Attribution 4.0 International\"
# path = \"https://creativecommons.org/licenses/by/4.0/\"
# [[package.contributors]]
# title = \"千代田区DX推進課\"
# email = \"dx@example.jp\"
# roles = [\"publisher\"]

# Fetching of documents (`kurabe fetch`).
[fetch]
# Mail address or page (https://…) of whoever runs this; told to every server, and required.
# contact = \"dx@example.jp\"
# Requests to one host at a time, and milliseconds from one to the next.
# per_host = 1
# delay_ms = 1000
# The largest document in MiB, seconds without a byte, seconds for one attempt.
# largest_mib = 200
# stall_seconds = 30
# total_seconds = 600

# Where documents come from, one table for each.
# [[source]]
# id = \"131016-dx-plan\"
# url = \"https://www.city.example.jp/dx/index.html\"
# Where the url is a page that links to the document: pattern of the link's text and address.
# link = \"DX推進計画.*\\\\.pdf\"
# media_types = [\"application/pdf\"]
# file = \"131016-dx-plan.pdf\"
# true only where the source's own server has an address of your private network.
# allow_private = false

# The municipal table of a national survey (CSV; a column for each municipality, in the order of the codes).
# Without one, bundled values are used.
# [[survey]]
# path = \"tables/dx-dashboard-municipalities.csv\"
# survey = \"dx-dashboard\"
# year = 2023
# as_of = \"2023-04-01\"
# source = \"デジタル庁「自治体DXの取組に関するダッシュボード」2024-07-12\"
# municipalities = 1741

# Groups of municipalities that are compared. Without one: all with data, each prefecture, each kind.
# Members have every property that is written.
# [[peers]]
# id = \"tokyo-wards\"
# label_ja = \"東京都の特別区\"
# label_en = \"wards of Tokyo\"
# prefecture = \"東京都\"
# kind = \"ward\"
# Population (of the profile): 10,000 or more, below 50,000.
# population = [10000, 50000]
# Or list codes instead.
# municipalities = [\"131016\", \"131024\", \"131032\"]
";

const RAW_JA: &str = "\
# 原資料

文書のテキストファイルをこのフォルダに入れる。名前は自由。
README と *.md・*.toml は読まれない。
";

const RAW_EN: &str = "\
# Source files

Put the text files of the documents here, under any names.
README files, *.md and *.toml are not read.
";

const PROFILE_JA: &str = "\
# 文書一つのプロファイルの見本。
# municipalities/<団体コード>-<名前>/<文書>.toml に写し、実際の文書に合わせて書き換える。
#   [municipality] 発行した自治体   [document] 文書   [recognise] 見分け方
#   [expect] 表ごとの期待件数       [words] 文書固有の言葉   [[region]] 文書の部分の読み方

";

const PROFILE_EN: &str = "\
# Example of the profile of one document.
# Copy it to municipalities/<code>-<name>/<document>.toml and fit it to the document.
#   [municipality] who published it    [document] what it is      [recognise] how it is known
#   [expect] expected rows by table    [words] words of its own   [[region]] how its parts are read

";

const PROFILE: &str = "\
[municipality]
code = \"131016\"
name = \"千代田区\"
prefecture = \"東京都\"
kind = \"ward\"

[document]
slug = \"dx-plan\"
plan_id = \"131016-dx-plan\"
title = \"DX推進計画\"
publisher = \"千代田区\"
kind = \"plan\"
as_of = \"2024-04-01\"
period = [2024, 2028]

[recognise]
title = [\"千代田区\", \"DX推進計画\"]
edition = [\"令和6年度\"]

[expect]
measures = 10

[words.status]
\"実施済\" = \"operating\"
\"検討中\" = \"study\"

[[region]]
name = \"measures\"
starts = '^施策一覧$'

[[region.table]]
record = \"measure\"
header = [\"番号\", \"施策名\"]
carry = [\"section\"]

[region.table.columns]
section = [\"分野\"]
number = [\"番号\"]
title = [\"施策名\"]
departments = [\"担当課\"]
summary = [\"内容\"]
status = [\"進捗状況\"]
start = [\"開始時期\"]
";
