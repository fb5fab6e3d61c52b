//! `overens verify`: judges once more what a report in JSON tells, and says what differs: a text that it rests on, the calendar, the
//! version, or the answers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::Exit;
use super::bounds::{Limit, of_evaluation, stopped};
use super::disk;
use super::fact_files::parse_day;
use super::files::Refusal;
use super::judging::Judged;
use super::output::{Format, Output, To};
use super::prepare::{Common, FactsFormat, ready};
use super::supposing::Supposing;
use crate::evaluate::evaluate;
use crate::render::report::form::{Form, write};
use crate::render::report::several::{Among, Number, Several, Table};
use crate::render::{Colour, Look, Marks, visible};
use crate::report::{Asked as Wanted, Reasons, Which};
use crate::verdict::Called;

/// Check a report in JSON by judging again
///
/// Reads the same policy and facts as of the same date, and says whether the verdicts are the same, or what differs and why.
#[derive(clap::Args)]
pub struct Args {
    /// A report from `overens eval --format json`
    report: PathBuf,
    /// The policy, if it is not where the report says
    policy: Option<PathBuf>,
    /// The fact files, if they are not where the report says
    facts: Vec<PathBuf>,
    /// Output format [default: plain]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// So many verdicts that differ are told one by one.
const MOST: usize = 20;
/// Of so few characters, what differs is shown.
const SHORT: usize = 120;

/// Something that is not as the report says.
struct Difference {
    /// `version`, `calendar`, `input`, `verdict` or `rest`.
    what: &'static str,
    name: String,
    then: Option<String>,
    now: Option<String>,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let told = match read(&args.report) {
        Ok(told) => told,
        Err(refusal) => return output.refuse(&refusal),
    };
    let (mut differences, mut verdicts, mut exit) = (Vec::new(), 0_usize, Exit::Yes);
    for report in &told {
        match again(report, args, output) {
            Ok(now) => {
                verdicts = verdicts.saturating_add(list(report, "verdicts").len());
                compare(report, &now, args.policy.is_some(), &mut differences);
            }
            Err(worse) => exit = exit.worst_of(worse),
        }
    }
    if exit != Exit::Yes {
        return exit;
    }
    if differences.iter().any(|one| one.what != "version") {
        exit = Exit::No;
    }
    let text = match args.format {
        Some(Format::Json) => as_json(&differences, exit),
        Some(Format::Plain | Format::Pretty) | None => plain(&differences, (told.len(), verdicts), exit),
    };
    exit.worst_of(output.write(To::Results, &text))
}

/// The reports that a file holds: one, or those of several agreements.
fn read(path: &Path) -> Result<Vec<Value>, Refusal> {
    let bytes = disk::file(path, Limit::FactBytes)?;
    let not_one = |why: String| Refusal {
        message: format!("`{}` is not a report that can be verified: {why}", path.display()),
        help: Some("create one with `overens eval POLICY FACTS --format json`".to_string()),
        exit: Exit::File,
    };
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| not_one(error.to_string()))?;
    let reports = match text(&value, "schema") {
        Some("overens-report/1") => vec![value],
        Some("overens-reports/1") => list(&value, "reports").to_vec(),
        Some(other) => return Err(not_one(format!("its schema is `{other}`"))),
        None => return Err(not_one("it has no `schema`".to_string())),
    };
    if reports.iter().any(|report| report.get("inputs").is_none()) {
        return Err(not_one("it does not list its inputs (`inputs`)".to_string()));
    }
    if reports.iter().any(|report| report.get("stopped_after").is_some_and(|most| !most.is_null())) {
        return Err(not_one("judging stopped at a limit, so it is incomplete (`stopped_after`)".to_string()));
    }
    Ok(reports)
}

