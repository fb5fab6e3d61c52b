//! Facts written as TOML: `[[meeting]]` before each record. Days and times stand without quotes; TOML has no word for a
//! thing known not to be there.

use ::toml::de::{DeTable, DeValue};

use crate::{
    diagnostics::{Sink, codes},
    source::{FileId, Span, Spanned, lines},
};

use super::{
    exponent,
    mistakes::is_number,
    node::{Node, NodeKind},
    notation::too_deep,
    wording::clip,
};

/// Deeper than this, the parser reads no TOML.
const DEEPEST_READ: usize = 80;

/// Reads a TOML text. Nothing comes back when it cannot be read.
pub fn read(file: FileId, text: &str, deepest: usize, problems: &mut Sink) -> Option<Node> {
    let is_blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    if lines(text).all(is_blank) {
        problems.push(codes::EMPTY_FILE.at(Span::new(file, 0, 0)).say("this file is empty"));
        return None;
    }
    let mut growth = Growth { file, text, problems, deepest, open: 1, good: true };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().map_or(Span::new(file, 0, 0), |range| Span::new(file, range.start, range.end));
        // The parser says so of brackets and of names within names.
        if error.message().contains("recurs") {
            growth.too_deep(span);
            return None;
        }
        growth.wrong(span, format!("this cannot be read as TOML: {}", error.message()), None);
    }
    let span = Span::new(file, 0, text.len());
    let node = growth.table(table.get_ref(), span);
    growth.good.then_some(node)
}

struct Growth<'t> {
    file: FileId,
    text: &'t str,
    problems: &'t mut Sink,
    deepest: usize,
    /// How many lists and records are open.
    open: usize,
    good: bool,
}

impl Growth<'_> {
    fn wrong(&mut self, span: Span, message: String, help: Option<&str>) {
        self.good = false;
        self.problems.push(codes::FACTS_SYNTAX.at(span).say(message).help(help.map(str::to_owned)));
    }

    fn too_deep(&mut self, span: Span) {
        // Once is enough.
        if std::mem::replace(&mut self.good, false) {
            let most = self.deepest.min(DEEPEST_READ);
            self.problems.push(too_deep(span, "lists and records", most, DEEPEST_READ));
        }
    }

    /// Goes one list or record further in, if that is not too far.
    fn within<R>(&mut self, span: Span, grow: impl FnOnce(&mut Self) -> R) -> Option<R> {
        if self.open >= self.deepest {
            self.too_deep(span);
            return None;
        }
        self.open = self.open.saturating_add(1);
        let grown = grow(self);
        self.open = self.open.saturating_sub(1);
        Some(grown)
    }

    fn table(&mut self, table: &DeTable, span: Span) -> Node {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        for (key, value) in table {
            let place = Span::new(self.file, key.span().start, key.span().end);
            entries.push((Spanned::new(key.get_ref().to_string(), place), self.value(value.get_ref(), value.span())));
        }
        // In the order in which they are written.
        entries.sort_by_key(|(key, _)| key.span);
        Node { span, kind: NodeKind::Map(entries) }
    }

    fn value(&mut self, value: &DeValue, range: std::ops::Range<usize>) -> Node {
        let span = Span::new(self.file, range.start, range.end);
        let kind = match value {
            DeValue::String(text) => NodeKind::Text(text.replace("\r\n", "\n")),
            DeValue::Boolean(answer) => NodeKind::Bool(*answer),
            DeValue::Integer(number) if number.radix() == 10 => self.number(number.as_str(), span),
            DeValue::Integer(_) => self.number(self.text.get(range).unwrap_or(""), span),
            DeValue::Float(number) => self.number(number.as_str(), span),
            // A day or a time, as it is written; its field says what it has to be.
            DeValue::Datetime(_) => NodeKind::Text(time(self.text.get(range).unwrap_or("")).to_owned()),
            DeValue::Array(items) => {
                let grow = |it: &mut Self| items.iter().map(|item| it.value(item.get_ref(), item.span())).collect();
                self.within(span, grow).map_or(NodeKind::None, NodeKind::List)
            }
            DeValue::Table(table) => match self.within(span, |it| it.table(table, span)) {
                Some(node) => return node,
                None => NodeKind::None,
            },
        };
        Node { span, kind }
    }

    fn number(&mut self, digits: &str, span: Span) -> NodeKind {
        let plain = digits.strip_prefix('+').unwrap_or(digits);
        let out = exponent::written_out(plain);
        let plain = out.as_deref().unwrap_or(plain);
        if !is_number(plain) {
            let message = format!("`{}` is not a valid number", clip(digits));
            self.wrong(span, message, Some("a number has only digits and a decimal point: `20000.10`"));
        }
        NodeKind::Number(plain.to_owned())
    }
}

/// TOML may ask for seconds, and times of day have none.
fn time(written: &str) -> &str {
    match written.strip_suffix(":00") {
        Some(short) if written.len() == 8 => short,
        Some(_) | None => written,
    }
}
