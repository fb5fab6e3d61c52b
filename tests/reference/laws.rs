//! What holds of every agreement without a second opinion: verdicts before and after a change that must not matter.

use std::collections::BTreeMap;

use overens::diagnostics::Sink;
use overens::evaluate::{Limits, evaluate};
use overens::facts::Row;
use overens::render::consolidated::{Consolidated, show};
use overens::source::Sources;
use overens::value::{Day, days_in_month};
use overens::verdict::{Holder, Status};
use overens::{check, syntax};

use super::compare::{Opened, opened};
use super::made::{Made, Tape};

/// Verdicts by clause, subject, bearer and period; what is watched on every day has several, by their first and last days.
type Told = BTreeMap<String, Vec<One>>;

#[derive(Clone, Debug, PartialEq)]
struct One {
    status: Status,
    /// Status, nuance and days.
    words: String,
    /// The last day of its period.
    ends: Option<Day>,
    span: Option<(Day, Day)>,
}

fn told(Opened { plan, facts, as_of }: &Opened) -> Told {
    let mut all = Told::new();
    for verdict in evaluate(plan, facts, *as_of, &Limits::default()).iter() {
        let instance = &verdict.instance;
        let norm = plan.norm(instance.norm).unwrap();
        let mut key = plan.clause(norm.clause).unwrap().name.clone();
        if let Some((line, Row(row))) = instance.subject {
            key += &format!(" for {}", facts.id(norm.subjects[usize::from(line)].record, Row(row)));
        }
        match instance.bearer {
            Holder::TheOne => {}
            Holder::Actor(actor) => key += &format!(" by {}", plan.schema.actor(actor).unwrap().name),
            Holder::Row(record, row) => key += &format!(" by {}", facts.id(record, row)),
        }
        if let Some(period) = instance.period {
            key += &format!(" {} through {}", period.first(), period.last());
        }
        all.entry(key).or_default().push(One {
            status: verdict.status,
            words: format!("{:?} {:?} {:?}", verdict.status, verdict.nuance, verdict.days),
            // What runs on without an end ends on no other day for that.
            ends: instance.period.map(|period| period.last()).filter(|day| day.year() < 9999),
            span: instance.span,
        });
    }
    all
}

fn of(made: &Made) -> Option<Told> {
    opened(&made.policy(), &made.fact_file(), None).ok().map(|read| told(&read))
}

/// Every law that a case breaks, in words.
pub fn broken(made: &Made, seed: u64) -> Vec<String> {
    let Ok(read) = opened(&made.policy(), &made.fact_file(), None) else { return vec![] };
    let before = told(&read);
    let tape = &mut Tape::of(seed);
    let mut all = vec![];
    let mut say = |law: &str, what: Vec<String>| {
        all.extend(what.into_iter().take(1).map(|what| format!("{law}: {what}")));
    };
    for (what, narrower, on_file) in learned(made, tape) {
        if let Some(after) = of(&narrower) {
            let told = kept(&before, &after, on_file);
            say(
                "what is firm stays whatever is learned",
                told.into_iter().map(|one| format!("{what}: {one}")).collect(),
            );
        }
    }
    for (what, other) in unrelated(made) {
        if let Some(after) = of(&other) {
            say(what, differing(&before, &after, false));
        }
    }
    say("a closed period stays as it is", later(made, &before, tape));
    say("28 years later it is the same", shifted(made));
    say("the consolidated wording says the same", consolidated(made, &read, &before));
    all
}

/// Where two sides differ, on what both hold; with `whole`, on everything.
fn differing(before: &Told, after: &Told, whole: bool) -> Vec<String> {
    let mut all = vec![];
    for (key, ones) in before {
        match after.get(key) {
            Some(others) if others == ones => {}
            Some(others) => all.push(format!("{key}: {ones:?} became {others:?}")),
            None if whole => all.push(format!("{key}: {ones:?} is gone")),
            None => {}
        }
    }
    all
}

