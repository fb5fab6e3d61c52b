//! Rows that are called like totals, stand behind them or below the table: no record is lost and none is made up without a word, the same
//! in a text, a workbook and an OpenDocument sheet. And what stands above a column of what it is in.

use std::path::Path;

use super::terminal_agreements::overens;
use super::terminal_parts::{FORMS, looked_at, parts};
use super::terminal_tables::run;

const NAMES: &[&str] = &["id", "name", "dues", "paid"];
const WHOLE: &[&str] = &["record: \"club\", path: \"@\""];

/// The messages of a check of these rows as one entry reads them, in each form, and how it ended.
fn checked(test: &str, rows: &[&[&str]], entry: &str) -> Vec<(i32, String)> {
    let folder = parts(test, rows, &[&format!("({}{entry})", WHOLE[0])]);
    let check = |form| {
        let told = run(&folder, &["check", "clubs.overens", "--facts", &format!("{form}.ron")]);
        (told.code, told.messages)
    };
    FORMS.into_iter().map(check).collect()
}

fn is_silent(test: &str, rows: &[&[&str]], entry: &str) {
    for (code, told) in checked(test, rows, entry) {
        assert_eq!((code, told.as_str()), (0, ""), "{test}");
    }
}

fn says(test: &str, rows: &[&[&str]], entry: &str, words: &str) {
    for (_, told) in checked(test, rows, entry) {
        assert!(told.contains(words), "{test}: {told}");
        assert_eq!(told.matches("warning[").count() + told.matches("error[").count(), 1, "{test}: {told}");
    }
}

/// The clubs that are read when the entry that the first look writes is saved.
fn clubs_of(folder: &Path, form: &str) -> Vec<String> {
    let (entry, all) = looked_at(folder, form);
    let text = format!("(agreement: \"clubs\", as_of: \"2016-01-15\", files: [{}])", entry.trim_end_matches(','));
    std::fs::write(folder.join("own.ron"), text).unwrap();
    let (_, results, told) = overens(folder, &["eval", "clubs.overens", "own.ron", "--all", "--format", "jsonl"]);
    let subject = |line: &str| {
        Some(line.split_once("\"clause\":\"dues\",")?.1.split_once("\"bearer\":\"")?.1.split_once('"')?.0.to_owned())
    };
    let clubs: Vec<String> = results.lines().filter_map(subject).collect();
    assert!(!clubs.is_empty(), "{all}{told}");
    clubs
}

const AHEAD: &str = "comes after the end of the rows";

#[test]
fn a_record_behind_a_total_is_read_by_the_first_look_and_told_behind_the_end() {
    let (first, second, total) =
        (&["A1", "Norr", "500", "yes"][..], &["A2", "Söder", "450", "no"][..], &["Summa", "", "950", ""][..]);
    for (test, last) in [("behind_name", ["A3", "Väster", "", ""]), ("behind_id", ["A3", "", "", ""])] {
        let rows = [NAMES, first, second, total, &last];
        let folder = parts(test, &rows, &[]);
        for form in FORMS {
            assert_eq!(clubs_of(&folder, form), ["A1", "A2", "A3"], "{form}");
        }
        says(test, &rows, ", rows: (until: \"Summa\")", AHEAD);
    }
    let rows: [&[&str]; 5] =
        [NAMES, &["Norr", "N", "500", "yes"], &["Söder", "S", "450", "no"], total, &["Väster", "V", "", ""]];
    let folder = parts("behind_words", &rows, &[]);
    for form in FORMS {
        assert_eq!(clubs_of(&folder, form), ["Norr", "Söder", "Väster"], "{form}");
    }
    says("behind_words", &rows, ", rows: (until: \"Summa\")", AHEAD);
}

