//! What is neither done nor left undone: memberships and their demands, statements of fact, votes, permissions, and words
//! that a person weighs.

use crate::model::clause::{Act, Count, Limit};
use crate::model::expr::{Asks, ClauseId, Cond, CondKind, Expr, ExprKind, FieldOf, Var};
use crate::model::schema::FieldId;
use crate::plan::{Body, Norm, NormTest};
use crate::verdict::{LastDay, Mark, Nuance, Said, Status};

use super::composition::status_of;
use super::judge::Judge;
use super::known::{DayBounds, Val};
use super::obligations::Wanted;
use super::outcome::Outcome;
use super::trace::{Trace, reason};
use super::truth::Truth;
use super::values::{EdgeDay, Reckoned};
use super::window::{Frame, Passed};

impl<'w, T: Trace> Judge<'w, T> {
    /// Whether the subject is a member on the as-of day.
    pub fn is_member(&mut self, norm: &'w Norm) -> Outcome {
        let row = self.var(Var(0));
        let as_of = self.world.as_of;
        match self.member(norm.clause, row, as_of) {
            Truth::Yes => Outcome::of(Status::Satisfied).nuanced(Nuance::SoFar),
            Truth::No => Outcome::of(Status::NotApplicable),
            Truth::Open => Outcome::of(Status::Unknown),
            Truth::Person => Outcome::of(Status::NeedsJudgement),
        }
    }

    /// When the subject joined; `Err` is the outcome when it did not, or has not yet.
    pub fn joining(&mut self, membership: ClauseId) -> Result<Option<DayBounds>, Outcome> {
        let row = self.var(Var(0));
        let from = self.member_days(membership, row).map(|days| days.from);
        match from {
            Some(EdgeDay::On(day)) if day.first > self.world.as_of => {
                self.trace.say(|| reason(Said::Planned { day: day.first }, Mark::Plain, None));
                Err(Outcome::of(Status::Pending))
            }
            Some(EdgeDay::On(day)) => Ok(Some(day)),
            Some(EdgeDay::NotYet) => {
                self.trace.say(|| reason(Said::Words("it has not joined"), Mark::Plain, None));
                Err(Outcome::of(Status::NotApplicable))
            }
            Some(EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None) | None => Ok(None),
        }
    }

    /// The demand held when the subject joined. A demand that holds whatever the day of joining is met; whether the
    /// subject joined at all is another matter, so without a day nothing is more than unknown.
    pub fn at_joining(&mut self, membership: ClauseId, condition: &'w Cond) -> Outcome {
        let joined = match self.joining(membership) {
            Ok(joined) => joined,
            Err(outcome) => return outcome,
        };
        let asked = self.then;
        if let Some(day) = joined.and_then(DayBounds::exact) {
            self.then = day;
        }
        let truth = self.holds(condition);
        self.then = asked;
        Outcome::of(if joined.is_none() { Status::Unknown } else { status_of(truth) })
    }

    pub fn states(&mut self, condition: &'w Cond) -> Outcome {
        let truth = self.holds(condition);
        Outcome::of(status_of(truth))
    }

    /// A vote: open until its counts are there, without effect when the quorum was not present.
    pub fn vote(&mut self, carried: &'w Cond, quorum: Option<&'w Cond>) -> Outcome {
        let counts = fields_of(carried);
        let mut none_yet = false;
        for field in counts {
            self.trace.hush();
            let value = self.field(field);
            self.trace.speak();
            none_yet |= matches!(value, Val::Absent);
        }
        if none_yet {
            return Outcome::of(Status::Pending);
        }
        let present = quorum.map_or(Truth::Yes, |quorum| self.holds(quorum));
        let yes = self.holds(carried);
        match (present, yes) {
            (Truth::No, _) => Outcome::of(Status::Violated).nuanced(Nuance::WithoutEffect),
            (_, Truth::No) => Outcome::of(Status::Violated),
            (Truth::Open, _) | (_, Truth::Open) => Outcome::of(Status::Unknown),
            (Truth::Person, _) | (_, Truth::Person) => Outcome::of(Status::NeedsJudgement),
            (Truth::Yes, Truth::Yes) => Outcome::of(Status::Satisfied),
        }
    }

