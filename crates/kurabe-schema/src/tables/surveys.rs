//! What national surveys say of municipalities.

use jiff::civil::Date;

use crate::words;

record! {
    SurveyIndicator in survey_indicators by [municipality_code, survey, year, indicator]
        = "国の調査の値。1行が1自治体の1指標。空欄のセルにも行がある。",
        "The answer of a municipality to one indicator of a national survey. Blank cells have a row, too.";
    municipality_code: String = "自治体のコード(調査の表には名前しかないので、名前と並び順から決めたもの)",
        "The municipality; found from the name and the order of the columns, as surveys print no codes",
        refers_to("municipalities", "municipality_code");
    indicator: String = "指標のID(調査の中で一意)", "Id of the indicator within the survey";
    survey: String = "調査のID", "Id of the survey";
    year: i32 = "調査の年度", "Fiscal year of the survey";
    value: Option<f64> = "値。実施は1・未実施は0、割合はパーセントポイント(78%は78)、数はそのまま。空欄・調査無し・分母が0のときは空",
        "Value: 1 for yes and 0 for no, shares in percent points (78% is 78), counts as they are; \
         null where the cell is blank, was not surveyed or has the denominator 0";
    value_raw: Option<String> = "表のセルの文字。空欄なら空", "The cell as printed; null when it is blank";
    source: String = "調査の出典", "Where the survey was published";
    unit: String = "値の単位(実施の有無・パーセントポイント・数)",
        "What the value is: yes or no, percent points, a number of things", one_of(words::SURVEY_UNITS);
    group: String = "指標の区分(原文)", "Group of the indicator as printed";
    label: String = "指標の名称(原文。前後の空白を除く)", "Label of the indicator as printed, without spaces around it";
    name_raw: String = "表にある自治体名(原文)", "Name of the municipality as printed over the column";
    as_of: Option<Date> = "調査全体の基準日。指標ごとの基準日は出典を参照",
        "Day that the survey as a whole describes; single indicators can have another one, see the source";
    path: String = "読み取ったファイルの場所", "Path of the file that was read";
    locator: String = "表の中の場所(行と列)", "The cell in that file: line and column";
}
