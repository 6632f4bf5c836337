import assert from "node:assert/strict";
import test from "node:test";

import { about, stateOf, undoable } from "../../../static/pages/host/done.js";
import { step } from "../../../static/pages/host/undo.js";

const approve = [step("approve", { question: "a" })];
const holding = (state) => (kind, id) => (kind === "question" && id === "a" ? { id, state, supporters: 1 } : undefined);
const done = (steps, get) => ({ about: about(steps), was: stateOf(about(steps), get), left: "" });

test("an act can be taken back until something else is done to the same thing", () => {
  const act = done(approve, holding("held"));
  assert.deepEqual(undoable([act], holding("held")), [act], "before the news of it");
  assert.deepEqual(undoable([act], holding("open")), [act]);
  assert.deepEqual(undoable([act], holding("dismissed")), []);
  assert.deepEqual(undoable([act], () => undefined), []);
});

test("support is no act of a host", () => {
  const act = done(approve, holding("held"));
  undoable([act], holding("open"));
  assert.deepEqual(undoable([act], (kind, id) => ({ ...holding("open")(kind, id), supporters: 9 })), [act]);
});

test("acts that name nothing are about the stage or the session", () => {
  assert.deepEqual(about([step("clear_stage")]), [["stage", "now"]]);
  assert.deepEqual(about([step("open_session")]), [["session", ""]]);
  assert.deepEqual(about([step("greet", { person: "p", aloud: true })]), [["person", "p"]]);
});
