//! A text as its layout sees it: words and comments one after the other, and before which of them a line begins or may begin.
//! It is made of the parse alone, so that whatever the grammar reads can be laid out.

use pest::iterators::Pairs;
use pest::{Parser, Token};

use super::build::Build;
use super::grammar::{PolicyParser, Rule, role_of};
use super::prescan::{self, Scan};
use super::tree::{AlterationKind, Clause, Item, Slot, Tree};
use super::{Within, read_within, take};
use crate::diagnostics::Sink;
use crate::source::{FileId, unmarked};

/// Words and comments, in order.
pub struct Outline<'t> {
    pub words: Vec<Word<'t>>,
    pub comments: Vec<Comment<'t>>,
    parts: Vec<Part<'t>>,
}

/// What no blank stands in, or quoted words, or a sign of punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    pub text: &'t str,
    pub before: Before,
    /// Whether a blank line stands before it.
    pub apart: bool,
    /// Whether it is quoted, so that it may run over several lines.
    pub quoted: bool,
}

/// What stands before a word. Of several the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Before {
    /// A declaration begins.
    Declaration,
    /// A line begins, so many steps further in than its declaration.
    Line(u16),
    /// What a field means, in a column of its own.
    FieldTitle,
    /// A long line is broken here, in the order of the numbers.
    Fold(u16),
    /// The same, but only if what follows then fits into one line.
    Whole(u16),
    Blank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment<'t> {
    pub text: &'t str,
    /// The number of the word that follows.
    pub at: usize,
    /// Whether it stands on a line of its own.
    pub alone: bool,
    /// Whether it stands at the very beginning of its line.
    pub at_margin: bool,
    /// Whether a blank line stands before it.
    pub apart: bool,
}

/// A part of the parse: which rule it is of, how deep it lies, and its words if it has no parts.
#[derive(Clone, Copy)]
struct Part<'t> {
    rule: Rule,
    depth: usize,
    text: &'t str,
}

/// Of levels in which conditions stand inside one another, so many are told apart.
const LEVELS: u16 = 16;
const WHERE: u16 = 100;
const TITLE: u16 = 150;
const NAMES: u16 = 200;

impl<'t> Outline<'t> {
    /// The outline of a text without mistakes; else the mistakes are found.
    pub fn of(file: FileId, text: &'t str, within: Within, problems: &mut Sink) -> Option<Outline<'t>> {
        let mut tree = Tree { file, agreement: None, items: Vec::new(), comments: Vec::new(), lost: Vec::new() };
        let mut found = Sink::default();
        let lining = Self::lined(file, text, within, &mut found).filter(|(_, scan, pairs)| {
            let build = Build::new(file, unmarked(text), &scan.comments, 0);
            pairs.clone().flat_map(|pair| pair.into_inner()).for_each(|pair| take(&build, pair, &mut tree, &mut found));
            !found.has_errors()
        });
        let Some((mut lining, scan, _)) = lining else {
            read_within(file, text, within, problems);
            return None;
        };
        lining.windows(&tree.items);
        Some(lining.outline(unmarked(text), &scan))
    }

    /// The same, only to be held against another one: where lines begin is left out.
    pub fn to_compare(file: FileId, text: &'t str, within: Within) -> Option<Outline<'t>> {
        let (lining, scan, _) = Self::lined(file, text, within, &mut Sink::default())?;
        Some(lining.outline(unmarked(text), &scan))
    }

    fn lined(
        file: FileId,
        text: &'t str,
        within: Within,
        found: &mut Sink,
    ) -> Option<(Lining<'t>, Scan, Pairs<'t, Rule>)> {
        let text = unmarked(text);
        let scan = prescan::scan(file, text, within, found);
        if scan.stop || found.has_errors() {
            return None;
        }
        let pairs = PolicyParser::parse(Rule::file, text).ok()?;
        let mut lining = Lining::default();
        pairs.clone().tokens().for_each(|token| lining.take(token, text));
        Some((lining, scan, pairs))
    }

    /// Whether another text says the same, comments included: only its line breaks and blanks differ.
    pub fn says_the_same(&self, other: &Outline) -> bool {
        let alike = |(one, other): (&Part, &Part)| {
            one.rule == other.rule && one.depth == other.depth && is_same(one.text, other.text)
        };
        let same_comment = |(one, other): (&Comment, &Comment)| {
            one.text == other.text && one.at == other.at && one.alone == other.alone
        };
        self.parts.len() == other.parts.len()
            && self.words.len() == other.words.len()
            && self.comments.len() == other.comments.len()
            && self.parts.iter().zip(&other.parts).all(alike)
            && self.words.iter().zip(&other.words).all(|(one, other)| is_same(one.text, other.text))
            && self.comments.iter().zip(&other.comments).all(same_comment)
    }
}

/// Whether two texts are the same but for how wide their blanks are.
fn is_same(one: &str, other: &str) -> bool {
    one == other || one.split_ascii_whitespace().eq(other.split_ascii_whitespace())
}

/// A part of the parse that is being read.
struct Open {
    rule: Rule,
    start: usize,
    /// How many parts it has had so far.
    parts: usize,
    /// The rule of the last of them.
    last: Option<Rule>,
    /// How many steps in its clause stands.
    base: u16,
    /// In how many conditions it stands.
    level: u16,
    /// Whether it is one word, whatever it is made of.
    is_one_word: bool,
    /// Its number among the parts.
    number: usize,
}

#[derive(Default)]
struct Lining<'t> {
    open: Vec<Open>,
    parts: Vec<Part<'t>>,
    /// Where words begin and end that are to be kept as they are, and whether they are quoted.
    kept: Vec<(usize, usize, bool)>,
    marks: Vec<(usize, Before)>,
}

impl<'t> Lining<'t> {
    fn take(&mut self, token: Token<Rule>, text: &'t str) {
        match token {
            Token::Start { rule, pos } => self.begin(rule, pos.pos(), text),
            Token::End { rule, pos } => self.end(rule, pos.pos(), text),
        }
    }

