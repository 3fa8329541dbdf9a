//! Maps measures of municipalities to the editions of the national 自治体DX推進計画.
//!
//! Nothing here opens a file or prints: editions, rules and weights come in as text
//! ([`Editions::load`]), a measure comes in as a [`Subject`], a [`Verdict`] with its evidence goes
//! out. The same input gives the same verdict, whatever the order of files or threads.
//!
//! 1. Every text becomes a matching key (width, case and white space folded) that remembers its
//!    source. One automaton finds the terms of all rules; a longer term whose rule fires shadows a
//!    shorter one.
//! 2. A rule fires where its field is allowed, none of its `excludes` stands in the same text and
//!    one of its `requires` stands anywhere in the subject. It adds its weight times the
//!    multiplier of the field, once per field, to its **facet** ([`Classifier::score`]).
//! 3. Coded titles (`usage/`) say which facets word things like this title; that adds to their scores
//!    where the words of the rules end, and is bounded so that it decides only where they are weak.
//! 4. An edition's categories are unions of facets: their scores follow from the same facet scores
//!    in every edition ([`Classifier::verdict`]). This is what makes editions comparable.
//!
//! ```
//! use kurabe_category::{Classifier, Editions, SourceFile, Status, Subject};
//!
//! let files = [
//!     ("facets.toml", r#"
//!         [[facet]]
//!         id = "ai"
//!         label_ja = "AI"
//!         label_en = "AI""#),
//!     ("model.toml", r#"
//!         min_score = 0.5
//!         margin = 0.1
//!         secondary_share = 0.5
//!         secondary_fields = ["title", "kpi"]
//!         fields = { title = 1.0, kpi = 0.45, item = 0.35, section = 0.3, department = 0.2, description = 0.25 }
//!         decay = { factor = 0.5 }
//!         explicit = { marks = ["重点取組事項"], bonus = 0.3 }
//!         calibration = { intercept = -1.0, margin = 2.0, score = 1.0, score_cap = 3.0 }"#),
//!     ("rules/ai.toml", r#"
//!         [[rule]]
//!         id = "ai-chatbot"
//!         facet = "ai"
//!         terms = ["チャットボット", "AI"]
//!         weight = 1.0
//!         why = "Chat-bots are an example of the item in 5.1."
//!         why_ja = "チャットボットは5.1版の「自治体のAIの利用推進」の例に挙がる。""#),
//!     ("5.1/edition.toml", r#"
//!         version = "5.1"
//!         published = "2026-01"
//!         published_precision = "month"
//!         confidence = "primary"
//!         [[category]]
//!         id = "ai"
//!         order = 7
//!         group = "priority"
//!         label_ja = "自治体のAIの利用推進"
//!         label_en = "Use of AI"
//!         facets = ["ai"]"#),
//! ];
//! let editions = Editions::load(&files.map(|(path, text)| SourceFile { path, text }))?;
//! let classifier = Classifier::new(&editions);
//! let subject = Subject::titled("ﾁｬｯﾄﾎﾞｯﾄの導入");
//! let scores = classifier.score(&subject);
//!
//! let verdict = classifier.verdict(&scores, editions.edition("5.1").unwrap());
//! assert_eq!(verdict.status, Status::Assigned);
//! assert_eq!(verdict.primary.unwrap().category_id, "ai");
//!
//! let evidence = classifier.evidence(&scores, &subject);
//! assert_eq!(evidence[0].term, "ﾁｬｯﾄﾎﾞｯﾄ");
//! assert_eq!(evidence[0].rule.id, "ai-chatbot");
//! # Ok::<(), kurabe_category::EditionError>(())
//! ```

mod data;
mod error;
mod evidence;
mod key;
mod lexicon;
mod load;
mod model;
mod score;
mod subject;
mod usage;
mod verdict;

pub use data::{Category, Crosswalk, Edition, Facet, Group, Relation, Rule};
pub use error::EditionError;
pub use evidence::{Evidence, HeldBack, Reason};
pub use key::printed;
pub use load::{Editions, SourceFile};
pub use model::{Calibration, Decay, Explicit, FieldWeights, Model, UsageModel};
pub use score::{Classifier, Scores};
pub use subject::{Field, Piece, Subject};
pub use verdict::{Scored, Status, Verdict};
