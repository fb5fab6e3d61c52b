//! Whether a clause has the lines that its kind takes: none missing, none too many, each leaning on what it needs.
//! Everything here comes from the catalogue's data.

use super::KINDS;
use super::kind::{Kind, Need, OfRecord, Reading};
use super::membership::REQUIREMENT_TAKES;
use super::slot::{self, ActForm, Slot};
use crate::diagnostics::{Sink, article, codes};
use crate::model::clause::{Act, CutCounts, Lines, Requirement, Strength};

pub fn check(kind: &Kind, reading: &Reading, problems: &mut Sink) {
    head(kind, reading, problems);
    needed(kind, reading, problems);
    one_of(kind, reading, problems);
    belonging(&with_article(kind), reading.clause, reading.lines, &|slot| kind.takes(slot), problems);
    leaning(reading.clause, reading.lines, problems);
    strength(kind, reading, problems);
    act(kind, reading, problems);
    proportion(reading, problems);
}

/// Only a number of times can be asked for in proportion: a state holds or does not.
fn proportion(reading: &Reading, problems: &mut Sink) {
    let lines = reading.lines;
    let Some(Act::State(_)) = lines.act.as_ref().map(|act| &act.it) else { return };
    for counts in [&lines.first_period, &lines.last_period].into_iter().flatten() {
        if counts.it == CutCounts::InProportion {
            problems.push(
                codes::LINE_NOT_FOR_KIND
                    .at(counts.span)
                    .say("only a number of times can count in proportion: a state holds or does not".to_owned())
                    .help("write `whole` or `not at all`, or remove the line to leave it to a person".to_owned()),
            );
        }
    }
}

/// Such as `a duty`.
fn with_article(kind: &Kind) -> String {
    format!("{} {}", article(kind.name), kind.name)
}

/// A requirement is a condition with few lines behind it.
pub fn check_requirement(requirement: &Requirement, problems: &mut Sink) {
    let takes = |slot: &Slot| REQUIREMENT_TAKES.contains(slot);
    belonging("a requirement", &requirement.name.it, &requirement.lines, &takes, problems);
}

fn head(kind: &Kind, reading: &Reading, problems: &mut Sink) {
    let place = reading.wording.name_span;
    match (kind.of, reading.wording.of) {
        (OfRecord::Needed, None) => problems.push(
            codes::MISSING_LINE
                .at(place.after())
                .say(format!("`{}` is {}, but does not name its record", reading.clause, with_article(kind)))
                .help(format!("write it after the name: `{} {} of organisation`", kind.name, reading.clause)),
        ),
        (OfRecord::Refused, Some(_)) => {
            let of_each = kind.slots.iter().any(|rule| rule.slot.name == slot::SUBJECT.name);
            let help = match of_each {
                true => "remove `of …`; use `for each …` to say which records a clause applies to".to_owned(),
                false => format!("remove `of …`: {} holds for the whole agreement", with_article(kind)),
            };
            problems.push(
                codes::LINE_NOT_FOR_KIND
                    .at(place)
                    .say(format!("{} does not take `of RECORD`", with_article(kind)))
                    .help(help),
            );
        }
        (OfRecord::Needed | OfRecord::Allowed, Some(_)) | (OfRecord::Allowed | OfRecord::Refused, None) => {}
    }
}

fn needed(kind: &Kind, reading: &Reading, problems: &mut Sink) {
    for rule in kind.slots {
        if rule.need == Need::Needed && !rule.slot.is_in(reading.lines) {
            problems.push(
                codes::MISSING_LINE
                    .at(reading.wording.name_span)
                    .say(format!(
                        "`{}` is {}, but does not say {}",
                        reading.clause,
                        with_article(kind),
                        rule.slot.tells
                    ))
                    .help(format!("add a line such as `{}`", rule.slot.sample)),
            );
        }
    }
}

