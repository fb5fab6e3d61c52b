//! Reports told: one to standard output, and one to each file that was asked for.

use super::Exit;
use super::files::Refusal;
use super::forms::{self, Filed, IN_A_FILE, drawn};
use super::judging::{Args, Judged};
use super::output::{Output, To};
use super::progress::Progress;
use crate::render::report::form::{Form, write};
use crate::render::report::several::{Among, NotJudged, Number, Several};
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
    let form = args.forms.shown(output);
    progress.now("putting it into words".to_string());
    shelf.with(form, |_| ());
    // The terminal's last line is free again.
    drop(progress);
    let look = output.look(To::Results);
    exit.worst_of(output.pieces(drawn(form), |out| {
        args.forms.put(form, out, |out| shelf.with(form, |all| write(form, all, look, out)))
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

    /// Gives the reports as a form needs them.
    fn with<R>(&mut self, form: Form, tell: impl FnOnce(&Several) -> R) -> R {
        let which = if self.args.all { Which::All } else { Which::ForAction };
        let asked = Asked {
            lines: form.lines(which),
            kept: form.kept(),
            most: form.most(which),
            reasons: if self.args.reasons { Reasons::Told } else { Reasons::LeftOut },
            period: self.args.period.clone(),
        };
        let made = match self.made.take() {
            Some((before, reports)) if before == asked => reports,
            Some(_) | None => self.told.judged.iter().map(|one| one.report(&asked)).collect(),
        };
        let all = Several {
            reports: self
                .told
                .judged
                .iter()
                .zip(&made)
                .map(|(judged, report)| self.among(judged, report, &asked))
                .collect(),
            not_judged: self.told.not_judged,
            exit: self.exit.code(),
            number: self.told.number,
            failing: &self.failing,
        };
        let result = tell(&all);
        self.made = Some((asked, made));
        result
    }
}

fn file(filed: &Filed, shelf: &mut Shelf) -> Result<(), Refusal> {
    let read = shelf.told.judged.iter().flat_map(|one| one.ready.sources.files()).map(|(_, source)| source);
    let forms = &shelf.args.forms;
    forms::file(filed, read, |out| {
        forms.put(filed.form, out, |out| shelf.with(filed.form, |all| write(filed.form, all, IN_A_FILE, out)))
    })
}
