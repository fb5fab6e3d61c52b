//! Forms in which few programs write the values of a sheet, and files that lead back into themselves: what would be read as
//! something else is refused at its cell.

use overens::facts::sheet::Decimal;
use overens::load::How;

use super::load_facts::{MEETING, ORGANISATION};
use super::load_sheets::{book, data, made, ods, ods_by, ods_rows, read, refused};

const REFUSED: &str = "is written in a form that cannot be read reliably";

/// A workbook with one cell, `B2`, below `present`.
fn with_cell(cell: &str) -> Vec<u8> {
    let shared = ["<t>Anna</t>", "<t>Bo</t>"];
    book(&[("Blad1", &data(&[&["id", "present"], &["a", cell]]))], &shared, "")
}

#[test]
fn a_text_in_a_column_of_amounts_is_read_as_was_said_of_texts() {
    let comma = || How { decimal: Some(Decimal::Comma), ..How::default() };
    for text in ["1350.50", "1.5", "-0.5", "SEK 2.75"] {
        let rows: [&[&str]; 2] = [&["id", "name", "paid"], &["a", "A", text]];
        for (bytes, name) in [(book(&[("Blad1", &data(&rows))], &[], ""), "f.xlsx"), (ods(&ods_rows(&rows)), "f.ods")] {
            let told = read(&bytes, name, "organisation", comma()).told;
            let wanted = format!("facts-wrong-type expected an amount for `paid`, found `{text}`");
            assert!(told.len() == 1 && told[0].contains(&wanted), "{name} {text}: {told:?}");
        }
    }
    // A point that can only part thousands, a comma, and a number of the sheet itself, which has a point.
    for (cell, amount) in [("1.500", "SEK 1500.00"), ("1350,50", "SEK 1350.50"), ("< ><v>1350.5</v>", "SEK 1350.50")] {
        let rows: [&[&str]; 2] = [&["id", "name", "paid"], &["a", "A", cell]];
        let read = read(&book(&[("Blad1", &data(&rows))], &[], ""), "f.xlsx", "organisation", comma());
        let paid: String = read.value(ORGANISATION, "a", "paid").chars().filter(|sign| !sign.is_whitespace()).collect();
        assert_eq!((read.told.len(), paid), (0, amount.replace(' ', "").replace(".00", "")), "{cell}");
    }
}

#[test]
fn blanks_between_the_cells_of_an_ods_mean_nothing_and_those_in_its_texts_stay() {
    let rows = ods_rows(&[&["id", "name"], &["a", "A <text:span>B</text:span> C"]]);
    let lines = rows.replace("<table:", "\n  <table:").replace("</table:table-row>", "\n</table:table-row>\n");
    let lines = lines.replace("\"string\"><text:p>", "\"string\">\n<text:p>");
    assert_eq!(made(&ods(&lines), None).text, made(&ods(&rows), None).text);
    assert!(made(&ods(&rows), None).text.contains("A B C"));
}

#[test]
fn a_text_of_an_ods_that_is_broken_into_lines_is_one_line() {
    let text = "\n   Anna\n   and  <text:span> Bo</text:span><text:s text:c=\"2\"/>B<text:line-break/>C ";
    let read = read(&ods(&ods_rows(&[&["id", "name"], &["a", text]])), "f.ods", "organisation", How::default());
    assert_eq!(read.value(ORGANISATION, "a", "name"), "\"Anna and Bo  B\\nC\"");
}

#[test]
fn a_text_of_an_ods_has_the_signs_that_are_written_by_number_however_it_is_laid_out() {
    for text in ["F&#246;rening  Ett", "F&#xF6;rening\n   Ett", "F&#246;rening Ett"] {
        let read = read(&ods(&ods_rows(&[&["id", "name"], &["a", text]])), "f.ods", "organisation", How::default());
        assert_eq!((read.value(ORGANISATION, "a", "name"), read.told), ("\"Förening Ett\"".into(), vec![]), "{text}");
    }
    // What stands for a sign is no sign of another one.
    let read = read(
        &ods(&ods_rows(&[&["id", "name"], &["a", "&amp;lt;  &#38;#38;"]])),
        "f.ods",
        "organisation",
        How::default(),
    );
    assert_eq!(read.value(ORGANISATION, "a", "name"), "\"&lt; &#38;\"");
}

