//! From clauses to norms: one test a kind, and how norms stand behind each other.

use overens::clauses::inspect;
use overens::compile::compile;
use overens::diagnostics::Sink;
use overens::model::clause::{Act, Clause, Edge, Lines, Strength, TermOf, Window, YearCounted, YearOf};
use overens::model::expr::ClauseId;
use overens::plan::Owed;
use overens::source::Spanned;
use overens::value::{Regime, Stretch};

use super::clauses_written::*;

/// The norms of clauses that are found good.
fn norms(clauses: Vec<Clause>) -> Vec<String> {
    let agreement = agreement(clauses);
    let mut problems = Sink::default();
    inspect(&agreement, &mut problems);
    let found: Vec<String> =
        problems.sorted().iter().map(|one| format!("{}: {}", one.code.name, one.message)).collect();
    assert!(found.is_empty(), "{found:?}");
    told(&compile(&agreement))
}

#[test]
fn a_composition_on_every_day_is_watched_on_every_day() {
    let lines = Lines { numbered: put(seats(3, 9), 30), on_every_day: Some(at(33)), ..Lines::default() };
    assert_eq!(norms(vec![clause("composition", "jury", lines)]), ["jury: shall, numbers every day"]);
}

#[test]
fn a_composition_may_be_a_limit_on_part_of_a_whole() {
    let lines = Lines { limited: put(at_most(4), 30), strength: put(Strength::Should, 31), ..Lines::default() };
    assert_eq!(norms(vec![clause("composition", "guests", lines)]), ["guests: should, limit"]);
}

#[test]
fn a_cost_shall_be_shared() {
    let lines = Lines { subjects: vec![rows(GALA, "gala", 5)], sharing: put(separately(), 40), ..Lines::default() };
    assert_eq!(norms(vec![clause("cost", "water_bill", lines)]), ["water_bill: shall, each gala, shared"]);
}

#[test]
fn a_deadline_asks_for_an_event_in_time() {
    let lines = Lines { window: by("2012-03-31"), ..committee(Strength::Shall, hold_gala(13)) };
    assert_eq!(norms(vec![clause("deadline", "gala", lines)]), ["gala: shall, somebody, happens, in time"]);
}

#[test]
fn a_deadline_on_a_day_of_the_subject_asks_for_that_day() {
    let act = Act::Dated(field(GALA, 0));
    let lines =
        Lines { subjects: vec![rows(GALA, "gala", 5)], window: by("2012-03-31"), ..committee(Strength::Aims, act) };
    assert_eq!(
        norms(vec![clause("deadline", "posters", lines)]),
        ["posters: aims, each gala, somebody, day comes, in time"]
    );
}

#[test]
fn a_decision_is_taken_on_each_row_of_its_record() {
    let mut vote = clause("decision", "choir_tour", Lines { carried: Some(always()), ..Lines::default() });
    vote.wordings[0].of = Some(GALA);
    assert_eq!(norms(vec![vote]), ["choir_tour: decision, each gala, vote"]);
}

#[test]
fn a_duty_may_ask_for_a_state() {
    let lines = committee(Strength::Should, Act::State(always()));
    assert_eq!(norms(vec![clause("duty", "insurance", lines)]), ["insurance: should, somebody, holds"]);
}

#[test]
fn a_duty_as_far_as_possible_owes_an_effort() {
    let lines =
        Lines { cycle: every_year(), as_far_as_possible: Some(at(50)), ..committee(Strength::Shall, hold_gala(13)) };
    let plan = compile(&agreement(vec![clause("duty", "gala", lines)]));
    assert_eq!(plan.norms[0].bodies[0].owed, Owed::Effort);
}

#[test]
fn a_duty_to_pay_names_its_cost() {
    let cost = clause("cost", "water_bill", Lines { sharing: put(separately(), 40), ..Lines::default() });
    let pay = clause("duty", "pay_water", committee(Strength::Shall, Act::PayShareOf(ClauseId(0))));
    assert_eq!(
        norms(vec![cost, pay]),
        ["water_bill: shall, shared", "pay_water: shall, somebody, pays share of water_bill"]
    );
}

