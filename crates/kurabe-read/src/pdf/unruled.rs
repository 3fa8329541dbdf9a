//! Tables that nothing but the alignment of their texts tells, with cells of several lines.

use super::geometry::{Flow, Rect, median, union};
use super::ink::{Axis, Rule};
use super::lattice::{self, Lattice};
use super::line::TextLine;

/// Rows and columns that such a table has at least.
const ROWS: usize = 3;
const COLUMNS: usize = 3;
/// Lines of one page that are looked at.
const MOST: usize = 2_000;
/// A gap between columns is no narrower, in em.
const GUTTER: f64 = 0.8;
/// Lines above the first one of all columns that may belong to the header.
const OVER: usize = 3;
/// Spaces between rows are so many times as high as those between the lines of a cell.
const CLEAR: f64 = 1.3;

/// What was found on a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) tables: Vec<Lattice>,
    /// What looks like a table whose rows or columns cannot be told.
    pub(super) unsure: Vec<Rect>,
}

/// The tables among the lines of a page, each of which begins with a header.
pub(super) fn find(lines: &[TextLine]) -> Found {
    let mut level: Vec<&TextLine> = lines.iter().filter(|l| l.flow == Flow::Right).collect();
    level.sort_by(|a, b| a.rect.top.total_cmp(&b.rect.top));
    let mut found = Found::default();
    let mut at = 0;
    while at < level.len().min(MOST) {
        let rest = level.get(at..).unwrap_or_default();
        let above = level.get(..at).unwrap_or_default();
        let run = Run::of(rest).map(|run| run.whole(above));
        let run = run.filter(Run::is_like_a_table);
        at += run.as_ref().map_or(1, |run| run.count);
        let Some(run) = run else { continue };
        match run.table() {
            Some(table) => found.tables.push(table),
            None => found.unsure.extend(run.rect()),
        }
    }
    found
}

/// Lines below each other that leave the same gaps free.
struct Run<'l> {
    lines: Vec<&'l TextLine>,
    /// Texts of each line, from left to right.
    texts: Vec<Vec<Rect>>,
    /// The gaps between columns.
    gutters: Vec<(f64, f64)>,
    size: f64,
    /// Lines from the one that it was found by on.
    count: usize,
}

