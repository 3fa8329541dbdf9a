//! The closed lists of words that some columns are limited to.

/// Kinds of municipality.
pub const MUNICIPALITY_KINDS: &[&str] = &["city", "ward", "town", "village"];

/// What the values of a national survey are.
pub const SURVEY_UNITS: &[&str] = &["yes_no", "percent", "count"];

/// Kinds of document.
pub const DOCUMENT_KINDS: &[&str] = &["plan", "action_plan", "progress_review", "briefing"];

/// The common life cycle of a measure, from the first plan to its end.
pub const STAGES: &[&str] = &[
    "planned",
    "study",
    "build",
    "trial",
    "operating",
    "expanding",
    "completed",
    "withdrawn",
    "unknown",
];

/// Where a stage was read from.
pub const STAGE_BASES: &[&str] = &["status", "schedule", "term", "text"];

/// Where the stage of a measure in a fiscal year was read from.
pub const STAGE_YEAR_BASES: &[&str] = &["status", "schedule", "term", "text", "start"];

/// How a start that is no plain fiscal year is limited.
pub const START_QUALIFIERS: &[&str] = &["or_later", "as_needed", "undecided"];

/// What shows over which fiscal years a phase of a schedule extends.
pub const SPAN_BASES: &[&str] = &["cell", "colspan", "blank_run"];

/// Kinds of KPI.
pub const KPI_KINDS: &[&str] = &[
    "number",
    "percent",
    "duration",
    "money",
    "milestone",
    "text",
];

/// Over what time a KPI is counted.
pub const CADENCES: &[&str] = &["annual", "monthly_average", "cumulative", "point"];

/// Which way a KPI should go.
pub const DIRECTIONS: &[&str] = &["increase", "decrease", "maintain", "achieve"];

/// What a value of a KPI is.
pub const KPI_ROLES: &[&str] = &["baseline", "target", "actual"];

/// How many answers a question allows.
pub const ANSWER_TYPES: &[&str] = &["single", "multiple"];

/// State of an item of a list.
pub const LISTING_STATES: &[&str] = &["done", "planned", "not_available", "partial"];

/// How grave a finding is.
pub const SEVERITIES: &[&str] = &["error", "warning", "info"];

/// What the coverage of a document is counted in.
pub const COVERAGE_UNITS: &[&str] = &["line", "row", "cell", "paragraph"];

/// Fields of a measure that have places of their own.
pub const MEASURE_FIELDS: &[&str] = &[
    "number",
    "title",
    "part",
    "section",
    "departments",
    "summary",
    "effect",
    "past",
    "future",
    "note",
    "status",
    "start",
];

/// Groups of categories: items of the national plan, items beside them, codes of this project.
pub const CATEGORY_GROUPS: &[&str] = &["priority", "companion", "local"];

/// How a category of one edition corresponds to one of another.
pub const CROSSWALK_RELATIONS: &[&str] = &[
    "same",
    "renamed",
    "split",
    "merged",
    "broadened",
    "narrowed",
    "residual",
];

/// What was decided about the code of a measure.
pub const VERDICTS: &[&str] = &["assigned", "ambiguous", "unmatched", "out_of_scope"];

/// Where the decision of a person on a code came from.
pub const DECISION_SOURCES: &[&str] = &["review", "municipality_reply"];

/// How the code of a measure was found.
pub const METHODS: &[&str] = &["explicit", "rule", "override", "inherited"];

/// Why there is no achievement of a KPI.
pub const ACHIEVEMENT_REASONS: &[&str] = &[
    "no_target",
    "no_baseline",
    "no_actual",
    "target_equals_baseline",
    "milestone",
    "not_numeric",
    "different_unit",
    "different_cadence",
    "no_direction",
    "future_target_only",
    "inexact",
    "actual_before_baseline",
];

/// How far a milestone has come.
pub const MILESTONE_STATES: &[&str] = &["done", "under_way", "not_done"];

/// What makes municipalities peers.
pub const PEER_BASES: &[&str] = &[
    "nation",
    "prefecture",
    "kind",
    "population",
    "combined",
    "listed",
];

/// Fields whose statement by measures is counted.
pub const QUALITY_FIELDS: &[&str] = &[
    "owner",
    "schedule",
    "kpi",
    "baseline",
    "target",
    "target_year",
    "result",
];

/// How a plan and a national survey differ: the plan reports what the survey denies; the survey reports what
/// the plan has only in preparation; the survey denies what the plan has in preparation; figures differ.
pub const SURVEY_DIFFERENCES: &[&str] = &["plan_only", "survey_only", "in_preparation", "value"];

/// How a measure of a newer document follows one of an older.
pub const LINK_RELATIONS: &[&str] = &["continued", "renamed", "split", "merged", "dropped", "new"];

/// How the relation of two measures was decided.
pub const LINK_METHODS: &[&str] = &["rule", "stated", "override"];
