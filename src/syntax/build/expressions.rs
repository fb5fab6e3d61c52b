//! Expressions: conditions, amounts and days.

use super::{Build, P, parts, role};
use crate::source::{Span, Spanned};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;
use crate::value::{OfDay, Part, Weekday};

impl Build<'_> {
    pub fn expr(&self, pair: P) -> Option<Expr> {
        let span = self.span(&pair);
        self.inside(1, span, || self.expr_within(pair, span))
    }

    fn expr_within(&self, pair: P, span: Span) -> Option<Expr> {
        match pair.as_rule() {
            Rule::expr => self.joined(pair, span),
            Rule::unary => self.unary(pair, span),
            Rule::amount | Rule::sum | Rule::product | Rule::tally | Rule::asked_day => self.chain(pair),
            Rule::atom => {
                let span = self.span(&pair);
                let mut inner = pair.into_inner();
                let own = self.atom_of(inner.next()?)?;
                match inner.next() {
                    Some(unit) if unit.as_rule() == Rule::told_unit => {
                        Some(Expr { kind: ExprKind::Told(self.told(own, unit, span)?), span })
                    }
                    Some(_) | None => Some(own),
                }
            }
            Rule::path | Rule::path_within => self.path(pair),
            Rule::told_lapse => {
                let span = self.span(&pair);
                Some(Expr { kind: ExprKind::Told(self.told_lapse(pair)?), span })
            }
            Rule::comparand => self.comparand(pair),
            _ => self.atom_of(pair),
        }
    }

    fn joined(&self, pair: P, span: Span) -> Option<Expr> {
        let mut parts = Vec::new();
        let mut joints = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_and => joints.push(Spanned::new(Joint::And, self.span(&part))),
                Rule::k_or => joints.push(Spanned::new(Joint::Or, self.span(&part))),
                _ => parts.push(self.expr(part)?),
            }
        }
        let kind = match joints.first().map(|joint| joint.it) {
            None => return parts.into_iter().next(),
            Some(first) if joints.iter().any(|joint| joint.it != first) => ExprKind::Mixed(parts, joints),
            Some(Joint::And) => ExprKind::And(parts),
            Some(Joint::Or) => ExprKind::Or(parts),
        };
        Some(Expr { kind, span })
    }

    fn unary(&self, pair: P, span: Span) -> Option<Expr> {
        let mut negations = 0_u32;
        let mut inner = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_not => negations = negations.saturating_add(1),
                Rule::quantified => inner = self.quantified(part.into_inner().next()?, span),
                _ => inner = self.compared(part, span),
            }
        }
        let inner = inner?;
        // Two negations cancel; a chain of them is not kept, so that no chain can be deep.
        if negations % 2 == 1 { Some(Expr { kind: ExprKind::Not(Box::new(inner)), span }) } else { Some(inner) }
    }

    fn quantified(&self, pair: P, span: Span) -> Option<Expr> {
        let rule = pair.as_rule();
        let mut word = None;
        let mut name = None;
        let mut which = Which::Any;
        let mut filter = None;
        let mut test = None;
        let mut comparison = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_some | Rule::k_no => word = Some(part.as_rule()),
                Rule::name => name = self.name(part),
                Rule::in_period | Rule::on_day => which = self.which(part)?,
                Rule::filter => filter = self.filter(part).map(Box::new),
                Rule::unary => test = self.expr(part),
                Rule::comparison => comparison = self.comparison(part),
                _ => {}
            }
        }
        let of = Collection { name: name?, which, filter, span };
        let kind = match (rule, test, comparison) {
            (Rule::quantified_all, Some(test), _) => ExprKind::AllHave { of, test: Box::new(test) },
            (Rule::quantified_all, None, Some(test)) => ExprKind::AllAre { of, test: Box::new(test) },
            (_, _, _) if word == Some(Rule::k_some) => ExprKind::Some(of),
            (_, _, _) => ExprKind::No(of),
        };
        Some(Expr { kind, span })
    }

    fn compared(&self, pair: P, span: Span) -> Option<Expr> {
        let mut inner = pair.into_inner();
        let left = self.expr(inner.next()?)?;
        let Some(rest) = inner.find(|one| matches!(one.as_rule(), Rule::comparison | Rule::contents | Rule::only))
        else {
            return Some(left);
        };
        let comparison = match rest.as_rule() {
            Rule::contents => self.contents(rest)?,
            Rule::only => {
                let span = self.span(&rest);
                let kind = ComparisonKind::HasOnly(parts(rest).filter_map(|one| self.comparand(one)).collect());
                Comparison { kind, span }
            }
            _ => self.comparison(rest)?,
        };
        Some(Expr { kind: ExprKind::Compare(Box::new(left), Box::new(comparison)), span })
    }

    fn comparison(&self, pair: P) -> Option<Comparison> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let first = inner.next()?;
        let kind = match first.as_rule() {
            Rule::k_given => ComparisonKind::Given,
            Rule::k_missing => ComparisonKind::Missing,
            rule @ (Rule::k_a_working_day | Rule::k_a_public_holiday) => ComparisonKind::IsDay(day_asked(rule)?),
            Rule::k_not => {
                let what = inner.next()?.into_inner().next()?;
                match what.as_rule() {
                    Rule::cmp_in => ComparisonKind::NotIn(self.membership(what)?),
                    rule @ (Rule::k_a_working_day | Rule::k_a_public_holiday) => {
                        ComparisonKind::IsNotDay(day_asked(rule)?)
                    }
                    _ => ComparisonKind::IsNot(vec![self.comparand(what)?]),
                }
            }
            Rule::cmp_between => {
                let mut ends = parts(first);
                ComparisonKind::Between(self.expr(ends.next()?)?, self.expr(ends.next()?)?)
            }
            Rule::cmp_in => ComparisonKind::In(self.membership(first)?),
            Rule::cmp_about => {
                let mut inner = parts(first);
                let amount = self.expr(inner.next()?)?;
                ComparisonKind::About { amount, tolerance: self.tolerance(inner.next()?)? }
            }
            Rule::cmp_word => {
                let order = order_of(first.into_inner().next()?.as_rule())?;
                ComparisonKind::Order(order, self.expr(inner.next()?)?)
            }
            _ => ComparisonKind::Is(parts(first).filter_map(|one| self.comparand(one)).collect()),
        };
        Some(Comparison { kind, span })
    }

    fn membership(&self, pair: P) -> Option<Membership> {
        let its = pair.clone().into_inner().any(|part| part.as_rule() == Rule::k_its);
        let mut inner = parts(pair);
        let first = inner.next()?;
        let set = match (its, self.span(&first)) {
            (true, span) => SetOn {
                of: Collection { name: self.name(first)?, which: Which::Any, filter: None, span },
                its: true,
                on: None,
                span,
            },
            (false, _) => self.set_on(first)?,
        };
        let throughout = match (inner.next(), inner.next()) {
            (Some(from), Some(to)) => Some((self.expr(from)?, self.expr(to)?)),
            (_, _) => None,
        };
        Some(Membership { set, throughout })
    }

    pub fn set_on(&self, pair: P) -> Option<SetOn> {
        let span = self.span(&pair);
        let mut inner = parts(pair);
        let set = inner.next()?;
        let end = self.span(&set).end;
        let mut of = self.collection(set)?;
        let on = inner.next().and_then(|day| self.expr(day));
        // `among club where C on D`: the day is the set's; in parentheses it would be the condition's.
        let on = on.or_else(|| self.take_day(of.filter.as_deref_mut()?, end).map(|day| day.it));
        if let (Some(_), Some(filter)) = (&on, &of.filter) {
            of.span = of.span.to(filter.span);
        }
        Some(SetOn { of, its: false, on: on.map(Box::new), span })
    }

    fn comparand(&self, pair: P) -> Option<Expr> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::k_yes => Expr { kind: ExprKind::Yes, span },
            Rule::k_no => Expr { kind: ExprKind::No_, span },
            Rule::k_none => Expr { kind: ExprKind::None_, span },
            _ => self.expr(inner)?,
        })
    }

    fn contents(&self, pair: P) -> Option<Comparison> {
        let span = self.span(&pair);
        let first = pair.clone().into_inner().next()?;
        let kind = if first.as_rule() == Rule::count_each {
            let (least, options) = self.of_each(first)?;
            ComparisonKind::HasOfEach { least, options }
        } else {
            ComparisonKind::Has(parts(pair).filter_map(|one| self.comparand(one)).collect())
        };
        Some(Comparison { kind, span })
    }

    /// A chain of `plus`/`minus` or `times`/`divided by`, from the left, perhaps rounded at its end.
    fn chain(&self, pair: P) -> Option<Expr> {
        let (span, links) = (self.span(&pair), pair.clone().into_inner().len().checked_div(2).unwrap_or(0));
        self.inside(links, span, || self.chain_within(pair))
    }

    fn chain_within(&self, pair: P) -> Option<Expr> {
        let mut inner = pair.into_inner().peekable();
        let mut left = self.link(&mut inner)?;
        while let Some(word) = inner.next() {
            if word.as_rule() == Rule::rounded {
                left = self.rounded(left, word)?;
                continue;
            }
            let right = self.link(&mut inner)?;
            let span = left.span.to(right.span);
            let (left_side, right) = (Box::new(left), Box::new(right));
            let kind = match word.as_rule() {
                Rule::k_plus => ExprKind::Plus(left_side, right),
                Rule::k_minus => ExprKind::Minus(left_side, right),
                Rule::k_times => ExprKind::Times(left_side, right),
                _ => ExprKind::DividedBy(left_side, right),
            };
            left = Expr { kind, span };
        }
        Some(left)
    }

    /// One part of a chain, perhaps asked on a day.
    fn link<'i>(&self, inner: &mut std::iter::Peekable<impl Iterator<Item = P<'i>>>) -> Option<Expr> {
        let of = self.expr(inner.next()?)?;
        let Some(on) = inner.next_if(|one| one.as_rule() == Rule::on_day) else { return Some(of) };
        let span = of.span.to(self.span(&on));
        let (place, day) = (self.span(&on), self.expr(parts(on).next()?)?);
        Some(Expr { kind: ExprKind::OnDay { of: Box::new(of), day: Box::new(day), on: place }, span })
    }

    fn rounded(&self, of: Expr, pair: P) -> Option<Expr> {
        let span = of.span.to(self.span(&pair));
        let mut inner = pair.into_inner();
        let way = match inner.next()?.as_rule() {
            Rule::k_rounded_down_to => RoundedWay::Down,
            Rule::k_rounded_up_to => RoundedWay::Up,
            _ => RoundedWay::Nearest,
        };
        let to = Box::new(self.expr(inner.next()?)?);
        Some(Expr { kind: ExprKind::Rounded { of: Box::new(of), to, way }, span })
    }

    pub fn atom_of(&self, pair: P) -> Option<Expr> {
        let span = self.span(&pair);
        let written = || pair.as_str().to_string();
        let kind = match pair.as_rule() {
            Rule::expr => return self.expr(pair),
            Rule::path | Rule::path_within => return self.path(pair),
            Rule::counting => return self.counting(pair.into_inner().next()?, span),
            Rule::dated => return self.dated(pair.into_inner().next()?, span),
            Rule::effect_of => return self.dated(pair, span),
            Rule::percent_alone => return self.atom_of(pair.into_inner().next()?),
            Rule::number | Rule::integer => ExprKind::Number(written()),
            Rule::fraction => ExprKind::Fraction(written()),
            Rule::percent => ExprKind::Percent(pair.into_inner().next()?.as_str().to_string()),
            Rule::money => {
                let (currency, amount) = money_text(pair)?;
                ExprKind::Money { currency, amount }
            }
            Rule::string => ExprKind::Text(self.quoted(pair)?.it),
            Rule::day => ExprKind::Day(written()),
            Rule::clock => ExprKind::Time(written()),
            Rule::period => ExprKind::Period(self.period(pair)?),
            Rule::k_yes => ExprKind::Yes,
            Rule::not_stated => ExprKind::NotStated,
            Rule::weekday_alone => {
                let start = Expr { kind: ExprKind::StartOf(SpanName::ThePeriod(span)), span };
                ExprKind::OfDay(OfDay::WeekdayOfWeek(self.weekday_alone(pair)?), Box::new(start))
            }
            Rule::year_of_day => {
                let day = parts(pair).next()?;
                ExprKind::OfDay(OfDay::Year, Box::new(self.inside(1, span, || self.expr(day))?))
            }
            Rule::day_of_year => {
                let mut inner = pair.into_inner();
                let day = inner.next()?.as_str().to_string();
                let month = self.month(inner.next()?)?;
                let year = inner.next().and_then(|year| self.of_year(year)).map(Box::new);
                ExprKind::YearDay { day: YearDay::DayMonth { day, month }, year }
            }
            Rule::weekday_of => {
                let day = parts(pair).next()?;
                ExprKind::OfDay(OfDay::Weekday, Box::new(self.inside(1, span, || self.expr(day))?))
            }
            Rule::measured => {
                let measure = pair.clone().into_inner().next()?.as_rule();
                let mut inner = parts(pair);
                let (from, to) = (Box::new(self.expr(inner.next()?)?), Box::new(self.expr(inner.next()?)?));
                match measure {
                    Rule::k_days_from => ExprKind::DaysFrom(from, to),
                    Rule::k_working_days_from => ExprKind::WorkingDaysFrom(from, to),
                    _ => ExprKind::WholeMonthsFrom(from, to),
                }
            }
            Rule::portion => self.portion(pair)?,
            Rule::ratio_per => {
                let started = pair.clone().into_inner().any(|one| one.as_rule() == Rule::k_started);
                let part = if started { PerPart::Started } else { PerPart::Whole };
                let mut inner = parts(pair);
                let give = inner.next()?.as_str().to_string();
                let per = inner.next()?.as_str().to_string();
                ExprKind::Per { give, per, part, of: Box::new(self.expr(inner.next()?)?) }
            }
            _ => return None,
        };
        Some(Expr { kind, span })
    }

    fn portion(&self, pair: P) -> Option<ExprKind> {
        let mut inner = pair.into_inner().filter(|one| one.as_rule() != Rule::k_of);
        let share = inner.next()?;
        let span = self.span(&share);
        let share = match share.as_rule() {
            Rule::k_half_of => Expr { kind: ExprKind::Fraction("1/2".to_string()), span },
            _ => self.atom_of(share)?,
        };
        Some(ExprKind::Portion(Box::new(share), Box::new(self.expr(inner.next()?)?)))
    }

    fn counting(&self, pair: P, span: Span) -> Option<Expr> {
        let rule = pair.as_rule();
        let latest = pair.clone().into_inner().any(|one| one.as_rule() == Rule::k_latest);
        let mut inner = parts(pair);
        let first = inner.next()?;
        let kind = match rule {
            Rule::count_of => ExprKind::CountOf(self.collection(first)?),
            Rule::count_different => {
                ExprKind::CountOfDifferent(Box::new(self.expr(first)?), self.collection(inner.next()?)?)
            }
            _ => {
                let field = self.name(parts(first).next()?)?;
                let of = self.collection(inner.next()?)?;
                match rule {
                    Rule::sum_of => ExprKind::SumOf(field, of),
                    _ if latest => ExprKind::Latest(field, of),
                    _ => ExprKind::Earliest(field, of),
                }
            }
        };
        Some(Expr { kind, span })
    }

    fn dated(&self, pair: P, span: Span) -> Option<Expr> {
        let kind = match pair.as_rule() {
            Rule::last_day_of => return self.last_day_of(pair, span),
            Rule::end_of_next_month => {
                let day = parts(pair).next()?;
                ExprKind::OfDay(OfDay::EndOfNextMonth, Box::new(self.inside(1, span, || self.expr(day))?))
            }
            Rule::edge_in_which => {
                let starts = pair.clone().into_inner().any(|one| one.as_rule() == Rule::k_the_start_of);
                let mut inner = parts(pair);
                let part = part_of(inner.next()?.into_inner().next()?.as_rule())?;
                let day = inner.next()?;
                let what = if starts { OfDay::StartOf(part) } else { OfDay::EndOf(part) };
                ExprKind::OfDay(what, Box::new(self.inside(1, span, || self.expr(day))?))
            }
            Rule::day_of_week => {
                let mut inner = parts(pair);
                let weekday = inner.next()?.into_inner().next().and_then(|day| weekday_of(day.as_rule()))?;
                let week = inner.next()?.as_str().to_string();
                let year = inner.next().and_then(|year| self.of_year(year)).map(Box::new);
                ExprKind::YearDay { day: YearDay::InWeek { weekday, week }, year }
            }
            Rule::earliest_of => {
                let latest = pair.clone().into_inner().any(|one| one.as_rule() == Rule::k_the_latest_of);
                let days: Option<Vec<Expr>> = parts(pair).map(|day| self.expr(day)).collect();
                if latest { ExprKind::LatestOf(days?) } else { ExprKind::EarliestOf(days?) }
            }
            Rule::due_day => ExprKind::DueDayOf(self.name(parts(pair).next()?)?),
            Rule::start_of => ExprKind::StartOf(self.span_name(pair)?),
            Rule::end_of => ExprKind::EndOf(self.span_name(pair)?),
            Rule::effect_of => ExprKind::EffectOf(self.name(parts(pair).next()?)?),
            Rule::the_day => ExprKind::TheDay(Box::new(self.expr(parts(pair).next()?)?)),
            Rule::nth_weekday => {
                let period = pair.clone().into_inner().find(|one| one.as_rule() == Rule::k_the_period);
                let mut inner = pair.into_inner();
                let nth = nth_of(inner.next()?.as_rule())?;
                let weekday = inner.next()?.into_inner().next().and_then(|day| weekday_of(day.as_rule()))?;
                if let Some(period) = period {
                    let (of, weekday) = (SpanName::ThePeriod(self.span(&period)), weekday_numbered(weekday)?);
                    let (what, kind) = match nth {
                        Some(nth) => (OfDay::NthWeekday { nth, weekday }, ExprKind::StartOf(of)),
                        None => (OfDay::LastWeekday(weekday), ExprKind::EndOf(of)),
                    };
                    return Some(Expr { kind: ExprKind::OfDay(what, Box::new(Expr { kind, span })), span });
                }
                let month = self.month(inner.find(|one| one.as_rule() == Rule::month_name)?)?;
                let year = inner.next().and_then(|year| self.of_year(year)).map(Box::new);
                ExprKind::YearDay { day: YearDay::NthWeekday { nth, weekday, month }, year }
            }
            Rule::feast => {
                let mut inner = pair.into_inner();
                let word = inner.next()?.into_inner().next()?;
                let feast = role(word.as_rule())?.strip_prefix("feast_")?;
                let year = inner.next().and_then(|year| self.of_year(year)).map(Box::new);
                ExprKind::YearDay { day: YearDay::Feast(feast), year }
            }
            _ => return None,
        };
        Some(Expr { kind, span })
    }

    fn last_day_of(&self, pair: P, span: Span) -> Option<Expr> {
        let month = pair.clone().into_inner().find(|one| one.as_rule() == Rule::month_name);
        let kind = match month {
            Some(month) => {
                let year = pair.into_inner().find(|one| one.as_rule() == Rule::of_year);
                let year = year.and_then(|year| self.of_year(year)).map(Box::new);
                ExprKind::YearDay { day: YearDay::LastOf { month: self.month(month)? }, year }
            }
            None => ExprKind::LastDayOf(self.span_name(pair)?),
        };
        Some(Expr { kind, span })
    }

    fn span_name(&self, pair: P) -> Option<SpanName> {
        let the_period = pair.clone().into_inner().find(|one| one.as_rule() == Rule::k_the_period);
        match the_period {
            Some(word) => Some(SpanName::ThePeriod(self.span(&word))),
            None => Some(SpanName::Named(self.name(parts(pair).next()?)?)),
        }
    }

    /// `of 2009`, `of year plus 1`.
    fn of_year(&self, pair: P) -> Option<Expr> {
        let mut inner = parts(pair);
        let year = inner.next()?;
        let span = self.span(&year);
        let year = match year.as_rule() {
            Rule::integer => Expr { kind: ExprKind::Number(year.as_str().to_string()), span },
            _ => self.expr(year)?,
        };
        let Some(shift) = inner.next() else { return Some(year) };
        let span = span.to(self.span(&shift));
        let mut words = shift.into_inner();
        let plus = words.next()?.as_rule() == Rule::k_plus;
        let by = words.next()?;
        let by = Expr { kind: ExprKind::Number(by.as_str().to_string()), span: self.span(&by) };
        let (left, right) = (Box::new(year), Box::new(by));
        let kind = if plus { ExprKind::Plus(left, right) } else { ExprKind::Minus(left, right) };
        Some(Expr { kind, span })
    }

    pub fn period(&self, pair: P) -> Option<PeriodText> {
        let span = self.span(&pair);
        let lapses = pair.into_inner().filter(|one| one.as_rule() == Rule::lapse_one);
        let parts = lapses.filter_map(|lapse| {
            let mut inner = lapse.into_inner();
            let amount = self.lexeme(&inner.next()?);
            Some((amount, unit_of(inner.next()?.as_rule())?))
        });
        Some(PeriodText { parts: parts.collect(), span })
    }

    /// So many units as something tells.
    pub fn told_lapse(&self, pair: P) -> Option<Told> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let number = self.path(inner.next()?)?;
        self.told(number, inner.next()?, span)
    }

    /// One of a unit: `every month`.
    pub fn one_unit(&self, unit: P) -> Option<PeriodText> {
        let span = self.span(&unit);
        let unit = unit_of(unit.into_inner().next()?.as_rule())?;
        Some(PeriodText { parts: vec![(Spanned::new("1".to_string(), span), unit)], span })
    }

    fn told(&self, number: Expr, unit: P, span: Span) -> Option<Told> {
        let unit = unit_of(unit.into_inner().next()?.as_rule())?;
        Some(Told { number: Box::new(number), unit, span })
    }

    pub fn month(&self, pair: P) -> Option<u32> {
        let word = role(pair.into_inner().next()?.as_rule())?;
        let months = [
            "january",
            "february",
            "march",
            "april",
            "may_month",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let at = months.iter().position(|month| *month == word)?;
        u32::try_from(at.checked_add(1)?).ok()
    }

    /// `F of its R`: read from the right, since the last part is what the others belong to.
    fn path(&self, pair: P) -> Option<Expr> {
        let end = self.span(&pair);
        let steps: Vec<P> = parts(pair).collect();
        self.inside(steps.len(), end, || self.path_of(steps, end))
    }

    fn path_of(&self, steps: Vec<P>, end: Span) -> Option<Expr> {
        let mut steps = steps.into_iter().rev();
        let mut base = self.path_end(steps.next()?)?;
        for step in steps {
            let span = Span { start: self.span(&step).start, ..end };
            // A step behind the first stands in a pair of its own.
            let step = if step.as_rule() == Rule::path_base { step.into_inner().next()? } else { step };
            let field = step.into_inner().find(|one| one.as_rule() == Rule::name)?;
            base = Expr { kind: ExprKind::Of(self.name(field)?, Box::new(base)), span };
        }
        Some(base)
    }

    fn path_end(&self, pair: P) -> Option<Expr> {
        let span = self.span(&pair);
        if pair.as_rule() == Rule::path_base {
            let inner: Vec<P> = pair.into_inner().collect();
            let word = inner.first()?.as_rule();
            if word == Rule::path_one {
                return self.path_end(inner.into_iter().next()?);
            }
            let name = self.name(inner.into_iter().nth(1)?)?;
            let kind = if word == Rule::k_previous { ExprKind::Previous(name) } else { ExprKind::Next(name) };
            return Some(Expr { kind, span });
        }
        let mut kind = ExprKind::It;
        let mut its = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_its => its = true,
                Rule::name => {
                    let name = self.name(part)?;
                    kind = if its { ExprKind::Its(name) } else { ExprKind::Name(name.it) };
                }
                _ => {}
            }
        }
        Some(Expr { kind, span })
    }
}

