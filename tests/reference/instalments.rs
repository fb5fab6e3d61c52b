//! An amount that is paid in instalments, each looked at by itself.

use overens::model::clause::{Edge, RestOn};
use overens::plan::{InParts, Moved};
use overens::value::{Currency, Day, Number};
use overens::verdict::Status;

use super::ask::Env;
use super::case::Case;
use super::costs::stays_paid;
use super::deeds::late;
use super::judge::{Verdict, plain};
use super::reckon::{counted, last_day, later};
use super::world::{R, Stop, Val, World, no};

impl World<'_> {
    /// What payments come to: by the last day of each instalment, all instalments so far have to be paid.
    pub fn in_instalments(
        &self,
        case: &Case,
        parts: &InParts,
        paid: &[(Day, Number)],
        (whole, currency): (&Number, Option<Currency>),
    ) -> R<Verdict> {
        if self.cut_at_all(case)? || case.through.is_some_and(|end| end < self.as_of) {
            return no("instalments of what has ended, or is cut short");
        }
        if whole.is_negative() {
            return no("less than nothing to pay");
        }
        let unit = match &parts.unit {
            None => currency.map(|currency| currency.unit()),
            Some(unit) => match self.expr(unit, &case.env)? {
                Val::Money(money) => Some(money.amount),
                Val::Number(number) => Some(number),
                _ => return no("a unit"),
            },
        };
        let many = parts.each.len();
        let each = whole.divided_by(&Number::count(many)).unwrap();
        let each = match unit {
            Some(unit) => each.divided_by(&unit).unwrap().floor().times(&unit),
            None => each,
        };
        let rest = whole.minus(&each.times(&Number::count(many)));
        let mut verdicts: Vec<Verdict> = vec![];
        let (mut owed, mut before) = (Number::ZERO, Number::ZERO);
        for at in 0..many {
            owed = owed.plus(&each);
            if at == (if parts.rest == RestOn::First { 0 } else { many - 1 }) {
                owed = owed.plus(&rest);
            }
            let Some(last) = self.last_of_instalment(case, parts, at)? else { return no("instalments without days") };
            let last = last.max(self.extended_to(case.norm, case.inst).unwrap_or(last));
            // What fell due before the clause, or whoever owes it, was there is not owed.
            if last < case.from {
                before = owed.clone();
                continue;
            }
            let owed = owed.minus(&before);
            verdicts.push(match stays_paid(paid.to_vec(), &owed) {
                _ if owed.is_zero() => Verdict { last: Some(last), ..plain(Status::Satisfied) },
                Some(day) if day > last => late(Some(last), day),
                Some(_) => Verdict { last: Some(last), ..plain(Status::Satisfied) },
                None if last < self.as_of => Verdict { last: Some(last), ..plain(Status::Violated) },
                None => Verdict { last: Some(last), ..plain(Status::Pending) },
            });
        }
        let worst = [Status::Violated, Status::Pending, Status::Late];
        let decides = worst.iter().find_map(|status| verdicts.iter().position(|one| one.status == *status));
        let Some(last) = verdicts.len().checked_sub(1) else {
            return no("instalments that fell due before anybody was there");
        };
        Ok(verdicts.swap_remove(decides.unwrap_or(last)))
    }

    /// The last day of the first, and of each other one so many distances later: all are counted from the day that the words name for the
    /// first, before a law moves it.
    fn last_of_instalment(&self, case: &Case, parts: &InParts, at: usize) -> R<Option<Day>> {
        let (body, env) = (&parts.each[0], Env { period: case.inst.period, ..case.env.clone() });
        if at == 0 {
            return self.last_edge(body, &body.window.last, &env);
        }
        let day = |expr| match self.expr(expr, &env)? {
            Val::Day(day) => Ok(day),
            _ => no("instalments from no day"),
        };
        let first = match &body.window.last {
            Edge::On(at) => day(at)?,
            Edge::Lapse { anchor, by } => {
                let Some(by) = self.so_long(by, &env)? else { return Ok(None) };
                later(self.plan, day(anchor)?, &by)?
            }
            _ => return no("the last day of the first instalment"),
        };
        let by = parts.apart[1].times(i32::try_from(at).unwrap()).ok_or(Stop::NoOpinion("too long"))?;
        // A span that is named by both its ends stays as it is, whatever the law.
        let span = body.window.first.is_some() && matches!(body.window.last, Edge::On(_));
        match case.body.moved {
            Moved::ByRegime if !span => last_day(self.plan, first, &by).map(Some),
            Moved::ToTheNext | Moved::ToThePrevious => no("instalments that a line moves"),
            _ if span => later(self.plan, first, &by).map(Some),
            _ => counted(self.plan, first, &by).map(Some),
        }
    }
}
