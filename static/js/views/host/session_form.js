/**
 * A session's settings as a form has them, and back: pure.
 *
 * @typedef {import("../stage/records.js").Session} Session
 */

/** Unix ms as `datetime-local` wants it, in this browser's own time zone. @param {number|null} at */
export function localTime(at) {
  if (at === null) return "";
  const minutes = at - new Date(at).getTimezoneOffset() * 60_000;
  return new Date(minutes).toISOString().slice(0, 16);
}

/** @param {FormDataEntryValue|null} text @returns {number|null} */
export function unixTime(text) {
  const at = new Date(String(text ?? "")).getTime();
  return Number.isNaN(at) ? null : at;
}

/**
 * What the form says that is not so already; a time left empty stays as it was.
 * @param {FormData} form @param {Session} session
 * @returns {Record<string, any>}
 */
export function changes(form, session) {
  const wished = {
    title: String(form.get("title") ?? "").trim(),
    starts_at: minuteOr(unixTime(form.get("starts_at")), session.starts_at),
    ends_at: minuteOr(unixTime(form.get("ends_at")), session.ends_at),
    video_kind: form.get("video_kind"),
    video: String(form.get("video") ?? "").trim(),
    premoderated: form.get("premoderated") !== null,
  };
  const had = /** @type {Record<string, any>} */ (session);
  return Object.fromEntries(Object.entries(wished).filter(([name, value]) => value !== null && value !== had[name]));
}

/** The form knows minutes only: the same minute is the same time. @param {number|null} at @param {number|null} had */
const minuteOr = (at, had) => (at !== null && had !== null && Math.floor(had / 60_000) * 60_000 === at ? had : at);
