import assert from "node:assert/strict";
import { test } from "node:test";

import { endOf, isFinal, parseReason } from "../../../static/app/farewell.js";
import { FakeSocket, hello, pageLoad, socket, state } from "../fakes.mjs";

const soon = () => new Promise((resolve) => setImmediate(resolve));

test("joins after hello, from nothing, and later from where it was", () => {
  const { connection, clock } = pageLoad();
  assert.equal(socket().protocol, "webinar.v1.json");
  assert.equal(connection.link.state, "connecting");
  hello();
  assert.equal(connection.link.state, "live");
  assert.deepEqual(socket().sent, [{ op: "join", topic: "session/s1", at: null }]);
  state([7, "abc"]);
  socket().lose();
  clock.pass(10_000);
  hello();
  assert.deepEqual(socket().sent[0], { op: "join", topic: "session/s1", at: [7, "abc"] });
});

test("waits longer after each failure, never below the floor or above the ceiling", async () => {
  const { connection, clock } = pageLoad({ random: 0.999 });
  const waits = [];
  for (let n = 0; n < 8; n++) {
    socket().lose();
    waits.push(connection.link.retryAt - clock.now);
    clock.pass(waits.at(-1));
    await soon();
  }
  assert.ok(waits[0] <= 1000 && waits[0] >= 500);
  assert.ok(waits[3] > waits[1]);
  assert.ok(waits.at(-1) <= 4_000 && waits.at(-1) > 3_500);
  assert.equal(FakeSocket.all.length, 9);
});

test("honours retry_after of a server that restarts", () => {
  const { connection, clock } = pageLoad({ random: 0 });
  hello();
  socket().lose(1012, JSON.stringify({ retry_after: 4 }));
  assert.equal(connection.link.state, "waiting");
  assert.equal(connection.link.retryAt - clock.now, 4000);
  clock.pass(3999);
  assert.equal(FakeSocket.all.length, 1);
  clock.pass(1);
  assert.equal(FakeSocket.all.length, 2);
});

test("goes to another worker at about the moment it is told, and is calm about it", () => {
  for (const [random, pause] of [[0, 200], [0.5, 225], [0.999, 250]]) {
    const { connection, clock } = pageLoad({ random });
    hello();
    clock.pass(6_000);
    socket().lose(1012, JSON.stringify({ retry_after: 0.2 }));
    assert.ok(Math.abs(connection.link.retryAt - clock.now - pause) < 1);
    assert.equal(connection.lostAt, clock.now);
    clock.pass(250);
    hello();
    assert.equal(connection.lostAt, null);
  }
});

test("told to come back at once again and again, it waits longer each time all the same", async () => {
  const { connection, clock } = pageLoad({ random: 0.999 });
  const waits = [];
  for (let n = 0; n < 6; n++) {
    hello();
    socket().lose(1012, JSON.stringify({ retry_after: 0.1 }));
    waits.push(connection.link.retryAt - clock.now);
    clock.pass(waits.at(-1));
    await soon();
  }
  assert.ok(waits[0] < 150);
  assert.ok(waits[1] > 1000 && waits[2] > waits[1] && waits[5] > 3_500);
});

test("a handshake that is refused counts as a failure until one has lasted", async () => {
  const { connection, clock } = pageLoad({ random: 0.999 });
  const wait = async () => {
    const ms = connection.link.retryAt - clock.now;
    clock.pass(ms);
    await soon();
    return ms;
  };
  for (let n = 0; n < 4; n++) {
    socket().lose();
    await wait();
  }
  hello();
  socket().lose();
  assert.ok((await wait()) > 3_500, "a hello alone proves nothing");
  hello();
  clock.pass(6_000);
  socket().lose();
  assert.ok((await wait()) <= 1000);
});

test("is away from when it was lost, not from the last try", () => {
  const { connection, clock } = pageLoad();
  hello();
  const lost = clock.now;
  socket().lose();
  clock.pass(connection.link.retryAt - clock.now);
  socket().lose();
  assert.equal(connection.lostAt, lost);
});

test("a join that is refused for its pace is tried again on another socket", () => {
  const { connection, clock } = pageLoad();
  hello();
  socket().receive({ op: "error", code: "pace.join", text: "" });
  assert.equal(connection.link.state, "waiting");
  clock.pass(4_000);
  assert.equal(FakeSocket.all.length, 2);
});

test("does not wait when asked to try now", () => {
  const { connection } = pageLoad();
  socket().lose();
  connection.tryNow();
  assert.equal(connection.link.state, "connecting");
  assert.equal(FakeSocket.all.length, 2);
});

