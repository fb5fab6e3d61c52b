//! Terms that tell the same days: what one leaves unsaid, another may say; where two say a day and the days differ, the text
//! contradicts itself, and no rule of it goes before the other.

use crate::model::clause::{TermEdge, TermOf, WhichEnd};
use crate::model::expr::ClauseId;
use crate::plan::NormTest;
use crate::source::Span;
use crate::value::{Day, Stretch};
use crate::verdict::{Mark, Said};

use super::judge::Judge;
use super::trace::{Trace, reason};

/// What tied terms make of their days together.
pub enum SameDays {
    /// The days that all of them have; `None` when one of them hangs on what is not known.
    Agreed(Option<Stretch>),
    Clash,
}

/// A term of several that are tied, and what it says.
pub struct Tied<'w> {
    clause: ClauseId,
    term: &'w TermOf,
}

/// What a term says of one of its ends.
enum Says {
    Nothing,
    Day(Day),
    Unknown,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// The terms that have the same days as this one, itself among them, in the order of the policy; `None` when it stands
    /// by itself.
    pub fn tied(&self, clause: ClauseId) -> Option<Vec<Tied<'w>>> {
        let (plan, as_of) = (self.world.plan, self.world.as_of);
        // Of several dated wordings the one that is in force; without one, the first.
        let wording = |clause: ClauseId| {
            let norms = || plan.norms_of(clause).map(|(_, norm)| norm);
            norms().find(|norm| self.chosen(norm).contains(as_of)).or_else(|| norms().next())
        };
        let terms = || {
            let all = (0..).map(ClauseId).zip(&plan.clauses).map(|(clause, _)| clause);
            all.filter_map(|clause| match &wording(clause)?.bodies.first()?.test {
                NormTest::Term(term) => Some(Tied { clause, term }),
                _ => None,
            })
        };
        let first_of = |one: &Tied| one.term.same_days_as.as_ref().map_or(one.clause, |first| first.it);
        let first = terms().find(|one| one.clause == clause).map(|one| first_of(&one))?;
        let tied: Vec<Tied> = terms().filter(|one| first_of(one) == first).collect();
        (tied.len() > 1).then_some(tied)
    }

    /// The days of tied terms, held against each other.
    pub fn same_days(&mut self, tied: &[Tied<'w>], span: Span) -> SameDays {
        let mut clash = false;
        let mut both = [None, None];
        let mut unknown = false;
        for (which, slot) in [WhichEnd::First, WhichEnd::Last].into_iter().zip(&mut both) {
            let mut said: Vec<(ClauseId, Day, Option<Span>)> = Vec::new();
            for one in tied {
                match self.told_day(one.term, which) {
                    Says::Nothing => {}
                    Says::Day(day) => {
                        let name = || self.world.plan.clause(one.clause).map(|clause| clause.name_span);
                        said.push((one.clause, day, place_of(one.term, which).or_else(name)));
                    }
                    Says::Unknown => unknown = true,
                }
            }
            *slot = said.first().map(|(_, day, _)| *day);
            if said.iter().any(|(_, day, _)| Some(*day) != *slot) {
                clash = true;
                self.say_clash(which, &said, span);
            }
        }
        let [first, last] = both;
        match (clash, unknown, first) {
            (true, _, _) => SameDays::Clash,
            (false, true, _) | (false, false, None) => SameDays::Agreed(None),
            (false, false, Some(from)) => {
                let until = last.map_or(Stretch::ALWAYS.until, Day::following);
                SameDays::Agreed(Some(Stretch::new(from, until)))
            }
        }
    }

    fn told_day(&mut self, term: &'w TermOf, which: WhichEnd) -> Says {
        let edge = match which {
            WhichEnd::First => &term.starts,
            WhichEnd::Last => &term.ends,
        };
        let day = match edge {
            TermEdge::Open | TermEdge::NotStated(_) => return Says::Nothing,
            TermEdge::Length(_) => self.first_term(term).map(|days| days.last()),
            TermEdge::Day(_) | TermEdge::Lapse { .. } => self.term_day(edge),
        };
        day.map_or(Says::Unknown, Says::Day)
    }

    fn say_clash(&mut self, which: WhichEnd, said: &[(ClauseId, Day, Option<Span>)], span: Span) {
        self.trace.open();
        for (_, day, place) in said {
            self.trace.say(|| reason(Said::Day { day: *day }, Mark::Plain, *place));
        }
        let days = said.iter().map(|(clause, day, _)| (*clause, *day)).collect();
        self.trace.close(|| reason(Said::DaysDiffer { which, days }, Mark::Person, span));
    }
}

/// The words that say the day, where it is said in so many words.
fn place_of(term: &TermOf, which: WhichEnd) -> Option<Span> {
    let edge = match which {
        WhichEnd::First => &term.starts,
        WhichEnd::Last => &term.ends,
    };
    match edge {
        TermEdge::Day(day) => Some(day.span),
        TermEdge::NotStated(span) => Some(*span),
        // What is told is reckoned from the anchor, so the anchor's own words would mislead.
        TermEdge::Lapse { .. } | TermEdge::Length(_) | TermEdge::Open => None,
    }
}
