//! How statements are decided: by machine, attested or judged; what the catalogue of the texts proposes, and what the
//! clauses of a policy make of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use overens::model::clause::{Act, When};
use overens::model::expr::{ClauseId, Cond, CondKind};
use overens::plan::{Body, Norm, NormTest, Owed, Plan};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Machine,
    Attested,
    Judged,
}

impl Way {
    pub fn words(self) -> &'static str {
        match self {
            Way::Machine => "by machine",
            Way::Attested => "attested",
            Way::Judged => "judged",
        }
    }
}

/// The statements of all texts in their order, each with the way that is proposed.
pub fn proposed() -> Vec<(String, Way)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/statements.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(one_proposed).collect()
}

fn one_proposed(line: &str) -> (String, Way) {
    let (id, way) = line.split_once(' ').unwrap();
    let way = match way.trim() {
        "machine" => Way::Machine,
        "attested" => Way::Attested,
        "judged" => Way::Judged,
        other => panic!("{id}: what is `{other}`?"),
    };
    (id.to_owned(), way)
}

/// The ways in which a clause decides, each with the role that does, if one is named. Most have one; where a person only
/// settles which reading holds, or only weighs a condition or a missing result, the machine decides as well.
pub fn ways(plan: &Plan, clause: ClauseId) -> BTreeMap<Way, Option<String>> {
    let mut ways = BTreeMap::new();
    for (_, norm) in plan.norms_of(clause) {
        for body in &norm.bodies {
            ways.append(&mut ways_of(norm, body));
        }
    }
    ways
}

fn ways_of(norm: &Norm, body: &Body) -> BTreeMap<Way, Option<String>> {
    let judged = (Way::Judged, body.judged_by.clone());
    let attested = (Way::Attested, body.attested_by.clone());
    if body.judged_by.is_some() && norm.bodies.len() == 1 {
        return BTreeMap::from([judged]);
    }
    if body.attested_by.is_some() {
        return BTreeMap::from([attested]);
    }
    if let NormTest::May { inside: Some(inside), .. } = &body.test {
        return BTreeMap::from([(Way::Judged, Some(inside.decided_by.clone()))]);
    }
    if only_words(&body.test) {
        return BTreeMap::from([judged]);
    }
    let weighed = body.conditions.iter().find_map(|when| match when {
        When::If(condition) | When::Unless(condition) => words_in(condition),
    });
    let mut ways = BTreeMap::from([(Way::Machine, None)]);
    if let Some(by) = weighed {
        ways.insert(Way::Judged, by);
    } else if body.judged_by.is_some() || body.owed == Owed::Effort {
        ways.insert(Way::Judged, body.judged_by.clone());
    }
    ways
}

/// Whether nothing but words for a person stand there.
fn only_words(test: &NormTest) -> bool {
    match test {
        NormTest::ForPerson(_) => true,
        NormTest::Holds(condition) | NormTest::States(condition) => nothing_but_words(condition),
        NormTest::HoldsDaily(condition) | NormTest::AtJoining { condition, .. } => nothing_but_words(condition),
        NormTest::May { act: Act::Words(_) | Act::Effort(_), exercised: None, .. } => true,
        NormTest::May { .. } | NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::Never(_) => false,
        NormTest::Numbers { .. } | NormTest::Limit { .. } | NormTest::Member(_) | NormTest::Shared { .. } => false,
        NormTest::PaysShare(_) | NormTest::Term(_) | NormTest::Vote { .. } => false,
    }
}

fn nothing_but_words(condition: &Cond) -> bool {
    match &condition.kind {
        CondKind::Judged { .. } => true,
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().all(nothing_but_words),
        CondKind::Not(inner) => nothing_but_words(inner),
        CondKind::OnDay { of, .. } => nothing_but_words(of),
        CondKind::Always | CondKind::Test(_) | CondKind::All { .. } => false,
        CondKind::Some(_) | CondKind::Defined { .. } => false,
    }
}

/// Words for a person somewhere in a condition, with the role that weighs them.
fn words_in(condition: &Cond) -> Option<Option<String>> {
    match &condition.kind {
        CondKind::Judged { by, .. } => Some(by.clone()),
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().find_map(words_in),
        CondKind::Not(inner) => words_in(inner),
        CondKind::OnDay { of, .. } => words_in(of),
        CondKind::Always | CondKind::Test(_) | CondKind::All { .. } => None,
        CondKind::Some(_) | CondKind::Defined { .. } => None,
    }
}

/// A statement as a policy encodes it.
#[derive(Clone, Debug)]
pub struct Statement {
    pub clauses: Vec<ClauseId>,
    /// How it is decided: in the proposed way if one of its clauses decides so.
    pub way: Way,
    /// Who decides, where a role is named.
    pub role: Option<String>,
    /// Those of its clauses that decide in this way.
    pub deciding: Vec<ClauseId>,
}

/// The statements that a policy encodes, by their ids.
pub fn statements(plan: &Plan, proposed: &[(String, Way)]) -> BTreeMap<String, Statement> {
    let mut clauses: BTreeMap<String, Vec<ClauseId>> = BTreeMap::new();
    for (at, clause) in plan.clauses.iter().enumerate() {
        for id in &clause.statements {
            clauses.entry(id.clone()).or_default().push(ClauseId(u16::try_from(at).unwrap()));
        }
    }
    let decided = clauses.into_iter().map(|(id, clauses)| {
        let wanted = proposed.iter().find(|(one, _)| *one == id).map(|(_, way)| *way);
        let statement = statement(plan, clauses, wanted);
        (id, statement)
    });
    decided.collect()
}

fn statement(plan: &Plan, clauses: Vec<ClauseId>, proposed: Option<Way>) -> Statement {
    let all: Vec<(ClauseId, BTreeMap<Way, Option<String>>)> =
        clauses.iter().map(|clause| (*clause, ways(plan, *clause))).collect();
    let there: BTreeSet<Way> = all.iter().flat_map(|(_, ways)| ways.keys().copied()).collect();
    let way = proposed.filter(|way| there.contains(way)).or(there.first().copied()).unwrap_or(Way::Machine);
    let deciding = all.iter().filter(|(_, ways)| ways.contains_key(&way));
    let role = all.iter().find_map(|(_, ways)| ways.get(&way).cloned().flatten());
    Statement { way, role, deciding: deciding.map(|(clause, _)| *clause).collect(), clauses }
}
