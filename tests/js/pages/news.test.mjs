import assert from "node:assert/strict";
import test from "node:test";

import { newsSince, tally } from "../../../static/pages/host/tally.js";

const records = (kinds) => ({ all: (kind) => kinds[kind] ?? [] });

test("the audience, raised hands, questions that wait, and messages are counted", () => {
  const person = { role: "attendee", here: true, hand: null };
  const counted = tally(
    records({
      person: [person, { ...person, hand: 5 }, { ...person, greeted: { waved: 9 } }, { ...person, here: false }, { ...person, role: "host" }],
      question: [{ state: "held" }, { state: "open" }, { state: "answered" }],
      message: [{ at: 5 }, { at: 7 }],
    }),
  );
  assert.deepEqual(counted, { arrivals: 3, waves: 1, hands: 1, questions: 2, messages: 2 });
});

test("messages are counted once, however many older ones are fetched", () => {
  const older = [{ at: 1 }, { at: 2 }, { at: 7 }, { at: 8 }];
  assert.equal(tally(records({ message: older }), 7).messages, 1);
});

test("only what grew is news", () => {
  const before = { arrivals: 5, hands: 1, questions: 0, messages: 3 };
  assert.deepEqual(newsSince(before, { arrivals: 12, hands: 0, questions: 1, messages: 3 }), [
    ["arrivals", 7],
    ["questions", 1],
  ]);
});
