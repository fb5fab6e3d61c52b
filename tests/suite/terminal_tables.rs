//! What people write around and above a table, in each command that reads facts: the same from a text, a workbook and an
//! OpenDocument sheet.

use std::path::{Path, PathBuf};

use super::load_sheets::{book, data, ods, ods_rows};
use super::terminal_agreements::{folder, overens};

const POLICY: &str = r#"agreement clubs "Clubs"
  overens 1
  in force from 2014-01-01 until further notice
  currency SEK

record club, clubs
  name: text
  members: number
  dues: money
  joined_on: date
  left_on: date
  left_early: yes/no

duty dues § 1
  each club shall ensure dues is at least SEK 300

duty rest § 2
  each club shall ensure members is at least 0
  if left_early is no
"#;

/// What a command told of a table, and how it ended.
pub struct Told {
    pub code: i32,
    pub results: String,
    pub messages: String,
}

impl Told {
    /// The codes of the findings, with the last part of their places: a line, or a cell.
    pub fn found(&self) -> Vec<String> {
        let finding = |line: &str| {
            let (place, rest) = line.split_once(": warning[").or_else(|| line.split_once(": error["))?;
            Some(format!("{} {}", place.rsplit([' ', ':']).next()?, rest.split_once(']')?.0))
        };
        self.messages.lines().filter(|line| !line.starts_with(' ')).filter_map(finding).collect()
    }
}

pub fn run(folder: &Path, words: &[&str]) -> Told {
    let (code, results, messages) = overens(folder, words);
    // What is wrong is what a check comes to.
    let wrong = results.lines().filter(|line| !line.ends_with(": no errors")).collect::<Vec<_>>().join("\n");
    let messages = if words[0] == "check" { wrong + &messages } else { messages };
    Told { code, results, messages }
}

const FORMS: [&str; 3] = ["csv", "xlsx", "ods"];

/// A folder with the same rows as a text, a workbook and an OpenDocument sheet, and an entry for each.
pub fn clubs(test: &str, rows: &[&[&str]], entry: &str) -> PathBuf {
    let lines: Vec<String> = rows.iter().map(|row| row.join(";")).collect();
    let folder = folder(&format!("tables/{test}"), &[("clubs.overens", POLICY)]);
    std::fs::write(folder.join("clubs.csv"), lines.join("\n") + "\n").unwrap();
    std::fs::write(folder.join("clubs.xlsx"), book(&[("Clubs", &data(rows))], &[], "")).unwrap();
    std::fs::write(folder.join("clubs.ods"), ods(&ods_rows(rows))).unwrap();
    for form in FORMS {
        let file = format!("(record: \"club\", path: \"clubs.{form}\"{entry})");
        let text = format!("(agreement: \"clubs\", as_of: \"2016-01-15\", files: [{file}])");
        std::fs::write(folder.join(format!("{form}.ron")), text).unwrap();
    }
    folder
}

/// What `check --facts` and `eval` say of it, in each form.
pub fn each(test: &str, rows: &[&[&str]], entry: &str) -> Vec<(&'static str, Told, Told)> {
    let folder = clubs(test, rows, entry);
    let both = |form: &'static str| {
        let facts = format!("{form}.ron");
        let check = run(&folder, &["check", "clubs.overens", "--facts", &facts]);
        (form, check, run(&folder, &["eval", "clubs.overens", &facts, "--format", "summary"]))
    };
    FORMS.into_iter().map(both).collect()
}

const NAMES: &[&str] = &["id", "name", "members", "dues"];
const WITH_NOTES: [&[&str]; 7] = [
    NAMES,
    &["a-1", "A", "12", "300"],
    &["a-2", "B", "9", "400"],
    &["Totalt", "", "21", "700"],
    &["", "", "", ""],
    &["Källa: reg", "", "", ""],
    &["Preliminär", "", "", ""],
];

#[test]
fn notes_below_a_total_are_never_read_as_rows_in_silence() {
    for (form, check, eval) in each("notes", &WITH_NOTES, "") {
        let notes = "2 rows look like notes below the table, but are read as its rows; this is the first";
        for told in [&check, &eval] {
            let expected = ["csv-rows"; 3];
            let codes: Vec<String> = told.found().iter().map(|one| one.split(' ').nth(1).unwrap().to_owned()).collect();
            assert_eq!(codes, expected, "{form}: {}", told.messages);
            assert!(told.messages.contains("looks like a total of the rows above it"), "{form}: {}", told.messages);
            assert!(told.messages.contains(notes), "{form}: {}", told.messages);
            assert!(told.messages.contains("`rows: (until: \"Källa: reg\")`"), "{form}: {}", told.messages);
        }
        assert_eq!(check.code, 0, "{form}");
    }
    // The way out leaves out all of it.
    for (form, check, eval) in each("notes_until", &WITH_NOTES, ", rows: (until: \"Totalt\")") {
        assert_eq!((check.code, check.messages.as_str()), (0, ""), "{form}");
        assert!(eval.results.contains("§ 1 dues: 2 satisfied"), "{form}: {}", eval.results);
    }
}

