/** Who asks me stands in groups by where it began; how I stand with somebody; reasons that are ready to take. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { addCatalog, setLang } from "../../../static/app/i18n.js";
import { grouped } from "../../../static/mission/contacts/groups.js";
import { createNews } from "../../../static/mission/contacts/news.js";
import { readyReasons } from "../../../static/mission/contacts/ready.js";
import { isOver, standing } from "../../../static/mission/contacts/standing.js";
import { waiting } from "../../../static/mission/contacts/waiting.js";
import { minuteOf } from "../../../static/mission/contacts/when.js";

const request = (id, at, began = {}) => ({ id, by: id, began: { where: "directory", at, ...began }, later: false });
const store = (records) => ({ all: (kind) => records[kind] ?? [] });
for (const lang of ["en", "nl"]) addCatalog(lang, JSON.parse(readFileSync(new URL(`../../../static/mission/contacts/${lang}.json`, import.meta.url), "utf8")));

test("all who heard one question are one group, however they asked", () => {
  const heard = { session: "ports", question: "q1" };
  const groups = grouped([request("c", 3, { where: "people", ...heard }), request("a", 1, { where: "spotlight", ...heard }), request("b", 2)]);
  assert.deepEqual(groups.map(({ requests }) => requests.map(({ id }) => id)), [["a", "c"], ["b"]]);
  assert.equal(groups[0].question, "q1");
});

test("another question, and another session, are groups of their own", () => {
  const began = [{ session: "s", question: "q1" }, { session: "s", question: "q2" }, { where: "chat", session: "s" }, { where: "chat", session: "t" }, { where: "people", session: "t" }];
  assert.equal(grouped(began.map((one, at) => request(`r${at}`, at, one))).length, 5);
});

test("whoever comes changes no place of those who came before", () => {
  const all = [request("d", 4, { session: "s", question: "q" }), request("a", 1), request("e", 5), request("b", 2, { session: "s", question: "q" })];
  const before = grouped(all.filter(({ began }) => began.at < 4)).flatMap(({ requests }) => requests.map(({ id }) => id));
  const after = grouped(all).flatMap(({ requests }) => requests.map(({ id }) => id));
  assert.deepEqual(before, ["a", "b"]);
  assert.deepEqual(after, ["a", "e", "b", "d"]);
});

test("whom one put off is not counted as waiting", () => {
  assert.equal(waiting(store({ request: [request("a", 1), { ...request("b", 2), later: true }] })), 1);
});

const NOW = 1_000;
const STANDS = [
  ["me", "me", {}],
  ["tim", "open", { asking: [{ whom: "", until: 2_000 }], request: [{ by: "bob" }] }],
  ["tim", "asked", { asking: [{ whom: "tim", until: 2_000, over: false }] }],
  ["tim", "over", { asking: [{ whom: "tim", until: 2_000, over: true }] }],
  ["tim", "over", { asking: [{ whom: "tim", until: 1_000, over: false }] }],
  ["tim", "wants", { request: [{ by: "tim" }] }],
  ["tim", "connected", { lead: [{ whom: "tim" }], asking: [{ whom: "tim", until: 2_000 }] }],
  ["tim", "blocked", { block: [{ whom: "tim" }], request: [{ by: "tim" }] }],
];
for (const [whom, what, records] of STANDS)
  test(`${whom} is ${what} by ${JSON.stringify(records)}`, () => {
    assert.equal(standing(store(records), "me", whom, NOW).what, what);
  });

test("an asking is over once its time has come, told or not", () => {
  assert.deepEqual([isOver({ over: false, until: 9 }, 8), isOver({ over: false, until: 9 }, 9), isOver({ over: true, until: 9 }, 8)], [false, true, true]);
});

for (const lang of ["en", "nl"])
  test(`three reasons are ready, of what both offer and seek first (${lang})`, () => {
    setLang(lang);
    const card = { organisation: "Voltline", reasons: [{ what: "offers", tag: "Depot charging" }, { what: "seeks", tag: "Pilot fleet" }] };
    const ready = readyReasons(card);
    assert.equal(ready.length, 3);
    assert.match(ready[0], /Depot charging/);
    assert.match(ready[1], /Pilot fleet/);
    assert.match(ready[2], /Voltline/);
    assert.equal(new Set(readyReasons({})).size, 2);
  });

test("what is too long to be sent is not offered", () => {
  setLang("en");
  assert.ok(readyReasons({ organisation: "V".repeat(300) }).every((reason) => reason.length <= 200 && !reason.includes("VVV")));
});

test("news is who asks since, and who accepted what one asked; what was there at first is none", () => {
  const news = createNews();
  const first = { request: [request("a", 1)], lead: [{ id: "me/x", asked: true, name: "X" }] };
  assert.deepEqual(news(store(first)), { asking: 0, accepted: [] });
  const then = { request: [request("a", 1), request("b", 2)], lead: [...first.lead, { id: "me/y", asked: true, name: "Y" }, { id: "me/z", name: "Z" }] };
  assert.deepEqual(news(store(then)), { asking: 1, accepted: ["Y"] });
  assert.deepEqual(news(store(then)), { asking: 0, accepted: [] });
});

test("a minute is counted from 1 on, while the session lasts", () => {
  const slot = { starts_at: 60_000, ends_at: 180_000 };
  assert.deepEqual([59_999, 60_000, 119_999, 120_000, 180_000].map((at) => minuteOf(slot, at)), [null, 1, 1, 2, null]);
  assert.equal(minuteOf(undefined, 1), null);
});
