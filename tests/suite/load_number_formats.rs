//! Number formats of spreadsheets: a number is read by its value, and by the part of its format that is for this value. What that part
//! shows beside the number, or instead of it, is told.

use overens::load::How;

use super::load_facts::{MEETING, ORGANISATION, Read};
use super::load_sheets::{book_with, data, made, ods_rows, ods_with, read};

/// A workbook with one number, in a format that is written in XML.
fn workbook(field: &str, value: &str, code: &str) -> Vec<u8> {
    styled(&data(&[&["id", "name", field], &["a", "A", &format!("< s=\"1\"><v>{value}</v>")]]), code)
}

/// A workbook of these rows, of which some cells have a format.
fn styled(rows: &str, code: &str) -> Vec<u8> {
    let code = code.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"{code}\"/></numFmts>\
         <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
    );
    book_with(&[("Blad1", rows)], (&[], ""), &[("xl/styles.xml", &styles)])
}

fn paid(value: &str, code: &str) -> Read {
    read(&workbook("paid", value, code), "f.xlsx", "organisation", How::default())
}

/// What is told of an amount in a format: nothing, or one error about what its cell shows.
#[track_caller]
fn shows(value: &str, code: &str, what: Option<&str>) {
    let told = paid(value, code).told;
    match what {
        None => assert_eq!(told, [""; 0], "{value} {code}"),
        Some(what) => {
            let said = format!("facts-other-currency the format of this cell shows `paid` {what}, but ");
            assert!(matches!(told.as_slice(), [one] if one.contains(&said)), "{value} {code} {what}: {told:?}");
        }
    }
}

#[test]
fn the_value_of_a_cell_chooses_the_part_of_its_format() {
    const EURO: Option<&str> = Some("in EUR");
    for (code, all) in [
        // Above, below and at nought; one part is for all, and two are for those below nought and the others.
        ("0 \"EUR\"", [EURO, EURO, EURO]),
        ("0 \"EUR\";-0 \"kr\"", [EURO, EURO, None]),
        ("0 \"kr\";-0 \"EUR\"", [None, None, EURO]),
        ("0 \"kr\";-0 \"kr\";0 \"EUR\"", [None, EURO, None]),
        ("0 \"EUR\";-0 \"kr\";0 \"kr\"", [EURO, None, None]),
        ("#,##0 \"kr\";[Red]-#,##0 [$€-2]", [None, None, EURO]),
        // The part for texts counts for no number.
        ("0 \"kr\";@\" EUR\"", [None, None, None]),
        ("0 \"kr\";-0 \"EUR\";@", [None, None, EURO]),
        ("0 \"kr\";-0 \"kr\";0 \"kr\";@\" EUR\"", [None, None, None]),
        // Conditions, and what is for all other numbers.
        ("[>100]0 \"kr\";0 \"EUR\"", [EURO, EURO, EURO]),
        ("[<10]0 \"EUR\";0 \"kr\"", [EURO, EURO, EURO]),
        ("[<=4.5]0 \"EUR\";0 \"kr\"", [None, EURO, EURO]),
        ("[Blue][=5]0 \"EUR\";0 \"kr\"", [EURO, None, None]),
        ("[<>5]0 \"EUR\";0 \"kr\"", [None, EURO, EURO]),
        ("[>100]0 \"kr\";[>=0]0 \"EUR\"", [EURO, EURO, None]),
        ("[>100]0 \"kr\";[>=5]0 \"kr\";0 \"EUR\"", [None, EURO, EURO]),
        // After one condition, the second of three is for numbers below nought.
        ("[>100]0 \"kr\";0 \"EUR\";0 \"kr\"", [None, None, EURO]),
        ("General\" EUR\";-0 \"kr\"", [EURO, EURO, None]),
    ] {
        for (value, what) in ["5", "0", "-5"].into_iter().zip(all) {
            shows(value, code, what);
        }
    }
    shows("500", "[>100]0 \"kr\";0 \"EUR\"", None);
    shows("5", "[>100]0 \"kr\";0 \"tkr\"", Some("in `tkr`"));
    shows("0.25", "[<1]0%;0", Some("in `%`"));
    shows("25", "[<1]0%;0", None);
}

