//! Families of hostile input. Each makes files of about a size in bytes, and says with which words the command is run on them.

use std::fmt::Write;

/// A family by its name.
pub struct Family {
    pub name: &'static str,
    pub make: fn(usize) -> Files,
    pub words: &'static [&'static str],
    /// The exit code at the smallest size. Another one tells that the input does not come to where it is made to hurt.
    pub ends: i32,
}

pub type Files = Vec<(String, Vec<u8>)>;

const CHECK: &[&str] = &["check", "policy.overens"];
const TEST: &[&str] = &["test", "policy.overens"];
const VERDICTS: &[&str] = &["eval", "policy.overens", "facts.ron", "--format", "jsonl"];
const RON: &[&str] = &["eval", "policy.overens", "facts.ron", "--format", "plain"];
const JSON: &[&str] = &["eval", "policy.overens", "facts.json", "--format", "plain"];
const YAML: &[&str] = &["eval", "policy.overens", "facts.yaml", "--format", "plain"];
const TOML: &[&str] = &["eval", "policy.overens", "facts.toml", "--format", "plain"];
const CSV: &[&str] = &["eval", "policy.overens", "m=facts.csv", "--as-of", "2015-06-01", "--format", "plain"];

const XLSX: &[&str] = &["eval", "policy.overens", "m=facts.xlsx", "--as-of", "2015-06-01", "--format", "plain"];

pub const FAMILIES: &[Family] = &[
    Family { name: "brackets", make: brackets, words: CHECK, ends: 6 },
    Family { name: "brackets-never-closed", make: never_closed, words: CHECK, ends: 3 },
    Family { name: "not-not-not", make: negations, words: CHECK, ends: 0 },
    Family { name: "a-long-sum", make: long_sum, words: CHECK, ends: 3 },
    Family { name: "one-long-word", make: long_word, words: CHECK, ends: 3 },
    Family { name: "quotes", make: quotes, words: CHECK, ends: 3 },
    Family { name: "many-actors", make: many_actors, words: CHECK, ends: 0 },
    Family { name: "many-options", make: many_options, words: CHECK, ends: 0 },
    Family { name: "many-records", make: many_records, words: CHECK, ends: 0 },
    Family { name: "many-definitions", make: many_definitions, words: CHECK, ends: 0 },
    Family { name: "many-clauses", make: many_clauses, words: CHECK, ends: 0 },
    Family { name: "many-mistakes", make: many_mistakes, words: CHECK, ends: 3 },
    Family { name: "many-readings", make: many_readings, words: CHECK, ends: 0 },
    Family { name: "huge-numbers", make: huge_numbers, words: CHECK, ends: 3 },
    Family { name: "far-years", make: far_years, words: RON, ends: 4 },
    Family { name: "long-periods", make: long_periods, words: RON, ends: 3 },
    Family { name: "nul-and-invalid-bytes", make: invalid_bytes, words: CHECK, ends: 3 },
    Family { name: "hidden-characters", make: hidden, words: RON, ends: 1 },
    Family {
        name: "deep-ron",
        make: |size| facts("facts.ron", nested("(m: ", "[", "]", ")", size)),
        words: RON,
        ends: 6,
    },
    Family {
        name: "deep-json",
        make: |size| facts("facts.json", nested("{\"m\": ", "[", "]", "}", size)),
        words: JSON,
        ends: 6,
    },
    Family {
        name: "deep-yaml",
        make: |size| facts("facts.yaml", nested("m: ", "[", "]", "", size)),
        words: YAML,
        ends: 6,
    },
    Family {
        name: "deep-toml",
        make: |size| facts("facts.toml", nested("m = ", "[", "]", "", size)),
        words: TOML,
        ends: 6,
    },
    Family { name: "json-on-one-line", make: one_line, words: JSON, ends: 1 },
    Family { name: "ron-of-small-values", make: small_values, words: RON, ends: 4 },
    Family { name: "yaml-aliases", make: aliases, words: YAML, ends: 4 },
    Family { name: "toml-tables", make: toml_tables, words: TOML, ends: 1 },
    Family { name: "many-names-in-json", make: many_names, words: JSON, ends: 4 },
    Family { name: "columns", make: columns, words: CSV, ends: 4 },
    Family { name: "a-long-cell", make: long_cell, words: CSV, ends: 0 },
    Family { name: "csv-quotes", make: csv_quotes, words: CSV, ends: 4 },
    Family { name: "empty-lines", make: empty_lines, words: CSV, ends: 1 },
    Family { name: "an-import-chain", make: import_chain, words: CHECK, ends: 6 },
    Family { name: "many-imports", make: many_imports, words: CHECK, ends: 0 },
    Family { name: "rows-against-rows", make: rows_against_rows, words: VERDICTS, ends: 1 },
    Family { name: "a-swollen-spreadsheet", make: swollen, words: XLSX, ends: 6 },
    Family { name: "a-long-condition", make: long_condition, words: RON, ends: 1 },
    Family { name: "many-cases", make: many_cases, words: RON, ends: 1 },
    Family { name: "many-conditions", make: many_conditions, words: RON, ends: 1 },
    Family { name: "many-notes", make: many_notes, words: RON, ends: 1 },
    Family { name: "many-amendments", make: many_amendments, words: RON, ends: 1 },
    Family { name: "a-long-scenario", make: long_scenario, words: TEST, ends: 0 },
    Family { name: "many-scenarios", make: many_scenarios, words: TEST, ends: 0 },
    Family { name: "doubling-definitions", make: doubling, words: RON, ends: 1 },
    Family { name: "growing-numbers", make: growing_numbers, words: RON, ends: 6 },
    Family { name: "growing-fractions", make: growing_fractions, words: RON, ends: 6 },
    Family { name: "a-sum-of-fractions", make: sum_of_fractions, words: RON, ends: 1 },
    Family { name: "huge-numbers-in-facts", make: huge_facts, words: RON, ends: 4 },
    Family {
        name: "many-names-in-ron",
        make: |size| facts("facts.ron", names("(as_of: \"2015-06-01\"", ", name", ": 1", ")", size)),
        words: RON,
        ends: 4,
    },
    Family {
        name: "many-names-in-yaml",
        make: |size| facts("facts.yaml", names("as_of: 2015-06-01", "\nname", ": 1", "\n", size)),
        words: YAML,
        ends: 4,
    },
    Family {
        name: "many-names-in-toml",
        make: |size| facts("facts.toml", names("as_of = 2015-06-01", "\nname", " = 1", "\n", size)),
        words: TOML,
        ends: 4,
    },
];

