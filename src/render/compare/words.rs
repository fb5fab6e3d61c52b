//! What a comparison says, in the sentences that all views for people share.

use crate::compare::change::{Change, Fact, Line, Said, Slot, Way, What, Within};
use crate::compare::{Comparison, Flip, Flips, How, Kind, MoneyMoved, Moved, On, Party, Proposal, Told};
use crate::model::amendment::{Began, Proposed};
use crate::report::entry::Key;
use crate::value::{Money, Number};
use crate::verdict::Called;

/// Longer words of a text are cut.
const LONGEST: usize = 240;
/// So many names are listed before they are counted.
const FEW: usize = 5;

/// How "becomes" is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow(pub &'static str);

/// `§ 4.4 summons, when`; where several amendments differ, with the one that does it.
pub fn heading(told: &Told, of: &Comparison) -> String {
    let differing: Vec<&Proposal> = of.amendments.iter().filter(|one| one.on != On::Both).collect();
    let by = told.change.by();
    let sides: Vec<On> = differing.iter().filter(|one| by.contains(one.name.as_str())).map(|one| one.on).collect();
    let names = by.into_iter().collect::<Vec<_>>().join(" and ");
    let change = &told.change;
    let relation = match (differing.len(), sides.contains(&On::Old), sides.contains(&On::New)) {
        (2.., false, true) => format!(", by {names}"),
        (2.., true, false) if change.is_added() => format!(", which {names} repeals"),
        (2.., true, false) if change.is_removed() => format!(", which {names} adds"),
        (2.., true, false) => format!(", no longer by {names}"),
        (_, _, _) => String::new(),
    };
    format!("{}{relation}", subject(told))
}

fn subject(told: &Told) -> String {
    let section = told.section.as_ref().map_or_else(String::new, |section| format!("{section} "));
    match &told.change.what {
        What::AsOf => "the as-of date".to_string(),
        What::Header(part) => format!("header, {}", part.words()),
        What::Declared(sort, name) => format!("{} {name}", sort.words()),
        What::Clause(name) => format!("{section}{name}"),
        What::Line(line) => format!("{section}{}", line_words(line)),
        What::Fact(fact) => fact_words(fact),
    }
}

fn line_words(line: &Line) -> String {
    let mut words = line.clause.clone();
    if let Some(days) = &line.wording {
        words.push_str(&format!(" ({days})"));
    }
    match &line.within {
        Within::Clause => {}
        Within::Reading(name) => words.push_str(&format!(", reading {name}")),
        Within::Requirement(name) => words.push_str(&format!(", requirement {name}")),
    }
    match line.slot {
        Slot::Whole => words,
        slot => format!("{words}, {}", slot.words()),
    }
}

fn fact_words(fact: &Fact) -> String {
    match fact {
        Fact::Own(name) => format!("fact {name}"),
        Fact::Field { record, id, field } => format!("{record} {id}, {field}"),
        Fact::Row { record, id } => format!("{record} {id}"),
        Fact::Many { record, field: Some(field), count } => format!("{field} of {count} {record} records"),
        Fact::Many { record, field: None, count } => format!("{count} {record} records"),
        Fact::Complete(record) => format!("whether {record} is complete"),
        Fact::Recorded { list, words } => format!("{list} of {words}"),
    }
}

/// What kind of change it is, in one word.
pub fn sort(change: &Change) -> &'static str {
    let clause = matches!(change.what, What::Clause(_));
    match (change.is_added(), change.is_removed()) {
        (true, false) if change.undoes_an_amendment() => "stays",
        (false, true) if change.undoes_an_amendment() => "not added",
        (true, _) => "added",
        (_, true) if clause => "repealed",
        (_, true) => "gone",
        (false, false) => "changed",
    }
}

/// The words of both sides; none where they are no more than the name, as an actor's are.
pub fn both(change: &Change) -> (Option<String>, Option<String>) {
    let name = if let What::Declared(_, name) = &change.what { name.as_str() } else { "" };
    let telling = |said: &&Said| said.words != name;
    let words = |said: &Option<Said>| said.as_ref().filter(telling).map(|said| cut(&said.words));
    (words(&change.old), words(&change.new))
}