    fn begin(&mut self, rule: Rule, start: usize, text: &'t str) {
        let number = self.parts.len();
        self.parts.push(Part { rule, depth: self.open.len(), text: "" });
        let Some(parent) = self.open.last_mut() else {
            let open = Open { rule, start, parts: 0, last: None, base: 0, level: 0, is_one_word: false, number };
            return self.open.push(open);
        };
        let inside = parent.is_one_word;
        if !inside {
            let mark = before(parent, rule, start, text);
            let is_second = rule_joins(rule) && parent.rule == Rule::expr && parent.parts == 1;
            // What is joined may stand below the word that it begins with.
            let first = is_second.then_some((parent.start, Before::Whole(fold(parent.level))));
            self.marks.extend(mark.map(|mark| (start, mark)));
            self.marks.extend(first);
        }
        parent.parts = parent.parts.saturating_add(1);
        parent.last = Some(rule);
        let base = match (parent.rule, rule) {
            (Rule::replace | Rule::add, Rule::clause | Rule::value) => 1,
            _ => parent.base,
        };
        let level = parent.level.saturating_add(u16::from(rule == Rule::expr)).min(LEVELS);
        let is_one_word = inside || matches!(rule, Rule::string | Rule::name | Rule::percent);
        self.open.push(Open { rule, start, parts: 0, last: None, base, level, is_one_word, number });
    }

    fn end(&mut self, rule: Rule, end: usize, text: &'t str) {
        let Some(open) = self.open.pop() else { return };
        let is_leaf = open.parts == 0;
        let inside = self.open.last().is_some_and(|parent| parent.is_one_word);
        if is_leaf {
            let words = text.get(open.start..end).unwrap_or("");
            if let Some(part) = self.parts.get_mut(open.number) {
                part.text = words.trim_end();
            }
        }
        let is_kept = !inside && rule != Rule::EOI && (open.is_one_word || is_leaf && role_of(rule).is_none());
        if is_kept {
            // The sign of an amount belongs to its number.
            let before = open.start.saturating_sub(1);
            let is_negative = rule == Rule::number
                && self.open.last().is_some_and(|parent| parent.rule == Rule::money)
                && text.get(before..open.start) == Some("-");
            let start = if is_negative { before } else { open.start };
            self.kept.push((start, end, rule == Rule::string));
        }
    }

