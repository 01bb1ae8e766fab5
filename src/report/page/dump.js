
// A dump: its text as it was, every span by kind, and the clean articles beside it.

function dumps(main) {
  main.append(heading("Dumps"));
  const rows = data("rows").map((row, at) => ({ ...row, at }));
  main.append(list("Dumps", rows, [
    { name: "Dump", cell: (row) => (row.open ? to("dump/" + row.at, called(row)) : called(row)), by: called, class: "name" },
    { name: "Format", cell: (row) => row.format, by: (row) => row.format },
    amount("Size", (row) => row.bytes, size),
    { name: "Kept", num: true, by: (row) => row.kept / (row.bytes || 1), cell: (row) => [meter(row.kept, row.bytes), el("span", {}, share(row.kept, row.bytes))] },
    amount("Removed", (row) => row.removed, size), amount("Articles", (row) => row.articles),
  ], { words: called, only: [["without an article", (row) => !row.articles], ["of several articles", (row) => row.articles > 1]] }));
}

function meter(part, whole) {
  const filled = el("span");
  filled.style.width = share(part, whole).replace(" ", "");
  return el("span", { class: "meter", "aria-hidden": "true" }, filled);
}

function dump(main, number, wanted) {
  const row = data("rows")[number];
  const block = row?.open ? data("r" + number) : null;
  if (!block) return missing(main, "This record is not in the page.");
  const run = data("run");
  main.classList.add("wide");
  main.append(heading(row.dump));
  const facts = [row.record === null ? null : "record " + row.record, row.format, size(row.bytes), share(row.kept, row.bytes) + " kept", count(row.articles) + (row.articles === 1 ? " article" : " articles")];
  main.append(el("ul", { class: "facts" }, facts.filter(Boolean).map((fact) => el("li", { class: "name" }, fact))));
  if (block.missing) main.append(el("p", { class: "notice warn" }, `The dump ${block.missing}: its text is not shown.`));
  if (block.is_cut) main.append(el("p", { class: "notice" }, "This record is long: the page shows its beginning."));

  const text = el("div", { class: "scrolling withwhy dump", tabindex: "0", role: "region", "aria-label": "The dump" });
  const why = el("div", { class: "why", role: "status" }, el("p", { class: "soft" }, "Point at a span, or step through with j and k, to see what decided."));
  const spans = draw_spans(text, block, run);
  const kinds = new Map();
  for (const span of spans) kinds.set(span.kind, (kinds.get(span.kind) ?? 0) + 1);
  const removed = (span) => !span.isKept && run.kinds.find((kind) => kind.name === span.kind).class === "removed";
  let now = -1;
  function go(at) {
    const span = spans[at];
    if (!span) return;
    now = at;
    span.element.focus({ preventScroll: true });
    const [of, frame] = [span.element.getBoundingClientRect(), text.getBoundingClientRect()];
    text.scrollTop += of.top - frame.top - Math.max(0, frame.height - of.height) / 2;
    text.scrollIntoView({ block: "nearest" });
  }
  function step(by, passes) {
    for (let at = now + by; at >= 0 && at < spans.length; at += by) {
      const span = spans[at];
      if (!span.element.hidden && span.kind !== "blank" && passes(span)) return go(at);
    }
  }
  const any = (span) => span.kind !== "markup";
  function show(element) {
    const at = Number(element.dataset.at);
    if (!(at >= 0)) return;
    for (const other of text.querySelectorAll(".now")) other.classList.remove("now");
    element.classList.add("now");
    why.replaceChildren(...reasons(spans[at], block));
  }
  text.addEventListener("mouseover", (event) => { const found = event.target.closest(".s"); if (found) show(found); });
  text.addEventListener("focusin", (event) => {
    const found = event.target.closest(".s");
    if (!found) return;
    now = Number(found.dataset.at);
    show(found);
  });
  text.addEventListener("click", (event) => event.target.closest(".s")?.focus({ preventScroll: true }));

  const filters = el("ul", { class: "filters", "aria-label": "Kinds that are shown" });
  for (const kind of run.kinds.map((kind) => kind.name).filter((name) => kinds.has(name) && name !== "blank")) {
    const off = kind === "markup";
    const button = el("button", { type: "button", class: "k-" + kind, "aria-pressed": String(!off), on: { click: () => {
      const isOn = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isOn));
      if (kind === "markup") text.classList.toggle("tagless", !isOn);
      else for (const span of spans) if (span.kind === kind) span.element.hidden = !isOn;
    } } }, `${kind} ${count(kinds.get(kind))}`);
    filters.append(el("li", {}, button));
    if (off) text.classList.add("tagless");
  }
  const back = el("button", { type: "button", class: "button", on: { click: () => step(-1, removed) } }, "‹ Removed", el("kbd", {}, "p"));
  const on = el("button", { type: "button", class: "button", on: { click: () => step(1, removed) } }, "Next removed ›", el("kbd", {}, "n"));
  main.append(el("div", { class: "tools" }, back, on), filters);
  const articles = el("div", { class: "scrolling", tabindex: "0", role: "region", "aria-label": "Clean articles" });
  for (const of of block.articles) articles.append(standing(of, number), article(of));
  if (!block.articles.length) articles.append(el("p", { class: "soft" }, row.articles ? "Its articles are not in the page." : "Nothing here was taken for an article."));
  main.append(el("div", { class: "panes" },
    el("section", { class: "pane" }, el("h2", {}, "The dump"), text, why),
    el("section", { class: "pane" }, el("h2", {}, "What is left of it"), articles)));
  keys = { n: () => step(1, removed), p: () => step(-1, removed), j: () => step(1, any), k: () => step(-1, any) };
  if (wanted !== undefined) return () => go(Number(wanted));
}

