//! Databases: options, outcomes, and what can go wrong with what to do about it.

use kurabe_database::DatabaseError;

use crate::text::Lang;

messages! {
    /// `export --to`.
    help_to() = "データベースにも入れます：postgres（--url の PostgreSQL）、sqlite FILE、duckdb FILE。複数回指定できます", "Load the dataset into a database, too: postgres (of --url), sqlite FILE, duckdb FILE; can be given several times";
    /// `export --url`.
    help_url() = "PostgreSQL の接続先：postgres://user@host:5432/database（環境変数 KURABE_DATABASE_URL でも指定可。パスワードは PGPASSWORD に）", "Address of PostgreSQL: postgres://user@host:5432/database (also KURABE_DATABASE_URL; put the password into PGPASSWORD)";
    /// `export --schema`.
    help_schema() = "PostgreSQL のスキーマ（既定：kurabe）", "Schema of PostgreSQL (default: kurabe)";
    /// `export --replace`.
    help_replace() = "形の合わない PostgreSQL の表を作り直します。表に依存する利用者のビューと外部キーも消えます", "Make tables of PostgreSQL that do not fit anew; views and foreign keys of others on them are dropped";

    /// A whole file was written.
    written(place, tables, rows) = "{place} に {tables} 表・{rows} 行を書き込みました。", "Wrote {tables} tables with {rows} rows to {place}.";
    /// A schema was brought to the dataset.
    merged(place, tables, rows, changed) = "{place} に {tables} 表・{rows} 行を入れました（変わった行：{changed}）。", "Loaded {tables} tables with {rows} rows into {place} ({changed} rows changed).";
    /// A reference that the data does not satisfy.
    dangling(table, column, target, rows, example) = "注意：{table}.{column} の {rows} 行は {target} にない値を指すため（例：{example}）、外部キーにしていません。", "note: {rows} rows of {table}.{column} point to nothing in {target} (such as {example}), so that it is no foreign key.";
    /// What of others was dropped.
    dropped(names) = "注意：作り直した表に依存していた次のものを消しました：{names}", "note: dropped with the old tables: {names}";

    /// A target that does not exist.
    target_unknown(name) = "「{name}」という書き込み先はありません", "there is no target `{name}`";
    /// Which there are.
    targets_known(names) = "使える書き込み先：{names}", "targets: {names}";
    /// A target needs a file.
    file_missing(name) = "--to {name} にはファイルが必要です", "--to {name} needs a file";
    /// How to write it.
    target_form(name) = "`--to {name} FILE` の形で指定してください", "write `--to {name} FILE`";
    /// A target that is no file was given one.
    file_useless(name) = "--to {name} にファイルは指定できません", "--to {name} takes no file";
    /// No address was given.
    url_missing() = "PostgreSQL の接続先がありません", "the address of PostgreSQL is missing";
    /// How to give it.
    url_missing_hint() = "--url postgres://user@host:5432/database を付けるか、環境変数 KURABE_DATABASE_URL に書いてください。パスワードは PGPASSWORD に入れます", "give --url postgres://user@host:5432/database or set KURABE_DATABASE_URL; put the password into PGPASSWORD";

    /// Two rows with one key.
    duplicate_key(table, key) = "表 {table} に同じキーの行が二つあります（{key}）", "table {table} holds two rows with the key {key}";
    /// What to do about it.
    duplicate_key_hint() = "データそのものの誤りです。その文書を添えて報告してください。Parquet と CSV はそのまま使えます", "the dataset itself is wrong: report it with the document; Parquet and CSV can be used as they are";
    /// The address cannot be understood.
    address(detail) = "PostgreSQL の接続先を読めません（{detail}）", "the address of PostgreSQL cannot be understood ({detail})";
    /// What to do about it.
    address_hint() = "postgres://user@host:5432/database の形で書き、記号は %XX に置き換えてください", "write postgres://user@host:5432/database, special characters of the parts as %XX";
    /// The server does not answer.
    unreachable(detail) = "PostgreSQL に接続できません（{detail}）", "PostgreSQL does not answer ({detail})";
    /// What to do about it.
    unreachable_hint() = "ホストとポート、サーバーが動いているか、こちらからの接続を許しているか（listen_addresses・pg_hba.conf）を確かめてください", "check host and port, that the server runs, and that it accepts connections from here (listen_addresses, pg_hba.conf)";
    /// The server refuses the user.
    refused() = "PostgreSQL が利用者またはパスワードを認めません", "PostgreSQL refuses the user or the password";
    /// What to do about it.
    refused_hint() = "接続先の利用者名と、PGPASSWORD または KURABE_DATABASE_URL のパスワードを確かめてください", "check the user in the address and the password in PGPASSWORD or KURABE_DATABASE_URL";
    /// There is no such database.
    database_missing() = "その名前のデータベースがありません", "there is no such database";
    /// What to do about it.
    database_missing_hint() = "接続先を直すか、データベースを作ってください（CREATE DATABASE … ENCODING 'UTF8'）", "correct the address, or create it (CREATE DATABASE … ENCODING 'UTF8')";
    /// No protected connection.
    tls(detail) = "暗号化された接続（TLS）ができません（{detail}）", "no protected connection (TLS) can be made ({detail})";
    /// What to do about it.
    tls_hint() = "認証局の証明書を接続先に ?sslrootcert=FILE で加えてください。信頼できる庁内網で暗号化しないなら ?sslmode=disable を加えます（同じ機械のサーバーへは、指定がなければ暗号化しません）", "add ?sslrootcert=FILE with the certificate of its authority to the address or, without encryption in a network that you trust, ?sslmode=disable (servers on this machine are spoken to without TLS by default)";
    /// A right is missing.
    not_allowed(detail) = "データベースの権限が足りません（{detail}）", "a right in the database is missing ({detail})";
    /// What to do about it.
    not_allowed_hint(schema) = "管理者に CREATE SCHEMA \"{schema}\" AUTHORIZATION（この利用者） を実行してもらうか、スキーマの所有者で読み込んでください", "let an administrator run CREATE SCHEMA \"{schema}\" AUTHORIZATION (this user), or load as the owner of the schema";
    /// Somebody else loads.
    busy() = "別の kurabe が同じ所に読み込んでいます", "another kurabe loads into the same place";
    /// What to do about it.
    busy_hint() = "終わるのを待って、もう一度実行してください", "wait until it has ended and load again";
    /// Transactions of others hold the tables.
    held(schema) = "スキーマ {schema} の表を、ほかの処理が使い続けているため変更できません", "transactions of others hold the tables of the schema {schema}";
    /// What to do about it.
    held_hint() = "その処理（pg_stat_activity で分かります）が終わってから、もう一度実行してください。前のデータはそのままです", "load again after they have ended (pg_stat_activity shows them); the old dataset is untouched";
    /// Tables of somebody else.
    not_ours(schema, tables) = "スキーマ {schema} に、kurabe のものではない同名の表があります（{tables}）", "the schema {schema} holds tables that are not of kurabe ({tables})";
    /// What to do about it.
    not_ours_hint() = "--schema で別のスキーマを指定してください", "name another schema with --schema";
    /// The tables do not fit.
    incompatible(schema, changes) = "スキーマ {schema} の表の形が、この版と合いません（{changes}）", "the tables of the schema {schema} do not fit this version ({changes})";
    /// What to do about it.
    incompatible_hint() = "--replace で作り直せます。表の権限（GRANT）は付け直してください", "--replace makes them anew; grants on them then have to be given again";
    /// What to do about it when others depend on the tables.
    incompatible_dependents_hint(names) = "--replace で作り直せますが、表に依存する {names} も消えます。先に定義を控え、後で作り直してください。表の権限（GRANT）も付け直します", "--replace makes them anew, but drops {names} with them: keep their definitions and make them again, and grant again";
    /// Rows of others point to rows that are gone.
    still_referenced(detail) = "ほかの表の行が、新しいデータにない行を指しています（{detail}）", "rows of another table point to rows that the new dataset does not have ({detail})";
    /// What to do about it.
    still_referenced_hint() = "その行を消すか、その外部キーを ON DELETE SET NULL または CASCADE にしてください。前のデータはそのままです", "delete those rows, or declare that foreign key ON DELETE SET NULL or CASCADE; the old dataset is untouched";
    /// The encoding lacks characters.
    encoding(detail) = "データベースの文字コードで表せない文字があります（{detail}）", "the encoding of the database lacks characters ({detail})";
    /// What to do about it.
    encoding_hint() = "ENCODING 'UTF8' で作ったデータベースを使ってください", "use a database with ENCODING 'UTF8'";
    /// Anything else that the server says.
    server(detail, code) = "PostgreSQL が処理を断りました（{detail}、{code}）", "PostgreSQL refused ({detail}, {code})";
    /// What to do about it.
    server_hint() = "サーバーのログを確かめてください。前のデータはそのままです", "see the log of the server; the old dataset is untouched";
    /// The connection was lost.
    lost(detail) = "PostgreSQL との接続が切れました（{detail}）", "the connection to PostgreSQL was lost ({detail})";
    /// What to do about it.
    lost_hint() = "もう一度実行してください。前のデータはそのままです", "load again; the old dataset is untouched";
    /// The file is something else.
    not_a_database(kind) = "kurabe が作った {kind} のファイルではないため、上書きしません", "exists and is no {kind} database of kurabe, so that it is not overwritten";
    /// What to do about it.
    not_a_database_hint() = "別の名前を指定するか、そのファイルを移してください", "name another file, or move that one away";
    /// Another program uses the file.
    in_use() = "ほかのプログラムがこのファイルを使っています", "another program has this file open";
    /// What to do about it.
    in_use_hint() = "そのプログラムで閉じてから、もう一度実行してください", "close it there and load again";
    /// The file cannot be written.
    unwritable(detail) = "書き込めません（{detail}）。前のファイルはそのまま残っています", "cannot be written ({detail}); the old file is untouched";
    /// What to do about it.
    unwritable_hint() = "フォルダがあるか、書き込む権限と空きがあるかを確かめてください", "check that the folder exists, may be written to and has space";
    /// DuckDB is missing.
    duckdb_missing(script) = "DuckDB のコマンド duckdb が見つからないため、データベースの代わりに、それを作るスクリプト {script} を書きました", "the command duckdb was not found: instead of the database, the script {script} that makes it was written";
    /// What to do about it.
    duckdb_missing_hint(path, script) = "DuckDB を入れて（https://duckdb.org）もう一度実行するか（場所は環境変数 KURABE_DUCKDB でも指定可）、DuckDB のある所で `duckdb {path} < {script}` を実行してください", "install DuckDB (https://duckdb.org) and load again (KURABE_DUCKDB can name the program), or run `duckdb {path} < {script}` where there is one";
    /// DuckDB refused.
    duckdb(detail) = "duckdb がファイルを作れません（{detail}）。前のファイルはそのまま残っています", "duckdb could not make the file ({detail}); the old file is untouched";
    /// What to do about it.
    duckdb_hint() = "DuckDB 1.2 以降を使い、フォルダの空きを確かめてください", "use DuckDB 1.2 or later, and check the free space";
}

