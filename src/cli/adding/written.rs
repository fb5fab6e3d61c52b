//! The new fact file: where it stands, and its text.

use std::path::{Component, Path, PathBuf};

use super::Addition;
use crate::cli::Exit;
use crate::cli::files::{Refusal, same};
use crate::cli::prepare::Ready;
use crate::cli::writing::{There, allowed, replace, whole, writable};
use crate::load::node::{Node, NodeKind};
use crate::project::shelf::asked;
use crate::source::quoted;

/// Writes an addition to a new file, never over one that is there; and says which it is.
pub fn put(addition: &Addition, ready: &Ready, to: Option<&Path>) -> Result<PathBuf, Refusal> {
    let Some(path) = to else {
        let path = free(ready, addition)?;
        let text = text(addition, ready, &path)?;
        replace(&path, There::Nothing, &text)?;
        return Ok(path);
    };
    new_ron(path, (&format!("{} are", addition.name), addition.name))?;
    let text = text(addition, ready, path)?;
    whole(path, |out| out.write_str(&text))?;
    Ok(path.to_path_buf())
}

/// Refuses a path that is not one of a new fact file. What it is for is told with a verb, and with a name.
pub(in crate::cli) fn new_ron(path: &Path, (what, name): (&str, &str)) -> Result<(), Refusal> {
    if path.extension().is_none_or(|ending| ending != "ron") {
        return Err(Refusal {
            message: format!("{what} written in RON, but `{}` does not end in `.ron`", path.display()),
            help: Some(format!("use a name such as `{name}.ron`")),
            exit: Exit::CommandLine,
        });
    }
    if path.symlink_metadata().is_ok() {
        return Err(Refusal {
            message: format!("`{}` already exists and is not overwritten", path.display()),
            help: Some("give a new file with `--to`".to_string()),
            exit: Exit::File,
        });
    }
    writable(path)
}

/// So many names are tried.
const MOST_NAMES: usize = 1_000;

/// A name that no file has, beside the facts that were judged.
fn free(ready: &Ready, addition: &Addition) -> Result<PathBuf, Refusal> {
    allowed()?;
    let folder = match ready.named.first() {
        Some(first) => asked(Path::new(first), None).0.parent().map(Path::to_path_buf).unwrap_or_default(),
        None => ready.policy.path.parent().unwrap_or(Path::new("")).join("facts"),
    };
    let (name, day) = (addition.name, addition.recorded_on);
    let names = (1..=MOST_NAMES).map(|number| match number {
        1 => format!("{name}-{day}.ron"),
        more => format!("{name}-{day}-{more}.ron"),
    });
    names.map(|name| folder.join(name)).find(|path| path.symlink_metadata().is_err()).ok_or_else(|| Refusal {
        message: format!("there are already {MOST_NAMES} files of {name} for {day}"),
        help: Some("give a new file with `--to`".to_string()),
        exit: Exit::File,
    })
}

/// What a file says of itself.
const HEAD: [&str; 4] = ["agreement", "as_of", "recorded_on", "source"];

/// The text of the file: what it belongs to, then what is added.
fn text(addition: &Addition, ready: &Ready, path: &Path) -> Result<String, Refusal> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut files = Vec::new();
    for named in &ready.named {
        if named == "-" || named.ends_with("=-") {
            return Err(Refusal {
                message: format!("facts from standard input have no file name for the {} to refer to", addition.name),
                help: Some("save these facts to a file first".to_string()),
                exit: Exit::CommandLine,
            });
        }
        let (file, how) = asked(Path::new(named), None);
        let way = quoted(&way(folder, &file));
        files.push(match how.record {
            Some((record, _)) => format!("(record: {}, path: {way})", quoted(&record)),
            None => way,
        });
    }
    let mut text = format!("// {} recorded on {}.\n(\n", addition.title, addition.recorded_on);
    let NodeKind::Map(entries) = &addition.root.kind else { return Ok(text) };
    // Behind what the file says of itself.
    let last = entries.iter().rposition(|(key, _)| HEAD.contains(&key.it.as_str()));
    for (at, (key, node)) in entries.iter().enumerate() {
        entry(&mut text, &key.it, node);
        if Some(at) == last && !files.is_empty() {
            text.push_str(&format!("  files: [{}],\n", files.join(", ")));
        }
    }
    text.push_str(")\n");
    Ok(text)
}

fn entry(text: &mut String, key: &str, node: &Node) {
    match &node.kind {
        NodeKind::List(items) if items.iter().all(|item| matches!(item.kind, NodeKind::Map(_))) => {
            text.push_str(&format!("  {key}: [\n"));
            for item in items {
                text.push_str(&format!("    {},\n", ron(item)));
            }
            text.push_str("  ],\n");
        }
        NodeKind::Map(entries) => {
            text.push_str(&format!("  {key}: {{\n"));
            for (name, span) in entries {
                text.push_str(&format!("    {}: {},\n", quoted(&name.it), ron(span)));
            }
            text.push_str("  },\n");
        }
        _ => text.push_str(&format!("  {key}: {},\n", ron(node))),
    }
}

fn ron(node: &Node) -> String {
    match &node.kind {
        NodeKind::None => "None".to_string(),
        NodeKind::Bool(answer) => answer.to_string(),
        NodeKind::Number(digits) => digits.clone(),
        NodeKind::Text(text) => quoted(text),
        // Digits that a notation lets look like a text are a number to a field of numbers.
        NodeKind::Plain(text, _) if is_number(text) => text.clone(),
        NodeKind::Plain(text, _) => quoted(text),
        NodeKind::List(items) => {
            let items: Vec<String> = items.iter().map(ron).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Map(entries) => {
            let entry = |(key, node): &(crate::source::Spanned<String>, Node)| format!("{}: {}", key.it, ron(node));
            format!("({})", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        // No answer is a sheet.
        NodeKind::Sheet(_) => "None".to_string(),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(rest) && (whole == "0" || !whole.starts_with('0'))
}

/// The way from a folder to a file, with `/` on every system.
pub(in crate::cli) fn way(folder: &Path, file: &Path) -> String {
    let here = same(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let there = same(file);
    let (from, to): (Vec<Component>, Vec<Component>) = (here.components().collect(), there.components().collect());
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from.iter().skip(common).map(|_| "..".to_string());
    let down = to.iter().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
