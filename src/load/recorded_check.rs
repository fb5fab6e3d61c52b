//! Recorded decisions held against the policy: clauses, subjects, periods and roles that it does not have.
//! What is wrong here would otherwise be passed over in silence, and a decision would have no effect.

use crate::diagnostics::{Sink, codes, nearest};
use crate::facts::Facts;
use crate::model::clause::{Bearer, CycleOf};
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, Plan};
use crate::source::{Span, Spanned};
use crate::value::Day;

/// Looks at every judgement, attestation and waiver.
pub fn check_recorded(plan: &Plan, facts: &Facts, problems: &mut Sink) {
    let mut looking = Looking { plan, facts, problems };
    for one in &facts.judgements {
        let record = Record { clause: &one.clause, subject: &one.subject, period: &one.period, place: one.place };
        if let Some(clause) = looking.common(&record) {
            looking.early(clause, &record, one.on);
            looking.role(clause, &one.by, one.place, "judges", |body| body.judged_by.as_deref());
        }
    }
    for one in &facts.attestations {
        let record = Record { clause: &one.clause, subject: &one.subject, period: &one.period, place: one.place };
        if let Some(clause) = looking.common(&record) {
            looking.early(clause, &record, one.on);
            looking.attested(clause, one.place);
            looking.role(clause, &one.by, one.place, "attests", |body| body.attested_by.as_deref());
        }
    }
    for one in &facts.waivers {
        looking.common(&Record { clause: &one.clause, subject: &one.subject, period: &one.period, place: one.place });
    }
}

/// What all recorded decisions have.
struct Record<'a> {
    clause: &'a str,
    subject: &'a Option<String>,
    period: &'a Option<String>,
    place: Span,
}

struct Looking<'a> {
    plan: &'a Plan,
    facts: &'a Facts,
    problems: &'a mut Sink,
}

impl<'a> Looking<'a> {
    fn common(&mut self, record: &Record) -> Option<ClauseId> {
        let Some(clause) = self.plan.find_clause(record.clause) else {
            let names = self.plan.clauses.iter().map(|clause| clause.name.as_str());
            let finding = codes::RECORDED_CLAUSE.at(place(&self.facts.named.clauses, record.clause, record.place));
            let message = format!("the agreement has no clause `{}`", record.clause);
            self.problems.push(finding.say(message).help(nearest(record.clause, names)));
            return None;
        };
        if let Some(subject) = record.subject {
            self.subject(clause, subject, record);
        }
        if let Some(period) = record.period {
            self.period(clause, period, record);
        }
        Some(clause)
    }

    fn norms(&self, clause: ClauseId) -> impl Iterator<Item = &'a Norm> + use<'a> {
        self.plan.norms_of(clause).map(|(_, norm)| norm)
    }

    // ---- subjects and bearers ----

    fn subject(&mut self, clause: ClauseId, subject: &str, record: &Record) {
        let place = place(&self.facts.named.subjects, subject, record.place);
        let ids: Vec<&str> = self.norms(clause).flat_map(|norm| self.ids(norm)).collect();
        if ids.contains(&subject) {
            return;
        }
        let name = record.clause;
        let speaks = self.norms(clause).any(|norm| !norm.subjects.is_empty() || several(norm));
        let finding = codes::RECORDED_SUBJECT.at(place);
        self.problems.push(if speaks {
            finding.say(format!("`{name}` has no subject or bearer `{subject}`")).help(nearest(subject, ids))
        } else {
            let help = "leave `subject` out".to_string();
            finding.say(format!("`{name}` is judged as a whole, so no subject can be named")).help(help)
        });
    }

