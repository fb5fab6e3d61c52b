//! Clauses of every kind, each by its lines.

use super::conditions::{condition, count, cycle, filter, general, in_the_period, on_meeting, span, window_in_a_year};
use super::{Tape, further, rarer};

/// A clause that an amendment can change: its instances tell when they began.
fn body(tape: &mut Tape, name: &str) -> Vec<String> {
    let lines: Vec<String> = match tape.below(4) {
        0 => vec![
            format!("deadline {name}"),
            "for each MEETING".to_string(),
            "BOARD shall have called_on".to_string(),
            format!("at least {} before held_on", span(tape)),
        ],
        1 => vec![format!("duty {name}"), "BOARD shall hold MEETING".to_string(), "every quarter".to_string()],
        2 => vec![format!("composition {name}"), "SEAT shall be at most cap".to_string(), "on every day".to_string()],
        _ => {
            vec![format!("prohibition {name}"), "BOARD must not hold MEETING".to_string(), "every quarter".to_string()]
        }
    };
    lines
}

/// A clause; now and then it is in force for a part of the time only.
pub fn clause(tape: &mut Tape, number: u32) -> Vec<String> {
    let mut lines = vec![];
    if tape.one_in(5) {
        rarer::clause(tape, &format!("c{number}"), &mut lines);
        return lines;
    }
    lines = any_clause(tape, number);
    let in_part = ["duty", "deadline", "prohibition", "permission", "composition", "recital", "cost"];
    let bounded = lines.iter().any(|line| line.is_empty() || line.starts_with("in force"));
    if !bounded && in_part.iter().any(|kind| lines[0].starts_with(kind)) && tape.one_in(8) {
        lines.push(tape.pick(&[
            "in force from 2014-03-01",
            "in force from 2014-02-15 through 2014-09-30",
            "in force from 2013-06-01 until 2014-07-01",
            "in force from 2014-01-01 through 2014-12-31",
        ]));
    }
    lines
}

