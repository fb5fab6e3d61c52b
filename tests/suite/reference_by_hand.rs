//! What the naive reference says, against verdicts that were worked out by hand.

use crate::reference::compare::{compare, read, said};

fn is_said(policy: &str, facts: &str, expected: &[&str]) {
    let text = format!("agreement made\n  in force from 2015-01-01\n  months round down\n\n{policy}");
    let facts = format!("(agreement: \"made\", as_of: \"2015-12-31\", {facts})");
    let lines = said(&read(&text, &facts, None).unwrap());
    for line in expected {
        assert!(lines.iter().any(|one| one == line), "`{line}` is not among {lines:#?}");
    }
}

const ALL_YEAR: &str = "(from: \"2015-01-01\", through: \"2015-12-31\")";

#[test]
fn a_limit_is_asked_on_every_day() {
    is_said(
        "record seat lasts from began_on until left_on\n  began_on: date\n  left_on: date\n\n\
         value cap 2 from 2015-01-01, 1 from 2015-06-01\n\n\
         composition size\n  seat shall be at most cap\n  on every day",
        &format!(
            "complete: {{\"seat\": {ALL_YEAR}}}, seat: [(id: \"a\", began_on: \"2014-01-01\", left_on: None), \
             (id: \"b\", began_on: \"2014-01-01\", left_on: \"2015-10-01\")]"
        ),
        &["size on 2015-05-31: Satisfied", "size on 2015-06-01: Violated", "size on 2015-10-01: Satisfied"],
    );
}

#[test]
fn a_deed_before_the_first_day_does_not_serve() {
    is_said(
        "event loan on made_on\n  made_on: date\n  back_on: date\n\nactor keeper\n\n\
         deadline back\n  for each loan\n  keeper shall have back_on\n  within 7 days after made_on",
        "loan: [(id: \"a\", made_on: \"2015-03-10\", back_on: \"2015-03-09\"), (id: \"b\", made_on: \"2015-03-10\", back_on: \"2015-03-19\"), \
         (id: \"c\", made_on: \"2015-03-10\", back_on: \"2015-03-16/2015-03-17\"), (id: \"d\", made_on: \"2015-03-10\"), (id: \"e\", made_on: None)]",
        &[
            "back for a: Violated",
            "back for b: Late, 2 days",
            "back for c: Satisfied",
            "back for d: Unknown",
            "back for e: NotApplicable",
        ],
    );
}

#[test]
fn what_is_not_on_file_yet_leaves_it_pending_and_what_is_on_file_unknown() {
    is_said(
        "event report on sent_on\n  sent_on: date\n\nactor club\n\n\
         deadline open\n  club shall send report\n  by 2016-02-01\n\n\
         deadline over\n  club shall send report\n  by 2015-11-01\n\n\
         prohibition never\n  club must not send report",
        "",
        &["open: Pending", "over: Unknown", "never: Unknown"],
    );
    is_said(
        "event report on sent_on\n  sent_on: date\n\nactor club\n\n\
         deadline open\n  club shall send report\n  within 1 month after 2015-12-15",
        "report: [(id: \"r\", sent_on: \"2015-12\")]",
        &["open: Unknown"],
    );
}

#[test]
fn a_first_period_that_is_cut_short_and_not_kept_is_for_people() {
    let policy = "event report on sent_on\n  sent_on: date\n\nrecord club\n  joined_on: date\n\n\
         membership member of club\n  from joined_on\n\nevent note on made_on\n  club: club\n  made_on: date\n\n\
         duty notes\n  each member shall make note\n  every half-year";
    is_said(
        policy,
        &format!(
            "complete: {{\"note\": {ALL_YEAR}, \"club\": {ALL_YEAR}}}, club: [(id: \"a\", joined_on: \"2015-03-01\"), \
             (id: \"b\", joined_on: \"2015-08-01\")]"
        ),
        &[
            "notes by a, 2015-01-01 through 2015-06-30: NeedsJudgement",
            "notes by b, 2015-01-01 through 2015-06-30: NotApplicable",
        ],
    );
}

#[test]
fn a_ban_is_asked_on_the_day_of_each_act() {
    is_said(
        "event party, parties on held_on\n  held_on: date\n\nactor club\n\nfact closed: yes/no over time\n\n\
         prohibition quiet\n  club must not hold party\n  if closed is yes",
        &format!(
            "complete: {{\"party\": {ALL_YEAR}}}, closed: [(from: \"2015-01-01\", value: false), (from: \"2015-07-01\", value: true)], \
             party: [(id: \"a\", held_on: \"2015-06-30\")]"
        ),
        &["quiet: Satisfied"],
    );
}

