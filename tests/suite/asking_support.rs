//! Asking about an agreement as a clerk would, one question after the other, with answers that anybody could give: lists are complete,
//! who is asked to attest does, a yes/no field is yes, and of anything else there is none (where it is required, the first thing that it
//! can be).

use std::collections::{BTreeMap, BTreeSet};

use overens::cli::neighbours::Neighbours;
use overens::cli::policy_files::Shelf;
use overens::diagnostics::Sink;
use overens::evaluate::{Explainer, Limits, evaluate};
use overens::facts::{Cell, CellId, Facts};
use overens::load;
use overens::load::node::Node;
use overens::model::schema::{AGREEMENT, Need, RecordId, Type};
use overens::plan::Plan;
use overens::report::questions::{Matter, ToAttest, asking};
use overens::report::{Names, Naming};
use overens::source::Sources;
use overens::value::Day;
use overens::verdict::{Missing, Status};

use super::bundled::{self, Bundled};

/// What has been answered so far.
#[derive(Default)]
struct Answers {
    complete: BTreeMap<String, (Day, Day)>,
    own: BTreeMap<String, String>,
    rows: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>,
    attested: Vec<String>,
}

/// How many questions are asked until fewer than so many verdicts of samverkan are unknown on its newest facts, or nothing is left to
/// ask (`None`); and how many single facts are missing in the beginning.
pub fn asked_until(few: usize, by_settling: bool) -> (Option<usize>, usize) {
    let bundled = bundled::read("samverkan").unwrap();
    let mut sources = bundled.sources.clone();
    let newest = bundled::folder().join("samverkan/facts/2015.ron");
    let roots = Shelf::default().gather(&[newest], &mut sources, &mut Sink::default()).unwrap();
    let plan = bundled.policy.plan.as_ref().unwrap();
    let as_of = Day::parse_iso("2015-02-01").unwrap();
    let (mut answers, mut asked) = (Answers::default(), BTreeSet::new());
    let mut singles = None;
    loop {
        let facts = with(&answers, &bundled, &roots, &mut sources);
        let verdicts = evaluate(plan, &facts, as_of, &Limits::default());
        let unknown = verdicts.iter().filter(|verdict| verdict.status == Status::Unknown).count();
        let names = Names { plan, facts: &facts, sources: &sources, naming: Naming::Real };
        singles.get_or_insert_with(|| single(&names, &verdicts, as_of).len());
        if unknown < few {
            return (Some(asked.len()), singles.unwrap());
        }
        let next = if by_settling {
            let found = asking(&names, &verdicts, as_of).unwrap();
            let open = found.questions.iter().find(|one| !asked.contains(&one.key));
            open.map(|one| (one.key.clone(), one.matter.clone()))
        } else {
            single(&names, &verdicts, as_of).into_iter().find(|(key, _)| !asked.contains(key))
        };
        let Some((key, matter)) = next else { return (None, singles.unwrap()) };
        answers.add(plan, &facts, &names, &matter, as_of);
        asked.insert(key);
    }
}

/// Each missing thing by itself, in the order of the policy.
fn single(names: &Names, verdicts: &overens::verdict::Verdicts, as_of: Day) -> Vec<(String, Matter)> {
    let mut explainer = Explainer::new(names.plan, names.facts, as_of);
    let mut found: Vec<(String, Matter)> = Vec::new();
    for verdict in verdicts.iter().filter(|verdict| verdict.status == Status::Unknown) {
        let clause = names.norm(&verdict.instance).unwrap().clause;
        for missing in explainer.explain(&verdict.instance).missing {
            let one = match missing {
                Missing::Complete { record, from, through } => {
                    (names.record(record).to_string(), Matter::List { record, from, through: through.min(as_of) })
                }
                Missing::Value(cell) | Missing::Disputed(cell) | Missing::Imprecise(cell) => {
                    let matter = Matter::Values { record: cell.record, field: cell.field, cells: vec![cell] };
                    (names.cell(cell), matter)
                }
                Missing::Attestation { role } => {
                    let (subject, bearer) = (names.subject(&verdict.instance), names.bearer(&verdict.instance));
                    let case = ToAttest { subject, bearer, period: names.period(&verdict.instance) };
                    let key = format!("{role} {case:?} {}", names.clause_name(clause));
                    (key, Matter::Attested { role, clause, cases: vec![case] })
                }
                Missing::Text(_) | Missing::Calendar { .. } | Missing::Clause(_) | Missing::Contradiction(_) => {
                    continue;
                }
            };
            match found.iter_mut().find(|(key, _)| *key == one.0) {
                Some((_, Matter::List { from, through, .. })) => {
                    if let Matter::List { from: first, through: last, .. } = one.1 {
                        (*from, *through) = ((*from).min(first), (*through).max(last));
                    }
                }
                Some(_) => {}
                None => found.push(one),
            }
        }
    }
    found
}

