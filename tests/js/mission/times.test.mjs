/** Days and hours at two places: right past every turn of the clocks, which Europe and America turn in other weeks. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ahead, at, dayOn, daysBetween, daysOf, daysOn, hour, isHumane, minutesOf, moment, shared, there, turns } from "../../../static/mission/programme/times.js";

const [NL, CA] = ["Europe/Amsterdam", "America/Los_Angeles"];
const six = (day) => moment(day, 18 * 60, NL);
const inCalifornia = (ms) => hour(there(ms, CA).minutes);

test("six in The Hague is nine in California, but for the weeks in which one of them has turned its clocks", () => {
  const weeks = [
    ["2027-03-08", "09:00"],
    // America turned on 14 March, Europe does on the 28th
    ["2027-03-15", "10:00"],
    ["2027-03-22", "10:00"],
    ["2027-03-29", "09:00"],
    // Europe turned on 31 October, America does on 7 November
    ["2027-10-25", "09:00"],
    ["2027-11-01", "10:00"],
    ["2027-11-08", "09:00"],
  ];
  for (const [day, hourThere] of weeks) assert.equal(inCalifornia(six(day)), hourThere, day);
});

test("a week on it is the same hour here, whatever it is there", () => {
  const moved = daysOn(six("2027-03-08"), 7, NL);
  assert.deepEqual(there(moved, NL), { day: "2027-03-15", minutes: 18 * 60 });
  assert.equal(inCalifornia(moved), "10:00");
  assert.deepEqual(there(daysOn(six("2027-03-22"), 7, NL), NL), { day: "2027-03-29", minutes: 18 * 60 });
  assert.deepEqual(there(daysOn(six("2027-03-29"), -7, NL), NL), { day: "2027-03-22", minutes: 18 * 60 });
});

test("an hour that the clocks leave out is the next, one that they have twice the first", () => {
  assert.deepEqual(there(moment("2027-03-28", 150, NL), NL), { day: "2027-03-28", minutes: 210 });
  const twice = moment("2027-10-31", 150, NL);
  assert.equal(ahead(twice, NL), 120);
  assert.deepEqual(there(twice, NL), { day: "2027-10-31", minutes: 150 });
});

test("every quarter of an hour of two years is found again", () => {
  for (let ms = Date.parse("2027-01-01T00:00:00Z"); ms < Date.parse("2028-12-31T00:00:00Z"); ms += 5_400_000 * 7) {
    for (const zone of [NL, CA, "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]) {
      const { day, minutes } = there(ms, zone);
      const again = moment(day, minutes, zone);
      assert.deepEqual(there(again, zone), { day, minutes }, `${ms} ${zone}`);
      assert.ok(again === ms || ms - again === 3_600_000 || ms - again === 1_800_000, `${ms} ${zone}`);
    }
  }
});

test("days are counted by the calendar", () => {
  assert.equal(dayOn("2028-02-28", 1), "2028-02-29");
  assert.equal(daysBetween("2027-03-01", "2027-04-01"), 31);
  assert.deepEqual(daysOf("2027-03-27", "2027-03-29"), ["2027-03-27", "2027-03-28", "2027-03-29"]);
  assert.deepEqual(daysOf("2027-03-02", "2027-03-01"), []);
});

test("clocks are read as they are written", () => {
  assert.equal(hour(9 * 60 + 5), "09:05");
  assert.equal(hour(25 * 60), "01:00");
  for (const [text, minutes] of [["09:05", 545], ["9.05", 545], [" 23:59 ", 1439]]) assert.equal(minutesOf(text), minutes);
  for (const text of ["24:00", "9", "soon", "12:60"]) assert.ok(Number.isNaN(minutesOf(text)), text);
});

test("what is on is told at both places, with the day where that is another", () => {
  const span = { from: moment("2027-03-01", 120, NL), to: moment("2027-03-01", 180, NL) };
  assert.deepEqual(at(span, NL, NL), { from: "02:00", to: "03:00", days: 0 });
  assert.deepEqual(at(span, CA, NL), { from: "17:00", to: "18:00", days: -1 });
});

test("humane hours are those at which it is between seven and ten at both places", () => {
  const spans = (day) => shared(day, [NL, CA]).map(({ from, to }) => [there(from, NL), there(to, NL)].map(({ minutes }) => hour(minutes)).join("-"));
  assert.deepEqual(spans("2027-03-01"), ["07:00-07:00", "16:00-22:00"].slice(1));
  assert.deepEqual(spans("2027-03-15"), ["15:00-22:00"]);
  assert.deepEqual(shared("2027-03-01", [NL]).length, 1);
  // halfway round the world there is hardly any
  assert.deepEqual(spans("2027-03-01").length, 1);
  assert.ok(isHumane({ from: six("2027-03-01"), to: six("2027-03-01") + 3_600_000 }, NL));
  assert.ok(!isHumane({ from: moment("2027-03-01", 9 * 60, NL), to: moment("2027-03-01", 10 * 60, NL) }, CA));
  assert.ok(!isHumane({ from: moment("2027-03-01", 21 * 60 + 30, NL), to: moment("2027-03-01", 22 * 60 + 30, NL) }, NL));
});

test("the days on which clocks are turned are known", () => {
  assert.deepEqual(turns(daysOf("2027-03-12", "2027-03-30"), [NL, CA]), [
    { day: "2027-03-14", zone: CA, by: 60 },
    { day: "2027-03-28", zone: NL, by: 60 },
  ]);
  assert.deepEqual(turns(daysOf("2027-05-01", "2027-05-30"), [NL, CA]), []);
});

test("a zone that a browser does not know is read as UTC", () => {
  assert.deepEqual(there(Date.parse("2027-03-01T12:00:00Z"), "Mars/Olympus_Mons"), { day: "2027-03-01", minutes: 720 });
});
