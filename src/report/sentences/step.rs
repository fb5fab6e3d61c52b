//! One step on the way to a verdict, as a sentence.

use super::missing::span;
use super::{amendments, came_out, days, doing_of, recorded, through, walk};
use crate::facts::{CellId, Row};
use crate::model::clause::{Limit, WhichEnd};
use crate::model::expr::ClauseId;
use crate::model::schema::{RecordId, Shape};
use crate::plan::NormTest;
use crate::report::names::Names;
use crate::value::{Currency, Day, Money, Number, Rounding, round_to};
use crate::verdict::{Asked, Fit, Instance, Judged, LastDay, Limits, Mark, Nuance, Reason, Said, ShareOf, Status};

/// What is open of another clause: `whether dues was broken` is for a person, or `it is unclear whether dues was broken`.
fn whether(names: &Names, mark: Mark, clause: ClauseId, did: &str) -> String {
    let whether = if mark == Mark::Person { "whether" } else { "it is unclear whether" };
    format!("{whether} {} {did}", names.clause_name(clause))
}

/// What a step says about this instance.
pub fn step(names: &Names, judged: &Judged, reason: &Reason) -> String {
    let instance = &judged.verdict.instance;
    match &reason.said {
        Said::Verdict(status, nuance) => verdict(names, instance, *status, *nuance),
        Said::Reading { name, called, days } => format!("read as {name}: {}", came_out(*called, *days)),
        Said::Condition => condition(names, reason),
        Said::Joint => joint(names, reason),
        Said::Value(cell, on) => format!("{} is {}", names.cell_of(*cell), names.value_as_of(*cell, *on)),
        Said::EitherWay(cell) => format!(
            "{} is {}: the verdict is the same whichever it is; the other steps describe one of these cases",
            names.cell_of(*cell),
            names.value(*cell)
        ),
        Said::Dated { value, on } => {
            let name = names.plan.value(*value).map_or("", |value| value.name.as_str());
            let words = reason.policy.map_or_else(String::new, |span| names.words(span));
            format!("{name} is {words} on {on}")
        }
        Said::Defined(id) => {
            let name = names.plan.definition(*id).map_or("", |definition| definition.name.as_str());
            format!("{name}, as worked out above")
        }
        Said::Figure { least, most, currency } => {
            quoted_is(names, reason, &figure(least.as_ref(), most.as_ref(), *currency))
        }
        Said::Day { day } => quoted_is(names, reason, &day.to_string()),
        Said::Amount(number) => quoted_is(names, reason, &number.to_string()),
        Said::Window { first, last } => window(names, judged, reason, (*first, *last)),
        Said::Evidence { record, row, day, fit } => evidence(names, judged, reason, (*record, *row, *day, *fit)),
        Said::Belongs { record, row } => belongs(names, *record, *row, reason.mark),
        Said::Instalment { at, many, comes_to, currency, last, late } => {
            let late = match late {
                Some(1) => ", 1 day late".to_string(),
                Some(days) => format!(", {days} days late"),
                None => String::new(),
            };
            format!("{}{late}", instalment((*at, *many), (comes_to.as_ref(), *currency), *last))
        }
        Said::OwnLimit { who, limits, amount } => {
            format!("{} {}", names.share_of(*who), own_limit(*limits, amount.as_ref()))
        }
        Said::Weight { who, weight } => format!("{} weighs {weight}", names.share_of(*who)),
        Said::Counted { least, most, asked } => counted(least, most.as_ref(), asked),
        Said::NothingOnFile(record) => format!("no {} in the facts qualifies", names.record(*record)),
        Said::NotCome { by } => format!("that day had not come by {by}"),
        Said::NotGiven { cell, by } => format!(
            "{} is not given, and the list of {} is complete, so that day had not come by {by}",
            names.cell_of(*cell),
            names.records(cell.record)
        ),
        Said::TooEarly { day, first } => format!("it came too early: {day} is before the first day, {first}"),
        Said::Completeness { record, from, through } => completeness(names, *record, *from, *through, reason.mark),
        Said::NotInForce { day } => not_in_force(names, instance, *day),
        Said::TermRan { term, days, until } => {
            let (term, last) = (names.clause_name(*term), days.last());
            format!("until {until}, {term} ran from {} through {last}", days.first())
        }
        Said::OutsideTerm(term) => format!("{} does not run then", names.clause_name(*term)),
        Said::Amended(by) => amendments::amended(names, *by),
        Said::Ended { clause, by } => amendments::ended(names, *clause, *by),
        Said::Adoption(which, adoption) => amendments::adoption(names, *which, *adoption),
        Said::Way { adopted, called, days } => amendments::way(names, adopted, *called, *days),
        Said::NoDay(record, field) => format!("there is no {}", names.field_name(*record, *field)),
        Said::NoEffect { right, used } => {
            let why = match used {
                true => "there is no date to count its effect from",
                false => "it was not used and can no longer be used",
            };
            format!("{} takes no effect: {why}", names.clause_name(*right))
        }
        Said::NoSuchDay(words) => words.clone(),
        Said::MovedOff { from, to } => walk::moved(names.plan, *from, *to),
        Said::Reckoned { from, by, counted, to } => walk::reckoned(names.plan, (*from, *by), *counted, *to),
        Said::FallsOn { day } => falls_on(names, reason, *day),
        Said::EmptyWindow { first, last } => format!("the first day, {first}, comes after the last day, {last}"),
        Said::EndedOn { day } => format!("ended on {day}"),
        Said::HeldFrom { day } => format!("it did not hold on the last day; it held from {day}"),
        Said::NotHeldOn { day } => format!("it did not hold on {day}"),
        Said::Broken { clause, status } => {
            let how = if *status == Status::Late { "was kept late" } else { "was not kept" };
            format!("{} {how}", names.clause_name(*clause))
        }
        Said::InProportion { whole, days, comes_to, currency } => in_proportion((whole, comes_to), *days, *currency),
        Said::CountsNotAtAll => "the period is cut short, and such a period does not count".to_string(),
        Said::CutShort => {
            "the period is cut short, and the agreement does not say how such a period counts".to_string()
        }
        Said::BindsOnly { first, last } => {
            let first = first.map(|first| format!(" from {first}"));
            let last = last.map(|last| format!(" through {last}"));
            let days: String = [first, last].into_iter().flatten().collect();
            format!("it binds only{days}, and part of its window is outside that time")
        }
        Said::YieldsTo(clause) => format!("{} applies instead", names.clause_name(*clause)),
        Said::Applies(clause) => format!("{} applies", names.clause_name(*clause)),
        Said::YieldsOn { clause, first, last: Some(last) } => {
            format!("{} applies instead from {first} through {last}", names.clause_name(*clause))
        }
        Said::YieldsOn { clause, first, last: None } => {
            format!("{} applies instead from {first} on", names.clause_name(*clause))
        }
        Said::Conflict(one, other) => {
            let (one, other) = (names.clause_name(*one), names.clause_name(*other));
            format!("{one} and {other} both apply instead, and they disagree")
        }
        Said::DaysDiffer { which, days } => days_differ(names, *which, days),
        Said::NothingBroken(clause) if instance.period.is_some() => {
            format!("no breach of {} makes anything due in this period", names.clause_name(*clause))
        }
        Said::NothingBroken(clause) => format!("{} is not broken, so nothing falls due", names.clause_name(*clause)),
        Said::BreachOpen(clause) => whether(names, reason.mark, *clause, "was broken"),
        Said::PrecedenceOpen(clause) => whether(names, reason.mark, *clause, "applies instead"),
        Said::MakesNothingDue(clause) => {
            format!("the wording of {} on that day does not make it due", names.clause_name(*clause))
        }
        Said::Membership { member, from, last } => during(MEMBERSHIP, *member, *from, *last),
        Said::Lasts { lasts, from, last } => during(LASTS, *lasts, *from, *last),
        Said::Share { who, amount, billed } => share(names, *who, amount, billed.as_ref()),
        Said::NoShare { who, of } => {
            format!("{} bears no share of {}", names.share_of(*who), names.clause_name(*of))
        }
        Said::NotCovered(cost) => format!("{} does not apply to it", names.clause_name(*cost)),
        Said::Judgement(at) => {
            let one = names.facts.judgements.get(*at);
            one.map_or_else(String::new, |one| recorded::judgement(names, one))
        }
        Said::Attestation(at) => {
            let one = names.facts.attestations.get(*at);
            one.map_or_else(String::new, |one| recorded::attestation(names, one))
        }
        Said::Waiver(at) => names.facts.waivers.get(*at).map_or_else(String::new, |one| recorded::waiver(names, one)),
        Said::Weigh(words) => format!("\"{words}\""),
        Said::Planned { day } | Said::ToCome { day } => format!("planned for {day}, which has not come yet"),
        Said::TakesEffect { day } => format!("takes effect on {day}"),
        Said::Term { number, first, last } => term(*number, *first, *last),
        Said::Words(words) => (*words).to_string(),
    }
}

