/** What is looked for stands in the address, whole, and comes back from it the same. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, askedOf, chosen, isPlain, lookOf, NOTHING, toggled, without } from "../../../static/mission/directory/look.js";

const of = (address) => lookOf(new URLSearchParams(address));

test("an address comes back as it was, in one order", () => {
  const look = of("page=3&offers=Depot+charging&q=volt+line&kind=sme&kind=local&match=1");
  assert.deepEqual(look, { q: "volt line", match: true, page: 2, facets: { kind: ["sme", "local"], offers: ["Depot charging"] } });
  assert.equal(String(addressOf(look)), "q=volt+line&kind=sme&kind=local&offers=Depot+charging&match=1&page=3");
  assert.deepEqual(lookOf(addressOf(look)), look);
});

test("the server counts pages from nought, people from one", () => {
  assert.equal(String(askedOf(of("page=3"))), "page=2");
  assert.equal(String(askedOf(of("page=1"))), "");
});

test("whatever somebody writes in an address asks for something the server takes", () => {
  const many = Array.from({ length: 50 }, (_, n) => `place=${n}`).join("&");
  const look = of(`q=${"x".repeat(500)}&page=-4&match=yes&here=perhaps&here=true&kind=&${many}`);
  assert.equal(look.q.length, 100);
  assert.deepEqual([look.page, look.match, look.facets.here], [0, false, ["true"]]);
  assert.equal(chosen(look).length, 30);
  for (const page of ["1e9", "x", "", "0", "1.5"]) assert.equal(of(`page=${page}`).page, 0);
});

test("a filter is set and taken away, and each brings one back to the first page", () => {
  const one = toggled({ ...NOTHING, page: 4 }, "kind", "sme");
  assert.deepEqual([one.page, one.facets], [0, { kind: ["sme"] }]);
  assert.deepEqual(toggled(one, "kind", "local").facets.kind, ["sme", "local"]);
  assert.deepEqual(toggled(one, "kind", "sme"), { ...NOTHING });
  assert.deepEqual(without({ ...one, q: "volt" }, "words").q, "");
  assert.ok(isPlain(without(one, "kind")));
});
