
// Which view is shown: the part of the address behind the #.

/** What single keys do in the view that is shown. */
let keys = {};

const VIEWS = { "": overview, dumps, dump, stories, story, suspects };

function show() {
  const [view = "", ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  if (view === "main") return;
  const main = document.getElementById("main");
  main.replaceChildren();
  main.className = "";
  keys = {};
  const then = (Object.hasOwn(VIEWS, view) ? VIEWS[view] : (place) => missing(place, "There is no such view."))(main, ...rest);
  const home = { dump: "dumps", story: "stories" }[view] ?? view;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === home) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const title = main.querySelector("h1");
  document.title = `${title.textContent} · dechaff`;
  window.scrollTo(0, 0);
  if (then) then();
  else if (begun) title.focus({ preventScroll: true });
  begun = true;
}
let begun = false;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const heed = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
  if (!heed) return;
  event.preventDefault();
  heed();
});

document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
});

say(document.getElementById("folder"), data("run").folder);
window.addEventListener("hashchange", show);
show();
