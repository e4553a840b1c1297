//! Who may speak in a visit: join codes compared on two screens, admissions, deputies, lost laptops.

use std::collections::BTreeMap;

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        session::Session,
        visit::mandate::device_number,
    },
    domain::{
        edit::{Edit, Expert},
        terms::{
            clean::clean_line,
            id::{FeedId, MemberName},
            lang::{Lang, Text},
        },
        visit::{Identity, rectifications::Author},
    },
    share::{
        code::{self, TYPED, base32, key::PublicKey},
        file::commit::Commit,
    },
};

/// The code that both screens show for one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinCode(String);

impl JoinCode {
    /// A code as another part of the program would be given it.
    #[cfg(test)]
    pub(crate) fn of(code: &str) -> Self {
        Self(code.to_owned())
    }

    /// The twelve signs that the lead types, in groups.
    #[must_use]
    pub fn typed(&self) -> String {
        base32::grouped(self.0.get(..TYPED).unwrap_or_default())
    }

    /// The last four signs, which the member compares with the lead's screen.
    #[must_use]
    pub fn compared(&self) -> &str {
        self.0.get(TYPED..).unwrap_or_default()
    }
}

/// A device that the lead may admit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// The name it claims.
    pub name: MemberName,
    /// Its feed.
    pub feed: FeedId,
    /// Whether its edits count already (身份未核对).
    pub provisional: bool,
    /// Who that is, for a name that is not on the roster.
    pub expert: Option<Expert>,
}

/// What admitting a device did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// The member.
    pub name: MemberName,
    /// The device, should it have to be retired again.
    pub feed: FeedId,
    /// The code; its last four signs are for the member to compare.
    pub code: JoinCode,
}

/// What of a retired device goes on counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// What it synced so far.
    Synced,
    /// Nothing, not even that.
    Nothing,
}

/// How many signs of a join code were typed so far, of the twelve that are wanted; hyphens and blanks do not count.
#[must_use]
pub fn n_typed(typed: &str) -> usize {
    base32::fold(typed).chars().count()
}

/// Signs of a join code that the lead types.
pub const N_TYPED: usize = TYPED;

impl Session {
    /// The code of this laptop; `None` while it has not joined.
    ///
    /// # Errors
    /// If the store fails.
    pub fn join_code(&self) -> Result<Option<JoinCode>, Failure> {
        if self.row.me.is_none() {
            return Ok(None);
        }
        Ok(self.codes()?.remove(&self.feed()))
    }

    /// The devices whose identity nobody has checked: those that count provisionally, and those that wait.
    #[must_use]
    pub(in crate::app) fn applicants(&self) -> Vec<Applicant> {
        let provisional = self.visit.members.iter().filter(|state| state.identity == Identity::Provisional);
        let provisional = provisional.flat_map(|state| {
            state.unchecked.iter().map(|feed| Applicant {
                name: state.member.name.clone(),
                feed: feed.clone(),
                provisional: true,
                expert: None,
            })
        });
        let waiting = self.visit.pending.iter().map(|claim| Applicant {
            name: claim.name.clone(),
            feed: claim.feed.clone(),
            provisional: false,
            expert: claim.expert.clone(),
        });
        provisional.chain(waiting).collect()
    }

