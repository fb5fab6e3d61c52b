//! Public holidays of countries and places other than Sweden, by rule.
//! A calendar begins with the first year that its sources agree on, and ends where the days are no longer certain enough.

use super::rules::{MONDAY, OF_TWO, Rule, SUNDAY_TO_MONDAY, SUNDAY_TO_SATURDAY, When};
use super::{Calendar, Holidays};
use crate::value::weekday::Weekday::{Monday, Saturday, Thursday};

/// By name.
pub(super) const ALL: [Calendar; 14] = [
    of("Bavaria", (1995, 2060), &BAVARIA),
    of("Berlin", (1995, 2060), &BERLIN),
    of("Denmark", (1950, 2060), &DENMARK),
    of("England", (1978, 2030), &ENGLAND),
    of("Estonia", (1998, 2060), &ESTONIA),
    // Ascension and Epiphany went back to their own days in 1991 or in 1992.
    of("Finland", (1955, 2060), &FINLAND).but_for(&[1991]),
    // Whether Whit Monday was a holiday in these years is disputed.
    of("France", (1982, 2060), &FRANCE).but_for(&[2005, 2006, 2007]),
    of("Germany", (1995, 2060), &GERMANY),
    of("Netherlands", (1990, 2060), &NETHERLANDS),
    of("Northern_Ireland", (1995, 2030), &NORTHERN_IRELAND),
    of("North_Rhine_Westphalia", (1995, 2060), &NORTH_RHINE_WESTPHALIA),
    of("Norway", (1950, 2060), &NORWAY),
    of("US", (1971, 2060), &US),
    of("Zurich", (1994, 2060), &ZURICH),
];

const fn of(name: &'static str, years: (i32, i32), rules: &'static [Rule]) -> Calendar {
    Calendar::new(name, years, Holidays::By(rules))
}

const NEW_YEAR: Rule = Rule::new("new year's day", When::Date(1, 1));
const EPIPHANY: Rule = Rule::new("epiphany", When::Date(6, 1));
const MAUNDY_THURSDAY: Rule = Rule::new("maundy thursday", When::Easter(-3));
const GOOD_FRIDAY: Rule = Rule::new("good friday", When::Easter(-2));
const EASTER: Rule = Rule::new("easter day", When::Easter(0));
const EASTER_MONDAY: Rule = Rule::new("easter monday", When::Easter(1));
const LABOUR_DAY: Rule = Rule::new("labour day", When::Date(1, 5));
const ASCENSION: Rule = Rule::new("ascension day", When::Easter(39));
const WHIT_SUNDAY: Rule = Rule::new("whit sunday", When::Easter(49));
const WHIT_MONDAY: Rule = Rule::new("whit monday", When::Easter(50));
const CORPUS_CHRISTI: Rule = Rule::new("corpus christi", When::Easter(60));
const ALL_SAINTS: Rule = Rule::new("all saints' day", When::Date(1, 11));
const CHRISTMAS: Rule = Rule::new("christmas day", When::Date(25, 12));
const BOXING_DAY: Rule = Rule::new("boxing day", When::Date(26, 12));

/// The church acts and 388/1937; Saturdays by 535/1953. From 1973 through 1990 Epiphany and Ascension lay on Saturdays.
/// Midsummer eve and Christmas eve are no holidays, though they move statutory deadlines.
const FINLAND: [Rule; 16] = [
    NEW_YEAR,
    EPIPHANY.through(1972),
    Rule::new("epiphany", When::OnOrAfter(Saturday, 6, 1)).from(1973).through(1990),
    EPIPHANY.from(1992),
    GOOD_FRIDAY,
    EASTER,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION.not_in(&[
        1973, 1974, 1975, 1976, 1977, 1978, 1979, 1980, 1981, 1982, 1983, 1984, 1985, 1986, 1987, 1988, 1989, 1990,
    ]),
    Rule::new("ascension day", When::Easter(34)).from(1973).through(1990),
    WHIT_SUNDAY,
    Rule::new("midsummer day", When::OnOrAfter(Saturday, 20, 6)),
    Rule::new("all saints' day", When::OnOrAfter(Saturday, 31, 10)),
    Rule::new("independence day", When::Date(6, 12)),
    CHRISTMAS,
    BOXING_DAY,
];

/// The act of 1995 nr 12 § 2, and the act on 1 and 17 May, which are equal to Sundays. Eves are no holidays.
const NORWAY: [Rule; 12] = [
    NEW_YEAR,
    MAUNDY_THURSDAY,
    GOOD_FRIDAY,
    EASTER,
    EASTER_MONDAY,
    LABOUR_DAY,
    Rule::new("constitution day", When::Date(17, 5)),
    ASCENSION,
    WHIT_SUNDAY,
    WHIT_MONDAY,
    CHRISTMAS,
    BOXING_DAY,
];

