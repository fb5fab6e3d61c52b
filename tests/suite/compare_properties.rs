//! What holds of all comparisons: of generated agreements and facts, drawn from a tape of choices.

use std::collections::BTreeMap;

use overens::compare::change::Role;
use overens::compare::{self, Comparison, Filed, Look, Side, compare};
use overens::report::entry::Key;
use overens::verdict::Called;
use proptest::prelude::*;

use super::compare_support::{Two, versions};
use super::properties::{HEAD, Tape, clause, complete, fact_file, records, tapes};

/// Clauses drawn one after the other; some are left out, so that others come and go.
fn policy(tape: &mut Tape) -> String {
    let mut text = HEAD.to_string();
    for number in 0..4 {
        let words = clause(tape, number);
        if tape.below(4) > 0 {
            text.push_str(&words);
        }
    }
    text
}

fn facts(tape: &mut Tape) -> String {
    let text = fact_file(&complete(tape), &records(tape));
    format!("(as_of: \"{}\", {}", tape.day(), text.strip_prefix('(').unwrap())
}

fn sides<'a>(two: &'a Two, (before, after): (&'a Filed, &'a Filed)) -> (Side<'a>, Side<'a>) {
    (Side { rules: &two.old, filed: before }, Side { rules: &two.new, filed: after })
}

/// Every flip, with its words before and after.
fn flips(comparison: &Comparison) -> BTreeMap<Key, (Option<Called>, Option<Called>)> {
    let groups = comparison.judged.iter().flat_map(|judged| &judged.groups);
    let all = groups.flat_map(|group| &group.differences);
    let word = |entry: &Option<overens::report::entry::Entry>| entry.as_ref().map(|entry| entry.called);
    all.map(|one| (one.key.clone(), (word(&one.old), word(&one.new)))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_differs_from_itself(choices in tapes()) {
        let mut tape = Tape { choices, at: 0 };
        let (policy, facts) = (policy(&mut tape), facts(&mut tape));
        let comparison = Two::new(&policy, &policy).compared(&facts, &facts);
        prop_assert!(!comparison.differs());
        prop_assert!(comparison.reworded.is_empty(), "{:?}", comparison.reworded);
    }

    #[test]
    fn the_way_back_has_the_same_flips_turned_round(choices in tapes()) {
        let mut tape = Tape { choices, at: 0 };
        let (old, new, facts) = (policy(&mut tape), policy(&mut tape), facts(&mut tape));
        let there = flips(&Two::new(&old, &new).compared(&facts, &facts));
        let back = flips(&Two::new(&new, &old).compared(&facts, &facts));
        let turned: BTreeMap<_, _> = back.into_iter().map(|(key, (old, new))| (key, (new, old))).collect();
        prop_assert_eq!(there, turned);
    }

    /// The changes that were found are all there are: made to the old side, they bring about what the new one does.
    #[test]
    fn all_changes_together_make_the_new_side(choices in tapes()) {
        let mut tape = Tape { choices, at: 0 };
        let (old, new) = (policy(&mut tape), policy(&mut tape));
        let (old_facts, new_facts) = (facts(&mut tape), facts(&mut tape));
        let mut two = Two::new(&old, &new);
        let (before, after) = two.filed(&old_facts, &new_facts);
        let (one, other) = sides(&two, (&before, &after));
        let changes = compare::changes(&two.sources, one, other);
        let all: Vec<usize> = (0..changes.len()).collect();
        for look in [Look::WordAndShares, Look::Everything] {
            let tried = compare::tried((one, other), &changes, &all, (&two.sources, look));
            prop_assert_eq!(tried, compare::outcomes(other, &two.sources, look).ok(), "{}\n{}\n{}\n{}", old, new, old_facts, new_facts);
        }
    }

    /// Every verdict that differs has one cause, and every cause is a change.
    #[test]
    fn every_flip_has_one_cause(choices in tapes()) {
        let mut tape = Tape { choices, at: 0 };
        let (old, new, facts) = (policy(&mut tape), policy(&mut tape), facts(&mut tape));
        let mut two = Two::new(&old, &new);
        let (before, after) = two.filed(&facts, &facts);
        let look = Look::WordAndShares;
        let (one, other) = sides(&two, (&before, &after));
        let differing = compare::differences(&compare::outcomes(one, &two.sources, look).unwrap(), &compare::outcomes(other, &two.sources, look).unwrap());
        let comparison = compare(&two.sources, (one, other), versions()).unwrap();
        let groups = &comparison.judged.as_ref().unwrap().groups;
        let count: usize = groups.iter().map(|group| group.differences.len()).sum();
        prop_assert_eq!(count, differing.len());
        for group in groups {
            prop_assert!(!group.causes.is_empty());
            prop_assert!(group.causes.iter().all(|at| comparison.changes[*at].change.role == Role::Cause));
        }
    }
}
