//! Conditions: what is asked of the facts. Each comparison is brought to one of few forms, told straight or the other way
//! round, so that a question and its opposite are known to be one question.

use crate::diagnostics::{codes, nearest};
use crate::model::expr::{Asks, Cond, CondKind, Expr, ExprKind, FieldOf, Row, Sense, Test, Ty};
use crate::model::meaning::{Excluded, excluded, of_question, of_value};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Comparison, ComparisonKind, ExprKind as Tree, Joint, Order};
use crate::value::OfDay;

use super::comparands::row_of;
use super::definitions::Gives;
use super::on_day::OnDay;
use super::scope::{Found, Scope};

impl Scope<'_, '_> {
    /// A condition; findings are told for every part that is wrong.
    pub fn condition(&self, expr: &tree::Expr) -> Option<Cond> {
        let condition = self.names.inside(expr.span, || self.condition_within(expr))?;
        self.never_or_always(&condition);
        Some(condition)
    }

    /// Tells questions that nothing can answer with yes, or nothing with no.
    fn never_or_always(&self, condition: &Cond) {
        let schema = &self.names.schema;
        let is = match &condition.kind {
            CondKind::And(_) => [Some(Sense::Straight), None],
            CondKind::Or(_) => [None, Some(Sense::Opposite)],
            CondKind::Test(_) => [Some(Sense::Straight), Some(Sense::Opposite)],
            CondKind::Always | CondKind::Not(_) | CondKind::All { .. } | CondKind::Some(_) => return,
            CondKind::Defined { .. } | CondKind::OnDay { .. } | CondKind::Judged { .. } => return,
        };
        for sense in is.into_iter().flatten() {
            let Some(Excluded { at, by }) = excluded([(condition, sense)], schema) else { continue };
            if !self.names.told_decided.borrow_mut().insert(at) {
                continue;
            }
            let finding = match (sense, by) {
                (_, None) if compares_itself(condition) => self.with_itself(condition, at, sense),
                (Sense::Straight, Some(by)) => codes::NEVER_TRUE
                    .at(at)
                    .say("this can never be true together with the condition before it")
                    .also(by, "this rules it out")
                    .help(
                        "write `or` if either is enough; otherwise correct the number or word that is wrong"
                            .to_string(),
                    ),
                (Sense::Straight, None) => codes::NEVER_TRUE
                    .at(at)
                    .say("this condition is never true")
                    .help("correct the number, or remove the condition".to_string()),
                (Sense::Opposite, Some(by)) => codes::ALWAYS_TRUE
                    .at(at)
                    .say("one of these is always true, whatever the value")
                    .also(by, "the other")
                    .help("write `and` if both must hold; use `is given` to ask whether there is a value".to_string()),
                (Sense::Opposite, None) => codes::ALWAYS_TRUE
                    .at(at)
                    .say("this condition is always true")
                    .help("correct the number, or remove the condition".to_string()),
            };
            self.names.found(finding);
        }
    }

    /// A value is held against itself: the same name means the same row on both sides.
    fn with_itself(&self, condition: &Cond, at: Span, sense: Sense) -> crate::diagnostics::Diagnostic {
        let field = match &condition.kind {
            CondKind::Test(Test {
                asks: Asks::Less(left, _) | Asks::Before(left, _) | Asks::OneOf(left, _), ..
            }) => field_in(left),
            _ => None,
        };
        let names = |record| self.names.schema.record(record).map_or("", |record| record.name.as_str());
        let called = |field: &FieldOf| {
            self.names.schema.field(field.record, field.field).map_or("", |field| field.name.as_str())
        };
        let both = field.map(|field| (called(field), names(field.record)));
        let (code, always) = match sense {
            Sense::Straight => (codes::NEVER_TRUE, "never"),
            Sense::Opposite => (codes::ALWAYS_TRUE, "always"),
        };
        let finding = code.at(at);
        match both {
            Some((field, record)) if !record.is_empty() => finding
                .say(format!("this compares `{field}` of the `{record}` with itself, so it is {always} true"))
                .help(format!("for the `{field}` of the row outside, write `its {field}`; for that of another record, `{field} of …`")),
            _ => finding
                .say(format!("this compares a value with itself, so it is {always} true"))
                .help("correct one of the two sides".to_string()),
        }
    }

