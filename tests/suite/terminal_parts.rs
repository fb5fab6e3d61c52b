//! Tables that several entries name, rows that are called like totals, and what stands around the records: the same from a text, a
//! workbook and an OpenDocument sheet, in each command that reads facts.

use std::path::{Path, PathBuf};

use super::load_sheets::{book, book_with, data, ods, ods_rows, ods_with};
use super::terminal_agreements::{folder, overens};
use super::terminal_tables::{clubs, each, run};

const POLICY: &str = r#"agreement clubs "Clubs"
  overens 1
  in force from 2014-01-01 until further notice
  currency SEK

record club, clubs
  name: text
  dues: money
  deposit: money
  joined_on: date
  left_on: date
  paid: yes/no

duty dues § 1
  each club shall ensure dues is at least SEK 300

duty deposit § 2
  each club shall ensure deposit is at least SEK 10

duty paid § 3
  each club shall ensure paid is yes
"#;

/// What is added to it where a record refers to another one.
const GRANTS: &str = "
event grant, grants on decided_on
  receiver: club
  amount: money
  decided_on: date
  purpose: text
  persons: number
";

pub const FORMS: [&str; 3] = ["csv", "xlsx", "ods"];

/// A folder with the same rows in three forms, and a fact file with these entries, in which `@` is the table's file, for each.
pub fn parts(test: &str, rows: &[&[&str]], entries: &[&str]) -> PathBuf {
    let lines: Vec<String> = rows.iter().map(|row| row.join(";")).collect();
    let folder = folder(&format!("parts/{test}"), &[("clubs.overens", POLICY)]);
    std::fs::write(folder.join("clubs.csv"), lines.join("\n") + "\n").unwrap();
    std::fs::write(folder.join("clubs.xlsx"), book(&[("Clubs", &data(rows))], &[], "")).unwrap();
    std::fs::write(folder.join("clubs.ods"), ods(&ods_rows(rows))).unwrap();
    for form in FORMS {
        let entries: Vec<String> = entries.iter().map(|entry| entry.replace('@', &format!("clubs.{form}"))).collect();
        let text = format!("(agreement: \"clubs\", as_of: \"2016-01-15\", files: [{}])", entries.join(", "));
        std::fs::write(folder.join(format!("{form}.ron")), text).unwrap();
    }
    folder
}

/// The verdicts of the first clause, one a club, and what was told.
fn dues(folder: &Path, facts: &[&str]) -> (Vec<String>, String) {
    let words = [&["eval", "clubs.overens"], facts, &["--all", "--format", "plain"]].concat();
    let (_, results, messages) = overens(folder, &words);
    let dues = |line: &&str| line.starts_with("§ 1 dues for ");
    let club = |line: &str| {
        let (club, rest) = line.strip_prefix("§ 1 dues for ")?.split_once(": ")?;
        let amount = rest.split_once("(dues").and_then(|(_, amount)| amount.split_once(" is ")?.1.split_once(')'));
        Some(format!("{club} {}", amount.map_or("enough", |(amount, _)| amount)))
    };
    (results.lines().filter(dues).filter_map(club).collect(), messages)
}

const SIDE: [&[&str]; 3] = [&["id", "dues", "Id 2", "Dues 2"], &["a1", "5", "b1", "7"], &["a2", "6", "b2", "8"]];

/// The second entry maps a column to a field that the first one gives under its own name: alone it is a mistake, and beside the first too.
#[test]
fn an_entry_that_gives_a_field_twice_is_an_error_beside_one_that_does_not() {
    let entries = [
        "(record: \"club\", path: \"@\", ignore: [\"Id 2\", \"Dues 2\"])",
        "(record: \"club\", path: \"@\", columns: {\"Id 2\": \"id\", \"Dues 2\": \"dues\"})",
    ];
    for entries in [entries, [entries[1], entries[0]]] {
        let folder = parts("twice_given", &SIDE, &entries);
        for form in FORMS {
            let (exit, _, messages) = overens(&folder, &["eval", "clubs.overens", &format!("{form}.ron")]);
            assert_eq!(exit, 4, "{messages}");
            assert!(messages.contains("two columns provide `id`"), "{messages}");
        }
    }
}

