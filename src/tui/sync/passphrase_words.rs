//! Texts about the passphrase of an encrypted shared file.

use crate::{domain::terms::lang::Lang, words::sayings};

sayings! {
    open_title = "加密的核查", "An encrypted visit";
    open_text = "这个共享文件设了口令。向组长要口令，在这台电脑上给一次即可，以后不再问。", "This shared file has a passphrase. Ask the lead for it; once on this laptop is enough.";
    unlock_title = "共享文件的口令", "Passphrase of the shared file";
    unlock_text = "组长给共享文件设了口令。本机的评分都在，给一次口令就继续同步。", "The lead gave the shared file a passphrase. All scores are on this laptop; give it once and syncing goes on.";
    set_title = "设置口令", "Set a passphrase";
    set_text = "设口令后共享文件就加密了，不能再改回不加密。已加入的组员下次同步时各给一次。请当面或打电话告诉大家，不要和文件放在一起。", "The shared file is then encrypted for good. Members who joined give the passphrase once at their next sync. Tell them in person or by phone; never keep it beside the file.";
    change_title = "更换口令", "Change the passphrase";
    change_text = "换口令后，已给过口令的组员不受影响；以后加入的用新口令。旧口令打得开的旧文件仍打得开。", "Members who gave the old one notice nothing; whoever joins later needs the new one. Old copies of the file still open with the old one.";
    passphrase = "口令", "Passphrase";
    again = "再输一次", "Once more";
    rule = "至少 4 个汉字或 12 个字母，比如几个互不相干的词", "At least 12 letters or 4 Chinese characters, e.g. a few unrelated words";
    optional = "可以空着：不加密。", "May stay empty: not encrypted. ";
    empty = "口令还空着", "The passphrase is missing";
    differ = "两次输入的口令不一样", "The two passphrases differ";
    checking = "正在处理，约一秒...", "Working, about a second...";
    show = "显示/隐藏", "show/hide";
    wait = "正在同步，稍后再按回车", "A sync is running: press Enter again in a moment";
    taken = "口令已存好，正在同步", "The passphrase is kept; syncing";
    held = "共享文件已加密，本机能打开；只有组长可以换口令", "The shared file is encrypted and opens here; only the lead can change the passphrase";
    none = "共享文件没有加密；只有组长可以设口令", "The shared file is not encrypted; only the lead can set a passphrase";
    encrypted = "共享文件已加密", "The shared file is encrypted";
    short = "已加密", "encrypted";
    short_asks = "已加密，本机还没有口令", "encrypted, passphrase missing here";
}
