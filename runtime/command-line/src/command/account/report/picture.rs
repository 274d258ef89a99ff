//! A picture of who can become whom: principals in columns, from left to right.
//!
//! Layers as in Sugiyama, Tagawa and Toda (1981): circles are opened, every way goes at least one column
//! to the right, lines are ordered by where they lead, and names are put level with their neighbours.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::describe::html::escaped;

/// Somebody in the picture, or several who can do the same.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Whom it is, in the order of their names.
    pub(super) names: Vec<String>,
    /// `user`, `role`, `outside` or `administrator`.
    pub(super) class: &'static str,
}

/// A way from one to another.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The steps in words, which a pointer shows.
    pub(super) steps: BTreeSet<String>,
    /// Whether others take steps of it.
    pub(super) is_shared: bool,
}

/// Sizes, in pixels.
const WIDTH: i32 = 232;
const HEIGHT: i32 = 26;
const BETWEEN: i32 = 90;
const APART: i32 = 34;
const APART_LINES: i32 = 12;
const MARGIN: i32 = 12;

/// Most characters of a name; a pointer shows all of it.
const MOST_CHARACTERS: usize = 31;

/// How often lines are put in order, and names level.
const ROUNDS: usize = 8;

/// Somebody in a column, or a line that passes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Node(usize),
    /// A line on its way.
    Line(usize),
}

/// A line as it is laid out, always to the right.
struct Drawn {
    line: usize,
    /// Places in `Layout::slots`, one in each column.
    along: Vec<usize>,
    /// Whether the way goes to the left.
    is_back: bool,
}

struct Layout {
    slots: Vec<Slot>,
    column: Vec<usize>,
    /// The places of each column, from the top.
    columns: Vec<Vec<usize>>,
    drawn: Vec<Drawn>,
    /// The middle of each place, from the top.
    middle: Vec<i32>,
}

/// Draws everybody and the ways between them; nothing where there is nobody.
pub(super) fn draw(nodes: &[Node], lines: &[Line], text: &mut String) -> std::fmt::Result {
    if nodes.is_empty() {
        return Ok(());
    }
    let layout = Layout::of(nodes, lines);
    let at = |place: usize| {
        let column = layout.column.get(place).copied().unwrap_or_default();
        let x = MARGIN + i32::try_from(column).unwrap_or_default() * (WIDTH + BETWEEN);
        (x, layout.middle.get(place).copied().unwrap_or_default())
    };
    let columns = i32::try_from(layout.columns.len()).unwrap_or_default();
    let width = 2 * MARGIN + columns * (WIDTH + BETWEEN) - BETWEEN;
    let height = layout.middle.iter().max().copied().unwrap_or_default() + HEIGHT / 2 + MARGIN;
    writeln!(
        text,
        "<div class=\"picture\" tabindex=\"0\">\n<svg role=\"img\" aria-label=\"Who can become whom\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">"
    )?;
    for drawn in &layout.drawn {
        let Some(line) = lines.get(drawn.line) else { continue };
        let (Some(first), Some(last)) = (drawn.along.first(), drawn.along.last()) else { continue };
        let (mut x, mut y) = at(*first);
        x += WIDTH;
        let class = match (drawn.is_back, line.is_shared) {
            (_, true) => "line shared",
            (true, false) => "line back",
            (false, false) => "line",
        };
        let (end_x, end_y) = at(*last);
        write!(text, "<g class=\"{class}\"><path d=\"M{x} {y}")?;
        for place in drawn.along.iter().skip(1) {
            let (to_x, to_y) = at(*place);
            let bend = BETWEEN / 2;
            write!(text, "C{} {y} {} {to_y} {to_x} {to_y}", x + bend, to_x - bend)?;
            // Past a column the line goes straight on.
            x = to_x;
            if place != last {
                x += WIDTH;
                write!(text, "H{x}")?;
            }
            y = to_y;
        }
        let (start_x, start_y) = at(*first);
        let (tip, y, back) =
            if drawn.is_back { (start_x + WIDTH, start_y, 7) } else { (end_x, end_y, -7) };
        let steps: Vec<&str> = line.steps.iter().map(String::as_str).collect();
        writeln!(
            text,
            "\"/><path class=\"tip\" d=\"M{tip} {y}l{back} -4v8z\"/><title>{}</title></g>",
            escaped(&steps.join("\n"))
        )?;
    }
    for (place, slot) in layout.slots.iter().enumerate() {
        let Slot::Node(node) = slot else { continue };
        let Some(node) = nodes.get(*node) else { continue };
        let (x, y) = at(place);
        writeln!(
            text,
            "<g class=\"node {}\"><rect x=\"{x}\" y=\"{}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"4\"/><text x=\"{}\" y=\"{}\">{}</text><title>{}</title></g>",
            node.class,
            y - HEIGHT / 2,
            x + 8,
            y + 4,
            escaped(&node.label()),
            escaped(&node.names.join("\n"))
        )?;
    }
    writeln!(text, "</svg>\n</div>")
}

