//! Declared names: what each name of the policy stands for, and the notes that the passes over it take.
//! A name may be used before it is declared; every name of one sort stands for one thing.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Sink, article, codes, nearest};
use crate::model::amendment::AmendmentId;
use crate::model::expr::{ClauseId, DefinitionId, ValueId};
use crate::model::number_clauses;
use crate::model::schema::{ActorId, RecordId, Schema};
use crate::source::Span;
use crate::syntax::keywords;
use crate::syntax::natural::of_a_name;
use crate::syntax::tree::{self, AlterationKind, Item, Name, RecordShape, Tree};
use crate::value::{Currency, Period};

use super::amendments::{Drafted, drafted};
use super::circles::Node;
use super::definitions::Memo;
use super::former::Former;
use super::header::Settings;
use super::lost::Lost;
use super::on_day::OnDay;

/// Expressions may be nested this deep: more than a reader can follow.
const DEEPEST: u32 = 100;

/// All that a policy and its imports declare.
pub struct Names<'t> {
    pub settings: Settings,
    pub schema: Schema,
    /// By number: clauses with their requirements right behind them.
    pub clauses: Vec<Declared<'t>>,
    pub definitions: Vec<&'t tree::Define>,
    pub values: Vec<&'t tree::ValueItem>,
    /// Amendments in their order, with what their own lines say.
    pub drafts: Vec<Drafted<'t>>,
    clause_numbers: BTreeMap<&'t str, usize>,
    definition_numbers: BTreeMap<&'t str, usize>,
    value_numbers: BTreeMap<&'t str, usize>,
    pub months_used: RefCell<Vec<(Period, Span)>>,
    pub needs: RefCell<BTreeMap<Node, BTreeMap<Node, Span>>>,
    pub tests: RefCell<BTreeMap<String, u32>>,
    /// The currencies of the amounts that are written.
    pub currencies: RefCell<BTreeSet<Currency>>,
    pub memo: RefCell<Memo>,
    /// What is asked on a day of its own.
    pub on_days: RefCell<Vec<OnDay>>,
    pub depth: Cell<u32>,
    /// How deep in an expression one stands.
    pub nested: Cell<u32>,
    told_too_deep: Cell<Told>,
    /// Questions of which it was told that they are decided before they are asked.
    pub told_decided: RefCell<BTreeSet<Span>>,
    pub problems: RefCell<Sink>,
    lost: Lost,
}

/// A clause by its name: all declarations of its kind with that name, or the requirement of a membership.
pub struct Declared<'t> {
    pub name: &'t str,
    pub kind: &'static str,
    pub of: Option<RecordId>,
    pub part: Part,
    pub wordings: Vec<&'t tree::Clause>,
    /// The amendment that each wording is from; nothing for those that were agreed first.
    pub by: Vec<Option<AmendmentId>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    NotYet,
    Once,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Clause,
    Requirement,
}

/// Gathers the names of all files.
pub fn names<'t>(
    trees: &'t [Tree],
    settings: Settings,
    (schema, lost): (Schema, Lost),
    former: &'t Former,
    mut problems: Sink,
) -> Names<'t> {
    let items = || trees.iter().flat_map(|tree| &tree.items);
    let drafts = drafted(trees, &settings, &mut problems);
    no_two_of_a_name(trees, &mut problems);
    let clauses = clauses(items(), &drafts, &schema, &mut problems);
    let definitions: Vec<&tree::Define> =
        items().filter_map(|item| if let Item::Define(one) = item { Some(one) } else { None }).collect();
    let values: Vec<&tree::ValueItem> =
        items().filter_map(|item| if let Item::Value(one) = item { Some(one) } else { None }).collect();
    Names {
        settings,
        schema,
        clause_numbers: clause_numbers(&clauses, former),
        definition_numbers: numbers(definitions.iter().map(|define| define.name.it.as_str())),
        value_numbers: numbers(values.iter().map(|value| value.name.it.as_str())),
        clauses,
        definitions,
        values,
        drafts,
        months_used: RefCell::default(),
        needs: RefCell::default(),
        tests: RefCell::default(),
        currencies: RefCell::default(),
        memo: RefCell::default(),
        on_days: RefCell::default(),
        depth: Cell::default(),
        nested: Cell::default(),
        told_too_deep: Cell::new(Told::NotYet),
        told_decided: RefCell::default(),
        problems: RefCell::new(problems),
        lost,
    }
}

