//! Agreements, facts and days, made from a tape of choices: for several walks of life, small, and full of edges.

mod clauses;
mod conditions;
mod edges;
mod facts;
mod further;
mod rarer;

use std::fmt::Write;

use overens::value::Day;

use clauses::clause;
use facts::facts;

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
    /// What people decided, by its list: `waiver`, `judgement`, `attestation`.
    pub decided: Vec<(String, String)>,
    pub as_of: String,
    /// Further days as of which it is judged.
    pub later: Vec<String>,
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
            let written = clause.join("\n  ").replace("\n  \n  ", "\n\n");
            write!(text, "\n{}\n", written.trim_end()).unwrap();
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
        for list in ["judgement", "attestation", "waiver"] {
            let own: Vec<&str> =
                self.decided.iter().filter(|(name, _)| name == list).map(|(_, one)| one.as_str()).collect();
            if !own.is_empty() {
                writeln!(text, " {list}: [\n  ({}),\n ],", own.join("),\n  (")).unwrap();
            }
        }
        self.called(&(text + ")"))
    }

    /// Each day as of which it is judged, and which no other case has.
    pub fn days(&self) -> Vec<Day> {
        std::iter::once(&self.as_of).chain(&self.later).filter_map(|day| Day::parse_iso(day).ok()).collect()
    }

    /// Times whose length stands in the facts, where it can stand in the policy.
    fn let_a_fact_tell_how_long(&mut self, seed: u64) {
        let values = ["30", "14", "2", "0", "1", "2.5", "none", ""];
        let written = ["30 days", "14 days", "1 month", "2 months", "10 working days"];
        let mut told = false;
        for line in self.clauses.iter_mut().flatten() {
            for long in written {
                let unit = long.split_once(' ').map_or("", |(_, unit)| unit);
                for (before, behind) in [("within ", " after"), ("plus ", ""), ("at least ", " before")] {
                    let from = format!("{before}{long}{behind}");
                    // Not amid a longer time.
                    if line.trim_end().ends_with(&from) || !behind.is_empty() && line.contains(&from) {
                        *line = line.replace(&from, &format!("{before}patience {unit}{behind}"));
                        told = true;
                    }
                }
            }
        }
        if told {
            self.words.push("fact patience: number".to_string());
            let value = values[usize::try_from(seed % 8).unwrap()];
            let value = if value == "none" { "None" } else { value };
            self.facts.extend((!value.is_empty()).then(|| ("patience".to_string(), value.to_string())));
        }
    }

    /// Two consequences of one breach, or one of two: what becomes due stands there twice, or a second clause names it too.
    fn let_several_be_due(&mut self, seed: u64) {
        for clause in &mut self.clauses {
            let Some(at) = clause.iter().position(|line| line.starts_with("otherwise ")) else { continue };
            let due = clause[at].trim_start_matches("otherwise ").to_string();
            let blocks: Vec<Vec<String>> = clause.split(String::is_empty).map(<[String]>::to_vec).collect();
            let called = |block: &Vec<String>, name: &str| block[0].split(' ').nth(1) == Some(name);
            let copied = |block: &[String], from: &str, to: &str| {
                let mut copy = block.to_vec();
                copy[0] = copy[0].replacen(&format!(" {from}"), &format!(" {to}"), 1);
                copy
            };
            let more = if seed.is_multiple_of(2) {
                let Some(block) = blocks.iter().find(|block| called(block, &due)) else { continue };
                let other = format!("{}d", due.trim_end_matches('b'));
                clause[at] = format!("otherwise {due} and {other}");
                copied(block, &due, &other)
            } else {
                let Some(name) = blocks[0][0].split(' ').nth(1).map(str::to_string) else { continue };
                let mut copy = copied(&blocks[0], &name, &format!("{name}e"));
                for line in &mut copy {
                    *line = line.replace("by 15 May", "by 30 June").replace("by 2014-06-30", "by 2014-04-30");
                    *line = line.replace("hold MEETING", "send REPORT").replace("within 14 days", "within 2 months");
                }
                copy
            };
            clause.push(String::new());
            clause.extend(more);
        }
    }

    /// Days at the edge of the part of the calendar in which a day of a record lies, in place of that day.
    fn turn_days_to_edges(&mut self, seed: u64) {
        const PARTS: [&str; 4] = ["month", "quarter", "half-year", "year"];
        const EDGES: [&str; 3] = ["the end of", "the end of", "the start of"];
        const DAYS: [&str; 8] =
            ["held_on", "received_on", "joined_on", "opened_on", "left_on", "gone_on", "notice_on", "called_on"];
        let mut drawn = usize::try_from(seed % 1000).unwrap();
        for line in self.clauses.iter_mut().flatten().chain(&mut self.words) {
            let place = ["after", "before", "by", "and", "until", "through", "from"].into_iter().find_map(|before| {
                DAYS.into_iter().find_map(|day| {
                    let at = line.rfind(&format!("{before} {day}"))? + before.len() + 1;
                    let behind = &line[at + day.len()..];
                    (behind.is_empty() || behind.starts_with(" plus ") && !behind.contains('\n')).then_some(at)
                })
            });
            if let Some(at) = place {
                let (part, edge) = (PARTS[drawn % 4], EDGES[drawn % 3]);
                *line = format!("{}{edge} the {part} in which {} lies", &line[..at], &line[at..]);
                drawn += 1;
            }
        }
    }

    /// Declarations and records of which neither a clause nor another declaration speaks: there is less to read.
    fn leave_out_what_nothing_speaks_of(&mut self) {
        let name = |word: &str| word.split_whitespace().nth(1).unwrap_or("").trim_end_matches(':').to_string();
        let speaks = |text: &str, name: &str| {
            text.split(|sign: char| !sign.is_alphanumeric() && sign != '_').any(|word| word == name)
        };
        let mut text: String = self.clauses.iter().flatten().map(|line| format!("{line}\n")).collect();
        let (mut kept, mut open): (Vec<String>, Vec<String>) = (vec![], std::mem::take(&mut self.words));
        loop {
            let (now, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|word| {
                word.starts_with("actors") || word.starts_with("local") || speaks(&text, &name(word))
            });
            open = rest;
            if now.is_empty() {
                break;
            }
            now.iter().for_each(|word| text += word);
            kept.extend(now);
        }
        let gone = |named: &String| open.iter().any(|word| name(word) == *named);
        self.facts.retain(|(fact, _)| !gone(fact));
        self.complete.retain(|(record, ..)| !gone(record));
        self.records.retain(|(record, _)| !gone(record));
        let all: Vec<String> = WORDS.iter().map(|word| (*word).to_string()).chain(kept.clone()).collect();
        kept.sort_by_key(|word| all.iter().position(|one| one == word));
        self.words = kept;
    }

    fn called(&self, text: &str) -> String {
        let words = THEMES[self.theme];
        NAMES.iter().zip(words).fold(text.to_string(), |text, (name, word)| text.replace(name, word))
    }
}

