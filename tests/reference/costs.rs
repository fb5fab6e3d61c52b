//! What each bears of a cost, by plain fractions, and what was billed and paid of it.

use std::collections::BTreeSet;

use overens::facts::Row;
use overens::model::clause::{Billed, Remainder, Rest, Shared, Sharing, SharingKey, SharingWay, TiesGo};
use overens::model::expr::{ClauseId, Expr, On};
use overens::model::schema::{ActorId, RecordId, Type};
use overens::plan::{Norm, NormTest};
use overens::value::{Day, Money, Number};
use overens::verdict::Status;

use super::ask::Env;
use super::case::Case;
use super::deeds::late;
use super::judge::{Verdict, Who, plain};
use super::world::{R, Stop, Val, World, no};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    Row(RecordId, u32),
    Actor(ActorId),
    Nobody,
}

pub type Shares = Vec<(Party, Money)>;

impl World<'_> {
    /// The shares of a cost; nothing where there is no amount.
    fn shares(&self, sharing: &Sharing, env: &Env) -> R<Option<Shares>> {
        let amount = match self.expr(&sharing.amount, env)? {
            Val::Money(amount) => amount,
            Val::None => return Ok(None),
            _ => return no("an amount that is no money"),
        };
        match &sharing.way {
            SharingWay::Borne { payer, .. } => match self.row(payer, env)? {
                Some((record, row)) => Ok(Some(vec![(Party::Row(record, row), amount)])),
                None => no("nobody who bears it"),
            },
            SharingWay::Shared(shared) => self.shared(&amount, shared, env).map(Some),
            SharingWay::SeparateDecision => Ok(Some(vec![])),
        }
    }

    fn shared(&self, amount: &Money, shared: &Shared, env: &Env) -> R<Shares> {
        let mut env = env.clone();
        let parties = match &shared.among {
            Some((of, on)) => {
                if let On::Day(day) = on {
                    match self.expr(day, &env)? {
                        Val::Day(day) => (env.day, env.given_by) = (day, day.min(self.as_of)),
                        _ => return no("shares on a day that is none"),
                    }
                }
                let (mut rows, open) = self.noting(|| self.rows_of(of, &env))?;
                // Who bears it is not known.
                if !open.is_empty() {
                    self.cautious.set(true);
                }
                rows.sort_by_key(|row| self.facts.id(of.record, Row(*row)).to_string());
                rows.into_iter().map(|row| (Party::Row(of.record, row), env.bind(of.var, (of.record, row)))).collect()
            }
            None => {
                actors_of(&shared.key).into_iter().map(|actor| (Party::Actor(actor), env.clone())).collect::<Vec<_>>()
            }
        };
        if parties.is_empty() {
            return Err(Stop::Weigh);
        }
        let money = |expr: Option<&_>| -> R<Vec<Option<Number>>> {
            let of_each = parties.iter().map(|(_, env)| match expr.map(|expr| self.expr(expr, env)).transpose()? {
                None | Some(Val::None) => Ok(None),
                Some(Val::Money(limit)) if limit.currency == amount.currency => Ok(Some(limit.amount)),
                Some(_) => no("a limit of another kind"),
            });
            of_each.collect()
        };
        let each: Vec<Number> = money(shared.after_each.as_ref())?.into_iter().map(Option::unwrap_or_default).collect();
        let cap = money(shared.at_most.as_ref().map(|(cap, _)| cap))?;
        let floor = money(shared.at_least.as_ref())?;
        let stays = matches!(shared.at_most, Some((_, Rest::StaysUnshared | Rest::To(_))));
        let mut taker = Party::Nobody;
        if let Some((_, Rest::To(actor))) = shared.at_most {
            taker = Party::Actor(actor);
        }
        if amount.amount.is_negative() {
            return no("less than nothing to share");
        }
        let mut exact = self.within_limits(&amount.amount, &shared.key, &parties, &each, (&floor, &cap, stays))?;
        let mut shares: Shares = vec![];
        if let Some(rounding) = &shared.rounding {
            let Val::Money(unit) = self.expr(&rounding.unit, &env)? else { return no("a unit that is no money") };
            let finer = |limit: &Number| !limit.is_multiple_of(&unit.amount);
            if let Remainder::HalfUpEach(actor) = rounding.remainder {
                if cap.iter().chain(&floor).flatten().any(finer) {
                    return Err(Stop::Weigh);
                }
                if stays {
                    return no("a rest beside shares that are rounded by themselves");
                }
                let half = Number::ratio(1, 2).unwrap();
                let round =
                    |one: &Number| one.divided_by(&unit.amount).unwrap().plus(&half).floor().times(&unit.amount);
                for ((party, _), share) in parties.iter().zip(&exact) {
                    shares.push((*party, amount.with(round(share))));
                }
                let all = shares.iter().fold(Number::ZERO, |sum, (_, one)| sum.plus(&one.amount));
                if all != amount.amount {
                    takes(&mut shares, Party::Actor(actor), amount.with(amount.amount.minus(&all)));
                }
                return Ok(shares);
            }
            if finer(&amount.amount) || cap.iter().chain(&floor).flatten().chain(&each).any(finer) {
                return Err(Stop::Weigh);
            }
            let ranks = self.ranks(rounding.ties_by.as_ref(), &parties)?;
            if stays && exact.iter().any(|one| !one.is_multiple_of(&unit.amount)) {
                return no("a rest that stays unshared, and is rounded");
            }
            exact = rounded(&exact, &unit.amount, rounding.remainder, &ranks);
        }
        let all = exact.iter().fold(Number::ZERO, |sum, one| sum.plus(one));
        for ((party, _), share) in parties.iter().zip(&exact) {
            shares.push((*party, amount.with(share.clone())));
        }
        if all != amount.amount {
            takes(&mut shares, taker, amount.with(amount.amount.minus(&all)));
        }
        Ok(shares)
    }

    /// Floors first, then caps, until nothing changes; who is at a limit is set aside, and the others share what is left by the
    /// same key.
    fn within_limits(
        &self,
        amount: &Number,
        key: &SharingKey,
        parties: &[(Party, Env)],
        each: &[Number],
        (floor, cap, stays): (&[Option<Number>], &[Option<Number>], bool),
    ) -> R<Vec<Number>> {
        // Where all are at a limit and something is left, those who were at a floor share it.
        let mut capped: Vec<Option<Number>> = vec![None; parties.len()];
        let (mut fixed, mut anew) = (capped.clone(), None);
        loop {
            let open: Vec<usize> = (0..parties.len()).filter(|at| fixed[*at].is_none()).collect();
            let left = fixed.iter().flatten().fold(amount.clone(), |left, one| left.minus(one));
            let left = open.iter().fold(left, |left, at| left.minus(&each[*at]));
            if open.is_empty() && !left.is_zero() && anew != Some(capped.iter().flatten().count()) {
                anew = Some(capped.iter().flatten().count());
                fixed.clone_from(&capped);
                if fixed.iter().any(Option::is_none) {
                    continue;
                }
            }
            if left.is_negative() || (open.is_empty() && !left.is_zero()) {
                return Err(Stop::Weigh);
            }
            let envs: Vec<&(Party, Env)> = open.iter().map(|at| &parties[*at]).collect();
            let parts = if open.is_empty() { vec![] } else { self.parts(key, &envs)? };
            let shares: Vec<Number> =
                parts.iter().zip(&open).map(|(part, at)| part.times(&left).plus(&each[*at])).collect();
            let short = |at: &usize| floor[open[*at]].as_ref().is_some_and(|floor| shares[*at] < *floor);
            let beyond = |at: &usize| cap[open[*at]].as_ref().is_some_and(|cap| shares[*at] > *cap);
            let below: Vec<usize> = (0..open.len()).filter(short).collect();
            let above: Vec<usize> = (0..open.len()).filter(beyond).collect();
            if !below.is_empty() {
                below.iter().for_each(|at| fixed[open[*at]].clone_from(&floor[open[*at]]));
            } else if !above.is_empty() && !stays {
                above.iter().for_each(|at| capped[open[*at]].clone_from(&cap[open[*at]]));
                above.iter().for_each(|at| fixed[open[*at]].clone_from(&cap[open[*at]]));
            } else {
                let mut all = vec![];
                let mut shares = shares.into_iter();
                for (one, cap) in fixed.into_iter().zip(cap) {
                    let share = one.or_else(|| shares.next()).unwrap();
                    all.push(cap.as_ref().map_or(share.clone(), |cap| share.clone().min(cap.clone())));
                }
                return Ok(all);
            }
        }
    }

    /// Which part of the whole each has by a key.
    fn parts(&self, key: &SharingKey, parties: &[&(Party, Env)]) -> R<Vec<Number>> {
        let many = Number::count(parties.len());
        match key {
            SharingKey::Equally => Ok(parties.iter().map(|_| Number::ONE.divided_by(&many).unwrap()).collect()),
            SharingKey::InProportionTo(weight) => {
                let mut weights = vec![];
                for (_, env) in parties {
                    let (weight, open) = self.noting(|| self.expr(weight, env))?;
                    // By what weight, is not known.
                    if !open.is_empty() {
                        self.cautious.set(true);
                    }
                    match weight {
                        Val::Number(weight) if !weight.is_negative() => weights.push(weight),
                        Val::Number(_) => return no("a weight below nothing"),
                        // Known to have none.
                        Val::None => weights.push(Number::ZERO),
                        _ => return Err(Stop::Never),
                    }
                }
                let all = weights.iter().fold(Number::ZERO, |sum, one| sum.plus(one));
                weights.iter().map(|one| one.divided_by(&all).ok_or(Stop::Weigh)).collect()
            }
            SharingKey::InParts(parts) => {
                let part = |party: &Party| parts.iter().find(|(_, actor)| Party::Actor(*actor) == *party);
                let own: Vec<Number> = parties
                    .iter()
                    .map(|(party, _)| part(party).map_or(Number::ZERO, |(part, _)| part.clone()))
                    .collect();
                let all = own.iter().fold(Number::ZERO, |sum, one| sum.plus(one));
                own.iter().map(|one| one.divided_by(&all).ok_or(Stop::Weigh)).collect()
            }
            SharingKey::Mixed(portions) => {
                let mut all = vec![Number::ZERO; parties.len()];
                for (portion, key) in portions {
                    for (sum, part) in all.iter_mut().zip(self.parts(key, parties)?) {
                        *sum = sum.plus(&part.times(portion));
                    }
                }
                Ok(all)
            }
        }
    }

    /// Ties go by a field or a definition, then by id, by which the parties are in order already.
    fn ranks(&self, by: Option<&(Expr, TiesGo)>, parties: &[(Party, Env)]) -> R<Vec<usize>> {
        let mut keys: Vec<(String, Option<Number>, usize)> = vec![];
        for (at, (_, env)) in parties.iter().enumerate() {
            let (mut word, mut number) = (String::new(), None);
            if let Some((by, _)) = by {
                match self.expr(by, env)? {
                    Val::Word(text) => word = text,
                    Val::Number(own) => number = Some(own),
                    _ => return no("a tie that goes by what is none"),
                }
            }
            keys.push((word, number, at));
        }
        keys.sort();
        if by.is_some_and(|(_, go)| *go == TiesGo::HighestFirst) {
            // Those that are alike stay in the order of their ids.
            keys.sort_by(|a, b| (&b.0, &b.1).cmp(&(&a.0, &a.1)).then(a.2.cmp(&b.2)));
        }
        let mut ranks = vec![0; parties.len()];
        keys.iter().enumerate().for_each(|(rank, (_, _, at))| ranks[*at] = rank);
        Ok(ranks)
    }

    // ---- what was billed ---------------------------------------------------------------------------------------------

    /// Bills that name the subject, by whom they are to and their day; force does not bound what names what it is for.
    fn bills(&self, billed: &Billed, subject: u32, env: &Env) -> R<Vec<(Party, Money, Day)>> {
        let of = &billed.bills;
        let mut all = vec![];
        for row in self.rows(of.record, env.from, self.as_of)? {
            let (what, open) = self.noting(|| self.field(of.record, row, billed.for_what, env.day))?;
            // What a bill is for, is not known.
            if !open.is_empty() && self.is_written(of.record, row) {
                self.cautious.set(true);
            }
            match what {
                Val::Row(_, what) if what == subject => {}
                _ => continue,
            }
            let asked = Env { from: Day(-30_000), given_by: self.as_of, ..env.on(self.as_of) };
            if !self.belongs(of, row, &asked)? {
                continue;
            }
            let who = match self.field(of.record, row, billed.to, env.day)? {
                Val::Row(record, row) => Party::Row(record, row),
                Val::Word(name) => self.plan.schema.find_actor(&name).map_or(Party::Nobody, Party::Actor),
                _ => continue,
            };
            let Val::Money(amount) = self.field(of.record, row, billed.amount, env.day)? else { continue };
            let day = self.own_day(of.record, row)?.unwrap_or(self.as_of);
            all.push((who, amount, day));
        }
        Ok(all)
    }

    pub fn cost(&self, case: &Case, sharing: &Sharing, billed: Option<&Billed>) -> R<Verdict> {
        let Some(shares) = self.shares(sharing, &case.env)? else { return Ok(plain(Status::NotApplicable)) };
        let with = |status: Status| Verdict { shares: Some(shares.clone()), ..plain(status) };
        let separate = matches!(sharing.way, SharingWay::SeparateDecision);
        let Some(billed) = billed else {
            return Ok(with(if separate { Status::Pending } else { Status::Satisfied }));
        };
        let Some((_, subject)) = case.inst.subject else { return no("bills without a subject") };
        let bills = self.bills(billed, subject, &case.env)?;
        if separate {
            return Ok(plain(if bills.is_empty() { Status::Pending } else { Status::NeedsJudgement }));
        }
        let (opens, due) = self.days_to_pay(case)?;
        let alone = matches!(sharing.way, SharingWay::Borne { .. });
        let (mut missing, mut overdue) = (false, false);
        let mut choice = None;
        let mut latest: Option<(Day, Day)> = None;
        for (party, share) in shares.iter().filter(|(party, _)| *party != Party::Nobody) {
            let own: Vec<&Money> = bills.iter().filter(|(who, ..)| who == party).map(|(_, amount, _)| amount).collect();
            let sum = own.iter().fold(Number::ZERO, |sum, one| sum.plus(&one.amount));
            if sum == share.amount && !own.is_empty() {
                let days = bills.iter().filter(|(who, ..)| who == party);
                let days: Vec<(Day, Number)> = days.map(|(_, amount, day)| (*day, amount.amount.clone())).collect();
                let full = stays_paid(that_pays(days, opens), &share.amount);
                if full.is_none() && due.is_some() {
                    missing = true;
                    overdue |= due.is_some_and(|due| due < self.as_of);
                    continue;
                }
                if let (Some(due), Some(full)) = (due, full)
                    && full > due
                    && latest.is_none_or(|(_, before)| before < full)
                {
                    latest = Some((due, full));
                }
                continue;
            }
            // What stays with somebody whom no bill can name needs none.
            if own.is_empty() && !self.can_be_billed(billed, *party) {
                continue;
            }
            if own.is_empty() {
                // Nothing was asked of whom nothing is owed by: both read it.
                if share.amount.is_zero() {
                    choice = Some(());
                } else if due.is_some_and(|due| due < self.as_of) {
                    overdue = true;
                }
                missing = true;
            } else if sum < share.amount && due.is_some_and(|due| due >= self.as_of) {
                missing = true;
            } else {
                return Ok(Verdict { last: due, ..with(Status::Violated) });
            }
        }
        // What somebody paid who bears nothing, and has not back.
        let kept = |who: Party| {
            let own = bills.iter().filter(|(other, ..)| *other == who);
            !own.fold(Number::ZERO, |sum, (_, one, _)| sum.plus(&one.amount)).is_zero() || who == Party::Nobody
        };
        if bills.iter().any(|(who, ..)| !shares.iter().any(|(party, _)| party == who) && kept(*who)) {
            return Ok(Verdict { last: due, ..with(Status::Violated) });
        }
        if overdue {
            return Ok(Verdict { last: due, ..with(Status::Violated) });
        }
        if let (Some((due, paid)), false) = (latest, missing) {
            return Ok(Verdict { shares: Some(shares.clone()), ..late(Some(due), paid) });
        }
        let mut verdict = with(if missing { Status::Pending } else { Status::Satisfied });
        if missing && ((alone && due.is_none()) || choice.is_some()) {
            verdict.or = Some(Status::Satisfied);
        }
        Ok(verdict)
    }

    /// Whether the field that says to whom a bill goes can say this party.
    fn can_be_billed(&self, billed: &Billed, party: Party) -> bool {
        let ty = &self.plan.schema.field(billed.bills.record, billed.to).unwrap().ty;
        match party {
            Party::Nobody => false,
            Party::Row(record, _) => *ty == Type::Ref(record) || *ty == Type::Text,
            Party::Actor(actor) => {
                let name = &self.plan.schema.actor(actor).unwrap().name;
                ty.options().contains(name) || *ty == Type::Text
            }
        }
    }

    /// The first and the last day of a cost: those of the clause that says `pay its share` of it.
    fn days_to_pay(&self, case: &Case) -> R<(Option<Day>, Option<Day>)> {
        let pays = |norm: &&Norm| {
            norm.bodies.iter().any(|body| matches!(body.test, NormTest::PaysShare(cost) if cost == case.inst.clause))
        };
        if self.plan.norms.iter().map(|norm| &**norm).filter(pays).count() > 1 {
            return no("a cost of which several clauses ask for the shares");
        }
        for norm in &self.plan.norms {
            let [body] = norm.bodies.as_slice() else { continue };
            if matches!(body.test, NormTest::PaysShare(cost) if cost == case.inst.clause) {
                let mut days = vec![];
                for inst in self.instances(norm.clause)? {
                    if inst.subject.map(|(_, row)| row) == case.inst.subject.map(|(_, row)| row)
                        && let Some(other) = self.case(norm, body, inst)?
                    {
                        days.push((other.days.first, other.days.last));
                    }
                }
                return match days.first() {
                    Some((first, Some(last))) => Ok((*first, Some(*last))),
                    _ => no("a share that nobody has to pay by a day"),
                };
            }
        }
        Ok((None, None))
    }

    pub fn pays_share(&self, case: &Case, cost: ClauseId) -> R<Verdict> {
        let norms: Vec<_> = self.plan.norms_of(cost).collect();
        let [(_, norm)] = norms.as_slice() else { return no("a cost of several wordings") };
        let [body] = norm.bodies.as_slice() else { return no("a cost of several readings") };
        if !norm.yields_to.is_empty() {
            return no("a share of a cost that another clause goes before");
        }
        let NormTest::Shared { sharing, billed: Some(billed) } = &body.test else { return no("a cost without bills") };
        let (Some((line, row)), Who::Row(record, bearer)) = (case.inst.subject, case.inst.bearer) else {
            return no("a share of nobody");
        };
        let of = &case.norm.subjects[usize::from(line)];
        let inst = super::judge::Inst { clause: cost, bearer: Who::One, ..case.inst };
        let Some(theirs) = self.case(norm, body, inst)? else { return Ok(plain(Status::NotApplicable)) };
        if !self.reaches(&body.conditions, &theirs.env)? {
            return Ok(plain(Status::NotApplicable));
        }
        let env = theirs.env.bind(norm.subjects[0].var, (of.record, row));
        let to_come = theirs.subject_day.is_some_and(|day| day > self.as_of);
        if to_come {
            return no("a share of what is still to come");
        }
        let shares = match self.shares(sharing, &env) {
            Ok(Some(shares)) => shares,
            Ok(None) => return Ok(plain(Status::NotApplicable)),
            // What is for a person of the cost is so of each share.
            Err(stop) => return Err(stop),
        };
        let own = shares.into_iter().find(|(party, _)| *party == Party::Row(record, bearer));
        let Some((party, share)) = own else { return Ok(plain(Status::NotApplicable)) };
        if share.amount.is_zero() {
            return no("a share of nothing");
        }
        let mut paid: Vec<(Day, Number)> = vec![];
        for (who, amount, day) in self.bills(billed, row, &env)? {
            if who == party {
                paid.push((day, amount.amount));
            }
        }
        let paid = that_pays(paid, case.days.first);
        let last = case.days.last;
        let of_share = |verdict: Verdict| Verdict { shares: Some(vec![(party, share.clone())]), ..verdict };
        if let Some(parts) = &case.body.instalments {
            let currency = Some(share.currency);
            return self.in_instalments(case, parts, &paid, (&share.amount, currency)).map(of_share);
        }
        if let Some(day) = stays_paid(paid, &share.amount) {
            return Ok(of_share(match last {
                Some(last) if day > last => late(Some(last), day),
                _ => Verdict { last, ..plain(Status::Satisfied) },
            }));
        }
        let over = last.is_some_and(|last| last < self.as_of);
        Ok(of_share(Verdict { last, ..self.not_done(case, case.days, over)? }))
    }
}

