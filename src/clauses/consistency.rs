//! How clauses stand to each other: exceptions, clauses that give way, and what becomes due when one is not kept.
//! An exception that can never apply, or a circle of clauses that wait for each other, is a mistake of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::numbering::{Numbered, Worded, numbered};
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::model::Agreement;
use crate::model::clause::{Act, Bearer, Lines, SharingWay, TermOf};
use crate::model::expr::ClauseId;
use crate::model::schema::{RecordId, Schema, Type};
use crate::plan::NormTest;
use crate::source::{Span, Spanned};
use crate::value::Stretch;

/// One clause that is judged only after another one.
struct Link {
    /// The clause that waits, and the one it waits for.
    waits: usize,
    on: usize,
    /// The clause in which it is written, and the one it names.
    said_by: usize,
    names: usize,
    words: &'static str,
    span: Span,
}

/// Finds exceptions, `gives way` and `otherwise` that can never come into play, and circles among them.
pub fn consistency(agreement: &Agreement, problems: &mut Sink) {
    let clauses = numbered(agreement);
    let mut links = links_of(&clauses);
    for link in &links {
        if let Some(problem) = never_reached(link, (&clauses, &agreement.schema)) {
            problems.push(problem);
        }
    }
    same_days(&clauses, problems);
    shares_that_nothing_bills(&clauses, problems);
    links.retain(|link| link.waits != link.on);
    circles(&links, &clauses, problems);
}

fn links_of(clauses: &[Numbered]) -> Vec<Link> {
    let mut links = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        for wording in clause.wordings() {
            let lines = wording.lines();
            let mut link = |named: &Spanned<ClauseId>, words, waits: Waits| {
                let other = usize::from(named.it.0);
                let (waits, on) = match waits {
                    Waits::TheOther => (other, at),
                    Waits::ThisOne => (at, other),
                };
                links.push(Link { waits, on, said_by: at, names: other, words, span: named.span });
            };
            lines.exception_to.iter().for_each(|named| link(named, "exception to", Waits::TheOther));
            lines.gives_way_to.iter().for_each(|named| link(named, "gives way to", Waits::ThisOne));
            let due = lines.otherwise.iter().flat_map(|all| &all.it);
            due.for_each(|named| link(named, "otherwise", Waits::TheOther));
        }
    }
    links.retain(|link| link.names < clauses.len());
    links
}

/// Which of two linked clauses waits for the other's verdict.
enum Waits {
    ThisOne,
    TheOther,
}

fn name(clauses: &[Numbered], at: usize) -> String {
    clauses.get(at).map_or_else(String::new, |clause| clause.name().to_owned())
}

fn never_reached(link: &Link, (clauses, schema): (&[Numbered], &Schema)) -> Option<Diagnostic> {
    let (here, there) = (name(clauses, link.said_by), name(clauses, link.names));
    if link.said_by == link.names {
        let say = format!("`{here}` names itself in `{}`", link.words);
        let help = "name the other clause, or remove the line".to_owned();
        return Some(codes::NEVER_REACHED.at(link.span).say(say).help(help));
    }
    let (one, other) = (clauses.get(link.said_by)?, clauses.get(link.names)?);
    let kind = other.clause.kind;
    if link.words == "otherwise" && other.requirement.is_none() && matches!(kind, "membership" | "term") {
        let say = format!("`{there}` is a {kind}: it has days of its own, and nothing makes it due");
        let help = format!(
            "name a duty, a prohibition or a permission; what `{there}` depends on can be said with `if` in that clause"
        );
        let place = other.wordings().first().map(|wording| wording.name_span())?;
        return Some(codes::NEVER_REACHED.at(link.span).say(say).also(place, "it is declared here").help(help));
    }
    // Only the wordings that say it count here; any wording of the other may meet them.
    let saying = one.wordings().into_iter().filter(|wording| says(wording.lines(), link.span));
    let meet = saying.map(|wording| wording.force()).any(|force| meets(force, other));
    if meet {
        return speaks_of_others(link, (clauses, schema));
    }
    let place = other.wordings().first().map(|wording| wording.name_span())?;
    Some(
        codes::NEVER_REACHED
            .at(link.span)
            .say(format!("`{here}` and `{there}` are never in force on the same day, so this line has no effect"))
            .also(place, format!("`{there}` is in force on other days"))
            .help("check the `in force` lines of both, or remove this line".to_owned()),
    )
}

