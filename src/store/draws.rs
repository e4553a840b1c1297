//! Who was drawn on this laptop for which visit, and on which day.

use rusqlite::{TransactionBehavior, params};

use crate::{
    domain::{pool::Person, terms::date::Date},
    store::{Store, error::StoreError},
};

/// Somebody who was drawn for a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnFor {
    /// Day of the visit.
    pub day: Date,
    /// Name of the facility, as it was given.
    pub facility: String,
    /// Who.
    pub person: Person,
}

impl Store {
    /// Everybody who was drawn, by day, facility and name.
    ///
    /// # Errors
    /// SQLite's, or [`StoreError::Damaged`] for a row that the program cannot have written.
    pub fn draws(&self) -> Result<Vec<DrawnFor>, StoreError> {
        let sql = "SELECT day, facility, name, unit FROM drawn ORDER BY day, facility, name, unit";
        let mut statement = self.connection.prepare(sql)?;
        let texts = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let mut found = Vec::new();
        for row in statement.query_map([], texts)? {
            let (day, facility, name, unit): (String, String, String, String) = row?;
            let day = day.parse().map_err(|()| StoreError::Damaged { what: "day of a draw" })?;
            found.push(DrawnFor { day, facility, person: Person { name, unit } });
        }
        Ok(found)
    }

    /// Keeps who was drawn for a visit, in the place of what is kept under `earlier` names of the same facility and day.
    ///
    /// # Errors
    /// SQLite's.
    pub fn keep_draw<'a>(
        &mut self,
        day: Date,
        (facility, earlier): (&str, &[String]),
        persons: impl IntoIterator<Item = &'a Person>,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let day = day.to_string();
        for name in earlier {
            transaction.execute("DELETE FROM drawn WHERE day = ?1 AND facility = ?2", params![day, name])?;
        }
        for person in persons {
            transaction.execute(
                "INSERT OR REPLACE INTO drawn (day, facility, name, unit) VALUES (?1, ?2, ?3, ?4)",
                params![day, facility, person.name, person.unit],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_draw_for_the_same_visit_takes_the_place_of_the_earlier() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut store = Store::open(&folder.path().join("hecha.db")).unwrap();
        let day = Date::new(2026, 5, 12).unwrap();
        let person = |name: &str| Person::new(name, "县医院");
        let (first, second, third) = (person("甲"), person("乙"), person("丙"));
        store.keep_draw(day, ("青禾", &[]), [&first, &second]).unwrap();
        store.keep_draw(day, ("东山", &[]), [&third]).unwrap();
        store.keep_draw(day, ("青 禾", &["青禾".to_owned()]), [&second]).unwrap();
        let kept = store.draws().unwrap();
        let kept: Vec<_> = kept.iter().map(|it| (it.facility.as_str(), it.person.name.as_str())).collect();
        assert_eq!(kept, [("东山", "丙"), ("青 禾", "乙")]);
        store.keep_draw(day, ("东山", &["东山".to_owned()]), []).unwrap();
        assert_eq!(store.draws().unwrap().len(), 1);
    }
}
