//! Rows that belong to the form of a table: the column names of a second table, lines, numbers of columns; and records that an entry
//! leaves out by a word. All are told, and a sound table is not.

use overens::load::{How, Rows};
use overens::source::{FileId, Span, Spanned};

use super::load_facts::{MEETING, Read, read};
use super::load_tables::{codes, said, table};

fn meetings(text: &str) -> Read {
    table("f.csv", "meeting", text, How::default())
}

fn at<T>(it: T) -> Spanned<T> {
    Spanned::new(it, Span::new(FileId(0), 0, 0))
}

/// Where rows are told to be of the form of the table, as what.
fn of_form(text: &str) -> Vec<String> {
    let kinds = [
        ("looks like column names", "names"),
        ("look like column names", "names"),
        ("only lines", "lines"),
        ("numbers of the columns", "numbers"),
        ("repeats the column names", "repeated"),
    ];
    let told = meetings(text).told;
    let found = told.iter().filter_map(|line| {
        let (_, kind) = kinds.iter().find(|(said, _)| line.contains(said))?;
        Some(format!("{} {kind}", line.split(' ').next().unwrap()))
    });
    found.collect()
}

#[test]
fn the_column_names_of_a_second_table_are_told_where_it_begins() {
    // Below an empty row or empty lines, in words where the first table has numbers, or above the first number in a column of texts.
    for between in [";;\n", "\n\n", ";;\n;;\n\n"] {
        let line = 4 + between.lines().count();
        let text = format!("id;topics;present\na;A;100\nb;B;200\n{between}Plats;Ort;Hyra\nTorget;Kil;500\n");
        assert_eq!(of_form(&text), [format!("f.csv:{line}:1 names")], "{between}");
        let text = format!("id;topics;present\na;A;100\nb;B;200\n{between}Plats;Hyra;\nTorget;500;\n");
        assert_eq!(of_form(&text), [format!("f.csv:{line}:1 names")], "{between}");
    }
    let read = meetings("id;topics;present\na;A;100\n\nPlats;Hyra;\nTorget;500;\n");
    assert_eq!(
        read.told,
        [
            "f.csv:4:1 csv-rows this row looks like column names, but is read as a record | if another table begins there, end the rows \
             before it with `rows: (until: \"Plats\")` in the file's `files` entry, with the first word of this row; to leave out only this \
             row, set `rows: (skip: [\"Plats\"])`"
        ]
    );
    // The entry takes both tables apart.
    let how = How { rows: Rows { until: Some(at("Plats".to_owned())), ..Rows::default() }, ..How::default() };
    let read = table("f.csv", "meeting", "id;topics;present\na;A;100\n\nPlats;Ort;Hyra\nTorget;Kil;x\n", how);
    assert_eq!((codes(&read), read.facts.rows(MEETING).count()), (vec!["csv-rows"], 1), "{:?}", read.told);
    // Column names once more, in capitals or in another language, under the first ones or further down.
    assert_eq!(of_form("id;topics\nID;Ämnen\na;A\n"), ["f.csv:2:1 names"]);
    assert_eq!(of_form("id;topics\nOrg.nr;Ämnen\na;A\n"), ["f.csv:2:1 names"]);
    assert_eq!(of_form("id;topics\na;A\nID;TOPICS\nb;B\n"), ["f.csv:3:1 repeated"]);
    assert_eq!(of_form("id;topics\na;A\n\nID;Ämnen\nb;B\n"), ["f.csv:4:1 names"]);
    // Several are one finding.
    assert_eq!(of_form("id;topics\na;A\n\nID;Ämnen\nb;B\n\nId;Ämnen\nc;C\n"), ["f.csv:4:1 names"]);
}

#[test]
fn lines_and_numbers_of_columns_are_told() {
    for line in ["----;----;----", "====;====;", "\"-----\";\"---\";\"\"", "...;...;...", "———;———;———", "*****;;"]
    {
        let text = format!("id;topics;held_on\n{line}\na;A;2015-01-01\n");
        assert_eq!(of_form(&text), ["f.csv:2:1 lines"], "{line}");
        let text = format!("id;topics;held_on\na;A;2015-01-01\n{line}\nb;B;2015-01-01\n{line}\n");
        assert_eq!(of_form(&text), ["f.csv:3:1 lines"], "{line}");
    }
    for line in ["1;2;3", "(1);(2);(3)", "1.;2.;3."] {
        let text = format!("id;topics;source\n{line}\na;A;x\nb;B;y\n");
        assert_eq!(of_form(&text), ["f.csv:2:1 numbers"], "{line}");
    }
}

