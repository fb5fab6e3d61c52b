//! The agreements that a command line names: one, or all of a folder. Each is made ready with its own facts, and one that cannot be
//! judged holds up none of the others.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Exit;
use super::fact_files::named_once;
use super::files::{Policies, Refusal, is_policy, policies};
use super::output::Output;
use super::prepare::{Common, Desk, Opened, Ready, Trouble, ready};
use super::progress::Progress;
use crate::diagnostics::{Sink, codes};
use crate::load;
use crate::render::report::several::{NotJudged, Number};
use crate::source::{Sources, Spanned};

/// What a command line names.
pub struct Chosen {
    pub paths: Vec<PathBuf>,
    pub facts: Vec<PathBuf>,
    pub number: Number,
}

/// How making agreements ready went.
pub struct Ran {
    pub not_judged: Vec<NotJudged>,
    pub exit: Exit,
    /// The names of all texts that were read.
    pub read: BTreeSet<String>,
}

/// The policies at a path and among what is named behind it, and the fact files.
pub fn chosen(policy: &Path, behind: &[PathBuf], output: &Output) -> Result<Chosen, Refusal> {
    let (further, facts): (Vec<PathBuf>, Vec<PathBuf>) = behind.iter().cloned().partition(|path| is_policy(path));
    let mut paths = Vec::new();
    let mut number = Number::One;
    for path in std::iter::once(policy).chain(further.iter().map(PathBuf::as_path)) {
        match policies(path)? {
            Policies::One(path) => paths.push(path),
            Policies::Several(all) => {
                number = Number::Several;
                paths.extend(all);
            }
        }
    }
    let paths = output.each_once(paths);
    let number = if paths.len() == 1 { number } else { Number::Several };
    Ok(Chosen { paths, facts, number })
}

/// Makes one agreement after the other ready, and gives it away. `Err` is how the run ends when it cannot go on.
pub fn each(
    chosen: &Chosen,
    common: &Common,
    output: &Output,
    progress: &Progress,
    mut take: impl FnMut(Ready) -> Exit,
) -> Result<Ran, Exit> {
    let (Number::One, [path]) = (chosen.number, chosen.paths.as_slice()) else {
        return each_of_several(chosen, common, (output, progress), take);
    };
    progress.now(format!("reading {}", path.display()));
    let ready = ready(path, &chosen.facts, common, output)?;
    let read = ready.sources.files().map(|(_, source)| source.name.clone()).collect();
    progress.now(format!("judging {}", ready.policy.name()));
    Ok(Ran { not_judged: Vec::new(), exit: take(ready), read })
}

/// What is found in each agreement, one after the other. `Err` is how the run ends when it cannot go on.
pub fn gathered<F>(
    policy: &Path,
    behind: &[PathBuf],
    (common, output): (&Common, &Output),
    mut find: impl FnMut(Ready) -> Result<F, Refusal>,
) -> Result<(Vec<F>, Ran), Exit> {
    let chosen = chosen(policy, behind, output).map_err(|refusal| output.refuse(&refusal))?;
    let progress = Progress::begin(output);
    let (mut all, mut stopped) = (Vec::new(), Vec::new());
    let mut ran = each(&chosen, common, output, &progress, |ready| {
        let (agreement, policy) = (ready.policy.name(), ready.policy.path.display().to_string());
        match find(ready) {
            Ok(found) => {
                all.push(found);
                Exit::Yes
            }
            Err(refusal) => {
                let (exit, why) = (refusal.exit.code(), refusal.message.clone());
                stopped.push(NotJudged { agreement, policy, exit, why, at: None });
                output.refuse(&refusal)
            }
        }
    })?;
    // What was asked for alone is not missed on a page about others: the message says all.
    if chosen.number == Number::Several {
        ran.not_judged.extend(stopped);
    }
    Ok((all, ran))
}

/// A fact file that was named behind the policies.
struct Given {
    path: PathBuf,
    agreements: Spanned<Vec<String>>,
}

fn each_of_several(
    chosen: &Chosen,
    common: &Common,
    (output, progress): (&Output, &Progress),
    mut take: impl FnMut(Ready) -> Exit,
) -> Result<Ran, Exit> {
    let mut desk = Desk::new(Number::Several, common, output);
    let mut sources = Sources::default();
    let (given, mut exit) = match read(&chosen.facts, &mut sources, &mut desk) {
        Ok((given, exit)) => (given, exit),
        Err(refusal) => {
            desk.trouble = Some(Trouble { words: refusal.message.clone(), at: None });
            (Vec::new(), output.refuse(&refusal))
        }
    };
    if exit != Exit::Yes {
        return Ok(none_judged(chosen, common, &sources, (exit, desk)));
    }
    let (mut opened, mut not_judged) = (Vec::new(), Vec::new());
    for path in &chosen.paths {
        match Opened::new(path, sources.clone(), &common.supposing) {
            Ok(one) => opened.push(one),
            Err(refusal) => {
                exit = exit.worst_of(output.refuse(&refusal));
                not_judged.push(not_opened(path, refusal));
            }
        }
    }
    opened.iter().for_each(|one| desk.neighbours.add(&one.policy));
    exit = exit.worst_of(misfits(&given, &opened, &sources, &mut desk));
    for one in opened {
        let (name, policy) = (one.policy.name(), one.policy.path.display().to_string());
        progress.now(format!("judging {name}"));
        desk.trouble = None;
        let own: Vec<PathBuf> = given.iter().filter(|it| it.is_of(&one)).map(|it| it.path.clone()).collect();
        match one.ready(&own, &mut desk) {
            Ok(ready) => exit = exit.worst_of(take(ready)),
            Err(came) => {
                exit = exit.worst_of(came);
                let Trouble { words: why, at } = desk.trouble.take().unwrap_or_default();
                not_judged.push(NotJudged { agreement: name, policy, exit: came.code(), why, at });
            }
        }
    }
    Ok(Ran { not_judged, exit, read: desk.read })
}

/// A policy that could not be read.
fn not_opened(path: &Path, refusal: Refusal) -> NotJudged {
    let policy = path.display().to_string();
    NotJudged { agreement: policy.clone(), policy, exit: refusal.exit.code(), why: refusal.message, at: None }
}

/// For which agreement a fact file is that cannot be read or understood, nobody knows: then none is judged, and each says why.
fn none_judged(chosen: &Chosen, common: &Common, sources: &Sources, (exit, mut desk): (Exit, Desk)) -> Ran {
    desk.read(sources);
    let Trouble { words: why, at } = desk.trouble.take().unwrap_or_default();
    let one = |path: &PathBuf| match Opened::new(path, Sources::default(), &common.supposing) {
        Ok(opened) => {
            desk.read(&opened.sources);
            let (agreement, policy) = (opened.policy.name(), opened.policy.path.display().to_string());
            NotJudged { agreement, policy, exit: exit.code(), why: why.clone(), at: at.clone() }
        }
        Err(refusal) => not_opened(path, refusal),
    };
    let not_judged = chosen.paths.iter().map(one).collect();
    Ran { not_judged, exit, read: desk.read }
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
                .say("several agreements are judged, but these facts do not say which one they belong to")
                .help("add `agreement: \"…\"`, or a list of several".to_string()),
            Some(name) => finding
                .say(format!("these facts belong to `{name}`, which is not one of the agreements being judged"))
                .help(format!("they are {}", names.join(", "))),
        });
    }
    desk.show(&problems, sources).worst_of(Exit::of_facts(&problems))
}
