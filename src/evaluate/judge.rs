//! The one who judges: who asks, what has served as evidence, and how things are taken while an instance is judged.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::facts::{CellId, Row};
use crate::model::expr::ClauseId;
use crate::model::schema::{FieldId, RecordId};
use crate::plan::{BodyKey, Norm, NormTest};
use crate::value::{CyclePeriod, Day, Money, Stretch};
use crate::verdict::{Agreed, Cut, Holder, Instance, ShareOf};

use super::amendments::adoption;
use super::expr::ask::{Ask, StepsBack};
use super::expr::frame::Frame;
use super::expr::kept::Known;
use super::knowledge::known::DayBounds;
use super::knowledge::law::Standings;
use super::knowledge::truth::Truth;
use super::knowledge::world::World;
use super::norms::case::events_of;
use super::trace::Trace;

pub struct Judge<'w, T: Trace> {
    pub ask: Ask<'w, T>,
    /// Evidence that counted for something.
    served: BTreeSet<(RecordId, Row)>,
    /// Which instance each event serves, where only order or its day tells.
    pub assignments: FxHashMap<AssignedOf, Assigned>,
    /// The windows of the instances of a right, by the place of the body, the subject where a use names it, and the bearer.
    pub covers: BTreeMap<CoversOf, Covers>,
    /// How often a right was used that each act is judged for by the wording of its day: all of them share its number.
    pub uses: Option<Uses>,
    /// What is known, and served, where days that are not given are taken to be none.
    without: Remembered<'w>,
    /// The shares of the cost that was judged last, where values are tried: they have to come out the same.
    pub shared: Option<Vec<(ShareOf, Money)>>,
    /// The last day that a repealed clause is taken to have had, to see what was not done by then.
    pub closed_on: Option<(ClauseId, Day)>,
    /// What was made of all days that may be meant, by an earlier judge and by this one.
    pub known: Option<&'w Agreed>,
    pub agreed: Agreed,
    /// Whether more is asked for than verdicts.
    pub tells: Tells,
}

/// What is asked of a judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// Very many verdicts: what takes more judging, and is no part of them, is left out.
    Verdicts,
    /// The last day of an instance, too, as far as it is known.
    Days,
}

/// The body, the option that is counted, whose instances these are, the period, and the term that windows hang on.
pub type AssignedOf =
    (BodyKey, Option<(FieldId, String)>, Option<Row>, Holder, Option<CyclePeriod>, Option<(ClauseId, Stretch)>);

/// What is known, served and covered.
type Remembered<'w> = (Known<'w>, FxHashMap<AssignedOf, Assigned>, BTreeMap<CoversOf, Covers>);

/// Which instance of a body each event serves.
#[derive(Default)]
pub struct Assigned {
    /// The windows of a cycle, in order, where some reaches past its period; else none.
    pub windows: Vec<(Day, Day)>,
    /// Of each period whose window lies within it, the days of the events that may be for it.
    pub at_home: BTreeMap<Serves, (Day, Day)>,
    /// What each event serves, in every way in which what is open may be; nothing where it is left over.
    pub serves: BTreeMap<Row, Vec<Option<Serves>>>,
    /// The events that each serve some instance, in the order of these; and all other events.
    pub own: Vec<(Serves, Row)>,
    pub others: Vec<Row>,
    /// Events that may serve any instance.
    pub open: BTreeSet<Row>,
    /// Events that serve an instance beside the one that they are assigned to, under a wording that cuts time otherwise.
    pub beside: BTreeSet<(Serves, Row)>,
    /// Events in whose place another may serve that nobody has written down, of one of these days: they may be left for another
    /// instance than the one that they serve.
    pub displaced: BTreeMap<Row, (Day, Day)>,
    /// The same for each group of instances that share evidence, where not all do.
    pub groups: Vec<Assigned>,
    pub group_of: BTreeMap<Serves, usize>,
    /// What was looked at that is not known, one after the other: whoever asks has looked at it, too.
    pub looked: Vec<CellId>,
}

