//! The dialogs: one stack, one file each, one way in and out.

use std::path::PathBuf;

use ratatui::{Frame, layout::Rect};

use crate::{
    app::failure::{Failure, Trouble},
    domain::{edit::Edit, ending::readiness::MatterKind},
    tui::{
        desk::{cx::Cx, effect::Effect},
        ending::{ending, feedback, finalize, object, waive},
        frame::{failure, help, palette},
        home::{found, path},
        keys::{action::Action, context::Context, input::Input},
        ledger,
        merge::{decide, dissent},
        panel::{
            admit, assign, close, codes, facility, facility_text, join, join_form, recuse, reopen, seat,
        },
        score::{absent, count, declare, evidence, find, inventory, note, number, ratio, reason, submit},
        sync::{self, passphrase},
    },
};

/// What a screen or dialog asks for.
#[derive(Debug)]
pub(crate) enum Go {
    /// Show a clause on the score screen.
    Jump(usize),
    /// Show a clause on the merge screen.
    ToMerge(usize),
    /// Select a point of the clause shown.
    Point(usize),
    /// Open a dialog on top.
    Open(Box<Dialog>),
    /// Close the dialog on top.
    Close,
    /// Store own edits.
    Record(Vec<Edit>),
    /// The clause is dealt with: go on to the next unscored one, if that is switched on.
    Onward,
    /// Do something outside.
    Do(Effect),
    /// Read the folder that files were last picked from.
    ListLastFolder,
    /// As if the key of an action had been pressed.
    Act(Action),
    /// Say a line.
    Say(String),
    /// Let a kind of open matter pass when the visit is made final; without a reason no longer.
    Waive(MatterKind, String),
    /// A folder was chosen for reports.
    Folder(PathBuf),
}

macro_rules! dialogs {
    ($($(#[$doc:meta])* $variant:ident($inner:ty) = $context:ident;)*) => {
        /// An open dialog.
        #[derive(Debug)]
        pub(crate) enum Dialog {
            $($(#[$doc])* $variant($inner),)*
        }

        impl Dialog {
            /// Where its keys are looked up.
            pub(crate) const fn context(&self) -> Context {
                match self {
                    $(Self::$variant(_) => Context::$context,)*
                }
            }

            /// Takes a key or pasted text; `action` is what the key table says about the key.
            pub(crate) fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
                match self {
                    $(Self::$variant(dialog) => dialog.input(action, input, cx),)*
                }
            }

            /// Draws it over the screen; `body` is the part between header and status line.
            pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
                match self {
                    $(Self::$variant(dialog) => dialog.view(cx, frame, body),)*
                }
            }
        }
    };
}

dialogs! {
    /// Why there is no grade.
    Absent(absent::AbsentDialog) = Choice;
    /// The join code that the lead types.
    Admit(admit::AdmitDialog) = Fields;
    /// What the lead admitted.
    Admitted(admit::AdmittedDialog) = Choice;
    /// Who scores what.
    Assign(assign::AssignDialog) = Choice;
    /// Closing scoring, asked before it is done.
    Close(close::CloseDialog) = Closing;
    /// The codes of this laptop.
    Codes(codes::CodesDialog) = Codes;
    /// Things that count.
    Count(count::CountDialog) = Count;
    /// The lead's verdict.
    Decide(decide::DecideDialog) = Fields;
    /// Why the own vote differs.
    Dissent(dissent::DissentDialog) = Fields;
    /// The declaration of interests.
    Declare(declare::DeclareDialog) = Fields;
    /// Signatures, open matters, objections.
    Ending(ending::EndingDialog) = Ending;
    /// What is attached to a clause.
    Evidence(Box<evidence::EvidenceDialog>) = Evidence;
    /// The facility's profile.
    Facility(Box<facility::FacilityDialog>) = Fields;
    /// A long text of the facility's profile.
    FacilityText(Box<facility_text::FacilityTextDialog>) = NoteBox;
    /// Something did not work.
    Failure(failure::FailureDialog) = Choice;
    /// What the exit meeting is told.
    Feedback(Box<feedback::FeedbackDialog>) = Feedback;
    /// Making the visit final, asked before it is done.
    Finalize(finalize::FinalizeDialog) = Closing;
    /// Finding a clause.
    Find(find::FindDialog) = Fields;
    /// Founding a visit.
    Found(Box<found::FoundDialog>) = Founding;
    /// The keys.
    Help(help::HelpDialog) = Choice;
    /// The states of things.
    Inventory(inventory::InventoryDialog) = Inventory;
    /// Under which name to join.
    Join(join::JoinDialog) = Joining;
    /// Joining with more than a name.
    JoinForm(Box<join_form::JoinFormDialog>) = Fields;
    /// Something did not work because the file wants its passphrase.
    Locked(failure::FailureDialog) = Locked;
    /// A note.
    Note(Box<note::NoteDialog>) = NoteBox;
    /// A measured value, or points on a scale.
    Number(number::NumberDialog) = Fields;
    /// An objection of the facility.
    Object(object::ObjectDialog) = Fields;
    /// The commands.
    Palette(palette::PaletteDialog) = Fields;
    /// The passphrase of a shared file.
    Passphrase(Box<passphrase::PassphraseDialog>) = Passphrase;
    /// A path.
    Path(path::PathDialog) = Fields;
    /// A share.
    Ratio(ratio::RatioDialog) = Fields;
    /// The reason for a grade or absence.
    Reason(reason::ReasonDialog) = Fields;
    /// A step on the rectification ledger.
    Rectify(Box<ledger::step::RectifyDialog>) = Fields;
    /// A recusal.
    Recuse(recuse::RecuseDialog) = Fields;
    /// Why a member may score again.
    Reopen(reopen::ReopenDialog) = Fields;
    /// The question before a laptop is retired that has recorded something.
    Retire(seat::SeatDialog) = Retiring;
    /// The question before a deputy is named, or any other laptop retired.
    Seat(seat::SeatDialog) = Seat;
    /// The question before submitting.
    Submit(submit::SubmitDialog) = Submitting;
    /// Why an open matter is let pass.
    Waive(waive::WaiveDialog) = Fields;
    /// What syncs brought.
    SyncLog(sync::log_dialog::SyncLogDialog) = Choice;
}

impl Dialog {
    /// A dialog about a failure; one that the passphrase of the open visit would mend offers to take it.
    pub(crate) const fn about(failure: Failure) -> Self {
        match failure.trouble {
            Trouble::Locked => Self::Locked(failure::FailureDialog::new(failure)),
            _ => Self::Failure(failure::FailureDialog::new(failure)),
        }
    }
}
