//! A decision on its way into `reviews/`: the same checks and the same file as an imported sheet.

use std::thread::sleep;
use std::time::Duration;

use kurabe_review::overrides::{Override, Provenance, Source};
use kurabe_review::sheet::{self, SheetRow};
use kurabe_serve::Reply;
use serde::{Deserialize, Serialize};

use super::desk::Desk;
use super::detail::Decided;
use super::with_desk;
use crate::command::review::coding;
use crate::command::review::decisions::{Decisions, version};
use crate::disk::Disk;
use crate::problem::{Exit, Result};
use crate::record;
use crate::reviews::content_key_of;
use crate::serve::live::{Live, Shown, Told, held};
use crate::serve::site::{failed, json, problem};
use crate::text::{Lang, serve as words};

/// How often is tried while another program writes decisions, and how long is waited between.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// How long a name and a reason may be, in characters.
const LONGEST_NAME: usize = 100;
const LONGEST_REASON: usize = 4000;

/// What a person decided, and what the person saw.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decide {
    id: String,
    edition: String,
    content_key: String,
    version: String,
    primary: String,
    #[serde(default)]
    secondary: Vec<String>,
    reason: String,
    who: String,
}

/// A decision that is taken back, and what the person saw.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdraw {
    id: String,
    edition: String,
    version: String,
}

/// What stands in `reviews/` after a change, or, with the problem, what stood there already.
#[derive(Debug, Serialize)]
struct Written {
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Told>,
    version: String,
    decision: Option<Decided>,
    /// The dataset that the change was made on: a later one has it.
    generation: u64,
}

/// `/api/review/decide`: writes a decision.
pub(in crate::serve) fn decide(live: &Live, body: &[u8]) -> Reply {
    let asked: Decide = match serde_json::from_slice(body) {
        Ok(asked) => asked,
        Err(error) => return not_understood(&error),
    };
    if let Some(reply) = unsigned(&asked) {
        return reply;
    }
    with_desk(live, Some(&asked.edition), |shown, desk| {
        let seen = Seen {
            id: &asked.id,
            version: &asked.version,
        };
        change(live, shown, desk, &seen, |decisions| {
            let changes = match changes(desk, &asked) {
                Ok(changes) => changes,
                Err(reply) => return Ok(Err(reply)),
            };
            match Provenance::new(&asked.who, &record::today(), Source::Review) {
                Ok(by) => decisions.take(changes, &by).map(|_| Ok(())),
                Err(error) => {
                    let message = |lang| error.message(lang == Lang::Ja);
                    Ok(Err(refused(message, words::form_hint)))
                }
            }
        })
    })
}

/// `/api/review/withdraw`: takes a decision back.
pub(in crate::serve) fn withdraw(live: &Live, body: &[u8]) -> Reply {
    let asked: Withdraw = match serde_json::from_slice(body) {
        Ok(asked) => asked,
        Err(error) => return not_understood(&error),
    };
    with_desk(live, Some(&asked.edition), |shown, desk| {
        let seen = Seen {
            id: &asked.id,
            version: &asked.version,
        };
        change(live, shown, desk, &seen, |decisions| {
            decisions
                .withdraw(&asked.id, desk.ground.codes.edition())
                .map(|_| Ok(()))
        })
    })
}

/// What the person saw when deciding.
struct Seen<'a> {
    id: &'a str,
    version: &'a str,
}

/// Changes the decisions, unless somebody else changed this one since the person saw it.
fn change(
    live: &Live,
    shown: &Shown,
    desk: &Desk,
    seen: &Seen,
    make: impl FnOnce(&mut Decisions) -> Result<std::result::Result<(), Reply>>,
) -> Reply {
    let _writing = held(&live.writing);
    let attempt = || -> Result<Reply> {
        let mut decisions = opened(shown)?;
        let edition = desk.ground.codes.edition();
        let present = decisions.on(seen.id, edition).cloned();
        if version(present.as_ref()) != seen.version {
            let told = Told::worded(words::decided_meanwhile, words::decided_meanwhile_hint);
            return Ok(written(
                409,
                Some(told),
                shown,
                desk,
                seen.id,
                present.as_ref(),
            ));
        }
        if let Err(reply) = make(&mut decisions)? {
            return Ok(reply);
        }
        decisions.write(&Disk::default())?;
        let now = crate::reviews::Reviews::load(&shown.settings.reviews)?;
        let now = crate::command::review::decisions::decision(&now, seen.id, edition);
        Ok(written(200, None, shown, desk, seen.id, now))
    };
    let reply = attempt().unwrap_or_else(|error| failed(&error));
    if reply.status == 200 {
        live.wake();
    }
    reply
}

/// The decisions, once no other program writes them.
fn opened(shown: &Shown) -> Result<Decisions> {
    for _ in 0..TRIES {
        match Decisions::load(&shown.settings) {
            Err(error) if error.exit() == Exit::Busy => sleep(PAUSE),
            other => return other,
        }
    }
    Decisions::load(&shown.settings)
}

fn written(
    status: u16,
    problem: Option<Told>,
    shown: &Shown,
    desk: &Desk,
    id: &str,
    decision: Option<&Override>,
) -> Reply {
    let key = desk.find(id).map(|(measure, _)| content_key_of(measure));
    let key = key.unwrap_or_default();
    json(
        status,
        &Written {
            problem,
            version: version(decision),
            decision: decision.map(|one| Decided::of(one, &key)),
            generation: shown.generation,
        },
    )
}

/// What the decision changes, checked like a sheet with one row.
fn changes(desk: &Desk, asked: &Decide) -> std::result::Result<Vec<sheet::Change>, Reply> {
    let Some((measure, _)) = desk.find(&asked.id) else {
        let message = |lang| words::measure_unknown(lang, &asked.id);
        return Err(refused(message, words::reload_hint));
    };
    let exported = coding::row(&desk.ground, measure);
    let returned = SheetRow {
        content_key: asked.content_key.clone(),
        primary: Some(asked.primary.clone()),
        secondary: asked.secondary.clone(),
        reason: Some(asked.reason.trim().to_owned()),
        ..exported.clone()
    };
    if returned.content_key != exported.content_key {
        return Err(refused(words::text_changed, words::reload_hint));
    }
    sheet::check(&[exported], &[returned], &desk.ground.codes).map_err(|errors| {
        let message = |lang: Lang| {
            let told = errors.iter().map(|error| error.message(lang == Lang::Ja));
            told.collect::<Vec<_>>().join("\n")
        };
        refused(message, words::form_hint)
    })
}

/// The answer to a decision that cannot be taken.
fn refused(message: impl Fn(Lang) -> String, hint: impl Fn(Lang) -> String) -> Reply {
    problem(422, Told::worded(message, hint))
}

/// Refuses a decision without name or reason, and such that are no names and reasons.
fn unsigned(asked: &Decide) -> Option<Reply> {
    let (who, reason) = (asked.who.trim(), asked.reason.trim());
    let message: fn(Lang) -> String = if who.is_empty() {
        words::name_missing
    } else if reason.is_empty() {
        words::reason_missing
    } else if who.chars().count() > LONGEST_NAME || reason.chars().count() > LONGEST_REASON {
        words::too_long
    } else if who.contains(char::is_control) {
        words::name_invalid
    } else {
        return None;
    };
    Some(refused(message, words::form_hint))
}

fn not_understood(error: &serde_json::Error) -> Reply {
    let message = |lang| words::not_understood(lang, error);
    problem(400, Told::worded(message, words::reload_hint))
}
