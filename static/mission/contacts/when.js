/** Days and minutes as contacts say them. */

import { formatTime } from "../../app/i18n.js";

/** @param {number} ms */
export const minute = (ms) => formatTime(ms, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** @param {number} ms */
export const day = (ms) => formatTime(ms, { weekday: "short", day: "numeric", month: "short" });

/** The minute of a session, from 1 on; nothing outside of it. @param {{starts_at: number, ends_at: number}|undefined} slot
 * @param {number} at Unix ms */
export const minuteOf = (slot, at) => (slot && at >= slot.starts_at && at < slot.ends_at ? Math.floor((at - slot.starts_at) / 60_000) + 1 : null);
