//! Collections: the rows of a record, of a membership, of a definition or of a field that lists them, perhaps filtered.

use crate::diagnostics::{article, codes, nearest};
use crate::model::expr::{Asks, Collection, Cond, CondKind, FieldOf, On, Row, Sense, Set, Var};
use crate::model::schema::RecordId;
use crate::source::Span;
use crate::syntax::tree::{self, Name};

use super::circles::Node;
use super::definitions::Gives;
use super::names::Names;
use super::scope::{Found, Place, Scope};

/// What the name of a collection stands for: a record, and what its rows must be beside.
pub struct Named {
    pub record: RecordId,
    members_of: Option<crate::model::expr::ClauseId>,
    also: Option<Also>,
}

enum Also {
    Defined(crate::model::expr::DefinitionId),
    Listed(crate::model::expr::DefinitionId),
    InField(FieldOf),
}

impl Scope<'_, '_> {
    /// `X where C`; X's row is bound inside.
    pub fn collection(&self, of: &tree::Collection) -> Option<Collection> {
        self.collection_and_scope(of).map(|(of, _)| of)
    }

    /// The collection, and the scope in which a row of it is bound.
    pub fn collection_and_scope(&self, of: &tree::Collection) -> Option<(Collection, Self)> {
        let own = match of.which {
            tree::Which::InThePeriod(at) => self.own_day_of(&of.name, at)?,
            tree::Which::Any | tree::Which::OnDay(..) => None,
        };
        self.collected(&of.name, of.filter.as_deref(), Place::Where, of.span).map(|(mut rows, inner)| {
            if let Some((field, at)) = own {
                self.in_the_period(&mut rows, field, at);
            }
            (rows, inner)
        })
    }

    /// Rows that are counted, summed up or asked about: all there are, unless it says whose.
    pub fn looked_at(&self, of: &tree::Collection) -> Option<(Collection, Self)> {
        let looked_at = self.collection_and_scope(of)?;
        self.whose_rows(&looked_at.0, of.filter.as_deref());
        Some(looked_at)
    }

    /// The same for rows that become a clause's subject or bearer.
    pub fn collected(
        &self,
        name: &Name,
        filter: Option<&tree::Expr>,
        place: Place,
        span: Span,
    ) -> Option<(Collection, Self)> {
        let var = self.next_var(span)?;
        let named = self.named(name)?;
        let inner = self.with(named.record, &name.it, place);
        // A filter speaks of its own row first, whatever the row becomes afterwards.
        let in_filter = self.with(named.record, &name.it, Place::Where);
        let mut all = Vec::new();
        all.extend(named.also.map(|also| in_filter.also(also, var, named.record, name.span)));
        // A wrong filter has been told; the row is there all the same, so that the rest can be looked at.
        all.extend(filter.and_then(|filter| in_filter.condition(filter)));
        let filter = match (all.pop(), all.pop()) {
            (None, _) => Cond { kind: CondKind::Always, span: name.span },
            (Some(only), None) => only,
            (Some(last), Some(first)) => Cond { span, kind: CondKind::And(vec![first, last]) },
        };
        let collection = Collection {
            record: named.record,
            var,
            filter: Box::new(filter),
            members_of: named.members_of,
            name: name.it.clone(),
            span,
        };
        Some((collection, inner))
    }

    fn also(&self, also: Also, var: Var, record: RecordId, span: Span) -> Cond {
        let row = Row::Var(var);
        let set = match also {
            Also::Defined(definition) => return Cond { kind: CondKind::Defined { definition, row }, span },
            Also::Listed(definition) => Set::Named { definition, record },
            Also::InField(field) => Set::Listed(field),
        };
        self.test(Asks::In { row, set, on: On::Then }, Sense::Straight, span)
    }

