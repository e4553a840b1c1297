//! Members who are not there: the lead records it, with the reason, and takes it back.

use crate::{
    app::{
        failure::{Exit, Failure},
        session::Session,
    },
    domain::{
        edit::Edit,
        terms::{id::MemberName, lang::Text, written::Line},
        visit::absentee::Absentee,
    },
};

impl Session {
    /// Records that a member is not there; a reason of `None` takes it back.
    ///
    /// # Errors
    /// If this laptop does not do the lead's work, scoring is closed, the member has sealed or is not known, the reason is empty,
    /// there is nothing to take back, or the store fails.
    pub(in crate::app) fn record_absence(
        &mut self,
        name: &MemberName,
        reason: Option<&str>,
    ) -> Result<(), Failure> {
        let name = MemberName::new(Line::new(name.as_str())?.as_str());
        let edit = Edit::Absent { name: name.clone(), reason: reason.map(Line::new).transpose()? };
        self.may(&edit)?;
        if self.visit.member(name.as_str()).is_none() {
            return Err(not_recorded(
                Text::new(
                    format!("专家组没有叫“{name}”的组员。"),
                    format!("The panel has no member called {name}."),
                ),
                Text::new("hecha visit info FILE 列出组员。", "hecha visit info FILE lists the members."),
            ));
        }
        let is_recorded = self.visit.recorded_absent().any(|it: Absentee<'_>| it.name == &name);
        match reason.map(str::trim) {
            Some("") => Err(not_recorded(
                Text::new("缺席必须写明理由。", "An absence needs a reason."),
                Text::new("请写明为什么没有来，如生病。", "Say why they are not there, e.g. illness."),
            )),
            None if !is_recorded => Err(not_recorded(
                Text::new(format!("没有记过{name}缺席。"), format!("{name} was not recorded as absent.")),
                Text::new("hecha visit info FILE 列出组员。", "hecha visit info FILE lists the members."),
            )),
            _ => self.write(vec![(edit, None)]),
        }
    }
}

fn not_recorded(why: Text, next: Text) -> Failure {
    Failure::new(Exit::Fixable, Text::new("缺席没有记录。", "The absence was not recorded."), why, next)
}
