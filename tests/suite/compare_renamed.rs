//! A clause that has another name now (`formerly NAME`) is the same clause: it is compared with what it was before, and nothing is
//! repealed or added.

use overens::compare::{Rules, Supposed};

use super::compare_support::{Two, judged, lines, over, wordings};

const CLUB: &str = r#"agreement club "A club"
  overens 1
  in force from 2014-01-01 until further notice

event meeting, meetings on held_on
  held_on: date
  called_on: date
  reported_on: date

record person
  age: number
  joined_on: date

actors board, town

deadline call § 1 "The call goes out ahead"
  for each meeting
  board shall have called_on
  at least 30 days before held_on

deadline short_call § 1.2
  for each meeting where held_on is after 2014-08-01
  board shall have called_on
  at least 14 days before held_on
  exception to call

deadline report § 2
  for each meeting
  town shall have reported_on
  by the due day of call plus 10 days

membership member § 3 of person
  from joined_on
  requires adult age is at least 18

recital grown § 3.2
  for each member
  states age is at least 18
"#;

/// The call in spring went out 20 days ahead, nine days too late; in autumn the exception lets 20 days do.
const FACTS: &str = r#"(
  agreement: "club",
  as_of: "2014-12-31",
  meeting: [
    (id: "spring", held_on: "2014-05-21", called_on: "2014-05-01", reported_on: "2014-05-01"),
    (id: "autumn", held_on: "2014-09-21", called_on: "2014-09-01", reported_on: "2014-09-01"),
  ],
  person: [(id: "ada", age: 17, joined_on: "2014-02-01"), (id: "bo", age: 30, joined_on: "2014-02-01")],
)"#;

/// The club with `call` as `summons`.
fn renamed() -> String {
    CLUB.replace(
        "deadline call § 1 \"The call goes out ahead\"\n",
        "deadline summons § 1 \"The call goes out ahead\"\n  formerly call\n",
    )
}

/// The same where other lines say the new name, too.
fn throughout() -> String {
    renamed().replace("exception to call", "exception to summons").replace("due day of call", "due day of summons")
}

fn told(old: &str, new: &str) -> String {
    lines(&judged(Two::new(old, new), FACTS))
}

#[test]
fn a_clause_with_another_name_is_only_renamed() {
    assert_eq!(
        wordings(CLUB, &renamed()),
        "only reworded or moved\n\
         summons: renamed, formerly `call`\n\
         nothing changes in meaning, 1 only reworded or moved"
    );
}

#[test]
fn without_the_line_it_is_another_clause() {
    let text = wordings(CLUB, &throughout().replace("  formerly call\n", ""));
    assert!(text.contains("repealed: § 1 call: ") && text.contains("added: § 1 summons: "), "{text}");
}

#[test]
fn lines_that_speak_of_it_by_the_new_name_mean_the_same() {
    assert_eq!(
        wordings(CLUB, &throughout()),
        "only reworded or moved\n\
         summons: renamed, formerly `call`\n\
         short_call: “exception to call” becomes “exception to summons”, which means the same\n\
         report: “by the due day of call plus 10 days” becomes “by the due day of summons plus 10 days”, which means the same\n\
         nothing changes in meaning, 3 only reworded or moved"
    );
}

#[test]
fn no_verdict_flips_by_a_name() {
    for new in [renamed(), throughout()] {
        let text = told(CLUB, &new);
        assert!(text.contains("nothing changes in meaning") && text.ends_with("no verdict flips"), "{text}");
    }
}

#[test]
fn its_changed_lines_are_the_causes_of_what_flips() {
    // In spring 20 days are enough now. The report of 1 May was due ten days after 21 April, and is due ten days after 6 May.
    for new in [renamed(), throughout()] {
        let new = new.replace("at least 30 days", "at least 15 days");
        let text = told(CLUB, &new);
        assert!(
            text.contains(
                "changed: § 1 summons, when: “at least 30 days before held_on” becomes “at least 15 days before held_on”\n"
            ),
            "{text}"
        );
        assert!(
            text.contains(
                "§ 1 summons, when: 1 verdict flips\n\
                 summons: late becomes satisfied, once: spring, by board\n\
                 affects board, for spring\n"
            ),
            "{text}"
        );
        assert!(!text.contains("repealed") && !text.contains("added"), "{text}");
    }
}

#[test]
fn the_older_version_may_be_the_one_with_the_newer_name() {
    assert_eq!(
        wordings(&renamed(), CLUB),
        "only reworded or moved\n\
         call: renamed, formerly `summons`\n\
         nothing changes in meaning, 1 only reworded or moved"
    );
    let text = told(&throughout().replace("30 days", "15 days"), CLUB);
    assert!(text.contains("call: satisfied becomes late, once: spring, by board\n"), "{text}");
}

#[test]
fn a_clause_that_was_renamed_twice_says_both_names() {
    let twice = throughout().replace("summons", "notice").replace("formerly call", "formerly summons, call");
    for old in [CLUB.to_string(), throughout()] {
        let text = told(&old, &twice);
        assert!(text.contains("notice: renamed, formerly `"), "{text}");
        assert!(text.contains("nothing changes in meaning"), "{text}");
    }
    // Also where the newest version only knows the oldest name.
    let text = told(&throughout(), &twice.replace("summons, ", ""));
    assert!(text.contains("notice: renamed, formerly `summons`\n"), "{text}");
}

