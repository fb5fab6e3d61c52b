//! What does not hold as commands of a GitHub run: each becomes an annotation at its line of the policy. The log ends with a line
//! for each agreement.

use std::fmt::{self, Write};

use super::Tried;
use super::cases::cases;
use crate::render::github::{Annotation, Annotations, Chosen};
use crate::render::report::level::Level;
use crate::render::visible;

pub(super) fn write(tried: &Tried, out: &mut dyn Write) -> fmt::Result {
    let (mut annotations, level) = (Annotations::default(), Level::Error);
    for one in tried.not_tested {
        let (title, message) = (one.name.clone(), one.because("tested"));
        annotations.add(&Annotation { level, place: Some(one.place()), title, message }, out)?;
    }
    for trials in tried.all {
        for case in cases(trials) {
            for wrong in &case.wrong {
                let place = wrong.place.map_or((case.name, None), |span| {
                    let (name, at) = tried.sources.at(span);
                    (name, Some((at.line, at.column)))
                });
                let words: Vec<&str> = wrong.words.iter().map(|line| line.trim()).collect();
                let (title, message) = (case.name.to_string(), words.join("; "));
                annotations.add(&Annotation { level, place: Some(place), title, message }, out)?;
            }
        }
    }
    tried.all.iter().try_for_each(|trials| writeln!(out, "{}", visible::line(&trials.summary())))?;
    annotations.end(Chosen::First, "`--format csv` lists every scenario and snapshot", out)
}