/** Where an article stands among the others: a link to its story. */
function standing(of, number) {
  const story = of.folded ?? { row: number, article: of.article };
  const said = of.folded ? `folded into another article (${of.folded.relation})` : of.copies.length ? of.copies.length === 1 ? "stands for one copy" : `stands for ${count(of.copies.length)} copies` : null;
  return said ? el("p", { class: "small" }, to(`story/${story.row}/${story.article}`, `Article ${of.article}: ${said} ›`)) : el("span");
}

/** Puts every span into the text, and gives them with their places. */
function draw_spans(text, block, run) {
  const spans = [];
  const part = document.createDocumentFragment();
  let from = 0, open = 0, turned = true;
  for (const [length, kind, article, by, hidden, isKept] of block.spans) {
    const { name, class: family } = run.kinds[kind];
    if (article && isKept && article !== open) {
      part.append(el("div", { class: "start" }, "Article " + article));
      open = article;
      turned = true;
    }
    const written = block.text?.slice(from, from + length);
    const element = el(family === "removed" && !isKept ? "del" : "span", { class: "s k-" + name, "data-at": spans.length });
    if (name !== "blank") element.tabIndex = -1;
    if (written === undefined) say(element, `${name}, ${size(length)}\n`);
    else say(element, written);
    if (hidden) element.append(` […${size(hidden)}…] `);
    if (name === "markup") {
      const turns = !turned && /<\/?(p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|footer|nav|aside|fig|blockquote|pre|form|main|hr|option|button|title|body)/i.test(written ?? "");
      if (turns) element.classList.add("turn");
      else if (!turned && /\s/.test((written ?? "").replace(/<[^>]*>/g, ""))) element.classList.add("gap");
      turned ||= turns;
    } else if (name !== "blank") turned = false;
    spans.push({ at: from, end: from + length, kind: name, isKept, article, by: by ? run.deciders[by - 1].by : null, element });
    part.append(element);
    from += length;
  }
  text.append(part);
  return spans;
}

/** What decided on a span, and what else spoke for or against. */
function reasons(span, block) {
  const said = [el("p", {}, badge(span.kind), " ", span.by ? el("span", { class: "code" }, span.by) : "nothing spoke against it", span.article ? ` · article ${span.article}` : "")];
  const why = block.reasons.find(({ at: [first, end] }) => first < span.end && end > span.at);
  if (!why) return said;
  if (why.probability !== null) {
    const needed = why.needed === null ? "" : `, ${why.needed.toFixed(2)} needed`;
    const weights = why.weights.map(([name, weight]) => `${name} ${weight > 0 ? "+" : "−"}${Math.abs(weight).toFixed(1)}`).join("  ");
    said.push(el("p", {}, `Text with a probability of ${why.probability.toFixed(2)}${needed}. `, el("span", { class: "code soft" }, weights)));
  }
  for (const [kind, by, strength] of why.marks) said.push(el("p", {}, badge(kind), " ", el("span", { class: "code" }, by), ` (${strength})`));
  return said;
}

function missing(main, why) {
  main.append(heading("Not here"), el("p", {}, why));
}
