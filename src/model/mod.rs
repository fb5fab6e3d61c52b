//! The resolved agreement: what a policy says once every name, type and day in it has been found good.
//! It exists only checked; what is wrong with a policy is a finding, never a half-made agreement.

pub mod amendment;
pub mod clause;
pub mod expr;
pub mod meaning;
pub mod schema;
pub mod section;

use crate::source::Span;
use crate::value::{Calendar, Currency, Day, Regime, Stretch};
pub use amendment::Amendment;
use amendment::AmendmentId;
pub use clause::Clause;
use expr::{ClauseId, Cond, Expr};
pub use schema::Schema;

/// One agreement (or a file of definitions without one: then `name` is empty).
#[derive(Clone, Debug)]
pub struct Agreement {
    pub name: String,
    pub title: String,
    pub made: Option<Day>,
    /// The days on which it is in force; open ends are [`Stretch::ALWAYS`]'s.
    pub force: Stretch,
    /// Whether `in force` says on which day it begins; without that line `force` begins with the first day that there is.
    pub first_day_stated: bool,
    pub currency: Option<Currency>,
    pub calendar: Calendar,
    /// How months are added; `None` when no month is ever added.
    pub months: Option<Regime>,
    pub schema: Schema,
    pub definitions: Vec<Definition>,
    pub values: Vec<DatedValue>,
    pub clauses: Vec<Clause>,
    /// In the order in which they are worked in.
    pub amendments: Vec<Amendment>,
    pub span: Span,
}

/// A clause as it is numbered: its [`ClauseId`] is its place in [`Agreement::clause_names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberedClause<'a> {
    pub name: &'a str,
    /// Where it stands in [`Agreement::clauses`]; a requirement stands in its membership.
    pub clause: usize,
    /// The membership whose requirement it is.
    pub requirement_of: Option<ClauseId>,
}

/// Numbers clauses, given by name with the names of their requirements: each requirement right behind its clause, and one
/// that several dated wordings repeat only once.
pub fn number_clauses<'a>(clauses: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>) -> Vec<NumberedClause<'a>> {
    let mut numbered: Vec<NumberedClause> = Vec::new();
    for (clause, (name, requirements)) in clauses.into_iter().enumerate() {
        let own = ClauseId(u16::try_from(numbered.len()).unwrap_or(u16::MAX));
        numbered.push(NumberedClause { name, clause, requirement_of: None });
        let mut told: Vec<&str> = Vec::new();
        for requirement in requirements {
            if !told.contains(&requirement) {
                told.push(requirement);
                numbered.push(NumberedClause { name: requirement, clause, requirement_of: Some(own) });
            }
        }
    }
    numbered
}

impl Agreement {
    /// How readers know it: its title, or its name where it has none.
    pub fn called(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// The names of all clauses, and those that they had before.
    pub fn all_clause_names(&self) -> Vec<String> {
        let now = self.clause_names().into_iter().map(|clause| clause.name);
        now.chain(self.schema.former.keys().map(String::as_str)).map(str::to_owned).collect()
    }

    /// All clauses by number: those of [`Agreement::clauses`], each with its requirements right behind it.
    pub fn clause_names(&self) -> Vec<NumberedClause<'_>> {
        number_clauses(self.clauses.iter().map(|clause| {
            let requirements = clause.wordings.iter().flat_map(|wording| &wording.requirements);
            (clause.name.as_str(), requirements.map(|requirement| requirement.name.it.as_str()).collect())
        }))
    }
}

/// A definition: of one record's rows, or of nothing in particular.
#[derive(Clone, Debug)]
pub struct Definition {
    pub name: String,
    /// The record of the row it speaks of, if any.
    pub of: Option<schema::RecordId>,
    pub body: DefinitionBody,
    pub span: Span,
}

/// The row it speaks of, if any, is variable 0.
#[derive(Clone, Debug)]
pub enum DefinitionBody {
    /// `organisation is small`.
    Condition(Cond),
    /// The first case whose condition holds; the last is always there.
    Amount { cases: Vec<(Cond, Expr)>, otherwise: Expr },
    /// Records by their ids.
    Listed(Vec<String>),
}

/// An amount that changes on certain days.
#[derive(Clone, Debug)]
pub struct DatedValue {
    pub name: String,
    /// In order; the last one that has begun holds. What amendments say stands behind what was agreed first, in their order.
    pub amounts: Vec<DatedAmount>,
    pub last_checked: Option<Day>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct DatedAmount {
    /// The first day on which it holds; `None` is from ever.
    pub from: Option<Day>,
    pub amount: Expr,
    /// It holds only if this amendment is adopted.
    pub by: Option<AmendmentId>,
}
