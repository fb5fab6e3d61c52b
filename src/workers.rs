//! Workers: who does pieces of work beside the one who asks. Threads are started here alone, and only with the feature `threads`;
//! without it there is nobody else.

#[cfg(not(feature = "threads"))]
mod alone;
#[cfg(feature = "threads")]
mod threads;

#[cfg(not(feature = "threads"))]
pub use alone::{at_hand, beside};
#[cfg(feature = "threads")]
pub use threads::{at_hand, beside};
