//! The rules of the county register written out by hand, for this one register only: columns, two threads, the standard
//! library. It is the yardstick: what a rules engine costs beside it is what it costs to be told its rules.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// A day as year, month and day side by side: that is enough to compare by.
const fn day(year: u32, month: u32, day: u32) -> u32 {
    (year << 9) | (month << 5) | day
}

const NO_DAY: u32 = 0;
const AS_OF: u32 = day(2020, 2, 15);
const LINE: u32 = day(2009, 6, 15);
const TOTAL: u64 = 123_456_789;
const MODULUS: u128 = (1 << 61) - 1;
const PIECE: usize = 1 << 18;

const SATISFIED: u8 = 0;
const LATE: u8 = 1;
const VIOLATED: u8 = 2;
const PENDING: u8 = 3;
const NOT_APPLICABLE: u8 = 4;

/// What is read of the register, a column for each field that a rule asks for.
#[derive(Default)]
pub struct Columns {
    id: Vec<u32>,
    signed: Vec<u32>,
    intends: Vec<u32>,
    joined: Vec<u32>,
    statutes: Vec<u8>,
    members: Vec<u32>,
    plan: Vec<u8>,
    year: Vec<u16>,
    annual: Vec<u32>,
    financial: Vec<u32>,
    personal: Vec<u8>,
}

/// The verdict of every rule on every row.
#[derive(Default)]
pub struct Verdicts {
    signed: Vec<u8>,
    annual: Vec<u8>,
    financial: Vec<u8>,
    no_personal: Vec<u8>,
    statutes: Vec<u8>,
    plan: Vec<u8>,
}

/// From the two files in a folder to the line that all engines print.
pub fn run(folder: &Path) -> Result<String, String> {
    let halves = std::thread::scope(|scope| {
        let second = scope.spawn(|| half(folder, 1));
        let first = half(folder, 0);
        let second = second.join().unwrap_or_else(|_| Err("a thread broke off".to_owned()));
        Ok::<_, String>([first?, second?])
    })?;
    Ok(line(&halves))
}

fn half(folder: &Path, which: u64) -> Result<(Columns, Verdicts), String> {
    let mut columns = Columns::default();
    read_half(&folder.join("register.csv"), which, |text| organisation(text, &mut columns))?;
    read_half(&folder.join("reports.csv"), which, |text| report(text, &mut columns))?;
    let verdicts = judge(&columns);
    Ok((columns, verdicts))
}

/// The columns of both halves, for those who time the rules alone.
pub fn read(folder: &Path) -> Result<[Columns; 2], String> {
    Ok([half(folder, 0)?.0, half(folder, 1)?.0])
}

/// The rules alone, over columns that are there: all verdicts and both sharings. The shares of both stand one behind the other.
pub fn rules([first, second]: [Columns; 2]) -> ([(Columns, Verdicts); 2], Vec<u64>) {
    let halves = std::thread::scope(|scope| {
        let judged = scope.spawn(|| judge(&second));
        let first = judge(&first);
        [first, judged.join().unwrap_or_default()]
    });
    let [of_first, of_second] = halves;
    let halves = [(first, of_first), (second, of_second)];
    let members = sharing(&halves);
    let mut shares = equal_shares(members.len() as u64);
    shares.extend(shares_by_members(&members));
    (halves, shares)
}

/// Calls back for each line that begins in this half of a file; what it gives back is what follows the line.
fn read_half(path: &Path, which: u64, mut row: impl FnMut(&[u8]) -> Option<&[u8]>) -> Result<(), String> {
    let failed = |problem: std::io::Error| format!("{}: {problem}", path.display());
    let mut file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    // One byte early: the line that follows the first line break begins in this half.
    let (first, end) = if which == 0 { (0, size / 2) } else { ((size / 2).saturating_sub(1), size) };
    file.seek(SeekFrom::Start(first)).map_err(failed)?;
    let (mut buffer, mut held, mut at, mut skipped) = (vec![0; PIECE], 0, first, false);
    loop {
        let more = file.read(&mut buffer[held..]).map_err(failed)?;
        let filled = held + more;
        let whole = buffer[..filled].iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let mut rest = &buffer[..whole];
        if !skipped && whole > 0 {
            let header = rest.iter().position(|byte| *byte == b'\n').map_or(0, |last| last + 1);
            (rest, skipped) = (&rest[header..], true);
        }
        while !rest.is_empty() {
            if at + ((whole - rest.len()) as u64) >= end {
                return Ok(());
            }
            rest = row(rest).ok_or_else(|| format!("{}: a row cannot be read", path.display()))?;
        }
        if more == 0 {
            return if filled == whole { Ok(()) } else { Err(format!("{}: the last row breaks off", path.display())) };
        }
        buffer.copy_within(whole..filled, 0);
        at += whole as u64;
        held = filled - whole;
    }
}