#[test]
fn a_judgement_gives_its_words_to_a_person() {
    let act = Act::Words("keep the hall tidy".to_owned());
    let lines = Lines { cycle: every_year(), ..committee(Strength::Shall, act) };
    assert_eq!(
        norms(vec![clause("judgement", "tidiness", lines)]),
        ["tidiness: shall, somebody, periodic, for a person: keep the hall tidy"]
    );
}

#[test]
fn requirements_are_clauses_right_behind_their_membership() {
    let mut member = clause("membership", "hive_keeper", Lines { lasting: put(from_joined(), 60), ..Lines::default() });
    member.wordings[0].of = Some(SWIMMER);
    member.wordings[0].requirements = vec![requirement("course", 61), requirement("fee", 63)];
    let after = clause("recital", "founding", Lines { states: Some(always()), ..Lines::default() });
    assert_eq!(
        norms(vec![member, after]),
        [
            "hive_keeper: is, each swimmer, member",
            "course: shall, each swimmer, at joining hive_keeper",
            "fee: shall, each swimmer, at joining hive_keeper",
            "founding: is, states",
        ]
    );
}

#[test]
fn a_requirement_of_two_wordings_is_one_clause() {
    let mut member = clause("membership", "tenant", Lines { lasting: put(from_joined(), 60), ..Lines::default() });
    member.wordings[0].of = Some(SWIMMER);
    let mut later = member.wordings[0].clone();
    member.wordings[0].requirements = vec![requirement("fee", 61)];
    later.requirements = vec![requirement("deposit", 63), requirement("fee", 65)];
    later.span = at(67);
    member.wordings.push(later);
    let plan = compile(&agreement(vec![member]));
    let names: Vec<&str> = plan.clauses.iter().map(|clause| clause.name.as_str()).collect();
    assert_eq!(names, ["tenant", "fee", "deposit"]);
    assert_eq!(plan.norms_of(ClauseId(1)).count(), 2);
    assert_eq!(plan.clauses[2].requirement_of, Some(ClauseId(0)));
}

#[test]
fn joining_in_writing_is_told_by_the_field_that_lists_it() {
    let lines = Lines { lasting: put(from_joined(), 60), in_writing: Some(at(61)), ..Lines::default() };
    let mut member = clause("membership", "reader", lines);
    member.wordings[0].of = Some(SWIMMER);
    let plan = compile(&agreement(vec![member]));
    let form = &plan.norms[0].bodies[0].form[0];
    assert_eq!((form.record, form.field.0, form.option.as_str()), (SWIMMER, 1, "written"));
}

#[test]
fn a_permission_is_used_or_not() {
    let lines = Lines { exercised: put(field(SWIMMER, 0), 70), ..committee(Strength::May, Act::Plain("leave")) };
    assert_eq!(norms(vec![clause("permission", "moving_out", lines)]), ["moving_out: may, somebody, may"]);
}

#[test]
fn a_prohibition_of_an_event_is_that_it_never_happens() {
    let lines = committee(Strength::MustNot, hold_gala(13));
    assert_eq!(
        norms(vec![clause("prohibition", "night_rest", lines)]),
        ["night_rest: mustnot, somebody, never happens"]
    );
}

#[test]
fn a_prohibition_in_words_is_for_a_person() {
    let lines = committee(Strength::MustNot, Act::Words("favour anybody".to_owned()));
    assert_eq!(
        norms(vec![clause("prohibition", "fairness", lines)]),
        ["fairness: mustnot, somebody, for a person: favour anybody"]
    );
}

#[test]
fn a_recital_states() {
    let lines = Lines { states: Some(always()), ..Lines::default() };
    assert_eq!(norms(vec![clause("recital", "founding", lines)]), ["founding: is, states"]);
}

#[test]
fn a_review_stands_at_a_place_in_the_term() {
    use overens::model::clause::WhichEnd::{First, Last};
    let third = YearOf { term: ClauseId(0), number: 3, counted: YearCounted::FromTheFirstDay };
    let year = |end| Edge::YearOfTerm { year: third, end };
    let window = put(Window { first: Some(year(First)), last: year(Last), numbered: false, stated: true }, 80);
    let lease = clause("term", "lease", Lines { term: put(four_years(), 81), ..Lines::default() });
    let review = clause("review", "rent", Lines { window, ..committee(Strength::Shall, hold_gala(13)) });
    assert_eq!(
        norms(vec![lease, review]),
        ["lease: is, term", "rent: shall, somebody, happens, in a year of the term"]
    );
}

