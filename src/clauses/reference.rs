//! The reference of clause kinds as Markdown, made from the catalogue.

use super::kind::{Kind, Need, OfRecord};
use super::slot::{self, IN_ANY_CLAUSE, Slot};
use super::{KINDS, VOCABULARY};

/// The declarations that the examples use, every kind with one whole example and the lines it takes, and each line once.
pub fn reference() -> String {
    let mut text =
        String::from("### The agreement of the examples\n\nThe examples of the kinds use these declarations:\n\n");
    text.push_str(&format!("```overens\n{VOCABULARY}```\n\n"));
    for kind in KINDS {
        section(kind, &mut text);
    }
    lines(&mut text);
    text
}

fn section(kind: &Kind, text: &mut String) {
    text.push_str(&format!("### {}\n\n{}\n\n", kind.name, kind.summary));
    text.push_str(&format!("```overens fragment\n{}```\n\n", kind.example));
    text.push_str(&format!("{}Lines: {}\n\n", head(kind), lines_of(kind).join(" · ")));
}

fn head(kind: &Kind) -> &'static str {
    match kind.of {
        OfRecord::Needed => "Its head must say `of RECORD`. ",
        OfRecord::Allowed => "Its head may say `of RECORD`. ",
        OfRecord::Refused => "",
    }
}

/// The lines of a kind in the order in which they are written, with a word on those that it cannot do without.
fn lines_of(kind: &Kind) -> Vec<String> {
    let quoted = |slot: &Slot| format!("`{}`", slot.name);
    let choice = kind.slots.iter().filter(|rule| rule.need == Need::OneOf).map(|rule| quoted(&rule.slot));
    let mut choice = choice.collect::<Vec<_>>().join(" or ");
    let mut listed = Vec::new();
    for rule in kind.slots {
        match rule.need {
            Need::Needed => listed.push(quoted(&rule.slot) + " (required)"),
            Need::OneOf if choice.is_empty() => {}
            Need::OneOf => listed.push(std::mem::take(&mut choice) + " (exactly one)"),
            Need::Optional => listed.push(quoted(&rule.slot)),
        }
    }
    listed.extend(kind.also.iter().map(quoted));
    listed
}

/// Each line once: its form, an example, and what it says.
fn lines(text: &mut String) {
    text.push_str("### The lines of these kinds\n\nA clause has its lines in this order. In `WHO shall …`, the kind decides whether \
         `shall`, `should`, `may`, `must not` or `aims to` is used.\n\n");
    text.push_str("| line | says | example |\n|---|---|---|\n");
    for slot in slot::ALL {
        text.push_str(&format!("| `{}` | {} | `{}` |\n", slot.name, slot.tells, slot.sample));
    }
    text.push_str("\n### In a clause of any kind\n\n| line | says |\n|---|---|\n");
    for (sample, tells) in IN_ANY_CLAUSE {
        text.push_str(&format!("| `{sample}` | {tells} |\n"));
    }
}