    pub fn named(&self, name: &Name) -> Option<Named> {
        let plain = |record| Some(Named { record, members_of: None, also: None });
        if let Some(record) = self.names.schema.find_record(&name.it) {
            return plain(record);
        }
        if let Some((clause, record)) = self.names.find_membership(&name.it) {
            self.needs_days_of(clause, name.span);
            return Some(Named { record, members_of: Some(clause), also: None });
        }
        if let Some((definition, Some(record))) = self.names.find_definition(&name.it) {
            self.needs(Node::Definition(definition), name.span);
            let also = match self.names.definition_gives(definition)? {
                Gives::Condition => Also::Defined(definition),
                Gives::Listed => Also::Listed(definition),
                Gives::Amount(_) => return self.no_collection(name),
            };
            return Some(Named { record, members_of: None, also: Some(also) });
        }
        if let Some(Found::Field(field)) = self.find(&name.it, name.span)
            && let Some(record) = self.listed_record(&field)
        {
            return Some(Named { record, members_of: None, also: Some(Also::InField(field)) });
        }
        self.no_collection(name)
    }

    /// The record that a field of type `set of RECORD` lists.
    fn listed_record(&self, field: &FieldOf) -> Option<RecordId> {
        self.type_of(field)?.item()?.referred()
    }

    fn no_collection(&self, name: &Name) -> Option<Named> {
        if self.names.is_lost(&name.it, name.span) {
            return None;
        }
        self.names.found(
            codes::UNKNOWN_RECORD
                .at(name.span)
                .say(format!("there is no record or membership `{}`", name.it))
                .help(nearest(&name.it, self.names.collections())),
        );
        None
    }

    /// `X in SET on D`, for a row: the set, and on which days it is asked.
    pub fn set(&self, row: Row, record: RecordId, member: &tree::Membership, sense: Sense, span: Span) -> Option<Cond> {
        let on = match (&member.throughout, &member.set.on) {
            (Some((from, to)), _) => {
                let (from, to) = (self.a_day(from), self.a_day(to));
                On::Throughout(Box::new(from?), Box::new(to?))
            }
            (None, Some(day)) => On::Day(Box::new(self.a_day(day)?)),
            (None, None) => On::Then,
        };
        let (set, of) = self.set_of(&member.set)?;
        if of != record {
            let (one, other) = (self.record_name(record), self.record_name(of));
            self.names.found(
                codes::WRONG_TYPE
                    .at(member.set.span)
                    .say(format!("{} `{one}` can never be in a set of `{other}`", article(one))),
            );
            return None;
        }
        Some(self.test(Asks::In { row, set, on }, sense, span))
    }

    /// `its accepted_by`: what a field lists.
    fn its_set(&self, name: &Name) -> Option<(Set, RecordId)> {
        let field = self.field(&tree::Expr { kind: tree::ExprKind::Its(name.clone()), span: name.span })?;
        if let Some(record) = self.listed_record(&field) {
            return Some((Set::Listed(field), record));
        }
        self.names.found(
            codes::WRONG_TYPE
                .at(name.span)
                .say(format!("expected a set of records after `is in`, found `{}`", name.it))
                .help("compare a single value with `is`".to_string()),
        );
        None
    }

    fn set_of(&self, set: &tree::SetOn) -> Option<(Set, RecordId)> {
        if set.its {
            return self.its_set(&set.of.name);
        }
        if set.of.filter.is_none() {
            if let Some(Found::Field(field)) = self.find(&set.of.name.it, set.of.name.span)
                && let Some(record) = self.listed_record(&field)
            {
                return Some((Set::Listed(field), record));
            }
            if let Some((definition, Some(record))) = self.names.find_definition(&set.of.name.it)
                && self.names.definition_gives(definition) == Some(Gives::Listed)
            {
                self.needs(Node::Definition(definition), set.of.name.span);
                return Some((Set::Named { definition, record }, record));
            }
        }
        let of = self.collection(&set.of)?;
        let record = of.record;
        Some((Set::Rows(Box::new(of)), record))
    }
}

impl Names<'_> {
    /// Whether a name stands for rows of a record or a membership.
    pub fn is_collection(&self, name: &str) -> bool {
        self.schema.find_record(name).is_some() || self.find_membership(name).is_some()
    }
}
