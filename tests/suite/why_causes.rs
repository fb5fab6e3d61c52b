//! Reasons name the cause and its figures: the headline alone says how many and how much beside the limit, and below it stands no more
//! than it takes.

use super::terminal_agreements::{folder, overens};

const HUTS: &str = r#"agreement huts "Mountain huts"
  in force from 2015-01-01
  currency SEK

record hut
  old: yes/no
  large: yes/no
  doors: number
  floors: number

event meeting, meetings on held_on
  held_on: date
  kind: one of open, closed

event grant on paid_on
  paid_on: date
  amount: money
  hut: hut

record member, members lasts from joined_on until left_on
  joined_on: date
  left_on: date

value limit SEK 90 000 from 2015-01-01, SEK 100 000 from 2015-07-01
value most 3 from 2015-01-01, 2 from 2015-07-01

actor board

duty doors § 1
  for each hut
  board shall ensure doors is 2
  if old is yes or large is yes

duty all_of_it § 2
  for each hut
  board shall ensure doors is 2 and floors is 1 and old is no

duty meetings § 3
  board shall hold meeting where kind is open
  at least 2 times
  every calendar year

duty budget § 4
  for each hut
  board shall ensure sum of amount of (grant where hut is it) is at most SEK 90 000

composition size § 5
  member shall be at most most
  on every day

composition seats § 6
  member shall number 5 to 7
  on every day

prohibition too_much § 7
  board must not make grant where amount is more than limit

duty kinds § 8
  board shall hold meeting
  at least 1 of each of open, closed
  every calendar year

duty about_ten § 9
  board shall hold meeting
  10, tolerance 8 to 12, times
  every calendar year

duty not_often § 10
  board shall hold meeting
  at most 2 times
  every calendar year

duty small_grants § 11
  for each grant
  board shall ensure amount is at most limit

recital five § 12
  states count of member is 5

duty all_have_two § 13
  board shall ensure all hut have doors is at least 2
"#;

const HUT_FACTS: &str = r#"(
  agreement: "huts",
  as_of: "2016-02-01",
  complete: {
    "meeting": (from: "2015-01-01", through: "2016-02-01"), "grant": (from: "2015-01-01", through: "2016-02-01"),
    "member": (from: "2015-01-01", through: "2016-02-01"), "hut": (from: "2015-01-01", through: "2016-02-01"),
  },
  hut: [
    (id: "h1", old: false, large: true, doors: 1, floors: 2),
    (id: "h2", old: true, large: false, doors: 2, floors: 1),
    (id: "h3", old: None, large: None, doors: None, floors: 1),
  ],
  meeting: [
    (id: "m1", held_on: "2015-03-01", kind: "open"),
    (id: "m2", held_on: "2015-05-01", kind: "closed"),
    (id: "m3", held_on: "2015-06-01", kind: "closed"),
    (id: "m5", held_on: "2016-01-10", kind: "open"),
  ],
  grant: [
    (id: "g1", paid_on: "2015-03-01", amount: "SEK 60 000", hut: "h1"),
    (id: "g2", paid_on: "2015-08-01", amount: "SEK 50 000", hut: "h1"),
    (id: "g3", paid_on: "2015-09-01", amount: "SEK 120 000", hut: "h2"),
  ],
  member: [
    (id: "a", joined_on: "2015-01-01", left_on: None),
    (id: "b", joined_on: "2015-01-01", left_on: None),
    (id: "c", joined_on: "2015-01-01", left_on: "2015-10-01"),
  ],
)"#;

/// What `why` tells, line by line, behind the clause's name in the first.
fn why(test: &str, (policy, facts): (&str, &str), words: &[&str]) -> Vec<String> {
    let folder = folder(test, &[("policy.overens", policy), ("facts.ron", facts)]);
    let mut all = vec!["why", words[0], "policy.overens", "facts.ron", "--plain"];
    all.extend(&words[1..]);
    let (_, out, told) = overens(&folder, &all);
    assert!(!out.is_empty(), "{told}");
    out.lines().map(str::to_string).collect()
}

