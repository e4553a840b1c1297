//! Writing the report, and saying where it lies.

use std::path::Path;

use crate::{
    app::{
        report::{
            export::{ExportOptions, ExportStep, Written, parse_formats},
            template::TemplateChoice,
        },
        session::Session,
    },
    domain::visit::end::UpTo,
    plain::{sitting::Sitting, talk::Stop, words as say},
};

impl Sitting<'_> {
    /// Asks for formats, folder and names, and writes the report of the final record in force, or of what there is.
    pub(crate) fn report(&mut self) -> Result<(), Stop> {
        let lang = self.lang();
        let formats = loop {
            let typed = self.talk.ask(say::which_formats(lang), say::report_help(lang))?;
            match parse_formats(&typed.command.replace(['/', ' '], ",")) {
                Ok(formats) if !formats.is_empty() => break formats,
                Ok(_) => self.talk.misheard()?,
                Err(failure) => self.talk.refuse(&failure)?,
            }
        };
        let folder = self.talk.ask(say::which_folder(lang), say::report_help(lang))?.text;
        let names = self.talk.yes_or_no(say::with_names(lang))?;
        let options = ExportOptions { lang, names, bom: true, template: TemplateChoice::Installed };
        let mut written: Vec<Written> = Vec::new();
        let made = Session::read(&self.home, self.session.file(), None, lang).and_then(|mut session| {
            session.look_at(UpTo::InForce)?;
            session.export(&formats, Path::new(&folder), options, &mut |step| match step {
                ExportStep::Started(_) => {}
                ExportStep::Ended(it) => written.push(it),
            })
        });
        for it in written {
            match it.outcome {
                Ok(path) => {
                    self.talk.say(format!("{}{}", lang.pick("已写出：", "Written: "), path.display()))?
                }
                Err(failure) => self.talk.refuse(&failure)?,
            }
        }
        self.allowed(made).map(|_| ())
    }
}
