import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";

import { flagPath } from "../../../../static/parts/flags.js";
import { EMPTY, JUST_ASKED_MS, sceneOf } from "../../../../static/session/stage/scene.js";
import { results } from "../../../../static/session/polls/shares.js";

const session = { id: "s1", title: "Charging", state: "open" };
const question = (id, fields = {}) => ({ id, text: id, state: "answered", asker: { name: id }, ...fields });
const poll = (state, fields = {}) => ({
  id: "p",
  question: "Which?",
  state,
  opened_at: 1,
  options: [],
  voters: 0,
  ...fields,
});
const facts = (fields = {}) => ({
  session,
  stage: { id: "now", live: null, just_asked: [] },
  questions: [],
  polls: [],
  now: 0,
  ...fields,
});
const live = (id) => ({
  stage: { id: "now", live: id, just_asked: [] },
  questions: [question(id, { state: "live" })],
});

test("before the first state nothing is drawn, and a lost one keeps the picture", () => {
  assert.equal(sceneOf(facts({ session: undefined })).shows, "empty");
  const shown = sceneOf(facts(live("q")));
  assert.equal(sceneOf(facts({ session: undefined }), shown), shown);
});

test("a live question goes before a poll, an open poll before results, else it holds", () => {
  const open = poll("open");
  assert.equal(sceneOf(facts({ ...live("q"), polls: [open] })).shows, "question");
  assert.equal(sceneOf(facts({ polls: [poll("revealed", { id: "r", opened_at: 9 }), open] })).poll, open);
  assert.equal(sceneOf(facts({ polls: [poll("draft"), poll("closed")] })).shows, "holding");
});

test("a poll just closed stays until it is revealed", () => {
  const opened = sceneOf(facts({ polls: [poll("open")] }));
  const closed = sceneOf(facts({ polls: [poll("closed")] }), opened);
  assert.equal(closed.shows, "poll");
  assert.equal(sceneOf(facts({ polls: [poll("revealed")] }), closed).shows, "poll");
});

test("results that a question replaced do not come back after it", () => {
  const polls = [{ ...poll("revealed"), revealed_at: 10 }];
  const answered = (/** @type {number} */ live_at) => [{ ...question("q"), state: "answered", live_at }];
  assert.equal(sceneOf(facts({ polls, questions: answered(9) })).shows, "poll");
  assert.equal(sceneOf(facts({ polls, questions: answered(11) })).shows, "holding");
  const again = [{ ...poll("open"), revealed_at: null }];
  assert.equal(sceneOf(facts({ polls: again, questions: answered(11) })).shows, "poll");
});

test("whoever was just asked fades over five minutes, newest first", () => {
  const just_asked = [
    { question: "a", at: 0 },
    { question: "b", at: JUST_ASKED_MS / 2 },
  ];
  const stage = { id: "now", live: null, just_asked };
  const rail = (now) => sceneOf(facts({ stage, questions: [question("a"), question("b")], now })).rail;
  assert.deepEqual(
    rail(JUST_ASKED_MS / 2).map((one) => [one.question.id, one.age]),
    [
      ["b", 0],
      ["a", 0.5],
    ],
  );
  assert.deepEqual(
    rail(JUST_ASKED_MS + 1).map((one) => one.question.id),
    ["b"],
  );
});

test("who wished not to be named is not in the rail", () => {
  const stage = { id: "now", live: null, just_asked: [{ question: "a", at: 0 }] };
  assert.deepEqual(sceneOf(facts({ stage, questions: [question("a", { asker: {} })] })).rail, []);
});

test("results count people, and the largest is marked", () => {
  const options = [
    { id: "1", text: "A", votes: 3 },
    { id: "2", text: "B", votes: 1 },
  ];
  assert.deepEqual(
    results(poll("revealed", { options, voters: 4 })).map((one) => [one.percent, one.most]),
    [
      [75, true],
      [25, false],
    ],
  );
  assert.deepEqual(results(poll("revealed", { options: [{ id: "1", text: "A" }] }))[0].percent, 0);
});

test("countries have a flag, anything else has none", () => {
  for (const code of ["nl", "NL"]) assert.equal(flagPath(code), "vendor/flags/nl.svg");
  assert.ok(fs.existsSync(new URL(`../../../../static/${flagPath("nl")}`, import.meta.url)));
  for (const code of ["Elsewhere", "", "zz", "../x", undefined]) assert.equal(flagPath(code), "");
  assert.equal(EMPTY.rail.length, 0);
});

test("after the end it says goodbye, whatever was shown, and goes on from there should it be opened again", () => {
  const closed = { session: { ...session, state: "closed" } };
  for (const shown of [live("q"), { polls: [poll("open")] }, { polls: [poll("revealed")] }]) {
    const before = sceneOf(facts(shown));
    const after = sceneOf(facts({ ...shown, ...closed }), before);
    assert.deepEqual([after.shows, after.question, after.poll], ["holding", undefined, undefined]);
    assert.equal(sceneOf(facts(shown), after).shows, before.shows);
  }
});
