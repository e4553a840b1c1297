//! The devices of one person: a forked feed is left for a new key, and a lost laptop is followed by another one.

use serde_json::Value;

use crate::{
    app::{
        failure::Failure,
        session::Session,
        sync::sealing::{Lone, blind},
        system,
    },
    domain::{
        edit::Edit,
        terms::{id::CommitId, lang::Text},
    },
    share::{
        code::key::DeviceKey,
        wire::{Extra, encode_edit},
    },
    store::own_edits::NewDevice,
};

impl Session {
    /// Goes on with a new key if another copy of this laptop (a cloned disk, a restored backup) signs with the same one.
    /// The old key names the new one, both copies' edits are kept, and where they differ the member is asked.
    pub(in crate::app) fn leave_fork(&mut self) -> Result<Option<Text>, Failure> {
        let feed = self.feed();
        if !self.visit.forks.contains(&feed) || self.my_state().is_none() {
            return Ok(None);
        }
        let Some((last, head)) =
            self.store.head(&self.row.id, &feed).map_err(|error| self.store_failure(&error))?
        else {
            return Ok(None);
        };
        let secret: [u8; 32] = system::random_bytes()?;
        let commits = self.hand_over(&DeviceKey::from_bytes(&secret), last, head)?;
        let new = NewDevice { visit: &self.row.id, secret: &secret, commits: &commits, last };
        self.store.change_device(new).map_err(|error| self.store_failure(&error))?;
        self.reload()?;
        Ok(Some(Text::new(
            "另有一份这台电脑的数据（克隆的磁盘或恢复的备份）也在这次核查里签名。两边的评分都保留，本机换用新的签名密钥；不一致的条款会标为“冲突”，请重新评一次。",
            "Another copy of this laptop's data (a cloned disk, a restored backup) signs in this visit too. Both copies' votes are kept and this laptop goes on with a new key; clauses on which they differ are marked as conflicts, score them once more.",
        )))
    }

    /// The commit in which the old key names the new one, and the first of the new key, which names the old one: whichever of
    /// them the lead admits, what was recorded with the other counts too.
    fn hand_over(
        &self,
        new: &DeviceKey,
        last: u64,
        head: CommitId,
    ) -> Result<[crate::store::commits::CommitRow; 2], Failure> {
        let me = self.row.me.clone().ok_or_else(|| Failure::bug("a fork without a name"))?;
        let (ballot_key, recovery) =
            self.row.ballot_key.zip(self.row.recovery).ok_or_else(|| Failure::bug("a fork without keys"))?;
        let naming = Lone {
            visit: Some(&self.row.id),
            after: Some((last, head)),
            lamport: self.lamport + 1,
            seen: self.seen(&self.feed(), false),
            edits: vec![encode_edit(&Edit::Device { feed: new.feed() }, Extra::None)],
        };
        let mut seen = self.seen(&new.feed(), false);
        seen.extend(
            self.visit
                .members
                .iter()
                .filter_map(|state| state.heads.get(&self.feed()))
                .flat_map(|head| head.tips.iter().cloned()),
        );
        let key = new.public().to_text();
        let join: Value = encode_edit(&Edit::Join { name: me, expert: None }, Extra::Key(&key));
        let first = Lone {
            visit: Some(&self.row.id),
            after: None,
            lamport: self.lamport + 2,
            seen,
            edits: vec![
                join,
                blind(&ballot_key, self.keys.generation_of(&ballot_key), &recovery, None)?,
                encode_edit(&Edit::Device { feed: self.feed() }, Extra::None),
            ],
        };
        Ok([naming.sign(&self.device), first.sign(new)])
    }
}
