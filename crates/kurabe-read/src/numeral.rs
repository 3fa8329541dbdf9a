//! Numbers of lists as they are printed.

/// How a number is printed. The names follow `ST_NumberFormat` of Office Open XML (ISO/IEC
/// 29500-1, 17.18.59), where each is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numeral {
    /// `1`.
    Decimal,
    /// `01`.
    DecimalZero,
    /// `１`.
    DecimalFullWidth,
    /// `1st`.
    Ordinal,
    /// `- 1 -`.
    InDash,
    /// `I` or `i`.
    Roman(Case),
    /// `A` or `a`.
    Letter(Case),
    /// `①`.
    Circled,
    /// `⑴`.
    Parenthesised,
    /// `⒈`.
    WithFullStop,
    /// `㊀`.
    CircledKanji,
    /// `ｱ`.
    Aiueo,
    /// `ア`.
    AiueoFullWidth,
    /// `あ`.
    AiueoHiragana,
    /// `ｲ`.
    Iroha,
    /// `イ`.
    IrohaFullWidth,
    /// `い`.
    IrohaHiragana,
    /// `一`, `十一`.
    Kanji,
    /// `一`, `一一`.
    KanjiDigits,
    /// `壱`, `拾壱`.
    KanjiLegal,
    /// `甲`.
    Stems,
    /// `子`.
    Branches,
}

/// Capital or small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Capital letters.
    Upper,
    /// Small letters.
    Lower,
}

const AIUEO: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const AIUEO_HALF: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ";
const AIUEO_HIRA: &str =
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
const IROHA_HALF: &str = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ";
const IROHA_HIRA: &str = "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせすん";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'];

impl Numeral {
    /// The number `n` as printed. A number that the form has no sign for is printed in digits.
    pub(crate) fn print(self, n: u32) -> String {
        let special = match self {
            Self::Decimal => None,
            Self::DecimalZero => Some(format!("{n:02}")),
            Self::DecimalFullWidth => Some(full_width(n)),
            Self::Ordinal => Some(format!("{n}{}", ordinal_ending(n))),
            Self::InDash => Some(format!("- {n} -")),
            Self::Roman(case) => roman(n, case),
            Self::Letter(case) => letters(n, case),
            Self::Circled => shifted('①', n, 20),
            Self::Parenthesised => shifted('⑴', n, 20),
            Self::WithFullStop => shifted('⒈', n, 20),
            Self::CircledKanji => shifted('㊀', n, 10),
            Self::Aiueo => cycled(AIUEO_HALF, n),
            Self::AiueoFullWidth => cycled(AIUEO, n),
            Self::AiueoHiragana => cycled(AIUEO_HIRA, n),
            Self::Iroha => cycled(IROHA_HALF, n),
            Self::IrohaFullWidth => cycled(IROHA, n),
            Self::IrohaHiragana => cycled(IROHA_HIRA, n),
            Self::Kanji => counted(n, DIGITS, ['十', '百', '千']),
            Self::KanjiDigits => Some(kanji_digits(n)),
            Self::KanjiLegal => counted(n, LEGAL, ['拾', '百', '千']),
            Self::Stems => nth(STEMS, n),
            Self::Branches => nth(BRANCHES, n),
        };
        special.unwrap_or_else(|| n.to_string())
    }
}

fn full_width(n: u32) -> String {
    let digits = n.to_string();
    let wide = digits.chars().filter_map(|c| c.to_digit(10));
    wide.filter_map(|d| char::from_u32(u32::from('０') + d))
        .collect()
}

fn kanji_digits(n: u32) -> String {
    let digits = n.to_string();
    let digits = digits.chars().filter_map(|c| c.to_digit(10));
    digits.map(|d| digit(DIGITS, d)).collect()
}

fn digit(digits: [char; 10], d: u32) -> char {
    let index = usize::try_from(d).unwrap_or_default();
    digits.get(index).copied().unwrap_or('〇')
}

fn ordinal_ending(n: u32) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// The sign that is `n - 1` code points after `first`, for 1 to `last`.
fn shifted(first: char, n: u32, last: u32) -> Option<String> {
    let within = (1..=last).contains(&n);
    let sign = within.then(|| char::from_u32(u32::from(first) + n - 1))?;
    sign.map(String::from)
}

