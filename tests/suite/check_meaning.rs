//! What sentences become: windows, questions, rows, numbers of clauses.

use overens::model::Agreement;
use overens::model::clause::{Edge, Lines, SharingWay, Strength, TermEdge};
use overens::model::expr::{Asks, Cond, CondKind, ExprKind, Row, Sense, Set, Var};
use overens::value::Period;

use super::check_support::checked;

const BASE: &str = "\
agreement a \"A\"
  currency SEK
  calendar Sweden
  months round down
  week days 1 to 7
record organisation
  name: text
  members: number
  joined_on: date
  left_on: date
event meeting on held_on
  kind: one of annual, open, parties
  held_on: date
  sent_on: date
  organisation: organisation
  invited: set of organisation
  amount: money
actor group
membership party of organisation
  from joined_on until left_on
define small of organisation as members is less than 50
";

fn good(clauses: &str) -> Agreement {
    let (agreement, found) = checked(&format!("{BASE}{clauses}"));
    assert_eq!(found, Vec::<String>::new());
    agreement
}

fn lines(clause: &str) -> Lines {
    good(clause).clauses.last().unwrap().wordings.last().unwrap().common.clone()
}

/// The condition of `define it_is of meeting as …`.
fn condition(words: &str) -> Cond {
    let agreement = good(&format!("define it_is of meeting as {words}\n"));
    match &agreement.definitions.last().unwrap().body {
        overens::model::DefinitionBody::Condition(condition) => condition.clone(),
        other => panic!("{other:?}"),
    }
}

