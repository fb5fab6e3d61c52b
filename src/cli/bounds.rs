//! What a run may take: how large files are, how many of them and how much is in them, how long it goes on. Each limit can be moved
//! on the command line; one that is reached ends the run with exit 6, and says how to move it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use super::Exit;
use super::files::Refusal;
use super::writing;
use crate::compare::Rules;
use crate::evaluate;
use crate::project::Limits;
pub use crate::project::limits::{Limit, TABLE};
use crate::verdict::Cut;

const MIB: u64 = 1 << 20;

/// A limit moved by the command line: `imports=5000`, `fact-bytes=64MiB`, or a number of instances.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    limit: Limit,
    to: u64,
}

/// The flags of every command that bound what it does.
#[derive(clap::Args, Clone, Default)]
pub struct Bounds {
    /// Change a limit, such as `imports=5000` or `fact-bytes=64MiB`; can be given several times
    #[arg(long = "limit", global = true, value_name = "LIMIT=NUMBER", value_parser = parse_moved)]
    moved: Vec<Moved>,
    /// The folder that all imported and listed files must be in [default: the repository of the policy, otherwise the folder of the
    /// policies]
    #[arg(long, global = true, value_name = "FOLDER")]
    root: Option<PathBuf>,
}

/// The command line is read once, before anything else happens.
static BOUNDS: OnceLock<Bounds> = OnceLock::new();

impl Bounds {
    /// Holds for the whole run from now on.
    pub fn hold(&self) {
        if BOUNDS.set(self.clone()).is_ok()
            && let Some(seconds) = self.seconds()
        {
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_secs(seconds));
                out_of_time(seconds)
            });
        }
    }

    /// These and others; where both say something, the others count.
    pub fn and(&self, others: Bounds) -> Bounds {
        let moved = self.moved.iter().copied().chain(others.moved).collect();
        Bounds { moved, root: others.root.or_else(|| self.root.clone()) }
    }

    /// Refuses a root that is no folder: nothing could lie in it.
    pub fn wrong(&self) -> Option<Refusal> {
        let root = self.root.as_ref().filter(|root| !root.is_dir())?;
        let (what, exit) = match root.exists() {
            true => ("is not a folder", Exit::CommandLine),
            false => ("does not exist", Exit::File),
        };
        Some(Refusal {
            message: format!("`--root {}` {what}", root.display()),
            help: Some("give the folder that contains all imported and listed files".to_string()),
            exit,
        })
    }

    fn limits(&self) -> Limits {
        self.moved.iter().fold(Limits::default(), |limits, moved| limits.with(moved.limit, moved.to))
    }

    /// How long the run may last, where that is said.
    fn seconds(&self) -> Option<u64> {
        Some(self.limits().most(Limit::Seconds)).filter(|seconds| *seconds < u64::MAX)
    }
}

impl Limit {
    /// How many are allowed in this run.
    pub(crate) fn most(self) -> u64 {
        limits().most(self)
    }

    /// Refuses what is more than the limit.
    pub(crate) fn allows(self, many: usize, of: impl fmt::Display) -> Result<(), Refusal> {
        Ok(limits().allow(self, many, of)?)
    }

    /// The limit is reached: which, and how to move it.
    pub(crate) fn reached(self, many: u64, of: impl fmt::Display) -> Refusal {
        limits().reached(self, many, of).into()
    }
}

/// How much is read and judged in this run.
pub fn limits() -> Limits {
    BOUNDS.get().map_or_else(Limits::default, Bounds::limits)
}

/// How much is judged before it is stopped.
pub fn of_evaluation() -> evaluate::Limits {
    evaluate::Limits {
        instances: usize::try_from(Limit::Instances.most()).unwrap_or(usize::MAX),
        ..evaluate::Limits::default()
    }
}

/// How many periods of a clause are judged, and how many digits a number may have.
fn of_plan() -> (usize, usize) {
    (limits().count(Limit::Periods), limits().count(Limit::Digits))
}

/// An agreement to be compared, with the limits of this run.
pub fn bounded(rules: Rules) -> Rules {
    rules.bounded(of_plan(), of_evaluation())
}

/// A limit at which judging stopped; `of` is what was judged.
pub fn stopped(of: impl fmt::Display, cut: Cut) -> Refusal {
    Refusal { message: format!("{of}: {cut}"), help: Some(how_to_raise(cut)), exit: Exit::Limit }
}

/// How a limit at which judging stopped is moved.
pub fn how_to_raise(cut: Cut) -> String {
    let (name, most) = cut.limit();
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let highest = TABLE.iter().find(|row| row.name == name).map_or(0, |row| row.highest);
    match most < highest {
        true => {
            format!("raise it if you need that many: `--limit {name}={}`", most.saturating_mul(10).clamp(10, highest))
        }
        false => format!("it cannot be raised further; {name} is at its highest"),
    }
}

/// The folder that `--root` names.
pub fn root() -> Option<&'static Path> {
    BOUNDS.get()?.root.as_deref()
}

fn out_of_time(seconds: u64) -> ! {
    writing::abandon();
    let highest = Limit::Seconds.row().map_or(0, |row| row.highest);
    let help = match seconds < highest {
        true => {
            format!("help: give it more time: `--limit seconds={}`\n", seconds.saturating_mul(10).clamp(10, highest))
        }
        false => String::new(),
    };
    let text = format!("error: the run has reached the limit `seconds` of {seconds}\n{help}");
    let _ = std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes());
    std::process::exit(Exit::Limit.code())
}

fn parse_moved(text: &str) -> Result<Moved, String> {
    let (name, number) = match text.split_once('=') {
        Some((name, number)) => (name.trim(), number),
        None => ("instances", text),
    };
    let row = TABLE.iter().find(|row| row.name == name).ok_or_else(|| {
        let names: Vec<&str> = TABLE.iter().map(|row| row.name).collect();
        format!("unknown limit `{name}`; the limits are {}", names.join(", "))
    })?;
    let to = parse_number(number.trim())
        .ok_or_else(|| format!("expected a whole number such as 5000 or 64MiB, found `{number}`"))?;
    if to > row.highest {
        return Err(format!("`{name}` can be at most {}", row.highest));
    }
    Ok(Moved { limit: row.limit, to })
}

/// `5000`, `64KiB`, `64MiB`, `2GiB`.
fn parse_number(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let times: u64 = match text.get(digits.len()..)? {
        "" => 1,
        "KiB" => 1 << 10,
        "MiB" => MIB,
        "GiB" => 1 << 30,
        _ => return None,
    };
    digits.trim_end().parse::<u64>().ok()?.checked_mul(times)
}
