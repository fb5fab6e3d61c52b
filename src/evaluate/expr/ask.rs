//! Who asks: the rows that variables stand for, the day that is asked about, and the trace of what is looked at.
//!
//! Every expression has a value on each day. [`Ask::on`] is the day whose values are asked for; [`Ask::by`] is the day on which
//! the outer question is asked: what has not come by then is not given yet, and no event after it counts. They differ where a
//! condition behind an event is asked on that event's own day while the question about the events is asked later.

use std::rc::Rc;

use crate::facts::{CellId, Row};
use crate::model::clause::Bearer;
use crate::model::expr::{ClauseId, Collection, FieldOf, Row as RowOf, Var};
use crate::model::schema::{AGREEMENT, ActorId, FieldId, RecordId, Type};
use crate::plan::{Formality, Norm, NormId};
use crate::source::Span;
use crate::value::{Cycle, CyclePeriod, Day, Number, Stretch};
use crate::verdict::{Cut, Instance, Mark, Missing, Said};

use super::in_work::InWork;
use super::kept::{CaseOf, Kept, Known, Told};
use crate::evaluate::knowledge::decided::Decided;
use crate::evaluate::knowledge::index::Index;
use crate::evaluate::knowledge::known::{Bounds, DayBounds, Val};
use crate::evaluate::knowledge::law::Law;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::{GHOST, World};
use crate::evaluate::trace::{Trace, reason};

/// How deep definitions may lean on one another. The check refuses deeper ones; this is the belt to its braces.
pub const DEEPEST: u8 = 64;

/// So many values that are not known are kept in mind.
const MOST_OPEN: usize = 16;
const MOST_NOTED: usize = 256;

/// Whether a clause steps back behind another one, on the day that is asked about: for one of its cases, or for what is done on that day.
pub type StepsBack<'w, T> = fn(&mut Ask<'w, T>, &'w Norm, &Instance, Stepping) -> Truth;

/// For what a clause may step back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepping {
    ForACase,
    ForAnAct,
}

