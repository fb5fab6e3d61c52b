//! Fact files, each read once: those that are asked for, and those that they name as belonging with them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::library::Library;
use super::limits::{Limit, Limits};
use super::reading::{add_root, read_named};
use super::refusal::{Cause, Refusal};
use super::texts;
use crate::diagnostics::{Diagnostic, Severity, Sink, codes};
use crate::facts::sheet::{SheetCell, cells, row};
use crate::load::{
    self, How, Named, Said, node::Node, node::NodeKind, spreadsheet, spreadsheet::Most, spreadsheet::Refused,
};
use crate::source::{FileId, Sources, Span, Spanned, Unseen, quoted};
use crate::value::Day;

/// Trees of fact files with the names that they were given by.
pub type Roots = Vec<(Node, String)>;

/// The fact files that were read, by the path that is the same however it is written.
#[derive(Clone, Default)]
pub struct Shelf<L> {
    library: L,
    files: BTreeMap<Own, File>,
    /// Texts of which only the as-of day was asked so far.
    texts: BTreeMap<Own, FileId>,
    /// The ending that the name of what comes from standard input would have.
    pipe: Option<&'static str>,
    /// The folders in which the files must lie that fact files name.
    roots: Vec<PathBuf>,
}

/// By what a file is known again: its path, the same however it is written, what its lines are, which of its sheets is meant,
/// where that was said, and how it is read: two entries may each read a part of one table.
type Own = (PathBuf, Option<String>, Option<String>, Said);

#[derive(Clone)]
struct File {
    /// Nothing when the file cannot be understood, which is told.
    root: Option<(Node, String)>,
    /// Those in its `files`, as they are written, and the paths that are meant.
    names: Vec<(Named, PathBuf)>,
    /// What is wrong in it, for each who asks for it: nobody is to take it for a file that says nothing.
    wrong: Vec<Diagnostic>,
}

/// Who names a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    ByTheUser,
    /// Then it has to lie where files may name files.
    ByAFile,
}

/// Files on their way into the facts.
#[derive(Default)]
struct Gathering {
    /// In the order in which they are read in.
    taken: Vec<Own>,
    seen: BTreeSet<Own>,
    /// The files whose own `files` are being read: one of them once more closes a circle.
    open: Vec<Own>,
}

impl<L: Library> Shelf<L> {
    /// A shelf for the files of a library.
    pub fn of(library: L) -> Self {
        let (files, texts) = (BTreeMap::new(), BTreeMap::new());
        Shelf { library, files, texts, pipe: None, roots: Vec::new() }
    }

    /// The same that knows how what comes from a pipe is written.
    pub fn with_pipe(self, ending: Option<&'static str>) -> Self {
        Shelf { pipe: ending, ..self }
    }

    /// Lets fact files name files that lie where those of a policy may lie.
    pub fn beside(&mut self, policy: &Path) {
        add_root(&self.library, policy, &mut self.roots);
    }

    pub fn library(&self) -> &L {
        &self.library
    }

    /// The trees of files and of those that they name, each once. A file that cannot be understood is a finding and has no
    /// tree; one that is not there is refused when it was asked for, and a finding when a file names it.
    pub fn gather(&mut self, paths: &[PathBuf], sources: &mut Sources, problems: &mut Sink) -> Result<Roots, Refusal> {
        let (mut gathering, mut found) = (Gathering::default(), Sink::default());
        for path in paths {
            let (path, how) = asked(path, self.pipe);
            add_root(&self.library, &path, &mut self.roots);
            let taken = self.read((&path, &how), Asked::ByTheUser, sources, &mut found);
            let taken = taken.and_then(|file| self.take(file, &mut gathering, sources, &mut found));
            if let Err(refusal) = taken {
                problems.extend(found);
                return Err(refusal);
            }
        }
        let heard = self.spoken_for(&gathering.taken);
        let roots = || gathering.taken.iter().filter_map(|path| self.files.get(path)?.root.as_ref());
        problems.extend(load::without_rows_of_others(found, roots().map(|(node, _)| node)));
        let all = gathering.taken.iter().filter_map(|path| Some((path, self.files.get(path)?.root.clone()?)));
        let root = |(path, (mut node, name)): (&Own, (Node, String))| {
            if heard.contains(path) {
                load::without_as_of(&mut node);
            }
            (node, name)
        };
        Ok(all.map(root).collect())
    }

