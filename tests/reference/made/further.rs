//! Clauses that lean on others, on people or on money: exceptions, costs, what a role weighs, readings, sets.

use super::Tape;
use super::conditions::{condition, cycle, filter, general, on_meeting, span};

fn lines(lines: &mut Vec<String>, all: &[&str]) {
    lines.extend(all.iter().map(|line| (*line).to_string()));
}

/// A clause, and one or two that go before it.
pub fn excepted(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let kind = tape.below(9);
    let gives_way = tape.one_in(4);
    match kind {
        0 => lines(out, &[&format!("duty {name}"), "BOARD shall hold MEETING", &cycle(tape)]),
        1 => lines(
            out,
            &[
                &format!("deadline {name}"),
                &format!("for each MEETING{}", filter(tape, on_meeting)),
                "BOARD shall have called_on",
                &format!("at least {} before held_on", span(tape)),
            ],
        ),
        2 | 3 => {
            let window = tape.pick(&["", "between 2014-02-01 and 2014-09-30", "every quarter", "every calendar year"]);
            let head = format!("prohibition {name}");
            lines(out, &[&head, &format!("BOARD must not hold MEETING{}", filter(tape, on_meeting)), &window]);
        }
        4 => lines(
            out,
            &[&format!("permission {name}"), "BOARD may hold MEETING", &tape.pick(&["at any time", "every quarter"])],
        ),
        5 => {
            let limit = tape.pick(&["cap", "1", "2"]);
            lines(out, &[&format!("composition {name}"), &format!("SEAT shall be at most {limit}"), "on every day"]);
        }
        6 => lines(
            out,
            &[
                &format!("duty {name}"),
                "BOARD shall ensure closed is no",
                &tape.pick(&["", "every quarter", "by 2014-06-30"]),
            ],
        ),
        7 => lines(out, &[&format!("duty {name}"), "each member shall send REPORT", &cycle(tape)]),
        _ => lines(
            out,
            &[
                &format!("deadline {name}"),
                "for each MEETING",
                "BOARD shall send REPORT",
                &format!("within {} after held_on", span(tape)),
            ],
        ),
    }
    out.retain(|line| !line.is_empty());
    if tape.one_in(3) {
        condition(tape, out, general);
    }
    if gives_way {
        out.push(format!("gives way to {name}x"));
    }
    exception(tape, (name, "x"), kind, gives_way, out);
    if !gives_way && tape.one_in(4) {
        exception(tape, (name, "y"), kind, false, out);
    } else if tape.one_in(6) && kind != 4 {
        // An exception of the exception.
        lines(out, &["", &format!("duty {name}z"), "BOARD shall ensure limit is at least 1"]);
        condition(tape, out, general);
        out.push(format!("exception to {name}x"));
    }
}

fn exception(tape: &mut Tape, (name, letter): (&str, &str), kind: u32, named: bool, out: &mut Vec<String>) {
    out.push(String::new());
    let name_of = format!("{name}{letter}");
    let state = tape.pick(&["closed is no", "limit is at least 2", "count of SEAT is at least 1"]);
    match kind {
        1 | 8 if tape.one_in(2) => lines(
            out,
            &[
                &format!("deadline {name_of}"),
                &format!("for each MEETING where {}", on_meeting(tape)),
                "BOARD shall have called_on",
                &tape.pick(&["within 30 days after held_on", "by held_on", "at most 2 months before held_on"]),
            ],
        ),
        2 | 3 if !tape.one_in(4) => {
            let window = tape.pick(&["at any time", "between 2014-02-01 and 2014-06-30", "after 2014-06-30"]);
            lines(
                out,
                &[
                    &format!("permission {name_of}"),
                    &format!("BOARD may hold MEETING{}", filter(tape, on_meeting)),
                    &window,
                ],
            );
        }
        4 => {
            lines(
                out,
                &[
                    &format!("prohibition {name_of}"),
                    &format!("BOARD must not hold MEETING{}", filter(tape, on_meeting)),
                ],
            );
        }
        5 if tape.one_in(2) => {
            lines(
                out,
                &[
                    &format!("composition {name_of}"),
                    &format!("SEAT shall be at least {}", tape.pick(&["1", "limit"])),
                    "on every day",
                ],
            );
        }
        7 if tape.one_in(2) => {
            lines(out, &[&format!("duty {name_of}"), "each member shall ensure size is at least 5"]);
        }
        0 | 6 if tape.one_in(3) => {
            let cycle = cycle(tape);
            lines(out, &[&format!("duty {name_of}"), &format!("BOARD shall ensure {state}"), &cycle]);
        }
        _ => lines(out, &[&format!("duty {name_of}"), &format!("BOARD shall ensure {state}")]),
    }
    condition(tape, out, general);
    if !named {
        out.push(format!("exception to {name}"));
    }
}

