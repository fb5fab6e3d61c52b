//! The snapshots beside a policy: which are expected, what was accepted in them, and what is the case now.

use std::path::{Path, PathBuf};

use super::Exit;
use super::bounds::{Limit, how_to_raise, of_evaluation};
use super::disk;
use super::fact_files::{From, short_cells, small_enough};
use super::files::{self, Refusal};
use super::neighbours::bind;
use super::policy_files::Policy;
use super::roots::AllowedFolders;
use super::writing::{self, There};
use crate::diagnostics::Sink;
use crate::evaluate::evaluate;
use crate::facts::Facts;
use crate::load::node::Node;
use crate::load::{self, Others};
use crate::plan::Plan;
use crate::project::shelf::{self, Roots};
use crate::report::entry::{Entry, differences, entries};
use crate::report::snapshot::{self, Held, JudgedWith, Snapshot, State};
use crate::report::{Digest, Names, Naming};
use crate::source::Sources;
use crate::value::Day;
use crate::verdict::Cut;

/// A snapshot that there is, or should be.
pub struct Expected {
    /// Where it lies.
    pub path: PathBuf,
    pub facts: PathBuf,
    /// The fact file, from the folder of the policy.
    pub facts_name: String,
    pub as_of: Day,
    pub kept: Option<Kept>,
}

/// What lies there.
pub struct Kept {
    /// As it was read, to see whether somebody else writes meanwhile.
    pub text: String,
    pub snapshot: Snapshot,
}

/// What there is beside a policy.
#[derive(Default)]
pub struct Found {
    /// By path.
    pub expected: Vec<Expected>,
    /// Snapshots that something is wrong with, which was told.
    pub damaged: Vec<PathBuf>,
}

/// What is the case now.
pub struct Now {
    pub roots: Roots,
    /// The agreements that share some of the fact files.
    pub others: Others,
    pub facts: Facts,
    pub facts_digest: Digest,
    /// The amendments, and whether they are adopted.
    pub amendments: String,
    pub entries: Vec<Entry>,
}

/// Whether snapshots are expected where there is no folder for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// Then nobody asked for any.
    NoneExpected,
    /// Then all that there may be are still to be accepted.
    AllExpected,
}

/// What is found wrong, in snapshots and in facts: that is told apart.
pub struct Wrong<'s> {
    pub in_snapshots: &'s mut Sink,
    pub in_facts: &'s mut Sink,
}

/// The snapshots of a policy by name: those that lie in its folder `snapshots`, and one for each fact file in its folder
/// `facts` that says its own as-of day.
pub fn expected(policy: &Policy, without: Without, from: &mut From, wrong: &mut Wrong) -> Result<Found, Refusal> {
    let folder = policy.path.with_file_name("snapshots");
    let mut all = Found::default();
    // What comes from a pipe stands beside nothing.
    let is_there = folder.is_symlink() || folder.exists();
    if policy.path == Path::new("-") || (!is_there && without == Without::NoneExpected) {
        return Ok(all);
    }
    let mut of_others = Vec::new();
    for path in files::snapshots_in(&folder)? {
        match lying(&path, from.sources, wrong.in_snapshots)? {
            None => all.damaged.push(path),
            Some(kept) if is_of_another(&kept.snapshot, policy) => of_others.push(path),
            Some(kept) => all.expected.push(Expected::of(path, kept, policy)),
        }
    }
    for facts in files::facts_beside(&policy.path)? {
        let root = from.shelf.root(&facts, from.sources, wrong.in_facts)?;
        let Some(as_of) = root.filter(|root| is_for(root, policy)).and_then(shelf::as_of) else { continue };
        let mut path = folder.join(file_name(&facts, as_of));
        if of_others.contains(&path) {
            path = folder.join(format!("{}__{}", stem(&policy.path), file_name(&facts, as_of)));
        }
        if !all.has(&path) {
            let facts_name = name_from(policy, &facts);
            all.expected.push(Expected { path, facts, facts_name, as_of, kept: None });
        }
    }
    all.expected.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(all)
}

