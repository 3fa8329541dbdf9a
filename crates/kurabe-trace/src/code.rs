//! The one list of finding codes.

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The published data is incomplete or wrong until somebody acts.
    Error,
    /// A reader who cites the value should look at the source.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// The word published in the `severity` column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident, $ja:literal;)+) => {
        /// What a finding is about. The list is closed: every remark of the program is one of these.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The word published in the `code` column.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How much findings of this code matter.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// One English sentence on what the code means.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+),)+ }
            }

            /// The same in Japanese.
            #[must_use]
            pub fn meaning_ja(self) -> &'static str {
                match self { $(Self::$name => $ja,)+ }
            }
        }
    };
}

codes! {
    // Files and profiles
    /// No profile recognises the file.
    FileUnclaimed = "file_unclaimed", Error, "どのプロファイルにも当てはまらないファイルです。";
    /// More than one profile recognises the file.
    FileAmbiguous = "file_ambiguous", Error, "複数のプロファイルに当てはまるファイルです。";
    /// The file is another edition of a document that a profile describes.
    FileOtherEdition = "file_other_edition", Error, "プロファイルが扱う文書の、別の版のファイルです。";
    /// A document that is configured was not found among the source files.
    DocumentMissing = "document_missing", Error, "設定にある文書が、原資料の中に見つかりません。";
    /// The bytes could not be read as text or as a known format.
    FileUnreadable = "file_unreadable", Error, "文字としても、知られた形式としても読めないファイルです。";
    /// Two files hold the same document; one of them was read.
    FileDuplicate = "file_duplicate", Warning, "同じ文書のファイルが二つあり、一方だけを読みました。";
    /// The document at the address of a source was replaced by another one since it was fetched.
    SourceChanged = "source_changed", Warning, "取得した後に、取得元の文書が差し替えられています。";
    /// A table of a national survey could not be read; none of it is published.
    SurveyUnreadable = "survey_unreadable", Error, "国の調査の表を読めないため、その値を公開していません。";
    /// A row of a national survey asks something that its definition does not know; it is not published.
    SurveyLabelUnknown = "survey_label_unknown", Error, "国の調査の行に、定義にない質問があるため、その行を公開していません。";
    /// A national survey asks the same in two rows; the first was published.
    SurveyLabelRepeated = "survey_label_repeated", Warning, "国の調査に同じ質問の行が二つあり、先の行を公開しました。";
    /// Cells of a national survey are no answer that its definition knows; their value is null.
    SurveyValueUnknown = "survey_value_unknown", Warning, "国の調査に、定義にない回答があり、その値を空にしました。";
    /// Municipalities could not be counted among the peers of a configured group.
    PeersLeftOut = "peers_left_out", Warning, "設定した比較の集まりに数えられない団体があります。";
    /// Characters could not be decoded and were replaced.
    EncodingReplaced = "encoding_replaced", Error, "文字コードとして読めない文字を置き換えました。";
    /// A character could not be written in the chosen encoding and was replaced.
    CharacterLost = "character_lost", Warning, "指定の文字コードで表せない文字を置き換えました。";
    /// The encoding was guessed from the bytes, not declared.
    EncodingGuessed = "encoding_guessed", Info, "文字コードの宣言がなく、内容から推定しました。";
    /// The file is damaged; what could be read of it was read.
    FileDamaged = "file_damaged", Warning, "ファイルが壊れています。読める範囲だけを読みました。";
    /// Hidden sheets, rows or columns were left out.
    HiddenSkipped = "hidden_skipped", Info, "非表示のシート・行・列を読まずに残しました。";
    /// A page is a picture without text.
    PageWithoutText = "page_without_text", Warning, "文字のないページ（画像）です。";
    /// The document holds tracked changes; its final text was read.
    TrackedChanges = "tracked_changes", Info, "変更履歴のある文書です。変更後の文を読みました。";
    /// A table without ruled lines was rebuilt from the alignment of its words.
    TableUncertain = "table_uncertain", Info, "罫線のない表を、文字の並びから組み立てました。";
    /// A cell holds an error such as #REF! instead of a value.
    CellError = "cell_error", Warning, "セルの値が #REF! などのエラーです。";
    /// Only one of two independent readers of a workbook finds a value in a cell, or finds a sheet.
    SecondReadingDiffers = "second_reading_differs", Warning, "二つの読み取り方のうち、一方だけがセルの値またはシートを見つけました。";
    /// The sign between cells, or the quotes, were guessed from the content.
    DelimiterGuessed = "delimiter_guessed", Info, "区切り文字または引用符を、内容から推定しました。";
    /// Records of a delimited text have different numbers of cells.
    RowsRagged = "rows_ragged", Info, "行によって項目の数が違います。";
    // Expectations and coverage
    /// Fewer records were read than the profile expects.
    ExpectedMore = "expected_more", Error, "読み取った件数が、プロファイルの想定より少なくなっています。";
    /// More records were read than the profile expects.
    ExpectedFewer = "expected_fewer", Warning, "読み取った件数が、プロファイルの想定より多くなっています。";
    /// A line is in no record and no rule skips it.
    LineUnread = "line_unread", Warning, "どの記録にも入らず、読み飛ばす規則にも当てはまらない行です。";
    // Layout
    /// A heading is in no list of headings that the profile knows.
    HeadingUnknown = "heading_unknown", Warning, "プロファイルの一覧にない見出しです。";
    /// A heading was read as the known heading it resembles.
    HeadingRepaired = "heading_repaired", Info, "知られた見出しに似た見出しを、その見出しとして読みました。";
    /// A row has its cells in other columns than the header says and was put right.
    RowShifted = "row_shifted", Info, "見出しと列のずれた行を、正しい列に直しました。";
    /// A row pushed to the right has lost its last cells.
    CellLost = "cell_lost", Warning, "右にずれた行の、最後のセルが失われています。";
    /// A row continues the record of the row before.
    RowContinued = "row_continued", Info, "前の行の続きとして読んだ行です。";
    /// A row could not be read as a record.
    RowUnread = "row_unread", Error, "記録として読めない行があります。";
    /// A header or schedule row of a sheet is damaged.
    SheetDamaged = "sheet_damaged", Warning, "見出しの行または工程の行が壊れています。";
    /// Markup in a cell was left open or is repeated as plain cells.
    MarkupDamaged = "markup_damaged", Info, "セルの中の書式が閉じていないか、普通のセルとして繰り返されています。";
    // Measures
    /// A number was misrecognised and put right by its neighbours.
    NumberRepaired = "number_repaired", Warning, "読み誤られた番号を、前後の番号から直しました。";
    /// Numbers are missing between the measures of a section.
    NumberSequence = "number_sequence", Warning, "節の中の施策の番号が飛んでいます。";
    /// Two measures have the same identifier.
    MeasureDuplicate = "measure_duplicate", Error, "二つの施策の識別子が同じです。";
    /// A word was misrecognised and put right.
    WordRepaired = "word_repaired", Info, "読み誤られた言葉を直しました。";
    /// Two pages of the document print different titles for one measure.
    TitleDiffers = "title_differs", Info, "一つの施策の名称が、文書の中の二か所で違います。";
    /// Two pages of the document name different departments for one measure.
    DepartmentsDiffer = "departments_differ", Warning, "一つの施策の担当課が、文書の中の二か所で違います。";
    /// Departments were printed without a separator and were split.
    DepartmentsSplit = "departments_split", Info, "区切りなしに並んだ担当課を分けました。";
    /// A measure stands on one page of the document and is missing on another.
    MeasureOnOnePage = "measure_on_one_page", Warning, "文書の一方のページにあり、他方のページにない施策です。";
    /// A status word is not in the legend of the profile.
    StatusUnknown = "status_unknown", Warning, "凡例にない状況の言葉です。";
    /// The text says that a measure was dropped, its status does not.
    StatusContradictsText = "status_contradicts_text", Info, "本文は取りやめたと述べていますが、状況がそうなっていません。";
    /// The status contradicts the start: it runs without one, or should run by now.
    StatusContradictsStart = "status_contradicts_start", Info, "状況が開始時期と食い違います。";
    /// A text ends in the middle of a list.
    TextCut = "text_cut", Info, "列挙の途中で文が切れています。";
    /// A character does not belong to Japanese text and may be misrecognised.
    CharacterSuspect = "character_suspect", Info, "日本語の文にない文字で、読み誤りの疑いがあります。";
    /// A start date could not be read.
    StartUnreadable = "start_unreadable", Warning, "開始時期を読み取れません。";
    // Repeats
    /// A measure marked as a repeat has no first occurrence.
    RepeatWithoutFirst = "repeat_without_first", Warning, "再掲とある施策の、最初の掲載が見つかりません。";
    /// The text of a repeat contradicts its first occurrence.
    RepeatContradicts = "repeat_contradicts", Warning, "再掲の本文が、最初の掲載と食い違います。";
    /// The text of a repeat is a part of that of its first occurrence.
    RepeatShortened = "repeat_shortened", Info, "再掲の本文が、最初の掲載の一部だけです。";
    // Schedules
    /// Two pages of the document print different schedules for one measure.
    SchedulePagesDisagree = "schedule_pages_disagree", Warning, "一つの施策の工程が、文書の中の二か所で違います。";
    /// A schedule row is missing on one of the pages.
    ScheduleLost = "schedule_lost", Warning, "工程の行が、一方のページにありません。";
    /// The start is printed on an overview page only and was taken from there.
    StartFromOverview = "start_from_overview", Info, "開始時期が一覧のページだけにあり、そこから取りました。";
    /// The year a phase ends in follows only from blank cells.
    ScheduleSpanAssumed = "schedule_span_assumed", Info, "段階の終わりの年度が、空欄だけから分かるものです。";
    /// A schedule has a measure in operation in a year by which its status says that it is not; the status was taken.
    StatusContradictsSchedule = "status_contradicts_schedule", Info, "状況では始まっていない年度に、工程では運用中です。状況の方を取りました。";
    /// The start year contradicts the schedule.
    StartContradictsSchedule = "start_contradicts_schedule", Warning, "開始年度が工程と食い違います。";
    /// A phase word is not in the list of phase words.
    PhaseUnknown = "phase_unknown", Info, "一覧にない工程の言葉です。";
    // Indicators
    /// A result has no indicator it could belong to.
    ActualWithoutKpi = "actual_without_kpi", Warning, "実績に対応する指標がありません。";
    /// A statement without a figure among the results belongs to no indicator.
    ActualNarrative = "actual_narrative", Info, "実績の欄に、数値のない記述があり、どの指標にも属しません。";
    /// A result has the name of an indicator that another result was taken for.
    ActualOtherBasis = "actual_other_basis", Info, "別の実績を当てた指標と、同じ名前の実績です。";
    /// A result is worse than the baseline of its indicator.
    ActualBehindBaseline = "actual_behind_baseline", Info, "実績が、指標の現状値より悪くなっています。";
    /// A result is better than the last target of its indicator.
    ActualBeyondTarget = "actual_beyond_target", Info, "実績が、指標の最後の目標値を超えています。";
    /// A result was matched to an indicator whose name differs.
    ActualNameDiffers = "actual_name_differs", Info, "名前の違う指標に対応させた実績です。";
    /// An indicator has no result although the document reports results.
    KpiWithoutActual = "kpi_without_actual", Info, "実績を報告する文書で、この指標の実績がありません。";
    /// An indicator has no target year.
    KpiWithoutTargetYear = "kpi_without_target_year", Warning, "指標に目標年度がありません。";
    /// An indicator has no target.
    KpiWithoutTarget = "kpi_without_target", Warning, "指標に目標値がありません。";
    /// A target equals its baseline.
    KpiTargetEqualsBaseline = "kpi_target_equals_baseline", Info, "目標値が現状値と同じです。";
    /// An indicator is a sentence without a number.
    KpiNotNumeric = "kpi_not_numeric", Info, "数値のない、文で書かれた指標です。";
    /// The values of a repeated indicator differ from its first occurrence.
    KpiRepeatDiffers = "kpi_repeat_differs", Warning, "再掲の指標の値が、最初の掲載と違います。";
    /// The words of an indicator fit several shared indicators equally well; it was aligned to none.
    IndicatorAmbiguous = "indicator_ambiguous", Warning, "指標の言葉が複数の共通指標に等しく合うため、どれにも対応させていません。";
    /// A value is dated outside the fiscal year it is reported for.
    ValueOutsideYear = "value_outside_year", Info, "値の日付が、報告の年度の外にあります。";
    // Decisions of people
    /// The source changed after a person decided on a code or an indicator; the decision no longer counts.
    ReviewOutdated = "review_outdated", Warning, "人が分類や指標を決めた後で原資料が変わったため、その判断は使われません。";
    /// A decision names a measure, edition, category or indicator that does not exist.
    ReviewUnknown = "review_unknown", Warning, "人の判断が、ない施策・版・分類・指標を指しています。";
    /// A municipality corrected a fact in its reply; what is printed stays published.
    MunicipalityReply = "municipality_reply", Info, "団体が回答で訂正した事実です。公開する値は記載のままです。";
    // Sums
    /// A printed total differs from the sum of its parts.
    TotalDiffers = "total_differs", Warning, "記載された合計が、内訳の和と違います。";
    /// A printed rate differs from the figures it follows from.
    RateDiffers = "rate_differs", Warning, "記載された割合が、元の数値から計算した値と違います。";
    /// Some items of a list count only in part.
    ListPartial = "list_partial", Info, "一覧の項目の一部は、部分的にだけ数えられます。";
    /// A count in the text differs from the number of items listed.
    CountDiffers = "count_differs", Warning, "本文の件数が、挙げられた項目の数と違います。";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_distinct_snake_case_words() {
        let words: BTreeSet<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(words.len(), Code::ALL.len());
        assert!(
            words
                .iter()
                .all(|w| w.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        );
    }
}