/// A cost, what was billed of it, and perhaps by when each pays.
pub fn cost(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    out.push(format!("cost {name}"));
    out.push(format!("for each bill{}", if tape.one_in(4) { " where amount is more than SEK 100" } else { "" }));
    let among = tape.pick(&["member on received_on", "member", "CLUB", "CLUB where size is at least 5"]);
    let key = tape.pick(&[
        "equally",
        "in proportion to metres",
        "1/3 equally and 2/3 in proportion to metres",
        "40 % in proportion to size and 60 % equally",
        "in proportion to size",
    ]);
    let limit = match tape.below(10) {
        0 => ", each at most SEK 60, the rest is refilled",
        1 => ", each at most SEK 60, the rest stays unshared",
        5 => ", each at most SEK 60, the rest to town",
        2 => ", each at least SEK 20",
        3 => ", after SEK 10 each",
        4 => ", each at most SEK 80, the rest is refilled, each at least SEK 25",
        6 => ", each at most its metres times SEK 2, the rest is refilled",
        7 => ", each at least its size times SEK 1",
        8 => ", each first pays its size times SEK 1",
        _ => "",
    };
    let rounding = tape.pick(&[
        "rounded to SEK 1, largest remainder, ties by post",
        "rounded to SEK 1, largest remainder, ties by post, highest first",
        "rounded to SEK 0.01, largest remainder",
        "rounded to SEK 1, first in order, ties by dues, highest first",
        "rounded to SEK 10, largest remainder",
        "rounded to SEK 10, half up each, the rest to town",
        "",
    ]);
    match tape.below(8) {
        0 => out.push("amount is borne by payer".to_string()),
        1 => out.push("amount is shared by separate decision".to_string()),
        2 => out.push(format!(
            "amount is shared in parts {} {rounding}",
            tape.pick(&["60 % BOARD, 40 % town", "1/3 BOARD, 2/3 town"])
        )),
        _ => out.push(format!("amount is shared {key} among {among}{limit} {rounding}").trim_end().to_string()),
    }
    if out.last().is_some_and(|line| line.contains("borne") || line.contains("among") || line.contains("separate")) {
        let pays = out.last().is_some_and(|line| line.contains("among")) && tape.one_in(2);
        if pays || !tape.one_in(4) {
            out.push("billed by slip to CLUB for bill as amount".to_string());
        }
        condition(tape, out, |tape| tape.pick(&["amount is more than SEK 90", "closed is no", "limit is at least 2"]));
        if pays {
            let when = tape.pick(&["within 30 days after received_on", "by received_on plus 2 months"]);
            // What is drawn already tells, so that nothing else is drawn otherwise.
            let parts = match (when.starts_with("by"), limit.is_empty()) {
                (true, true) => " in 3 instalments every 1 month",
                (true, false) => " in 2 instalments every 3 weeks, the rest on the first",
                (false, _) => "",
            };
            let pay = format!("each CLUB shall pay its share of {name}{parts}");
            lines(out, &["", &format!("duty {name}p"), "for each bill", &pay, &when]);
        }
    }
}

/// What a role weighs or attests, what is only tried for, and what is for people in any case.
pub fn weighed(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    match tape.below(6) {
        0 => {
            out.push(format!("judgement {name}"));
            out.push("BOARD shall \"keep order\"".to_string());
            match tape.below(4) {
                0 => out.push(cycle(tape)),
                1 => out.push("by 2014-09-30".to_string()),
                _ => out.push("every calendar year".to_string()),
            }
        }
        1 => lines(out, &[&format!("aim {name}"), "BOARD aims to \"keep the peace\"", "every calendar year"]),
        2 => {
            let act = format!("BOARD shall hold MEETING{}", filter(tape, on_meeting));
            lines(
                out,
                &[
                    &format!("duty {name}"),
                    &act,
                    &tape.pick(&["every calendar year", "every quarter", "at least 1 time"]),
                ],
            );
        }
        3 => {
            out.push(format!("deadline {name}"));
            out.push("for each MEETING".to_string());
            out.push(tape.pick(&["BOARD shall have called_on", "BOARD shall send REPORT"]));
            out.push(format!("within {} after held_on", span(tape)));
        }
        4 => lines(out, &[&format!("prohibition {name}"), "each member must not send REPORT"]),
        _ => {
            out.push(format!("duty {name}"));
            out.push("BOARD shall ensure closed is no".to_string());
            out.push(tape.pick(&["every half-year", "by 2014-06-30", "every quarter"]));
        }
    }
    if tape.one_in(4) {
        condition(tape, out, general);
    }
    if out[0].starts_with("aim") || tape.one_in(2) {
        out.push("judged by town".to_string());
    } else if tape.one_in(2) {
        out.push("attested by town".to_string());
    }
    if !out[0].starts_with("aim") && !out[0].starts_with("pro") && tape.one_in(4) {
        out.push("as far as possible".to_string());
    }
}

