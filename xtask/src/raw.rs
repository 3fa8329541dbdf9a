//! The files in `raw/`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::document;
use crate::error::{Lang, TaskError};
use crate::recipe::{Format, Recipe, Recipes};
use crate::{docx, html, xlsx};

/// Makes all files and writes those that have changed.
#[allow(
    clippy::disallowed_methods,
    reason = "the files are under version control and can be made again"
)]
pub(crate) fn write(home: &Path, lang: Lang) -> Result<String, TaskError> {
    let stale = stale(home)?;
    for (path, bytes) in &stale {
        fs::write(path, bytes).map_err(disk(path))?;
    }
    let files = names(&stale);
    Ok(if files.is_empty() {
        current(lang)
    } else {
        lang.pick(
            format!("書きました：{}", files.join("、")),
            format!("written: {}", files.join(", ")),
        )
    })
}

fn current(lang: Lang) -> String {
    lang.pick(
        "raw/ は xtask/sources のとおりです".to_owned(),
        "raw/ is what xtask/sources gives".to_owned(),
    )
}

/// Makes all files and compares them with those that are there.
pub(crate) fn check(home: &Path, lang: Lang) -> Result<String, TaskError> {
    let stale = stale(home)?;
    if stale.is_empty() {
        return Ok(current(lang));
    }
    let files = names(&stale);
    Err(TaskError::Stale { files })
}

fn names(files: &[(PathBuf, Vec<u8>)]) -> Vec<String> {
    let names = files.iter().filter_map(|(path, _)| path.file_name());
    names.map(|n| n.to_string_lossy().into_owned()).collect()
}

/// The files that are not there as they should be, with what they should hold.
fn stale(home: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, TaskError> {
    let sources = home.join("xtask/sources");
    let recipes = recipes(&sources.join("raw.toml"))?;
    let mut stale = Vec::new();
    for recipe in &recipes.file {
        let path = home.join("raw").join(&recipe.file);
        let bytes = make(&sources, recipe)?;
        if fs::read(&path).ok().as_ref() != Some(&bytes) {
            stale.push((path, bytes));
        }
    }
    Ok(stale)
}

fn recipes(path: &Path) -> Result<Recipes, TaskError> {
    let text = fs::read_to_string(path).map_err(disk(path))?;
    toml::from_str(&text).map_err(|error| TaskError::Recipe {
        path: path.to_owned(),
        detail: error.to_string(),
    })
}

/// The bytes of one file.
fn make(sources: &Path, recipe: &Recipe) -> Result<Vec<u8>, TaskError> {
    let path = sources.join(&recipe.source);
    let bytes = fs::read(&path).map_err(disk(&path))?;
    if recipe.format == Format::Text {
        return Ok(bytes);
    }
    let pieces = document::read(&bytes, recipe)?;
    match recipe.format {
        Format::Text => Ok(bytes),
        Format::Xlsx => xlsx::make(&pieces, recipe),
        Format::Docx => docx::make(&pieces, recipe),
        Format::Html => html::make(&pieces, recipe),
    }
}

fn disk(path: &Path) -> impl FnOnce(std::io::Error) -> TaskError {
    let path = path.to_owned();
    move |error| TaskError::Disk { path, error }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
    }

    #[test]
    fn raw_is_what_the_sources_give() {
        check(home(), Lang::En).unwrap();
    }

    #[test]
    fn the_same_sources_give_the_same_bytes() {
        let sources = home().join("xtask/sources");
        for recipe in recipes(&sources.join("raw.toml")).unwrap().file {
            let (one, two) = (make(&sources, &recipe), make(&sources, &recipe));
            assert!(one.unwrap() == two.unwrap(), "{}", recipe.file);
        }
    }

    #[test]
    fn a_file_that_was_changed_is_named() {
        let stale = TaskError::Stale {
            files: vec!["a.xlsx".to_owned(), "b.docx".to_owned()],
        };
        assert!(stale.to_string().contains("a.xlsx, b.docx"));
        assert!(stale.told(Lang::En).contains("hint: "));
        assert!(stale.told(Lang::Ja).contains("ヒント："));
    }
}
