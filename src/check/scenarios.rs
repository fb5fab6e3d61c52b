//! Scenarios: what a policy alone can tell about them. Whether they come out as expected, running them shows.

use crate::diagnostics::{codes, nearest};
use crate::model::schema::{AGREEMENT, Field, InTime, RecordId, Type};
use crate::syntax::keywords;
use crate::syntax::tree::{
    self, Detail, DetailKind, Expectation, ExprKind, Given, GivenKind, GivenValue, GivenValueKind, Item, Modal, Name,
    SlotKind, Tree,
};
use crate::value::{ClockTime, DaySpan};

use super::amendments::{builds_on, unknown};
use super::names::{Declared, Names, Part};

impl Names<'_> {
    /// Looks at all scenarios of the files.
    pub fn scenarios(&self, trees: &[Tree]) {
        for item in trees.iter().flat_map(|tree| &tree.items) {
            let Item::Scenario(scenario) = item else { continue };
            if let Some(day) = &scenario.as_of {
                self.day(day);
            }
            if scenario.expectations.is_empty() {
                self.found(
                    codes::NOTHING_EXPECTED
                        .at(scenario.title.span)
                        .say("this scenario expects nothing, so it can never fail")
                        .help("add a line such as `expect CLAUSE satisfied`".to_string()),
                );
            }
            for name in scenario.with.iter().chain(&scenario.without) {
                if !self.drafts.iter().any(|draft| draft.tree.name.it == name.it) {
                    self.found(unknown(name, self.drafts.iter().map(|draft| draft.tree.name.it.as_str())));
                }
            }
            scenario.without.iter().for_each(|name| self.not_with_and_without(name, &scenario.with));
            scenario.given.iter().for_each(|given| self.given(given));
            scenario.expectations.iter().for_each(|expected| self.expected(expected));
        }
    }

    /// An amendment that is taken not to be adopted, although another line takes it to be, or one that builds on it.
    fn not_with_and_without(&self, name: &Name, with: &[Name]) {
        let at = |name: &Name| self.drafts.iter().position(|draft| draft.tree.name.it == name.it);
        let Some(out) = at(name) else { return };
        let needs = |one: &&Name| {
            let draft = at(one).and_then(|at| self.drafts.get(at));
            one.it == name.it || draft.is_some_and(|draft| builds_on(&self.drafts, draft, out))
        };
        let Some(other) = with.iter().find(needs) else { return };
        let message = if other.it == name.it {
            format!("`{name}` cannot be both adopted and not adopted", name = name.it)
        } else {
            format!("`{}` builds on `{}`, so it cannot be adopted without it", other.it, name.it)
        };
        let help = format!("remove `{}` from `with` or `{}` from `without`", other.it, name.it);
        self.found(codes::CLASHING_LINES.at(name.span).say(message).help(help));
    }

    // ---- given -------------------------------------------------------------------------------------------------------

    fn given(&self, given: &Given) {
        match &given.kind {
            GivenKind::Record { record, id, fields } => {
                let quote = if self.is_text(record) { "\"" } else { "" };
                let instead = format!("write `given fact {} {quote}{}{quote}`", record.it, id.it);
                let Some(record) = self.given_record(record, &instead) else { return };
                for (field, value) in fields {
                    self.given_field(record, field, value);
                }
            }
            GivenKind::Without { record, .. } => {
                self.given_record(record, &format!("write `given fact {} none`", record.it));
            }
            GivenKind::Complete { record, from, through } => {
                self.given_record(record, "remove this line: only the records of a list can be complete");
                let (Some(first), Some(last)) = (self.day(from), self.day(through)) else { return };
                if last < first {
                    self.found(
                        codes::ENDS_BEFORE_START
                            .at(through.span)
                            .say(format!("there is no day from {first} through {last}"))
                            .help("write the earlier day first".to_string()),
                    );
                }
            }
            GivenKind::Fact { name, value }
                if self.fact(name).is_some() || self.schema.find_record(&name.it).is_none() =>
            {
                self.given_field(AGREEMENT, name, value);
            }
            GivenKind::Fact { name, .. } => {
                let message = format!("`{}` is a record, not a fact", name.it);
                let help = format!("write `given {} ID has FIELD VALUE`", name.it);
                self.found(codes::UNKNOWN_FIELD.at(name.span).say(message).help(help));
            }
        }
    }

    fn fact(&self, name: &Name) -> Option<&Field> {
        let field = self.schema.record(AGREEMENT)?.find_field(&name.it)?;
        self.schema.field(AGREEMENT, field)
    }

    fn is_text(&self, name: &Name) -> bool {
        self.fact(name).is_some_and(|fact| fact.ty == Type::Text)
    }

    /// A record by its name; where a fact has the name, what to write `instead`.
    fn given_record(&self, name: &Name, instead: &str) -> Option<RecordId> {
        if self.schema.find_record(&name.it).is_some() || self.fact(name).is_none() {
            return self.record(name);
        }
        let message = format!("`{}` is a fact, not a record", name.it);
        self.found(codes::UNKNOWN_RECORD.at(name.span).say(message).help(instead.to_string()));
        None
    }

    fn given_field(&self, record: RecordId, name: &Name, value: &GivenValue) {
        let found = self.schema.record(record).and_then(|record| record.find_field(&name.it));
        let Some(field) = found.and_then(|field| self.schema.field(record, field)) else {
            return self.no_field(record, name);
        };
        let GivenValueKind::OverTime(values) = &value.kind else { return self.given_value(&field.ty, value) };
        if field.time != InTime::OverTime {
            self.found(
                codes::WRONG_TYPE
                    .at(value.span)
                    .say(format!("`{}` does not change over time", name.it))
                    .help(format!("give it one value, or declare it as `{}: … over time`", name.it)),
            );
        }
        for (value, day) in values {
            self.day(day);
            self.given_value(&field.ty, value);
        }
    }

    fn given_value(&self, ty: &Type, value: &GivenValue) {
        let wrong = |belongs: &str| {
            self.found(codes::WRONG_TYPE.at(value.span).say(format!("expected {belongs}")));
        };
        match (ty, &value.kind) {
            (_, GivenValueKind::None | GivenValueKind::Unknown) => {}
            (Type::SetOf(inner), GivenValueKind::List(all)) => all.iter().for_each(|one| self.given_value(inner, one)),
            (Type::SetOf(_), _) => wrong("a list such as `[a, b]`"),
            (Type::Date, GivenValueKind::Text(text)) => {
                if let Err(problem) = DaySpan::parse(text) {
                    self.found(codes::NO_SUCH_DAY.at(value.span).say(problem.to_string()));
                }
            }
            // A year by itself is a date that is not told more exactly.
            (Type::Date, GivenValueKind::Number(year)) if DaySpan::parse(year).is_ok() => {}
            (Type::Date, _) => wrong("a date"),
            (Type::Time, GivenValueKind::Text(text)) if ClockTime::parse(text).is_some() => {}
            (Type::Time, _) => wrong("a time such as `13:00`"),
            (Type::OneOf(options), GivenValueKind::Text(word)) if !options.contains(word) => {
                self.found(
                    codes::UNKNOWN_OPTION
                        .at(value.span)
                        .say(format!("`{word}` is not one of the options"))
                        .help(format!("the options are {}", options.join(", ")))
                        .help(nearest(word, options.iter().map(String::as_str))),
                );
            }
            (Type::OneOf(_) | Type::Text, GivenValueKind::Text(_)) | (Type::Ref(_), GivenValueKind::Text(_)) => {}
            (Type::OneOf(_), _) => wrong("one of the options"),
            (Type::Text, _) => wrong("text in quotes"),
            (Type::Ref(_), _) => wrong("a record's id"),
            (Type::YesNo, GivenValueKind::YesNo(_)) => {}
            (Type::YesNo, _) => wrong("yes or no"),
            (Type::Number, GivenValueKind::Number(_)) => {}
            (Type::Number, _) => wrong("a number"),
            (Type::Money, GivenValueKind::Money { .. }) => {}
            (Type::Money, _) => wrong("an amount such as `SEK 100`"),
        }
    }

    // ---- expected ----------------------------------------------------------------------------------------------------

    fn expected(&self, expected: &Expectation) {
        expected.details.iter().for_each(|detail| self.detail(detail));
        if self.clause(&expected.clause).is_none() {
            return;
        }
        let Some((_, clause)) = self.find_clause(&expected.clause.it) else { return };
        let Some(possible) = possible_verdicts(clause) else { return };
        let verdict = expected.verdict.it;
        if !possible.contains(&verdict) && !ALWAYS_POSSIBLE.contains(&verdict) {
            let words: Vec<&str> = possible.iter().map(|verdict| printed(verdict)).collect();
            self.found(
                codes::WRONG_VERDICT
                    .at(expected.verdict.span)
                    .say(format!("the verdict of `{}` can never be `{}`", expected.clause.it, printed(verdict)))
                    .help(format!(
                        "it can be {}, or, as for every clause, not applicable, unknown or needs judgement",
                        words.join(", ")
                    )),
            );
        }
    }

    fn detail(&self, detail: &Detail) {
        match &detail.kind {
            DetailKind::LastDay(day) => {
                self.day(day);
            }
            DetailKind::Missing { path, complete } => self.missing(path, *complete),
            DetailKind::DaysLate(_) | DetailKind::DaysEarly(_) | DetailKind::Share { .. } => {}
            DetailKind::Progress { .. } | DetailKind::Says(_) => {}
        }
    }

    /// `summons_sent_on of annual_2015`, `meeting complete`, or a fact of the agreement.
    fn missing(&self, path: &tree::Expr, complete: bool) {
        match &path.kind {
            ExprKind::Name(name) if complete => {
                self.record(&Name::new(name.clone(), path.span));
            }
            ExprKind::Of(field, _) => self.some_record_has(field),
            _ => {}
        }
    }

    fn some_record_has(&self, field: &Name) {
        let all = || self.schema.records.iter().flat_map(|record| &record.fields).map(|one| one.name.as_str());
        if !all().any(|one| one == field.it) && !self.is_lost(&field.it, field.span) {
            self.found(
                codes::UNKNOWN_FIELD
                    .at(field.span)
                    .say(format!("no record has a field `{}`", field.it))
                    .help(nearest(&field.it, all())),
            );
        }
    }
}

