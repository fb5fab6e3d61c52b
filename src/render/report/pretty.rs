//! A report formatted for a terminal: lines in columns, then what is due, who waits, what is missing, and the counts.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{called, counted, fact_place, heading, short_place, whose};
use crate::render::table::{Cell, Row, Tint, broken, lay, lay_each, tinted, wide};
use crate::render::{Look, Marks, visible};
use crate::report::short;
use crate::report::{ClauseCounts, DueDay, Joined, Line, Report, Urgency, Which, groups, urgency};
use crate::source::Sources;
use crate::verdict::Called;

/// So many entries of a section are shown unless all is asked for.
const FEW: usize = 10;
/// So many lines of each clause and verdict are shown where there are too many to show all.
const EXAMPLES: usize = 5;
/// A terminal narrower than this has no columns to spare.
const ROOMY: usize = 60;
/// On a very wide terminal the right end stays within sight.
const WIDEST: usize = 120;

/// The whole report. `exit` is the code that the run ends with.
pub fn show(report: &Report, sources: &Sources, look: Look, exit: i32) -> String {
    let mut text = body(report, sources, look);
    text.push('\n');
    text.push_str(&stopped(report));
    text.push_str(&end(&report.counts, look, &format!("exit {exit}")));
    text
}

/// The report without its end: whose it is, then lines and sections.
pub(super) fn body(report: &Report, sources: &Sources, look: Look) -> String {
    let mut text = head(report, look);
    let shown = few(report);
    if shown.left_out > 0 {
        text.push_str(&summary(report, look));
    }
    let groups = groups(&shown.lines);
    let rows: Vec<Vec<Row>> =
        groups.iter().map(|group| group.lines.iter().map(|line| row(line, sources)).collect()).collect();
    for (group, laid) in groups.iter().zip(lay_each(&rows, indent(look), look.width, look.colour)) {
        let title = tinted(&visible::line(&heading(&group.who)), Tint::Strong, look.colour);
        text.push_str(&format!("\n{title}\n{laid}"));
    }
    text.push_str(&more_lines(shown.left_out, look));
    for (title, rows, left_out) in sections(report, sources) {
        section(title, (rows, left_out), report.which, look, &mut text);
    }
    text
}

/// The lines that are shown, and how many are not.
struct Shown<'a> {
    lines: Cow<'a, [Line]>,
    left_out: usize,
}

/// All lines; where there are more than the report holds, an example of each clause and verdict or a few.
fn few(report: &Report) -> Shown<'_> {
    if report.left_out.lines == 0 {
        return Shown { lines: Cow::Borrowed(&report.lines), left_out: 0 };
    }
    let mut chosen: BTreeMap<(&str, Called), BTreeSet<(Urgency, usize)>> = BTreeMap::new();
    for (at, line) in report.lines.iter().enumerate() {
        let order = (urgency((line.called, line.strength), (line.days, line.last_day), report.head.as_of), at);
        let of_such = chosen.entry((&line.clause, line.called)).or_default();
        of_such.insert(order);
        if of_such.len() > EXAMPLES {
            of_such.pop_last();
        }
    }
    let chosen: BTreeSet<usize> = chosen.into_values().flatten().map(|(_, at)| at).collect();
    let lines: Vec<Line> = chosen.into_iter().filter_map(|at| report.lines.get(at).cloned()).collect();
    let left_out = report.left_out.lines.saturating_add(report.lines.len().saturating_sub(lines.len()));
    Shown { lines: Cow::Owned(lines), left_out }
}

