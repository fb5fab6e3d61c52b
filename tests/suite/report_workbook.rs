//! Verdicts as a workbook, and a copy of the facts with verdicts beside their rows: what a spreadsheet reads in them.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use overens::render::workbook::{Book, Cell};
use overens::value::Day;

use super::load_sheets::{ods, ods_rows};
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

pub fn rows(file: &Path, sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// The cell below a heading.
pub fn cell<'r>(rows: &'r [Vec<Data>], row: usize, heading: &str) -> &'r Data {
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
fn numbers_and_days_of_the_copy_are_such_however_they_were_written() {
    let reports = "id;author;sent_on;due_on;fee\nr1;heron;06.03.2014;20140301;1 200,50 kr\nr2;heron;2014-02-06;1 mars 2014;300 kr\n";
    let facts = FACTS.replace("record: \"report\")", "record: \"report\", decimal: \",\")");
    let files = [("club.overens", POLICY), ("facts.ron", facts.as_str()), ("reports.csv", reports)];
    let folder = folder("workbook_as_read", &files);
    let (exit, results, messages) = overens(&folder, &["eval", ".", "facts.ron", "--annotate", "copy.xlsx"]);
    assert_eq!(exit, 0, "{results}{messages}");
    let rows = rows(&folder.join("copy.xlsx"), "reports.csv");
    let day = |data: &Data| match data {
        Data::DateTime(day) => day.to_ymd_hms_milli(),
        other => panic!("{other:?} is no day"),
    };
    for (row, heading, expected) in
        [(1, "sent_on", (2014, 3, 6)), (1, "due_on", (2014, 3, 1)), (2, "due_on", (2014, 3, 1))]
    {
        let (year, month, date, ..) = day(cell(&rows, row, heading));
        assert_eq!((year, month, date), expected, "{rows:?}");
    }
    assert_eq!((cell(&rows, 1, "fee"), cell(&rows, 2, "fee")), (&Data::Float(1200.5), &Data::Float(300.0)));
}

#[test]
fn the_copy_of_the_facts_has_each_row_with_its_verdict_beside_it() {
    let folder = made("workbook_beside");
    assert_eq!(std::fs::read_to_string(folder.join("reports.csv")).unwrap(), REPORTS);
    let rows = rows(&folder.join("copy.xlsx"), "reports.csv");
    assert_eq!(cell(&rows, 1, "id"), &text("r1"));
    assert_eq!((cell(&rows, 1, "in_time"), cell(&rows, 2, "in_time")), (&text("late"), &text("satisfied")));
    assert!(matches!(cell(&rows, 1, "in_time: why"), Data::String(why) if why.contains("5 days")), "{rows:?}");
    // Noughts ahead of an amount mean nothing.
    assert_eq!((cell(&rows, 1, "fee"), cell(&rows, 2, "fee")), (&Data::Float(7.0), &Data::Float(12.0)));
}

#[test]
fn every_table_that_was_read_is_in_the_copy_wherever_else_its_record_has_rows() {
    let inline = FACTS.replace("member: [", "report: [(id: \"r3\", author: \"heron\", fee: 5)], member: [");
    let later = FACTS.replace(
        "(path: \"reports.csv\", record: \"report\")",
        "(path: \"reports.csv\", record: \"report\"), \"later.ron\"",
    );
    let two = FACTS.replace(
        "(path: \"reports.csv\", record: \"report\")",
        "(path: \"reports.csv\", record: \"report\"), (path: \"others.csv\", record: \"report\"), (path: \"none.csv\", record: \"report\")",
    );
    let sources = "id;author;sent_on;due_on;fee;source\nr1;heron;2014-03-06;2014-03-01;007;board\nr2;heron;2014-02-06;2014-03-01;12;board\n";
    let others = "id;sent_on;source\nr1;2014-03-06;auditor\nr4;;auditor\n";
    let files = |facts: &str, reports: &str| {
        let later = "(recorded_on: \"2014-12-01\", report: [(id: \"r2\", source: \"later\")])";
        let all = [
            ("club.overens", POLICY),
            ("facts.ron", facts),
            ("reports.csv", reports),
            ("later.ron", later),
            ("others.csv", others),
            ("none.csv", "id;sent_on\n"),
        ];
        let folder = folder("workbook_all_tables", &all);
        let (exit, results, messages) =
            overens(&folder, &["eval", ".", "facts.ron", "--fail-on", "none", "--annotate", "copy.xlsx"]);
        assert_eq!(exit, 0, "{results}{messages}");
        folder.join("copy.xlsx")
    };
    for (facts, reports) in [(inline.as_str(), REPORTS), (FACTS, sources), (&later, REPORTS), (&two, sources)] {
        let copy = files(facts, reports);
        let rows = rows(&copy, "reports.csv");
        assert_eq!(rows.len(), 3, "{facts}: {rows:?}");
        assert_eq!((cell(&rows, 1, "in_time"), cell(&rows, 2, "in_time")), (&text("late"), &text("satisfied")));
        assert_eq!((cell(&rows, 1, "fee"), cell(&rows, 2, "fee")), (&Data::Float(7.0), &Data::Float(12.0)), "{facts}");
        assert!(matches!(cell(&rows, 1, "sent_on"), Data::DateTime(_)), "{rows:?}");
    }
    // A report of two sources stands in the table of each, and a table without rows is one, too.
    let copy = files(&two, sources);
    let others = rows(&copy, "others.csv");
    assert_eq!((cell(&others, 1, "in_time"), cell(&others, 2, "in_time")), (&text("late"), &text("unknown")));
    assert_eq!(rows(&copy, "none.csv").len(), 1);
}

