//! Rows in the midst of a table that are no records: totals of a part of it and headings of groups. They are told, and left out by what
//! the file's entry says.

use overens::load::{How, Rows};
use overens::source::{FileId, Span, Spanned};

use super::load_facts::{MEETING, Read};
use super::load_tables::{codes, table};

fn meetings(text: &str) -> Read {
    table("f.csv", "meeting", text, How::default())
}

fn skip(words: &[&str]) -> How {
    let at = |word: &&str| Spanned::new((*word).to_owned(), Span::new(FileId(0), 0, 0));
    How { rows: Rows { skip: words.iter().map(at).collect(), ..Rows::default() }, ..How::default() }
}

/// Where rows are told to look like totals, with how many more.
fn totals(text: &str) -> Vec<String> {
    let read = meetings(text);
    let is_one = |line: &&String| line.contains("looks like a total");
    let short = |line: &String| {
        let place = line.split(' ').next().unwrap();
        let more = line.split("; and the same in ").nth(1).map_or("", |more| more.split(' ').next().unwrap());
        format!("{place} {more}").trim().to_owned()
    };
    read.told.iter().filter(is_one).map(short).collect()
}

#[test]
fn a_total_in_the_midst_is_told_by_the_word_in_one_of_its_cells() {
    // Below the meetings stand their total, a budget, and what is between them.
    assert_eq!(totals("topics;present\nA;100\nB;200\nSumma;300\nBudget;400\nAvvikelse;100\n"), ["f.csv:4:1"]);
    // A total of a part, in each of the columns, in quotes, with a number or day behind it.
    for row in ["Summa;Summa;300", "x;Totalt;300", "\"Delsumma\";\"\";\"300\"", "x;Total 2015;300", "Summa Norra;;300"]
    {
        let text = format!("id;topics;present\na;A;100\nb;B;200\n{row}\nc;C;7\nd;D;9\n");
        assert_eq!(totals(&text), ["f.csv:4:1"], "{row}");
    }
    // As spreadsheets call the totals of groups that they make.
    let how = How { ignore_others: true, ..How::default() };
    let read = table("f.csv", "meeting", "region;x;topics;present\nN;;A;100\nN Total;;;300\nS;;C;7\n", how);
    assert!(read.told.iter().any(|line| line.starts_with("f.csv:3:1 csv-rows this row looks like a total")));
    // Several are one finding.
    let two = "topics;present\nA;100\nB;200\nSumma;300\nC;7\nD;8\nE;9\nSumma;24\nF;1\nG;2\n";
    assert_eq!(totals(two), ["f.csv:4:1 1"]);
}

#[test]
fn a_word_that_stands_in_most_rows_or_goes_on_is_no_total() {
    assert_eq!(totals("topics;present\nTotal;1\nTotal;2\nTotal;3\nA;4\nB;9\n"), [""; 0]);
    assert_eq!(totals("id;topics;present\na;Total Energi;100\nb;B;200\nc;C;7\n"), [""; 0]);
    assert_eq!(totals("id;topics;present\na;Summanen;100\nb;B;200\nc;C;7\n"), [""; 0]);
}

#[test]
fn a_row_of_nothing_but_a_sum_is_told_in_the_midst_too() {
    assert_eq!(totals("topics;present\nA;100\nB;200\n;300\nC;7\nD;8\n;15\nE;1\n"), ["f.csv:4:1 1"]);
    assert_eq!(totals("topics;present\nA;100\nB;200\n;301\nC;7\n"), [""; 0]);
}

#[test]
fn a_table_in_quotes_is_read_and_told_like_one_without() {
    let bare = "id;topics;present\nNorra;;\na;A;100\n;;\nb;B;200\nSumma;;300\nc;C;7\n";
    let quoted: Vec<String> = bare
        .lines()
        .map(|line| line.split(';').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";"))
        .collect();
    let some = bare.replace("A;", "\"A\";").replace("C;", "\"C\";").replace("200", "\"200\"");
    let plain = meetings(bare);
    assert_eq!(codes(&plain), ["csv-rows", "csv-rows", "csv-rows"]);
    for text in [quoted.join("\n"), quoted.join("\r\n"), some] {
        let read = meetings(&text);
        assert_eq!(read.told, plain.told, "{text}");
        for (id, present) in [("a", "100"), ("b", "200"), ("c", "7")] {
            assert_eq!(read.value(MEETING, id, "present"), present, "{text}");
        }
        assert_eq!(read.value(MEETING, "b", "topics"), plain.value(MEETING, "b", "topics"), "{text}");
    }
    // What separates cells, a line break and a quote may stand in one.
    let how = How { items: Some('|'), ..How::default() };
    let text = "id;topics;present\n\"Norra; östra\";\"\";\na;\"A;\nB\";1\nb;\"\"\"C\"\"\";2\n";
    let told = table("f.csv", "meeting", text, how).told;
    assert!(told.len() == 1 && told[0].contains("single non-empty cell"), "{told:?}");
}

