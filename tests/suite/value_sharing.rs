//! The sharing of a total.

use overens::value::{
    ForEach, Key, Number, Remainder, Rest, Shares, Sharing, SharingProblem, Weights, share, share_among_many,
};
use proptest::prelude::*;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn numbers(texts: &[&str]) -> Vec<Number> {
    texts.iter().map(|text| number(text)).collect()
}

fn fraction(a: i64, b: i64) -> Number {
    Number::ratio(a, b).unwrap()
}

fn in_units(key: Key, unit: &str) -> Sharing {
    Sharing { rounded_to: Some((number(unit), Remainder::Largest)), ..Sharing::by(key) }
}

fn shared(total: &str, parties: usize, terms: &Sharing) -> Result<String, SharingProblem> {
    let shares = share(&number(total), parties, terms, &[])?;
    let each: Vec<String> = shares.each.iter().map(Number::exact_text).collect();
    let unshared =
        if shares.unshared.is_zero() { String::new() } else { format!(" and {}", shares.unshared.exact_text()) };
    Ok(each.join(" ") + &unshared)
}

#[test]
fn ten_thousand_among_forty_seven_in_whole_kronor() {
    let shares = share(&number("10000"), 47, &in_units(Key::Equally, "1"), &[]).unwrap();
    let paying = |amount: &str| shares.each.iter().filter(|share| **share == number(amount)).count();
    assert_eq!((paying("213"), paying("212")), (36, 11));
    assert_eq!(shares.total(), number("10000"));
}

#[test]
fn an_equal_share_to_the_last_ore() {
    assert_eq!(shared("100", 3, &in_units(Key::Equally, "0.01")).unwrap(), "33.34 33.33 33.33");
    assert_eq!(shared("-100", 3, &in_units(Key::Equally, "0.01")).unwrap(), "-33.34 -33.33 -33.33");
    assert_eq!(shared("100", 3, &Sharing::by(Key::Equally)).unwrap(), "100/3 100/3 100/3");
    assert_eq!(shared("0", 3, &in_units(Key::Equally, "0.01")).unwrap(), "0 0 0");
}

#[test]
fn the_largest_remainder_gets_the_unit_and_ties_go_by_rank() {
    // Of 10: 1.25, 3.75, 5.
    let key = || Key::InProportion(numbers(&["1", "3", "4"]));
    assert_eq!(shared("10", 3, &in_units(key(), "1")).unwrap(), "1 4 5");
    let shares = share(&number("100"), 3, &in_units(Key::Equally, "1"), &[2, 0, 1]).unwrap();
    assert_eq!(shares.each, numbers(&["33", "34", "33"]));
    let terms = Sharing { rounded_to: Some((Number::ONE, Remainder::FirstInOrder)), ..Sharing::by(key()) };
    assert_eq!(shared("10", 3, &terms).unwrap(), "2 3 5");
    assert_eq!(share(&number("10"), 3, &terms, &[2, 1, 0]).unwrap().each, numbers(&["1", "4", "5"]), "5 is even");
}

#[test]
fn parts_and_portions_make_up_the_whole() {
    let parts = Key::Parts(vec![fraction(60, 100), fraction(40, 100)]);
    assert_eq!(shared("500", 2, &Sharing::by(parts)).unwrap(), "300 200");
    let short = Key::Parts(vec![fraction(60, 100), fraction(30, 100)]);
    assert_eq!(shared("500", 2, &Sharing::by(short)), Err(SharingProblem::NotTheWhole { sum: fraction(9, 10) }));
    let inhabitants = Key::InProportion(numbers(&["10", "20", "70"]));
    let mixed = Key::Mixed(vec![(fraction(1, 3), Key::Equally), (fraction(2, 3), inhabitants)]);
    // 900: 100 each, and 60, 120, 420 of 600.
    assert_eq!(shared("900", 3, &Sharing::by(mixed.clone())).unwrap(), "160 220 520");
    // 100: 160/9 = 17.78, 220/9 = 24.44, 520/9 = 57.78; rounded once: 17, 24, 57 and two units to the largest rests.
    assert_eq!(shared("100", 3, &in_units(mixed, "1")).unwrap(), "18 24 58");
}

#[test]
fn what_each_pays_first_comes_before_the_key() {
    let key = Key::InProportion(numbers(&["1", "3"]));
    let terms = Sharing { first_each: Some(number("500").into()), ..Sharing::by(key) };
    assert_eq!(shared("1400", 2, &terms).unwrap(), "600 800");
    let problem = SharingProblem::FirstIsMoreThanTotal { first: number("1000"), total: number("999") };
    assert_eq!(shared("999", 2, &terms), Err(problem));
}

