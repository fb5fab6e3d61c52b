//! A comparison for a program: `overens-diff` version 1, described in docs/diff.md.
//! Exact numbers are strings, days are ISO 8601, places have file, line and column, all counted from 1.

use serde::Serialize;

use super::words;
use crate::compare::change::{Said, Way, What, Within};
use crate::compare::{Comparison, Difference, Flips, How, MoneyMoved, On, Proposal, Told, Version};
use crate::model::amendment::Began;
use crate::render::diagnostics::json::written;
use crate::report::entry::{Entry, Key};
use crate::source::{LineColumn, Sources};
use crate::verdict::Called;

/// The name and version of the form; a change that a reader could trip over gets a new number.
const SCHEMA: &str = "overens-diff/1";

/// The whole comparison. `exit` is the code that the run ends with.
pub fn show(of: &Comparison, sources: &Sources, exit: i32) -> String {
    written(&Wire {
        schema: SCHEMA,
        old: version(&of.old),
        new: version(&of.new),
        as_if_from: of.as_if_from.map(|day| day.to_string()),
        amendments: of.amendments.iter().map(proposal).collect(),
        left_out: &of.left_out,
        differs: of.differs(),
        changes: of.changes.iter().enumerate().map(|(at, told)| change(at, told, of, sources)).collect(),
        reworded: of.reworded.iter().flat_map(reworded).collect(),
        judged: of.judged.as_ref().map(|judged| Judged {
            as_of: judged.as_of.to_string(),
            was_as_of: judged.was_as_of.map(|day| day.to_string()),
            facts: &judged.facts,
            old_verdicts: judged.verdicts.0,
            new_verdicts: judged.verdicts.1,
            flips: judged.flips(),
            groups: judged.groups.iter().map(group).collect(),
            money: judged.money.iter().map(money).collect(),
        }),
        participants: of.participants.iter().map(participant).collect(),
        exit,
    })
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'a str,
    old: Side<'a>,
    new: Side<'a>,
    /// With `--as-if-from`.
    as_if_from: Option<String>,
    amendments: Vec<Amendment<'a>>,
    left_out: &'a [String],
    differs: bool,
    changes: Vec<Change>,
    reworded: Vec<Reworded<'a>>,
    judged: Option<Judged<'a>>,
    /// With `--each`.
    participants: Vec<Participant<'a>>,
    exit: i32,
}

#[derive(Serialize)]
struct Participant<'a> {
    who: &'a str,
    flips: Vec<Flip<'a>>,
    shares: Vec<Moved<'a>>,
}

#[derive(Serialize)]
struct Flip<'a> {
    clause: &'a str,
    subject: Option<&'a str>,
    period: Option<&'a str>,
    from: Option<&'static str>,
    to: Option<&'static str>,
}

#[derive(Serialize)]
struct Moved<'a> {
    clause: &'a str,
    subject: Option<&'a str>,
    period: Option<&'a str>,
    before: Option<Amount<'a>>,
    after: Option<Amount<'a>>,
}

#[derive(Serialize)]
struct Amount<'a> {
    currency: &'a str,
    amount: String,
}

fn amount(money: &crate::value::Money) -> Amount<'_> {
    Amount { currency: money.currency.as_str(), amount: money.amount.exact_text() }
}

fn participant(one: &crate::compare::Participant) -> Participant<'_> {
    Participant {
        who: &one.who,
        flips: one
            .flips
            .iter()
            .map(|flip| Flip {
                clause: &flip.key.clause,
                subject: flip.key.subject.as_deref(),
                period: flip.key.period.as_deref(),
                from: flip.from.map(Called::words),
                to: flip.to.map(Called::words),
            })
            .collect(),
        shares: one
            .shares
            .iter()
            .map(|moved| Moved {
                clause: &moved.key.clause,
                subject: moved.key.subject.as_deref(),
                period: moved.key.period.as_deref(),
                before: moved.before.as_ref().map(amount),
                after: moved.after.as_ref().map(amount),
            })
            .collect(),
    }
}

#[derive(Serialize)]
struct Side<'a> {
    name: &'a str,
    agreement: &'a str,
    title: &'a str,
    rules_digest: String,
}

#[derive(Serialize)]
struct Amendment<'a> {
    name: &'a str,
    title: Option<&'a str>,
    section: Option<&'a str>,
    proposed_by: Option<&'a str>,
    proposed_on: Option<String>,
    takes_effect: String,
    what_began_before: &'static str,
    /// `old`, `new`, `both`.
    adopted_on: &'static str,
}

#[derive(Serialize)]
struct Change {
    number: usize,
    /// `clause`, `line`, `header`, `declaration`, `fact`, `as_of`.
    of: &'static str,
    sort: &'static str,
    words: String,
    clause: Option<String>,
    section: Option<String>,
    /// The amendments that do it.
    by: Vec<String>,
    wording: Option<String>,
    reading: Option<String>,
    requirement: Option<String>,
    line: Option<&'static str>,
    old: Option<Words>,
    new: Option<Words>,
    /// Whether some verdict or share depends on it, where there are facts.
    touches: Option<bool>,
}

#[derive(Serialize)]
struct Words {
    words: String,
    file: String,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
}

#[derive(Serialize)]
struct Reworded<'a> {
    what: &'a str,
    how: &'static str,
    part: Option<&'a str>,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

#[derive(Serialize)]
struct Judged<'a> {
    as_of: String,
    was_as_of: Option<String>,
    facts: &'a [String],
    old_verdicts: usize,
    new_verdicts: usize,
    flips: usize,
    groups: Vec<Group<'a>>,
    money: Vec<Money<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    causes: &'a [usize],
    how: &'static str,
    flips: usize,
    shares: usize,
    touched: &'a [String],
    subjects: &'a [String],
    verdicts: Vec<Verdict<'a>>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    #[serde(flatten)]
    key: Named<'a>,
    old: Option<&'static str>,
    new: Option<&'static str>,
}