    fn condition_within(&self, expr: &tree::Expr) -> Option<Cond> {
        let span = expr.span;
        let kind = match &expr.kind {
            Tree::And(parts) => CondKind::And(self.all_of(parts)?),
            Tree::Or(parts) => CondKind::Or(self.all_of(parts)?),
            Tree::Mixed(parts, joints) => {
                self.mixed(parts, joints);
                self.all_of(parts);
                return None;
            }
            Tree::Not(inner) => CondKind::Not(Box::new(self.condition(inner)?)),
            Tree::AllHave { of: rows, test } => {
                let (of, inner) = self.looked_at(rows)?;
                let test = Box::new(inner.condition(test)?);
                return self.all_of_which(rows, of, test, span);
            }
            Tree::AllAre { of: rows, test } => {
                let (of, inner) = self.looked_at(rows)?;
                let left = Expr { kind: ExprKind::Row(Row::Var(of.var)), ty: Ty::Row(of.record), span: of.span };
                let test = Box::new(inner.compare_value(left, test, span)?);
                return self.all_of_which(rows, of, test, span);
            }
            Tree::Some(of) => return self.some_of_which(of, span),
            Tree::No(of) => CondKind::Not(Box::new(self.some_of_which(of, span)?)),
            Tree::Compare(left, comparison) => return self.compare(left, comparison, span),
            Tree::Name(name) => match self.find(name, span) {
                Some(Found::Defined(definition, row))
                    if self.names.definition_gives(definition) == Some(Gives::Condition) =>
                {
                    // A condition that speaks of no record is one on the agreement.
                    CondKind::Defined { definition, row: row.unwrap_or(Row::Agreement) }
                }
                _ => return self.no_condition(expr),
            },
            Tree::Yes | Tree::No_ | Tree::None_ | Tree::NotStated | Tree::It | Tree::Its(_) => {
                return self.no_condition(expr);
            }
            Tree::Of(_, _) | Tree::Previous(_) | Tree::Next(_) => return self.no_condition(expr),
            Tree::Number(_) | Tree::Money { .. } | Tree::Percent(_) | Tree::Fraction(_) => {
                return self.no_condition(expr);
            }
            Tree::Text(_)
            | Tree::Day(_)
            | Tree::Time(_)
            | Tree::OfDay(_, _)
            | Tree::Period(_)
            | Tree::Told(_)
            | Tree::YearDay { .. } => {
                return self.no_condition(expr);
            }
            Tree::LastDayOf(_) | Tree::StartOf(_) | Tree::EndOf(_) | Tree::DueDayOf(_) => {
                return self.no_condition(expr);
            }
            Tree::EarliestOf(_) | Tree::LatestOf(_) => return self.no_condition(expr),
            Tree::EffectOf(_) | Tree::TheDay(_) | Tree::Plus(_, _) | Tree::Minus(_, _) => {
                return self.no_condition(expr);
            }
            Tree::Times(_, _) | Tree::DividedBy(_, _) | Tree::CountOf(_) => return self.no_condition(expr),
            Tree::CountOfDifferent(_, _) | Tree::SumOf(_, _) | Tree::Earliest(_, _) => return self.no_condition(expr),
            Tree::Latest(_, _) | Tree::DaysFrom(_, _) | Tree::WholeMonthsFrom(_, _) => return self.no_condition(expr),
            Tree::WorkingDaysFrom(_, _) => return self.no_condition(expr),
            Tree::Portion(_, _) | Tree::Per { .. } | Tree::Rounded { .. } => return self.no_condition(expr),
            Tree::OnDay { of, day, .. } => return self.condition_on(self.condition(of), day, span),
        };
        Some(Cond { kind, span })
    }

    fn all_of(&self, parts: &[tree::Expr]) -> Option<Vec<Cond>> {
        let checked: Vec<Option<Cond>> = parts.iter().map(|part| self.condition(part)).collect();
        checked.into_iter().collect()
    }

