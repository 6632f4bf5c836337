/** My leads are found by words, tags and what is to be done; what is written saves itself and is never lost. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { counted, dayOf, filtered, lookOf, tagsOf } from "../../../static/mission/leads/filtering.js";
import { createSaving } from "../../../static/mission/leads/saving.js";

const TODAY = "2027-03-03";
const LEADS = [
  { id: "a", at: 1, name: "José Peña", organisation: "Voltline", tags: ["Depots"], due: "2027-03-03", next_step: "Call" },
  { id: "b", at: 2, name: "Bea", notes: "met at the port", tags: ["depots", "ports"], due: "2027-03-04" },
  { id: "c", at: 3, name: "Cas", done: true, due: "2027-03-01" },
  { id: "d", at: 4, name: "Dia" },
];
const ids = (look) => filtered(LEADS, { q: "", tag: "", state: "all", ...look }, TODAY).map(({ id }) => id);

test("the newest stand first", () => assert.deepEqual(ids({}), ["d", "c", "b", "a"]));
test("words are found without accents and case, in notes and next steps, too", () => {
  assert.deepEqual([ids({ q: "jose" }), ids({ q: "PORT" }), ids({ q: "call volt" }), ids({ q: "call bea" })], [["a"], ["b"], ["a"], []]);
});
test("a tag is the same however it is written", () => assert.deepEqual(ids({ tag: "DEPOTS" }), ["b", "a"]));
test("due is what is of today or before and not done", () => {
  assert.deepEqual([ids({ state: "due" }), ids({ state: "open" }), ids({ state: "done" })], [["a"], ["d", "b", "a"], ["c"]]);
  assert.deepEqual(counted(LEADS, TODAY), { open: 3, due: 1, done: 1, all: 4 });
});
test("tags are offered once, the most used first", () => assert.deepEqual(tagsOf(LEADS), ["Depots", "ports"]));
test("an address says what is looked for, whatever stands in it", () => {
  assert.deepEqual(lookOf(new URLSearchParams("state=nonsense&q=x&tag=y")), { q: "x", tag: "y", state: "open" });
});
test("a day is that of the clock one looks at", () => assert.equal(dayOf(new Date(2027, 0, 9, 23, 59).getTime()), "2027-01-09"));

/** A saving whose time passes when it is told to. */
function pad({ kept = null, answers = [] } = {}) {
  const sent = [];
  const timers = [];
  const draft = { value: kept, get: () => draft.value, set: (value) => void (draft.value = value && { ...value }) };
  const save = (fields) => (sent.push(fields), answers.shift()?.() ?? Promise.resolve());
  const later = (run) => (timers.push(run), timers.length - 1);
  const stop = (at) => void (at !== null && (timers[at] = null));
  const saving = createSaving({ save, draft, changed: () => {}, later, stop });
  const pass = async () => {
    for (const run of timers.splice(0)) run?.();
    await new Promise((done) => setImmediate(done));
  };
  return { saving, sent, draft, pass };
}

test("letters that follow each other are saved together", async () => {
  const { saving, sent, draft, pass } = pad();
  for (const notes of ["W", "We", "We "]) saving.set({ notes });
  assert.deepEqual([saving.state(), draft.value], ["typing", { notes: "We " }]);
  await pass();
  assert.deepEqual([sent, saving.state(), draft.value], [[{ notes: "We " }], "saved", null]);
});

test("a space at the end stays as long as somebody may go on typing", async () => {
  const { saving, pass } = pad();
  saving.set({ notes: "We " });
  await pass();
  assert.equal(saving.shown({ notes: "We" }).notes, "We ");
  saving.settle();
  assert.equal(saving.shown({ notes: "We" }).notes, "We");
});

test("what is written while it is saved is saved after it", async () => {
  let done = () => {};
  const { saving, sent, draft, pass } = pad({ answers: [() => new Promise((ok) => (done = ok))] });
  saving.set({ notes: "one" });
  await pass();
  saving.set({ notes: "two", tags: ["x"] });
  await pass();
  assert.equal(sent.length, 1);
  done();
  await pass();
  assert.deepEqual(draft.value, { notes: "two", tags: ["x"] });
  await pass();
  assert.deepEqual([sent[1], saving.state(), draft.value], [{ notes: "two", tags: ["x"] }, "saved", null]);
});

test("what was refused stays as it is written, and is told", async () => {
  const { saving, draft, pass } = pad({ answers: [() => Promise.reject({ code: "lead.bidi", text: "…", field: "notes" })] });
  saving.set({ notes: "bad" });
  await pass();
  assert.deepEqual([saving.state(), saving.refused().field, draft.value], ["refused", "notes", { notes: "bad" }]);
  saving.set({ notes: "good" });
  await pass();
  assert.deepEqual([saving.state(), saving.refused(), draft.value], ["saved", null, null]);
});

test("who is too fast is saved a moment later", async () => {
  const { saving, sent, pass } = pad({ answers: [() => Promise.reject({ code: "pace.change_lead", text: "…", retryAfter: 1 })] });
  saving.set({ notes: "one" });
  await pass();
  await pass();
  assert.deepEqual([sent.length, saving.state()], [2, "saved"]);
});

test("what was not saved before a reload is saved after it", async () => {
  const { saving, sent, draft, pass } = pad({ kept: { notes: "before" } });
  assert.equal(saving.shown({ notes: "" }).notes, "before");
  await pass();
  assert.deepEqual([sent, draft.value], [[{ notes: "before" }], null]);
});
