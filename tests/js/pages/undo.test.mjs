import assert from "node:assert/strict";
import test from "node:test";

import { step, undoOf, undoOfMade } from "../../../static/pages/host/undo.js";

const QUEUE = { id: "now", live: null, on_deck: null, queue: ["a", "b"], just_asked: [] };

/** Records as they were before: kind → the one of that kind. */
const before = (records) => (kind) => records[kind];

test("a dismissal is taken back by approving, and on deck again if it was", () => {
  const undo = (state, stage = QUEUE) =>
    undoOf("dismiss", { question: "a" }, before({ question: { id: "a", state }, stage }));
  assert.deepEqual(undo("open"), [step("approve", { question: "a" })]);
  assert.deepEqual(undo("on_deck", { ...QUEUE, on_deck: "a" }), [
    step("approve", { question: "a" }),
    step("deck", { question: "a" }),
  ]);
});

test("an answer to the live question is taken back by the spotlight", () => {
  const get = before({ question: { id: "a", state: "live" }, stage: { ...QUEUE, live: "a" } });
  assert.deepEqual(undoOf("answer", { question: "a" }, get), [step("spotlight", { question: "a" })]);
});

test("an answer to one that was never live is taken back without showing it", () => {
  const get = before({ question: { id: "a", state: "open" }, stage: QUEUE });
  assert.deepEqual(undoOf("answer", { question: "a" }, get), [step("approve", { question: "a" })]);
});

test("clearing the stage is taken back by showing the same question", () => {
  const get = before({ stage: { ...QUEUE, live: "z" } });
  assert.deepEqual(undoOf("clear_stage", {}, get), [step("spotlight", { question: "z" })]);
  assert.deepEqual(undoOf("clear_stage", {}, before({ stage: QUEUE })), []);
});

test("a spotlight is taken back to where the question was", () => {
  const undo = (question, stage) => undoOf("spotlight", { question: "a" }, before({ question, stage }));
  assert.deepEqual(undo({ id: "a", state: "queued" }, QUEUE), [
    step("clear_stage"),
    step("queue", { question: "a", before: "b" }),
  ]);
  assert.deepEqual(undo({ id: "a", state: "on_deck" }, { ...QUEUE, on_deck: "a" }), [
    step("clear_stage"),
    step("deck", { question: "a" }),
  ]);
  assert.deepEqual(undo({ id: "a", state: "answered" }, QUEUE), [step("answer", { question: "a" })]);
});

test("a swap is taken back by showing the one that was live, and the other is where it was", () => {
  const undo = (state) =>
    undoOf("spotlight", { question: "a", instead_of: "z" }, before({ question: { id: "a", state }, stage: { ...QUEUE, live: "z" } }));
  const back = step("spotlight", { question: "z" });
  assert.deepEqual(undo("queued"), [step("clear_stage"), back, step("queue", { question: "a", before: "b" })]);
  assert.deepEqual(undo("open"), [step("clear_stage"), back, step("unqueue", { question: "a" })]);
  assert.deepEqual(undo("answered"), [step("answer", { question: "a" }), back]);
});

test("an approval is taken back by holding the question again", () => {
  const undo = (state) => undoOf("approve", { question: "a" }, before({ question: { id: "a", state }, stage: QUEUE }));
  assert.deepEqual(undo("held"), [step("hold", { question: "a" })]);
  assert.deepEqual(undo("dismissed"), [step("dismiss", { question: "a" })]);
});

test("what was open before it was queued or told to be next is open again", () => {
  const get = before({ question: { id: "a", state: "open" }, stage: { ...QUEUE, on_deck: "z" } });
  const open = step("unqueue", { question: "a" });
  assert.deepEqual(undoOf("queue", { question: "a" }, get), [open]);
  assert.deepEqual(undoOf("deck", { question: "a" }, get), [step("deck", { question: "z" }), open]);
});

test("who was told to be next is told so again", () => {
  const get = before({ question: { id: "b", state: "queued" }, stage: { ...QUEUE, on_deck: "z" } });
  assert.deepEqual(undoOf("deck", { question: "b" }, get), [
    step("deck", { question: "z" }),
    step("queue", { question: "b", before: null }),
  ]);
});