#[test]
fn a_first_look_ends_the_rows_before_a_total_and_before_notes() {
    let folder = clubs("look_notes", &WITH_NOTES, "");
    for form in FORMS {
        let told = run(&folder, &["facts", "clubs.overens", &format!("clubs.{form}")]);
        assert!(told.results.contains("rows: (until: \"Totalt\")"), "{form}: {}", told.results);
        assert_eq!((told.code, told.messages.as_str()), (0, ""), "{form}");
    }
    let only_a_note: [&[&str]; 4] = [WITH_NOTES[0], WITH_NOTES[1], WITH_NOTES[2], WITH_NOTES[5]];
    let folder = clubs("look_note", &only_a_note, "");
    for form in FORMS {
        let told = run(&folder, &["facts", "clubs.overens", &format!("clubs.{form}")]);
        assert!(told.results.contains("2 rows of `club`"), "{form}: {}", told.results);
        assert!(told.results.contains("rows: (until: \"Källa: reg\")"), "{form}: {}", told.results);
    }
}

#[test]
fn a_note_without_its_empty_cells_is_told_with_its_way_out() {
    let folder = clubs("short_note", &[NAMES, WITH_NOTES[1], &["* preliminary"]], "");
    let told = run(&folder, &["check", "clubs.overens", "--facts", "csv.ron"]);
    assert_eq!(told.found(), ["1 csv-ragged"], "{}", told.messages);
    let help = "if it is a note or a total below the table, set the end of the rows with `rows: (until: \"…\")`";
    assert!(told.messages.contains(help), "{}", told.messages);
    // A sheet has all of its cells.
    for form in ["xlsx", "ods"] {
        let told = run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]);
        assert!(told.messages.contains("this row looks like a note below the table"), "{form}: {}", told.messages);
    }
}

#[test]
fn a_column_with_the_exact_name_of_a_field_keeps_it_beside_one_that_was_said_to_give_another() {
    let rows: [&[&str]; 2] = [&["id", "name", "dues", "dues"], &["a-1", "A", "300", "12"]];
    for (form, check, eval) in each("exact", &rows, ", columns: { \"D\": \"members\" }, ignore: \"others\"") {
        assert_eq!((check.code, check.messages.as_str()), (0, ""), "{form}");
        assert!(eval.results.contains("§ 1 dues: 1 satisfied"), "{form}: {}", eval.results);
    }
    // What would give the same field again is one of the others.
    for (form, check, eval) in each("chosen", &rows, ", columns: { \"D\": \"dues\" }, ignore: \"others\"") {
        assert_eq!((check.code, check.messages.as_str()), (0, ""), "{form}");
        assert!(eval.results.contains("§ 1 dues: 1 violated"), "{form}: {}", eval.results);
    }
    // Two that give it, and none was chosen.
    let rows: [&[&str]; 2] = [&["id", "dues", "dues", "dues"], &["a-1", "300", "301", "12"]];
    for (form, check, _) in each("twice", &rows, ", columns: { \"D\": \"members\" }, ignore: \"others\"") {
        assert_eq!(check.code, 4, "{form}");
        assert!(check.messages.contains("two columns provide `dues`"), "{form}: {}", check.messages);
    }
}

#[test]
fn a_column_whose_name_is_nearly_that_of_a_field_is_not_ignored_in_silence() {
    let rows: [&[&str]; 2] =
        [&["id", "due", "Joinedon", "Remark", "Left on date"], &["a-1", "300", "2015-01-02", "x", "y"]];
    for (form, check, eval) in each("near", &rows, ", ignore: \"others\"") {
        for told in [&check, &eval] {
            let codes: Vec<String> = told.found();
            assert!(codes.len() == 1 && codes[0].ends_with("csv-guessed"), "{form}: {}", told.messages);
            let said = "2 columns are ignored, although their names are nearly those of fields: `due` may be `dues`, `Joinedon` may be `joined_on`";
            assert!(told.messages.contains(said), "{form}: {}", told.messages);
            let help =
                "if so, add `columns: { \"due\": \"dues\", \"Joinedon\": \"joined_on\" }` to the file's `files` entry";
            assert!(told.messages.contains(help), "{form}: {}", told.messages);
        }
    }
    for (test, name) in [("letters", "joind_on"), ("begins", "Joined"), ("blanks", "join ed on")] {
        let rows: [&[&str]; 2] = [&["id", "dues", name], &["a-1", "300", "2015-01-02"]];
        for (form, check, _) in each(&format!("near_{test}"), &rows, ", ignore: \"others\"") {
            let said =
                format!("the column `{name}` is ignored, although its name is nearly that of the field `joined_on`");
            assert!(check.messages.contains(&said), "{form}: {}", check.messages);
        }
    }
    // The field has its column, and a column that was named is meant to be ignored.
    let rows: [&[&str]; 2] = [&["id", "dues", "joined_on", "joind_on"], &["a-1", "300", "2015-01-02", "x"]];
    for (form, check, _) in each("near_given", &rows, ", ignore: \"others\"") {
        assert_eq!((check.code, check.messages.as_str()), (0, ""), "{form}");
    }
    let rows: [&[&str]; 2] = [&["id", "dues", "joind_on"], &["a-1", "300", "x"]];
    for (form, check, _) in each("near_named", &rows, ", ignore: [\"joind_on\"]") {
        assert_eq!((check.code, check.messages.as_str()), (0, ""), "{form}");
    }
}

