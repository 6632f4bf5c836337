import assert from "node:assert/strict";
import { test } from "node:test";

import { FakeStorage, hello, pageLoad, socket, state } from "../fakes.mjs";

const refused = (ref, code, more = {}) => socket().receive({ op: "refused", ref, code, text: "No.", ...more });
const done = (ref, at, result = {}) => socket().receive({ op: "done", ref, at, result });

test("put replaces a record whole, gone removes it, the position is the frame's", () => {
  const { store } = pageLoad();
  hello();
  state([1, "a"], { handout: { h: { title: "T", link: "L" } }, message: { m: { text: "hi" } } });
  assert.deepEqual(store.get("handout", "h"), { id: "h", title: "T", link: "L" });
  state([2, "b"], { handout: { h: { title: "T2" } } }, { gone: { message: ["m", "never-seen"] } });
  assert.deepEqual(store.get("handout", "h"), { id: "h", title: "T2" });
  assert.deepEqual(store.all("message"), []);
  assert.deepEqual(store.position, [2, "b"]);
});

test("a reset forgets everything first", () => {
  const { store } = pageLoad();
  hello();
  state([5, "a"], { message: { m: { text: "hi" } } });
  state([2, "z"], { message: { n: { text: "new history" } } }, { reset: true });
  assert.deepEqual(store.all("message").map((m) => m.id), ["n"]);
});

test("the same list until something of its kind changes", () => {
  const { store } = pageLoad();
  hello();
  state([1, "a"], { message: { m: { text: "hi" } } });
  const before = store.all("message");
  state([2, "b"], { person: { p: { name: "Bo" } } });
  assert.equal(store.all("message"), before);
  state([3, "c"], { message: { n: { text: "yo" } } });
  assert.notEqual(store.all("message"), before);
});

test("subscribers hear once per drawn frame", () => {
  const { store, draw } = pageLoad();
  let heard = 0;
  const stop = store.subscribe(() => (heard += 1));
  hello();
  state([1, "a"]);
  state([2, "b"]);
  draw();
  assert.equal(heard, 1);
  stop();
  state([3, "c"]);
  draw();
  assert.equal(heard, 1);
});

test("a command waits for the join and is settled by done, once its record is here", async () => {
  const { store } = pageLoad();
  const { ref, done: answered } = store.do("say", { text: "hi" });
  hello();
  assert.equal(socket().ops("do").length, 0);
  state([1, "a"]);
  assert.deepEqual(socket().ops("do"), [{ op: "do", topic: "session/s1", ref, command: "say", args: { text: "hi" } }]);
  done(ref, [2, "b"], { id: "m1" });
  assert.deepEqual(await answered, { id: "m1" });
  assert.equal(store.pending.length, 1);
  state([2, "b"], { message: { m1: { text: "hi" } } });
  assert.equal(store.pending.length, 0);
});

test("what was not answered is sent again, in order, with the same refs", () => {
  const { store, clock } = pageLoad();
  hello();
  state([1, "a"]);
  const first = store.do("say", { text: "one" }).ref;
  const second = store.do("say", { text: "two" }).ref;
  const third = store.do("say", { text: "three" }).ref;
  done(second, [2, "b"]);
  socket().lose();
  const fourth = store.do("say", { text: "four" }).ref;
  clock.pass(4_000);
  hello();
  assert.equal(socket().ops("do").length, 0);
  state([2, "b"]);
  assert.deepEqual(socket().ops("do").map((frame) => frame.ref), [first, third, fourth]);
});

test("a reload loses nothing and doubles nothing", () => {
  const storage = new FakeStorage();
  const before = pageLoad({ storage });
  hello();
  state([1, "a"]);
  const { ref } = before.store.do("say", { text: "kept" }, { draft: true });
  const after = pageLoad({ storage });
  assert.equal(after.store.pending[0].ref, ref);
  const newer = after.store.do("say", { text: "newer" }).ref;
  hello();
  state([1, "a"]);
  assert.deepEqual(socket().ops("do").map((frame) => frame.ref), [ref, newer]);
  assert.notEqual(ref, newer);
  done(ref, [1, "a"]);
  done(newer, [1, "a"]);
  assert.equal(storage.size, 0);
});

test("a refused draft stays, can be sent again under its ref, or thrown away", async () => {
  const { store } = pageLoad();
  hello();
  state([1, "a"]);
  const { ref, done: answered } = store.do("say", { text: "too fast" }, { draft: true });
  refused(ref, "pace.chat", { retry_after: 1.5 });
  await assert.rejects(answered, { code: "pace.chat", text: "No.", retryAfter: 1.5 });
  assert.equal(store.pending[0].state, "failed");
  assert.equal(store.pending[0].retryAfter, 1.5);
  store.retry(ref);
  assert.equal(store.pending[0].state, "sending");
  assert.deepEqual(socket().ops("do").map((frame) => frame.ref), [ref, ref]);
  refused(ref, "chat.too_long");
  store.discard(ref);
  assert.equal(store.pending.length, 0);
});

