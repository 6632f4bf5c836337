/** Languages are said by name, in Dutch or English, or by their two letters. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { codeOf } from "../../../static/mission/participants/spoken.js";

test("a language is known by its name in any language of ours, and by its letters", () => {
  for (const [said, code] of [["Dutch", "nl"], ["nederlands", "nl"], [" English ", "en"], ["Duits", "de"], ["NL", "nl"]]) assert.equal(codeOf(said), code);
});

test("what is none is left as it was said, for the server to refuse", () => {
  assert.equal(codeOf("Klingon in haste"), "Klingon in haste");
});
