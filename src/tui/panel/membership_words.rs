//! Texts about who may speak: joining, codes, admitting, deputies, lost laptops.

use crate::{
    domain::terms::lang::{Lang, Text},
    tui::desk::effect::Occasion,
    words::{counted, sayings},
};

sayings! {
    join_title = "以谁的身份加入", "Join as whom";
    join_help = "选自己的姓名，回车加入;Esc 只看不评", "Pick your own name, Enter joins; Esc only to look";
    taken = "已有电脑", "has a laptop";
    outsider = "名单外的专家...", "An expert who is not on the roster...";
    why_free = "这个姓名还没有电脑加入：回车就加入，可以马上评分。", "No laptop has joined under this name yet: Enter joins, and you can score at once.";
    why_taken = "这个姓名已有电脑加入：本机加入后等待组长核准，评分先保存、不计入。原来的电脑丢了或坏了，填它的恢复码可以读回已同步的评分。", "A laptop has joined under this name: this one then waits for the lead, and its votes are kept and not counted. If the other one is lost or broken, its recovery code brings its synced votes back.";
    why_outsider = "写明姓名、专业和职称加入，组长核准后才能评分。", "Join with name, field and title; you can score once the lead has admitted you.";
    recovery = "恢复码", "Recovery code";
    recovery_help = "没有恢复码就空着。回车加入，Esc 返回名单。", "Leave the code empty if you have none. Enter joins, Esc goes back to the roster.";
    outsider_help = "回车到下一栏，在末栏加入;专业用左右键或数字选;Esc 返回名单", "Enter goes on, in the last field it joins; Left/Right or digits choose the field; Esc goes back";
    no_name = "姓名还空着", "The name is missing";
    on_roster = "名单上有这个姓名，请按 Esc 回名单里选", "This name is on the roster: press Esc and pick it there";
    codes_title = "加入码与恢复码", "Join code and recovery code";
    sheet_title = "恢复单", "Recovery sheet";
    join_code = "加入码：念给组长听，组长输入这 12 位", "Join code: read these 12 signs to the lead, who types them";
    last_four = "末 4 位：与组长屏幕上显示的核对", "Last 4 signs: compare with what the lead's screen shows";
    is_checked = "组长已核对过这台电脑", "The lead has checked this laptop";
    recovery_code = "恢复码：抄在纸上，与电脑分开放", "Recovery code: copy it onto paper, and keep it apart from the laptop";
    recovery_use = "电脑丢了或坏了，在另一台电脑上加入时填它，读回已同步的评分。", "If this laptop is lost or breaks, type it when joining on another one: it brings the synced votes back.";
    recovery_lead = "电脑丢了或坏了，在另一台电脑上以组长姓名加入时填它，接续组长的身份。没有它，这次核查就没有组长了。", "If this laptop is lost or breaks, type it when joining as the lead on another one, and go on as the lead. Without it the visit would have no lead.";
    copied = "已抄好", "Copied";
    copy_first = "抄好后先按空格勾选，或按 Esc 以后再抄", "Press Space once it is copied, or Esc to copy it later";
    save_title = "恢复单存到哪里(打印后删除)", "Where to save the sheet (delete it once printed)";
    save_help = "Tab 补全，上下选择，回车保存；填文件夹就自动取名", "Tab completes, Up/Down choose, Enter saves; a folder will do";
    admit_title = "核准电脑", "Admit a laptop";
    admit_help = "输入对方念的前 12 位；连字符和大小写不用管", "Type the first 12 signs; hyphens and capitals do not matter";
    admit_who = "还没有核对的电脑", "Laptops that nobody has checked";
    admit_nobody = "没有还没核对的电脑。对方加入后要先同步一次，这里也要同步。", "None. After joining the other laptop must sync once, and so must this one.";
    code = "加入码", "Join code";
    admitted_title = "已核准", "Admitted";
    admitted_compare = "请对方看自己屏幕上的末 4 位，应当是:", "Ask them to look at the last 4 signs on their screen. They should be:";
    admitted_same = "一致，完成", "They are the same: done";
    admitted_differ = "不一致：停用这台电脑", "They differ: retire that laptop";
    waits = "等待核准", "waits";
    counts_unchecked = "身份未核对", "not verified";
    deputy_title = "指定副组长", "Name a deputy";
    deputy_text = "副组长可以代组长合议、结束评分、核准和停用电脑，不能再指定别人。指定后不能收回，只能停用其电脑。", "A deputy may decide, close scoring, admit and retire laptops for the lead, and names nobody else. This cannot be taken back, other than by retiring the laptop.";
    deputy_checked = "已核对，确定指定", "Checked: name the deputy";
    deputy_lead_only = "只有组长本人可以指定副组长", "Only the lead can name a deputy";
    deputy_already = "已经是副组长", "Is a deputy already";
    deputy_self = "组长不用指定自己", "The lead needs no deputy's rights";
    retire_title = "停用电脑", "Retire a laptop";
    retire_keep = "已同步的评分保留，以后的不计入", "What it synced so far stays; nothing later counts";
    retire_drop = "全部不计入，已同步的也不算", "Nothing of it counts, not even what it synced";
    retire_text = "停用后不能恢复；本人可以用另一台电脑重新加入。", "This cannot be taken back; the member can join again on another laptop.";
    retire_checked = "已核对，确定停用", "Checked: retire it";
    retire_self = "不能停用本机", "This laptop cannot retire itself";
    retire_none = "没有可停用的电脑", "There is no laptop to retire";
    retire_which = "有几台电脑，先用上下键选其中一台", "There are several laptops: choose one with Up and Down first";
    two_keys = "空格勾选，再按回车；Esc 返回", "Space to check, then Enter; Esc goes back";
    choose_member = "先用上下键选一名组员", "Choose a member with Up and Down first";
    check_first = "先用加入码核对身份(按 1)", "Check the join code first (press 1)";
    retired = "已停用", "retired";
    forked = "分叉(克隆的磁盘或恢复的备份)", "forked (a cloned disk or a restored backup)";
    this_laptop = "本机", "this laptop";
    laptop = "电脑", "laptop";
    missing = "有记录缺失，请本人再同步一次", "records are missing: another sync of this member brings them";
    two_submissions = "两台电脑各自封存，都算", "two laptops sealed apart from each other: both count";
    several_claims = "几台电脑都用这个姓名，等组长核准其中一台", "several laptops claim this name: the lead admits one";
    not_on_roster = "名单外", "not on the roster";
    waiting_laptops = "等待核准的电脑", "Laptops that wait";
    no_conflicts = "没有冲突条款", "No conflicts";
}

