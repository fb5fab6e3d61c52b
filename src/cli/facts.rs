//! `overens facts`: a first look at a table that nobody has described yet. It says how the file is understood, shows its first
//! rows, and writes the entry of a fact file to begin with.

use std::path::{Path, PathBuf};

use super::Exit;
use super::adding::written::{new_ron, way};
use super::bounds::{self, Limit};
use super::fact_files::{parse_day, short_cells, small_enough};
use super::files::{self, FACTS, Refusal};
use super::neighbours::bind;
use super::output::{Output, To};
use super::policy_files::{Policy, Shelf, policy};
use super::roots;
use super::writing::whole;
use crate::diagnostics::{Diagnostic, Severity, Sink, codes, nearest};
use crate::facts::{Cell, CellId, Facts};
use crate::load::guess::{Column, Guess, Seen, guess, guess_until, width};
use crate::load::{self, How, Others};
use crate::model::schema::{FieldId, Record, RecordId, Type};
use crate::project::shelf::asked;
use crate::render::visible;
use crate::source::{FileId, Sources, Span, Spanned, letters};
use crate::value::{ClockTime, Day};

/// The file in which a table from standard input is to be saved.
const PIPED: &str = "table.csv";

/// So many rows are shown.
const MOST_SHOWN: u32 = 5;

/// Inspect a table of facts and draft its entry
///
/// Finds out which record of the policy a CSV file or a spreadsheet holds, which field each column gives, and how its dates and
/// numbers are written. Shows its first rows as they are read, what is still wrong, and the entry for a fact file.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, or a folder with one policy
    policy: PathBuf,
    /// The table: a `.csv`, `.tsv`, `.txt`, `.xlsx`, `.xlsm`, `.xls` or `.ods` file; `RECORD=FILE` names its record
    file: PathBuf,
    /// Write the entry to a new fact file, such as `clubs.ron`, instead of printing it
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// The as-of date of the facts, for the entry
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<Day>,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let read = match files::policy(&args.policy).and_then(|path| policy(&path, &mut sources, &mut problems)) {
        Ok(read) => read,
        Err(refusal) => return output.refuse(&refusal),
    };
    if problems.has_errors() {
        return output.findings(To::Messages, None, &problems.sorted(), &sources).worst_of(Exit::of_policy(&problems));
    }
    let mut found = Sink::default();
    let told = look(args, &read, &mut sources, &mut found);
    let exit = Exit::of_facts(&found);
    let findings = || {
        let shown = output.findings(To::Messages, None, &found.sorted(), &sources);
        shown.worst_of(output.uncounted(To::Messages, &found)).worst_of(exit)
    };
    match told {
        Ok(None) => findings(),
        // What a person has to decide comes before what is wrong when the file is read so.
        Ok(Some(text)) => output.write(To::Results, &text).worst_of(findings()),
        Err(refusal) => findings().worst_of(output.refuse(&refusal)),
    }
}

