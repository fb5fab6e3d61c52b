//! The shape of `src/evaluate`: how many methods a type has, whether files import each other in a circle, and how many of them
//! lie in one circle of calls. `cargo test shape -- --nocapture` prints the figures.
//!
//! The source is read as it is written; no compiler says what a name is. What is counted:
//!
//! - **Methods**: every function in an `impl` of a type (of a trait or its own), wherever it stands.
//! - **Imports**: every `use` of one file of `evaluate` in another, `pub use` too, and every path within code that begins at
//!   `crate`, `super` or a module that the file brings in. `mod x;` imports nothing.
//! - **Calls**: functions by the path that leads to them, methods by the type of what they are called on. Types are followed
//!   through parameters, fields, patterns, what functions give, closures that they take, and the usual ways of options and
//!   iterators. Naming a function (to pass it on) is a call. A call through a trait is one of each implementor's. What a closure
//!   calls is called by the file it is written in. Where a type is not known, a method counts as every method of that name in
//!   `evaluate`, unless it is one that every option or iterator has.
//!
//! What is not seen: calls that operators, `Drop`, `Display` and `derive` make; what a `macro_rules!` writes; and a method of a
//! usual name (`map`, `or`, `last`) on something of which nothing is known.

mod calls;
mod index;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use calls::{Call, Calls, calls};
use index::{Index, Ty};

const WITHIN: &str = "evaluate/";
const MOST_METHODS: usize = 60;
const MOST_IN_A_CIRCLE: usize = 6;
/// Expressions are made of one another: conditions of values, values of rows, days of terms, terms of conditions. That is one concept in
/// several files, which calls nothing outside of its folder in a circle.
const MOST_EXPRESSIONS: usize = 11;

/// What comes out, measured once for all tests.
struct Shape {
    /// Types with the number of their methods, the most first.
    methods: Vec<(String, usize)>,
    /// Circles, each as a text.
    of_imports: Vec<String>,
    of_calls: Vec<String>,
    /// How many calls lead from one file to another, and which of them are guessed.
    calls: usize,
    guessed: Vec<String>,
}

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    let index = Index::of_the_library();
    let Calls { calls, guessed } = calls(&index, WITHIN);
    let told = |call: &Call| format!("{} -> {} by {}", index.files[call.0].name, index.files[call.1].name, call.2);
    let told_guesses = guessed.iter().map(told).collect();
    let all: BTreeSet<Call> = calls.into_iter().chain(guessed).collect();
    Shape {
        methods: methods(&index),
        of_imports: circles(&index, &imports(&index)),
        of_calls: circles(&index, &all),
        calls: all.len(),
        guessed: told_guesses,
    }
});

#[test]
fn no_type_of_evaluate_has_more_than_sixty_methods() {
    println!("methods: {:?}", SHAPE.methods.iter().take(8).collect::<Vec<_>>());
    let too_many: Vec<_> = SHAPE.methods.iter().filter(|(_, count)| *count > MOST_METHODS).collect();
    assert!(too_many.is_empty(), "{too_many:?}");
}

#[test]
fn files_of_evaluate_import_each_other_in_no_circle() {
    assert!(SHAPE.of_imports.is_empty(), "{}", SHAPE.of_imports.join("\n"));
}

#[test]
fn at_most_six_files_of_evaluate_call_each_other_in_a_circle_or_eleven_of_expressions() {
    println!("calls between files: {}, guessed: {:#?}", SHAPE.calls, SHAPE.guessed);
    SHAPE.of_calls.iter().for_each(|circle| println!("{circle}"));
    let most = |circle: &str| {
        let of_expressions = |line: &str| line.matches("evaluate/expr/").count() == 2;
        if circle.lines().skip(1).all(of_expressions) { MOST_EXPRESSIONS } else { MOST_IN_A_CIRCLE }
    };
    let too_long: Vec<&String> = SHAPE.of_calls.iter().filter(|circle| size(circle) > most(circle)).collect();
    assert!(too_long.is_empty(), "{too_long:?}");
}

#[test]
fn calls_are_followed_through_fields_closures_and_traits() {
    let texts = [
        (
            "evaluate/a.rs",
            "
            use super::b::{Held, Kept};
            pub trait Told { fn told(&self) -> Option<Kept>; }
            pub struct Own { pub held: Held }
            impl Own {
                pub fn look(&self, all: &[Held]) -> bool {
                    all.iter().filter_map(|one| one.found()).any(|kept| kept.is_good())
                        && matches!(self.held.within(|kept| kept.is_better()), Some(it) if it.is_best())
                }
                pub fn ask(told: &impl Told) { if let Some(kept) = told.told() { kept.is_worst(); } }
            }",
        ),
        (
            "evaluate/b.rs",
            "
            use super::a::Told;
            pub struct Kept;
            pub struct Held;
            impl Kept {
                pub fn is_good(&self) -> bool { true }
                pub fn is_better(&self) -> bool { true }
                pub fn is_best(&self) -> bool { true }
                pub fn is_worst(&self) -> bool { true }
            }
            impl Held {
                pub fn found(&self) -> Option<Kept> { None }
                pub fn within(&self, look: impl Fn(&Kept) -> bool) -> Option<Kept> { None }
            }
            impl Told for Held { fn told(&self) -> Option<Kept> { None } }
            fn back() { let _ = super::a::Own::ask; }",
        ),
    ];
    let index = Index::read(texts.into_iter());
    let found = calls(&index, WITHIN);
    let to_b: BTreeSet<&str> = found.calls.iter().filter(|call| call.0 == 0).map(|call| call.2.as_str()).collect();
    let expected = ["found", "is_best", "is_better", "is_good", "is_worst", "told", "within"];
    assert_eq!(to_b, BTreeSet::from(expected));
    assert!(found.calls.contains(&(1, 0, "ask".to_owned())));
    assert!(found.guessed.is_empty());
    assert_eq!(circles(&index, &imports(&index)).len(), 1);
}