#[test]
fn texts_of_a_table_are_texts_in_the_copy_whatever_they_look_like() {
    let reports = "id;author;sent_on;due_on;fee\n1;20140102;2014-03-06;2014-03-01;00100\n0,5;2014-01-02;2014-02-06;2014-03-01;5\n";
    let facts = FACTS.replace("heron", "20140102").replace("=kestrel+1", "2014-01-02");
    let files = [("club.overens", POLICY), ("facts.ron", facts.as_str()), ("reports.csv", reports)];
    let folder = folder("workbook_texts", &files);
    let (exit, results, messages) = overens(&folder, &["eval", ".", "facts.ron", "--annotate", "copy.xlsx"]);
    assert_eq!(exit, 0, "{results}{messages}");
    let rows = rows(&folder.join("copy.xlsx"), "reports.csv");
    assert_eq!((cell(&rows, 1, "id"), cell(&rows, 2, "id")), (&text("1"), &text("0,5")));
    assert_eq!((cell(&rows, 1, "author"), cell(&rows, 2, "author")), (&text("20140102"), &text("2014-01-02")));
    assert_eq!((cell(&rows, 1, "fee"), cell(&rows, 2, "fee")), (&Data::Float(100.0), &Data::Float(5.0)));
    assert!(matches!(cell(&rows, 1, "sent_on"), Data::DateTime(_)), "{rows:?}");
}

#[test]
fn the_copy_of_a_table_with_other_line_ends_has_its_rows() {
    for ends in ["\r", "\r\n"] {
        let reports = REPORTS.replace('\n', ends);
        let files = [("club.overens", POLICY), ("facts.ron", FACTS), ("reports.csv", reports.as_str())];
        let folder = folder("workbook_line_ends", &files);
        let (exit, results, messages) = overens(&folder, &["eval", ".", "facts.ron", "--annotate", "copy.xlsx"]);
        assert_eq!(exit, 0, "{results}{messages}");
        let rows = rows(&folder.join("copy.xlsx"), "reports.csv");
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert_eq!((cell(&rows, 1, "id"), cell(&rows, 2, "id")), (&text("r1"), &text("r2")));
        assert_eq!((cell(&rows, 1, "in_time"), cell(&rows, 2, "in_time")), (&text("late"), &text("satisfied")));
    }
}

