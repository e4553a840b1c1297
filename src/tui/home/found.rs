//! Founding a visit: facility, checklist, day and roster on one form. The roster is typed, or read from a draw record.

use std::path::PathBuf;

use crossterm::event::KeyCode;
use ratatui::{Frame, layout::Rect};

use crate::{
    app::{files::dropped_paths::dropped_paths, visit::founding::FoundingRequest},
    domain::{
        edit::Member,
        facility::{Applied, Stage, Tier},
        pool::draw::DrawRecord,
        terms::date::Date,
    },
    tui::{
        desk::{
            cx::Cx,
            effect::{Effect, Occasion, Profiles},
        },
        dialog::{Dialog, Go, Heard, News},
        frame,
        home::{
            found_mandate::{Laid, MandateFields},
            words as say,
        },
        keys::{Key, action::Action, context::Context, input::Input},
        sync::passphrase_words as words,
        widget::{field::Field, person::read_member},
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct FoundDialog {
    /// The profiles to choose from, once they are read.
    pub(crate) profiles: Profiles,
    pub(crate) file: Field,
    /// Where the draw record is; blank = the members are named.
    pub(crate) draw: Field,
    pub(crate) facility: Field,
    pub(crate) date: Field,
    /// The day gates look back from; blank = not settled.
    pub(crate) lookback: Field,
    pub(crate) profile: usize,
    pub(crate) stage: usize,
    /// What the visit answers to.
    pub(crate) mandate: MandateFields,
    /// The lead, then the other members, as they are typed.
    pub(crate) people: Vec<Field>,
    /// The panel of the draw record, once it is read.
    pub(crate) drawn: Option<Drawn>,
    /// The file that was last asked for; its answer is the only one that counts.
    asked: Option<PathBuf>,
    /// The passphrase, twice; empty = not encrypted.
    pub(crate) passphrase: [Field; 2],
    /// Whether the passphrase can be read.
    pub(crate) shown: bool,
    pub(crate) focus: usize,
    pub(crate) problem: Option<String>,
}

/// A panel that was drawn, and which of its members leads.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) record: DrawRecord,
    pub(crate) members: Vec<Member>,
    pub(crate) lead: usize,
}

/// A row of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    File,
    Draw,
    Facility,
    Profile,
    Stage,
    /// The standard applied for.
    Applied,
    Date,
    Lookback,
    /// Who leads a drawn panel.
    DrawnLead,
    /// A typed member; the first leads.
    Person(usize),
    /// The passphrase, and once more.
    Passphrase(usize),
    /// Opens and closes what lies below.
    More,
    /// Whose visit it is.
    By,
    /// What else is laid down.
    Laid(Laid),
}

/// A row that is not right, and why.
type Wrong = (Row, String);

impl FoundDialog {
    /// A form for a day, with room for a lead and four members.
    pub(crate) fn new(today: Option<Date>) -> Self {
        Self {
            profiles: Vec::new(),
            file: Field::default(),
            draw: Field::default(),
            facility: Field::default(),
            date: Field::with(&today.map(|day| day.to_string()).unwrap_or_default()),
            lookback: Field::default(),
            profile: 0,
            // County: the first stage that experts review.
            stage: 1,
            mandate: MandateFields::default(),
            people: vec![Field::default(); 5],
            drawn: None,
            asked: None,
            passphrase: Default::default(),
            shown: false,
            focus: 0,
            problem: None,
        }
    }

    pub(crate) fn rows(&self) -> Vec<Row> {
        let mut rows = vec![Row::File, Row::Draw, Row::Facility, Row::Profile, Row::Stage, Row::Applied];
        rows.extend([Row::Date, Row::Lookback]);
        match self.drawn {
            Some(_) => rows.push(Row::DrawnLead),
            None => rows.extend((0..self.people.len()).map(Row::Person)),
        }
        rows.extend((0..self.passphrase.len()).map(Row::Passphrase));
        rows.push(Row::More);
        if self.mandate.is_open {
            rows.push(Row::By);
            rows.extend(Laid::ALL.map(Row::Laid));
        }
        rows
    }

    pub(crate) fn row(&self) -> Row {
        self.rows().get(self.focus).copied().unwrap_or(Row::File)
    }

    fn go_to(&mut self, row: Row) {
        self.focus = self.rows().iter().position(|it| *it == row).unwrap_or(0);
    }

