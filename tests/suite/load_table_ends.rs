//! The ends of a table and the edges of its columns: notes below a total, rows that lack cells, and columns that are nearly
//! called like a field. Each is read in bulk and row by row, which has to tell the same.

use overens::load::{How, Rows};
use overens::source::{FileId, Span, Spanned};

use super::load_facts::{SEAT, read};
use super::load_tables::{codes, said, seats, table};

/// In which lines a note is told, and how.
fn notes(rows: &str) -> Vec<String> {
    let read = table("f.csv", "meeting", &format!("id;topics;present\n{rows}"), How::default());
    let told = read.told.iter().filter(|line| line.contains("note below") || line.contains("notes below"));
    told.map(|line| line.split(" | ").next().unwrap().to_owned()).collect()
}

const ONE: &str = "csv-rows this row looks like a note below the table, but is read as one of its rows";
const TWO: &str = "csv-rows 2 rows look like notes below the table, but are read as its rows; this is the first";

#[test]
fn rows_below_a_total_with_little_in_them_are_notes() {
    assert_eq!(notes("a;x;12\nb;y;9\nTotalt;;21\nPreliminary;;\n"), [format!("f.csv:5:1 {ONE}")]);
    assert_eq!(notes("a;x;12\nb;y;9\nTotalt;;21\n;;\nPreliminary;;\n* see below;;\n"), [format!("f.csv:6:1 {TWO}")]);
    // A record below a sum of those above it.
    assert_eq!(notes("a;x;12\nb;y;9\nSubtotal;;21\nc;z;3\n"), [""; 0]);
}

#[test]
fn a_row_apart_that_says_one_thing_is_a_note_and_one_of_the_others_is_none() {
    assert_eq!(notes("a;x;12\nb;y;9\n\nPreliminary;;\n"), [format!("f.csv:5:1 {ONE}")]);
    assert_eq!(notes("a;x;12\nb;y;9\n;;\nSource: the board;;\nPreliminary;;\n"), [format!("f.csv:5:1 {TWO}")]);
    // Directly below the others it may be a record of which nothing is known.
    assert_eq!(notes("a;x;12\nb;y;9\nc;;\n"), [""; 0]);
    assert_eq!(notes("a;;\n\nb;;\n"), [""; 0]);
    // A number by itself, and a row with more in it.
    assert_eq!(notes("a;x;12\nb;y;9\n\n7;;\n"), [""; 0]);
    assert_eq!(notes("a;x;12\nb;y;9\n\nc;z;\n"), [""; 0]);
}

#[test]
fn some_words_among_ids_of_one_word_each_are_a_note_if_nothing_stands_beside_them() {
    assert_eq!(notes("a;x;12\nb;y;9\nSee next page;;\n"), [format!("f.csv:4:1 {ONE}")]);
    assert_eq!(notes("a;x;12\nb;y;9\nPrinted 2015-12-01;;\nPage 1 of 3;;\n"), [format!("f.csv:4:1 {TWO}")]);
    // Ids of several words, too few rows above, or more in the row.
    assert_eq!(notes("North side;x;12\nb;y;9\nSouth side;;\n"), [""; 0]);
    assert_eq!(notes("a;x;12\nSouth side;;\n"), [""; 0]);
    assert_eq!(notes("a;x;12\nb;y;9\nSouth side;z;\n"), [""; 0]);
}

#[test]
fn the_columns_of_one_heading_each_give_what_is_said_of_them_or_written_over_them() {
    let text = "id;elected_on;elected_on\na;2014-01-01;2015-01-01\n";
    let how = How { columns: vec![said("C", "left_on")], ignore_others: true, ..How::default() };
    let read = seats(text, how);
    assert_eq!(codes(&read), [""; 0]);
    assert_eq!(read.value(SEAT, "a", "elected_on"), "2014-01-01");
    assert_eq!(read.value(SEAT, "a", "left_on"), "2015-01-01");
}

