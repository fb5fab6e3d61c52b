//! The reference of clause kinds as Markdown, made from the catalogue.

use super::KINDS;
use super::kind::{Kind, Need, OfRecord};
use super::slot::{IN_ANY_CLAUSE, Slot};

/// Every kind with what it is for and the lines it takes, and what any clause takes.
pub fn reference() -> String {
    let mut text = String::new();
    for kind in KINDS {
        section(kind, &mut text);
    }
    text.push_str("### In a clause of any kind\n\n| line | tells |\n|---|---|\n");
    for (sample, tells) in IN_ANY_CLAUSE {
        text.push_str(&format!("| `{sample}` | {tells} |\n"));
    }
    text
}

fn section(kind: &Kind, text: &mut String) {
    text.push_str(&format!("### {}\n\n{}\n\n{}", kind.name, kind.summary, head(kind)));
    text.push_str("| line | tells | |\n|---|---|---|\n");
    for rule in kind.slots {
        row(&rule.slot, need(rule.need), text);
    }
    for slot in kind.also {
        row(slot, need(Need::Optional), text);
    }
    text.push('\n');
}

fn head(kind: &Kind) -> String {
    match kind.of {
        OfRecord::Needed => "Its head says `of RECORD`.\n\n".to_owned(),
        OfRecord::Allowed => "Its head may say `of RECORD`.\n\n".to_owned(),
        OfRecord::Refused => String::new(),
    }
}

fn row(slot: &Slot, need: &str, text: &mut String) {
    text.push_str(&format!("| `{}` | {} | {need} |\n", slot.sample, slot.tells));
}

fn need(need: Need) -> &'static str {
    match need {
        Need::Needed => "needed",
        Need::OneOf => "one of these",
        Need::Optional => "",
    }
}
