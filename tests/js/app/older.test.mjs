import assert from "node:assert/strict";
import { test } from "node:test";

import { Records } from "../../../static/app/records.js";

/** A server that answers when it is told to. */
function server() {
  const asked = [];
  const ask = (kind, before) =>
    new Promise((resolve, reject) => asked.push({ kind, before, answer: resolve, fail: reject }));
  return { asked, ask };
}

const said = (...at) => Object.fromEntries(at.map((n) => [`m${n}`, { by: "p", name: "P", text: `line ${n}`, at: n }]));
const page = (put, older) => ({ at: [9, "t"], put: { message: put }, older: older ? { message: older } : {} });
const frame = (put, more = {}) => ({ op: "state", at: [1, "t"], put: { message: put }, gone: {}, ...more });
const ids = (records) => records.all("message").map((message) => message.id);

function opened() {
  const { asked, ask } = server();
  const records = new Records(ask, () => {});
  records.merge(frame(said(8, 9), { older: { message: "m8" } }));
  return { records, asked, older: records.older("message") };
}

test("all there is came with the join: nothing is asked for", async () => {
  const { asked, ask } = server();
  const records = new Records(ask, () => {});
  records.merge(frame(said(1, 2)));
  assert.equal(records.older("message").isMore, false);
  await records.fetchOlder("message");
  assert.deepEqual(asked, []);
});

test("older ones come before the rest, until that was the beginning", async () => {
  const { records, asked, older } = opened();
  const first = records.fetchOlder("message");
  assert.equal(older.state, "loading");
  void records.fetchOlder("message");
  assert.deepEqual(asked.map(({ before }) => before), ["m8"]);
  asked[0].answer(page(said(6, 7), "m6"));
  await first;
  assert.deepEqual(ids(records), ["m6", "m7", "m8", "m9"]);
  assert.equal(older.isMore, true);
  const second = records.fetchOlder("message");
  assert.equal(asked[1].before, "m6");
  asked[1].answer(page(said(5)));
  await second;
  assert.deepEqual(ids(records), ["m5", "m6", "m7", "m8", "m9"]);
  assert.equal(older.isMore, false);
  assert.equal(older.isBeginning, true);
});

test("an older one that changes leaves no hole", () => {
  const { records } = opened();
  records.merge(frame(said(3, 10)));
  assert.deepEqual(ids(records), ["m8", "m9", "m10"]);
});

test("what was told while a page was on its way counts more than the page", async () => {
  const { records, asked } = opened();
  const coming = records.fetchOlder("message");
  records.merge({ ...frame({}), gone: { message: ["m6"] } });
  records.merge(frame({ m7: { ...said(7).m7, text: "restored" }, ...said(4) }));
  asked[0].answer(page(said(5, 6, 7), "m5"));
  await coming;
  assert.deepEqual(ids(records), ["m5", "m7", "m8", "m9"]);
  assert.equal(records.get("message", "m7").text, "restored");
});

for (const [what, anew] of [
  ["a reset", { reset: true }],
  ["having missed too much", { older: { message: "m20" } }],
]) {
  test(`a page that comes after ${what} is of no use`, async () => {
    const { records, asked, older } = opened();
    const coming = records.fetchOlder("message");
    records.merge(frame(said(20, 21), anew));
    asked[0].answer(page(said(6, 7), "m6"));
    await coming;
    assert.deepEqual(ids(records), ["m20", "m21"]);
    assert.equal(older.isMore, !anew.reset);
    assert.equal(older.state, "idle");
  });
}

test("a page that cannot be had is said, and may be asked for again", async () => {
  const { records, asked, older } = opened();
  const coming = records.fetchOlder("message");
  asked[0].fail(new Error("503"));
  await coming;
  assert.equal(older.state, "failed");
  const again = records.fetchOlder("message");
  asked[1].answer(page(said(7)));
  await again;
  assert.deepEqual(ids(records), ["m7", "m8", "m9"]);
});

test("the newest are kept, and the others asked for again", async () => {
  const { records, asked } = opened();
  records.merge(frame(said(10, 11, 12)));
  records.keepNewest("message", 2);
  assert.deepEqual(ids(records), ["m11", "m12"]);
  records.merge(frame(said(9)));
  assert.deepEqual(ids(records), ["m11", "m12"]);
  const coming = records.fetchOlder("message");
  assert.equal(asked[0].before, "m11");
  records.keepNewest("message", 1);
  assert.deepEqual(ids(records), ["m11", "m12"], "not while a page is on its way");
  asked[0].answer(page(said(8, 9, 10), "m8"));
  await coming;
  assert.deepEqual(ids(records), ["m8", "m9", "m10", "m11", "m12"]);
});

test("what is told in any order stands in the order it was said", () => {
  const { records } = opened();
  records.merge({ ...frame({}), gone: { message: ["m8"] } });
  records.merge(frame({ ...said(12, 10), ...said(8) }));
  assert.deepEqual(ids(records), ["m8", "m9", "m10", "m12"]);
});
