//! Facts that fit a policy: from texts, or as a program holds them.

use std::error::Error;
use std::fmt::{self, Write};
use std::path::PathBuf;

use super::findings::Findings;
use super::library::Library;
use super::policy::Checked;
use super::refusal::Refusal;
use super::room;
use super::shelf::Shelf;
use crate::diagnostics::Sink;
use crate::facts;
use crate::load::{self, Others, Whose};
use crate::report::Digest;
use crate::source::{FileId, Sources};
use crate::value::Day;

/// Facts that fit a policy.
pub struct Facts {
    pub(super) facts: facts::Facts,
    /// The texts of the policy, and their own.
    pub(super) sources: Sources,
    pub(super) files: Vec<FileId>,
    pub(super) named: Vec<String>,
    pub(super) digest: Digest,
    /// The policy that they were read for.
    pub(super) policy: Digest,
    warnings: Findings,
}

/// Why facts cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// They could not be read.
    Refused(Refusal),
    /// Something is wrong in them.
    Wrong(Findings),
}

impl Facts {
    pub(super) fn read(policy: &Checked, library: &dyn Library, files: &[PathBuf]) -> Result<Facts, Unfit> {
        let (mut sources, mut problems) = (policy.sources.clone(), Sink::default());
        let mut shelf = Shelf::of(library);
        shelf.beside(&policy.path);
        let roots = shelf.gather(files, &mut sources, &mut problems)?;
        let others = Others::default();
        let whose = Whose { schema: &policy.plan.schema, agreement: Some(&policy.name), others: &others };
        let facts = load::bind(&roots, &whose, &mut problems);
        room::small_enough(&policy.limits, &facts, &roots)?;
        if !problems.has_errors() {
            room::short_cells(&policy.limits, &facts, &roots, &sources)?;
        }
        load::check_recorded(&policy.plan, &facts, &others, &mut problems);
        if let Some(as_of) = facts.as_of {
            load::check_far_days(&policy.plan.schema, &facts, as_of, &mut problems);
        }
        let warnings = Findings::of(&problems, &sources);
        if problems.has_errors() {
            return Err(Unfit::Wrong(warnings));
        }
        let texts = roots.iter().filter_map(|(node, _)| sources.get(node.span.file)).map(|source| &source.text);
        let (digest, files_read) = (Digest::of_texts(texts), roots.iter().map(|(node, _)| node.span.file).collect());
        let named = files.iter().map(|path| path.display().to_string()).collect();
        Ok(Facts { facts, digest, files: files_read, named, policy: policy.digest, sources, warnings })
    }

    /// The day as of which they speak, if they say one.
    pub fn as_of(&self) -> Option<Day> {
        self.facts.as_of
    }

    /// What is worth a look in them.
    pub fn warnings(&self) -> &Findings {
        &self.warnings
    }
}

impl From<Refusal> for Unfit {
    fn from(refusal: Refusal) -> Unfit {
        Unfit::Refused(refusal)
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Refused(refusal) => refusal.fmt(f),
            Unfit::Wrong(findings) => findings.fmt(f),
        }
    }
}

impl Error for Unfit {}

/// Facts as a program holds them. They are written down as JSON and read like every other text, so that each has a place, and a
/// mistake in them is told as one in a file is.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// What stands at the top: facts of the agreement itself, and the as-of day.
    own: Vec<(String, Datum)>,
    complete: Vec<(String, Datum)>,
    /// In the order in which they were first named.
    records: Vec<(String, Vec<Datum>)>,
}

/// A value that is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// There is none.
    None,
    /// Yes or no.
    YesNo(bool),
    /// A number in decimal digits: `1350.50`.
    Number(String),
    /// A text, an id, a word of a `one of`, a date or a time.
    Text(String),
    /// Several values.
    List(Vec<Datum>),
    /// Parts by name.
    Parts(Vec<(String, Datum)>),
}

impl Given {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Given {
        Given::default()
    }

    /// The day as of which they speak.
    #[must_use]
    pub fn as_of(self, day: Day) -> Given {
        self.fact("as_of", day)
    }