/// An exception that speaks of each of some rows, of which the rule has none: for no case of the rule is it told which of them counts. A
/// ban and a right look at all subjects of another, on the day of each act, but not at all who might bear it.
fn speaks_of_others(link: &Link, (clauses, schema): (&[Numbered], &Schema)) -> Option<Diagnostic> {
    if link.words == "otherwise" {
        return None;
    }
    let (rule, other) = (clauses.get(link.waits)?, clauses.get(link.on)?);
    let mut rules: BTreeSet<RecordId> = rule.wordings().iter().flat_map(records_of).collect();
    rules.extend(rule.wordings().iter().filter_map(|wording| named_by_a_field(wording, schema)));
    let subjects: Vec<RecordId> = other.wordings().iter().flat_map(subjects_of).collect();
    let bearers: Vec<RecordId> = other.wordings().iter().filter_map(each_bearer).collect();
    let (here, there) = (name(clauses, link.on), name(clauses, link.waits));
    let called = |record: RecordId| schema.record(record).map_or("", |record| record.name.as_str());
    let unknown_to_it = |records: &[RecordId]| !records.iter().any(|record| rules.contains(record));
    if let Some(record) = subjects.first().copied().filter(|_| !is_of_acts(rule) && unknown_to_it(&subjects)) {
        let record = called(record);
        return Some(
            codes::NEVER_REACHED
                .at(link.span)
                .say(format!(
                    "`{here}` applies to each `{record}`, but `{there}` does not, so it is unclear when it takes precedence over `{there}`"
                ))
                .help(format!(
                    "in `{here}`, write `if some {record}` instead of `for each {record}`, or make `{there}` apply to each `{record}` too"
                )),
        );
    }
    let record = bearers.first().copied().filter(|_| unknown_to_it(&bearers)).map(called)?;
    Some(
        codes::NEVER_REACHED
            .at(link.span)
            .say(format!(
                "the bearer of `{here}` is each `{record}`, but that of `{there}` is not, so it is unclear for whom it takes precedence over `{there}`"
            ))
            .help(format!("make each `{record}` the bearer of `{there}` too, or make the same actor the bearer of both")),
    )
}

/// The record of those of whom each bears a wording.
fn each_bearer(wording: &Worded) -> Option<RecordId> {
    match wording.lines().bearer.as_ref().map(|bearer| &bearer.it) {
        Some(Bearer::Each(of)) => Some(of.record),
        _ => None,
    }
}

/// The record of whom a field of the subject names as the bearer.
fn named_by_a_field(wording: &Worded, schema: &Schema) -> Option<RecordId> {
    let Some(Bearer::Field(field)) = wording.lines().bearer.as_ref().map(|bearer| &bearer.it) else { return None };
    match schema.field(field.record, field.field).map(|field| &field.ty) {
        Some(Type::Ref(record)) => Some(*record),
        _ => None,
    }
}

/// Whether every wording of a clause is a ban or a right.
fn is_of_acts(clause: &Numbered) -> bool {
    let Some(kind) = super::find(clause.clause.kind).filter(|_| clause.requirement.is_none()) else { return false };
    let readings = clause.clause.wordings.iter().flat_map(|wording| super::readings_of(clause.clause, wording));
    let mut tests = readings.filter_map(|reading| (kind.demand)(&reading)).map(|demand| demand.test);
    tests.all(|test| matches!(test, NormTest::Never(_) | NormTest::May { .. }))
}

