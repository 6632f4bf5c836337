/** A card as its form has it: what was changed is sent, and nothing else; tags as people type them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { changes, fieldOf, fieldsOf, withTyped } from "../../../static/mission/participants/card_form.js";
import { keyOf } from "../../../static/mission/directory/look.js";

const ME = { name: "Ada", organisation: "Voltline", offers: ["Depots"], seeks: [], state: "admitted", role: "participant" };

test("only what is other than it was is said", () => {
  const before = fieldsOf(ME);
  assert.deepEqual(changes(before, before), {});
  assert.deepEqual(changes({ ...before, name: " Ada ", pitch: "We charge " }, before), { pitch: "We charge" });
  assert.deepEqual(changes({ ...before, offers: ["Depots", "Grid"] }, before), { offers: ["Depots", "Grid"] });
  assert.deepEqual(changes({ ...before, offers: [] }, before), { offers: [] });
});

test("a refusal is shown at the field that it is about", () => {
  assert.equal(fieldOf({ code: "participant.email", field: "email" }), "email");
  assert.equal(fieldOf({ code: "person.reserved" }), "name");
  assert.equal(fieldOf({ code: "organisation.reserved" }), "organisation");
  assert.equal(fieldOf({ code: "pace.change_card" }), "");
});

test("tags end at a comma, and stand there once however they are written", () => {
  assert.deepEqual(withTyped(["Depots"], "grid, DEPOTS,  solar ;"), ["Depots", "grid", "solar"]);
  assert.deepEqual(withTyped([], "  "), []);
});

test("an organisation has the key that the server gives it", () => {
  const written = { "Voltline B.V.": "voltline bv", "VOLTLINE  BV": "voltline bv", "Ørsted": "orsted", "A,B": "a b" };
  for (const [name, key] of Object.entries(written)) assert.equal(keyOf(name), key);
});