/// Currency and amount of a money pair, the amount with its sign.
pub(super) fn money_text(pair: P) -> Option<(String, String)> {
    let minus = pair.as_str().contains('-');
    let mut inner = pair.into_inner();
    let currency = inner.next()?.as_str().to_string();
    let amount = inner.next()?.as_str();
    Some((currency, if minus { format!("-{amount}") } else { amount.to_string() }))
}

fn order_of(rule: Rule) -> Option<Order> {
    Some(match rule {
        Rule::k_before => Order::Before,
        Rule::k_after => Order::After,
        Rule::k_no_later_than => Order::NoLaterThan,
        Rule::k_no_earlier_than => Order::NoEarlierThan,
        Rule::k_at_least => Order::AtLeast,
        Rule::k_at_most => Order::AtMost,
        Rule::k_more_than => Order::MoreThan,
        Rule::k_less_than => Order::LessThan,
        _ => return None,
    })
}

/// `Some(None)` is the last.
fn nth_of(rule: Rule) -> Option<Option<u32>> {
    Some(match rule {
        Rule::k_the_nth_first => Some(1),
        Rule::k_the_nth_second => Some(2),
        Rule::k_the_nth_third => Some(3),
        Rule::k_the_nth_fourth => Some(4),
        Rule::k_the_nth_fifth => Some(5),
        Rule::k_the_nth_last => None,
        _ => return None,
    })
}