    /// Admits the device whose code the lead typed from its screen.
    ///
    /// # Errors
    /// If this laptop does not lead, no device has that code, or the store fails.
    pub(in crate::app) fn admit(&mut self, typed: &str) -> Result<Admission, Failure> {
        self.as_lead()?;
        let mut applicant = self.applicant(typed)?;
        // A flood of others may have left no room for it here. Whose code the lead types is taken in all the same.
        if applicant.is_none() {
            let (visit, lead) = (self.row.id.clone(), self.lead_key()?);
            let shows = |key| code::is_typed(typed, &code::join_code(&visit, lead, key));
            if self.take_in_of(&shows)? {
                applicant = self.applicant(typed)?;
            }
        }
        let Some(applicant) = applicant else { return Err(no_such_code(typed)) };
        let codes = self.codes()?;
        let name = applicant.name.clone();
        crate::app::visit::lookalike::check(&name, &self.visit)?;
        let is_known = self.visit.member(name.as_str()).is_some();
        if !is_known && applicant.expert.is_none() {
            return Err(not_admitted(
                Text::new(
                    "这个姓名不在名单上，也没有写明专业。",
                    "The name is not on the roster and gives no field.",
                ),
                Text::new("请对方加入时写明专业和职称。", "Ask for the field and title when joining."),
            ));
        }
        let expert = applicant.expert.filter(|_| !is_known);
        let mut edits =
            vec![Edit::Admit { feed: applicant.feed.clone(), name: name.clone(), expert, checked: true }];
        // A laptop that counted provisionally goes on counting, unchecked, until it is compared or retired.
        let others = self
            .applicants()
            .into_iter()
            .filter(|it| it.provisional && it.name == name && it.feed != applicant.feed);
        edits.extend(others.map(|it| Edit::Admit {
            feed: it.feed,
            name: name.clone(),
            expert: None,
            checked: false,
        }));
        edits.iter().try_for_each(|edit| self.may(edit))?;
        self.write_at_once(edits)?;
        let code = codes.get(&applicant.feed).cloned().ok_or_else(|| Failure::bug("a code vanished"))?;
        Ok(Admission { name, feed: applicant.feed, code })
    }

    /// The device that shows this code.
    fn applicant(&self, typed: &str) -> Result<Option<Applicant>, Failure> {
        let codes = self.codes()?;
        let fits =
            |applicant: &Applicant| codes.get(&applicant.feed).is_some_and(|it| code::is_typed(typed, &it.0));
        Ok(self.applicants().into_iter().find(fits))
    }

    /// Names a member who may do the lead's work from an admitted device.
    ///
    /// # Errors
    /// If this laptop is not the lead's own, the member was not admitted, or the store fails.
    pub(in crate::app) fn name_deputy(&mut self, name: &MemberName) -> Result<(), Failure> {
        let edit = Edit::Deputy { name: name.clone() };
        self.may(&edit)?;
        let state = self.visit.member(name.as_str()).filter(|_| self.row.me.as_ref() != Some(name));
        let Some(state) = state else {
            return Err(wording::unknown("组员", "member", name.as_str(), None));
        };
        if state.identity != Identity::Admitted {
            return Err(Failure::new(
                Exit::Fixable,
                Text::new("没有指定副组长。", "No deputy was named."),
                Text::new(
                    format!("{name} 的电脑还没有核对身份。"),
                    format!("The laptop of {name} was not admitted yet."),
                ),
                Text::new(
                    "请先用加入码核对（hecha visit admit）。",
                    "Compare the join code first (hecha visit admit).",
                ),
            ));
        }
        self.write_at_once(vec![edit])
    }

    /// Names the device of an office, by the number that its `hecha doctor` shows.
    ///
    /// # Errors
    /// If this laptop is not the lead's own, the number is none, it is a member's laptop, or the store fails.
    pub(in crate::app) fn name_office(&mut self, typed: &str) -> Result<(), Failure> {
        let not_named = |why: Text, next: Text| {
            Failure::new(Exit::Fixable, Text::new("没有指定整改办公室。", "No office was named."), why, next)
        };
        self.may(&Edit::Office { feed: self.feed() })?;
        let feed = device_number(typed.trim()).map_err(|(why, next)| not_named(why, next))?;
        if self.visit.members.iter().any(|state| state.feeds.contains(&feed)) || feed == self.feed() {
            return Err(not_named(
                Text::new("这是专家组成员的电脑。", "It is the laptop of a member of the panel."),
                Text::new("整改办公室要用另外的电脑。", "The office uses another laptop."),
            ));
        }
        if self.visit.offices.contains(&feed) {
            return Ok(());
        }
        self.write_at_once(vec![Edit::Office { feed }])
    }

