//! The page of statements: a table for each agreement of what decides every statement of its text.

use super::encoded::Encoded;
use crate::suite::decided::{Statement, Way};

const BY_HAND: &str = "<!-- by hand -->\n";
const END_BY_HAND: &str = "<!-- end of what is written by hand -->\n";
const NOTHING_YET: &str = "\nNone.\n\n";

/// The part of the page that is written by hand.
pub fn by_hand(page: &str) -> &str {
    let rest = page.split_once(BY_HAND).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split_once(END_BY_HAND)).map_or(NOTHING_YET, |(kept, _)| kept)
}

pub fn page(policies: &[Encoded], proposed: &[(String, Way)], by_hand: &str) -> String {
    let mut page = String::from(
        "# What decides each statement\n\n\
         Made from the policies and their scenarios (`OVERENS_WRITE=1 cargo test statements`); a test compares. The ids are\n\
         those of the catalogue of the five texts; [statements.txt](statements.txt) lists them with the way of deciding that\n\
         the catalogue proposes. That the clauses decided by machine say what their scenarios prove is tested by changing them:\n\
         see `tests/suite/mutants`.\n\n",
    );
    page.push_str(&totals(policies));
    page.push_str("\n## Checklist verdicts held to be wrong\n\n");
    page.push_str(&format!("{BY_HAND}{by_hand}{END_BY_HAND}"));
    for policy in policies {
        page.push_str(&agreement(policy, proposed));
    }
    page
}

// ---- totals ----

fn totals(policies: &[Encoded]) -> String {
    let mut text = String::from(
        "| agreement | statements | by machine | attested | judged | clauses | scenarios | expectations |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    let mut all = [0; 7];
    for policy in policies {
        let numbers = numbers(policy);
        all.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
        text.push_str(&row(&policy.name, &numbers));
    }
    text.push_str(&row("**all**", &all));
    text
}

fn numbers(policy: &Encoded) -> [usize; 7] {
    let in_way = |way| policy.statements.values().filter(|one| one.way == way).count();
    [
        policy.statements.len(),
        in_way(Way::Machine),
        in_way(Way::Attested),
        in_way(Way::Judged),
        policy.plan.clauses.len(),
        policy.scenarios,
        policy.expectations.len(),
    ]
}

fn row(name: &str, numbers: &[usize]) -> String {
    let cells: Vec<String> = numbers.iter().map(usize::to_string).collect();
    format!("| {name} | {} |\n", cells.join(" | "))
}

// ---- one agreement ----

fn agreement(policy: &Encoded, proposed: &[(String, Way)]) -> String {
    let mut text = format!(
        "\n## {}: {}\n\n| statement | clauses | decided | a scenario that decides it | remark |\n|---|---|---|---|---|\n",
        policy.name, policy.title
    );
    // In the order of the text, as the list of statements has them.
    for (id, wanted) in proposed {
        let Some(statement) = policy.statements.get(id) else { continue };
        let cells = [
            id.clone(),
            clauses(policy, statement),
            decided(statement),
            scenario(policy, statement),
            remark(policy, statement, *wanted),
        ];
        text.push_str(&format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | ")));
    }
    text
}

fn clauses(policy: &Encoded, statement: &Statement) -> String {
    let told = policy.clauses(&statement.clauses).map(|clause| match &clause.place {
        Some(place) => format!("`{}` {}", clause.name, place.words),
        None => format!("`{}`", clause.name),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn decided(statement: &Statement) -> String {
    match (statement.way, &statement.role) {
        (Way::Machine, _) => "by machine".to_owned(),
        (way, Some(role)) => format!("{} by {}", way.words(), role.replace('_', " ")),
        (way, None) => format!("{} by nobody named", way.words()),
    }
}

fn scenario(policy: &Encoded, statement: &Statement) -> String {
    let Some(expected) = policy.telling(statement) else { return "none".to_owned() };
    let of = if expected.keys.is_empty() { String::new() } else { format!(" for {}", expected.keys.join(", ")) };
    format!("{}: **{}**{of}", expected.scenario, expected.words())
}

fn remark(policy: &Encoded, statement: &Statement, proposed: Way) -> String {
    if statement.way == proposed {
        return String::new();
    }
    let notes = policy.notes(&statement.clauses);
    format!("proposed: {}. {}", proposed.words(), notes.first().copied().unwrap_or("No note says why."))
}
