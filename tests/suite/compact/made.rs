//! The consultations of the Compact's fact files: made here, so that the shares are those that were published, to the unit.
//! Everything else about them is invented, by cycles of different lengths; nothing is drawn by chance.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A period that the National Audit Office counted in, as a hundred consultations.
pub struct Period {
    /// The name of the fact file, without its ending.
    pub file: &'static str,
    pub prefix: &'static str,
    /// The days between which the consultations open.
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub as_of: NaiveDate,
    /// Of a hundred, how many were open for less than twelve weeks: published.
    pub shorter: u64,
    /// How many of those were explained: published for 2011 (46 %), taken over for the later periods.
    pub explained: u64,
    /// How many of those were open for less than two weeks: invented.
    pub below_two_weeks: u64,
    /// The fiscal years for which the departments publish business plans that tell of the Compact.
    pub plans: &'static [i32],
}

const HUNDRED: u64 = 100;
const DEPARTMENTS: u64 = 9;

/// Days that a consultation is open, of the three sorts; their order is a cycle. A sort's boundary is always among them.
const LONG: [u64; 7] = [84, 91, 84, 85, 84, 98, 84];
const SHORT: [u64; 11] = [83, 42, 28, 56, 14, 62, 35, 77, 21, 49, 70];
const BELOW_TWO_WEEKS: [u64; 2] = [13, 10];

/// Days before the opening on which civil society is brought in, and on which the consultation is announced.
const BROUGHT_IN: [Option<u64>; 5] = [Some(60), Some(21), None, Some(0), Some(35)];
const ANNOUNCED: [Option<u64>; 4] = [Some(14), None, Some(1), Some(30)];
/// Days from the closing to the response.
const ANSWERED: [Option<u64>; 8] = [Some(84), Some(120), None, Some(60), Some(200), Some(91), Some(45), None];