/// Holds the first lines of some answers against what they have to say.
fn headlines(test: &str, world: (&str, &str), expected: &[(&[&str], &str)]) {
    for (words, headline) in expected {
        let told = why(test, world, words);
        let (_, said) = told[0].split_once(": ").unwrap();
        let (said, _) = said.rsplit_once(", as of ").unwrap();
        assert_eq!(said, *headline, "{words:?}\n{}", told.join("\n"));
    }
}

#[test]
fn the_headline_says_how_many_and_how_much_beside_the_limit() {
    headlines(
        "why_figures",
        (HUTS, HUT_FACTS),
        &[
            (&["meetings", "--for", "2015"], "violated, 1 of 2 by 2015-12-31"),
            (
                &["budget", "--for", "h1"],
                "violated, `sum of amount of (grant where hut is it) is at most SEK 90 000` does not hold (it is SEK 110 000)",
            ),
            (
                &["budget", "--for", "h3"],
                "satisfied, `sum of amount of (grant where hut is it) is at most SEK 90 000` holds (it is SEK 0), so far",
            ),
            (&["size", "--for", "2015-03-01"], "satisfied, 3 of at most 3"),
            (&["size", "--for", "2015-08-01"], "violated, 3 of at most 2"),
            (&["seats", "--for", "2015-03-01"], "violated, 3 of 5 to 7"),
            (
                &["too_much"],
                "violated, grant g3 on 2015-09-01 (limit is SEK 100 000 on 2015-09-01, amount of g3 is SEK 120 000)",
            ),
            (&["kinds", "--for", "2016"], "pending, 1 of 2, lacking closed, due by 2016-12-31"),
            (
                &["about_ten", "--for", "2015"],
                "needs judgement, 3 of 8 to 12 by 2015-12-31, the text does not say who decides",
            ),
            (&["not_often", "--for", "2015"], "violated, 3 of at most 2 by 2015-12-31"),
            (&["not_often", "--for", "2016"], "satisfied, 1 of at most 2, so far, through 2016-12-31"),
            (
                &["small_grants", "--for", "g1"],
                "satisfied, limit is SEK 90 000 on 2015-03-01, amount is SEK 60 000, so far",
            ),
            (
                &["small_grants", "--for", "g3"],
                "violated, `amount is at most limit` does not hold (limit is SEK 100 000 on 2015-09-01, amount is SEK 120 000)",
            ),
            (&["five"], "differs from the text, `count of member is 5` does not hold (it is 2)"),
        ],
    );
}

#[test]
fn a_number_in_proportion_is_told_as_it_was_compared() {
    let policy = r#"agreement meals "School meals"
  in force from 2024-07-02

event tasting on held_on
  held_on: date

actor kitchen

duty tastings § 1
  kitchen shall hold tasting
  10, tolerance 8 to 12, at least 5, times
  every calendar year
  first period counts in proportion

permission extra § 2
  kitchen may hold tasting
  at most 9 times
  every calendar year
  first period counts in proportion
"#;
    let facts = r#"(
  agreement: "meals",
  as_of: "2025-01-15",
  complete: { "tasting": (from: "2024-07-02", through: "2025-01-15") },
  tasting: [
    (id: "a", held_on: "2024-08-01"), (id: "b", held_on: "2024-08-02"), (id: "c", held_on: "2024-08-03"),
    (id: "d", held_on: "2024-08-04"), (id: "e", held_on: "2024-08-05"), (id: "f", held_on: "2024-08-06"),
  ],
)"#;
    headlines(
        "why_in_proportion",
        (policy, facts),
        &[
            // Of 366 days 183 count.
            (&["tastings", "--for", "2024"], "satisfied, 6 of 4 to 6, at least 3, 149 days early"),
            (&["tastings", "--for", "2025"], "pending, 0 of 8 to 12, at least 5, due by 2025-12-31"),
            (&["extra", "--for", "2024"], "exceeded, 6 of at most 5 by 2024-12-31"),
            (&["extra", "--for", "2025"], "open, 0 of at most 9, through 2025-12-31"),
        ],
    );
}

