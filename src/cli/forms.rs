//! The forms of a report on the command line: `--format html`, `--report junit=out.xml`. All commands that report have the same.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::Exit;
use super::files::{Refusal, same};
use super::output::{Drawn, Format, Output, To};
use super::writing::{whole, writable};
use crate::render::cut::{COMMENT, Cut};
use crate::render::report::form::Form;
use crate::render::swedish::Swedish;
use crate::render::{Colour, Look, Marks};
use crate::source::Source;

/// How to report.
#[derive(clap::Args)]
pub struct Forms {
    /// Output format [default: pretty on a terminal, otherwise plain]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Form>,
    /// Write a report to a file too, such as `html=report.html` or `xlsx=verdicts.xlsx`; can be given several times
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = parse_filed)]
    pub reports: Vec<Filed>,
    /// CSV dialect: `en` separates cells with commas, `sv` uses semicolons and decimal commas
    #[arg(long, value_enum, value_name = "DIALECT", default_value = "en", hide_default_value = true)]
    pub csv_dialect: CsvDialect,
}

/// For whose spreadsheets CSV is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CsvDialect {
    En,
    Sv,
}

impl Forms {
    /// The form of what goes to standard output.
    pub fn shown(&self, output: &Output) -> Form {
        match (self.format, output.format(To::Results, None)) {
            (Some(form), _) => form,
            (None, Format::Pretty) => Form::Pretty,
            (None, Format::Plain | Format::Json) => Form::Plain,
        }
    }

    /// Whether one of these forms is asked for, on standard output or in a file.
    pub fn asks_for(&self, some: &[Form]) -> bool {
        let filed = self.reports.iter().filter_map(|filed| match filed.form {
            Filing::Text(form) => Some(form),
            Filing::Workbook => None,
        });
        self.format.into_iter().chain(filed).any(|form| some.contains(&form))
    }

    /// Writes in a form: CSV in the dialect that was asked for, and Markdown as long as a comment may be.
    pub fn put(
        &self,
        form: Form,
        out: &mut dyn fmt::Write,
        write: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result,
    ) -> fmt::Result {
        match (form, self.csv_dialect) {
            (Form::Csv, CsvDialect::Sv) => {
                let mut swedish = Swedish::new(out)?;
                write(&mut swedish)?;
                swedish.end()
            }
            (Form::Markdown, _) => {
                let mut cut = Cut::new(out, COMMENT);
                write(&mut cut)?;
                cut.end(|there| {
                    format!(
                        "\n**Truncated: the whole report has {there} characters, too many for a comment.** For all of it, use \
                         `--report html=report.html`; for each row, `--report csv=rows.csv`.\n"
                    )
                })
            }
            (_, _) => write(out),
        }
    }

    /// Tells in each form that was asked for: to standard output, and to files, also when one of them could not be written. `read`
    /// gives the texts that it is about; no report replaces one of them. `write` is told how the writing has gone so far.
    pub fn tell<'s, R: Iterator<Item = &'s Source>>(
        &self,
        output: &Output,
        read: impl Fn() -> R,
        write: impl Fn(Form, (Look, Exit), &mut dyn fmt::Write) -> fmt::Result,
    ) -> Exit {
        if let Some(refusal) = self.replaces(read().map(|source| source.name.as_str())) {
            return output.refuse(&refusal);
        }
        let mut exit = Exit::Yes;
        for filed in &self.reports {
            // A workbook was refused before.
            let Filing::Text(form) = filed.form else { continue };
            let look = (IN_A_FILE, exit);
            let written = whole(&filed.path, |out| self.put(form, out, |out| write(form, look, out)));
            exit = written.map_or_else(|refusal| exit.worst_of(output.refuse(&refusal)), |()| exit);
        }
        let (form, look) = (self.shown(output), output.look(To::Results));
        exit.worst_of(output.pieces(drawn(form), |out| self.put(form, out, |out| write(form, (look, exit), out))))
    }

    /// What is wrong with the files that were asked for, before anything is read or judged for them.
    pub fn wrong(&self) -> Option<Refusal> {
        let workbook = self.reports.iter().find(|filed| filed.form == Filing::Workbook);
        workbook.map(no_workbook).or_else(|| self.wrong_but_for_workbooks())
    }

    /// The same for a command that writes workbooks too.
    pub fn wrong_but_for_workbooks(&self) -> Option<Refusal> {
        let workbooks = self.reports.iter().filter(|filed| filed.form == Filing::Workbook);
        let misnamed = || workbooks.clone().find_map(|filed| no_name_of_a_workbook(&filed.path));
        self.twice().or_else(misnamed).or_else(|| self.reports.iter().find_map(|filed| writable(&filed.path).err()))
    }

