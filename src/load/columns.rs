//! The columns of a record, filled row by row.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::{
    diagnostics::codes,
    facts::{Cell, CellId, CellValue, Column, Row, column::Data, sheet::Dialect},
    model::schema::{AGREEMENT, Field, FieldId, InTime, Need, Record, RecordId, Schema, Shape, Type},
    source::{FileId, Span, Spanned},
    value::{Currency, Day},
};

use super::{
    csv,
    heads::heads,
    nearly::nearly,
    node::{Node, NodeKind, Style},
    others::{Elsewhere, Sort},
    reading::{Reading, Unknown},
    rows::{Disagreement, Written},
    totals::{bare, totals},
    value::{Claims, MOST_SOURCES, Slot, different},
    wording::{clip, nfc, whole},
};

/// What stands over columns that no field names, by place.
type Headings<'n> = BTreeMap<Span, &'n Spanned<String>>;

/// Reads every value of a record's rows. Ids must be known by now, since values refer to them.
pub(super) fn fill(reading: &mut Reading, id: RecordId, rows: &[Written]) {
    let schema = reading.schema;
    let Some(record) = schema.record(id) else { return };
    let by_name: HashMap<&str, usize> = record.fields.iter().map(|field| field.name.as_str()).zip(0..).collect();
    let mut columns: Vec<Column> = record.fields.iter().map(|field| Column::new(data(field, schema))).collect();
    let mut written: Vec<Vec<&Node>> = vec![Vec::new(); record.fields.len()];
    let mut headings: BTreeMap<FileId, (&Arc<Dialect>, Headings)> = BTreeMap::new();
    for row in rows {
        for (key, node) in &row.entries {
            match by_name.get(nfc(&key.it).as_ref()).and_then(|at| written.get_mut(*at)) {
                Some(of_field) => of_field.push(node),
                None if key.it == "id" => {}
                None => match &node.kind {
                    NodeKind::Plain(_, Style::Cell(dialect)) => {
                        let of_file = headings.entry(key.span.file).or_insert_with(|| (dialect, BTreeMap::new()));
                        of_file.1.insert(key.span, key);
                    }
                    _ => unknown_field(reading, record, key),
                },
            }
        }
        for ((field, column), nodes) in record.fields.iter().zip(&mut columns).zip(&mut written) {
            push(reading, (id, field), column, row, nodes);
            nodes.clear();
        }
    }
    for (dialect, headings) in headings.into_values() {
        let headings: Vec<Spanned<String>> = headings.into_values().cloned().collect();
        unknown_columns(reading, record, (&headings, &dialect.targets));
    }
    tell_total(reading, rows, &columns);
    if let Some(table) = reading.facts.tables.get_mut(usize::from(id.0)) {
        table.columns = columns;
    }
    tell_reversed(reading, id, record.shape);
}

pub(super) fn data(field: &Field, schema: &Schema) -> Data {
    let plain = match &field.ty {
        Type::Text | Type::OneOf(_) => Data::Words(Vec::new()),
        Type::YesNo => Data::YesNo(Vec::new()),
        Type::Number | Type::Time => Data::Numbers(Vec::new()),
        Type::Money => Data::Money { currency: schema.currency.unwrap_or(Currency::NONE), hundredths: Vec::new() },
        Type::Date => Data::Days(Vec::new()),
        Type::Ref(_) => Data::Rows(Vec::new()),
        Type::SetOf(_) => Data::Sets { starts: Vec::new(), items: Vec::new(), state: Vec::new() },
    };
    match field.time {
        InTime::Once => plain,
        InTime::OverTime => {
            Data::OverTime { starts: Vec::new(), from: Vec::new(), inner: Box::new(Column::new(plain)) }
        }
    }
}

