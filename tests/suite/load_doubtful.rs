//! Tables that would be read without a word as something that nobody meant: footnotes in numbers, days with their months exchanged,
//! percent over a column, totals without a name, a first record in place of the column names.

use overens::diagnostics::Sink;
use overens::facts::sheet::DateOrder;
use overens::load::{How, Rows, read_as};
use overens::source::{FileId, Run, Sources, Span, Spanned, Text};

use super::load_facts::{MEETING, Read, bound};
use super::load_sheets::{book, data, made, ods_rows, ods_with, read};
use super::load_tables::{codes, said, seats, table};

fn meetings(text: &str, how: How) -> Read {
    table("f.csv", "meeting", text, how)
}

/// Reads a table in bulk alone: what is known of whole columns is told of tables, and rows by themselves have none.
fn in_bulk(record: &str, text: &str, how: How) -> Read {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add("f.csv", text);
    let how = How { record: Some((record.to_owned(), None)), ..how };
    let root = read_as(file, ("f.csv", &Text::from(text)), &how, &mut problems);
    bound(root.map(|root| (root, "f.csv".to_owned())).into_iter().collect(), sources, problems)
}

fn at<T>(it: T) -> Spanned<T> {
    Spanned::new(it, Span::new(FileId(0), 0, 0))
}

/// The findings of one code, without their way out.
fn told(read: &Read, code: &str) -> Vec<String> {
    let of_code = read.told.iter().filter(|line| line.split(' ').nth(1) == Some(code));
    of_code.map(|line| line.split(" | ").next().unwrap().to_owned()).collect()
}

// ---- parts of texts ----

#[test]
fn a_part_of_a_text_that_is_raised_or_struck_out_is_found_in_a_workbook() {
    let raised = "<r><t>12</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r>";
    let struck = "<r><rPr><strike/></rPr><t>12</t></r><r><t>15</t></r>";
    let lowered = "<r><t>H</t></r><r><rPr><vertAlign val=\"subscript\"/></rPr><t>2</t></r><r><t>O</t></r>";
    let whole = "<r><rPr><vertAlign val=\"superscript\"/></rPr><t>12</t></r>";
    let kept = "<r><rPr><strike val=\"0\"/></rPr><t>1</t></r><r><rPr><vertAlign val=\"baseline\"/></rPr><t>2</t></r>";
    let spoken = "<t>12</t><rPh sb=\"0\" eb=\"1\"><t>tolv</t></rPh>";
    let all = [raised, struck, lowered, whole, kept, spoken];
    let found = vec![((1, 1), Run::Raised), ((2, 1), Run::Struck), ((3, 1), Run::Lowered)];
    for is_shared in [true, false] {
        let cells: Vec<String> = all
            .iter()
            .enumerate()
            .map(|(at, text)| match is_shared {
                true => format!("< t=\"s\"><v>{at}</v>"),
                false => format!("< t=\"inlineStr\"><is>{text}</is>"),
            })
            .collect();
        let rows: Vec<[&str; 2]> =
            std::iter::once(["id", "present"]).chain(cells.iter().map(|cell| ["a", cell.as_str()])).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        assert_eq!(made(&book(&[("Blad1", &data(&rows))], &all, ""), None).runs, found, "{is_shared}");
    }
}

#[test]
fn a_part_of_a_text_that_is_raised_or_struck_out_is_found_in_the_other_formats() {
    let styles = "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties style:text-position=\"33% 58%\"/></style:style>\
        <style:style style:name=\"T2\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
        <style:style style:name=\"T3\" style:family=\"text\" style:parent-style-name=\"T1\"/>\
        <style:style style:name=\"T4\" style:family=\"text\"><style:text-properties style:text-position=\"0% 100%\"/></style:style>";
    let span = |style: &str, text: &str| format!("<text:span text:style-name=\"{style}\">{text}</text:span>");
    let cells = [
        format!("12{}", span("T1", "1")),
        format!("0{}15", span("T2", "12")),
        format!("12{}", span("T3", "1")),
        format!("12{}", span("T4", "1")),
        format!(" {}", span("T1", "12")),
        format!("12<office:annotation><text:p>{}</text:p></office:annotation>", span("T2", "x")),
    ];
    let rows: Vec<[&str; 2]> =
        std::iter::once(["id", "present"]).chain(cells.iter().map(|cell| ["a", cell.as_str()])).collect();
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    let of_ods = made(&ods_with("", (styles, ""), &ods_rows(&rows)), None).runs;
    assert_eq!(of_ods, [((1, 1), Run::Raised), ((2, 1), Run::Struck), ((3, 1), Run::Raised)]);
    // In the first row 12 with a raised 1, in the second 15 behind a 12 that is struck out.
    let of_xls = made(include_bytes!("../cases/tables/formatted.xls"), None).runs;
    assert_eq!(of_xls, [((1, 1), Run::Raised), ((2, 1), Run::Struck)]);
}

