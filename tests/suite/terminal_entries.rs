//! The entry that `overens facts` writes reads without an error what it understood of the table: rows that are no records are left out,
//! and what is uncertain of its columns has to be decided.

use std::path::PathBuf;

use super::terminal_agreements::{folder, overens};

const POLICY: &str = r#"agreement books "Cash books"
  in force from 2014-01-01 until further notice
  currency SEK

record entry, entries
  booked_on: date
  text: text
  paid_in: money
  paid_out: money
  balance: money

actor board

duty rest § 1
  for each entry
  board shall ensure balance is at least SEK 0
"#;

fn books(test: &str, policy: &str, table: &str) -> PathBuf {
    let folder = folder(&format!("entries/{test}"), &[("books.overens", policy)]);
    std::fs::write(folder.join("book.csv"), table).unwrap();
    folder
}

/// What is printed of a table, and what is wrong with it when it is read as the entry says.
fn looked_at(test: &str, policy: &str, table: &str) -> (String, String) {
    let folder = books(test, policy, table);
    let (_, told, wrong) = overens(&folder, &["facts", "books.overens", "entry=book.csv", "--as-of", "2025-12-31"]);
    (told, wrong)
}

/// The entry leaves out rows that begin with these words, and reads so many others.
#[track_caller]
fn leaves_out(test: &str, table: &str, words: &[&str], rows: usize) {
    let (told, wrong) = looked_at(test, POLICY, table);
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let left_out = format!("skip: [{}]", words.join(", "));
    assert!(told.contains(&left_out), "{left_out} in:\n{told}");
    assert!(told.contains(&format!("{rows} rows of `entry`")), "{told}");
    assert_eq!(wrong, "", "{told}");
}

#[test]
fn an_amount_that_was_carried_over_is_left_out_with_an_id_column_and_without() {
    let rows = "V1;2024-01-05;Gåva;100;;600\nV2;2024-01-06;Hyra;;40;560\n";
    let head = "id;booked_on;text;paid_in;paid_out;balance\n";
    leaves_out("first", &format!("{head};;Ingående balans;;;500\n{rows}"), &["Ingående balans"], 2);
    leaves_out("dated", &format!("{head};2024-01-01;Ingående saldo;;;500\n{rows}"), &["2024-01-01"], 2);
    leaves_out("bare", &format!("{head};;Saldo;;;500\n{rows}"), &["Saldo"], 2);
    let plain = "booked_on;text;balance\n;Ingående balans;500\n2024-01-05;Gåva;600\n2024-01-06;Hyra;560\n";
    leaves_out("plain", plain, &["Ingående balans"], 2);
    // In the column of the days a word is none.
    let carried = "booked_on;text;paid_in;paid_out;balance\n2024-01-05;Avgift;100;0;100\nTransport;;100;0;100\n2024-01-06;Hyra;0;50;50\n2024-01-07;Gåva;20;0;70\n";
    leaves_out("page", carried, &["Transport"], 3);
}

#[test]
fn a_row_that_begins_with_the_day_of_a_record_is_not_left_out_with_it() {
    let table = "booked_on;text;balance\n2024-01-05;Ingående balans;500\n2024-01-05;Gåva;600\n2024-01-06;Hyra;560\n";
    let (told, wrong) = looked_at("shared", POLICY, table);
    assert!(!told.contains("skip: ["), "{told}");
    assert!(wrong.contains("looks like a total"), "{wrong}");
    assert!(told.contains("To decide: a row that begins with `2024-01-05` looks like a total or heading"), "{told}");
}

#[test]
fn column_names_that_come_again_on_each_page_are_left_out() {
    let names = "booked_on;text;paid_in;paid_out\n";
    let row = "2024-01-05;Avgift;100;\n";
    leaves_out("pages", &[names, row, names, row, names, row].concat(), &["booked_on"], 3);
}

