//! What a newer plan says of measures of the plan before it.

use super::Draft;
use super::editions::Measures;
use super::names::{self, Names};
use super::words::{Former, Relation, WORDS};
use kurabe_schema::{Dataset, Document, Measure, MeasureLink};
use kurabe_text::width;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Kinds of document that look back on another plan: a review looks back on its own.
const LOOKING_BACK: [&str; 2] = ["plan", "action_plan"];

/// A sentence that looks back.
struct Statement<'d> {
    words: &'d str,
    key: String,
    locator: &'d str,
    /// How sure it is that it speaks of the former plan: 0 by its heading, 1 by its words, 2 by its tense.
    doubt: u8,
    /// The measure to which it belongs.
    to: Option<&'d Measure>,
}

/// The links that a document states; `older` is the document of the former plan, where there is one.
pub(super) fn stated<'d>(
    data: &'d Dataset,
    measures: &Measures<'d>,
    older: Option<&'d Document>,
    newer: &'d Document,
) -> Vec<Draft<'d>> {
    if !LOOKING_BACK.contains(&newer.kind.as_str()) {
        return Vec::new();
    }
    let view = View::new(&WORDS.former, newer);
    let all = statements(data, newer, &view);
    let speaks = all.iter().any(|one| one.doubt < 2);
    if older.is_none() && !speaks {
        return Vec::new();
    }
    let of = |document: &Document| -> Vec<&'d Measure> {
        let own = measures
            .get(document.document_id.as_str())
            .into_iter()
            .flatten()
            .copied();
        own.filter(|m| !m.is_repeat).collect()
    };
    let teller = Teller {
        older,
        newer,
        to: of(newer),
    };
    match older {
        Some(document) => teller.of_known(&of(document), &all),
        None => teller.of_unknown(&all, &view),
    }
}

/// The numbers of plans as ideographs write them.
const IDEOGRAPHS: &str = "一二三四五六七八九";

fn number_of(text: &str) -> Option<usize> {
    let ideograph = || Some(IDEOGRAPHS.chars().position(|c| text.chars().eq([c]))? + 1);
    text.parse().ok().or_else(ideograph)
}

/// How a document names the plan before it.
struct View {
    numbered: Vec<String>,
    title: String,
}

impl View {
    fn new(former: &Former, document: &Document) -> Self {
        let title = width::key(&document.title);
        let own = former.numbered.iter().filter_map(|pattern| {
            let (before, after) = pattern.split_once("{n}")?;
            let rest = title.split_once(before)?.1.split_once(after)?.0;
            let former = number_of(rest)?
                .checked_sub(1)
                .filter(|number| *number > 0)?;
            let ideograph = IDEOGRAPHS.chars().nth(former - 1).map(String::from);
            let written = [Some(former.to_string()), ideograph].into_iter().flatten();
            let forms = written.map(|number| width::key(&pattern.replace("{n}", &number)));
            Some(forms.collect::<Vec<_>>())
        });
        let numbered = own.flatten().collect();
        Self { numbered, title }
    }

    /// Whether a text (as a matching key) names the former plan.
    fn is_named(&self, key: &str) -> bool {
        let former = &WORDS.former;
        let after = |at: usize, pattern: &str| {
            let rest = &key[at + pattern.len()..];
            let plans = former
                .plan
                .iter()
                .filter_map(|word| rest.find(width::key(word).as_str()));
            // Between the number and the word may stand what its title has, too.
            plans
                .min()
                .is_some_and(|end| self.title.contains(&rest[..end]))
        };
        former
            .words
            .iter()
            .any(|word| key.contains(width::key(word).as_str()))
            || self.numbered.iter().any(|pattern| {
                key.match_indices(pattern.as_str())
                    .any(|(at, _)| after(at, pattern))
            })
    }
}

fn statements<'d>(data: &'d Dataset, newer: &Document, view: &View) -> Vec<Statement<'d>> {
    let mut found = Vec::new();
    let items = data
        .plan_items
        .iter()
        .filter(|item| item.document_id == newer.document_id);
    for item in items {
        let text = item.text_raw.as_deref().unwrap_or(&item.text);
        let group = item.group.as_deref().unwrap_or_default();
        let heading = width::key(&format!("{}/{group}", item.list));
        let is_narrative = WORDS
            .former
            .narrative
            .iter()
            .any(|word| text.contains(word.as_str()));
        for words in names::sentences(text) {
            let key = width::key(&words.replace("**", ""));
            let doubt = match () {
                () if view.is_named(&heading) => 0,
                () if view.is_named(&key) => 1,
                () if is_narrative => 2,
                () => 3,
            };
            found.push(Statement {
                words,
                key,
                locator: &item.locator,
                doubt,
                to: None,
            });
        }
    }
    for measure in data
        .measures
        .iter()
        .filter(|m| m.document_id == newer.document_id && !m.is_repeat)
    {
        let past = measure
            .past_raw
            .as_deref()
            .or(measure.past.as_deref())
            .unwrap_or_default();
        let place = data
            .measure_places
            .iter()
            .find(|row| row.measure_id == measure.measure_id && row.field == "past");
        for words in names::sentences(past) {
            let key = width::key(&words.replace("**", ""));
            if view.is_named(&key) {
                let locator = place.map_or(&*measure.locator, |place| &*place.locator);
                found.push(Statement {
                    words,
                    key,
                    locator,
                    doubt: 1,
                    to: Some(measure),
                });
            }
        }
    }
    // The surest first; among equals the first in the document.
    found.sort_by_key(|one| one.doubt);
    found
}