pub fn cut(words: &str) -> String {
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} …", words.get(..at).unwrap_or_default().trim_end()),
        None => words.to_string(),
    }
}

/// `title: OLD → NEW`, in the words of both.
pub fn way(way: &Way, arrow: Arrow) -> String {
    let none = "none".to_string();
    let side = |words: &Option<String>| words.as_ref().map_or(none.clone(), |words| format!("“{}”", cut(words)));
    match way {
        Way::Remark { part, old, new } => format!("{part}: {} {} {}", side(old), arrow.0, side(new)),
        Way::Written { old, new } => {
            format!("“{}” {} “{}”, which means the same", cut(old), arrow.0, cut(new))
        }
        Way::Renamed { requirement: None, formerly } => format!("renamed, formerly `{}`", cut(formerly)),
        Way::Renamed { requirement: Some(name), formerly } => {
            format!("the requirement `{}` is renamed, formerly `{}`", cut(name), cut(formerly))
        }
        Way::Section { old, new } => {
            let place = |words: &Option<String>| words.clone().unwrap_or(none.clone());
            format!("moved: {} {} {}", place(old), arrow.0, place(new))
        }
        Way::Order => "moved to another place in the text".to_string(),
        Way::Layout => "only its layout or its comments".to_string(),
    }
}

// ---- amendments ----

/// `§ 3.2a working_group, “…”, proposed by drafting_group`.
pub fn proposal(of: &Proposal) -> String {
    let section = of.section.as_ref().map_or_else(String::new, |section| format!("{section} "));
    let title = of.title.as_ref().map(|title| format!("“{title}”"));
    let proposed = of.proposed.as_ref().map(|Proposed { by, on }| {
        let on = on.map_or_else(String::new, |on| format!(" on {on}"));
        format!("proposed by {by}{on}")
    });
    let parts = [Some(format!("{section}{}", of.name)), title, proposed];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// From when on it holds, and for what; on which side, the first line of the comparison says.
pub fn terms(of: &Proposal) -> Vec<String> {
    let began = match of.began {
        Began::KeepsTheOldWording => "what began before keeps the old wording",
        Began::IsTakenOver => "what began before and has not expired is carried over",
    };
    let on = match of.on {
        On::Both => Some("adopted on both sides, because another one builds on it".to_string()),
        On::Old | On::New => None,
    };
    std::iter::once(format!("applies from {}; {began}", of.effective)).chain(on).collect()
}

// ---- what flips ----

/// `5 verdicts flip by § 4.4 summons, when`.
pub fn by_what(flips: &Flips, of: &Comparison) -> String {
    let names: Vec<String> =
        flips.causes.iter().filter_map(|at| of.changes.get(*at)).map(|told| heading(told, of)).collect();
    joined(&names, flips.how)
}

fn joined(names: &[String], how: How) -> String {
    match how {
        How::Alone => names.concat(),
        How::WithOthers => names.join(", together with "),
        How::EachAlone => format!("{}: each of them is enough", names.join("; or ")),
        How::Together => format!("{}, together", names.join("; and ")),
    }
}

/// Changes as the cause of something, in the words of both sides: `§ 4.4 summons, when: “by 1 March” → “by 1 May”`.
pub fn cause<'t>(changes: impl IntoIterator<Item = &'t Told>, how: How) -> String {
    let names: Vec<String> = changes.into_iter().map(with_words).collect();
    joined(&names, how)
}

fn with_words(told: &Told) -> String {
    let head = subject(told);
    match both(&told.change) {
        // What comes or goes as a whole is named, and not told once more.
        (None, _) | (_, None) => format!("{head}, {}", sort(&told.change)),
        (Some(old), Some(new)) => format!("{head}: “{old}” → “{new}”"),
    }
}

pub fn counted(flips: &Flips) -> String {
    let verdicts = match flips.count() {
        0 => None,
        1 => Some("1 verdict flips".to_string()),
        many => Some(format!("{many} verdicts flip")),
    };
    let shares = match flips.shares {
        0 => None,
        1 => Some("1 cost is shared differently".to_string()),
        many => Some(format!("{many} costs are shared differently")),
    };
    let both: Vec<String> = verdicts.into_iter().chain(shares).collect();
    both.join(", ")
}

