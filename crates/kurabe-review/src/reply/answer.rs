//! What a municipality answered.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_text::era::fiscal_year;
use kurabe_text::width::{key, nfkc};
use thiserror::Error;

use super::{
    ANSWER, Answer, CORRECTED, CURRENT, EDITION, FIELD, Field, HEADERS, ID, KEY, KIND, Lists,
    MUNICIPALITY, NAME, REMARK, ReplyRow, answers, shown,
};
use crate::codes::{nearest, resolve};
use crate::grid::{Grid, Places, words};
use crate::sheet::Change;
use crate::{Codes, Coding, Problem, ReadError, SheetError};

/// A fact that the municipality corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyChange {
    /// Id of the measure or of the KPI value.
    pub id: String,
    /// Key of the content that the municipality saw.
    pub content_key: String,
    /// Which fact.
    pub field: Field,
    /// What the dataset said.
    pub old: Option<String>,
    /// What the municipality says: ids of codes and stages, years in western digits, the rest as
    /// typed; `None` when there is no such thing (該当なし).
    pub new: Option<String>,
    /// What the municipality remarks.
    pub remark: Option<String>,
}

/// What a municipality answered. Confirmed and not answered are different things.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// Facts that were corrected, in the order of the sheet that was sent.
    pub changes: Vec<ReplyChange>,
    /// Facts that were confirmed.
    pub confirmed: Vec<(String, Field)>,
    /// Facts on which nothing was said.
    pub unanswered: Vec<(String, Field)>,
    /// Remarks on facts that were not corrected.
    pub remarks: Vec<(String, Field, String)>,
}

/// Why a reply is refused.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ReplyError {
    /// Nothing can be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Rows do not fit the sheet that was sent.
    #[error("{}", lines(.0, false))]
    Rows(Vec<SheetError>),
}

impl ReplyError {
    /// The message in Japanese, or else in English; one line per row.
    pub fn message(&self, ja: bool) -> String {
        match self {
            Self::Read(error) => error.message(ja),
            Self::Rows(errors) => lines(errors, ja),
        }
    }
}

fn lines(errors: &[SheetError], ja: bool) -> String {
    let lines: Vec<String> = errors.iter().map(|error| error.message(ja)).collect();
    lines.join("\n")
}

/// Reads a reply, CSV or workbook, against the rows that were sent. Rows may come in any order.
///
/// # Errors
/// When nothing can be read, or anything does not fit: rows that are missing, additional or
/// doubled, a changed id, content or key, another edition, a word that is not in its list, a
/// year that is none, an answer and a correction that contradict each other. Then nothing of
/// the reply is to be taken over.
pub fn read_reply(bytes: &[u8], sent: &[ReplyRow], lists: Lists<'_>) -> Result<Reply, ReplyError> {
    let grid = Grid::read(bytes, NAME)?;
    let places = grid.locate(&HEADERS, None)?;
    let mut reader = Reader {
        places,
        lists,
        errors: Vec::new(),
    };
    let found = reader.pair(&grid, sent);
    let mut reply = Reply::default();
    for (row, (number, cells)) in sent
        .iter()
        .zip(&found)
        .filter_map(|(s, f)| Some((s, (*f)?)))
    {
        reader.compare(number, cells, row);
        reader.answer(number, cells, row, &mut reply);
    }
    if reader.errors.is_empty() {
        return Ok(reply);
    }
    reader.errors.sort();
    Err(ReplyError::Rows(reader.errors))
}

/// A returned row and its number in the spreadsheet.
type Returned<'g> = (usize, &'g [String]);

struct Reader<'a> {
    places: Places,
    lists: Lists<'a>,
    errors: Vec<SheetError>,
}