/// A wording that begins later says when; one that has ended, on which day it was no more.
fn not_in_force(names: &Names, instance: &Instance, day: Day) -> String {
    let days = names.norm(instance).map(|norm| norm.force);
    match days {
        Some(days) if days.from == day => format!("this wording is in force only from {day}"),
        Some(days) if days.from > day => format!("this wording is in force only from {}, not on {day}", days.from),
        Some(days) if days.until <= day => {
            format!("this wording was in force only through {}, not on {day}", days.last())
        }
        Some(_) | None => format!("this wording was not in force on {day}"),
    }
}

fn verdict(names: &Names, instance: &Instance, status: Status, nuance: Nuance) -> String {
    let called = status.called(names.strength(instance)).words();
    match nuance {
        Nuance::Plain => called.to_string(),
        Nuance::SoFar => format!("{called} so far"),
        Nuance::Waived => format!("{called}, waived"),
        Nuance::NotUsed => "not used".to_string(),
        Nuance::WithoutEffect => "without effect".to_string(),
    }
}

/// The policy's own words, and whether they hold.
fn condition(names: &Names, reason: &Reason) -> String {
    let words = reason.policy.map_or_else(String::new, |span| names.words(span));
    let holds = match reason.mark {
        Mark::Yes => "holds",
        Mark::No => "does not hold",
        Mark::Open => "cannot be determined",
        Mark::Person => "is for a person to judge",
        Mark::Plain => return format!("`{words}`"),
    };
    if words.is_empty() { format!("it {holds}") } else { format!("`{words}` {holds}") }
}

