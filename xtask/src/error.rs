//! What can go wrong, each with the way out.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// The language in which a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The sentence in this language.
    pub(crate) fn pick(self, ja: String, en: String) -> String {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}

/// Why a task did not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TaskError {
    /// The command line is not understood.
    #[error("xtask: no such task\n  hint: cargo run -p xtask -- raw [--check] [--lang en]")]
    Usage,
    /// A file could not be read or written.
    #[error("{}: {error}\n  hint: run the task in a complete checkout that may be written to", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The recipes are not valid.
    #[error("{}: {detail}\n  hint: the keys are described at the top of the file", path.display())]
    Recipe {
        /// The file of recipes.
        path: PathBuf,
        /// What is wrong in it.
        detail: String,
    },
    /// A transcription cannot be brought into its format.
    #[error("{file}: {detail}\n  hint: change the source or its recipe in xtask/sources/raw.toml")]
    Make {
        /// The file that is made.
        file: String,
        /// Why it cannot be.
        detail: String,
    },
    /// Files in `raw/` are not what the sources give.
    #[error("raw/ is not what xtask/sources gives: {}\n  hint: cargo run -p xtask -- raw", files.join(", "))]
    Stale {
        /// Names of the files.
        files: Vec<String>,
    },
}

impl TaskError {
    /// The error and the way out in a language.
    pub(crate) fn told(&self, lang: Lang) -> String {
        lang.pick(self.ja(), self.to_string())
    }

    fn ja(&self) -> String {
        match self {
            Self::Usage => {
                "xtask：そのような作業はありません\n  ヒント：cargo run -p xtask -- raw [--check] [--lang en]"
                    .to_owned()
            }
            Self::Disk { path, error } => format!(
                "{}：{error}\n  ヒント：書き込みのできる、すべてのファイルがそろったリポジトリで実行してください",
                path.display()
            ),
            Self::Recipe { path, detail } => format!(
                "{}：{detail}\n  ヒント：キーの説明はこのファイルの先頭にあります",
                path.display()
            ),
            Self::Make { file, detail } => format!(
                "{file}：{detail}\n  ヒント：書き起こしか xtask/sources/raw.toml を直してください"
            ),
            Self::Stale { files } => format!(
                "raw/ が xtask/sources と合っていません：{}\n  ヒント：cargo run -p xtask -- raw",
                files.join("、")
            ),
        }
    }

    /// 1 when files are not current, 2 for everything else.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Stale { .. } => ExitCode::from(1),
            Self::Usage | Self::Disk { .. } | Self::Recipe { .. } | Self::Make { .. } => {
                ExitCode::from(2)
            }
        }
    }
}
