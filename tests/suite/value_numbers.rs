//! Numbers, money and rounding.

use num_rational::BigRational;
use overens::value::{Currency, Money, Number, Rounding, round_to};
use proptest::prelude::*;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn sek(text: &str) -> Money {
    Money::new(number(text), Currency::parse("SEK").unwrap())
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (text, exact) in [
        ("12", "12"),
        ("12.50", "12.5"),
        ("-3", "-3"),
        ("-0", "0"),
        ("0.000", "0"),
        ("007", "7"),
        ("1 234 567.89", "1234567.89"),
        ("1\u{a0}234", "1234"),
        ("1\u{202f}234.5", "1234.5"),
        ("9223372036854775808", "9223372036854775808"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("0.123456789012345678901234567890123456789", "0.123456789012345678901234567890123456789"),
    ] {
        assert_eq!(number(text).exact_text(), exact, "{text}");
    }
}

#[test]
fn what_is_no_number_is_not_guessed() {
    for text in [
        "", "-", ".", "1.", ".5", "1,5", "1 23", "1 2345", "1234 567", " 1", "1 ", "1  234", "1e5", "+1", "--1",
        "1.2.3", "1.234 5", "٣", "½", "- 1",
    ] {
        assert_eq!(Number::parse(text), None, "{text}");
    }
    assert_eq!(Number::parse(&"9".repeat(1001)), None);
    assert_eq!(Number::parse(&"9".repeat(1000)).map(|number| number.exact_text()), Some("9".repeat(1000)));
}

#[test]
fn a_number_that_ends_is_shown_in_full_and_another_as_a_fraction() {
    assert_eq!(Number::ratio(2, 3).unwrap().to_string(), "2/3 (≈ 0.67)");
    assert_eq!(Number::ratio(-10_000, 47).unwrap().to_string(), "-10000/47 (≈ -212.77)");
    assert_eq!(Number::ratio(1, 3000).unwrap().to_string(), "1/3000 (≈ 0.0003)");
    assert_eq!(Number::ratio(1, 8).unwrap().to_string(), "0.125");
    assert_eq!(Number::ratio(-1, 200).unwrap().to_string(), "-0.005");
    assert_eq!(Number::ratio(6, -4).unwrap().exact_text(), "-1.5");
    assert_eq!(Number::ratio(-2, -6).unwrap().exact_text(), "1/3");
    assert_eq!(Number::ratio(1, 0), None);
}

/// A fraction made by the library that numbers rest on.
fn fraction(of: &BigRational) -> Number {
    number(&of.numer().to_string()).divided_by(&number(&of.denom().to_string())).unwrap()
}

proptest! {
    #[test]
    fn long_fractions_are_reckoned_exactly_and_stay_in_lowest_terms(
        a in "-?[1-9][0-9]{0,60}",
        b in "[1-9][0-9]{0,60}",
        c in "-?[1-9][0-9]{0,60}",
        d in "[1-9][0-9]{0,3}",
        shared in "[1-9][0-9]{0,40}",
    ) {
        let whole = |text: &String| BigRational::from_integer(text.parse().unwrap());
        let (one, two) = (whole(&a) / (whole(&b) * whole(&shared)), whole(&c) * whole(&shared) / whole(&d));
        let three = whole(&c) / (whole(&d) * whole(&shared));
        for (x, y) in [(&one, &two), (&one, &three), (&two, &three), (&two, &one), (&one, &one)] {
            let (left, right) = (fraction(x), fraction(y));
            prop_assert_eq!(left.plus(&right), fraction(&(x + y)));
            prop_assert_eq!(left.minus(&right), fraction(&(x - y)));
            prop_assert_eq!(left.times(&right), fraction(&(x * y)));
            prop_assert_eq!(left.divided_by(&right), Some(fraction(&(x / y))));
            prop_assert_eq!(left.cmp(&right), x.cmp(y));
        }
    }
}

#[test]
fn digits_are_counted_above_and_below_the_fraction_line() {
    for digits in [25, 100, 1_000] {
        let long = number(&"9".repeat(digits));
        for number in [long.clone(), long.negate(), Number::ONE.divided_by(&long).unwrap()] {
            assert!((digits..=digits + 1).contains(&number.digits()), "{digits}: {}", number.digits());
        }
    }
}

#[test]
fn numbers_never_overflow() {
    let most = Number::from(i64::MAX);
    let square = most.times(&most);
    assert_eq!(square.exact_text(), "85070591730234615847396907784232501249");
    assert_eq!(square.divided_by(&most), Some(most.clone()));
    assert_eq!(most.plus(&Number::ONE).minus(&Number::ONE), most);
    let least = Number::from(i64::MIN);
    assert_eq!(least.negate().exact_text(), "9223372036854775808");
    assert_eq!(least.negate().negate(), least);
    assert_eq!(Number::ratio(i64::MIN, i64::MIN), Some(Number::ONE));
    assert_eq!(least.divided_by(&Number::from(-1)), Some(least.abs()));
    assert_eq!(square.to_i64(), None);
    assert_eq!(square.divided_by(&square).unwrap().to_i64(), Some(1));
}

#[test]
fn floor_and_ceiling_go_down_and_up_also_below_zero() {
    let of = |text: &str| {
        let it = number(text);
        [it.floor(), it.ceil(), it.round_half_up()].map(|number| number.to_i64().unwrap())
    };
    assert_eq!(of("2.5"), [2, 3, 3]);
    assert_eq!(of("-2.5"), [-3, -2, -3]);
    assert_eq!(of("2.4"), [2, 3, 2]);
    assert_eq!(of("-2.4"), [-3, -2, -2]);
    assert_eq!(of("7"), [7, 7, 7]);
}

#[test]
fn money_is_shown_for_people() {
    assert_eq!(sek("1234.5").to_string(), "SEK 1 234.50");
    assert_eq!(sek("500").to_string(), "SEK 500");
    assert_eq!(sek("212.77").to_string(), "SEK 212.77");
    assert_eq!(sek("-1234567.125").to_string(), "SEK -1 234 567.125");
    assert_eq!(sek("123456").to_string(), "SEK 123 456");
    assert_eq!(sek("10000").divided_by(&Number::from(47)).unwrap().to_string(), "SEK 10000/47 (≈ 212.77)");
}

#[test]
fn currencies_are_never_mixed() {
    let euros = Money::new(Number::ONE, Currency::parse("EUR").unwrap());
    assert_eq!(sek("1").plus(&euros), None);
    assert_eq!(sek("1").minus(&euros), None);
    assert_eq!(sek("1").compare(&euros), None);
    assert_eq!(sek("1").plus(&sek("0.5")), Some(sek("1.5")));
    for text in ["sek", "SE", "SEKK", "S K", "SÅ", ""] {
        assert_eq!(Currency::parse(text), None);
    }
}

#[test]
fn each_way_of_rounding_has_its_table() {
    use Rounding::{Down, HalfDown, HalfEven, HalfUp, Up};
    let rows = [
        ("0.5", [(Down, "0"), (Up, "1"), (HalfUp, "1"), (HalfDown, "0"), (HalfEven, "0")]),
        ("1.5", [(Down, "1"), (Up, "2"), (HalfUp, "2"), (HalfDown, "1"), (HalfEven, "2")]),
        ("2.5", [(Down, "2"), (Up, "3"), (HalfUp, "3"), (HalfDown, "2"), (HalfEven, "2")]),
        ("2.51", [(Down, "2"), (Up, "3"), (HalfUp, "3"), (HalfDown, "3"), (HalfEven, "3")]),
        ("-2.5", [(Down, "-2"), (Up, "-3"), (HalfUp, "-3"), (HalfDown, "-2"), (HalfEven, "-2")]),
        ("3", [(Down, "3"), (Up, "3"), (HalfUp, "3"), (HalfDown, "3"), (HalfEven, "3")]),
    ];
    for (text, row) in rows {
        for (rounding, rounded) in row {
            let found = round_to(&number(text), &Number::ONE, rounding);
            assert_eq!(found, Some(number(rounded)), "{text} {rounding}");
        }
    }
    assert_eq!(round_to(&number("1274"), &number("50"), Rounding::Down), Some(number("1250")));
    assert_eq!(round_to(&number("212.765"), &number("0.01"), HalfEven), Some(number("212.76")));
    assert_eq!(round_to(&number("1"), &Number::ZERO, Down), None);
    assert_eq!(round_to(&number("1"), &number("-1"), Down), None);
}

fn numbers() -> impl Strategy<Value = Number> {
    let part = prop_oneof![-20..20_i64, any::<i64>(), Just(i64::MIN), Just(i64::MAX)];
    let fraction = (part.clone(), part).prop_filter_map("a denominator is not zero", |(n, d)| Number::ratio(n, d));
    (fraction.clone(), fraction, 0..4).prop_map(|(one, other, large)| if large == 0 { one.times(&other) } else { one })
}

proptest! {
    #[test]
    fn reckoning_can_be_undone(a in numbers(), b in numbers(), c in numbers()) {
        prop_assert_eq!(a.plus(&b).minus(&b), a.clone());
        prop_assert_eq!(a.plus(&b), b.plus(&a));
        prop_assert_eq!(a.times(&b.plus(&c)), a.times(&b).plus(&a.times(&c)));
        if let Some(quotient) = a.divided_by(&b) {
            prop_assert_eq!(quotient.times(&b), a.clone());
        }
        prop_assert_eq!(a.cmp(&b), a.minus(&b).cmp(&Number::ZERO));
        prop_assert_eq!(a.abs().is_negative(), false);
    }

    #[test]
    fn the_floor_is_the_whole_number_below(a in numbers()) {
        let floor = a.floor();
        prop_assert!(floor.is_integer() && floor <= a && a < floor.plus(&Number::ONE));
        let step = if a.is_integer() { Number::ZERO } else { Number::ONE };
        prop_assert_eq!(a.ceil().minus(&floor), step);
    }

    #[test]
    fn the_exact_text_of_a_decimal_is_read_back(whole in any::<i64>(), decimals in "[0-9]{0,25}") {
        let text = if decimals.is_empty() { whole.to_string() } else { format!("{whole}.{decimals}") };
        let it = number(&text);
        prop_assert_eq!(Number::parse(&it.exact_text()), Some(it.clone()));
        prop_assert_eq!(it.to_string(), it.exact_text());
    }

    #[test]
    fn no_text_breaks_the_reading_of_a_number(text in "[-0-9. \u{a0}å]{0,12}") {
        let _ = Number::parse(&text);
    }

    #[test]
    fn rounding_is_to_a_unit_and_a_mirror_image(a in numbers(), unit in 1..500_i64) {
        let unit = Number::ratio(unit, 100).unwrap();
        for rounding in Rounding::ALL {
            let rounded = round_to(&a, &unit, rounding).unwrap();
            prop_assert!(rounded.is_multiple_of(&unit));
            prop_assert!(rounded.minus(&a).abs() < unit);
            prop_assert_eq!(round_to(&a.negate(), &unit, rounding), Some(rounded.negate()));
        }
    }
}
