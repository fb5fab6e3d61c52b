//! `overens eval`: the verdicts on agreements, as of a day.

use std::path::{Path, PathBuf};

use super::Exit;
use super::files::{Policies, is_policy, policies};
use super::judging::{Args, judge};
use super::output::Output;
use super::prepare::ready;
use super::progress::Progress;
use super::reporting::{Told, tell};
use super::several;
use crate::render::report::several::Number;

pub fn run(args: &Args, output: &Output) -> Exit {
    if let Some(refusal) = args.forms.wrong_but_for_workbooks().or_else(|| args.wrong()) {
        return output.refuse(&refusal);
    }
    let (further, facts): (Vec<PathBuf>, Vec<PathBuf>) = args.facts.iter().cloned().partition(|path| is_policy(path));
    let mut paths = Vec::new();
    let mut number = Number::One;
    for path in std::iter::once(&args.policy).chain(&further) {
        match policies(path) {
            Ok(Policies::One(path)) => paths.push(path),
            Ok(Policies::Several(all)) => {
                number = Number::Several;
                paths.extend(all);
            }
            Err(refusal) => return output.refuse(&refusal),
        }
    }
    match (number, output.each_once(paths).as_slice()) {
        (Number::One, [path]) => one(path, &facts, args, output),
        (_, paths) => several::run(paths, &facts, args, output),
    }
}

fn one(path: &Path, facts: &[PathBuf], args: &Args, output: &Output) -> Exit {
    let progress = Progress::begin(output);
    progress.now(format!("reading {}", path.display()));
    let ready = match ready(path, facts, &args.common, output) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    if let Some(refusal) = args.replaces(ready.sources.files().map(|(_, source)| source.name.as_str())) {
        return output.refuse(&refusal);
    }
    progress.now(format!("judging {}", ready.policy.name()));
    let (judged, told) = judge(ready, args, output, Number::One);
    let exit = judged.exit.worst_of(told);
    let all = Told { judged: &[judged], not_judged: &[], number: Number::One, exit };
    tell(&all, args, output, progress)
}