#[test]
fn what_a_limit_cuts_off_is_refilled_or_stays_unshared() {
    let key = || Key::InProportion(numbers(&["1", "1", "4"]));
    let limited = |rest| Sharing { at_most: Some((number("50").into(), rest)), ..in_units(key(), "0.01") };
    assert_eq!(shared("100", 3, &limited(Rest::Refilled)).unwrap(), "25 25 50");
    // 16.67, 16.67 and 66.67 cut to 50; the rest of 16.67 stays. All three round from .666…, two units are handed out.
    assert_eq!(shared("100", 3, &limited(Rest::StaysUnshared)).unwrap(), "16.67 16.67 50 and 16.66");
    let problem = SharingProblem::AtMostIsLessThanTotal { most: number("150"), total: number("151") };
    assert_eq!(shared("151", 3, &limited(Rest::Refilled)), Err(problem));
    assert_eq!(shared("150", 3, &limited(Rest::Refilled)).unwrap(), "50 50 50");
    assert_eq!(shared("300", 3, &limited(Rest::StaysUnshared)).unwrap(), "50 50 50 and 150");
    // Nobody with a weight is below the limit, and who has none takes nothing.
    let key = Key::InProportion(numbers(&["0", "1"]));
    let terms = Sharing { at_most: Some((number("50").into(), Rest::Refilled)), ..Sharing::by(key) };
    let problem = SharingProblem::NobodyTakesTheRest { left: number("10") };
    assert_eq!(shared("60", 2, &terms), Err(problem));
    assert_eq!(shared("50", 2, &terms).unwrap(), "0 50");
}

#[test]
fn the_least_is_paid_by_each_and_the_others_pay_less() {
    let terms =
        Sharing { at_least: Some(number("20").into()), ..Sharing::by(Key::InProportion(numbers(&["0", "1", "2"]))) };
    // 20 for the first; 80 at one to two is 26 2/3 and 53 1/3.
    assert_eq!(shared("100", 3, &terms).unwrap(), "20 80/3 160/3");
    assert_eq!(shared("60", 3, &terms).unwrap(), "20 20 20");
    let problem = SharingProblem::AtLeastIsMoreThanTotal { least: number("60"), total: number("59") };
    assert_eq!(shared("59", 3, &terms), Err(problem));
    let both = Sharing { at_most: Some((number("45").into(), Rest::Refilled)), ..terms };
    assert_eq!(shared("100", 3, &both).unwrap(), "20 35 45");
}

#[test]
fn terms_that_cannot_hold_are_told() {
    let by = Sharing::by;
    assert_eq!(shared("1", 0, &by(Key::Equally)), Err(SharingProblem::NobodyShares));
    let zero = Key::InProportion(numbers(&["0", "0"]));
    assert_eq!(shared("1", 2, &by(zero)), Err(SharingProblem::AllWeightsZero));
    let negative = Key::InProportion(numbers(&["2", "-1"]));
    assert_eq!(shared("1", 2, &by(negative)), Err(SharingProblem::Negative { at: 1, number: number("-1") }));
    let one = Key::InProportion(numbers(&["1"]));
    assert_eq!(shared("1", 2, &by(one)), Err(SharingProblem::WrongCount { parties: 2, weights: 1 }));
    assert_eq!(shared("1", 2, &by(Key::Mixed(vec![]))), Err(SharingProblem::NotTheWhole { sum: Number::ZERO }));
    let problem = SharingProblem::TotalFinerThanUnit { total: number("10000.005"), unit: number("0.01") };
    assert_eq!(shared("10000.005", 2, &in_units(Key::Equally, "0.01")), Err(problem));
    let problem = SharingProblem::UnitNotPositive { unit: Number::ZERO };
    assert_eq!(shared("1", 2, &in_units(Key::Equally, "0")), Err(problem));
    let at_least = Some(number("0.005").into());
    let problem = SharingProblem::LimitFinerThanUnit { limit: number("0.005"), unit: number("0.01") };
    assert_eq!(shared("1", 2, &Sharing { at_least, ..in_units(Key::Equally, "0.01") }), Err(problem));
    let crossed = Sharing {
        at_least: Some(number("2").into()),
        at_most: Some((Number::ONE.into(), Rest::Refilled)),
        ..by(Key::Equally)
    };
    let problem = SharingProblem::LimitsCross { at_least: number("2"), at_most: Number::ONE };
    assert_eq!(shared("1", 2, &crossed), Err(problem));
    let problem = SharingProblem::NegativeAmount { amount: number("-1") };
    assert_eq!(shared("1", 2, &Sharing { first_each: Some(number("-1").into()), ..by(Key::Equally) }), Err(problem));
}