#[test]
fn a_column_that_is_nearly_called_like_a_field_is_told_where_it_is_ignored() {
    let others = || How { ignore_others: true, ..How::default() };
    let read = seats("id;Electedon;lefton;x\na;2014-01-01;2015-01-01;1\n", others());
    assert_eq!(
        read.told,
        [
            "f.csv:1:4 csv-guessed 2 columns are ignored, although their names are nearly those of fields: `Electedon` may be \
             `elected_on`, `lefton` may be `left_on` | if so, add `columns: { \"Electedon\": \"elected_on\", \"lefton\": \
             \"left_on\" }` to the file's `files` entry; if not, list the columns to ignore by name: `ignore: [\"Electedon\", …]`"
        ]
    );
    // A field that has its column is not meant again, and another word is another thing.
    assert_eq!(codes(&seats("id;elected_on;left_on;left\na;2014-01-01;;1\n", others())), [""; 0]);
    assert_eq!(codes(&seats("id;elected_on;lost\na;2014-01-01;1\n", others())), [""; 0]);
}

#[test]
fn a_heading_that_may_say_the_opposite_is_never_offered_for_a_field() {
    let others = || How { ignore_others: true, ..How::default() };
    for heading in ["Unelected on", "reelected_on", "Not elected on", "delected_on", "inelected", "selected on"] {
        let text = format!("id;{heading}\na;2014-01-01\n");
        assert_eq!(codes(&seats(&text, others())), [""; 0], "{heading}");
        let told = seats(&text, How::default()).told;
        assert!(told.len() == 1 && !told[0].contains("may be"), "{heading}: {told:?}");
    }
    let json = read(&[("f.json", "{\"seat\": [{\"id\": \"a\", \"unelected_on\": \"2014-01-01\"}]}")]).told;
    assert!(json.len() == 1 && !json[0].contains("did you mean"), "{json:?}");
    let how = How { columns: vec![said("Elected", "elected_on")], ignore_others: true, ..How::default() };
    let told = seats("id;Unelected\na;2014-01-01\n", how).told;
    assert!(told.len() == 1 && !told[0].contains("did you mean"), "{told:?}");
    // One slip is none of them.
    for heading in ["elcted_on", "Electd on", "elected"] {
        let told = seats(&format!("id;{heading}\na;2014-01-01\n"), others()).told;
        assert!(told.len() == 1 && told[0].contains("`elected_on`"), "{heading}: {told:?}");
    }
}

#[test]
fn how_records_are_listed_is_shown_in_the_notation_of_the_file() {
    let told = |name: &str, text: &str| read(&[(name, text)]).told.join("\n");
    let by_ids = "write the ids inside the records of a list: ";
    for (name, text, list) in [
        ("f.ron", "(seat: {\"a\": (elected_on: \"2014-01-01\")})", "`seat: [(id: \"…\", …)]`"),
        ("f.json", "{\"seat\": {\"a\": {\"elected_on\": \"2014-01-01\"}}}", "`\"seat\": [{ \"id\": \"…\", … }]`"),
        (
            "f.yaml",
            "seat:\n  a:\n    elected_on: 2014-01-01\n",
            "`seat:`, and below it a line `- id: …` for each record",
        ),
        ("f.toml", "[seat.a]\nelected_on = 2014-01-01\n", "`[[seat]]` before each record, and below it `id = \"…\"`"),
    ] {
        let told = told(name, text);
        assert!(told.contains(&format!("{by_ids}{list}")), "{told}");
    }
    let by_list = "remove it: each list has the name of its record, as in ";
    for (name, text, list) in [
        ("f.ron", "(records: {\"a\": (name: \"A\")})", "`organisation: [(id: \"…\", …)]`"),
        ("f.json", "{\"records\": [{\"name\": \"A\"}]}", "`\"organisation\": [{ \"id\": \"…\", … }]`"),
        ("f.yaml", "record:\n  name: A\n", "`organisation:`, and below it a line `- id: …` for each record"),
        ("f.toml", "[facts.a]\nname = \"A\"\n", "`[[organisation]]` before each record, and below it `id = \"…\"`"),
    ] {
        let told = told(name, text);
        assert!(told.contains(&format!("{by_list}{list}")), "{told}");
    }
}

#[test]
fn a_row_that_repeats_the_column_names_is_told() {
    let read = table("f.csv", "meeting", "id;topics\na;x\n;\nid;topics\nb;y\nid;topics\n", How::default());
    let told: Vec<&String> = read.told.iter().filter(|line| line.contains("repeats the column names")).collect();
    assert_eq!(
        told,
        [
            "f.csv:4:1 csv-rows this row repeats the column names, but is read like the other rows; and the same in 1 more place | \
             f.csv:6:1 here too | to leave out all such rows, set `rows: (skip: [\"id\"])` in the file's `files` entry; if another table begins there, \
             set the end of the rows with `rows: (until: \"id\")`"
        ]
    );
    // Names that go on are other names.
    assert_eq!(codes(&table("f.csv", "meeting", "id;topics\na;x\nid;topics2\n", How::default())), [""; 0]);
}

