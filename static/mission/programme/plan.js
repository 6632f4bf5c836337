/**
 * A programme as an organiser plans it: by days, and a slot as a form has it, and back. Pure.
 *
 * @typedef {import("../records.js").Slot} Slot
 * @typedef {import("../records.js").Mission} Mission
 * @typedef {{title: string, day: string, from: string, length: string, language: string, abstract: string, video: string,
 *   hosts: string[], speakers: string[], session: string}} Fields  what stands in a form; `length` in minutes
 * @typedef {{field: keyof Fields, key: string}} Wrong
 */

import { dayOn, daysBetween, daysOf, daysOn, hour, minutesOf, moment, shared, there } from "./times.js";

const MINUTE_MS = 60_000;
/** What a slot is moved by. */
export const STEP_MS = 15 * MINUTE_MS;
/** How long sessions usually are, in minutes. */
export const LENGTHS = [15, 30, 45, 60, 75, 90, 120, 180, 240];
const USUAL = 60;
/** When a day begins that has no hour which is humane everywhere. */
const MORNING = 9 * 60;

/** @param {Mission} mission */
export const zonesOf = ({ places }) => places.map(({ zone }) => zone);

/**
 * The mission's days and any others on which something is on, in order, with what is on.
 * @param {readonly Slot[]} slots @param {Mission} mission
 * @returns {{day: string, slots: Slot[]}[]}
 */
export function byDay(slots, mission) {
  const [zone] = zonesOf(mission);
  const days = new Map(daysOf(mission.starts_on, mission.ends_on).map((day) => [day, /** @type {Slot[]} */ ([])]));
  for (const slot of inOrder(slots)) {
    const { day } = there(slot.starts_at, zone);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, on]) => ({ day, slots: on }));
}

/** @param {readonly Slot[]} slots @returns {Slot[]} */
export const inOrder = (slots) => [...slots].sort((a, b) => a.starts_at - b.starts_at || (a.id < b.id ? -1 : 1));

/** @param {number} now */
const nextStep = (now) => Math.ceil(now / STEP_MS) * STEP_MS;

/**
 * The day a session is planned on, if nobody says: today as long as one can still end at an hour that is humane
 * everywhere, or the first to come.
 * @param {Mission} mission @param {number} now
 */
export function dayAhead(mission, now) {
  const zones = zonesOf(mission);
  const next = nextStep(now);
  const today = there(next, zones[0]).day;
  const last = shared(today, zones).at(-1);
  const isLate = last && next + USUAL * MINUTE_MS > last.to && today < mission.ends_on;
  const day = isLate ? dayOn(today, 1) : today;
  return day > mission.starts_on && day <= mission.ends_on ? day : mission.starts_on;
}

/**
 * An empty form for a day: at the first hour that is humane everywhere, after what is on that day already.
 * What is over is no hour to begin: today it is the next quarter, or later.
 * @param {string} day @param {readonly Slot[]} slots of all days @param {Mission} mission @param {number} now
 * @returns {Fields}
 */
export function blank(day, slots, mission, now) {
  const zones = zonesOf(mission);
  const spans = shared(day, zones);
  const starts = spans.length ? spans[0].from : moment(day, MORNING, zones[0]);
  const next = nextStep(now);
  const soon = there(next, zones[0]).day === day ? next : 0;
  const last = Math.max(starts, soon, ...slots.filter((slot) => there(slot.starts_at, zones[0]).day === day).map(({ ends_at }) => ends_at));
  const { minutes } = there(last, zones[0]);
  const from = there(last, zones[0]).day === day ? minutes : MORNING;
  const empty = { title: "", language: "", abstract: "", video: "", hosts: [], speakers: [], session: "" };
  return { ...empty, day, from: hour(from), length: String(USUAL) };
}

