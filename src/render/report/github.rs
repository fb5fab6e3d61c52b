//! What needs action as commands of a GitHub run: each becomes an annotation at the line of the fact that it rests on, else at the
//! clause, the most urgent first. The log then ends with how many verdicts there are.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::level::Level;
use super::several::Several;
use super::{called, counted};
use crate::render::github::{Annotation, Annotations, Chosen, SHOWN};
use crate::render::sarif::said;
use crate::render::visible;
use crate::report::{Line, Reasons, Urgency, asks_for_action};
use crate::verdict::Verdict;

pub fn write(all: &Several, out: &mut dyn Write) -> fmt::Result {
    let mut annotations = Annotations::default();
    for one in all.not_judged {
        let (title, message) = (one.agreement.clone(), one.because());
        let place = Some(one.place());
        annotations.add(&Annotation { level: Level::Error, place, title, message }, out)?;
    }
    for (level, urgent) in most_urgent(all) {
        for ((_, report, _), verdict) in &urgent.kept {
            let Some(among) = all.reports.get(*report) else { continue };
            let line = among.rows.teller(Reasons::LeftOut).line(verdict);
            let first = line.facts.first().or(line.policy.as_ref()).copied();
            let place = first.map(|span| {
                let (name, at) = among.sources().at(span);
                (name, Some((at.line, at.column)))
            });
            let (title, message) = words(&line);
            let message = said(&message, first, among.sources());
            annotations.add(&Annotation { level, place, title, message }, out)?;
        }
        annotations.count(level, urgent.met.saturating_sub(urgent.kept.len()));
    }
    for among in &all.reports {
        let head = &among.report.head;
        let told = format!("{}, as of {}: {}", head.agreement, head.as_of, counted(&among.report.counts, ", "));
        writeln!(out, "{}", visible::line(&told))?;
    }
    annotations.end(Chosen::MostUrgent, "`--format csv` lists every verdict", out)
}

/// Of the same urgency, the order of the reports decides.
type Order = (Urgency, usize, usize);

/// The most urgent verdicts of a level, no more than are shown, and how many there are of it.
#[derive(Default)]
struct Urgent {
    met: usize,
    kept: BTreeMap<Order, Verdict>,
}

/// Looks for what is most urgent; nothing is put into words for it.
fn most_urgent(all: &Several) -> BTreeMap<Level, Urgent> {
    let mut found: BTreeMap<Level, Urgent> = BTreeMap::new();
    for (report, among) in all.reports.iter().enumerate() {
        let wanted = |called| asks_for_action(called) || all.failing.contains(&called);
        let mut at = 0_usize;
        among.rows.each_urgency(wanted, |verdict, called, urgency| {
            let urgent = found.entry(Level::of(called, all.failing)).or_default();
            urgent.met = urgent.met.saturating_add(1);
            urgent.kept.insert((urgency, report, at), verdict);
            if urgent.kept.len() > SHOWN {
                urgent.kept.pop_last();
            }
            at = at.saturating_add(1);
        });
    }
    found
}

/// What it is about, and what is the case.
pub(super) fn words(line: &Line) -> (String, String) {
    let title = match &line.place {
        Some(place) => format!("{place} {}", line.clause),
        None => line.clause.clone(),
    };
    let whose = [line.subject.as_deref(), line.bearer.as_deref(), line.period.as_deref()];
    let whose = whose.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut message = if whose.is_empty() { called(line) } else { format!("{whose}: {}", called(line)) };
    if !line.detail.is_empty() {
        message.push_str(&format!(", {}", line.detail));
    }
    if let Some(title) = &line.title {
        message.push_str(&format!(" ({title})"));
    }
    (title, message)
}