    /// Retires a device: what comes later does not count.
    /// The device is named by the beginning of its feed, at least four signs.
    ///
    /// # Errors
    /// If this laptop does not lead, no other device or more than one is meant, or the store fails.
    pub(in crate::app) fn retire(&mut self, device: &str, keeps: Keeps) -> Result<MemberName, Failure> {
        self.as_lead()?;
        let own = self.feed();
        let seated = self.visit.members.iter().flat_map(|state| {
            state
                .feeds
                .iter()
                .map(move |feed| (feed, &state.member.name, state.heads.get(feed).map(|it| it.n)))
        });
        let waiting = self.visit.pending.iter().map(|claim| (&claim.feed, &claim.name, None));
        let is_meant = |(feed, ..): &(&FeedId, &MemberName, Option<u64>)| {
            device.len() >= 4 && feed.as_str().starts_with(device) && **feed != own
        };
        let office = MemberName::new(Author::Office.shown(Lang::Zh));
        let offices = self.visit.offices.iter().map(|feed| (feed, &office, None));
        let mut meant = seated.chain(waiting).chain(offices).filter(is_meant);
        let (Some((feed, name, head)), None) = (meant.next(), meant.next()) else {
            return Err(wording::unknown("设备", "device", device, None));
        };
        let (feed, name) = (feed.clone(), name.clone());
        let n = match keeps {
            Keeps::Synced => match head {
                Some(n) => n,
                None => self.last_of(&feed)?,
            },
            Keeps::Nothing => 0,
        };
        let edit = Edit::Retire { feed, n };
        self.may(&edit)?;
        self.write_at_once(vec![edit])?;
        Ok(name)
    }

    /// The last commit here of a device that sits nowhere.
    fn last_of(&self, feed: &FeedId) -> Result<u64, Failure> {
        // Of who waits nothing counts.
        if !self.visit.offices.contains(feed) {
            return Ok(0);
        }
        let head = self.store.head(&self.row.id, feed).map_err(|error| self.store_failure(&error))?;
        Ok(head.map_or(0, |(n, _)| n))
    }

    /// The recovery code, as it was shown on joining; `None` on a laptop that has none.
    #[must_use]
    pub fn recovery_code(&self) -> Option<String> {
        self.row.recovery.as_ref().map(code::recovery_code)
    }

    /// The public keys of all devices of the visit.
    pub(in crate::app) fn keys(&self) -> Result<BTreeMap<FeedId, (PublicKey, bool)>, Failure> {
        let firsts = self.store.first_commits(&self.row.id).map_err(|error| self.store_failure(&error))?;
        let key = |row: crate::store::commits::CommitRow| {
            let key = Commit::from_store(row.id.clone(), &row.json)?.carried_key()?;
            Some((key.feed(), (key, row.id.as_str() == self.row.id.as_str())))
        };
        Ok(firsts.into_iter().filter_map(key).collect())
    }

    /// The key that founded the visit.
    fn lead_key(&self) -> Result<PublicKey, Failure> {
        let keys = self.keys()?;
        let lead = keys.values().find(|(_, founded)| *founded).map(|(key, _)| *key);
        lead.ok_or_else(|| wording::damaged_store(&self.home.database()))
    }

    fn codes(&self) -> Result<BTreeMap<FeedId, JoinCode>, Failure> {
        let (keys, lead) = (self.keys()?, self.lead_key()?);
        let code = |key| JoinCode(code::join_code(&self.row.id, lead, key));
        Ok(keys.into_iter().map(|(feed, (key, _))| (feed, code(key))).collect())
    }

    /// Writes edits that change who counts, and folds everything anew.
    fn write_at_once(&mut self, edits: Vec<Edit>) -> Result<(), Failure> {
        self.write(edits.into_iter().map(|edit| (edit, None)).collect())?;
        self.seal()
    }
}

fn not_admitted(why: Text, next: Text) -> Failure {
    Failure::new(Exit::Fixable, Text::new("没有核准任何电脑。", "No laptop was admitted."), why, next)
}

fn no_such_code(typed: &str) -> Failure {
    let typed = clean_line(typed);
    not_admitted(
        Text::new(
            format!("没有等待核对的电脑显示“{typed}”。"),
            format!("No laptop that waits shows “{typed}”."),
        ),
        Text::new(
            "请照对方屏幕输入加入码的前 12 位；对方加入后要同步一次，然后本机也要同步。",
            "Type the first 12 signs from the member's screen; after joining the member must sync once, and then this laptop.",
        ),
    )
}