#[test]
fn a_line_that_is_drawn_can_be_left_out_by_what_is_in_its_first_cell() {
    for line in ["----;----", "- - -;- - -", "____;____", "\"---\";", "--;--", "====;====", "***;***", "–––;–––"]
    {
        let first = line.split(';').next().unwrap().trim_matches('"');
        let how = |rows: Rows| How { rows, ..How::default() };
        let skip = || how(Rows { skip: vec![at(first.to_owned())], ..Rows::default() });
        let text = format!("id;topics\n{line}\na;A\n{line}\nb;B\n");
        let read = table("f.csv", "meeting", &text, skip());
        assert_eq!((codes(&read), read.facts.rows(MEETING).count()), (vec![], 2), "{line}: {:?}", read.told);
        // The end of the rows, too, is there and not at the first empty row.
        let until = how(Rows { until: Some(at(first.to_owned())), ..Rows::default() });
        let text = format!("id;topics\na;A\n;\nb;B\n{line}\nSource: x;\n");
        let read = table("f.csv", "meeting", &text, until);
        assert_eq!((codes(&read), read.facts.rows(MEETING).count()), (vec!["csv-rows"], 2), "{line}: {:?}", read.told);
    }
    let how = How { rows: Rows { skip: vec![at("----".to_owned())], ..Rows::default() }, ..How::default() };
    assert_eq!(codes(&table("f.csv", "meeting", "id;topics\na;A\n", how)), ["csv-no-such-row"]);
}

#[test]
fn the_heading_of_the_ids_among_them_is_told_also_without_a_row_between() {
    // What stands over the ids, and what many tables write over theirs.
    for names in ["Org.nr;Ort;Anm", "ORG.NR;Ort;", "Kod;Beskrivning;Anm", "Nr;Ansvarig;Telefon", "Medlemsnr;Ort;Namn"] {
        let text =
            format!("Org.nr;topics;kind\n802000-1111;A;annual\n802000-2222;B;extra\n{names}\n802000-3333;C;annual\n");
        let how = || How { columns: vec![said("Org.nr", "id")], ignore: vec![at("kind".to_owned())], ..How::default() };
        for read in [
            table("f.csv", "meeting", &text, how()),
            table("f.csv", "meeting", &text.replace("\nOrg", "\n;;\nOrg"), how()),
        ] {
            let told: Vec<&String> = read.told.iter().filter(|line| line.contains("looks like column names")).collect();
            assert_eq!(told.len(), 1, "{names}: {:?}", read.told);
        }
    }
    // Two letters are one of many codes, and a record has days or amounts.
    for text in [
        "id;topics\nSE;Sverige\nNR;Nauru\nID;Idaho\n",
        "ID;topics\nSE;Sverige\nID;Idaho\n",
        "Code;topics;present\nalfa;A;1\ncode;B;2\n",
    ] {
        let how =
            How { columns: if text.starts_with("Code") { vec![said("Code", "id")] } else { vec![] }, ..How::default() };
        let read = table("f.csv", "meeting", text, how);
        assert!(!read.told.iter().any(|line| line.contains("column names")), "{text}: {:?}", read.told);
    }
}

#[test]
fn a_sound_table_is_not_told_to_be_several() {
    for text in [
        // Texts and nothing else, with lines between groups.
        "id;topics\na;Alfa\nb;Beta\n\nc;Gamma\nd;Delta\n",
        "id;topics;kind\nalfa;Kör;annual\n\nbeta;Lag;extra\n",
        // A record of which little is known, apart from the others.
        "id;topics;present\na;Alfa;100\nb;Beta;200\n\nc;Gamma;\nd;Delta;300\n",
        "id;topics;present\na;Alfa;100\n\nc;Gamma;\nd;4H;300\n",
        "id;topics;present\na;Alfa;100\n\nc;Gamma;200\n",
        "id;topics;held_on\na;Alfa;\n\nb;Beta;\n",
        // Numbers as ids, and a table that counts.
        "id;topics;present\n1;2;3\n2;3;4\n",
        "id;present\n1;2\n2;4\n",
        "id;topics;present\n1;Alfa;3\n2;Beta;4\n",
        // What begins with a sign.
        "id;topics\n--a;A\n__init__;B\n...and;C\n",
        "id;present\na;-5\nb;--\n",
        // Every other line is empty.
        "id;topics;present\n\na;Alfa;1\n\nb;Beta;2\n\nc;Gamma;3\n\n",
    ] {
        assert_eq!(of_form(text), [""; 0], "{text}");
    }
}

