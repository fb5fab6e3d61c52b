//! The calendar, the arithmetic of months and sharing, held against what shares nothing with them: tables that other libraries made
//! (tests/tables/make.py), and plain fractions.

use std::path::Path;

use num_bigint::BigInt;
use num_rational::BigRational;
use overens::value::{
    Calendar, Counted, Day, Feast, FirstDay, Key, MonthRule, Number, Period, Remainder, Sharing, Weekday, share, shift,
};

fn table(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split(' ').map(str::to_owned).collect()).collect()
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

#[test]
fn easter_is_that_of_another_library_from_1583_to_4099() {
    let mut years = 0;
    for row in table("easter.txt") {
        for (year, of_year) in (row[0].parse::<i32>().unwrap()..).zip(&row[1..]) {
            assert_eq!(Feast::EasterDay.in_year(year), Some(day(&format!("{year}-{of_year}"))));
            years += 1;
        }
    }
    assert_eq!(years, 4099 - 1583 + 1);
}

/// Sundays are left out: there some feasts are told that never fall on another day, and work on none of them.
#[test]
fn holidays_of_sweden_are_those_of_another_library_from_1953_to_2100() {
    for row in table("holidays_of_sweden.txt") {
        let year: i32 = row[0].parse().unwrap();
        let on_weekdays =
            |days: Vec<Day>| -> Vec<Day> { days.into_iter().filter(|day| day.weekday() != Weekday::Sunday).collect() };
        let theirs = on_weekdays(row[1..].iter().map(|of_year| day(&format!("{year}-{of_year}"))).collect());
        let all = (Day::of(year, 1, 1).unwrap().0..=Day::of(year, 12, 31).unwrap().0).map(Day);
        let ours = all.filter(|day| Calendar::SWEDEN.holiday(*day).unwrap().is_some());
        assert_eq!(on_weekdays(ours.collect()), theirs, "{year}");
    }
}

#[test]
fn months_and_days_are_added_as_by_another_library_where_short_months_round_down() {
    for row in table("months.txt") {
        let (months, days) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        let period = Period::months(months).plus(&Period::days(days)).unwrap();
        for rule in [MonthRule::RoundDown, MonthRule::Eu1182, MonthRule::Sweden1930] {
            let ours = shift(day(&row[0]), &period, rule, &Calendar::PLAIN).unwrap();
            assert_eq!(ours, day(&row[3]), "{row:?}");
        }
    }
}

/// Where the month has the day, all regimes agree; where it has not, rounding up gives the first of the next month, and to refuse
/// gives nothing.
#[test]
fn other_regimes_differ_from_rounding_down_only_where_the_month_lacks_the_day() {
    for row in table("months.txt").into_iter().filter(|row| row[2] == "0") {
        let (from, down) = (day(&row[0]), day(&row[3]));
        let with = |rule| shift(from, &Period::months(row[1].parse().unwrap()), rule, &Calendar::PLAIN).ok();
        let has_the_day = from.day() == down.day();
        assert_eq!(with(MonthRule::RoundUp), Some(if has_the_day { down } else { down.following() }), "{row:?}");
        assert_eq!(with(MonthRule::Refuse), has_the_day.then_some(down), "{row:?}");
    }
}

#[test]
fn recurrences_are_counted_from_their_first_day_as_by_another_library() {
    for row in table("recurrences.txt") {
        let every = Period::months(row[1].parse().unwrap());
        let counted =
            Counted::new(every, day(&row[0]), FirstDay::NotCounted, MonthRule::RoundDown, Calendar::PLAIN).unwrap();
        for (number, last) in (1..).zip(&row[2..]) {
            assert_eq!(counted.nth(number).unwrap().last(), day(last), "{row:?}");
        }
    }
}

// ---- sharing -----------------------------------------------------------------------------------------------------------

/// A number from a seed: xorshift, good enough to draw cases.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Shares by the definition: the exact part of each, rounded down to whole units, then one unit more for those that lost most,
/// the first of them where they lost the same.
fn by_definition(units: u64, weights: &[u64]) -> Vec<BigInt> {
    let all = BigInt::from(weights.iter().sum::<u64>());
    let exact: Vec<BigRational> = weights
        .iter()
        .map(|weight| BigRational::new(BigInt::from(units) * BigInt::from(*weight), all.clone()))
        .collect();
    let mut shares: Vec<BigInt> = exact.iter().map(|part| part.floor().to_integer()).collect();
    let left = BigInt::from(units) - shares.iter().sum::<BigInt>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(&exact[*at] - exact[*at].floor()));
    for at in order.into_iter().take(usize::try_from(left).unwrap()) {
        shares[at] += 1;
    }
    shares
}

/// `OVERENS_SHARINGS=1000000` draws a million cases; every run draws some thousands.
#[test]
fn shares_are_those_of_exact_fractions() {
    let cases = std::env::var("OVERENS_SHARINGS").ok().and_then(|many| many.parse().ok()).unwrap_or(5_000_u64);
    let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
    let unit = Number::parse("0.01").unwrap();
    for case in 0..cases {
        let parties = 1 + draw.below(12);
        let (most, longest) = (draw.below(4) as usize, draw.below(3) as usize);
        let most = [2, 10, 1_000, 1_000_000_007][most];
        let mut weights: Vec<u64> = (0..parties).map(|_| draw.below(most)).collect();
        if weights.iter().all(|weight| *weight == 0) {
            weights[0] = 1;
        }
        let units = draw.below([100, 100_000, 1 << 40][longest]);
        let number = |number: u64| Number::from(i64::try_from(number).unwrap());
        let total = number(units).times(&unit);
        let key = Key::InProportion(weights.iter().map(|weight| number(*weight)).collect());
        let terms = Sharing { rounded_to: Some((unit.clone(), Remainder::Largest)), ..Sharing::by(key) };
        let ours = share(&total, weights.len(), &terms, &[]).unwrap();
        let theirs = by_definition(units, &weights);
        for (ours, theirs) in ours.each.iter().zip(&theirs) {
            let theirs = number(u64::try_from(theirs).unwrap()).times(&unit);
            assert_eq!(*ours, theirs, "case {case}: {units} units among {weights:?}");
        }
        assert_eq!(ours.total(), total, "case {case}");
    }
}
