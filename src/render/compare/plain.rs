//! A comparison in plain sentences: one a line, no columns, no marks.

use super::page;
use super::words::Arrow;
use crate::compare::Comparison;
use crate::render::visible;

/// The whole comparison. `exit` is the code that the run ends with.
pub fn show(of: &Comparison, exit: i32) -> String {
    let mut lines = vec![format!("{}: {} becomes {}", of.new.agreement, of.old.name, of.new.name)];
    // Amendments that stand in the same files make no other rules of them.
    match of.old.digest == of.new.digest {
        true => lines.push(format!("rules of both: digest {}", of.old.digest)),
        false => {
            lines.push(format!("old rules: digest {}", of.old.digest));
            lines.push(format!("new rules: digest {}", of.new.digest));
        }
    }
    lines.push(page::over(of));
    for section in page::sections(of, Arrow("becomes")) {
        lines.push(section.title);
        lines.extend(section.items.iter().flat_map(page::item_lines));
    }
    lines.push(page::sum(of));
    lines.push(format!("exit {exit}"));
    lines.iter().map(|line| format!("{}\n", visible::line(line))).collect()
}
