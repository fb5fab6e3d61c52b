//! Rarer forms: lines that any clause may take, clauses that an amendment changes, and clauses of kinds that few agreements have.

use super::conditions::{condition, cycle, filter, general, on_meeting, span, window_in_a_year};
use super::{Made, Tape};

fn lines(out: &mut Vec<String>, all: &[&str]) {
    out.extend(all.iter().filter(|line| !line.is_empty()).map(|line| (*line).to_string()));
}

/// A clause of a rarer form, with whatever belongs to it.
pub fn clause(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    match tape.below(20) {
        16 | 17 => weighed_acts(tape, name, out),
        18 | 19 => planned(tape, name, out),
        0..=2 => allowed_so_often(tape, name, out),
        3 | 4 => right_of_each(tape, name, out),
        5..=9 => amended(tape, name, out),
        10 => same_days(tape, name, out),
        11 => leaving(tape, name, out),
        12 => weighed_acts(tape, name, out),
        13 => own_figures(tape, name, out),
        14 => in_a_term(tape, name, out),
        _ => by_turns(tape, name, out),
    }
}

/// A ban, and one or two rights to so much of what it forbids.
fn allowed_so_often(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let own = if tape.one_in(3) { cycle(tape) } else { tape.pick(&["", "", "between 2014-02-01 and 2014-10-31"]) };
    lines(
        out,
        &[&format!("prohibition {name}"), &format!("BOARD must not hold MEETING{}", filter(tape, on_meeting)), &own],
    );
    for letter in if tape.one_in(4) { vec!["x", "y"] } else { vec!["x"] } {
        let times = tape.pick(&["at most 1 times", "at most 2 times", "at most cap times", ""]);
        let when = match tape.below(3) {
            0 => tape.pick(&["by 2014-06-30", "between 2014-02-01 and 2014-06-30", "after 2014-06-30"]),
            1 => "at any time".to_string(),
            _ => cycle(tape),
        };
        let act = if tape.one_in(3) { filter(tape, on_meeting) } else { String::new() };
        out.push(String::new());
        lines(out, &[&format!("permission {name}{letter}"), &format!("BOARD may hold MEETING{act}"), &times, &when]);
        if tape.one_in(3) {
            condition(tape, out, general);
        }
        out.push(format!("exception to {name}"));
        if tape.one_in(3) {
            let right = format!("{name}{letter}");
            let last = out.iter().rposition(String::is_empty).unwrap() + 1;
            let mut new = out[last..].to_vec();
            let (effect, over) = (tape.pick(&["2014-04-01", "2014-05-16", "2014-08-15"]), tape.one_in(2));
            out.push(String::new());
            lines(
                out,
                &[
                    &format!("amendment {right}a"),
                    "to made",
                    "adopted on 2014-02-01",
                    &format!("takes effect {effect}"),
                ],
            );
            lines(out, &[if over { "what began before is taken over" } else { "" }, &format!("replace {right}")]);
            let exception = new.pop().unwrap();
            varied(tape, &mut new);
            out.extend(new);
            out.push(exception);
        }
    }
    if tape.one_in(4) {
        let own = tape.pick(&["every month", "every quarter", "every half-year"]);
        out.push(String::new());
        lines(
            out,
            &[&format!("duty {name}d"), &tape.pick(&["BOARD shall make noise", "town shall send REPORT"]), &own],
        );
        condition(tape, out, general);
        out.push(format!("exception to {name}"));
    }
}

/// A right for each of what lasts or happens, which an act need not name.
fn right_of_each(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let span = span(tape);
    if tape.one_in(4) {
        let when = tape.pick(&["by opened_on", "within 2 months after opened_on", "between opened_on and 2014-09-30"]);
        let times = tape.pick(&["", "at most 1 times", "at most cap times"]);
        return lines(out, &[&format!("permission {name}"), "BOARD may hold MEETING", &times, &when]);
    }
    let (of, windows) = match tape.below(3) {
        0 => (
            "outing",
            [
                format!("within {span} after held_on"),
                "by held_on".to_string(),
                format!("at most {span} before held_on"),
            ],
        ),
        _ => {
            ("SEAT", ["during taken_on to gone_on".to_string(), String::new(), format!("within {span} after taken_on")])
        }
    };
    let whom = if of == "SEAT" && tape.one_in(3) { " where side is north" } else { "" };
    let act =
        tape.pick(&["hold MEETING", "hold MEETING where kind is extra", "make noise", "make noise where loud is no"]);
    let times = tape.pick(&["at most 1 times", "at most 1 times", "at most 2 times", ""]);
    let window = &windows[tape.below(3) as usize];
    lines(
        out,
        &[&format!("permission {name}"), &format!("for each {of}{whom}"), &format!("BOARD may {act}"), &times, window],
    );
}

