//! The review on a terminal: one cause after the other, a key for each. What is accepted is written at once, so that
//! nothing is lost however the review ends.

use console::{Key, Term};

use super::open::Open;
use super::store::{Hand, store};
use crate::cli::Exit;
use crate::cli::bounds::of_evaluation;
use crate::cli::output::{Format, Output, To};
use crate::evaluate::evaluate;
use crate::render::snapshots::many;
use crate::render::{self, review as view};
use crate::report::entry::key;
use crate::report::review::{Group, Item};
use crate::report::{Extent, why};

const KEYS: &str = "[a] accept  [r] reject  [s] skip  [o] one by one  [w] why  [q] quit";
const KEYS_OF_ONE: &str = "[a] accept  [r] reject  [s] skip  [w] why  [q] quit";

/// What somebody decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Accept,
    Reject,
    Skip,
    OneByOne,
    Why,
    Quit,
}

/// How the talk goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    GoOn,
    /// The same question once more.
    AskAgain,
    Stop,
}

struct Talk<'o> {
    output: &'o Output,
    term: Term,
    by: Option<String>,
    /// The reason that was given last; it may be given again.
    why: Option<String>,
    accepted: usize,
    rejected: Vec<String>,
    exit: Exit,
}

/// Walks through what differs. A name and a reason that were given on the command line are not asked for.
pub fn talk(all: &mut [Open], by: Option<&str>, why: Option<&str>, output: &Output) -> Exit {
    let mut talk = Talk {
        output,
        term: Term::stderr(),
        by: by.map(str::to_string),
        why: why.map(str::to_string),
        accepted: 0,
        rejected: Vec::new(),
        exit: Exit::Yes,
    };
    for open in all.iter_mut() {
        talk.say(&format!("{}\n", view::summary(&open.reviewed())));
        if talk.policy(open) == Next::Stop {
            break;
        }
    }
    let left = all.iter().map(Open::differing).sum();
    talk.end(left)
}

