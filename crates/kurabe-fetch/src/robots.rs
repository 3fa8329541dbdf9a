//! `robots.txt` by RFC 9309: what a host asks programs to leave alone.

use std::time::Duration;

/// More bytes of a `robots.txt` are not read (RFC 9309, section 2.5, asks for at least this).
pub const LARGEST: usize = 500 * 1024;

/// What a `robots.txt` says to one program.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    /// `Crawl-delay`: the time it asks for from one request to the next.
    pub delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    is_allowed: bool,
    pattern: String,
}

/// The groups of a file: names of programs, then what is said to them.
#[derive(Debug, Default)]
struct Group {
    agents: Vec<String>,
    is_closed: bool,
    rules: Rules,
}

impl Rules {
    /// Reads a `robots.txt` for a program of that name (`kurabe`). All groups that name it count;
    /// where none does, those for `*`.
    #[must_use]
    pub fn parse(text: &str, agent: &str) -> Self {
        let groups = groups(text);
        let agent = agent.to_ascii_lowercase();
        let of = |name: &str| {
            let mut joined: Option<Self> = None;
            for group in groups
                .iter()
                .filter(|group| group.agents.iter().any(|a| a == name))
            {
                let rules = joined.get_or_insert_default();
                rules.rules.extend(group.rules.rules.iter().cloned());
                rules.delay = rules.delay.max(group.rules.delay);
            }
            joined
        };
        of(&agent).or_else(|| of("*")).unwrap_or_default()
    }

    /// Whether a path, with its query, may be asked for: the longest pattern that fits decides,
    /// and among equals the one that allows.
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting
            .max_by_key(|rule| (rule.pattern.len(), rule.is_allowed))
            .is_none_or(|rule| rule.is_allowed)
    }
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        if key == "user-agent" {
            if groups.last().is_none_or(|group| group.is_closed) {
                groups.push(Group::default());
            }
            if let Some(group) = groups.last_mut() {
                group.agents.push(agent_name(value));
            }
        } else if let Some(group) = groups.last_mut() {
            group.take(&key, value);
        }
    }
    groups
}

/// The name of a program without its version.
fn agent_name(value: &str) -> String {
    let is_name = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_';
    let name: String = value.chars().take_while(|c| is_name(*c)).collect();
    if name.is_empty() && value.starts_with('*') {
        return "*".to_owned();
    }
    name.to_ascii_lowercase()
}

impl Group {
    fn take(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" => {
                self.is_closed = true;
                // An empty `Disallow:` disallows nothing.
                if !value.is_empty() {
                    self.rules.rules.push(Rule {
                        is_allowed: key == "allow",
                        pattern: normal(value),
                    });
                }
            }
            "crawl-delay" => {
                self.is_closed = true;
                let seconds = value.parse::<f64>().ok();
                self.rules.delay = seconds.and_then(|s| Duration::try_from_secs_f64(s).ok());
            }
            // Site maps and what others invented concern no group.
            _ => {}
        }
    }
}

/// A path with one spelling of its percent-encoding: what need not be encoded is not, what is
/// not ASCII is, the digits are capital (RFC 9309, section 2.2.2).
fn normal(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut normal = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let encoded = bytes
            .get(at + 1..at + 3)
            .filter(|_| byte == b'%')
            .and_then(hex);
        match encoded {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                normal.push(char::from(byte));
            }
            Some(byte) => normal.push_str(&format!("%{byte:02X}")),
            None if byte.is_ascii() => normal.push(char::from(byte)),
            None => normal.push_str(&format!("%{byte:02X}")),
        }
        at += if encoded.is_some() { 3 } else { 1 };
    }
    normal
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    u8::from_str_radix(digits, 16).ok()
}

/// Whether a pattern fits the beginning of a path; `*` stands for anything, `$` at the end for
/// the end of the path. Greedy with one step back, so that no pattern takes long.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, inner)) = pieces.split_last() else {
        return !is_whole || rest.is_empty();
    };
    for piece in inner {
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    if is_whole {
        rest.ends_with(last)
    } else {
        rest.contains(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Rules::parse(text, "kurabe").allows(path)
    }

    #[test]
    fn the_longest_rule_decides() {
        let text = "User-agent: *\nDisallow: /a\nAllow: /a/b\nAllow: /c\nDisallow: /c\n";
        assert!(!allows(text, "/a/x"));
        assert!(allows(text, "/a/b/x"));
        assert!(allows(text, "/c"));
        assert!(allows(text, "/"));
    }

    #[test]
    fn the_group_of_the_program_counts_before_the_one_of_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: Kurabe/1.0\nUser-agent: other\n\
                    Disallow: /x\nCrawl-delay: 2.5\n\nuser-agent: kurabe\ndisallow: /y # why\n";
        let rules = Rules::parse(text, "kurabe");
        assert!(rules.allows("/a") && !rules.allows("/x") && !rules.allows("/y"));
        assert_eq!(rules.delay, Some(Duration::from_millis(2500)));
        assert!(!Rules::parse(text, "somebody").allows("/a"));
    }

    #[test]
    fn patterns_have_wildcards_and_ends() {
        let text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print=*&x\nDisallow: /q*/z\n";
        assert!(!allows(text, "/a/b.pdf"));
        assert!(allows(text, "/a/b.pdf?v=1"));
        assert!(!allows(text, "/a?print=1&x=2"));
        assert!(!allows(text, "/query/a/z1"));
        assert!(allows(text, "/query/a"));
    }

    #[test]
    fn spellings_of_a_path_are_one() {
        let text = "User-agent: *\nDisallow: /計画/\nDisallow: /%7euser\n";
        assert!(!allows(text, "/%e8%a8%88%E7%94%BB/a.pdf"));
        assert!(!allows(text, "/~user/"));
        assert!(allows(text, "/%"));
    }

    #[test]
    fn what_says_nothing_allows_everything() {
        for text in [
            "",
            "User-agent: *\nDisallow:\n",
            "Disallow: /\n",
            "<html>a: b</html>",
        ] {
            assert!(allows(text, "/a"), "{text}");
        }
    }
}