#[test]
fn a_currency_of_the_agreement_is_known_by_its_letters_in_any_case() {
    for amount in ["sek 500", "500 sek", "Sek 500", "500Sek"] {
        let rows: [&[&str]; 2] = [NAMES, &["a-1", "A", "12", amount]];
        for (form, check, eval) in each("currency", &rows, "") {
            assert_eq!((check.code, check.messages.as_str()), (0, ""), "{form} {amount}");
            assert!(eval.results.contains("§ 1 dues: 1 satisfied"), "{form}: {}", eval.results);
        }
        let told = run(&clubs("currency_look", &rows, ""), &["facts", "clubs.overens", "clubs.csv"]);
        assert!(told.results.contains("dues: SEK 500"), "{}", told.results);
    }
    // Three letters that are none of its currencies are none.
    for amount in ["max 500", "eur 500"] {
        let rows: [&[&str]; 2] = [NAMES, &["a-1", "A", "12", amount]];
        for (form, check, _) in each("no_currency", &rows, "") {
            assert_eq!(check.code, 4, "{form} {amount}");
            assert!(check.messages.contains(&format!("expected an amount for `dues`, found `{amount}`")), "{form}");
        }
    }
}

#[test]
fn cells_may_be_separated_by_bars() {
    let text = "id|name|members|dues\na-1|A|12|300\na-2|\"B|C\"|9|400\n";
    let titled = format!("Our clubs\n{text}");
    let files = [("clubs.overens", POLICY), ("clubs.csv", text), ("clubs.txt", text), ("titled.csv", &titled)];
    let folder = folder("tables/bars", &files);
    for file in ["club=clubs.csv", "club=clubs.txt"] {
        let words = ["eval", "clubs.overens", file, "--as-of", "2016-01-15", "--format", "summary"];
        let told = run(&folder, &words);
        assert_eq!(told.messages, "", "{file}");
        assert!(told.results.contains("§ 1 dues: 2 satisfied"), "{file}: {}", told.results);
        let told = run(&folder, &["facts", "clubs.overens", file]);
        assert!(told.results.contains("separated by `|`"), "{file}: {}", told.results);
        assert!(told.results.contains("delimiter: \"|\""), "{file}: {}", told.results);
    }
    let entry =
        "(as_of: \"2016-01-15\", files: [(record: \"club\", path: \"titled.csv\", rows: (from: 2), delimiter: \"|\")])";
    std::fs::write(folder.join("titled.ron"), entry).unwrap();
    let told = run(&folder, &["eval", "clubs.overens", "titled.ron", "--format", "summary"]);
    assert_eq!(told.messages, "");
    assert!(told.results.contains("§ 1 dues: 2 satisfied"), "{}", told.results);
    let told = run(&folder, &["facts", "clubs.overens", "titled.csv"]);
    assert!(told.results.contains("rows: (from: 2), delimiter: \"|\""), "{}", told.results);
}

#[test]
fn a_table_in_utf_16_without_its_mark_is_named_as_that_in_one_finding() {
    let folder = folder("tables/utf_16", &[("clubs.overens", POLICY)]);
    let units = |text: &str| -> Vec<u16> { text.encode_utf16().collect() };
    let text = "id;name;members;dues\na-1;Å;12;300\n";
    let little: Vec<u8> = units(text).iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units(text).iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let marked = [&[0xff, 0xfe], little.as_slice()].concat();
    for (name, bytes) in [("little.csv", &little), ("big.txt", &big)] {
        std::fs::write(folder.join(name), bytes).unwrap();
        let file = format!("club={name}");
        for words in [&["check", "clubs.overens", "--facts", &file][..], &["facts", "clubs.overens", &file]] {
            let told = run(&folder, words);
            assert_eq!((told.code, told.found()), (4, vec!["1 not-utf-8".to_owned()]), "{}", told.messages);
            assert!(told.messages.contains("the file looks like UTF-16; save it again as UTF-8"), "{}", told.messages);
        }
    }
    std::fs::write(folder.join("marked.csv"), marked).unwrap();
    let told = run(&folder, &["check", "clubs.overens", "--facts", "club=marked.csv"]);
    assert_eq!((told.code, told.messages.as_str()), (0, ""));
}

#[test]
fn a_decimal_comma_in_a_file_of_one_column_has_a_way_out_that_works() {
    let text = "members\n1,5\n12\n";
    let entry = "(as_of: \"2016-01-15\", files: [(record: \"club\", path: \"one.csv\", decimal: \",\")])";
    let folder = folder("tables/one", &[("clubs.overens", POLICY), ("one.csv", text), ("one.ron", entry)]);
    let told = run(&folder, &["check", "clubs.overens", "--facts", "club=one.csv"]);
    assert_eq!((told.code, told.found()), (4, vec!["1 csv-ragged".to_owned()]));
    assert!(told.messages.contains("if `1,5` is one number, set `decimal: \",\"`"), "{}", told.messages);
    let told = run(&folder, &["check", "clubs.overens", "--facts", "one.ron"]);
    assert_eq!((told.code, told.messages.as_str()), (0, ""));
    let told = run(&folder, &["facts", "clubs.overens", "club=one.csv"]);
    assert_eq!((told.code, told.messages.as_str()), (0, ""), "{}", told.results);
    assert!(told.results.contains("club 1: members: 1.5"), "{}", told.results);
    assert!(told.results.contains("delimiter: \";\", decimal: \",\""), "{}", told.results);
    // Of several columns only quotes can say it.
    let more = "id,members\na,1,5\n";
    std::fs::write(folder.join("more.csv"), more).unwrap();
    let told = run(&folder, &["check", "clubs.overens", "--facts", "club=more.csv"]);
    assert!(told.messages.contains("if `1,5` is one number, write `\"1,5\"`"), "{}", told.messages);
}

