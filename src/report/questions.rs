//! What to ask next: missing facts gathered into questions that a person can answer once, and what would come of each answer, found by
//! judging again as if it had been given.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::names::{Names, Naming};
use super::{sentences, short};
use crate::evaluate::{Explainer, Supposing};
use crate::facts::{Attestation, Cell, CellId, CellValue, Change, Complete, Decision, Facts, Row};
use crate::model::expr::ClauseId;
use crate::model::schema::{AGREEMENT, FieldId, InTime, Need, RecordId, Type};
use crate::source::{FileId, Span};
use crate::value::{Currency, Day, Money, Number};
use crate::verdict::{Called, Cut, Instance, Judged, LastDay, Missing, Status, Verdicts};

/// Everything that is missing, as questions.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    /// What settles most stands first.
    pub questions: Vec<Question>,
    /// How many verdicts are unknown, and how many there are.
    pub unknown: usize,
    pub verdicts: usize,
    /// What keeps verdicts from being given and cannot be settled by an answer, with the number of these verdicts.
    pub beyond: Vec<(String, usize)>,
    /// What is not asked any more, since it can no longer be learnt: what, and how many verdicts need it.
    pub for_good: Vec<(String, usize)>,
}

/// Something that a person can be asked once.
#[derive(Clone, Debug)]
pub struct Question {
    /// What it is called in a file of answers: `meeting`, `organisation.signed_ok_on`, `attestation.entitled.applicant`.
    pub key: String,
    pub words: String,
    /// What the policy says of the field.
    pub explained: Option<String>,
    /// What can be answered.
    pub answer: String,
    /// Whether an answer is a number, which stands without quotes.
    pub takes_numbers: bool,
    pub matter: Matter,
    /// How many unknown verdicts need it, perhaps with others.
    pub needed_by: usize,
    /// The clauses of these verdicts, in the order of the policy.
    pub clauses: Vec<String>,
    /// Answers that were tried.
    pub tried: Vec<Tried>,
    /// How many of the verdicts that need it were judged again; all of them, unless there are very many.
    pub judged: usize,
}

/// What a question is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// Whether all records of a kind are on file over these days.
    List { record: RecordId, from: Day, through: Day },
    /// A field of some records.
    Values { record: RecordId, field: FieldId, cells: Vec<CellId> },
    /// Whether a role attests a clause, for these subjects or bearers and periods.
    Attested { role: String, clause: ClauseId, cases: Vec<ToAttest> },
}

/// A case that a role is asked to attest: its subject (or the bearer, where it has none), its bearer besides, and its period.
#[derive(Clone, Debug, PartialEq)]
pub struct ToAttest {
    pub subject: Option<String>,
    pub bearer: Option<String>,
    pub period: Option<String>,
}

/// An answer, and what the verdicts that need it would be.
#[derive(Clone, Debug)]
pub struct Tried {
    pub answer: String,
    /// What they are called, and how many of them; one on a span of days may become several.
    pub becomes: BTreeMap<Called, usize>,
    settled: usize,
}

impl Tried {
    /// How many verdicts it settles.
    pub fn settles(&self) -> usize {
        self.settled
    }
}

impl Question {
    /// How many verdicts are settled at least and at most, whichever answer comes.
    pub fn settles(&self) -> (usize, usize) {
        let all = self.tried.iter().map(Tried::settles);
        (all.clone().min().unwrap_or(0), all.max().unwrap_or(0))
    }

    /// The records that are asked about, by what they are called and with what is known of each so far.
    pub fn rows(&self, names: &Names) -> Vec<(String, Option<String>)> {
        match &self.matter {
            Matter::List { .. } => Vec::new(),
            Matter::Values { record, cells, .. } => {
                let known = |cell: CellId| match names.facts.cell(cell) {
                    Cell::Unknown => None,
                    _ => Some(names.value(cell)),
                };
                let named = |cell: &CellId| match *record {
                    AGREEMENT => String::new(),
                    _ => names.row(cell.record, cell.row),
                };
                cells.iter().map(|cell| (named(cell), known(*cell))).collect()
            }
            Matter::Attested { cases, .. } => cases.iter().map(|case| (case_words(case), None)).collect(),
        }
    }
}