// ---- days ----

#[test]
fn days_up_to_the_12th_beside_texts_with_later_ones_may_have_their_months_exchanged() {
    let sheet = |cells: &[&str]| {
        let ids = ["a", "b", "c", "d"];
        let rows: Vec<[&str; 2]> =
            std::iter::once(["id", "elected_on"]).chain(ids.iter().zip(cells).map(|(id, cell)| [*id, *cell])).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        let how = How { dates: Some(DateOrder::DayFirst), ..How::default() };
        read(&book(&[("Blad1", &data(&rows))], &[], ""), "f.xlsx", "seat", how)
    };
    // 2024-03-02 and 2024-05-01; the style of the second format is a date.
    let (second, first, late) =
        ("< t=\"d\"><v>2024-03-02</v>", "< t=\"d\"><v>2024-05-01</v>", "< t=\"d\"><v>2024-05-13</v>");
    let found = told(&sheet(&[second, "13/02/2024", first, "25/12/2023"]), "two-readings");
    let message = "`elected_on` is ambiguous: 2024-03-02 could be 2024-02-03, with day and month exchanged by a program; and the same in 1 more place";
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with(message), "{found:?}");
    // A day after the 12th, a text up to it, a day that stays the same, and texts with points.
    assert_eq!(told(&sheet(&[second, "13/02/2024", late]), "two-readings"), [""; 0]);
    assert_eq!(told(&sheet(&[second, "13/02/2024", "01/02/2024"]), "two-readings"), [""; 0]);
    assert_eq!(told(&sheet(&["< t=\"d\"><v>2024-03-03</v>", "13/02/2024"]), "two-readings"), [""; 0]);
    assert_eq!(told(&sheet(&[second, "13.02.2024"]), "two-readings"), [""; 0]);
}

#[test]
fn in_a_text_a_person_may_have_written_days_in_two_ways_so_that_it_is_only_told() {
    let how = || How { dates: Some(DateOrder::DayFirst), ..How::default() };
    let text = "id;elected_on\na;2024-03-02\nb;13/02/2024\n";
    assert_eq!(codes(&in_bulk("seat", text, how())), ["csv-guessed"]);
    assert_eq!(codes(&in_bulk("seat", "id;elected_on\na;2024-03-22\nb;13/02/2024\n", how())), [""; 0]);
}

// ---- percent and thousands over numbers ----

#[test]
fn percent_or_thousands_over_numbers_are_told_unless_they_have_the_sign() {
    for (heading, word) in [("present (%)", "%"), ("present i procent", "procent"), ("present (tusental)", "tusental")]
    {
        let how = || How { columns: vec![said("B", "present")], ..How::default() };
        let read = in_bulk("meeting", &format!("id;{heading}\na;10\nb;20\n"), how());
        assert_eq!(codes(&read), ["csv-guessed"], "{:?}", read.told);
        let message = format!(
            "f.csv:1:4 csv-guessed the heading of this column names `{word}`, but its numbers are read as they are: `10` is 10"
        );
        assert!(read.told[0].starts_with(&message), "{:?}", read.told);
    }
    let how = || How { columns: vec![said("B", "present")], ..How::default() };
    // What others of the column have is told alone.
    let mixed = in_bulk("meeting", "id;present (%)\na;10 %\nb;20\n", how());
    assert_eq!(codes(&mixed), ["csv-guessed"]);
    assert!(mixed.told[0].contains("other cells of its column are in percent"), "{:?}", mixed.told);
    assert_eq!(codes(&in_bulk("meeting", "id;present (%)\na;10 %\nb;20 %\n", how())), [""; 0]);
    assert_eq!(codes(&in_bulk("meeting", "id;present (st)\na;10\nb;20\n", how())), [""; 0]);
    assert_eq!(codes(&in_bulk("meeting", "id;present (m)\na;10\nb;20\n", how())), [""; 0]);
}

