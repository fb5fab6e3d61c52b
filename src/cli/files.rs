//! Files: the only place that reads them.
//! A path is a file, a folder with a policy in it, or `-` for standard input. What cannot be read is refused in words;
//! what is no text is a finding like any other mistake in a file.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Exit;
#[cfg(unix)]
use super::at_rest::text as at_rest;
use super::bounds::Limit;
use super::roots::{self, AllowedFolders};
use crate::diagnostics::{Sink, nearest};
use crate::project::texts::{AGREEMENT, SNAPSHOT, begins_with_agreement, limit_of, take_in};
pub use crate::project::texts::{AMENDMENTS, FACTS, POLICY};
use crate::project::{self, Cause, library};
use crate::source::{FileId, Sources, lines, unmarked};

/// Why something asked for at the command line is not done: what is wrong, the way out, and how the run ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    pub help: Option<String>,
    pub exit: Exit,
}

impl Refusal {
    fn new(exit: Exit, message: String, help: impl Into<Option<String>>) -> Self {
        Refusal { message, help: help.into(), exit }
    }
}

impl From<project::Refusal> for Refusal {
    fn from(refusal: project::Refusal) -> Refusal {
        let exit = match refusal.cause {
            Cause::Unreadable => Exit::File,
            Cause::Misnamed => Exit::CommandLine,
            Cause::Outside => Exit::Policy,
            Cause::Limit => Exit::Limit,
        };
        Refusal { message: refusal.message, help: refusal.help, exit }
    }
}

/// What the disk or git refuses to a reader.
impl From<Refusal> for project::Refusal {
    fn from(refusal: Refusal) -> project::Refusal {
        let cause = match refusal.exit {
            Exit::CommandLine => Cause::Misnamed,
            Exit::Policy => Cause::Outside,
            Exit::Limit => Cause::Limit,
            Exit::File | Exit::Facts | Exit::Yes | Exit::No | Exit::Bug => Cause::Unreadable,
        };
        project::Refusal { message: refusal.message, help: refusal.help, cause }
    }
}

/// Reads a file, or standard input for `-`. A file that is not UTF-8 becomes a finding in `problems`; its text is taken
/// in all the same, with a mark for each byte that could not be read. `otherwise` is its limit where its name does not say.
pub fn read(path: &Path, otherwise: Limit, sources: &mut Sources, problems: &mut Sink) -> Result<FileId, Refusal> {
    let name = path.display().to_string();
    if name == "-" {
        let bytes = standard_input(sources)?;
        return Ok(take_in(name, (bytes, otherwise), sources, problems));
    }
    let opened = open(path)?;
    let limit = limit_of(path, otherwise);
    short_enough(path, limit, opened.metadata().map_or(0, |known| known.len()))?;
    match at_rest(path, opened) {
        Ok(text) => Ok(sources.hold(name, text)),
        Err(file) => {
            let bytes = whole(path, limit, &file)?;
            Ok(take_in(name, (bytes, otherwise), sources, problems))
        }
    }
}

/// The text of a file for a glance; `None` when it cannot be read or is no text, which reading it in earnest will tell.
pub fn text(path: &Path) -> Option<String> {
    String::from_utf8(file(path, Limit::SourceBytes).ok()?).ok()
}

/// The policy file that a path means: the file itself, or the one in a folder.
pub fn policy(path: &Path) -> Result<PathBuf, Refusal> {
    if !path.is_dir() {
        return match amended_by(path) {
            Some(folder) => policy_in(&folder)?.ok_or_else(|| no_policy(&folder)),
            None => Ok(path.to_path_buf()),
        };
    }
    policy_in(path)?.ok_or_else(|| no_policy(path))
}

/// What a path means where several agreements can be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Policies {
    One(PathBuf),
    /// A folder that holds no policy itself, but folders that do: theirs, by name.
    Several(Vec<PathBuf>),
}