#[test]
fn a_table_of_which_no_column_is_read_is_an_error() {
    let others = || How { ignore_others: true, ..How::default() };
    let read = seats("x;y\na;2014-01-01\n", others());
    assert_eq!(codes(&read), ["csv-columns"]);
    assert!(
        read.told[0].starts_with("f.csv:1:1 csv-columns no column gives a field or the id of `seat`"),
        "{:?}",
        read.told
    );
    assert!(read.told[0].contains("`rows: (from: …)`"), "{:?}", read.told);
    // The id alone names the rows.
    assert_eq!(codes(&seats("id;y\na;2014-01-01\n", others())), [""; 0]);
}

#[test]
fn an_empty_margin_is_no_column() {
    let read = seats(";id;elected_on;\n;a;2014-01-01;\n;b;2014-01-02;\n", How::default());
    assert_eq!((codes(&read), read.value(SEAT, "b", "elected_on")), (vec![], "2014-01-02".to_owned()));
    let read = seats(";id;elected_on;\n;a;2014-01-01;\n;b;2014-01-02;x\n", How::default());
    assert_eq!(codes(&read), ["csv-columns"]);
    assert!(read.told[0].contains("`columns: { \"D\": \"…\" }`"), "{:?}", read.told);
}

#[test]
fn a_word_for_an_empty_cell_is_no_id_unless_the_file_says_that_it_is_one() {
    for word in ["-", "NA", "n/a", "NULL", "null", "?", "Saknas", "okänt"] {
        let text = format!("id;elected_on\na;2014-01-01\n{word};2014-01-02\nb;2014-01-03\n");
        let read = seats(&text, How::default());
        let wanted = format!("f.csv:3:1 facts-wrong-type expected an id, found `{word}`");
        assert!(read.told.len() == 1 && read.told[0].starts_with(&wanted), "{:?}", read.told);
        let own = How { words: vec![(word.to_lowercase().replace('-', ""), word.to_owned())], ..How::default() };
        let read = seats(&text, own);
        assert_eq!((codes(&read), read.facts.find(SEAT, word).is_some()), (vec![], true), "{word}");
    }
    let read = seats("id;elected_on\nnora;2014-01-01\nNAN1;2014-01-02\n-1;2014-01-03\n", How::default());
    assert_eq!(codes(&read), [""; 0]);
}

#[test]
fn rows_at_the_end_with_nothing_but_zeros_are_told() {
    let told = |rows: &str, how: How| table("f.csv", "meeting", &format!("id;topics;present\n{rows}"), how).told;
    let one = told("A1;x;5\nA2;y;6\n0;;0\n", How::default());
    assert_eq!(
        one,
        [
            "f.csv:4:1 csv-rows this row has nothing but zeros, but is read as one of the others | if it is not a record, end the \
          rows before it with `rows: (until: \"0\")`"
        ]
    );
    // Ids with letters, of which nothing is missing, are none of these, and neither are numbers from nought on.
    assert_eq!(told("A1;x;5\nA2;y;6\nA3;;0\n", How::default()), [""; 0]);
    let numbers = table("f.csv", "meeting", "id;present\n2;5\n1;6\n0;0\n", How::default());
    assert_eq!(codes(&numbers), [""; 0]);
    let two = table("f.csv", "meeting", "id;present\nA1;5\nA2;6\n0;0\n", How::default());
    assert_eq!(codes(&two), ["csv-rows"]);
}

#[test]
fn a_word_with_which_records_begin_too_is_not_offered_to_leave_out_a_row() {
    let rows = "Norra;;\nNorra;5;2014-01-01\nEk;6;2014-01-02\n";
    let read = table("f.csv", "meeting", &format!("topics;present;held_on\n{rows}"), How::default());
    assert_eq!(codes(&read), ["csv-rows"], "{:?}", read.told);
    let help = "if it is not a record, remove its row from the file: others begin with `Norra` too, so `rows` cannot leave out this one \
        alone";
    assert!(read.told[0].ends_with(help), "{:?}", read.told);
}

