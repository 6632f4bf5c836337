import assert from "node:assert/strict";
import test from "node:test";

import { actOf, KEYS, keyOf } from "../../static/js/views/host/keys.js";

const inside = (selector) => ({ closest: (asked) => (asked.includes(selector) ? {} : null) });

test("every key asks for its act, Delete too", () => {
  for (const [key, act] of KEYS) assert.equal(actOf({ key }, true), act);
  assert.equal(actOf({ key: "Delete" }, true), "dismiss");
  assert.equal(actOf({ key: "A" }, true), "approve");
  assert.equal(actOf({ key: "Enter" }, true), null);
});

test("nothing happens while writing, composing or with a modifier", () => {
  for (const where of ["input", "textarea", "select", "[contenteditable]", "dialog[open]"]) {
    assert.equal(actOf({ key: "x", target: inside(where) }, true), null);
  }
  for (const modifier of ["ctrlKey", "metaKey", "altKey", "isComposing"]) {
    assert.equal(actOf({ key: "c", [modifier]: true }, true), null);
  }
});

test("a held key moves on but does not act again", () => {
  assert.equal(actOf({ key: "j", repeat: true }, true), "down");
  assert.equal(actOf({ key: "-", repeat: true }, true), null);
});

test("switched off, only the help remains, where they are switched on again", () => {
  assert.equal(actOf({ key: "s" }, false), null);
  assert.equal(actOf({ key: "?" }, false), "help");
});

test("buttons know their key", () => {
  assert.equal(keyOf("spotlight"), "s");
  assert.equal(keyOf("restore"), "");
});
