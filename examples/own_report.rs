//! A report of one's own: who has to act on what, by when, as a table for a wiki.
//!
//! `cargo run --example own_report`

use std::error::Error;

use overens::reports::{LastDay, Line, Report};
use overens::values::Day;
use overens::{Memory, Policy};

const CHOIR: &str = r#"
agreement choir "How the choir is run"
  in force from 2015-01-01 until further notice

event concert on held_on
  held_on: date

event report on sent_on
  sent_on: date

actor board
actor treasurer

duty spring § 3 "The board arranges a concert by 1 May"
  board shall hold concert
  by 2015-05-01

duty accounts § 4 "The treasurer sends a report by 1 March"
  treasurer shall send report
  by 2015-03-01
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::read(&Memory::new().with("choir.overens", CHOIR), "choir.overens")?.checked()?;
    let facts = policy.facts("facts.json", r#"{"report": [{"id": "r1", "sent_on": "2015-03-05"}]}"#)?;
    let judgement = policy.judge(&facts, Day::of(2015, 4, 1).ok_or("no such day")?)?;
    print!("{}", table(&judgement.report()));
    Ok(())
}

fn table(report: &Report) -> String {
    let mut text = format!(
        "# {}, as of {}\n\n| who | what | verdict | by |\n|---|---|---|---|\n",
        report.head.title, report.head.as_of
    );
    for line in &report.lines {
        let (who, what) = (line.whom.as_deref().unwrap_or(""), line.title.as_deref().unwrap_or(&line.clause));
        text.push_str(&format!("| {who} | {what} | {} | {} |\n", line.called.words(), by(line)));
    }
    text
}

fn by(line: &Line) -> String {
    match line.last_day {
        LastDay::On(day) => day.to_string(),
        LastDay::Within(first, last) => format!("{first} to {last}"),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => String::new(),
    }
}
