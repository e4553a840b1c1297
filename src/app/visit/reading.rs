//! Reading the visit of a file: as a member where this laptop has joined, else as anybody may see it, and then nothing of it is
//! kept.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        failure::{Failure, wording},
        files,
        home::Home,
        session::{Session, Whose, identify, mend, outside::has_feed, room::Ranks},
        sync::{take_in::take_in, verify::Verified},
        visit::passphrase::open_file,
    },
    domain::terms::{
        id::{FeedId, VisitId},
        lang::Lang,
    },
    share::{
        file::{
            Contents,
            commit::{Commit, Line},
            main_file::Main,
        },
        folder::{self, disk::RealDisk},
    },
    store::{
        Store,
        visits::{KeyText, VisitRow},
    },
};

/// The lines of a file, and what its passphrase gave.
pub(crate) struct Lines {
    pub(crate) visit: VisitId,
    pub(crate) lines: Vec<(usize, String)>,
    /// Whether no line is missing or broken, as far as the last one tells.
    pub(crate) is_intact: bool,
    /// The key and the slot it was in, if it is new.
    pub(crate) new_key: Option<(KeyText, String)>,
}

/// Whether this laptop takes part in a visit.
enum Kept {
    /// It does.
    Here(Box<Session>),
    /// It does not; what it knows of the visit all the same.
    Nowhere(Option<Box<VisitRow>>),
}

/// How to open a visit once more, e.g. on another thread.
pub struct Again {
    home: Home,
    file: PathBuf,
    /// Of a file that is only read: what opens it if it is encrypted, and the language.
    outside: Option<(Option<Box<VisitRow>>, Lang)>,
}

impl Session {
    /// Opens the visit of a shared file for somebody who wants to look: a member as a member, anybody else as whoever is outside of
    /// the panel. Of a file that this laptop has not joined nothing is kept, and no data folder is made. The passphrase is asked
    /// for where the file is encrypted and its key is not here.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged, its passphrase is missing or wrong, or the store fails.
    pub fn read(home: &Home, file: &Path, passphrase: Option<&str>, lang: Lang) -> Result<Self, Failure> {
        let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
        match Self::kept(home, &file, lang)? {
            Kept::Here(session) => Ok(*session),
            Kept::Nowhere(held) => {
                Self::in_passing(home, file, held.as_deref(), passphrase)?.seen_from_outside(lang)
            }
        }
    }

    /// Opens the visit of a shared file to exchange with it: as a member, or as an office that has joined.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn exchanging(home: &Home, file: &Path, lang: Lang) -> Result<Self, Failure> {
        let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
        match Self::kept(home, &file, lang)? {
            Kept::Here(session) => Ok(*session),
            Kept::Nowhere(_) => Self::open(home, &file),
        }
    }

    /// The visit as this laptop keeps it, if it takes part in it.
    fn kept(home: &Home, file: &Path, lang: Lang) -> Result<Kept, Failure> {
        if !files::is_there(&home.database()) {
            return Ok(Kept::Nowhere(None));
        }
        let mut store = home.store()?;
        let Whose::Known(id) = identify(&store, home, file)? else { return Ok(Kept::Nowhere(None)) };
        let fail = |error| wording::store(&error, &home.database());
        let rows = mend::mend(&mut store, home, &id, file)?;
        let row = store.visit(&id).map_err(fail)?;
        let is_joined = row.as_ref().is_some_and(|row| row.me.is_some());
        if !is_joined && !has_feed(&mut store, home, &id)? {
            return Ok(Kept::Nowhere(row.map(Box::new)));
        }
        store.see_visit(&id, &wording::path_text(file)?).map_err(fail)?;
        let session = Self::load_sound(home, store, &id, file.to_owned(), &rows)?;
        let session = if is_joined { session } else { session.seen_from_outside(lang)? };
        Ok(Kept::Here(Box::new(session)))
    }

    /// The visit of a file as it is, of which nothing is kept: for what rests on who sits there, such as joining.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(in crate::app) fn in_passing(
        home: &Home,
        file: PathBuf,
        held: Option<&VisitRow>,
        passphrase: Option<&str>,
    ) -> Result<Self, Failure> {
        let fail = |error| wording::store(&error, &home.database());
        let row_of = |_: &VisitId| Ok(held.cloned());
        let Lines { visit, lines, is_intact, new_key } = lines_of(&file, &row_of, passphrase)?;
        let ranks = founder(&visit, &lines).filter(|_| is_intact);
        let ranks = ranks.ok_or_else(|| wording::damaged_file(&file))?;
        let mut store = Store::in_memory().map_err(fail)?;
        let path = wording::path_text(&file)?;
        let taken = take_in(&store, &visit, &path, &lines, &ranks).map_err(fail)?;
        if !taken.has_sound_founding(&visit) || taken.n_bad > 0 {
            return Err(wording::damaged_file(&file));
        }
        store.see_visit(&visit, &path).map_err(fail)?;
        let kept = held.and_then(|row| Some((row.visit_key.clone()?, row.slot.clone()?)));
        if let Some((key, slot)) = new_key.or(kept) {
            store.keep_visit_key(&visit, &key, &slot).map_err(fail)?;
        }
        let verified = Verified::of(&taken.beyond);
        taken.import(&mut store, &visit).map_err(fail)?;
        // Whose devices there are the founder's lines tell, and then those of whom they admit.
        let mut session = Self::load(home, store, &visit, file.clone())?;
        session.is_passing = true;
        session.take_in_whole(&file, &lines, verified)?;
        Ok(session)
    }

    /// The same visit as anybody may see it.
    fn seen_from_outside(mut self, lang: Lang) -> Result<Self, Failure> {
        self.speak(lang)?;
        Ok(self)
    }

    /// Reads everything anew: from the store, or from the file if nothing of it is kept.
    ///
    /// # Errors
    /// As [`Self::read`]; then what was read before stays.
    pub fn read_again(&mut self) -> Result<(), Failure> {
        if self.is_passing {
            *self = self.again().open()?;
            return Ok(());
        }
        self.reload()
    }

    /// How to open this visit once more. One that is only read is read again from its file.
    #[must_use]
    pub fn again(&self) -> Again {
        let row =
            self.row.visit_key.is_some().then(|| Box::new(self.row.clone())).filter(|_| self.is_passing);
        let outside = self.look.outside.map(|lang| (row, lang));
        Again { home: self.home.clone(), file: self.file.clone(), outside }
    }
}

