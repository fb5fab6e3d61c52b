use overens::diagnostics::Sink;
use overens::report::scenario;
use overens::source::{FileId, Sources};
use overens::syntax::tree::{Item, Tree};
fn show(sources: &Sources, sink: &Sink) {
    for one in sink.sorted() {
        let (name, at) = sources.at(one.place.span);
        println!(
            "{name}:{}:{} {} {}{}",
            at.line,
            at.column,
            one.code.name,
            one.message,
            one.help.as_ref().map(|h| format!("\n      help: {h}")).unwrap_or_default()
        );
        for o in &one.others {
            println!("      also {}: {}", sources.text(o.span), o.words);
        }
    }
}
fn main() {
    let mut tot = 0;
    let mut bad = 0;
    let mut files = 0;
    for path in std::env::args().skip(1) {
        files += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let mut sources = Sources::default();
        let file = sources.add(&path, &text);
        let mut sink = Sink::default();
        let tree = overens::syntax::read(file, &text, &mut sink);
        let dir = std::path::Path::new(&path).parent().unwrap().to_path_buf();
        let mut trees: Vec<Tree> = vec![tree];
        let mut i = 0;
        while i < trees.len() {
            let imps: Vec<String> = overens::check::imports(&trees[i]).iter().map(|q| q.it.clone()).collect();
            for im in imps {
                let p = dir.join(&im);
                if let Ok(t) = std::fs::read_to_string(&p) {
                    let f = sources.add(p.to_str().unwrap(), &t);
                    let tr = overens::syntax::read(f, &t, &mut sink);
                    trees.push(tr);
                } else {
                    println!("missing import {im}");
                }
            }
            i += 1;
        }
        let agreement = overens::check::check(&trees, &mut sink);
        overens::clauses::inspect(&agreement, &mut sink);
        show(&sources, &sink);
        if sink.has_errors() {
            println!("{path}: has errors");
            bad += 1;
            continue;
        }
        let plan = overens::compile::compile(&agreement);
        let _ = FileId(0);
        for item in trees[0].items.clone() {
            let Item::Scenario(s) = item else { continue };
            let mut sink = Sink::default();
            let mut roots = vec![];
            for f in &s.facts {
                let p = dir.join(&f.it);
                let t = std::fs::read_to_string(&p).unwrap_or_else(|_| panic!("{p:?}"));
                let id = sources.add(p.to_str().unwrap(), &t);
                if let Some(n) = overens::load::read(id, p.to_str().unwrap(), &t, &mut sink) {
                    roots.push((n, f.it.clone()));
                }
            }
            let roots = overens::load::apply_given(&s.given, roots, &plan.schema, &mut sink);
            let facts = overens::load::bind(&roots, &plan.schema, Some(&plan.name), &mut sink);
            show(&sources, &sink);
            if sink.has_errors() {
                println!("  scenario {} facts bad", s.title.it);
                bad += s.expectations.len();
                continue;
            }
            let as_of = s.as_of.as_ref().and_then(|d| overens::value::Day::parse_iso(&d.it).ok()).or(facts.as_of);
            let Some(as_of) = as_of else {
                println!("no as of {}", s.title.it);
                bad += 1;
                continue;
            };
            let limits = overens::evaluate::Limits::default();
            let trial = scenario::run(
                &s,
                scenario::Stage { plan: &plan, sources: &sources, facts: &facts, as_of, limits: &limits },
            );
            tot += trial.expectations;
            for f in &trial.failures {
                bad += 1;
                let (n, at) = sources.at(f.place);
                println!("FAIL {n}:{} [{}] {}", at.line, as_of, f.expected);
                for c in &f.came {
                    println!("      came {c}");
                }
                if std::env::var("WHY").is_ok() {
                    if let Some(w) = &f.why {
                        println!("{:#?}", w);
                    }
                }
            }
        }
    }
    println!("files {files}, {tot} expectations, {bad} bad");
}