    /// The tree of one file, without those that it names.
    pub fn root(&mut self, path: &Path, sources: &mut Sources, problems: &mut Sink) -> Result<Option<&Node>, Refusal> {
        let (path, how) = asked(path, self.pipe);
        add_root(&self.library, &path, &mut self.roots);
        let file = self.read((&path, &how), Asked::ByTheUser, sources, problems)?;
        Ok(self.files.get(&file).and_then(|file| file.root.as_ref()).map(|(node, _)| node))
    }

    /// The as-of day of a file, where its text tells it without being read whole; nothing where it does not.
    pub fn day_of(
        &mut self,
        path: &Path,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<Option<Option<Day>>, Refusal> {
        let (path, how) = asked(path, self.pipe);
        if !path.extension().is_some_and(|ending| ending == "ron" || ending == "json") {
            return Ok(None);
        }
        let mut own = Sink::default();
        let file = self.text_of((&path, &how), Asked::ByTheUser, sources, &mut own)?;
        let deepest = self.library.limits().count(Limit::FactDepth);
        let source = file.and_then(|file| Some((file, sources.get(file)?)));
        let day = source.and_then(|(file, source)| load::day_of(file, (&source.name, &source.text), deepest));
        if let (Some(file), Some(_)) = (file, day) {
            problems.extend(own);
            self.texts.insert(self.own(&path, &how), file);
        }
        Ok(day)
    }

    /// The text of a table, or that which is made of a sheet; nothing when it cannot be read, which is told.
    pub fn text(
        &self,
        path: &Path,
        how: &How,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<Option<FileId>, Refusal> {
        self.text_of((path, how), Asked::ByTheUser, sources, problems)
    }

    /// Keeps a text that was read, for when it is asked for as described so: what comes from a pipe comes once.
    pub fn keep(&mut self, (path, how): (&Path, &How), text: FileId) {
        let own = self.own(path, how);
        self.texts.insert(own, text);
    }

    /// The names of a spreadsheet's sheets, the shown ones first; none of any other file, and of one that cannot be read.
    pub fn sheets(&self, path: &Path) -> Result<Vec<String>, Refusal> {
        if !path.extension().and_then(|ending| ending.to_str()).is_some_and(spreadsheet::is_ending) {
            return Ok(Vec::new());
        }
        let bytes = self.library.read(path)?;
        self.allow(texts::limit_of(path, Limit::FactBytes), bytes.len(), path)?;
        // What is unpacked at once is bounded where the sheet is read.
        Ok(spreadsheet::sheets(&bytes, self.library.limits().most(Limit::UnpackedBytes)).unwrap_or_default())
    }

    /// The tree of a file that is described as another file would.
    pub fn described(
        &mut self,
        path: &Path,
        how: &How,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<Option<(Node, String)>, Refusal> {
        let file = self.read((path, how), Asked::ByTheUser, sources, problems)?;
        Ok(self.files.get(&file).and_then(|file| file.root.clone()))
    }

    /// The same for a file that a text names: it has to lie where that one's own files may lie.
    pub fn named_root(
        &mut self,
        path: &Path,
        by: &Path,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<Option<&Node>, Refusal> {
        let roots: Vec<PathBuf> = self.library.root(by).into_iter().collect();
        self.library.allows(path, &roots)?;
        self.root(path, sources, problems)
    }

    fn read(
        &mut self,
        (path, how): (&Path, &How),
        asked: Asked,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<Own, Refusal> {
        let own = self.own(path, how);
        if let Some(known) = self.files.get(&own) {
            known.wrong.iter().for_each(|finding| problems.push(finding.clone()));
        } else {
            let limits = self.library.limits();
            self.allow(Limit::FactFiles, self.files.len().saturating_add(1), path)?;
            let mut found = Sink::default();
            let file = match self.texts.remove(&own) {
                Some(file) => Some(file),
                None => self.text_of((path, how), asked, sources, &mut found)?,
            };
            let root = file.and_then(|file| tree((file, &own.0), (how, &limits), sources, &mut found));
            limits.allow(Limit::Columns, widest(root.as_ref().map(|(node, _)| node)), path.display())?;
            let named = root.as_ref().map_or_else(Vec::new, |(node, _)| load::files(node, &mut found));
            let wrong = found.sorted().into_iter().filter(|one| one.severity == Severity::Error).cloned().collect();
            problems.extend(found);
            let meant = |name: Named| {
                let path = self.library.named_in(path, &name.path.it);
                (name, path)
            };
            let names = named.into_iter().map(meant).collect();
            self.files.insert(own.clone(), File { root, names, wrong });
        }
        Ok(own)
    }

    /// The text of a file; nothing when it holds none, which is told.
    fn text_of(
        &self,
        (path, how): (&Path, &How),
        asked: Asked,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<Option<FileId>, Refusal> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(spreadsheet::is_ending) {
            return self.sheet((path, how), asked, sources, problems);
        }
        if let Some(sheet) = &how.sheet {
            let message = format!("`{}` is not a spreadsheet, so it has no sheet `{}`", path.display(), sheet.it);
            problems.push(codes::SPREADSHEET.at(sheet.span).say(message).help("remove `sheet`".to_owned()));
        }
        let piped = match (path == Path::new("-"), how.ending.as_deref(), &how.record) {
            (true, Some("csv"), _) | (true, None, Some(_)) => Limit::TableBytes,
            (_, _, _) => Limit::FactBytes,
        };
        let file = match asked {
            Asked::ByTheUser => self.library.text(path, piped, sources, problems)?,
            Asked::ByAFile => read_named(&self.library, (path, Limit::FactBytes), &self.roots, (sources, problems))?,
        };
        let length = sources.get(file).map_or(0, |source| source.text.len());
        let limit = if path == Path::new("-") { piped } else { texts::limit_of(path, Limit::FactBytes) };
        self.allow(limit, length, path)?;
        let source = sources.get(file).filter(|source| source.text.resting().is_none());
        if let Some(kind) = source.and_then(|source| source.text.strip_prefix(texts::PACKED)) {
            let (message, help) = packed(kind, path == Path::new("-"));
            problems.push(codes::SPREADSHEET.at(Span::new(file, 0, 0)).say(message).help(help));
            return Ok(None);
        }
        Ok(Some(file))
    }

    /// The text that is made of a sheet; nothing when it cannot be read, which is told.
    fn sheet(
        &self,
        (path, how): (&Path, &How),
        asked: Asked,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<Option<FileId>, Refusal> {
        let bytes = match asked {
            Asked::ByTheUser => self.library.read(path)?,
            Asked::ByAFile => {
                self.library.allows(path, &self.roots)?;
                self.library.read(path)?
            }
        };
        self.allow(texts::limit_of(path, Limit::FactBytes), bytes.len(), path)?;
        let wanted = how.sheet.as_ref().map(|sheet| sheet.it.as_str());
        let columns = self.library.limits().count(Limit::Columns);
        let bytes_of = |limit: Limit| self.library.limits().most(limit);
        let most = Most { columns, bytes: bytes_of(Limit::UnpackedBytes), cell: bytes_of(Limit::CellBytes) };
        let name = self.library.shown(path);
        match spreadsheet::read(&bytes, wanted, most) {
            Ok(made) => {
                self.allow(Limit::TableBytes, made.text.len(), path)?;
                let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
                let meant = fuller(&bytes, &made, most);
                Ok(Some(take_in_sheet((name, ending), (made, meant), sources, problems)))
            }
            Err(Refused::TooWide { columns }) => {
                self.allow(Limit::Columns, columns, path)?;
                Ok(None)
            }
            Err(Refused::TooLong { bytes }) => {
                Err(self.library.limits().reached(Limit::UnpackedBytes, bytes, path.display()))
            }
            Err(Refused::LongCell { bytes }) => {
                Err(self.library.limits().reached(Limit::CellBytes, bytes, path.display()))
            }
            Err(Refused::Unreadable { message, help }) => {
                let file = sources.add(name, "");
                let at = how.sheet.as_ref().map_or(Span::new(file, 0, 0), |sheet| sheet.span);
                problems.push(codes::SPREADSHEET.at(at).say(message).help(help));
                Ok(None)
            }
        }
    }

    fn allow(&self, limit: Limit, many: usize, path: &Path) -> Result<(), Refusal> {
        self.library.limits().allow(limit, many, path.display())
    }

    fn own(&self, path: &Path, how: &How) -> Own {
        let sheet = how.sheet.as_ref().map(|sheet| sheet.it.clone());
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let record = how.record.as_ref().map(|(record, _)| record.clone());
        (self.library.same(path), record, sheet, load::said(ending, how))
    }

    fn take(
        &mut self,
        own: Own,
        gathering: &mut Gathering,
        sources: &mut Sources,
        problems: &mut Sink,
    ) -> Result<(), Refusal> {
        if !gathering.seen.insert(own.clone()) {
            return Ok(());
        }
        gathering.taken.push(own.clone());
        let names = self.files.get(&own).map_or_else(Vec::new, |file| file.names.clone());
        let path = own.0.clone();
        gathering.open.push(own);
        self.allow(Limit::ImportDepth, gathering.open.len(), &path)?;
        for (name, path) in names {
            let named = self.own(&path, &name.how);
            if let Some(at) = gathering.open.iter().position(|one| *one == named) {
                let open = gathering.open.get(at..).unwrap_or_default();
                let files: Vec<PathBuf> = open.iter().map(|(path, ..)| path.clone()).collect();
                tell_circle(&files, &name.path, problems);
                continue;
            }
            match self.read((&path, &name.how), Asked::ByAFile, sources, problems) {
                Ok(file) => self.take(file, gathering, sources, problems)?,
                Err(refusal) if refusal.cause == Cause::Limit => return Err(refusal),
                Err(mut refusal) => {
                    let is_there = refusal.is_of_a_file() && self.library.holds(&path);
                    // The file that lists it cannot be meant.
                    let own = gathering.open.last().and_then(|(own, ..)| own.file_name());
                    let own = own.map(|own| format!("{}`", own.to_string_lossy()));
                    refusal.help = refusal.help.filter(|help| own.is_none_or(|own| !help.ends_with(&own)));
                    tell_missing(&name.path, (refusal, is_there), problems);
                }
            }
        }
        gathering.open.pop();
        Ok(())
    }

    /// The files that a file with an as-of day of its own names, itself or by way of others: its day counts for them.
    fn spoken_for(&self, taken: &[Own]) -> BTreeSet<Own> {
        let speaks = |path: &&Own| {
            let root = self.files.get(*path).and_then(|file| file.root.as_ref());
            root.is_some_and(|(node, _)| load::as_of(node).is_some())
        };
        let mut found = BTreeSet::new();
        let mut next: Vec<Own> = taken.iter().filter(speaks).flat_map(|path| self.named(path)).collect();
        while let Some(path) = next.pop() {
            let below = self.named(&path);
            if found.insert(path) {
                next.extend(below);
            }
        }
        found
    }

    fn named(&self, file: &Own) -> Vec<Own> {
        let names = self.files.get(file).map_or(&[][..], |file| &file.names);
        names.iter().map(|(name, path)| self.own(path, &name.how)).collect()
    }
}

/// What a word on the command line names: a path, or with `record=` before it a file whose lines are such records.
pub fn asked(word: &Path, pipe: Option<&str>) -> (PathBuf, How) {
    let named = word.to_str().and_then(|text| text.split_once('='));
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|sign| sign.is_alphanumeric() || sign == '_');
    let (record, path) = match named.filter(|(record, path)| is_name(record) && !path.is_empty()) {
        Some((record, path)) => (Some((record.to_string(), None)), PathBuf::from(path)),
        None => (None, word.to_path_buf()),
    };
    let ending = pipe.filter(|_| path == Path::new("-")).map(str::to_string);
    (path, How { record, ending, ..How::default() })
}

fn tree(
    (file, path): (FileId, &Path),
    (how, limits): (&How, &Limits),
    sources: &Sources,
    problems: &mut Sink,
) -> Option<(Node, String)> {
    let source = sources.get(file)?;
    let (name, text) = (source.name.clone(), source.text.clone());
    let grid = source.grid.as_ref();
    let shown = grid.map_or_else(Arc::default, |grid| Arc::clone(&grid.shown));
    let unseen = grid.map_or_else(Arc::default, |grid| Arc::clone(&grid.unseen));
    let sheet = grid.map_or("", |grid| grid.sheet.as_str());
    let table = Some(Arc::from(format!("{}\0{sheet}", path.display())));
    let how = How { deepest: Some(limits.count(Limit::FactDepth)), shown, unseen, table, ..how.clone() };
    Some((load::read_as(file, (&name, &text), &how, problems)?, name))
}

/// How many columns the widest table has.
fn widest(root: Option<&Node>) -> usize {
    let Some(NodeKind::Map(entries)) = root.map(|root| &root.kind) else { return 0 };
    let sheets = entries.iter().filter_map(|(_, node)| match &node.kind {
        NodeKind::Sheet(sheet) => Some(sheet.header.len()),
        NodeKind::None | NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::Text(_) => None,
        NodeKind::Plain(..) | NodeKind::List(_) | NodeKind::Map(_) => None,
    });
    sheets.max().unwrap_or(0)
}

/// That what should be a text is packed, and the way out.
fn packed(kind: &str, in_a_pipe: bool) -> (String, String) {
    match kind {
        "archive" => {
            let help = "unpack it, and use the file inside".to_string();
            ("this file is an archive, not text, despite its name".to_string(), help)
        }
        "xlsb" => {
            let help = "open it in a spreadsheet program and save it as `.xlsx`".to_string();
            ("this file is a binary workbook (`.xlsb`), which is not supported".to_string(), help)
        }
        kind => {
            let help = match in_a_pipe {
                true => format!("save it as a file whose name ends in `.{kind}`, and give that with its record"),
                false => format!("rename it to end in `.{kind}`, and give it with its record"),
            };
            (format!("this file is an `.{kind}` spreadsheet, not text, despite its name"), help)
        }
    }
}

/// So many of the other sheets, and so many of their rows, are looked at for a table.
const MOST_SHEETS: usize = 10;
const MOST_ROWS: usize = 200;

/// The sheet that is rather meant than the one that is read: that one is empty or has only notes, a cell a row.
fn fuller(bytes: &[u8], made: &spreadsheet::Made, most: spreadsheet::Most) -> Option<String> {
    if made.others.is_empty() || is_a_table(made) {
        return None;
    }
    let seen = || made.others.iter().filter(|other| !other.hidden).take(MOST_SHEETS);
    let holds_one = |name: &str| spreadsheet::read(bytes, Some(name), most).is_ok_and(|made| is_a_table(&made));
    let found = seen().find(|other| holds_one(&other.name));
    let first = || made.others.first().filter(|_| made.text.trim().is_empty());
    found.or_else(first).map(|other| other.name.clone())
}

/// Whether a row of a sheet has several cells with something in them.
fn is_a_table(made: &spreadsheet::Made) -> bool {
    let mut at = 0_usize;
    (0..MOST_ROWS).any(|_| {
        let start = at;
        at = row(&made.text, at, made.grid.delimiter).1;
        let filled = |cell: &SheetCell| !cell.text.trim().is_empty();
        start < made.text.len()
            && cells(&made.text, start, made.grid.delimiter).iter().filter(|cell| filled(cell)).count() > 1
    })
}

/// Takes in the text that was made of a sheet, and tells which one it is, where that is in doubt.
fn take_in_sheet(
    (name, ending): (String, &str),
    (mut made, meant): (spreadsheet::Made, Option<String>),
    sources: &mut Sources,
    problems: &mut Sink,
) -> FileId {
    let (read, kind) = (made.grid.sheet.clone(), made.kind);
    made.grid.unseen = Arc::new(unseen(&made));
    let file = sources.hold_sheet(name, made.text.into(), made.grid);
    if !made.others.is_empty() {
        let called = |other: &spreadsheet::Other| match other.hidden {
            true => format!("`{}` (hidden)", other.name),
            false => format!("`{}`", other.name),
        };
        let others: Vec<String> = made.others.iter().map(called).collect();
        let message = format!("the sheet `{read}` is read; not read: {}", others.join(", "));
        let help =
            format!("choose one where the file is listed: `sheet: {}`", quoted(meant.as_deref().unwrap_or(&read)));
        problems.push(codes::CSV_GUESSED.at(Span::new(file, 0, 0)).say(message).help(help));
    }
    let ending = ending.to_ascii_lowercase();
    if ending != kind && (ending.as_str(), kind) != ("xlsm", "xlsx") {
        let message = format!("this file is an `.{kind}` despite its name, and is read as one");
        let help = format!("rename it to end in `.{kind}`");
        problems.push(codes::CSV_GUESSED.at(Span::new(file, 0, 0)).say(message).help(help));
    }
    file
}

/// What a sheet hides and merges, to be told if it is read.
fn unseen(made: &spreadsheet::Made) -> Unseen {
    let (hidden, merged) = (made.hidden.clone(), made.merged.clone());
    if hidden == spreadsheet::Hidden::default()
        && merged.is_empty()
        && made.runs.is_empty()
        && made.struck.is_empty()
        && made.totals.is_empty()
    {
        return Unseen::default();
    }
    let (sheet, starts) = (made.grid.sheet.clone(), made.grid.starts.clone());
    Unseen {
        sheet,
        starts,
        rows: hidden.rows,
        columns: hidden.columns,
        merged,
        runs: made.runs.clone(),
        struck: made.struck.clone(),
        totals: made.totals.clone(),
    }
}

/// The as-of day that a tree gives, if it is one.
pub fn as_of(root: &Node) -> Option<Day> {
    Day::parse_iso(load::as_of(root)?.as_text()?).ok()
}

fn tell_circle(files: &[PathBuf], name: &Spanned<String>, problems: &mut Sink) {
    let message = match texts::circle(files, "names") {
        None => "this fact file lists itself".to_string(),
        Some(way) => format!("these fact files list one another in a cycle: {way}"),
    };
    let help = "remove the path: a listed file need not list the file it belongs with".to_string();
    problems.push(codes::FACTS_CIRCLE.at(name.span).say(message).help(help));
}

fn tell_missing(name: &Spanned<String>, (refusal, is_there): (Refusal, bool), problems: &mut Sink) {
    let message = format!("the fact file `{}` cannot be read: {}", name.it, refusal.message);
    let code = if refusal.cause == Cause::Outside { codes::OUTSIDE_THE_ROOT } else { codes::MISSING_FACTS };
    let help =
        refusal.help.unwrap_or_else(|| "the path is relative to the folder of the file that lists it".to_string());
    problems.push(code.at(name.span).say(message).of_a_file(is_there).help(help));
}
