//! What came of judging a policy.

use std::fmt;

use super::facts::Facts;
use super::policy::Checked;
use crate::render::report::form::{self, Form};
use crate::render::report::several::{Among, Number, Several, Table};
use crate::render::{self, Colour, Look, Marks};
use crate::report::{
    Asked, Basis, Case, Extent, Head, Input, Kept, Most, Names, Naming, Reasons, Report, Rows, Which, Why, report, why,
};
use crate::value::Day;
use crate::verdict::{Called, Verdicts};

/// What came of judging a policy by facts, as of a day.
pub struct Judgement<'a> {
    pub(super) policy: &'a Checked,
    pub(super) facts: &'a Facts,
    pub(super) as_of: Day,
    pub(super) verdicts: Verdicts,
}

/// The verdicts for which `overens eval` ends with 1.
const FAILING: [Called; 2] = [Called::Violated, Called::Unknown];
/// So wide is what is drawn.
const WIDTH: usize = 100;

impl<'a> Judgement<'a> {
    /// The day as of which it was judged.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The verdicts, in the order of the policy, then of subjects, bearers and periods.
    pub fn verdicts(&self) -> impl Iterator<Item = Case<'_>> {
        self.rows().cases()
    }

    /// Why a verdict is what it is, down to single values, and what would change it.
    pub fn why(&self, case: &Case) -> Why {
        why(&self.names(), self.as_of, &case.verdict.instance, Extent::USUAL)
    }

    /// The same in plain lines, with the places of texts.
    pub fn in_words(&self, why: &Why) -> String {
        render::why::plain::show(why, &self.facts.sources)
    }

    /// All verdicts with their sentences, what falls due, what waits for a person and what is missing.
    pub fn report(&self) -> Report {
        self.gathered(&Asked {
            lines: Which::All,
            kept: Kept::InReport,
            most: Most::Everything,
            reasons: Reasons::LeftOut,
            period: None,
        })
    }

    /// Writes a report in one of its forms, as `overens eval` does.
    ///
    /// # Errors
    /// When it cannot be written to `out`.
    pub fn write(&self, form: Form, out: &mut dyn fmt::Write) -> fmt::Result {
        let (lines, most) = (form.lines(Which::ForAction), form.most(Which::ForAction));
        let asked = Asked { lines, kept: form.kept(), most, reasons: Reasons::LeftOut, period: None };
        let (report, rows) = (self.gathered(&asked), self.rows());
        let exit = i32::from(report.counts.keys().any(|called| FAILING.contains(called)));
        let all = Several {
            reports: vec![Among { report: &report, rows, exit }],
            not_judged: &[],
            exit,
            number: Number::One,
            failing: &FAILING,
            table: Table::Verdicts,
            command: "eval",
        };
        form::write(form, &all, Look { marks: Marks::Unicode, colour: Colour::Off, width: WIDTH }, out)
    }

    fn names(&self) -> Names<'_> {
        Names { plan: &self.policy.plan, facts: &self.facts.facts, sources: &self.facts.sources, naming: Naming::Real }
    }

    fn rows(&self) -> Rows<'_> {
        Rows { names: self.names(), verdicts: &self.verdicts, as_of: self.as_of, period: None }
    }

    fn gathered(&self, asked: &Asked) -> Report {
        report(&self.names(), &self.verdicts, self.head(), asked)
    }

    fn head(&self) -> Head {
        let policies = self.policy.trees.iter().enumerate();
        let policies = policies.map(|(at, tree)| (if at == 0 { "policy" } else { "import" }, tree.file));
        let facts = self.facts.files.iter().map(|file| ("facts", *file));
        Head {
            agreement: self.policy.name.clone(),
            title: self.policy.plan.title.clone(),
            as_of: self.as_of,
            known_on: None,
            policy: self.policy.path.display().to_string(),
            facts: self.facts.facts.names.clone(),
            rules_digest: self.policy.digest,
            facts_digest: self.facts.digest,
            basis: Basis {
                version: env!("CARGO_PKG_VERSION"),
                calendar: Some(self.policy.plan.calendar),
                inputs: policies.chain(facts).map(|(part, file)| Input { part, file }).collect(),
                named: self.facts.named.clone(),
                fail_on: FAILING.to_vec(),
                ..Basis::default()
            },
        }
    }
}