    /// A permission: used, exceeded, open, or not used while it could be.
    pub fn may(&mut self, norm: &'w Norm, body: &'w Body, by: Option<(FieldId, &'w str)>, frame: Frame) -> Outcome {
        let NormTest::May { act, exercised, at_most, inside, effect } = &body.test else {
            return Outcome::of(Status::Unknown);
        };
        let mut outcome = match (act, exercised) {
            (_, Some(field)) | (Act::Dated(field), None) => self.exercised(body, field, frame),
            (Act::Event { events, .. }, None) => {
                let wanted = Wanted { body, events, counted_for: None, option: None, by };
                self.used(norm, wanted, at_most.as_ref(), frame)
            }
            (Act::State(condition), None) => match self.holds(condition) {
                Truth::Yes => Outcome::of(Status::Satisfied),
                Truth::No | Truth::Open | Truth::Person => Outcome::of(Status::Pending),
            },
            (Act::PayShareOf(_) | Act::Words(_) | Act::Effort(_) | Act::Plain(_), None) => Outcome::of(Status::Pending),
        };
        outcome.first = frame.first_day();
        outcome.last = frame.last_day();
        if outcome.status == Status::Pending && frame.passed(self.world.as_of) == Passed::Yes {
            outcome = outcome.with(Status::NotApplicable).nuanced(Nuance::NotUsed);
        }
        if T::ON
            && outcome.status == Status::Satisfied
            && let Some(effect) = effect
            && let EdgeDay::On(day) = self.edge(effect, Reckoned::Day)
            && let Some(day) = day.exact()
        {
            self.trace.say(|| reason(Said::TakesEffect { day }, Mark::Plain, body.span));
        }
        if outcome.status == Status::Satisfied
            && let Some(inside) = inside
        {
            self.trace.say(|| reason(Said::Weigh(inside.scope.clone()), Mark::Person, body.span));
            outcome = outcome.with(Status::NeedsJudgement);
        }
        outcome
    }

    fn exercised(&mut self, body: &'w Body, field: &'w FieldOf, frame: Frame) -> Outcome {
        let done = self.dated(body, field, frame);
        let as_of = self.world.as_of;
        match done.status {
            Status::Satisfied => done,
            // Exercised outside of its time: it went further than it may.
            Status::Late => done.with(Status::Violated),
            Status::Violated => Outcome::of(Status::NotApplicable).nuanced(Nuance::NotUsed),
            Status::Unknown if frame.passed(as_of) == Passed::No => done.with(Status::Pending),
            Status::Unknown | Status::Pending | Status::NotApplicable | Status::NeedsJudgement => done,
        }
    }

    fn used(&mut self, norm: &'w Norm, wanted: Wanted<'w>, at_most: Option<&'w Count>, frame: Frame) -> Outcome {
        if let Some(limit) = at_most {
            let kept = self.happens(norm, wanted, limit, frame);
            if kept.status == Status::Violated {
                return kept;
            }
            if kept.status == Status::Unknown {
                return kept;
            }
        }
        static ONCE: std::sync::LazyLock<Count> = std::sync::LazyLock::new(once);
        let done = self.happens(norm, wanted, &ONCE, frame);
        match done.status {
            Status::Late => done.with(Status::Violated),
            Status::Violated => Outcome::of(Status::NotApplicable).nuanced(Nuance::NotUsed),
            Status::Satisfied | Status::Pending | Status::Unknown => done,
            Status::NotApplicable | Status::NeedsJudgement => done,
        }
    }

    /// Words that only a person can weigh: pending while their time runs, then theirs to judge.
    pub fn for_person(&mut self, words: &'w str, body: &'w Body, frame: Frame) -> Outcome {
        let as_of = self.world.as_of;
        let status = match frame.last_day() {
            LastDay::On(last) if as_of <= last => Status::Pending,
            LastDay::Within(first, _) if as_of <= first => Status::Pending,
            LastDay::Unknown => Status::Unknown,
            LastDay::NotYet => Status::Pending,
            LastDay::On(_) | LastDay::Within(_, _) | LastDay::None => Status::NeedsJudgement,
        };
        self.trace.say(|| reason(Said::Weigh(words.to_string()), Mark::Person, body.span));
        Outcome { first: frame.first_day(), last: frame.last_day(), ..Outcome::of(status) }
    }
}

fn once() -> Count {
    let span = crate::source::Span::new(crate::source::FileId(0), 0, 0);
    let times =
        Expr { kind: ExprKind::Number(crate::value::Number::from(1)), ty: crate::model::expr::Ty::Number, span };
    Count::Times { limit: Limit::AtLeast, times }
}

/// The fields that a condition compares.
fn fields_of(condition: &Cond) -> Vec<&FieldOf> {
    fn of_expr<'c>(expr: &'c Expr, found: &mut Vec<&'c FieldOf>) {
        match &expr.kind {
            ExprKind::Field(field) => found.push(field),
            ExprKind::Plus(a, b) | ExprKind::Minus(a, b) | ExprKind::Times(a, b) | ExprKind::DividedBy(a, b) => {
                of_expr(a, found);
                of_expr(b, found);
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    let mut left = vec![condition];
    while let Some(condition) = left.pop() {
        match &condition.kind {
            CondKind::And(parts) | CondKind::Or(parts) => left.extend(parts),
            CondKind::Not(inner) => left.push(inner),
            CondKind::Test(test) => match &test.asks {
                Asks::Before(a, b) | Asks::Less(a, b) => {
                    of_expr(a, &mut found);
                    of_expr(b, &mut found);
                }
                Asks::OneOf(a, _) => of_expr(a, &mut found),
                Asks::Given(_) | Asks::About { .. } | Asks::In { .. } => {}
                Asks::Holds(_, _) | Asks::HoldsOnly(_, _) | Asks::SameSet(_, _) | Asks::HoldsEach { .. } => {}
            },
            CondKind::Always | CondKind::All { .. } | CondKind::Some(_) => {}
            CondKind::Defined { .. } | CondKind::Judged { .. } | CondKind::OnDay { .. } => {}
        }
    }
    found
}
