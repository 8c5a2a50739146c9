//! Moments: epoch seconds, RFC 3339 and the date of HTTP.

use super::{NotSendable, not_sendable};
use crate::decimal::Decimal;
use crate::model::TimestampFormat;
use serde_json::{Number, Value};

/// A moment in seconds since 1970, and the nanoseconds after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    seconds: i64,
    nanoseconds: u32,
}

/// The years that four digits can write.
const YEARS: std::ops::Range<i64> = -62_135_596_800..253_402_300_800;

const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
const DAYS: &str = "ThuFriSatSunMonTueWed";

/// `1763594445.123` → `2025-11-19T23:20:45.123Z`. Milliseconds are kept, finer parts are not;
/// `None` for what no calendar date stands for.
pub fn to_iso_8601(epoch_seconds: f64) -> Option<String> {
    // Out of this range a conversion would not say so.
    if !epoch_seconds.is_finite() || epoch_seconds.abs() > 1e12 {
        return None;
    }
    let milliseconds = (epoch_seconds * 1000.0).round() as i64;
    let moment = Moment {
        seconds: milliseconds.div_euclid(1000),
        nanoseconds: milliseconds.rem_euclid(1000) as u32 * 1_000_000,
    };
    YEARS.contains(&moment.seconds).then(|| moment.date_time(3))
}

/// An input's moment, written in a format; `at` is where it stands.
pub fn text(value: &Value, format: TimestampFormat, at: &str) -> Result<String, NotSendable> {
    let moment = Moment::of(value).ok_or_else(|| not_sendable("this is no moment:", at))?;
    Ok(moment.text(format))
}

/// The same without a fraction, as headers have it.
pub fn whole_seconds(
    value: &Value,
    format: TimestampFormat,
    at: &str,
) -> Result<String, NotSendable> {
    let moment = Moment::of(value).ok_or_else(|| not_sendable("this is no moment:", at))?;
    let nanoseconds = 0;
    Ok(Moment {
        nanoseconds,
        ..moment
    }
    .text(format))
}

/// What an answer has for a moment, as seconds since 1970; as it came if it is none.
pub fn number(value: Value) -> Value {
    let text = match &value {
        Value::String(text) => text,
        _ => return value,
    };
    let moment = Moment::parse(text);
    moment.and_then(Moment::number).map_or(value, Value::Number)
}

