//! How a list of commands is written: one line a command gives clap its arguments, the help its texts, and its `run` the call.

/// The commands of a list and where they run: each is a module with an argument type, a `help` and a `run`, named as typed.
macro_rules! commands {
    ($list:ident($place:ty) { $($name:ident($command:ident::$args:ident),)* }) => {
        #[derive(Debug, clap::Subcommand)]
        pub(crate) enum $list {
            $($name($command::$args),)*
        }

        impl $list {
            /// What the help says of each.
            pub(crate) fn help() -> Vec<(&'static str, $crate::cli::help::Help)> {
                vec![$((stringify!($command), $command::help()),)*]
            }

            /// Runs the one that was typed.
            pub(crate) fn run(
                self,
                place: $place,
                out: &mut $crate::cli::output::Output,
            ) -> Result<$crate::cli::left::Left, $crate::app::failure::Failure> {
                match self {
                    $(Self::$name(args) => $command::run(args, place, out).map($crate::cli::left::Left::from),)*
                }
            }
        }
    };
}

pub(crate) use commands;