#[test]
fn a_percent_sign_that_a_format_shows_as_a_letter_is_told() {
    let styles = "<number:number-style style:name=\"N1\"><number:number/><number:text>%</number:text></number:number-style>\
        <number:percentage-style style:name=\"N2\"><number:number/><number:text>%</number:text></number:percentage-style>\
        <style:style style:name=\"ce1\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>\
        <style:style style:name=\"ce2\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>";
    let read = |style: &str, value: &str| {
        let cell = format!("<table:style-name=\"{style}\" office:value-type=\"float\" office:value=\"{value}\">x");
        let rows = ods_rows(&[&["id", "present"], &["a", &cell]]);
        read(&ods_with("", (styles, ""), &rows), "f.ods", "meeting", How::default())
    };
    let told = read("ce1", "12").told;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("the format of this cell shows `present` as `12%`, but it is read as 12"), "{told:?}");
    assert_eq!(read("ce2", "0.12").told, [""; 0]);
}

// ---- currencies around a table ----

#[test]
fn another_currency_above_or_below_a_table_is_told() {
    let paid = |text: &str, how: How| in_bulk("organisation", text, how);
    let from = || How { rows: Rows { from: Some(at(2)), ..Rows::default() }, ..How::default() };
    for (line, word) in [
        ("Alla belopp i euro", "euro"),
        ("Belopp i EUR", "EUR"),
        ("Amounts (USD)", "USD"),
        ("Belopp i norska kronor", "norska kronor"),
    ] {
        let read = paid(&format!("{line};;\nid;name;paid\na;A;5\n"), from());
        let message =
            format!("csv-guessed `{word}` is written above the column names, but numbers are read as `paid` in SEK");
        assert!(read.told.len() == 1 && read.told[0].contains(&message), "{line}: {:?}", read.told);
    }
    for line in ["Alla belopp i kronor", "Belopp i SEK", "Bidrag till europeiska föreningar", "Pound for pound"] {
        assert_eq!(paid(&format!("{line};;\nid;name;paid\na;A;5\n"), from()).told, [""; 0], "{line}");
    }
    let until = How { rows: Rows { until: Some(at("Not".to_owned())), ..Rows::default() }, ..How::default() };
    let read = paid("id;name;paid\na;A;5\nNot: belopp i tkr;;\n", until);
    assert!(read.told.len() == 1 && read.told[0].contains("`tkr` is written below the rows"), "{:?}", read.told);
}

// ---- rows that are none ----

const BARE: &str = "csv-rows this row has only numbers or a single day, and nothing of what all other rows have, but is read as one of them";
const TOTAL: &str = "csv-rows this row looks like a total of the rows above it, but is read as one of them";
const NOTE: &str = "csv-rows this row looks like a note below the table, but is read as one of its rows";

#[test]
fn a_row_of_numbers_beside_rows_with_more_is_told_in_a_table_without_ids() {
    let rows = |rows: &str| told(&meetings(&format!("held_on;kind;present\n{rows}"), How::default()), "csv-rows");
    let two = "2015-01-02;annual;12\n2015-02-02;extra;9\n";
    // A rounded sum, a mean, one number below one row, and one above all.
    assert_eq!(rows(&format!("{two};;22\n")), [format!("f.csv:4:1 {TOTAL}")]);
    assert_eq!(rows(&format!("{two};;10\n")), [format!("f.csv:4:1 {TOTAL}")]);
    assert_eq!(rows("2015-01-02;annual;12\n;;12\n"), [format!("f.csv:3:1 {TOTAL}")]);
    assert_eq!(rows(&format!(";;2015\n{two}")), [format!("f.csv:2:1 {BARE}")]);
    // A lone day, and rows that have something of what the others have.
    assert_eq!(rows(&format!("{two}2015-03-02;;\n")), [format!("f.csv:4:1 {BARE}")]);
    assert_eq!(rows(&format!("{two}2015-03-02;;7\n")), [""; 0]);
    assert_eq!(rows("2015-01-02;annual;12\n;extra;9\n;annual;8\n"), [""; 0]);
    // In the midst it may be a record of which little is known.
    assert_eq!(rows(&format!("2015-03-02;annual;7\n;;5\n{two}")), [""; 0]);
}

