//! Writes the inputs that the fuzz targets start from into `corpus/<target>/`: our own samples, whole
//! and cut off.

#[path = "../../crates/kurabe-read/tests/samples/mod.rs"]
mod samples;

use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (ending, bytes) in samples::all() {
        let target = if ending == "txt" { "text" } else { ending };
        for folder in [target, "any"] {
            let folder = corpus.join(folder);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(format!("whole.{ending}")), &bytes)?;
            let cut = bytes.get(..bytes.len() * 2 / 3).unwrap_or_default();
            fs::write(folder.join(format!("cut.{ending}")), cut)?;
        }
    }
    Ok(())
}
