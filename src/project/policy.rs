//! A policy, before and after it was checked.

use std::path::{Path, PathBuf};

use super::facts::{Facts, Given, Unfit};
use super::findings::Findings;
use super::judgement::Judgement;
use super::library::Library;
use super::limits::{Limit, Limits};
use super::memory::Memory;
use super::reading::{self, How};
use super::refusal::{Cause, Refusal};
use super::shelf::asked;
use crate::check;
use crate::diagnostics::Sink;
use crate::evaluate::{self, evaluate};
use crate::plan::Plan;
use crate::source::Sources;
use crate::syntax::tree::Tree;
use crate::value::Day;

/// A policy as it was read, with its imports and amendments. What is wrong in it [`check`](Policy::check) says; it can be judged
/// only once it is [`checked`](Policy::checked).
pub struct Policy {
    read: reading::Policy,
    sources: Sources,
    problems: Sink,
    limits: Limits,
}

/// A policy without mistakes: facts can be read for it, and it can be judged by them.
pub struct Checked {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) trees: Vec<Tree>,
    pub(super) digest: crate::report::Digest,
    pub(super) plan: Plan,
    pub(super) sources: Sources,
    pub(super) limits: Limits,
    warnings: Findings,
}

impl Policy {
    /// Reads the policy at a path: a file, or a folder that holds one. Mistakes in its texts are findings.
    ///
    /// # Errors
    /// When there is no such policy, a file cannot be read, or a limit is reached.
    pub fn read(library: &dyn Library, path: impl AsRef<Path>) -> Result<Policy, Refusal> {
        let (mut sources, mut problems) = (Sources::default(), Sink::default());
        let how = How { scenarios: true, ..How::default() };
        let read = reading::read(library, path.as_ref(), how, (&mut sources, &mut problems))?;
        if read.plan.is_some() {
            check::unused(&read.trees, &sources, &mut problems);
        }
        Ok(Policy { read, sources, problems, limits: library.limits() })
    }

    /// What the agreement is called, or its file when it has no name.
    pub fn name(&self) -> String {
        self.read.name()
    }

    /// What is wrong in its texts, and what is worth a look.
    pub fn check(&self) -> Findings {
        Findings::of(&self.problems, &self.sources)
    }

    /// The policy to be judged.
    ///
    /// # Errors
    /// When it has mistakes: what is wrong.
    pub fn checked(self) -> Result<Checked, Findings> {
        let (warnings, name) = (self.check(), self.name());
        let reading::Policy { path, trees, plan, digest, .. } = self.read;
        let Some(plan) = plan else { return Err(warnings) };
        Ok(Checked { path, name, trees, digest, plan, sources: self.sources, limits: self.limits, warnings })
    }
}

impl Checked {
    /// What the agreement is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.plan.title
    }

    /// The names of its clauses, in order.
    pub fn clauses(&self) -> impl Iterator<Item = &str> {
        self.plan.clauses.iter().map(|clause| clause.name.as_str())
    }

    /// What is worth a look in its texts.
    pub fn warnings(&self) -> &Findings {
        &self.warnings
    }

    /// Facts from a text. The ending of the name says how it is written: `facts.ron`, `.json`, `.jsonl`, `.yaml`, `.toml`, or a
    /// table with its record, `report=reports.csv`, also as a spreadsheet.
    ///
    /// # Errors
    /// When the facts do not fit the policy: what is wrong.
    pub fn facts(&self, name: &str, text: impl Into<Vec<u8>>) -> Result<Facts, Unfit> {
        let library = Memory::new().with(asked(Path::new(name), None).0, text).within(self.limits);
        self.facts_in(&library, &[name])
    }

    /// Facts from files of a library, with the files that these name. A table is named with its record: `report=reports.csv`.
    ///
    /// # Errors
    /// When a file cannot be read, or the facts do not fit the policy.
    pub fn facts_in(&self, library: &dyn Library, files: &[impl AsRef<Path>]) -> Result<Facts, Unfit> {
        let files: Vec<PathBuf> = files.iter().map(|file| file.as_ref().to_path_buf()).collect();
        Facts::read(self, library, &files)
    }

    /// Facts that a program holds.
    ///
    /// # Errors
    /// When they do not fit the policy: what is wrong.
    pub fn facts_of(&self, given: &Given) -> Result<Facts, Unfit> {
        let name = "given.json";
        self.facts(name, given.written(&self.name))
    }

    /// Judges every clause by facts, as of a day.
    ///
    /// # Errors
    /// When the facts were read for another policy, or a limit is reached.
    pub fn judge<'a>(&'a self, facts: &'a Facts, as_of: Day) -> Result<Judgement<'a>, Refusal> {
        if facts.policy != self.digest {
            let message = format!("these facts were read for another policy than {}", self.name);
            return Err(Refusal::new(Cause::Misnamed, message).help("read them for this one".to_string()));
        }
        let limits = evaluate::Limits { instances: self.limits.count(Limit::Instances), ..evaluate::Limits::default() };
        let verdicts = evaluate(&self.plan, &facts.facts, as_of, &limits);
        match verdicts.cut_at {
            Some(cut) => Err(Refusal::new(Cause::Limit, format!("{}: {cut}", self.name))),
            None => Ok(Judgement { policy: self, facts, as_of, verdicts }),
        }
    }
}
