//! `overens verify`: judges once more what a report in JSON tells, and says what differs: a text that it rests on, the calendar, the
//! version, or the answers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::Exit;
use super::bounds::{Limit, of_evaluation, stopped};
use super::fact_files::parse_day;
use super::files::{self, Refusal};
use super::judging::Judged;
use super::output::{Format, Output, To};
use super::prepare::{Common, FactsFormat, ready};
use super::supposing::Supposing;
use crate::evaluate::evaluate;
use crate::render::report::form::{Form, write};
use crate::render::report::several::{Among, Number, Several, Table};
use crate::render::{Colour, Look, Marks, visible};
use crate::report::{Asked as Wanted, Reasons, Which};

/// Judge again what a report in JSON tells
///
/// Reads the same policy and facts, as of the same day, and says whether the answers are the same, or what differs and why.
#[derive(clap::Args)]
pub struct Args {
    /// A report of `overens eval --format json`
    report: PathBuf,
    /// The policy, where it stands elsewhere than the report says
    policy: Option<PathBuf>,
    /// The fact files, where they stand elsewhere than the report says
    facts: Vec<PathBuf>,
    /// How to show what differs [default: plain]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// So many verdicts that differ are told one by one.
const MOST: usize = 20;

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
                compare(report, &now, &mut differences);
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
    let bytes = files::file(path, Limit::FactBytes)?;
    let not_one = |why: String| Refusal {
        message: format!("`{}` is no report that can be judged again: {why}", path.display()),
        help: Some("make one with `overens eval POLICY FACTS --format json`".to_string()),
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
        return Err(not_one("it does not say what it rests on (`inputs`)".to_string()));
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
    let policy = args.policy.clone().unwrap_or_else(|| PathBuf::from(text(report, "policy").unwrap_or_default()));
    let facts = match args.policy {
        Some(_) if !args.facts.is_empty() => args.facts.clone(),
        Some(_) | None => words("facts").into_iter().map(PathBuf::from).collect(),
    };
    let ready = ready(&policy, &facts, &common, output)?;
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &of_evaluation());
    if let Some(cut) = verdicts.cut_at {
        return Err(output.refuse(&stopped(ready.policy.name(), cut)));
    }
    let judged = Judged { ready, verdicts, exit: Exit::Yes };
    let which = if is(asked, "all") { Which::All } else { Which::ForAction };
    let wanted = Wanted {
        lines: Form::Json.lines(which),
        kept: Form::Json.kept(),
        most: Form::Json.most(which),
        reasons: if is(asked, "reasons") { Reasons::Told } else { Reasons::LeftOut },
        period: text(report, "period").map(str::to_string),
    };
    let made = judged.report(&wanted);
    let among = Among { report: &made, rows: judged.rows(wanted.period.as_deref()), exit: 0 };
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

fn compare(then: &Value, now: &Value, differences: &mut Vec<Difference>) {
    let mut push = |what, name: String, then: Option<String>, now: Option<String>| {
        if then != now {
            differences.push(Difference { what, name, then, now });
        }
    };
    let owned = |value: &Value, name| text(value, name).map(str::to_string);
    push("version", "overens".to_string(), owned(then, "version"), owned(now, "version"));
    let calendar = |value: &Value| {
        let calendar = value.get("calendar")?;
        Some(format!("{}, digest {}", text(calendar, "name")?, text(calendar, "digest")?))
    };
    push("calendar", "the calendar".to_string(), calendar(then), calendar(now));
    let (old, new) = (inputs(then), inputs(now));
    for (at, (name, digest)) in old.iter().enumerate() {
        // A file that was named elsewhere is known by its place in the order.
        let same = new.get(at).filter(|(other, _)| other.0 == name.0);
        push("input", format!("{} `{}`", name.0, name.1), Some(digest.clone()), same.map(|(_, digest)| digest.clone()));
    }
    for (name, digest) in new.iter().skip(old.len()) {
        push("input", format!("{} `{}`", name.0, name.1), None, Some(digest.clone()));
    }
    let (old, new) = (verdicts(then), verdicts(now));
    for (name, told) in &old {
        push("verdict", name.clone(), Some(told.clone()), new.get(name).cloned());
    }
    for (name, told) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        push("verdict", name.clone(), None, Some(told.clone()));
    }
    for part in ["counts", "due", "waiting", "missing", "shares", "amendments"] {
        let whole = |value: &Value| value.get(part).map(|part| without_places(part).to_string());
        push("rest", part.to_string(), whole(then), whole(now));
    }
}