/// How each clause came out.
fn summary(report: &Report, look: Look) -> String {
    let row = |clause: &ClauseCounts| Row {
        cells: vec![
            Cell::tinted(clause.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::tinted(clause.clause.clone(), Tint::Strong),
        ],
        indent: 0,
        sentence: counted(&clause.counts, dot(look)),
        tail: String::new(),
    };
    let rows: Vec<Row> = report.clauses.iter().map(row).collect();
    let title = tinted("clauses by verdict", Tint::Strong, look.colour);
    format!("\n{title}\n{}", lay(&rows, indent(look), look.width, look.colour))
}

/// That there are more lines than a reader of a terminal has time for.
fn more_lines(left_out: usize, look: Look) -> String {
    let words = match left_out {
        0 => return String::new(),
        1 => "1 more verdict needs action: use --all to show it, --format csv to list every verdict".to_string(),
        many => {
            format!("{many} more verdicts need action: use --all to show them, --format csv to list every verdict")
        }
    };
    let lines = broken(&words, look.width);
    format!("\n{}", lines.iter().map(|line| format!("{line}\n")).collect::<String>())
}

/// Lines stand under their heading; where there is little room, each column counts.
fn indent(look: Look) -> usize {
    if look.width < ROOMY { 0 } else { 2 }
}

fn head(report: &Report, look: Look) -> String {
    let head = &report.head;
    let dot = dot(look);
    let facts = if head.facts.is_empty() { "no facts".to_string() } else { head.facts.join(", ") };
    let known = head.known_on.map_or_else(String::new, |day| format!("{dot}as known on {day}"));
    let only = report.period.as_ref().map_or_else(String::new, |period| format!("{dot}only {period}"));
    let left = visible::line(&format!("{}{dot}as of {}{known}{only}{dot}{facts}", head.agreement, head.as_of));
    let right = format!("rules {}  facts {}", head.rules_digest.short(), head.facts_digest.short());
    let right = match look.marks {
        Marks::Unicode => right,
        Marks::Ascii => right.replace('…', ".."),
    };
    both_ends(&left, Tint::Strong, &right, look)
}

/// Two texts at the two ends of a line, or below one another where they do not fit on one.
pub(super) fn both_ends(left: &str, tint: Tint, right: &str, look: Look) -> String {
    let shown = tinted(right, Tint::Faint, look.colour);
    let taken = wide(left).saturating_add(wide(right));
    match look.width.min(WIDEST).checked_sub(taken) {
        Some(room @ 2..) => format!("{}{}{shown}\n", tinted(left, tint, look.colour), " ".repeat(room)),
        Some(_) | None => {
            let lines = broken(left, look.width);
            let lines: String = lines.iter().map(|line| format!("{}\n", tinted(line, tint, look.colour))).collect();
            format!("{lines}{shown}\n")
        }
    }
}

pub(super) fn dot(look: Look) -> &'static str {
    match look.marks {
        Marks::Unicode => " · ",
        Marks::Ascii => " - ",
    }
}

