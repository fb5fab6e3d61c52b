//! RON facts: what is read, and that every place is right.

use overens::{
    diagnostics::Sink,
    load::{
        node::{Node, NodeKind},
        ron,
    },
    source::{Sources, Span},
};

/// A tree as one line, without places.
pub fn bare(node: &Node) -> String {
    match &node.kind {
        NodeKind::None => "-".to_owned(),
        NodeKind::Bool(yes) => yes.to_string(),
        NodeKind::Number(digits) => digits.clone(),
        NodeKind::Text(text) => format!("{text:?}"),
        NodeKind::Plain(text, _) => format!("'{text}'"),
        NodeKind::Sheet(sheet) => format!("<{}>", sheet.header.len()),
        NodeKind::List(nodes) => format!("[{}]", nodes.iter().map(bare).collect::<Vec<_>>().join(" ")),
        NodeKind::Map(entries) => {
            let entries: Vec<_> = entries.iter().map(|(key, node)| format!("{}={}", key.it, bare(node))).collect();
            format!("({})", entries.join(" "))
        }
    }
}

/// The words at every place of a tree: values after their parts, names before their values.
pub fn places(node: &Node, found: &mut Vec<Span>) {
    match &node.kind {
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => {}
        NodeKind::Plain(..) | NodeKind::Sheet(_) => {}
        NodeKind::List(nodes) => nodes.iter().for_each(|node| places(node, found)),
        NodeKind::Map(entries) => {
            for (key, node) in entries {
                found.push(key.span);
                places(node, found);
            }
        }
    }
    found.push(node.span);
}

fn read(text: &str) -> Node {
    let mut problems = Sink::default();
    let node = ron::read(Sources::default().add("facts.ron", text), text, &mut problems);
    assert!(problems.is_empty(), "{problems:#?}");
    node.unwrap()
}

fn words(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add("facts.ron", text);
    let mut found = Vec::new();
    places(&ron::read(file, text, &mut Sink::default()).unwrap(), &mut found);
    found.into_iter().map(|span| sources.text(span).to_owned()).collect()
}

#[test]
fn facts_as_the_language_shows_them_are_read() {
    let text = r#"
    (
      agreement: "samverkan",
      complete: { "meeting": (from: "2014-01-01", through: "2015-02-01") },   // nothing left out
      organisation: [
        (id: "famna", n: 3, sent: None, /* a /* nested */ remark */ paid: Some(20000.10), member: true),
        (), ( ),
      ],
      topics: [],
    )"#;
    assert_eq!(
        bare(&read(text)),
        "(agreement=\"samverkan\" complete=(meeting=(from=\"2014-01-01\" through=\"2015-02-01\")) \
         organisation=[(id=\"famna\" n=3 sent=- paid=20000.10 member=true) () ()] topics=[])"
    );
}

#[test]
fn every_value_and_name_knows_its_place() {
    let text = "// år\n( årsmöte : [ Some ( 1.50 /* kr */ ) , None, \"a\\\"b\", r#\"c\"d\"#, ( ) , () ] , r#type: { \"ö\" : true, }, )";
    assert_eq!(
        words(text),
        [
            "årsmöte",
            "1.50",
            "None",
            "\"a\\\"b\"",
            "r#\"c\"d\"#",
            "( )",
            "()",
            "[ Some ( 1.50 /* kr */ ) , None, \"a\\\"b\", r#\"c\"d\"#, ( ) , () ]",
            "r#type",
            "\"ö\"",
            "true",
            "{ \"ö\" : true, }",
            "( årsmöte : [ Some ( 1.50 /* kr */ ) , None, \"a\\\"b\", r#\"c\"d\"#, ( ) , () ] , r#type: { \"ö\" : true, }, )",
        ]
    );
    assert_eq!(bare(&read(text)), r##"(årsmöte=[1.50 - "a\"b" "c\"d" () ()] type=(ö=true))"##);
}

#[test]
fn numbers_keep_every_digit() {
    let text = "[20000.10, 123456789012345678901234567890, 123456789012345678901234567890123456789012.5, -0.0, 0, -7]";
    assert_eq!(
        bare(&read(text)),
        "[20000.10 123456789012345678901234567890 123456789012345678901234567890123456789012.5 -0.0 0 -7]"
    );
}

#[test]
fn a_text_may_run_over_lines_and_means_the_same_with_either_line_break() {
    assert_eq!(bare(&read("(note: \"one\ntwo\", n: 1)")), "(note=\"one\\ntwo\" n=1)");
    assert_eq!(bare(&read("(note: \"one\r\ntwo\",\r\n n: 1)\r\n")), "(note=\"one\\ntwo\" n=1)");
}

#[test]
fn brackets_nest_64_deep() {
    let text = format!("{}{}", "[".repeat(64), "]".repeat(64));
    assert_eq!(bare(&read(&text)), text);
    let records = format!("{}1{}", "(a:".repeat(64), ")".repeat(64));
    assert_eq!(bare(&read(&records)).matches('=').count(), 64);
    let wrapped = format!("{}1{}", "Some(".repeat(64), ")".repeat(64));
    assert_eq!(bare(&read(&wrapped)), "1");
}
