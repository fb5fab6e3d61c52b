//! Conditions, windows, cycles and counts.

use super::Tape;

pub fn on_meeting(tape: &mut Tape) -> String {
    match tape.below(18) {
        14 => "all member on called_on have post is at least 2".to_string(),
        15 => format!("count of (member on called_on) is {} 2", tape.pick(&["at least", "less than"])),
        16 => format!("some member on {} where size is at least 5", tape.pick(&["called_on", "held_on"])),
        17 => format!(
            "the {} of called_on, opened_on is {} {}",
            tape.pick(&["earliest", "latest"]),
            before(tape),
            tape.pick(&["held_on", "2014-06-30"])
        ),
        11 => format!("called_on is {} held_on of {} MEETING", before(tape), tape.pick(&["previous", "next"])),
        12 => format!("kind of {} MEETING is annual", tape.pick(&["previous", "next"])),
        13 => format!("days from held_on of previous MEETING to held_on is at most {}", tape.pick(&["30", "60", "14"])),
        10 => "CLUB is in member throughout called_on to held_on".to_string(),
        7 => "days from called_on to held_on is at least 14".to_string(),
        8 => "(limit on called_on) is at least 2".to_string(),
        9 => "CLUB is in member on held_on".to_string(),
        0 => "kind is annual".to_string(),
        1 => "kind is not annual".to_string(),
        2 => "called_on is missing".to_string(),
        3 => format!("called_on is before {}", tape.day()),
        4 => "called_on is no later than held_on".to_string(),
        5 => "closed is no".to_string(),
        _ => "kind is annual or called_on is given".to_string(),
    }
}

fn before(tape: &mut Tape) -> String {
    tape.pick(&["before", "after", "no later than", "no earlier than"])
}

/// A condition that speaks of nothing in particular.
pub fn general(tape: &mut Tape) -> String {
    let one = match tape.below(34) {
        30 => "count of (MEETING where it is early) is at least 1".to_string(),
        31 => {
            format!("some REPORT where (it is recent{})", tape.pick(&["", " or pages is 1", " and by_whom is BOARD"]))
        }
        32 => format!("count of (MEETING where held_on is after {}) is at most 1", tape.day()),
        33 => format!("no REPORT where sent_on is between {} and 2014-09-30", tape.pick(&["2013-11-30", "2014-02-01"])),
        28 => format!("the year of opened_on is {}", tape.pick(&["2013", "2014", "at least 2014"])),
        29 => "the year of opened_on plus 1 is 2015".to_string(),
        24 => format!("count of (REPORT where pages is {} 2) is at least 1", tape.pick(&["at least", "less than"])),
        25 => format!("some REPORT where sent_on is {} {}", tape.pick(&["before", "after"]), tape.day()),
        26 => format!("count of (MEETING where called_on is no later than {}) is at most 1", tape.day()),
        27 => format!("count of (CLUB where metres is {} 1) is at least 2", tape.pick(&["more than", "at most"])),
        18 => "limit times 2 is between 3 and 5".to_string(),
        19 => "limit is about 2, tolerance 1 to 2".to_string(),
        20 => "whole months from opened_on to 2014-09-30 is less than 4".to_string(),
        21 => "working days from 2013-12-20 to opened_on is at least 60".to_string(),
        22 => "opened_on is a working day".to_string(),
        23 => "count of (REPORT where pages is at least cap) is more than 1".to_string(),
        12 => format!("earliest held_on of MEETING is before {}", tape.day()),
        13 => format!("latest held_on of (MEETING where kind is annual) is after {}", tape.day()),
        14 => "sum of pages of REPORT is at least 3".to_string(),
        15 => "count of different kind of (MEETING where held_on is given) is at least 2".to_string(),
        16 => format!("(limit on {}) is at least 2", tape.day()),
        17 => "days from opened_on to 2014-09-30 is between 0 and 90".to_string(),
        0 => "closed is no".to_string(),
        1 => "closed is yes".to_string(),
        2 => "limit is at least cap".to_string(),
        3 => "limit is more than 1".to_string(),
        4 => "count of SEAT is at least 2".to_string(),
        5 => "count of member is at least cap".to_string(),
        6 => "some SEAT where side is north".to_string(),
        7 => "no MEETING where kind is extra".to_string(),
        8 => "count of (MEETING where kind is annual) is at most cap".to_string(),
        9 => format!("opened_on is before {}", tape.day()),
        10 => "all member have size is at least 5".to_string(),
        _ => "count of (CLUB where it is in member) is less than 3".to_string(),
    };
    match tape.below(6) {
        0 => format!("not ({one})"),
        1 => format!("{one} or closed is yes"),
        2 => format!("{one} and limit is less than 3"),
        _ => one,
    }
}

pub fn condition(tape: &mut Tape, lines: &mut Vec<String>, of: impl Fn(&mut Tape) -> String) {
    match tape.below(5) {
        0 => lines.push(format!("if {}", of(tape))),
        1 => lines.push(format!("unless {}", of(tape))),
        _ => {}
    }
}

pub fn filter(tape: &mut Tape, of: impl Fn(&mut Tape) -> String) -> String {
    if tape.one_in(2) { format!(" where {}", of(tape)) } else { String::new() }
}

pub fn span(tape: &mut Tape) -> String {
    tape.pick(&["30 days", "14 days", "1 month", "2 months", "10 working days", "1 month and 2 days"])
}

/// A condition about what happened in the period that is judged; only in a clause with a cycle.
pub fn in_the_period(tape: &mut Tape) -> String {
    match tape.below(5) {
        0 => "some MEETING in the period".to_string(),
        1 => "no MEETING in the period where kind is extra".to_string(),
        2 => format!("count of (MEETING in the period) is {} 2", tape.pick(&["at least", "less than"])),
        3 => "sum of pages of (REPORT in the period) is at least 3".to_string(),
        _ => "all MEETING in the period have kind is annual".to_string(),
    }
}

pub fn cycle(tape: &mut Tape) -> String {
    match tape.below(10) {
        9 => "every fiscal year".to_string(),
        8 => "every week".to_string(),
        0 | 1 => "every calendar year".to_string(),
        2 => "every half-year".to_string(),
        3 => "every quarter".to_string(),
        4 => "every four months".to_string(),
        5 => "every 3 months counted from 2014-01-31".to_string(),
        6 => "every 6 weeks counted from 2013-12-31".to_string(),
        _ => "every month".to_string(),
    }
}

pub fn window_in_a_year(tape: &mut Tape) -> String {
    tape.pick(&[
        "by 28 February",
        "by 15 May",
        "before 1 July",
        "by the last day of September",
        "between 1 March and 30 June",
        "in the first 20 days",
        "on 15 May",
        "after 15 May",
        "by the second Friday in October",
        "by midsummer eve",
        "by the second Friday of the period",
        "before the last Monday of the period",
        "on Friday in week 23",
        "by Wednesday in week 1",
        "by the fifth Friday in October",
        "by easter day",
        "before the start",
    ])
}

pub fn count(tape: &mut Tape, lines: &mut Vec<String>, kinds: &str) {
    match tape.below(10) {
        9 => lines.push(tape.pick(&["2, tolerance 1 to 3, times", "3, tolerance 2 to 4, at least 1, times"])),
        0 => lines.push("at least 2 times".to_string()),
        1 => lines.push("at most 1 times".to_string()),
        2 => lines.push("exactly 1 time".to_string()),
        3 => lines.push("at least cap times".to_string()),
        4 => lines.push(format!("at least 1 of each of {kinds}")),
        _ => {}
    }
}