/// Two ways to read a sentence.
pub fn read_twice(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    match tape.below(4) {
        0 => lines(
            out,
            &[
                &format!("deadline {name}"),
                "BOARD shall hold MEETING",
                "every calendar year",
                "reading one",
                &tape.pick(&["by 15 May", "by 28 February", "in the first 20 days"]),
                "reading two",
                &tape.pick(&["by midsummer eve", "between 1 March and 30 June", "by 31 October"]),
            ],
        ),
        1 => lines(
            out,
            &[
                &format!("deadline {name}"),
                "for each MEETING",
                "BOARD shall have called_on",
                "reading one",
                &format!("at least {} before held_on", span(tape)),
                "reading two",
                &format!("at least {} before held_on", span(tape)),
            ],
        ),
        2 => lines(
            out,
            &[
                &format!("duty {name}"),
                "BOARD shall hold MEETING",
                &tape.pick(&["every quarter", "every calendar year"]),
                "reading one",
                &format!("if {}", general(tape)),
                "reading two",
                &format!("if {}", general(tape)),
            ],
        ),
        _ => lines(
            out,
            &[
                &format!("composition {name}"),
                &format!("SEAT shall be at most {}", tape.pick(&["1", "cap", "2"])),
                "on every day",
                "reading one",
                &format!("unless {}", general(tape)),
                "reading two",
                &format!("if {}", general(tape)),
            ],
        ),
    }
}

/// What says which year it is for.
pub fn counted_for(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let window =
        tape.pick(&["by 30 June", "by the end of the period", "before the start", "between 1 March and 30 June"]);
    lines(out, &[&format!("deadline {name}"), "BOARD shall make account"]);
    out.push(tape.pick(&["", "at least 2 times", ""]));
    lines(out, &["every calendar year", &window]);
    out.retain(|line| !line.is_empty());
    if tape.one_in(4) {
        condition(tape, out, general);
    }
    out.push("counted for for_year".to_string());
}

/// An amount to be paid, however many payments it takes.
pub fn paid(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let amount = tape.pick(&["SEK 100", "SEK 60", "SEK 250"]);
    match tape.below(5) {
        0 => {
            let own = cycle(tape);
            lines(out, &[&format!("duty {name}"), &format!("each member shall pay {amount} by slip as amount"), &own]);
        }
        1 => {
            let when = format!("within {} after received_on", span(tape));
            let whose = tape.pick(&["payer shall", "BOARD shall", "BOARD should"]);
            lines(
                out,
                &[
                    &format!("deadline {name}"),
                    "for each bill",
                    &format!("{whose} pay amount by slip where bill is it as amount{}", parts(&amount)),
                    &when,
                ],
            );
        }
        2 => {
            let (many, own) = (tape.pick(&["3", "cap", "limit"]), cycle(tape));
            lines(out, &[&format!("duty {name}"), &format!("BOARD shall pay {many} by REPORT as pages"), &own]);
        }
        3 => {
            let when = tape.pick(&["by 30 June", "between 1 March and 30 June", "by 15 May"]);
            lines(
                out,
                &[
                    &format!("deadline {name}"),
                    &format!("BOARD shall pay {amount} by slip as amount{}", parts(&amount)),
                    "every calendar year",
                    &when,
                ],
            );
        }
        _ => {
            let when =
                tape.pick(&["by 2014-06-30", "between 2014-03-01 and 2014-06-30", "within 2 months after opened_on"]);
            lines(
                out,
                &[
                    &format!("deadline {name}"),
                    &format!("each CLUB shall pay {amount} by slip as amount{}", parts(&amount)),
                    &when,
                ],
            );
        }
    }
    if tape.one_in(4) {
        condition(tape, out, general);
    }
}

/// An amount in instalments, told by the amount, so that nothing else is drawn otherwise.
fn parts(amount: &str) -> &'static str {
    match amount {
        "SEK 60" => " in 3 instalments every 2 months",
        "SEK 250" => " in 4 equal instalments every 1 month, rounded down to SEK 10, the rest on the first",
        _ => "",
    }
}

