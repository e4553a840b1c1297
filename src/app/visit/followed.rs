//! The visit that another one answers, read from its shared file: joined or not, nothing is stored or written.

use std::path::Path;

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        home::Home,
        session::{
            load,
            mend::scan::{Depth, Scan},
            room::Ranks,
        },
        sync::take_in::take_in,
        visit::passphrase::open_file,
    },
    domain::{
        edit::mandate::Followed,
        terms::lang::Text,
        visit::{Visit, end::UpTo},
    },
    share::{
        code::key::DeviceKey,
        file::{Contents, main_file::Main},
        folder::{self, disk::RealDisk},
    },
    store::visits::VisitRow,
};

/// What pins a final visit: its id, the record it was made final with, its stage and day.
pub(super) fn followed(home: &Home, file: &Path) -> Result<Followed, Failure> {
    let visit = read(home, file)?;
    let record = visit.finalised.as_ref().map(|end| end.record).ok_or_else(|| not_final(file))?;
    Ok(Followed { record, stage: visit.founding.stage, date: visit.founding.date, visit: visit.id })
}

/// The visit of a shared file as everybody can read it who has the file, with what this laptop knows of it beside.
fn read(home: &Home, file: &Path) -> Result<Visit, Failure> {
    let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
    let store = home.store()?;
    let fail = |error| wording::store(&error, &home.database());
    let main = folder::read_main(&RealDisk, &file, None).map_err(|error| wording::share(&error))?;
    let contents = match main {
        Main::Missing => return Err(wording::path(&file, &std::io::ErrorKind::NotFound.into())),
        Main::Unavailable(error) => return Err(wording::path(&file, &error)),
        Main::Read(reading) => match reading.into_parts() {
            (Contents::Encrypted(header), bytes) => {
                let stored = store.stored_visit(&header.visit).map_err(fail)?;
                let row = stored.as_ref().map(|stored| &stored.row);
                open_file(&file, row, (&header, &bytes), None)?.0
            }
            (contents, _) => contents,
        },
    };
    let (header, lines) = match contents {
        Contents::Lines { header, lines, .. } => (header, lines),
        Contents::Empty => return Err(wording::empty_file(&file)),
        Contents::Foreign => return Err(wording::foreign_file(&file)),
        Contents::Newer(_) => return Err(wording::newer_file(&file)),
        Contents::Encrypted(_) => return Err(wording::other_key(&file)),
    };
    let scan = Scan::of(&store, &header.visit, Depth::Tables).map_err(fail)?;
    let known = scan.into_rows();
    let taken = take_in(&store, &header.visit, &wording::path_text(&file)?, &lines, &Ranks::Anybody);
    let taken = taken.map_err(fail)?;
    if known.is_empty() && (!taken.has_sound_founding(&header.visit) || taken.n_bad > 0) {
        return Err(wording::damaged_file(&file));
    }
    // The device key is a stand-in: without a ballot key there is nothing that it could open.
    let row = VisitRow {
        id: header.visit,
        file: String::new(),
        me: None,
        ballot_key: None,
        in_file_n: 0,
        secret: None,
        recovery: None,
        visit_key: None,
        slot: None,
    };
    let rows = [known.as_slice(), taken.rows()].concat();
    let folded = load::fold(&row, &DeviceKey::from_bytes(&[0; 32]), &rows, UpTo::InForce);
    folded.map(|(visit, ..)| visit).ok_or_else(|| wording::damaged_file(&file))
}

fn not_final(file: &Path) -> Failure {
    let path = file.display();
    Failure::new(
        Exit::Fixable,
        Text::new("核查没有建立。", "The visit was not founded."),
        Text::new(
            format!("{path} 的核查还没有定稿，不能作为前次核查。"),
            format!("The visit of {path} is not final, so nothing can answer it."),
        ),
        Text::new("请先让它的组长定稿，或换一个文件。", "Let its lead make it final, or give another file."),
    )
}
