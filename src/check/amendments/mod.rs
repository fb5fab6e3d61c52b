//! Amendments: what their own lines say, and the order in which they are worked in. What they do to clauses is looked at in
//! `touches`, and which words come of it in `wordings`.

mod adoption;
mod touches;

use std::collections::BTreeMap;

pub use touches::{Does, touches};

use super::header::{Settings, day_of, first_day_out};
use crate::diagnostics::{Diagnostic, Sink, codes, nearest};
use crate::model::amendment::{AmendmentId, Began};
use crate::source::Span;
use crate::syntax::tree::{self, AlterationKind, AmendmentLineKind, Item, Name, Tree};
use crate::value::{Currency, Day};

/// An amendment with what its own lines say.
pub struct Drafted<'t> {
    pub tree: &'t tree::Amendment,
    pub effective: Day,
    /// The place of the words that say so.
    said: Option<Span>,
    pub began: Began,
    /// Also those that name this one.
    pub rivals: Vec<AmendmentId>,
    pub builds_on: Vec<AmendmentId>,
    pub force_until: Option<Day>,
    pub currency: Option<Currency>,
}

/// All amendments in the order in which they are worked in: by the day on which they take effect; on one day, what builds on
/// another one behind it; else as they are written.
pub fn drafted<'t>(trees: &'t [Tree], settings: &Settings, problems: &mut Sink) -> Vec<Drafted<'t>> {
    let items = trees.iter().flat_map(|tree| &tree.items);
    let written = items.filter_map(|item| if let Item::Amendment(one) = item { Some(one) } else { None });
    let mut all: Vec<Drafted> = written.map(|one| draft(one, settings, problems)).collect();
    no_two_of_a_name(&all, problems);
    let depths = depths(&all, problems);
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| (all.get(*at).map(|one| one.effective), depths.get(*at).copied(), *at));
    let mut taken: Vec<Option<Drafted>> = all.drain(..).map(Some).collect();
    let mut sorted: Vec<Drafted> = order.into_iter().filter_map(|at| taken.get_mut(at)?.take()).collect();
    relate(&mut sorted, problems);
    sorted.iter().for_each(|one| in_time(one, &sorted, settings, problems));
    sorted
}

/// Whether an amendment that is adopted for certain gives the agreement another currency. Then an amount in the facts has to say
/// its own; while the change is only proposed, an amount without one is in the currency agreed first.
pub fn changes_currency(trees: &[Tree]) -> bool {
    trees.iter().flat_map(|tree| &tree.items).any(|item| {
        let Item::Amendment(one) = item else { return false };
        is_adopted(one) && one.alterations.iter().any(|one| matches!(one.kind, AlterationKind::Currency(_)))
    })
}

fn draft<'t>(tree: &'t tree::Amendment, settings: &Settings, problems: &mut Sink) -> Drafted<'t> {
    let mut one = Drafted {
        tree,
        effective: settings.force.from,
        said: None,
        began: Began::KeepsTheOldWording,
        rivals: Vec::new(),
        builds_on: Vec::new(),
        force_until: None,
        currency: None,
    };
    repeated(tree, problems);
    let (mut to, mut effective) = (None, None);
    for line in &tree.lines {
        match &line.kind {
            AmendmentLineKind::To(name) => to = Some(name),
            AmendmentLineKind::TakesEffect(day) => {
                effective = day_of(day, problems).map(|on| (on, day.span)).or(Some((settings.force.from, day.span)))
            }
            AmendmentLineKind::BeganBefore(tree::Began::IsTakenOver) => one.began = Began::IsTakenOver,
            AmendmentLineKind::BeganBefore(tree::Began::KeepsTheOldWording) => one.began = Began::KeepsTheOldWording,
            AmendmentLineKind::ProposedBy { .. } | AmendmentLineKind::RivalOf(_) | AmendmentLineKind::BuildsOn(_) => {}
            AmendmentLineKind::AdoptedOn(_) | AmendmentLineKind::AdoptedBy { .. } | AmendmentLineKind::Note(_) => {}
        }
    }
    amends_this(tree, to, settings, problems);
    match effective {
        Some((day, span)) => {
            one.effective = day;
            one.said = Some(span);
        }
        None => problems.push(lacks(
            tree,
            "has no date from which it takes effect",
            "add `takes effect DAY`, with the first day of the new wording",
        )),
    }
    if tree.alterations.is_empty() {
        problems.push(lacks(
            tree,
            "changes nothing",
            "say what it changes: `repeal CLAUSE`, or `replace CLAUSE` or `add`, each followed by one whole clause",
        ));
    }
    for alteration in &tree.alterations {
        match &alteration.kind {
            AlterationKind::Force(end) => one.force_until = Some(first_day_out(end.as_ref(), problems)),
            AlterationKind::Currency(name) => one.currency = Currency::parse(&name.it),
            AlterationKind::Repeal(_) | AlterationKind::Replace { .. } | AlterationKind::Revalue { .. } => {}
            AlterationKind::Add(_) | AlterationKind::Renumber { .. } => {}
        }
    }
    one
}

