//! Costs: who pays how much, exactly, and whether what was billed or paid is that.

use crate::facts::{CellId, Row};
use crate::model::clause::{Billed, Remainder, Rest, Shared, Sharing, SharingKey, SharingRounding, SharingWay};
use crate::model::expr::{ClauseId, Collection, On, Var};
use crate::model::schema::RecordId;
use crate::plan::NormTest;

use crate::value::{self, Currency, Money, Number};
use crate::verdict::{Mark, Missing, Said, Share, ShareOf, Status};

use super::judge::{Found, Judge};
use super::known::{Bounds, DayBounds, Val};
use super::lanes::weights;
use super::many::CROWD;
use super::outcome::Outcome;
use super::tally::{Counts, Deed, Field};
use super::trace::{Trace, reason};
use super::truth::Truth;
use super::window::{Frame, Passed};

/// Why there are no shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoShares {
    /// There is no amount to share.
    NoAmount,
    /// A fact is missing.
    Unknown,
    /// It cannot be shared as the text says: all weights zero, limits that cannot hold.
    Impossible(&'static str),
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The shares of a cost, and whether the bills agree with them.
    pub fn cost(&mut self, sharing: &'w Sharing, billed: Option<&'w Billed>) -> Outcome {
        // Where nobody listens and nothing is billed, it only matters that it can be shared.
        if !T::ON && billed.is_none() && self.shared_by_many(sharing).is_some() {
            return Outcome::of(Status::Satisfied);
        }
        let shares = match self.shares(sharing) {
            Ok(shares) => shares,
            Err(NoShares::NoAmount) => return Outcome::of(Status::NotApplicable),
            Err(NoShares::Unknown) => return Outcome::of(Status::Unknown),
            Err(NoShares::Impossible(words)) => {
                self.trace.say(|| reason(Said::Words(words), Mark::No, sharing.amount.span));
                return Outcome::of(Status::NeedsJudgement);
            }
        };
        let separate = matches!(sharing.way, SharingWay::SeparateDecision);
        // What one bears alone needs no bill to be borne; only a bill to another would shift it.
        let borne = matches!(sharing.way, SharingWay::Borne { .. });
        match billed {
            Some(billed) => {
                let outcome = self.bills(shares, billed, separate);
                if borne && outcome.status == Status::Pending { outcome.with(Status::Satisfied) } else { outcome }
            }
            None if separate => Outcome::of(Status::Pending),
            None => {
                self.tell_shares(&shares, None);
                Outcome::of(Status::Satisfied)
            }
        }
    }

    /// What each party bears, in the order of the facts.
    pub fn shares(&mut self, sharing: &'w Sharing) -> Result<Vec<(ShareOf, Money)>, NoShares> {
        if let Some(many) = self.shared_by_many(sharing) {
            return Ok(many.each().collect());
        }
        let (amount, currency) = self.amount(sharing)?;
        match &sharing.way {
            SharingWay::Borne { payer, record } => match self.row(payer, *record) {
                Found::Row(record, row) => Ok(vec![(ShareOf::Row(record, row), Money { amount, currency })]),
                Found::None => Err(NoShares::Impossible("nobody is named who bears it")),
                Found::Unknown => Err(NoShares::Unknown),
            },
            SharingWay::SeparateDecision => Ok(Vec::new()),
            SharingWay::Shared(shared) => self.shared(shared, &amount, currency),
        }
    }

    pub fn amount(&mut self, sharing: &'w Sharing) -> Result<(Number, Currency), NoShares> {
        let plain = self.currency();
        match self.value(&sharing.amount) {
            Val::Absent => Err(NoShares::NoAmount),
            Val::Money(bounds, currency) => {
                bounds.exact().map(|amount| (amount.clone(), currency)).ok_or(NoShares::Unknown)
            }
            other => match (other.bounds().exact(), plain) {
                (Some(amount), Some(currency)) => Ok((amount.clone(), currency)),
                (_, _) => Err(NoShares::Unknown),
            },
        }
    }

    fn shared(
        &mut self,
        shared: &'w Shared,
        amount: &Number,
        currency: Currency,
    ) -> Result<Vec<(ShareOf, Money)>, NoShares> {
        let parties = self.parties(shared)?;
        let terms = value::Sharing {
            key: self.key(&shared.key, shared, &parties)?,
            first_each: self.exact_of(shared.after_each.as_ref())?,
            at_most: match &shared.at_most {
                Some((most, rest)) => self.exact_of(Some(most))?.map(|most| (most, rest_of(*rest))),
                None => None,
            },
            at_least: self.exact_of(shared.at_least.as_ref())?,
            rounded_to: match &shared.rounding {
                Some(rounding) => {
                    let unit = self.exact_of(Some(&rounding.unit))?;
                    unit.map(|unit| (unit, remainder_of(rounding.remainder)))
                }
                None => None,
            },
        };
        let ranks = self.ranks(shared.rounding.as_ref(), &parties);
        let shares = value::share(amount, parties.len(), &terms, &ranks).map_err(|problem| impossible(&problem))?;
        let money = |amount: Number| Money { amount, currency };
        let mut all: Vec<(ShareOf, Money)> = parties.into_iter().zip(shares.each.into_iter().map(money)).collect();
        if !shares.unshared.is_zero() {
            all.push((ShareOf::Nobody, money(shares.unshared)));
        }
        Ok(all)
    }

    pub fn exact_of(&mut self, expr: Option<&'w crate::model::expr::Expr>) -> Result<Option<Number>, NoShares> {
        match expr {
            None => Ok(None),
            Some(expr) => match self.value(expr).bounds().exact() {
                Some(number) => Ok(Some(number.clone())),
                None => Err(NoShares::Unknown),
            },
        }
    }

    /// Those among whom it is shared, in the order of their ids.
    fn parties(&mut self, shared: &'w Shared) -> Result<Vec<ShareOf>, NoShares> {
        let Some((among, on)) = &shared.among else {
            return Ok(actors_of(&shared.key).into_iter().map(ShareOf::Actor).collect());
        };
        let on = match on {
            On::Then => self.then,
            On::Day(day) | On::Throughout(day, _) => match self.value(day).day_bounds().and_then(DayBounds::exact) {
                Some(day) => day,
                None => return Err(NoShares::Unknown),
            },
        };
        let mut rows = match self.in_order(among, on) {
            Some(rows) => return Ok(rows.into_iter().map(|row| ShareOf::Row(among.record, Row(row))).collect()),
            None => self.few(among, on)?,
        };
        rows.sort_by(|a, b| self.world.facts.id(among.record, *a).cmp(self.world.facts.id(among.record, *b)));
        Ok(rows.into_iter().map(|row| ShareOf::Row(among.record, row)).collect())
    }

    /// Those who belong, each looked at by itself.
    fn few(&mut self, among: &'w Collection, on: crate::value::Day) -> Result<Vec<Row>, NoShares> {
        let mut rows = Vec::new();
        let mut open = false;
        let closed = self.each(among, on, |_, row, belongs| match belongs {
            Truth::Yes => rows.push(row),
            Truth::Open | Truth::Person => open = true,
            Truth::No => {}
        });
        if open || !closed { Err(NoShares::Unknown) } else { Ok(rows) }
    }

    fn key(&mut self, key: &'w SharingKey, shared: &'w Shared, parties: &[ShareOf]) -> Result<value::Key, NoShares> {
        Ok(match key {
            SharingKey::Equally => value::Key::Equally,
            SharingKey::InProportionTo(weight) => {
                let var = shared.among.as_ref().map_or(Var(0), |(among, _)| among.var);
                let crowded = || match &shared.among {
                    Some((among, _)) if parties.len() > CROWD as usize => {
                        let row = |party: &ShareOf| if let ShareOf::Row(_, row) = party { Some(row.0) } else { None };
                        let rows: Vec<u32> = parties.iter().map(row).collect::<Option<_>>()?;
                        weights(self.world, weight, (among.record, among.var), &rows)
                    }
                    Some(_) | None => None,
                };
                if let Some(wholes) = crowded() {
                    return Ok(value::Key::InProportion(wholes.into_iter().map(Number::from).collect()));
                }
                let mut weights = Vec::with_capacity(parties.len());
                for party in parties {
                    if let ShareOf::Row(_, row) = party {
                        self.bind(var, *row);
                    }
                    let weight = match self.value(weight) {
                        Val::Absent => Number::from(0),
                        other => other.bounds().exact().cloned().ok_or(NoShares::Unknown)?,
                    };
                    weights.push(weight);
                }
                value::Key::InProportion(weights)
            }
            SharingKey::InParts(parts) => {
                let part = |party: &ShareOf| match party {
                    ShareOf::Actor(actor) => parts.iter().find(|(_, own)| own == actor).map(|(part, _)| part.clone()),
                    ShareOf::Row(_, _) | ShareOf::Nobody => None,
                };
                value::Key::Parts(parties.iter().map(|one| part(one).unwrap_or_else(|| Number::from(0))).collect())
            }
            SharingKey::Mixed(portions) => {
                let mut all = Vec::with_capacity(portions.len());
                for (portion, key) in portions {
                    all.push((portion.clone(), self.key(key, shared, parties)?));
                }
                value::Key::Mixed(all)
            }
        })
    }

    /// The rank of each party when shares tie: by the field that the clause names, then by id.
    fn ranks(&self, rounding: Option<&SharingRounding>, parties: &[ShareOf]) -> Vec<usize> {
        let field = rounding.and_then(|rounding| rounding.ties_by);
        let by = |party: &ShareOf| match (party, field) {
            (ShareOf::Row(record, row), Some(field)) => {
                Tie::of(self.world.field(CellId { record: *record, row: *row, field }, self.then))
            }
            (_, _) => Tie::Last,
        };
        let mut order: Vec<(Tie, usize)> = parties.iter().enumerate().map(|(at, one)| (by(one), at)).collect();
        order.sort();
        let mut ranks = vec![0; parties.len()];
        for (rank, (_, at)) in order.into_iter().enumerate() {
            if let Some(slot) = ranks.get_mut(at) {
                *slot = rank;
            }
        }
        ranks
    }

    fn tell_shares(&mut self, shares: &[(ShareOf, Money)], billed: Option<&[Option<Money>]>) {
        if !T::ON {
            return;
        }
        for (at, (who, amount)) in shares.iter().enumerate() {
            let billed = billed.and_then(|billed| billed.get(at)).cloned().flatten();
            self.trace.share(|| Share { who: *who, amount: amount.clone(), billed });
        }
    }

    /// Compares the bills for the subject with the shares.
    fn bills(&mut self, shares: Vec<(ShareOf, Money)>, billed: &'w Billed, separate: bool) -> Outcome {
        let (bills, open) = self.bills_for(billed, self.var(Var(0)));
        let record = billed.bills.record;
        let more = self.world.may_be_more(record, self.world.as_of);
        if separate {
            return self.charged_by_decision(&bills, record, open || more);
        }
        let mut sums: Vec<Option<Money>> = vec![None; shares.len()];
        let mut wrong = Vec::new();
        for bill in &bills {
            match shares.iter().position(|(who, _)| *who == bill.who) {
                Some(at) => {
                    if let Some(sum) = sums.get_mut(at) {
                        *sum = Some(match sum.take() {
                            Some(so_far) => so_far.plus(&bill.amount).unwrap_or(so_far),
                            None => bill.amount.clone(),
                        });
                    }
                }
                None => wrong.push(bill.clone()),
            }
            self.trace.evidence(record, bill.row);
            self.serve(record, bill.row);
        }
        self.tell_shares(&shares, Some(&sums));
        let (mut missing, mut differs) = (0_usize, 0_usize);
        for ((who, amount), sum) in shares.iter().zip(&sums) {
            match sum {
                _ if *who == ShareOf::Nobody => {}
                None => missing = missing.saturating_add(1),
                Some(sum) if sum == amount => {}
                Some(sum) => {
                    differs = differs.saturating_add(1);
                    let said = Said::Share { who: *who, amount: amount.clone(), billed: Some(sum.clone()) };
                    self.trace.say(|| reason(said, Mark::No, billed.bills.span));
                }
            }
        }
        for bill in &wrong {
            let nothing = Money { amount: Number::from(0), currency: bill.amount.currency };
            let said = Said::Share { who: bill.who, amount: nothing, billed: Some(bill.amount.clone()) };
            let fact = self.world.facts.row_place(record, bill.row);
            self.trace.say(|| {
                let mut step = reason(said, Mark::No, billed.bills.span);
                step.fact = fact;
                step
            });
        }
        let status = if !wrong.is_empty() || differs > 0 {
            Status::Violated
        } else if open {
            Status::Unknown
        } else if missing > 0 {
            Status::Pending
        } else {
            Status::Satisfied
        };
        let mut outcome = Outcome::of(status);
        let parties = shares.iter().filter(|(who, _)| *who != ShareOf::Nobody).count();
        outcome.progress = Some((Number::count(parties.saturating_sub(missing)), Number::count(parties)));
        outcome
    }

    /// What is settled by a decision of its own may not be charged before there is one: a charge stands for it here only
    /// as long as nothing says otherwise, so it is for a person.
    fn charged_by_decision(&mut self, bills: &[Bill], record: RecordId, open: bool) -> Outcome {
        for bill in bills {
            self.trace.evidence(record, bill.row);
            self.serve(record, bill.row);
        }
        Outcome::of(match bills {
            [] if open => Status::Unknown,
            [] => Status::Pending,
            _ => Status::NeedsJudgement,
        })
    }

    /// The bills for a subject; and whether there may be others that cannot be told.
    fn bills_for(&mut self, billed: &'w Billed, subject: Row) -> (Vec<Bill>, bool) {
        let mut bills = Vec::new();
        let mut open = false;
        let of = &billed.bills;
        for row in self.world.facts.rows(of.record) {
            match self.belongs_to(of, row, self.then) {
                Truth::No => continue,
                Truth::Open | Truth::Person => open = true,
                Truth::Yes => {}
            }
            let cell = |field| CellId { record: of.record, row, field };
            match self.cell(cell(billed.for_what), of.span) {
                Val::Row(_, what) if what == subject => {}
                Val::Row(_, _) | Val::Absent => continue,
                _ => {
                    open = true;
                    continue;
                }
            }
            let who = match self.cell(cell(billed.to), of.span) {
                Val::Row(record, row) => ShareOf::Row(record, row),
                Val::Text(name) => match self.world.plan.schema.find_actor(name) {
                    Some(actor) => ShareOf::Actor(actor),
                    None => ShareOf::Nobody,
                },
                _ => {
                    open = true;
                    continue;
                }
            };
            match self.cell(cell(billed.amount), of.span) {
                Val::Money(bounds, currency) => match bounds.exact() {
                    Some(amount) => {
                        let amount = Money { amount: amount.clone(), currency };
                        bills.push(Bill { row, who, amount });
                    }
                    None => open = true,
                },
                Val::Absent => {}
                _ => open = true,
            }
        }
        (bills, open)
    }

    /// The bearer's share of a cost is paid in time: its payments for the subject, by their days.
    pub fn pays_share(&mut self, cost: ClauseId, bearer: ShareOf, frame: Frame) -> Outcome {
        let plan = self.world.plan;
        let found = plan.norms_of(cost).find_map(|(_, norm)| {
            norm.bodies.iter().find_map(|body| match &body.test {
                NormTest::Shared { sharing, billed } => Some((norm, sharing, billed)),
                _ => None,
            })
        });
        let Some((norm, sharing, billed)) = found else { return Outcome::of(Status::Unknown) };
        let subject = self.var(Var(0));
        let reached = norm.subjects.first().map(|of| self.quiet_belongs(of, subject));
        match reached {
            Some(Truth::No) => return Outcome::of(Status::NotApplicable),
            Some(Truth::Open | Truth::Person) => return Outcome::of(Status::Unknown),
            Some(Truth::Yes) | None => {}
        }
        let asked = self.then;
        let shares = self.aside(&[subject], |judge| judge.shares(sharing));
        self.then = asked;
        let share = match shares {
            Some(Ok(shares)) => shares.into_iter().find(|(who, _)| *who == bearer).map(|(_, share)| share),
            Some(Err(NoShares::NoAmount)) => return Outcome::of(Status::NotApplicable),
            Some(Err(NoShares::Unknown | NoShares::Impossible(_))) | None => return Outcome::of(Status::Unknown),
        };
        let Some(share) = share else { return Outcome::of(Status::NotApplicable) };
        self.trace.share(|| Share { who: bearer, amount: share.clone(), billed: None });
        match billed {
            Some(billed) => self.paid(billed, subject, bearer, &share, frame),
            None => {
                self.trace.missing(|| Missing::Clause(cost));
                Outcome::of(if frame.passed(self.world.as_of) == Passed::No {
                    Status::Pending
                } else {
                    Status::Unknown
                })
            }
        }
    }

    fn quiet_belongs(&mut self, of: &'w Collection, row: Row) -> Truth {
        self.trace.hush();
        let truth = self.aside(&[row], |judge| {
            judge.bind(of.var, row);
            judge.holds(&of.filter)
        });
        self.trace.speak();
        truth.unwrap_or(Truth::Open)
    }

    fn paid(&mut self, billed: &'w Billed, subject: Row, bearer: ShareOf, share: &Money, frame: Frame) -> Outcome {
        let record = billed.bills.record;
        let found = Field { frame, period: None, as_of: self.world.as_of };
        let (bills, open) = self.bills_for(billed, subject);
        let nothing = Bounds::exactly(Number::from(0));
        let (mut in_time, mut done) = (nothing.clone(), nothing);
        let mut last_paid = None;
        for bill in bills.iter().filter(|bill| bill.who == bearer) {
            let day = self.world.day_field(record).map(|field| CellId { record, row: bill.row, field });
            let day = day.and_then(|cell| self.cell(cell, billed.bills.span).day_bounds());
            let counts = found.counts(Deed { right: Truth::Yes, day });
            let amount = Bounds::exactly(bill.amount.amount.clone());
            match counts {
                Counts::InTime => {
                    in_time = in_time.plus(&amount);
                    done = done.plus(&amount);
                }
                Counts::Late => done = done.plus(&amount),
                Counts::TooEarly | Counts::Not => continue,
                Counts::Open { .. } => {
                    let perhaps = Bounds { least: Some(Number::from(0)), most: amount.most.clone() };
                    in_time = in_time.plus(&perhaps);
                    done = done.plus(&perhaps);
                }
            }
            last_paid = last_paid.max(day.and_then(DayBounds::exact));
            self.trace.evidence(record, bill.row);
            self.serve(record, bill.row);
        }
        let more = open || self.world.may_be_more(record, self.world.as_of);
        if more {
            (in_time.most, done.most) = (None, None);
        }
        self.settled(share, &in_time, &done, frame, last_paid)
    }

    fn settled(
        &mut self,
        share: &Money,
        in_time: &Bounds,
        done: &Bounds,
        frame: Frame,
        last_paid: Option<value::Day>,
    ) -> Outcome {
        let needed = Bounds::exactly(share.amount.clone());
        let passed = frame.passed(self.world.as_of);
        let full = |paid: &Bounds| paid.less(&needed).opposite();
        let status = match (full(in_time), full(done), passed) {
            (Truth::Yes, _, _) => Status::Satisfied,
            (_, _, Passed::No) => Status::Pending,
            (Truth::No, Truth::Yes, Passed::Yes) => Status::Late,
            (_, Truth::No, Passed::Yes) => Status::Violated,
            (_, _, _) => Status::Unknown,
        };
        let mut outcome = Outcome { first: frame.first_day(), last: frame.last_day(), ..Outcome::of(status) };
        outcome.progress = done.least.clone().map(|paid| (paid, share.amount.clone()));
        if let (Status::Late, crate::verdict::LastDay::On(last), Some(paid)) = (status, outcome.last, last_paid) {
            outcome.days = Some(last.days_until(paid));
        }
        outcome
    }
}