/// Judges again what one report tells; the report of now.
fn again(report: &Value, args: &Args, output: &Output) -> Result<Value, Exit> {
    let asked = report.get("asked").unwrap_or(&Value::Null);
    let day = |name| text(report, name).and_then(|day| parse_day(day).ok());
    let words = |name| list(asked, name).iter().filter_map(Value::as_str).map(str::to_string).collect::<Vec<_>>();
    let format = text(asked, "facts_format");
    let common = Common {
        as_of: day("as_of"),
        known_on: day("known_on"),
        pseudonyms: is(asked, "pseudonyms"),
        facts_format: format.and_then(|format| <FactsFormat as clap::ValueEnum>::from_str(format, true).ok()),
        supposing: Supposing { with: words("with"), without: words("without") },
    };
    if args.policy.is_none() {
        let texts = list(report, "inputs").iter().filter_map(|input| text(input, "file"));
        for file in texts.filter(|file| *file != "-") {
            disk::there(Path::new(file)).map_err(|refusal| output.refuse(&refusal))?;
        }
    }
    let policy = args.policy.clone().unwrap_or_else(|| PathBuf::from(text(report, "policy").unwrap_or_default()));
    let facts = match args.policy {
        Some(_) if !args.facts.is_empty() => args.facts.clone(),
        Some(_) | None => words("facts").into_iter().map(PathBuf::from).collect(),
    };
    let is_piped = std::iter::once(&policy).chain(&facts).any(|path| path == Path::new("-"));
    if is_piped && disk::standard_input_is_empty() {
        return Err(output.refuse(&Refusal {
            message: "the report was made from standard input (`-`), which is empty now".to_string(),
            help: Some("send the same text again, or give it as a file after the report and the policy".to_string()),
            exit: Exit::File,
        }));
    }
    let ready = ready(&policy, &facts, &common, output)?;
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &of_evaluation());
    if let Some(cut) = verdicts.cut_at {
        return Err(output.refuse(&stopped(ready.policy.name(), cut)));
    }
    let fail_on = words("fail_on");
    let failing = Called::ALL.into_iter().filter(|called| fail_on.iter().any(|word| word == called.words())).collect();
    let judged = Judged { ready, verdicts, failing, exit: Exit::Yes };
    let which = if is(asked, "all") { Which::All } else { Which::ForAction };
    let wanted = Wanted {
        lines: Form::Json.lines(which),
        kept: Form::Json.kept(),
        most: Form::Json.most(which),
        reasons: if is(asked, "reasons") { Reasons::Told } else { Reasons::LeftOut },
        period: text(report, "period").map(str::to_string),
    };
    let made = judged.report(&wanted);
    let exit = match (made.counts.is_empty(), made.counts.keys().any(|called| judged.failing.contains(called))) {
        // Whether nothing is a failure was asked for, too.
        (true, _) => report.get("exit").and_then(Value::as_i64).and_then(|code| i32::try_from(code).ok()).unwrap_or(0),
        (false, true) => Exit::No.code(),
        (false, false) => Exit::Yes.code(),
    };
    let among = Among { report: &made, rows: judged.rows(wanted.period.as_deref()), exit };
    let all = Several {
        reports: vec![among],
        not_judged: &[],
        exit: 0,
        number: Number::One,
        failing: &[],
        table: Table::Verdicts,
        command: "eval",
    };
    let look = Look { marks: Marks::Ascii, colour: Colour::Off, width: 100 };
    let mut told = String::new();
    // Writing to a text cannot fail.
    let _ = write(Form::Json, &all, look, &mut told);
    serde_json::from_str(&told).map_err(|_| Exit::Bug)
}

// ---- what differs ----------------------------------------------------------------------------------------------------

/// How a report and what is judged now are held against each other.
#[derive(Clone, Copy)]
struct Held {
    /// The texts stand elsewhere than the report says: they are known by their order.
    elsewhere: bool,
    /// All texts and the calendar are the same, so that every place in them is, too.
    same_texts: bool,
}

/// What another version may tell in other words or not at all; of it only the answers are compared.
const WORDS: [&str; 9] = ["detail", "reason", "clauses", "unused", "missing", "waiting", "asked", "exit", "title"];
/// What is told by itself, or only says where and by what the texts were found.
const APART: [&str; 8] =
    ["version", "calendar", "inputs", "verdicts", "policy", "facts", "rules_digest", "facts_digest"];