#[test]
fn the_same_verdicts_make_the_same_bytes_and_no_source_is_replaced() {
    let (one, other) = (made("workbook_same"), made("workbook_same_again"));
    for name in ["out.xlsx", "copy.xlsx"] {
        assert_eq!(std::fs::read(one.join(name)).unwrap(), std::fs::read(other.join(name)).unwrap());
    }
    let (exit, _, messages) = overens(&one, &["eval", ".", "facts.ron", "--annotate", "reports.csv"]);
    assert!(exit == 2 && messages.contains("use the name `reports.xlsx`"), "{messages}");
    std::fs::rename(one.join("copy.xlsx"), one.join("reports.xlsx")).unwrap();
    let named = FACTS.replace(
        "(path: \"reports.csv\", record: \"report\")",
        "(path: \"reports.xlsx\", record: \"report\", ignore: \"others\")",
    );
    std::fs::write(one.join("facts.ron"), named).unwrap();
    let (exit, _, messages) = overens(&one, &["eval", ".", "facts.ron", "--annotate", "reports.xlsx"]);
    assert!(exit == 2 && messages.contains("an input file"), "{messages}");
    assert_eq!(std::fs::read_to_string(one.join("reports.csv")).unwrap(), REPORTS);
    let words = ["eval", ".", "facts.ron", "--report", "xlsx=verdicts.csv", "--annotate", "copy.ods"];
    let (exit, _, messages) = overens(&one, &words);
    assert!(exit == 2 && messages.contains("`verdicts.xlsx`") && !one.join("verdicts.csv").exists(), "{messages}");
    let (exit, _, messages) = overens(&one, &["check", ".", "--report", "xlsx=out.xlsx"]);
    assert!(exit == 2 && messages.contains("`overens eval`"), "{messages}");
}

/// A part of a workbook, as it is written.
fn part(file: &Path, name: &str) -> String {
    let mut package = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    std::io::read_to_string(package.by_name(name).unwrap()).unwrap()
}

#[test]
fn the_copy_keeps_the_names_in_view_wherever_they_stand_and_yes_and_no_as_they_were() {
    let policy = POLICY.replace("  fee: ", "  paper: yes/no\n  fee: ");
    assert_ne!(policy, POLICY);
    let folder = folder("workbook_below", &[("club.overens", &policy)]);
    let mut book = Book::new();
    let words = |all: &[&str]| all.iter().map(|one| Cell::Text((*one).to_string())).collect::<Vec<Cell>>();
    let day = |text: &str| Cell::Day(Day::parse_iso(text).unwrap());
    let mut first = words(&["r1", "heron"]);
    first.extend([day("2014-03-06"), day("2014-03-01"), Cell::YesNo(true), Cell::Number("7".to_string())]);
    let rows = [
        words(&["Reports"]),
        words(&["of the year"]),
        words(&["id", "author", "sent_on", "due_on", "paper", "fee"]),
        first,
    ];
    book.rows("All", &[10], None, rows.into_iter()).unwrap();
    std::fs::write(folder.join("reports.xlsx"), book.end().unwrap()).unwrap();
    let facts = FACTS.replace(
        "(path: \"reports.csv\", record: \"report\")",
        "(path: \"reports.xlsx\", record: \"report\", rows: (from: 3))",
    );
    std::fs::write(folder.join("facts.ron"), facts).unwrap();
    let (exit, _, messages) = overens(&folder, &["eval", ".", "facts.ron", "--annotate", "copy.xlsx"]);
    assert_eq!(exit, 0, "{messages}");
    let sheet = part(&folder.join("copy.xlsx"), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("ySplit=\"3\" topLeftCell=\"A4\"") && sheet.contains("<autoFilter ref=\"A3:"), "{sheet}");
    let mut copy: Xlsx<_> = open_workbook(folder.join("copy.xlsx")).unwrap();
    let rows: Vec<Vec<Data>> = copy.worksheet_range("All").unwrap().rows().map(<[Data]>::to_vec).collect();
    assert_eq!(rows[3][4], Data::Bool(true));
}

#[test]
fn the_copy_keeps_times_and_spans_and_long_numbers_as_numbers() {
    let policy = POLICY.replace("  fee: ", "  hour: time\n  fee: ");
    let folder = folder("workbook_times", &[("club.overens", &policy)]);
    let day = |text: &str| Cell::Day(Day::parse_iso(text).unwrap());
    let words = |all: &[&str]| all.iter().map(|one| Cell::Text((*one).to_string())).collect::<Vec<Cell>>();
    let hours = |hours: u64| hours * 60 * 60 * 1000;
    let mut first = words(&["r1", "heron"]);
    first.extend([day("2014-03-06"), day("2014-03-01"), Cell::Timed(None, hours(18)), Cell::Number("7".to_string())]);
    first.extend([
        Cell::Span(hours(27) + hours(1) / 2),
        Cell::Timed(Day::parse_iso("2014-03-06").ok(), hours(8)),
        Cell::Span(hours(6)),
        Cell::Days("-0.0625".to_string()),
    ]);
    first.push(Cell::Number(format!("123456789012345{}", "0".repeat(3))));
    let names = words(&["id", "author", "sent_on", "due_on", "hour", "fee", "span", "both", "short", "before", "long"]);
    let mut book = Book::new();
    book.rows("All", &[10], None, [names, first].into_iter()).unwrap();
    std::fs::write(folder.join("reports.xlsx"), book.end().unwrap()).unwrap();
    let entry = "(path: \"reports.xlsx\", record: \"report\", ignore: \"others\")";
    std::fs::write(folder.join("facts.ron"), FACTS.replace("(path: \"reports.csv\", record: \"report\")", entry))
        .unwrap();
    let (exit, _, messages) = overens(&folder, &["eval", ".", "facts.ron", "--annotate", "copy.xlsx"]);
    assert_eq!(exit, 0, "{messages}");
    let sheet = part(&folder.join("copy.xlsx"), "xl/worksheets/sheet1.xml");
    // 18 of 24 hours as a time of day, spans of 27 and a half, of 6 and of one and a half below zero, and 8 after the day with the number 41704, a third of a day.
    let times = ["s=\"11\"><v>0.75", "s=\"9\"><v>1.1458333333333", "s=\"9\"><v>0.25", "s=\"10\"><v>41704.3333333333<"];
    for cell in times.into_iter().chain(["s=\"9\"><v>-0.0625<", "<v>123456789012345000<"]) {
        assert!(sheet.contains(cell), "{cell}: {sheet}");
    }
}

