//! Markup, written piece by piece.

use quick_xml::escape::escape;

/// Markup that is being written.
#[derive(Debug, Default)]
pub(crate) struct Markup(String);

impl Markup {
    /// Adds markup as it is.
    pub(crate) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&escape(text));
        self
    }

    /// Adds an element that holds text only.
    pub(crate) fn element(&mut self, name: &str, text: &str) -> &mut Self {
        self.raw(&format!("<{name}>"))
            .text(text)
            .raw(&format!("</{name}>"))
    }

    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}
