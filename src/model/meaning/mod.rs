//! What a question, an amount or a line means, as text without places: equal texts mean the same, however they were written.
//! Within one agreement things go by number; between two of them by name, since each counts for itself.

mod decided;
mod lines;

use std::fmt::Write;

use super::expr::{
    Asks, ClauseId, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, FieldOf, On, Row, Set, Side, Test,
    ValueId,
};
use super::schema::{ActorId, FieldId, RecordId};
use super::{Agreement, DatedAmount, DatedValue, Definition, DefinitionBody};
pub use decided::{Excluded, excluded};
pub use lines::{Part, meaning_of};

// Writing to a string cannot fail, so its answer is dropped.
macro_rules! put {
    ($to:expr, $($words:tt)*) => { let _ = write!($to.text, $($words)*); };
}
use put;

/// The question in a form that is equal for equal questions of one agreement.
pub fn of_question(asks: &Asks) -> String {
    let mut text = Text { text: String::new(), by: By::Number };
    text.asked(asks);
    text.text
}

/// The value in a form that is equal for equal values of one agreement.
pub fn of_value(value: &Expr) -> String {
    let mut text = Text { text: String::new(), by: By::Number };
    text.expr(value);
    text.text
}

/// What things of an agreement are called, to print what its lines mean.
pub struct Called<'a> {
    /// The agreement that it is of.
    pub agreement: &'a Agreement,
    clauses: Vec<&'a str>,
}

impl<'a> Called<'a> {
    pub fn new(agreement: &'a Agreement) -> Self {
        let clauses = agreement.clause_names().into_iter().map(|clause| clause.name).collect();
        Called { agreement, clauses }
    }

    pub fn condition(&self, condition: &Cond) -> String {
        self.text(|text| text.cond(condition))
    }

    pub fn definition(&self, definition: &Definition) -> String {
        self.text(|text| match &definition.body {
            DefinitionBody::Condition(condition) => text.cond(condition),
            DefinitionBody::Amount { cases, otherwise } => {
                for (condition, amount) in cases {
                    text.cond(condition);
                    text.exprs("then", [amount]);
                }
                text.exprs("otherwise", [otherwise]);
            }
            DefinitionBody::Listed(names) => {
                put!(text, "{names:?}");
            }
        })
    }

    pub fn value(&self, value: &DatedValue) -> String {
        self.text(|text| {
            // What amendments make of it, they say themselves.
            for DatedAmount { from, amount, .. } in value.amounts.iter().filter(|one| one.by.is_none()) {
                put!(text, "{from:?}");
                text.exprs("is", [amount]);
            }
        })
    }

    fn text<'s>(&'s self, print: impl FnOnce(&mut Text<'s>)) -> String {
        let mut text = Text { text: String::new(), by: By::Name(self) };
        print(&mut text);
        text.text
    }
}

/// How things are told apart.
#[derive(Clone, Copy)]
enum By<'a> {
    Number,
    Name(&'a Called<'a>),
}

/// A text on its way.
struct Text<'a> {
    text: String,
    by: By<'a>,
}

