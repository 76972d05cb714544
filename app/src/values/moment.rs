//! Points in time.

use serde::{Deserialize, Serialize};
use time::{Duration, Month, OffsetDateTime};

/// A point in time: microseconds since the beginning of 1970 in UTC, as exact as Postgres keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

const MICROSECONDS: i64 = 1_000_000;

impl Moment {
    /// Takes microseconds since the beginning of 1970.
    pub const fn from_microseconds(microseconds: i64) -> Self {
        Self(microseconds)
    }

    /// Microseconds since the beginning of 1970.
    pub const fn as_microseconds(self) -> i64 {
        self.0
    }

    /// Takes the database's or the system's time; what is finer than a microsecond is dropped.
    pub fn from_offset_date_time(time: OffsetDateTime) -> Self {
        let microseconds = time.unix_timestamp_nanos().div_euclid(1_000);
        Self(i64::try_from(microseconds).unwrap_or(if microseconds < 0 { i64::MIN } else { i64::MAX }))
    }

    /// The same point in time for the calendar and the database, at most the last that they know.
    pub const fn to_offset_date_time(self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH.saturating_add(Duration::microseconds(self.0))
    }

    /// So many seconds later.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(MICROSECONDS)))
    }

    /// So many seconds earlier.
    #[must_use]
    pub const fn minus(self, seconds: i64) -> Self {
        Self(self.0.saturating_sub(seconds.saturating_mul(MICROSECONDS)))
    }

    /// Whole seconds that have gone by since `earlier`; negative if it is still to come.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0) / MICROSECONDS
    }

    /// Whether this comes after `other`.
    pub const fn is_after(self, other: Self) -> bool {
        self.0 > other.0
    }

    /// For people: `22 Nov 2026, 14:05 UTC`.
    pub fn date_time_utc(self) -> String {
        let time = self.to_offset_date_time();
        format!("{}, {:02}:{:02} UTC", self.date_utc(), time.hour(), time.minute())
    }

    /// For people: `22 Nov 2026`.
    pub fn date_utc(self) -> String {
        let time = self.to_offset_date_time();
        format!("{} {} {}", time.day(), short_name(time.month()), time.year())
    }

    /// For machines, as in `<time datetime>`: `2026-11-22T14:05:09Z`.
    pub fn iso(self) -> String {
        let time = self.to_offset_date_time();
        let (hour, minute, second) = time.to_hms();
        format!("{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", time.year(), u8::from(time.month()), time.day())
    }
}

impl From<OffsetDateTime> for Moment {
    fn from(time: OffsetDateTime) -> Self {
        Self::from_offset_date_time(time)
    }
}

impl From<Moment> for OffsetDateTime {
    fn from(moment: Moment) -> Self {
        moment.to_offset_date_time()
    }
}

const fn short_name(month: Month) -> &'static str {
    match month {
        Month::January => "Jan",
        Month::February => "Feb",
        Month::March => "Mar",
        Month::April => "Apr",
        Month::May => "May",
        Month::June => "Jun",
        Month::July => "Jul",
        Month::August => "Aug",
        Month::September => "Sep",
        Month::October => "Oct",
        Month::November => "Nov",
        Month::December => "Dec",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_moment_is_told_to_people_and_machines() {
        let moment = Moment::from_offset_date_time(datetime!(2026-11-22 14:05:09.123456 UTC));
        assert_eq!(moment.date_time_utc(), "22 Nov 2026, 14:05 UTC");
        assert_eq!(moment.date_utc(), "22 Nov 2026");
        assert_eq!(moment.iso(), "2026-11-22T14:05:09Z");
        let early = Moment::from_offset_date_time(datetime!(2027-01-02 03:04:05 UTC));
        assert_eq!(early.date_time_utc(), "2 Jan 2027, 03:04 UTC");
        assert_eq!(early.iso(), "2027-01-02T03:04:05Z");
    }

    #[test]
    fn other_time_zones_are_the_same_moment() {
        assert_eq!(
            Moment::from_offset_date_time(datetime!(2026-11-22 16:05 +2)),
            Moment::from_offset_date_time(datetime!(2026-11-22 14:05 UTC))
        );
    }

    #[test]
    fn a_moment_survives_the_database_to_the_microsecond() {
        for time in [datetime!(2026-11-22 14:05:09.123456 UTC), datetime!(1969-12-31 23:59:59.999999 UTC)] {
            assert_eq!(Moment::from(time).to_offset_date_time(), time);
        }
        assert_eq!(Moment::from(datetime!(1970-01-01 00:00:00.0000019 UTC)).as_microseconds(), 1);
        assert_eq!(Moment::from(datetime!(1969-12-31 23:59:59.9999999 UTC)).as_microseconds(), -1);
    }

    #[test]
    fn seconds_are_added_taken_away_and_counted() {
        let start = Moment::from_microseconds(500_000);
        let later = start.plus(259_200);
        assert!(later.is_after(start));
        assert!(!start.is_after(start));
        assert_eq!(later.seconds_since(start), 259_200);
        assert_eq!(start.seconds_since(later), -259_200);
        assert_eq!(later.minus(259_200), start);
        assert!(start < later);
    }

    #[test]
    fn the_ends_of_time_overflow_nowhere() {
        for moment in [Moment::from_microseconds(i64::MAX), Moment::from_microseconds(i64::MIN)] {
            assert!(!moment.iso().is_empty());
            assert!(!moment.date_time_utc().is_empty());
        }
        let last = Moment::from_microseconds(i64::MAX);
        assert_eq!(last.plus(i64::MAX), last);
        assert_eq!(Moment::from_microseconds(i64::MIN).minus(1).as_microseconds(), i64::MIN);
    }

    #[test]
    fn a_moment_travels_as_a_number() {
        assert_eq!(serde_json::to_string(&Moment::from_microseconds(5)).unwrap(), "5");
    }
}