#[test]
fn a_hundred_thousand_parties_are_shared_among_at_once() {
    let weights = (1..=100_000).map(Number::from).collect();
    let shares = share(&number("987654321.09"), 100_000, &in_units(Key::InProportion(weights), "0.01"), &[]).unwrap();
    assert_eq!(shares.total(), number("987654321.09"));
}

#[test]
fn weights_with_odd_denominators_are_shared_by_at_once() {
    let weights = (1..=500).map(|party| fraction(1, 2 * party + 1)).collect();
    let shares = share(&number("987654.32"), 500, &in_units(Key::InProportion(weights), "0.01"), &[]).unwrap();
    assert_eq!(shares.total(), number("987654.32"));
}

fn keys(parties: usize) -> impl Strategy<Value = Key> {
    let weight = prop_oneof![4 => (0..50_i64).prop_map(Number::from), 1 => (1..99_i64, 1..99_i64).prop_map(|(a, b)| fraction(a, b))];
    let huge = prop_oneof![8 => Just(Number::ONE), 1 => Just(number("123456789012345678901234567890"))];
    let weights = (prop::collection::vec(weight, parties), huge).prop_map(|(mut weights, scale)| {
        weights[0] = weights[0].plus(&Number::ONE);
        weights.into_iter().map(|weight| weight.times(&scale)).collect::<Vec<_>>()
    });
    let parts = |weights: Vec<Number>| {
        let sum: Number = weights.iter().sum();
        Key::Parts(weights.iter().map(|weight| weight.divided_by(&sum).unwrap()).collect())
    };
    let mixed = |(weights, portion): (Vec<Number>, i64)| {
        let portion = fraction(portion, 7);
        let rest = Number::ONE.minus(&portion);
        Key::Mixed(vec![(portion, Key::Equally), (rest, Key::InProportion(weights))])
    };
    prop_oneof![
        Just(Key::Equally),
        weights.clone().prop_map(Key::InProportion),
        weights.clone().prop_map(parts),
        (weights, 0..=7_i64).prop_map(mixed),
    ]
}

/// Nothing, an amount for all, or for each its own, of which some have none.
fn amounts(units: std::ops::Range<i64>, parties: usize) -> impl Strategy<Value = Option<ForEach>> {
    let own = prop::collection::vec(prop::option::of(units.clone()), parties);
    let in_kronor = |units: i64| fraction(units, 100);
    prop_oneof![
        Just(None),
        units.prop_map(move |units| Some(ForEach::Alike(in_kronor(units)))),
        own.prop_map(move |all| Some(ForEach::Own(all.into_iter().map(|one| one.map(in_kronor)).collect()))),
    ]
}

/// Terms, parties and a total in öre.
fn cases() -> impl Strategy<Value = (Sharing, usize, i64)> {
    let rest = prop::sample::select(vec![Rest::Refilled, Rest::StaysUnshared]);
    let remainder = prop::sample::select(vec![Remainder::Largest, Remainder::FirstInOrder]);
    (1..9_usize, -5_000..5_000_i64, rest, remainder).prop_flat_map(|(parties, total, rest, remainder)| {
        let limits = (amounts(0..200, parties), amounts(200..3_000, parties), amounts(0..200, parties));
        (keys(parties), limits).prop_map(move |(key, (first_each, most, at_least))| {
            let at_most = most.map(|most| (most, rest));
            let rounded_to = Some((fraction(1, 100), remainder));
            (Sharing { key, first_each, at_most, at_least, rounded_to }, parties, total)
        })
    })
}

/// What all parties together have of an amount.
fn of_all(amounts: &ForEach, parties: usize) -> Number {
    (0..parties).filter_map(|at| amounts.of(at)).sum()
}

fn turned_round(amounts: &ForEach) -> ForEach {
    match amounts {
        ForEach::Alike(amount) => ForEach::Alike(amount.clone()),
        ForEach::Own(all) => ForEach::Own(all.iter().rev().cloned().collect()),
    }
}

fn reversed(key: &Key) -> Key {
    let back = |numbers: &Vec<Number>| numbers.iter().rev().cloned().collect();
    match key {
        Key::Equally => Key::Equally,
        Key::InProportion(weights) => Key::InProportion(back(weights)),
        Key::Parts(parts) => Key::Parts(back(parts)),
        Key::Mixed(portions) => {
            Key::Mixed(portions.iter().map(|(portion, key)| (portion.clone(), reversed(key))).collect())
        }
    }
}

