//! A comparison as sections of items, before it is known in which view they are shown.

use super::words::{self, Arrow};
use crate::compare::change::{Role, What};
use crate::compare::{Comparison, Told};
use crate::source::Span;

/// A heading and what stands below it.
pub(super) struct Section {
    pub title: String,
    pub items: Vec<Item>,
    /// Whether the two sides differ by it, in meaning or in what comes out.
    pub counts: bool,
}

#[derive(Default)]
pub(super) struct Item {
    /// `added`, `repealed`, `changed`; empty for what is no change.
    pub sort: &'static str,
    pub head: String,
    pub old: Option<String>,
    pub new: Option<String>,
    pub lines: Vec<String>,
    /// Where it stands, or what brings it about: in the newer text, if it is there.
    pub place: Option<Span>,
}

impl Item {
    /// All of it in a line.
    pub fn sentence(item: &Item) -> String {
        item_lines(item).join("; ")
    }
}

/// What it is, and below it what else is to be told; no columns, no marks.
pub(super) fn item_lines(item: &Item) -> Vec<String> {
    let sort = if item.sort.is_empty() { String::new() } else { format!("{}: ", item.sort) };
    let words = match (&item.old, &item.new) {
        (Some(old), Some(new)) => format!(": “{old}” becomes “{new}”"),
        (Some(words), None) | (None, Some(words)) => format!(": “{words}”"),
        (None, None) => String::new(),
    };
    let mut lines = vec![format!("{sort}{}{words}", item.head)];
    lines.extend(item.lines.iter().cloned());
    lines
}

pub(super) fn sections(of: &Comparison, arrow: Arrow) -> Vec<Section> {
    let mut sections = vec![
        amendments(of),
        changes(of, "clauses", |what| matches!(what, What::Clause(_) | What::Line(_))),
        changes(of, "header and declarations", |what| matches!(what, What::Header(_) | What::Declared(..))),
        changes(of, "facts", |what| matches!(what, What::Fact(_) | What::AsOf)),
        reworded(of, arrow),
    ];
    sections.extend(flips(of, arrow));
    sections.push(participants(of, arrow));
    sections.retain(|section| !section.items.is_empty());
    sections
}

fn changes(of: &Comparison, title: &str, wanted: impl Fn(&What) -> bool) -> Section {
    let changes = of.changed().filter(|told| wanted(&told.change.what));
    Section { title: title.to_string(), items: changes.map(|told| change(told, of)).collect(), counts: true }
}

fn change(told: &Told, of: &Comparison) -> Item {
    let (old, new) = words::both(&told.change);
    let (sort, head) = (words::sort(&told.change), words::heading(told, of));
    Item { sort, head, old, new, lines: Vec::new(), place: place(told) }
}

/// Where a change stands: in the newer text, unless it is gone there.
fn place(told: &Told) -> Option<Span> {
    told.change.new.as_ref().or(told.change.old.as_ref()).map(|said| said.span)
}

fn amendments(of: &Comparison) -> Section {
    let proposal = |one: &crate::compare::Proposal| Item {
        head: words::proposal(one),
        lines: words::terms(one),
        place: Some(one.place),
        ..Item::default()
    };
    let mut items: Vec<Item> = of.amendments.iter().map(proposal).collect();
    if !of.left_out.is_empty() {
        let head = format!("adopted on neither side: {}", of.left_out.join(", "));
        items.push(Item { head, ..Item::default() });
    }
    Section { title: "amendments".to_string(), items, counts: false }
}

fn reworded(of: &Comparison, arrow: Arrow) -> Section {
    let item = |one: &crate::compare::Reworded| -> Vec<Item> {
        let head = |way| format!("{}: {}", one.what, words::way(way, arrow));
        one.ways.iter().map(|way| Item { head: head(way), place: Some(one.place), ..Item::default() }).collect()
    };
    let items = of.reworded.iter().flat_map(item).collect();
    Section { title: "only reworded or moved".to_string(), items, counts: false }
}

