//! A rule pack of one's own beside the built-in ones: what a phrase of one's own sources is, with examples that are checked.

#![allow(clippy::print_stdout)]

use dechaff::{Cleaner, Error, Options, Pack, Rules};

const PACK: &str = r#"
name = "reading-room"

[[rule]]
id = "reading-room.donation.friends"
kind = "donation"
scope = "block"
pattern = "friends? of the reading room"
why = "the reading room asks for members under each story"
hit = ["Become a friend of the reading room today.", "Join the Friends of the Reading Room."]
spare = ["The reading room was full on Monday.", "Two friends met in the library."]
"#;

const DUMP: &str = "Old quay reopens after storm\n\nThe old quay was opened again on Monday, two weeks after the storm had torn away its \
    railings and flooded the ticket hall.\n\nBecome a friend of the reading room and keep the lamps lit through the winter.\n";

fn main() -> Result<(), Error> {
    let pack = Pack::parse("reading-room.toml", PACK)?;
    if let Err(faults) = Rules::new(vec![pack.clone()]).check() {
        println!("{}", faults.join("\n"));
    }
    let mut options = Options::default();
    options.packs.push(pack);
    let cleaned = Cleaner::new(options)?.clean(DUMP);
    println!("{}", cleaned.articles[0].text);
    for entry in cleaned.ledger.entries().iter().filter(|entry| entry.kind.is_debris()) {
        let by = entry.rule.as_ref().map_or(String::new(), ToString::to_string);
        println!("{:?} by {by}: {}", entry.kind, entry.span.of(DUMP));
    }
    Ok(())
}