#[test]
fn digits_of_a_format_that_make_an_amount_another_one_are_told() {
    for (value, code, shown) in [
        ("5", "0\".000\"", "5.000"),
        ("5", "0\" 000\"", "5 000"),
        ("5", "0\" 000 kr\"", "5 000 kr"),
        ("5", "\"1\"0", "15"),
        ("-5", "\"1\"0", "-15"),
        ("5", "\"1 \"000", "1 005"),
        ("5", "\"0.\"00", "0.05"),
        ("5", "0\\0", "50"),
        ("5", "0\",5\"", "5,5"),
        ("5", "0\" 1/2\"", "5 1/2"),
        ("5", "0\"½\"", "5½"),
        ("5", "0\".\"00", "0.05"),
        ("512", "0\".\"000", "0.512"),
        ("5", "0\"7\"0", "075"),
        ("5", "General\"0\"", "50"),
        ("5", "\"-\"0", "-5"),
        ("5", "-0 \"kr\"", "-5 kr"),
        ("7000", "0,\"000 000\"", "7000 000"),
        ("-5.25", "#,##0\\0\\0\\0", "-5000"),
        ("-5", "0;-0\".000\"", "-5.000"),
        // Below nought by a minus behind, by brackets or in letters.
        ("5", "0\"-\"", "5-"),
        ("5", "0\"−\"", "5−"),
        ("5", "0\"–\"", "5–"),
        ("5", "0\"- kr\"", "5- kr"),
        ("5", "\"(\"0\")\"", "(5)"),
        ("5", "(0\" kr\")", "(5 kr)"),
        ("5", "\"kr (\"0\")\"", "kr (5)"),
        ("5", "\"minus \"0", "minus 5"),
        // A mark of thousands, and a factor.
        ("5", "0\"'000\"", "5'000"),
        ("5", "0\"’000\"", "5’000"),
        ("5", "General\"'000\"", "5'000"),
        ("5", "\"1'\"000", "1'005"),
        ("5", "0\" x 1000\"", "5 x 1000"),
        // A text in place of the number.
        ("6", "\"7\"", "7"),
        ("0", "0;0;\"100\"", "100"),
        ("500", "[=500]\"600\"", "600"),
        ("1", "\"200%\"", "200%"),
    ] {
        shows(value, code, Some(&format!("as `{shown}`")));
    }
    for (value, code) in [
        ("5", "0;-0\".000\""),
        ("0", "0\" 000\""),
        ("5", "0\",00\""),
        ("5", "0\",-\""),
        ("5", "0\":-\""),
        ("5", "0.00\"0\""),
        ("5", "\"00\"0"),
        ("5000", "#\".\"##0"),
        ("5120000", "#\".\"##0\".\"##0"),
        ("7000", "0,\"000\""),
        ("-5", "0;-0"),
        ("5", "0_0"),
        ("5", "*00"),
        ("5", "# ?/8"),
        ("5", "0.00E+00"),
        ("5", "\"Rad 1: \"0"),
        ("5", "0\" (2015)\""),
        ("0", "_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-"),
        ("7000", "#,##0,"),
        ("5", "000000\"-\"0000"),
        // Of a number below nought the sign or the brackets are its own.
        ("-5", "0;0\"-\""),
        ("-5", "0;(0)"),
        ("5", "0_);(0)"),
        ("5", "0\" -\""),
        ("5", "0\"-tal\""),
        ("5", "0\" (netto)\""),
        ("5", "\"Konto (\"0\")\""),
        ("5000", "#\"'\"##0"),
        // A text that says the number itself, or nought.
        ("0", "0;0;\"-\""),
        ("0", "0;0;\"0,00\""),
        ("1", "\"100%\""),
        ("1", "[=1]\"1 st\";0"),
        ("1000", "[=1000]\"1'000 kr\";0"),
        ("7", "\"Kapitel 7\""),
        ("12.5", "\"12,5\""),
    ] {
        // `7000` in thousands with three noughts behind it is the value.
        shows(value, code, None);
    }
    let told = paid("5", "0\".000\"").told;
    let help = "if 5 is right, change the format of the cell; if not, write the amount in full";
    assert!(told[0].contains("as `5.000`, but it is read as 5 | ") && told[0].contains(help), "{told:?}");
}

