//! Tables of one or two columns: headings of groups, notes, footnotes and numbers of the columns in them, which lack little of what a
//! record has. They are told as in a wider table, and small registers are not.

use overens::load::How;

use super::load_facts::{MEETING, ORGANISATION};
use super::load_tables::{codes, table};

/// In which lines something is told of rows, and how many more there are.
fn told(text: &str) -> Vec<String> {
    let read = table("f.csv", "meeting", text, How::default());
    let kinds = [
        ("single non-empty cell, like a heading", "heading"),
        ("single non-empty cell, like headings", "headings"),
        ("single non-empty cell, like a note", "perhaps"),
        ("looks like a note below the table", "note"),
        ("rows look like notes below the table", "notes"),
        ("looks like the numbers of the columns", "numbers"),
        ("id without digits", "words"),
        ("looks like a total", "total"),
    ];
    let rows = read.told.iter().filter(|line| line.contains(" csv-rows "));
    let short = |line: &String| {
        let kind = kinds.iter().find(|(words, _)| line.contains(words)).map_or(line.as_str(), |(_, kind)| kind);
        format!("{} {kind}", line.split(' ').next().unwrap().trim_start_matches("f.csv:"))
    };
    rows.map(short).collect()
}

#[test]
fn headings_of_groups_are_told_in_two_columns_too() {
    // Ids with digits, and names that begin with such a row.
    assert_eq!(told("id;present\nNorr;\na1;100\na2;200\nSöder;\na3;10\n"), ["2:1 headings"]);
    assert_eq!(told("id;present\nNorr;\nAlfa;100\nBeta;200\nSöder;\nGamma;10\n"), ["2:1 headings"]);
    assert_eq!(told("topics;present\nNorr;\nAlfa;100\nBeta;200\nSöder;\nGamma;10\n"), ["2:1 headings"]);
    // In the midst, by a sign behind it or since nearly all have more.
    assert_eq!(told("id;present\nAlfa;100\nBeta;200\nVilande:;\nGamma;10\n"), ["4:1 heading"]);
    assert_eq!(told("id;present\nAlfa;100\nBeta;200\nGamma;\nDelta;10\n"), ["4:1 heading"]);
    // With an amount, which is no heading by its cells.
    assert_eq!(told("id;present\nNorr;308\na1;100\na2;200\na3;9\n"), ["2:1 words"]);
    let read = table("f.csv", "meeting", "id;present\nNorr;\na1;100\na2;200\nSöder;\na3;10\n", How::default());
    assert!(read.told[0].contains("`rows: (skip: [\"Norr\", \"Söder\"])`"), "{:?}", read.told);
}

#[test]
fn notes_are_told_below_two_columns_too() {
    for (rows, kind) in [
        ("1;100\n2;200\n3;10\nOsäkert;\n", "5:1 note"),
        ("a1;125\na2;230\n*;5\n", "4:1 note"),
        ("a1;125\na2;230\n1);500\n", "4:1 note"),
        ("Alfa;125\nBeta;230\nNot 1;500\n", "4:1 note"),
        ("Alfa;125\nBeta;230\nvarav betalt;100\n", "4:1 note"),
        ("Alfa;125\nBeta;230\nKälla;\n", "4:1 note"),
        ("Alfa;125\nBeta;230\nKronor;\n", "4:1 note"),
        ("Alfa;125\nBeta;230\n2015-12-31;\n", "4:1 note"),
        ("Alfa;125\nBeta;230\nGamma;10\nOsäkert;\n", "5:1 perhaps"),
    ] {
        let found = told(&format!("id;present\n{rows}"));
        assert_eq!(found, [kind], "{rows}");
    }
    let names = |rows: &str| told(&format!("id;topics\n{rows}"));
    assert_eq!(names("a1;Alfa\na2;Beta\na3;Gamma\nUpprättad av;Anna Ek\n"), ["5:1 note"]);
    assert_eq!(names("a1;Alfa\na2;Beta\nJ;= ja\n"), ["4:1 note"]);
    assert_eq!(names("Kassör;Anna\nSekreterare;Bo\nRevisor;Eva\nOrdförande;Ulf\n"), [""; 0]);
    // What stands in place of an id is none, though the row is full.
    assert_eq!(told("id;present\nF1;100\nF2;200\nBudget 2016;350\n"), ["4:1 note"]);
    assert_eq!(told("id;present\nF1;100\nF2;200\n2014;305\n2013;250\n"), ["4:1 notes"]);
    assert_eq!(told("topics;present\nAlfa;100\nBeta;200\n2014;305\n2013;250\n"), ["4:1 notes"]);
    assert_eq!(told("id;present\nAlfa;100\nBeta;200\nBudget;350\n"), ["4:1 note"]);
    assert_eq!(told("id;present\nAlfa;100\nBeta;200\nGamma;9\nMedelavgift;103\n"), ["5:1 total"]);
    assert_eq!(told("id;present\nAlfa;100\nBeta;200\nGamma;9\nAntal medlemmar;3\n"), ["5:1 total"]);
    // Sums by kind have no name.
    assert_eq!(
        told("topics;kind;present\nA;annual;100\nB;annual;200\nC;extra;50\n;annual;300\n;extra;50\n"),
        ["5:1 notes"]
    );
    // Below a total stands what is added to it.
    assert_eq!(told("id;present\nAlfa;100\nBeta;200\nSumma;300\nMoms;75\n"), ["4:1 total", "5:1 note"]);
}

