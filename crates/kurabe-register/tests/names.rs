//! The bundled list, and names looked up in it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod common;

use std::collections::BTreeMap;

use common::register;
use jiff::civil::date;
use kurabe_register::{OrderError, Register, ResolveError};

fn code(register: &Register, prefecture: Option<&str>, name: &str) -> String {
    register
        .resolve(prefecture, name, None)
        .unwrap()
        .code
        .clone()
}

#[test]
fn the_list_has_all_municipalities_of_today() {
    let register = register();
    let today = register.entries().iter().filter(|e| e.is_valid(None));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in today {
        *kinds.entry(&entry.kind).or_default() += 1;
    }
    assert_eq!(
        kinds,
        BTreeMap::from([("city", 792), ("town", 743), ("village", 189), ("ward", 23)])
    );
    assert_eq!(common::surveyed(&register).len(), 1741);
}

#[test]
fn the_list_is_that_of_the_ministry() {
    let Some(text) = common::reference("municipality-codes.csv") else {
        println!("skipped: the code list is not there");
        return;
    };
    let register = register();
    let mut seen = 0;
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if ["prefecture", "designated_ward"].contains(&cells[3]) {
            continue;
        }
        let entry = register.of_code(cells[0], None).unwrap();
        assert_eq!((&*entry.prefecture, &*entry.name), (cells[1], cells[2]));
        seen += 1;
    }
    let today = register.entries().iter().filter(|e| e.is_valid(None));
    assert_eq!(seen, today.count());
}

#[test]
fn names_are_found_with_and_without_their_prefecture() {
    let register = register();
    assert_eq!(code(&register, None, "安来市"), "322067");
    assert_eq!(code(&register, Some("東京都"), "府中市"), "132063");
    assert_eq!(code(&register, Some("広島県"), "府中市"), "342084");
    assert_eq!(code(&register, None, "広島県府中市"), "342084");
    assert_eq!(code(&register, Some("北海道"), "伊達市"), "012335");
}

#[test]
fn every_name_borne_twice_is_refused_with_its_candidates() {
    let register = register();
    let mut borne: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in register.entries().iter().filter(|e| e.is_valid(None)) {
        borne.entry(&entry.name).or_default().push(&entry.code);
    }
    borne.retain(|_, codes| codes.len() > 1);
    // The 25 of the survey, and 泊村, of which one has no inhabitants.
    assert_eq!(borne.len(), 26);
    for (name, codes) in borne {
        let Err(ResolveError::Ambiguous { candidates, .. }) = register.resolve(None, name, None)
        else {
            panic!("{name} is not refused");
        };
        assert_eq!(candidates.len(), codes.len(), "{candidates:?}");
        for (candidate, code) in candidates.iter().zip(codes) {
            assert!(candidate.ends_with(code), "{candidate}");
        }
    }
}

#[test]
fn forms_of_characters_do_not_matter_and_confuse_no_two_names() {
    let register = register();
    assert_eq!(
        code(&register, None, "龍ヶ崎市"),
        code(&register, None, "竜ケ崎市")
    );
    assert_eq!(code(&register, None, "檮原町"), "394050");
    assert_eq!(
        code(&register, None, "桧原村"),
        code(&register, None, "檜原村")
    );
    for entry in register.entries() {
        let found = register.resolve(Some(&entry.prefecture), &entry.name, None);
        let expected = register.successor(entry);
        match found {
            Ok(found) => assert_eq!(found, expected),
            Err(_) => assert_eq!(entry.name, "泊村", "{entry:?}"),
        }
    }
}

#[test]
fn near_names_are_only_suggested() {
    let register = register();
    let told = register
        .resolve(None, "安耒市", None)
        .unwrap_err()
        .to_string();
    assert!(told.contains("島根県安来市 322067"), "{told}");
    let told = register
        .resolve(Some("鳥取県"), "安来市", None)
        .unwrap_err();
    assert!(matches!(told, ResolveError::Unknown { .. }), "{told}");
}

#[test]
fn former_names_lead_to_the_municipality_of_today() {
    let register = register();
    for (prefecture, former, today, code) in [
        ("千葉県", "大網白里町", "大網白里市", "122394"),
        ("宮城県", "富谷町", "富谷市", "042161"),
        ("福岡県", "那珂川町", "那珂川市", "402311"),
        ("兵庫県", "篠山市", "丹波篠山市", "282219"),
        ("島根県", "斐川町", "出雲市", "322032"),
        ("愛知県", "三好町", "みよし市", "232360"),
    ] {
        let found = register.resolve(Some(prefecture), former, None).unwrap();
        assert_eq!((&*found.name, &*found.code), (today, code));
    }
}

