
// Lists of any length: a page at a time, filtered and sorted.

const PER_PAGE = 100;
/** Rows that are seen at a glance. */
const FEW = 8;

/**
 * A list. A column has a name, `cell` (what stands in it), and perhaps `by` (what it is sorted by) and `num`.
 * `words` gives the text that the filter looks at; `only` are switches: a name and what passes it.
 */
function list(label, rows, columns, { words, only = [], sorted } = {}) {
  const frame = el("div", {});
  const said = status("");
  const body = el("tbody", {});
  const state = { page: 0, text: "", on: new Set(), by: sorted?.by ?? null, down: sorted?.down ?? false };
  const heads = columns.map((column, at) => {
    if (!column.by) return el("th", { scope: "col", class: column.num ? "num" : null }, column.name);
    const arrow = el("span", { "aria-hidden": "true" });
    const button = el("button", { type: "button", on: { click: () => sort(at) } }, column.name, " ", arrow);
    return Object.assign(el("th", { scope: "col", class: column.num ? "num" : null }, button), { arrow });
  });
  const back = el("button", { type: "button", on: { click: () => turn(-1) } }, "‹ Back");
  const on = el("button", { type: "button", on: { click: () => turn(1) } }, "More ›");
  const place = el("span", { class: "soft small" });
  const pager = el("div", { class: "pager" }, back, on, place);
  const tools = el("div", { class: "tools" });
  if (words && rows.length > FEW) {
    const input = el("input", { type: "search", autocomplete: "off", spellcheck: "false", on: { input: () => find(input.value) } });
    tools.append(el("label", {}, el("span", {}, "Find"), input));
  }
  for (const [title, passes] of rows.length > FEW ? only : []) {
    const box = el("input", { type: "checkbox", on: { change: () => pick(passes, box.checked) } });
    tools.append(el("label", {}, box, title));
  }
  if (tools.hasChildNodes()) tools.append(said);
  const table = el("table", { class: "list" }, el("thead", {}, el("tr", {}, heads)), body);
  if (tools.hasChildNodes()) frame.append(tools);
  frame.append(el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table), pager);

  let shown = [];
  function choose() {
    const text = state.text.toLowerCase();
    shown = rows.filter((row) => (!text || words(row).toLowerCase().includes(text)) && [...state.on].every((passes) => passes(row)));
    const column = columns[state.by];
    if (column) {
      const keyed = shown.map((row, at) => [column.by(row), at, row]);
      const sign = state.down ? -1 : 1;
      keyed.sort(([a, i], [b, j]) => sign * (a < b ? -1 : a > b ? 1 : 0) || i - j);
      shown = keyed.map(([, , row]) => row);
    }
    state.page = 0;
    draw();
  }
  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
    const first = state.page * PER_PAGE;
    body.replaceChildren(...shown.slice(first, first + PER_PAGE).map((row) =>
      el("tr", {}, columns.map((column) => el("td", { class: column.num ? "num" : column.class }, column.cell(row))))));
    pager.hidden = pages === 1;
    [back.disabled, on.disabled] = [state.page === 0, state.page + 1 === pages];
    place.textContent = `page ${count(state.page + 1)} of ${count(pages)}`;
    said.textContent = shown.length === rows.length ? count(rows.length) : `${count(shown.length)} of ${count(rows.length)}`;
    heads.forEach((head, at) => {
      if (!head.arrow) return;
      head.arrow.textContent = at === state.by ? (state.down ? "↓" : "↑") : "";
      if (at === state.by) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }
  function sort(at) {
    state.down = state.by === at ? !state.down : Boolean(columns[at].num);
    state.by = at;
    choose();
  }
  function turn(by) { state.page += by; draw(); }
  function find(text) { state.text = text; choose(); }
  function pick(passes, isOn) { if (isOn) state.on.add(passes); else state.on.delete(passes); choose(); }
  choose();
  return frame;
}

/** A column of numbers. */
const amount = (name, of, shown = count) => ({ name, num: true, by: of, cell: (row) => shown(of(row)) });