// ---- what is firm ------------------------------------------------------------------------------------------------------

/// The case with one thing more known, and whether something on file became narrower by it.
fn learned(made: &Made, tape: &mut Tape) -> Vec<(String, Made, bool)> {
    let mut all = vec![];
    for (list, (record, rows)) in made.records.iter().enumerate() {
        for (at, row) in rows.iter().enumerate() {
            for (field, (name, text)) in row.fields.iter().enumerate() {
                let options = options_of(text);
                if !options.is_empty() {
                    let one = options[tape.below(u32::try_from(options.len()).unwrap()) as usize].clone();
                    let mut narrower = made.clone();
                    narrower.records[list].1[at].fields[field].1.clone_from(&one);
                    all.push((format!("{name} of {} is {one}", row.id), narrower, true));
                }
            }
            for (name, ty) in fields_of(made, record) {
                if !row.fields.iter().any(|(given, _)| *given == name)
                    && let Some(one) = anything(made, record, &ty, tape)
                {
                    let mut narrower = made.clone();
                    narrower.records[list].1[at].fields.push((name.clone(), one.clone()));
                    all.push((format!("{name} of {} is {one}", row.id), narrower, false));
                }
            }
        }
    }
    all
}

/// What an imprecise or disputed value may be.
fn options_of(text: &str) -> Vec<String> {
    if text.starts_with("[(value: ") {
        let parts = text.split("value: ").skip(1);
        return parts.filter_map(|part| part.split(", source").next()).map(str::to_string).collect();
    }
    let bare = text.trim_matches('"');
    if let Some((first, last)) = bare.split_once('/') {
        return vec![format!("\"{first}\""), format!("\"{last}\"")];
    }
    let parts: Vec<&str> = bare.split('-').collect();
    if let [year, month] = parts.as_slice()
        && let (Ok(of), Ok(month_of)) = (year.parse(), month.parse())
    {
        let last = days_in_month(of, month_of).unwrap();
        return [1, 14, 15, last].iter().map(|day| format!("\"{year}-{month}-{day:02}\"")).collect();
    }
    vec![]
}

/// The fields of a record that have one value, with their types.
fn fields_of(made: &Made, record: &str) -> Vec<(String, String)> {
    let head = |words: &&String| words.split_whitespace().nth(1) == Some(record);
    let Some(words) = made.words.iter().find(head) else { return vec![] };
    let lines = words.lines().skip(1).filter_map(|line| line.trim().split_once(": "));
    lines.filter(|(_, ty)| !ty.contains("over time")).map(|(a, b)| (a.to_string(), b.to_string())).collect()
}

/// A value that a field may have that is not given. A list that is complete leaves out no date.
fn anything(made: &Made, record: &str, ty: &str, tape: &mut Tape) -> Option<String> {
    if tape.one_in(4) {
        return Some("None".to_string());
    }
    Some(match ty {
        "date" => {
            let spans = made.complete.iter().filter(|(of, ..)| of == record);
            let day = if tape.one_in(3) { "2016-02-01".to_string() } else { tape.day() };
            let told = spans.clone().any(|(_, from, through)| *from <= day && day <= *through);
            if told {
                return Some("None".to_string());
            }
            format!("\"{day}\"")
        }
        "yes/no" => tape.pick(&["true", "false"]),
        "number" => tape.pick(&["0", "1", "3", "8"]),
        _ if ty.starts_with("one of ") => {
            let options: Vec<&str> = ty[7..].split(", ").collect();
            format!("\"{}\"", tape.pick(&options))
        }
        _ => {
            let (_, rows) = made.records.iter().find(|(record, _)| record == ty)?;
            let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            if ids.is_empty() {
                return None;
            }
            format!("\"{}\"", tape.pick(&ids))
        }
    })
}

