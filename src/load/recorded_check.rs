//! Recorded decisions held against the policy: clauses, subjects, periods and roles that it does not have.
//! What is wrong here would otherwise be passed over in silence, and a decision would have no effect.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Sink, codes, nearest};
use crate::facts::{Decision, Facts};
use crate::model::clause::{Bearer, CycleOf};
use crate::model::expr::{ClauseId, FieldOf};
use crate::model::schema::{ActorId, Type};
use crate::plan::{Body, Norm, Plan};
use crate::source::{Span, Spanned};
use crate::value::Day;

use super::others::{self, Elsewhere, Other, Others, Sort};

/// Looks at every judgement, attestation and waiver. One of a clause that only another agreement of the file has is left
/// to that one.
pub fn check_recorded(plan: &Plan, facts: &Facts, others: &Others, problems: &mut Sink) {
    let mut looking = Looking { plan, facts, others, problems, left_out: BTreeSet::new(), about: BTreeMap::new() };
    for one in &facts.judgements {
        let record = &one.decision;
        if let Some(clause) = looking.common(record) {
            looking.early(clause, record);
            looking.role((clause, record), "judges", |body| body.judged_by.as_deref());
        }
    }
    for one in &facts.attestations {
        let record = &one.decision;
        if let Some(clause) = looking.common(record) {
            looking.early(clause, record);
            looking.attested(clause, record.place);
            looking.role((clause, record), "attests", |body| body.attested_by.as_deref());
        }
    }
    for one in &facts.waivers {
        looking.common(&one.decision);
    }
}

struct Looking<'a> {
    plan: &'a Plan,
    facts: &'a Facts,
    others: &'a Others,
    problems: &'a mut Sink,
    /// Clauses that were told to be left out; once is enough.
    left_out: BTreeSet<String>,
    /// Ids of everything that each clause can be about, as far as it was asked.
    about: BTreeMap<ClauseId, BTreeSet<&'a str>>,
}

impl<'a> Looking<'a> {
    fn common(&mut self, record: &Decision) -> Option<ClauseId> {
        let Some(clause) = self.plan.find_clause(&record.clause) else {
            self.no_clause(&record.clause, place(&self.facts.named.clauses, &record.clause, record.place));
            return None;
        };
        match (&record.subject, &record.bearer) {
            (Some(subject), None) => self.subject(clause, subject, record),
            (subject, Some(bearer)) => self.bearer(clause, (subject.as_deref(), bearer), record),
            (None, None) => {}
        }
        if let Some(period) = &record.period {
            self.period(clause, period, record);
        }
        Some(clause)
    }

    fn no_clause(&mut self, clause: &str, at: Span) {
        let own = self.plan.clauses.iter().map(|clause| clause.name.as_str());
        let names: Vec<&str> = own.chain(self.others.names(at.file, Sort::Clauses)).collect();
        match self.others.look(at.file, Sort::Clauses, clause) {
            Elsewhere::Known => {}
            Elsewhere::InDoubt(doubts) => {
                if self.left_out.insert(clause.to_string()) {
                    let what = format!("the decision on `{clause}`");
                    self.problems.push(others::left_out((&what, clause), at, &doubts, &names));
                }
            }
            Elsewhere::Nowhere => {
                let finding = codes::RECORDED_CLAUSE.at(at).say(format!("the agreement has no clause `{clause}`"));
                let dotted = clause.contains('.').then(|| {
                    "the part before the dot must be one of the agreements that the file names in `agreement`"
                        .to_string()
                });
                self.problems.push(finding.help(nearest(clause, names).or(dotted)));
            }
        }
    }

    /// The way out where a decision may be about a clause of the same name of another agreement.
    fn or_another(&self, record: &Decision, help: Option<String>) -> Option<String> {
        let same = |(_, other): &(&str, &Other)| other.clauses.contains(&record.clause);
        let Some((agreement, _)) = self.others.of(record.place.file).find(same) else { return help };
        let other = format!("write `clause: \"{agreement}.{}\"` if it is about `{agreement}`", record.clause);
        Some(help.map_or_else(|| other.clone(), |help| format!("{help}; or {other}")))
    }

    fn norms(&self, clause: ClauseId) -> impl Iterator<Item = &'a Norm> + use<'a> {
        self.plan.norms_of(clause).map(|(_, norm)| norm)
    }

    // ---- subjects and bearers ----

    fn subject(&mut self, clause: ClauseId, subject: &str, record: &Decision) {
        if !self.about.contains_key(&clause) {
            let ids = self.norms(clause).flat_map(|norm| self.ids(norm)).collect();
            self.about.insert(clause, ids);
        }
        if self.about.get(&clause).is_some_and(|ids| ids.contains(subject)) {
            return;
        }
        let ids: Vec<&str> = self.norms(clause).flat_map(|norm| self.ids(norm)).collect();
        let place = place(&self.facts.named.subjects, subject, record.place);
        let name = &record.clause;
        let speaks = self.norms(clause).any(|norm| !norm.subjects.is_empty() || several(norm));
        let finding = codes::RECORDED_SUBJECT.at(place);
        self.problems.push(if speaks {
            let help = self.or_another(record, nearest(subject, ids));
            finding.say(format!("`{name}` has no subject or bearer `{subject}`")).help(help)
        } else {
            let help = self.or_another(record, Some("remove `subject`".to_string()));
            finding.say(format!("`{name}` is judged as a whole, so it cannot have a subject")).help(help)
        });
    }