#[test]
fn the_condition_that_failed_is_named_with_what_it_found() {
    headlines(
        "why_conditions",
        (HUTS, HUT_FACTS),
        &[
            // The first part of the `or` decides nothing.
            (&["doors", "--for", "h1"], "violated, `doors is 2` does not hold (doors is 1)"),
            (&["doors", "--for", "h2"], "satisfied, `doors is 2` holds (doors is 2), so far"),
            // What is absent is called so.
            (
                &["doors", "--for", "h3"],
                "not applicable, `old is yes or large is yes` does not hold (old is none, large is none)",
            ),
            (
                &["all_of_it", "--for", "h1"],
                "violated, `doors is 2` does not hold (doors is 1), `floors is 1` does not hold (floors is 2)",
            ),
            (&["all_of_it", "--for", "h2"], "violated, `old is no` does not hold (old is yes)"),
            (
                &["all_have_two"],
                "violated, `all hut have doors is at least 2` does not hold (doors of h1 is 1, doors of h3 is none)",
            ),
        ],
    );
}

#[test]
fn a_count_tells_few_rows_and_how_many_are_left_out() {
    let told = why("why_rows", (HUTS, HUT_FACTS), &["budget", "--for", "h2"]);
    let said = |line: &str| told.iter().any(|one| one.contains(line));
    assert!(said("left out: 2 grant records, because `hut is it` does not hold"), "{}", told.join("\n"));
    assert!(told.len() <= 12, "{}", told.join("\n"));
}

const KEYS: &str = r#"agreement keys "Keys and invoices"
  in force from 2015-01-01
  currency SEK
  calendar Sweden

record person
  joined_on: date
  left_on: date

record key
  holder: person
  given_on: date
  back_on: date

event invoice on sent_on
  sent_on: date
  paid_on: date
  resigned_on: date

event payment on paid_on
  invoice: invoice
  paid_on: date

event fine on paid_on
  invoice: invoice
  paid_on: date

event report on sent_on
  person: person
  for_year: number
  sent_on: date
  form: one of written, spoken
  addressee: one of council, board

event tour on held_on
  held_on: date

fact urgent: yes/no
fact holiday: yes/no

actors office, board

membership member § 0 of person
  from joined_on until left_on

deadline paid § 1
  for each invoice
  office shall have paid_on
  within 30 days after sent_on
  moved to the next working day

deadline sums § 2
  for each invoice
  office shall make payment
  within 10 days after sent_on
  otherwise fined

deadline fined § 2.1
  for each invoice
  office shall make fine
  within 20 days after sent_on

deadline told § 3
  for each key
  holder shall send report
  within 10 days after given_on

prohibition silent § 4
  for each key
  holder must not send report
  during given_on to back_on

duty rule § 5
  office shall hold tour
  every calendar year

permission leave § 6
  office may hold tour
  if urgent is yes
  exception to rule

prohibition closed § 7
  office must not hold tour
  if holiday is yes
  exception to rule

duty written § 8
  each member shall send report
  every calendar year
  in writing
  to board
  counted for for_year

deadline resigned § 9
  for each invoice
  office shall have paid_on
  within 30 days after resigned_on

deadline fifth § 10
  office shall hold tour
  every calendar year
  by the fifth Friday in October

deadline far § 11
  for each invoice
  office shall have resigned_on
  within 3 working days after sent_on
"#;

const KEY_FACTS: &str = r#"(
  agreement: "keys",
  as_of: "2017-02-01",
  complete: {
    "invoice": (from: "2014-01-01", through: "2017-02-01"), "payment": (from: "2014-01-01", through: "2017-02-01"),
    "report": (from: "2014-01-01", through: "2017-02-01"), "tour": (from: "2014-01-01", through: "2017-02-01"),
    "fine": (from: "2014-01-01", through: "2017-02-01"), "person": (from: "2014-01-01", through: "2017-02-01"),
  },
  urgent: true,
  holiday: true,
  person: [(id: "ida", joined_on: "2015-01-01", left_on: None), (id: "olle", joined_on: "2015-01-01", left_on: None)],
  key: [
    (id: "k1", holder: "ida", given_on: "2015-03-01", back_on: "2015-10-01"),
    (id: "k2", holder: "olle", given_on: "2015-03-01", back_on: "2015-10-01"),
  ],
  invoice: [
    (id: "i1", sent_on: "2015-06-10", paid_on: "2015-06-01", resigned_on: None),
    (id: "i2", sent_on: "2016-11-24", paid_on: "2016-12-27", resigned_on: None),
    (id: "i3", sent_on: "2016-11-24", paid_on: None, resigned_on: None),
  ],
  payment: [
    (id: "p1", invoice: "i1", paid_on: "2015-06-09"),
    (id: "p2", invoice: "i2", paid_on: "2016-11-30", cancelled_on: "2016-12-01"),
  ],
  report: [
    (id: "r1", person: "ida", for_year: 2015, sent_on: "2015-03-05", form: "spoken", addressee: "council"),
    (id: "r2", person: "olle", for_year: 2016, sent_on: "2016-03-05", form: "written", addressee: "board"),
    (id: "r3", person: "olle", for_year: 2015, sent_on: "2015-02-05", form: "written", addressee: "council"),
  ],
  tour: [(id: "t1", held_on: "2016-05-01")],
  fine: [],
)"#;

