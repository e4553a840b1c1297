//! What is said on a laptop that waits for the lead to admit it, whenever something was recorded there.

use crate::{app::session::Session, cli::output::Output, domain::terms::lang::Text};

/// That it is saved and does not count yet; or, once scoring is closed, that it never will.
pub(crate) fn say_waits(session: &Session, out: &Output) {
    if !session.waits_for_admission() {
        return;
    }
    if session.comes_too_late() {
        out.note(&Text::new(
            "组长结束评分之前没有核准这台电脑：本机的评分不计入，仍保存在本机。",
            "Scoring was closed before the lead had admitted this laptop: its votes never count; they stay on this laptop.",
        ));
    } else {
        out.note(&Text::new(
            "已保存，等待组长核准：组长在结束评分之前核准这台电脑，才计入（hecha visit code 显示加入码）。",
            "Saved, waiting for admission: it counts if the lead admits this laptop before scoring is closed (hecha visit code shows the join code).",
        ));
    }
}