fn nth(signs: &str, n: u32) -> Option<String> {
    let index = usize::try_from(n.checked_sub(1)?).ok()?;
    signs.chars().nth(index).map(String::from)
}

/// The `n`th sign; after the last one they begin anew.
fn cycled(signs: &str, n: u32) -> Option<String> {
    let count = u32::try_from(signs.chars().count()).ok()?;
    nth(signs, n.checked_sub(1)?.checked_rem(count)? + 1)
}

/// `a` to `z`, then `aa` to `zz`, as word processors count.
fn letters(n: u32, case: Case) -> Option<String> {
    let index = n.checked_sub(1)?;
    let times = usize::try_from(index / 26).ok()? + 1;
    let first = match case {
        Case::Upper => 'A',
        Case::Lower => 'a',
    };
    let letter = char::from_u32(u32::from(first) + index % 26)?;
    (times <= 30).then(|| letter.to_string().repeat(times))
}

fn roman(n: u32, case: Case) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(n).filter(|n| (1..=3999).contains(n))?;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    match case {
        Case::Upper => Some(text),
        Case::Lower => Some(text.to_ascii_lowercase()),
    }
}

/// 一, 十, 二十三, 百, 千一: numbers below ten thousand in words.
fn counted(n: u32, digits: [char; 10], tens: [char; 3]) -> Option<String> {
    if n == 0 || n > 9999 {
        return None;
    }
    let [ten, hundred, thousand] = tens;
    let mut text = String::new();
    for (value, sign) in [(1000, thousand), (100, hundred), (10, ten)] {
        match n / value % 10 {
            0 => {}
            1 => text.push(sign),
            d => text.extend([digit(digits, d), sign]),
        }
    }
    if n % 10 > 0 {
        text.push(digit(digits, n % 10));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_in_japanese_documents() {
        for (numeral, n, printed) in [
            (Numeral::Decimal, 12, "12"),
            (Numeral::DecimalZero, 3, "03"),
            (Numeral::DecimalFullWidth, 10, "１０"),
            (Numeral::Ordinal, 22, "22nd"),
            (Numeral::Ordinal, 112, "112th"),
            (Numeral::InDash, 4, "- 4 -"),
            (Numeral::Roman(Case::Upper), 1994, "MCMXCIV"),
            (Numeral::Roman(Case::Lower), 4, "iv"),
            (Numeral::Roman(Case::Lower), 0, "0"),
            (Numeral::Letter(Case::Lower), 1, "a"),
            (Numeral::Letter(Case::Upper), 28, "BB"),
            (Numeral::Circled, 20, "⑳"),
            (Numeral::Circled, 21, "21"),
            (Numeral::Parenthesised, 1, "⑴"),
            (Numeral::WithFullStop, 2, "⒉"),
            (Numeral::CircledKanji, 3, "㊂"),
            (Numeral::Aiueo, 2, "ｲ"),
            (Numeral::AiueoFullWidth, 46, "ン"),
            (Numeral::AiueoFullWidth, 47, "ア"),
            (Numeral::AiueoHiragana, 1, "あ"),
            (Numeral::Iroha, 3, "ﾊ"),
            (Numeral::IrohaFullWidth, 2, "ロ"),
            (Numeral::IrohaHiragana, 47, "す"),
            (Numeral::Kanji, 10, "十"),
            (Numeral::Kanji, 23, "二十三"),
            (Numeral::Kanji, 1100, "千百"),
            (Numeral::Kanji, 0, "0"),
            (Numeral::KanjiDigits, 105, "一〇五"),
            (Numeral::KanjiLegal, 12, "拾弐"),
            (Numeral::Stems, 3, "丙"),
            (Numeral::Stems, 11, "11"),
            (Numeral::Branches, 12, "亥"),
        ] {
            assert_eq!(numeral.print(n), printed, "{numeral:?} {n}");
        }
    }

    #[test]
    fn no_number_is_without_print() {
        for n in [0, 1, 9999, 10_000, u32::MAX] {
            for numeral in [
                Numeral::Letter(Case::Lower),
                Numeral::Roman(Case::Upper),
                Numeral::Aiueo,
                Numeral::Kanji,
                Numeral::Circled,
                Numeral::Branches,
            ] {
                assert!(!numeral.print(n).is_empty());
            }
        }
    }
}