    /// A fact of the agreement itself.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl Into<Datum>) -> Given {
        self.own.push((name.to_string(), value.into()));
        self
    }

    /// All records of a kind are given that happened on these days, the first and the last among them.
    #[must_use]
    pub fn complete(mut self, record: &str, from: Day, through: Day) -> Given {
        let span = Datum::Parts(vec![("from".to_string(), from.into()), ("through".to_string(), through.into())]);
        self.complete.push((record.to_string(), span));
        self
    }

    /// A record with its id.
    #[must_use]
    pub fn record<'f>(self, record: &str, id: &str, fields: impl IntoIterator<Item = (&'f str, Datum)>) -> Given {
        self.entry(record, std::iter::once(("id", Datum::from(id))).chain(fields))
    }

    /// Something without an id: a judgement, an attestation or a waiver.
    #[must_use]
    pub fn entry<'f>(mut self, list: &str, parts: impl IntoIterator<Item = (&'f str, Datum)>) -> Given {
        let entry = Datum::Parts(parts.into_iter().map(|(name, value)| (name.to_string(), value)).collect());
        match self.records.iter_mut().find(|(name, _)| name == list) {
            Some((_, all)) => all.push(entry),
            None => self.records.push((list.to_string(), vec![entry])),
        }
        self
    }

    /// As JSON, a record a line.
    pub(super) fn written(&self, agreement: &str) -> String {
        let mut parts = vec![format!("  {}: {}", Quoted("agreement"), Quoted(agreement))];
        parts.extend(self.own.iter().map(|(name, value)| format!("  {}: {value}", Quoted(name))));
        if !self.complete.is_empty() {
            parts.push(format!("  {}: {}", Quoted("complete"), Datum::Parts(self.complete.clone())));
        }
        parts.extend(self.records.iter().map(|(name, all)| {
            let all: Vec<String> = all.iter().map(|one| format!("    {one}")).collect();
            format!("  {}: [\n{}\n  ]", Quoted(name), all.join(",\n"))
        }));
        format!("{{\n{}\n}}\n", parts.join(",\n"))
    }
}

/// As JSON.
impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Datum::None => f.write_str("null"),
            Datum::YesNo(answer) => write!(f, "{answer}"),
            Datum::Number(digits) if is_number(digits) => f.write_str(digits),
            Datum::Number(text) | Datum::Text(text) => Quoted(text).fmt(f),
            Datum::List(all) => {
                f.write_char('[')?;
                for (at, one) in all.iter().enumerate() {
                    write!(f, "{}{one}", if at == 0 { "" } else { ", " })?;
                }
                f.write_char(']')
            }
            Datum::Parts(all) => {
                f.write_char('{')?;
                for (at, (name, one)) in all.iter().enumerate() {
                    write!(f, "{}{}: {one}", if at == 0 { "" } else { ", " }, Quoted(name))?;
                }
                f.write_char('}')
            }
        }
    }
}

/// Whether JSON takes it for a number.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, behind) = text.split_once('.').unwrap_or((text, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    digits(whole) && digits(behind) && (whole == "0" || !whole.starts_with('0'))
}

/// A text in the quotes of JSON.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for sign in self.0.chars() {
            match sign {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                sign if sign.is_control() => write!(f, "\\u{:04x}", u32::from(sign))?,
                sign => f.write_char(sign)?,
            }
        }
        f.write_char('"')
    }
}

impl From<bool> for Datum {
    fn from(answer: bool) -> Datum {
        Datum::YesNo(answer)
    }
}

impl From<i64> for Datum {
    fn from(number: i64) -> Datum {
        Datum::Number(number.to_string())
    }
}

impl From<&str> for Datum {
    fn from(text: &str) -> Datum {
        Datum::Text(text.to_string())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Datum {
        Datum::Text(text)
    }
}

impl From<Day> for Datum {
    fn from(day: Day) -> Datum {
        Datum::Text(day.to_string())
    }
}

impl<T: Into<Datum>> From<Option<T>> for Datum {
    fn from(value: Option<T>) -> Datum {
        value.map_or(Datum::None, Into::into)
    }
}

impl<T: Into<Datum>> From<Vec<T>> for Datum {
    fn from(all: Vec<T>) -> Datum {
        Datum::List(all.into_iter().map(Into::into).collect())
    }
}