/// `annual_2014`, `annual_2014 2014`; empty where the clause has one instance.
pub fn case_words(case: &ToAttest) -> String {
    [case.subject.as_deref(), case.bearer.as_deref(), case.period.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// So many of the verdicts that need an answer are judged again for it.
const MOST_JUDGED: usize = 2_000;
/// So many days are tried as answers.
const MOST_DAYS: usize = 5;
/// So many words of `one of …`, or records, are tried.
const MOST_OPTIONS: usize = 6;
/// Of so many records all answers of a question are supposed at once; of more, those that the verdict names.
const MOST_AT_ONCE: usize = 200;

/// What to ask, from the verdicts that were reached with these facts as of this day.
pub fn asking(names: &Names, verdicts: &Verdicts, as_of: Day) -> Result<Asking, Cut> {
    let mut explainer = Explainer::new(names.plan, names.facts, as_of).after(verdicts);
    let mut found = Found::default();
    for verdict in verdicts.iter().filter(|verdict| verdict.status == Status::Unknown) {
        let judged = explainer.explain(&verdict.instance);
        if let Some(cut) = judged.cut_at {
            return Err(cut);
        }
        found.add(names, judged);
    }
    found.hanging_on_others(names);
    let unknown = found.unknown.len();
    let mut questions: Vec<Question> =
        found.questions.iter().map(|gathered| gathered.question(names, as_of, &found.unknown)).collect();
    questions.sort_by_key(|one| {
        let (least, most) = one.settles();
        (Reverse(least), Reverse(most), Reverse(one.needed_by))
    });
    Ok(Asking { questions, unknown, verdicts: verdicts.len(), beyond: found.beyond, for_good: found.for_good })
}

// ---- gathering ----

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    List(RecordId),
    Values(RecordId, FieldId),
    Attested(String, ClauseId),
}

#[derive(Default)]
struct Found {
    unknown: Vec<Judged>,
    questions: Vec<Gathered>,
    beyond: Vec<(String, usize)>,
    for_good: Vec<(String, usize)>,
}

struct Gathered {
    kind: Kind,
    /// Of a list.
    days: Option<(Day, Day)>,
    cells: BTreeSet<CellId>,
    /// The unknown verdicts that need it, by their numbers.
    needed_by: Vec<usize>,
    /// Verdicts that hang on these.
    hanging: Vec<usize>,
}

impl Found {
    fn add(&mut self, names: &Names, judged: Judged) {
        let at = self.unknown.len();
        let clause = names.norm(&judged.verdict.instance).map(|norm| norm.clause);
        let (mut beyond, mut lost) = (BTreeSet::new(), BTreeSet::new());
        for missing in &judged.missing {
            match (kind_of(missing, clause), is_for_good(names.facts, missing)) {
                (None, _) => {
                    // What another clause leaves open is asked for that clause.
                    if !matches!(missing, Missing::Clause(_)) {
                        beyond.insert(beyond_words(names, missing));
                    }
                }
                (Some(_), true) => {
                    lost.insert(sentences::missing(names, missing));
                }
                (Some(kind), false) => self.take(kind, missing, at),
            }
        }
        beyond.into_iter().for_each(|words| count(&mut self.beyond, words));
        lost.into_iter().for_each(|words| count(&mut self.for_good, words));
        self.unknown.push(judged);
    }

    fn take(&mut self, kind: Kind, missing: &Missing, at: usize) {
        let known = self.questions.iter_mut().find(|one| one.kind == kind);
        let gathered = match known {
            Some(gathered) => gathered,
            None => {
                let (cells, days) = (BTreeSet::new(), None);
                self.questions.push(Gathered { kind, days, cells, needed_by: Vec::new(), hanging: Vec::new() });
                let Some(gathered) = self.questions.last_mut() else { return };
                gathered
            }
        };
        match missing {
            Missing::Complete { from, through, .. } => {
                let (first, last) = gathered.days.unwrap_or((*from, *through));
                gathered.days = Some((first.min(*from), last.max(*through)));
            }
            Missing::Value(cell) | Missing::Disputed(cell) | Missing::Imprecise(cell) => {
                gathered.cells.insert(*cell);
            }
            Missing::Attestation { .. } | Missing::Text(_) | Missing::Calendar { .. } => {}
            Missing::Clause(_) | Missing::Contradiction(_) => {}
        }
        if gathered.needed_by.last() != Some(&at) {
            gathered.needed_by.push(at);
        }
    }

    /// A verdict that hangs on another clause's answer may be settled with that clause's.
    fn hanging_on_others(&mut self, names: &Names) {
        let clause_of = |judged: &Judged| names.norm(&judged.verdict.instance).map(|norm| norm.clause);
        let clauses: Vec<Option<ClauseId>> = self.unknown.iter().map(clause_of).collect();
        for gathered in &mut self.questions {
            let asked: BTreeSet<ClauseId> = gathered.needed_by.iter().filter_map(|at| *clauses.get(*at)?).collect();
            for (at, judged) in self.unknown.iter().enumerate() {
                let hangs = |missing: &Missing| matches!(missing, Missing::Clause(clause) if asked.contains(clause));
                if judged.missing.iter().any(hangs) && gathered.needed_by.binary_search(&at).is_err() {
                    gathered.hanging.push(at);
                }
            }
        }
    }
}

fn count(all: &mut Vec<(String, usize)>, words: String) {
    match all.iter_mut().find(|(known, _)| *known == words) {
        Some((_, count)) => *count = count.saturating_add(1),
        None => all.push((words, 1)),
    }
}

fn kind_of(missing: &Missing, clause: Option<ClauseId>) -> Option<Kind> {
    match missing {
        Missing::Complete { record, .. } => Some(Kind::List(*record)),
        Missing::Value(cell) | Missing::Disputed(cell) | Missing::Imprecise(cell) => {
            Some(Kind::Values(cell.record, cell.field))
        }
        Missing::Attestation { role } => Some(Kind::Attested(role.clone(), clause?)),
        Missing::Text(_) | Missing::Calendar { .. } | Missing::Clause(_) | Missing::Contradiction(_) => None,
    }
}

/// Whether it is on record that something can no longer be learnt.
pub fn is_for_good(facts: &Facts, missing: &Missing) -> bool {
    match missing {
        Missing::Complete { record, .. } => facts.list_for_good(*record).is_some(),
        Missing::Value(cell) | Missing::Disputed(cell) | Missing::Imprecise(cell) => {
            facts.value_for_good(*cell).is_some()
        }
        Missing::Attestation { .. } | Missing::Text(_) | Missing::Calendar { .. } => false,
        Missing::Clause(_) | Missing::Contradiction(_) => false,
    }
}

fn beyond_words(names: &Names, missing: &Missing) -> String {
    match missing {
        Missing::Text(span) => format!("the agreement's text is silent (`{}`)", names.words(*span)),
        other => sentences::missing(names, other),
    }
}

// ---- a question ----

impl Gathered {
    fn question(&self, names: &Names, as_of: Day, unknown: &[Judged]) -> Question {
        let needing: Vec<&Judged> = self.needed_by.iter().filter_map(|at| unknown.get(*at)).collect();
        let hanging = self.hanging.iter().filter_map(|at| unknown.get(*at));
        let judged: Vec<&Judged> = needing.iter().copied().chain(hanging).take(MOST_JUDGED).collect();
        let mut clauses: Vec<String> = Vec::new();
        for norm in needing.iter().filter_map(|judged| names.norm(&judged.verdict.instance)) {
            let name = names.clause_name(norm.clause);
            if clauses.last().is_none_or(|last| last != name) {
                clauses.push(name.to_string());
            }
        }
        let matter = self.matter(names, as_of, &needing);
        let trying = Trying { names, as_of, judged: &judged };
        Question {
            key: key(names, &matter),
            words: words(names, &matter),
            explained: explained(names, &matter),
            answer: answer(names, &matter),
            takes_numbers: takes_numbers(names, &matter),
            tried: trying.answers(&matter),
            needed_by: needing.len(),
            judged: judged.len(),
            clauses,
            matter,
        }
    }

    fn matter(&self, names: &Names, as_of: Day, needing: &[&Judged]) -> Matter {
        match &self.kind {
            Kind::List(record) => {
                let (from, through) = self.days.unwrap_or((as_of, as_of));
                // Nobody can say of what is still to come that it is complete.
                let from = if from <= Day::MIN { names.plan.force.from.max(from) } else { from };
                let through = through.min(as_of.max(from));
                Matter::List { record: *record, from, through }
            }
            Kind::Values(record, field) => {
                Matter::Values { record: *record, field: *field, cells: self.cells.iter().copied().collect() }
            }
            Kind::Attested(role, clause) => {
                let real = Names { naming: Naming::Real, ..*names };
                let mut cases: Vec<ToAttest> = Vec::new();
                for judged in needing {
                    let instance = &judged.verdict.instance;
                    let (subject, bearer) = (real.subject(instance), real.bearer(instance));
                    let (subject, bearer) = if subject.is_some() { (subject, bearer) } else { (bearer, None) };
                    let case = ToAttest { subject, bearer, period: real.period(instance) };
                    if !cases.contains(&case) {
                        cases.push(case);
                    }
                }
                Matter::Attested { role: role.clone(), clause: *clause, cases }
            }
        }
    }
}

fn key(names: &Names, matter: &Matter) -> String {
    match matter {
        Matter::List { record, .. } => names.record(*record).to_string(),
        Matter::Values { record: AGREEMENT, field, .. } => names.field_name(AGREEMENT, *field).to_string(),
        Matter::Values { record, field, .. } => {
            format!("{}.{}", names.record(*record), names.field_name(*record, *field))
        }
        Matter::Attested { role, clause, .. } => format!("attestation.{}.{role}", names.clause_name(*clause)),
    }
}

fn words(names: &Names, matter: &Matter) -> String {
    match matter {
        Matter::List { record, from, through } => {
            let days = sentences::span(*from, *through);
            format!("Are all {} {days} in the facts?", names.records(*record))
        }
        Matter::Values { record, field, cells } => {
            let field = names.field_name(*record, *field);
            match cells.as_slice() {
                _ if *record == AGREEMENT => format!("What is {field}?"),
                [one] => format!("What is {field} of {}?", names.record_row(one.record, one.row)),
                several => format!("What is {field} of each of these {}?", names.so_many(*record, several.len())),
            }
        }
        Matter::Attested { role, clause, cases } => {
            let clause = names.clause_name(*clause);
            match cases.as_slice() {
                [one] if case_words(one).is_empty() => format!("Does {role} attest {clause}?"),
                [one] => format!("Does {role} attest {clause} for {}?", case_words(one)),
                several => format!("Does {role} attest {clause} for each of these {}?", several.len()),
            }
        }
    }
}

fn explained(names: &Names, matter: &Matter) -> Option<String> {
    match matter {
        Matter::Values { record, field, .. } => names.plan.schema.field(*record, *field)?.title.clone(),
        Matter::List { record, .. } => names.plan.schema.record(*record)?.title.clone(),
        Matter::Attested { clause, .. } => names.clause(*clause)?.title.clone(),
    }
}

fn answer(names: &Names, matter: &Matter) -> String {
    let Matter::Values { record, field, .. } = matter else {
        return match matter {
            Matter::List { .. } => "`complete`, or the dates for which the list is complete".to_string(),
            _ => "yes or no".to_string(),
        };
    };
    let Some(field) = names.plan.schema.field(*record, *field) else { return String::new() };
    let mut words = short::kind_of_value(&names.plan.schema, &field.ty);
    if field.need == Need::Optional && !matches!(field.ty, Type::YesNo) {
        words.push_str(", or none");
    }
    if field.time == InTime::OverTime {
        words.push_str("; with the date from which it applies, if it changes");
    }
    words
}

fn takes_numbers(names: &Names, matter: &Matter) -> bool {
    let Matter::Values { record, field, .. } = matter else { return false };
    names.plan.schema.field(*record, *field).is_some_and(|field| field.ty == Type::Number)
}

// ---- trying ----

struct Trying<'a> {
    names: &'a Names<'a>,
    as_of: Day,
    judged: &'a [&'a Judged],
}

