//! Reading files where a broken or hostile one cannot take the run down.
//!
//! What is packed or follows what the file says (PDF, Word, workbooks, HTML) is read by a child: this
//! program once more, with a limit of time and memory. A stack that overflows, an abort or memory
//! without end then ends the child, which is an error of that one file. Text and CSV, which only
//! code of our own reads, and everything where the program cannot be started again, is read here.
//! See `docs/decisions/0021-readers-in-a-child-process.md`.

mod child;
mod letter;
mod parent;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use child::{WORD, answer};

use crate::engine::{self, Hint, Opinion, Page, Staged};
use crate::isolate::isolated;
use crate::second;
use crate::text::{Lang, remark};

use letter::{Answer, Ask, Question, Second};

/// Seconds that a second reader may take: only our own reading has to be waited for.
const OPINION_SECONDS: u64 = 10;

/// Why a file cannot be read, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
    /// Whether nothing that a profile may say of the file can help.
    pub is_final: bool,
}

impl Refusal {
    /// A refusal that nothing but another file can help.
    pub(crate) fn of(tell: &dyn Fn(Lang) -> String) -> Self {
        Self {
            ja: tell(Lang::Ja),
            en: tell(Lang::En),
            is_final: true,
        }
    }

    /// The words in Japanese and in English.
    #[must_use]
    pub fn told(self) -> (String, String) {
        (self.ja, self.en)
    }
}

/// What reading one file may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Seconds.
    pub seconds: u64,
    /// Bytes of memory.
    pub memory_bytes: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            seconds: 60,
            memory_bytes: 512 << 20,
        }
    }
}

/// Reads files, here or in a child.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// The program that is started as a child; none when everything is read here.
    program: Option<PathBuf>,
    bounds: Bounds,
}

impl Reader {
    /// A reader that starts `program`, which is this one, for what it does not read itself.
    #[must_use]
    pub fn new(program: Option<&Path>, bounds: Bounds) -> Self {
        Self {
            program: program.map(Path::to_owned),
            bounds,
        }
    }

    /// Reads a page of any format.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&self, bytes: &[u8], hint: &Hint) -> Result<Staged<Page>, Refusal> {
        let program = self.program.as_deref();
        let program = program.filter(|_| !engine::is_plain(bytes, hint));
        let answer: Option<Answer> = program.and_then(|program| {
            let question = Question::new(Ask::Page, self.bounds, bytes, hint);
            parent::ask(program, &question, bytes)
        });
        answer.unwrap_or_else(|| here(bytes, hint))
    }

    /// Compares a workbook that was read with what a second reader finds in it. That reader may
    /// abort, so it only reads in a child: `None` where there is none, and for other files.
    pub fn opinion(
        &self,
        bytes: &[u8],
        hint: &Hint,
        reader: &str,
    ) -> Option<Result<Opinion, Refusal>> {
        let program = self.program.as_deref();
        let program = program.filter(|_| engine::is_workbook(reader))?;
        let bounds = Bounds {
            seconds: self.bounds.seconds.min(OPINION_SECONDS),
            ..self.bounds
        };
        let question = Question::new(Ask::Opinion, bounds, bytes, hint);
        let answer: Second = parent::ask(program, &question, bytes)?;
        answer.map(|opinion| opinion.map(Into::into)).transpose()
    }

    /// Adds to a page what a second reader misses in it or finds beyond it. One that cannot read
    /// the file says nothing here; `verify` tells it.
    pub fn compare(&self, bytes: &[u8], hint: &Hint, page: &mut Staged<Page>) {
        if let Some(Ok(opinion)) = self.opinion(bytes, hint, &page.value.reader) {
            page.findings.extend(second::findings(&opinion));
        }
    }
}

/// Reads a page in this process; a panic is an error, too.
fn here<'b>(bytes: impl Into<Cow<'b, [u8]>>, hint: &Hint) -> Result<Staged<Page>, Refusal> {
    guarded(|| engine::try_read(bytes, hint))
}

/// What `work` says; a panic is an error, too.
fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    isolated(work).unwrap_or_else(|panic| Err(Refusal::of(&|lang| remark::died(lang, &panic))))
}

/// This program, to be started again; on Linux also when its file was replaced meanwhile.
#[must_use]
pub fn this_program() -> Option<PathBuf> {
    let own = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && own.exists() {
        return Some(own.to_owned());
    }
    std::env::current_exe().ok()
}