#[test]
fn of_several_fields_with_the_words_of_a_heading_the_one_that_fits_its_cells_is_meant() {
    let rows: [&[&str]; 3] =
        [&["id", "Joined", "Left"], &["a-1", "2014-01-01", "2015-01-01"], &["a-2", "2014-01-02", "2015-01-02"]];
    let folder = clubs("left", &rows, "");
    for form in FORMS {
        let told = run(&folder, &["facts", "clubs.overens", &format!("club=clubs.{form}")]);
        assert!(
            told.results.contains("columns: { \"Joined\": \"joined_on\", \"Left\": \"left_on\" }"),
            "{form}: {}",
            told.results
        );
    }
}

#[test]
fn another_currency_over_a_column_of_amounts_is_reported() {
    let found = |heading: &str| {
        let entry = format!(", columns: {{ \"{heading}\": \"dues\" }}");
        each("over", &[&["id", "name", "members", heading], &["a-1", "A", "12", "300"]], &entry)
    };
    for heading in [
        "dues",
        "dues (SEK)",
        "dues sek",
        "dues kr",
        "Avgift kronor",
        "svenska kronor",
        "dues SEK (EUR excluded)",
        "dues m.m.",
        "dues per capita",
        "Avgift 25 %",
        "Million Club dues",
        "EURO 2015",
        "ALL dues",
    ] {
        for (form, check, _) in found(heading) {
            assert_eq!((check.code, check.found()), (0, vec![]), "{form} {heading}: {}", check.messages);
        }
    }
    for (heading, other) in [
        ("dues (EUR)", "EUR"),
        ("dues tkr", "tkr"),
        ("Avgift i €", "€"),
        ("dues_usd", "usd"),
        ("dues (INR)", "INR"),
        ("Euro", "Euro"),
        ("Belopp (euro)", "euro"),
        ("dues Nkr", "Nkr"),
        ("dues nok", "nok"),
        ("dues (MSEK)", "MSEK"),
        ("dues (1000 kr)", "1000"),
        ("dues i 1000-tal", "1000"),
        ("dues CZK", "CZK"),
        ("duesEUR", "EUR"),
        ("dues zł", "zł"),
        ("dues US dollars", "US dollars"),
        ("dues pounds", "pounds"),
        ("Avgift i euro", "euro"),
        ("dues EUR/SEK", "EUR"),
        ("Avgift i norska kronor", "norska kronor"),
        ("dues (k)", "k"),
        ("dues K SEK", "K"),
        ("T kr", "T"),
        ("dues (SEK m)", "m"),
        ("dues (SEKm)", "SEKm"),
        ("dues EURbn", "EURbn"),
        ("dues (thous.)", "thous"),
        ("dues £m", "£m"),
        ("dues (000)", "000"),
        ("dues '000", "000"),
        ("dues 000s", "000s"),
        ("Avgift i hundratal kr", "hundratal"),
        ("Avgift (%)", "%"),
        ("dues ¢", "¢"),
        ("Betrag in Tausend", "Tausend"),
        ("Betrag (Tsd.)", "Tsd"),
        ("Montant en milliers", "milliers"),
        ("Avgift Mdr", "Mdr"),
        ("dues miljoner", "miljoner"),
        ("Avgift cent", "cent"),
        ("Avgift procent", "procent"),
        ("dues percent", "percent"),
        ("dues ¥", "¥"),
        ("dues Fr.", "Fr"),
        ("dues (FIM)", "FIM"),
        ("dues (DEM)", "DEM"),
        ("dues lira", "lira"),
        ("dues (lei)", "lei"),
        ("dues i finska mark", "finska mark"),
        ("dues hundra", "hundra"),
        ("dues (lakh)", "lakh"),
        ("dues (руб.)", "руб"),
        ("dues thousand", "thousand"),
        ("dues k", "k"),
        ("dues/1000", "1000"),
        ("dues / 1000", "1000"),
        ("dues 10^3 SEK", "10^3"),
        ("dues (100-tal kr)", "100"),
        ("dues (10 000-tal)", "000"),
        ("dues (1000kr)", "1000"),
        ("dues kr 1000", "1000"),
    ] {
        for (form, check, _) in found(heading) {
            assert_eq!(check.found().len(), 1, "{form} {heading}: {}", check.messages);
            let said = format!(
                "warning[csv-guessed]: the heading of this column names `{other}`, but its numbers are read as `dues` in SEK"
            );
            assert!(check.messages.contains(&said), "{form} {heading}: {}", check.messages);
        }
    }
}

