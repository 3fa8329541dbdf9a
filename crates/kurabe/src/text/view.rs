//! The HTML form of `inspect`.

messages! {
    /// Title of the file.
    title(file) = "{file} の読み取り結果", "{file} as it was read";
    /// What to do with the page.
    help() = "左は原資料、右は読み取り結果です。どちらかにマウスを載せるか Tab キーで移ると、反対側の同じ場所が示されます。Enter キーで反対側に移ります。", "The source is on the left, what was read on the right. Point at something, or move with the Tab key, to see the same place on the other side; Enter goes there.";
    /// Label of the format.
    format() = "形式", "format";
    /// Label of the encoding.
    encoding() = "文字コード", "encoding";
    /// Label of the counts.
    counts() = "内容", "content";
    /// Counts of what was read.
    count_line(blocks, tables, cells) = "ブロック {blocks}、うち表 {tables}、セル {cells}", "{blocks} blocks, {tables} of them tables, {cells} cells";
    /// Label of what was counted.
    coverage() = "行", "lines";
    /// How many lines are written, and how many are left out.
    coverage_line(written, skipped) = "空でないもの {written}、うち規則により除いたもの {skipped}", "{written} written, {skipped} of them left out by a rule";
    /// Label of the profiles.
    profile() = "プロファイル", "profile";
    /// There is none.
    none() = "該当なし", "none";
    /// Heading of a page.
    page(number) = "{number} ページ", "Page {number}";
    /// Heading of a sheet.
    sheet(number, name) = "シート {number}：{name}", "Sheet {number}: {name}";
    /// Heading of the left side.
    source() = "原資料", "Source";
    /// Heading of the right side.
    read() = "読み取り結果", "As read";
    /// Some pages are not shown.
    pages_left_out(all, first, last) = "全 {all} ページのうち {first}〜{last} ページだけを示しています。", "Only pages {first} to {last} of {all} are shown. ";
    /// Some sheets are not shown.
    sheets_left_out(all, first, last) = "全 {all} シートのうち {first}〜{last} 枚目だけを示しています。", "Only sheets {first} to {last} of {all} are shown. ";
    /// How to see them.
    see_others(option) = "ほかは {option} で見られます。", "See others with {option}.";
    /// Heading of the findings.
    findings(count) = "所見 {count} 件", "{count} findings";
    /// Nothing was read of a page.
    nothing_read() = "このページからは何も読み取っていません。", "Nothing was read of this page.";
    /// Heading of what rules left out.
    skipped(count) = "規則により除いたもの {count} 件", "{count} left out by rules";
    /// Switch that enlarges a page.
    enlarge() = "拡大する", "enlarge";
    /// A page draws too much.
    picture_too_much() = "このページは描くものが多すぎるため、画像を省きました。枠の位置は正しいままです。", "This page draws too much for a picture; the boxes stand where they should.";
    /// A page cannot be drawn.
    picture_failed() = "このページは画像にできませんでした。枠の位置は正しいままです。", "No picture of this page could be made; the boxes stand where they should.";
    /// Lines are not shown.
    lines_cut(count) = "大きいため、残りの {count} 行を省きました。", "The file is large: {count} further lines are not shown.";
    /// Rows are not shown.
    rows_cut() = "大きいため、ここから先の行を省きました。", "The table is large: further rows are not shown.";
    /// A sheet is hidden.
    hidden_sheet() = "非表示のシートです。", "The sheet is hidden.";
    /// A sheet is empty.
    empty_sheet() = "何も書かれていません。", "Nothing is written here.";
    /// A row or a column is hidden.
    hidden() = "非表示", "hidden";
    /// Blank rows.
    blank_rows(first, last) = "{first}〜{last} 行目は空です", "rows {first} to {last} are blank";

    /// A page that the document does not have was asked for.
    pages_beyond(asked, all) = "{asked} ページ目（枚目）はありません。全部で {all} です", "there is no page or sheet {asked}; there are {all}";
    /// What to do about it.
    pages_hint(all) = "--pages には 1 から {all} までの範囲を指定してください（例：--pages 1-3）", "give --pages a range between 1 and {all}, such as --pages 1-3";
    /// The file to write is the one that is looked at.
    onto_source() = "書き出し先が、見るファイルそのものです", "the file to write is the one to look at";
    /// What to do about it.
    onto_source_hint() = "--to には別のファイルを指定してください", "name another file with --to";
}

/// What told what a file is.
#[must_use]
pub fn recognised_by(lang: super::Lang, sign: &str) -> String {
    let (ja, en) = match sign {
        "stated" => ("指定による", "as stated"),
        "signature" => ("先頭のバイト列で判定", "by its first bytes"),
        "markup" => ("マークアップで判定", "by its markup"),
        "name" => ("ファイル名で判定", "by its name"),
        "delimiters" => ("区切り文字で判定", "by its delimiters"),
        _ => ("ほかに該当なし", "as it is nothing else"),
    };
    lang.pick(ja, en).to_owned()
}
