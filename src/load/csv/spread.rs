//! Sheets as the records that other notations have, one by one: where rows of several files, sources or notations have to be
//! brought together. It takes more room than reading them in bulk, and means the same.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{
    diagnostics::Sink,
    facts::{
        Row,
        sheet::{Empty, Fault, Joined, Sheet},
    },
    model::schema::{Record, RecordId, Schema},
    source::{FileId, Span, Spanned},
};

use super::{
    super::{
        causes::Causes,
        lists::holds_nothing,
        node::{Node, NodeKind, Style},
        rows::Written,
        wording::nfc,
    },
    among::{Among, Columns, Seems, left_out},
    formatted, hides, odd_ids,
    roles::{Role, near_misses, roles},
    rows::{Passed, faults, looks_like_names, names, next_row, repeats, starts},
    second::{self, Apart},
    tail::{TAIL, tail},
};

/// Spreads those sheets that cannot be read in bulk.
pub fn settle<'r>(roots: &'r [(Node, String)], schema: &Schema, problems: &mut Sink) -> Vec<Cow<'r, (Node, String)>> {
    let mut in_bulk: BTreeMap<RecordId, InBulk> = BTreeMap::new();
    let mut sheets = false;
    for (key, node) in roots.iter().flat_map(|(root, _)| entries(root)) {
        let how = match &node.kind {
            NodeKind::Sheet(sheet) => {
                sheets = true;
                // Two records of one id may be one that two sources tell of.
                if sheet.header.iter().any(|heading| heading.name == "source") { InBulk::No } else { InBulk::Yes }
            }
            _ if holds_nothing(node) => continue,
            NodeKind::None | NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Bool(_) => InBulk::No,
            NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::Plain(..) => InBulk::No,
        };
        if let Some(record) = schema.find_record(&nfc(&key.it)) {
            let all = in_bulk.entry(record).or_insert(how);
            *all = (*all).min(how);
        }
    }
    if !sheets {
        return roots.iter().map(Cow::Borrowed).collect();
    }
    let stays = |key: &str| {
        let record = schema.find_record(&nfc(key));
        record.and_then(|record| in_bulk.get(&record)) == Some(&InBulk::Yes)
    };
    let has_others = |(root, _): &(Node, String)| {
        entries(root).iter().any(|(key, node)| matches!(node.kind, NodeKind::Sheet(_)) && !stays(&key.it))
    };
    let settled = |root| {
        if has_others(root) { Cow::Owned(spread_root(root, &[schema], &stays, problems)) } else { Cow::Borrowed(root) }
    };
    roots.iter().map(settled).collect()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum InBulk {
    No,
    Yes,
}

/// The sheets of the files.
pub fn sheets(roots: &[(Node, String)]) -> impl Iterator<Item = &Sheet> {
    roots.iter().flat_map(|(root, _)| entries(root)).filter_map(|(_, node)| match &node.kind {
        NodeKind::Sheet(sheet) => Some(&**sheet),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => None,
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Map(_) => None,
    })
}

/// The same files with all sheets spread, for all who have these schemas.
pub fn spread(roots: Vec<(Node, String)>, schemas: &[&Schema], problems: &mut Sink) -> Vec<(Node, String)> {
    let none_stays = |_: &str| false;
    roots.iter().map(|root| spread_root(root, schemas, &none_stays, problems)).collect()
}

/// The sheets of a record whose rows were brought together with others, and which row each of them became a part of.
pub fn joined(roots: &[(Node, String)], (schema, id): (&Schema, RecordId), rows: &[Written]) -> Vec<Joined> {
    let Some(record) = schema.record(id) else { return Vec::new() };
    let of_record = |(key, node): &(Spanned<String>, Node)| match &node.kind {
        NodeKind::Sheet(sheet) if schema.find_record(&nfc(&key.it)) == Some(id) => Some(Arc::clone(sheet)),
        _ => None,
    };
    let sheets: Vec<Arc<Sheet>> = roots.iter().flat_map(|(root, _)| entries(root)).filter_map(of_record).collect();
    if sheets.is_empty() {
        return Vec::new();
    }
    let places = |(row, written): (u32, &Written)| {
        let place = |place: &Span| ((place.file, place.start), Row(row));
        written.places.iter().map(place).collect::<Vec<_>>()
    };
    let became: BTreeMap<(FileId, u32), Row> = (0_u32..).zip(rows).flat_map(places).collect();
    let joined = |sheet: Arc<Sheet>| {
        let mut columns = vec![None; record.fields.len()];
        for (column, role) in roles(&sheet, record).0.into_iter().enumerate() {
            if let Role::Field(at) = role
                && let Some(of_field) = columns.get_mut(at)
            {
                *of_field = Some(column);
            }
        }
        let row = |start: usize| {
            let start = u32::try_from(start).ok()?;
            Some((start, *became.get(&(sheet.file, start))?))
        };
        let rows = starts(&sheet).0.into_iter().filter_map(row).collect();
        Joined { sheet, columns, rows }
    };
    sheets.into_iter().map(joined).collect()
}

