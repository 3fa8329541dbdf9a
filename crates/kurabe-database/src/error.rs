//! Why a database could not be written, with what to do about it. No message holds an address
//! with a password, or the words of a server that could repeat one.

use std::path::{Path, PathBuf};

/// Why a database could not be written. Unless it says otherwise, the old content is untouched.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// Two rows of a table have the same key.
    #[error(
        "table `{table}` holds two rows with the key {key}; report it with the source document, \
         as the dataset itself is wrong"
    )]
    DuplicateKey {
        /// The table.
        table: &'static str,
        /// The key.
        key: String,
    },
    /// The address of the server cannot be understood.
    #[error(
        "the address of the database cannot be understood ({detail}); write \
         postgres://user@host:5432/database and escape special characters of the parts by %XX"
    )]
    Address {
        /// What is wrong with it, without repeating it.
        detail: &'static str,
    },
    /// The server does not answer.
    #[error(
        "{server} does not answer ({detail}); check host and port, that the server runs, and \
         that it accepts connections from here (listen_addresses, pg_hba.conf)"
    )]
    Unreachable {
        /// Host and port.
        server: String,
        /// What the system said.
        detail: String,
    },
    /// The server does not let the user in.
    #[error(
        "{server} refuses the user or the password; check the user in the address, and the \
         password in PGPASSWORD or KURABE_DATABASE_URL"
    )]
    Refused {
        /// Host and port.
        server: String,
    },
    /// There is no such database.
    #[error(
        "{server} has no such database; create it (CREATE DATABASE … ENCODING 'UTF8') or correct the address"
    )]
    DatabaseMissing {
        /// Host and port.
        server: String,
    },
    /// TLS was wanted and could not be had.
    #[error(
        "no protected connection to {server} ({detail}); name the certificate of its authority \
         with ?sslrootcert=FILE, or, in a network that you trust, add ?sslmode=disable"
    )]
    Tls {
        /// Host and port.
        server: String,
        /// What the TLS library said.
        detail: String,
    },
    /// The user may not do what is needed.
    #[error(
        "the user has no right to do this ({detail}); let an administrator run CREATE SCHEMA \
         {schema} AUTHORIZATION of this user, or load as the owner of the schema"
    )]
    NotAllowed {
        /// The schema.
        schema: String,
        /// What the server said.
        detail: String,
    },
    /// Somebody else loads into the same schema or file.
    #[error("another kurabe loads into {place}; wait until it has ended")]
    Busy {
        /// Schema or file.
        place: String,
    },
    /// Open transactions of others keep the tables from being changed.
    #[error(
        "the tables of the schema {schema} have to be changed, but transactions of others hold them; \
         end them (pg_stat_activity shows them) and load again"
    )]
    Held {
        /// The schema.
        schema: String,
    },
    /// The schema holds tables of somebody else under our names.
    #[error(
        "the schema {schema} holds tables that are not of kurabe ({tables}); name another one \
         with --schema"
    )]
    NotOurs {
        /// The schema.
        schema: String,
        /// The tables.
        tables: String,
    },
    /// The tables of the schema cannot be brought to the present form while keeping them.
    #[error(
        "the tables of the schema {schema} differ from those of this version ({changes}); \
         --replace makes them anew. Grants on them then have to be given again{dependents}"
    )]
    Incompatible {
        /// The schema.
        schema: String,
        /// What differs.
        changes: String,
        /// What others have built on the tables and would be dropped with them; empty or a clause.
        dependents: String,
    },
    /// Rows of others point to rows that are gone.
    #[error(
        "rows of another table point to rows that the new dataset does not have ({detail}); \
         delete them, or declare that foreign key ON DELETE SET NULL or CASCADE"
    )]
    StillReferenced {
        /// What the server said.
        detail: String,
    },
    /// The encoding of the database lacks characters.
    #[error(
        "the encoding of the database cannot hold the texts ({detail}); use a database with \
         ENCODING 'UTF8'"
    )]
    Encoding {
        /// What the server said.
        detail: String,
    },
    /// The server said something else.
    #[error("PostgreSQL: {detail} ({code}); see the log of the server")]
    Server {
        /// Its code.
        code: String,
        /// What it said.
        detail: String,
    },
    /// The connection was lost.
    #[error("the connection to {server} was lost ({detail}); load again")]
    Lost {
        /// Host and port.
        server: String,
        /// What the library said.
        detail: String,
    },
    /// The file is something else.
    #[error(
        "{path} exists and is no {kind} database that kurabe wrote; name another file, or move it \
         away"
    )]
    NotADatabase {
        /// The file.
        path: PathBuf,
        /// The kind of database.
        kind: &'static str,
    },
    /// Another program uses the file.
    #[error("{path} is open in another program; close it there and load again")]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be written.
    #[error("{path} cannot be written ({source}); check the folder and the free space")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// SQLite could not make the file.
    #[error("SQLite could not write {path} ({detail}); check the folder and the free space")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        detail: String,
    },
    /// The program `duckdb` is not there; the script is.
    #[error(
        "the program duckdb was not found, so that {script} was written instead of {path}; \
         install the DuckDB command line (https://duckdb.org) and load again, or run \
         duckdb with this script elsewhere"
    )]
    DuckDbMissing {
        /// The database.
        path: PathBuf,
        /// The script that makes it.
        script: PathBuf,
    },
    /// DuckDB could not make the file.
    #[error("duckdb could not write {path} ({detail}); use DuckDB 1.2 or later")]
    DuckDb {
        /// The database.
        path: PathBuf,
        /// What DuckDB said.
        detail: String,
    },
    /// The tables could not be handed over to DuckDB.
    #[error("{0}")]
    Export(#[from] kurabe_export::ExportError),
}

/// Makes an error of writing a file out of what the system says.
pub(crate) fn writing(path: &Path) -> impl Fn(std::io::Error) -> DatabaseError {
    move |source| DatabaseError::Write {
        path: path.to_owned(),
        source,
    }
}