#[test]
fn ids_that_are_there_twice_are_one_finding_for_a_file() {
    let mut rows: Vec<&[&str]> = vec![NAMES];
    rows.extend([&["a-1", "A", "12", "300"][..], &["a-2", "B", "9", "400"]].repeat(40));
    for (form, check, _) in each("twice", &rows, "") {
        assert_eq!(check.code, 4, "{form}");
        let found = check.messages.matches("error[duplicate-id]").count();
        assert_eq!(found, 1, "{form}: {}", check.messages);
        let said = "two `club` records have the id `a-1`; and 77 others like it, such as `a-2`";
        assert!(check.messages.contains(said), "{form}: {}", check.messages);
    }
}

#[test]
fn programs_are_told_the_sheet_and_the_cell_of_a_fact() {
    let rows = data(&[NAMES, &["a-1", "A", "< s=\"0\"><v>12</v>", "x"]]);
    let folder = folder("tables/places", &[("clubs.overens", POLICY)]);
    std::fs::write(folder.join("clubs.xlsx"), book(&[("Klubbar", &rows)], &[], "")).unwrap();
    let told =
        |form: &str| run(&folder, &["check", "clubs.overens", "--facts", "club=clubs.xlsx", "--format", form]).results;
    assert!(told("csv").contains(",Klubbar,D2\n"), "{}", told("csv"));
    assert!(told("jsonl").contains("\"sheet\":\"Klubbar\",\"cell\":\"D2\""), "{}", told("jsonl"));
    assert!(told("github").contains("(sheet Klubbar, cell D2)"), "{}", told("github"));
    let sarif = told("sarif");
    let place = "\"logicalLocations\":[{\"name\":\"D2\",\"fullyQualifiedName\":\"Klubbar!D2\"}]";
    assert!(sarif.contains(place) && sarif.contains("(sheet Klubbar, cell D2)"), "{sarif}");
}

#[test]
fn where_the_first_sheet_is_empty_another_one_is_offered() {
    let rows = data(&[NAMES, &["a-1", "A", "12", "300"]]);
    let folder = folder("tables/empty_first", &[("clubs.overens", POLICY)]);
    std::fs::write(folder.join("clubs.xlsx"), book(&[("Tom", ""), ("Data", &rows)], &[], "")).unwrap();
    let told = run(&folder, &["check", "clubs.overens", "--facts", "club=clubs.xlsx"]);
    assert_eq!(told.code, 4);
    assert!(told.messages.contains("this sheet is empty"), "{}", told.messages);
    assert!(told.messages.contains("`sheet: \"Data\"`"), "{}", told.messages);
}

#[test]
fn what_is_packed_is_named_as_what_it_is() {
    let rows: [&[&str]; 2] = [NAMES, &["a-1", "A", "12", "300"]];
    let folder = folder("tables/packed", &[("clubs.overens", POLICY)]);
    let xlsx = book(&[("Clubs", &data(&rows))], &[], "");
    let xls = include_bytes!("../cases/tables/meetings.xls").to_vec();
    for (name, bytes, kind) in [("a.csv", xlsx, "xlsx"), ("b.tsv", ods(&ods_rows(&rows)), "ods"), ("c.txt", xls, "xls")]
    {
        std::fs::write(folder.join(name), bytes).unwrap();
        let told = run(&folder, &["check", "clubs.overens", "--facts", &format!("club={name}")]);
        assert_eq!((told.code, told.found().len()), (4, 1), "{}", told.messages);
        let said = format!("this file is an `.{kind}` spreadsheet, not text, despite its name");
        assert!(told.messages.contains(&said), "{}", told.messages);
        assert!(told.messages.contains(&format!("rename it to end in `.{kind}`")), "{}", told.messages);
    }
    std::fs::write(folder.join("d.csv"), super::load_sheets::packed(&[("a.csv", "id\na\n".to_owned())])).unwrap();
    let told = run(&folder, &["check", "clubs.overens", "--facts", "club=d.csv"]);
    assert!(told.messages.contains("this file is an archive, not text, despite its name"), "{}", told.messages);
    assert!(told.messages.contains("unpack it, and use the file inside"), "{}", told.messages);
}

#[test]
fn a_table_without_column_names_is_not_taken_for_one_with_them() {
    let rows: [&[&str]; 2] = [&["a-1", "A", "12", "2015-01-02"], &["a-2", "B", "9", "2015-02-01"]];
    let folder = clubs("nameless", &rows, "");
    for form in FORMS {
        let told = run(&folder, &["facts", "clubs.overens", &format!("club=clubs.{form}")]);
        let said = "To decide: row 1 is read as the column names, but looks like a record";
        assert!(told.results.contains(said), "{form}: {}", told.results);
    }
}