impl Policies {
    pub fn all(self) -> Vec<PathBuf> {
        match self {
            Policies::One(path) => vec![path],
            Policies::Several(paths) => paths,
        }
    }
}

/// The policies that a path means. A folder in the folder that holds none is passed over.
pub fn policies(path: &Path) -> Result<Policies, Refusal> {
    if !path.is_dir() {
        return Ok(Policies::One(path.to_path_buf()));
    }
    if let Some(one) = policy_in(path)? {
        return Ok(Policies::One(one));
    }
    match policies_below(path)? {
        none if none.is_empty() => Err(nothing_to_do(path)),
        some => {
            roots::name(path);
            Ok(Policies::Several(some))
        }
    }
}

/// Whether a file is named like one with facts, which no policy is.
pub fn holds_facts(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let is_facts = |ending: &str| FACTS.contains(&ending) || crate::load::spreadsheet::is_ending(ending);
    ending.is_some_and(|ending| is_facts(&ending) || ending == "csv" || ending == "tsv")
}

/// Whether a path behind a policy is another policy, and no fact file.
pub fn is_policy(path: &Path) -> bool {
    match path.is_dir() {
        true => policies(path).is_ok(),
        false => path.extension().is_some_and(|ending| ending == POLICY),
    }
}

/// The policy of a folder: the one named after it, or else the only one that begins with `agreement`.
fn policy_in(path: &Path) -> Result<Option<PathBuf>, Refusal> {
    let named = folder_name(path).map(|name| path.join(name).with_added_extension(POLICY));
    if let Some(named) = named.filter(|named| named.is_file()) {
        return Ok(Some(named));
    }
    let all = with_endings(path, &[POLICY], Folders::PassedOver)?;
    let (mut agreements, mut blank) = (Vec::new(), Vec::new());
    for one in all {
        let bytes = file(&one, Limit::SourceBytes)?;
        if begins_with_agreement(&bytes) {
            agreements.push(one);
        } else if says_nothing(&bytes) {
            blank.push(one);
        }
    }
    match (agreements.as_slice(), blank.as_slice()) {
        // What is wrong with the only one is told as if it had been named.
        ([one], _) | ([], [one]) => Ok(Some(one.clone())),
        ([], _) => Ok(None),
        (several, _) => Err(library::several_policies(path, several).into()),
    }
}

fn policies_below(folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let names = names(folder).map_err(|error| unreadable(folder, &error))?;
    let folders = names.iter().map(|name| folder.join(name)).filter(|path| !is_hidden(path));
    let mut found = Vec::new();
    for folder in folders.filter(|path| path.is_dir()) {
        match policy_in(&folder) {
            Ok(policy) => found.extend(policy),
            // What is wrong in it is told when it is its turn, and holds up none of the others.
            Err(_) => found.push(folder),
        }
    }
    Ok(found)
}

/// Where the policy of another agreement is looked for: in the folder of its name beside the folder of a policy.
pub fn policy_of(agreement: &str, beside: &Path) -> Option<PathBuf> {
    let mut parts = Path::new(agreement).components();
    let (Some(Component::Normal(_)), None) = (parts.next(), parts.next()) else { return None };
    Some(named_in(beside, &format!("../{agreement}/{agreement}.{POLICY}")))
}

/// The fact files in the folder `facts` beside a policy file, by name; none when there is no such folder.
pub fn facts_beside(policy: &Path) -> Result<Vec<PathBuf>, Refusal> {
    // What lies outside of the root is wrong with the facts here, and not with the policy.
    let of_facts = |refusal: Refusal| match refusal.exit {
        Exit::Policy => Refusal { exit: Exit::Facts, ..refusal },
        _ => refusal,
    };
    beside(&policy.with_file_name("facts"), &FACTS).map_err(of_facts)
}

/// The snapshots in a folder, by name; none when there is no such folder.
pub fn snapshots_in(folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
    beside(folder, &[SNAPSHOT])
}