fn entries(root: &Node) -> &[(Spanned<String>, Node)] {
    match &root.kind {
        NodeKind::Map(entries) => entries,
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => &[],
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Sheet(_) => &[],
    }
}

fn spread_root<'s>(
    (root, name): &(Node, String),
    schemas: &[&'s Schema],
    stays: &impl Fn(&str) -> bool,
    problems: &mut Sink,
) -> (Node, String) {
    let NodeKind::Map(entries) = &root.kind else { return (root.clone(), name.clone()) };
    let mut spread = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        let node = match &node.kind {
            NodeKind::Sheet(sheet) if !stays(&key.it) => {
                let of = |schema: &&'s Schema| schema.record(schema.find_record(&nfc(&key.it))?);
                let records: Vec<&Record> = schemas.iter().filter_map(of).collect();
                // A sheet without rows stays, so that what is wrong with its columns is told.
                list(sheet, &records, node.span, problems).unwrap_or_else(|| node.clone())
            }
            NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => node.clone(),
            NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Sheet(_) => node.clone(),
        };
        spread.push((key.clone(), node));
    }
    (Node { span: root.span, kind: NodeKind::Map(spread) }, name.clone())
}

/// The rows of a sheet that has some. Rows of an unknown record are read by nobody.
fn list(sheet: &Sheet, records: &[&Record], span: Span, problems: &mut Sink) -> Option<Node> {
    if records.is_empty() {
        return Some(Node { span, kind: NodeKind::List(Vec::new()) });
    }
    let (starts, passed) = starts(sheet);
    if starts.is_empty() {
        return None;
    }
    let mut causes = Causes::default();
    let keys = keys(sheet, records, problems);
    let rows = starts.iter().map(|start| row(sheet, &keys, *start, (&mut causes, problems))).collect();
    causes.tell(problems);
    let last = starts.get(starts.len().saturating_sub(TAIL)..).unwrap_or_default();
    let left_out = records.first().map(|record| left_out(&roles(sheet, record).0)).unwrap_or_default();
    let tail = tail(sheet, last.iter().copied(), &left_out);
    let among = records.first().map(|record| among(sheet, record, &starts).told(sheet, (&tail, &left_out)));
    let among = among.unwrap_or_default();
    let told = passed.told(sheet).into_iter().chain(among).chain(tail.told).chain(odd_ids::first(sheet, &starts));
    told.for_each(|finding| problems.push(finding));
    Some(Node { span, kind: NodeKind::List(rows) })
}

/// Which rows seem to be something else.
fn among(sheet: &Sheet, record: &Record, starts: &[usize]) -> Among {
    let (mut among, columns) = (Among::default(), Columns::of_roles(&roles(sheet, record).0, record));
    let seeming = (0_u32..).zip(starts).filter_map(|(row, start)| {
        let cells = sheet.cells(*start);
        let is_sound = cells.len() == sheet.header.len() && cells.iter().all(|cell| cell.fault.is_none());
        let over_ids = || {
            let rest = sheet.text.as_bytes().get(*start..).unwrap_or_default();
            (second::is_over_ids(sheet, &cells) && !repeats(rest, names(sheet))).then_some(Seems::Names)
        };
        let seems = columns.seems(&cells).map(|seems| if row == 0 { seems.of_first(&cells) } else { seems });
        let seems = seems.or_else(over_ids).filter(|_| is_sound);
        Some((row, *start, seems.or_else(|| apart(sheet, &columns.figures, (row as usize, starts)))?))
    });
    among.take(u32::try_from(starts.len()).unwrap_or(u32::MAX), seeming);
    among
}

