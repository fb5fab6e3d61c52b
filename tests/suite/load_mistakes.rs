//! Mistakes in fact files: what is said, and where.

use overens::{
    diagnostics::Sink,
    load::{json, node::Node, ron},
    source::{FileId, Sources},
};

type Read = fn(FileId, &str, &mut Sink) -> Option<Node>;

/// Each finding as `line:column code message`, followed by its other places.
fn findings(read: Read, text: &str) -> (Option<Node>, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add("facts", text);
    let mut problems = Sink::default();
    let node = read(file, text, &mut problems);
    let told = problems.sorted().into_iter().map(|one| {
        let (_, at) = sources.at(one.place.span);
        let mut line = format!("{}:{} {} {}", at.line, at.column, one.code.name, one.message);
        for other in &one.others {
            let (_, at) = sources.at(other.span);
            line += &format!(" | {}:{} {}", at.line, at.column, other.words);
        }
        line
    });
    (node, told.collect())
}

#[track_caller]
fn refused(read: Read, text: &str, expected: &[&str]) {
    let (node, told) = findings(read, text);
    assert_eq!(told, expected, "{text}");
    assert!(node.is_none());
}

#[test]
fn a_name_given_twice_stands_twice_and_is_told_at_the_second() {
    let expected = ["1:13 duplicate-key `id` is given twice | 1:2 first given here"];
    let (node, told) = findings(ron::read, r#"(id: "a", n: id: 1)"#.replace(" n:", "").as_str());
    assert_eq!(told, ["1:11 duplicate-key `id` is given twice | 1:2 first given here"]);
    let overens::load::node::NodeKind::Map(entries) = node.unwrap().kind else { panic!() };
    assert_eq!(entries.len(), 2);
    let (node, told) = findings(json::read, r#"{"id": "a", "id": 1}"#);
    assert!(node.is_some());
    assert_eq!(told, expected);
    let (_, told) = findings(json::read, r#"{"id": "a", "i\u0064": 1}"#);
    assert_eq!(told, expected);
}

#[test]
fn a_missing_comma_is_told_where_it_belongs() {
    refused(
        ron::read,
        "(\n  id: \"a\"\n  n: 1,\n  m: [1 2],\n)",
        &[
            "2:10 facts-syntax expected a comma or `)` here | 3:3 the next entry begins here",
            "4:8 facts-syntax expected a comma or `]` here | 4:9 the next entry begins here",
        ],
    );
    refused(
        json::read,
        "{\"a\": 1 \"b\": 2}",
        &["1:8 facts-syntax expected a comma or `}` here | 1:9 the next entry begins here"],
    );
}

#[test]
fn words_stand_in_quotes() {
    refused(
        ron::read,
        "(kind: email, by: Kind(annual, [x]), held: Some(other), none: null)",
        &[
            "1:8 facts-syntax `email` must be in quotes",
            "1:19 facts-syntax `Kind` must be in quotes",
            "1:49 facts-syntax `other` must be in quotes",
            "1:63 facts-syntax `null` must be in quotes",
        ],
    );
    refused(ron::read, "Facts(id: 1)", &["1:1 facts-syntax `Facts` must be in quotes"]);
    refused(ron::read, "{id: 1}", &["1:2 facts-syntax `id` must be in quotes"]);
    refused(json::read, "{\"a\": None}", &["1:7 facts-syntax `None` must be in quotes"]);
}

#[test]
fn a_text_that_is_never_closed_is_told_at_its_beginning() {
    let odd = "(\n  name: \"Famna,\n  id: \"famna\",\n)";
    refused(ron::read, odd, &["2:9 facts-syntax this text is never closed"]);
    let even = "(\n  name: \"Famna,\n  id: \"famna,\n  n: 1,\n)";
    refused(ron::read, even, &["2:9 facts-syntax this text is never closed"]);
    let last = "(\n  name: \"Famna\",\n  id: \"famna\n)";
    refused(ron::read, last, &["3:7 facts-syntax this text is never closed"]);
    refused(ron::read, "(a: r#\"b\")", &["1:5 facts-syntax this text is never closed"]);
    refused(
        json::read,
        "{\n  \"a\": \"b,\n  \"c\": \"d\n}",
        &[
            "2:8 facts-syntax this text is never closed",
            "2:11 facts-syntax expected a comma or `}` here | 3:3 the next entry begins here",
            "3:8 facts-syntax this text is never closed",
        ],
    );
}

#[test]
fn brackets_that_do_not_fit_are_told_with_their_opening() {
    refused(
        ron::read,
        "(\n  m: [(id: 1],\n)",
        &["2:13 facts-syntax expected a comma or `)`, found `]` | 2:7 this bracket is still open"],
    );
    refused(ron::read, "(m: [1]", &["1:1 facts-syntax this bracket is never closed | 1:8 the file ends here"]);
    refused(ron::read, "(m: 1))", &["1:7 facts-syntax this `)` has no opening bracket"]);
    refused(ron::read, "(m: 1 /* x )", &["1:7 facts-syntax this comment is never closed | 1:13 the file ends here"]);
}

#[test]
fn what_is_missing_between_name_and_value_is_told() {
    refused(
        ron::read,
        "(a \"x\", b: , c:, d, \"e\": 1, 5, f = 2,, g:)",
        &[
            "1:3 facts-syntax expected `:` here",
            "1:11 facts-syntax expected a value here",
            "1:16 facts-syntax expected a value here",
            "1:18 facts-syntax this value has no name",
            "1:21 facts-syntax names inside `(` and `)` are written without quotes",
            "1:29 facts-syntax this value has no name",
            "1:34 facts-syntax unexpected `=`",
            "1:38 facts-syntax this comma is not needed",
            "1:42 facts-syntax expected a value here",
        ],
    );
    refused(ron::read, "a: 1, b: 2", &["1:1 facts-syntax expected an opening bracket here"]);
    refused(ron::read, "(a: 1) (b: 2)", &["1:8 facts-syntax there is text after the end of the facts"]);
    refused(json::read, "{\"a\"}", &["1:5 facts-syntax expected `:` and the value of `\"a\"` here"]);
    refused(ron::read, "(a-b: 1)", &["1:2 facts-syntax `a-b` is not a valid name"]);
}

#[test]
fn days_and_numbers_that_are_none_are_told() {
    refused(
        ron::read,
        "[2015-01-22, 1_000, 0x1F, 012, 1e+, .5, 5., +1, 3u8, 1..2]",
        &[
            "1:2 facts-syntax a date must be in quotes",
            "1:14 facts-syntax `1_000` is not a valid number",
            "1:21 facts-syntax `0x1F` is not a valid number",
            "1:27 facts-syntax `012` is not a valid number",
            "1:32 facts-syntax `1e+` is not a valid number",
            "1:37 facts-syntax `.5` is not a valid number",
            "1:41 facts-syntax `5.` is not a valid number",
            "1:45 facts-syntax `+1` is not a valid number",
            "1:49 facts-syntax `3u8` is not a valid number",
            "1:54 facts-syntax `1..2` is not a valid number",
        ],
    );
    let long = "9".repeat(201);
    refused(json::read, &long, &["1:1 facts-syntax this number has more than 200 characters"]);
}

#[test]
fn quotes_and_signs_of_other_programs_are_told() {
    refused(
        ron::read,
        "(a: “x”, b: 'y';\n c:\u{a0}1, d: \"C:\\docs\")",
        &[
            "1:5 facts-syntax `“` is not a straight quote",
            "1:13 facts-syntax `'` is not a straight quote",
            "1:16 facts-syntax unexpected `;`",
            "2:4 facts-syntax this is not an ordinary space",
            "2:14 facts-syntax `\\d` is not a valid escape",
        ],
    );
    refused(
        ron::read,
        "#![enable(x)]\n(a: 1)",
        &["1:1 facts-syntax lines that begin with `#` are not allowed in this fact file"],
    );
    refused(ron::read, "(a: b\"x\")", &["1:5 facts-syntax unexpected `b` before a quote"]);
    refused(
        ron::read,
        "(a: \"\\u{110000}\")",
        &["1:5 facts-syntax this text has a `\\` that does not begin a valid escape"],
    );
}

#[test]
fn json_is_strict() {
    refused(
        json::read,
        "{\"a\": [1, 2,], // x\n \"b\": \"x\ty\",\n}",
        &[
            "1:12 facts-syntax JSON does not allow a comma before a closing bracket",
            "1:16 facts-syntax JSON does not allow comments",
            "2:7 facts-syntax this text contains a tab or another invisible character",
            "2:12 facts-syntax JSON does not allow a comma before a closing bracket",
        ],
    );
    refused(json::read, "(a: 1)", &["1:1 facts-syntax JSON does not use `(`"]);
}

#[test]
fn a_file_that_holds_nothing_is_told() {
    for text in ["", " \r\n", "// only this", "/* or this */\n"] {
        refused(ron::read, text, &["1:1 empty-file this file is empty"]);
    }
    refused(json::read, "\n", &["1:1 empty-file this file is empty"]);
}

#[test]
fn ten_thousand_brackets_are_refused_without_running_out_of_stack() {
    let deep = ["[", "(a:", "Some(", "{\"a\":"].map(|open| open.repeat(10_000));
    let small = std::thread::Builder::new().stack_size(2 << 20);
    let told = small.spawn(move || deep.map(|text| [findings(ron::read, &text).1, findings(json::read, &text).1]));
    for told in told.unwrap().join().unwrap().as_flattened() {
        assert!(told.last().unwrap().contains("too-deep more than 64 brackets"), "{told:?}");
    }
    let half = "[".repeat(65) + &"]".repeat(65);
    refused(
        json::read,
        &half,
        &["1:65 too-deep more than 64 brackets are nested here, which is the limit `fact-depth`"],
    );
}

#[test]
fn a_file_full_of_mistakes_ends_after_a_hundred() {
    let text = format!("[{}]", "word, ".repeat(100_000));
    assert_eq!(findings(ron::read, &text).1.len(), 100);
    let text = format!("({})", "a: 1, ".repeat(100_000));
    assert_eq!(findings(ron::read, &text).1.len(), 100);
    let text = format!("[{}]", "1; ".repeat(100_000));
    assert_eq!(findings(ron::read, &text).1.len(), 100);
}

#[test]
fn windows_line_breaks_keep_the_right_places() {
    refused(
        ron::read,
        "(\r\n  a: 1\r\n  b: x,\r\n)\r\n",
        &[
            "2:7 facts-syntax expected a comma or `)` here | 3:3 the next entry begins here",
            "3:6 facts-syntax `x` must be in quotes",
        ],
    );
}

#[test]
fn a_sign_lost_anywhere_is_never_passed_over_in_silence() {
    let text = "(\n a: \"x\", // år\n b: [1.50, None, Some(2)],\n c: {\"d\": (e: true, f: r#\"g\"#)},\n)";
    for (at, _) in text.char_indices() {
        let (before, after) = text.split_at(at);
        let text = before.to_owned() + after.get(1..).unwrap_or_else(|| after.trim_start_matches('å'));
        let (node, told) = findings(ron::read, &text);
        assert_eq!(node.is_some(), told.is_empty(), "{text}\n{told:?}");
        if node.is_some() {
            assert!(::ron::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{text}");
        }
    }
}
