//! Which field each column of an unknown table seems to give: by what is written over it, and by what stands in its cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    facts::sheet::Dialect,
    model::schema::{BUILT_IN_FIELDS, Field, InTime, Record, Type},
    source::letters,
    value::Day,
};

use super::{
    super::{
        cells::{self as read, Cell, InCell},
        clock_times, csv,
        wording::folded,
    },
    Column, Guess,
    contents::{Held, by_contents},
    likeness::{is_misspelt, may_be_another_word, may_turn_round, says_the_opposite},
};

/// The field that is written over a column.
pub(super) fn field_called<'r>(heading: &str, record: &'r Record) -> Option<&'r str> {
    let name = folded(heading);
    let found = record.fields.iter().find(|field| folded(&field.name) == name).map(|field| field.name.as_str());
    found.or((name == "id").then_some("id"))
}

/// The field whose name is nearly the heading's, as somebody might misspell it.
pub(super) fn field_like<'r>(heading: &str, record: &'r Record) -> Option<&'r str> {
    let mut alike = own(record).map(|field| field.name.as_str()).filter(|field| is_misspelt(heading, field));
    alike.next().filter(|_| alike.next().is_none())
}

/// What a column's field rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Because {
    /// It is written over it.
    Called,
    /// What is written over it is nearly the field's name.
    Like,
    /// It is what the record is called that the field refers to.
    Refers,
    /// Its cells tell the rows apart.
    Tells,
    /// No other column holds values of the field's type, and no other field has it.
    Holds,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Empty,
    Days,
    Answers,
    Amounts,
    Numbers,
    Times,
    Texts,
}

impl Kind {
    fn of(cells: &[&str], guess: &Guess) -> Kind {
        let untold = Dialect::untold(guess.delimiter);
        let is_known = |currency| guess.currencies.contains(&currency);
        let given: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
        // Some cells may be wrong.
        let most = |is: &dyn Fn(&str) -> bool| {
            given.iter().filter(|cell| is(cell)).count().saturating_mul(5) >= given.len().saturating_mul(4)
        };
        let is_day = |cell: &str| {
            Day::parse_iso(cell).is_ok()
                || !matches!(read::day(cell, &untold), InCell::Day(Cell::Not) | InCell::Problem(_))
        };
        if given.is_empty() {
            Kind::Empty
        } else if most(&|cell| read::answer(cell, &untold) != Cell::Not) {
            Kind::Answers
        } else if most(&is_day) {
            Kind::Days
        } else if most(&|cell| {
            clock_times::in_cell(cell).is_some() && !cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        }) {
            Kind::Times
        } else if most(&|cell| read::number(cell, &untold) != Cell::Not) {
            Kind::Numbers
        } else if most(&|cell| read::money(cell, None, is_known, &untold).0 != Cell::Not) {
            Kind::Amounts
        } else {
            Kind::Texts
        }
    }

    /// Whether a field of this type may be given by such a column.
    pub fn fits(self, ty: &Type, cells: &[&str]) -> bool {
        let is_option = |options: &[String]| {
            let given: Vec<&&str> = cells.iter().filter(|cell| !cell.is_empty()).collect();
            let known = given.iter().filter(|cell| options.iter().any(|option| folded(option) == folded(cell)));
            known.count().saturating_mul(2) >= given.len().max(1)
        };
        match ty {
            Type::Date => self == Kind::Days,
            Type::YesNo => self == Kind::Answers,
            Type::Money => matches!(self, Kind::Amounts | Kind::Numbers),
            Type::Number => self == Kind::Numbers,
            // `18.00` may be a number, too.
            Type::Time => self == Kind::Times || self == Kind::Numbers && cells.iter().all(|cell| may_be_a_time(cell)),
            Type::OneOf(options) => matches!(self, Kind::Texts | Kind::Answers) && is_option(options),
            Type::Text => self == Kind::Texts,
            // Ids are short.
            Type::Ref(_) => self == Kind::Texts && !cells.iter().any(|cell| cell.trim().contains(char::is_whitespace)),
            Type::SetOf(_) => false,
        }
    }
}