/// Laws that say off which days a last day moves, and a rule that refuses days that do not exist.
const LAWS: [&str; 8] =
    ["Sweden 1930:173", "Sweden 1930:173", "EU 1182/71", "Netherlands", "England CPR", "France", "US FRCP", "refuse"];

const AS_OF: [&str; 5] = ["2014-05-15", "2014-09-30", "2014-12-31", "2015-03-01", "2015-06-30"];

const WORDS: &[&str] = &[
    "record CLUB\n  size: number over time\n  open: yes/no\n  metres: number\n  post: number\n  joined_on: date\n  left_on: date\n  notice_on: date",
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
    "define rich of CLUB as metres is more than 1 or open is yes",
    "define dues of CLUB as 2 if open is yes, otherwise metres",
    "define early of MEETING as held_on is before 2014-05-15",
    "define recent of REPORT as sent_on is after 2014-03-31 and pages is at least 2",
    "record tax\n  CLUB: CLUB\n  for_year: number\n  paid_on: date",
    "event account on made_on\n  for_year: number\n  made_on: date",
    "event outing on held_on\n  came: set of CLUB\n  fare: set of one of tea, cake, soup\n  held_on: date",
    "event bill on received_on\n  payer: CLUB\n  amount: money\n  received_on: date",
    "event slip on paid_on\n  CLUB: CLUB\n  bill: bill\n  amount: money\n  paid_on: date",
];

/// Whether an agreement can be read with what facts there are.
fn is_sound(made: &Made) -> bool {
    super::compare::opened(&made.policy(), &made.fact_file(), None).is_ok()
}

