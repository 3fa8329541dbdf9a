//! The options of `kurabe export` that say where the dataset goes besides `out/`.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Command, value_parser};

use super::grammar::{flag, option};
use crate::text::{Lang, database as words, help};

/// The schema of PostgreSQL, unless `--schema` names another one.
const SCHEMA: &str = "kurabe";

/// PostgreSQL cuts longer names.
const LONGEST_NAME: usize = 63;

/// What `kurabe export` does besides writing `out/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Export {
    /// Where the dataset goes, too.
    pub to: Vec<Destination>,
    /// Address of the database server.
    pub url: Option<Secret>,
    /// Schema in its database.
    pub schema: String,
    /// Whether tables that do not fit are made anew.
    pub is_replacing: bool,
}

/// A target as given: its name is not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Such as `sqlite`.
    pub name: String,
    /// The file, for targets that are files.
    pub file: Option<PathBuf>,
}

/// Something that may hold a password. It does not show itself.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// Keeps words to itself.
    #[must_use]
    pub fn new(words: String) -> Self {
        Self(words)
    }

    /// The words, for whoever has to use them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What the environment says of databases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DatabaseVariables {
    /// `KURABE_DATABASE_URL`.
    pub url: Option<Secret>,
    /// `PGPASSWORD`, as of the other programs of PostgreSQL.
    pub password: Option<Secret>,
    /// `KURABE_DUCKDB`: the command line of DuckDB.
    pub duckdb: Option<PathBuf>,
    /// `PATH`, on which it is looked for otherwise.
    pub path: Option<OsString>,
}

impl DatabaseVariables {
    /// Those of this process; empty ones count as missing.
    pub(super) fn of_process() -> Self {
        let text = |name| std::env::var(name).ok().filter(|words| !words.is_empty());
        Self {
            url: text("KURABE_DATABASE_URL").map(Secret::new),
            password: text("PGPASSWORD").map(Secret::new),
            duckdb: text("KURABE_DUCKDB").map(PathBuf::from),
            path: std::env::var_os("PATH"),
        }
    }

    /// The command line of DuckDB.
    #[must_use]
    pub fn duckdb(&self) -> Option<PathBuf> {
        let name = format!("duckdb{}", std::env::consts::EXE_SUFFIX);
        let folders = std::env::split_paths(self.path.as_deref().unwrap_or_default());
        let mut places = folders.map(|folder| folder.join(&name));
        let named = self.duckdb.clone();
        named.or_else(|| places.find(|place| place.is_file()))
    }
}

/// `kurabe export`.
pub(super) fn command(lang: Lang) -> Command {
    let schema = |text: &str| match text.len() {
        1..=LONGEST_NAME if !text.contains('\0') => Ok(text.to_owned()),
        _ => Err("1-63 bytes"),
    };
    Command::new("export")
        .about(help::export(lang))
        .arg(
            option("to", "TARGET", words::help_to(lang), lang)
                .value_names(["TARGET", "FILE"])
                .num_args(1..=2)
                .action(ArgAction::Append)
                .value_parser(value_parser!(OsString)),
        )
        .arg(option("url", "URL", words::help_url(lang), lang))
        .arg(option("schema", "NAME", words::help_schema(lang), lang).value_parser(schema))
        .arg(flag("replace", lang).help(words::help_replace(lang)))
}

/// What was asked for.
pub(super) fn export(own: &ArgMatches) -> Export {
    let groups = own.get_occurrences::<OsString>("to").into_iter().flatten();
    let to = groups.map(|mut group| Destination {
        name: group
            .next()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        file: group.next().map(PathBuf::from),
    });
    Export {
        to: to.collect(),
        url: own.get_one::<String>("url").cloned().map(Secret::new),
        schema: own
            .get_one::<String>("schema")
            .cloned()
            .unwrap_or_else(|| SCHEMA.to_owned()),
        is_replacing: own.get_flag("replace"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Action, parse};

    fn parsed(line: &str) -> Export {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        match parse(&words, Lang::En).unwrap().action {
            Action::Export(export) => export,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn targets_can_be_given_several_times() {
        let line = "kurabe export --to sqlite a.db --to postgres --to duckdb b.duckdb --schema s";
        let export = parsed(line);
        let names: Vec<&str> = export.to.iter().map(|one| &*one.name).collect();
        assert_eq!(names, ["sqlite", "postgres", "duckdb"]);
        assert_eq!(export.to[1].file, None);
        assert_eq!(export.to[2].file, Some(PathBuf::from("b.duckdb")));
        assert_eq!(export.schema, "s");
        assert_eq!(parsed("kurabe export").schema, SCHEMA);
        assert_eq!(parsed("kurabe export").to, []);
    }

    #[test]
    fn secrets_do_not_show_themselves() {
        let export = parsed("kurabe export --to postgres --url postgres://u:s3cret@h/d");
        assert!(!format!("{export:?}").contains("s3cret"));
    }
}
