//! From text to tree.

use overens::diagnostics::Sink;
use overens::source::Sources;

#[test]
fn scratch() {
    let path = std::env::var("SCRATCH").unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let mut sources = Sources::default();
    let file = sources.add("scratch", &text);
    let mut sink = Sink::default();
    let tree = overens::syntax::read(file, &text, &mut sink);
    for one in sink.sorted() {
        let (_, at) = sources.at(one.place.span);
        println!("{}:{} {} | {:?}", at.line, at.column, one.message, one.help);
    }
    println!("{} items", tree.items.len());
    if std::env::var("DUMP").is_ok() {
        println!("{tree:#?}");
    }
}
