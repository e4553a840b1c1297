//! The key table: the one source of the key lookup, the footer, the help screen, the palette and the manual.

use crossterm::event::KeyCode;

use crate::{
    app::report::{export::Format, forms::FormKind},
    domain::terms::{grade::Grade, lang::Lang},
    tui::keys::{Key, action::Action, context::Context},
};

/// A row of the key table.
#[derive(Debug)]
pub(crate) struct Binding {
    /// Where.
    pub(crate) context: Context,
    /// Which keys; the first is the one shown.
    pub(crate) keys: &'static [Key],
    /// What it does.
    pub(crate) action: Action,
    /// What it does, in words: Chinese, English.
    pub(crate) help: (&'static str, &'static str),
    /// A short form for the footer: Chinese, English; empty = not in the footer.
    pub(crate) hint: (&'static str, &'static str),
}

impl Binding {
    /// The help text.
    pub(crate) const fn help(&self, lang: Lang) -> &'static str {
        lang.pick(self.help.0, self.help.1)
    }

    /// The footer text.
    pub(crate) const fn hint(&self, lang: Lang) -> &'static str {
        lang.pick(self.hint.0, self.hint.1)
    }

    /// All its keys, as shown.
    pub(crate) fn keys_label(&self, lang: Lang) -> String {
        self.keys.iter().map(|key| key.label(lang)).collect::<Vec<_>>().join(" ")
    }
}

macro_rules! bindings {
    ($($context:ident { $($action:expr, [$($key:expr),+], $zh:literal, $en:literal $(, $hint_zh:literal, $hint_en:literal)?;)* })*) => {
        &[$($(Binding {
            context: Context::$context,
            keys: &[$($key),+],
            action: $action,
            help: ($zh, $en),
            hint: bindings!(@hint $($hint_zh, $hint_en)?),
        },)*)*]
    };
    (@hint) => { ("", "") };
    (@hint $zh:literal, $en:literal) => { ($zh, $en) };
}

const UP: Key = Key::of(KeyCode::Up);
const DOWN: Key = Key::of(KeyCode::Down);
const LEFT: Key = Key::of(KeyCode::Left);
const RIGHT: Key = Key::of(KeyCode::Right);
const PAGE_UP: Key = Key::of(KeyCode::PageUp);
const PAGE_DOWN: Key = Key::of(KeyCode::PageDown);
const HOME: Key = Key::of(KeyCode::Home);
const END: Key = Key::of(KeyCode::End);
const TAB: Key = Key::of(KeyCode::Tab);
const BACK_TAB: Key = Key::of(KeyCode::BackTab);
const ENTER: Key = Key::of(KeyCode::Enter);
const ESC: Key = Key::of(KeyCode::Esc);
const DELETE: Key = Key::of(KeyCode::Delete);
const BACKSPACE: Key = Key::of(KeyCode::Backspace);