test("words that were refused go again as the server would take them, under a ref of their own", () => {
  const { store } = pageLoad();
  hello();
  state([1, "a"]);
  const { ref } = store.do("ask", { text: "a\u202eb", shown: "named" }, { draft: true });
  refused(ref, "question.bidi", { field: "text", places: [1], suggestion: "ab" });
  assert.equal(store.pending[0].suggestion, "ab");
  store.take(ref);
  assert.deepEqual(store.pending.map(({ args, state }) => [args, state]), [[{ text: "ab", shown: "named" }, "sending"]]);
  const [first, second] = socket().ops("do");
  assert.notEqual(first.ref, second.ref);
  assert.equal(store.take("unknown"), null);
});

test("a failed draft is not sent again by itself", () => {
  const { store, clock } = pageLoad();
  hello();
  state([1, "a"]);
  const { ref } = store.do("say", { text: "x" }, { draft: true });
  refused(ref, "chat.too_long");
  socket().lose();
  clock.pass(15_000);
  hello();
  state([1, "a"]);
  assert.equal(socket().ops("do").length, 0);
  assert.equal(store.pending[0].state, "failed");
});

test("any other refused command is only told", async () => {
  const { store } = pageLoad();
  hello();
  state([1, "a"]);
  const { ref, done: answered } = store.do("support", { question: "q" });
  refused(ref, "question.yours");
  await assert.rejects(answered, { code: "question.yours" });
  assert.equal(store.pending.length, 0);
});

test("pulses go out only when live, and come in as counts", () => {
  const { store } = pageLoad();
  const seen = [];
  store.onPulse((reactions) => seen.push(reactions));
  store.pulse("clap");
  hello();
  store.pulse("heart");
  assert.deepEqual(socket().ops("pulse"), [{ op: "pulse", topic: "session/s1", reaction: "heart" }]);
  socket().receive({ op: "pulse", topic: "session/s1", reactions: { clap: 12 } });
  assert.deepEqual(seen, [{ clap: 12 }]);
});

test("what has no answer for three seconds is said to be slow, until it has one", () => {
  const { store, clock, draw } = pageLoad();
  hello();
  state([1, "a"]);
  let drawn = 0;
  store.subscribe(() => drawn++);
  const { ref } = store.do("support", { question: "q" });
  draw();
  clock.pass(2_900);
  assert.equal(store.isSlow, false);
  clock.pass(200);
  const before = drawn;
  draw();
  assert.ok(store.isSlow && drawn > before, "and subscribers hear of it");
  socket().receive({ op: "done", topic: "session/s1", ref, at: [1, "a"], result: {} });
  assert.equal(store.isSlow, false);
});

test("a connection that is gone is not slow, and counts anew when it is back", () => {
  const { store, clock } = pageLoad();
  hello();
  state([1, "a"]);
  store.do("say", { text: "x" }, { draft: true });
  clock.pass(3_100);
  assert.equal(store.isSlow, true);
  socket().lose();
  assert.equal(store.isSlow, false);
  clock.pass(1_000);
  hello();
  state([1, "a"]);
  assert.equal(store.isSlow, false);
  clock.pass(3_000);
  assert.equal(store.isSlow, true);
});

test("words refused because nothing can be kept just now are sent again by themselves under their ref", () => {
  const { store, clock } = pageLoad();
  hello();
  state([1, "a"]);
  const { ref } = store.do("say", { text: "x" }, { draft: true });
  for (let n = 0; n < 5; n++) {
    refused(ref, "log.unavailable", { retry_after: 1 });
    assert.equal(store.pending[0].state, "sending");
    clock.pass(1_250);
  }
  assert.equal(store.isSlow, true, "for as long as it is not there");
  assert.deepEqual(socket().ops("do").map((frame) => frame.ref), Array(6).fill(ref));
  socket().receive({ op: "done", topic: "session/s1", ref, at: [1, "a"], result: {} });
  clock.pass(10_000);
  assert.equal(socket().ops("do").length, 6);
});

test("what was thrown away meanwhile is not sent again, and what is no words is only refused", () => {
  const { store, clock } = pageLoad();
  hello();
  state([1, "a"]);
  const words = store.do("say", { text: "x" }, { draft: true });
  refused(words.ref, "log.unavailable", { retry_after: 1 });
  store.discard(words.ref);
  const hand = store.do("raise_hand");
  refused(hand.ref, "log.unavailable", { retry_after: 1 });
  clock.pass(5_000);
  assert.equal(socket().ops("do").length, 2);
  assert.equal(store.pending.length, 0);
});
