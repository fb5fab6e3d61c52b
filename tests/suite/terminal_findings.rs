//! How findings are shown: drawn, plain and as JSON.

use insta::assert_snapshot;
use overens::diagnostics::{Code, Diagnostic, Severity};
use overens::render::diagnostics::{json, plain, terminal};
use overens::render::{Colour, Look, Marks};
use overens::source::{FileId, Sources, Span};
use proptest::prelude::*;

const UNKNOWN_FIELD: Code = Code { name: "unknown-field", severity: Severity::Error, page: "" };
const UNUSED: Code = Code { name: "unused-record", severity: Severity::Warning, page: "" };
const LOOK: Look = Look { marks: Marks::Unicode, colour: Colour::Off, width: 100 };

const POLICY: &str = "agreement club\n\nevent meeting on held_on\n  held_on: date\n";
const FACTS: &str = "(\n  meeting: [\n    (id: \"may\", helt_on: \"2015-05-01\"),\n  ],\n)\n";

/// The place of the first `words` in a file.
fn place(sources: &Sources, file: FileId, words: &str) -> Span {
    let start = sources.get(file).unwrap().text.find(words).unwrap();
    Span::new(file, start, start + words.len())
}

fn draw(sources: &Sources, findings: &[Diagnostic]) -> String {
    terminal::show(&findings.iter().collect::<Vec<_>>(), sources, LOOK)
}

/// A text with one finding on the given bytes, drawn.
fn draw_at(text: &str, start: usize, end: usize) -> String {
    let mut sources = Sources::default();
    let file = sources.add("a.overens", text);
    draw(&sources, &[UNKNOWN_FIELD.at(Span::new(file, start, end)).say("what is this").label("here")])
}

/// A misspelt field in a fact file, with the record that declares it in the policy.
fn in_two_files() -> (Sources, Diagnostic) {
    let mut sources = Sources::default();
    let policy = sources.add("club.overens", POLICY);
    let facts = sources.add("facts/2015.ron", FACTS);
    let finding = UNKNOWN_FIELD
        .at(place(&sources, facts, "helt_on"))
        .say("`meeting` has no field `helt_on`")
        .label("this field")
        .also(place(&sources, policy, "meeting"), "the event is declared here")
        .help("did you mean `held_on`?".to_string());
    (sources, finding)
}

#[test]
fn places_in_two_files_are_drawn_in_one_report_the_main_one_first() {
    let (sources, finding) = in_two_files();
    assert_snapshot!(draw(&sources, &[finding]));
}

#[test]
fn in_plain_lines_each_place_has_its_path() {
    let (sources, finding) = in_two_files();
    assert_snapshot!(plain::show(&[&finding], &sources));
}

#[test]
fn in_json_each_place_is_an_object() {
    let (sources, finding) = in_two_files();
    assert_snapshot!(json::show(&[&finding], &sources));
}

#[test]
fn no_findings_are_no_words_and_an_empty_list() {
    let sources = Sources::default();
    assert_eq!(terminal::show(&[], &sources, LOOK), "");
    assert_eq!(plain::show(&[], &sources), "");
    assert_eq!(json::show(&[], &sources), "[]\n");
}

#[test]
fn ascii_marks_and_colour_are_the_callers_choice() {
    let (sources, finding) = in_two_files();
    let ascii = terminal::show(&[&finding], &sources, Look { marks: Marks::Ascii, ..LOOK });
    assert!(ascii.is_ascii() && !ascii.contains('\u{1b}'), "{ascii}");
    let coloured = terminal::show(&[&finding], &sources, Look { colour: Colour::On, ..LOOK });
    assert!(coloured.contains("\u{1b}["));
}

#[test]
fn arrows_stand_under_the_words_after_tabs_and_wide_letters() {
    let mut sources = Sources::default();
    let file = sources.add("möte.overens", "\tår: text\n漢字 helt_on: date\r\n\tslut\n");
    let at = |words| UNKNOWN_FIELD.at(place(&sources, file, words)).say("what is this").label("here");
    assert_snapshot!(draw(&sources, &[at("text"), at("helt_on"), at("slut")]));
}

