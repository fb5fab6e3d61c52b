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
            "2:10 facts-syntax here a comma or `)` is expected | 3:3 the next entry begins here",
            "4:8 facts-syntax here a comma or `]` is expected | 4:9 the next entry begins here",
        ],
    );
    refused(
        json::read,
        "{\"a\": 1 \"b\": 2}",
        &["1:8 facts-syntax here a comma or `}` is expected | 1:9 the next entry begins here"],
    );
}

#[test]
fn words_stand_in_quotes() {
    refused(
        ron::read,
        "(kind: email, by: Kind(annual, [x]), held: Some(other), none: null)",
        &[
            "1:8 facts-syntax words stand in quotes, and `email` has none",
            "1:19 facts-syntax words stand in quotes, and `Kind` has none",
            "1:49 facts-syntax words stand in quotes, and `other` has none",
            "1:63 facts-syntax words stand in quotes, and `null` has none",
        ],
    );
    refused(ron::read, "Facts(id: 1)", &["1:1 facts-syntax words stand in quotes, and `Facts` has none"]);
    refused(ron::read, "{id: 1}", &["1:2 facts-syntax words stand in quotes, and `id` has none"]);
    refused(json::read, "{\"a\": None}", &["1:7 facts-syntax words stand in quotes, and `None` has none"]);
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
            "2:11 facts-syntax here a comma or `}` is expected | 3:3 the next entry begins here",
            "3:8 facts-syntax this text is never closed",
        ],
    );
}

#[test]
fn brackets_that_do_not_fit_are_told_with_their_opening() {
    refused(
        ron::read,
        "(\n  m: [(id: 1],\n)",
        &["2:13 facts-syntax here a comma or `)` is expected, not `]` | 2:7 this bracket is still open"],
    );
    refused(ron::read, "(m: [1]", &["1:1 facts-syntax this bracket is never closed | 1:8 the file ends here"]);
    refused(ron::read, "(m: 1))", &["1:7 facts-syntax this `)` closes nothing"]);
    refused(ron::read, "(m: 1 /* x )", &["1:7 facts-syntax this comment is never closed | 1:13 the file ends here"]);
}

#[test]
fn what_is_missing_between_name_and_value_is_told() {
    refused(
        ron::read,
        "(a \"x\", b: , c:, d, \"e\": 1, 5, f = 2,, g:)",
        &[
            "1:3 facts-syntax here `:` is expected",
            "1:11 facts-syntax here a value is expected",
            "1:16 facts-syntax here a value is expected",
            "1:18 facts-syntax this value has no name",
            "1:21 facts-syntax within `(` and `)` a name stands without quotes",
            "1:29 facts-syntax this value has no name",
            "1:34 facts-syntax `=` means nothing here",
            "1:38 facts-syntax here is a comma too many",
            "1:42 facts-syntax here a value is expected",
        ],
    );
    refused(ron::read, "a: 1, b: 2", &["1:1 facts-syntax here an opening bracket is expected"]);
    refused(ron::read, "(a: 1) (b: 2)", &["1:8 facts-syntax the facts end before this"]);
    refused(json::read, "{\"a\"}", &["1:5 facts-syntax here `:` and the value of `\"a\"` are expected"]);
    refused(ron::read, "(a-b: 1)", &["1:2 facts-syntax `a-b` cannot be a name"]);
}

#[test]
fn days_and_numbers_that_are_none_are_told() {
    refused(
        ron::read,
        "[2015-01-22, 1_000, 0x1F, 012, 1e5, .5, 5., +1, 3u8, 1..2]",
        &[
            "1:2 facts-syntax a day stands in quotes",
            "1:14 facts-syntax `1_000` is not a number as facts write it",
            "1:21 facts-syntax `0x1F` is not a number as facts write it",
            "1:27 facts-syntax `012` is not a number as facts write it",
            "1:32 facts-syntax `1e5` is not a number as facts write it",
            "1:37 facts-syntax `.5` is not a number as facts write it",
            "1:41 facts-syntax `5.` is not a number as facts write it",
            "1:45 facts-syntax `+1` is not a number as facts write it",
            "1:49 facts-syntax `3u8` is not a number as facts write it",
            "1:54 facts-syntax `1..2` is not a number as facts write it",
        ],
    );
    let long = "9".repeat(201);
    refused(json::read, &long, &["1:1 facts-syntax this number has more than 200 signs"]);
}

#[test]
fn quotes_and_signs_of_other_programs_are_told() {
    refused(
        ron::read,
        "(a: “x”, b: 'y';\n c:\u{a0}1, d: \"C:\\docs\")",
        &[
            "1:5 facts-syntax `“` is not the quote that a text begins with",
            "1:13 facts-syntax `'` is not the quote that a text begins with",
            "1:16 facts-syntax `;` means nothing here",
            "2:4 facts-syntax this blank is not an ordinary one",
            "2:14 facts-syntax `\\d` means nothing in a text",
        ],
    );
    refused(
        ron::read,
        "#![enable(x)]\n(a: 1)",
        &["1:1 facts-syntax a line that begins with `#` means nothing in a fact file"],
    );
    refused(ron::read, "(a: b\"x\")", &["1:5 facts-syntax `b` stands right before a quote"]);
    refused(
        ron::read,
        "(a: \"\\u{110000}\")",
        &["1:5 facts-syntax this text holds a `\\` with signs behind it that mean nothing"],
    );
}

#[test]
fn json_is_strict() {
    refused(
        json::read,
        "{\"a\": [1, 2,], // x\n \"b\": \"x\ty\",\n}",
        &[
            "1:12 facts-syntax in JSON no comma stands before a closing bracket",
            "1:16 facts-syntax a JSON file holds no comments",
            "2:7 facts-syntax this text holds a tab or another sign that cannot be seen",
            "2:12 facts-syntax in JSON no comma stands before a closing bracket",
        ],
    );
    refused(json::read, "(a: 1)", &["1:1 facts-syntax a JSON file holds no `(`"]);
}

#[test]
fn a_file_that_holds_nothing_is_told() {
    for text in ["", " \r\n", "// only this", "/* or this */\n"] {
        refused(ron::read, text, &["1:1 empty-file this file holds nothing"]);
    }
    refused(json::read, "\n", &["1:1 empty-file this file holds nothing"]);
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
        &["1:65 too-deep more than 64 brackets stand inside each other here, which is the limit `fact-depth`"],
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
            "2:7 facts-syntax here a comma or `)` is expected | 3:3 the next entry begins here",
            "3:6 facts-syntax words stand in quotes, and `x` has none",
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