fn flips(of: &Comparison, arrow: Arrow) -> Vec<Section> {
    let Some(judged) = &of.judged else { return Vec::new() };
    let group = |flips: &crate::compare::Flips| {
        let mut lines: Vec<String> = flips.kinds.iter().map(|kind| words::kind(kind, arrow)).collect();
        lines.extend(words::touched(flips));
        let by = flips.causes.iter().filter_map(|at| of.changes.get(*at)).find_map(place);
        let touched = || flips.kinds.iter().find_map(|kind| of.places.get(&kind.clause)).copied();
        let head = format!("{}: {}", words::by_what(flips, of), words::counted(flips));
        Item { head, lines, place: by.or_else(touched), ..Item::default() }
    };
    let untouched =
        of.changes.iter().enumerate().filter(|(at, told)| told.change.role == Role::Cause && !of.touches(*at));
    let nobody =
        untouched.map(|(_, told)| Item { head: words::heading(told, of), place: place(told), ..Item::default() });
    let money = judged.money.iter().map(|moved| {
        let parties = match moved.parties.len() {
            1 => "1 share differs".to_string(),
            many => format!("{many} shares differ"),
        };
        Item {
            head: format!("{}: {parties}", moved.clause),
            lines: words::money(moved, arrow),
            place: of.places.get(&moved.clause).copied(),
            ..Item::default()
        }
    });
    let section = |title: &str, items, counts| Section { title: title.to_string(), items, counts };
    vec![
        section("what flips, by its cause", judged.groups.iter().map(group).collect(), true),
        section("affects no party on these facts", nobody.collect(), false),
        section("money that moves", money.collect(), true),
    ]
}

/// What differs for each participant, where that was asked for.
fn participants(of: &Comparison, arrow: Arrow) -> Section {
    let item = |one: &crate::compare::Participant| {
        let flips = one.flips.iter().map(|flip| words::flip(flip, arrow));
        let lines = flips.chain(one.shares.iter().map(|moved| words::moved(moved, arrow))).collect();
        let clause = one.flips.iter().map(|flip| &flip.key).chain(one.shares.iter().map(|moved| &moved.key)).next();
        let place = clause.and_then(|key| of.places.get(&key.clause)).copied();
        Item { head: one.who.clone(), lines, place, ..Item::default() }
    };
    let items = of.participants.iter().map(item).collect();
    Section { title: "for each participant".to_string(), items, counts: false }
}

/// `samverkan, as of 2015-02-01, over facts/2015.ron`.
pub(super) fn over(of: &Comparison) -> String {
    let as_if = of.as_if_from;
    let as_if = as_if.map_or_else(String::new, |day| format!(", as if the new version were in force from {day}"));
    match &of.judged {
        None => format!("there are no facts, so only the wordings are compared{as_if}"),
        Some(judged) => {
            let was = judged.was_as_of.map_or_else(String::new, |day| format!(" (before: {day})"));
            format!("judged by {}, as of {}{was}{as_if}", judged.facts.join(", "), judged.as_of)
        }
    }
}

/// The last line: how much there is of each.
pub(super) fn sum(of: &Comparison) -> String {
    if !of.differs() && of.reworded.is_empty() {
        return match of.old.digest == of.new.digest {
            true => "nothing differs".to_string(),
            false => "only comments, layout or scenarios differ".to_string(),
        };
    }
    let mut parts = vec![match of.changed().count() {
        0 => "nothing changes in meaning".to_string(),
        1 => "1 change in meaning".to_string(),
        many => format!("{many} changes in meaning"),
    }];
    if !of.reworded.is_empty() {
        parts.push(format!("{} only reworded or moved", of.reworded.len()));
    }
    if let Some(judged) = &of.judged {
        parts.push(match judged.flips() {
            0 => "no verdict flips".to_string(),
            1 => "1 verdict flips".to_string(),
            many => format!("{many} verdicts flip"),
        });
    }
    parts.join(", ")
}