/// The table. The order is the order of footer and help.
pub(crate) const BINDINGS: &[Binding] = bindings! {
    Measured {
        Action::Type(0), [Key::ch('0')], "直接打数字：打开计算框，数字已填进去", "Type the number: opens the calculator with the digit in it", "-9 填数", "-9 number";
        Action::Type(1), [Key::ch('1')], "同上", "The same";
        Action::Type(2), [Key::ch('2')], "同上", "The same";
        Action::Type(3), [Key::ch('3')], "同上", "The same";
        Action::Type(4), [Key::ch('4')], "同上", "The same";
        Action::Type(5), [Key::ch('5')], "同上", "The same";
        Action::Type(6), [Key::ch('6')], "同上", "The same";
        Action::Type(7), [Key::ch('7')], "同上", "The same";
        Action::Type(8), [Key::ch('8')], "同上", "The same";
        Action::Type(9), [Key::ch('9')], "同上", "The same";
        Action::Give(Grade::A), [Key::ch('a')], "直接评 A(或 Tab 到条款栏按 1)", "Grade A directly (or Tab, then 1)";
        Action::Give(Grade::B), [Key::ch('b')], "直接评 B(或 Tab 到条款栏按 2)", "Grade B directly (or Tab, then 2)";
        Action::Give(Grade::C), [Key::ch('c')], "直接评 C(或 Tab 到条款栏按 3)", "Grade C directly (or Tab, then 3)";
        Action::Give(Grade::D), [Key::ch('d')], "直接评 D(或 Tab 到条款栏按 4)", "Grade D directly (or Tab, then 4)";
        Action::Absent, [Key::ch('x')], "未评(或 Tab 到条款栏按 0)", "Absent (or Tab, then 0)";
        Action::Reason, [Key::ch('r')], "写理由(或 Tab 到条款栏按 5)", "Write the reason (or Tab, then 5)";
        Action::Log, [Key::ch('p')], "本条款的记录(或 Tab 到条款栏按 9)", "Log of the clause (or Tab, then 9)";
        Action::SwitchOrder, [Key::ch('v')], "按领域/按地点排列(或 Tab 到条款栏按 6)", "By area or by place (or Tab, then 6)";
        Action::NextFilter, [Key::ch('f')], "筛选(或 Tab 到条款栏按 7)", "Filter (or Tab, then 7)";
        Action::Remaining, [Key::ch('w')], "还有什么没做(或 Tab 到条款栏按 8)", "What is left (or Tab, then 8)";
    }
    Points {
        Action::Toggle, [Key::ch(' ')], "未记的勾选记为是；已记的换是、否、不适用、未记；末个要点已记时到下一条款", "An open tick becomes yes; a recorded one cycles yes, no, n/a, open; on the last point go on to the next clause", "是", "yes";
        Action::Yes, [Key::ch('='), Key::ch('+'), Key::ch('y')], "符合：勾选记为是，比率记为满分(样本数/样本数)，清点在位记为全有；到下一要点", "Met: a tick is yes, a share is all of the sample, a presence list is complete; go on", "符合", "met";
        Action::No, [Key::ch('-'), Key::ch('n')], "要点记为否，到下一要点", "Point: no, go on", "否", "no";
        Action::AllMet, [Key::ch('.'), Key::ctrl('e')], "本条款还没记的都符合：勾选为是，清点在位为全有；比率和数值不代填", "All that is open in the clause is met: ticks yes, presence lists complete; no share or number is filled in", "全符合", "all met";
        Action::CopyEarlier, [Key::ch(',')], "抄同一清单、同一样本或同样要点先前的记录，核对后再存", "Copy what was recorded for the same list, sample or point; stored once you have checked it";
        Action::Confirm, [ENTER], "打开要点的计算框；勾选同空格", "Open the point's calculator; on a tick as Space", "计算", "open";
        Action::NotApplicable, [Key::ch('*'), Key::ch('m')], "要点不适用(只在条款允许时)", "Point does not apply (only where allowed)";
        Action::Clear, [DELETE, BACKSPACE], "清除要点的记录", "Take the point's finding back";
        Action::Note, [Key::f(2)], "写备注", "Write a note", "备注", "note";
    }
    Clauses {
        Action::Confirm, [ENTER], "到要点栏", "Go to the points", "要点", "points";
        Action::Toggle, [Key::ch(' ')], "到要点栏", "Go to the points";
        Action::Clear, [DELETE, BACKSPACE], "收回直接给的档次或未评说明", "Take back the direct grade or absence";
        Action::Note, [Key::f(2), Key::ch('n')], "写备注", "Write a note", "备注", "note";
    }
    Guide {
        Action::Confirm, [ENTER], "到要点栏", "Go to the points", "要点", "points";
        Action::Toggle, [Key::ch(' ')], "到要点栏", "Go to the points";
        Action::Note, [Key::f(2), Key::ch('n')], "写备注", "Write a note", "备注", "note";
    }
    Grading {
        Action::Give(Grade::A), [Key::ch('1'), Key::ch('a')], "直接评 A", "Grade A directly", "-4 评A-D", "-4 grade";
        Action::Give(Grade::B), [Key::ch('2'), Key::ch('b')], "直接评 B", "Grade B directly";
        Action::Give(Grade::C), [Key::ch('3'), Key::ch('c')], "直接评 C", "Grade C directly";
        Action::Give(Grade::D), [Key::ch('4'), Key::ch('d')], "直接评 D", "Grade D directly";
        Action::Absent, [Key::ch('0'), Key::ch('x')], "未评：未看、不适用、资料未提供，及理由", "Absent: not seen, not applicable, not provided; with a reason", "未评", "absent";
        Action::Reason, [Key::ch('5'), Key::ch('r')], "写理由", "Write the reason";
        Action::SwitchOrder, [Key::ch('6'), Key::ch('v')], "条款按领域/按地点(走动路线)排列", "Clauses by area or by place (the walk)", "-8 路线筛选", "-8 route";
        Action::NextFilter, [Key::ch('7'), Key::ch('f')], "筛选：未评、缺理由、记了部分、我的、本专业、核心、全部", "Filter: unscored, reason owed, partly, mine, my field, core";
        Action::Remaining, [Key::ch('8'), Key::ch('w')], "还有什么没做：按领域、按地点，跳到那里", "What is left, by area and by place, with jumps";
        Action::Log, [Key::ch('9'), Key::ch('p')], "本条款的记录：谁记了什么、取代了什么、是否计入", "Log of the clause: what was recorded by whom, what it replaced, whether it counts";
    }
    Score {
        Action::NextUnscored, [Key::ch(']'), Key::ctrl('n')], "到下一个未评条款", "Next unscored clause", "下一个", "next";
        Action::PrevUnscored, [Key::ch('['), Key::ctrl('p')], "到上一个未评条款", "Previous unscored clause";
        Action::NextPane, [TAB], "换栏", "Other pane", "换栏", "pane";
        Action::PrevPane, [BACK_TAB], "换栏", "Other pane";
        Action::Left, [LEFT, Key::ch('h')], "到左边一栏：说明、要点、条款", "Pane on the left: guide, points, clauses";
        Action::Right, [RIGHT, Key::ch('l')], "到右边一栏：条款、要点、说明", "Pane on the right: clauses, points, guide";
        Action::Evidence, [Key::f(3), Key::ch('e')], "附照片和文件", "Attach photos and files", "附件", "files";
        Action::AutoAdvance, [Key::ctrl('a'), Key::ch('t')], "直接评档后自动到下一未评条款：开/关", "After a direct grade go on to the next unscored clause: on/off";
    }
    Home {
        Action::Confirm, [ENTER, Key::ch(' ')], "打开所选核查", "Open the selected visit", "打开", "open";
        Action::OpenSample, [Key::ch('1')], "打开示例核查", "Open the sample visit", "示例", "sample";
        Action::FoundVisit, [Key::ch('2'), Key::ch('n')], "新建核查", "Found a visit", "新建", "found";
        Action::OpenFile, [Key::ch('3'), Key::ch('o')], "打开共享文件", "Open a shared file", "打开文件", "open file";
    }
    Merge {
        Action::Decide, [ENTER, Key::ch(' ')], "组长：作合议结论或否决情形结论，附理由", "Lead: decide the clause or gate, with a reason", "合议", "decide";
        Action::NextUndecided, [Key::ch(']'), Key::ctrl('n')], "到下一个未定的条款或未答的否决情形", "Next undecided clause or unanswered gate", "下一未定", "next";
        Action::Dissent, [Key::ch('5'), Key::ch('w')], "说明自己的评分为什么不同，可作为少数意见写入报告", "Say why your own vote differs; may go into the report as a minority opinion", "说明", "why";
        Action::NextPane, [TAB], "展开所选条款的全部要点和评分，再用上下键滚动；再按收起", "Unfold all points and votes of the selected clause and scroll them with up and down; again to fold", "详情", "details";
        Action::VoteOpenly, [Key::ch('6'), Key::ch('v')], "合议表决：评分结束后，对所选条款公开表决，原来的评分不变", "Vote on the selected clause in the clear, after the closing; the ballot stays", "表决", "vote";
        Action::ShowAll, [Key::ch('*'), Key::ch('a')], "展开/收起意见一致的条款", "Unfold or fold the clauses that agree", "全部", "all";
        Action::PrevUndecided, [Key::ch('['), Key::ctrl('p')], "到上一个未定的条款或未答的否决情形", "Previous undecided clause or unanswered gate";
        Action::Log, [Key::ch('9'), Key::ch('p')], "所选条款或否决情形的记录：谁记了什么、取代了什么、是否计入", "Log of the selected clause or gate: what was recorded by whom, what it replaced, whether it counts", "记录", "log";
        Action::BackToRule, [DELETE, BACKSPACE], "收回组长结论，回到规则", "Take the lead's verdict back to the rule";
        Action::Left, [LEFT, Key::ch('h')], "组员列左移", "Members to the left", "-右 换列", "-Right cols";
        Action::Right, [RIGHT, Key::ch('l')], "组员列右移", "Members to the right";
    }
    Outcome {
        Action::Confirm, [ENTER], "到合议里的这一条", "Go to this clause in the merge", "到合议", "to merge";
        Action::Log, [Key::ch('9'), Key::ch('p')], "所选条款的记录；不在条款上时，整个核查的", "Log of the selected clause; elsewhere, of the whole visit", "记录", "log";
    }
    Chair {
        Action::Admit, [Key::ch('1'), Key::ch('a')], "组长：输入加入码，核准等待的电脑", "Lead: type a join code and admit the laptop", "核准", "admit";
        Action::Deputy, [Key::ch('2'), Key::ch('d')], "组长：指定所选组员为副组长", "Lead: name the selected member deputy", "副组长", "deputy";
        Action::Retire, [Key::ch('3'), Key::ch('x')], "组长：停用所选组员的电脑或所选的电脑", "Lead: retire the selected laptop, or the selected member's", "停用", "retire";
        Action::Recuse, [Key::ch('4')], "组长：登记或解除所选组员的回避", "Lead: record or lift a recusal of the selected member", "回避", "recuse";
        Action::Plan, [Key::ch('5')], "组长：排分工，谁评哪些条款，一天排得下", "Lead: plan the day, who scores what", "分工", "plan";
        Action::CloseScoring, [Key::ctrl('e')], "组长：结束评分；已结束的，补入迟到的封存", "Lead: close scoring; once closed, count late seals", "结束评分", "close scoring";
        Action::RecordAbsence, [Key::ch('6')], "组长：登记或撤回所选组员缺席", "Lead: record that the selected member is absent, or take it back", "缺席", "absent";
    }
    Ledger {
        Action::Confirm, [ENTER, Key::ch(' ')], "所选一项的下一步：提交、复核销号或重开", "Next step of the item: hand in, close, or reopen", "下一步", "next";
        Action::HandIn, [Key::ch('1')], "提交整改情况，可附文件", "Hand in what was done, with files", "提交", "hand in";
        Action::CloseItem, [Key::ch('2')], "复核销号：由第二个人按要点重新核查", "Close: a second person scores the point again", "销号", "close";
        Action::ReopenItem, [Key::ch('3')], "退回，或重新打开", "Hand back, or open again", "重开", "reopen";
        Action::PlanItem, [Key::ch('4')], "组长：整改目标、责任人、完成时限", "Lead: goal, person, deadline", "目标", "plan";
        Action::AddItem, [Key::ch('5')], "组长：另列一项", "Lead: put one more item on the ledger", "另列", "add";
        Action::StrikeItem, [Key::ch('6'), DELETE], "组长：不列入台账", "Lead: take the item off the ledger", "不列入", "strike";
        Action::WriteLedger, [Key::ch('7')], "导出台账工作簿，发给机构填写", "Write the ledger as a workbook for the facility", "导出", "export";
        Action::ReadLedger, [Key::ch('8')], "读回机构填好的台账", "Take in the ledger that the facility filled in", "读回", "import";
        Action::NextPane, [TAB], "只看一类：全部、整改中、待复核、逾期、已销号", "Show one kind: all, open, handed in, overdue, closed", "筛选", "filter";
    }
    Panel {
        Action::Facility, [Key::ch('7'), Key::ch('i')], "机构基本情况：组长填写，其他人查看", "Facility profile: the lead fills it in, others look", "机构情况", "facility";
    }
    Report {
        Action::Confirm, [ENTER], "生成所选格式", "Write the selected format", "生成", "write";
        Action::WriteAll, [Key::ch('0')], "生成全部格式", "Write all formats", "全部", "all";
        Action::Write(Format::Docx), [Key::ch('1')], "生成现场核查报告(docx)", "Write the site-visit report (docx)";
        Action::Write(Format::Xlsx), [Key::ch('2')], "生成工作簿(xlsx)", "Write the workbook (xlsx)";
        Action::Write(Format::Html), [Key::ch('3')], "生成网页(html)", "Write the web page (html)";
        Action::Write(Format::Md), [Key::ch('4')], "生成 Markdown", "Write Markdown";
        Action::Write(Format::Csv), [Key::ch('5')], "生成 CSV", "Write CSV";
        Action::Write(Format::Json), [Key::ch('6')], "生成 JSON", "Write JSON";
        Action::WriteForm(FormKind::Recommendation), [Key::ch('7')], "生成推荐表(docx)", "Write the recommendation form (docx)";
        Action::WriteForm(FormKind::Declaration), [Key::ch('8')], "生成声明与回避表(docx)", "Write the declarations and recusals (docx)";
        Action::WriteForm(FormKind::Notice), [Key::ch('9')], "生成结果公示(docx)", "Write the notice of results (docx)";
        Action::WriteForm(FormKind::Closure), [Key::ch('-')], "生成整改销号单(docx)", "Write the rectification and closure form (docx)";
        Action::SwitchTemplate, [Key::ctrl('a'), Key::ch('t')], "报告模板：本机的/自带的", "Report template: this laptop's or the program's";
        Action::Toggle, [Key::ch(' ')], "评分署名：是/否", "Votes with names: yes/no", "署名", "names";
        Action::Folder, [TAB, Key::ch('f')], "改存放文件夹", "Change the folder", "文件夹", "folder";
    }
    Visit {
        Action::Find, [Key::ch('/'), Key::ctrl('f')], "查找条款、要点、提示、地点、备注；标题可打拼音首字母", "Find in clauses, points, hints, places, notes; or pinyin", "查找", "find";
        Action::Undo, [Key::ctrl('z'), Key::ch('u')], "撤销自己的上一步；已提交的，评分结束前可撤回", "Undo one's last change; a submission, until scoring is closed", "撤销", "undo";
        Action::Redo, [Key::ctrl('y'), Key::ctrl('r')], "重做", "Redo";
        Action::Changes, [Key::ch('<'), Key::ch('U')], "自己最近的改动：看清单，撤销到其中一步", "Own last changes: read them, take back as far as one of them";
        Action::Sync, [Key::ctrl('s'), Key::ch('s')], "与共享文件同步", "Sync with the shared file", "同步", "sync";
        Action::AutoSync, [Key::ctrl('o')], "自动同步：开/关", "Sync by itself: on/off";
        Action::SyncLog, [Key::ctrl('g')], "同步记录：每次同步带来了什么", "Sync log: what each sync brought";
        Action::NextConflict, [Key::ctrl('k'), Key::ch('}')], "到下一个冲突条款(自己的两台电脑记得不同)", "Next conflict (two laptops of yours differ)";
        Action::Codes, [Key::ctrl('d')], "我的加入码与恢复码", "My join code and recovery code";
        Action::Passphrase, [Key::ctrl('x')], "口令：设置或更换口令(组长)；输入共享文件的口令(组员)", "Passphrase: set or change it (lead); give that of the shared file (members)";
        Action::Submit, [Key::f(12), Key::ctrl('t')], "提交自己的评分包", "Submit one's ballot", "提交", "submit";
        Action::Declare, [Key::ctrl('b')], "利益关系申报与申请回避", "Declare interests, ask to be recused";
        Action::Ending, [Key::ctrl('w')], "签字与定稿：未处理事项、签字、机构异议", "Sign and finalise: open matters, signatures, objections", "签字", "sign";
        Action::Feedback, [Key::ctrl('u'), Key::f(11)], "现场反馈：优势、问题、立即整改，供投影，不含姓名和评分", "Feedback for the exit meeting: strengths, problems, fix now; no names, no votes";
        Action::GoScore, [Key::f(5)], "评分", "Score";
        Action::GoPanel, [Key::f(6)], "专家组", "Panel";
        Action::GoMerge, [Key::f(7)], "合议", "Merge";
        Action::GoOutcome, [Key::f(8)], "结论", "Outcome";
        Action::GoLedger, [Key::f(9)], "整改台账", "Rectification";
        Action::GoReport, [Key::f(10)], "报告", "Report";
        Action::Cancel, [ESC], "返回", "Back";
    }
    List {
        Action::Up, [UP, Key::ch('k')], "上移", "Up";
        Action::Down, [DOWN, Key::ch('j')], "下移", "Down";
        Action::PageUp, [PAGE_UP], "上翻一页", "Page up";
        Action::PageDown, [PAGE_DOWN], "下翻一页", "Page down";
        Action::First, [HOME, Key::ch('g')], "到开头", "First";
        Action::Last, [END, Key::ch('G')], "到末尾", "Last";
    }
    Global {
        Action::Help, [Key::f(1), Key::ch('?')], "帮助", "Help", "帮助", "help";
        Action::Palette, [Key::f(4), Key::ch(':')], "命令面板", "Command palette", "命令", "menu";
        Action::SwitchLang, [Key::ctrl('l')], "中文/English", "中文/English";
        Action::Quit, [Key::ctrl('q'), Key::ch('q')], "离开程序(一切已存)", "Leave (everything is saved)", "离开", "leave";
        Action::QuitTwice, [Key::ctrl('c')], "按两次离开程序", "Press twice to leave";
    }
    Inventory {
        Action::Toggle, [Key::ch(' ')], "换状态：正常、故障、过期、缺", "Cycle: ok, faulty, expired, missing", "换状态", "cycle";
        Action::Set(1), [Key::ch('1')], "正常，到下一件", "OK, go on", "正常", "ok";
        Action::Set(2), [Key::ch('2')], "故障，到下一件", "Faulty, go on", "故障", "faulty";
        Action::Set(3), [Key::ch('3')], "过期，到下一件", "Expired, go on", "过期", "expired";
        Action::Set(4), [Key::ch('4')], "缺，到下一件", "Missing, go on", "缺", "missing";
        Action::AllOk, [Key::ch('0'), Key::ch('a')], "全部正常", "All ok", "全部正常", "all ok";
        Action::Clear, [DELETE, BACKSPACE], "这一件改回未看", "Not looked at";
    }
    Count {
        Action::Toggle, [Key::ch(' ')], "有/无，到下一项", "Found or not, go on", "有/无", "found";
        Action::AllOk, [Key::ch('0'), Key::ch('a')], "全部有", "All found", "全部有", "all found";
        Action::Clear, [DELETE, BACKSPACE], "全部清除", "Clear all";
    }
    Evidence {
        Action::Toggle, [Key::ch(' ')], "勾选文件(在路径里是空格)", "Mark a file (a blank in the path)", "勾选", "mark";
        Action::Clear, [DELETE], "取下所选的附件", "Take the chosen thing back", "取下", "take back";
    }
    Remaining {
        Action::ShowClock, [Key::ch('1')], "显示/不显示还需多少分钟、几点能完", "Show or hide how many minutes are left, and until when", "剩余时间", "time left";
    }
    Submitting {
        Action::GoUnscored, [Key::ch('1')], "到第一个未评条款", "Go to the first unscored clause", "到未评", "unscored";
        Action::GoOwed, [Key::ch('2')], "到第一个缺理由条款", "Go to the first clause without a reason", "到缺理由", "reasons";
        Action::GoConflict, [Key::ch('3')], "到第一个冲突条款", "Go to the first conflict", "到冲突", "conflicts";
        Action::Toggle, [Key::ch(' ')], "以上已核对，再问一次", "I have read this; ask once more", "已核对", "checked";
    }
    Closing {
        Action::Toggle, [Key::ch(' ')], "以上已核对，再问一次", "I have read this; ask once more", "已核对", "checked";
    }
    Ending {
        Action::Sign, [Key::ch('1')], "在核查记录上签字", "Sign the record", "签字", "sign";
        Action::Waive, [Key::ch('2')], "组长：豁免所选事项，写明理由", "Lead: let the selected matter pass, with a reason", "豁免", "waive";
        Action::Object, [Key::ch('3')], "组长：登记机构异议，或答复所选异议", "Lead: record an objection, or answer the selected one", "异议", "objection";
        Action::Finalize, [Key::ch('4')], "组长：定稿", "Lead: make final", "定稿", "make final";
    }
    Feedback {
        Action::Right, [Key::ch(' '), RIGHT], "下一页", "Next page", "下一页", "next page";
        Action::Left, [LEFT, BACKSPACE], "上一页", "Previous page", "上一页", "previous page";
    }
    Joining {
        Action::Recovery, [Key::f(3)], "填恢复码后加入", "Join with a recovery code", "恢复码", "recovery";
    }
    Codes {
        Action::SaveSheet, [Key::ch('1')], "把恢复单存成文本文件，供打印", "Save the recovery sheet as a text file, to print", "存成文件", "save";
        Action::Toggle, [Key::ch(' ')], "已抄好", "Copied";
    }
    Seat {
        Action::Toggle, [Key::ch(' ')], "已核对", "Checked", "已核对", "checked";
    }
    Retiring {
        Action::Set(1), [Key::ch('1')], "停用：已同步的评分保留", "Retire: what it synced stays", "保留", "keep";
        Action::Set(2), [Key::ch('2')], "停用：全部不计入", "Retire: nothing of it counts", "不计", "drop";
    }
    Locked {
        Action::Passphrase, [Key::ch('1'), Key::ctrl('x')], "输入共享文件的口令", "Give the passphrase of the shared file", "输入口令", "passphrase";
    }
    Choice {
        Action::Up, [UP, Key::ch('k')], "上移", "Up";
        Action::Down, [DOWN, Key::ch('j')], "下移", "Down";
        Action::PageUp, [PAGE_UP], "上翻一页", "Page up";
        Action::PageDown, [PAGE_DOWN], "下翻一页", "Page down";
        Action::First, [HOME], "到开头", "First";
        Action::Last, [END], "到末尾", "Last";
        Action::Confirm, [ENTER], "确定", "OK", "确定", "ok";
        Action::Cancel, [ESC], "返回", "Back", "返回", "back";
    }
    Planning {
        Action::Submit, [Key::f(12), Key::ctrl('s')], "按此分工并同步", "Make it the plan and sync", "生效", "apply";
        Action::Set(1), [Key::ch('1')], "1 号组员评或不评所选条款", "Member 1 scores the selected clause, or not", "-9 派给", "-9 give";
        Action::Set(2), [Key::ch('2')], "2 号组员评或不评所选条款", "Member 2 scores the selected clause, or not";
        Action::Set(3), [Key::ch('3')], "3 号组员评或不评所选条款", "Member 3 scores the selected clause, or not";
        Action::Set(4), [Key::ch('4')], "4 号组员评或不评所选条款", "Member 4 scores the selected clause, or not";
        Action::Set(5), [Key::ch('5')], "5 号组员评或不评所选条款", "Member 5 scores the selected clause, or not";
        Action::Set(6), [Key::ch('6')], "6 号组员评或不评所选条款", "Member 6 scores the selected clause, or not";
        Action::Set(7), [Key::ch('7')], "7 号组员评或不评所选条款", "Member 7 scores the selected clause, or not";
        Action::Set(8), [Key::ch('8')], "8 号组员评或不评所选条款", "Member 8 scores the selected clause, or not";
        Action::Set(9), [Key::ch('9')], "9 号组员评或不评所选条款", "Member 9 scores the selected clause, or not";
        Action::Left, [LEFT], "现场时间减半小时", "Half an hour less on site";
        Action::Right, [RIGHT], "现场时间加半小时", "Half an hour more on site", "小时", "hours";
        Action::CoreVotes, [Key::f(2)], "核心条款每条几票，重排", "Votes on a core clause; plan anew", "核心票", "core";
        Action::OtherVotes, [Key::f(3)], "其余条款每条几票，重排", "Votes on the other clauses; plan anew", "其余票", "others";
        Action::DocumentsApart, [Key::f(6)], "资料提前看，或当天看；重排", "Documents before the visit or on the day; plan anew", "资料", "papers";
        Action::PlanAnew, [Key::f(5)], "全部重排", "Plan anew", "重排", "anew";
        Action::PlanAgain, [Key::f(7)], "有人离开后只派空下的，其余不动", "Divide only what those who left leave behind", "补派", "refill";
    }
    Founding {
        Action::AddRow, [Key::ctrl('n')], "再加一名组员", "One more member", "加组员", "add member";
        Action::Submit, [Key::f(12), Key::ctrl('s')], "建立核查", "Found the visit", "建立", "found";
        Action::Reveal, [Key::ctrl('e')], "显示或隐藏口令", "Show or hide the passphrase";
    }
    Passphrase {
        Action::Reveal, [Key::ctrl('e')], "显示或隐藏口令", "Show or hide the passphrase", "显示/隐藏", "show/hide";
    }
    Fields {
        Action::Up, [UP], "上一栏", "Previous field";
        Action::Down, [DOWN], "下一栏", "Next field";
        Action::PageUp, [PAGE_UP], "上翻一页", "Page up";
        Action::PageDown, [PAGE_DOWN], "下翻一页", "Page down";
        Action::NextPane, [TAB], "下一栏；路径：补全", "Next field; in a path: complete";
        Action::PrevPane, [BACK_TAB], "上一栏", "Previous field";
        Action::Confirm, [ENTER], "确定", "OK", "确定", "ok";
        Action::Cancel, [ESC], "返回", "Back", "返回", "back";
    }
    Reason {
        Action::LastReason, [Key::ctrl('r')], "填上一次写的理由", "Put in the reason written last", "上次的理由", "last reason";
        Action::Phrases, [Key::f(3), Key::ctrl('p')], "常用语：数据文件夹里的 phrases.txt，一行一句", "Phrases: phrases.txt of the data folder, one a line", "常用语", "phrases";
    }
    NoteBox {
        Action::Phrases, [Key::f(3), Key::ctrl('p')], "常用语：数据文件夹里的 phrases.txt，一行一句", "Phrases: phrases.txt of the data folder, one a line", "常用语", "phrases";
        Action::Confirm, [ESC, Key::ctrl('s'), Key::f(2)], "存下备注并返回(回车是换行)", "Save the note and go back (Enter is a new line)", "存下并返回", "save and go back";
    }
};