#[test]
fn a_silence_gives_its_title_to_a_person() {
    let mut gap = clause("silent", "chair", Lines::default());
    gap.wordings[0].title = Some("who chairs the meeting".to_owned());
    assert_eq!(norms(vec![gap]), ["chair: is, for a person: who chairs the meeting"]);
}

#[test]
fn a_term_runs() {
    let lines = Lines { term: put(four_years(), 90), ..Lines::default() };
    assert_eq!(norms(vec![clause("term", "lease", lines)]), ["lease: is, term"]);
    let open = TermOf { ends: overens::model::clause::TermEdge::Open, ..four_years() };
    let lines = Lines { term: put(open, 90), ..Lines::default() };
    assert_eq!(norms(vec![clause("term", "lease", lines)]), ["lease: is, term"]);
}

#[test]
fn a_clause_stands_behind_its_exceptions_and_what_it_gives_way_to() {
    let yearly = |lines: Lines| Lines { cycle: every_year(), ..lines };
    let practice = Lines { gives_way_to: put(ClauseId(2), 100), ..committee(Strength::Shall, hold_gala(13)) };
    let summer = Lines { exception_to: put(ClauseId(0), 101), ..committee(Strength::Shall, hold_gala(13)) };
    let clauses = vec![
        clause("duty", "practice", yearly(practice)),
        clause("duty", "summer", yearly(summer)),
        clause("duty", "repairs", yearly(committee(Strength::Shall, hold_gala(13)))),
    ];
    assert_eq!(
        norms(clauses),
        [
            "practice: shall, somebody, periodic, happens, behind summer, behind repairs",
            "summer: shall, somebody, periodic, happens",
            "repairs: shall, somebody, periodic, happens",
        ]
    );
}

#[test]
fn what_is_due_otherwise_waits_for_the_breach() {
    let lines = Lines { cycle: every_year(), otherwise: due(1, 110), ..committee(Strength::Shall, hold_gala(13)) };
    let fine = Lines { cycle: every_year(), ..committee(Strength::Shall, Act::Words("explain".to_owned())) };
    assert_eq!(
        norms(vec![clause("duty", "gala", lines), clause("judgement", "apology", fine)]),
        [
            "gala: shall, somebody, periodic, happens",
            "apology: shall, somebody, periodic, for a person: explain, on breach of gala",
        ]
    );
}

#[test]
fn each_reading_is_a_body_of_one_norm() {
    let mut clause = clause("deadline", "gala", committee(Strength::Shall, hold_gala(13)));
    let read = |name: &str, place, day| {
        let lines = Lines { window: by(day), ..committee(Strength::Shall, hold_gala(13)) };
        (Spanned::new(name.to_owned(), at(place)), lines)
    };
    clause.wordings[0].readings = vec![read("eve", 120, "2012-06-22"), read("day", 121, "2012-06-23")];
    assert_eq!(norms(vec![clause]), ["gala: shall, somebody, eve, happens, in time, day, happens, in time"]);
}

#[test]
fn each_dated_wording_is_a_norm_of_its_days() {
    let lines = Lines { cycle: every_year(), ..committee(Strength::Shall, hold_gala(13)) };
    let mut clause = clause("duty", "gala", lines);
    let mut later = clause.wordings[0].clone();
    clause.wordings[0].force = Stretch::new(day("2010-01-01"), day("2014-01-01"));
    later.force = Stretch::new(day("2014-01-01"), Stretch::ALWAYS.until);
    clause.wordings.push(later);
    let plan = compile(&agreement(vec![clause]));
    let forces: Vec<String> = plan.norms.iter().map(|norm| norm.force.first().to_string()).collect();
    assert_eq!(forces, ["2010-01-01", "2014-01-01"]);
    assert_eq!(plan.clauses.len(), 1);
}

#[test]
fn where_no_month_is_ever_added_rounding_down_stands_in() {
    assert_eq!(compile(&agreement(Vec::new())).months, Regime::ROUND_DOWN);
}
