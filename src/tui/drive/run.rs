//! The one place that performs effects: reads keys, hands work to the workers, draws. Sleeps while nothing happens.

use std::{
    io,
    sync::mpsc::{self, Receiver, Sender},
    thread,
    time::{Duration, Instant},
};

use crossterm::event::{self, Event, KeyCode, KeyEventKind};

use crate::{
    app::{
        failure::{Exit, Failure},
        laptop::settings,
        system,
    },
    domain::terms::lang::Text,
    tui::{
        Options,
        desk::effect::{Effect, Msg},
        drive::{
            burst::{Burst, Meaning, Verdict},
            model::Model,
            signals::{self, Asked, Gone},
            terminal::{Screen, probe_glyphs, size},
            update::update,
            view::view,
            watch::{self, Note},
            worker,
        },
        keys::{Key, keymap},
        score::route::Order,
        theme::{Glyphs, Theme},
    },
};

/// How long the first frame waits for the first answer of the worker, so that it is a full one.
const PATIENCE: Duration = Duration::from_millis(60);

/// How long the end waits for what is on its way to the disk. Windows gives a closed window five seconds.
const LAST_EFFECTS: Duration = Duration::from_millis(4_500);

/// What the main thread waits for.
enum Wire {
    /// The terminal sent an event at a time since the start.
    Event(Event, Duration),
    /// A worker answers.
    Answer(Msg),
    /// The system asks for something.
    Asked(Asked),
}

/// Runs the front end until the user leaves, the terminal goes away or the system ends it. Everything recorded is stored
/// before it is shown as saved, so ending at any moment loses nothing.
///
/// # Errors
/// If there is no terminal to draw on.
pub fn run(options: Options) -> Result<(), Failure> {
    let (sender, wires) = mpsc::channel();
    let (settings, settings_note) = settings::load(&options.home);
    let answers = sender.clone();
    let (effects, worker_ended) = worker::start(options.home, options.lang, move |msg| {
        // Nobody listens any more only when the program ends.
        let _ended = answers.send(Wire::Answer(msg));
    });
    let due = sender.clone();
    let watcher = watch::start(settings.auto_sync, move |msg| {
        let _ended = due.send(Wire::Answer(msg));
    });
    let first = options.file.map_or(Effect::ListVisits, Effect::Open);
    let _ended = effects.send(first);
    let asked = sender.clone();
    signals::listen(move |what| asked.send(Wire::Asked(what)).map_err(|_| Gone))
        .map_err(|error| no_terminal(&error))?;
    let mut screen = Screen::enter().map_err(|error| no_terminal(&error))?;
    let late = sender.clone();
    let glyphs = options.glyphs.or_else(|| {
        probe_glyphs(move |glyphs| {
            let _ended = late.send(Wire::Answer(Msg::Glyphs(glyphs)));
        })
    });
    let theme = Theme::new(options.colour, glyphs.unwrap_or(Glyphs::Ascii));
    let mut model = Model::new(options.lang, theme, size());
    model.auto_sync = settings.auto_sync;
    model.score.auto_advance = settings.advance;
    model.score.order = if settings.by_place { Order::Place } else { Order::Area };
    if let Some(failure) = settings_note {
        model.alarm(failure);
    }
    read_events(&sender);
    let mut front =
        Front { model, effects, watcher, burst: Burst::default(), interrupted: None, n_expected: 0 };
    if let Ok(wire) = wires.recv_timeout(PATIENCE) {
        front.take(wire);
    }
    front.turn(&mut screen, &wires);
    let crashed = front.model.crashed;
    if let Some(effect) = front.model.bookmark() {
        let _broken = front.effects.send(effect);
    }
    // What was asked for last is still on its way to the disk: whoever leaves right after a key has pressed it.
    drop(front);
    let _done_or_late = worker_ended.recv_timeout(LAST_EFFECTS);
    if crashed { Err(Failure::bug("a worker stopped")) } else { Ok(()) }
}

struct Front {
    model: Model,
    effects: Sender<Effect>,
    watcher: Sender<Note>,
    burst: Burst,
    /// Asked to stop or to go on, before the next frame.
    interrupted: Option<Asked>,
    /// Signals to go on that are still to be told of stops that are over.
    n_expected: usize,
}

