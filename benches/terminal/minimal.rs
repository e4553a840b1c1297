//! The least a ratatui program can do: a list of 500 rows from SQLite, a details pane, one frame a key.

use std::{io, path::Path};

use ratatui::{
    crossterm::event::{self, Event, KeyCode, KeyEventKind},
    layout::{Constraint, Layout},
    style::Stylize,
    text::Line,
    widgets::{Block, List, ListItem, ListState, Paragraph, Wrap},
};
use rusqlite::Connection;

const ROWS: usize = 500;

pub(crate) fn run(database: &Path) -> io::Result<()> {
    let rows = rows(database).map_err(io::Error::other)?;
    let mut terminal = ratatui::init();
    let mut state = ListState::default().with_selected(Some(0));
    loop {
        terminal.draw(|frame| {
            let [top, middle, bottom] =
                Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)])
                    .areas(frame.area());
            let [left, right] =
                Layout::horizontal([Constraint::Percentage(45), Constraint::Fill(1)]).areas(middle);
            let selected = state.selected().unwrap_or(0).min(rows.len() - 1);
            frame.render_widget(Line::from(" 核查").reversed(), top);
            let items: Vec<ListItem> = rows.iter().map(|row| ListItem::new(row.0.as_str())).collect();
            let list = List::new(items)
                .block(Block::bordered())
                .highlight_style(ratatui::style::Style::new().reversed());
            frame.render_stateful_widget(list, left, &mut state);
            let text =
                Paragraph::new(rows[selected].1.as_str()).wrap(Wrap { trim: false }).block(Block::bordered());
            frame.render_widget(text, right);
            frame.render_widget(Line::from(format!(" {}/{}", selected + 1, rows.len())).dim(), bottom);
        })?;
        match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => match key.code {
                KeyCode::Down => state.select_next(),
                KeyCode::Up => state.select_previous(),
                _ => {}
            },
            _ => {}
        }
    }
}

fn rows(database: &Path) -> rusqlite::Result<Vec<(String, String)>> {
    let mut connection = Connection::open(database)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection
        .execute_batch("create table if not exists clause (id integer primary key, title text, body text)")?;
    let n: i64 = connection.query_row("select count(*) from clause", [], |row| row.get(0))?;
    if n == 0 {
        let transaction = connection.transaction()?;
        for index in 0..ROWS {
            let title = format!("EM-{index:03} 急救设备配备与完好第{index}款");
            let body = "七类急救设备全部在位，当场开机试用，定位放置，专人负责，有使用和交接登记；".repeat(6);
            transaction.execute("insert into clause (title, body) values (?1, ?2)", (title, body))?;
        }
        transaction.commit()?;
    }
    let mut statement = connection.prepare("select title, body from clause order by id")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
