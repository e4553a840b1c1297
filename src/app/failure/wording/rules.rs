//! Words for what somebody may not do, or not now.

use crate::{
    app::failure::{Exit, Failure},
    domain::{edit::Edit, permit::Refusal, terms::lang::Text},
};

/// A refusal of the gate, about what was to be recorded.
pub(crate) fn refusal(refusal: Refusal, edit: &Edit) -> Failure {
    if let (Refusal::Closed, Edit::Retire { .. }) = (refusal, edit) {
        return Failure::new(
            Exit::Fixable,
            not_done(edit),
            Text::new(
                "评分已公开：这台电脑已交到组长手里的记录不能再作废。",
                "The votes are open: what the lead has received from this laptop cannot be undone any more.",
            ),
            Text::new(
                "不加 --from-start 停用，之后的记录就不再计入。",
                "Retire it without --from-start: what it records from now on does not count.",
            ),
        );
    }
    if let (Refusal::Closed, Edit::Absent { .. }) = (refusal, edit) {
        return Failure::new(
            Exit::Fixable,
            not_done(edit),
            Text::new(
                "评分已结束：谁参加了评分已经定了。",
                "Scoring is closed: who took part in it is settled.",
            ),
            Text::new(
                "没有提交的组员不计票，报告会写明。",
                "Whoever did not submit does not count, and the report says so.",
            ),
        );
    }
    because(refusal, not_done(edit))
}

/// A refusal of scoring as a whole.
pub(crate) fn not_scored(refusal: Refusal) -> Failure {
    because(refusal, Text::new("评分没有记录。", "The vote was not recorded."))
}

/// A refusal of the lead's work as a whole.
pub(crate) fn not_led(refusal: Refusal) -> Failure {
    because(refusal, Text::new("没有执行。", "Nothing was done."))
}