impl Node {
    fn label(&self) -> String {
        let rest = self.names.len().saturating_sub(1);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let most = MOST_CHARACTERS.saturating_sub(more.len());
        let first = self.names.first().map(String::as_str).unwrap_or_default();
        let count = first.chars().count();
        if count <= most {
            return format!("{first}{more}");
        }
        // Names of one kind begin alike.
        let begin = most / 3;
        let begins: String = first.chars().take(begin).collect();
        let ends: String = first.chars().skip(count + begin + 2 - most).collect();
        format!("{begins}..{ends}{more}")
    }
}

impl Layout {
    fn of(nodes: &[Node], lines: &[Line]) -> Self {
        let back = back(nodes.len(), lines);
        let ahead = |line: usize| {
            let Some(Line { from, to, .. }) = lines.get(line) else { return (0, 0) };
            if back.contains(&line) { (*to, *from) } else { (*from, *to) }
        };
        let arrows: Vec<(usize, usize)> = (0..lines.len()).map(ahead).collect();
        let column = columns(nodes, &arrows);
        let mut layout = Self {
            slots: (0..nodes.len()).map(Slot::Node).collect(),
            column,
            columns: Vec::new(),
            drawn: Vec::new(),
            middle: Vec::new(),
        };
        for (line, (from, to)) in arrows.iter().enumerate() {
            let begin = layout.column.get(*from).copied().unwrap_or_default();
            let end = layout.column.get(*to).copied().unwrap_or_default();
            let mut along = vec![*from];
            for column in begin + 1..end {
                along.push(layout.slots.len());
                layout.slots.push(Slot::Line(line));
                layout.column.push(column);
            }
            along.push(*to);
            layout.drawn.push(Drawn { line, along, is_back: back.contains(&line) });
        }
        let count = layout.column.iter().max().map_or(0, |last| last + 1);
        layout.columns = vec![Vec::new(); count];
        for (place, column) in layout.column.iter().enumerate() {
            if let Some(places) = layout.columns.get_mut(*column) {
                places.push(place);
            }
        }
        layout.order();
        layout.level();
        layout
    }

