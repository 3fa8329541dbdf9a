//! The profiles of a run: every `*.toml` below the folder of municipalities.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::engine::{self, Profile};
use crate::hash;
use crate::problem::{Problem, Result, reading};
use crate::walk;

/// A profile as it stands on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFile {
    /// Its path as it is shown.
    pub path: String,
    /// Its text.
    pub text: String,
    /// BLAKE3 of its text.
    pub blake3: String,
}

/// All profiles, in the order of their paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFiles {
    /// The files.
    pub files: Vec<ProfileFile>,
    /// One hash over all of them.
    pub hash: String,
}

/// What is known of a configured document without parsing its profile again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Configured {
    /// The document.
    pub document_id: String,
    /// Its title.
    pub title: String,
    /// Name of the municipality.
    pub municipality: String,
    /// BLAKE3 of the profile.
    pub profile_blake3: String,
}

impl ProfileFiles {
    /// Reads the profiles of a folder and those below it.
    ///
    /// # Errors
    /// When there is no folder or no profile, or one cannot be read.
    pub fn load(folder: &Path) -> Result<Self> {
        if !folder.is_dir() {
            return Err(Problem::ProfilesMissing(folder.to_owned()).into());
        }
        let is_profile = |name: &str| name.ends_with(".toml");
        let paths = walk::files(folder, &[], &is_profile)?;
        let files = paths
            .iter()
            .map(|path| ProfileFile::load(&folder.join(path)))
            .collect::<Result<Vec<_>>>()?;
        if files.is_empty() {
            return Err(Problem::ProfilesNone(folder.to_owned()).into());
        }
        let hash = hash::joined(files.iter().map(|file| file.blake3.as_str()));
        Ok(Self { files, hash })
    }

    /// Parses every profile.
    ///
    /// # Errors
    /// When one is wrong, or two describe the same document.
    pub fn parse(&self) -> Result<Vec<Profile>> {
        let profiles: Vec<Result<Profile>> = self
            .files
            .par_iter()
            .map(|file| engine::parse_profile(&file.text, &file.path))
            .collect();
        let profiles = profiles.into_iter().collect::<Result<Vec<_>>>()?;
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (profile, file) in profiles.iter().zip(&self.files) {
            let document = profile.document_id();
            if let Some(other) = seen.insert(document.clone(), &file.path) {
                let (path, other) = (file.path.clone(), other.to_owned());
                return Err(Problem::ProfileTwice {
                    document,
                    path,
                    other,
                }
                .into());
            }
        }
        Ok(profiles)
    }

    /// What is known of the configured documents, in the order of the files.
    #[must_use]
    pub fn configured(&self, profiles: &[Profile]) -> Vec<Configured> {
        let known = |(profile, file): (&Profile, &ProfileFile)| Configured {
            document_id: profile.document_id(),
            title: profile.document.title.clone(),
            municipality: profile.municipality.name.clone(),
            profile_blake3: file.blake3.clone(),
        };
        profiles.iter().zip(&self.files).map(known).collect()
    }
}

impl ProfileFile {
    fn load(path: &Path) -> Result<Self> {
        let text = whole(path, &text_of(path)?, 0)?;
        Ok(Self {
            path: path.display().to_string(),
            blake3: hash::blake3(text.as_bytes()),
            text,
        })
    }
}

/// The key by which a profile names the one that it is based on.
const BASED_ON: &str = "based_on";

/// How many profiles may be based on one another.
const DEEPEST: usize = 8;

fn text_of(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(reading(path))?;
    String::from_utf8(bytes)
        .map_err(|error| reading(path)(io::Error::new(io::ErrorKind::InvalidData, error)))
}

/// The text of a profile with what the one it is based on says, where it says nothing itself: tables
/// are joined key by key, everything else is replaced.
fn whole(path: &Path, text: &str, depth: usize) -> Result<String> {
    // A text that is no TOML is refused later, with its line.
    let Ok(mut own) = text.parse::<Table>() else {
        return Ok(text.to_owned());
    };
    let Some(Value::String(base)) = own.remove(BASED_ON) else {
        return Ok(text.to_owned());
    };
    let base = path.parent().unwrap_or(Path::new("")).join(base);
    if depth >= DEEPEST {
        let circle = io::Error::other("profiles are based on one another in a circle");
        return Err(reading(&base)(circle));
    }
    let below = whole(&base, &text_of(&base)?, depth + 1)?;
    let Ok(mut joined) = below.parse::<Table>() else {
        return Ok(below);
    };
    join(&mut joined, own);
    Ok(joined.to_string())
}

fn join(below: &mut Table, own: Table) {
    for (key, value) in own {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(own)) => join(below, own),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_says_again_only_what_differs() {
        let folder = tempfile::tempdir().unwrap();
        let disk = crate::disk::Disk::default();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            disk.create(&path, text.as_bytes(), false).unwrap();
            path
        };
        write(
            "a.toml",
            "[document]\nslug = \"a\"\ntitle = \"計画\"\n[[region]]\nname = \"x\"\n",
        );
        let text = "based_on = \"a.toml\"\n[document]\nslug = \"b\"\n";
        let path = write("b.toml", text);
        let joined: Table = whole(&path, text, 0).unwrap().parse().unwrap();
        assert_eq!(joined["document"]["slug"].as_str(), Some("b"));
        assert_eq!(joined["document"]["title"].as_str(), Some("計画"));
        assert_eq!(joined["region"].as_array().map(Vec::len), Some(1));
        assert!(!joined.contains_key(BASED_ON));
    }

    #[test]
    fn a_circle_of_profiles_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let text = "based_on = \"a.toml\"\n";
        let path = folder.path().join("a.toml");
        crate::disk::Disk::default()
            .create(&path, text.as_bytes(), false)
            .unwrap();
        assert!(whole(&path, text, 0).is_err());
    }
}
