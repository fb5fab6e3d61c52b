//! What is evaluated: norms. Clause kinds are many and grow; norms are few. Each clause has become one or more norms that
//! say who, for which subject, in which periods, when, and what is tested.

mod as_read;
mod shared;

use std::collections::BTreeSet;

use crate::model::amendment::{Adopted, AmendmentId, Cut, Supposed};
use crate::model::clause::{
    Act, Bearer, Billed, Count, CutCounts, CycleOf, Edge, Inside, Lasting, LayBefore, Limited, Numbered, Party, Place,
    RestOn, Sharing, Strength, TermOf, When, Window,
};
use crate::model::expr::{ClauseId, Collection, Cond, DefinitionId, Expr, FieldOf, ValueId, Var};
use crate::model::schema::{FieldId, RecordId, Schema};
use crate::model::{Amendment, DatedValue, Definition, section};
use crate::source::Span;
use crate::value::{Calendar, Currency, Period, Regime, Stretch};

pub use as_read::Readings;
pub use shared::Shared;

/// A norm by its number in [`Plan::norms`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NormId(pub u16);

/// An agreement made ready to be judged.
#[derive(Clone, Debug)]
pub struct Plan {
    pub name: String,
    pub title: String,
    pub force: Stretch,
    /// Whether the policy says on which day the agreement comes into force; without it, `force` begins with the first day
    /// that there is.
    pub first_day_stated: bool,
    pub currency: Option<Currency>,
    pub calendar: Calendar,
    /// How months are added. Without a regime none is added (the check refused it), so rounding down stands in.
    pub months: Regime,
    pub schema: Shared<Schema>,
    pub definitions: Shared<Vec<Definition>>,
    pub values: Shared<Vec<DatedValue>>,
    /// In the order of the policy. A requirement of a membership is a clause of its own, right behind it.
    pub clauses: Shared<Vec<PlanClause>>,
    /// In the order of their clauses; a clause's dated wordings follow one another, those of amendments last.
    pub norms: Vec<Shared<Norm>>,
    /// The plans in which a clause that has readings is taken as one of them.
    pub readings: Readings,
    /// The rights that become due only `otherwise` and take effect on a day when they are used.
    pub uses_due_otherwise: Vec<ClauseId>,
    /// In the order in which they are worked in.
    pub amendments: Shared<Vec<Amendment>>,
    /// How many periods of one clause are judged at the most; more end the run.
    pub most_periods: usize,
    /// How many digits a calculated number has at the most; more end the run.
    pub most_digits: usize,
}

/// How many periods of one clause are judged where nobody says otherwise.
pub const MOST_PERIODS: usize = 20_000;

/// How many digits a calculated number may have where nobody says otherwise.
pub const MOST_DIGITS: usize = 10_000;

impl Plan {
    pub fn clause(&self, id: ClauseId) -> Option<&PlanClause> {
        self.clauses.get(usize::from(id.0))
    }

    pub fn norm(&self, id: NormId) -> Option<&Norm> {
        self.norms.get(usize::from(id.0)).map(|norm| &**norm)
    }

    /// The clause of this name, else the one that had it before.
    pub fn find_clause(&self, name: &str) -> Option<ClauseId> {
        let called = |name: &str| self.clauses.iter().position(|clause| clause.name == name);
        let at = called(name).or_else(|| called(self.schema.called_now(name)?))?;
        u16::try_from(at).ok().map(ClauseId)
    }

    /// The clause of this name, or that had it before; without one, the clauses that encode a statement of this id, and without those, the clauses of
    /// this section: `§ 3`, or `3`.
    pub fn clauses_called(&self, name: &str) -> Vec<ClauseId> {
        if let Some(clause) = self.find_clause(name) {
            return vec![clause];
        }
        let all = |is: &dyn Fn(&PlanClause) -> bool| -> Vec<ClauseId> {
            (0..).map(ClauseId).zip(&self.clauses).filter(|(_, clause)| is(clause)).map(|(id, _)| id).collect()
        };
        let encoding = all(&|clause| clause.statements.iter().any(|statement| statement == name));
        if !encoding.is_empty() {
            return encoding;
        }
        let written = section::unquoted(name);
        let section = section::bare(&written);
        let part = |clause: &PlanClause| clause.place.as_ref().and_then(|place| place.part_of(section));
        // Points with a letter are the section only where nothing else is.
        let nearest = self.clauses.iter().filter_map(part).min();
        nearest.map(|nearest| all(&|clause| part(clause) == Some(nearest))).unwrap_or_default()
    }

