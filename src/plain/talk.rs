//! Says and asks: lines no longer than given, answers read one a line, whatever they hold. Nothing moves a cursor, nothing has a
//! colour, and an answer is never guessed.

use std::io::{BufRead, ErrorKind, Write};

use crate::{
    app::failure::Failure,
    domain::terms::{
        clean::clean_note,
        lang::{Lang, Text},
        typed::as_command,
        written::{Note, TooLong},
    },
    plain::words as say,
    words::wrap::wrap,
};

/// Most bytes of an answer that are kept; what is longer is read to its end and refused.
const ANSWER_LIMIT: usize = 65_536;

/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The user wants to go back to what was before.
    Back,
    /// The user leaves, or nobody is there any more.
    Leave,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    /// As it was typed, without what could steer a terminal.
    pub(crate) text: String,
    /// As a command: half-width, in small letters.
    pub(crate) command: String,
}

impl Typed {
    fn new(text: &str) -> Self {
        let text = text.trim().to_owned();
        let command: String = text.chars().map(as_command).collect();
        Self { command: command.trim().to_lowercase(), text }
    }

    /// Whether it is one of these commands.
    pub(crate) fn is(&self, commands: &[&str]) -> bool {
        commands.contains(&self.command.as_str())
    }

    /// Whether it says that there is none.
    pub(crate) fn is_none(&self) -> bool {
        self.is(&["无", "没有", "none"])
    }

    /// Yes or no, if it is one of them.
    pub(crate) fn yes_or_no(&self) -> Option<bool> {
        if self.is(&["是", "yes", "y"]) {
            Some(true)
        } else {
            self.is(&["否", "不", "no", "n"]).then_some(false)
        }
    }
}

/// Somebody who asks and is answered.
pub(crate) struct Talk<'a> {
    reader: &'a mut dyn BufRead,
    writer: &'a mut dyn Write,
    columns: usize,
    /// The language.
    pub(crate) lang: Lang,
}

/// A line that was read.
enum Read {
    Line(Vec<u8>),
    TooLong(usize),
    End,
}

impl<'a> Talk<'a> {
    /// With answers from a reader, in lines of so many cells.
    pub(crate) fn new(
        reader: &'a mut dyn BufRead,
        writer: &'a mut dyn Write,
        columns: usize,
        lang: Lang,
    ) -> Self {
        Self { reader, writer, columns, lang }
    }

    /// Says something, in as many lines as it takes.
    pub(crate) fn say(&mut self, text: impl AsRef<str>) -> Result<(), Stop> {
        for paragraph in text.as_ref().lines() {
            for line in wrap(&clean_note(paragraph), self.columns) {
                writeln!(self.writer, "{}", line.trim_end()).map_err(|_| Stop::Leave)?;
            }
        }
        Ok(())
    }

    /// Says it in the language.
    pub(crate) fn tell(&mut self, text: &Text) -> Result<(), Stop> {
        self.say(text.get(self.lang))
    }

    /// Says why something was not done.
    pub(crate) fn refuse(&mut self, failure: &Failure) -> Result<(), Stop> {
        self.say(failure.to_lines(self.lang).join("\n"))
    }

    /// Asks until there is an answer; help, empty lines and what cannot be read are dealt with here.
    pub(crate) fn ask(&mut self, question: &str, help: &str) -> Result<Typed, Stop> {
        loop {
            self.say(question)?;
            self.writer.flush().map_err(|_| Stop::Leave)?;
            let bytes = match self.read() {
                Read::End => return Err(Stop::Leave),
                Read::Line(bytes) => bytes,
                Read::TooLong(n) => {
                    self.refuse(&Failure::from(TooLong { limit: ANSWER_LIMIT, n }))?;
                    continue;
                }
            };
            let Ok(text) = String::from_utf8(bytes) else {
                self.say(say::not_text(self.lang))?;
                continue;
            };
            let typed = match Note::new(&text) {
                Ok(text) => Typed::new(&text),
                Err(error) => {
                    self.refuse(&Failure::from(error))?;
                    continue;
                }
            };
            match typed.command.as_str() {
                "" => {}
                "?" | "帮助" | "help" => {
                    self.say(help)?;
                    self.say(say::help_always(self.lang))?;
                }
                ".." | "返回" | "back" => return Err(Stop::Back),
                "q" | "退出" | "离开" | "quit" => return Err(Stop::Leave),
                _ => return Ok(typed),
            }
        }
    }

    /// Says that an answer means nothing here.
    pub(crate) fn misheard(&mut self) -> Result<(), Stop> {
        self.say(say::not_understood(self.lang))
    }