#[test]
fn notes_and_means_behind_the_end_are_no_records() {
    let three: &[&str] = &["id", "name", "dues"];
    let (first, second, total) = (&["A", "Norr", "500"][..], &["B", "Söder", "450"][..], &["Summa", "", "950"][..]);
    for (at, note) in [
        ["Upprättad av", "Eva", ""],
        ["Källa:", "registret", ""],
        ["Utskrivet", "2015-12-31", ""],
        ["Medel", "", "475"],
        ["varav betalt", "", "500"],
        ["Lämnad av", "Eva", ""],
    ]
    .iter()
    .enumerate()
    {
        let rows = [three, first, second, total, note];
        is_silent(&format!("note_{at}"), &rows, ", rows: (until: \"Summa\")");
    }
    let numbers: [&[&str]; 5] = [
        &["id", "dues", "deposit"],
        &["A1", "500", "100"],
        &["A2", "450", "100"],
        &["Totalt", "950", "200"],
        &["Medel", "475", "100"],
    ];
    is_silent("mean_behind", &numbers, ", rows: (until: \"Totalt\")");
}

#[test]
fn a_record_with_an_id_of_its_own_is_none_of_the_totals_that_it_is_called_like() {
    let names: &[&str] = &["name", "id", "dues", "joined_on", "paid"];
    let rows: [&[&str]; 4] = [
        names,
        &["Norr", "A1", "500", "2011-01-01", "yes"],
        &["Söder", "A2", "450", "2011-01-01", "yes"],
        &["Total Bi", "A9", "450", "", ""],
    ];
    let folder = parts("own_id", &rows, &[]);
    for form in FORMS {
        assert_eq!(clubs_of(&folder, form), ["A1", "A2", "A9"], "{form}");
    }
    is_silent("own_id", &rows, "");
    says("own_id", &rows, ", rows: (until: \"Total Bi\")", AHEAD);
    says("own_id", &rows, ", rows: (skip: [\"Total\"])", "ignored because it begins with `Total`");
    // Called nothing but so, with the number of an organisation.
    let total: [&[&str]; 4] = [
        names,
        &["Norr", "802400-1111", "500", "2011-01-01", "yes"],
        &["Söder", "802400-2222", "450", "2011-01-01", "yes"],
        &["Total", "802400-3333", "300", "", ""],
    ];
    let folder = parts("own_number", &total, &[]);
    for form in FORMS {
        assert_eq!(clubs_of(&folder, form).len(), 3, "{form}");
    }
    // Behind a total.
    let behind: [&[&str]; 5] = [rows[0], rows[1], rows[2], &["Summa", "", "950", "", ""], rows[3]];
    says("own_behind", &behind, ", rows: (until: \"Summa\")", AHEAD);
    let folder = parts("own_behind", &behind, &[]);
    for form in FORMS {
        assert_eq!(clubs_of(&folder, form), ["A1", "A2", "A9"], "{form}");
    }
}

#[test]
fn totals_of_parts_with_a_name_behind_the_word_are_told_by_what_they_add_up() {
    const TOTAL: &str = "this row looks like a total of the rows above it, but is read as one of them";
    for (test, ids, words) in [
        ("parts_codes", ["A1", "A2", "B1", "B2"], ["Summa Norr", "Subtotal South"]),
        ("parts_names", ["Berga", "Dala", "Eke", "Falla"], ["Norr totalt", "Total South"]),
    ] {
        let rows: [&[&str]; 7] = [
            &["id", "dues", "deposit"],
            &[ids[0], "500", "100"],
            &[ids[1], "450", "120"],
            &[words[0], "950", "220"],
            &[ids[2], "510", "100"],
            &[ids[3], "430", "130"],
            &[words[1], "940", "230"],
        ];
        for (code, told) in checked(test, &rows, "") {
            assert!(code == 0 && told.contains(&format!("{TOTAL}; and the same in 1 more place")), "{told}");
        }
        let folder = parts(test, &rows, &[]);
        for form in FORMS {
            assert_eq!(clubs_of(&folder, form), ids, "{form}");
        }
        is_silent(test, &rows, &format!(", rows: (skip: [\"{}\", \"{}\"])", words[0], words[1]));
    }
    // What adds nothing up among names is a name.
    let rows: [&[&str]; 4] = [&["id", "dues"], &["Berga", "500"], &["Dala", "450"], &["Total Fitness", "400"]];
    is_silent("parts_none", &rows, "");
    says("parts_none", &rows, ", rows: (until: \"Total\")", AHEAD);
}

