//! The paragraphs and tables of a Word file as they stand there.

use kurabe_read::{Part, PartCell};

use super::super::links::{Links, part_key};
use super::write::Html;
use crate::text::view as words;

/// Writes paragraphs and tables.
pub(super) fn write(parts: &[Part], links: &Links, room: &mut usize, html: &mut Html) {
    let mut number = 0;
    for part in parts {
        match part {
            Part::Paragraph(text) => {
                html.raw("<p class=\"text\"");
                tie(number, links, html);
                html.raw(">");
                html.text(text);
                html.raw("</p>");
                number += 1;
            }
            Part::Table(rows) => table(rows, &mut number, links, room, html),
        }
    }
}

fn table(
    rows: &[Vec<PartCell>],
    number: &mut usize,
    links: &Links,
    room: &mut usize,
    html: &mut Html,
) {
    html.raw("<div class=\"wide\"><table>");
    for row in rows {
        if *room < row.len() {
            *room = 0;
            html.raw("</table></div>");
            return html.note("left-out", &words::rows_cut(html.lang));
        }
        *room -= row.len();
        html.raw("<tr>");
        for cell in row {
            html.raw(&format!("<td colspan=\"{}\"", cell.columns));
            html.raw(if cell.goes_on {
                " class=\"goes-on\""
            } else {
                ""
            });
            tie(*number, links, html);
            html.raw(">");
            html.text(if cell.goes_on && cell.text.is_empty() {
                "〃"
            } else {
                &cell.text
            });
            html.raw("</td>");
            *number += 1;
        }
        html.raw("</tr>");
    }
    html.raw("</table></div>");
}

/// Ties a piece, from 0, when something was read of it.
fn tie(number: usize, links: &Links, html: &mut Html) {
    let key = part_key(number);
    if links.used.contains(&key) {
        html.tie(&key, "");
    }
}
