//! A page of a PDF with the boxes of what was read.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kurabe_read::{PageFace, Picture};
use kurabe_trace::{Area, Locator};

use super::super::links::area_of;
use super::super::model::{ViewBlock, ViewFinding, ViewNode, ViewPage, ViewTable};
use super::write::Html;
use crate::text::view as words;

/// What a box is drawn around, the later over the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Around {
    Read,
    Skipped,
    Finding,
}

impl Around {
    fn class(self) -> &'static str {
        match self {
            Self::Read => "box",
            Self::Skipped => "box skipped",
            Self::Finding => "box finding",
        }
    }
}

/// Pixels per point of an enlarged page: small print is as large as the text beside it.
const ENLARGED: f32 = 1.6;

/// Boxes by their keys.
type Boxes = BTreeMap<String, (Area, Around, String)>;

/// Writes the picture and the boxes.
pub(super) fn write(face: &PageFace, page: &ViewPage, findings: &[ViewFinding], html: &mut Html) {
    let (width, height) = face.size;
    let (width, height) = (width.max(1.0), height.max(1.0));
    html.raw("<label class=\"zoom\"><input type=\"checkbox\"> ");
    html.text(&words::enlarge(html.lang));
    html.raw("</label>");
    let large = width * ENLARGED;
    html.raw(&format!(
        "<div class=\"sheet\" style=\"aspect-ratio:{width}/{height};--large:{large:.0}px\">"
    ));
    match &face.picture {
        Picture::Svg(svg) => {
            html.raw("<img src=\"data:image/svg+xml;base64,");
            html.raw(&STANDARD.encode(svg));
            html.raw("\" alt=\"");
            html.text(&words::page(html.lang, page.number));
            html.raw("\">");
        }
        Picture::TooMuch => html.note("left-out", &words::picture_too_much(html.lang)),
        Picture::Failed => html.note("left-out", &words::picture_failed(html.lang)),
        Picture::NotAsked => {}
    }
    let mut boxes: Vec<_> = boxes(page, findings).into_iter().collect();
    // Small boxes lie over large ones, so that each can be pointed at.
    boxes.sort_by_key(|(_, (area, around, _))| {
        let size = |from: i32, to: i32| i64::from(to) - i64::from(from);
        let surface = size(area.left, area.right) * size(area.top, area.bottom);
        (*around == Around::Finding, std::cmp::Reverse(surface))
    });
    for (key, (area, around, place)) in boxes {
        html.raw(&format!("<span class=\"{}\" style=\"", around.class()));
        html.raw(&style(area, f64::from(width), f64::from(height)));
        html.raw("\"");
        html.tie(&key, &place);
        html.raw("></span>");
    }
    html.raw("</div>");
}

/// Where a box lies, in shares of the page.
fn style(area: Area, width: f64, height: f64) -> String {
    let share = |points: i32, whole: f64| f64::from(points) / whole * 100.0;
    let (left, top) = (share(area.left, width), share(area.top, height));
    let across = share(area.right, width) - left;
    let down = share(area.bottom, height) - top;
    format!("left:{left:.2}%;top:{top:.2}%;width:{across:.2}%;height:{down:.2}%")
}

fn boxes(page: &ViewPage, findings: &[ViewFinding]) -> Boxes {
    let mut boxes = Boxes::new();
    for block in &page.blocks {
        match block {
            ViewBlock::Heading { lines, .. }
            | ViewBlock::Paragraph { lines }
            | ViewBlock::Item { lines } => {
                let places = lines.iter().map(|line| &line.locator);
                places.for_each(|place| add(place, Around::Read, &mut boxes));
            }
            ViewBlock::Table(table) => add_table(table, &mut boxes),
        }
    }
    for skipped in &page.skipped {
        add(&skipped.locator, Around::Skipped, &mut boxes);
    }
    for finding in findings {
        let number = u32::try_from(page.number).unwrap_or(0);
        let is_here =
            |locator: &Locator| matches!(locator, Locator::Pages { first, .. } if *first == number);
        if is_here(&finding.locator) {
            add(&finding.locator, Around::Finding, &mut boxes);
        }
    }
    boxes
}

fn add_table(table: &ViewTable, boxes: &mut Boxes) {
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        if !cell.is_blank() {
            add(&cell.locator, Around::Read, boxes);
        }
        for node in &cell.content {
            if let ViewNode::Table(table) = node {
                add_table(table, boxes);
            }
        }
    }
}

fn add(locator: &Locator, around: Around, boxes: &mut Boxes) {
    if let Locator::Pages {
        area: Some(area), ..
    } = locator
    {
        let made = || (*area, around, locator.to_string());
        boxes.entry(area_of(locator)).or_insert_with(made);
    }
}
