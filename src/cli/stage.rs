//! Scenarios made ready: their fact files, what they give themselves, and the day.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::fact_files::{From, short_cells, small_enough};
use super::files::{self, Refusal};
use super::neighbours::bind;
use super::policy_files::Policy;
use crate::diagnostics::{Diagnostic, Sink, codes};
use crate::facts::Facts;
use crate::load::{self, Others};
use crate::project::shelf::Roots;
use crate::project::{Cause, Library as _};
use crate::source::{Sources, Span};
use crate::syntax::tree::{GivenKind, Quoted, Scenario};
use crate::value::Day;

/// So many of the facts that refer to a record are told that a scenario takes away.
const MOST_TOLD: usize = 3;

/// A scenario with its facts.
pub struct Ready<'a> {
    pub scenario: &'a Scenario,
    pub facts: Facts,
    /// The agreements that share some of its fact files.
    pub others: Others,
    /// Nothing when neither the scenario nor its facts say it, which is a finding.
    pub as_of: Option<Day>,
}

/// Makes all scenarios of a policy ready. Each fact file is read once.
pub fn stage<'p>(policy: &'p Policy, from: &mut From, problems: &mut Sink) -> Result<Vec<Ready<'p>>, Refusal> {
    let mut all = Vec::new();
    // Many scenarios rest on the same files.
    let mut known: BTreeMap<Vec<PathBuf>, Others> = BTreeMap::new();
    for scenario in policy.scenarios() {
        let mut paths = Vec::new();
        for file in &scenario.facts {
            paths.extend(readable(file, policy, from, problems)?);
        }
        // What could not be read was told, and is left out.
        from.shelf.beside(&policy.path);
        let roots = from.shelf.gather(&paths, from.sources, problems)?;
        let others = known.entry(paths).or_insert_with(|| from.neighbours.of(&roots, policy)).clone();
        all.push(ready(policy, scenario, (roots, others), (from.sources, problems))?);
    }
    Ok(all)
}

fn readable(file: &Quoted, policy: &Policy, from: &mut From, problems: &mut Sink) -> Result<Option<PathBuf>, Refusal> {
    // A scenario of an amendment stands in a file, and perhaps in a folder, of its own.
    let stands = from.sources.get(file.span.file).map(|source| PathBuf::from(&source.name));
    let path = files::named_in(&stands.unwrap_or_else(|| policy.path.clone()), &file.it);
    match from.shelf.named_root(&path, &policy.path, from.sources, problems) {
        Ok(_) => Ok(Some(path)),
        Err(refusal) if refusal.cause == Cause::Limit => Err(refusal.into()),
        Err(refusal) => {
            let message = format!("the facts `{}` cannot be read: {}", file.it, refusal.message);
            let code = if refusal.cause == Cause::Outside { codes::OUTSIDE_THE_ROOT } else { codes::SCENARIO_FACTS };
            let is_there = refusal.is_of_a_file() && from.shelf.library().holds(&path);
            let help = refusal
                .help
                .unwrap_or_else(|| "the path is relative to the folder of the file it appears in".to_string());
            problems.push(code.at(file.span).say(message).of_a_file(is_there).help(help));
            Ok(None)
        }
    }
}

fn ready<'p>(
    policy: &Policy,
    scenario: &'p Scenario,
    (roots, others): (Roots, Others),
    (sources, problems): (&Sources, &mut Sink),
) -> Result<Ready<'p>, Refusal> {
    let roots = load::apply_given(&scenario.given, roots, &policy.agreement.schema, problems);
    let mut found = Sink::default();
    let facts = bind(&roots, policy, &others, &mut found);
    problems.extend(named_without(scenario, found));
    small_enough(&facts, &roots)?;
    if !problems.has_errors() {
        short_cells(&facts, &roots, sources)?;
    }
    let as_of = match &scenario.as_of {
        None => facts.as_of,
        Some(text) => Day::parse_iso(&text.it).ok(),
    };
    // Facts that could not be read may have said it.
    if as_of.is_none() && (scenario.as_of.is_some() || !problems.has_errors()) {
        let place = scenario.as_of.as_ref().map_or(scenario.title.span, |text| text.span);
        let message = match &scenario.as_of {
            Some(text) => format!("`{}` is not a date", text.it),
            None => "no as-of date given, in the scenario or in its facts".to_string(),
        };
        problems
            .push(codes::SCENARIO_DAY.at(place).say(message).help("add a line such as `as of 2015-02-01`".to_string()));
    }
    Ok(Ready { scenario, facts, others, as_of })
}

/// Findings on facts where a record is named that the scenario takes away are findings on the scenario: one for each of its lines.
fn named_without(scenario: &Scenario, found: Sink) -> Sink {
    let mut found = found;
    for given in &scenario.given {
        let GivenKind::Without { record, id } = &given.kind else { continue };
        let (of, id) = (&record.it, id.as_ref().map(|id| &id.it));
        let lacks = match id {
            Some(id) => format!("there is no `{of}` with the id `{id}`"),
            None => format!("there is no `{of}` with the id "),
        };
        let is_it = |one: &Diagnostic| one.code == codes::UNKNOWN_REFERENCE && one.message.starts_with(&lacks);
        let places: Vec<Span> = found.sorted().into_iter().filter(|one| is_it(one)).map(|one| one.place.span).collect();
        if places.is_empty() {
            continue;
        }
        let taken = id.map_or_else(|| format!("given no {of}"), |id| format!("given no {of} {id}"));
        let message = format!("`{taken}` of the scenario \"{}\" takes away what the facts refer to", scenario.title.it);
        let finding = codes::UNKNOWN_REFERENCE.at(given.span).say(message).help(format!(
            "take away what refers to it, too, with a line such as `given no RECORD ID`, or give that another `{of}`"
        ));
        let told = places.into_iter().take(MOST_TOLD);
        let finding = told.fold(finding, |finding, place| finding.also(place, format!("this refers to the `{of}`")));
        found = found.without(is_it);
        found.push(finding);
    }
    found
}