/// What the file seems to be; what is wrong with it when it is read so is a finding.
fn look(args: &Args, policy: &Policy, sources: &mut Sources, found: &mut Sink) -> Result<Option<String>, Refusal> {
    let (path, how) = asked(&args.file, None);
    if let Some(refusal) = no_table(&path, &args.policy) {
        return Err(refusal);
    }
    let is_piped = path == Path::new("-");
    if let Some(to) = &args.to {
        if is_piped {
            return Err(Refusal {
                message: "a table from standard input has no file name for the entry to refer to".to_string(),
                help: Some("save the table to a file first, or leave out `--to`".to_string()),
                exit: Exit::CommandLine,
            });
        }
        new_ron(to, ("the entry of a table is", &path.file_stem().unwrap_or_default().to_string_lossy()))?;
    }
    let mut shelf = Shelf::default();
    let mut glance = Sink::default();
    let Some(file) = shelf.text(&path, &how, sources, &mut glance)? else {
        found.extend(glance);
        return Ok(None);
    };
    // What is wrong with its letters is told when a file is read again.
    if is_piped {
        found.extend(glance);
    }
    let Some(source) = sources.get(file) else { return Ok(None) };
    if source.grid.is_none()
        && let Some(wrong) = load::no_table(file, &source.text, &how)
    {
        found.push(wrong);
        return Ok(None);
    }
    let wanted = wanted(policy, &how)?;
    let sheets = shelf.sheets(&path)?;
    let several = sheets.len() > 1;
    let Some((file, guess)) = best(&path, (&sheets, file), (policy, wanted, &how), (&mut shelf, sources))? else {
        return Err(like_no_record(&path, policy, wanted));
    };
    let sheet = sources.get(file).and_then(|source| source.grid.as_ref()).map(|grid| grid.sheet.clone());
    // Which sheet was read has to be said where there are several.
    let entry = |guess: &Guess| proposal(args, policy, guess, (&path, sheet.as_deref().filter(|_| several)));
    let (mut guess, mut proposal) = (guess.clone(), entry(&guess));
    let mut problems = Sink::default();
    let again = (path.as_path(), file);
    let mut facts = read(again, (&guess.record, &proposal), policy, (&mut shelf, sources), &mut problems)?;
    // Whoever reads the rows knows more of how they end than the first look.
    let seen = Seen { ends: load::seem_to_end_at(&problems), sums: sums(&facts, &guess, policy) };
    if let Some(shorter) = until(&guess, &seen, (file, sources), (policy, wanted)) {
        let (mut told, shorter_entry) = (Sink::default(), entry(&shorter));
        let read = read(again, (&guess.record, &shorter_entry), policy, (&mut shelf, sources), &mut told)?;
        // What would be told as a record then is left in, with the warning that it looks like a total.
        if !load::leaves_out_a_record(&told) {
            (guess, proposal, facts, problems) = (shorter, shorter_entry, read, told);
        }
    }
    found.extend(problems);
    let others: Vec<&String> = sheets.iter().filter(|_| several).filter(|one| Some(*one) != sheet.as_ref()).collect();
    let mut text = head(&path, sheet.as_deref(), &guess);
    text.push_str(&decisions(args, &guess, (sheet.as_deref(), &others)));
    text.push_str(&columns(&guess));
    text.push_str(&rows(&facts, &guess, policy, found));
    if !guess.missing.is_empty() {
        let missing: Vec<String> = guess.missing.iter().map(|field| format!("`{field}`")).collect();
        text.push_str(&format!("Fields of `{}` without a column: {}\n", guess.record, missing.join(", ")));
    }
    for (heading, record) in ids_elsewhere(&guess, policy) {
        text.push_str(&format!("Not checked here: whether the ids under `{heading}` are in the list of `{record}`\n"));
    }
    if !text.ends_with("\n\n") {
        text.push('\n');
    }
    match &args.to {
        None if is_piped => {
            text.push_str(&format!(
                "Save the table as `{PIPED}` and this as `table.ron` next to it, and give that as the fact file:\n\n"
            ));
            text.push_str(&proposal);
        }
        None => {
            text.push_str(&format!("Save this {}, and give it as the fact file:\n\n", beside(&path)));
            text.push_str(&proposal);
        }
        Some(to) => {
            whole(to, |out| out.write_str(&proposal))?;
            text.push_str(&format!("The entry is in `{}`. Decide what is open, then check it:\n\n", to.display()));
            let root = roots::needed_for([to, &path], &policy.path);
            let root = root.map_or_else(String::new, |root| format!(" --root {}", visible::word(&root)));
            let (to, policy) = (visible::word(to), visible::word(&args.policy));
            text.push_str(&format!("  overens check {policy} --facts {to}{root}\n"));
        }
    }
    Ok(Some(visible::text(&text).text))
}

