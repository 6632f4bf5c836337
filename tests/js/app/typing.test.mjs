import assert from "node:assert/strict";
import test from "node:test";

import { AFTER_MS, BEFORE_MS, Typing } from "../../../static/app/lib/typing.js";

/** A hand at the keys: what ran, and when. */
function hand(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const typing = new Typing();
  const ran = [];
  let now = 0;
  const wait = (ms) => {
    for (let n = 0; n < ms; n++) (now++, t.mock.timers.tick(1));
  };
  const press = (key, { acts = true, more = {}, kind = "", ...how } = {}) =>
    typing.pressed({ key, timeStamp: now, ...more }, acts ? { run: () => ran.push([key, now]), ...how } : null, kind);
  const type = (text, pause, steps = "") => {
    for (const key of text) {
      press(key, steps.includes(key) ? { kind: "step", atOnce: true } : {});
      wait(pause);
    }
  };
  wait(1000);
  return { typing, press, type, wait, ran, now: () => now };
}

for (const pause of [10, 80, 150, 240]) {
  test(`no letter of a word acts, at ${pause} ms a letter`, (t) => {
    const { type, wait, ran } = hand(t);
    for (const text of ["can we next do xxx", "aan", "oops", "ssst", "ga door", "x-c"]) {
      type(text, pause);
      wait(BEFORE_MS + AFTER_MS);
      assert.deepEqual(ran, [], text);
    }
  });
}

test("a key by itself acts, once it is known to be one", (t) => {
  const { press, wait, ran, now } = hand(t);
  const at = now();
  assert.equal(press("n"), true);
  wait(AFTER_MS - 1);
  assert.deepEqual(ran, []);
  wait(1);
  assert.deepEqual(ran, [["n", at + AFTER_MS]]);
  assert.ok(AFTER_MS <= 300);
  wait(BEFORE_MS - AFTER_MS);
  press("x");
  wait(AFTER_MS);
  assert.equal(ran.length, 2);
});

test("a second press of a key is the same one, and one that is held too", (t) => {
  const { press, wait, ran } = hand(t);
  press("n");
  wait(100);
  press("n");
  wait(AFTER_MS);
  assert.equal(ran.length, 1);
  wait(BEFORE_MS);
  press("u");
  for (let n = 0; n < 20; n++) (wait(30), press("u", { acts: false, more: { repeat: true } }));
  assert.equal(ran.length, 2);
});

test("steps follow each other at once, and end where a word begins", (t) => {
  const { type, press, wait, ran } = hand(t);
  type("jjk", 60, "jk");
  assert.equal(ran.length, 3);
  wait(AFTER_MS);
  press("a");
  wait(AFTER_MS);
  assert.equal(ran.length, 4);
  wait(BEFORE_MS);
  type("ja graag", 150, "jk");
  wait(BEFORE_MS);
  assert.deepEqual(ran.slice(4).map(([key]) => key), ["j"]);
});

test("the second of two keys is no letter of a word", (t) => {
  const { press, wait, ran } = hand(t);
  press("g", { acts: false, kind: "first" });
  wait(20);
  press("c");
  wait(AFTER_MS);
  assert.equal(ran.length, 1);
  wait(BEFORE_MS);
  press("o", { acts: false });
  wait(20);
  press("g", { acts: false, kind: "first" });
  wait(20);
  press("c");
  wait(AFTER_MS);
  assert.equal(ran.length, 1);
});

test("letters that ask for nothing are a word's as well, and those with a command are none", (t) => {
  const { press, wait, ran } = hand(t);
  for (const more of [{ shiftKey: true }, { isComposing: true }, {}]) {
    press("Z", { acts: false, more });
    assert.equal(press("x"), false);
    wait(BEFORE_MS);
  }
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
    press("z", { acts: false, more });
    assert.equal(press("x"), true);
    wait(BEFORE_MS);
  }
  assert.equal(ran.length, 3);
});

test("who points somewhere meant the key before, and the one after", (t) => {
  const { typing, press, wait, ran } = hand(t);
  press("s");
  wait(20);
  typing.pointed();
  assert.deepEqual(ran.map(([key]) => key), ["s"]);
  press("n");
  wait(AFTER_MS);
  assert.deepEqual(ran.map(([key]) => key), ["s", "n"]);
});
