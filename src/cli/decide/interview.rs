//! One case after the other, in plain lines on a terminal. What is decided so far is written when it ends, however it ends.

use super::record::{Decided, What, all, staged};
use super::{Args, Outcome, refusal};
use crate::cli::Exit;
use crate::cli::adding::held;
use crate::cli::adding::talk::line;
use crate::cli::output::{Output, To};
use crate::cli::prepare::Ready;
use crate::diagnostics::Severity;
use crate::render::decisions as view;
use crate::report::AskedFor;
use crate::report::decisions::{Case, Deciding};
use crate::value::Day;

const HELP: &str = "\
Decide each case, or press Enter to skip it. `waive`: it does not apply. `extend DATE`: the last day becomes this one. `quit`: stop and
write the decisions made so far.
";

enum Said {
    Decided(Box<Decided>),
    Nothing,
    Quit,
}

/// Asks one case after the other, and writes what was decided.
pub fn hold(found: &Deciding, ready: &Ready, (args, output): (&Args, &Output)) -> Exit {
    let Some(recorded_on) = args.recorded_on else {
        return output.refuse(&refusal(
            "no date given for recording the decisions",
            "use `--recorded-on DATE`, or `--list` to see what waits",
        ));
    };
    let mut exit = output.write(To::Messages, &format!("{}\n{HELP}", view::summary(found)));
    let mut decided = Vec::new();
    for case in &found.cases {
        exit = exit.worst_of(output.write(To::Messages, &view::asked(case, &ready.sources)));
        match one(case, recorded_on, ready, output) {
            Said::Decided(one) => decided.push(*one),
            Said::Nothing => {}
            Said::Quit => break,
        }
    }
    exit.worst_of(all(&decided, recorded_on, ready, (args, output)))
}

/// What somebody decides about a case: asked again until it can be used.
fn one(case: &Case, recorded_on: Day, ready: &Ready, output: &Output) -> Said {
    let prompt = match case.asked {
        AskedFor::Judgement => "kept, late, broken, not applicable > ",
        AskedFor::Attestation => "does it hold, yes or no > ",
    };
    loop {
        let Some(words) = line(output, prompt) else { return Said::Quit };
        let what = match words.as_str() {
            "" => return Said::Nothing,
            "quit" => return Said::Quit,
            words => what(words, case.asked),
        };
        let Some(what) = what else {
            let _ = output.write(To::Messages, "Not one of the answers.\n");
            continue;
        };
        let Some(decided) = rest(case, what, recorded_on, output) else { return Said::Quit };
        match what_is_wrong(&decided, recorded_on, ready) {
            None => return Said::Decided(Box::new(decided)),
            Some(wrong) => {
                let _ = output.write(To::Messages, &format!("This decision cannot be used: {wrong}\n"));
            }
        }
    }
}

fn what(words: &str, asked: AskedFor) -> Option<What> {
    if let Some(day) = words.strip_prefix("extend ") {
        return Day::parse_iso(day.trim()).ok().map(What::Extended);
    }
    match (words, asked) {
        ("waive", _) => Some(What::Waived),
        ("kept", AskedFor::Judgement) => Some(What::Judged(Outcome::Kept)),
        ("late", AskedFor::Judgement) => Some(What::Judged(Outcome::Late)),
        ("broken", AskedFor::Judgement) => Some(What::Judged(Outcome::Broken)),
        ("not applicable", AskedFor::Judgement) => Some(What::Judged(Outcome::NotApplicable)),
        ("yes", AskedFor::Attestation) => Some(What::Attested(true)),
        ("no", AskedFor::Attestation) => Some(What::Attested(false)),
        (_, _) => None,
    }
}

/// By whom, on which day and why; nothing where nobody answers any more.
fn rest(case: &Case, what: What, recorded_on: Day, output: &Output) -> Option<Decided> {
    let usual = case.role.clone().unwrap_or_default();
    let by = or(line(output, &format!("Who decided? [{usual}] "))?, &usual);
    let day = loop {
        let day = or(line(output, &format!("On which date? [{recorded_on}] "))?, &recorded_on.to_string());
        match Day::parse_iso(&day) {
            Ok(day) => break day,
            Err(problem) => {
                let _ = output.write(To::Messages, &format!("{problem}\n"));
            }
        }
    };
    let why = line(output, "Why? ")?;
    Some(Decided {
        clause: case.line.clause.clone(),
        subject: case.subject().map(str::to_string),
        bearer: case.bearer().map(str::to_string),
        period: case.line.period.clone(),
        what,
        by,
        on: day,
        why,
    })
}

fn or(said: String, usual: &str) -> String {
    if said.is_empty() { usual.to_string() } else { said }
}

/// Why a decision cannot be taken, in words for a terminal.
fn what_is_wrong(decided: &Decided, recorded_on: Day, ready: &Ready) -> Option<String> {
    if decided.by.is_empty() || decided.why.is_empty() {
        return Some("a decision needs a name and a reason".to_string());
    }
    let (addition, mut stage) = staged(std::slice::from_ref(decided), recorded_on, ready);
    if let Some(Err(refusal)) = addition.map(|addition| held(&addition.root, &mut stage)) {
        return Some(refusal.message);
    }
    let error = stage.problems.sorted().into_iter().find(|one| one.severity == Severity::Error)?;
    let help = error.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    Some(format!("{}{help}", error.message))
}