#[test]
fn two_entries_for_one_table_each_read_their_columns() {
    let first = "(record: \"club\", path: \"@\", ignore: \"others\")";
    let second = "(record: \"club\", path: \"@\", columns: { \"C\": \"id\", \"D\": \"dues\" }, ignore: [\"A\", \"B\"])";
    for entries in [[first, second], [second, first]] {
        let folder = parts("side", &SIDE, &entries);
        for form in FORMS {
            let (mut clubs, messages) = dues(&folder, &[&format!("{form}.ron")]);
            clubs.sort();
            assert_eq!(clubs, ["a1 SEK 5", "a2 SEK 6", "b1 SEK 7", "b2 SEK 8"], "{form}: {messages}");
            let check = run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]);
            assert_eq!((check.code, check.messages.as_str()), (0, ""), "{form}");
        }
    }
}

#[test]
fn two_entries_for_one_table_each_read_their_rows() {
    let rows: [&[&str]; 6] =
        [&["id", "dues"], &["a1", "5"], &["a2", "6"], &["Namn", "Avgift"], &["b1", "7"], &["b2", "8"]];
    let entries = [
        "(record: \"club\", path: \"@\", rows: (until: \"Namn\"))",
        "(record: \"club\", path: \"@\", columns: { \"Namn\": \"id\", \"Avgift\": \"dues\" }, rows: (from: 4))",
    ];
    let folder = parts("below", &rows, &entries);
    for form in FORMS {
        let (clubs, messages) = dues(&folder, &[&format!("{form}.ron")]);
        assert_eq!(clubs, ["a1 SEK 5", "a2 SEK 6", "b1 SEK 7", "b2 SEK 8"], "{form}: {messages}");
        // What one entry leaves out the other one reads.
        let check = run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]);
        assert_eq!((check.code, check.messages.as_str()), (0, ""), "{form}");
    }
}

#[test]
fn entries_that_read_a_table_alike_count_once() {
    let rows: [&[&str]; 2] = [&["id", "Avgift"], &["a1", "5"]];
    let by_name = "(record: \"club\", path: \"@\", columns: { \"Avgift\": \"dues\" })";
    let by_letter = "(record: \"club\", path: \"./@\", columns: { \"B\": \"dues\" })";
    for entries in [[by_name, by_name], [by_name, by_letter]] {
        let folder = parts("alike", &rows, &entries);
        for form in FORMS {
            let (clubs, messages) = dues(&folder, &[&format!("{form}.ron")]);
            assert_eq!((clubs, messages.as_str()), (vec!["a1 SEK 5".to_owned()], ""), "{form}");
        }
    }
    // The first sheet of a workbook is the same whether it is named or not.
    let unnamed = by_name.replace('@', "clubs.xlsx");
    let named = unnamed.replace(", columns", ", sheet: \"Clubs\", columns");
    let folder = parts("alike_sheet", &rows, &[&unnamed, &named]);
    assert_eq!(dues(&folder, &["xlsx.ron"]).0, ["a1 SEK 5"]);
}

