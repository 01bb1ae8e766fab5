// How anything gets onto the page: as text, never as markup.

const cache = new Map();
/** The data that stands in the page under a name; read when it is asked for. */
function data(name) {
  if (!cache.has(name)) {
    if (cache.size > 40) for (const key of cache.keys()) if (/^r\d/.test(key)) cache.delete(key);
    const block = document.getElementById(name);
    cache.set(name, block ? JSON.parse(block.textContent) : null);
  }
  return cache.get(name);
}

const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Adds a text; characters that nobody sees, or that turn the direction of writing, are named. */
function say(parent, text) {
  let from = 0;
  for (const found of text.matchAll(UNSEEN)) {
    if (found[0] === "\r" && text[found.index + 1] === "\n") continue;
    parent.append(text.slice(from, found.index), el("span", { class: "control" }, name(found[0])));
    from = found.index + 1;
  }
  parent.append(text.slice(from));
}

const name = (character) => "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");

/** The same in one string, where no element can stand. */
const plain = (text) => text.replace(UNSEEN, name);

/** An element; texts among its children are shown as `say` does it. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key === "on") for (const [event, heed] of Object.entries(value)) element.addEventListener(event, heed);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, plain(String(value)));
  }
  for (const child of children.flat()) {
    if (child instanceof Node) element.append(child);
    else if (child != null) say(element, String(child));
  }
  return element;
}

/** A link to a view of this page. */
const to = (hash, ...children) => el("a", { href: "#/" + hash }, ...children);

const count = (number) => Number(number ?? 0).toLocaleString("en");

function size(bytes) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let at = 0;
  for (; bytes >= 1024 && at + 1 < units.length; at++) bytes /= 1024;
  return (at && bytes < 100 ? bytes.toFixed(1) : Math.round(bytes)) + " " + units[at];
}

const share = (part, whole) => (whole ? (100 * part) / whole : 0).toFixed(1) + " %";

const badge = (kind) => el("span", { class: "badge k-" + kind }, kind);

/** How a record is called. */
const called = (row) => row.dump + (row.record === null ? "" : " · " + row.record);

/** Says something to whoever hears the page instead of seeing it. */
const status = (text) => el("p", { class: "soft small", role: "status" }, text);

/** Where the reader is, as the heading of a view. */
const heading = (...children) => el("h1", { tabindex: "-1" }, ...children);
