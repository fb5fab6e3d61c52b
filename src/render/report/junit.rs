//! Verdicts as test cases, for build servers: a suite for each clause, a case for each verdict. A case fails when its verdict makes
//! the run fail, and is skipped when it
//! does not apply, is not known, or a person has to judge; what is missing is told with it.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::several::{Among, Several};
use super::{called, place};
use crate::render::escape::{markup, plain_path};
use crate::render::junit;
use crate::report::{Case, ClauseCounts, Line, Reasons, Teller};
use crate::source::Span;
use crate::verdict::{Called, Holder, Verdict};

/// How a test case came out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    Passed,
    Failed,
    Skipped,
}

fn came(called: Called, failing: &[Called]) -> Came {
    if failing.contains(&called) {
        return Came::Failed;
    }
    match called {
        Called::NotApplicable | Called::NeedsJudgement | Called::Unknown => Came::Skipped,
        Called::Satisfied | Called::Late | Called::Violated | Called::NotFollowed | Called::Differs => Came::Passed,
        Called::Pending | Called::Open | Called::Used | Called::NotUsed | Called::Exceeded => Came::Passed,
        Called::Carried | Called::NotCarried | Called::WithoutEffect => Came::Passed,
    }
}

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    let counts = all.counts();
    // A report that stopped at a limit does not tell of all, which no count of what passed says.
    let stopped = || all.reports.iter().filter_map(|one| Some((&one.report.head, one.report.cut_at?)));
    let errors = all.not_judged.len().saturating_add(stopped().count());
    let tests = sum(&counts, all.failing, None).saturating_add(errors);
    let [failed, skipped] = [Came::Failed, Came::Skipped].map(|came| sum(&counts, all.failing, Some(came)));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"overens\" tests=\"{tests}\" failures=\"{failed}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"0\">"
    )?;
    all.reports.iter().try_for_each(|one| suites(one, all.failing, out))?;
    all.not_judged.iter().try_for_each(|one| {
        junit::not_done((&one.agreement, &one.policy), one.place(), ("could not be judged", &one.why), out)
    })?;
    stopped().try_for_each(|(head, cut)| {
        let (names, place) = ((head.agreement.as_str(), head.policy.as_str()), (head.policy.as_str(), None));
        junit::not_done(names, place, ("was not judged to the end", &cut.to_string()), out)
    })?;
    writeln!(out, "</testsuites>")
}

/// How many of these verdicts came out so, or in whatever way.
fn sum(counts: &BTreeMap<Called, usize>, failing: &[Called], wanted: Option<Came>) -> usize {
    let fits = |called: &Called| wanted.is_none_or(|wanted| came(*called, failing) == wanted);
    counts.iter().filter(|(called, _)| fits(called)).fold(0, |sum, (_, count)| sum.saturating_add(*count))
}

/// Verdicts come in the order of clauses: a suite ends where the next clause begins.
fn suites(among: &Among, failing: &[Called], out: &mut dyn Write) -> fmt::Result {
    let mut clauses = among.report.clauses.iter();
    let mut teller = among.rows.teller(Reasons::LeftOut);
    let mut open: Option<&ClauseCounts> = None;
    for case in among.rows.cases() {
        if open.is_none_or(|clause| clause.clause != case.clause) {
            if open.is_some() {
                writeln!(out, "  </testsuite>")?;
            }
            open = clauses.find(|clause| clause.clause == case.clause);
            open.map_or(Ok(()), |clause| begin(among, clause, failing, out))?;
        }
        test_case(among, &case, failing, &mut teller, out)?;
    }
    if open.is_some() {
        writeln!(out, "  </testsuite>")?;
    }
    Ok(())
}

