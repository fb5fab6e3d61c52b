//! The five questions that `overens new` asks on a terminal, of those that no flag has answered.

use std::io::{self, IsTerminal};

use clap::ValueEnum;

use super::super::files::Refusal;
use super::super::output::{Output, To};
use super::template::{CURRENCY, YEAR};
use super::{Args, Exit, Facts, Kind, currency};

/// What the flags and the answers say.
pub struct Answers {
    pub kind: Option<Kind>,
    pub title: Option<String>,
    pub year: Option<u16>,
    pub currency: Option<String>,
    pub facts: Option<Facts>,
}

/// Asks what no flag has said, if there is a terminal to ask on. An empty answer takes what stands in brackets.
pub fn ask(args: &Args, output: &Output) -> Result<Answers, Refusal> {
    let mut answers = Answers {
        kind: args.template,
        title: args.title.clone(),
        year: args.year,
        currency: args.currency.clone(),
        facts: args.facts,
    };
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(answers);
    }
    if answers.kind.is_none() {
        answers.kind = answered(output, &listed::<Kind>("Which template?", "empty"), one_of::<Kind>)?;
    }
    if answers.title.is_none() {
        let said = |text: &str| Ok(text.to_string());
        answers.title = answered(output, "Title in reports? [from the template]", said)?;
    }
    if answers.year.is_none() {
        let question = format!("In force from 1 January of which year? [{YEAR}]");
        answers.year = answered(output, &question, |text| {
            let year = text.parse().ok().filter(|year| (1900..=9998).contains(year));
            year.ok_or_else(|| format!("a year has four digits, such as {YEAR}"))
        })?;
    }
    if answers.currency.is_none() {
        let question = format!("Currency of its amounts? [{CURRENCY}]");
        answers.currency = answered(output, &question, |text| currency(&text.to_uppercase()))?;
    }
    if answers.facts.is_none() {
        answers.facts = answered(output, &listed::<Facts>("Format of its facts?", "ron"), one_of::<Facts>)?;
    }
    Ok(answers)
}

/// A question with what can be answered, each with what it means.
fn listed<T: ValueEnum>(question: &str, usual: &str) -> String {
    let mut text = format!("{question} [{usual}]");
    for value in T::value_variants().iter().filter_map(ValueEnum::to_possible_value) {
        let means = value.get_help().map(ToString::to_string).unwrap_or_default();
        text.push_str(&format!("\n  {:<12} {means}", value.get_name()));
    }
    text
}

fn one_of<T: ValueEnum>(text: &str) -> Result<T, String> {
    let names = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> = names.map(|value| value.get_name().to_string()).collect();
    T::from_str(text, true).map_err(|_| format!("answer with one of {}", names.join(", ")))
}

/// Asks until there is an answer that can be taken; nothing where the answer is empty, or the terminal has ended.
fn answered<T>(
    output: &Output,
    question: &str,
    take: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Refusal> {
    let mut asked = format!("{question}\n> ");
    loop {
        // What cannot be shown cannot be answered either.
        if output.write(To::Messages, &asked) != Exit::Yes {
            return Ok(None);
        }
        let mut line = String::new();
        let read = io::stdin().read_line(&mut line).map_err(|error| Refusal {
            message: format!("the answer cannot be read: {error}"),
            help: Some("use flags instead: `overens new --help` lists them".to_string()),
            exit: Exit::File,
        })?;
        let text = line.trim();
        if read == 0 || text.is_empty() {
            return Ok(None);
        }
        match take(text) {
            Ok(answer) => return Ok(Some(answer)),
            Err(why) => asked = format!("{why}\n> "),
        }
    }
}
