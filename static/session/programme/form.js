/**
 * A session's settings as a form has them, and back: pure.
 *
 * @typedef {import("../records.js").Session} Session
 * @typedef {{title: string, starts_at: string, ends_at: string, video_kind: string, video: string,
 *   premoderated: boolean, logo: string, join: string}} Fields  what stands in the form's fields
 */

/** Unix ms as `datetime-local` wants it, in this browser's own time zone. @param {number|null} at */
export function localTime(at) {
  const moment = new Date(at ?? NaN);
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return Number.isNaN(local.getTime()) ? "" : local.toISOString().slice(0, 16);
}

/** @param {string} text @returns {number|null} */
export function unixTime(text) {
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}

/** @param {Session} session @returns {Fields} */
export function fieldsOf({ title, starts_at, ends_at, video_kind, video, premoderated, logo = "", join = "" }) {
  const times = { starts_at: localTime(starts_at), ends_at: localTime(ends_at) };
  return { title, ...times, video_kind, video, premoderated, logo, join };
}

/**
 * What somebody changed in the form. Compared as it stands there and not as what it means: a field cannot say
 * seconds, nor which of the two hours it is when daylight saving repeats one.
 * @param {Fields} now @param {Fields} filled  what the form was opened with
 * @returns {Record<string, any>} arguments of `change_session`; a time that was emptied is no longer known
 */
export function changes(now, filled) {
  const names = /** @type {(keyof Fields)[]} */ (Object.keys(now));
  const touched = names.filter((name) => now[name] !== filled[name]);
  return Object.fromEntries(touched.map((name) => [name, meaning(name, now[name])]));
}

/** @param {keyof Fields} name @param {any} value */
const meaning = (name, value) =>
  name === "starts_at" || name === "ends_at" ? unixTime(value) : typeof value === "string" ? value.trim() : value;
