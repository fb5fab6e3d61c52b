//! The product and the reference side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use overens::diagnostics::Sink;
use overens::evaluate::{Limits, evaluate, explain};
use overens::facts::{Facts, Row};
use overens::model::clause::Bearer;
use overens::model::expr::ClauseId;
use overens::plan::{Norm, Plan};
use overens::source::Sources;
use overens::value::{CyclePeriod, Day, PeriodLabel};
use overens::verdict::{Holder, Instance, LastDay, Nuance, ShareOf, Status, Verdict as Theirs};
use overens::{check, clauses, compile, load, syntax};

use super::costs::Party;
use super::judge::{Inst, Who};
use super::known::{Answer, ELSEWHERE, answer, answer_if};
use super::world::{Hole, Marks, Stop, World};

/// An agreement that was read, its facts and the day.
pub struct Read {
    pub plan: Plan,
    pub facts: Facts,
    pub as_of: Day,
    pub marks: Marks,
}

impl Read {
    /// The same as of another of its days.
    #[must_use]
    pub fn on(self, day: Day) -> Read {
        self.marks.turn();
        Read { as_of: day, ..self }
    }
}

/// An agreement that was read, its facts and the day, ready for the product.
pub struct Opened {
    pub plan: Plan,
    pub facts: Facts,
    pub as_of: Day,
}

/// Reads a policy and its facts for both sides; says what is wrong with them otherwise.
pub fn read(policy: &str, facts: &str, as_of: Option<Day>) -> Result<Read, String> {
    read_on(policy, facts, as_of.as_slice())
}

/// Reads them as of the first of some days (else that of the facts), and ready to be judged as of each of them.
pub fn read_on(policy: &str, facts: &str, days: &[Day]) -> Result<Read, String> {
    let Opened { plan, facts: bound, as_of } = opened(policy, facts, days.first().copied())?;
    let marks = Marks::of(&[policy, facts], &[&[as_of], days].concat(), (plan.force.from, plan.force.until));
    Ok(Read { plan, facts: bound, as_of, marks })
}

/// Reads a policy and its facts; says what is wrong with them otherwise.
pub fn opened(policy: &str, facts: &str, as_of: Option<Day>) -> Result<Opened, String> {
    let mut sources = Sources::default();
    let mut problems = Sink::default();
    let file = sources.add("policy", policy);
    let tree = syntax::read(file, policy, &mut problems);
    let agreement = check::check(&[tree], &mut problems);
    clauses::inspect(&agreement, &mut problems);
    let told = |problems: &Sink| {
        problems
            .sorted()
            .into_iter()
            .map(|one| format!("{} | {:?}", one.message, one.help))
            .collect::<Vec<_>>()
            .join("\n")
    };
    if problems.has_errors() {
        return Err(told(&problems));
    }
    let plan = compile::compile(&agreement);
    let file = sources.add("facts.ron", facts);
    let node = load::read(file, "facts.ron", facts, &mut problems);
    let (Some(node), false) = (node, problems.has_errors()) else { return Err(told(&problems)) };
    let whose = load::Whose { schema: &plan.schema, agreement: None, others: &load::Others::default() };
    let bound = load::bind(&[(node, "facts.ron".to_string())], &whose, &mut problems);
    if problems.has_errors() {
        return Err(told(&problems));
    }
    let Some(as_of) = as_of.or(bound.as_of) else { return Err("no day".to_string()) };
    Ok(Opened { plan, facts: bound, as_of })
}

#[derive(Clone, Debug)]
pub struct Difference {
    pub clause: String,
    /// `status`, `days late`, `last day` or `instance`.
    pub what: &'static str,
    pub whose: String,
    pub reference: String,
    pub product: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Difference { clause, what, whose, reference, product } = self;
        write!(f, "{clause} {whose}: {what}: reference {reference}, product {product}")
    }
}

#[derive(Default)]
pub struct Compared {
    pub agreed: usize,
    pub clauses: BTreeMap<String, Opinions>,
    /// Instances of which the reference has no opinion, by the reason.
    pub skipped: BTreeMap<String, usize>,
    pub differences: Vec<Difference>,
}

/// Of how many instances of a clause both say the same, how many of these are decided, and of how many there is no opinion.
#[derive(Clone, Copy, Default)]
pub struct Opinions {
    pub agreed: usize,
    pub firm: usize,
    pub without: usize,
}

