import assert from "node:assert/strict";
import test from "node:test";

import { heldStill } from "../../../../static/parts/hold.js";
import { arrivals, nextToGreet, raisedHands } from "../../../../static/session/people/arrivals.js";

const WISH = { all: false, search: "", order: "newest" };
const person = (id, fields = {}) => ({
  id,
  name: id,
  organisation: "",
  kind: "sme",
  country: "NL",
  role: "attendee",
  here: true,
  since: 0,
  ...fields,
});
const ids = (people) => people.map((one) => one.id);

test("newest first, or in the order of arrival", () => {
  const people = [person("a", { since: 1 }), person("b", { since: 3 }), person("c", { since: 2 })];
  assert.deepEqual(ids(arrivals(people, WISH)), ["b", "c", "a"]);
  assert.deepEqual(ids(arrivals(people, { ...WISH, order: "arrival" })), ["a", "c", "b"]);
});

test("those already greeted are left out, until all are wished for", () => {
  const people = [person("a", { greeted: { name: "Anna" } }), person("b")];
  assert.deepEqual(ids(arrivals(people, WISH)), ["b"]);
  assert.equal(arrivals(people, { ...WISH, all: true }).length, 2);
});

test("a search finds names without their accents, organisations and how a name is said", () => {
  const people = [person("a", { name: "Zoë Brand" }), person("b", { organisation: "Voltline", say_as: "zoo-ee" })];
  assert.deepEqual(ids(arrivals(people, { ...WISH, search: "zoe" })), ["a"]);
  assert.deepEqual(ids(arrivals(people, { ...WISH, search: " voltline ZOO" })), ["b"]);
});

test("a search finds whoever is here, greeted or not, however their letters are typed", () => {
  const names = ["Søren Ørsted", "Łukasz Żak", "Niamh O’Brien", "Jan-Willem Groß", "İpek Işık"];
  const people = names.map((name, at) => person(String(at), { name, greeted: { name: "Anna" } }));
  const found = (search) => ids(arrivals(people, { ...WISH, search }));
  for (const [at, search] of ["orsted soren", "zak lukasz", "o'brien", "gross jan willem", "ipek isik"].entries())
    assert.deepEqual(found(search), [String(at)], search);
  assert.deepEqual(found("nobody"), []);
});

test("a list that is held keeps its rows and counts the newcomers", () => {
  const people = new Map(["a", "b", "c"].map((id) => [id, person(id)]));
  people.set("a", person("a", { greeted: { name: "Anna" } }));
  const wanted = arrivals(people.values(), WISH);
  const held = heldStill(wanted, ["a", "b"], (id) => people.get(id));
  assert.deepEqual(ids(held.rows), ["a", "b"]);
  assert.equal(held.fresh, 1);
  assert.deepEqual(
    heldStill(wanted, null, (id) => people.get(id)),
    { rows: wanted, fresh: 0 },
  );
});

test("greet next takes the first on screen whom nobody greeted and who is still here", () => {
  const rows = [person("a", { greeted: { name: "Anna" } }), person("b", { here: false }), person("c")];
  assert.equal(nextToGreet(rows)?.id, "c");
  assert.equal(nextToGreet([]), undefined);
});

test("hands are taken in the order in which they were raised", () => {
  const people = [
    person("a", { hand: 9 }),
    person("b", { hand: 5 }),
    person("c"),
    person("d", { hand: 1, here: false }),
  ];
  assert.deepEqual(ids(raisedHands(people)), ["b", "a"]);
});