pub(super) fn unknown_field(reading: &mut Reading, record: &Record, key: &Spanned<String>) {
    if reading.is_anothers(Sort::FieldsOf(record), &key.it, key.span) {
        return;
    }
    let names: Vec<&str> = record.fields.iter().map(|field| field.name.as_str()).collect();
    let message = format!("`{}` has no field `{}`", record.name, clip(&key.it));
    reading.unknown(Unknown {
        sort: Sort::FieldsOf(record),
        wrong: &key.it,
        what: format!("`{}` of `{}`", clip(&key.it), record.name),
        names: &names,
        are: "its fields are",
        finding: codes::FACTS_UNKNOWN_FIELD.at(key.span).say(message),
        or: None,
    });
}

/// Warns of a row at the end of a table whose numbers are the sums of those above it.
fn tell_total(reading: &mut Reading, rows: &[Written], columns: &[Column]) {
    let in_cells =
        |row: &Written| row.entries.iter().any(|(_, node)| matches!(node.kind, NodeKind::Plain(_, Style::Cell(_))));
    let mut from = 0_usize;
    for table in rows.chunk_by(|one, next| one.span.file == next.span.file) {
        let range = number(from)..number(from.saturating_add(table.len()));
        from = from.saturating_add(table.len());
        if !table.last().is_some_and(in_cells) {
            continue;
        }
        let row_at = |row: u32| table.get(row.saturating_sub(range.start) as usize);
        let place = |row: u32| row_at(row).map(|row| Span { end: row.span.start, ..row.span });
        let is_called_so = |row: u32| {
            let nodes = row_at(row).into_iter().flat_map(|row| &row.entries).map(|(_, node)| &node.kind);
            nodes.into_iter().any(|kind| matches!(kind, NodeKind::Plain(text, _) if csv::may_be_called_a_total(text)))
        };
        let has_ids = table.first().is_some_and(|row| row.entries.iter().any(|(key, _)| key.it == "id"));
        let sums = totals(columns, range.clone(), has_ids).into_iter();
        tell_totals(reading, sums.filter_map(|row| Some((place(row)?, is_called_so(row)))));
        tell_heads(reading, heads(columns, &range).into_iter().filter_map(place));
        if !has_ids {
            let bare = bare(columns, range.clone()).into_iter();
            tell_bare(reading, bare.filter_map(|(row, is_total)| Some((place(row)?, is_total))));
        }
    }
}

/// Warns of rows that add up those above them, unless a word in them has told so. Of each it is given whether it has such a word.
pub(super) fn tell_totals(reading: &mut Reading, rows: impl Iterator<Item = (Span, bool)>) {
    let is_told = |(row, is_called_so): &(Span, bool)| {
        csv::is_told_as_a_total(reading.problems, *row) || *is_called_so && csv::more_are_told(reading.problems, *row)
    };
    let rows: Vec<Span> = rows.filter(|row| !is_told(row)).map(|(row, _)| row).collect();
    csv::looks_like_a_total(&rows).into_iter().for_each(|finding| reading.problems.push(finding));
}

/// Warns of rows that have the sums of those below them.
pub(super) fn tell_heads(reading: &mut Reading, rows: impl Iterator<Item = Span>) {
    let rows: Vec<Span> = rows.collect();
    csv::looks_like_a_sum_of_those_below(&rows).into_iter().for_each(|finding| reading.problems.push(finding));
}

/// Warns of rows that lack what all others have, unless they were told of already.
pub(super) fn tell_bare(reading: &mut Reading, rows: impl Iterator<Item = (Span, bool)>) {
    let is_told = |row: &Span| {
        reading.problems.any(|finding| {
            finding.code == codes::CSV_ROWS
                && (finding.place.span == *row || finding.others.iter().any(|other| other.span == *row))
        })
    };
    let rows = rows.filter(|(row, _)| !is_told(row));
    let rows: Vec<(Span, bool)> = rows.collect();
    let of = |wanted: bool| {
        let rows = rows.iter().filter(|(_, is_total)| *is_total == wanted);
        rows.map(|(row, _)| *row).collect::<Vec<Span>>()
    };
    let told = csv::looks_like_a_total(&of(true)).into_iter().chain(csv::lacks_the_rest(&of(false)));
    told.for_each(|finding| reading.problems.push(finding));
}

