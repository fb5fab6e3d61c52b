//! The page for a Monday: as plain text for a mail, and as a page that prints. Each line says which agreement it is of, where there are
//! several.

use std::fmt::{self, Write};

use super::escape::markup;
use super::report::html::{begin, end};
use super::report::several::NotJudged;
use super::{many, questions, visible};
use crate::report::monday::{Kind, Monday, News, Task};
use crate::report::{Line, urgency};
use crate::value::Day;

/// How the page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    Html,
}

impl Form {
    pub const ALL: [Form; 2] = [Form::Plain, Form::Html];

    pub fn name(self) -> &'static str {
        match self {
            Form::Plain => "plain",
            Form::Html => "html",
        }
    }

    pub fn about(self) -> &'static str {
        match self {
            Form::Plain => "plain text, also for a mail",
            Form::Html => "a page to read and to print",
        }
    }
}

/// A section: its heading, its lines, what it says without any, and how many more lines there are.
struct Section {
    heading: String,
    lines: Vec<String>,
    nothing: &'static str,
    more: usize,
}

/// So many lines a section has at most.
const NEWS: usize = 12;
const TASKS: usize = 7;
const LATER: usize = 14;
const ASKED: usize = 3;
const DECIDED: usize = 5;
const MONEY: usize = 3;

impl Section {
    fn new(heading: impl Into<String>, mut lines: Vec<String>, most: usize, nothing: &'static str) -> Section {
        let more = lines.len().saturating_sub(most);
        lines.truncate(most);
        Section { heading: heading.into(), lines, nothing, more }
    }

    /// Its lines, or what it says without any.
    fn told(&self) -> Vec<String> {
        match (self.lines.is_empty(), self.more) {
            (true, _) => vec![self.nothing.to_string()],
            (false, 0) => self.lines.clone(),
            (false, more) => self.lines.iter().cloned().chain([format!("and {more} more")]).collect(),
        }
    }
}

/// As plain text.
pub fn plain(all: &[Monday], not_judged: &[NotJudged], whom: Option<&str>) -> String {
    let mut text = format!("{}\n", visible::line(&title(all, whom)));
    if !all.is_empty() {
        text.push_str(&format!("{}\n", visible::line(&days(all))));
    }
    for section in sections(all, not_judged) {
        let told = section.told();
        match told.as_slice() {
            [one] if section.lines.is_empty() => {
                text.push_str(&format!("{}: {}\n", section.heading, visible::line(one)));
            }
            lines => {
                text.push_str(&format!("{}\n", section.heading));
                lines.iter().for_each(|line| text.push_str(&format!("  {}\n", visible::line(line))));
            }
        }
    }
    if !all.is_empty() {
        text.push_str(&format!("{}\n", quiet(all)));
    }
    text
}

/// As a page.
pub fn html(all: &[Monday], not_judged: &[NotJudged], whom: Option<&str>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_page((all, not_judged), whom, &mut text);
    text
}

fn write_page((all, not_judged): (&[Monday], &[NotJudged]), whom: Option<&str>, out: &mut dyn Write) -> fmt::Result {
    let title = title(all, whom);
    begin(&title, out)?;
    writeln!(out, "<header>\n<h1>{}</h1>", markup(&title))?;
    if !all.is_empty() {
        writeln!(out, "<p class=\"day-of\">{}</p>", markup(&days(all)))?;
    }
    writeln!(out, "</header>\n<main>")?;
    for (at, section) in (1_usize..).zip(sections(all, not_judged)) {
        writeln!(out, "<section aria-labelledby=\"s{at}\">\n<h2 id=\"s{at}\">{}</h2>", markup(&section.heading))?;
        match section.lines.is_empty() {
            true => writeln!(out, "<p>{}</p>", markup(section.nothing))?,
            false => {
                writeln!(out, "<ul>")?;
                section.told().iter().try_for_each(|line| writeln!(out, "<li>{}</li>", markup(line)))?;
                writeln!(out, "</ul>")?;
            }
        }
        writeln!(out, "</section>")?;
    }
    if !all.is_empty() {
        write_quiet(all, out)?;
    }
    writeln!(out, "</main>")?;
    end(out)
}

