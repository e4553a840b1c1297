//! Passphrases in files, as the user keeps them, and panels that work behind one.

use std::{fs, sync::OnceLock};

use hecha::share::{
    code::base64,
    file::{self, envelope::VisitKey},
};
use tempfile::TempDir;

use super::{Answer, PANEL, Panel, kept_folder::KeptFolder, new_folder};

/// The passphrase that [`Keyring::panel`] founds with.
pub(crate) const FIRST: &str = "青禾镇 第一个口令";

/// A folder of passphrase files.
pub(crate) struct Keyring(TempDir);

impl Keyring {
    pub(crate) fn new() -> Self {
        Self(new_folder())
    }

    /// A file as Notepad writes it: a byte order mark, the end of the line of Windows, and more below.
    pub(crate) fn file(&self, passphrase: &str) -> String {
        let path = self.0.path().join(base64::encode(passphrase.as_bytes()));
        fs::write(&path, format!("\u{feff}{passphrase}\r\nnot part of it\r\n")).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A panel whose first `n` members have joined a visit encrypted with [`FIRST`]: founded once in a run, since finding a
    /// key by its passphrase takes long on purpose.
    pub(crate) fn panel(&self, n: usize) -> Panel {
        static FOUNDED: [OnceLock<KeptFolder>; PANEL.len() + 1] =
            [const { OnceLock::new() }; PANEL.len() + 1];
        Panel::laid_out(FOUNDED[n].get_or_init(|| KeptFolder::of(&self.founded(n).root)))
    }

    fn founded(&self, n: usize) -> Panel {
        let passphrase = self.file(FIRST);
        let panel = Panel::small(1, &["--passphrase-file", &passphrase]);
        for index in 1..n {
            join(&panel, index, &passphrase);
            panel.laptops[index].ok(&["visit", "declare", &panel.file, "none"]);
        }
        panel
    }
}

pub(crate) fn join(panel: &Panel, index: usize, passphrase_file: &str) -> Answer {
    let arguments =
        ["visit", "join", &panel.file, "--name", PANEL[index], "--passphrase-file", passphrase_file];
    panel.laptops[index].run(&arguments)
}

/// The slot in the first line of the shared file.
pub(crate) fn slot(panel: &Panel) -> Option<String> {
    file::header(&panel.file_bytes()).unwrap().slot
}

/// The key of the visit, by the passphrase it was founded with.
pub(crate) fn key(panel: &Panel) -> VisitKey {
    VisitKey::unlock(&slot(panel).unwrap(), FIRST).unwrap()
}
