//! The table of the merge screen with more members than columns, with members who are not there, and what is said of a clause on
//! which the panel voted in the clear.

use crate::{
    domain::{
        edit::{Choice, Edit, Stamp, Stand, lineage::Branch},
        terms::grade::Grade,
    },
    tui::{
        fixture::{
            MEMBERS, after, commit,
            laptops::{fold, name, waiting},
            opened, scored_visit,
        },
        snapshot_tests::shows,
    },
};

#[test]
fn more_members_than_columns_are_told_and_scrolled_to() {
    let mut visit = scored_visit();
    for guest in ["外援甲", "外援乙"] {
        let mut more = visit.members[1].clone();
        more.member.name = guest.into();
        visit.members.push(more);
    }
    let model = after(opened(visit, 0), "<F7>");
    shows(after(opened(scored_visit(), 0), "<F7>"), "  条款                    赵敏", "  Clause");
    let mut model = model;
    shows(&mut model, "条款 组员1-5/7 >", "Clause 1-5/7 >");
    let mut model = after(model, "<Right>");
    shows(&mut model, "条款 < 组员2-6/7 >", "Clause < 2-6/7 >");
    shows(after(model, "<Right>"), "外援乙", "Clause < 3-7/7");
}

#[test]
fn who_is_absent_is_shown_as_that() {
    let reason = Some("生病住院".parse().unwrap());
    let mut commits = waiting();
    commits.push(commit(0, 1, vec![Edit::Absent { name: MEMBERS[1].into(), reason }]));
    shows(after(opened(fold(None, commits), 0), "<F7>*"), "缺席", "absent");
}

#[test]
fn what_is_said_of_a_clause_follows_the_votes_in_the_clear() {
    let mut visit = scored_visit();
    let model = after(opened(visit.clone(), 0), "<F7>");
    let desk = model.desk.as_ref().unwrap();
    let first = desk.tally.as_ref().unwrap().agenda.disagreed().next().unwrap().index;
    let clause = desk.clause(first).unwrap().id.clone();
    shows(model, "中位", "median");
    for member in 0..3 {
        let stand = Stand { choice: Choice::Grade(Grade::C), reason: Default::default() };
        let stamp = Stamp {
            feed: format!("feed-{member}").as_str().into(),
            n: 9,
            commit: None,
            index: 0,
            seen: Default::default(),
            branch: Branch::default(),
            saw: Default::default(),
        };
        visit.apply_own(
            &name(member),
            &stamp,
            &Edit::ClearVote { clause: clause.clone(), value: Some(stand) },
        );
    }
    let model = after(opened(visit, 0), "<F7>");
    shows(model, "按合议表决 | 中位 C | 最严 C 最宽 C", "by the votes in the clear | median C");
}
