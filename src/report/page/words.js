
// Which words of two texts differ.

/** The most that is compared word by word: the product of two lengths. */
const MOST = 4e6;

const folded = (word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "") || word;

/** For each word of both texts whether it stands in the other one, at its place. */
function differing(a, b) {
  const [words_a, words_b] = [a, b].map((text) => text.split(/(\s+)/).filter(Boolean));
  const of = (words) => words.map((word, at) => [folded(word), at]).filter(([word]) => word.trim());
  const [x, y] = [of(words_a), of(words_b)];
  const shared = [new Set(), new Set()];
  match(x, y, shared);
  const marked = (words, kept) => words.map((word, at) => [word, !word.trim() || kept.has(at)]);
  return [marked(words_a, shared[0]), marked(words_b, shared[1])];
}

function match(x, y, shared) {
  let first = 0, x_end = x.length, y_end = y.length;
  const take = (i, j) => { shared[0].add(x[i][1]); shared[1].add(y[j][1]); };
  while (first < x_end && first < y_end && x[first][0] === y[first][0]) { take(first, first); first++; }
  while (first < x_end && first < y_end && x[x_end - 1][0] === y[y_end - 1][0]) { x_end--; y_end--; take(x_end, y_end); }
  [x, y] = [x.slice(first, x_end), y.slice(first, y_end)];
  if (!x.length || !y.length) return;
  if (x.length * y.length <= MOST) return align(x, y, shared);
  // Words that either text has once part both where they stand in the same order.
  const once = (words) => {
    const places = new Map();
    words.forEach(([word], at) => places.set(word, places.has(word) ? -1 : at));
    return places;
  };
  const in_y = once(y);
  const pairs = [...once(x)].map(([word, i]) => [i, in_y.get(word) ?? -1]).filter(([i, j]) => i >= 0 && j >= 0).sort(([a], [b]) => a - b);
  const anchors = rising(pairs);
  if (!anchors.length) return;
  let [i0, j0] = [0, 0];
  for (const [i, j] of [...anchors, [x.length, y.length]]) {
    match(x.slice(i0, i), y.slice(j0, j), shared);
    if (i < x.length) { shared[0].add(x[i][1]); shared[1].add(y[j][1]); }
    [i0, j0] = [i + 1, j + 1];
  }
}

/** The longest run of pairs whose second numbers rise. */
function rising(pairs) {
  const ends = [], before = [];
  pairs.forEach(([, j], at) => {
    let low = 0, high = ends.length;
    while (low < high) { const middle = (low + high) >> 1; if (pairs[ends[middle]][1] < j) low = middle + 1; else high = middle; }
    before[at] = low ? ends[low - 1] : -1;
    ends[low] = at;
  });
  const run = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]) run.unshift(pairs[at]);
  return run;
}

/** The longest common words of two short texts. */
function align(x, y, shared) {
  const wide = y.length + 1;
  const long = new Uint16Array((x.length + 1) * wide);
  for (let i = x.length - 1; i >= 0; i--)
    for (let j = y.length - 1; j >= 0; j--)
      long[i * wide + j] = x[i][0] === y[j][0] ? long[(i + 1) * wide + j + 1] + 1 : Math.max(long[(i + 1) * wide + j], long[i * wide + j + 1]);
  for (let i = 0, j = 0; i < x.length && j < y.length;) {
    if (x[i][0] === y[j][0]) { shared[0].add(x[i++][1]); shared[1].add(y[j++][1]); }
    else if (long[(i + 1) * wide + j] >= long[i * wide + j + 1]) i++;
    else j++;
  }
}