    fn no_condition(&self, expr: &tree::Expr) -> Option<Cond> {
        let way_out = match &expr.kind {
            Tree::Name(name) => format!("turn it into a condition, such as `{name} is yes` or `{name} is given`"),
            _ => "turn it into a condition with `is given`, `is at least …`, `is before …` or the like".to_string(),
        };
        self.names.found(codes::NOT_A_CONDITION.at(expr.span).say("this is not a condition").help(way_out));
        None
    }

    /// `and` beside `or`: both readings are shown with letters for the parts.
    fn mixed(&self, parts: &[tree::Expr], joints: &[Spanned<Joint>]) {
        let Some(first) = joints.first() else { return };
        let Some(turn) = joints.iter().find(|joint| joint.it != first.it) else { return };
        let (tight_and, tight_or) = (grouped(parts.len(), joints, Joint::And), grouped(parts.len(), joints, Joint::Or));
        let mut finding = codes::MIXED_AND_OR
            .at(turn.span)
            .say("mixing `and` and `or` here is ambiguous")
            .help(format!("add parentheses: either {tight_and}, or {tight_or}"));
        for (part, letter) in parts.iter().zip(LETTERS) {
            finding = finding.also(part.span, letter.to_string());
        }
        self.names.found(finding);
    }

    /// A question to values, numbered with those that ask the same.
    pub fn test(&self, asks: Asks, sense: Sense, span: Span) -> Cond {
        let mut tests = self.names.tests.borrow_mut();
        let next = u32::try_from(tests.len()).unwrap_or(u32::MAX);
        let same_as = *tests.entry(of_question(&asks)).or_insert(next);
        Cond { kind: CondKind::Test(Test { asks, sense, same_as }), span }
    }

    fn compare(&self, left: &tree::Expr, comparison: &Comparison, span: Span) -> Option<Cond> {
        match &comparison.kind {
            ComparisonKind::Given => Some(self.test(Asks::Given(self.field(left)?), Sense::Straight, span)),
            ComparisonKind::Missing => Some(self.test(Asks::Given(self.field(left)?), Sense::Opposite, span)),
            ComparisonKind::IsDay(what) => self.is_day(left, *what, Sense::Straight, span),
            ComparisonKind::IsNotDay(what) => self.is_day(left, *what, Sense::Opposite, span),
            ComparisonKind::Has(what) => self.has(left, what, span),
            ComparisonKind::HasOnly(what) => self.has_only(left, what, span),
            ComparisonKind::HasOfEach { least, options } => self.has_of_each(left, least, options, span),
            ComparisonKind::Is(what) if matches!(what.as_slice(), [one] if one.kind_is_none()) => {
                Some(self.test(Asks::Given(self.field(left)?), Sense::Opposite, span))
            }
            ComparisonKind::IsNot(what) if matches!(what.as_slice(), [one] if one.kind_is_none()) => {
                Some(self.test(Asks::Given(self.field(left)?), Sense::Straight, span))
            }
            ComparisonKind::Is(_)
            | ComparisonKind::IsNot(_)
            | ComparisonKind::Order(_, _)
            | ComparisonKind::Between(_, _)
            | ComparisonKind::In(_)
            | ComparisonKind::NotIn(_)
            | ComparisonKind::About { .. } => self.compare_value(self.left_value(left)?, comparison, span),
        }
    }

    /// Whether a day is one on which people work, or a public holiday: the calendar says.
    fn is_day(&self, day: &tree::Expr, what: OfDay, sense: Sense, span: Span) -> Option<Cond> {
        self.names.needs_calendar(span);
        let day = Box::new(self.a_day(day)?);
        let asked = Expr { kind: ExprKind::OfDay(what, day), ty: Ty::YesNo, span };
        let yes = Expr { kind: ExprKind::YesNo(true), ty: Ty::YesNo, span };
        Some(self.test(Asks::OneOf(asked, vec![yes]), sense, span))
    }

