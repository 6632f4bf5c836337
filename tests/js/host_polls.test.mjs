import assert from "node:assert/strict";
import test from "node:test";

import { inOrder } from "../../static/js/views/host/poll_order.js";
import { changes, localTime, unixTime } from "../../static/js/views/host/session_form.js";

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
  const form = new FormData();
  form.set("title", " New ");
  form.set("starts_at", localTime(90_001));
  form.set("ends_at", "");
  form.set("video_kind", "none");
  form.set("video", "");
  assert.deepEqual(changes(form, session), { title: "New", premoderated: false });
});
