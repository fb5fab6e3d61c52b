//! Agreements, facts and days, made from a tape of choices: for several walks of life, small, and full of edges.

use std::fmt::Write;

/// Choices, taken one after the other; an empty tape gives the first of everything.
pub struct Tape {
    state: u64,
}

impl Tape {
    pub fn of(seed: u64) -> Tape {
        Tape { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d }
    }

    pub fn below(&mut self, many: u32) -> u32 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(many)).unwrap()
    }

    pub fn one_in(&mut self, many: u32) -> bool {
        self.below(many) == 0
    }

    pub fn pick(&mut self, from: &[&str]) -> String {
        from[self.below(u32::try_from(from.len()).unwrap()) as usize].to_string()
    }

    /// Days are few, so that they meet.
    pub fn day(&mut self) -> String {
        let month = 1 + self.below(12);
        let year = self.pick(&["2014", "2014", "2015", "2013"]);
        let day = if self.one_in(3) { last_of(&year, month) } else { [1, 2, 14, 15, 16, 28][self.below(6) as usize] };
        format!("{year}-{month:02}-{day:02}")
    }
}

fn last_of(year: &str, month: u32) -> u32 {
    overens::value::days_in_month(year.parse().unwrap(), month).unwrap()
}

/// A record of the facts: its id, and its fields as they are written.
#[derive(Clone, Debug)]
pub struct Given {
    pub id: String,
    pub fields: Vec<(String, String)>,
}

/// One case, in pieces that can be left out.
#[derive(Clone, Debug)]
pub struct Made {
    /// Lines of the header behind the name.
    pub head: Vec<String>,
    /// Declarations, each by itself.
    pub words: Vec<String>,
    /// Each clause by lines.
    pub clauses: Vec<Vec<String>>,
    pub facts: Vec<(String, String)>,
    pub complete: Vec<(String, String, String)>,
    pub records: Vec<(String, Vec<Given>)>,
    pub as_of: String,
    pub theme: usize,
}

/// What things are called in a walk of life: who belongs, what happens, who sits, what is sent, who is bound.
const THEMES: &[[&str; 5]] = &[
    ["club", "meeting", "seat", "report", "board"],
    ["flat", "inspection", "lease", "notice", "landlord"],
    ["patient", "visit", "stay", "referral", "ward"],
    ["farm", "harvest", "permit", "sample", "county"],
    ["pupil", "lesson", "place", "letter", "school"],
    ["shop", "delivery", "stall", "invoice", "driver"],
];

const NAMES: [&str; 5] = ["CLUB", "MEETING", "SEAT", "REPORT", "BOARD"];

impl Made {
    pub fn policy(&self) -> String {
        let mut text = String::from("agreement made\n");
        for line in &self.head {
            writeln!(text, "  {line}").unwrap();
        }
        for one in &self.words {
            write!(text, "\n{one}\n").unwrap();
        }
        for clause in &self.clauses {
            write!(text, "\n{}\n", clause.join("\n  ").trim_end()).unwrap();
        }
        self.called(&text)
    }

    pub fn fact_file(&self) -> String {
        let mut text = format!("(agreement: \"made\", as_of: \"{}\",\n complete: {{", self.as_of);
        for (record, from, through) in &self.complete {
            write!(text, "\"{record}\": (from: \"{from}\", through: \"{through}\"), ").unwrap();
        }
        text += "},\n";
        for (name, value) in &self.facts {
            writeln!(text, " {name}: {value},").unwrap();
        }
        for (record, rows) in &self.records {
            if rows.is_empty() {
                continue;
            }
            writeln!(text, " {record}: [").unwrap();
            for row in rows {
                let fields: String = row.fields.iter().map(|(name, value)| format!(", {name}: {value}")).collect();
                writeln!(text, "  (id: \"{}\"{fields}),", row.id).unwrap();
            }
            text += " ],\n";
        }
        self.called(&(text + ")"))
    }

    fn called(&self, text: &str) -> String {
        let words = THEMES[self.theme];
        NAMES.iter().zip(words).fold(text.to_string(), |text, (name, word)| text.replace(name, word))
    }
}

