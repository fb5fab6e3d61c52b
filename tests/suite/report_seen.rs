//! What a reader sees of the page, asked of a browser without a window. Where no browser is found, the tests say so and ask nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::forms_support::{CLUB, FACTS, club, several};
use super::terminal_agreements::{folder, overens};

/// What browsers are called; `OVERENS_BROWSER` names another.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Without these it would look for updates, and ask a computer without a screen for one.
const QUIET: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

fn browser() -> Option<String> {
    let named = std::env::var_os("OVERENS_BROWSER").map(|name| name.to_string_lossy().into_owned());
    let known = BROWSERS.iter().map(|name| name.to_string());
    let answers = |name: &String| Command::new(name).arg("--version").output().is_ok_and(|told| told.status.success());
    let found = named.into_iter().chain(known).find(answers);
    if found.is_none() {
        eprintln!("no browser is found, so nothing is asked of the page; OVERENS_BROWSER can name one");
    }
    found
}

/// What the browser gives for a page.
fn ask(browser: &str, folder: &Path, page: &Path, words: &[&str]) -> String {
    let mut command = Command::new(browser);
    command.args(QUIET).arg(format!("--user-data-dir={}", folder.join("browser").display())).args(words);
    let told = command.arg(format!("file://{}", page.display())).output().unwrap();
    String::from_utf8(told.stdout).unwrap()
}

/// Questions to a page, put at its end: what is answered takes the place of its body.
const QUESTIONS: &str = r#"<script>
const all = selector => [...document.querySelectorAll(selector)];
const light = colour => {
  const parts = colour.match(/[\d.]+/g).slice(0, 3).map(part => part / 255);
  const linear = parts.map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
};
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/, 0\)$/.test(colour) && colour !== 'transparent') return colour;
  }
  return 'rgb(255, 255, 255)';
};
const contrast = element => {
  const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
};
const answers = {
  language: document.documentElement.lang,
  title: document.title,
  headings: all('h1, h2, h3, h4').map(one => one.tagName + ' ' + one.innerText),
  rows: all('table.lines tbody tr').map(one => [...one.cells].map(cell => cell.innerText).join(' | ')),
  unfolded: all('details').filter(one => one.open).length,
  folded: all('details').filter(one => !one.open).length,
  shown: document.body.innerText,
  images: all('img').length,
  fetched: performance.getEntriesByType('resource').length,
  unnamed: all('[role=img]').filter(one => !one.getAttribute('aria-label')).length,
  faint: all('body *').filter(one => !['SVG', 'SCRIPT'].includes(one.tagName.toUpperCase()) && !one.closest('svg')
    && one.innerText && contrast(one) < 4.5).map(one => one.className + ' ' + one.innerText),
  wider: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  due: all('svg text').map(one => one.textContent),
};
document.body.textContent = '';
const told = document.createElement('pre');
told.id = 'told';
told.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(answers))));
document.body.append(told);
</script>
</body>"#;

/// The answers of the club's page in a window of this width; nothing where there is no browser.
fn seen(test: &str, width: &str) -> Option<Value> {
    let browser = browser()?;
    let folder = club(test);
    let (_, page, _) = overens(&folder, &["eval", "club.overens", "2014.ron", "--format", "html"]);
    let path = write(&folder, &page.replace("</body>", QUESTIONS));
    let told = ask(&browser, &folder, &path, &[&format!("--window-size={width},900"), "--dump-dom"]);
    let (_, answers) =
        told.split_once("<pre id=\"told\">").unwrap_or_else(|| panic!("the page does not answer: {told}"));
    let (told, _) = answers.split_once("</pre>").unwrap();
    Some(serde_json::from_slice(&from_base64(told)).unwrap())
}

#[expect(clippy::disallowed_methods, reason = "a test sets its scene")]
fn write(folder: &Path, page: &str) -> PathBuf {
    let path = folder.join("page.html");
    std::fs::write(&path, page).unwrap();
    path
}

fn from_base64(text: &str) -> Vec<u8> {
    const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values: Vec<u32> = text.chars().filter_map(|c| SIGNS.find(c)).map(|at| u32::try_from(at).unwrap()).collect();
    let bytes = values.chunks(4).flat_map(|four| {
        let bits = four.iter().fold(0, |bits, value| bits << 6 | value) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    });
    bytes.collect()
}