fn numbers<'t>(names: impl Iterator<Item = &'t str>) -> BTreeMap<&'t str, usize> {
    let mut numbers = BTreeMap::new();
    for (at, name) in names.enumerate() {
        numbers.entry(name).or_insert(at);
    }
    numbers
}

/// Clauses by their names, and by those that they had before.
fn clause_numbers<'t>(clauses: &[Declared<'t>], former: &'t Former) -> BTreeMap<&'t str, usize> {
    let mut numbers = numbers(clauses.iter().map(|clause| clause.name));
    for (name, now) in former {
        if let (None, Some(at)) = (numbers.get(name.as_str()), numbers.get(now.as_str()).copied()) {
            numbers.insert(name, at);
        }
    }
    numbers
}

/// A clause's declarations under its name, each with the amendment that it is from.
type Group<'t> = (&'t str, Vec<&'t tree::Clause>, Vec<Option<AmendmentId>>);

/// Clauses by name in order of first mention, dated wordings together, requirements behind their membership; what
/// amendments bring in stands behind what was agreed first.
fn clauses<'t>(
    items: impl Iterator<Item = &'t Item>,
    drafts: &[Drafted<'t>],
    schema: &Schema,
    problems: &mut Sink,
) -> Vec<Declared<'t>> {
    let mut groups: Vec<Group<'t>> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    let agreed = items.filter_map(|item| if let Item::Clause(clause) = item { Some((clause, None)) } else { None });
    for (clause, by) in agreed.chain(brought_in(drafts)) {
        let known = at.get(clause.name.it.as_str()).and_then(|at| groups.get_mut(*at));
        match known {
            Some(group) => add_wording(group, clause, by, problems),
            None => {
                at.insert(&clause.name.it, groups.len());
                groups.push((&clause.name.it, vec![clause], vec![by]));
            }
        }
    }
    let groups = groups;
    requirements_of_their_own(&groups, problems);
    let numbered = number_clauses(groups.iter().map(|(name, wordings, _)| {
        let requirements = wordings.iter().flat_map(|wording| &wording.requirements);
        (*name, requirements.map(|requirement| requirement.name.it.as_str()).collect())
    }));
    let declared = numbered.iter().filter_map(|one| {
        let (_, wordings, by) = groups.get(one.clause)?;
        let first = wordings.first()?;
        Some(Declared {
            name: one.name,
            kind: kind_of(first),
            of: first.of.as_ref().and_then(|of| schema.find_record(&of.it)),
            part: if one.requirement_of.is_some() { Part::Requirement } else { Part::Clause },
            wordings: wordings.clone(),
            by: by.clone(),
        })
    });
    declared.collect()
}

/// A requirement is a clause of its own, so no clause and no other membership's requirement has its name.
fn requirements_of_their_own(groups: &[Group], problems: &mut Sink) {
    let mut told: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
    for (name, wordings, _) in groups {
        told.extend(wordings.first().map(|first| (*name, ("", first.name.span))));
    }
    for (membership, wordings, _) in groups {
        for requirement in wordings.iter().flat_map(|wording| &wording.requirements) {
            let (whose, first) = *told.entry(&requirement.name.it).or_insert((membership, requirement.name.span));
            if whose != *membership {
                problems.push(
                    codes::DUPLICATE_NAME
                        .at(requirement.name.span)
                        .say(format!("there is already a clause or requirement named `{}`", requirement.name.it))
                        .also(first, "the other one")
                        .help("rename one of them".to_string()),
                );
            }
        }
    }
}

/// The clauses that amendments bring in.
fn brought_in<'t>(drafts: &[Drafted<'t>]) -> Vec<(&'t tree::Clause, Option<AmendmentId>)> {
    let mut found = Vec::new();
    for (id, draft) in (0..).map(AmendmentId).zip(drafts) {
        for alteration in &draft.tree.alterations {
            match &alteration.kind {
                AlterationKind::Replace { by: clause, .. } | AlterationKind::Add(clause) => {
                    found.push((&**clause, Some(id)));
                }
                AlterationKind::Repeal(_) | AlterationKind::Revalue { .. } | AlterationKind::Renumber { .. } => {}
                AlterationKind::Force(_) | AlterationKind::Currency(_) => {}
            }
        }
    }
    found
}

