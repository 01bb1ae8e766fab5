//! Where texts of many forms part into articles, with the model that is shipped.
//!
//! After a change, `TABLES=update cargo test sets` writes the outcomes anew; read the difference before you commit it.

use std::path::Path;

use crate::support::CLEANER;

/// Stories that have nothing in common, and the paragraphs of an essay.
const TEXTS: [(&str, &[&str]); 5] = [
    (
        "ferry",
        &[
            "The crews of the night ferry went back to work on Monday, nine days after they had left the ships in port and walked home along the quay. \
           The company has promised them a bunk for each man, and hot soup after midnight.",
            "Passengers who had waited in the hall applauded when the first ship sounded its horn. The crews say that they will strike again if the soup is cold.",
        ],
    ),
    (
        "oven",
        &[
            "A baker in the old town has found a letter of 1790 in the wall behind his oven. It is the bill of a chimney sweep who was never paid, \
           and his heirs, who still live in the same street, have asked for the sum with interest.",
            "The museum would like to show the paper. The baker wants to hang it above his counter, next to the price of rye bread.",
        ],
    ),
    (
        "eels",
        &[
            "Children of the island school counted four hundred eels under the mill in a single night, with a lamp and a kitchen sieve. \
           Nobody had believed them when they told of the first eleven, because the grating was thought to keep all fish out.",
            "An institute on the mainland is going to count once more in spring, and has ordered a larger sieve.",
        ],
    ),
    (
        "bell",
        &[
            "For nine years the east buoy has been silent, since a thief took its bell on a foggy night. A foundry in the hills has cast another one \
           from old door handles, which the villages around had collected, and divers will hang it before the autumn storms.",
            "The pilots have tried its sound. It is lower than that of the old one, they say, and can be told from a cow at two miles.",
        ],
    ),
    (
        "boat",
        &[
            "A wooden boat is never finished. My grandfather built ours in the winter of the great frost, and he was still planing her gunwale when I learned to row her.",
            "I walk around the boat each morning before the planks are warm. A seam that weeps in the shade tells me more than a week of sailing, and the boat does not mind being looked at.",
            "In April the planks are dry and the seams stand open. Then I sink the boat at the slip for three days, because planks that have drunk their fill close by themselves and need no putty.",
            "Paint on wet planks is money thrown into the harbour. I wait for four days of east wind, and my grandfather waited for five, and his boat outlived him.",
            "The men at the yard have seen every mistake that I am about to make with this boat. I bring them cake in autumn, and they tell me which plank is going to rot next.",
        ],
    ),
];

fn expand(text: &str) -> String {
    TEXTS.iter().fold(text.to_owned(), |text, (name, paragraphs)| {
        let text = text.replace(&format!("{{{name}}}"), &paragraphs.join("\n\n"));
        paragraphs.iter().enumerate().fold(text, |text, (at, paragraph)| {
            text.replace(&format!("{{{name} {}}}", at + 1), paragraph)
        })
    })
}

/// The headline and the first words of each article.
fn articles(text: &str) -> String {
    let cleaned = CLEANER.clean(&expand(text));
    let shown = cleaned.articles.iter().map(|article| {
        let words: Vec<&str> = article.text.split_whitespace().take(5).collect();
        format!("{} | {}", article.title.as_deref().unwrap_or("-"), words.join(" "))
    });
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn texts_of_many_forms_part_as_the_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/sets.txt");
    let table = std::fs::read_to_string(&path).unwrap();
    let mut cases = table.split("\n=== ");
    let mut written = cases.next().unwrap().trim_end().to_owned() + "\n";
    for case in cases {
        let (input, _) = case.split_once("\n---\n").expect("an outcome");
        let (_, text) = input.split_once('\n').expect("a heading");
        written += &format!("\n=== {input}\n---\n{}\n", articles(text));
    }
    if std::env::var_os("TABLES").is_some_and(|mode| mode == "update") {
        std::fs::write(path, written).unwrap();
        return;
    }
    snapbox::assert_data_eq!(written, table);
}