impl Trying<'_> {
    fn answers(&self, matter: &Matter) -> Vec<Tried> {
        match matter {
            Matter::List { record, from, through } => {
                let facts = self.with_list(*record, *from, *through);
                vec![self.tried("complete".to_string(), &facts, |_| Vec::new())]
            }
            Matter::Attested { role, clause, cases } => [true, false]
                .into_iter()
                .map(|holds| {
                    let facts = self.attested(role, *clause, cases, holds);
                    self.tried(if holds { "yes" } else { "no" }.to_string(), &facts, |_| Vec::new())
                })
                .collect(),
            Matter::Values { record, field, cells } => self.values(*record, *field, cells),
        }
    }

    fn with_list(&self, record: RecordId, from: Day, through: Day) -> Facts {
        let mut facts = self.names.facts.clone();
        if let Some(table) = facts.tables.get_mut(usize::from(record.0)) {
            let place = Span::new(FileId(0), 0, 0);
            // What is declared already and touches these days is one span with them.
            let touches = |span: &Complete| span.from <= through.following() && from <= span.through.following();
            let (joined, mut apart): (Vec<Complete>, Vec<Complete>) = table.complete.drain(..).partition(touches);
            let from = joined.iter().map(|span| span.from).min().map_or(from, |first| first.min(from));
            let through = joined.iter().map(|span| span.through).max().map_or(through, |last| last.max(through));
            apart.push(Complete { from, through, place });
            apart.sort_by_key(|span| span.from);
            table.complete = apart;
        }
        facts
    }

    fn attested(&self, role: &str, clause: ClauseId, cases: &[ToAttest], holds: bool) -> Facts {
        let mut facts = self.names.facts.clone();
        for ToAttest { subject, bearer, period } in cases {
            let decision = Decision {
                clause: self.names.clause_name(clause).to_string(),
                subject: subject.clone(),
                bearer: bearer.clone(),
                period: period.clone(),
                by: role.to_string(),
                on: self.as_of,
                recorded_on: None,
                reasons: None,
                place: Span::new(FileId(0), 0, 0),
            };
            facts.attestations.push(Attestation { decision, holds });
        }
        facts
    }

    /// The verdicts with other facts, and with what `changes` gives for each.
    fn tried(&self, answer: String, facts: &Facts, changes: impl Fn(&Judged) -> Vec<Change>) -> Tried {
        let (mut becomes, mut settled) = (BTreeMap::new(), 0_usize);
        for judged in self.judged {
            let instance: &Instance = &judged.verdict.instance;
            let supposing = Supposing::new(self.names.plan, facts, self.as_of, instance);
            let verdicts = supposing.verdicts_if(&changes(judged));
            let open = verdicts.iter().any(|verdict| verdict.status == Status::Unknown);
            settled = settled.saturating_add(usize::from(!open));
            for verdict in verdicts {
                let count: &mut usize = becomes.entry(verdict.called(self.names.strength(instance))).or_default();
                *count = count.saturating_add(1);
            }
        }
        Tried { answer, becomes, settled }
    }

    fn values(&self, record: RecordId, field: FieldId, cells: &[CellId]) -> Vec<Tried> {
        let Some(of) = self.names.plan.schema.field(record, field) else { return Vec::new() };
        let facts = with_words(self.names.facts, &of.ty);
        let shown = Names { facts: &facts, ..*self.names };
        let mut all: Vec<CellValue> = self.could_be(&facts, &of.ty, cells);
        if of.need == Need::Optional && of.ty != Type::YesNo {
            all.push(CellValue::Absent);
        }
        let spans: BTreeMap<CellId, Vec<(Day, Day)>> = match of.ty {
            Type::Date => cells.iter().map(|cell| (*cell, self.days_of(&facts, *cell))).collect(),
            _ => BTreeMap::new(),
        };
        // What sources claim, and the ends of what a day may be, are answers, too.
        for cell in cells.iter().take(MOST_OPTIONS) {
            let claims = match facts.cell(*cell) {
                Cell::Disputed(claims) => claims.iter().map(|(value, _)| value.clone()).collect(),
                _ => Vec::new(),
            };
            let ends = spans.get(cell).into_iter().flatten().flat_map(|(first, last)| [*first, *last]);
            let ends = ends.filter(|day| *day > Day::MIN && *day < Day::MAX).map(CellValue::Day);
            let more: Vec<CellValue> = claims.into_iter().chain(ends).collect();
            for one in more.into_iter().filter(|one| !matches!(one, CellValue::Within(..))) {
                if !all.contains(&one) {
                    all.push(one);
                }
            }
        }
        // Nobody can answer what the facts rule out.
        all.retain(|value| cells.iter().all(|cell| may_be(&facts, *cell, value, spans.get(cell))));
        all.sort_by_key(|value| if let CellValue::Day(day) = value { *day } else { Day::MAX });
        let all = few(all);
        let one = |value: &CellValue| {
            let words = match (&of.ty, value) {
                (Type::Text, CellValue::Word(_)) => "any text".to_string(),
                (_, value) => shown.cell_value(value, Some(&of.ty)),
            };
            let answer = if cells.len() > 1 { format!("{words} for each") } else { words };
            self.tried(answer, &facts, |judged| {
                let named = |cell: &&CellId| cells.len() <= MOST_AT_ONCE || names_cell(judged, **cell);
                let change = |cell: &CellId| Change { cell: *cell, value: value.clone() };
                cells.iter().filter(named).map(change).collect()
            })
        };
        let mut tried: Vec<Tried> = all.iter().map(one).collect();
        // No one day may be that of all of them: then each is taken to be its first, and its last.
        if tried.is_empty() && of.ty == Type::Date {
            for (words, of_span) in [("the first possible date for each", 0), ("the last possible date for each", 1)] {
                tried.push(self.tried(words.to_string(), &facts, |judged| {
                    let named = |cell: &&CellId| cells.len() <= MOST_AT_ONCE || names_cell(judged, **cell);
                    let end = |cell: &CellId| {
                        end_of(spans.get(cell)?, of_span == 0).map(|value| Change { cell: *cell, value })
                    };
                    cells.iter().filter(named).filter_map(end).collect()
                }));
            }
        }
        tried
    }

    /// The days that a value may be. Which verdict is asked is no matter: the days follow from what is complete.
    fn days_of(&self, facts: &Facts, cell: CellId) -> Vec<(Day, Day)> {
        let Some(first) = self.judged.first() else { return Vec::new() };
        let supposing = Supposing::new(self.names.plan, facts, self.as_of, &first.verdict.instance);
        supposing.days_of(cell).unwrap_or_default()
    }

    /// Values that are worth trying, besides none.
    fn could_be(&self, facts: &Facts, ty: &Type, cells: &[CellId]) -> Vec<CellValue> {
        match ty {
            Type::YesNo => vec![CellValue::YesNo(true), CellValue::YesNo(false)],
            Type::Date => self.days().into_iter().map(CellValue::Day).collect(),
            Type::OneOf(options) => {
                let words = options.iter().take(MOST_OPTIONS).filter_map(|option| facts.words.find(option));
                words.map(CellValue::Word).collect()
            }
            Type::Ref(record) => facts.rows(*record).take(MOST_OPTIONS).map(CellValue::Row).collect(),
            Type::Number | Type::Time => [0, 1, 1_000].map(|number| CellValue::Number(Number::from(number))).to_vec(),
            Type::Money => {
                let currency = cells.first().map_or(Currency::NONE, |cell| currency(facts, *cell));
                let money = |amount: i64| CellValue::Money(Money { amount: Number::from(amount), currency });
                [0, 1, 1_000_000].map(money).to_vec()
            }
            Type::Text => facts.words.find(SOME_WORDS).map(CellValue::Word).into_iter().collect(),
            Type::SetOf(_) => vec![CellValue::Set(Vec::new())],
        }
    }

    /// Days around which these verdicts may change: the ends of their windows, the first day of force, and the as-of day.
    fn days(&self) -> Vec<Day> {
        let mut days = BTreeSet::from([self.as_of]);
        days.extend(
            Some(self.names.plan.force.from).filter(|first| self.names.plan.first_day_stated && *first < self.as_of),
        );
        for judged in self.judged {
            days.extend(judged.first_day.filter(|day| *day > Day::MIN));
            if let LastDay::On(last) = judged.last_day {
                days.extend([last, last.following()]);
            }
        }
        days.into_iter().filter(|day| *day < Day::MAX).collect()
    }
}

