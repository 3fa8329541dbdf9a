//! Groups of peers: their names, what is wrong with one, and who had to be left out.

use crate::text::Lang;

messages! {
    /// The group of all municipalities.
    nation() = "データのあるすべての市区町村", "all municipalities with data";
    /// The municipalities of a prefecture.
    prefecture(name) = "{name}の市区町村", "municipalities of {name}";
    /// Villages.
    villages() = "村", "villages";
    /// Towns.
    towns() = "町", "towns";
    /// Wards.
    wards() = "特別区", "special wards";
    /// Cities.
    cities() = "市", "cities";

    /// A doubled identifier.
    twice(id) = "[[peers]] の id「{id}」は二度使われているか、予約された名前（nation）です。別の id にしてください", "[[peers]]: the id `{id}` is used twice or reserved (nation); choose another one";
    /// An identifier that cannot be used.
    id(id) = "[[peers]] の id「{id}」は使えません。空白と「;」を含まない1文字以上の名前にしてください", "[[peers]]: the id `{id}` cannot be used; write a name without white space and `;`";
    /// No property, or a list beside properties.
    properties(id) = "[[peers]] の「{id}」には、prefecture・kind・population のどれか（組み合わせも可）か、municipalities だけを書いてください", "[[peers]]: give `{id}` one or more of `prefecture`, `kind` and `population`, or `municipalities` alone";
    /// An unknown prefecture.
    no_prefecture(id, name) = "[[peers]] の「{id}」：「{name}」という都道府県はありません。「島根県」のように都・道・府・県まで書いてください", "[[peers]]: `{id}` names no prefecture with `{name}`; write it in full, such as 島根県";
    /// An unknown kind.
    no_kind(id, kind, known) = "[[peers]] の「{id}」：kind「{kind}」はありません（使えるもの：{known}）", "[[peers]]: `{id}` has the unknown kind `{kind}` (known: {known})";
    /// A population that is no band.
    band(id) = "[[peers]] の「{id}」：population は [10000, 50000]（1万人以上5万人未満）か [50000]（5万人以上）のように小さい方から書いてください", "[[peers]]: write the `population` of `{id}` as [10000, 50000] (10,000 or more, below 50,000) or [50000]";
    /// An unknown code.
    no_municipality(id, code) = "[[peers]] の「{id}」：団体コード {code} の市区町村はありません。検査数字を含む6桁の現在のコードを書いてください", "[[peers]]: `{id}` lists {code}, which is no municipality; write the present code of six digits with its check digit";
    /// No member.
    empty(id, left) = "[[peers]] の「{id}」に当てはまる市区町村がデータにありません（除いたもの {left}）。条件を見直すか、文書・調査の表・人口（プロファイルの population）を加えてください", "[[peers]]: no municipality of the dataset is a member of `{id}` (left out: {left}); correct it, or add documents, a survey table or populations (`population` of the profile)";

    /// Municipalities without a population.
    without_population(id, count, codes) = "比べる集まり「{id}」から、人口が設定されていない {count} 市区町村を除きました（{codes} など）。プロファイルに population を書くと入ります。", "{count} municipalities without a configured population were left out of the peers `{id}` ({codes} …); write `population` in their profiles.";
    /// Listed municipalities without data.
    without_data(id, count, codes) = "比べる集まり「{id}」に挙げられた {count} 市区町村（{codes}）は、文書も調査の値もないため除きました。", "{count} municipalities listed as the peers `{id}` ({codes}) have neither a document nor a value of a survey and were left out.";
}

/// The municipalities of a kind.
#[must_use]
pub fn kind(lang: Lang, kind: &str) -> String {
    match kind {
        "city" => cities(lang),
        "ward" => wards(lang),
        "town" => towns(lang),
        "village" => villages(lang),
        other => other.to_owned(),
    }
}
