//! The wording of an agreement in force on a day, as a policy file: what amendments changed stands where it was, what ended is
//! gone, and everything else is as its author wrote it, comments too.

mod values;

use crate::check::{in_slots, names_before};
use crate::model::Agreement;
use crate::model::amendment::{Amendment, AmendmentId};
use crate::model::clause::{Clause, Wording};
use crate::source::{FileId, Sources, Span};
use crate::syntax::tree::{self, AlterationKind, HeaderKind, Item, Place, SlotKind, Tree};
use crate::value::{Day, Stretch};

/// What is printed from.
#[derive(Clone, Copy)]
pub struct Consolidated<'a> {
    pub agreement: &'a Agreement,
    /// The policy's own tree first.
    pub trees: &'a [Tree],
    pub sources: &'a Sources,
    /// The amendments that are adopted.
    pub adopted: &'a [AmendmentId],
    pub day: Day,
}

/// A part of a file that reads otherwise.
struct Edit {
    span: Span,
    text: String,
}

/// The policy file. Scenarios are left out: they speak of what was, too.
pub fn show(of: &Consolidated) -> String {
    let Some(main) = of.trees.first() else { return String::new() };
    let mut text = of.introduction();
    text.push_str(&of.file(main));
    for clause in &of.agreement.clauses {
        if !clause.wordings.iter().any(|wording| wording.by.is_none()) {
            text.push_str(
                &of.speaking(clause).map_or_else(String::new, |wording| format!("\n{}\n", of.worded(clause, wording))),
            );
        }
    }
    for tree in of.trees.iter().skip(1).filter(|tree| of.brings(tree)) {
        for item in &tree.items {
            text.push_str(
                &declared(item).map_or_else(String::new, |(word, span)| format!("\n{word}{}\n", of.words(span))),
            );
        }
    }
    text
}

/// Whether anything is in force on the day: the agreement, and one of its clauses where it has some.
pub fn is_in_force(of: &Consolidated) -> bool {
    let clauses = &of.agreement.clauses;
    force(of).contains(of.day) && (clauses.is_empty() || clauses.iter().any(|clause| of.speaking(clause).is_some()))
}

/// The names of the clauses that are not printed.
pub fn gone<'a>(of: &Consolidated<'a>) -> Vec<&'a str> {
    let clauses = of.agreement.clauses.iter().filter(|clause| of.speaking(clause).is_none());
    clauses.map(|clause| clause.name.as_str()).collect()
}

/// The days on which the agreement is in force, as the amendments left them that are in force on the day.
pub fn force(of: &Consolidated) -> Stretch {
    let until = of.in_force().filter_map(|one| one.force_until).last();
    Stretch { until: until.unwrap_or(of.agreement.force.until), ..of.agreement.force }
}

impl<'a> Consolidated<'a> {
    fn introduction(&self) -> String {
        let mut text = format!("// The wording of {} in force on {}", self.agreement.name, self.day);
        let names = self.in_force().map(|one| format!("{} (from {})", one.name, one.effective));
        let names: Vec<String> = names.collect();
        match names.as_slice() {
            [] => text.push_str(", which no amendment has changed.\n"),
            _ => text.push_str(&format!(", as changed by {}.\n", names.join(", "))),
        }
        let left_out = |clause: &&Clause| self.in_force_of(clause).is_some() && !self.is_due(clause);
        for clause in self.agreement.clauses.iter().filter(left_out) {
            text.push_str(&format!("// Left out, since nothing makes it due any more: {}.\n", clause.name));
        }
        text.push_str("// Paths are relative to the folder of the policy that it was made from.\n\n");
        text
    }

