//! The head of a snapshot: the part of YAML that is written there, also as `cargo insta review` writes it anew.

use std::collections::BTreeMap;

use super::{Line, edited};
use crate::diagnostics::Sink;
use crate::report::digest::Digest;
use crate::report::snapshot::{Accepted, FORM, JudgedWith, Snapshot};
use crate::source::{FileId, Span, Spanned};
use crate::value::Day;

/// The fields of a head by their names; those of `info` as `info.NAME`.
pub(super) struct Fields {
    all: BTreeMap<String, Spanned<String>>,
    /// By the fields of each.
    accepted: Vec<BTreeMap<String, String>>,
    place: Span,
}

impl Fields {
    pub(super) fn read(lines: &[Line], problems: &mut Sink) -> Option<Fields> {
        let place = lines.first().map_or(Span::new(FileId(0), 0, 0), Line::span);
        let mut fields = Fields { all: BTreeMap::new(), accepted: Vec::new(), place };
        for line in lines {
            if fields.take(line).is_none() {
                problems.push(edited(line.span()).say("not a line of a snapshot's header"));
                return None;
            }
        }
        Some(fields)
    }

    /// Takes a line in: `name: value`, deeper for `info`, with `- ` before the first of each act of acceptance.
    fn take(&mut self, line: &Line) -> Option<()> {
        let inner = line.text.trim_start();
        let (first_of_several, inner) = match inner.strip_prefix("- ") {
            Some(inner) => (Starts::AnAcceptance, inner.trim_start()),
            None => (Starts::Nothing, inner),
        };
        let (name, value) = inner.split_once(':')?;
        let value = scalar(value.trim())?;
        let deep = line.text.starts_with(' ');
        match (first_of_several, name) {
            (Starts::AnAcceptance, _) => self.accepted.push([(name.to_string(), value)].into()),
            (Starts::Nothing, "by" | "why" | "what") if deep => {
                self.accepted.last_mut()?.insert(name.to_string(), value);
            }
            (Starts::Nothing, _) => {
                let path = if deep { format!("info.{name}") } else { name.to_string() };
                let before = self.all.insert(path, Spanned::new(value, line.span()));
                return before.is_none().then_some(());
            }
        }
        Some(())
    }

    /// The form, when it is not the one that is known.
    pub(super) fn other_form(&self) -> Option<&Spanned<String>> {
        self.all.get("info.overens").filter(|form| form.it != FORM)
    }

    /// The snapshot without its verdicts, and the checksum of these.
    pub(super) fn whole(self, problems: &mut Sink) -> Option<(Snapshot, Spanned<Digest>)> {
        let accepted: Option<Vec<Accepted>> = self.accepted.iter().map(acceptance).collect();
        let snapshot = Snapshot {
            policy: self.field("source", problems, |words| Some(words.to_string()))?.it,
            facts: self.field("input_file", problems, |words| Some(words.to_string()))?.it,
            as_of: self.field("info.as_of", problems, |words| Day::parse_iso(words).ok())?.it,
            judged_with: self.field("description", problems, judged_with)?.it,
            amendments: self.all.get("info.amendments").map_or_else(String::new, |field| field.it.clone()),
            accepted: accepted.or_else(|| {
                problems.push(edited(self.place).say("an acceptance in the header lacks `by`, `why` or `what`"));
                None
            })?,
            entries: Vec::new(),
        };
        self.field("info.overens", problems, |_| Some(()))?;
        let checksum = self.field("info.contents", problems, Digest::parse)?;
        Some((snapshot, checksum))
    }

    fn field<T>(&self, name: &str, problems: &mut Sink, read: impl Fn(&str) -> Option<T>) -> Option<Spanned<T>> {
        let shown = name.strip_prefix("info.").unwrap_or(name);
        let Some(field) = self.all.get(name) else {
            problems.push(edited(self.place).say(format!("the header of the snapshot lacks `{shown}`")));
            return None;
        };
        let value = read(&field.it);
        if value.is_none() {
            problems.push(edited(field.span).say(format!("`{shown}` in the header of the snapshot is not valid")));
        }
        value.map(|value| Spanned::new(value, field.span))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Starts {
    AnAcceptance,
    Nothing,
}

fn acceptance(fields: &BTreeMap<String, String>) -> Option<Accepted> {
    let field = |name: &str| fields.get(name).cloned();
    Some(Accepted { by: field("by")?, why: field("why")?, what: field("what")? })
}

/// `policy 7f3c…, facts 90ab…, calendar Sweden 02a1…`
fn judged_with(words: &str) -> Option<JudgedWith> {
    let mut parts = words.splitn(3, ", ");
    let policy = Digest::parse(parts.next()?.strip_prefix("policy ")?)?;
    let facts = Digest::parse(parts.next()?.strip_prefix("facts ")?)?;
    let (name, holidays) = parts.next()?.strip_prefix("calendar ")?.rsplit_once(' ')?;
    Some(JudgedWith { policy, facts, calendar: (name.to_string(), Digest::parse(holidays)?) })
}

/// A value as it is written: plain, or in quotes with YAML's escapes.
fn scalar(value: &str) -> Option<String> {
    let Some(inner) = value.strip_prefix('"') else { return Some(value.to_string()) };
    let inner = inner.strip_suffix('"')?;
    let mut text = String::new();
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => return None,
            '\\' => text.push(escaped(&mut signs)?),
            sign => text.push(sign),
        }
    }
    Some(text)
}

fn escaped(signs: &mut std::str::Chars) -> Option<char> {
    match signs.next()? {
        sign @ ('"' | '\\' | '/') => Some(sign),
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'u' => coded(signs, 4),
        'U' => coded(signs, 8),
        _ => None,
    }
}

fn coded(signs: &mut std::str::Chars, digits: usize) -> Option<char> {
    let code: String = signs.take(digits).collect();
    if code.len() != digits {
        return None;
    }
    u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)
}
