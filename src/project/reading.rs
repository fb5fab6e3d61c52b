//! A policy from its path: its file, the files that it imports, each once, and what the check says of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::library::Library;
use super::limits::{Limit, Limits};
use super::refusal::{Cause, Refusal};
use super::texts;
use crate::check;
use crate::clauses;
use crate::compile::compile;
use crate::diagnostics::{Sink, codes};
use crate::model::Agreement;
use crate::plan::Plan;
use crate::report::Digest;
use crate::source::{FileId, Sources, Span};
use crate::syntax::tree::{CalendarLine, CalendarLineKind, FieldType, FieldTypeKind, Item, Quoted, Scenario, Tree};
use crate::syntax::{self, Within};

/// A policy that was read.
pub struct Policy {
    /// The policy's own file.
    pub path: PathBuf,
    /// Its own tree first, then those of its imports.
    pub trees: Vec<Tree>,
    pub agreement: Agreement,
    /// Nothing when the policy has mistakes: then it cannot be judged.
    pub plan: Option<Plan>,
    pub digest: Digest,
}

impl Policy {
    /// The scenarios of its own file, and of files of amendments.
    pub fn scenarios(&self) -> impl Iterator<Item = &Scenario> {
        let amends = |tree: &&Tree| tree.items.iter().any(|item| matches!(item, Item::Amendment(_)));
        let others = self.trees.iter().skip(1).filter(amends);
        let items = self.trees.first().into_iter().chain(others).flat_map(|tree| &tree.items);
        items.filter_map(|item| match item {
            Item::Scenario(scenario) => Some(scenario),
            Item::Import(_) | Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) => None,
            Item::Define(_) | Item::Value(_) | Item::Clause(_) | Item::Amendment(_) => None,
        })
    }

    /// What the agreement is called; nothing when its head could not be read.
    pub fn agreement_name(&self) -> Option<&str> {
        Some(self.agreement.name.as_str()).filter(|name| !name.is_empty())
    }

    /// What the agreement is called, or its file when it has no name.
    pub fn name(&self) -> String {
        self.agreement_name().map_or_else(|| self.path.display().to_string(), str::to_string)
    }
}

/// How a policy is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct How<'a> {
    /// Whether its scenarios are read. Where they are not, nothing is said of mistakes in them.
    pub scenarios: bool,
    /// Further files of amendments.
    pub amendments: &'a [PathBuf],
}

/// Reads and checks a policy, with the amendments beside it. What is wrong in the texts is a finding; what cannot be read at
/// all is refused.
pub fn read(
    library: &dyn Library,
    path: &Path,
    how: How,
    (sources, problems): (&mut Sources, &mut Sink),
) -> Result<Policy, Refusal> {
    let path = library.policy(path)?;
    let mut found = Sink::default();
    let mut reading = Reading { scenarios: how.scenarios, ..Reading::new(library, sources, &mut found) };
    reading.whole(&path, how.amendments)?;
    let (trees, limits) = (std::mem::take(&mut reading.trees), reading.limits);
    reading.conformity(&path, &trees)?;
    let agreement = check::check(&trees, &mut found);
    clauses::inspect(&agreement, &mut found);
    let (most_periods, most_digits) = (limits.count(Limit::Periods), limits.count(Limit::Digits));
    let plan = (!found.has_errors()).then(|| Plan { most_periods, most_digits, ..compile(&agreement) });
    let digest = digest(&trees, sources);
    problems.extend(found);
    Ok(Policy { path, trees, agreement, plan, digest })
}

/// The fingerprint of a policy's texts, without asking what they mean; nothing when they cannot be read.
pub fn fingerprint(library: &dyn Library, path: &Path) -> Option<Digest> {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let path = library.policy(path).ok()?;
    let mut reading = Reading::new(library, &mut sources, &mut problems);
    reading.whole(&path, &[]).ok()?;
    let trees = std::mem::take(&mut reading.trees);
    Some(digest(&trees, &sources))
}

fn digest(trees: &[Tree], sources: &Sources) -> Digest {
    Digest::of(trees.iter().filter_map(|tree| sources.get(tree.file)).map(|source| &*source.text))
}

/// How the text of a policy is read within limits.
pub fn within(limits: &Limits, scenarios: bool) -> Within {
    let (deepest, longest) = (limits.count(Limit::Depth), limits.count(Limit::DeclarationBytes));
    Within { deepest, longest, scenarios }
}

/// How many clauses stand in a declaration.
fn clauses_of(item: &Item) -> usize {
    match item {
        Item::Clause(_) => 1,
        Item::Amendment(amendment) => amendment.alterations.len(),
        Item::Import(_) | Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) => 0,
        Item::Define(_) | Item::Value(_) | Item::Scenario(_) => 0,
    }
}

