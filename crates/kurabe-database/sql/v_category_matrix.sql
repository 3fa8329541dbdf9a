-- view v_category_matrix: 文書と分類の対応表。1行が1版・1文書・1分類で、施策のない分類の行もある。再掲の施策は数えない / Documents against categories: one row per edition, document and category, also where no measure falls; repeats are not counted
-- taxonomy: 国の計画の版 / Edition of the national plan
-- is_newest: 原文で確かめた最新の版か / Whether it is the newest edition that was read
-- category_id: 分類のID / The category
-- category_order: 版の中の順番 / Order in the edition
-- category_ja: 分類の名称(日本語) / Category in Japanese
-- category_en: 分類の名称(英語) / Category in English
-- group_ja: 分類の種類(日本語) / Group of the category in Japanese
-- group_en: 分類の種類(英語) / Group of the category in English
-- municipality_code: 自治体コード / Code of the municipality
-- municipality: 自治体名 / Name of the municipality
-- prefecture: 都道府県名 / Prefecture
-- document_id: 文書ID / The document
-- document_title: 文書の題名 / Title of the document
-- document_kind_ja: 文書の種類(日本語) / Kind of document in Japanese
-- document_kind_en: 文書の種類(英語) / Kind of document in English
-- document_as_of: 文書の基準日 / Day that the document describes
-- measures: 施策数 / Measures
-- measures_all: 文書の施策数 / All measures of the document
-- share: 割合(施策数÷文書の施策数) / measures / measures_all
-- planned: 段階「計画」の施策数 / Measures planned
-- study: 段階「検討・調査」の施策数 / Measures under study
-- build: 段階「構築・準備」の施策数 / Measures being built
-- trial: 段階「試行・実証」の施策数 / Measures on trial
-- operating: 段階「運用・実施」の施策数 / Measures operating
-- expanding: 段階「拡大・充実」の施策数 / Measures expanding
-- completed: 段階「完了」の施策数 / Measures completed
-- withdrawn: 段階「中止・取りやめ」の施策数 / Measures withdrawn
-- unknown: 段階の記載がない施策数 / Measures without a stage
-- in_operation: 運用・拡大・完了の施策数 / Measures operating, expanding or completed
-- with_kpi: 指標のある施策数 / Measures with a KPI
-- with_numeric_target: 数の目標値のある施策数 / Measures with a target that is a number
-- with_result: 実績値のある施策数 / Measures with an actual value
-- achievement_mean: 達成度の平均 / Mean achievement
SELECT
  counts.taxonomy,
  counts.taxonomy = (
    SELECT newest.taxonomy
    FROM categories AS newest
    WHERE NOT newest.is_inferred AND newest.published IS NOT NULL
    ORDER BY newest.published DESC, newest.taxonomy DESC
    LIMIT 1
  ) AS is_newest,
  counts.category_id,
  categories."order" AS category_order,
  categories.label_ja AS category_ja,
  categories.label_en AS category_en,
  group_labels.ja AS group_ja,
  group_labels.en AS group_en,
  counts.municipality_code,
  municipalities.name AS municipality,
  municipalities.prefecture,
  counts.document_id,
  documents.title AS document_title,
  kind_labels.ja AS document_kind_ja,
  kind_labels.en AS document_kind_en,
  counts.as_of AS document_as_of,
  counts.measures,
  counts.measures_all,
  counts.share,
  counts.planned,
  counts.study,
  counts.build,
  counts.trial,
  counts.operating,
  counts.expanding,
  counts.completed,
  counts.withdrawn,
  counts.unknown,
  counts.operating + counts.expanding + counts.completed AS in_operation,
  counts.with_kpi,
  counts.with_numeric_target,
  counts.with_result,
  counts.achievement_mean
FROM benchmark_categories AS counts
JOIN documents ON documents.document_id = counts.document_id
LEFT JOIN municipalities ON municipalities.municipality_code = counts.municipality_code
LEFT JOIN categories
  ON categories.taxonomy = counts.taxonomy AND categories.category_id = counts.category_id
LEFT JOIN labels AS group_labels
  ON group_labels.table_name = 'categories' AND group_labels.column_name = 'group'
  AND group_labels.word = categories."group"
LEFT JOIN labels AS kind_labels
  ON kind_labels.table_name = 'documents' AND kind_labels.column_name = 'kind'
  AND kind_labels.word = documents.kind
