//! The lines of a source with their numbers.

use super::super::links::line_key;
use super::write::Html;
use crate::text::view as words;

/// Writes as many lines as there is room for.
pub(super) fn write(lines: &[String], room: usize, html: &mut Html) {
    html.raw("<div class=\"lines\">");
    for (number, line) in (1..).zip(lines.iter().take(room)) {
        html.raw("<div");
        if line.trim().is_empty() {
            html.raw(" class=\"blank\"");
        } else {
            html.tie(&line_key(number), &format!("L{number}"));
        }
        html.raw(&format!("><i>{number}</i><code>"));
        html.text(line);
        html.raw("</code></div>");
    }
    html.raw("</div>");
    if lines.len() > room {
        let told = words::lines_cut(html.lang, lines.len() - room);
        html.note("left-out", &told);
    }
}
