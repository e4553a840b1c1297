//! A selection in a list: where an action moves it, and which rows are then shown.

use crate::tui::keys::action::Action;

/// Moves a selection in a list of `n` rows; `None` if the action does not move.
pub(crate) fn moved(selected: usize, n: usize, page: usize, action: Action) -> Option<usize> {
    let last = n.saturating_sub(1);
    let to = match action {
        Action::Up => selected.saturating_sub(1),
        Action::Down => selected + 1,
        Action::PageUp => selected.saturating_sub(page),
        Action::PageDown => selected + page,
        Action::First => 0,
        Action::Last => last,
        _ => return None,
    };
    Some(to.min(last))
}

/// The first row to show so that the selected one is in view, around the middle. Goes on in steps of a third of the
/// height, so that most moves redraw two rows and not the whole list.
pub(crate) fn first_row(selected: usize, n: usize, height: usize) -> usize {
    let step = (height / 3).max(1);
    let start = selected.saturating_sub(height / 2) / step * step;
    start.min(n.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_row_is_always_in_view() {
        for height in 1..30 {
            for n in 0..60 {
                for selected in 0..n {
                    let first = first_row(selected, n, height);
                    assert!(first <= selected && selected < first + height, "{selected} of {n} in {height}");
                }
            }
        }
    }
}
