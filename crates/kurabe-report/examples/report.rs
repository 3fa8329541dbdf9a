//! Writes the report of a published dataset: `report PARQUET_FOLDER REPORT_FOLDER`.

use std::path::Path;

use kurabe_report::{ReportOptions, write_report};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("report PARQUET_FOLDER REPORT_FOLDER".into());
    };
    let dataset = kurabe_export::read_parquet(Path::new(&from))?;
    let options = ReportOptions {
        program: "kurabe".into(),
        title_ja: "自治体DX計画の比較".into(),
        title_en: "Comparison of municipal DX plans".into(),
        ..ReportOptions::default()
    };
    write_report(Path::new(&to), &dataset, &options)?;
    Ok(())
}
