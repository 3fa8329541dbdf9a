//! What was read beside its source: one HTML file that needs nothing else.
//!
//! All text goes through [`Html::text`]. Pictures are embedded as images, in which nothing runs, and
//! a content security policy allows no script but ours and no address at all.

mod lines;
mod page;
mod parts;
mod read;
mod sheet;
mod write;

use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kurabe_read::Facsimile;
use sha2::{Digest, Sha256};

use super::View;
use super::links::{self, Links};
use super::model::{PageKind, ViewPage};
use crate::text::{Lang, view as words};
use write::Html;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Pages of a PDF, sheets of a workbook that are shown unless others are asked for.
pub(crate) const USUAL_PAGES: usize = 20;

/// Cells that are shown of one side at most.
const CELLS: usize = 200_000;
/// Lines of a source that are shown at most.
const LINES: usize = 50_000;

/// The HTML form of the pages in a range.
pub(crate) fn html(
    mut view: View,
    source: &Facsimile,
    range: &RangeInclusive<usize>,
    lang: Lang,
) -> String {
    let links = links::link(&mut view, source);
    view.keep(range);
    let mut html = Html::new(lang);
    head(&view, &mut html);
    html.raw("<body><header>");
    summary(&view, &mut html);
    left_out(&view, &mut html);
    findings(&view, &mut html);
    html.raw("</header><main>");
    let mut room = Room {
        left: CELLS,
        right: CELLS,
    };
    for page in &view.pages {
        section(page, &view, source, &links, &mut room, &mut html);
    }
    html.raw("</main><div id=\"status\" role=\"status\"></div><script>");
    html.raw(SCRIPT);
    html.raw("</script></body></html>\n");
    html.finish()
}

/// Cells that may still be shown on each side.
struct Room {
    left: usize,
    right: usize,
}

fn head(view: &View, html: &mut Html) {
    let script = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    let lang = html.lang.pick("ja", "en");
    html.raw(&format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
         style-src 'unsafe-inline'; script-src 'sha256-{script}'; base-uri 'none'; form-action \
         'none'\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
    ));
    html.text(&words::title(html.lang, &view.document.file));
    html.raw("</title><style>");
    html.raw(STYLE);
    html.raw("</style></head>");
}

fn summary(view: &View, html: &mut Html) {
    let (document, lang) = (&view.document, html.lang);
    html.element("h1", &words::title(lang, &document.file));
    let counts = &document.counts;
    let by = words::recognised_by(lang, document.recognised_by);
    let profiles = if document.profiles.is_empty() {
        words::none(lang)
    } else {
        document.profiles.join(", ")
    };
    let mut facts = vec![(words::format(lang), format!("{} — {by}", document.format))];
    facts.extend(
        document
            .encoding
            .clone()
            .map(|encoding| (words::encoding(lang), encoding)),
    );
    facts.push((
        words::counts(lang),
        words::count_line(lang, counts.blocks, counts.tables, counts.cells),
    ));
    facts.push((
        words::coverage(lang),
        words::coverage_line(lang, counts.written, counts.skipped),
    ));
    facts.push((words::profile(lang), profiles));
    html.raw("<dl>");
    for (name, value) in facts {
        html.element("dt", &name);
        html.element("dd", &value);
    }
    html.raw("</dl>");
    html.note("help", &words::help(lang));
}

/// Says which pages are not shown.
fn left_out(view: &View, html: &mut Html) {
    let all = view.document.counts.pages;
    let ends = view.pages.first().zip(view.pages.last());
    let Some((first, last)) = ends.filter(|_| view.pages.len() < all) else {
        return;
    };
    let (from, to) = (first.number, last.number);
    let told = match first.kind {
        PageKind::Sheet => words::sheets_left_out(html.lang, all, from, to),
        PageKind::Page | PageKind::Document => words::pages_left_out(html.lang, all, from, to),
    };
    let next = if to < all {
        format!("--pages {}-{}", to + 1, all.min(to + USUAL_PAGES))
    } else {
        format!("--pages 1-{}", from.saturating_sub(1).min(USUAL_PAGES))
    };
    html.note("left-out", &(told + &words::see_others(html.lang, next)));
}

fn findings(view: &View, html: &mut Html) {
    if view.findings.is_empty() {
        return;
    }
    let title = words::findings(html.lang, view.findings.len());
    html.raw("<details open class=\"findings\"><summary>");
    html.text(&title);
    html.raw("</summary><ul>");
    for finding in &view.findings {
        let message = html.lang.pick(&finding.message_ja, &finding.message_en);
        html.raw("<li");
        html.tie(&finding.key, &finding.locator.to_string());
        html.raw("><span class=\"at\">");
        html.text(&format!("{} {}", finding.locator, finding.code));
        html.raw("</span> ");
        html.text(message);
        html.raw("</li>");
    }
    html.raw("</ul></details>");
}

/// A page: its source on the left, what was read on the right.
fn section(
    page: &ViewPage,
    view: &View,
    source: &Facsimile,
    links: &Links,
    room: &mut Room,
    html: &mut Html,
) {
    html.raw("<section>");
    match (page.kind, &page.name) {
        (PageKind::Page, _) => html.element("h2", &words::page(html.lang, page.number)),
        (_, Some(name)) => html.element("h2", &words::sheet(html.lang, page.number, name)),
        _ => {}
    }
    html.raw("<div class=\"pair\"><div class=\"source\" tabindex=\"-1\">");
    html.element("h3", &words::source(html.lang));
    let index = page.number - 1;
    match source {
        Facsimile::Lines(all) => lines::write(all, LINES, html),
        Facsimile::Parts(parts) => parts::write(parts, links, &mut room.left, html),
        Facsimile::Sheets(sheets) => {
            if let Some(sheet) = sheets.get(index) {
                sheet::write(sheet, page.number, &mut room.left, html);
            }
        }
        Facsimile::Pages(pages) => {
            if let Some(face) = pages.get(index) {
                page::write(face, page, &view.findings, html);
            }
        }
    }
    html.raw("</div><div class=\"read\">");
    html.element("h3", &words::read(html.lang));
    read::write(page, &mut room.right, html);
    html.raw("</div></div></section>");
}
