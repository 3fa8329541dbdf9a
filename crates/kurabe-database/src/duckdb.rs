//! DuckDB: the program `duckdb` makes a new file from a script and Parquet files, and the file
//! takes the place of the old one. Where the program is not there, the script is left.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use kurabe_schema::TableView;

use crate::content::Content;
use crate::ddl::{self, Dialect};
use crate::error::writing;
use crate::quote::{name, names, text, value};
use crate::workshop::{Workshop, has_companion, has_magic, is_filled};
use crate::{DatabaseError, Load, Loaded, dictionary, views};

/// Writes the dataset into a DuckDB file.
///
/// `program` is the command line of DuckDB; `parquet` is the folder of the published files, which
/// the script names that is written where there is no program.
///
/// # Errors
/// When the program is missing, when the file is something else or in use, or when it cannot be
/// written; the file is then untouched.
pub fn write(
    path: &Path,
    program: Option<&Path>,
    parquet: &Path,
    load: &Load,
) -> Result<Loaded, DatabaseError> {
    let content = Content::of(load)?;
    let Some(program) = program else {
        return Err(leave_script(path, parquet, &content));
    };
    let workshop = Workshop::open(path)?;
    is_replaceable(path, program)?;
    let folder = workshop.place("parquet");
    fs::create_dir_all(&folder).map_err(writing(&folder))?;
    kurabe_export::write_parquet(
        &folder,
        load.dataset,
        kurabe_export::ParquetOptions::default(),
    )?;
    let made = workshop.place("database");
    let told = |detail| DatabaseError::DuckDb {
        path: path.to_owned(),
        detail,
    };
    run(
        program,
        &["-batch", "-bail"],
        &made,
        &script(&content, &folder),
    )
    .map_err(told)?;
    workshop.publish(&made)?;
    Ok(Loaded {
        tables: content.tables.len(),
        rows: content.rows(),
        dangling: content.dangling,
        ..Loaded::default()
    })
}

/// Refuses files that kurabe did not write or that another program has open.
fn is_replaceable(path: &Path, program: &Path) -> Result<(), DatabaseError> {
    let path = path.to_owned();
    if is_filled(&path) {
        let not_ours = DatabaseError::NotADatabase {
            path: path.clone(),
            kind: "DuckDB",
        };
        if !has_magic(&path, 8, b"DUCK") {
            return Err(not_ours);
        }
        // Writers keep everybody else out; an empty transaction shows whether there is one.
        let question = "SELECT run_key FROM kurabe_dataset;";
        match run(program, &["-batch", "-bail"], &path, question) {
            Ok(()) => {}
            Err(words) if words.contains("lock") => return Err(DatabaseError::InUse { path }),
            Err(_) => return Err(not_ours),
        }
    }
    if has_companion(&path, &[".wal"]) {
        return Err(DatabaseError::InUse { path });
    }
    Ok(())
}

/// Runs the program on a database; the error is what it said.
fn run(program: &Path, options: &[&str], database: &Path, script: &str) -> Result<(), String> {
    let started = Command::new(program)
        .args(options)
        .arg("-no-init")
        .arg(database)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = started.map_err(|error| error.to_string())?;
    // A program that stops early closes the pipe; what it said counts.
    let handed = child
        .stdin
        .take()
        .map(|mut input| input.write_all(script.as_bytes()));
    let output = child.wait_with_output().map_err(|e| e.to_string())?;
    if output.status.success() && matches!(handed, Some(Ok(()))) {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let first = words.lines().find(|line| !line.trim().is_empty());
    Err(first.map_or_else(|| output.status.to_string(), str::to_owned))
}

/// Everything that makes the database, from Parquet files in a folder.
fn script(content: &Content, parquet: &Path) -> String {
    let mut statements = vec!["BEGIN".to_owned()];
    for table in content.by_reference() {
        let create = ddl::create_table(Dialect::DuckDb, table.spec, content);
        statements.push(create);
        statements.extend(fill(table, parquet));
    }
    for table in &content.tables {
        statements
            .extend(ddl::indexed(table.spec).map(|column| ddl::create_index(table.spec, column)));
        statements.extend(ddl::table_comments(table.spec));
    }
    for view in views() {
        statements.push(format!("CREATE VIEW {} AS\n{}", name(view.name), view.sql));
        statements.extend(ddl::view_comments(&view));
    }
    statements.push("COMMIT".to_owned());
    statements.push("CHECKPOINT".to_owned());
    statements.join(";\n") + ";\n"
}

/// Rows of the dataset come from its files; those of the dictionary stand in the script.
fn fill(table: &TableView, parquet: &Path) -> Option<String> {
    let spec = table.spec;
    let columns = names(spec.columns.iter().map(|column| column.name));
    let insert = format!("INSERT INTO {} ({columns})", name(spec.name));
    if !dictionary::specs().contains(&spec) {
        let file = parquet.join(format!("{}.parquet", spec.name));
        let file = text(&file.display().to_string());
        return Some(format!(
            "{insert} SELECT {columns} FROM read_parquet({file})"
        ));
    }
    let row = |row: &Vec<_>| {
        let values: Vec<String> = row.iter().map(|one| value(*one)).collect();
        format!("({})", values.join(", "))
    };
    let rows: Vec<String> = table.rows.iter().map(row).collect();
    (!rows.is_empty()).then(|| format!("{insert} VALUES\n{}", rows.join(",\n")))
}

/// Writes the script beside where the database would be.
fn leave_script(path: &Path, parquet: &Path, content: &Content) -> DatabaseError {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".sql");
    let place = path.with_file_name(name);
    let parquet = std::path::absolute(parquet).unwrap_or_else(|_| parquet.to_owned());
    match put(&place, &script(content, &parquet)) {
        Ok(()) => DatabaseError::DuckDbMissing {
            path: path.to_owned(),
            script: place,
        },
        Err(error) => error,
    }
}

fn put(place: &Path, text: &str) -> Result<(), DatabaseError> {
    let workshop = Workshop::open(place)?;
    let made = workshop.place("script");
    let mut file = File::create(&made).map_err(writing(place))?;
    file.write_all(text.as_bytes()).map_err(writing(place))?;
    workshop.publish(&made)
}
