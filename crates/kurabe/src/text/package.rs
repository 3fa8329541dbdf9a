//! What the dataset says of itself where the configuration says nothing, and what is wrong with `[package]`.

messages! {
    /// Title of the dataset.
    title() = "自治体DX計画の比較データ", "Comparable data on the DX plans of Japanese municipalities";
    /// What the dataset holds.
    description() = "自治体が公表したDX計画などの施策・工程・KPI・実績を、比べられる表にしたデータ。値ごとに原資料の場所があり、国の自治体DX推進計画の分類を付けている。表計算ソフトで数式になる文字列の前には、CSVでは「'」が付いている。", "Measures, schedules, KPIs and results of the DX plans that municipalities publish, as tables that can be compared. Every value has its place in the source, every measure its category of the national plan. In the CSV files, text that a spreadsheet would run as a formula has an apostrophe in front.";
    /// Terms of use where none are configured.
    no_terms() = "利用条件の指定なし（原資料には各発行者の利用条件がある）", "no terms stated; the sources are under the terms of their publishers";

    /// A name that cannot be used.
    name(name) = "[package] の name「{name}」は使えません。英小文字・数字・「-」「.」「_」で書いてください", "[package]: the name `{name}` cannot be used; write it with lower-case letters, digits and `-._`";
    /// A contact that is neither.
    contact(contact) = "[package] の contact「{contact}」は、メールアドレスでも https:// で始まるページでもありません", "[package]: the contact `{contact}` is neither a mail address nor a page that begins with https://";
    /// A licence without name and path.
    license_empty() = "[[package.licenses]] には、name（例：CC-BY-4.0）か path（条文のURL）が必要です", "[[package.licenses]] needs a `name` (such as CC-BY-4.0) or a `path` (address of the terms)";
    /// A name of a licence that is no identifier.
    license_name(name) = "[[package.licenses]] の name「{name}」は識別子ではありません。CC-BY-4.0 のように、空白なしの英数字で書き、名称は title に書いてください", "[[package.licenses]]: `{name}` is no identifier; write one without spaces, such as CC-BY-4.0, and what it is called as `title`";
    /// A contributor without anything.
    contributor_empty() = "[[package.contributors]] には、title（名称）・path・email のどれかが必要です", "[[package.contributors]] needs a `title`, a `path` or an `email`";
    /// A mail address that is none.
    email(email) = "[[package.contributors]] の email「{email}」はメールアドレスではありません", "[[package.contributors]]: `{email}` is no mail address";
    /// A path that a package must not name.
    path(path) = "[package] の path「{path}」は使えません。https:// で始まるURLか、out/ から見た相対パス（「..」なし）にしてください", "[package]: the path `{path}` cannot be used; write an address that begins with https://, or a path below `out/` without `..`";
}
