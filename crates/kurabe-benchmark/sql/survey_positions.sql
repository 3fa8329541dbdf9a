-- answers
SELECT survey_indicators.survey, survey_indicators.year, survey_indicators.indicator,
  peer_groups.peer_group, survey_indicators.municipality_code, survey_indicators.unit,
  survey_indicators.value
FROM survey_indicators
JOIN peer_groups ON peer_groups.municipality_code = survey_indicators.municipality_code
WHERE survey_indicators.value IS NOT NULL

-- compared
SELECT survey, year, indicator, peer_group, COUNT(value) AS n, AVG(value) AS mean, MEDIAN(value) AS median
FROM answers
GROUP BY survey, year, indicator, peer_group

-- ranked
SELECT survey, year, indicator, peer_group, municipality_code, unit, value,
  RANK() OVER (PARTITION BY survey, year, indicator, peer_group ORDER BY value DESC) AS rank
FROM answers

-- planned
SELECT DISTINCT municipality_code
FROM documents

-- result
SELECT ranked.municipality_code, ranked.survey, ranked.year, ranked.indicator, ranked.peer_group,
  ranked.unit, ranked.value, ranked.rank, compared.n,
  CASE WHEN compared.n >= 3 THEN compared.mean END AS mean,
  CASE WHEN compared.n >= 3 THEN compared.median END AS median
FROM ranked
JOIN planned ON planned.municipality_code = ranked.municipality_code
JOIN compared ON compared.survey = ranked.survey AND compared.year = ranked.year
  AND compared.indicator = ranked.indicator AND compared.peer_group = ranked.peer_group
