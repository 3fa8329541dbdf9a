//! Names of measures in running text.

use super::words::WORDS;
use kurabe_text::width;
use std::collections::BTreeMap;

/// The names that titles are known by: for each title, its parts, each as its telling terms.
#[derive(Debug)]
pub(super) struct Names {
    parts: Vec<Vec<Vec<String>>>,
}

impl Names {
    /// What tells each of some titles from the others.
    pub(super) fn new(titles: &[&str]) -> Self {
        let split: Vec<Vec<Vec<String>>> = titles
            .iter()
            .map(|title| parts(title).map(terms).collect())
            .collect();
        let keys: Vec<String> = titles.iter().map(|title| width::key(title)).collect();
        // A term of many titles tells none of them; a part of two titles tells neither.
        let limit = (titles.len() / 15).max(2);
        let count = |term: &String| {
            keys.iter()
                .filter(|key| key.contains(term.as_str()))
                .count()
        };
        let is_bare = |term: &String| term.chars().all(|c| ('ぁ'..='ゖ').contains(&c));
        let telling = |term: &String| !is_bare(term) && count(term) <= limit;
        let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let parts: Vec<Vec<Vec<String>>> = split
            .into_iter()
            .map(|title| {
                let kept = |part: Vec<String>| part.into_iter().filter(telling).collect::<Vec<_>>();
                title
                    .into_iter()
                    .map(kept)
                    .filter(|part| !part.is_empty())
                    .collect()
            })
            .collect();
        for part in parts.iter().flatten() {
            *known.entry(part.clone()).or_default() += 1;
        }
        let single = |part: &Vec<String>| known.get(part).is_some_and(|n| *n == 1);
        let parts = parts
            .into_iter()
            .map(|title| title.into_iter().filter(single).collect())
            .collect();
        Self { parts }
    }

    /// The longest term by which a text (as a matching key) speaks of the title with that index.
    pub(super) fn told(&self, index: usize, key: &str) -> Option<&str> {
        self.parts[index].iter().find_map(|part| {
            let length = |term: &&String| term.chars().count();
            let there: Vec<&String> = part
                .iter()
                .filter(|term| key.contains(term.as_str()))
                .collect();
            let all: usize = part.iter().map(|term| length(&term)).sum();
            let found: usize = there.iter().map(length).sum();
            let longest = there.into_iter().max_by_key(length)?;
            let names = &WORDS.names;
            let is_told = found as f64 >= names.told * all as f64;
            let is_telling =
                length(&longest) >= names.shortest || (found == all && all > names.shortest);
            (is_told && is_telling).then_some(longest.as_str())
        })
    }
}

/// A title without its brackets, numbers in circles and colons.
fn parts(title: &str) -> impl Iterator<Item = &str> {
    let breaks = |c: char| "()（）【】「」『』[]［］：:".contains(c) || ('①'..='⑳').contains(&c);
    title.split(breaks).filter(|part| !part.trim().is_empty())
}

/// The runs of a part that are no hiragana, without the words at their ends that all titles have, and
/// longer runs of hiragana that are no words between names.
pub(super) fn terms(part: &str) -> Vec<String> {
    let key = width::key(part);
    let kind = |c: char| match c {
        'ぁ'..='ゖ' => 1,
        '-' | 'ー' => 2,
        c if c.is_alphanumeric() => 2,
        _ => 0,
    };
    let chars: Vec<char> = key.chars().collect();
    let runs = chars.chunk_by(|a, b| kind(*a) == kind(*b));
    let term = |run: &[char]| {
        let text: String = run.iter().collect();
        match kind(run[0]) {
            1 => {
                let is_name =
                    run.len() >= WORDS.names.shortest && !WORDS.names.joining.contains(&text);
                is_name.then_some(text)
            }
            2 => Some(bare(&text).to_owned()),
            _ => None,
        }
    };
    let is_term =
        |text: &String| text.chars().count() > 1 && !text.chars().all(|c| c.is_ascii_digit());
    runs.filter_map(term).filter(is_term).collect()
}

fn bare(run: &str) -> &str {
    let mut rest = run;
    let generic = &WORDS.names.generic;
    if generic.iter().any(|word| width::key(word) == run) {
        return "";
    }
    while let Some(shorter) = generic
        .iter()
        .filter_map(|word| rest.strip_suffix(word.as_str()))
        .filter(|shorter| shorter.chars().count() > 1)
        .min_by_key(|shorter| shorter.len())
    {
        rest = shorter;
        if generic.iter().any(|word| width::key(word) == rest) {
            return "";
        }
    }
    rest
}

