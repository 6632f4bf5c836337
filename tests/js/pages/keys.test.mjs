import assert from "node:assert/strict";
import test from "node:test";

import { isComposing, isSingle, onEnter, onEscape } from "../../../static/app/lib/keys.js";
import { readerOf } from "../../../static/app/lib/key_table.js";
import { KEYS, keyOf, reader } from "../../../static/pages/host/keys.js";

const { read: actOf, isStep } = reader;

/** What a key press in a field comes to. */
function pressed(handler, press) {
  let prevented = false;
  handler({ shiftKey: false, preventDefault: () => (prevented = true), ...press });
  return prevented;
}

test("every key asks for its act, Delete too", () => {
  for (const [key, act] of KEYS) assert.equal(actOf({ key }, true), act);
  assert.equal(actOf({ key: "Delete" }, true), "dismiss");
  assert.equal(actOf({ key: "A" }, true), "approve");
  assert.equal(actOf({ key: "?", shiftKey: true }, true), "help");
  assert.equal(actOf({ key: "Enter" }, true), null);
});

test("nothing happens with a modifier, while composing, or with a key that was used already", () => {
  for (const company of ["ctrlKey", "metaKey", "altKey", "shiftKey", "isComposing", "defaultPrevented"]) {
    assert.equal(actOf({ key: "c", [company]: true }, true), null, company);
  }
  assert.equal(isSingle({ key: "c", keyCode: 229 }), false);
  assert.equal(isSingle({ key: "c", getModifierState: (name) => name === "AltGraph" }), false);
});

test("a held key moves on but does not act again", () => {
  assert.equal(actOf({ key: "j", repeat: true }, true), "down");
  assert.deepEqual(
    KEYS.filter(([key]) => actOf({ key, repeat: true }, true)).map(([, act]) => act),
    ["down", "up"],
  );
  assert.deepEqual(KEYS.map(([, act]) => act).filter(isStep), ["down", "up"]);
});

test("switched off, only the help remains, where they are switched on again", () => {
  assert.equal(actOf({ key: "s" }, false), null);
  assert.equal(actOf({ key: "?" }, false), "help");
});

test("the second of two keys follows the first, and soon", () => {
  const { read } = readerOf([["g c", "chat"], ["c", "clear"], ["/", "write"]]);
  const press = (key, timeStamp, more = {}) => read({ key, timeStamp, ...more }, true);
  assert.deepEqual([press("g", 10), press("c", 1500), press("c", 1501)], [null, "chat", "clear"]);
  assert.deepEqual([press("g", 2000), press("c", 3501)], [null, "clear"]);
  assert.deepEqual([press("g", 4000), press("/", 4001), press("c", 4002)], [null, "write", "clear"]);
  assert.deepEqual([press("g", 5000), press("c", 5001, { ctrlKey: true }), press("c", 5002)], [null, null, "chat"]);
  assert.equal(read({ key: "g", timeStamp: 6000 }, false) ?? read({ key: "c", timeStamp: 6001 }, false), null);
});

test("buttons know their key", () => {
  assert.equal(keyOf("spotlight"), "s");
  assert.equal(keyOf("restore"), "");
});

test("Enter sends once: not while composing, not with Shift, and not again while it is held", () => {
  let sent = 0;
  const handler = onEnter(() => void sent++);
  for (const press of [{ isComposing: true }, { keyCode: 229, isComposing: false }, { shiftKey: true }]) {
    assert.equal(pressed(handler, { key: "Enter", ...press }), false);
  }
  assert.equal(sent, 0);
  assert.ok(pressed(handler, { key: "Enter" }));
  assert.ok(pressed(handler, { key: "Enter", repeat: true }));
  assert.equal(sent, 1);
});

test("the Escape that ends a composition leaves the form open", () => {
  let closed = 0;
  const handler = onEscape(() => void closed++);
  pressed(handler, { key: "Escape", isComposing: true });
  pressed(handler, { key: "Escape", keyCode: 229 });
  assert.equal(closed, 0);
  pressed(handler, { key: "Escape" });
  assert.equal(closed, 1);
  assert.equal(isComposing({ key: "a" }), false);
});
