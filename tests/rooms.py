#!/usr/bin/env python3
"""Fails when a module imports what stands above it, when a file names what the mod.rs above it defines, or when modules import each
other in a circle: rooms.py SRC ROOMS

ROOMS has a line for each level, from the bottom up: `room NAME...` (rooms of one level may not know each other). Edges run from item to
item, through re-exports. Methods called on a value are not seen."""
import collections, pathlib, re, sys
ITEM = re.compile(r"^(?:pub(?:\([^)]*\))? )?(?:const |async )*(?:fn|struct|enum|trait|type|const|static) +(\w+)|^impl(?:<[^>]*>)? (?:[^{]+ for )?(?:\w+::)*(\w+)", re.M)
USE = re.compile(r"^ *(?:pub(?:\([^)]*\))? )?use ([^;]+);", re.M)

def leaves(tree, prefix=""):
    head, brace, rest = tree.strip().partition("{")
    parts, depth = [""], 0
    for c in rest.rstrip()[:-1]:
        depth += (c == "{") - (c == "}")
        parts = parts + [""] if c == "," and not depth else parts[:-1] + [parts[-1] + c]
    return [leaf for part in parts if part.strip() for leaf in leaves(part, prefix + head)] if brace else [prefix + head]

def read(src):
    """Files by module path, the items of each file with their text, and its imports by the names they bind."""
    files, items, uses = {}, {}, {}
    for path in sorted(pathlib.Path(src).rglob("*.rs")):
        name = path.relative_to(src).as_posix()
        files[tuple(p for p in name[:-3].split("/") if p not in ("mod", "lib"))] = name
        text = re.sub(r"//.*", "", path.read_text(encoding="utf-8").split("#[cfg(test)]\nmod tests")[0])
        bound = [leaf.replace("::self", "").partition(" as ") for use in USE.findall(text) for leaf in leaves(" ".join(use.split()))]
        uses[name] = {alias or path.split("::")[-1]: path.split("::") for path, _, alias in bound}
        text, items[name] = USE.sub("", text), collections.defaultdict(str)
        starts = [(m.start(), m[1] or m[2]) for m in ITEM.finditer(text)] + [(len(text), "")]
        for (start, item), (end, _) in zip(starts, starts[1:]):
            items[name][item] += text[start:end]
    return files, items, uses

def edges_of(files, items, uses):
    """(file, item) -> (file, item), for each item that the text of another names."""
    def resolve(module, path, depth=0):
        module, path = ((), path[1:]) if path[0] in ("crate", "dechaff") else (module, path)
        while path and path[0] in ("super", "self"):
            module, path = module[:-1] if path[0] == "super" else module, path[1:]
        while path and module + (path[0],) in files:
            module, path = module + (path[0],), path[1:]
        name = files.get(module)
        if not path or not name or depth > 9 or path[0] in items[name]:
            return (name, path[0]) if path and name and depth <= 9 else None
        through = uses[name].get(path[0])
        return resolve(module, through + path[1:], depth + 1) if through and through != path else None
    for module, name in files.items():
        for item, body in items[name].items():
            words = set(re.findall(r"(?<![.\w])(?<!fn )\w+", body))
            paths = [uses[name][word] for word in words & set(uses[name])] + [[word] for word in words & set(items[name])]
            paths += [p.split("::") for p in re.findall(r"\b(?:crate|super|self)(?:::\w+)+", body)]
            paths += [uses[name].get(a, [a]) + [b] for a, b in re.findall(r"(?<![\w:])(\w+)::(\w+)", body) if a in uses[name] or module + (a,) in files]
            yield from (((name, item), to) for to in filter(None, (resolve(module, p) for p in paths)) if to != (name, item))

def faults_of(graph, room_of, level):
    """What climbs, and which files go round in a circle."""
    for a, targets in graph.items():
        for b in targets:
            x, y = room_of(a), room_of(b)
            if x != y and not (x and y and level[y] < level[x]):
                yield f"climbs: {a} -> {b}"
            if b.endswith("/mod.rs") and a.startswith(b[:-6]):
                yield f"a child names what its mod.rs defines: {a} -> {b}"
    reach = {}
    for a in graph:
        reach[a], new = set(), set(graph[a])
        while new:
            reach[a], new = reach[a] | new, {c for b in new for c in graph.get(b, ())} - reach[a] - new
    circles = (frozenset(b for b in reach[a] if a in reach.get(b, ())) for a in graph)
    yield from sorted({"circle: " + ", ".join(sorted(circle)) for circle in circles if circle})

def main(src, rooms):
    rows = [line.split("#")[0].split() for line in pathlib.Path(rooms).read_text(encoding="utf-8").splitlines()]
    level = {room: n for n, row in enumerate(r for r in rows if r[:1] == ["room"]) for room in row[1:]}
    room_of = lambda file: max((r for r in level if file == r or file.startswith(r + "/")), key=len, default=None)
    graph = collections.defaultdict(set)
    for (a, _), (b, _) in edges_of(*read(src)):
        if a != b:
            graph[a].add(b)
    faults = list(faults_of(graph, room_of, level))
    print(*faults, f"{sum(map(len, graph.values()))} imports between files, {len(faults)} faults", sep="\n")
    return bool(faults)

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
