//! What things are called in a report: rows, actors, fields, values, and the words of the policy.
//! Names come from the facts as they are; a view makes hidden characters visible.

use super::digest::Digest;
use crate::facts::{Cell, CellId, CellValue, Facts, Row, Word};
use crate::model::clause::{Bearer, Party, Strength};
use crate::model::expr::{ClauseId, FieldOf, Row as RowOf, Var};
use crate::model::schema::{AGREEMENT, ActorId, FieldId, InTime, RecordId, Shape, Type};
use crate::plan::{Norm, Plan, PlanClause};
use crate::source::{Sources, Span};
use crate::value::{ClockTime, Day};
use crate::verdict::{Holder, Instance, ShareOf};

/// Whether people and organisations are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    Real,
    /// Ids of records that do not happen on a day, texts, and persons who are no role of the agreement are replaced. A
    /// name always gets the same pseudonym; who knows all names can find out which it is.
    Pseudonyms,
}

/// Everything that names come from.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub plan: &'a Plan,
    pub facts: &'a Facts,
    pub sources: &'a Sources,
    pub naming: Naming,
}

/// Words of the policy longer than this are cut in a sentence.
const LONGEST_QUOTE: usize = 120;

impl<'a> Names<'a> {
    /// What a row is called: its id, or a pseudonym of it.
    pub fn row(&self, record: RecordId, row: Row) -> String {
        let id = self.facts.id(record, row);
        let shape = self.plan.schema.record(record).map_or(Shape::Plain, |record| record.shape);
        match (self.naming, shape) {
            (Naming::Real, _) | (Naming::Pseudonyms, Shape::Event { .. }) => id.to_string(),
            (Naming::Pseudonyms, Shape::Plain | Shape::Lasts { .. }) => pseudonym(self.record(record), id),
        }
    }

    /// `organisation famna`.
    pub fn record_row(&self, record: RecordId, row: Row) -> String {
        format!("{} {}", self.record(record), self.row(record, row))
    }

