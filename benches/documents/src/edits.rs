//! The edits that every contender holds: who grades which clause how, in which order, and why.

/// Members of the panel; the first is the lead.
pub const MEMBERS: [&str; 9] =
    ["林若安", "陈思齐", "马文博", "周静怡", "赵一鸣", "孙立群", "吴晓岚", "郑凯文", "何秋月"];
/// Clauses of the checklist.
pub const N_CLAUSES: usize = 500;
/// How often each member grades each clause.
const N_TIMES: usize = 3;
/// Edits between two syncs of a member.
pub const BATCH: usize = 25;
/// Edits that an ordinary sync takes in.
pub const BEHIND: usize = 300;

const REASONS: [&str; 5] = [
    "查阅台账与抽查记录一致",
    "现场抽查三名医务人员，操作合格",
    "缺少近半年的培训签到，已请院方补充说明",
    "设备在位，维护记录完整",
    "病历抽查十份，两份书写不规范",
];

/// One grade given by one member.
#[derive(Debug, Clone)]
pub struct GradeGiven {
    /// Clause id.
    pub clause: String,
    /// `A` to `D`.
    pub grade: &'static str,
    /// Why.
    pub reason: String,
}

/// The id of a clause, from 0.
pub fn clause_id(index: usize) -> String {
    format!("CL-{:03}", index + 1)
}

/// A member's edits in the batches in which they are synced: three passes over the checklist, the same on every run.
pub fn batches(member: usize) -> Vec<Vec<GradeGiven>> {
    let edits: Vec<GradeGiven> = (0..N_CLAUSES * N_TIMES)
        .map(|index| {
            let (time, clause) = (index / N_CLAUSES, index % N_CLAUSES);
            let dice = (clause * 7 + member * 13 + time * 29) % 97;
            GradeGiven {
                clause: clause_id(clause),
                grade: ["A", "B", "B", "C"][dice % 4],
                reason: format!("{}（第{}次）", REASONS[dice % REASONS.len()], time + 1),
            }
        })
        .collect();
    edits.chunks(BATCH).map(<[GradeGiven]>::to_vec).collect()
}