#[expect(
    clippy::too_many_lines,
    reason = "a table of words, one row for each refusal, which the match keeps whole"
)]
fn because(refusal: Refusal, what: Text) -> Failure {
    let (why, next) = match refusal {
        Refusal::Sealed => (
            ("您的评分已经提交并封存。", "Your ballot is submitted and sealed."),
            (
                "组长结束评分之前可以撤回（hecha unseal），改好再提交。",
                "Until the lead closes scoring it can be taken back (hecha unseal), mended and submitted again.",
            ),
        ),
        Refusal::NotSealed => (
            (
                "您自己的评分还没有提交：谁先看到别人的评分，谁就不能再评。",
                "Your own ballot is not submitted: whoever can see others' votes can no longer vote.",
            ),
            ("请先运行 hecha submit。", "Run hecha submit first."),
        ),
        Refusal::NothingSealed => {
            (("您的评分还没有提交。", "Your ballot is not submitted."), ("可以接着评分。", "Score on."))
        }
        Refusal::Closed => (
            (
                "组长已结束评分，各人的评分已公开，谁也不能再评。",
                "The lead has closed scoring and the votes are open; nobody votes any more.",
            ),
            (
                "讨论后意见有变的，用合议表决（hecha vote）。",
                "What the discussion changed goes into a vote in the clear (hecha vote).",
            ),
        ),
        Refusal::NotClosed => (
            (
                "评分还没有结束，评分都还封存着，谁也看不到别人的。",
                "Scoring is not closed; the ballots are sealed, and nobody sees others' votes.",
            ),
            ("请等组长结束评分（hecha close）。", "Wait until the lead closes scoring (hecha close)."),
        ),
        Refusal::NotSigned => (
            ("签这份记录的专家没有过半数。", "No majority of the experts has signed this record."),
            (
                "请组员先签字（hecha sign），同步后再定稿。",
                "Members sign first (hecha sign); then sync and try again.",
            ),
        ),
        Refusal::Final => {
            (("核查已定稿。", "The visit is final."), ("定稿后不再更改。", "Nothing changes after that."))
        }
        Refusal::NotObjected => (
            (
                "核查已定稿，机构没有对这个条款提出异议。",
                "The visit is final, and the facility has not objected to this clause.",
            ),
            (
                "机构提出异议的，请组长先登记（hecha object FILE 条款 --text 异议）。",
                "What the facility objects to the lead records first (hecha object FILE CLAUSE --text TEXT).",
            ),
        ),
        Refusal::PlanFrozen => (
            ("已有人封存评分包，分工方案不再改。", "A ballot is sealed: the plan stands as it is."),
            (
                "有人离开的，先登记缺席或回避，再用 --replan 补派他的条款。",
                "Where somebody left, record the absence or recusal, then hand on their clauses with --replan.",
            ),
        ),
        Refusal::NotFinal => (
            ("核查还没有定稿。", "The visit is not final."),
            ("定稿后才有整改台账。", "The ledger begins when it is."),
        ),
        Refusal::Recused => (
            (
                "您对这个条款回避，不评分，也不参与合议。",
                "You are recused from this clause: no vote, and no part in deciding it.",
            ),
            (
                "请跳过它；组长回避的条款由副组长决定。",
                "Leave it out; where the lead is recused a deputy decides.",
            ),
        ),
        Refusal::NotTheLead => (
            ("只有组长和副组长可以这样做。", "Only the lead and deputies may do this."),
            ("请在组长的电脑上操作。", "Do it on the lead's laptop."),
        ),
        Refusal::NotTheLeadsOwn => (
            ("只有组长本人的电脑可以这样做。", "Only the lead's own laptop may do this."),
            ("请在组长的电脑上操作。", "Do it on the lead's laptop."),
        ),
        Refusal::Outside => (
            (
                "这台电脑没有加入这次核查：只能查看。",
                "This laptop has not joined this visit: it can only look.",
            ),
            (
                "要参与请加入：hecha visit join FILE --name 姓名（整改办公室：--office）。",
                "To take part, join: hecha visit join FILE --name NAME (an office: --office).",
            ),
        ),
        Refusal::NotTheOffices => (
            (
                "整改办公室的电脑只能提交整改情况、销号和重新打开。",
                "The office's laptop may only hand in, close and reopen what is on the ledger.",
            ),
            ("其他的请专家组做。", "Leave everything else to the panel."),
        ),
        Refusal::NotAMember => (
            ("这台电脑不在专家组名单上，或已停用。", "This laptop is not on the roster, or was retired."),
            ("请组长核准您的电脑。", "Ask the lead to admit it."),
        ),
        Refusal::Waiting => (
            (
                "组长还没有核准这台电脑：可以评分、申报和提交，先保存，不能参加合议和签字。",
                "The lead has not admitted this laptop: it can score, declare and submit, which is saved; it cannot vote in the clear or sign.",
            ),
            (
                "请组长核准（hecha visit admit）；hecha visit code 显示加入码。",
                "Ask the lead to admit it (hecha visit admit); hecha visit code shows the join code.",
            ),
        ),
        Refusal::TooLate => (
            (
                "组长结束评分之前没有核准这台电脑：本机的评分不计入。",
                "Scoring was closed before the lead had admitted this laptop: its votes never count.",
            ),
            (
                "评分都保存在本机，可以查看；有意见请告诉组长。",
                "They are kept on this laptop to look at; tell the lead what you have to say.",
            ),
        ),
        Refusal::HasSealed => (
            (
                "这名组员已提交评分：提交了就算到场，他的评分照算，不能用缺席去掉。",
                "The member has submitted: whoever did was there, and that ballot counts; an absence takes no vote away.",
            ),
            (
                "评分有问题的，由本人撤回（hecha unseal）；有利益关系的登记回避。",
                "If the ballot is wrong the member takes it back (hecha unseal); ties are a matter of recusal.",
            ),
        ),
        Refusal::OwnAbsence => (
            (
                "组长和副组长不能登记自己缺席：登记的人就在场。",
                "Lead and deputies cannot record themselves as absent: whoever records it is there.",
            ),
            (
                "请由副组长登记；还没有副组长的，先指定一名（hecha visit deputy FILE 姓名）。",
                "A deputy records it; where there is none, name one first (hecha visit deputy FILE NAME).",
            ),
        ),
        Refusal::Absent => (
            (
                "您被登记为缺席，也没有提交评分：缺席的组员不参加合议，表决不计入。",
                "You are recorded as absent and have submitted nothing: who is absent takes no part in the discussion, and no vote of theirs counts.",
            ),
            ("有意见请告诉组长，写入报告。", "Tell the lead what you have to say, for the report."),
        ),
        Refusal::NotOpened => (
            (
                "还有计入的评分包没有打开：打开之前公开表决，会左右还没有公开的评分。",
                "Ballots that count are still shut: a vote in the clear before they are open would sway what is made of them.",
            ),
            (
                "请先让下一步所说的电脑同步（hecha sync），评分都打开后再表决。",
                "Let the laptops sync that the next step names (hecha sync); vote once all ballots are open.",
            ),
        ),
    };
    Failure::new(exit(refusal), what, Text::new(why.0, why.1), Text::new(next.0, next.1))
}