#[test]
fn an_empty_cell_or_a_column_that_is_left_out_makes_no_total() {
    let names: &[&str] = &["id", "name", "dues", "joined_on", "paid", "x"];
    let row = |id: &'static str, x: &'static str| [id, "N", "500", "2011-01-01", "yes", x];
    let rows = [row("Berga", "u"), row("Dala", "u"), row("Total Bi", ""), row("Eke", "u"), row("Falla", "u")];
    let rows: Vec<&[&str]> = std::iter::once(names).chain(rows.iter().map(|row| &row[..])).collect();
    is_silent("ignored_empty", &rows, ", ignore: [\"x\"]");
    let extent: [&[&str]; 5] = [
        &["id", "name", "dues", "Omfattning"],
        &["A1", "N1", "500", "Delvis"],
        &["A2", "N2", "501", "Total"],
        &["A3", "N3", "502", "Delvis"],
        &["A4", "N4", "503", "Ingen"],
    ];
    is_silent("ignored_word", &extent, ", ignore: \"others\"");
}

#[test]
fn rows_below_a_table_whose_ids_have_digits_are_notes_where_they_have_words() {
    let rows: [&[&str]; 6] = [
        &["id", "name", "dues", "joined_on", "paid"],
        &["A1", "Ann", "500", "2011-01-01", "yes"],
        &["A2", "Bo*", "450", "2012-01-01", "no"],
        &["Stand", "31.12.2015", "", "", ""],
        &["a)", "slutat", "", "", ""],
        &["N", "nej", "", "", ""],
    ];
    says("unlike", &rows, "", "3 rows look like notes below the table, but are read as its rows");
}

#[test]
fn another_currency_above_a_column_is_an_error() {
    let table = |above: &[&'static str; 3], names: &[&'static str; 3]| {
        [above.to_vec(), names.to_vec(), vec!["1", "500", "100"], vec!["2", "450", "100"]]
    };
    let entry = |name: &str| format!(", rows: (from: 2), columns: {{ \"{name}\": \"dues\" }}");
    for (at, (above, names, said)) in [
        (["", "EUR", "SEK"], ["id", "dues", "deposit"], "its numbers are read as `dues` in SEK"),
        (["", "EUR", ""], ["id", "dues (SEK)", "deposit"], "its name says SEK, in which `dues` is read"),
        (["", "2015 (SEK)", "2015 (EUR)"], ["id", "dues", "deposit"], "its numbers are read as `deposit` in SEK"),
        (["", "tkr", "kr"], ["id", "dues", "deposit"], "its numbers are read as `dues` in SEK"),
    ]
    .into_iter()
    .enumerate()
    {
        let rows = table(&above, &names);
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        for (code, told) in checked(&format!("above_{at}"), &rows, &entry(names[1])) {
            assert!(code == 4 && told.contains("facts-other-currency") && told.contains(said), "{at}: {told}");
        }
    }
    for (at, above) in [["", "SEK", "SEK"], ["", "kr", "2015"], ["Register", "2014", "2015"]].iter().enumerate() {
        let rows = table(above, &["id", "dues", "deposit"]);
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        is_silent(&format!("above_own_{at}"), &rows, ", rows: (from: 2)");
    }
    // A title says so of all, against the name of a column.
    let rows: [&[&str]; 3] = [&["Amounts in EUR", "", ""], &["id", "dues (SEK)", "deposit"], &["1", "500", "100"]];
    says("above_title", &rows, &entry("dues (SEK)"), "but the column `dues (SEK)` says SEK");
}

#[test]
fn a_title_with_an_amount_in_it_says_nothing_of_the_others() {
    let (names, first): (&[&str], &[&str]) = (&["id", "dues", "name"], &["1", "500", "A"]);
    for (at, title) in [
        "1 000 kr-bidraget",
        "1000 kronor per förening",
        "Budget 1,5 mkr",
        "Tusen bikupor",
        "Register över 2 tusen",
        "2 miljoner steg",
    ]
    .iter()
    .enumerate()
    {
        is_silent(&format!("title_{at}"), &[&[*title, "", ""], names, first], ", rows: (from: 2)");
    }
    for (at, title) in [
        "Amounts in €000",
        "1 000-tals kronor",
        "Budget 2015 tkr",
        "Belopp i tusental",
        "Belopp i mdr",
        "Amounts in EURm",
    ]
    .iter()
    .enumerate()
    {
        says(
            &format!("title_says_{at}"),
            &[&[*title, "", ""], names, first],
            ", rows: (from: 2)",
            "is written above the column names",
        );
    }
}