#[test]
fn no_part_of_a_workbook_is_marked_as_a_long_one() {
    let folder = made("workbook_parts");
    for name in ["out.xlsx", "copy.xlsx"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let entries: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
        assert!(entries.len() > 5, "{name}");
        // Version 4.5 of the format has sizes in 64 bits, which LibreOffice refuses where 32 would do.
        entries.iter().for_each(|at| assert_eq!(bytes[at + 6], 20, "{name}"));
    }
}

/// What LibreOffice makes of a file, where it is installed.
fn through_libreoffice(folder: &Path, words: &[&str]) -> bool {
    let own = format!("-env:UserInstallation=file://{}", folder.canonicalize().unwrap().join("office").display());
    let mut run = std::process::Command::new("soffice");
    match run.arg(own).args(["--headless", "--convert-to"]).args(words).current_dir(folder).output() {
        Ok(output) => output.status.success(),
        Err(_) => false,
    }
}

#[test]
fn libreoffice_reads_the_same_values_where_it_is_installed() {
    let folder = made("workbook_office");
    let (_, csv, _) = overens(&folder, &["eval", ".", "facts.ron", "--all", "--format", "csv", "--csv-dialect", "sv"]);
    std::fs::write(folder.join("sv.csv"), &csv).unwrap();
    let swedish = "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1053";
    if !through_libreoffice(&folder, &["xlsx", swedish, "--outdir", "from_csv", "sv.csv"]) {
        return;
    }
    // Each line of the table, by the names of its columns.
    let named = |rows: &[Vec<Data>], row: usize, heading: &str| {
        let at = rows[0].iter().position(|one| *one == text(heading)).unwrap();
        rows[row].get(at).cloned().unwrap_or(Data::Empty)
    };
    let mut book: Xlsx<_> = open_workbook(folder.join("from_csv/sv.xlsx")).unwrap();
    let sheet = book.sheet_names()[0].clone();
    let from_csv: Vec<Vec<Data>> = book.worksheet_range(&sheet).unwrap().rows().map(<[Data]>::to_vec).collect();
    assert!(through_libreoffice(&folder, &["xlsx", "--outdir", "again", "out.xlsx"]));
    let (ours, again) = (rows(&folder.join("out.xlsx"), "verdicts"), rows(&folder.join("again/out.xlsx"), "verdicts"));
    assert_eq!(ours.len(), again.len());
    for row in 1..ours.len() {
        for heading in ["clause", "verdict", "days", "last day", "why"] {
            assert_eq!(named(&ours, row, heading), named(&again, row, heading), "{heading} of row {row}");
        }
    }
    let late = (1..from_csv.len()).find(|row| {
        named(&from_csv, *row, "verdict") == text("violated") || named(&from_csv, *row, "days") == Data::Float(5.0)
    });
    let late = late.expect("a late report");
    assert_eq!(named(&from_csv, late, "days"), Data::Float(5.0));
    assert!(matches!(named(&from_csv, late, "last_day"), Data::DateTime(day) if day.as_f64() == 41699.0));
}