fn days_differ(names: &Names, which: WhichEnd, days: &[(ClauseId, Day)]) -> String {
    let which = match which {
        WhichEnd::First => "first",
        WhichEnd::Last => "last",
    };
    let each = |(clause, day): &(ClauseId, Day)| format!("{day} by {}", names.clause_name(*clause));
    let days: Vec<String> = days.iter().map(each).collect();
    format!("the rules disagree on the {which} day: {}", days.join(", "))
}

fn joint(names: &Names, reason: &Reason) -> String {
    match reason.policy {
        Some(_) => condition(names, reason),
        None => "taken together".to_string(),
    }
}

/// `at least 1 month before held_on` is 2014-12-22. Words that are the value itself are not said twice.
fn quoted_is(names: &Names, reason: &Reason, value: &str) -> String {
    let words = reason.policy.map_or_else(String::new, |span| names.words(span));
    if words.is_empty() || words == value { value.to_string() } else { format!("`{words}` is {value}") }
}

/// What most norms ask for in their window.
const DONE: &str = "to be done";

/// What is done in a window: a ban binds in it, a state is to hold, the rest is to be done.
fn window(names: &Names, judged: &Judged, reason: &Reason, (first, last): (Option<Day>, LastDay)) -> String {
    let bodies = names.norm(&judged.verdict.instance).into_iter().flat_map(|norm| &norm.bodies);
    let mut kinds = bodies.map(|body| match body.test {
        NormTest::Never(_) => "it binds",
        NormTest::May { .. } => "it may be used",
        NormTest::Holds(_) | NormTest::HoldsDaily(_) => "it is to hold",
        _ => DONE,
    });
    let what = kinds.next().filter(|kind| kinds.all(|other| other == *kind)).unwrap_or(DONE);
    let lacks = |said: fn(&Said) -> bool| reason.because.iter().any(|one| said(&one.said));
    if lacks(|said| matches!(said, Said::NoSuchDay(_))) {
        return "its window cannot be determined, because one of its dates does not exist".to_string();
    }
    if lacks(|said| matches!(said, Said::NoDay(..) | Said::NoEffect { .. })) {
        return "there is no window, because there is no date to count from".to_string();
    }
    match (first, last) {
        (Some(first), LastDay::On(last)) if first == last => format!("{what} on {first}"),
        (Some(first), LastDay::Unknown) => format!("{what} from {first} on; the last day is unknown"),
        (None, LastDay::Unknown) => format!("{what}; the last day is unknown"),
        (Some(first), LastDay::NotYet) => format!("{what} from {first} on; there is no last day yet"),
        (None, LastDay::NotYet) => format!("{what}; there is no last day yet"),
        (first, last) => match (first, through(last)) {
            (Some(first), Some(last)) => format!("{what} from {first} {last}"),
            (Some(first), None) => format!("{what} from {first} on, without a last day"),
            (None, Some(last)) => match last.strip_prefix("through ").filter(|_| what == DONE) {
                Some(last) => format!("{what} by {last}"),
                None => format!("{what} {last}"),
            },
            (None, None) => format!("{what} without a last day"),
        },
    }
}