fn row(line: &Joined, sources: &Sources) -> Row {
    let one = &line.first;
    Row {
        cells: vec![
            Cell::tinted(one.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::tinted(one.clause.clone(), Tint::Strong),
            Cell::plain(whose(line)),
            Cell::tinted(called(one), tint(one.called)),
        ],
        indent: 0,
        sentence: one.detail.clone(),
        tail: fact_place(one, sources, short_place),
    }
}

/// How a verdict's word is coloured; the word says all by itself.
pub(in crate::render) fn tint(called: Called) -> Tint {
    match called {
        Called::Satisfied | Called::Used | Called::Carried => Tint::Good,
        Called::Late | Called::NotFollowed | Called::Differs | Called::Unknown => Tint::Warning,
        Called::Violated | Called::Exceeded | Called::WithoutEffect => Tint::Bad,
        Called::NeedsJudgement => Tint::Person,
        Called::Pending | Called::Open | Called::NotUsed | Called::NotCarried | Called::NotApplicable => Tint::Plain,
    }
}

/// A title, what stands below it, and how many more there are.
type Section = (&'static str, Vec<Row>, usize);

fn sections(report: &Report, sources: &Sources) -> Vec<Section> {
    let more = report.left_out;
    let missing = report.missing.iter().map(|one| missing(one, sources)).collect();
    let amendments = report.amendments.iter().map(|one| amendment(one, sources)).collect();
    // Of very many, how much falls due on which day tells more than the first of them.
    let due = match more.due {
        0 => ("due next", report.due.iter().map(due).collect(), 0),
        _ => ("due next", report.due_days.iter().map(due_day).collect(), 0),
    };
    vec![
        due,
        ("waiting for a person", waiting(report), 0),
        ("missing, most decisive first", missing, more.missing),
        ("shares", shares(report), more.shares),
        ("unused evidence", unused(report, sources), more.unused),
        ("amendments", amendments, 0),
    ]
}

fn section(title: &str, (mut rows, more): (Vec<Row>, usize), which: Which, look: Look, text: &mut String) {
    if rows.is_empty() {
        return;
    }
    let hidden = match which {
        Which::All => 0,
        Which::Counts | Which::ForAction => rows.len().saturating_sub(FEW),
    };
    rows.truncate(rows.len().saturating_sub(hidden));
    let left_out = hidden.saturating_add(more);
    text.push_str(&format!("\n{}\n", tinted(title, Tint::Strong, look.colour)));
    text.push_str(&lay(&rows, 2, look.width, look.colour));
    if left_out > 0 {
        text.push_str(&format!("  and {left_out} more, with --all\n"));
    }
}

fn due(due: &crate::report::Due) -> Row {
    Row {
        cells: vec![
            Cell::plain(short::day(due)),
            Cell::tinted(due.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::tinted(due.clause.clone(), Tint::Strong),
        ],
        indent: 0,
        sentence: short::whose(due),
        tail: String::new(),
    }
}

fn due_day(due: &DueDay) -> Row {
    Row {
        cells: vec![
            Cell::plain(due.day.to_string()),
            Cell::tinted(due.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::tinted(due.clause.clone(), Tint::Strong),
        ],
        indent: 0,
        sentence: short::times(due),
        tail: String::new(),
    }
}

fn waiting(report: &Report) -> Vec<Row> {
    let mut rows = Vec::new();
    for waiting in &report.waiting {
        for matter in &waiting.what {
            rows.push(Row {
                cells: vec![
                    Cell::tinted(short::role(waiting.role.as_deref(), matter.asked), Tint::Person),
                    Cell::tinted(matter.place.clone().unwrap_or_default(), Tint::Faint),
                    Cell::tinted(matter.clause.clone(), Tint::Strong),
                ],
                indent: 0,
                sentence: short::instances(matter),
                tail: String::new(),
            });
        }
    }
    rows
}

fn missing(one: &crate::report::MissingFact, sources: &Sources) -> Row {
    Row {
        cells: vec![Cell::plain(short::decides(one))],
        indent: 0,
        sentence: format!("{} ({})", one.words, short::clauses(&one.clauses)),
        tail: one.place.map_or_else(String::new, |span| short_place(span, sources)),
    }
}

fn shares(report: &Report) -> Vec<Row> {
    let row = |shares: &crate::report::Shares| Row {
        cells: vec![
            Cell::tinted(shares.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::tinted(shares.clause.clone(), Tint::Strong),
            Cell::plain(shares.subject.clone().unwrap_or_default()),
        ],
        indent: 0,
        sentence: match report.which {
            Which::All => short::parts(&shares.parts),
            Which::Counts | Which::ForAction => short::few_parts(&shares.parts),
        },
        tail: String::new(),
    };
    report.shares.iter().map(row).collect()
}

fn amendment(one: &crate::report::Amended, sources: &Sources) -> Row {
    Row {
        cells: vec![
            Cell::tinted(one.place.clone().unwrap_or_default(), Tint::Faint),
            Cell::tinted(one.name.clone(), Tint::Strong),
            Cell::plain(format!("from {}", one.effective)),
        ],
        indent: 0,
        sentence: one.status.words().to_string(),
        tail: short_place(one.policy, sources),
    }
}

fn unused(report: &Report, sources: &Sources) -> Vec<Row> {
    let row = |one: &crate::report::Unused| Row {
        cells: vec![Cell::plain(one.record.clone())],
        indent: 0,
        sentence: format!("for {}", one.clause),
        tail: one.place.map_or_else(String::new, |span| short_place(span, sources)),
    };
    report.unused.iter().map(row).collect()
}

pub(super) fn stopped(report: &Report) -> String {
    match report.cut_at {
        Some(cut) => format!("{cut}\n"),
        None => String::new(),
    }
}

/// How many verdicts there are of each kind, and at the other end of the line what else is to be said.
pub(super) fn end(counts: &BTreeMap<Called, usize>, look: Look, right: &str) -> String {
    both_ends(&counted(counts, dot(look)), Tint::Plain, right, look)
}
