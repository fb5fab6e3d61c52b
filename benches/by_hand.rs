//! `by_hand FOLDER` judges the county register in a folder without overens, and prints the line that all engines print.
//! See [`register::by_hand`](register/by_hand.rs).

#[path = "register/by_hand.rs"]
#[allow(dead_code, reason = "the benchmarks time parts of it by themselves")]
#[allow(clippy::disallowed_methods, reason = "it reads the files itself")]
mod by_hand;

fn main() {
    let folder = std::env::args_os().nth(1).unwrap_or_else(|| ".".into());
    match by_hand::run(folder.as_ref()) {
        Ok(line) => println!("{line}"),
        Err(problem) => {
            eprintln!("{problem}");
            std::process::exit(1);
        }
    }
}
