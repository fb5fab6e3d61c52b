//! Spreadsheets: what the values of their cells mean, whichever way they are shown, and where they stand. The files are made
//! here, part by part, in the shapes that several programs write.

use std::sync::Arc;

use overens::diagnostics::Sink;
use overens::load::spreadsheet::{Made, Most, Other, Refused};
use overens::load::{How, Others, Whose, bind, read_as, spread, spreadsheet};
use overens::report::Digest;
use overens::source::{Sources, Text};

use super::load_facts::{MEETING, ORGANISATION, Read, SEAT, bound, schema};

// ---- making them ----

/// A file that is packed without being made smaller.
pub fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let (mut all, mut index) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        let (at, sum, length) = (all.len() as u32, crc(text.as_bytes()), text.len() as u32);
        let mut head = Vec::new();
        head.extend([20_u16, 0, 0, 0, 0x21].iter().flat_map(|two| two.to_le_bytes()));
        head.extend([sum, length, length].iter().flat_map(|four| four.to_le_bytes()));
        head.extend([name.len() as u16, 0].iter().flat_map(|two| two.to_le_bytes()));
        all.extend(b"PK\x03\x04");
        all.extend(&head);
        all.extend(name.bytes().chain(text.bytes()));
        index.extend(b"PK\x01\x02\x14\x00");
        index.extend(&head);
        index.extend([0_u16, 0, 0].iter().flat_map(|two| two.to_le_bytes()));
        index.extend([0_u32, at].iter().flat_map(|four| four.to_le_bytes()));
        index.extend(name.bytes());
    }
    let (count, at, length) = (parts.len() as u16, all.len() as u32, index.len() as u32);
    all.extend(&index);
    all.extend(b"PK\x05\x06\x00\x00\x00\x00");
    all.extend([count, count].iter().flat_map(|two| two.to_le_bytes()));
    all.extend([length, at].iter().flat_map(|four| four.to_le_bytes()));
    all.extend([0, 0]);
    all
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1)))
    })
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Formats of numbers, by the number of the style that has each.
const FORMATS: [&str; 39] = [
    "General",
    "yyyy\\-mm\\-dd",
    "yyyy\\-mm\\-dd\\ hh:mm",
    "0&quot; st&quot;",
    "0%",
    "[h]:mm",
    "[$-41D]d\\ mmmm\\ yyyy",
    "#,##0.00\\ [$kr-41D]",
    "h:mm",
    "#,##0.00\\ [$€-407];[Red]-#,##0.00\\ [$€-407]",
    "_-* #,##0\\ &quot;kr&quot;_-",
    "[$USD]\\ 0.00",
    "[$-41D]#,##0.00",
    "&quot;$&quot;#,##0",
    "[$R$-416]\\ #,##0",
    "#,##0\\ [$zł-415]",
    "0\\ &quot;tkr&quot;",
    "0\\ &quot;SEK EXKL&quot;",
    "0\\ &quot;PCS&quot;",
    "#,##0;[Red]-#,##0\\ [$€-407]",
    "[$kr-414]\\ #,##0",
    "#,##0\\ [$kr.-40000406]",
    "[$kr-nb-NO]\\ #,##0",
    "[$$-1009]#,##0",
    "#,##0.00\\ &quot;öre&quot;",
    "#,##0\\ &quot;Nkr&quot;",
    "#,##0\\ &quot;i tusental&quot;",
    "#,##0\\0\\0\\0",
    "#,##0.0,,\\ &quot;tkr&quot;",
    "#,##0,\\ &quot;tkr&quot;",
    "0.0,,&quot; M&quot;",
    "#,##0,",
    "0,.0\\ &quot;tkr&quot;",
    "[$-414]#,##0",
    "0\\ &quot;kr (NOK)&quot;",
    "0\\ &quot;norska kr&quot;",
    "0\\ &quot;d.kr.&quot;",
    "0\\ &quot;¢&quot;",
    "0\\ &quot;kr (SEK)&quot;",
];

/// A workbook of these sheets, each with the rows of its data. Texts may stand in the table of shared ones.
pub fn book(sheets: &[(&str, &str)], shared: &[&str], years: &str) -> Vec<u8> {
    book_with(sheets, (shared, years), &[])
}

/// The same with other parts, or others in place of its own.
pub fn book_with(sheets: &[(&str, &str)], (shared, years): (&[&str], &str), more: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = vec![(
        "[Content_Types].xml".to_owned(),
        format!("{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
    )];
    parts.push((
        "_rels/.rels".to_owned(),
        format!(
            "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" \
             Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    ));
    let (mut names, mut targets) = (String::new(), String::new());
    for (at, (name, data)) in sheets.iter().enumerate() {
        names += &format!("<sheet name=\"{name}\" sheetId=\"{0}\" r:id=\"r{0}\"/>", at + 1);
        targets += &format!(
            "<Relationship Id=\"r{0}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
            at + 1
        );
        let sheet = format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{}.xml", at + 1), sheet));
    }
    targets += &format!("<Relationship Id=\"s\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>");
    targets += &format!("<Relationship Id=\"t\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/>");
    let workbook = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><workbookPr {years}/><sheets>{names}</sheets></workbook>"
    );
    parts.push(("xl/workbook.xml".to_owned(), workbook));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!(
            "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{targets}</Relationships>"
        ),
    ));
    let formats: String = FORMATS
        .iter()
        .enumerate()
        .map(|(at, code)| format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", 164 + at))
        .collect();
    let styles: String = (0..FORMATS.len()).map(|at| format!("<xf numFmtId=\"{}\"/>", 164 + at)).collect();
    parts.push((
        "xl/styles.xml".to_owned(),
        format!(
            "{HEAD}<styleSheet xmlns=\"{MAIN}\"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"
        ),
    ));
    let texts: String = shared.iter().map(|text| format!("<si>{text}</si>")).collect();
    parts.push(("xl/sharedStrings.xml".to_owned(), format!("{HEAD}<sst xmlns=\"{MAIN}\">{texts}</sst>")));
    parts.retain(|(own, _)| more.iter().all(|(name, _)| own != name));
    parts.extend(more.iter().map(|(name, text)| ((*name).to_owned(), format!("{HEAD}{text}"))));
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    packed(&parts)
}