/// What went wrong.
#[must_use]
pub fn message(lang: Lang, error: &DatabaseError) -> String {
    match error {
        DatabaseError::DuplicateKey { table, key } => duplicate_key(lang, table, key),
        DatabaseError::Address { detail } => address(lang, detail),
        DatabaseError::Unreachable { detail, .. } => unreachable(lang, detail),
        DatabaseError::Refused { .. } => refused(lang),
        DatabaseError::DatabaseMissing { .. } => database_missing(lang),
        DatabaseError::Tls { detail, .. } => tls(lang, detail),
        DatabaseError::NotAllowed { detail, .. } => not_allowed(lang, detail),
        DatabaseError::Busy { .. } => busy(lang),
        DatabaseError::Held { schema } => held(lang, schema),
        DatabaseError::NotOurs { schema, tables } => not_ours(lang, schema, tables),
        DatabaseError::Incompatible {
            schema, changes, ..
        } => incompatible(lang, schema, changes),
        DatabaseError::StillReferenced { detail } => still_referenced(lang, detail),
        DatabaseError::Encoding { detail } => encoding(lang, detail),
        DatabaseError::Server { code, detail } => server(lang, detail, code),
        DatabaseError::Lost { detail, .. } => lost(lang, detail),
        DatabaseError::NotADatabase { kind, .. } => not_a_database(lang, kind),
        DatabaseError::InUse { .. } => in_use(lang),
        DatabaseError::Write { source, .. } => unwritable(lang, source),
        DatabaseError::Sqlite { detail, .. } => unwritable(lang, detail),
        DatabaseError::DuckDbMissing { script, .. } => duckdb_missing(lang, script.display()),
        DatabaseError::DuckDb { detail, .. } => duckdb(lang, detail),
        DatabaseError::Export(error) => unwritable(lang, error),
    }
}

