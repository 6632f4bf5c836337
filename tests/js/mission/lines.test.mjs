/** People as they are pasted: from a list, a sheet or a letter. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { peopleOf } from "../../../static/mission/participants/lines.js";

const only = (text) => peopleOf(text).people.map(({ name, email, organisation }) => [name, email, organisation].join("|"));

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

test("an address makes do for a name, and nothing for nobody", () => {
  assert.deepEqual(only("ada.lovelace@example.org"), ["Ada Lovelace|ada.lovelace@example.org|"]);
  assert.deepEqual(only("123@example.org"), ["123@example.org|123@example.org|"]);
  assert.deepEqual(only("\n  \n;;\n"), []);
});

test("a line without an address is nobody, and is told by its number", () => {
  assert.deepEqual(peopleOf("hello"), { people: [], strays: [{ number: 1, line: "hello" }] });
  const { people, strays } = peopleOf("Ada, ada@example.org\n\nhello, how are you\r\nBob <bob@example.org>, Cem");
  assert.deepEqual(people.map(({ name }) => name), ["Ada", "Bob"]);
  assert.deepEqual(strays, [
    { number: 3, line: "hello, how are you" },
    { number: 4, line: "Cem" },
  ]);
  assert.deepEqual(peopleOf("\n;;\n , ").strays, []);
});

test("titles above a list are nobody, and no mistake", () => {
  for (const titles of ["Name\tE-mail\tOrganisation", "Naam;Organisatie;E-mailadres", "name,email"]) {
    const { people, strays } = peopleOf(`${titles}\nAda\tada@example.org\tVoltline`);
    assert.deepEqual([people.length, strays], [1, []]);
  }
  assert.equal(peopleOf("E-mail me at once").strays.length, 1);
});
