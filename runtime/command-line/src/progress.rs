//! How far a long file is read.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter files are read before anybody has seen a bar.
const WORTH_IT: u64 = 1 << 22;

/// A bar on standard error where that is a terminal, for a file of so many bytes; hidden where the end
/// is not known.
pub(crate) fn bar(length: Option<u64>) -> ProgressBar {
    let Some(length) = length.filter(|length| *length > WORTH_IT) else {
        return ProgressBar::hidden();
    };
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    let style = "{bar:40} {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left";
    bar.set_style(
        ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar
}