/// The rows of a sheet's data: a cell is a text, or what stands in `<c …>` after its place.
pub fn data(rows: &[&[&str]]) -> String {
    let mut data = String::new();
    for (at, cells) in rows.iter().enumerate() {
        data += &format!("<row r=\"{}\">", at + 1);
        for (column, cell) in cells.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + column as u8), at + 1);
            data += &match cell.strip_prefix('<') {
                _ if cell.is_empty() => String::new(),
                Some(rest) => format!("<c r=\"{place}\" {rest}</c>"),
                None => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            };
        }
        data += "</row>";
    }
    data
}

pub fn ods(rows: &str) -> Vec<u8> {
    ods_by("", rows)
}

/// The same as a program writes it that calls itself so.
pub fn ods_by(program: &str, rows: &str) -> Vec<u8> {
    ods_with(program, ("", ""), rows)
}

/// The same with styles of cells and formats of numbers, and what stands before the rows.
pub fn ods_with(program: &str, (styles, columns): (&str, &str), rows: &str) -> Vec<u8> {
    let content = format!(
        "{HEAD}<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" \
         xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>\
         <table:table table:name=\"Blad1\">{columns}{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest =
        format!("{HEAD}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>");
    let meta = format!(
        "{HEAD}<office:document-meta><office:meta><meta:generator>{program}</meta:generator></office:meta></office:document-meta>"
    );
    let parts = [
        ("mimetype", kind.to_owned()),
        ("META-INF/manifest.xml", manifest),
        ("meta.xml", meta),
        ("content.xml", content),
    ];
    packed(&parts)
}

// ---- reading them ----

pub fn made(bytes: &[u8], sheet: Option<&str>) -> Made {
    spreadsheet::read(bytes, sheet, Most::default()).unwrap_or_else(|refused| panic!("{refused:?}"))
}

/// What is wrong with a file, and the way out.
pub fn refused(bytes: &[u8], sheet: Option<&str>) -> (String, String) {
    match spreadsheet::read(bytes, sheet, Most::default()) {
        Err(Refused::Unreadable { message, help }) => (message, help),
        Err(Refused::TooWide { columns }) => panic!("{columns} columns"),
        Err(Refused::TooLong { bytes } | Refused::LongCell { bytes }) => panic!("{bytes} bytes"),
        Ok(made) => panic!("{}", made.text),
    }
}

pub fn read(bytes: &[u8], name: &str, record: &str, how: How) -> Read {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let made = made(bytes, how.sheet.as_ref().map(|sheet| sheet.it.as_str()));
    let (text, shown) = (Text::from(made.text), Arc::clone(&made.grid.shown));
    let file = sources.hold_sheet(name, text.clone(), made.grid);
    let how = How { record: Some((record.to_owned(), None)), shown, ..how };
    let root = read_as(file, (name, &text), &how, &mut problems);
    bound(root.map(|root| (root, name.to_owned())).into_iter().collect(), sources, problems)
}

fn sheet(record: &str, rows: &[&[&str]]) -> Read {
    read(&book(&[("Blad1", &data(rows))], &[], ""), "f.xlsx", record, How::default())
}

#[test]
fn a_cell_is_read_by_its_value_and_not_by_how_it_is_shown() {
    for (cell, number) in [
        ("< s=\"3\"><v>14</v>", "14"),
        ("< s=\"4\"><v>0.25</v>", "0.25"),
        ("< s=\"7\"><v>1350.5</v>", "1350.5"),
        ("<><v>12.125</v>", "12.125"),
        ("<><v>0.30000000000000004</v>", "0.3"),
        ("<><v>350.54999999999995</v>", "350.55"),
        ("<><v>1E-3</v>", "0.001"),
        ("<><v>-2500000</v>", "-2500000"),
        ("<><f>7*2</f><v>14</v>", "14"),
    ] {
        let cell = cell.replacen("<>", "< >", 1).replacen("< >", "< s=\"0\">", 1);
        let read = sheet("meeting", &[&["id", "present"], &["a", &cell]]);
        assert_eq!((read.told.clone(), read.value(MEETING, "a", "present")), (vec![], number.to_owned()), "{cell}");
    }
}

#[test]
fn a_day_is_counted_by_the_system_of_its_workbook() {
    for (years, serial, day) in [
        ("", "42006", "2015-01-02"),
        ("", "1", "1900-01-01"),
        ("", "59", "1900-02-28"),
        ("", "61", "1900-03-01"),
        ("", "2958465", "9999-12-31"),
        ("date1904=\"1\"", "40544", "2015-01-02"),
        ("date1904=\"true\"", "40544", "2015-01-02"),
        ("date1904=\"0\"", "42006", "2015-01-02"),
    ] {
        for style in [1, 2, 6] {
            let rows = data(&[&["id", "elected_on"], &["a", &format!("< s=\"{style}\"><v>{serial}</v>")]]);
            let read = read(&book(&[("Blad1", &rows)], &[], years), "f.xlsx", "seat", How::default());
            assert_eq!(
                (read.told.clone(), read.value(SEAT, "a", "elected_on")),
                (vec![], day.to_owned()),
                "{years} {serial}"
            );
        }
    }
    // Behind the last day there is none.
    for (years, serial) in [("", "2958466"), ("", "9999999"), ("date1904=\"1\"", "2957004")] {
        let rows = data(&[&["id", "elected_on"], &["a", &format!("< s=\"1\"><v>{serial}</v>")]]);
        let read = read(&book(&[("Blad1", &rows)], &[], years), "f.xlsx", "seat", How::default());
        assert!(read.told.len() == 1 && read.told[0].contains(&format!("`{serial}` is not a date")), "{:?}", read.told);
    }
    // Written as ISO 8601 itself, and as a text.
    for cell in ["< t=\"d\"><v>2015-01-02</v>", "< t=\"d\"><v>2015-01-02T00:00:00</v>", "2015-01-02", "2 jan 2015"] {
        let read = sheet("seat", &[&["id", "elected_on"], &["a", cell]]);
        assert_eq!(
            (read.told.clone(), read.value(SEAT, "a", "elected_on")),
            (vec![], "2015-01-02".to_owned()),
            "{cell}"
        );
    }
}

#[test]
fn a_time_is_no_day_and_18_00_stays_18_00() {
    for (cell, shown) in [
        ("< s=\"8\"><v>0.75</v>", "18:00"),
        ("< s=\"5\"><v>1.14583333333333</v>", "27:30"),
        ("< s=\"5\"><v>2</v>", "48:00"),
        ("< s=\"2\"><v>42006.75</v>", "2015-01-02 18:00"),
    ] {
        let read = sheet("seat", &[&["id", "elected_on"], &["a", cell]]);
        assert_eq!(read.told.len(), 1, "{cell}");
        assert!(read.told[0].contains(&format!("`{shown}`")), "{:?}", read.told);
    }
}

#[test]
fn errors_and_formulas_without_a_value_are_told_at_their_cells() {
    for (cell, says) in [
        ("< t=\"e\"><v>#REF!</v>", "`#REF!` is a spreadsheet error"),
        ("< t=\"e\"><f>A1</f><v>#N/A</v>", "`#N/A` is a spreadsheet error"),
        ("< s=\"1\"><f>TODAY()</f>", "a formula whose result was not saved"),
    ] {
        let read = sheet("seat", &[&["id", "elected_on"], &["a", cell]]);
        assert_eq!(read.told.len(), 1, "{cell}");
        assert!(read.told[0].starts_with("f.xlsx:2:2 cell-error") && read.told[0].contains(says), "{:?}", read.told);
        let place = read.problems.sorted()[0].place.span;
        assert_eq!(read.sources.cell(place).as_deref(), Some("sheet Blad1, cell B2"));
    }
}

#[test]
fn a_number_that_lost_digits_is_no_id() {
    let read = sheet("seat", &[&["id", "elected_on"], &["< s=\"0\"><v>1234567890123456789</v>", "2015-01-02"]]);
    assert!(read.told[0].contains("cell-error"), "{:?}", read.told);
    let read = sheet("seat", &[&["id", "elected_on"], &["< s=\"0\"><v>198001011234</v>", "2015-01-02"]]);
    assert_eq!((read.told.clone(), read.value(SEAT, "198001011234", "elected_on")), (vec![], "2015-01-02".to_owned()));
}

#[test]
fn texts_are_read_wherever_a_program_keeps_them() {
    let shared = [
        "<t>id</t>",
        "<r><t>na</t></r><r><rPr><b/></rPr><t>me</t></r>",
        "<t xml:space=\"preserve\"> A &amp; \"B\" </t>",
    ];
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
                <row r=\"2\"><c r=\"A2\" t=\"str\"><f>\"a\"</f><v>a</v></c><c r=\"B2\" t=\"s\"><v>2</v></c></row>\
                <row><c t=\"inlineStr\"><is><r><t>b</t></r></is></c><c t=\"inlineStr\"><is><t>Two&#10;lines</t></is></c></row>";
    let read = read(&book(&[("Blad1", rows)], &shared, ""), "f.xlsx", "organisation", How::default());
    assert_eq!(read.told, [""; 0]);
    // Blanks around a text mean nothing, as in any table.
    assert_eq!(read.value(ORGANISATION, "a", "name"), "\"A & \\\"B\\\"\"");
    assert_eq!(read.value(ORGANISATION, "b", "name"), "\"Two\\nlines\"");
}

#[test]
fn a_text_in_a_number_or_amount_is_read_as_in_any_table() {
    let read = sheet("meeting", &[&["id", "present"], &["a", "1 350"], &["b", "10.000"], &["c", "12,5"]]);
    // What stands before decimals is asked there, and not guessed beside it.
    assert_eq!(read.told.len(), 1);
    assert!(read.told[0].starts_with("f.xlsx:3:2 two-readings"), "{:?}", read.told);
}

#[test]
fn rows_and_columns_lie_where_they_lie_in_the_sheet() {
    let rows = "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>id</t></is></c><c r=\"D3\" t=\"inlineStr\"><is><t>elected_on</t></is></c></row>\
                <row r=\"6\"><c r=\"B6\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"D6\" t=\"inlineStr\"><is><t>soon</t></is></c></row>";
    let how = How { ignore_others: true, ..How::default() };
    let read = read(&book(&[("Blad 1", rows)], &[], ""), "f.xlsx", "seat", how);
    assert_eq!(read.told.len(), 2, "{:?}", read.told);
    assert!(read.told[0].starts_with("f.xlsx:4:1 csv-rows 2 rows"), "{:?}", read.told);
    assert!(read.told[1].starts_with("f.xlsx:6:4 facts-wrong-type"), "{:?}", read.told);
    assert_eq!(read.sources.cell(read.problems.sorted()[1].place.span).as_deref(), Some("sheet Blad 1, cell D6"));
}

#[test]
fn a_sheet_is_chosen_by_its_name_and_the_others_are_named() {
    let (one, two) = (data(&[&["x"]]), data(&[&["id", "elected_on"], &["a", "2015-01-02"]]));
    let bytes = book(&[("First", &one), ("Seats", &two)], &[], "");
    let first = made(&bytes, None);
    let other = Other { name: "Seats".to_owned(), hidden: false };
    assert_eq!((first.grid.sheet.as_str(), first.others), ("First", vec![other]));
    let made = made(&bytes, Some("seats"));
    assert_eq!(
        (made.grid.sheet.as_str(), made.text.as_str()),
        ("Seats", "\"id\"\t\"elected_on\"\n\"a\"\t\"2015-01-02\"")
    );
    let (message, help) = refused(&bytes, Some("Seat"));
    assert_eq!((message.as_str(), help.as_str()), ("the file has no sheet `Seat`", "its sheets are `First`, `Seats`"));
}

#[test]
fn what_is_no_spreadsheet_is_named_as_what_it_is() {
    for (bytes, says) in [
        (&b"<html><table><tr><td>id</td></tr></table></html>"[..], "a web page"),
        (b"id;name\na;A\n", "a text file, not a spreadsheet"),
        (b"PK\x03\x04broken", "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cannot be read"),
        (b"", "this file is empty"),
    ] {
        let (message, _) = refused(bytes, None);
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn a_sheet_that_is_too_wide_is_not_made_into_a_text() {
    let bytes = book(&[("Blad1", &data(&[&["id", "elected_on", "x"], &["a"]]))], &[], "");
    assert!(spreadsheet::read(&bytes, None, Most { columns: 3, ..Most::default() }).is_ok());
    assert!(matches!(
        spreadsheet::read(&bytes, None, Most { columns: 2, ..Most::default() }),
        Err(Refused::TooWide { columns: 3 })
    ));
}

#[test]
fn an_ods_sheet_keeps_its_values_in_forms_of_its_own() {
    let cell = |attributes: &str, shown: &str| {
        format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")
    };
    let text = |text: &str| cell("office:value-type=\"string\"", text);
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let header = row(&["id", "held_on", "present"].map(text));
    let rows = [
        row(&[
            text("a"),
            cell("office:value-type=\"date\" office:date-value=\"2015-01-02\"", "02.01.15"),
            cell("office:value-type=\"float\" office:value=\"14\"", "14 st"),
        ]),
        row(&[
            text("b"),
            cell("office:value-type=\"date\" office:date-value=\"2015-01-02T00:00:00\"", "02.01.15"),
            cell("office:value-type=\"percentage\" office:value=\"0.25\"", "25 %"),
        ]),
        row(&[
            text("c"),
            "<table:table-cell/>".to_owned(),
            cell("office:value-type=\"float\" office:value=\"1350.5\"", "1 350,50 kr"),
        ]),
    ];
    let read = read(&ods(&format!("{header}{}", rows.concat())), "f.ods", "meeting", How::default());
    // One of the numbers is a percentage, and the others are not.
    let told = "f.ods:2:3 csv-guessed `present` is 14 here, without `%`, but other cells of its column are in percent";
    assert!(read.told.len() == 1 && read.told[0].starts_with(told), "{:?}", read.told);
    for (id, day, number) in [("a", "2015-01-02", "14"), ("b", "2015-01-02", "0.25"), ("c", "?", "1350.5")] {
        assert_eq!(
            (read.value(MEETING, id, "held_on"), read.value(MEETING, id, "present")),
            (day.to_owned(), number.to_owned())
        );
    }
    for (attributes, shown) in [
        ("office:value-type=\"time\" office:time-value=\"PT18H00M00S\"", "18:00"),
        ("office:value-type=\"time\" office:time-value=\"PT27H30M00S\"", "27:30"),
        ("office:value-type=\"string\" calcext:value-type=\"error\"", "#REF!"),
        ("office:value-type=\"float\" office:value=\"0\" calcext:value-type=\"error\"", "#DIV/0!"),
        ("office:value-type=\"float\" office:value=\"0\" calcext:value-type=\"error\"", "Fel:502"),
        ("office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"", "#VÄRDE!"),
        ("office:value-type=\"float\" office:value=\"0\" calcext:value-type=\"error\"", "Błąd w formule"),
    ] {
        let rows = row(&[text("a"), cell(attributes, shown)]);
        let read = self::read(
            &ods(&format!("{}{rows}", row(&["id", "held_on"].map(text)))),
            "f.ods",
            "meeting",
            How::default(),
        );
        assert_eq!(read.told.len(), 1, "{shown}");
        assert!(read.told[0].contains(&format!("`{shown}`")), "{:?}", read.told);
    }
}

#[test]
fn the_same_facts_are_the_same_from_a_sheet_and_from_a_text() {
    let rows: &[&[&str]] = &[
        &["ID", "Elected on", "left_on"],
        &["a", "< s=\"1\"><v>42006</v>", ""],
        &["b", "< s=\"1\"><v>42007</v>", "< s=\"1\"><v>42100</v>"],
        &["c", "2014", "2015-03"],
    ];
    let text = "ID;Elected on;left_on\na;2015-01-02;\nb;2015-01-03;2015-04-06\nc;2014;2015-03\n";
    let from_sheet = sheet("seat", rows);
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add("f.csv", text);
    let how = How { record: Some(("seat".to_owned(), None)), ..How::default() };
    let root = read_as(file, ("f.csv", &Text::from(text)), &how, &mut problems);
    let from_text = bound(root.map(|root| (root, "f.csv".to_owned())).into_iter().collect(), sources, problems);
    assert_eq!((from_sheet.told.clone(), from_text.told.clone()), (vec![], vec![]));
    assert_eq!(from_sheet.all(), from_text.all());
}

#[test]
fn a_sheet_read_row_by_row_means_what_it_means_in_bulk() {
    let rows: &[&[&str]] = &[
        &["id", "held_on", "host", "present", "topics", "x"],
        &["a", "< s=\"1\"><v>42006</v>", "fanma", "12,5", "fees|dues", "y"],
        &["", "1.2.2015", "", "< s=\"0\"><v>12.125</v>", "", ""],
        &["c", "1/2/2015", "< t=\"e\"><v>#REF!</v>", "10.000", "", ""],
    ];
    let bytes = book(&[("Blad1", &data(rows))], &[], "");
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let made = made(&bytes, None);
    let text = Text::from(made.text);
    let file = sources.hold_sheet("f.xlsx", text.clone(), made.grid);
    let how = How { record: Some(("meeting".to_owned(), None)), ..How::default() };
    let root = read_as(file, ("f.xlsx", &text), &how, &mut problems).unwrap();
    let roots = vec![(root, "f.xlsx".to_owned())];
    let by_row = spread(roots.clone(), &[&schema()], &mut problems.clone());
    let (schema, others) = (schema(), Others::default());
    let whose = Whose { schema: &schema, agreement: None, others: &others };
    let told = |roots: &[_]| {
        let mut problems = Sink::default();
        bind(roots, &whose, &mut problems);
        super::load_facts::told(&sources, &problems)
    };
    assert_eq!(told(&roots), told(&by_row));
    assert_eq!(told(&roots).len(), 6, "{:#?}", told(&roots));
    assert_eq!(Digest::of_texts([&text]), Digest::of([&*text]));
}

/// The rows of an `.ods`: a cell is a text, or the attributes of one and what it shows.
pub fn ods_rows(rows: &[&[&str]]) -> String {
    let mut all = String::new();
    for row in rows {
        all += "<table:table-row>";
        for cell in *row {
            all += &match cell.strip_prefix('<').and_then(|cell| cell.split_once('>')) {
                Some((attributes, shown)) => {
                    format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")
                }
                None => {
                    format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>")
                }
            };
        }
        all += "</table:table-row>";
    }
    all
}

#[test]
fn the_currency_of_a_cell_of_an_ods_is_a_part_of_its_value() {
    let amount = |currency: &str| {
        format!("<office:value-type=\"currency\" office:currency=\"{currency}\" office:value=\"1350.5\">1 350,50")
    };
    let paid = |currency: &str| {
        let rows = ods_rows(&[&["id", "name", "paid"], &["a", "A", &amount(currency)]]);
        read(&ods(&rows), "f.ods", "organisation", How::default())
    };
    let bare = |text: String| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
    for currency in ["SEK", "EUR"] {
        let read = paid(currency);
        assert_eq!(read.told, [""; 0]);
        assert_eq!(bare(read.value(ORGANISATION, "a", "paid")), format!("{currency}1350.50"));
    }
    // An amount is no number, as in any table.
    let rows = ods_rows(&[&["id", "present"], &["a", &amount("EUR")]]);
    let read = read(&ods(&rows), "f.ods", "meeting", How::default());
    assert!(read.told[0].contains("expected a number for `present`, found `EUR 1350.5`"), "{:?}", read.told);
}

#[test]
fn the_format_of_an_ods_cell_tells_what_its_value_does_not() {
    let styles = "<number:currency-style style:name=\"N1\"><number:number/><number:text> </number:text>\
        <number:currency-symbol number:language=\"da\" number:country=\"DK\">kr</number:currency-symbol></number:currency-style>\
        <number:number-style style:name=\"N2\"><number:number/><number:text> öre</number:text></number:number-style>\
        <number:number-style style:name=\"N3\"><number:number number:display-factor=\"1000\"/><number:text> tkr</number:text></number:number-style>\
        <number:number-style style:name=\"N4\"><number:number/><number:text> st</number:text></number:number-style>\
        <number:percentage-style style:name=\"N5\"><number:number/><number:text> %</number:text></number:percentage-style>\
        <style:style style:name=\"ce6\" style:family=\"table-cell\" style:data-style-name=\"N5\"/>\
        <style:style style:name=\"ce1\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>\
        <style:style style:name=\"ce2\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>\
        <style:style style:name=\"ce3\" style:family=\"table-cell\" style:data-style-name=\"N3\"/>\
        <style:style style:name=\"ce4\" style:family=\"table-cell\" style:data-style-name=\"N4\"/>\
        <style:style style:name=\"ce5\" style:family=\"table-cell\" style:parent-style-name=\"ce2\"/>";
    let told = |columns: &str, cell: &str| {
        let rows = ods_rows(&[&["id", "name", "paid"], &["a", "A", cell]]);
        read(&ods_with("", (styles, columns), &rows), "f.ods", "organisation", How::default()).told
    };
    let float = |style: &str| format!("<table:style-name=\"{style}\" office:value-type=\"float\" office:value=\"5\">5");
    for style in ["ce3", "ce4", "Default"] {
        assert_eq!(told("", &float(style)), [""; 0], "{style}");
    }
    let shown = |told: Vec<String>, other: &str| {
        let said = format!("the format of this cell shows `paid` in {other}, but numbers are read in SEK");
        assert!(matches!(told.as_slice(), [one] if one.contains(&said)), "{other}: {told:?}");
    };
    for style in ["ce2", "ce5"] {
        shown(told("", &float(style)), "`öre`");
    }
    shown(told("", &float("ce1")), "DKK");
    // What shows hundredths is 100 times the amount that is read.
    shown(told("", &float("ce6")), "`%`");
    shown(told("", &float("ce6").replace("\"float\"", "\"percentage\"")), "`%`");
    // A cell without a style has its column's.
    let columns = "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:default-cell-style-name=\"ce2\"/>";
    let bare = "<office:value-type=\"float\" office:value=\"5\">5";
    shown(told(columns, bare), "`öre`");
    assert_eq!(told("", bare), [""; 0]);
    // `kr` is a sign of several currencies, of which the format knows which one it is.
    let crowns = |style: &str| {
        format!(
            "<table:style-name=\"{style}\" office:value-type=\"currency\" office:currency=\"kr\" office:value=\"5\">5 kr"
        )
    };
    assert_eq!(told("", &crowns("Default")), [""; 0]);
    let rows = ods_rows(&[&["id", "name", "paid"], &["a", "A", &crowns("ce1")]]);
    let read = read(&ods_with("", (styles, ""), &rows), "f.ods", "organisation", How::default());
    assert!(read.value(ORGANISATION, "a", "paid").starts_with("DKK"), "{}", read.value(ORGANISATION, "a", "paid"));
}

#[test]
fn an_amount_that_its_format_shows_in_another_currency_is_no_amount_of_the_agreement() {
    let paid = |cells: &[&str]| {
        let ids = ["a", "b", "c"];
        let rows: Vec<[&str; 3]> = cells.iter().zip(ids).map(|(cell, id)| [id, "A", *cell]).collect();
        let mut all: Vec<&[&str]> = vec![&["id", "name", "paid"]];
        all.extend(rows.iter().map(|row| &row[..]));
        sheet("organisation", &all)
    };
    // Kronor by their sign, a language alone, and what is no currency at all.
    // Thousands of which the format takes away as many as it says are the value.
    for style in [0, 3, 7, 10, 12, 17, 18, 19, 29, 30, 31, 32, 33, 38] {
        let read = paid(&[&format!("< s=\"{style}\"><v>5</v>")]);
        assert_eq!(read.told, [""; 0], "{style}");
    }
    let others = [
        (9, "EUR"),
        (11, "USD"),
        (13, "`$`"),
        (14, "`R$`"),
        (15, "`zł`"),
        (16, "`tkr`"),
        (20, "NOK"),
        (21, "DKK"),
        (22, "NOK"),
        (23, "CAD"),
        (24, "`öre`"),
        (25, "NOK"),
        (26, "`tusental`"),
        (28, "`tkr`"),
        (34, "NOK"),
        (35, "NOK"),
        (36, "DKK"),
        (37, "`¢`"),
    ];
    for (style, other) in others {
        for value in ["<v>5</v>", "<f>2+3</f><v>5</v>", "<v>-5.25</v>"] {
            let read = paid(&[&format!("< s=\"{style}\">{value}")]);
            assert_eq!(read.told.len(), 1, "{:?}", read.told);
            let said = format!(
                "facts-other-currency the format of this cell shows `paid` in {other}, but numbers are read in SEK"
            );
            assert!(read.told[0].contains(&said), "{:?}", read.told);
        }
    }
    // All cells of one currency are one finding; a text, a cell without a value and one in kronor are none of them.
    let read = paid(&["< s=\"9\"><v>5</v>", "< s=\"10\"><v>5</v>", "< s=\"9\"><v>5</v>"]);
    assert_eq!(read.told.len(), 1, "{:?}", read.told);
    assert!(read.told[0].contains("; and the same in 1 more place"), "{:?}", read.told);
    let text = "< s=\"9\" t=\"inlineStr\"><is><t>SEK 5</t></is>";
    assert_eq!(paid(&[text, "< s=\"9\">", ""]).told, [""; 0]);
    // A number is read by its value, however it is shown.
    let read = sheet("meeting", &[&["id", "present"], &["a", "< s=\"9\"><v>5</v>"]]);
    assert_eq!((read.told.clone(), read.value(MEETING, "a", "present")), (vec![], "5".to_owned()));
}

#[test]
fn rows_without_height_and_columns_without_width_are_hidden() {
    let rows = data(&[&["id", "present"], &["a", "<><v>5</v>"], &["b", "<><v>6</v>"]]).replace("<><v>", " s=\"0\"><v>");
    let rows = rows.replace("<row r=\"2\">", "<row r=\"2\" ht=\"0\" customHeight=\"1\">");
    let rows = rows.replace("<row r=\"3\">", "<row r=\"3\" ht=\"0.75\" customHeight=\"1\">");
    let bytes = book(&[("Blad1", &rows)], &[], "");
    let hidden = made(&bytes, None).hidden;
    assert_eq!((hidden.rows, hidden.columns), (vec![1], vec![]));
}

#[test]
fn an_ods_tells_yes_by_a_formula_and_lines_and_tabs_within_a_text() {
    let text = |text: &str| format!("<table:table-cell office:value-type=\"string\">{text}</table:table-cell>");
    let p = |words: &str| text(&format!("<text:p>{words}</text:p>"));
    let answer = |name: &str, value: u8| {
        format!(
            "<table:table-cell table:formula=\"of:={name}()\" office:value-type=\"float\" office:value=\"{value}\"><text:p>{name}</text:p></table:table-cell>"
        )
    };
    let comment = "<office:annotation><text:p>see<text:tab/>there</text:p></office:annotation>";
    let rows = [
        [p("id"), p("name"), p("is_party")],
        [p("a"), p("Anna<text:line-break/>Bo<text:s text:c=\"2\"/>B"), answer("TRUE", 1)],
        [p("b"), text(&format!("{comment}<text:p>C<text:tab/>D</text:p><text:p>E</text:p>")), answer("FALSE", 0)],
    ];
    let rows: String = rows.iter().map(|row| format!("<table:table-row>{}</table:table-row>", row.concat())).collect();
    let read = read(&ods(&rows), "f.ods", "organisation", How::default());
    assert_eq!(read.told, [""; 0]);
    assert_eq!(read.value(ORGANISATION, "a", "name"), "\"Anna\\nBo  B\"");
    assert_eq!(read.value(ORGANISATION, "b", "name"), "\"C\\tD\\nE\"");
    assert_eq!(
        (read.value(ORGANISATION, "a", "is_party"), read.value(ORGANISATION, "b", "is_party")),
        ("true".into(), "false".into())
    );
}

#[test]
fn the_currency_of_a_repeated_cell_counts_where_it_stands_and_nowhere_else() {
    let money = "office:value-type=\"currency\" office:currency=\"EUR\" office:value=\"5\"";
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let rows = format!(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"9\"/></table:table-row>\
         <table:table-row>{}{}{}</table:table-row>\
         <table:table-row>{}<table:table-cell/><table:table-cell {money}/></table:table-row>\
         <table:table-row>{}{}<table:table-cell office:value-type=\"float\" office:value=\"6\"/></table:table-row>",
        text("id"),
        text("name"),
        text("paid"),
        text("a"),
        text("b"),
        text("B"),
    );
    assert_eq!(
        made(&ods(&rows), None).text.trim_start_matches(['\"', '\n']),
        "id\"\t\"name\"\t\"paid\"\n\"a\"\t\tEUR 5\n\"b\"\t\"B\"\t6"
    );
}

/// `B3:B4`.
fn ranges(merged: Vec<((u32, u32), (u32, u32))>) -> Vec<String> {
    let name = |(row, column): (u32, u32)| format!("{}{}", overens::source::letters(column as usize), row + 1);
    merged.into_iter().map(|(first, last)| format!("{}:{}", name(first), name(last))).collect()
}

#[test]
fn merged_cells_of_records_are_told_and_those_of_a_title_are_not() {
    let with = |rows: &str, merged: &str| {
        let rows = format!("{rows}</sheetData><mergeCells>{merged}</mergeCells><sheetData>");
        ranges(made(&book(&[("Blad1", &rows)], &[], ""), None).merged)
    };
    let rows = data(&[&["Title"], &["id", "elected_on", "left_on"], &["a", "2015-01-02"], &["b"]]);
    assert_eq!(with(&rows, "<mergeCell ref=\"A1:C1\"/>"), [""; 0]);
    assert_eq!(with(&rows, "<mergeCell ref=\"A1:C1\"/><mergeCell ref=\"B3:B4\"/>"), ["B3:B4"]);
    assert_eq!(with(&rows, "<mergeCell ref=\"B3:C3\"/>"), ["B3:C3"]);
    // Nothing in the first of them, and a value in one that nobody sees.
    let unseen = data(&[&["id", "elected_on", "left_on"], &["a", "", "2015-01-02"], &["b", "", "2015-01-03"]]);
    assert_eq!(with(&unseen, "<mergeCell ref=\"C2:C3\"/><mergeCell ref=\"B2:C2\"/>"), ["B2:C2", "C2:C3"]);
    let down = data(&[&["id", "elected_on"], &["a"], &["b", "2015-01-03"]]);
    assert_eq!(with(&down, "<mergeCell ref=\"B2:B3\"/>"), ["B2:B3"]);
    let spanned = "<office:value-type=\"string\" table:number-rows-spanned=\"2\">x";
    assert_eq!(ranges(made(&ods(&ods_rows(&[&["id", "name"], &["a", spanned], &["b"]])), None).merged), ["B2:B3"]);
}

#[test]
fn a_hidden_sheet_that_is_not_read_is_named_too() {
    let (one, two) = (data(&[&["x"]]), data(&[&["id"], &["a"]]));
    let bytes = book(&[("Old\" state=\"hidden", &one), ("Seats", &two)], &[], "");
    let made = made(&bytes, None);
    assert_eq!(made.grid.sheet, "Seats");
    assert_eq!(made.others, [Other { name: "Old".to_owned(), hidden: true }]);
}

#[test]
fn what_is_packed_like_a_spreadsheet_is_named_as_what_it_is() {
    let part = |name: &str| packed(&[(name, "<x/>".to_owned())]);
    let mut cut = book(&[("Blad1", &data(&[&["id"]]))], &[], "");
    cut.truncate(300);
    let of_text = packed(&[("mimetype", "application/vnd.oasis.opendocument.text".to_owned())]);
    for (bytes, says) in [
        (part("word/document.xml"), "a text document"),
        (part("ppt/presentation.xml"), "a presentation"),
        (part("xl/workbook.bin"), "a binary workbook"),
        (part("clubs.csv"), "a zip archive"),
        (of_text, "another kind of OpenDocument file"),
        (cut, "the file is incomplete"),
        (b"%PDF-1.4 x".to_vec(), "a PDF"),
        (b"{\"a\": 1}".to_vec(), "JSON"),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
            "Excel 2003",
        ),
        (b"id;name\na;b\n".to_vec(), "a text"),
    ] {
        let (message, _) = refused(&bytes, None);
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn formulas_of_a_workbook_that_is_still_to_be_calculated_have_no_value() {
    let paid = |formulas: [&str; 2]| {
        let [one, other] = formulas.map(|value| format!("< s=\"0\"><f>200+100</f>{value}"));
        data(&[&["id", "name", "paid"], &["a", "A", &one], &["b", "B", &other]])
    };
    let told = |years: &str, formulas: [&str; 2]| {
        let bytes = book(&[("Blad1", &paid(formulas))], &[], years);
        read(&bytes, "f.xlsx", "organisation", How::default()).told
    };
    let asks = "/><calcPr calcId=\"0\" fullCalcOnLoad=\"1\"";
    // Some programs write 0 for what others are to calculate.
    let zeros = told(asks, ["<v>0</v>", "<v>0</v>"]);
    assert_eq!(zeros.len(), 1, "{zeros:?}");
    assert!(zeros[0].contains("this is a formula whose result was not saved"), "{zeros:?}");
    // A formula that has a value shows that they were calculated.
    assert_eq!(told(asks, ["<v>0</v>", "<v>300</v>"]), [""; 0]);
    assert_eq!(told("", ["<v>0</v>", "<v>0</v>"]), [""; 0]);
}

#[test]
fn a_formula_of_the_older_format_that_was_never_worked_out_is_told() {
    let how = || How { ignore_others: true, ..How::default() };
    let read = read(include_bytes!("../cases/tables/unsaved.xls"), "unsaved.xls", "meeting", how());
    assert_eq!(read.told.len(), 1, "{:?}", read.told);
    assert!(read.told[0].starts_with("unsaved.xls:2:") && read.told[0].contains("cell-error"), "{:?}", read.told);
    assert!(read.told[0].contains("this is a formula whose result was not saved"), "{:?}", read.told);
}

#[test]
fn a_sheet_of_the_older_binary_format_is_read_likewise() {
    let how = || How { ignore_others: true, ..How::default() };
    let read = read(include_bytes!("../cases/tables/meetings.xls"), "meetings.xls", "meeting", how());
    let [percent, empty] = read.told.as_slice() else { panic!("{:?}", read.told) };
    assert!(percent.starts_with("meetings.xls:2:3 csv-guessed `present` is 14 here, without `%`"), "{percent}");
    assert_eq!(
        empty,
        "meetings.xls:4:1 csv-rows this row has only empty cells and is skipped | to confirm this, set `rows: (skip: [\"\"])` in the file's `files` entry"
    );
    for (id, day, number) in [("a", "2015-01-02", "14"), ("b", "2015-03-01", "0.25"), ("c", "2015-05-02", "1350.5")] {
        assert_eq!(
            (read.value(MEETING, id, "held_on"), read.value(MEETING, id, "present")),
            (day.to_owned(), number.to_owned())
        );
    }
}

#[test]
fn what_a_sheet_hides_is_counted() {
    let rows = data(&[&["id", "elected_on"], &["a", "2015-01-02"], &["b", "2015-01-03"]])
        .replace("<row r=\"3\">", "<row r=\"3\" hidden=\"1\">");
    let sheet = made(&book(&[("A &amp; B", &rows)], &[], ""), None);
    assert_eq!((sheet.grid.sheet.as_str(), sheet.hidden.rows, sheet.hidden.columns), ("A & B", vec![2], vec![]));
    let cell = "<table:table-cell office:value-type=\"string\"><text:p>id</text:p></table:table-cell>";
    let column = "<table:table-column table:visibility=\"collapse\"/>";
    let rows = format!(
        "{column}<table:table-row>{cell}</table:table-row><table:table-row table:visibility=\"filter\">{cell}</table:table-row>"
    );
    let made = made(&ods(&rows), None);
    assert_eq!((made.hidden.rows, made.hidden.columns), (vec![1], vec![(0, 0)]));
}

// ---- files that are made to hurt ----

/// A workbook whose shared strings are a great many spaces, packed small.
fn swollen(length: usize) -> Vec<u8> {
    use std::io::Write;
    let mut parts = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let how = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    parts.start_file("xl/sharedStrings.xml", how).unwrap();
    parts.write_all(&vec![b' '; length]).unwrap();
    parts.finish().unwrap().into_inner()
}

#[test]
fn a_spreadsheet_that_unpacks_to_more_than_is_allowed_is_not_read() {
    let bytes = swollen(1 << 20);
    assert!(bytes.len() < 8 << 10);
    let most = Most { bytes: 64 << 10, ..Most::default() };
    assert!(matches!(spreadsheet::read(&bytes, None, most), Err(Refused::TooLong { bytes }) if bytes == 1 << 20));
    assert!(matches!(spreadsheet::read(&bytes, None, Most::default()), Err(Refused::Unreadable { .. })));
}

#[test]
fn what_a_spreadsheet_says_of_its_length_is_not_believed() {
    let mut bytes = swollen(1 << 20);
    let told = u32::try_from(1 << 20).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == told).collect();
    assert!(places.len() >= 2, "the local head and the index tell the length");
    for at in places {
        bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let most = Most { bytes: 64 << 10, ..Most::default() };
    assert!(matches!(spreadsheet::read(&bytes, None, most), Err(Refused::TooLong { .. } | Refused::Unreadable { .. })));
}

#[test]
fn a_cell_that_is_far_too_long_is_refused_before_its_sheet_is_read() {
    let most = |cell: u64| Most { cell, ..Most::default() };
    // One sign of a text may be written in several bytes.
    let book = |length: usize| book(&[("Blad1", &data(&[&["id"], &[&"x".repeat(length)]]))], &[], "");
    assert!(spreadsheet::read(&book(100_000), None, most(10_000)).is_ok());
    let long = spreadsheet::read(&book(100_001), None, most(10_000));
    assert!(matches!(long, Err(Refused::LongCell { bytes: 100_001 })));
}

#[test]
fn an_ods_that_breaks_off_is_incomplete() {
    let whole = ods("<table:table-row/>");
    let (message, help) = refused(&whole[..whole.len() / 2], None);
    assert_eq!(message, "this spreadsheet cannot be read: the file is incomplete");
    assert!(!help.is_empty());
}