/// The first day of the window, as far as it is lived by whoever bears it.
pub fn first_told(judged: &Judged) -> Option<Day> {
    let windows = judged.reason.because.iter().filter_map(|one| match one.said {
        Said::Window { first, .. } => Some(first),
        _ => None,
    });
    // Of several windows, none is that of the deed for certain.
    let mut windows = windows.fuse();
    let (told, another) = (windows.next().flatten(), windows.next());
    judged.first_day.max(told.filter(|_| another.is_none()))
}

/// `4 × 183 / 365 is about 2.01, rounded up to 3`.
fn in_proportion((whole, comes_to): (&Number, &Number), (part, all): (i32, i32), currency: Option<Currency>) -> String {
    let amount = |number: &Number| match currency {
        Some(currency) => Money { amount: number.clone(), currency }.to_string(),
        None => number.to_string(),
    };
    let exact = Number::ratio(i64::from(part), i64::from(all)).map(|share| whole.times(&share));
    let comes = match (exact.filter(|exact| exact != comes_to), currency) {
        (None, _) => format!(" = {}", amount(comes_to)),
        (Some(_), Some(currency)) => {
            format!(" = {}, rounded to {currency} {}", amount(comes_to), currency.unit())
        }
        (Some(exact), None) => {
            let about = Number::ratio(1, 100)
                .and_then(|unit| round_to(&exact, &unit, Rounding::HalfUp))
                .filter(|about| !about.is_integer());
            let about = about.map_or_else(
                || format!("between {} and {}", exact.floor(), exact.ceil()),
                |about| format!("about {about}"),
            );
            format!(" is {about}, rounded up to {comes_to}")
        }
    };
    format!("the period counts in proportion, {part} of {all} days: {} × {part} / {all}{comes}", amount(whole))
}

fn evidence(
    names: &Names,
    judged: &Judged,
    reason: &Reason,
    (record, row, day, fit): (RecordId, Row, Option<Day>, Fit),
) -> String {
    let what = names.record_row(record, row);
    let done = match day {
        Some(day) => format!("{what} ({} {day})", doing_of(names, record)),
        None => what,
    };
    let ban = names.norm(&judged.verdict.instance).is_some_and(super::bans);
    match (fit, ban) {
        (Fit::InTime, _) => format!("{done} counts"),
        (Fit::Late, true) => format!("{done} came after the last day on which it binds"),
        (Fit::Late, false) => match judged.last_day {
            LastDay::On(last) => format!("{done} came after the last day, {last}"),
            LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => {
                format!("{done} came after the last day")
            }
        },
        (Fit::TooEarly, true) => format!("{done} came before the first day on which it binds"),
        (Fit::TooEarly, false) => match first_told(judged).filter(|first| day.is_some_and(|day| day < *first)) {
            Some(first) => format!("{done} came too early, before the first day, {first}"),
            None => format!("{done} came too early, before the first day"),
        },
        (Fit::Planned, _) if day.is_none() => format!("{done} has not happened yet"),
        (Fit::Planned, _) => format!("{done} is planned and has not happened yet"),
        (Fit::Cancelled, _) => format!("{done} was called off"),
        (Fit::WrongForm, _) => match wrong_form(names, judged, reason) {
            Some(wrong) => format!("{done} {wrong}"),
            None => format!("{done} does not count"),
        },
        (Fit::PassedOver, _) => format!("{done} does not count"),
        (Fit::Open, _) => format!("it is unclear whether {done} counts"),
    }
}