#[test]
fn what_is_drawn_over_a_cell_of_an_ods_or_noted_in_it_is_not_its_text() {
    let frame = "<draw:frame><draw:text-box><text:p>Seen by Eva</text:p></draw:text-box></draw:frame>";
    let shape = "<draw:custom-shape draw:name=\"a>b\"><text:p>OBS<text:line-break/>!</text:p></draw:custom-shape>";
    let group = format!("<draw:g>{shape}<draw:g>{frame}</draw:g>{shape}</draw:g>");
    let note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>N</text:p></text:note-body></text:note>";
    let ruby = "<text:ruby><text:ruby-base>B</text:ruby-base><text:ruby-text>be</text:ruby-text></text:ruby>";
    for cell in [
        format!("{frame}<text:p>B</text:p>"),
        format!("{shape}<text:p>B</text:p>"),
        format!("<text:p>B</text:p>{group}"),
        format!("<text:p>{frame}B</text:p>"),
        format!("<text:p>B{note}</text:p>"),
        format!("<text:p>{ruby}</text:p>"),
    ] {
        let row = |first: &str, second: &str| {
            let cell =
                |content: &str| format!("<table:table-cell office:value-type=\"string\">{content}</table:table-cell>");
            format!("<table:table-row>{}{}</table:table-row>", cell(first), cell(second))
        };
        let rows = row("<text:p>id</text:p>", "<text:p>name</text:p>") + &row(&cell, &cell);
        assert_eq!(made(&ods(&rows), None).text, "\"id\"\t\"name\"\n\"B\"\t\"B\"", "{cell}");
    }
}

#[test]
fn a_value_of_a_workbook_that_would_be_cut_or_be_another_is_refused_at_its_cell() {
    for cell in [
        "< ><v>1<!-- c -->4</v>",
        "< ><v>&#49;4</v>",
        "< ><v><![CDATA[14]]></v>",
        "< t=\"str\"><v>A<![CDATA[&B]]></v>",
        "< t=\"inlineStr\"><v>14</v>",
        "< t=\"inlineStr\"><is><t>A</t></is><v>14</v>",
        "< ><v>1</v><v>4</v>",
        "< t=\"s\"><v> 1 </v>",
        "< t=\"s\"><v>\n1</v>",
        "< t=\"s\"><v>+1</v>",
    ] {
        let (message, help) = refused(&with_cell(cell), None);
        assert_eq!(message, format!("the value of cell B2 {REFUSED}"), "{cell}");
        assert_eq!(help, "open it in a spreadsheet program and save it again", "{cell}");
    }
    // The same signs in a text are read, and so is what stands outside of values.
    for (cell, text) in [
        ("< t=\"inlineStr\"><is><t>A&#10;B</t></is>", "A\nB"),
        ("< t=\"inlineStr\"><is><t><![CDATA[A&B]]></t></is>", "A&B"),
        ("< t=\"s\"><!-- the second --><v>1</v>", "Bo"),
    ] {
        assert!(made(&with_cell(cell), None).text.contains(&format!("\"{text}\"")), "{cell}");
    }
}

/// The cells of a workbook need not say where they stand.
#[test]
fn a_cell_that_cannot_be_read_is_named_by_those_before_it_where_it_has_no_name() {
    let rows = |cell: &str| {
        format!(
            "<row><c t=\"inlineStr\"><is><t>id</t></is></c><c t=\"inlineStr\"><is><t>present</t></is></c></row>\
             <row r=\"4\"><c t=\"inlineStr\"><is><t>a</t></is></c>{cell}</row>"
        )
    };
    let told = |cell: &str| refused(&book(&[("Blad1", &rows(cell))], &[], ""), None);
    assert_eq!(told("<c><v>5<!-- c -->00</v></c>").0, format!("the value of cell B4 {REFUSED}"));
    for (cell, said) in [
        ("<c t=\"n\"><v>5,5</v></c>", "the file says that cell B4 holds a number, but its value is `5,5`"),
        ("<c t=\"n\" r=\"D4\"><v>abc</v></c>", "the file says that cell D4 holds a number, but its value is `abc`"),
    ] {
        let help = "correct the cell in a spreadsheet program and save the file again";
        assert_eq!(told(cell), (said.to_owned(), help.to_owned()));
    }
    let cell = "<office:value-type=\"float\" office:value=\"5,5\">5,5";
    let (message, _) = refused(&ods(&ods_rows(&[&["id", "present"], &["a", cell]])), None);
    assert!(
        message.starts_with("the file says that cell B2 of the sheet `") && message.contains("but its value is `5,5`"),
        "{message}"
    );
}

