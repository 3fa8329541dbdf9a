//! Pages and profiles to raw records.
//!
//! A [`Profile`] says in data what is special about one document: how it is recognised, where
//! its regions begin, what its headings are called. The modules of this crate each read one
//! page shape and know no municipality: [`sheets`] (one key–value sheet per measure), [`rows`]
//! (one row per measure under header rows), [`outline`] (numbered headings with sections),
//! [`lists`] (numbered items under headings that set a term), [`tables`] (results, surveys,
//! before and after) and [`prose`] (everything a plan says in running text).

mod claims;
mod columns;
mod cursor;
mod error;
mod headings;
mod indicator;
mod items;
pub mod lists;
mod mentioned;
pub mod outline;
mod pattern;
pub mod phase;
mod profile;
pub mod prose;
mod recognise;
mod record;
mod region;
pub mod rows;
mod schedule;
pub mod sheets;
pub mod tables;
mod wide;

pub use claims::{Claim, Claims};
pub use error::ProfileError;
pub use items::split_items;
pub use profile::{
    ColumnRole, DocumentInfo, FieldRole, IdPart, MunicipalityInfo, Profile, Recognise, Record,
    SourceInfo, Words as ProfileWords,
};
pub use recognise::Recognition;
pub use record::{
    RawDocument, RawKpi, RawListing, RawMeasure, RawOutcome, RawPlanItem, RawSchedule,
    RawScheduleCell, RawScheduleRow, RawSeries, RawShare, RawStatement, RawSurvey, RawSurveyOption,
    RawTrack, Words,
};

use cursor::Cursor;
use kurabe_page::Page;
use kurabe_trace::Staged;

/// Reads the raw records of a page as its profile describes it.
///
/// Nothing is dropped: lines that no region reads stay unclaimed and are listed by coverage.
#[must_use]
pub fn lay_out(page: &Page, profile: &Profile) -> Staged<RawDocument> {
    let mut cursor = Cursor::new(page, profile);
    for (number, rule) in &page.skipped {
        cursor.claims.skip(*number, rule);
    }
    for region in region::split(page, profile) {
        region::read(&mut cursor, &region);
    }
    rows::settle_numbers(&mut cursor);
    cursor.finish()
}
