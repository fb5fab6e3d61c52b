//! Exit codes: what the shell is told.
//! No verdict shares a code with an error of the tool. An interrupted run ends by the signal, which shells call 130.

use crate::diagnostics::{Sink, codes};

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
        // A file that is there and cannot be read is no mistake of the text that imports it.
        if findings.sorted().iter().any(|one| one.code == codes::UNREADABLE_IMPORT) {
            return Exit::File;
        }
        if reaches_a_limit(findings) {
            return Exit::Limit;
        }
        if findings.has_errors() { Exit::Policy } else { Exit::Yes }
    }

    /// What the findings in fact files come to.
    pub fn of_facts(findings: &Sink) -> Exit {
        if reaches_a_limit(findings) {
            return Exit::Limit;
        }
        if findings.has_errors() { Exit::Facts } else { Exit::Yes }
    }
}

fn reaches_a_limit(findings: &Sink) -> bool {
    findings.sorted().iter().any(|one| one.at_a_limit)
}