fn number(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Columns of a file that no field names are one finding, unless another agreement knows them. What the file's entry says that
/// they give is a mistake there.
pub(super) fn unknown_columns(
    reading: &mut Reading,
    record: &Record,
    (headings, targets): (&[Spanned<String>], &[Spanned<String>]),
) {
    let others = reading.others;
    let sort = Sort::FieldsOf(record);
    let (nowhere, elsewhere): (Vec<_>, Vec<_>) =
        headings.iter().partition(|key| matches!(others.look(key.span.file, sort, &nfc(&key.it)), Elsewhere::Nowhere));
    elsewhere.into_iter().for_each(|key| unknown_field(reading, record, key));
    let said = |key: &Spanned<String>| targets.iter().find(|target| target.it == key.it);
    let (wrong, nowhere): (Vec<_>, Vec<_>) = nowhere.into_iter().partition(|key| said(key).is_some());
    wrong.into_iter().filter_map(said).for_each(|target| unknown_field(reading, record, target));
    let names: Vec<&str> = record.fields.iter().map(|field| field.name.as_str()).collect();
    let (first, last) = match nowhere.as_slice() {
        [] => return,
        [first] => (first, first),
        [first, .., last] => (first, last),
    };
    let near = |key: &&&Spanned<String>| {
        let near = nearly(&key.it, &names)?;
        Some(format!("`{}` may be `{near}`", clip(&key.it)))
    };
    let near: Vec<String> = nowhere.iter().filter_map(|key| near(&key)).collect();
    let all: Vec<String> = nowhere.iter().map(|key| format!("`{}`", clip(&key.it))).collect();
    let message = match all.as_slice() {
        [one] => format!("`{}` has no field {one}", record.name),
        several => format!(
            "`{}` has no fields named like these {} columns: {}",
            record.name,
            several.len(),
            several.join(", ")
        ),
    };
    let (map, leave) = match nowhere.as_slice() {
        [one] if whole(&one.it).is_some() => {
            ("map it to a field", format!("or ignore the column with `ignore: [\"{}\"]`", one.it))
        }
        [_] => ("map it to a field", "or ignore it with `ignore: \"others\"`".to_owned()),
        _ => ("map them to fields", "or ignore all of them with `ignore: \"others\"`".to_owned()),
    };
    let heading = whole(&first.it).unwrap_or("HEADING");
    let say = format!("in the file's `files` entry, {map} with `columns: {{ \"{heading}\": \"FIELD\" }}`, {leave}");
    let help = if near.is_empty() { say } else { format!("{}; {say}", near.join(", ")) };
    let span = if first.span.file == last.span.file { first.span.to(last.span) } else { first.span };
    reading.tell(codes::FACTS_UNKNOWN_FIELD.at(span).say(message).help(help));
}

fn push(reading: &mut Reading, (of, field): (RecordId, &Field), column: &mut Column, row: &Written, nodes: &[&Node]) {
    let slot = Slot { record: of, name: &field.name, ty: &field.ty };
    let place = nodes.first().map(|node| node.span);
    let missing = match field.time {
        InTime::Once => {
            let all: Claims = nodes.iter().flat_map(|node| reading.claims(slot, node)).collect();
            let claims = reading.agree(field, row.disagreement, all);
            let missing = matches!(claims.as_slice(), [(CellValue::Absent, _)]);
            column.push_claims(claims);
            missing
        }
        InTime::OverTime => {
            let all: Vec<Vec<(Day, Claims)>> = nodes.iter().map(|node| reading.dated(slot, node)).collect();
            let values = reading.timeline(field, row.disagreement, all);
            column.push_dated_claims(values, place);
            false
        }
    };
    if field.need == Need::Required && (nodes.is_empty() || missing) {
        tell_missing(reading, of, field, place.unwrap_or(row.span));
    }
}

pub(super) fn tell_missing(reading: &mut Reading, of: RecordId, field: &Field, span: Span) {
    let schema = reading.schema;
    let message = match schema.record(of) {
        Some(record) if of != AGREEMENT => format!("every `{}` must have `{}`", record.name, field.name),
        Some(_) | None => format!("the facts must have `{}`", field.name),
    };
    let help = format!("add `{}: …`; the agreement requires it", field.name);
    reading.tell(codes::REQUIRED_MISSING.at(span).say(message).help(help));
}

impl Reading<'_> {
    /// The claims that differ. Where nobody says which source says what, more than one is a mistake.
    fn agree(&mut self, field: &Field, disagreement: Disagreement, claims: Claims) -> Claims {
        let claims = different(claims);
        let (Disagreement::Mistake, [(_, first), (_, second), ..]) = (disagreement, claims.as_slice()) else {
            return claims;
        };
        let message = format!("`{}` is given twice, with different values", field.name);
        let help = "keep the correct one; if the files come from two sources, give each file its `source`".to_owned();
        let finding = codes::DUPLICATE_KEY.at(*second).say(message).label("given again here");
        self.tell(finding.also(*first, "first given here").help(help));
        claims
    }

    /// What several sources say over time: on each day on which one of them changes, what all of them say.
    fn timeline(&mut self, field: &Field, how: Disagreement, mut all: Vec<Vec<(Day, Claims)>>) -> Vec<(Day, Claims)> {
        if all.len() < 2 {
            return all.pop().unwrap_or_default();
        }
        let days: BTreeSet<Day> = all.iter().flatten().map(|(day, _)| *day).collect();
        let mut together = Vec::with_capacity(days.len());
        for day in days {
            let claims: Claims = all.iter().filter_map(|one| said_on(one, day)).flatten().cloned().collect();
            let claims = self.agree(field, how, claims);
            if let Some((_, place)) = claims.get(MOST_SOURCES) {
                self.too_many(&field.name, *place);
                return Vec::new();
            }
            together.push((day, claims));
        }
        together
    }
}