fn begin(among: &Among, clause: &ClauseCounts, failing: &[Called], out: &mut dyn Write) -> fmt::Result {
    let head = &among.report.head;
    let words = [Some(clause.clause.as_str()), clause.place.as_deref(), clause.title.as_deref()];
    let name = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let [failed, skipped] = [Came::Failed, Came::Skipped].map(|came| sum(&clause.counts, failing, Some(came)));
    let tests = sum(&clause.counts, failing, None);
    writeln!(
        out,
        "  <testsuite name=\"{}: {}\" tests=\"{tests}\" failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\" \
         time=\"0\" timestamp=\"{}T00:00:00\">",
        markup(&head.agreement),
        markup(&name),
        head.as_of
    )?;
    let known = head.known_on.map_or_else(String::new, |day| day.to_string());
    let properties = [
        ("as_of", head.as_of.to_string()),
        ("known_on", known),
        ("rules_digest", head.rules_digest.to_string()),
        ("facts_digest", head.facts_digest.to_string()),
    ];
    writeln!(out, "    <properties>")?;
    for (name, value) in properties.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "      <property name=\"{name}\" value=\"{value}\"/>")?;
    }
    writeln!(out, "    </properties>")
}

fn test_case(among: &Among, case: &Case, failing: &[Called], teller: &mut Teller, out: &mut dyn Write) -> fmt::Result {
    let label = case.label();
    let name = if label.is_empty() { case.clause } else { &label };
    let class = format!("{}.{}", among.report.head.agreement, case.clause);
    let begin = |span: Option<Span>, out: &mut dyn Write| {
        let at = span.map(|span| among.sources().at(span)).map(|(file, at)| (file, at.line));
        junit::case(&class, name, at, out)
    };
    let clause = among.rows.policy(&case.verdict);
    // What holds or does not apply is about a record.
    let about = || record(among, &case.verdict).or(clause);
    match (came(case.called, failing), case.called) {
        (Came::Passed, _) => {
            begin(about(), out)?;
            writeln!(out, "/>")
        }
        (Came::Skipped, Called::NotApplicable) => {
            let line = teller.line(&case.verdict);
            begin(about(), out)?;
            writeln!(out, "><skipped message=\"{}\"/></testcase>", markup(&said(&line)))
        }
        (Came::Skipped, _) => {
            let line = teller.line(&case.verdict);
            begin(line.facts.first().copied().or(clause), out)?;
            writeln!(out, "><skipped message=\"{}\"/></testcase>", markup(&said(&line)))
        }
        (Came::Failed, _) => {
            let line = teller.line(&case.verdict);
            begin(line.facts.first().copied().or(clause), out)?;
            writeln!(out, ">")?;
            failure(among, &line, out)?;
            writeln!(out, "    </testcase>")
        }
    }
}

/// Where the record stands that a verdict is about, or the one that bears it.
fn record(among: &Among, verdict: &Verdict) -> Option<Span> {
    let names = &among.rows.names;
    let bearer = match verdict.instance.bearer {
        Holder::Row(record, row) => Some((record, row)),
        Holder::TheOne | Holder::Actor(_) => None,
    };
    let (record, row) = names.subject_row(&verdict.instance).or(bearer)?;
    names.facts.row_place(record, row)
}

/// The verdict with its sentence, and what keeps it from being told.
fn said(line: &Line) -> String {
    let word = called(line);
    let mut said = if line.detail.is_empty() { word } else { format!("{word}: {}", line.detail) };
    // A sentence names what is missing first of all.
    let named = usize::from(!line.detail.is_empty());
    line.missing.iter().skip(named).for_each(|one| said.push_str(&format!("; needs {one}")));
    said
}

fn failure(among: &Among, line: &Line, out: &mut dyn Write) -> fmt::Result {
    let word = line.called.words();
    let said = said(line);
    write!(out, "      <failure type=\"{word}\" message=\"{}\">{}", markup(&said), markup(&said))?;
    let mut places: Vec<String> = Vec::new();
    for span in line.facts.iter().chain(&line.policy) {
        let place = place(*span, among.sources());
        if !places.contains(&place) {
            write!(out, "\n{}", markup(&plain_path(&place)))?;
            places.push(place);
        }
    }
    writeln!(out, "</failure>")
}