#[test]
fn a_column_beside_amounts_that_says_another_currency_or_thousands_is_reported() {
    let found = |heading: &str, units: [&str; 3]| {
        let row = |id: &'static str, unit: &'static str| [id, "A", "12", "300", unit];
        let units = units.map(|unit| &*unit.to_owned().leak());
        let rows = [row("a-1", units[0]), row("a-2", units[1]), row("a-3", units[2])];
        let heading = ["id", "name", "members", "dues", &*heading.to_owned().leak()];
        let all: Vec<&[&str]> = std::iter::once(&heading[..]).chain(rows.iter().map(|row| &row[..])).collect();
        each("units", &all, ", ignore: \"others\"")
    };
    for (heading, units) in [
        ("Valuta", ["SEK", "SEK", ""]),
        ("Currency", ["kr", "sek", "SEK"]),
        ("Enhet", ["st", "st", "st"]),
        ("Sort", ["kr", "kr", "kr"]),
        ("Sort", ["EUR", "stor", "EUR"]),
    ] {
        for (form, check, _) in found(heading, units) {
            assert_eq!((check.code, check.found()), (0, vec![]), "{form} {heading}: {}", check.messages);
        }
    }
    for (heading, units, said) in [
        (
            "Valuta",
            ["SEK", "EUR", "SEK"],
            "the column `Valuta` says `EUR` in this row, but numbers are read as `dues` in SEK",
        ),
        ("currency", ["NOK", "EUR", "SEK"], "says `NOK` in this row and 1 more, but"),
        ("Enhet", ["tkr", "tkr", "tkr"], "says `tkr` in this row and 2 more, but"),
        ("Unit", ["", "1000 SEK", ""], "says `1000 SEK` in this row, but"),
        // Whatever it is called, it holds nothing else.
        ("Sort", ["EUR", "SEK", ""], "the column `Sort` says `EUR` in this row, but"),
        ("", ["SEK", "EUR", "EUR"], "a column without a name says `EUR` in this row and 1 more, but"),
    ] {
        for (form, check, _) in found(heading, units) {
            assert_eq!(check.found().len(), 1, "{form} {heading}: {}", check.messages);
            assert!(check.messages.contains(said), "{form} {heading}: {}", check.messages);
        }
    }
}

#[test]
fn thousands_above_the_column_names_are_reported() {
    let rows: [&[&str]; 3] = [&["Belopp i tkr", "", "", ""], NAMES, &["a-1", "A", "12", "300"]];
    for (form, check, _) in each("above", &rows, ", rows: (from: 2)") {
        let said = "`tkr` is written above the column names, but numbers are read as `dues` in SEK";
        assert!(check.found().len() == 1 && check.messages.contains(said), "{form}: {}", check.messages);
    }
    let rows: [&[&str]; 3] = [&["Föreningar 2015, belopp i kr", "", "", ""], NAMES, &["a-1", "A", "12", "300"]];
    for (form, check, _) in each("above_not", &rows, ", rows: (from: 2)") {
        assert_eq!((check.code, check.found()), (0, vec![]), "{form}: {}", check.messages);
    }
}

#[test]
fn two_rows_and_their_sum_of_several_digits_look_like_a_total() {
    for (sum, count) in [("705", 1), ("706", 0)] {
        let rows: [&[&str]; 4] =
            [NAMES, &["a-1", "A", "", "302"], &["a-2", "B", "", "403"], &["z-1", "Hela länet", "", sum]];
        for (form, check, _) in each("two_rows", &rows, "") {
            assert_eq!(check.found().len(), count, "{form}: {}", check.messages);
        }
    }
    // Round numbers add up by chance.
    let rows: [&[&str]; 4] = [NAMES, &["a-1", "A", "", "300"], &["a-2", "B", "", "400"], &["a-3", "C", "", "700"]];
    for (form, check, _) in each("round", &rows, "") {
        assert_eq!((check.code, check.found()), (0, vec![]), "{form}: {}", check.messages);
    }
}

#[test]
fn a_sheet_of_a_text_file_is_a_mistake() {
    for (form, check, eval) in each("sheet", &[NAMES, &["a-1", "A", "12", "300"]], ", sheet: \"Clubs\"") {
        let (code, found) = if form == "csv" { (4, 1) } else { (0, 0) };
        let found = (code, found);
        if form != "ods" {
            assert_eq!((check.code, check.found().len()), found, "{form}: {}", check.messages);
        }
        if form == "csv" {
            let said = "error[spreadsheet]: `clubs.csv` is not a spreadsheet, so it has no sheet `Clubs`";
            assert!(check.messages.contains(said) && eval.messages.contains(said), "{}", check.messages);
        }
    }
}

#[test]
fn a_hint_repeats_a_word_as_a_whole_or_not_at_all() {
    let long = "Ja, men först efter att styrelsen har sammanträtt och beslutat om det hela";
    let rows = |word: &'static str| [vec!["id", "left_early"], vec!["a-1", word]];
    for (word, hint) in [("Kanske", "words: { \"Kanske\": \"…\" }"), (long, "help: write `yes` or `no`\n")] {
        let rows = rows(word);
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        for (form, check, _) in each("hint", &rows, "") {
            assert!(check.messages.contains(hint), "{form}: {}", check.messages);
            assert!(!check.messages.contains("…\": \""), "{form}: {}", check.messages);
        }
    }
}

