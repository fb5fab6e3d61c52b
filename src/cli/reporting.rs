//! Reports told: one to standard output, and one to each file that was asked for.

use std::io;
use std::path::Path;

use super::Exit;
use super::files::Refusal;
use super::forms::{Filed, Filing, IN_A_FILE, drawn};
use super::judging::{Args, Judged};
use super::output::{Output, To};
use super::progress::Progress;
use super::writing::{whole, whole_bytes};
use crate::render::report::form::{Form, write};
use crate::render::report::several::{Among, NotJudged, Number, Several, Table};
use crate::render::workbook;
use crate::report::{Asked, Reasons, Report, Which};
use crate::verdict::Called;

/// What a run came to.
pub struct Told<'a> {
    pub judged: &'a [Judged],
    pub not_judged: &'a [NotJudged],
    pub number: Number,
    /// How the run ends by what was judged.
    pub exit: Exit,
}

/// Tells all reports. Files that could be written are written, also when another could not.
pub fn tell(told: &Told, args: &Args, output: &Output, progress: Progress) -> Exit {
    let mut exit = told.exit;
    let mut shelf = Shelf { told, args, failing: args.failing(), made: None, exit };
    for filed in &args.forms.reports {
        progress.now(format!("writing {}", filed.path.display()));
        if let Err(refusal) = file(filed, &mut shelf) {
            exit = exit.worst_of(output.refuse(&refusal));
            // What is told from now on says how the run ends.
            shelf.exit = exit;
        }
    }
    if let Some(path) = &args.annotate {
        progress.now(format!("writing {}", path.display()));
        if let Err(refusal) = annotated(path, &mut shelf) {
            exit = exit.worst_of(output.refuse(&refusal));
            shelf.exit = exit;
        }
    }
    let form = args.forms.shown(output);
    progress.now("preparing the report".to_string());
    let asked = shelf.asked(form);
    shelf.with(&asked, |_| ());
    // The terminal's last line is free again.
    drop(progress);
    let look = output.look(To::Results);
    exit.worst_of(output.pieces(drawn(form), |out| {
        args.forms.put(form, out, |out| shelf.with(&asked, |all| write(form, all, look, out)))
    }))
}

/// The reports that were made last: forms that tell of the same verdicts share them.
struct Shelf<'a> {
    told: &'a Told<'a>,
    args: &'a Args,
    failing: Vec<Called>,
    made: Option<(Asked, Vec<Report>)>,
    exit: Exit,
}

impl Shelf<'_> {
    /// One of the reports. The only one says how the run ends, and each of several how it ended for that agreement.
    fn among<'a>(&self, judged: &'a Judged, report: &'a Report, asked: &'a Asked) -> Among<'a> {
        let exit = match self.told.number {
            Number::One => self.exit,
            Number::Several => judged.exit,
        };
        Among { report, rows: judged.rows(asked.period.as_deref()), exit: exit.code() }
    }

    /// What a form needs.
    fn asked(&self, form: Form) -> Asked {
        let which = if self.args.all { Which::All } else { Which::ForAction };
        Asked {
            lines: form.lines(which),
            kept: form.kept(),
            most: form.most(which),
            reasons: if self.args.reasons { Reasons::Told } else { Reasons::LeftOut },
            period: self.args.period.clone(),
        }
    }

    /// What a workbook needs.
    fn asked_for_a_workbook(&self) -> Asked {
        Asked { period: self.args.period.clone(), ..workbook::ASKED }
    }

    /// Gives the reports as they were asked for.
    fn with<R>(&mut self, asked: &Asked, tell: impl FnOnce(&Several) -> R) -> R {
        let made = match self.made.take() {
            Some((before, reports)) if before == *asked => reports,
            Some(_) | None => self.told.judged.iter().map(|one| one.report(asked)).collect(),
        };
        let all = Several {
            reports: self
                .told
                .judged
                .iter()
                .zip(&made)
                .map(|(judged, report)| self.among(judged, report, asked))
                .collect(),
            not_judged: self.told.not_judged,
            exit: self.exit.code(),
            number: self.told.number,
            failing: &self.failing,
            table: if self.args.shares { Table::Shares } else { Table::Verdicts },
            command: "eval",
        };
        let result = tell(&all);
        self.made = Some((asked.clone(), made));
        result
    }
}

fn file(filed: &Filed, shelf: &mut Shelf) -> Result<(), Refusal> {
    let forms = &shelf.args.forms;
    match filed.form {
        Filing::Text(form) => {
            let asked = shelf.asked(form);
            whole(&filed.path, |out| {
                forms.put(form, out, |out| shelf.with(&asked, |all| write(form, all, IN_A_FILE, out)))
            })
        }
        Filing::Workbook => {
            let bytes = shelf.with(&shelf.asked_for_a_workbook(), workbook::verdicts);
            put(&filed.path, bytes)
        }
    }
}

/// Writes the tables of facts once more, with the verdicts beside their rows.
fn annotated(path: &Path, shelf: &mut Shelf) -> Result<(), Refusal> {
    let bytes = shelf.with(&shelf.asked_for_a_workbook(), |all| match all.reports.as_slice() {
        [one] => workbook::annotated(one).map(|bytes| bytes.ok_or(NO_TABLE)),
        _ => Ok(Err("verdicts can be written beside the facts of only one agreement at a time")),
    });
    match bytes {
        Ok(Ok(bytes)) => put(path, Ok(bytes)),
        Ok(Err(why)) => Err(Refusal {
            message: format!("`{}` is not written: {why}", path.display()),
            help: None,
            exit: Exit::CommandLine,
        }),
        Err(error) => put(path, Err(error)),
    }
}

const NO_TABLE: &str = "none of the facts are in a table (CSV or a spreadsheet)";

fn put(path: &Path, bytes: io::Result<Vec<u8>>) -> Result<(), Refusal> {
    let bytes = bytes.map_err(|error| Refusal {
        message: format!("`{}` cannot be created: {error}", path.display()),
        help: None,
        exit: Exit::File,
    })?;
    whole_bytes(path, &bytes)
}
