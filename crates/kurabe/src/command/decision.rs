//! The codes of a measure as a reader can follow them: what was decided, the rules for and
//! against, the runner-up, the other editions.

use kurabe_category::{Classifier, Edition, Editions, Evidence, Field, HeldBack, Reason, Scored};
use kurabe_category::{Subject, Verdict};
use kurabe_schema::MeasureCategory;

use crate::cli::Screen;
use crate::config::Settings;
use crate::editions::EditionFiles;
use crate::engine::{self, Dataset, rounded};
use crate::problem::Result;
use crate::text::{Lang, decision as words};

/// How many of the next categories are named.
const NEXT: usize = 3;

/// The codes of one measure.
#[derive(Debug)]
pub(crate) struct Decision {
    editions: Editions,
    /// What the rules were matched with.
    subject: Subject,
    /// The published codes, by edition and rank.
    rows: Vec<MeasureCategory>,
    /// The first occurrence of a repeat.
    first: Option<String>,
}

impl Decision {
    /// The decision on a measure; `None` for other records and before codes are published.
    ///
    /// # Errors
    /// When the rules cannot be read.
    pub(crate) fn of(
        data: &Dataset,
        id: &str,
        table: &str,
        settings: &Settings,
    ) -> Result<Option<Self>> {
        let of_measure = |row: &&MeasureCategory| row.measure_id == id;
        let rows: Vec<_> = data
            .measure_categories
            .iter()
            .filter(of_measure)
            .cloned()
            .collect();
        if table != "measures" || rows.is_empty() {
            return Ok(None);
        }
        let measure = data
            .measures
            .iter()
            .find(|measure| measure.measure_id == id);
        let first = measure.and_then(|measure| measure.repeat_of.clone());
        let folder = settings.editions.as_deref();
        let editions = engine::parse_editions(&EditionFiles::load(folder)?, folder)?;
        let mut subjects = engine::subjects(data);
        let subject = subjects
            .remove(first.as_deref().unwrap_or(id))
            .unwrap_or_default();
        Ok(Some(Self {
            editions,
            subject,
            rows,
            first,
        }))
    }

    /// The terms that spoke for or against a code, as printed.
    pub(crate) fn terms(&self) -> Vec<String> {
        let classifier = Classifier::new(&self.editions);
        let scores = classifier.score(&self.subject);
        let evidence = classifier.evidence(&scores, &self.subject);
        evidence.iter().map(|one| one.term.to_owned()).collect()
    }

    /// Shows the decision of the newest edition in full and those of the others in a line each.
    pub(crate) fn show(&self, screen: &mut Screen) -> Result<()> {
        let newest = self.editions.versions(false).last().copied();
        let Some(newest) = newest.and_then(|version| self.editions.edition(version)) else {
            return Ok(());
        };
        self.show_edition(newest, screen)?;
        screen.line(&format!("\n{}", words::other_editions(screen.lang)))?;
        for version in self.editions.versions(false) {
            let other = self.editions.edition(version);
            if let Some(edition) = other.filter(|edition| edition.version != newest.version) {
                screen.line(&self.in_one_line(edition, screen.lang))?;
            }
        }
        Ok(())
    }

    fn rows_of<'s>(&'s self, edition: &'s Edition) -> impl Iterator<Item = &'s MeasureCategory> {
        self.rows
            .iter()
            .filter(move |row| row.taxonomy == edition.version)
    }

    fn show_edition(&self, edition: &Edition, screen: &mut Screen) -> Result<()> {
        let lang = screen.lang;
        screen.line(&format!("\n{}", words::heading(lang, &edition.version)))?;
        for row in self.rows_of(edition) {
            screen.line(&published(lang, edition, row))?;
        }
        if let Some(first) = &self.first {
            screen.line(&words::inherited(lang, first))?;
        }
        let classifier = Classifier::new(&self.editions);
        let scores = classifier.score(&self.subject);
        self.compare(&classifier.verdict(&scores, edition), edition, screen)?;
        self.show_next(&classifier.ranking(&scores, edition), edition, screen)?;
        let evidence = classifier.evidence(&scores, &self.subject);
        let (against, for_it): (Vec<_>, Vec<_>) = evidence
            .iter()
            .filter(|one| !one.is_repeat)
            .partition(|one| one.rule.is_against);
        show_rules(&words::rules_for(lang), &for_it, edition, screen)?;
        show_rules(&words::rules_against(lang), &against, edition, screen)?;
        show_held_back(&classifier.held_back(&scores, &self.subject), screen)
    }

    /// Says so when the rules of today no longer give the published code.
    fn compare(&self, verdict: &Verdict, edition: &Edition, screen: &mut Screen) -> Result<()> {
        let Some(published) = self.rows_of(edition).find(|row| row.rank == 1) else {
            return Ok(());
        };
        let now = verdict.primary.as_ref().map(|primary| &primary.category_id);
        if published.method == "override" || now == published.category_id.as_ref() {
            return Ok(());
        }
        screen.line(&words::rules_changed(screen.lang))
    }