    /// The neighbours of each place, to the left and to the right.
    fn neighbours(&self) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        let mut left = vec![Vec::new(); self.slots.len()];
        let mut right = vec![Vec::new(); self.slots.len()];
        for drawn in &self.drawn {
            for (one, other) in drawn.along.iter().zip(drawn.along.iter().skip(1)) {
                if let (Some(left), Some(right)) = (left.get_mut(*other), right.get_mut(*one)) {
                    left.push(*one);
                    right.push(*other);
                }
            }
        }
        (left, right)
    }

    /// Orders each column by where its lines come from, and then by where they lead.
    fn order(&mut self) {
        let (left, right) = self.neighbours();
        let mut height = vec![0_usize; self.slots.len()];
        let number = |places: &[usize], height: &mut Vec<usize>| {
            for (row, place) in places.iter().enumerate() {
                if let Some(height) = height.get_mut(*place) {
                    *height = row;
                }
            }
        };
        for places in &self.columns {
            number(places, &mut height);
        }
        for round in 0..ROUNDS {
            let goes_right = round % 2 == 0;
            let near = if goes_right { &left } else { &right };
            let count = self.columns.len();
            for turn in 0..count {
                let column = if goes_right { turn } else { count - 1 - turn };
                let Some(places) = self.columns.get_mut(column) else { continue };
                // The mean row in thousandths, so that it is the same on every machine.
                let mean = |place: &usize| {
                    let of = near.get(*place).map(Vec::as_slice).unwrap_or_default();
                    let own = || height.get(*place).copied().unwrap_or_default() * 1000;
                    let sum: usize =
                        of.iter().filter_map(|place| height.get(*place)).sum::<usize>() * 1000;
                    sum.checked_div(of.len()).unwrap_or_else(own)
                };
                places.sort_by_cached_key(mean);
                number(places, &mut height);
            }
        }
    }

    /// Puts everybody level with its neighbours, as far as there is space.
    fn level(&mut self) {
        let (left, right) = self.neighbours();
        let half = |slot: Slot| match slot {
            Slot::Node(_) => APART / 2,
            Slot::Line(_) => APART_LINES / 2,
        };
        let space: Vec<i32> = self.slots.iter().copied().map(half).collect();
        let space = |place: usize| space.get(place).copied().unwrap_or_default();
        self.middle = vec![0; self.slots.len()];
        for places in &self.columns {
            let mut end = 0;
            for place in places {
                if let Some(middle) = self.middle.get_mut(*place) {
                    *middle = end + space(*place);
                    end = *middle + space(*place);
                }
            }
        }
        for round in 0..ROUNDS {
            let goes_right = round % 2 == 0;
            let near = if goes_right { &left } else { &right };
            let count = self.columns.len();
            for turn in 0..count {
                let column = if goes_right { turn } else { count - 1 - turn };
                let Some(places) = self.columns.get(column) else { continue };
                let wanted: Vec<i32> =
                    places.iter().map(|place| wanted(*place, near, &self.middle)).collect();
                // Down from the top and up from the bottom both leave enough space, and so does the mean.
                let mut down = wanted.clone();
                let mut up = wanted;
                for row in 1..places.len() {
                    let (Some(before), Some(own)) = (places.get(row - 1), places.get(row)) else {
                        continue;
                    };
                    let least = down.get(row - 1).copied().unwrap_or_default()
                        + space(*before)
                        + space(*own);
                    if let Some(down) = down.get_mut(row) {
                        *down = least.max(*down);
                    }
                }
                for row in (1..places.len()).rev() {
                    let (Some(before), Some(own)) = (places.get(row - 1), places.get(row)) else {
                        continue;
                    };
                    let most =
                        up.get(row).copied().unwrap_or_default() - space(*before) - space(*own);
                    if let Some(up) = up.get_mut(row - 1) {
                        *up = most.min(*up);
                    }
                }
                for ((place, down), up) in places.iter().zip(down).zip(up) {
                    if let Some(middle) = self.middle.get_mut(*place) {
                        *middle = (down + up).div_euclid(2);
                    }
                }
            }
        }
        let top = self.middle.iter().min().copied().unwrap_or_default();
        for middle in &mut self.middle {
            *middle += MARGIN + HEIGHT / 2 - top;
        }
    }
}

/// The mean of the neighbours, or where it is.
fn wanted(place: usize, near: &[Vec<usize>], middle: &[i32]) -> i32 {
    let of = near.get(place).map(Vec::as_slice).unwrap_or_default();
    let sum: i32 = of.iter().filter_map(|place| middle.get(*place)).sum();
    let count = i32::try_from(of.len()).unwrap_or(i32::MAX);
    sum.checked_div(count).unwrap_or_else(|| middle.get(place).copied().unwrap_or_default())
}

/// The lines that would close a circle.
fn back(nodes: usize, lines: &[Line]) -> BTreeSet<usize> {
    let mut next: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, line) in lines.iter().enumerate() {
        next.entry(line.from).or_default().push(number);
    }
    let (mut begun, mut done) = (BTreeSet::new(), BTreeSet::new());
    let mut back = BTreeSet::new();
    for start in 0..nodes {
        if !begun.insert(start) {
            continue;
        }
        let mut stack = vec![(start, 0)];
        while let Some((node, place)) = stack.pop() {
            let Some(number) = next.get(&node).and_then(|lines| lines.get(place)).copied() else {
                done.insert(node);
                continue;
            };
            stack.push((node, place + 1));
            let Some(line) = lines.get(number) else { continue };
            if begun.insert(line.to) {
                stack.push((line.to, 0));
            } else if !done.contains(&line.to) {
                back.insert(number);
            }
        }
    }
    back
}