/// The record that the command line names for the rows.
fn wanted<'p>(policy: &'p Policy, how: &How) -> Result<Option<&'p str>, Refusal> {
    let schema = &policy.agreement.schema;
    let Some((record, _)) = &how.record else { return Ok(None) };
    match schema.find_record(record).and_then(|found| schema.record(found)) {
        Some(found) => Ok(Some(found.name.as_str())),
        None => {
            let names = names(policy);
            let help = nearest(record, names.iter().copied());
            Err(Refusal {
                message: format!("`{}` has no record `{record}`", policy.name()),
                help: help.or_else(|| Some(format!("the records are {}", names.join(", ")))),
                exit: Exit::CommandLine,
            })
        }
    }
}

/// The records of a policy.
fn names(policy: &Policy) -> Vec<&str> {
    policy.agreement.schema.records.iter().skip(1).map(|record| record.name.as_str()).collect()
}

/// The sheet most columns of which give a field, and what it seems to be.
fn best(
    path: &Path,
    (sheets, read): (&[String], FileId),
    (policy, wanted, how): (&Policy, Option<&str>, &How),
    (shelf, sources): (&mut Shelf, &mut Sources),
) -> Result<Option<(FileId, Guess)>, Refusal> {
    let mut best: Option<(usize, FileId, Guess)> = None;
    for (name, file) in each_sheet(sheets, read) {
        let how = How { sheet: name.map(|name| Spanned::new(name, Span::new(file, 0, 0))), ..how.clone() };
        let file = match how.sheet {
            Some(_) => shelf.text(path, &how, sources, &mut Sink::default())?,
            None => Some(file),
        };
        let Some((file, source)) = file.and_then(|file| Some((file, sources.get(file)?))) else { continue };
        let delimiter = source.grid.as_ref().map(|grid| grid.delimiter);
        // More columns than may be read are not looked at one by one.
        bounds::limits().allow(Limit::Columns, width(&source.text, delimiter), path.display())?;
        let Some(guess) = guess(&source.text, &policy.agreement.schema, wanted, delimiter) else { continue };
        let given = guess.columns.iter().filter(|column| column.field.is_some()).count();
        if best.as_ref().is_none_or(|(most, ..)| given > *most) {
            best = Some((given, file, guess));
        }
    }
    Ok(best.map(|(_, file, guess)| (file, guess)))
}

/// Where the rows begin whose numbers are the sums of those above them.
fn sums(facts: &Facts, guess: &Guess, policy: &Policy) -> Vec<usize> {
    let record = policy.agreement.schema.find_record(&guess.record);
    record.map_or_else(Vec::new, |record| load::sums_in(facts, record))
}

/// The same, if the rows seem to end before what it took for the last ones, or some of them are sums.
fn until(
    guess: &Guess,
    seen: &Seen,
    (file, sources): (FileId, &Sources),
    (policy, wanted): (&Policy, Option<&str>),
) -> Option<Guess> {
    let source = sources.get(file).filter(|_| *seen != Seen::default())?;
    let delimiter = source.grid.as_ref().map(|grid| grid.delimiter);
    let shorter = guess_until(&source.text, &policy.agreement.schema, (wanted, delimiter), seen);
    let is_other = |shorter: &Guess| shorter.until.is_some() && shorter.until != guess.until;
    shorter.filter(|shorter| is_other(shorter) || shorter.skip != guess.skip)
}

fn like_no_record(path: &Path, policy: &Policy, wanted: Option<&str>) -> Refusal {
    Refusal {
        message: format!("no column of `{}` matches a field of any record of `{}`", path.display(), policy.name()),
        help: Some(match wanted {
            Some(record) => format!(
                "write an entry that says which field of `{record}` each column gives: `columns: {{ \"HEADING\": \"FIELD\" }}`"
            ),
            None => {
                let names = names(policy).join(", ");
                format!("name its record: `RECORD={}`; the records are {names}", path.display())
            }
        }),
        exit: Exit::CommandLine,
    }
}