    /// Amendments that are adopted and have taken effect.
    fn in_force(&self) -> impl Iterator<Item = &'a Amendment> {
        let adopted = self.adopted;
        let numbered = (0..).map(AmendmentId).zip(&self.agreement.amendments);
        let here = numbered.filter(move |(id, one)| adopted.contains(id) && one.effective <= self.day);
        here.map(|(_, one)| one)
    }

    fn has(&self, id: AmendmentId) -> bool {
        let amendment = self.agreement.amendments.get(usize::from(id.0));
        self.adopted.contains(&id) && amendment.is_some_and(|one| one.effective <= self.day)
    }

    /// Whether a file of amendments has one that is in force, so that what it declares is needed.
    fn brings(&self, tree: &Tree) -> bool {
        tree.items.iter().any(|item| match item {
            Item::Amendment(one) => self.in_force().any(|other| other.span == one.span),
            Item::Import(_)
            | Item::Calendar(_)
            | Item::Record(_)
            | Item::Actors(_)
            | Item::Fact(_)
            | Item::Define(_) => false,
            Item::Value(_) | Item::Clause(_) | Item::Scenario(_) => false,
        })
    }

    fn words(&self, span: Span) -> &'a str {
        let text = self.sources.get(span.file).map_or("", |source| &*source.text);
        text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// A file with everything in its place that has changed.
    fn file(&self, tree: &Tree) -> String {
        let whole = self.sources.get(tree.file).map_or("", |source| &*source.text);
        let mut edits: Vec<Edit> = tree.items.iter().filter_map(|item| self.edit(tree, item)).collect();
        edits.extend(self.header(tree));
        edits.sort_by_key(|edit| edit.span.start);
        let end = tree
            .items
            .iter()
            .rev()
            .find(|item| !is_left_out(item))
            .and_then(span_of)
            .map_or(whole.len(), |span| span.end as usize);
        let mut text = String::new();
        let mut at = 0;
        for edit in edits.iter().filter(|edit| (edit.span.start as usize) < end) {
            let (start, stop) = (edit.span.start as usize, edit.span.end as usize);
            let before = whole.get(at..start).unwrap_or("");
            text.push_str(if edit.text.is_empty() { without_its_comment(before) } else { before });
            text.push_str(&edit.text);
            at = stop.max(at);
        }
        text.push_str(whole.get(at..end.max(at)).unwrap_or(""));
        tidy(&text)
    }

    fn edit(&self, tree: &Tree, item: &Item) -> Option<Edit> {
        match item {
            Item::Amendment(one) => Some(Edit { span: one.span, text: String::new() }),
            Item::Scenario(one) => Some(Edit { span: one.span, text: String::new() }),
            Item::Clause(one) => {
                let clause = self.agreement.clauses.iter().find(|clause| clause.name == one.name.it)?;
                let wording = clause.wordings.iter().find(|wording| wording.span == one.span)?;
                self.clause(clause, wording)
            }
            Item::Value(one) => values::amended(self, one).map(|text| Edit { span: one.span, text }),
            Item::Import(path) => self.inlined(tree.file, path.span),
            Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) | Item::Define(_) => None,
        }
    }

    /// A declared wording: as it is, replaced by the one that speaks now, or gone.
    fn clause(&self, clause: &Clause, wording: &Wording) -> Option<Edit> {
        let speaking = self.speaking(clause);
        let text = match speaking {
            Some(now) if now.span == wording.span => match self.renumbered(&clause.name) {
                Some(_) => self.worded(clause, now),
                None => return None,
            },
            // Of several dated wordings the first makes room for the new one.
            Some(now) if now.by.is_some() && is_first(clause, wording) => self.worded(clause, now),
            Some(_) | None => String::new(),
        };
        Some(Edit { span: wording.span, text })
    }

    /// The wording of a clause that is in force on the day; none of one that nothing makes due any more, as it stands.
    fn speaking<'c>(&self, clause: &'c Clause) -> Option<&'c Wording> {
        self.in_force_of(clause).filter(|_| self.is_due(clause))
    }

    /// Whether a clause is due by itself, or `otherwise`, by what is in force.
    fn is_due(&self, clause: &Clause) -> bool {
        let all = &self.agreement.clauses;
        let makes_due = |wording: &Wording| {
            let lines = std::iter::once(&wording.common).chain(wording.readings.iter().map(|(_, lines)| lines));
            let mut named = lines.flat_map(|lines| &lines.otherwise).flat_map(|due| &due.it);
            named.any(|id| all.get(usize::from(id.it.0)).is_some_and(|named| named.name == clause.name))
        };
        let mut behind = all.iter().filter(|one| one.wordings.iter().any(makes_due)).peekable();
        behind.peek().is_none() || behind.any(|one| self.speaking(one).is_some_and(makes_due))
    }

    fn in_force_of<'c>(&self, clause: &'c Clause) -> Option<&'c Wording> {
        let there = clause.wordings.iter().filter(|wording| wording.by.is_none_or(|by| self.has(by)));
        let mut speaking = there.filter(|wording| {
            let cut = wording.cuts.iter().filter(|cut| self.has(cut.by)).map(|cut| cut.on).min();
            let until = cut.map_or(wording.force.until, |cut| cut.min(wording.force.until));
            Stretch::new(wording.force.from, until).contains(self.day)
        });
        speaking.next()
    }

    /// The words of a wording, with its number, the day from which it holds, and the names of the clause, which an amendment may
    /// still call otherwise.
    fn worded(&self, clause: &Clause, wording: &Wording) -> String {
        let Some(tree) = self.tree_of(wording) else { return String::new() };
        let mut edits = self.names(clause, tree);
        if let (Some(place), Some(old)) = (self.renumbered(&clause.name), &tree.place) {
            edits.push(Edit { span: old.span, text: self.words(place.span).to_string() });
        }
        let more = self.more_lines(clause, wording, tree);
        let inner = tree.requirements.iter().map(|one| one.span).chain(tree.readings.iter().map(|one| one.span));
        // Behind a requirement or a reading a line would be that one's.
        let inner = inner.min_by_key(|span| span.start);
        if let Some(inner) = inner {
            let indent = " ".repeat(self.column(inner));
            let lines = more.iter().map(|line| format!("{line}\n{indent}")).collect();
            edits.push(Edit { span: Span { end: inner.start, ..inner }, text: lines });
        }
        edits.sort_by_key(|edit| edit.span.start);
        let mut text = String::new();
        let mut at = wording.span.start;
        for edit in edits {
            text.push_str(self.words(Span { start: at, end: edit.span.start, ..wording.span }));
            text.push_str(&edit.text);
            at = edit.span.end;
        }
        text.push_str(self.words(Span { start: at, ..wording.span }));
        text = outdented(&text, self.column(wording.span));
        if inner.is_none() {
            text.extend(more.iter().map(|line| format!("\n  {line}")));
        }
        text
    }

    /// What a wording from an amendment does not say itself: from which day on it holds, and what the clause was called before.
    fn more_lines(&self, clause: &Clause, wording: &Wording, tree: &tree::Clause) -> Vec<String> {
        let dated = tree.slots.iter().any(|slot| matches!(slot.kind, SlotKind::InForce(_)));
        let from = (wording.by.is_some() && !dated).then(|| format!("in force from {}", wording.force.from));
        let trees = clause.wordings.iter().filter_map(|one| self.tree_of(one));
        let says_none = names_before(tree).is_empty();
        let names = self.listed(trees.flat_map(names_before)).filter(|_| says_none);
        from.into_iter().chain(names.map(|names| format!("formerly {names}"))).collect()
    }

    /// Names as they are written, each once.
    fn listed<'n>(&self, names: impl Iterator<Item = &'n tree::Name>) -> Option<String> {
        let mut all: Vec<&str> = Vec::new();
        for name in names.map(|name| self.words(name.span)) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        (!all.is_empty()).then(|| all.join(", "))
    }

    fn called_now<'n>(&'n self, name: &'n tree::Name) -> &'n str {
        self.agreement.schema.called_now(&name.it).unwrap_or(&name.it)
    }

    fn tree_of(&self, wording: &Wording) -> Option<&'a tree::Clause> {
        self.trees.iter().flat_map(|tree| &tree.items).find_map(|item| clause_at(item, wording.span))
    }

    /// The names of a clause and its requirements as they are now, and with those that they had before.
    fn names(&self, clause: &Clause, tree: &tree::Clause) -> Vec<Edit> {
        let name = |own: &tree::Name| {
            let now = self.agreement.schema.called_now(&own.it)?;
            let mut all = clause.wordings.iter().filter_map(|wording| self.tree_of(wording)).flat_map(names_of);
            let written = all.find(|one| one.it == now)?;
            Some(Edit { span: own.span, text: self.words(written.span).to_string() })
        };
        let mut edits: Vec<Edit> = names_of(tree).filter_map(name).collect();
        for one in &tree.requirements {
            let called = self.called_now(&one.name);
            let of = |tree: &'a tree::Clause| {
                let same = tree.requirements.iter().filter(|other| self.called_now(&other.name) == called);
                same.flat_map(|other| in_slots(&other.slots)).collect::<Vec<_>>()
            };
            if in_slots(&one.slots).next().is_none()
                && let Some(names) =
                    self.listed(clause.wordings.iter().filter_map(|one| self.tree_of(one)).flat_map(of))
            {
                let end = Span { start: one.span.end, ..one.span };
                let indent = " ".repeat(self.column(one.span).saturating_add(2));
                edits.push(Edit { span: end, text: format!("\n{indent}formerly {names}") });
            }
        }
        edits
    }

    /// How far a place stands from the beginning of its line.
    fn column(&self, span: Span) -> usize {
        let before = self.sources.get(span.file).and_then(|source| source.text.get(..span.start as usize));
        let line = before.unwrap_or("").rsplit('\n').next().unwrap_or("");
        if line.trim().is_empty() { line.chars().count() } else { 0 }
    }

    /// The number that a clause was given last.
    fn renumbered(&self, clause: &str) -> Option<&'a Place> {
        let all = self.trees.iter().flat_map(|tree| &tree.items);
        let amendments = all.filter_map(|item| if let Item::Amendment(one) = item { Some(one) } else { None });
        let mut found: Option<(AmendmentId, &'a Place)> = None;
        for amendment in amendments {
            let Some(id) = self.number(amendment.span) else { continue };
            for alteration in &amendment.alterations {
                if let AlterationKind::Renumber { name, place } = &alteration.kind
                    && self.called_now(name) == clause
                    && self.has(id)
                    && found.is_none_or(|(last, _)| last < id)
                {
                    found = Some((id, place));
                }
            }
        }
        found.map(|(_, place)| place)
    }

    fn number(&self, span: Span) -> Option<AmendmentId> {
        let at = self.agreement.amendments.iter().position(|one| one.span == span)?;
        u16::try_from(at).ok().map(AmendmentId)
    }

    /// An imported file stands in its own words where something in it has changed.
    fn inlined(&self, from: FileId, path: Span) -> Option<Edit> {
        let text = self.sources.get(from).map_or("", |source| &*source.text);
        let start = text.get(..path.start as usize)?.rfind("import")?;
        // Without the way up, the path is the end of the file's name.
        let wanted = self.words(path).trim_matches('"').trim_start_matches(['.', '/']);
        let tree = self.trees.iter().skip(1).find(|tree| {
            let name = self.sources.get(tree.file).map_or(String::new(), |source| source.name.replace('\\', "/"));
            name == wanted || name.ends_with(&format!("/{wanted}"))
        })?;
        let changed = tree.items.iter().any(|item| self.edit(tree, item).is_some());
        let span = Span::new(from, start, path.end as usize);
        (changed && !self.has_amendments(tree)).then(|| Edit { span, text: self.file(tree) })
    }

    fn has_amendments(&self, tree: &Tree) -> bool {
        tree.items.iter().any(|item| matches!(item, Item::Amendment(_)))
    }

    /// The lines of the header that amendments change.
    fn header(&self, tree: &Tree) -> Vec<Edit> {
        let Some(header) = &tree.agreement else { return Vec::new() };
        let until = self.in_force().filter_map(|one| one.force_until).last();
        let currency = self.in_force().filter_map(|one| one.currency).last();
        let mut edits = Vec::new();
        for line in &header.lines {
            match (&line.kind, until, currency) {
                (HeaderKind::InForce(_), Some(until), _) => {
                    let from = self.agreement.force.from;
                    let end = match until >= Stretch::ALWAYS.until {
                        true => "until further notice".to_string(),
                        false => format!("through {}", until.preceding()),
                    };
                    edits.push(Edit { span: line.span, text: format!("in force from {from} {end}") });
                }
                (HeaderKind::Currency(_), _, Some(currency)) => {
                    edits.push(Edit { span: line.span, text: format!("currency {currency}") });
                }
                (_, _, _) => {}
            }
        }
        edits
    }
}

