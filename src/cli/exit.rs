//! Exit codes: what the shell is told.
//! No verdict shares a code with an error of the tool. An interrupted run ends by the signal, which shells call 130.

use crate::diagnostics::{Diagnostic, Severity, Sink};
use crate::syntax::tree::Tree;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Exit {
    /// It worked, and the answer is yes.
    Yes,
    /// It worked, and the answer is no.
    No,
    /// The command line is wrong.
    CommandLine,
    /// The policy is invalid.
    Policy,
    /// The facts are invalid.
    Facts,
    /// A file could not be read or written.
    File,
    /// A limit was reached.
    Limit,
    /// A bug of ours.
    Bug,
}

/// The worst first: a run that ended in several ways has the first of them as its code.
const WORST_FIRST: [Exit; 8] =
    [Exit::Bug, Exit::Limit, Exit::File, Exit::CommandLine, Exit::Policy, Exit::Facts, Exit::No, Exit::Yes];

impl Exit {
    pub fn code(self) -> i32 {
        match self {
            Exit::Yes => 0,
            Exit::No => 1,
            Exit::CommandLine => 2,
            Exit::Policy => 3,
            Exit::Facts => 4,
            Exit::File => 5,
            Exit::Limit => 6,
            Exit::Bug => 70,
        }
    }

    /// The worse of two: 70, 6, 5, 2, 3, 4, 1, 0.
    pub fn worst_of(self, other: Exit) -> Exit {
        WORST_FIRST.into_iter().find(|exit| *exit == self || *exit == other).unwrap_or(self)
    }

    /// What the findings in a policy's texts come to.
    pub fn of_policy(findings: &Sink) -> Exit {
        Exit::of(findings, |_| Exit::Policy)
    }

    /// What the findings in fact files come to.
    pub fn of_facts(findings: &Sink) -> Exit {
        Exit::of(findings, |_| Exit::Facts)
    }

    /// What findings come to that are some of them in the texts of a policy, and some in fact files.
    pub fn of_both(findings: &Sink, policy: &[Tree]) -> Exit {
        let in_policy = |one: &Diagnostic| policy.iter().any(|tree| tree.file == one.place.span.file);
        Exit::of(findings, |one| if in_policy(one) { Exit::Policy } else { Exit::Facts })
    }

    fn of(findings: &Sink, mistake: impl Fn(&Diagnostic) -> Exit) -> Exit {
        let exit = |one: &Diagnostic| match (one.at_a_limit, one.unreadable, one.severity) {
            (true, _, _) => Exit::Limit,
            (_, true, _) => Exit::File,
            (_, _, Severity::Error) => mistake(one),
            (false, false, Severity::Warning) => Exit::Yes,
        };
        findings.sorted().into_iter().map(exit).fold(Exit::Yes, Exit::worst_of)
    }
}