/// The fact file to begin with. A sheet is named where there are several.
fn proposal(args: &Args, policy: &Policy, guess: &Guess, (path, sheet): (&Path, Option<&str>)) -> String {
    let named = match &args.to {
        Some(to) => way(to.parent().unwrap_or(Path::new("")), path),
        None if path == Path::new("-") => PIPED.to_string(),
        None => name_of(path),
    };
    let mut entry = guess.entry(&named);
    if let Some(sheet) = sheet {
        entry.truncate(entry.len().saturating_sub(1));
        entry.push_str(&format!(", sheet: \"{}\")", sheet.replace('\\', "\\\\").replace('"', "\\\"")));
    }
    let day = args.as_of.map_or_else(|| "YYYY-MM-DD".to_string(), |day| day.to_string());
    let own = policy.agreement_name().unwrap_or_default();
    format!("(\n  agreement: \"{own}\",\n  as_of: \"{day}\",\n  files: [\n    {entry},\n  ],\n)\n")
}

/// What a person has to decide, the most pressing first, and what is to be confirmed.
fn decisions(args: &Args, guess: &Guess, (sheet, others): (Option<&str>, &[&String])) -> String {
    let mut text = String::new();
    let mut decide = |words: &str| text.push_str(&format!("To decide: {words}\n"));
    guess.open.iter().for_each(|open| decide(open));
    if let (Some(sheet), false) = (sheet, others.is_empty()) {
        let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
        decide(&format!("the sheet `{sheet}` is read; not read: {}", others.join(", ")));
    }
    let day = args.as_of.map(|day| day.to_string());
    if day.is_none() {
        decide("as of which day the table applies: write that day for `YYYY-MM-DD` in `as_of`, or give `--as-of DATE`");
    }
    decide(&completeness(&guess.record, day.as_deref().unwrap_or("YYYY-MM-DD")));
    guess.likely.iter().for_each(|likely| decide(likely));
    for settled in &guess.settled {
        text.push_str(&format!("To confirm: {settled}\n"));
    }
    text.push('\n');
    text
}

/// Where to save the entry: beside the file, under its name, unless another file has that.
fn beside(path: &Path) -> String {
    let name = name_of(path).rsplit_once('.').map_or_else(|| name_of(path), |(name, _)| name.to_string());
    match path.with_extension("ron").exists() {
        true => format!("under a new name next to the file, since there is a file `{name}.ron` already"),
        false => format!("as `{name}.ron` next to the file"),
    }
}

/// Why a file is no table, by its name: what is in it says itself which records and fields it gives.
fn no_table(path: &Path, policy: &Path) -> Option<Refusal> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    FACTS.contains(&ending.as_str()).then(|| Refusal {
        message: format!(
            "`{}` is a fact file in {}, not a table, and needs no entry",
            path.display(),
            ending.to_uppercase()
        ),
        help: Some(format!("check it with `overens check {} --facts {}`", visible::word(policy), visible::word(path))),
        exit: Exit::CommandLine,
    })
}

/// That a table lists all records is for a person to say.
fn completeness(record: &str, through: &str) -> String {
    format!(
        "if the table lists every `{record}`, add `complete: {{ \"{record}\": (from: \"YYYY-MM-DD\", through: \"{through}\") }}` to the fact file; without it, clauses that count or compare all of them stay unknown"
    )
}

/// The columns with ids of another record, and that record: its list is another table.
fn ids_elsewhere<'a>(guess: &'a Guess, policy: &'a Policy) -> Vec<(&'a str, &'a str)> {
    let schema = &policy.agreement.schema;
    let Some(record) = schema.find_record(&guess.record) else { return Vec::new() };
    let referred = |field: &str| {
        let of = schema.record(record)?;
        elsewhere(of.fields.get(usize::from(of.find_field(field)?.0)).map(|field| &field.ty)?, record)
    };
    let columns = guess.columns.iter().filter_map(|column| {
        let to = schema.record(referred(column.field.as_deref()?)?)?;
        Some((column.heading.as_str(), to.name.as_str()))
    });
    columns.collect()
}