fn is_first(clause: &Clause, wording: &Wording) -> bool {
    clause.wordings.iter().find(|one| one.by.is_none()).is_some_and(|first| first.span == wording.span)
}

fn names_of(clause: &tree::Clause) -> impl Iterator<Item = &tree::Name> {
    std::iter::once(&clause.name).chain(clause.requirements.iter().map(|one| &one.name))
}

fn clause_at(item: &Item, span: Span) -> Option<&tree::Clause> {
    match item {
        Item::Clause(clause) => Some(clause).filter(|clause| clause.span == span),
        Item::Amendment(amendment) => amendment.alterations.iter().find_map(|one| match &one.kind {
            AlterationKind::Replace { by: clause, .. } | AlterationKind::Add(clause) => {
                Some(&**clause).filter(|clause| clause.span == span)
            }
            AlterationKind::Repeal(_) | AlterationKind::Revalue { .. } | AlterationKind::Renumber { .. } => None,
            AlterationKind::Force(_) | AlterationKind::Currency(_) => None,
        }),
        Item::Import(_) | Item::Calendar(_) | Item::Record(_) | Item::Actors(_) | Item::Fact(_) => None,
        Item::Define(_) | Item::Value(_) | Item::Scenario(_) => None,
    }
}

/// What a file of amendments declares beside them.
fn declared(item: &Item) -> Option<(&'static str, Span)> {
    match item {
        Item::Actors(_) => Some(("actors ", span_of(item)?)),
        Item::Calendar(_) | Item::Record(_) | Item::Fact(_) | Item::Define(_) | Item::Value(_) => {
            Some(("", span_of(item)?))
        }
        Item::Import(_) | Item::Clause(_) | Item::Amendment(_) | Item::Scenario(_) => None,
    }
}

