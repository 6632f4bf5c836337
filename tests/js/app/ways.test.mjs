import assert from "node:assert/strict";
import { test } from "node:test";

import { FakeSocket, FakeStream, hello, pageLoad, socket, state } from "../fakes.mjs";

const soon = () => new Promise((resolve) => setImmediate(resolve));

/** A page on a network that lets no socket through, as far as it has come. */
async function blocked(how = "silent") {
  const page = pageLoad();
  for (let n = 0; n < 2; n++) {
    if (how === "silent") page.clock.pass(5_000);
    else socket().lose();
    await soon();
    if (!(socket() instanceof FakeStream)) page.clock.pass(1_000);
  }
  return page;
}

for (const how of ["silent", "refused"]) {
  test(`where two sockets are ${how} and the server answers, it goes on by HTTP and says so`, async () => {
    const { connection, clock, store } = await blocked(how);
    assert.ok(socket() instanceof FakeStream);
    assert.ok(clock.now - 1_000_000 < 12_000);
    assert.equal(connection.blockedAt, null, "not before it is known");
    assert.deepEqual(socket().joins(), [{ op: "join", topic: "session/s1", at: null }]);
    hello();
    assert.equal(connection.blockedAt, clock.now);
    state([1, "a"]);
    assert.equal(store.joined, true);
    assert.deepEqual(socket().joins(), [{ op: "join", topic: "session/s1", at: [1, "a"] }]);
  });
}

test("a server that is away, or says when to come back, is not a network that blocks", async () => {
  let there = false;
  const { connection, clock } = pageLoad({ knock: async () => there });
  for (let n = 0; n < 6; n++) {
    if (socket().readyState === 1) socket().lose();
    await soon();
    clock.pass(4_000);
    await soon();
  }
  there = true;
  clock.pass(4_000);
  await soon();
  for (let n = 0; n < 4; n++) {
    socket().lose(1013, JSON.stringify({ retry_after: 1 }));
    await soon();
    clock.pass(4_900);
    await soon();
  }
  assert.ok(!FakeSocket.all.some((one) => one instanceof FakeStream));
  hello();
  assert.equal(connection.blockedAt, null);
});

test("where the stream does not come through either, sockets are tried again", async () => {
  const { connection, clock } = await blocked();
  socket().lose();
  clock.pass(4_000);
  await soon();
  assert.ok(!(socket() instanceof FakeStream));
  hello();
  assert.equal(connection.blockedAt, null);
});

test("a lost stream is followed by the next, without waiting for sockets again", async () => {
  const { clock } = await blocked();
  hello();
  clock.pass(6_000);
  const count = FakeSocket.all.length;
  socket().lose();
  clock.pass(1_000);
  assert.ok(socket() instanceof FakeStream);
  assert.equal(FakeSocket.all.length, count + 1);
});

test("a socket is tried behind it, and taken with all that has no answer once it is greeted", async () => {
  const { connection, clock, store } = await blocked();
  hello();
  state([1, "a"]);
  const stream = socket();
  const alive = () => stream.receive({ op: "beat", at: {} });
  for (let ms = 0; ms < 60_000; ms += 10_000) (clock.pass(10_000), alive());
  const first = socket();
  assert.ok(first !== stream && !(first instanceof FakeStream));
  assert.equal(connection.link.state, "live");
  first.lose();
  for (let ms = 0; ms < 120_000; ms += 10_000) (clock.pass(10_000), alive());
  const second = socket();
  assert.ok(second !== first && !(second instanceof FakeStream));
  const { ref } = store.do("say", { text: "between" });
  hello();
  assert.deepEqual([connection.link.state, connection.blockedAt, stream.readyState], ["live", null, 3]);
  assert.deepEqual(second.sent[0], { op: "join", topic: "session/s1", at: [1, "a"] });
  state([1, "a"]);
  assert.deepEqual(second.ops("do").map((frame) => frame.ref), [ref]);
  clock.pass(1_000);
  assert.equal(connection.lostAt, null);
});
