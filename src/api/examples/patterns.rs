//! Judges values by patterns, for comparing with another engine: reads lines of JSON,
//! `{"pattern": "^a+$", "whole": false, "values": ["aa"]}`, and answers each with one,
//! `{"supported": true, "verdicts": "1"}`: a sign for each value, `1` where it matches, `0` where
//! it doesn't, `?` where it isn't checked; and the milliseconds that the slowest of them took.
//! With `"length": 100000` the last character of each value is repeated up to that length.

use formsmith_api::pattern::{Pattern, Verdict};
use serde_json::{Value, json};
use std::error::Error;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    for line in std::io::stdin().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let source = line["pattern"].as_str().ok_or("a line needs a pattern")?;
        let pattern = match line["whole"].as_bool() {
            Some(true) => Pattern::whole(source),
            _ => Pattern::new(source),
        };
        let length = line["length"].as_u64().unwrap_or_default() as usize;
        let (mut verdicts, mut slowest) = (String::new(), Duration::ZERO);
        for value in line["values"].as_array().into_iter().flatten() {
            let mut value = value.as_str().unwrap_or_default().to_owned();
            if let Some(last) = value.chars().next_back() {
                let missing = length.saturating_sub(value.chars().count());
                value.extend(std::iter::repeat_n(last, missing));
            }
            let begun = Instant::now();
            verdicts.push(match pattern.verdict(&value) {
                Verdict::Matches => '1',
                Verdict::Departs(_) | Verdict::Differs => '0',
                Verdict::NotChecked => '?',
            });
            slowest = slowest.max(begun.elapsed());
        }
        let answer = json!({
            "supported": pattern.is_supported(),
            "verdicts": verdicts,
            "milliseconds": slowest.as_secs_f64() * 1000.0,
        });
        println!("{answer}");
    }
    Ok(())
}
