import assert from "node:assert/strict";
import test from "node:test";

import {
  beforeAfterMove,
  beforeWhenDropped,
  groups,
  heldBoard,
  neighbour,
  nextUp,
  walk,
} from "../../../../static/session/questions/groups.js";

const question = (id, state, fields = {}) => ({ id, state, text: id, supporters: 0, at: 0, asker: {}, ...fields });
const stage = { id: "now", live: null, on_deck: null, queue: ["c", "a", "b"], just_asked: [] };
const ids = (questions) => questions.map((one) => one.id);

test("the queue stands as the stage says", () => {
  const found = groups(
    ["a", "b", "c"].map((id) => question(id, "queued")),
    stage,
    "supporters",
  );
  assert.deepEqual(ids(found.queued), ["c", "a", "b"]);
});

test("open questions stand by supporters, older first among equals, or newest first", () => {
  const open = [
    question("a", "open", { at: 1 }),
    question("b", "open", { at: 2, supporters: 3 }),
    question("c", "open", { at: 3 }),
  ];
  assert.deepEqual(ids(groups(open, undefined, "supporters").open), ["b", "a", "c"]);
  assert.deepEqual(ids(groups(open, undefined, "newest").open), ["c", "b", "a"]);
});

test("a board that is held keeps its order and its cards, and counts the new ones", () => {
  const open = (id, supporters) => question(id, "open", { supporters });
  const known = groups([open("a", 3), open("b", 2), open("d", 1), open("e", 0)], undefined, "supporters");
  const gone = [question("d", "queued", { supporters: 1 })];
  const now = groups([open("a", 3), open("b", 9), open("c", 5), ...gone], undefined, "supporters");
  const held = heldBoard(now, known);
  assert.deepEqual(ids(now.open), ["b", "c", "a"]);
  assert.deepEqual(ids(held.found.open), ["a", "b", "d", "e"]);
  assert.deepEqual(ids(held.found.queued), []);
  assert.deepEqual(
    held.found.open.map(({ state, supporters }) => [state, supporters]),
    [["open", 3], ["open", 9], ["queued", 1], ["withdrawn", 0]],
  );
  assert.equal(held.fresh, 1);
});

test("walking skips folded groups and stops at the ends", () => {
  const found = groups([question("a", "open"), question("b", "answered"), question("c", "live")], stage, "newest");
  const way = walk(found, new Set(["answered"]));
  assert.deepEqual(way, ["c", "a"]);
  assert.equal(neighbour(way, null, 1), "c");
  assert.equal(neighbour(way, "c", 1), "a");
  assert.equal(neighbour(way, "a", 1), "a");
  assert.equal(neighbour(way, "gone", -1), "a");
  assert.equal(neighbour([], null, 1), undefined);
});

test("next is who was told so, else the head of the line", () => {
  assert.equal(nextUp({ ...stage, on_deck: "z" }), "z");
  assert.equal(nextUp(stage), "c");
  assert.equal(nextUp({ ...stage, queue: [] }), null);
  assert.equal(nextUp(undefined), null);
});

test("dropped on the upper half of a card it stands before it, on the lower half after it", () => {
  const line = ["a", "b", "c"];
  assert.equal(beforeWhenDropped(line, "c", "a", false), "a");
  assert.equal(beforeWhenDropped(line, "a", "b", true), "c");
  assert.equal(beforeWhenDropped(line, "a", "c", true), null);
  assert.equal(beforeWhenDropped(line, "a", "b", false), undefined);
  assert.equal(beforeWhenDropped(line, "b", "b", true), undefined);
});

test("one place up or down in the line, and not beyond its ends", () => {
  const line = ["a", "b", "c"];
  assert.equal(beforeAfterMove(line, "b", -1), "a");
  assert.equal(beforeAfterMove(line, "a", 1), "c");
  assert.equal(beforeAfterMove(line, "b", 1), null);
  assert.equal(beforeAfterMove(line, "a", -1), undefined);
  assert.equal(beforeAfterMove(line, "c", 1), undefined);
  assert.equal(beforeAfterMove(line, "z", 1), undefined);
});