#[test]
fn a_full_record_that_an_entry_leaves_out_is_told() {
    let left_out = |text: &str, rows: Rows| {
        let read = table("f.csv", "meeting", text, How { rows, ..How::default() });
        let told = read.told.iter().filter(|line| line.contains("a record, but is ignored"));
        told.map(|line| line.split(" but is ignored ").collect::<Vec<_>>().join("").to_owned()).collect::<Vec<_>>()
    };
    let skip = |word: &str| Rows { skip: vec![at(word.to_owned())], ..Rows::default() };
    let until = |word: &str| Rows { until: Some(at(word.to_owned())), ..Rows::default() };
    let text = "id;topics;present\na;A;100\nNorra;;\nb;B;200\nSumma;C;300\n";
    let by_skip = left_out(text, skip("b"));
    assert!(
        by_skip.len() == 1
            && by_skip[0].starts_with("f.csv:4:1 csv-rows this row looks like a record,because it begins with `b`"),
        "{by_skip:?}"
    );
    assert!(
        by_skip[0].ends_with("if it is one, remove `b` from `skip`; if not, remove it from the file"),
        "{by_skip:?}"
    );
    // A heading of a group and a total are meant to be left out.
    assert_eq!((left_out(text, skip("Norra")), left_out(text, skip("Summa"))), (vec![], vec![]));
    let by_until = left_out("id;topics;present\na;A;100\nb;B;200\n", until("b"));
    assert!(by_until.len() == 1 && by_until[0].starts_with("f.csv:3:1"), "{by_until:?}");
    assert_eq!(left_out(text, until("Summa")), [""; 0]);
    // Below the total, one whose name begins like a total, and more of the total.
    let text = "topics;id;present\nAlfa;a1;100\nBeta;a2;200\nTotal;;300\n";
    let by_until = left_out(&format!("{text}Total Fitness;a3;5\n"), until("Total"));
    assert!(by_until.len() == 1 && by_until[0].starts_with("f.csv:5:1"), "{by_until:?}");
    assert_eq!(left_out(&format!("{text}Total 2015;a3;5\n"), until("Total")).len(), 1, "it has an id of its own");
    for more in ["Total 2015;;5", "Total members;;5", "Total;Totalt;5"] {
        assert_eq!(left_out(&format!("{text}{more}\n"), until("Total")), [""; 0], "{more}");
    }
    // So are rows of the form of the table.
    for line in ["Plats;Ort;Hyra", "ID;TOPICS;PRESENT", "1;2;3", "---;---;---"] {
        let text = format!("id;topics;present\n{line}\na;A;100\nb;B;200\nc;C;300\n");
        let first = line.split(';').next().unwrap();
        assert_eq!(left_out(&text, skip(first)), [""; 0], "{line}");
    }
}

#[test]
fn ids_kept_from_becoming_numbers_are_the_same_as_those_that_were_not() {
    for (one, other) in [("'007", "007"), ("=\"007\"", "'007"), ("'5566778899", "5566778899")] {
        let read = meetings(&format!("id;topics\n{one};A\n{other};B\n"));
        assert_eq!(codes(&read), ["duplicate-id"], "{:?}", read.told);
    }
    // An apostrophe that belongs to a name stays.
    let read = meetings("id;topics\n'ndrangheta;A\nndrangheta;B\n");
    assert_eq!((codes(&read), read.value(MEETING, "'ndrangheta", "topics")), (vec![], "[\"A\"]".to_owned()));
}

#[test]
fn ids_that_differ_in_noughts_look_alike() {
    let read = meetings("id;topics\n7;A\n007;B\n08;C\n");
    assert_eq!(codes(&read), ["looks-alike"], "{:?}", read.told);
    assert!(read.told[0].starts_with("f.csv:3:1 looks-alike the id `007` looks like `7`"), "{:?}", read.told);
}

#[test]
fn ids_with_blanks_at_their_ends_look_like_those_without() {
    let told = read(&[("f.json", r#"{"seat": [{"id": "a"}, {"id": "a "}]}"#)]).told;
    assert!(told.iter().any(|line| line.contains("looks-alike the id `a `")), "{told:?}");
}