/// A clause that an amendment replaces by one that says something else, or repeals.
fn amended(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let mut old = vec![];
    base(tape, name, &mut old);
    let (adopted, effect) = match tape.below(4) {
        0 => ("adopted by motion where yes_votes is at least 4", tape.pick(&["2014-04-01", "2014-07-01"])),
        1 => {
            ("adopted by motion where yes_votes is more than half of present", tape.pick(&["2014-05-16", "2014-08-15"]))
        }
        _ => ("adopted on 2014-02-01", tape.pick(&["2014-04-01", "2014-05-16", "2014-07-01", "2014-08-15"])),
    };
    out.extend(old.clone());
    lines(out, &[]);
    out.push(String::new());
    lines(out, &[&format!("amendment {name}a"), "to made", adopted, &format!("takes effect {effect}")]);
    if tape.one_in(2) {
        out.push("what began before is taken over".to_string());
    }
    if tape.one_in(4) {
        out.push(format!("repeal {name}"));
        return;
    }
    out.push(format!("replace {name}"));
    let mut new = old;
    for _ in 0..1 + tape.below(2) {
        varied(tape, &mut new);
    }
    out.extend(new);
}

fn base(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let span = span(tape);
    let (own, few) = (cycle(tape), tape.pick(&["at most 1 times", "at most 2 times", "at least 2 times", ""]));
    let meeting = filter(tape, on_meeting);
    match tape.below(14) {
        12 => {
            let window = format!("within {span} after held_on");
            lines(out, &[&format!("deadline {name}"), "for each outing", "town shall make noise", &window]);
        }
        13 => lines(
            out,
            &[&format!("prohibition {name}"), "for each member", "BOARD must not send REPORT", "by opened_on"],
        ),
        0 | 1 => lines(out, &[&format!("duty {name}"), &format!("BOARD shall hold MEETING{meeting}"), &few, &own]),
        2 => lines(out, &[&format!("prohibition {name}"), &format!("BOARD must not hold MEETING{meeting}"), &own]),
        3 => lines(out, &[&format!("prohibition {name}"), &format!("BOARD must not hold MEETING{meeting}")]),
        4 => {
            let few = few.replace("least", "most");
            let when = tape.pick(&["at any time", &own, "between 2014-02-01 and 2014-09-30"]);
            lines(out, &[&format!("permission {name}"), "BOARD may hold MEETING", &few, &when]);
        }
        5 => {
            let window = format!("within {span} after held_on");
            lines(out, &[&format!("deadline {name}"), "for each MEETING", "BOARD shall send REPORT", &window]);
        }
        6 => {
            let window = format!("within {span} after held_on");
            lines(out, &[&format!("deadline {name}"), "for each outing", "town shall make noise", &window]);
        }
        7 => lines(out, &[&format!("duty {name}"), "BOARD shall ensure closed is no", &tape.pick(&["", &own])]),
        8 => lines(out, &[&format!("duty {name}"), "each member shall send REPORT", &own]),
        9 => {
            let window = tape.pick(&["by opened_on", "within 2 months after opened_on", "by 2014-06-30"]);
            lines(out, &[&format!("prohibition {name}"), "for each member", "BOARD must not send REPORT", &window]);
        }
        10 => {
            let window =
                tape.pick(&["by 2014-06-30", "within 2 months after opened_on", "between 2014-02-01 and 2014-10-31"]);
            lines(out, &[&format!("deadline {name}"), &format!("BOARD shall hold MEETING{meeting}"), &few, &window]);
        }
        _ => lines(out, &[&format!("prohibition {name}"), "each member must not send REPORT", &tape.pick(&["", &own])]),
    }
    if tape.one_in(4) {
        condition(tape, out, general);
    }
}