pub struct Ask<'w, T: Trace> {
    /// What says whether another clause steps back for a case, or for an act. The judge brings it along, so that one rule says it wherever
    /// it is asked.
    pub steps_back: StepsBack<'w, T>,
    pub world: World<'w>,
    pub law: Law<'w>,
    /// The rows that variables stand for, by number.
    pub vars: Vec<Row>,
    /// The actor that is asked about, where each of several is.
    pub actor: Option<ActorId>,
    /// Those each of whom is asked about, where it is one of several actors.
    pub among: &'w [ActorId],
    /// The field of the subject that names the bearer of the case.
    pub named: Option<&'w FieldOf>,
    /// The rows of the case: its subject, and the bearer that it is asked of.
    pub whose: [Option<(RecordId, Row)>; 2],
    pub period: Option<CyclePeriod>,
    /// The cycle that the period is of, where it is one of the calendar.
    pub cycle: Option<Cycle>,
    /// The day whose values are asked for.
    pub on: Day,
    /// The day on which the question is asked.
    pub by: Day,
    /// The day by which events must have come to be counted, where what is asked is asked on an event's own day.
    pub come_by: Option<Day>,
    /// The first day of force of the clause: events before it count only where a condition compares their day.
    pub since: Day,
    /// The days on which the case that is judged binds: from that on which its bearer or its subject came, through its end.
    pub binds_since: Day,
    pub binds_until: Day,
    /// The term that is asked about, where each term has an instance of its own, or whose renewal is asked about.
    pub term: Option<(ClauseId, Stretch)>,
    /// The subject under which another clause is looked at, where the case has none of that kind.
    pub beside: Option<(RecordId, Row)>,
    /// The first and the last day on which the earliest breach may have come that the sanction which is judged answers to, where that is
    /// known.
    pub broken_on: Option<(Day, Day)>,
    /// The first day on which a clause may have been broken of which that is not known.
    pub perhaps_broken: Option<Day>,
    /// Of a period in which its clause lapses and comes back, only the part is judged that this wording speaks of.
    pub only_part: Option<NormId>,
    /// A membership is looked at as the text has it, whatever people made of it.
    pub by_text: bool,
    /// The days on which a record that nobody has written down is taken to have happened.
    pub ghost: DayBounds,
    /// Lists are taken to be all there is in what conditions ask of them.
    pub all_written: bool,
    /// Nobody has used a right that becomes due only otherwise: which of these are due is being worked out.
    pub none_used: bool,
    /// A right whose effect is left out for a row: it is being asked whether the row still had it.
    pub left_out: Option<(ClauseId, Row)>,
    /// Whether a right can still be used is being worked out.
    pub looks_ahead: u8,
    /// Something on file was looked at that may be one thing or another.
    pub unsure: bool,
    /// Numbers that are none because they have not been counted, or may be.
    uncounted: Vec<CellId>,
    /// A value was looked at that is not given; not only a list that is not complete.
    pub lacking: bool,
    /// What is planned for a day by the one that is asked about was looked at.
    pub planned: bool,
    /// What was looked at that is not known, and how often.
    pub open: Vec<(CellId, u8)>,
    /// The same, one after the other.
    pub noted: Vec<CellId>,
    pub trace: T,
    /// Days that expressions at these places are taken to name, where somebody asks what would come of it.
    pub supposed: Vec<(Span, Day)>,
    /// As which of their readings other clauses are taken.
    pub read_as: Vec<(ClauseId, usize)>,
    /// The clause that is judged by each of its readings.
    pub by_reading: Option<ClauseId>,
    /// How renewals that are open are taken to have gone.
    pub renewed: Vec<Renewed>,
    /// The terms of which it is being asked whether they are renewed, each with the day after its last.
    pub renewing: Vec<(ClauseId, Day)>,
    /// Another clause that was looked at, where it may make a difference as which of its readings it is taken.
    pub unread: Option<ClauseId>,
    /// What goes before the clause that is judged.
    pub excepted: Vec<Excepted<'w>>,
    /// The day as of which due days of other clauses are taken, where a window that is counted from them was over before an amendment.
    pub leans_by: Option<Day>,
    /// A term is taken as it stood before another wording moved it.
    pub stood: Option<(ClauseId, Moved)>,
    /// The day from which a clause counts acts, where those before it were judged by other days of a term.
    pub counts_since: Option<(ClauseId, Day)>,
    /// An instance that steps back behind nothing: its last day had passed before that became an exception.
    pub unexcepted: Option<Instance>,
    /// How deep definitions lean on one another.
    pub depth: u8,
    /// How deep clauses lean on one another.
    pub leaning: u8,
    /// The limit that was reached, so that not all is judged.
    pub cut: Option<Cut>,
    /// Rows by what a reference of them names, as far as it was asked for.
    pub index: Index,
    /// What people decided, by what it is about.
    pub decided: Decided<'w>,
    /// The memberships that are being worked out.
    pub in_work: InWork<'w>,
    pub known: Known<'w>,
}

/// A clause that goes before another for what is done on some days.
#[derive(Clone)]
pub struct Excepted<'w> {
    /// Which clause it is, and the subject under which it is looked at where the case has none of that kind.
    pub of: (ClauseId, Option<(RecordId, Row)>),
    /// Whether it does, from each of these days on.
    pub days: Vec<(Day, Truth)>,
    /// The acts that it speaks of; nothing where it speaks of all.
    pub acts: Option<Acts<'w>>,
    /// What goes before itself, for the acts that each of them speaks of.
    pub but: Rc<[Excepted<'w>]>,
}

