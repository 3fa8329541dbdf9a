//! Why a document could not be fetched, with what to do about it.

use kurabe_fetch::{FetchError, ManifestError, SourceError};

use crate::text::Lang;

messages! {
    /// The host has no public address.
    private_address(url, host) = "{url}：{host} は公開のインターネットのアドレスではありません。取得元そのものが庁内などにあるなら allow_private = true を書いてください", "{url}: {host} is no address of the public internet; set allow_private = true if the source's own host is meant to be in your network";
    /// The address is no web address.
    scheme(url) = "{url}：http と https だけを取得します。url か link を直してください", "{url}: only http and https are fetched; correct url or link";
    /// `robots.txt` asks programs to stay away.
    robots(url) = "{url}：相手の robots.txt がプログラムによる取得を断っています。公開元に相談するか、ファイルを raw/ に手で入れてください", "{url}: robots.txt of the host asks programs to stay away; ask the publisher, or put the file into raw/ by hand";
    /// `robots.txt` cannot be read.
    robots_unknown(url, cause) = "robots.txt を読めないため {url} を取得しません（{cause}）", "robots.txt of the host cannot be read, so that {url} is not asked for ({cause})";
    /// A status that brings no document.
    status(url, status, remedy) = "{url}：サーバーの応答は {status} でした。{remedy}", "{url}: the server answered {status}; {remedy}";
    /// What to do about a refusal.
    remedy_refused() = "公開元に相談するか、ファイルを raw/ に手で入れてください", "ask the publisher for access, or put the file into raw/ by hand";
    /// What to do about a missing document.
    remedy_gone() = "移動したか削除されています。新しい URL を探してください", "it has moved or is gone: look for its new address";
    /// What to do about an overloaded server.
    remedy_later() = "しばらくしてからやり直してください", "try again later";
    /// What to do about any other status.
    remedy_look() = "ブラウザーで URL を確かめてください", "check the address in a browser";
    /// The server asks for a long pause.
    too_busy(url, seconds) = "{url}：サーバーが {seconds} 秒待つよう求めています。その後で `kurabe fetch` をもう一度実行してください", "{url}: the server asks to wait {seconds} s; run `kurabe fetch` again after that time";
    /// Too many redirects.
    redirects(url, limit) = "{url}：転送が {limit} 回を超えました。最後の URL を url に書いてください", "{url}: more than {limit} redirects; enter the final address as url";
    /// A redirect that leads nowhere.
    redirect_invalid(url) = "{url}：転送先が書かれていません。最後の URL を url に書いてください", "{url}: the server redirects without a usable address; enter the final address as url";
    /// No answer.
    connection(url, detail) = "{url}：応答がありません（{detail}）。URL とネットワークを確かめてください", "{url}: no answer ({detail}); check the address and the network";
    /// Nothing came for too long.
    stalled(url, seconds) = "{url}：{seconds} 秒のあいだ何も届きませんでした。しばらくしてからやり直すか、stall_seconds を大きくしてください", "{url}: nothing came for {seconds} s; try again later, or raise stall_seconds";
    /// The document took too long.
    too_slow(url, seconds) = "{url}：{seconds} 秒では終わりませんでした。`kurabe fetch` をもう一度実行すると続きから取得します。total_seconds を大きくすることもできます", "{url}: not complete after {seconds} s; run `kurabe fetch` again to continue, or raise total_seconds";
    /// The body is shorter or longer than announced.
    incomplete(url, got, expected) = "{url}：{expected} バイトのはずが {got} バイトで終わりました。しばらくしてからやり直してください", "{url}: {got} bytes came where {expected} were announced; try again later";
    /// The body broke off.
    broken(url, got) = "{url}：{got} バイトで切れました。しばらくしてからやり直してください", "{url}: the connection broke after {got} bytes; try again later";
    /// The server continued elsewhere.
    continuation(url) = "{url}：サーバーが求めた箇所と違うところから送ってきました。やり直してください", "{url}: the server continued at another place than asked; try again";
    /// Larger than the limit.
    too_large(url, limit) = "{url}：{limit} バイトを超えています。正しい大きさなら largest_mib を大きくしてください", "{url}: larger than {limit} bytes; raise largest_mib if that is right";
    /// Larger than the limit when decompressed.
    inflated(url, limit) = "{url}：展開すると {limit} バイトを超えます。正しい大きさなら largest_mib を大きくしてください", "{url}: more than {limit} bytes when decompressed; raise largest_mib if that is right";
    /// An unknown content coding.
    coding(url, coding) = "{url}：圧縮方式 {coding} を展開できません。ファイルを raw/ に手で入れてください", "{url}: compressed as {coding}, which is not understood; put the file into raw/ by hand";
    /// A damaged compressed body.
    undecodable(url, detail) = "{url}：圧縮された本体が壊れています（{detail}）。やり直してください", "{url}: the compressed body is damaged ({detail}); try again";
    /// Another media type than expected.
    media_type(url, found, expected) = "{url}：{expected} のはずが {found} でした。URL を確かめるか、media_types を直してください", "{url}: {found} came instead of {expected}; check the address, or correct media_types";
    /// Other bytes than expected.
    content(url, expected) = "{url}：中身が {expected} ではありません。ブラウザーで URL を確かめてください", "{url}: the bytes are not {expected}; check in a browser what the address shows";
    /// No link fits.
    link_missing(url, pattern) = "{url}：「{pattern}」に合うリンクがありません。link か url を直してください", "{url}: no link of the page fits `{pattern}`; correct link or url";
    /// Several links fit.
    link_ambiguous(url, pattern, found) = "{url}：「{pattern}」に合うリンクが複数あります（{found}）。link を絞ってください", "{url}: several links of the page fit `{pattern}` ({found}); make link narrower";
    /// The file belongs to another source.
    path_taken(path, other) = "raw/{path} は取得元 {other} のファイルです。どちらかに別の file を指定してください", "raw/{path} belongs to the source {other}; give one of them another file";
    /// A proxy cannot be used.
    proxy(variable) = "環境変数 {variable} の値はプロキシのアドレスではありません。直すか、消してください", "the value of {variable} is no address of a proxy; correct or unset the variable";
    /// The network part could not be started.
    setup(detail) = "ネットワークを使えません（{detail}）。証明書とこの機械の制限を確かめてください", "the network cannot be used ({detail}); check the certificates and limits of this machine";
    /// The manifest is damaged.
    manifest_line(place, detail) = "{place}：取得の記録ではない行です（{detail}）。その行を消して取得し直してください", "{place}: no entry of a manifest ({detail}); delete that line and fetch the source again";
    /// A file cannot be written.
    disk(path, error) = "{path}：{error}。空き容量と書き込む権限を確かめてください", "{path}: {error}; check that there is room and that you may write there";

    /// A wrong identifier.
    source_id(id) = "取得元「{id}」：id に使えるのは半角の英数字・-・_ だけです", "source `{id}`: the id may hold Latin letters, digits, - and _ only";
    /// Two sources of one identifier.
    source_twice(id) = "取得元「{id}」が二つあります", "there are two sources `{id}`";
    /// Two sources of one file.
    source_same_file(id, other) = "取得元「{id}」と「{other}」の file が同じです", "the sources `{id}` and `{other}` have the same file";
    /// A wrong address.
    source_url(id) = "取得元「{id}」：url が http または https の URL ではありません", "source `{id}`: the url is no http or https address";
    /// A wrong pattern.
    source_link(id, detail) = "取得元「{id}」：link は正規表現として読めません（{detail}）", "source `{id}`: the link pattern is wrong ({detail})";
    /// A wrong file.
    source_file(id, file) = "取得元「{id}」：file「{file}」は raw/ の下の、読まれるファイルの名前ではありません（隠しファイル・README・*.md・*.toml・manifest.jsonl は使えません）", "source `{id}`: `{file}` is no file name below raw/ that would be read (no hidden files, README, *.md, *.toml, manifest.jsonl)";
    /// A wrong media type.
    source_media_type(id, media_type) = "取得元「{id}」：「{media_type}」はメディアタイプではありません（application/pdf のように書いてください）", "source `{id}`: `{media_type}` is no media type (write it like application/pdf)";
}

