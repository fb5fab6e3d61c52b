//! Values: exact numbers, money, days, periods, calendars and the sharing of amounts.