    /// A line whose last words are a window is followed by one that has only the window.
    fn windows(&mut self, items: &[Item]) {
        let mut starts: Vec<u32> = Vec::new();
        for item in items {
            match item {
                Item::Clause(clause) => starts.extend(slots(clause)),
                Item::Amendment(amendment) => {
                    for alteration in &amendment.alterations {
                        if let AlterationKind::Replace { by: clause, .. } | AlterationKind::Add(clause) =
                            &alteration.kind
                        {
                            starts.extend(slots(clause));
                        }
                    }
                }
                Item::Import(_) | Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) => {}
                Item::Define(_) | Item::Value(_) | Item::Scenario(_) => {}
            }
        }
        self.marks.sort_unstable();
        let mut more = Vec::new();
        for start in starts {
            let start = start as usize;
            let until = self.marks.partition_point(|(at, _)| *at < start);
            let is_marked = self.marks.get(until).is_some_and(|(at, _)| *at == start);
            let lines = self.marks.get(..until).unwrap_or_default().iter().rev();
            let line = lines.copied().find(|(_, before)| matches!(before, Before::Line(_)));
            more.extend(line.filter(|_| !is_marked).map(|(_, before)| (start, before)));
        }
        self.marks.extend(more);
    }

    fn outline(mut self, text: &'t str, scan: &Scan) -> Outline<'t> {
        self.marks.sort_unstable();
        self.marks.dedup_by_key(|(at, _)| *at);
        self.kept.sort_unstable();
        let mut cutting = Cutting {
            text,
            at: 0,
            fresh: true,
            ends: 0,
            words: Vec::with_capacity(self.kept.len()),
            comments: Vec::with_capacity(scan.comments.len()),
        };
        let mut comments = scan.comments.iter().map(|span| (span.start as usize, span.end as usize)).peekable();
        let mut kept = self.kept.into_iter().peekable();
        let mut marks = self.marks.into_iter().peekable();
        while cutting.skip_blanks() {
            let at = cutting.at;
            if let Some((_, end)) = comments.next_if(|(start, _)| *start == at) {
                cutting.comment(end);
                continue;
            }
            while marks.next_if(|(mark, _)| *mark < at).is_some() {}
            let before = marks.next_if(|(mark, _)| *mark == at).map_or(Before::Blank, |(_, before)| before);
            while kept.next_if(|(start, _, _)| *start < at).is_some() {}
            match kept.next_if(|(start, _, _)| *start == at) {
                Some((_, end, quoted)) => cutting.word(end, before, quoted),
                None => {
                    let limit = [kept.peek().map(|(start, _, _)| *start), comments.peek().map(|(start, _)| *start)];
                    let end = cutting.plain_end(limit.into_iter().flatten().min().unwrap_or(text.len()));
                    cutting.word(end, before, false);
                }
            }
        }
        Outline { words: cutting.words, comments: cutting.comments, parts: self.parts }
    }
}

/// Where the lines of a clause begin.
fn slots(clause: &Clause) -> impl Iterator<Item = u32> {
    let inner = clause.requirements.iter().map(|one| &one.slots).chain(clause.readings.iter().map(|one| &one.slots));
    let start = |slot: &Slot| slot.span.start;
    clause.slots.iter().map(start).chain(inner.flatten().map(start))
}

fn rule_joins(rule: Rule) -> bool {
    matches!(rule, Rule::k_and | Rule::k_or)
}

fn fold(level: u16) -> u16 {
    level.saturating_mul(2)
}

/// What stands before a part of another.
fn before(parent: &Open, rule: Rule, start: usize, text: &str) -> Option<Before> {
    let is_word = matches!(rule, Rule::name | Rule::string | Rule::place) || role_of(rule).is_some();
    let listed = || {
        let is_behind_comma = text.get(..start).is_some_and(|before| before.trim_end().ends_with(','));
        let order = match parent.rule {
            // A name of its own is not torn apart if anything else can be.
            Rule::names | Rule::plural | Rule::place | Rule::place_one => NAMES,
            Rule::given_list => fold(parent.level).saturating_add(3),
            _ => fold(parent.level).saturating_add(1),
        };
        is_behind_comma.then_some(Before::Fold(order))
    };
    let line = |steps: u16| Some(Before::Line(parent.base.saturating_add(steps)));
    match (parent.rule, rule) {
        (Rule::file, Rule::EOI) => None,
        (Rule::file, _) => Some(Before::Declaration),
        (Rule::agreement | Rule::amendment, rule) if !is_word => match rule {
            Rule::agreement | Rule::amendment => None,
            _ => line(1),
        },
        (Rule::record | Rule::event, Rule::field) => line(1),
        (Rule::local_calendar, Rule::closed_on | Rule::open_on | Rule::known_from) => line(1),
        (Rule::field | Rule::fact, Rule::string) => Some(Before::FieldTitle),
        (
            Rule::agreement
            | Rule::amendment
            | Rule::local_calendar
            | Rule::record
            | Rule::event
            | Rule::head
            | Rule::requirement,
            Rule::string,
        ) => Some(Before::Fold(TITLE)),
        (Rule::requirement, rule) if parent.parts > 1 && !is_word || parent.last == Some(Rule::expr) => match rule {
            Rule::requirement => None,
            _ => line(2),
        },
        (Rule::reading, _) if parent.parts > 1 => line(2),
        (Rule::scenario, _) if parent.parts > 1 => line(1),
        (Rule::replace | Rule::add, Rule::clause | Rule::value) => line(1),
        (kind, rule) if is_kind(kind) && rule != Rule::head && parent.parts > 0 => line(1),
        (Rule::is_shared, Rule::rounding) if !text.get(start..).is_some_and(|rest| rest.starts_with(',')) => line(1),
        (Rule::expr, rule) if rule_joins(rule) => Some(Before::Fold(fold(parent.level))),
        (_, Rule::filter) => Some(Before::Fold(WHERE)),
        _ => listed(),
    }
}

/// Whether a rule is that of a kind of clause.
fn is_kind(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::aim
            | Rule::composition
            | Rule::cost
            | Rule::deadline
            | Rule::decision
            | Rule::duty
            | Rule::judgement
            | Rule::membership
            | Rule::permission
            | Rule::prohibition
            | Rule::recital
            | Rule::review
            | Rule::silent
            | Rule::term
    )
}

