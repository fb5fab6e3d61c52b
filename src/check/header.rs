//! The header of the agreement: its days, currency, calendar and the rules of time.

use std::collections::BTreeSet;

use crate::diagnostics::{Sink, codes, nearest};
use crate::source::{FileId, Span};
use crate::syntax::tree::{Bound, DayText, EndText, ForceText, Header, HeaderKind, Name};
use crate::value::{Calendar, Currency, Cycle, Day, Regime, Stretch};

use super::calendars::unknown;
use super::lost::Lost;

/// What the header settles for the whole agreement.
#[derive(Clone, Debug)]
pub struct Settings {
    pub name: String,
    pub title: String,
    pub made: Option<Day>,
    pub force: Stretch,
    /// Whether there is a line `in force`, which always says the first day.
    pub first_day_stated: bool,
    pub currency: Option<Currency>,
    pub calendar: Option<Calendar>,
    pub months: Option<Regime>,
    /// First and last day of what is called the first week.
    pub week: Option<(u32, u32)>,
    pub fiscal_year: Option<Cycle>,
    pub span: Span,
}

/// Reads the header; a file of definitions has none. Local calendars may stand in any file.
pub fn settings(file: FileId, header: Option<&Header>, local: (&[Calendar], &Lost), problems: &mut Sink) -> Settings {
    let mut settings = Settings {
        name: String::new(),
        title: String::new(),
        made: None,
        force: Stretch::ALWAYS,
        first_day_stated: false,
        currency: None,
        calendar: None,
        months: None,
        week: None,
        fiscal_year: None,
        span: Span::new(file, 0, 0),
    };
    let Some(header) = header else { return settings };
    settings.name = header.name.it.clone();
    settings.title = header.title.as_ref().map(|title| title.it.clone()).unwrap_or_default();
    settings.span = header.name.span;
    let mut told = BTreeSet::new();
    for line in &header.lines {
        if !told.insert(what(&line.kind)) {
            let what = what(&line.kind);
            problems.push(codes::REPEATED_LINE.at(line.span).say(format!("the header has two `{what}` lines")));
            continue;
        }
        take(&mut settings, &line.kind, (line.span, local), problems);
    }
    needs_a_calendar(header, &settings, problems);
    settings
}

fn what(kind: &HeaderKind) -> &'static str {
    match kind {
        HeaderKind::Version(_) => "overens",
        HeaderKind::Text(_) => "text",
        HeaderKind::Made(_) => "made",
        HeaderKind::InForce(_) => "in force",
        HeaderKind::Currency(_) => "currency",
        HeaderKind::Calendar(_) => "calendar",
        HeaderKind::Months(_) => "months",
        HeaderKind::Week { .. } => "week",
        HeaderKind::FiscalYear { .. } => "fiscal year",
        HeaderKind::Conforms(_) => "conforms to",
    }
}

/// The version of the language that is read.
pub const LANGUAGE: &str = "1";

fn take(
    settings: &mut Settings,
    kind: &HeaderKind,
    (span, (local, lost)): (Span, (&[Calendar], &Lost)),
    problems: &mut Sink,
) {
    match kind {
        HeaderKind::Version(version) if version == LANGUAGE => {}
        HeaderKind::Version(version) => problems.push(
            codes::UNKNOWN_VERSION
                .at(span)
                .say(format!("unknown language version {version}: the only version is 1"))
                .help("write `overens 1`; a file in a later version needs a newer overens".to_string()),
        ),
        // The other agreement is held against this one when both are read.
        HeaderKind::Text(_) | HeaderKind::Conforms(_) => {}
        HeaderKind::Made(day) => settings.made = day_of(day, problems),
        HeaderKind::InForce(force) => {
            settings.force = force_of(force, problems);
            settings.first_day_stated = true;
        }
        HeaderKind::Currency(name) => settings.currency = Currency::parse(&name.it),
        HeaderKind::Calendar(name) => {
            let own = local.iter().find(|calendar| calendar.name() == name.it);
            settings.calendar = Calendar::named(&name.it).or(own.copied());
            if settings.calendar.is_none() && lost.has(&name.it) {
                problems.follows(name.span);
            } else if settings.calendar.is_none() {
                problems.push(unknown(name, local));
            }
        }
        HeaderKind::Months(name) => settings.months = regime(name, problems),
        HeaderKind::Week { from, to } => settings.week = week(from, to, span, problems),
        HeaderKind::FiscalYear { day, month } => {
            settings.fiscal_year = day.parse().ok().and_then(|day| Cycle::fiscal_year(*month, day));
            if settings.fiscal_year.is_none() {
                problems.push(
                    codes::NO_SUCH_DAY
                        .at(span)
                        .say("a fiscal year must begin on a day that exists in every year")
                        .help("write, for example, `fiscal year from 1 July`".to_string()),
                );
            }
        }
    }
}