test("greeting, hiding and closing have their opposites", () => {
  assert.deepEqual(undoOf("greet", { person: "p" }, before({ person: { id: "p", greeted: null } })), [
    step("ungreet", { person: "p" }),
  ]);
  // somebody else's tick is not ours to take away
  assert.deepEqual(undoOf("greet", { person: "p" }, before({ person: { id: "p", greeted: { name: "Bo" } } })), []);
  assert.deepEqual(undoOf("hide", { message: "m" }, before({})), [step("restore", { message: "m" })]);
  assert.deepEqual(undoOf("close_session", {}, before({ session: { state: "open" } })), [step("open_session")]);
  assert.deepEqual(undoOf("open_session", {}, before({ session: { state: "waiting" } })), [step("wait_session")]);
});

test("a poll's steps and a discarded draft come back", () => {
  const poll = (state) => ({
    id: "1",
    question: "Which?",
    choose: "one",
    state,
    options: [
      { id: "1", text: "A" },
      { id: "2", text: "B" },
    ],
  });
  const undo = (command, state) => undoOf(command, { poll: "1" }, before({ poll: poll(state) }));
  assert.deepEqual(undo("close_poll", "open"), [step("open_poll", { poll: "1" })]);
  assert.deepEqual(undo("close_poll", "revealed"), [step("reveal_poll", { poll: "1" })]);
  assert.deepEqual(undo("reveal_poll", "closed"), [step("close_poll", { poll: "1" })]);
  assert.deepEqual(undo("discard_poll", "draft"), [
    step("draft_poll", { question: "Which?", options: ["A", "B"], choose: "one" }),
  ]);
});

test("changed settings come back as they were, a time that was not known too", () => {
  const get = before({ session: { title: "Old", starts_at: null, premoderated: false } });
  assert.deepEqual(undoOf("change_session", { title: "New", starts_at: 5, premoderated: true }, get), [
    step("change_session", { title: "Old", starts_at: null, premoderated: false }),
  ]);
});

test("what cannot be taken back says so with an empty list", () => {
  assert.deepEqual(undoOf("lower_hand", { person: "p" }, before({})), []);
});

const RUN = { id: "now", order: ["a", "b", "c"], ran: [{ segment: "a", began_at: 1, ended_at: null }] };
const SEGMENT = { id: "b", kind: "talk", minutes: 5, title: "T", who: "", notes: "N", poll: "", opens: false };
const ofRun = (kind, id) => (kind === "run" ? RUN : kind === "segment" && id === "b" ? SEGMENT : undefined);

test("each step of the run of show goes back to where it was", () => {
  assert.deepEqual(undoOf("next_segment", { leaving: "a" }, ofRun), [step("back_segment", { leaving: "b" })]);
  assert.deepEqual(undoOf("end_run", { leaving: "a" }, ofRun), [step("back_segment", { leaving: "a" })]);
  assert.deepEqual(undoOf("move_segment", { segment: "b", before: null }, ofRun), [step("move_segment", { segment: "b", before: "c" })]);
  const { id, ...plan } = SEGMENT;
  assert.deepEqual(undoOf("remove_segment", { segment: id }, ofRun), [step("add_segment", { ...plan, before: "c" })]);
  assert.deepEqual(undoOf("change_segment", { segment: "b", minutes: 9 }, ofRun), [step("change_segment", { minutes: 5, segment: "b" })]);
});

test("what is given or cut is taken back by the same, turned round", () => {
  const back = { segment: "b", minutes: 5, was: 7 };
  assert.deepEqual(undoOf("extend_segment", { segment: "b", was: 5, minutes: 2 }, ofRun), [step("cut_segments", { cuts: [back] })]);
  assert.deepEqual(undoOf("cut_segments", { cuts: [{ segment: "b", minutes: 7, was: 5 }] }, ofRun), [step("cut_segments", { cuts: [back] })]);
});

test("what was added is taken out by the id it was given", () => {
  assert.deepEqual(undoOfMade("add_segment", { id: "x" }), [step("remove_segment", { segment: "x" })]);
  assert.deepEqual(undoOfMade("greet", {}), []);
});
