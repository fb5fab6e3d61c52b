//! The interview: one question after the other, in plain lines on a terminal. What is answered so far is written when it ends, however
//! it ends; what is left out is asked again another time.

use super::answers::{self, Asked};
use super::{Args, Stage, take};
use crate::cli::Exit;
use crate::cli::adding::held;
use crate::cli::adding::talk::{json, line};
use crate::cli::output::{Output, To};
use crate::cli::prepare::Ready;
use crate::diagnostics::{Severity, Sink};
use crate::load;
use crate::render::questions as view;
use crate::report::questions::{Asking, Matter, Question};

const HELP: &str = "\
Answer each question, or press Enter to skip it. `none`: it is known that there is none. `never WORDS`: it can no longer be learned, and
why. `quit`: stop and write the answers given so far.
";

/// What somebody says.
enum Said {
    /// As it stands in a file of answers.
    Answer(String),
    Nothing,
    Quit,
}

/// Asks one question after the other, and writes what was answered.
pub fn hold(asking: Asking, ready: &Ready, (args, output): (&Args, &Output)) -> Exit {
    if args.recorded_on.is_none() {
        return output.refuse(&super::Refusal {
            message: "no date given for recording the answers".to_string(),
            help: Some("use `--recorded-on DATE`, or `--list` to see the questions".to_string()),
            exit: Exit::CommandLine,
        });
    }
    let mut exit = output.write(To::Messages, &format!("{}\n{HELP}", view::summary(&asking)));
    let mut given = Vec::new();
    let asked = Asked::new(&asking, ready, args);
    'questions: for question in &asking.questions {
        loop {
            exit = exit.worst_of(output.write(To::Messages, &view::asked(question, &ready.names())));
            let (entry, ended) = one(question, ready, output);
            // What cannot be taken is told and asked again, so that no other answer is lost by it.
            let wrong = entry.as_ref().and_then(|entry| what_is_wrong(entry, &asked, ready));
            match &wrong {
                Some(words) => exit = exit.worst_of(output.write(To::Messages, words)),
                None => given.extend(entry),
            }
            if matches!(ended, Said::Quit) {
                break 'questions;
            }
            if wrong.is_none() {
                break;
            }
        }
    }
    let source = match &args.source {
        Some(source) => source.clone(),
        None if given.is_empty() => String::new(),
        None => line(output, "Where do these answers come from? ").unwrap_or_default(),
    };
    let by = match (&args.by, given.iter().any(|answer| answer.contains(NEVER))) {
        (Some(by), _) => by.clone(),
        (None, true) => line(output, "Who found what can no longer be learned? ").unwrap_or_default(),
        (None, false) => String::new(),
    };
    // What nobody said is left out.
    let said = [("source", source), ("by", by)].into_iter().filter(|(_, words)| !words.trim().is_empty());
    let said: String = said.map(|(name, words)| format!("\"{name}\": {}, ", json(&words))).collect();
    let text = format!("{{{said}\"answers\": {{\n{}\n}}}}\n", given.join(",\n"));
    let mut sources = ready.sources.clone();
    let mut problems = Sink::default();
    let file = sources.add("what was answered", &text);
    let root = load::read(file, "answers.json", &text, &mut problems);
    let found = root.and_then(|root| answers::read(&root, &asked, &mut problems));
    let mut stage = Stage { ready, sources, problems };
    exit.worst_of(take(found, &mut stage, (args, output)))
}

/// Why an answer cannot be taken, in words for a terminal.
fn what_is_wrong(entry: &str, asked: &Asked, ready: &Ready) -> Option<String> {
    let text = format!("{{\"source\": \"-\", \"by\": \"-\", \"answers\": {{\n{entry}\n}}}}\n");
    let (mut sources, mut problems) = (ready.sources.clone(), Sink::default());
    let file = sources.add("what was answered", &text);
    let root = load::read(file, "answers.json", &text, &mut problems);
    let read = root.and_then(|root| answers::read(&root, asked, &mut problems));
    let mut stage = Stage { ready, sources, problems };
    if let Some(Err(refusal)) = read.map(|answers| held(&answers.root, &mut stage)) {
        return Some(format!("This answer cannot be used: {}\n", refusal.message));
    }
    let error = stage.problems.sorted().into_iter().find(|one| one.severity == Severity::Error)?;
    let help = error.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    Some(format!("This answer cannot be used: {}{help}\n", error.message))
}

const NEVER: &str = "unknown_for_good";

/// The answers to one question, as entries of a file of answers; and how it ended.
fn one(question: &Question, ready: &Ready, output: &Output) -> (Option<String>, Said) {
    let rows = question.rows(&ready.names());
    let key = json(&question.key);
    let is_own = rows.iter().all(|(id, _)| id.is_empty());
    if is_own || rows.len() == 1 {
        return match said(question, output, "> ") {
            Said::Answer(answer) => (Some(format!("{key}: {answer}")), Said::Nothing),
            other => (None, other),
        };
    }
    let mut given = Vec::new();
    let mut ended = Said::Nothing;
    for (id, known) in &rows {
        let known = known.as_ref().map_or_else(String::new, |known| format!(" (so far {known})"));
        match said(question, output, &format!("  {id}{known} > ")) {
            Said::Answer(answer) => given.push(format!("{}: {answer}", json(id))),
            Said::Nothing => {}
            Said::Quit => {
                ended = Said::Quit;
                break;
            }
        }
    }
    ((!given.is_empty()).then(|| format!("{key}: {{ {} }}", given.join(", "))), ended)
}

fn said(question: &Question, output: &Output, prompt: &str) -> Said {
    let Some(line) = line(output, prompt) else { return Said::Quit };
    match line.as_str() {
        "" => Said::Nothing,
        "quit" => Said::Quit,
        "none" => Said::Answer("null".to_string()),
        "yes" | "no" if !matches!(question.matter, Matter::List { .. }) => Said::Answer((line == "yes").to_string()),
        "no" => Said::Nothing,
        words => match words.strip_prefix("never ") {
            Some(reason) => Said::Answer(format!("{{ \"{NEVER}\": {} }}", json(reason.trim()))),
            None if question.takes_numbers => Said::Answer(words.to_string()),
            None => Said::Answer(json(words)),
        },
    }
}