fn words(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

#[test]
fn a_reader_sees_how_it_stands_and_what_needs_action_without_unfolding_anything() {
    let Some(seen) = seen("seen", "1200") else { return };
    assert_eq!(seen["language"], "en");
    assert_eq!(seen["title"], "A club & its <friends>, as of 2014-06-30");
    let headings = [
        "H1 A club & its <friends>",
        "H2 Clauses by verdict",
        "H2 What needs action",
        "H3 to act: board",
        "H2 Due next",
        "H2 Each clause",
    ];
    assert_eq!(words(&seen["headings"]), headings);
    let rows = [
        "§ 1 | The summons goes out ahead\nsummons | annual, 2014 | late | summons sent 2014-03-06, 5 days after 2014-03-01 | 2014.ron:5",
        "§ 1 | The summons goes out ahead\nsummons | =autumn|`x` | pending | summons not sent yet, due by 2014-09-21 | 2014.ron:7",
        "§ 1 | The summons goes out ahead\nsummons | %0A::error::<U+001B>[31m | violated | summons not sent by 2014-06-10 | 2014.ron:8",
        "§ 2 | openness | 2014 | pending | through 2014-12-31 | ",
    ];
    assert_eq!(words(&seen["rows"]), rows);
    assert!(seen["shown"].as_str().unwrap().contains("4 verdicts need action."));
    // The clauses' words are there, and folded.
    assert_eq!((&seen["folded"], &seen["unfolded"]), (&3.into(), &0.into()));
    assert!(!seen["shown"].as_str().unwrap().contains("for each meeting"));
    assert!(words(&seen["due"]).contains(&"2014-09-21"), "{}", seen["due"]);
}

#[test]
fn names_from_the_facts_are_words_and_nothing_is_fetched() {
    let Some(seen) = seen("seen_names", "1200") else { return };
    assert_eq!((&seen["images"], &seen["fetched"]), (&0.into(), &0.into()));
}

#[test]
fn words_stand_out_from_their_ground_and_drawings_have_words() {
    let Some(seen) = seen("seen_contrast", "1200") else { return };
    assert_eq!(seen["faint"], Value::Array(Vec::new()), "contrast below 4.5");
    assert_eq!(seen["unnamed"], 0);
}

#[test]
fn on_a_narrow_screen_only_tables_are_moved_sideways() {
    for width in ["1200", "500"] {
        let Some(seen) = seen("seen_narrow", width) else { return };
        assert_eq!(seen["wider"], false, "at {width}");
    }
}

/// `OVERENS_WRITE=1` takes the picture anew.
#[test]
fn the_picture_in_the_documents_is_of_the_page() {
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.png");
    if std::env::var_os("OVERENS_WRITE").is_some()
        && let Some(browser) = browser()
    {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (_, page, _) = overens(root, &["eval", "policies/samverkan", "--period", "2015", "--format", "html"]);
        let folder = club("seen_picture");
        let path = write(&folder, &page);
        ask(&browser, &folder, &path, &["--window-size=1100,1940", &format!("--screenshot={}", picture.display())]);
    }
    let length = std::fs::metadata(&picture).unwrap().len();
    assert!((10_000..400_000).contains(&length), "{length} bytes");
}

/// Shows pages one after the other in a frame, and puts what each answers at the end of the page around it.
const ONE_BY_ONE: &str = "\
const answers = [];
const behind = '<script>' + axe + '</scr' + 'ipt><script>' + ask + '</scr' + 'ipt></body>';
const next = () => {
  const shown = pages[answers.length];
  if (!shown) {
    const told = document.createElement('pre');
    told.id = 'told';
    told.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(answers))));
    document.body.replaceChildren(told);
    return;
  }
  const frame = document.createElement('iframe');
  frame.title = 'page';
  frame.style = 'height:900px;border:0;width:' + shown[1] + 'px';
  frame.srcdoc = shown[0].split('</body>').join(behind);
  window.answer = found => { answers.push(found); frame.remove(); next(); };
  document.body.append(frame);
};
next();
";

/// What a page answers: what axe finds, and whether it moves sideways.
const ASK: &str = "axe.run(document, { resultTypes: ['violations'] }).then(found => { \
                   const named = found.violations.map(one => one.id + ' ' + one.nodes[0].html); \
                   const all = document.documentElement; \
                   const wide = all.scrollWidth > all.clientWidth ? ['moved sideways'] : []; \
                   parent.answer(named.concat(wide)); })";