impl Text<'_> {
    fn push(&mut self, words: &str) {
        self.text.push_str(words);
    }

    // ---- names ----

    fn record(&mut self, id: RecordId) {
        match self.by {
            By::Number => {
                put!(self, "{id:?}");
            }
            By::Name(called) => {
                let record = called.agreement.schema.record(id);
                put!(self, "record:{} ", record.map_or("", |record| &record.name));
            }
        }
    }

    fn field(&mut self, record: RecordId, id: FieldId) {
        self.record(record);
        match self.by {
            By::Number => {
                put!(self, "{id:?}");
            }
            By::Name(called) => {
                let field = called.agreement.schema.field(record, id);
                put!(self, "field:{} ", field.map_or("", |field| &field.name));
            }
        }
    }

    fn actor(&mut self, id: ActorId) {
        match self.by {
            By::Number => {
                put!(self, "{id:?}");
            }
            By::Name(called) => {
                let actor = called.agreement.schema.actor(id);
                put!(self, "actor:{} ", actor.map_or("", |actor| &actor.name));
            }
        }
    }

    fn clause(&mut self, id: ClauseId) {
        match self.by {
            By::Number => {
                put!(self, "{id:?}");
            }
            By::Name(called) => {
                put!(self, "clause:{} ", called.clauses.get(usize::from(id.0)).unwrap_or(&""));
            }
        }
    }

    fn of_clause(&mut self, word: &str, id: ClauseId) {
        self.push(word);
        self.clause(id);
    }

    fn definition(&mut self, id: DefinitionId) {
        match self.by {
            By::Number => {
                put!(self, "{id:?}");
            }
            By::Name(called) => {
                let definition = called.agreement.definitions.get(usize::from(id.0));
                put!(self, "definition:{} ", definition.map_or("", |definition| &definition.name));
            }
        }
    }

    fn value(&mut self, id: ValueId) {
        match self.by {
            By::Number => {
                put!(self, "{id:?}");
            }
            By::Name(called) => {
                let value = called.agreement.values.get(usize::from(id.0));
                put!(self, "value:{} ", value.map_or("", |value| &value.name));
            }
        }
    }

    /// A test by its number where tests are numbered alike, else by what it asks.
    fn test(&mut self, test: &Test) {
        put!(self, "{:?}#", test.sense);
        match self.by {
            By::Number => {
                put!(self, "{}", test.same_as);
            }
            By::Name(_) => self.asked(&test.asks),
        }
    }

    // ---- what is asked ----

    fn asked(&mut self, asks: &Asks) {
        match asks {
            Asks::Given(field) => {
                self.push("given");
                self.field_of(field);
            }
            Asks::Before(left, right) => self.exprs("before", [left, right]),
            Asks::Less(left, right) => self.exprs("less", [left, right]),
            Asks::OneOf(left, all) => {
                self.exprs("one", [left]);
                self.in_any_order("of", all, Text::expr);
            }
            Asks::About { amount, least, most } => self.exprs("about", [amount, least, most]),
            Asks::Holds(field, all) => {
                self.field_of(field);
                self.in_any_order("holds", all, Text::expr);
            }
            Asks::HoldsOnly(field, all) => {
                self.field_of(field);
                self.in_any_order("only", all, Text::expr);
            }
            Asks::SameSet(one, other) => {
                self.push("same");
                self.field_of(one);
                self.field_of(other);
            }
            Asks::HoldsEach { set, least, options } => {
                self.field_of(set);
                put!(self, "{least}");
                self.in_any_order("each", options, Text::expr);
            }
            Asks::In { row, set, on } => {
                self.push("in");
                self.row_of(row);
                self.set_of(set);
                self.on_days(on);
            }
        }
    }

    fn exprs<'e>(&mut self, word: &str, all: impl IntoIterator<Item = &'e Expr>) {
        put!(self, "{word}(");
        for one in all {
            self.expr(one);
            self.text.push(',');
        }
        self.text.push(')');
    }

    fn on_days(&mut self, on: &On) {
        match on {
            On::Then => self.push("then"),
            On::Day(day) => self.exprs("on", [day.as_ref()]),
            On::Throughout(first, last) => self.exprs("throughout", [first.as_ref(), last.as_ref()]),
        }
    }

    fn set_of(&mut self, set: &Set) {
        match set {
            Set::Rows(of) => self.collection(of),
            Set::Listed(field) => self.field_of(field),
            Set::Named { definition, record } => {
                self.definition(*definition);
                self.record(*record);
            }
        }
    }

    fn collection(&mut self, of: &Collection) {
        self.record(of.record);
        put!(self, "{:?}", of.var);
        of.members_of.iter().for_each(|clause| self.clause(*clause));
        self.push("where(");
        self.cond(&of.filter);
        self.text.push(')');
    }

    fn row_of(&mut self, row: &Row) {
        match row {
            Row::Var(var) => {
                put!(self, "{var:?}");
            }
            Row::Agreement => self.push("agreement"),
            Row::Follow(field) => self.field_of(field),
            Row::Beside(beside) => {
                self.push(match beside.side {
                    Side::Previous => "previous",
                    Side::Next => "next",
                });
                self.row_of(&beside.of);
                if let Some(field) = beside.same {
                    self.push("of");
                    self.field(beside.record, field);
                }
            }
        }
    }

    fn field_of(&mut self, field: &FieldOf) {
        self.row_of(&field.row);
        self.push(".");
        self.field(field.record, field.field);
    }

    /// Parts whose order means nothing.
    fn in_any_order<T>(&mut self, word: &str, all: &[T], print: fn(&mut Self, &T)) {
        let before = std::mem::take(&mut self.text);
        let part = |part: &T| {
            print(self, part);
            std::mem::take(&mut self.text)
        };
        let mut parts: Vec<String> = all.iter().map(part).collect();
        parts.sort_unstable();
        self.text = before;
        put!(self, "{word}({})", parts.join(","));
    }

    fn conds<'e>(&mut self, word: &str, all: impl IntoIterator<Item = &'e Cond>) {
        put!(self, "{word}(");
        for one in all {
            self.cond(one);
            self.text.push(',');
        }
        self.text.push(')');
    }

    fn cond(&mut self, one: &Cond) {
        match &one.kind {
            CondKind::Always => self.push("always"),
            CondKind::And(all) => self.in_any_order("and", all, Text::cond),
            CondKind::Or(all) => self.in_any_order("or", all, Text::cond),
            CondKind::Not(inner) => self.conds("not", [inner.as_ref()]),
            CondKind::Test(test) => self.test(test),
            CondKind::All { of, test } => {
                self.collection(of);
                self.conds("all", [test.as_ref()]);
            }
            CondKind::Some(of) => {
                self.push("some");
                self.collection(of);
            }
            CondKind::Defined { definition, row } => {
                self.definition(*definition);
                self.row_of(row);
            }
            CondKind::OnDay { of, day } => {
                self.conds("on", [of.as_ref()]);
                self.exprs("day", [day.as_ref()]);
            }
            CondKind::Judged { words, by } => {
                put!(self, "judged{words:?}{by:?}");
            }
        }
    }

    fn expr(&mut self, one: &Expr) {
        match &one.kind {
            ExprKind::Day(_)
            | ExprKind::Number(_)
            | ExprKind::Money(_)
            | ExprKind::Text(_)
            | ExprKind::YesNo(_)
            | ExprKind::NotStated
            | ExprKind::PeriodStart
            | ExprKind::PeriodEnd
            | ExprKind::BindsFrom
            | ExprKind::BindsThrough => {
                // None of these holds a place, so their plain form tells them apart.
                put!(self, "{:?}", one.kind);
            }
            ExprKind::Id(record, id) => {
                self.record(*record);
                put!(self, "{id:?}");
            }
            ExprKind::Actor(actor) => self.actor(*actor),
            ExprKind::TermStart(clause) => self.of_clause("termstart", *clause),
            ExprKind::TermEnd(clause) => self.of_clause("termend", *clause),
            ExprKind::DueDayOf(clause) => self.of_clause("due", *clause),
            ExprKind::EffectOf(clause) => self.of_clause("effect", *clause),
            ExprKind::Value(value) => self.value(*value),
            ExprKind::Field(field) => self.field_of(field),
            ExprKind::OfDay(what, day) => {
                put!(self, "{what:?}");
                self.exprs("day", [day.as_ref()]);
            }
            ExprKind::Held(field) => {
                self.push("held");
                self.field_of(field);
            }
            ExprKind::Row(row) => self.row_of(row),
            ExprKind::YearDay { day, year } => {
                put!(self, "{day:?}");
                self.exprs("year", year.as_deref());
            }
            ExprKind::Shift { day, by } => {
                put!(self, "{:?}", by.unit());
                self.exprs("shift", std::iter::once(day.as_ref()).chain(by.number()));
            }
            ExprKind::TheDay(condition) => self.conds("day", [condition.as_ref()]),
            ExprKind::Plus(left, right) => self.exprs("plus", [left.as_ref(), right.as_ref()]),
            ExprKind::Minus(left, right) => self.exprs("minus", [left.as_ref(), right.as_ref()]),
            ExprKind::Times(left, right) => self.exprs("times", [left.as_ref(), right.as_ref()]),
            ExprKind::DividedBy(left, right) => self.exprs("divided", [left.as_ref(), right.as_ref()]),
            ExprKind::Count(of) => {
                self.push("count");
                self.collection(of);
            }
            ExprKind::CountDifferent(what, of) => self.over("different", what, of),
            ExprKind::Sum(what, of) => self.over("sum", what, of),
            ExprKind::EarliestOf(days) => self.exprs("earliestof", days),
            ExprKind::LatestOf(days) => self.exprs("latestof", days),
            ExprKind::Earliest(what, of) => self.over("earliest", what, of),
            ExprKind::Latest(what, of) => self.over("latest", what, of),
            ExprKind::DaysBetween(from, until) => self.exprs("days", [from.as_ref(), until.as_ref()]),
            ExprKind::WholeMonthsBetween(from, until) => self.exprs("months", [from.as_ref(), until.as_ref()]),
            ExprKind::WorkingDaysBetween(from, until) => self.exprs("workdays", [from.as_ref(), until.as_ref()]),
            ExprKind::Per { give, per, of, part } => {
                put!(self, "{give:?}{per:?}{part:?}");
                self.exprs("per", [of.as_ref()]);
            }
            ExprKind::Rounded { of, to: unit, way } => {
                put!(self, "{way:?}");
                self.exprs("rounded", [of.as_ref(), unit.as_ref()]);
            }
            ExprKind::OnDay { of, day } => self.exprs("on", [of.as_ref(), day.as_ref()]),
            ExprKind::Defined { definition, row } => {
                self.definition(*definition);
                row.iter().for_each(|row| self.row_of(row));
            }
        }
    }

    fn over(&mut self, word: &str, what: &Expr, of: &Collection) {
        self.exprs(word, [what]);
        self.collection(of);
    }
}
