//! Which files there are: what a path means, which policies, fact files, amendments and snapshots a folder has, and how a path
//! is written. A path is a file, a folder with a policy in it, or `-` for standard input. What a file holds is read in `disk`.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::Exit;
use super::bounds::Limit;
use super::disk::{file, names, not_readable, unreadable};
use super::roots::{self, AllowedFolders};
use crate::project::texts::{AGREEMENT, SNAPSHOT, begins_with_agreement};
pub use crate::project::texts::{AMENDMENTS, FACTS, POLICY};
use crate::project::{self, Cause, library};
use crate::source::{lines, unmarked};

/// Why something asked for at the command line is not done: what is wrong, the way out, and how the run ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    pub help: Option<String>,
    pub exit: Exit,
}

impl Refusal {
    pub(super) fn new(exit: Exit, message: String, help: impl Into<Option<String>>) -> Self {
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

/// Whether a file holds no word, or is no text: it may be meant as a policy.
fn says_nothing(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return true };
    lines(unmarked(text)).all(|line| line.trim().is_empty())
}

// ---- refusals ----

/// A folder within the folder of amendments that holds some: only those right in it are read.
pub fn too_far_in(folder: &Path) -> Refusal {
    let message = format!("`{}` contains amendments, but folders in `{AMENDMENTS}` are not read", folder.display());
    let help = format!("move them directly into `{AMENDMENTS}`, or start the folder's name with a dot");
    Refusal::new(Exit::File, message, help)
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
