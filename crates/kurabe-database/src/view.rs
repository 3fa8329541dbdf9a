//! The views: one SQL text for all three databases, described in its own head (`sql/*.sql`).
//!
//! The head of a file says in comments what the view and each of its columns are:
//! `-- view v_name: 日本語 / English`, `-- column: 日本語 / English`.

/// The files.
const FILES: [&str; 4] = [
    include_str!("../sql/v_measure_overview.sql"),
    include_str!("../sql/v_category_matrix.sql"),
    include_str!("../sql/v_kpi_progress.sql"),
    include_str!("../sql/v_schedule_by_year.sql"),
];

/// A view named for a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: &'static str,
    /// What a row is, in Japanese.
    pub ja: &'static str,
    /// What a row is, in English.
    pub en: &'static str,
    /// Its columns.
    pub columns: Vec<ViewColumn>,
    /// The query.
    pub sql: &'static str,
}

/// A column of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewColumn {
    /// Its name.
    pub name: &'static str,
    /// What it holds, in Japanese.
    pub ja: &'static str,
    /// What it holds, in English.
    pub en: &'static str,
}

/// All views.
#[must_use]
pub fn views() -> Vec<View> {
    FILES.into_iter().map(parsed).collect()
}

fn parsed(file: &'static str) -> View {
    let head = file.lines().take_while(|line| line.starts_with("-- "));
    let end: usize = head.clone().map(|line| line.len() + 1).sum();
    let mut told = head.filter_map(|line| described(line.strip_prefix("-- ")?));
    let title = told.next();
    View {
        name: title.map_or("", |title| title.name.trim_start_matches("view ")),
        ja: title.map_or("", |title| title.ja),
        en: title.map_or("", |title| title.en),
        columns: told.collect(),
        sql: file[end..].trim(),
    }
}

/// `name: 日本語 / English`
fn described(line: &'static str) -> Option<ViewColumn> {
    let (name, meaning) = line.split_once(": ")?;
    let (ja, en) = meaning.split_once(" / ")?;
    Some(ViewColumn { name, ja, en })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_says_what_it_is_in_both_languages() {
        let views = views();
        for view in &views {
            assert!(view.name.starts_with("v_"), "{view:?}");
            assert!(!view.ja.is_empty() && !view.en.is_empty(), "{view:?}");
            assert!(view.columns.len() > 10, "{view:?}");
            let head = FILES.iter().find(|file| file.contains(view.name)).unwrap();
            let lines = head.lines().filter(|line| line.starts_with("-- "));
            assert_eq!(lines.count(), view.columns.len() + 1, "{}", view.name);
            assert!(view.sql.starts_with("SELECT\n"), "{}", view.name);
        }
    }
}
