//! Groups of peers: municipalities that are compared with one another.
//!
//! `[[peers]]` of the configuration names them by prefecture, kind, population or one by one; where there is none,
//! every prefecture and every kind that occurs is a group. All municipalities of the dataset together
//! are a group of their own, always. Like surveys, groups are stated when the dataset is published.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_register::Register;
use kurabe_schema::{Municipality, PeerGroup, words as lists};
use serde::Deserialize;
use toml::Spanned;

use crate::config::Settings;
use crate::engine::{self, Code, Dataset, FindingRow};
use crate::hash;
use crate::problem::{Error, Problem, Result};
use crate::surveys::register;
use crate::text::{Lang, peers as words};

/// The group of all municipalities.
pub const NATION: &str = "nation";

/// A table `[[peers]]` of the configuration. Where it names several properties, members have all of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerSpec {
    /// Identifier of the group.
    pub id: Spanned<String>,
    /// Line of the configuration, counted from 1.
    #[serde(skip)]
    pub line: usize,
    /// Name in Japanese; the identifier where there is none.
    pub label_ja: Option<String>,
    /// Name in English; the identifier where there is none.
    pub label_en: Option<String>,
    /// Prefecture of the members.
    pub prefecture: Option<String>,
    /// Kind of the members.
    pub kind: Option<String>,
    /// Least population, and the population that members stay below; without it there is no limit.
    pub population: Option<Vec<i64>>,
    /// Codes of the members.
    pub municipalities: Option<Vec<String>>,
}

impl PeerSpec {
    fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// The word for what makes its members peers.
    fn basis(&self) -> &'static str {
        let named = [
            (self.municipalities.is_some(), "listed"),
            (self.prefecture.is_some(), "prefecture"),
            (self.kind.is_some(), "kind"),
            (self.population.is_some(), "population"),
        ];
        let mut named = named.iter().filter(|(is_named, _)| *is_named);
        match (named.next(), named.next()) {
            (Some((_, only)), None) => only,
            _ => "combined",
        }
    }

    /// Whether a municipality is a member; `None` when its population would decide and is not known.
    fn holds(&self, one: &Municipality) -> Option<bool> {
        let is_same = |wanted: &Option<String>, own: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == own)
        };
        let is_listed = self
            .municipalities
            .as_ref()
            .is_none_or(|codes| codes.contains(&one.municipality_code));
        let fits = is_listed
            && is_same(&self.prefecture, &one.prefecture)
            && is_same(&self.kind, &one.kind);
        match &self.population {
            Some(band) if fits => one.population.map(|people| is_within(band, people)),
            _ => Some(fits),
        }
    }
}

fn is_within(band: &[i64], people: i64) -> bool {
    let is_enough = band.first().is_none_or(|least| *least <= people);
    is_enough && band.get(1).is_none_or(|below| people < *below)
}

/// The groups that the configuration names.
#[derive(Debug)]
pub struct Peers<'s> {
    /// Hash over all that is published of them.
    pub hash: String,
    settings: &'s Settings,
}

impl<'s> Peers<'s> {
    /// Checks the groups of the configuration.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn load(settings: &'s Settings) -> Result<Self> {
        let register = register(settings)?;
        let mut seen = BTreeSet::from([NATION]);
        for spec in &settings.peers {
            if !seen.insert(spec.id()) {
                return Err(invalid(settings, spec, &|lang| {
                    words::twice(lang, spec.id())
                }));
            }
            check(spec, &register).map_err(|(ja, en)| {
                invalid(settings, spec, &|lang| lang.pick(&ja, &en).to_owned())
            })?;
        }
        let told = settings.peers.iter().map(|spec| {
            // The line is no part of what is published.
            let properties = (
                &spec.prefecture,
                &spec.kind,
                &spec.population,
                &spec.municipalities,
            );
            format!(
                "{:?}",
                (spec.id(), &spec.label_ja, &spec.label_en, properties)
            )
        });
        let told: Vec<String> = told.collect();
        Ok(Self {
            hash: hash::joined(told.iter().map(String::as_str)),
            settings,
        })
    }

    /// States the groups in a dataset.
    ///
    /// # Errors
    /// When a group has no member.
    pub fn state(&self, dataset: &mut Dataset) -> Result<()> {
        let mut all: BTreeMap<&str, &Municipality> = BTreeMap::new();
        for one in &dataset.municipalities {
            all.entry(&one.municipality_code).or_insert(one);
        }
        let nation = Group {
            id: NATION.to_owned(),
            labels: both(&words::nation),
            basis: "nation",
        };
        let mut rows: Vec<PeerGroup> = all.values().map(|one| nation.row(one)).collect();
        let mut findings = Vec::new();
        if self.settings.peers.is_empty() {
            let usual = all
                .values()
                .flat_map(|one| usual(one).map(|group| group.row(one)));
            rows.extend(usual);
        }
        for spec in &self.settings.peers {
            let (members, left) = members(spec, &all);
            if members.is_empty() {
                return Err(invalid(self.settings, spec, &|lang| {
                    words::empty(lang, spec.id(), left.len())
                }));
            }
            rows.extend(members);
            findings.extend(left_out(spec, &left));
        }
        dataset.peer_groups = rows;
        dataset.findings.extend(findings);
        Ok(())
    }
}

