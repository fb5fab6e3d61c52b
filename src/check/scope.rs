//! What a name means at a place: the rows that are bound there, from the innermost outwards, then what the agreement
//! declares. Rows are numbered from the outside in.

use crate::diagnostics::{article, codes, nearest};
use crate::model::expr::{Beside, ClauseId, DefinitionId, FieldOf, Row, Side, ValueId, Var};
use crate::model::schema::{AGREEMENT, ActorId, Field, FieldId, InTime, RecordId, Type};
use crate::source::Span;
use crate::syntax::natural::of_a_name;
use crate::syntax::tree::{self, ExprKind, Name};

use super::circles::Node;
use super::names::Names;

/// Rows may be bound this deep: more than any sentence of an agreement holds.
const DEEPEST: usize = 24;

#[derive(Clone)]
pub struct Scope<'a, 't> {
    pub names: &'a Names<'t>,
    rows: Vec<Bound>,
    pub cycle: InCycle,
    pub in_period: InPeriod,
    /// How many days the shortest of its periods has.
    pub period_days: u32,
    /// What is being resolved, if it must not need itself.
    node: Option<Node>,
    sight: Sight,
    /// The name of the one who bears the clause's duty.
    bearer: Option<String>,
}

#[derive(Clone)]
struct Bound {
    record: RecordId,
    name: String,
    place: Place,
}

/// Whether a row is the clause's own (its subject or bearer) or bound by a `where`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Outside,
    Where,
}

/// Whether there is a period that is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InCycle {
    No,
    Yes,
}

/// Which rows `in the period` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InPeriod {
    /// Those up to the day that is asked about.
    UpToTheDay,
    /// All of the period: what is asked when the period begins would find none.
    Whole,
}

/// Whether all rows are known that are spoken of. If one is not, that has been told, and names that may be its own are
/// passed over in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    Clear,
    Dim,
}

/// What a path of names leads to.
#[derive(Clone, Debug)]
pub enum Found {
    Field(FieldOf),
    Row(Row, RecordId),
    Defined(DefinitionId, Option<Row>),
    Value(ValueId),
    Actor(ActorId),
}

impl<'a, 't> Scope<'a, 't> {
    pub fn empty(names: &'a Names<'t>) -> Self {
        Scope {
            names,
            rows: Vec::new(),
            cycle: InCycle::No,
            in_period: InPeriod::UpToTheDay,
            period_days: 0,
            node: None,
            sight: Sight::Clear,
            bearer: None,
        }
    }

    /// The same, with one more row bound inside.
    pub fn with(&self, record: RecordId, name: &str, place: Place) -> Self {
        let mut inner = self.clone();
        inner.rows.push(Bound { record, name: name.to_string(), place });
        inner
    }

    /// The same, while this is being resolved.
    pub fn within(&self, node: Node) -> Self {
        Scope { node: Some(node), ..self.clone() }
    }

    /// The same, where a row is spoken of that could not be resolved.
    pub fn with_something_unknown(&self) -> Self {
        Scope { sight: Sight::Dim, ..self.clone() }
    }

    /// The same, in a clause whose duty someone of this name bears.
    pub fn borne_by(&self, bearer: &str) -> Self {
        Scope { bearer: Some(bearer.to_string()), ..self.clone() }
    }

    /// The same, in a cycle whose periods have so many days at least.
    pub fn in_periods_of(&self, days: u32) -> Self {
        Scope { period_days: days, ..self.clone() }
    }

    pub fn in_cycle(&self, cycle: InCycle) -> Self {
        Scope { cycle, ..self.clone() }
    }

    /// The same, for what is asked on the first day of a period.
    pub fn of_the_whole_period(&self) -> Self {
        Scope { in_period: InPeriod::Whole, ..self.clone() }
    }

    pub fn up_to_the_day(&self) -> Self {
        Scope { in_period: InPeriod::UpToTheDay, ..self.clone() }
    }

    pub fn needs(&self, node: Node, span: Span) {
        if let Some(from) = self.node {
            self.names.note_need(from, node, span);
        }
    }

    pub fn needs_days_of(&self, clause: ClauseId, span: Span) {
        self.needs(Node::Days(clause), span);
    }

    /// The variable that the next row gets; nothing when rows are bound deeper than any sentence needs.
    pub fn next_var(&self, span: Span) -> Option<Var> {
        if self.rows.len() >= DEEPEST {
            self.names.too_deep(span, "this refers to too many rows at once");
            return None;
        }
        u8::try_from(self.rows.len()).ok().map(Var)
    }

