//! Draws curves, both axes in powers of ten.

use std::error::Error;

use plotters::coord::Shift;
use plotters::prelude::*;
use ram_policy_benchmarks::guide::thousands;

use crate::curve::{Curves, Plot};

const SIZE: (u32, u32) = (960, 500);
/// How wide the names of the curves are, which stand beside them.
const NAMES: i32 = 200;
const FONT: &str = "sans-serif";

/// Colours that the colour-blind can tell apart (Okabe and Ito).
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(120, 120, 120),
    RGBColor(230, 159, 0),
];

/// Writes the drawing beside the numbers.
///
/// # Errors
///
/// It cannot be written.
pub(crate) fn draw(plot: &Plot, curves: &Curves) -> Result<(), Box<dyn Error>> {
    let path = plot.file("svg");
    let area = SVGBackend::new(&path, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let title = TextStyle::from((FONT, 20).into_font());
    let under = TextStyle::from((FONT, 14).into_font()).color(&RGBColor(90, 90, 90));
    area.draw(&Text::new(plot.title, (92, 14), title))?;
    area.draw(&Text::new(plot.up, (92, 40), under))?;
    let (_, below) = area.split_vertically(60);
    chart(plot, curves, &below)?;
    area.present()?;
    Ok(())
}

fn chart(
    plot: &Plot,
    curves: &Curves,
    area: &DrawingArea<SVGBackend<'_>, Shift>,
) -> Result<(), Box<dyn Error>> {
    let counts = || curves.rows.iter().map(|(count, _)| *count);
    let values = || curves.rows.iter().flat_map(|(_, values)| values.iter().flatten().copied());
    let across = range(counts(), 1.2);
    // A curve that hardly grows is not to look steep.
    let up = range(values().chain([0.5, 10.0]), 1.4);
    let mut chart = ChartBuilder::on(area)
        .margin_left(14)
        .margin_right(NAMES + 24)
        .margin_bottom(8)
        .x_label_area_size(44)
        .y_label_area_size(78)
        .build_cartesian_2d(across.log_scale(), up.log_scale())?;
    chart
        .configure_mesh()
        .max_light_lines(1)
        .light_line_style(RGBColor(244, 244, 244))
        .bold_line_style(RGBColor(222, 222, 222))
        .x_labels(8)
        .y_labels(8)
        .x_desc(plot.across)
        .y_desc("times as long")
        .axis_desc_style((FONT, 15))
        .label_style((FONT, 13))
        .x_label_formatter(&|count| marked(*count))
        .y_label_formatter(&|value| marked(*value))
        .draw()?;
    for (number, colour) in (0..curves.series.len()).zip(COLOURS.iter().cycle()) {
        let points: Vec<(f64, f64)> = curves
            .rows
            .iter()
            .filter_map(|(count, values)| Some((*count, (*values.get(number)?)?)))
            .collect();
        let line = LineSeries::new(points.iter().copied(), colour.stroke_width(2));
        chart.draw_series(line)?;
        chart
            .draw_series(points.into_iter().map(|point| Circle::new(point, 3, colour.filled())))?;
    }
    legend(curves, area)?;
    Ok(())
}

/// The names of the curves beside them.
fn legend(
    curves: &Curves,
    area: &DrawingArea<SVGBackend<'_>, Shift>,
) -> Result<(), Box<dyn Error>> {
    let (width, _) = area.dim_in_pixel();
    let left = i32::try_from(width)? - NAMES - 8;
    let style = TextStyle::from((FONT, 14).into_font());
    let mut top = 16;
    for (name, colour) in curves.series.iter().zip(COLOURS.iter().cycle()) {
        area.draw(&PathElement::new([(left, top), (left + 22, top)], colour.stroke_width(3)))?;
        area.draw(&Text::new(name.as_str(), (left + 30, top - 7), style.clone()))?;
        top += 22;
    }
    Ok(())
}

/// From the least to the most, with some room.
fn range(values: impl Iterator<Item = f64> + Clone, room: f64) -> std::ops::Range<f64> {
    let least = values.clone().fold(f64::INFINITY, f64::min);
    let most = values.fold(0.0, f64::max);
    least / room..most * room
}

/// A number of an axis.
fn marked(value: f64) -> String {
    if value < 1.0 { format!("{value:.1}") } else { thousands(&format!("{value:.0}")) }
}
