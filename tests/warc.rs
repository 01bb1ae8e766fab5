//! Pages in a web archive are the articles that they are in files.

use std::io::Write;

use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{Output, folder, samples};

const PLACES: [&str; 7] =
    ["harbour", "ferry", "lighthouse", "salt store", "boat yard", "tide mill", "fish market"];
const PEOPLE: [&str; 5] = ["Ada Quill", "Ben Reed", "Mirva Lindqvist", "Cy Moss", "Inga Holm"];

/// A page of its own, in one of several ways to write and encode one.
fn page(number: usize) -> Vec<u8> {
    let (place, person) = (PLACES[number % PLACES.len()], PEOPLE[number % PEOPLE.len()]);
    let headline = format!("Keeper number {number} of the {place} speaks");
    let date = format!("2031-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
    let head = [
        format!(
            "<meta property=og:title content=\"{headline}\"><meta property=article:published_time content=\"{date}T08:00:00Z\">"
        ),
        format!(
            "<script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"datePublished\": \"{date}\", \"author\": {{\"name\": \"{person}\"}}}}</script>"
        ),
        String::new(),
    ];
    let head = &head[number % 3];
    let byline = if number.is_multiple_of(2) {
        format!("<p class=byline>By {person}, {date}</p>")
    } else {
        String::new()
    };
    let story = format!(
        "<p>The keeper of the {place} wrote in log number {number} that the lamp had burned for {number} nights without a pause, \
         and that the oil would last until the boat came back with more.</p>\n\
         <p>Nobody on the mainland knew of it before spring number {number}, when the ice broke at the {place} &amp; the mail came through&hellip;</p>"
    );
    let around = "<nav><a href=/>Front page</a> <a href=/sea>At sea</a></nav>";
    let page = |charset: &str, story: &str| {
        format!(
            "<!DOCTYPE html>\n<html><head>{charset}<title>{headline} | The Gazette</title>{head}</head>\n<body>{around}<main><h1>{headline}</h1>{byline}\n{story}\
             </main><footer>Share on Facebook</footer></body></html>"
        )
    };
    let russian = format!(
        "<p>Смотритель маяка записал в журнале номер {number}, что лампа горела {number} ночей подряд и что масла хватит до возвращения лодки.</p>\n\
         <p>На берегу об этом узнали только весной номер {number}, когда сошёл лёд и почта наконец пришла.</p>"
    );
    match number % 4 {
        0 => page("<meta charset=utf-8>", &story).into_bytes(),
        1 => page("", &story.replace("oil", "café’s oil")).into_bytes(),
        2 => encoding_rs::WINDOWS_1251
            .encode(&page("<meta charset=windows-1251>", &russian))
            .0
            .into_owned(),
        // Neither a document type nor a root: the medium, or the name of the file, says what it is.
        _ => format!("<h1>{headline}</h1>{byline}\n{story}").into_bytes(),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A record that is a server's answer with this page, packed by itself as crawlers do.
fn record(number: usize, page: &[u8]) -> Vec<u8> {
    let (coding, body) = match number % 3 {
        0 => ("", page.to_vec()),
        1 => {
            let chunks = page.chunks(700).flat_map(|chunk| {
                [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat()
            });
            ("Transfer-Encoding: chunked\r\n", chunks.chain(*b"0\r\n\r\n").collect())
        }
        _ => ("Content-Encoding: gzip\r\n", gzip(page)),
    };
    let http =
        [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{coding}\r\n").as_bytes(), &body]
            .concat();
    let head = format!(
        "WARC-Record-ID: <urn:page:{number}>\r\nWARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2031-06-16T12:00:00Z"
    );
    let kind = "WARC-Type: response\r\nContent-Type: application/http; msgtype=response";
    gzip(
        &[
            format!("WARC/1.1\r\n{kind}\r\n{head}\r\nContent-Length: {}\r\n\r\n", http.len())
                .as_bytes(),
            &http,
            b"\r\n\r\n",
        ]
        .concat(),
    )
}

#[test]
fn a_page_is_the_same_article_in_a_web_archive_and_in_a_file() {
    let sampled = samples("web")
        .into_iter()
        .filter(|(dump, _)| dump.ends_with(".html"))
        .map(|(_, source)| source.into_bytes());
    let pages: Vec<Vec<u8>> = (0..84).map(page).chain(sampled).collect();
    let archive: Vec<u8> =
        pages.iter().enumerate().flat_map(|(number, page)| record(number, page)).collect();
    let names: Vec<String> = (0..pages.len()).map(|number| format!("{number:03}.html")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&pages).map(|(name, page)| (name.as_str(), page.as_slice())).collect();
    let [archived, filed] = [folder(&[("crawl.warc.gz", &archive)]), folder(&files)].map(|dir| {
        let out = TempDir::new().unwrap();
        dechaff()
            .arg("clean")
            .arg(dir.path())
            .args(["-q", "--keep-duplicates", "--repeated", "0", "-o"])
            .arg(out.path())
            .assert()
            .success();
        Output::of(out.path())
    });
    assert_eq!((archived.articles.len(), filed.articles.len()), (pages.len(), pages.len()));
    for (archived, filed) in archived.articles.iter().zip(&filed.articles) {
        for field in ["id", "title", "text", "published", "source", "authors", "language"] {
            assert_eq!(archived[field], filed[field], "{field} of {}", filed["provenance"]["dump"]);
        }
        assert_eq!(archived["provenance"]["paragraphs"], filed["provenance"]["paragraphs"]);
    }
    for (archived, filed) in archived.ledger.iter().zip(&filed.ledger) {
        for field in ["digest", "encoding", "format", "spans"] {
            assert_eq!(archived[field], filed[field], "{field} of {}", filed["dump"]);
        }
    }
    assert!(filed.articles.iter().any(|article| article["published"] != serde_json::Value::Null
        && article["authors"] != serde_json::json!([])));
}