#[test]
fn the_comma_of_a_title_separates_nothing() {
    let texts = [
        (
            "title",
            "Föreningar, utan semikolon\nid;name;members;dues\na-1;A;12;300\na-2;B;9;400\n",
            ", rows: (from: 2)",
            0,
        ),
        ("title_untold", "Föreningar, utan semikolon\nid;name;members;dues\na-1;A;12;300\n", "", 1),
        ("decimals", "Klubbar, 2015\nid;name;members;dues\na-1;A;12;300,50\na-2;B;9;400,50\n", "", 1),
    ];
    for (test, text, entry, wrong) in texts {
        let entry = format!(
            "(agreement: \"clubs\", as_of: \"2016-01-15\", files: [(record: \"club\", path: \"t.csv\"{entry})])"
        );
        let folder =
            folder(&format!("tables/comma_{test}"), &[("clubs.overens", POLICY), ("t.csv", text), ("t.ron", &entry)]);
        let told = run(&folder, &["check", "clubs.overens", "--facts", "t.ron"]);
        assert_eq!(told.found().len(), wrong, "{test}: {}", told.messages);
        if wrong > 0 {
            let said = "if the column names are in row 2, set `rows: (from: 2)`";
            assert!(told.messages.contains(said), "{test}: {}", told.messages);
        }
    }
    // A table with commas stays one.
    let text = "id,name,members,dues\na-1,\"A;B\",12,300\na-2,\"C;D\",9,400\n";
    let folder = folder("tables/comma_table", &[("clubs.overens", POLICY), ("t.csv", text)]);
    let told = run(&folder, &["check", "clubs.overens", "--facts", "club=t.csv"]);
    assert_eq!((told.code, told.found()), (0, vec![]), "{}", told.messages);
}

#[test]
fn merged_and_hidden_cells_are_named_and_those_of_a_title_are_not() {
    let rows: [&[&str]; 5] = [
        &["Clubs", "2015", "", ""],
        NAMES,
        &["a-1", "A", "12", "300"],
        &["a-2", "B", "9", "400"],
        &["a-3", "C", "9", "500"],
    ];
    let hidden = data(&rows).replace("<row r=\"4\">", "<row r=\"4\" hidden=\"1\">");
    let merged = |ranges: &str| format!("{hidden}</sheetData><mergeCells>{ranges}</mergeCells><sheetData>");
    let folder = folder(
        "tables/merged",
        &[
            ("clubs.overens", POLICY),
            (
                "f.ron",
                "(agreement: \"clubs\", as_of: \"2016-01-01\", files: [(record: \"club\", path: \"clubs.xlsx\", rows: (from: 2))])",
            ),
        ],
    );
    let told = |ranges: &str| {
        std::fs::write(folder.join("clubs.xlsx"), book(&[("Clubs", &merged(ranges))], &[], "")).unwrap();
        run(&folder, &["check", "clubs.overens", "--facts", "f.ron"]).messages
    };
    let title = told("<mergeCell ref=\"A1:B1\"/>");
    assert!(!title.contains("merged"), "{title}");
    let both = told("<mergeCell ref=\"A1:B1\"/><mergeCell ref=\"C3:C4\"/>");
    assert!(both.contains("cell A3: warning[csv-rows]: the sheet `Clubs` has merged cells, `C3:C4`"), "{both}");
    let said =
        "cell A4: warning[csv-rows]: 1 row and no columns of the sheet `Clubs` are hidden, row 4; they are still read";
    assert!(both.contains(said), "{both}");
}

#[test]
fn a_footnote_in_a_number_is_an_error_at_its_cell_and_in_a_text_a_warning() {
    let with = |text: &str, mark: &str| {
        format!(
            "< t=\"inlineStr\"><is><r><t>{text}</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>{mark}</t></r></is>"
        )
    };
    let (id, name, members, dues) = (with("a-2", "1"), with("A", "1"), with("12", "1"), with("9", "2"));
    let told = |test: &str, entry: &str| {
        let rows: [&[&str]; 4] =
            [NAMES, &["a-1", &name, &members, "300"], &[&id, "B", &dues, "400"], &["Total", "", &members, "700"]];
        let facts = format!(
            "(agreement: \"clubs\", as_of: \"2016-01-01\", files: [(record: \"club\", path: \"clubs.xlsx\", {entry})])"
        );
        let folder = folder(test, &[("clubs.overens", POLICY), ("f.ron", &facts)]);
        std::fs::write(folder.join("clubs.xlsx"), book(&[("Clubs", &data(&rows))], &[], "")).unwrap();
        run(&folder, &["check", "clubs.overens", "--facts", "f.ron"])
    };
    let all = told("tables/footnotes", "rows: (until: \"Total\")");
    assert_eq!(all.found(), ["B2 csv-guessed", "C2 cell-error", "A3 cell-error"], "{}", all.messages);
    let message =
        "a part of this cell is superscript, but would be read as part of `121`; and the same in 1 more place";
    assert!(all.messages.contains(message), "{}", all.messages);
    assert!(all.messages.contains("is superscript, but is read as part of `A1`"), "{}", all.messages);
    // What is left out is not told.
    let rest = told("tables/footnotes_left", "rows: (until: \"Total\"), ignore: [\"C\", \"B\"]");
    assert_eq!(rest.found(), ["A3 cell-error"], "{}", rest.messages);
}

