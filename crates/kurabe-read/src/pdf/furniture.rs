//! What stands on every page at the same place: running heads and page numbers.

use std::collections::BTreeMap;

use super::line::TextLine;

/// Lines at the top and at the bottom of a page that may be furniture.
const DEEP: usize = 3;
/// Pages that must agree.
const PAGES: usize = 3;

/// The rule that leaves a line out.
pub(super) const HEADER: &str = "running_header";
/// The rule that leaves a page number out.
pub(super) const NUMBER: &str = "page_number";

/// A line and the page that it stands on.
struct Candidate<'l> {
    page: usize,
    line: usize,
    text: &'l str,
    place: i64,
}

/// For every page, which of its lines are furniture, by the rule that leaves them out.
///
/// `bodies` gives the top and the bottom of what stands on a page, tables included.
pub(super) fn find(
    pages: &[Vec<TextLine>],
    bodies: &[(f64, f64)],
) -> BTreeMap<(usize, usize), &'static str> {
    let candidates = candidates(pages, bodies);
    let mut groups: BTreeMap<(i64, String), Vec<&Candidate<'_>>> = BTreeMap::new();
    for candidate in &candidates {
        // A place on the edge between two bins is looked for in both.
        for bin in [candidate.place / 4, (candidate.place + 2) / 4 + 1_000_000] {
            let key = (bin, pattern(candidate.text));
            groups.entry(key).or_default().push(candidate);
        }
    }
    let mut found = BTreeMap::new();
    for ((_, pattern), group) in &groups {
        let rule = rule(pattern, group, pages.len());
        let marked = group.iter().filter_map(|c| Some(((c.page, c.line), rule?)));
        found.extend(marked);
    }
    found
}

#[allow(clippy::cast_possible_truncation)]
fn candidates<'l>(pages: &'l [Vec<TextLine>], bodies: &[(f64, f64)]) -> Vec<Candidate<'l>> {
    let mut candidates = Vec::new();
    for (page, (lines, (top, bottom))) in pages.iter().zip(bodies).enumerate() {
        let mut order: Vec<usize> = (0..lines.len()).collect();
        let middle = |i: &usize| lines.get(*i).map_or(0.0, |l| l.rect.middle().1);
        order.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
        let outer = |(rank, _): &(usize, usize)| *rank < DEEP || rank + DEEP >= lines.len();
        for (_, line) in order.into_iter().enumerate().filter(outer) {
            let Some(found) = lines.get(line) else {
                continue;
            };
            let is_outside = found.rect.bottom <= top + 2.5 * found.size
                || found.rect.top >= bottom - 2.5 * found.size;
            if is_outside {
                candidates.push(Candidate {
                    page,
                    line,
                    text: &found.raw,
                    place: found.rect.middle().1.round() as i64,
                });
            }
        }
    }
    candidates
}

/// The text with every number replaced by `#`.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_numeric() { '#' } else { c };
        if !(c == '#' && pattern.ends_with('#')) {
            pattern.push(c);
        }
    }
    pattern
}

/// The first number of a text.
fn number(text: &str) -> Option<i64> {
    let digits = text.chars().filter_map(|c| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0),
        c => Some(c),
    });
    let from: String = digits.skip_while(|c| !c.is_ascii_digit()).collect();
    let end = from.find(|c: char| !c.is_ascii_digit());
    from.get(..end.unwrap_or(from.len()))?.parse().ok()
}

/// Whether a pattern is a number and signs around it.
fn is_page_number(pattern: &str) -> bool {
    let rest = pattern.replace("ページ", "").replace(['頁', 'p', 'P'], "");
    let is_sign = |c: char| !c.is_alphanumeric();
    rest.contains('#') && rest.chars().all(is_sign)
}

fn rule(pattern: &str, group: &[&Candidate<'_>], pages: usize) -> Option<&'static str> {
    let mut on: Vec<usize> = group.iter().map(|c| c.page).collect();
    on.dedup();
    let first = group.first()?;
    if is_page_number(pattern) {
        let counts = group.iter().filter(|c| {
            let steps = |c: &Candidate<'_>| Some(number(c.text)? - i64::try_from(c.page).ok()?);
            steps(c).is_some() && steps(c) == steps(first)
        });
        return (counts.count() * 2 > group.len() && on.len() >= 2).then_some(NUMBER);
    }
    let is_same = group.iter().all(|c| c.text == first.text) || pattern.contains('#');
    (is_same && on.len() >= PAGES && on.len() * 5 >= pages * 2).then_some(HEADER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_by_their_look() {
        for text in ["12", "- 12 -", "12/40", "p.12", "12ページ", "－１２－"] {
            assert!(is_page_number(&pattern(text)), "{text}");
        }
        for text in ["令和5年度", "第3章", "-", ""] {
            assert!(!is_page_number(&pattern(text)), "{text}");
        }
        assert_eq!(number("－１２－"), Some(12));
    }
}