/// What to do about it.
#[must_use]
pub fn hint(lang: Lang, error: &DatabaseError) -> String {
    match error {
        DatabaseError::DuplicateKey { .. } => duplicate_key_hint(lang),
        DatabaseError::Address { .. } => address_hint(lang),
        DatabaseError::Unreachable { .. } => unreachable_hint(lang),
        DatabaseError::Refused { .. } => refused_hint(lang),
        DatabaseError::DatabaseMissing { .. } => database_missing_hint(lang),
        DatabaseError::Tls { .. } => tls_hint(lang),
        DatabaseError::NotAllowed { schema, .. } => not_allowed_hint(lang, schema),
        DatabaseError::Busy { .. } => busy_hint(lang),
        DatabaseError::Held { .. } => held_hint(lang),
        DatabaseError::NotOurs { .. } => not_ours_hint(lang),
        DatabaseError::Incompatible { dependents, .. } if dependents.is_empty() => {
            incompatible_hint(lang)
        }
        DatabaseError::Incompatible { dependents, .. } => {
            incompatible_dependents_hint(lang, dependents)
        }
        DatabaseError::StillReferenced { .. } => still_referenced_hint(lang),
        DatabaseError::Encoding { .. } => encoding_hint(lang),
        DatabaseError::Server { .. } => server_hint(lang),
        DatabaseError::Lost { .. } => lost_hint(lang),
        DatabaseError::NotADatabase { .. } => not_a_database_hint(lang),
        DatabaseError::InUse { .. } => in_use_hint(lang),
        DatabaseError::Write { .. } | DatabaseError::Sqlite { .. } | DatabaseError::Export(_) => {
            unwritable_hint(lang)
        }
        DatabaseError::DuckDbMissing { path, script } => {
            duckdb_missing_hint(lang, path.display(), script.display())
        }
        DatabaseError::DuckDb { .. } => duckdb_hint(lang),
    }
}

/// The server or the file.
#[must_use]
pub fn place(error: &DatabaseError) -> Option<String> {
    match error {
        DatabaseError::Unreachable { server, .. }
        | DatabaseError::Refused { server }
        | DatabaseError::DatabaseMissing { server }
        | DatabaseError::Tls { server, .. }
        | DatabaseError::Lost { server, .. } => Some(server.clone()),
        DatabaseError::Busy { place } => Some(place.clone()),
        DatabaseError::NotADatabase { path, .. }
        | DatabaseError::InUse { path }
        | DatabaseError::Write { path, .. }
        | DatabaseError::Sqlite { path, .. }
        | DatabaseError::DuckDbMissing { path, .. }
        | DatabaseError::DuckDb { path, .. } => Some(path.display().to_string()),
        DatabaseError::DuplicateKey { .. }
        | DatabaseError::Address { .. }
        | DatabaseError::NotAllowed { .. }
        | DatabaseError::Held { .. }
        | DatabaseError::NotOurs { .. }
        | DatabaseError::Incompatible { .. }
        | DatabaseError::StillReferenced { .. }
        | DatabaseError::Encoding { .. }
        | DatabaseError::Server { .. }
        | DatabaseError::Export(_) => None,
    }
}
