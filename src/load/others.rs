//! Agreements that a fact file serves beside the one that is judged. What only they know is left to them.
//! A file's facts are held against the agreements that this file names, never against those of another file.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics::{Diagnostic, codes, nearest},
    model::schema::{AGREEMENT, Record, Schema, Type},
    source::{FileId, Span, Spanned},
};

use super::{
    head,
    node::{Node, NodeKind},
    reading::LONGEST_NAME,
    value::part,
    wording::clip,
};

/// What another agreement knows.
#[derive(Clone, Debug, Default)]
pub struct Other {
    pub schema: Schema,
    pub clauses: Vec<String>,
    /// Why it may know more than stands here; nothing when all of it was read.
    pub doubt: Option<Doubt>,
}

/// Why what an agreement knows cannot be told, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub why: String,
    pub way_out: String,
}

/// The other agreements of some fact files.
#[derive(Clone, Debug, Default)]
pub struct Others {
    all: BTreeMap<String, Other>,
    /// The other agreements that each file names.
    by_file: BTreeMap<FileId, Vec<String>>,
}

/// The agreements that files name beside `own`, each looked up once.
pub fn others(roots: &[(Node, String)], own: Option<&str>, mut look_up: impl FnMut(&str) -> Other) -> Others {
    let mut others = Others::default();
    for (root, _) in roots {
        let names = agreements(root).it.into_iter().filter(|name| Some(name.as_str()) != own);
        for name in names {
            if !others.all.contains_key(&name) {
                others.all.insert(name.clone(), look_up(&name));
            }
            others.by_file.entry(root.span.file).or_default().push(name);
        }
    }
    others
}

/// The agreements that a fact file names, with the place where it does; without any, the place where it begins.
pub fn agreements(root: &Node) -> Spanned<Vec<String>> {
    let named = match &root.kind {
        NodeKind::Map(entries) => part(entries, "agreement"),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => None,
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Sheet(_) => None,
    };
    match named {
        Some(node) => Spanned::new(head::agreements(node), node.span),
        None => Spanned::new(Vec::new(), Span { end: root.span.start, ..root.span }),
    }
}

/// A sort of names that a fact file takes from an agreement.
#[derive(Clone, Copy)]
pub(super) enum Sort<'s> {
    /// Records and the agreement's own facts.
    Lists,
    Records,
    FieldsOf(&'s Record),
    OptionsOf(&'s Record, &'s str),
    Clauses,
}

/// Who knows what this agreement does not.
pub(super) enum Elsewhere<'o> {
    Nowhere,
    Known,
    /// Nobody for certain; of these agreements it cannot be told.
    InDoubt(Vec<(&'o str, &'o Doubt)>),
}

impl Others {
    /// The same, with one more agreement of which all these files may speak.
    pub fn and(&self, roots: &[(Node, String)], name: &str, other: Other) -> Others {
        let mut others = self.clone();
        others.all.insert(name.to_owned(), other);
        let files: BTreeSet<FileId> = roots.iter().map(|(root, _)| root.span.file).collect();
        for file in files {
            others.by_file.entry(file).or_default().push(name.to_owned());
        }
        others
    }

    /// Those of two readings of files.
    pub fn joined(&self, other: &Others) -> Others {
        let mut joined = self.clone();
        joined.all.extend(other.all.clone());
        joined.by_file.extend(other.by_file.clone());
        joined
    }

    /// The other agreements that a file names.
    pub(super) fn of(&self, file: FileId) -> impl Iterator<Item = (&str, &Other)> {
        let names = self.by_file.get(&file).into_iter().flatten();
        names.filter_map(|name| self.all.get(name).map(|other| (name.as_str(), other)))
    }

    pub(super) fn look(&self, file: FileId, sort: Sort, name: &str) -> Elsewhere<'_> {
        among(self.of(file), sort, name)
    }

    /// What the other agreements of a file have of a sort, for the nearest right name.
    pub(super) fn names(&self, file: FileId, sort: Sort) -> Vec<&str> {
        let all: BTreeSet<&str> = self.of(file).flat_map(|(_, other)| other.names(sort)).collect();
        all.into_iter().collect()
    }
}