    pub fn amendment(&self, id: AmendmentId) -> Option<&Amendment> {
        self.amendments.get(usize::from(id.0))
    }

    pub fn find_amendment(&self, name: &str) -> Option<AmendmentId> {
        let at = self.amendments.iter().position(|amendment| amendment.name == name)?;
        u16::try_from(at).ok().map(AmendmentId)
    }

    /// Whether amendments have to do with a clause.
    pub fn is_amended(&self, id: ClauseId) -> bool {
        let touched = |norm: &Norm| norm.by.is_some() || !norm.cuts.is_empty();
        !self.amendments.is_empty() && self.norms_of(id).any(|(_, norm)| touched(norm))
    }

    /// The same agreement as it would stand if some amendments were adopted and others were not. What is adopted brings along
    /// what it builds on, and rules out its rivals, unless they are named too.
    #[must_use]
    pub fn supposing(&self, adopted: &[AmendmentId], not_adopted: &[AmendmentId]) -> Plan {
        let mut plan = self.clone();
        let taken = self.with_what_they_build_on(adopted);
        let rivals = taken.iter().filter_map(|id| self.amendment(*id)).flat_map(|one| &one.rivals);
        let out: Vec<AmendmentId> = rivals.chain(not_adopted).filter(|id| !taken.contains(id)).copied().collect();
        for (id, amendment) in (0..).map(AmendmentId).zip(&mut plan.amendments) {
            if taken.contains(&id) {
                amendment.adopted = Adopted::Supposed(Supposed::Adopted);
            } else if out.contains(&id) {
                amendment.adopted = Adopted::Supposed(Supposed::NotAdopted);
            }
        }
        plan
    }

    /// Amendments, and those without which they cannot be adopted.
    pub fn with_what_they_build_on(&self, adopted: &[AmendmentId]) -> Vec<AmendmentId> {
        let mut open = adopted.to_vec();
        let mut taken: Vec<AmendmentId> = Vec::new();
        while let Some(id) = open.pop() {
            if !taken.contains(&id) {
                taken.push(id);
                open.extend(self.amendment(id).into_iter().flat_map(|one| one.builds_on.iter().copied()));
            }
        }
        taken
    }

    pub fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(usize::from(id.0))
    }

    pub fn value(&self, id: ValueId) -> Option<&DatedValue> {
        self.values.get(usize::from(id.0))
    }

    /// Clauses, and what goes before them, whichever of their wordings says so.
    pub fn go_before(&self, clauses: &[ClauseId]) -> BTreeSet<ClauseId> {
        let mut seen: BTreeSet<ClauseId> = clauses.iter().copied().collect();
        let mut next = clauses.to_vec();
        while let Some(clause) = next.pop() {
            let others = self.norms_of(clause).flat_map(|(_, one)| one.yields_to.iter().copied());
            next.extend(others.filter(|other| seen.insert(*other)));
        }
        seen
    }

    /// The norms of a clause with their numbers: one for each dated wording.
    pub fn norms_of(&self, id: ClauseId) -> impl Iterator<Item = (NormId, &Norm)> {
        let numbered = self.norms.iter().enumerate().filter(move |(_, norm)| norm.clause == id);
        numbered.filter_map(|(at, norm)| Some((NormId(u16::try_from(at).ok()?), &**norm)))
    }
}