fn lacks(tree: &tree::Amendment, what: &str, help: &str) -> Diagnostic {
    codes::AMENDMENT_LINES
        .at(tree.name.span)
        .say(format!("the amendment `{}` {what}", tree.name.it))
        .help(help.to_string())
}

fn repeated(tree: &tree::Amendment, problems: &mut Sink) {
    let mut first: BTreeMap<&'static str, Span> = BTreeMap::new();
    let lines = tree.lines.iter().filter_map(|line| Some((what_of(&line.kind)?, line.span)));
    let headers = tree.alterations.iter().filter_map(|one| match one.kind {
        AlterationKind::Force(_) => Some(("in force", one.span)),
        AlterationKind::Currency(_) => Some(("currency", one.span)),
        AlterationKind::Repeal(_) | AlterationKind::Replace { .. } | AlterationKind::Revalue { .. } => None,
        AlterationKind::Add(_) | AlterationKind::Renumber { .. } => None,
    });
    for (what, span) in lines.chain(headers) {
        if let Some(before) = first.insert(what, span) {
            problems.push(
                codes::REPEATED_LINE
                    .at(span)
                    .say(format!("the amendment `{}` has two `{what}` lines", tree.name.it))
                    .also(before, "the other line")
                    .help("remove one of them".to_string()),
            );
        }
    }
}

/// Lines that an amendment has once; `adopted on` and `adopted by` are one question.
fn what_of(kind: &AmendmentLineKind) -> Option<&'static str> {
    match kind {
        AmendmentLineKind::To(_) => Some("to"),
        AmendmentLineKind::ProposedBy { .. } => Some("proposed by"),
        AmendmentLineKind::RivalOf(_) => Some("rival of"),
        AmendmentLineKind::BuildsOn(_) => Some("builds on"),
        AmendmentLineKind::AdoptedOn(_) | AmendmentLineKind::AdoptedBy { .. } => Some("adopted"),
        AmendmentLineKind::TakesEffect(_) => Some("takes effect"),
        AmendmentLineKind::BeganBefore(_) => Some("what began before"),
        AmendmentLineKind::Note(_) => None,
    }
}

fn amends_this(tree: &tree::Amendment, to: Option<&Name>, settings: &Settings, problems: &mut Sink) {
    match to {
        Some(name) if settings.name.is_empty() || name.it == settings.name => {}
        Some(name) => problems.push(
            codes::AMENDS_ANOTHER
                .at(name.span)
                .say(format!("`{}` amends `{}`, but this agreement is `{}`", tree.name.it, name.it, settings.name))
                .help("move the amendment to the agreement it is meant for, or name this agreement".to_string())
                .help(nearest(&name.it, [settings.name.as_str()])),
        ),
        None => problems.push(lacks(
            tree,
            "does not name the agreement it amends",
            &format!("add `to {}`", if settings.name.is_empty() { "AGREEMENT" } else { &settings.name }),
        )),
    }
}

/// It takes effect while there is an agreement to amend: also in time that another amendment adds, which is adopted, or on which this
/// one builds.
fn in_time(one: &Drafted, all: &[Drafted], settings: &Settings, problems: &mut Sink) {
    let (force, day) = (settings.force, one.effective);
    let Some(span) = one.said else { return };
    let longer = || all.iter().enumerate().filter(|(_, other)| other.force_until.is_some_and(|until| day < until));
    let stands =
        |at: usize, other: &Drafted| other.effective < day && (is_adopted(other.tree) || builds_on(all, one, at));
    let (what, help) = if day < force.from {
        let what = format!("before the agreement itself, which enters into force on {}", force.first());
        (what, "correct the day here, or the `in force` line in the agreement's header".to_string())
    } else if day >= force.until && !longer().any(|(at, other)| stands(at, other)) {
        let what = format!("after the agreement has ended: its last day is {}", force.last());
        let help = match longer().find(|(_, other)| other.effective < day) {
            Some((_, other)) => format!(
                "add `builds on {}`, which extends the agreement beyond this day, or correct the day here",
                other.tree.name.it
            ),
            None => "correct the day here, or the `in force` line in the agreement's header".to_string(),
        };
        (what, help)
    } else {
        return;
    };
    problems.push(
        codes::AMENDMENT_DAY
            .at(span)
            .say(format!("`{}` takes effect {what}", one.tree.name.it))
            .also(settings.span, "the agreement")
            .help(help),
    );
}

