/** A programme by days, and a slot as a form has it: what is filled in comes back, and only what changed is sent. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { argsOf, blank, byDay, changesOf, dayAhead, daysTo, fieldsOf, mistakeIn, moved, movedDays, rowsOf, spanOf, STEP_MS, stretch } from "../../../static/mission/programme/plan.js";
import { hour, moment, there } from "../../../static/mission/programme/times.js";

const [NL, CA] = ["Europe/Amsterdam", "America/Los_Angeles"];
const MISSION = {
  starts_on: "2027-03-12",
  ends_on: "2027-03-15",
  places: [
    { name: "The Hague", zone: NL },
    { name: "San Francisco", zone: CA },
  ],
};
const at = (day, hours) => moment(day, hours * 60, NL);
const EARLIER = at("2027-02-01", 12);
const slot = (id, day, from, more = {}) => ({
  id,
  title: id,
  starts_at: at(day, from),
  ends_at: at(day, from) + 3_600_000,
  abstract: "",
  language: "",
  hosts: ["ori"],
  speakers: [],
  ...more,
});

test("days are all of the mission's and any on which something is on", () => {
  const slots = [slot("b", "2027-03-12", 18), slot("a", "2027-03-12", 17), slot("late", "2027-03-20", 18)];
  assert.deepEqual(
    byDay(slots, MISSION).map(({ day, slots }) => [day, slots.map(({ id }) => id).join()]),
    [
      ["2027-03-12", "a,b"],
      ["2027-03-13", ""],
      ["2027-03-14", ""],
      ["2027-03-15", ""],
      ["2027-03-20", "late"],
    ],
  );
});

test("an empty form stands at the first hour that is humane everywhere, after what is on", () => {
  assert.equal(blank("2027-03-12", [], MISSION, EARLIER).from, "16:00");
  // America has turned its clocks in between
  assert.equal(blank("2027-03-15", [], MISSION, EARLIER).from, "15:00");
  assert.equal(blank("2027-03-12", [slot("a", "2027-03-12", 17)], MISSION, EARLIER).from, "18:00");
  assert.equal(blank("2027-03-12", [slot("a", "2027-03-12", 23.5)], MISSION, EARLIER).from, "09:00");
});

test("nothing is planned in what is over, unless somebody says so", () => {
  const evening = at("2027-03-12", 18.6);
  assert.equal(blank("2027-03-12", [], MISSION, evening).from, "18:45");
  assert.equal(blank("2027-03-12", [], MISSION, at("2027-03-12", 9)).from, "16:00");
  assert.equal(blank("2027-03-12", [slot("a", "2027-03-12", 20)], MISSION, evening).from, "21:00");
  assert.equal(dayAhead(MISSION, EARLIER), "2027-03-12");
  assert.equal(dayAhead(MISSION, at("2027-03-13", 10)), "2027-03-13");
  assert.equal(dayAhead(MISSION, at("2027-03-13", 23.9)), "2027-03-14");
  // it begins at an hour that is good everywhere, or tomorrow; on the last day there is none
  assert.equal(dayAhead(MISSION, at("2027-03-13", 21)), "2027-03-13");
  assert.equal(dayAhead(MISSION, at("2027-03-13", 21.1)), "2027-03-14");
  assert.equal(dayAhead(MISSION, at("2027-03-15", 22.5)), "2027-03-15");
  assert.equal(dayAhead(MISSION, at("2027-04-01", 10)), "2027-03-12");
});

test("what a form is filled with comes back, and only what was changed is sent", () => {
  const known = slot("depots", "2027-03-14", 18, { abstract: "All\nof it", speakers: ["ada"] });
  const filled = fieldsOf(known, NL);
  assert.deepEqual([filled.day, filled.from, filled.length], ["2027-03-14", "18:00", "60"]);
  assert.deepEqual(changesOf(filled, filled, NL), {});
  assert.deepEqual(changesOf({ ...filled, title: " Grids " }, filled, NL), { title: "Grids" });
  assert.deepEqual(changesOf({ ...filled, hosts: [] }, filled, NL), { hosts: [] });
  assert.deepEqual(changesOf({ ...filled, length: "90" }, filled, NL), { ends_at: known.starts_at + 5_400_000 });
  assert.deepEqual(argsOf(filled, NL).speakers, ["ada"]);
});

test("what cannot be planned is said at its field", () => {
  const fields = fieldsOf(slot("a", "2027-03-14", 18), NL);
  assert.equal(mistakeIn(fields, NL), null);
  assert.equal(mistakeIn({ ...fields, title: " " }, NL)?.field, "title");
  for (const wrong of [{ from: "soon" }, { day: "" }, { length: "0" }]) {
    assert.equal(spanOf({ ...fields, ...wrong }, NL), null);
    assert.equal(mistakeIn({ ...fields, ...wrong }, NL)?.field, "from");
  }
});

test("a slot is moved by a quarter of an hour, and by days at the same hour past the turn of the clocks", () => {
  const friday = slot("a", "2027-03-12", 18);
  assert.equal(moved(friday, STEP_MS).ends_at - friday.ends_at, 900_000);
  const monday = movedDays(friday, 3, NL);
  assert.deepEqual(there(monday.starts_at, NL), { day: "2027-03-15", minutes: 1080 });
  assert.equal(hour(there(monday.starts_at, CA).minutes), "10:00");
  assert.equal(monday.ends_at - monday.starts_at, 3_600_000);
  assert.equal(daysTo(friday, "2027-03-15", NL), 3);
});

test("on a day of 23 hours everything keeps its place", () => {
  const six = slot("a", "2027-03-28", 12);
  const hours = (slot, day, of) => Object.values(stretch(slot, day, NL)).map((part) => Math.round(part * of * 1000) / 1000);
  assert.deepEqual(hours(six, "2027-03-28", 23), [11, 1]);
  assert.deepEqual(hours(slot("a", "2027-03-12", 6), "2027-03-12", 24), [6, 1]);
});

test("what is on at once stands side by side", () => {
  const slots = [slot("a", "2027-03-12", 17), slot("b", "2027-03-12", 17.5), slot("c", "2027-03-12", 18)];
  assert.deepEqual(rowsOf(slots), [0, 1, 0]);
});