#[test]
fn two_readings_of_the_same_cells_are_an_error_in_whichever_order_they_come() {
    let comma =
        "(agreement: \"clubs\", as_of: \"2016-01-15\", files: [(record: \"club\", path: \"t.csv\", decimal: \",\")])";
    let point = comma.replace("\",\")])", "\".\")])");
    let files = [("clubs.overens", POLICY), ("t.csv", "id;dues\na;10.000\n"), ("one.ron", comma), ("two.ron", &point)];
    let folder = folder("parts/decimals", &files);
    let say = "error[table-read-twice]: `t.csv` is read twice, as `club`, and the entries differ: both read column `B` of \
               the same rows";
    for facts in [["one.ron", "two.ron"], ["two.ron", "one.ron"], ["one.ron", "club=t.csv"], ["club=t.csv", "two.ron"]]
    {
        let (clubs, messages) = dues(&folder, &facts);
        assert_eq!(clubs, [""; 0], "{messages}");
        assert!(messages.contains(say), "{messages}");
        // Both places are named.
        let places = ["one.ron:1:", "two.ron:1:", "t.csv:1:1"].iter().filter(|place| messages.contains(*place)).count();
        assert_eq!(places, 2, "{messages}");
        let words = [&["check", "clubs.overens"][..], &["--facts", facts[0], "--facts", facts[1]]].concat();
        let check = run(&folder, &words);
        assert!(check.messages.contains("error[table-read-twice]"), "{}", check.messages);
    }
    assert_eq!(dues(&folder, &["one.ron"]).0, ["a SEK 10 000"]);
    assert_eq!(dues(&folder, &["two.ron"]).0, ["a SEK 10"]);
}

#[test]
fn a_column_that_two_keys_map_to_two_fields_is_an_error_that_names_both() {
    let rows: [&[&str]; 2] = [&["id", "Belopp"], &["a", "5"]];
    for (one, other) in [("Belopp", "B"), ("B", "Belopp"), ("B", "2"), ("Belopp", "belopp"), ("b", "2")] {
        let entry =
            format!("(record: \"club\", path: \"@\", columns: {{ \"{one}\": \"dues\", \"{other}\": \"deposit\" }})");
        let folder = parts("two_keys", &rows, &[&entry]);
        for form in FORMS {
            let check = run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]);
            let told = &check.messages;
            assert_eq!(check.found().len(), 1, "{form}: {told}");
            assert!(
                told.contains("in `columns` are the same column, so it is unclear whether it gives"),
                "{form}: {told}"
            );
            for named in [one, other, "dues", "deposit"] {
                assert!(told.contains(&format!("`{named}`")), "{form}: {told}");
            }
        }
    }
    // Said twice it is no more than said.
    let same = "(record: \"club\", path: \"@\", columns: { \"Belopp\": \"dues\", \"B\": \"dues\" })";
    assert_eq!(dues(&parts("same_key", &rows, &[same]), &["csv.ron"]).0, ["a SEK 5"]);
}

const CHOIRS: [&[&str]; 5] = [
    &["id", "dues", "joined_on", "left_on", "paid"],
    &["Bergakören", "500", "2011-01-01", "", "yes"],
    &["Total Harmoni", "300", "2012-01-01", "", "no"],
    &["Viskören", "520", "2013-01-01", "", "yes"],
    &["Åkören", "500", "2013-05-01", "", "no"],
];

/// The entry that a first look at the table of a form proposes, and all that it says.
pub fn looked_at(folder: &Path, form: &str) -> (String, String) {
    let (_, results, messages) = overens(folder, &["facts", "clubs.overens", &format!("club=clubs.{form}")]);
    let entry = results.lines().find(|line| line.contains("path: ")).unwrap_or_default().trim().to_owned();
    (entry, results + &messages)
}

#[test]
fn a_record_that_is_called_like_a_total_is_kept_and_put_to_the_person() {
    let by_name: [&[&str]; 4] = [
        &["name", "id", "dues", "left_on", "paid"],
        &["Kör 0", "8024-0", "500", "", "yes"],
        &["Kör 1", "8024-1", "500", "", "yes"],
        &["Total Harmoni", "8024-9", "300", "", "no"],
    ];
    for (test, rows) in [("choirs", &CHOIRS[..]), ("choirs_by_name", &by_name[..])] {
        let folder = parts(test, rows, &[]);
        for form in FORMS {
            let (entry, all) = looked_at(&folder, form);
            assert!(!entry.contains("rows:"), "{form}: {all}");
            let ask = "To decide: the row that begins with `Total Harmoni` is read as a record, although it is named like a \
                       total: if it is a total, exclude it with `skip: [\"Total Harmoni\"]`";
            assert!(all.contains(ask), "{form}: {all}");
            let check = run(&folder, &["check", "clubs.overens", "--facts", &format!("club=clubs.{form}")]);
            assert_eq!(check.found(), [""; 0], "{form}: {}", check.messages);
        }
    }
}

