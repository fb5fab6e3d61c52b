//! Values as programs and people write them: powers of ten, times of day, midnight behind a day, words for an empty cell, and what keeps
//! a spreadsheet from taking an id for a number.

use overens::diagnostics::Sink;
use overens::facts::sheet::{Decimal, Times};
use overens::load::{How, files, read_as};
use overens::source::{FileId, Sources, Text};

use super::load_facts::{MEETING, ORGANISATION, SEAT, read};
use super::load_tables::{codes, seats, table};

fn present(cell: &str, how: How) -> (Vec<String>, String) {
    let read = table("f.csv", "meeting", &format!("id;present\na;{cell}\n"), how);
    (codes(&read).into_iter().map(str::to_owned).collect(), read.value(MEETING, "a", "present"))
}

#[test]
fn a_power_of_ten_is_written_out_in_all_its_digits() {
    for (cell, number) in [
        ("1e+05", "100000"),
        ("2e5", "200000"),
        ("-1.5e3", "-1500"),
        ("1.25e-2", "0.0125"),
        ("12e-1", "1.2"),
        ("1.0E5", "100000"),
        ("0e+00", "0"),
        ("1.234567890123456789e18", "1234567890123456789"),
    ] {
        assert_eq!(present(cell, How::default()), (vec![], number.to_owned()), "{cell}");
    }
    assert_eq!(
        present("1,5e+03", How { decimal: Some(Decimal::Comma), ..How::default() }),
        (vec![], "1500".to_owned())
    );
    let (told, number) = present("1,5e+03", How::default());
    assert_eq!((told.as_slice(), number.as_str()), (&["csv-guessed".to_owned()][..], "1500"));
    // What a spreadsheet shows may have lost its last digits; and no number.
    for cell in ["1,23E+11", "1E+05", "1e", "e5", "1e5.5", "1e+", "1.e5", "1e999999999"] {
        assert_eq!(present(cell, How::default()).0, ["facts-wrong-type"], "{cell}");
    }
    let read = table("f.csv", "organisation", "id;name;paid\na;A;1e+05\nb;B;1,23E+11\n", How::default());
    assert_eq!(codes(&read), ["facts-wrong-type"]);
    assert!(read.told[0].contains("may have rounded it"), "{:?}", read.told);
}

#[test]
fn a_power_of_ten_means_the_same_in_every_notation() {
    for (name, text) in [
        ("f.json", "{\"meeting\": [{\"id\": \"a\", \"present\": 1e+05}], \"fee\": 1.5E3}"),
        ("f.ron", "(meeting: [(id: \"a\", present: 1e+05)], fee: 1.5E3)"),
        ("f.yaml", "meeting:\n  - id: a\n    present: 1e+05\nfee: 1.5E3\n"),
        ("f.toml", "fee = 1.5E3\n[[meeting]]\nid = \"a\"\npresent = 1e+05\n"),
    ] {
        let read = read(&[(name, text)]);
        assert_eq!(read.told, [""; 0], "{name}");
        assert_eq!(read.value(MEETING, "a", "present"), "100000", "{name}");
    }
}

#[test]
fn midnight_behind_a_day_is_dropped_in_every_notation_and_another_time_is_an_error() {
    let of = |day: &str| {
        [
            ("f.json", format!("{{\"seat\": [{{\"id\": \"a\", \"elected_on\": \"{day}\"}}]}}")),
            ("f.ron", format!("(seat: [(id: \"a\", elected_on: \"{day}\")])")),
            ("f.yaml", format!("seat:\n  - id: a\n    elected_on: {day}\n")),
            ("f.toml", format!("[[seat]]\nid = \"a\"\nelected_on = \"{day}\"\n")),
        ]
    };
    for day in ["2015-01-02T00:00:00.000", "2015-01-02 00:00:00", "2015-01-02T00:00:00Z", "2015-01-02T00:00:00+02:00"] {
        for (name, text) in of(day) {
            let read = read(&[(name, &text)]);
            assert_eq!(
                (read.told.len(), read.value(SEAT, "a", "elected_on")),
                (0, "2015-01-02".to_owned()),
                "{name} {day}"
            );
        }
    }
    let bare = read(&[("f.toml", "[[seat]]\nid = \"a\"\nelected_on = 2015-01-02T00:00:00Z\n")]);
    assert_eq!(bare.value(SEAT, "a", "elected_on"), "2015-01-02");
    for (name, text) in of("2015-01-02T18:00:00") {
        let read = read(&[(name, &text)]);
        assert_eq!(codes(&read), ["facts-wrong-type"], "{name}");
        assert!(
            read.told[0].contains("also has a time of day") && read.told[0].contains("`\"2015-01-02\"`"),
            "{:?}",
            read.told
        );
    }
}