/// The column of each: behind all that lead to it, and no farther left than it must be.
fn columns(nodes: &[Node], arrows: &[(usize, usize)]) -> Vec<usize> {
    let mut column = vec![0_usize; nodes.len()];
    // No arrow closes a circle, so that this ends after as many rounds as there are columns.
    for _ in 0..nodes.len() {
        let mut changed = false;
        for (from, to) in arrows {
            let least = column.get(*from).copied().unwrap_or_default() + 1;
            if let Some(column) = column.get_mut(*to)
                && *column < least
            {
                *column = least;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let last = column.iter().max().copied().unwrap_or_default();
    for (node, column) in nodes.iter().zip(&mut column) {
        if node.class == "administrator" {
            *column = last;
        }
    }
    // Who begins is beside whom it becomes.
    for place in 0..nodes.len() {
        if arrows.iter().any(|(_, to)| *to == place) {
            continue;
        }
        let of = arrows.iter().filter(|(from, _)| *from == place);
        let nearest = of.filter_map(|(_, to)| column.get(*to)).min().copied();
        if let (Some(nearest), Some(column)) = (nearest, column.get_mut(place)) {
            *column = nearest.saturating_sub(1).max(*column);
        }
    }
    column
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a panic fails the test")]
mod tests {
    use super::*;

    fn nodes(count: usize) -> Vec<Node> {
        (0..count).map(|one| Node { names: vec![format!("user/{one}")], class: "user" }).collect()
    }

    fn lines(arrows: &[(usize, usize)]) -> Vec<Line> {
        let line = |&(from, to): &(usize, usize)| Line {
            from,
            to,
            steps: BTreeSet::new(),
            is_shared: false,
        };
        arrows.iter().map(line).collect()
    }

    /// Arrows that are the same in every run.
    fn arrows(seed: u64, nodes: usize, count: usize) -> Vec<(usize, usize)> {
        let mut state = seed * 2 + 1;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            usize::try_from(state >> 33).unwrap_or_default() % below
        };
        let all: BTreeSet<(usize, usize)> =
            (0..count).map(|_| (next(nodes), next(nodes))).filter(|(one, to)| one != to).collect();
        all.into_iter().collect()
    }

    #[test]
    fn nothing_overlaps_and_every_line_goes_to_the_right() {
        for seed in 0..200 {
            let (nodes, lines) = (nodes(14), lines(&arrows(seed, 14, 24)));
            let layout = Layout::of(&nodes, &lines);
            assert_eq!(layout.drawn.len(), lines.len());
            for drawn in &layout.drawn {
                let columns: Vec<usize> =
                    drawn.along.iter().map(|place| layout.column[*place]).collect();
                assert!(columns.windows(2).all(|two| two[0] + 1 == two[1]), "seed {seed}");
                let (first, last) = (drawn.along[0], drawn.along[drawn.along.len() - 1]);
                let line = &lines[drawn.line];
                let ends = if drawn.is_back { (last, first) } else { (first, last) };
                assert_eq!(ends, (line.from, line.to), "seed {seed}");
            }
            for places in &layout.columns {
                for two in places.windows(2) {
                    let apart = layout.middle[two[1]] - layout.middle[two[0]];
                    let is_node = |place: usize| matches!(layout.slots[place], Slot::Node(_));
                    let least = if is_node(two[0]) && is_node(two[1]) { HEIGHT } else { 8 };
                    assert!(apart >= least, "seed {seed}: {apart}");
                }
            }
        }
    }

    #[test]
    fn circles_are_opened_and_no_other_line_is_turned() {
        for (given, expected) in [
            (&[(0, 1), (1, 2)][..], &[][..]),
            (&[(0, 1), (1, 0)], &[1]),
            (&[(0, 1), (1, 2), (2, 0), (0, 2)], &[2]),
            (&[(2, 1), (1, 0)], &[]),
        ] {
            let expected: BTreeSet<usize> = expected.iter().copied().collect();
            assert_eq!(back(3, &lines(given)), expected, "{given:?}");
        }
    }

    #[test]
    fn names_are_cut() {
        let node = |names: &[&str]| Node {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            class: "user",
        };
        assert_eq!(node(&["user/alice"]).label(), "user/alice");
        assert_eq!(node(&["user/alice", "user/bob"]).label(), "user/alice and 1 more");
        let long = node(&["role/AliyunServiceRoleForApiGatewayMonitoring"]).label();
        assert_eq!(long, "role/Aliyu..piGatewayMonitoring");
        let several = node(&["role/AliyunServiceRoleForApiGateway", "role/x"]).label();
        assert_eq!(several, "role/A..orApiGateway and 1 more");
    }

    #[test]
    fn a_picture_is_the_same_each_time() {
        let (nodes, lines) = (nodes(30), lines(&arrows(3, 30, 60)));
        let drawn = || {
            let mut text = String::new();
            draw(&nodes, &lines, &mut text).map(|()| text)
        };
        assert_eq!(drawn(), drawn());
        assert_eq!(drawn().map(|text| text.matches("<rect").count()), Ok(30));
    }
}
