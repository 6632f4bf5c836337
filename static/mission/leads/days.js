/** A day as it is said: today, tomorrow, else by its date. */

import { formatTime, t } from "../../app/i18n.js";
import { dayOf } from "./filtering.js";

const DAY = /** @type {const} */ ({ weekday: "short", day: "numeric", month: "short" });

/** @param {string} day YYYY-MM-DD @param {string} today the same */
export function dayWords(day, today) {
  const at = noon(day);
  const after = new Date(noon(today));
  after.setDate(after.getDate() + 1);
  if (day === today) return t("leads.due.today");
  if (day === dayOf(after.getTime())) return t("leads.due.tomorrow");
  const date = formatTime(at, DAY);
  return day < today ? t("leads.due.past", { date }) : date;
}

/** @param {string} day */
const noon = (day) => new Date(`${day}T12:00`).getTime();
