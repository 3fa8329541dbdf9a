//! 「年度別段階」: measures by fiscal year, like a Gantt chart.

use std::collections::{BTreeMap, BTreeSet};

use kurabe_schema::{MeasureStage, words};

use crate::book::Book;
use crate::index::Index;
use crate::lang::Lang;
use crate::list::{Cell, Column, List};
use crate::style::Look::Wrapped;
use crate::{WorkbookError, text};

use super::measures::{about_measure, measure_cells};

/// Fiscal years that a sheet shows at most; the latest are kept.
const MOST_YEARS: usize = 100;

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let mut stages: BTreeMap<(&str, i32), &MeasureStage> = BTreeMap::new();
    for stage in &index.dataset.measure_stages {
        stages.insert((&stage.measure_id, stage.fiscal_year), stage);
    }
    let years: BTreeSet<i32> = stages.keys().map(|(_, year)| *year).collect();
    let years: Vec<i32> = years.into_iter().rev().take(MOST_YEARS).collect();
    let years: Vec<i32> = years.into_iter().rev().collect();
    let has_stages = |id: &str| {
        let mut found = stages.range((id, i32::MIN)..=(id, i32::MAX));
        found.next().is_some()
    };
    let measures = index
        .measures
        .iter()
        .filter(|measure| has_stages(&measure.measure_id));
    let rows = measures.map(|measure| {
        let mut cells = measure_cells(index, measure);
        cells.extend(years.iter().map(|year| {
            let stage = stages.get(&(&*measure.measure_id, *year));
            stage.map_or(Cell::Empty, |stage| cell(index.lang, stage))
        }));
        cells
    });
    list(index, &years).write(book, rows)
}

fn list(index: &Index<'_>, years: &[i32]) -> List {
    let lang = index.lang;
    let mut columns = about_measure(index.lang);
    columns.extend(years.iter().map(|year| {
        let header = match lang {
            Lang::Ja => format!("{year}年度"),
            Lang::En => format!("FY{year}"),
        };
        Column::new(header, 15.0, Wrapped, "measure_stages.stage")
    }));
    List {
        name: lang.pick("年度別段階", "Stages by year"),
        about: lang.pick(
            "施策の年度ごとの段階（工程表）",
            "Stage of each measure in each fiscal year",
        ),
        frozen: 4,
        bar: None,
        printed: columns.len(),
        columns,
    }
}

/// The stage, and whether it is a plan or in doubt.
fn cell(lang: Lang, stage: &MeasureStage) -> Cell<'_> {
    let [plan, doubt] = text::year_marks(lang).map(|(mark, _)| mark);
    let plan = if stage.is_plan == Some(true) {
        plan
    } else {
        ""
    };
    let doubt = if stage.is_certain { "" } else { doubt };
    let label = lang.word(words::STAGES, &stage.stage);
    Cell::Stage(&stage.stage, format!("{plan}{label}{doubt}").into())
}
