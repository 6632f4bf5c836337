import assert from "node:assert/strict";
import { test } from "node:test";

import { shaped } from "../../../static/app/shapes.js";

const WRONG = [null, undefined, 5, -1, 2 ** 63, -(2 ** 63), 8.64e15 + 1, NaN, "x", true, [], [null], {}, { toString: 1 }];

test("a right record passes as it is, with what is not known of it", () => {
  const question = {
    text: "Who pays?",
    state: "open",
    supporters: 3,
    shown: "named",
    asker: { id: "a", name: "Ana", organisation: "Voltline", kind: "sme", country: "NL", colour: "red" },
    at: 5,
    live_at: null,
    answered_at: 7,
    later: { more: 1 },
  };
  const found = shaped("question", question);
  assert.deepEqual({ ...found, ...question, asker: { ...found.asker, ...question.asker } }, found);
  for (const [name, value] of Object.entries(question)) if (name !== "asker") assert.deepEqual(found[name], value);
  assert.deepEqual(shaped("handout", { title: 5 }), { title: 5 });
});

test("a time that no calendar can show is no time", () => {
  for (const at of [2 ** 63, -(2 ** 63), 8.64e15 + 1, -1, NaN, "soon", 4_102_444_800_001]) {
    assert.equal(shaped("session", { starts_at: at }).starts_at, null);
  }
  assert.equal(shaped("session", { starts_at: 4_102_444_800_000 }).starts_at, 4_102_444_800_000);
});

test("whatever a record is, its fields are what the pages count on", () => {
  for (const wrong of WRONG) {
    assert.equal(shaped("session", wrong).title, "");
    assert.equal(shaped("session", { state: wrong }).state, "open");
    assert.equal(typeof shaped("person", { name: wrong }).name, "string");
    assert.ok(Array.isArray(shaped("stage", { queue: wrong }).queue));
    assert.ok(shaped("stage", { just_asked: wrong }).just_asked.every(({ question }) => typeof question === "string"));
    assert.ok(shaped("poll", { options: wrong }).options.every(({ text }) => typeof text === "string"));
    assert.equal(typeof shaped("question", { asker: wrong }).asker, "object");
    assert.ok([null, undefined, "object"].includes(shaped("person", { greeted: wrong }).greeted && "object"));
  }
});

test("a kind that an object has by birth is no shape", () => {
  assert.deepEqual(shaped("toString", { a: 1 }), { a: 1 });
  assert.deepEqual(shaped("__proto__", { a: 1 }), { a: 1 });
});
