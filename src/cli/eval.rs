//! `overens eval`: the verdicts on agreements, as of a day.

use super::Exit;
use super::judging::{Args, judge};
use super::output::Output;
use super::progress::Progress;
use super::reporting::{Told, tell};
use super::several::{chosen, each};

pub fn run(args: &Args, output: &Output) -> Exit {
    if let Some(refusal) = args.forms.wrong_but_for_workbooks().or_else(|| args.wrong()) {
        return output.refuse(&refusal);
    }
    let chosen = match chosen(&args.policy, &args.facts, output) {
        Ok(chosen) => chosen,
        Err(refusal) => return output.refuse(&refusal),
    };
    let progress = Progress::begin(output);
    let mut judged = Vec::new();
    let ran = each(&chosen, &args.common, output, &progress, |ready| {
        let (one, told) = judge(ready, args, output, chosen.number);
        let exit = told.worst_of(one.exit);
        judged.push(one);
        exit
    });
    let ran = match ran {
        Ok(ran) => ran,
        Err(exit) => return exit,
    };
    if let Some(refusal) = args.replaces(ran.read.iter().map(String::as_str)) {
        return output.refuse(&refusal);
    }
    let all = Told { judged: &judged, not_judged: &ran.not_judged, number: chosen.number, exit: ran.exit };
    tell(&all, args, output, progress)
}
