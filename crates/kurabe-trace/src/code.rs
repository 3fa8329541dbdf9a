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
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident;)+) => {
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
        }
    };
}

codes! {
    // Files and profiles
    /// No profile recognises the file.
    FileUnclaimed = "file_unclaimed", Error;
    /// More than one profile recognises the file.
    FileAmbiguous = "file_ambiguous", Error;
    /// The file is another edition of a document that a profile describes.
    FileOtherEdition = "file_other_edition", Error;
    /// A document that is configured was not found among the source files.
    DocumentMissing = "document_missing", Error;
    /// The bytes could not be read as text or as a known format.
    FileUnreadable = "file_unreadable", Error;
    /// Two files hold the same document; one of them was read.
    FileDuplicate = "file_duplicate", Warning;
    /// The document at the address of a source was replaced by another one since it was fetched.
    SourceChanged = "source_changed", Warning;
    /// A table of a national survey could not be read; none of it is published.
    SurveyUnreadable = "survey_unreadable", Error;
    /// A row of a national survey asks something that its definition does not know; it is not published.
    SurveyLabelUnknown = "survey_label_unknown", Error;
    /// A national survey asks the same in two rows; the first was published.
    SurveyLabelRepeated = "survey_label_repeated", Warning;
    /// Cells of a national survey are no answer that its definition knows; their value is null.
    SurveyValueUnknown = "survey_value_unknown", Warning;
    /// Municipalities could not be counted among the peers of a configured group.
    PeersLeftOut = "peers_left_out", Warning;
    /// Characters could not be decoded and were replaced.
    EncodingReplaced = "encoding_replaced", Error;
    /// A character could not be written in the chosen encoding and was replaced.
    CharacterLost = "character_lost", Warning;
    /// The encoding was guessed from the bytes, not declared.
    EncodingGuessed = "encoding_guessed", Info;
    /// The file is damaged; what could be read of it was read.
    FileDamaged = "file_damaged", Warning;
    /// Hidden sheets, rows or columns were left out.
    HiddenSkipped = "hidden_skipped", Info;
    /// A page is a picture without text.
    PageWithoutText = "page_without_text", Warning;
    /// The document holds tracked changes; its final text was read.
    TrackedChanges = "tracked_changes", Info;
    /// A table without ruled lines was rebuilt from the alignment of its words.
    TableUncertain = "table_uncertain", Info;
    /// A cell holds an error such as #REF! instead of a value.
    CellError = "cell_error", Warning;
    /// Only one of two independent readers of a workbook finds a value in a cell, or finds a sheet.
    SecondReadingDiffers = "second_reading_differs", Warning;
    /// The sign between cells, or the quotes, were guessed from the content.
    DelimiterGuessed = "delimiter_guessed", Info;
    /// Records of a delimited text have different numbers of cells.
    RowsRagged = "rows_ragged", Info;
    // Expectations and coverage
    /// Fewer records were read than the profile expects.
    ExpectedMore = "expected_more", Error;
    /// More records were read than the profile expects.
    ExpectedFewer = "expected_fewer", Warning;
    /// A line is in no record and no rule skips it.
    LineUnread = "line_unread", Warning;
    // Layout
    /// A heading is in no list of headings that the profile knows.
    HeadingUnknown = "heading_unknown", Warning;
    /// A heading was read as the known heading it resembles.
    HeadingRepaired = "heading_repaired", Info;
    /// A row has its cells in other columns than the header says and was put right.
    RowShifted = "row_shifted", Info;
    /// A row pushed to the right has lost its last cells.
    CellLost = "cell_lost", Warning;
    /// A row continues the record of the row before.
    RowContinued = "row_continued", Info;
    /// A row could not be read as a record.
    RowUnread = "row_unread", Error;
    /// A header or schedule row of a sheet is damaged.
    SheetDamaged = "sheet_damaged", Warning;
    /// Markup in a cell was left open or is repeated as plain cells.
    MarkupDamaged = "markup_damaged", Info;
    // Measures
    /// A number was misrecognised and put right by its neighbours.
    NumberRepaired = "number_repaired", Warning;
    /// Numbers are missing between the measures of a section.
    NumberSequence = "number_sequence", Warning;
    /// Two measures have the same identifier.
    MeasureDuplicate = "measure_duplicate", Error;
    /// A word was misrecognised and put right.
    WordRepaired = "word_repaired", Info;
    /// Two pages of the document print different titles for one measure.
    TitleDiffers = "title_differs", Info;
    /// Two pages of the document name different departments for one measure.
    DepartmentsDiffer = "departments_differ", Warning;
    /// Departments were printed without a separator and were split.
    DepartmentsSplit = "departments_split", Info;
    /// A measure stands on one page of the document and is missing on another.
    MeasureOnOnePage = "measure_on_one_page", Warning;
    /// A status word is not in the legend of the profile.
    StatusUnknown = "status_unknown", Warning;
    /// The text says that a measure was dropped, its status does not.
    StatusContradictsText = "status_contradicts_text", Info;
    /// The status contradicts the start: it runs without one, or should run by now.
    StatusContradictsStart = "status_contradicts_start", Info;
    /// A text ends in the middle of a list.
    TextCut = "text_cut", Info;
    /// A character does not belong to Japanese text and may be misrecognised.
    CharacterSuspect = "character_suspect", Info;
    /// A start date could not be read.
    StartUnreadable = "start_unreadable", Warning;
    // Repeats
    /// A measure marked as a repeat has no first occurrence.
    RepeatWithoutFirst = "repeat_without_first", Warning;
    /// The text of a repeat contradicts its first occurrence.
    RepeatContradicts = "repeat_contradicts", Warning;
    /// The text of a repeat is a part of that of its first occurrence.
    RepeatShortened = "repeat_shortened", Info;
    // Schedules
    /// Two pages of the document print different schedules for one measure.
    SchedulePagesDisagree = "schedule_pages_disagree", Warning;
    /// A schedule row is missing on one of the pages.
    ScheduleLost = "schedule_lost", Warning;
    /// The start is printed on an overview page only and was taken from there.
    StartFromOverview = "start_from_overview", Info;
    /// The year a phase ends in follows only from blank cells.
    ScheduleSpanAssumed = "schedule_span_assumed", Info;
    /// A schedule has a measure in operation in a year by which its status says that it is not; the status was taken.
    StatusContradictsSchedule = "status_contradicts_schedule", Info;
    /// The start year contradicts the schedule.
    StartContradictsSchedule = "start_contradicts_schedule", Warning;
    /// A phase word is not in the list of phase words.
    PhaseUnknown = "phase_unknown", Info;
    // Indicators
    /// A result has no indicator it could belong to.
    ActualWithoutKpi = "actual_without_kpi", Warning;
    /// A statement without a figure among the results belongs to no indicator.
    ActualNarrative = "actual_narrative", Info;
    /// A result has the name of an indicator that another result was taken for.
    ActualOtherBasis = "actual_other_basis", Info;
    /// A result is worse than the baseline of its indicator.
    ActualBehindBaseline = "actual_behind_baseline", Info;
    /// A result is better than the last target of its indicator.
    ActualBeyondTarget = "actual_beyond_target", Info;
    /// A result was matched to an indicator whose name differs.
    ActualNameDiffers = "actual_name_differs", Info;
    /// An indicator has no result although the document reports results.
    KpiWithoutActual = "kpi_without_actual", Info;
    /// An indicator has no target year.
    KpiWithoutTargetYear = "kpi_without_target_year", Warning;
    /// An indicator has no target.
    KpiWithoutTarget = "kpi_without_target", Warning;
    /// A target equals its baseline.
    KpiTargetEqualsBaseline = "kpi_target_equals_baseline", Info;
    /// An indicator is a sentence without a number.
    KpiNotNumeric = "kpi_not_numeric", Info;
    /// The values of a repeated indicator differ from its first occurrence.
    KpiRepeatDiffers = "kpi_repeat_differs", Warning;
    /// The words of an indicator fit several shared indicators equally well; it was aligned to none.
    IndicatorAmbiguous = "indicator_ambiguous", Warning;
    /// A value is dated outside the fiscal year it is reported for.
    ValueOutsideYear = "value_outside_year", Info;
    // Decisions of people
    /// The source changed after a person decided on a code or an indicator; the decision no longer counts.
    ReviewOutdated = "review_outdated", Warning;
    /// A decision names a measure, edition, category or indicator that does not exist.
    ReviewUnknown = "review_unknown", Warning;
    /// A municipality corrected a fact in its reply; what is printed stays published.
    MunicipalityReply = "municipality_reply", Info;
    // Sums
    /// A printed total differs from the sum of its parts.
    TotalDiffers = "total_differs", Warning;
    /// A printed rate differs from the figures it follows from.
    RateDiffers = "rate_differs", Warning;
    /// Some items of a list count only in part.
    ListPartial = "list_partial", Info;
    /// A count in the text differs from the number of items listed.
    CountDiffers = "count_differs", Warning;
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