/// Another line of its kind for one of a clause's.
fn varied(tape: &mut Tape, clause: &mut Vec<String>) {
    let at = 1 + tape.below(u32::try_from(clause.len() - 1).unwrap()) as usize;
    let line = clause[at].clone();
    let other = match () {
        () if line.starts_with("every ") && tape.one_in(3) => String::new(),
        () if line.starts_with("every ") => cycle(tape),
        () if line.starts_with("at ") && line.contains("times") => {
            tape.pick(&["at most 1 times", "at most 3 times", "at least 2 times"])
        }
        () if line.starts_with("if ") || line.starts_with("unless ") => format!("if {}", general(tape)),
        () if line.starts_with("within") && line.contains("held_on") => format!("within {} after held_on", span(tape)),
        () if line.starts_with("by ") || line.starts_with("between ") => {
            tape.pick(&["by 2014-09-30", "between 2014-02-01 and 2014-12-15"])
        }
        () if line.contains("MEETING where") => line.split(" where").next().unwrap_or("").to_string(),
        () if line.contains("hold MEETING") => format!("{line} where kind is annual"),
        () if line.contains("send REPORT") => format!("{line} where pages is at least 2"),
        () if line.contains("closed is no") => line.replace("closed is no", "limit is at least 2"),
        () => line,
    };
    clause[at] = other;
    clause.retain(|line| !line.is_empty());
    if tape.one_in(5) && !clause.iter().any(|line| line.starts_with("every ")) && !clause[1].starts_with("for each") {
        let cycle = cycle(tape);
        put(clause, cycle);
    }
}

/// Terms that tell each other's days, and what is due by them.
fn same_days(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let length = tape.pick(&["1 year from opened_on", "6 months from 2014-01-31", "1 year from 2014-01-01"]);
    lines(out, &[&format!("term {name}t"), &length]);
    out.push(String::new());
    let other = tape.pick(&[
        "starts on opened_on",
        "ends on 2014-12-31",
        "starts on 2014-01-31",
        "ends on opened_on plus 1 year minus 1 day",
    ]);
    lines(out, &[&format!("term {name}"), &other, &format!("same days as {name}t")]);
}

/// Who may leave, and since when one has.
fn leaving(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let when = tape.pick(&["at any time", "at any time", "by 2014-09-30", "within 6 months after joined_on"]);
    lines(out, &[&format!("permission {name}"), "each member may leave", &when]);
    if tape.one_in(4) {
        condition(tape, out, |_| "closed is no".to_string());
    }
    lines(out, &["exercised on notice_on", "takes effect 1 month after notice_on"]);
}

/// Acts of which a person has to say whether they count.
fn weighed_acts(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let about = tape.pick(&["pages is about 2, tolerance 1 to 2", "pages is about 3, tolerance 2 to 4"]);
    let (times, own) = (tape.pick(&["", "at most 1 times", "at least 2 times", "at most 2 times"]), cycle(tape));
    let when = tape.pick(&["by 2014-06-30", &own, &own]);
    match tape.below(2) {
        0 => {
            lines(
                out,
                &[
                    &format!("prohibition {name}"),
                    &format!("BOARD must not send REPORT where ({about})"),
                    &tape.pick(&["", &own]),
                ],
            );
            if !tape.one_in(3) {
                out.push(
                    tape.pick(&["if limit is about 2, tolerance 1 to 2", "unless limit is about 2, tolerance 2 to 3"]),
                );
            }
        }
        _ => lines(out, &[&format!("duty {name}"), &format!("BOARD shall send REPORT where ({about})"), &times, &when]),
    }
}

/// What is asked for something that may still be planned, under a condition that may already be known.
fn planned(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let (of, day) = if tape.one_in(2) { ("outing", "held_on") } else { ("SEAT", "taken_on") };
    let span = span(tape);
    let (kind, act, window) = match tape.below(4) {
        0 => (
            "prohibition",
            "BOARD must not make noise",
            tape.pick(&[&format!("after {day}"), &format!("within {span} after {day}"), ""]),
        ),
        1 => ("duty", "BOARD shall ensure closed is no", tape.pick(&["", &format!("within {span} after {day}")])),
        2 => ("permission", "BOARD may make noise", format!("within {span} after {day}")),
        _ => ("duty", "BOARD shall send REPORT", format!("within {span} after {day}")),
    };
    lines(out, &[&format!("{kind} {name}"), &format!("for each {of}"), act, &window]);
    condition(tape, out, |tape| match tape.below(3) {
        0 => format!("opened_on is before {}", tape.day()),
        1 => format!("{day} is after {}", tape.day()),
        _ => general(tape),
    });
}