/// The records of whose rows a wording speaks, one by one: its subjects, and its bearers.
fn records_of(wording: &Worded) -> Vec<RecordId> {
    subjects_of(wording).into_iter().chain(each_bearer(wording)).collect()
}

fn subjects_of(wording: &Worded) -> Vec<RecordId> {
    let of = match wording {
        Worded::Clause(wording) | Worded::Requirement(wording, _) => wording.of,
    };
    of.into_iter().chain(wording.lines().subjects.iter().map(|of| of.record)).collect()
}

fn says(lines: &Lines, span: Span) -> bool {
    let named = [&lines.exception_to, &lines.gives_way_to].into_iter().flatten();
    named.chain(lines.otherwise.iter().flat_map(|all| &all.it)).any(|named| named.span == span)
}

fn meets(force: Stretch, other: &Numbered) -> bool {
    other.wordings().iter().any(|wording| !wording.force().intersect(force).is_empty())
}

/// A share is paid by bills that name the cost: without `billed by` nothing tells whether it was.
fn shares_that_nothing_bills(clauses: &[Numbered], problems: &mut Sink) {
    for paying in clauses.iter().flat_map(|clause| clause.wordings()) {
        let Some(Act::PayShareOf(cost)) = paying.lines().act.as_ref().map(|act| &act.it) else { continue };
        let Some(cost) = clauses.get(usize::from(cost.0)) else { continue };
        let is_shared = |lines: &Lines| {
            let way = lines.sharing.as_ref().map(|sharing| &sharing.it.way);
            matches!(way, Some(SharingWay::Shared(_) | SharingWay::Borne { .. }))
        };
        let bare = |wording: &Worded| is_shared(wording.lines()) && wording.lines().billed.is_none();
        let Some(bare) = cost.wordings().into_iter().find(bare) else { continue };
        if problems.has_error_in(bare.span()) {
            continue;
        }
        let span = paying.lines().act.as_ref().map_or(paying.span(), |act| act.span);
        problems.push(
            codes::SHARE_NOT_BILLED
                .at(span)
                .say(format!(
                    "cannot determine whether a share of `{}` has been paid: the cost does not say how it is billed",
                    cost.name()
                ))
                .also(bare.name_span(), "this cost has no `billed by` line")
                .help(format!(
                    "add a line to `{}` such as `billed by payment to club for bill as amount`",
                    cost.name()
                )),
        );
    }
}

/// Terms of the same days name one term, which names none: so all of them are tied, and none waits for itself. One of them says
/// whether they are renewed.
fn same_days(clauses: &[Numbered], problems: &mut Sink) {
    let named = |clause: &Numbered| of_term(clause, |term| term.same_days_as.clone());
    let renewed = |clause: &Numbered| of_term(clause, |term| Some(term.renewal.as_ref()?.span));
    let mut renewals: BTreeMap<usize, (Span, usize)> = BTreeMap::new();
    for (at, clause) in clauses.iter().enumerate() {
        let Some(span) = renewed(clause) else { continue };
        let first = named(clause).map_or(at, |first| usize::from(first.it.0));
        let (before, one) = *renewals.entry(first).or_insert((span, at));
        if one != at {
            let say = format!(
                "`{}` and `{}` have the same days, and both say how they are renewed",
                name(clauses, one),
                clause.name()
            );
            let help = "keep one of the two lines: it applies to both terms".to_owned();
            problems.push(codes::CLASHING_LINES.at(span).say(say).also(before, "here too").help(help));
        }
    }
    for (at, clause) in clauses.iter().enumerate() {
        let Some(first) = named(clause) else { continue };
        let other = usize::from(first.it.0);
        let (here, there) = (clause.name(), name(clauses, other));
        if other == at {
            let say = format!("`{here}` names itself in `same days as`");
            let help = "name the other term, or remove the line".to_owned();
            problems.push(codes::NEVER_REACHED.at(first.span).say(say).help(help));
        } else if let Some(further) = clauses.get(other).and_then(named) {
            let say = format!("`{there}` itself takes its days from another term");
            let help = format!("name that one: `same days as {}`", name(clauses, usize::from(further.it.0)));
            problems.push(codes::CLASHING_LINES.at(first.span).say(say).also(further.span, "here").help(help));
        } else if let Some(reading) = clauses.get(other).and_then(first_reading) {
            let say = format!("`{there}` has readings, so it is unclear which of them has the same days");
            let help = "write its readings as separate terms, and name one of them".to_owned();
            problems.push(codes::CLASHING_LINES.at(first.span).say(say).also(reading, "a reading").help(help));
        }
    }
}