proptest! {
    #[test]
    fn limits_that_use_up_the_total_exactly_still_make_it_up((terms, parties, total) in cases()) {
        let at_most = terms.at_most.as_ref().map(|(most, _)| most);
        let edges = terms.at_least.iter().chain(at_most).chain(&terms.first_each).map(|each| of_all(each, parties));
        for edge in edges.chain([fraction(total, 100)]) {
            for rounded_to in [None, terms.rounded_to.clone()] {
                if let Ok(shares) = share(&edge, parties, &Sharing { rounded_to, ..terms.clone() }, &[]) {
                    prop_assert_eq!(shares.total(), edge.clone());
                }
            }
        }
    }

    #[test]
    fn shares_make_up_the_total_and_stay_within_a_unit_of_the_exact((terms, parties, total) in cases()) {
        let total = fraction(total, 100);
        let unit = fraction(1, 100);
        if let Ok(shares) = share(&total, parties, &terms, &[]) {
            let exact = share(&total, parties, &Sharing { rounded_to: None, ..terms.clone() }, &[]).unwrap();
            prop_assert_eq!(shares.total(), total.clone());
            prop_assert_eq!(exact.total(), total);
            let both = |shares: &Shares| [shares.each.clone(), vec![shares.unshared.clone()]].concat();
            for (rounded, exact) in both(&shares).iter().zip(&both(&exact)) {
                prop_assert!(rounded.is_multiple_of(&unit) && rounded.minus(exact).abs() < unit);
            }
            for (at, each) in shares.each.iter().enumerate().chain(exact.each.iter().enumerate()) {
                let most = terms.at_most.as_ref().and_then(|(most, _)| most.of(at));
                prop_assert!(most.is_none_or(|most| each.abs() <= *most));
                prop_assert!(terms.at_least.as_ref().and_then(|least| least.of(at)).is_none_or(|least| each.abs() >= *least));
            }
        }
    }

    #[test]
    fn the_order_of_the_parties_changes_nothing((terms, parties, total) in cases()) {
        let total = fraction(total, 100);
        let ranks: Vec<usize> = (0..parties).collect();
        let turned: Vec<usize> = (0..parties).rev().collect();
        let one = share(&total, parties, &terms, &ranks);
        let back = Sharing {
            key: reversed(&terms.key),
            first_each: terms.first_each.as_ref().map(turned_round),
            at_most: terms.at_most.as_ref().map(|(most, rest)| (turned_round(most), *rest)),
            at_least: terms.at_least.as_ref().map(turned_round),
            ..terms.clone()
        };
        let other = share(&total, parties, &back, &turned);
        match (one, other) {
            (Ok(one), Ok(mut other)) => {
                other.each.reverse();
                prop_assert_eq!(one, other);
            }
            (one, other) => prop_assert_eq!(one.is_err(), other.is_err()),
        }
    }

    #[test]
    fn a_negative_total_is_shared_as_the_mirror_image((terms, parties, total) in cases()) {
        let one = share(&fraction(total, 100), parties, &terms, &[]);
        let other = share(&fraction(-total, 100), parties, &terms, &[]);
        prop_assert_eq!(one.is_ok(), other.is_ok());
        if let (Ok(one), Ok(other)) = (one, other) {
            prop_assert_eq!(one.unshared, other.unshared.negate());
            prop_assert!(one.each.iter().zip(&other.each).all(|(one, other)| *one == other.negate()));
        }
    }

    #[test]
    fn shares_by_integers_and_by_fractions_are_the_same((terms, parties, total) in cases()) {
        let plain = Sharing { first_each: None, at_most: None, at_least: None, ..terms };
        let by_fractions = Sharing { first_each: Some(Number::ZERO.into()), ..plain.clone() };
        let total = fraction(total, 100);
        prop_assert_eq!(share(&total, parties, &plain, &[]), share(&total, parties, &by_fractions, &[]));
    }
}

proptest! {
    #[test]
    fn many_share_as_few_do(
        units in 0_i64..10_000_000,
        weights in prop::collection::vec(0_i64..100_000, 1..40),
        equal in any::<bool>(),
        first in any::<bool>(),
    ) {
        let remainder = if first { Remainder::FirstInOrder } else { Remainder::Largest };
        let unit = number("0.01");
        let total = unit.times(&Number::from(units));
        let (many, key) = if equal {
            (Weights::Equal(weights.len()), Key::Equally)
        } else {
            (Weights::Each(weights.clone()), Key::InProportion(weights.iter().copied().map(Number::from).collect()))
        };
        let terms = Sharing { rounded_to: Some((unit.clone(), remainder)), ..Sharing::by(key) };
        let one_by_one = share(&total, weights.len(), &terms, &[]).ok().map(|shares| shares.each);
        let together = share_among_many(&total, &many, &unit, remainder);
        let together = together.map(|all| (0..all.each.len()).filter_map(|at| all.amount(at)).collect::<Vec<_>>());
        prop_assert_eq!(together, one_by_one);
    }
}