/// `summons: late → satisfied, 5 times, such as annual_2015`.
pub fn kind(kind: &Kind, arrow: Arrow) -> String {
    let example = instance(&kind.example);
    let times = match (kind.count, example.is_empty()) {
        (1, true) => "once".to_string(),
        (1, false) => format!("once: {example}"),
        (many, true) => format!("{many} times"),
        (many, false) => format!("{many} times, such as {example}"),
    };
    format!("{}: {} {} {}, {times}", kind.clause, called(kind.from), arrow.0, called(kind.to))
}

/// `summons, annual_2015: late → satisfied`.
pub fn flip(flip: &Flip, arrow: Arrow) -> String {
    format!("{}: {} {} {}", of_key(&flip.key), called(flip.from), arrow.0, called(flip.to))
}

/// `rent, b: SEK 20 → SEK 30`.
pub fn moved(moved: &Moved, arrow: Arrow) -> String {
    let share = |money: &Option<Money>| money.as_ref().map_or_else(|| "no share".to_string(), Money::to_string);
    format!("{}: {} {} {}", of_key(&moved.key), share(&moved.before), arrow.0, share(&moved.after))
}

fn of_key(key: &Key) -> String {
    let parts = [Some(&key.clause), key.subject.as_ref(), key.period.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

pub fn called(word: Option<Called>) -> &'static str {
    word.map_or("not asked", Called::words)
}

/// `annual_2015, by famna, 2015`.
pub fn instance(key: &Key) -> String {
    let bearer = key.bearer.as_ref().map(|bearer| format!("by {bearer}"));
    let parts = [key.subject.clone(), bearer, key.period.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// `touches board, for famna, forum and 3 more`.
pub fn touched(flips: &Flips) -> Option<String> {
    match (few(&flips.touched), few(&flips.subjects)) {
        (None, None) => None,
        (Some(whom), None) => Some(format!("affects {whom}")),
        (Some(whom), Some(subjects)) => Some(format!("affects {whom}, for {subjects}")),
        (None, Some(subjects)) => Some(format!("affects {subjects}")),
    }
}

fn few(names: &[String]) -> Option<String> {
    let few: Vec<&str> = names.iter().take(FEW).map(String::as_str).collect();
    match (few.is_empty(), names.len().saturating_sub(FEW)) {
        (true, _) => None,
        (false, 0) => Some(few.join(", ")),
        (false, more) => Some(format!("{} and {more} more", few.join(", "))),
    }
}

// ---- money ----

pub fn amount(moved: &MoneyMoved, amount: &Number) -> String {
    Money { currency: moved.currency, amount: amount.clone() }.to_string()
}

/// `SEK 100 more`, `SEK 100 less`.
pub fn more(moved: &MoneyMoved, difference: &Number) -> String {
    match *difference < Number::from(0) {
        true => format!("{} less", amount(moved, &Number::from(0).minus(difference))),
        false => format!("{} more", amount(moved, difference)),
    }
}

pub fn party(moved: &MoneyMoved, party: &Party, arrow: Arrow) -> String {
    let (before, after) = (amount(moved, &party.before), amount(moved, &party.after));
    format!("{} {before} {} {after}, {}", party.who, arrow.0, more(moved, &party.more()))
}

/// The sum, and whether it is the same.
pub fn sum(moved: &MoneyMoved, arrow: Arrow) -> String {
    let (before, after) = (amount(moved, &moved.before), amount(moved, &moved.after));
    match moved.before == moved.after {
        true => format!("the sum stays {after}"),
        false => {
            format!("the sum changes: {before} {} {after}, {}", arrow.0, more(moved, &moved.more()))
        }
    }
}

/// Lines about the money of one cost.
pub fn money(moved: &MoneyMoved, arrow: Arrow) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(moved.largest_gain().map(|one| format!("largest gain: {}", party(moved, one, arrow))));
    lines.extend(moved.largest_loss().map(|one| format!("largest loss: {}", party(moved, one, arrow))));
    lines.push(sum(moved, arrow));
    lines
}
