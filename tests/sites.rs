//! Rules for the pages of one site: elements that go, that stay, and that begin an article.

use dechaff::{Cleaned, Cleaner, Error, Hint, Options, Pack, Record, Rules};
use proptest::prelude::*;
use serde_json::json;

use crate::cli::dechaff;
use crate::oracles::partitions;
use crate::support::{Output, folder};

const TEXT: &str = "<p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.</p>\
    <p>Forty volunteers had carried the sand out of the hall in buckets. The ferries will run twice a day until the autumn.</p>";

/// A pack with these fields for one site.
fn pack(fields: &str, hit: &str) -> String {
    format!(
        "name = \"gazette\"\n[[site]]\nid = \"gazette.pages\"\nsite = \"gazette.example\"\nwhy = \"their pages\"\n\
         {fields}\nhit = ['''{hit}''']\nspare = [\"<i>Weather</i>\"]\n"
    )
}

fn cleaner(fields: &str, hit: &str) -> Cleaner {
    let mut options = Options::default();
    options.packs.push(Pack::parse("gazette.toml", &pack(fields, hit)).unwrap());
    Cleaner::new(options).unwrap()
}

/// A page that states its address.
fn page(host: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><link rel=canonical href='https://{host}/quay'><h1>Quay reopens after the storm</h1>{body}"
    )
}

fn cleaned(cleaner: &Cleaner, source: &str) -> Cleaned {
    let cleaned = cleaner.clean_html(source);
    partitions(source, &cleaned);
    cleaned
}

/// The texts that a rule for a site decided on, each with its kind.
fn decided<'s>(cleaned: &Cleaned, source: &'s str) -> Vec<(&'static str, &'s str)> {
    let by_site = |entry: &&dechaff::Entry| {
        entry.rule.as_ref().is_some_and(|rule| rule.to_string() == "rule:gazette.pages")
    };
    let entries = cleaned.ledger.entries().iter().filter(by_site);
    entries.map(|entry| (entry.kind.name(), entry.span.of(source))).collect()
}

#[test]
fn what_is_dropped_goes_though_it_reads_like_text() {
    let promo = "The council of the town met on Monday to speak about the harbour, and it will meet again in the spring.";
    let source =
        page("www.gazette.example", &format!("{TEXT}<div class=promo><p>{promo}</p></div>{TEXT}"));
    let plain = cleaner("drop = [\"div.other\"]", "<div class=other>x</div>");
    assert!(cleaned(&plain, &source).articles[0].text.contains(promo));
    let cleaner =
        cleaner("drop = [\"div.promo > p\"]\nkind = \"ad\"", "<div class=promo><p>x</p></div>");
    let cleaned = cleaned(&cleaner, &source);
    assert!(!cleaned.articles[0].text.contains(promo));
    assert_eq!(decided(&cleaned, &source), [("ad", promo)]);
}

#[test]
fn what_is_dropped_within_a_paragraph_is_cut_out_of_it() {
    let source = page(
        "gazette.example",
        &TEXT.replace("Monday,", "Monday <span class=ref>(see page 9)</span>,"),
    );
    let cleaner = cleaner("drop = [\".ref\"]", "<b class=ref>x</b>");
    let cleaned = cleaned(&cleaner, &source);
    assert!(
        cleaned.articles[0].text.starts_with("The old quay was opened again on Monday , two weeks")
    );
    assert_eq!(decided(&cleaned, &source), [("other", "(see page 9)")]);
    // What shows nothing cuts nothing.
    let source =
        page("gazette.example", &TEXT.replace("Monday,", "Mon<span class=ref></span>day,"));
    let text = &self::cleaned(&cleaner, &source).articles[0].text;
    assert!(text.starts_with("The old quay was opened again on Monday, two weeks"), "{text}");
}