fn test_of(condition: &Cond) -> (&Asks, Sense, u32) {
    match &condition.kind {
        CondKind::Test(test) => (&test.asks, test.sense, test.same_as),
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_later_than_is_the_opposite_of_after() {
    let both = condition("held_on is no later than sent_on or (held_on is after sent_on and kind is annual)");
    let CondKind::Or(parts) = &both.kind else { panic!("{both:?}") };
    let CondKind::And(after) = &parts[1].kind else { panic!("{both:?}") };
    let ((first, straight, one), (_, opposite, other)) = (test_of(&after[0]), test_of(&parts[0]));
    assert!(matches!(first, Asks::Before(_, _)));
    assert_eq!((straight, opposite), (Sense::Straight, Sense::Opposite));
    assert_eq!(one, other);
}

#[test]
fn questions_that_differ_have_different_numbers() {
    let both = condition("kind is annual or (kind is open)");
    let CondKind::Or(parts) = &both.kind else { panic!("{both:?}") };
    assert_ne!(test_of(&parts[0]).2, test_of(&parts[1]).2);
}

#[test]
fn is_a_or_b_is_one_question() {
    let one = condition("kind is annual or open");
    assert!(matches!(test_of(&one).0, Asks::OneOf(_, options) if options.len() == 2));
}

#[test]
fn is_none_asks_whether_it_is_missing() {
    assert!(matches!(test_of(&condition("sent_on is none")), (Asks::Given(_), Sense::Opposite, _)));
}

#[test]
fn a_name_that_is_no_field_is_the_id_of_a_record() {
    let one = condition("organisation is famna");
    let Asks::OneOf(_, all) = test_of(&one).0 else { panic!() };
    assert!(matches!(&all[0].kind, ExprKind::Id(_, id) if id == "famna"));
}

#[test]
fn a_definition_is_asked_of_the_row_that_a_reference_names() {
    let one = condition("organisation is small");
    assert!(matches!(&one.kind, CondKind::Defined { row: Row::Follow(_), .. }));
}

#[test]
fn the_innermost_row_comes_first_and_its_means_the_row_outside() {
    let one = condition("some meeting where held_on is before its held_on");
    let CondKind::Some(of) = &one.kind else { panic!() };
    assert_eq!(of.var, Var(1));
    let Asks::Before(left, right) = test_of(&of.filter).0 else { panic!() };
    let row = |kind: &ExprKind| match kind {
        ExprKind::Field(field) => format!("{:?}", field.row),
        other => panic!("{other:?}"),
    };
    assert_eq!(row(&left.kind), "Var(Var(1))");
    assert_eq!(row(&right.kind), "Var(Var(0))");
}

#[test]
fn a_set_is_a_membership_or_what_a_field_lists() {
    assert!(matches!(test_of(&condition("organisation is in party on held_on")).0, Asks::In { set: Set::Rows(_), .. }));
    assert!(matches!(test_of(&condition("organisation is in invited")).0, Asks::In { set: Set::Listed(_), .. }));
}

#[test]
fn all_x_are_in_a_set_asks_it_of_each() {
    let one = condition("all party are in invited");
    let CondKind::All { of, test } = &one.kind else { panic!() };
    assert!(of.members_of.is_some());
    assert!(matches!(test_of(test).0, Asks::In { row: Row::Var(Var(1)), .. }));
}

#[test]
fn subject_bearer_and_where_are_numbered_from_the_outside_in() {
    let lines = lines(
        "duty d\n  for each meeting\n  each party where members is given shall hold meeting where kind is open\n  by 2015-01-01\n",
    );
    assert_eq!(lines.subjects[0].var, Var(0));
    let overens::model::clause::Bearer::Each(of) = lines.bearer.unwrap().it else { panic!() };
    assert_eq!(of.var, Var(1));
    let overens::model::clause::Act::Event { verb, events } = lines.act.unwrap().it else { panic!() };
    assert_eq!((verb, events.var), ("hold", Var(2)));
}

fn window(timing: &str) -> (Option<Edge>, Edge) {
    let words = format!("deadline d\n  for each meeting\n  group shall have sent_on\n  {timing}\n");
    let window = lines(&words).window.unwrap().it;
    (window.first, window.last)
}

#[test]
fn at_least_a_month_before_ends_a_month_before() {
    let (first, last) = window("at least 1 month before held_on");
    assert!(first.is_none());
    assert!(matches!(last, Edge::Lapse { by, .. } if by.fixed() == Some(&Period::months(-1))));
}

#[test]
fn at_most_a_month_before_begins_a_month_before_and_ends_on_the_day() {
    let (first, last) = window("at most 1 month before held_on");
    assert!(matches!(first, Some(Edge::Lapse { by, .. }) if by.fixed() == Some(&Period::months(-1))));
    assert!(matches!(last, Edge::On(_)));
}

#[test]
fn within_begins_with_the_day_and_after_has_no_last() {
    let (first, last) = window("within 30 days after held_on");
    assert!(matches!(first, Some(Edge::On(_))));
    assert!(matches!(last, Edge::Lapse { by, .. } if by.fixed() == Some(&Period::days(30))));
    assert!(matches!(window("after held_on"), (Some(Edge::DayAfter(_)), Edge::Open)));
    assert!(matches!(window("at least 3 days after held_on"), (Some(Edge::Lapse { .. }), Edge::Open)));
}

#[test]
fn before_a_day_ends_the_day_before_it() {
    assert!(matches!(window("before held_on"), (None, Edge::DayBefore(_))));
    assert!(matches!(window("before the start"), (None, Edge::DayBefore(_))));
}

#[test]
fn what_the_text_does_not_state_is_a_blank() {
    assert!(matches!(window("by not stated"), (None, Edge::Blank { words: "not stated", .. })));
    assert!(matches!(window("within not stated after held_on"), (Some(Edge::On(_)), Edge::Blank { .. })));
    assert!(matches!(window("in reasonable time"), (None, Edge::Blank { words: "in reasonable time", .. })));
    assert!(matches!(window("without a last day"), (None, Edge::Never)));
}

#[test]
fn the_first_week_is_the_days_that_the_header_says() {
    let window =
        lines("deadline d\n  group shall hold meeting\n  every month\n  in the first week\n").window.unwrap().it;
    assert!(matches!(window.first, Some(Edge::On(day)) if matches!(day.kind, ExprKind::PeriodStart)));
    assert!(matches!(window.last, Edge::Lapse { by, .. } if by.fixed() == Some(&Period::days(6))));
}

#[test]
fn a_record_stands_for_its_day_where_a_day_belongs() {
    let (_, last) = window("before meeting");
    assert!(matches!(last, Edge::DayBefore(day) if matches!(day.kind, ExprKind::Field(_))));
}

#[test]
fn a_requirement_is_numbered_right_behind_its_membership() {
    let agreement = good(
        "membership member of organisation\n  from joined_on\n  requires one\n    members is given\n  requires two\n    name is given\nduty last\n  group shall hold meeting\n",
    );
    let names: Vec<&str> = agreement.clause_names().iter().map(|one| one.name).collect();
    assert_eq!(names, ["party", "member", "one", "two", "last"]);
}

#[test]
fn a_clause_is_referred_to_by_its_number_behind_requirements() {
    let agreement = good(
        "membership member of organisation\n  from joined_on\n  requires one\n    members is given\nduty first\n  group shall hold meeting\nduty second\n  group shall hold meeting\n  otherwise first\n",
    );
    let lines = &agreement.clauses.last().unwrap().wordings[0].common;
    assert_eq!(lines.otherwise.as_ref().unwrap().it[0].it.0, 3);
}

#[test]
fn dated_wordings_of_one_clause_are_one_clause() {
    let agreement = good(
        "duty d\n  group shall hold meeting\n  in force from 2010-01-01 until 2012-01-01\nduty d\n  group should hold meeting\n  in force from 2012-01-01\n",
    );
    let wordings = &agreement.clauses.last().unwrap().wordings;
    let strengths: Vec<Strength> = wordings.iter().map(|one| one.common.strength.as_ref().unwrap().it).collect();
    assert_eq!(strengths, [Strength::Shall, Strength::Should]);
}

#[test]
fn a_reading_has_the_common_lines_and_its_own_in_their_place() {
    let agreement = good(
        "deadline d\n  for each meeting\n  group shall have sent_on\n  by 2015-01-01\n  reading early\n    by 2014-01-01\n  reading late\n    by 2016-01-01\n",
    );
    let readings = &agreement.clauses.last().unwrap().wordings[0].readings;
    let last = |lines: &Lines| match &lines.window.as_ref().unwrap().it.last {
        Edge::On(day) => format!("{:?}", day.kind),
        other => panic!("{other:?}"),
    };
    assert_eq!(readings.iter().map(|(name, _)| name.it.as_str()).collect::<Vec<_>>(), ["early", "late"]);
    assert_ne!(last(&readings[0].1), last(&readings[1].1));
    assert!(readings[0].1.act.is_some());
}

#[test]
fn statements_carry_the_name_of_the_agreement() {
    let agreement = good("duty d § 4.3, 4.5\n  group shall hold meeting\n  statement 4.6, 4.7\n");
    let wording = &agreement.clauses.last().unwrap().wordings[0];
    assert_eq!(wording.statements, ["a-4.6", "a-4.7"]);
    assert_eq!(wording.place.as_ref().unwrap().words, "§ 4.3, 4.5");
}

#[test]
fn a_part_that_is_numbered_has_the_filter_of_the_whole_too() {
    let lines = lines(
        "composition c\n  meeting where held_on is given shall number 4 where kind is open, 2 to 3 where kind is annual\n",
    );
    let parts = lines.numbered.unwrap().it.parts;
    assert_eq!(parts.len(), 2);
    assert!(parts.iter().all(|part| matches!(&part.of.filter.kind, CondKind::And(both) if both.len() == 2)));
}

#[test]
fn half_of_records_is_half_of_how_many_there_are() {
    let lines = lines("composition c\n  meeting where kind is open shall be at most half of meeting\n");
    let ExprKind::Times(_, of) = lines.limited.unwrap().it.amount.kind else { panic!() };
    assert!(matches!(of.kind, ExprKind::Count(_)));
}

#[test]
fn a_term_without_an_end_stays_open_and_an_unstated_one_is_not_stated() {
    let term = |words: &str| lines(&format!("fact begins_on: date\nterm t\n  {words}\n")).term.unwrap().it;
    assert!(matches!(term("starts on begins_on").ends, TermEdge::Open));
    assert!(matches!(term("4 years from begins_on").ends, TermEdge::Length(length) if length == Period::years(4)));
    assert!(matches!(term("not stated from begins_on").ends, TermEdge::NotStated(_)));
}

#[test]
fn who_pays_a_share_does_so_for_each_subject_of_the_cost() {
    let agreement = good(
        "cost c\n  for each meeting where amount is given\n  amount is shared equally among party on held_on\nduty pay\n  each party shall pay its share of c\n  within 30 days after held_on\n",
    );
    let [.., cost, duty] = agreement.clauses.as_slice() else { panic!() };
    assert!(matches!(cost.wordings[0].common.sharing.as_ref().unwrap().it.way, SharingWay::Shared(_)));
    assert_eq!(duty.wordings[0].common.subjects.len(), 1);
}