/// The body of a right, the subject where a use names it, and the bearer.
pub type CoversOf = (BodyKey, Option<Row>, Holder);

/// The windows of a right's instances, in the order of their first days.
#[derive(Default)]
pub struct Covers {
    pub all: Vec<Cover>,
    /// The latest day that any of them through each one holds.
    pub reach: Vec<Day>,
    /// Whose right each act uses, where each is used so often only and nothing else tells; worked out once.
    pub shared: Option<SharedOut>,
}

/// The subject whose right each act uses.
#[derive(Clone, Default)]
pub struct SharedOut {
    pub of: BTreeMap<Row, Row>,
    /// Acts that several windows hold, where something is not known of what is to be shared out.
    pub open: BTreeSet<Row>,
}

/// The window of an instance of a right, and the time in which it binds.
#[derive(Clone, Copy)]
pub struct Cover {
    pub instance: Instance,
    pub frame: Frame,
    pub since: Day,
    /// The last day of its subject, under whichever wording, as far as it is known; the end of time for one that does not end.
    pub over: DayBounds,
    /// The last day, and the day after it where one who leaves may still exercise the right.
    pub ends: Day,
    pub first_out: Day,
    /// Whether the right reaches this instance at all.
    pub reached: Truth,
}

/// How often a right was used under its wordings, one after the other. Readings may count differently.
#[derive(Clone, Copy, Default)]
pub struct Uses {
    /// Under earlier wordings: for certain, and at most; without a bound where a list is not complete.
    pub before: Used,
    here: Option<Used>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    pub least: usize,
    pub most: Option<usize>,
}

impl Default for Used {
    fn default() -> Used {
        Used { least: 0, most: Some(0) }
    }
}

impl Uses {
    /// So often under this wording, by one of its readings.
    pub fn note(&mut self, used: Used) {
        let most = |one: Option<usize>, other: Option<usize>| Some(one?.max(other?));
        self.here = Some(match self.here {
            Some(here) => Used { least: here.least.min(used.least), most: most(here.most, used.most) },
            None => used,
        });
    }

    /// Goes on to the next wording.
    pub fn carry_on(&mut self) {
        let Some(here) = self.here.take() else { return };
        let most = self.before.most.zip(here.most).map(|(before, here)| before.saturating_add(here));
        self.before = Used { least: self.before.least.saturating_add(here.least), most };
    }
}

/// What is found out beside verdicts: evidence that counted for something, what was made of all days that may be meant, and whether a
/// limit was reached.
pub struct Found {
    served: BTreeSet<(RecordId, Row)>,
    agreed: Agreed,
    cut: Option<Cut>,
}

/// What an event serves: the instance of a subject, of a period, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Serves {
    Subject(Row),
    Period(CyclePeriod),
    /// A period of a subject, where nothing tells which subject an event is for.
    PeriodOf(CyclePeriod, Row),
}

impl<'w, T: Trace> Judge<'w, T> {
    /// A judge, and the rule that says whether a clause steps back.
    pub fn new(world: World<'w>, trace: T, steps_back: StepsBack<'w, T>) -> Self {
        let mut ask = Ask::new(world, trace, steps_back);
        adoption::weigh(&mut ask);
        Judge {
            ask,
            served: BTreeSet::new(),
            assignments: FxHashMap::default(),
            covers: BTreeMap::new(),
            uses: None,
            without: Default::default(),
            shared: None,
            closed_on: None,
            known: None,
            agreed: Agreed::new(),
            tells: Tells::Verdicts,
        }
    }

    /// A record has counted as evidence.
    pub fn serve(&mut self, record: RecordId, row: Row) {
        if !T::ON {
            self.served.insert((record, row));
        }
    }

    /// Goes on under another way in which amendments may have gone, or with other values: what was worked out is worked out anew.
    pub fn forget(&mut self) {
        self.assignments.clear();
        self.covers.clear();
        self.ask.known.forget();
        self.without = Default::default();
    }

