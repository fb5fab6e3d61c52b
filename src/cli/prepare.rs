//! An agreement made ready to be judged: its policy and its facts read, and what is wrong with them shown.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Exit;
use super::fact_files::{self, From, day, parse_day};
use super::files::Refusal;
use super::neighbours::Neighbours;
use super::output::{Output, To};
use super::policy_files::{Policy, Shelf, policy_to_judge};
use super::supposing::Supposing;
use crate::diagnostics::{Severity, Sink};
use crate::facts::Facts;
use crate::load;
use crate::plan::Plan;
use crate::render::diagnostics::plain;
use crate::render::report::several::Number;
use crate::report::{Digest, Names, Naming};
use crate::source::{FileId, Sources};
use crate::value::Day;

/// What `eval` and `why` have in common.
#[derive(clap::Args, Clone, Default)]
pub struct Common {
    /// The as-of date [default: from the facts]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub as_of: Option<Day>,
    /// Replace the names of people and organisations with pseudonyms, always the same one for each
    #[arg(long)]
    pub pseudonyms: bool,
    /// Format of facts on standard input (`-`) [default: ron; csv with a record]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub facts_format: Option<FactsFormat>,
    #[command(flatten)]
    pub supposing: Supposing,
    /// Judge by what was on record on this date, ignoring what was recorded later
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub known_on: Option<Day>,
}

/// A way of writing facts, by the ending that a file's name would have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum FactsFormat {
    Csv,
    Json,
    Jsonl,
    Ron,
    Toml,
    Yaml,
}

impl FactsFormat {
    pub fn ending(self) -> &'static str {
        match self {
            FactsFormat::Csv => "csv",
            FactsFormat::Json => "json",
            FactsFormat::Jsonl => "jsonl",
            FactsFormat::Ron => "ron",
            FactsFormat::Toml => "toml",
            FactsFormat::Yaml => "yaml",
        }
    }
}

/// A policy that was opened: its texts, and what was found in them.
pub struct Opened {
    pub policy: Policy,
    pub sources: Sources,
    pub problems: Sink,
}

/// An agreement and its facts, ready to be judged.
pub struct Ready {
    pub policy: Policy,
    pub plan: Plan,
    pub facts: Facts,
    pub facts_digest: Digest,
    /// The fact files that were read.
    pub fact_files: Vec<FileId>,
    /// Those that were named on the command line, as they were named, or found beside the policy.
    pub named: Vec<String>,
    pub asked: Common,
    pub as_of: Day,
    pub known_on: Option<Day>,
    pub sources: Sources,
    pub naming: Naming,
}

/// What the agreements of one run share.
pub struct Desk<'a> {
    pub common: &'a Common,
    pub output: &'a Output,
    pub neighbours: Neighbours,
    /// Fact files that were read already, and whose mistakes were told.
    pub shelf: Shelf,
    pub asked: Number,
    /// Findings that were shown: what several agreements share is told once.
    shown: BTreeSet<String>,
    /// The names of all texts that were read, also of what cannot be judged.
    pub read: BTreeSet<String>,
    /// The first thing that was wrong of late, for reports that name what could not be judged.
    pub trouble: Option<Trouble>,
}

/// Something that is wrong, in a line, and where it stands, if it stands somewhere: file, line and column.
#[derive(Default)]
pub struct Trouble {
    pub words: String,
    pub at: Option<(String, usize, usize)>,
}

impl Ready {
    pub fn names(&self) -> Names<'_> {
        Names { plan: &self.plan, facts: &self.facts, sources: &self.sources, naming: self.naming }
    }
}

/// The one agreement at a path, ready to be judged. `Err` is how the run ends when it cannot go on.
pub fn ready(path: &Path, fact_files: &[PathBuf], common: &Common, output: &Output) -> Result<Ready, Exit> {
    let mut desk = Desk::new(Number::One, common, output);
    let opened = Opened::new(path, Sources::default(), &common.supposing).map_err(|refusal| output.refuse(&refusal))?;
    opened.ready(fact_files, &mut desk)
}