#[test]
fn a_name_means_what_it_meant_on_that_day() {
    let register = register();
    let on = |name, day| register.resolve(None, name, Some(day));
    let before = on("篠山市", date(2019, 4, 30)).unwrap();
    assert_eq!((&*before.name, &*before.code), ("篠山市", "282219"));
    let told = on("篠山市", date(2019, 5, 1)).unwrap_err().to_string();
    assert!(told.contains("丹波篠山市 282219"), "{told}");
    let told = on("丹波篠山市", date(2019, 4, 30)).unwrap_err().to_string();
    assert!(told.contains("2019-05-01"), "{told}");
    // Two of that name until 2018, one since; without a day the former one counts too.
    assert!(matches!(
        on("那珂川町", date(2018, 9, 30)),
        Err(ResolveError::Ambiguous { .. })
    ));
    assert_eq!(on("那珂川町", date(2018, 10, 1)).unwrap().code, "094111");
    assert!(register.resolve(None, "那珂川町", None).is_err());
}

#[test]
fn the_order_settles_names_borne_twice() {
    let register = register();
    let codes = |names: &[&str]| -> Vec<String> {
        let entries = register.in_order(names, None).unwrap();
        entries.iter().map(|entry| entry.code.clone()).collect()
    };
    assert_eq!(codes(&["青梅市", "府中市", "昭島市"])[1], "132063");
    assert_eq!(codes(&["福山市", "府中市", "三次市"])[1], "342084");
    assert_eq!(
        codes(&["府中市", "安来市", "府中市"]),
        ["132063", "322067", "342084"]
    );
    assert_eq!(codes(&["広島県府中市"]), ["342084"]);
}

#[test]
fn an_order_that_does_not_fit_or_settle_is_refused() {
    let register = register();
    let told = register.in_order(&["松江市", "安来市", "出雲市", "大田市"], None);
    let Err(OrderError::Misplaced { position, name, .. }) = told else {
        panic!("{told:?}");
    };
    assert!(
        [(1, "安来市"), (2, "出雲市")].contains(&(position, &*name)),
        "{position}"
    );
    let told = register.in_order(&["札幌市", "府中市"], None).unwrap_err();
    assert!(
        matches!(&told, OrderError::Undecided { position: 1, candidates, .. } if candidates.len() == 2),
        "{told}"
    );
    let told = register.in_order(&["札幌市", "函舘布"], None).unwrap_err();
    assert!(
        matches!(told, OrderError::Name { position: 1, .. }),
        "{told}"
    );
}

#[test]
fn wrong_lists_are_refused_with_their_line() {
    let head = "code,prefecture,name,kind,valid_from,valid_to,replaced_by,source\n";
    let told = |rows: &str| {
        let list = format!("{head}{rows}");
        Register::parse(&list, "groups = []")
            .unwrap_err()
            .to_string()
    };
    let good = "322067,島根県,安来市,city,,,,\n";
    assert!(told(&format!("{good}322032,島根県,出雲市,city,,,,\n")).contains("line 3"));
    assert!(told("322068,島根県,安来市,city,,,,\n").contains("check digit"));
    assert!(told("322067,島根県,安来市,shi,,,,\n").contains("kind"));
    assert!(
        told("322032,島根県,出雲市,city,,,,\n322067,鳥取県,安来市,city,,,,\n").contains("島根県")
    );
    assert!(told("322067,島根県,安来市,city,,2020-01-01,,\n").contains("together"));
    assert!(told("322067,島根県,安来市,city,,2020-01-01,322032,\n").contains("leads to"));
}

#[test]
fn names_that_change_places_are_seen_all_over_the_country() {
    let register = register();
    let names = common::surveyed(&register);
    assert!(register.in_order(&names, None).is_ok());
    for first in (0..names.len() - 1).step_by(37) {
        let mut swapped = names.clone();
        swapped.swap(first, first + 1);
        let told = register.in_order(&swapped, None);
        let Err(OrderError::Misplaced { position, .. }) = told else {
            panic!("{} {}: {told:?}", names[first], names[first + 1]);
        };
        assert!(
            [first, first + 1].contains(&position),
            "{position} for {first}"
        );
    }
}