#[test]
fn a_term_ends_the_day_before_the_day_of_its_number() {
    is_said(
        "event report on sent_on\n  sent_on: date\n\nactor club\n\n\
         term main\n  6 months from 2015-02-28\n  renews for 6 months, endlessly\n\n\
         duty yearly\n  club shall send report\n  every year of main",
        &format!("complete: {{\"report\": {ALL_YEAR}}}, report: [(id: \"r\", sent_on: \"2015-08-28\")]"),
        &["yearly 2015-02-28 through 2015-08-27: Violated", "yearly 2015-08-28 through 2016-02-27: Satisfied"],
    );
}

#[test]
fn a_right_excuses_acts_of_its_days_and_a_duty_steps_back_behind_its_exception() {
    is_said(
        "event report on sent_on\n  sent_on: date\n\nfact closed: yes/no over time\n\nactor club\n\n\
         prohibition quiet\n  club must not send report\n\n\
         permission summer\n  club may send report\n  between 2015-06-01 and 2015-08-31\n  exception to quiet\n\n\
         duty quarterly\n  club shall send report\n  every quarter\n\n\
         duty shut\n  club shall ensure closed is yes\n  if closed is yes\n  exception to quarterly",
        &format!(
            "closed: [(from: \"2015-01-01\", value: false), (from: \"2015-04-01\", value: true), (from: \"2015-06-01\", value: false)], \
             complete: {{\"report\": {ALL_YEAR}}}, report: [(id: \"r\", sent_on: \"2015-08-31\")]"
        ),
        &[
            "quiet: Satisfied",
            "quarterly 2015-01-01 through 2015-03-31: Violated",
            "quarterly 2015-04-01 through 2015-06-30: NotApplicable",
            "quarterly 2015-07-01 through 2015-09-30: Satisfied",
        ],
    );
}

#[test]
fn what_a_role_weighs_is_settled_by_it_and_readings_that_differ_are_for_a_person() {
    is_said(
        "event report on sent_on\n  sent_on: date\n\nactors club, council, auditor\n\n\
         judgement care\n  club shall \"take care\"\n  every half-year\n  judged by council\n\n\
         deadline told\n  club shall send report\n  by 2015-06-30\n  attested by auditor\n\n\
         deadline either\n  club shall send report\n  reading early\n    by 2015-05-31\n  reading late\n    by 2015-06-30\n\n\
         deadline waived\n  club shall send report\n  by 2015-03-01",
        &format!(
            "complete: {{\"report\": {ALL_YEAR}}}, report: [(id: \"r\", sent_on: \"2015-06-01\")], \
             judgement: [(clause: \"care\", period: \"2015-H1\", by: \"council\", on: \"2015-07-01\", outcome: \"broken\")], \
             waiver: [(clause: \"waived\", by: \"council\", on: \"2015-02-01\", until: \"2015-05-30\")]"
        ),
        &[
            "care 2015-01-01 through 2015-06-30: Violated",
            "told: Unknown",
            "either: NeedsJudgement",
            "waived: Late, 2 days",
        ],
    );
}

/// 100 by 1, 1 and 4 metres: 16.67, 16.67 and 66.67; nobody more than 50, so that 50 are left for two. One has paid too much.
#[test]
fn who_is_at_a_limit_is_set_aside_and_a_bill_is_right_from_the_first() {
    let policy = "record house\n  metres: number\n\nevent bill on received_on\n  amount: money\n  received_on: date\n\n\
         event slip on paid_on\n  house: house\n  bill: bill\n  amount: money\n  paid_on: date\n\n\
         cost road\n  for each bill\n  amount is shared in proportion to metres among house, each at most SEK 50, the rest is refilled\n\
         rounded to SEK 1, largest remainder\n  billed by slip to house for bill as amount";
    let text = format!("agreement made\n  in force from 2015-01-01\n  currency SEK\n\n{policy}");
    let of = |slips: &str| {
        let facts = format!(
            "(agreement: \"made\", as_of: \"2015-12-31\", complete: {{\"house\": {ALL_YEAR}, \"slip\": {ALL_YEAR}}}, \
             house: [(id: \"a\", metres: 1), (id: \"b\", metres: 1), (id: \"c\", metres: 4)], \
             bill: [(id: \"x\", amount: 100, received_on: \"2015-03-01\")], slip: [{slips}])"
        );
        said(&read(&text, &facts, None).unwrap())
    };
    let slip = |house: &str, amount: u32| {
        format!("(id: \"p{house}\", house: \"{house}\", bill: \"x\", amount: {amount}, paid_on: \"2015-04-01\"), ")
    };
    assert_eq!(of(&slip("a", 25)), ["road for x: Pending"]);
    assert_eq!(of(&(slip("a", 25) + &slip("b", 25) + &slip("c", 50))), ["road for x: Satisfied"]);
    assert_eq!(of(&slip("a", 26)), ["road for x: Violated"]);
}