/// What a sentence says becomes of what it names.
fn relation(words: &Relation, sentence: &str) -> Option<&'static str> {
    let sentence = sentence.replace("**", "");
    [
        ("dropped", &words.dropped),
        ("merged", &words.merged),
        ("renamed", &words.renamed),
        ("new", &words.new),
        ("continued", &words.continued),
    ]
    .into_iter()
    .find(|(_, words)| words.iter().any(|word| sentence.contains(word.as_str())))
    .map(|(relation, _)| relation)
}

struct Teller<'d> {
    older: Option<&'d Document>,
    newer: &'d Document,
    to: Vec<&'d Measure>,
}

impl<'d> Teller<'d> {
    /// Of measures of a former document that is in the dataset: each by its surest statement.
    fn of_known(&self, from: &[&'d Measure], all: &[Statement<'d>]) -> Vec<Draft<'d>> {
        let titles: Vec<&str> = from.iter().map(|m| m.title.as_str()).collect();
        let names = Names::new(&titles);
        let mut drafts = Vec::new();
        for (index, measure) in from.iter().enumerate() {
            let told = all.iter().filter(|one| one.doubt < 3).filter_map(|one| {
                let term = names.told(index, &one.key)?;
                let relation = relation(&WORDS.relation, one.words).filter(|r| *r != "new")?;
                Some((one, term, relation))
            });
            let told = told.min_by_key(|(one, term, _)| (one.doubt, Reverse(term.chars().count())));
            if let Some((one, term, relation)) = told {
                let name = names::printed(one.words, term);
                drafts.push(self.draft(one, relation, Some(measure), None, name));
            }
        }
        let is_known = |key: &str| (0..from.len()).any(|index| names.told(index, key).is_some());
        drafts.extend(self.beginning(all, &is_known));
        drafts
    }

    /// Of measures whose document is not in the dataset: by the names that the sentences set apart.
    fn of_unknown(&self, all: &[Statement<'d>], view: &View) -> Vec<Draft<'d>> {
        let mut drafts = Vec::new();
        let mut known = BTreeSet::new();
        for one in all.iter().filter(|one| one.doubt < 2) {
            let Some(relation) = relation(&WORDS.relation, one.words).filter(|r| *r != "new")
            else {
                continue;
            };
            for name in names::set_apart(one.words) {
                let key = width::key(&name);
                let is_plan = WORDS
                    .former
                    .plan
                    .iter()
                    .any(|word| key.ends_with(width::key(word).as_str()));
                if !is_plan && !view.is_named(&key) && known.insert(key) {
                    drafts.push(self.draft(one, relation, None, Some(name), None));
                }
            }
        }
        drafts
    }

    /// What a plan without measures of its own says is new.
    fn beginning(&self, all: &[Statement<'d>], is_known: &dyn Fn(&str) -> bool) -> Vec<Draft<'d>> {
        let mut drafts = Vec::new();
        let mut known = BTreeSet::new();
        let new = all
            .iter()
            .filter(|one| relation(&WORDS.relation, one.words) == Some("new"));
        for one in new.filter(|_| self.to.is_empty()) {
            for name in names::bold(one.words) {
                let key = width::key(&name);
                let terms = names::terms(&name);
                if !terms.is_empty() && !is_known(&key) && known.insert(key) {
                    drafts.push(self.draft(one, "new", None, None, Some(name)));
                }
            }
        }
        drafts
    }

    fn draft(
        &self,
        one: &Statement<'d>,
        relation: &str,
        from: Option<&'d Measure>,
        from_title: Option<String>,
        to_title: Option<String>,
    ) -> Draft<'d> {
        let name = from_title
            .as_deref()
            .or(to_title.as_deref())
            .unwrap_or_default();
        let to = one.to.or_else(|| self.continuing(name));
        let title = &self.newer.title;
        let (ja, en) = (
            format!(
                "「{title}」の記述：「{}」。",
                one.words.trim_end_matches('。')
            ),
            format!("Stated in 「{title}」: 「{}」.", one.words),
        );
        let is_dropped = relation == "dropped";
        Draft {
            older: self.older.filter(|_| from.is_some()),
            newer: self.newer,
            from,
            to: to.filter(|_| !is_dropped),
            row: MeasureLink {
                relation: relation.to_owned(),
                method: "stated".to_owned(),
                evidence: ja,
                evidence_en: en,
                statement: Some(one.words.to_owned()),
                locator: one.locator.to_owned(),
                from_title,
                to_title: to_title.filter(|_| !is_dropped),
                ..MeasureLink::default()
            },
        }
    }

    /// The one measure of the newer document whose title has all that a name tells.
    fn continuing(&self, name: &str) -> Option<&'d Measure> {
        let terms = names::terms(name);
        let length: usize = terms.iter().map(|term| term.chars().count()).sum();
        if length < WORDS.names.shortest {
            return None;
        }
        let fits = |m: &&&Measure| {
            let title = width::key(&m.title);
            terms.iter().all(|term| title.contains(term.as_str()))
        };
        let mut found = self.to.iter().filter(fits);
        let first = found.next()?;
        found.next().is_none().then_some(*first)
    }
}
