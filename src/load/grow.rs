//! The tree grows: the crate that knows the notation says what each value is, the parts found before say where it
//! stands. Both go through the text in the same order, so each value takes the next part as its place.

use std::{collections::BTreeMap, fmt, slice};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    source::{FileId, Span, Spanned},
};

use super::{
    exponent,
    node::{Node, NodeKind},
    notation::{Bracket, MOST_FINDINGS, Part, Token},
    wording::clip,
};

/// A tree that is growing out of a text.
pub(super) struct Growth<'t> {
    text: &'t str,
    rest: slice::Iter<'t, Token>,
    end: Span,
    problems: &'t mut Sink,
}

impl<'t> Growth<'t> {
    pub fn new(file: FileId, text: &'t str, tokens: &'t [Token], problems: &'t mut Sink) -> Self {
        Growth { text, rest: tokens.iter(), end: Span::new(file, text.len(), text.len()), problems }
    }

    /// Reads one value. The error is the crate's own; [`Growth::refused`] words it.
    pub fn value<'de, D: Deserializer<'de>>(&mut self, from: D) -> Result<Node, D::Error> {
        Value(self).deserialize(from)
    }

    /// The crate would not read on: what can be said about the part it stopped at.
    pub fn refused(mut self) {
        let token = self.peek();
        let finding = codes::FACTS_SYNTAX.at(token.span);
        self.problems.push(match token.part {
            Part::Text => finding
                .say("this text has a `\\` that does not begin a valid escape")
                .help("to write a `\\`, use `\\\\`".to_owned()),
            Part::Word => finding
                .say(format!("`{}` is not a valid name", token.lexeme(self.text)))
                .help("a name consists of letters, digits and `_`, and begins with a letter".to_owned()),
            Part::Number | Part::Open(_) | Part::Close(_) | Part::Comma | Part::Colon => {
                finding.say("this cannot be read")
            }
        });
    }

    /// The next part that is not a comma or colon; an empty one at the end of the text when there is none.
    fn peek(&mut self) -> Token {
        loop {
            match self.rest.as_slice().first() {
                Some(Token { part: Part::Comma | Part::Colon, .. }) => self.rest.next(),
                Some(token) => return *token,
                None => return Token { part: Part::Comma, span: self.end },
            };
        }
    }

    fn take(&mut self) -> Token {
        let token = self.peek();
        self.rest.next();
        token
    }

    fn leaf(&mut self, kind: NodeKind) -> Node {
        Node { span: self.take().span, kind }
    }

    /// A text's line breaks are the same whatever system the file was written on.
    fn text(&mut self, text: &str) -> Spanned<String> {
        let token = self.take();
        let broken = token.lexeme(self.text).contains("\r\n");
        Spanned::new(if broken { text.replace("\r\n", "\n") } else { text.to_owned() }, token.span)
    }
}

/// Tells of names that are given twice in one record.
pub(super) fn tell_duplicates(entries: &[(Spanned<String>, Node)], problems: &mut Sink) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for (key, _) in entries {
        match seen.get(key.it.as_str()) {
            Some(_) if problems.len() >= MOST_FINDINGS => return,
            Some(first) => problems.push(duplicate(key, *first)),
            None => {
                seen.insert(&key.it, key.span);
            }
        }
    }
}

fn duplicate(key: &Spanned<String>, first: Span) -> Diagnostic {
    codes::DUPLICATE_KEY
        .at(key.span)
        .say(format!("`{}` is given twice", clip(&key.it)))
        .label("given again here")
        .also(first, "first given here")
        .help("keep the correct one, and remove the other".to_owned())
}

struct Value<'g, 't>(&'g mut Growth<'t>);

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        match self.0.peek() {
            // A number is never converted: the crate steps over it, its digits are taken from the text.
            token @ Token { part: Part::Number, .. } => {
                IgnoredAny::deserialize(from)?;
                let lexeme = token.lexeme(self.0.text);
                let digits = exponent::written_out(lexeme).unwrap_or_else(|| lexeme.to_owned());
                Ok(self.0.leaf(NodeKind::Number(digits)))
            }
            // So it is with `yes` and `no`, which are words of the language and not of the crate.
            token @ Token { part: Part::Word, .. } if matches!(token.lexeme(self.0.text), "yes" | "no") => {
                IgnoredAny::deserialize(from)?;
                let is_yes = token.lexeme(self.0.text) == "yes";
                Ok(self.0.leaf(NodeKind::Bool(is_yes)))
            }
            _ => from.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = Node;

    fn expecting(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        words.write_str("a fact")
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Node, E> {
        Ok(self.0.leaf(NodeKind::Bool(yes)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        let Spanned { it, span } = self.0.text(text);
        Ok(Node { span, kind: NodeKind::Text(it) })
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(self.0.leaf(NodeKind::None))
    }

    /// `null` in JSON, and in RON the record without fields, `()`.
    fn visit_unit<E>(self) -> Result<Node, E> {
        let first = self.0.take();
        match first.part {
            Part::Open(_) => Ok(Node { span: first.span.to(self.0.take().span), kind: NodeKind::Map(Vec::new()) }),
            _ => Ok(Node { span: first.span, kind: NodeKind::None }),
        }
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        let (_some, _open) = (self.0.take(), self.0.take());
        let node = self.0.value(from)?;
        self.0.take();
        Ok(node)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Node, A::Error> {
        let open = self.0.take();
        let mut nodes = Vec::new();
        while let Some(node) = from.next_element_seed(Value(self.0))? {
            nodes.push(node);
        }
        let kind = match open.part {
            // `( )`: what stands in round brackets has names, so this one is without any (mistakes.rs).
            Part::Open(Bracket::Round) => NodeKind::Map(Vec::new()),
            _ => NodeKind::List(nodes),
        };
        Ok(Node { span: open.span.to(self.0.take().span), kind })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Node, A::Error> {
        let open = self.0.take();
        let mut entries = Vec::new();
        while let Some(key) = from.next_key_seed(Key(self.0))? {
            entries.push((key, from.next_value_seed(Value(self.0))?));
        }
        tell_duplicates(&entries, self.0.problems);
        Ok(Node { span: open.span.to(self.0.take().span), kind: NodeKind::Map(entries) })
    }
}

struct Key<'g, 't>(&'g mut Growth<'t>);

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = Spanned<String>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Spanned<String>, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_, '_> {
    type Value = Spanned<String>;

    fn expecting(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        words.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Spanned<String>, E> {
        Ok(self.0.text(name))
    }
}
