//! Small editions written for the tests.
#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "a test may fail, and not every test file uses every helper"
)]

use kurabe_category::{EditionError, Editions, SourceFile};

pub(crate) const FACETS: &str = r#"
facet = [
  { id = "bot", label_ja = "チャットボット", label_en = "Chat-bots" },
  { id = "rpa", label_ja = "RPA", label_en = "RPA", note = "after 3.0 a residual" },
  { id = "counter", label_ja = "窓口", label_en = "Counters" },
  { id = "card", label_ja = "カード", label_en = "Card" },
  { id = "local", label_ja = "地域", label_en = "Local life" },
  { id = "none", label_ja = "対象外", label_en = "Out of scope" },
]
"#;

pub(crate) const MODEL: &str = r#"
min_score = 0.5
margin = 0.1
secondary_share = 0.4
secondary_fields = ["title", "kpi"]
[fields]
title = 1.0
kpi = 0.45
item = 0.35
section = 0.3
department = 0.2
description = 0.25
[decay]
factor = 0.5
[explicit]
marks = ["重点取組事項"]
bonus = 0.3
[calibration]
intercept = -1.0
margin = 2.0
score = 1.0
score_cap = 2.0
"#;

pub(crate) const OLD: &str = r#"
version = "3.0"
published = "2024-04-24"
published_precision = "day"
confidence = "primary"
category = [
  { id = "ai-rpa", order = 1, group = "priority", label_ja = "AI・RPA", label_en = "AI and RPA", facets = ["bot", "rpa"] },
  { id = "frontyard", order = 2, group = "priority", label_ja = "窓口", label_en = "Front yard", facets = ["counter"] },
  { id = "card", order = 3, group = "priority", label_ja = "カード", label_en = "Card", facets = ["card"] },
  { id = "regional", order = 1, group = "companion", label_ja = "地域", label_en = "Regional", facets = ["local"] },
  { id = "out-of-scope", order = 1, group = "local", label_ja = "対象外", label_en = "Out", facets = ["none"] },
]
"#;

pub(crate) const NEW: &str = r#"
version = "5.1"
published = "2026-01"
published_precision = "month"
confidence = "primary"
category = [
  { id = "ai", order = 9, group = "priority", label_ja = "AI", label_en = "AI", facets = ["bot"] },
  { id = "frontyard", order = 1, group = "priority", label_ja = "窓口", label_en = "Front yard", facets = ["counter"] },
  { id = "card", order = 5, group = "priority", label_ja = "カード", label_en = "Card", facets = ["card"] },
  { id = "regional", order = 1, group = "companion", label_ja = "地域", label_en = "Regional", facets = ["local"] },
  { id = "internal", order = 1, group = "local", label_ja = "内部", label_en = "Internal", facets = ["rpa"] },
  { id = "out-of-scope", order = 2, group = "local", label_ja = "対象外", label_en = "Out", facets = ["none"] },
]
"#;

pub(crate) const CROSSWALK: &str = r#"
[[crosswalk]]
from_edition = "3.0"
from = "ai-rpa"
to_edition = "5.1"
to = "ai"
relation = "narrowed"
[[crosswalk]]
from_edition = "3.0"
from = "ai-rpa"
to_edition = "5.1"
relation = "residual"
confidence = "primary"
"#;

pub(crate) const RULES: &str = r#"
rule = [
  { id = "bot", facet = "bot", terms = ["チャットボット", "AI"], weight = 1.0, why = "A bot.", why_ja = "ボット。" },
  { id = "bot-more", facet = "bot", terms = ["自動応答"], weight = 0.6, why = "What a bot does.", why_ja = "ボットの働き。" },
  { id = "bot-not", facet = "bot", terms = ["ボット掃除機"], weight = 0.8, against = true, why = "A vacuum cleaner.", why_ja = "掃除機。" },
  { id = "rpa", facet = "rpa", terms = ["RPA"], weight = 0.9, why = "The word itself.", why_ja = "語そのもの。" },
  { id = "counter", facet = "counter", terms = ["窓口"], weight = 1.0, excludes = ["支援窓口"], why = "A counter.", why_ja = "窓口。" },
  { id = "counter-online", facet = "counter", terms = ["オンライン申請"], weight = 0.8, fields = ["title"], why = "An application.", why_ja = "申請。" },
  { id = "card", facet = "card", terms = ["カード"], weight = 1.0, requires = ["マイナンバー", "個人番号"], why = "The card.", why_ja = "カード。" },
  { id = "local-ai", facet = "local", terms = ["AIオンデマンドバス"], weight = 1.2, why = "Transport first.", why_ja = "交通が先。" },
  { id = "local", facet = "local", terms = ["観光"], weight = 0.5, why = "Local life.", why_ja = "地域の暮らし。" },
  { id = "none", facet = "none", terms = ["庁舎の塗装"], weight = 1.0, why = "No DX.", why_ja = "DXではない。" },
]
"#;

/// The sample files, with some replaced (or added).
pub(crate) fn with(replaced: &[(&str, &str)]) -> Result<Editions, EditionError> {
    let mut files = vec![
        ("facets.toml", FACETS),
        ("model.toml", MODEL),
        ("rules/all.toml", RULES),
        ("crosswalk.toml", CROSSWALK),
        ("5.1/edition.toml", NEW),
        ("3.0/edition.toml", OLD),
    ];
    files.retain(|(path, _)| !replaced.iter().any(|(p, _)| p == path));
    files.extend_from_slice(replaced);
    let files: Vec<_> = files
        .into_iter()
        .map(|(path, text)| SourceFile { path, text })
        .collect();
    Editions::load(&files)
}

pub(crate) fn sample() -> Editions {
    with(&[]).unwrap()
}

/// The sample with other rules.
pub(crate) fn rules(rules: &str) -> Editions {
    with(&[("rules/all.toml", rules)]).unwrap()
}