/// A text that no fact has, for asking what comes of any.
const SOME_WORDS: &str = "\u{1}";

/// A word that no fact has used yet must get a number before it can be tried.
fn with_words<'f>(facts: &'f Facts, ty: &Type) -> Cow<'f, Facts> {
    let words: Vec<&str> = match ty {
        Type::OneOf(options) => options.iter().map(String::as_str).collect(),
        Type::Text => vec![SOME_WORDS],
        Type::YesNo | Type::Number | Type::Money | Type::Date | Type::Time => Vec::new(),
        Type::Ref(_) | Type::SetOf(_) => Vec::new(),
    };
    if words.iter().all(|word| facts.words.find(word).is_some()) {
        return Cow::Borrowed(facts);
    }
    let mut facts = facts.clone();
    words.iter().for_each(|word| {
        facts.words.take(word);
    });
    Cow::Owned(facts)
}

/// Whether a value may be that of a record: a day that it can be; of values that sources dispute, one of theirs.
fn may_be(facts: &Facts, cell: CellId, value: &CellValue, spans: Option<&Vec<(Day, Day)>>) -> bool {
    let holds = |(first, last): &(Day, Day), day: &Day| first <= day && day <= last;
    match (facts.cell(cell), value, spans) {
        (Cell::Disputed(claims), _, _) => claims.iter().any(|(claim, _)| match (claim, value) {
            (CellValue::Within(first, last), CellValue::Day(day)) => holds(&(*first, *last), day),
            (claim, value) => claim == value,
        }),
        (_, CellValue::Day(day), Some(spans)) => spans.iter().any(|span| holds(span, day)),
        // That it was some day is known.
        (Cell::Within(..), CellValue::Absent, _) => false,
        _ => true,
    }
}