/// The acts that a clause speaks of, with the rows that its variables stand for.
#[derive(Clone)]
pub struct Acts<'w> {
    pub of: &'w Collection,
    pub rows: Vec<Row>,
    /// The field that says which of several actors did them, and the one that is asked about.
    pub by: Option<(FieldId, &'w str)>,
    /// The form that they must have.
    pub form: &'w [Formality],
    /// Whether it is a right: what it does not speak of it lets nobody do.
    pub right: bool,
    /// How many of them it lets be done.
    pub allowed: Option<Rc<Allowed>>,
}

/// How often a right may be used, and by what it was.
#[derive(Clone, Default)]
pub struct Allowed {
    /// In each of its periods; no number where that is not known.
    pub times: Vec<(Stretch, Option<usize>)>,
    /// What used it for certain, in the order of the days and of the names.
    pub sure: Vec<(Day, Row)>,
    /// What may have, or did on a day that is not known exactly.
    pub perhaps: Vec<MayUse>,
}

/// An act that may have used a right.
#[derive(Clone, Copy)]
pub struct MayUse {
    pub day: DayBounds,
    pub row: Row,
    /// Whether it did, whichever of its days it was done on. For a person: if the right applies, which a person decides.
    pub used: Truth,
}

/// A term that ran when another wording took effect, and has had other days since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its days as they stood.
    pub before: Stretch,
    /// Its days as they have been since, or of the term that is counted anew in it.
    pub since: Stretch,
    /// The day on which the other wording took effect.
    pub on: Day,
}

/// How a renewal is taken to have gone: of which term, after how many.
#[derive(Clone, Copy, Debug)]
pub struct Renewed {
    pub term: ClauseId,
    pub after: usize,
    pub taken: bool,
}

/// A row that an expression leads to.
pub enum Found {
    Row(RecordId, Row),
    /// Known: there is none.
    None,
    Unknown,
}

/// Asks about another clause: its conditions take events from its own first day of force on.
pub fn of_clause<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let first = ask.law.first_day(clause);
    let before = std::mem::replace(&mut ask.since, first);
    let found = look(ask);
    ask.since = before;
    found
}

/// Whether a clause that each of several actors bears has no case for the one that is asked about: it names some of those beside it, and
/// not that one. Where it names quite others, theirs is anybody's.
pub fn names_others<T: Trace>(ask: &Ask<'_, T>, bearer: Option<&Bearer>) -> bool {
    let (Some(Bearer::EachOf(actors)), Some(actor)) = (bearer, ask.actor) else { return false };
    !actors.contains(&actor) && actors.iter().any(|one| ask.among.contains(one))
}

impl<'w, T: Trace> Ask<'w, T> {
    pub fn new(world: World<'w>, trace: T, steps_back: StepsBack<'w, T>) -> Self {
        Ask {
            steps_back,
            world,
            law: Law::plain(world.plan, world.as_of),
            vars: Vec::with_capacity(8),
            actor: None,
            among: &[],
            named: None,
            whose: [None; 2],
            period: None,
            cycle: None,
            on: world.as_of,
            by: world.as_of,
            come_by: None,
            since: world.plan.force.from,
            binds_since: Day::MIN,
            binds_until: Day::MAX,
            term: None,
            beside: None,
            broken_on: None,
            perhaps_broken: None,
            only_part: None,
            by_text: false,
            ghost: DayBounds::within(Day::MIN, Day::MAX),
            all_written: false,
            none_used: false,
            left_out: None,
            looks_ahead: 0,
            unsure: false,
            uncounted: Vec::new(),
            lacking: false,
            planned: false,
            open: Vec::new(),
            noted: Vec::new(),
            trace,
            supposed: Vec::new(),
            read_as: Vec::new(),
            by_reading: None,
            renewed: Vec::new(),
            renewing: Vec::new(),
            unread: None,
            excepted: Vec::new(),
            leans_by: None,
            stood: None,
            counts_since: None,
            unexcepted: None,
            depth: 0,
            leaning: 0,
            cut: None,
            index: Index::default(),
            decided: Decided::default(),
            in_work: InWork::default(),
            known: Known::default(),
        }
    }

