-- view v_kpi_progress: KPIの達成状況。1行が1つの目標値(目標値のないKPIは1行) / Progress of KPIs, one row per target; a KPI without a target has one row
-- kpi_id: KPIのID / The KPI
-- position: 目標値の順番。目標値がなければ0 / Order of the target; 0 without one
-- measure_id: 施策ID / The measure
-- measure_title: 施策名 / Title of the measure
-- municipality_code: 自治体コード / Code of the municipality
-- municipality: 自治体名 / Name of the municipality
-- document_id: 文書ID / The document
-- document_title: 文書の題名 / Title of the document
-- document_as_of: 文書の基準日 / Day that the document describes
-- kpi: 指標名 / Name of the KPI
-- segment: 系列 / Series
-- indicator_id: 共通指標のID / Shared indicator
-- indicator_ja: 共通指標の名称(日本語) / Shared indicator in Japanese
-- indicator_en: 共通指標の名称(英語) / Shared indicator in English
-- unit: 単位 / Unit
-- direction_ja: 望ましい方向(日本語) / Which way it should go, in Japanese
-- direction_en: 望ましい方向(英語) / Which way it should go, in English
-- baseline: 基準値 / Baseline
-- baseline_year: 基準値の年度 / Fiscal year of the baseline
-- actual: 最新の実績値 / Latest actual value
-- actual_year: 実績値の年度 / Fiscal year of the actual value
-- target: 目標値 / Target
-- target_year: 目標値の年度 / Fiscal year of the target
-- achievement: 達成度=(実績−基準)÷(目標−基準) / (actual - baseline) / (target - baseline)
-- expected: 一定の速さで進む場合の達成度 / Achievement that a steady pace asks for
-- is_on_track: 一定の速さ以上で進んでいるか / Whether it keeps that pace
-- is_met: 目標に達したか / Whether the target was reached
-- reason_ja: 達成度が空である理由(日本語) / Why there is no achievement, in Japanese
-- reason_en: 達成度が空である理由(英語) / Why there is no achievement, in English
-- milestone_ja: 節目の到達状況(日本語) / State of a milestone in Japanese
-- milestone_en: 節目の到達状況(英語) / State of a milestone in English
-- is_final: その指標の最後の目標か / Whether it is the last target of the KPI
-- is_repeat: 再掲か / Whether the KPI repeats another one
-- locator: 原文の場所 / Place in the source
SELECT
  progress.kpi_id,
  progress.position,
  progress.measure_id,
  measures.title AS measure_title,
  measures.municipality_code,
  municipalities.name AS municipality,
  measures.document_id,
  documents.title AS document_title,
  documents.as_of AS document_as_of,
  kpis.name AS kpi,
  kpis.segment,
  kpis.indicator_id,
  indicators.label_ja AS indicator_ja,
  indicators.label_en AS indicator_en,
  progress.unit,
  direction_labels.ja AS direction_ja,
  direction_labels.en AS direction_en,
  progress.baseline,
  progress.baseline_year,
  progress.actual,
  progress.actual_year,
  progress.target,
  progress.target_year,
  progress.achievement,
  progress.expected,
  progress.is_on_track,
  progress.is_met,
  reason_labels.ja AS reason_ja,
  reason_labels.en AS reason_en,
  milestone_labels.ja AS milestone_ja,
  milestone_labels.en AS milestone_en,
  progress.is_final,
  kpis.is_repeat,
  kpis.locator
FROM kpi_progress AS progress
JOIN kpis ON kpis.kpi_id = progress.kpi_id
JOIN measures ON measures.measure_id = progress.measure_id
JOIN documents ON documents.document_id = measures.document_id
LEFT JOIN municipalities ON municipalities.municipality_code = measures.municipality_code
LEFT JOIN indicators ON indicators.indicator_id = kpis.indicator_id
LEFT JOIN labels AS direction_labels
  ON direction_labels.table_name = 'kpis' AND direction_labels.column_name = 'direction'
  AND direction_labels.word = kpis.direction
LEFT JOIN labels AS reason_labels
  ON reason_labels.table_name = 'kpi_progress' AND reason_labels.column_name = 'reason'
  AND reason_labels.word = progress.reason
LEFT JOIN labels AS milestone_labels
  ON milestone_labels.table_name = 'kpi_progress' AND milestone_labels.column_name = 'milestone_state'
  AND milestone_labels.word = progress.milestone_state