fn add_wording<'t>(
    (_, wordings, amendments): &mut Group<'t>,
    clause: &'t tree::Clause,
    by: Option<AmendmentId>,
    problems: &mut Sink,
) {
    let Some(first) = wordings.first() else { return };
    if first.kind.it == clause.kind.it {
        wordings.push(clause);
        amendments.push(by);
        return;
    }
    let (name, one, other) = (&clause.name.it, &first.kind.it, &clause.kind.it);
    problems.push(
        codes::DUPLICATE_CLAUSE
            .at(clause.name.span)
            .say(format!("`{name}` is both {} {one} and {} {other}", article(one), article(other)))
            .also(first.name.span, format!("the {one}"))
            .help("rename one of them".to_string()),
    );
}

/// The clause's kind as the keyword table has it.
pub fn kind_of(clause: &tree::Clause) -> &'static str {
    let row = keywords::ENGLISH.rows.iter().find(|row| row.role == clause.kind.it);
    row.map_or("", |row| row.role)
}

/// Records, memberships, actors, facts, values and definitions share their names: no name stands for two of them.
fn no_two_of_a_name(trees: &[Tree], problems: &mut Sink) {
    let mut told: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
    for (sort, name) in trees.iter().flat_map(|tree| &tree.items).flat_map(named) {
        match told.get(name.it.as_str()) {
            Some(("membership", _)) if sort == "membership" => {}
            Some((first_sort, first)) => problems.push(
                codes::DUPLICATE_NAME
                    .at(name.span)
                    .say(format!("`{}` is declared twice: as {first_sort}, and as {sort}", name.it))
                    .also(*first, "first declared here")
                    .help("rename one of them".to_string()),
            ),
            None => {
                told.insert(&name.it, (sort, name.span));
            }
        }
    }
}

fn named(item: &Item) -> Vec<(&'static str, &Name)> {
    match item {
        Item::Record(record) if matches!(record.shape, RecordShape::Also) => Vec::new(),
        Item::Record(record) => {
            let plural = record.plural.iter().filter(|plural| plural.it != record.name.it);
            std::iter::once(&record.name).chain(plural).map(|name| ("record", name)).collect()
        }
        Item::Actors(actors) => actors.iter().map(|actor| ("actor", &actor.name)).collect(),
        Item::Fact(field) => vec![("fact", &field.name)],
        Item::Define(define) => vec![("definition", &define.name)],
        Item::Value(value) => vec![("value", &value.name)],
        Item::Calendar(calendar) => vec![("local calendar", &calendar.name)],
        Item::Clause(clause) if clause.kind.it == "membership" => vec![("membership", &clause.name)],
        Item::Clause(_) | Item::Import(_) | Item::Amendment(_) | Item::Scenario(_) => Vec::new(),
    }
}

impl<'t> Names<'t> {
    /// Notes a finding.
    /// Whether a name is not known only because its declaration could not be read, which was told there.
    pub fn is_lost(&self, name: &str, span: Span) -> bool {
        let lost = self.lost.has(name);
        if lost {
            self.problems.borrow_mut().follows(span);
        }
        lost
    }

    pub fn found(&self, finding: Diagnostic) {
        self.problems.borrow_mut().push(finding);
    }

    /// Notes that something is too deep to be read, once for a policy: one such place brings others with it.
    pub fn too_deep(&self, span: Span, what: &str) {
        if self.told_too_deep.replace(Told::Once) == Told::NotYet {
            let way_out = "give part of it a name of its own with `define`".to_string();
            self.found(codes::TOO_DEEP.at(span).say(what).help(way_out));
        }
    }

    /// Goes one step into an expression, unless it is deeper than any sentence.
    pub fn inside<T>(&self, span: Span, resolve: impl FnOnce() -> Option<T>) -> Option<T> {
        let depth = self.nested.get();
        if depth >= DEEPEST {
            self.too_deep(span, "this is nested too deeply to be read");
            return None;
        }
        self.nested.set(depth.saturating_add(1));
        let result = resolve();
        self.nested.set(depth);
        result
    }

