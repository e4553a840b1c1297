//! Where commands print. A closed pipe ends the program quietly; text from elsewhere is cleaned before it is printed.

use std::io::{self, Write};

use serde_json::Value;

use crate::{
    app::failure::Failure,
    domain::terms::{
        clean::clean_note,
        lang::{Lang, Text},
    },
};

/// Standard output and error of a command.
pub(crate) struct Output {
    lang: Lang,
    buffer: String,
    code: u8,
}

impl Output {
    pub(crate) const fn new(lang: Lang) -> Self {
        Self { lang, buffer: String::new(), code: 0 }
    }

    pub(crate) const fn lang(&self) -> Lang {
        self.lang
    }

    /// One line, or several.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) {
        self.buffer.push_str(&clean_note(text.as_ref()));
        self.buffer.push('\n');
    }

    /// Text that is ours and may be long: not cut, not cleaned.
    pub(crate) fn raw(&mut self, text: &str) {
        self.buffer.push_str(text);
    }

    /// One line, or several, in the language that the user reads.
    pub(crate) fn say(&mut self, text: &Text) {
        self.line(text.get(self.lang));
    }

    /// Pretty JSON.
    pub(crate) fn json(&mut self, value: &Value) {
        self.buffer.push_str(&format!("{value:#}"));
        self.buffer.push('\n');
    }

    /// Something the user should know although the command succeeded: to standard error, at once.
    pub(crate) fn note(&self, text: &Text) {
        let line = clean_note(text.get(self.lang));
        let _ = writeln!(io::stderr().lock(), "{}{line}", self.lang.pick("注意：", "note: "));
    }

    /// The command did its work, and its answer is this exit code.
    pub(crate) fn exit_with(&mut self, code: u8) {
        self.code = code;
    }

    /// Prints what was collected.
    pub(crate) fn finish(self) -> u8 {
        let mut out = io::stdout().lock();
        match out.write_all(self.buffer.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => self.code,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.code,
            Err(_) => 1,
        }
    }

    /// Prints what was collected, then a failure.
    pub(crate) fn fail(self, failure: &Failure) -> u8 {
        let lines = failure.to_lines(self.lang).join("\n");
        let _ = self.finish();
        let _ = writeln!(io::stderr().lock(), "{}", strip_control(&lines));
        failure.exit as u8
    }
}

/// As `clean_note` but without a limit, because problem lists are long.
fn strip_control(text: &str) -> String {
    text.lines().map(clean_note).collect::<Vec<_>>().join("\n")
}