impl Compared {
    pub fn add(&mut self, other: Compared) {
        self.agreed += other.agreed;
        self.differences.extend(other.differences);
        for (why, many) in other.skipped {
            *self.skipped.entry(why).or_default() += many;
        }
        for (clause, more) in other.clauses {
            let own = self.clauses.entry(clause).or_default();
            own.agreed += more.agreed;
            own.firm += more.firm;
            own.without += more.without;
        }
    }
}

pub fn compare(read: &Read) -> Result<Compared, String> {
    let Read { plan, facts, as_of, .. } = read;
    let verdicts = catch_unwind(AssertUnwindSafe(|| evaluate(plan, facts, *as_of, &Limits::default())))
        .map_err(|_| "the product stopped".to_string())?;
    let mut compared = Compared::default();
    for clause in 0..u16::try_from(plan.clauses.len()).unwrap() {
        let of_clause = |one: &Theirs| plan.norm(one.instance.norm).is_some_and(|norm| norm.clause.0 == clause);
        let theirs: Vec<Theirs> = verdicts.iter().filter(of_clause).collect();
        compare_clause(read, ClauseId(clause), &theirs, &mut compared);
    }
    Ok(compared)
}

fn compare_clause(read: &Read, clause: ClauseId, theirs: &[Theirs], compared: &mut Compared) {
    let Read { plan, facts, as_of, marks, .. } = read;
    let world = World::new(plan, facts, *as_of, marks, BTreeMap::new());
    let name = &plan.clause(clause).unwrap().name;
    let skip = |compared: &mut Compared, why: &str| {
        *compared.skipped.entry(why.to_string()).or_default() += 1;
        compared.clauses.entry(name.clone()).or_default().without += 1;
    };
    let ours = match world.instances(clause) {
        Ok(ours) => ours,
        Err(Stop::Need(hole)) => {
            skip(compared, "instances that hang on what is not known, of which only what is firm is compared");
            let firm = theirs.iter().filter(|one| !matches!(one.status, Status::Unknown | Status::NotApplicable));
            compared.differences.extend(firm.filter_map(|one| not_firm(read, clause, one, &hole)));
            return;
        }
        Err(stop) => return skip(compared, &format!("{stop:?}").chars().take(60).collect::<String>()),
    };
    // What is watched on every day is compared where either side can change its answer.
    let ends: BTreeSet<Day> =
        theirs.iter().filter_map(|one| one.instance.span).flat_map(|(first, last)| [first, last]).collect();
    let has = |one: &&&Theirs| ours.iter().any(|inst| is_of(read, *inst, one));
    // Of an event in a cycle, and of a term that is still to come, the reference has no opinion.
    let event_in_a_cycle = |one: &Instance| {
        let of = one.subject.and_then(|(line, _)| plan.norm(one.norm)?.subjects.get(usize::from(line)));
        one.period.is_some() && of.is_some_and(|of| world.shape(of.record).is_event() && of.members_of.is_none())
    };
    let more = theirs.iter().filter(|one| one.instance.span.is_none() && one.status != Status::NotApplicable);
    let to_come = |one: &Instance| one.period.is_some_and(|period| period.first() > *as_of);
    let more = more.filter(|one| !event_in_a_cycle(&one.instance) && !to_come(&one.instance));
    for one in more.filter(|one| !has(&one)) {
        compared.differences.push(Difference {
            clause: name.clone(),
            what: "instance",
            whose: format!("{:?}", one.instance),
            reference: "no instance".to_string(),
            product: format!("{:?}", one.status),
        });
    }
    for inst in ours {
        // The days that a period ends before are no days of it.
        if let (Some(day), Some((first, last))) = (inst.day, inst.period)
            && (day < first || day > last)
        {
            continue;
        }
        if inst.day.is_some_and(|day| !marks.written.contains(&day) && !ends.contains(&day)) {
            continue;
        }
        let fits = theirs.iter().filter(|one| is_of(read, inst, one));
        let mut fits: Vec<&Theirs> = fits.collect();
        // Periods of two wordings may begin on one day.
        if fits.len() > 1 {
            let ends =
                |one: &&Theirs| one.instance.period.map(|period| period.last()) == inst.period.map(|(_, last)| last);
            fits.retain(ends);
        }
        if fits.len() > 1 {
            let own = plan.norms_of(clause).nth(usize::from(inst.wording)).map(|(id, _)| id);
            fits.retain(|one| Some(one.instance.norm) == own);
        }
        let ours = answer(plan, facts, *as_of, marks, inst);
        match &ours {
            Err(why) if *why == ELSEWHERE => {}
            Err(why) => skip(compared, why),
            Ok(verdict) => match difference(read, inst, &ours, &fits) {
                Some(difference) => compared.differences.push(difference),
                None => {
                    compared.agreed += 1;
                    let own = compared.clauses.entry(name.clone()).or_default();
                    own.agreed += 1;
                    own.firm += usize::from(verdict.status != Status::Unknown);
                }
            },
        }
    }
}

