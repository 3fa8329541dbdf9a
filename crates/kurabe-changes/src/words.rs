//! The sentences, Japanese and English side by side.

use kurabe_export::StoredTable;

use crate::compare::spec;
use crate::show::{Both, around};

/// What people call a column: the meaning that the schema or else the file states, up to its
/// first remark; in English its name.
pub(crate) fn column(table: &str, name: &str, stored: Option<&StoredTable>) -> Both {
    let known = spec(table).and_then(|spec| spec.column(name));
    let stored = stored.and_then(|table| table.columns.iter().find(|c| c.name == name));
    let meaning = match known {
        Some((_, column)) => Some(column.ja),
        None => stored.and_then(|column| column.ja.as_deref()),
    };
    let ja = meaning.map_or(name, title);
    Both::new(
        if ja.is_empty() { name } else { ja },
        name.replace('_', " "),
    )
}

/// What people call a table, with its name.
pub(crate) fn table(name: &str, stored: Option<&StoredTable>) -> Both {
    let known = spec(name).map(|spec| spec.ja);
    let ja = known.or_else(|| stored.and_then(|table| table.ja.as_deref()));
    match ja.map(title).filter(|ja| !ja.is_empty()) {
        Some(ja) => Both::new(format!("{ja}（{name}）"), name),
        None => Both::same(name),
    }
}

/// A meaning without its remarks.
fn title(meaning: &str) -> &str {
    let end = meaning
        .find(['(', '（', '。', '='])
        .unwrap_or(meaning.len());
    meaning[..end].trim()
}

/// Where something stands, in brackets; nothing where that is not known.
fn at(place: Option<&str>) -> Both {
    match place {
        Some(place) => Both::new(format!("（{place}）"), format!(" ({place})")),
        None => Both::default(),
    }
}

/// A document: municipality and title.
pub(crate) fn document(municipality: &str, title: &str) -> Both {
    Both::new(
        format!("{municipality}「{title}」"),
        format!("{municipality} \"{title}\""),
    )
}

/// A measure of a document, with its number where it has one.
pub(crate) fn measure(document: &Both, number: &str, title: &str) -> Both {
    let space = if number.is_empty() { "" } else { " " };
    Both::new(
        format!("{}施策{number}「{title}」", document.ja),
        format!("{}, measure{space}{number} \"{title}\"", document.en),
    )
}

/// A KPI of a measure.
pub(crate) fn kpi(measure: &Both, name: &str) -> Both {
    Both::new(
        format!("{}の指標「{name}」", measure.ja),
        format!("{}, KPI \"{name}\"", measure.en),
    )
}

/// A value of a KPI: what it is and of which year.
pub(crate) fn kpi_value(role: &Both, year: Option<i64>) -> Both {
    match year {
        Some(year) => Both::new(
            format!("{}（{year}年度）", role.ja),
            format!("{} (FY{year})", role.en.to_lowercase()),
        ),
        None => Both::new(&*role.ja, role.en.to_lowercase()),
    }
}

/// The code of a measure in one edition.
pub(crate) fn code(edition: &str) -> Both {
    Both::new(
        format!("分類（国の計画{edition}版）"),
        format!("code in edition {edition} of the national plan"),
    )
}

/// A field has another value, or has one for the first time, or none any more.
pub(crate) fn changed(
    subject: &Both,
    field: &Both,
    old: Option<Both>,
    new: Option<Both>,
    place: Option<&str>,
) -> Both {
    let at = at(place);
    let (ja, en) = (
        format!("{}の{}", subject.ja, field.ja),
        format!("{}: {}", subject.en, field.en),
    );
    match (old, new) {
        (Some(old), Some(new)) => {
            let (old_ja, new_ja) = around(&old.ja, &new.ja);
            let (old_en, new_en) = around(&old.en, &new.en);
            Both::new(
                format!("{ja}が「{old_ja}」から「{new_ja}」に変わった{}", at.ja),
                format!("{en} changed from \"{old_en}\" to \"{new_en}\"{}", at.en),
            )
        }
        (None, Some(new)) => Both::new(
            format!("{ja}に「{}」が加わった{}", around("", &new.ja).1, at.ja),
            format!(
                "{en} was empty and is now \"{}\"{}",
                around("", &new.en).1,
                at.en
            ),
        ),
        (Some(old), None) => Both::new(
            format!("{ja}「{}」がなくなった{}", around("", &old.ja).1, at.ja),
            format!(
                "{en} was \"{}\" and is now empty{}",
                around("", &old.en).1,
                at.en
            ),
        ),
        (None, None) => Both::new(
            format!("{ja}が変わった{}", at.ja),
            format!("{en} changed{}", at.en),
        ),
    }
}