#[test]
fn a_workbook_that_is_locked_is_named_as_that() {
    let (message, help) = refused(include_bytes!("../cases/tables/locked.xlsx"), None);
    assert_eq!(message, "this spreadsheet is protected by a password, so it cannot be read");
    assert_eq!(help, "open it in a spreadsheet program and save it without a password");
}

#[test]
fn a_cell_of_an_ods_that_does_not_say_what_it_holds_is_refused() {
    for cell in [
        "<office:style=\"x\">14",
        "<office:value-type=\"float\">14",
        "<office:value-type=\"date\">2015-01-02",
        "<office:value-type=\"boolean\" office:boolean-value=\"1\">SANT",
        "<office:value-type=\"string\"><![CDATA[A]]>",
    ] {
        let (message, _) = refused(&ods(&ods_rows(&[&["id", "present"], &["a", cell]])), None);
        assert_eq!(message, format!("the value of cell B2 {REFUSED}"), "{cell}");
    }
    let fine = "<office:value-type=\"float\" office:value=\"14\">14";
    assert!(made(&ods(&ods_rows(&[&["id", "present"], &["a", fine]])), None).text.ends_with("\t14"));
}

#[test]
fn an_ods_in_which_a_table_has_no_end_is_refused() {
    let rows = ods_rows(&[&["id", "present"], &["a", "<office:value-type=\"float\" office:value=\"14\">14"]]);
    let (message, _) = refused(&ods(&format!("{rows}<table:table table:name=\"Blad2\">")), None);
    assert_eq!(message, "this spreadsheet cannot be read: a table in it has no end");
    // A table that ends where it begins has one.
    assert!(made(&ods(&format!("{rows}<table:table table:name=\"Blad2\"/>")), None).text.ends_with("\t14"));
}

#[test]
fn what_a_merged_cell_covers_is_read_as_nothing() {
    let rows = data(&[&["id", "topics", "present"], &["a", "x", "< ><v>9</v>"], &["b", "y", "< ><v>7</v>"]]);
    let merged = "<mergeCells><mergeCell ref=\"B2:C2\"/></mergeCells>";
    let rows = format!("{rows}</sheetData>{merged}<sheetData>");
    let read = |bytes: &[u8], name: &str| {
        let read = super::load_sheets::read(bytes, name, "meeting", How::default());
        (read.value(MEETING, "a", "present"), read.value(MEETING, "b", "present"))
    };
    let seven = || ("?".to_owned(), "7".to_owned());
    assert_eq!(read(&book(&[("Blad1", &rows)], &[], ""), "f.xlsx"), seven());
    let number = |number: u8| format!("<office:value-type=\"float\" office:value=\"{number}\">{number}");
    let (nine, one) = (number(9), number(7));
    let spanned = "<office:value-type=\"string\" table:number-columns-spanned=\"2\">x";
    let rows = ods_rows(&[&["id", "topics", "present"], &["a", spanned, &nine], &["b", "y", &one]]);
    let covered = rows.replacen(
        "<table:table-cell office:value-type=\"float\" office:value=\"9\"><text:p>9</text:p></table:table-cell>",
        "<table:covered-table-cell office:value-type=\"float\" office:value=\"9\"><text:p>9</text:p></table:covered-table-cell>",
        1,
    );
    assert_eq!(read(&ods(&covered), "f.ods"), seven());
}