/// The amendments in the folder of that name beside a policy file, by name; none when there is no such folder.
pub fn amendments_beside(policy: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let folder = policy.with_file_name(AMENDMENTS);
    let found = beside(&folder, &[POLICY])?;
    // An amendment that nobody reads would be missed by nobody.
    if folder.is_dir() {
        for inner in names(&folder).map_err(|error| unreadable(&folder, &error))? {
            let inner = folder.join(inner);
            if !is_hidden(&inner) && inner.is_dir() && holds_policies(&inner)? {
                return Err(too_far_in(&inner));
            }
        }
    }
    Ok(found)
}

/// The policy files that a path means where each is looked at by itself: the file, or all of a folder and of the folders in it, by
/// name. Hidden ones are left alone, and links to folders are not followed.
pub fn policies_within(path: &Path) -> Result<Vec<PathBuf>, Refusal> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let found = policies_in_and_below(path)?;
    if found.is_empty() {
        let message = format!("nothing to do: no file in or below the folder `{}` ends in `.{POLICY}`", path.display());
        return Err(Refusal::new(Exit::No, message, "give a policy, or a folder with policies".to_string()));
    }
    Ok(found)
}

fn policies_in_and_below(folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let mut found = with_endings(folder, &[POLICY], Folders::PassedOver)?;
    for name in names(folder).map_err(|error| unreadable(folder, &error))? {
        let path = folder.join(name);
        if !is_hidden(&path) && path.is_dir() && !path.is_symlink() {
            found.extend(policies_in_and_below(&path)?);
        }
    }
    Ok(found)
}

