//! Two texts of an agreement, with facts, compared.

use overens::compare::{self, Comparison, Filed, Look, Rules, Side, Version, bind, compare, compare_wordings};
use overens::diagnostics::Sink;
use overens::load::{self, Others};
use overens::render::compare::plain;
use overens::report::Digest;
use overens::source::Sources;

/// Two versions of an agreement, read into one set of sources.
pub struct Two {
    pub sources: Sources,
    pub old: Rules,
    pub new: Rules,
}

impl Two {
    pub fn new(old: &str, new: &str) -> Two {
        let mut sources = Sources::default();
        let (old, new) = (rules(&mut sources, "old", old), rules(&mut sources, "new", new));
        Two { sources, old: old.called_as_in(&new).into_owned(), new }
    }

    /// Facts, as each version reads them.
    pub fn filed(&mut self, old_facts: &str, new_facts: &str) -> (Filed, Filed) {
        let before = self.file(old_facts);
        let after = if old_facts == new_facts { before.clone() } else { self.file(new_facts) };
        (bound(&self.old, &self.new, before), bound(&self.new, &self.old, after))
    }

    fn file(&mut self, facts: &str) -> Vec<(load::node::Node, String)> {
        let mut problems = Sink::default();
        let file = self.sources.add("facts.ron", facts);
        let root = load::read(file, "facts.ron", facts, &mut problems).unwrap();
        assert!(!problems.has_errors(), "{problems:?}");
        vec![(root, "facts.ron".to_string())]
    }

    pub fn compared(&mut self, old_facts: &str, new_facts: &str) -> Comparison {
        let (before, after) = self.filed(old_facts, new_facts);
        let old = Side { rules: &self.old, filed: &before };
        let new = Side { rules: &self.new, filed: &after };
        compare(&self.sources, (old, new), versions()).unwrap()
    }
}

fn bound(own: &Rules, other: &Rules, roots: Vec<(load::node::Node, String)>) -> Filed {
    let mut problems = Sink::default();
    let others = Others::default();
    let facts = bind(own, &roots, &others, &[other], &mut problems);
    assert!(!problems.has_errors(), "{problems:?}");
    Filed { as_of: facts.as_of.unwrap(), roots, others, facts }
}

fn rules(sources: &mut Sources, name: &str, text: &str) -> Rules {
    let mut problems = Sink::default();
    let file = sources.add(name, text);
    let tree = overens::syntax::read(file, text, &mut problems);
    let agreement = overens::check::check(std::slice::from_ref(&tree), &mut problems);
    overens::clauses::inspect(&agreement, &mut problems);
    assert!(!problems.has_errors(), "{name}: {problems:?}");
    Rules::of(&[tree]).unwrap()
}

pub fn versions() -> (Version, Version) {
    let version = |name: &str| Version {
        name: name.to_string(),
        agreement: "clubs".to_string(),
        file: name.to_string(),
        title: String::new(),
        digest: Digest::of([]),
    };
    (version("old"), version("new"))
}

/// What differs between two texts, in the plain lines of the comparison.
pub fn wordings(old: &str, new: &str) -> String {
    let two = Two::new(old, new);
    lines(&compare_wordings(&two.sources, (&two.old, &two.new), versions()))
}

/// What differs, and what comes of it over the facts.
pub fn over(old: &str, new: &str, facts: &str) -> String {
    lines(&Two::new(old, new).compared(facts, facts))
}

/// The plain lines without head and end.
pub fn lines(comparison: &Comparison) -> String {
    let shown = plain::show(comparison, 0);
    let over = |line: &&str| line.starts_with("judged by") || line.starts_with("there are no facts");
    // What both are, and by which facts they are judged, comes first.
    let lines: Vec<&str> = shown.lines().skip_while(|line| !over(line)).skip(1).collect();
    lines[..lines.len() - 1].join("\n")
}

/// What is compared; all changes together must make the new side.
pub fn judged(mut two: Two, facts: &str) -> Comparison {
    let (before, after) = two.filed(facts, facts);
    let (old, new) = (Side { rules: &two.old, filed: &before }, Side { rules: &two.new, filed: &after });
    let changes = compare::changes(&two.sources, old, new);
    let all: Vec<usize> = (0..changes.len()).collect();
    let look = Look::WordAndShares;
    let made = compare::tried((old, new), &changes, &all, (&two.sources, look));
    assert_eq!(made, compare::outcomes(new, &two.sources, look).ok(), "{changes:#?}");
    compare(&two.sources, (old, new), versions()).unwrap()
}