#[test]
fn what_is_kept_stays_though_it_looks_like_debris_and_the_innermost_element_decides() {
    let body = format!(
        "{TEXT}<aside class=related><ul><li>High water: 6:04<li>Low water: 12:31<li class=ad>Buy a boat</ul></aside>"
    );
    let source = page("gazette.example", &body);
    let plain = cleaner("drop = [\".none\"]", "<b class=none>x</b>");
    assert!(!cleaned(&plain, &source).articles[0].text.contains("High water"));
    let fields = "keep = [\"aside.related\"]\ndrop = [\"aside .ad\"]";
    let cleaner = cleaner(fields, "<aside class=related><i class=ad>x</i></aside>");
    let text = &cleaned(&cleaner, &source).articles[0].text;
    assert!(text.ends_with("High water: 6:04\n\nLow water: 12:31"), "{text}");
}

/// Elements with the same text, one within the other, and both choices for one element.
#[test]
fn the_innermost_element_decides_where_nested_elements_have_the_same_text() {
    let facts =
        "High water is at four minutes past six in the morning, and low water at half past twelve.";
    let has_facts = |drop: &str, keep: &str| {
        let fields = format!("drop = [\"{drop}\"]\nkeep = [\"{keep}\"]");
        let hit = "<aside class=both><div class=facts>x</div></aside>";
        let body = format!("{TEXT}<aside class=both><div class=facts><p>{facts}</p></div></aside>");
        let cleaned = cleaned(&cleaner(&fields, hit), &page("gazette.example", &body));
        cleaned.articles[0].text.contains(facts)
    };
    assert!(has_facts("aside", "div.facts"));
    assert!(!has_facts("div.facts", "aside"));
    assert!(!has_facts("aside", ".both"));
}

/// A mark before each headline, as pages of a week's notices have it.
#[test]
fn an_element_without_text_begins_an_article_where_it_stands() {
    let weir = TEXT.replace("quay", "weir").replace("Forty", "Fifty");
    let part = |name: &str, text: &str| format!("<a class=start></a><h2>{name}</h2>{text}");
    let body = part("The quay", TEXT) + &part("The weir", &weir);
    let cleaner = cleaner("split = \"a.start\"", "<a class=start></a>");
    let articles = cleaned(&cleaner, &page("gazette.example", &body)).articles;
    let titles: Vec<_> = articles.iter().map(|article| article.title.as_deref()).collect();
    assert_eq!(titles, [Some("The quay"), Some("The weir")]);
}

#[test]
fn each_element_that_splits_begins_an_article() {
    let post = |name: &str, text: &str| format!("<div class=post><h3>{name}</h3>{text}</div>");
    let weir = TEXT.replace("quay", "weir").replace("Forty", "Fifty");
    let body = format!(
        "<p>A week in the harbour.</p>{}{}",
        post("The quay", TEXT),
        post("The weir", &weir)
    );
    let source = page("gazette.example", &body);
    let cleaner = cleaner("split = \"div.post\"", "<div class=post>x</div>");
    let articles = cleaned(&cleaner, &source).articles;
    let titles: Vec<_> = articles.iter().map(|article| article.title.as_deref()).collect();
    assert_eq!(titles, [Some("The quay"), Some("The weir")]);
    assert!(
        articles[0].text.starts_with("The old quay")
            && articles[1].text.starts_with("The old weir")
    );
}

/// Another site's pages, text, and Markdown are none of a rule's business; the address of the record counts before that of the page.
#[test]
fn a_rule_holds_for_its_site_alone() {
    let cleaner = cleaner("drop = [\"p\"]", "<p>x</p>");
    let count = |source: &str| cleaner.clean_html(source).articles.len();
    assert_eq!(count(&page("gazette.example", TEXT)), 0);
    assert_eq!(count(&page("mygazette.example", TEXT)), 1);
    assert_eq!(count(&format!("<!DOCTYPE html><h1>Quay reopens</h1>{TEXT}")), 1);
    let of_record = |url: &str, source: &str| {
        let mut record =
            Record::from_bytes(source.as_bytes(), Hint::MediaType("text/html")).unwrap();
        record.about.url = Some(url.into());
        cleaner.clean_record(&record).articles.len()
    };
    assert_eq!(of_record("https://news.gazette.example/quay", &page("other.example", TEXT)), 0);
    assert_eq!(of_record("https://other.example/quay", &page("gazette.example", TEXT)), 1);
    assert_eq!(of_record("pages/quay.html", &page("gazette.example", TEXT)), 0);
}

