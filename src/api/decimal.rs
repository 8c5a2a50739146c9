//! Numbers with all their digits, which a float would round.

use serde_json::Number;
use std::cmp::Ordering;

/// `digits` × 10^`exponent`. The digits neither begin nor end with 0; zero has none, and the
/// exponent 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    pub is_negative: bool,
    pub digits: String,
    pub exponent: i64,
}

impl Decimal {
    /// Reads a number as JSON writes it: `-1.25e-7`.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            // 19 digits would not fit; so large an exponent is of no number that is meant.
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let significant = digits.trim_end_matches('0');
        let zeros = digits.len() - significant.len();
        let significant = significant.trim_start_matches('0');
        let is_zero = significant.is_empty();
        let exponent = i64::from(exponent) - fraction.len() as i64 + zeros as i64;
        Some(Self {
            is_negative,
            digits: significant.to_owned(),
            exponent: if is_zero { 0 } else { exponent },
        })
    }

    /// The power of ten of the first digit: 2 for `314`, -1 for `0.5`.
    pub fn magnitude(&self) -> i64 {
        self.exponent + self.digits.len() as i64 - 1
    }

    /// Without an exponent: `-0.000000125`.
    pub fn plain(&self) -> String {
        let sign = if self.is_negative { "-" } else { "" };
        let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
        let before = self.digits.len() as i64 + self.exponent;
        let number = match usize::try_from(before) {
            _ if self.digits.is_empty() => "0".to_owned(),
            Ok(before) if before > 0 => match self.digits.split_at_checked(before) {
                Some((whole, "")) => whole.to_owned(),
                Some((whole, fraction)) => [whole, ".", fraction].concat(),
                None => [&*self.digits, &zeros(self.exponent)].concat(),
            },
            _ => ["0.", &zeros(-before), &self.digits].concat(),
        };
        [sign, &number].concat()
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let side = |it: &Self| match (it.digits.is_empty(), it.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = self.magnitude().cmp(&other.magnitude());
        let size = size.then_with(|| self.digits.cmp(&other.digits));
        side(self).cmp(&side(other)).then_with(|| match side(self) {
            0 => Ordering::Equal,
            1 => size,
            _ => size.reverse(),
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Has the number a fraction or an exponent?
pub fn is_float(number: &Number) -> bool {
    number.to_string().contains(['.', 'e', 'E'])
}

/// The float nearest to a number as JSON writes it; `None` for what is none, or too large for one.
pub fn float(text: &str) -> Option<f64> {
    parse_float(text).filter(|number| number.is_finite())
}

#[cfg(not(target_arch = "wasm32"))]
fn parse_float(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// The browser reads numbers, too, and without the 16 KB of tables and code of Rust's way.
#[cfg(target_arch = "wasm32")]
fn parse_float(text: &str) -> Option<f64> {
    Decimal::parse(text)?;
    Some(js_sys::Number::from(wasm_bindgen::JsValue::from_str(text)).value_of())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn numbers_without_an_exponent() {
        for (text, plain) in [
            ("0", "0"),
            ("-0.00", "-0"),
            ("100", "100"),
            ("1.50", "1.5"),
            ("1.25e-7", "0.000000125"),
            ("-12E2", "-1200"),
            ("123.456e2", "12345.6"),
            ("18446744073709551616.5", "18446744073709551616.5"),
        ] {
            assert_eq!(decimal(text).plain(), plain, "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            "1e",
            "e5",
            "0x10",
            "1 ",
            "NaN",
            "1e99999999999",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn digits_count_that_a_float_does_not_have() {
        assert!(decimal("9007199254740993") > decimal("9007199254740992.9"));
        assert!(decimal("-9007199254740993") < decimal("-9007199254740992"));
        assert_eq!(decimal("0.0").cmp(&decimal("-0e9")), Ordering::Equal);
    }

    proptest! {
        #[test]
        fn decimals_stand_to_each_other_as_floats_do(one: f64, other: f64) {
            let [a, b] = [one, other].map(|it| decimal(&it.to_string()));
            prop_assert_eq!(Some(a.cmp(&b)), one.partial_cmp(&other));
            prop_assert_eq!(float(&a.plain()), Some(one));
        }
    }
}
