//! An ingestion job: bytes that came from a queue or an object store, cleaned record by record without a temporary file.

#![allow(clippy::print_stdout)]

use dechaff::{Cleaner, Error, Options, Part, Reader};

/// What a queue delivered: a name, and bytes that may be any kind of dump.
const DELIVERED: [(&str, &[u8]); 2] = [
    (
        "crawl/7.jsonl",
        br#"{"id": "page-7", "url": "https://gazette.example/quay", "text": "Old quay reopens after storm\n\nThe old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall."}
{"id": "page-8", "views": 12}
"#,
    ),
    (
        "crawl/8.html",
        b"<!DOCTYPE html><nav><a href='/'>Home</a></nav><h1>Mill gives the weir to the town</h1><p>The last mill owner on the river has given \
          his weir to the town, which means to open it for salmon before the summer is over.</p>",
    ),
];

fn main() -> Result<(), Error> {
    let cleaner = Cleaner::new(Options::default())?;
    for (name, bytes) in DELIVERED {
        for part in Reader::default().records(name, bytes) {
            match part {
                Part::Record(record) => {
                    for article in cleaner.clean_record(&record).articles {
                        let id = article.provenance.source_id.as_deref().unwrap_or(name);
                        println!("{id}: {}", article.title.as_deref().unwrap_or("(no headline)"));
                    }
                }
                Part::Broken { record, reason } => {
                    println!("{name}, record {}: {reason}", record.as_deref().unwrap_or("1"));
                }
                Part::Skipped { records, reason } => println!("{name}: {records} {reason}"),
            }
        }
    }
    Ok(())
}