/// Whether the text says on which day it was adopted.
fn is_adopted(tree: &tree::Amendment) -> bool {
    tree.lines.iter().any(|line| matches!(line.kind, AmendmentLineKind::AdoptedOn(_)))
}

/// Whether one amendment builds on another, by way of others perhaps.
pub fn builds_on(all: &[Drafted], one: &Drafted, other: usize) -> bool {
    let mut seen = vec![false; all.len()];
    let mut open: Vec<usize> = one.builds_on.iter().map(|id| usize::from(id.0)).collect();
    while let Some(at) = open.pop() {
        if at == other {
            return true;
        }
        if !std::mem::replace(seen.get_mut(at).unwrap_or(&mut true), true) {
            open.extend(all.get(at).into_iter().flat_map(|one| &one.builds_on).map(|id| usize::from(id.0)));
        }
    }
    false
}

fn no_two_of_a_name(all: &[Drafted], problems: &mut Sink) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for one in all {
        let name = &one.tree.name;
        if let Some(before) = first.get(name.it.as_str()) {
            problems.push(
                codes::DUPLICATE_NAME
                    .at(name.span)
                    .say(format!("there are two amendments named `{}`", name.it))
                    .also(*before, "the other amendment")
                    .help("rename one of them".to_string()),
            );
        } else {
            first.insert(&name.it, name.span);
        }
    }
}

fn named(tree: &tree::Amendment, pick: impl Fn(&AmendmentLineKind) -> Option<&Vec<Name>>) -> Vec<&Name> {
    tree.lines.iter().filter_map(|line| pick(&line.kind)).flatten().collect()
}

fn rivals_of(kind: &AmendmentLineKind) -> Option<&Vec<Name>> {
    if let AmendmentLineKind::RivalOf(names) = kind { Some(names) } else { None }
}

fn foundations_of(kind: &AmendmentLineKind) -> Option<&Vec<Name>> {
    if let AmendmentLineKind::BuildsOn(names) = kind { Some(names) } else { None }
}

/// How many amendments stand below each one, at the longest; circles are told, and cut.
fn depths(all: &[Drafted], problems: &mut Sink) -> Vec<usize> {
    let at: BTreeMap<&str, usize> = all.iter().enumerate().map(|(at, one)| (one.tree.name.it.as_str(), at)).collect();
    let below = |one: &Drafted| {
        let names = named(one.tree, foundations_of).into_iter();
        names.filter_map(|name| Some((*at.get(name.it.as_str())?, name.span))).collect::<Vec<_>>()
    };
    let below: Vec<Vec<(usize, Span)>> = all.iter().map(below).collect();
    let mut depths = vec![0_usize; all.len()];
    // Without a circle no way is longer than there are amendments.
    for _ in 0..all.len() {
        for (one, foundations) in below.iter().enumerate() {
            let deepest = foundations.iter().filter_map(|(other, _)| depths.get(*other)).max();
            let depth = deepest.map_or(0, |depth| depth.saturating_add(1)).min(all.len());
            if let Some(slot) = depths.get_mut(one) {
                *slot = depth;
            }
        }
    }
    tell_circles(all, &below, problems);
    depths
}