/// Whether a cell holds a time with a point, or nothing: `18.00`.
fn may_be_a_time(cell: &str) -> bool {
    let minutes = cell.split_once('.').map_or("", |(_, minutes)| minutes);
    cell.is_empty() || minutes.len() == 2 && clock_times::in_cell(cell).is_some()
}

/// Whether a field that is called nearly like a column may be given by it: its cells are not clearly something else.
fn is_no_contradiction(record: &Record, field: &str, (kind, cells): (Kind, &[&str])) -> bool {
    let Some(field) = record.fields.iter().find(|one| one.name == field) else { return true };
    let has_digits = || cells.iter().any(|cell| cell.contains(|sign: char| sign.is_ascii_digit()));
    match (&field.ty, kind) {
        // Numbers and days that are written in some other way have digits.
        (Type::Number | Type::Money | Type::Date | Type::Time, Kind::Texts) => has_digits(),
        (_, Kind::Empty | Kind::Texts) | (Type::Text | Type::Ref(_) | Type::SetOf(_), _) => true,
        (Type::Date, kind) => kind == Kind::Days || kind == Kind::Numbers,
        (Type::YesNo, kind) => matches!(kind, Kind::Answers | Kind::Numbers),
        (Type::Number | Type::Money, kind) => matches!(kind, Kind::Numbers | Kind::Amounts),
        (Type::Time, kind) => matches!(kind, Kind::Times | Kind::Numbers),
        (Type::OneOf(_), kind) => matches!(kind, Kind::Answers | Kind::Numbers),
    }
}

