//! Whose rows are looked at: a condition looks at all rows of a record. Where they name the row that the clause is for, and it does not
//! say that only those of that row are meant, they are rarely all meant.

use super::scope::Scope;
use crate::diagnostics::codes;
use crate::model::expr::{Collection, CondKind, Row, Var};
use crate::model::schema::{RecordId, Type};
use crate::syntax::tree;

impl Scope<'_, '_> {
    /// Warns of rows that name one of the rows outside, of which nothing is asked about any of those. A filter that could not be
    /// resolved has been told.
    pub fn whose_rows(&self, of: &Collection, written: Option<&tree::Expr>) {
        let lost = written.is_some() && matches!(of.filter.kind, CondKind::Always);
        if lost || (0..of.var.0).any(|outside| of.filter.mentions(Var(outside))) {
            return;
        }
        let names = |owner: RecordId| {
            let fields = self.names.schema.record(of.record).map_or(&[][..], |record| record.fields.as_slice());
            fields.iter().find(|field| field.ty == Type::Ref(owner)).map(|field| field.name.as_str())
        };
        let own = self.own_rows().filter(|(_, owner)| *owner != of.record);
        let Some((row, owner, field)) = own.into_iter().find_map(|(row, owner)| Some((row, owner, names(owner)?)))
        else {
            return;
        };
        let called = |record| self.names.schema.record(record).map_or("", |record| record.name.as_str());
        let (rows, owner) = (called(of.record), called(owner));
        // Inside its `where`, `it` is the row just outside.
        let innermost = matches!(row, Row::Var(var) if Some(var.0) == of.var.0.checked_sub(1));
        let it = if innermost || owner == field { "it" } else { owner };
        self.names.found(
            codes::WHOSE_ROWS
                .at(of.span)
                .say(format!("this looks at every `{rows}`, whichever `{owner}` it names"))
                .help(format!(
                    "if only those of one `{owner}` are meant, add `where {field} is {it}`; if all are meant, name the figure with `define`, without `of {owner}`"
                )),
        );
    }
}
