//! Work that others wrote and that breaks off on what it did not expect, as of a damaged file.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What the work comes to; nothing if it breaks off. What it had begun is dropped with it, so that nobody sees it half done.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    GUARDED.set(before);
    done
}

/// Whether this thread is at such work, so that who reports that a program broke off has nothing to report.
pub fn is_guarded() -> bool {
    GUARDED.get()
}
