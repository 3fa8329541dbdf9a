//! The coded titles of `usage/`.

use super::SourceFile;
use crate::data::Facet;
use crate::error::{EditionError, nearest};
use crate::usage::Example;
use kurabe_text::width;
use std::collections::BTreeMap;

/// Reads facet, tab and title of each line; lines that begin with `#` are remarks.
///
/// # Errors
/// A line without a tab, an unknown facet, a title that is empty or stands there twice.
pub(super) fn titles(
    files: &[SourceFile<'_>],
    facets: &[Facet],
) -> Result<Vec<Example>, EditionError> {
    let index: BTreeMap<&str, u16> = facets.iter().map(|f| f.id.as_str()).zip(0..).collect();
    let mut examples = Vec::new();
    let mut first: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for file in files {
        for (text, line) in file.text.lines().zip(1..) {
            if text.starts_with('#') || text.trim().is_empty() {
                continue;
            }
            let example = example(text, file, line, &index)?;
            if let Some((path, before)) = first.insert(example.key.clone(), (file.path, line)) {
                return Err(EditionError::Twice {
                    path: file.path.to_owned(),
                    line,
                    key: "title".to_owned(),
                    value: text.split('\t').next_back().unwrap_or_default().to_owned(),
                    first: format!("{path}:{before}"),
                });
            }
            examples.push(example);
        }
    }
    Ok(examples)
}

fn example(
    text: &str,
    file: &SourceFile<'_>,
    line: usize,
    index: &BTreeMap<&str, u16>,
) -> Result<Example, EditionError> {
    let path = || file.path.to_owned();
    let (facet, title) = text.split_once('\t').ok_or_else(|| EditionError::Invalid {
        path: path(),
        line,
        message: "a facet, a tab and a title must stand here".to_owned(),
    })?;
    let Some(&known) = index.get(facet) else {
        return Err(EditionError::Word {
            path: path(),
            line,
            key: "facet".to_owned(),
            value: facet.to_owned(),
            nearest: nearest(facet, index.keys().copied()),
        });
    };
    let key = width::key(title);
    if key.is_empty() {
        return Err(EditionError::Empty {
            path: path(),
            line,
            key: "title".to_owned(),
        });
    }
    Ok(Example { facet: known, key })
}