const WORDS: &[&str] = &[
    "record CLUB\n  size: number over time\n  open: yes/no\n  joined_on: date\n  left_on: date",
    "event MEETING on held_on\n  CLUB: CLUB\n  kind: one of annual, extra\n  held_on: date\n  called_on: date\n  ended_on: date",
    "record SEAT lasts from taken_on until gone_on\n  holder: CLUB\n  side: one of north, south\n  taken_on: date\n  gone_on: date",
    "event REPORT on sent_on\n  MEETING: MEETING\n  CLUB: CLUB\n  pages: number\n  by_whom: one of BOARD, town\n  sent_on: date",
    "event noise on made_on\n  made_on: date\n  loud: yes/no",
    "fact opened_on: date",
    "fact closed: yes/no over time",
    "fact limit: number over time",
    "record motion\n  yes_votes: number\n  voting: number\n  present: number",
    "actors BOARD, town",
    "value cap 2 from 2013-01-01, 1 from 2014-06-01",
    "define small of CLUB as size is less than 10",
];

/// The seed of one case of a run.
pub fn seed_of(run: u64, case: u64) -> u64 {
    run.wrapping_mul(1_000_003).wrapping_add(case)
}

pub fn made(seed: u64) -> Made {
    let tape = &mut Tape::of(seed);
    let from = tape.pick(&["2014-01-01", "2014-01-01", "2014-03-15"]);
    let until = match tape.below(5) {
        0 => " until 2014-10-16".to_string(),
        1 => " through 2014-12-31".to_string(),
        _ => String::new(),
    };
    let months = tape.pick(&["round down", "round down", "round up"]);
    let head = vec![format!("in force from {from}{until}"), format!("months {months}"), "calendar Sweden".to_string()];
    let mut words: Vec<String> = WORDS.iter().map(|one| (*one).to_string()).collect();
    let membership = match tape.below(3) {
        0 => "membership member of CLUB\n  from joined_on until left_on\n  if open is yes",
        1 => "membership member of CLUB\n  from joined_on through left_on",
        _ => "membership member of CLUB\n  from joined_on until left_on",
    };
    words.push(membership.to_string());
    let clauses = (0..1 + tape.below(3)).map(|at| clause(tape, at)).collect();
    let mut made = Made {
        head,
        words,
        clauses,
        facts: vec![],
        complete: vec![],
        records: vec![],
        as_of: tape.pick(&["2014-05-15", "2014-09-30", "2014-12-31", "2015-03-01", "2015-06-30"]),
        theme: tape.below(u32::try_from(THEMES.len()).unwrap()) as usize,
    };
    facts(tape, &mut made);
    made
}

// ---- clauses -----------------------------------------------------------------------------------------------------------

