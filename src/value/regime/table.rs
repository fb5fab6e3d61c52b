//! The regimes there are, one row each. Only what was read in the text of a law or in a description of it stands here; where a
//! law was found silent the row says `NotStated`, or refuses.

use super::free::Free;
use super::{Backward, FixedDays, Holds, Longest, MissingDay, MonthEnd, Row};
use crate::value::feast::Feast;

pub(super) static ALL: [&Row; 18] = [
    &ROUND_DOWN,
    &ROUND_UP,
    &REFUSE,
    &EU,
    &SWEDEN,
    &AUSTRIA,
    &AUSTRIA_AVG,
    &DENMARK,
    &DENMARK_36A,
    &ENGLAND_CPR,
    &FINLAND,
    &FRANCE,
    &GERMANY,
    &NETHERLANDS,
    &NORWAY,
    &SWITZERLAND,
    &SWITZERLAND_1963,
    &US_FEDERAL,
];

/// Weeks, months and years end on the day of the same name or number, else on the month's last day; nothing moves.
const PLAIN: Row = Row {
    name: "",
    law: "",
    moved_by: "",
    missing_day: MissingDay::LastDay,
    month_end: MonthEnd::SameNumber,
    free: &[],
    fixed_days: FixedDays::Stay,
    backward: Backward::Stays,
    holds: None,
    skips_up_to: 0,
    longest_moved: None,
};

pub(super) static ROUND_DOWN: Row = Row { name: "round down", law: "the last day of the month", ..PLAIN };

pub(super) static ROUND_UP: Row =
    Row { name: "round up", law: "the first day of the next month", missing_day: MissingDay::FirstOfNext, ..PLAIN };

pub(super) static REFUSE: Row =
    Row { name: "refuse", law: "a day that does not exist is for a person", missing_day: MissingDay::Refuse, ..PLAIN };

/// Article 3(1), 3(2)(c), 3(4), 3(5); article 5: a specified date is that date.
pub(super) static EU: Row = Row {
    name: "EU 1182/71",
    law: "Regulation (EEC, Euratom) No 1182/71, articles 3 and 5",
    moved_by: "EU 1182/71 article 3(4)",
    free: &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS],
    holds: Some(Holds { from_days: 2, days: 2 }),
    ..PLAIN
};

/// 1 § (months) and 2 § (free days; "the time when a measure shall be taken at the latest", so fixed days too). Saturdays of
/// June to September by 1961:70, all by 1965:127, New Year's eve by prop. 1974:147 about the turn of 1974. A period counted
/// back is not moved: the act speaks of the latest day.
pub(super) static SWEDEN: Row = Row {
    name: "Sweden 1930:173",
    law: "the Swedish act (1930:173) on the computation of statutory time, 1 and 2 §§",
    moved_by: "Sweden 1930:173 § 2",
    free: &[
        Free::SUNDAYS,
        Free::HOLIDAYS,
        Free::feast(Feast::EasterEve),
        Free::feast(Feast::MidsummerEve),
        Free::feast(Feast::ChristmasEve),
        Free::saturdays_of(6, 9).from((1961, 6, 1)),
        Free::SATURDAYS.between((1965, 1, 1), (1966, 1, 1)),
        Free::feast(Feast::NewYearsEve).between((1974, 12, 31), (1975, 1, 1)),
    ],
    fixed_days: FixedDays::Move,
    ..PLAIN
};

/// ABGB §§ 902 and 903, for contracts: Sundays and holidays, a "certain last day" too.
pub(super) static AUSTRIA: Row = Row {
    name: "Austria",
    law: "the Austrian civil code (ABGB), §§ 902 and 903",
    moved_by: "Austria ABGB § 903",
    free: &[Free::SUNDAYS, Free::HOLIDAYS],
    fixed_days: FixedDays::Move,
    ..PLAIN
};

/// AVG § 33, for proceedings: Saturday, Good Friday and 24 December too.
pub(super) static AUSTRIA_AVG: Row = Row {
    name: "Austria AVG",
    law: "the Austrian act on administrative procedure (AVG), § 33",
    moved_by: "Austria AVG § 33",
    free: &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS, Free::feast(Feast::GoodFriday), Free::date(24, 12)],
    fixed_days: FixedDays::NotStated,
    ..PLAIN
};

/// The limitation act, § 27. Of fixed days nothing was found.
pub(super) static DENMARK: Row = Row {
    name: "Denmark",
    law: "the Danish limitation act (forældelsesloven), § 27",
    moved_by: "Denmark, limitation act § 27",
    free: DANISH_DAYS,
    fixed_days: FixedDays::NotStated,
    ..PLAIN
};

