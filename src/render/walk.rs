//! The walk of a day, for a program.

use serde::Serialize;

use crate::model::clause::WhichEnd;
use crate::report;

/// How an end of a window came about.
#[derive(Serialize)]
pub struct Walk<'a> {
    end: &'static str,
    day: String,
    words: String,
    steps: Vec<Walked<'a>>,
}

#[derive(Serialize)]
struct Walked<'a> {
    from: Option<String>,
    to: String,
    words: &'a str,
}

pub fn walk(of: &report::Walk) -> Walk<'_> {
    Walk {
        end: match of.end {
            WhichEnd::First => "first",
            WhichEnd::Last => "last",
        },
        day: of.day.to_string(),
        words: of.words(),
        steps: of.steps.iter().map(walked).collect(),
    }
}

fn walked(of: &report::Walked) -> Walked<'_> {
    Walked { from: of.from.map(|day| day.to_string()), to: of.to.to_string(), words: &of.words }
}