fn organisation<'t>(text: &'t [u8], into: &mut Columns) -> Option<&'t [u8]> {
    let (id, rest) = number(text.strip_prefix(b"org")?)?;
    let (signed, rest) = date(rest)?;
    let (intends, rest) = date(rest)?;
    let (joined, rest) = date(rest)?;
    let (statutes, rest) = yes_no(rest, b',')?;
    let (members, rest) = number(rest)?;
    let email = rest.iter().position(|byte| *byte == b',')?;
    let (plan, rest) = rest.get(email + 1..)?.split_first()?;
    into.id.push(id);
    into.signed.push(signed);
    into.intends.push(intends);
    into.joined.push(joined);
    into.statutes.push(statutes);
    into.members.push(members);
    into.plan.push(plan.checked_sub(b'0')?);
    rest.strip_prefix(b"\n")
}

fn report<'t>(text: &'t [u8], into: &mut Columns) -> Option<&'t [u8]> {
    // Whose report it is, no rule asks.
    let (_, rest) = text.split_first_chunk::<11>().filter(|(id, _)| id[10] == b',')?;
    let (year, rest) = rest.split_first_chunk::<5>().filter(|(year, _)| year[4] == b',')?;
    let (annual, rest) = date(rest)?;
    let (financial, rest) = date(rest)?;
    let (personal, rest) = yes_no(rest, b'\n')?;
    into.year.push(digits([year[0], year[1], year[2], year[3]])? as u16);
    into.annual.push(annual);
    into.financial.push(financial);
    into.personal.push(personal);
    Some(rest)
}

/// A day and the comma behind it; only the comma where there is none.
fn date(text: &[u8]) -> Option<(u32, &[u8])> {
    if let Some(rest) = text.strip_prefix(b",") {
        return Some((NO_DAY, rest));
    }
    let ([y, e, a, r, b'-', m, n, b'-', d, f, b','], rest) = text.split_first_chunk::<11>()? else { return None };
    Some((day(digits([*y, *e, *a, *r])?, digits([*m, *n])?, digits([*d, *f])?), rest))
}

fn digits<const COUNT: usize>(bytes: [u8; COUNT]) -> Option<u32> {
    let (mut number, mut odd) = (0, false);
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        odd |= digit > 9;
        number = number * 10 + u32::from(digit);
    }
    (!odd).then_some(number)
}

/// A whole number and the comma behind it.
fn number(text: &[u8]) -> Option<(u32, &[u8])> {
    let mut number: u32 = 0;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' => number = number.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            b',' if at > 0 => return Some((number, &text[at + 1..])),
            _ => return None,
        }
    }
    None
}

fn yes_no(text: &[u8], end: u8) -> Option<(u8, &[u8])> {
    let (yes, rest) = match text.strip_prefix(b"false") {
        Some(rest) => (0, rest),
        None => (1, text.strip_prefix(b"true")?),
    };
    rest.split_first().filter(|(byte, _)| **byte == end).map(|(_, rest)| (yes, rest))
}

/// Every rule on every row of the columns; what is shared comes after, when all rows are judged.
pub fn judge(columns: &Columns) -> Verdicts {
    let Columns { signed, intends, joined, statutes, members, plan, year, annual, financial, personal, .. } = columns;
    let kept = |kept: bool| if kept { SATISFIED } else { VIOLATED };
    let may_join = |((signed, intends), joined): ((&u32, &u32), &u32)| {
        let before = (*signed != NO_DAY) | ((*intends != NO_DAY) & (*intends <= LINE));
        let since = (*signed != NO_DAY) & (*signed <= *joined);
        kept(if *joined < LINE { before } else { since })
    };
    let far_enough = |(members, plan): (&u32, &u8)| if *members < 50 { NOT_APPLICABLE } else { kept(*plan >= 4) };
    Verdicts {
        signed: signed.iter().zip(intends).zip(joined).map(may_join).collect(),
        annual: year.iter().zip(annual).map(in_time).collect(),
        financial: year.iter().zip(financial).map(in_time).collect(),
        no_personal: personal.iter().map(|personal| kept(*personal == 0)).collect(),
        statutes: statutes.iter().map(|statutes| kept(*statutes == 1)).collect(),
        plan: members.iter().zip(plan).map(far_enough).collect(),
    }
}