/// How the dialog with the codes is closed, and that the codes can be seen again with a key.
pub(crate) fn codes_how(lang: Lang, occasion: Occasion, key: &str) -> String {
    match occasion {
        Occasion::New => Text::new(
            format!("空格勾选，再按回车关闭；以后按 {key} 再看"),
            format!("Space to check, then Enter to close; {key} shows them again"),
        )
        .said(lang),
        Occasion::Again => lang.pick("回车关闭", "Enter to close").to_owned(),
    }
}

pub(crate) fn typed(lang: Lang, n: usize, of: usize) -> String {
    Text::new(format!("已输入 {n}/{of} 位"), format!("{n} of {of} signs")).said(lang)
}

pub(crate) fn commits(lang: Lang, n: u64) -> String {
    let n_shown = usize::try_from(n).unwrap_or(usize::MAX);
    Text::new(format!("提交包 {n} 个"), counted(n_shown, "commit", "commits")).said(lang)
}

pub(crate) fn sheet_saved(lang: Lang, path: &str) -> String {
    Text::new(
        format!("恢复单已存到 {path}，打印后请删除"),
        format!("Saved to {path}; delete it once it is printed"),
    )
    .said(lang)
}

/// What a member recorded that no seal covers.
pub(crate) fn late(lang: Lang, n: usize) -> String {
    Text::new(
        format!("封存后的记录 {n} 份，不计票"),
        format!("{} after the seal, not counted", counted(n, "record", "records")),
    )
    .said(lang)
}
