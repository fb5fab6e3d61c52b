//! The table of docs/performance.md: the register by hand and by overens, from one organisation to many, and what grows how.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::clock::{self, Run};
use super::judged::{Ready, ready};
use super::written::{self, Notation};
use super::{by_hand, mixed, package, policy};

const SEED: u64 = 11;
const END: &str = "<!-- end of what is measured -->\n";
const REGISTER: &str = "<!-- the register, measured by `county table` -->\n";
const REGISTER_HEAD: &str = "\
| organisations (ten reports each) | | by hand | overens | ratio |
|---|---|---|---|---|
";
const AGREEMENTS: &str = "<!-- agreements, measured by `county table` -->\n";
const AGREEMENTS_HEAD: &str = "\
| what | command | fastest |
|---|---|---|
";

const SAMVERKAN: &str =
    "a cold judgement of a real agreement (51 clauses, 80 scenarios, newest of eight fact files, a register)";
const THOUSAND: &str = "checking a policy of 1,000 drawn clauses";

/// The programs that are measured: they stand beside this one.
struct Programs {
    county: PathBuf,
    by_hand: PathBuf,
    overens: PathBuf,
}

impl Programs {
    fn new() -> Result<Programs, String> {
        let county = std::env::current_exe().map_err(|problem| problem.to_string())?;
        let examples = county.parent().unwrap_or(Path::new("."));
        let programs = Programs {
            by_hand: examples.join("by_hand"),
            overens: examples.parent().unwrap_or(examples).join("overens"),
            county: county.clone(),
        };
        let missing = [&programs.by_hand, &programs.overens].into_iter().find(|one| !one.exists()).cloned();
        match missing {
            None => Ok(programs),
            Some(missing) => {
                Err(format!("{} is not there; run `cargo build --release --examples --bins`", missing.display()))
            }
        }
    }
}

/// Measures up to so many organisations, and writes it into the document when `OVERENS_WRITE` is set.
pub fn table(up_to: usize) -> Result<String, String> {
    let programs = Programs::new()?;
    let agreements = agreements(&programs)?;
    let mut register = REGISTER_HEAD.to_owned();
    for count in [1, 1_000, 10_000, 100_000, 1_000_000].into_iter().filter(|count| *count <= up_to) {
        register.push_str(&measured(&programs, count)?);
    }
    if std::env::var_os("OVERENS_WRITE").is_some() {
        write(REGISTER, &register)?;
        write(AGREEMENTS, &agreements)?;
    }
    Ok(format!("{agreements}\n{register}"))
}

/// What is bundled, and a large policy: whole processes, and the least that a process takes.
fn agreements(programs: &Programs) -> Result<String, String> {
    let drawn = std::env::temp_dir().join(format!("overens-thousand-{}.overens", std::process::id()));
    std::fs::write(&drawn, mixed::policy(1_000, SEED)).map_err(|problem| problem.to_string())?;
    let word = |path: &Path| path.display().to_string();
    let bundled = |name: &str| word(&package().join("policies").join(name));
    let nothing = Path::new("true");
    let runs = [
        (nothing, vec![], "nothing", "true"),
        (
            &programs.overens,
            vec!["eval".to_owned(), bundled("samverkan")],
            SAMVERKAN,
            "overens eval policies/samverkan",
        ),
        (
            &programs.overens,
            vec!["eval".to_owned(), bundled("")],
            "every bundled agreement in one run",
            "overens eval policies",
        ),
        (&programs.overens, vec!["check".to_owned(), bundled("")], "the same, only checked", "overens check policies"),
        (&programs.overens, vec!["check".to_owned(), word(&drawn)], THOUSAND, "overens check thousand.overens"),
    ];
    let all: Vec<Run> = runs.iter().map(|(program, words, _, _)| Run { program, words: words.clone() }).collect();
    let taken = clock::processes(&all, 21);
    let _ = std::fs::remove_file(drawn);
    let rows = runs
        .iter()
        .zip(taken)
        .map(|((_, _, what, command), taken)| format!("| {what} | `{command}` | {} |\n", shown(taken)));
    Ok(AGREEMENTS_HEAD.to_owned() + &rows.collect::<String>())
}