/// Types of `evaluate` with the number of their methods, the most first.
fn methods(index: &Index) -> Vec<(String, usize)> {
    let mut all: BTreeMap<usize, usize> = BTreeMap::new();
    for function in &index.functions {
        if let Some(own) = function.owner.filter(|own| !index.types[*own].is_trait) {
            *all.entry(own).or_default() += 1;
        }
    }
    let inside = |own: &usize| index.files[index.types[*own].file].name.starts_with(WITHIN);
    let all = all.into_iter().filter(|(own, _)| inside(own));
    let mut all: Vec<(String, usize)> = all.map(|(own, count)| (index.types[own].name.clone(), count)).collect();
    all.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.clone()));
    all
}

fn imports(index: &Index) -> BTreeSet<(usize, usize, String)> {
    let mut all = BTreeSet::new();
    for (from, file) in index.files.iter().enumerate().filter(|(_, file)| file.name.starts_with(WITHIN)) {
        let inner = paths_within(file).into_iter().map(|path| index.full_path(from, &path));
        for path in file.imports.iter().map(|(_, path)| path.clone()).chain(inner) {
            let Some(to) = index.file_of(&path) else { continue };
            if to != from && index.files[to].name.starts_with(WITHIN) {
                all.insert((from, to, path.last().cloned().unwrap_or_default()));
            }
        }
    }
    all
}

/// The paths of more than one name in the code of a file.
fn paths_within(file: &index::File) -> Vec<Vec<String>> {
    struct Paths(Vec<Vec<String>>);
    impl<'ast> syn::visit::Visit<'ast> for Paths {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            if path.segments.len() > 1 {
                self.0.push(path.segments.iter().map(|one| one.ident.to_string()).collect());
            }
            syn::visit::visit_path(self, path);
        }
    }
    let mut paths = Paths(Vec::new());
    file.items.iter().for_each(|item| syn::visit::Visit::visit_item(&mut paths, item));
    paths.0
}

/// Files that lead to each other, each circle as a text: how many, and which of them leads to which by what.
fn circles(index: &Index, edges: &BTreeSet<(usize, usize, String)>) -> Vec<String> {
    let mut reached: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (from, to, _) in edges {
        reached.entry(*from).or_default().insert(*to);
    }
    // What can be reached in any number of steps.
    loop {
        let before: usize = reached.values().map(BTreeSet::len).sum();
        for from in reached.keys().copied().collect::<Vec<_>>() {
            let further: BTreeSet<usize> =
                reached[&from].iter().filter_map(|to| reached.get(to)).flatten().copied().collect();
            reached.get_mut(&from).unwrap().extend(further);
        }
        if reached.values().map(BTreeSet::len).sum::<usize>() == before {
            break;
        }
    }
    let leads = |from: usize, to: usize| reached.get(&from).is_some_and(|all| all.contains(&to));
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for from in reached.keys().copied().filter(|from| leads(*from, *from)) {
        let circle: BTreeSet<usize> =
            reached[&from].iter().copied().filter(|to| leads(*to, from)).chain([from]).collect();
        if circle.len() < 2 || !seen.insert(circle.clone()) {
            continue;
        }
        let mut text = format!("{} files", circle.len());
        let within = edges.iter().filter(|(from, to, _)| circle.contains(from) && circle.contains(to));
        let mut by: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
        within.for_each(|(from, to, name)| by.entry((*from, *to)).or_default().push(name));
        for ((from, to), names) in by {
            let (from, to) = (&index.files[from].name, &index.files[to].name);
            text.push_str(&format!("\n  {from} -> {to} by {}", names.join(", ")));
        }
        found.push(text);
    }
    found
}

/// How many files a circle has, by what it says first.
fn size(circle: &str) -> usize {
    circle.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[test]
fn types_are_read_without_what_they_are_wrapped_in() {
    let index = Index::read([("evaluate/a.rs", "pub struct Own { held: Vec<Box<Own>> }")].into_iter());
    assert_eq!(index.types[0].fields["held"], Ty::of("Vec", Ty::Own(0)));
}
