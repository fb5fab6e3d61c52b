//! Conditions on rows that can come only after the day on which they are evaluated: a vote that is carried `when no objection where
//! made_on is no later than sent_on plus 30 days` is evaluated on the day of its subject, when there is no such objection yet. Judged
//! so, it would be firm and wrong.

use std::collections::BTreeSet;

use super::readings_of;
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::clause::{Act, Lines, SharingKey, SharingWay, Strength, When, Wording};
use crate::model::expr::{
    Asks, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, FieldOf, Row, Sense, Test, Var,
};
use crate::model::schema::{FieldId, RecordId, Shape};
use crate::model::{Agreement, DefinitionBody};
use crate::source::Span;
use crate::value::Period;

/// Finds them.
pub fn unseen_rows(agreement: &Agreement, problems: &mut Sink) {
    for clause in &agreement.clauses {
        for wording in &clause.wordings {
            if problems.has_error_in(wording.span) {
                continue;
            }
            let mut found = Vec::new();
            for reading in readings_of(clause, wording) {
                found.extend(of_lines(agreement, wording, reading.lines));
            }
            found.extend(of_requirements(agreement, wording));
            let mut told = BTreeSet::new();
            for one in found.into_iter().filter(|one| told.insert(one.span)) {
                problems.push(finding(agreement, &one));
            }
        }
    }
}

/// Rows that a condition looks at too early.
struct Unseen {
    rows: String,
    span: Span,
    own: Own,
    /// How long after the day of evaluation they may come, where that is told.
    within: Option<Period>,
}

/// The day on which the conditions are evaluated: that of a row.
#[derive(Clone, Copy)]
struct Own {
    record: RecordId,
    day: FieldId,
}

fn finding(agreement: &Agreement, one: &Unseen) -> Diagnostic {
    let schema = &agreement.schema;
    let record = schema.record(one.own.record).map_or("", |record| record.name.as_str());
    let day = schema.field(one.own.record, one.own.day).map_or("", |field| field.name.as_str());
    let rows = &one.rows;
    let on = match &one.within {
        Some(within) => format!("({day} plus {within})"),
        None => "D".to_string(),
    };
    let meaning = if one.within.is_some() { "" } else { ", where D is the day by which they must have come" };
    codes::ROWS_TO_COME
        .at(one.span)
        .say(format!(
            "this is evaluated on the day of the `{record}` (`{day}`), so it never finds `{rows}` records of a later day, which it asks for"
        ))
        .help(format!("write `{rows} on {on} where …` to look at them on a later day{meaning}"))
}

fn of_lines(agreement: &Agreement, wording: &Wording, lines: &Lines) -> Vec<Unseen> {
    let acts = lines.strength.as_ref().is_some_and(|one| matches!(one.it, Strength::MustNot | Strength::May));
    if lines.cycle.is_some() || lines.on_every_day.is_some() {
        return Vec::new();
    }
    let Some(own) = own_day(agreement, wording, lines) else { return Vec::new() };
    let mut search = Search::new(agreement, own);
    lines.subjects.iter().for_each(|of| search.condition(&of.filter));
    for When::If(condition) | When::Unless(condition) in lines.conditions.iter().filter(|_| !acts) {
        search.condition(condition);
    }
    let ensured = lines.act.as_ref().and_then(|act| if let Act::State(state) = &act.it { Some(state) } else { None });
    let ensured = ensured.filter(|_| lines.window.is_none() && is_of_events(agreement, lines));
    for condition in [&lines.carried, &lines.quorum, &lines.states].into_iter().flatten().chain(ensured) {
        search.condition(condition);
    }
    if is_of_events(agreement, lines) {
        search.numbers(lines);
    }
    if let Some(sharing) = &lines.sharing {
        search.value(&sharing.it.amount);
        if let SharingWay::Shared(shared) = &sharing.it.way {
            search.key(&shared.key);
            let limits =
                [shared.after_each.as_ref(), shared.at_most.as_ref().map(|(most, _)| most), shared.at_least.as_ref()];
            limits.into_iter().flatten().for_each(|limit| search.value(limit));
        }
    }
    search.found
}

/// Whether the subject is an event: a state without a window is evaluated on its day; of what lasts, on the as-of day.
fn is_of_events(agreement: &Agreement, lines: &Lines) -> bool {
    let subject = lines.subjects.first().filter(|of| of.members_of.is_none());
    let shape = subject.and_then(|of| agreement.schema.record(of.record)).map(|record| record.shape);
    matches!(shape, Some(Shape::Event { .. }))
}

fn of_requirements(agreement: &Agreement, wording: &Wording) -> Vec<Unseen> {
    let Some(own) = own_day(agreement, wording, &wording.common) else { return Vec::new() };
    let mut search = Search::new(agreement, own);
    for requirement in &wording.requirements {
        search.condition(&requirement.condition);
        for When::If(condition) | When::Unless(condition) in &requirement.lines.conditions {
            search.condition(condition);
        }
    }
    search.found
}