#[test]
fn notes_among_names_are_told_below_wider_tables_too() {
    for row in ["Källa:;;", "2015-12-31;;", "Kronor;;", "varav betalt;100;", "Kommentar:;;"] {
        let text = format!("id;topics;present\nAlfa;x;125\nBeta;y;230\n{row}\n");
        assert_eq!(told(&text), ["4:1 note"], "{row}");
    }
    assert_eq!(told("id;topics;present\nAlfa;x;125\nBeta;y;230\nGamma;z;10\nOsäkert;;\n"), ["5:1 perhaps"]);
}

#[test]
fn numbers_of_two_columns_are_told_where_no_id_is_as_short() {
    assert_eq!(told("id;present\n1;2\n100;125\n200;230\n"), ["2:1 numbers"]);
    assert_eq!(told("id;present\n1;2\nAlfa;125\nBeta;230\n"), ["2:1 numbers"]);
    assert_eq!(told("id;topics;present\n1;2;3\n100;7;125\n200;8;230\n"), ["2:1 numbers"]);
    assert_eq!(told("id;present\n1;2\n2;3\n3;1\n"), [""; 0]);
}

#[test]
fn a_single_column_tells_headings_and_notes_by_the_digits_of_the_others() {
    assert_eq!(told("id\na1\na2\nNorr\na3\n"), ["4:1 words"]);
    assert_eq!(told("id\nNorr\na1\na2\nSöder\na3\nKälla: kansliet\n"), ["2:1 words"]);
    assert_eq!(told("id\nAlfa\nBeta\nGamma\n"), [""; 0]);
    assert_eq!(told("id\na\nb\nc1\n"), [""; 0]);
}

#[test]
fn small_registers_of_two_columns_are_told_nothing() {
    for rows in [
        "Alfa;100\nBeta;200\nNorr;100\nSöder;50\n",
        // One of three, and every other one, is not known.
        "Alfa;100\nBeta;\nGamma;10\n",
        "Alfa;\nBeta;100\nGamma;\nDelta;\nEta;10\n",
        "Alfa;100\nBeta;\nGamma;\nDelta;10\n",
        // Ids with digits are no headings.
        "1;100\n2;\n3;10\n4;5\n",
        "a1;100\na2;200\na3;\n",
        "1;1\n",
        "Alfa;100\nBeta;\n",
        // Ids of other words, and one with a letter.
        "Alfa;100\nBeta;200\nNorra kören;100\nåkers IF;50\n",
        "1;100\n2;200\n3;10\n3b;5\n",
    ] {
        assert_eq!(told(&format!("id;present\n{rows}")), [""; 0], "{rows}");
    }
    // What most rows lack is missing in none, and neither is what nobody reads.
    assert_eq!(told("id;topics\na;x\nb;\nc;\nd;\ne;\n"), [""; 0]);
    let how = How { ignore_others: true, ..How::default() };
    let read = table("f.csv", "meeting", "id;comment\nAlfa;x\nBeta;y\nGamma;z\nDelta;\nEta;w\n", how);
    assert_eq!((codes(&read), read.facts.rows(MEETING).count()), (vec![], 5), "{:?}", read.told);
}

#[test]
fn a_heading_between_totals_is_told_once_and_not_as_a_note() {
    let text =
        "id;topics;present\nNorr;;\na1;A;10\na2;B;20\nSumma Norr;;31\nSöder;;\na3;C;40\nSumma Söder;;41\nTotalt;;73\n";
    assert_eq!(told(text), ["2:1 headings", "5:1 total"]);
}

