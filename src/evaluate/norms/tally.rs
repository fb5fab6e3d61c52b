//! Counting what was done: in time, late, or not at all, and what is not known of it.

use crate::model::clause::Limit;
use crate::value::{Day, Number};
use crate::verdict::{Breach, LastDay, Nuance, Status};

use crate::evaluate::expr::frame::{Frame, Passed};
use crate::evaluate::judge::Used;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::{Outcome, Possible};

/// One thing that may count: whether it is of the right kind, and when it was done. No day: nothing is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    pub right: Truth,
    pub day: Option<DayBounds>,
    /// What leaves it open is on file: a day that is not given or not exactly known, sources that disagree.
    pub on_file: bool,
}

/// How a deed counts, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    InTime,
    Late,
    TooEarly,
    /// Only planned, or not of the right kind, or outside the period.
    Not,
    /// One or the other.
    Open {
        in_time: bool,
        late: bool,
    },
}

/// The days within which deeds are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub frame: Frame,
    /// The days of the period, when the deed's day says which period it is for.
    pub period: Option<(Day, Day)>,
    /// Nothing counts before this day, nor after that one: the time of force, of the bearer, and the as-of day.
    pub since: Day,
    pub until: Day,
    pub as_of: Day,
    /// How many suffice: what comes late after the one that completes them changes nothing.
    pub enough: Option<usize>,
}

impl Field {
    /// How a deed counts.
    pub fn counts(&self, deed: Deed) -> Counts {
        if deed.right.is_no() {
            return Counts::Not;
        }
        let day = deed.day.unwrap_or(DayBounds::within(Day::MIN, Day::MAX));
        let (period_first, period_last) = self.period.unwrap_or((Day::MIN, Day::MAX));
        let start = period_first.max(self.since);
        let end = period_last.min(self.until).min(self.as_of);
        let (first_first, first_last) = self.frame.first_bounds();
        let (last_first, last_last) = self.frame.last_bounds();
        let (widest_first, narrowest_first) = (first_first.max(start), first_last.max(start));
        let may_be_in_time = day.may_lie_in(widest_first, last_last.min(end));
        let may_be_late = last_first < end && day.may_lie_in(last_first.following().max(widest_first), end);
        let certain = deed.right.is_yes() && deed.day.is_some();
        if certain && may_be_in_time && day.lies_in(narrowest_first, last_first.min(end)) {
            return Counts::InTime;
        }
        if certain && may_be_late && !may_be_in_time && day.lies_in(last_last.following().max(narrowest_first), end) {
            return Counts::Late;
        }
        match (may_be_in_time, may_be_late) {
            // What was done before the period is of another one, and says nothing of this.
            (false, false) if day.last < widest_first && day.last >= start && day.last <= self.as_of => {
                Counts::TooEarly
            }
            (false, false) => Counts::Not,
            (in_time, late) => Counts::Open { in_time, late },
        }
    }
}

impl Field {
    /// The days on which a deed of which all is known can be in time.
    pub fn in_time(&self) -> (Day, Day) {
        let (first, last) = self.reach();
        (first.max(self.frame.first_bounds().0), last.min(self.frame.last_bounds().1))
    }

    /// The days on which it can be late.
    pub fn late(&self) -> (Day, Day) {
        let (first, last) = self.reach();
        (first.max(self.frame.last_bounds().0.following()), last)
    }

    /// The days outside of which nothing that was done counts, nor comes too early.
    pub fn reach(&self) -> (Day, Day) {
        let (period_first, period_last) = self.period.unwrap_or((Day::MIN, Day::MAX));
        let first = period_first.max(self.since);
        let end = period_last.min(self.until).min(self.as_of);
        let opens = self.frame.first_bounds().0;
        let early = if opens > first { opens.preceding().min(self.as_of) } else { end };
        (first, end.max(early))
    }
}

/// The acts beyond so many that are allowed, with those that may be: those that may have been done, those that exceed the number if one of
/// these was done before, and one that nobody has written down.
fn breaches(acts: &[(DayBounds, bool)], allowed: usize, unlisted: &[(Day, Day)]) -> Vec<Breach> {
    let certain = || acts.iter().filter(|(_, sure)| *sure).map(|(day, _)| day);
    let (mut first, mut last): (Vec<Day>, Vec<Day>) = certain().map(|day| (day.first, day.last)).unzip();
    first.sort_unstable();
    last.sort_unstable();
    let perhaps = acts.iter().filter(|(_, sure)| !*sure).map(|(day, _)| (day.first, day.last));
    let perhaps = perhaps.chain(unlisted.iter().copied());
    let perhaps: Vec<Breach> = perhaps.map(|(first, last)| Breach { first, last, sure: false }).collect();
    let counted = first.into_iter().zip(last).enumerate();
    let counted = counted.map(|(at, (first, last))| Breach { first, last, sure: at >= allowed });
    let doubtful = !perhaps.is_empty();
    counted.filter(|breach| breach.sure || doubtful).chain(perhaps).collect()
}

