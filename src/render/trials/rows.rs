//! Each scenario and snapshot as a row of comma-separated values or a line of JSON, described in docs/report-schema.md.

use std::fmt::{self, Write};

use serde::Serialize;

use super::Tried;
use super::cases::{Case, Sort, cases};
use super::json::{Failed, failures};
use crate::render::diagnostics::json::compact;
use crate::render::escape::cell;
use crate::source::Sources;

const COLUMNS: &str = "agreement,sort,name,file,line,result,wrong";

pub(super) fn values(tried: &Tried, out: &mut dyn Write) -> fmt::Result {
    writeln!(out, "{COLUMNS}")?;
    for trials in tried.all {
        for case in cases(trials) {
            let (file, line) = place(&case, tried.sources);
            let wrong: Vec<&str> = case.wrong.iter().flat_map(|one| &one.words).map(|line| line.trim()).collect();
            write!(out, "{},{},{}", cell(&trials.agreement), case.sort.word(), cell(case.name))?;
            write!(out, ",{},{}", cell(file), line.map_or_else(String::new, |line| line.to_string()))?;
            writeln!(out, ",{},{}", result(&case), cell(&wrong.join("; ")))?;
        }
    }
    for one in tried.not_tested {
        let (file, at) = one.place();
        let line = at.map_or_else(String::new, |(line, _)| line.to_string());
        writeln!(out, "{},,,{},{line},not tested,{}", cell(&one.name), cell(file), cell(&one.why))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Wire<'a> {
    agreement: Option<&'a str>,
    sort: Option<&'static str>,
    name: Option<&'a str>,
    file: &'a str,
    line: Option<usize>,
    result: &'static str,
    failures: Vec<Failed<'a>>,
    wrong: Vec<&'a str>,
}

pub(super) fn lines(tried: &Tried, out: &mut dyn Write) -> fmt::Result {
    for trials in tried.all {
        let failures_of = trials.trials.iter().map(|trial| failures(&trial.failures, tried.sources));
        for (case, failures) in cases(trials).zip(failures_of.chain(std::iter::repeat_with(Vec::new))) {
            let (file, line) = place(&case, tried.sources);
            // What is wrong with a scenario stands in its failures.
            let of_snapshot = case.wrong.iter().filter(|_| case.sort == Sort::Snapshot);
            let wire = Wire {
                agreement: Some(&trials.agreement),
                sort: Some(case.sort.word()),
                name: Some(case.name),
                file,
                line,
                result: result(&case),
                failures,
                wrong: of_snapshot.flat_map(|one| &one.words).map(|line| line.trim()).collect(),
            };
            writeln!(out, "{}", compact(&wire))?;
        }
    }
    for one in tried.not_tested {
        let ((file, at), agreement, sort, name) = (one.place(), Some(one.name.as_str()), None, None);
        let line = at.map(|(line, _)| line);
        let (result, failures, wrong) = ("not tested", Vec::new(), vec![one.why.as_str()]);
        writeln!(out, "{}", compact(&Wire { agreement, sort, name, file, line, result, failures, wrong }))?;
    }
    Ok(())
}

fn place<'a>(case: &Case<'a>, sources: &'a Sources) -> (&'a str, Option<usize>) {
    case.place.map_or((case.name, None), |span| {
        let (file, at) = sources.at(span);
        (file, Some(at.line))
    })
}

fn result(case: &Case) -> &'static str {
    if case.wrong.is_empty() { "holds" } else { "fails" }
}