/// What a report says of a clause.
#[derive(Clone, Debug)]
pub struct PlanClause {
    pub name: String,
    /// The name of its kind, such as `deadline`.
    pub kind: &'static str,
    pub title: Option<String>,
    pub place: Option<Place>,
    /// Where it stands in the policy: its name, and all of it.
    pub name_span: Span,
    pub span: Span,
    pub statements: Vec<String>,
    pub principles: Vec<String>,
    pub notes: Vec<String>,
    pub restates: Option<(String, Option<Place>)>,
    /// The membership whose requirement it is.
    pub requirement_of: Option<ClauseId>,
}

/// Who must, may or must not do what, for which subject, when.
#[derive(Clone, Debug)]
pub struct Norm {
    pub clause: ClauseId,
    /// What the wording is called, and where it stands.
    pub head: Head,
    /// The amendment that brings it in.
    pub by: Option<AmendmentId>,
    /// Where amendments end it.
    pub cuts: Vec<Cut>,
    /// The days on which this wording is in force. An instance is judged by the wording of the day it began: the first
    /// day of its period, the day its subject happened or began, else the agreement's first day.
    pub force: Stretch,
    /// Whether its first day of force is written: by itself, by its amendment, or by the agreement.
    pub first_day_stated: bool,
    pub strength: Strength,
    /// One instance for each row; an instance for each of several records under `also for`. Empty: the agreement itself.
    pub subjects: Vec<Collection>,
    pub bearer: Option<Bearer>,
    /// The field of the events that tells by its options which of several actors (`each of`) did them.
    pub done_by: Option<FieldId>,
    pub counterparty: Option<Party>,
    pub cycle: Option<CycleOf>,
    /// The term that cuts each period: `every quarter`, `during main`. A period binds as far as it lies in the term, renewed or not.
    pub during: Option<ClauseId>,
    /// The term that a window is reckoned from which has no cycle, and is asked once all the same: that of the day on which its subject,
    /// or whom it binds, came.
    pub of_term: Option<ClauseId>,
    /// The term for whose end a window waits, however often it is renewed: that of the last one.
    pub awaits: Option<ClauseId>,
    pub first_period: Option<CutCounts>,
    pub last_period: Option<CutCounts>,
    pub trigger: Trigger,
    /// The clauses that become due only `otherwise` and on whose last days it hangs, by however many clauses between.
    pub last_days_of: Vec<ClauseId>,
    /// What becomes due where this wording was not kept (`otherwise`).
    pub makes_due: Vec<ClauseId>,
    /// Clauses before which this one gives way where they apply: its exceptions, and what it gives way to.
    pub yields_to: Vec<ClauseId>,
    /// The clause to which this wording is an exception.
    pub exception_to: Option<ClauseId>,
    /// The clause to which this wording itself gives way.
    pub gives_way_to: Option<ClauseId>,
    /// One for each reading, at least one. Without readings the only one has no name.
    pub bodies: Vec<Body>,
    /// How many readings the text has, also where the clause is taken as one of them.
    pub readings: usize,
    pub span: Span,
}

/// What a report says of a wording.
#[derive(Clone, Debug)]
pub struct Head {
    pub title: Option<String>,
    pub place: Option<Place>,
    pub name_span: Span,
}

/// When a norm comes into play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    Always,
    /// Only where one of these clauses was not kept, for the same subject, bearer and period, by a wording that says so (`otherwise`).
    Breach(Vec<ClauseId>),
}

/// What a norm demands under one reading.
#[derive(Clone, Debug)]
pub struct Body {
    pub reading: Option<String>,
    /// Its place among the readings of its wording.
    pub nth: u16,
    pub conditions: Vec<When>,
    pub window: Window,
    /// Whether a last day that is no working day moves to the next one.
    pub moved: Moved,
    pub test: NormTest,
    pub judged_by: Option<String>,
    pub attested_by: Option<String>,
    pub lay_before: Option<LayBefore>,
    /// What form and addressee the evidence must have: one of another form starts no clock.
    pub form: Vec<Formality>,
    pub owed: Owed,
    /// What is paid in instalments; its window is that of the last one, from the first day of that of the first.
    pub instalments: Option<Box<InParts>>,
    pub span: Span,
}

