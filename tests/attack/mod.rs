//! The attack suite: input that is made to hurt, at sizes up to a mebibyte. Whatever it is, the run ends by itself with a code of its
//! own: no signal, no panic, no end without a word.
//!
//! Every test run takes the smallest size and allows it a minute. The promise (2 seconds and 256 MiB, docs/reliability.md) is
//! measured by hand:
//!
//!     cargo build --profile quick
//!     OVERENS_ATTACK=target/quick/overens cargo test attack -- --nocapture

mod families;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use families::{FAMILIES, Family};

/// In bytes, roughly: what a family makes of one is near it.
const SIZES: [usize; 3] = [16 << 10, 128 << 10, 1 << 20];
const A_MINUTE: Duration = Duration::from_secs(60);
const PROMISED: (Duration, u64) = (Duration::from_secs(2), 256 << 10);

/// How a run went.
struct Went {
    /// Nothing when a signal ended it, or it had to be stopped.
    code: Option<i32>,
    time: Duration,
    /// The most memory it had, in KiB, where that can be asked for.
    memory: u64,
    told: String,
}

#[test]
fn nothing_that_is_read_ends_a_run_by_force() {
    let asked = std::env::var_os("OVERENS_ATTACK");
    let (binary, sizes) = match &asked {
        Some(binary) => (PathBuf::from(binary).canonicalize().unwrap(), &SIZES[..]),
        None => (assert_cmd::cargo::cargo_bin("overens"), &SIZES[..1]),
    };
    let mut wrong = Vec::new();
    for family in FAMILIES {
        for size in sizes {
            let went = run(&binary, family, *size);
            let promised = went.time <= PROMISED.0 && went.memory <= PROMISED.1;
            let code = went.code.map_or_else(|| "none".to_string(), |code| code.to_string());
            if asked.is_some() {
                let (time, memory) = (went.time.as_secs_f64(), went.memory >> 10);
                let mark = if promised { "" } else { "  more than promised" };
                println!(
                    "{:28} {:>4} KiB  exit {code:>4}  {time:6.2} s  {memory:>4} MiB{mark}",
                    family.name,
                    size >> 10
                );
            }
            let sound = matches!(went.code, Some(0..=6)) && !went.told.contains("a mistake in overens");
            let comes_there = *size > SIZES[0] || went.code == Some(family.ends);
            if !sound || !comes_there || (asked.is_some() && !promised) {
                let told: String = went.told.chars().take(300).collect();
                wrong.push(format!("{} of {} KiB: exit {code} after {:?}: {told}", family.name, size >> 10, went.time));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn run(binary: &Path, family: &Family, size: usize) -> Went {
    let folder = std::env::temp_dir().join(format!("overens-attack-{}-{}", family.name, std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in (family.make)(size) {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let told = std::fs::File::create(folder.join("told")).unwrap();
    let mut command = Command::new(binary);
    command.args(family.words).current_dir(&folder).stdin(Stdio::null());
    command.stdout(told.try_clone().unwrap()).stderr(told);
    let begun = Instant::now();
    let mut child = command.spawn().unwrap();
    let (mut memory, mut worked) = (0, None);
    let code = loop {
        memory = memory.max(most_memory(child.id()));
        worked = worked.max(time_of_its_own(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if begun.elapsed() > A_MINUTE {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    // On a machine that does other things, too, a run waits for its turn.
    let time = worked.map_or(begun.elapsed(), |worked| worked.min(begun.elapsed()));
    let told = String::from_utf8_lossy(&std::fs::read(folder.join("told")).unwrap()).into_owned();
    std::fs::remove_dir_all(&folder).unwrap();
    Went { code, time, memory, told }
}

/// The most memory that a process has had so far, in KiB; nothing where the system does not tell.
fn most_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|words| words.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// How long a process has worked so far, to hundredths of a second; nothing where the system does not tell.
fn time_of_its_own(process: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Behind the name, which may hold anything: the state is the third field, the times are the 14th and 15th.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks(11)? + ticks(12)?) * 10))
}