    /// On the left, `yes` is no answer yet: a field may be called so, such as the votes for a proposal.
    fn left_value(&self, left: &tree::Expr) -> Option<Expr> {
        match left.kind {
            Tree::Yes => match self.find("yes", left.span) {
                Some(found) => self.value_of(found, left.span),
                None => self.value(left),
            },
            _ => self.value(left),
        }
    }

    fn compare_value(&self, left: Expr, comparison: &Comparison, span: Span) -> Option<Cond> {
        match &comparison.kind {
            ComparisonKind::Is(what) => self.is(left, what, Sense::Straight, span),
            ComparisonKind::IsNot(what) => self.is(left, what, Sense::Opposite, span),
            ComparisonKind::Order(order, right) => self.ordered(left, *order, right, span),
            ComparisonKind::Between(from, to) => self.between(left, from, to, span),
            ComparisonKind::In(member) => {
                let (row, record) = self.as_row(&left)?;
                self.set(row, record, member, Sense::Straight, span)
            }
            ComparisonKind::NotIn(member) => {
                let (row, record) = self.as_row(&left)?;
                self.set(row, record, member, Sense::Opposite, span)
            }
            ComparisonKind::About { amount, tolerance: (least, most) } => {
                let left = self.expect_amount(left)?;
                self.against(&left, amount);
                let (least, most) = (self.against(&left, least), self.against(&left, most));
                Some(self.test(Asks::About { amount: left, least: least?, most: most? }, Sense::Straight, span))
            }
            ComparisonKind::Given
            | ComparisonKind::Missing
            | ComparisonKind::IsDay(_)
            | ComparisonKind::IsNotDay(_)
            | ComparisonKind::Has(_)
            | ComparisonKind::HasOnly(_)
            | ComparisonKind::HasOfEach { .. } => {
                self.names.found(codes::WRONG_TYPE.at(comparison.span).say("only a field can be used here"));
                None
            }
        }
    }

    fn as_row(&self, left: &Expr) -> Option<(Row, crate::model::schema::RecordId)> {
        let row = row_of(left);
        if row.is_none() && matches!(left.kind, ExprKind::OnDay { .. }) {
            self.names.found(
                codes::WRONG_TYPE
                    .at(left.span)
                    .say("`is in` cannot be combined with a record as of another day")
                    .help("put the whole condition on that day: `(chair is in member) on D`".to_string()),
            );
        } else if row.is_none() {
            let is = self.words(&left.ty);
            self.names
                .found(codes::WRONG_TYPE.at(left.span).say(format!("expected a record before `is in`, found {is}")));
        }
        row
    }

    /// `C on D`: the condition on another day.
    pub fn condition_on(&self, of: Option<Cond>, day: &tree::Expr, span: Span) -> Option<Cond> {
        let (of, day) = (of, self.a_day(day));
        let (of, day) = (Box::new(of?), Box::new(day?));
        self.names.note_on_day(OnDay::Condition(of.as_ref().clone()));
        Some(Cond { kind: CondKind::OnDay { of, day }, span })
    }

    // ---- is --------------------------------------------------------------------------------------------------------

    /// `X is A or B`, where A may be a value, a definition or a list of records.
    fn is(&self, left: Expr, what: &[tree::Expr], sense: Sense, span: Span) -> Option<Cond> {
        let mut values = Vec::new();
        let mut parts = Vec::new();
        for one in what {
            match self.fulfils(&left, one, sense) {
                Fulfils::Yes(cond) => parts.push(*cond?),
                Fulfils::No => values.push(self.against(&left, one)?),
            }
        }
        if !values.is_empty() {
            parts.push(self.test(Asks::OneOf(left, values), sense, span));
        }
        if parts.len() > 1 {
            let kind = match sense {
                Sense::Straight => CondKind::Or(parts),
                Sense::Opposite => CondKind::And(parts),
            };
            return Some(Cond { kind, span });
        }
        parts.pop()
    }