impl Talk<'_> {
    fn say(&mut self, text: &str) {
        let shown = self.output.write(To::Messages, text);
        self.exit = self.exit.worst_of(shown);
    }

    fn policy(&mut self, open: &mut Open) -> Next {
        let groups = open.groups.clone();
        for (at, group) in groups.iter().enumerate() {
            let snapshots = open.reviewed().snapshots;
            let shown = view::of_group(group, &snapshots, self.output.look(To::Messages).colour);
            self.say(&format!("\n{} of {}  {shown}", at.saturating_add(1), groups.len()));
            if self.group(open, group) == Next::Stop {
                return Next::Stop;
            }
        }
        Next::GoOn
    }

    fn group(&mut self, open: &mut Open, group: &Group) -> Next {
        loop {
            let next = match self.ask(KEYS) {
                Choice::Accept => self.accept(open, group, &group.items),
                Choice::Reject => self.reject(&group.cause.words(), group.items.len()),
                Choice::Skip => Next::GoOn,
                Choice::OneByOne => self.one_by_one(open, group),
                Choice::Why => self.explain(open, group.items.first()),
                Choice::Quit => Next::Stop,
            };
            if next != Next::AskAgain {
                return next;
            }
        }
    }

    fn one_by_one(&mut self, open: &mut Open, group: &Group) -> Next {
        let snapshots = open.reviewed().snapshots;
        for item in &group.items {
            self.say(&format!("\n  {}\n", view::of_item(group, item, &snapshots)));
            if self.single(open, group, item) == Next::Stop {
                return Next::Stop;
            }
        }
        Next::GoOn
    }

    fn single(&mut self, open: &mut Open, group: &Group, item: &Item) -> Next {
        loop {
            let next = match self.ask(KEYS_OF_ONE) {
                Choice::Accept => self.accept(open, group, std::slice::from_ref(item)),
                Choice::Reject => self.reject(&item.difference.key.to_string(), 1),
                Choice::Skip => Next::GoOn,
                Choice::Why => self.explain(open, Some(item)),
                Choice::OneByOne => Next::AskAgain,
                Choice::Quit => Next::Stop,
            };
            if next != Next::AskAgain {
                return next;
            }
        }
    }

    /// Accepts, when a name and a reason are given; otherwise the question stays.
    fn accept(&mut self, open: &mut Open, group: &Group, items: &[Item]) -> Next {
        let Some(hand) = self.hand() else {
            self.say("not accepted: a name and a reason are required, and are stored in the snapshot\n");
            return Next::AskAgain;
        };
        match store(open, items, &hand, &group.cause.kept()) {
            Ok(()) => {
                self.accepted = self.accepted.saturating_add(items.len());
                self.say(&format!("accepted {}\n", many(items.len())));
            }
            Err(refusal) => self.exit = self.exit.worst_of(self.output.refuse(&refusal)),
        }
        Next::GoOn
    }

    fn reject(&mut self, what: &str, verdicts: usize) -> Next {
        self.rejected.push(format!("{what} ({})", many(verdicts)));
        self.say("rejected: the snapshot is unchanged; correct the policy or the facts\n");
        Next::GoOn
    }

    /// Who accepts and why; the name is asked for once.
    fn hand(&mut self) -> Option<Hand> {
        if self.by.is_none() {
            self.by = self.line("who accepts? ");
        }
        let by = self.by.clone()?;
        let why = match self.why.clone() {
            None => self.line("why is this right? ")?,
            Some(before) => self.line(&format!("why is this right? [{before}] ")).unwrap_or(before),
        };
        self.why = Some(why.clone());
        Some(Hand { by, why })
    }

    fn line(&mut self, question: &str) -> Option<String> {
        forget_keys();
        self.say(question);
        let answer = self.term.read_line().ok()?;
        Some(answer.trim().to_string()).filter(|answer| !answer.is_empty())
    }

    fn ask(&mut self, keys: &str) -> Choice {
        forget_keys();
        self.say(&format!("{keys} "));
        loop {
            let choice = match self.term.read_key() {
                Ok(key) => choice(&key),
                // A terminal that is gone answers nothing more.
                Err(_) => Some(Choice::Quit),
            };
            if let Some(choice) = choice {
                self.say("\n");
                return choice;
            }
        }
    }

    /// Why a verdict is what it is now.
    fn explain(&mut self, open: &Open, item: Option<&Item>) -> Next {
        let Some(item) = item else { return Next::AskAgain };
        let Some(differing) = open.snapshots.get(item.snapshot) else { return Next::AskAgain };
        let (names, as_of) = (open.names(&differing.now), differing.expected.as_of);
        let verdicts = evaluate(names.plan, names.facts, as_of, &of_evaluation());
        let found = verdicts.iter().find(|verdict| key(&names, &verdict.instance) == item.difference.key);
        let text = match found {
            None => format!("{}: it is no longer judged\n", item.difference.key),
            Some(verdict) => {
                let why = why(&names, as_of, &verdict.instance, Extent::BRIEF);
                match self.output.format(To::Messages, None) {
                    Format::Pretty => {
                        render::why::pretty::show(&why, &open.sources, self.output.look(To::Messages), names.naming)
                    }
                    Format::Plain | Format::Json => render::why::plain::show(&why, &open.sources),
                }
            }
        };
        self.say(&text);
        Next::AskAgain
    }

    fn end(mut self, left: usize) -> Exit {
        let mut text = format!("\naccepted {}", many(self.accepted));
        if left > 0 {
            text.push_str(&format!("; {} left to review", many(left)));
        }
        text.push('\n');
        for rejected in &self.rejected {
            text.push_str(&format!("rejected: {}\n", render::visible::line(rejected)));
        }
        self.say(&text);
        self.exit
    }
}

/// Keys that were typed before a question was asked are no answer to it.
fn forget_keys() {
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(std::io::stdin(), rustix::termios::QueueSelector::IFlush);
}

fn choice(key: &Key) -> Option<Choice> {
    match key {
        Key::Char('a' | 'A') => Some(Choice::Accept),
        Key::Char('r' | 'R') => Some(Choice::Reject),
        Key::Char('s' | 'S') => Some(Choice::Skip),
        Key::Char('o' | 'O') => Some(Choice::OneByOne),
        Key::Char('w' | 'W') => Some(Choice::Why),
        Key::Char('q' | 'Q') | Key::Escape => Some(Choice::Quit),
        _ => None,
    }
}