const ALWAYS_POSSIBLE: [&str; 3] = ["not_applicable", "unknown", "needs_judgement"];

/// The verdicts that a clause of its strength can have; nothing where its words do not tell the strength.
fn possible_verdicts(clause: &Declared) -> Option<&'static [&'static str]> {
    if clause.part == Part::Requirement {
        return None;
    }
    match clause.kind {
        "decision" => return Some(&["carried", "not_carried", "without_effect", "open"]),
        "recital" => return Some(&["satisfied", "differs", "pending"]),
        _ => {}
    }
    let slots = clause.wordings.iter().flat_map(|wording| &wording.slots);
    let mut modals = slots.filter_map(|slot| match &slot.kind {
        SlotKind::Does(does) => Some(does.modal.it),
        SlotKind::Numbered { modal, .. } | SlotKind::Limited { modal, .. } => Some(modal.it),
        _ => None,
    });
    let first = modals.next()?;
    // Wordings of different strength: what is possible depends on the day.
    if modals.any(|modal| modal != first) {
        return None;
    }
    Some(match first {
        Modal::Shall | Modal::MustNot => &["satisfied", "late", "violated", "pending"],
        Modal::Should | Modal::AimsTo => &["satisfied", "late", "not_followed", "pending"],
        Modal::May => &["used", "not_used", "exceeded", "open"],
    })
}

/// The verdict as it is printed.
fn printed(verdict: &str) -> &'static str {
    let row = keywords::ENGLISH.rows.iter().find(|row| row.role.strip_prefix("verdict_") == Some(verdict));
    row.and_then(|row| row.spellings.first()).copied().unwrap_or_default()
}