#[test]
fn the_copy_keeps_amounts_in_the_agreements_currency_as_numbers_and_others_as_texts() {
    let folder = folder("workbook_amounts", &[("club.overens", POLICY)]);
    let day = |day: &str| format!("<office:value-type=\"date\" office:date-value=\"{day}\">{day}");
    let amount = |currency: &str| {
        format!("<office:value-type=\"currency\" office:currency=\"{currency}\" office:value=\"2500\">2 500")
    };
    let (sent, due, own, other) = (day("2014-03-06"), day("2014-03-01"), amount("SEK"), amount("EUR"));
    let rows: [&[&str]; 2] =
        [&["id", "author", "sent_on", "due_on", "own", "other"], &["r1", "heron", &sent, &due, &own, &other]];
    std::fs::write(folder.join("reports.ods"), ods(&ods_rows(&rows))).unwrap();
    let entry = "(path: \"reports.ods\", record: \"report\", ignore: \"others\")";
    std::fs::write(folder.join("facts.ron"), FACTS.replace("(path: \"reports.csv\", record: \"report\")", entry))
        .unwrap();
    let (exit, _, messages) = overens(&folder, &["eval", ".", "facts.ron", "--annotate", "copy.xlsx"]);
    assert_eq!(exit, 0, "{messages}");
    let rows = rows_of(&folder.join("copy.xlsx"));
    assert_eq!((cell(&rows, 1, "own"), cell(&rows, 1, "other")), (&Data::Float(2500.0), &text("EUR 2500")));
}

/// The rows of the first sheet.
fn rows_of(path: &Path) -> Vec<Vec<Data>> {
    let book: Xlsx<_> = open_workbook(path).unwrap();
    let name = book.sheet_names()[0].clone();
    rows(path, &name)
}

const LETTERS: &str = r#"agreement street
  in force from 2024-01-01

record house
  name: text

event letter on sent_on
  sent_on: date

event answer on given_on
  house: house
  letter: letter
  given_on: date

duty reply § 1
  for each letter
  each house shall give answer
  within 10 days after sent_on
"#;

#[test]
fn on_the_row_of_a_bearer_each_verdict_is_that_of_its_subject() {
    let through = "(from: \"2024-01-01\", through: \"2024-03-01\")";
    let facts = format!(
        r#"(agreement: "street", as_of: "2024-03-01", complete: {{"house": {through}, "letter": {through}, "answer": {through}}},
        files: [(record: "house", path: "h.csv"), (record: "letter", path: "l.csv"), (record: "answer", path: "a.csv")])"#
    );
    let files = [
        ("s.overens", LETTERS),
        ("f.ron", &facts),
        ("h.csv", "id;name\nh1;A\nh2;B\n"),
        ("l.csv", "id;sent_on\nh1;2024-01-10\nx;2024-02-10\n"),
        ("a.csv", "id;house;letter;given_on\na;h1;x;2024-02-12\n"),
    ];
    let folder = folder("workbook_bearer", &files);
    let (exit, _, messages) = overens(&folder, &["eval", ".", "f.ron", "--fail-on", "none", "--annotate", "copy.xlsx"]);
    assert_eq!(exit, 0, "{messages}");
    let (houses, letters) = (rows(&folder.join("copy.xlsx"), "h.csv"), rows(&folder.join("copy.xlsx"), "l.csv"));
    let why = |rows: &[Vec<Data>], row: usize| cell(rows, row, "reply: why").to_string();
    // The house h1 answered the letter x in time, and not the letter h1.
    assert_eq!(why(&houses, 1), "h1: violated, 0 of 1 by 2024-01-20; x: satisfied, given 2024-02-12, 8 days early");
    assert_eq!(why(&letters, 2), "h1: satisfied, given 2024-02-12, 8 days early; h2: violated, 0 of 1 by 2024-02-20");
}

