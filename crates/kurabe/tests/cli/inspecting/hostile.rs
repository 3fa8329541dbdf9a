//! Files that want to run a script in the page that shows them.

use rust_xlsxwriter::Workbook;

use super::html;
use super::make::{pdf, word_of};
use super::seen::{assert_self_contained, pictures, tags};
use crate::support::Project;

const EVIL: &str = "</td></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

/// Our own script is the only one, and no tag came from the document.
fn assert_harmless(page: &str) {
    assert_self_contained(page);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    for tag in tags(page) {
        let is_ours = !tag.contains("onerror") && !tag.contains("alert");
        assert!(is_ours && !tag.starts_with("iframe"), "{tag}");
    }
}

#[test]
fn text_stays_text_in_every_format() {
    let project = Project::empty();
    project.put(
        "evil.txt",
        &format!("# {EVIL}\n\n1\t{EVIL}\tx\n2\t{EVIL}\ty\n"),
    );
    project.put(
        "evil.csv",
        &format!("a,b\n\"{}\",2\n", EVIL.replace('"', "\"\"")),
    );
    let escaped = EVIL.replace('&', "&amp;").replace('<', "&lt;");
    project.put(
        "evil.html",
        &format!("<!DOCTYPE html><body><p>{escaped}</p>{EVIL}</body>"),
    );
    let run = format!("<w:p><w:r><w:t>{escaped}</w:t></w:r></w:p>");
    project.put_bytes("evil.docx", &word_of(&run));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("\"><script>a&b").unwrap();
    sheet.write(0, 0, EVIL).unwrap();
    sheet.write(0, 1, "x").unwrap();
    sheet.write(1, 0, "y").unwrap();
    sheet.write(1, 1, EVIL).unwrap();
    project.put_bytes("evil.xlsx", &book.save_to_buffer().unwrap());
    project.put_bytes("evil.pdf", &pdf(&[EVIL]));
    for ending in ["txt", "csv", "html", "docx", "xlsx", "pdf"] {
        let page = html(&project, &format!("evil.{ending}"));
        assert_harmless(&page);
        assert!(page.contains("&lt;script&gt;alert(1)"), "{ending}: {page}");
    }
}

#[test]
fn pictures_hold_no_text_of_the_document() {
    let project = Project::empty();
    project.put_bytes("evil.pdf", &pdf(&[EVIL]));
    let pictures = pictures(&html(&project, "evil.pdf"));
    assert!(!pictures[0].contains("alert") && !pictures[0].contains("script"));
}

#[test]
fn the_name_of_a_file_is_text() {
    let project = Project::empty();
    project.put("<b>&'.txt", "一行\n");
    let page = html(&project, "<b>&'.txt");
    assert!(page.contains("&lt;b&gt;&amp;&#39;.txt"), "{page}");
    assert_harmless(&page);
}

#[test]
fn sheets_that_claim_to_be_endless_are_shown_in_short() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "上").unwrap();
    sheet.write(0, 1, "右").unwrap();
    sheet.write(1_048_575, 0, "下").unwrap();
    sheet.write(0, 16_000, "遠く").unwrap();
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(5, 0, 110_000, 1, "長い", &plain).unwrap();
    let project = Project::empty();
    project.put_bytes("wide.xlsx", &book.save_to_buffer().unwrap());
    let page = html(&project, "wide.xlsx");
    assert!(page.len() < 20_000_000, "{}", page.len());
    assert!(page.contains("further rows are not shown") || page.contains("are blank"));
}
