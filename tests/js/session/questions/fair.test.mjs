import assert from "node:assert/strict";
import test from "node:test";

import { fairest, fairness, WEIGHTS } from "../../../../static/session/questions/fair.js";
import { groups } from "../../../../static/session/questions/groups.js";
import { likest } from "../../../../static/session/questions/likest.js";

const question = (id, fields = {}) => ({ id, state: "open", text: id, supporters: 0, at: 0, live_at: null, asker: {}, ...fields });
const named = (id, fields = {}) => ({ id, name: id, kind: "sme", country: "NL", ...fields });
const people = { ada: { week: { sessions: 2, spoke: [{}] } }, bob: { week: { sessions: 1 } }, eva: { week: null } };
const of = (all) => fairness(all, (id) => people[id]);

test("who has not spoken this hour, and not this week, goes before who has", () => {
  const all = [
    question("a1", { asker: named("ada"), state: "answered", live_at: 5 }),
    question("a2", { asker: named("ada") }),
    question("b", { asker: named("bob") }),
  ];
  const { reasonsOf, weigh } = of(all);
  assert.deepEqual(reasonsOf(all[1]), []);
  assert.deepEqual(reasonsOf(all[2]), ["hour", "week"]);
  assert.equal(weigh(all[2]), WEIGHTS.hour + WEIGHTS.week);
});

test("a kind and a country nobody of which was heard go first, once anybody was", () => {
  const heard = question("a", { asker: named("ada"), state: "live", live_at: 5 });
  const asker = { organisation: "Kade", kind: "local", country: "BE" };
  const other = question("b", { asker, shown: "organisation" });
  assert.deepEqual(of([other]).reasonsOf(other), []);
  assert.deepEqual(of([heard, other]).reasonsOf(other), ["kind", "country"]);
});

test("of who is not named nothing is told, and guests have no week", () => {
  const all = [question("a", { asker: named("ada"), state: "answered", live_at: 5 }), question("x", { asker: {} })];
  assert.deepEqual(of(all).reasonsOf(all[1]), []);
  const guest = question("e", { asker: named("eva") });
  assert.deepEqual(of([guest]).reasonsOf(guest), ["hour"]);
});

test("ties stand by support, then by who asked first, then by id, in whatever order they come", () => {
  const all = ["d", "b", "c", "a"].map((id) => question(id, { at: id === "d" ? 0 : 1, supporters: id === "c" ? 1 : 0 }));
  const order = (some) => [...some].sort(fairest(() => 0)).map(({ id }) => id);
  assert.deepEqual(order(all), ["c", "d", "a", "b"]);
  assert.deepEqual(order(all.toReversed()), ["c", "d", "a", "b"]);
});

test("whatever they are sorted by, equals never change places", () => {
  const all = ["b", "a", "c"].map((id) => question(id));
  for (const sort of ["supporters", "newest", "fair"])
    for (const some of [all, all.toReversed()])
      assert.deepEqual(groups(some, undefined, sort).open.map(({ id }) => id), ["a", "b", "c"]);
});

test("offered as the same are first those with most words in common, of those that wait", () => {
  const all = [
    question("q", { text: "When is the charging plaza ready?" }),
    question("far", { text: "Who pays?" }),
    question("near", { text: "Will the charging plaza be ready in May?" }),
    question("over", { text: "When is the charging plaza ready?", state: "answered" }),
  ];
  assert.deepEqual(likest(all[0], all).map(({ id }) => id), ["near", "far"]);
});
