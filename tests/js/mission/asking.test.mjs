import assert from "node:assert/strict";
import { test } from "node:test";

import { addCatalog, setLang } from "../../../static/app/i18n.js";
import { ofQuestion, ready } from "../../../static/mission/asking/reasons.js";
import { BACK_MS, stands } from "../../../static/mission/asking/standing.js";

const MOMENT = { session: "s1", question: "q1" };
const NOW = 1_000_000;
const asking = (more) => ({ id: "a1", whom: "", began: { where: "spotlight", at: NOW, ...MOMENT }, until: NOW + 99_999, over: false, ...more });
const records = (given) => ({ all: (kind) => given[kind] ?? [] });
const what = (given, whom, now = NOW) => stands(records(given), "me", whom, now).what;

test("who was asked a moment ago is taken back by the same press, and stands as asked after that, until it is over", () => {
  const given = { asking: [asking({ whom: "tim" })] };
  assert.deepEqual([NOW, NOW + BACK_MS, NOW + 99_999].map((now) => what(given, { whom: "tim" }, now)), ["fresh", "asked", "over"]);
  assert.equal(what({ asking: [asking({ whom: "tim", over: true })] }, { whom: "tim" }), "over");
  assert.equal(what(given, { whom: "ada" }), "open");
});

test("of whom the organisation alone is known, it stands by the question, and tells nothing of anybody by name", () => {
  const given = { asking: [asking({})] };
  assert.equal(what(given, { whom: "", moment: MOMENT }), "fresh");
  assert.equal(what(given, { whom: "", moment: { ...MOMENT, question: "q2" } }), "open");
  assert.equal(what(given, { whom: "tim", moment: MOMENT }), "open");
  assert.equal(what({ asking: [asking({ whom: "tim" })] }, { whom: "", moment: MOMENT }), "open");
});

test("whom one is connected to, or blocked, is asked no more", () => {
  const lead = { id: "l1", whom: "tim", began: [{ where: "spotlight", at: NOW, ...MOMENT }] };
  assert.equal(what({ lead: [lead] }, { whom: "tim" }), "connected");
  assert.equal(what({ lead: [lead] }, { whom: "", moment: MOMENT }), "connected");
  assert.equal(what({ lead: [lead] }, { whom: "ada" }), "open");
  assert.equal(what({ lead: [lead], block: [{ id: "b", whom: "tim" }] }, { whom: "tim" }), "blocked");
});

test("three reasons are ready, and none is longer than one may be", () => {
  addCatalog("en", {
    "asking.reason.question": "About: {question}", "asking.reason.here": "Both in “{title}”", "asking.reason.chat": "You wrote in “{title}”",
    "contact.ready.offers": "You offer {tag}", "contact.ready.seeks": "You seek {tag}", "contact.ready.meet": "Hello", "contact.ready.together": "Together",
  });
  setLang("en");
  const card = { reasons: [{ what: "offers", tag: "Depots" }, { what: "seeks", tag: "Grids" }] };
  assert.deepEqual(ready(card, { where: "chat", title: "Ports" }), ["You offer Depots", "You wrote in “Ports”", "You seek Grids"]);
  assert.deepEqual(ready({}, { where: "people", title: "Ports" }), ["Both in “Ports”", "Together", "Hello"]);
  const long = "a question of many words ".repeat(30);
  const [first, ...others] = ready(card, { question: long, where: "spotlight", title: "t".repeat(200) });
  assert.equal(first, ofQuestion(long));
  assert.ok([first, ...others].every((reason) => [...reason].length < 200) && first.endsWith("…") && others.length === 2);
  assert.equal(ofQuestion("One\n two"), "About: One two");
});