/// Whether a file of a folder, or of a folder in it, is named like a policy. Links to further folders are not followed.
fn holds_policies(folder: &Path) -> Result<bool, Refusal> {
    for name in names(folder).map_err(|error| unreadable(folder, &error))? {
        let path = folder.join(name);
        let is_folder = path.is_dir() && !path.is_symlink();
        if !is_hidden(&path) && (ends_nearly(&path, &[POLICY]) || (is_folder && holds_policies(&path)?)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The files of a folder beside a policy; none when there is no such folder. A link to a folder outside is refused, and so is what
/// bears the name of the folder and is none.
fn beside(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Refusal> {
    if !folder.is_dir() {
        let is_there = folder.is_symlink() || folder.exists();
        return if is_there { Err(not_readable(folder)) } else { Ok(Vec::new()) };
    }
    AllowedFolders::of(folder).allow(folder)?;
    with_endings(folder, endings, Folders::Refused)
}

/// The folder of the policy that a file in a folder of amendments belongs to.
fn amended_by(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?;
    if !path.is_file() || folder.canonicalize().ok()?.file_name()? != AMENDMENTS {
        return None;
    }
    Some(shortened(&folder.join("..")))
}

// ---- paths ----

/// The file that a path in another file means: from that one's folder, without the way there and back (`facts/../..`).
pub fn named_in(file: &Path, name: &str) -> PathBuf {
    let whole = file.parent().unwrap_or(Path::new("")).join(name);
    let short = shortened(&whole);
    match (whole.canonicalize(), short.canonicalize()) {
        (Ok(one), Ok(other)) if one == other => short,
        (Err(_), Err(_)) => short,
        // A link on the way leads elsewhere.
        (_, _) => whole,
    }
}

fn shortened(path: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for part in path.components() {
        match (part, short.components().next_back()) {
            (Component::ParentDir, Some(Component::Normal(_))) => {
                short.pop();
            }
            (Component::ParentDir, Some(Component::CurDir)) => short = PathBuf::from(".."),
            (_, _) => short.push(part),
        }
    }
    short
}

/// A path by which a file is known again, however it is written.
pub fn same(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// Files as they are named, without those that were named before, perhaps in another way; and those.
pub fn each_once(paths: Vec<PathBuf>) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let mut seen = BTreeSet::new();
    paths.into_iter().partition(|path| seen.insert(same(path)))
}

// ---- reading ----

fn standard_input(sources: &Sources) -> Result<Vec<u8>, Refusal> {
    if sources.files().any(|(_, source)| source.name == "-") {
        let message = "standard input (`-`) is given twice, but can be read only once".to_string();
        return Err(Refusal::new(Exit::CommandLine, message, "give one of the two as a file".to_string()));
    }
    contents(io::stdin(), 0, (Path::new("-"), Limit::TableBytes))
}

/// Whether standard input gives nothing. What it gives is left for whoever reads it.
pub fn standard_input_is_empty() -> bool {
    io::stdin().lock().fill_buf().map_or(true, <[u8]>::is_empty)
}

/// What a file holds; `otherwise` is its limit where its name does not say.
pub fn file(path: &Path, otherwise: Limit) -> Result<Vec<u8>, Refusal> {
    whole(path, limit_of(path, otherwise), &open(path)?)
}

/// Whether a file is there and can be opened. Nothing is read of it.
pub fn there(path: &Path) -> Result<(), Refusal> {
    match path.metadata() {
        Err(error) => Err(unreadable(path, &error)),
        Ok(known) if known.is_file() || known.is_dir() => open(path).map(|_| ()),
        Ok(_) => Ok(()),
    }
}

/// What is read while somebody wants to know it.
static READ: Mutex<Option<BTreeSet<PathBuf>>> = Mutex::new(None);

/// From now on it is noted which files are read, and which folders looked through.
pub fn note_what_is_read() {
    *READ.lock().unwrap_or_else(PoisonError::into_inner) = Some(BTreeSet::new());
}

/// What was read since.
pub fn what_was_read() -> Vec<PathBuf> {
    READ.lock().unwrap_or_else(PoisonError::into_inner).take().into_iter().flatten().collect()
}

fn note(path: &Path) {
    if let Some(read) = READ.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        read.insert(path.to_path_buf());
    }
}

fn open(path: &Path) -> Result<File, Refusal> {
    note(path);
    if path.is_dir() {
        return Err(folder_for_file(path));
    }
    #[expect(clippy::disallowed_methods, reason = "this is the door, where files are read")]
    File::open(path).map_err(|error| unreadable(path, &error))
}

#[cfg(not(unix))]
fn at_rest(_: &Path, file: File) -> Result<crate::source::Text, File> {
    Err(file)
}

fn whole(path: &Path, limit: Limit, file: &File) -> Result<Vec<u8>, Refusal> {
    let length = file.metadata().map_or(0, |known| known.len());
    short_enough(path, limit, length)?;
    let length = usize::try_from(length).unwrap_or(0);
    match in_halves(file, length) {
        Some(bytes) => Ok(bytes),
        None => contents(file, length, (path, limit)),
    }
}

/// Files of this length are worth two readers.
const TWO_READERS: usize = 8 << 20;

/// A large file, its halves read at once; nothing where it is small, or changes meanwhile.
#[cfg(unix)]
fn in_halves(file: &File, length: usize) -> Option<Vec<u8>> {
    use std::os::unix::fs::FileExt;
    if length < TWO_READERS {
        return None;
    }
    let mut bytes = vec![0; length];
    let (front, back) = bytes.split_at_mut(length >> 1);
    let middle = u64::try_from(front.len()).ok()?;
    let read = std::thread::scope(|scope| {
        let other = scope.spawn(|| file.read_exact_at(back, middle));
        let own = file.read_exact_at(front, 0);
        own.is_ok() && other.join().is_ok_and(|read| read.is_ok())
    });
    let still = file.metadata().is_ok_and(|now| usize::try_from(now.len()) == Ok(length));
    (read && still).then_some(bytes)
}

#[cfg(not(unix))]
fn in_halves(_: &File, _: usize) -> Option<Vec<u8>> {
    None
}

/// What comes from a file or pipe, with room made for as much as is said to come. What never ends is not read to its end.
fn contents(from: impl Read, length: usize, (path, limit): (&Path, Limit)) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::with_capacity(length.saturating_add(1));
    let most = limit.most();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    short_enough(path, limit, u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
    Ok(bytes)
}

fn short_enough(path: &Path, limit: Limit, length: u64) -> Result<(), Refusal> {
    if length <= limit.most() { Ok(()) } else { Err(limit.reached(length, path.display())) }
}

// ---- folders ----

fn folder_name(path: &Path) -> Option<PathBuf> {
    // `.` and `..` have a name only as whole paths.
    let whole = path.canonicalize().ok()?;
    whole.file_name().map(PathBuf::from)
}

/// What is done with folders that are named like the files that are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Folders {
    Refused,
    /// They are looked at as folders.
    PassedOver,
}

/// The files of a folder whose names have one of these endings, by name. Hidden files are left alone. What has such a name and
/// cannot be read is refused: left out, it would be missed by nobody.
fn with_endings(folder: &Path, endings: &[&str], folders: Folders) -> Result<Vec<PathBuf>, Refusal> {
    let names = names(folder).map_err(|error| unreadable(folder, &error))?;
    let fits = |path: &PathBuf| !is_hidden(path) && ends_nearly(path, endings);
    let mut found = Vec::new();
    for path in names.into_iter().map(|name| folder.join(name)).filter(fits) {
        if path.is_dir() && folders == Folders::PassedOver {
            continue;
        }
        well_named(&path, endings)?;
        if !path.is_file() {
            return Err(not_readable(&path));
        }
        // A link leads somewhere that nobody named on the command line.
        if path.is_symlink() {
            AllowedFolders::of(&path).allow(&path)?;
        }
        found.push(path);
    }
    Ok(found)
}

/// The files of a folder, by name; none when there is no such folder.
pub fn all_in(folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let names = names(folder).map_err(|error| unreadable(folder, &error))?;
    Ok(names.into_iter().map(|name| folder.join(name)).filter(|path| path.is_file()).collect())
}

pub fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Whether a name has one of these endings, in small letters or in others.
pub fn ends_nearly(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|own| endings.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
}

/// Refuses a file whose ending is written with other letters, and one whose name cannot be told.
pub fn well_named(path: &Path, endings: &[&str]) -> Result<(), Refusal> {
    let own = path.extension().unwrap_or_default();
    if !endings.iter().any(|ending| own == *ending) {
        let better = path.with_extension(own.to_ascii_lowercase());
        let message = format!("`{}` is not read: its extension must be in lower case", path.display());
        return Err(Refusal::new(Exit::File, message, format!("rename it to `{}`", better.display())));
    }
    if path.to_str().is_none() {
        let message = format!("the name of `{}` is not valid UTF-8", path.display());
        return Err(Refusal::new(Exit::File, message, "rename it".to_string()));
    }
    Ok(())
}

/// The names in a folder, sorted, so that the order of a disk never shows.
fn names(folder: &Path) -> io::Result<Vec<OsString>> {
    note(folder);
    #[expect(clippy::disallowed_methods, reason = "this is the door, where files are read")]
    let entries = std::fs::read_dir(folder)?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name());
    }
    names.sort();
    Ok(names)
}

