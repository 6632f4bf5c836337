/** Whom one blocked is in no list of theirs, and nothing is told of who asks without a name. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { besideStore } from "../../../static/app/beside.js";
import { leaveOut } from "../../../static/mission/contacts/blocked.js";
import { hello, pageLoad, socket, state } from "../fakes.mjs";

const SESSION = "session/s1";
const MISSION = "mission/m1";
const asker = (id) => ({ id, name: id, role: "attendee" });
const SAID = {
  message: {
    m1: { by: "bob", name: "Bob", role: "attendee", text: "One", at: 1 },
    m2: { by: "cem", name: "Cem", role: "attendee", text: "Two", at: 2 },
    m3: { by: "dia", name: "Dia", role: "host", text: "Three", at: 3 },
  },
  person: {
    bob: { name: "Bob", role: "attendee", here: true },
    cem: { name: "Cem", role: "attendee", here: true },
    dia: { name: "Dia", role: "host", here: true },
  },
  question: {
    q1: { text: "By name", state: "open", asker: asker("bob"), at: 1 },
    q2: { text: "Live", state: "live", asker: asker("bob"), at: 2 },
    q3: { text: "Of a house", state: "open", asker: { organisation: "Voltline" }, at: 3 },
    q4: { text: "Of nobody", state: "open", asker: {}, at: 4 },
  },
};

/** A page on which a session was told, and its mission beside it. */
function page() {
  const load = pageLoad({ topic: SESSION, mission: "m1" });
  const { clock, storage } = load;
  const options = { storage, now: () => clock.now, later: clock.set, random: () => 0, schedule: (run) => run() };
  const mission = besideStore(load.connection, MISSION, options);
  hello(15, "attendee");
  state([3, "s"], SAID);
  leaveOut(load.store, mission);
  socket().receive({ op: "seat", topic: MISSION, you: { id: "ada", name: "Ada", role: "participant" } });
  return load.store;
}

let seq = 1;
const told = (put = {}, gone = {}) => socket().receive({ op: "state", topic: MISSION, at: [seq++, "m"], put, gone });
const block = (whom) => told({ block: { [`ada/${whom}`]: { whom } } });
const ids = (store, kind) => store.all(kind).map(({ id }) => id);

test("their lines, their place among people and what they ask by name are left out", () => {
  const store = page();
  assert.deepEqual(ids(store, "message"), ["m1", "m2", "m3"]);
  block("bob");
  assert.deepEqual(ids(store, "message"), ["m2", "m3"]);
  assert.deepEqual(ids(store, "person"), ["cem", "dia"]);
  assert.deepEqual(ids(store, "question"), ["q2", "q3", "q4"]);
});

test("who leads is heard all the same, and nobody is left out of the records themselves", () => {
  const store = page();
  block("dia");
  assert.deepEqual(ids(store, "message"), ["m1", "m2", "m3"]);
  block("bob");
  assert.equal(store.get("person", "bob").name, "Bob");
});

test("a view is drawn anew when the list became another, and only then", () => {
  const store = page();
  const before = store.all("message");
  assert.equal(store.all("message"), before);
  block("bob");
  const after = store.all("message");
  assert.notEqual(after, before);
  assert.equal(store.all("message"), after);
  told({ slot: {} });
  assert.equal(store.all("message"), after);
});

test("what is taken back brings them back", () => {
  const store = page();
  block("bob");
  told({}, { block: ["ada/bob"] });
  assert.deepEqual(ids(store, "message"), ["m1", "m2", "m3"]);
  assert.deepEqual(ids(store, "question"), ["q1", "q2", "q3", "q4"]);
});
