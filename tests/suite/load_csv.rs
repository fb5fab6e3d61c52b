//! Facts in CSV: what the columns and cells mean, what is told when they do not fit, and that reading them in bulk means the
//! same as reading them row by row.

use overens::diagnostics::Sink;
use overens::facts::sheet::{Decimal, Empty};
use overens::facts::{CellId, Facts, Row, ids::Ids};
use overens::load::{How, read_as, spread};
use overens::model::schema::FieldId;
use overens::report::Digest;
use overens::source::{AtRest, Coded, Sources, Span, Spanned, Store, Text};
use proptest::prelude::*;

use super::load_facts::{MEETING, ORGANISATION, Read, SEAT, bound, roots};

struct Sheet<'t> {
    name: &'t str,
    record: &'t str,
    text: &'t str,
    how: How,
}

fn sheet<'t>(record: &'t str, text: &'t str) -> Sheet<'t> {
    Sheet { name: "f.csv", record, text, how: How::default() }
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Bulk,
    Spread,
    /// The text is not here, and is fetched piece by piece.
    AtRest,
}

/// A file by its bytes, as it would stand on a disk.
#[derive(Debug)]
struct File(Vec<u8>);

impl Store for File {
    fn fetch(&self, at: usize, into: &mut [u8]) {
        into.copy_from_slice(&self.0[at..at + into.len()]);
    }

    fn whole(&self) -> (String, Coded) {
        match String::from_utf8(self.0.clone()) {
            Ok(text) => (text, Coded::Utf8),
            Err(_) => (self.0.iter().map(|byte| char::from(*byte)).collect(), Coded::Windows1252),
        }
    }
}

fn at_rest(bytes: &[u8]) -> Text {
    let is_text = |end: &usize| std::str::from_utf8(&bytes[..*end]).is_ok();
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let head = Some(bytes.len()).filter(is_text).or_else(|| ends.rev().find(is_text)).unwrap();
    let head = String::from_utf8(bytes[..head].to_vec()).unwrap();
    Text::at_rest(AtRest::new(Box::new(File(bytes.to_vec())), head, bytes.len()))
}

fn read(sheets: &[Sheet], others: &[(&str, &str)], way: Way) -> Read {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let mut all = roots(others, &mut sources, &mut problems);
    for Sheet { name, record, text, how } in sheets {
        let file = match way {
            Way::Bulk | Way::Spread => sources.add(*name, text),
            Way::AtRest => sources.hold(*name, at_rest(text.as_bytes())),
        };
        let text: Text = sources.get(file).unwrap().text.clone();
        let how = How { record: Some(((*record).to_owned(), None)), ..how.clone() };
        all.extend(read_as(file, (name, &text), &how, &mut problems).map(|root| (root, (*name).to_owned())));
    }
    if way == Way::Spread {
        all = spread(all, &[&super::load_facts::schema()], &mut problems);
    }
    bound(all, sources, problems)
}

