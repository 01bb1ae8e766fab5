
// Where a person should look first.

function suspects(main) {
  const rows = data("rows");
  const found = data("suspects");
  main.append(heading("Where to look first"));
  if (data("run").not_judged) main.append(el("p", { class: "notice" }, `What the model thought is not known here: ${data("run").not_judged}.`));
  const where = (suspect) => {
    const row = rows[suspect.row];
    const hash = suspect.span === null ? `dump/${suspect.row}` : `dump/${suspect.row}/${suspect.span}`;
    return row.open ? to(hash, called(row)) : called(row);
  };
  const place = { name: "Dump", cell: where, by: (suspect) => called(rows[suspect.row]), class: "name" };
  const text = { name: "Text", cell: (suspect) => suspect.excerpt, class: "name" };
  const decided = { name: "Decided by", cell: (suspect) => [badge(suspect.kind), " ", el("span", { class: "code" }, suspect.by)], by: (suspect) => suspect.by };
  const model = { name: "Model", num: true, by: (suspect) => suspect.probability, cell: (suspect) => suspect.probability.toFixed(2) + (suspect.needed === null ? "" : ` of ${suspect.needed.toFixed(2)}`) };
  const words = (suspect) => called(rows[suspect.row]) + " " + suspect.excerpt;
  const part = (title, why, list_of, columns) => {
    main.append(el("h2", {}, `${title} (${count(list_of.length)})`), el("p", { class: "soft" }, why));
    if (list_of.length) main.append(list(title, list_of, columns, { words }));
  };
  part("The model was hardly sure", "Its probability is near the one that was asked for at the place.", found.unsure, [text, decided, model, place]);
  part("A rule or a detector against the model", "Removed though the model takes it for text, or kept though it does not.", found.against, [text, decided, model, place]);
  part("Much of the text went", "Half and more of what is as long as a paragraph was removed.", found.lost, [place, text]);
  part("Kept, and in several stories", "Paragraphs of sixty characters and more that come back: boilerplate, perhaps.", found.shared, [text, place]);
}