    pub fn bind(&mut self, var: Var, row: Row) {
        let at = usize::from(var.0);
        if self.vars.len() <= at {
            self.vars.resize(at.saturating_add(1), GHOST);
        }
        if let Some(slot) = self.vars.get_mut(at) {
            *slot = row;
        }
    }

    pub fn var(&self, var: Var) -> Row {
        self.vars.get(usize::from(var.0)).copied().unwrap_or(GHOST)
    }

    /// Asks about values of a day, as of that day: what has not come by then is not known then.
    pub fn asked_on<R>(&mut self, day: Day, look: impl FnOnce(&mut Self) -> R) -> R {
        self.asked(day, day, look)
    }

    /// Asks about values of one day, as of another.
    pub fn asked<R>(&mut self, on: Day, by: Day, look: impl FnOnce(&mut Self) -> R) -> R {
        self.on_a_day((on, by, None), look)
    }

    /// Asks on the day of an event, or on which something began: events that came later do not count, though it may be known by a
    /// later day what the event's own fields say.
    pub fn asked_of<R>(&mut self, on: Day, by: Day, look: impl FnOnce(&mut Self) -> R) -> R {
        self.on_a_day((on, by, Some(on.min(by))), look)
    }

    fn on_a_day<R>(&mut self, days: (Day, Day, Option<Day>), look: impl FnOnce(&mut Self) -> R) -> R {
        let before = (self.on, self.by, self.come_by);
        (self.on, self.by, self.come_by) = days;
        let found = look(self);
        (self.on, self.by, self.come_by) = before;
        found
    }

    /// Looks without leaving steps behind.
    pub fn quietly<R>(&mut self, look: impl FnOnce(&mut Self) -> R) -> R {
        self.trace.hush();
        let found = look(self);
        self.trace.speak();
        found
    }

    /// Looks at something else (a definition, another clause) with rows of its own, and comes back.
    pub fn aside<R>(&mut self, rows: &[Row], look: impl FnOnce(&mut Self) -> R) -> Option<R> {
        if self.depth >= DEEPEST {
            return None;
        }
        let vars = std::mem::replace(&mut self.vars, rows.to_vec());
        self.depth = self.depth.saturating_add(1);
        let found = look(self);
        self.depth = self.depth.saturating_sub(1);
        self.vars = vars;
        Some(found)
    }

    /// The row that an expression names.
    pub fn row(&mut self, row: &'w RowOf, record: RecordId) -> Found {
        match row {
            RowOf::Var(var) => Found::Row(record, self.var(*var)),
            RowOf::Agreement => Found::Row(AGREEMENT, Row(0)),
            RowOf::Follow(field) => match self.field(field) {
                Val::Row(record, row) => Found::Row(record, row),
                Val::Absent => Found::None,
                _ => Found::Unknown,
            },
            RowOf::Beside(beside) => self.neighbour(beside),
        }
    }

    /// What is known of a field; said, and reported when it is missing.
    pub fn field(&mut self, field: &'w FieldOf) -> Val<'w> {
        if let RowOf::Beside(beside) = &field.row {
            return self.of_neighbour(field, beside);
        }
        let (record, row) = match self.row(&field.row, field.record) {
            Found::Row(record, row) => (record, row),
            Found::None => return Val::Absent,
            Found::Unknown => return Val::Unknown,
        };
        self.cell(CellId { record, row, field: field.field }, field.span)
    }

    pub fn cell(&mut self, id: CellId, span: Span) -> Val<'w> {
        if id.row == GHOST {
            let own = self.world.day_field(id.record) == Some(id.field);
            return if own { Val::Day(self.ghost) } else { Val::Unknown };
        }
        let value = self.world.field(id, self.on);
        let several = match &value {
            Val::OneOf(_) => true,
            Val::Day(day) => day.exact().is_none(),
            _ => false,
        };
        self.unsure |= several && self.world.is_on_file(id);
        self.lacking |= value == Val::Unknown;
        if several || value == Val::Unknown {
            self.note_open(id);
        }
        if T::ON {
            self.tell(id, span, &value);
        }
        let open = matches!(value, Val::Absent | Val::Unknown) && self.uncounted.contains(&id);
        if open { self.may_be_any(id) } else { value }
    }