    /// The field of a row that is typed into.
    pub(crate) fn field(&self, row: Row) -> Option<&Field> {
        match row {
            Row::File => Some(&self.file),
            Row::Draw => Some(&self.draw),
            Row::Facility => Some(&self.facility),
            Row::Date => Some(&self.date),
            Row::Lookback => Some(&self.lookback),
            Row::Person(index) => self.people.get(index),
            Row::Passphrase(index) => self.passphrase.get(index),
            Row::Laid(row) => Some(self.mandate.field(row)),
            Row::Profile | Row::Stage | Row::Applied | Row::DrawnLead | Row::More | Row::By => None,
        }
    }

    fn field_mut(&mut self, row: Row) -> Option<&mut Field> {
        match row {
            Row::File => Some(&mut self.file),
            Row::Draw => Some(&mut self.draw),
            Row::Facility => Some(&mut self.facility),
            Row::Date => Some(&mut self.date),
            Row::Lookback => Some(&mut self.lookback),
            Row::Person(index) => self.people.get_mut(index),
            Row::Passphrase(index) => self.passphrase.get_mut(index),
            Row::Laid(row) => Some(self.mandate.field_mut(row)),
            Row::Profile | Row::Stage | Row::Applied | Row::DrawnLead | Row::More | Row::By => None,
        }
    }

    fn move_to(&mut self, focus: usize) -> Vec<Go> {
        let left = self.row();
        self.focus = focus;
        if left == Row::Draw { self.read_draw() } else { Vec::new() }
    }

    /// Has the draw record read if the row names another one than was read last.
    fn read_draw(&mut self) -> Vec<Go> {
        let path = dropped_paths(&self.draw.text()).into_iter().next();
        if path == self.asked {
            return Vec::new();
        }
        self.drawn = None;
        self.asked.clone_from(&path);
        path.into_iter().map(|path| Go::Do(Effect::ReadDraw(path))).collect()
    }

    /// Takes in the draw record; the facility it was drawn for is the visit's unless another one is typed, and so are the
    /// profile and the day that it names.
    fn take_draw(&mut self, record: DrawRecord) {
        if self.facility.is_blank() {
            self.facility = Field::with(&record.request.facility);
        }
        if let Some(at) = self.profiles.iter().position(|(id, _)| id.as_str() == record.request.profile) {
            self.profile = at;
        }
        if let Some(day) = record.request.visit_on {
            self.date = Field::with(&day.to_string());
        }
        let members = record.roster().into_iter().map(|seated| seated.member).collect();
        self.drawn = Some(Drawn { record, members, lead: 0 });
        self.problem = None;
        self.focus = self.focus.min(self.rows().len() - 1);
    }

    /// The draw record cannot be read: it is asked for again once the row is mended or left once more.
    fn miss_draw(&mut self) {
        self.asked = None;
        self.go_to(Row::Draw);
    }

    /// Left, right and space go through what there is to choose from.
    fn turn(&mut self, row: Row, key: Key) {
        let turns = matches!(key.folded().code, KeyCode::Left | KeyCode::Right | KeyCode::Char(' '));
        let (place, n) = match (row, &mut self.drawn) {
            (Row::More, _) => {
                self.mandate.is_open ^= turns;
                return;
            }
            (Row::Applied, _) => (&mut self.mandate.applied, Applied::ALL.len() + 1),
            (Row::By, _) => (&mut self.mandate.by, Tier::ALL.len() + 1),
            (Row::Profile, _) => (&mut self.profile, self.profiles.len()),
            (Row::DrawnLead, Some(drawn)) => (&mut drawn.lead, drawn.members.len()),
            _ => (&mut self.stage, Stage::ALL.len()),
        };
        match key.folded().code {
            KeyCode::Left => *place = place.checked_sub(1).unwrap_or(n.saturating_sub(1)),
            KeyCode::Right | KeyCode::Char(' ') => *place = if *place + 1 < n { *place + 1 } else { 0 },
            _ => {}
        }
    }

    fn found(&mut self, cx: &Cx) -> Vec<Go> {
        let reads = self.read_draw();
        match self.request(cx) {
            Ok(request) => {
                let passphrase = self.passphrase.first().map(Field::raw).filter(|text| !text.is_empty());
                vec![
                    Go::Do(Effect::Found(Box::new(request), passphrase)),
                    Go::Do(Effect::ShowCodes(Occasion::New)),
                ]
            }
            Err((row, problem)) => {
                self.go_to(row);
                self.problem = Some(problem);
                reads
            }
        }
    }

