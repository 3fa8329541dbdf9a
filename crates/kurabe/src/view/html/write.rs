//! Writing HTML: the one place where text is escaped.

use crate::text::Lang;

/// A file that is being written.
pub(super) struct Html {
    out: String,
    /// Language of what the program says.
    pub(super) lang: Lang,
}

impl Html {
    /// An empty file.
    pub(super) fn new(lang: Lang) -> Self {
        let out = String::new();
        Self { out, lang }
    }

    /// Adds markup of our own: never a text of the document.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Adds text. It fits between tags and in quoted attributes.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                '\t' | '\n' => self.out.push(c),
                c if c.is_control() => self.out.push(char::REPLACEMENT_CHARACTER),
                c => self.out.push(c),
            }
        }
    }

    /// Adds an element of that name that holds text.
    pub(super) fn element(&mut self, name: &str, text: &str) {
        self.raw(&format!("<{name}>"));
        self.text(text);
        self.raw(&format!("</{name}>"));
    }

    /// Adds a paragraph of a class.
    pub(super) fn note(&mut self, class: &str, text: &str) {
        self.raw(&format!("<p class=\"{class}\">"));
        self.text(text);
        self.raw("</p>");
    }

    /// Adds the attributes that tie the element whose tag is open to the other side. Without a key
    /// there is only the place.
    pub(super) fn tie(&mut self, key: &str, place: &str) {
        if !key.is_empty() {
            self.raw(" tabindex=\"0\" data-k=\"");
            self.text(key);
            self.raw("\"");
        }
        if !place.is_empty() {
            self.raw(" title=\"");
            self.text(place);
            self.raw("\"");
        }
    }

    /// The file.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Which cells of a table are covered by those that span several rows or columns.
#[derive(Debug, Default)]
pub(super) struct Cover {
    /// By column, the row from 0 before which everything is covered.
    until: Vec<usize>,
}

impl Cover {
    /// Whether a cell is covered.
    pub(super) fn holds(&self, row: usize, column: usize) -> bool {
        self.until.get(column).is_some_and(|until| *until > row)
    }

    /// Covers an area.
    pub(super) fn add(&mut self, row: usize, column: usize, rows: usize, columns: usize) {
        if rows < 2 && columns < 2 {
            return;
        }
        let end = column.saturating_add(columns);
        if self.until.len() < end {
            self.until.resize(end, 0);
        }
        for until in self.until.get_mut(column..end).unwrap_or_default() {
            *until = (*until).max(row.saturating_add(rows));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let mut html = Html::new(Lang::Ja);
        html.raw("<p");
        html.tie("L1", "\" onfocus=\"x");
        html.raw(">");
        html.text("</p><script>'&\u{0}");
        let expected = "<p tabindex=\"0\" data-k=\"L1\" title=\"&quot; onfocus=&quot;x\">\
                        &lt;/p&gt;&lt;script&gt;&#39;&amp;\u{fffd}";
        assert_eq!(html.finish(), expected);
    }

    #[test]
    fn spans_cover_what_lies_below_them() {
        let mut cover = Cover::default();
        cover.add(0, 1, 2, 2);
        let held: Vec<bool> = (0..4).map(|column| cover.holds(1, column)).collect();
        assert_eq!(held, [false, true, true, false]);
        assert!(!cover.holds(2, 1));
    }
}
