//! What definitions of amounts and days come to, by their cases.

use super::ask::{Ask, Found};
use crate::evaluate::knowledge::known::Val;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;
use crate::facts::Row;
use crate::model::expr::{Cond, DefinitionId, Expr, Row as RowOf};
use crate::model::schema::RecordId;
use crate::model::{Definition, DefinitionBody};

/// How the words of a definition are looked at.
pub struct Looks<'a, 'w, T: Trace> {
    pub holds: &'a dyn Fn(&mut Ask<'w, T>, &'w Cond) -> Truth,
    pub amount: &'a dyn Fn(&mut Ask<'w, T>, &'w Expr) -> Val<'w>,
}

/// What a definition comes to, where its words are looked at otherwise than for their value.
pub fn by_definition<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    id: DefinitionId,
    row: Option<&'w RowOf>,
    look: &Looks<'_, 'w, T>,
) -> Val<'w> {
    let Some(definition) = ask.world.plan.definition(id) else { return Val::Unknown };
    match row_defined(ask, row) {
        Ok(row) => cases_of(ask, definition, row, look),
        Err(none) => none,
    }
}

/// The row that a definition is asked of; what it comes to where there is none.
pub fn row_defined<'w, T: Trace>(ask: &mut Ask<'w, T>, row: Option<&'w RowOf>) -> Result<Option<Row>, Val<'w>> {
    match row.map(|row| ask.row(row, RecordId(0))) {
        None => Ok(None),
        Some(Found::Row(_, row)) => Ok(Some(row)),
        Some(Found::None) => Err(Val::Absent),
        Some(Found::Unknown) => Err(Val::Unknown),
    }
}

/// The amount of the first case that holds; where it is open whether one does, any of those that it may be.
pub fn cases_of<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    definition: &'w Definition,
    row: Option<Row>,
    look: &Looks<'_, 'w, T>,
) -> Val<'w> {
    let DefinitionBody::Amount { cases, otherwise } = &definition.body else { return Val::Unknown };
    let rows: Vec<Row> = row.into_iter().collect();
    let found = of_row(ask, definition, row, |ask| {
        ask.aside(&rows, |ask| {
            let mut open: Vec<Val<'w>> = Vec::new();
            for (condition, amount) in cases {
                match (look.holds)(ask, condition) {
                    Truth::Yes => {
                        open.push((look.amount)(ask, amount));
                        return Val::any_of(open);
                    }
                    Truth::No => {}
                    Truth::Open | Truth::Person => open.push((look.amount)(ask, amount)),
                }
            }
            open.push((look.amount)(ask, otherwise));
            Val::any_of(open)
        })
    });
    found.unwrap_or(Val::Unknown)
}

/// Looks at a definition of a row: what it says of other clauses is about that row, whatever the case is of.
pub fn of_row<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    definition: &Definition,
    row: Option<Row>,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let before = (ask.whose, ask.named.take());
    ask.whose = [definition.of.zip(row), None];
    let found = look(ask);
    (ask.whose, ask.named) = before;
    found
}
