//! Reads the pages of a file one after the other.
//!
//! Interpreting takes most of the time and keeps fonts that no two threads can share. So the thread
//! that interprets does nothing else where a processor is free: another looks ahead at what pages
//! need, and what was drawn goes to a third, which lays it out. Files of many pages are read by
//! several threads that do all of this themselves.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::interpret_page;
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt};

use super::content::{self, Content, Fonts};
use super::device::Collector;
use super::forms::{self, Forms};
use super::open::{Damage, Document, Drawn, contents};
use super::sheet::Sheet;
use super::stroke::{Measured, Strokes};
use super::workers::{self, Belt};

/// What was seen of a page before it is interpreted.
struct Seen {
    content: Content,
    /// Bytes of instructions, forms included.
    work: u64,
}

/// What pages have in common, looked up once.
#[derive(Debug, Default)]
struct Known {
    forms: Forms,
    fonts: Fonts,
}

impl Known {
    /// Looks at a page; `None` when that panics.
    fn look(&mut self, page: &Page<'_>) -> Option<Seen> {
        let seen = catch_unwind(AssertUnwindSafe(|| {
            let content = content::check(page, &mut self.fonts);
            let work = self.forms.page(page, &content.drawn);
            Seen { content, work }
        }));
        seen.inspect_err(|_| *self = Self::default()).ok()
    }
}

/// What one thread keeps from page to page.
struct Desk<'a> {
    cache: InterpreterCache<'a>,
    strokes: Strokes<'a>,
    known: Known,
}

impl Desk<'_> {
    fn new(without_drawn: bool, measured: &Measured) -> Self {
        Self {
            cache: InterpreterCache::new(),
            strokes: Strokes::new(without_drawn, measured.clone()),
            known: Known::default(),
        }
    }
}

/// Reads the pages; the results stand in their order.
///
/// What becomes of a page depends on the file alone, not on the pages that the same thread read
/// before, so that the results are the same for any number of threads.
pub(super) fn sheets(document: &Document) -> Vec<Sheet> {
    sheets_on(document, workers::threads(document.pdf().pages().len()))
}

/// As [`sheets`], with so many threads that interpret.
pub(super) fn sheets_on(document: &Document, threads: usize) -> Vec<Sheet> {
    let pages = document.pdf().pages();
    let measured = Measured::default();
    // Whoever comes first looks at a page; what is seen does not depend on it.
    let seen: Vec<OnceLock<Option<Seen>>> = pages.iter().map(|_| OnceLock::new()).collect();
    let ahead = || {
        let mut known = Known::default();
        for (page, seen) in pages.iter().zip(&seen) {
            seen.get_or_init(|| known.look(page));
        }
    };
    let work = || {
        let reader = || Reader {
            document,
            seen: &seen,
            measured: &measured,
            desk: Desk::new(document.has_nested_fonts(), &measured),
        };
        if threads > 1 {
            return workers::shared(pages.len(), threads, || {
                let mut reader = reader();
                move |index| reader.sheet(index)
            });
        }
        workers::assisted(laid_out, |belt| match belt {
            Some(belt) => reader().sheets(pages.len(), belt),
            None => {
                let mut reader = reader();
                (0..pages.len()).map(|index| reader.sheet(index)).collect()
            }
        })
    };
    workers::accompanied(threads, ahead, work)
}

/// A page laid out; as one that could not be interpreted when that panics.
fn laid_out(drawn: Drawn) -> Sheet {
    let sheet = catch_unwind(AssertUnwindSafe(|| Sheet::of(drawn)));
    sheet.unwrap_or_else(|_| Sheet::of(Drawn::lost()))
}

/// One thread that interprets pages.
struct Reader<'p, 'a> {
    document: &'a Document,
    seen: &'p [OnceLock<Option<Seen>>],
    measured: &'p Measured,
    desk: Desk<'a>,
}

impl Reader<'_, '_> {
    /// Reads one page.
    fn sheet(&mut self, index: usize) -> Sheet {
        let drawn = self.drawn(index);
        if drawn.is_none() {
            self.renew();
        }
        let mut sheet = laid_out(drawn.unwrap_or_else(Drawn::lost));
        self.measure(&mut sheet);
        sheet
    }

    /// Reads all pages while another thread lays them out.
    fn sheets(mut self, count: usize, mut belt: Belt<Drawn, Sheet>) -> Vec<Sheet> {
        let mut done = Vec::with_capacity(count);
        for index in 0..count {
            if self.desk.strokes.is_full() {
                self.finish(&mut belt, &mut done);
            }
            let drawn = self.drawn(index);
            if drawn.is_none() {
                // What the pages before need is forgotten now.
                self.finish(&mut belt, &mut done);
                self.renew();
            }
            belt.put(drawn.unwrap_or_else(Drawn::lost));
            while let Some(mut sheet) = belt.ready() {
                self.measure(&mut sheet);
                done.push(sheet);
            }
        }
        self.finish(&mut belt, &mut done);
        done
    }

    /// Waits for all pages that are being laid out.
    fn finish(&mut self, belt: &mut Belt<Drawn, Sheet>, done: &mut Vec<Sheet>) {
        while let Some(mut sheet) = belt.next() {
            self.measure(&mut sheet);
            done.push(sheet);
        }
    }

    fn measure(&mut self, sheet: &mut Sheet) {
        sheet.measure(|shape| self.desk.strokes.thickness(shape));
    }

    /// Interprets a page; `None` when that panics, and what is kept may be half made.
    fn drawn(&mut self, index: usize) -> Option<Drawn> {
        self.desk.strokes.next_page();
        let pages = self.document.pdf().pages();
        let (page, seen) = pages.get(index).zip(self.seen.get(index))?;
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let seen = seen.get_or_init(|| self.desk.known.look(page));
            draw(self.document, page, seen.as_ref(), &mut self.desk)
        }));
        drawn.ok()
    }

    fn renew(&mut self) {
        self.desk = Desk::new(self.document.has_nested_fonts(), self.measured);
    }
}

fn draw<'a>(
    document: &'a Document,
    page: &Page<'a>,
    seen: Option<&Seen>,
    desk: &mut Desk<'a>,
) -> Drawn {
    let Some(Seen { content, work }) = seen else {
        return Drawn {
            damage: vec![Damage::NotInterpreted],
            ..Drawn::default()
        };
    };
    let Desk { cache, strokes, .. } = desk;
    let (width, height) = page.render_dimensions();
    let size = (f64::from(width), f64::from(height));
    let mut damage = contents(page, content);
    if *work > forms::MOST {
        damage.push(Damage::TooMuch);
        return Drawn {
            damage,
            ..Drawn::default()
        };
    }
    let transform = page.initial_transform(true).to_kurbo();
    let area = Rect::new(0.0, 0.0, size.0, size.1);
    let settings = InterpreterSettings::default();
    let mut context = Context::new(transform, area, cache, document.pdf().xref(), settings);
    let mut collector = Collector::new(size.0, size.1, strokes);
    interpret_page(page, &mut context, &mut collector);
    let ink = collector.ink;
    if ink.runs < content.shown && !ink.is_full && !content::has_layers(page) {
        damage.push(Damage::FontLost);
    }
    if ink.is_full {
        damage.push(Damage::TooMuch);
    }
    if ink.hidden * 10 > ink.glyphs.len() + ink.hidden {
        damage.push(Damage::TextHidden);
    }
    Drawn { ink, damage }
}