/// What comes before the first day pays nothing, and what is paid back is taken from that first.
fn that_pays(mut paid: Vec<(Day, Number)>, opens: Option<Day>) -> Vec<(Day, Number)> {
    paid.sort_by_key(|(day, _)| *day);
    let (early, mut pays): (Vec<_>, Vec<_>) =
        paid.into_iter().partition(|(day, _)| opens.is_some_and(|first| *day < first));
    let mut early = early.iter().fold(Number::ZERO, |sum, (_, one)| sum.plus(one));
    for (_, one) in pays.iter_mut().filter(|(_, one)| one.is_negative()) {
        let (owed, back) = (early.clone().max(Number::ZERO), Number::ZERO.minus(one));
        early = owed.minus(&back);
        *one = Number::ZERO.minus(&back.minus(&owed).max(Number::ZERO));
    }
    pays
}

/// The day from whose end on a sum of payments never again lies below an amount.
pub fn stays_paid(paid: Vec<(Day, Number)>, amount: &Number) -> Option<Day> {
    let days: BTreeSet<Day> = paid.iter().map(|(day, _)| *day).collect();
    let by = |day: Day| paid.iter().filter(|(on, _)| *on <= day).fold(Number::ZERO, |sum, (_, one)| sum.plus(one));
    days.iter().copied().find(|day| days.iter().filter(|later| *later >= day).all(|later| by(*later) >= *amount))
}

