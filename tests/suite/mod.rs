//! The tests, by what they hold.

#[cfg(feature = "cli")]
mod terminal_commands;
#[cfg(feature = "cli")]
mod terminal_excerpts;
#[cfg(feature = "cli")]
mod terminal_files;
#[cfg(feature = "cli")]
mod terminal_findings;