/// Who of these agreements knows a name.
pub(super) fn among<'o>(all: impl IntoIterator<Item = (&'o str, &'o Other)>, sort: Sort, name: &str) -> Elsewhere<'o> {
    let mut doubts = Vec::new();
    for (agreement, other) in all {
        if other.knows(sort, name) {
            return Elsewhere::Known;
        }
        doubts.extend(other.doubt.as_ref().map(|doubt| (agreement, doubt)));
    }
    if doubts.is_empty() { Elsewhere::Nowhere } else { Elsewhere::InDoubt(doubts) }
}

impl Other {
    fn knows(&self, sort: Sort, name: &str) -> bool {
        self.names(sort).contains(&name) || self.takes_any(sort)
    }

    /// Whether any word will do: what is one of a few words here, is a text there.
    fn takes_any(&self, sort: Sort) -> bool {
        match sort {
            Sort::OptionsOf(record, field) => matches!(self.type_of(record, field), Some(Type::Text)),
            Sort::Lists | Sort::Records | Sort::FieldsOf(_) | Sort::Clauses => false,
        }
    }

    pub(super) fn names(&self, sort: Sort) -> Vec<&str> {
        match sort {
            Sort::Lists => self.records().chain(self.schema.record(AGREEMENT).into_iter().flat_map(fields)).collect(),
            Sort::Records => self.records().collect(),
            Sort::FieldsOf(record) => self.same(record).into_iter().flat_map(fields).collect(),
            Sort::OptionsOf(record, field) => match self.type_of(record, field) {
                Some(ty) => ty.options().iter().map(String::as_str).collect(),
                None => Vec::new(),
            },
            Sort::Clauses => self.clauses.iter().map(String::as_str).collect(),
        }
    }

    fn records(&self) -> impl Iterator<Item = &str> {
        let records = self.schema.records.iter().skip(1);
        records.flat_map(|record| std::iter::once(&record.name).chain(&record.plural)).map(String::as_str)
    }

    /// Its own record of the same name.
    fn same(&self, record: &Record) -> Option<&Record> {
        if record.name.is_empty() {
            return self.schema.record(AGREEMENT);
        }
        let mut names = std::iter::once(&record.name).chain(&record.plural);
        self.schema.record(names.find_map(|name| self.schema.find_record(name))?)
    }

    /// What a field holds; of a set, what each of its items is.
    fn type_of(&self, record: &Record, field: &str) -> Option<&Type> {
        let record = self.same(record)?;
        let ty = &record.fields.iter().find(|one| one.name == field)?.ty;
        Some(ty.item().unwrap_or(ty))
    }
}

fn fields(record: &Record) -> impl Iterator<Item = &str> {
    record.fields.iter().map(|field| field.name.as_str())
}

/// What is left out since nobody can say whether it is another agreement's.
pub(super) fn left_out((what, wrong): (&str, &str), at: Span, doubts: &[(&str, &Doubt)], names: &[&str]) -> Diagnostic {
    let agreements: Vec<String> = doubts.iter().map(|(name, _)| format!("`{}`", clip(name))).collect();
    let why: Vec<&str> = doubts.iter().map(|(_, doubt)| doubt.why.as_str()).collect();
    let message = format!(
        "{what} is ignored: this agreement does not define `{}`, and it is unclear whether {} does: {}",
        clip(wrong),
        agreements.join(" or "),
        why.join("; ")
    );
    let way_out = doubts.first().map_or("", |(_, doubt)| doubt.way_out.as_str());
    let near = nearest(wrong, names.iter().copied().filter(|_| wrong.len() <= LONGEST_NAME));
    let help = near.map_or_else(|| way_out.to_owned(), |near| format!("{near} If not, {way_out}"));
    codes::FACTS_LEFT_OUT.at(at).say(message).help(help)
}