#[test]
fn a_first_look_takes_no_count_for_an_id_and_no_sparse_record_for_a_heading() {
    let counts: [&[&str]; 3] =
        [&["Antal kupor", "dues", "joined_on"], &["3", "500", "2014-01-01"], &["4", "650", "2014-01-01"]];
    let sparse: [&[&str]; 4] = [NAMES, &["A", "Norr", "500", "yes"], &["Bo", "", "", ""], &["D", "Öster", "500", "no"]];
    let inspected: [&[&str]; 3] = [&["id", "Joined", "dues"], &["A", "yes", "500"], &["B", "no", "450"]];
    let no_word: [&[&str]; 4] = [&["id", "dues", "name"], &["A", "500", "x"], &["B", "450", "y"], &["", "950", ""]];
    for form in FORMS {
        let (entry, all) = looked_at(&parts("count", &counts, &[]), form);
        assert!(!entry.contains("\"id\""), "{form}: {all}");
        assert_eq!(clubs_of(&parts("sparse", &sparse, &[]), form), ["A", "Bo", "D"], "{form}");
        let (entry, all) = looked_at(&parts("inspected", &inspected, &[]), form);
        assert!(!entry.contains("joined_on"), "{form}: {all}");
        assert_eq!(clubs_of(&parts("no_word", &no_word, &[]), form), ["A", "B"], "{form}");
    }
    // A mean at the end, without a total.
    let mean: [&[&str]; 4] = [NAMES, &["A1", "N", "500", "yes"], &["A2", "S", "450", "no"], &["Medel", "", "475", ""]];
    for form in FORMS {
        assert_eq!(clubs_of(&parts("mean_alone", &mean, &[]), form), ["A1", "A2"], "{form}");
    }
    // Words above each group of ids with digits are headings, and so are those above the first row.
    let groups: [&[&str]; 6] = [
        NAMES,
        &["Stockholm", "", "", ""],
        &["Norr", "N", "500", "yes"],
        &["Uppsala", "", "", ""],
        &["Söder", "S", "450", "no"],
        &["Väster", "V", "450", "no"],
    ];
    for form in FORMS {
        assert_eq!(clubs_of(&parts("groups", &groups, &[]), form), ["Norr", "Söder", "Väster"], "{form}");
    }
}

#[test]
fn numbers_that_the_entry_names_are_column_names_and_a_missing_id_is_like_no_other() {
    let rows: [&[&str]; 3] = [&["id", "3", "5"], &["x", "5", "500"], &["y", "6", "450"]];
    is_silent("numbered", &rows, ", columns: { \"3\": \"deposit\", \"5\": \"dues\" }");
    let rows: [&[&str]; 4] = [&["id", "dues"], &["0001", "500"], &["0002", "450"], &["", "960"]];
    for (_, told) in checked("alike", &rows, "") {
        assert!(told.contains("required-missing") && !told.contains("looks-alike"), "{told}");
    }
}

#[test]
fn a_heading_above_records_of_which_little_is_known_is_left_out() {
    let rows: [&[&str]; 7] = [
        NAMES,
        &["Norr", "", "", ""],
        &["A1", "Ek", "500", "yes"],
        &["A2", "Al", "450", "no"],
        &["Söder", "", "", ""],
        &["A3", "", "", "yes"],
        &["A4", "", "", "no"],
    ];
    let folder = parts("heading_sparse", &rows, &[]);
    for form in FORMS {
        assert_eq!(clubs_of(&folder, form), ["A1", "A2", "A3", "A4"], "{form}");
    }
}

/// The row that is called like a total is a record, and does not hide the note.
#[test]
fn a_note_below_a_record_that_is_called_like_a_total_ends_the_rows() {
    let rows: [&[&str]; 6] = [
        &["name", "dues", "paid"],
        &["Norra Harmoni", "500", "yes"],
        &["Summa Teater", "", "no"],
        &["Södra Harmoni", "450", "yes"],
        &["Summa", "950", ""],
        &["Upprättad av Anna", "", ""],
    ];
    let folder = parts("note_below_called", &rows, &[]);
    for form in FORMS {
        assert_eq!(clubs_of(&folder, form).len(), 3, "{form}");
    }
}