const REGISTER: (&str, &str) =
    ("register.ron", r#"(organisation: [(id: "famna", name: "Famna"), (id: "forum", name: "Forum")], complete: {})"#);

#[track_caller]
fn tells(sheets: &[Sheet], expected: &[&str]) {
    assert_eq!(read(sheets, &[REGISTER], Way::Bulk).told, expected);
}

#[test]
fn each_cell_is_read_as_its_field_says() {
    let text = "id,held_on,kind,host,invited,topics,present\n\
                a,2015-01-22,annual,famna,forum|famna,\"fees, dues\",12\n\
                \"b \"\"two\"\"\", 2013-05 ,årsmöte,,,,-3.5\r\n\
                \n\
                \"c\nd\",,extra,forum,famna,,123456789012345678901\n";
    let how = How { items: Some('|'), ..How::default() };
    let read = read(&[Sheet { how, ..sheet("meeting", text) }], &[REGISTER], Way::Bulk);
    assert_eq!(read.told, [""; 0]);
    let of_meetings: Vec<String> = read.all().into_iter().filter(|line| line.starts_with("meeting")).collect();
    assert_eq!(
        of_meetings,
        [
            "meeting a: 2015-01-22; \"annual\"; →famna; [\"→famna\", \"→forum\"]; [\"fees, dues\"]; 12; ?; ?; ?",
            "meeting b \"two\": 2013-05-01..2013-05-31; \"årsmöte\"; ?; ?; ?; -3.5; ?; ?; ?",
            "meeting c\nd: ?; \"extra\"; →forum; [\"→famna\"]; ?; 123456789012345678901; ?; ?; ?",
        ]
    );
    assert_eq!(read.place(MEETING, "a", "topics"), "\"fees, dues\"");
    assert_eq!(read.place(MEETING, "b \"two\"", "held_on"), "2013-05");
    assert_eq!(read.place(MEETING, "b \"two\"", "host"), "\"b \"\"two\"\"\", 2013-05 ,årsmöte,,,,-3.5");
}

#[test]
fn an_empty_cell_says_none_only_where_that_was_said() {
    for (empty, expected) in [(None, "?"), (Some(Empty::NotGiven), "?"), (Some(Empty::None), "-")] {
        let how = How { empty, ..How::default() };
        let sheets = [Sheet { how, ..sheet("seat", "id,elected_on,left_on\na,2014-01-01,\n") }];
        assert_eq!(read(&sheets, &[], Way::Bulk).value(SEAT, "a", "left_on"), expected);
    }
}

#[test]
fn rows_without_ids_are_called_by_their_numbers() {
    let rows: String = (0..1200).map(|_| "2014-01-01\n").collect();
    let read = read(&[sheet("seat", &format!("elected_on\n{rows}"))], &[], Way::Bulk);
    let facts: &Facts = &read.facts;
    assert!(matches!(facts.table(SEAT).unwrap().ids, Ids::Counted(_)));
    for row in [0, 8, 9, 98, 99, 998, 999, 1199] {
        assert_eq!(facts.id(SEAT, Row(row)), (row + 1).to_string());
        assert_eq!(facts.find(SEAT, &(row + 1).to_string()), Some(Row(row)));
    }
    assert_eq!(facts.id(SEAT, Row(1200)), "");
    for id in ["0", "1201", "01", "+1", ""] {
        assert_eq!(facts.find(SEAT, id), None);
    }
}

#[test]
fn a_column_that_has_another_name_is_given_the_fields() {
    let columns =
        ["org", "host"].map(|name| Spanned::new(name.to_owned(), Span::new(overens::source::FileId(0), 0, 0)));
    let columns = vec![columns.into()];
    let sheets = [Sheet { how: How { columns, ..How::default() }, ..sheet("meeting", "id,org\na,famna\n") }];
    let read = read(&sheets, &[REGISTER], Way::Bulk);
    assert_eq!((read.told.len(), read.value(MEETING, "a", "host")), (0, "→famna".to_owned()));
}

#[test]
fn semicolons_and_tabs_are_seen_and_a_decimal_comma_is_told() {
    let comma = "f.csv:2:3 csv-guessed the comma is read as the decimal separator, here and in all numbers of this file | \
                 to confirm this, set `decimal: \",\"` in the file's `files` entry; if it is wrong, set `decimal: \".\"`";
    for text in ["id;present\na;12,5\nb;1,5\n", "id\tpresent\na\t12,5\nb\t1,5\n"] {
        let guessed = read(&[sheet("meeting", text)], &[], Way::Bulk);
        assert_eq!(guessed.told, [comma]);
        assert_eq!(guessed.value(MEETING, "b", "present"), "1.5");
        let how = How { decimal: Some(Decimal::Comma), ..How::default() };
        let said = read(&[Sheet { how, ..sheet("meeting", text) }], &[], Way::Bulk);
        assert_eq!((said.told.len(), said.value(MEETING, "a", "present")), (0, "12.5".to_owned()));
    }
}

#[test]
fn every_mistake_of_a_cell_is_told_at_its_place() {
    tells(
        &[sheet("meeting", "id,held_on,host,present\na,2015-02-30,famna,1\nb,2015-01-01,fanma,x\n")],
        &[
            "f.csv:2:3 facts-no-such-day there is no 30 February 2015, written `2015-02-30` | February 2015 has 28 days",
            "f.csv:3:14 unknown-reference there is no `organisation` with the id `fanma` | did you mean `famna`?",
            "f.csv:3:20 facts-wrong-type expected a number for `present`, found `x` | write a number such as `12` or `12.5`",
        ],
    );
}

#[test]
fn what_is_wrong_with_columns_is_told_once() {
    assert_eq!(
        read(&[sheet("organisation", "id,nmae,members\na,A,1\nb,B,2\n")], &[], Way::Bulk).told,
        [
            "f.csv:1:1 required-missing every `organisation` must have `name`, but no column provides it | add the column, or name \
             it in the file's `files` entry: `columns: { \"…\": \"…\" }`",
            "f.csv:1:4 facts-unknown-field `organisation` has no field `nmae` | `nmae` may be `name`; in the file's `files` entry, \
             map it to a field with `columns: { \"nmae\": \"FIELD\" }`, or ignore the column with `ignore: [\"nmae\"]`",
            "f.csv:1:9 csv-columns `members` changes over time, but a table column cannot give the day from which each value applies | \
             ignore the column, and give its values in a fact file in RON, JSON, YAML or TOML",
        ]
    );
}

#[test]
fn what_is_wrong_with_columns_is_told_of_a_table_without_rows_too() {
    let headings = [sheet("organisation", "id,nmae,members\n,,\n")];
    let alone = read(&headings, &[], Way::Bulk);
    let codes: Vec<&str> = alone.told.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(codes, ["required-missing", "facts-unknown-field", "csv-columns", "csv-rows"]);
    assert_eq!(read(&headings, &[], Way::Spread).told, alone.told);
    // The organisations stand in another file, so this one is read row by row.
    for way in [Way::Bulk, Way::Spread] {
        let beside = read(&headings, &[REGISTER], way);
        assert_eq!(beside.told, alone.told);
        assert_eq!(beside.facts.id(ORGANISATION, Row(0)), "famna");
    }
}

#[test]
fn a_row_that_does_not_fit_and_a_quote_that_never_closes_are_told() {
    tells(
        &[sheet("seat", "id,elected_on\na\nb,2014-01-01,x\nc,\"2014-01-01\nd,2014-01-01\n")],
        &[
            "f.csv:2:1 csv-ragged this row has 1 cell, but there are 2 columns | write every cell, including \
             empty ones; this row lacks `elected_on`; if it is a note or a total below the table, set the end of the rows with \
             `rows: (until: \"…\")`",
            "f.csv:3:1 csv-ragged this row has 3 cells, but there are 2 columns | put quotes around text that \
             contains the separator",
            "f.csv:4:3 csv-quotes this quote is never closed | put `\"` at the end of the cell; write a quote inside a cell twice",
        ],
    );
}

#[test]
fn an_id_that_is_there_twice_is_told_with_both_places() {
    let two = "f.csv:4:1 duplicate-id two `organisation` records have the id `a` | f.csv:2:1 first given here | give each record its own \
               id; if two sources report the same record, give each its `source`";
    assert_eq!(read(&[sheet("organisation", "id,name\na,A\nb,B\na,C\n")], &[], Way::Bulk).told, [two]);
}

#[test]
fn a_required_value_that_a_row_lacks_is_told() {
    let missing =
        "f.csv:3:1 required-missing every `organisation` must have `name` | add `name: …`; the agreement requires it";
    assert_eq!(read(&[sheet("organisation", "id,name\na,A\nb,\n")], &[], Way::Bulk).told, [missing]);
}

// ---- both ways mean the same ----

/// A cell as people write it: nearly always right, sometimes not.
fn cell(plain: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(plain).prop_map(str::to_owned),
        1 => Just(String::new()),
        1 => Just("\"\"".to_owned()),
        1 => proptest::sample::select(plain).prop_map(|text| format!(" {text} ")),
        1 => proptest::sample::select(plain).prop_map(|text| format!("\"{text}\"")),
        1 => proptest::sample::select(&ODD[..]).prop_map(str::to_owned),
    ]
}