    /// The clause's subject or bearer that is bound innermost.
    pub fn own_rows(&self) -> impl Iterator<Item = (Row, RecordId)> + '_ {
        self.inside_out().filter(|(_, bound)| bound.place == Place::Outside).map(|(row, bound)| (row, bound.record))
    }

    fn inside_out(&self) -> impl Iterator<Item = (Row, &Bound)> + '_ {
        let numbered = self.rows.iter().enumerate().rev();
        numbered.map(|(at, bound)| (Row::Var(Var(u8::try_from(at).unwrap_or(u8::MAX))), bound))
    }

    /// The rows that `it` and `its` may mean: in a `where` those outside of it, innermost first.
    fn meant_by_it(&self) -> Vec<(Row, RecordId)> {
        let in_where = self.rows.last().is_some_and(|bound| bound.place == Place::Where);
        // The row outside is one that could not be resolved, which has been told.
        let unknown = in_where && self.rows.len() == 1 && self.sight == Sight::Dim;
        let skip = usize::from(in_where && (self.rows.len() > 1 || unknown));
        self.inside_out().skip(skip).map(|(row, bound)| (row, bound.record)).collect()
    }

    /// Whether a row of a record is spoken of outside of the `where` that this is in.
    pub fn is_outside(&self, record: RecordId) -> bool {
        self.inside_out().skip(1).any(|(_, bound)| bound.record == record)
    }

    /// A name by which a row of a record that is spoken of outside can be called here.
    pub fn name_outside(&self, record: RecordId, span: Span) -> Option<String> {
        let own = self.names.schema.record(record).map(|record| record.name.clone());
        self.inside_out().skip(1).filter(|(_, bound)| bound.record == record).find_map(|(row, bound)| {
            let names = [Some(bound.name.clone()), own.clone()].into_iter().flatten();
            names.into_iter().find(|name| match (self.find(name, span), &row) {
                (Some(Found::Row(Row::Var(found), _)), Row::Var(var)) => found == *var,
                (_, _) => false,
            })
        })
    }

    // ---- paths -----------------------------------------------------------------------------------------------------

    /// What `F`, `its F`, `F of its R` and the like mean; a finding when they mean nothing.
    pub fn path(&self, expr: &tree::Expr) -> Option<Found> {
        self.names.inside(expr.span, || self.path_within(expr))
    }

    fn path_within(&self, expr: &tree::Expr) -> Option<Found> {
        match &expr.kind {
            ExprKind::Name(name) => self.find(name, expr.span).or_else(|| self.unknown(name, expr.span)),
            ExprKind::It => self.it(expr.span),
            ExprKind::Its(name) => self.its(name),
            ExprKind::Of(name, base) => {
                let (row, record) = self.row(base)?;
                self.part_of(row, record, name)
            }
            ExprKind::Previous(name) => self.neighbour(name, Side::Previous),
            ExprKind::Next(name) => self.neighbour(name, Side::Next),
            _ => {
                self.names.found(codes::WRONG_TYPE.at(expr.span).say("expected a field or a record"));
                None
            }
        }
    }

    /// A name by itself; nothing, and no finding, when it is not known.
    pub fn find(&self, name: &str, span: Span) -> Option<Found> {
        for (row, bound) in self.inside_out() {
            if let Some(found) = self.within_record(row.clone(), bound.record, name, span) {
                return Some(found);
            }
            if self.is_called(bound, name) {
                return Some(Found::Row(row, bound.record));
            }
        }
        if let Some(field) = self.field_in(Row::Agreement, AGREEMENT, name, span) {
            return Some(Found::Field(field));
        }
        if let Some(value) = self.names.find_value(name) {
            self.needs(Node::Value(value), span);
            return Some(Found::Value(value));
        }
        if let Some((definition, None)) = self.names.find_definition(name) {
            self.needs(Node::Definition(definition), span);
            return Some(Found::Defined(definition, None));
        }
        self.names.schema.find_actor(name).map(Found::Actor)
    }

    fn is_called(&self, bound: &Bound, name: &str) -> bool {
        bound.name == name || self.names.schema.find_record(name) == Some(bound.record)
    }

    fn field_in(&self, row: Row, record: RecordId, name: &str, span: Span) -> Option<FieldOf> {
        let field = self.names.schema.record(record)?.find_field(name)?;
        Some(FieldOf { row, record, field, span })
    }

    fn within_record(&self, row: Row, record: RecordId, name: &str, span: Span) -> Option<Found> {
        if let Some(field) = self.field_in(row.clone(), record, name, span) {
            return Some(Found::Field(field));
        }
        let (definition, of) = self.names.find_definition(name)?;
        if of != Some(record) {
            return None;
        }
        self.needs(Node::Definition(definition), span);
        Some(Found::Defined(definition, Some(row)))
    }

    fn it(&self, span: Span) -> Option<Found> {
        let Some((row, record)) = self.meant_by_it().into_iter().next() else {
            if self.sight == Sight::Dim {
                return None;
            }
            self.names.found(
                codes::UNKNOWN_NAME
                    .at(span)
                    .say("`it` has nothing to refer to here")
                    .help("add `for each RECORD`, or name the record".to_string()),
            );
            return None;
        };
        Some(Found::Row(row, record))
    }

    fn its(&self, name: &Name) -> Option<Found> {
        let rows = self.meant_by_it();
        for (row, record) in &rows {
            if let Some(found) = self.within_record(row.clone(), *record, &name.it, name.span) {
                return Some(found);
            }
        }
        match rows.into_iter().next() {
            Some((_, record)) => self.no_field(record, name),
            None => self.it(name.span),
        }
    }

    fn part_of(&self, row: Row, record: RecordId, name: &Name) -> Option<Found> {
        self.within_record(row, record, &name.it, name.span).or_else(|| self.no_field(record, name))
    }

    fn neighbour(&self, name: &Name, side: Side) -> Option<Found> {
        let record = self.names.record(name)?;
        let from = self.inside_out().find(|(_, bound)| bound.record == record);
        let from = from.map(|(row, bound)| (row, bound.place));
        let timed = self.names.schema.record(record).and_then(|record| record.day_field()).is_some();
        match from {
            Some((of, place)) if timed => {
                let same = self.subject_of(record, place);
                Some(Found::Row(Row::Beside(Box::new(Beside { of, record, side, same })), record))
            }
            Some(_) => {
                self.names.found(
                    codes::WRONG_TYPE
                        .at(name.span)
                        .say(format!("rows of `{}` have no order: the record has no day", name.it)),
                );
                None
            }
            None => {
                self.names.found(
                    codes::UNKNOWN_NAME
                        .at(name.span)
                        .say(format!("there is no `{}` here that another could come before or after", name.it))
                        .help(format!("start the clause with `for each {}`", name.it)),
                );
                None
            }
        }
    }

    /// The field by which a record that comes again and again names the one whom the clause speaks of: its bearer, where the
    /// record is the subject; else the subject, where one field alone can name it.
    fn subject_of(&self, record: RecordId, place: Place) -> Option<FieldId> {
        let shape = self.names.schema.record(record)?;
        let names = |field: &Field, of: Option<RecordId>| match field.ty {
            Type::Ref(named) => field.time == InTime::Once && of.is_none_or(|of| of == named),
            _ => false,
        };
        if place == Place::Outside {
            let field = shape.find_field(self.bearer.as_deref()?)?;
            return self.names.schema.field(record, field).filter(|field| names(field, None)).map(|_| field);
        }
        let (_, own) = self.own_rows().find(|(_, own)| *own != record)?;
        let mut fits = (0_u16..).zip(&shape.fields).filter(|(_, field)| names(field, Some(own)));
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(FieldId(at))
    }

    /// The row that a path leads to.
    pub fn row(&self, expr: &tree::Expr) -> Option<(Row, RecordId)> {
        match self.path(expr)? {
            Found::Row(row, record) => Some((row, record)),
            Found::Field(field) => match self.type_of(&field) {
                Some(Type::Ref(record)) => Some((Row::Follow(Box::new(field)), *record)),
                Some(Type::Date) => {
                    let found = codes::WRONG_TYPE.at(expr.span).say("expected a record with fields, found a day");
                    let help = "for a part of a day, write `the year of` or `the weekday of` before it";
                    self.names.found(found.help(help.to_owned()));
                    None
                }
                _ => {
                    self.names.found(codes::WRONG_TYPE.at(expr.span).say("expected a record with fields"));
                    None
                }
            },
            Found::Defined(_, _) | Found::Value(_) | Found::Actor(_) => {
                self.names.found(codes::WRONG_TYPE.at(expr.span).say("expected a record with fields"));
                None
            }
        }
    }

    /// The field that a path leads to.
    pub fn field(&self, expr: &tree::Expr) -> Option<FieldOf> {
        match self.path(expr)? {
            Found::Field(field) => Some(field),
            Found::Row(_, _) | Found::Defined(_, _) | Found::Value(_) | Found::Actor(_) => {
                self.names.found(codes::WRONG_TYPE.at(expr.span).say("expected a field"));
                None
            }
        }
    }

    /// A field of the clause's bearer or subject, or a fact of the agreement itself.
    pub fn own_field(&self, name: &Name) -> Option<FieldOf> {
        for (row, record) in self.own_rows() {
            if let Some(field) = self.field_in(row, record, &name.it, name.span) {
                return Some(field);
            }
        }
        if let Some(field) = self.field_in(Row::Agreement, AGREEMENT, &name.it, name.span) {
            return Some(field);
        }
        match self.own_rows().next() {
            Some((_, record)) => self.no_field(record, name),
            None => {
                self.unknown(&name.it, name.span);
                None
            }
        }
    }

    pub fn type_of(&self, field: &FieldOf) -> Option<&'a Type> {
        self.names.schema.field(field.record, field.field).map(|field| &field.ty)
    }

    // ---- findings --------------------------------------------------------------------------------------------------

    /// Says that no such name is known here, with the nearest one and what there is.
    pub fn unknown(&self, name: &str, span: Span) -> Option<Found> {
        if self.sight == Sight::Dim || self.names.is_lost(name, span) {
            return None;
        }
        let own = self.inside_out().flat_map(|(_, bound)| self.names.field_names(bound.record));
        let declared = self.names.field_names(AGREEMENT).into_iter().chain(self.names.declared());
        let candidates: Vec<&str> = own.chain(declared).collect();
        let has = self.rows.last().map(|bound| self.names.what_it_has(bound.record));
        let of_another = self.names.find_definition(name).and_then(|(_, of)| self.names.schema.record(of?));
        let of_another = of_another.map(|record| {
            format!(
                "`{name}` is defined for {} `{}`, and there is none here: write `{name} of …`",
                article(&record.name),
                record.name
            )
        });
        self.names.found(
            codes::UNKNOWN_NAME
                .at(span)
                .say(format!("unknown name `{name}`"))
                .help(has.flatten())
                .help(nearest(name, candidates))
                .help(of_another)
                .help(of_a_name(name)),
        );
        None
    }

    fn no_field<T>(&self, record: RecordId, name: &Name) -> Option<T> {
        if self.sight == Sight::Clear {
            self.names.no_field(record, name);
        }
        None
    }
}