#[test]
fn an_amount_in_a_heading_is_no_unit() {
    let paid = |heading: &str| {
        let how = How { columns: vec![(at("C".to_owned()), at("paid".to_owned()))], ..How::default() };
        in_bulk("organisation", &format!("id;name;{heading}\na;A;5\n"), how).told
    };
    for heading in ["paid (at most 50 000)", "paid (10 000 kr/year)", "paid (kr)"] {
        assert_eq!(paid(heading), [""; 0], "{heading}");
    }
    for heading in ["paid (000)", "paid (1 000)", "paid 000 kr", "paid (1 000 kr)"] {
        let told = paid(heading);
        assert!(told.len() == 1 && told[0].contains("the heading of this column names"), "{heading}: {told:?}");
    }
}

#[test]
fn a_measure_of_the_rows_above_is_told_also_where_all_its_cells_hold_something() {
    let rows = |last: &str| {
        let text = format!("id;name;paid\na;A;10\nb;B;20\nc;C;30\n{last}\n");
        told(&table("f.csv", "organisation", &text, How::default()), "csv-rows")
    };
    for last in ["Medel;-;20", "Medianvärde;x;20", "Snitt;x;20", "Max;x;30", "Antal;x;3"] {
        assert_eq!(rows(last), [format!("f.csv:5:1 {TOTAL}")], "{last}");
    }
    // What is measured is the mean, the largest or the smallest of 10, 20 and 30.
    for last in ["Genomsnittligt bidrag;x;20", "Högsta;x;30", "Lägsta avgift;x;10", "Average fee;x;20"] {
        assert_eq!(rows(last), [format!("f.csv:5:1 {TOTAL}")], "{last}");
    }
    // Another number, another name, and nothing that is a number.
    assert_eq!(rows("Högsta kusten;x;25"), [""; 0]);
    assert_eq!(rows("Maxim;x;20"), [""; 0]);
    assert_eq!(rows("Max;x;"), [""; 0]);
}

#[test]
fn a_word_below_ids_that_are_numbers_is_a_note() {
    let rows = |rows: &str| told(&seats(&format!("id;left_on\n{rows}"), How::default()), "csv-rows");
    assert_eq!(rows("1;2015-01-02\n2;2015-01-02\nUppdaterad;2015-02-01\n"), [format!("f.csv:4:1 {NOTE}")]);
    // One among several is a note; a word that says nothing of the sort is one where the numbers are many.
    assert_eq!(rows("1;2015-01-02\n2;2015-01-02\nAlfa;2015-02-01\n"), [""; 0]);
    let many: String = (1..9).map(|id| format!("{id};2015-01-02\n")).collect();
    assert_eq!(rows(&format!("{many}Alfa;2015-02-01\n")), [format!("f.csv:10:1 {NOTE}")]);
    assert_eq!(rows("a;2015-01-02\n2;2015-01-02\nUppdaterad;2015-02-01\n"), [""; 0]);
}

#[test]
fn balances_brought_and_carried_forward_are_told() {
    let text = "id;name;paid\nIngående saldo;;1000\na;A;100\nb;B;50\nc;C;50\nUtgående saldo;;800\n";
    let found = told(&table("f.csv", "organisation", text, How::default()), "csv-rows");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(&format!("f.csv:2:1 {TOTAL}; and the same in 1 more place")), "{found:?}");
}

#[test]
fn a_second_row_of_years_is_told() {
    let text = "host;present;topics\n;2023;2024\nfamna;100;x\nfamna;300;y\n";
    assert_eq!(told(&meetings(text, How::default()), "csv-rows").len(), 1);
}

#[test]
fn a_row_of_errors_is_no_line_of_column_names() {
    let read = meetings("id;kind;topics;present\na;#REF!;#N/A;#VALUE!\nb;annual;x;3\n", How::default());
    assert!(!codes(&read).contains(&"csv-rows"), "{:?}", read.told);
}

// ---- the line of names ----

