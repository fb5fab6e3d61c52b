//! Lines in everyday English that cannot be read: each is told with the line to write.

use overens::diagnostics::Sink;
use overens::source::Sources;

const HEAD: &str = "agreement a\n  in force from 2021-01-01\n  currency EUR\nrecord farmer\n  hectares: number\n  notice_on: date\nevent payment on paid_on\n  farmer: farmer\n  amount: money\n  paid_on: date\nevent rent on due_on\n  amount: money\n  due_on: date\nevent report on sent_on\n  sent_on: date\nactor chief\n";
const DUES: &str = "duty dues\n  each farmer shall pay EUR 120 by payment as amount\n  every calendar year\n";
const REPORTS: &str = "duty reports\n  chief shall send report\n";
const COST: &str = "cost engine\n  for each rent\n";
const LEAVE: &str = "permission leave\n  each farmer may leave\n";
const EXPECTS: &str = "duty dues\n  each farmer shall pay EUR 120 by payment as amount\n  every calendar year\nscenario \"s\"\n  as of 2021-12-31\n  given farmer cal has hectares 3\n";

/// The first error of a policy that ends with a line: the words that it stands on, and the way out.
fn told(before: &str, line: &str) -> (String, String, String) {
    let policy = format!("{HEAD}{before}  {line}\n");
    let mut sources = Sources::default();
    let file = sources.add("policy", &policy);
    let mut problems = Sink::default();
    let tree = overens::syntax::read(file, &policy, &mut problems);
    overens::check::check(&[tree], &mut problems);
    let all = problems.sorted();
    let first = all.first().unwrap_or_else(|| panic!("`{line}` is read"));
    let place = first.place.span;
    let words = policy.get(place.start as usize..place.end as usize).unwrap().to_string();
    (words, first.message.clone(), first.help.clone().unwrap_or_default())
}

/// Each line with the one to write.
fn meant(before: &str, lines: &[(&str, &str)]) {
    for (line, write) in lines {
        let (words, _, help) = told(before, line);
        assert_eq!((words.as_str(), help), (*line, format!("write {write}")), "{line}");
    }
}

#[test]
fn how_often_is_told_as_it_is_to_be_written() {
    meant(
        REPORTS,
        &[
            ("less then 3 times", "`fewer than 3 times`"),
            ("no more than three times", "`at most 3 times`"),
            ("up to 3 times", "`at most 3 times`"),
            ("minimum 3 times", "`at least 3 times`"),
            ("3 times at most", "`at most 3 times`"),
            ("at least once", "`at least 1 time`"),
            ("twice", "`at least 2 times`"),
            ("at most twice a year", "`at most 2 times`, and `every calendar year` on a line of its own"),
            ("at least every three months", "`at least 1 time`, and `every quarter` on a line of its own"),
            ("every year", "`every calendar year`"),
            ("annually", "`every calendar year`"),
            ("monthly", "`every month`"),
            ("every two years", "`every 2 years counted from 2021-01-01`, with the day from which you count"),
            ("every january", "`every calendar year`, and `between 1 January and 31 January` on a line of its own"),
            ("between 2 and 3 times", "a clause for each: one with `at least 2 times`, one with `at most 3 times`"),
        ],
    );
    assert_eq!(told(REPORTS, "at least three times").2, "write the number in digits: `3`");
}

#[test]
fn by_when_is_told_as_it_is_to_be_written() {
    meant(
        DUES,
        &[
            ("no later than 30 September", "`by 30 September`"),
            ("until 30 September", "`by 30 September`"),
            ("by September 30", "`by 30 September`"),
            ("by the 30th of September", "`by 30 September`"),
            ("by 30 Sept", "`by 30 September`"),
            ("by 30.9.", "`by 30 September`"),
            ("by 1 October 2021", "`by 2021-10-01`"),
            ("by the first of October", "`by 1 October`"),
            ("at the end of September", "`by the last day of September`"),
            ("by the end of the year", "`by the end of the period`"),
            ("by the end of the quarter of due_on", "`by the end of the quarter in which due_on lies`"),
            ("by the start of the half year due_on lies", "`by the start of the half-year in which due_on lies`"),
            ("in September", "`between 1 September and 30 September`"),
            ("in February", "`between 1 February and the last day of February`"),
            (
                "by 30 September and 31 December",
                "a clause for each: one with `by 30 September`, one with `by 31 December`",
            ),
        ],
    );
    for line in ["by the end of September", "during September", "by September"] {
        let (words, _, help) = told(DUES, line);
        assert_eq!(
            (words.as_str(), help.as_str()),
            ("September", "write a day of that month, such as `by 30 September`")
        );
    }
}

