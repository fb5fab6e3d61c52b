//! A comparison for a pull request: what a reviewer has to know first, and the wordings to open when they are wanted.

use super::page::{self, Item, Section};
use super::words::{self, Arrow};
use crate::compare::{Comparison, Flips, Judged};
use crate::render::escape::{code, markdown as plain};

const ARROW: Arrow = Arrow("→");

/// The whole comparison.
pub fn show(of: &Comparison) -> String {
    let mut text = format!("### {}: {} → {}\n\n", plain(&of.new.agreement), code(&of.old.name), code(&of.new.name));
    text.push_str(&format!("**{}.** {}.\n", plain(&page::sum(of)), plain(&capital(&page::over(of)))));
    let flips = of.judged.iter().filter(|judged| !judged.groups.is_empty());
    flips.for_each(|judged| text.push_str(&table(judged, of)));
    for section in page::sections(of, ARROW) {
        match section.title.as_str() {
            // The table says it.
            "what flips, by its cause" => {}
            _ => text.push_str(&list(&section)),
        }
    }
    text
}

fn table(judged: &Judged, of: &Comparison) -> String {
    let mut text = "\n| cause | verdicts that flip | from → to | affects |\n|---|--:|---|---|\n".to_string();
    for flips in &judged.groups {
        text.push_str(&row(flips, of));
    }
    text
}

fn row(flips: &Flips, of: &Comparison) -> String {
    let mut kinds: Vec<String> = flips.kinds.iter().map(|kind| plain(&words::kind(kind, ARROW))).collect();
    if flips.shares > 0 {
        kinds.push(plain(&words::counted(&Flips { kinds: Vec::new(), ..flips.clone() })));
    }
    let touched = words::touched(flips).unwrap_or_default();
    let touched = plain(touched.strip_prefix("affects ").unwrap_or(&touched));
    let cause = plain(&words::by_what(flips, of));
    format!("| {cause} | {} | {} | {touched} |\n", flips.count(), kinds.join("<br>"))
}

fn list(section: &Section) -> String {
    let mut text = format!("\n#### {}\n\n", capital(&section.title));
    section.items.iter().for_each(|one| text.push_str(&item(one)));
    text
}

fn item(item: &Item) -> String {
    let sort = if item.sort.is_empty() { String::new() } else { format!(" — {}", item.sort) };
    let mut text = format!("- **{}**{sort}\n", plain(&item.head));
    let sides = [("was", &item.old), ("is", &item.new)];
    for (which, words) in sides {
        if let Some(words) = words {
            text.push_str(&format!("  - {which}: {}\n", code(words)));
        }
    }
    item.lines.iter().for_each(|line| text.push_str(&format!("  - {}\n", plain(line))));
    text
}

pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