#[test]
fn a_place_over_several_lines_is_drawn_with_all_of_them() {
    assert_snapshot!(draw_at("one\ntwo\nthree\nfour\nfive\n", 5, 15));
}

#[test]
fn of_a_very_long_place_the_first_line_is_drawn() {
    assert_snapshot!(draw_at(&"a line of the clause\n".repeat(30), 23, 500));
}

#[test]
fn what_is_missing_at_the_end_is_pointed_at() {
    let all = ["one\ntwo\n", "one\ntwo", "", "\n"].map(|text| draw_at(text, text.len(), text.len()));
    assert_snapshot!(all.join("----\n"));
}

#[test]
fn a_place_outside_its_text_is_told_at_the_end_of_it() {
    assert!(draw_at("one\n", 70, 90).contains("a.overens:2:1"));
    let gone = UNKNOWN_FIELD.at(Span::new(FileId(7), 0, 1)).say("lost");
    assert_eq!(plain::show(&[&gone], &Sources::default()).lines().next(), Some(":1:1: error[unknown-field]: lost"));
    assert!(draw(&Sources::default(), &[gone]).contains("error[unknown-field]: lost"));
}

#[test]
fn a_line_too_long_to_draw_is_told_in_plain_lines() {
    let text = format!("[{}]", "1,".repeat(50_000));
    let drawn = draw_at(&text, 40_000, 40_001);
    assert!(
        drawn.starts_with("a.overens:1:40001: error[unknown-field]: what is this\n    here: here\n"),
        "{drawn:.200}"
    );
}

#[test]
fn places_far_apart_in_a_file_get_an_excerpt_each() {
    let mut sources = Sources::default();
    let file = sources.add("a.overens", &"a line\n".repeat(2_000));
    let at = |line: usize| Span::new(file, line * 7, line * 7 + 1);
    let finding = UNKNOWN_FIELD.at(at(1_000)).say("what is this").also(at(1_900), "and there");
    assert_snapshot!(draw(&sources, &[finding]));
}

#[test]
fn characters_that_hide_are_made_visible_and_places_stay_right() {
    let mut sources = Sources::default();
    let file = sources.add("a\u{1b}[2J.ron", "(\u{1b}[31m x,\u{202e} wrong\u{7}: 1)\r\n");
    let finding = UNKNOWN_FIELD
        .at(place(&sources, file, "wrong\u{7}"))
        .say("no field `wrong\u{7}`")
        .label("this\r one")
        .help("take\u{9b} it away\nor not".to_string());
    let shown = [draw(&sources, std::slice::from_ref(&finding)), plain::show(&[&finding], &sources)].join("----\n");
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7}', '\u{9b}', '\r']));
    assert_snapshot!(shown);

    let json = json::show(&[&finding], &sources);
    assert!(json.is_ascii() && !json.chars().any(|c| c.is_control() && c != '\n'), "{json}");
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value[0]["help"], "take\u{9b} it away\nor not");
    assert_eq!(value[0]["file"], "a\u{1b}[2J.ron");
}

#[test]
fn of_very_many_findings_fifty_are_shown_and_the_rest_is_counted() {
    let mut sources = Sources::default();
    let file = sources.add("big.ron", &format!("{}\n", "x".repeat(99)).repeat(10_000));
    let at = |line: usize| Span::new(file, line * 100, line * 100 + 3);
    let findings: Vec<_> = (0..10_000).map(|line| UNKNOWN_FIELD.at(at(line)).say(format!("finding {line}"))).collect();
    let all: Vec<_> = findings.iter().collect();
    for shown in [terminal::show(&all, &sources, LOOK), plain::show(&all, &sources)] {
        assert_eq!(shown.matches("error[unknown-field]").count(), 50);
        assert!(shown.contains("and 9950 more findings in `big.ron`"));
        assert_eq!(shown.matches("overens explain").count(), 1);
    }
    assert_eq!(json::show(&all, &sources).matches("\"code\"").count(), 10_000);
}