    /// The categories that came after the primary one.
    fn show_next(&self, ranking: &[Scored], edition: &Edition, screen: &mut Screen) -> Result<()> {
        let lang = screen.lang;
        let primary = self.rows_of(edition).find(|row| row.rank == 1);
        let primary = primary.and_then(|row| row.category_id.as_deref());
        let others = ranking
            .iter()
            .filter(|scored| Some(&*scored.category_id) != primary);
        let named: Vec<String> = others
            .take(NEXT)
            .map(|scored| {
                let label = label(lang, edition, &scored.category_id);
                words::next(lang, label, rounded(scored.score))
            })
            .collect();
        if named.is_empty() {
            return screen.line(&words::next_none(lang));
        }
        screen.line(&words::next_ones(lang, named.join(lang.pick("、", ", "))))
    }

    fn in_one_line(&self, edition: &Edition, lang: Lang) -> String {
        let labels: Vec<String> = self
            .rows_of(edition)
            .filter_map(|row| Some(label(lang, edition, row.category_id.as_deref()?)))
            .collect();
        let labels = if labels.is_empty() {
            words::no_code(lang)
        } else {
            labels.join(lang.pick("、", "; "))
        };
        words::edition_line(lang, &edition.version, labels)
    }
}

/// A published code in words.
fn published(lang: Lang, edition: &Edition, row: &MeasureCategory) -> String {
    let Some(category) = &row.category_id else {
        return words::unmatched(lang);
    };
    let figure = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| v.to_string());
    words::code(
        lang,
        row.rank,
        label(lang, edition, category),
        verdict_word(lang, &row.verdict),
        method_word(lang, &row.method),
        figure(row.score),
        figure(row.confidence),
    )
}

fn label(lang: Lang, edition: &Edition, category: &str) -> String {
    match edition.category(category) {
        Some(known) => format!(
            "{} [{category}]",
            lang.pick(&known.label_ja, &known.label_en)
        ),
        None => category.to_owned(),
    }
}

fn verdict_word(lang: Lang, verdict: &str) -> String {
    match verdict {
        "assigned" => words::verdict_assigned(lang),
        "ambiguous" => words::verdict_ambiguous(lang),
        "out_of_scope" => words::verdict_out_of_scope(lang),
        _ => words::verdict_unmatched(lang),
    }
}

fn method_word(lang: Lang, method: &str) -> String {
    match method {
        "explicit" => words::method_explicit(lang),
        "override" => words::method_override(lang),
        "inherited" => words::method_inherited(lang),
        _ => words::method_rule(lang),
    }
}

fn field_word(lang: Lang, field: Field) -> String {
    match field {
        Field::Title => words::field_title(lang),
        Field::Kpi => words::field_kpi(lang),
        Field::Item => words::field_item(lang),
        Field::Section => words::field_section(lang),
        Field::Department => words::field_department(lang),
        Field::Description => words::field_description(lang),
    }
}

fn show_rules(
    heading: &str,
    evidence: &[&Evidence<'_>],
    edition: &Edition,
    screen: &mut Screen,
) -> Result<()> {
    let lang = screen.lang;
    if evidence.is_empty() {
        return Ok(());
    }
    screen.line(heading)?;
    for one in evidence {
        let category = edition.category_of_facet(&one.rule.facet);
        let category = category.map_or("-", |category| &*category.id);
        let field = field_word(lang, one.field);
        let weight = rounded(one.weight);
        let line = words::rule(lang, category, weight, field, one.term, &one.rule.id);
        let place = one
            .locator
            .map_or_else(String::new, |place| format!(" ({place})"));
        screen.line(&format!("{line}{place}"))?;
        let why = lang.pick(&one.rule.why_ja, &one.rule.why);
        screen.line(&format!("        {why}"))?;
    }
    Ok(())
}

fn show_held_back(held_back: &[HeldBack<'_>], screen: &mut Screen) -> Result<()> {
    let lang = screen.lang;
    if held_back.is_empty() {
        return Ok(());
    }
    screen.line(&words::held_back(lang))?;
    let mut lines: Vec<String> = Vec::new();
    for one in held_back {
        let reason = match one.reason {
            Reason::OtherField => words::other_field(lang, field_word(lang, one.found.field)),
            Reason::Excluded(word) => words::excluded(lang, word),
            Reason::RequiredMissing => {
                words::required(lang, one.found.rule.requires.join(lang.pick("・", ", ")))
            }
        };
        let line = words::held_back_rule(lang, one.found.term, &one.found.rule.id, reason);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.iter().try_for_each(|line| screen.line(line))
}
