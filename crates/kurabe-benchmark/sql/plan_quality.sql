-- counted
SELECT measure_id, document_id, stage, start_fiscal_year, start_raw, operation_start_raw,
  operation_start_earliest, start_qualifier, term_start
FROM measures
WHERE NOT is_repeat

-- owners
SELECT DISTINCT measure_id, 1 AS has_owner FROM measure_departments

-- scheduled
SELECT DISTINCT measure_id, 1 AS has_schedule FROM schedules

-- measured
SELECT measure_id, COUNT(kpi_id) AS kpis,
  SUM(CASE WHEN kind IN ('milestone', 'text') THEN 0 ELSE 1 END) AS figures
FROM kpis
GROUP BY measure_id

-- values_of
SELECT kpis.measure_id,
  SUM(CASE WHEN kpi_values.role = 'baseline' AND kpi_values.value IS NOT NULL THEN 1 ELSE 0 END) AS baselines,
  SUM(CASE WHEN kpi_values.role = 'baseline' AND kpi_values.value IS NULL AND kpis.kind NOT IN ('milestone', 'text') THEN 1 ELSE 0 END) AS unread_baselines,
  SUM(CASE WHEN kpi_values.role = 'target' AND (kpi_values.value IS NOT NULL OR kpis.kind IN ('milestone', 'text')) THEN 1 ELSE 0 END) AS targets,
  SUM(CASE WHEN kpi_values.role = 'target' AND kpi_values.value IS NULL AND kpis.kind NOT IN ('milestone', 'text') THEN 1 ELSE 0 END) AS unread_targets,
  SUM(CASE WHEN kpi_values.role = 'target' AND kpi_values.fiscal_year IS NOT NULL THEN 1 ELSE 0 END) AS target_years,
  SUM(CASE WHEN kpi_values.role = 'actual' AND (kpi_values.value IS NOT NULL OR kpis.kind IN ('milestone', 'text')) THEN 1 ELSE 0 END) AS results,
  SUM(CASE WHEN kpi_values.role = 'actual' AND kpi_values.value IS NULL AND kpis.kind NOT IN ('milestone', 'text') THEN 1 ELSE 0 END) AS unread_results
FROM kpis
JOIN kpi_values ON kpi_values.kpi_id = kpis.kpi_id
GROUP BY kpis.measure_id

-- facts
SELECT counted.document_id, counted.stage,
  COALESCE(owners.has_owner, 0) AS owner,
  CASE WHEN scheduled.has_schedule = 1 OR counted.start_fiscal_year IS NOT NULL
    OR counted.operation_start_earliest IS NOT NULL OR counted.start_qualifier IS NOT NULL
    OR counted.term_start IS NOT NULL THEN 1 ELSE 0 END AS schedule,
  CASE WHEN counted.start_raw IS NOT NULL OR counted.operation_start_raw IS NOT NULL
    THEN 1 ELSE 0 END AS start_printed,
  COALESCE(measured.kpis, 0) AS kpis,
  COALESCE(measured.figures, 0) AS figures,
  COALESCE(values_of.baselines, 0) AS baselines,
  COALESCE(values_of.unread_baselines, 0) AS unread_baselines,
  COALESCE(values_of.targets, 0) AS targets,
  COALESCE(values_of.unread_targets, 0) AS unread_targets,
  COALESCE(values_of.target_years, 0) AS target_years,
  COALESCE(values_of.results, 0) AS results,
  COALESCE(values_of.unread_results, 0) AS unread_results
FROM counted
LEFT JOIN owners ON owners.measure_id = counted.measure_id
LEFT JOIN scheduled ON scheduled.measure_id = counted.measure_id
LEFT JOIN measured ON measured.measure_id = counted.measure_id
LEFT JOIN values_of ON values_of.measure_id = counted.measure_id

-- states
SELECT document_id, 'owner' AS field, CASE WHEN owner = 1 THEN 's' ELSE 'n' END AS state FROM facts
UNION ALL
SELECT document_id, 'schedule' AS field, CASE WHEN schedule = 1 THEN 's' WHEN start_printed = 1 THEN 'u'
  WHEN stage = 'withdrawn' THEN 'x' ELSE 'n' END AS state FROM facts
UNION ALL
SELECT document_id, 'kpi' AS field, CASE WHEN kpis > 0 THEN 's' WHEN stage = 'withdrawn' THEN 'x' ELSE 'n' END AS state FROM facts
UNION ALL
SELECT document_id, 'baseline' AS field, CASE WHEN baselines > 0 THEN 's' WHEN unread_baselines > 0 THEN 'u'
  WHEN figures = 0 THEN 'x' ELSE 'n' END AS state FROM facts
UNION ALL
SELECT document_id, 'target' AS field, CASE WHEN targets > 0 THEN 's' WHEN unread_targets > 0 THEN 'u'
  WHEN kpis = 0 THEN 'x' ELSE 'n' END AS state FROM facts
UNION ALL
SELECT document_id, 'target_year' AS field, CASE WHEN target_years > 0 THEN 's' WHEN kpis = 0 THEN 'x' ELSE 'n' END AS state FROM facts
UNION ALL
SELECT document_id, 'result' AS field, CASE WHEN results > 0 THEN 's' WHEN unread_results > 0 THEN 'u'
  WHEN kpis = 0 THEN 'x' ELSE 'n' END AS state FROM facts

-- tallies
SELECT document_id, field,
  SUM(CASE WHEN state = 's' THEN 1 ELSE 0 END) AS stated,
  SUM(CASE WHEN state = 'n' THEN 1 ELSE 0 END) AS not_stated,
  SUM(CASE WHEN state = 'u' THEN 1 ELSE 0 END) AS not_read,
  SUM(CASE WHEN state = 'x' THEN 1 ELSE 0 END) AS not_applicable
FROM states
GROUP BY document_id, field

-- result
SELECT tallies.document_id, tallies.field, tallies.stated, tallies.not_stated, tallies.not_read,
  tallies.not_applicable,
  tallies.stated + tallies.not_stated + tallies.not_read AS denominator,
  CASE WHEN tallies.stated + tallies.not_stated + tallies.not_read > 0
    THEN tallies.stated * 1.0 / (tallies.stated + tallies.not_stated + tallies.not_read) END AS share,
  documents.kind AS document_kind, documents.as_of
FROM tallies
JOIN documents ON documents.document_id = tallies.document_id
