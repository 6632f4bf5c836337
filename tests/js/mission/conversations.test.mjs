/** Conversations: what is known of one stays whole however its news come, and its rows say when and what is new. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { dayName, rowsOf } from "../../../static/mission/conversations/rows.js";
import { Talk } from "../../../static/mission/conversations/talk.js";

const message = (n, by = "bob") => ({ id: `m${n}`, by, text: `Text ${n}`, at: n * 1000 });
const newest = (n, more = {}) => ({ ...message(n), before: n > 1 ? `m${n - 1}` : "", cut: false, ...more });

/** A server with so many messages, which answers pages of three. */
function server(count) {
  const asked = [];
  const all = Array.from({ length: count }, (_, n) => message(n + 1));
  const ask = async (before) => {
    asked.push(before ?? "newest");
    const end = before ? all.findIndex(({ id }) => id === before) : all.length;
    const begin = Math.max(0, end - 3);
    return { messages: all.slice(begin, end), older: begin > 0 };
  };
  return { all, asked, ask };
}

const settled = () => new Promise((done) => setTimeout(done));
const ids = (talk) => talk.messages.map(({ id }) => id).join(" ");

test("what follows what is known is put behind it, without asking", async () => {
  const { all, asked, ask } = server(2);
  const talk = new Talk(ask, () => {});
  talk.hear(newest(2), 0);
  await settled();
  all.push(message(3));
  talk.hear(newest(3), 0);
  talk.hear(newest(3), 0);
  assert.equal(ids(talk), "m1 m2 m3");
  assert.deepEqual(asked, ["newest"]);
});

test("where something is missing between, or a text is cut, it is asked for", async () => {
  const { all, asked, ask } = server(2);
  const talk = new Talk(ask, () => {});
  talk.hear(newest(2), 0);
  await settled();
  all.push(message(3), message(4));
  talk.hear(newest(4), 0);
  await settled();
  assert.equal(ids(talk), "m1 m2 m3 m4");
  all.push({ ...message(5), text: "long" });
  talk.hear(newest(5, { text: "lo", cut: true }), 0);
  await settled();
  assert.equal(talk.messages.at(-1).text, "long");
  assert.equal(asked.length, 3);
});

test("after a gap wider than a page what is known begins anew", async () => {
  const { all, ask } = server(3);
  const talk = new Talk(ask, () => {});
  talk.hear(newest(3), 0);
  await settled();
  for (let n = 4; n <= 9; n++) all.push(message(n));
  talk.hear(newest(9), 0);
  await settled();
  assert.equal(ids(talk), "m7 m8 m9");
  assert.equal(talk.older, true);
});

test("older ones are asked for until there are none", async () => {
  const { ask } = server(5);
  const talk = new Talk(ask, () => {});
  talk.hear(newest(5), 0);
  await settled();
  assert.equal(talk.older, true);
  await talk.fetchOlder();
  assert.equal(ids(talk), "m1 m2 m3 m4 m5");
  assert.equal(talk.older, false);
});

test("where one that stood there became another, it is asked for anew", async () => {
  const { all, ask } = server(2);
  const talk = new Talk(ask, () => {});
  talk.hear(newest(2), 0);
  await settled();
  all[0] = { ...all[0], text: "", removed: true };
  talk.hear(newest(2), 1);
  await settled();
  assert.equal(talk.messages[0].removed, true);
});

test("what comes while a page is on its way is there once it came", async () => {
  const { all, ask } = server(2);
  let answer;
  const slow = (before) => new Promise((done) => void (answer = () => ask(before).then(done)));
  const talk = new Talk(slow, () => {});
  talk.hear(newest(2), 0);
  const first = answer;
  await first();
  talk.hear(newest(2), 0);
  await settled();
  all.push(message(3));
  talk.hear(newest(3), 0);
  assert.equal(ids(talk), "m1 m2 m3");
});

test("a page that did not come is said to, and asked for again", async () => {
  const { ask } = server(1);
  let isDown = true;
  const talk = new Talk((before) => (isDown ? Promise.reject(new Error("503")) : ask(before)), () => {});
  talk.hear(newest(1), 0);
  await settled();
  assert.equal(talk.state, "failed");
  talk.hear(newest(1), 0);
  assert.equal(talk.state, "failed", "not again by itself");
  isDown = false;
  talk.retry();
  await settled();
  assert.equal(ids(talk), "m1");
});

test("rows have the day over each day, and a line before what is new and not mine", () => {
  const day = 86_400_000;
  const at = new Date(2027, 2, 1, 12).getTime();
  const messages = [
    { ...message(1), at },
    { ...message(2), at: at + 1000 },
    { ...message(3, "ada"), at: at + day },
    { ...message(4), at: at + day + 1000 },
  ];
  const rows = rowsOf(messages, { me: "ada", from: at + 1000, isReported: (id) => id === "m1" });
  assert.deepEqual(
    rows.map(({ day: date, unread, message: one }) => (date ? "day" : unread ? "unread" : one.id)),
    ["day", "m1", "m2", "day", "m3", "unread", "m4"],
  );
  assert.equal(rows[1].reported, true);
  assert.equal(rows[2].follows, true);
  assert.equal(rows.at(-1).follows, false);
  assert.ok(!rowsOf(messages, { me: "ada", from: null, isReported: () => false }).some(({ unread }) => unread));
});

test("days are called by their names as long as they are near", () => {
  const now = new Date(2027, 2, 1, 0, 30).getTime();
  assert.equal(dayName(now - 60_000, now), "today");
  assert.equal(dayName(now - 3_600_000, now), "yesterday");
  assert.equal(dayName(now - 3 * 86_400_000, now), "");
});