    /// The same, but for what was noted of which cases are due.
    pub fn begin_again(&mut self) {
        self.assignments.clear();
        self.covers.clear();
        self.ask.known.begin_again();
    }

    /// Sets aside all that was found out, while it is another day.
    pub fn set_aside(&mut self) -> [Remembered<'w>; 2] {
        let (known, assignments) = (std::mem::take(&mut self.ask.known), std::mem::take(&mut self.assignments));
        [(known, assignments, std::mem::take(&mut self.covers)), std::mem::take(&mut self.without)]
    }

    pub fn take_back(&mut self, remembered: [Remembered<'w>; 2]) {
        let [here, without] = remembered;
        (self.ask.known, self.assignments, self.covers) = here;
        self.without = without;
    }

    /// Judges while something is taken to be otherwise: what is found out meanwhile is so only then.
    pub fn apart<R>(&mut self, judged: impl FnOnce(&mut Self) -> R) -> R {
        let known = self.set_aside();
        let found = judged(self);
        self.take_back(known);
        found
    }

    /// Judges by the law without the amendments that came later.
    pub fn under<R>(&mut self, law: Rc<Standings>, judged: impl FnOnce(&mut Self) -> R) -> R {
        let now = std::mem::replace(&mut self.ask.law.standings, law);
        let way = std::mem::replace(&mut self.ask.law.way, 0);
        let found = self.apart(judged);
        (self.ask.law.standings, self.ask.law.way) = (now, way);
        found
    }

    /// Judges as of an earlier day.
    pub fn as_of<R>(&mut self, day: Day, judged: impl FnOnce(&mut Self) -> R) -> R {
        let as_of = std::mem::replace(&mut self.ask.world.as_of, day);
        let found = self.apart(judged);
        self.ask.world.as_of = as_of;
        found
    }

    /// Takes days that are not given to be none, or goes back from that.
    pub fn turn(&mut self) {
        self.ask.world.none_given = !self.ask.world.none_given;
        std::mem::swap(&mut self.ask.known, &mut self.without.0);
        std::mem::swap(&mut self.assignments, &mut self.without.1);
        std::mem::swap(&mut self.covers, &mut self.without.2);
    }

    /// The shares that were told last, where the clause shares a cost itself: one that asks for a share of it may come to the same
    /// whatever that is.
    pub fn take_shares(&mut self, norm: &Norm) -> Option<Vec<(ShareOf, Money)>> {
        let shares = norm.bodies.iter().any(|body| matches!(body.test, NormTest::Shared { .. }));
        self.shared.take().filter(|_| shares)
    }

    /// What this judge found out beside its verdicts, for another one that judges beside it.
    pub fn found(self) -> Found {
        Found { served: self.served, agreed: self.agreed, cut: self.ask.cut }
    }

    pub fn learn(&mut self, found: Found) {
        self.served.extend(found.served);
        self.agreed.extend(found.agreed);
        self.ask.cut = self.ask.cut.max(found.cut);
    }

    /// Records of kinds that clauses look for, which have happened and served none of them.
    pub fn unused(&self) -> Vec<(ClauseId, RecordId, Row)> {
        let world = &self.ask.world;
        let mut looked_for: BTreeMap<RecordId, ClauseId> = BTreeMap::new();
        for norm in &world.plan.norms {
            for events in norm.bodies.iter().filter_map(|body| events_of(&body.test)) {
                looked_for.entry(events.record).or_insert(norm.clause);
            }
        }
        let mut unused = Vec::new();
        for (record, clause) in looked_for {
            let rows = world.facts.rows(record).filter(|row| !self.served.contains(&(record, *row)));
            let happened = rows.filter(|row| world.stands(record, *row, world.as_of, world.as_of).is_yes());
            let own = happened.filter(|row| !world.facts.is_shared(record, *row));
            unused.extend(own.map(|row| (clause, record, row)));
        }
        unused
    }
}
