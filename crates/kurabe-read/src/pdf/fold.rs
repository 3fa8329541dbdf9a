//! Characters that fonts give back in the place of the ones that were written.
//!
//! Several code points may share a glyph, and the table of a PDF names one of them: radicals for
//! ideographs (⽤ for 用, ⺠ for 民), the hyphenation point for the middle dot. They are folded to
//! the character that a Japanese text is written with. NFKC would not do: it leaves most of
//! U+2E80–2EF3 alone, makes 戶 of ⼾, and turns ① into 1.

/// The ideographs of U+2F00–2FD5 in order (Kangxi radicals; Unicode `EquivalentUnifiedIdeograph`,
/// with the Japanese form of 戸).
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀\
    寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戸手支攴文斗斤方无日曰月木欠止歹殳毋\
    比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
    缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛\
    辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
    黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The ideographs of U+2E80–2EF3 in order (CJK radicals supplement; Unicode
/// `EquivalentUnifiedIdeograph`); × where a radical is no ideograph in use.
const SUPPLEMENT: &str = "\
    ×厂××乙亻冂××刂卜×小小××××巳幺彑彐忄㣺扌攵×旡日月歺母民氵氺灬爫爫丬牛\
    犭王疋目示礻竹糹纟罓罒×××羊××耂肀聿肉臼艹艹艹虎衤覀西见角×讠贝×车辶辶辶阝\
    钅長镸长门×阝雨青韦页风飞食×飠饣×马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// The character that is meant; `None` for what is no character of its own.
pub(super) fn character(c: char) -> Option<char> {
    match c {
        '\u{2F00}'..='\u{2FD5}' => Some(radical(KANGXI, 0x2F00, c)),
        '\u{2E80}'..='\u{2EF3}' => Some(radical(SUPPLEMENT, 0x2E80, c)),
        '\u{2027}' | '\u{FF65}' => Some('・'),
        '\u{301C}' | '\u{223C}' => Some('～'),
        '\u{2215}' => Some('／'),
        '\u{2236}' => Some('：'),
        '\u{00A0}' => Some(' '),
        '\u{F0B7}' | '\u{F09F}' => Some('•'),
        '\u{F06C}' => Some('●'),
        '\u{F06E}' | '\u{F0A7}' => Some('■'),
        '\u{F075}' => Some('◆'),
        '\u{F0D8}' => Some('➢'),
        '\u{F0FC}' => Some('✓'),
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => None,
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

fn radical(table: &str, first: u32, c: char) -> char {
    let index = usize::try_from(u32::from(c) - first).unwrap_or(usize::MAX);
    let found = table.chars().nth(index);
    found.filter(|f| *f != '×').unwrap_or(c)
}

/// A text with every character folded.
pub(super) fn text(raw: &str) -> String {
    raw.chars().filter_map(character).collect()
}

/// A text of several lines with every character folded.
pub(super) fn text_lines(raw: &str) -> String {
    let lines: Vec<String> = raw.split('\n').map(text).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_ideographs_that_were_meant() {
        assert_eq!(text("市⺠⽤⼾籍⻑⻘⻝⻄"), "市民用戸籍長青食西");
        assert_eq!(text("⻲⻯⻭⻫⻩⾏⽅⿕"), "亀竜歯斉黄行方龠");
        assert_eq!(text("⺀⼀⿓"), "⺀一龍");
    }

    #[test]
    fn numbers_in_circles_stay() {
        assert_eq!(text("①㈱㋿²"), "①㈱㋿²");
    }

    #[test]
    fn dots_waves_and_selectors() {
        assert_eq!(text("‧･〜∕葛\u{E0100}\u{FE0F}"), "・・～／葛");
    }

    #[test]
    fn tables_are_complete() {
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(SUPPLEMENT.chars().count(), 116);
    }
}