#[test]
fn a_total_behind_which_records_follow_is_skipped_and_does_not_end_the_rows() {
    let rows: [&[&str]; 6] = [
        &["id", "name", "dues", "joined_on", "paid"],
        &["A1", "Ann", "500", "2011-01-01", "yes"],
        &["A2", "Bo", "450", "2012-01-01", "no"],
        &["Summa", "", "950", "", ""],
        &["A5", "Eva", "5", "2014-01-01", "no"],
        &["A6", "Ed", "5", "2014-01-01", "no"],
    ];
    let folder = parts("total_between", &rows, &[]);
    for form in FORMS {
        let (entry, all) = looked_at(&folder, form);
        assert!(entry.contains("rows: (skip: [\"Summa\"])"), "{form}: {all}");
        assert!(all.contains("4 rows of `club`"), "{form}: {all}");
    }
    // A mean above the total at the end is left out with it, and how many are is said.
    let mean: [&[&str]; 5] = [rows[0], rows[1], rows[2], &["Medel", "", "475", "", ""], rows[3]];
    let folder = parts("mean_and_total", &mean, &[]);
    for form in FORMS {
        let (entry, all) = looked_at(&folder, form);
        assert!(entry.contains("rows: (until: \"Medel\")"), "{form}: {all}");
        assert!(all.contains("starts with `Medel`. It and 1 row below it are left out."), "{form}: {all}");
    }
}

#[test]
fn a_record_that_until_or_skip_leaves_out_is_told_although_a_column_is_empty_in_all() {
    for (rows, told) in [
        (
            "(until: \"Total Harmoni\")",
            "3 rows look like records, but are ignored because they come after the end of the rows",
        ),
        (
            "(until: \"Viskören\")",
            "2 rows look like records, but are ignored because they come after the end of the rows",
        ),
        ("(skip: [\"Total\"])", "this row looks like a record, but is ignored because it begins with `Total`"),
        (
            "(skip: [\"Total Harmoni\"])",
            "this row looks like a record, but is ignored because it begins with `Total Harmoni`",
        ),
        ("(skip: [\"Viskören\"])", "this row looks like a record, but is ignored because it begins with `Viskören`"),
    ] {
        let folder = parts("left_out", &CHOIRS, &[&format!("(record: \"club\", path: \"@\", rows: {rows})")]);
        for form in FORMS {
            let facts = format!("{form}.ron");
            for words in [vec!["check", "clubs.overens", "--facts", &facts], vec!["eval", "clubs.overens", &facts]] {
                let said = run(&folder, &words);
                assert!(said.messages.contains(told), "{form} {rows}: {}", said.messages);
            }
        }
    }
    // A total is left out in silence.
    let with_total: [&[&str]; 4] = [CHOIRS[0], CHOIRS[1], CHOIRS[3], &["Total 2015", "1020", "", "", ""]];
    for rows in ["(until: \"Total\")", "(skip: [\"Total\"])", "(skip: [\"Total 2015\"])"] {
        let folder = parts("total_left_out", &with_total, &[&format!("(record: \"club\", path: \"@\", rows: {rows})")]);
        for form in FORMS {
            let check = run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]);
            assert_eq!(check.found(), [""; 0], "{form} {rows}: {}", check.messages);
        }
    }
}