    /// A bearer by name, and perhaps the subject for which it bears the clause: one wording at least must have both together.
    fn bearer(&mut self, clause: ClauseId, (subject, bearer): (Option<&str>, &str), record: &Decision) {
        let bears = |norm: &'a Norm| self.bearers(norm).contains(&bearer);
        let is_about = |norm: &'a Norm| subject.is_none_or(|subject| self.subjects(norm).contains(&subject));
        if !self.norms(clause).any(is_about) {
            let subject = subject.unwrap_or("");
            let swapped = self
                .norms(clause)
                .any(|norm| self.subjects(norm).contains(&bearer) && self.bearers(norm).contains(&subject));
            let ids: Vec<&str> = self.norms(clause).flat_map(|norm| self.subjects(norm)).collect();
            let help = match swapped {
                true => Some(format!("write `subject: \"{bearer}\"` and `bearer: \"{subject}\"`")),
                false if ids.is_empty() => Some("remove `subject`: the clause has none".to_string()),
                false => nearest(subject, ids),
            };
            return self.not_whom((subject, format!("`{}` has no subject `{subject}`", record.clause)), help, record);
        }
        if !self.norms(clause).any(bears) {
            let ids: Vec<&str> = self.norms(clause).flat_map(|norm| self.bearers(norm)).collect();
            let help = match ids.is_empty() {
                true => Some("remove `bearer`: the clause has none that can be named".to_string()),
                false => nearest(bearer, ids),
            };
            return self.not_whom((bearer, format!("`{}` has no bearer `{bearer}`", record.clause)), help, record);
        }
        let Some(subject) = subject else {
            if let Some(field) = self.norms(clause).find_map(|norm| named_by_a_field(norm)) {
                let field = self.plan.schema.field(field.record, field.field).map_or("", |field| field.name.as_str());
                let say = format!(
                    "`{}` is borne by whom `{field}` names, so it is unclear for which subject this was decided",
                    record.clause
                );
                return self.not_whom((bearer, say), Some("add `subject` as well".to_string()), record);
            }
            return;
        };
        let together =
            |norm: &'a Norm| is_about(norm) && bears(norm) && self.other_bearer(norm, (subject, bearer)).is_none();
        if self.norms(clause).any(together) {
            return;
        }
        let other = self.norms(clause).find_map(|norm| self.other_bearer(norm, (subject, bearer)));
        let say = format!("`{bearer}` is not known to be the bearer of `{}` for `{subject}`", record.clause);
        let help = match other {
            Some(Some(other)) => format!("its bearer is `{other}`; correct `subject` or `bearer`"),
            Some(None) => "add the bearer to the facts of the subject, or remove `bearer`".to_string(),
            None => "correct `subject` or `bearer`: no wording of the clause has both".to_string(),
        };
        self.not_whom((bearer, say), Some(help), record);
    }

    fn not_whom(&mut self, (name, say): (&str, String), help: Option<String>, record: &Decision) {
        let place = place(&self.facts.named.subjects, name, record.place);
        let help = self.or_another(record, help);
        self.problems.push(codes::RECORDED_SUBJECT.at(place).say(say).help(help));
    }

