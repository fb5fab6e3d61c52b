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
    assert_eq!(with(clause), ["2:42 unknown-option: `anual` is none of the options"]);
}

#[test]
fn an_unknown_subject_is_told_once_and_not_for_every_field_of_it() {
    let clause =
        "duty booked\n  for each booking where amount is more than 3\n  group shall have paid_on\n  by invoiced_on\n";
    assert_eq!(with(clause), ["2:12 unknown-record: there is no record and no membership `booking`"]);
}