#[test]
fn a_day_far_back_is_told_and_a_year_in_a_cell_of_days_by_its_number() {
    let told = |test: &str, form: &str, cell: &str| {
        let names = [NAMES[0], NAMES[1], NAMES[2], NAMES[3], "joined_on"];
        let rows: [&[&str]; 2] = [&names, &["a-1", "A", "12", "300", cell]];
        let facts = format!(
            "(agreement: \"clubs\", as_of: \"2016-01-01\", files: [(record: \"club\", path: \"clubs.{form}\")])"
        );
        let folder = folder(test, &[("clubs.overens", POLICY), ("f.ron", &facts)]);
        let bytes = match form {
            "csv" => rows.map(|row| row.join(";")).join("\n").into_bytes(),
            _ => book(&[("Clubs", &data(&rows))], &[], ""),
        };
        std::fs::write(folder.join(format!("clubs.{form}")), bytes).unwrap();
        run(&folder, &["check", "clubs.overens", "--facts", "f.ron"])
    };
    let year = told("tables/year", "xlsx", "< t=\"d\"><v>1905-07-16</v>");
    assert_eq!(year.found(), ["E2 far-back"], "{}", year.messages);
    assert!(
        year.messages.contains("`joined_on` is 1905-07-16: the cell rather holds the year 2024"),
        "{}",
        year.messages
    );
    // As text it is what somebody wrote.
    assert_eq!(told("tables/day_1905", "csv", "1905-07-16").found(), [""; 0]);
    let back = told("tables/year_24", "csv", "0024-02-15");
    assert_eq!(back.found().len(), 1, "{}", back.messages);
    assert!(
        back.messages.contains("`joined_on` is 0024-02-15, more than 125 years before 2016-01-01"),
        "{}",
        back.messages
    );
    assert_eq!(told("tables/day_1891", "csv", "1891-01-01").found(), [""; 0]);
}

#[test]
fn an_empty_word_has_no_meaning() {
    let facts = "(agreement: \"clubs\", as_of: \"2016-01-01\", files: [(record: \"club\", path: \"t.csv\", words: {\"\": \"no\"})])";
    let text = "id;name;members;dues;left_early\na-1;A;12;300;\n";
    let folder = folder("tables/empty_word", &[("clubs.overens", POLICY), ("t.csv", text), ("f.ron", facts)]);
    let told = run(&folder, &["check", "clubs.overens", "--facts", "f.ron"]);
    assert_eq!(told.found().len(), 1, "{}", told.messages);
    assert!(told.messages.contains("`words` cannot give an empty cell the meaning `no`"), "{}", told.messages);
}

#[test]
fn what_is_hidden_or_merged_where_nothing_is_read_is_not_told() {
    let rows: [&[&str]; 7] = [
        &[NAMES[0], NAMES[1], NAMES[2], NAMES[3], "Note"],
        &["a-1", "A", "12", "300", "x"],
        &["North", "", "", "", "z"],
        &["a-2", "B", "9", "400", "y"],
        &["a-3", "C", "9", "500"],
        &["Total", "", "30", "1200"],
        &["Checked", "by", "the", "board"],
    ];
    let columns = "<cols><col min=\"5\" max=\"5\" hidden=\"1\"/></cols>";
    let merged =
        "<mergeCell ref=\"A3:D3\"/><mergeCell ref=\"E4:E5\"/><mergeCell ref=\"A7:D7\"/><mergeCell ref=\"D2:E2\"/>";
    let told = |name: &str, entry: &str, hidden: &str| {
        let rows = data(&rows).replace(hidden, &format!("{} hidden=\"1\">", hidden.trim_end_matches('>')));
        let rows = format!("{rows}</sheetData>{columns}<mergeCells>{merged}</mergeCells><sheetData>");
        let facts = format!(
            "(agreement: \"clubs\", as_of: \"2016-01-01\", files: [(record: \"club\", path: \"clubs.xlsx\", {entry})])"
        );
        let folder = folder(name, &[("clubs.overens", POLICY), ("f.ron", &facts)]);
        std::fs::write(folder.join("clubs.xlsx"), book(&[("Clubs", &rows)], &[], "")).unwrap();
        run(&folder, &["check", "clubs.overens", "--facts", "f.ron"]).messages
    };
    let entry = |ignore: &str| format!("ignore: {ignore}, rows: (until: \"Total\", skip: [\"North\"])");
    for ignore in ["\"others\"", "[\"Note\"]", "[\"E\"]"] {
        let below = told("tables/unseen", &entry(ignore), "<row r=\"7\">");
        assert!(!below.contains("hidden") && !below.contains("merged"), "{below}");
    }
    // A record is read, and so is a column that gives a field.
    let read = told("tables/unseen", &entry("[\"Note\"]"), "<row r=\"4\">");
    assert!(
        read.contains("cell A4: warning[csv-rows]: 1 row and no columns of the sheet `Clubs` are hidden, row 4"),
        "{read}"
    );
    let read = told("tables/unseen", "ignore: [\"Note\"]", "<row r=\"7\">");
    assert!(read.contains("1 row and no columns of the sheet `Clubs` are hidden, row 7"), "{read}");
    assert!(read.contains("the sheet `Clubs` has merged cells in 2 places, such as `A3:D3`"), "{read}");
}
