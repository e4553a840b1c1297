//! The expert pool of this laptop.

use rusqlite::{Row, ToSql, TransactionBehavior, params, types::Value};

use crate::{
    domain::pool::{Column, Person, Pool, PoolExpert},
    store::{
        Store,
        error::StoreError,
        sums::{self, Sum},
    },
};

/// The columns of the table, in the order of [`Column::ALL`], whose keys they are.
pub(crate) const COLUMNS: &str = "name, unit, title, fields, training, ties, alliance, county, exception";

/// Where the sum stands after them.
const COLUMN_OF_SUM: usize = Column::ALL.len();

impl Store {
    /// The whole pool.
    ///
    /// # Errors
    /// SQLite's, or [`StoreError::Damaged`] for a row that the program cannot have written.
    pub fn pool(&self) -> Result<Pool, StoreError> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS}, sum FROM pool_expert"))?;
        let rows =
            statement.query_map([], |row| Ok((texts(row)?, row.get::<_, Option<Sum>>(COLUMN_OF_SUM)?)))?;
        let mut pool = Pool::default();
        for row in rows {
            let (texts, sum) = row.map_err(|_| StoreError::Damaged { what: "expert of the pool" })?;
            if sum != Some(sums::of_expert(texts.iter().map(String::as_str))) {
                return Err(StoreError::Damaged { what: "expert of the pool" });
            }
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
                "INSERT OR REPLACE INTO pool_expert ({COLUMNS}, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
            );
            let mut statement = transaction.prepare(&sql)?;
            for expert in experts {
                let texts: Vec<String> = Column::ALL.iter().map(|column| expert.text(*column)).collect();
                let sum = sums::of_expert(texts.iter().map(String::as_str));
                let cells = texts.iter().map(|text| text as &dyn ToSql).chain([&sum as &dyn ToSql]);
                statement.execute(rusqlite::params_from_iter(cells))?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// How many experts are not what was stored.
    pub(crate) fn bad_experts(&self) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS}, sum FROM pool_expert"))?;
        let mut rows = statement.query([])?;
        let mut n = 0;
        while let Some(row) = rows.next()? {
            n += usize::from(!is_whole(row));
        }
        Ok(n)
    }

    /// Takes those experts out that are not what was stored; returns how many.
    ///
    /// # Errors
    /// SQLite's; then all are as they were.
    pub fn drop_bad_experts(&mut self) -> Result<usize, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut bad: Vec<(Value, Value)> = Vec::new();
        {
            let mut statement = transaction.prepare(&format!("SELECT {COLUMNS}, sum FROM pool_expert"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if !is_whole(row) {
                    bad.push((row.get(0)?, row.get(1)?));
                }
            }
        }
        for (name, unit) in &bad {
            transaction
                .execute("DELETE FROM pool_expert WHERE name IS ?1 AND unit IS ?2", params![name, unit])?;
        }
        transaction.commit()?;
        Ok(bad.len())
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

/// Whether an expert is what was stored.
fn is_whole(row: &Row<'_>) -> bool {
    let sum: Option<Sum> = row.get(COLUMN_OF_SUM).ok();
    texts(row).is_ok_and(|texts| sum == Some(sums::of_expert(texts.iter().map(String::as_str))))
}

pub(crate) fn texts(row: &Row<'_>) -> Result<Vec<String>, rusqlite::Error> {
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
        store.put_into_pool([&expert("护师")]).unwrap();
        assert_eq!(store.pool().unwrap().len(), 1, "put in again it holds");
        store.connection.execute("UPDATE pool_expert SET county = '别的县'", []).unwrap();
        assert!(matches!(store.pool(), Err(StoreError::Damaged { .. })), "also what would read well");
        store.remove_from_pool(&expert("").person).unwrap();
        assert!(store.pool().unwrap().is_empty());
    }
}
