//! `overens calendar`: what falls due within a span, for whom, by which clause.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Exit;
use super::bounds::{of_evaluation, stopped};
use super::files::Refusal;
use super::output::{Format, Output, To};
use super::prepare::{Common, Ready};
use super::several::gathered;
use crate::evaluate::evaluate;
use crate::render::calendar::{self as view, Form};
use crate::report::calendar::{Calendar, calendar};
use crate::value::{Period, shift};

/// List what falls due in the coming days, for whom and under which clause
///
/// What has no known date is listed separately. `--format ics` writes iCalendar for calendar programs: each entry keeps its id when
/// clauses are reworded or renumbered, and stays, marked as cancelled, when it is done or waived.
#[derive(clap::Args)]
pub struct Args {
    /// The policy: a file, a folder with one policy, or a folder of such folders
    policy: PathBuf,
    /// Fact files, and further policies [default: the file with the latest as-of date in the folder `facts` next to the policy]
    facts: Vec<PathBuf>,
    /// How far ahead of the as-of date: days `60d`, weeks `8w`, months `6m` or years `1y`
    #[arg(long, value_name = "SPAN", value_parser = parse_span, default_value = "60d")]
    within: Period,
    /// Output format [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Form>,
    /// In iCalendar, add a reminder this many days ahead
    #[arg(long, value_name = "DAYS")]
    alarm: Option<u16>,
    #[command(flatten)]
    common: Common,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let form = args.format.unwrap_or(match output.format(To::Results, None) {
        Format::Pretty => Form::Pretty,
        Format::Plain | Format::Json => Form::Plain,
    });
    if args.alarm.is_some() && form != Form::Ics {
        return output.refuse(&Refusal {
            message: "`--alarm` needs `--format ics`".to_string(),
            help: Some("use `--format ics --alarm 7`".to_string()),
            exit: Exit::CommandLine,
        });
    }
    let found = gathered(&args.policy, &args.facts, (&args.common, output), |ready| of(&ready, args));
    let (all, ran) = match found {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let text = match form {
        Form::Pretty => view::pretty(&all, &ran.not_judged, output.look(To::Results)),
        Form::Plain => view::plain(&all, &ran.not_judged),
        Form::Csv => view::csv(&all, &ran.not_judged),
        Form::Json => view::json(&all, &ran.not_judged),
        Form::Ics => view::ics(&all, args.alarm),
    };
    let told = match form {
        Form::Ics => output.write(To::Messages, &view::undated(&all)),
        Form::Pretty | Form::Plain | Form::Csv | Form::Json => Exit::Yes,
    };
    ran.exit.worst_of(told).worst_of(output.write(To::Results, &text))
}

/// What falls due under one agreement.
fn of(ready: &Ready, args: &Args) -> Result<Calendar, Refusal> {
    let verdicts = evaluate(&ready.plan, &ready.facts, ready.as_of, &of_evaluation());
    if let Some(cut) = verdicts.cut_at {
        return Err(stopped(ready.policy.name(), cut));
    }
    let through = shift(ready.as_of, &args.within, ready.plan.months, &ready.plan.calendar).map_err(|_| Refusal {
        message: format!("the span from {} goes beyond the last date that can be handled", ready.as_of),
        help: Some("use a shorter span".to_string()),
        exit: Exit::CommandLine,
    })?;
    Ok(calendar(&ready.names(), &verdicts, (ready.as_of, ready.known_on), through))
}

/// `60d`, `8w`, `6m`, `1y`.
fn parse_span(text: &str) -> Result<Period, String> {
    let help = || "write a span as 60d, 8w, 6m or 1y".to_string();
    let unit = text.chars().next_back().ok_or_else(help)?;
    let digits = text.strip_suffix(unit).unwrap_or_default();
    let number: u16 = digits.parse().map_err(|_| help())?;
    let number = i32::from(number);
    match unit {
        'd' => Ok(Period::days(number)),
        'w' => Ok(Period::weeks(number)),
        'm' => Ok(Period::months(number)),
        'y' => Ok(Period::years(number)),
        _ => Err(help()),
    }
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &Form::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}
