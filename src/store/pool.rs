//! The expert pool of this laptop.

use rusqlite::{Row, TransactionBehavior, params};

use crate::{
    domain::pool::{Column, Person, Pool, PoolExpert},
    store::{Store, error::StoreError},
};

/// The columns of the table, in the order of [`Column::ALL`], whose keys they are.
const COLUMNS: &str = "name, unit, title, fields, training, ties, alliance, county, exception";

impl Store {
    /// The whole pool.
    ///
    /// # Errors
    /// SQLite's, or [`StoreError::Damaged`] for a row that the program cannot have written.
    pub fn pool(&self) -> Result<Pool, StoreError> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM pool_expert"))?;
        let rows = statement.query_map([], texts)?;
        let mut pool = Pool::default();
        for texts in rows {
            let texts = texts?;
            let cell = |column: Column| {
                let place = Column::ALL.iter().position(|it| *it == column);
                place.and_then(|place| texts.get(place)).cloned().unwrap_or_default()
            };
            let expert = PoolExpert::from_cells(cell)
                .map_err(|_| StoreError::Damaged { what: "expert of the pool" })?;
            pool.put(expert);
        }
        Ok(pool)
    }

    /// Adds experts, each in the place of the one of the same name and unit; all or none.
    ///
    /// # Errors
    /// SQLite's.
    pub fn put_into_pool<'a>(
        &mut self,
        experts: impl IntoIterator<Item = &'a PoolExpert>,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let sql = format!(
                "INSERT OR REPLACE INTO pool_expert ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
            );
            let mut statement = transaction.prepare(&sql)?;
            for expert in experts {
                let texts = Column::ALL.iter().map(|column| expert.text(*column));
                statement.execute(rusqlite::params_from_iter(texts))?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Takes an expert out of the pool.
    ///
    /// # Errors
    /// SQLite's.
    pub fn remove_from_pool(&mut self, person: &Person) -> Result<(), StoreError> {
        self.connection.execute(
            "DELETE FROM pool_expert WHERE name = ?1 AND unit = ?2",
            params![person.name, person.unit],
        )?;
        Ok(())
    }
}

fn texts(row: &Row<'_>) -> Result<Vec<String>, rusqlite::Error> {
    (0..Column::ALL.len()).map(|index| row.get(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        pool::{Tie, draw::Ground},
        terms::field::Field,
    };

    fn expert(title: &str) -> PoolExpert {
        PoolExpert {
            person: Person::new("张三", "县医院"),
            title: title.parse().unwrap(),
            fields: vec![Field::Nursing, Field::Medicine],
            training: "2025-03".to_owned(),
            ties: vec![Tie { ground: Ground::Kinship, with: "青禾镇卫生院".to_owned() }],
            alliance: "城东医共体".to_owned(),
            county: "青禾县".to_owned(),
            exception: "紧缺".to_owned(),
        }
    }

    #[test]
    fn an_expert_comes_back_as_put_in_and_a_row_nobody_wrote_is_damage() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut store = Store::open(&folder.path().join("hecha.db")).unwrap();
        store.put_into_pool([&expert("护师"), &expert("主管护师")]).unwrap();
        let pool = store.pool().unwrap();
        assert_eq!(pool.experts().collect::<Vec<_>>(), [&expert("主管护师")]);
        store.connection.execute("UPDATE pool_expert SET fields = '外科'", []).unwrap();
        assert!(matches!(store.pool(), Err(StoreError::Damaged { .. })));
        store.remove_from_pool(&expert("").person).unwrap();
        assert!(store.pool().unwrap().is_empty());
    }
}
