//! The `overens` binary: hands the command line to the door and the exit code to the shell.
#![forbid(unsafe_code)]

use std::panic::PanicHookInfo;

use overens::cli::{self, Exit};

/// A run is short and makes many small things; this allocator takes a third off it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Deeply nested texts need room; what is too deep even for this is refused by the passes themselves.
const STACK: usize = 64 << 20;

fn main() {
    std::panic::set_hook(Box::new(apologise));
    let work = std::thread::Builder::new().stack_size(STACK).spawn(|| cli::run(std::env::args_os()));
    let exit = match work {
        // A panic was told by the hook; here it only becomes an exit code.
        Ok(thread) => thread.join().unwrap_or(Exit::Bug),
        Err(error) => cli::no_room(&error),
    };
    std::process::exit(exit.code())
}

fn apologise(panic: &PanicHookInfo) {
    // A file that is damaged is told as one.
    if overens::load::is_guarded() {
        return;
    }
    cli::apologise(&panic.to_string());
}
