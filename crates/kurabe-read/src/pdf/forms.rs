//! How much work the forms of a page are: forms that draw each other multiply.

use std::collections::{BTreeMap, BTreeSet};

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

/// Bytes of instructions of one page that are followed at most, forms counted as often as drawn.
pub(super) const MOST: u64 = 64 << 20;
/// The interpreter follows forms inside each other no deeper.
const DEPTH: u32 = 50;

/// The work of every form that was met: bytes of instructions, forms that it draws included.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// By form and how deep it is drawn: what is deeper than the interpreter follows is no work.
    known: BTreeMap<(ObjectIdentifier, u32), u64>,
    /// Forms that are being looked through.
    open: BTreeSet<ObjectIdentifier>,
}

impl Forms {
    /// The work of a page with its annotations; `drawn` says how often it draws each form.
    pub(super) fn page(&mut self, page: &Page<'_>, drawn: &BTreeMap<Vec<u8>, u64>) -> u64 {
        let length = page.page_stream().unwrap_or_default().len();
        let resources = page.resources();
        let mut own = u64::try_from(length).unwrap_or(u64::MAX);
        for (name, times) in drawn {
            if let Some(stream) = resources.x_objects.get::<Stream<'_>>(name) {
                let work = self.form(&stream, resources, 1).saturating_mul(*times);
                own = own.saturating_add(work);
            }
        }
        let annotations = page.raw().get::<Array<'_>>("Annots");
        let appearances = annotations.iter().flat_map(|a| a.iter::<Dict<'_>>());
        let appearances = appearances.filter_map(|annotation| {
            let states = annotation.get::<Dict<'_>>("AP")?;
            states.get::<Stream<'_>>("N")
        });
        appearances.fold(own, |sum, form| {
            sum.saturating_add(self.form(&form, page.resources(), 0))
        })
    }

    fn instructions(&mut self, content: &[u8], resources: &Resources<'_>, depth: u32) -> u64 {
        let mut work = u64::try_from(content.len()).unwrap_or(u64::MAX);
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            let TypedInstruction::XObject(object) = instruction else {
                continue;
            };
            if let Some(stream) = resources.get_x_object(object.0) {
                work = work.saturating_add(self.form(&stream, resources, depth + 1));
            }
            if work > MOST {
                return work;
            }
        }
        work
    }

    fn form(&mut self, stream: &Stream<'_>, above: &Resources<'_>, depth: u32) -> u64 {
        let is_form = name(stream.dict(), "Subtype").is_some_and(|n| n == "Form");
        if !is_form || depth > DEPTH {
            return 0;
        }
        let id = stream.obj_id();
        if let Some(known) = self.known.get(&(id, depth)) {
            return *known;
        }
        if !self.open.insert(id) {
            // A form that draws itself has no end.
            return u64::MAX;
        }
        let own = stream
            .dict()
            .get::<Dict<'_>>("Resources")
            .map(Resources::new);
        let content = stream.decoded_data().unwrap_or_default();
        let work = self.instructions(&content, own.as_ref().unwrap_or(above), depth);
        self.open.remove(&id);
        self.known.insert((id, depth), work.saturating_add(64));
        work
    }
}

fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key).map(|n| n.as_str().to_owned())
}

/// Whether a Type 3 font is among the objects that draws its characters with forms.
pub(super) fn has_nested_fonts<'a>(objects: impl IntoIterator<Item = Object<'a>>) -> bool {
    objects.into_iter().any(|object| {
        let Object::Dict(font) = object else {
            return false;
        };
        name(&font, "Subtype").is_some_and(|n| n == "Type3")
            && font
                .get::<Dict<'_>>("Resources")
                .is_some_and(|resources| resources.contains_key("XObject"))
    })
}
