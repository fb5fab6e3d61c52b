//! Verdicts as a workbook, and a copy of the facts with verdicts beside their rows: what a spreadsheet reads in them.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::terminal_agreements::{folder, overens};

const POLICY: &str = r#"agreement club "The club"
  in force from 2014-01-01
  currency SEK

record member
  name: text
  number: text

event report on sent_on
  author: member
  sent_on: date
  due_on: date
  fee: money

event bill on sent_on
  sent_on: date
  amount: money

actor board

deadline in_time § 1 "Reports come in time"
  for each report
  board shall have sent_on
  by due_on

cost rent § 2
  for each bill
  amount is shared equally among member
  rounded to SEK 0.01
"#;

const FACTS: &str = r#"(agreement: "club", as_of: "2015-01-01", complete: {"member": (from: "2010-01-01", through: "2015-01-01")},
  files: [(path: "reports.csv", record: "report")],
  member: [(id: "=kestrel+1"), (id: "heron")], bill: [(id: "b", sent_on: "2014-05-01", amount: 347)])"#;

const REPORTS: &str =
    "id;author;sent_on;due_on;fee\nr1;heron;2014-03-06;2014-03-01;007\nr2;heron;2014-02-06;2014-03-01;12\n";

fn made(test: &str) -> std::path::PathBuf {
    let folder = folder(test, &[("club.overens", POLICY), ("facts.ron", FACTS), ("reports.csv", REPORTS)]);
    let words = ["eval", ".", "facts.ron", "--report", "xlsx=out.xlsx", "--annotate", "copy.xlsx"];
    let (exit, results, messages) = overens(&folder, &words);
    assert_eq!(exit, 0, "{results}{messages}");
    folder
}

fn rows(file: &Path, sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// The cell below a heading.
fn cell<'r>(rows: &'r [Vec<Data>], row: usize, heading: &str) -> &'r Data {
    let column = rows[0].iter().position(|one| *one == Data::String(heading.to_string())).unwrap();
    &rows[row][column]
}

fn text(words: &str) -> Data {
    Data::String(words.to_string())
}

#[test]
fn verdicts_have_real_days_and_numbers_and_a_word_with_a_reason() {
    let folder = made("workbook");
    let rows = rows(&folder.join("out.xlsx"), "verdicts");
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert_eq!(cell(&rows, 1, "verdict"), &text("late"));
    assert_eq!(cell(&rows, 1, "title"), &text("Reports come in time"));
    assert_eq!(cell(&rows, 1, "days"), &Data::Float(5.0));
    let day = |data: &Data| match data {
        Data::DateTime(day) => day.to_ymd_hms_milli(),
        other => panic!("{other:?} is no day"),
    };
    assert_eq!(day(cell(&rows, 1, "last day")), (2014, 3, 1, 0, 0, 0, 0));
    assert_eq!(day(cell(&rows, 1, "as of")), (2015, 1, 1, 0, 0, 0, 0));
    assert!(matches!(cell(&rows, 1, "why"), Data::String(why) if why.contains("2014-03-06")), "{rows:?}");
}

#[test]
fn shares_are_a_table_with_exact_amounts_and_names_that_are_no_formulas() {
    let folder = made("workbook_shares");
    let rows = rows(&folder.join("out.xlsx"), "shares");
    assert_eq!((cell(&rows, 1, "who"), cell(&rows, 1, "bears")), (&text("=kestrel+1"), &Data::Float(173.5)));
    assert_eq!(cell(&rows, 1, "currency"), &text("SEK"));
    let mut book: Xlsx<_> = open_workbook(folder.join("out.xlsx")).unwrap();
    assert!(book.worksheet_formula("shares").unwrap().is_empty());
}

#[test]
fn the_copy_of_the_facts_has_each_row_with_its_verdict_beside_it() {
    let folder = made("workbook_beside");
    assert_eq!(std::fs::read_to_string(folder.join("reports.csv")).unwrap(), REPORTS);
    let rows = rows(&folder.join("copy.xlsx"), "reports.csv");
    assert_eq!(cell(&rows, 1, "id"), &text("r1"));
    assert_eq!((cell(&rows, 1, "in_time"), cell(&rows, 2, "in_time")), (&text("late"), &text("satisfied")));
    assert!(matches!(cell(&rows, 1, "in_time: why"), Data::String(why) if why.contains("5 days")), "{rows:?}");
    // A number with noughts ahead is a code, not a number.
    assert_eq!((cell(&rows, 1, "fee"), cell(&rows, 2, "fee")), (&text("007"), &Data::Float(12.0)));
}

#[test]
fn the_same_verdicts_make_the_same_bytes_and_no_source_is_replaced() {
    let (one, other) = (made("workbook_same"), made("workbook_same_again"));
    for name in ["out.xlsx", "copy.xlsx"] {
        assert_eq!(std::fs::read(one.join(name)).unwrap(), std::fs::read(other.join(name)).unwrap());
    }
    let (exit, _, messages) = overens(&one, &["eval", ".", "facts.ron", "--annotate", "reports.csv"]);
    assert!(exit == 2 && messages.contains("one of the texts that were read"), "{messages}");
    assert_eq!(std::fs::read_to_string(one.join("reports.csv")).unwrap(), REPORTS);
    let (exit, _, messages) = overens(&one, &["check", ".", "--report", "xlsx=out.xlsx"]);
    assert!(exit == 2 && messages.contains("`overens eval`"), "{messages}");
}
