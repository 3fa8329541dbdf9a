//! Version numbers of a dataset.

use std::fmt;

/// How much changed, and so which part of the version number moves
/// (`docs/decisions/0033-dataset-version.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Values changed, or what follows from them.
    Patch,
    /// Something was added; what was there still means the same.
    Minor,
    /// What somebody relied on is gone or means something else.
    Major,
}

impl Level {
    /// Its name in semantic versioning.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A semantic version, such as `1.2.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// Moves when what somebody relied on is gone.
    pub major: u32,
    /// Moves when something was added.
    pub minor: u32,
    /// Moves when values changed.
    pub patch: u32,
}

impl Version {
    /// That of the first publication.
    pub const FIRST: Self = Self {
        major: 1,
        minor: 0,
        patch: 0,
    };

    /// Reads three numbers with points between them.
    ///
    /// ```
    /// use kurabe_changes::Version;
    ///
    /// assert_eq!(Version::parse("1.0.0"), Some(Version::FIRST));
    /// assert_eq!(Version::parse("1.0"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.trim().split('.').map(|part| part.parse().ok());
        let version = Self {
            major: numbers.next()??,
            minor: numbers.next()??,
            patch: numbers.next()??,
        };
        numbers.next().is_none().then_some(version)
    }

    /// The next version after such a change; the same one where nothing changed.
    ///
    /// ```
    /// use kurabe_changes::{Level, Version};
    ///
    /// let next = Version::FIRST.after(Some(Level::Minor));
    /// assert_eq!(next.to_string(), "1.1.0");
    /// assert_eq!(next.after(None), next);
    /// ```
    #[must_use]
    pub fn after(self, level: Option<Level>) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        let (major, minor, patch) = match level {
            None => (major, minor, patch),
            Some(Level::Patch) => (major, minor, patch.saturating_add(1)),
            Some(Level::Minor) => (major, minor.saturating_add(1), 0),
            Some(Level::Major) => (major.saturating_add(1), 0, 0),
        };
        Self {
            major,
            minor,
            patch,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}
