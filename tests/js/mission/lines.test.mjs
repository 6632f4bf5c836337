/** People as they are pasted: from a list, a sheet or a letter. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { peopleOf } from "../../../static/mission/participants/lines.js";

const only = (text) => peopleOf(text).map(({ name, email, organisation }) => [name, email, organisation].join("|"));

test("one a line, with commas, semicolons, tabs or brackets", () => {
  assert.deepEqual(only("Ada Lovelace, ada@example.org, Voltline B.V."), ["Ada Lovelace|ada@example.org|Voltline B.V."]);
  assert.deepEqual(only("Ada Lovelace;Voltline;ada@example.org"), ["Ada Lovelace|ada@example.org|Voltline"]);
  assert.deepEqual(only("Ada\tada@example.org\tVoltline"), ["Ada|ada@example.org|Voltline"]);
  assert.deepEqual(only('"Ada L." <ada@example.org>'), ["Ada L.|ada@example.org|"]);
});

test("as in a letter, one after another", () => {
  assert.deepEqual(only("Ada <ada@example.org>, Bob Bos <bob@example.org>; c.de.boer@example.org"), [
    "Ada|ada@example.org|",
    "Bob Bos|bob@example.org|",
    "C De Boer|c.de.boer@example.org|",
  ]);
});

test("an address makes do for a name, a name for all, and nothing for nobody", () => {
  assert.deepEqual(only("ada.lovelace@example.org"), ["Ada Lovelace|ada.lovelace@example.org|"]);
  assert.deepEqual(only("Ada Lovelace"), ["Ada Lovelace||"]);
  assert.deepEqual(only("\n  \n;;\n"), []);
});