/// Firm verdicts that did not stay. What is pending may change by what was not on file.
fn kept(before: &Told, after: &Told, on_file: bool) -> Vec<String> {
    let firm = |one: &One| one.status != Status::Unknown && (on_file || one.status != Status::Pending);
    let mut all = vec![];
    for (key, ones) in before {
        for one in ones.iter().filter(|one| firm(one)) {
            let others = after.get(key).map_or(&[][..], Vec::as_slice);
            let touching = others.iter().filter(|other| match (one.span, other.span) {
                (Some((first, last)), Some((a, b))) => a <= last && first <= b,
                _ => true,
            });
            for other in touching {
                if other.status != one.status {
                    all.push(format!("{key}: {one:?} became {other:?}"));
                }
            }
            if others.is_empty() && one.status != Status::NotApplicable {
                all.push(format!("{key}: {one:?} is gone"));
            }
        }
    }
    all
}

// ---- what has nothing to do with it ------------------------------------------------------------------------------------

fn unrelated(made: &Made) -> Vec<(&'static str, Made)> {
    let mut all = vec![];
    let mut with = |what: &'static str, change: &dyn Fn(&mut Made)| {
        let mut one = made.clone();
        change(&mut one);
        all.push((what, one));
    };
    with("a record of another list changes nothing", &|one| {
        one.words.push("event storm on came_on\n  came_on: date\n  strong: yes/no".to_string());
        let fields = vec![("came_on".to_string(), "\"2014-05-15\"".to_string())];
        one.records.push(("storm".to_string(), vec![super::made::Given { id: "w0".to_string(), fields }]));
    });
    with("another clause changes nothing", &|one| {
        let lines = ["duty other", "BOARD shall make noise", "every calendar year"];
        one.clauses.insert(0, lines.iter().map(|line| (*line).to_string()).collect());
    });
    with("an amendment of another clause changes nothing", &|one| {
        let lines = [
            "amendment other",
            "to made",
            "adopted on 2014-02-01",
            "takes effect 2014-05-16",
            "add",
            "duty other_one\n  BOARD shall make noise\n  every calendar year",
        ];
        one.clauses.push(lines.iter().map(|line| (*line).to_string()).collect());
    });
    with("the order of clauses changes nothing", &|one| one.clauses.reverse());
    with("the order of fields changes nothing", &|one| {
        one.records.iter_mut().flat_map(|(_, rows)| rows).for_each(|row| row.fields.reverse());
        one.facts.reverse();
    });
    with("the order of lists changes nothing", &|one| {
        one.records.reverse();
        one.complete.reverse();
    });
    if made.clauses.len() > 1 {
        for at in 0..made.clauses.len() {
            if !made.clauses[at].iter().any(|line| line.starts_with("amendment ")) {
                with("a clause less changes nothing in the others", &|one| drop(one.clauses.remove(at)));
            }
        }
    }
    all
}

// ---- time --------------------------------------------------------------------------------------------------------------

fn is_all_known(made: &Made) -> bool {
    let fields = made.records.iter().flat_map(|(_, rows)| rows).flat_map(|row| &row.fields).chain(&made.facts);
    let lists = made.words.iter().filter(|words| words.starts_with("record ") || words.starts_with("event "));
    made.complete.len() == lists.count()
        && made.complete.iter().all(|(_, from, through)| from == "0001-01-01" && through == "2015-12-31")
        && fields.map(|(_, text)| text).all(|text| options_of(text).is_empty())
        && made.records.iter().all(|(record, rows)| {
            rows.iter().all(|row| {
                fields_of(made, record).iter().all(|(name, _)| row.fields.iter().any(|(given, _)| given == name))
            })
        })
}