fn on_meeting(tape: &mut Tape) -> String {
    match tape.below(10) {
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

/// A condition that speaks of nothing in particular.
fn general(tape: &mut Tape) -> String {
    let one = match tape.below(18) {
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

fn condition(tape: &mut Tape, lines: &mut Vec<String>, of: impl Fn(&mut Tape) -> String) {
    match tape.below(5) {
        0 => lines.push(format!("if {}", of(tape))),
        1 => lines.push(format!("unless {}", of(tape))),
        _ => {}
    }
}

fn filter(tape: &mut Tape, of: impl Fn(&mut Tape) -> String) -> String {
    if tape.one_in(2) { format!(" where {}", of(tape)) } else { String::new() }
}

fn span(tape: &mut Tape) -> String {
    tape.pick(&["30 days", "14 days", "1 month", "2 months", "10 working days", "1 month and 2 days"])
}

fn cycle(tape: &mut Tape) -> String {
    match tape.below(9) {
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

fn window_in_a_year(tape: &mut Tape) -> String {
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
    ])
}

fn count(tape: &mut Tape, lines: &mut Vec<String>, kinds: &str) {
    match tape.below(9) {
        0 => lines.push("at least 2 times".to_string()),
        1 => lines.push("at most 1 times".to_string()),
        2 => lines.push("exactly 1 time".to_string()),
        3 => lines.push("at least cap times".to_string()),
        4 => lines.push(format!("at least 1 of each of {kinds}")),
        _ => {}
    }
}

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

fn clause(tape: &mut Tape, number: u32) -> Vec<String> {
    let name = format!("c{number}");
    let modal = tape.pick(&["shall", "shall", "should"]);
    let mut lines = vec![];
    match tape.below(34) {
        28 | 29 => {
            let effect = tape.pick(&["2014-04-01", "2014-05-16", "2014-07-01"]);
            let old = body(tape, &name);
            lines.extend(old.clone());
            lines.push(String::new());
            lines.push(format!("amendment {name}a"));
            lines.push("to made".to_string());
            lines.push("adopted on 2014-02-01".to_string());
            lines.push(format!("takes effect {effect}"));
            match tape.below(3) {
                0 => lines.push(format!("repeal {name}")),
                1 => lines.push("replace cap\n  value cap 3".to_string()),
                _ => {
                    lines.push(format!("replace {name}"));
                    let mut new = old;
                    new[1] = new[1].replace("BOARD", "town");
                    new[2] = tape.pick(&[&new[2], &new[2].replace("quarter", "month")]);
                    lines.extend(new);
                }
            }
        }
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
            lines.push(format!("duty {name}"));
            lines.push(format!("BOARD {modal} hold MEETING"));
            lines.push(format!("every year of {name}t"));
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
            lines.push(tape.pick(&[
                "within 30 days after the end of the period",
                "within 14 days after the end of the period",
                "by the end of the period\n  moved to the next working day",
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
            condition(tape, &mut lines, general);
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
            lines.push(match tape.below(6) {
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
                0 if !amount.contains("count") && !amount.contains("half") => format!("{kind} shall number 1 to 2"),
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

// ---- facts -------------------------------------------------------------------------------------------------------------

/// A value, or what else there can be in its place. What is not given, imprecise or disputed is rare, so that verdicts come.
fn value(tape: &mut Tape, row: &mut Given, name: &str, loose: u32, of: impl Fn(&mut Tape) -> String) {
    let text = match tape.below(24) {
        0 if loose > 0 => return,
        1..=2 => "None".to_string(),
        3 if loose > 1 => format!("[(value: {}, source: \"a\"), (value: {}, source: \"b\")]", of(tape), of(tape)),
        _ => of(tape),
    };
    row.fields.push((name.to_string(), text));
}

fn date(tape: &mut Tape) -> String {
    format!("\"{}\"", tape.day())
}

fn loose_date(tape: &mut Tape, row: &mut Given, name: &str, loose: u32) {
    if loose > 0 && tape.one_in(14) {
        let text = match tape.below(3) {
            0 => format!("\"2014-{:02}\"", 1 + tape.below(12)),
            1 => "\"2014-06-28/2014-07-02\"".to_string(),
            _ => "\"2014-12-30/2015-01-02\"".to_string(),
        };
        row.fields.push((name.to_string(), text));
        return;
    }
    value(tape, row, name, loose, date);
}

fn facts(tape: &mut Tape, made: &mut Made) {
    // Most cases know everything; in the others a few things are open.
    let loose = [0, 0, 1, 2][tape.below(4) as usize];
    for record in ["CLUB", "MEETING", "SEAT", "REPORT", "noise"] {
        if loose == 0 || !tape.one_in(5) {
            let through = if loose > 0 && tape.one_in(5) { "2014-08-31".to_string() } else { "2015-12-31".to_string() };
            let from = if loose > 0 && tape.one_in(5) { "2014-02-01" } else { "0001-01-01" };
            made.complete.push((record.to_string(), from.to_string(), through));
        }
    }
    let row = |kind: &str, at: u32| Given { id: format!("{kind}{at}"), fields: vec![] };
    let many = |tape: &mut Tape, most: u32| tape.below(most + 1);
    let clubs = 1 + tape.below(3);
    let mut all = vec![];
    for at in 0..clubs {
        let mut one = row("k", at);
        loose_date(tape, &mut one, "joined_on", loose);
        if tape.one_in(2) {
            one.fields.push(("left_on".to_string(), "None".to_string()));
        } else {
            loose_date(tape, &mut one, "left_on", loose);
        }
        value(tape, &mut one, "open", loose, |tape| tape.pick(&["true", "false"]));
        let size = |tape: &mut Tape| tape.pick(&["4", "5", "9", "10", "12"]);
        let (a, b) = (size(tape), size(tape));
        let day = tape.day();
        one.fields.push((
            "size".to_string(),
            match tape.below(3) {
                0 => format!("[(from: \"2010-01-01\", value: {a}), (from: \"{day}\", value: {b})]"),
                _ => format!("[(from: \"2010-01-01\", value: {a})]"),
            },
        ));
        all.push(one);
    }
    made.records.push(("CLUB".to_string(), all));
    let club = |tape: &mut Tape| format!("\"k{}\"", tape.below(clubs));
    let meetings = many(tape, 4);
    let mut all = vec![];
    for at in 0..meetings {
        let mut one = row("m", at);
        value(tape, &mut one, "CLUB", loose, club);
        value(tape, &mut one, "kind", loose, |tape| tape.pick(&["\"annual\"", "\"extra\""]));
        for field in ["held_on", "called_on", "ended_on"] {
            loose_date(tape, &mut one, field, loose);
        }
        if tape.one_in(12) {
            one.fields.push(("cancelled_on".to_string(), date(tape)));
        }
        all.push(one);
    }
    made.records.push(("MEETING".to_string(), all));
    let mut all = vec![];
    for at in 0..many(tape, 3) {
        let mut one = row("s", at);
        value(tape, &mut one, "holder", loose, club);
        value(tape, &mut one, "side", loose, |tape| tape.pick(&["\"north\"", "\"south\""]));
        loose_date(tape, &mut one, "taken_on", loose);
        if tape.one_in(2) {
            one.fields.push(("gone_on".to_string(), "None".to_string()));
        } else {
            loose_date(tape, &mut one, "gone_on", loose);
        }
        all.push(one);
    }
    made.records.push(("SEAT".to_string(), all));
    let mut all = vec![];
    for at in 0..many(tape, 4) {
        let mut one = row("r", at);
        if meetings > 0 {
            value(tape, &mut one, "MEETING", loose, |tape| format!("\"m{}\"", tape.below(meetings)));
        } else {
            one.fields.push(("MEETING".to_string(), "None".to_string()));
        }
        value(tape, &mut one, "CLUB", loose, club);
        value(tape, &mut one, "pages", loose, |tape| tape.pick(&["1", "2", "3"]));
        value(tape, &mut one, "by_whom", loose, |tape| tape.pick(&["\"BOARD\"", "\"town\""]));
        loose_date(tape, &mut one, "sent_on", loose);
        all.push(one);
    }
    made.records.push(("REPORT".to_string(), all));
    let mut all = vec![];
    for at in 0..many(tape, 3) {
        let mut one = row("n", at);
        loose_date(tape, &mut one, "made_on", loose);
        value(tape, &mut one, "loud", loose, |tape| tape.pick(&["true", "false"]));
        all.push(one);
    }
    made.records.push(("noise".to_string(), all));
    let mut all = vec![];
    for at in 0..many(tape, 2) {
        let mut one = row("v", at);
        for field in ["yes_votes", "voting", "present"] {
            value(tape, &mut one, field, loose, |tape| tape.pick(&["3", "4", "5", "8"]));
        }
        all.push(one);
    }
    made.records.push(("motion".to_string(), all));
    let mut own = row("a", 0);
    loose_date(tape, &mut own, "opened_on", loose.min(1));
    let (a, b, day) = (tape.pick(&["true", "false"]), tape.pick(&["true", "false"]), tape.day());
    own.fields
        .push(("closed".to_string(), format!("[(from: \"2010-01-01\", value: {a}), (from: \"{day}\", value: {b})]")));
    let (a, b, day) = (1 + tape.below(3), 1 + tape.below(3), tape.day());
    own.fields
        .push(("limit".to_string(), format!("[(from: \"2010-01-01\", value: {a}), (from: \"{day}\", value: {b})]")));
    made.facts = own.fields;
}