#[test]
fn the_files_own_words_for_an_empty_cell_are_what_its_entry_says() {
    let how = || How { empties: vec!["na".to_owned(), "-".to_owned()], ..How::default() };
    let text = "id;name;paid;is_party\na;A;NA;-\nb;B;5;yes\n";
    let read = table("f.csv", "organisation", text, how());
    assert_eq!(read.told, [""; 0]);
    assert_eq!(
        (read.value(ORGANISATION, "a", "paid"), read.value(ORGANISATION, "a", "is_party")),
        ("?".into(), "?".into())
    );
    // An id is missing all the same.
    assert_eq!(codes(&table("f.csv", "organisation", "id;name\nNA;A\n", how())), ["required-missing"]);
    // Where the entry says nothing, the error names the option, in each sort of column.
    let read = table("f.csv", "organisation", "id;name;paid;is_party\na;NA;NA;NA\n", How::default());
    assert_eq!(codes(&read), ["csv-guessed", "facts-wrong-type", "facts-wrong-type"]);
    assert!(read.told.iter().all(|line| line.contains("`empty: [\"NA\"]`")), "{:?}", read.told);
    let read = table("f.csv", "meeting", "id;held_on;kind;host\na;-;-;-\n", How::default());
    assert_eq!(codes(&read), ["facts-wrong-type", "facts-unknown-option", "unknown-reference"]);
    assert!(read.told.iter().all(|line| line.contains("`empty: [\"-\"]`")), "{:?}", read.told);
    // In a text it may be a word.
    let how = How { words: vec![("na".to_owned(), "NA".to_owned())], ..How::default() };
    let read = table("f.csv", "organisation", "id;name\na;NA\n", how);
    assert_eq!((read.told.len(), read.value(ORGANISATION, "a", "name")), (0, "\"NA\"".to_owned()));
}

/// What is wrong with an entry.
fn entry(entry: &str) -> Vec<String> {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let text = format!("(files: [(record: \"seat\", path: \"f.csv\", {entry})])");
    let file = sources.add("f.ron", &text);
    let root = read_as(file, ("f.ron", &Text::from(text.as_str())), &How::default(), &mut problems).unwrap();
    let named = files(&root, &mut problems);
    assert_eq!((named.len(), file), (1, FileId(0)));
    super::load_facts::told(&sources, &problems)
}

#[test]
fn words_that_differ_in_case_alone_have_one_meaning() {
    assert_eq!(entry("words: {\"J\": \"yes\", \"j\": true, \"empty\": \"x\"}, empty: [\"NA\", \"-\"]"), [""; 0]);
    assert_eq!(entry("words: {\"J\": yes, \"j\": true, \"N\": no, \"n\": \"no\"}"), [""; 0]);
    let told = entry("words: {\"J\": \"yes\", \"j\": \"no\"}");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("f.ron:1:62 duplicate-key `words` gives `J` and `j` different meanings"), "{told:?}");
    assert_eq!(entry("empty: [1]").len(), 1);
    assert_eq!(entry("rows: (skip: \"Summa\")"), [""; 0]);
    assert_eq!(entry("rows: (skip: 7)").len(), 1);
}