    /// Ids of everything that an instance of the norm can be about.
    fn ids(&self, norm: &'a Norm) -> Vec<&'a str> {
        let facts: &'a Facts = self.facts;
        let mut records: Vec<_> = norm.subjects.iter().map(|subject| subject.record).collect();
        let mut ids: Vec<&str> = Vec::new();
        match &norm.bearer {
            Some(Bearer::Each(collection)) => records.push(collection.record),
            Some(Bearer::EachOf(actors) | Bearer::Together(actors)) => {
                ids.extend(actors.iter().filter_map(|actor| self.plan.schema.actor(*actor)).map(|it| it.name.as_str()));
            }
            Some(Bearer::Actor(actor)) => ids.extend(self.plan.schema.actor(*actor).map(|it| it.name.as_str())),
            Some(Bearer::Field(_)) | None => {}
        }
        for record in records {
            ids.extend(facts.rows(record).map(|row| facts.id(record, row)));
        }
        ids
    }

    // ---- periods ----

    fn period(&mut self, clause: ClauseId, period: &str, record: &Record) {
        let cycles: Vec<&CycleOf> = self.norms(clause).filter_map(|norm| norm.cycle.as_ref()).collect();
        let fits = |cycle: &&CycleOf| match cycle {
            CycleOf::Calendar(cycle) => cycle.parse_label(period).is_some(),
            // Which periods these have, only the facts say.
            CycleOf::Counted { .. } | CycleOf::YearOfTerm(_) => true,
        };
        if cycles.iter().any(fits) {
            return;
        }
        let name = record.clause;
        let finding = codes::RECORDED_PERIOD.at(record.place);
        self.problems.push(match cycles.first() {
            None => {
                let help = "leave `period` out".to_string();
                finding.say(format!("`{name}` has no periods, so none can be named")).help(help)
            }
            Some(cycle) => finding.say(format!("`{name}` has no period `{period}`")).help(self.sample(cycle)),
        });
    }

    /// What a period of the cycle is called.
    fn sample(&self, cycle: &CycleOf) -> Option<String> {
        let CycleOf::Calendar(cycle) = cycle else { return None };
        let day = self.facts.as_of.unwrap_or(self.plan.force.from);
        let period = cycle.period_at(day)?;
        Some(format!("its periods are called like `{}`", period.label))
    }

    /// What has not begun cannot have been weighed.
    fn early(&mut self, clause: ClauseId, record: &Record, on: Day) {
        let Some(period) = record.period else { return };
        let begins = |cycle: &CycleOf| match cycle {
            CycleOf::Calendar(cycle) => cycle.parse_label(period).map(|period| period.stretch.first()),
            // The name of such a period begins with its first day.
            CycleOf::Counted { .. } => Day::parse_iso(period.get(..10)?).ok(),
            CycleOf::YearOfTerm(_) => None,
        };
        let first = self.norms(clause).filter_map(|norm| norm.cycle.as_ref()).find_map(begins);
        let Some(first) = first.filter(|first| on < *first) else { return };
        let message = format!("this was decided on {on}, before the period it is about began on {first}");
        let help = "look at the day and at the period: one of them is probably miswritten".to_string();
        self.problems.push(codes::RECORDED_EARLY.at(record.place).say(message).help(help));
    }

    // ---- roles ----

    fn role(&mut self, clause: ClauseId, by: &str, at: Span, does: &str, of: impl Fn(&Body) -> Option<&str>) {
        let bodies = self.norms(clause).flat_map(|norm| &norm.bodies);
        let roles: Vec<&str> = bodies.filter_map(of).collect();
        let Some(first) = roles.first().filter(|_| !roles.contains(&by)) else { return };
        let name = self.plan.clause(clause).map_or("", |clause| &clause.name);
        let message = format!("`{by}` is not the one who {does} `{name}`; this has no effect");
        let finding = codes::RECORDED_ROLE.at(place(&self.facts.named.roles, by, at)).say(message);
        self.problems.push(finding.help(format!("the agreement names `{first}`")));
    }

    fn attested(&mut self, clause: ClauseId, at: Span) {
        let attested = self.norms(clause).flat_map(|norm| &norm.bodies).any(|body| body.attested_by.is_some());
        if attested {
            return;
        }
        let name = self.plan.clause(clause).map_or("", |clause| &clause.name);
        let message = format!("nobody attests `{name}`; this has no effect");
        let help = "write `attested by ROLE` into the clause, or record a `judgement`".to_string();
        self.problems.push(codes::RECORDED_ROLE.at(at).say(message).help(help));
    }
}

/// Whether each of several bearers has an instance of its own.
fn several(norm: &Norm) -> bool {
    match norm.bearer {
        Some(Bearer::Each(_) | Bearer::EachOf(_)) => true,
        Some(Bearer::Actor(_) | Bearer::Together(_) | Bearer::Field(_)) | None => false,
    }
}

/// Where a name was written within a record; the record itself when that is not known.
fn place(named: &[Spanned<String>], name: &str, record: Span) -> Span {
    let inside = |span: Span| span.file == record.file && record.start <= span.start && span.end <= record.end;
    named.iter().find(|one| one.it == name && inside(one.span)).map_or(record, |one| one.span)
}
