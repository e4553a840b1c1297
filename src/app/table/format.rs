//! What a table is written as, by the end of the name that was given.

use std::path::Path;

use crate::{
    app::failure::{Exit, Failure},
    domain::terms::lang::Text,
};

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableFormat {
    /// `.csv`.
    Csv,
    /// `.xlsx`.
    Workbook,
}

impl TableFormat {
    /// The format of a file by the end of its name.
    ///
    /// # Errors
    /// If it ends otherwise.
    pub(crate) fn of(path: &Path) -> Result<Self, Failure> {
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default().to_lowercase();
        match extension.as_str() {
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Workbook),
            _ => Err(Failure::new(
                Exit::Usage,
                Text::new("没有导出。", "Nothing was exported."),
                Text::new("文件名要以 .csv 或 .xlsx 结尾。", "The name must end with .csv or .xlsx."),
                Text::new("例如：名单.xlsx", "For instance: list.xlsx"),
            )),
        }
    }
}