fn tell_circles(all: &[Drafted], below: &[Vec<(usize, Span)>], problems: &mut Sink) {
    let mut told = vec![false; all.len()];
    for start in 0..all.len() {
        let mut path: Vec<(usize, Span)> = Vec::new();
        if told.get(start) == Some(&true) || !leads_back(start, start, below, &mut path) {
            continue;
        }
        let name = |at: usize| all.get(at).map_or("", |one| one.tree.name.it.as_str());
        let steps: Vec<String> = path.iter().map(|(at, _)| format!("`{}`", name(*at))).collect();
        let Some((_, place)) = path.first().copied() else { continue };
        for (at, _) in &path {
            if let Some(slot) = told.get_mut(*at) {
                *slot = true;
            }
        }
        problems.push(
            codes::AMENDMENT_CIRCLE
                .at(place)
                .say(format!(
                    "these amendments form a circular dependency: `{}` builds on {}",
                    name(start),
                    steps.join(", which builds on ")
                ))
                .help("remove one of the `builds on` lines: one of the amendments must come first".to_string()),
        );
    }
}

/// Whether a way leads from one amendment to another over what they build on; the way is left in `path`.
fn leads_back(from: usize, to: usize, below: &[Vec<(usize, Span)>], path: &mut Vec<(usize, Span)>) -> bool {
    let mut seen = vec![false; below.len()];
    let mut open: Vec<Vec<(usize, Span)>> =
        below.get(from).into_iter().flatten().map(|step| vec![*step]).rev().collect();
    while let Some(way) = open.pop() {
        let Some((at, _)) = way.last().copied() else { continue };
        if at == to {
            *path = way;
            return true;
        }
        if std::mem::replace(seen.get_mut(at).unwrap_or(&mut true), true) {
            continue;
        }
        for step in below.get(at).into_iter().flatten().rev() {
            let mut further = way.clone();
            further.push(*step);
            open.push(further);
        }
    }
    false
}

/// Rivals and foundations by number.
fn relate(all: &mut [Drafted], problems: &mut Sink) {
    let number = |at: usize| AmendmentId(u16::try_from(at).unwrap_or(u16::MAX));
    let names: Vec<String> = all.iter().map(|one| one.tree.name.it.clone()).collect();
    let find = |name: &Name, problems: &mut Sink| {
        let found = names.iter().position(|one| *one == name.it);
        if found.is_none() {
            problems.push(unknown(name, names.iter().map(String::as_str)));
        }
        found
    };
    let mut rivals: Vec<(usize, usize)> = Vec::new();
    for (at, one) in all.iter_mut().enumerate() {
        for name in named(one.tree, rivals_of) {
            match find(name, problems) {
                Some(other) if other == at => problems.push(of_itself(name, "rival of")),
                Some(other) => rivals.extend([(at, other), (other, at)]),
                None => {}
            }
        }
        for name in named(one.tree, foundations_of) {
            one.builds_on.extend(find(name, problems).filter(|other| *other != at).map(number));
        }
    }
    rivals.sort_unstable();
    rivals.dedup();
    for (at, other) in rivals {
        if let Some(one) = all.get_mut(at) {
            one.rivals.push(number(other));
        }
    }
    stands_on_what_is_there(all, problems);
}

/// Nothing stands on what comes later, nor on its own rival.
fn stands_on_what_is_there(all: &[Drafted], problems: &mut Sink) {
    for one in all {
        for name in named(one.tree, foundations_of) {
            let Some((at, other)) = all.iter().enumerate().find(|(_, other)| other.tree.name.it == name.it) else {
                continue;
            };
            let id = AmendmentId(u16::try_from(at).unwrap_or(u16::MAX));
            let (this, that) = (&one.tree.name.it, &name.it);
            if other.effective > one.effective {
                problems.push(
                    codes::AMENDMENT_DAY
                        .at(name.span)
                        .say(format!(
                            "`{this}` builds on `{that}`, which takes effect later: on {}, after {}",
                            other.effective, one.effective
                        ))
                        .help("make it take effect on that day or later".to_string()),
                );
            } else if one.rivals.contains(&id) {
                problems.push(
                    codes::AMENDMENTS_COLLIDE
                        .at(name.span)
                        .say(format!("`{this}` both builds on `{that}` and is its rival, so it can never be adopted"))
                        .help("remove `builds on` or `rival of`".to_string()),
                );
            }
        }
    }
}

fn of_itself(name: &Name, line: &str) -> Diagnostic {
    codes::AMENDMENTS_COLLIDE
        .at(name.span)
        .say(format!("`{}` names itself in `{line}`", name.it))
        .help("name the other amendment, or remove the line".to_string())
}

/// There is no such amendment.
pub fn unknown<'a>(name: &Name, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    codes::UNKNOWN_AMENDMENT
        .at(name.span)
        .say(format!("unknown amendment `{}`", name.it))
        .help(nearest(&name.it, known))
}
