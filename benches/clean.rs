//! Bytes per second on one thread: the whole of cleaning, and the two stages that read every byte.
//!
//! Over the samples; over the files of another folder with `DECHAFF_DUMPS=FOLDER cargo bench`.

#![allow(missing_docs)]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dechaff::stages::{Page, Scratch};
use dechaff::{Cleaner, Options};
use dechaff::{Filter, walk};

/// The texts of the dumps, and the pages of HTML among them.
fn dumps() -> (Vec<String>, Vec<String>) {
    let folder = std::env::var_os("DECHAFF_DUMPS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")),
        PathBuf::from,
    );
    let sources = walk(&[folder], &Filter::default(), None).sources;
    let (pages, texts): (Vec<_>, Vec<_>) = sources
        .into_iter()
        .filter_map(|s| s.path)
        .partition(|path| path.extension().is_some_and(|e| e == "html"));
    let read = |paths: Vec<PathBuf>| {
        paths.into_iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
    };
    (read(texts), read(pages))
}

fn throughput(c: &mut Criterion) {
    let (dumps, html) = dumps();
    let cleaner = Cleaner::new(Options::default()).expect("good built-in rules");
    let pages: Vec<Page> = dumps.iter().map(|dump| Page::new(dump)).collect();
    let mut group = c.benchmark_group("dumps");
    let bytes =
        |texts: &[String]| Throughput::Bytes(texts.iter().map(String::len).sum::<usize>() as u64);
    group
        .throughput(bytes(&dumps))
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    group.bench_function("clean", |b| {
        b.iter(|| {
            dumps.iter().map(|dump| cleaner.clean(black_box(dump)).articles.len()).sum::<usize>()
        })
    });
    group.bench_function("page", |b| {
        b.iter(|| dumps.iter().map(|dump| Page::new(black_box(dump)).blocks.len()).sum::<usize>())
    });
    group.bench_function("rules", |b| {
        let mut room = Scratch::default();
        b.iter(|| {
            let mut found = 0;
            for page in &pages {
                for index in 0..page.blocks.len() {
                    let findings = cleaner.rules().match_block(
                        &page.blocks[index],
                        page.folded(index),
                        &mut room,
                    );
                    found += findings.hits.len()
                        + cleaner.rules().match_sentences(page.text_of(index), &findings).len();
                }
            }
            found
        });
    });
    group.throughput(bytes(&html));
    group.bench_function("clean-html", |b| {
        b.iter(|| {
            html.iter()
                .map(|page| cleaner.clean_html(black_box(page)).articles.len())
                .sum::<usize>()
        })
    });
    group.finish();
}

fn start(c: &mut Criterion) {
    let mut group = c.benchmark_group("start");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3));
    group.bench_function("compile-rules", |b| b.iter(|| Cleaner::new(Options::default())));
    group.finish();
}

criterion_group!(benches, throughput, start);
criterion_main!(benches);
