//! The secret of a process that only its own pages know.

use std::fmt;

use crate::ServeError;

/// 128 random bits in hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    pub(crate) fn new() -> Result<Self, ServeError> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|error| ServeError::Start(error.to_string()))?;
        Ok(Self(
            bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        ))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares without telling by the time taken how much fits.
    pub(crate) fn is(&self, given: &[u8]) -> bool {
        let pairs = self.0.bytes().zip(given);
        let difference = pairs.fold(0, |seen, (own, other)| seen | (own ^ other));
        given.len() == self.0.len() && difference == 0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_only_the_whole_one_fits() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_ne!(one.as_str(), other.as_str());
        assert_eq!(one.as_str().len(), 32);
        assert!(one.is(one.as_str().as_bytes()));
        for wrong in [
            &b""[..],
            &one.as_str().as_bytes()[..31],
            other.as_str().as_bytes(),
        ] {
            assert!(!one.is(wrong));
        }
    }
}
