//! CP932, the encoding that Japanese spreadsheets expect of a CSV file without a BOM.

use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;

/// 〓, which stands for a character that could not be written.
const GETA: [u8; 2] = [0x81, 0xAC];

/// The same sign under the code point that CP932 knows it by: the JIS mapping of Unicode and
/// that of Microsoft differ for some signs, and the half-width `¥ ‾ ¢ £ ¬ ¦` have only a
/// full-width place of their own (`¥` and `‾` would otherwise come back as `\` and `~`).
fn microsoft_form(character: char) -> char {
    match character {
        '〜' => '～',
        '‖' => '∥',
        '−' => '－',
        '—' => '―',
        '¢' => '￠',
        '£' => '￡',
        '¬' => '￢',
        '¥' => '￥',
        '‾' => '￣',
        '¦' => '￤',
        other => other,
    }
}

/// Replaces signs by those that CP932 holds, where they are the same.
pub(crate) fn map(text: Cow<'_, str>) -> Cow<'_, str> {
    if text
        .chars()
        .any(|character| microsoft_form(character) != character)
    {
        Cow::Owned(text.chars().map(microsoft_form).collect())
    } else {
        text
    }
}

/// Text as it can be read back from CP932: mapped, with 〓 for what could not be written.
pub(crate) fn readable(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() {
        return text;
    }
    let mapped = map(text);
    let (bytes, missing) = encode(&mapped);
    if missing.is_empty() {
        return mapped;
    }
    Cow::Owned(SHIFT_JIS.decode(&bytes).0.into_owned())
}

/// Bytes of mapped text, with 〓 for each character that CP932 cannot hold, and those characters.
pub(crate) fn encode(text: &str) -> (Cow<'_, [u8]>, Vec<char>) {
    // The encoder writes `&#12316;` for what it cannot hold: without its flag this goes unseen.
    let (bytes, _, has_unmappable) = SHIFT_JIS.encode(text);
    if has_unmappable {
        encode_each(text)
    } else {
        (bytes, Vec::new())
    }
}

fn encode_each(text: &str) -> (Cow<'static, [u8]>, Vec<char>) {
    let mut bytes = Vec::with_capacity(text.len());
    let mut missing = Vec::new();
    for character in text.chars() {
        let mut buffer = [0; 4];
        let (encoded, _, is_unmappable) = SHIFT_JIS.encode(character.encode_utf8(&mut buffer));
        if is_unmappable {
            bytes.extend(GETA);
            missing.push(character);
        } else {
            bytes.extend_from_slice(&encoded);
        }
    }
    (Cow::Owned(bytes), missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_other_mapping_are_replaced() {
        let mapped = map("〜‖−—¢£¬¥‾¦".into());
        assert_eq!(mapped, "～∥－―￠￡￢￥￣￤");
        let (bytes, missing) = encode(&mapped);
        assert_eq!(missing, []);
        assert_eq!(SHIFT_JIS.decode(&bytes).0, mapped);
    }

    #[test]
    fn vendor_characters_are_kept() {
        let text = "①㈱髙﨑ｶﾅⅡ№";
        assert!(matches!(map(text.into()), Cow::Borrowed(_)));
        let (bytes, missing) = encode(text);
        assert_eq!(
            (SHIFT_JIS.decode(&bytes).0.as_ref(), missing.len()),
            (text, 0)
        );
    }

    #[test]
    fn what_is_missing_becomes_geta_and_is_named() {
        let (bytes, missing) = encode("土𠮷é&#12316;");
        assert_eq!(missing, ['𠮷', 'é']);
        assert_eq!(SHIFT_JIS.decode(&bytes).0, "土〓〓&#12316;");
    }
}