fn of_term<R>(clause: &Numbered, says: impl Fn(&TermOf) -> Option<R>) -> Option<R> {
    clause.wordings().into_iter().find_map(|wording| says(&wording.lines().term.as_ref()?.it))
}

fn first_reading(clause: &Numbered) -> Option<Span> {
    clause.clause.wordings.iter().flat_map(|wording| &wording.readings).map(|(name, _)| name.span).next()
}

/// One finding for each knot of clauses that wait for each other.
fn circles(links: &[Link], clauses: &[Numbered], problems: &mut Sink) {
    let knotted = knotted(links);
    let inside = links.iter().filter(|link| knotted.contains(&link.waits) && knotted.contains(&link.on));
    let next: BTreeMap<usize, &Link> = inside.map(|link| (link.waits, link)).collect();
    let mut seen = BTreeSet::new();
    for start in &knotted {
        let mut path: Vec<&Link> = Vec::new();
        let mut at = *start;
        // Every knotted clause waits for a knotted one, so the walk ends only where it meets its own steps.
        while seen.insert(at) {
            let Some(step) = next.get(&at) else { break };
            path.push(step);
            at = step.on;
        }
        let circle: Vec<&Link> = path.into_iter().skip_while(|link| link.waits != at).collect();
        // A circle that was found when the names were resolved is told already.
        if circle.iter().any(|link| problems.has_error_in(link.span)) {
            continue;
        }
        if let Some(problem) = circle_told(&circle, clauses) {
            problems.push(problem);
        }
    }
}

fn circle_told(circle: &[&Link], clauses: &[Numbered]) -> Option<Diagnostic> {
    let (first, others) = circle.split_first()?;
    let mut names: Vec<String> = circle.iter().map(|link| format!("`{}`", name(clauses, link.waits))).collect();
    names.push(format!("`{}`", name(clauses, first.waits)));
    let say = format!("these clauses form a circular dependency: {}", names.join(" → "));
    let help = "remove one of the lines: a clause must not depend on one that applies after it".to_owned();
    let told = codes::CLAUSE_CIRCLE.at(first.span).say(say).help(help);
    Some(others.iter().fold(told, |told, link| told.also(link.span, "and here")))
}

/// The clauses that are left when those that wait for nobody are taken away, again and again.
fn knotted(links: &[Link]) -> BTreeSet<usize> {
    let mut left: BTreeMap<usize, usize> = BTreeMap::new();
    let mut waiting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for link in links {
        let count = left.entry(link.waits).or_default();
        *count = count.saturating_add(1);
        left.entry(link.on).or_default();
        waiting.entry(link.on).or_default().push(link.waits);
    }
    let mut free: Vec<usize> = left.iter().filter(|(_, count)| **count == 0).map(|(at, _)| *at).collect();
    while let Some(done) = free.pop() {
        left.remove(&done);
        for waits in waiting.get(&done).into_iter().flatten() {
            if let Some(count) = left.get_mut(waits) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    free.push(*waits);
                }
            }
        }
    }
    left.into_keys().collect()
}