fn one_of(kind: &Kind, reading: &Reading, problems: &mut Sink) {
    let choices: Vec<&Slot> =
        kind.slots.iter().filter(|rule| rule.need == Need::OneOf).map(|rule| &rule.slot).collect();
    let written: Vec<&Slot> = choices.iter().copied().filter(|slot| slot.is_in(reading.lines)).collect();
    let samples: Vec<String> = choices.iter().map(|slot| format!("`{}`", slot.sample)).collect();
    let help = samples.join(" or ");
    if let [one, other, ..] = written.as_slice()
        && let (Some(first), Some(second)) = ((one.at)(reading.lines), (other.at)(reading.lines))
    {
        problems.push(
            codes::CLASHING_LINES
                .at(second)
                .say(format!("`{}` has two lines that exclude each other", reading.clause))
                .also(first, "the other line")
                .help("split it into two clauses".to_owned()),
        );
    }
    if let ([first, ..], []) = (choices.as_slice(), written.as_slice()) {
        problems.push(
            codes::MISSING_LINE
                .at(reading.wording.name_span)
                .say(format!("`{}` is {}, but does not say {}", reading.clause, with_article(kind), first.tells))
                .help(format!("add a line such as {help}")),
        );
    }
}

/// `what` is "a deadline", `name` the clause's own.
fn belonging(what: &str, name: &str, lines: &Lines, takes: &dyn Fn(&Slot) -> bool, problems: &mut Sink) {
    for slot in slot::ALL {
        if let Some(place) = (slot.at)(lines)
            && !takes(slot)
        {
            problems.push(
                codes::LINE_NOT_FOR_KIND
                    .at(place)
                    .say(format!("`{name}` is {what}, which cannot have a line `{}`", slot.name))
                    .help(homes_of(slot)),
            );
        }
    }
}

/// Where the line does belong.
fn homes_of(slot: &Slot) -> Option<String> {
    let homes: Vec<&str> = KINDS.iter().filter(|kind| kind.takes(slot)).map(|kind| kind.name).collect();
    let homes = homes.join(", ");
    (!homes.is_empty()).then(|| format!("remove it; it is allowed in: {homes}"))
}

fn leaning(name: &str, lines: &Lines, problems: &mut Sink) {
    for slot in slot::ALL {
        let Some(other) = slot.leans_on else { continue };
        if let Some(place) = (slot.at)(lines)
            && !other.is_in(lines)
        {
            problems.push(
                codes::MISSING_LINE
                    .at(place)
                    .say(format!("this line has no effect in `{name}`, which does not say {}", other.tells))
                    .help(format!("add a line such as `{}`, or remove this one", other.sample)),
            );
        }
    }
}

fn strength(kind: &Kind, reading: &Reading, problems: &mut Sink) {
    let Some(strength) = &reading.lines.strength else { return };
    if kind.strengths.contains(&strength.it) || kind.strengths.is_empty() {
        return;
    }
    let allowed: Vec<String> = kind.strengths.iter().map(|one| format!("`{}`", modal(*one))).collect();
    let homes: Vec<&str> =
        KINDS.iter().filter(|kind| kind.strengths.contains(&strength.it)).map(|kind| kind.name).collect();
    let word = modal(strength.it);
    problems.push(
        codes::WORD_NOT_FOR_KIND
            .at(strength.span)
            .say(format!("`{}` is {}, which cannot say `{word}`", reading.clause, with_article(kind)))
            .help(format!("write {}; `{word}` is allowed in: {}", allowed.join(" or "), homes.join(", "))),
    );
}

/// The word that an author writes.
fn modal(strength: Strength) -> &'static str {
    match strength {
        Strength::Shall => "shall",
        Strength::MustNot => "must not",
        Strength::Should => "should",
        Strength::Aims => "aims to",
        Strength::Is => "is",
        Strength::May => "may",
        Strength::Decision => "decides",
    }
}

fn act(kind: &Kind, reading: &Reading, problems: &mut Sink) {
    let Some(act) = &reading.lines.act else { return };
    let form = ActForm::of(&act.it);
    if kind.acts.contains(&form) || kind.acts.is_empty() {
        return;
    }
    let allowed: Vec<String> = kind.acts.iter().map(|form| format!("`{}`", form.sample())).collect();
    problems.push(
        codes::WORD_NOT_FOR_KIND
            .at(act.span)
            .say(format!("`{}` is {}, which cannot require this", reading.clause, with_article(kind)))
            .help(format!("write it like {}", allowed.join(" or "))),
    );
}
