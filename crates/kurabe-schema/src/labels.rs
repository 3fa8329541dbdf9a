//! What people call the words of closed lists, in Japanese and English.

use crate::spec::ColumnSpec;
use crate::words;

/// A word as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// In Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
}

/// A closed list and what its words are called, in the same order.
type Labelled = (
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

const LABELS: &[Labelled] = &[
    (
        words::MUNICIPALITY_KINDS,
        &[
            ("市", "City"),
            ("区", "Ward"),
            ("町", "Town"),
            ("村", "Village"),
        ],
    ),
    (
        words::SURVEY_UNITS,
        &[
            ("実施の有無", "Yes or no"),
            ("割合", "Percent"),
            ("数", "Count"),
        ],
    ),
    (
        words::DOCUMENT_KINDS,
        &[
            ("計画", "Plan"),
            ("実行計画", "Action plan"),
            ("進捗報告", "Progress review"),
            ("説明資料", "Briefing"),
        ],
    ),
    (
        words::STAGES,
        &[
            ("計画", "Planned"),
            ("検討・調査", "Under study"),
            ("構築・準備", "Being built"),
            ("試行・実証", "Trial"),
            ("運用・実施", "Operating"),
            ("拡大・充実", "Expanding"),
            ("完了", "Completed"),
            ("中止・取りやめ", "Withdrawn"),
            ("段階の記載なし", "No stage stated"),
        ],
    ),
    (
        words::STAGE_BASES,
        &[
            ("状況欄", "Status"),
            ("工程表", "Schedule"),
            ("期間", "Term"),
            ("本文", "Text"),
        ],
    ),
    (
        words::STAGE_YEAR_BASES,
        &[
            ("状況欄", "Status"),
            ("工程表", "Schedule"),
            ("期間", "Term"),
            ("本文", "Text"),
            ("運用開始時期", "Start of operation"),
        ],
    ),
    (
        words::START_QUALIFIERS,
        &[
            ("以降", "Or later"),
            ("適宜", "As needed"),
            ("未定", "Undecided"),
        ],
    ),
    (
        words::SPAN_BASES,
        &[
            ("各年度のセル", "A cell for each year"),
            ("結合したセル", "A merged cell"),
            ("続く空欄", "Blank cells that follow"),
        ],
    ),
    (
        words::KPI_KINDS,
        &[
            ("数", "Number"),
            ("割合", "Percent"),
            ("時間", "Duration"),
            ("金額", "Money"),
            ("達成事項", "Milestone"),
            ("文章", "Text"),
        ],
    ),
    (
        words::CADENCES,
        &[
            ("年間", "Annual"),
            ("月平均", "Monthly average"),
            ("累計", "Cumulative"),
            ("時点", "Point in time"),
        ],
    ),
    (
        words::DIRECTIONS,
        &[
            ("増やす", "Increase"),
            ("減らす", "Decrease"),
            ("保つ", "Maintain"),
            ("達成する", "Achieve"),
        ],
    ),
    (
        words::KPI_ROLES,
        &[
            ("基準値", "Baseline"),
            ("目標値", "Target"),
            ("実績値", "Actual"),
        ],
    ),
    (
        words::ANSWER_TYPES,
        &[
            ("単一回答", "Single answer"),
            ("複数回答", "Multiple answers"),
        ],
    ),
    (
        words::LISTING_STATES,
        &[
            ("対応済み", "Done"),
            ("予定", "Planned"),
            ("対応なし", "Not available"),
            ("一部対応", "Partial"),
        ],
    ),
    (
        words::SEVERITIES,
        &[
            ("エラー", "Error"),
            ("警告", "Warning"),
            ("参考", "Information"),
        ],
    ),
    (
        words::COVERAGE_UNITS,
        &[
            ("行", "Line"),
            ("表の行", "Row"),
            ("セル", "Cell"),
            ("段落", "Paragraph"),
        ],
    ),
    (
        words::MEASURE_FIELDS,
        &[
            ("番号", "Number"),
            ("題名", "Title"),
            ("部", "Part"),
            ("区分", "Section"),
            ("担当部署", "Departments"),
            ("内容", "Summary"),
            ("効果", "Effect"),
            ("これまで", "Past"),
            ("今後", "Future"),
            ("備考", "Note"),
            ("状況", "Status"),
            ("開始", "Start"),
        ],
    ),
    (
        words::CATEGORY_GROUPS,
        &[
            ("重点取組事項", "Priority item"),
            ("あわせて取り組む事項", "Companion item"),
            ("独自の区分", "Code of this project"),
        ],
    ),
    (
        words::CROSSWALK_RELATIONS,
        &[
            ("同じ", "Same"),
            ("名称変更", "Renamed"),
            ("分割", "Split"),
            ("統合", "Merged"),
            ("拡大", "Broadened"),
            ("縮小", "Narrowed"),
            ("残り", "Residual"),
        ],
    ),
    (
        words::VERDICTS,
        &[
            ("分類済み", "Assigned"),
            ("判断が分かれる", "Ambiguous"),
            ("該当なし", "Unmatched"),
            ("対象外", "Out of scope"),
        ],
    ),
    (
        words::DECISION_SOURCES,
        &[
            ("点検", "Review"),
            ("自治体の回答", "Reply of the municipality"),
        ],
    ),
    (
        words::METHODS,
        &[
            ("原文に明記", "Stated in the source"),
            ("規則", "Rule"),
            ("人の判断", "Decision of a person"),
            ("引き継ぎ", "Inherited"),
        ],
    ),
    (
        words::ACHIEVEMENT_REASONS,
        &[
            ("目標値なし", "No target"),
            ("基準値なし", "No baseline"),
            ("実績値なし", "No actual value"),
            ("目標値が基準値と同じ", "Target equals baseline"),
            ("達成事項", "Milestone"),
            ("数でない", "Not numeric"),
            ("単位が違う", "Different units"),
            ("集計期間が違う", "Different cadences"),
            ("方向が分からない", "No direction"),
            ("目標年度が先", "Target lies in the future"),
            ("値が正確でない", "Inexact values"),
            ("実績が基準より前", "Actual before baseline"),
        ],
    ),
    (
        words::MILESTONE_STATES,
        &[
            ("達成", "Done"),
            ("取組中", "Under way"),
            ("未達成", "Not done"),
        ],
    ),
    (
        words::PEER_BASES,
        &[
            ("全国", "Nation"),
            ("都道府県", "Prefecture"),
            ("種類", "Kind"),
            ("人口", "Population"),
            ("組み合わせ", "Combined"),
            ("列挙", "Listed"),
        ],
    ),
    (
        words::QUALITY_FIELDS,
        &[
            ("担当部署", "Owner"),
            ("工程", "Schedule"),
            ("KPI", "KPI"),
            ("基準値", "Baseline"),
            ("目標値", "Target"),
            ("目標年度", "Target year"),
            ("実績", "Result"),
        ],
    ),
    (
        words::SURVEY_DIFFERENCES,
        &[
            ("計画のみ実施", "Only the plan reports it"),
            ("調査のみ実施", "Only the survey reports it"),
            ("計画では準備中", "In preparation in the plan"),
            ("値が違う", "Different values"),
        ],
    ),
    (
        words::LINK_RELATIONS,
        &[
            ("継続", "Continued"),
            ("名称変更", "Renamed"),
            ("分割", "Split"),
            ("統合", "Merged"),
            ("廃止", "Dropped"),
            ("新規", "New"),
        ],
    ),
    (
        words::LINK_METHODS,
        &[
            ("規則", "Rule"),
            ("原文に明記", "Stated in the source"),
            ("人の判断", "Decision of a person"),
        ],
    ),
];

/// What people call a word of a closed list; `None` when the list has no such word.
#[must_use]
pub fn label_in(list: &[&str], word: &str) -> Option<Label> {
    let position = list.iter().position(|known| *known == word)?;
    let (_, labels) = LABELS.iter().find(|(known, _)| *known == list)?;
    labels.get(position).map(|(ja, en)| Label { ja, en })
}

impl ColumnSpec {
    /// What people call one of the words that this column is limited to.
    ///
    /// ```
    /// use kurabe_schema::Dataset;
    ///
    /// let measures = Dataset::specs().iter().find(|table| table.name == "measures");
    /// let (_, stage) = measures.and_then(|table| table.column("stage")).expect("a column");
    /// assert_eq!(stage.label("trial").map(|label| label.ja), Some("試行・実証"));
    /// assert_eq!(stage.label("started"), None);
    /// ```
    #[must_use]
    pub fn label(&self, word: &str) -> Option<Label> {
        label_in(self.values, word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dataset;

    #[test]
    fn every_closed_word_has_a_label_in_both_languages() {
        for table in Dataset::specs() {
            for column in table.columns {
                for word in column.values {
                    let place = format!("{}.{} {word}", table.name, column.name);
                    let label = column.label(word).unwrap_or_else(|| panic!("{place}"));
                    assert!(!label.ja.is_empty() && !label.en.is_empty(), "{place}");
                }
            }
        }
    }

    #[test]
    fn lists_and_labels_have_the_same_length() {
        for (words, labels) in LABELS {
            assert_eq!(words.len(), labels.len(), "{words:?}");
        }
    }
}