    /// `organisation is small`.
    fn fulfils(&self, left: &Expr, what: &tree::Expr, sense: Sense) -> Fulfils {
        if let Tree::OnDay { of, day, .. } = &what.kind {
            return match self.fulfils(left, of, sense) {
                Fulfils::Yes(cond) => {
                    Fulfils::Yes(self.condition_on(cond.map(|cond| *cond), day, what.span).map(Box::new))
                }
                Fulfils::No => Fulfils::No,
            };
        }
        let (Some((row, record)), Tree::Name(name)) = (row_of(left), &what.kind) else { return Fulfils::No };
        let Some((definition, of)) = self.names.find_definition(name) else { return Fulfils::No };
        let Some(gives) = self.names.definition_gives(definition) else { return Fulfils::No };
        if matches!(gives, Gives::Amount(_)) {
            return Fulfils::No;
        }
        if of != Some(record) {
            let called = |record| self.names.schema.record(record).map_or("", |record| record.name.as_str());
            let of = of.map_or("", called);
            self.names.found(
                codes::WRONG_TYPE
                    .at(what.span)
                    .say(format!("`{}` is defined for `{of}`, but this is `{}`", name, called(record)))
                    .help(format!("use it with a row of `{of}`")),
            );
            return Fulfils::Yes(None);
        }
        self.needs(super::circles::Node::Definition(definition), what.span);
        if gives == Gives::Listed {
            let set = crate::model::expr::Set::Named { definition, record };
            let asks = Asks::In { row, set, on: crate::model::expr::On::Then };
            return Fulfils::Yes(Some(Box::new(self.test(asks, sense, what.span))));
        }
        let cond = Cond { kind: CondKind::Defined { definition, row }, span: what.span };
        Fulfils::Yes(Some(Box::new(match sense {
            Sense::Straight => cond,
            Sense::Opposite => Cond { span: cond.span, kind: CondKind::Not(Box::new(cond)) },
        })))
    }

    // ---- earlier, later, more, less ----------------------------------------------------------------------------------

    fn ordered(&self, left: Expr, order: Order, right: &tree::Expr, span: Span) -> Option<Cond> {
        self.can_be_ordered(&left, order)?;
        let right = self.against(&left, right)?;
        // Times of day are numbers of minutes.
        let is_time = left.ty == Ty::Time;
        let (asks, sense) = match order {
            Order::Before if is_time => (Asks::Less(left, right), Sense::Straight),
            Order::After if is_time => (Asks::Less(right, left), Sense::Straight),
            Order::NoLaterThan if is_time => (Asks::Less(right, left), Sense::Opposite),
            Order::NoEarlierThan if is_time => (Asks::Less(left, right), Sense::Opposite),
            Order::Before => (Asks::Before(left, right), Sense::Straight),
            Order::After => (Asks::Before(right, left), Sense::Straight),
            Order::NoLaterThan => (Asks::Before(right, left), Sense::Opposite),
            Order::NoEarlierThan => (Asks::Before(left, right), Sense::Opposite),
            Order::AtLeast => (Asks::Less(left, right), Sense::Opposite),
            Order::AtMost => (Asks::Less(right, left), Sense::Opposite),
            Order::MoreThan => (Asks::Less(right, left), Sense::Straight),
            Order::LessThan => (Asks::Less(left, right), Sense::Straight),
        };
        Some(self.test(asks, sense, span))
    }

    fn can_be_ordered(&self, left: &Expr, order: Order) -> Option<()> {
        let of_days = match order {
            Order::Before | Order::After | Order::NoLaterThan | Order::NoEarlierThan => true,
            Order::AtLeast | Order::AtMost | Order::MoreThan | Order::LessThan => false,
        };
        let fits = match left.ty {
            Ty::Day | Ty::Time => of_days,
            Ty::Number | Ty::Money => !of_days,
            Ty::Text | Ty::YesNo | Ty::Row(_) | Ty::Actor => false,
        };
        if fits {
            return Some(());
        }
        let is = self.words(&left.ty);
        let way_out = match left.ty {
            Ty::Day | Ty::Time => match order {
                Order::AtLeast => "for days and times, write `is no earlier than`",
                Order::AtMost => "for days and times, write `is no later than`",
                Order::MoreThan => "for days and times, write `is after`",
                Order::LessThan | Order::Before | Order::After | Order::NoLaterThan | Order::NoEarlierThan => {
                    "for days and times, write `is before`"
                }
            },
            Ty::Number | Ty::Money => match order {
                Order::NoEarlierThan => "for amounts, write `is at least`",
                Order::NoLaterThan => "for amounts, write `is at most`",
                Order::After => "for amounts, write `is more than`",
                Order::Before | Order::AtLeast | Order::AtMost | Order::MoreThan | Order::LessThan => {
                    "for amounts, write `is less than`"
                }
            },
            Ty::Text | Ty::YesNo | Ty::Row(_) | Ty::Actor => "use `is` or `is not`",
        };
        self.names.found(
            codes::WRONG_TYPE.at(left.span).say(format!("{is} cannot be compared this way")).help(way_out.to_string()),
        );
        None
    }

