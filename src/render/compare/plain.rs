//! A comparison in plain sentences: one a line, no columns, no marks.

use super::page::{self, Item};
use super::words::Arrow;
use crate::compare::Comparison;
use crate::render::visible;

/// The whole comparison. `exit` is the code that the run ends with.
pub fn show(of: &Comparison, exit: i32) -> String {
    let mut lines = vec![
        format!("{}: {} becomes {}", of.new.agreement, of.old.name, of.new.name),
        format!("old rules: digest {}", of.old.digest),
        format!("new rules: digest {}", of.new.digest),
        page::over(of),
    ];
    for section in page::sections(of, Arrow("becomes")) {
        lines.push(section.title);
        lines.extend(section.items.iter().flat_map(item));
    }
    lines.push(page::sum(of));
    lines.push(format!("exit {exit}"));
    lines.iter().map(|line| format!("{}\n", visible::line(line))).collect()
}

fn item(item: &Item) -> Vec<String> {
    let sort = if item.sort.is_empty() { String::new() } else { format!("{}: ", item.sort) };
    let words = match (&item.old, &item.new) {
        (Some(old), Some(new)) => format!(": “{old}” becomes “{new}”"),
        (Some(words), None) | (None, Some(words)) => format!(": “{words}”"),
        (None, None) => String::new(),
    };
    let mut lines = vec![format!("{sort}{}{words}", item.head)];
    lines.extend(item.lines.iter().cloned());
    lines
}