/// The act on restructuring by the Danish business authority, § 36 a: the last day of a month leads to the last day.
pub(super) static DENMARK_36A: Row = Row {
    name: "Denmark 36a",
    law: "the Danish restaurationslov, § 36 a",
    moved_by: "Denmark, restaurationslov § 36 a",
    month_end: MonthEnd::StaysLast,
    free: DANISH_DAYS,
    fixed_days: FixedDays::NotStated,
    ..PLAIN
};

const DANISH_DAYS: &[Free] =
    &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS, Free::date(5, 6), Free::date(24, 12), Free::date(31, 12)];

/// CPR 2.8: clear days; free days do not count in five days or less; the court office's next open day.
pub(super) static ENGLAND_CPR: Row = Row {
    name: "England CPR",
    law: "the Civil Procedure Rules, rule 2.8",
    moved_by: "England CPR rule 2.8",
    free: &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS],
    fixed_days: FixedDays::NotStated,
    backward: Backward::ClearDays,
    skips_up_to: 5,
    ..PLAIN
};

/// §§ 2 to 5. New Year's eve is not free; "määräpäivä" takes fixed days in. Of periods counted back § 4 says no move.
pub(super) static FINLAND: Row = Row {
    name: "Finland 150/1930",
    law: "the Finnish act 150/1930 on the computation of statutory periods, 2 to 5 §§",
    moved_by: "Finland 150/1930 § 5",
    free: &[
        Free::SUNDAYS,
        Free::HOLIDAYS,
        Free::SATURDAYS,
        Free::feast(Feast::MidsummerEve),
        Free::feast(Feast::ChristmasEve),
    ],
    fixed_days: FixedDays::Move,
    ..PLAIN
};

/// CPC 641 and 642. A period counted back is free of both ends and does not move (Cass. 2e civ. 4.2.1998; com. 14.3.2018).
pub(super) static FRANCE: Row = Row {
    name: "France",
    law: "the French code of civil procedure, articles 641 and 642",
    moved_by: "France, code of civil procedure article 642",
    free: &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS],
    backward: Backward::ClearDays,
    ..PLAIN
};

/// §§ 187, 188 and 193: "on a certain day or within a period". Notice periods are not moved (BGH III ZR 172/04).
pub(super) static GERMANY: Row = Row {
    name: "Germany BGB",
    law: "the German civil code (BGB), §§ 187 to 193",
    moved_by: "Germany BGB § 193",
    free: &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS],
    fixed_days: FixedDays::Move,
    ..PLAIN
};

/// Algemene termijnenwet, articles 1 to 4: "termijn" only, three days hold two, and longer periods do not move. The calendar has
/// Good Friday and 5 May; days that yearly decrees add are in no calendar.
pub(super) static NETHERLANDS: Row = Row {
    name: "Netherlands",
    law: "the Dutch general act on periods (Algemene termijnenwet), articles 1 to 4",
    moved_by: "Netherlands, Algemene termijnenwet article 1",
    free: &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS],
    holds: Some(Holds { from_days: 3, days: 2 }),
    longest_moved: Some(Longest { months: 3, days: 90 }),
    ..PLAIN
};

/// Domstolloven §§ 148 and 149. Of fixed days nothing was found.
pub(super) static NORWAY: Row = Row {
    name: "Norway",
    law: "the Norwegian courts act (domstolloven), §§ 148 and 149",
    moved_by: "Norway, domstolloven § 149",
    free: &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS],
    fixed_days: FixedDays::NotStated,
    ..PLAIN
};

/// OR 77 and 78, for contracts: a Saturday is free for limits of federal statutes alone.
pub(super) static SWITZERLAND: Row = Row {
    name: "Switzerland",
    law: "the Swiss code of obligations (OR), articles 77 and 78",
    moved_by: "Switzerland OR article 78",
    free: &[Free::SUNDAYS, Free::HOLIDAYS],
    fixed_days: FixedDays::Move,
    ..PLAIN
};

/// The same for limits of federal statutes, for which the act of 21 June 1963 makes Saturdays free.
pub(super) static SWITZERLAND_1963: Row = Row {
    name: "Switzerland 1963",
    law: "the Swiss code of obligations (OR), articles 77 and 78, with the federal act of 21 June 1963 on Saturdays",
    moved_by: "Switzerland OR article 78",
    free: &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS],
    fixed_days: FixedDays::Move,
    ..PLAIN
};

/// FRCP 6(a). The rule says nothing of months that are too short, nor of fixed days; what is counted back moves back.
pub(super) static US_FEDERAL: Row = Row {
    name: "US FRCP",
    law: "the Federal Rules of Civil Procedure, rule 6(a)",
    moved_by: "US FRCP rule 6(a)",
    missing_day: MissingDay::Refuse,
    free: &[Free::SUNDAYS, Free::HOLIDAYS, Free::SATURDAYS],
    fixed_days: FixedDays::NotStated,
    backward: Backward::ToThePrevious,
    ..PLAIN
};