#[test]
fn currencies_by_their_names_and_signs_in_a_format_are_told() {
    for (code, what) in [
        ("0 \"lei\"", "in `lei`"),
        ("0 \"fr.\"", "in `fr.`"),
        ("0 \"mark\"", "in `mark`"),
        ("0 \"lira\"", "in `lira`"),
        ("0 \"$US\"", "in `$US`"),
        ("0.00\" C$\"", "in `C$`"),
        ("#,##0 [$₫-42A]", "in `₫`"),
        ("0 \"VND\"", "in VND"),
        ("0 \"руб.\"", "in `руб.`"),
        ("0 \"hundra\"", "in `hundra`"),
        ("0 \"lakh\"", "in `lakh`"),
        // Of several words the one that counts says most, and the agreement's own hides no other.
        ("0 \"SEK tusental\"", "in `tusental`"),
        ("0 \"SEK/EUR\"", "in EUR"),
        // Signs at a word, and parts of a shortened one, hide nothing.
        ("0 \"t.kr\"", "in `tkr`"),
        ("0 \"tkr.\"", "in `tkr`"),
        ("\"EUR: \"0", "in EUR"),
        ("0 \"USD.\"", "in USD"),
        ("0 \"1000 kr\"", "in `1000`"),
    ] {
        shows("500", code, Some(what));
    }
}

#[test]
fn words_of_a_format_of_which_nothing_is_known_are_told() {
    let how = || How { ignore_others: true, ..How::default() };
    let told =
        |record: &str, field: &str, code: &str| read(&workbook(field, "500", code), "f.xlsx", record, how()).told;
    for (code, words) in [
        ("0 \"T\"", "T"),
        ("0 \"foo bar\"", "foo bar"),
        ("\"foo \"0", "foo"),
        ("General\" piastres\"", "piastres"),
        ("0 \"kr CR\"", "CR"),
        ("0 \"dussin\"", "dussin"),
        ("0\" ECU\";-0", "ECU"),
    ] {
        for (record, field, rest) in
            [("organisation", "paid", "it is read in SEK"), ("meeting", "present", "its number is read as it is")]
        {
            let told = told(record, field, code);
            let said = format!("csv-guessed the format of this cell shows `{words}` beside `{field}`, but {rest}");
            assert!(matches!(told.as_slice(), [one] if one.contains(&said)), "{code}: {told:?}");
        }
    }
    // A distance is no amount, and a number may be one.
    assert_eq!(told("organisation", "paid", "0 \"km\"").len(), 1);
    for code in [
        "0 \"st\"",
        "0 \"st.\"",
        "0\" pers\"",
        "0 \"kr/st\"",
        "0\" kr per år\"",
        "#,##0\" kronor\"",
        "\"kr \"0\" exkl. moms\"",
        "\"Rad 1: \"0",
        // What the column is called.
        "0\" paid\"",
        "0\" :-\"",
        "0\"*\"",
        "0.00E+00",
        // 500 in thousands is shown as that, by whatever letter.
        "0.0,\" T\"",
        "_-* #,##0 \"kr\"_-;-* #,##0 \"kr\"_-;_-* \"-\" \"kr\"_-;_-@_-",
    ] {
        assert_eq!(told("organisation", "paid", code), [""; 0], "{code}");
    }
    for code in ["0 \"km\"", "0\" present\"", "0\" deltagare\"", "0 \"kr\""] {
        assert_eq!(told("meeting", "present", code), [""; 0], "{code}");
    }
    assert!(told("meeting", "present", "0 \"k\"")[0].contains("shows `present` in `k`"));
}

/// A text of 500 that shows `500 EUR`, 500 lei, a text and a number beside a word, and two in kronor. LibreOffice made the last two out
/// of the first.
#[test]
fn what_stands_beside_texts_and_numbers_is_told_alike_from_every_kind_of_spreadsheet() {
    let told = |bytes: &[u8], name: &str| {
        let read = read(bytes, name, "organisation", How::default());
        read.told.iter().map(|one| one.replace(name, "f")).collect::<Vec<_>>()
    };
    let first = told(include_bytes!("../cases/tables/text_formats.xlsx"), "f.xlsx");
    assert_eq!(first, told(include_bytes!("../cases/tables/text_formats.xls"), "f.xls"));
    assert_eq!(first, told(include_bytes!("../cases/tables/text_formats.ods"), "f.ods"));
    let said = [
        "f:2:3 facts-other-currency the format of this cell shows `paid` in EUR, but numbers are read in SEK | ",
        "f:3:3 facts-other-currency the format of this cell shows `paid` in `lei`, but numbers are read in SEK | ",
        "f:4:3 csv-guessed the format of this cell shows `foo` beside `paid`, but it is read in SEK | ",
    ];
    assert_eq!(first.len(), said.len(), "{first:?}");
    assert!(first.iter().zip(said).all(|(one, said)| one.starts_with(said)), "{first:?}");
}