const ODD: [&str; 32] = [
    "x",
    "2015-02-30",
    "0000-01-01",
    "2015",
    "99999999999999999999",
    "-0",
    "007",
    "1 000",
    "1.5",
    "1,5",
    "5\" pipe",
    "\"a\"b",
    "\"a\"\"b\"",
    "\"two\nlines\"",
    "å|ä",
    "TRUE",
    "#REF!",
    "#1",
    "1.2E+11",
    "\u{a0}",
    "\" \"",
    "10.000",
    "1 350.50 kr",
    "25 %",
    "01/02/2015",
    "25/12/2015",
    "2 maj 2015",
    "2015-01-22 18:00",
    "2015-01-22T00:00",
    "Ja",
    "Annual",
    "Summa",
];
const DAYS: &[&str] = &["2015-01-22", "2012-02-29", "0001-01-01", "9999-12-31", "2013-05", "2013-12-01/2013-12-04"];
const KINDS: &[&str] = &["annual", "extra", "årsmöte"];
const HOSTS: &[&str] = &["famna", "forum"];
const SETS: &[&str] = &["famna|forum", "forum", "forum | famna|forum", "|"];
const NUMBERS: &[&str] = &["1", "0", "-12", "123456789012345", "1234567890123456", "12.50"];
const MONEY: &[&str] = &["12.50", "SEK 12.5", "EUR 3", "100", "-0.05", "12.505", "SEK 1 000"];
const ANSWERS: &[&str] = &["true", "false", "yes", "no"];

