//! Where a municipality stands out among its peers, each line with the measures that it rests on.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{BenchmarkIndicator, Category, Measure, PlanQuality, SurveyPosition};

use super::choice::municipality;
use super::indicator::grouped;
use super::{Cell, Choice, Chosen, Sheet};
use crate::engine::Dataset;
use crate::problem::Result;
use crate::text::{Lang, comparison as words};

/// Peers with a document that a statement on categories needs at least.
const FEWEST: usize = 2;

/// How much a share of measures differs from the median of the peers to be told, in points.
const SHARE: f64 = 0.05;

/// How much the share of measures that state a field differs to be told, in points.
const QUALITY: f64 = 0.2;

/// How far a percentage of the survey lies from the median to be told, in points.
const POINTS: f64 = 10.0;

/// Share of the peers that do what a municipality does not, or that do not what it does.
const MANY: f64 = 0.5;
const FEW: f64 = 0.3;

/// Measures of peers that a line names at most.
const EXAMPLES: usize = 5;

/// One line.
struct Line {
    is_ahead: bool,
    area: String,
    own: String,
    peers: String,
    own_measures: Vec<String>,
    peer_measures: Vec<String>,
}

/// Lists where the municipality stands out, and what its peers do there.
///
/// # Errors
/// When the municipality or the group of peers is unknown.
pub fn gaps(dataset: &Dataset, id: &str, choice: &Choice, lang: Lang) -> Result<Sheet> {
    let own = municipality(dataset, id)?;
    let chosen = Chosen::new(dataset, choice, lang)?;
    let view = View::new(&chosen, own);
    let mut lines = view.categories();
    lines.extend(view.indicators());
    lines.extend(view.surveys());
    lines.extend(view.quality());
    lines.extend(view.differences());
    let headings = [
        "direction",
        "area",
        "own",
        "peers",
        "measure_ids",
        "peer_measure_ids",
    ];
    let columns = headings.map(|key| (key.to_owned(), words::gap_column(lang, key).to_owned()));
    let mut notes = vec![words::gap_note(lang, view.peer_documents.len())];
    notes.extend(chosen.notes());
    Ok(Sheet {
        title: words::gap_title(lang, chosen.name(own), &chosen.edition),
        columns: columns.to_vec(),
        rows: lines.into_iter().map(|line| line.row(lang)).collect(),
        notes,
        ..Sheet::default()
    })
}

impl Line {
    fn row(self, lang: Lang) -> Vec<Cell> {
        let direction = if self.is_ahead { "ahead" } else { "behind" };
        let ids = |ids: Vec<String>| match ids.is_empty() {
            true => Cell::none(),
            false => Cell {
                text: ids.join("\n"),
                value: serde_json::json!(ids),
            },
        };
        vec![
            Cell {
                text: words::direction(lang, self.is_ahead).to_owned(),
                value: direction.into(),
            },
            Cell::text(self.area),
            Cell::text(self.own),
            Cell::text(self.peers),
            ids(self.own_measures),
            ids(self.peer_measures),
        ]
    }
}

struct View<'a> {
    chosen: &'a Chosen<'a>,
    own: &'a str,
    /// Documents of the municipality, of its peers.
    own_documents: BTreeSet<&'a str>,
    peer_documents: BTreeSet<&'a str>,
    /// Measures counted, by category and document.
    measures: BTreeMap<(&'a str, &'a str), Vec<&'a Measure>>,
    totals: BTreeMap<&'a str, usize>,
}

