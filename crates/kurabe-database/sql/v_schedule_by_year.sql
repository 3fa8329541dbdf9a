-- view v_schedule_by_year: 施策の年度別の段階。1行が1施策の1年度 / Stage of a measure in each fiscal year
-- measure_id: 施策ID / The measure
-- fiscal_year: 年度(開始年の西暦) / Fiscal year, named by the year in which it starts
-- measure_title: 施策名 / Title of the measure
-- municipality_code: 自治体コード / Code of the municipality
-- municipality: 自治体名 / Name of the municipality
-- document_id: 文書ID / The document
-- document_title: 文書の題名 / Title of the document
-- document_as_of: 文書の基準日 / Day that the document describes
-- position: 文書内の順番 / Order in the document
-- number: 施策番号 / Number
-- stage: 共通の段階 / Stage of the common life cycle
-- stage_order: 段階の順番 / Order of the stage in the life cycle
-- stage_ja: 段階の名称(日本語) / Stage in Japanese
-- stage_en: 段階の名称(英語) / Stage in English
-- basis_ja: 段階を読み取った場所(日本語) / What the stage was read from, in Japanese
-- basis_en: 段階を読み取った場所(英語) / What the stage was read from, in English
-- stage_raw: 段階の原文 / Stage as printed
-- item: 工程の項目 / Item of the schedule
-- is_certain: その年度に及ぶことが原文で確かか / Whether the source leaves no doubt about the year
-- is_plan: 予定か(文書の基準日より後の年度) / Whether it is planned and not reported
-- is_repeat: 再掲の施策か / Whether the measure repeats another one
-- locator: 原文の場所 / Place in the source
SELECT
  stages.measure_id,
  stages.fiscal_year,
  measures.title AS measure_title,
  measures.municipality_code,
  municipalities.name AS municipality,
  measures.document_id,
  documents.title AS document_title,
  documents.as_of AS document_as_of,
  measures.position,
  measures.number,
  stages.stage,
  stage_labels.position AS stage_order,
  stage_labels.ja AS stage_ja,
  stage_labels.en AS stage_en,
  basis_labels.ja AS basis_ja,
  basis_labels.en AS basis_en,
  stages.stage_raw,
  stages.item,
  stages.is_certain,
  stages.is_plan,
  measures.is_repeat,
  stages.locator
FROM measure_stages AS stages
JOIN measures ON measures.measure_id = stages.measure_id
JOIN documents ON documents.document_id = measures.document_id
LEFT JOIN municipalities ON municipalities.municipality_code = measures.municipality_code
LEFT JOIN labels AS stage_labels
  ON stage_labels.table_name = 'measure_stages' AND stage_labels.column_name = 'stage'
  AND stage_labels.word = stages.stage
LEFT JOIN labels AS basis_labels
  ON basis_labels.table_name = 'measure_stages' AND basis_labels.column_name = 'basis'
  AND basis_labels.word = stages.basis