fn any_clause(tape: &mut Tape, number: u32) -> Vec<String> {
    let name = format!("c{number}");
    let modal = tape.pick(&["shall", "shall", "should"]);
    let mut lines = vec![];
    match tape.below(75) {
        72 | 73 => further::watched(tape, &name, &mut lines),
        74 => further::otherwise(tape, &name, &mut lines),
        62..=65 => further::right(tape, &name, &mut lines),
        66..=68 => further::otherwise(tape, &name, &mut lines),
        69..=71 => further::cost(tape, &name, &mut lines),
        58..=61 => further::side_by_side(tape, &name, &mut lines),
        34..=39 => further::excepted(tape, &name, &mut lines),
        40..=44 => further::cost(tape, &name, &mut lines),
        45..=49 => further::weighed(tape, &name, &mut lines),
        50 | 51 => further::read_twice(tape, &name, &mut lines),
        52 | 53 => further::counted_for(tape, &name, &mut lines),
        54..=56 => further::sets(tape, &name, &mut lines),
        28 | 29 => {
            let effect = tape.pick(&["2014-04-01", "2014-05-16", "2014-07-01"]);
            let old = body(tape, &name);
            lines.extend(old.clone());
            lines.push(String::new());
            lines.push(format!("amendment {name}a"));
            lines.push("to made".to_string());
            let on_a_day = if effect == "2014-04-01" { "adopted on 2014-02-01" } else { "adopted on 2014-05-15" };
            lines.push(tape.pick(&[
                "adopted on 2014-02-01",
                on_a_day,
                "adopted by motion where yes_votes is at least 4",
                "adopted by motion where yes_votes is more than present divided by 2",
            ]));
            lines.push(format!("takes effect {effect}"));
            match tape.below(3) {
                0 => lines.push(format!("repeal {name}")),
                1 => lines.push("replace cap\n  value cap 3".to_string()),
                _ => {
                    if tape.one_in(2) {
                        lines.push("what began before is taken over".to_string());
                    }
                    lines.push(format!("replace {name}"));
                    let mut new = old;
                    new[1] = new[1].replace("BOARD", "town");
                    if new[0].starts_with("deadline") {
                        new[3] = format!("at least {} before held_on", span(tape));
                    }
                    new[2] = tape.pick(&[&new[2], &new[2].replace("quarter", "month")]);
                    lines.extend(new);
                }
            }
        }
        30 if tape.one_in(2) => further::paid(tape, &name, &mut lines),
        30 => {
            lines.push(format!("duty {name}"));
            lines.push("each SEAT shall ensure side is north".to_string());
            if tape.one_in(2) {
                lines.push(cycle(tape));
            }
        }
        31 => {
            lines.push(format!("membership {name} of CLUB"));
            lines.push("from joined_on until left_on".to_string());
            lines.push(format!("requires {name}r"));
            lines.push(tape.pick(&["size is at least 9", "open is yes", "closed is no", "limit is at least cap"]));
            condition(tape, &mut lines, |_| "joined_on is before 2014-07-01".to_string());
        }
        32 => {
            lines.push(format!("duty {name}"));
            lines.push("for each member".to_string());
            lines.push(format!("BOARD {modal} ensure {}", tape.pick(&["size is at least 5", "closed is no"])));
            lines.push(cycle(tape));
        }
        26 => {
            lines.push(format!("term {name}"));
            lines.push(format!(
                "{} from {}",
                tape.pick(&["1 year", "6 months", "1 month", "2 years"]),
                tape.pick(&["opened_on", "2014-01-31", "2013-08-31", "2014-02-28"])
            ));
            if tape.one_in(2) {
                lines.push("renews for 6 months, endlessly".to_string());
                condition(tape, &mut lines, |_| "closed is no".to_string());
            }
        }
        27 => {
            lines.push(format!("term {name}t"));
            lines.push(format!(
                "{} from {}",
                tape.pick(&["1 year", "2 years"]),
                tape.pick(&["opened_on", "2014-01-31", "2014-01-01"])
            ));
            lines.push("renews for 1 year, endlessly".to_string());
            lines.push(String::new());
            let kind = tape.below(7);
            if kind == 6 {
                lines.push(format!("prohibition {name}"));
                lines.push(format!("BOARD must not hold MEETING{}", filter(tape, on_meeting)));
            } else {
                lines.push(format!("duty {name}"));
                lines.push(format!("BOARD {modal} hold MEETING"));
            }
            lines.push(match kind {
                0 => format!("in year {} of {name}t", 1 + tape.below(2)),
                1 => format!("during {name}t"),
                4..=6 => {
                    let cycle = tape.pick(&["every quarter", "every month", "every half-year", "every calendar year"]);
                    format!("{cycle}\n  during {name}t")
                }
                _ => format!("every year of {name}t"),
            });
        }
        21 => {
            lines.push(format!("permission {name}"));
            lines.push(format!("BOARD may hold MEETING{}", filter(tape, on_meeting)));
            if tape.one_in(2) {
                lines.push("at most 1 times".to_string());
            }
            match tape.below(3) {
                0 => lines.push(cycle(tape)),
                1 => lines.push(tape.pick(&["by 2014-06-30", "between 2014-02-01 and 2014-06-30", "after 2014-06-30"])),
                _ => lines.push("at any time".to_string()),
            }
        }
        22 => {
            lines.push(format!("decision {name} of motion"));
            lines.push(format!("carried when yes_votes is {} half of voting", tape.pick(&["more than", "at least"])));
            if tape.one_in(2) {
                lines.push("quorum present is at least 4".to_string());
            }
        }
        23 => {
            lines.push(format!("deadline {name}"));
            lines.push("each member shall send REPORT".to_string());
            lines.push("every calendar year".to_string());
            lines.push("by 15 May".to_string());
            lines.push(format!("otherwise {name}b"));
            lines.push(String::new());
            lines.push(format!("deadline {name}b"));
            lines.push("each member shall hold MEETING".to_string());
            lines.push("every calendar year".to_string());
            lines.push("within 30 days after the due day of ".to_string() + &name);
        }
        24 => {
            lines.push(format!("duty {name}"));
            lines.push(format!("BOARD {modal} send REPORT"));
            lines.push(tape.pick(&["every quarter", "every half-year", "every month"]));
            if tape.one_in(4) {
                lines.insert(2, "at least 2 times".to_string());
            }
            lines.push(tape.pick(&[
                "within 30 days after the end of the period",
                "within 14 days after the end of the period",
                "by the end of the period\n  moved to the next working day",
                "by the end of the period\n  moved to the previous working day",
            ]));
        }
        25 => {
            let (a, b) = (tape.pick(&["1", "2"]), tape.pick(&["1", "2", "cap"]));
            let kind = tape.below(3);
            for (force, many) in [("in force through 2014-06-30", a), ("in force from 2014-07-01", b)] {
                match kind {
                    0 => {
                        lines.push(format!("composition {name}"));
                        lines.push(format!("SEAT shall be at most {many}"));
                        lines.push("on every day".to_string());
                    }
                    1 => {
                        lines.push(format!("duty {name}"));
                        lines.push(format!("BOARD shall hold MEETING\n  at least {many} times"));
                        lines.push("every quarter".to_string());
                    }
                    _ => {
                        lines.push(format!("deadline {name}"));
                        lines.push("for each MEETING\n  BOARD shall have called_on".to_string());
                        lines.push(format!("at least {} months before held_on", many.replace("cap", "3")));
                    }
                }
                let force = if force.contains("from") {
                    force.to_string()
                } else {
                    "in force from 2013-01-01 through 2014-06-30".to_string()
                };
                lines.push(force);
                lines.push(String::new());
            }
        }
        0 => {
            lines.push(format!("duty {name}"));
            lines.push(format!("BOARD {modal} hold MEETING{}", filter(tape, on_meeting)));
            count(tape, &mut lines, "annual, extra");
            lines.push(cycle(tape));
            let of = if tape.one_in(4) { in_the_period } else { general };
            condition(tape, &mut lines, of);
        }
        1 => {
            lines.push(format!("deadline {name}"));
            lines.push(format!("BOARD {modal} hold MEETING{}", filter(tape, on_meeting)));
            count(tape, &mut lines, "annual, extra");
            lines.push("every calendar year".to_string());
            lines.push(window_in_a_year(tape));
            if tape.one_in(4) {
                condition(tape, &mut lines, general);
                lines.push("moved to the next working day".to_string());
            } else {
                condition(tape, &mut lines, general);
            }
        }
        2 => {
            lines.push(format!("deadline {name}"));
            lines.push(format!("for each MEETING{}", filter(tape, on_meeting)));
            lines.push(format!("BOARD {modal} have called_on"));
            let span = span(tape);
            lines.push(match tape.below(8) {
                6 => format!("by held_on of previous MEETING plus {span}"),
                7 => "before held_on of next MEETING".to_string(),
                0 => format!("at least {span} before held_on"),
                1 => format!("at most {span} before held_on"),
                2 => format!("within {span} after held_on"),
                3 => "by held_on".to_string(),
                4 => format!("at least {span} after held_on"),
                _ => "between held_on and ended_on".to_string(),
            });
            condition(tape, &mut lines, on_meeting);
        }
        3 => {
            lines.push(format!("deadline {name}"));
            lines.push(format!("for each MEETING{}", filter(tape, on_meeting)));
            lines.push(format!("BOARD {modal} send REPORT{}", filter(tape, |_| "pages is at least 2".to_string())));
            let span = span(tape);
            lines.push(match tape.below(4) {
                0 => format!("at least {span} before held_on"),
                1 => format!("within {span} after held_on"),
                2 => format!("by held_on plus {span}"),
                _ => "after held_on".to_string(),
            });
            condition(tape, &mut lines, on_meeting);
        }
        4 if tape.one_in(2) => further::paid(tape, &name, &mut lines),
        4 => {
            lines.push(format!("deadline {name}"));
            lines.push("for each MEETING".to_string());
            lines.push(format!("BOARD {modal} make noise"));
            lines.push(format!("within {} after held_on", span(tape)));
        }
        5 => {
            lines.push(format!("prohibition {name}"));
            lines.push(format!("BOARD must not hold MEETING{}", filter(tape, on_meeting)));
            if tape.one_in(3) {
                lines.push(cycle(tape));
            } else if tape.one_in(2) {
                lines.push("within 2 months after opened_on".to_string());
            }
            condition(tape, &mut lines, general);
        }
        6 => {
            lines.push(format!("prohibition {name}"));
            lines.push(format!("for each MEETING{}", filter(tape, on_meeting)));
            lines.push("town must not make noise".to_string());
            let span = span(tape);
            lines.push(match tape.below(3) {
                0 => "during held_on to ended_on".to_string(),
                1 => format!("within {span} after held_on"),
                _ => "between called_on and held_on".to_string(),
            });
        }
        7 => {
            lines.push(format!("prohibition {name}"));
            lines.push("each member must not send REPORT".to_string());
            condition(tape, &mut lines, general);
        }
        8 => {
            lines.push(format!("duty {name}"));
            lines.push(format!("each member {modal} send REPORT"));
            count(tape, &mut lines, "BOARD, town");
            lines.push(cycle(tape));
        }
        9 => {
            lines.push(format!("deadline {name}"));
            lines.push("for each MEETING".to_string());
            lines.push(format!("each member {modal} send REPORT"));
            lines.push(format!("within {} after held_on", span(tape)));
        }
        10 => {
            lines.push(format!("duty {name}"));
            if tape.one_in(4) {
                lines.push(format!("BOARD {modal} ensure {}", in_the_period(tape)));
                lines.push(cycle(tape));
                return lines;
            }
            lines.push(format!("BOARD {modal} ensure {}", general(tape)));
            match tape.below(3) {
                0 => lines.push(cycle(tape)),
                1 => {}
                _ => lines.push(tape.pick(&[
                    "by 2014-06-30",
                    "before 2014-09-01",
                    "by opened_on plus 1 month",
                    "within 2 months after opened_on",
                    "during 2014-02-01 to 2014-06-30",
                ])),
            }
            condition(tape, &mut lines, general);
        }
        11 => {
            lines.push(format!("duty {name}"));
            lines.push(format!(
                "each member {modal} ensure {}",
                tape.pick(&["size is at least 5", "open is yes", "not (it is small)"])
            ));
            if tape.one_in(2) {
                lines.push(cycle(tape));
            }
        }
        12 | 13 => {
            lines.push(format!("composition {name}"));
            let amount = tape.pick(&["1", "2", "cap", "limit", "count of member", "half of SEAT", "count of MEETING"]);
            let kind = tape.pick(&["SEAT", "SEAT where side is north", "member", "CLUB where it is in member"]);
            lines.push(match tape.below(3) {
                0 if !amount.contains("count") && !amount.contains("half") => tape.pick(&[
                    &format!("{kind} shall number 1 to 2"),
                    &format!("{kind} shall number 2, tolerance 1 to 2"),
                ]),
                _ => format!("{kind} shall be {} {amount}", tape.pick(&["at least", "at most", "exactly"])),
            });
            lines.push("on every day".to_string());
            condition(tape, &mut lines, general);
        }
        14 => {
            lines.push(format!("composition {name}"));
            lines.push("for each member".to_string());
            lines.push(format!("SEAT where holder is it {modal} number 1 to cap"));
            lines.push("on every day".to_string());
            condition(tape, &mut lines, general);
        }
        15 => {
            lines.push(format!("composition {name}"));
            lines.push(format!(
                "SEAT {modal} be {} {}",
                tape.pick(&["at least", "at most"]),
                tape.pick(&["1", "cap", "limit"])
            ));
            condition(tape, &mut lines, general);
        }
        16 => {
            lines.push(format!("recital {name}"));
            lines.push(format!("states {}", general(tape)));
        }
        17 => {
            lines.push(format!("deadline {name}"));
            lines.push(format!("each of BOARD and town {modal} send REPORT"));
            lines.push("every calendar year".to_string());
            lines.push(window_in_a_year(tape));
        }
        18 => {
            lines.push(format!("duty {name}"));
            lines.push("for each SEAT".to_string());
            lines.push(format!("holder {modal} send REPORT"));
            lines.push(format!("within {} after taken_on", span(tape)));
        }
        19 => {
            lines.push(format!("prohibition {name}"));
            lines.push("for each SEAT".to_string());
            lines.push("holder must not send REPORT".to_string());
            if tape.one_in(2) {
                lines.push("during taken_on to gone_on".to_string());
            }
        }
        20 => {
            lines.push(format!("duty {name}"));
            lines.push("for each SEAT".to_string());
            lines.push(format!("BOARD {modal} make noise where loud is no"));
            lines.push(cycle(tape));
        }
        _ => {
            lines.push(format!("deadline {name}"));
            lines.push(format!("BOARD {modal} hold MEETING{}", filter(tape, on_meeting)));
            count(tape, &mut lines, "annual, extra");
            lines.push(tape.pick(&[
                "by 2014-06-30",
                "before 2014-09-01",
                "within 2 months after opened_on",
                "by opened_on plus 1 month",
                "between 2014-02-01 and 2014-06-30",
                "after 2014-06-30",
                "without a last day",
            ]));
            condition(tape, &mut lines, general);
        }
    }
    lines
}