fn day_asked(rule: Rule) -> Option<OfDay> {
    Some(match rule {
        Rule::k_a_working_day => OfDay::IsWorkingDay,
        Rule::k_a_public_holiday => OfDay::IsPublicHoliday,
        _ => return None,
    })
}

fn part_of(rule: Rule) -> Option<Part> {
    Some(match rule {
        Rule::k_month_in_which => Part::Month,
        Rule::k_quarter_in_which => Part::Quarter,
        Rule::k_half_year_in_which => Part::HalfYear,
        Rule::k_year_in_which => Part::Year,
        _ => return None,
    })
}

impl Build<'_> {
    /// A weekday by itself.
    pub fn weekday_alone(&self, pair: P) -> Option<Weekday> {
        weekday_numbered(weekday_of(pair.into_inner().next()?.into_inner().next()?.as_rule())?)
    }
}

fn weekday_numbered(number: u32) -> Option<Weekday> {
    Weekday::ALL.get(usize::try_from(number.checked_sub(1)?).ok()?).copied()
}

/// Monday is 1.
fn weekday_of(rule: Rule) -> Option<u32> {
    Some(match rule {
        Rule::k_monday => 1,
        Rule::k_tuesday => 2,
        Rule::k_wednesday => 3,
        Rule::k_thursday => 4,
        Rule::k_friday => 5,
        Rule::k_saturday => 6,
        Rule::k_sunday => 7,
        _ => return None,
    })
}

fn unit_of(rule: Rule) -> Option<PeriodUnit> {
    Some(match rule {
        Rule::k_year => PeriodUnit::Year,
        Rule::k_month => PeriodUnit::Month,
        Rule::k_week => PeriodUnit::Week,
        Rule::k_day => PeriodUnit::Day,
        Rule::k_working_day => PeriodUnit::WorkingDay,
        _ => return None,
    })
}