#[test]
fn a_pack_that_cannot_be_used_is_refused_with_file_rule_and_reason() {
    for (fields, hit, reason) in [
        ("drop = [\"p:hover\"]", "<p>x</p>", "selector \"p:hover\" cannot be read at \":hover\""),
        ("", "<p>x</p>", "gives no selector"),
        ("drop = [\"p\"]\nkind = \"body\"", "<p>x</p>", "this kind is not for what is dropped"),
        ("dropp = [\"p\"]", "<p>x</p>", "unknown field"),
    ] {
        let error = Pack::parse("gazette.toml", &pack(fields, hit)).unwrap_err().to_string();
        assert!(error.starts_with("gazette.toml: ") && error.contains(reason), "{error}");
    }
    let pack = Pack::parse("gazette.toml", &pack("drop = [\"p\", \"q\"]", "<p>x</p>")).unwrap();
    let error = Rules::new(vec![pack]).refuse_faults().unwrap_err();
    assert!(matches!(&error, Error::RulePack { rule: Some(rule), .. } if rule == "gazette.pages"));
    assert!(
        error.to_string().ends_with("selector \"q\" selects nothing in the examples under hit"),
        "{error}"
    );
}

#[test]
fn the_command_takes_lists_shows_and_checks_rules_for_sites() {
    let rules = pack("drop = [\".promo\"]", "<p class=promo>x</p>");
    let line = json!({"url": "https://gazette.example/quay", "text": page("other.example", &format!("{TEXT}<p class=promo>{}</p>", "Join the friends of the quay. ".repeat(5)))});
    let dir =
        folder(&[("mine.toml", rules.as_bytes()), ("in.jsonl", format!("{line}\n").as_bytes())]);
    let run = |arguments: &[&str]| {
        let output = dechaff().args(arguments).current_dir(dir.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["clean", "in.jsonl", "-o", "out", "--rules", "mine.toml", "-q"]);
    let output = Output::of(&dir.path().join("out"));
    assert!(!output.articles[0]["text"].as_str().unwrap().contains("Join"));
    let spans = output.ledger[0]["spans"].as_array().unwrap();
    assert!(spans.iter().any(|span| span["rule"] == "rule:gazette.pages"));
    let own = ["--rules", "none", "--rules", "mine.toml"];
    let listed = run(&[&["rules", "list"][..], &own].concat());
    assert_eq!(listed, "gazette.pages  site        gazette.example  their pages\n");
    let shown = run(&[&["rules", "show", "rule:gazette.pages"][..], &own].concat());
    assert!(shown.contains("\ndrops    .promo (as other)\n"), "{shown}");
    let checked = run(&[&["rules", "check"][..], &own].concat());
    assert_eq!(checked, "1 rule in 1 pack hit and spare what they say\n");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// However elements are nested, left open or crossed, every byte is accounted for.
    #[test]
    fn any_page_is_accounted_for(parts in prop::collection::vec(prop::sample::select(vec![
        "<div class=a>", "<p class=b>", "<b class=a>", "</b>", "</div>", "</p>", "<li class=c>", "<table><tr><td class=b>", "</table>", "<h2 class=c>", "<iframe srcdoc='<p class=a>In a frame.'>",
        "The council of the town met on Monday to speak about the harbour, and it will meet again.", " two words ", "\n", "<pre class=a>", "</pre>",
    ]), 0..40)) {
        let fields = "drop = [\".a > .b\", \"b.a\"]\nkeep = [\".a\", \".c .b\"]\nsplit = \".c\"";
        let hit = "<p class=a><i class=b>x</i></p><b class=a>x</b><i class=c><i class=b>x</i></i>";
        let source = page("gazette.example", &parts.concat());
        cleaned(&cleaner(fields, hit), &source);
    }
}