/// The first, or the last, day that a value may be.
fn end_of(spans: &[(Day, Day)], first: bool) -> Option<CellValue> {
    let days = spans.iter().flat_map(|(first, last)| [*first, *last]).filter(|day| *day > Day::MIN && *day < Day::MAX);
    (if first { days.min() } else { days.max() }).map(CellValue::Day)
}

/// As many days as are tried, the first and the last among them; and whatever else there is.
fn few(all: Vec<CellValue>) -> Vec<CellValue> {
    let (days, others): (Vec<CellValue>, Vec<CellValue>) =
        all.into_iter().partition(|one| matches!(one, CellValue::Day(_)));
    let step = days.len().div_ceil(MOST_DAYS).max(1);
    let last = days.len().saturating_sub(1);
    let told = days.into_iter().enumerate().filter(|(at, _)| at.checked_rem(step) == Some(0) || *at == last);
    told.map(|(_, day)| day).chain(others).collect()
}

fn names_cell(judged: &Judged, cell: CellId) -> bool {
    judged.missing.iter().any(|missing| match missing {
        Missing::Value(one) | Missing::Disputed(one) | Missing::Imprecise(one) => *one == cell,
        _ => false,
    })
}

fn currency(facts: &Facts, cell: CellId) -> Currency {
    match facts.column(cell.record, cell.field).map(|column| &column.data) {
        Some(crate::facts::column::Data::Money { currency, .. }) => *currency,
        _ => Currency::NONE,
    }
}

/// Where a row that is asked about has been written, and what is on file of it already.
pub fn on_file(facts: &Facts, cell: CellId) -> Option<Span> {
    match facts.cell(cell) {
        Cell::Unknown => None,
        _ => facts.place(cell),
    }
}

/// The record that an id calls, as a question names it.
pub fn row_of(facts: &Facts, cells: &[CellId], id: &str) -> Option<Row> {
    cells.iter().find(|cell| facts.id(cell.record, cell.row) == id).map(|cell| cell.row)
}
