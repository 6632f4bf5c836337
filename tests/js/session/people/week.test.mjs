import assert from "node:assert/strict";
import test, { before } from "node:test";
import { readFile } from "node:fs/promises";

import { addCatalog, setLang } from "../../../../static/app/i18n.js";
import { arrivals, nextOrder, nextToGreet, orderOf } from "../../../../static/session/people/arrivals.js";
import { reasons, underHeard } from "../../../../static/session/people/week.js";

const DAY = 24 * 3_600_000;
const NOW = Date.now();
const WISH = { all: false, search: "", order: "offered" };
const greeted = { by: "hal", name: "Hal", at: NOW - 2 * DAY, session: "mon", title: "Mon" };
const moment = { session: "mon", title: "Mon", at: NOW - DAY };
const person = (id, week, fields = {}) => ({
  id,
  name: id,
  organisation: "",
  kind: "sme",
  country: "NL",
  role: "attendee",
  here: true,
  since: 0,
  week,
  ...fields,
});
const ids = (people) => people.map((one) => one.id);

before(async () => {
  for (const lang of ["en", "nl"])
    addCatalog(lang, JSON.parse(await readFile(new URL(`../../../../static/session/people/${lang}.json`, import.meta.url))));
  setLang("en");
});

test("nobody greeted this week come first, then newcomers, and who was greeted comes last", () => {
  const people = [
    person("greeted", { sessions: 3, greeted }),
    person("third", { sessions: 2 }),
    person("first", { sessions: 0 }),
  ];
  assert.deepEqual(ids(arrivals(people, WISH)), ["first", "third", "greeted"]);
  assert.equal(nextToGreet(arrivals(people, WISH)).id, "first");
});

test("the same five are not greeted every day", () => {
  const week = (id, at) => (at < 5 ? { sessions: 1, greeted } : { sessions: 1 });
  const people = Array.from({ length: 40 }, (_, at) => person(`p${at}`, week(`p${at}`, at), { since: at }));
  const first = ids(arrivals(people, WISH)).slice(0, 35);
  assert.ok(!first.some((id) => ["p0", "p1", "p2", "p3", "p4"].includes(id)));
});

test("of two alike whose kind was heard less comes first, and of a few nobody says what is usual", () => {
  const heard = { sessions: 1, asked: [moment] };
  const people = [1, 2, 3, 4].map((n) => person(`s${n}`, heard));
  people.push(person("consultant", { sessions: 1 }, { kind: "consultancy", since: 9 }), person("silent", { sessions: 1 }));
  assert.deepEqual([...underHeard(people)], ["consultancy"]);
  const order = ids(arrivals(people, WISH));
  assert.equal(order[0], "consultant");
  assert.equal(underHeard(people.slice(0, 4)).size, 0);
});

test("where no mission knows anybody the newest come first, as ever, and the button goes between two orders", () => {
  const people = [person("a", null, { since: 1 }), person("b", undefined, { since: 2 })];
  assert.deepEqual(ids(arrivals(people, WISH)), ["b", "a"]);
  assert.equal(orderOf(WISH, people), "newest");
  assert.equal(nextOrder(WISH, people), "arrival");
  assert.equal(nextOrder({ ...WISH, order: "arrival" }, people), "newest");
  const known = [person("c", { sessions: 0 })];
  assert.equal(nextOrder({ ...WISH, order: "arrival" }, known), "offered");
  assert.equal(nextOrder(WISH, known), "newest");
});

test("guests of a mission's session stand between those to greet and those who were", () => {
  const people = [person("old", { sessions: 1, greeted }), person("guest", null), person("new", { sessions: 0 })];
  assert.deepEqual(ids(arrivals(people, WISH)), ["new", "guest", "old"]);
});

test("each row says why", () => {
  const of = (week, known) => reasons(person("ana", week), known);
  assert.deepEqual(of({ sessions: 0 }), ["First time this week"]);
  assert.deepEqual(of({ sessions: 2, asked: [moment] }).slice(0, 2), ["Not greeted yet", "Third time this week"]);
  assert.match(of({ sessions: 2, asked: [moment] })[2], /^Asked on \w+day$/);
  assert.match(of({ sessions: 1, greeted })[0], /^Greeted by Hal on \w+day$/);
  assert.match(of({ sessions: 1, greeted }, { you: "hal" })[0], /^You greeted them on \w+day$/);
  const colleague = { id: "bob", name: "Bob", organisation: "A", by: "hal", by_name: "Hal", at: NOW - DAY };
  assert.match(of({ sessions: 0, colleague }, { you: "hal" })[0], /^Colleague of Bob, whom you greeted on \w+day$/);
  assert.match(of({ sessions: 0, colleague })[0], /^Colleague of Bob, whom Hal greeted on /);
  assert.equal(of({ sessions: 1, greeted: { ...greeted, at: NOW } })[0], "Greeted by Hal today");
  assert.match(of({ sessions: 1, greeted: { ...greeted, at: NOW - 20 * DAY } })[0], /^Greeted by Hal on \d+ \w+$/);
  assert.deepEqual(reasons(person("guest", null)), []);
  assert.equal(of({ sessions: 8 })[1], "Time 9 this week");
});

test("and says it in Dutch", () => {
  setLang("nl");
  assert.deepEqual(reasons(person("ana", { sessions: 2 })), ["Nog niet begroet", "Derde keer deze week"]);
  assert.match(reasons(person("ana", { sessions: 2, greeted }))[0], /^Begroet door Hal op \w+dag$/);
  setLang("en");
});
