
// A clean article as it renders.

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

function article(of) {
  const lang = LANGUAGE.test(of.language ?? "") ? of.language : null;
  const drawn = el("article", { class: "article", lang, dir: "auto" });
  drawn.append(el("h3", {}, of.title ?? el("span", { class: "soft" }, "(no headline)")), facts(of));
  const blocks = of.blocks.length ? of.blocks : of.paragraphs.map((_, at) => ({ type: "paragraph", paragraphs: [at, at + 1] }));
  let items = null;
  for (const block of blocks) {
    if (block.type === "list_item") {
      items ??= drawn.appendChild(el("ul", { class: "items" }));
      items.append(item(of, block));
      continue;
    }
    items = null;
    drawn.append(...shown_as(of, block));
  }
  return drawn;
}

function facts(of) {
  const said = [of.source, of.published, of.authors.join(", "), of.language, of.url].filter(Boolean);
  return el("ul", { class: "facts" }, said.map((fact) => el("li", { class: "name" }, fact)));
}

function item(of, block) {
  const mark = block.mark ? "" : block.number == null ? "• " : block.number + ". ";
  const drawn = el("li", { class: "d" + Math.min(4, block.depth ?? 1) }, mark);
  paragraphs(of, block).forEach((text, at) => {
    if (at) drawn.append(el("br"));
    inline(drawn, text);
  });
  return drawn;
}

function shown_as(of, block) {
  const each = (tag, attributes) => paragraphs(of, block).map((text) => {
    const drawn = el(tag, { dir: "auto", ...attributes });
    inline(drawn, text);
    return drawn;
  });
  const drawn = (() => {
    switch (block.type) {
      case "heading": return each("h4", { class: block.level > 2 ? "deep" : null });
      case "code": return [el("pre", { tabindex: "0" }, el("code", {}, paragraphs(of, block).map(([text]) => text).join("\n\n")))];
      case "table": return [table(block.rows)];
      case "image": return [el("p", { class: "caption" }, `[${block.alt}]`)];
      case "quotation": return [el("blockquote", {}, each("p"))];
      case "verse": case "term": case "definition": case "caption": case "note": case "comment": return each("p", { class: block.type });
      default: return each("p");
    }
  })();
  return block.quoted && block.type !== "quotation" ? [el("blockquote", {}, drawn)] : drawn;
}

/** The texts of a block, each with its links, emphasis and code. */
function paragraphs(of, block) {
  const [first, end] = block.paragraphs;
  return of.paragraphs.slice(first, end).map((text, at) => [text, (block.spans ?? []).filter((span) => span.paragraph === first + at)]);
}

/** A text with what stands in it. Links lead nowhere: their addresses are shown, not followed. */
function inline(parent, [text, spans], from = 0, end = text.length) {
  let at = from;
  const inner = spans.filter(({ range: [first, last] }) => first >= from && last <= end && first < last);
  while (inner.length) {
    const span = inner.shift();
    const [first, last] = span.range;
    if (first < at) continue;
    say(parent, text.slice(at, first));
    const tags = { link: "span", strong: "strong", emphasis: "em", code: "code", formula: "code" };
    const drawn = el(tags[span.type] ?? "span", span.type === "link" ? { class: "link", title: span.target } : {});
    inline(drawn, [text, inner.filter((other) => other.range[1] <= last)], first, last);
    parent.append(drawn);
    at = last;
  }
  say(parent, text.slice(at, end));
}

function table(rows) {
  const drawn = el("table", {});
  for (const row of rows) {
    drawn.append(el("tr", {}, row.map((cell) => {
      const of = el(cell.is_header ? "th" : "td", { dir: "auto", colspan: cell.colspan, rowspan: cell.rowspan });
      inline(of, [cell.text, cell.spans ?? []]);
      return of;
    })));
  }
  return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Table" }, drawn);
}