#[test]
fn a_unit_in_a_row_that_is_left_out_or_stands_alone_is_told() {
    let names: &[&str] = &["id", "dues", "name"];
    let row = |unit: &'static str| -> Vec<Vec<&str>> {
        vec![names.to_vec(), vec!["", unit, ""], vec!["a", "300", "A"], vec!["b", "400", "B"], vec!["c", "500", "C"]]
    };
    for (unit, word) in
        [("tkr", "tkr"), ("EUR", "EUR"), ("MSEK", "MSEK"), ("(i tkr)", "tkr"), ("Thousand SEK", "Thousand")]
    {
        let rows = row(unit);
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let folder =
            parts("unit_row", &rows, &[&format!("(record: \"club\", path: \"@\", rows: (skip: [\"{unit}\"]))")]);
        for form in FORMS {
            let told = format!("`{word}` is written in a row that is left out, but numbers are read as `dues` in SEK");
            let check = run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]);
            assert!(check.messages.contains(&told), "{form}: {}", check.messages);
            let (_, all) = looked_at(&folder, form);
            assert!(all.contains(&told), "{form}: {all}");
        }
    }
    // In its own currency, and in the row of a total, it says nothing new.
    for unit in ["SEK", "kr", "1 000 kr"] {
        let rows: [&[&str]; 4] = [names, &["a", "300", "A"], &["b", "400", "B"], &["Summa", "700", unit]];
        let folder = parts("own_unit", &rows, &["(record: \"club\", path: \"@\", rows: (skip: [\"Summa\"]))"]);
        let check = run(&folder, &["check", "clubs.overens", "--facts", "csv.ron"]);
        assert_eq!(check.found(), [""; 0], "{}", check.messages);
    }
    // Of a heading that is read as a record the same is told.
    let rows: [&[&str]; 4] = [names, &["Alla belopp i tkr", "", ""], &["a", "300", "A"], &["b", "400", "B"]];
    let folder = parts("unit_heading", &rows, &["(record: \"club\", path: \"@\")"]);
    for form in FORMS {
        let check = run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]);
        assert!(
            check.messages.contains("`tkr` is written in this row, but numbers are read as `dues` in SEK"),
            "{form}"
        );
    }
}

#[test]
fn units_in_words_above_the_names_are_told_and_numbers_in_a_title_are_none() {
    let above = |line: &str| {
        let rows: [&[&str]; 4] = [&[line, "", ""], &["id", "dues", "name"], &["a", "300", "A"], &["b", "400", "B"]];
        let folder = parts("above", &rows, &["(record: \"club\", path: \"@\", rows: (from: 2))"]);
        FORMS.map(|form| run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]).messages)
    };
    for (line, word) in [
        ("(SEK thousand)", "thousand"),
        ("Thousand SEK", "Thousand"),
        ("in SEK thousand", "thousand"),
        ("SEK 000s", "000s"),
        ("Amounts in US dollars", "US dollars"),
        ("British pounds", "British pounds"),
        ("pounds sterling", "pounds sterling"),
        ("Swiss francs", "Swiss francs"),
        ("kroner", "kroner"),
        ("Beløp i norske kroner", "norske kroner"),
        ("Belopp i öre", "öre"),
        ("Belopp i 1 000 kr", "000"),
        ("(1000 kr)", "1000"),
        ("Belopp i 1000kr", "1000"),
        ("Belopp i t kr", "t kr"),
        ("Belopp i t.kr", "t.kr"),
        ("Belopp (t:kr)", "t:kr"),
        ("Alla belopp i m kr", "m kr"),
        ("T kr", "T kr"),
    ] {
        for told in above(line) {
            assert!(told.contains(&format!("`{word}` is written above the column names")), "{line}: {told}");
        }
    }
    for line in [
        "Bidrag över 1 000 kr 2015",
        "Föreningar med bidrag över 1000 kr",
        "Bidrag på 2 miljoner kronor",
        "Thousand Lakes 2015",
        "Avgifter i SEK 2015",
        "Svenska kronor",
        "Avgift över 1000kr",
        "Budget 1,5 m kr",
        "Bidrag om 10 t kr",
    ] {
        assert_eq!(above(line), ["", "", ""], "{line}");
    }
}