#[test]
fn a_number_that_its_format_shows_as_another_is_warned_of() {
    for (code, what) in [
        ("0\" 000\"", Some("as `5 000`, but it is read as 5")),
        ("\"1\"0", Some("as `15`, but it is read as 5")),
        ("0\"%\"", Some("as `5%`, but it is read as 5")),
        ("0\" tusen\"", Some("in `tusen`, but its number is read as it is")),
        ("0\" m\"", None),
        ("0\" M\"", Some("in `M`, but its number is read as it is")),
        ("0\" st\"", None),
        ("0\" €\"", None),
        ("0;0\" 000\"", None),
    ] {
        let read =
            read(&workbook("present", "5", code), "f.xlsx", "meeting", How { ignore_others: true, ..How::default() });
        assert_eq!(read.value(MEETING, "a", "present"), "5", "{code}");
        match what {
            None => assert_eq!(read.told, [""; 0], "{code}"),
            Some(what) => {
                let said = format!("csv-guessed the format of this cell shows `present` {what}");
                assert!(matches!(read.told.as_slice(), [one] if one.contains(&said)), "{code}: {:?}", read.told);
            }
        }
    }
}

#[test]
fn a_number_is_a_day_or_a_span_by_the_part_of_its_format_that_shows_it() {
    for (value, code, text) in [
        ("42005", "[=0]\"-\";yyyy-mm-dd", "2015-01-01"),
        ("42005", "[<100]0;yyyy\\-mm\\-dd", "2015-01-01"),
        ("42005", "yyyy-mm-dd;@", "2015-01-01"),
        ("42005", "[Red]yyyy-mm-dd;;", "2015-01-01"),
        ("14", "[<100]0;yyyy-mm-dd", "14"),
        ("14", "[>40000]yyyy-mm-dd;0", "14"),
        ("0", "yyyy-mm-dd;;0", "0"),
        ("1.5", "[<1]hh:mm;[h]:mm", "36:00"),
        ("0.75", "[<1]hh:mm;[h]:mm", "18:00"),
    ] {
        let made = made(&workbook("paid", value, code), None).text;
        assert!(made.ends_with(&format!("\t{text}")), "{value} {code}: {made}");
    }
    let years = "date1904=\"1\"";
    let rows = data(&[&["id"], &["< s=\"1\"><v>40543</v>"]]);
    let styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts>\
        <numFmt numFmtId=\"164\" formatCode=\"[=0]0;yyyy-mm-dd\"/></numFmts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
    let bytes = book_with(&[("Blad1", &rows)], (&[], years), &[("xl/styles.xml", styles)]);
    assert_eq!(made(&bytes, None).text, "\"id\"\n2015-01-01");
}

/// Each cell of these has another format; LibreOffice made the last two out of the first.
#[test]
fn formats_of_several_parts_are_told_alike_from_every_kind_of_spreadsheet() {
    let told = |bytes: &[u8], name: &str| {
        let read = read(bytes, name, "organisation", How::default());
        let names = ["a", "b", "c"].map(|id| read.value(ORGANISATION, id, "name"));
        assert_eq!(names, ["\"2015-01-01\"", "\"14\"", "\"36:00\""], "{name}");
        read.told.iter().map(|one| one.replace(name, "f")).collect::<Vec<_>>()
    };
    let first = told(include_bytes!("../cases/tables/sections.xlsx"), "f.xlsx");
    assert_eq!(first, told(include_bytes!("../cases/tables/sections.xls"), "f.xls"));
    assert_eq!(first, told(include_bytes!("../cases/tables/sections.ods"), "f.ods"));
    let shows = "facts-other-currency the format of this cell shows `paid`";
    let expected = [
        format!(
            "f:2:3 {shows} in EUR, but numbers are read in SEK; and the same in 2 more places | f:4:3 here too | f:6:3"
        ),
        format!("f:7:3 {shows} as `5.000`, but it is read as 5 | "),
        format!("f:8:3 {shows} as `15`, but it is read as 5 | "),
    ];
    assert_eq!(first.len(), expected.len(), "{first:?}");
    for (one, said) in first.iter().zip(expected) {
        assert!(one.starts_with(&said), "{one}");
    }
}