/// What a set holds, and who came.
pub fn sets(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    match tape.below(5) {
        0 => lines(
            out,
            &[
                &format!("duty {name}"),
                &format!(
                    "each member shall attend outing{}",
                    filter(tape, |_| "count of fare is at least 1".to_string())
                ),
                &cycle(tape),
            ],
        ),
        1 => lines(out, &[&format!("prohibition {name}"), "each member must not attend outing where fare has cake"]),
        2 => {
            let day = tape.pick(&["count of came is at most 1", "count of came is at least 2"]);
            lines(out, &[&format!("recital {name}"), "for each outing", &format!("states {day}")]);
        }
        _ => {
            let asks = tape.pick(&[
                "fare has tea and cake",
                "fare has only tea",
                "fare has only tea, cake",
                "count of fare is at least cap",
                "not (fare has tea)",
                "fare has soup or limit is at least 2",
            ]);
            lines(out, &[&format!("duty {name}"), "for each outing", &format!("BOARD shall ensure {asks}")]);
        }
    }
}

/// What is plain of a club: it can be read in columns.
fn of_a_club(tape: &mut Tape) -> String {
    let one = match tape.below(14) {
        0 => format!("metres is {} 2", tape.pick(&["at least", "at most", "more than", "less than"])),
        1 => "post is 2".to_string(),
        2 => "metres times post is more than 2".to_string(),
        3 => "metres plus 1 is at least post".to_string(),
        4 => "dues is at least 2".to_string(),
        5 => "it is rich".to_string(),
        6 => format!("joined_on is before {}", tape.day()),
        7 => format!("days from joined_on to left_on is {} 60", tape.pick(&["at least", "less than"])),
        8 => "left_on is given".to_string(),
        9 => "left_on is missing".to_string(),
        10 => "open is given".to_string(),
        11 => "metres is missing".to_string(),
        12 => format!("joined_on is {}", tape.day()),
        _ => format!("open is {}", tape.pick(&["yes", "no"])),
    };
    match tape.below(6) {
        0 => format!("not ({one})"),
        1 => format!("{one} or metres is 1"),
        2 => format!("{one} and open is not no"),
        _ => one,
    }
}

/// Clauses whose instances are rows side by side.
pub fn side_by_side(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    match tape.below(5) {
        0 => {
            lines(out, &[&format!("duty {name}"), &format!("each CLUB shall ensure {}", of_a_club(tape))]);
            out.push(tape.pick(&["", "by 2014-06-30", "before 2014-09-01", "by joined_on plus 2 months"]));
        }
        1 => {
            lines(out, &[&format!("duty {name}"), &format!("for each CLUB{}", filter(tape, of_a_club))]);
            out.push(format!("BOARD shall ensure {}", of_a_club(tape)));
            out.push(tape.pick(&["", "by 2014-06-30", "within 30 days after joined_on"]));
        }
        2 | 3 => {
            let span = span(tape);
            lines(out, &[&format!("deadline {name}"), &format!("for each CLUB{}", filter(tape, of_a_club))]);
            out.push("BOARD shall have left_on".to_string());
            out.push(match tape.below(6) {
                0 => format!("by joined_on plus {span}"),
                1 => format!("at least {span} after joined_on"),
                2 => "between joined_on and 2014-09-30".to_string(),
                3 => "by 2014-06-30".to_string(),
                4 => "between 2014-02-01 and 2014-06-30".to_string(),
                _ => format!("within {span} after joined_on"),
            });
        }
        _ => {
            lines(out, &[&format!("deadline {name}"), "for each tax", "CLUB shall have paid_on"]);
            out.push(tape.pick(&[
                "by 31 March of for_year plus 1",
                "by 28 February of for_year",
                "before 1 July of for_year",
            ]));
            condition(tape, out, |tape| tape.pick(&["for_year is at least 2014", "metres of CLUB is at least 2"]));
            return;
        }
    }
    out.retain(|line| !line.is_empty());
    condition(tape, out, of_a_club);
}

