//! Names in the order of the codes. What bears a name twice is told apart by what stands before and after it.

use jiff::civil::Date;

use crate::register::{Entry, Register};
use crate::resolve::ResolveError;

/// Why names in a row do not say which municipalities are meant. Positions count from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// A name means no municipality.
    #[error("name {position}: {error}")]
    Name {
        /// Which name.
        position: usize,
        /// What is wrong with it.
        error: ResolveError,
    },
    /// A name does not stand where its code belongs.
    #[error(
        "`{name}` (name {position}) does not stand in the order of the codes, between `{before}` and \
         `{after}`; put the names in the order of the codes"
    )]
    Misplaced {
        /// Which name.
        position: usize,
        /// The name.
        name: String,
        /// The name before it.
        before: String,
        /// The name behind it.
        after: String,
    },
    /// A name is borne twice, and what stands around it does not settle which one is meant.
    #[error(
        "`{name}` (name {position}) can be {}, and the names around it do not settle which; write the \
         prefecture before the name",
        candidates.join(", ")
    )]
    Undecided {
        /// Which name.
        position: usize,
        /// The name.
        name: String,
        /// All that it can be in this place.
        candidates: Vec<String>,
    },
}

/// A candidate in a chain of rising candidates.
struct Link {
    position: usize,
    place: usize,
    before: Option<usize>,
}

impl Register {
    /// The municipalities of names that stand in the order of the codes, on a day or today.
    ///
    /// # Errors
    /// When a name is unknown, stands in another order, or stays undecided.
    pub fn in_order(&self, names: &[&str], on: Option<Date>) -> Result<Vec<&Entry>, OrderError> {
        let mut candidates = Vec::with_capacity(names.len());
        for (position, name) in names.iter().enumerate() {
            let places = self.valid_places(name, on);
            let places = places.map_err(|error| OrderError::Name { position, error })?;
            candidates.push(places);
        }
        let (first, last) = (earliest(&candidates), latest(&candidates));
        let (Some(first), Some(last)) = (first, last) else {
            return Err(misplaced(names, &candidates));
        };
        let open = first.iter().zip(&last).position(|(a, b)| a != b);
        if let Some(position) = open {
            return Err(self.undecided(position, names, &candidates, (&first, &last)));
        }
        Ok(first
            .iter()
            .filter_map(|place| self.entries().get(*place))
            .collect())
    }

    fn valid_places(&self, name: &str, on: Option<Date>) -> Result<Vec<usize>, ResolveError> {
        let mut places = self.places(name);
        let is_valid = |place: &usize| self.entries().get(*place).is_some_and(|e| e.is_valid(on));
        places.retain(is_valid);
        if places.is_empty() {
            // Nobody bears the name on that day: say who does on another one.
            let error = match self.resolve(None, name, on) {
                Err(error) => error,
                Ok(now) => ResolveError::Unknown {
                    name: name.to_owned(),
                    nearest: vec![now.shown()],
                },
            };
            return Err(error);
        }
        Ok(places)
    }

    fn undecided(
        &self,
        position: usize,
        names: &[&str],
        candidates: &[Vec<usize>],
        (first, last): (&[usize], &[usize]),
    ) -> OrderError {
        let bounds = first.get(position)..=last.get(position);
        let possible = candidates.get(position).into_iter().flatten();
        let possible = possible.filter(|place| bounds.contains(&Some(*place)));
        let shown = possible.filter_map(|place| Some(self.entries().get(*place)?.shown()));
        OrderError::Undecided {
            position,
            name: nth(names, Some(position)),
            candidates: shown.collect(),
        }
    }
}

/// For each name the first candidate behind that of the name before; `None` when there is none.
fn earliest(candidates: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut chosen: Vec<usize> = Vec::with_capacity(candidates.len());
    for places in candidates {
        let before = chosen.last().copied();
        let is_behind = |place: &&usize| before.is_none_or(|before| **place > before);
        chosen.push(*places.iter().find(is_behind)?);
    }
    Some(chosen)
}

/// For each name the last candidate before that of the name behind; `None` when there is none.
fn latest(candidates: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut chosen: Vec<usize> = Vec::with_capacity(candidates.len());
    for places in candidates.iter().rev() {
        let behind = chosen.last().copied();
        let is_before = |place: &&usize| behind.is_none_or(|behind| **place < behind);
        chosen.push(*places.iter().rev().find(is_before)?);
    }
    chosen.reverse();
    Some(chosen)
}

/// The first name that the longest rising row of candidates leaves out.
fn misplaced(names: &[&str], candidates: &[Vec<usize>]) -> OrderError {
    let kept = longest_rising(candidates);
    let left_out = (0..names.len()).find(|position| kept.binary_search(position).is_err());
    let position = left_out.unwrap_or_default();
    OrderError::Misplaced {
        position,
        name: nth(names, Some(position)),
        before: nth(names, position.checked_sub(1)),
        after: nth(names, Some(position + 1)),
    }
}

fn nth(names: &[&str], position: Option<usize>) -> String {
    let name = position.and_then(|position| names.get(position));
    name.map(|name| (*name).to_owned()).unwrap_or_default()
}

/// Positions of the most names whose candidates can rise, at most one candidate of each.
fn longest_rising(candidates: &[Vec<usize>]) -> Vec<usize> {
    let mut links: Vec<Link> = Vec::new();
    // The link that ends the best row of each length: the one with the smallest place.
    let mut ends: Vec<usize> = Vec::new();
    for (position, places) in candidates.iter().enumerate() {
        // From the largest down, so that no row takes two candidates of one name.
        for place in places.iter().rev() {
            let is_below = |end: &usize| links.get(*end).is_some_and(|link| link.place < *place);
            let length = ends.partition_point(is_below);
            let before = length
                .checked_sub(1)
                .and_then(|last| ends.get(last))
                .copied();
            let link = Link {
                position,
                place: *place,
                before,
            };
            match ends.get_mut(length) {
                Some(end) => *end = links.len(),
                None => ends.push(links.len()),
            }
            links.push(link);
        }
    }
    let mut kept = Vec::with_capacity(ends.len());
    let mut now = ends.last().copied();
    while let Some(link) = now.and_then(|at| links.get(at)) {
        kept.push(link.position);
        now = link.before;
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_row_takes_one_candidate_of_each_name() {
        assert_eq!(longest_rising(&[vec![0, 5], vec![1], vec![2]]), [0, 1, 2]);
        assert_eq!(longest_rising(&[vec![4], vec![1], vec![2]]), [1, 2]);
        assert_eq!(longest_rising(&[vec![1, 2]]), [0]);
        assert_eq!(
            earliest(&[vec![0, 5], vec![1], vec![2]]),
            Some(vec![0, 1, 2])
        );
        assert_eq!(latest(&[vec![0, 5], vec![1, 4]]), Some(vec![0, 4]));
        assert_eq!(earliest(&[vec![3], vec![1]]), None);
    }
}