#[test]
fn a_first_record_in_place_of_the_column_names_is_told() {
    let how = |columns: &[(&str, &str)]| How {
        columns: columns.iter().map(|(column, field)| said(column, field)).collect(),
        ..How::default()
    };
    let message = "f.csv:1:1 csv-rows this row is read as the column names, but looks like the first record";
    let by_letter = [("A", "id"), ("B", "kind"), ("C", "present")];
    let read = meetings("a;annual;10\nb;extra;20\n", how(&by_letter));
    assert_eq!(told(&read, "csv-rows"), [message]);
    let read = meetings("a;annual;10\nb;extra;20\n", how(&[("a", "id"), ("annual", "kind"), ("10", "present")]));
    assert_eq!(told(&read, "csv-rows"), [message]);
    let days = [("A", "id"), ("B", "held_on")];
    assert_eq!(told(&meetings("a;2015-01-02\nb;2015-02-03\n", how(&days)), "csv-rows"), [message]);
    // Names are no values, and a year is a name over numbers.
    assert_eq!(codes(&meetings("nr;sort;antal\nb;extra;20\n", how(&by_letter))), [""; 0]);
    assert_eq!(codes(&meetings("nr;sort;2015\nb;extra;20\n", how(&by_letter))), [""; 0]);
}

#[test]
fn records_above_the_column_names_are_told() {
    let from = |row| How { rows: Rows { from: Some(at(row)), ..Rows::default() }, ..How::default() };
    let text = "id;kind;present\na;annual;10\nb;extra;20\nid;kind;present\nc;extra;30\nd;extra;40\n";
    let found = told(&meetings(text, from(4)), "csv-rows");
    assert_eq!(
        found,
        [
            "f.csv:2:1 csv-rows 2 rows look like records, but are ignored because they come before the column names; this is the first"
        ]
    );
    assert_eq!(codes(&meetings("Meetings;;\nid;kind;present\nc;extra;30\nd;extra;40\n", from(2))), [""; 0]);
}

// ---- sets ----

#[test]
fn a_word_of_the_file_may_be_an_item_or_several_of_a_set_of_texts() {
    let words = |words: &[(&str, &str)]| {
        words.iter().map(|(word, meant)| ((*word).to_owned(), (*meant).to_owned())).collect::<Vec<_>>()
    };
    let how = How { words: words(&[("all", "fees|dues"), ("f", "fees"), ("x", "yes")]), ..How::default() };
    let read = meetings("id;topics\na;all\nb;F|maps\nc;x|maps\n", how);
    let topics = |id: &str| read.value(MEETING, id, "topics");
    assert_eq!((topics("a"), topics("b")), ("[\"dues\", \"fees\"]".to_owned(), "[\"fees\", \"maps\"]".to_owned()));
    // What means yes elsewhere is a text like any other.
    assert_eq!(topics("c"), "[\"maps\", \"x\"]");
    assert_eq!(read.told, [""; 0]);
}

#[test]
fn another_separator_than_the_one_in_the_entry_is_told() {
    let items = |sign| How { items: Some(sign), ..How::default() };
    let read = meetings("id;topics\na;fees, dues\nb;\"fees; maps\"\nc;maps\n", items(','));
    assert_eq!(codes(&read), ["csv-guessed"], "{:?}", read.told);
    let message = "f.csv:3:3 csv-guessed a part of `fees; maps` is read as one item of `topics`: `,` separates items";
    assert!(read.told[0].starts_with(message), "{:?}", read.told);
    assert_eq!(codes(&meetings("id;topics\na;\"fees; dues\"\nb;\"fees\nmaps\"\n", items(';'))), ["csv-guessed"]);
    // A comma belongs to a text where another sign separates items.
    assert_eq!(codes(&meetings("id;topics\na;\"fees; dues\"\nb;\"fees, old\"\n", items(';'))), [""; 0]);
}

// ---- days and amounts that are none ----

#[test]
fn a_sign_that_looks_like_a_hyphen_is_named() {
    let read = seats("id;elected_on\na;2024\u{2011}02\u{2011}15\n", How::default());
    assert!(
        read.told[0].ends_with("write `2024-02-15`: `\u{2011}` (U+2011) is not allowed in a date"),
        "{:?}",
        read.told
    );
}