#[test]
fn an_error_is_shown_also_behind_many_warnings() {
    let mut sources = Sources::default();
    let file = sources.add("a.overens", &"x\n".repeat(100));
    let mut findings: Vec<_> = (0..60).map(|at| UNUSED.at(Span::new(file, at * 2, at * 2 + 1)).say("unused")).collect();
    findings.push(UNKNOWN_FIELD.at(Span::new(file, 180, 181)).say("unknown"));
    let shown = plain::show(&findings.iter().collect::<Vec<_>>(), &sources);
    assert_eq!(shown.matches("warning[unused-record]").count(), 50);
    assert!(shown.contains("a.overens:91:1: error[unknown-field]: unknown\nand 10 more findings in `a.overens`\n"));
    assert!(shown.ends_with("to read more: overens explain unknown-field (or unused-record)\n"));
}

#[test]
fn of_each_code_fifty_are_shown_and_the_rest_is_counted_by_code() {
    let mut sources = Sources::default();
    let file = sources.add("a.overens", &"x\n".repeat(3_000));
    let at = |line: usize| Span::new(file, line * 2, line * 2 + 1);
    let mut problems = overens::diagnostics::Sink::default();
    // All that is kept of one code leaves room for the next one.
    (0..1_200).for_each(|line| problems.push(UNKNOWN_FIELD.at(at(line)).say(format!("finding {line}"))));
    (2_000..2_053).for_each(|line| problems.push(UNUSED.at(at(line)).say("unused")));
    problems.push(overens::diagnostics::codes::LOOKS_ALIKE.at(at(2_900)).say("alike"));
    let shown = plain::show(&problems.sorted(), &sources);
    assert_eq!(shown.matches("error[unknown-field]").count(), 50);
    assert_eq!(shown.matches("warning[unused-record]").count(), 50);
    assert!(shown.contains("a.overens:2901:1: warning[looks-alike]: alike\n"), "{shown}");
    assert!(
        shown.contains("and 953 more findings in `a.overens`: 950 `unknown-field`, 3 `unused-record`\n"),
        "{shown}"
    );
    assert_eq!(problems.left_out(), 200);
}

#[test]
fn dates_are_not_broken_at_their_hyphens() {
    let mut sources = Sources::default();
    let file = sources.add("a.overens", "x\n");
    let message = format!("{} on 2015-01-22 or earlier", "must be there ".repeat(5));
    let finding = UNKNOWN_FIELD.at(Span::new(file, 0, 1)).say(message);
    for width in 20..100 {
        let drawn = terminal::show(&[&finding], &sources, Look { width, ..LOOK });
        assert!(drawn.contains("2015-01-22"), "{width}: {drawn}");
    }
}

/// A text of letters that are hard to draw, with any three places in it.
fn hard_text() -> impl Strategy<Value = (String, Vec<(usize, usize)>)> {
    let letters = prop::sample::select(vec![
        "a",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "å",
        "漢",
        "e\u{301}",
        "\u{1b}[1m",
        "👪",
        "\u{feff}",
    ]);
    let text = prop::collection::vec(letters, 0..40).prop_map(|letters| letters.concat());
    (text, prop::collection::vec((0usize..60, 0usize..60), 3))
}

/// The nearest character boundary at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rfind(|at| text.is_char_boundary(*at)).unwrap()
}

proptest! {
    #[test]
    fn any_places_in_any_text_are_shown((text, places) in hard_text(), width in 0usize..120) {
        let mut sources = Sources::default();
        let files = [sources.add("a.overens", &text), sources.add("b.ron", &text)];
        let whole = sources.get(files[0]).unwrap().text.to_string();
        let span = |at: usize, file| Span::new(file, boundary(&whole, places[at].0), boundary(&whole, places[at].1));
        let finding = UNKNOWN_FIELD
            .at(span(0, files[0]))
            .say("what is this")
            .label("first")
            .also(span(1, files[0]), "second")
            .also(span(2, files[1]), "third");
        let drawn = terminal::show(&[&finding], &sources, Look { width, ..LOOK });
        prop_assert!(drawn.contains("─[a.overens:") && drawn.contains("─[b.ron:"), "{drawn}");
        prop_assert!(drawn.contains("third"), "{drawn}");
        prop_assert!(!drawn.contains(['\r', '\u{1b}', '\t']), "{drawn}");
        prop_assert!(plain::show(&[&finding], &sources).lines().count() == 5);
    }
}