#[derive(Serialize)]
struct Named<'a> {
    clause: &'a str,
    subject: Option<&'a str>,
    bearer: Option<&'a str>,
    period: Option<&'a str>,
}

#[derive(Serialize)]
struct Money<'a> {
    clause: &'a str,
    currency: String,
    before: String,
    after: String,
    same_sum: bool,
    parties: Vec<Party<'a>>,
}

#[derive(Serialize)]
struct Party<'a> {
    who: &'a str,
    before: String,
    after: String,
    more: String,
}

fn version(version: &Version) -> Side<'_> {
    let Version { name, agreement, title, file: _, digest } = version;
    Side { name, agreement, title, rules_digest: digest.to_string() }
}

fn proposal(of: &Proposal) -> Amendment<'_> {
    Amendment {
        name: &of.name,
        title: of.title.as_deref(),
        section: of.section.as_deref(),
        proposed_by: of.proposed.as_ref().map(|one| one.by.as_str()),
        proposed_on: of.proposed.as_ref().and_then(|one| one.on).map(|day| day.to_string()),
        takes_effect: of.effective.to_string(),
        what_began_before: match of.began {
            Began::KeepsTheOldWording => "keeps_the_old_wording",
            Began::IsTakenOver => "is_taken_over",
        },
        adopted_on: match of.on {
            On::Old => "old",
            On::New => "new",
            On::Both => "both",
        },
    }
}

fn change(number: usize, told: &Told, of: &Comparison, sources: &Sources) -> Change {
    let change = &told.change;
    let said = |said: &Option<Said>| {
        said.as_ref().map(|said| {
            let (file, LineColumn { line, column }) = sources.at(said.span);
            let (sheet, cell) = sources.in_sheet(said.span).map(|(sheet, cell)| (sheet.to_string(), cell)).unzip();
            Words { words: said.words.clone(), file: file.to_string(), line, column, sheet, cell }
        })
    };
    let mut wire = Change {
        number,
        of: sort(&change.what),
        sort: words::sort(change),
        words: words::heading(told, of),
        clause: change.clause().map(str::to_owned),
        section: told.section.clone(),
        by: change.by().into_iter().map(str::to_owned).collect(),
        wording: None,
        reading: None,
        requirement: None,
        line: None,
        old: said(&change.old),
        new: said(&change.new),
        touches: of.judged.as_ref().map(|_| of.touches(number)),
    };
    if let What::Line(line) = &change.what {
        wire.wording = line.wording.clone();
        wire.line = Some(line.slot.words());
        match &line.within {
            Within::Clause => {}
            Within::Reading(name) => wire.reading = Some(name.clone()),
            Within::Requirement(name) => wire.requirement = Some(name.clone()),
        }
    }
    wire
}

fn sort(what: &What) -> &'static str {
    match what {
        What::AsOf => "as_of",
        What::Header(_) => "header",
        What::Declared(..) => "declaration",
        What::Clause(_) => "clause",
        What::Line(_) => "line",
        What::Fact(_) => "fact",
    }
}

fn reworded(of: &crate::compare::Reworded) -> Vec<Reworded<'_>> {
    let what = of.what.as_str();
    let one = |way| match way {
        &Way::Remark { part, ref old, ref new } => {
            Reworded { what, how: "remark", part: Some(part), old: old.as_deref(), new: new.as_deref() }
        }
        Way::Written { old, new } => Reworded { what, how: "written", part: None, old: Some(old), new: Some(new) },
        Way::Renamed { requirement, formerly } => {
            let now = requirement.as_deref().unwrap_or(what);
            Reworded { what, how: "renamed", part: None, old: Some(formerly), new: Some(now) }
        }
        Way::Section { old, new } => {
            Reworded { what, how: "section", part: None, old: old.as_deref(), new: new.as_deref() }
        }
        Way::Order => Reworded { what, how: "order", part: None, old: None, new: None },
        Way::Layout => Reworded { what, how: "layout", part: None, old: None, new: None },
    };
    of.ways.iter().map(one).collect()
}

fn group(flips: &Flips) -> Group<'_> {
    Group {
        causes: &flips.causes,
        how: match flips.how {
            How::Alone => "alone",
            How::WithOthers => "with_others",
            How::EachAlone => "each_alone",
            How::Together => "together",
        },
        flips: flips.count(),
        shares: flips.shares,
        touched: &flips.touched,
        subjects: &flips.subjects,
        verdicts: flips.differences.iter().map(verdict).collect(),
    }
}

fn verdict(difference: &Difference) -> Verdict<'_> {
    let Difference { key, old, new } = difference;
    let Key { clause, subject, bearer, period } = key;
    let (subject, bearer, period) = (subject.as_deref(), bearer.as_deref(), period.as_deref());
    let word = |entry: &Option<Entry>| entry.as_ref().map(|entry| entry.called.words());
    Verdict { key: Named { clause, subject, bearer, period }, old: word(old), new: word(new) }
}

fn money(moved: &MoneyMoved) -> Money<'_> {
    let party = |party: &crate::compare::Party| {
        (party.before.exact_text(), party.after.exact_text(), party.more().exact_text())
    };
    let parties = moved.parties.iter().map(|one| {
        let (before, after, more) = party(one);
        Party { who: &one.who, before, after, more }
    });
    Money {
        clause: &moved.clause,
        currency: moved.currency.to_string(),
        before: moved.before.exact_text(),
        after: moved.after.exact_text(),
        same_sum: moved.before == moved.after,
        parties: parties.collect(),
    }
}
