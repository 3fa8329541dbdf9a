//! `docs/reference/benchmarks.md` prints the queries of the benchmark tables.
//!
//! `KURABE_BLESS=1 cargo test -p kurabe-benchmark --test reference` writes it anew.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that meets something unexpected fails; the file it writes is documentation"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kurabe_benchmark::QUERIES;

const HEAD: &str = "\
<!-- Generated: KURABE_BLESS=1 cargo test -p kurabe-benchmark --test reference -->

# Benchmark tables

Every figure of these tables follows from the other published tables by the query below it. The
program runs the same text with polars; a test runs it again over the published Parquet files and
compares, and `tests/sql/check.py OUT` does so with DuckDB. `kurabe compare` and `kurabe gaps` show
rows of these tables and compute nothing else but medians over the documents that are shown.

To run a query yourself, make each published table known under its name, in DuckDB for instance:

```text
CREATE VIEW measures AS SELECT * FROM 'out/parquet/measures.parquet';
```

What holds for all of them:

- A measure that repeats another (再掲) is not counted, nor are its KPIs. Measures that were withdrawn are counted and shown in
  a column of their own.
- Rows are per document. Documents of different date or kind are never summed or averaged: each row carries kind and date of its
  document, and `is_mixed` marks a comparison across them.
- A group of fewer than three municipalities has ranks, but neither mean nor median.
- Means and medians are rounded to twelve significant digits, so that the order of a sum does not show.
";

/// What a reader of one table should know.
const NOTES: &[(&str, &str)] = &[
    (
        "benchmark_categories",
        "One row for each document with measures and each category of each edition, also where there is no measure. The category \
         of a measure is its primary code. `achievement_*` takes the last target of each KPI that has an achievement.",
    ),
    (
        "benchmark_indicators",
        "Compared are values of the same indicator, role, fiscal year and group of peers. A municipality with several values in a \
         year (of several tasks, say) is shown but not compared, as none of them stands for it; so are values of indicators whose \
         levels cannot be compared, and values without a year or counted over several years do not stand here at all.",
    ),
    (
        "survey_positions",
        "Municipalities of the group that answered are counted, with or without a plan; shown are those with a document. The rank \
         counts from the greatest value, which is not always the better one.",
    ),
    (
        "plan_quality",
        "`not_read`: something is printed, but it could not be read as a date or number. `not_applicable`: a withdrawn measure \
         needs no schedule or KPI; without a KPI there is no target or result; a milestone or a KPI in words has no baseline.",
    ),
];

#[test]
fn the_queries_are_printed() {
    let mut text = HEAD.to_owned();
    for query in QUERIES {
        let table = query.table;
        let note = NOTES
            .iter()
            .find(|(name, _)| *name == table.name)
            .unwrap()
            .1;
        write!(
            text,
            "\n## {}\n\n{}\n\n{}\n\n{note}\n\nReads `{}`.\n\n```sql\n{}\n```\n",
            table.name,
            table.ja,
            table.en,
            query.reads.join("`, `"),
            query.sql().trim_end()
        )
        .unwrap();
    }
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let path = home.unwrap().join("docs/reference/benchmarks.md");
    if std::env::var_os("KURABE_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "docs/reference/benchmarks.md is not current; write it anew with KURABE_BLESS=1"
    );
}