fn compare(then: &Value, now: &Value, elsewhere: bool, differences: &mut Vec<Difference>) {
    let before = differences.len();
    differences.extend(difference("version", "overens", version(then), version(now)));
    let same_version = differences.len() == before;
    let before = differences.len();
    differences.extend(difference("calendar", "the calendar", calendar(then), calendar(now)));
    inputs_compared(then, now, elsewhere, differences);
    let held = Held { elsewhere, same_texts: differences.len() == before };
    let told = |value: &Value| if same_version { held.alike(value) } else { held.alike(&without(value, &WORDS)) };
    let (old, new) = (verdicts(&told(then)), verdicts(&told(now)));
    for name in old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))) {
        differences.extend(verdict_compared(name, old.get(name), new.get(name)));
    }
    let empty = Map::new();
    let fields = |value: &Value| told(value).as_object().unwrap_or(&empty).clone();
    let (old, new) = (fields(then), fields(now));
    let mut names: Vec<&String> = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))).collect();
    names.retain(|name| !APART.contains(&name.as_str()) && (same_version || old.contains_key(*name)));
    if held.same_texts && same_version {
        names.extend(old.keys().filter(|name| matches!(name.as_str(), "rules_digest" | "facts_digest")));
        if !elsewhere {
            names.extend(old.keys().filter(|name| matches!(name.as_str(), "policy" | "facts")));
        }
    }
    for name in names {
        let one = |fields: &Map<String, Value>| fields.get(name).map(Value::to_string);
        differences.extend(difference("rest", name, one(&old), one(&new)));
    }
}

fn difference(what: &'static str, name: &str, then: Option<String>, now: Option<String>) -> Option<Difference> {
    (then != now).then(|| Difference { what, name: name.to_string(), then, now })
}

fn version(report: &Value) -> Option<String> {
    text(report, "version").map(str::to_string)
}

fn calendar(report: &Value) -> Option<String> {
    let calendar = report.get("calendar")?;
    Some(format!("{}, digest {}", text(calendar, "name")?, text(calendar, "digest")?))
}

/// Each text that is another, is not read any more, or was not read then.
fn inputs_compared(then: &Value, now: &Value, elsewhere: bool, differences: &mut Vec<Difference>) {
    let (old, new) = (inputs(then, elsewhere), inputs(now, elsewhere));
    for (key, (name, digest)) in &old {
        differences.extend(difference("input", name, Some(digest.clone()), new.get(key).map(|one| one.1.clone())));
    }
    for (_, (name, digest)) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        differences.extend(difference("input", name, None, Some(digest.clone())));
    }
}

/// What a report rests on, by the part that each text plays and its name, or its place among those of the same part where it was
/// named elsewhere: how it is told, and its digest.
fn inputs(report: &Value, elsewhere: bool) -> BTreeMap<(String, String, usize), (String, String)> {
    let mut all = BTreeMap::new();
    for input in list(report, "inputs") {
        let word = |name| text(input, name).unwrap_or_default().to_string();
        let (part, file) = (word("part"), word("file"));
        let known_by = if elsewhere { String::new() } else { file.clone() };
        let number = all.keys().filter(|(own, name, _)| *own == part && *name == known_by).count();
        let told = format!("{part} `{file}`");
        all.insert((part, known_by, number), (told, word("digest")));
    }
    all
}

/// The verdicts by what they are about. Two about the same have numbers.
fn verdicts(report: &Value) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for verdict in list(report, "verdicts") {
        let keys = ["clause", "subject", "bearer", "period"];
        let plain = keys.iter().filter_map(|key| text(verdict, key)).collect::<Vec<&str>>().join(", ");
        let mut name = plain.clone();
        for number in 2_usize.. {
            if !all.contains_key(&name) {
                break;
            }
            name = format!("{plain} ({number})");
        }
        all.insert(name, verdict.clone());
    }
    all
}

/// Two verdicts about the same, in few words; where those are the same, by the other fields that differ.
fn verdict_compared(name: &str, then: Option<&Value>, now: Option<&Value>) -> Option<Difference> {
    if then == now {
        return None;
    }
    let (old, new) = (then.map(brief), now.map(brief));
    if old != new {
        return difference("verdict", name, old, new);
    }
    let fields = |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_default();
    let (then, now) = (fields(then), fields(now));
    let mut names: Vec<&String> =
        then.keys().chain(now.keys()).filter(|name| then.get(*name) != now.get(*name)).collect();
    names.dedup();
    names.sort();
    names.dedup();
    let told = |fields: &Map<String, Value>| {
        let one = |name: &&String| {
            format!("`{name}` {}", fields.get(*name).map_or_else(|| "nothing".to_string(), Value::to_string))
        };
        Some(names.iter().map(one).collect::<Vec<String>>().join("; "))
    };
    difference("verdict", name, told(&then), told(&now))
}

/// What a verdict comes to.
fn brief(verdict: &Value) -> String {
    const TOLD: [&str; 11] = [
        "verdict",
        "nuance",
        "days",
        "first_day",
        "last_day",
        "progress",
        "detail",
        "missing",
        "decider",
        "by",
        "owed_to",
    ];
    let told = TOLD.iter().filter_map(|key| match verdict.get(key)? {
        Value::Null => None,
        Value::String(words) if words.is_empty() => None,
        Value::String(words) => Some(words.clone()),
        Value::Array(all) if all.is_empty() => None,
        other => Some(format!("{key} {other}")),
    });
    told.collect::<Vec<String>>().join("; ")
}

