//! Web pages.

use encoding_rs::Encoding;
use kurabe_page::Node;

use crate::document::{Grid, Merged, Piece, Slot};
use crate::error::TaskError;
use crate::recipe::Recipe;
use crate::xml::Markup;

/// Makes a page. Characters that its encoding does not have become numeric references.
pub(crate) fn make(pieces: &[Piece], recipe: &Recipe) -> Result<Vec<u8>, TaskError> {
    let encoding =
        Encoding::for_label(recipe.encoding.as_bytes()).ok_or_else(|| TaskError::Make {
            file: recipe.file.clone(),
            detail: format!("{} is no encoding", recipe.encoding),
        })?;
    let mut page = Markup::default();
    page.raw("<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n")
        .raw(&format!("<meta charset=\"{}\">\n", encoding.name()))
        .element("title", &recipe.title)
        .raw("\n</head>\n<body>\n");
    let mut is_list = false;
    for piece in pieces {
        let is_item = matches!(piece, Piece::Item(_));
        if is_item != is_list {
            page.raw(if is_item { "<ul>\n" } else { "</ul>\n" });
            is_list = is_item;
        }
        add(&mut page, piece);
    }
    page.raw(if is_list { "</ul>\n" } else { "" })
        .raw("</body>\n</html>\n");
    Ok(encoding.encode(&page.finish()).0.into_owned())
}

fn add(page: &mut Markup, piece: &Piece) {
    match piece {
        Piece::Heading(level, text) => {
            page.element(&format!("h{level}"), text);
        }
        Piece::Paragraph(lines) => block(page, "p", lines),
        Piece::Item(lines) => block(page, "li", lines),
        Piece::Table(grid) => table(page, grid),
    }
    page.raw("\n");
}

fn block<T: AsRef<str>>(page: &mut Markup, name: &str, lines: &[T]) {
    let lines: Vec<&str> = lines.iter().map(|line| line.as_ref()).collect();
    page.raw(&format!("<{name}>"));
    // What stands between two marks of the transcription is bold.
    for (at, part) in lines.join("\n").split("**").enumerate() {
        let is_bold = at % 2 == 1;
        page.raw(if is_bold { "<strong>" } else { "" });
        for (at, line) in part.split('\n').enumerate() {
            page.raw(if at > 0 { "<br>\n" } else { "" }).text(line);
        }
        page.raw(if is_bold { "</strong>" } else { "" });
    }
    page.raw(&format!("</{name}>"));
}

fn table(page: &mut Markup, grid: &Grid) {
    page.raw("<table border=\"1\">\n");
    for (at, row) in grid.rows.iter().enumerate() {
        let name = if at < grid.header_rows { "th" } else { "td" };
        page.raw("<tr>");
        for slot in row {
            if let Slot::Cell(cell) = slot {
                add_cell(page, name, cell);
            }
        }
        page.raw("</tr>\n");
    }
    page.raw("</table>");
}

fn add_cell(page: &mut Markup, name: &str, cell: &Merged) {
    page.raw(&format!("<{name}"));
    for (attribute, count) in [("rowspan", cell.down), ("colspan", cell.across)] {
        if count > 1 {
            page.raw(&format!(" {attribute}=\"{count}\""));
        }
    }
    page.raw(">");
    let is_item = |node: &Node| matches!(node, Node::Item(_));
    for (at, node) in cell.content.iter().enumerate() {
        let lines: Vec<&str> = node.text().unwrap_or_default().lines().collect();
        let before = at.checked_sub(1).and_then(|at| cell.content.get(at));
        let after = cell.content.get(at + 1);
        if is_item(node) {
            let opens = !before.is_some_and(is_item);
            page.raw(if opens { "<ul>" } else { "" });
            block(page, "li", &lines);
            let closes = !after.is_some_and(is_item);
            page.raw(if closes { "</ul>" } else { "" });
        } else if matches!(node, Node::Paragraph(_)) {
            block(page, "p", &lines);
        } else {
            page.text(&lines.join("\n"));
        }
    }
    page.raw(&format!("</{name}>"));
}