#[test]
fn a_clause_that_is_called_like_a_column_has_another_heading_and_the_copy_can_be_read() {
    let policy = POLICY.replace("deadline in_time", "deadline fee");
    let files = [("club.overens", policy.as_str()), ("facts.ron", FACTS), ("reports.csv", REPORTS)];
    let folder = folder("workbook_headings", &files);
    let words = ["eval", ".", "facts.ron", "--annotate", "copy.xlsx"];
    let (exit, told, messages) = overens(&folder, &words);
    assert_eq!(exit, 0, "{messages}");
    let names = |rows: &[Vec<Data>]| rows[0].iter().map(ToString::to_string).collect::<Vec<_>>();
    let copy = rows(&folder.join("copy.xlsx"), "reports.csv");
    assert_eq!(names(&copy), ["id", "author", "sent_on", "due_on", "fee", "fee: verdict", "fee: why"]);
    let entry = "(path: \"copy.xlsx\", record: \"report\", ignore: \"others\")";
    let facts = FACTS.replace("(path: \"reports.csv\", record: \"report\")", entry);
    std::fs::write(folder.join("facts.ron"), facts).unwrap();
    let (exit, again, messages) = overens(&folder, &["eval", ".", "facts.ron", "--annotate", "copy2.xlsx"]);
    assert_eq!(exit, 0, "{messages}");
    let without_head =
        |text: &str| text.lines().filter(|line| line.contains("§ 1")).map(str::to_string).collect::<Vec<_>>();
    assert_eq!(without_head(&again).len(), without_head(&told).len());
    let copy = rows(&folder.join("copy2.xlsx"), "reports.csv");
    let last = names(&copy).split_off(5);
    assert_eq!(last, ["fee: verdict", "fee: why", "fee: verdict 2", "fee: why 2"]);
}

#[test]
fn a_copy_of_the_facts_is_not_written_where_names_are_to_be_replaced() {
    let folder = made("workbook_pseudonyms");
    let words = ["eval", ".", "facts.ron", "--pseudonyms", "--annotate", "names.xlsx", "--report", "csv=rows.csv"];
    let (exit, _, messages) = overens(&folder, &words);
    assert!(exit == 2 && messages.contains("real names") && messages.contains("remove `--pseudonyms`"), "{messages}");
    assert!(!folder.join("names.xlsx").exists() && !folder.join("rows.csv").exists());
}

#[test]
fn the_help_to_choose_a_sheet_can_be_pasted() {
    let mut book = Book::new();
    let words = |all: &[&str]| all.iter().map(|one| Cell::Text((*one).to_string())).collect::<Vec<Cell>>();
    book.rows("Reports \"2014\"", &[10], None, [words(&["id", "fee"]), words(&["r1", "7"])].into_iter()).unwrap();
    book.rows("Other", &[10], None, [words(&["x"])].into_iter()).unwrap();
    let folder = folder("workbook_sheet_named", &[("club.overens", POLICY)]);
    std::fs::write(folder.join("reports.xlsx"), book.end().unwrap()).unwrap();
    let (_, _, messages) = overens(&folder, &["eval", ".", "report=reports.xlsx", "--as-of", "2015-01-01"]);
    assert!(messages.contains(r#"`sheet: "Reports \"2014\""`"#), "{messages}");
}

const GREETINGS: &str = r#"agreement street
  in force from 2024-01-01

record house
  span: text

actor town

judgement greet § 1
  for each house
  each house shall "greet it"
  judged by town
"#;

/// Each of two houses is to greet each, itself too.
#[test]
fn where_subjects_and_bearers_stand_in_one_table_it_is_said_which_is_which() {
    let through = "(from: \"2024-01-01\", through: \"2024-03-01\")";
    let facts = format!(
        r#"(agreement: "street", as_of: "2024-03-01", complete: {{"house": {through}}},
        files: [(record: "house", path: "h.csv", ignore: ["since", "number"])])"#
    );
    let table = "id;span;since;number\nh1;2024-01-02;2015-01-02;12\nh2;;;\n";
    let files = [("s.overens", GREETINGS), ("f.ron", facts.as_str()), ("h.csv", table)];
    let folder = folder("workbook_pairs", &files);
    let (exit, _, messages) = overens(&folder, &["eval", ".", "f.ron", "--annotate", "copy.xlsx"]);
    assert_eq!(exit, 0, "{messages}");
    let rows = rows(&folder.join("copy.xlsx"), "h.csv");
    let told = "needs judgement, by town, on \"greet it\"";
    let why = |whose: [&str; 3]| text(&whose.map(|whose| format!("{whose}: {told}")).join("; "));
    assert_eq!(cell(&rows, 1, "greet: why"), &why(["by and for h1", "by h2", "for h2"]));
    assert_eq!(cell(&rows, 2, "greet: why"), &why(["for h1", "by h1", "by and for h2"]));
    // What is read from no column stays as it is written.
    assert_eq!((cell(&rows, 1, "span"), cell(&rows, 1, "since")), (&text("2024-01-02"), &text("2015-01-02")));
    assert_eq!(cell(&rows, 1, "number"), &Data::Float(12.0));
}
