//! What is to be looked at: groups of verdicts by cause, with counts and examples.

use serde::Serialize;

use super::diagnostics::json::written;
use super::snapshots::{self, many};
use super::table::{Tint, tinted};
use super::{Colour, Look, visible};
use crate::report::review::{Cause, Group, Item};

/// One agreement under review.
pub struct Reviewed<'a> {
    pub agreement: String,
    /// The snapshots' files by number, as they are told to a reader.
    pub snapshots: Vec<String>,
    /// How many snapshots hold.
    pub holding: usize,
    pub groups: &'a [Group],
}

/// So many verdicts of a group are told; the others are counted.
const TOLD: usize = 3;

/// So many ways in which verdicts turn are told apart.
const TURNS: usize = 5;

/// Drawn for a terminal.
pub fn pretty(all: &[Reviewed], look: Look) -> String {
    all.iter().map(|one| told(one, look.colour)).collect()
}

/// In plain lines.
pub fn plain(all: &[Reviewed]) -> String {
    all.iter().map(|one| told(one, Colour::Off)).collect()
}

fn told(reviewed: &Reviewed, colour: Colour) -> String {
    let mut text = format!("{}\n", visible::line(&summary(reviewed)));
    for group in reviewed.groups {
        text.push('\n');
        text.push_str(&of_group(group, &reviewed.snapshots, colour));
    }
    text
}

/// `samverkan: 7 verdicts differ, by 2 causes; 3 snapshots hold`.
pub fn summary(reviewed: &Reviewed) -> String {
    let all: usize = reviewed.groups.iter().map(|group| group.items.len()).sum();
    let holding = match (all, reviewed.holding) {
        (0, 0) => "nothing to review".to_string(),
        (_, 0) => String::new(),
        (_, 1) => "1 snapshot holds".to_string(),
        (_, more) => format!("{more} snapshots hold"),
    };
    let differing = match (all, reviewed.groups.len()) {
        (0, _) => String::new(),
        (1, _) => "1 verdict differs or is new".to_string(),
        (all, 1) => format!("{all} verdicts differ or are new, in 1 group"),
        (all, groups) => format!("{all} verdicts differ or are new, in {groups} groups"),
    };
    let parts = [differing, holding];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    format!("{}: {}", reviewed.agreement, parts.join("; "))
}

/// A group: its cause, how many verdicts turned how, and the first of them.
pub fn of_group(group: &Group, snapshots: &[String], colour: Colour) -> String {
    let cause = tinted(&visible::line(&group.cause.words()), Tint::Strong, colour);
    let all = group.turns();
    let mut turns: Vec<String> = all.iter().take(TURNS).map(|(turn, count)| format!("{count} {turn}")).collect();
    let others: usize = all.iter().skip(TURNS).map(|(_, count)| count).sum();
    turns.extend((others > 0).then(|| if others == 1 { "1 other".to_string() } else { format!("{others} others") }));
    let mut text = format!("{cause}\n  {}: {}\n", many(group.items.len()), turns.join(", "));
    for item in group.items.iter().take(TOLD) {
        text.push_str(&format!("    {}\n", of_item(group, item, snapshots)));
    }
    let more = group.items.len().saturating_sub(TOLD);
    if more > 0 {
        text.push_str(&format!("    … and {more} more\n"));
    }
    text
}

/// One verdict, and in which snapshot it stands.
pub fn of_item(group: &Group, item: &Item, snapshots: &[String]) -> String {
    let words = visible::line(&item.difference.to_string());
    let name = snapshots.get(item.snapshot).and_then(|path| path.rsplit(['/', '\\']).next()).unwrap_or_default();
    match group.cause {
        // The cause names the facts and the day already.
        Cause::First { .. } => words,
        Cause::Told(_) | Cause::Clause(_) => format!("{words}  ({})", visible::line(name)),
    }
}

// ---- for a program ----

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'a str,
    agreements: Vec<Agreement<'a>>,
}

#[derive(Serialize)]
struct Agreement<'a> {
    agreement: &'a str,
    holding: usize,
    groups: Vec<WireGroup<'a>>,
}

#[derive(Serialize)]
struct WireGroup<'a> {
    cause: String,
    /// `told`, `clause` (the cause cannot be told), or `first` (nothing was accepted yet).
    kind: &'static str,
    verdicts: Vec<Verdict<'a>>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    snapshot: &'a str,
    #[serde(flatten)]
    difference: snapshots::Differs<'a>,
}

/// As JSON: `overens-review` version 1, described in docs/report-schema.md.
pub fn json(all: &[Reviewed]) -> String {
    written(&Wire { schema: "overens-review/1", agreements: all.iter().map(agreement).collect() })
}

fn agreement<'a>(reviewed: &'a Reviewed) -> Agreement<'a> {
    let verdict = |item: &'a Item| Verdict {
        snapshot: reviewed.snapshots.get(item.snapshot).map_or("", String::as_str),
        difference: snapshots::differs(&item.difference),
    };
    let group = |group: &'a Group| WireGroup {
        cause: group.cause.words(),
        kind: match group.cause {
            Cause::Told(_) => "told",
            Cause::Clause(_) => "clause",
            Cause::First { .. } => "first",
        },
        verdicts: group.items.iter().map(verdict).collect(),
    };
    Agreement {
        agreement: &reviewed.agreement,
        holding: reviewed.holding,
        groups: reviewed.groups.iter().map(group).collect(),
    }
}