fn meetings(delimiter: char) -> impl Strategy<Value = String> {
    let row = (
        cell(&["a", "b", "c", "d", "e", "7"]),
        cell(DAYS),
        cell(KINDS),
        cell(HOSTS),
        cell(SETS),
        cell(KINDS),
        cell(NUMBERS),
    );
    let row = row.prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g]);
    let ragged = (0_usize..40).prop_map(|at| if at < 4 { at } else { 9 });
    let row = (row, ragged).prop_map(move |(mut cells, ragged)| {
        if ragged == 0 {
            cells.pop();
        } else if ragged == 1 {
            cells.push("x".to_owned());
        } else if ragged < 4 {
            cells.iter_mut().for_each(String::clear);
        }
        cells.join(&delimiter.to_string())
    });
    (proptest::collection::vec(row, 0..12), proptest::sample::select(&["\n", "\r\n", "\n\n"][..])).prop_map(
        move |(rows, broken)| {
            let header = ["id", "held_on", "kind", "host", "invited", "topics", "present"].join(&delimiter.to_string());
            let mut text = header + broken;
            rows.iter().for_each(|row| text += &format!("{row}{broken}"));
            text
        },
    )
}

fn payers() -> impl Strategy<Value = String> {
    let row = (cell(&["p", "q", "r", "s", "t"]), cell(KINDS), cell(ANSWERS), cell(MONEY), cell(DAYS));
    let row = row.prop_map(|(id, name, party, paid, on)| format!("{id};{name};{party};{paid};{on}\n"));
    proptest::collection::vec(row, 0..8)
        .prop_map(|rows| format!("id;name;is_party;paid;recorded_on\n{}", rows.concat()))
}

/// Everything that can be asked of facts, row by row.
fn known(read: &Read) -> Vec<String> {
    let mut known = Vec::new();
    for record in [ORGANISATION, MEETING, SEAT] {
        let fields = u16::try_from(super::load_facts::schema().record(record).unwrap().fields.len()).unwrap();
        for row in read.facts.rows(record) {
            known.push(format!("{} {:?}", read.facts.id(record, row), read.facts.row_place(record, row)));
            for field in (0..fields).map(FieldId) {
                let id = CellId { record, row, field };
                known.push(format!("{:?}", read.facts.place(id)));
            }
        }
    }
    known.extend(read.all());
    known
}

/// What was told, where both ways must tell the same: of two rows with one id, the values of the second are read in one way
/// and held against those of the first in the other.
fn comparable(read: &Read) -> Vec<String> {
    let twice: Vec<String> = read.told.iter().filter(|line| line.contains("duplicate-id")).cloned().collect();
    let mut told = if twice.is_empty() { read.told.clone() } else { twice };
    // What is known of whole columns is told of tables, and nothing is left of a table in rows by themselves.
    let of_tables = ["other cells of its column are in percent", "with day and month exchanged by a program"];
    told.retain(|line| !of_tables.iter().any(|message| line.contains(message)));
    told.sort();
    told
}