const POLICY: &str = "agreement t \"T\"\n  in force from 2015-01-01\n\nrecord m\n  name: text\n  n: number\n  day: date\n\nactor k\n\n\
    duty few\n  for each m\n  k shall ensure n is at most 5\n";

fn policy(text: &str) -> Files {
    vec![("policy.overens".into(), format!("{POLICY}\n{text}").into_bytes())]
}

fn facts(name: &str, text: impl Into<Vec<u8>>) -> Files {
    vec![("policy.overens".into(), POLICY.into()), (name.into(), text.into())]
}

/// As many pieces as fit into a size.
fn pieces(size: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut at = 0;
    while text.len() < size {
        text.push_str(&piece(at));
        at += 1;
    }
    text
}

fn brackets(size: usize) -> Files {
    let half = size / 2;
    policy(&format!("define x of m as {}n is 1{}\n", "(".repeat(half), ")".repeat(half)))
}

fn never_closed(size: usize) -> Files {
    policy(&pieces(size, |at| format!("define x{at} of m as (n is 1\n")))
}

fn negations(size: usize) -> Files {
    policy(&format!("define x of m as {}n is 1\n", "not ".repeat(size / 4)))
}

fn long_sum(size: usize) -> Files {
    policy(&format!("define x of m as n{} is 1\n", " plus n".repeat(size / 7)))
}

fn long_word(size: usize) -> Files {
    policy(&format!("duty p\n  for each m\n  k shall ensure n is 1\n{}\n", "w".repeat(size)))
}

fn quotes(size: usize) -> Files {
    policy(&"\"a\n".repeat(size / 3))
}

fn many_actors(size: usize) -> Files {
    policy(&format!("actors {}z\n", pieces(size, |at| format!("a{at}, "))))
}

fn many_options(size: usize) -> Files {
    policy(&format!("record o\n  kind: one of {}z\n", pieces(size, |at| format!("o{at}, "))))
}

fn many_records(size: usize) -> Files {
    policy(&pieces(size, |at| format!("record r{at}\n  other: r{}\n", at / 2)))
}

fn many_definitions(size: usize) -> Files {
    policy(&pieces(size, |at| format!("define d{at} of m as n is more than {at}\n")))
}

fn many_clauses(size: usize) -> Files {
    policy(&pieces(size, |at| format!("duty c{at} § {at}\n  for each m\n  k shall ensure n is at most {at}\n")))
}

fn many_mistakes(size: usize) -> Files {
    policy(&pieces(size, |at| format!("duty c{at}\n  k shal ensure nn is at most {at}\n")))
}

fn many_readings(size: usize) -> Files {
    let readings = pieces(size, |at| format!("  reading r{at}\n    k shall ensure n is at most {at}\n"));
    policy(&format!("duty read\n  for each m\n{readings}"))
}

fn huge_numbers(size: usize) -> Files {
    policy(&format!("define x of m as n is at most {}\n", "9".repeat(size)))
}