#[test]
fn footnotes_behind_their_marks_and_totals_below_a_total_are_told_as_what_they_are() {
    let names: &[&str] = &["id", "name", "dues", "joined_on", "paid"];
    let (a, b): (&[&str], &[&str]) =
        (&["A1", "Ann", "500", "2011-01-01", "yes"], &["A2", "Bo*", "450", "2012-01-01", "no"]);
    for note in [
        ["*", "Bo har slutat"],
        ["1)", "se protokoll"],
        ["Not 1", "se protokoll"],
        ["Upprättad av", "Eva"],
        ["Datum", "2015-12-31"],
        ["J", "= ja"],
    ] {
        let note: &[&str] = &[note[0], note[1], "", "", ""];
        let folder = parts("marks", &[names, a, b, note], &["(record: \"club\", path: \"@\")"]);
        for form in FORMS {
            let facts = format!("{form}.ron");
            for words in [vec!["check", "clubs.overens", "--facts", &facts], vec!["eval", "clubs.overens", &facts]] {
                let told = run(&folder, &words).messages;
                assert!(told.contains("this row looks like a note below the table"), "{form} {note:?}: {told}");
            }
        }
    }
    // Where all rows are numbered so it is how the table is written.
    let numbered: [&[&str]; 4] = [&["id", "name", "dues"], &["1)", "A", ""], &["2)", "B", ""], &["3)", "C", "400"]];
    let folder = parts("numbered", &numbered, &["(record: \"club\", path: \"@\")"]);
    assert_eq!(run(&folder, &["check", "clubs.overens", "--facts", "csv.ron"]).found(), [""; 0]);
    let totals: [&[&str]; 6] = [
        names,
        a,
        &["Delsumma", "", "500", "", ""],
        b,
        &["Delsumma 2", "", "450", "", ""],
        &["Totalsumma", "", "950", "", ""],
    ];
    let folder = parts("totals", &totals, &["(record: \"club\", path: \"@\")"]);
    for form in FORMS {
        let told = run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]).messages;
        assert!(
            told.contains("looks like a total of the rows above it") && told.contains("in 2 more places"),
            "{told}"
        );
        assert!(!told.contains("note"), "{form}: {told}");
    }
}

#[test]
fn a_percentage_of_an_ods_is_one_without_a_format_as_well() {
    let folder = folder("parts/percentage", &[("clubs.overens", POLICY)]);
    let rows: [&[&str]; 2] = [&["id", "dues"], &["a", "<office:value-type=\"percentage\" office:value=\"0.05\">5%"]];
    std::fs::write(folder.join("clubs.ods"), ods_with("", ("", ""), &ods_rows(&rows))).unwrap();
    let told = run(&folder, &["check", "clubs.overens", "--facts", "club=clubs.ods"]).messages;
    assert!(told.contains("error[facts-other-currency]: the format of this cell shows `dues` in `%`"), "{told}");
}

#[test]
fn what_separates_the_cells_below_separates_names_that_hold_another_sign() {
    for (sign, text) in [
        (";", "id;Namn, ort;Avgift, kr\n1;Ann;5\n2;Bo;6\n"),
        (";", "id;Avgift, kr, 2014\n1;5\n2;6\n"),
        ("a tab", "id\tNamn, ort\tAvgift, kr\n1\tAnn\t5\n2\tBo\t6\n"),
        (";", "id;Namn, ort;Avgift, kr\n1;Ann;5,50\n2;Bo;6,50\n"),
    ] {
        let folder = folder("parts/separator", &[("clubs.overens", POLICY), ("clubs.csv", text)]);
        let (code, results, messages) =
            overens(&folder, &["facts", "clubs.overens", "club=clubs.csv", "--as-of", "2016-01-15"]);
        assert_eq!((code, messages.as_str()), (0, ""), "{text}{results}");
        let shown = if sign == ";" { "separated by `;`" } else { "separated by a tab" };
        assert!(results.contains(shown), "{text}{results}");
        // What the entry says is how it is read.
        let entry = results.rsplit_once("\n(\n").unwrap().1;
        std::fs::write(folder.join("clubs.ron"), format!("(\n{entry}")).unwrap();
        let check = run(&folder, &["check", "clubs.overens", "--facts", "clubs.ron"]);
        assert_eq!((check.code, check.found()), (0, Vec::<String>::new()), "{text}{}", check.messages);
    }
}

