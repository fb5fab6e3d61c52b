//! Workers that are threads.

use std::panic::resume_unwind;
use std::thread::{Builder, available_parallelism, scope};

/// Definitions may rest on definitions a long way down: as much room as the run itself has.
const STACK: usize = 64 << 20;

/// How many can work at once.
pub fn at_hand() -> usize {
    available_parallelism().map_or(1, |hands| hands.get())
}

/// Does one's own work while others do theirs, and what each of them came to. Where there is no room for another worker, it never
/// begins: so one's own work must leave nothing undone that nobody else does.
pub fn beside<R: Send, W: FnOnce() -> R + Send, T>(
    others: impl Iterator<Item = W>,
    own: impl FnOnce() -> T,
) -> (T, Vec<R>) {
    scope(|scope| {
        let begin = |work| Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let others: Vec<_> = others.filter_map(begin).collect();
        let own = own();
        let done = others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (own, done.collect())
    })
}
