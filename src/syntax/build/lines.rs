//! The lines of a clause.

use super::{Build, P, parts, role};
use crate::source::Spanned;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl Build<'_> {
    /// A line; two where its last words are a window.
    pub fn slots(&self, pair: P) -> Option<Vec<Slot>> {
        let span = self.span(&pair);
        Some(self.with_window(Slot { kind: self.slot_kind(pair)?, span }))
    }

    fn slot_kind(&self, pair: P) -> Option<SlotKind> {
        Some(match pair.as_rule() {
            Rule::scope => self.scope(pair)?,
            Rule::does => SlotKind::Does(self.does(pair)?),
            Rule::numbered => self.numbered(pair)?,
            Rule::limited => self.limited(pair)?,
            Rule::k_on_every_day => SlotKind::OnEveryDay,
            Rule::count => SlotKind::Count(self.count(pair)?),
            Rule::cycle => SlotKind::Cycle(self.cycle(pair)?),
            Rule::cut_short => self.cut_short(pair),
            Rule::timing => SlotKind::Timing(self.timing(pair.into_inner().next()?)?),
            Rule::lasting => self.lasting(pair)?,
            Rule::exercised => SlotKind::Exercised(self.only_name(pair)?),
            Rule::effect => self.effect(pair)?,
            Rule::inside => {
                let mut inner = parts(pair);
                SlotKind::Inside { scope: self.quoted(inner.next()?)?, decided_by: self.name(inner.next()?)? }
            }
            Rule::states => SlotKind::States(self.only_expr(pair)?),
            Rule::carried => SlotKind::Carried(self.only_expr(pair)?),
            Rule::quorum => SlotKind::Quorum(self.only_expr(pair)?),
            Rule::length => self.length(pair)?,
            Rule::starts => SlotKind::Starts(self.edge(pair)?),
            Rule::ends => SlotKind::Ends(self.edge(pair)),
            Rule::renewal => self.renewal(pair)?,
            Rule::same_days => SlotKind::SameDaysAs(self.only_name(pair)?),
            Rule::sharing => self.sharing(pair)?,
            Rule::billed => SlotKind::Billed(self.billed(pair)?),
            _ => return self.common(pair),
        })
    }

    fn common(&self, pair: P) -> Option<SlotKind> {
        Some(match pair.as_rule() {
            Rule::in_force_slot => SlotKind::InForce(self.force(pair)?),
            Rule::condition => {
                let is_if = pair.clone().into_inner().next()?.as_rule() == Rule::k_if;
                let condition = self.only_expr(pair)?;
                if is_if { SlotKind::If(condition) } else { SlotKind::Unless(condition) }
            }
            Rule::excepted => SlotKind::ExceptionTo(self.only_name(pair)?),
            Rule::otherwise => SlotKind::Otherwise(self.names(parts(pair).next()?)),
            Rule::gives_way => SlotKind::GivesWayTo(self.only_name(pair)?),
            Rule::owed => SlotKind::OwedTo(self.only_name(pair)?),
            Rule::k_in_writing => SlotKind::InWriting,
            Rule::addressed => SlotKind::To(self.only_name(pair)?),
            Rule::principle => SlotKind::Principles(self.names(parts(pair).next()?)),
            Rule::if_judged => {
                let mut inner = parts(pair);
                SlotKind::IfJudged { words: self.quoted(inner.next()?)?, by: inner.next().and_then(|by| self.name(by)) }
            }
            Rule::k_moved_to_next_working_day => SlotKind::Moved(Toward::Next),
            Rule::k_moved_to_previous_working_day => SlotKind::Moved(Toward::Previous),
            Rule::note => SlotKind::Note(self.quoted(parts(pair).next()?)?),
            Rule::restates => {
                let mut inner = parts(pair);
                SlotKind::Restates {
                    agreement: self.name(inner.next()?)?,
                    place: inner.next().map(|place| self.place(place)),
                }
            }
            Rule::k_as_far_as_possible => SlotKind::AsFarAsPossible,
            Rule::lay_before => {
                let mut inner = parts(pair);
                let role = self.name(inner.next()?)?;
                SlotKind::LayBefore { role, facts: parts(inner.next()?).filter_map(|one| self.expr(one)).collect() }
            }
            Rule::judged_by => SlotKind::JudgedBy(self.only_name(pair)?),
            Rule::attested_by => SlotKind::AttestedBy(self.only_name(pair)?),
            Rule::counted_for => SlotKind::CountedFor(self.only_name(pair)?),
            Rule::formerly => SlotKind::Formerly(self.names(parts(pair).next()?)),
            Rule::statement => SlotKind::Statements(self.names(pair)),
            _ => return None,
        })
    }

    fn only_name(&self, pair: P) -> Option<Name> {
        self.name(parts(pair).next()?)
    }

    fn only_expr(&self, pair: P) -> Option<Expr> {
        self.expr(parts(pair).next()?)
    }

    fn scope(&self, pair: P) -> Option<SlotKind> {
        let also = pair.clone().into_inner().next()?.as_rule() == Rule::k_also_for;
        let mut inner = parts(pair);
        let record = self.name(inner.next()?)?;
        let filter = inner.next().and_then(|filter| self.filter(filter));
        Some(if also { SlotKind::AlsoFor { record, filter } } else { SlotKind::ForEach { record, filter } })
    }

    pub fn filter(&self, pair: P) -> Option<Expr> {
        self.expr(parts(pair).next()?)
    }

    /// A name and perhaps a `where`, as two neighbouring pairs.
    fn collected<'i>(&self, inner: &mut std::iter::Peekable<impl Iterator<Item = P<'i>>>) -> Option<Collection> {
        let name = inner.next()?;
        let mut span = self.span(&name);
        let name = self.name(name)?;
        let which = match inner.next_if(|one| matches!(one.as_rule(), Rule::in_period | Rule::on_day)) {
            Some(one) => {
                span = span.to(self.span(&one));
                self.which(one)?
            }
            None => Which::Any,
        };
        let filter = inner.next_if(|one| one.as_rule() == Rule::filter).and_then(|one| {
            span = span.to(self.span(&one));
            self.filter(one)
        });
        Some(Collection { name, which, filter: filter.map(Box::new), span })
    }

    /// `in the period` or `on D`, behind the name of rows.
    pub fn which(&self, pair: P) -> Option<Which> {
        let span = self.span(&pair);
        Some(match pair.as_rule() {
            Rule::on_day => Which::OnDay(Box::new(self.only_expr(pair)?), span),
            _ => Which::InThePeriod(span),
        })
    }

    /// A name and perhaps a `where`, inside one pair.
    pub fn collection(&self, pair: P) -> Option<Collection> {
        self.collected(&mut parts(pair).peekable())
    }

    fn modal(&self, pair: P) -> Option<Spanned<Modal>> {
        let span = self.span(&pair);
        let modal = match pair.into_inner().next()?.as_rule() {
            Rule::k_shall => Modal::Shall,
            Rule::k_should => Modal::Should,
            Rule::k_may => Modal::May,
            Rule::k_must_not => Modal::MustNot,
            Rule::k_aims_to => Modal::AimsTo,
            _ => return None,
        };
        Some(Spanned::new(modal, span))
    }

    fn does(&self, pair: P) -> Option<Does> {
        let mut inner = pair.into_inner();
        let bearer = self.bearer(inner.next()?)?;
        let modal = self.modal(inner.next()?)?;
        let act = inner.next()?.into_inner().next()?;
        let instalments = act.clone().into_inner().find(|part| part.as_rule() == Rule::instalments);
        let instalments = match instalments {
            Some(instalments) => Some(self.instalments(instalments)?),
            None => None,
        };
        Some(Does { bearer, modal, act: self.act(act)?, instalments })
    }

    fn bearer(&self, pair: P) -> Option<Bearer> {
        let first = pair.clone().into_inner().next()?;
        Some(match first.as_rule() {
            Rule::bearer_each => Bearer::Each(self.collection(first)?),
            Rule::bearer_each_of => Bearer::EachOf(self.names(parts(first).next()?)),
            Rule::bearer_together => Bearer::Together(self.names(parts(first).next()?)),
            _ => Bearer::One(self.collection(pair)?),
        })
    }

    fn act(&self, pair: P) -> Option<Act> {
        Some(match pair.as_rule() {
            Rule::act_state => Act::State(self.only_expr(pair)?),
            Rule::act_dated => {
                let fields: Vec<Name> = parts(pair).filter_map(|name| self.name(name)).collect();
                if let [field] = fields.as_slice() { Act::Dated(field.clone()) } else { Act::InOrder(fields) }
            }
            Rule::act_share => Act::PayShareOf(self.only_name(pair)?),
            Rule::act_pay => self.paying(pair)?,
            Rule::act_effort => Act::Effort(self.quoted(parts(pair).next()?)?),
            Rule::act_plain => Act::Plain(self.verb(pair.into_inner().next()?)?),
            Rule::act_event => {
                let mut inner = pair.into_inner();
                let verb = self.verb(inner.next()?.into_inner().next()?)?;
                Act::Event { verb, event: self.collected(&mut inner.peekable())? }
            }
            Rule::string => Act::Quoted(self.quoted(pair)?),
            _ => return None,
        })
    }

    fn paying(&self, pair: P) -> Option<Act> {
        let mut inner = pair.into_inner();
        let verb = self.verb(inner.next()?)?;
        let is_part = |one: &P| role(one.as_rule()).is_none() && one.as_rule() != Rule::instalments;
        let mut parts = inner.filter(is_part).peekable();
        let amount = self.expr(parts.next()?)?;
        let by = match parts.peek() {
            Some(_) => Some((self.collected(&mut parts)?, self.name(parts.next()?)?)),
            None => None,
        };
        Some(Act::Pay { verb, amount, by })
    }

    fn instalments(&self, pair: P) -> Option<InstalmentsText> {
        let span = self.span(&pair);
        let (mut many, mut every, mut unit, mut rest) = (None, None, None, RestOn::Last);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::integer => many = Some(self.lexeme(&part)),
                Rule::period => every = self.period(part),
                Rule::told_unit => every = self.one_unit(part),
                Rule::k_rest_on_the_first => rest = RestOn::First,
                rule if role(rule).is_some() => {}
                _ => unit = self.expr(part),
            }
        }
        Some(InstalmentsText { many: many?, every: every?, unit, rest, span })
    }

    fn verb(&self, pair: P) -> Option<Spanned<&'static str>> {
        Some(Spanned::new(role(pair.as_rule())?, self.span(&pair)))
    }

    fn numbered(&self, pair: P) -> Option<SlotKind> {
        let mut inner = parts(pair).peekable();
        let of = self.collected(&mut inner)?;
        let modal = self.modal(inner.next()?)?;
        let parts = inner.filter_map(|one| self.numbered_part(one)).collect();
        Some(SlotKind::Numbered { of, modal, parts })
    }

    fn numbered_part(&self, pair: P) -> Option<NumberedPart> {
        let span = self.span(&pair);
        let mut amounts = Vec::new();
        let (mut tolerance, mut filter) = (None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::tolerance => tolerance = self.tolerance(part),
                Rule::filter => filter = self.filter(part),
                _ => amounts.extend(self.expr(part)),
            }
        }
        let mut amounts = amounts.into_iter();
        Some(NumberedPart { least: amounts.next()?, most: amounts.next(), tolerance, filter, span })
    }

    pub fn tolerance(&self, pair: P) -> Option<(Expr, Expr)> {
        let mut inner = parts(pair);
        Some((self.expr(inner.next()?)?, self.expr(inner.next()?)?))
    }

    fn limited(&self, pair: P) -> Option<SlotKind> {
        let mut inner = parts(pair).peekable();
        let of = self.collected(&mut inner)?;
        let modal = self.modal(inner.next()?)?;
        let limit = inner.next()?;
        let mut words = limit.into_inner();
        let word = words.next()?;
        let limit = Spanned::new(limit_of(word.as_rule())?, self.span(&word));
        Some(SlotKind::Limited { of, modal, limit, amount: self.expr(words.next()?)? })
    }

    fn count(&self, pair: P) -> Option<Count> {
        let mut limit = None;
        let (mut times, mut tolerance, mut floor) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::count_each => return self.count_each(part),
                Rule::k_once => return Some(Count::Once),
                Rule::tolerance => tolerance = self.tolerance(part),
                Rule::floor => floor = self.only_expr(part),
                rule if role(rule).is_some() => limit = limit.or(limit_of(rule)),
                _ => times = self.expr(part),
            }
        }
        Some(Count::Times { limit, times: times?, tolerance, floor })
    }

    fn count_each(&self, pair: P) -> Option<Count> {
        let (least, options) = self.of_each(pair)?;
        Some(Count::OfEach { least, options })
    }

    pub fn of_each(&self, pair: P) -> Option<(String, Vec<Name>)> {
        let mut inner = parts(pair);
        Some((inner.next()?.as_str().to_string(), self.names(inner.next()?)))
    }

    fn cycle(&self, pair: P) -> Option<CycleText> {
        let which = pair.into_inner().nth(1)?;
        Some(match which.as_rule() {
            Rule::k_calendar_year => CycleText::CalendarYear,
            Rule::k_half_year => CycleText::HalfYear,
            Rule::k_four_months => CycleText::FourMonths,
            Rule::k_quarter => CycleText::Quarter,
            Rule::k_month => CycleText::Month,
            Rule::k_week => CycleText::Week,
            Rule::k_fiscal_year => CycleText::FiscalYear,
            Rule::year_of_term => CycleText::YearOfTerm(self.only_name(which)?),
            Rule::counted => {
                let mut inner = parts(which);
                CycleText::Counted { period: self.period(inner.next()?)?, from: self.expr(inner.next()?)? }
            }
            _ => return None,
        })
    }

    fn cut_short(&self, pair: P) -> SlotKind {
        let (mut which, mut counts) = (CutPeriod::First, CutCounts::Whole);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_last_period => which = CutPeriod::Last,
                Rule::k_counts_in_proportion => counts = CutCounts::InProportion,
                Rule::k_counts_not_at_all => counts = CutCounts::NotAtAll,
                _ => {}
            }
        }
        SlotKind::CutShort { which, counts }
    }

    fn timing(&self, pair: P) -> Option<Timing> {
        let rule = pair.as_rule();
        let exprs = |pair: P| -> Vec<Expr> {
            parts(pair)
                .filter(|one| matches!(one.as_rule(), Rule::sum | Rule::weekday_alone))
                .filter_map(|one| self.expr(one))
                .collect()
        };
        Some(match rule {
            Rule::by => Timing::By(exprs(pair).into_iter().next()),
            Rule::before => Timing::Before(self.only_expr(pair)?),
            Rule::after => Timing::After(self.only_expr(pair)?),
            Rule::on => Timing::On(self.only_expr(pair)?),
            Rule::between => {
                let mut ends = exprs(pair).into_iter();
                Timing::Between(ends.next()?, ends.next()?)
            }
            Rule::at_least | Rule::at_most => {
                let side = side_of(&pair);
                let mut inner = parts(pair);
                let lapse = self.lapse(inner.next()?);
                let anchor = self.expr(inner.next()?)?;
                if rule == Rule::at_least {
                    Timing::AtLeast { lapse, side, anchor }
                } else {
                    Timing::AtMost { lapse, side, anchor }
                }
            }
            Rule::within => {
                let mut inner = parts(pair);
                Timing::Within { lapse: self.lapse(inner.next()?), anchor: self.expr(inner.next()?)? }
            }
            Rule::for_long => {
                let mut inner = parts(pair);
                Timing::For { period: self.period(inner.next()?)?, from: self.expr(inner.next()?)? }
            }
            Rule::in_year => {
                let calendar = pair.clone().into_inner().any(|one| one.as_rule() == Rule::k_in_calendar_year);
                let counted = if calendar { YearCounted::Calendar } else { YearCounted::FromTheFirstDay };
                let mut inner = parts(pair);
                let year = self.lexeme(&inner.next()?);
                Timing::InYear { year, term: self.name(inner.next()?)?, counted }
            }
            Rule::in_first => match parts(pair).next() {
                Some(days) => Timing::InTheFirstDays(self.lexeme(&days)),
                None => Timing::InTheFirstWeek,
            },
            Rule::during => self.during(pair)?,
            Rule::k_before_the_start => Timing::BeforeTheStart,
            Rule::k_at_any_time => Timing::AtAnyTime,
            Rule::k_in_reasonable_time => Timing::InReasonableTime,
            Rule::k_without_a_last_day => Timing::WithoutALastDay,
            _ => return None,
        })
    }

    fn lapse(&self, pair: P) -> Option<LapseText> {
        let lapse = parts(pair).next()?;
        match lapse.as_rule() {
            Rule::told_lapse => return self.told_lapse(lapse).map(LapseText::Told),
            Rule::clear_days => {}
            _ => return self.period(lapse).map(LapseText::Period),
        }
        let span = self.span(&lapse);
        let amount = self.lexeme(&parts(lapse).next()?);
        Some(LapseText::Period(PeriodText { parts: vec![(amount, PeriodUnit::ClearDay)], span }))
    }

    fn during(&self, pair: P) -> Option<Timing> {
        let mut inner = parts(pair);
        let first = inner.next()?;
        Some(Timing::During(match first.as_rule() {
            Rule::name => During::Term(self.name(first)?),
            _ => During::Span(self.expr(first)?, self.expr(inner.next()?)?),
        }))
    }

    fn lasting(&self, pair: P) -> Option<SlotKind> {
        let mut bound = Bound::Until;
        let mut days = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_through => bound = Bound::Through,
                Rule::sum => days.extend(self.expr(part)),
                _ => {}
            }
        }
        let mut days = days.into_iter();
        Some(SlotKind::Lasting { from: days.next()?, end: days.next().map(|day| (bound, day)) })
    }

    fn effect(&self, pair: P) -> Option<SlotKind> {
        let mut lapse = None;
        let mut anchor = None;
        for part in parts(pair) {
            match part.as_rule() {
                Rule::period => lapse = self.period(part).map(LapseText::Period),
                Rule::told_lapse => lapse = self.told_lapse(part).map(LapseText::Told),
                _ => anchor = self.expr(part),
            }
        }
        Some(SlotKind::Effect { lapse, anchor: anchor? })
    }

    fn length(&self, pair: P) -> Option<SlotKind> {
        let (mut period, mut from) = (None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::period => period = self.period(part),
                _ => from = self.expr(part),
            }
        }
        Some(SlotKind::Length { period, from })
    }

    /// `None` when the text does not state the day.
    fn edge(&self, pair: P) -> Option<TermEdge> {
        let side = side_of(&pair);
        let (mut lapse, mut anchor) = (None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::period => lapse = self.period(part).map(|period| (period, side)),
                _ => anchor = self.expr(part),
            }
        }
        Some(TermEdge { lapse, anchor: anchor? })
    }

    fn renewal(&self, pair: P) -> Option<SlotKind> {
        let mut period = None;
        let mut times = RenewalTimes::NotSaid;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::period => period = self.period(part),
                Rule::k_once => times = RenewalTimes::Once,
                Rule::k_endlessly => times = RenewalTimes::Endlessly,
                Rule::integer => times = RenewalTimes::AtMost(part.as_str().to_string()),
                _ => {}
            }
        }
        Some(SlotKind::Renewal { period: period?, times })
    }

    fn sharing(&self, pair: P) -> Option<SlotKind> {
        let mut inner = parts(pair);
        let amount = self.expr(inner.next()?)?;
        let rest = inner.next()?;
        if rest.as_rule() == Rule::is_borne {
            return Some(SlotKind::BorneBy { amount, payer: self.only_expr(rest)? });
        }
        let (mut key, mut among, mut rounding) = (None, None, None);
        let mut options = Vec::new();
        for part in parts(rest) {
            match part.as_rule() {
                Rule::key => key = self.key(part),
                Rule::set_on => among = self.set_on(part),
                Rule::key_option => options.extend(self.key_option(part)),
                Rule::rounding => rounding = self.rounding(part),
                _ => {}
            }
        }
        Some(SlotKind::Shared(Shared { amount, key: key?, among, options, rounding }))
    }

    fn key(&self, pair: P) -> Option<Key> {
        let inner = pair.into_inner().next()?;
        match inner.as_rule() {
            Rule::key_mixed => {
                let portions = parts(inner).filter_map(|portion| {
                    let mut inner = portion.into_inner();
                    Some((self.portion_of(inner.next()?)?, self.key_one(inner.next()?)?))
                });
                Some(Key::Mixed(portions.collect()))
            }
            _ => self.key_one(inner),
        }
    }

    fn key_one(&self, pair: P) -> Option<Key> {
        let inner = pair.into_inner().next()?;
        let span = self.span(&inner);
        Some(match inner.as_rule() {
            Rule::k_equally => Key::Equally(span),
            Rule::k_by_separate_decision => Key::BySeparateDecision(span),
            Rule::key_proportion => Key::InProportionTo(self.only_expr(inner)?),
            Rule::key_parts => {
                let parts = parts(inner).filter_map(|part| {
                    let mut inner = part.into_inner();
                    Some((self.portion_of(inner.next()?)?, self.name(inner.next()?)?))
                });
                Key::InParts(parts.collect())
            }
            _ => return None,
        })
    }

    fn portion_of(&self, pair: P) -> Option<Expr> {
        self.atom_of(pair)
    }

    fn key_option(&self, pair: P) -> Option<KeyOption> {
        let span = self.span(&pair);
        let inner = parts(pair).next()?;
        let rule = inner.as_rule();
        let mut rest = None;
        let mut amount = None;
        let mut its = false;
        for part in inner.into_inner() {
            match part.as_rule() {
                Rule::k_each_at_most_its | Rule::k_each_at_least_its | Rule::k_each_first_pays_its => its = true,
                Rule::k_rest_is_refilled => rest = Some(RestGoes::Refilled),
                Rule::k_rest_stays_unshared => rest = Some(RestGoes::StaysUnshared),
                Rule::rest_to => rest = self.only_name(part).map(RestGoes::To),
                Rule::sum => amount = self.expr(part),
                _ => {}
            }
        }
        let kind = match rule {
            Rule::key_after => KeyOptionKind::After(amount?),
            Rule::key_cap => KeyOptionKind::AtMost(amount?, rest),
            Rule::key_floor => KeyOptionKind::AtLeast(amount?),
            _ => return None,
        };
        Some(KeyOption { kind, its, span })
    }

    fn rounding(&self, pair: P) -> Option<RoundingText> {
        let span = self.span(&pair);
        let (mut unit, mut remainder, mut ties_by) = (None, None, None);
        let highest = pair.clone().into_inner().any(|one| one.as_rule() == Rule::k_highest_first);
        let ties_go = if highest { TiesGo::HighestFirst } else { TiesGo::LowestFirst };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::sum => unit = self.expr(part),
                Rule::k_largest_remainder => remainder = Some(RemainderText::Largest),
                Rule::k_first_in_order => remainder = Some(RemainderText::FirstInOrder),
                Rule::half_up => remainder = self.only_name(parts(part).next()?).map(RemainderText::HalfUpEach),
                Rule::name => ties_by = self.name(part).map(|name| (name, ties_go)),
                _ => {}
            }
        }
        Some(RoundingText { unit: unit?, remainder, ties_by, span })
    }

    fn billed(&self, pair: P) -> Option<Billed> {
        let mut inner = parts(pair).peekable();
        let by = self.collected(&mut inner)?;
        Some(Billed {
            by,
            to: self.name(inner.next()?)?,
            for_what: self.name(inner.next()?)?,
            amount: self.name(inner.next()?)?,
        })
    }
}

fn limit_of(rule: Rule) -> Option<Limit> {
    Some(match rule {
        Rule::k_at_least => Limit::AtLeast,
        Rule::k_at_most => Limit::AtMost,
        Rule::k_exactly => Limit::Exactly,
        Rule::k_more_than => Limit::MoreThan,
        Rule::k_less_than => Limit::LessThan,
        _ => return None,
    })
}

fn side_of(pair: &P) -> Side {
    let before = pair.clone().into_inner().any(|one| one.as_rule() == Rule::k_before);
    if before { Side::Before } else { Side::After }
}