/// The other record whose ids a field holds.
fn elsewhere(ty: &Type, own: RecordId) -> Option<RecordId> {
    ty.item().unwrap_or(ty).referred().filter(|to| *to != own)
}

/// So many sheets are looked at.
const MOST_SHEETS: usize = 20;

/// The sheets that may be meant, by their names; of another file, and of a workbook with one sheet, the text that was read.
fn each_sheet(sheets: &[String], read: FileId) -> Vec<(Option<String>, FileId)> {
    if sheets.len() < 2 {
        return vec![(None, read)];
    }
    sheets.iter().take(MOST_SHEETS).map(|name| (Some(name.clone()), read)).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The facts that the file gives when it is read as the proposal says.
fn read(
    (path, text): (&Path, FileId),
    (record, proposal): (&str, &str),
    policy: &Policy,
    (shelf, sources): (&mut Shelf, &mut Sources),
    found: &mut Sink,
) -> Result<Facts, Refusal> {
    let file = sources.add("the entry below", proposal);
    let named = load::read(file, "entry.ron", proposal, found).map_or_else(Vec::new, |root| load::files(&root, found));
    let mut roots = Vec::new();
    for one in &named {
        // Standard input is read once.
        if path == Path::new("-") {
            shelf.keep((path, &one.how), text);
        }
        roots.extend(shelf.described(path, &one.how, sources, found)?);
    }
    let mut problems = Sink::default();
    let facts = bind(&roots, policy, &Others::default(), &mut problems);
    small_enough(&facts, &roots)?;
    if !problems.has_errors() {
        short_cells(&facts, &roots, sources)?;
    }
    // Of ids of another record nothing is known from this table alone.
    let own = format!("there is no `{record}` ");
    let is_known = |one: &Diagnostic| one.code != codes::UNKNOWN_REFERENCE || one.message.starts_with(&own);
    for one in problems.sorted().into_iter().filter(|one| is_known(one)) {
        found.push(one.clone());
    }
    Ok(facts)
}

fn head(path: &Path, sheet: Option<&str>, guess: &Guess) -> String {
    let sign = match guess.delimiter {
        b'\t' => "a tab".to_string(),
        sign => format!("`{}`", char::from(sign)),
    };
    let how = match sheet {
        Some(sheet) => format!(", sheet `{sheet}`"),
        // In a single column nothing is separated.
        None if guess.columns.len() == 1 => String::new(),
        None => format!(", separated by {sign}"),
    };
    let more = if guess.more { "more than " } else { "" };
    let mut text = format!(
        "{}: {}, {more}{} of `{}`{how}\n",
        if path == Path::new("-") { "standard input".to_string() } else { path.display().to_string() },
        so_many(guess.columns.len(), "column"),
        so_many(guess.rows, "row"),
        guess.record
    );
    if guess.from > 1 {
        text.push_str(&format!("The column names are in row {}.\n", guess.from));
    }
    if let Some(until) = &guess.until {
        let rows = match guess.behind {
            0 | 1 => "It is left out".to_string(),
            many => format!("It and {} below it are left out", so_many(many.saturating_sub(1), "row")),
        };
        text.push_str(&format!("The rows end before the one that starts with `{until}`. {rows}.\n"));
    }
    text.push('\n');
    text
}

fn so_many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn columns(guess: &Guess) -> String {
    let name =
        |column: &Column| if column.heading.is_empty() { "(no name)".to_string() } else { column.heading.clone() };
    // Of a column that nobody needs it is enough that it is named among those that are ignored.
    let shown = guess.columns.iter().enumerate().filter(|(_, column)| column.field.is_some() || column.is_open);
    let all: Vec<[String; 4]> = shown
        .map(|(at, column)| {
            let field = column.field.clone().unwrap_or_else(|| "to decide".to_string());
            [letters(at), name(column), field, column.samples.join(" · ").replace('\n', " ")]
        })
        .collect();
    table(&["column", "heading", "field", "first cells"].map(str::to_string), &all)
}

/// Rows of cells, each column as wide as its widest.
fn table<const N: usize>(header: &[String; N], rows: &[[String; N]]) -> String {
    let wide: [usize; N] = std::array::from_fn(|at| {
        let cells = std::iter::once(header).chain(rows).filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    });
    let mut text = String::new();
    for row in std::iter::once(header).chain(rows) {
        let cells = row.iter().zip(wide).map(|(cell, wide)| format!("{cell:<wide$}"));
        text.push_str(&format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end()));
    }
    text.push('\n');
    text
}