#[test]
fn a_closing_row_without_an_id_is_left_out_and_a_record_without_one_is_a_mistake() {
    let head = "id;booked_on;text;paid_in;paid_out\nV1;2024-01-05;Gåva;100;\nV2;2024-01-06;Hyra;;40\n";
    for (test, last, word) in [("result", ";2024-12-31;Resultat;60;", "2024-12-31"), ("numbers", ";;;61;41", "61")] {
        let (told, wrong) = looked_at(test, POLICY, &format!("{head}{last}\n"));
        assert!(told.contains(&format!("rows: (until: \"{word}\")")), "{told}");
        assert_eq!(wrong, "", "{told}");
    }
    let (told, wrong) =
        looked_at("forgotten", POLICY, &format!("{head};2024-01-07;Swish;10;\nV4;2024-01-08;Swish;10;\n"));
    assert!(wrong.contains("this `entry` has no `id`") && told.contains("4 rows of `entry`"), "{told}{wrong}");
}

#[test]
fn a_heading_that_may_say_the_opposite_is_to_be_decided() {
    let policy = |field: &str| POLICY.replace("  paid_in: money\n  paid_out: money\n", &format!("  {field}\n"));
    let decide = |test: &str, field: &str, heading: &str, cells: [&str; 3]| {
        let [one, two, three] = cells;
        let table = format!(
            "id;booked_on;balance;{heading}\na;2024-01-05;5;{one}\nb;2024-01-06;6;{two}\nc;2024-01-07;7;{three}\n"
        );
        looked_at(test, &policy(field), &table).0
    };
    for (test, field, heading, cells) in [
        ("absent", "present: yes/no", "Absent", ["yes", "no", "yes"]),
        ("away", "närvarande: number", "Frånvarande", ["12", "24", "31"]),
        ("credit", "debet: money", "Kredit", ["12", "24", "31"]),
    ] {
        let name = field.split(':').next().unwrap();
        let wanted = format!(
            "To decide: `{heading}` is read as `{name}`, because of the values in its cells; its name may say the opposite of `{name}`"
        );
        let told = decide(test, field, heading, cells);
        assert!(told.contains(&wanted), "{wanted} in:\n{told}");
    }
    let told = decide("free", "fee: money", "Free", ["12", "24", "31"]);
    assert!(
        told.contains("`Free` is read as `fee`, because the names are similar; its name may be another word"),
        "{told}"
    );
    // What has nothing to do with the field is no opposite of it.
    let told = decide("cost", "fee: money", "Kostnad", ["12", "24", "31"]);
    assert!(told.contains("`Kostnad` is read as `fee`, because of the values in its cells\n"), "{told}");
    // 18.00 may be a time as well as a number.
    let told = decide("time", "opens_at: time\n  members: number", "Start", ["18.00", "18.30", "18.00"]);
    assert!(told.contains("`Start` is ignored, but could be `opens_at` or `members`"), "{told}");
}

#[test]
fn a_table_of_thousands_of_columns_is_looked_at_and_too_many_are_refused_at_once() {
    let table = |columns: usize| {
        let names: Vec<String> = (0..columns).map(|at| format!("c{at}")).collect();
        let cells: Vec<String> = (0..columns).map(|at| (at % 7).to_string()).collect();
        format!("id;{}\n1;{}\n", names.join(";"), cells.join(";"))
    };
    let (told, _) = looked_at("wide", POLICY, &table(3000));
    assert!(told.contains("3001 columns, 1 row of `entry`"), "{}", told.lines().next().unwrap_or_default());
    let folder = books("too-wide", POLICY, &table(5000));
    let (code, told, wrong) = overens(&folder, &["facts", "books.overens", "entry=book.csv"]);
    assert!(told.is_empty() && wrong.contains("5001 exceeds the limit `columns` of 4096"), "{code} {wrong}");
}

