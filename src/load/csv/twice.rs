//! One table that several entries name. Entries that read other columns or other rows of it each give records; those that read it
//! alike count once; and those that read the same cells in two ways are a mistake, since their order must not decide.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    diagnostics::{Diagnostic, Sink, codes},
    facts::sheet::{DateOrder, Decimal, Dialect, Sheet},
    model::schema::{Record, RecordId, Schema},
    source::{Span, letters},
};

use super::{
    super::{
        node::{Node, NodeKind},
        wording::{clip, nfc},
    },
    roles::{Role, roles},
    rows::{Passed, next_row},
    said::is_of_rows_apart,
};

/// A sheet with the record that its rows are, and by its number the file that holds it.
struct Entry<'r> {
    root: usize,
    name: &'r str,
    id: RecordId,
    record: &'r Record,
    sheet: &'r Sheet,
    roles: Vec<Role>,
    /// Two of its columns give the same field, which is told where it is read.
    is_wrong: bool,
}

/// The files without the tables that another of them reads in the same way. Tables of which the same cells are read in two ways are
/// told, and read once.
pub fn once<'r>(roots: &'r [(Node, String)], schema: &'r Schema, problems: &mut Sink) -> Cow<'r, [(Node, String)]> {
    let mut by_table: BTreeMap<&str, Vec<(usize, RecordId, &Sheet)>> = BTreeMap::new();
    for (at, (root, _)) in roots.iter().enumerate() {
        for (record, sheet) in sheets_of(root, schema) {
            if let Some(table) = &sheet.table {
                by_table.entry(table).or_default().push((at, record, sheet));
            }
        }
    }
    let mut left_out = BTreeSet::new();
    for all in by_table.into_values().filter(|all| all.len() > 1) {
        let entry = |(root, id, sheet): (usize, RecordId, &'r Sheet)| {
            let (record, name) = (schema.record(id)?, roots.get(root).map_or("", |(_, name)| name.as_str()));
            let (roles, found) = roles(sheet, record);
            Some(Entry { root, name, id, record, sheet, roles, is_wrong: !found.is_empty() })
        };
        let all: Vec<Entry> = all.into_iter().filter_map(entry).collect();
        for (at, second) in all.iter().enumerate() {
            let before = all.iter().take(at).filter(|first| !left_out.contains(&first.root));
            for first in before {
                match compared(first, second) {
                    Compared::Apart => continue,
                    Compared::Alike => {}
                    Compared::Differ(column) => problems.push(told(first, second, column)),
                }
                if first.id == second.id {
                    left_out.insert(second.root);
                    break;
                }
            }
        }
    }
    if left_out.is_empty() {
        return Cow::Borrowed(roots);
    }
    let kept = roots.iter().enumerate().filter(|(at, _)| !left_out.contains(at));
    Cow::Owned(kept.map(|(_, root)| root.clone()).collect())
}

fn sheets_of<'r>(root: &'r Node, schema: &Schema) -> Vec<(RecordId, &'r Sheet)> {
    let NodeKind::Map(entries) = &root.kind else { return Vec::new() };
    let sheet = entries.iter().filter_map(|(key, node)| match &node.kind {
        NodeKind::Sheet(sheet) => Some((schema.find_record(&nfc(&key.it))?, &**sheet)),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => None,
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Map(_) => None,
    });
    sheet.collect()
}

/// What two entries for one table read of it.
enum Compared {
    /// Other columns, other rows, or the same cells for two records.
    Apart,
    Alike,
    /// The same cells, of which the first stands in this column, but not in the same way.
    Differ(usize),
}

fn compared(first: &Entry, second: &Entry) -> Compared {
    let (one, other) = (first.sheet, second.sheet);
    let same_record = first.id == second.id;
    // What is wrong by itself is like no other.
    if first.is_wrong || second.is_wrong {
        return Compared::Apart;
    }
    if !same_record && !contradicts(&one.dialect, &other.dialect) {
        return Compared::Apart;
    }
    if same_record && are_alike(first, second) {
        return Compared::Alike;
    }
    let gives = |role: &Role| matches!(role, Role::Field(_) | Role::OverTime(_) | Role::Id);
    let both = || first.roles.iter().zip(&second.roles).map(|(one, other)| gives(one) && gives(other));
    // Rather the column of a value than that of the ids.
    let value = || both().zip(&first.roles).position(|(both, role)| both && *role != Role::Id);
    let shared = match one.delimiter == other.delimiter {
        true => value().or_else(|| both().position(|both| both)),
        false => Some(0),
    };
    shared.filter(|_| share_rows(one, other)).map_or(Compared::Apart, Compared::Differ)
}

