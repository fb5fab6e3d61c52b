//! One world: every value that is asked for is known, by the facts or by what is tried for it.

use std::cell::{Cell as Noted, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use overens::facts::{Cell, CellId, CellValue, Facts, Row};
use overens::model::clause::Count;
use overens::model::expr::ClauseId;
use overens::model::schema::{End, FieldId, InTime, Need, RecordId, Shape, Type};
use overens::plan::{NormTest, Plan};
use overens::value::{Calendar, Day, Money, Number, Part, Period, Regime, shift};

/// A value; `None` is known not to be there.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    None,
    Day(Day),
    Number(Number),
    Money(Money),
    Word(String),
    Row(RecordId, u32),
    YesNo(bool),
    Set(Vec<Val>),
}

/// What a value is kept under: record, row, field, and which of dated values.
pub type Key = (u16, u32, u16, u32);

/// How many rows a list has that nobody has written down.
const MORE_ROWS: u16 = u16::MAX;

/// Whether what is planned comes to pass.
const COMES: u16 = u16::MAX - 1;

/// A value that has to be tried.
#[derive(Clone, Debug)]
pub struct Hole {
    pub key: Key,
    pub tries: Tries,
}

type Tries = Rc<Vec<Try>>;

/// One value to try, and whether something has come to pass in it that nobody has written down.
#[derive(Clone, Debug)]
pub struct Try {
    pub val: Val,
    pub new: bool,
    /// What a record on file says besides its days: as long as it is not given, it may still be told.
    pub untold: bool,
}

/// Why a question has no plain answer in this world.
#[derive(Clone, Debug)]
pub enum Stop {
    /// This must be tried first.
    Need(Box<Hole>),
    /// A person has to say.
    Weigh,
    /// Another wording of the clause judges the instance.
    Elsewhere,
    /// It cannot be known, whatever the facts were to say.
    Never,
    /// No facts can say what is tried: somebody would have left before joining.
    Absurd,
    /// The reference does not say.
    NoOpinion(&'static str),
}

pub type R<T> = Result<T, Stop>;

pub fn no<T>(why: &'static str) -> R<T> {
    Err(Stop::NoOpinion(why))
}

pub struct World<'a> {
    pub plan: &'a Plan,
    pub facts: &'a Facts,
    pub as_of: Day,
    pub marks: &'a Marks,
    pub tried: BTreeMap<Key, Try>,
    /// What has been asked for of what is tried, in turn.
    asked: RefCell<Vec<Key>>,
    /// Whether it came to one of the forms of which the language's reference says that the product is more cautious.
    pub cautious: Noted<bool>,
    /// Where a person has to say whether acts count: all of them, or none.
    pub weighed_as: Noted<Option<bool>>,
    /// Of a clause, only what came from a day on is looked at.
    pub only_since: Noted<Option<(ClauseId, Day)>>,
    /// What numbers that nobody has counted are taken to come to, by record, row and field.
    pub counted_as: RefCell<BTreeMap<(u16, u32, u16), Val>>,
}

/// Days, numbers and words that can matter, taken from the texts themselves.
pub struct Marks {
    pub days: BTreeSet<Day>,
    /// Days that are written somewhere, or one period before or after such a day.
    pub written: BTreeSet<Day>,
    pub numbers: Vec<Number>,
    pub words: Vec<String>,
    /// What has to be tried for a value, once it has been asked for: it is the same in all worlds, but for the own day of the
    /// value's record.
    tries: RefCell<BTreeMap<(Key, Option<Day>), Tries>>,
}

