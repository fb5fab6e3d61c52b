//! What a scenario gives: the facts of its files, with what its own lines add, change or take away.
//! The lines end as entries like those of a file, with their places in the policy, and are read like them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    diagnostics::{Diagnostic, Sink, codes, nearest},
    model::schema::{AGREEMENT, RecordId, Schema, Type},
    source::{Span, Spanned},
    syntax::tree::{Given, GivenKind, GivenValue, GivenValueKind, Name},
};

use super::{
    csv::spread,
    node::{Node, NodeKind},
    notation::MOST_FINDINGS,
    reading::LONGEST_NAME,
    value::part,
    wording::{clip, listed, nfc},
};

/// Changes the trees of fact files as the lines of a scenario say, one line after the other.
pub fn apply_given(
    given: &[Given],
    roots: Vec<(Node, String)>,
    schema: &Schema,
    problems: &mut Sink,
) -> Vec<(Node, String)> {
    let Some(first) = given.first() else { return roots };
    let roots = spread(roots, &[schema], problems);
    let (rows, gone) = (HashMap::new(), BTreeSet::new());
    let mut edit = Edit { roots, added: Vec::new(), schema, problems, rows, gone, facts: BTreeMap::new() };
    edit.find_rows();
    for one in given {
        edit.line(one);
    }
    edit.end(first.span)
}

type Entry = (Spanned<String>, Node);

/// Where a row stands: in a file (its number, its entry, its place in the list), or among what was added.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    File(usize, usize, usize),
    Added(usize),
}

struct Edit<'a> {
    roots: Vec<(Node, String)>,
    added: Vec<Entry>,
    schema: &'a Schema,
    problems: &'a mut Sink,
    /// The rows of each id, by record.
    rows: HashMap<RecordId, HashMap<String, Vec<At>>>,
    gone: BTreeSet<At>,
    /// The agreement's own facts, those that are unknown without a value.
    facts: BTreeMap<String, (Name, Option<Node>)>,
}