    fn between(&self, left: Expr, from: &tree::Expr, to: &tree::Expr, span: Span) -> Option<Cond> {
        let (from, to) = (self.against(&left, from), self.against(&left, to));
        let (from, to) = (from?, to?);
        let parts = match left.ty {
            Ty::Day => [Asks::Before(left.clone(), from), Asks::Before(to, left)],
            Ty::Number | Ty::Money | Ty::Time => [Asks::Less(left.clone(), from), Asks::Less(to, left)],
            Ty::Text | Ty::YesNo | Ty::Row(_) | Ty::Actor => {
                let is = self.words(&left.ty);
                let say = format!("{is} cannot be compared with `is between`");
                self.names.found(codes::WRONG_TYPE.at(left.span).say(say));
                return None;
            }
        };
        let parts = parts.into_iter().map(|asks| self.test(asks, Sense::Opposite, span)).collect();
        Some(Cond { kind: CondKind::And(parts), span })
    }

    /// Says that a word is no option of a field.
    pub fn no_option(&self, name: &str, options: &[String], span: Span) {
        self.names.found(
            codes::UNKNOWN_OPTION
                .at(span)
                .say(format!("`{name}` is not one of the options"))
                .help(format!("the options are {}", options.join(", ")))
                .help(nearest(name, options.iter().map(String::as_str))),
        );
    }
}

enum Fulfils {
    Yes(Option<Box<Cond>>),
    No,
}

/// Whether a test holds a value of the facts against the same value.
fn compares_itself(condition: &Cond) -> bool {
    let CondKind::Test(test) = &condition.kind else { return false };
    let same = |one: &Expr, other: &Expr| field_in(one).is_some() && of_value(one) == of_value(other);
    match &test.asks {
        Asks::Less(left, right) | Asks::Before(left, right) => same(left, right),
        Asks::OneOf(left, options) => matches!(options.as_slice(), [only] if same(left, only)),
        _ => false,
    }
}

fn field_in(expr: &Expr) -> Option<&FieldOf> {
    match &expr.kind {
        ExprKind::Field(field) => Some(field),
        _ => None,
    }
}

const LETTERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

/// `(A and B) or C`: the parts with the tighter word's groups in parentheses.
fn grouped(parts: usize, joints: &[Spanned<Joint>], tight: Joint) -> String {
    let mut groups: Vec<Vec<&str>> = vec![Vec::new()];
    for at in 0..parts.min(LETTERS.len()) {
        let starts = at.checked_sub(1).and_then(|before| joints.get(before)).is_some_and(|joint| joint.it != tight);
        if starts {
            groups.push(Vec::new());
        }
        if let (Some(group), Some(letter)) = (groups.last_mut(), LETTERS.get(at)) {
            group.push(letter);
        }
    }
    let (inside, outside) = match tight {
        Joint::And => (" and ", " or "),
        Joint::Or => (" or ", " and "),
    };
    let group = |letters: &Vec<&str>| {
        let words = letters.join(inside);
        if letters.len() > 1 { format!("({words})") } else { words }
    };
    let whole = groups.iter().map(group).collect::<Vec<_>>().join(outside);
    if parts > LETTERS.len() { format!("`{whole} …`") } else { format!("`{whole}`") }
}
