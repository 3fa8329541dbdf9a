-- counted
SELECT measure_id, document_id, stage, start_fiscal_year
FROM measures
WHERE NOT is_repeat

-- totals
SELECT document_id, COUNT(measure_id) AS measures_all
FROM counted
GROUP BY document_id

-- with_kpis
SELECT DISTINCT measure_id, 1 AS has_kpi
FROM kpis

-- with_targets
SELECT kpis.measure_id, COUNT(kpi_values.value) AS numeric_targets, MAX(kpi_values.fiscal_year) AS last_target
FROM kpis
JOIN kpi_values ON kpi_values.kpi_id = kpis.kpi_id
WHERE kpi_values.role = 'target'
GROUP BY kpis.measure_id

-- with_results
SELECT DISTINCT kpis.measure_id, 1 AS has_result
FROM kpis
JOIN kpi_values ON kpi_values.kpi_id = kpis.kpi_id
WHERE kpi_values.role = 'actual'

-- coded
SELECT measure_categories.taxonomy, measure_categories.category_id, counted.document_id,
  counted.measure_id, counted.stage, counted.start_fiscal_year, with_kpis.has_kpi,
  with_targets.numeric_targets, with_targets.last_target, with_results.has_result
FROM measure_categories
JOIN counted ON counted.measure_id = measure_categories.measure_id
LEFT JOIN with_kpis ON with_kpis.measure_id = counted.measure_id
LEFT JOIN with_targets ON with_targets.measure_id = counted.measure_id
LEFT JOIN with_results ON with_results.measure_id = counted.measure_id
WHERE measure_categories.rank = 1 AND measure_categories.category_id IS NOT NULL

-- counts
SELECT taxonomy, category_id, document_id,
  COUNT(measure_id) AS measures,
  SUM(CASE WHEN stage = 'planned' THEN 1 ELSE 0 END) AS planned,
  SUM(CASE WHEN stage = 'study' THEN 1 ELSE 0 END) AS study,
  SUM(CASE WHEN stage = 'build' THEN 1 ELSE 0 END) AS build,
  SUM(CASE WHEN stage = 'trial' THEN 1 ELSE 0 END) AS trial,
  SUM(CASE WHEN stage = 'operating' THEN 1 ELSE 0 END) AS operating,
  SUM(CASE WHEN stage = 'expanding' THEN 1 ELSE 0 END) AS expanding,
  SUM(CASE WHEN stage = 'completed' THEN 1 ELSE 0 END) AS completed,
  SUM(CASE WHEN stage = 'withdrawn' THEN 1 ELSE 0 END) AS withdrawn,
  SUM(CASE WHEN stage = 'unknown' THEN 1 ELSE 0 END) AS unknown,
  COUNT(has_kpi) AS with_kpi,
  SUM(CASE WHEN numeric_targets > 0 THEN 1 ELSE 0 END) AS with_numeric_target,
  COUNT(has_result) AS with_result,
  MIN(start_fiscal_year) AS first_start,
  MAX(last_target) AS last_target
FROM coded
GROUP BY taxonomy, category_id, document_id

-- achieved
SELECT coded.taxonomy, coded.category_id, coded.document_id,
  COUNT(kpi_progress.achievement) AS achievement_n,
  AVG(kpi_progress.achievement) AS achievement_mean,
  MEDIAN(kpi_progress.achievement) AS achievement_median,
  MIN(kpi_progress.achievement) AS achievement_min,
  MAX(kpi_progress.achievement) AS achievement_max
FROM coded
JOIN kpis ON kpis.measure_id = coded.measure_id
JOIN kpi_progress ON kpi_progress.kpi_id = kpis.kpi_id
WHERE NOT kpis.is_repeat AND kpi_progress.is_final AND kpi_progress.achievement IS NOT NULL
GROUP BY coded.taxonomy, coded.category_id, coded.document_id

-- cells
SELECT categories.taxonomy, categories.category_id, documents.municipality_code,
  documents.document_id, documents.kind AS document_kind, documents.as_of, totals.measures_all
FROM categories
CROSS JOIN documents
JOIN totals ON totals.document_id = documents.document_id

-- result
SELECT cells.taxonomy, cells.category_id, cells.municipality_code, cells.document_id,
  cells.document_kind, cells.as_of,
  COALESCE(counts.measures, 0) AS measures,
  cells.measures_all,
  COALESCE(counts.measures, 0) * 1.0 / cells.measures_all AS share,
  COALESCE(counts.planned, 0) AS planned,
  COALESCE(counts.study, 0) AS study,
  COALESCE(counts.build, 0) AS build,
  COALESCE(counts.trial, 0) AS trial,
  COALESCE(counts.operating, 0) AS operating,
  COALESCE(counts.expanding, 0) AS expanding,
  COALESCE(counts.completed, 0) AS completed,
  COALESCE(counts.withdrawn, 0) AS withdrawn,
  COALESCE(counts.unknown, 0) AS unknown,
  COALESCE(counts.with_kpi, 0) AS with_kpi,
  COALESCE(counts.with_numeric_target, 0) AS with_numeric_target,
  COALESCE(counts.with_result, 0) AS with_result,
  COALESCE(achieved.achievement_n, 0) AS achievement_n,
  achieved.achievement_mean,
  achieved.achievement_median,
  achieved.achievement_min,
  achieved.achievement_max,
  counts.first_start,
  counts.last_target
FROM cells
LEFT JOIN counts ON counts.taxonomy = cells.taxonomy AND counts.category_id = cells.category_id
  AND counts.document_id = cells.document_id
LEFT JOIN achieved ON achieved.taxonomy = cells.taxonomy AND achieved.category_id = cells.category_id
  AND achieved.document_id = cells.document_id