/// Says what each column gives, and what of it has to be decided.
pub(super) fn columns(guess: &mut Guess, names: &[String], body: &[&Vec<String>], record: &Record) {
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut fields: Vec<Taken> = Vec::with_capacity(names.len());
    for heading in names {
        // Of two columns that are called so neither is dropped: which one it is, a person says.
        let called = field_called(heading, record);
        called.into_iter().for_each(|field| _ = taken.insert(field));
        fields.push(called.map(|field| (field, Because::Called)));
    }
    let cells: Vec<Vec<&str>> =
        (0..names.len()).map(|at| body.iter().map(|row| row.get(at).map_or("", String::as_str)).collect()).collect();
    let kinds: Vec<Kind> = cells.iter().map(|cells| Kind::of(cells, guess)).collect();
    for ((heading, held), field) in names.iter().zip(kinds.iter().zip(&cells)).zip(&mut fields) {
        if field.is_none() && !heading.is_empty() {
            let held = (*held.0, held.1.as_slice());
            let found = field_like(heading, record).filter(|field| is_no_contradiction(record, field, held));
            let found = found.filter(|field| taken.insert(field));
            *field = found.map(|field| (field, Because::Like));
        }
    }
    for (heading, field) in names.iter().zip(&mut fields).filter(|(_, field)| field.is_none()) {
        let found = field_to(heading, guess, record).filter(|field| taken.insert(field));
        *field = found.map(|field| (field, Because::Refers));
    }
    // Something has to tell the rows apart: a column without a field whose cells are all there and all different.
    if !taken.contains("id") {
        let id = telling_apart(names, &cells, &kinds, &fields);
        if let Some(field) = id.and_then(|at| fields.get_mut(at)) {
            *field = Some(("id", Because::Tells));
            taken.insert("id");
        }
    }
    // Then by what the cells hold, where one column and one field have no other.
    let held = Held { names, cells: &cells, kinds: &kinds };
    by_contents(&held, record, (&mut fields, &mut taken));
    let fitting = |at: usize, taken: &BTreeSet<&str>| match (kinds.get(at), cells.get(at)) {
        (Some(kind), Some(cells)) => fitting(record, taken, (*kind, cells)),
        (_, _) => Vec::new(),
    };
    tell_twice(guess, (names, &fields));
    let mut so_often: BTreeMap<String, usize> = BTreeMap::new();
    for heading in names {
        let count = so_often.entry(folded(heading)).or_default();
        *count = count.saturating_add(1);
    }
    let mut left_out = Vec::new();
    for (at, heading) in names.iter().enumerate() {
        let field = fields.get(at).copied().flatten();
        let decided = guess.open.len();
        let shared = heading.is_empty() || so_often.get(&folded(heading)).is_some_and(|count| *count > 1);
        let name = if shared { letters(at) } else { heading.clone() };
        let shown = if shared && !heading.is_empty() { format!("`{name}` ({heading})") } else { format!("`{name}`") };
        match field {
            Some((field, Because::Like)) => {
                let or = if may_be_another_word(heading, field) { "; its name may be another word" } else { "" };
                guess.likely.push(format!("`{name}` is read as `{field}`, because the names are similar{or}"));
            }
            Some((field, Because::Refers)) => {
                guess.likely.push(format!("`{name}` is read as `{field}`, because each `{field}` is one of those"));
            }
            Some((field, Because::Holds)) => {
                let of = record.fields.iter().find(|one| one.name == field);
                let or = of.filter(|field| may_turn_round(heading, field)).map_or_else(String::new, self::opposite);
                guess.likely.push(format!("`{name}` is read as `{field}`, because of the values in its cells{or}"));
            }
            Some((field, Because::Tells)) => {
                let may: Vec<String> = match kinds.get(at) {
                    Some(Kind::Numbers) => {
                        fitting(at, &taken).iter().map(|field| format!("`{}`", field.name)).collect()
                    }
                    Some(_) | None => Vec::new(),
                };
                let or =
                    if may.is_empty() { String::new() } else { format!("; it could also be {}", may.join(" or ")) };
                guess
                    .likely
                    .push(format!("`{name}` is read as the `{field}`, because its values are all different{or}"));
            }
            Some((_, Because::Called)) => {}
            None if kinds.get(at) == Some(&Kind::Empty) => left_out.push(shown.clone()),
            None if heading.is_empty() && guess.delimiter == b',' && are_decimals(&kinds, at) => {
                let before = names.get(at.saturating_sub(1)).map_or("", String::as_str);
                guess.open.push(format!(
                    "`{name}` has no heading, and may hold the decimals of `{before}`: if so, put quotes around numbers with a decimal comma, or save the file with another separator"
                ));
            }
            None => {
                let may = fitting(at, &taken).into_iter();
                // The numbers of the rows are nothing that they have.
                let may = may.filter(|field| !is_of_ids(heading) || !matches!(field.ty, Type::Number | Type::Money));
                let may: Vec<&str> = may.map(|field| field.name.as_str()).collect();
                let field = if let [one] = may.as_slice() { one } else { "…" };
                let all: Vec<String> = may.iter().map(|field| format!("`{field}`")).collect();
                let cells = cells.get(at).map_or(&[][..], Vec::as_slice);
                match all.as_slice() {
                    [] => match in_other_words(record, &taken, cells) {
                        Some((field, word)) => guess.open.push(format!(
                            "`{name}` is ignored, but could be `{field}` in other words: if it is, add `\"{name}\": \"{field}\"` to `columns`, and what each word means to `words`, such as `\"{word}\": \"…\"`"
                        )),
                        None => left_out.push(shown.clone()),
                    },
                    all => {
                        let opposite = fitting(at, &taken).into_iter().find(|field| says_the_opposite(heading, field));
                        let opposite = opposite.map_or_else(String::new, self::opposite);
                        guess.open.push(format!(
                            "`{name}` is ignored, but could be {}: if it is, add `\"{name}\": \"{field}\"` to `columns`{opposite}",
                            all.join(" or ")
                        ));
                    }
                }
            }
        }
        let shown = |cell: &String| read::shown(cell).unwrap_or("(a formula without a result)").to_owned();
        let samples = body.iter().take(3).filter_map(|row| row.get(at)).map(shown).collect();
        let mapped = field.is_some_and(|(_, because)| because != Because::Called || shared);
        guess.columns.push(Column {
            heading: heading.clone(),
            field: field.map(|(field, _)| field.to_owned()),
            mapped,
            shared,
            is_open: guess.open.len() > decided,
            samples,
        });
    }
    if !left_out.is_empty() {
        guess.likely.push(format!("ignored, because no field matches: {}", left_out.join(", ")));
    }
    guess.missing = free(record, &taken).iter().map(|field| field.name.clone()).collect();
    let id = fields.iter().position(|field| field.is_some_and(|(field, _)| field == "id"));
    let ids = id.and_then(|at| cells.get(at)).map_or(&[][..], Vec::as_slice);
    guess.ids = ids.iter().take(FIRST_IDS).map(|id| (*id).to_owned()).collect();
}

