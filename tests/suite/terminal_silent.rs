//! What a table could say in two ways is never read one way in silence, and what has one meaning is not warned of: the same from a text,
//! a workbook and an OpenDocument sheet.

use super::load_sheets::{book, data, ods, ods_rows};
use super::terminal_agreements::{folder, overens};
use super::terminal_tables::{Told, each};

const NAMES: &[&str] = &["id", "name", "members", "dues"];

#[track_caller]
fn warned(forms: &[(&'static str, Told, Told)], code: i32, expected: &[&str]) {
    for (form, check, _) in forms {
        assert_eq!((check.code, check.found().len()), (code, expected.len()), "{form}: {}", check.messages);
        for said in expected {
            assert!(check.messages.contains(said), "{form}, {said}: {}", check.messages);
        }
    }
}

#[test]
fn numbers_above_one_without_a_percent_sign_are_told_beside_those_with_one() {
    let rows: [&[&str]; 5] = [
        NAMES,
        &["a", "A", "25 %", "300"],
        &["b", "B", "30", "300"],
        &["c", "C", "0,4", "300"],
        &["d", "D", "40", "300"],
    ];
    let said =
        "`members` is 30 here, without `%`, but other cells of its column are in percent; and the same in 1 more place";
    warned(&each("percents", &rows, ", decimal: \",\""), 0, &[said]);
    // All of them in percent, none, or none above one.
    let others: [&[&[&str]]; 3] = [
        &[NAMES, &["a", "A", "25 %", "300"], &["b", "B", "130 %", "300"]],
        &[NAMES, &["a", "A", "25", "300"], &["b", "B", "0,4", "300"]],
        &[NAMES, &["a", "A", "25 %", "300"], &["b", "B", "0,4", "300"], &["c", "C", "1", "300"]],
    ];
    for (at, rows) in others.iter().enumerate() {
        warned(&each(&format!("percents_alike_{at}"), rows, ", decimal: \",\""), 0, &[]);
    }
    // Row by row, as sources are read.
    let names: &[&str] = &["id", "name", "members", "dues", "source"];
    let rows: [&[&str]; 3] = [names, &["a", "A", "25 %", "300", "p"], &["b", "B", "30", "300", "p"]];
    warned(&each("percents_of_sources", &rows, ""), 0, &["`members` is 30 here, without `%`"]);
}

#[test]
fn a_number_whose_format_shows_no_percent_is_told_beside_those_that_do() {
    let policy = "agreement clubs \"Clubs\"\n  overens 1\n  in force from 2014-01-01 until further notice\n\nrecord club, clubs\n  part: number\n\nduty rest § 1\n  each club shall ensure part is at least 10 %\n";
    let folder = folder("silent/shown_percents", &[("clubs.overens", policy)]);
    let rows: [&[&str]; 4] =
        [&["id", "part"], &["a", "< s=\"4\"><v>0.25</v>"], &["b", "< s=\"0\"><v>25</v>"], &["c", "25 %"]];
    std::fs::write(folder.join("clubs.xlsx"), book(&[("Clubs", &data(&rows))], &[], "")).unwrap();
    let (code, results, messages) = overens(&folder, &["check", "clubs.overens", "--facts", "club=clubs.xlsx"]);
    let said =
        "cell B3: warning[csv-guessed]: `part` is 25 here, without `%`, but other cells of its column are in percent";
    assert!(code == 0 && results.contains(said), "{results}{messages}");
    assert_eq!(results.matches("warning[").count(), 1, "{results}");
}

#[test]
fn a_minus_apart_behind_an_amount_may_be_a_price() {
    for amount in ["300 -", "300,00 –"] {
        let rows: [&[&str]; 2] = [NAMES, &["a", "A", "5", amount]];
        warned(
            &each("apart", &rows, ", decimal: \",\""),
            4,
            &["error[two-readings]: `dues` is ambiguous: it could be 300 or -300, written"],
        );
    }
    for amount in ["300,-", "300:-", "-300", "300-", "- 300"] {
        let rows: [&[&str]; 2] = [NAMES, &["a", "A", "5", amount]];
        warned(&each("not_apart", &rows, ", decimal: \",\""), 0, &[]);
    }
}

#[test]
fn a_time_with_a_day_before_it_in_a_spreadsheet_is_no_time_of_day() {
    let policy = "agreement clubs \"Clubs\"\n  overens 1\n  in force from 2014-01-01 until further notice\n\nrecord club, clubs\n  open_at: time\n\nduty rest § 1\n  each club shall ensure open_at is no earlier than 06:00\n";
    let folder = folder("silent/times", &[("clubs.overens", policy)]);
    let check = |file: &str, bytes: Vec<u8>| {
        std::fs::write(folder.join(file), bytes).unwrap();
        let (code, results, messages) =
            overens(&folder, &["check", "clubs.overens", "--facts", &format!("club={file}")]);
        (code, results + &messages)
    };
    // The format shows 06:00 of each but the last: 1, 1.25, 2.25 and 1462.25 days.
    for (cell, found) in [
        ("< s=\"8\"><v>1.25</v>", "1900-01-01 06:00"),
        ("< s=\"8\"><v>2.25</v>", "1900-01-02 06:00"),
        ("< s=\"8\"><v>1462.25</v>", "1904-01-01 06:00"),
        ("< s=\"5\"><v>1.25</v>", "30:00"),
    ] {
        let (code, told) = check("f.xlsx", book(&[("Clubs", &data(&[&["id", "open_at"], &["a", cell]]))], &[], ""));
        let said = format!("cell B2: error[facts-wrong-type]: expected a time of day for `open_at`, found `{found}`");
        assert!(code == 4 && told.contains(&said), "{cell}: {told}");
    }
    for (cell, found) in [
        ("<office:value-type=\"time\" office:time-value=\"PT30H00M00S\">06:00", "30:00"),
        ("<office:value-type=\"date\" office:date-value=\"1899-12-31T06:00:00\">06:00", "1899-12-31 06:00:00"),
        ("<office:value-type=\"date\" office:date-value=\"1900-01-01T06:00:00\">06:00", "1900-01-01 06:00:00"),
    ] {
        let (code, told) = check("f.ods", ods(&ods_rows(&[&["id", "open_at"], &["a", cell]])));
        let said = format!("expected a time of day for `open_at`, found `{found}`");
        assert!(code == 4 && told.contains(&said), "{cell}: {told}");
    }
    // Day 0 is none, and neither is what a program wrote as a text.
    for cell in ["< s=\"8\"><v>0.25</v>", "1900-01-01 06:00"] {
        let (code, told) = check("f.xlsx", book(&[("Clubs", &data(&[&["id", "open_at"], &["a", cell]]))], &[], ""));
        assert_eq!((code, told.matches("warning[").count()), (0, 0), "{cell}: {told}");
    }
    let cell = "<office:value-type=\"date\" office:date-value=\"1899-12-30T06:00:00\">06:00";
    assert_eq!(check("f.ods", ods(&ods_rows(&[&["id", "open_at"], &["a", cell]]))).0, 0);
    assert_eq!(check("f.csv", b"id;open_at\na;1900-01-01 06:00\n".to_vec()).0, 0);
}

#[test]
fn an_id_that_became_a_date_or_an_answer_is_told_beside_ids_that_are_texts() {
    let ids = |cell: &str| {
        let rows: [&[&str]; 3] = [NAMES, &["a-1", "A", "5", "300"], &[cell, "B", "5", "300"]];
        let folder = super::terminal_tables::clubs("odd_ids", &rows, "");
        super::terminal_tables::run(&folder, &["check", "clubs.overens", "--facts", "xlsx.ron"])
    };
    for (cell, said) in [
        ("< s=\"1\"><v>42006</v>", "a date, `2015-01-02`"),
        ("< t=\"b\"><v>1</v>", "yes or no, `true`"),
        ("< s=\"4\"><v>0.25</v>", "a number with decimals, `0.25`"),
    ] {
        let told = ids(cell);
        let said = format!(
            "cell A3: warning[csv-guessed]: this cell has {said}, which is read as an id, but other ids are texts"
        );
        assert!(
            told.code == 0 && told.messages.contains(&said) && told.found().len() == 1,
            "{cell}: {}",
            told.messages
        );
    }
    for cell in ["2015-01-02", "true", "< s=\"0\"><v>25</v>"] {
        assert_eq!(ids(cell).messages, "", "{cell}");
    }
}

#[test]
fn means_and_what_is_left_at_the_end_are_told_like_totals() {
    for word in [
        "Genomsnitt",
        "Average",
        "Medelvärde",
        "Snitt",
        "Moyenne",
        "Durchschnitt",
        "Σ",
        "Zwischensumme",
        "Budget",
        "Kvar",
        "Överfört",
        "Hela riket",
        "Återstår",
    ] {
        let rows: [&[&str]; 4] = [NAMES, &["a-1", "A", "12", "300"], &["a-2", "B", "9", "400"], &[word, "", "", "777"]];
        warned(&each("means", &rows, ""), 0, &["this row looks like a total of the rows above it"]);
    }
    // With all that a record has, where its number is the sum of those above.
    let rows: [&[&str]; 4] = [&["id", "dues"], &["Alfa", "300"], &["Beta", "600"], &["Samtliga", "900"]];
    warned(&each("means", &rows, ""), 0, &["this row looks like a total of the rows above it"]);
    // The same words with all that a record has, or as one cell among others.
    for row in [["Transport", "C", "5", "300"], ["a-3", "Ensemble", "", "300"], ["a-3", "Netto", "5", ""]] {
        let rows: [&[&str]; 4] = [NAMES, &["a-1", "A", "12", "300"], &["a-2", "B", "9", "400"], &row];
        warned(&each("no_means", &rows, ""), 0, &[]);
    }
}

#[test]
fn a_full_first_row_is_no_total_of_rows_above_it() {
    let rows: [&[&str]; 3] = [NAMES, &["a-1", "Total 2015", "12", "300"], &["a-2", "B", "9", "400"]];
    warned(&each("first", &rows, ""), 0, &[]);
    let rows: [&[&str]; 3] = [NAMES, &["Total 2015", "", "21", "700"], &["a-2", "B", "9", "400"]];
    warned(&each("first_bare", &rows, ""), 0, &["this row looks like a total"]);
}

#[test]
fn a_comma_in_a_heading_separates_nothing_where_no_row_has_one() {
    let check = |text: &str| {
        let policy = "agreement clubs \"Clubs\"\n  overens 1\n  in force from 2014-01-01 until further notice\n  currency SEK\n\nrecord club, clubs\n  dues: money\n  name: text\n\nduty rest § 1\n  each club shall ensure dues is at least SEK 1\n";
        let folder = folder("silent/separators", &[("clubs.overens", policy), ("clubs.csv", text)]);
        let heading = text.lines().next().unwrap().split(';').nth(1).unwrap();
        let entry =
            format!("(files: [(record: \"club\", path: \"clubs.csv\", columns: {{ \"{heading}\": \"dues\" }})])");
        std::fs::write(folder.join("f.ron"), entry).unwrap();
        let (_, results, messages) = overens(&folder, &["check", "clubs.overens", "--facts", "f.ron"]);
        (results + &messages).matches("other possible separators").count()
    };
    for heading in ["Dues, kronor", "Dues (SEK, excl. VAT)", "Dues, full year"] {
        assert_eq!(check(&format!("id;{heading};name\na;5;A\nb;6;B\n")), 0, "{heading}");
        // No row to tell.
        assert_eq!(check(&format!("id;{heading};name\n")), 1, "{heading}");
    }
    // As many of both in each row.
    assert_eq!(check("id;Dues, kronor;name\na;5,5;A\nb;6,5;B\n"), 1);
}

#[test]
fn figures_in_a_heading_that_are_no_unit_are_not_told() {
    for heading in
        ["dues (incl. VAT 25 %)", "Avgift (inkl. 6 % moms)", "Avgift för 10 000 medlemmar", "dues incl. 6 percent VAT"]
    {
        let entry = format!(", columns: {{ \"{heading}\": \"dues\" }}");
        let rows: [&[&str]; 2] = [&["id", "name", "members", heading], &["a-1", "A", "12", "300"]];
        warned(&each("figures", &rows, &entry), 0, &[]);
    }
    for (heading, other) in [
        ("Belopp (1 000 kr)", "000"),
        ("dues ‰", "‰"),
        ("dues pct", "pct"),
        ("Avgift i ören", "ören"),
        ("Avgift x1000", "1000"),
        ("dues × 1000", "1000"),
        ("dues *1000", "1000"),
        ("Amount mill.", "mill"),
        ("Amount SEK bn", "bn"),
        ("dues DM", "DM"),
    ] {
        let entry = format!(", columns: {{ \"{heading}\": \"dues\" }}");
        let rows: [&[&str]; 2] = [&["id", "name", "members", heading], &["a-1", "A", "12", "300"]];
        warned(&each("units", &rows, &entry), 0, &[&format!("names `{other}`")]);
    }
}

#[test]
fn a_first_look_at_a_fact_file_says_how_to_check_it_and_replaces_none() {
    let rows: [&[&str]; 2] = [NAMES, &["a-1", "A", "12", "300"]];
    let folder = super::terminal_tables::clubs("first_look", &rows, "");
    std::fs::write(folder.join("k.json"), "[{\"id\": \"a\"}]").unwrap();
    for (file, kind) in [("csv.ron", "RON"), ("k.json", "JSON")] {
        let (code, _, messages) = overens(&folder, &["facts", "clubs.overens", file]);
        let said = format!("`{file}` is a fact file in {kind}, not a table, and needs no entry");
        assert!(code == 2 && messages.contains(&said), "{messages}");
        assert!(messages.contains(&format!("`overens check clubs.overens --facts {file}`")), "{messages}");
    }
    let (_, results, _) = overens(&folder, &["facts", "clubs.overens", "clubs.csv"]);
    assert!(results.contains("Save this as `clubs.ron` next to the file"), "{results}");
    std::fs::write(folder.join("clubs.ron"), "()").unwrap();
    let (_, results, _) = overens(&folder, &["facts", "clubs.overens", "clubs.csv"]);
    let said = "Save this under a new name next to the file, since there is a file `clubs.ron` already";
    assert!(results.contains(said), "{results}");
}

#[test]
fn columns_that_blanks_align_are_told_as_one() {
    let folder = super::terminal_tables::clubs("aligned", &[NAMES], "");
    std::fs::write(folder.join("clubs.txt"), "id      name      dues\na1      Abc       100\na2      Bcd       200\n")
        .unwrap();
    for words in
        [&["facts", "clubs.overens", "club=clubs.txt"][..], &["check", "clubs.overens", "--facts", "club=clubs.txt"]]
    {
        let (_, results, messages) = overens(&folder, words);
        let all = results + &messages;
        assert!(all.contains("the columns of this file seem to be aligned with blanks"), "{words:?}: {all}");
    }
}

#[test]
fn a_column_of_ids_that_is_left_out_names_no_row() {
    let rows: [&[&str]; 3] = [NAMES, &["a-1", "A", "12", "200"], &["a-2", "B", "9", "400"]];
    for (form, _, eval) in each("ids_left_out", &rows, ", ignore: [\"id\"]") {
        assert!(!eval.messages.contains("a-1") && !eval.results.contains("a-1"), "{form}: {}", eval.messages);
    }
    let folder = super::terminal_tables::clubs("ids_left_out", &rows, ", ignore: [\"id\"]");
    let (_, results, _) = overens(&folder, &["eval", "clubs.overens", "csv.ron", "--all", "--format", "csv"]);
    assert!(!results.contains("a-1") && results.contains(",1,"), "{results}");
}

#[test]
fn what_is_wrong_with_a_row_or_reference_names_what_it_most_likely_is() {
    let policy = "agreement clubs \"Clubs\"\n  overens 1\n  in force from 2014-01-01 until further notice\n\nrecord club, clubs\n  name: text\n\nevent meeting on held_on\n  host: club\n  held_on: date\n\nactor board\n\nduty rest § 1\n  for each meeting\n  board shall ensure held_on is after 2000-01-01\n";
    let folder = folder(
        "silent/likely",
        &[
            ("clubs.overens", policy),
            ("clubs.csv", "id;name\n007;A\n012;B;\n"),
            ("meetings.csv", "id;host;held_on\nm;7;2015-01-02\n"),
        ],
    );
    std::fs::write(
        folder.join("f.ron"),
        "(files: [(record: \"club\", path: \"clubs.csv\"), (record: \"meeting\", path: \"meetings.csv\")])",
    )
    .unwrap();
    let (code, results, messages) = overens(&folder, &["check", "clubs.overens", "--facts", "f.ron"]);
    let all = results + &messages;
    assert!(code == 4 && all.contains("did you mean `007`, whose zeros may have been lost?"), "{all}");
    assert!(all.contains("remove the separators after the last column"), "{all}");
}