/// The words around a term as they stand in a sentence: up to the next particle or mark; of a term in
/// brackets what stands before them.
pub(super) fn printed(sentence: &str, term: &str) -> Option<String> {
    let chars: Vec<char> = sentence.chars().collect();
    let (mut start, mut end) = find(&chars, term)?;
    if let Some(open) = outermost(&chars, start) {
        if open == 0 {
            return None;
        }
        (start, end) = (open - 1, open);
        if chars[start] == '*' {
            let before: String = chars[..open].iter().collect();
            let bold = before.trim_end_matches('*').rsplit("**").next()?;
            return Some(bold.to_owned()).filter(|name| !name.is_empty());
        }
    }
    // 「による」 joins a name, other particles end one.
    let is_break = |at: usize| {
        let joins = chars[at] == 'に' && chars.get(at + 1) == Some(&'よ');
        !joins && "をにはがでもやと等、。，,.「」『』（）()*＊：:\n ".contains(chars[at])
    };
    while start > 0 && !is_break(start - 1) {
        start -= 1;
    }
    while end < chars.len() && !is_break(end) {
        end += 1;
    }
    let name: String = chars[start..end].iter().collect();
    let name = name.trim_start_matches("による");
    (!name.is_empty()).then(|| name.to_owned())
}

/// Where a term stands among characters: first and after the last.
fn find(chars: &[char], term: &str) -> Option<(usize, usize)> {
    (0..chars.len()).find_map(|start| {
        let mut text = String::new();
        for (at, c) in chars.iter().enumerate().skip(start) {
            text.push(*c);
            let key = width::key(&text);
            if key == term {
                return Some((start, at + 1));
            }
            if !term.starts_with(&key) {
                return None;
            }
        }
        None
    })
}

/// The first bracket that is still open at a place.
fn outermost(chars: &[char], place: usize) -> Option<usize> {
    let mut open = Vec::new();
    for (at, c) in chars.iter().enumerate().take(place) {
        match c {
            '(' | '（' => open.push(at),
            ')' | '）' => _ = open.pop(),
            _ => {}
        }
    }
    open.first().copied()
}

/// The sentences of a text; a full stop in brackets ends none.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '「' | '『' => depth += 1,
            ')' | '）' | '」' | '』' => depth = depth.saturating_sub(1),
            '\n' => depth = 0,
            _ => {}
        }
        if (c == '。' && depth == 0) || c == '\n' {
            found.push(&text[start..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
    }
    found.push(&text[start..]);
    found
        .into_iter()
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect()
}

/// Names that a sentence itself sets apart: in quotes, in bold type, in a row that ends with 等.
pub(super) fn set_apart(sentence: &str) -> Vec<String> {
    let mut names = bold(sentence);
    let plain = sentence.replace("**", "");
    for (open, close) in [('「', '」'), ('『', '』')] {
        let pieces = plain.split(open).skip(1);
        names.extend(pieces.filter_map(|piece| Some(piece.split_once(close)?.0.to_owned())));
    }
    names.extend(row(&plain));
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        let name = name.trim_end_matches(['や', 'と']);
        if is_name(name) && !kept.iter().any(|other| other.contains(name)) {
            kept.push(name.to_owned());
        }
    }
    kept
}

/// What stands in bold type, item by item.
pub(super) fn bold(sentence: &str) -> Vec<String> {
    let pieces = sentence.split("**").enumerate();
    let inside = pieces
        .filter(|(index, _)| index % 2 == 1)
        .map(|(_, piece)| piece);
    inside
        .flat_map(|piece| piece.split('、'))
        .map(str::to_owned)
        .collect()
}

/// The items of a row `A、B、C等`.
fn row(sentence: &str) -> Vec<String> {
    let mut plain = String::with_capacity(sentence.len());
    let mut depth = 0_usize;
    for c in sentence.chars().filter(|c| *c != '*') {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let mut names: Vec<String> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for piece in plain.split(['、', '。']) {
        let end = piece.find('等').or_else(|| piece.find("など"));
        let last = end.map(|end| &piece[..end]).filter(|last| is_name(last));
        match last {
            Some(last) if !open.is_empty() => {
                names.extend(open.drain(..).chain([last]).map(str::to_owned));
            }
            _ if is_name(piece) => open.push(piece),
            _ => open.clear(),
        }
    }
    names
}

fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    let fits = (WORDS.names.shortest..=WORDS.names.longest).contains(&length);
    fits && !text.contains(['を', 'は', 'が', '。', '、'])
        && terms(text)
            .iter()
            .any(|term| !WORDS.names.goals.contains(term))
}