/// Whether a file holds no word, or is no text: it may be meant as a policy.
fn says_nothing(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return true };
    lines(unmarked(text)).all(|line| line.trim().is_empty())
}

// ---- refusals ----

fn unreadable(path: &Path, error: &io::Error) -> Refusal {
    let name = path.display();
    if error.kind() == io::ErrorKind::NotFound {
        return Refusal::new(Exit::File, format!("there is no file `{name}`"), near(path));
    }
    Refusal::new(Exit::File, format!("`{name}` cannot be read: {error}"), None)
}

/// What may be meant by a file that is missing: one beside it whose name is nearly the same, one of the same name close by, or those
/// beside it that end like it.
fn near(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name()?;
    let names = names(folder).unwrap_or_default();
    let beside = nearest(name.to_str()?, names.iter().filter_map(|name| name.to_str()));
    beside.or_else(|| elsewhere(path, folder, &names)).or_else(|| of_its_kind(path, folder, &names))
}

/// A file of the same name in a folder of the folder, or in the one above.
fn elsewhere(path: &Path, folder: &Path, names: &[OsString]) -> Option<String> {
    let name = path.file_name()?;
    let below =
        names.iter().map(|inner| path.with_file_name(inner)).filter(|inner| !is_hidden(inner) && inner.is_dir());
    let mut all = below.chain(folder.parent().map(Path::to_path_buf)).map(|folder| folder.join(name));
    all.find(|other| other.is_file()).map(|other| format!("did you mean `{}`?", other.display()))
}

