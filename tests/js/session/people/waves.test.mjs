import assert from "node:assert/strict";
import test from "node:test";

import { WAVE_TOLD_MS, wavers } from "../../../../static/session/people/arrivals.js";

const who = (id, waved) => ({ id, greeted: waved === undefined ? null : { waved } });

test("who waved lately is told, the last one first, and for a while only", () => {
  const people = [who("a"), who("b", null), who("c", 1_000), who("d", 40_000), who("e", 41_000)];
  const ids = (now) => wavers(people, now).map((person) => person.id);
  assert.deepEqual(ids(42_000), ["e", "d"]);
  assert.deepEqual(ids(41_000 + WAVE_TOLD_MS), []);
});