impl Front {
    /// Draws, waits, and takes in all that has come before drawing again.
    fn turn(&mut self, screen: &mut Screen, wires: &Receiver<Wire>) {
        let mut today = Some(system::today);
        while !self.model.quit {
            if self.step_aside(screen).is_err() || screen.draw(|frame| view(&self.model, frame)).is_err() {
                return;
            }
            // Asked for after the first frame: finding the time zone reads a whole folder tree on some systems.
            self.model.today = self.model.today.or_else(|| today.take()?());
            let Ok(wire) = wires.recv() else { return };
            self.take(wire);
            while let Ok(wire) = wires.try_recv() {
                self.take(wire);
            }
        }
    }

    /// Gives the terminal back while the program is stopped, and takes it over anew when it goes on: whoever had it meanwhile
    /// has left it otherwise.
    fn step_aside(&mut self, screen: &mut Screen) -> io::Result<()> {
        let Some(asked) = self.interrupted.take() else { return Ok(()) };
        if asked == Asked::Stop {
            screen.leave();
            signals::stop();
            // What let it go on is told as well, and is no news by then.
            self.n_expected += 1;
        }
        screen.enter_again()?;
        self.model.size = size();
        Ok(())
    }

    fn take(&mut self, wire: Wire) {
        let msg = match wire {
            Wire::Event(event, at) => self.msg_of(event, at),
            Wire::Answer(msg) => Some(msg),
            Wire::Asked(Asked::End) => {
                self.model.quit = true;
                None
            }
            Wire::Asked(Asked::GoOn) if self.n_expected > 0 => {
                self.n_expected -= 1;
                None
            }
            // A stop that is followed by a going on in the same moment is over.
            Wire::Asked(asked) => {
                self.interrupted = Some(asked);
                None
            }
        };
        let Some(msg) = msg.filter(|_| !self.model.quit) else { return };
        self.tell(watch::overheard(&msg));
        for effect in update(&mut self.model, msg) {
            self.tell(watch::noticed(&effect));
            if self.effects.send(effect).is_err() {
                (self.model.crashed, self.model.quit) = (true, true);
            }
        }
    }

    /// A watcher that is gone broke, and has said so.
    fn tell(&self, note: Option<Note>) {
        let _gone = note.map(|note| self.watcher.send(note));
    }

    /// Releases are dropped here and nowhere else; repeats count as presses.
    fn msg_of(&mut self, event: Event, at: Duration) -> Option<Msg> {
        match event {
            Event::Key(event) if event.kind != KeyEventKind::Release => {
                let key = Key::from_event(&event)?;
                let context = self.model.context();
                let meaning = match keymap::lookup(context, key) {
                    _ if context.is_text() => Meaning::Text,
                    Some(action) if action.records() && self.model.dialogs.is_empty() => Meaning::Records,
                    Some(_) => Meaning::Command,
                    None => Meaning::Nothing,
                };
                Some(match self.burst.judge(at, key, meaning) {
                    Verdict::Key => Msg::Key(key),
                    Verdict::Break if key.code == KeyCode::Tab => Msg::Paste(" ".to_owned()),
                    Verdict::Break => Msg::Paste("\n".to_owned()),
                    Verdict::Ignore => Msg::Ignored,
                    Verdict::Hasty => Msg::Hasty,
                })
            }
            Event::Paste(text) => Some(Msg::Paste(text)),
            Event::Resize(columns, rows) => Some(Msg::Resize(columns, rows)),
            _ => None,
        }
    }
}

/// Reads the terminal on its own thread, which ends with the program.
#[expect(clippy::disallowed_methods, reason = "tells a paste from typing; decides nothing else")]
fn read_events(sender: &Sender<Wire>) {
    let sender = sender.clone();
    let start = Instant::now();
    thread::spawn(move || {
        loop {
            let wire =
                event::read().map_or(Wire::Asked(Asked::End), |event| Wire::Event(event, start.elapsed()));
            let ends = matches!(wire, Wire::Asked(_));
            if sender.send(wire).is_err() || ends {
                return;
            }
        }
    });
}

fn no_terminal(error: &io::Error) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("打不开界面。", "The screens cannot be opened."),
        Text::new(format!("终端不可用：{error}"), format!("The terminal cannot be used: {error}")),
        Text::new(
            "请在终端窗口里运行，或用命令行:hecha --help",
            "Run it in a terminal window, or use commands: hecha --help",
        ),
    )
}