fn opposite(field: &Field) -> String {
    format!("; its name may say the opposite of `{}`", field.name)
}

/// The column that tells the rows apart: the first that is called like one of ids, else the first of texts or of numbers that count
/// the rows. An amount that happens to be another one in each row is no id.
fn telling_apart(names: &[String], cells: &[Vec<&str>], kinds: &[Kind], fields: &[Taken]) -> Option<usize> {
    let is_called_so = |at: &usize| names.get(*at).is_some_and(|heading| is_of_ids(heading));
    let differ = |at: &usize| {
        let Some(cells) = cells.get(*at) else { return false };
        // Below a column that is called so totals and notes may stand, which have none.
        let without = cells.iter().rev().take_while(|cell| cell.is_empty()).count();
        let is_of_the_end = is_called_so(at) && without <= MOST_BELOW && without.saturating_mul(2) < cells.len();
        let end = if is_of_the_end { cells.len().saturating_sub(without) } else { cells.len() };
        let cells = cells.get(..end).unwrap_or_default();
        // `Ja` and `ja` are one word.
        let all: BTreeSet<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
        let is_free = fields.get(*at) == Some(&None) && cells.len() > 1;
        is_free && all.len() == cells.len() && !all.contains("")
    };
    let count_rows = |at: usize| {
        let numbers = cells.get(at).into_iter().flatten().map(|cell| cell.parse::<u64>());
        let numbers: Vec<u64> = numbers.filter_map(Result::ok).collect();
        let is_long = |number: &u64| *number >= LONG_ID;
        let are_years = numbers.iter().all(|number| (1900..2101).contains(number));
        // Two or three numbers follow each other by chance, but those of rows begin with one.
        let begins = numbers.first().is_some_and(|first| *first <= 1) || numbers.len() >= MANY;
        let follow = !are_years
            && begins
            && numbers.windows(2).all(|pair| matches!(pair, [one, next] if one.checked_add(1) == Some(*next)));
        let given = cells.get(at).map(|cells| cells.iter().filter(|cell| !cell.is_empty()).count());
        Some(numbers.len()) == given && (follow || numbers.iter().all(is_long))
    };
    let may_be = |at: &usize| match kinds.get(*at) {
        Some(Kind::Texts) => true,
        Some(Kind::Numbers) => is_called_so(at) || count_rows(*at),
        Some(Kind::Empty | Kind::Days | Kind::Answers | Kind::Amounts | Kind::Times) | None => false,
    };
    let says_otherwise = |at: &usize| {
        let is_other = |heading: &String| {
            let is_count = kinds.get(*at) == Some(&Kind::Numbers) && is_of_counts(heading);
            is_count || NO_IDS.contains(&no_id(heading).as_str())
        };
        names.get(*at).is_some_and(is_other)
    };
    let free = || (0..names.len()).filter(may_be).filter(|at| !says_otherwise(at)).filter(differ);
    // A number of the rows says nothing of what they are, where something else does.
    let is_own = |at: &usize| is_called_so(at) && names.get(*at).is_none_or(|heading| !counts_rows(heading));
    free().find(is_own).or_else(|| free().find(is_called_so)).or_else(|| free().next())
}

