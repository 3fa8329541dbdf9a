//! What was read of a page.

use super::super::model::{ViewBlock, ViewCell, ViewLine, ViewNode, ViewPage, ViewTable};
use super::write::{Cover, Html};
use crate::text::{screen, view as words};

/// Writes the blocks of a page and what was left out on it.
pub(super) fn write(page: &ViewPage, room: &mut usize, html: &mut Html) {
    if page.blocks.is_empty() {
        html.note("empty", &words::nothing_read(html.lang));
    }
    for block in &page.blocks {
        let lang = html.lang;
        match block {
            ViewBlock::Heading { level, lines } => {
                text("heading", &screen::block_heading(lang, level), lines, html);
            }
            ViewBlock::Paragraph { lines } => {
                text("paragraph", &screen::block_paragraph(lang), lines, html);
            }
            ViewBlock::Item { lines } => text("item", &screen::block_item(lang), lines, html),
            ViewBlock::Table(table) => {
                let (rows, columns) = table.size();
                let name = screen::block_table(lang, rows, columns);
                html.raw("<div class=\"block\">");
                tag(&name, &table.locator.to_string(), html);
                html.raw("<div class=\"wide\">");
                grid(table, room, html);
                html.raw("</div></div>");
            }
        }
    }
    skipped(page, html);
}

fn tag(name: &str, place: &str, html: &mut Html) {
    html.raw("<p class=\"tag\"><b>");
    html.text(name);
    html.raw("</b> <span class=\"at\">");
    html.text(place);
    html.raw("</span></p>");
}

fn text(class: &str, name: &str, lines: &[ViewLine], html: &mut Html) {
    html.raw("<div class=\"block\">");
    let place = lines.first().map(|line| line.locator.to_string());
    tag(name, &place.unwrap_or_default(), html);
    for line in lines {
        html.raw(&format!("<p class=\"text {class}\""));
        html.tie(&line.key, &line.locator.to_string());
        html.raw(">");
        html.text(&line.text);
        html.raw("</p>");
    }
    html.raw("</div>");
}

fn grid(table: &ViewTable, room: &mut usize, html: &mut Html) {
    let mut cover = Cover::default();
    html.raw("<table>");
    let height = table.rows.len();
    for (at, row) in table.rows.iter().enumerate() {
        if *room < row.cells.len() {
            *room = 0;
            html.raw("<caption class=\"left-out\">");
            html.text(&words::rows_cut(html.lang));
            html.raw("</caption>");
            break;
        }
        *room -= row.cells.len();
        html.raw("<tr>");
        let width = row.cells.len();
        for (column, cell) in row.cells.iter().enumerate() {
            let is_covered = table.is_grid && cover.holds(at, column);
            if is_covered && cell.is_blank() {
                continue;
            }
            let rows = usize::from(cell.row_span).min(height - at);
            let columns = usize::from(cell.column_span);
            let columns = if table.is_grid {
                columns.min(width - column)
            } else {
                columns
            };
            cover.add(at, column, rows, columns);
            write_cell(cell, rows, columns, room, html);
        }
        html.raw("</tr>");
    }
    html.raw("</table>");
}

fn write_cell(cell: &ViewCell, rows: usize, columns: usize, room: &mut usize, html: &mut Html) {
    html.raw("<td");
    let mut place = cell.locator.to_string();
    if rows > 1 || columns > 1 {
        html.raw(&format!(
            " class=\"span\" rowspan=\"{rows}\" colspan=\"{columns}\""
        ));
        place += &screen::cell_span(html.lang, columns, rows);
    }
    let key = if cell.is_blank() { "" } else { &cell.key };
    html.tie(key, &place);
    html.raw(">");
    if cell.content.is_empty() {
        html.text(&cell.text);
    }
    for node in &cell.content {
        match node {
            ViewNode::Text { text } | ViewNode::ListText { text } => html.element("div", text),
            ViewNode::Paragraph { text } => html.element("p", text),
            ViewNode::Item { text } => html.note("item", text),
            ViewNode::Table(table) => grid(table, room, html),
        }
    }
    html.raw("</td>");
}

fn skipped(page: &ViewPage, html: &mut Html) {
    if page.skipped.is_empty() {
        return;
    }
    let title = words::skipped(html.lang, page.skipped.len());
    html.raw("<details class=\"skipped\"><summary>");
    html.text(&title);
    html.raw("</summary><ul>");
    for skipped in &page.skipped {
        let place = skipped.locator.to_string();
        html.raw("<li");
        html.tie(&skipped.key, &place);
        html.raw(">");
        html.text(&format!("{} {place}", skipped.rule));
        html.raw("</li>");
    }
    html.raw("</ul></details>");
}
