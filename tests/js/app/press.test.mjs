import assert from "node:assert/strict";
import { test } from "node:test";

import { Presses, SAME_PRESS_MS } from "../../../static/app/lib/press.js";

const HERE = { x: 100, y: 100 };

test("the same place within the time is the same press, wherever the hand strayed a little", () => {
  const presses = new Presses();
  assert.equal(presses.isAgain(HERE, 0), false);
  assert.equal(presses.isAgain({ x: 108, y: 95 }, SAME_PRESS_MS - 1), true);
});

test("another place is another press, and so is the same one later", () => {
  const presses = new Presses();
  assert.equal(presses.isAgain(HERE, 0), false);
  assert.equal(presses.isAgain({ x: 100, y: 144 }, 10), false);
  assert.equal(presses.isAgain({ x: 100, y: 144 }, 10 + SAME_PRESS_MS), false);
});

test("hammering is one press however long it goes on", () => {
  const presses = new Presses();
  assert.deepEqual(
    [0, 200, 400, 600, 800, 1000].map((at) => presses.isAgain(HERE, at)),
    [false, true, true, true, true, true],
  );
});

test("keys and places without a point are the same only as themselves", () => {
  const presses = new Presses();
  assert.deepEqual(
    ["n", "n", "g", {}, {}, HERE].map((place) => presses.isAgain(place, 0)),
    [false, true, false, false, false, false],
  );
});

test("words written in between make it another press", () => {
  const presses = new Presses();
  presses.isAgain(HERE, 0);
  presses.forget();
  assert.equal(presses.isAgain(HERE, 1), false);
});