fn without(value: &Value, names: &[&str]) -> Value {
    match value {
        Value::Array(all) => Value::Array(all.iter().map(|one| without(one, names)).collect()),
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(name, _)| !names.contains(&name.as_str()));
            Value::Object(kept.map(|(name, value)| (name.clone(), without(value, names))).collect())
        }
        other => other.clone(),
    }
}

impl Held {
    /// The same without what may be otherwise: lines and columns, where a text may be laid out anew, and the names of texts that
    /// stand elsewhere.
    fn alike(self, value: &Value) -> Value {
        match value {
            Value::Array(all) => Value::Array(all.iter().map(|one| self.alike(one)).collect()),
            Value::Object(fields)
                if fields.contains_key("line") && fields.contains_key("column") && !self.same_texts =>
            {
                Value::Null
            }
            Value::Object(fields) => {
                let is_place = fields.contains_key("line");
                let is_asked = fields.contains_key("facts_format");
                let moved =
                    |name: &str| self.elsewhere && ((is_place && name == "file") || (is_asked && name == "facts"));
                let kept = fields.iter().filter(|(name, _)| !moved(name));
                Value::Object(kept.map(|(name, value)| (name.clone(), self.alike(value))).collect())
            }
            other => other.clone(),
        }
    }
}

// ---- told ------------------------------------------------------------------------------------------------------------

fn plain(differences: &[Difference], (reports, verdicts): (usize, usize), exit: Exit) -> String {
    let mut out = String::new();
    let mut say = |line: &str| {
        out.push_str(&visible::line(line));
        out.push('\n');
    };
    let so_many = |many: usize, what: &str| if many == 1 { format!("1 {what}") } else { format!("{many} {what}s") };
    let (reports, verdicts) = (so_many(reports, "report"), so_many(verdicts, "verdict"));
    match exit {
        Exit::Yes => say(&format!("the same: {reports}, {verdicts}, judged again from the same texts")),
        _ => say("not the same:"),
    }
    let told = |it: &Option<String>| it.clone().unwrap_or_else(|| "nothing".to_string());
    let mut shown = 0_usize;
    for one in differences {
        shown = shown.saturating_add(usize::from(one.what == "verdict"));
        match one.what {
            "version" => say(&format!("  version: judged by {}, this is {}", told(&one.then), told(&one.now))),
            "calendar" => say(&format!("  the calendar has changed: {}; now {}", told(&one.then), told(&one.now))),
            "input" => match (&one.then, &one.now) {
                (Some(then), Some(now)) => say(&format!("  {} has changed: digest {then}, now {now}", one.name)),
                (Some(_), None) => say(&format!("  {} is no longer read", one.name)),
                (None, _) => say(&format!("  {} was not read then", one.name)),
            },
            "verdict" if shown <= MOST => {
                say(&format!("  {}: {}; now {}", one.name, told(&one.then), told(&one.now)));
            }
            "rest" => match (&one.then, &one.now) {
                (Some(then), Some(now)) if then.len().saturating_add(now.len()) <= SHORT => {
                    say(&format!("  `{}` differs: {then}; now {now}", one.name));
                }
                (None, _) => say(&format!("  `{}` was not in the report", one.name)),
                (_, None) => say(&format!("  `{}` is not part of a report", one.name)),
                _ => say(&format!("  `{}` differs", one.name)),
            },
            _ => {}
        }
    }
    if shown > MOST {
        say(&format!("  {} more verdicts differ", shown.saturating_sub(MOST)));
    }
    let texts = differences.iter().any(|one| matches!(one.what, "input" | "calendar" | "version"));
    if exit == Exit::No && !texts {
        say("  all texts, the calendar and the version are the same: the report was changed after it was made");
    }
    out
}

fn as_json(differences: &[Difference], exit: Exit) -> String {
    let one = |one: &Difference| json!({ "what": one.what, "name": one.name, "then": one.then, "now": one.now });
    let all: Vec<Value> = differences.iter().map(one).collect();
    let told =
        json!({ "schema": "overens-verify/1", "same": exit == Exit::Yes, "differences": all, "exit": exit.code() });
    format!("{told:#}\n")
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}