/** @param {Slot} slot @param {string} zone @returns {Fields} */
export function fieldsOf(slot, zone) {
  const { day, minutes } = there(slot.starts_at, zone);
  const { title, language, abstract, hosts, speakers, id, video = "" } = slot;
  const length = String(Math.round((slot.ends_at - slot.starts_at) / MINUTE_MS));
  return { title, day, from: hour(minutes), length, language, abstract, video, hosts: [...hosts], speakers: [...speakers], session: id };
}

/** When it begins and ends; null where that cannot be read. @param {Fields} fields @param {string} zone */
export function spanOf({ day, from, length }, zone) {
  const minutes = minutesOf(from);
  if (Number.isNaN(minutes) || !/^\d{4}-\d{2}-\d{2}$/.test(day) || !(Number(length) > 0)) return null;
  const begins = moment(day, minutes, zone);
  return { from: begins, to: begins + Number(length) * MINUTE_MS };
}

/** What cannot be planned so. @param {Fields} fields @param {string} zone @returns {Wrong|null} */
export function mistakeIn(fields, zone) {
  if (!fields.title.trim()) return { field: "title", key: "organise.slot.title.missing" };
  if (!spanOf(fields, zone)) return { field: "from", key: "organise.slot.from.wrong" };
  return null;
}

/** The arguments of `plan_slot`, but for the session's. @param {Fields} fields @param {string} zone */
export function argsOf(fields, zone) {
  const { from, to } = /** @type {import("./times.js").Span} */ (spanOf(fields, zone));
  const { language, hosts, speakers } = fields;
  const words = { title: fields.title.trim(), abstract: fields.abstract.trim(), video: fields.video.trim() };
  return { ...words, starts_at: from, ends_at: to, language, hosts, speakers };
}

/** What was changed, as `change_slot` has it. @param {Fields} now @param {Fields} filled @param {string} zone */
export function changesOf(now, filled, zone) {
  const [after, before] = [argsOf(now, zone), argsOf(filled, zone)];
  const names = /** @type {(keyof typeof after)[]} */ (Object.keys(after));
  return Object.fromEntries(names.filter((name) => String(after[name]) !== String(before[name])).map((name) => [name, after[name]]));
}

/** Its times later, or earlier. @param {Slot} slot @param {number} ms */
export const moved = (slot, ms) => ({ starts_at: slot.starts_at + ms, ends_at: slot.ends_at + ms });

/** Its times some days on, at the same hour of a zone. @param {Slot} slot @param {number} days @param {string} zone */
export function movedDays(slot, days, zone) {
  const starts_at = daysOn(slot.starts_at, days, zone);
  return { starts_at, ends_at: starts_at + slot.ends_at - slot.starts_at };
}

/** Its times as they were: what takes a move back. @param {Slot} slot */
export const timesOf = ({ starts_at, ends_at }) => ({ starts_at, ends_at });

/** Where it stands in its day, as parts of all of that day's hours. @param {Slot} slot @param {string} day @param {string} zone */
export function stretch(slot, day, zone) {
  const [from, to] = [moment(day, 0, zone), moment(day, 1440, zone)];
  const part = (/** @type {number} */ at) => Math.min(1, Math.max(0, (at - from) / (to - from)));
  return { left: part(slot.starts_at), width: part(slot.ends_at) - part(slot.starts_at) };
}

/** Those that are on at the same time as one before them share a day's height: in which row each stands.
 * @param {readonly Slot[]} slots in order @returns {number[]} */
export function rowsOf(slots) {
  /** @type {number[]} */
  const until = [];
  return slots.map(({ starts_at, ends_at }) => {
    const row = until.findIndex((end) => end <= starts_at);
    const at = row < 0 ? until.length : row;
    until[at] = ends_at;
    return at;
  });
}

/** By how many days a slot is moved to stand on another. @param {Slot} slot @param {string} day @param {string} zone */
export const daysTo = (slot, day, zone) => daysBetween(there(slot.starts_at, zone).day, day);
