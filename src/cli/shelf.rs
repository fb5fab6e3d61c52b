//! Fact files, each read once: those that are asked for, and those that they name as belonging with them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::files::{self, Refusal};
use super::library::Library;
use crate::diagnostics::{Sink, codes};
use crate::load::{self, node::Node, node::NodeKind};
use crate::source::{Sources, Spanned};
use crate::value::Day;

/// Trees of fact files with the names that they were given by.
pub type Roots = Vec<(Node, String)>;

/// The fact files that were read, by the path that is the same however it is written.
#[derive(Clone, Default)]
pub struct Shelf {
    library: Library,
    files: BTreeMap<PathBuf, File>,
}

#[derive(Clone)]
struct File {
    /// Nothing when the file cannot be understood, which is told.
    root: Option<(Node, String)>,
    /// The paths in its `files`, as they are written and as they are meant.
    names: Vec<(Spanned<String>, PathBuf)>,
}

/// Files on their way into the facts.
#[derive(Default)]
struct Gathering {
    /// In the order in which they are read in.
    taken: Vec<PathBuf>,
    /// The files whose own `files` are being read: one of them once more closes a circle.
    open: Vec<PathBuf>,
}

impl Shelf {
    /// A shelf for the files of a library.
    pub fn of(library: Library) -> Self {
        Shelf { library, files: BTreeMap::new() }
    }

    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The trees of files and of those that they name, each once. A file that cannot be understood is a finding and has no
    /// tree; one that is not there is refused when it was asked for, and a finding when a file names it.
    pub fn gather(&mut self, paths: &[PathBuf], sources: &mut Sources, problems: &mut Sink) -> Result<Roots, Refusal> {
        let mut gathering = Gathering::default();
        for path in paths {
            let file = self.read(path, sources, problems)?;
            self.take(file, &mut gathering, sources, problems);
        }
        let heard = self.spoken_for(&gathering.taken);
        let all = gathering.taken.iter().filter_map(|path| Some((path, self.files.get(path)?.root.clone()?)));
        let root = |(path, (mut node, name)): (&PathBuf, (Node, String))| {
            if heard.contains(path) {
                load::without_as_of(&mut node);
            }
            (node, name)
        };
        Ok(all.map(root).collect())
    }

    /// The tree of one file, without those that it names.
    pub fn root(&mut self, path: &Path, sources: &mut Sources, problems: &mut Sink) -> Result<Option<&Node>, Refusal> {
        let file = self.read(path, sources, problems)?;
        Ok(self.files.get(&file).and_then(|file| file.root.as_ref()).map(|(node, _)| node))
    }

    fn read(&mut self, path: &Path, sources: &mut Sources, problems: &mut Sink) -> Result<PathBuf, Refusal> {
        let own = self.library.same(path);
        if !self.files.contains_key(&own) {
            let root = tree(&self.library, path, sources, problems)?;
            let named = root.as_ref().map_or_else(Vec::new, |(node, _)| load::files(node, problems));
            let names = named.into_iter().map(|name| (name.clone(), self.library.named_in(path, &name.it))).collect();
            self.files.insert(own.clone(), File { root, names });
        }
        Ok(own)
    }

    fn take(&mut self, own: PathBuf, gathering: &mut Gathering, sources: &mut Sources, problems: &mut Sink) {
        if gathering.taken.contains(&own) {
            return;
        }
        gathering.taken.push(own.clone());
        let names = self.files.get(&own).map_or_else(Vec::new, |file| file.names.clone());
        gathering.open.push(own);
        for (name, path) in names {
            let named = self.library.same(&path);
            if let Some(at) = gathering.open.iter().position(|one| *one == named) {
                tell_circle(gathering.open.get(at..).unwrap_or_default(), &name, problems);
                continue;
            }
            match self.read(&path, sources, problems) {
                Ok(file) => self.take(file, gathering, sources, problems),
                Err(refusal) => tell_missing(&name, refusal, problems),
            }
        }
        gathering.open.pop();
    }

    /// The files that a file with an as-of day of its own names, itself or by way of others: its day counts for them.
    fn spoken_for(&self, taken: &[PathBuf]) -> BTreeSet<PathBuf> {
        let speaks = |path: &&PathBuf| {
            let root = self.files.get(*path).and_then(|file| file.root.as_ref());
            root.is_some_and(|(node, _)| load::as_of(node).is_some())
        };
        let mut found = BTreeSet::new();
        let mut next: Vec<PathBuf> = taken.iter().filter(speaks).flat_map(|path| self.named(path)).collect();
        while let Some(path) = next.pop() {
            let below = self.named(&path);
            if found.insert(path) {
                next.extend(below);
            }
        }
        found
    }

    fn named(&self, path: &Path) -> Vec<PathBuf> {
        let names = self.files.get(path).map_or(&[][..], |file| &file.names);
        names.iter().map(|(_, path)| self.library.same(path)).collect()
    }
}

fn tree(
    library: &Library,
    path: &Path,
    sources: &mut Sources,
    problems: &mut Sink,
) -> Result<Option<(Node, String)>, Refusal> {
    let file = library.read(path, sources, problems)?;
    let Some((name, text)) = sources.get(file).map(|source| (source.name.clone(), source.text.clone())) else {
        return Ok(None);
    };
    // What comes from a pipe has no name to tell its notation by; RON is what facts are meant to be written in.
    let known_by = if name == "-" { "-.ron" } else { &name };
    Ok(load::read(file, known_by, &text, problems).map(|node| (node, name)))
}

/// The as-of day that a tree gives, if it is one.
pub fn as_of(root: &Node) -> Option<Day> {
    match &load::as_of(root)?.kind {
        NodeKind::Text(text) => Day::parse_iso(text).ok(),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::List(_) | NodeKind::Map(_) => None,
    }
}

fn tell_circle(files: &[PathBuf], name: &Spanned<String>, problems: &mut Sink) {
    let message = match files::circle(files, "names") {
        None => "this fact file names itself".to_string(),
        Some(way) => format!("these fact files name one another in a circle: {way}"),
    };
    let help = "take the path out: a file that is named need not name the file it belongs with".to_string();
    problems.push(codes::FACTS_CIRCLE.at(name.span).say(message).help(help));
}

fn tell_missing(name: &Spanned<String>, refusal: Refusal, problems: &mut Sink) {
    let message = format!("the fact file `{}` cannot be read: {}", name.it, refusal.message);
    let help =
        refusal.help.unwrap_or_else(|| "the path is taken from the folder of the file that names it".to_string());
    problems.push(codes::MISSING_FACTS.at(name.span).say(message).help(help));
}
