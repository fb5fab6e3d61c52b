//! `overens explain`: what the code of a finding means, and how to mend it; how a regime counts time, and by which law.

use super::Exit;
use super::files::Refusal;
use super::output::{Format, Output, To};
use crate::diagnostics::{codes, nearest};
use crate::render::diagnostics::page;
use crate::render::diagnostics::regime::RegimePage;
use crate::value::Regime;

/// Explain what the code of a finding means and how to fix it, or how a regime counts time
///
/// Without a code, lists all codes. `regime:Germany` explains what `months Germany BGB` decides, with its source;
/// `regime:` lists all regimes.
#[derive(clap::Args)]
pub struct Args {
    /// A finding's code, such as `not-utf-8`, or `regime:NAME`
    code: Option<String>,
    /// Output format [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub fn run(args: &Args, output: &Output) -> Exit {
    let format = output.format(To::Results, args.format);
    match &args.code {
        None => list(format, output),
        Some(name) => match name.strip_prefix("regime:") {
            Some(regime) => explain_regime(regime.trim(), format, output),
            None => explain(name, format, output),
        },
    }
}

fn explain_regime(name: &str, format: Format, output: &Output) -> Exit {
    let all: Vec<Regime> = Regime::all().collect();
    if name.is_empty() {
        let pages: Vec<RegimePage> = all.into_iter().map(RegimePage::of).collect();
        let text = match format {
            Format::Pretty | Format::Plain => RegimePage::list(&pages),
            Format::Json => RegimePage::json_list(&pages),
        };
        return output.write(To::Results, &text);
    }
    let page = match regimes_called(name, &all).as_slice() {
        [only] => RegimePage::of(*only),
        several => return output.refuse(&unknown_regime(name, several, &all)),
    };
    let text = match format {
        Format::Pretty => page.pretty(output.look(To::Results).colour),
        Format::Plain => page.plain(),
        Format::Json => page.json(),
    };
    output.write(To::Results, &text)
}

/// The regime of a name; else those whose names begin with it, whatever the case.
fn regimes_called(name: &str, all: &[Regime]) -> Vec<Regime> {
    let name = name.to_lowercase();
    let own = |regime: &&Regime| regime.name().to_lowercase() == name;
    match all.iter().find(own) {
        Some(own) => vec![*own],
        None => all.iter().filter(|one| one.name().to_lowercase().starts_with(&name)).copied().collect(),
    }
}

fn unknown_regime(name: &str, several: &[Regime], all: &[Regime]) -> Refusal {
    let names =
        |regimes: &[Regime]| -> String { regimes.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ") };
    let (message, help) = match several {
        [] => {
            let near = nearest(name, all.iter().map(|one| one.name()));
            (format!("no regime is called `{name}`"), near.unwrap_or_else(|| format!("the regimes are {}", names(all))))
        }
        _ => {
            (format!("several regimes have names that begin with `{name}`"), format!("write one of {}", names(several)))
        }
    };
    Refusal { message, help: Some(help), exit: Exit::CommandLine }
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