#[test]
fn an_amount_is_no_id_and_a_column_called_like_a_record_refers_to_it() {
    let look = |record: &str, text: &str| {
        let folder = folder("parts/ids", &[("clubs.overens", &format!("{POLICY}{GRANTS}")), ("t.csv", text)]);
        overens(&folder, &["facts", "clubs.overens", &format!("{record}=t.csv")]).1
    };
    let amounts = look("grant", "Datum;Belopp;Text\n2014-01-01;500;Oars\n2014-02-01;650;Paint\n2014-03-01;700;Paint\n");
    assert!(amounts.contains("`Belopp` is ignored, but could be `amount` or `persons`"), "{amounts}");
    assert!(!amounts.contains("read as the `id`"), "{amounts}");
    let counts = look("grant", "No. of persons;Datum\n4;2014-01-01\n9;2014-02-01\n8;2014-03-01\n");
    assert!(!counts.contains("`No. of persons` is read as the `id`"), "{counts}");
    for (heading, cells) in
        [("Org.nr", ["8024", "8190", "8025"]), ("Medl.nr", ["7", "9", "4"]), ("Rad", ["1", "2", "3"])]
    {
        let text = format!("Belopp;{heading}\n500;{}\n650;{}\n700;{}\n", cells[0], cells[1], cells[2]);
        let told = look("grant", &text);
        assert!(told.contains(&format!("`{heading}` is read as the `id`")), "{told}");
    }
    let told = look("grant", "id;Club;amount\n1;ann;4\n2;bo;5\n3;ann;5\n");
    assert!(told.contains("columns: { \"Club\": \"receiver\" }"), "{told}");
    // In other words it may be another text as well, and is left to a person.
    let told = look("grant", "id;Mottagare;amount\n1;ann;4\n2;bo;5\n3;ann;5\n");
    assert!(told.contains("`Mottagare` is ignored, but could be `receiver` or `purpose`"), "{told}");
}

#[test]
fn a_heading_that_may_say_the_opposite_is_offered_as_such() {
    for heading in ["Unpaid", "Ej betalt", "Obetalt"] {
        let text = format!("id;{heading}\na;ja\nb;nej\n");
        let folder = folder("parts/opposite", &[("clubs.overens", POLICY), ("t.csv", &text)]);
        let told = overens(&folder, &["facts", "clubs.overens", "club=t.csv"]).1;
        let offered = format!("To decide: `{heading}` is ignored, but could be `paid`");
        let line = told.lines().find(|line| line.starts_with(&offered)).unwrap_or_default();
        assert!(line.ends_with("; its name may say the opposite of `paid`"), "{told}");
    }
}

