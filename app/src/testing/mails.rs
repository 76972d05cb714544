//! Mails as their readers see them, for snapshots.

use super::world::World;

impl World {
    /// The newest mail to an address that waits in the outbox, without what differs from run to run: in each line, what stands
    /// behind one of these words.
    pub async fn newest_mail_to(&self, email: &str, varying: &[&str]) -> String {
        let mail = self.mails_to(email).await.pop().unwrap();
        let text = format!("Subject: {}\n\n{}", mail.subject, mail.plain);
        let masked = varying.iter().fold(text, |text, varies| masked_behind(&text, varies));
        format!("{masked}\n")
    }
}

/// The text with what stands behind `varies` in its line left out.
fn masked_behind(text: &str, varies: &str) -> String {
    let line = |line: &str| line.split_once(varies).map_or_else(|| line.to_owned(), |(before, _)| format!("{before}{varies}…"));
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Every function of every room's `emails.rs` makes a mail, and some snapshot bears its name.
#[test]
fn every_mail_has_a_snapshot() {
    let rooms = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/features"));
    let (mut mails, mut snapshots) = (Vec::new(), Vec::new());
    let mut folders = vec![rooms.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name == "emails.rs" {
                let text = std::fs::read_to_string(&path).unwrap();
                mails.extend(
                    text.split("\npub").skip(1).filter_map(|public| Some(public.split_once("fn ")?.1.split_once('(')?.0.to_owned())),
                );
            } else if let Some(name) = name.strip_suffix(".snap") {
                snapshots.push(name.to_owned());
            }
        }
    }
    assert!(mails.len() > 5, "{mails:?}");
    for mail in mails {
        assert!(snapshots.iter().any(|snapshot| snapshot.contains(&mail)), "no snapshot shows {mail}");
    }
}
