//! Errors: what went wrong, and what to do about it (`…_hint`).

messages! {
    /// Label of the message.
    label_error() = "エラー", "error";
    /// Label of the place.
    label_place() = "場所", "at";
    /// Label of what to do.
    label_hint() = "対処", "hint";

    /// The command line has an argument that no command knows.
    argument_unknown(argument) = "「{argument}」という引数はありません", "there is no argument `{argument}`";
    /// The command does not exist.
    command_unknown(command) = "「{command}」というコマンドはありません", "there is no command `{command}`";
    /// A value of an argument is not allowed.
    value_invalid(argument, value) = "{argument} の値「{value}」は使えません", "`{value}` is no value of {argument}";
    /// An argument needs a value.
    value_missing(argument) = "{argument} には値が必要です", "{argument} needs a value";
    /// A required argument is missing.
    argument_missing(argument) = "引数 {argument} がありません", "the argument {argument} is missing";
    /// No command was given.
    command_missing() = "コマンドがありません", "no command was given";
    /// An argument was given twice or with one that excludes it.
    argument_conflict(argument) = "引数 {argument} は一度だけ指定できます", "the argument {argument} can be given once only";
    /// Anything else that clap says.
    usage_other(detail) = "コマンドの使い方が違います（{detail}）", "the command line cannot be understood ({detail})";
    /// The nearest word that exists.
    did_you_mean(nearest) = "「{nearest}」ではありませんか", "did you mean `{nearest}`?";
    /// The allowed values.
    possible_values(values) = "使える値：{values}", "possible values: {values}";
    /// Where help is.
    see_help() = "`kurabe --help` で使い方を確かめてください", "see `kurabe --help`";

    /// The configuration does not exist.
    config_missing() = "設定ファイルがありません", "the configuration file does not exist";
    /// What to do when it does not exist.
    config_missing_hint() = "`kurabe init` で作るか、--config で場所を指定してください", "create one with `kurabe init`, or name it with --config";
    /// The configuration has a key that does not exist.
    config_key(key) = "設定に「{key}」というキーはありません", "the configuration has an unknown key `{key}`";
    /// What to do about an unknown key without a neighbour.
    config_key_hint(keys) = "使えるキー：{keys}", "valid keys: {keys}";
    /// The configuration cannot be understood.
    config_invalid(detail) = "設定を読めません（{detail}）", "the configuration cannot be understood ({detail})";
    /// What to do about it.
    config_invalid_hint() = "その行を直してください。書き方は `kurabe init` が作る見本にあります", "correct that line; `kurabe init` writes a commented example";
    /// Two folders of the configuration lie in one another.
    config_overlap(first, second) = "{first} と {second} のフォルダが重なっています", "the folders {first} and {second} overlap";
    /// What to do about it.
    config_overlap_hint() = "書き出し先は入れ替えられるため、別のフォルダにしてください", "outputs are replaced as a whole: choose separate folders";

    /// There is no folder of profiles.
    profiles_missing() = "プロファイルのフォルダがありません", "the folder of profiles does not exist";
    /// There is no profile in the folder.
    profiles_none() = "プロファイル（*.toml）が一つもありません", "there is no profile (*.toml) in the folder";
    /// What to do about either.
    profiles_hint() = "`kurabe init` で見本を作り、pipeline.toml の municipalities を確かめてください", "`kurabe init` writes an example; check `municipalities` in pipeline.toml";
    /// A profile cannot be used.
    profile_invalid(detail) = "プロファイルを使えません：{detail}", "the profile cannot be used: {detail}";
    /// What to do about it.
    profile_invalid_hint() = "プロファイルのその行を直してください", "correct that line of the profile";
    /// Two profiles describe one document.
    profile_twice(document, other) = "文書 {document} のプロファイルが二つあります（もう一つは {other}）", "two profiles describe the document {document} (the other is {other})";
    /// What to do about it.
    profile_twice_hint() = "どちらか一方を消すか、文書の slug を変えてください", "delete one of them or change its slug";

    /// There are no editions of the national plan.
    editions_missing() = "国の計画の版と規則のフォルダがありません（または空です）", "the folder of the editions of the national plan does not exist or is empty";
    /// What to do about it.
    editions_missing_hint() = "pipeline.toml の editions を直すか、その行を消して組み込みの規則を使ってください", "correct `editions` in pipeline.toml, or delete the line to use the built-in rules";
    /// A file of the editions cannot be used.
    editions_invalid(detail) = "分類の規則を使えません：{detail}", "the rules of the categories cannot be used: {detail}";
    /// What to do about it.
    editions_invalid_hint() = "その箇所を直すか、pipeline.toml の editions を消して組み込みの規則を使ってください", "correct that place, or delete `editions` in pipeline.toml to use the built-in rules";
    /// There are no shared indicators.
    indicators_missing() = "共通指標のフォルダがありません（または空です）", "the folder of the shared indicators does not exist or is empty";
    /// What to do about it.
    indicators_missing_hint() = "pipeline.toml の indicators を直すか、その行を消して組み込みの共通指標を使ってください", "correct `indicators` in pipeline.toml, or delete the line to use the built-in ones";
    /// A file of the shared indicators cannot be used.
    indicators_invalid(detail) = "共通指標を使えません：{detail}", "the shared indicators cannot be used: {detail}";
    /// What to do about it.
    indicators_invalid_hint() = "その箇所を直すか、pipeline.toml の indicators を消して組み込みの共通指標を使ってください", "correct that place, or delete `indicators` in pipeline.toml to use the built-in ones";
    /// No edition has that name.
    edition_unknown(name) = "「{name}」という版はありません", "there is no edition `{name}`";
    /// What to do about it.
    edition_unknown_hint(known) = "使える版：{known}", "editions: {known}";

    /// A list of measures cannot be read.
    input_invalid(detail) = "入力の一覧を読めません：{detail}", "the list of measures cannot be read: {detail}";
    /// What to do about it.
    input_invalid_hint() = "その行を直してください。列（キー）は title（必須）・id・section・department・description です", "correct that line; columns or keys: title (required), id, section, department, description";

    /// A file of reference codes cannot be used.
    codes_invalid(detail) = "参照用の分類のファイルを使えません：{detail}", "the file of reference codes cannot be used: {detail}";
    /// What to do about it.
    codes_invalid_hint() = "その行を直してください。1行の書き方：{{\"key\": \"自治体:施策番号\", \"primary\": \"分類のID\", \"secondary\": []}}。分類の ID は out/csv/categories.csv にあります", "correct that line; a line reads {{\"key\": \"municipality:number\", \"primary\": \"category\", \"secondary\": []}}, and out/csv/categories.csv lists the categories";

    /// A file of the decisions of people cannot be used.
    review_invalid(detail) = "人の決定を使えません：{detail}", "the decisions of people cannot be used: {detail}";
    /// What to do about it.
    review_invalid_hint() = "その箇所を直してください", "correct that place";
    /// A sheet that came back cannot be taken over.
    sheet_invalid(detail) = "シートを取り込めません。何も変更していません\n{detail}", "the sheet cannot be taken over; nothing was changed\n{detail}";
    /// What to do about it.
    sheet_invalid_hint() = "シートを直して、書き出したときと同じ条件（--edition・--municipality・--document）で取り込み直してください", "correct the sheet and import it again with the conditions of its export (--edition, --municipality, --document)";

    /// A source file is gone or another one.
    source_changed() = "公開時に読んだ原資料がないか、中身が変わっています", "the source file that was read is gone or has changed";
    /// What to do about it.
    source_changed_hint() = "元のファイルを戻すか、kurabe run を実行し直してください", "put the file back, or run `kurabe run` again";
    /// There is no folder of source files.
    raw_missing() = "原資料のフォルダがありません", "the folder of source files does not exist";
    /// What to do about it.
    raw_missing_hint() = "フォルダを作って文書を入れるか、--raw で場所を指定してください", "create it and put the documents in, or name another with --raw";

    /// The configuration names no sources.
    sources_none() = "設定に取得元（[[source]]）がありません", "the configuration has no [[source]]";
    /// What to do about it.
    sources_none_hint() = "pipeline.toml に [[source]] を書き、id と url を指定してください。書き方は `kurabe init` が作る見本にあります", "add a [[source]] with `id` and `url` to pipeline.toml; `kurabe init` writes a commented example";
    /// What to do about a wrong source.
    source_invalid_hint() = "設定ファイルのその取得元を直してください", "correct that source in the configuration";
    /// What to do about a wrong survey.
    survey_invalid_hint() = "設定ファイルの [[survey]] を直してください（キー：path・survey・year・as_of・source・municipalities）", "correct [[survey]] in the configuration (keys: path, survey, year, as_of, source, municipalities)";
    /// Groups of peers.
    peers_invalid_hint() = "その [[peers]] を直してください（キー：id・label_ja・label_en・prefecture・kind・population・municipalities）", "correct that [[peers]] (keys: id, label_ja, label_en, prefecture, kind, population, municipalities)";
    /// The table `[package]`.
    package_invalid_hint() = "[package] を直してください（docs/guides/data-package.md に例があります）", "correct [package]; docs/guides/data-package.md has an example";
    /// No source has that identifier.
    source_unknown(id) = "「{id}」という取得元はありません", "there is no source `{id}`";
    /// What to do about it.
    source_unknown_hint(known) = "設定にある取得元：{known}", "sources of the configuration: {known}";
    /// The configuration does not say whom to ask.
    contact_invalid() = "連絡先（[fetch] の contact）がないか、使えません。相手のサーバーに名乗るために必要です", "the contact (`contact` in [fetch]) is missing or cannot be used; requests must say whom to ask about them";
    /// What to do about it.
    contact_invalid_hint() = "メールアドレスか https:// で始まるページを書いてください。例：contact = \"dx@example.jp\"", "write a mail address or a page that begins with https://, such as contact = \"dx@example.jp\"";
    /// Documents could not be fetched.
    fetch_failed(failed, all, detail) = "取得元 {all} 件のうち {failed} 件を取得できませんでした\n{detail}", "{failed} of {all} sources could not be fetched\n{detail}";
    /// What to do about it.
    fetch_failed_hint() = "ほかの取得元のファイルは raw/ にあります。上の対処のあとで `kurabe fetch` をもう一度実行してください。途中まで届いたものは続きから取得します", "the files of the other sources are in raw/; after the remedies above, run `kurabe fetch` again, which continues what was cut";
    /// What to do when nothing could be fetched.
    fetch_stopped_hint() = "直してから `kurabe fetch` をもう一度実行してください", "put that right and run `kurabe fetch` again";
    /// Documents are not there, and nothing may be fetched.
    offline(missing) = "raw/ にない取得元があります（{missing}）。--offline では取得しません", "sources are not in raw/ ({missing}), and --offline fetches nothing";
    /// What to do about it.
    offline_hint() = "ネットワークのある所で `kurabe fetch` を実行するか、ファイルを raw/ に入れてください", "run `kurabe fetch` where there is a network, or put the files into raw/ by hand";
    /// The manifest of what was fetched is damaged.
    manifest_invalid(detail) = "取得の記録を読めません（{detail}）", "the manifest of what was fetched cannot be used ({detail})";
    /// What to do about it.
    manifest_invalid_hint() = "その行を消して `kurabe fetch` を実行してください。その取得元の記録は作り直されます", "delete that line and run `kurabe fetch`, which makes the entry of that source again";

    /// Another run is active.
    locked() = "別の kurabe が同じフォルダで動いています", "another kurabe is at work on the same folder";
    /// What to do about it.
    locked_hint() = "終わるのを待つか、--normalized と --out で別のフォルダを指定してください", "wait until it has ended, or choose other folders with --normalized and --out";

    /// A file cannot be read.
    read_failed(detail) = "読めません（{detail}）", "cannot be read ({detail})";
    /// What to do about it.
    read_failed_hint() = "ファイルがあるか、読む権限があるかを確かめてください", "check that it exists and that you may read it";
    /// A file cannot be written.
    write_failed(detail) = "書き込めません（{detail}）。前の結果はそのまま残っています", "cannot be written ({detail}); the previous results are untouched";
    /// What to do about it.
    write_failed_hint() = "書き込む権限があるかを確かめるか、--out または --normalized で別の場所を指定してください", "check that you may write there, or choose another place with --out or --normalized";
    /// What to do when the disk is full.
    disk_full_hint() = "ディスクの空きを増やすか、--out または --normalized で別のディスクを指定してください", "free some disk space, or choose another disk with --out or --normalized";

    /// A file stands where one is to be made.
    exists() = "すでにあるため、上書きしません", "exists already and is not overwritten";
    /// What to do about it.
    exists_hint() = "上書きしてよければ --force を付けてください", "add --force to overwrite it";

    /// There are no results to export.
    results_missing() = "文書の結果がまだないか、原資料と合っていません", "there are no results yet, or they do not fit the source files";
    /// What to do about it.
    results_missing_hint() = "先に `kurabe normalize` を実行してください", "run `kurabe normalize` first";
    /// A stored result is damaged.
    results_damaged(detail) = "保存された結果が壊れています（{detail}）", "a stored result is damaged ({detail})";
    /// What to do about it.
    results_damaged_hint() = "`kurabe run --force` で作り直してください。取っておいた古いデータなら、控えから戻してください", "make it again with `kurabe run --force`; a dataset that was kept aside, restore from its copy";
    /// The benchmark tables could not be made.
    benchmark_failed(detail) = "比較表を作れません（{detail}）", "the benchmark tables cannot be made ({detail})";
    /// What to do about it.
    benchmark_failed_hint() = "プログラムの誤りです。この文面を添えて開発元に知らせてください", "this is a mistake of the program; please report it with this message";
    /// There is no published dataset.
    dataset_missing() = "公開用のデータがまだありません", "there is no dataset yet";
    /// What to do about it.
    dataset_missing_hint() = "先に `kurabe run` を実行してください", "run `kurabe run` first";

    /// Nothing has that identifier.
    id_unknown(id) = "「{id}」という ID はありません", "nothing has the ID `{id}`";
    /// The nearest identifiers.
    id_nearest(ids) = "近い ID：{ids}", "nearest IDs: {ids}";
    /// No identifier is near.
    id_none() = "ID は out/csv/measures.csv などの先頭の列にあります", "IDs are in the first column of out/csv/measures.csv and its neighbours";

    /// A file cannot be read as a document.
    unreadable(detail) = "文書として読めません（{detail}）", "cannot be read as a document ({detail})";
    /// What to do about it.
    unreadable_hint() = "本文のテキストファイルかどうか、文字コードが正しいかを確かめてください", "check that it is a text file and that its encoding is right";
    /// A table cannot be written in the chosen form.
    export_failed(detail) = "書き出せません（{detail}）", "the dataset cannot be exported ({detail})";
    /// What to do about it.
    export_failed_hint() = "--csv-encoding utf8 を使うか、--lossy を付けて 〓 に置き換えてください", "use --csv-encoding utf8, or add --lossy to write 〓 instead";
    /// The threads could not be started.
    threads(detail) = "並列処理を始められません（{detail}）", "the worker threads cannot be started ({detail})";
    /// What to do about it.
    threads_hint() = "--jobs を小さくしてください", "choose a smaller --jobs";
}