#[test]
fn lines_that_are_read_as_single_cells_are_told_by_their_cause() {
    let (_, wrong) = looked_at("quoted", POLICY, "\"id;text;balance\"\n\"1;A;100\"\n\"2;B;200\"\n");
    assert!(
        wrong.contains("each line of this file is in quotes as a whole, and so is read as a single cell"),
        "{wrong}"
    );
    let (_, wrong) = looked_at("blanks", POLICY, "id text balance\n1 Anna 100\n2 Bo 200\n");
    assert!(wrong.contains("the columns of this file seem to be aligned with blanks"), "{wrong}");
    // A name of several words is one.
    let (_, wrong) = looked_at("names", POLICY, "text\nGåva 2024 A\nGåva 2025 B\n");
    assert!(!wrong.contains("aligned with blanks"), "{wrong}");
}

#[test]
fn a_part_of_an_amount_that_adds_up_with_it_makes_no_total() {
    let wrong = |test: &str, rows: &str| looked_at(test, POLICY, &format!("text;booked_on;paid_in;paid_out\n{rows}")).1;
    // A fifth of each: where the one adds up, the other does, too.
    let parts = "A;2024-01-05;1000;200\nB;2024-01-06;500;100\nC;2024-01-07;1500;300\n";
    assert_eq!(wrong("parts", parts), "");
    // Of two that have nothing to do with each other it is no chance.
    let both = "A;2024-01-05;1000;200\nB;2024-01-06;500;300\nC;2024-01-07;1500;500\n";
    assert!(wrong("both", both).contains("looks like a total"), "{both}");
}

#[test]
fn totals_are_left_out_by_the_number_before_their_word_and_by_their_sums_alone() {
    // 10 + 20 = 30, 40 + 50 = 90.
    let behind = "paid_in;booked_on;text\n10;2024-01-03;Aa\n20;2024-01-04;Bb\n30;;Summa januari\n40;2024-02-03;Cc\n50;2024-02-04;Dd\n90;;Summa februari\n41;2024-03-03;Ee\n";
    leaves_out("behind", behind, &["30", "90"], 5);
    // 1200 + 85 + 120 = 1405, 99 + 44 = 143.
    let months = "text;booked_on;paid_in\nx;2024-01-05;1200\ny;2024-01-09;85\nz;2024-01-30;120\nJanuari;;1405\nu;2024-02-14;99\nv;2024-02-17;44\nFebruari;;143\n";
    leaves_out("months", months, &["Januari", "Februari"], 5);
    // What was carried over to another page is the sum there, and adds nothing to the next.
    let pages = "text;booked_on;paid_in;paid_out\nx;2024-01-05;1200;5\ny;2024-01-09;85;6\nTransport;;1285;11\nu;2024-02-14;99;7\nv;2024-02-17;44;8\nTransport;;1428;26\nw;2024-02-18;45;9\n";
    leaves_out("pages_of_sums", pages, &["Transport"], 5);
}

#[test]
fn a_note_ends_the_rows_although_a_total_stands_in_their_midst() {
    let table = "paid_in;booked_on;text\n10;2024-01-03;Aa\n20;2024-01-04;Bb\n30;;Summa januari\n40;2024-02-03;Cc\nRevisorns underskrift;;\n";
    let (told, wrong) = looked_at("note", POLICY, table);
    assert!(told.contains("rows: (skip: [\"30\"], until: \"Revisorns underskrift\")"), "{told}");
    assert_eq!(wrong, "", "{told}");
}

#[test]
fn a_heading_that_is_nearly_a_field_is_left_open_where_its_cells_are_something_else() {
    let table = "id;Paid_inn;booked_on\na;Röd;2024-01-05\nb;Grön;2024-01-06\nc;Blå;2024-01-07\n";
    let (told, wrong) = looked_at("colours", POLICY, table);
    assert!(!told.contains("columns: {"), "{told}");
    assert!(!wrong.contains("error["), "{wrong}");
}
