//! Where a key is pressed, and which keys apply there beside its own.

use crate::domain::terms::lang::Lang;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Context {
    /// Every screen.
    Global,
    /// Every list on a screen.
    List,
    /// Home.
    Home,
    /// Every screen of an open visit.
    Visit,
    /// Both panes of the score screen.
    Score,
    /// The score screen, where a digit grades the clause.
    Grading,
    /// A point of the score screen that wants a number.
    Measured,
    /// The clauses of the score screen.
    Clauses,
    /// The points of the score screen.
    Points,
    /// The guide of the score screen.
    Guide,
    /// Panel.
    Panel,
    /// Panel, for those who may do the lead's work.
    Chair,
    /// Merge.
    Merge,
    /// Outcome.
    Outcome,
    /// The rectification ledger.
    Ledger,
    /// Report.
    Report,
    /// A dialog with a list.
    Choice,
    /// A dialog with text fields.
    Fields,
    /// The reason for a grade or an absence.
    Reason,
    /// The note box.
    NoteBox,
    /// The calculators of shares and numbers.
    Calculator,
    /// The inventory calculator.
    Inventory,
    /// The count calculator.
    Count,
    /// What is attached to a clause.
    Evidence,
    /// Founding a visit.
    Founding,
    /// What is left.
    Remaining,
    /// Planning the day.
    Planning,
    /// The question before submitting.
    Submitting,
    /// The question before scoring is closed.
    Closing,
    /// Under which name to join.
    Joining,
    /// One's own codes.
    Codes,
    /// The question before a deputy is named or a laptop retired.
    Seat,
    /// The same, where one must say what of the laptop still counts.
    Retiring,
    /// A failure that the passphrase of the shared file would mend.
    Locked,
    /// The passphrase of a shared file.
    Passphrase,
    /// Signatures, open matters, objections.
    Ending,
    /// The feedback for the exit meeting.
    Feedback,
}