/// The instalments of an amount.
#[derive(Clone, Debug)]
pub struct InParts {
    /// The same demand with the window of each instalment, in their order.
    pub each: Vec<Body>,
    /// How long after the first each of them is paid.
    pub apart: Vec<Period>,
    /// All but one are multiples of it; without it of the smallest unit of the currency.
    pub unit: Option<Expr>,
    /// The one that takes what the others leave over.
    pub rest: RestOn,
    pub span: Span,
}

/// The place of a wording, and which of its readings it is.
pub type BodyKey = (Span, u16);

impl Body {
    /// What tells a body from all others: the readings of a wording stand in one place.
    pub fn key(&self) -> BodyKey {
        (self.span, self.nth)
    }

    /// Whether its conditions speak of a row.
    pub fn speaks_of(&self, var: Var) -> bool {
        self.conditions.iter().any(|when| {
            let (When::If(condition) | When::Unless(condition)) = when;
            condition.mentions(var)
        })
    }
}

impl Norm {
    /// Whether it asks for an amount in instalments.
    pub fn is_in_instalments(&self) -> bool {
        self.bodies.iter().any(|body| body.instalments.is_some())
    }

    /// Whether it goes before another clause in its window only: a right and a ban do, of acts or of words for a person.
    pub fn speaks_in_its_window(&self) -> bool {
        matches!(self.strength, Strength::May | Strength::MustNot)
    }

    /// Whether a wording of another clause goes before this one where it applies: another wording of it may, and this one not.
    pub fn gives_way_before(&self, other: &Norm) -> bool {
        other.exception_to == Some(self.clause) || self.gives_way_to == Some(other.clause)
    }

    /// Whether it says who is a member.
    pub fn is_membership(&self) -> bool {
        self.bodies.iter().any(|body| matches!(body.test, NormTest::Member(_)))
    }
}

/// A demand on form (`in writing`) or addressee (`to BODY`): this field of the event, or else of the subject, must say
/// this option. Not given, it is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formality {
    pub record: RecordId,
    pub field: FieldId,
    pub option: String,
    pub span: Span,
}

/// What is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    Result,
    /// `as far as possible`: that a result is missing, or came late, is for a person to weigh; it is never a breach.
    Effort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    No,
    /// As the regime has it for what is to be done.
    ByRegime,
    ToTheNext,
    ToThePrevious,
}

/// What is looked at to see whether a norm is kept.
#[derive(Clone, Debug)]
pub enum NormTest {
    /// Events happen, so many times.
    Happens {
        events: Collection,
        count: Count,
        counted_for: Option<FieldId>,
    },
    /// The day in this field of the subject has come.
    Dated(FieldOf),
    /// The days in these fields of the subject have come, in this order.
    InOrder(Vec<FieldOf>),
    /// A state holds.
    Holds(Cond),
    /// A state holds on every day of the window: `ensure C on every day`.
    HoldsDaily(Cond),
    /// No such event happens.
    Never(Collection),
    /// So many rows, on every day or on the as-of day.
    Numbers {
        numbered: Numbered,
        when: Watched,
    },
    Limit {
        limited: Box<Limited>,
        when: Watched,
    },
    /// The subject (variable 0) is a member on the as-of day.
    Member(Lasting),
    /// The condition held when the subject (variable 0) joined the membership.
    AtJoining {
        membership: ClauseId,
        condition: Cond,
    },
    /// What the text states is so.
    States(Cond),
    Shared {
        sharing: Box<Sharing>,
        billed: Option<Box<Billed>>,
    },
    /// The bearer's share of a cost is paid: bills of that cost that are paid in full.
    PaysShare(ClauseId),
    Term(TermOf),
    Vote {
        carried: Cond,
        quorum: Option<Cond>,
    },
    /// A permission: whether it is used, how often at most, what takes effect when, inside which scope.
    May {
        act: Act,
        exercised: Option<FieldOf>,
        at_most: Option<Count>,
        effect: Option<Edge>,
        inside: Option<Inside>,
    },
    /// Words that only a person can weigh.
    ForPerson(String),
}

/// On which days a state is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    OnAsOf,
    OnEveryDay,
}
