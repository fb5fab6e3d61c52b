//! `overens eval`: the verdicts on agreements, as of a day.

use std::path::{Path, PathBuf};

use super::Exit;
use super::files::{Policies, is_policy, policies};
use super::judging::{Args, Judged, judge};
use super::output::{Format, Output, To};
use super::prepare::{Asked, ready};
use super::several;
use crate::render;

pub fn run(args: &Args, output: &Output) -> Exit {
    let (further, facts): (Vec<PathBuf>, Vec<PathBuf>) = args.facts.iter().cloned().partition(|path| is_policy(path));
    let mut paths = Vec::new();
    for path in std::iter::once(&args.policy).chain(&further) {
        match policies(path) {
            Ok(Policies::One(path)) if further.is_empty() => return one(&path, &facts, args, output),
            Ok(found) => paths.extend(found.all()),
            Err(refusal) => return output.refuse(&refusal),
        }
    }
    several::run(&paths, &facts, args, output)
}

fn one(path: &Path, facts: &[PathBuf], args: &Args, output: &Output) -> Exit {
    let ready = match ready(path, facts, &args.common, output) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    let (judged, told) = judge(ready, args, output, Asked::One);
    let Judged { report, sources, exit } = &judged;
    let text = match output.format(To::Results, args.common.format) {
        Format::Pretty => render::report::pretty::show(report, sources, output.look(To::Results), exit.code()),
        Format::Plain => render::report::plain::show(report, sources, exit.code()),
        Format::Json => render::report::json::show(report, sources, exit.code()),
    };
    output.write(To::Results, &text).worst_of(told).worst_of(*exit)
}
