//! Where words go: results to standard output, messages to standard error.
//! What the terminal can show is found out here, once. A reader who goes away early (a broken pipe) is no error.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::{AutoStream, ColorChoice};
use clap::{Args, ValueEnum};

use super::Exit;
use super::files::{Refusal, each_once};
use super::pieces::Pieces;
use crate::diagnostics::{Diagnostic, Sink};
use crate::render::diagnostics::{counted, json, plain, terminal};
use crate::render::{Colour, Look, Marks, visible};
use crate::source::Sources;

/// Columns of a terminal that does not say how wide it is.
const USUAL_WIDTH: usize = 100;

/// What takes the words off a terminal's last line.
pub(super) const CLEAR: &str = "\r\u{1b}[K";

/// The flags that every command has.
#[derive(Args, Clone, Copy)]
pub struct LookArgs {
    /// When to use colour; NO_COLOR is respected
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    color: When,
    /// Plain words instead of drawings, for screen readers
    #[arg(long, global = true)]
    plain: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// on a terminal, unless NO_COLOR is set
    Auto,
    /// also in pipes and files
    Always,
    /// no colour
    Never,
}

/// How findings and pages are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// formatted for a terminal
    Pretty,
    /// plain lines
    Plain,
    /// JSON for programs
    Json,
}

/// Which of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Results,
    Messages,
}

/// Whether a text has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    Yes,
    No,
}

/// The two streams with what each can show.
pub struct Output {
    plain: bool,
    results: Stream,
    messages: Stream,
    /// Whether the last line of the terminal tells what a long run is doing.
    pub(super) line: Arc<AtomicBool>,
}

#[derive(Clone, Copy)]
struct Stream {
    is_terminal: bool,
    colours: ColorChoice,
    look: Look,
}

impl Output {
    pub fn new(args: LookArgs) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let results = Stream {
            is_terminal: out.is_terminal(),
            colours: colours(args.color, AutoStream::choice(&out)),
            look: look(terminal_size::terminal_size_of(&out), supports_unicode::on(supports_unicode::Stream::Stdout)),
        };
        let messages = Stream {
            is_terminal: err.is_terminal(),
            colours: colours(args.color, AutoStream::choice(&err)),
            look: look(terminal_size::terminal_size_of(&err), supports_unicode::on(supports_unicode::Stream::Stderr)),
        };
        Output { plain: args.plain, results, messages, line: Arc::default() }
    }

    /// What a stream can show.
    pub fn look(&self, to: To) -> Look {
        let Stream { colours, look, .. } = self.stream(to);
        let colour = if colours == ColorChoice::Never { Colour::Off } else { Colour::On };
        Look { colour, ..look }
    }

    /// The format to use on a stream: what was asked for, else drawn on a terminal and plain in a pipe.
    pub fn format(&self, to: To, asked: Option<Format>) -> Format {
        match asked {
            Some(format) => format,
            None if self.stream(to).is_terminal && !self.plain => Format::Pretty,
            None => Format::Plain,
        }
    }

    /// Writes a text. When that fails, the exit says so.
    pub fn write(&self, to: To, text: &str) -> Exit {
        let colours = self.stream(to).colours;
        if to == To::Messages && self.line.swap(false, Ordering::Relaxed) {
            let _ = io::stderr().write_all(CLEAR.as_bytes());
        }
        written(match to {
            To::Results => all(AutoStream::new(io::stdout(), colours), text),
            To::Messages => all(AutoStream::new(io::stderr(), colours), text),
        })
    }

    /// Writes a report piece by piece. When that fails, the exit says so. What is not drawn has no colours to take away.
    pub fn pieces(&self, drawn: Drawn, text: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> Exit {
        match drawn {
            Drawn::Yes => filled(AutoStream::new(io::stdout(), self.results.colours), text),
            Drawn::No => filled(io::stdout(), text),
        }
    }

    pub fn is_terminal(&self, to: To) -> bool {
        self.stream(to).is_terminal
    }

    /// Whether lines on a stream may move: on a terminal, for a reader who sees.
    pub fn moves(&self, to: To) -> bool {
        self.stream(to).is_terminal && !self.plain
    }

    /// Shows findings. As plain lines or a drawing, no findings are no words; as JSON they are an empty list.
    pub fn findings(&self, to: To, asked: Option<Format>, findings: &[&Diagnostic], sources: &Sources) -> Exit {
        let text = match self.format(to, asked) {
            Format::Pretty => terminal::show(findings, sources, self.look(to)),
            Format::Plain => plain::show(findings, sources),
            Format::Json => json::show(findings, sources),
        };
        self.write(to, &text)
    }

    /// How many more was found than is kept to be shown, where findings are listed for a reader.
    pub fn uncounted(&self, to: To, problems: &Sink) -> Exit {
        let counted = match self.format(to, None) {
            Format::Pretty | Format::Plain => counted(&problems.sorted()),
            Format::Json => 0,
        };
        match (problems.left_out(), counted) {
            (0, _) => Exit::Yes,
            (_, 0) => self.unkept(to, problems),
            (more, counted) => {
                let all = more.saturating_add(counted);
                self.write(to, &format!("besides these, {more} more findings are not shown: {all} in all\n"))
            }
        }
    }

    /// How many more was found than is kept, where all that is kept is shown.
    pub fn unkept(&self, to: To, problems: &Sink) -> Exit {
        match problems.left_out() {
            0 => Exit::Yes,
            more => self.write(to, &format!("{more} more findings are not shown\n")),
        }
    }

    /// Files as they are named, each once: of one that was named before, perhaps in another way, that is said.
    pub fn each_once(&self, paths: Vec<PathBuf>) -> Vec<PathBuf> {
        let (once, again) = each_once(paths);
        for path in again {
            let path = path.display().to_string();
            // What cannot be said changes nothing.
            let _ =
                self.write(To::Messages, &format!("note: `{}` is given twice and read once\n", visible::line(&path)));
        }
        once
    }

    /// Says why something was refused, and gives the exit that goes with it.
    pub fn refuse(&self, refusal: &Refusal) -> Exit {
        let mut text = format!("error: {}\n", visible::line(&refusal.message));
        if let Some(help) = &refusal.help {
            text.push_str(&format!("help: {}\n", visible::line(help)));
        }
        self.write(To::Messages, &text).worst_of(refusal.exit)
    }

    fn stream(&self, to: To) -> Stream {
        match to {
            To::Results => self.results,
            To::Messages => self.messages,
        }
    }
}

fn filled(to: impl Write, text: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> Exit {
    let mut pieces = Pieces::new(to);
    // What went wrong is told at the end.
    let _ = text(&mut pieces);
    written(pieces.end().and_then(|mut to| to.flush()))
}

/// What writing came to: a broken pipe is no error.
pub(super) fn written(result: io::Result<()>) -> Exit {
    match result {
        Ok(()) => Exit::Yes,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Yes,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: the results could not be written: {error}");
            Exit::File
        }
    }
}

fn all(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

fn colours(asked: When, found: ColorChoice) -> ColorChoice {
    match asked {
        When::Auto => found,
        When::Always => ColorChoice::Always,
        When::Never => ColorChoice::Never,
    }
}

fn look(size: Option<(terminal_size::Width, terminal_size::Height)>, unicode: bool) -> Look {
    let width = size.map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0));
    let marks = if unicode { Marks::Unicode } else { Marks::Ascii };
    Look { marks, colour: Colour::Off, width }
}