/// How many deeds count.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Certainly in time.
    in_time: usize,
    /// Possibly in time, beyond those.
    perhaps_in_time: usize,
    /// Of those, how many by what is on file.
    perhaps_on_file: usize,
    /// Certainly done, in time or late.
    done: usize,
    /// Possibly done, beyond those.
    perhaps_done: usize,
    /// Certainly done, but before the window began.
    pub too_early: usize,
    /// How many were done before, of those that are counted together.
    spent: usize,
    /// Something may have been done outside of the window.
    pub perhaps_outside: bool,
    /// Something was done outside of the window if a person says that it is of the right kind.
    pub outside_if_weighed: bool,
    /// More could have been in time, or done at all, that nobody has written down.
    pub more_in_time: bool,
    pub more_done: bool,
    /// The days on which that may have been.
    pub unlisted: Vec<(Day, Day)>,
    /// Days of what is certainly done, where they are exact.
    days: Vec<Day>,
    /// Days of what was done, or may have been, within the window and outside of it, with whether it certainly was.
    within: Vec<(DayBounds, bool)>,
    beyond: Vec<(DayBounds, bool)>,
    /// Of what is possibly done, what is for a person to say.
    weighed: Vec<(Counts, Counts, Deed)>,
    /// What nobody has written down could count only if a person says so.
    pub more_is_weighed: bool,
}

impl Tally {
    pub fn add(&mut self, counts: Counts, deed: Deed) {
        let one_more = |number: &mut usize| *number = number.saturating_add(1);
        match counts {
            Counts::InTime => {
                one_more(&mut self.in_time);
                one_more(&mut self.done);
            }
            Counts::Late => one_more(&mut self.done),
            Counts::Open { in_time, .. } => {
                if in_time {
                    one_more(&mut self.perhaps_in_time);
                    // What was certainly done is on file: only its window is not exactly known.
                    let on_file = deed.on_file || (deed.right.is_yes() && deed.day.is_some());
                    self.perhaps_on_file = self.perhaps_on_file.saturating_add(usize::from(on_file));
                }
                one_more(&mut self.perhaps_done);
            }
            Counts::TooEarly if deed.right.is_yes() => one_more(&mut self.too_early),
            Counts::TooEarly | Counts::Not => {}
        }
        if let (Counts::InTime | Counts::Late, Some(day)) = (counts, deed.day.and_then(DayBounds::exact)) {
            self.days.push(day);
        }
        let day = deed.day.unwrap_or(DayBounds::within(Day::MIN, Day::MAX));
        match counts {
            Counts::InTime => self.within.push((day, true)),
            Counts::Open { in_time: true, .. } => self.within.push((day, false)),
            Counts::Late => self.beyond.push((day, true)),
            Counts::Open { .. } => self.beyond.push((day, false)),
            Counts::TooEarly => self.beyond.push((day, deed.right.is_yes())),
            Counts::Not => {}
        }
    }

    /// What is open for a person to say: how it counts so far, and how if they say that it is of the right kind.
    pub fn add_weighed(&mut self, counts: Counts, sure: Counts, deed: Deed) {
        self.add(counts, deed);
        if matches!(counts, Counts::Open { .. }) {
            self.weighed.push((counts, sure, Deed { right: Truth::Yes, ..deed }));
        }
    }

    /// The same as a person would say of all that is theirs to say.
    pub fn as_weighed(&self, counts: bool) -> Tally {
        let mut tally =
            Tally { weighed: Vec::new(), more_is_weighed: false, outside_if_weighed: false, ..self.clone() };
        let one_less = |number: &mut usize| *number = number.saturating_sub(1);
        for (open, sure, deed) in &self.weighed {
            if let Counts::Open { in_time, .. } = open {
                if *in_time {
                    one_less(&mut tally.perhaps_in_time);
                    tally.perhaps_on_file = tally.perhaps_on_file.saturating_sub(usize::from(deed.on_file));
                }
                one_less(&mut tally.perhaps_done);
            }
            if counts {
                tally.add(*sure, *deed);
            }
        }
        if !counts && self.more_is_weighed {
            (tally.more_in_time, tally.more_done) = (false, false);
        }
        tally
    }

    /// What no fact decides, but a person does, is theirs.
    fn or_weighed(&self, outcome: Outcome, of: impl Fn(&Tally) -> Outcome) -> Outcome {
        if outcome.status != Status::Unknown || (self.weighed.is_empty() && !self.more_is_weighed) {
            return outcome;
        }
        match [false, true].map(|counts| of(&self.as_weighed(counts)).status) {
            [Status::Unknown, _] | [_, Status::Unknown] => outcome,
            [one, other] if one == other => outcome.with(one),
            [_, _] => outcome.with(Status::NeedsJudgement),
        }
    }