/// How many names a declaration declares, besides clauses and definitions.
fn declared(item: &Item) -> usize {
    match item {
        Item::Record(record) => record.fields.iter().map(|field| options(&field.ty).saturating_add(1)).sum(),
        Item::Actors(actors) => actors.len(),
        Item::Fact(fact) => options(&fact.ty).saturating_add(1),
        Item::Value(value) => value.values.len(),
        Item::Calendar(calendar) => calendar.lines.iter().map(own_days).sum(),
        Item::Import(_) | Item::Define(_) | Item::Clause(_) | Item::Amendment(_) | Item::Scenario(_) => 0,
    }
}

fn own_days(line: &CalendarLine) -> usize {
    match &line.kind {
        CalendarLineKind::Days(_, days) => days.len(),
        CalendarLineKind::Known { .. } => 0,
    }
}

fn options(ty: &FieldType) -> usize {
    match &ty.kind {
        FieldTypeKind::OneOf(options) => options.len(),
        FieldTypeKind::SetOf(item) => options(item),
        FieldTypeKind::Text | FieldTypeKind::YesNo | FieldTypeKind::Number | FieldTypeKind::Money => 0,
        FieldTypeKind::Date | FieldTypeKind::Time | FieldTypeKind::Record(_) => 0,
    }
}

struct Reading<'a> {
    library: &'a dyn Library,
    limits: Limits,
    sources: &'a mut Sources,
    problems: &'a mut Sink,
    scenarios: bool,
    /// The folders in which what is imported must lie.
    roots: Vec<PathBuf>,
    /// Every file that was read, by the path that is the same however it is written.
    known: BTreeSet<PathBuf>,
    /// The files whose imports are being read: an import of one of them closes a circle.
    open: Vec<PathBuf>,
    trees: Vec<Tree>,
}

impl<'a> Reading<'a> {
    fn new(library: &'a dyn Library, sources: &'a mut Sources, problems: &'a mut Sink) -> Self {
        let (roots, known, open, trees) = (Vec::new(), BTreeSet::new(), Vec::new(), Vec::new());
        let limits = library.limits();
        Reading { library, limits, sources, problems, scenarios: false, roots, known, open, trees }
    }

    /// A policy with its imports, and amendments.
    fn whole(&mut self, path: &Path, amendments: &[PathBuf]) -> Result<(), Refusal> {
        let file = self.library.text(path, Limit::SourceBytes, self.sources, self.problems)?;
        for named in std::iter::once(path).chain(amendments.iter().map(PathBuf::as_path)) {
            add_root(self.library, named, &mut self.roots);
        }
        self.file(path, file)?;
        for more in self.library.amendments_beside(path)?.iter().chain(amendments) {
            self.amendments(more)?;
        }
        self.small_enough(path)
    }

    /// What grows with a text is counted before anything is made of it.
    fn small_enough(&self, path: &Path) -> Result<(), Refusal> {
        let items = || self.trees.iter().flat_map(|tree| &tree.items);
        let definitions = items().filter(|item| matches!(item, Item::Define(_))).count();
        self.limits.allow(Limit::Definitions, definitions, path.display())?;
        self.limits.allow(Limit::Clauses, items().map(clauses_of).sum(), path.display())?;
        let amendments = items().filter(|item| matches!(item, Item::Amendment(_))).count();
        self.limits.allow(Limit::Amendments, amendments, path.display())?;
        self.limits.allow(Limit::Declarations, items().map(declared).sum(), path.display())
    }

    fn file(&mut self, path: &Path, file: FileId) -> Result<(), Refusal> {
        let Some(text) = self.sources.get(file).map(|source| source.text.clone()) else { return Ok(()) };
        self.limits.allow(Limit::SourceBytes, text.len(), path.display())?;
        let tree = syntax::read_within(file, &text, within(&self.limits, self.scenarios), self.problems);
        let imports: Vec<Quoted> = check::imports(&tree).into_iter().cloned().collect();
        self.trees.push(tree);
        let own = self.library.same(path);
        self.known.insert(own.clone());
        // The policy itself is imported by nobody.
        self.limits.allow(Limit::Imports, self.known.len().saturating_sub(1), path.display())?;
        self.open.push(own);
        self.limits.allow(Limit::ImportDepth, self.open.len(), path.display())?;
        for import in &imports {
            self.import(path, import)?;
        }
        self.open.pop();
        Ok(())
    }