impl Edit<'_> {
    fn find_rows(&mut self) {
        for (file, (root, _)) in self.roots.iter().enumerate() {
            let NodeKind::Map(entries) = &root.kind else { continue };
            for (at, (key, node)) in entries.iter().enumerate() {
                let (Some(record), NodeKind::List(items)) = (self.schema.find_record(&nfc(&key.it)), &node.kind) else {
                    continue;
                };
                let rows = self.rows.entry(record).or_default();
                for (item, node) in items.iter().enumerate() {
                    if let Some(id) = id_of(node) {
                        rows.entry(id).or_default().push(At::File(file, at, item));
                    }
                }
            }
        }
    }

    fn line(&mut self, given: &Given) {
        match &given.kind {
            GivenKind::Record { record, id, fields } => self.record(given.span, record, id, fields),
            GivenKind::Without { record, id } => self.without(record, id.as_ref()),
            GivenKind::Complete { record, from, through } => {
                let day = |name: &str, day: &Spanned<String>| text_entry(name, day.span, day);
                let span =
                    Node { span: given.span, kind: NodeKind::Map(vec![day("from", from), day("through", through)]) };
                let table = NodeKind::Map(vec![(record.clone(), span)]);
                let key = Spanned::new("complete".to_owned(), given.span);
                self.added.push((key, Node { span: given.span, kind: table }));
            }
            GivenKind::Fact { name, value } => self.fact(name, value),
        }
    }

    fn record(&mut self, span: Span, record: &Name, id: &Name, fields: &[(Name, GivenValue)]) {
        let found = self.schema.find_record(&nfc(&record.it));
        let known = found.and_then(|found| self.rows.get(&found)?.get(nfc(&id.it).as_ref()).cloned());
        let places = known.unwrap_or_else(|| vec![self.add(span, record, found, id)]);
        for (name, value) in fields {
            let ty = found.and_then(|record| type_of(self.schema, record, &nfc(&name.it)));
            let node = self.node(value, ty);
            for at in &places {
                if let Some(entries) = self.entries(*at) {
                    entries.retain(|(key, _)| nfc(&key.it) != nfc(&name.it));
                }
            }
            if let (Some(node), Some(entries)) = (node, places.first().and_then(|first| self.entries(*first))) {
                entries.push((name.clone(), node));
            }
        }
    }

    /// A record that only has its id. One of an unknown name is added, too, and told when the facts are read.
    fn add(&mut self, span: Span, record: &Name, found: Option<RecordId>, id: &Name) -> At {
        let at = At::Added(self.added.len());
        let row = Node { span, kind: NodeKind::Map(vec![text_entry("id", id.span, id)]) };
        self.added.push((record.clone(), Node { span, kind: NodeKind::List(vec![row]) }));
        if let Some(found) = found {
            self.rows.entry(found).or_default().insert(nfc(&id.it).into_owned(), vec![at]);
        }
        at
    }

    fn without(&mut self, record: &Name, id: Option<&Name>) {
        let Some(found) = self.schema.find_record(&nfc(&record.it)) else {
            let names: Vec<&str> = self.schema.records.iter().skip(1).map(|record| record.name.as_str()).collect();
            let message = format!("the agreement has no record `{}`", clip(&record.it));
            return self.tell(
                codes::FACTS_UNKNOWN_RECORD.at(record.span).say(message),
                &record.it,
                &names,
                "the records are",
            );
        };
        let Some(id) = id else { return self.without_any(found) };
        let rows = self.rows.entry(found).or_default();
        match rows.remove(nfc(&id.it).as_ref()) {
            Some(places) => self.gone.extend(places),
            None => {
                let mut names: Vec<String> = rows.keys().cloned().collect();
                names.sort_unstable();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let message = format!("there is no `{}` with the id `{}`", clip(&record.it), clip(&id.it));
                self.tell(codes::UNKNOWN_REFERENCE.at(id.span).say(message), &id.it, &names, "the ids are");
            }
        }
    }

    fn without_any(&mut self, record: RecordId) {
        let schema = self.schema;
        let of_files = self.roots.iter_mut().filter_map(|(root, _)| entries_of(root)).flatten();
        for (key, node) in of_files.chain(&mut self.added) {
            if schema.find_record(&nfc(&key.it)) == Some(record) {
                node.kind = NodeKind::None;
            }
        }
        self.rows.remove(&record);
    }

    fn fact(&mut self, name: &Name, value: &GivenValue) {
        let fields = self.schema.record(AGREEMENT).map(|own| own.fields.as_slice()).unwrap_or_default();
        let wanted = nfc(&name.it);
        let Some(field) = fields.iter().find(|field| field.name == wanted) else {
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            let message = format!("the agreement has no fact `{}`", clip(&name.it));
            return self.tell(codes::FACTS_UNKNOWN_FIELD.at(name.span).say(message), &name.it, &names, "the names are");
        };
        let node = self.node(value, Some(&field.ty));
        self.facts.insert(wanted.into_owned(), (name.clone(), node));
    }

    fn tell(&mut self, finding: Diagnostic, wrong: &str, names: &[&str], are: &str) {
        let few = self.problems.len() < MOST_FINDINGS && wrong.len() <= LONGEST_NAME;
        let near = nearest(wrong, names.iter().copied().filter(|name| few && name.len() <= LONGEST_NAME));
        let help = near.or_else(|| listed(names).map(|names| format!("{are} {names}")));
        self.problems.push(finding.help(help));
    }

    fn entries(&mut self, at: At) -> Option<&mut Vec<Entry>> {
        let (list, item) = match at {
            At::File(file, entry, item) => (&mut entries_of(&mut self.roots.get_mut(file)?.0)?.get_mut(entry)?.1, item),
            At::Added(entry) => (&mut self.added.get_mut(entry)?.1, 0),
        };
        entries_of(items_of(list)?.get_mut(item)?)
    }

    /// A value as a fact file would hold it; nothing when it is unknown. Where the policy's way of writing leaves open
    /// what a value is (2013 may be a year), the field's type decides.
    fn node(&mut self, value: &GivenValue, ty: Option<&Type>) -> Option<Node> {
        let kind = match &value.kind {
            GivenValueKind::Unknown => return None,
            GivenValueKind::None => NodeKind::None,
            GivenValueKind::YesNo(answer) if matches!(ty, Some(Type::Text | Type::OneOf(_))) => {
                NodeKind::Text(if *answer { "yes" } else { "no" }.to_owned())
            }
            GivenValueKind::YesNo(answer) => NodeKind::Bool(*answer),
            GivenValueKind::Number(digits) => digits_as(ty, digits),
            GivenValueKind::Money { currency, amount } => NodeKind::Text(format!("{currency} {amount}")),
            GivenValueKind::Text(text) if is_year(text) => digits_as(ty, text),
            GivenValueKind::Text(text) => NodeKind::Text(text.clone()),
            GivenValueKind::List(items) => {
                NodeKind::List(items.iter().filter_map(|item| self.item(item, ty.map(item_type))).collect())
            }
            GivenValueKind::OverTime(values) => {
                NodeKind::List(values.iter().filter_map(|(value, day)| self.since(value, day, ty)).collect())
            }
        };
        Some(Node { span: value.span, kind })
    }

    /// A value from its day on, as a fact file would hold it.
    fn since(&mut self, value: &GivenValue, day: &Spanned<String>, ty: Option<&Type>) -> Option<Node> {
        let Some(node) = self.node(value, ty) else {
            let finding = codes::FACTS_WRONG_TYPE.at(value.span).say("`unknown` cannot have a start day");
            self.problems.push(
                finding.help("if any part of a value is unknown, write `unknown` for the whole value".to_owned()),
            );
            return None;
        };
        let from = text_entry("from", day.span, day);
        let value = (Spanned::new("value".to_owned(), value.span), node);
        Some(Node { span: value.1.span, kind: NodeKind::Map(vec![from, value]) })
    }

    fn item(&mut self, item: &GivenValue, ty: Option<&Type>) -> Option<Node> {
        let node = self.node(item, ty);
        if node.is_none() {
            let finding = codes::FACTS_WRONG_TYPE.at(item.span).say("`unknown` cannot be an item of a list");
            self.problems
                .push(finding.help("if any item of a list is unknown, write `unknown` for the whole list".to_owned()));
        }
        node
    }

    /// The files without what was taken away, and what was added as a file without a name.
    fn end(mut self, span: Span) -> Vec<(Node, String)> {
        for (file, (root, _)) in self.roots.iter_mut().enumerate() {
            let Some(entries) = entries_of(root) else { continue };
            for (at, (_, node)) in entries.iter_mut().enumerate().filter(|_| !self.gone.is_empty()) {
                keep(node, |item| !self.gone.contains(&At::File(file, at, item)));
            }
            entries.retain(|(key, _)| !self.facts.contains_key(nfc(&key.it).as_ref()));
        }
        for (at, (_, node)) in self.added.iter_mut().enumerate() {
            keep(node, |_| !self.gone.contains(&At::Added(at)));
        }
        self.added.extend(self.facts.into_values().filter_map(|(name, node)| Some((name, node?))));
        self.roots.push((Node { span, kind: NodeKind::Map(self.added) }, String::new()));
        self.roots
    }
}

