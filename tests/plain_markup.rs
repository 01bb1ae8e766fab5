//! reStructuredText, AsciiDoc and Org: what comes out of them, and where that stands.

use dechaff::{Article, BlockType, Hint, Record};

use crate::support::CLEANER;

const GUIDE: &str = "\
.. _sluice:

====================
Guide to the sluice
====================

:Author: Berit Holm
:Date: 2031-05-03

.. contents::
   :depth: 2

This guide is for whoever has the key for the first time, and says what to do when the water rises.

Before you start
================

Look at the gauge; above ``1.80`` do not go on to the bridge at all, see :ref:`the flood <flood>`.

.. warning::

   The left-hand winch has no brake, so keep your other hand out of the wheel.

#. Take out both of the pins.
#. Turn the wheel to the right.

The rest is done by the program that the club has written::

    gate --left open 11

    gate --status

+-------+-------+
| Level | Turns |
+=======+=======+
| 0.90  | 5     |
+-------+-------+

The gate has stood since 1911, and will stand for a while yet without you, so ring the pump house and go uphill when in doubt.

.. a comment that nobody reads
";

const BEES: &str = "\
= Guide to the sluice
Berit Holm <berit@sluice.example>
v1.0, 2031-05-03
:toc:

This guide is for whoever has the key for the first time, and says what to do when the water rises.

== Before you start

Look at the gauge; above `1.80` do not go on to the bridge at all, see <<flood,the flood>>.

NOTE: The left-hand winch has no brake, so keep your other hand out of the wheel.

. Take out both of the pins.
. Turn the wheel to the right.

[source,sh]
----
gate --left open 11

gate --status
----

[cols=\"1,2\",options=\"header\"]
|===
|Level |Turns
|0.90 |5
|===

The gate has stood since 1911, and will stand for a while yet without you, so ring the pump house and go uphill when in doubt.

// a comment that nobody reads
include::footer.adoc[]
";

const NOTES: &str = "\
#+TITLE: Guide to the sluice
#+AUTHOR: Berit Holm
#+DATE: <2031-05-03 Sat>
#+OPTIONS: toc:nil

This guide is for whoever has the key for the first time, and says what to do when the water rises.

* TODO Before you start                                      :winch:
:PROPERTIES:
:CUSTOM_ID: start
:END:
Look at the gauge; above =1.80= do not go on to the bridge at all, see [[#flood][the flood]].

The left-hand winch has no brake, so keep your other hand out of the wheel.

1. Take out both of the pins.
2. Turn the wheel to the right.

#+BEGIN_SRC sh
gate --left open 11

gate --status
#+END_SRC

| Level | Turns |
|-------+-------|
| 0.90  | 5     |

The gate has stood since 1911, and will stand for a while yet without you, so ring the pump house and go uphill when in doubt.

# a comment that nobody reads
";

fn article(name: &str, source: &str) -> Article {
    let record = Record::from_bytes(source.as_bytes().to_vec(), Hint::Name(name)).unwrap();
    CLEANER.clean_record(&record).articles.remove(0)
}

#[test]
fn marks_of_text_say_what_its_parts_are() {
    for (name, source) in [("guide.rst", GUIDE), ("guide.adoc", BEES), ("guide.org", NOTES)] {
        let article = article(name, source);
        assert_eq!(article.title.as_deref(), Some("Guide to the sluice"), "{name}");
        assert_eq!(article.meta.authors, ["Berit Holm"], "{name}");
        assert!(article.meta.published.as_deref().is_some_and(|day| day == "2031-05-03"), "{name}");
        let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
        let of = |wanted: fn(&BlockType) -> bool| -> Vec<String> {
            let blocks = article.blocks.iter().filter(|block| wanted(&block.role));
            blocks.map(|block| paragraphs[block.paragraphs.clone()].join("|")).collect()
        };
        assert_eq!(
            of(|role| matches!(role, BlockType::Heading { .. })),
            ["Before you start"],
            "{name}"
        );
        assert_eq!(
            of(|role| matches!(role, BlockType::Code { .. })),
            ["gate --left open 11|gate --status"],
            "{name}"
        );
        assert_eq!(
            of(|role| matches!(role, BlockType::ListItem { .. })),
            ["Take out both of the pins.", "Turn the wheel to the right."],
            "{name}"
        );
        let rows = article.blocks.iter().find_map(|block| match &block.role {
            BlockType::Table { rows } => Some(rows),
            _ => None,
        });
        let cells = rows.unwrap().iter().map(|row| row.iter().map(|cell| &*cell.text).collect());
        assert_eq!(
            cells.collect::<Vec<Vec<&str>>>(),
            [["Level", "Turns"], ["0.90", "5"]],
            "{name}"
        );
        let gauge =
            "Look at the gauge; above 1.80 do not go on to the bridge at all, see the flood.";
        assert!(article.text.contains(gauge), "{name}: {}", article.text);
        for mark in ["::", "#+", "|", "comment", "winch.png", "=", "toc"] {
            assert!(!article.text.contains(mark), "{name}: {mark}: {}", article.text);
        }
    }
}

#[test]
fn places_are_those_of_the_file() {
    for (name, source) in [("guide.rst", GUIDE), ("guide.adoc", BEES), ("guide.org", NOTES)] {
        let article = article(name, source);
        for (paragraph, places) in article.text.split("\n\n").zip(&article.provenance.paragraphs) {
            let stored = places[0].of(source);
            let word = paragraph.split_whitespace().next().unwrap();
            assert!(stored.contains(word), "{name}: {paragraph}: {stored}");
        }
    }
}

#[test]
fn markdown_that_speaks_of_them_stays_markdown() {
    let source = "# On directives\n\nA note begins with two dots and is set apart from what stands around it by an empty line:\n\n```\n.. note:: Mind the gap\n```\n";
    let article = article("directives.md", source);
    assert!(article.text.ends_with(".. note:: Mind the gap"), "{}", article.text);
}