/// The day on which what the lines ask of a subject is evaluated: of an event its own, of what lasts its first, of a membership that
/// of joining.
fn own_day(agreement: &Agreement, wording: &Wording, lines: &Lines) -> Option<Own> {
    if let Some(lasting) = &lines.lasting {
        return joining(&lasting.it.from);
    }
    let (record, day) = match (lines.subjects.first(), wording.of) {
        (Some(of), _) if of.var == Var(0) => (of.record, day_of_rows(agreement, of)),
        (None, Some(record)) => (record, own_day_of(agreement, record)),
        (_, _) => return None,
    };
    day.map(|day| Own { record, day })
}

/// The field with the day on which rows come: an event's own, the first of what lasts, that of joining of members.
fn day_of_rows(agreement: &Agreement, of: &Collection) -> Option<FieldId> {
    if let Some(membership) = of.members_of {
        let named = agreement.clause_names().into_iter().nth(usize::from(membership.0))?;
        let wordings = &agreement.clauses.get(named.clause)?.wordings;
        let days = wordings.iter().map(|wording| joining(&wording.common.lasting.as_ref()?.it.from));
        return days.flatten().map(|own| own.day).next();
    }
    own_day_of(agreement, of.record)
}

fn own_day_of(agreement: &Agreement, record: RecordId) -> Option<FieldId> {
    match agreement.schema.record(record)?.shape {
        Shape::Event { on } => Some(on),
        Shape::Lasts { from, .. } => Some(from),
        Shape::Plain => None,
    }
}

fn joining(from: &Expr) -> Option<Own> {
    match &from.kind {
        ExprKind::Field(FieldOf { row: Row::Var(Var(0)), record, field, .. }) => {
            Some(Own { record: *record, day: *field })
        }
        _ => None,
    }
}

/// Looks through what is evaluated on the day of a row, which is bound to the first variable.
struct Search<'a> {
    agreement: &'a Agreement,
    own: Own,
    seen: BTreeSet<DefinitionId>,
    found: Vec<Unseen>,
}