    /// The form as a request, or the first row that is not right and why.
    fn request(&self, cx: &Cx) -> Result<FoundingRequest, Wrong> {
        let lang = cx.lang;
        let wrong = |row: Row, text: &str| (row, text.to_owned());
        if self.file.is_blank() {
            return Err(wrong(Row::File, say::no_file(lang)));
        }
        if self.asked.is_some() && self.drawn.is_none() {
            return Err(wrong(Row::Draw, say::draw_is_read(lang)));
        }
        if self.facility.is_blank() {
            return Err(wrong(Row::Facility, say::no_facility(lang)));
        }
        let (profile, _) =
            self.profiles.get(self.profile).ok_or_else(|| wrong(Row::Profile, say::no_profiles(lang)))?;
        let stage = Stage::ALL.get(self.stage).copied().unwrap_or(Stage::County);
        let day = |row: Row, text: String| text.parse().map_err(|()| wrong(row, say::bad_date(lang)));
        let date = day(Row::Date, self.date.text())?;
        let lookback = (!self.lookback.is_blank()).then(|| day(Row::Lookback, self.lookback.text()));
        let lookback = lookback.transpose()?;
        let mut members = self.members(cx)?;
        let lead = members.remove(0);
        let [first, again] = &self.passphrase;
        if first.raw() != again.raw() {
            return Err(wrong(Row::Passphrase(1), words::differ(lang)));
        }
        let file = self.file.text();
        let file = if file.ends_with(".hecha") { file } else { format!("{file}.hecha") };
        Ok(FoundingRequest {
            file: PathBuf::from(file),
            facility: self.facility.text(),
            profile: profile.to_string(),
            stage,
            date,
            lookback,
            lead,
            members,
            recusals: Vec::new(),
            draw: self.drawn.as_ref().map(|drawn| drawn.record.clone()),
            mandate: self.mandate.request(),
        })
    }

    /// The roster, the lead first; never empty.
    fn members(&self, cx: &Cx) -> Result<Vec<Member>, Wrong> {
        let lang = cx.lang;
        if let Some(drawn) = self.drawn.as_ref().filter(|drawn| drawn.lead < drawn.members.len()) {
            let mut members = drawn.members.clone();
            let lead = members.remove(drawn.lead);
            members.insert(0, lead);
            return Ok(members);
        }
        let mut members: Vec<Member> = Vec::new();
        for (index, field) in self.people.iter().enumerate().filter(|(_, field)| !field.is_blank()) {
            let row = Row::Person(index);
            let text = field.line().map_err(|error| (row, frame::words::too_long(lang, error)))?;
            let member = read_member(&text).ok_or_else(|| (row, say::bad_member(lang, index + 1)))?;
            if members.iter().any(|other| other.name == member.name) {
                return Err((row, say::twice(lang, member.name.as_str())));
            }
            members.push(member);
        }
        if self.people.first().is_none_or(Field::is_blank) || members.is_empty() {
            return Err((Row::Person(0), say::no_lead(lang).to_owned()));
        }
        Ok(members)
    }
}

impl Dialog for FoundDialog {
    fn context(&self) -> Context {
        Context::Founding
    }

    /// Types, moves between rows, founds.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let last = self.rows().len() - 1;
        match action {
            Some(Action::Cancel) => return vec![Go::Close],
            Some(Action::Submit) => return self.found(cx),
            Some(Action::Reveal) => self.shown = !self.shown,
            Some(Action::AddRow) if self.drawn.is_none() => {
                self.people.push(Field::default());
                self.go_to(Row::Person(self.people.len() - 1));
            }
            Some(Action::Confirm | Action::NextPane | Action::Down) => {
                return self.move_to((self.focus + 1).min(last));
            }
            Some(Action::PrevPane | Action::Up) => return self.move_to(self.focus.saturating_sub(1)),
            Some(Action::PageDown) => return self.move_to(last),
            Some(Action::PageUp) => return self.move_to(0),
            Some(_) => {}
            None => {
                self.problem = None;
                let row = self.row();
                match (self.field_mut(row), input) {
                    (Some(field), input) => {
                        field.input(input);
                    }
                    (None, Input::Key(key)) => self.turn(row, *key),
                    (None, Input::Paste(_)) => {}
                }
            }
        }
        Vec::new()
    }

    /// Draws it; how lies beside.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        self.draw_form(cx, frame, body);
    }

    fn hear(&mut self, news: &News) -> Heard {
        match news {
            News::Profiles(found) => self.profiles.clone_from(found),
            News::Draw(path, record) if self.asked.as_deref() == Some(*path) => match record {
                Some(record) => self.take_draw((*record).clone()),
                None => self.miss_draw(),
            },
            _ => return Heard::Nothing,
        }
        Heard::Taken
    }
}
