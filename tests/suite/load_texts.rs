//! From the bytes of a file to its text.

use overens::diagnostics::Sink;
use overens::load::{self, How};
use overens::report::snapshot;
use overens::source::{LineColumn, NotText, Sources, Span, Text, decode};
use overens::syntax;

use super::load_facts::{bound, told};

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    assert_eq!(decode(b"\xef\xbb\xbf(a: 1)").unwrap(), "(a: 1)");
    assert_eq!(decode("å".as_bytes()).unwrap(), "å");
    assert_eq!(decode(b"").unwrap(), "");
}

#[test]
fn the_first_byte_that_is_no_character_is_told_by_line_and_column() {
    let at = |line, column| Err(NotText { at: LineColumn { line, column } });
    assert_eq!(decode(b"\xe5rsm\xf6te"), at(1, 1));
    assert_eq!(decode(b"\xef\xbb\xbf\xe5"), at(1, 1));
    assert_eq!(decode(b"a\r\n\xc3\xa5b\xe5"), at(2, 3));
    assert_eq!(decode(b"a\n\xc3"), at(2, 1));
    assert_eq!(decode(b"\xff\xfea\0"), at(1, 1));
}

#[test]
fn lines_and_columns_are_the_same_with_either_line_break() {
    for (text, start) in [("å\nbc\n", 4), ("å\r\nbc\r\n", 5)] {
        let mut sources = Sources::default();
        let file = sources.add("x", &decode(text.as_bytes()).unwrap());
        assert_eq!(sources.at(Span::new(file, start, start)).1, LineColumn { line: 2, column: 2 });
        assert_eq!(sources.get(file).unwrap().line(2), "bc");
    }
}

#[test]
fn byte_order_marks_before_a_text_move_no_place() {
    let policy = "agreement a \"A\"\n  in force form 2015-01-01\n";
    let snapshot = "-";
    let files = [
        ("f.ron", "(seat: [n: (x: 1)])"),
        ("f.json", "{\"seat\": [{\"id\": \"a\", \" \"a\"}]}"),
        ("f.yaml", "seat:\n- id: a\n  nme: b\n"),
        ("f.toml", "[[seat]]\nid = \"a\"\nnme = \"b\"\n"),
        ("f.csv", "id,nme\na,b\n"),
        ("p.overens", policy),
        ("s.snap", snapshot),
    ];
    for (name, text) in files {
        let plain = told_of(name, text);
        assert!(!plain.is_empty(), "{name}");
        for marks in ["\u{feff}", "\u{feff}\u{feff}"] {
            assert_eq!(told_of(name, &format!("{marks}{text}")), plain, "{name}");
        }
    }
}

/// What a reader tells of a text that it is given as it stands.
fn told_of(name: &str, text: &str) -> Vec<String> {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add(name, text);
    match name.rsplit_once('.') {
        Some((_, "overens")) => drop(syntax::read(file, text, &mut problems)),
        Some((_, "snap")) => drop(snapshot::read(file, text, &mut problems)),
        _ => {
            let record = Some(("seat".to_owned(), None)).filter(|_| name.ends_with("csv"));
            let how = How { record, ..How::default() };
            let root = load::read_as(file, (name, &Text::from(text)), &how, &mut problems);
            return bound(root.map(|root| (root, name.to_owned())).into_iter().collect(), sources, problems).told;
        }
    }
    told(&sources, &problems)
}

#[test]
fn ids_that_differ_only_in_blanks_around_them_look_alike() {
    for id in ["a ", " a", "\u{a0}A"] {
        let text = format!("{{\"seat\": [{{\"id\": \"a\"}}, {{\"id\": \"{id}\"}}]}}");
        let told = told_of("f.json", &text);
        let wanted = format!("looks-alike the id `{id}` looks like `a`, but is a different id");
        assert!(told.len() == 1 && told[0].contains(&wanted), "{told:?}");
    }
    assert_eq!(told_of("f.json", "{\"seat\": [{\"id\": \"a b\"}, {\"id\": \"a  b\"}, {\"id\": \"a\"}]}"), [""; 0]);
}

#[test]
fn no_answer_is_offered_for_a_word_that_may_mean_the_other() {
    for (name, text, wanted) in [
        ("f.yaml", "organisation: [{id: a, name: A, is_party: on}]", "found `on` | write `yes` or `no`"),
        ("f.yaml", "organisation: [{id: a, name: A, is_party: noo}]", "found `noo` | write `yes` or `no`"),
        (
            "f.json",
            r#"{"organisation": [{"id": "a", "name": "A", "is_party": "Nej"}]}"#,
            "found `Nej` | write `true` or `false`",
        ),
    ] {
        let told = told_of(name, text);
        assert!(told.len() == 1 && told[0].ends_with(wanted), "{told:?}");
    }
}
