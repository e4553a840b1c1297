//! Founding a visit: facility, checklist, day and roster on one form.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::founding::FoundingRequest,
    domain::{date::Date, edit::Member, facility::Stage, field::Field as Expertise, id::MemberName},
    tui::{
        action::Action,
        dialog::ratio::field_row,
        effect::{Effect, Profiles},
        field::Field,
        keymap::{Context, key_of},
        model::{Cx, Go, Input, first_row},
        popup::{below, open, put},
        text::{fit, width, wrap},
        words::{home as say, passphrase as words},
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct FoundDialog {
    /// The profiles to choose from, once they are read.
    pub(crate) profiles: Profiles,
    file: Field,
    facility: Field,
    date: Field,
    profile: usize,
    stage: usize,
    /// The lead, then the other members.
    people: Vec<Field>,
    /// The passphrase, twice; empty = not encrypted.
    passphrase: [Field; 2],
    /// Whether the passphrase can be read.
    shown: bool,
    focus: usize,
    problem: Option<String>,
}

/// The rows before the people.
const FILE: usize = 0;
const FACILITY: usize = 1;
const PROFILE: usize = 2;
const STAGE: usize = 3;
const DATE: usize = 4;
const PEOPLE: usize = 5;

impl FoundDialog {
    /// A form for a day, with room for a lead and four members.
    pub(crate) fn new(today: Option<Date>) -> Self {
        Self {
            profiles: Vec::new(),
            file: Field::default(),
            facility: Field::default(),
            date: Field::with(&today.map(|day| day.to_string()).unwrap_or_default()),
            profile: 0,
            // County: the first stage that experts review.
            stage: 1,
            people: vec![Field::default(); 5],
            passphrase: Default::default(),
            shown: false,
            focus: FILE,
            problem: None,
        }
    }

    /// The rows of the passphrase come after the people.
    fn secret(&self) -> usize {
        PEOPLE + self.people.len()
    }

    fn n_rows(&self) -> usize {
        self.secret() + self.passphrase.len()
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        let secret = self.secret();
        match self.focus {
            row if row >= secret => self.passphrase.get_mut(row - secret),
            FILE => Some(&mut self.file),
            FACILITY => Some(&mut self.facility),
            DATE => Some(&mut self.date),
            PROFILE | STAGE => None,
            row => self.people.get_mut(row - PEOPLE),
        }
    }

    /// Types, moves between rows, founds.
    pub(crate) fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let last = self.n_rows() - 1;
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Submit), _) => return self.found(cx),
            (Some(Action::Reveal), _) => self.shown = !self.shown,
            (Some(Action::AddRow), _) => {
                self.people.push(Field::default());
                self.focus = self.secret() - 1;
            }
            (Some(Action::Confirm | Action::NextPane | Action::Down), _) => {
                self.focus = (self.focus + 1).min(last)
            }
            (Some(Action::PrevPane | Action::Up), _) => self.focus = self.focus.saturating_sub(1),
            (Some(Action::PageDown), _) => self.focus = last,
            (Some(Action::PageUp), _) => self.focus = 0,
            (Some(_), _) => {}
            (None, input) => {
                self.problem = None;
                match (self.field_mut(), input) {
                    (Some(field), input) => {
                        field.input(input);
                    }
                    (None, Input::Key(key)) => self.turn(*key),
                    (None, Input::Paste(_)) => {}
                }
            }
        }
        Vec::new()
    }

    /// Left, right and space go through the profiles or stages.
    fn turn(&mut self, key: crate::tui::keys::Key) {
        use crossterm::event::KeyCode;
        let n = if self.focus == PROFILE { self.profiles.len() } else { Stage::ALL.len() };
        let place = if self.focus == PROFILE { &mut self.profile } else { &mut self.stage };
        match key.folded().code {
            KeyCode::Left => *place = place.checked_sub(1).unwrap_or(n.saturating_sub(1)),
            KeyCode::Right | KeyCode::Char(' ') => *place = if *place + 1 < n { *place + 1 } else { 0 },
            _ => {}
        }
    }

    fn found(&mut self, cx: &Cx) -> Vec<Go> {
        match self.request(cx) {
            Ok(request) => {
                let passphrase = self.passphrase.first().map(Field::raw).filter(|text| !text.is_empty());
                vec![Go::Do(Effect::Found(Box::new(request), passphrase)), Go::Do(Effect::ShowCodes(true))]
            }
            Err((row, problem)) => {
                self.focus = row;
                self.problem = Some(problem);
                Vec::new()
            }
        }
    }

    /// The form as a request, or the first row that is not right and why.
    fn request(&self, cx: &Cx) -> Result<FoundingRequest, (usize, String)> {
        let lang = cx.lang;
        let wrong = |row: usize, text: &str| (row, text.to_owned());
        if self.file.is_blank() {
            return Err(wrong(FILE, say::no_file(lang)));
        }
        if self.facility.is_blank() {
            return Err(wrong(FACILITY, say::no_facility(lang)));
        }
        let (profile, _) =
            self.profiles.get(self.profile).ok_or_else(|| wrong(PROFILE, say::no_profiles(lang)))?;
        let stage = Stage::ALL.get(self.stage).copied().unwrap_or(Stage::County);
        let date = self.date.text().parse().map_err(|()| wrong(DATE, say::bad_date(lang)))?;
        let mut members: Vec<Member> = Vec::new();
        for (index, field) in self.people.iter().enumerate().filter(|(_, field)| !field.is_blank()) {
            let member = read_member(&field.text())
                .ok_or_else(|| (PEOPLE + index, say::bad_member(lang, index + 1)))?;
            if members.iter().any(|other| other.name == member.name) {
                return Err((PEOPLE + index, say::twice(lang, member.name.as_str())));
            }
            members.push(member);
        }
        if self.people.first().is_none_or(Field::is_blank) || members.is_empty() {
            return Err(wrong(PEOPLE, say::no_lead(lang)));
        }
        let [first, again] = &self.passphrase;
        if first.raw() != again.raw() {
            return Err(wrong(self.secret() + 1, words::differ(lang)));
        }
        let lead = members.remove(0);
        let file = self.file.text();
        let file = if file.ends_with(".hecha") { file } else { format!("{file}.hecha") };
        Ok(FoundingRequest {
            file: file.into(),
            facility: self.facility.text(),
            profile: profile.to_string(),
            stage,
            date,
            lookback: None,
            lead,
            members,
            recusals: Vec::new(),
            draw: None,
        })
    }

    /// Draws it.
    pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let wanted = u16::try_from(self.n_rows() + 5).unwrap_or(u16::MAX);
        let inner = open(frame, cx, 74, wanted.min(body.height), say::found_title(lang));
        let names = [
            say::f_file(lang),
            say::f_facility(lang),
            say::f_profile(lang),
            say::f_stage(lang),
            say::f_date(lang),
        ];
        let label = names.iter().map(|name| width(name)).max().unwrap_or(0) + 3;
        let rows = Rect { height: inner.height.saturating_sub(4), ..inner };
        let first = first_row(self.focus, self.n_rows(), usize::from(rows.height));
        for (line, row) in (first..self.n_rows()).take(usize::from(rows.height)).enumerate() {
            let focused = row == self.focus;
            let name = match names.get(row) {
                Some(name) => (*name).to_owned(),
                None if row == PEOPLE => say::f_lead(lang).to_owned(),
                None if row == self.secret() => words::passphrase(lang).to_owned(),
                None if row > self.secret() => words::again(lang).to_owned(),
                None => format!("{} {}", say::f_member(lang), row - PEOPLE),
            };
            match row {
                row if row >= self.secret() => {
                    if let Some(field) = self.passphrase.get(row - self.secret()) {
                        let seen = if self.shown { field.clone() } else { field.masked() };
                        field_row(cx, frame, rows, line, label, &name, &seen, focused);
                    }
                }
                PROFILE | STAGE => self.choice_row(cx, frame, rows, line, label, &name, row),
                _ => {
                    let field = match row {
                        FILE => Some(&self.file),
                        FACILITY => Some(&self.facility),
                        DATE => Some(&self.date),
                        _ => self.people.get(row - PEOPLE),
                    };
                    if let Some(field) = field {
                        field_row(cx, frame, rows, line, label, &name, field, focused);
                    }
                }
            }
        }
        self.foot(cx, frame, below(inner, usize::from(rows.height)));
    }

    #[expect(clippy::too_many_arguments, reason = "a row needs its place, label and which it is")]
    fn choice_row(
        &self,
        cx: &Cx,
        frame: &mut Frame,
        area: Rect,
        line: usize,
        label: usize,
        name: &str,
        row: usize,
    ) {
        let lang = cx.lang;
        let focused = row == self.focus;
        let mark = if focused { ">" } else { " " };
        let value = if row == PROFILE {
            self.profiles.get(self.profile).map_or(say::reading(lang), |(_, title)| title.get(lang))
        } else {
            Stage::ALL.get(self.stage).map_or("", |stage| stage.name(lang))
        };
        let text = format!("{mark} {} < {value} >", fit(name, label));
        put(frame, area, line, Line::styled(text, if focused { cx.theme.title() } else { Style::new() }));
        if focused {
            crate::tui::popup::park(frame, area, line);
        }
    }

    /// What is wrong, or what the row wants, and the number of people.
    fn foot(&self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let lang = cx.lang;
        let n = self.people.iter().filter(|field| !field.is_blank()).count();
        let mut lines = vec![(say::n_people(lang, n), cx.theme.faint())];
        if let Some(problem) = &self.problem {
            lines.push((format!("! {problem}"), cx.theme.bad()));
        }
        let help = match self.focus {
            PROFILE | STAGE => say::f_choose(lang).to_owned(),
            DATE => say::f_date_help(lang).to_owned(),
            row if row >= self.secret() => {
                let key = key_of(Context::Founding, Action::Reveal, lang);
                let show = words::show(lang);
                format!("{}{}  {key} {show}", words::optional(lang), words::rule(lang))
            }
            row if row >= PEOPLE => {
                let fields: Vec<&str> = Expertise::ALL.iter().map(|field| field.name(lang)).collect();
                format!("{}{}", say::f_member_help(lang), fields.join(" "))
            }
            _ => String::new(),
        };
        lines.extend(wrap(&help, usize::from(area.width)).into_iter().map(|line| (line, cx.theme.faint())));
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, area, row, Line::styled(line, style));
        }
    }
}

