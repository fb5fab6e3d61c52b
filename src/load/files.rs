//! What a fact file says of fact files: which others belong with it, and as of which day it speaks.
//! They are looked for at the door; here is only what was written.

use crate::{
    diagnostics::{Sink, codes},
    source::Spanned,
};

use super::{
    node::{Node, NodeKind},
    value::part,
    wording::looks,
};

/// The paths in `files`, each with its place. What is no path is told.
pub fn files(root: &Node, problems: &mut Sink) -> Vec<Spanned<String>> {
    let NodeKind::Map(entries) = &root.kind else { return Vec::new() };
    let nodes = match part(entries, "files") {
        None | Some(Node { kind: NodeKind::None, .. }) => &[],
        Some(Node { kind: NodeKind::List(paths), .. }) => paths.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    nodes.iter().filter_map(|node| path(node, problems)).collect()
}

fn path(node: &Node, problems: &mut Sink) -> Option<Spanned<String>> {
    match &node.kind {
        NodeKind::Text(text) if !text.trim().is_empty() => return Some(Spanned::new(text.clone(), node.span)),
        NodeKind::Text(_) | NodeKind::None | NodeKind::Bool(_) => {}
        NodeKind::Number(_) | NodeKind::List(_) | NodeKind::Map(_) => {}
    }
    let message = format!("`files` names fact files by their paths, not {}", looks(node));
    let help = "write `files: [\"../common/register.ron\"]`; a path is taken from the folder of the file it stands in";
    problems.push(codes::FACTS_WRONG_TYPE.at(node.span).say(message).help(help.to_owned()));
    None
}

/// What a fact file says of the day as of which it speaks; nothing when it says that there is none.
pub fn as_of(root: &Node) -> Option<&Node> {
    let NodeKind::Map(entries) = &root.kind else { return None };
    part(entries, "as_of").filter(|node| node.kind != NodeKind::None)
}

/// The same file without its as-of day: that of a file that names it counts instead.
pub fn without_as_of(root: &mut Node) {
    match &mut root.kind {
        NodeKind::Map(entries) => entries.retain(|(key, _)| key.it != "as_of"),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) | NodeKind::List(_) => {}
    }
}