/// What somebody may do: of each, for each, in periods or within a window.
pub fn right(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    out.push(format!("permission {name}"));
    let subject = tape.below(3);
    let span = span(tape);
    match subject {
        0 => out.push(format!("each member may send REPORT{}", filter(tape, |_| "pages is at least 2".to_string()))),
        1 => lines(out, &["for each MEETING", "BOARD may send REPORT where by_whom is BOARD"]),
        _ => out.push(format!("BOARD may hold MEETING{}", filter(tape, on_meeting))),
    }
    if tape.one_in(2) {
        out.push(tape.pick(&["at most 1 times", "at most 2 times", "at most cap times"]));
    }
    let cycle = cycle(tape);
    out.push(match subject {
        1 => {
            let ahead = format!("at most {span} before held_on");
            tape.pick(&[&format!("within {span} after held_on"), &ahead, "by held_on"])
        }
        _ => match tape.below(4) {
            0 => tape.pick(&["by 2014-06-30", "between 2014-02-01 and 2014-06-30", "after 2014-06-30", "at any time"]),
            1 => format!("every calendar year\n  {}", super::conditions::window_in_a_year(tape)),
            _ => cycle,
        },
    });
    condition(tape, out, general);
}

/// What is watched on every day, and perhaps what goes before it on the days on which it applies.
pub fn watched(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let whom = |tape: &mut Tape, of: &str| match of {
        "member" => filter(tape, |tape| format!("size is {} 9", tape.pick(&["less than", "at least"]))),
        _ => filter(tape, |tape| format!("side is {}", tape.pick(&["north", "south"]))),
    };
    let of = tape.pick(&["member", "member", "SEAT"]);
    let gives_way = tape.one_in(3);
    for (at, name) in [name.to_string(), format!("{name}x")].into_iter().enumerate() {
        if at == 1 {
            out.push(String::new());
        }
        out.push(format!("duty {name}"));
        let state = tape.pick(&["closed is no", "limit is at least cap", "count of SEAT is at least 1"]);
        let whom = whom(tape, &of);
        if tape.one_in(2) {
            lines(out, &[&format!("for each {of}{whom}"), &format!("BOARD shall ensure {state}")]);
        } else {
            out.push(format!("each {of}{whom} shall ensure {state}"));
        }
        out.push("on every day".to_string());
        condition(tape, out, general);
        match (at, gives_way) {
            (0, true) => out.push(format!("gives way to {name}x")),
            (1, false) => out.push(format!("exception to {}", name.trim_end_matches('x'))),
            _ => {}
        }
    }
}

/// What becomes due where something else is not kept.
pub fn otherwise(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let span = span(tape);
    let kind = tape.below(6);
    let own = cycle(tape);
    // The sanction may be due in other periods.
    let theirs = if tape.one_in(3) { cycle(tape) } else { own.clone() };
    match kind {
        0 => lines(
            out,
            &[
                &format!("deadline {name}"),
                "for each MEETING",
                "BOARD shall send REPORT",
                &format!("within {span} after held_on"),
            ],
        ),
        1 => lines(out, &[&format!("duty {name}"), "BOARD shall hold MEETING", &own]),
        2 => lines(out, &[&format!("deadline {name}"), "BOARD shall hold MEETING", "by 2014-06-30"]),
        3 => lines(out, &[&format!("duty {name}"), "each member shall send REPORT", &own]),
        4 => lines(out, &[&format!("duty {name}"), "each SEAT shall ensure side is north", &own]),
        _ => {
            lines(out, &[&format!("prohibition {name}"), "BOARD must not hold MEETING where kind is extra", &own]);
        }
    }
    if tape.one_in(4) {
        condition(tape, out, general);
    }
    out.push(format!("otherwise {name}b"));
    out.push(String::new());
    match (kind, tape.below(3)) {
        (0, 0) => lines(
            out,
            &[
                &format!("deadline {name}b"),
                "for each MEETING",
                "BOARD shall make noise",
                "within 2 months after held_on",
            ],
        ),
        (0, 1) => lines(out, &[&format!("duty {name}b"), "town shall make noise", &theirs]),
        (0, _) => lines(
            out,
            &[
                &format!("deadline {name}b"),
                "for each MEETING",
                "town shall make noise",
                &format!("within 30 days after the due day of {name}"),
            ],
        ),
        (2, 1) => lines(out, &[&format!("duty {name}b"), "BOARD shall ensure closed is no"]),
        (2, 0) => lines(out, &[&format!("duty {name}b"), "town shall make noise", &theirs]),
        (2, _) => lines(out, &[&format!("deadline {name}b"), "town shall make noise", "by 2014-12-31"]),
        (3, 0 | 1) => lines(out, &[&format!("duty {name}b"), "each member shall hold MEETING", &theirs]),
        (4, 0 | 1) => lines(out, &[&format!("duty {name}b"), "each SEAT shall ensure closed is no", &theirs]),
        _ => lines(out, &[&format!("duty {name}b"), "town shall send REPORT", &theirs]),
    }
}