impl Reader<'_> {
    fn refuse(&mut self, row: usize, column: usize, problem: Problem) {
        self.errors.push(SheetError {
            row,
            column: HEADERS.get(column).copied().unwrap_or_default(),
            problem,
        });
    }

    /// The returned row of each row that was sent.
    fn pair<'g>(&mut self, grid: &'g Grid, sent: &[ReplyRow]) -> Vec<Option<Returned<'g>>> {
        let known: BTreeMap<(&str, String), usize> = sent
            .iter()
            .enumerate()
            .map(|(at, row)| ((row.id.as_str(), key(row.field.label_ja())), at))
            .collect();
        let mut found: Vec<Option<Returned<'g>>> = vec![None; sent.len()];
        let mut strangers = Vec::new();
        for (index, cells) in grid.rows.iter().enumerate() {
            let number = index + 2;
            let id = self.places.word(cells, ID);
            let field = key(self.places.cell(cells, FIELD));
            let place = known.get(&(id.as_str(), field)).copied();
            match place.and_then(|at| found.get_mut(at)) {
                None => strangers.push((number, cells.as_slice())),
                Some(Some((first, _))) => {
                    let first = *first;
                    self.refuse(number, ID, Problem::Duplicate { id, first });
                }
                Some(empty) => *empty = Some((number, cells.as_slice())),
            }
        }
        self.without_counterpart(sent, &found, strangers);
        found
    }

    /// A stranger with content and field, or content and id, of a missing row is that row.
    fn without_counterpart(
        &mut self,
        sent: &[ReplyRow],
        found: &[Option<Returned<'_>>],
        strangers: Vec<Returned<'_>>,
    ) {
        let all = sent.iter().enumerate().zip(found);
        let mut missing: Vec<(usize, &ReplyRow)> = all
            .filter(|(_, found)| found.is_none())
            .map(|(row, _)| row)
            .collect();
        for (number, cells) in strangers {
            let id = self.places.word(cells, ID);
            let field = self.places.word(cells, FIELD);
            let content = self.places.word(cells, KEY);
            let is_same = |row: &ReplyRow| {
                let label = row.field.label_ja();
                row.content_key == content && (row.id == id || key(label) == key(&field))
            };
            let Some(at) = missing.iter().position(|(_, row)| is_same(row)) else {
                self.refuse(number, ID, Problem::Additional { id });
                continue;
            };
            let (_, row) = missing.remove(at);
            let (column, expected, found) = if row.id == id {
                (FIELD, row.field.label_ja().to_owned(), field)
            } else {
                (ID, row.id.clone(), id)
            };
            self.refuse(number, column, Problem::Changed { expected, found });
        }
        for (index, row) in missing {
            let id = format!("{} {}", row.id, row.field.label_ja());
            self.refuse(index + 2, ID, Problem::Missing { id });
        }
    }

    /// Refuses what tells a row's subject and was changed.
    fn compare(&mut self, number: usize, cells: &[String], row: &ReplyRow) {
        for (column, expected) in [
            (MUNICIPALITY, row.municipality.clone()),
            (KIND, row.field.kind().to_owned()),
            (CURRENT, shown(row)),
        ] {
            let found = self.places.cell(cells, column);
            if key(found) != key(&expected) {
                let found = found.to_owned();
                self.refuse(number, column, Problem::Changed { expected, found });
            }
        }
        let (expected, found) = (row.content_key.clone(), self.places.word(cells, KEY));
        if found != expected {
            self.refuse(number, KEY, Problem::OtherContent { expected, found });
        }
        let (expected, found) = (self.lists.codes.edition(), self.places.word(cells, EDITION));
        if found != expected {
            let expected = expected.to_owned();
            self.refuse(number, EDITION, Problem::OtherEdition { expected, found });
        }
    }

    fn answer(&mut self, number: usize, cells: &[String], row: &ReplyRow, reply: &mut Reply) {
        let said = self.places.word(cells, ANSWER);
        let corrected = self.places.text(cells, CORRECTED);
        let remark = self.places.text(cells, REMARK);
        let fact = (row.id.clone(), row.field);
        let answer = match self.understood(&said, corrected.is_some()) {
            Ok(answer) => answer,
            Err(problem) => return self.refuse(number, ANSWER, problem),
        };
        let new = match answer {
            None => {
                reply.unanswered.push(fact.clone());
                row.current.clone()
            }
            Some(Answer::Right) => {
                reply.confirmed.push(fact.clone());
                row.current.clone()
            }
            Some(Answer::None) => None,
            Some(Answer::Corrected) => match corrected {
                Some(text) => match self.value(row.field, &text) {
                    Ok(value) => Some(value),
                    Err(problem) => return self.refuse(number, CORRECTED, problem),
                },
                None => return self.refuse(number, CORRECTED, Problem::NoCorrection),
            },
        };
        let is_correction = matches!(answer, Some(Answer::None | Answer::Corrected));
        if is_correction && new != row.current {
            reply.changes.push(ReplyChange {
                id: row.id.clone(),
                content_key: row.content_key.clone(),
                field: row.field,
                old: row.current.clone(),
                new,
                remark,
            });
            return;
        }
        if is_correction {
            reply.confirmed.push(fact.clone());
        }
        reply
            .remarks
            .extend(remark.map(|remark| (fact.0, fact.1, remark)));
    }

    /// The answer; a corrected value alone is one too.
    fn understood(&self, said: &str, has_correction: bool) -> Result<Option<Answer>, Problem> {
        if said.is_empty() {
            return Ok(has_correction.then_some(Answer::Corrected));
        }
        let word = resolve(answers(), said).unwrap_or_default();
        let place = answers().iter().position(|code| code.id == word);
        let answer = match place {
            Some(0) => Answer::Right,
            Some(1) => return Ok(Some(Answer::Corrected)),
            Some(_) => Answer::None,
            None => {
                return Err(Problem::Unknown {
                    value: said.to_owned(),
                    list: HEADERS[ANSWER].to_owned(),
                    nearest: nearest(answers(), said),
                });
            }
        };
        if has_correction {
            let answer = said.to_owned();
            return Err(Problem::Contradiction { answer });
        }
        Ok(Some(answer))
    }

    /// A corrected value in the form of the data.
    fn value(&self, field: Field, text: &str) -> Result<String, Problem> {
        let text = text.trim();
        match field {
            Field::Title | Field::Departments | Field::Value => Ok(text.to_owned()),
            Field::Primary => code(self.lists.codes, text),
            Field::Secondary => {
                let mut ids = Vec::new();
                for word in words(text) {
                    let code = code(self.lists.codes, &word)?;
                    if ids.contains(&code) {
                        return Err(Problem::Repeated { code });
                    }
                    ids.push(code);
                }
                Ok(ids.join("; "))
            }
            Field::Stage => {
                let found = resolve(self.lists.stages, text);
                found.map(str::to_owned).ok_or_else(|| Problem::Unknown {
                    value: text.to_owned(),
                    list: Field::Stage.label_ja().to_owned(),
                    nearest: nearest(self.lists.stages, text),
                })
            }
            Field::Year => year(text).ok_or_else(|| Problem::Year {
                value: text.to_owned(),
            }),
        }
    }
}