/// So many totals and notes stand below the ids.
const MOST_BELOW: usize = 3;

/// The column of the ids by what is written over it.
pub(super) fn ids_among(names: &[String], record: &Record) -> Option<usize> {
    let called = names.iter().position(|heading| field_called(heading, record) == Some("id"));
    let is_other = |heading: &str| field_called(heading, record).is_some() || NO_IDS.contains(&no_id(heading).as_str());
    let find =
        |is: fn(&str) -> bool| names.iter().position(|heading| is(heading) && is_of_ids(heading) && !is_other(heading));
    called.or_else(|| find(|heading| !counts_rows(heading))).or_else(|| find(|_| true))
}

fn no_id(heading: &str) -> String {
    folded(heading.trim_end_matches('.'))
}

/// Words over counts and amounts, whose numbers may follow each other by chance.
const COUNTS: [&str; 16] = [
    "amount", "antal", "anzahl", "avgift", "belopp", "betrag", "count", "fee", "hur", "many", "of", "quantity", "qty",
    "sum", "summa", "st",
];

/// Whether a heading says that its numbers are counts or amounts.
fn is_of_counts(heading: &str) -> bool {
    let name = folded(heading);
    name.split(|sign: char| !sign.is_alphanumeric()).any(|word| COUNTS.contains(&word))
}

/// What has numbers or codes of something else.
const NO_IDS: [&str; 20] = [
    "country_code",
    "faxnr",
    "kontonr",
    "landskod",
    "mobilnr",
    "mobilnummer",
    "phone",
    "phone_number",
    "post_code",
    "postal_code",
    "postkod",
    "postnr",
    "postnummer",
    "telefon",
    "telefonnr",
    "telefonnummer",
    "telnr",
    "valutakod",
    "zip",
    "zip_code",
];

/// So many numbers hardly follow each other by chance.
const MANY: usize = 5;

/// So large whole numbers are rather numbers of things than amounts: those of organisations have ten digits.
const LONG_ID: u64 = 10_000_000;

/// Whether a heading is what people write over ids: `Org.nr`, `Member no`, `Kundnummer`, but not `No. of rowers`.
pub(super) fn is_of_ids(heading: &str) -> bool {
    let name = folded(heading);
    let mut words = name.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let last = words.next_back().unwrap_or_default();
    let ends = ["nr", "nummer", "number", "kod", "code", "id"];
    csv::names_ids(heading)
        || matches!(last, "id" | "no" | "nr" | "num" | "ref" | "beteckning" | "reference")
        || ends.iter().any(|end| last.len() > end.len().saturating_add(2) && last.ends_with(end) && *end != "id")
}

/// Whether a heading may be of nothing but the numbers of the rows.
fn counts_rows(heading: &str) -> bool {
    let bare: String = heading.chars().filter(|sign| sign.is_alphanumeric()).collect();
    ["", "löpnr", "löpnummer", "no", "nr", "num", "number", "nummer", "rad", "radnr", "rownumber"]
        .contains(&bare.to_lowercase().as_str())
}