#[test]
fn each_id_that_a_program_may_have_changed_is_counted() {
    let rows: [&[&str]; 5] = [
        &["id", "dues"],
        &["A", "<><v>300</v>"],
        &["<t=\"b\"><v>1</v>", "<><v>400</v>"],
        &["<t=\"d\"><v>2015-01-01</v>", "<><v>400</v>"],
        &["<><v>7</v>", "<><v>400</v>"],
    ];
    let folder = folder("parts/odd_ids", &[("clubs.overens", POLICY)]);
    std::fs::write(folder.join("clubs.xlsx"), book(&[("Clubs", &data(&rows))], &[], "")).unwrap();
    let told = run(&folder, &["check", "clubs.overens", "--facts", "club=clubs.xlsx"]).messages;
    assert!(told.contains("which is read as an id, but other ids are texts; 1 more id is such a value"), "{told}");
    assert!(told.contains("cell A4: a date, `2015-01-01`"), "{told}");
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

#[test]
fn rows_that_are_struck_out_as_a_whole_are_told() {
    let folder = folder("parts/struck", &[("clubs.overens", POLICY)]);
    // The second style of cells has the second font.
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><fonts><font/><font><strike/></font><font><strike val=\"0\"/></font></fonts>\
         <cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/><xf fontId=\"2\"/></cellXfs></styleSheet>"
    );
    let rows = |style: &'static str, one: &'static str| -> Vec<Vec<String>> {
        let cell = |value: &str, style: &str| format!("<s=\"{style}\" t=\"str\"><v>{value}</v>");
        vec![
            vec!["id".into(), "name".into()],
            vec!["a".into(), cell("A", one)],
            vec![cell("b", style), cell("B", style)],
        ]
    };
    let told = |style: &'static str, one: &'static str| {
        let rows = rows(style, one);
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let bytes = book_with(&[("Clubs", &data(&rows))], (&[], ""), &[("xl/styles.xml", &styles)]);
        std::fs::write(folder.join("clubs.xlsx"), bytes).unwrap();
        run(&folder, &["check", "clubs.overens", "--facts", "club=clubs.xlsx"])
    };
    let struck = told("1", "0");
    assert_eq!(struck.found(), ["A3 csv-rows"], "{}", struck.messages);
    assert!(struck.messages.contains("this row is struck out, but is read like the others"), "{}", struck.messages);
    // One cell of a row is not all of it, and a font may say that it strikes nothing out.
    assert_eq!(told("2", "1").found(), [""; 0]);
    let style = "<style:style style:name=\"out\" style:family=\"table-cell\"><style:text-properties \
                 style:text-line-through-style=\"solid\"/></style:style>";
    let cell = |text: &str| format!("<table:style-name=\"out\" office:value-type=\"string\">{text}");
    let (id, name) = (cell("b"), cell("B"));
    let rows: [&[&str]; 3] = [&["id", "name"], &["a", "A"], &[&id, &name]];
    std::fs::write(folder.join("clubs.ods"), ods_with("", (style, ""), &ods_rows(&rows))).unwrap();
    let struck = run(&folder, &["check", "clubs.overens", "--facts", "club=clubs.ods"]);
    assert_eq!(struck.found(), ["A3 csv-rows"], "{}", struck.messages);
}

#[test]
fn the_totals_row_of_a_table_of_a_workbook_is_told_whatever_it_is_called() {
    let folder = folder("parts/totals_row", &[("clubs.overens", POLICY)]);
    let told = |first: &'static str, dues: &'static str, count: &str| {
        let rows: [&[&str]; 4] = [&["id", "name", "dues"], &["a", "A", "300"], &["b", "B", "400"], &[first, "", dues]];
        let relations = format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/table\" \
             Target=\"../tables/table1.xml\"/></Relationships>"
        );
        let table = format!("<table xmlns=\"{MAIN}\" id=\"1\" name=\"T\" ref=\"A1:C4\"{count}/>");
        let more = [("xl/worksheets/_rels/sheet1.xml.rels", &*relations), ("xl/tables/table1.xml", &*table)];
        std::fs::write(folder.join("clubs.xlsx"), book_with(&[("Clubs", &data(&rows))], (&[], ""), &more)).unwrap();
        run(&folder, &["check", "clubs.overens", "--facts", "club=clubs.xlsx"])
    };
    for first in ["Hela listan", "Summa"] {
        let told = told(first, "700", " totalsRowCount=\"1\"");
        assert_eq!(told.found(), ["A4 csv-rows"], "{}", told.messages);
        assert!(told.messages.contains("this row is the totals row of an Excel table"), "{}", told.messages);
    }
    // Without one it is a row like any other.
    assert_eq!(told("Hela byn", "500", "").found(), [""; 0]);
}

#[test]
fn rows_without_anything_odd_are_read_in_silence() {
    let folder = clubs(
        "nothing_odd",
        &[&["id", "name", "members", "dues"], &["a", "A", "12", "300"], &["b", "B", "9", "400"]],
        "",
    );
    for form in FORMS {
        assert_eq!(run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]).messages, "", "{form}");
    }
    for (form, check, _) in each("euro", &[&["id", "name", "members", "dues"], &["a", "Euro", "12", "300"]], "") {
        assert_eq!(check.messages, "", "{form}");
    }
}
