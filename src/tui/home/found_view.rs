//! How the form for a new visit is drawn.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        edit::Member,
        facility::Stage,
        terms::{field::Field as Expertise, lang::Lang},
    },
    tui::{
        desk::cx::Cx,
        home::{
            found::{Drawn, FoundDialog, Row},
            words as say,
        },
        keys::{action::Action, context::Context, keymap::key_of},
        sync::passphrase_words as words,
        widget::{
            field_row::FieldRow,
            list::first_row,
            popup::{below, open, park, put},
            text::{fit, width, wrap},
        },
    },
    words::label,
};

/// Lines below the rows: the number of people, a problem, what the row wants.
const FOOT: u16 = 4;

impl FoundDialog {
    /// Draws it.
    pub(super) fn draw_form(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let rows = self.rows();
        let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(FOOT + 1);
        let inner = open(frame, cx, 74, wanted.min(body.height), say::found_title(lang));
        let label = rows.iter().map(|row| width(&name(*row, lang))).max().unwrap_or(0) + 1;
        let area = Rect { height: inner.height.saturating_sub(FOOT), ..inner };
        let first = first_row(self.focus, rows.len(), usize::from(area.height));
        for (line, (index, row)) in
            rows.iter().enumerate().skip(first).take(usize::from(area.height)).enumerate()
        {
            let focused = index == self.focus;
            let name = name(*row, lang);
            match (self.field(*row), *row) {
                (Some(field), Row::Passphrase(_)) if !self.shown => {
                    FieldRow { name: &name, label, field: &field.masked(), focused }
                        .view(cx, frame, area, line);
                }
                (Some(field), _) => {
                    FieldRow { name: &name, label, field, focused }.view(cx, frame, area, line)
                }
                (None, row) => {
                    let mark = if focused { ">" } else { " " };
                    let text = format!("{mark} {} < {} >", fit(&name, label), self.chosen(row, lang));
                    let style = if focused { cx.theme.title() } else { Style::new() };
                    put(frame, area, line, Line::styled(text, style));
                    if focused {
                        park(frame, area, line);
                    }
                }
            }
        }
        self.foot(cx, frame, below(inner, usize::from(area.height)));
    }

    /// What is chosen in a row that is not typed into.
    fn chosen(&self, row: Row, lang: Lang) -> String {
        match (row, &self.drawn) {
            (Row::Profile, _) => {
                let title = self.profiles.get(self.profile).map(|(_, title)| title.get(lang));
                title.unwrap_or(say::reading(lang)).to_owned()
            }
            (Row::DrawnLead, Some(drawn)) => {
                drawn.members.get(drawn.lead).map(|member| person(member, lang)).unwrap_or_default()
            }
            (Row::Applied, _) => self.mandate.applied_name(lang).to_owned(),
            (Row::By, _) => self.mandate.by_name(lang).to_owned(),
            (Row::More, _) => say::more_or_less(lang, self.mandate.is_open).to_owned(),
            _ => Stage::ALL.get(self.stage).map_or("", |stage| stage.name(lang)).to_owned(),
        }
    }

    /// What is wrong, or what the row wants, and the number of people.
    fn foot(&self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let lang = cx.lang;
        let typed = self.people.iter().filter(|field| !field.is_blank()).count();
        let n = self.drawn.as_ref().map_or(typed, |drawn| drawn.members.len());
        let mut lines = vec![(say::n_people(lang, n), cx.theme.faint())];
        if let Some(problem) = &self.problem {
            lines.push((format!("! {problem}"), cx.theme.bad()));
        }
        let help = self.help(lang);
        lines.extend(wrap(&help, usize::from(area.width)).into_iter().map(|line| (line, cx.theme.faint())));
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, area, row, Line::styled(line, style));
        }
    }

    fn help(&self, lang: Lang) -> String {
        match (self.row(), &self.drawn) {
            (Row::Profile | Row::Stage, _) => say::f_choose(lang).to_owned(),
            (Row::Applied, _) => say::f_applied_help(lang).to_owned(),
            (Row::By, _) => say::f_by_help(lang).to_owned(),
            (Row::More, _) => say::f_more_help(lang).to_owned(),
            (Row::Laid(row), _) => row.help(lang).to_owned(),
            (Row::Date, _) => say::f_date_help(lang).to_owned(),
            (Row::Lookback, _) => say::f_lookback_help(lang).to_owned(),
            (Row::Draw, None) => say::f_draw_help(lang).to_owned(),
            (Row::Draw | Row::DrawnLead, Some(drawn)) => say::drawn(lang, &others(drawn, lang)),
            (Row::Passphrase(_), _) => {
                let key = key_of(Context::Founding, Action::Reveal, lang);
                let show = words::show(lang);
                format!("{}{}  {key} {show}", words::optional(lang), words::rule(lang))
            }
            (Row::Person(_), _) => {
                let fields: Vec<&str> = Expertise::ALL.iter().map(|field| field.name(lang)).collect();
                format!("{}{}", say::f_member_help(lang), fields.join(" "))
            }
            (Row::File | Row::Facility | Row::DrawnLead, _) => String::new(),
        }
    }
}

fn name(row: Row, lang: Lang) -> String {
    match row {
        Row::File => say::f_file(lang).to_owned(),
        Row::Draw => say::f_draw(lang).to_owned(),
        Row::Facility => label::facility(lang).to_owned(),
        Row::Profile => say::f_profile(lang).to_owned(),
        Row::Stage => label::stage(lang).to_owned(),
        Row::Date => say::f_date(lang).to_owned(),
        Row::Lookback => say::f_lookback(lang).to_owned(),
        Row::DrawnLead | Row::Person(0) => say::f_lead(lang).to_owned(),
        Row::Person(index) => format!("{} {index}", label::member(lang)),
        Row::Passphrase(0) => words::passphrase(lang).to_owned(),
        Row::Passphrase(_) => words::again(lang).to_owned(),
        Row::Applied => say::f_applied(lang).to_owned(),
        Row::More => say::f_more(lang).to_owned(),
        Row::By => say::f_by(lang).to_owned(),
        Row::Laid(row) => row.name(lang).to_owned(),
    }
}

fn person(member: &Member, lang: Lang) -> String {
    format!("{} {} {}", member.name, member.field.name(lang), member.title).trim_end().to_owned()
}

/// Whom the draw seated beside the lead.
fn others(drawn: &Drawn, lang: Lang) -> String {
    let others = drawn.members.iter().enumerate().filter(|(index, _)| *index != drawn.lead);
    let others: Vec<String> =
        others.map(|(_, member)| format!("{} {}", member.name, member.field.name(lang))).collect();
    others.join(lang.pick("、", ", "))
}
