//! Epoch seconds and ISO 8601.

/// `1763594445.123` → `2025-11-19T23:20:45.123Z`. Milliseconds are kept, finer parts are not;
/// `None` for what no calendar date stands for.
pub fn to_iso_8601(epoch_seconds: f64) -> Option<String> {
    // The year 9999: the last that four digits can write.
    if !epoch_seconds.is_finite()
        || !(-62_135_596_800.0..253_402_300_800.0).contains(&epoch_seconds)
    {
        return None;
    }
    let milliseconds = (epoch_seconds * 1000.0).round() as i64;
    let (days, in_day) = (
        milliseconds.div_euclid(86_400_000),
        milliseconds.rem_euclid(86_400_000),
    );
    let (year, month, day) = civil(days);
    let (hour, minute) = (in_day / 3_600_000, in_day / 60_000 % 60);
    let (second, fraction) = (in_day / 1000 % 60, in_day % 1000);
    let fraction = match fraction {
        0 => String::new(),
        fraction => format!(".{fraction:03}"),
    };
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"
    ))
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
