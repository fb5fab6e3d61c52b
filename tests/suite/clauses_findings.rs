//! What is wrong with clauses: each finding at its place, with a way out.

use overens::clauses::inspect;
use overens::diagnostics::Sink;
use overens::model::clause::{
    Act, Clause, Count, CutCounts, Edge, Limit, Lines, Renewal, Renewals, Strength, TermEdge, TermOf, Window,
};
use overens::model::expr::ClauseId;
use overens::source::Spanned;
use overens::value::{Period, Stretch};

use super::clauses_written::*;

/// Code and message of each finding.
fn found(clauses: Vec<Clause>) -> Vec<String> {
    let mut problems = Sink::default();
    inspect(&agreement(clauses), &mut problems);
    let all = problems.sorted();
    assert!(all.iter().all(|one| one.help.is_some()), "each finding shows a way out");
    all.iter().map(|one| format!("{}: {}", one.code.name, one.message)).collect()
}

fn yearly(strength: Strength, act: Act) -> Lines {
    Lines { cycle: every_year(), ..committee(strength, act) }
}

fn gala() -> Lines {
    yearly(Strength::Shall, hold_gala(13))
}

#[test]
fn a_deadline_without_a_last_day_is_told() {
    let say = ["deadline-without-window: `gala` is a deadline, but has no due day"];
    assert_eq!(found(vec![clause("deadline", "gala", gala())]), say);
    // To say that there is none is to say it.
    let never = put(Window { first: None, last: Edge::Never, numbered: false, stated: true }, 21);
    assert!(found(vec![clause("deadline", "gala", Lines { window: never, ..gala() })]).is_empty());
}

#[test]
fn a_duty_without_any_measure_is_told() {
    let lines = committee(Strength::Shall, hold_gala(13));
    assert_eq!(
        found(vec![clause("duty", "gala", lines)]),
        ["missing-line: `gala` does not say how often, how many times or by when"]
    );
}

#[test]
fn a_review_on_a_single_day_is_no_review() {
    let lines = Lines { window: by("2012-03-31"), ..committee(Strength::Shall, hold_gala(13)) };
    assert_eq!(
        found(vec![clause("review", "rent", lines)]),
        ["missing-line: `rent` is a review, but does not say how often or when in the term"]
    );
}

#[test]
fn what_a_kind_needs_is_told_when_missing() {
    let bare = |kind| found(vec![clause(kind, "house", Lines::default())]);
    assert_eq!(
        bare("composition"),
        ["missing-line: `house` is a composition, but does not say how many there must be"]
    );
    assert_eq!(bare("cost"), ["missing-line: `house` is a cost, but does not say who bears it"]);
    assert_eq!(
        bare("decision"),
        ["missing-line: `house` is a decision, but does not say when the proposal is carried"]
    );
    assert_eq!(bare("judgement"), ["missing-line: `house` does not say what to assess"]);
    assert_eq!(bare("recital"), ["missing-line: `house` is a recital, but does not say what the text states"]);
    assert_eq!(bare("silent"), ["missing-line: `house` does not say what the text leaves open"]);
    assert_eq!(bare("term"), ["missing-line: `house` is a term, but does not say when it begins or ends"]);
    assert_eq!(
        bare("membership"),
        [
            "missing-line: `house` is a membership, but does not say from which day it lasts",
            "missing-line: `house` is a membership, but does not name its record",
        ]
    );
}

#[test]
fn the_word_must_fit_the_kind() {
    assert_eq!(
        found(vec![clause("duty", "gala", yearly(Strength::May, hold_gala(13)))]),
        ["word-not-for-kind: `gala` is a duty, which cannot say `may`"]
    );
    assert_eq!(
        found(vec![clause("prohibition", "gala", gala())]),
        ["word-not-for-kind: `gala` is a prohibition, which cannot say `shall`"]
    );
}

#[test]
fn a_judgement_asks_for_words() {
    assert_eq!(
        found(vec![clause("judgement", "gala", gala())]),
        ["word-not-for-kind: `gala` is a judgement, which cannot require this"]
    );
}

#[test]
fn a_line_of_another_kind_is_told() {
    let lines = Lines { states: Some(always()), exercised: put(field(SWIMMER, 0), 70), ..Lines::default() };
    assert_eq!(
        found(vec![clause("recital", "founding", lines)]),
        ["line-not-for-kind: `founding` is a recital, which cannot have a line `exercised on …`"]
    );
}

#[test]
fn a_requirement_takes_few_lines() {
    let mut member = clause("membership", "keeper", Lines { lasting: put(from_joined(), 60), ..Lines::default() });
    member.wordings[0].of = Some(SWIMMER);
    let mut fee = requirement("fee", 61);
    fee.lines.in_writing = Some(at(63));
    member.wordings[0].requirements = vec![fee];
    assert_eq!(
        found(vec![member]),
        ["line-not-for-kind: `fee` is a requirement, which cannot have a line `in writing`"]
    );
}

#[test]
fn only_some_kinds_are_of_a_record() {
    let mut duty = clause("duty", "gala", gala());
    duty.wordings[0].of = Some(SWIMMER);
    assert_eq!(found(vec![duty]), ["line-not-for-kind: a duty does not take `of RECORD`"]);
}

#[test]
fn a_first_period_needs_periods() {
    let lines = Lines {
        window: by("2012-03-31"),
        first_period: put(CutCounts::Whole, 22),
        ..committee(Strength::Shall, hold_gala(13))
    };
    assert_eq!(
        found(vec![clause("deadline", "gala", lines)]),
        ["missing-line: this line has no effect in `gala`, which does not say how often it recurs"]
    );
}