/// `back` steps back itself in any case, whatever a person says of its condition; and what lets everything be done leaves nothing of a ban.
#[test]
fn what_a_person_would_weigh_is_not_asked_where_it_makes_no_difference() {
    is_said(
        "event report on sent_on\n  sent_on: date\n\nevent loan on made_on\n  made_on: date\n  back_on: date\n\n\
         fact limit: number over time\n\nactor club\n\n\
         deadline told\n  for each loan\n  club shall send report\n  within 30 days after made_on\n  gives way to back\n\n\
         deadline back\n  for each loan\n  club shall have back_on\n  by made_on\n  if limit is about 2, tolerance 1 to 2\n\n\
         duty always\n  club shall ensure limit is at least 1\n  exception to back\n\n\
         prohibition quiet\n  club must not send report\n  unless limit is about 2, tolerance 1 to 2\n\n\
         permission anything\n  club may send report\n  exception to quiet",
        &format!(
            "complete: {{\"report\": {ALL_YEAR}}}, limit: [(from: \"2010-01-01\", value: 3)], \
             loan: [(id: \"a\", made_on: \"2015-03-10\")]"
        ),
        &["told for a: Violated", "quiet: NotApplicable"],
    );
}

/// The window lay in force, so that nothing is left to weigh, and what was said of it counts for nothing.
#[test]
fn what_is_broken_in_a_window_in_force_needs_no_judgement() {
    let policy = "agreement made\n  in force from 2015-01-01 until 2015-10-16\n\n\
         event report on sent_on\n  sent_on: date\n\nactors club, town\n\n\
         deadline told\n  club shall send report\n  every calendar year\n  between 1 March and 30 June";
    let facts = format!(
        "(agreement: \"made\", as_of: \"2015-12-31\", complete: {{\"report\": {ALL_YEAR}}}, \
         judgement: [(clause: \"told\", on: \"2015-06-20\", by: \"town\", outcome: \"kept\")])"
    );
    assert_eq!(said(&read(policy, &facts, None).unwrap()), ["told 2015-01-01 through 2015-12-31: Violated"]);
}

/// Nobody wrote down which year the accounts are for: for 2015, for another, or for none, and then by their day.
#[test]
fn what_is_not_given_of_a_record_may_still_be_told() {
    let policy = "event account on made_on\n  for_year: number\n  made_on: date\n\nactor club\n\n\
         deadline open\n  club shall make account\n  every calendar year\n  by the end of the period\n  counted for for_year\n\n\
         deadline over\n  club shall make account\n  every calendar year\n  by 30 June\n  counted for for_year";
    is_said(
        policy,
        &format!("complete: {{\"account\": {ALL_YEAR}}}, account: [(id: \"a\", made_on: \"2013-09-14\")]"),
        &["over 2015-01-01 through 2015-12-31: Unknown"],
    );
    // Before the last day it is pending, and so the product says.
    let text = format!("agreement made\n  in force from 2015-01-01\n\n{policy}");
    let facts = "(agreement: \"made\", as_of: \"2015-12-31\", account: [(id: \"a\", made_on: \"2015-12-28\")])";
    let compared = compare(&read(&text, facts, None).unwrap()).unwrap();
    assert!(compared.differences.is_empty() && compared.agreed == 2, "{:#?}", compared.differences);
}

/// Three seats may be missing from the list, or one report of each kind.
#[test]
fn more_than_two_may_be_missing_and_of_more_than_one_kind() {
    is_said(
        "record seat lasts from began_on until left_on\n  began_on: date\n  left_on: date\n\n\
         event report on sent_on\n  sent_on: date\n  kind: one of short, long\n\nactor club\n\n\
         composition three\n  seat shall be exactly 3\n\n\
         deadline both\n  club shall send report\n  at least 1 of each of short, long\n  every calendar year\n  by 15 May",
        "complete: {\"report\": (from: \"2015-01-01\", through: \"2015-08-31\")}",
        &["three: Unknown", "both 2015-01-01 through 2015-12-31: Unknown"],
    );
}

/// As long as there may be others, the product says of a share that it is unknown: the language's reference tells so.
#[test]
fn where_the_product_may_be_more_cautious_it_is_told_by_its_cause() {
    let text = "agreement made\n  in force from 2015-01-01\n\nrecord seat lasts from began_on until left_on\n  began_on: date\n  left_on: date\n\n\
         composition half\n  seat shall be at most half of seat\n\ncomposition few\n  seat shall be at most 0";
    let facts = "(agreement: \"made\", as_of: \"2015-12-31\", seat: [(id: \"a\", began_on: \"2015-01-01\", left_on: None)])";
    let read = read(text, facts, None).unwrap();
    assert_eq!(said(&read), ["half: Violated, or for the product unknown", "few: Violated"]);
}
