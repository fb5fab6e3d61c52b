//! Our excerpts are found by line numbers; what is drawn is the same as with miette's own source, which reads every
//! text from its beginning.

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use overens::diagnostics::{Code, Severity};
use overens::render::diagnostics::terminal;
use overens::render::{Colour, Look, Marks};
use overens::source::{Sources, Span};

const CODE: Code = Code { name: "code", severity: Severity::Error, page: "" };
const LOOK: Look = Look { marks: Marks::Unicode, colour: Colour::Off, width: 100 };

/// A finding over miette's own source.
#[derive(Debug)]
struct Plain {
    source: NamedSource<String>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("error[code]: words")
    }
}

impl std::error::Error for Plain {}

impl miette::Diagnostic for Plain {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.clone().into_iter()))
    }
}

fn theirs(text: &str, start: usize, end: usize, other: Option<(usize, usize)>) -> String {
    let mut labels = vec![LabeledSpan::new_primary_with_span(Some("here".into()), (start, end - start))];
    labels.extend(other.map(|(from, to)| LabeledSpan::new(Some("there".into()), from, to - from)));
    let report = Plain { source: NamedSource::new("a.overens", text.to_string()), labels };
    let mut drawn = String::new();
    let drawer = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(100);
    drawer.render_report(&mut drawn, &report).unwrap();
    drawn
}

fn ours(text: &str, start: usize, end: usize, other: Option<(usize, usize)>) -> String {
    let mut sources = Sources::default();
    let file = sources.add("a.overens", text);
    let finding = CODE.at(Span::new(file, start, end)).say("words").label("here");
    let finding = match other {
        Some((from, to)) => finding.also(Span::new(file, from, to), "there"),
        None => finding,
    };
    let drawn = terminal::show(&[&finding], &sources, LOOK);
    drawn.strip_suffix("\n  to read more: overens explain code\n").unwrap().to_string()
}

#[test]
fn excerpts_agree_with_miettes_own_for_every_place_of_a_text() {
    let texts =
        ["one\ntwo\nthree\n", "one\n\n\n\tfour", "a\r\nbc\r\n\r\nd\r\n", "x", "one two\nthree four\nfive\nsix seven"];
    for text in texts {
        for start in 0..=text.len() {
            for end in start..=text.len() {
                if differs(text, start, end) {
                    continue;
                }
                assert_eq!(ours(text, start, end, None), theirs(text, start, end, None), "{text:?} {start}..{end}");
            }
        }
    }
}

/// What we want otherwise: an empty place at the end is drawn (miette draws none), and a place does not begin or end
/// between the two bytes of a line break.
fn differs(text: &str, start: usize, end: usize) -> bool {
    let splits = |at: usize| text.as_bytes()[..at].ends_with(b"\r") && text.as_bytes()[at..].starts_with(b"\n");
    start == text.len() || splits(start) || splits(end)
}

#[test]
fn excerpts_of_two_places_in_nearby_lines_agree_with_miettes_own() {
    let text = "one two\nthree four\nfive\nsix seven\n";
    for (from, to) in [(4, 7), (8, 13), (14, 18), (19, 23), (0, 18)] {
        let pair = (ours(text, 0, 3, Some((from, to))), theirs(text, 0, 3, Some((from, to))));
        assert_eq!(pair.0, pair.1, "{from}..{to}");
    }
}

#[test]
fn wide_letters_are_drawn_as_by_miette_but_columns_count_letters() {
    let text = "år 漢字 mötet\nslut\n";
    let start = text.find("mötet").unwrap();
    let ours = ours(text, start, start + "mötet".len(), None);
    // Seven letters stand before the word, in twelve bytes.
    assert_eq!(ours.replace("a.overens:1:7", "a.overens:1:12"), theirs(text, start, start + "mötet".len(), None));
}