#[test]
fn a_word_for_yes_in_any_language_cannot_be_made_to_mean_no() {
    for (word, meant) in [("nej", "yes"), ("JA", "no"), ("oui", "false"), ("sant", "no"), ("Non", "true")] {
        let how = How { words: vec![(word.to_lowercase(), meant.to_owned())], ..How::default() };
        let read = table("f.csv", "organisation", &format!("id;name;is_party\na;A;{word}\n"), how);
        assert_eq!(codes(&read), ["csv-columns"], "{word}");
    }
    for (word, meant) in [("nej", "no"), ("x", "no"), ("sant", "true")] {
        let how = How { words: vec![(word.to_owned(), meant.to_owned())], ..How::default() };
        assert_eq!(
            codes(&table("f.csv", "organisation", &format!("id;name;is_party\na;A;{word}\n"), how)),
            [""; 0],
            "{word}"
        );
    }
}

#[test]
fn what_keeps_a_spreadsheet_from_taking_an_id_for_a_number_is_no_part_of_it() {
    let read = table(
        "f.csv",
        "organisation",
        "id;name;paid\n\"=\"\"007\"\"\";\"=\"\"A \"\"\"\"B\"\"\"\"\"\"\";5\n=\"008\";'=B;6\n'-9;B;'-7\n",
        How::default(),
    );
    assert_eq!(read.told, [""; 0]);
    assert_eq!(read.value(ORGANISATION, "007", "name"), "\"A \\\"B\\\"\"");
    assert_eq!(read.value(ORGANISATION, "008", "name"), "\"=B\"");
    assert_eq!(read.value(ORGANISATION, "-9", "paid").replace('\u{a0}', " "), "SEK -7");
    // An apostrophe before a letter is one.
    let read = table("f.csv", "organisation", "id;name\n't-1;'tHart\n", How::default());
    assert_eq!(read.value(ORGANISATION, "'t-1", "name"), "\"'tHart\"");
}

#[test]
fn a_time_behind_a_day_of_a_sheet_is_told_up_to_the_last_of_it() {
    let day = |number: &str, how: How| {
        let rows = super::load_sheets::data(&[&["id", "elected_on"], &["a", &format!("< s=\"1\"><v>{number}</v>")]]);
        let read =
            super::load_sheets::read(&super::load_sheets::book(&[("Blad1", &rows)], &[], ""), "f.xlsx", "seat", how);
        let codes: Vec<String> = codes(&read).into_iter().map(str::to_owned).collect();
        (codes, read.value(SEAT, "a", "elected_on"))
    };
    let dropped = || How { times: Some(Times::Dropped), ..How::default() };
    // 23:59:59.999999 on 2015-01-02, the next day, and what is written of it with less care.
    for number in ["42006.99999999999", "42006.999999999985", "42006.9999999999"] {
        assert_eq!(day(number, How::default()), (vec!["facts-wrong-type".to_owned()], "?".to_owned()), "{number}");
        assert_eq!(day(number, dropped()), (vec![], "2015-01-02".to_owned()), "{number}");
    }
    assert_eq!(day("42007", How::default()), (vec![], "2015-01-03".to_owned()));
    assert_eq!(day("42006.5", dropped()), (vec![], "2015-01-02".to_owned()));
}

#[test]
fn yes_and_no_in_quotes_are_the_same_words_in_every_notation() {
    for (name, text) in [
        ("f.json", "{\"organisation\": [{\"id\": \"a\", \"name\": \"A\", \"is_party\": \"true\"}]}"),
        ("f.yaml", "organisation:\n  - id: a\n    name: A\n    is_party: \"true\"\n"),
        ("f.ron", "(organisation: [(id: \"a\", name: \"A\", is_party: \"true\")])"),
    ] {
        let read = read(&[(name, text)]);
        assert_eq!((read.told.len(), read.value(ORGANISATION, "a", "is_party")), (0, "true".to_owned()), "{name}");
    }
    assert_eq!(codes(&seats("id;elected_on\na;2015-01-02\n", How::default())), [""; 0]);
}