fn code(codes: &Codes, text: &str) -> Result<String, Problem> {
    let found = codes.resolve(text);
    found.map(str::to_owned).ok_or_else(|| Problem::Unknown {
        value: text.to_owned(),
        list: codes.edition().to_owned(),
        nearest: codes.nearest(text),
    })
}

/// A fiscal year in western digits, from `2024`, `２０２４年度` or `令和6年度`.
fn year(text: &str) -> Option<String> {
    let plain = nfkc(text);
    let plain = plain.trim();
    if plain.len() == 4 && plain.bytes().all(|b| b.is_ascii_digit()) {
        return Some(plain.to_owned());
    }
    fiscal_year(text).map(|year| year.to_string())
}

/// What a reply changes of the codes, as decisions for
/// [`merge`](crate::overrides::merge) with the source `municipality_reply`.
///
/// `sent` says which codes a measure has that were not corrected: ask for primary and secondary
/// codes together, or the decision has only what was asked for. A measure whose primary code
/// was answered with 該当なし gets no decision: it is among the changes of the reply.
pub fn code_changes(reply: &Reply, sent: &[ReplyRow], codes: &Codes) -> Vec<Change> {
    let is_code = |field| matches!(field, Field::Primary | Field::Secondary);
    let corrected = reply.changes.iter().filter(|c| is_code(c.field));
    let ids: BTreeSet<&str> = corrected.map(|c| c.id.as_str()).collect();
    ids.into_iter()
        .filter_map(|id| code_change(id, reply, sent, codes))
        .collect()
}

fn code_change(id: &str, reply: &Reply, sent: &[ReplyRow], codes: &Codes) -> Option<Change> {
    let row = |field| sent.iter().find(|r| r.id == id && r.field == field);
    let change = |field| {
        reply
            .changes
            .iter()
            .find(|c| c.id == id && c.field == field)
    };
    let old = |field| row(field).and_then(|r| r.current.clone());
    let new = |field| change(field).map_or_else(|| old(field), |c| c.new.clone());
    let coding = |primary: Option<String>, secondary: Option<String>| {
        let mut secondary = words(&secondary.unwrap_or_default());
        secondary.retain(|code| Some(code) != primary.as_ref());
        codes.ordered(&Coding { primary, secondary })
    };
    let changes = [change(Field::Primary), change(Field::Secondary)];
    let remarks: Vec<&str> = changes
        .iter()
        .flatten()
        .filter_map(|c| c.remark.as_deref())
        .collect();
    let new = coding(new(Field::Primary), new(Field::Secondary));
    new.primary.as_ref()?;
    Some(Change {
        measure_id: id.to_owned(),
        content_key: changes.iter().flatten().next()?.content_key.clone(),
        edition: codes.edition().to_owned(),
        old: coding(old(Field::Primary), old(Field::Secondary)),
        new,
        reason: (!remarks.is_empty()).then(|| remarks.join("\n")),
    })
}