/// Where a firm verdict of the product does not hold for each value of what its instances hang on.
fn not_firm(read: &Read, clause: ClauseId, theirs: &Theirs, hole: &Hole) -> Option<Difference> {
    let Read { plan, facts, as_of, marks, .. } = read;
    for one in hole.tries.iter() {
        let tried = BTreeMap::from([(hole.key, one.clone())]);
        let Ok(ours) = World::new(plan, facts, *as_of, marks, tried.clone()).instances(clause) else { return None };
        let fit = ours.into_iter().find(|inst| inst.day.is_none() && is_of(read, *inst, theirs));
        let says = match fit {
            Some(inst) => match answer_if((plan, facts, *as_of, marks), inst, tried) {
                Ok(ours) if ours.cautious || ours.status == theirs.status || ours.or == Some(theirs.status) => continue,
                Ok(ours) => format!("{:?}", ours.status),
                Err(_) => return None,
            },
            None if theirs.instance.span.is_some() => return None,
            None => "no instance".to_string(),
        };
        return Some(Difference {
            clause: plan.clause(clause).unwrap().name.clone(),
            what: "firm",
            whose: format!("{:?}", theirs.instance),
            reference: format!("{says} for {:?}", one.val),
            product: format!("{:?}", theirs.status),
        });
    }
    None
}

/// What the reference says of every instance, a line each.
pub fn said(read: &Read) -> Vec<String> {
    let Read { plan, facts, as_of, marks, .. } = read;
    let world = World::new(plan, facts, *as_of, marks, BTreeMap::new());
    let mut lines = vec![];
    for clause in (0..u16::try_from(plan.clauses.len()).unwrap()).map(ClauseId) {
        let name = &plan.clause(clause).unwrap().name;
        for inst in world.instances(clause).unwrap_or_default() {
            let words = match answer(plan, facts, *as_of, marks, inst) {
                Ok(verdict) => {
                    let late = verdict.late.map_or(String::new(), |days| format!(", {days} days"));
                    let cautious = if verdict.cautious { ", or for the product unknown" } else { "" };
                    format!("{:?}{late}{cautious}", verdict.status)
                }
                Err(why) => why.to_string(),
            };
            let whose = whose(read, inst);
            let between = if whose.is_empty() { "" } else { " " };
            lines.push(format!("{name}{between}{whose}: {words}"));
        }
    }
    lines
}

/// Whether a verdict of the product is on this instance.
fn is_of(read: &Read, inst: Inst, theirs: &Theirs) -> bool {
    let norm = read.plan.norm(theirs.instance.norm).unwrap();
    let force = read.plan.norms_of(inst.clause).map(|(_, one)| one.force.from).min().unwrap();
    // What is due once in each term is called by the days of the term.
    let begins = |period: CyclePeriod| match period.label {
        PeriodLabel::Days(first, _) if norm.cycle.is_none() => first.max(force),
        _ => period.first().max(force),
    };
    theirs.instance.subject.map(|(line, Row(row))| (line, row)) == inst.subject
        && bearer(norm, theirs) == inst.bearer
        // Periods before the clause came into force are told as not applicable.
        && theirs.instance.period.is_none_or(|period| period.last() >= force)
        && theirs.instance.period.map(begins) == inst.period.map(|(first, _)| first.max(force))
        && inst.day.is_none_or(|day| theirs.instance.span.is_none_or(|(first, last)| first <= day && day <= last))
}

fn bearer(norm: &Norm, theirs: &Theirs) -> Who {
    match (&norm.bearer, theirs.instance.bearer) {
        (Some(Bearer::Each(_)), Holder::Row(record, Row(row))) => Who::Row(record, row),
        (Some(Bearer::EachOf(_)), Holder::Actor(actor)) => Who::Actor(actor),
        _ => Who::One,
    }
}