fn regime(name: &Name, problems: &mut Sink) -> Option<Regime> {
    let found = Regime::named(&name.it);
    if found.is_none() {
        let names: Vec<&str> = Regime::all().map(Regime::name).collect();
        problems.push(
            codes::UNKNOWN_REGIME
                .at(name.span)
                .say(format!("unknown rule for counting months: `{}`", name.it))
                .help(format!("the rules are {}", names.join(", ")))
                .help(nearest(&name.it, names)),
        );
    }
    found
}

/// A law that moves last days off holidays has to know which days they are.
fn needs_a_calendar(header: &Header, settings: &Settings, problems: &mut Sink) {
    let named = header.lines.iter().any(|line| matches!(line.kind, HeaderKind::Calendar(_)));
    let Some(regime) = settings.months.filter(|regime| regime.moves() && !named) else { return };
    let line = header.lines.iter().find(|line| matches!(line.kind, HeaderKind::Months(_)));
    let Some(line) = line else { return };
    problems.push(
        codes::NO_CALENDAR
            .at(line.span)
            .say(format!("`{regime}` moves due days off holidays, but the agreement names no calendar"))
            .help(format!(
                "add a calendar to the header, such as `calendar Sweden`; the calendars are {}",
                Calendar::names().join(", ")
            )),
    );
}

fn week(from: &str, to: &str, span: Span, problems: &mut Sink) -> Option<(u32, u32)> {
    let week: Option<(u32, u32)> = from.parse().ok().zip(to.parse().ok());
    let week = week.filter(|(from, to)| *from >= 1 && from <= to && *to <= 31);
    if week.is_none() {
        problems.push(
            codes::WRONG_WEEK
                .at(span)
                .say("the first week must run from an earlier day to a later one")
                .help("write, for example, `week days 1 to 7`".to_string()),
        );
    }
    week
}

pub fn day_of(text: &DayText, problems: &mut Sink) -> Option<Day> {
    match Day::parse_iso(&text.it) {
        Ok(day) => Some(day),
        Err(problem) => {
            problems.push(codes::NO_SUCH_DAY.at(text.span).say(problem.to_string()));
            None
        }
    }
}

/// The first day that `until D`, `through D` leave out; without either there is none.
pub fn first_day_out(end: Option<&EndText>, problems: &mut Sink) -> Day {
    let never = Stretch::ALWAYS.until;
    let Some(end) = end else { return never };
    let Some(day) = day_of(&end.day, problems) else { return never };
    match end.bound {
        Bound::Until => day,
        Bound::Through => Day(day.0.saturating_add(1)),
    }
}

/// The days of `in force from D until D`; what cannot be read is left open.
pub fn force_of(text: &ForceText, problems: &mut Sink) -> Stretch {
    let from = day_of(&text.from, problems).unwrap_or(Day::MIN);
    let Some(end) = &text.end else { return Stretch::new(from, Stretch::ALWAYS.until) };
    let stretch = Stretch::new(from, first_day_out(Some(end), problems));
    if stretch.is_empty() {
        problems.push(
            codes::ENDS_BEFORE_START
                .at(text.span)
                .say(format!("this ends before it begins: there is no day from {from} to {}", end.day.it))
                .help("write the earlier day first".to_string()),
        );
        return Stretch::new(from, Stretch::ALWAYS.until);
    }
    stretch
}