#[test]
fn a_sanction_is_a_clause_of_its_own() {
    for line in ["otherwise EUR 20", "otherwise a fine of EUR 20", "otherwise pay EUR 20 by payment as amount"] {
        let (words, message, help) = told(DUES, line);
        assert_eq!(words, line);
        assert_eq!(message, "`otherwise` names another clause, which says what is then due");
        assert_eq!(
            help,
            "write that clause by itself, such as `duty late_fee` with the line `each farmer shall pay EUR 20 by fine as amount`, and here `otherwise late_fee`"
        );
    }
    meant(DUES, &[("otherwise late fee", "`otherwise late_fee`, and that name after `duty` where the clause begins")]);
}

#[test]
fn by_what_a_cost_is_shared_is_told_as_it_is_to_be_written() {
    let by_hectares = "`amount is shared in proportion to hectares among farmer`";
    let equally = "`amount is shared equally among farmer`";
    meant(
        COST,
        &[
            ("amount is shared by hectares among farmer", by_hectares),
            ("amount is shared according to hectares among farmer", by_hectares),
            ("amount is shared among farmer by hectares", by_hectares),
            ("amount is split evenly between farmer", equally),
            (
                "amount is shared among farmer",
                "`amount is shared equally among farmer`, or `amount is shared in proportion to FIELD among farmer`",
            ),
        ],
    );
    // What stands behind is kept, and a mistake of another word is told as before.
    meant(
        COST,
        &[(
            "amount is shared by hectares among farmer, rounded to EUR 0.01, largest remainder",
            "`amount is shared in proportion to hectares among farmer, rounded to EUR 0.01, largest remainder`",
        )],
    );
    let (words, _, help) = told(COST, "amount is shared equally among farmer, rounded to EUR 0.01, largst remainder");
    assert_eq!((words.as_str(), help.as_str()), ("largst", "did you mean `largest remainder`?"));
}

#[test]
fn notice_is_told_by_the_day_on_which_it_takes_effect() {
    for line in
        ["with 3 months notice", "with three months' notice", "on 3 months' notice", "takes effect 3 months later"]
    {
        let (_, message, help) = told(LEAVE, line);
        assert_eq!(message, format!("`{line}` cannot be read"));
        assert_eq!(
            help,
            "write `exercised on notice_on` and below it `takes effect 3 months after notice_on`, where `notice_on` is the date on which notice is given"
        );
    }
    let (.., help) = told(REPORTS, "with 14 days notice");
    assert_eq!(
        help,
        "write by when notice is given: `at least 14 days before held_on`, with the date on which it takes place"
    );
}

#[test]
fn who_is_bound_is_told_as_it_is_to_be_written() {
    meant("prohibition ban\n", &[("no farmer may make payment", "`each farmer must not make payment`")]);
    meant("duty everyone\n", &[("all farmers shall make payment", "`each farmer shall make payment`")]);
}

#[test]
fn what_a_scenario_expects_is_told_where_it_stands() {
    let of = [
        ("satisfied, EUR 60.49", "EUR 60.49", "write `EUR 60.49 of …`, with what is due after `of`"),
        ("satisfied EUR 60.49", "EUR 60.49", "write `, EUR 60.49 of …`, with what is due after `of`"),
        ("violated, 2", "2", "write `2 of …`, with what is asked for after `of`; for days, write `2 days`"),
        ("satisfied, share EUR 60", "share EUR 60", "write `share of … EUR 60`, with who bears it after `of`"),
    ];
    for (verdict, words, way_out) in of {
        // Another line below is not to blame.
        let line = format!("expect dues for cal, 2021 {verdict}\n  expect dues for cal, 2022 pending");
        let (at, _, help) = told(EXPECTS, &line);
        assert_eq!((at.as_str(), help.as_str()), (words, way_out), "{line}");
    }
    meant(
        EXPECTS,
        &[
            ("expect dues for cal 2021 satisfied", "`expect dues for cal, 2021 satisfied`"),
            ("expect dues of cal, 2021 satisfied", "`expect dues for cal, 2021 satisfied`"),
            ("expect dues for cal, 2021: satisfied", "`expect dues for cal, 2021 satisfied`"),
            ("expect dues for cal, 2021 is late by 2 days", "`expect dues for cal, 2021 late, 2 days`"),
            ("expect dues for cal, 2021 not met", "`expect dues for cal, 2021 violated`"),
        ],
    );
}
