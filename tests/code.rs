//! Code in articles: its lines, its language, and what stands beside it.

use dechaff::BlockType;

use crate::structure::page;
use crate::support::CLEANER;

#[test]
fn numbers_of_lines_are_no_code() {
    let numbered = "<table><tr><td class=gutter><pre>1\n2\n3\n4</pre></td><td><pre>for mark in gauge:\n    print(mark)\nelse:\n    sleep()</pre></td></tr></table>";
    let article = CLEANER.clean_html(&page(&[numbered])).articles.remove(0);
    assert!(
        article.text.contains("\n\nfor mark in gauge:\n    print(mark)\nelse:\n    sleep()\n\n"),
        "{}",
        article.text
    );
    assert!(!article.text.contains("\n2\n"), "{}", article.text);
    let printed = "<p>It prints:</p><pre>1\n2\n3\n4</pre>";
    let article = CLEANER.clean_html(&page(&[printed])).articles.remove(0);
    assert!(article.text.contains("\n\n1\n2\n3\n4\n\n"), "{}", article.text);
}

#[test]
fn numbers_beside_code_are_none_of_it() {
    let code = "<pre><code class='hljs python'>for mark in gauge:\n    print(mark)\n\nelse:\n    sleep()</code></pre>";
    let gutter = "<div>1<br>2<br>3<br>4<br>5</div>";
    for both in [format!("{gutter}{code}"), format!("{code}{gutter}")] {
        let article = CLEANER.clean_html(&page(&[&both])).articles.remove(0);
        let wanted = "for mark in gauge:\n    print(mark)\n\nelse:\n    sleep()";
        assert_eq!(article.text.split("\n\n").count(), 4, "{}", article.text);
        assert!(article.text.contains(wanted));
        let language = Some("python".into());
        assert_eq!(article.blocks[1].role, BlockType::Code { language });
    }
}

#[test]
fn rows_of_code_are_one_listing_with_its_language() {
    let lines = ["for mark in gauge:", "    print(mark)", "else:", "    sleep()"];
    let rows = (1..).zip(lines).map(|(number, line)| {
        format!("<tr><td class=num>{number}</td><td class=code>{line}</td></tr>")
    });
    let table = format!(
        "<div class='highlight-python notranslate'><table>{}</table></div>",
        rows.collect::<String>()
    );
    let article = CLEANER.clean_html(&page(&[&table])).articles.remove(0);
    assert!(article.text.contains(&format!("\n\n{}\n\n", lines.join("\n"))), "{}", article.text);
    assert_eq!(article.blocks[1].role, BlockType::Code { language: Some("python".into()) });
}

#[test]
fn code_of_several_lines_in_a_cell_keeps_them() {
    let table = "<table><tr><th>Before<th>After<tr><td><pre><code class=language-python>for mark in gauge:\n    print(mark)</code></pre><td><pre>tide --now</pre></table>";
    let article = CLEANER.clean_html(&page(&[table])).articles.remove(0);
    let code = BlockType::Code { language: Some("python".into()) };
    let block = article.blocks.iter().find(|block| block.role == code).unwrap();
    let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
    assert_eq!(paragraphs[block.paragraphs.clone()], ["for mark in gauge:\n    print(mark)"]);
    let one = table.replace(":\n    ", ": ");
    let article = CLEANER.clean_html(&page(&[&one])).articles.remove(0);
    assert!(article.blocks.iter().any(|block| matches!(block.role, BlockType::Table { .. })));
}

#[test]
fn code_that_names_its_language_is_code_even_where_most_of_it_is_prose() {
    let listing = "<pre><code class=language-yaml>---\nglobs: gauge\n---\n\nPages that show the gauge must name the hour at which somebody has read it.</code></pre>";
    let article = CLEANER.clean_html(&page(&[listing])).articles.remove(0);
    assert!(article.text.contains("---\nglobs: gauge\n---\n\nPages"), "{}", article.text);
}

#[test]
fn code_keeps_its_empty_lines_and_no_button() {
    let lines = "<div><button>Copy</button><pre><code><span class=line>make one</span>\n<span class=line></span>\n<span class=line>make two</span></code><button>Copy</button></pre></div>";
    let article = CLEANER.clean_html(&page(&[lines])).articles.remove(0);
    assert!(article.text.contains("\n\nmake one\n\nmake two\n\n"), "{}", article.text);
}
