//! One text in, its articles and the account of its bytes out. Needs no feature: `cargo run --no-default-features --example one_text`.

#![allow(clippy::print_stdout)]

use dechaff::{Cleaner, Error, Options};

const DUMP: &str = "Home\nSport\nWeather\n\nOld quay reopens after storm\n\n16 June 2031\n\nThe old quay was opened again on Monday, two weeks \
    after the storm had torn away its railings and flooded the ticket hall.\n\nShare on Facebook\n";

fn main() -> Result<(), Error> {
    let cleaned = Cleaner::new(Options::default())?.clean(DUMP);
    for article in &cleaned.articles {
        println!("{}", article.title.as_deref().unwrap_or("(no headline)"));
        println!("{}", article.text);
    }
    for entry in cleaned.ledger.entries() {
        let text = entry.span.of(DUMP).split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            println!("{:>4}..{:<4} {:?}: {text}", entry.span.start, entry.span.end, entry.kind);
        }
    }
    Ok(())
}