/// Whether a number or day of one is another one of the other.
fn contradicts(one: &Dialect, other: &Dialect) -> bool {
    let decimals = one.decimal != other.decimal && ![one.decimal, other.decimal].contains(&Decimal::Untold);
    let dates = one.dates != other.dates && ![one.dates, other.dates].contains(&DateOrder::Untold);
    decimals || dates
}

/// Whether two entries read the same cells as the same values.
fn are_alike(first: &Entry, second: &Entry) -> bool {
    let (one, other) = (first.sheet, second.sheet);
    let said = |sheet: &Sheet| {
        let Dialect { decimal, dates, times, items, .. } = *sheet.dialect;
        (sheet.delimiter, sheet.from, sheet.end(), sheet.empty, (decimal, dates, times, items))
    };
    said(one) == said(other)
        && one.skipped == other.skipped
        && one.empties == other.empties
        && one.dialect.words == other.dialect.words
        && first.roles == second.roles
}

/// Whether a row stands among those of both.
fn share_rows(one: &Sheet, other: &Sheet) -> bool {
    let (mut at, end) = (one.body().max(other.body()), one.end().min(other.end()));
    let Some(text) = (at < end).then(|| one.text.as_bytes()).and_then(|text| text.get(..end)) else { return false };
    while let Some(row) = next_row(text, at, one.delimiter, &mut Passed::default()) {
        if !one.is_skipped(row.start) && !other.is_skipped(row.start) {
            return true;
        }
        at = row.end.saturating_add(1);
    }
    false
}

fn told(first: &Entry, second: &Entry, column: usize) -> Diagnostic {
    let (name, column) = (clip(first.name), letters(column));
    let records = match first.id == second.id {
        true => format!("as `{}`", first.record.name),
        false => format!("as `{}` and as `{}`", first.record.name, second.record.name),
    };
    let message = format!(
        "`{name}` is read twice, {records}, and the entries differ: both read column `{column}` of the same rows"
    );
    let place = |entry: &Entry| match entry.sheet.entry {
        Some(place) => (place, "another entry for it"),
        None => (Span::new(entry.sheet.file, 0, 0), "given without an entry"),
    };
    let ((at, own), (also, other)) = (place(second), place(first));
    let own = if own == "another entry for it" { "an entry for it" } else { own };
    let help = "keep one of them, make them equal, or let each read other columns (`columns`, `ignore`) or other rows (`rows`)";
    codes::TABLE_READ_TWICE.at(at).say(message).label(own).also(also, other).help(help.to_owned())
}

/// The findings without those of rows that an entry leaves out and another entry for the same table reads.
pub fn without_rows_of_others<'r>(found: Sink, roots: impl Iterator<Item = &'r Node>) -> Sink {
    let sheets: Vec<&Sheet> = roots.flat_map(sheets_in).filter(|sheet| sheet.table.is_some()).collect();
    let mut tables: Vec<&str> = sheets.iter().filter_map(|sheet| sheet.table.as_deref()).collect();
    let all = tables.len();
    tables.sort_unstable();
    tables.dedup();
    if tables.len() == all {
        return found;
    }
    let is_read = |finding: &Diagnostic| {
        let place = finding.place.span;
        let own = sheets.iter().find(|sheet| sheet.file == place.file);
        let of_own = |other: &&&Sheet| own.is_some_and(|own| own.table == other.table && own.file != other.file);
        let start = place.start as usize;
        sheets.iter().filter(of_own).any(|other| (other.from..other.end()).contains(&start))
    };
    found.without(|finding| is_of_rows_apart(finding) && is_read(finding))
}

fn sheets_in(root: &Node) -> impl Iterator<Item = &Sheet> {
    let entries = if let NodeKind::Map(entries) = &root.kind { entries.as_slice() } else { &[] };
    entries.iter().filter_map(|(_, node)| if let NodeKind::Sheet(sheet) = &node.kind { Some(&**sheet) } else { None })
}
