//! What is classified: the texts of one measure, each with its field and place.

use serde::{Deserialize, Serialize};

/// The part of a measure that a text stands in. Rules count differently in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Name of the measure.
    Title,
    /// Name of one of its indicators.
    Kpi,
    /// An item that the measure lists (a system, a procedure, a step).
    Item,
    /// Heading that the measure stands under: part, pillar, field.
    Section,
    /// Department in charge.
    Department,
    /// Running text: aim, present state, what is to be done.
    Description,
}

impl Field {
    /// Every field, in the order in which evidence of it weighs.
    pub const ALL: [Self; 6] = [
        Self::Title,
        Self::Kpi,
        Self::Item,
        Self::Section,
        Self::Department,
        Self::Description,
    ];

    /// The word for the field in rules and in published evidence.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Kpi => "kpi",
            Self::Item => "item",
            Self::Section => "section",
            Self::Department => "department",
            Self::Description => "description",
        }
    }
}

/// A set of fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fields(u8);

impl Fields {
    pub(crate) fn insert(&mut self, field: Field) {
        self.0 |= 1 << (field as u8);
    }

    pub(crate) fn contains(self, field: Field) -> bool {
        self.0 & (1 << (field as u8)) != 0
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl FromIterator<Field> for Fields {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        let mut set = Self::default();
        fields.into_iter().for_each(|f| set.insert(f));
        set
    }
}

/// One text of a measure, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The part of the measure it stands in.
    pub field: Field,
    /// The text as printed.
    pub text: String,
    /// Place in the source document, as published (`L12C3`), if known.
    pub locator: Option<String>,
}

/// Everything that is known of one measure, in the order in which it is to be shown.
///
/// ```
/// use kurabe_category::{Field, Subject};
/// let subject = Subject::titled("AIチャットボットの導入")
///     .with(Field::Department, "情報政策課")
///     .with_at(Field::Description, "住民からの問合せに答える。", "L12");
/// assert_eq!(subject.pieces.len(), 3);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The texts.
    pub pieces: Vec<Piece>,
}

impl Subject {
    /// A subject without any text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A subject of which only the title is known so far.
    #[must_use]
    pub fn titled(title: impl Into<String>) -> Self {
        Self::new().with(Field::Title, title)
    }

    /// Adds a text whose place is not known.
    #[must_use]
    pub fn with(mut self, field: Field, text: impl Into<String>) -> Self {
        self.push(field, text, None);
        self
    }

    /// Adds a text with its place in the source.
    #[must_use]
    pub fn with_at(
        mut self,
        field: Field,
        text: impl Into<String>,
        locator: impl Into<String>,
    ) -> Self {
        self.push(field, text, Some(locator.into()));
        self
    }

    /// Adds a text.
    pub fn push(&mut self, field: Field, text: impl Into<String>, locator: Option<String>) {
        self.pieces.push(Piece {
            field,
            text: text.into(),
            locator,
        });
    }
}
