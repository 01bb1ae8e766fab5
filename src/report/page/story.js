
// A story: the article that stands for it, and its copies.

const RELATIONS = {
  exact: "the same letters and digits",
  near: "most of either stands in the other",
  contained: "most of one stands in the other, which holds much else",
};

function stories(main) {
  main.append(heading("Stories"));
  const all = data("stories");
  const rows = data("rows");
  main.append(list("Stories", all, [
    { name: "Headline", cell: (story) => titled(story, rows), by: (story) => story.title ?? "", class: "name" },
    { name: "Source", cell: (story) => story.source ?? "", by: (story) => story.source ?? "", class: "name" },
    { name: "Published", cell: (story) => (story.published ?? "").slice(0, 10), by: (story) => story.published ?? "", class: "when" },
    { name: "Language", cell: (story) => story.language ?? "", by: (story) => story.language ?? "" },
    amount("Characters", (story) => story.chars), amount("Copies", (story) => story.copies),
  ], {
    words: (story) => [story.title, story.source, rows[story.row].dump].join(" "),
    only: [["with copies", (story) => story.copies > 0], ["without a headline", (story) => story.title === null]],
    sorted: { by: 5, down: true },
  }));
}

function titled(story, rows) {
  const title = story.title ?? "(no headline)";
  return rows[story.row].open ? to(`story/${story.row}/${story.article}`, title) : title;
}

const found = (row, number) => data("r" + row)?.articles.find((of) => of.article === Number(number));

function story(main, row, number, copy) {
  const of = found(row, number);
  if (!of) return missing(main, "This story is not in the page.");
  main.classList.add("wide");
  main.append(heading(of.title ?? "(no headline)"));
  const place = data("rows")[row];
  main.append(el("p", { class: "soft" }, "From ", to("dump/" + row, called(place)), `, article ${of.article}.`));
  if (!of.copies.length) {
    main.append(el("p", { class: "soft" }, "Nothing was folded into it."), el("div", { class: "pane" }, el("div", { class: "scrolling" , tabindex: "0", role: "region", "aria-label": "The article" }, article(of))));
    return;
  }
  const chosen = Number(copy ?? 0);
  const choice = el("ul", { class: "choice" });
  of.copies.forEach((one, at) => {
    const said = `${one.title ?? "(no headline)"} — ${called(one)}, article ${one.article}`;
    choice.append(el("li", {}, el("button", { type: "button", "aria-pressed": String(at === chosen), on: { click: () => { location.hash = `#/story/${row}/${number}/${at}`; } } },
      said, " ", el("span", { class: "soft small" }, `${one.relation}, similarity ${one.similarity}`))));
  });
  main.append(el("h2", {}, of.copies.length === 1 ? "One copy" : `${count(of.copies.length)} copies`), choice);
  compare(main, of, of.copies[chosen] ?? of.copies[0], place);
}

function compare(main, of, one, place) {
  const copy = one.row === null ? null : found(one.row, one.article);
  main.append(el("p", {}, `Made one because ${RELATIONS[one.relation] ?? one.relation} (${one.relation}, similarity ${one.similarity}).`));
  if (!copy) {
    main.append(el("p", { class: "notice" }, "The text of this copy is not in the page; only the article that stands for it is."));
    main.append(el("div", { class: "pane" }, el("div", { class: "scrolling", tabindex: "0", role: "region", "aria-label": "The article" }, article(of))));
    return;
  }
  const own = copy.folded?.own ?? null;
  if (own) {
    main.append(el("h2", {}, "Only in the copy"), own.length
      ? el("ul", { class: "own" }, own.slice(0, 200).map((text) => el("li", { class: "name" }, el("span", { class: "only there" }, text))))
      : el("p", { class: "soft" }, "Nothing: every word of it stands in the article."));
  }
  const text = (side) => [side.title, ...side.paragraphs].filter(Boolean).join("\n\n");
  const [here, there] = differing(text(of), text(copy));
  const pane = (title, words, mark, row, label) => el("section", { class: "pane" },
    el("h2", {}, title, " ", to("dump/" + row, "in its dump")),
    el("div", { class: "scrolling dump article", tabindex: "0", role: "region", "aria-label": label }, marked(words, mark)));
  const where = data("rows").indexOf(place);
  main.append(el("h2", {}, "Word by word"), el("p", { class: "small" }, el("span", { class: "only here" }, "only in the article"), " ", el("span", { class: "only there" }, "only in the copy")),
    el("div", { class: "panes" }, pane("The article", here, "here", where, "The article"), pane("The copy", there, "there", one.row, "The copy")));
}

/** Words, those that stand nowhere in the other text marked. */
function marked(words, mark) {
  const drawn = [];
  let run = "", space = "", isShared = true;
  const flush = () => {
    if (run) drawn.push(el(isShared ? "span" : "ins", isShared ? {} : { class: "only " + mark }, run));
    run = "";
  };
  for (const [word, shared] of words) {
    if (!word.trim()) {
      space = word;
      continue;
    }
    // The space between two runs belongs to the one that is not marked.
    if (shared !== isShared) {
      if (isShared) run += space;
      flush();
      if (shared) run = space;
    } else run += space;
    [isShared, space] = [shared, ""];
    run += word;
  }
  flush();
  return drawn;
}
