//! Names: what they stand for, and what is said of those that stand for nothing.

use super::check_support::findings;

/// A header and a record to speak of.
const BASE: &str =
    "agreement a \"A\"\n\nevent meeting on held_on\n  kind: one of annual, open\n  held_on: date\n\nactor group\n\n";

fn with(clause: &str) -> Vec<String> {
    let shift = BASE.lines().count();
    let first_line = |one: String| {
        let (line, rest) = one.split_once(':').unwrap();
        format!("{}:{rest}", line.parse::<usize>().unwrap().saturating_sub(shift))
    };
    findings(&format!("{BASE}{clause}")).into_iter().map(first_line).collect()
}

#[test]
fn a_good_clause_gives_no_finding() {
    let clause =
        "deadline yearly\n  group shall hold meeting where kind is annual\n  every calendar year\n  by 28 February\n";
    assert_eq!(with(clause), Vec::<String>::new());
}

#[test]
fn a_misspelt_option_is_told_where_it_stands() {
    let clause =
        "deadline yearly\n  group shall hold meeting where kind is anual\n  every calendar year\n  by 28 February\n";
    assert_eq!(with(clause), ["2:42 unknown-option: `anual` is not one of the options"]);
}

#[test]
fn an_unknown_subject_is_told_once_and_not_for_every_field_of_it() {
    let clause =
        "duty booked\n  for each booking where amount is more than 3\n  group shall have paid_on\n  by invoiced_on\n";
    assert_eq!(with(clause), ["2:12 unknown-record: there is no record or membership `booking`"]);
}

#[test]
fn it_in_a_where_within_a_where_is_the_row_just_outside() {
    let policy = "agreement a \"A\"\n\nrecord household\n  joined_on: date\n\nevent debt on arisen_on\n  household: household\n  arisen_on: date\n\n\
        event payment on paid_on\n  debt: debt\n  payer: household\n  paid_on: date\n\nmembership member of household\n  from joined_on\n\n\
        duty pays\n  each member shall ensure no debt where household is it and no payment where debt is it and payer is PAYER\n";
    assert_eq!(findings(&policy.replace("PAYER", "member")), Vec::<String>::new());
    assert_eq!(
        findings(&policy.replace("PAYER", "it")),
        [
            "19:103 wrong-type: expected a `household`, but `it` is a `debt` here: inside a `where`, `it` is the row just outside it"
        ]
    );
}

#[test]
fn a_line_out_of_order_is_told_by_the_form_that_was_written() {
    let clause = "deadline yearly\n  group shall hold meeting\n  every calendar year\n  by 28 February\n  first period counts whole\n";
    assert_eq!(
        with(clause),
        [
            "5:3 slot-order: this line says how a first period counts (`first period counts …`); it must come before the line that says when"
        ]
    );
    let clause = "deadline yearly\n  group shall hold meeting\n  every calendar year\n  by 28 February\n  judged by group\n  if group is group\n";
    assert!(with(clause).iter().any(|one| one.contains(
        "this line says under what condition (`if`, `unless`); it must come before the line that says something else (judged by)"
    )));
}

#[test]
fn a_clause_names_all_that_becomes_due_in_one_line_each_once() {
    let clauses = "duty two\n  group shall hold meeting\n\nduty three\n  group shall hold meeting\n\n\
        duty one\n  group shall hold meeting\n  by 2015-02-28\n";
    assert!(with(&format!("{clauses}  otherwise two and three\n")).is_empty());
    assert_eq!(
        with(&format!("{clauses}  otherwise two\n  otherwise three\n")),
        ["11:3 repeated-line: this clause has two `otherwise` lines"]
    );
    assert_eq!(
        with(&format!("{clauses}  otherwise two, three and two\n")),
        ["10:28 repeated-line: `two` is named twice in this line"]
    );
}

#[test]
fn a_clause_is_an_exception_to_one_clause() {
    let clause = "deadline one\n  group shall hold meeting\n  by 2015-02-28\n\ndeadline two\n  group shall hold meeting\n  by 2015-03-31\n\n\
        duty three\n  group shall hold meeting\n  exception to one\n  exception to two\n";
    assert_eq!(
        with(clause),
        [
            "12:3 repeated-line: this clause has two `exception to` lines, but a clause can be an exception to only one other"
        ]
    );
}
