//! Amounts whose decimals do not end, and those of very many digits, in tables that hold numbers: none becomes a day, and none is rounded
//! without a word.

use calamine::{Data, Reader, Xlsx, open_workbook};
use overens::value::Number;

use super::terminal_agreements::{folder, overens};

/// What is not rounded: a third of each bill.
const COST: &str = "agreement a \"Shares\"\n  in force from 2010-01-01\n  currency SEK\n\nrecord club\n  name: text\n\nevent bill on sent_on\n  sent_on: date\n  amount: money\n\ncost rent § 1 \"Who pays\"\n  for each bill\n  amount is shared equally among club\n";
const BILLS: &str = r#"(agreement: "a", as_of: "2015-01-01", complete: {"club": (from: "2010-01-01", through: "2015-01-01")},
  club: [(id: "kestrel"), (id: "heron"), (id: "owl")],
  bill: [(id: "large", sent_on: "2014-01-01", amount: 100), (id: "small", sent_on: "2014-02-01", amount: 1),
    (id: "even", sent_on: "2014-03-01", amount: 7.5), (id: "huge", sent_on: "2014-04-01", amount: 5698005646723647)])"#;

fn shares(test: &str, words: &[&str]) -> String {
    let folder = folder(test, &[("a.overens", COST), ("f.ron", BILLS)]);
    overens(&folder, &[&["eval", ".", "f.ron", "--shares", "--format"], words].concat()).1
}

/// The row of one who bears a part of a bill.
fn row<'t>(table: &'t str, bill: &str) -> &'t str {
    table.lines().find(|line| line.contains(bill) && line.contains("kestrel")).unwrap()
}

#[test]
fn a_share_whose_decimals_do_not_end_is_rounded_in_csv_and_told_exactly_beside_it() {
    let table = shares("exact_csv", &["csv"]);
    assert!(table.starts_with("agreement,as_of,section,clause,title,subject,period,who,currency,amount,billed,file,line,exact_amount,exact_billed,not_judged\n"));
    let ends = |bill: &str, ends: &str| assert!(row(&table, bill).ends_with(ends), "{table}");
    ends("large", ",kestrel,SEK,33.3333333333333,,./a.overens,12,SEK 100/3,,");
    ends("small", ",kestrel,SEK,0.333333333333333,,./a.overens,12,SEK 1/3,,");
    ends("even", ",kestrel,SEK,2.5,,./a.overens,12,,,");
}

#[test]
fn in_a_swedish_spreadsheet_a_third_is_a_number_and_more_than_fifteen_digits_are_a_text() {
    let table = shares("exact_swedish", &["csv", "--csv-dialect", "sv"]);
    let ends = |bill: &str, ends: &str| assert!(row(&table, bill).ends_with(ends), "{table}");
    ends("large", ";kestrel;SEK;33,3333333333333;;./a.overens;12;SEK 100/3;;");
    ends("small", ";kestrel;SEK;0,333333333333333;;./a.overens;12;SEK 1/3;;");
    ends("even", ";kestrel;SEK;2,5;;./a.overens;12;;;");
    // A third of 5698005646723647 is 1899335215574549.
    ends("huge", ";kestrel;SEK;\"=\"\"1899335215574549\"\"\";;./a.overens;12;;;");
}

#[test]
fn lines_of_json_keep_the_fraction() {
    let lines = shares("exact_jsonl", &["jsonl"]);
    assert!(row(&lines, "large").contains("\"amount\":\"100/3\""), "{lines}");
}

#[test]
fn in_a_workbook_a_third_is_a_number_with_its_fraction_beside_it() {
    let folder = folder("exact_workbook", &[("a.overens", COST), ("f.ron", BILLS)]);
    overens(&folder, &["eval", ".", "f.ron", "--report", "xlsx=out.xlsx"]);
    let mut book: Xlsx<_> = open_workbook(folder.join("out.xlsx")).unwrap();
    let rows: Vec<Vec<Data>> = book.worksheet_range("shares").unwrap().rows().map(<[Data]>::to_vec).collect();
    let column = |name: &str| rows[0].iter().position(|one| *one == Data::String(name.to_string())).unwrap();
    let of = |bill: &str, name: &str| {
        let row = rows.iter().find(|row| row[column("for")] == Data::String(bill.to_string())).unwrap();
        row.get(column(name)).cloned().unwrap_or(Data::Empty)
    };
    assert_eq!(of("large", "bears"), Data::Float(33.3333333333333));
    assert_eq!(of("large", "bears exactly"), Data::String("SEK 100/3".to_string()));
    assert_eq!((of("even", "bears"), of("even", "bears exactly")), (Data::Float(2.5), Data::Empty));
    assert_eq!(of("huge", "bears"), Data::String("1899335215574549".to_string()));
}

#[test]
fn a_number_has_as_many_digits_as_a_spreadsheet_keeps_however_small_it_is() {
    for (numerator, denominator, digits) in [
        (1, 8, "0.125"),
        (1, 3, "0.333333333333333"),
        (-2, 3, "-0.666666666666667"),
        (200, 13, "15.3846153846154"),
        // Noughts behind the point are no digits: these have fifteen, too.
        (1, 11, "0.0909090909090909"),
        (-1, 30, "-0.0333333333333333"),
        (2, 3000, "0.000666666666666667"),
        (1, 21_000_000, "0.0000000476190476190476"),
        (10_000_000_000_000_000, 3, "3333333333333333.33"),
        (12, 1, "12"),
    ] {
        let number = Number::ratio(numerator, denominator).unwrap();
        assert_eq!(number.in_decimals(), digits, "{numerator}/{denominator}");
    }
    assert!(Number::ratio(1, 8).unwrap().ends() && !Number::ratio(1, 3).unwrap().ends());
}