fn difference(read: &Read, inst: Inst, ours: &Answer, theirs: &[&Theirs]) -> Option<Difference> {
    let Ok(ours) = ours else { return None };
    let clause = read.plan.clause(inst.clause).unwrap().name.clone();
    let whose = whose(read, inst);
    let said = |what: &'static str, reference: String, product: String| {
        Some(Difference { clause: clause.clone(), what, whose: whose.clone(), reference, product })
    };
    let same = |status: Status| {
        status == ours.status || Some(status) == ours.or || (ours.cautious && status == Status::Unknown)
    };
    let our_words = format!("{:?}", ours.status);
    let Some(one) = theirs.first() else {
        return if same(Status::NotApplicable) { None } else { said("instance", our_words, "no verdict".to_string()) };
    };
    if theirs.len() > 1 {
        return said("instance", our_words, format!("{} verdicts", theirs.len()));
    }
    // What has a word of its own but no status: a right that was not used, a vote without effect.
    let status = match one.nuance {
        Nuance::NotUsed => Status::NotApplicable,
        Nuance::WithoutEffect => Status::Violated,
        Nuance::Plain | Nuance::SoFar | Nuance::Waived => one.status,
    };
    if !same(status) {
        return said("status", our_words, format!("{:?}", one.status));
    }
    if ours.unused != (one.nuance == Nuance::NotUsed) && status == ours.status {
        return said("word", format!("unused: {}", ours.unused), format!("{:?}", one.nuance));
    }
    if one.status == Status::Late && ours.sure && ours.late.is_some() && one.days.is_none() {
        return said("days late", format!("{:?}", ours.late), "none".to_string());
    }
    // The product may leave out by how many days, where it is not sure which deed it was.
    if one.status == Status::Late && ours.late.is_some() && one.days.is_some() && one.days != ours.late {
        return said("days late", format!("{:?}", ours.late), format!("{:?}", one.days));
    }
    let ours_sure = ours.sure && matches!(one.status, Status::Satisfied | Status::Violated | Status::Late);
    if let Some(shares) = &ours.shares {
        let judged = catch_unwind(AssertUnwindSafe(|| explain(&read.plan, &read.facts, read.as_of, &one.instance)));
        let Ok(judged) = judged else { return said("status", our_words, "explaining stopped".to_string()) };
        let party = |who: &ShareOf| match who {
            ShareOf::Row(record, Row(row)) => Party::Row(*record, *row),
            ShareOf::Actor(actor) => Party::Actor(*actor),
            ShareOf::Nobody => Party::Nobody,
        };
        let mut theirs: Vec<(Party, String)> =
            judged.shares.iter().map(|share| (party(&share.who), format!("{:?}", share.amount))).collect();
        let mut ours: Vec<(Party, String)> = shares.iter().map(|(who, amount)| (*who, format!("{amount:?}"))).collect();
        theirs.sort();
        ours.sort();
        // Where nothing can be said of the shares, none are told.
        if (ours_sure || !theirs.is_empty()) && theirs != ours {
            return said("shares", format!("{ours:?}"), format!("{theirs:?}"));
        }
    }
    if let Some(last) = ours.last
        && matches!(one.status, Status::Late | Status::Violated | Status::Pending | Status::Satisfied)
    {
        let judged = catch_unwind(AssertUnwindSafe(|| explain(&read.plan, &read.facts, read.as_of, &one.instance)));
        let Ok(judged) = judged else { return said("status", our_words, "explaining stopped".to_string()) };
        match judged.last_day {
            LastDay::On(day) if day == last => {}
            // A neighbour that nobody has written down yet may come in between.
            LastDay::Within(first, through) if first <= last && last <= through => {}
            LastDay::On(day) => return said("last day", last.to_string(), day.to_string()),
            other if ours.sure && matches!(one.status, Status::Late | Status::Pending) => {
                return said("last day", last.to_string(), format!("{other:?}"));
            }
            _ => {}
        }
    }
    None
}

fn whose(read: &Read, inst: Inst) -> String {
    let mut words = vec![];
    if let Some((line, row)) = inst.subject {
        let record = read.plan.norms_of(inst.clause).nth(usize::from(inst.wording)).unwrap().1.subjects
            [usize::from(line)]
        .record;
        words.push(format!("for {}", read.facts.id(record, Row(row))));
    }
    match inst.bearer {
        Who::One => {}
        Who::Actor(actor) => words.push(format!("by {}", read.plan.schema.actor(actor).unwrap().name)),
        Who::Row(record, row) => words.push(format!("by {}", read.facts.id(record, Row(row)))),
    }
    if let Some((first, last)) = inst.period {
        words.push(format!("{first} through {last}"));
    }
    words.extend(inst.day.map(|day| format!("on {day}")));
    words.join(", ")
}