    /// What a field may come to that has not been counted: no number of votes is negative.
    fn may_be_any(&self, id: CellId) -> Val<'w> {
        let field = self.world.plan.schema.field(id.record, id.field);
        if field.is_some_and(|field| field.ty == Type::Number) {
            Val::Number(Bounds { least: Some(Number::ZERO), most: None })
        } else {
            Val::Unknown
        }
    }

    /// Looks with some fields that are none, or not given, taken as not counted yet.
    pub fn not_counted<R>(&mut self, fields: Vec<CellId>, look: impl FnOnce(&mut Self) -> R) -> R {
        if fields.is_empty() {
            return look(self);
        }
        // What is known of definitions is so with other values.
        let (known, uncounted) = (std::mem::take(&mut self.known), std::mem::replace(&mut self.uncounted, fields));
        let found = look(self);
        (self.known, self.uncounted) = (known, uncounted);
        found
    }

    /// Works something out, and keeps beside the answer what left it open.
    pub fn worked_out<A>(&mut self, look: impl FnOnce(&mut Self) -> A) -> Kept<A> {
        let before = begin_anew(self);
        let answer = look(self);
        kept_since(self, before, answer)
    }

    /// Takes an answer that was worked out before, with what left it open.
    pub fn taken<A>(&mut self, kept: Kept<A>) -> A {
        self.unsure |= kept.unsure;
        self.lacking |= kept.lacking;
        self.planned |= kept.planned;
        for cell in kept.open {
            self.note_open(cell);
        }
        for missing in kept.missing {
            self.trace.missing(|| missing);
        }
        kept.answer
    }

    /// Whether a case is due of what becomes due only `otherwise`; what left that open is open now.
    pub fn is_due(&mut self, of: &CaseOf) -> Truth {
        if let Some(why) = self.known.why_due_is_open(of) {
            self.taken(why);
        }
        self.known.is_due(of)
    }

    pub fn note_open(&mut self, id: CellId) {
        if self.noted.len() < MOST_NOTED {
            self.noted.push(id);
        }
        if let Some((_, times)) = self.open.iter_mut().find(|(cell, _)| *cell == id) {
            *times = times.saturating_add(1);
        } else if self.open.len() < MOST_OPEN {
            self.open.push((id, 1));
        }
    }

    fn tell(&mut self, id: CellId, span: Span, value: &Val<'w>) {
        let mark = match value {
            Val::Unknown | Val::OneOf(_) => Mark::Open,
            Val::Day(bounds) if bounds.exact().is_none() => Mark::Open,
            _ => Mark::Plain,
        };
        match value {
            Val::Unknown => self.trace.missing(|| Missing::Value(id)),
            Val::OneOf(_) => self.trace.missing(|| Missing::Disputed(id)),
            Val::Day(bounds) if bounds.exact().is_none() => {
                let given = self.world.is_on_file(id);
                self.trace.missing(|| if given { Missing::Imprecise(id) } else { Missing::Value(id) });
            }
            _ => {}
        }
        let (world, on) = (&self.world, self.on);
        self.trace.say(|| {
            let mut step = reason(Said::Value(id, on), mark, span);
            step.fact = world.facts.place_on(id, on);
            step
        });
    }
}

/// The day that the expression at a place is taken to name.
pub fn supposed_at<T: Trace>(ask: &Ask<T>, place: Span) -> Option<Day> {
    ask.supposed.iter().find(|(at, _)| *at == place).map(|(_, day)| *day)
}

