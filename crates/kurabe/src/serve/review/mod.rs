//! The review sheet as a page: what is asked and what is answered.

mod decide;
mod desk;
mod detail;
mod runs;

use std::collections::BTreeMap;
use std::sync::Arc;

use kurabe_serve::Reply;
use serde::Serialize;

pub(super) use decide::{decide, withdraw};
pub(super) use desk::Desk;

use super::live::{Live, Shown};
use super::site::{failed, json, not_ready};
use desk::Wanted;

/// How many rows a list has at most.
const PAGE: usize = 100;

/// The names and values of a query.
struct Query<'q>(&'q [(String, String)]);

impl<'q> Query<'q> {
    /// The value of a name, unless it is blank.
    fn get(&self, name: &str) -> Option<&'q str> {
        let mut all = self.0.iter();
        let found = all.find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }
}

/// Answers with what is shown at the moment and its desk of the edition that was asked for.
fn with_desk(
    live: &Live,
    edition: Option<&str>,
    answer: impl FnOnce(&Shown, &Arc<Desk>) -> Reply,
) -> Reply {
    let Some(shown) = live.shown() else {
        return not_ready();
    };
    match shown.desk(edition) {
        Ok(desk) => answer(&shown, &desk),
        Err(error) => failed(&error),
    }
}

/// A name with its label in both languages.
#[derive(Serialize)]
struct Labelled<'d> {
    id: &'d str,
    ja: &'d str,
    en: &'d str,
}

/// A code of the edition with the group of the plan that it stands in.
#[derive(Serialize)]
struct Choice<'d> {
    group: &'d str,
    #[serde(flatten)]
    code: Labelled<'d>,
}

/// What can be chosen on the page.
#[derive(Serialize)]
struct Overview<'d> {
    generation: u64,
    edition: &'d str,
    editions: Vec<&'d str>,
    codes: Vec<Choice<'d>>,
    municipalities: Vec<Labelled<'d>>,
    counts: BTreeMap<&'static str, usize>,
}

/// `/api/review/overview`: what can be chosen.
pub(super) fn overview(live: &Live, query: &[(String, String)]) -> Reply {
    with_desk(live, Query(query).get("edition"), |shown, desk| {
        let edition = desk.ground.codes.edition();
        let codes = shown.data.categories.iter();
        let codes = codes.filter(|code| code.taxonomy == edition);
        let codes = codes.map(|code| Choice {
            group: &code.group,
            code: Labelled {
                id: &code.category_id,
                ja: &code.label_ja,
                en: &code.label_en,
            },
        });
        let municipalities = shown.data.municipalities.iter().map(|one| Labelled {
            id: &one.municipality_code,
            ja: &one.name,
            en: &one.name,
        });
        let mut editions: Vec<&str> = Vec::new();
        for category in &shown.data.categories {
            if !editions.contains(&category.taxonomy.as_str()) {
                editions.push(&category.taxonomy);
            }
        }
        let overview = Overview {
            generation: shown.generation,
            edition,
            editions,
            codes: codes.collect(),
            municipalities: municipalities.collect(),
            counts: desk.counts(),
        };
        json(200, &overview)
    })
}

/// `/api/review/list`: measures, those that need a person most first.
pub(super) fn list(live: &Live, query: &[(String, String)]) -> Reply {
    let query = Query(query);
    let wanted = Wanted {
        municipality: query.get("municipality"),
        need: query.get("need"),
        verdict: query.get("verdict"),
        category: query.get("category"),
        below: query.number("below"),
        words: query.get("words"),
    };
    let offset = query.number("offset").unwrap_or(0);
    let limit = query.number("limit").unwrap_or(PAGE).min(PAGE);
    with_desk(live, query.get("edition"), |shown, desk| {
        json(200, &desk.list(shown, &wanted, offset, limit))
    })
}

/// `/api/review/measure`: all that a person has to know of one measure.
pub(super) fn measure(live: &Live, query: &[(String, String)]) -> Reply {
    let query = Query(query);
    let id = query.get("id").unwrap_or_default();
    with_desk(live, query.get("edition"), |shown, desk| {
        detail::answer(shown, desk, id)
    })
}
