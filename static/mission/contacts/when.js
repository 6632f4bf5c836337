/** Days and minutes as contacts say them. */

import { formatTime } from "../../app/i18n.js";

/** @param {number} ms */
export const minute = (ms) => formatTime(ms, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** @param {number} ms */
export const day = (ms) => formatTime(ms, { weekday: "short", day: "numeric", month: "short" });
