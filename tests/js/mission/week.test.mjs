/** A week is told in one's own time, with that of the other side beside it, and with what is one's own in it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { moment } from "../../../static/mission/programme/times.js";
import { daysText, elsewhere, EARLY_MS, LATE_MS, stateOf, weekOf } from "../../../static/mission/programme/week.js";

const [NL, CA] = ["Europe/Amsterdam", "America/Los_Angeles"];
const PLACES = [
  { name: "The Hague", zone: NL },
  { name: "Rotterdam", zone: NL },
  { name: "San Francisco", zone: CA },
];
const HOUR = 3_600_000;
const slot = (id, day, hour, more = {}) => {
  const starts_at = moment(day, hour * 60, NL);
  return { id, title: id, starts_at, ends_at: starts_at + HOUR, abstract: "", language: "", hosts: [], speakers: [], ...more };
};
const week = (given) => weekOf({ slots: [], cancelled: [], marked: [], me: "ada", now: 0, zone: NL, ...given });

test("what is on now, and what comes next, come first", () => {
  const slots = [slot("late", "2027-03-02", 18), slot("now", "2027-03-01", 18), slot("past", "2027-03-01", 9)];
  const { on, next, days } = week({ slots, now: slots[1].starts_at + 1 });
  assert.deepEqual([on.map(({ id }) => id), next.id], [["now"], "late"]);
  assert.deepEqual(days.map(({ day, slots }) => [day, slots.map(({ id }) => id)]), [["2027-03-01", ["past", "now"]], ["2027-03-02", ["late"]]]);
});

test("a session is entered a little before it begins, until it is over", () => {
  const one = slot("one", "2027-03-01", 18);
  const at = (ms) => stateOf(one, one.starts_at + ms);
  assert.deepEqual([at(-EARLY_MS - 1), at(-EARLY_MS), at(0), at(HOUR - 1), at(HOUR)], ["later", "soon", "on", "on", "over"]);
});

test("what its hosts closed is over whatever was planned, and what they opened is on, a while beyond its end", () => {
  const one = slot("one", "2027-03-01", 18);
  const at = (doors, ms) => stateOf({ ...one, doors }, one.starts_at + ms);
  assert.deepEqual(["waiting", "open", "closed"].map((doors) => at(doors, HOUR / 2)), ["on", "on", "over"]);
  assert.deepEqual(["waiting", "open", "closed"].map((doors) => at(doors, -HOUR)), ["later", "on", "over"]);
  assert.deepEqual([at("open", HOUR), at("open", HOUR + LATE_MS), at("waiting", HOUR)], ["on", "over", "over"]);
});

test("what is off on a day to come is no day that is over, though nobody waits for it any more", () => {
  const cancelled = [slot("off", "2027-03-01", 12, { doors: "closed" })];
  const [shown] = week({ cancelled, marked: ["off"], now: cancelled[0].starts_at - HOUR * 2 }).mine;
  assert.deepEqual([shown.isOff, shown.state], [true, "later"]);
});

test("days are those of who looks: what is in the evening here is in the morning there, or on the day before", () => {
  const early = slot("early", "2027-03-02", 7);
  assert.equal(week({ slots: [early] }).days[0].day, "2027-03-02");
  assert.equal(week({ slots: [early], zone: CA }).days[0].day, "2027-03-01");
  assert.deepEqual(elsewhere(early, PLACES, NL), [{ from: "22:00", days: -1, names: ["San Francisco"] }]);
  assert.deepEqual(elsewhere(early, PLACES, CA), [{ from: "07:00", days: 1, names: ["The Hague", "Rotterdam"] }]);
});

test("the other side's hour is right in the weeks in which only one side has turned its clocks", () => {
  const hours = ["2027-03-08", "2027-03-15", "2027-03-29"].map((day) => elsewhere(slot("x", day, 18), PLACES, NL)[0].from);
  assert.deepEqual(hours, ["09:00", "10:00", "09:00"]);
});

test("mine are those I lead, speak in or marked; of what is off only who meant to be there is told", () => {
  const slots = [slot("led", "2027-03-01", 9, { hosts: ["ada"] }), slot("other", "2027-03-01", 10), slot("marked", "2027-03-01", 11)];
  const cancelled = [slot("off", "2027-03-01", 12), slot("off too", "2027-03-01", 13)];
  const { mine, days } = week({ slots, cancelled, marked: ["marked", "off"] });
  assert.deepEqual(mine.map(({ id, role, isOff }) => [id, role, isOff]), [
    ["led", "host", false],
    ["marked", "attendee", false],
    ["off", "attendee", true],
  ]);
  assert.equal(days[0].slots.length, 4);
});

test("its days and places are told in the words of who reads", () => {
  const mission = { starts_on: "2027-03-01", ends_on: "2027-03-05", places: PLACES.slice(1) };
  assert.match(daysText(mission, "en"), /^1\s?.\s?5 March 2027 · Rotterdam · San Francisco$/u);
  assert.match(daysText(mission, "nl"), /^1\s?.\s?5 maart 2027 · /u);
});