test("two beats of silence are a lost connection", () => {
  const { connection, clock } = pageLoad();
  hello(10);
  clock.pass(19_000);
  socket().receive({ op: "beat", at: {} });
  clock.pass(19_000);
  assert.equal(connection.link.state, "live");
  clock.pass(1_000);
  assert.equal(connection.link.state, "waiting");
});

test("a socket that was given up cannot speak any more", () => {
  const { connection, clock, store } = pageLoad();
  hello(10);
  const old = socket();
  clock.pass(20_000);
  old.receive({ op: "state", topic: "session/s1", at: [9, "x"], put: {} });
  old.lose(4401);
  assert.equal(store.position, null);
  assert.equal(connection.link.state, "waiting");
});

test("a final code ends it, others do not", () => {
  const { connection, clock } = pageLoad();
  hello();
  socket().lose(4403, JSON.stringify({ code: "person.removed" }));
  const said = { text: "", cause: "person.removed", reason: "" };
  assert.deepEqual(connection.link, { state: "ended", retryAt: null, code: 4403, ...said });
  clock.pass(60_000);
  assert.equal(FakeSocket.all.length, 1);
  assert.deepEqual([4400, 4401, 4403, 4408, 4429, 1012, 1013].map(isFinal), [true, true, true, false, false, false, false]);
});

test("a handshake that is refused again and again is looked up by HTTP", async () => {
  const { connection, clock } = pageLoad({ known: async () => ({ code: "token.ended" }) });
  socket().lose();
  clock.pass(1000);
  socket().lose();
  await soon();
  assert.equal(connection.link.state, "ended");
  assert.deepEqual([connection.link.code, connection.link.cause], [4401, "token.ended"]);
});

test("reads close reasons of any form", () => {
  assert.deepEqual(parseReason('{"retry_after":1.5}'), { retryAfter: 1.5, text: "", cause: "" });
  assert.deepEqual(parseReason("Bye"), { retryAfter: null, text: "Bye", cause: "" });
  assert.deepEqual(parseReason(""), { retryAfter: null, text: "", cause: "" });
  assert.equal(parseReason('{"code":"token.ended"}').cause, "token.ended");
});

test("knocks before each socket once some have failed, and opens none while nobody answers", async () => {
  let there = false;
  let knocks = 0;
  const knock = async () => {
    knocks += 1;
    if (!there) throw new TypeError("unreachable");
    return true;
  };
  const { connection, clock } = pageLoad({ knock });
  // away for 75 s
  for (let ms = 0; ms < 75_000; ms += 100) {
    if (socket().readyState === 1 && connection.link.state === "connecting") socket().lose();
    clock.pass(100);
    await soon();
  }
  assert.equal(FakeSocket.all.length, 3);
  assert.ok(knocks > 10);
  there = true;
  for (let ms = 0; ms < 4_000 && FakeSocket.all.length === 3; ms += 100) {
    clock.pass(100);
    await soon();
  }
  assert.equal(FakeSocket.all.length, 4, "tried within four seconds of its return");
  hello();
  assert.equal(connection.link.state, "live");
});

test("of several knocks under way only the last opens a socket", async () => {
  /** @type {((there: boolean) => void)[]} */
  const answers = [];
  const { connection, clock } = pageLoad({ knock: () => new Promise((resolve) => answers.push(resolve)) });
  for (let n = 0; n < 3; n++) {
    socket().lose();
    clock.pass(4_000);
  }
  connection._open();
  assert.ok(answers.length > 2);
  for (const answer of answers) answer(true);
  await soon();
  assert.equal(FakeSocket.all.length, 4);
});

test("of a mission's people it says as which role it was told where it stands, and ends where the page is not for them", async () => {
  const { connection, clock } = pageLoad({ mission: "ev", page: "host" });
  hello(15, "host");
  state([7, "abc"]);
  socket().lose(1012, JSON.stringify({ retry_after: 0 }));
  clock.pass(10_000);
  hello(15, "organiser");
  assert.deepEqual(socket().sent[0], { op: "join", topic: "session/s1", at: [7, "abc"], role: "host" });
  socket().lose(1012, JSON.stringify({ retry_after: 0 }));
  clock.pass(10_000);
  await soon();
  hello(15, "attendee");
  assert.deepEqual([connection.link.state, connection.link.cause], ["ended", "token.not_host"]);
});

test("what ends a stay ends it by whatever way it is told", () => {
  const codes = ["token.renewed", "participant.declined", "person.removed", "person.absent", "topic.forbidden"];
  assert.deepEqual(codes.map(endOf), [4401, 4403, 4403, 0, 0]);
});
