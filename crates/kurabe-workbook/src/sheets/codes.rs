//! 「コード表」: closed words with what they are called, categories of all editions, peer groups,
//! shared indicators.

use std::collections::BTreeMap;

use kurabe_schema::{Dataset, label_in, words};

use crate::WorkbookError;
use crate::book::Book;
use crate::index::Index;
use crate::lang::Lang;
use crate::list::{Cell, List, columns};
use crate::style::Look::{Text, Wrapped};

pub(crate) fn write(book: &mut Book, index: &Index<'_>) -> Result<(), WorkbookError> {
    let rows = categories(index)
        .into_iter()
        .chain(words_of_columns(index.lang));
    let rows = rows.chain(indicators(index)).chain(peer_groups(index));
    list(index.lang).write(book, rows)
}

fn list(lang: Lang) -> List {
    List {
        name: lang.pick("コード表", "Codes"),
        about: lang.pick(
            "国の計画の分類（版ごと）、表で使う語、共通指標、比べる相手の集まり",
            "Categories of each edition, closed words, shared indicators, peer groups",
        ),
        frozen: 2,
        bar: None,
        printed: 5,
        columns: columns(
            lang,
            &[
                ("種類", "List", 30.0, Wrapped, ""),
                ("コード", "Code", 30.0, Text, ""),
                ("日本語", "Japanese", 46.0, Wrapped, ""),
                ("英語", "English", 46.0, Wrapped, ""),
                ("補足", "Notes", 60.0, Wrapped, ""),
            ],
        ),
    }
}

type Row<'a> = Vec<Cell<'a>>;

fn categories<'a>(index: &Index<'a>) -> Vec<Row<'a>> {
    let lang = index.lang;
    let row = |edition: &str, category: &'a kurabe_schema::Category| {
        let kind = match lang {
            Lang::Ja => format!("国の計画の分類（{edition}版）"),
            Lang::En => format!("National categories ({edition})"),
        };
        vec![
            Cell::text(kind),
            Cell::text(&category.category_id),
            Cell::text(&category.label_ja),
            Cell::text(&category.label_en),
            Cell::text(lang.word(words::CATEGORY_GROUPS, &category.group)),
        ]
    };
    let editions = index.editions().into_iter();
    let pairs = editions.flat_map(|edition| {
        index
            .categories(edition)
            .into_iter()
            .map(move |each| (edition, each))
    });
    pairs
        .map(|(edition, category)| row(edition, category))
        .collect()
}

/// Each closed list once, with the columns that use it.
fn words_of_columns(lang: Lang) -> Vec<Row<'static>> {
    let mut lists: Vec<(&'static [&'static str], Vec<String>)> = Vec::new();
    for table in Dataset::specs() {
        for column in table
            .columns
            .iter()
            .filter(|column| !column.values.is_empty())
        {
            let name = format!("{}.{}", table.name, column.name);
            match lists
                .iter_mut()
                .find(|(values, _)| *values == column.values)
            {
                Some((_, users)) => users.push(name),
                None => lists.push((column.values, vec![name])),
            }
        }
    }
    let rows = lists.into_iter().flat_map(|(values, users)| {
        let first = users.first().cloned().unwrap_or_default();
        let users = users.join(", ");
        values.iter().map(move |word| {
            let label = label_in(values, word);
            vec![
                Cell::text(match lang {
                    Lang::Ja => format!("語（{first}）"),
                    Lang::En => format!("Words ({first})"),
                }),
                Cell::text(*word),
                Cell::maybe(label.map(|label| label.ja)),
                Cell::maybe(label.map(|label| label.en)),
                Cell::text(users.clone()),
            ]
        })
    });
    rows.collect()
}

fn indicators<'a>(index: &Index<'a>) -> Vec<Row<'a>> {
    let lang = index.lang;
    let rows = index.dataset.indicators.iter().map(|indicator| {
        vec![
            Cell::text(lang.pick("共通指標", "Shared indicators")),
            Cell::text(&indicator.indicator_id),
            Cell::text(&indicator.label_ja),
            Cell::text(&indicator.label_en),
            Cell::text(lang.pick(&*indicator.definition_ja, &*indicator.definition_en)),
        ]
    });
    rows.collect()
}

/// Each group once, with the number of its members.
fn peer_groups<'a>(index: &Index<'a>) -> Vec<Row<'a>> {
    let lang = index.lang;
    let mut groups: BTreeMap<&str, (&kurabe_schema::PeerGroup, usize)> = BTreeMap::new();
    for row in &index.dataset.peer_groups {
        groups.entry(&row.peer_group).or_insert((row, 0)).1 += 1;
    }
    let rows = groups.into_iter().map(|(id, (group, members))| {
        let basis = lang.word(words::PEER_BASES, &group.basis);
        vec![
            Cell::text(lang.pick("比べる相手の集まり", "Peer groups")),
            Cell::text(id),
            Cell::text(&group.label_ja),
            Cell::text(&group.label_en),
            Cell::text(match lang {
                Lang::Ja => format!("{basis}・{members}団体"),
                Lang::En => format!("{basis}, {members} municipalities"),
            }),
        ]
    });
    rows.collect()
}