/// A group without its members.
struct Group {
    id: String,
    labels: (String, String),
    basis: &'static str,
}

impl Group {
    fn row(&self, one: &Municipality) -> PeerGroup {
        PeerGroup {
            peer_group: self.id.clone(),
            municipality_code: one.municipality_code.clone(),
            label_ja: self.labels.0.clone(),
            label_en: self.labels.1.clone(),
            basis: self.basis.to_owned(),
        }
    }
}

/// The groups of a municipality where none is configured: its prefecture and its kind.
fn usual(one: &Municipality) -> [Group; 2] {
    let number: String = one.municipality_code.chars().take(2).collect();
    [
        Group {
            id: format!("prefecture-{number}"),
            labels: both(&|lang| words::prefecture(lang, &one.prefecture)),
            basis: "prefecture",
        },
        Group {
            id: format!("kind-{}", one.kind),
            labels: both(&|lang| words::kind(lang, &one.kind)),
            basis: "kind",
        },
    ]
}

/// The members of a group, and who had to be left out: municipalities without a population, and listed
/// ones of which there is no data.
fn members<'a>(
    spec: &'a PeerSpec,
    all: &BTreeMap<&'a str, &'a Municipality>,
) -> (Vec<PeerGroup>, Vec<&'a str>) {
    let label = |own: &Option<String>| own.clone().unwrap_or_else(|| spec.id().to_owned());
    let group = Group {
        id: spec.id().to_owned(),
        labels: (label(&spec.label_ja), label(&spec.label_en)),
        basis: spec.basis(),
    };
    let (mut members, mut left) = (Vec::new(), Vec::new());
    for (code, one) in all {
        match spec.holds(one) {
            Some(true) => members.push(group.row(one)),
            Some(false) => {}
            None => left.push(*code),
        }
    }
    let listed = spec.municipalities.iter().flatten().map(String::as_str);
    left.extend(listed.filter(|code| !all.contains_key(code)));
    (members, left)
}

fn left_out(spec: &PeerSpec, left: &[&str]) -> Option<FindingRow> {
    let shown = left.iter().take(10).copied().collect::<Vec<_>>().join(", ");
    let tell = |lang| match &spec.municipalities {
        Some(_) => words::without_data(lang, spec.id(), left.len(), &shown),
        None => words::without_population(lang, spec.id(), left.len(), &shown),
    };
    (!left.is_empty()).then(|| engine::file_finding(Code::PeersLeftOut, Some(spec.id()), tell))
}

/// What is wrong with a group by itself, in Japanese and English.
fn check(spec: &PeerSpec, register: &Register) -> std::result::Result<(), (String, String)> {
    let id = spec.id();
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && c != ';';
    if id.is_empty() || !id.chars().all(is_plain) {
        return Err(both(&|lang| words::id(lang, id)));
    }
    let is_limited = spec.prefecture.is_some() || spec.kind.is_some() || spec.population.is_some();
    if is_limited == spec.municipalities.is_some() {
        return Err(both(&|lang| words::properties(lang, id)));
    }
    if let Some(name) = &spec.prefecture {
        let mut known = register.entries().iter().map(|entry| &entry.prefecture);
        if !known.any(|known| known == name) {
            return Err(both(&|lang| words::no_prefecture(lang, id, name)));
        }
    }
    if let Some(kind) = spec
        .kind
        .as_deref()
        .filter(|kind| !lists::MUNICIPALITY_KINDS.contains(kind))
    {
        let known = lists::MUNICIPALITY_KINDS.join(", ");
        return Err(both(&|lang| words::no_kind(lang, id, kind, &known)));
    }
    let is_band = |band: &Vec<i64>| match band.as_slice() {
        [least] => *least >= 0,
        [least, below] => *least >= 0 && least < below,
        _ => false,
    };
    if !spec.population.as_ref().is_none_or(is_band) {
        return Err(both(&|lang| words::band(lang, id)));
    }
    let mut codes = spec.municipalities.iter().flatten();
    match codes.find(|code| register.of_code(code, None).is_none()) {
        Some(code) => Err(both(&|lang| words::no_municipality(lang, id, code))),
        None => Ok(()),
    }
}

fn both(tell: &dyn Fn(Lang) -> String) -> (String, String) {
    (tell(Lang::Ja), tell(Lang::En))
}

fn invalid(settings: &Settings, spec: &PeerSpec, tell: &dyn Fn(Lang) -> String) -> Error {
    Problem::PeersInvalid {
        place: format!("{}:{}", settings.config.display(), spec.line),
        detail: both(tell),
    }
    .into()
}