#[track_caller]
fn same(sheets: &[Sheet]) {
    let by_row = read(sheets, &[REGISTER], Way::Spread);
    for way in [Way::Bulk, Way::AtRest] {
        let bulk = read(sheets, &[REGISTER], way);
        assert_eq!(comparable(&bulk), comparable(&by_row));
        if !bulk.problems.has_errors() {
            assert_eq!(known(&bulk), known(&by_row));
        }
    }
}

#[test]
fn a_cell_that_may_be_an_error_and_is_no_word_of_its_list_is_told_once() {
    let text = "id,held_on,kind\na,2015-01-22,#1\nb,2015-01-22,#1\n";
    same(&[sheet("meeting", text)]);
    let told = read(&[sheet("meeting", text)], &[], Way::Bulk).told;
    assert_eq!(told.len(), 1, "{told:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sheet_read_in_bulk_means_what_it_means_row_by_row(
        commas in meetings(','),
        semicolons in meetings(';'),
        none in any::<bool>(),
    ) {
        let empty = none.then_some(Empty::None);
        for text in [&commas, &semicolons] {
            let delimiter = text.as_bytes().get(2).copied();
            same(&[Sheet { how: How { empty, delimiter, ..How::default() }, ..sheet("meeting", text) }]);
        }
    }

    #[test]
    fn bytes_of_any_kind_mean_what_their_text_means(
        bytes in proptest::collection::vec(
            proptest::sample::select(&b"ab,,,;\n\n\r\"\" \t2015-01-22\xc3\xa5\xe5\x96\x00"[..]),
            0..300,
        ),
    ) {
        // What is at hand of a text at rest is text, and enough to know the line of names by.
        let bytes = [b"id,kind,held_on\n".as_slice(), &b"a,,\n".repeat(30), &bytes].concat();
        let text = File(bytes.clone()).whole().0;
        let of = |text: Text| {
            let (mut sources, mut problems) = (Sources::default(), Sink::default());
            let file = sources.hold("f.csv", text.clone());
            let how = How { record: Some(("meeting".to_owned(), None)), delimiter: Some(b','), ..How::default() };
            let root = read_as(file, ("f.csv", &text), &how, &mut problems);
            bound(root.map(|root| (root, "f.csv".to_owned())).into_iter().collect(), sources, problems)
        };
        let (here, resting) = (of(Text::from(text)), of(at_rest(&bytes)));
        let told: Vec<String> =
            resting.told.iter().filter(|line| !line.contains("not valid UTF-8")).cloned().collect();
        prop_assert_eq!(told, here.told.clone());
        prop_assert_eq!(known(&resting), known(&here));
    }

    #[test]
    fn so_do_amounts_and_answers_with_either_sign_before_decimals(text in payers(), comma in 0..3) {
        let decimal = [None, Some(Decimal::Comma), Some(Decimal::Point)][usize::try_from(comma).unwrap()];
        let how = How { decimal, delimiter: Some(b';'), ..How::default() };
        let (bulk, by_row) = (
            read(&[Sheet { how: how.clone(), ..sheet("organisation", &text) }], &[], Way::Bulk),
            read(&[Sheet { how, ..sheet("organisation", &text) }], &[], Way::Spread),
        );
        prop_assert_eq!(comparable(&bulk), comparable(&by_row));
        if !bulk.problems.has_errors() {
            prop_assert_eq!(known(&bulk), known(&by_row));
        }
    }
}

#[test]
fn a_register_that_is_read_in_pieces_means_what_it_means_row_by_row() {
    // Over a mebibyte, so that several read it; with line breaks in quotes near every cut, and rows without anything.
    let mut text = "id,held_on,kind,host,topics\n".to_owned();
    for number in 0..9_000 {
        let topic = if number % 7 == 0 { format!("\"a\nb, c{:90}\"", "") } else { format!("t{:<90}", number % 5) };
        let host = if number % 3 == 0 { "famna" } else { "forum" };
        let end = ["\n", "\r\n", "\n \n"][number % 11 % 3];
        text += &format!("m{number},2015-01-{:02},annual,{host},{topic}{end}", number % 28 + 1);
    }
    assert!(text.len() > 1 << 20);
    same(&[sheet("meeting", &text)]);
}