impl<'a> Desk<'a> {
    pub fn new(asked: Number, common: &'a Common, output: &'a Output) -> Self {
        let shelf = Shelf::default().with_pipe(common.facts_format.map(FactsFormat::ending));
        let (neighbours, shown) = (Neighbours::default(), BTreeSet::new());
        Desk { common, output, neighbours, shelf, asked, shown, read: BTreeSet::new(), trouble: None }
    }

    /// Notes which texts were read: no report may take the place of one.
    pub fn read(&mut self, sources: &Sources) {
        self.read.extend(sources.files().map(|(_, source)| source.name.clone()));
    }

    /// Refuses something for one agreement; among several it is said for which.
    fn refuse(&mut self, policy: &Policy, refusal: Refusal) -> Exit {
        self.trouble.get_or_insert_with(|| Trouble { words: refusal.message.clone(), at: None });
        match self.asked {
            Number::One => self.output.refuse(&refusal),
            Number::Several => {
                self.output.refuse(&Refusal { message: format!("{}: {}", policy.name(), refusal.message), ..refusal })
            }
        }
    }

    /// Shows the findings that were not shown before.
    pub fn show(&mut self, problems: &Sink, sources: &Sources) -> Exit {
        let mut new = problems.sorted();
        if let Some(first) = new.iter().find(|one| one.severity == Severity::Error) {
            self.trouble.get_or_insert_with(|| {
                let (file, at) = sources.at(first.place.span);
                Trouble { words: plain::in_a_line(first, sources), at: Some((file.to_owned(), at.line, at.column)) }
            });
        }
        new.retain(|one| self.shown.insert(plain::show(&[one], sources)));
        let told = self.output.findings(To::Messages, None, &new, sources);
        told.worst_of(self.output.uncounted(To::Messages, problems))
    }
}

impl Opened {
    /// Opens the policy at a path. `sources` may hold texts already.
    pub fn new(path: &Path, mut sources: Sources, supposing: &Supposing) -> Result<Opened, Refusal> {
        let mut problems = Sink::default();
        let policy = policy_to_judge(path, &supposing.files(), &mut sources, &mut problems)?;
        Ok(Opened { policy, sources, problems })
    }

    /// Reads the facts that are named, or those beside the policy, and shows what is wrong.
    pub fn ready(self, fact_files: &[PathBuf], desk: &mut Desk) -> Result<Ready, Exit> {
        let Opened { mut policy, mut sources, mut problems } = self;
        desk.read(&sources);
        let Some(plan) = policy.plan.take() else {
            return Err(desk.show(&problems, &sources).worst_of(Exit::of_policy(&problems)));
        };
        let plan =
            desk.common.supposing.apply(plan, &policy, &sources).map_err(|refusal| desk.refuse(&policy, refusal))?;
        let mut found = Sink::default();
        let mut shelf = desk.shelf.clone();
        let from = From { shelf: &mut shelf, neighbours: &mut desk.neighbours, sources: &mut sources };
        let loaded = fact_files::facts(fact_files, (&policy, desk.common.known_on), from, &mut found);
        desk.read(&sources);
        if let Ok(read) = &loaded {
            load::check_recorded(&plan, &read.facts, &read.others, &mut found);
            if let Some(as_of) = desk.common.as_of.or(read.facts.as_of) {
                load::check_far_days(&plan.schema, &read.facts, as_of, &mut found);
            }
        }
        let exit = Exit::of_facts(&found);
        problems.extend(found);
        let shown = desk.show(&problems, &sources);
        let read = loaded.map_err(|refusal| desk.refuse(&policy, refusal))?;
        if exit != Exit::Yes {
            return Err(shown.worst_of(exit));
        }
        let as_of = day(desk.common.as_of, &read.facts).map_err(|refusal| desk.refuse(&policy, refusal))?;
        let facts = match desk.common.known_on {
            Some(day) => read.facts.known_on(&policy.agreement.schema, day),
            None => read.facts,
        };
        let naming = if desk.common.pseudonyms { Naming::Pseudonyms } else { Naming::Real };
        Ok(Ready {
            policy,
            plan,
            facts,
            facts_digest: read.digest,
            fact_files: read.files,
            named: read.chosen.iter().map(|path| path.display().to_string()).collect(),
            asked: desk.common.clone(),
            as_of,
            known_on: desk.common.known_on,
            sources,
            naming,
        })
    }
}