impl Answers {
    fn add(&mut self, plan: &Plan, facts: &Facts, names: &Names, matter: &Matter, as_of: Day) {
        match matter {
            Matter::List { record, from, through } => {
                let from = (*from).max(plan.force.from);
                self.complete.insert(names.record(*record).to_string(), (from, (*through).max(from)));
            }
            Matter::Values { cells, .. } => cells.iter().for_each(|cell| self.value(plan, facts, names, *cell)),
            Matter::Attested { role, clause, cases } => {
                for ToAttest { subject, bearer, period } in cases {
                    let part = |name: &str, it: &Option<String>| {
                        it.as_ref().map_or_else(String::new, |it| format!("{name}: {it:?}, "))
                    };
                    let of = [part("subject", subject), part("bearer", bearer), part("period", period)].concat();
                    let clause = names.clause_name(*clause);
                    self.attested.push(format!("(clause: {clause:?}, {of}by: {role:?}, on: \"{as_of}\")"));
                }
            }
        }
    }

    fn value(&mut self, plan: &Plan, facts: &Facts, names: &Names, cell: CellId) {
        // What is on file in another way would have to be changed there.
        if !matches!(facts.cell(cell), Cell::Unknown) {
            return;
        }
        let field = plan.schema.field(cell.record, cell.field).unwrap();
        let value = match (&field.ty, field.need) {
            (Type::YesNo, _) => "true".to_string(),
            (_, Need::Optional) => "None".to_string(),
            (ty, Need::Required) => first(ty, facts),
        };
        if cell.record == AGREEMENT {
            self.own.insert(field.name.clone(), value);
            return;
        }
        let rows = self.rows.entry(names.record(cell.record).to_string()).or_default();
        let row = rows.entry(facts.id(cell.record, cell.row).to_string()).or_default();
        row.insert(field.name.clone(), value);
    }

    fn text(&self) -> String {
        let mut text = "(agreement: \"samverkan\", recorded_on: \"2015-02-01\", source: \"asked\",\n".to_string();
        let complete = self.complete.iter();
        let spans = complete.map(|(name, (from, last))| format!("{name:?}: (from: \"{from}\", through: \"{last}\")"));
        text.push_str(&format!("complete: {{ {} }},\n", spans.collect::<Vec<_>>().join(", ")));
        self.own.iter().for_each(|(name, value)| text.push_str(&format!("{name}: {value},\n")));
        for (record, rows) in &self.rows {
            let row = |(id, fields): (&String, &BTreeMap<String, String>)| {
                let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                format!("(id: {id:?}, {}, source: \"asked\")", fields.join(", "))
            };
            text.push_str(&format!("{record}: [{}],\n", rows.iter().map(row).collect::<Vec<_>>().join(", ")));
        }
        text.push_str(&format!("attestation: [{}],\n)\n", self.attested.join(", ")));
        text
    }
}

fn first(ty: &Type, facts: &Facts) -> String {
    let id = |record: &RecordId| facts.rows(*record).next().map_or("", |row| facts.id(*record, row)).to_string();
    match ty {
        Type::Text => "\"asked\"".to_string(),
        Type::YesNo => "true".to_string(),
        Type::Number | Type::Money => "0".to_string(),
        Type::Date => "\"2014-06-01\"".to_string(),
        Type::Time => "\"12:00\"".to_string(),
        Type::OneOf(options) => format!("{:?}", options[0]),
        Type::Ref(record) => format!("{:?}", id(record)),
        Type::SetOf(_) => "[]".to_string(),
    }
}

fn with(answers: &Answers, bundled: &Bundled, roots: &[(Node, String)], sources: &mut Sources) -> Facts {
    let text = answers.text();
    let file = sources.add("answers.ron", &text);
    let mut problems = Sink::default();
    let root = load::read(file, "answers.ron", &text, &mut problems).unwrap_or_else(|| panic!("{text}"));
    let all: Vec<(Node, String)> = roots.iter().cloned().chain([(root, "answers.ron".to_string())]).collect();
    let (facts, _) = Neighbours::default().facts(&all, &bundled.policy, &mut problems);
    let wrong: Vec<String> = problems.sorted().iter().map(|one| one.message.clone()).collect();
    assert!(!problems.has_errors(), "{wrong:?}\n{text}");
    facts
}