/// A text that is cut into words and comments.
struct Cutting<'t> {
    text: &'t str,
    at: usize,
    /// Whether nothing stands on the line so far.
    fresh: bool,
    /// How many line breaks stand before what comes next.
    ends: usize,
    words: Vec<Word<'t>>,
    comments: Vec<Comment<'t>>,
}

impl Cutting<'_> {
    /// To the next word or comment; `false` where there is none.
    fn skip_blanks(&mut self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or("");
        let length = rest.find(|sign: char| !sign.is_whitespace()).unwrap_or(rest.len());
        let blanks = rest.get(..length).unwrap_or("");
        let cr_lf = blanks.matches("\r\n").count();
        let ends = blanks.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count().saturating_sub(cr_lf);
        self.ends = self.ends.saturating_add(ends);
        self.fresh |= ends > 0;
        self.at = self.at.saturating_add(length);
        self.at < self.text.len()
    }
}

impl<'t> Cutting<'t> {
    fn cut(&mut self, end: usize) -> &'t str {
        let text = self.text.get(self.at..end).unwrap_or("");
        self.at = end;
        text
    }

    fn comment(&mut self, end: usize) {
        let before = self.text.get(..self.at).and_then(|text| text.bytes().next_back());
        let at_margin = before.is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
        let (alone, apart) = (self.fresh, self.ends > 1);
        let text = self.cut(end).trim_end();
        self.comments.push(Comment { text, at: self.words.len(), alone, at_margin, apart });
        self.ends = 0;
    }

    fn word(&mut self, end: usize, before: Before, quoted: bool) {
        let apart = self.ends > 1;
        let text = self.cut(end);
        self.words.push(Word { text, before, apart, quoted });
        (self.ends, self.fresh) = (0, false);
    }

    /// Where a word ends that begins here and that nothing else is known of.
    fn plain_end(&self, limit: usize) -> usize {
        let rest = self.text.get(self.at..limit).unwrap_or("");
        let is_sign = |sign: char| matches!(sign, '(' | ')' | '[' | ']' | ',' | ':' | '§');
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = match rest.starts_with(is_sign) {
            true => first,
            false => rest.find(|sign: char| sign.is_whitespace() || is_sign(sign)).unwrap_or(rest.len()),
        };
        self.at.saturating_add(length.max(first))
    }
}