    /// Whether so many are exceeded at most if a person says so.
    pub fn is_exceeded_only_if_weighed(&self, allowed: usize, field: &Field) -> bool {
        self.as_weighed(false).at_most(allowed, field).status == Status::Satisfied
    }

    /// The most that can be in time; `None` has no bound.
    fn most_in_time(&self) -> Option<usize> {
        (!self.more_in_time).then(|| self.in_time.saturating_add(self.perhaps_in_time))
    }

    fn most_done(&self) -> Option<usize> {
        (!self.more_done).then(|| self.done.saturating_add(self.perhaps_done))
    }

    /// How many were certainly done outside of the window.
    pub fn outside(&self) -> usize {
        self.too_early.saturating_add(self.done.saturating_sub(self.in_time))
    }

    /// At least so many are to be done. One that came late, in a list that is not complete, may not have been the first.
    pub fn at_least(&self, needed: usize, field: &Field) -> Outcome {
        self.at_least_or_late((needed, needed), field)
    }

    /// At least so many are to be done in time, and it is late where as many as it takes were done in the end.
    fn at_least_or_late(&self, (needed, in_full): (usize, usize), field: &Field) -> Outcome {
        let passed = field.frame.passed(field.as_of);
        let reaches = |most: Option<usize>| most.is_none_or(|most| most >= needed);
        let mut possible = Possible::default();
        if reaches(self.most_in_time()) {
            possible.add(Status::Satisfied);
        }
        if self.in_time < needed {
            if passed != Passed::Yes {
                possible.add(Status::Pending);
            }
            if passed != Passed::No {
                if self.most_done().is_none_or(|most| most >= in_full) {
                    possible.add(Status::Late);
                }
                if self.done < in_full {
                    possible.add(Status::Violated);
                }
            }
        }
        // What only something that is not on file could still satisfy is pending.
        let on_file = self.in_time.saturating_add(self.perhaps_on_file);
        let status = match possible.agreed() {
            Status::Unknown if passed == Passed::No && on_file < needed && field.until >= field.as_of => {
                Status::Pending
            }
            status => status,
        };
        let mut outcome = self.framed(status, field);
        // What came after the last day counts where it made it late.
        let counts = if outcome.status == Status::Late { self.done } else { self.in_time };
        outcome.progress = Some((Number::count(counts), Number::count(needed)));
        outcome.not_in_time = possible.is_late_or_violated();
        let completes = if outcome.status == Status::Late { in_full } else { needed };
        outcome.days = self.days_of(completes, outcome.status, field);
        self.or_weighed(outcome, |tally| tally.at_least_or_late((needed, in_full), field))
    }

    /// The day of the deed that completed so many, as far as the certain ones tell.
    pub fn completed(&self, needed: usize) -> Option<Day> {
        // Of one whose day is not exactly known it is open which it was.
        if self.days.len() < self.done {
            return None;
        }
        let mut days = self.days.clone();
        days.sort_unstable();
        days.get(needed.checked_sub(1)?).copied()
    }

    /// Days late, or days to spare, of the deed that completed it.
    fn days_of(&self, needed: usize, status: Status, field: &Field) -> Option<i32> {
        let completed = self.completed(needed)?;
        // With others possibly earlier, the day on which it was complete is not certain.
        if self.perhaps_done > 0 || (status == Status::Late && self.more_done) {
            return None;
        }
        let LastDay::On(last) = field.frame.last_day() else { return None };
        match status {
            Status::Late => Some(last.days_until(completed)),
            Status::Satisfied => Some(completed.days_until(last)),
            _ => None,
        }
    }

    /// At most so many may be done.
    pub fn at_most(&self, allowed: usize, field: &Field) -> Outcome {
        let running = field.frame.passed(field.as_of) != Passed::Yes;
        let status = if self.in_time > allowed {
            Status::Violated
        } else if self.most_in_time().is_some_and(|most| most <= allowed) {
            Status::Satisfied
        } else {
            Status::Unknown
        };
        let mut outcome = self.framed(status, field);
        if status == Status::Satisfied && running {
            outcome.nuance = Nuance::SoFar;
        }
        outcome.progress = Some((Number::count(self.in_time), Number::count(allowed)));
        outcome.for_good = status == Status::Violated;
        if status != Status::Satisfied {
            let unlisted = if self.more_in_time { self.unlisted.as_slice() } else { &[] };
            outcome.broken = breaches(&self.within, allowed.saturating_sub(self.spent), unlisted).into();
        }
        if status == Status::Violated {
            outcome.last_broken = self.within.iter().map(|(day, _)| day.last).max();
        }
        self.or_weighed(outcome, |tally| tally.at_most(allowed, field))
    }