fn measured(programs: &Programs, count: usize) -> Result<String, String> {
    let folder = std::env::temp_dir().join(format!("overens-table-{count}-{}", std::process::id()));
    let rows = rows(programs, count, &folder);
    let _ = std::fs::remove_dir_all(&folder);
    rows
}

fn rows(programs: &Programs, count: usize, folder: &Path) -> Result<String, String> {
    let facts = written::facts(count, SEED, Notation::Csv, folder).map_err(|problem| problem.to_string())?;
    let times = if count > 10_000 { 5 } else { 11 };
    let word = |path: &Path| path.display().to_string();
    let by_hand = Run { program: &programs.by_hand, words: vec![word(folder)] };
    let judge = Run { program: &programs.county, words: vec!["judge".to_owned(), word(&facts)] };
    let eval = Run { program: &programs.overens, words: vec!["eval".to_owned(), word(&policy()), word(&facts)] };
    // The report of `eval` tells of everything that needs action: of a large register it is a book, and no measure.
    let runs = if count == 1 { vec![by_hand, judge, eval] } else { vec![by_hand, judge] };
    let whole = clock::processes(&runs, times);
    let number = spaced(count);
    let mut rows = row(&number, "start to exit, to the line of counts", whole[0], whole[1]);
    if count == 1 {
        rows.push_str(&row(&number, "start to exit, `overens eval`", whole[0], whole[2]));
        return Ok(rows);
    }
    let ready = ready(&policy(), &facts)?;
    let columns = || by_hand::read(folder).unwrap();
    let hand = clock::parts(times, columns, by_hand::rules);
    rows.push_str(&row(&number, "judging alone, facts in memory", hand, judging(&ready, times)));
    let peaks = [&runs[0], &runs[1]].map(|run| clock::peak(run).map_or("–".to_owned(), |peak| format!("{peak} MiB")));
    rows.push_str(&format!("| {number} | most memory | {} | {} | |\n", peaks[0], peaks[1]));
    rows.push_str(&other_policy(&number, folder, &facts, times)?);
    Ok(rows)
}

fn judging(ready: &Ready, times: usize) -> Duration {
    clock::parts(times, || (), |()| ready.verdicts())
}

/// Forty drawn clauses over the same facts: nobody wrote them by hand.
fn other_policy(number: &str, folder: &Path, facts: &Path, times: usize) -> Result<String, String> {
    let path = folder.join("mixed.overens");
    std::fs::write(&path, mixed::policy(40, SEED)).map_err(|problem| problem.to_string())?;
    let taken = judging(&ready(&path, facts)?, times);
    Ok(format!("| {number} | judging forty drawn clauses | | {} | |\n", shown(taken)))
}

fn row(number: &str, what: &str, by_hand: Duration, overens: Duration) -> String {
    let ratio = overens.as_secs_f64() / by_hand.as_secs_f64();
    format!("| {number} | {what} | {} | {} | × {ratio:.1} |\n", shown(by_hand), shown(overens))
}

fn shown(taken: Duration) -> String {
    let milliseconds = taken.as_secs_f64() * 1000.0;
    if milliseconds < 10.0 { format!("{milliseconds:.2} ms") } else { format!("{milliseconds:.0} ms") }
}

fn spaced(count: usize) -> String {
    let digits = count.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}

fn write(begin: &str, rows: &str) -> Result<(), String> {
    let path = package().join("docs/performance.md");
    let text = std::fs::read_to_string(&path).map_err(|problem| problem.to_string())?;
    let missing = || format!("{} has no place for the table", path.display());
    let (before, rest) = text.split_once(begin).ok_or_else(missing)?;
    let (_, after) = rest.split_once(END).ok_or_else(missing)?;
    std::fs::write(&path, format!("{before}{begin}\n{rows}\n{END}{after}")).map_err(|problem| problem.to_string())
}