#[test]
fn an_error_that_is_not_known_is_told_at_its_cell_if_the_cell_is_read() {
    for error in ["#SPILL!", "#CALC!", "#SAKNAS!", "#NEW!", "Fel &amp; fel"] {
        let cell = format!("< t=\"e\"><f>A1</f><v>{error}</v>");
        let bytes = with_cell(&cell);
        let told = read(&bytes, "f.xlsx", "meeting", How::default()).told;
        let said =
            format!("f.xlsx:2:2 cell-error `{}` is a spreadsheet error, not a value", error.replace("&amp;", "&"));
        assert!(told.len() == 1 && told[0].starts_with(&said), "{told:?}");
        let how = How { ignore_others: true, ..How::default() };
        let rows = data(&[&["id", "present", "more"], &["a", "< ><v>7</v>", &cell]]);
        let read = read(&book(&[("Blad1", &rows)], &[], ""), "f.xlsx", "meeting", how);
        assert_eq!((read.told.clone(), read.value(MEETING, "a", "present")), (vec![], "7".to_owned()));
    }
}

#[test]
fn a_part_of_an_older_file_that_leads_back_into_itself_is_refused() {
    let sound = include_bytes!("../cases/tables/meetings.xls").to_vec();
    let number = |at: usize| u32::from_le_bytes(sound[at..at + 4].try_into().unwrap());
    assert_eq!(u16::from_le_bytes([sound[30], sound[31]]), 9, "sectors of 512 bytes");
    // Behind the first sector of the folder stands the folder's first sector once more; or none that there is.
    let (folder, table) = (number(48), (number(76) as usize + 1) * 512);
    for next in [folder, 0x00ff_ffff] {
        let mut broken = sound.clone();
        let entry = table + folder as usize * 4;
        broken[entry..entry + 4].copy_from_slice(&next.to_le_bytes());
        let (message, _) = refused(&broken, None);
        assert_eq!(message, "this spreadsheet cannot be read: a part of the file is missing or leads back into itself");
    }
    assert!(!made(&sound, None).text.is_empty());
}

#[test]
fn an_older_file_that_contradicts_itself_is_refused() {
    let sound = include_bytes!("../cases/tables/meetings.xls").to_vec();
    let find = |what: &[u8]| sound.windows(what.len()).position(|one| one == what).unwrap();
    // The size of a sheet, whose first row comes behind its last, or which has more rows than there can be.
    let size = find(&[0x00, 0x02, 0x0e, 0x00]) + 4;
    for (at, row) in [(size, 60_000_u32), (size + 4, 0x00ff_ffff)] {
        let mut broken = sound.clone();
        broken[at..at + 4].copy_from_slice(&row.to_le_bytes());
        let (message, _) = refused(&broken, None);
        assert_eq!(message, "this spreadsheet cannot be read: what it says of its sheets contradicts itself");
    }
    // A sheet that would begin behind the end of the file.
    let sheet = (0..sound.len() - 4).find(|at| sound[*at..*at + 2] == [0x85, 0x00] && sound[*at + 3] == 0).unwrap() + 4;
    let mut broken = sound.clone();
    broken[sheet..sheet + 4].copy_from_slice(&0x00ff_ffff_u32.to_le_bytes());
    assert_eq!(
        refused(&broken, None).0,
        "this spreadsheet cannot be read: what it says of its sheets contradicts itself"
    );
}

#[test]
fn a_formula_of_an_ods_of_no_text_that_shows_an_error_is_one() {
    let cell = "<office:value-type=\"string\" table:formula=\"of:=1/0\" office:string-value=\"\">#DIV/0!";
    let read = read(&ods(&ods_rows(&[&["id", "present"], &["a", cell]])), "f.ods", "meeting", How::default());
    assert!(read.told[0].starts_with("f.ods:2:2 cell-error `#DIV/0!` is a spreadsheet error"), "{:?}", read.told);
}

