-- last_stated
SELECT indicator_id, source_id, role, fiscal_year, MAX(position) AS position
FROM indicator_values
WHERE fiscal_year IS NOT NULL AND NOT is_repeat
  AND (qualifier IS NULL OR qualifier <> 'cumulative')
GROUP BY indicator_id, source_id, role, fiscal_year

-- valued
SELECT indicator_values.indicator_id, indicator_values.fiscal_year, indicator_values.role,
  indicator_values.municipality_code, indicator_values.source_id, indicator_values.document_id,
  documents.kind AS document_kind, documents.as_of, indicators.unit, indicators.direction,
  indicators.is_level_comparable, indicator_values.value,
  indicator_values.per_capita,
  CASE indicators.direction
    WHEN 'increase' THEN indicator_values.value
    WHEN 'achieve' THEN indicator_values.value
    WHEN 'decrease' THEN -indicator_values.value
  END AS goodness
FROM indicator_values
JOIN last_stated ON last_stated.indicator_id = indicator_values.indicator_id
  AND last_stated.source_id = indicator_values.source_id
  AND last_stated.role = indicator_values.role
  AND last_stated.fiscal_year = indicator_values.fiscal_year
  AND last_stated.position = indicator_values.position
JOIN documents ON documents.document_id = indicator_values.document_id
JOIN indicators ON indicators.indicator_id = indicator_values.indicator_id

-- only_values
SELECT indicator_id, fiscal_year, role, municipality_code, MIN(source_id) AS only_source
FROM valued
GROUP BY indicator_id, fiscal_year, role, municipality_code
HAVING COUNT(source_id) = 1

-- grouped
SELECT valued.indicator_id, valued.fiscal_year, valued.role, peer_groups.peer_group,
  valued.municipality_code, valued.source_id, valued.document_id, valued.document_kind,
  valued.as_of, valued.unit, valued.direction, valued.value, valued.per_capita, valued.goodness,
  CASE WHEN valued.is_level_comparable THEN only_values.only_source END AS only_source
FROM valued
JOIN peer_groups ON peer_groups.municipality_code = valued.municipality_code
LEFT JOIN only_values ON only_values.indicator_id = valued.indicator_id
  AND only_values.fiscal_year = valued.fiscal_year
  AND only_values.role = valued.role
  AND only_values.municipality_code = valued.municipality_code

-- compared
SELECT indicator_id, fiscal_year, role, peer_group,
  COUNT(value) AS n,
  MEDIAN(value) AS median,
  MAX(goodness) AS best_goodness,
  COALESCE(MIN(document_kind) <> MAX(document_kind), FALSE)
    OR COALESCE(MIN(as_of) <> MAX(as_of), FALSE)
    OR COUNT(as_of) < COUNT(value) AS is_mixed
FROM grouped
WHERE only_source IS NOT NULL
GROUP BY indicator_id, fiscal_year, role, peer_group

-- ranked
SELECT indicator_id, fiscal_year, role, peer_group, source_id,
  RANK() OVER (PARTITION BY indicator_id, fiscal_year, role, peer_group ORDER BY goodness DESC) AS rank
FROM grouped
WHERE only_source IS NOT NULL AND goodness IS NOT NULL

-- result
SELECT grouped.indicator_id, grouped.fiscal_year, grouped.role, grouped.peer_group,
  grouped.municipality_code, grouped.source_id, grouped.document_id, grouped.document_kind,
  grouped.as_of, grouped.unit, grouped.value, grouped.per_capita,
  ranked.rank,
  COALESCE(compared.n, 0) AS n,
  CASE WHEN compared.n >= 3 THEN compared.median END AS peer_median,
  CASE WHEN compared.n >= 3 AND grouped.only_source IS NOT NULL THEN grouped.value - compared.median END AS gap_to_median,
  CASE WHEN grouped.only_source IS NULL THEN NULL
    WHEN grouped.direction = 'decrease' THEN grouped.value + compared.best_goodness
    ELSE grouped.value - compared.best_goodness END AS gap_to_best,
  COALESCE(compared.is_mixed, FALSE) AS is_mixed
FROM grouped
LEFT JOIN compared ON compared.indicator_id = grouped.indicator_id
  AND compared.fiscal_year = grouped.fiscal_year
  AND compared.role = grouped.role
  AND compared.peer_group = grouped.peer_group
LEFT JOIN ranked ON ranked.indicator_id = grouped.indicator_id
  AND ranked.fiscal_year = grouped.fiscal_year
  AND ranked.role = grouped.role
  AND ranked.peer_group = grouped.peer_group
  AND ranked.source_id = grouped.source_id