    pub fn record(&self, record: RecordId) -> &'a str {
        self.plan.schema.record(record).map_or("record", |record| &record.name)
    }

    /// The records of a kind, for a sentence: `meetings` where the policy says so, else `meeting records`.
    pub fn records(&self, record: RecordId) -> String {
        let plural = self.plan.schema.record(record).and_then(|record| record.plural.clone());
        plural.unwrap_or_else(|| format!("{} records", self.record(record)))
    }

    /// `1 meeting`, `3 meetings`.
    pub fn so_many(&self, record: RecordId, count: usize) -> String {
        match count {
            1 => format!("1 {}", self.record(record)),
            many => format!("{many} {}", self.records(record)),
        }
    }

    pub fn actor(&self, actor: ActorId) -> &'a str {
        self.plan.schema.actor(actor).map_or("", |actor| &actor.name)
    }

    /// A person or body named in a recorded decision. Roles of the agreement keep their names.
    pub fn person(&self, name: &str) -> String {
        match self.naming {
            Naming::Real => name.to_string(),
            Naming::Pseudonyms if self.is_role(name) => name.to_string(),
            Naming::Pseudonyms => pseudonym("person", name),
        }
    }

    fn is_role(&self, name: &str) -> bool {
        let judges = |norm: &Norm| norm.bodies.iter().any(|body| body.judged_by.as_deref() == Some(name));
        self.plan.schema.find_actor(name).is_some() || self.plan.norms.iter().any(|norm| judges(norm))
    }

    pub fn field(&self, id: CellId) -> &'a str {
        self.plan.schema.field(id.record, id.field).map_or("", |field| &field.name)
    }

    /// `organisation famna: signed_ok_on`; a fact of the agreement itself has only its name.
    pub fn cell(&self, id: CellId) -> String {
        if id.record == AGREEMENT {
            return self.field(id).to_string();
        }
        format!("{}: {}", self.record_row(id.record, id.row), self.field(id))
    }

    /// `signed_ok_on of famna`.
    pub fn field_name(&self, record: RecordId, field: FieldId) -> &str {
        self.plan.schema.field(record, field).map_or("", |field| field.name.as_str())
    }

    pub fn cell_of(&self, id: CellId) -> String {
        if id.record == AGREEMENT {
            return self.field(id).to_string();
        }
        format!("{} of {}", self.field(id), self.row(id.record, id.row))
    }

    /// What a value is, in words: `2014-12-22`, `none`, `not known`.
    pub fn value(&self, id: CellId) -> String {
        self.value_on(id, Day::MAX)
    }

    /// The same on a day, of a value that changes over time.
    pub fn value_on(&self, id: CellId, on: Day) -> String {
        let ty = self.plan.schema.field(id.record, id.field).map(|field| &field.ty);
        match self.facts.cell_on(id, on) {
            Cell::Disputed(values) => {
                let all: Vec<String> = values.iter().map(|(value, _)| self.plain(&value.as_cell(), ty)).collect();
                format!("{} (sources disagree)", all.join(" or "))
            }
            cell => self.plain(&cell, ty),
        }
    }

    /// The same with the day, where the value changes over time: `yes on 2014-12-22`.
    pub fn value_as_of(&self, id: CellId, on: Day) -> String {
        let field = self.plan.schema.field(id.record, id.field);
        let changes = field.is_some_and(|field| field.time == InTime::OverTime) && on > Day::MIN && on < Day::MAX;
        let value = self.value_on(id, on);
        if changes { format!("{value} on {on}") } else { value }
    }

    /// A value that a field of this type could have.
    pub fn cell_value(&self, value: &CellValue, ty: Option<&Type>) -> String {
        self.plain(&value.as_cell(), ty)
    }

    fn plain(&self, cell: &Cell, ty: Option<&Type>) -> String {
        match cell {
            Cell::Unknown => "unknown".to_string(),
            Cell::Absent => "none".to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::Within(first, last) => format!("between {first} and {last}"),
            Cell::Number(number) => match (ty, ClockTime::of_minutes(number)) {
                (Some(Type::Time), Some(time)) => time.to_string(),
                (_, _) => number.to_string(),
            },
            Cell::Money(money) => money.to_string(),
            Cell::Word(word) => self.text(*word, ty),
            Cell::Row(row) => self.referred(*row, ty),
            Cell::YesNo(true) => "yes".to_string(),
            Cell::YesNo(false) => "no".to_string(),
            Cell::Set(items) => self.set(items, ty),
            Cell::Disputed(_) => "disputed".to_string(),
        }
    }

    fn text(&self, word: Word, ty: Option<&Type>) -> String {
        let text = self.facts.words.text(word);
        match (ty, self.naming) {
            (Some(Type::Text), Naming::Pseudonyms) => pseudonym("text", text),
            (Some(Type::Text), Naming::Real) => format!("\"{text}\""),
            (_, _) => text.to_string(),
        }
    }

    fn referred(&self, row: Row, ty: Option<&Type>) -> String {
        match ty {
            Some(Type::Ref(record)) => self.row(*record, row),
            _ => format!("row {}", row.0),
        }
    }

    fn set(&self, items: &[u32], ty: Option<&Type>) -> String {
        let inner = match ty {
            Some(Type::SetOf(inner)) => Some(&**inner),
            _ => None,
        };
        let item = |item: &u32| match inner {
            Some(Type::Ref(record)) => self.row(*record, Row(*item)),
            _ => self.text(Word(*item), inner),
        };
        match items {
            [] => "an empty list".to_string(),
            items => items.iter().map(item).collect::<Vec<_>>().join(", "),
        }
    }

    /// Words of the policy on one line, cut when they are many.
    pub fn words(&self, span: Span) -> String {
        let folded = self.sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        match folded.char_indices().nth(LONGEST_QUOTE) {
            Some((at, _)) => format!("{} …", folded.get(..at).unwrap_or_default().trim_end()),
            None => folded,
        }
    }

    pub fn clause(&self, clause: ClauseId) -> Option<&'a PlanClause> {
        self.plan.clause(clause)
    }

    pub fn clause_name(&self, clause: ClauseId) -> &'a str {
        self.plan.clause(clause).map_or("", |clause| &clause.name)
    }

    pub fn norm(&self, instance: &Instance) -> Option<&'a Norm> {
        self.plan.norm(instance.norm)
    }

    pub fn strength(&self, instance: &Instance) -> Strength {
        self.norm(instance).map_or(Strength::Shall, |norm| norm.strength)
    }

    pub fn share_of(&self, who: ShareOf) -> String {
        match who {
            ShareOf::Row(record, row) => self.row(record, row),
            ShareOf::Actor(actor) => self.actor(actor).to_string(),
            ShareOf::Nobody => "nobody".to_string(),
        }
    }

    // ---- an instance ----

    /// What the subject of an instance is called.
    pub fn subject(&self, instance: &Instance) -> Option<String> {
        let (record, row) = self.subject_row(instance)?;
        Some(self.row(record, row))
    }

    pub fn subject_row(&self, instance: &Instance) -> Option<(RecordId, Row)> {
        let (which, row) = instance.subject?;
        let subject = self.norm(instance)?.subjects.get(usize::from(which))?;
        Some((subject.record, row))
    }

    /// The bearer, where one clause has several.
    pub fn bearer(&self, instance: &Instance) -> Option<String> {
        match instance.bearer {
            Holder::TheOne => None,
            Holder::Actor(actor) => Some(self.actor(actor).to_string()),
            Holder::Row(record, row) => Some(self.row(record, row)),
        }
    }

    /// The period, or the days that were watched.
    pub fn period(&self, instance: &Instance) -> Option<String> {
        instance.period.map(|period| period.label.to_string()).or_else(|| self.watched(instance))
    }

    /// The days that were watched.
    pub fn watched(&self, instance: &Instance) -> Option<String> {
        let (first, last) = instance.span?;
        Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
    }

    /// Who has to act, also where a clause has only one bearer.
    pub fn whom(&self, instance: &Instance) -> Option<String> {
        let several = self.bearer(instance);
        several.or_else(|| self.only_bearer(instance, self.norm(instance)?.bearer.as_ref()?))
    }

    /// Who bears a clause; several records by what they are called together: `each party`.
    pub fn bearers(&self, instance: &Instance) -> Option<String> {
        match self.norm(instance)?.bearer.as_ref()? {
            Bearer::Actor(_) | Bearer::Together(_) | Bearer::EachOf(_) | Bearer::Field(_) => self.whom(instance),
            Bearer::Each(collection) => Some(format!("each {}", collection.name)),
        }
    }

    fn only_bearer(&self, instance: &Instance, bearer: &Bearer) -> Option<String> {
        match bearer {
            Bearer::Actor(actor) => Some(self.actor(*actor).to_string()),
            Bearer::Together(actors) | Bearer::EachOf(actors) => {
                let all: Vec<&str> = actors.iter().map(|actor| self.actor(*actor)).collect();
                Some(listed(&all))
            }
            Bearer::Each(collection) => Some(format!("each {}", collection.name)),
            Bearer::Field(field) => Some(self.followed(instance, field)),
        }
    }

    /// To whom it is owed.
    pub fn counterparty(&self, instance: &Instance) -> Option<String> {
        Some(match self.norm(instance)?.counterparty.as_ref()? {
            Party::Actor(actor) => self.actor(*actor).to_string(),
            Party::Record(record) => self.record(*record).to_string(),
            Party::Field(field) => self.followed(instance, field),
        })
    }

    /// Whom a field of the subject names; the field's name when that is not known, or nobody.
    fn followed(&self, instance: &Instance, field: &FieldOf) -> String {
        let ty = self.plan.schema.field(field.record, field.field).map(|field| &field.ty);
        let cell = self.subject_cell(instance, field).map(|id| self.facts.cell(id));
        match cell {
            Some(Cell::Row(row)) => self.referred(row, ty),
            Some(Cell::Word(word)) => self.person(self.facts.words.text(word)),
            _ => self.plan.schema.field(field.record, field.field).map_or("", |field| &field.name).to_string(),
        }
    }

    /// The value of the subject that a field speaks of; nothing when it speaks of another row.
    pub fn subject_cell(&self, instance: &Instance, field: &FieldOf) -> Option<CellId> {
        match field.row {
            RowOf::Var(Var(0)) => {
                let (record, row) = self.subject_row(instance)?;
                (record == field.record).then_some(CellId { record, row, field: field.field })
            }
            RowOf::Agreement => Some(CellId { record: AGREEMENT, row: Row(0), field: field.field }),
            RowOf::Var(_) | RowOf::Follow(_) | RowOf::Beside(_) => None,
        }
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_string(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The same for the same name, in every run.
fn pseudonym(kind: &str, name: &str) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut rest = Digest::of([kind, name]).0;
    let mut letters = String::new();
    for _ in 0..6 {
        let letter = LETTERS.get((rest & 31) as usize).copied().unwrap_or(b'a');
        letters.push(char::from(letter));
        rest >>= 5;
    }
    format!("{kind}-{letters}")
}
