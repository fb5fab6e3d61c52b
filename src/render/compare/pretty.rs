//! A comparison formatted for a terminal: both wordings below one another, then what flips by what.

use super::page::{self, Item};
use super::words::Arrow;
use crate::compare::Comparison;
use crate::render::table::{Tint, broken, tinted};
use crate::render::{Look, Marks, visible};

/// The whole comparison. `exit` is the code that the run ends with.
pub fn show(of: &Comparison, look: Look, exit: i32) -> String {
    let arrow = match look.marks {
        Marks::Unicode => Arrow("→"),
        Marks::Ascii => Arrow("->"),
    };
    let mut text = String::new();
    put(
        &mut text,
        look,
        0,
        Tint::Strong,
        &format!("{}: {} {} {}", of.new.agreement, of.old.name, arrow.0, of.new.name),
    );
    put(&mut text, look, 0, Tint::Faint, &page::over(of));
    for section in page::sections(of, arrow) {
        text.push('\n');
        put(&mut text, look, 0, Tint::Strong, &section.title);
        for item in &section.items {
            show_item(&mut text, look, item);
        }
    }
    text.push('\n');
    put(&mut text, look, 0, Tint::Plain, &format!("{}   exit {exit}", page::sum(of)));
    text
}

fn show_item(text: &mut String, look: Look, item: &Item) {
    let sort = if item.sort.is_empty() { String::new() } else { format!("  {}", item.sort) };
    put(text, look, 2, Tint::Plain, &format!("{}{sort}", item.head));
    if let Some(old) = &item.old {
        put(text, look, 4, Tint::Bad, &format!("- {old}"));
    }
    if let Some(new) = &item.new {
        put(text, look, 4, Tint::Good, &format!("+ {new}"));
    }
    for line in &item.lines {
        put(text, look, 4, Tint::Plain, line);
    }
}

/// Words from a column on, on as many lines as they need.
fn put(text: &mut String, look: Look, indent: usize, tint: Tint, words: &str) {
    let room = look.width.saturating_sub(indent).max(40);
    for (number, line) in broken(&visible::line(words), room.saturating_sub(2)).iter().enumerate() {
        let indent = if number == 0 { indent } else { indent.saturating_add(2) };
        text.push_str(&" ".repeat(indent));
        text.push_str(&tinted(line, tint, look.colour));
        text.push('\n');
    }
}