impl Again {
    /// Opens it.
    ///
    /// # Errors
    /// As [`Session::read`].
    pub fn open(&self) -> Result<Session, Failure> {
        match &self.outside {
            None => Session::open(&self.home, &self.file),
            Some((None, lang)) => Session::read(&self.home, &self.file, None, *lang),
            Some((held, lang)) => {
                let file = self.file.clone();
                Session::in_passing(&self.home, file, held.as_deref(), None)?.seen_from_outside(*lang)
            }
        }
    }
}

/// The lines of a shared file, opened with the key that `row_of` gives or with the passphrase.
///
/// # Errors
/// If it cannot be read, is no shared file of this program, or does not open.
pub(crate) fn lines_of(
    file: &Path,
    row_of: &dyn Fn(&VisitId) -> Result<Option<VisitRow>, Failure>,
    passphrase: Option<&str>,
) -> Result<Lines, Failure> {
    let main = folder::read_main(&RealDisk, file, None).map_err(|error| wording::share(&error))?;
    let (contents, new_key) = match main {
        Main::Missing => return Err(wording::path(file, &std::io::ErrorKind::NotFound.into())),
        Main::Unavailable(error) => return Err(wording::path(file, &error)),
        Main::Read(reading) => match reading.into_parts() {
            (Contents::Encrypted(header), bytes) => {
                let row = row_of(&header.visit)?;
                open_file(file, row.as_ref(), (&header, &bytes), passphrase)?
            }
            (contents, _) => (contents, None),
        },
    };
    match contents {
        Contents::Lines { header, lines, intact } => {
            Ok(Lines { visit: header.visit, lines, is_intact: intact, new_key })
        }
        Contents::Empty => Err(wording::empty_file(file)),
        Contents::Foreign => Err(wording::foreign_file(file)),
        Contents::Newer(_) => Err(wording::newer_file(file)),
        Contents::Encrypted(_) => Err(wording::other_key(file)),
    }
}

/// Who founded the visit that these lines are of; `None` if the founding commit is not among them.
pub(crate) fn founder(visit: &VisitId, lines: &[(usize, String)]) -> Option<Ranks> {
    let is_founding = |text: &str| -> Option<FeedId> {
        let line = Line::parse(text).ok().filter(|it| Commit::founded_visit(&it.json) == *visit)?;
        Some(Commit::read(visit, &line.json).ok()?.feed)
    };
    lines.iter().find_map(|(_, text)| is_founding(text)).map(Ranks::Founder)
}
