//! Decisions as the entries of a new fact file.

use super::{Answer, Args, Outcome};
use crate::cli::Exit;
use crate::cli::adding::talk::json;
use crate::cli::adding::{Added, Addition, Stage, add, head};
use crate::cli::output::Output;
use crate::cli::prepare::Ready;
use crate::diagnostics::Sink;
use crate::load::many;
use crate::load::{self, node::NodeKind};
use crate::value::Day;
use crate::verdict::Status;

/// What was decided, as a fact file has it.
pub enum What {
    Judged(Outcome),
    Attested(bool),
    Waived,
    Extended(Day),
}

/// A decision, ready to be written down.
pub struct Decided {
    pub clause: String,
    pub subject: Option<String>,
    pub bearer: Option<String>,
    pub period: Option<String>,
    pub what: What,
    pub by: String,
    pub on: Day,
    pub why: String,
}

impl Decided {
    /// The list that it belongs to.
    fn list(&self) -> &'static str {
        match self.what {
            What::Judged(_) => "judgement",
            What::Attested(_) => "attestation",
            What::Waived | What::Extended(_) => "waiver",
        }
    }

    /// Its entry, as JSON.
    fn entry(&self, recorded_on: Day) -> String {
        let text = |name: &str, words: &str| format!("\"{name}\": {}", json(words));
        let mut parts = vec![text("clause", &self.clause)];
        parts.extend(self.subject.as_ref().map(|subject| text("subject", subject)));
        parts.extend(self.bearer.as_ref().map(|bearer| text("bearer", bearer)));
        parts.extend(self.period.as_ref().map(|period| text("period", period)));
        parts.extend([text("by", &self.by), text("on", &self.on.to_string())]);
        match self.what {
            What::Judged(outcome) => parts.push(text("outcome", outcome.words())),
            What::Attested(holds) => parts.push(format!("\"holds\": {holds}")),
            What::Waived => {}
            What::Extended(until) => parts.push(text("until", &until.to_string())),
        }
        parts.extend([text("reasons", &self.why), text("recorded_on", &recorded_on.to_string())]);
        format!("{{ {} }}", parts.join(", "))
    }
}

impl Outcome {
    fn words(self) -> &'static str {
        match self {
            Outcome::Kept => "kept",
            Outcome::Late => "late",
            Outcome::Broken => "broken",
            Outcome::NotApplicable => "not applicable",
        }
    }
}

/// Records the decision that the command line gives. What is missing from it was refused before.
pub fn given(ready: &Ready, (args, output): (&Args, &Output)) -> Exit {
    let one = &args.decision;
    let what = match (one.judge, one.attest, one.extend) {
        (Some(outcome), _, _) => What::Judged(outcome),
        (None, Some(answer), _) => What::Attested(answer == Answer::Yes),
        (None, None, Some(until)) => What::Extended(until),
        (None, None, None) => What::Waived,
    };
    let (Some(clause), Some(by), Some(why), Some(recorded_on)) = (&one.clause, &one.by, &one.why, args.recorded_on)
    else {
        return Exit::CommandLine;
    };
    let decided = Decided {
        clause: clause.clone(),
        subject: one.whom.first().cloned(),
        bearer: one.whom.get(1).cloned(),
        period: one.period.clone(),
        what,
        by: by.clone(),
        on: one.on.unwrap_or(recorded_on),
        why: why.clone(),
    };
    all(&[decided], recorded_on, ready, (args, output))
}

/// Writes decisions to a new fact file, and tells what waits after that.
pub fn all(decided: &[Decided], recorded_on: Day, ready: &Ready, (args, output): (&Args, &Output)) -> Exit {
    let (addition, mut stage) = staged(decided, recorded_on, ready);
    let told = |added: &Added| {
        let waits = added.after.iter().filter(|verdict| verdict.status == Status::NeedsJudgement).count();
        let need = if waits == 1 { "needs" } else { "need" };
        let later = decided.iter().map(|one| one.on).max().filter(|on| *on > ready.as_of);
        let later = later.map_or_else(String::new, |on| format!("; counts from {on}, judged as of {}", ready.as_of));
        format!(
            "{}: {}; {waits} of {} {need} judgement now{later}\n",
            added.path.display(),
            many(added.parts, "decision"),
            many(added.after.len(), "verdict"),
        )
    };
    add(addition, &mut stage, (args.to.as_deref(), "nothing was decided"), output, told)
}

/// Decisions as they would be written, and where they are looked at first.
pub fn staged<'r>(decided: &[Decided], recorded_on: Day, ready: &'r Ready) -> (Option<Addition>, Stage<'r>) {
    let lists = ["judgement", "attestation", "waiver"].into_iter().filter_map(|list| {
        let own = decided.iter().filter(|one| one.list() == list);
        let entries: Vec<String> = own.map(|one| one.entry(recorded_on)).collect();
        (!entries.is_empty()).then(|| format!("\"{list}\": [\n{}\n]", entries.join(",\n")))
    });
    let text = format!("{{\n{}\n}}\n", lists.collect::<Vec<_>>().join(",\n"));
    let (mut sources, mut problems) = (ready.sources.clone(), Sink::default());
    let file = sources.add("what was decided", &text);
    let root = load::read(file, "decisions.json", &text, &mut problems);
    let addition = root.map(|mut root| {
        if let NodeKind::Map(entries) = &mut root.kind {
            entries.splice(0..0, head(ready, recorded_on, root.span));
        }
        Addition { root, recorded_on, name: "decisions", title: "Decisions", parts: decided.len() }
    });
    (addition, Stage { ready, sources, problems })
}