    /// The clause of this name, else the one that had it before.
    pub fn find_clause(&self, name: &str) -> Option<(ClauseId, &Declared<'t>)> {
        let at = self.clause_numbers.get(name)?;
        Some((ClauseId(u16::try_from(*at).ok()?), self.clauses.get(*at)?))
    }

    pub fn find_membership(&self, name: &str) -> Option<(ClauseId, RecordId)> {
        let (id, clause) = self.find_clause(name)?;
        let is_one = clause.kind == "membership" && clause.part == Part::Clause;
        // A record that has the name now goes before a membership that had it.
        if clause.name != name && self.schema.find_record(name).is_some() {
            return None;
        }
        Some((id, clause.of.filter(|_| is_one)?))
    }

    /// A clause of any kind, or a finding with the nearest name.
    pub fn clause(&self, name: &Name) -> Option<ClauseId> {
        let found = self.find_clause(&name.it);
        if found.is_none() && !self.is_lost(&name.it, name.span) {
            self.found(
                codes::UNKNOWN_CLAUSE
                    .at(name.span)
                    .say(format!("unknown clause `{}`", name.it))
                    .help(nearest(&name.it, self.clauses.iter().map(|clause| clause.name))),
            );
        }
        found.map(|(id, _)| id)
    }

    /// A term clause, or a finding.
    pub fn term(&self, name: &Name) -> Option<ClauseId> {
        let is_term = |clause: &Declared| clause.kind == "term";
        match self.find_clause(&name.it) {
            Some((id, clause)) if is_term(clause) => Some(id),
            None if self.is_lost(&name.it, name.span) => None,
            _ => {
                let terms = self.clauses.iter().filter(|clause| is_term(clause)).map(|clause| clause.name);
                self.found(
                    codes::UNKNOWN_CLAUSE
                        .at(name.span)
                        .say(format!("unknown term `{}`", name.it))
                        .help(nearest(&name.it, terms))
                        .help(of_a_name(&name.it)),
                );
                None
            }
        }
    }

    pub fn actor(&self, name: &Name) -> Option<ActorId> {
        let found = self.schema.find_actor(&name.it);
        if found.is_none() && !self.is_lost(&name.it, name.span) {
            self.found(
                codes::UNKNOWN_ACTOR
                    .at(name.span)
                    .say(format!("unknown actor `{}`", name.it))
                    .help(format!("declare it with `actor {}`", name.it))
                    .help(nearest(&name.it, self.schema.actors.iter().map(|actor| actor.name.as_str()))),
            );
        }
        found
    }

    /// Someone who judges, decides or attests: an actor, or a record or clause that stands for a body.
    pub fn role(&self, name: &Name) -> Option<String> {
        if self.schema.find_actor(&name.it).is_some() || self.schema.find_record(&name.it).is_some() {
            return Some(name.it.clone());
        }
        match self.find_clause(&name.it) {
            Some((_, clause)) => Some(clause.name.to_string()),
            None => self.actor(name).map(|_| name.it.clone()),
        }
    }

    /// The definition of a name, and the record whose rows it speaks of.
    pub fn find_definition(&self, name: &str) -> Option<(DefinitionId, Option<RecordId>)> {
        let at = self.definition_numbers.get(name)?;
        let define = self.definitions.get(*at)?;
        let of = define.of.as_ref().and_then(|of| self.schema.find_record(&of.it));
        Some((DefinitionId(u16::try_from(*at).ok()?), of))
    }

    pub fn find_value(&self, name: &str) -> Option<ValueId> {
        let at = self.value_numbers.get(name)?;
        u16::try_from(*at).ok().map(ValueId)
    }

    /// Names of records and memberships, for a finding.
    pub fn collections(&self) -> impl Iterator<Item = &str> {
        let records = self.schema.records.iter().skip(1).map(|record| record.name.as_str());
        let memberships = self.clauses.iter().filter(|clause| clause.kind == "membership").map(|clause| clause.name);
        records.chain(memberships)
    }
}