#[test]
fn digits_in_quotes_that_may_have_thousands_are_offered_in_both_ways() {
    for (digits, both) in
        [("10.000", "`10000` or `10`"), ("1.250", "`1250` or `1.25`"), ("-10,500", "`-10500` or `-10.5`")]
    {
        let text = format!("{{\"organisation\": [{{\"id\": \"a\", \"name\": \"A\", \"paid\": \"{digits}\"}}]}}");
        let told = super::load_facts::read(&[("f.json", &text)]).told;
        let said = format!("it is ambiguous: write {both}, without quotes");
        assert!(told.len() == 1 && told[0].ends_with(&said), "{digits}: {told:?}");
    }
    // The same beside a currency, unless it has thousandths or another number of decimals.
    let paid = |amount: &str| {
        let text = format!("{{\"organisation\": [{{\"id\": \"a\", \"name\": \"A\", \"paid\": \"{amount}\"}}]}}");
        super::load_facts::read(&[("f.json", &text)]).told
    };
    let told = paid("SEK 1.200");
    assert!(told.len() == 1 && told[0].ends_with("it is ambiguous: write `SEK 1200` or `SEK 1.20`"), "{told:?}");
    for amount in ["SEK 1.20", "SEK 1200.00", "SEK 0.200", "SEK 1200.500"] {
        assert_eq!(paid(amount), [""; 0], "{amount}");
    }
}

#[test]
fn where_a_number_can_be_read_in_two_ways_that_alone_is_told() {
    for text in ["id,name,paid\na,A,\"1,350\"\nb,B,\"2,350.50\"\n", "id;name;paid\na;A;10,50\nb;B;1.500\n"] {
        let read = table("f.csv", "organisation", text, How::default());
        assert_eq!(codes(&read), ["two-readings"], "{:?}", read.told);
    }
}

#[test]
fn an_amount_in_brackets_and_a_cell_of_several_lines_have_a_way_out_of_their_own() {
    let read = table("f.csv", "organisation", "id;name;paid\na;A;(200,00)\n", How::default());
    assert!(read.told[0].ends_with("if it is below zero, write `-200,00`"), "{:?}", read.told);
    // What is offered is read, also where a currency stands before the digits.
    for amount in ["(kr 200)", "-kr 200", "−kr 200"] {
        let read = table("f.csv", "organisation", &format!("id;name;paid\na;A;{amount}\n"), How::default());
        assert!(read.told[0].ends_with("if it is below zero, write `-200 kr`"), "{:?}", read.told);
    }
    assert_eq!(codes(&table("f.csv", "organisation", "id;name;paid\na;A;-200 kr\n", How::default())), [""; 0]);
    let read = meetings("id;present\na;\"100\n200\"\n", How::default());
    assert!(read.told[0].ends_with("the cell has several lines: write a single value in it"), "{:?}", read.told);
}

#[test]
fn references_by_a_name_are_one_finding_with_the_id_of_the_first() {
    let organisations = "id;name;paid\n101;Alfa IF;5\n102;Beta BK;6\n";
    let read = by_name(organisations, "id;host\na;Alfa IF\nb;Beta BK\nc;102\n");
    assert_eq!(read.len(), 1, "{read:?}");
    assert!(
        read[0].contains("there is no `organisation` with the id `Alfa IF`; `Alfa IF` is the `name` of `101`"),
        "{read:?}"
    );
    assert!(read[0].ends_with("write ids here, such as `101` for `Alfa IF`"), "{read:?}");
    let other = by_name(organisations, "id;host\na;Gamma\n");
    assert!(other[0].ends_with("correct it, or add a `organisation` with this id to the facts"), "{other:?}");
}

/// What is told of meetings whose hosts are in another table.
fn by_name(organisations: &str, meetings: &str) -> Vec<String> {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let mut all = Vec::new();
    for (name, record, text) in [("o.csv", "organisation", organisations), ("f.csv", "meeting", meetings)] {
        let file = sources.add(name, text);
        let how = How { record: Some((record.to_owned(), None)), ..How::default() };
        all.extend(read_as(file, (name, &Text::from(text)), &how, &mut problems).map(|root| (root, name.to_owned())));
    }
    bound(all, sources, problems).told
}