fn write_quiet(all: &[Monday], out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "<section aria-labelledby=\"quiet\">\n<h2 id=\"quiet\">Quiet</h2>\n<p>{}</p>", markup(&quiet(all)))?;
    for one in all.iter().filter(|one| !one.quiet.is_empty()) {
        writeln!(out, "<p>{}: {}</p>", markup(&one.title), markup(&one.quiet.join(", ")))?;
    }
    writeln!(out, "</section>")
}

fn title(all: &[Monday], whom: Option<&str>) -> String {
    let of = match all {
        [one] => one.title.clone(),
        several => many(several.len(), "agreement"),
    };
    match whom {
        Some(whom) => format!("{of}: the week of {whom}"),
        None => format!("{of}: the week"),
    }
}

/// As of which day, and since when.
fn days(all: &[Monday]) -> String {
    let same = |day: fn(&Monday) -> Day| match all {
        [first, others @ ..] if others.iter().all(|one| day(one) == day(first)) => Some(day(first)),
        _ => None,
    };
    match (same(|one| one.as_of), same(|one| one.since)) {
        (Some(as_of), Some(since)) => format!("as of {as_of} ({}), with what happened since {since}", as_of.weekday()),
        (None, Some(since)) => format!("each as of its own date, with what happened since {since}"),
        (_, None) => "each as of its own date, with what happened in the seven days before".to_string(),
    }
}

/// What could not be judged comes first: of that agreement, the rest of the page says nothing.
fn sections(all: &[Monday], not_judged: &[NotJudged]) -> Vec<Section> {
    let mut sections = Vec::new();
    if !not_judged.is_empty() {
        let lines: Vec<String> = not_judged.iter().map(unjudged).collect();
        let most = lines.len();
        sections.push(Section::new("Could not be judged", lines, most, ""));
    }
    if all.is_empty() {
        return sections;
    }
    let news = |kind: Kind| -> Vec<String> {
        let news = all.iter().flat_map(|one| one.news.iter().filter(|news| news.kind == kind).map(move |it| (one, it)));
        let mut found: Vec<(&Monday, &News)> = news.collect();
        // Where not all have room, the most urgent ones come first.
        if found.len() > NEWS {
            let urgent = |one: &Monday, line: &Line| {
                urgency((line.called, line.strength), (line.days, line.last_day), one.as_of)
            };
            found.sort_by_key(|(one, news)| urgent(one, &news.line));
        }
        found.into_iter().map(|(one, news)| named(all, one, &told_news(news))).collect()
    };
    let kinds = [Kind::Done, Kind::NewlyLate, Kind::Answered, Kind::Changed].map(|kind| (kind, news(kind)));
    if kinds.iter().all(|(_, lines)| lines.is_empty()) {
        sections.push(Section::new("Since then", Vec::new(), 0, "nothing is done, newly late, answered or changed"));
    }
    for (kind, lines) in kinds.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        sections.push(Section::new(format!("Since then, {}", kind.words()), lines, NEWS, ""));
    }
    let week = by_day(all, |one| &one.week);
    sections.push(Section::new("Do this week", week, TASKS, "nothing falls due within seven days"));
    let later = by_day(all, |one| &one.later);
    sections.push(Section::new("The next thirty days", later, LATER, "nothing else falls due"));
    sections.push(Section::new("Ask these", asked(all), ASKED, "nothing that an answer could settle"));
    let cases = lines(all, |one| one.cases.iter().map(told_case).collect());
    sections.push(Section::new("To decide", cases, DECIDED, "nothing waits for a person"));
    let money = lines(all, |one| one.money.iter().map(told_money).collect());
    sections.push(Section::new("Money", money, MONEY, "no cost is shared"));
    sections
}

/// `club (club/club.overens): no as-of date given`.
fn unjudged(one: &NotJudged) -> String {
    let file = if one.policy == one.agreement { String::new() } else { format!(" ({})", one.policy) };
    format!("{}{file}: {}", one.agreement, one.reason())
}

/// Lines of all agreements, each with its agreement where there are several.
fn lines(all: &[Monday], of: impl Fn(&Monday) -> Vec<String>) -> Vec<String> {
    all.iter().flat_map(|one| of(one).into_iter().map(|line| named(all, one, &line))).collect()
}

fn named(all: &[Monday], one: &Monday, line: &str) -> String {
    if all.len() > 1 { format!("{}: {line}", one.agreement) } else { line.to_string() }
}

