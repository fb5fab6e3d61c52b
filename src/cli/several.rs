//! `overens eval` over several agreements: each is judged by its own facts, and all stand in one report.
//! One that cannot be judged holds up none of the others.

use std::path::PathBuf;

use super::Exit;
use super::files::Refusal;
use super::judging::{Args, judge};
use super::output::Output;
use super::prepare::{Desk, Opened};
use super::progress::Progress;
use super::reporting::{Told, tell};
use super::shelf::named_once;
use crate::diagnostics::{Sink, codes};
use crate::load;
use crate::render::report::several::{NotJudged, Number};
use crate::source::{Sources, Spanned};

/// A fact file that was named behind the policies.
struct Given {
    path: PathBuf,
    agreements: Spanned<Vec<String>>,
}

pub fn run(paths: &[PathBuf], facts: &[PathBuf], args: &Args, output: &Output) -> Exit {
    let progress = Progress::begin(output);
    let mut desk = Desk::new(Number::Several, &args.common, output);
    let mut sources = Sources::default();
    let (given, mut exit) = match read(facts, &mut sources, &mut desk) {
        Ok((given, exit @ Exit::Yes)) => (given, exit),
        // For which agreement a file is that cannot be understood, nobody knows.
        Ok((_, exit)) => return exit,
        Err(refusal) => return output.refuse(&refusal),
    };
    let (mut opened, mut not_judged) = (Vec::new(), Vec::new());
    for path in paths {
        match Opened::new(path, sources.clone(), &args.common.supposing) {
            Ok(one) => opened.push(one),
            Err(refusal) => {
                exit = exit.worst_of(output.refuse(&refusal));
                let policy = path.display().to_string();
                not_judged.push(NotJudged {
                    agreement: policy.clone(),
                    policy,
                    exit: refusal.exit.code(),
                    why: refusal.message,
                });
            }
        }
    }
    opened.iter().for_each(|one| desk.neighbours.add(&one.policy));
    exit = exit.worst_of(misfits(&given, &opened, &sources, &mut desk));
    let mut judged = Vec::new();
    for one in opened {
        let (name, policy) = (one.policy.name(), one.policy.path.display().to_string());
        progress.now(format!("judging {name}"));
        desk.trouble = None;
        let own: Vec<PathBuf> = given.iter().filter(|it| it.is_of(&one)).map(|it| it.path.clone()).collect();
        let ready = one.ready(&own, &mut desk);
        if let Some(refusal) = args.replaces(desk.read.iter().map(String::as_str)) {
            return output.refuse(&refusal);
        }
        match ready {
            Ok(ready) => {
                let (one, told) = judge(ready, args, output, Number::Several);
                exit = exit.worst_of(told).worst_of(one.exit);
                judged.push(one);
            }
            Err(came) => {
                exit = exit.worst_of(came);
                let why = desk.trouble.take().unwrap_or_default();
                not_judged.push(NotJudged { agreement: name, policy, exit: came.code(), why });
            }
        }
    }
    let all = Told { judged: &judged, not_judged: &not_judged, number: Number::Several, exit };
    tell(&all, args, output, progress)
}

/// Reads the fact files that were named, so that it is known for which agreements each is. What is wrong in them is told
/// once, not for each agreement.
fn read(paths: &[PathBuf], sources: &mut Sources, desk: &mut Desk) -> Result<(Vec<Given>, Exit), Refusal> {
    named_once(paths)?;
    let mut problems = Sink::default();
    let mut given = Vec::new();
    for path in paths {
        let agreements = desk.shelf.root(path, sources, &mut problems)?.map(load::agreements);
        given.extend(agreements.map(|agreements| Given { path: path.clone(), agreements }));
    }
    let shown = desk.show(&problems, sources);
    Ok((given, shown.worst_of(Exit::of_facts(&problems))))
}

impl Given {
    fn is_of(&self, opened: &Opened) -> bool {
        opened.policy.agreement_name().is_some_and(|name| self.agreements.it.iter().any(|one| one == name))
    }
}

/// Tells of fact files that are for none of the agreements.
fn misfits(given: &[Given], opened: &[Opened], sources: &Sources, desk: &mut Desk) -> Exit {
    let mut problems = Sink::default();
    let names: Vec<String> =
        opened.iter().filter_map(|one| one.policy.agreement_name()).map(|name| format!("`{name}`")).collect();
    for file in given.iter().filter(|file| !opened.iter().any(|one| file.is_of(one))) {
        let finding = codes::WRONG_AGREEMENT.at(file.agreements.span);
        problems.push(match file.agreements.it.first() {
            None => finding
                .say("several agreements are judged, and these facts do not say to which of them they belong")
                .help("write `agreement: \"…\"`, or a list of several".to_string()),
            Some(name) => finding
                .say(format!("these facts belong to `{name}`, and that is none of the agreements that are judged"))
                .help(format!("they are {}", names.join(", "))),
        });
    }
    desk.show(&problems, sources).worst_of(Exit::of_facts(&problems))
}