/// What a report rests on: the part that each text plays, its name and its digest, in order.
fn inputs(report: &Value) -> Vec<((String, String), String)> {
    let part = |input: &Value, name| text(input, name).unwrap_or_default().to_string();
    let one = |input: &Value| ((part(input, "part"), part(input, "file")), part(input, "digest"));
    list(report, "inputs").iter().map(one).collect()
}

/// The verdicts by what they are about, each in few words.
fn verdicts(report: &Value) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for verdict in list(report, "verdicts") {
        let keys = ["clause", "subject", "bearer", "period"];
        let name: Vec<&str> = keys.iter().filter_map(|key| text(verdict, key)).collect();
        let told = [
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
        let told = told.iter().filter_map(|key| match verdict.get(key)? {
            Value::Null => None,
            Value::String(words) if words.is_empty() => None,
            Value::String(words) => Some(words.clone()),
            Value::Array(all) if all.is_empty() => None,
            other => Some(format!("{key} {other}")),
        });
        all.insert(name.join(", "), told.collect::<Vec<String>>().join("; "));
    }
    all
}

/// The same without lines and columns: a text may be laid out anew, or stand elsewhere.
fn without_places(value: &Value) -> Value {
    match value {
        Value::Array(all) => Value::Array(all.iter().map(without_places).collect()),
        Value::Object(fields) if fields.contains_key("line") && fields.contains_key("column") => Value::Null,
        Value::Object(fields) => {
            let kept: Map<String, Value> =
                fields.iter().map(|(name, value)| (name.clone(), without_places(value))).collect();
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

// ---- told ------------------------------------------------------------------------------------------------------------

fn plain(differences: &[Difference], (reports, verdicts): (usize, usize), exit: Exit) -> String {
    let mut out = String::new();
    let mut say = |line: &str| {
        out.push_str(&visible::line(line));
        out.push('\n');
    };
    let what = if reports == 1 { "report" } else { "reports" };
    match exit {
        Exit::Yes => {
            say(&format!("the same: {reports} {what}, {verdicts} verdicts told, judged again from the same texts"))
        }
        _ => say("not the same:"),
    }
    let told = |it: &Option<String>| it.clone().unwrap_or_else(|| "nothing".to_string());
    let mut shown = 0_usize;
    for one in differences {
        shown = shown.saturating_add(usize::from(one.what == "verdict"));
        match one.what {
            "version" => say(&format!("  version: it was judged by {}, this is {}", told(&one.then), told(&one.now))),
            "calendar" => say(&format!("  the calendar is another: {}; now {}", told(&one.then), told(&one.now))),
            "input" => match (&one.then, &one.now) {
                (Some(then), Some(now)) => say(&format!("  {} has another text: digest {then}, now {now}", one.name)),
                (Some(_), None) => say(&format!("  {} is not read any more", one.name)),
                (None, _) => say(&format!("  {} was not read then", one.name)),
            },
            "verdict" if shown <= MOST => {
                say(&format!("  {}: {}; now {}", one.name, told(&one.then), told(&one.now)));
            }
            "rest" => say(&format!("  `{}` differs, too", one.name)),
            _ => {}
        }
    }
    if shown > MOST {
        say(&format!("  and {} more verdicts differ", shown.saturating_sub(MOST)));
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
