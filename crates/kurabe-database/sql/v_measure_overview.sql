-- view v_measure_overview: 施策の一覧。1行が1施策。分類は、原文で確かめた最新の版の主分類 / Measures at a glance, one row each, with the primary category in the newest edition that was read
-- measure_id: 施策ID / The measure
-- municipality_code: 自治体コード / Code of the municipality
-- municipality: 自治体名 / Name of the municipality
-- prefecture: 都道府県名 / Prefecture
-- document_id: 文書ID / The document
-- document_title: 文書の題名 / Title of the document
-- document_kind_ja: 文書の種類(日本語) / Kind of document in Japanese
-- document_kind_en: 文書の種類(英語) / Kind of document in English
-- document_as_of: 文書の基準日 / Day that the document describes
-- position: 文書内の順番 / Order in the document
-- number: 施策番号 / Number
-- title: 施策名 / Title
-- part: 大区分 / Part of the plan
-- section: 中区分 / Section of the part
-- departments: 担当部署(;区切り) / Departments, joined with semicolons
-- summary: 施策・事業の内容 / What is done
-- stage: 共通の段階 / Stage of the common life cycle
-- stage_order: 段階の順番 / Order of the stage in the life cycle
-- stage_ja: 段階の名称(日本語) / Stage in Japanese
-- stage_en: 段階の名称(英語) / Stage in English
-- start_fiscal_year: 開始年度 / Fiscal year of the start
-- operation_start_earliest: 運用開始日の下限 / Earliest possible day operation starts
-- taxonomy: 国の計画の版 / Edition of the national plan
-- category_id: 主分類のID / Primary category
-- category_ja: 主分類の名称(日本語) / Primary category in Japanese
-- category_en: 主分類の名称(英語) / Primary category in English
-- verdict_ja: 分類の判断(日本語) / What was decided about the code, in Japanese
-- verdict_en: 分類の判断(英語) / What was decided about the code, in English
-- kpis: KPIの数(再掲を除く) / KPIs without repeats
-- kpis_with_target: 数の目標値のあるKPIの数 / KPIs with a target that is a number
-- kpis_with_actual: 数の実績値のあるKPIの数 / KPIs with an actual value that is a number
-- achievement_mean: 達成度の平均(最後の目標) / Mean achievement of the last targets
-- is_new: 新規掲載か / Whether it is newly listed
-- is_repeat: 再掲か / Whether it repeats another measure; count measures without repeats
-- locator: 原文の場所 / Place in the source
-- path: 原資料のファイル / File of the source
SELECT
  measures.measure_id,
  measures.municipality_code,
  municipalities.name AS municipality,
  municipalities.prefecture,
  measures.document_id,
  documents.title AS document_title,
  kind_labels.ja AS document_kind_ja,
  kind_labels.en AS document_kind_en,
  documents.as_of AS document_as_of,
  measures.position,
  measures.number,
  measures.title,
  measures.part,
  measures.section,
  measures.departments,
  measures.summary,
  measures.stage,
  stage_labels.position AS stage_order,
  stage_labels.ja AS stage_ja,
  stage_labels.en AS stage_en,
  measures.start_fiscal_year,
  measures.operation_start_earliest,
  codes.taxonomy,
  codes.category_id,
  categories.label_ja AS category_ja,
  categories.label_en AS category_en,
  verdict_labels.ja AS verdict_ja,
  verdict_labels.en AS verdict_en,
  COALESCE(figures.kpis, 0) AS kpis,
  COALESCE(figures.kpis_with_target, 0) AS kpis_with_target,
  COALESCE(figures.kpis_with_actual, 0) AS kpis_with_actual,
  figures.achievement_mean,
  measures.is_new,
  measures.is_repeat,
  measures.locator,
  documents.path
FROM measures
JOIN documents ON documents.document_id = measures.document_id
LEFT JOIN municipalities ON municipalities.municipality_code = measures.municipality_code
LEFT JOIN measure_categories AS codes
  ON codes.measure_id = measures.measure_id
  AND codes.rank = 1
  AND codes.taxonomy = (
    SELECT newest.taxonomy
    FROM categories AS newest
    WHERE NOT newest.is_inferred AND newest.published IS NOT NULL
    ORDER BY newest.published DESC, newest.taxonomy DESC
    LIMIT 1
  )
LEFT JOIN categories
  ON categories.taxonomy = codes.taxonomy AND categories.category_id = codes.category_id
LEFT JOIN (
  SELECT
    kpis.measure_id,
    COUNT(DISTINCT kpis.kpi_id) AS kpis,
    COUNT(DISTINCT CASE WHEN kpi_progress.target IS NOT NULL THEN kpis.kpi_id END) AS kpis_with_target,
    COUNT(DISTINCT CASE WHEN kpi_progress.actual IS NOT NULL THEN kpis.kpi_id END) AS kpis_with_actual,
    AVG(CASE WHEN kpi_progress.is_final THEN kpi_progress.achievement END) AS achievement_mean
  FROM kpis
  LEFT JOIN kpi_progress ON kpi_progress.kpi_id = kpis.kpi_id
  WHERE NOT kpis.is_repeat
  GROUP BY kpis.measure_id
) AS figures ON figures.measure_id = measures.measure_id
LEFT JOIN labels AS kind_labels
  ON kind_labels.table_name = 'documents' AND kind_labels.column_name = 'kind'
  AND kind_labels.word = documents.kind
LEFT JOIN labels AS stage_labels
  ON stage_labels.table_name = 'measures' AND stage_labels.column_name = 'stage'
  AND stage_labels.word = measures.stage
LEFT JOIN labels AS verdict_labels
  ON verdict_labels.table_name = 'measure_categories' AND verdict_labels.column_name = 'verdict'
  AND verdict_labels.word = codes.verdict
