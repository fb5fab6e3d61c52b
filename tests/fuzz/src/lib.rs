//! Targets for libFuzzer, over what the tests of the package run over small corpora, too.

#[path = "../../reference/mod.rs"]
pub mod reference;
pub mod targets;

/// A made agreement, judged by the product and by the reference: neither stops.
pub fn by_the_reference(data: &[u8]) {
    let mut seed = [0_u8; 8];
    seed.iter_mut().zip(data).for_each(|(to, from)| *to = *from);
    let made = reference::made::made(u64::from_le_bytes(seed));
    if let Some(difference) = reference::shrink::differs(&made) {
        assert_ne!(difference.what, "stopped", "{difference}");
    }
}

/// Feeds the target of that name.
pub fn run(name: &str, data: &[u8]) {
    match targets::TARGETS.iter().find(|(target, _)| *target == name) {
        Some((_, target)) => target(data),
        None => panic!("no target is called {name}"),
    }
}