impl<'a> Search<'a> {
    fn new(agreement: &'a Agreement, own: Own) -> Search<'a> {
        Search { agreement, own, seen: BTreeSet::new(), found: Vec::new() }
    }

    /// How many there must be of some rows.
    fn numbers(&mut self, lines: &'a Lines) {
        for part in lines.numbered.iter().flat_map(|numbered| &numbered.it.parts) {
            self.rows(&part.of, None);
            [&part.least, &part.most].into_iter().for_each(|number| self.value(number));
        }
        if let Some(limited) = &lines.limited {
            self.rows(&limited.it.of, None);
            self.value(&limited.it.amount);
        }
    }

    fn condition(&mut self, condition: &'a Cond) {
        match &condition.kind {
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter().for_each(|part| self.condition(part)),
            CondKind::Not(inner) => self.condition(inner),
            CondKind::Test(test) => self.test(test),
            CondKind::All { of, test } => {
                self.rows(of, None);
                // Of all of them it is asked that there is none of which it is not so.
                self.rows(of, Some(test));
                self.condition(test);
            }
            CondKind::Some(of) => self.rows(of, None),
            CondKind::Defined { definition, row: Row::Var(Var(0)) } => self.definition(*definition),
            // It has a day of its own.
            CondKind::OnDay { .. } | CondKind::Defined { .. } | CondKind::Always | CondKind::Judged { .. } => {}
        }
    }

    fn test(&mut self, test: &'a Test) {
        match &test.asks {
            Asks::Before(a, b) | Asks::Less(a, b) => [a, b].into_iter().for_each(|one| self.value(one)),
            Asks::OneOf(a, options) => std::iter::once(a).chain(options).for_each(|one| self.value(one)),
            Asks::About { amount, least, most } => [amount, least, most].into_iter().for_each(|one| self.value(one)),
            Asks::Given(_) | Asks::Holds(..) | Asks::HoldsOnly(..) | Asks::SameSet(..) => {}
            Asks::HoldsEach { .. } | Asks::In { .. } => {}
        }
    }

    fn value(&mut self, value: &'a Expr) {
        use ExprKind as K;
        match &value.kind {
            K::Count(of) => self.rows(of, None),
            K::CountDifferent(_, of) | K::Sum(_, of) | K::Earliest(_, of) | K::Latest(_, of) => self.rows(of, None),
            K::Plus(a, b) | K::Minus(a, b) | K::Times(a, b) | K::DividedBy(a, b) | K::DaysBetween(a, b) => {
                [a, b].into_iter().for_each(|one| self.value(one));
            }
            K::EarliestOf(days) | K::LatestOf(days) => days.iter().for_each(|day| self.value(day)),
            K::Shift { day: of, .. } | K::Per { of, .. } | K::Rounded { of, .. } => self.value(of),
            K::Defined { definition, row: Some(Row::Var(Var(0))) } => self.definition(*definition),
            _ => {}
        }
    }

    fn key(&mut self, key: &'a SharingKey) {
        match key {
            SharingKey::InProportionTo(weight) => self.value(weight),
            SharingKey::Mixed(parts) => parts.iter().for_each(|(_, part)| self.key(part)),
            SharingKey::Equally | SharingKey::InParts(_) => {}
        }
    }

    /// A definition of the row has it as its own first variable.
    fn definition(&mut self, id: DefinitionId) {
        if !self.seen.insert(id) {
            return;
        }
        match self.agreement.definitions.get(usize::from(id.0)).map(|definition| &definition.body) {
            Some(DefinitionBody::Condition(condition)) => self.condition(condition),
            Some(DefinitionBody::Amount { cases, otherwise }) => {
                for (condition, amount) in cases {
                    self.condition(condition);
                    self.value(amount);
                }
                self.value(otherwise);
            }
            Some(DefinitionBody::Listed(_)) | None => {}
        }
    }

    fn rows(&mut self, of: &'a Collection, unless: Option<&'a Cond>) {
        self.condition(&of.filter);
        let Some(day) = day_of_rows(self.agreement, of) else { return };
        let rows = Rows {
            own: self.own,
            record: of.record,
            day,
            row: of.var,
            named: names_it(&of.filter, of.var),
            at: Some(Var(0)),
        };
        let asked = match unless {
            None => (&*of.filter, false),
            Some(test) => (test, true),
        };
        let Some(later) = rows.ask_for_later(self.agreement, asked, 0) else { return };
        self.found.push(Unseen { rows: of.name.clone(), span: of.span, own: self.own, within: later.0 });
    }
}

/// Whether a filter demands that a reference of its row names the row of the first variable.
fn names_it(filter: &Cond, row: Var) -> bool {
    let is_reference =
        |one: &Expr| matches!(&one.kind, ExprKind::Field(field) if matches!(field.row, Row::Var(own) if own == row));
    let is_it = |one: &Expr| matches!(one.kind, ExprKind::Row(Row::Var(Var(0))));
    match &filter.kind {
        CondKind::And(parts) => parts.iter().any(|part| names_it(part, row)),
        CondKind::Test(Test { asks: Asks::OneOf(one, options), sense: Sense::Straight, .. }) => {
            match options.as_slice() {
                [other] => (is_reference(one) && is_it(other)) || (is_it(one) && is_reference(other)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Rows by their own day, beside the day of evaluation.
#[derive(Clone, Copy)]
struct Rows {
    own: Own,
    record: RecordId,
    day: FieldId,
    /// The variable that the rows are bound to, and that of the row whose day it is: none within a definition of the rows.
    row: Var,
    at: Option<Var>,
    /// Whether the row whose day it is is the one that a row's reference names.
    named: bool,
}

/// A day that is compared: one of the rows, or that of evaluation, and how much later.
enum Compared {
    Row(Period),
    Own(Period),
}

/// How long after the day of evaluation a row may come, where that is told.
struct Later(Option<Period>);

/// The time from the day of evaluation to that of a row, or back.
struct Lapse {
    forward: bool,
    of: fn(i32) -> Period,
}

impl Lapse {
    /// The number as one of days after the day of evaluation; nothing for one that is not told.
    fn told(&self, number: &Expr) -> Option<i32> {
        let ExprKind::Number(number) = &number.kind else { return None };
        let number = i32::try_from(number.to_i64()?).ok()?;
        if self.forward { Some(number) } else { number.checked_neg() }
    }

    /// It may be as long as that, but no longer.
    fn is_at_most(&self, number: &Expr) -> Option<Later> {
        match self.told(number) {
            Some(number) => (number > 0).then(|| Later(Some((self.of)(number)))),
            None => Some(Later(None)),
        }
    }

    /// It is longer than that, or no shorter.
    fn is_more_than(&self, number: &Expr) -> Option<Later> {
        self.told(number).is_none_or(|number| number >= 0).then_some(Later(None))
    }
}

impl Rows {
    /// Whether a filter, or its opposite, asks for rows that come after the day of evaluation.
    fn ask_for_later(&self, agreement: &Agreement, (filter, turned): (&Cond, bool), depth: u8) -> Option<Later> {
        const DEEP: u8 = 8;
        match &filter.kind {
            CondKind::And(parts) | CondKind::Or(parts) => {
                let mut all = parts.iter().filter_map(|part| self.ask_for_later(agreement, (part, turned), depth));
                let first = all.next()?;
                // An end that is told says more than a beginning.
                Some(if first.0.is_some() { first } else { all.find(|one| one.0.is_some()).unwrap_or(first) })
            }
            CondKind::Not(inner) => self.ask_for_later(agreement, (inner, !turned), depth),
            CondKind::Test(test) => self.compares(test, (test.sense == Sense::Opposite) != turned),
            CondKind::Defined { definition, row: Row::Var(row) } if *row == self.row && depth < DEEP => {
                match &agreement.definitions.get(usize::from(definition.0))?.body {
                    DefinitionBody::Condition(inner) => {
                        let within = Rows { row: Var(0), at: None, ..*self };
                        within.ask_for_later(agreement, (inner, turned), depth.saturating_add(1))
                    }
                    DefinitionBody::Amount { .. } | DefinitionBody::Listed(_) => None,
                }
            }
            _ => None,
        }
    }

    fn compares(&self, test: &Test, opposite: bool) -> Option<Later> {
        let between = |from: Period, to: Period| to.plus(&from.negate());
        let later = |by: Period| (length(by) > 0).then_some(Later(Some(by)));
        match &test.asks {
            Asks::Before(one, other) => match (self.compared(one)?, self.compared(other)?, opposite) {
                // The row is before the day, or no earlier than it.
                (Compared::Row(row), Compared::Own(own), false) => {
                    between(row, own).filter(|by| length(*by) > 1).and_then(later)
                }
                (Compared::Row(row), Compared::Own(own), true) => {
                    between(row, own).filter(|by| length(*by) > 0).map(|_| Later(None))
                }
                // The day is before the row, or no earlier than it.
                (Compared::Own(own), Compared::Row(row), false) => {
                    between(row, own).filter(|by| length(*by) >= 0).map(|_| Later(None))
                }
                (Compared::Own(own), Compared::Row(row), true) => between(row, own).and_then(later),
                (_, _, _) => None,
            },
            Asks::OneOf(one, options) if !opposite => {
                let [other] = options.as_slice() else { return None };
                if let Some(lapse) = self.lapse(one) {
                    return lapse.is_at_most(other);
                }
                match (self.compared(one)?, self.compared(other)?) {
                    (Compared::Row(row), Compared::Own(own)) | (Compared::Own(own), Compared::Row(row)) => {
                        between(row, own).and_then(later)
                    }
                    (_, _) => None,
                }
            }
            Asks::Less(one, other) => match (self.lapse(one), self.lapse(other)) {
                (Some(lapse), None) if lapse.forward != opposite => lapse.is_at_most(other),
                (Some(lapse), None) => lapse.is_more_than(other),
                (None, Some(lapse)) if lapse.forward == opposite => lapse.is_at_most(one),
                (None, Some(lapse)) => lapse.is_more_than(one),
                (_, _) => None,
            },
            _ => None,
        }
    }

    /// How long after the day of evaluation a row comes, or, the other way round, how long before it.
    fn lapse(&self, number: &Expr) -> Option<Lapse> {
        let (one, other, of) = match &number.kind {
            ExprKind::DaysBetween(one, other) => (one, other, Period::days as fn(i32) -> Period),
            ExprKind::WorkingDaysBetween(one, other) => (one, other, Period::working_days as fn(i32) -> Period),
            ExprKind::WholeMonthsBetween(one, other) => (one, other, Period::months as fn(i32) -> Period),
            _ => return None,
        };
        match (self.compared(one)?, self.compared(other)?) {
            (Compared::Own(_), Compared::Row(_)) => Some(Lapse { forward: true, of }),
            (Compared::Row(_), Compared::Own(_)) => Some(Lapse { forward: false, of }),
            (_, _) => None,
        }
    }

    fn compared(&self, day: &Expr) -> Option<Compared> {
        match &day.kind {
            ExprKind::Shift { day, by } => Some(match self.compared(day)? {
                Compared::Row(more) => Compared::Row(more.plus(by.fixed()?)?),
                Compared::Own(more) => Compared::Own(more.plus(by.fixed()?)?),
            }),
            ExprKind::Field(field) => {
                let own = (field.record, field.field) == (self.own.record, self.own.day);
                match &field.row {
                    Row::Var(var) if *var == self.row => ((field.record, field.field) == (self.record, self.day))
                        .then_some(Compared::Row(Period::default())),
                    Row::Var(var) if own && Some(*var) == self.at => Some(Compared::Own(Period::default())),
                    Row::Follow(named)
                        if own && self.named && matches!(named.row, Row::Var(var) if var == self.row) =>
                    {
                        Some(Compared::Own(Period::default()))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// About how many days a period has: whether it goes forward is all that matters.
fn length(period: Period) -> i64 {
    let (months, days) = (i64::from(period.months), i64::from(period.days));
    months.saturating_mul(30).saturating_add(days).saturating_add(i64::from(period.working_days))
}