/// What axe finds on each page at its width, all asked of one browser.
fn axe_says(browser: &str, folder: &Path, axe: &str, pages: &[(&str, usize)]) -> Vec<Value> {
    let said = |value: Value| value.to_string().replace("</", "<\\/").replace("<!--", "<\\u0021--");
    let (pages_said, axe, ask) = (said(serde_json::json!(pages)), said(axe.into()), said(ASK.into()));
    let around = format!(
        "<!doctype html><html lang=\"en\"><body style=\"margin:0\"><script>\
         const pages = {pages_said}, axe = {axe}, ask = {ask};\n{ONE_BY_ONE}</script></body></html>"
    );
    let path = write(folder, &around);
    let told = ask_for_dom(browser, folder, &path);
    let answer = told.rsplit_once("<pre id=\"told\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let (answer, _) = answer.unwrap_or_else(|| panic!("axe does not answer"));
    let answers: Vec<Value> = serde_json::from_slice(&from_base64(answer)).unwrap();
    assert_eq!(answers.len(), pages.len());
    answers
}

fn ask_for_dom(browser: &str, folder: &Path, path: &Path) -> String {
    ask(browser, folder, path, &["--window-size=1400,1000", "--virtual-time-budget=300000", "--dump-dom"])
}

#[test]
fn no_page_moves_sideways_however_long_a_name_is() {
    let Some(browser) = browser() else { return };
    let long = "n".repeat(88);
    let policy = "agreement a \"Names\"\n  in force from 2010-01-01\n\nrecord club\n  heads: number\n\nduty enough § 1 \"Enough heads\"\n  each club shall ensure heads is at least 3\n";
    let facts =
        format!("(agreement: \"a\", as_of: \"2015-01-01\", club: [(id: \"{long}\", heads: 2), (id: \"{long}2\")])");
    let folder =
        folder("seen_long", &[("a.overens", policy), ("f.ron", &facts), ("wrong.ron", &facts.replace("2)", "x)"))]);
    let page = |words: &[&str]| overens(&folder, &[words, &["--format", "html"]].concat()).1;
    let pages = [
        page(&["eval", "a.overens", "f.ron", "--all"]),
        page(&["why", "enough", "a.overens", "f.ron"]),
        page(&["check", "a.overens", "--facts", "wrong.ron"]),
    ];
    let nothing = "const axe = { run: async () => ({ violations: [] }) };";
    let narrow = pages.each_ref().map(|page| (page.as_str(), 390));
    for (page, found) in pages.iter().zip(axe_says(&browser, &folder, nothing, &narrow)) {
        assert_eq!(found, serde_json::json!([]), "{page}");
    }
}

/// `OVERENS_AXE` names the `axe.min.js` of axe-core.
#[test]
fn axe_finds_nothing_on_any_page_at_two_widths() {
    let (Some(axe), Some(browser)) = (std::env::var_os("OVERENS_AXE"), browser()) else { return };
    let axe = std::fs::read_to_string(axe).unwrap();
    let (folder, several) = (club("seen_axe"), several("seen_axe_several"));
    let later = CLUB.replace("at least 10 days", "at least 20 days");
    let two = self::folder("seen_axe_two", &[("old.overens", CLUB), ("new.overens", &later), ("2014.ron", FACTS)]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = |at: &Path, words: &[&str]| overens(at, &[words, &["--format", "html"]].concat()).1;
    let pages = [
        ("eval", page(&folder, &["eval", "club.overens", "2014.ron"])),
        ("eval of several", page(&several, &["eval", "all"])),
        ("why", page(&folder, &["why", "summons", "club.overens", "2014.ron", "--for", "annual, 2014"])),
        ("why of a cost", page(root, &["why", "equal_grant", "policies/county_register"])),
        ("why of a section", page(root, &["why", "§ 3", "policies/orebro"])),
        ("check", page(root, &["check", "tests/cases/mistakes/ten_mistakes"])),
        ("check of many", page(root, &["check", "policies"])),
        ("test", page(root, &["test", "policies/orebro"])),
        ("diff", page(root, &["diff", "policies/samverkan", "groups_own"])),
        ("monday", page(&folder, &["monday", "club.overens", "2014.ron"])),
        ("diff for each", page(&two, &["diff", "old.overens", "new.overens", "--facts", "2014.ron", "--each"])),
    ];
    for (name, page) in &pages {
        assert!(page.contains("</body>"), "{name} is no page: {page}");
    }
    let both = pages.iter().flat_map(|(name, page)| [390, 1280].map(|width| (*name, (page.as_str(), width))));
    let (names, asked): (Vec<&str>, Vec<(&str, usize)>) = both.unzip();
    for ((name, (_, width)), found) in names.iter().zip(&asked).zip(axe_says(&browser, &folder, &axe, &asked)) {
        assert_eq!(found, serde_json::json!([]), "{name} at {width}");
    }
}
