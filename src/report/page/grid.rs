//! A form as official papers have it: rows of names and boxes on one grid, some wide, some tall, some left blank.

/// A form. In every row the spans of the cells add up to the number of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Relative widths of the columns.
    pub widths: Vec<u16>,
    /// Rows.
    pub rows: Vec<GridRow>,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// Its cells.
    pub cells: Vec<GridCell>,
    /// Least height in millimetres; 0 = as high as its text.
    pub height: u16,
    /// Whether its text may go on on the next page.
    pub breaks: bool,
}

/// A cell of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// What stands in it; may be empty.
    pub text: String,
    /// What stands at its end, on the right: where a seal and a date go. May be empty.
    pub foot: String,
    /// Columns it takes.
    pub span: u16,
    /// Whether it names the cells after it.
    pub is_name: bool,
}

impl GridCell {
    /// A name.
    #[must_use]
    pub fn name(text: impl Into<String>) -> Self {
        Self { text: text.into(), foot: String::new(), span: 1, is_name: true }
    }

    /// A value, or a box to fill in.
    #[must_use]
    pub fn value(text: impl Into<String>, span: u16) -> Self {
        Self { text: text.into(), foot: String::new(), span, is_name: false }
    }

    /// With something at its end.
    #[must_use]
    pub fn with_foot(mut self, foot: impl Into<String>) -> Self {
        self.foot = foot.into();
        self
    }
}

impl GridRow {
    /// A row as high as its text.
    #[must_use]
    pub const fn new(cells: Vec<GridCell>) -> Self {
        Self { cells, height: 0, breaks: false }
    }

    /// A row of at least so many millimetres, whose text may go on on the next page.
    #[must_use]
    pub const fn tall(cells: Vec<GridCell>, height: u16) -> Self {
        Self { cells, height, breaks: true }
    }
}

impl Grid {
    /// The rows as names with values, for formats without forms: what has no name before it goes to the one before.
    #[must_use]
    pub fn facts(&self) -> Vec<(String, String)> {
        let mut facts: Vec<(String, String)> = Vec::new();
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            if cell.is_name {
                facts.push((cell.text.clone(), String::new()));
                continue;
            }
            let parts = [cell.text.as_str(), cell.foot.as_str()];
            let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
            match facts.last_mut() {
                Some((_, value)) if value.is_empty() => *value = text,
                Some((_, value)) => value.push_str(&format!("\n{text}")),
                None => facts.push((String::new(), text)),
            }
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_reads_as_names_with_values() {
        let grid = Grid {
            widths: vec![1, 2],
            rows: vec![
                GridRow::new(vec![GridCell::name("机构"), GridCell::value("青禾", 1)]),
                GridRow::tall(vec![GridCell::name("意见"), GridCell::value("", 1).with_foot("盖章：")], 20),
            ],
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(grid.facts(), [pair("机构", "青禾"), pair("意见", "盖章：")]);
    }
}