    /// Asks until the answer is yes or no.
    pub(crate) fn yes_or_no(&mut self, question: &str) -> Result<bool, Stop> {
        loop {
            let typed = self.ask(question, say::yes_no_help(self.lang))?;
            match typed.yes_or_no() {
                Some(yes) => return Ok(yes),
                None => self.misheard()?,
            }
        }
    }

    /// Asks twice for what cannot be undone, with what it means in between.
    pub(crate) fn twice(&mut self, question: &str, meaning: &str) -> Result<bool, Stop> {
        let mut sure = self.yes_or_no(question)?;
        if sure {
            self.say(meaning)?;
            sure = self.yes_or_no(say::sure(self.lang))?;
        }
        if !sure {
            self.say(say::not_done(self.lang))?;
        }
        Ok(sure)
    }

    /// A line; one that is too long is read to its end and not kept. A last one without an end is one too.
    fn read(&mut self) -> Read {
        let (mut line, mut n) = (Vec::new(), 0_usize);
        loop {
            let (took, ended) = match self.reader.fill_buf() {
                Ok([]) if n == 0 => return Read::End,
                Ok([]) => (0, true),
                Ok(bytes) => {
                    let end = bytes.iter().position(|byte| *byte == b'\n');
                    let part = end.and_then(|end| bytes.get(..end)).unwrap_or(bytes);
                    n = n.saturating_add(part.len());
                    if n <= ANSWER_LIMIT {
                        line.extend_from_slice(part);
                    }
                    // An empty line has been read, too.
                    (part.len() + usize::from(end.is_some()), end.is_some())
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => return Read::End,
            };
            self.reader.consume(took);
            if ended {
                return if n > ANSWER_LIMIT { Read::TooLong(n) } else { Read::Line(line) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn told(answers: &[u8], columns: usize, talk: impl FnOnce(&mut Talk)) -> String {
        let (mut reader, mut writer) = (answers, Vec::new());
        talk(&mut Talk::new(&mut reader, &mut writer, columns, Lang::Zh));
        String::from_utf8(writer).unwrap()
    }

    #[test]
    fn an_empty_line_asks_again_and_help_and_what_is_no_text_answer_nothing() {
        let out = told("\n？\n\u{1b}[31m\n\n".as_bytes(), 80, |talk| {
            assert_eq!(talk.ask("几点？", "看表。"), Err(Stop::Leave));
        });
        assert_eq!(out.matches("几点？").count(), 5, "{out}");
        assert!(out.contains("看表。") && !out.contains('\u{1b}'), "{out}");
        let out = told(b"\xff\xfe\nok", 80, |talk| {
            assert_eq!(talk.ask("a", "").unwrap().text, "ok", "a last line without an end is an answer");
            assert_eq!(talk.ask("b", ""), Err(Stop::Leave));
        });
        assert!(out.contains("UTF-8"), "{out}");
    }

    #[test]
    fn a_line_of_a_megabyte_is_refused_and_the_next_one_is_heard() {
        let mut answers = vec![b'x'; 1 << 20];
        answers.extend_from_slice("\n".as_bytes());
        answers.extend_from_slice("好".repeat(5_000).as_bytes());
        answers.extend_from_slice("\nＹ\n".as_bytes());
        let out = told(&answers, 80, |talk| {
            assert_eq!(talk.ask("a", "").unwrap().yes_or_no(), Some(true), "full-width letters are read");
        });
        assert!(out.len() < 4_000, "what is too long is not said again");
    }

    #[test]
    fn words_of_the_talk_itself_go_back_and_leave() {
        for (answer, stop) in
            [("。。", Stop::Back), ("返回", Stop::Back), ("Ｑ", Stop::Leave), ("退出", Stop::Leave)]
        {
            told(format!("{answer}\n").as_bytes(), 80, |talk| assert_eq!(talk.ask("a", ""), Err(stop)));
        }
    }

    #[test]
    fn no_line_is_longer_than_given() {
        let text = "抢救室（区）有独立标识，defibrillator-with-a-very-long-name、监护仪在位。".repeat(5);
        for columns in [20, 80] {
            let out = told(b"", columns, |talk| talk.say(&text).unwrap());
            assert!(out.lines().all(|line| line.width() <= columns), "{out}");
        }
    }

    #[test]
    fn what_cannot_be_undone_needs_two_yeses() {
        for (answers, sure) in
            [("是\n是\n", true), ("是\n否\n", false), ("否\n", false), ("嗯\ny\nY\n", true)]
        {
            told(answers.as_bytes(), 80, |talk| assert_eq!(talk.twice("提交？", "不能收回。"), Ok(sure)));
        }
    }
}