#[test]
fn a_record_that_is_called_like_a_total_is_one_by_its_sums_and_is_told_where_it_ends_the_rows() {
    // `anm 7` is no amount, though `anm` has as many letters as a currency.
    let rows = "id;topics;present;note\n1;x;4;anm 1\n2;y;9;anm 6\n3;Total BK;5;anm 7\n";
    let how = || How { ignore_others: true, ..How::default() };
    assert_eq!(codes(&table("f.csv", "meeting", rows, how())), [""; 0]);
    // Its number is the sum of those above it.
    let sum = rows.replace("BK;5", "BK;13");
    assert_eq!(codes(&table("f.csv", "meeting", &sum, how())), ["csv-rows"]);
    let until = Rows { until: Some(Spanned::new("3".to_owned(), Span::new(FileId(0), 0, 0))), ..Rows::default() };
    let ended = table("f.csv", "meeting", rows, How { rows: until, ..how() });
    assert_eq!(codes(&ended), ["csv-rows"]);
    assert!(
        ended.told[0].contains("looks like a record, but is ignored because it comes after the end"),
        "{:?}",
        ended.told
    );
}

#[test]
fn totals_of_parts_are_told_beside_payees_that_are_called_like_them() {
    let told = |rows: &str| {
        let read = table("f.csv", "meeting", &format!("topics;held_on;present\n{rows}"), How::default());
        let told = read.told.iter().filter(|line| line.contains("looks like a total"));
        told.map(|line| line.split(" csv-rows").next().unwrap().to_owned()).collect::<Vec<String>>()
    };
    // Totals in another column than the first, beside a payee who is called like one; and the balance of the year before.
    let payees = "x;2015-01-05;10\ny;2015-01-09;20\nTotal january;;30\nTotal Clean AB;2015-02-07;300\nu;2015-02-14;99\nTotal february;;399\nTotal paid;;429\n";
    assert_eq!(told(payees), ["f.csv:4:1"]);
    let read = table("f.csv", "meeting", &format!("topics;held_on;present\n{payees}"), How::default());
    assert!(read.told.iter().any(|line| line.contains("and the same in 2 more places")), "{:?}", read.told);
    assert_eq!(told("Saldo från 2014;;1000\nx;2015-01-05;1200\ny;2015-01-09;85\n"), ["f.csv:2:1"]);
    // A record that lacks its day, and is no sum.
    assert_eq!(told("x;2015-01-05;1200\ny;2015-01-09;85\nw;;777\nu;2015-02-14;99\n"), [""; 0]);
    // A total of a group of one is called so.
    let groups = "Wings;2015-01-05;5\nTotal north;;5\nu;2015-02-14;99\nv;2015-02-17;44\n";
    assert_eq!(told(groups), ["f.csv:3:1"]);
}

#[test]
fn a_row_of_zeros_is_told_in_a_table_without_ids_where_all_others_have_letters() {
    let told = |rows: &str| {
        let read = table("f.csv", "meeting", &format!("topics;present\n{rows}"), How::default());
        read.told.iter().filter(|line| line.contains("nothing but zeros")).count()
    };
    assert_eq!(told("x;5\ny;6\n0;0\n"), 1);
    assert_eq!(told("x;5\n7;6\n0;0\n"), 0);
}

/// The rows of a table without ids that are told by words like these.
fn told_of(rows: &str, words: &str) -> Vec<String> {
    let read = table("f.csv", "meeting", &format!("topics;held_on;present\n{rows}"), How::default());
    let told = read.told.iter().filter(|line| line.contains(words));
    told.map(|line| line.split(" csv-rows").next().unwrap().to_owned()).collect()
}

#[test]
fn sums_beside_other_words_are_told_where_they_lack_the_day_and_are_no_chance() {
    let total = |rows: &str| told_of(rows, "looks like a total");
    // 1200 + 85 + 120 = 1405, 99 + 44 = 143, and one payment of 46.
    let months = "x;2015-01-05;1200\ny;2015-01-09;85\nz;2015-01-30;120\nJanuary;;1405\nu;2015-02-14;99\nv;2015-02-17;44\nFebruary;;143\nw;2015-03-02;46\nMarch;;46\n";
    assert_eq!(total(months), ["f.csv:5:1"]);
    let read = table("f.csv", "meeting", &format!("topics;held_on;present\n{months}"), How::default());
    assert!(read.told.iter().any(|line| line.contains("and the same in 2 more places")), "{:?}", read.told);
    // 1405 + 143 + 46 = 1594: the total of the year is the sum of the rows without those of the months.
    assert_eq!(total(&format!("{months}The year;;1594\n")), ["f.csv:5:1"]);
    // Words told all five of these; the rows that are not shown are not told once more.
    let called = "a;2015-01-01;101\nb;2015-01-02;102\nTotal 1;;203\n".repeat(5);
    assert_eq!(total(&called).len(), 1);
    // Two round numbers may add up by chance, and a record with its day is none.
    assert_eq!(total("x;2015-01-05;100\ny;2015-01-09;200\nw;;300\nu;2015-02-14;99\n"), [""; 0]);
    assert_eq!(total("x;2015-01-05;123\ny;2015-01-09;232\nw;2015-01-10;355\nu;2015-02-14;99\n"), [""; 0]);
    // So is one with an id of its own.
    let with_ids = "id;topics;held_on;present\na;x;2015-01-05;1200\nb;y;2015-01-09;85\nc;z;2015-01-30;120\nd;January;;1405\ne;u;2015-02-14;99\n";
    let read = table("f.csv", "meeting", with_ids, How::default());
    assert!(!read.told.iter().any(|line| line.contains("looks like a total")), "{:?}", read.told);
}