fn said_on(values: &[(Day, Claims)], day: Day) -> Option<&Claims> {
    let last = values.partition_point(|(from, _)| *from <= day).checked_sub(1)?;
    values.get(last).map(|(_, claims)| claims)
}

/// Tells of records that last until before they began.
pub(super) fn tell_reversed(reading: &mut Reading, record: RecordId, shape: Shape) {
    let Shape::Lasts { from, to, .. } = shape else { return };
    let rows: Vec<Row> = reading.facts.rows(record).collect();
    for row in rows {
        if ends_before_it_begins(reading, record, row, from, to) {
            let cell = |field| CellId { record, row, field };
            let message = format!("`{}` ends before it begins", clip(reading.facts.id(record, row)));
            let (Some(end), Some(start)) = (reading.facts.place(cell(to)), reading.facts.place(cell(from))) else {
                continue;
            };
            let finding = codes::ENDS_BEFORE_IT_BEGINS.at(end).say(message).label("it ends here");
            reading.tell(
                finding.also(start, "it begins here").help("correct whichever of the two days is wrong".to_owned()),
            );
        }
    }
}

/// Whether even the last day on which it may have ended comes before the first on which it may have begun.
fn ends_before_it_begins(reading: &Reading, record: RecordId, row: Row, from: FieldId, to: FieldId) -> bool {
    let days = |field| match reading.facts.cell(CellId { record, row, field }) {
        Cell::Day(day) => Some((day, day)),
        Cell::Within(first, last) => Some((first, last)),
        Cell::Unknown | Cell::Absent | Cell::Number(_) | Cell::Money(_) | Cell::Word(_) => None,
        Cell::Row(_) | Cell::YesNo(_) | Cell::Set(_) | Cell::Disputed(_) => None,
    };
    matches!((days(from), days(to)), (Some((first, _)), Some((_, last))) if last < first)
}