#[test]
fn a_line_that_only_adds_a_former_name_is_reworded() {
    assert_eq!(
        wordings(
            CLUB,
            &CLUB.replace("  for each meeting\n  board", "  formerly invitation\n  for each meeting\n  board")
        ),
        "only reworded or moved\n\
         call: former name: none becomes “invitation”\n\
         nothing changes in meaning, 1 only reworded or moved"
    );
}

#[test]
fn two_clauses_that_become_one_are_one_repealed_clause_and_one_that_goes_on() {
    // Both were there: what goes on keeps its name.
    let merged = CLUB.replace(
        "deadline call § 1 \"The call goes out ahead\"\n",
        "deadline short_call § 1 \"The call goes out ahead\"\n  formerly call\n",
    );
    let (head, rest) = merged.split_once("deadline short_call § 1.2\n").unwrap();
    let merged = format!("{head}deadline report § 2{}", rest.split_once("deadline report § 2").unwrap().1);
    let text = told(CLUB, &merged);
    assert!(text.contains("repealed: § 1 call: "), "{text}");
    assert!(text.contains("short_call, what it applies to: "), "{text}");
    assert!(text.contains("short_call: former name: none becomes “call”\n"), "{text}");
}

#[test]
fn memberships_and_their_requirements_are_renamed_alike() {
    let new = CLUB
        .replace("membership member § 3 of person\n", "membership associate § 3 of person\n  formerly member\n")
        .replace("requires adult age is at least 18", "requires of_age age is at least 16\n    formerly adult");
    let text = told(CLUB, &new);
    assert!(text.contains("changed: § 3 associate, requirement of_age, what it requires: "), "{text}");
    assert!(text.contains("of_age: violated becomes satisfied, once: ada"), "{text}");
    let renamed =
        "associate: renamed, formerly `member`\nassociate: the requirement `of_age` is renamed, formerly `adult`\n";
    assert!(text.contains(renamed), "{text}");
    assert!(!text.contains("grown"), "{text}");
}

#[test]
fn a_clause_that_is_another_kind_too_is_changed_as_a_whole() {
    let new = throughout().replace(
        "deadline summons § 1 \"The call goes out ahead\"\n  formerly call\n  for each meeting\n  board shall have called_on\n",
        "duty summons § 1 \"The call goes out ahead\"\n  formerly call\n  for each meeting\n  town shall have called_on\n",
    );
    let text = told(CLUB, &new);
    assert!(text.contains("changed: § 1 summons: “deadline call § 1 "), "{text}");
    assert!(text.contains("summons: renamed, formerly `call`\n"), "{text}");
}

#[test]
fn what_facts_record_under_either_name_counts_on_both_sides() {
    // The last day in spring is 21 April; it was moved to the day of the call.
    for name in ["call", "summons"] {
        let waiver = format!(
            "  waiver: [(clause: \"{name}\", subject: \"spring\", by: \"town\", on: \"2014-04-01\", until: \"2014-05-01\")],\n)"
        );
        let facts = FACTS.replace("\n)", &format!("\n{waiver}"));
        let text = over(CLUB, &throughout(), &facts);
        assert!(text.ends_with("no verdict flips"), "{name}: {text}");
        let text = over(CLUB, &throughout().replace("30 days", "40 days"), &facts);
        // The last day would be 11 April, and is moved all the same.
        assert!(text.contains("affects no party on these facts\n§ 1 summons, when\n"), "{name}: {text}");
    }
}

const SHORTER: &str = r#"
amendment shorter
  to club
  takes effect 2014-07-01
  replace call
    deadline call § 1 "The call goes out ahead"
      for each meeting
      town shall have called_on
      at least 14 days before held_on
"#;

#[test]
fn an_amendment_may_speak_of_it_by_either_name() {
    let old = format!("{CLUB}{SHORTER}");
    let new = format!("{}{SHORTER}", throughout());
    assert!(wordings(&old, &new).ends_with("nothing changes in meaning, 3 only reworded or moved"));
    let new = format!(
        "{}{}",
        throughout(),
        SHORTER.replace("replace call\n    deadline call", "replace summons\n    deadline summons")
    );
    let text = wordings(&old, &new);
    assert!(text.ends_with("nothing changes in meaning, 4 only reworded or moved"), "{text}");
    assert!(text.contains("amendment shorter: "), "{text}");
}

#[test]
fn an_amendment_under_the_former_name_is_told_by_its_lines() {
    let text = format!("{}{SHORTER}", throughout().replace("  exception to summons\n", ""));
    let mut two = Two::new(&text, &text);
    let shorter = ["shorter".to_string()];
    let supposed = Supposed::of(&two.old.agreement, &[], &shorter);
    two.old = Rules::supposing(&[two.old.tree.clone()], &supposed).unwrap();
    let supposed = Supposed::of(&two.new.agreement, &shorter, &[]);
    two.new = Rules::supposing(&[two.new.tree.clone()], &supposed).unwrap();
    let text = lines(&judged(two, FACTS));
    assert!(text.contains("§ 1 summons, who bears it"), "{text}");
    assert!(text.contains("§ 1 summons, when"), "{text}");
}