fn is_left_out(item: &Item) -> bool {
    matches!(item, Item::Amendment(_) | Item::Scenario(_))
}

fn span_of(item: &Item) -> Option<Span> {
    Some(match item {
        Item::Import(path) => path.span,
        Item::Calendar(one) => one.span,
        Item::Record(one) => one.span,
        Item::Actors(all) => {
            let (first, last) = (all.first()?, all.last()?);
            let end = last.title.as_ref().map_or(last.name.span, |title| title.span);
            Span { end: end.end, ..first.name.span }
        }
        Item::Fact(one) => one.span,
        Item::Define(one) => one.span,
        Item::Value(one) => one.span,
        Item::Clause(one) => one.span,
        Item::Amendment(one) => one.span,
        Item::Scenario(one) => one.span,
    })
}

/// What stands before a declaration that goes, without the comment that belongs to it.
fn without_its_comment(before: &str) -> &str {
    let mut kept = before;
    loop {
        let line = kept.trim_end_matches('\n').rsplit('\n').next().unwrap_or("");
        // A blank line parts a comment from what follows.
        if !line.trim_start().starts_with("//") || kept.ends_with("\n\n") {
            return kept;
        }
        let rest = kept.trim_end_matches('\n');
        kept = rest.get(..rest.len().saturating_sub(line.len())).unwrap_or("");
    }
}

/// The same lines, further to the left.
fn outdented(text: &str, by: usize) -> String {
    let mut lines = text.lines();
    let mut found = lines.next().unwrap_or("").to_string();
    for line in lines {
        let blank = line.chars().take_while(|sign| *sign == ' ').count();
        let cut: String = line.chars().skip(blank.min(by)).collect();
        found.push('\n');
        found.push_str(&cut);
    }
    found
}

/// No more than one blank line at a time, and an end.
fn tidy(text: &str) -> String {
    let mut found = String::new();
    let mut blank = 0_usize;
    for line in text.trim_end().lines() {
        blank = if line.trim().is_empty() { blank.saturating_add(1) } else { 0 };
        if blank < 2 {
            found.push_str(line.trim_end());
            found.push('\n');
        }
    }
    found
}