pub fn periods() -> [Period; 3] {
    [
        Period {
            file: "2011",
            prefix: "c2011",
            first: day(2011, 1, 10),
            last: day(2011, 12, 19),
            as_of: day(2012, 3, 31),
            shorter: 40,
            explained: 18,
            below_two_weeks: 3,
            plans: &[],
        },
        Period {
            file: "2012-second-half",
            prefix: "c2012",
            first: day(2012, 7, 2),
            last: day(2012, 12, 14),
            as_of: day(2013, 3, 31),
            shorter: 76,
            explained: 35,
            below_two_weeks: 5,
            plans: &[2012],
        },
        Period {
            file: "2013",
            prefix: "c2013",
            first: day(2012, 12, 17),
            last: day(2013, 5, 15),
            as_of: day(2013, 8, 31),
            shorter: 81,
            explained: 37,
            below_two_weeks: 6,
            plans: &[2012, 2013],
        },
    ]
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The whole fact file of a period.
pub fn file(period: &Period) -> String {
    let mut text = head(period);
    text.push_str("  department: [\n");
    for number in 1..=DEPARTMENTS {
        text.push_str(&format!(
            "    (id: \"department_{number}\", name: \"Department {number}\", source: \"made up\"),\n"
        ));
    }
    text.push_str("  ],\n\n");
    if !period.plans.is_empty() {
        text.push_str(&format!("  plan: [\n{}  ],\n\n", plans(period)));
    }
    text.push_str("  study: [(id: \"study_2012\", presented_on: \"2012-01\", source: \"National Audit Office, January 2012\")],\n\n");
    text.push_str(&format!("  consultation: [\n{}  ],\n)\n", consultations(period)));
    text
}

fn head(period: &Period) -> String {
    let Period { shorter, explained, below_two_weeks, as_of, first, last, .. } = period;
    let whence = if *shorter == 40 { "also counted by it" } else { "taken over from 2011" };
    format!(
        "// GENERATED: these consultations never took place. tests/suite/compact/made.rs makes the file anew with\n\
         // `OVERENS_WRITE=1 cargo test compact`, and a test compares. A hundred consultations opened from {first} through\n\
         // {last}, of which {shorter} were open for less than twelve weeks: the share that the National Audit Office counted.\n\
         // Explained are {explained} of these: the share of 46 % is {whence}. That {below_two_weeks} were open for less than two\n\
         // weeks, and all else, is invented.\n\
         (\n  agreement: \"compact\",\n  as_of: \"{as_of}\",\n\
         \x20 complete: {{\n\
         \x20   \"department\": (from: \"2011-01-01\", through: \"{as_of}\"),\n\
         \x20   \"consultation\": (from: \"{first}\", through: \"{last}\"),\n\
         \x20   \"plan\": (from: \"2011-01-01\", through: \"{as_of}\"),\n\
         \x20 }},\n\n  renewed_on: \"2010-12\",\n\n"
    )
}

fn plans(period: &Period) -> String {
    let years = period.plans.iter().flat_map(|year| (1..=DEPARTMENTS).map(move |number| (year, number)));
    let rows = years.map(|(year, number)| {
        format!(
            "    (id: \"plan_{year}_{number}\", department: \"department_{number}\", tells_of_compact: true, published_on: \"{year}-05-31\", source: \"made up\"),\n"
        )
    });
    rows.collect()
}

fn consultations(period: &Period) -> String {
    let span = u64::try_from((period.last - period.first).num_days()).unwrap();
    let (mut rows, mut short, mut long) = (String::new(), Cycle(0), Cycle(0));
    let mut below = Cycle(0);
    for number in 0..HUNDRED {
        let opened = weekday(period.first + Days::new(number * span / (HUNDRED - 1)));
        let is_short = spread(number, period.shorter, HUNDRED);
        let (days, explained) = if is_short {
            let which = short.0;
            let very = spread(which, period.below_two_weeks, period.shorter);
            let days = if very { below.next_of(&BELOW_TWO_WEEKS) } else { SHORT[place(which, SHORT.len())] };
            short.0 += 1;
            (days, spread(which, period.explained, period.shorter))
        } else {
            (long.next_of(&LONG), false)
        };
        rows.push_str(&row(period, number, opened, days, explained));
    }
    rows
}

fn row(period: &Period, number: u64, opened: NaiveDate, days: u64, explained: bool) -> String {
    let closed = opened + Days::new(days);
    let before = |days: Option<u64>| told(days.map(|days| opened - Days::new(days)));
    let answered = ANSWERED[place(number, ANSWERED.len())].map(|days| closed + Days::new(days));
    // What has not come by the as-of day is not on file.
    let answered = answered.filter(|day| *day <= period.as_of);
    let uses = answered.map_or(String::new(), |_| format!(" response_tells_use: {},", number % 3 != 1));
    format!(
        "    (id: \"{prefix}_{id:03}\", held_by: \"department_{department}\", form: \"written\",\n\
         \x20     involved_on: {involved}, announced_on: {announced},\n\
         \x20     opened_on: \"{opened}\", closed_on: \"{closed}\", explained_on: {explained}, // {days} days\n\
         \x20     response_on: {response},{uses} online: {online}, source: \"made up\"),\n",
        prefix = period.prefix,
        id = number + 1,
        department = number * 7 % DEPARTMENTS + 1,
        involved = before(BROUGHT_IN[place(number, BROUGHT_IN.len())]),
        announced = before(ANNOUNCED[place(number, ANNOUNCED.len())]),
        explained = told(explained.then_some(opened)),
        response = told(answered),
        online = number % 6 != 5,
    )
}

fn told(day: Option<NaiveDate>) -> String {
    day.map_or("None".to_owned(), |day| format!("\"{day}\""))
}

/// A place in a list that is gone through again and again.
struct Cycle(u64);

impl Cycle {
    fn next_of(&mut self, list: &[u64]) -> u64 {
        let one = list[place(self.0, list.len())];
        self.0 += 1;
        one
    }
}

fn place(number: u64, len: usize) -> usize {
    usize::try_from(number).unwrap() % len
}

/// Whether the one with this number is among `some` that are spread evenly over `all`.
fn spread(number: u64, some: u64, all: u64) -> bool {
    number * some % all < some
}

/// Papers are not published at the end of the week: the Monday after instead.
fn weekday(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => day,
    }
}