#[test]
fn a_number_or_a_day_alone_is_told_in_the_midst_where_all_others_have_everything() {
    let lacks = |row: &str| {
        let rows =
            format!("x;2015-01-05;1200\ny;2015-01-09;85\nz;2015-01-30;120\n{row}\nu;2015-02-14;99\nv;2015-02-17;44\n");
        told_of(&rows, "nothing of what all other rows have")
    };
    assert_eq!(lacks(";;777"), ["f.csv:5:1"]);
    assert_eq!(lacks(";2015-02-01;"), ["f.csv:5:1"]);
    assert_eq!(lacks("w;;777"), [""; 0]);
    assert_eq!(lacks(";2015-02-01;777"), [""; 0]);
}

#[test]
fn a_last_row_with_its_day_is_no_note_for_want_of_the_first_column() {
    let note = |head: &str, rows: &str, how: How| {
        let read = table("f.csv", "meeting", &format!("{head}\n{rows}"), how);
        read.told.iter().any(|line| line.contains("note below the table"))
    };
    let rows = "120;2015-01-05;x\n85;2015-01-09;y\n44;2015-01-11;z\n";
    assert!(!note("present;held_on;topics", &format!("{rows};2015-02-14;u\n"), How::default()));
    assert!(note("present;held_on;topics", &format!("{rows};May;as decided\n"), How::default()));
    // What nobody reads is not missing.
    let others = How { ignore_others: true, ..How::default() };
    assert!(!note("phone;topics;present", "1;x;120\n2;y;85\n3;z;44\n;u;99\n", others));
}

#[test]
fn the_row_at_which_the_rows_end_is_told_if_it_lacks_little_of_a_record() {
    let told = |text: &str, until: &str| {
        let until = Some(Spanned::new(until.to_owned(), Span::new(FileId(0), 0, 0)));
        let read = table("f.csv", "meeting", text, How { rows: Rows { until, ..Rows::default() }, ..How::default() });
        read.told.iter().any(|line| line.contains("after the end of the rows"))
    };
    let head = "id;topics;held_on;present\nalno;x;2015-01-05;3\nberg;y;2015-01-09;4\ndans;z;2015-01-11;5\n";
    assert!(told(&format!("{head}ljus;u;2015-02-14;\n"), "ljus"));
    assert!(!told(&format!("{head}budget;;;21\n"), "budget"));
    let plain = "topics;held_on;present\nx y;2015-01-05;3\ny z;2015-01-09;4\nz x;2015-01-11;5\n";
    assert!(told(&format!("{plain}u v;2015-02-14;\n"), "u v"));
    assert!(!told(&format!("{plain}moms;;3\n"), "moms"));
}

#[test]
fn a_mark_for_the_value_above_is_told_and_not_read() {
    let wrong = |cell: &str| {
        let text = format!("id;topics;held_on\na;x;2015-01-05\nb;{cell};2015-01-09\n");
        let told = table("f.csv", "meeting", &text, How::default()).told;
        told.iter().any(|line| line.contains("cell-error") && line.contains("ditto"))
    };
    for mark in ["-\"-", "\"\"\"\"", "″", "〃", "''", "dito", "Ditto", "d:o", "– ” –"] {
        assert!(wrong(mark), "{mark}");
    }
    for text in ["do", "-", "d", "Dito AB", "5\"", "--", "x"] {
        assert!(!wrong(text), "{text}");
    }
}
