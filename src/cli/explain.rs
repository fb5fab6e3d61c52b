//! `overens explain`: what the code of a finding means, and how to mend it.

use super::Exit;
use super::files::Refusal;
use super::output::{Format, Output, To};
use crate::diagnostics::{codes, nearest};
use crate::render::diagnostics::page;

/// Explain what the code of a finding means and how to fix it
///
/// Without a code, lists all codes.
#[derive(clap::Args)]
pub struct Args {
    /// A finding's code, such as `not-utf-8`
    code: Option<String>,
    /// Output format [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let format = output.format(To::Results, args.format);
    match &args.code {
        None => list(format, output),
        Some(name) => explain(name, format, output),
    }
}

fn list(format: Format, output: &Output) -> Exit {
    let text = match format {
        Format::Pretty | Format::Plain => page::list(codes::ALL),
        Format::Json => page::json_list(codes::ALL),
    };
    output.write(To::Results, &text)
}

fn explain(name: &str, format: Format, output: &Output) -> Exit {
    let Some(&code) = codes::ALL.iter().find(|code| code.name == name) else { return output.refuse(&unknown(name)) };
    let text = match format {
        Format::Pretty => page::pretty(code, output.look(To::Results).colour),
        Format::Plain => page::plain(code),
        Format::Json => page::json(code),
    };
    output.write(To::Results, &text)
}

fn unknown(name: &str) -> Refusal {
    let near = nearest(name, codes::ALL.iter().map(|code| code.name));
    Refusal {
        message: format!("no finding has the code `{name}`"),
        help: near.or_else(|| Some("`overens explain` lists all codes".to_string())),
        exit: Exit::CommandLine,
    }
}