    /// The acts outside of the window, and those within it beyond so many.
    pub fn broken_outside(&self, allowed: Option<usize>) -> Box<[Breach]> {
        let unlisted = if self.more_done { self.unlisted.as_slice() } else { &[] };
        let mut found = breaches(&self.beyond, 0, unlisted);
        if let Some(allowed) = allowed {
            found.extend(breaches(&self.within, allowed.saturating_sub(self.spent), &[]));
        }
        found.into()
    }

    /// How many were in time.
    pub fn used(&self) -> Used {
        Used { least: self.in_time, most: self.most_in_time() }
    }

    /// At most so many may be done, with those that were done before: only one of these exceeds it.
    pub fn at_most_with(&self, before: Used, allowed: usize, field: &Field) -> Outcome {
        if before == Used::default() || self.most_in_time() == Some(0) {
            return self.at_most(allowed, field);
        }
        let mut all = self.clone();
        all.in_time = all.in_time.saturating_add(before.least);
        all.spent = before.least;
        let perhaps = before.most.map(|most| most.saturating_sub(before.least));
        all.perhaps_in_time = all.perhaps_in_time.saturating_add(perhaps.unwrap_or(0));
        all.more_in_time |= perhaps.is_none();
        let outcome = all.at_most(allowed, field);
        // Whether one of these was done at all is not known.
        if outcome.status == Status::Violated && self.in_time == 0 { outcome.with(Status::Unknown) } else { outcome }
    }

    /// Exactly so many are to be done.
    pub fn exactly(&self, asked: usize, field: &Field) -> Outcome {
        self.within((asked, asked), field)
    }

    /// At least so many are to be done, and at most so many: no number is both where a number of times is asked for that is no whole one.
    pub fn within(&self, (least, most): (usize, usize), field: &Field) -> Outcome {
        let passed = field.frame.passed(field.as_of);
        let at_most = self.at_most(most, field);
        if at_most.status == Status::Violated {
            return at_most;
        }
        let mut outcome = self.at_least(least, field);
        if outcome.status == Status::Satisfied {
            outcome = outcome.with(at_most.status);
        }
        if outcome.status == Status::Satisfied && passed != Passed::Yes {
            outcome.nuance = Nuance::SoFar;
        }
        outcome
    }

    /// About so many: inside the tolerance satisfied, outside a person judges. More than a least number, and fewer than a greatest
    /// one, lie inside. What falls short of the floor is broken, or late where it came inside the tolerance after all.
    pub fn about(&self, limit: Limit, (least, most, floor): (usize, usize, usize), field: &Field) -> Outcome {
        let tolerated = self.tolerated(limit, (least, most), field);
        let in_full = if matches!(limit, Limit::AtMost | Limit::LessThan) { floor } else { least.max(floor) };
        let floored = self.at_least_or_late((floor, in_full), field);
        let needed = tolerated.progress.as_ref().map(|(_, needed)| needed.clone());
        let progress = floored.progress.as_ref().map(|(done, _)| done.clone()).zip(needed);
        let short = Outcome { progress, ..floored };
        match short.status {
            Status::Violated | Status::Late => short,
            Status::Unknown if short.not_in_time || tolerated.status == Status::NeedsJudgement => short,
            _ => tolerated,
        }
    }

    fn tolerated(&self, limit: Limit, (least, most): (usize, usize), field: &Field) -> Outcome {
        // What came after the last day makes nothing late here.
        let counted = Some((Number::count(self.in_time), Number::count(least)));
        let low = Outcome { progress: counted, ..self.at_least(least, field) };
        let high = self.at_most(most, field);
        let for_a_person = |outcome: Outcome| match outcome.status {
            Status::Violated | Status::Late => outcome.with(Status::NeedsJudgement),
            // Whether it came late or not at all, too few were done in time.
            Status::Unknown if outcome.not_in_time => outcome.with(Status::NeedsJudgement),
            _ => outcome,
        };
        match limit {
            Limit::AtLeast | Limit::MoreThan => return for_a_person(low),
            Limit::AtMost | Limit::LessThan => return for_a_person(high),
            Limit::Exactly => {}
        }
        let status = match (low.status, high.status) {
            (_, Status::Violated) => Status::NeedsJudgement,
            (Status::Satisfied, status) => status,
            (Status::Violated | Status::Late, _) => Status::NeedsJudgement,
            (Status::Unknown, _) if low.not_in_time => Status::NeedsJudgement,
            (status, _) => status,
        };
        let nuance = if status == Status::Satisfied { high.nuance } else { Nuance::Plain };
        low.with(status).nuanced(nuance)
    }

    fn framed(&self, status: Status, field: &Field) -> Outcome {
        Outcome { first: field.frame.first_day(), last: field.frame.last_day(), ..Outcome::of(status) }
    }
}