/// `§ 4.4 summons for annual_2015: pending, now satisfied: sent 2014-12-20, 2 days early`.
fn told_news(news: &News) -> String {
    let line = &news.line;
    let whose = [line.subject.as_deref(), line.bearer.as_deref(), line.period.as_deref()];
    let whose: Vec<&str> = whose.into_iter().flatten().collect();
    let whose = if whose.is_empty() { String::new() } else { format!(" for {}", whose.join(", ")) };
    let was = news.was.map_or_else(String::new, |was| format!("{}, now ", was.words()));
    let detail = if line.detail.is_empty() { String::new() } else { format!(": {}", line.detail) };
    format!("{}{whose}: {was}{}{detail}", clause(line.place.as_deref(), &line.clause), line.called.words())
}

fn clause(place: Option<&str>, name: &str) -> String {
    place.map_or_else(|| name.to_string(), |place| format!("{place} {name}"))
}

/// What falls due in all agreements, the earliest first.
fn by_day(all: &[Monday], of: impl Fn(&Monday) -> &Vec<Task>) -> Vec<String> {
    let mut found: Vec<(Day, String)> = Vec::new();
    for one in all {
        found.extend(of(one).iter().map(|task| (task.day, named(all, one, &told_task(task, one.as_of)))));
    }
    found.sort_by_key(|(day, _)| *day);
    found.into_iter().map(|(_, line)| line).collect()
}

/// `2015-02-28 (Saturday), 3 days left: § 4.3 annual_meeting 2015, by group; done with a meeting in the facts`.
fn told_task(task: &Task, as_of: Day) -> String {
    let entry = &task.entry;
    let left = match as_of.days_until(task.day) {
        0 => "today".to_string(),
        days => format!("{} left", many(usize::try_from(days).unwrap_or(0), "day")),
    };
    let label = match entry.label() {
        none if none.is_empty() => none,
        some => format!(" {some}"),
    };
    let by = entry.whom.as_ref().map_or_else(String::new, |whom| format!(", by {whom}"));
    let progress = entry.progress.as_ref().map_or_else(String::new, |progress| format!(", {progress}"));
    let evidence = task.evidence.as_ref().map_or_else(String::new, |what| format!("; done with {what}"));
    let what = clause(entry.place.as_deref(), &entry.clause);
    format!("{} ({}), {left}: {what}{label}{by}{progress}{evidence}", task.day, task.day.weekday())
}

/// The questions of all agreements that settle most.
fn asked(all: &[Monday]) -> Vec<String> {
    let mut found = Vec::new();
    for one in all {
        for question in one.questions.iter().filter(|question| question.settles().1 > 0) {
            let words =
                format!("{} Settles {} of {} unknown.", question.words, questions::settles(question), one.unknown);
            found.push((std::cmp::Reverse(question.settles()), named(all, one, &words)));
        }
    }
    found.sort_by_key(|(settles, _)| *settles);
    found.into_iter().map(|(_, line)| line).collect()
}

fn told_case(case: &crate::report::decisions::Case) -> String {
    let day = case.day.map_or_else(|| "no date".to_string(), |day| day.to_string());
    let label = match case.label() {
        none if none.is_empty() => none,
        some => format!(" for {some}"),
    };
    let role = case.role.as_deref().unwrap_or("no role named by the text");
    let weigh = case.weigh.first().map_or_else(String::new, |words| format!(": {words}"));
    format!("{role}, {day}: {}{label}{weigh}", clause(case.line.place.as_deref(), &case.line.clause))
}

fn told_money(cost: &crate::report::CostSum) -> String {
    let period = cost.period.as_ref().map_or_else(String::new, |period| format!(" {period}"));
    let times = if cost.times > 1 { format!(" in {} costs", cost.times) } else { String::new() };
    format!("{}{period}: {}{times} among {}", clause(cost.place.as_deref(), &cost.clause), cost.amount, cost.among)
}

/// `quiet: 40 of 60 clauses`.
fn quiet(all: &[Monday]) -> String {
    let count = |of: fn(&Monday) -> usize| all.iter().map(of).fold(0_usize, usize::saturating_add);
    format!("quiet: {} of {}", count(|one| one.quiet.len()), many(count(|one| one.clauses), "clause"))
}