/// What somebody bears beside a share of their own.
fn takes(shares: &mut Shares, who: Party, amount: Money) {
    match shares.iter_mut().find(|(party, _)| *party == who) {
        Some((_, own)) => *own = own.with(own.amount.plus(&amount.amount)),
        None => shares.push((who, amount)),
    }
}

fn actors_of(key: &SharingKey) -> Vec<ActorId> {
    let mut all = match key {
        SharingKey::Equally | SharingKey::InProportionTo(_) => vec![],
        SharingKey::InParts(parts) => parts.iter().map(|(_, actor)| *actor).collect(),
        SharingKey::Mixed(portions) => portions.iter().flat_map(|(_, key)| actors_of(key)).collect(),
    };
    all.sort();
    all.dedup();
    all
}

/// Each rounded down to the unit; what is left over goes out by units, to those that lost most or to the first in order.
fn rounded(exact: &[Number], unit: &Number, remainder: Remainder, ranks: &[usize]) -> Vec<Number> {
    let units: Vec<Number> = exact.iter().map(|one| one.divided_by(unit).unwrap()).collect();
    let mut down: Vec<Number> = units.iter().map(Number::floor).collect();
    let all = units.iter().fold(Number::ZERO, |sum, one| sum.plus(one)).round_half_up();
    let given = down.iter().fold(Number::ZERO, |sum, one| sum.plus(one));
    let left = usize::try_from(all.minus(&given).to_i64().unwrap()).unwrap();
    let lost = |at: usize| units[at].minus(&units[at].floor());
    let mut order: Vec<usize> = (0..exact.len()).filter(|at| !lost(*at).is_zero()).collect();
    order.sort_by_key(|at| ranks[*at]);
    if matches!(remainder, Remainder::Largest) {
        order.sort_by_key(|at| std::cmp::Reverse(lost(*at)));
    }
    for at in order.into_iter().take(left) {
        down[at] = down[at].plus(&Number::ONE);
    }
    down.iter().map(|one| one.times(unit)).collect()
}
