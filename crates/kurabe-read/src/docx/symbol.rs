//! Signs of fonts that have a code of their own.

/// The signs of Wingdings that stand in documents as bullets, boxes and arrows, by their code.
const WINGDINGS: &[(u32, char)] = &[
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x70, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA4, '◉'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xEF, '⇦'),
    (0xF0, '⇨'),
    (0xF1, '⇧'),
    (0xF2, '⇩'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// The character that the code of a sign (hexadecimal) in a font means; a sign that is not known
/// keeps its code, which is in the private use area.
pub(super) fn character(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code.trim(), 16).ok()?;
    if font.eq_ignore_ascii_case("Wingdings") {
        let sign = code & 0xFF;
        let known = WINGDINGS
            .binary_search_by_key(&sign, |(code, _)| *code)
            .ok();
        if let Some((_, character)) = known.and_then(|at| WINGDINGS.get(at)) {
            return Some(*character);
        }
    }
    char::from_u32(code).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_characters() {
        assert!(WINGDINGS.is_sorted_by_key(|(code, _)| *code));
        assert_eq!(character("Wingdings", "F0FC"), Some('✓'));
        assert_eq!(character("wingdings", "6c"), Some('●'));
        assert_eq!(character("Wingdings 2", "F050"), Some('\u{f050}'));
        assert_eq!(character("MS Mincho", "2460"), Some('①'));
        assert_eq!(character("Symbol", "0"), None);
        assert_eq!(character("Symbol", "D800"), None);
        assert_eq!(character("Symbol", "x"), None);
    }
}