#[test]
fn the_headline_says_what_came_too_early_was_passed_over_or_moved() {
    headlines(
        "why_deeds",
        (KEYS, KEY_FACTS),
        &[
            (&["paid", "--for", "i1"], "violated, it came too early: 2015-06-01 is before the first day, 2015-06-10"),
            // 24 November plus 30 days is a Saturday, Christmas Eve.
            (
                &["paid", "--for", "i2"],
                "satisfied, paid 2016-12-27, on the last day, the last day moved off 2016-12-24",
            ),
            (&["paid", "--for", "i3"], "violated, not paid by 2016-12-27, the last day moved off 2016-12-24"),
            (
                &["sums", "--for", "i1"],
                "violated, 0 of 1 by 2015-06-20, p1 came too early (2015-06-09, before 2015-06-10)",
            ),
            (&["sums", "--for", "i2"], "violated, 0 of 1 by 2016-12-04, p2 was called off"),
            (&["told", "--for", "k2"], "late, sent 2016-03-05, 360 days after 2015-03-11"),
            // Acts outside of a ban's days are no deed of it.
            (&["silent", "--for", "k2"], "satisfied"),
            (
                &["written", "--for", "ida", "--for", "2015"],
                "violated, 0 of 1 by 2015-12-31, r1 has form spoken, not written and has addressee council, not board",
            ),
            // A report of another year is nothing to this one.
            (&["written", "--for", "ida", "--for", "2016"], "violated, 0 of 1 by 2016-12-31"),
            (&["resigned", "--for", "i1"], "not applicable, there is no resigned_on"),
            (&["fined", "--for", "i1"], "violated, 0 of 1 by 2015-06-30, due since sums was not kept"),
        ],
    );
}

#[test]
fn what_another_clause_has_to_do_with_it_is_told_with_its_cause() {
    let world = (KEYS, KEY_FACTS);
    let fined = why("why_breach", world, &["fined", "--for", "i1"]).join("\n");
    assert!(fined.contains("1.1 sums for i1: violated, 0 of 1 by 2015-06-20, p1 came too early"), "{fined}");
    let rule = why("why_exceptions", world, &["rule", "--for", "2016"]).join("\n");
    for line in [
        "1 for a person: leave and closed both apply instead, and they disagree",
        "1.1 yes: leave applies (policy.overens:",
        "1.1.1 yes: `urgent is yes` holds (policy.overens:",
        "1.2 yes: closed applies (policy.overens:",
        "1.2.1 yes: `holiday is yes` holds (policy.overens:",
    ] {
        assert!(rule.contains(line), "{line}\n{rule}");
    }
}

