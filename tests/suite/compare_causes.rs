//! By which change a verdict flips: found by judging with one change alone, and with all others.

use super::compare_support::over;

const CLUBS: &str = r#"agreement clubs "Clubs"
  overens 1
  in force from 2014-01-01 until further notice

record club
  members: number
  named: yes/no

event meeting, meetings on held_on
  kind: one of annual, open
  held_on: date
  called_on: date

actors board, town

define large of club as members is at least 100

deadline call § 1
  for each meeting where kind is annual
  board shall have called_on
  at least 30 days before held_on

duty name § 2
  for each club
  board shall ensure named is yes
  if it is large

"#;

/// The call went out 20 days ahead; the small club has no name, the large one has one.
const FACTS: &str = r#"(
  agreement: "clubs",
  as_of: "2014-12-31",
  complete: {
    "meeting": (from: "2014-01-01", through: "2014-12-31"),
    "club": (from: "2014-01-01", through: "2014-12-31"),
  },
  meeting: [
    (id: "spring", kind: "annual", held_on: "2014-05-21", called_on: "2014-05-01"),
    (id: "summer", kind: "open", held_on: "2014-06-21", called_on: "2014-06-01"),
  ],
  club: [(id: "chess", members: 80, named: "no"), (id: "choir", members: 120, named: "yes")],
)"#;

/// What flips, from the section about it on.
fn flips(new: &str) -> String {
    let told = over(CLUBS, new, FACTS);
    match told.split_once("what flips, by its cause\n") {
        Some((_, flips)) => flips.to_string(),
        None => told.lines().last().unwrap().to_string(),
    }
}

#[test]
fn of_two_lines_of_one_clause_the_one_that_matters_is_the_cause() {
    let new = CLUBS
        .replace("at least 30 days", "at least 15 days")
        .replace("kind is annual\n  board", "kind is annual and held_on is after 2014-02-01\n  board");
    assert_eq!(
        flips(&new),
        "§ 1 call, when: 1 verdict flips\n\
         call: late becomes satisfied, once: spring, by board\n\
         affects board, for spring\n\
         affects no party on these facts\n\
         § 1 call, what it applies to\n\
         2 changes in meaning, 1 verdict flips"
    );
}

#[test]
fn who_has_to_do_it_counts_where_its_word_stays() {
    assert_eq!(
        flips(&CLUBS.replace("board shall have called_on", "town shall have called_on")),
        "§ 1 call, who bears it: 2 verdicts flip\n\
         call: not asked becomes late, once: spring, by town\n\
         call: late becomes not asked, once: spring, by board\n\
         affects board, town, for spring\n\
         1 change in meaning, 2 verdicts flip"
    );
}

#[test]
fn a_definition_that_changes_is_the_cause_in_the_clauses_that_use_it() {
    assert_eq!(
        flips(&CLUBS.replace("members is at least 100", "members is at least 50")),
        "definition large: 1 verdict flips\n\
         name: not asked becomes violated, once: chess, by board\n\
         affects board, for chess\n\
         1 change in meaning, 1 verdict flips"
    );
}

#[test]
fn changes_that_do_nothing_apart_are_told_together() {
    // Twenty days ahead is enough only where the call is asked of open meetings, and before that of annual ones: neither of
    // the two lines alone asks anything of `summer` in time.
    let new = CLUBS
        .replace("kind is annual\n  board", "kind is open\n  board")
        .replace("at least 30 days", "at least 15 days");
    assert_eq!(
        flips(&new),
        "§ 1 call, what it applies to: 1 verdict flips\n\
         call: late becomes not asked, once: spring, by board\n\
         affects board, for spring\n\
         § 1 call, what it applies to, together with § 1 call, when: 1 verdict flips\n\
         call: not asked becomes satisfied, once: summer, by board\n\
         affects board, for summer\n\
         2 changes in meaning, 2 verdicts flip"
    );
}

#[test]
fn changes_of_which_each_is_enough_are_told_so() {
    let new = CLUBS
        .replace("members is at least 100", "members is at least 10")
        .replace("if it is large", "if its members is at least 20");
    assert_eq!(
        flips(&new),
        "definition large; or § 2 name, under what condition: each of them is enough: 1 verdict flips\n\
         name: not asked becomes violated, once: chess, by board\n\
         affects board, for chess\n\
         2 changes in meaning, 1 verdict flips"
    );
}

#[test]
fn a_new_definition_flips_nothing_by_itself_and_its_user_does() {
    let new = CLUBS
        .replace("define large", "define tiny of club as members is less than 90\ndefine large")
        .replace("if it is large", "if it is tiny");
    assert_eq!(
        flips(&new),
        "§ 2 name, under what condition: 2 verdicts flip\n\
         name: not asked becomes violated, once: chess, by board\n\
         name: satisfied becomes not asked, once: choir, by board\n\
         affects board, for chess, choir\n\
         2 changes in meaning, 2 verdicts flip"
    );
}

#[test]
fn a_repealed_clause_takes_its_verdicts_along() {
    let (head, _) = CLUBS.split_once("duty name").unwrap();
    assert_eq!(
        flips(head),
        "§ 2 name: 1 verdict flips\n\
         name: satisfied becomes not asked, once: choir, by board\n\
         affects board, for choir\n\
         1 change in meaning, 1 verdict flips"
    );
}

#[test]
fn a_change_that_touches_nobody_says_so() {
    assert_eq!(
        over(CLUBS, &CLUBS.replace("at least 30 days", "at least 25 days"), FACTS),
        "clauses\n\
         changed: § 1 call, when: “at least 30 days before held_on” becomes “at least 25 days before held_on”\n\
         affects no party on these facts\n\
         § 1 call, when\n\
         1 change in meaning, no verdict flips"
    );
}