#[test]
fn a_number_of_an_ods_that_shows_an_error_is_one() {
    let number = |value: &str, shown: &str| {
        format!("<table:formula=\"of:=1/0\" office:value-type=\"float\" office:value=\"{value}\">{shown}")
    };
    for shown in ["#DIV/0!", "Err:502", "#REF!", "#VALUE!", "Fehler:502", "#N/A"] {
        let cell = number("0", shown);
        let read = read(&ods(&ods_rows(&[&["id", "present"], &["a", &cell]])), "f.ods", "meeting", How::default());
        assert_eq!(read.told.len(), 1, "{shown}");
        assert!(
            read.told[0].starts_with(&format!("f.ods:2:2 cell-error `{shown}` is a spreadsheet error")),
            "{:?}",
            read.told
        );
    }
    // What is shown otherwise is not looked at.
    for (value, shown) in [("0", "0"), ("0", "####"), ("512", "nr:512"), ("14", "14 st"), ("0", "-")] {
        let cell = number(value, shown);
        let read = read(&ods(&ods_rows(&[&["id", "present"], &["a", &cell]])), "f.ods", "meeting", How::default());
        assert_eq!((read.told.clone(), read.value(MEETING, "a", "present")), (vec![], value.to_owned()), "{shown}");
    }
}

#[test]
fn a_formula_of_an_ods_without_a_value_is_an_empty_text_only_where_libreoffice_wrote_it() {
    let rows = ods_rows(&[
        &["id", "topics", "present"],
        &["a", "<table:formula=\"of:=&quot;&quot;\">", "<office:value-type=\"float\" office:value=\"7\">7"],
    ]);
    let told = |program: &str| read(&ods_by(program, &rows), "f.ods", "meeting", How::default()).told;
    for program in ["LibreOffice/7.4.7.2$Linux_X86_64", "OpenOffice/4.1.13$Win32"] {
        assert_eq!(told(program), [""; 0], "{program}");
    }
    for program in ["", "ODFPY/1.4.1", "Aspose.Cells"] {
        let told = told(program);
        assert!(told.len() == 1 && told[0].contains("a formula whose result was not saved"), "{told:?}");
    }
}

#[test]
fn a_formula_of_an_ods_that_says_it_gives_a_text_and_has_none_has_no_value() {
    let rows = |value: &str| {
        let formula = format!("<table:formula=\"of:=1+4\" office:value-type=\"string\"{value}>");
        ods_rows(&[&["id", "topics", "present"], &["a", &formula, "<office:value-type=\"float\" office:value=\"7\">7"]])
    };
    let told =
        |program: &str, value: &str| read(&ods_by(program, &rows(value)), "f.ods", "meeting", How::default()).told;
    let lost = told("ODFPY/1.4.1", "");
    assert!(matches!(lost.as_slice(), [one] if one.contains("a formula whose result was not saved")), "{lost:?}");
    assert_eq!(told("ODFPY/1.4.1", " office:string-value=\"\""), [""; 0]);
    assert_eq!(told("LibreOffice/7.4.7.2$Linux_X86_64", ""), [""; 0]);
}

#[test]
fn a_text_for_which_libreoffice_wrote_nought_is_told_and_a_nought_is_one() {
    let bytes = include_bytes!("../cases/tables/noughts_of_libreoffice.xls");
    let how = || How { ignore_others: true, ..How::default() };
    let meetings = read(bytes, "f.xls", "meeting", how());
    let said = "this is a formula whose text was not saved: LibreOffice writes 0 for it in an `.xls`";
    assert_eq!(
        meetings.told,
        [format!(
            "f.xls:2:5 cell-error {said}; and the same in 5 more places | f.xls:2:6 here too | f.xls:3:5 here too | save the workbook as `.ods` or `.xlsx`, and use that file"
        )]
    );
    let clubs = read(bytes, "f.xls", "organisation", how());
    assert_eq!(clubs.told, [""; 0]);
    for id in ["a", "b", "c"] {
        assert_eq!(meetings.value(MEETING, id, "present"), "0");
        assert_eq!(clubs.value(ORGANISATION, id, "paid").replace('\u{a0}', " "), "SEK 0");
    }
    // Where all formulas give an empty text, LibreOffice has worked them out nevertheless.
    let bytes = include_bytes!("../cases/tables/empty_texts_of_libreoffice.xls");
    assert_eq!(
        read(bytes, "f.xls", "organisation", how()).told.iter().filter(|line| line.contains("cell-error")).count(),
        0
    );
}
