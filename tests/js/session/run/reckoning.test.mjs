/** Where an hour is, and how late it will be: as the server reckons it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { inOrder, MINUTE, nextOf, placeOf, reckon } from "../../../../static/session/running/reckoning.js";
import { quietFor } from "../../../../static/session/run/quiet.js";

const BEGAN = 1_000_000;
const segment = (id, minutes, more = {}) => ({ id, kind: "talk", title: "", who: "", minutes, given: null, ...more });
const SEGMENTS = [segment("a", 5), segment("b", 10), segment("c", 5)];
const on = (at, more = {}) => ({
  id: "now", order: ["a", "b", "c"], current: "a", began_at: BEGAN, planned_end: BEGAN + 20 * MINUTE, ended_at: null, on_stage: true,
  ran: [{ segment: "a", began_at: BEGAN, ended_at: null }], ...more,
});
const storeOf = (records) => ({
  get: (kind, id) => records.find((one) => one.of === kind && one.id === id),
  all: (kind) => records.filter((one) => one.of === kind),
});

test("what is to come follows what is on", () => {
  const { lines, drift, left } = reckon(SEGMENTS, on(), BEGAN + 2 * MINUTE);
  assert.deepEqual(lines.map(({ beginsAt }) => (beginsAt - BEGAN) / MINUTE), [0, 5, 15]);
  assert.deepEqual([drift, left], [0, 3 * MINUTE]);
});

test("what runs over its time pushes all that comes", () => {
  const { drift, left, expectedEnd } = reckon(SEGMENTS, on(), BEGAN + 8 * MINUTE);
  assert.deepEqual([drift, left, expectedEnd], [3 * MINUTE, -3 * MINUTE, BEGAN + 23 * MINUTE]);
});

test("what was dropped takes no time, and what was given more takes it", () => {
  const cut = [SEGMENTS[0], segment("b", 10, { given: 0 }), segment("c", 5, { given: 7 })];
  const { drift, lines } = reckon(cut, on(), BEGAN);
  assert.equal(drift, -8 * MINUTE);
  assert.deepEqual(lines.map(({ state }) => state), ["on", "dropped", "coming"]);
  assert.equal(nextOf(cut, on())?.id, "c");
});

test("before it began it is thought to begin when it is to, and no earlier than now", () => {
  const none = { order: ["a", "b", "c"], ran: [], current: null, planned_end: null, ended_at: null };
  assert.equal(reckon(SEGMENTS, none, BEGAN, BEGAN + MINUTE).lines[0].beginsAt, BEGAN + MINUTE);
  assert.equal(reckon(SEGMENTS, none, BEGAN, BEGAN - MINUTE).lines[0].beginsAt, BEGAN);
});

test("who watches is told what is on, what comes, and minutes as people say them", () => {
  const store = storeOf([{ of: "run", ...on(), ran: undefined, over: [] }, ...SEGMENTS.map((one) => ({ of: "segment", ...one, given: undefined }))]);
  const at = placeOf(store, BEGAN + 3.5 * MINUTE);
  assert.deepEqual([at.current.id, at.next.id, at.minutes], ["a", "b", 2]);
  assert.equal(placeOf(store, BEGAN + 9 * MINUTE).minutes, 0);
  assert.equal(inOrder(store).length, 3);
  assert.equal(placeOf(storeOf([]), BEGAN), null);
});

test("how long nobody of the audience did anything is known from what there is", () => {
  const at = (minutes) => BEGAN + minutes * MINUTE;
  assert.equal(quietFor(storeOf([]), at(9)), null);
  assert.equal(quietFor(storeOf([{ of: "message", at: at(1), role: "attendee" }, { of: "message", at: at(8), role: "host" }]), at(9)), 8);
  assert.equal(quietFor(storeOf([{ of: "question", at: at(2), live_at: at(6) }]), at(9)), 3);
  assert.equal(quietFor(storeOf([{ of: "poll", state: "open", opened_at: at(0) }]), at(9)), 0);
  assert.equal(quietFor(storeOf([{ of: "stage", id: "now", live: "q", just_asked: [] }]), at(9)), 0);
});