fn in_time((year, came): (&u16, &u32)) -> u8 {
    let due = day(u32::from(*year) + 1, 3, 31);
    let there = (*came != NO_DAY) & (*came <= AS_OF);
    match (there, *came <= due, AS_OF > due) {
        (true, true, _) => SATISFIED,
        (true, false, _) => LATE,
        (false, _, true) => VIOLATED,
        (false, _, false) => PENDING,
    }
}

/// The members of those that share, in the order of their ids.
fn sharing(halves: &[(Columns, Verdicts)]) -> Vec<u64> {
    let rows = |(columns, verdicts): &(Columns, Verdicts)| {
        let rows = columns.id.iter().zip(&columns.members).zip(&verdicts.signed);
        let kept = rows.filter(|(_, verdict)| **verdict == SATISFIED);
        kept.map(|((id, members), _)| (*id, u64::from(*members))).collect::<Vec<_>>()
    };
    let mut all: Vec<(u32, u64)> = halves.iter().flat_map(rows).collect();
    if !all.is_sorted() {
        all.sort_unstable();
    }
    all.into_iter().map(|(_, members)| members).collect()
}

fn equal_shares(parties: u64) -> Vec<u64> {
    (0..parties).map(|at| TOTAL / parties + u64::from(at < TOTAL % parties)).collect()
}

fn shares_by_members(members: &[u64]) -> Vec<u64> {
    let sum: u64 = members.iter().sum();
    if sum == 0 {
        return Vec::new();
    }
    let mut shares: Vec<u64> = members.iter().map(|members| TOTAL * members / sum).collect();
    let left = (TOTAL - shares.iter().sum::<u64>()) as usize;
    let mut lost: Vec<(u64, usize)> =
        members.iter().enumerate().map(|(at, members)| (sum - TOTAL * members % sum, at)).collect();
    if left > 0 {
        lost.select_nth_unstable(left - 1);
    }
    for (_, at) in &lost[..left] {
        shares[*at] += 1;
    }
    shares
}

fn digest(shares: &[u64]) -> u128 {
    (1..).zip(shares).map(|(place, share): (u128, &u64)| place * u128::from(*share)).sum::<u128>() % MODULUS
}

fn line(halves: &[(Columns, Verdicts); 2]) -> String {
    let count = |of: fn(&Verdicts) -> &[u8], verdict: u8| -> usize {
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == verdict).count();
        halves.iter().map(|(_, verdicts)| count(of(verdicts))).sum()
    };
    let told = |of: fn(&Verdicts) -> &[u8], words: &[(&str, u8)]| {
        let words: Vec<String> = words.iter().map(|(word, one)| format!("\"{word}\":{}", count(of, *one))).collect();
        format!("{{{}}}", words.join(","))
    };
    let kept: &[(&str, u8)] = &[("satisfied", SATISFIED), ("violated", VIOLATED)];
    let timed: &[(&str, u8)] =
        &[("satisfied", SATISFIED), ("late", LATE), ("violated", VIOLATED), ("pending", PENDING)];
    let advised: &[(&str, u8)] =
        &[("satisfied", SATISFIED), ("violated", VIOLATED), ("not-applicable", NOT_APPLICABLE)];
    let members = sharing(halves);
    let (equal, by_members) = (equal_shares(members.len() as u64), shares_by_members(&members));
    format!(
        "{{\"orgs\":{},\"reports\":{},\"R1\":{},\"R2\":{},\"R3\":{},\"R4\":{},\"R5\":{},\"R6\":{},\
         \"R7\":{{\"first\":{},\"last\":{},\"digest\":{}}},\"R8\":{{\"digest\":{}}}}}",
        halves.iter().map(|(columns, _)| columns.id.len()).sum::<usize>(),
        halves.iter().map(|(columns, _)| columns.year.len()).sum::<usize>(),
        told(|all| &all.signed, kept),
        told(|all| &all.annual, timed),
        told(|all| &all.financial, timed),
        told(|all| &all.no_personal, kept),
        told(|all| &all.statutes, kept),
        told(|all| &all.plan, advised),
        equal.first().copied().unwrap_or(0),
        equal.last().copied().unwrap_or(0),
        digest(&equal),
        digest(&by_members),
    )
}
