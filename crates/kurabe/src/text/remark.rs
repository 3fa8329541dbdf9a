//! Findings that are about whole files: their sentences in both languages.

messages! {
    /// A municipality corrected a fact.
    reply(who, when, field, answer) = "自治体の回答（{who}、{when}）では、{field}は「{answer}」です。", "According to the municipality ({who}, {when}), the {field} is “{answer}”.";
    /// The municipality says that there is no such thing.
    reply_none() = "該当なし", "none";
    /// What the municipality remarks.
    reply_noted(remark) = "（{remark}）", " ({remark})";
    /// A reply is older than the text.
    reply_outdated(who, when, field) = "自治体の回答（{who}、{when}）の後に原文が変わりました。{field}を確かめ直してください。", "The source changed after the municipality answered ({who}, {when}); its answer on the {field} needs another look.";
    /// A reply is about something that is not there.
    reply_homeless(who, when, id) = "自治体の回答（{who}、{when}）の対象「{id}」が今回のデータにありません。", "The municipality answered ({who}, {when}) about `{id}`, which is not in this dataset.";
    /// Fact: title.
    field_title() = "名称", "title";
    /// Fact: departments.
    field_departments() = "担当部署", "department";
    /// Fact: stage.
    field_stage() = "段階", "stage";
    /// Fact: primary code.
    field_primary() = "主分類", "primary code";
    /// Fact: value of a KPI.
    field_value() = "指標の値", "value of the KPI";
    /// Fact: year of a value.
    field_year() = "指標の年度", "fiscal year of the value";
    /// A measure of a list has no title.
    entry_untitled() = "施策の名称（title）がありません", "the measure has no title";
    /// A line of a list is no JSON.
    entry_json(detail) = "JSON として読めません（{detail}）", "this is no JSON object of a measure ({detail})";
    /// A row of a list is no CSV.
    entry_csv(detail) = "CSV として読めません（{detail}）", "this is no CSV ({detail})";
    /// A list has no column of titles.
    entry_header(found) = "名称の列（title・施策名・事業名など）がありません（見出し：{found}）", "there is no column of titles, such as `title` (header: {found})";
    /// A document was replaced at its address.
    source_changed(url, day, kept) = "取得元 {url} の文書が差し替えられていました（{day} に確認）。前の版 {kept} と見比べ、確かめたら前の版のファイルを消してください。", "The document at {url} was replaced (seen {day}); compare it with the older version {kept} and delete that file when you have.";
    /// No profile recognises the file.
    unclaimed(path, candidates) = "{path} に合うプロファイルがありません（近いもの：{candidates}）。", "No profile recognises {path} (nearest: {candidates}).";
    /// There is no near profile.
    no_candidate() = "なし", "none";
    /// Several profiles recognise the file.
    ambiguous(path, candidates) = "{path} に合うプロファイルが複数あります（{candidates}）。", "Several profiles recognise {path} ({candidates}).";
    /// The file is another edition of a known document.
    other_edition(path, document, found) = "{path} は {document} の別の版です（{found}）。", "{path} is another edition of {document} ({found}).";
    /// Two files hold one document.
    duplicate(path, document, read) = "{path} は {document} と同じ文書です。{read} を読みました。", "{path} holds the same document as {read}, which was read for {document}.";
    /// No file holds a configured document.
    missing(document, title) = "{document}（{title}）の文書が原資料のフォルダに見つかりません。", "No source file holds the document {document} ({title}).";
    /// The file cannot be read.
    unreadable(path, detail) = "{path} を読めません（{detail}）。", "{path} cannot be read ({detail}).";
    /// The program failed while reading a document.
    panicked(path, detail) = "{path} の処理中に内部エラーが起きました（{detail}）。", "An internal error stopped the reading of {path} ({detail}).";
    /// A character that a CSV file cannot hold.
    lossy(table, id, column, code) = "CSV の表 {table} の {id} の列 {column} にある文字 {code} は CP932 にないため、〓 と書きました。", "In table {table} the CSV file has 〓 for {code} in column {column} of {id}, which CP932 cannot hold.";

    /// A link that leads out of the folder of source files.
    outside() = "原資料のフォルダの外を指すリンクです。ファイルそのものをフォルダに置いてください", "it is a link that leads out of the folder of source files; put the file itself there";
    /// A pipe, a device or the like.
    no_file() = "通常のファイルではありません（パイプやデバイス、深すぎるフォルダなど）。フォルダから除くか、ファイルを置き直してください", "it is no regular file but a pipe, a device, a folder too deep or the like; take it out of the folder or put a file there";
    /// A name that is not UTF-8.
    name_not_utf8() = "ファイル名が UTF-8 ではありません。名前を付け直してください", "its name is not UTF-8; rename it";
    /// A file that is no longer there, or a link to nothing.
    gone() = "ファイルがないか、リンク先がありません。ファイルを置き直してください", "it is gone, or a link to nothing; put the file there again";
    /// A file that may not be read.
    denied() = "読む権限がありません。ファイルの権限を直してください", "it may not be read; correct the permissions of the file";
    /// A file that the system does not open.
    unopened(detail) = "開けません（{detail}）。ファイルを置き直してください", "it cannot be opened ({detail}); put the file there again";
    /// A file without text.
    empty() = "ファイルに文字がありません。取得し直すか、原資料のフォルダから除いてください", "the file holds no text; fetch it again or take it out of the sources";
    /// A file of a known format that is not read.
    format(name, remedy) = "このままでは読めない形式です（{name}）。{remedy}", "this is {name}; {remedy}";
    /// What to do: save the tables as text.
    remedy_text() = "表をタブ区切りの UTF-8 テキストで保存し直してください", "save its tables as tab-separated text in UTF-8 and read that";
    /// What to do: extract the text.
    remedy_extract() = "文字を取り出し、表はタブ区切りにした UTF-8 のテキストファイルにしてください", "extract its text (tables tab-separated, UTF-8) and read that";
    /// What to do: unpack.
    remedy_unpack() = "展開して、中のファイルを置いてください", "unpack it and read the files inside";
    /// What to do: recognise the text.
    remedy_recognise() = "文字認識（OCR）をした結果を置いてください", "recognise its text first (OCR) and read the result";
    /// What to do: save as a Word document or as PDF.
    remedy_docx() = ".docx または PDF で保存し直してください", "save it as .docx or as PDF and read that";
    /// What to do: save as a workbook.
    remedy_workbook() = "表計算ソフトで開き、.xlsx で保存し直してください", "open it in a spreadsheet program, save it as .xlsx and read that";
    /// What to do: save as PDF or HTML.
    remedy_pdf() = "PDF または HTML で保存し直してください", "save it as PDF or as HTML and read that";
    /// A file that is no text.
    binary(offset) = "テキストではありません（{offset} バイト目から読めません）。UTF-8 で保存し直してください", "this is not text (doubtful from byte {offset}); save it as UTF-8";
    /// A profile declares an encoding that does not exist.
    encoding_unknown(label, nearest) = "プロファイルの文字コード「{label}」はありません（近いもの：{nearest}）", "the profile declares the encoding `{label}`, which does not exist; did you mean `{nearest}`?";
    /// A profile declares an encoding that the file is not in.
    encoding_wrong(label, line) = "文字コードが {label} ではありません（{line} 行目が読めません）。プロファイルの encoding を直すか消してください", "the file is not in {label} (line {line} cannot be decoded); correct `encoding` in the profile or leave it out";
    /// A file is damaged.
    damaged(format, detail) = "{format} ファイルが壊れています（{detail}）。元のソフトで開いて保存し直すか、取得し直してください", "the {format} file is damaged ({detail}); save it anew in the program it was made with, or fetch it again";
    /// A file has a password.
    encrypted(format) = "{format} ファイルにパスワードがかかっています。パスワードのない写しを置いてください", "the {format} file is protected by a password; save a copy without one";
    /// A PDF holds pictures only.
    scanned() = "PDF のページが画像だけで文字がありません（スキャン）。文字認識（OCR）をした結果を置いてください", "the pages of the PDF file are pictures without text (scanned); recognise their text (OCR) and provide the result";
    /// Reading a file took too long.
    too_slow(seconds) = "読み取りが制限 limits.seconds = {seconds} 秒を超えたため打ち切りました。ファイルに問題がなければ設定の値を上げ、そうでなければ元のソフトで保存し直してください", "reading it took longer than `limits.seconds = {seconds}` and was stopped; if the file is sound, raise the limit in the configuration, or else save it anew in the program it was made with";
    /// Reading a file took too much memory.
    too_hungry(bytes) = "読み取りに制限 limits.memory_bytes = {bytes} を超えるメモリが要るため打ち切りました。ファイルに問題がなければ設定の値を上げ、そうでなければ元のソフトで保存し直してください", "reading it takes more memory than `limits.memory_bytes = {bytes}` and was stopped; if the file is sound, raise the limit in the configuration, or else save it anew in the program it was made with";
    /// There is not enough memory to read a file.
    out_of_memory() = "読み取りに要るメモリが足りません。ファイルに問題がなければ設定の limits.memory_bytes を上げ、そうでなければ元のソフトで保存し直してください", "reading it takes more memory than there is; if it is sound, raise `limits.memory_bytes` in the configuration, or else save it anew in the program it was made with";
    /// A file is nested so deeply that reading it overflows the stack.
    too_deep() = "入れ子が深すぎて読み取れません。元のソフトで開いて保存し直すか、PDF・テキストなど別の形式で保存し直してください", "it is nested too deeply to be read; save it anew in the program it was made with, or in another format such as PDF or text";
    /// The process that read a file died.
    died(how) = "読み取り中に処理が異常終了しました（{how}）。元のソフトで開いて保存し直すか、PDF・テキストなど別の形式で保存し直してください", "the process that read it died ({how}); save the file anew in the program it was made with, or in another format such as PDF or text";
    /// A file is larger than the limits allow.
    too_large(limit, value) = "制限 limits.{limit} = {value} を超えています。ファイルに問題がなければ設定の値を上げてください", "the file goes beyond `limits.{limit} = {value}`; if it is sound, raise the limit in the configuration";

    /// A profile has an unknown key.
    profile_key(line, key) = "{line} 行目：「{key}」というキーはありません", "line {line}: unknown key `{key}`";
    /// A profile has an unknown key that resembles a known one.
    profile_key_near(line, key, nearest) = "{line} 行目：「{key}」というキーはありません（「{nearest}」ではありませんか）", "line {line}: unknown key `{key}`; did you mean `{nearest}`?";
    /// A profile has a wrong or missing value.
    profile_value(line, detail) = "{line} 行目：{detail}", "line {line}: {detail}";
    /// A word of a profile is not one of the valid ones.
    profile_word(key, value, nearest) = "{key} の「{value}」は使えません（「{nearest}」ではありませんか）", "`{value}` is no valid value of {key} (did you mean `{nearest}`?)";
    /// A date of a profile cannot be read.
    profile_date(key, value) = "{key} の「{value}」は日付ではありません（2024-03-31 のように書いてください）", "`{value}` of {key} is no date (write it as 2024-03-31)";
    /// A profile has a wrong municipality code.
    profile_code(code) = "「{code}」は全国地方公共団体コードではありません（検査数字を含む6桁が必要です）", "`{code}` is no municipality code: six digits with the check digit are needed";
}
