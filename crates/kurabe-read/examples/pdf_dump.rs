use kurabe_page::*;
use kurabe_read::*;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let t = std::time::Instant::now();
    let r = read(
        &bytes,
        &Hint {
            kind: Some(Kind::Pdf),
            ..Hint::default()
        },
    );
    eprintln!("{:?}", t.elapsed());
    let s = match r {
        Ok(s) => s,
        Err(e) => {
            println!("ERR {e}");
            return;
        }
    };
    for f in &s.findings {
        println!("FINDING {:?} {} {}", f.code, f.locator, f.message_en);
    }
    for (n, rule) in &s.value.skipped {
        println!("SKIP {n} {rule} {:?}", s.value.places[*n as usize - 1]);
    }
    for b in &s.value.blocks {
        match b {
            Block::Heading { level, line } => println!("H{level} {}", line.text),
            Block::Paragraph(l) => {
                for (i, l) in l.iter().enumerate() {
                    println!("{} {}", if i == 0 { "P" } else { "+" }, l.text)
                }
            }
            Block::Item(l) => println!("I {}", l[0].text),
            Block::Table(t) => {
                println!(
                    "T {}",
                    if let Place::OnPage { page, area, .. } =
                        &s.value.places[t.rows[0].line as usize - 1]
                    {
                        format!("p{page} {area:?}")
                    } else {
                        String::new()
                    }
                );
                for r in &t.rows {
                    println!(
                        "  | {}",
                        r.cells
                            .iter()
                            .map(|c| {
                                let mut t = c.text().replace('\n', "⏎");
                                if c.column_span > 1 || c.row_span > 1 {
                                    t += &format!("<{}x{}>", c.row_span, c.column_span)
                                }
                                t
                            })
                            .collect::<Vec<_>>()
                            .join(" | ")
                    )
                }
            }
        }
    }
}