    /// Whom a field of the subject names as the bearer, where that is not the one that was named: another, or no one that is known.
    fn other_bearer(&self, norm: &Norm, (subject, bearer): (&str, &str)) -> Option<Option<&'a str>> {
        let field = named_by_a_field(norm)?;
        let facts: &'a Facts = self.facts;
        let row = norm.subjects.iter().find_map(|of| facts.find(of.record, subject))?;
        let named = facts.named_by(&self.plan.schema, field, row);
        (named != Some(bearer)).then_some(named)
    }

    fn subjects(&self, norm: &Norm) -> Vec<&'a str> {
        let facts: &'a Facts = self.facts;
        let records = norm.subjects.iter().map(|subject| subject.record);
        records.flat_map(|record| facts.rows(record).map(move |row| facts.id(record, row))).collect()
    }

    fn bearers(&self, norm: &'a Norm) -> Vec<&'a str> {
        let facts: &'a Facts = self.facts;
        let actor = |actor: &ActorId| self.plan.schema.actor(*actor).map(|actor| actor.name.as_str());
        let all = |record| facts.rows(record).map(move |row| facts.id(record, row)).collect();
        match &norm.bearer {
            Some(Bearer::Each(of)) => all(of.record),
            Some(Bearer::EachOf(actors)) => actors.iter().filter_map(actor).collect(),
            Some(Bearer::Actor(one)) => actor(one).into_iter().collect(),
            Some(Bearer::Field(field)) => {
                match self.plan.schema.field(field.record, field.field).map(|field| &field.ty) {
                    Some(Type::Ref(record)) => all(*record),
                    _ => Vec::new(),
                }
            }
            // What several do together is one case.
            Some(Bearer::Together(_)) | None => Vec::new(),
        }
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

    fn period(&mut self, clause: ClauseId, period: &str, record: &Decision) {
        let cycles: Vec<&CycleOf> = self.norms(clause).filter_map(|norm| norm.cycle.as_ref()).collect();
        let fits = |cycle: &&CycleOf| match cycle {
            CycleOf::Calendar(cycle) => cycle.parse_label(period).is_some(),
            // Which periods these have, only the facts say.
            CycleOf::Counted { .. } | CycleOf::EachTerm(_) => is_span_of_days(period),
            CycleOf::YearOfTerm(_) => true,
        };
        if cycles.iter().any(fits) {
            return;
        }
        let name = &record.clause;
        let finding = codes::RECORDED_PERIOD.at(record.place);
        self.problems.push(match cycles.first() {
            None => {
                let help = self.or_another(record, Some("remove `period`".to_string()));
                finding.say(format!("`{name}` has no periods")).help(help)
            }
            Some(cycle) => finding
                .say(format!("`{name}` has no period `{period}`"))
                .help(self.or_another(record, self.sample(cycle))),
        });
    }

    /// What a period of the cycle is called.
    fn sample(&self, cycle: &CycleOf) -> Option<String> {
        let CycleOf::Calendar(cycle) = cycle else {
            return Some(
                "its periods are named by their first and last day, as in `2015-01-01–2015-12-31`".to_string(),
            );
        };
        let day = self.facts.as_of.unwrap_or(self.plan.force.from);
        let period = cycle.period_at(day)?;
        Some(format!("its periods have names such as `{}`", period.label))
    }

    /// What has not begun cannot have been weighed.
    fn early(&mut self, clause: ClauseId, record: &Decision) {
        let Some(period) = &record.period else { return };
        let begins = |cycle: &CycleOf| match cycle {
            CycleOf::Calendar(cycle) => cycle.parse_label(period).map(|period| period.stretch.first()),
            // The name of such a period begins with its first day.
            CycleOf::Counted { .. } | CycleOf::EachTerm(_) => Day::parse_iso(period.get(..10)?).ok(),
            CycleOf::YearOfTerm(_) => None,
        };
        let first = self.norms(clause).filter_map(|norm| norm.cycle.as_ref()).find_map(begins);
        let Some(first) = first.filter(|first| record.on < *first) else { return };
        let message = format!("this was decided on {}, before the period it is about began on {first}", record.on);
        let help = "check the day and the period: one of them is probably wrong".to_string();
        self.problems.push(codes::RECORDED_EARLY.at(record.place).say(message).help(help));
    }

    // ---- roles ----

    fn role(&mut self, (clause, record): (ClauseId, &Decision), does: &str, of: impl Fn(&Body) -> Option<&str>) {
        let by = record.by.as_str();
        let bodies = self.norms(clause).flat_map(|norm| &norm.bodies);
        let roles: Vec<&str> = bodies.filter_map(of).collect();
        let Some(first) = roles.first().filter(|_| !roles.contains(&by)) else { return };
        let name = self.plan.clause(clause).map_or("", |clause| &clause.name);
        let message = format!("`{by}` is not the party that {does} `{name}`, so this has no effect");
        let finding = codes::RECORDED_ROLE.at(place(&self.facts.named.roles, by, record.place)).say(message);
        let help = self.or_another(record, Some(format!("the agreement names `{first}`")));
        self.problems.push(finding.help(help));
    }

    fn attested(&mut self, clause: ClauseId, at: Span) {
        let attested = self.norms(clause).flat_map(|norm| &norm.bodies).any(|body| body.attested_by.is_some());
        if attested {
            return;
        }
        let name = self.plan.clause(clause).map_or("", |clause| &clause.name);
        let message = format!("`{name}` names no party to attest to it, so this has no effect");
        let help = "add `attested by ROLE` to the clause, or record a `judgement`".to_string();
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

/// The field of the subject that names the bearer.
fn named_by_a_field(norm: &Norm) -> Option<&FieldOf> {
    if let Some(Bearer::Field(field)) = &norm.bearer { Some(field) } else { None }
}

/// Where a name was written within a record; the record itself when that is not known.
fn place(named: &[Spanned<String>], name: &str, record: Span) -> Span {
    let inside = |span: Span| span.file == record.file && record.start <= span.start && span.end <= record.end;
    named.iter().find(|one| one.it == name && inside(one.span)).map_or(record, |one| one.span)
}

/// Whether a period is named by its first and last day.
fn is_span_of_days(period: &str) -> bool {
    let days = period.split_once('–').map(|(first, last)| (Day::parse_iso(first), Day::parse_iso(last)));
    matches!(days, Some((Ok(first), Ok(last))) if first <= last)
}