/// The seed of one case of a run.
pub fn seed_of(run: u64, case: u64) -> u64 {
    run.wrapping_mul(1_000_003).wrapping_add(case)
}

/// Days of an office's own, some of which are holidays, Saturdays, or days between.
const OFFICE: &str = "local calendar office of Sweden\n  closed on 24 December through 2 January, ascension day plus 1 day\n  \
    closed on 2014-07-07 through 2014-08-01, 2015-03-02\n  closed on Wednesday\n  open on 6 June, 2015-02-28\n  \
    known from 2000 through 2030";

pub fn made(seed: u64) -> Made {
    let tape = &mut Tape::of(seed);
    let from = tape.pick(&["2014-01-01", "2014-01-01", "2014-03-15"]);
    let until = match tape.below(5) {
        0 => " until 2014-10-16".to_string(),
        1 => " through 2014-12-31".to_string(),
        _ => String::new(),
    };
    let months = match tape.below(8) {
        0 => tape.pick(&LAWS),
        1 | 2 => "round up".to_string(),
        _ => "round down".to_string(),
    };
    let head = vec![
        format!("in force from {from}{until}"),
        format!("months {months}"),
        (if seed % 7 == 3 { "calendar office" } else { "calendar Sweden" }).to_string(),
        "currency SEK".to_string(),
        "fiscal year from 1 July".to_string(),
    ];
    let mut words: Vec<String> = WORDS.iter().map(|one| (*one).to_string()).collect();
    words.extend((seed % 7 == 3).then(|| OFFICE.to_string()));
    let membership = match tape.below(7) {
        5 => "membership member of CLUB\n  from joined_on until the earliest of left_on, opened_on",
        6 => "membership member of CLUB\n  from the latest of joined_on, opened_on through left_on",
        3 => "membership member of CLUB\n  from joined_on until left_on\n  if size is at least 9",
        4 => "membership member of CLUB\n  from joined_on through left_on\n  unless closed is yes",
        0 => "membership member of CLUB\n  from joined_on until left_on\n  if open is yes",
        1 => "membership member of CLUB\n  from joined_on through left_on",
        _ => "membership member of CLUB\n  from joined_on until left_on",
    };
    let since = if tape.one_in(8) { "\n  in force from 2014-04-01" } else { "" };
    words.push(format!("{membership}{since}"));
    let clauses = (0..1 + tape.below(3)).map(|at| clause(tape, at)).collect();
    let mut made = Made {
        head,
        words,
        clauses,
        facts: vec![],
        complete: vec![],
        records: vec![],
        decided: vec![],
        as_of: tape.pick(&AS_OF),
        later: vec![tape.pick(&AS_OF), tape.pick(&AS_OF)],
        theme: tape.below(u32::try_from(THEMES.len()).unwrap()) as usize,
    };
    // More lines, and more of them together, than any of the forms has by itself: as far as they can be read.
    for _ in 0..[0, 0, 1, 2][tape.below(4) as usize] {
        if let Some(more) = rarer::with_a_line_more(tape, &made).filter(is_sound) {
            made = more;
        }
    }
    facts(tape, &mut made);
    if seed % 4 == 2 {
        let mut named = made.clone();
        named.decided.iter_mut().for_each(|(_, one)| *one = one.replace("subject: ", "bearer: "));
        made = if is_sound(&named) { named } else { made };
    }
    if seed % 3 == 1 {
        let mut several = made.clone();
        several.let_several_be_due(seed / 3);
        made = if is_sound(&several) { several } else { made };
    }
    made.leave_out_what_nothing_speaks_of();
    if seed % 5 == 2 {
        made.let_a_fact_tell_how_long(seed / 5);
    }
    if seed % 9 == 4 {
        let mut turned = made.clone();
        turned.turn_days_to_edges(seed / 9);
        made = if is_sound(&turned) { turned } else { made };
    }
    for _ in 0..[0, 1, 1, 2][tape.below(4) as usize] {
        edges::at_the_edges(tape, &mut made);
    }
    if tape.one_in(2) {
        edges::slips_by_the_shares(tape, &mut made);
    }
    made.later.retain(|day| *day != made.as_of);
    made.later.dedup();
    // What cannot be read compares nothing: another is drawn.
    if is_sound(&made) { made } else { self::made(seed.wrapping_add(1 << 40)) }
}