/// Keeps those items of a list whose place in it is wanted.
fn keep(node: &mut Node, wanted: impl Fn(usize) -> bool) {
    let Some(items) = items_of(node) else { return };
    let mut places = 0..items.len();
    items.retain(|_| places.next().is_some_and(&wanted));
}

fn entries_of(node: &mut Node) -> Option<&mut Vec<Entry>> {
    match &mut node.kind {
        NodeKind::Map(entries) => Some(entries),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => None,
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Sheet(_) => None,
    }
}

fn items_of(node: &mut Node) -> Option<&mut Vec<Node>> {
    match &mut node.kind {
        NodeKind::List(items) => Some(items),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => None,
        NodeKind::Plain(..) | NodeKind::Map(_) | NodeKind::Sheet(_) => None,
    }
}

fn id_of(node: &Node) -> Option<String> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    match &part(entries, "id")?.kind {
        NodeKind::Text(text) | NodeKind::Plain(text, _) => Some(nfc(text).into_owned()),
        NodeKind::Number(digits) => Some(digits.clone()),
        NodeKind::None | NodeKind::Bool(_) => None,
        NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => None,
    }
}

fn text_entry(name: &str, span: Span, text: &Spanned<String>) -> Entry {
    (Spanned::new(name.to_owned(), span), Node { span: text.span, kind: NodeKind::Text(text.it.clone()) })
}

fn type_of<'s>(schema: &'s Schema, record: RecordId, field: &str) -> Option<&'s Type> {
    let record = schema.record(record)?;
    record.fields.iter().find(|one| one.name == field).map(|field| &field.ty)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn item_type(ty: &Type) -> &Type {
    ty.item().unwrap_or(ty)
}

/// Digits are a number, or a text where a text is wanted, such as a year or an id.
fn digits_as(ty: Option<&Type>, digits: &str) -> NodeKind {
    match ty {
        Some(Type::Text | Type::Date | Type::Time | Type::OneOf(_) | Type::Ref(_)) => NodeKind::Text(digits.to_owned()),
        None | Some(Type::YesNo | Type::Number | Type::Money | Type::SetOf(_)) => NodeKind::Number(digits.to_owned()),
    }
}