#[test]
fn headings_of_groups_are_told_and_a_record_of_which_nothing_is_known_is_none() {
    let headings = |text: &str| -> Vec<String> {
        let told = meetings(text).told;
        told.into_iter().filter(|line| line.contains("single non-empty cell")).collect()
    };
    let two = headings("id;topics;present\nNorra;;\na;A;100\nb;B;200\nSödra;;\nc;C;300\n");
    assert_eq!(two.len(), 1);
    assert!(
        two[0].starts_with(
            "f.csv:2:1 csv-rows 2 rows have a single non-empty cell, like headings for the rows below them, but are read like the \
             others; this is the first | f.csv:5:1 here too | "
        ),
        "{two:?}"
    );
    assert!(two[0].contains("`rows: (skip: [\"Norra\", \"Södra\"])`"), "{two:?}");
    // Inside a column, with blanks in it, and one within another.
    assert_eq!(headings("id;topics;present\na;A;100\nRegion 2;;\nb;B;200\n").len(), 1);
    assert_eq!(headings("topics;held_on;present\nNorra;;\nKust;;\nA;2015;100\nB;2015;200\nC;2015;1\n").len(), 1);
    // At the end, with digits as ids have, or in most rows.
    assert_eq!(headings("id;topics;present\na;A;100\nb;B;200\nSödra;;\n"), [""; 0]);
    assert_eq!(headings("id;topics;present\na;A;100\nb2;;\nc;C;200\n"), [""; 0]);
    assert_eq!(headings("id;topics;present\nx;;\ny;;\nz;;\nw;t;1\n"), [""; 0]);
    // Of two columns one is often not known.
    assert_eq!(headings("id;present\na;100\nb;\nc;200\n"), [""; 0]);
}

#[test]
fn rows_that_begin_with_a_word_are_left_out_where_the_entry_says_so() {
    let text =
        "id;topics;present\nNorra;;\na;A;100\nSumma Norra;;100\nSödra:;;\n;;\nb;B;200\nSumma Södra;;200\nSumma;;300\n";
    for text in [text.to_owned(), text.replace("\nNorra;", "\n\"Norra\";"), text.replace('\n', "\r\n")] {
        let read = table("f.csv", "meeting", &text, skip(&["Norra", "södra", "Summa Norra", "Summa Södra", "Summa"]));
        assert_eq!(codes(&read), ["csv-rows"], "{:?}", read.told);
        assert!(read.told[0].contains("only empty cells"), "{:?}", read.told);
        assert_eq!(read.facts.rows(MEETING).count(), 2);
        assert_eq!(read.place(MEETING, "b", "topics"), "B");
    }
    // Where no row is the word alone, those that begin with it are meant; one that is full may be a record.
    let read = table(
        "f.csv",
        "meeting",
        "id;topics;present\na;A;100\nSumma N;;100\nb;B;200\nSumma S;;200\n",
        skip(&["Summa"]),
    );
    assert_eq!((codes(&read), read.facts.rows(MEETING).count()), (vec![], 2));
    let read = table("f.csv", "meeting", "id;topics;present\na;A;100\nNorra IF;N;7\nb;B;200\n", skip(&["Norra"]));
    assert_eq!(codes(&read), ["csv-rows"]);
    assert!(read.told[0].starts_with("f.csv:3:1 csv-rows this row looks like a record"), "{:?}", read.told);
    let read = table("f.csv", "meeting", "id;topics;present\na;A;100\n", skip(&["Norra"]));
    assert_eq!(codes(&read), ["csv-no-such-row"]);
}