/// What a tie goes by: the order of numbers, days or texts; those without a value come last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Tie<'w> {
    Day(value::Day),
    Number(Number),
    Text(&'w str),
    Last,
}

impl<'w> Tie<'w> {
    fn of(value: Val<'w>) -> Tie<'w> {
        match value {
            Val::Text(text) => Tie::Text(text),
            Val::Day(day) => day.exact().map_or(Tie::Last, Tie::Day),
            Val::Number(bounds) | Val::Money(bounds, _) => {
                bounds.exact().map_or(Tie::Last, |number| Tie::Number(number.clone()))
            }
            _ => Tie::Last,
        }
    }
}

#[derive(Clone)]
struct Bill {
    row: Row,
    who: ShareOf,
    amount: Money,
}

fn actors_of(key: &SharingKey) -> Vec<crate::model::schema::ActorId> {
    match key {
        SharingKey::Equally | SharingKey::InProportionTo(_) => Vec::new(),
        SharingKey::InParts(parts) => parts.iter().map(|(_, actor)| *actor).collect(),
        SharingKey::Mixed(portions) => {
            let mut all: Vec<_> = portions.iter().flat_map(|(_, key)| actors_of(key)).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
    }
}

fn rest_of(rest: Rest) -> value::Rest {
    match rest {
        Rest::Refilled => value::Rest::Refilled,
        Rest::StaysUnshared => value::Rest::StaysUnshared,
    }
}

pub fn remainder_of(remainder: Remainder) -> value::Remainder {
    match remainder {
        Remainder::Largest => value::Remainder::Largest,
        Remainder::FirstInOrder => value::Remainder::FirstInOrder,
    }
}

fn impossible(problem: &value::SharingProblem) -> NoShares {
    NoShares::Impossible(match problem {
        value::SharingProblem::NobodyShares => "there is nobody to share it among",
        value::SharingProblem::AllWeightsZero => "all weights are zero, so nothing says how to share it",
        value::SharingProblem::TotalFinerThanUnit { .. } | value::SharingProblem::LimitFinerThanUnit { .. } => {
            "an amount is finer than the unit that shares are rounded to"
        }
        value::SharingProblem::AtMostIsLessThanTotal { .. } => "the limits together do not reach the total",
        value::SharingProblem::AtLeastIsMoreThanTotal { .. } | value::SharingProblem::FirstIsMoreThanTotal { .. } => {
            "what each pays at least is more than the total"
        }
        value::SharingProblem::WrongCount { .. }
        | value::SharingProblem::Negative { .. }
        | value::SharingProblem::NegativeAmount { .. }
        | value::SharingProblem::NotTheWhole { .. }
        | value::SharingProblem::LimitsCross { .. }
        | value::SharingProblem::UnitNotPositive { .. } => "it cannot be shared in the way the text says",
    })
}
