//! What the naive reference says, against verdicts that were worked out by hand.

use crate::reference::compare::{read, said};

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