/// Evidence that is held against a figure of the subject or the bearer.
fn own_figures(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let span = span(tape);
    let than = tape.pick(&["at least", "more than", "at most"]);
    match tape.below(3) {
        0 => {
            let own = cycle(tape);
            lines(
                out,
                &[
                    &format!("duty {name}"),
                    &format!("each CLUB shall send REPORT where pages is {than} its post"),
                    &own,
                ],
            );
        }
        1 => lines(
            out,
            &[
                &format!("deadline {name}"),
                "for each MEETING",
                "BOARD shall send REPORT where sent_on is after its called_on",
                &format!("within {span} after held_on"),
            ],
        ),
        _ => lines(
            out,
            &[
                &format!("prohibition {name}"),
                &format!("each member must not send REPORT where pages is {than} its post"),
                &tape.pick(&["", "by 2014-06-30", "every quarter"]),
            ],
        ),
    }
}

/// What is due in a year of a short term, a calendar year of a term, or during what an imprecise day begins.
fn in_a_term(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let length = tape.pick(&["1 year and 2 months", "18 months", "6 months", "1 year", "2 years"]);
    let from = tape.pick(&["opened_on", "opened_on", "2014-02-15", "2014-01-01"]);
    lines(out, &[&format!("term {name}t"), &format!("{length} from {from}")]);
    if tape.one_in(2) {
        lines(
            out,
            &[&format!("renews for {}", tape.pick(&["6 months, endlessly", "1 year, once", "8 months, endlessly"]))],
        );
        if tape.one_in(3) {
            condition(tape, out, |_| "closed is no".to_string());
        }
    }
    out.push(String::new());
    if tape.one_in(2) {
        return each_term(tape, name, out);
    }
    let when = match tape.below(6) {
        0 => format!("in calendar year {} of {name}t", 1 + tape.below(2)),
        1 => format!("in year {} of {name}t", 1 + tape.below(2)),
        2 => format!("within 2 months after the end of {name}t"),
        3 => format!("by the end of {name}t"),
        4 => format!("every year of {name}t"),
        _ => format!("during {name}t"),
    };
    let act = tape.pick(&["BOARD shall hold MEETING", "BOARD shall hold MEETING", "BOARD shall ensure closed is no"]);
    lines(out, &[&format!("duty {name}"), &act, &when]);
}

/// What is reckoned from the first or last day of a term.
fn each_term(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let span = span(tape);
    let when = match tape.below(8) {
        0 | 1 => format!("within {span} after the start of {name}t"),
        2 => format!("at least {span} before the end of {name}t"),
        3 => format!("at most {span} before the end of {name}t"),
        4 => format!("by the end of {name}t minus {span}"),
        5 => format!("by the start of {name}t"),
        6 => format!("by the start of {name}t plus {span}"),
        _ => format!("between the start of {name}t and the end of {name}t"),
    };
    let (kind, whose, act, times) = match tape.below(8) {
        0 | 1 => ("prohibition", "", "BOARD must not hold MEETING", String::new()),
        2 => ("permission", "", "BOARD may hold MEETING", tape.pick(&["", "at most 1 times", "at most 2 times"])),
        3 => ("duty", "", "BOARD shall ensure closed is no", String::new()),
        4 => ("duty", "", "each member shall send REPORT", String::new()),
        5 => (
            "deadline",
            "for each MEETING",
            "BOARD shall send REPORT where sent_on is after its held_on",
            String::new(),
        ),
        _ => ("duty", "", "BOARD shall hold MEETING", tape.pick(&["", "", "at most 1 times", "at least 2 times"])),
    };
    lines(out, &[&format!("{kind} {name}"), whose, act, &times, &when]);
}

/// What nothing tells whose it is: whoever's last day comes first takes it.
fn by_turns(tape: &mut Tape, name: &str, out: &mut Vec<String>) {
    let span = span(tape);
    let of = tape.pick(&["outing", "bill", "account"]);
    let day = match of.as_str() {
        "outing" => "held_on",
        "bill" => "received_on",
        _ => "made_on",
    };
    let window = tape.pick(&[
        &format!("within {span} after {day}"),
        &format!("by {day} plus {span}"),
        &format!("at least {span} after {day}"),
    ]);
    let times = tape.pick(&["", "", "at least 2 times"]);
    let act = tape.pick(&["make noise", "make noise where loud is no", "hold MEETING", "send REPORT"]);
    lines(
        out,
        &[&format!("deadline {name}"), &format!("for each {of}"), &format!("town shall {act}"), &times, &window],
    );
}

// ---- lines -------------------------------------------------------------------------------------------------------------