#[test]
fn a_text_in_quotes_that_goes_on_in_the_next_line_does_not_decide_what_separates_cells() {
    let paid = |text: &str| {
        let read = table("f.csv", "organisation", text, How::default());
        (codes(&read).into_iter().map(str::to_owned).collect::<Vec<_>>(), read.value(ORGANISATION, "a2", "paid"))
    };
    let guessed = vec!["csv-guessed".to_owned()];
    assert_eq!(paid("id;name;paid\na1;A;10,50\na2;\"C\nD\";7,00\n"), (guessed, "SEK 7".to_owned()));
    assert_eq!(paid("id,name,paid\na1,A;B,10.50\na2,\"C;\nD\",7.00\n"), (vec![], "SEK 7".to_owned()));
    // A heading of two lines, and a quote in the midst of a text, which begins nothing.
    assert_eq!(paid("id;\"name\n\";paid\na1;A 5\" lath;10\na2;B;7\n"), (vec![], "SEK 7".to_owned()));
}

#[test]
fn headings_with_the_sums_of_what_stands_below_them_are_told() {
    let told = |rows: &str| -> Vec<String> {
        let read = table("f.csv", "organisation", &format!("id;name;paid\n{rows}"), How::default());
        let of = read.told.into_iter().filter(|line| line.contains("sums of those below"));
        of.map(|line| line.split(" csv-rows ").next().unwrap().to_owned()).collect()
    };
    // With the total of the groups, in several groups, or in one with a sum that is no chance.
    assert_eq!(told("i;I;18000\na;A;10000\nh;H;8000\nk;K;3000\nc;C;3000\n;Totalt;21000\n"), ["f.csv:2:1"]);
    assert_eq!(told("i;I;18000\na;A;10000\nh;H;8000\nk;K;3000\nc;C;1000\nd;D;2000\n"), ["f.csv:2:1"]);
    assert_eq!(told("i;I;325\na;A;125\nh;H;200\n"), ["f.csv:2:1"]);
    // Chance, and something left over.
    for rows in
        ["a;A;300\nb;B;100\nc;C;200\n", "a;A;100\nb;B;100\nc;C;50\nd;D;50\n", "a;A;325\nb;B;125\nc;C;200\nd;D;7\n"]
    {
        assert_eq!(told(rows), [""; 0], "{rows}");
    }
}

#[test]
fn an_amount_that_was_carried_over_is_told_in_a_full_row_too() {
    let text = "held_on;topics;present\n2015-01-02;Ingående saldo;1000\n2015-01-05;Avgift;200\n2015-02-01;Hyra;-7\n";
    assert_eq!(told(text), ["2:1 total"]);
    assert_eq!(told(&text.replace("Ingående saldo", "Saldo från mötet")), [""; 0]);
}

#[test]
fn years_are_headings_where_no_row_has_an_id() {
    for (one, other) in [("2015-01", "2015-02"), ("2014-2015", "2015-2016"), ("Q1", "Q2")] {
        let text = format!("topics;held_on;present\n{one};;\nAlfa;2015-01-01;7\n{other};;\nBeta;2015-02-01;5\n");
        assert_eq!(told(&text), ["2:1 headings"], "{one}");
    }
    let rows = "2023;;\nAlfa;1;100\nBeta;2;125\n2024;;\nGamma;3;5\n";
    assert_eq!(
        told(&format!(
            "topics;held_on;present\n{}",
            rows.replace(";1;", ";2023-01-01;").replace(";2;", ";2023-02-01;").replace(";3;", ";2024-01-01;")
        )),
        ["2:1 headings"]
    );
    assert_eq!(told(&format!("id;topics;present\n{rows}")), [""; 0]);
}

#[test]
fn a_total_of_several_words_is_told_by_a_number_no_less_than_the_others_together() {
    // Rounded, or of more rows than those that are looked at.
    assert_eq!(told("topics;present\nAlfa;100.4\nBeta;250.4\nSumma totalt;351\n"), ["4:1 total"]);
    assert_eq!(told("topics;present\nAlfa;101\nBeta;251\nTotal awarded;390\n"), ["4:1 total"]);
    // Names that begin so: another does, or the number is less.
    assert_eq!(told("topics;present\nTotal Choir;101\nBeta;251\nTotal Football;390\n"), [""; 0]);
    assert_eq!(told("topics;present\nAlfa;101\nBeta;251\nTotal Football;200\n"), [""; 0]);
}

#[test]
fn balances_are_told_in_full_rows_by_their_short_names_and_with_a_year() {
    for (first, last) in [("IB", "UB"), ("Ing. saldo", "Utg. saldo"), ("Ingående saldo 2015", "Utgående saldo 2015")]
    {
        let text = format!(
            "topics;held_on;present\n{first};2015-01-01;5\nAlfa;2015-02-01;7\nBeta;2015-02-02;4\nGamma;2015-02-03;3\n{last};2015-12-31;12\n"
        );
        assert_eq!(told(&text), ["2:1 total"], "{first}");
    }
}