/// Why a document could not be fetched, and what to do.
#[must_use]
pub fn failure(lang: Lang, error: &FetchError) -> String {
    use FetchError as E;
    match error {
        E::PrivateAddress { url, host } => private_address(lang, url, host),
        E::Scheme { url } => scheme(lang, url),
        E::Robots { url } => robots(lang, url),
        E::RobotsUnknown { url, cause } => robots_unknown(lang, url, failure(lang, cause)),
        E::Status {
            url, status: code, ..
        } => status(lang, url, code, remedy(lang, *code)),
        E::TooBusy { url, wait } => too_busy(lang, url, wait.as_secs()),
        E::Redirects { url, limit } => redirects(lang, url, limit),
        E::RedirectInvalid { url } => redirect_invalid(lang, url),
        E::Connection { url, detail } => connection(lang, url, detail),
        E::Stalled { url, limit } => stalled(lang, url, limit.as_secs_f32()),
        E::TooSlow { url, limit } => too_slow(lang, url, limit.as_secs_f32()),
        E::Incomplete { url, got, expected } => ended(lang, url, *got, *expected),
        E::Continuation { url } => continuation(lang, url),
        E::TooLarge { url, limit } => too_large(lang, url, limit),
        E::Inflated { url, limit } => inflated(lang, url, limit),
        E::Coding { url, coding: name } => coding(lang, url, name),
        E::Undecodable { url, detail } => undecodable(lang, url, detail),
        E::MediaType {
            url,
            found,
            expected,
        } => media_type(lang, url, found, expected.join(", ")),
        E::Content { url, expected } => content(lang, url, expected.join(", ")),
        E::LinkMissing { url, pattern } => link_missing(lang, url, pattern),
        E::LinkAmbiguous {
            url,
            pattern,
            found,
        } => link_ambiguous(lang, url, pattern, found.join(", ")),
        E::PathTaken { path, other } => path_taken(lang, path, other),
        E::Proxy { variable } => proxy(lang, variable),
        E::Setup { detail } => setup(lang, detail),
        E::Manifest(error) => manifest(lang, error),
        E::Disk { path, error } => disk(lang, path.display(), error),
    }
}