/// Where a line stands in a clause.
fn rank(line: &str) -> u32 {
    let begins = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    match () {
        () if begins(&["for each"]) => 1,
        () if [" shall ", " must not ", " may ", " should ", " aims to ", " is shared ", " is borne "]
            .iter()
            .any(|word| line.contains(word)) =>
        {
            2
        }
        () if line.ends_with("times") || line.ends_with(" time") || line.contains("of each of") => 3,
        () if begins(&["every "]) => 4,
        () if begins(&["first period"]) => 5,
        () if begins(&["last period"]) => 6,
        () if begins(&["on every day"]) => 7,
        () if begins(&[
            "by ",
            "before ",
            "after ",
            "within ",
            "between ",
            "at ",
            "in the ",
            "in year",
            "in calendar",
            "during ",
            "on ",
            "without ",
        ]) =>
        {
            8
        }
        () if begins(&["billed by"]) => 8,
        () if begins(&["if ", "unless "]) => 9,
        () if begins(&["exception to"]) => 11,
        () if begins(&["otherwise "]) => 12,
        () if begins(&["gives way"]) => 13,
        () if begins(&["moved to"]) => 16,
        () if begins(&["as far as"]) => 17,
        () if begins(&["counted for"]) => 18,
        () if begins(&["judged by"]) => 19,
        () if begins(&["attested by"]) => 20,
        () if begins(&["in force"]) => 22,
        () if begins(&["reading "]) => 23,
        () => 2,
    }
}

fn put(clause: &mut Vec<String>, line: String) {
    let at = clause.iter().skip(1).position(|other| rank(other) > rank(&line)).map_or(clause.len(), |at| at + 1);
    clause.insert(at, line);
}

/// One of the clauses with a line more, of those that nearly any may take; or nothing where there is no clause.
pub fn with_a_line_more(tape: &mut Tape, made: &Made) -> Option<Made> {
    let mut other = made.clone();
    let at = tape.below(u32::try_from(other.clauses.len()).ok()?) as usize;
    let all = std::mem::take(&mut other.clauses[at]);
    let mut parts: Vec<Vec<String>> = all.split(|line| line.is_empty()).map(<[String]>::to_vec).collect();
    let part = tape.below(u32::try_from(parts.len()).ok()?) as usize;
    let name = parts[part].first()?.split(' ').nth(1)?.to_string();
    let mut more = vec![];
    let of_periods = parts[part].iter().any(|line| line.starts_with("every "));
    let line = match tape.below(if of_periods { 18 } else { 12 }) {
        0 => tape.pick(&["judged by town", "attested by town", "as far as possible"]),
        1 => format!("if {}", general(tape)),
        2 => format!("unless {}", general(tape)),
        3 => tape.pick(&[
            "in force from 2014-03-01",
            "in force through 2014-10-31",
            "in force from 2014-02-15 through 2014-09-30",
        ]),
        4 => tape.pick(&["at least 2 times", "at most 1 times", "exactly 1 time", "at least cap times"]),
        5 => tape.pick(&["moved to the next working day", "moved to the previous working day"]),
        6 => {
            let cycle = cycle(tape);
            lines(&mut more, &[&format!("duty {name}o"), "town shall make noise", &cycle]);
            format!("otherwise {name}o")
        }
        7 => {
            lines(&mut more, &[&format!("duty {name}w"), "BOARD shall ensure limit is at least 1"]);
            condition(tape, &mut more, general);
            format!("gives way to {name}w")
        }
        8 => {
            lines(&mut more, &[&format!("duty {name}v"), "BOARD shall ensure limit is at least 1"]);
            condition(tape, &mut more, general);
            more.push(format!("exception to {name}"));
            String::new()
        }
        9 => cycle(tape),
        10 => tape.pick(&[
            "by 2014-06-30",
            "by opened_on",
            "after opened_on",
            "within 2 months after opened_on",
            "between 2014-02-01 and 2014-09-30",
            "between opened_on and 2014-06-20",
            "between 2013-06-01 and opened_on",
        ]),
        11 => tape.pick(&["for each SEAT", "for each MEETING", "for each member", "for each outing"]),
        12 => window_in_a_year(tape),
        13 => tape.pick(&[
            "by the end of the period",
            "within 30 days after the end of the period",
            "within 20 days after the start of the period",
        ]),
        14 | 15 => tape.pick(&[
            "first period counts whole",
            "first period counts in proportion",
            "first period counts not at all",
        ]),
        _ => tape.pick(&[
            "last period counts whole",
            "last period counts in proportion",
            "last period counts not at all",
        ]),
    };
    if !line.is_empty() {
        put(&mut parts[part], line);
    }
    if !more.is_empty() {
        parts.push(more);
    }
    other.clauses[at] = parts.join(&String::new());
    Some(other)
}
