import assert from "node:assert/strict";
import test from "node:test";

import { inOrder } from "../../../../static/session/polls/order.js";
import { argsOf, draftOf, mistakeIn, nextOption, OPTIONS_MAX } from "../../../../static/session/polls/draft.js";
import { changes, fieldsOf, localTime, unixTime } from "../../../../static/session/programme/form.js";

const poll = (id, state, fields = {}) => ({ id, state, at: 0, opened_at: null, ...fields });
const ids = (polls) => polls.map((one) => one.id);

test("the poll opened last stays first through all its steps", () => {
  const draft = poll("draft", "draft", { at: 9 });
  for (const state of ["open", "closed", "revealed"]) {
    assert.deepEqual(
      ids(inOrder([draft, poll("old", "revealed", { opened_at: 1 }), poll("now", state, { opened_at: 2 })])),
      ["now", "draft", "old"],
    );
  }
});

test("a time goes through the form and comes back the same minute", () => {
  const at = Date.UTC(2026, 10, 23, 15, 0);
  assert.equal(unixTime(localTime(at)), at);
  assert.equal(localTime(null), "");
  assert.equal(unixTime(""), null);
});

test("only what was changed is sent", () => {
  const session = {
    id: "s",
    title: "Old",
    state: "open",
    starts_at: 90_001,
    ends_at: null,
    opened_at: null,
    closed_at: null,
    video_kind: "none",
    video: "",
    premoderated: true,
  };
  const filled = fieldsOf(session);
  assert.deepEqual(changes({ ...filled, title: " New ", premoderated: false }, filled), { title: "New", premoderated: false });
  assert.deepEqual(changes({ ...filled, starts_at: "" }, filled), { starts_at: null });
  assert.deepEqual(changes({ ...filled, ends_at: "2027-01-01T12:00" }, filled), { ends_at: unixTime("2027-01-01T12:00") });
});

test("Enter in an option goes to the empty one that follows, or makes one", () => {
  assert.deepEqual(nextOption(["a", ""], 0), { options: ["a", ""], at: 1 });
  assert.deepEqual(nextOption(["a", "b"], 1), { options: ["a", "b", ""], at: 2 });
  assert.deepEqual(nextOption(["a", "b"], 0), { options: ["a", "", "b"], at: 1 });
  const full = Array.from({ length: OPTIONS_MAX }, (_, n) => `${n}`);
  assert.deepEqual(nextOption(full, OPTIONS_MAX - 1), { options: full, at: OPTIONS_MAX - 1 });
});

test("what is wrong with a poll is said of the field that has to be mended", () => {
  const draft = { ...draftOf(undefined), question: "Where?", options: ["here", "there", ""] };
  assert.equal(mistakeIn(draft), null);
  assert.deepEqual(argsOf(draft), { question: "Where?", options: ["here", "there"], choose: "one" });
  assert.equal(mistakeIn({ ...draft, question: " " }).field, "question");
  assert.deepEqual(mistakeIn({ ...draft, options: ["here", ""] }), { field: 1, key: "host.editor.few_options" });
  assert.deepEqual(mistakeIn({ ...draft, options: ["a", "b", " a "] }), { field: 2, key: "host.refused.poll.same_options" });
});
