//! What people decided about shared indicators, as it is kept in `reviews/indicators/*.toml`.
//!
//! A decision confirms, changes or removes the alignment of one KPI, effect or measure, and holds as
//! long as its content stays what the person saw.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::overrides::{OverrideError, is_date, is_key};

/// A decision about the indicator of one KPI, effect or measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlignmentDecision {
    /// Id of the KPI, the effect or the measure.
    pub source_id: String,
    /// Key of the content that the person saw, see [`content_key`](crate::overrides::content_key).
    pub content_key: String,
    /// The indicator; `None` where it belongs to none.
    pub indicator: Option<String>,
    /// Who decided.
    pub who: String,
    /// Day of the decision, `2026-11-20`.
    pub when: String,
    /// Why.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    alignment: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    source_id: String,
    content_key: String,
    indicator: Option<String>,
    who: String,
    when: String,
    why: String,
}

/// Reads a file of decisions; `path` is for messages.
///
/// # Errors
/// When it is not TOML, a key is unknown or missing, a value has the wrong form, or the same thing
/// is decided twice.
pub fn parse(text: &str, path: &str) -> Result<Vec<AlignmentDecision>, OverrideError> {
    let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let file: File = toml::from_str(text).map_err(|error| OverrideError::Invalid {
        path: path.to_owned(),
        line: line_of(error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
    let mut seen = BTreeMap::new();
    for spanned in file.alignment {
        let line = line_of(spanned.span().start);
        let entry = valid(spanned.into_inner(), path, line)?;
        if let Some(first) = seen.insert(entry.source_id.clone(), entry) {
            return Err(OverrideError::AlignedTwice {
                path: path.to_owned(),
                line,
                source_id: first.source_id,
            });
        }
    }
    Ok(seen.into_values().collect())
}

/// Refuses values of the wrong form.
fn valid(entry: Entry, path: &str, line: usize) -> Result<AlignmentDecision, OverrideError> {
    let wrong = |key, value: &str, form, form_ja| OverrideError::Value {
        path: path.to_owned(),
        line,
        key,
        value: value.to_owned(),
        form,
        form_ja,
    };
    if !is_key(&entry.content_key) {
        let form = "16 hexadecimal digits";
        return Err(wrong(
            "content_key",
            &entry.content_key,
            form,
            "16桁の16進数",
        ));
    }
    if !is_date(&entry.when) {
        let form = "a date such as 2026-11-20";
        return Err(wrong("when", &entry.when, form, "2026-11-20のような日付"));
    }
    let texts = [
        ("source_id", Some(&entry.source_id)),
        ("indicator", entry.indicator.as_ref()),
        ("who", Some(&entry.who)),
        ("why", Some(&entry.why)),
    ];
    let blank = texts
        .into_iter()
        .find(|(_, text)| text.is_some_and(|text| text.trim().is_empty()));
    if let Some((key, text)) = blank {
        let value = text.map_or("", String::as_str);
        return Err(wrong(
            key,
            value,
            "a text that is not blank",
            "空でない文字列",
        ));
    }
    Ok(AlignmentDecision {
        source_id: entry.source_id,
        content_key: entry.content_key,
        indicator: entry.indicator,
        who: entry.who,
        when: entry.when,
        why: entry.why,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "[[alignment]]\nsource_id = \"k\"\ncontent_key = \"0123456789abcdef\"\n\
        who = \"A\"\nwhen = \"2026-11-20\"\nwhy = \"R\"\n";

    #[test]
    fn an_entry_without_indicator_removes_the_alignment() {
        let read = parse(ENTRY, "a.toml").unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].indicator, None);
        let named = parse(&format!("{ENTRY}indicator = \"x\"\n"), "a.toml").unwrap();
        assert_eq!(named[0].indicator.as_deref(), Some("x"));
    }

    #[test]
    fn wrong_entries_are_named_with_their_line() {
        let cases = [
            (format!("{ENTRY}{ENTRY}"), "a.toml:7"),
            (ENTRY.replace("2026-11-20", "20.11."), "`when`"),
            (ENTRY.replace("\"R\"", "\" \""), "`why`"),
            (ENTRY.replace("who", "whom"), "a.toml:4"),
            (ENTRY.replace("0123456789abcdef", "key"), "`content_key`"),
        ];
        for (text, wanted) in cases {
            let told = parse(&text, "a.toml").unwrap_err().to_string();
            assert!(told.contains(wanted), "{told}");
        }
    }
}