/// The first rows as they are understood.
fn rows(facts: &Facts, guess: &Guess, policy: &Policy, found: &Sink) -> String {
    let schema = &policy.agreement.schema;
    let Some(record) = schema.find_record(&guess.record) else { return String::new() };
    let Some(of) = schema.record(record) else { return String::new() };
    let mut text = "The first rows, as they are read:\n".to_string();
    for row in facts.rows(record).filter(|row| row.0 < MOST_SHOWN) {
        let values = given(guess, of).map(|(name, field)| {
            let cell = CellId { record, row, field };
            match is_wrong(facts, cell, found) {
                true => format!("{name}: not read"),
                false => format!("{name}: {}", value(facts, of, cell)),
            }
        });
        let values: Vec<String> = values.collect();
        let id = match guess.ids.get(row.0 as usize) {
            // Of several rows of one record the next ones come later.
            Some(written)
                if written != facts.id(record, row) && !guess.ids.iter().any(|id| id == facts.id(record, row)) =>
            {
                "(no id)"
            }
            Some(_) | None => facts.id(record, row),
        };
        text.push_str(&format!("  {} {id}: {}\n", guess.record, values.join(", ")));
    }
    text.push('\n');
    text
}

/// Whether an error was found in a cell.
fn is_wrong(facts: &Facts, cell: CellId, found: &Sink) -> bool {
    let Some(place) = facts.place(cell) else { return false };
    found.any(|one| {
        one.severity == Severity::Error
            && (one.place.span == place || one.others.iter().any(|other| other.span == place))
    })
}

fn given<'a>(guess: &'a Guess, record: &'a Record) -> impl Iterator<Item = (&'a str, FieldId)> {
    let fields = (0..=u16::MAX).map(FieldId).zip(&record.fields);
    let is_given = |name: &str| guess.columns.iter().any(|column| column.field.as_deref() == Some(name));
    fields.filter(move |(_, field)| is_given(&field.name)).map(|(id, field)| (field.name.as_str(), id))
}

fn value(facts: &Facts, record: &Record, cell: CellId) -> String {
    let referred = || -> Option<RecordId> {
        let field = record.fields.get(usize::from(cell.field.0))?;
        field.ty.item().unwrap_or(&field.ty).referred()
    };
    let is_time = record.fields.get(usize::from(cell.field.0)).is_some_and(|field| field.ty == Type::Time);
    match facts.cell(cell) {
        Cell::Number(minutes) if is_time => {
            ClockTime::of_minutes(&minutes).map_or_else(|| minutes.exact_text(), |time| time.to_string())
        }
        Cell::Unknown
            if record
                .fields
                .get(usize::from(cell.field.0))
                .is_some_and(|field| elsewhere(&field.ty, cell.record).is_some()) =>
        {
            "not looked up".to_string()
        }
        Cell::Unknown => "not given".to_string(),
        Cell::Absent => "none".to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Within(first, last) => format!("{first} to {last}"),
        Cell::Number(number) => number.exact_text(),
        Cell::Money(money) => money.to_string(),
        Cell::Word(word) => format!("\"{}\"", facts.words.text(word)),
        Cell::Row(row) => referred().map_or_else(String::new, |to| facts.id(to, row).to_string()),
        Cell::YesNo(answer) => if answer { "yes" } else { "no" }.to_string(),
        Cell::Set(items) => so_many(items.len(), "item"),
        Cell::Disputed(_) => "disputed".to_string(),
    }
}