    /// A file of amendments, unless it was imported already.
    fn amendments(&mut self, path: &Path) -> Result<(), Refusal> {
        if self.known.contains(&self.library.same(path)) {
            return Ok(());
        }
        let file = self.library.text(path, Limit::SourceBytes, self.sources, self.problems)?;
        let before = self.trees.len();
        self.file(path, file)?;
        let Some(tree) = self.trees.get(before) else { return Ok(()) };
        if let Some(header) = &tree.agreement {
            let message = format!("`{}` is an agreement, but only amendments belong here", header.name.it);
            let help = "move it out of the folder `amendments`, or start the file with `amendment NAME`".to_string();
            self.problems.push(codes::AMENDS_ANOTHER.at(header.name.span).say(message).help(help));
        }
        for item in &tree.items {
            if let Item::Clause(clause) = item {
                let message = format!("the clause `{}` is outside any amendment", clause.name.it);
                let help = "put it in an amendment, after `add` or `replace NAME`".to_string();
                self.problems.push(codes::AMENDMENT_LINES.at(clause.name.span).say(message).help(help));
            }
        }
        Ok(())
    }

    fn import(&mut self, from: &Path, import: &Quoted) -> Result<(), Refusal> {
        let path = self.library.named_in(from, &import.it);
        let own = self.library.same(&path);
        if let Some(at) = self.open.iter().position(|one| *one == own) {
            self.circle(at, import.span);
            return Ok(());
        }
        if self.known.contains(&own) {
            return Ok(());
        }
        match read_named(self.library, (&path, Limit::SourceBytes), &self.roots, (self.sources, self.problems)) {
            Ok(file) => self.file(&path, file),
            Err(refusal) => self.not_read(
                &path,
                import,
                (refusal, "imported", "the path is relative to the folder of the importing file"),
            ),
        }
    }

    /// A file that a text names and that is not read.
    fn not_read(&mut self, path: &Path, named: &Quoted, why: (Refusal, &str, &str)) -> Result<(), Refusal> {
        let (refusal, done, help) = why;
        let is_there = refusal.is_of_a_file() && self.library.holds(path);
        let code = match refusal.cause {
            Cause::Limit => return Err(refusal),
            Cause::Outside => codes::OUTSIDE_THE_ROOT,
            _ if is_there => codes::UNREADABLE_IMPORT,
            _ => codes::MISSING_IMPORT,
        };
        let finding = code.at(named.span).say(format!("`{}` cannot be {done}: {}", named.it, refusal.message));
        self.problems.push(finding.of_a_file(is_there).help(refusal.help.unwrap_or_else(|| help.to_string())));
        Ok(())
    }

    /// The agreement that this one conforms to is read for its principles alone.
    fn conformity(&mut self, from: &Path, trees: &[Tree]) -> Result<(), Refusal> {
        let Some(said) = trees.first().and_then(check::conforms) else { return Ok(()) };
        let path = self.library.named_in(from, &said.path.it);
        let file =
            match read_named(self.library, (&path, Limit::SourceBytes), &self.roots, (self.sources, self.problems)) {
                Ok(file) => file,
                Err(refusal) => {
                    return self.not_read(
                        &path,
                        &said.path,
                        (refusal, "read", "the path is relative to this policy's folder"),
                    );
                }
            };
        let Some(text) = self.sources.get(file).map(|source| source.text.clone()) else { return Ok(()) };
        // What is wrong in it is told when it is looked at itself.
        let other = syntax::read_within(file, &text, within(&self.limits, false), &mut Sink::default());
        check::conformity(trees, said, &other, self.problems);
        Ok(())
    }

    fn circle(&mut self, at: usize, span: Span) {
        let message = match texts::circle(self.open.get(at..).unwrap_or_default(), "imports") {
            None => "this file imports itself".to_string(),
            Some(way) => format!("these files import one another in a cycle: {way}"),
        };
        let help = "move what both need into a separate file and import that".to_string();
        self.problems.push(codes::IMPORT_CIRCLE.at(span).say(message).help(help));
    }
}

/// The folder in which the files must lie that a file names is one of those allowed.
pub(super) fn add_root(library: &dyn Library, file: &Path, roots: &mut Vec<PathBuf>) {
    if let Some(root) = library.root(file).filter(|root| !roots.contains(root)) {
        roots.push(root);
    }
}

/// Reads a file that another one names, if it lies where it may.
pub(super) fn read_named(
    library: &dyn Library,
    (path, otherwise): (&Path, Limit),
    roots: &[PathBuf],
    (sources, problems): (&mut Sources, &mut Sink),
) -> Result<FileId, Refusal> {
    library.allows(path, roots)?;
    // `-` is a file of that name here.
    let path = if path == Path::new("-") { Path::new("./-") } else { path };
    library.text(path, otherwise, sources, problems)
}