impl Names<'_> {
    /// A record by name, or a finding.
    pub fn record(&self, name: &Name) -> Option<RecordId> {
        let found = self.schema.find_record(&name.it);
        if found.is_none() && !self.is_lost(&name.it, name.span) {
            let records = self.schema.records.iter().skip(1).map(|record| record.name.as_str());
            self.found(
                codes::UNKNOWN_RECORD
                    .at(name.span)
                    .say(format!("unknown record `{}`", name.it))
                    .help(nearest(&name.it, records)),
            );
        }
        found
    }

    /// Says that a record has no such field.
    pub fn no_field(&self, record: RecordId, name: &Name) {
        if self.is_lost(&name.it, name.span) {
            return;
        }
        let called = self.schema.record(record).map_or("", |record| record.name.as_str());
        let message = match called {
            "" => format!("the agreement has no fact `{}`", name.it),
            called => format!("`{called}` has no field `{}`", name.it),
        };
        self.found(
            codes::UNKNOWN_FIELD
                .at(name.span)
                .say(message)
                .help(self.what_it_has(record))
                .help(nearest(&name.it, self.field_names(record))),
        );
    }

    pub fn field_names(&self, record: RecordId) -> Vec<&str> {
        let fields = self.schema.record(record).map(|record| record.fields.as_slice()).unwrap_or_default();
        fields.iter().map(|field| field.name.as_str()).collect()
    }

    fn declared(&self) -> impl Iterator<Item = &str> {
        let definitions = self.definitions.iter().map(|one| one.name.it.as_str());
        let values = self.values.iter().map(|one| one.name.it.as_str());
        let actors = self.schema.actors.iter().map(|one| one.name.as_str());
        definitions.chain(values).chain(actors).chain(self.collections())
    }

    fn what_it_has(&self, record: RecordId) -> Option<String> {
        let fields = self.field_names(record);
        let name = self.schema.record(record).map(|record| record.name.as_str()).filter(|name| !name.is_empty())?;
        Some(format!("the fields of `{name}` are {}", fields.join(", ")))
    }
}
