//! The dates that signatures carry.

use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 86_400;
/// 10000-01-01T00:00:00Z, which four digits can't write.
const END: u64 = 253_402_300_800;

/// A moment as a signature writes it: `20261127` and `20261127T080000Z`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    pub day: String,
    pub time: String,
}

/// None before 1970 and after 9999.
pub fn date(time: SystemTime) -> Option<Date> {
    let seconds = seconds(time)?;
    let (year, month, day) = civil(seconds / SECONDS_A_DAY);
    let rest = seconds % SECONDS_A_DAY;
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    let mut date = String::with_capacity(16);
    for number in [year / 100, year % 100, month, day] {
        write_pair(&mut date, number);
    }
    let day = date.clone();
    date.push('T');
    for number in [hour, minute, second] {
        write_pair(&mut date, number);
    }
    date.push('Z');
    Some(Date { day, time: date })
}

/// Two digits.
fn write_pair(text: &mut String, number: u64) {
    let digits = [number / 10, number % 10].map(|digit| char::from(b'0' + digit as u8));
    text.extend(digits);
}

/// Can a signature carry this time?
pub fn can_be_signed(time: SystemTime) -> bool {
    seconds(time).is_some()
}

fn seconds(time: SystemTime) -> Option<u64> {
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    (seconds < END).then_some(seconds)
}

/// Year, month and day of the Gregorian calendar, by days since 1970. Years are counted from
/// March, so that the leap day is the last of its year, in eras of 400 years.
fn civil(days: u64) -> (u64, u64, u64) {
    const ERA: u64 = 146_097;
    // From 0000-03-01 to 1970-01-01.
    let days = days + 719_468;
    let (era, day_of_era) = (days / ERA, days % ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}
