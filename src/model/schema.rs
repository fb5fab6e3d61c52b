//! What facts there can be: records, their fields, and the actors. The loading of facts needs nothing else of a policy.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Span;
use crate::value::Currency;

/// A record by its number in [`Schema::records`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u16);

/// A field by its number in its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u16);

/// An actor by its number in [`Schema::actors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u16);

#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The first is the agreement itself: a record with exactly one row, whose fields are the `fact` lines.
    pub records: Vec<Record>,
    pub actors: Vec<Actor>,
    pub currency: Option<Currency>,
    /// Every currency that the policy speaks of: its own, those of its amendments, and of the amounts written in it.
    pub currencies: BTreeSet<Currency>,
    /// What clauses were called before, with what each is called now: facts may still say the old name.
    pub former: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
pub struct Record {
    pub name: String,
    pub plural: Option<String>,
    pub title: Option<String>,
    pub shape: Shape,
    /// The author's fields, then the built-in ones ([`BUILT_IN_FIELDS`]).
    pub fields: Vec<Field>,
    pub span: Span,
}

/// How a record stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Plain,
    /// Happens on the day in this field.
    Event {
        on: FieldId,
    },
    /// Lasts from the day in one field up to the day in another: without it (`Until`) or with it (`Through`).
    Lasts {
        from: FieldId,
        to: FieldId,
        end: End,
    },
}

impl Shape {
    pub fn is_event(self) -> bool {
        matches!(self, Shape::Event { .. })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Until,
    Through,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub ty: Type,
    pub time: InTime,
    pub need: Need,
    pub title: Option<String>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InTime {
    Once,
    /// The facts give dated values.
    OverTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Optional,
    Required,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Text,
    YesNo,
    Number,
    Money,
    Date,
    /// A time of day.
    Time,
    OneOf(Vec<String>),
    Ref(RecordId),
    SetOf(Box<Type>),
}

impl Type {
    /// The words of `one of …`; of any other type, none.
    pub fn options(&self) -> &[String] {
        match self {
            Type::OneOf(options) => options,
            Type::Text | Type::YesNo | Type::Number | Type::Money | Type::Date | Type::Time => &[],
            Type::Ref(_) | Type::SetOf(_) => &[],
        }
    }

    /// What a set holds.
    pub fn item(&self) -> Option<&Type> {
        match self {
            Type::SetOf(item) => Some(item),
            Type::Text | Type::YesNo | Type::Number | Type::Money | Type::Date | Type::Time => None,
            Type::OneOf(_) | Type::Ref(_) => None,
        }
    }

    /// The record that a value refers to.
    pub fn referred(&self) -> Option<RecordId> {
        match self {
            Type::Ref(record) => Some(*record),
            Type::Text | Type::YesNo | Type::Number | Type::Money | Type::Date | Type::Time => None,
            Type::OneOf(_) | Type::SetOf(_) => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Actor {
    pub name: String,
    pub title: Option<String>,
    pub span: Span,
}

/// The record of the agreement's own facts.
pub const AGREEMENT: RecordId = RecordId(0);

/// Fields that every record has without being declared: when the fact became known, where it comes from, and when what
/// was planned was called off (a cancelled event did not happen).
pub const BUILT_IN_FIELDS: [(&str, Type); 3] =
    [("recorded_on", Type::Date), ("source", Type::Text), ("cancelled_on", Type::Date)];

/// Names that no record can have, since the fact files use them themselves.
pub const RESERVED_RECORDS: [&str; 8] =
    ["agreement", "as_of", "complete", "files", "judgement", "attestation", "waiver", "unknown_for_good"];

impl Schema {
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.records.get(usize::from(id.0))
    }

    /// A record by its name or its plural; the agreement's own facts have no name.
    pub fn find_record(&self, name: &str) -> Option<RecordId> {
        let named = |record: &Record| record.name == name || record.plural.as_deref() == Some(name);
        let at = self.records.iter().skip(1).position(named)?;
        u16::try_from(at.checked_add(1)?).ok().map(RecordId)
    }

    pub fn field(&self, record: RecordId, field: FieldId) -> Option<&Field> {
        self.record(record)?.fields.get(usize::from(field.0))
    }

    pub fn find_actor(&self, name: &str) -> Option<ActorId> {
        let at = self.actors.iter().position(|actor| actor.name == name)?;
        u16::try_from(at).ok().map(ActorId)
    }

    /// What a clause is called now that had this name before, when it is no clause's name now.
    pub fn called_now(&self, former: &str) -> Option<&str> {
        self.former.get(former).map(String::as_str)
    }

    /// The same of whoever judges, decides or attests, since a clause may stand for a body; an actor or a record of the name goes
    /// before.
    pub fn role_now(&self, former: &str) -> Option<&str> {
        let is_other = self.find_actor(former).is_some() || self.find_record(former).is_some();
        self.called_now(former).filter(|_| !is_other)
    }

    pub fn actor(&self, id: ActorId) -> Option<&Actor> {
        self.actors.get(usize::from(id.0))
    }
}

impl Record {
    pub fn find_field(&self, name: &str) -> Option<FieldId> {
        let at = self.fields.iter().position(|field| field.name == name)?;
        u16::try_from(at).ok().map(FieldId)
    }

    /// The field that says when the record happened or began: what completeness over a span speaks of.
    pub fn day_field(&self) -> Option<FieldId> {
        match self.shape {
            Shape::Plain => None,
            Shape::Event { on } => Some(on),
            Shape::Lasts { from, .. } => Some(from),
        }
    }
}
