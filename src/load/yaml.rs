//! Facts written as YAML. What stands without quotes is a text until its field says more: `NO` is no answer, `012` no
//! twelve. Forms that say one thing in another place (aliases, tags, merge keys) are refused.

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::{
    diagnostics::{Sink, codes},
    source::{FileId, Span, Spanned},
};

use super::{
    grow::tell_duplicates,
    node::{Node, NodeKind, Style},
    notation::{HIGHEST, too_deep},
};

/// Reads a YAML text. Nothing comes back when it cannot be read; a name given twice is reported, and stands twice.
pub fn read(file: FileId, text: &str, deepest: usize, problems: &mut Sink) -> Option<Node> {
    let mut growth = Growth { file, places: Places::of(text), problems, open: Vec::new(), root: None, good: true };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => growth.event(event, span.start.index(), span.end.index()),
            // The parser has looked ahead: at brackets without end.
            Err(error) if error.info().contains("recursion limit") => {
                growth.too_deep(deepest);
                break;
            }
            Err(error) => {
                let at = growth.span(error.marker().index(), error.marker().index());
                growth.wrong(at, format!("this cannot be read as YAML: {}", error.info()), "");
                break;
            }
        }
        if growth.open.len() > deepest {
            growth.too_deep(deepest);
            break;
        }
    }
    if growth.root.is_none() && growth.good {
        growth.problems.push(codes::EMPTY_FILE.at(Span::new(file, 0, 0)).say("this file is empty"));
    }
    let Growth { root, good, .. } = growth;
    root.filter(|_| good)
}

/// From the number of a character to that of its byte.
struct Places {
    /// Nothing where both are the same.
    bytes: Option<Vec<u32>>,
    end: usize,
}

impl Places {
    fn of(text: &str) -> Self {
        let starts = || text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        Places { bytes: (!text.is_ascii()).then(starts), end: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        match &self.bytes {
            None => character.min(self.end),
            Some(bytes) => bytes.get(character).map_or(self.end, |byte| *byte as usize),
        }
    }
}

/// What is not yet closed.
struct Open {
    start: Span,
    holds: Holds,
}

enum Holds {
    List(Vec<Node>),
    /// The entries, and the name whose value comes next.
    Map(Vec<(Spanned<String>, Node)>, Option<Spanned<String>>),
}

struct Growth<'t> {
    file: FileId,
    places: Places,
    problems: &'t mut Sink,
    open: Vec<Open>,
    root: Option<Node>,
    good: bool,
}

impl Growth<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.places.byte(start), self.places.byte(end))
    }

    fn wrong(&mut self, span: Span, message: String, help: &str) {
        self.good = false;
        let help = Some(help.to_owned()).filter(|help| !help.is_empty());
        self.problems.push(codes::FACTS_SYNTAX.at(span).say(message).help(help));
    }

    fn too_deep(&mut self, deepest: usize) {
        self.good = false;
        let at = self.open.last().map_or(Span::new(self.file, 0, 0), |open| open.start);
        self.problems.push(too_deep(at, "lists and records", deepest, HIGHEST));
    }

    fn event(&mut self, event: Event, start: usize, end: usize) {
        let span = self.span(start, end);
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(_) if self.root.is_some() => {
                self.wrong(
                    span,
                    "a fact file can have only one document, and a second one begins here".to_owned(),
                    "put it in a separate file",
                );
            }
            Event::DocumentStart(_) => {}
            Event::Alias(_) => {
                self.wrong(
                    span,
                    "YAML aliases (`*`) are not supported in fact files".to_owned(),
                    "write the value out in full",
                );
                self.take(Node { span, kind: NodeKind::None });
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.marks(anchor, tag.is_some(), span);
                self.scalar(&text, style, span);
            }
            Event::SequenceStart(anchor, tag) => {
                self.marks(anchor, tag.is_some(), span);
                self.open.push(Open { start: span, holds: Holds::List(Vec::new()) });
            }
            Event::MappingStart(anchor, tag) => {
                self.marks(anchor, tag.is_some(), span);
                self.open.push(Open { start: span, holds: Holds::Map(Vec::new(), None) });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
        }
    }

    fn marks(&mut self, anchor: usize, tagged: bool, span: Span) {
        if anchor > 0 {
            self.wrong(span, "YAML anchors (`&`) are not supported in fact files".to_owned(), "remove the anchor");
        }
        if tagged {
            let help = "remove the tag; the agreement declares the type of each field";
            self.wrong(span, "YAML tags (`!`) are not supported in fact files".to_owned(), help);
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) {
        let kind = match style {
            ScalarStyle::Plain if matches!(text, "null" | "~") => NodeKind::None,
            ScalarStyle::Plain if text.is_empty() && !self.wants_name() => {
                let help =
                    "write `null` if it is known that there is no value; remove the entry if the value is not known";
                self.wrong(span, "expected a value here".to_owned(), help);
                NodeKind::None
            }
            ScalarStyle::Plain => NodeKind::Plain(text.to_owned(), Style::Yaml),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => NodeKind::Text(text.to_owned()),
            ScalarStyle::Literal | ScalarStyle::Folded => NodeKind::Text(text.to_owned()),
        };
        self.take(Node { span, kind });
    }

    fn wants_name(&self) -> bool {
        matches!(self.open.last(), Some(Open { holds: Holds::Map(_, None), .. }))
    }

    fn close(&mut self, end: Span) {
        let Some(Open { start, holds }) = self.open.pop() else { return };
        let kind = match holds {
            Holds::List(nodes) => NodeKind::List(nodes),
            Holds::Map(entries, _) => {
                tell_duplicates(&entries, self.problems);
                NodeKind::Map(entries)
            }
        };
        let last = match &kind {
            NodeKind::List(nodes) => nodes.last().map(|node| node.span),
            NodeKind::Map(entries) => entries.last().map(|(_, node)| node.span),
            NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => None,
            NodeKind::Plain(..) | NodeKind::Sheet(_) => None,
        };
        // What is closed by the next line's being moved out ends with its last part.
        let end = if end.start < end.end { end } else { last.unwrap_or(end) };
        self.take(Node { span: start.to(end), kind });
    }

    fn take(&mut self, node: Node) {
        match self.open.last_mut().map(|open| &mut open.holds) {
            None => self.root = Some(node),
            Some(Holds::List(nodes)) => nodes.push(node),
            Some(Holds::Map(entries, name)) => match name.take() {
                Some(name) => entries.push((name, node)),
                None => self.name(node),
            },
        }
    }

    fn name(&mut self, node: Node) {
        let text = node.as_text().map(str::to_owned);
        let Some(text) = text else {
            self.wrong(node.span, "expected a plain word as the name".to_owned(), "write `name: value`");
            return self.named(Spanned::new(String::new(), node.span));
        };
        if text == "<<" {
            self.wrong(
                node.span,
                "YAML merge keys (`<<`) are not supported in fact files".to_owned(),
                "write the value out in full",
            );
        }
        self.named(Spanned::new(text, node.span));
    }

    fn named(&mut self, name: Spanned<String>) {
        if let Some(Open { holds: Holds::Map(_, next), .. }) = self.open.last_mut() {
            *next = Some(name);
        }
    }
}