/// Looks at what no longer matters to the answer, for its reasons alone: it leaves nothing open.
pub fn for_reasons<'w, T: Trace, R>(ask: &mut Ask<'w, T>, look: impl FnOnce(&mut Ask<'w, T>) -> R) -> R {
    let open = what_is_open(ask);
    let found = look(ask);
    leave_open(ask, open);
    found
}

/// What has been left open up to here.
pub struct LeftOpen {
    open: Vec<(CellId, u8)>,
    noted: usize,
    flags: (bool, bool, bool),
    cut: Option<Cut>,
}

/// What was open when something began to be worked out, and whether its steps are told.
pub struct Before {
    flags: (bool, bool, bool),
    noted: usize,
    missing: Vec<Missing>,
    told: Told,
}

/// Begins to work something out: what leaves it open is told apart from what is open so far.
pub fn begin_anew<T: Trace>(ask: &mut Ask<'_, T>) -> Before {
    Before {
        flags: (std::mem::take(&mut ask.unsure), std::mem::take(&mut ask.lacking), std::mem::take(&mut ask.planned)),
        noted: ask.noted.len(),
        missing: ask.trace.missing_aside(),
        told: if ask.trace.listens() { Told::Yes } else { Told::Hushed },
    }
}

/// An answer that was worked out, with what has left it open since then.
pub fn kept_since<A, T: Trace>(ask: &mut Ask<'_, T>, before: Before, answer: A) -> Kept<A> {
    let open = ask.noted.get(before.noted..).unwrap_or(&[]).to_vec();
    let missing = ask.trace.missing_back(before.missing);
    let (unsure, lacking, planned) = (ask.unsure, ask.lacking, ask.planned);
    ask.unsure |= before.flags.0;
    ask.lacking |= before.flags.1;
    ask.planned |= before.flags.2;
    Kept { answer, unsure, lacking, planned, open, missing, told: before.told }
}

pub fn what_is_open<T: Trace>(ask: &Ask<'_, T>) -> LeftOpen {
    let flags = (ask.unsure, ask.lacking, ask.planned);
    LeftOpen { open: ask.open.clone(), noted: ask.noted.len(), flags, cut: ask.cut }
}

/// Goes back to what was open then: what has been looked at since makes no difference.
pub fn leave_open<T: Trace>(ask: &mut Ask<'_, T>, then: LeftOpen) {
    ask.noted.truncate(then.noted);
    (ask.open, ask.cut) = (then.open, then.cut);
    (ask.unsure, ask.lacking, ask.planned) = then.flags;
}

/// Asks with lists taken to be all there is; what is looked at leaves nothing open.
pub fn as_written<'w, T: Trace, R>(ask: &mut Ask<'w, T>, look: impl FnOnce(&mut Ask<'w, T>) -> R) -> R {
    let known = std::mem::take(&mut ask.known);
    let (open, noted, unsure) = (ask.open.clone(), ask.noted.len(), ask.unsure);
    ask.all_written = true;
    let found = ask.quietly(look);
    ask.all_written = false;
    (ask.known, ask.open, ask.unsure) = (known, open, unsure);
    ask.noted.truncate(noted);
    found
}

/// A limit is reached. Of several the last in their order is told, so that it does not matter which was met first.
pub fn stop_at<T: Trace>(ask: &mut Ask<'_, T>, cut: Cut) {
    ask.cut = ask.cut.max(Some(cut));
}

/// Whether a number was too long. Then nothing more is calculated.
pub fn is_out_of_digits<T: Trace>(ask: &Ask<'_, T>) -> bool {
    matches!(ask.cut, Some(Cut::Digits(_)))
}

/// A number that was calculated; one that is too long is not known any more.
pub fn not_too_long<T: Trace>(ask: &mut Ask<'_, T>, number: Bounds) -> Bounds {
    let most = ask.world.plan.most_digits;
    if number.digits() <= most {
        return number;
    }
    stop_at(ask, Cut::Digits(most));
    Bounds::unknown()
}