impl Moment {
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Self::epoch(&number.to_string()),
            Value::String(text) => Self::parse(text),
            _ => None,
        }
    }

    /// Reads any of the formats.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let moment = Self::epoch(text)
            .or_else(|| Self::parse_date_time(text))
            .or_else(|| Self::parse_http_date(text));
        moment.filter(|moment| YEARS.contains(&moment.seconds))
    }

    fn epoch(text: &str) -> Option<Self> {
        if text.contains(['e', 'E']) {
            let value = Decimal::parse(text)?;
            return (-9..12)
                .contains(&value.magnitude())
                .then(|| Self::epoch(&value.plain()))?;
        }
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let seconds: i64 = digits_of(whole)?;
        let nanoseconds = nanoseconds(fraction)?;
        Some(match (is_negative, nanoseconds) {
            (false, _) => Self {
                seconds,
                nanoseconds,
            },
            (true, 0) => Self {
                seconds: -seconds,
                nanoseconds,
            },
            (true, _) => Self {
                seconds: -seconds - 1,
                nanoseconds: 1_000_000_000 - nanoseconds,
            },
        })
    }

    /// `2025-11-19T23:20:45.123Z`, with another offset as well.
    fn parse_date_time(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', 't', ' '])?;
        let mut parts = date.split('-').map(digits_of);
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let at = time.find(['Z', 'z', '+', '-'])?;
        let (time, offset) = time.split_at(at);
        let (clock, fraction) = time.split_once('.').unwrap_or((time, ""));
        let offset = match offset.strip_prefix(['Z', 'z']) {
            Some("") => 0,
            Some(_) => return None,
            None => {
                let sign = if offset.starts_with('-') { -60 } else { 60 };
                let (hours, minutes) = offset.get(1..)?.split_once(':')?;
                sign * (digits_of(hours)? * 60 + digits_of(minutes)?)
            }
        };
        Self::civil((year, month, day), clock, offset, fraction)
    }

    /// `Wed, 19 Nov 2025 23:20:45 GMT`, with a fraction as well.
    fn parse_http_date(text: &str) -> Option<Self> {
        let text = text.strip_suffix("GMT")?.trim_end();
        let mut words = text.split_once(", ")?.1.split(' ');
        let day = digits_of(words.next()?)?;
        let month = MONTHS.find(words.next().filter(|it| it.len() == 3)?)? / 3 + 1;
        let year = digits_of(words.next()?)?;
        let time = words.next()?;
        let (clock, fraction) = time.split_once('.').unwrap_or((time, ""));
        Self::civil((year, month as i64, day), clock, 0, fraction)
    }

    fn civil(date: (i64, i64, i64), clock: &str, offset: i64, fraction: &str) -> Option<Self> {
        let mut parts = clock.split(':').map(digits_of);
        let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
        let (_, month, day) = date;
        // The 30th of February would be counted as the 2nd of March.
        let is_real = (1..=12).contains(&month) && day > 0 && civil(days(date)) == date;
        let is_time = hour < 24 && minute < 60 && second <= 60;
        (is_real && is_time && parts.next().is_none()).then_some(())?;
        Some(Self {
            seconds: days(date) * 86_400 + hour * 3600 + minute * 60 + second - offset,
            nanoseconds: nanoseconds(fraction)?,
        })
    }

    pub fn text(self, format: TimestampFormat) -> String {
        match format {
            TimestampFormat::EpochSeconds => {
                self.number().map(|it| it.to_string()).unwrap_or_default()
            }
            TimestampFormat::DateTime => self.date_time(6),
            TimestampFormat::HttpDate => self.http_date(),
        }
    }

    /// Seconds since 1970, with a fraction where there is one.
    pub fn number(self) -> Option<Number> {
        if self.nanoseconds == 0 {
            return Some(self.seconds.into());
        }
        let (sign, seconds, nanoseconds) = match self.seconds {
            seconds if seconds < 0 => ("-", -(seconds + 1), 1_000_000_000 - self.nanoseconds),
            seconds => ("", seconds, self.nanoseconds),
        };
        let text = format!("{sign}{seconds}.{nanoseconds:09}");
        serde_json::from_str(text.trim_end_matches('0')).ok()
    }

    /// With this many digits of the fraction, or none where there is no fraction.
    fn date_time(self, digits: usize) -> String {
        let (year, month, day) = civil(self.seconds.div_euclid(86_400));
        let fraction = format!(".{:09}", self.nanoseconds);
        let fraction = match fraction.get(..=digits) {
            Some(fraction) if fraction.bytes().any(|digit| matches!(digit, b'1'..=b'9')) => {
                fraction
            }
            _ => "",
        };
        let time = self.time();
        format!("{year:04}-{month:02}-{day:02}T{time}{fraction}Z")
    }

    fn http_date(self) -> String {
        let days = self.seconds.div_euclid(86_400);
        let (year, month, day) = civil(days);
        let three = |names: &'static str, at: i64| {
            let at = at as usize * 3;
            names.get(at..at + 3).unwrap_or_default()
        };
        let (week_day, month) = (three(DAYS, days.rem_euclid(7)), three(MONTHS, month - 1));
        let time = self.time();
        format!("{week_day}, {day:02} {month} {year:04} {time} GMT")
    }

    fn time(self) -> String {
        let second = self.seconds.rem_euclid(86_400);
        let (hour, minute) = (second / 3600, second / 60 % 60);
        format!("{hour:02}:{minute:02}:{:02}", second % 60)
    }
}

fn digits_of(text: &str) -> Option<i64> {
    let are_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits.then(|| text.parse().ok())?
}

/// The first nine digits of a fraction; none at all are zero.
fn nanoseconds(fraction: &str) -> Option<u32> {
    let digits: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    let rest = fraction.get(9.min(fraction.len())..)?;
    rest.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(())?;
    u32::try_from(digits_of(&digits)?).ok()
}

/// Days since 1970-01-01 of a date of the Gregorian calendar, counted as in [`civil`].
fn days((year, month, day): (i64, i64, i64)) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Days since 1970-01-01 as year, month and day of the Gregorian calendar, counted in eras of
/// 400 years that begin on 1 March.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}
