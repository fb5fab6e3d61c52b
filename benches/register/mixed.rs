//! Another agreement over the same register: so many clauses of mixed kinds, drawn from a seed.
//! It shows what rules cost that nobody had in mind when the engine was made fast.

use super::twister::Twister;

const HEAD: &str = "\
agreement county_register \"Clauses that were drawn\"
  in force from 2008-10-23 until further notice
  currency SEK
  months round down

record organisation, organisations
  signed_on: date
  intends_to_sign_by: date
  joined_on: date
  statutes: yes/no
  members: number
  contact_email: text
  activity_plan_years: number

record report, reports
  sender: organisation
  year: number
  annual_report_on: date
  financial_report_on: date
  contains_personal_data: yes/no

actor county

value grant SEK 987 654.32

define large of organisation as members is at least 1 000
define ready of organisation as statutes is yes and contact_email is given
";

const MONTHS: [&str; 5] = ["January", "February", "March", "April", "May"];
const MODALS: [&str; 2] = ["shall", "should"];
const REPORTS: [&str; 2] = ["annual_report_on", "financial_report_on"];
const KEYS: [&str; 2] = ["equally", "in proportion to members"];
const GROUPS: [&str; 4] = ["it is large", "it is ready", "signed_on is given", "joined_on is before 2009-06-15"];

type Kind = fn(&mut Twister) -> (&'static str, String);

const KINDS: [Kind; 9] =
    [by_a_day, within_days, before_the_other, of_large_ones, a_number, a_state, a_plan, a_part, a_cost];

/// The policy's text.
pub fn policy(clauses: usize, seed: u64) -> String {
    let mut twister = Twister::new(seed);
    let mut text = HEAD.to_owned();
    for number in 1..=clauses {
        // Each kind comes up; which lines it has, is drawn.
        let (kind, lines) = KINDS[number % KINDS.len()](&mut twister);
        text.push_str(&format!("\n{kind} c{number} § {number}\n{lines}"));
    }
    text
}

fn one_of<'a>(twister: &mut Twister, words: &[&'a str]) -> &'a str {
    words[twister.below(words.len())]
}

fn by_a_day(twister: &mut Twister) -> (&'static str, String) {
    let (modal, report, month) = (one_of(twister, &MODALS), one_of(twister, &REPORTS), one_of(twister, &MONTHS));
    let (year, day) = (2010 + twister.below(5), 1 + twister.below(28));
    let of = format!("  for each report where year is at least {year}\n");
    ("deadline", format!("{of}  sender {modal} have {report}\n  by {day} {month} of year plus 1\n"))
}

fn within_days(twister: &mut Twister) -> (&'static str, String) {
    let days = 1 + twister.below(90);
    let of = "  for each report where annual_report_on is given\n";
    ("deadline", format!("{of}  sender shall have financial_report_on\n  within {days} days after annual_report_on\n"))
}

fn before_the_other(twister: &mut Twister) -> (&'static str, String) {
    let (modal, days) = (one_of(twister, &MODALS), twister.below(40));
    let state = format!("annual_report_on is no later than financial_report_on plus {days} days");
    ("duty", format!("  for each report\n  sender {modal} ensure {state}\n  unless contains_personal_data is yes\n"))
}

fn of_large_ones(twister: &mut Twister) -> (&'static str, String) {
    let (report, members) = (one_of(twister, &REPORTS), 10 * (1 + twister.below(200)));
    let of = format!("  for each report where members of sender is at least {members}\n");
    ("duty", format!("{of}  sender shall ensure {report} is given and contains_personal_data is no\n"))
}

fn a_number(twister: &mut Twister) -> (&'static str, String) {
    let (modal, members) = (one_of(twister, &MODALS), 2 + twister.below(60));
    let state = format!("(members divided by 2) plus 1 is at least {members}");
    ("duty", format!("  each organisation {modal} ensure {state}\n  if statutes is yes\n"))
}

fn a_state(twister: &mut Twister) -> (&'static str, String) {
    let group = one_of(twister, &GROUPS);
    ("duty", format!("  each organisation shall ensure statutes is yes or contact_email is given\n  if {group}\n"))
}

fn a_plan(twister: &mut Twister) -> (&'static str, String) {
    let (years, members) = (1 + twister.below(6), 10 + twister.below(90));
    let state = format!("activity_plan_years is at least {years}");
    ("duty", format!("  each organisation should ensure {state}\n  unless members is less than {members}\n"))
}

fn a_part(twister: &mut Twister) -> (&'static str, String) {
    let percent = 1 + twister.below(60);
    ("composition", format!("  organisation where statutes is no shall be at most {percent} % of organisation\n"))
}

fn a_cost(twister: &mut Twister) -> (&'static str, String) {
    let (key, group) = (one_of(twister, &KEYS), one_of(twister, &GROUPS));
    let rounding = "  rounded to SEK 0.01, largest remainder\n";
    ("cost", format!("  grant is shared {key} among organisation where {group}\n{rounding}"))
}