/// Store Bededag was one through 2023. 5 June, 24 and 31 December are no holidays, though rules on deadlines treat them so.
const DENMARK: [Rule; 11] = [
    NEW_YEAR,
    MAUNDY_THURSDAY,
    GOOD_FRIDAY,
    EASTER,
    EASTER_MONDAY,
    Rule::new("store bededag", When::Easter(26)).through(2023),
    ASCENSION,
    WHIT_SUNDAY,
    WHIT_MONDAY,
    CHRISTMAS,
    BOXING_DAY,
];

/// The act on holidays; Easter Monday and Ascension are none. 24 December from 2005 (RT I 2005, 24, 185).
const ESTONIA: [Rule; 12] = [
    NEW_YEAR,
    Rule::new("independence day", When::Date(24, 2)),
    GOOD_FRIDAY,
    EASTER,
    LABOUR_DAY,
    WHIT_SUNDAY,
    Rule::new("victory day", When::Date(23, 6)),
    Rule::new("midsummer day", When::Date(24, 6)),
    Rule::new("restoration of independence", When::Date(20, 8)),
    Rule::new("christmas eve", When::Date(24, 12)).from(2005),
    CHRISTMAS,
    BOXING_DAY,
];

const UNITY_DAY: Rule = Rule::new("day of german unity", When::Date(3, 10));
const REFORMATION_DAY_2017: Rule = Rule::new("reformation day", When::Once(2017, 10, 31));

/// What all Länder have. The law asks for the days of the place, so a Land has a calendar of its own.
const GERMANY: [Rule; 10] = [
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION,
    WHIT_MONDAY,
    UNITY_DAY,
    REFORMATION_DAY_2017,
    CHRISTMAS,
    BOXING_DAY,
];

/// 15 August is a holiday in some communes only, and 8 August in Augsburg: neither is here.
const BAVARIA: [Rule; 13] = [
    NEW_YEAR,
    EPIPHANY,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION,
    WHIT_MONDAY,
    CORPUS_CHRISTI,
    UNITY_DAY,
    REFORMATION_DAY_2017,
    ALL_SAINTS,
    CHRISTMAS,
    BOXING_DAY,
];

const BERLIN: [Rule; 14] = [
    NEW_YEAR,
    Rule::new("women's day", When::Date(8, 3)).from(2019),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    Rule::new("day of liberation", When::Once(2020, 5, 8)),
    Rule::new("day of liberation", When::Once(2025, 5, 8)),
    ASCENSION,
    WHIT_MONDAY,
    Rule::new("anniversary of 17 June 1953", When::Once(2028, 6, 17)),
    UNITY_DAY,
    REFORMATION_DAY_2017,
    CHRISTMAS,
    BOXING_DAY,
];

const NORTH_RHINE_WESTPHALIA: [Rule; 12] = [
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION,
    WHIT_MONDAY,
    CORPUS_CHRISTI,
    UNITY_DAY,
    REFORMATION_DAY_2017,
    ALL_SAINTS,
    CHRISTMAS,
    BOXING_DAY,
];

/// The days of the general act on periods (article 3): Good Friday is equal to them, 5 May counts every year, and decrees always
/// add the Friday after Ascension. Other days that a yearly decree adds are not here.
const NETHERLANDS: [Rule; 13] = [
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER,
    EASTER_MONDAY,
    Rule::new("queen's day", When::Date(30, 4)).through(2013).or(SUNDAY_TO_SATURDAY),
    Rule::new("king's day", When::Date(27, 4)).from(2014).or(SUNDAY_TO_SATURDAY),
    Rule::new("liberation day", When::Date(5, 5)),
    ASCENSION,
    Rule::new("friday after ascension day", When::Easter(40)),
    WHIT_SUNDAY,
    WHIT_MONDAY,
    CHRISTMAS,
    BOXING_DAY,
];

/// Without Alsace-Moselle and the days of overseas departments.
const FRANCE: [Rule; 11] = [
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR_DAY,
    Rule::new("victory day", When::Date(8, 5)),
    ASCENSION,
    WHIT_MONDAY,
    Rule::new("bastille day", When::Date(14, 7)),
    Rule::new("assumption day", When::Date(15, 8)),
    ALL_SAINTS,
    Rule::new("armistice day", When::Date(11, 11)),
    CHRISTMAS,
];