fn ended(lang: Lang, url: &str, got: u64, expected: Option<u64>) -> String {
    match expected {
        Some(expected) => incomplete(lang, url, got, expected),
        None => broken(lang, url, got),
    }
}

fn remedy(lang: Lang, status: u16) -> String {
    match status {
        401 | 403 => remedy_refused(lang),
        404 | 410 => remedy_gone(lang),
        408 | 425 | 429 | 500..=599 => remedy_later(lang),
        _ => remedy_look(lang),
    }
}

fn manifest(lang: Lang, error: &ManifestError) -> String {
    match error {
        ManifestError::Disk { path, error } => disk(lang, path.display(), error),
        ManifestError::Line { path, line, detail } => {
            manifest_line(lang, format!("{}:{line}", path.display()), detail)
        }
    }
}

/// Why a source of the configuration cannot be used.
#[must_use]
pub fn source_error(lang: Lang, error: &SourceError) -> String {
    use SourceError as E;
    match error {
        E::Id { id } => source_id(lang, id),
        E::Twice { id } => source_twice(lang, id),
        E::SameFile { id, other } => source_same_file(lang, id, other),
        E::Url { id } => source_url(lang, id),
        E::Link { id, detail } => source_link(lang, id, detail),
        E::File { id, file } => source_file(lang, id, file),
        E::MediaType { id, media_type } => source_media_type(lang, id, media_type),
    }
}
