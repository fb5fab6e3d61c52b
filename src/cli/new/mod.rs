//! `overens new`: an agreement to begin with: a policy with comments that teach, facts, scenarios, an accepted snapshot and a page that
//! says what to do next. Nothing that is there is written over.

mod ask;
mod template;

use std::path::{Path, PathBuf};

use super::Exit;
use super::files::{POLICY, Refusal};
use super::output::{Output, To};
use super::policy_files::within;
use super::review;
use super::writing::{self, There};
use crate::diagnostics::Sink;
use crate::layout::{Laid, lay_out};
use crate::render::visible;
use crate::source::FileId;
use template::{Choices, TEMPLATES, Template};

const EXAMPLE: &str = "\
Example:
  overens new choir --template membership        statutes of a society, in the folder `choir`
  overens new policies/forum --template cooperation --facts csv --title \"The forum of culture\"
                                                 an agreement on cooperation, its facts in tables
";

/// Create a new agreement
///
/// Creates a folder with a policy whose comments teach the language, facts, scenarios, a snapshot of the verdicts and a README with
/// the next steps. On a terminal, it asks for what the flags leave open; otherwise it uses the defaults. Existing files are never
/// overwritten.
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The name of the agreement, or a path that ends with it: the folder to create
    name: PathBuf,
    /// Template [default: empty]
    #[arg(long, value_enum)]
    template: Option<Kind>,
    /// Title in reports [default: from the template]
    #[arg(long)]
    title: Option<String>,
    /// The year in which it comes into force, on 1 January [default: 2026]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1900..=9998))]
    year: Option<u16>,
    /// Currency of its amounts, as a three-letter code [default: SEK]
    #[arg(long, value_parser = currency)]
    currency: Option<String>,
    /// Format of its facts [default: ron]
    #[arg(long, value_enum)]
    facts: Option<Facts>,
}

/// What an agreement begins as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Statutes: members, fees, meetings
    Membership,
    /// Several parties: meetings, shared costs, reports
    Cooperation,
    /// A grant: who may receive it, shares, reports, repayment
    Funding,
    /// A house that its members own: fees, works, repairs
    Housing,
    /// One duty and one scenario
    Empty,
}

/// How facts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Facts {
    /// One file in RON
    Ron,
    /// Tables in CSV, which any spreadsheet opens
    Csv,
}

fn currency(text: &str) -> Result<String, String> {
    let is_one = text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase());
    if is_one { Ok(text.to_string()) } else { Err("a currency has three capital letters, such as SEK".to_string()) }
}

pub fn run(args: &Args, output: &Output) -> Exit {
    match make(args, output) {
        Ok(exit) => exit,
        Err(refusal) => output.refuse(&refusal),
    }
}

fn make(args: &Args, output: &Output) -> Result<Exit, Refusal> {
    writing::allowed()?;
    let name = name_of(&args.name)?;
    if args.name.exists() || args.name.is_symlink() {
        return Err(Refusal {
            message: format!("`{}` already exists and is not overwritten", args.name.display()),
            help: Some("choose another name, or move it".to_string()),
            exit: Exit::File,
        });
    }
    let answers = ask::ask(args, output)?;
    let kind = answers.kind.unwrap_or(Kind::Empty);
    let Some(template) = TEMPLATES.iter().find(|template| template.kind == kind) else { return Ok(Exit::Bug) };
    let choices = Choices {
        name: name.clone(),
        title: answers.title,
        year: answers.year.unwrap_or(template::YEAR),
        currency: answers.currency.unwrap_or_else(|| template::CURRENCY.to_string()),
        facts: answers.facts.unwrap_or(Facts::Ron),
    };
    let policy = policy(template, &choices)?;
    let mut files = vec![(format!("{name}.{POLICY}"), policy), ("README.md".to_string(), template.page(&choices))];
    files.extend(template.facts(&choices));
    for (file, text) in &files {
        writing::replace(&args.name.join(file), There::Nothing, text)?;
    }
    let accepted = review::accept_all(&args.name, "overens new", "created with the agreement", output);
    let (folder, word) = (args.name.display(), visible::word(&args.name));
    let told = format!(
        "created {folder}: a policy, facts, scenarios and a snapshot\nread {folder}/README.md, then run: overens eval {word}\n"
    );
    Ok(output.write(To::Results, &told).worst_of(accepted))
}

/// The policy, laid out anew since names and titles differ in length. What cannot be read shows that the name is none.
fn policy(template: &Template, choices: &Choices) -> Result<String, Refusal> {
    match lay_out(FileId(0), &template.policy(choices), within(true), &mut Sink::default()) {
        Laid::Out(text) => Ok(text),
        Laid::HasMistakes | Laid::SaysSomethingElse => Err(Refusal {
            message: format!("`{}` cannot be the name of an agreement: it is a keyword", choices.name),
            help: Some("choose another name; the title can be any text: `--title`".to_string()),
            exit: Exit::CommandLine,
        }),
    }
}

/// The last part of a path, if an agreement can be called so.
fn name_of(path: &Path) -> Result<String, Refusal> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    let begins = name.starts_with(char::is_alphabetic);
    if begins && name.chars().all(is_word) { Ok(name.to_string()) } else { Err(no_name(name)) }
}

fn no_name(name: &str) -> Refusal {
    let letters = name.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '_' });
    let better: String = letters.collect::<String>().trim_matches('_').to_lowercase();
    let help = match better.starts_with(char::is_alphabetic) && better != name {
        true => format!("call it `{better}`; the title can be any text: `--title`"),
        false => {
            "start with a letter and use only letters, digits and `_`; the title can be any text: `--title`".to_string()
        }
    };
    Refusal {
        message: format!("`{name}` cannot be the name of an agreement"),
        help: Some(help),
        exit: Exit::CommandLine,
    }
}
