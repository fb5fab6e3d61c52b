//! The rows of a case as another clause binds them.

use crate::facts::Row;
use crate::model::clause::Bearer;
use crate::model::schema::RecordId;
use crate::plan::Norm;

use super::ask::Ask;
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::knowledge::world::GHOST;
use crate::evaluate::trace::Trace;

/// As what another clause speaks of a row that is the case's own, in one part or the other.
#[derive(Clone, Copy)]
pub enum Part {
    Subject,
    Bearer,
}

/// The row of a record that the case is of: as its subject, or as its bearer.
pub fn row_of_the_case<T: Trace>(ask: &Ask<'_, T>, record: RecordId, first: Part) -> Option<Row> {
    let [subject, bearer] = ask.whose;
    let both = match first {
        Part::Subject => [subject, bearer],
        Part::Bearer => [bearer, subject],
    };
    both.into_iter().flatten().find(|(other, _)| *other == record).map(|(_, row)| row)
}

/// Looks at another clause with the rows of the case as that binds them, as its subject and as its bearer: one that the case has none of
/// is not known.
pub fn as_it_binds<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    look: impl FnOnce(&mut Ask<'w, T>, &[Row]) -> R,
) -> Option<R> {
    let before = (ask.whose, ask.named.take());
    // Whom a field names, the subject of the case tells.
    if let Some(field) = before.1.filter(|_| ask.whose[1].is_none())
        && let Val::Row(record, row) = ask.quietly(|ask| ask.field(field))
    {
        ask.whose[1] = Some((record, row));
    }
    let rows = rows_of_the_case(ask, norm);
    let found = ask.aside(&rows, |ask| look(ask, &rows));
    (ask.whose, ask.named) = before;
    found
}

/// The rows that another clause binds, by its variables.
pub fn rows_of_the_case<T: Trace>(ask: &Ask<'_, T>, norm: &Norm) -> Vec<Row> {
    let bearer = if let Some(Bearer::Each(of)) = &norm.bearer { Some((of, Part::Bearer)) } else { None };
    let subject = norm.subjects.iter().map(|of| (of, Part::Subject));
    let mut rows: Vec<Row> = Vec::new();
    for (of, part) in subject.chain(bearer) {
        let at = usize::from(of.var.0);
        if rows.len() <= at {
            rows.resize(at.saturating_add(1), GHOST);
        }
        if let (Some(row), Some(place)) = (row_of_the_case(ask, of.record, part), rows.get_mut(at)) {
            *place = row;
        }
    }
    rows
}
