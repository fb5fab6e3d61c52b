//! A policy's text, and what the check says of it.

use overens::diagnostics::Sink;
use overens::model::Agreement;
use overens::source::Sources;

/// The resolved agreement, with the findings as `line:column code: message`.
pub fn checked(policy: &str) -> (Agreement, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add("policy", policy);
    let mut problems = Sink::default();
    let tree = overens::syntax::read(file, policy, &mut problems);
    let agreement = overens::check::check(&[tree], &mut problems);
    let told = problems.sorted().into_iter().map(|one| {
        let (_, at) = sources.at(one.place.span);
        format!("{}:{} {}: {}", at.line, at.column, one.code.name, one.message)
    });
    (agreement, told.collect())
}

/// Only the findings.
pub fn findings(policy: &str) -> Vec<String> {
    checked(policy).1
}
