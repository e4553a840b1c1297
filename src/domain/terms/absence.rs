//! The four ways in which a member has no grade for a clause. None of them is a grade, and none is an agreement.

use crate::domain::terms::{field::words, lang::Lang};

words! {
    /// Why a member gave no grade.
    Absence {
        /// 未看: not looked at.
        NotSeen = "not-seen", "未看", "Not seen";
        /// 不适用: the clause does not apply to this facility.
        NotApplicable = "not-applicable", "不适用", "Not applicable";
        /// 回避: the member is recused; recorded by the lead, never by a vote.
        Recused = "recused", "回避", "Recused";
        /// 资料未提供: the facility did not provide what was to be checked.
        NotProvided = "not-provided", "资料未提供", "Not provided";
    }
}