#[test]
fn a_number_and_a_limit_clash() {
    let lines = Lines { numbered: put(seats(3, 9), 30), limited: put(at_most(4), 34), ..Lines::default() };
    assert_eq!(
        found(vec![clause("composition", "jury", lines)]),
        ["clashing-lines: `jury` has two lines that exclude each other"]
    );
}

#[test]
fn a_permission_has_no_least_number() {
    let count = put(Count::Times { limit: Limit::AtLeast, times: number(2) }, 14);
    let lines = Lines { count, ..yearly(Strength::May, hold_gala(13)) };
    assert_eq!(
        found(vec![clause("permission", "gala", lines)]),
        ["clashing-lines: `gala` is a permission, so it cannot have a minimum number of times"]
    );
}

#[test]
fn leaving_needs_a_day_that_tells_it() {
    let lines = committee(Strength::May, Act::Plain("leave"));
    assert_eq!(
        found(vec![clause("permission", "moving_out", lines)]),
        ["missing-line: `moving_out` does not say which day shows that it was used"]
    );
}

#[test]
fn only_events_are_counted() {
    let count = put(Count::Times { limit: Limit::AtLeast, times: number(2) }, 14);
    let lines = Lines { count, ..yearly(Strength::Shall, Act::State(always())) };
    assert_eq!(
        found(vec![clause("duty", "insurance", lines)]),
        ["clashing-lines: a number of times requires an event, but `insurance` does not ask for one"]
    );
}

#[test]
fn what_never_ends_is_not_renewed() {
    let renewal = Some(Renewal { period: Period::years(1), times: Renewals::NotSaid, span: at(91) });
    let term = TermOf { ends: TermEdge::Open, renewal, ..four_years() };
    assert_eq!(
        found(vec![clause("term", "lease", Lines { term: put(term, 90), ..Lines::default() })]),
        ["clashing-lines: `lease` is renewed, but has no end"]
    );
}

#[test]
fn writing_must_be_told_by_a_field() {
    let lines = Lines { in_writing: Some(at(61)), ..gala() };
    assert_eq!(
        found(vec![clause("duty", "gala", lines)]),
        ["form-not-told: `gala` requires writing, but no field of `gala` records the form"]
    );
}

#[test]
fn readings_have_one_cycle() {
    let mut duty = clause("duty", "gala", committee(Strength::Shall, hold_gala(13)));
    duty.wordings[0].readings =
        vec![(Spanned::new("one".to_owned(), at(120)), gala()), (Spanned::new("other".to_owned(), at(121)), gala())];
    assert_eq!(found(vec![duty]), ["readings-differ: the line `every …` must be the same in all readings of `gala`"]);
}

#[test]
fn readings_have_one_strength() {
    let mut duty = clause("duty", "gala", Lines { cycle: every_year(), ..Lines::default() });
    let mut softer = yearly(Strength::Should, hold_gala(16));
    softer.strength = put(Strength::Should, 15);
    duty.wordings[0].readings =
        vec![(Spanned::new("hard".to_owned(), at(120)), gala()), (Spanned::new("soft".to_owned(), at(121)), softer)];
    assert_eq!(
        found(vec![duty]),
        ["readings-differ: the modal, such as `shall`, must be the same in all readings of `gala`"]
    );
}

#[test]
fn an_exception_to_itself_is_told() {
    let lines = Lines { exception_to: put(ClauseId(0), 101), ..gala() };
    assert_eq!(found(vec![clause("duty", "gala", lines)]), ["never-reached: `gala` names itself in `exception to`"]);
}

#[test]
fn clauses_never_in_force_together_are_told() {
    let mut old = clause("duty", "old", gala());
    old.wordings[0].force = Stretch::new(day("2010-01-01"), day("2012-01-01"));
    let mut new = clause("duty", "new", Lines { exception_to: put(ClauseId(0), 101), ..gala() });
    new.wordings[0].force = Stretch::new(day("2012-01-01"), Stretch::ALWAYS.until);
    assert_eq!(
        found(vec![old.clone(), new.clone()]),
        ["never-reached: `new` and `old` are never in force on the same day, so this line has no effect"]
    );
    new.wordings[0].force.from = day("2011-12-31");
    assert!(found(vec![old, new]).is_empty());
}

#[test]
fn a_circle_is_told_once_with_its_names() {
    let lines = |other, place| Lines { exception_to: put(ClauseId(other), place), ..gala() };
    let clauses = vec![
        clause("duty", "spring", lines(1, 101)),
        clause("duty", "summer", lines(2, 102)),
        clause("duty", "autumn", lines(0, 103)),
        clause("duty", "winter", lines(0, 104)),
    ];
    let found = found(clauses);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0],
        "clause-circle: these clauses form a circular dependency: `spring` → `autumn` → `summer` → `spring`"
    );
}

#[test]
fn a_penalty_that_is_also_an_exception_is_a_circle() {
    let first = Lines { otherwise: due(1, 101), ..gala() };
    let second = Lines { exception_to: put(ClauseId(0), 102), ..gala() };
    let found = found(vec![clause("duty", "gala", first), clause("duty", "fine", second)]);
    assert_eq!(found, ["clause-circle: these clauses form a circular dependency: `gala` → `fine` → `gala`"]);
}

#[test]
fn what_becomes_due_may_hang_on_several_clauses() {
    let lines = |place| Lines { otherwise: due(2, place), ..gala() };
    let clauses = vec![
        clause("duty", "spring", lines(101)),
        clause("duty", "autumn", lines(102)),
        clause("duty", "fine", gala()),
    ];
    assert!(found(clauses).is_empty());
}