/// Whether a person must act before the same command can work.
fn exit(refusal: Refusal) -> Exit {
    match refusal {
        Refusal::NotSealed
        | Refusal::NotSigned
        | Refusal::NotClosed
        | Refusal::NotAMember
        | Refusal::Waiting
        | Refusal::OwnAbsence
        | Refusal::NotOpened
        | Refusal::TooLate => Exit::NeedsPerson,
        _ => Exit::Fixable,
    }
}

/// That something was not done, by what it was.
fn not_done(edit: &Edit) -> Text {
    let (zh, en) = match edit {
        Edit::Finding { .. } | Edit::Vote { .. } => ("评分没有记录。", "The vote was not recorded."),
        Edit::Note { .. } => ("备注没有记录。", "The note was not recorded."),
        Edit::Evidence { .. } => ("附件没有记录。", "The attachment was not recorded."),
        Edit::Submit { .. } => ("评分没有提交。", "The ballot was not submitted."),
        Edit::Unseal => ("提交没有撤回。", "The submission was not taken back."),
        Edit::Declare(_) => ("申报没有记录。", "The declaration was not recorded."),
        Edit::Recuse { .. } => ("回避没有记录。", "The recusal was not recorded."),
        Edit::Absent { .. } => ("缺席没有记录。", "The absence was not recorded."),
        Edit::Plan(_) => ("分工方案没有记录。", "The plan was not recorded."),
        Edit::Close { .. } => ("评分没有结束。", "Scoring was not closed."),
        Edit::ClearVote { .. } => ("表决没有记录。", "The vote in the clear was not recorded."),
        Edit::Verdict { .. } | Edit::Gate { .. } => ("结论没有记录。", "The verdict was not recorded."),
        Edit::Dissent { .. } | Edit::Objection { .. } => ("意见没有记录。", "The opinion was not recorded."),
        Edit::Sign { .. } => ("没有签字。", "Nothing was signed."),
        Edit::Final(_) => ("核查没有定稿。", "The visit was not made final."),
        Edit::Admit { .. } => ("没有核准任何电脑。", "No laptop was admitted."),
        Edit::Deputy { .. } => ("没有指定副组长。", "No deputy was named."),
        Edit::Office { .. } => ("没有指定整改办公室。", "No office was named."),
        Edit::Retire { .. } => ("没有停用任何电脑。", "No laptop was retired."),
        Edit::Slot(_) => ("口令没有更改。", "The passphrase was not changed."),
        Edit::Facility { .. } => ("机构情况没有记录。", "The facility's profile was not recorded."),
        Edit::Rectify { .. } => ("台账没有更改。", "The ledger was not changed."),
        Edit::Found(_)
        | Edit::Join { .. }
        | Edit::JoinOffice
        | Edit::Blind { .. }
        | Edit::Device { .. }
        | Edit::Offer(_)
        | Edit::Release(_)
        | Edit::Key { .. }
        | Edit::Receipt { .. }
        | Edit::Unknown { .. } => ("没有记录。", "Nothing was recorded."),
    };
    Text::new(zh, en)
}
