//! Changes in terms and in the sharing of costs.

use overens::model::clause::{
    Remainder, Renewal, Renewals, Rest, Shared, Sharing, SharingKey, SharingWay, TermEdge, TermOf,
};
use overens::model::expr::On;
use overens::source::Span;
use overens::value::Period;

use super::walk::{Sort, Walk, a_day, one_of, shifted};

impl Walk<'_> {
    pub fn term(&mut self, term: &mut TermOf, span: Span) {
        let TermOf { starts, ends, renewal, same_days_as } = term;
        self.term_edge(Sort::FirstDay, starts, span);
        self.term_edge(Sort::LastDay, ends, span);
        renewal.iter_mut().for_each(|renewal| self.renewal(renewal));
        self.tied_to(Sort::SameDays, same_days_as);
    }

    fn term_edge(&mut self, sort: Sort, edge: &mut TermEdge, span: Span) {
        for by in [1, -1] {
            if let Some(moved) = moved(edge, by) {
                self.offer(sort, span, a_day(by), edge, moved);
            }
        }
        match edge {
            TermEdge::Day(day) => self.expr(day),
            TermEdge::Length(by) => self.period(Sort::Length, span, by),
            TermEdge::Lapse { anchor, by } => {
                self.period(Sort::Length, span, by);
                self.expr(anchor);
            }
            TermEdge::NotStated(_) | TermEdge::Open => {}
        }
    }

    fn renewal(&mut self, renewal: &mut Renewal) {
        let span = renewal.span;
        self.period(Sort::Renewal, span, &mut renewal.period);
        let other = match renewal.times {
            Renewals::AtMost(times) => Renewals::AtMost(times.saturating_add(1)),
            Renewals::Endlessly => Renewals::AtMost(1),
            Renewals::NotSaid => Renewals::Endlessly,
        };
        self.offer(Sort::Renewal, span, "more often or less", &mut renewal.times, other);
    }

    pub fn sharing(&mut self, sharing: &mut Sharing, span: Span) {
        self.expr(&mut sharing.amount);
        match &mut sharing.way {
            SharingWay::Borne { payer, .. } => self.row(payer),
            SharingWay::Shared(shared) => self.shared(shared, span),
            // Nothing is shared by a rule, so there is no rule to change.
            SharingWay::SeparateDecision => return,
        }
        self.offer(Sort::Sharing, span, "by separate decision", &mut sharing.way, SharingWay::SeparateDecision);
    }

    fn shared(&mut self, shared: &mut Shared, span: Span) {
        let Shared { key, among, after_each, at_most, at_least, rounding } = shared;
        self.key(key, span);
        if let Some((of, on)) = among {
            self.collection(of);
            if let On::Day(day) = on {
                self.set_day(day);
            }
        }
        if let Some(amount) = after_each {
            self.amount(Sort::Cap, amount);
        }
        match at_most {
            Some((cap, rest)) => {
                self.amount(Sort::Cap, cap);
                let other = match rest {
                    Rest::Refilled => Rest::StaysUnshared,
                    Rest::StaysUnshared | Rest::To(_) => Rest::Refilled,
                };
                self.offer(Sort::Cap, span, "the rest goes elsewhere", rest, other);
            }
            None => {
                if let Some(one) = one_of(self.schema, span) {
                    let capped = Some((one, Rest::StaysUnshared));
                    self.offer(Sort::Sharing, span, "each at most 1", at_most, capped);
                }
            }
        }
        if let Some(floor) = at_least {
            self.amount(Sort::Cap, floor);
        }
        if let Some(rounding) = rounding {
            self.amount(Sort::Rounding, &mut rounding.unit);
            // Equal shares leave equal remainders, so the largest is the first in order.
            if matches!(key, SharingKey::Equally) {
                return;
            }
            let other = match rounding.remainder {
                Remainder::Largest => Remainder::FirstInOrder,
                Remainder::FirstInOrder | Remainder::HalfUpEach(_) => Remainder::Largest,
            };
            self.offer(Sort::Rounding, span, "another remainder", &mut rounding.remainder, other);
        }
    }

    fn key(&mut self, key: &mut SharingKey, span: Span) {
        match key {
            SharingKey::Equally => {}
            SharingKey::InProportionTo(weight) => {
                self.expr(weight);
                self.offer(Sort::Sharing, span, "equally", key, SharingKey::Equally);
            }
            SharingKey::InParts(parts) => {
                let mut turned = parts.clone();
                let mut portions: Vec<_> = turned.iter().map(|(portion, _)| portion.clone()).collect();
                portions.rotate_left(1);
                turned.iter_mut().zip(portions).for_each(|(part, portion)| part.0 = portion);
                self.offer(Sort::Sharing, span, "each another's part", parts, turned);
            }
            SharingKey::Mixed(parts) => {
                parts.iter_mut().for_each(|(_, key)| self.key(key, span));
                self.offer(Sort::Sharing, span, "equally", key, SharingKey::Equally);
            }
        }
    }
}

fn moved(edge: &TermEdge, by: i32) -> Option<TermEdge> {
    match edge {
        TermEdge::Day(day) => Some(TermEdge::Day(shifted(day, by))),
        TermEdge::Length(length) => Some(TermEdge::Length(length.plus(&Period::days(by))?)),
        TermEdge::Lapse { anchor, by: length } => {
            Some(TermEdge::Lapse { anchor: anchor.clone(), by: length.plus(&Period::days(by))? })
        }
        TermEdge::NotStated(_) | TermEdge::Open => None,
    }
}
