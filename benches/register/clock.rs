//! How long whole processes and parts of them take: medians of runs that take turns, and the most memory that one held.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A program and its words.
pub struct Run<'a> {
    pub program: &'a Path,
    pub words: Vec<String>,
}

impl Run<'_> {
    fn command(&self) -> Command {
        let mut command = Command::new(self.program);
        command.args(&self.words).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// The median time of each run, from start to exit. They take turns, so that a busy machine is busy for all of them.
pub fn processes(runs: &[Run], times: usize) -> Vec<Duration> {
    let mut taken = vec![Vec::new(); runs.len()];
    for _ in 0..times {
        for (run, taken) in runs.iter().zip(&mut taken) {
            let begun = Instant::now();
            let status = run.command().status().unwrap();
            taken.push(begun.elapsed());
            assert!(matches!(status.code(), Some(0 | 1)), "{} {:?}: {status}", run.program.display(), run.words);
        }
    }
    taken.into_iter().map(median).collect()
}

/// The median time of something that is made ready anew for each time.
pub fn parts<R, T>(times: usize, mut ready: impl FnMut() -> R, mut part: impl FnMut(R) -> T) -> Duration {
    let taken = (0..times).map(|_| {
        let ready = ready();
        let begun = Instant::now();
        let done = part(ready);
        let taken = begun.elapsed();
        drop(std::hint::black_box(done));
        taken
    });
    median(taken.collect())
}

fn median(mut taken: Vec<Duration>) -> Duration {
    taken.sort();
    taken[taken.len() / 2]
}

/// The most memory that a run holds, in MiB, as the system tells while it runs; nothing where it does not tell.
pub fn peak(run: &Run) -> Option<u64> {
    let mut child = run.command().spawn().ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut most = None;
    while child.try_wait().ok()?.is_none() {
        let told = std::fs::read_to_string(&status).ok().and_then(|text| high_water(&text));
        most = most.max(told);
        std::thread::sleep(Duration::from_micros(200));
    }
    most.map(|kilobytes: u64| kilobytes.div_ceil(1024))
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