/// What a row seems to be that is the first or stands apart from those before it.
fn apart(sheet: &Sheet, figures: &[bool], (at, starts): (usize, &[usize])) -> Option<Seems> {
    let start = *starts.get(at)?;
    let row_of = |at: Option<usize>| at.and_then(|at| starts.get(at)).map(|start| sheet.cells(*start));
    let above = at.checked_sub(1);
    let bytes = sheet.text.as_bytes();
    let behind = above.and_then(|above| starts.get(above)).map_or(sheet.body(), |above| sheet.row(*above).1);
    let next = next_row(bytes, behind, sheet.delimiter, &mut Passed::default());
    let is_apart = (above.is_none() || start > behind) && next.is_some_and(|next| next.start == start);
    let cells = row_of(Some(at)).filter(|cells| is_apart && cells.len() == sheet.header.len())?;
    if repeats(bytes.get(start..).unwrap_or_default(), names(sheet)) {
        return None;
    }
    let (above, below) = (row_of(above), row_of(at.checked_add(1)));
    second::seems(sheet, figures, &Apart { cells: &cells, above: above.as_deref(), below: below.as_deref() })
}

/// What each column is called in the records: nothing where it is left out, and whether its empty cells are of interest.
fn keys(sheet: &Sheet, records: &[&Record], problems: &mut Sink) -> Vec<Option<(Spanned<String>, Empties)>> {
    let mut keys = vec![None; sheet.header.len()];
    let mut of_first = Vec::new();
    for record in records.iter().rev() {
        let (roles, wrong) = roles(sheet, record);
        wrong.into_iter().for_each(|finding| problems.push(finding));
        of_first.clone_from(&roles);
        for ((key, heading), role) in keys.iter_mut().zip(&sheet.header).zip(roles) {
            let (name, empties) = match role {
                Role::Field(at) | Role::OverTime(at) => match record.fields.get(at) {
                    Some(field) => (&field.name, Empties::Mean),
                    None => continue,
                },
                Role::Id => (&heading.name, Empties::Told),
                Role::Unknown if key.is_none() => (&heading.name, Empties::Told),
                Role::Unknown | Role::LeftOut => continue,
            };
            *key = Some((Spanned::new(name.clone(), heading.span), empties));
        }
    }
    let near = records
        .first()
        .and_then(|record| near_misses(sheet, (record, &of_first), |at| keys.get(at).is_some_and(Option::is_none)));
    let formatted = records.first().map(|record| formatted::told(sheet, &of_first, record)).unwrap_or_default();
    let told = near.into_iter().chain(hides::told(sheet, &of_first)).chain(formatted);
    told.for_each(|finding| problems.push(finding));
    keys
}

/// What empty cells of a column are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Empties {
    /// What the file's entry says.
    Mean,
    /// Looked at when the rows are read: an id is missing, or no field is called so.
    Told,
}

fn row(
    sheet: &Sheet,
    keys: &[Option<(Spanned<String>, Empties)>],
    start: usize,
    (causes, problems): (&mut Causes, &mut Sink),
) -> Node {
    let cells = sheet.cells(start);
    let rest = sheet.text.as_bytes().get(start..).unwrap_or_default();
    let repeated = repeats(rest, names(sheet)).then(|| looks_like_names(sheet, sheet.row_span(start).start));
    for finding in repeated.into_iter().chain(faults(sheet, sheet.row_span(start), (&cells, 0))) {
        causes.take(finding).into_iter().for_each(|finding| problems.push(finding));
    }
    let mut entries = Vec::with_capacity(cells.len());
    for (key, cell) in keys.iter().zip(cells) {
        let Some((key, empties)) = key else { continue };
        let span = Span::new(sheet.file, cell.start, cell.end);
        let dialect = sheet.dialect_of(sheet.text.as_bytes().get(cell.start));
        let written = |text: String| NodeKind::Plain(text, Style::Cell(Arc::clone(dialect)));
        let kind = match (sheet.is_empty(&cell.text), sheet.empty) {
            (true, _) if *empties == Empties::Told => written(String::new()),
            (true, Empty::NotGiven) => continue,
            // Told already; what it holds is the rest of the file.
            (false, _) if cell.fault == Some(Fault::NeverClosed) => continue,
            (true, Empty::None) => NodeKind::None,
            (false, _) => written(cell.text.into_owned()),
        };
        entries.push((key.clone(), Node { span, kind }));
    }
    Node { span: sheet.row_span(start), kind: NodeKind::Map(entries) }
}