impl<'l> Run<'l> {
    fn of(lines: &[&'l TextLine]) -> Option<Self> {
        let first = *lines.first()?;
        let header = texts(first);
        let gutters = header.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((a.right, b.left)),
            _ => None,
        });
        let mut run = Run {
            gutters: gutters.collect(),
            lines: vec![first],
            texts: vec![header],
            size: first.size,
            count: 1,
        };
        if run.gutters.len() + 1 < COLUMNS {
            return None;
        }
        let mut bottom = first.rect.bottom;
        for line in lines.iter().skip(1) {
            let texts = texts(line);
            let is_near = line.rect.top - bottom < 2.0 * run.size;
            let is_like = (line.size - run.size).abs() < 0.3 * run.size;
            let Some(narrower) = run.narrowed(&texts).filter(|_| is_near && is_like) else {
                break;
            };
            bottom = bottom.max(line.rect.bottom);
            run.gutters = narrower;
            run.lines.push(line);
            run.texts.push(texts);
            run.count += 1;
        }
        Some(run)
    }

    /// The run with the lines beside its first, which belong to header cells of several lines, and
    /// with all gaps that its lines leave free: one of those cells may be higher than the others.
    fn whole(mut self, above: &[&'l TextLine]) -> Self {
        for line in above.iter().rev().take(OVER) {
            let top = self.lines.first().map_or(0.0, |l| l.rect.top);
            let texts = texts(line);
            let is_beside = top - line.rect.bottom < 0.6 * self.size;
            let Some(narrower) = self.narrowed(&texts).filter(|_| is_beside) else {
                break;
            };
            self.gutters = narrower;
            self.lines.insert(0, line);
            self.texts.insert(0, texts);
        }
        let mut all: Vec<Rect> = self.texts.iter().flatten().copied().collect();
        all.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut right = f64::INFINITY;
        self.gutters.clear();
        for text in all {
            if text.left - right >= GUTTER * self.size {
                self.gutters.push((right, text.left));
            }
            right = if right.is_finite() {
                right.max(text.right)
            } else {
                text.right
            };
        }
        self
    }

    /// The gutters that a line leaves; `None` when it closes one.
    fn narrowed(&self, texts: &[Rect]) -> Option<Vec<(f64, f64)>> {
        let narrow = |(from, to): &(f64, f64)| {
            let middle = f64::midpoint(*from, *to);
            let (mut from, mut to) = (*from, *to);
            for text in texts {
                if text.middle().0 < middle {
                    from = from.max(text.right);
                } else {
                    to = to.min(text.left);
                }
            }
            (to - from >= GUTTER * self.size).then_some((from, to))
        };
        self.gutters.iter().map(narrow).collect()
    }

    fn rect(&self) -> Option<Rect> {
        union(self.lines.iter().map(|l| l.rect))
    }

    fn column(&self, text: Rect) -> usize {
        let x = text.middle().0;
        self.gutters.iter().filter(|(from, _)| *from < x).count()
    }

    /// Whether several lines have a text in most columns, and the columns are not columns of
    /// running text.
    fn is_like_a_table(&self) -> bool {
        let full = self.texts.iter().filter(|t| t.len() >= COLUMNS).count();
        let columns = 0..=self.gutters.len();
        let prose = columns.filter(|column| {
            let all = self.texts.iter().flatten().copied();
            let mine: Vec<Rect> = all.filter(|t| self.column(*t) == *column).collect();
            let whole = union(mine.iter().copied()).map_or(0.0, Rect::width);
            let usual = median(mine.iter().map(|t| t.width()).collect());
            mine.len() >= 6 && whole > 8.0 * self.size && usual > 0.85 * whole
        });
        full >= 2 && self.lines.len() >= ROWS && prose.count() < 2
    }

    /// The table; `None` when its rows or columns are not clear.
    fn table(&self) -> Option<Lattice> {
        let blocks = self.blocks();
        let rows = self.rows(&blocks)?;
        let is_clear = rows.len() >= ROWS && self.are_aligned(&rows);
        let whole = self.rect().filter(|_| is_clear)?;
        let mut ys = vec![whole.top - 1.0];
        ys.extend(rows.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(f64::midpoint(a.1, b.0)),
            _ => None,
        }));
        ys.push(whole.bottom + 1.0);
        let mut xs = vec![whole.left - 1.0];
        xs.extend(
            self.gutters
                .iter()
                .map(|(from, to)| f64::midpoint(*from, *to)),
        );
        xs.push(whole.right + 1.0);
        let ends = |edges: &[f64]| edges.first().copied().zip(edges.last().copied());
        let ((left, right), (top, bottom)) = (ends(&xs)?, ends(&ys)?);
        let level = ys.iter().map(|y| Rule {
            axis: Axis::Horizontal,
            at: *y,
            from: left,
            to: right,
        });
        let upright = xs.iter().map(|x| Rule {
            axis: Axis::Vertical,
            at: *x,
            from: top,
            to: bottom,
        });
        let rules: Vec<Rule> = level.chain(upright).collect();
        lattice::lattices(&rules).into_iter().next()
    }

    /// Stretches of the height in which something stands.
    fn blocks(&self) -> Vec<(f64, f64)> {
        let mut blocks: Vec<(f64, f64)> = Vec::new();
        for line in &self.lines {
            match blocks.last_mut() {
                Some(last) if line.rect.top < last.1 => last.1 = last.1.max(line.rect.bottom),
                _ => blocks.push((line.rect.top, line.rect.bottom)),
            }
        }
        blocks
    }

    /// Blocks brought together to rows: the spaces between rows are all alike, or clearly higher
    /// than those between the lines of a cell.
    fn rows(&self, blocks: &[(f64, f64)]) -> Option<Vec<(f64, f64)>> {
        let spaces = blocks.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((b.0 - a.1).max(0.1)),
            _ => None,
        });
        let mut sorted: Vec<f64> = spaces.clone().collect();
        sorted.sort_by(f64::total_cmp);
        let jump = sorted
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] => Some((b / a, *b)),
                _ => None,
            })
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(ratio, _)| *ratio >= CLEAR);
        let least = jump.map_or(0.0, |(_, least)| least);
        let mut rows: Vec<(f64, f64)> = Vec::new();
        let before = std::iter::once(f64::INFINITY).chain(spaces);
        for (block, space) in blocks.iter().zip(before) {
            match rows.last_mut() {
                Some(last) if space < least => last.1 = block.1,
                _ => rows.push(*block),
            }
        }
        // A row has its first column and another: otherwise a line of a cell looks like a row.
        let is_row = |row: &(f64, f64)| {
            let cells = self.cells(*row);
            let written = cells.iter().flatten().count();
            cells.first().is_some_and(Option::is_some) && written >= 2
        };
        rows.iter().all(is_row).then_some(rows)
    }

    /// The texts of a row by column.
    fn cells(&self, (top, bottom): (f64, f64)) -> Vec<Option<Rect>> {
        let mut cells: Vec<Option<Rect>> = vec![None; self.gutters.len() + 1];
        let inside = self.texts.iter().flatten();
        for text in inside.filter(|t| (top..=bottom).contains(&t.middle().1)) {
            if let Some(cell) = cells.get_mut(self.column(*text)) {
                *cell = Some(cell.map_or(*text, |cell| cell.union(*text)));
            }
        }
        cells
    }

    /// Whether the cells of every column begin, end or are centred at the same place.
    fn are_aligned(&self, rows: &[(f64, f64)]) -> bool {
        let rows: Vec<Vec<Option<Rect>>> = rows.iter().map(|row| self.cells(*row)).collect();
        (0..=self.gutters.len()).all(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column).copied()?);
            let cells: Vec<Rect> = cells.collect();
            let places: [fn(&Rect) -> f64; 3] = [|r| r.left, |r| r.right, |r| r.middle().0];
            let is_alike = |place: &fn(&Rect) -> f64| {
                let usual = median(cells.iter().map(place).collect());
                let near = cells
                    .iter()
                    .filter(|r| (place(r) - usual).abs() < 0.4 * self.size);
                // A header may be centred above texts that are not.
                near.count() + 1 >= cells.len()
            };
            cells.len() >= ROWS && places.iter().any(is_alike)
        })
    }
}

/// The texts of a line between gaps that may part columns.
fn texts(line: &TextLine) -> Vec<Rect> {
    let glyphs = line.pieces.iter().flat_map(|piece| &piece.glyphs);
    let mut boxes: Vec<Rect> = glyphs
        .filter(|g| !g.c.is_whitespace())
        .map(|g| g.rect)
        .collect();
    boxes.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut texts: Vec<Rect> = Vec::new();
    for rect in boxes {
        match texts.last_mut() {
            Some(last) if rect.left - last.right < GUTTER * line.size => *last = last.union(rect),
            _ => texts.push(rect),
        }
    }
    texts
}