impl Marks {
    /// Every day that stands somewhere, every period, every number; days and periods put together, and their neighbours.
    pub fn of(texts: &[&str], as_of: &[Day], force: (Day, Day)) -> Marks {
        let mut days: BTreeSet<Day> = as_of.iter().copied().collect();
        let (mut periods, mut numbers, mut words) = (vec![], vec![], vec![]);
        for text in texts {
            let signs: Vec<char> = text.chars().collect();
            for at in (0..signs.len()).filter(|at| signs.get(at + 4) == Some(&'-') && signs[*at].is_ascii_digit()) {
                let ten: String = signs[at..].iter().take(10).collect();
                days.extend(Day::parse_iso(&ten).ok());
            }
            let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            for (at, part) in parts.iter().enumerate() {
                if let Ok(number) = part.parse::<i32>() {
                    let unit = parts.get(at + 1).copied().unwrap_or("");
                    periods.extend(match unit.trim_end_matches('s') {
                        "day" => Some(Period::days(number)),
                        "week" => Some(Period::weeks(number)),
                        "month" => Some(Period::months(number)),
                        "year" => Some(Period::years(number)),
                        "working" => Some(Period::working_days(number)),
                        _ => None,
                    });
                    if !numbers.contains(&number) && number.abs() < 1500 {
                        numbers.push(number);
                    }
                } else if !part.is_empty() && !words.contains(&(*part).to_string()) {
                    words.push((*part).to_string());
                }
            }
        }
        days.retain(|day| day.year() > 1900 && day.year() < 2100);
        if force.0.year() > 1900 {
            days.insert(force.0);
        }
        let (mut first, mut last) = (*days.first().unwrap(), *days.last().unwrap());
        if texts.iter().any(|text| text.contains("in which")) {
            (first, last) = (Part::Year.first_day(first).unwrap(), Part::Year.last_day(last).unwrap());
        }
        if texts.iter().any(|text| ["every ", "by ", "period", "in which"].iter().any(|word| text.contains(word))) {
            let mut day = first;
            while day <= last {
                let end_of_month = Day::last_of_month(day.year(), day.month()) == Some(day);
                let named = numbers.iter().any(|n| u32::try_from(*n) == Ok(day.day()));
                if day.day() == 1 || end_of_month || named {
                    days.insert(day);
                }
                day = day.following();
            }
        }
        if texts.iter().any(|text| text.contains("every week")) {
            let monday = first.minus_days(first.weekday().days_after_monday());
            days.extend((0..).map(|week| monday.plus_days(7 * week)).take_while(|day| *day <= last));
        }
        periods.retain(|one: &Period| !one.is_zero());
        let mut all = days.clone();
        for day in &days {
            for period in &periods {
                for by in [*period, period.negate()] {
                    all.extend(shift(*day, &by, Regime::ROUND_DOWN, &Calendar::PLAIN).ok());
                }
            }
        }
        let written = all.clone();
        let near: Vec<Day> = all.iter().flat_map(|day| [day.preceding(), day.following()]).collect();
        all.extend(near);
        let mut tried: Vec<i32> = numbers.iter().flat_map(|n| [n - 1, *n, n + 1]).collect();
        tried.sort_unstable();
        tried.dedup();
        Marks {
            days: all,
            written,
            numbers: tried.into_iter().map(|n| Number::from(i64::from(n))).collect(),
            words,
            tries: RefCell::default(),
        }
    }
}

impl Marks {
    /// As of another day other values are new.
    pub fn turn(&self) {
        self.tries.borrow_mut().clear();
    }
}

