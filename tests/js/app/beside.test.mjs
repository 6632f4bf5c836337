import assert from "node:assert/strict";
import { test } from "node:test";

import { besideStore } from "../../../static/app/beside.js";
import { hello, pageLoad, socket, state } from "../fakes.mjs";

const MISSION = "mission/m1";
const you = (role) => ({ id: "p1", name: "Ana", role });

/** A page of a session that follows its mission beside it. */
function page() {
  const load = pageLoad({ topic: "session/s1", mission: "m1" });
  const { clock, storage } = load;
  const options = { storage, now: () => clock.now, later: clock.set, random: () => 0, schedule: (run) => run() };
  const mission = besideStore(load.connection, MISSION, options);
  hello(15, "host");
  state([3, "s"]);
  return { ...load, mission };
}

function told(at = [7, "m"], role = "participant") {
  socket().receive({ op: "seat", topic: MISSION, you: you(role) });
  socket().receive({ op: "state", topic: MISSION, at, put: { slot: { grids: { title: "Grids" } } }, gone: {} });
}

const fault = (more) => socket().receive({ op: "error", topic: MISSION, text: "", ...more });
const joins = () => socket().ops("join").filter(({ topic }) => topic === MISSION);

test("one line brings the records of both, each to its own store, and says who one is in each", () => {
  const { store, mission } = page();
  told();
  assert.deepEqual([store.you.role, mission.you.role], ["host", "participant"]);
  assert.equal(mission.get("slot", "grids").title, "Grids");
  assert.deepEqual([store.all("slot"), store.position, mission.position], [[], [3, "s"], [7, "m"]]);
});

test("a command goes to the topic it is about, once that is joined, and its answer to who asked", async () => {
  const { store, mission } = page();
  const tapped = mission.do("attend", { slot: "grids" });
  assert.equal(socket().ops("do").length, 0);
  told();
  const said = store.do("say", { text: "hello" });
  assert.deepEqual(socket().ops("do").map(({ topic, command }) => [topic, command]), [[MISSION, "attend"], ["session/s1", "say"]]);
  socket().receive({ op: "done", ref: tapped.ref, at: [8, "m"], result: { id: "x" } });
  assert.deepEqual(await tapped.done, { id: "x" });
  assert.deepEqual(store.pending.map(({ ref }) => ref), [said.ref]);
});

test("it comes back to both from where each was, and as what it was there", () => {
  const { clock } = page();
  told();
  socket().lose();
  clock.pass(10_000);
  hello(15, "host");
  assert.deepEqual(socket().sent, [
    { op: "join", topic: "session/s1", at: [3, "s"], role: "host" },
    { op: "join", topic: MISSION, at: [7, "m"], role: "participant" },
  ]);
});

test("as another part it is joined anew, and what the page is about goes on", () => {
  const { clock, connection, store, mission } = page();
  told();
  fault({ code: "token.role", retry_after: 0 });
  assert.deepEqual([connection.link.state, store.joined, mission.joined], ["live", true, false]);
  const asked = mission.do("attend", { slot: "grids" });
  clock.pass(1);
  assert.deepEqual(joins().at(-1), { op: "join", topic: MISSION, at: [7, "m"], role: "participant" });
  told([1, "n"], "organiser");
  assert.deepEqual([mission.you.role, mission.joined], ["organiser", true]);
  assert.equal(socket().ops("do").at(-1).ref, asked.ref);
});

test("what could not be read for the moment is asked for again, once", () => {
  const { clock, connection } = page();
  const before = joins().length;
  fault({ code: "log.unavailable" });
  assert.equal(connection.link.state, "live");
  clock.pass(10_000);
  assert.equal(joins().length, before + 1);
});

test("lost for good it says why, and nothing else is lost", () => {
  const { clock, connection, store, mission } = page();
  told();
  fault({ code: "person.removed", reason: "Enough" });
  assert.deepEqual([mission.link.state, mission.link.cause, mission.link.reason], ["ended", "person.removed", "Enough"]);
  assert.deepEqual([connection.link.state, store.joined, mission.joined], ["live", true, false]);
  const before = joins().length;
  clock.pass(10_000);
  assert.equal(joins().length, before);
});

test("errors of the page's own topic go on ending the page, named or not", () => {
  for (const more of [{}, { topic: "session/s1" }]) {
    const { connection } = page();
    socket().receive({ op: "error", code: "topic.forbidden", text: "Not yours.", ...more });
    assert.equal(connection.link.state, "ended");
  }
});
