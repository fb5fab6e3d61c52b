//! The statements of the five texts: each is encoded by a clause, decided as is proposed or with a note that says why not,
//! and expected of in scenarios. What decides each is written up in policies/STATEMENTS.md. A policy whose text is not in the
//! catalogue, a demonstration such as the Compact, has no statements and stands outside.

mod encoded;
mod page;

use super::bundled;
use super::decided::{self, Way};
use encoded::Encoded;

/// The policies that encode statements and can be read; of the others, what is wrong.
fn policies() -> (Vec<Encoded>, Vec<String>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    let proposed = decided::proposed();
    for name in bundled::names() {
        match bundled::read(&name).and_then(|policy| Encoded::of(&policy, &proposed)) {
            Ok(encoded) if encoded.statements.is_empty() => {}
            Ok(encoded) => found.push(encoded),
            Err(findings) => wrong.push(format!("{name}: {findings}")),
        }
    }
    (found, wrong)
}

#[test]
fn every_statement_of_the_texts_is_encoded_and_none_besides() {
    let (policies, mut wrong) = policies();
    let proposed = decided::proposed();
    let there = |id: &str| policies.iter().any(|policy| policy.statements.contains_key(id));
    wrong.extend(proposed.iter().filter(|(id, _)| asked(id) && !there(id)).map(|(id, _)| format!("{id}: no clause")));
    let encoded = policies.iter().flat_map(|policy| policy.statements.keys());
    let left_over = encoded.filter(|id| !proposed.iter().any(|(one, _)| one == *id));
    wrong.extend(left_over.map(|id| format!("{id}: there is no such statement")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the statement's policy is among those that are looked at.
fn asked(id: &str) -> bool {
    std::env::var("OVERENS_POLICY").map_or(true, |only| id.starts_with(&format!("{only}-")))
}

#[test]
fn something_is_expected_of_every_statement() {
    holds(|policy, id| {
        let none = policy.expected(&policy.statements[id].clauses).is_empty();
        none.then(|| "no scenario expects anything of its clauses".to_owned())
    });
}

#[test]
fn a_statement_that_a_machine_decides_is_expected_to_come_out_in_two_ways_at_least() {
    holds(|policy, id| {
        let statement = &policy.statements[id];
        let verdicts = policy.verdicts(&statement.deciding);
        let few = statement.way == Way::Machine && verdicts.len() < 2;
        few.then(|| format!("its clauses are expected to come out only so: {verdicts:?}"))
    });
}

#[test]
fn a_statement_that_is_decided_otherwise_than_proposed_has_a_note_that_says_why() {
    let proposed = decided::proposed();
    holds(|policy, id| {
        let statement = &policy.statements[id];
        let (_, wanted) = proposed.iter().find(|(one, _)| one == id)?;
        let otherwise = statement.way != *wanted && policy.notes(&statement.clauses).is_empty();
        otherwise.then(|| format!("it is {}, not {}, and no note says why", statement.way.words(), wanted.words()))
    });
}

fn holds(mistake: impl Fn(&Encoded, &str) -> Option<String>) {
    let (policies, mut wrong) = policies();
    let proposed = decided::proposed();
    for policy in &policies {
        let ids = proposed.iter().map(|(id, _)| id).filter(|id| policy.statements.contains_key(*id));
        wrong.extend(ids.filter_map(|id| Some(format!("{id}: {}", mistake(policy, id)?))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Run with `OVERENS_WRITE=1` to write the page anew after a change of a policy; what is written by hand is kept.
#[test]
fn the_page_of_statements_is_current() {
    let (policies, wrong) = policies();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let path = bundled::folder().join("STATEMENTS.md");
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    let made = page::page(&policies, &decided::proposed(), page::by_hand(&there));
    if std::env::var("OVERENS_WRITE").is_ok() {
        std::fs::write(path, made).unwrap();
        return;
    }
    assert!(there == made, "policies/STATEMENTS.md is older than the policies: OVERENS_WRITE=1 cargo test statements");
}
