//! What the program can be asked to do.

mod admin;
mod demo;
mod foundation;
mod migrate;
mod serve;
mod signals;
mod worker;

use clap::Subcommand;

pub use admin::AdminCommand;
pub use foundation::Foundation;
pub use serve::ServeOptions;

/// A failure of a command, in words for the person who typed it.
pub type CommandError = Box<dyn std::error::Error + Send + Sync>;

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the application; also brings the database up to date and delivers mail, unless told not to.
    Serve(ServeOptions),
    /// Bring the database up to date.
    Migrate,
    /// Deliver mail without serving.
    Worker,
    /// Help people who can't help themselves.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Fill in an organization like a real one, and print how to sign in.
    ///
    /// Running it again changes nothing and prints the same. With the embedded database, stop the server first, because only one
    /// process can have it; or set `DATABASE_URL`.
    Demo,
}

impl Default for Command {
    fn default() -> Self {
        Self::Serve(ServeOptions::default())
    }
}

/// Runs a command to its end.
pub fn run(command: Command) -> Result<(), CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Serve(options) => serve::serve(options).await,
            Command::Migrate => migrate::migrate().await,
            Command::Worker => worker::worker().await,
            Command::Admin(command) => admin::admin(command).await,
            Command::Demo => demo::demo().await,
        }
    })
}
