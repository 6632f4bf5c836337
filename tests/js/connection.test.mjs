import assert from "node:assert/strict";
import { test } from "node:test";

import { isFinal, parseReason } from "../../static/js/connection.js";
import { FakeSocket, hello, pageLoad, socket, state } from "./fakes.mjs";

test("joins after hello, from nothing, and later from where it was", () => {
  const { connection, clock } = pageLoad();
  assert.equal(socket().protocol, "webinar.v1.json");
  assert.equal(connection.link.state, "connecting");
  hello();
  assert.equal(connection.link.state, "live");
  assert.deepEqual(socket().sent, [{ op: "join", topic: "session/s1", at: null }]);
  state([7, "abc"]);
  socket().lose();
  clock.pass(15_000);
  hello();
  assert.deepEqual(socket().sent[0], { op: "join", topic: "session/s1", at: [7, "abc"] });
});

test("waits longer after each failure, never below the floor or above the ceiling", () => {
  const { connection, clock } = pageLoad({ random: 0.999 });
  const waits = [];
  for (let n = 0; n < 8; n++) {
    socket().lose();
    waits.push(connection.link.retryAt - clock.now);
    clock.pass(waits.at(-1));
  }
  assert.ok(waits[0] <= 1000 && waits[0] >= 500);
  assert.ok(waits[3] > waits[1]);
  assert.ok(waits.at(-1) <= 15_000 && waits.at(-1) > 14_000);
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
  socket().lose(4403, JSON.stringify({ text: "Removed by a host." }));
  assert.deepEqual(connection.link, { state: "ended", retryAt: null, code: 4403, text: "Removed by a host." });
  clock.pass(60_000);
  assert.equal(FakeSocket.all.length, 1);
  assert.deepEqual([4400, 4401, 4403, 4408, 4429, 1012, 1013].map(isFinal), [true, true, true, false, false, false, false]);
});

test("a handshake that is refused again and again is looked up by HTTP", async () => {
  const { connection, clock } = pageLoad({ known: async () => false });
  socket().lose();
  clock.pass(1000);
  socket().lose();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(connection.link.state, "ended");
  assert.equal(connection.link.code, 4401);
});

test("reads close reasons of any form", () => {
  assert.deepEqual(parseReason('{"retry_after":1.5}'), { retryAfter: 1.5, text: "" });
  assert.deepEqual(parseReason("Bye"), { retryAfter: null, text: "Bye" });
  assert.deepEqual(parseReason(""), { retryAfter: null, text: "" });
});
