//! Writes the workbook of a published dataset: `workbook PARQUET_FOLDER FILE [en]`.

#![allow(clippy::print_stdout)] // a command line tool for a person at work on the workbook

use std::path::Path;

use kurabe_workbook::{Lang, WorkbookOptions, write_workbook};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let (Some(folder), Some(file)) = (arguments.get(1), arguments.get(2)) else {
        return Err("usage: workbook PARQUET_FOLDER FILE [en]".into());
    };
    let is_english = arguments.get(3).is_some_and(|lang| lang == "en");
    let options = WorkbookOptions {
        lang: if is_english { Lang::En } else { Lang::Ja },
        ..WorkbookOptions::default()
    };
    let dataset = kurabe_export::read_parquet(Path::new(folder))?;
    let begun = std::time::Instant::now();
    for sheet in write_workbook(Path::new(file), &dataset, &options)? {
        println!("{}\t{}", sheet.rows, sheet.name);
    }
    println!("{:?}", begun.elapsed());
    Ok(())
}