impl<'a> View<'a> {
    fn new(chosen: &'a Chosen<'a>, own: &'a str) -> Self {
        let dataset = chosen.dataset;
        let counted: BTreeMap<&str, &Measure> = dataset
            .measures
            .iter()
            .filter(|row| !row.is_repeat)
            .map(|row| (&*row.measure_id, row))
            .collect();
        let mut measures: BTreeMap<(&str, &str), Vec<&Measure>> = BTreeMap::new();
        let codes = dataset.measure_categories.iter();
        for row in codes.filter(|row| row.taxonomy == chosen.edition && row.rank == 1) {
            let measure = counted.get(&*row.measure_id);
            if let (Some(category), Some(measure)) = (row.category_id.as_deref(), measure) {
                measures
                    .entry((category, &*measure.document_id))
                    .or_default()
                    .push(measure);
            }
        }
        let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
        for measure in counted.values() {
            *totals.entry(&*measure.document_id).or_default() += 1;
        }
        let with = |is_own: bool| {
            let rows = dataset.documents.iter();
            let rows = rows.filter(move |row| (row.municipality_code == own) == is_own);
            rows.map(|row| &*row.document_id)
                .filter(|id| totals.contains_key(id))
                .collect::<BTreeSet<_>>()
        };
        let (own_documents, others) = (with(true), with(false));
        let chosen_ids: BTreeSet<&str> = chosen
            .documents
            .iter()
            .map(|row| &*row.document_id)
            .collect();
        let peer_documents = others.intersection(&chosen_ids).copied().collect();
        Self {
            chosen,
            own,
            own_documents,
            peer_documents,
            measures,
            totals,
        }
    }