const UK_NEW_YEAR: Rule = NEW_YEAR.or(MONDAY);
const EARLY_MAY: Rule = Rule::new("early may bank holiday", When::OnOrAfter(Monday, 1, 5)).not_in(&[1995, 2020]);
const VE_DAY_1995: Rule = Rule::new("early may bank holiday", When::Once(1995, 5, 8));
const VE_DAY_2020: Rule = Rule::new("early may bank holiday", When::Once(2020, 5, 8));
const SPRING: Rule = Rule::new("spring bank holiday", When::LastIn(Monday, 5)).not_in(&[2002, 2012, 2022]);
const SPRING_2002: Rule = Rule::new("spring bank holiday", When::Once(2002, 6, 4));
const SPRING_2012: Rule = Rule::new("spring bank holiday", When::Once(2012, 6, 4));
const SPRING_2022: Rule = Rule::new("spring bank holiday", When::Once(2022, 6, 2));
const SUMMER: Rule = Rule::new("summer bank holiday", When::LastIn(Monday, 8));
const UK_CHRISTMAS: Rule = CHRISTMAS.or(OF_TWO);
const UK_BOXING_DAY: Rule = BOXING_DAY.or(OF_TWO);
const WEDDING_1981: Rule = Rule::new("royal wedding", When::Once(1981, 7, 29));
const MILLENNIUM: Rule = Rule::new("millennium", When::Once(1999, 12, 31));
const JUBILEE_2002: Rule = Rule::new("golden jubilee", When::Once(2002, 6, 3));
const WEDDING_2011: Rule = Rule::new("royal wedding", When::Once(2011, 4, 29));
const JUBILEE_2012: Rule = Rule::new("diamond jubilee", When::Once(2012, 6, 5));
const JUBILEE_2022: Rule = Rule::new("platinum jubilee", When::Once(2022, 6, 3));
const FUNERAL_2022: Rule = Rule::new("state funeral", When::Once(2022, 9, 19));
const CORONATION_2023: Rule = Rule::new("coronation", When::Once(2023, 5, 8));

/// England and Wales: the acts, and each year's proclamations as far as they are known.
const ENGLAND: [Rule; 21] = [
    UK_NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    EARLY_MAY,
    VE_DAY_1995,
    VE_DAY_2020,
    SPRING,
    SPRING_2002,
    SPRING_2012,
    SPRING_2022,
    SUMMER,
    UK_CHRISTMAS,
    UK_BOXING_DAY,
    WEDDING_1981,
    MILLENNIUM,
    JUBILEE_2002,
    WEDDING_2011,
    JUBILEE_2012,
    JUBILEE_2022,
    FUNERAL_2022,
    CORONATION_2023,
];

const NORTHERN_IRELAND: [Rule; 22] = [
    UK_NEW_YEAR,
    Rule::new("saint patrick's day", When::Date(17, 3)).or(MONDAY),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    EARLY_MAY,
    VE_DAY_1995,
    VE_DAY_2020,
    SPRING,
    SPRING_2002,
    SPRING_2012,
    SPRING_2022,
    Rule::new("battle of the boyne", When::Date(12, 7)).or(MONDAY),
    SUMMER,
    UK_CHRISTMAS,
    UK_BOXING_DAY,
    MILLENNIUM,
    JUBILEE_2002,
    WEDDING_2011,
    JUBILEE_2012,
    JUBILEE_2022,
    FUNERAL_2022,
    CORONATION_2023,
];

/// Federal legal holidays. A Saturday's Friday is a day off for employees only, and so not here.
const US: [Rule; 12] = [
    NEW_YEAR.or(SUNDAY_TO_MONDAY),
    Rule::new("martin luther king day", When::OnOrAfter(Monday, 15, 1)).from(1986),
    Rule::new("washington's birthday", When::OnOrAfter(Monday, 15, 2)),
    Rule::new("memorial day", When::LastIn(Monday, 5)),
    Rule::new("juneteenth", When::Date(19, 6)).from(2021).or(SUNDAY_TO_MONDAY),
    Rule::new("independence day", When::Date(4, 7)).or(SUNDAY_TO_MONDAY),
    Rule::new("labor day", When::OnOrAfter(Monday, 1, 9)),
    Rule::new("columbus day", When::OnOrAfter(Monday, 8, 10)),
    Rule::new("veterans day", When::OnOrAfter(Monday, 22, 10)).through(1977),
    Rule::new("veterans day", When::Date(11, 11)).from(1978).or(SUNDAY_TO_MONDAY),
    Rule::new("thanksgiving day", When::OnOrAfter(Thursday, 22, 11)),
    CHRISTMAS.or(SUNDAY_TO_MONDAY),
];

/// The canton's act on rest days, § 1. 2 January is none in law.
const ZURICH: [Rule; 9] = [
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION,
    WHIT_MONDAY,
    Rule::new("national day", When::Date(1, 8)),
    CHRISTMAS,
    BOXING_DAY,
];