    /// Whether a report goes to this file.
    pub fn go_to(&self, path: &Path) -> bool {
        let own = place(path);
        self.reports.iter().any(|filed| place(&filed.path) == own)
    }

    /// Refuses reports that would replace a text that was read, before any of them is written.
    pub fn replaces<'n>(&self, read: impl Iterator<Item = &'n str>) -> Option<Refusal> {
        replaces(self.reports.iter().map(|filed| filed.path.as_path()), read)
    }

    /// Two reports to one file are a mistake: the second would replace the first.
    fn twice(&self) -> Option<Refusal> {
        let mut seen = BTreeSet::new();
        let again = self.reports.iter().find(|filed| !seen.insert(place(&filed.path)))?;
        Some(both_to(&again.path))
    }
}

/// Two reports go to one file.
pub fn both_to(path: &Path) -> Refusal {
    Refusal {
        message: format!("two reports would be written to `{}`", path.display()),
        help: Some("give each its own file".to_string()),
        exit: Exit::CommandLine,
    }
}

/// Whether a form has colours on a terminal.
pub fn drawn(form: Form) -> Drawn {
    if form == Form::Pretty { Drawn::Yes } else { Drawn::No }
}

/// A drawing in a file is as wide as one on a terminal that does not say how wide it is.
pub const IN_A_FILE: Look = Look { marks: Marks::Unicode, colour: Colour::Off, width: 100 };

/// A workbook under the name of another kind of file cannot be opened by whoever gets it.
pub fn no_name_of_a_workbook(path: &Path) -> Option<Refusal> {
    let misnamed = path.extension().is_some_and(|ending| !ending.eq_ignore_ascii_case("xlsx"));
    misnamed.then(|| Refusal {
        message: format!("`{}` is to be a workbook, but its name does not end in `.xlsx`", path.display()),
        help: Some(format!("use the name `{}`", path.with_extension("xlsx").display())),
        exit: Exit::CommandLine,
    })
}

fn no_workbook(filed: &Filed) -> Refusal {
    Refusal {
        message: format!("`{}` cannot be written: only `overens eval` writes workbooks", filed.path.display()),
        help: Some("for a spreadsheet, use `--report csv=FILE`".to_string()),
        exit: Exit::CommandLine,
    }
}

/// Refuses files of which one is among the texts that were read: what is written would replace it.
pub fn replaces<'f, 'n>(
    mut files: impl Iterator<Item = &'f Path>,
    read: impl Iterator<Item = &'n str>,
) -> Option<Refusal> {
    let read: BTreeSet<PathBuf> = read.map(|name| same(Path::new(name))).collect();
    let path = files.find(|path| read.contains(&same(path)))?;
    Some(Refusal {
        message: format!("`{}` is an input file; a report would overwrite it", path.display()),
        help: Some("choose another file".to_string()),
        exit: Exit::CommandLine,
    })
}

/// One name for a file that may not be there yet.
fn place(path: &Path) -> PathBuf {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => same(folder),
        Some(_) | None => same(Path::new(".")),
    };
    match path.file_name() {
        Some(name) => same(&folder.join(name)),
        None => same(path),
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

/// A report that is written to a file.
#[derive(Clone, Debug)]
pub struct Filed {
    pub form: Filing,
    pub path: PathBuf,
}

/// In which form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filing {
    Text(Form),
    /// A workbook for spreadsheets.
    Workbook,
}

/// What a workbook is called on the command line.
const WORKBOOK: &str = "xlsx";

/// `junit=out.xml`.
fn parse_filed(text: &str) -> Result<Filed, String> {
    let names = || format!("{}, {WORKBOOK}", Form::ALL.map(Form::name).join(", "));
    let Some((name, path)) = text.split_once('=') else {
        return Err(format!("expected FORMAT=FILE, such as `junit=out.xml`; the formats are {}", names()));
    };
    let found = match name.trim() {
        WORKBOOK => Some(Filing::Workbook),
        name => Form::ALL.into_iter().find(|form| form.name() == name).map(Filing::Text),
    };
    let form = found.ok_or_else(|| format!("unknown format `{name}`; the formats are {}", names()))?;
    match path {
        "" => Err(format!("no file given: use `{name}=FILE`")),
        "-" if form == Filing::Workbook => Err("a workbook cannot go to standard output: give a file".to_string()),
        "-" => Err(format!("`--report` needs a file; for standard output use `--format {name}`")),
        path => Ok(Filed { form, path: PathBuf::from(path) }),
    }
}