    fn of<'s>(&'s self, category: &'s Category, document: &'s str) -> &'s [&'a Measure] {
        let found = self.measures.get(&(&*category.category_id, document));
        found.map_or(&[], Vec::as_slice)
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of measures are small")]
    fn share(&self, category: &Category, document: &str) -> f64 {
        let total = self.totals.get(document).copied().unwrap_or(0).max(1);
        self.of(category, document).len() as f64 / total as f64
    }

    /// Categories that most peers have and the municipality has not, or the other way round, and
    /// where its measures do not run while those of most peers do.
    fn categories(&self) -> Vec<Line> {
        if self.peer_documents.len() < FEWEST || self.own_documents.is_empty() {
            return Vec::new();
        }
        let categories = self.chosen.categories();
        categories
            .iter()
            .filter_map(|category| self.category(category))
            .collect()
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of documents are small")]
    fn category(&self, category: &Category) -> Option<Line> {
        let lang = self.chosen.lang;
        let own: Vec<&Measure> = self.all(category, &self.own_documents);
        let with: Vec<&&str> = self
            .peer_documents
            .iter()
            .filter(|document| !self.of(category, document).is_empty())
            .collect();
        let running = |measures: &[&Measure]| measures.iter().filter(|m| runs(m)).count();
        let (n, peers) = (with.len(), self.peer_documents.len());
        let of_peers = n as f64 / peers as f64;
        let peer_running = with
            .iter()
            .filter(|document| running(self.of(category, document)) > 0)
            .count();
        let own_share = self.largest_share(category);
        let shares = self
            .peer_documents
            .iter()
            .map(|document| self.share(category, document));
        let middle = median(shares.collect())?;
        let is_ahead = match (own.is_empty(), own_share - middle) {
            (true, _) if of_peers >= MANY => false,
            (true, _) => return None,
            (false, _) if of_peers <= FEW => true,
            (false, over) if over >= SHARE && own_share >= 2.0 * middle => true,
            (false, _) if running(&own) == 0 && peer_running as f64 / peers as f64 >= MANY => false,
            (false, _) => return None,
        };
        let told = |measures: &[&Measure]| {
            measures
                .iter()
                .map(|m| m.measure_id.clone())
                .collect::<Vec<_>>()
        };
        let mut examples = self.all(category, &self.peer_documents);
        examples.sort_by_key(|measure| (!runs(measure), &measure.measure_id));
        examples.truncate(EXAMPLES);
        Some(Line {
            is_ahead,
            area: self.chosen.label(category).to_owned(),
            own: words::gap_own(lang, own.len(), running(&own), percent(own_share)),
            peers: words::gap_peers(lang, n, peers, peer_running, percent(middle)),
            own_measures: told(&own),
            peer_measures: told(&examples),
        })
    }

    fn all(&self, category: &Category, documents: &BTreeSet<&str>) -> Vec<&'a Measure> {
        let lists = documents.iter().map(|document| self.of(category, document));
        lists.flatten().copied().collect()
    }

    fn largest_share(&self, category: &Category) -> f64 {
        let shares = self
            .own_documents
            .iter()
            .map(|document| self.share(category, document));
        shares.fold(0.0, f64::max)
    }

    /// The newest comparable value of each indicator in which the municipality is first or last.
    fn indicators(&self) -> Vec<Line> {
        let mut newest: BTreeMap<&str, &BenchmarkIndicator> = BTreeMap::new();
        let rows = self.chosen.dataset.benchmark_indicators.iter();
        let rows = rows.filter(|row| {
            row.municipality_code == self.own
                && self.chosen.peer.as_ref() == Some(&row.peer_group)
                && row.role == "actual"
                && row.rank.is_some()
                && row.n >= 2
        });
        for row in rows {
            let best = newest.entry(&row.indicator_id).or_insert(row);
            if row.fiscal_year > best.fiscal_year {
                *best = row;
            }
        }
        newest
            .values()
            .filter_map(|row| self.indicator(row))
            .collect()
    }

    fn indicator(&self, row: &BenchmarkIndicator) -> Option<Line> {
        let lang = self.chosen.lang;
        let dataset = self.chosen.dataset;
        let indicator = dataset
            .indicators
            .iter()
            .find(|i| i.indicator_id == row.indicator_id)?;
        let peers: Vec<&BenchmarkIndicator> = dataset
            .benchmark_indicators
            .iter()
            .filter(|other| {
                other.indicator_id == row.indicator_id
                    && other.fiscal_year == row.fiscal_year
                    && other.role == row.role
                    && other.peer_group == row.peer_group
                    && other.municipality_code != self.own
                    && other.rank.is_some()
            })
            .collect();
        let worst = peers.iter().filter_map(|other| other.rank).max()?;
        let rank = row.rank?;
        let is_ahead = match (rank == 1, rank > worst) {
            (true, _) if worst > 1 => true,
            (_, true) => false,
            _ => return None,
        };
        let mut best = peers.clone();
        best.sort_by_key(|other| (other.rank, &other.municipality_code));
        let best = best.first()?;
        let value = |row: &BenchmarkIndicator| format!("{} {}", grouped(row.value), row.unit);
        let measures = |rows: &[&BenchmarkIndicator]| {
            let ids = rows
                .iter()
                .filter_map(|row| self.measure_of(&row.source_id));
            ids.collect::<Vec<_>>()
        };
        Some(Line {
            is_ahead,
            area: lang
                .pick(&indicator.label_ja, &indicator.label_en)
                .to_owned(),
            own: words::gap_value(lang, value(row), row.fiscal_year, rank, row.n),
            peers: words::gap_best(lang, self.chosen.name(&best.municipality_code), value(best)),
            own_measures: measures(&[row]),
            peer_measures: measures(&peers),
        })
    }

    fn measure_of(&self, source: &str) -> Option<String> {
        let dataset = self.chosen.dataset;
        let kpi = dataset.kpis.iter().find(|row| row.kpi_id == source);
        let outcome = dataset.outcomes.iter().find(|row| row.outcome_id == source);
        kpi.map(|row| row.measure_id.clone())
            .or_else(|| outcome.and_then(|row| row.measure_id.clone()))
    }

    /// Answers to national surveys that most peers answer otherwise.
    fn surveys(&self) -> Vec<Line> {
        let rows = self.chosen.dataset.survey_positions.iter();
        rows.filter(|row| {
            row.municipality_code == self.own && self.chosen.peer.as_ref() == Some(&row.peer_group)
        })
        .filter_map(|row| self.survey(row))
        .collect()
    }

    fn survey(&self, row: &SurveyPosition) -> Option<Line> {
        let lang = self.chosen.lang;
        let (mean, median) = (row.mean?, row.median?);
        let is_ahead = match &*row.unit {
            "yes_no" if row.value < 0.5 && mean >= MANY => false,
            "yes_no" if row.value > 0.5 && mean <= FEW => true,
            "percent" if row.value - median >= POINTS => true,
            "percent" if median - row.value >= POINTS => false,
            _ => return None,
        };
        let dataset = self.chosen.dataset;
        let mut asked = dataset.survey_indicators.iter();
        let label = asked
            .find(|one| one.indicator == row.indicator && one.survey == row.survey)
            .map_or(&*row.indicator, |one| &*one.label);
        let compared = dataset.plan_vs_survey.iter().find(|one| {
            one.municipality_code == row.municipality_code && one.indicator == row.indicator
        });
        let ids = compared
            .and_then(|one| one.measure_ids.as_deref())
            .unwrap_or_default();
        let yes_no = row.unit == "yes_no";
        let peers = if yes_no { mean * 100.0 } else { median };
        Some(Line {
            is_ahead,
            area: words::gap_survey(lang, label, row.year),
            own: words::survey_value(lang, &row.unit, row.value),
            peers: words::gap_surveyed(lang, yes_no, format!("{peers:.1}"), row.n),
            own_measures: ids
                .split(';')
                .filter(|id| !id.is_empty())
                .map(str::to_owned)
                .collect(),
            peer_measures: Vec::new(),
        })
    }

    /// What the plan states less or more often than the plans of its peers.
    fn quality(&self) -> Vec<Line> {
        let rows = &self.chosen.dataset.plan_quality;
        let own = rows
            .iter()
            .filter(|row| self.own_documents.contains(&*row.document_id));
        own.filter_map(|row| self.stated(row)).collect()
    }

    fn stated(&self, row: &PlanQuality) -> Option<Line> {
        let lang = self.chosen.lang;
        let peers = self.chosen.dataset.plan_quality.iter();
        let peers: Vec<f64> = peers
            .filter(|other| other.field == row.field)
            .filter(|other| self.peer_documents.contains(&*other.document_id))
            .filter_map(|other| other.share)
            .collect();
        if peers.len() < FEWEST {
            return None;
        }
        let (own, n, middle) = (row.share?, peers.len(), median(peers)?);
        if (own - middle).abs() < QUALITY {
            return None;
        }
        Some(Line {
            is_ahead: own > middle,
            area: words::gap_field(lang, words::field(lang, &row.field), &row.document_id),
            own: format!("{} ({}/{})", percent(own), row.stated, row.denominator),
            peers: words::gap_median(lang, percent(middle), n),
            own_measures: Vec::new(),
            peer_measures: Vec::new(),
        })
    }

    /// What the plan says otherwise than a national survey.
    fn differences(&self) -> Vec<Line> {
        let lang = self.chosen.lang;
        let rows = self.chosen.dataset.plan_vs_survey.iter();
        rows.filter(|row| row.municipality_code == self.own)
            .map(|row| Line {
                is_ahead: row.difference == "plan_only",
                area: words::gap_plan_vs_survey(lang, row.year),
                own: lang.pick(&row.sentence_ja, &row.sentence_en).to_owned(),
                peers: "–".to_owned(),
                own_measures: row
                    .measure_ids
                    .iter()
                    .flat_map(|ids| ids.split(';').map(str::to_owned))
                    .collect(),
                peer_measures: Vec::new(),
            })
            .collect()
    }
}

/// Whether a measure is in operation or done.
fn runs(measure: &Measure) -> bool {
    matches!(&*measure.stage, "operating" | "expanding" | "completed")
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = values.get(values.len() / 2)?;
    let lower = values.get((values.len() - 1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}
