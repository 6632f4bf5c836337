/** When two could meet: by both clocks, right past their turns, and which hours are humane for whom. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { firstDay, isGood, markOf, spanIn, timesOf } from "../../../static/mission/meetings/hours.js";
import { clashOf, grouped } from "../../../static/mission/meetings/order.js";
import { moment } from "../../../static/mission/programme/times.js";

const [NL, CA] = ["Europe/Amsterdam", "America/Los_Angeles"];
const zones = { mine: NL, theirs: CA };
const HOUR = 3_600_000;
/** A whole day in The Hague. */
const day = (name) => [[moment(name, 0, NL), moment(name, 0, NL) + 24 * HOUR]];
const hours = (name, minutes = 20) => (timesOf(day(name), minutes, zones).get(name) ?? []).filter(isGood).map(({ at }) => spanIn(at, minutes, NL).from);

test("hours that suit both are those of working days at both, whatever the clocks were turned", () => {
  assert.deepEqual(hours("2027-03-08"), ["17:00", "17:30", "18:00", "18:30", "19:00", "19:30"]);
  // America turned its clocks on 14 March, Europe does on the 28th
  assert.equal(hours("2027-03-15")[0], "16:00");
  assert.equal(hours("2027-03-29")[0], "17:00");
});

test("a longer meeting ends in time, too", () => {
  assert.equal(hours("2027-03-08", 30).at(-1), "19:30");
  assert.equal(markOf(moment("2027-03-08", 19 * 60 + 45, NL), 30, NL), "late");
  assert.equal(markOf(moment("2027-03-08", 19 * 60 + 45, NL), 15, NL), "good");
});

test("early and late are told of whom, and nights are offered to nobody", () => {
  const times = timesOf(day("2027-03-08"), 20, zones).get("2027-03-08") ?? [];
  assert.ok(times.some(({ mine, theirs }) => mine === "good" && theirs === "early"));
  assert.ok(times.some(({ mine, theirs }) => mine === "late" && theirs === "good"));
  assert.ok(times.every(({ mine, theirs }) => mine !== "night" && theirs !== "night"));
  assert.equal(markOf(moment("2027-03-08", 23 * 60 + 50, NL), 20, NL), "night");
});

test("what is taken is not offered, nor what does not fit before it", () => {
  const at = (minutes) => moment("2027-03-08", minutes, NL);
  const spans = [[at(17 * 60 + 10), at(18 * 60 + 20)], [at(19 * 60), at(19 * 60 + 15)]];
  const found = [...timesOf(spans, 20, zones).values()].flat().map((time) => spanIn(time.at, 20, NL).from);
  assert.deepEqual(found, ["17:30", "18:00"]);
});

test("a day is the one here, and there it may be another", () => {
  const late = moment("2027-03-08", 22 * 60 + 30, CA);
  assert.deepEqual(spanIn(late, 20, CA), { day: "2027-03-08", from: "22:30", to: "22:50" });
  assert.deepEqual(spanIn(late, 20, NL), { day: "2027-03-09", from: "07:30", to: "07:50" });
});

test("the first day is that of the mission on which something suits both", () => {
  const days = new Map([...timesOf(day("2027-03-06"), 20, zones), ...timesOf(day("2027-03-08"), 20, zones)]);
  assert.equal(firstDay(days, "2027-03-07", ""), "2027-03-08");
  assert.equal(firstDay(days, "2027-04-01", ""), "2027-03-06");
  assert.equal(firstDay(days, "2027-03-07", "2027-03-06"), "2027-03-06");
  assert.equal(firstDay(new Map(), "2027-03-07", ""), "");
});

const meeting = (id, state, more = {}) => ({ id, state, mine: false, minutes: 20, times: [10 * HOUR, 20 * HOUR], until: 9 * HOUR, starts_at: 0, ...more });

test("what waits for me comes first, then what is next, then what I proposed, then what is past with the newest first", () => {
  const all = [
    meeting("old", "fixed", { starts_at: HOUR }),
    meeting("off", "cancelled", { starts_at: 4 * HOUR }),
    meeting("b", "fixed", { starts_at: 30 * HOUR }),
    meeting("a", "fixed", { starts_at: 12 * HOUR }),
    meeting("asked", "proposed"),
    meeting("mine", "proposed", { mine: true }),
    meeting("late", "proposed", { until: HOUR, times: [2 * HOUR] }),
  ];
  const found = Object.fromEntries(Object.entries(grouped(all, 5 * HOUR)).map(([part, list]) => [part, list.map(({ id }) => id)]));
  assert.deepEqual(found, { asked: ["asked"], fixed: ["a", "b"], mine: ["mine"], past: ["off", "late", "old"] });
});

test("one that goes on now is not past yet", () => {
  assert.equal(grouped([meeting("now", "fixed", { starts_at: HOUR })], HOUR + 19 * 60_000).fixed.length, 1);
  assert.equal(grouped([meeting("now", "fixed", { starts_at: HOUR })], HOUR + 20 * 60_000).past.length, 1);
});

test("a time clashes with my other meeting and with what I lead, and with nobody else's", () => {
  const mine = { meetings: [meeting("a", "fixed", { starts_at: 10 * HOUR })], slots: [{ hosts: ["me"], speakers: [], starts_at: 20 * HOUR, ends_at: 21 * HOUR }, { hosts: ["you"], speakers: [], starts_at: 5 * HOUR, ends_at: 6 * HOUR }], me: "me" };
  assert.equal(clashOf(mine, 10 * HOUR + 19 * 60_000, 20, "x").meeting?.id, "a");
  assert.equal(clashOf(mine, 10 * HOUR + 20 * 60_000, 20, "x").meeting, undefined);
  assert.equal(clashOf(mine, 10 * HOUR, 20, "a").meeting, undefined);
  assert.ok(clashOf(mine, 20 * HOUR, 20, "x").slot);
  assert.equal(clashOf(mine, 5 * HOUR, 20, "x").slot, undefined);
});