/// Something is new.
pub(crate) fn added(subject: &Both, place: Option<&str>) -> Both {
    let at = at(place);
    Both::new(
        format!("{}が加わった{}", subject.ja, at.ja),
        format!("{} was added{}", subject.en, at.en),
    )
}

/// Something is gone.
pub(crate) fn removed(subject: &Both, place: Option<&str>) -> Both {
    let place = place.map_or_else(Both::default, |place| {
        Both::new(
            format!("（前の版では{place}）"),
            format!(" (formerly at {place})"),
        )
    });
    Both::new(
        format!("{}がなくなった{}", subject.ja, place.ja),
        format!("{} was removed{}", subject.en, place.en),
    )
}

/// What a new or removed document holds.
pub(crate) fn holding(measures: usize, kpis: usize) -> Both {
    Both::new(
        format!("（施策{measures}件、指標{kpis}件）"),
        format!(" ({measures} measures, {kpis} KPIs)"),
    )
}

/// A measure has the same text under another id.
pub(crate) fn renumbered(subject: &Both, old: &str, new: &str, place: Option<&str>) -> Both {
    let at = at(place);
    Both::new(
        format!(
            "{}のIDが{old}から{new}に変わった。内容は同じ{}",
            subject.ja, at.ja
        ),
        format!(
            "{} now has the id {new}, formerly {old}; its text is the same{}",
            subject.en, at.en
        ),
    )
}

/// The file of a document has other bytes.
pub(crate) fn file_changed(subject: &Both, old: &str, new: &str) -> Both {
    let head = |hash: &str| hash.chars().take(12).collect::<String>();
    let (old, new) = (head(old), head(new));
    Both::new(
        format!(
            "{}のファイルが差し替わった（SHA-256：{old}… から {new}…）",
            subject.ja
        ),
        format!(
            "{}: the file was replaced (SHA-256 {old}… to {new}…)",
            subject.en
        ),
    )
}

/// An edition of the national plan is used for codes, or no longer.
pub(crate) fn edition(name: &str, is_new: bool) -> Both {
    let edition = code(name);
    if is_new {
        Both::new(
            format!("施策の{}が加わった", edition.ja),
            format!("The {} was added", edition.en),
        )
    } else {
        Both::new(
            format!("施策の{}がなくなった", edition.ja),
            format!("The {} was removed", edition.en),
        )
    }
}

/// Codes of other editions changed with the one that is told.
pub(crate) fn other_editions(count: usize) -> Both {
    match count {
        0 => Both::default(),
        1 => Both::new(
            "。ほかの1版の分類も変わった",
            "; so did the code in one other edition",
        ),
        _ => Both::new(
            format!("。ほかの{count}版の分類も変わった"),
            format!("; so did the codes in {count} other editions"),
        ),
    }
}

/// Measures of which only the place changed.
pub(crate) fn only_places(count: usize) -> Both {
    Both::new(
        format!("ほかに{count}件は、原文の場所や並びだけが変わった"),
        format!("{count} more only stand in another place of their source"),
    )
}

/// Codes of which only score, confidence or method changed; `is_all` where no code is another.
pub(crate) fn only_scores(count: usize, is_all: bool) -> Both {
    let (beside, more) = if is_all {
        ("", "")
    } else {
        ("ほかに", " more")
    };
    let (measures, their) = match count {
        1 => ("measure", "its codes"),
        _ => ("measures", "their codes"),
    };
    Both::new(
        format!("{beside}{count}件の施策は、分類は同じで、点数・確信度・決め方などだけが変わった"),
        format!("{count}{more} {measures} kept {their} with another score, confidence or method"),
    )
}
