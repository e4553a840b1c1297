//! The data folder of one installation: the database, the user's checklists, backups of shared files, evidence.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        failure::{Failure, wording},
        files::private,
        system,
    },
    config::folders,
    share::code::key::DeviceKey,
    store::Store,
};

/// A data folder. Several on one machine play several laptops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    /// The folder given with `--home`, else `HECHA_HOME`, else the system's.
    ///
    /// # Errors
    /// If the system names no home folder.
    pub fn choose(given: Option<PathBuf>) -> Result<Self, Failure> {
        given
            .or_else(system::home_from_environment)
            .or_else(folders::data_folder)
            .map(|root| Self { root })
            .ok_or_else(wording::no_home)
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.root.join("hecha.db")
    }

    /// The user's own checklists, which replace or extend the built-in ones.
    #[must_use]
    pub fn checklists(&self) -> PathBuf {
        self.root.join("checklists")
    }

    /// The user's own report template.
    #[must_use]
    pub fn report_template(&self) -> PathBuf {
        self.root.join("report.toml")
    }

    /// Makes the folder if it is not there; what others may look into is closed.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(crate) fn make(&self) -> Result<(), Failure> {
        self.make_folder(&self.root)?;
        private::close(&self.root);
        Ok(())
    }

    /// Opens the database, creating the folder first.
    ///
    /// # Errors
    /// If the folder cannot be made or the database not be opened.
    pub(crate) fn store(&self) -> Result<Store, Failure> {
        self.make()?;
        let database = self.database();
        private::make_file(&database).map_err(|error| wording::database(&database, &error))?;
        Store::open(&database).map_err(|error| wording::store(&error, &database))
    }

    /// The key of this installation, made on first use.
    pub(crate) fn device(&self, store: &mut Store) -> Result<DeviceKey, Failure> {
        let fresh = system::random_bytes()?;
        let secret =
            store.device_secret(|| fresh).map_err(|error| wording::store(&error, &self.database()))?;
        Ok(DeviceKey::from_bytes(&secret))
    }

    /// The folder where earlier bytes of a visit's shared file are kept, made if it is not there.
    pub(crate) fn backups(&self, visit: &str) -> Result<PathBuf, Failure> {
        let folder = self.backups_path(visit);
        self.make_folder(&folder)?;
        Ok(folder)
    }

    /// Where that folder is, or would be.
    pub(crate) fn backups_path(&self, visit: &str) -> PathBuf {
        self.root.join("backups").join(short(visit))
    }

    /// The folders where a visit's sealed evidence is kept: one's own, and that of others.
    pub(crate) fn evidence(&self, visit: &str) -> Result<(PathBuf, PathBuf), Failure> {
        let [own, others] = self.evidence_paths(visit);
        self.make_folder(&own)?;
        self.make_folder(&others)?;
        Ok((own, others))
    }

    /// Where these folders are, or would be.
    pub(crate) fn evidence_paths(&self, visit: &str) -> [PathBuf; 2] {
        let folder = self.root.join("evidence").join(short(visit));
        [folder.join("own"), folder.join("others")]
    }

    /// What a visit's folders are called.
    pub(crate) fn folder_name(visit: &str) -> String {
        short(visit)
    }

    fn make_folder(&self, folder: &Path) -> Result<(), Failure> {
        private::make_folder(folder).map_err(|error| wording::home_folder(folder, &error))
    }
}

/// A visit's folder is named by the beginning of its id.
fn short(visit: &str) -> String {
    visit.chars().take(12).collect()
}