#[test]
fn the_parts_of_a_format_of_an_ods_have_their_conditions() {
    let number = "<number:number number:min-integer-digits=\"1\"/>";
    let grouped = "<number:number number:min-integer-digits=\"3\"><number:embedded-text number:position=\"2\">.</number:embedded-text></number:number>";
    let style = |name: &str, content: &str| {
        format!(
            "<number:number-style style:name=\"{name}\">{content}</number:number-style>\
                 <style:style style:name=\"ce{name}\" style:family=\"table-cell\" style:data-style-name=\"{name}\"/>"
        )
    };
    let map = |condition: &str, style: &str| {
        format!("<style:map style:condition=\"value(){condition}\" style:apply-style-name=\"{style}\"/>")
    };
    let styles = style("1", &format!("{number}<number:text> kr</number:text>"))
        + &style("2", &format!("{number}<number:text> EUR</number:text>{}", map("&gt;100", "1")))
        + &style("3", &format!("{number}<number:text>.000</number:text>"))
        + &style("4", grouped)
        + &style("5", &format!("{number}{}", map("!=5", "2")))
        + &style("6", &format!("{number}{}", map("&gt;=0", "1")))
        + &style("7", &format!("<style:text-properties fo:color=\"#ff0000\"/>{number}{}", map("&gt;=0", "1")));
    for (name, value, what) in [
        ("2", "5", Some("in EUR")),
        ("2", "500", None),
        ("3", "5", Some("as `5.000`")),
        ("4", "5", Some("as `0.05`")),
        ("5", "5", None),
        ("5", "4", Some("in EUR")),
        ("6", "-150", Some("as `150`")),
        ("6", "150", None),
        ("7", "-150", None),
    ] {
        let cell =
            format!("<table:style-name=\"ce{name}\" office:value-type=\"float\" office:value=\"{value}\">{value}");
        let rows = ods_rows(&[&["id", "name", "paid"], &["a", "A", &cell]]);
        let told = read(&ods_with("", (&styles, ""), &rows), "f.ods", "organisation", How::default()).told;
        match what {
            None => assert_eq!(told, [""; 0], "{name} {value}"),
            Some(what) => {
                assert!(told.len() == 1 && told[0].contains(&format!("`paid` {what}")), "{name} {value}: {told:?}")
            }
        }
    }
    // A currency that is a part of the value does not hide digits beside it.
    let cell =
        "<table:style-name=\"ce3\" office:value-type=\"currency\" office:currency=\"SEK\" office:value=\"5\">5.000";
    let rows = ods_rows(&[&["id", "name", "paid"], &["a", "A", cell]]);
    let told = read(&ods_with("", (&styles, ""), &rows), "f.ods", "organisation", How::default()).told;
    assert!(told.len() == 1 && told[0].contains("as `5.000`, but it is read as 5"), "{told:?}");
}

#[test]
fn the_part_of_a_format_for_texts_is_for_a_number_that_is_a_text() {
    let paid = |text: &str, code: &str| {
        let rows = data(&[&["id", "name", "paid"], &["a", "A", &format!("< s=\"1\" t=\"str\"><v>{text}</v>")]]);
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let code = code.replace('"', "&quot;");
        let styles = format!(
            "<styleSheet xmlns=\"{main}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"{code}\"/></numFmts>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
        );
        let book = book_with(&[("Blad1", &rows)], (&[], ""), &[("xl/styles.xml", &styles)]);
        read(&book, "f.xlsx", "organisation", How::default()).told
    };
    for code in ["@\" EUR\"", "0 \"kr\";-0 \"kr\";0 \"kr\";@\" EUR\"", "0 \"kr\";@\" EUR\""] {
        let told = paid("500", code);
        assert!(matches!(told.as_slice(), [one] if one.contains("shows `paid` in EUR, but ")), "{code}: {told:?}");
    }
    assert_eq!(paid("500", "@\" kr\""), [""; 0]);
    assert_eq!(paid("500", "0 \"EUR\";-0 \"EUR\";0 \"EUR\";@"), [""; 0]);
    // What has a currency of its own is in that.
    assert_eq!(paid("SEK 500", "@\" EUR\""), [""; 0]);
}

