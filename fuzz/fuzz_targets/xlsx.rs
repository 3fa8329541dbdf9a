#![no_main]

use kurabe_read::Kind;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kurabe_fuzz::read(Some(Kind::Workbook), bytes));