/// What was wrong with the form of some evidence: `has form spoken, not written`. Nothing where it does not count for another reason.
pub fn wrong_form(names: &Names, judged: &Judged, evidence: &Reason) -> Option<String> {
    let bodies = names.norm(&judged.verdict.instance).into_iter().flat_map(|norm| &norm.bodies);
    let mut wrong = Vec::new();
    for demand in bodies.flat_map(|body| &body.form) {
        let has = evidence.because.iter().find_map(|one| match one.said {
            Said::Value(cell, _) if (cell.record, cell.field) == (demand.record, demand.field) => Some(cell),
            _ => None,
        });
        let Some(cell) = has else { continue };
        let (name, value) = (names.field(cell), names.value(cell));
        let said = format!("has {name} {value}, not {}", demand.option);
        if value != demand.option && !wrong.contains(&said) {
            wrong.push(said);
        }
    }
    (!wrong.is_empty()).then(|| wrong.join(" and "))
}

fn belongs(names: &Names, record: RecordId, row: Row, mark: Mark) -> String {
    let what = names.record_row(record, row);
    match mark {
        Mark::Yes | Mark::Plain => format!("{what}{}", lasting(names, record, row)),
        Mark::No => format!("{what} is not included"),
        Mark::Open => format!("it is unclear whether {what} is included"),
        Mark::Person => format!("whether {what} is included is for a person to judge"),
    }
}

/// The days of a record that lasts: ` (arisen_on 2020-05-01, settled_on none)`.
fn lasting(names: &Names, record: RecordId, row: Row) -> String {
    let shape = names.plan.schema.record(record).map(|record| record.shape);
    let Some(Shape::Lasts { from, to, .. }) = shape else { return String::new() };
    let day = |field| format!("{} {}", names.field_name(record, field), names.value(CellId { record, row, field }));
    format!(" ({}, {})", day(from), day(to))
}

fn counted(least: &Number, most: Option<&Number>, asked: &Asked) -> String {
    let count = match most {
        Some(most) if most == least => least.to_string(),
        Some(most) => format!("{least} to {most}"),
        None => format!("at least {least}"),
    };
    format!("found {count}, expected {}", asked_for(asked))
}

/// `at most 3`, `5 to 7`: how many are asked for.
pub fn asked_for(asked: &Asked) -> String {
    let range = match (&asked.least, &asked.most) {
        (Some(least), Some(most)) if least == most => least.to_string(),
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => "an unknown number".to_string(),
    };
    match asked.limit {
        Some(limit) => format!("{} {range}", limit_words(limit)),
        None => range,
    }
}

pub fn limit_words(limit: Limit) -> &'static str {
    match limit {
        Limit::AtLeast => "at least",
        Limit::AtMost => "at most",
        Limit::Exactly => "exactly",
        Limit::MoreThan => "more than",
        Limit::LessThan => "less than",
    }
}

/// `instalment 2 of 6: SEK 30 000 paid in all by 2015-03-15`.
fn instalment(
    (at, many): (usize, usize),
    (comes_to, currency): (Option<&Number>, Option<Currency>),
    last: LastDay,
) -> String {
    let amount = match comes_to {
        Some(_) => format!(": {} must be paid in all", figure(comes_to, comes_to, currency)),
        None => String::new(),
    };
    let by = match last {
        LastDay::On(day) => format!(" by {day}"),
        LastDay::Within(first, last) => format!(" by a day from {first} through {last}"),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => String::new(),
    };
    format!("instalment {at} of {many}{amount}{by}")
}