#[test]
fn an_amount_of_an_ods_without_a_code_is_in_the_currency_that_it_shows() {
    let told = |text: &str| {
        let cell = format!("<office:value-type=\"currency\" office:value=\"5\">{text}");
        let rows = ods_rows(&[&["id", "name", "paid"], &["a", "A", &cell]]);
        read(&ods_with("", ("", ""), &rows), "f.ods", "organisation", How::default()).told
    };
    let euro = told("5 €");
    assert!(matches!(euro.as_slice(), [one] if one.contains("shows `paid` in EUR, but ")), "{euro:?}");
    assert_eq!(told("5 kr"), [""; 0]);
    assert_eq!(told("5,00"), [""; 0]);
}

#[test]
fn a_minus_and_thousands_are_seen_beside_other_signs_of_a_format() {
    for (code, shown) in [
        ("\"-kr \"0", "-kr 500"),
        ("\"- kr \"0", "- kr 500"),
        ("\"minus: \"0", "minus: 500"),
        ("\"—\"0", "—500"),
        ("0\"²\"", "500²"),
        ("0\" 0\"", "500 0"),
        ("0\" 0 kr\"", "500 0 kr"),
    ] {
        shows("500", code, Some(&format!("as `{shown}`")));
    }
    for (code, word) in [
        ("0 \"1tkr\"", "tkr"),
        ("0 \"tkr.\"", "tkr"),
        ("\"tkr: \"0", "tkr"),
        ("0 \"%:\"", "%"),
        ("0 \"1000kr\"", "1000"),
        ("0 \"1000 kr\"", "1000"),
    ] {
        shows("500", code, Some(&format!("in `{word}`")));
    }
    for code in ["\"kr \"0", "0 \"kr:\"", "0\",-\"", "0 \"kr -\"", "\"anm-kr \"0", "0 \"kr 2015\"", "\"Avg. \"0"] {
        shows("500", code, None);
    }
    // A word behind the number is no label, whatever sign stands behind it.
    let told = paid("500", "0 \"T:\"").told;
    assert!(matches!(told.as_slice(), [one] if one.contains("shows `T` beside `paid`")), "{told:?}");
}

#[test]
fn a_format_that_hides_a_minus_or_the_whole_number_is_told() {
    // The part for numbers below nought has to show that they are.
    for (code, shown) in [
        ("0;0", "150"),
        ("#,##0;#,##0", "150"),
        ("#,##0 \"kr\";#,##0 \"kr\"", "150 kr"),
        ("0;\"Kr\" 0", "Kr 150"),
        ("+0;+0", "+150"),
        ("[Red]0;[Black]0", "150"),
        ("[<0]0;0", "150"),
        ("[>=0]0;[<0]0", "150"),
        ("0;\"-\";0", "-"),
    ] {
        shows("-150", code, Some(&format!("as `{shown}`")));
        shows("150", code, None);
    }
    for code in ["0;;", ";;;", "0;\" \""] {
        let told = paid("-150", code).told;
        let said = "the format of this cell shows nothing of `paid`, but it is read as -150";
        assert!(matches!(told.as_slice(), [one] if one.contains(said)), "{code}: {told:?}");
    }
    // A minus, brackets, red, and words that say so.
    for code in [
        "0;-0",
        "0;(0)",
        "0;0-",
        "0;[Red]0",
        "0;[Color3]0",
        "0;\"▲ \"0",
        "_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)",
        "[>100]0;0",
        "[<100]0;0",
        "General",
    ] {
        shows("-150", code, None);
    }
    // What is rounded to nought, and nought itself.
    shows("-0.4", "0;0", None);
    for code in ["0;-0;", "0;-0;\"-\"", "0;;;@"] {
        shows("0", code, None);
    }
    // A number is warned of.
    let rows = data(&[&["id", "topics", "present"], &["a", "A", "< s=\"1\"><v>-150</v>"]]);
    let told = read(&styled(&rows, "0;0"), "f.xlsx", "meeting", How::default()).told;
    let said = "csv-guessed the format of this cell shows `present` as `150`, but it is read as -150";
    assert!(matches!(told.as_slice(), [one] if one.contains(said)), "{told:?}");
}
