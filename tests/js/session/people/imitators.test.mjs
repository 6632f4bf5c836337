import assert from "node:assert/strict";
import test from "node:test";

import { tellImitators } from "../../../../static/session/people/imitators.js";

const anna = { id: "anna", name: "Anna", role: "attendee", here: true, imitates: true };
const ben = { ...anna, id: "ben", name: "Ben" };

function page() {
  const shown = { people: [], told: [], opened: [] };
  const host = { store: { all: () => shown.people }, open: (name, id) => shown.opened.push([name, id]) };
  const tell = tellImitators(host, { add: (text, { way }) => shown.told.push({ text, way }) });
  return { shown, sees: (...people) => ((shown.people = people), tell(), shown.told.length) };
}

test("of each who is called like a host the hosts are told once, and shown the way to them", () => {
  const { shown, sees } = page();
  assert.equal(sees({ ...anna, imitates: false }), 0);
  assert.equal(sees(anna), 1);
  assert.equal(sees({ ...anna, hand: 5 }), 1, "nothing new");
  assert.equal(sees(anna, ben), 2);
  shown.told[1].way.run();
  assert.deepEqual(shown.opened, [["ends", "ben"]]);
});

test("several at once are told of together, and who is not here is not", () => {
  assert.equal(page().sees(anna, ben), 1);
  assert.equal(page().sees({ ...anna, here: false }), 0);
});

test("who was called otherwise meanwhile is told of again", () => {
  const { sees } = page();
  sees(anna);
  sees({ ...anna, imitates: false });
  assert.equal(sees(anna), 2);
});