/// Whether a fact file is for the agreement; one that does not say for which is.
fn is_for(root: &Node, policy: &Policy) -> bool {
    let agreements = load::agreements(root).it;
    agreements.is_empty() || policy.agreement_name().is_none_or(|own| agreements.iter().any(|one| one == own))
}

impl Found {
    fn has(&self, path: &Path) -> bool {
        self.damaged.iter().chain(self.expected.iter().map(|one| &one.path)).any(|one| one == path)
    }
}

/// `2015@2015-02-01.snap`; a fact file that is not RON keeps its ending, so that two of one name have snapshots of their own.
fn file_name(facts: &Path, as_of: Day) -> String {
    let ron = facts.extension().is_some_and(|ending| ending == "ron");
    let name = if ron { stem(facts) } else { facts.file_name().unwrap_or_default().display().to_string() };
    format!("{name}@{as_of}.snap")
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().display().to_string()
}

fn name_from(policy: &Policy, facts: &Path) -> String {
    let folder = policy.path.parent().unwrap_or(Path::new(""));
    let inner = facts.strip_prefix(folder).unwrap_or(facts);
    inner.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn policy_name(policy: &Policy) -> String {
    policy.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// A snapshot that lies in the folder; nothing when something is wrong with it.
fn lying(path: &Path, sources: &mut Sources, problems: &mut Sink) -> Result<Option<Kept>, Refusal> {
    let mut found = Sink::default();
    let file = disk::read(path, Limit::TableBytes, sources, &mut found)?;
    let text = sources.get(file).map(|source| source.text.to_string()).unwrap_or_default();
    let snapshot = if found.has_errors() { None } else { snapshot::read(file, &text, &mut found) };
    problems.extend(found);
    Ok(snapshot.map(|snapshot| Kept { text, snapshot }))
}

/// Several policies of one folder have their snapshots in one folder, too.
fn is_of_another(snapshot: &Snapshot, policy: &Policy) -> bool {
    snapshot.policy != policy_name(policy) && policy.path.with_file_name(&snapshot.policy).is_file()
}

impl Expected {
    fn of(path: PathBuf, mut kept: Kept, policy: &Policy) -> Expected {
        kept.snapshot.called_now(&policy.agreement.schema);
        let facts_name = kept.snapshot.facts.clone();
        let facts = files::named_in(&policy.path, &facts_name);
        Expected { path, facts, facts_name, as_of: kept.snapshot.as_of, kept: Some(kept) }
    }

    /// Judges the facts as of the day. Nothing comes back when they cannot be judged, which is told.
    fn judge(
        &self,
        policy: &Policy,
        plan: &Plan,
        from: &mut From,
        problems: &mut Sink,
    ) -> Result<Option<Now>, Refusal> {
        let mut found = Sink::default();
        from.shelf.beside(&policy.path);
        // Which facts they are, a snapshot says itself.
        AllowedFolders::of(&policy.path).allow(&self.facts)?;
        let roots = from.shelf.gather(std::slice::from_ref(&self.facts), from.sources, &mut found)?;
        let facts_digest = digest(&roots, from.sources);
        let others = from.neighbours.of(&roots, policy);
        let facts = bind(&roots, policy, &others, &mut found);
        small_enough(&facts, &roots)?;
        load::check_recorded(plan, &facts, &others, &mut found);
        let sound = !found.has_errors();
        problems.extend(found);
        if !sound {
            return Ok(None);
        }
        short_cells(&facts, &roots, from.sources)?;
        let verdicts = evaluate(plan, &facts, self.as_of, &of_evaluation());
        if let Some(cut) = verdicts.cut_at {
            return Err(too_many(&self.facts_name, cut));
        }
        let names = Names { plan, facts: &facts, sources: from.sources, naming: Naming::Real };
        let entries = entries(&names, &verdicts, self.as_of);
        let amendments = snapshot::amendments(&names, &verdicts);
        Ok(Some(Now { roots, others, facts, facts_digest, amendments, entries }))
    }

    /// The snapshot as it would be with all verdicts of now.
    pub fn proposed(&self, policy: &Policy, plan: &Plan, now: &Now) -> Snapshot {
        let accepted = self.kept.as_ref().map_or_else(Vec::new, |kept| kept.snapshot.accepted.clone());
        Snapshot {
            policy: policy_name(policy),
            facts: self.facts_name.clone(),
            as_of: self.as_of,
            judged_with: judged_with(policy, plan, now),
            amendments: now.amendments.clone(),
            accepted,
            entries: now.entries.clone(),
        }
    }

    /// Where a proposed snapshot lies until somebody accepts it.
    pub fn pending_path(&self) -> PathBuf {
        self.path.with_added_extension("new")
    }

    /// How it stands to what is the case now.
    pub fn held(&self, now: Option<&Now>) -> Held {
        let state = match (&self.kept, now) {
            (_, None) => State::FactsGone(self.facts_name.clone()),
            (None, Some(now)) => State::New(differences(&[], &now.entries)),
            (Some(kept), Some(now)) => {
                let differences = differences(&kept.snapshot.entries, &now.entries);
                let verdicts = now.entries.len();
                if differences.is_empty() { State::Holds(verdicts) } else { State::Differs { verdicts, differences } }
            }
        };
        Held { snapshot: self.path.display().to_string(), state }
    }

    /// What is the case now; nothing when the fact file is gone, or cannot be judged.
    pub fn now(
        &self,
        policy: &Policy,
        plan: &Plan,
        from: &mut From,
        problems: &mut Sink,
    ) -> Result<Option<Now>, Refusal> {
        if self.facts.is_file() { self.judge(policy, plan, from, problems) } else { Ok(None) }
    }
}

/// What is done with verdicts that nobody has accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    LeftAlone,
    /// They are written beside the snapshots, to be accepted by other tools.
    Written,
}

/// How all snapshots of a policy stand.
pub fn held(
    (policy, plan): (&Policy, &Plan),
    pending: Pending,
    from: &mut From,
    wrong: &mut Wrong,
) -> Result<Vec<Held>, Refusal> {
    let found = expected(policy, Without::NoneExpected, from, wrong)?;
    let damaged = |path: &PathBuf| Held { snapshot: path.display().to_string(), state: State::Damaged };
    let mut all: Vec<Held> = found.damaged.iter().map(damaged).collect();
    for one in &found.expected {
        let now = one.now(policy, plan, from, wrong.in_facts)?;
        let held = one.held(now.as_ref());
        if let (Pending::Written, Some(now)) = (pending, &now) {
            match held.holds() {
                true => writing::remove(&one.pending_path())?,
                false => {
                    let text = one.proposed(policy, plan, now).to_string();
                    writing::replace(&one.pending_path(), There::Anything, &text)?;
                }
            }
        }
        all.push(held);
    }
    all.sort_by(|one, other| one.snapshot.cmp(&other.snapshot));
    Ok(all)
}

/// The fingerprint of fact files.
pub fn digest(roots: &Roots, sources: &Sources) -> Digest {
    let texts = roots.iter().filter_map(|(node, _)| sources.get(node.span.file));
    Digest::of(texts.map(|source| &*source.text))
}

/// What verdicts of now rest on.
pub fn judged_with(policy: &Policy, plan: &Plan, now: &Now) -> JudgedWith {
    JudgedWith { policy: policy.digest, facts: now.facts_digest, calendar: snapshot::calendar(&plan.calendar) }
}

fn too_many(facts: &str, cut: Cut) -> Refusal {
    Refusal {
        message: format!("`{facts}` cannot be judged: {cut}"),
        help: Some(format!("split the facts into several files, or {}", how_to_raise(cut))),
        exit: Exit::Limit,
    }
}
