//! Outlines of boxes: shape tells the kind of thing where colour does not, as in the DOT.

use super::layered::Frame;

/// SVG path data of a shape that fills a frame. Shapes are named as GraphViz names them.
pub fn outline(shape: &str, is_rounded: bool, frame: &Frame) -> String {
    let Frame { left, top, right, bottom } = *frame;
    match shape {
        "ellipse" => {
            let (rx, ry) = ((right - left) / 2.0, (bottom - top) / 2.0);
            let y = top + ry;
            format!("M{left:.1} {y:.1}A{rx:.1} {ry:.1} 0 0 1 {right:.1} {y:.1}A{rx:.1} {ry:.1} 0 0 1 {left:.1} {y:.1}z")
        }
        "note" => {
            let (x, y) = (right - 9.0, top + 9.0);
            format!(
                "M{left:.1} {top:.1}H{x:.1}L{right:.1} {y:.1}V{bottom:.1}H{left:.1}zM{x:.1} {top:.1}V{y:.1}H{right:.1}"
            )
        }
        "house" => {
            let (middle, eave) = ((left + right) / 2.0, top + 7.0);
            format!("M{left:.1} {eave:.1}L{middle:.1} {top:.1}L{right:.1} {eave:.1}V{bottom:.1}H{left:.1}z")
        }
        "tab" => {
            let (x, y) = (left + 22.0, top + 4.0);
            format!("M{left:.1} {top:.1}H{x:.1}V{y:.1}H{right:.1}V{bottom:.1}H{left:.1}zM{left:.1} {y:.1}H{x:.1}")
        }
        _ if is_rounded => rounded(frame, 8.0),
        _ => rounded(frame, 1.5),
    }
}

/// A rectangle with round corners.
pub fn rounded(frame: &Frame, radius: f64) -> String {
    let Frame { left, top, right, bottom } = *frame;
    let r = radius.min((right - left) / 2.0).min((bottom - top) / 2.0);
    format!(
        "M{:.1} {top:.1}H{:.1}A{r:.1} {r:.1} 0 0 1 {right:.1} {:.1}V{:.1}A{r:.1} {r:.1} 0 0 1 {:.1} {bottom:.1}\
         H{:.1}A{r:.1} {r:.1} 0 0 1 {left:.1} {:.1}V{:.1}A{r:.1} {r:.1} 0 0 1 {:.1} {top:.1}z",
        left + r,
        right - r,
        top + r,
        bottom - r,
        right - r,
        left + r,
        bottom - r,
        top + r,
        left + r
    )
}

/// Where a flat line at this height meets a shape's outline: how far inside of its left or right side.
pub fn inset(shape: &str, frame: &Frame, y: f64) -> f64 {
    if shape != "ellipse" {
        return 0.0;
    }
    let (rx, ry) = ((frame.right - frame.left) / 2.0, (frame.bottom - frame.top) / 2.0);
    let part = ((y - frame.middle().1) / ry).clamp(-1.0, 1.0);
    rx * (1.0 - (1.0 - part * part).sqrt())
}

/// SVG path data through the points of a line: straight and bowed pieces in turn. A straight piece leaves out what is
/// behind the label.
pub fn way(points: &[(f64, f64)], label: &Frame) -> String {
    let mut data = String::new();
    for (at, &(x, y)) in points.iter().enumerate() {
        let piece = match at.checked_sub(1).map(|before| points[before]) {
            None => format!("M{x:.1} {y:.1}"),
            Some((from, _)) if at % 2 == 1 => match gap(from, (x, y), label) {
                Some((end, start)) => format!("H{end:.1}M{start:.1} {y:.1}H{x:.1}"),
                None => format!("H{x:.1}"),
            },
            Some((from, before)) => {
                let middle = (from + x) / 2.0;
                format!("C{middle:.1} {before:.1} {middle:.1} {y:.1} {x:.1} {y:.1}")
            }
        };
        data.push_str(&piece);
    }
    data
}

/// Where a flat piece ends before a label that lies on it, and where it goes on.
fn gap(from: f64, (to, y): (f64, f64), label: &Frame) -> Option<(f64, f64)> {
    let is_on = from.min(to) <= label.left && label.right <= from.max(to) && label.top < y && y < label.bottom;
    let ends = if from < to { (label.left, label.right) } else { (label.right, label.left) };
    is_on.then_some(ends)
}

/// The head of an arrow whose tip is at a point; `way` is 1 if it flies to the right, -1 to the left.
pub fn head(form: &str, (x, y): (f64, f64), way: f64) -> String {
    match form {
        "tee" => format!("M{:.1} {:.1}V{:.1}", x - way * 2.0, y - 4.0, y + 4.0),
        _ => {
            let back = x - way * 8.5;
            format!("M{x:.1} {y:.1}L{back:.1} {:.1}L{back:.1} {:.1}z", y - 3.0, y + 3.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_leaves_room_for_its_label_in_both_directions() {
        let label = Frame { left: 40.0, top: 0.0, right: 60.0, bottom: 10.0 };
        assert_eq!(way(&[(0.0, 5.0), (100.0, 5.0)], &label), "M0.0 5.0H40.0M60.0 5.0H100.0");
        assert_eq!(way(&[(100.0, 5.0), (0.0, 5.0)], &label), "M100.0 5.0H60.0M40.0 5.0H0.0");
        assert_eq!(way(&[(0.0, 20.0), (100.0, 20.0)], &label), "M0.0 20.0H100.0");
        assert_eq!(way(&[(0.0, 1.0), (2.0, 1.0), (8.0, 3.0)], &label), "M0.0 1.0H2.0C5.0 1.0 5.0 3.0 8.0 3.0");
    }

    #[test]
    fn arrows_touch_the_outline_of_an_ellipse() {
        let frame = Frame { left: 0.0, top: 0.0, right: 40.0, bottom: 20.0 };
        assert_eq!(inset("ellipse", &frame, 10.0), 0.0);
        assert!((inset("ellipse", &frame, 20.0) - 20.0).abs() < 1e-9);
        assert_eq!(inset("box", &frame, 19.0), 0.0);
    }
}