/// `name field title`, separated by blanks, commas or colons in either width. English field names may hold blanks, so
/// the longest field that fits is taken.
fn read_member(text: &str) -> Option<Member> {
    let separator = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | ',' | '，' | '、');
    let (name, rest) = text.split_once(separator)?;
    let rest = rest.trim_start_matches(separator);
    let fits = |field: &&Expertise| {
        [field.name(crate::domain::lang::Lang::Zh), field.name(crate::domain::lang::Lang::En)]
            .iter()
            .any(|word| starts_as(rest, word).is_some())
    };
    let cost = |field: &&Expertise| {
        [field.name(crate::domain::lang::Lang::Zh), field.name(crate::domain::lang::Lang::En)]
            .iter()
            .filter_map(|word| starts_as(rest, word))
            .max()
    };
    let field = Expertise::ALL.iter().filter(fits).max_by_key(cost)?;
    let title = rest.get(cost(&field)?..).unwrap_or_default().trim_matches(separator);
    Some(Member { name: MemberName::new(name), field: *field, title: title.to_owned() })
}

/// The length of `word` if the text begins with it as a whole word, in any letter case.
fn starts_as(text: &str, word: &str) -> Option<usize> {
    let start = text.get(..word.len())?;
    let ends = text.get(word.len()..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (start.eq_ignore_ascii_case(word) && ends).then_some(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_read_as_people_write_it() {
        let read = |text: &str| read_member(text).map(|it| (it.name.to_string(), it.field, it.title));
        let expected = Some(("赵敏".to_owned(), Expertise::Medicine, "主任医师".to_owned()));
        for text in
            ["赵敏 医疗 主任医师", "赵敏：医疗：主任医师", "赵敏,医疗,主任医师", "赵敏   Medicine  主任医师"]
        {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read("钱 医疗机构管理"), Some(("钱".to_owned(), Expertise::Management, String::new())));
        assert_eq!(
            read("Li Public health MD"),
            Some(("Li".to_owned(), Expertise::PublicHealth, "MD".to_owned()))
        );
        assert_eq!(read("赵敏 外科 主任"), None);
        assert_eq!(read("赵敏"), None);
    }
}
