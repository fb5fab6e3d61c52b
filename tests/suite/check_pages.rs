//! The pages of the codes: what fails fails with that code first, what is repaired gives no finding.

use overens::diagnostics::codes;

use super::check_support::findings;

/// The policies under a heading of a page.
fn policies<'p>(page: &'p str, heading: &str) -> Vec<&'p str> {
    let Some((_, rest)) = page.split_once(heading) else { return Vec::new() };
    let section = rest.split("\n## ").next().unwrap_or(rest);
    section.split("```overens\n").skip(1).filter_map(|block| block.split("```").next()).collect()
}

#[test]
fn the_failing_example_of_a_page_gives_its_code_first() {
    let mut wrong = Vec::new();
    for code in codes::ALL {
        for policy in policies(code.page, "## Fails") {
            let found = findings(policy);
            if !found.first().is_some_and(|first| first.contains(&format!(" {}: ", code.name))) {
                wrong.push(format!("{}: {found:?}", code.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_repaired_example_of_a_page_gives_no_finding() {
    let mut wrong = Vec::new();
    for code in codes::ALL {
        for policy in policies(code.page, "## Repaired") {
            let found = findings(policy);
            if !found.is_empty() {
                wrong.push(format!("{}: {found:?}", code.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
