
// The first view: what the run did.

function overview(main) {
  const run = data("run");
  const { counts, shown } = run;
  main.append(heading("What this run did"));
  main.append(el("p", { class: "soft" }, `${run.tool}, ${run.started.slice(0, 16).replace("T", " ")} UTC, ${run.folder}`));
  main.append(...notices(run));
  const cards = [
    ["records", count(counts.inputs)], ["of text", size(counts.bytes)], ["articles", count(counts.articles)],
    ["canonical", count(counts.canonical)], ["copies", count(counts.copies)],
  ];
  if (counts.known) cards.push(["known from earlier runs", count(counts.known)]);
  const list_of_cards = cards.map(([what, number]) => el("li", {}, el("b", {}, number), what));
  list_of_cards.push(el("li", { class: counts.failed ? "bad" : null }, el("b", {}, count(counts.failed)), "failed"));
  main.append(el("ul", { class: "cards" }, list_of_cards));
  if (run.failures.length) main.append(...failures(run));
  const gone = Object.entries(run.missing);
  if (gone.length) {
    main.append(el("h2", {}, "Not read again"), list("Not read again", gone, [
      { name: "Dump", cell: ([dump]) => dump, by: ([dump]) => dump, class: "name" },
      { name: "Why", cell: ([, why]) => why, by: ([, why]) => why },
    ], { words: ([dump, why]) => dump + why }));
  }
  main.append(el("h2", {}, "Where the bytes went"), bar(run.kinds), kinds(run.kinds));
  main.append(el("h2", {}, "What decided"), deciders(run));
  if (run.never.length) {
    main.append(el("details", {}, el("summary", {}, `${count(run.never.length)} rules that decided nowhere`),
      el("ul", { class: "many" }, run.never.map((rule) => el("li", { class: "code" }, rule)))));
  }
  main.append(el("div", { class: "columns" },
    el("section", {}, el("h2", {}, "Sources"), names("Sources", run.sources, "no source")),
    el("section", {}, el("h2", {}, "Languages"), names("Languages", run.languages, "not told"))));
  if (run.skipped.length) {
    main.append(el("h2", {}, "Left out"), list("Left out", run.skipped, [
      { name: "Input", cell: (skipped) => skipped.dump, by: (skipped) => skipped.dump, class: "name" },
      { name: "Why", cell: (skipped) => skipped.reason, by: (skipped) => skipped.reason },
    ]));
  }
}

function notices(run) {
  const { shown } = run;
  const notices = [];
  const notice = (text, warn) => notices.push(el("p", { class: warn ? "notice warn" : "notice" }, text));
  if (shown.records < shown.all_records || shown.articles < shown.all_articles) {
    notice(`This run is too large for one page. The lists hold a sample of ${count(shown.records)} of ${count(shown.all_records)} records and ${count(shown.articles)} of ${count(shown.all_articles)} articles; what is counted here is counted over all.`);
  }
  const missing = Object.entries(run.missing);
  if (shown.texts + missing.length < shown.records) {
    notice(`${count(shown.texts)} of the ${count(shown.records)} records that are listed have their texts in this page.`);
  }
  if (missing.length) {
    notice(`${count(missing.length)} ${missing.length === 1 ? "dump" : "dumps"} could not be read again; what is shown has no text.`, true);
  }
  if (run.not_judged) notice(`What the model thought is not shown: ${run.not_judged}.`);
  if (run.format !== "jsonl") notice(`The run wrote its articles as ${run.format}; this page reads JSON lines only, and so shows no stories.`);
  return notices;
}

function failures(run) {
  const more = run.counts.failed - run.failures.length;
  return [
    el("h2", {}, "What failed"),
    list("What failed", run.failures, [
      { name: "Dump", cell: called_failure, by: called_failure, class: "name" },
      { name: "Why", cell: (failure) => failure.error, by: (failure) => failure.error },
    ], { words: (failure) => called_failure(failure) + failure.error }),
    more > 0 ? el("p", { class: "soft" }, `${count(more)} more stand in failures.jsonl.`) : "",
  ];
}
const called_failure = (failure) => failure.dump + (failure.record == null ? "" : " · " + failure.record);

function bar(kinds) {
  const all = kinds.reduce((sum, kind) => sum + kind.bytes, 0);
  const parts = kinds.filter((kind) => kind.bytes);
  const said = parts.map((kind) => `${kind.name} ${share(kind.bytes, all)}`).join(", ");
  const drawn = el("div", { class: "bar", role: "img", "aria-label": said });
  for (const kind of parts) {
    const part = el("span", { class: "k-" + kind.name, title: `${kind.name}: ${size(kind.bytes)}, ${share(kind.bytes, all)}` });
    part.style.flex = `${kind.bytes} 0 0`;
    drawn.append(part);
  }
  return drawn;
}

function kinds(kinds) {
  const all = kinds.reduce((sum, kind) => sum + kind.bytes, 0);
  const classes = { kept: "kept", about: "about the article", removed: "removed", space: "space and tags" };
  const became = (kind) => (kind.name === "copy" ? "stands in another article" : classes[kind.class]);
  return list("Kinds", kinds.filter((kind) => kind.spans), [
    { name: "Kind", cell: (kind) => badge(kind.name), by: (kind) => kind.name },
    { name: "What became of it", cell: became, by: became },
    amount("Spans", (kind) => kind.spans), amount("Size", (kind) => kind.bytes, size),
    { name: "Share", num: true, by: (kind) => kind.bytes, cell: (kind) => share(kind.bytes, all) },
  ], { sorted: { by: 3, down: true } });
}

function deciders(run) {
  return list("What decided", run.deciders, [
    { name: "Rule, detector or model", cell: (decider) => decider.by, by: (decider) => decider.by, class: "code" },
    { name: "Kind", cell: (decider) => badge(decider.kind), by: (decider) => decider.kind },
    amount("Spans", (decider) => decider.spans), amount("Size", (decider) => decider.bytes, size),
  ], { words: (decider) => decider.by, sorted: { by: 2, down: true } });
}

function names(label, counted, none) {
  return list(label, counted, [
    { name: "Name", cell: ([name]) => name || el("span", { class: "soft" }, none), by: ([name]) => name, class: "name" },
    amount("Articles", ([, articles]) => articles),
  ]);
}