fn figure(least: Option<&Number>, most: Option<&Number>, currency: Option<Currency>) -> String {
    let one = |number: &Number| match currency {
        Some(currency) => Money { amount: number.clone(), currency }.to_string(),
        None => number.to_string(),
    };
    match (least, most) {
        (Some(least), Some(most)) if least == most => one(least),
        (Some(least), Some(most)) => format!("{} to {}", one(least), one(most)),
        (Some(least), None) => format!("at least {}", one(least)),
        (None, Some(most)) => format!("at most {}", one(most)),
        (None, None) => "unknown".to_string(),
    }
}

fn completeness(names: &Names, record: RecordId, from: Day, through: Day, mark: Mark) -> String {
    let (records, span) = (names.records(record), span(from, through));
    match mark {
        Mark::Yes | Mark::Plain => format!("the list of {records} is complete {span}"),
        Mark::No | Mark::Open | Mark::Person => format!("the list of {records} is not declared complete {span}"),
    }
}

/// What somebody or something is during some days: at all, only then, not at all, possibly, if a person so decides.
type During = [&'static str; 5];

const MEMBERSHIP: During =
    ["a member", "a member only", "not a member", "possibly a member", "a member, if a person so decides,"];
const LASTS: During = ["lasts", "lasts only", "does not last", "possibly lasts", "lasts, if a person so decides,"];

fn during(
    [at_all, only, never, possibly, decided]: During,
    mark: Mark,
    from: Option<(Day, Day)>,
    last: Option<(Day, Day)>,
) -> String {
    let is = match mark {
        Mark::Yes | Mark::Plain => at_all,
        Mark::No if from.is_some() || last.is_some() => only,
        Mark::No => never,
        Mark::Open => possibly,
        Mark::Person => decided,
    };
    match (from, last) {
        (Some(from), Some(last)) => format!("{is} from {} through {}", roughly(from), roughly(last)),
        (Some(from), None) => format!("{is} from {}", roughly(from)),
        (None, Some(last)) => format!("{is} through {}", roughly(last)),
        (None, None) => is.trim_end_matches(',').to_string(),
    }
}

/// A day that may be known only roughly: `2023-12-01`, `a date between 2023-12-01 and 2023-12-31`.
fn roughly((first, last): (Day, Day)) -> String {
    match (first, last) {
        (first, last) if first == last => first.to_string(),
        (Day::MIN, Day::MAX) => "an unknown date".to_string(),
        (Day::MIN, last) => format!("{last} or earlier"),
        (first, Day::MAX) => format!("{first} or later"),
        (first, last) => format!("a date between {first} and {last}"),
    }
}

fn share(names: &Names, who: ShareOf, amount: &Money, billed: Option<&Money>) -> String {
    let part = match who {
        ShareOf::Nobody => format!("{amount} stays unshared"),
        ShareOf::Row(..) | ShareOf::Actor(_) => format!("the share of {} is {amount}", names.share_of(who)),
    };
    match billed {
        Some(billed) if billed == amount => format!("{part}, billed in full"),
        Some(billed) => format!("{part}, billed {billed}"),
        None => part,
    }
}

fn term(number: u32, first: Day, last: Option<Day>) -> String {
    match last {
        Some(last) => {
            let length = days(first.days_until(last.following()));
            format!("term {number} runs from {first} through {last} ({length})")
        }
        None => format!("term {number} runs from {first} until further notice"),
    }
}

/// `the last Friday in October` falls on Friday 30 October 2015.
pub fn falls_on(names: &Names, reason: &Reason, day: Day) -> String {
    let words = reason.policy.map_or_else(String::new, |span| names.words(span));
    format!("`{words}` falls on {}", walk::long(day))
}

/// `pays at most 300`.
pub fn own_limit(limits: Limits, amount: Option<&Number>) -> String {
    match (limits, amount) {
        (Limits::First, Some(amount)) => format!("first pays {amount}"),
        (Limits::AtMost, Some(amount)) => format!("pays at most {amount}"),
        (Limits::AtLeast, Some(amount)) => format!("pays at least {amount}"),
        (Limits::First, None) => "pays nothing first".to_string(),
        (Limits::AtMost, None) => "has no maximum".to_string(),
        (Limits::AtLeast, None) => "has no minimum".to_string(),
    }
}