/// Whether a heading says that below it is what the rows are called: `Föreningens namn`, `Klubbnamn`, but not `Efternamn`.
pub(super) fn is_of_names(heading: &str) -> bool {
    let name = folded(heading);
    let last = name.rsplit(|sign: char| !sign.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let is_part = ["för", "efter", "mellan", "fil", "användar", "kontakt"].iter().any(|part| last.starts_with(part));
    let others = ["contact", "file", "first", "last", "middle", "user", "kontaktpersonens", "ordförandens"];
    let is_of_another = name.split(|sign: char| !sign.is_alphanumeric()).any(|word| others.contains(&word));
    (matches!(last, "namn" | "name" | "navn" | "benämning") || last.ends_with("namn") && !is_part) && !is_of_another
}

/// The only field that refers to the record that a column is called like.
fn field_to<'r>(heading: &str, guess: &Guess, record: &'r Record) -> Option<&'r str> {
    let name = folded(heading);
    let names = |field: &&Field| {
        let target = guess.targets.iter().find(|(of, _)| *of == field.name);
        target.is_some_and(|(_, names)| names.iter().any(|one| folded(one) == name))
    };
    let mut all = own(record).filter(|field| field.time == InTime::Once).filter(names);
    all.next().filter(|_| all.next().is_none()).map(|field| field.name.as_str())
}

/// Whether a column may hold the decimals of the one before it.
fn are_decimals(kinds: &[Kind], at: usize) -> bool {
    let is_of_numbers = |at: usize| kinds.get(at) == Some(&Kind::Numbers);
    is_of_numbers(at) && at.checked_sub(1).is_some_and(is_of_numbers)
}

/// The field that a column is taken for, and why.
pub(super) type Taken<'r> = Option<(&'r str, Because)>;

/// Says which columns are called like the same field.
fn tell_twice(guess: &mut Guess, (names, fields): (&[String], &[Taken])) {
    let called = |field: &str| {
        let is_called = |(_, one): &(usize, &Taken)| **one == Some((field, Because::Called));
        fields.iter().enumerate().filter(is_called).map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let mut told = BTreeSet::new();
    for (field, _) in fields.iter().flatten().filter(|(_, because)| *because == Because::Called) {
        if !told.insert(*field) {
            continue;
        }
        let all = called(field);
        if all.len() < 2 {
            continue;
        }
        let shown: Vec<String> = all
            .iter()
            .map(|at| format!("`{}` ({})", letters(*at), names.get(*at).map_or("", String::as_str)))
            .collect();
        guess.open.push(format!(
            "{} all have the name of `{field}`: keep the one that gives it in `columns`; if these are two tables side by side, save each in a file of its own",
            shown.join(", ")
        ));
    }
}

/// The fields that the policy gives a record, without those that every record has.
pub(super) fn own(record: &Record) -> impl Iterator<Item = &Field> {
    record.fields.iter().filter(|field| BUILT_IN_FIELDS.iter().all(|(name, _)| field.name != *name))
}

/// The fields without a column, but for those that change over time.
fn free<'r>(record: &'r Record, taken: &BTreeSet<&str>) -> Vec<&'r Field> {
    own(record).filter(|field| field.time == InTime::Once && !taken.contains(field.name.as_str())).collect()
}

/// Those of them that a column may give.
fn fitting<'r>(record: &'r Record, taken: &BTreeSet<&str>, (kind, cells): (Kind, &[&str])) -> Vec<&'r Field> {
    free(record, taken).into_iter().filter(|field| kind.fits(&field.ty, cells)).collect()
}

/// The first of them that is one of several options, where the column has no more different words than there are options, each
/// many times; with a word of the column.
fn in_other_words<'r, 'c>(record: &'r Record, taken: &BTreeSet<&str>, cells: &[&'c str]) -> Option<(&'r str, &'c str)> {
    let given = || cells.iter().copied().filter(|cell| !cell.is_empty());
    let words: BTreeSet<&str> = given().collect();
    let is_often = given().count() >= words.len().saturating_mul(OFTEN);
    let has_room = |field: &&Field| matches!(&field.ty, Type::OneOf(options) if words.len() <= options.len());
    let field = free(record, taken).into_iter().find(has_room).filter(|_| is_often && words.len() > 1)?;
    Some((&field.name, given().next()?))
}

/// So often each word of a list stands in a column, as it is taken for one.
const OFTEN: usize = 3;

/// So many ids are kept to be shown.
const FIRST_IDS: usize = 10;