fn far_years(size: usize) -> Files {
    let rows = pieces(size, |at| {
        format!("(id: \"x{at}\", day: \"{}\"),\n", ["0000-01-01", "9999-12-31", "10000-01-01"][at % 3])
    });
    facts("facts.ron", format!("(as_of: \"9999-12-31\", m: [{rows}])"))
}

fn long_periods(size: usize) -> Files {
    let text =
        pieces(size, |at| format!("deadline p{at}\n  k shall \"act\"\n  within 1000000000 months after 2015-01-01\n"));
    let mut files = policy(&text);
    files.push(("facts.ron".into(), "(as_of: \"2015-06-01\")".into()));
    files
}

fn invalid_bytes(size: usize) -> Files {
    let mut files = policy("");
    let bytes: Vec<u8> = (0..size).map(|at| [0, 0xff, b'a', 0xc3, b'\n', 0xf0, b'"'][at % 7]).collect();
    files[0].1.extend(bytes);
    files
}

fn hidden(size: usize) -> Files {
    let rows = pieces(size, |at| format!("(id: \"x\u{200b}{at}\", name: \"\u{202e}y{at}\"),\n"));
    facts("facts.ron", format!("(as_of: \"2015-06-01\", m: [{rows}])"))
}

fn nested(before: &str, open: &str, close: &str, after: &str, size: usize) -> String {
    format!("{before}{}{}{after}", open.repeat(size / 2), close.repeat(size / 2))
}

fn one_line(size: usize) -> Files {
    let rows = pieces(size, |at| format!("{{\"id\": \"m{at}\", \"n\": 9}}, "));
    facts("facts.json", format!("{{\"as_of\": \"2015-06-01\", \"m\": [{rows}{{\"id\": \"z\", \"n\": 9}}]}}"))
}

fn small_values(size: usize) -> Files {
    facts("facts.ron", format!("(as_of: \"2015-06-01\", m: [{}])", "1,".repeat(size / 2)))
}

fn aliases(size: usize) -> Files {
    let mut text = String::from("a0: &a0 [1, 1]\n");
    let mut at = 0;
    while text.len() < size {
        writeln!(text, "a{}: &a{} [*a{at}, *a{at}]", at + 1, at + 1).unwrap();
        at += 1;
    }
    facts("facts.yaml", text)
}

fn toml_tables(size: usize) -> Files {
    facts(
        "facts.toml",
        format!("as_of = 2015-06-01\n{}", pieces(size, |at| format!("[[m]]\nid = \"m{at}\"\nn = {at}\n"))),
    )
}

fn many_names(size: usize) -> Files {
    let names = pieces(size, |at| format!("\"name{at}\": 1, "));
    facts("facts.json", format!("{{{names}\"as_of\": \"2015-06-01\"}}"))
}

fn columns(size: usize) -> Files {
    let names = pieces(size / 2, |at| format!(",c{at}"));
    let many = names.matches(',').count();
    facts("facts.csv", format!("id,n{names}\na,3{}\n", ",1".repeat(many)))
}

fn long_cell(size: usize) -> Files {
    facts("facts.csv", format!("id,name,n\na,\"{}\",3\n", "x".repeat(size)))
}

fn csv_quotes(size: usize) -> Files {
    facts("facts.csv", format!("id,name,n\n{}", "a,\"\"\"\"\"\",3\nb,\"\n".repeat(size / 18)))
}

fn empty_lines(size: usize) -> Files {
    facts("facts.csv", format!("id,name,n\n{}", "\n".repeat(size)))
}

fn import_chain(size: usize) -> Files {
    let many = size / 60;
    let mut files = policy("import \"i0.overens\"\n");
    for at in 0..many {
        let text = format!("import \"i{}.overens\"\nrecord r{at}\n  x: text\n", at + 1);
        files.push((format!("i{at}.overens"), text.into()));
    }
    files
}

fn many_imports(size: usize) -> Files {
    let many = (size / 120).min(2_000);
    let mut files = policy(&(0..many).map(|at| format!("import \"i{at}.overens\"\n")).collect::<String>());
    files.extend((0..many).map(|at| (format!("i{at}.overens"), format!("record r{at}\n  x: text\n").into())));
    files
}

const ONE: &str = "(as_of: \"2015-06-01\", m: [(id: \"a\", n: 9)])";

/// A policy with more declarations, and one record.
fn with_one(text: &str) -> Files {
    let mut files = policy(text);
    files.push(("facts.ron".into(), ONE.into()));
    files
}

fn long_condition(size: usize) -> Files {
    with_one(&format!("define x of m as n is 1{}\n", " or n is 2".repeat(size / 10)))
}

fn many_cases(size: usize) -> Files {
    with_one(&format!("define x of m as {}otherwise 1\n", pieces(size, |at| format!("{at} if n is {at}, "))))
}