/// The files of the folder with the ending of a missing one, a few of them by name.
fn of_its_kind(path: &Path, folder: &Path, names: &[OsString]) -> Option<String> {
    let ending = path.extension()?.to_str()?;
    let all: Vec<String> = names
        .iter()
        .map(|name| (path.with_file_name(name), folder.join(name)))
        .filter(|(_, other)| !is_hidden(other) && ends_nearly(other, &[ending]) && other.is_file())
        .map(|(shown, _)| format!("`{}`", shown.display()))
        .collect();
    let (shown, more) = all.split_at_checked(NAMED).unwrap_or((&all, &[]));
    let shown = shown.join(", ");
    match (all.len(), more.len()) {
        (0, _) => None,
        (1, _) => Some(format!("the only `.{ending}` file in that folder is {shown}")),
        (_, 0) => Some(format!("the `.{ending}` files in that folder are {shown}")),
        (_, more) => Some(format!("the `.{ending}` files in that folder are {shown} and {more} more")),
    }
}

/// So many files are named that may be meant.
const NAMED: usize = 3;

/// Something that stands where a file is read, or a folder looked through, and that is neither.
fn not_readable(path: &Path) -> Refusal {
    let what = match (path.is_symlink() && !path.exists(), path.is_dir(), path.is_file()) {
        (true, _, _) => "is a broken link",
        (_, true, _) => "is a folder where a file is expected",
        (_, _, true) => "is a file where a folder is expected",
        (false, false, false) => "is not a regular file",
    };
    let help = "fix it, move it, or start its name with a dot so that it is ignored".to_string();
    Refusal::new(Exit::File, format!("`{}` cannot be read: it {what}", path.display()), help)
}

/// A folder within the folder of amendments that holds some: only those right in it are read.
pub fn too_far_in(folder: &Path) -> Refusal {
    let message = format!("`{}` contains amendments, but folders in `{AMENDMENTS}` are not read", folder.display());
    let help = format!("move them directly into `{AMENDMENTS}`, or start the folder's name with a dot");
    Refusal::new(Exit::File, message, help)
}

fn folder_for_file(path: &Path) -> Refusal {
    let inside = names(path).ok().and_then(|names| names.into_iter().find(|name| path.join(name).is_file()));
    let help = match inside {
        Some(name) => format!("give a file in it, such as `{}`", path.join(name).display()),
        None => "give a file".to_string(),
    };
    Refusal::new(Exit::CommandLine, format!("`{}` is a folder, but a file is needed here", path.display()), help)
}

/// A folder without a policy; its folders may hold some.
pub fn no_policy(folder: &Path) -> Refusal {
    let refusal = Refusal::from(library::no_policy(folder));
    let below = policies_below(folder).unwrap_or_default();
    let below = below.first().map(|one| format!("choose one in its subfolders, such as `{}`", one.display()));
    Refusal { help: below.or(refusal.help), ..refusal }
}

fn nothing_to_do(folder: &Path) -> Refusal {
    let message = format!(
        "nothing to do: neither the folder `{}` nor its subfolders have a policy: no `.{POLICY}` file there starts with \
         `{AGREEMENT}`",
        folder.display()
    );
    Refusal::new(Exit::No, message, "give the policy's file or its folder".to_string())
}