/// With everything known, and nothing dated between two days, what had run out by the first is the same on the second.
fn later(made: &Made, before: &Told, tape: &mut Tape) -> Vec<String> {
    if !is_all_known(made) {
        return vec![];
    }
    let as_of = Day::parse_iso(&made.as_of).unwrap();
    let further = as_of.plus_days([1, 16, 40, 120][tape.below(4) as usize]);
    let facts = made.fact_file();
    let dated = (1..=as_of.days_until(further)).map(|n| as_of.plus_days(n).to_string());
    if further.year() > 2015 || dated.into_iter().any(|day| facts.contains(&day)) {
        return vec![];
    }
    let Some(after) = of(&Made { as_of: further.to_string(), ..made.clone() }) else { return vec![] };
    let mut all = vec![];
    for (key, ones) in before {
        for one in ones.iter().filter(|one| one.status != Status::Pending) {
            let others = after.get(key).map_or(&[][..], Vec::as_slice);
            let over = one.ends.is_some_and(|last| last < as_of) || one.span.is_some_and(|(_, last)| last < as_of);
            let stays = others.iter().any(|other| match (one.span, other.span) {
                (Some((first, last)), Some((a, b))) => a <= first && last <= b && one.status == other.status,
                _ => one.words == other.words,
            });
            if over && !stays {
                all.push(format!("as of {further}, {key}: {one:?} became {others:?}"));
            }
        }
    }
    all
}

/// Every year of a text, moved.
pub fn moved(text: &str, by: i32) -> String {
    let is_part = |c: char| c.is_ascii_digit();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(is_part) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c| !is_part(c)).unwrap_or(from.len());
        let (digits, behind) = from.split_at(end);
        out += before;
        match digits.parse::<i32>() {
            Ok(year) if digits.len() == 4 && (1901..2099).contains(&year) => out += &(year + by).to_string(),
            _ => out += digits,
        }
        rest = behind;
    }
    out + rest
}

/// Weekdays and leap years come back after 28 years.
fn shifted(made: &Made) -> Vec<String> {
    let mut plain = made.clone();
    plain.head.retain(|line| !line.starts_with("calendar"));
    let (policy, facts) = (plain.policy(), plain.fact_file());
    let Ok(now) = opened(&policy, &facts, None) else { return vec![] };
    let then = match opened(&moved(&policy, 28), &moved(&facts, 28), None) {
        Ok(then) => then,
        Err(why) => return vec![why],
    };
    let before = told(&now);
    let mut after = Told::new();
    for (key, mut ones) in told(&then) {
        for one in &mut ones {
            let back = |day: Day| Day::of(day.year() - 28, day.month(), day.parts().2).unwrap();
            one.span = one.span.map(|(first, last)| (back(first), back(last)));
            one.ends = one.ends.map(back);
        }
        after.insert(moved(&key, -28), ones);
    }
    differing(&before, &after, true)
}

// ---- the wording in force ----------------------------------------------------------------------------------------------

fn consolidated(made: &Made, read: &Opened, before: &Told) -> Vec<String> {
    let Opened { plan, as_of, .. } = read;
    if !plan.amendments.is_empty() || !plan.force.contains(*as_of) {
        return vec![];
    }
    let policy = made.policy();
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let file = sources.add("policy", &policy);
    let trees = [syntax::read(file, &policy, &mut problems)];
    let agreement = check::check(&trees, &mut problems);
    let text =
        show(&Consolidated { agreement: &agreement, trees: &trees, sources: &sources, adopted: &[], day: *as_of });
    match opened(&text, &made.fact_file(), None) {
        Ok(read) => {
            let single = |key: &str| {
                let name = key.split(' ').next().unwrap_or("");
                // A wording that is not in force that day is not printed.
                let mut norms = plan.find_clause(name).into_iter().flat_map(|clause| plan.norms_of(clause));
                norms.next().is_some_and(|(_, norm)| norm.force.contains(*as_of)) && norms.next().is_none()
            };
            let before = before.iter().filter(|(key, _)| single(key)).map(|(key, ones)| (key.clone(), ones.clone()));
            differing(&before.collect(), &told(&read), true)
        }
        Err(why) => vec![format!("{why}\n{text}")],
    }
}
