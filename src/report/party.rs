//! One party under an agreement: what it must do, what it may, what it decides, what is owed to it, what is said of it, and which money
//! it bears.

use std::collections::BTreeMap;

use super::names::Names;
use super::rows::Rows;
use super::{Line, Reasons};
use crate::facts::{Cell, Row};
use crate::model::clause::{Bearer, Party as Towards, Strength};
use crate::model::expr::FieldOf;
use crate::model::schema::{ActorId, RecordId};
use crate::plan::Norm;
use crate::value::{Day, Money};
use crate::verdict::{Holder, Instance, Status, Verdict, Verdicts};

/// What an agreement says of a party.
#[derive(Clone, Debug)]
pub struct Party {
    pub agreement: String,
    pub title: String,
    pub as_of: Day,
    pub known_on: Option<Day>,
    pub policy: String,
    /// In the order of the policy.
    pub parts: BTreeMap<Part, Vec<Line>>,
    pub money: Vec<Bears>,
}

/// In which way a verdict is the party's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Duty,
    Right,
    Decides,
    OwedToIt,
    /// The party is what the clause is about.
    AboutIt,
}

impl Part {
    pub fn words(self) -> &'static str {
        match self {
            Part::Duty => "duties",
            Part::Right => "rights",
            Part::Decides => "decisions",
            Part::OwedToIt => "owed to it",
            Part::AboutIt => "about it",
        }
    }
}

/// How much of a cost the party bears.
#[derive(Clone, Debug)]
pub struct Bears {
    pub clause: String,
    pub place: Option<String>,
    /// Subject and period.
    pub label: String,
    pub amount: Money,
    pub billed: Option<Money>,
}

impl Party {
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.money.is_empty()
    }
}

/// Whom a name means: an actor, and records with this id.
struct Who<'a> {
    name: &'a str,
    actor: Option<ActorId>,
    rows: Vec<(RecordId, Row)>,
}

/// Whether an agreement, or its facts, know somebody of this name.
pub fn is_known(names: &Names, name: &str) -> bool {
    let who = who(names, name);
    who.actor.is_some() || !who.rows.is_empty() || roles(names).any(|role| role == name)
}

/// Actors, and roles that decide.
pub fn roles<'a>(names: &Names<'a>) -> impl Iterator<Item = &'a str> {
    let plan = names.plan;
    let actors = plan.schema.actors.iter().map(|actor| actor.name.as_str());
    let bodies = plan.norms.iter().flat_map(|norm| &norm.bodies);
    let deciding = bodies.flat_map(|body| [body.judged_by.as_deref(), body.attested_by.as_deref()]).flatten();
    actors.chain(deciding)
}

/// All that concerns a party; what does not apply is left out.
pub fn party(
    names: &Names,
    verdicts: &Verdicts,
    (as_of, known_on): (Day, Option<Day>),
    (name, policy): (&str, &str),
) -> Party {
    let rows = Rows { names: *names, verdicts, as_of, period: None };
    let who = who(names, name);
    let mut teller = rows.teller(Reasons::LeftOut);
    let mut parts: BTreeMap<Part, Vec<Line>> = BTreeMap::new();
    for verdict in rows.verdicts().filter(|verdict| verdict.status != Status::NotApplicable) {
        if let Some(part) = part(names, &verdict, &who) {
            parts.entry(part).or_default().push(teller.line(&verdict));
        }
    }
    let mut money = Vec::new();
    for cost in rows.shared_costs() {
        for part in cost.parts.iter().filter(|part| part.who == name) {
            money.push(Bears {
                clause: cost.case.clause.to_string(),
                place: cost.case.place.map(str::to_string),
                label: cost.case.label(),
                amount: part.amount.clone(),
                billed: part.billed.clone(),
            });
        }
    }
    let plan = names.plan;
    Party {
        agreement: plan.name.clone(),
        title: plan.title.clone(),
        as_of,
        known_on,
        policy: policy.to_string(),
        parts,
        money,
    }
}

fn who<'a>(names: &Names, name: &'a str) -> Who<'a> {
    let records = (0..=u16::MAX).map(RecordId).zip(&names.plan.schema.records).skip(1);
    let rows = records.filter_map(|(record, _)| Some((record, names.facts.find(record, name)?)));
    Who { name, actor: names.plan.schema.find_actor(name), rows: rows.collect() }
}

fn part(names: &Names, verdict: &Verdict, who: &Who) -> Option<Part> {
    let instance = &verdict.instance;
    let norm = names.norm(instance)?;
    let decides = norm.bodies.iter().any(|body| {
        [body.judged_by.as_deref(), body.attested_by.as_deref()].into_iter().flatten().any(|role| role == who.name)
    });
    match (bears(names, norm, instance, who), norm.strength) {
        (true, Strength::May) => return Some(Part::Right),
        (true, Strength::Decision) => return Some(Part::Decides),
        (true, Strength::Shall | Strength::MustNot | Strength::Should | Strength::Aims | Strength::Is) => {
            return Some(Part::Duty);
        }
        (false, _) => {}
    }
    if decides {
        return Some(Part::Decides);
    }
    if is_owed_to(names, norm, instance, who) {
        return Some(Part::OwedToIt);
    }
    names.subject_row(instance).filter(|row| who.rows.contains(row)).map(|_| Part::AboutIt)
}

fn bears(names: &Names, norm: &Norm, instance: &Instance, who: &Who) -> bool {
    let is = |actor: &ActorId| who.actor == Some(*actor);
    match (&instance.bearer, &norm.bearer) {
        (Holder::Actor(actor), _) => is(actor),
        (Holder::Row(record, row), _) => who.rows.contains(&(*record, *row)),
        (Holder::TheOne, Some(Bearer::Actor(actor))) => is(actor),
        (Holder::TheOne, Some(Bearer::Together(actors) | Bearer::EachOf(actors))) => actors.iter().any(is),
        (Holder::TheOne, Some(Bearer::Field(field))) => is_named_by(names, instance, field, who),
        (Holder::TheOne, Some(Bearer::Each(_)) | None) => false,
    }
}

fn is_owed_to(names: &Names, norm: &Norm, instance: &Instance, who: &Who) -> bool {
    match &norm.counterparty {
        Some(Towards::Actor(actor)) => who.actor == Some(*actor),
        Some(Towards::Field(field)) => is_named_by(names, instance, field, who),
        Some(Towards::Record(_)) | None => false,
    }
}

/// Whether a field of the subject names the party.
fn is_named_by(names: &Names, instance: &Instance, field: &FieldOf, who: &Who) -> bool {
    let record = names.plan.schema.field(field.record, field.field).and_then(|field| field.ty.referred());
    match names.subject_cell(instance, field).map(|id| names.facts.cell(id)) {
        Some(Cell::Row(row)) => record.is_some_and(|record| who.rows.contains(&(record, row))),
        Some(Cell::Word(word)) => names.facts.words.text(word) == who.name,
        _ => false,
    }
}
