//! What is said on a laptop whose votes do not count as things are, whenever something was recorded there.

use crate::{app::session::Session, domain::terms::lang::Text};

impl Session {
    /// That what was recorded is saved and does not count yet; or, once scoring is closed, that it never will. `None` if it counts.
    #[must_use]
    pub fn waits_because(&self) -> Option<Text> {
        if !self.waits_for_admission() {
            return self.is_recorded_absent().then(|| match self.visit.closed {
                true => Text::new(
                    "您被登记为缺席，评分没有封存：不计入，也不参加合议表决。",
                    "You are recorded as absent and your ballot was not sealed: it does not count, and you take no part in the votes in the clear.",
                ),
                false => Text::new(
                    "您被登记为缺席：已保存，不计入；提交后才算到场，照常计入（hecha submit）。",
                    "You are recorded as absent: it is saved and does not count; once you submit you are there, and it does (hecha submit).",
                ),
            });
        }
        Some(match self.comes_too_late() {
            true => Text::new(
                "组长结束评分之前没有核准这台电脑：本机的评分不计入，仍保存在本机。",
                "Scoring was closed before the lead had admitted this laptop: its votes never count; they stay on this laptop.",
            ),
            false => Text::new(
                "已保存，等待组长核准：组长在结束评分之前核准这台电脑，才计入（hecha visit code 显示加入码）。",
                "Saved, waiting for admission: it counts if the lead admits this laptop before scoring is closed (hecha visit code shows the join code).",
            ),
        })
    }
}