impl<'a> World<'a> {
    pub fn new(plan: &'a Plan, facts: &'a Facts, as_of: Day, marks: &'a Marks, tried: BTreeMap<Key, Try>) -> World<'a> {
        World {
            plan,
            facts,
            as_of,
            marks,
            tried,
            asked: RefCell::default(),
            cautious: Noted::default(),
            weighed_as: Noted::default(),
            only_since: Noted::default(),
            counted_as: RefCell::default(),
        }
    }

    /// The same world as of an earlier day.
    pub fn earlier<V>(&self, as_of: Day, judge: impl FnOnce(&World) -> R<V>) -> R<V> {
        let earlier = World::new(self.plan, self.facts, as_of, self.marks, self.tried.clone());
        earlier.asked.replace(self.asked.take());
        earlier.cautious.set(self.cautious.get());
        let val = judge(&earlier);
        self.asked.replace(earlier.asked.take());
        self.cautious.set(earlier.cautious.get());
        val
    }

    /// What is asked for, and what of it hangs on what is tried.
    pub fn noting<V>(&self, ask: impl FnOnce() -> R<V>) -> R<(V, BTreeSet<Key>)> {
        let before = self.asked.borrow().len();
        let val = ask()?;
        let asked = self.asked.borrow()[before..].iter().copied().collect();
        Ok((val, asked))
    }

    // ---- rows --------------------------------------------------------------------------------------------------------

    pub fn written(&self, record: RecordId) -> u32 {
        self.facts.table(record).map_or(0, |table| table.rows)
    }

    pub fn is_written(&self, record: RecordId, row: u32) -> bool {
        row < self.written(record)
    }

    /// All rows of a list as it is asked about from one day through another: those that were written, and those that may
    /// be missing from it.
    pub fn rows(&self, record: RecordId, first: Day, last: Day) -> R<Vec<u32>> {
        let written = self.written(record);
        let is_told =
            self.facts.table(record).is_some_and(|table| table.complete_over(first, last.max(first)).is_some());
        if is_told || !self.is_open(record, first, last) {
            return Ok((0..written).collect());
        }
        let key = (record.0, 0, MORE_ROWS, 0);
        let tries = [0, 1, 2, 3, 4, 20].map(|n| Try { val: Val::Number(Number::from(n)), new: n > 0, untold: false });
        let Val::Number(more) = self.get(key, None, || Ok(tries.to_vec()))? else { return no("rows") };
        let more = u32::try_from(more.to_i64().unwrap_or(0)).unwrap_or(0);
        Ok((0..written + more).collect())
    }

    /// Whether an event that is planned comes to pass: nobody knows yet.
    pub fn comes(&self, record: RecordId, row: u32) -> R<bool> {
        let tries = [false, true].map(|comes| Try { val: Val::YesNo(comes), new: true, untold: false });
        Ok(self.get((record.0, row, COMES, 0), None, || Ok(tries.to_vec()))? == Val::YesNo(true))
    }

    /// The days to come for which something is planned, as far as a list may leave something out on them.
    fn planned_days(&self, of: RecordId) -> Vec<Day> {
        let records = (0_u16..).zip(&self.plan.schema.records);
        let events = records.filter_map(|(record, schema)| match schema.shape {
            Shape::Event { on } => Some((RecordId(record), on)),
            Shape::Plain | Shape::Lasts { .. } => None,
        });
        let mut days = vec![];
        for (record, field) in events {
            for row in 0..self.written(record) {
                match self.facts.cell(CellId { record, row: Row(row), field }) {
                    Cell::Day(day) if day > self.as_of && !self.is_told(of, day) => days.push(day),
                    _ => {}
                }
            }
        }
        days
    }

    /// Whether a list of what lasts has rows in this world that nobody has written down.
    pub fn is_more_that_lasts(&self) -> bool {
        let more = self.tried.iter().filter(|((_, _, field, _), one)| *field == MORE_ROWS && one.new);
        more.map(|(key, _)| key.0).any(|record| matches!(self.shape(RecordId(record)), Shape::Lasts { .. }))
    }

    /// Whether something of the list may have been left out on some of these days.
    pub fn is_open(&self, record: RecordId, first: Day, last: Day) -> bool {
        let is_open = |day: &Day| !self.is_told(record, *day);
        record.0 != 0
            && ([first, last].iter().any(is_open) || self.marks.days.range(first..=last.max(first)).any(is_open))
    }

    /// Days on which something of the list may have been left out.
    fn open_days(&self, record: RecordId, first: Day, last: Day) -> Vec<Day> {
        if record.0 == 0 {
            return vec![];
        }
        let is_open = |day: &Day| !self.is_told(record, *day);
        let mut days: Vec<Day> = self.marks.days.range(first..=last.max(first)).copied().filter(is_open).collect();
        days.extend([first, last].into_iter().filter(is_open));
        days.sort();
        days.dedup();
        days
    }

    /// The last day of the span that holds a day and over which a list is declared complete.
    fn told_through(&self, record: RecordId, day: Day) -> Option<Day> {
        let spans = self.facts.table(record).map_or(&[][..], |table| &table.complete);
        spans.iter().filter(|span| span.from <= day && day <= span.through).map(|span| span.through).max()
    }

    /// Whether nothing is on file of a field.
    pub fn is_blank(&self, record: RecordId, row: u32, field: FieldId) -> bool {
        self.is_written(record, row)
            && matches!(self.facts.cell_on(CellId { record, row: Row(row), field }, self.as_of), Cell::Unknown)
    }

    /// Whether a list is declared complete on a day.
    pub fn is_told(&self, record: RecordId, day: Day) -> bool {
        self.facts.table(record).is_some_and(|table| table.complete_over(day, day).is_some())
    }

    pub fn shape(&self, record: RecordId) -> Shape {
        self.plan.schema.record(record).map_or(Shape::Plain, |record| record.shape)
    }

    /// The day on which an event happens or a lasting record begins.
    pub fn own_day(&self, record: RecordId, row: u32) -> R<Option<Day>> {
        let field = match self.shape(record) {
            Shape::Plain => return Ok(None),
            Shape::Event { on } => on,
            Shape::Lasts { from, .. } => from,
        };
        self.day_of(record, row, field)
    }

    pub fn day_of(&self, record: RecordId, row: u32, field: FieldId) -> R<Option<Day>> {
        match self.field(record, row, field, Day::MAX)? {
            Val::Day(day) => Ok(Some(day)),
            Val::None => Ok(None),
            _ => no("a day that is none"),
        }
    }

    /// Whether an event has been called off by the as-of day.
    pub fn is_cancelled(&self, record: RecordId, row: u32) -> R<bool> {
        let field = self.plan.schema.record(record).and_then(|one| one.find_field("cancelled_on"));
        let Some(field) = field else { return Ok(false) };
        Ok(self.day_of(record, row, field)?.is_some_and(|day| day <= self.as_of))
    }

    /// First and last day of a lasting record; nothing when it never began.
    pub fn lasting(&self, record: RecordId, row: u32) -> R<Option<(Day, Option<Day>)>> {
        let Shape::Lasts { from, to, end } = self.shape(record) else { return no("no lasting record") };
        if self.is_cancelled(record, row)? {
            return Ok(None);
        }
        let Some(first) = self.day_of(record, row, from)? else { return Ok(None) };
        let last = self.day_of(record, row, to)?.map(|day| if end == End::Until { day.preceding() } else { day });
        Ok(if last.is_some_and(|last| last < first) { None } else { Some((first, last)) })
    }

    pub fn lasts_on(&self, record: RecordId, row: u32, day: Day) -> R<bool> {
        if !self.is_written(record, row) && self.is_told(record, day) {
            return Ok(false);
        }
        Ok(self.lasting(record, row)?.is_some_and(|(first, last)| first <= day && last.is_none_or(|last| day <= last)))
    }

    // ---- values ------------------------------------------------------------------------------------------------------

    pub fn field(&self, record: RecordId, row: u32, field: FieldId, day: Day) -> R<Val> {
        let Some(schema) = self.plan.schema.field(record, field) else { return no("no such field") };
        if let Some(taken) = self.counted_as.borrow().get(&(record.0, row, field.0)) {
            return Ok(taken.clone());
        }
        if !self.is_written(record, row) {
            return self.unwritten(record, row, field);
        }
        let cell = CellId { record, row: Row(row), field };
        let (known, entry) = if schema.time == InTime::OverTime {
            let changes = self.facts.column(record, field).map_or(&[][..], |column| column.changes(Row(row)));
            let entry = changes.partition_point(|start| *start <= day.0);
            let known = if entry == 0 { Cell::Unknown } else { self.facts.cell_on(cell, day) };
            (known, u32::try_from(entry).unwrap())
        } else {
            (self.facts.cell(cell), 0)
        };
        let key = (record.0, row, field.0, entry);
        match known {
            Cell::Unknown => {
                if ["cancelled_on", "recorded_on", "source"].contains(&schema.name.as_str()) {
                    return Ok(Val::None);
                }
                let own = self.beside(record, row, field)?;
                self.get(key, own, || self.not_given(record, field, own))
            }
            Cell::Within(first, last) => self.get(key, None, || Ok(self.days_within(first, last))),
            Cell::Disputed(values) => self.get(key, None, || {
                let mut all = vec![];
                for (value, _) in values {
                    if let CellValue::Within(first, last) = value {
                        all.extend(self.days_within(*first, *last));
                    } else {
                        let val = self.val(record, field, &value.as_cell())?;
                        all.push(Try { val, new: false, untold: false });
                    }
                }
                Ok(all)
            }),
            known => self.val(record, field, &known),
        }
    }

    fn val(&self, record: RecordId, field: FieldId, cell: &Cell) -> R<Val> {
        let ty = self.plan.schema.field(record, field).map(|field| &field.ty);
        Ok(match cell {
            Cell::Absent => Val::None,
            Cell::Day(day) => Val::Day(*day),
            Cell::Number(number) => Val::Number(number.clone()),
            Cell::Money(money) => Val::Money(money.clone()),
            Cell::Word(word) => Val::Word(self.facts.words.text(*word).to_string()),
            Cell::YesNo(answer) => Val::YesNo(*answer),
            Cell::Row(row) => match ty {
                Some(Type::Ref(to)) => Val::Row(*to, row.0),
                _ => return no("a reference of another type"),
            },
            Cell::Set(items) => {
                let one = |item: &u32| match ty.and_then(Type::item) {
                    Some(Type::Ref(to)) => Val::Row(*to, *item),
                    _ => Val::Word(self.facts.words.text(overens::facts::Word(*item)).to_string()),
                };
                Val::Set(items.iter().map(one).collect())
            }
            Cell::Unknown | Cell::Within(..) | Cell::Disputed(_) => return no("a claim within a claim"),
        })
    }

    fn get(&self, key: Key, own: Option<Day>, tries: impl Fn() -> R<Vec<Try>>) -> R<Val> {
        if let Some(tried) = self.tried.get(&key) {
            self.asked.borrow_mut().push(key);
            return Ok(tried.val.clone());
        }
        let known = self.marks.tries.borrow().get(&(key, own)).cloned();
        let tries = match known {
            Some(tries) => tries,
            None => Rc::new(tries()?),
        };
        self.marks.tries.borrow_mut().insert((key, own), Rc::clone(&tries));
        if let [only] = tries.as_slice() {
            return Ok(only.val.clone());
        }
        Err(Stop::Need(Box::new(Hole { key, tries })))
    }

    /// The own day of a record of which another date is not given: with it, a list that is complete leaves out no date.
    fn beside(&self, record: RecordId, row: u32, field: FieldId) -> R<Option<Day>> {
        let schema = self.plan.schema.record(record);
        let is_date = self.plan.schema.field(record, field).is_some_and(|one| one.ty == Type::Date);
        let is_own = schema.and_then(|one| one.day_field()) == Some(field);
        if is_date && !is_own { self.own_day(record, row) } else { Ok(None) }
    }

    fn days_within(&self, first: Day, last: Day) -> Vec<Try> {
        let all: Vec<Day> = if first.days_until(last) <= 400 {
            (first.0..=last.0).map(Day).collect()
        } else {
            let mut days: Vec<Day> = self.marks.days.range(first..=last).copied().collect();
            days.extend([first, last]);
            days
        };
        all.into_iter().map(|day| Try { val: Val::Day(day), new: false, untold: false }).collect()
    }

    /// Everything that a value could be that nobody has given.
    fn not_given(&self, record: RecordId, field: FieldId, own: Option<Day>) -> R<Vec<Try>> {
        let schema = self.plan.schema.field(record, field).unwrap();
        let mut all = vec![];
        if schema.need == Need::Optional {
            all.push(Try { val: Val::None, new: false, untold: schema.ty != Type::Date });
        }
        if schema.ty == Type::Date {
            // A list that is complete leaves out no date either of what lies in it.
            let own_field = self.plan.schema.record(record).and_then(|one| one.day_field());
            let is_plain = self.shape(record) == Shape::Plain;
            let in_it = record.0 != 0
                && (is_plain || own_field == Some(field) || own.is_some_and(|day| self.is_told(record, day)));
            // What lasts does not end before it has begun.
            let first = match self.shape(record) {
                Shape::Lasts { to, end: End::Until, .. } if to == field => own.map(Day::following),
                Shape::Lasts { to, .. } if to == field => own,
                _ => None,
            };
            let first = first.unwrap_or(Day(-40_000));
            // Of a record of a span, no date up to the span's last day is left out; nor of one that is planned while a span runs.
            let planned = || own.filter(|day| *day > self.as_of).and_then(|_| self.told_through(record, self.as_of));
            let by = own.and_then(|day| self.told_through(record, day)).or_else(planned).filter(|_| record.0 != 0);
            // An event that is on file may have happened, whenever that was.
            let is_on_file = self.shape(record).is_event() && own_field == Some(field);
            for day in self.marks.days.range(first..).filter(|day| by.is_none_or(|by| by < **day)) {
                if !(in_it && self.is_told(record, *day)) {
                    all.push(Try { val: Val::Day(*day), new: *day <= self.as_of && !is_on_file, untold: false });
                }
            }
            return Ok(all);
        }
        let more = self.years(record, field).into_iter().chain(self.amounts(record, field));
        for val in self.all_of(&schema.ty)?.into_iter().chain(more) {
            all.push(Try { val, new: false, untold: true });
        }
        Ok(all)
    }

    /// The years that a number may name that says which period an event is for.
    fn years(&self, record: RecordId, field: FieldId) -> Vec<Val> {
        let names_a_year = |test: &NormTest| match test {
            NormTest::Happens { events, counted_for: Some(own), .. } => (events.record, *own) == (record, field),
            _ => false,
        };
        let mut bodies = self.plan.norms.iter().flat_map(|norm| &norm.bodies);
        // A day may also be one of the year that a field names.
        let is_a_year = self.plan.schema.field(record, field).is_some_and(|field| field.name.ends_with("year"));
        if !is_a_year && !bodies.any(|body| names_a_year(&body.test)) {
            return vec![];
        }
        let years: BTreeSet<i32> = self.marks.written.iter().map(|day| day.year()).collect();
        years.into_iter().map(|year| Val::Number(Number::from(i64::from(year)))).collect()
    }

    /// The amounts that may have been paid, or paid back, where they are added up.
    fn amounts(&self, record: RecordId, field: FieldId) -> Vec<Val> {
        let adds = |test: &NormTest| match test {
            NormTest::Happens { events, count: Count::Amount { field: own, .. }, .. } => {
                (events.record, *own) == (record, field)
            }
            _ => false,
        };
        let mut bodies = self.plan.norms.iter().flat_map(|norm| &norm.bodies);
        if !bodies.any(|body| adds(&body.test)) {
            return vec![];
        }
        let is_money = self.plan.schema.field(record, field).is_some_and(|field| field.ty == Type::Money);
        let amounts = [-10_000, 10_000].map(Number::from).into_iter();
        match self.plan.currency.filter(|_| is_money) {
            Some(currency) => amounts.map(|amount| Val::Money(Money::new(amount, currency))).collect(),
            None => amounts.map(Val::Number).collect(),
        }
    }

    fn all_of(&self, ty: &Type) -> R<Vec<Val>> {
        Ok(match ty {
            Type::YesNo => vec![Val::YesNo(true), Val::YesNo(false)],
            Type::OneOf(options) => options.iter().map(|option| Val::Word(option.clone())).collect(),
            Type::Number => self.marks.numbers.iter().cloned().map(Val::Number).collect(),
            Type::Money => {
                let Some(currency) = self.plan.currency else { return no("no currency") };
                self.marks.numbers.iter().map(|n| Val::Money(Money::new(n.clone(), currency))).collect()
            }
            Type::Text => {
                let mut words: Vec<Val> = self.marks.words.iter().cloned().map(Val::Word).collect();
                words.push(Val::Word("something else".to_string()));
                words
            }
            Type::Ref(to) => {
                let mut rows: Vec<Val> = (0..self.written(*to)).map(|row| Val::Row(*to, row)).collect();
                rows.push(Val::Row(*to, u32::MAX));
                rows
            }
            Type::Date => self.marks.days.iter().copied().map(Val::Day).collect(),
            Type::Time | Type::SetOf(_) => return no("a time or a set that is not given"),
        })
    }

    /// Whether one of each of several kinds is asked for that a field tells.
    fn is_of_kinds(&self, record: RecordId, field: FieldId) -> bool {
        let mut bodies = self.plan.norms.iter().flat_map(|norm| &norm.bodies);
        bodies.any(|body| match &body.test {
            NormTest::Happens { events, count: Count::OfEach { field: kind, .. }, .. } => {
                (events.record, *kind) == (record, field)
            }
            _ => false,
        })
    }

    /// A value of a row that nobody has written down. A lasting one lasts for a day, or for a gap of the list.
    fn unwritten(&self, record: RecordId, row: u32, field: FieldId) -> R<Val> {
        if row == u32::MAX {
            return no("a field of a record that is not on file");
        }
        let schema = self.plan.schema.field(record, field).unwrap();
        if ["cancelled_on", "recorded_on", "source"].contains(&schema.name.as_str()) {
            return Ok(Val::None);
        }
        // All rows that were not written are alike; only where one of each kind is asked for, they are of as many kinds by turns.
        let turn = if self.is_of_kinds(record, field) { (row - self.written(record)) % 2 } else { 0 };
        let key = (record.0, self.written(record) + turn, field.0, 0);
        let tries = |vals: Vec<Val>| Ok(vals.into_iter().map(|val| Try { val, new: true, untold: false }).collect());
        let open = |through: Day| -> Vec<Day> { self.open_days(record, Day(-40_000), through) };
        match self.shape(record) {
            // A list need be complete from the first day of force on.
            Shape::Event { on } if on == field => self.get(key, None, || {
                let since = |day: &Day| *day >= self.plan.force.from;
                let days = open(self.as_of).into_iter().chain(self.planned_days(record));
                tries(days.filter(since).map(Val::Day).collect())
            }),
            Shape::Lasts { from, to, end } if from == field || to == field => {
                let from_key = (record.0, self.written(record), from.0, 0);
                let days = || open(self.as_of).into_iter().chain(self.planned_days(record));
                let first = self.get(from_key, None, || tries(days().map(Val::Day).collect()))?;
                let Val::Day(first) = first else { return no("a day") };
                let last = if end == End::Until { first.following() } else { first };
                Ok(Val::Day(if from == field { first } else { last }))
            }
            Shape::Plain | Shape::Event { .. } | Shape::Lasts { .. } => self.get(key, None, || {
                let mut vals = if schema.need == Need::Optional { vec![Val::None] } else { vec![] };
                vals.extend(match schema.ty {
                    Type::Date => open(Day(40_000)).into_iter().map(Val::Day).collect(),
                    _ => self.all_of(&schema.ty)?,
                });
                // What nobody wrote down pays nothing back.
                vals.retain(|val| !matches!(val, Val::Money(money) if money.amount.is_negative()));
                vals.extend(self.years(record, field));
                tries(vals)
            }),
        }
    }
}
