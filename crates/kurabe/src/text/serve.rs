//! `kurabe serve`: what stands on the terminal, and what the pages are answered.

messages! {
    /// `serve`.
    serve() = "レポートと分類の点検ページを、この端末のブラウザに提供します。ファイルが変わると作り直します", "Serve the report and the review page to the browser on this machine, made anew when files change";
    /// `serve --port`.
    port() = "待ち受けるポート番号（既定：8787。0 なら空いているもの）", "Port to listen on (default: 8787; 0 for any that is free)";
    /// `serve --host`.
    host() = "待ち受ける IP アドレス（既定：127.0.0.1）", "IP address to listen on (default: 127.0.0.1)";
    /// `serve --allow-remote`.
    allow_remote() = "ほかの端末から接続できるアドレスを許します（認証はありません）", "Allow an address that other machines reach (nobody is asked for a password)";
    /// `serve --no-watch`.
    no_watch() = "ファイルの変更を見張りません（点検の結果は反映します）", "Do not watch files for changes (decisions are taken up all the same)";

    /// Where pages are served.
    address(url) = "{url} で提供しています（分類の点検：{url}review）。終えるには Ctrl-C を押してください", "Serving at {url} (review of codes: {url}review). Press Ctrl-C to end";
    /// Other machines can connect.
    warning(ip) = "注意：{ip} はほかの端末からも接続できます。接続できる人は誰でも、データを見て分類の決定を書き込めます", "warning: other machines can reach {ip}; whoever does can read the data and write decisions";
    /// The report was made anew.
    updated(measures) = "更新しました（施策 {measures} 件）", "Updated ({measures} measures)";
    /// Another run holds the lock.
    waiting() = "別の kurabe の実行が終わるのを待っています", "Waiting for another kurabe to end its run";
    /// What was shown before stays.
    still_shown() = "前の内容を提供し続けます。直すと、もう一度実行します", "What was shown before is still served; once it is corrected, it runs again";
    /// The program is wrong.
    panicked(detail) = "プログラムの誤りで実行が止まりました（{detail}）", "a fault of the program stopped the run ({detail})";
    /// What to do about it.
    panicked_hint() = "最後に変えたファイルを元に戻し、この表示を添えて報告してください", "undo the last change, and report this message";
    /// The server has ended.
    ended() = "終了しました", "Ended";

    /// Another program listens.
    port_in_use(port) = "ポート {port} は使用中です", "port {port} is in use";
    /// What to do about it.
    port_in_use_hint() = "--port に別の番号か 0（空いているもの）を指定するか、ほかの kurabe serve を終えてください", "give another --port, or 0 for any that is free, or end the other kurabe serve";
    /// The address cannot be listened on.
    not_bound(address, reason) = "{address} で待ち受けられません（{reason}）", "{address} cannot be listened on ({reason})";
    /// What to do about it.
    not_bound_hint() = "--host にこの端末のアドレス、--port に 1024 以上の番号を指定してください", "give --host an address of this machine, and --port a number from 1024";
    /// Other machines could connect.
    exposed(ip) = "{ip} はほかの端末からも接続できます", "{ip} can be reached from other machines";
    /// What to do about it.
    exposed_hint() = "--host を省くか、承知の上なら --allow-remote を付けてください（認証はありません）", "leave out --host, or add --allow-remote if you mean it (nobody is asked for a password)";
    /// The system refuses.
    not_started(reason) = "サーバーを始められません（{reason}）", "the server could not be started ({reason})";
    /// What to do about it.
    not_started_hint() = "もう一度実行してください", "try again";

    /// Nothing is served there.
    not_found() = "そのページはありません", "there is no such page";
    /// What to do about it.
    not_found_hint() = "最初のページから開き直してください", "begin again with the start page";
    /// There is no report yet.
    not_ready() = "まだ準備中です", "it is not ready yet";
    /// What to do about it.
    not_ready_hint() = "しばらくお待ちください", "wait a moment";
    /// A measure is not in the dataset.
    measure_unknown(id) = "施策「{id}」は今のデータにありません", "there is no measure `{id}` in the present data";
    /// Look again.
    reload_hint() = "ページを読み込み直し、今の内容を確かめてください", "load the page again and look at what stands there now";
    /// The text is another one.
    text_changed() = "表示した後に施策の文面が変わりました。決定は書き込んでいません", "the text of the measure changed after it had been shown; the decision was not written";
    /// Somebody else decided.
    decided_meanwhile() = "表示した後に、この施策の決定がほかの人（または reviews/ のファイルの編集）によって変わりました。何も書き込んでいません", "the decision on this measure was changed by somebody else, or by hand in reviews/, after it had been shown; nothing was written";
    /// What to do about it.
    decided_meanwhile_hint() = "今の決定を確かめ、それでも変えるときはもう一度送ってください", "look at the present decision, and send yours again if it is still to be changed";
    /// What was sent is no decision.
    not_understood(error) = "送られた内容を読み取れません（{error}）", "what was sent cannot be understood ({error})";
    /// There is no name.
    name_missing() = "点検した人の名前がありません", "the name of the reviewer is missing";
    /// There is no reason.
    reason_missing() = "理由がありません", "the reason is missing";
    /// Name or reason is too long.
    too_long() = "名前（100字まで）か理由（4,000字まで）が長すぎます", "the name (up to 100 characters) or the reason (up to 4,000) is too long";
    /// The name is none.
    name_invalid() = "名前に使えない文字があります", "the name has characters that are not allowed";
    /// What to do about it.
    form_hint() = "入力を直して、もう一度送ってください", "correct it and send it again";

    /// A request for another host.
    refused_host() = "このアドレスへの要求ではありません", "the request is for another host";
    /// A request of another origin.
    refused_origin() = "ほかのサイトからの要求は受け付けません", "requests of other sites are refused";
    /// The token is wrong.
    refused_token() = "この実行のページからの要求ではありません", "the request does not come from a page of this run";
    /// Neither GET nor POST.
    refused_method() = "GET と POST だけを受け付けます", "only GET and POST are taken";
    /// The path is not plain.
    refused_path() = "パスが正しくありません", "the path is not allowed";
    /// Not JSON.
    refused_media_type() = "JSON だけを受け付けます", "only JSON is taken";
    /// Too large.
    refused_too_large() = "送られた内容が大きすぎます", "what was sent is too large";
    /// Too slow.
    refused_too_slow() = "送信に時間がかかりすぎました", "what was sent took too long";
    /// What to do about refusals.
    refused_hint() = "kurabe serve が表示したアドレスを開き直してください", "open the address that kurabe serve has shown";
}
