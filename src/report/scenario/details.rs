//! Details of an expectation: days, the last day, what is missing, shares, how far it has come, who decides.

use crate::model::schema::AGREEMENT;
use crate::report::names::{Names, listed};
use crate::report::sentences;
use crate::syntax::tree::{Detail, DetailKind, Expr, ExprKind};
use crate::value::{Currency, Day, Money, Number};
use crate::verdict::{Decider, Judged, LastDay, Missing, Reason, Status};

/// In what way a detail is not so; nothing when it is.
pub fn differs(names: &Names, judged: &Judged, detail: &Detail) -> Option<String> {
    match &detail.kind {
        DetailKind::DaysLate(count) => days(judged, count, Status::Late, "late"),
        DetailKind::DaysEarly(count) => days(judged, count, Status::Satisfied, "early"),
        DetailKind::LastDay(day) => last_day(judged, &day.it),
        DetailKind::Missing { path, complete: true } => missing_list(names, judged, path),
        DetailKind::Missing { path, complete: false } => missing_value(names, judged, path),
        DetailKind::Share { of, currency, amount } => share(names, judged, &of.it, currency, amount),
        DetailKind::Progress { have, need } => progress(judged, have, need),
        DetailKind::Says(words) => says(names, judged, &words.it),
    }
}

fn days(judged: &Judged, count: &str, status: Status, words: &str) -> Option<String> {
    let wanted = count.parse::<i32>().ok();
    if judged.verdict.status == status && wanted.is_some() && judged.verdict.days == wanted {
        return None;
    }
    Some(match judged.verdict.days {
        Some(days) => format!("it is {} {words}", sentences::days(days)),
        None => format!("it is not a number of days {words}"),
    })
}

fn last_day(judged: &Judged, wanted: &str) -> Option<String> {
    let wanted = Day::parse_iso(wanted).ok();
    match judged.last_day {
        LastDay::On(day) if wanted == Some(day) => None,
        LastDay::On(day) => Some(format!("the last day is {day}")),
        LastDay::Within(first, Day::MAX) => Some(format!("the last day is {first} or later")),
        LastDay::Within(first, last) => Some(format!("the last day is between {first} and {last}")),
        LastDay::NotYet => Some("there is no last day yet".to_string()),
        LastDay::Unknown => Some("the last day is unknown".to_string()),
        LastDay::None => Some("there is no last day".to_string()),
    }
}

// ---- what is missing ----

fn missing_list(names: &Names, judged: &Judged, path: &Expr) -> Option<String> {
    let ExprKind::Name(name) = &path.kind else { return Some(told_missing(names, judged)) };
    let wanted = names.plan.schema.find_record(name);
    let is = |one: &Missing| matches!(one, Missing::Complete { record, .. } if Some(*record) == wanted);
    if judged.missing.iter().any(is) { None } else { Some(told_missing(names, judged)) }
}

/// `F of ID`, or only the field's name where the fact is the agreement's own or the record needs no name.
fn missing_value(names: &Names, judged: &Judged, path: &Expr) -> Option<String> {
    let (field, id) = match &path.kind {
        ExprKind::Name(field) => (field.as_str(), None),
        ExprKind::Of(field, base) => match &base.kind {
            ExprKind::Name(id) => (field.it.as_str(), Some(id.as_str())),
            _ => (field.it.as_str(), Some("")),
        },
        _ => return Some(told_missing(names, judged)),
    };
    let is = |one: &Missing| match one {
        Missing::Value(cell) | Missing::Disputed(cell) | Missing::Imprecise(cell) => {
            let own = cell.record == AGREEMENT;
            names.field(*cell) == field && id.is_none_or(|id| !own && names.facts.id(cell.record, cell.row) == id)
        }
        Missing::Clause(clause) => id.is_none() && names.clause_name(*clause) == field,
        Missing::Complete { .. } | Missing::Attestation { .. } | Missing::Text(_) => false,
        Missing::Calendar { .. } | Missing::Contradiction(_) => false,
    };
    if judged.missing.iter().any(is) { None } else { Some(told_missing(names, judged)) }
}

fn told_missing(names: &Names, judged: &Judged) -> String {
    let all: Vec<String> = judged.missing.iter().map(|one| sentences::missing(names, one)).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    if all.is_empty() { "nothing is missing".to_string() } else { format!("missing: {}", listed(&all)) }
}

// ---- shares, progress ----

fn share(names: &Names, judged: &Judged, of: &str, currency: &str, amount: &str) -> Option<String> {
    let wanted = Number::parse(amount).zip(Currency::parse(currency)).map(|(amount, it)| Money::new(amount, it));
    match judged.shares.iter().find(|share| names.share_of(share.who) == of) {
        Some(share) if wanted.as_ref() == Some(&share.amount) => None,
        Some(share) => Some(format!("the share of {of} is {}", share.amount)),
        None => Some(format!("{of} has no share")),
    }
}

fn progress(judged: &Judged, have: &str, need: &str) -> Option<String> {
    let wanted = Number::parse(have).zip(Number::parse(need));
    match &judged.progress {
        Some(progress) if wanted.as_ref() == Some(progress) => None,
        Some((have, need)) => Some(format!("it is {have} of {need}")),
        None => Some("nothing is counted".to_string()),
    }
}

// ---- words ----

/// Who decides, or words that stand somewhere in the reasons.
fn says(names: &Names, judged: &Judged, words: &str) -> Option<String> {
    let role = |role: &String| role == words;
    let decides = matches!(&judged.decider, Decider::Role(it) if role(it));
    let attests = judged.missing.iter().any(|one| matches!(one, Missing::Attestation { role: it } if role(it)));
    if decides || attests || said(names, judged, &words.to_lowercase()) {
        return None;
    }
    Some(match &judged.decider {
        Decider::Role(role) => format!("the reasons do not say \"{words}\"; {role} decides"),
        Decider::Unnamed => format!("the reasons do not say \"{words}\"; the text does not say who decides"),
        Decider::Nobody => format!("the reasons do not say \"{words}\""),
    })
}

fn said(names: &Names, judged: &Judged, words: &str) -> bool {
    let holds = |text: &str| text.to_lowercase().contains(words);
    let mut left: Vec<&Reason> = vec![&judged.reason];
    while let Some(one) = left.pop() {
        if holds(&sentences::step(names, judged, one)) {
            return true;
        }
        left.extend(&one.because);
    }
    holds(&sentences::detail(names, judged)) || holds(&told_missing(names, judged))
}
