//! `overens schema`: what the facts of an agreement may hold, as a JSON Schema; and empty fact files.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Exit;
use super::fact_files::parse_day;
use super::files::{self, Refusal};
use super::forms::no_name_of_a_workbook;
use super::output::{Output, To};
use super::policy_files::{Policy, policy};
use super::writing::{whole, whole_bytes, writable};
use crate::diagnostics::{Sink, nearest};
use crate::model::schema::Record;
use crate::render::blank::{self, Blank};
use crate::render::schema::{Described, json_schema};
use crate::render::workbook;
use crate::source::Sources;
use crate::value::Day;

/// Write a JSON Schema for the facts of an agreement, or empty files for them
///
/// The JSON Schema (2020-12) is for editors and forms. `--blank` writes an empty fact file instead, with what the policy says about each
/// record and field. `overens check POLICY --facts FILE` checks facts against everything the policy requires.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, or a folder with one policy
    policy: PathBuf,
    /// Write an empty fact file instead of the schema
    #[arg(long, value_enum, value_name = "NOTATION")]
    blank: Option<Blank>,
    /// The record, for a file that holds only one (csv)
    #[arg(long, value_name = "NAME", requires = "blank")]
    record: Option<String>,
    /// The as-of date for the empty file
    #[arg(long, value_name = "DATE", value_parser = parse_day, requires = "blank")]
    as_of: Option<Day>,
    /// Write to this file
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    if let Some(refusal) = args.wrong() {
        return output.refuse(&refusal);
    }
    let (mut sources, mut problems) = (Sources::default(), Sink::default());
    let read = match files::policy(&args.policy).and_then(|path| policy(&path, &mut sources, &mut problems)) {
        Ok(read) => read,
        Err(refusal) => return output.refuse(&refusal),
    };
    if problems.has_errors() {
        return output.findings(To::Messages, None, &problems.sorted(), &sources).worst_of(Exit::of_policy(&problems));
    }
    told(&read, args, output).unwrap_or_else(|refusal| output.refuse(&refusal))
}

impl Args {
    fn wrong(&self) -> Option<Refusal> {
        let refusal = |message: &str, help: &str| Refusal {
            message: message.to_string(),
            help: Some(help.to_string()),
            exit: Exit::CommandLine,
        };
        if self.record.is_some() && self.blank != Some(Blank::Csv) {
            return Some(refusal(
                "`--record` is only for CSV, where a file holds one record",
                "remove it, or use `--blank csv`",
            ));
        }
        match (&self.to, self.blank) {
            (None, Some(Blank::Xlsx)) => {
                Some(refusal("a workbook cannot go to standard output", "use `--to facts.xlsx`"))
            }
            (Some(path), Some(Blank::Xlsx)) => no_name_of_a_workbook(path).or_else(|| writable(path).err()),
            (Some(path), _) => writable(path).err(),
            (None, _) => None,
        }
    }
}

fn told(read: &Policy, args: &Args, output: &Output) -> Result<Exit, Refusal> {
    let agreement = &read.agreement;
    let of = Described {
        agreement: read.agreement_name().unwrap_or_default(),
        title: &agreement.title,
        schema: &agreement.schema,
        clauses: agreement.all_clause_names(),
    };
    let text = match args.blank {
        None => json_schema(&of),
        Some(Blank::Ron) => blank::ron(&of, args.as_of),
        Some(Blank::Json) => blank::json(&of, args.as_of),
        Some(Blank::Yaml) => blank::yaml(&of, args.as_of),
        Some(Blank::Csv) => blank::csv(record(read, args.record.as_deref())?),
        Some(Blank::Xlsx) => {
            let Some(path) = &args.to else { return Ok(Exit::CommandLine) };
            let bytes = workbook::blank(&of).map_err(|error| Refusal {
                message: format!("`{}` cannot be created: {error}", path.display()),
                help: None,
                exit: Exit::File,
            })?;
            return whole_bytes(path, &bytes).map(|()| Exit::Yes);
        }
    };
    match &args.to {
        Some(path) => whole(path, |out| out.write_str(&text)).map(|()| Exit::Yes),
        None => Ok(output.write(To::Results, &text)),
    }
}

/// The record of a table.
fn record<'p>(read: &'p Policy, name: Option<&str>) -> Result<&'p Record, Refusal> {
    let schema = &read.agreement.schema;
    let names: Vec<&str> = schema.records.iter().skip(1).map(|record| record.name.as_str()).collect();
    let there_are = || format!("its records are {}", names.join(", "));
    match (name, schema.records.get(1..)) {
        (Some(name), _) => {
            let found = schema.find_record(name).and_then(|id| schema.record(id));
            found.ok_or_else(|| Refusal {
                message: format!("{} has no record `{name}`", read.name()),
                help: Some(nearest(name, names.iter().copied()).unwrap_or_else(there_are)),
                exit: Exit::CommandLine,
            })
        }
        (None, Some([one])) => Ok(one),
        (None, _) => Err(Refusal {
            message: "no record given: a table holds one record".to_string(),
            help: Some(format!("use `--record NAME`; {}", there_are())),
            exit: Exit::CommandLine,
        }),
    }
}

impl ValueEnum for Blank {
    fn value_variants<'a>() -> &'a [Self] {
        &Blank::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}
