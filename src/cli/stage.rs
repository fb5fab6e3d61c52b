//! Scenarios made ready: their fact files, what they give themselves, and the day.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::fact_files::{Roots, roots};
use super::reading::Policy;
use crate::diagnostics::{Sink, codes};
use crate::facts::Facts;
use crate::load;
use crate::source::Sources;
use crate::syntax::tree::{Quoted, Scenario};
use crate::value::Day;

/// A scenario with its facts.
pub struct Ready<'a> {
    pub scenario: &'a Scenario,
    pub facts: Facts,
    /// Nothing when neither the scenario nor its facts say it, which is a finding.
    pub as_of: Option<Day>,
}

/// Makes all scenarios of a policy ready. Each fact file is read once.
pub fn stage<'p>(policy: &'p Policy, sources: &mut Sources, problems: &mut Sink) -> Vec<Ready<'p>> {
    let mut known: BTreeMap<PathBuf, Roots> = BTreeMap::new();
    let mut all = Vec::new();
    for scenario in policy.scenarios() {
        let mut given = Roots::new();
        for file in &scenario.facts {
            let path = policy.path.parent().unwrap_or(Path::new("")).join(&file.it);
            if !known.contains_key(&path) {
                known.insert(path.clone(), read(&path, file, sources, problems));
            }
            given.extend(known.get(&path).cloned().unwrap_or_default());
        }
        all.push(ready(policy, scenario, given, problems));
    }
    all
}

fn read(path: &Path, file: &Quoted, sources: &mut Sources, problems: &mut Sink) -> Roots {
    match roots(&[path.to_path_buf()], sources, problems) {
        Ok(roots) => roots,
        Err(refusal) => {
            let message = format!("the facts `{}` cannot be read: {}", file.it, refusal.message);
            let help = refusal.help.unwrap_or_else(|| "the path is taken from the policy's folder".to_string());
            problems.push(codes::SCENARIO_FACTS.at(file.span).say(message).help(help));
            Roots::new()
        }
    }
}

fn ready<'p>(policy: &Policy, scenario: &'p Scenario, roots: Roots, problems: &mut Sink) -> Ready<'p> {
    let schema = &policy.agreement.schema;
    let roots = load::apply_given(&scenario.given, roots, schema, problems);
    let name = policy.agreement.name.as_str();
    let facts = load::bind(&roots, schema, (!name.is_empty()).then_some(name), problems);
    let as_of = match &scenario.as_of {
        None => facts.as_of,
        Some(text) => Day::parse_iso(&text.it).ok(),
    };
    if as_of.is_none() {
        let place = scenario.as_of.as_ref().map_or(scenario.title.span, |text| text.span);
        let message = match &scenario.as_of {
            Some(text) => format!("`{}` is no day", text.it),
            None => "neither the scenario nor its facts say as of which day it is judged".to_string(),
        };
        problems.push(
            codes::SCENARIO_DAY.at(place).say(message).help("write a line such as `as of 2015-02-01`".to_string()),
        );
    }
    Ready { scenario, facts, as_of }
}
