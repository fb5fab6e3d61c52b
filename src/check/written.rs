//! What stands in the text as digits: numbers, days and periods.
//! Whether a number fits its place is looked at here; what it is compared with elsewhere.

use crate::diagnostics::codes;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{DayText, PeriodText, PeriodUnit, Side};
use crate::value::{Calendar, Currency, Day, Money, Number, Period, Regime, shift};

use super::names::Names;
use super::yearly::small;

impl Names<'_> {
    /// A date that there is; a month that has no such day is told with its length.
    pub fn day(&self, text: &DayText) -> Option<Day> {
        match Day::parse_iso(&text.it) {
            Ok(day) => Some(day),
            Err(problem) => {
                self.found(codes::NO_SUCH_DAY.at(text.span).say(problem.to_string()));
                None
            }
        }
    }

    pub fn number(&self, text: &str, span: Span) -> Option<Number> {
        let number = Number::parse(text);
        if number.is_none() {
            self.found(codes::WRONG_NUMBER.at(span).say(format!("`{text}` is not a valid number")));
        }
        number
    }

    /// `1/3`; nothing divided by nothing is no part.
    pub fn fraction(&self, text: &str, span: Span) -> Option<Number> {
        let parsed = text
            .split_once('/')
            .and_then(|(part, whole)| Number::parse(part.trim())?.divided_by(&Number::parse(whole.trim())?));
        if parsed.is_none() {
            self.found(codes::WRONG_NUMBER.at(span).say(format!("`{text}` is not a fraction of a whole")));
        }
        parsed
    }

    pub fn percent(&self, text: &str, span: Span) -> Option<Number> {
        self.number(text, span)?.divided_by(&Number::from(100))
    }

    pub fn money(&self, currency: &str, amount: &str, span: Span) -> Option<Money> {
        let (number, currency) = (self.number(amount, span)?, Currency::parse(currency)?);
        self.currencies.borrow_mut().insert(currency);
        if !number.is_multiple_of(&currency.unit()) {
            let unit = currency.unit();
            self.found(
                codes::FINER_THAN_THE_UNIT
                    .at(span)
                    .say(format!("`{currency} {amount}` is finer than the smallest unit, {currency} {unit}"))
                    .help("check the decimals; to calculate with parts of a unit, write a plain number".to_string()),
            );
        }
        Some(Money::new(number, currency))
    }

    /// A whole number that is small enough to count with.
    pub fn small(&self, text: &str, span: Span) -> Option<u32> {
        small(text, span, &mut self.problems.borrow_mut())
    }

    /// A length of time, not yet laid against any day.
    pub fn period(&self, text: &PeriodText) -> Option<Period> {
        let mut whole = Period::default();
        for (amount, unit) in &text.parts {
            whole = whole.plus(&self.one_part(amount, *unit)?)?;
        }
        Some(whole)
    }

    fn one_part(&self, amount: &Spanned<String>, unit: PeriodUnit) -> Option<Period> {
        let number = i32::try_from(self.small(&amount.it, amount.span)?).ok()?;
        Some(match unit {
            PeriodUnit::Year => Period::years(number),
            PeriodUnit::Month => Period::months(number),
            PeriodUnit::Week => Period::weeks(number),
            PeriodUnit::Day => Period::days(number),
            PeriodUnit::WorkingDay => Period::working_days(number),
            PeriodUnit::ClearDay => {
                self.found(
                    codes::WRONG_TYPE
                        .at(amount.span)
                        .say("clear days are the days between two days, neither of which is counted")
                        .help("write `at least 14 clear days before D` or `at least 14 clear days after D`; anywhere else, write `days`".to_string()),
                );
                return None;
            }
        })
    }

    /// A length of time that is added to a day: months ask for a rule, working days for a calendar.
    pub fn lapse(&self, text: &PeriodText) -> Option<Period> {
        let period = self.period(text)?;
        if period.months != 0 {
            self.months_used.borrow_mut().push((period, text.span));
        }
        if period.working_days != 0 {
            self.needs_calendar(text.span);
        }
        Some(period)
    }

    pub fn needs_calendar(&self, span: Span) {
        if self.settings.calendar.is_none() {
            self.found(
                codes::NO_CALENDAR
                    .at(span)
                    .say("working days are counted here, but the agreement names no calendar")
                    .help("add `calendar Sweden` to the header of the agreement".to_string()),
            );
        }
    }

    /// So many days that lie clear between two days: from one to the other it is a day more. A regime that counts back so adds the
    /// day itself.
    pub fn clear_days(&self, text: &PeriodText, side: Side) -> Option<Period> {
        let (amount, _) = text.parts.first()?;
        let number = i32::try_from(self.small(&amount.it, amount.span)?).ok()?;
        let adds_it = self.settings.months.is_some_and(Regime::counts_clear_days_back);
        let more = if side == Side::Before && adds_it { 0 } else { 1 };
        Some(Period::days(number.saturating_add(more)))
    }

    /// One finding for all places where months are added without a rule for months that are too short.
    pub fn months_without_a_rule(&self) {
        let used = self.months_used.borrow();
        let Some((period, span)) = used.first().filter(|_| self.settings.months.is_none()) else { return };
        let mut finding = codes::MONTHS_REGIME
            .at(*span)
            .say(format!("months are added here, but the agreement has no rule for {}", where_they_part(period)))
            .label("months are added here")
            .help("add `months round down`, `months round up`, `months refuse` or the governing law, such as `months Sweden 1930:173`, to the header".to_string());
        for (_, other) in used.iter().skip(1).take(5) {
            finding = finding.also(*other, "and here");
        }
        self.found(finding);
    }
}

/// A day on which the rules for short months disagree, in words.
fn where_they_part(period: &Period) -> String {
    let months = Period::months(period.months);
    let reckon = |day: Day, rule: Regime| shift(day, &months, rule, &Calendar::PLAIN).ok();
    let first = Day::of(2015, 1, 1).unwrap_or(Day::MIN);
    let days = (0..2200).filter_map(|on| first.checked_plus_days(on));
    let last_of_month = days.filter(|day| day.following().day() == 1);
    let mut parting = last_of_month.filter_map(|day| {
        let (down, up) = (reckon(day, Regime::ROUND_DOWN)?, reckon(day, Regime::ROUND_UP)?);
        (down != up).then(|| format!("{day} plus {months}: it could be {down}, {up}, or no day at all"))
    });
    parting.next().unwrap_or_else(|| format!("29 February plus {months} in a year that has no such day"))
}