#[test]
fn actors_are_called_by_name_and_no_text_is_silent_about_a_day_that_does_not_exist() {
    let world = (KEYS, KEY_FACTS);
    let json = why("why_bearers", world, &["told", "--for", "k1", "--format", "json"]).join("\n");
    assert!(json.contains(r#""by": "ida""#) && !json.contains(r#""by": "holder""#), "{json}");
    let fifth = why("why_no_such_day", world, &["fifth", "--for", "2016"]).join("\n");
    assert!(fifth.contains("2016 has no fifth Friday in October") && !fifth.contains("silent"), "{fifth}");
    let later = KEY_FACTS.replace("2016-11-24", "2105-11-24");
    let far = why("why_far", (KEYS, &later), &["far", "--for", "i2"]).join("\n");
    assert!(far.contains("the calendar Sweden does not cover 2105") && !far.contains("silent"), "{far}");
}

#[test]
fn a_step_in_json_keeps_its_name_whatever_the_facts_say() {
    let ids = |facts: &str| {
        let json = why("why_ids", (HUTS, facts), &["small_grants", "--for", "g3", "--format", "json"]).join("\n");
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mut found = vec![];
        let mut left = vec![json["explained"][0]["because"].clone()];
        while let Some(step) = left.pop() {
            let about = &step["about"];
            let of =
                [&about["record"], &about["id"], &about["field"]].map(|one| one.as_str().unwrap_or("").to_string());
            found.push((step["id"].as_str().unwrap().to_string(), step["clause"].clone(), of));
            left.extend(step["because"].as_array().unwrap().iter().cloned());
        }
        found
    };
    let before = ids(HUT_FACTS);
    assert_eq!(before, ids(&HUT_FACTS.replace("SEK 120 000", "SEK 130 000")));
    assert!(
        before
            .iter()
            .any(|(_, clause, of)| clause == "small_grants" && of == &["grant", "g3", "amount"].map(String::from))
    );
    let mut names: Vec<&String> = before.iter().map(|(id, _, _)| id).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), before.len());
}

const ROAD: &str = r#"agreement road "The road"
  in force from 2015-01-01
  currency SEK

record house
  metres: number
  floors: number

event bill on received_on
  amount: money
  received_on: date

event payment on paid_on
  house: house
  bill: bill
  amount: money
  paid_on: date

define weight of house as (metres times 2) if floors is more than 1, otherwise metres

cost gravel § 1
  for each bill
  amount is shared in proportion to weight among house
  rounded to SEK 0.01, largest remainder
  billed by payment to house for bill as amount

duty pay § 2
  for each bill
  each house shall pay its share of gravel
  within 30 days after received_on
"#;

#[test]
fn a_cost_of_ten_stands_on_a_screen_with_weights_and_arithmetic_once() {
    let house = |at: usize| format!("(id: \"h{at}\", metres: {}, floors: {})", at * 10, at % 3);
    let payment = |at: usize| {
        format!("(id: \"p{at}\", house: \"h{at}\", bill: \"march\", amount: \"SEK {at}\", paid_on: \"2015-03-10\")")
    };
    let all = |of: &dyn Fn(usize) -> String| (1..=10).map(of).collect::<Vec<_>>().join(", ");
    let facts = format!(
        "(agreement: \"road\", as_of: \"2015-06-01\", complete: {{\"house\": (from: \"2015-01-01\", through: \"2015-06-01\"), \
         \"payment\": (from: \"2015-01-01\", through: \"2015-06-01\")}}, house: [{}], \
         bill: [(id: \"march\", amount: \"SEK 1000\", received_on: \"2015-03-01\")], payment: [{}])",
        all(&house),
        all(&payment)
    );
    let world = (ROAD, facts.as_str());
    let cost = why("why_cost", world, &["gravel"]);
    assert!(cost.len() <= 24, "{}", cost.join("\n"));
    // Weights of 10, 40, 30, 40, 100, 60, 70, 160, 90 and 100; of 1000 the first bears 1000 times 10 of 700.
    assert!(cost.iter().any(|line| line.contains("the weights add up to 700")), "{}", cost.join("\n"));
    let first = "h1 weighs 10, bears SEK 14.29, billed SEK 1 ";
    assert!(cost.iter().any(|line| line.contains(first)), "{}", cost.join("\n"));
    assert!(
        cost[0].contains("h1 was billed SEK 1 instead of SEK 14.29") && cost[0].contains(" and 8 more"),
        "{}",
        cost[0]
    );
    let share = why("why_share", world, &["pay", "--for", "h2"]);
    assert!(share[0].contains("violated, SEK 2 of SEK 57.14 by 2015-03-31"), "{}", share[0]);
    assert!(share.iter().any(|line| line.ends_with("9 payment records of others")), "{}", share.join("\n"));
    assert!(!share.iter().any(|line| line.contains("h3")), "{}", share.join("\n"));
}