#[test]
fn a_row_longer_than_a_piece_is_one_row() {
    let long = "so long, \"\"and longer\"\"\n".repeat(20_000);
    let rows = format!("a,annual,\"{long}\"\nb,extra,fees\nc,\"annual\",\"{long}\"");
    same(&[
        sheet("meeting", &format!("id,kind,topics\n{rows}\n")),
        sheet("meeting", &format!("id,kind,topics\nd{rows}")),
    ]);
}

#[test]
fn an_id_far_in_is_found_from_any_row() {
    let (mut register, mut meetings) = ("id,name\n".to_owned(), "id,host,invited\n".to_owned());
    for number in (0..4_000_u32).map(|number| number * 7919 % 4_000) {
        register += &format!("o{number},Name {}\n", number % 3);
        meetings += &format!("m{number},o{},o{number}|o1\n", number * 31 % 4_000);
    }
    let sheets = [sheet("meeting", &meetings), sheet("organisation", &register)];
    let bulk = read(&sheets, &[], Way::AtRest);
    assert_eq!(bulk.told, [""; 0]);
    assert_eq!(known(&bulk), known(&read(&sheets, &[], Way::Spread)));
    assert_eq!(bulk.value(MEETING, "m5", "host"), "→o155");
}

#[test]
fn a_letter_that_is_no_utf_8_far_in_makes_the_whole_file_windows_1252() {
    let mut bytes = b"id,name\n".to_vec();
    (0..30_000).for_each(|number| bytes.extend(format!("o{number},Name\n").bytes()));
    bytes.extend(b"last,Sk\xe5ne\n");
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let text = at_rest(&bytes);
    let file = sources.hold("f.csv", text.clone());
    let how = How { record: Some(("organisation".to_owned(), None)), ..How::default() };
    let root = read_as(file, ("f.csv", &text), &how, &mut problems).unwrap();
    let read = bound(vec![(root, "f.csv".to_owned())], sources, problems);
    let guessed = "f.csv:1:1 csv-guessed not valid UTF-8; read as Windows-1252 | if letters look wrong, save the \
                   file as UTF-8";
    assert_eq!(read.told, [guessed]);
    assert_eq!(read.value(ORGANISATION, "last", "name"), "\"Skåne\"");
    assert_eq!(read.place(ORGANISATION, "last", "name"), "Skåne");
    assert_eq!(Digest::of_texts([&text]), Digest::of([&*text]));
}

#[test]
fn a_text_at_rest_has_the_fingerprint_of_its_words() {
    let mut text = "id,name\n".to_owned();
    (0..130_001).for_each(|number| text += &format!("o{number},N\n"));
    assert!(text.len() > 1 << 20);
    let resting = at_rest(text.as_bytes());
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.hold("f.csv", resting.clone());
    let how = How { record: Some(("organisation".to_owned(), None)), ..How::default() };
    let root = read_as(file, ("f.csv", &resting), &how, &mut problems).unwrap();
    bound(vec![(root, String::new())], sources, problems);
    assert!(resting.resting().is_some(), "nobody asked for its words");
    assert_eq!(Digest::of_texts([&resting]), Digest::of([text.as_str()]));
}

#[test]
fn two_sheets_of_a_record_are_one_table() {
    let sheets = [sheet("seat", "id,elected_on\na,2014-01-01\n"), sheet("seat", "left_on,id\n2015-01-01,b\n")];
    same(&sheets);
    let read = read(&sheets, &[], Way::Bulk);
    let both = [(SEAT, "a", "left_on", "?"), (SEAT, "b", "left_on", "2015-01-01"), (SEAT, "b", "elected_on", "?")];
    for (record, id, field, value) in both {
        assert_eq!(read.value(record, id, field), value);
    }
}
