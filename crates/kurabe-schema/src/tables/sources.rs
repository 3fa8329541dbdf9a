//! Who publishes, and what was read.

use jiff::civil::Date;

use crate::words;

record! {
    Municipality in municipalities by [municipality_code]
        = "自治体。1行が1自治体。", "A municipality.";
    municipality_code: String = "全国地方公共団体コード(検査数字を含む6桁)",
        "National code of the municipality, six digits, the last of which checks the others";
    name: String = "自治体名", "Name";
    prefecture: String = "都道府県名", "Prefecture";
    kind: String = "自治体の種類(市・区・町・村)", "Kind of municipality",
        one_of(words::MUNICIPALITY_KINDS);
    population: Option<i64> = "人口(人)。1人当たりの値の分母。設定がなければ空",
        "Population in persons, the divisor of per-capita figures; null when not configured";
    population_as_of: Option<Date> = "人口の基準日", "Day for which the population is stated";
    population_source: Option<String> = "人口の出典", "Where the population was taken from";
}

record! {
    Document in documents by [document_id]
        = "読み取った文書。1行が1文書。", "A document that was read.";
    document_id: String = "文書ID(自治体コード-短い名前)",
        "Stable id of the document: municipality code and a short name";
    municipality_code: String = "文書を定めた自治体のコード", "Municipality whose document it is",
        refers_to("municipalities", "municipality_code");
    plan_id: Option<String> = "文書が属する計画のID(1計画に複数の文書があり得る)",
        "Plan that the document belongs to; a plan can have several documents";
    title: String = "文書の題名", "Title of the document";
    publisher: Option<String> = "発行者", "Who published it";
    kind: String = "文書の種類(計画・行動計画・進捗報告・説明資料)", "Kind of document",
        one_of(words::DOCUMENT_KINDS);
    edition_of_national_plan: Option<String> = "準拠する国の自治体DX推進計画の版",
        "Edition of the national plan under which it was written, when known";
    published: Option<Date> = "公表日(月しか分からなければその月の初日)",
        "Day of publication, the earliest possible when only a month is stated";
    as_of: Option<Date> = "内容の基準日(最も早い日)",
        "Day that the contents describe, the earliest possible";
    period_start: Option<i32> = "計画期間の初年度", "First fiscal year of the plan's period";
    period_end: Option<i32> = "計画期間の最終年度", "Last fiscal year of the plan's period";
    path: String = "読み取ったファイルの場所", "Path of the file that was read";
    source_url: Option<String> = "取得元のURL", "Address that the file came from";
    retrieved_at: Option<String> = "取得日時(ISO 8601)", "When the file was retrieved, ISO 8601";
    media_type: Option<String> = "ファイル形式(メディアタイプ)", "Media type of the file";
    encoding: Option<String> = "文字コード(文字ファイルの場合)",
        "Character encoding, for text files";
    bytes: i64 = "ファイルの大きさ(バイト)", "Size of the file in bytes";
    sha256: String = "ファイルのSHA-256(16進)", "SHA-256 of the file, hexadecimal";
    profile: Option<String> = "読み取りに使ったプロファイル", "Profile that it was read with";
    reader: Option<String> = "読み取りに使ったリーダー", "Reader that read the file";
}
