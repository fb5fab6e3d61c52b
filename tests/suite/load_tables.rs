//! Tables as people have them: what their rows, columns and cells mean, and what is told where they can be read in two ways.
//! Each sample was made for its trap, and what must come of it was worked out before it was read.

use overens::diagnostics::Sink;
use overens::facts::sheet::{DateOrder, Decimal, Empty, Times};
use overens::load::{How, Rows, files, read_as, spread};
use overens::source::{FileId, Sources, Span, Spanned, Text};

use super::load_facts::{MEETING, ORGANISATION, Read, SEAT, bound, roots, schema};

const REGISTER: (&str, &str) =
    ("register.ron", r#"(organisation: [(id: "famna", name: "Famna"), (id: "forum", name: "Forum")], complete: {})"#);

fn at<T>(it: T) -> Spanned<T> {
    Spanned::new(it, Span::new(FileId(0), 0, 0))
}

/// Reads a table in bulk and row by row, and asks that both tell the same.
#[track_caller]
pub fn table(name: &str, record: &str, text: &str, how: How) -> Read {
    let read = |by_row: bool| {
        let (mut sources, mut problems) = (Sources::default(), Sink::default());
        let mut all = roots(&[REGISTER], &mut sources, &mut problems);
        if record == "organisation" {
            all.clear();
        }
        let file = sources.add(name, text);
        let how = How { record: Some((record.to_owned(), None)), ..how.clone() };
        all.extend(read_as(file, (name, &Text::from(text)), &how, &mut problems).map(|root| (root, name.to_owned())));
        if by_row {
            all = spread(all, &[&schema()], &mut problems);
        }
        bound(all, sources, problems)
    };
    let (bulk, by_row) = (read(false), read(true));
    assert_eq!(bulk.told, by_row.told);
    if !bulk.problems.has_errors() {
        assert_eq!(bulk.all(), by_row.all());
    }
    bulk
}

#[track_caller]
pub fn seats(text: &str, how: How) -> Read {
    table("f.csv", "seat", text, how)
}

/// What is told, without where it stands and the way out.
pub fn codes(read: &Read) -> Vec<&str> {
    read.told.iter().filter_map(|line| line.split(' ').nth(1)).collect()
}

fn rows(read: &Read) -> usize {
    read.facts.rows(SEAT).count()
}

// ---- rows ----

#[test]
fn rows_whose_cells_are_all_empty_are_passed_over_and_counted() {
    for text in [
        "id;elected_on\na;2014-01-01\n;\n\n ; \n\"\";\u{a0}\nb;2014-01-02\n;\n",
        "id,elected_on\na,2014-01-01\n,\n,\n\" \",\nb,2014-01-02\n,\n",
        "id\telected_on\na\t2014-01-01\n\t\n\t\n\t\"\"\nb\t2014-01-02\n\t\n",
    ] {
        let read = seats(text, How::default());
        assert_eq!(
            read.told,
            [
                "f.csv:3:1 csv-rows 4 rows with only empty cells are skipped; this is the first | to confirm this, set `rows: (skip: [\"\"])` in the file's `files` entry"
            ]
        );
        assert_eq!(rows(&read), 2);
    }
}

#[test]
fn rows_without_ids_keep_their_numbers_where_empty_ones_lie_between() {
    let read = seats("elected_on;left_on\n2014-01-01;\n;\n2014-01-02;\n", How::default());
    assert_eq!((codes(&read), rows(&read)), (vec!["csv-rows"], 2));
    assert_eq!(read.value(SEAT, "2", "elected_on"), "2014-01-02");
}

#[test]
fn an_empty_id_is_an_error_at_its_cell_in_a_file_with_ids() {
    let read = seats("elected_on;id\n2014-01-01;a\n2014-01-02;\n2014-01-03; \n", How::default());
    assert_eq!(
        read.told,
        [
            "f.csv:3:12 required-missing this `seat` has no `id`: the cell is empty; and the same in 1 more place | f.csv:4:13 here \
             too | write the id; to leave out a total, a note or the end of a longer table beside this one, set `rows: (until: \"…\")` in the \
             file's `files` entry to what the first non-empty cell of the row holds, or remove the row if records begin with that too"
        ]
    );
}

#[test]
fn a_last_row_that_looks_like_a_total_is_told() {
    for word in ["Summa", "TOTAL:", "Totalt", "Grand total", "sum"] {
        let read = seats(&format!("id;elected_on\na;2014-01-01\n{word};\n"), How::default());
        assert_eq!(codes(&read), ["csv-rows"], "{word}");
    }
    // With more behind the word; in a row that lacks nothing, where a cell says nothing else; and above notes.
    for row in ["Total: 2 clubs;", "Summa kr;", "S:a;", "I alt;", "Summering;", "x;Totalt", "Summa;\n* preliminary;"] {
        let read = seats(&format!("id;elected_on\na;2014-01-01\n{row}\n"), How::default());
        assert_eq!(codes(&read)[0], "csv-rows", "{row}");
        assert!(
            read.told[0].starts_with("f.csv:3:1 csv-rows this row looks like a total of the rows above it"),
            "{:?}",
            read.told
        );
        // The way out names the word that the row begins with.
        let word = row.split([';', '\n']).next().unwrap();
        assert!(read.told[0].contains(&format!("`rows: (until: \"{word}\")`")), "{:?}", read.told);
    }
    // With a day or a number behind the word, though nothing is lacking.
    for row in
        ["Total 2015;2015-12-31", "Summa per 2015-12-31;2015-12-31", "x3;Totalt 2 clubs", "Totalt 2 clubs;2015-12-31"]
    {
        let read = table("f.csv", "meeting", &format!("id;topics\na;x\nb;y\n{row}\n"), How::default());
        assert!(
            read.told[0].starts_with("f.csv:4:1 csv-rows this row looks like a total of the rows above it"),
            "{:?}",
            read.told
        );
    }
    // A word of a total in a row that adds up two others, and in one that does not.
    for (last, wanted) in
        [("3;Totalt alla möten;30", 1), ("3;Summa kr;30", 1), ("3;Total Energy;31", 0), ("3;Energy;30", 0)]
    {
        let text = format!("id;topics;present\n1;x;10\n2;y;20\n{last}\n");
        let read = table("f.csv", "meeting", &text, How::default());
        let told = read.told.iter().filter(|line| line.starts_with("f.csv:4:1 csv-rows this row looks like a total"));
        assert_eq!(told.count(), wanted, "{last}: {:?}", read.told);
    }
    assert_eq!(codes(&table("f.csv", "meeting", "id;topics\na;x\nTotal Energy;y\n", How::default())), [""; 0]);
    // No word of a total, and one that only begins like it.
    assert_eq!(codes(&seats("id;elected_on\nSumma;2014-01-01\nb;\n", How::default())), [""; 0]);
    assert_eq!(codes(&seats("id;elected_on\na;2014-01-01\nSummanen;\n", How::default())), [""; 0]);
}

#[test]
fn a_title_above_the_names_is_told_with_the_row_in_which_they_stand() {
    let text = "Report for 2014\n\nid;elected_on\na;2014-01-01\n";
    let read = seats(text, How::default());
    assert_eq!(
        read.told,
        [
            "f.csv:1:1 csv-columns the first row has 1 non-empty cell, but the rows below have up to 2 | f.csv:3:1 these \
             look like column names | if the column names are in row 3, set `rows: (from: 3)` in the file's `files` entry"
        ]
    );
    let rows_said = Rows { from: Some(at(3)), until: None, ..Rows::default() };
    let read = seats(text, How { rows: rows_said, ..How::default() });
    assert_eq!((codes(&read), rows(&read)), (vec![], 1));
    assert_eq!(read.place(SEAT, "a", "elected_on"), "2014-01-01");
}

#[test]
fn what_some_programs_take_for_a_line_break_is_an_error_outside_of_quotes() {
    for sign in ['\u{b}', '\u{c}', '\u{85}', '\u{2028}'] {
        let bare = table("f.csv", "organisation", &format!("id;name\na;A{sign}B\n"), How::default());
        assert_eq!(codes(&bare), ["strange-character"], "{:?}", bare.told);
        assert!(bare.told[0].starts_with("f.csv:2:3 "), "{:?}", bare.told);
        let quoted = table("f.csv", "organisation", &format!("id;name\na;\"A{sign}B\"\n"), How::default());
        assert_eq!(codes(&quoted), ["hidden-character"], "{:?}", quoted.told);
        let id = table("f.csv", "organisation", &format!("id;name\na{sign}b;A\n"), How::default());
        assert_eq!(codes(&id), ["strange-character"], "{:?}", id.told);
        // At the edge of a cell it is no part of what is read, but two rows to whoever wrote it.
        for edge in [format!("id;name\na;{sign}A\n"), format!("id;name\na;A{sign}\n"), format!("id;name\na {sign};A\n")]
        {
            let told = table("f.csv", "organisation", &edge, How::default());
            assert_eq!(codes(&told), ["strange-character"], "{:?}", told.told);
            assert!(told.told[0].contains("a cell begins or ends with"), "{:?}", told.told);
        }
    }
}

#[test]
fn rows_end_before_the_one_that_was_said() {
    let text = "id;elected_on\na;2014-01-01\n;\nSumma:;1\nNote 1;\n";
    for until in ["Summa", "summa", "Summa:"] {
        let said = Rows { from: None, until: Some(at(until.to_owned())), ..Rows::default() };
        let read = seats(text, How { rows: said, ..How::default() });
        assert_eq!((codes(&read), rows(&read)), (vec!["csv-rows"], 1));
    }
    let said = Rows { from: None, until: Some(at(String::new())), ..Rows::default() };
    let read = seats(text, How { rows: said, ..How::default() });
    assert_eq!((codes(&read), rows(&read)), (vec![], 1));
    let said = Rows { from: None, until: Some(at("Total".to_owned())), ..Rows::default() };
    assert_eq!(
        codes(&seats("id;elected_on\na;2014-01-01\n", How { rows: said, ..How::default() })),
        ["csv-no-such-row"]
    );
}

/// What a record's entry says that a column gives.
pub fn said(column: &str, field: &str) -> (Spanned<String>, Spanned<String>) {
    (at(column.to_owned()), at(field.to_owned()))
}

fn until(word: &str) -> How {
    How { rows: Rows { from: None, until: Some(at(word.to_owned())), ..Rows::default() }, ..How::default() }
}

#[test]
fn a_row_of_sums_is_told_whether_or_not_it_lacks_something() {
    let told = |rows: &str| {
        let read = table("f.csv", "meeting", &format!("id;topics;present\n{rows}"), How::default());
        read.told
            .iter()
            .filter(|line| line.contains("looks like a total of the rows above it"))
            .map(|line| line.split(' ').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(told("a;x;100\nb;y;200\nc;z;50\ne;w;350\n"), ["f.csv:5:1"]);
    assert_eq!(told("a;x;12\nb;y;9\nc;;21\n"), ["f.csv:4:1"]);
    assert_eq!(told("a;x;12\nb;y;9\nc;;21\n* a note;;\n"), ["f.csv:4:1"]);
    // Of two rows that is chance.
    assert_eq!(told("a;x;1\nb;y;2\nc;z;3\n"), [""; 0]);
    assert_eq!(told("a;x;100\nb;y;200\nc;z;50\ne;w;351\n"), [""; 0]);
}

#[test]
fn a_note_below_the_table_is_told() {
    let read = seats("id;elected_on\na;2014-01-01\n;\nObs: all dates are preliminary;\n", How::default());
    assert_eq!(codes(&read), ["csv-rows", "csv-rows"]);
    assert!(
        read.told[1].starts_with("f.csv:4:1 csv-rows this row looks like a note below the table"),
        "{:?}",
        read.told
    );
    // One word, and a row with more in it.
    assert_eq!(codes(&seats("id;elected_on\na;2014-01-01\nobs:;\n", How::default())), [""; 0]);
    assert_eq!(codes(&seats("id;elected_on\na;2014-01-01\nobs: a;2014-01-01\n", How::default())), [""; 0]);
}

#[test]
fn a_row_that_is_the_word_of_until_comes_before_one_that_begins_with_it() {
    let text = "id;elected_on\na;2014-01-01\nSumma club;2014-01-02\nb;2014-01-03\nSumma;\n";
    let read = seats(text, until("Summa"));
    assert_eq!((codes(&read), rows(&read)), (vec![], 3));
}

#[test]
fn what_rows_cannot_say_is_told_by_what_is_wrong_with_it() {
    for (said, says) in [
        ("(from: 0)", "there is no row `0`: rows are numbered from 1"),
        ("(form: 1)", "unknown key `form` in `rows` | "),
        ("(until: [])", "`until` of `rows` cannot be a list"),
        ("[]", "expected `from`, `until` or `skip` for `rows`, found a list"),
    ] {
        let text = format!("(files: [(record: \"seat\", path: \"f.csv\", rows: {said})])");
        let (mut sources, mut problems) = (Sources::default(), Sink::default());
        let root = roots(&[("f.ron", &text)], &mut sources, &mut problems).remove(0).0;
        files(&root, &mut problems);
        let told = super::load_facts::told(&sources, &problems);
        assert!(told.len() == 1 && told[0].contains(says), "{told:?}");
    }
}

#[test]
fn rows_behind_the_last_that_look_like_records_are_told() {
    let text = "id;elected_on\na;2014-01-01\nSumma club;2014-01-02\nb;2014-01-03\n";
    let read = seats(text, until("Summa"));
    assert_eq!((codes(&read), rows(&read)), (vec!["csv-rows"], 1));
    assert!(
        read.told[0].starts_with("f.csv:3:1 csv-rows 2 rows look like records, but are ignored"),
        "{:?}",
        read.told
    );
    let read = seats("id;elected_on\na;2014-01-01\n;\nb;2014-01-02\n", until(""));
    assert_eq!((codes(&read), rows(&read)), (vec!["csv-rows"], 1));
    assert!(
        read.told[0].starts_with("f.csv:4:1 csv-rows this row looks like a record, but is ignored"),
        "{:?}",
        read.told
    );
}

#[test]
fn blanks_of_any_kind_around_a_cell_mean_nothing() {
    for id in ["a ", " a", "\" a \"", "a\u{a0}", "\u{a0}a", "\"a\u{2007}\"", "\u{2003}a\u{202f}"] {
        for text in [format!("id;elected_on\n{id};2014-01-01\n"), format!("elected_on;id\n2014-01-01;{id}\n")] {
            let read = seats(&text, How::default());
            assert_eq!(
                (codes(&read), read.value(SEAT, "a", "elected_on")),
                (vec![], "2014-01-01".to_owned()),
                "{text}"
            );
        }
    }
    let read = seats("id;elected_on\na;2014-01-01\n\"a \";2014-01-01\n", How::default());
    assert_eq!(codes(&read), ["duplicate-id"]);
}

// ---- columns ----

#[test]
fn a_field_that_is_not_there_is_told_where_it_was_said() {
    let read = table(
        "f.csv",
        "seat",
        "id;day\na;2014-01-01\n",
        How { columns: vec![said("day", "elected_no")], ..How::default() },
    );
    assert_eq!(codes(&read), ["facts-unknown-field"]);
    assert!(
        read.told[0].starts_with("register.ron:1:1") && read.told[0].contains("`seat` has no field `elected_no`"),
        "{:?}",
        read.told
    );
    assert!(read.told[0].contains("`elected_on`") && !read.told[0].contains("FIELD"), "{:?}", read.told);
}

#[test]
fn the_other_columns_of_a_heading_are_left_out_with_those_that_no_field_names() {
    let text = "id;elected_on;elected_on\na;2014-01-01;2015-01-01\n";
    for (letter, day) in [("B", "2014-01-01"), ("C", "2015-01-01")] {
        let columns = vec![said(letter, "elected_on")];
        let read = seats(text, How { columns: columns.clone(), ignore_others: true, ..How::default() });
        assert_eq!((codes(&read), read.value(SEAT, "a", "elected_on")), (vec![], day.to_owned()));
        assert_eq!(codes(&seats(text, How { columns, ..How::default() })), ["csv-columns"]);
    }
}

#[test]
fn a_heading_gives_its_field_whatever_its_case_and_blanks() {
    for header in ["ID;Elected_On", "Id; elected on ", "iD;\"ELECTED-ON\"", "id\u{a0};elected_on"] {
        let read = seats(&format!("{header}\na;2014-01-01\n"), How::default());
        assert_eq!((codes(&read), read.value(SEAT, "a", "elected_on")), (vec![], "2014-01-01".to_owned()), "{header}");
    }
}

#[test]
fn columns_that_no_field_names_are_one_finding_with_the_nearest_fields() {
    let read = seats("id;elected_no;left_on;a;b\nx;2014-01-01;;1;2\ny;2014-01-01;;1;2\n", How::default());
    assert_eq!(
        read.told,
        ["f.csv:1:4 facts-unknown-field `seat` has no fields named like these 3 columns: `elected_no`, `a`, `b` | \
             `elected_no` may be `elected_on`; in the file's `files` entry, map them to fields with `columns: { \"elected_no\": \"FIELD\" }`, \
             or ignore all of them with `ignore: \"others\"`"]
    );
}

#[test]
fn columns_without_a_name_are_one_finding_that_lists_them() {
    let told = |text: &str| seats(text, How::default()).told;
    let end = "or ignore all columns that match no field with `ignore: \"others\"`";
    assert_eq!(
        told("id;;left_on\nx;1;\n"),
        [format!(
            "f.csv:1:4 csv-columns this column has no name | in the file's `files` entry, map it to a field with \
             `columns: {{ \"B\": \"…\" }}`, or ignore it with `ignore: [\"B\"]`, {end}"
        )]
    );
    assert_eq!(
        told("id;;left_on;\nx;1;;2\n"),
        [format!(
            "f.csv:1:4 csv-columns 2 columns have no name: `B` and `D` | in the file's `files` entry, map them to fields with \
             `columns: {{ \"B\": \"…\" }}`, or ignore them with `ignore: [\"B\", \"D\"]`, {end}"
        )]
    );
}

#[test]
fn columns_are_left_out_by_name_by_letter_or_all_that_no_field_names() {
    let text = "id;elected_on;Comment;;Comment\na;2014-01-01;x;y;z\n";
    let others = How { ignore_others: true, ..How::default() };
    let named = How { ignore: vec![at("comment".to_owned()), at("D".to_owned())], ..How::default() };
    for how in [others, named] {
        assert_eq!(codes(&seats(text, how)), [""; 0]);
    }
    let missing = How { ignore: vec![at("Remark".to_owned())], ignore_others: true, ..How::default() };
    assert_eq!(codes(&seats(text, missing)), ["csv-columns"]);
}

#[test]
fn two_columns_of_one_heading_are_told_apart_by_letter_or_number() {
    let text = "id;day;day\na;2014-01-01;2015-01-01\n";
    for (first, second) in [("B", "C"), ("2", "3")] {
        let columns = vec![said(first, "elected_on"), said(second, "left_on")];
        let read = seats(text, How { columns, ..How::default() });
        assert_eq!(codes(&read), [""; 0]);
        assert_eq!(read.value(SEAT, "a", "elected_on"), "2014-01-01");
        assert_eq!(read.value(SEAT, "a", "left_on"), "2015-01-01");
    }
    let columns = vec![said("day", "elected_on")];
    assert_eq!(codes(&seats(text, How { columns, ..How::default() })), ["csv-columns"]);
    assert_eq!(codes(&seats("id;elected_on;Elected on\na;2014-01-01;2014-01-01\n", How::default())), ["csv-columns"]);
}

// ---- cells ----

#[track_caller]
fn one(field: &str, cell: &str, how: How) -> Read {
    let record = match field {
        "elected_on" => "seat",
        "kind" | "present" => "meeting",
        _ => "organisation",
    };
    let name = if record == "organisation" { ";Name" } else { "" };
    table("f.csv", record, &format!("id;{field}{}\na;{cell}{name}\n", if name.is_empty() { "" } else { ";name" }), how)
}

fn value(read: &Read, field: &str) -> String {
    let record = match field {
        "elected_on" => SEAT,
        "kind" | "present" => MEETING,
        _ => ORGANISATION,
    };
    read.value(record, "a", field)
}

/// An amount without the blanks that stand in it.
fn bare(amount: &str) -> String {
    amount.chars().filter(|sign| !sign.is_whitespace()).collect()
}

#[test]
fn a_day_is_read_in_any_form_that_has_one_meaning() {
    for cell in [
        "2015-01-02",
        "2015/01/02",
        "2015.1.2",
        "20150102",
        "02.01.2015",
        "2.1.2015",
        "2 jan 2015",
        "2 januari 2015",
        "2 January 2015",
        "Jan 2, 2015",
        "2-jan-2015",
        "2015-01-02 00:00:00",
        "2015-01-02T00:00",
        "2015/01/02 0:00",
        "1/2/2015 12:00:00 AM",
    ] {
        let dates = cell.starts_with("1/2").then_some(DateOrder::MonthFirst);
        let read = one("elected_on", cell, How { dates, ..How::default() });
        assert_eq!((codes(&read), value(&read, "elected_on")), (vec![], "2015-01-02".to_owned()), "{cell}");
    }
    for (cell, day) in [("2 maj 2015", "2015-05-02"), ("31 okt 2015", "2015-10-31"), ("02/02/2015", "2015-02-02")] {
        let read = one("elected_on", cell, How::default());
        assert_eq!((codes(&read), value(&read, "elected_on")), (vec![], day.to_owned()), "{cell}");
    }
}

#[test]
fn before_points_the_day_comes_first_whatever_comes_first_before_other_signs() {
    for dates in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
        let read = one("elected_on", "01.02.2015", How { dates, ..How::default() });
        assert_eq!((codes(&read), value(&read, "elected_on")), (vec![], "2015-02-01".to_owned()), "{dates:?}");
    }
    let read = seats(
        "id;elected_on\na;12/25/2015\nb;01.02.2015\n",
        How { dates: Some(DateOrder::MonthFirst), ..How::default() },
    );
    assert_eq!(codes(&read), [""; 0]);
    assert_eq!(read.value(SEAT, "a", "elected_on"), "2015-12-25");
    assert_eq!(read.value(SEAT, "b", "elected_on"), "2015-02-01");
}

#[test]
fn a_file_whose_dates_are_written_in_two_orders_is_an_error() {
    let read = seats("id;elected_on;left_on\na;25/12/2015;\nb;2014-01-01;12/25/2015\n", How::default());
    assert_eq!(
        read.told,
        [
            "f.csv:3:14 two-readings this file has the day first in some dates and the month first in others: `25/12/2015` and `12/25/2015` \
             | f.csv:2:3 written the other way | write all of them the same way, and set it in the file's `files` entry: `dates: \"day first\"` or \
             `dates: \"month first\"`"
        ]
    );
}

#[test]
fn a_file_whose_numbers_are_written_in_two_ways_is_an_error() {
    for (record, header, one, two) in [
        ("meeting", "id;present", "10.50", "10,50"),
        ("meeting", "id;present", "1,5", "1.5"),
        ("organisation", "id;name;paid", "A;10.50", "B;10,50"),
        ("organisation", "id;name;paid", "A;10,50", "B;10.5"),
        ("organisation", "id,name,paid", "A,10.000", "B,\"1.350,50\""),
        ("meeting", "id;present", "1.350,50", "1,350.50"),
    ] {
        let sign = if header.contains(';') { ';' } else { ',' };
        let read = table("f.csv", record, &format!("{header}\na{sign}{one}\nb{sign}{two}\n"), How::default());
        assert_eq!(codes(&read), ["two-readings"], "{one} {two}");
        assert!(read.told[0].contains("decimal points in some cells and decimal commas in others"), "{:?}", read.told);
    }
    // A comma between thousands, and a point before decimals, are one way.
    let read = table("f.csv", "meeting", "id;present\na;1,350.50\nb;10.5\n", How::default());
    assert_eq!(codes(&read), ["csv-guessed"]);
}

#[test]
fn in_a_file_of_one_column_a_point_may_stand_between_thousands() {
    let read = table("f.csv", "meeting", "present\n10.000\n7.500\n", How::default());
    assert_eq!(codes(&read), ["two-readings"]);
    let read = table("f.csv", "meeting", "present\n10.5\n7.25\n", How::default());
    assert!(!codes(&read).contains(&"two-readings"), "{:?}", read.told);
}

#[test]
fn a_column_is_not_both_mapped_and_ignored() {
    let how = |columns: &[(&str, &str)], ignore: &[&str]| How {
        columns: columns.iter().map(|(name, field)| said(name, field)).collect(),
        ignore: ignore.iter().map(|name| at(name.to_string())).collect(),
        ..How::default()
    };
    for (columns, ignore) in [(("C", "present"), "C"), (("B", "present"), "Came"), (("Came", "present"), "Came")] {
        let text = if columns.0 == "C" { "id,Came,Came\na,3,4\n" } else { "id,Came\na,3\n" };
        let read = table("f.csv", "meeting", text, how(&[columns], &[ignore]));
        assert!(
            read.told.iter().any(|one| one.contains("is both in `columns` and in `ignore`")),
            "{columns:?} {:?}",
            read.told
        );
    }
    // The other of two columns of one name may be ignored by that name.
    let read = table("f.csv", "meeting", "id,Came,Came\na,3,4\n", how(&[("C", "present")], &["Came"]));
    assert_eq!(codes(&read), [""; 0], "{:?}", read.told);
}

#[test]
fn one_way_of_writing_that_was_not_said_is_one_finding_whatever_the_values() {
    let rows = |field: &str, cells: &[&str]| {
        let rows: String = cells.iter().enumerate().map(|(at, cell)| format!("r{at};{cell}\n")).collect();
        table(
            "f.csv",
            if field == "present" { "meeting" } else { "seat" },
            &format!("id;{field}\n{rows}"),
            How::default(),
        )
    };
    let read = rows("present", &["1.978", "2.500", "13.000", "999.001", "1.111"]);
    assert_eq!(codes(&read), ["two-readings"]);
    assert!(
        read.told[0].contains(
            "written `1.978`; and 4 others like it, `2.500`, `13.000`, `999.001`, `1.111` | f.csv:3:4 here too | f.csv:4:4"
        ),
        "{:?}",
        read.told
    );
    let read = rows("elected_on", &["01/02/2015", "3/4/2015", "11/12/2014"]);
    assert_eq!(codes(&read), ["two-readings"]);
    let read = rows("elected_on", &["13.13.2015", "14.14.2015", "15.15.2015"]);
    assert_eq!(codes(&read), ["facts-no-such-day"]);
    let said = "there is no month 13, written `13.13.2015`; and 2 others like it, `14.14.2015`, `15.15.2015`";
    assert!(read.told[0].contains(said), "{:?}", read.told);
    // Days of another month are another cause, whichever way they are written.
    let read = rows("elected_on", &["2015-02-29", "20150132", "30.02.2013", "31.04.2015", "31 april 2014"]);
    let said = [
        "f.csv:2:4 facts-no-such-day there is no 29 February 2015, written `2015-02-29`; and 1 other like it, `30.02.2013` | ",
        "f.csv:3:4 facts-no-such-day there is no 32 January 2015, written `20150132` | January 2015 has 31 days",
        "f.csv:5:4 facts-no-such-day there is no 31 April 2015, written `31.04.2015`; and 1 other like it, `31 april 2014` | ",
    ];
    assert_eq!(read.told.len(), said.len(), "{:?}", read.told);
    for (told, said) in read.told.iter().zip(said) {
        assert!(told.starts_with(said), "{told}");
    }
}

#[test]
fn a_month_that_does_not_exist_in_the_order_of_the_entry_names_the_other_order() {
    for (dates, cell, month, way) in [
        (
            DateOrder::MonthFirst,
            "13/02/2015",
            13,
            "`files` entry says that the month comes first: if the day does, set `dates: \"day first\"`",
        ),
        (
            DateOrder::DayFirst,
            "02/14/2015",
            14,
            "`files` entry says that the day comes first: if the month does, set `dates: \"month first\"`",
        ),
        // In neither order is it a day, or there is no order.
        (DateOrder::MonthFirst, "13/14/2015", 13, "write dates as year, month and day; months run from 01 to 12"),
        (DateOrder::MonthFirst, "2015-13-02", 13, "write dates as year, month and day; months run from 01 to 12"),
    ] {
        let read = one("elected_on", cell, How { dates: Some(dates), ..How::default() });
        let said = format!("facts-no-such-day there is no month {month}, written `{cell}` | ");
        assert!(
            read.told.len() == 1 && read.told[0].contains(&said) && read.told[0].contains(way),
            "{cell}: {:?}",
            read.told
        );
    }
}

#[test]
fn two_years_in_a_cell_may_be_a_season() {
    let read = one("elected_on", "2015/2016", How::default());
    assert_eq!(codes(&read), ["two-readings"]);
    assert!(read.told[0].contains("of the years 2015 and 2016, or of a season"), "{:?}", read.told);
    let read = one("elected_on", "2015-01-01/2016-12-31", How::default());
    assert_eq!(codes(&read), [""; 0]);
}

#[test]
fn what_is_no_time_of_day_is_never_dropped() {
    for cell in ["2015-01-02 25:61", "2015-01-02 18:60", "2015-01-02 13:00 PM", "2015-01-02 1:2:3:4"] {
        let read = one("elected_on", cell, How { times: Some(Times::Dropped), ..How::default() });
        assert_eq!(codes(&read), ["facts-wrong-type"], "{cell}");
        assert!(read.told[0].contains(&format!("`{cell}` is not a date")), "{:?}", read.told);
    }
}

#[test]
fn a_message_about_a_date_shows_the_whole_cell() {
    for cell in ["01/02/15", "12/2015", "2015/16"] {
        let read = one("elected_on", cell, How::default());
        assert!(read.told[0].contains(&format!("`{cell}` is not a date")), "{:?}", read.told);
    }
}

#[test]
fn a_day_that_may_be_two_is_never_guessed() {
    let read = one("elected_on", "01/02/2015", How::default());
    assert_eq!(
        read.told,
        [
            "f.csv:2:3 two-readings `elected_on` is ambiguous: it could be 2015-02-01 or 2015-01-02, written `01/02/2015` | in the \
             file's `files` entry, set `dates: \"day first\"` if it is 2015-02-01, or `dates: \"month first\"` if it is 2015-01-02"
        ]
    );
    for (dates, day) in [(DateOrder::DayFirst, "2015-02-01"), (DateOrder::MonthFirst, "2015-01-02")] {
        let read = one("elected_on", "01/02/2015", How { dates: Some(dates), ..How::default() });
        assert_eq!((codes(&read), value(&read, "elected_on")), (vec![], day.to_owned()));
    }
    for (cell, day) in [("25/12/2015", "2015-12-25"), ("12/25/2015", "2015-12-25"), ("25-12-2015", "2015-12-25")] {
        let read = one("elected_on", cell, How::default());
        assert_eq!((codes(&read), value(&read, "elected_on")), (vec!["csv-guessed"], day.to_owned()), "{cell}");
    }
    for cell in ["2015/13/01", "31.02.2015", "31/31/2015", "20150230"] {
        assert_eq!(codes(&one("elected_on", cell, How::default())), ["facts-no-such-day"], "{cell}");
    }
    for cell in ["1/2/15", "2015 jan", "12345678", "yesterday", "2/jan", "1.2/2015"] {
        assert_eq!(codes(&one("elected_on", cell, How::default())), ["facts-wrong-type"], "{cell}");
    }
}

#[test]
fn a_time_behind_a_day_is_an_error_unless_it_is_midnight_or_was_said_to_mean_nothing() {
    for cell in ["2015-01-02 18:00", "2015-01-02T23:00:00+01:00", "2.1.2015 00:01", "2015-01-02 12:00 PM"] {
        let read = one("elected_on", cell, How::default());
        assert_eq!(codes(&read), ["facts-wrong-type"], "{cell}");
        assert!(read.told[0].contains("also has a time of day"), "{:?}", read.told);
        let read = one("elected_on", cell, How { times: Some(Times::Dropped), ..How::default() });
        assert_eq!((codes(&read), value(&read, "elected_on")), (vec![], "2015-01-02".to_owned()), "{cell}");
    }
}

#[test]
fn every_form_of_time_is_read_behind_every_form_of_date() {
    let days = ["2015-01-02", "2015/01/02", "20150102", "02.01.2015", "2 jan 2015", "2 januari 2015", "Jan 2, 2015"];
    let times = ["18:00", "18.00", "18h00", "18h", "kl. 18.00", "kl 18:00", "6:00 PM", "6 pm", "6.00 p.m.", "18.00.30"];
    let midnights = ["00:00", "00.00", "0h00", "kl. 00.00", "12:00 AM", "12 am", "00.00.00"];
    let compact = ["20150102T180000", "20150102T1800", "20150102 1800", "20150102T180000+0100"];
    let compact_midnights = ["20150102T000000", "20150102T0000", "20150102 000000", "20150102T000000Z"];
    let cells = |times: &[&str], more: &[&str]| -> Vec<String> {
        let both = days.iter().flat_map(|day| times.iter().map(move |time| format!("{day} {time}")));
        both.chain(more.iter().map(|cell| (*cell).to_owned())).collect()
    };
    let dropped = || How { times: Some(Times::Dropped), ..How::default() };
    for cell in cells(&times, &compact) {
        let read = one("elected_on", &cell, How::default());
        assert_eq!(codes(&read), ["facts-wrong-type"], "{cell}");
        assert!(read.told[0].contains(&format!("`{cell}` also has a time of day")), "{:?}", read.told);
        let read = one("elected_on", &cell, dropped());
        assert_eq!((codes(&read), value(&read, "elected_on")), (vec![], "2015-01-02".to_owned()), "{cell}");
    }
    for cell in cells(&midnights, &compact_midnights) {
        let read = one("elected_on", &cell, How::default());
        assert_eq!((codes(&read), value(&read, "elected_on")), (vec![], "2015-01-02".to_owned()), "{cell}");
    }
    for cell in cells(&["24:00", "24.00", "24h00", "kl. 24.00"], &["20150102T240000"]) {
        assert_eq!(codes(&one("elected_on", &cell, dropped())), ["two-readings"], "{cell}");
    }
    // Two hours from midnight on are not midnight.
    assert_eq!(codes(&one("elected_on", "2015-01-02 00.00-02.00", How::default())), ["facts-wrong-type"]);
}

#[test]
fn a_message_quotes_the_whole_cell_and_what_nobody_sees_in_it() {
    let said = |cell: &str| one("elected_on", cell, How::default()).told.remove(0);
    let whole = "x".repeat(200);
    assert!(said(&whole).contains(&format!("`{whole}` is not a date")), "{}", said(&whole));
    assert!(said(&format!("{whole}y")).contains(&format!("`{whole}… (201 characters)` is not a date")));
    assert!(said("x\u{1b}y").contains("`x<U+001B>y` is not a date"), "{}", said("x\u{1b}y"));
}

#[test]
fn midnight_begins_its_day_in_every_zone_and_another_time_in_utc_may_be_of_another_day() {
    for cell in ["2015-01-02T00:00:00.000Z", "2015-01-02T00:00:00+01:00", "2015-01-02 00:00Z"] {
        let read = one("elected_on", cell, How::default());
        assert_eq!((codes(&read), value(&read, "elected_on")), (vec![], "2015-01-02".to_owned()), "{cell}");
    }
    let cell = "2015-01-01T23:00:00Z";
    assert_eq!(codes(&one("elected_on", cell, How::default())), ["facts-wrong-type"]);
    let read = one("elected_on", cell, How { times: Some(Times::Dropped), ..How::default() });
    assert_eq!((codes(&read), value(&read, "elected_on")), (vec!["csv-guessed"], "2015-01-01".to_owned()));
    assert!(read.told[0].contains("is read as its day in UTC"), "{:?}", read.told);
}

#[test]
fn many_cells_of_one_cause_are_one_finding() {
    let mut text = "id;elected_on\n".to_owned();
    (0..300).for_each(|number| text += &format!("o{number};2015-01-{:02} 18:00\n", number % 28 + 1));
    assert_eq!(
        seats(&text, How::default()).told,
        [
            "f.csv:2:4 facts-wrong-type expected a date for `elected_on`, but `2015-01-01 18:00` also has a time of day; and 299 others \
             like it, such as `2015-01-02 18:00`, `2015-01-03 18:00`, `2015-01-04 18:00`, `2015-01-05 18:00` | f.csv:3:4 here too | f.csv:4:4 here too | remove the time, or set `times: \"dropped\"` in the file's \
             `files` entry to ignore it"
        ]
    );
}

#[test]
fn words_for_yes_and_no_are_known_in_several_languages() {
    for (cell, answer, told) in [
        ("Ja", "true", 1),
        ("NEJ", "false", 1),
        ("x", "true", 1),
        ("Sant", "true", 1),
        ("falskt", "false", 1),
        ("oui", "true", 1),
        ("non", "false", 1),
        ("Yes", "true", 0),
        ("NO", "false", 0),
        ("TRUE", "true", 0),
    ] {
        let read = one("is_party", cell, How::default());
        assert_eq!((codes(&read).len(), value(&read, "is_party")), (told, answer.to_owned()), "{cell}");
    }
    // What is taken to be meant can be confirmed as it stands.
    let told = one("is_party", "NEJ", How::default()).told;
    assert!(told[0].contains("`NEJ` is read as no;") && told[0].ends_with("`words: { \"NEJ\": \"no\" }`"), "{told:?}");
    let words = vec![("j".to_owned(), "yes".to_owned()), ("inte".to_owned(), "no".to_owned())];
    for (cell, answer) in [("J", "true"), ("Inte", "false")] {
        let read = one("is_party", cell, How { words: words.clone(), ..How::default() });
        assert_eq!((codes(&read), value(&read, "is_party")), (vec![], answer.to_owned()));
    }
    let told = one("is_party", "kanske", How::default()).told;
    assert!(told[0].contains("`words: { \"kanske\": \"…\" }`") && !told[0].contains("did you mean"), "{told:?}");
    let told = one("kind", "Tr\u{e4}ff", How::default()).told;
    let ways = "the options are `annual`, `extra` and `årsmöte`; or set what the word means in the file's `files` entry: `words: { \"Träff\": \"…\" }`";
    assert!(told[0].ends_with(ways), "{told:?}");
}

#[test]
fn words_cannot_turn_what_has_a_meaning_round() {
    let words = |word: &str, meant: &str| How { words: vec![(word.to_owned(), meant.to_owned())], ..How::default() };
    for (field, cell, word, meant) in
        [("is_party", "yes", "yes", "no"), ("is_party", "no", "true", "no"), ("kind", "annual", "annual", "extra")]
    {
        let read = one(field, cell, words(word, meant));
        assert_eq!(codes(&read), ["csv-columns"], "{word}");
        assert!(
            read.told[0].contains(&format!("`words` maps `{word}` to `{meant}`, but it already means")),
            "{:?}",
            read.told
        );
    }
    assert_eq!(codes(&one("is_party", "yes", words("yes", "yes"))), [""; 0]);
    // What is one word of a list may be another's column's.
    assert_eq!(codes(&one("is_party", "yes", words("annual", "yes"))), [""; 0]);
}

#[test]
fn a_word_of_a_list_is_known_in_another_case_and_by_the_files_own_words() {
    let read = one("kind", "Årsmöte", How::default());
    assert_eq!((codes(&read), value(&read, "kind")), (vec!["csv-guessed"], "\"årsmöte\"".to_owned()));
    let words = vec![("å".to_owned(), "årsmöte".to_owned())];
    let read = one("kind", "Å", How { words, ..How::default() });
    assert_eq!((codes(&read), value(&read, "kind")), (vec![], "\"årsmöte\"".to_owned()));
}

#[test]
fn a_number_is_read_in_any_form_that_has_one_meaning() {
    for (cell, number, told) in [
        ("1 350", "1350", 0),
        ("1\u{a0}350\u{202f}000", "1350000", 0),
        ("1'350", "1350", 0),
        ("1 350,50", "1350.5", 1),
        ("12,5", "12.5", 1),
        ("12.5", "12.5", 0),
        ("1.234.567", "1234567", 1),
        ("1.234,50", "1234.5", 1),
        ("1,234.50", "1234.5", 1),
        ("0.125", "0.125", 0),
        ("1234.567", "1234.567", 0),
        ("\u{2212}12", "-12", 0),
        ("\u{2013}12", "-12", 0),
        ("12-", "-12", 0),
        ("25 %", "0.25", 0),
        ("25,5%", "0.255", 1),
    ] {
        let read = one("present", cell, How::default());
        assert_eq!((codes(&read).len(), value(&read, "present")), (told, number.to_owned()), "{cell}");
    }
    for cell in ["1 35", "12 3456", "1.23.456", "1,2,3", "1.234,567.8", "12 st", "1 2", "--1", "0.123.456"] {
        assert_eq!(codes(&one("present", cell, How::default())), ["facts-wrong-type"], "{cell}");
    }
}

#[test]
fn ten_or_ten_thousand_is_never_guessed() {
    for (field, cell) in
        [("paid", "10.000"), ("paid", "10,000"), ("present", "1.234"), ("paid", "10.000 kr"), ("paid", "-1.500:-")]
    {
        let read = one(field, cell, How::default());
        assert_eq!(codes(&read), ["two-readings"], "{cell}");
    }
    let told = one("paid", "10.000", How::default()).told;
    assert_eq!(
        told,
        [
            "f.csv:2:3 two-readings `paid` is ambiguous: it could be 10000 or 10, written `10.000` | in the file's `files` \
             entry, set `decimal: \",\"` if it is 10000, or `decimal: \".\"` if it is 10"
        ]
    );
    for (cell, sign) in [("1.234.567", ","), ("1,234.50", ".")] {
        let told = one("paid", cell, How::default()).told;
        assert!(told[0].contains(&format!("to confirm this, set `decimal: \"{sign}\"`")), "{told:?}");
    }
    for (decimal, amount) in [(Decimal::Comma, "10000"), (Decimal::Point, "10")] {
        let read = one("paid", "10.000", How { decimal: Some(decimal), ..How::default() });
        assert_eq!(bare(&value(&read, "paid")), format!("SEK{amount}"));
        assert_eq!(codes(&read), [""; 0]);
    }
}

#[test]
fn a_comma_that_stands_before_decimals_parts_no_columns() {
    let how = How { decimal: Some(Decimal::Comma), empty: Some(Empty::None), ..How::default() };
    let read = table("f.csv", "meeting", "present\n1,5\n2\n", how);
    assert_eq!((codes(&read), read.value(MEETING, "1", "present")), (vec![], "1.5".to_owned()));
}

#[test]
fn a_comma_before_decimals_takes_no_columns_from_a_file_with_commas_between_its_cells() {
    let how = || How { decimal: Some(Decimal::Comma), ..How::default() };
    for text in
        ["id,present,topics\na,\"1,5\",x\n", "id,present\na,\"1,5\"\nb,\"2 000,50\"\n", "id, present\na, \"1,5\"\n"]
    {
        let read = table("f.csv", "meeting", text, how());
        assert_eq!((codes(&read), read.value(MEETING, "a", "present")), (vec![], "1.5".to_owned()), "{text}");
    }
    // A title above the names, and a name with a comma in it.
    let read = table(
        "f.csv",
        "meeting",
        "Meetings, all\nid;present\na;1,5\nb;2\n",
        How { rows: Rows { from: Some(at(2)), until: None, ..Rows::default() }, ..how() },
    );
    assert_eq!((codes(&read), read.value(MEETING, "a", "present")), (vec![], "1.5".to_owned()));
    let columns = vec![said("Present, all", "present")];
    let read = table("f.csv", "meeting", "Present, all\n1,5\n2,5\n", How { columns, ..how() });
    assert_eq!((codes(&read), read.value(MEETING, "1", "present")), (vec![], "1.5".to_owned()));
}

#[test]
fn an_amount_finer_than_its_unit_is_told_once_for_its_field() {
    let text = "id;name;paid\na;A;10.05\nb;B;10.0051\nc;C;SEK 0.3333\nd;D;5\n";
    let read = table("f.csv", "organisation", text, How { decimal: Some(Decimal::Point), ..How::default() });
    assert_eq!(codes(&read), ["finer-than-the-unit"], "{:?}", read.told);
    assert!(read.told[0].starts_with("f.csv:3:5 "), "{:?}", read.told);
    assert!(read.told[0].contains("SEK 10.0051, finer than the smallest unit, SEK 0.01; and the same in 1 more place"));
}

#[test]
fn an_amount_has_its_currency_before_or_behind_it() {
    for cell in
        ["1 350,50 kr", "kr 1 350,50", "1350,50 SEK", "SEK 1 350,50", "1 350,50:-", "1.350,50 Kronor", "1350,5 sek"]
    {
        let read = one("paid", cell, How { decimal: Some(Decimal::Comma), ..How::default() });
        assert_eq!(codes(&read), [""; 0], "{cell}: {:?}", read.told);
        assert_eq!(bare(&value(&read, "paid")), "SEK1350.50", "{cell}");
    }
    for cell in ["1 350:-", "1 350,-", "1 350.-", "1.350.-"] {
        let read = one("paid", cell, How { decimal: Some(Decimal::Comma), ..How::default() });
        assert_eq!((codes(&read), bare(&value(&read, "paid"))), (vec![], "SEK1350".to_owned()), "{cell}");
    }
    // Which dollars, nobody can tell.
    assert_eq!(codes(&one("paid", "$ 5", How::default())), ["facts-wrong-type"]);
}

#[test]
fn what_a_spreadsheet_shows_instead_of_a_value_is_an_error() {
    for (text, place) in [
        ("id;elected_on\na;2014-01-01\n#REF!;2014-01-01\n", "f.csv:3:1"),
        ("id;elected_on\na;#SAKNAS!\n", "f.csv:2:3"),
        ("id;elected_on\na;#####\n", "f.csv:2:3"),
        ("id;elected_on\na;#VÄRDE!\n", "f.csv:2:3"),
        ("id;elected_on\nFel:502;2014-01-01\n", "f.csv:2:1"),
        ("id;elected_on\nErr:508;2014-01-01\n", "f.csv:2:1"),
        ("id;elected_on\n1,23E+11;2014-01-01\n", "f.csv:2:1"),
        ("id;elected_on\n\"1.2E+05\";2014-01-01\n", "f.csv:2:1"),
    ] {
        let read = seats(text, How::default());
        assert_eq!(codes(&read), ["cell-error"], "{text}");
        assert!(read.told[0].starts_with(place), "{:?}", read.told);
    }
    let read = table("f.csv", "meeting", "id;host;topics\n#1;famna;#N/A\n#1b;famna;#1\n", How::default());
    assert_eq!(codes(&read), ["cell-error"]);
    assert_eq!(codes(&seats("id;elected_on\n#1;2014-01-01\n1E;2014-01-01\n2.1;2014-01-01\n", How::default())), [""; 0]);
}

// ---- files ----

#[test]
fn a_first_line_names_the_sign_between_cells() {
    for text in [
        "sep=;\nid;elected_on\na;2014-01-01\n",
        "SEP=;\r\nid;elected_on\r\na;2014-01-01\r\n",
        "\"sep=;\"\nid;elected_on\na;2014-01-01\n",
    ] {
        let read = seats(text, How::default());
        assert_eq!((codes(&read), rows(&read)), (vec![], 1), "{text}");
    }
}

#[test]
fn a_first_line_that_names_another_sign_than_the_names_have_is_one_finding() {
    let read = seats("sep=,\nid;elected_on\na;2014-01-01\n", How::default());
    assert_eq!(codes(&read), ["csv-columns"]);
    assert!(
        read.told[0].contains("gives `,` as the separator, but the column names are separated by `;`"),
        "{:?}",
        read.told
    );
    assert_eq!(
        codes(&seats("sep=,\nid;elected_on\na;2014-01-01\n", How { delimiter: Some(b';'), ..How::default() })),
        [""; 0]
    );
}

#[test]
fn lines_that_end_in_a_carriage_return_alone_are_lines() {
    let read = seats("id;elected_on\ra;2014-01-01\rb;2014-01-02\r", How::default());
    assert_eq!((codes(&read), rows(&read)), (vec![], 2));
    assert_eq!(read.value(SEAT, "b", "elected_on"), "2014-01-02");
}

#[test]
fn a_file_whose_lines_end_in_several_ways_has_the_same_rows() {
    let lines = ["id;elected_on", "a;2014-01-01", "b;2014-01-02", "c;2014-01-03"];
    for ends in [["\n", "\r", "\r\n", "\n"], ["\r\n", "\n", "\r", "\r"], ["\r", "\r", "\n", ""]] {
        let text: String = lines.iter().zip(ends).flat_map(|(line, end)| [*line, end]).collect();
        let read = seats(&text, How::default());
        assert_eq!((codes(&read), rows(&read)), (vec![], 3), "{text:?}");
        assert_eq!(read.value(SEAT, "c", "elected_on"), "2014-01-03", "{text:?}");
    }
}

#[test]
fn what_is_no_table_is_named_as_what_it_is_in_one_finding() {
    for (text, says) in [
        ("%PDF-1.7\n1 0 obj\n", "a PDF"),
        ("{\"seat\": []}\n", "JSON"),
        ("[\n  {\"id\": \"a\"}\n]\n", "JSON"),
        ("<?xml version=\"1.0\"?><a/>\n", "XML"),
        ("<!DOCTYPE html><html></html>", "a web page"),
        ("\u{1f}\u{2039}\u{8}\n", "a compressed file"),
    ] {
        let read = seats(text, How::default());
        assert_eq!(codes(&read), ["spreadsheet"], "{text}");
        assert!(read.told[0].contains(&format!("this file is {says}")), "{:?}", read.told);
    }
    assert_eq!(
        codes(&seats("[id];elected_on\na;2014-01-01\n", How { columns: vec![said("[id]", "id")], ..How::default() })),
        [""; 0]
    );
}

#[test]
fn tables_are_told_by_the_endings_of_their_names() {
    for name in ["f.tsv", "f.tab", "f.txt", "F.TSV"] {
        let read = table(name, "seat", "id\telected_on\na\t2014-01-01\n", How::default());
        assert_eq!((codes(&read), rows(&read)), (vec![], 1), "{name}");
    }
    let read = table("f.tsv", "seat", "id\na, b\n", How::default());
    assert_eq!((codes(&read), rows(&read)), (vec![], 1));
    // Of a file without tabs another sign between all names and cells separates them, and so does what a first line says.
    for text in
        ["id;elected_on\na;2014-01-01\n", "id,elected_on\na,2014-01-01\n", "sep=;\nid;elected_on\na;2014-01-01\n"]
    {
        for name in ["f.tsv", "f.tab"] {
            let read = table(name, "seat", text, How::default());
            assert_eq!((codes(&read), rows(&read)), (vec![], 1), "{name} {text}");
            assert_eq!(read.value(SEAT, "a", "elected_on"), "2014-01-01", "{name} {text}");
        }
    }
    // A tab anywhere separates.
    let read = table("f.tsv", "organisation", "id\tname\na;b\tA;B\n", How::default());
    assert_eq!(codes(&read), [""; 0]);
}
