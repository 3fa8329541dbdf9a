//! When a request is repeated: exponential back-off with jitter, and what the server asks for.

use std::cell::Cell;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// Random numbers that follow from a seed (SplitMix64), so that a test sees the same each time.
#[derive(Debug)]
pub(crate) struct Jitter(Cell<u64>);

impl Jitter {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    /// A number from 0 to below 1.
    fn fraction(&self) -> f64 {
        let state = self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.0.set(state);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        // The upper half of the bits fits a float exactly.
        f64::from((mixed >> 32) as u32) / 4_294_967_296.0
    }

    /// Time before repetition number `attempt` (from 0): `base` doubled each time, of which the
    /// second half is random, so that many programs do not come back together.
    pub(crate) fn backoff(&self, base: Duration, attempt: u32, longest: Duration) -> Duration {
        let doubled = base
            .saturating_mul(2u32.saturating_pow(attempt))
            .min(longest);
        doubled.mul_f64(0.5 + self.fraction() / 2.0)
    }
}

/// What a `Retry-After` header asks for: seconds, or a date (RFC 9110, section 10.2.3).
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_up_to_the_longest_and_has_jitter() {
        let (base, longest) = (Duration::from_secs(1), Duration::from_secs(5));
        let waits = |seed| {
            let jitter = Jitter::new(seed);
            [0, 1, 2, 3, 60].map(|attempt| jitter.backoff(base, attempt, longest))
        };
        for (wait, whole) in waits(7).into_iter().zip([1.0, 2.0, 4.0, 5.0, 5.0]) {
            let seconds = wait.as_secs_f64();
            assert!(
                (whole / 2.0..whole).contains(&seconds),
                "{seconds} of {whole}"
            );
        }
        assert_eq!(waits(7), waits(7));
        assert_ne!(waits(7), waits(8));
    }

    #[test]
    fn servers_ask_to_wait_in_seconds_or_until_a_date() {
        let now: Timestamp = "1994-11-06T08:49:00Z".parse().unwrap();
        let wait = |value| retry_after(value, now);
        assert_eq!(wait("120"), Some(Duration::from_secs(120)));
        let date = wait("Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(date, Some(Duration::from_secs(37)));
        let past = wait("Sun, 06 Nov 1994 08:00:00 GMT");
        assert_eq!(past, Some(Duration::ZERO));
        assert_eq!(wait("soon"), None);
    }
}