fn many_conditions(size: usize) -> Files {
    let conditions = pieces(size, |at| format!("  unless n is {at}\n"));
    with_one(&format!("duty many\n  for each m\n  k shall ensure n is at most 5\n{conditions}"))
}

fn many_notes(size: usize) -> Files {
    let notes = pieces(size, |at| format!("  note \"a{at}\"\n"));
    with_one(&format!("duty many\n  for each m\n  k shall ensure n is at most 5\n{notes}"))
}

fn many_amendments(size: usize) -> Files {
    with_one(&pieces(size, |at| {
        format!(
            "amendment a{at}\n  to t\n  takes effect 2015-03-01\n  add duty d{at}\n    for each m\n    k shall ensure n is {at}\n"
        )
    }))
}

fn long_scenario(size: usize) -> Files {
    let lines = pieces(size, |at| format!("  given m a{at} has n 3\n  expect few for a{at} satisfied\n"));
    policy(&format!("scenario \"s\"\n  as of 2015-06-01\n{lines}"))
}

fn many_scenarios(size: usize) -> Files {
    policy(&pieces(size, |at| {
        format!("scenario \"s{at}\"\n  as of 2015-06-01\n  given m a has n 3\n  expect few for a satisfied\n")
    }))
}

/// So many definitions, of which each builds on the one before it, and a clause that asks for the last.
fn chain(first: &str, next: impl Fn(usize) -> String) -> String {
    let all: String = (1..28).map(|at| format!("define x{at} of m as {}\n", next(at - 1))).collect();
    format!("define x0 of m as {first}\n{all}duty last\n  for each m\n  k shall ensure x27 is at most 5\n")
}

fn doubling(_: usize) -> Files {
    with_one(&chain("n", |before| format!("x{before} plus x{before}")))
}

fn growing_numbers(_: usize) -> Files {
    with_one(&chain("n plus 1", |before| format!("x{before} times x{before}")))
}

fn growing_fractions(_: usize) -> Files {
    with_one(&chain("1 divided by n", |before| {
        format!("x{before} times x{before} plus 1 divided by (n plus {before})")
    }))
}

fn sum_of_fractions(size: usize) -> Files {
    let mut files =
        policy("define part of m as 1 divided by n\nduty parts\n  k shall ensure sum of part of m is at most 1\n");
    let rows = pieces(size, |at| format!("(id:\"m{at}\",n:{}),", 2 * at + 1));
    let complete = "complete: {\"m\": (from: \"2015-01-01\", through: \"2015-06-01\")}";
    files.push(("facts.ron".into(), format!("(as_of: \"2015-06-01\", {complete}, m: [{rows}])").into()));
    files
}

fn huge_facts(size: usize) -> Files {
    facts("facts.ron", format!("(as_of: \"2015-06-01\", m: [(id: \"a\", n: {}e9)])", "9".repeat(size)))
}

fn names(before: &str, each: &str, value: &str, after: &str, size: usize) -> String {
    format!("{before}{}{after}", pieces(size, |at| format!("{each}{at}{value}")))
}

/// Each row of one record is held against all of another.
fn rows_against_rows(size: usize) -> Files {
    let many = size / 110;
    let text = "agreement t \"T\"\n  in force from 2015-01-01\nrecord member\n  tools: number\nevent loan on made_on\n  made_on: date\n  days: number\n\
        actor k\nduty some_more\n  for each member\n  k shall ensure some loan where days is more than tools\n\
        duty few_less\n  for each member\n  k shall ensure count of (loan where days is less than tools) is at most 5\n\
        duty all_less\n  for each member\n  k shall ensure all loan have days is less than tools\n";
    let members: Vec<String> = (0..many).map(|at| format!("(id:\"m{at}\",tools:{})", 100 + at % 100)).collect();
    let loans: Vec<String> =
        (0..many).map(|at| format!("(id:\"l{at}\",made_on:\"2015-02-01\",days:{})", at % 100)).collect();
    let facts = format!(
        "(agreement:\"t\",as_of:\"2015-06-01\",complete:{{\"loan\":(from:\"2015-01-01\",through:\"2015-06-01\")}},member:[{}],loan:[{}])",
        members.join(","),
        loans.join(",")
    );
    vec![("policy.overens".to_string(), text.into()), ("facts.ron".to_string(), facts.into())]
}

/// A spreadsheet of about this size that unpacks to a thousand times as much.
fn swollen(size: usize) -> Files {
    use std::io::Write;
    let mut parts = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let how = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    parts.start_file("xl/sharedStrings.xml", how).unwrap();
    let piece = vec![b' '; 1 << 20];
    (0..size / 1_040).for_each(|_| parts.write_all(&piece).unwrap());
    facts("facts.xlsx", parts.finish().unwrap().into_inner())
}