impl Context {
    /// All contexts.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 36] = [
        Self::Global,
        Self::List,
        Self::Home,
        Self::Visit,
        Self::Score,
        Self::Grading,
        Self::Measured,
        Self::Clauses,
        Self::Points,
        Self::Guide,
        Self::Panel,
        Self::Chair,
        Self::Merge,
        Self::Outcome,
        Self::Ledger,
        Self::Report,
        Self::Choice,
        Self::Fields,
        Self::Reason,
        Self::NoteBox,
        Self::Calculator,
        Self::Inventory,
        Self::Count,
        Self::Evidence,
        Self::Founding,
        Self::Remaining,
        Self::Planning,
        Self::Submitting,
        Self::Closing,
        Self::Joining,
        Self::Codes,
        Self::Seat,
        Self::Retiring,
        Self::Locked,
        Self::Passphrase,
        Self::Ending,
        Self::Feedback,
    ];

    /// The contexts that apply here, nearest first.
    pub(crate) const fn chain(self) -> &'static [Self] {
        match self {
            Self::Home => &[Self::Home, Self::List, Self::Global],
            Self::Clauses => {
                &[Self::Clauses, Self::Grading, Self::Score, Self::Visit, Self::List, Self::Global]
            }
            Self::Points => {
                &[Self::Points, Self::Grading, Self::Score, Self::Visit, Self::List, Self::Global]
            }
            Self::Measured => {
                &[Self::Measured, Self::Points, Self::Score, Self::Visit, Self::List, Self::Global]
            }
            Self::Grading => &[Self::Grading, Self::Score, Self::Visit, Self::List, Self::Global],
            Self::Guide => &[Self::Guide, Self::Grading, Self::Score, Self::Visit, Self::List, Self::Global],
            Self::Score => &[Self::Score, Self::Visit, Self::List, Self::Global],
            Self::Panel => &[Self::Panel, Self::Visit, Self::List, Self::Global],
            Self::Chair => &[Self::Chair, Self::Panel, Self::Visit, Self::List, Self::Global],
            Self::Merge => &[Self::Merge, Self::Visit, Self::List, Self::Global],
            Self::Outcome => &[Self::Outcome, Self::Visit, Self::List, Self::Global],
            Self::Ledger => &[Self::Ledger, Self::Visit, Self::List, Self::Global],
            Self::Report => &[Self::Report, Self::Visit, Self::List, Self::Global],
            Self::Visit => &[Self::Visit, Self::List, Self::Global],
            Self::Calculator => &[Self::Calculator, Self::Fields],
            Self::Inventory => &[Self::Inventory, Self::Choice],
            Self::Count => &[Self::Count, Self::Choice],
            Self::Evidence => &[Self::Evidence, Self::Fields],
            Self::Remaining => &[Self::Remaining, Self::Choice],
            Self::Planning => &[Self::Planning, Self::Choice],
            Self::Submitting => &[Self::Submitting, Self::Choice],
            Self::Closing => &[Self::Closing, Self::Choice],
            Self::Joining => &[Self::Joining, Self::Choice],
            Self::Codes => &[Self::Codes, Self::Choice],
            Self::Seat => &[Self::Seat, Self::Choice],
            Self::Retiring => &[Self::Retiring, Self::Seat, Self::Choice],
            Self::Locked => &[Self::Locked, Self::Choice],
            Self::Passphrase => &[Self::Passphrase, Self::Fields],
            Self::Ending => &[Self::Ending, Self::Choice],
            Self::Feedback => &[Self::Feedback, Self::Choice],
            Self::Founding => &[Self::Founding, Self::Fields],
            Self::Global => &[Self::Global],
            Self::List => &[Self::List],
            Self::Choice => &[Self::Choice],
            Self::Fields => &[Self::Fields],
            Self::Reason => &[Self::Reason, Self::Fields],
            Self::NoteBox => &[Self::NoteBox],
        }
    }

    /// Whether characters are typed here rather than commanded.
    pub(crate) fn is_text(self) -> bool {
        self.chain().iter().any(|context| matches!(context, Self::Fields | Self::NoteBox))
    }

    /// The heading of the context's keys.
    pub(crate) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Global => lang.pick("到处可用", "Everywhere"),
            Self::List => lang.pick("移动", "Moving"),
            Self::Home => lang.pick("首页", "Home"),
            Self::Visit => lang.pick("核查内", "In a visit"),
            Self::Score => lang.pick("评分", "Scoring"),
            Self::Grading => lang.pick("评分：直接评档", "Scoring: direct grades"),
            Self::Measured => lang.pick("比率、数值要点", "Points with a number"),
            Self::Clauses => lang.pick("条款栏", "Clause pane"),
            Self::Points => lang.pick("要点栏", "Point pane"),
            Self::Guide => lang.pick("说明栏", "Guide pane"),
            Self::Panel => lang.pick("专家组", "Panel"),
            Self::Chair => lang.pick("专家组(组长)", "Panel (lead)"),
            Self::Merge => lang.pick("合议", "Merge"),
            Self::Outcome => lang.pick("结论", "Outcome"),
            Self::Ledger => lang.pick("整改台账", "Rectification"),
            Self::Report => lang.pick("报告", "Report"),
            Self::Choice => lang.pick("选择框", "Choices"),
            Self::Fields => lang.pick("填写框", "Fields"),
            Self::Reason => lang.pick("理由框", "Reason box"),
            Self::NoteBox => lang.pick("备注框", "Note box"),
            Self::Calculator => lang.pick("计算框", "Calculators"),
            Self::Inventory => lang.pick("清点", "Inventory"),
            Self::Count => lang.pick("计数", "Count"),
            Self::Evidence => lang.pick("附件", "Photos and files"),
            Self::Founding => lang.pick("新建核查", "Founding a visit"),
            Self::Remaining => lang.pick("还有什么没做", "What is left"),
            Self::Planning => lang.pick("分工方案", "Planning the day"),
            Self::Submitting => lang.pick("提交", "Submitting"),
            Self::Closing => lang.pick("结束评分、签字、定稿", "Closing, signing, finalising"),
            Self::Joining => lang.pick("加入", "Joining"),
            Self::Codes => lang.pick("加入码与恢复码", "Codes"),
            Self::Seat => lang.pick("核对", "Checking"),
            Self::Locked => lang.pick("打不开", "Locked"),
            Self::Passphrase => lang.pick("口令", "Passphrase"),
            Self::Feedback => lang.pick("现场反馈", "Feedback"),
            Self::Ending => lang.pick("签字与定稿", "Signing and finalising"),
            Self::Retiring => lang.pick("停用电脑", "Retiring a laptop"),
        }
    }
}
