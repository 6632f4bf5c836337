/**
 * What a mission tells hosts of whoever comes in: whom to greet next, and why. Pure but for the words.
 *
 * Nobody greeted this week come first, then who is here for the first time, then those whose kind of organisation
 * was heard least. All of it is as it was when they came in, so that rows keep their places while the hour goes on.
 *
 * @typedef {import("../records.js").Person} Person
 * @typedef {NonNullable<Person["week"]>} Week
 * @typedef {(person: Person) => boolean} Heard  whether somebody's kind was heard enough
 */

import { formatTime, t } from "../../app/i18n.js";
import { serverNow } from "../../app/lib/now.js";
import { firstName } from "../../app/lib/words.js";
import { isAudience } from "./order.js";

const DAY_MS = 24 * 3_600_000;
/** Of fewer one cannot say what is usual. */
const FEW = 5;

/** @param {readonly Person[]} people */
export const hasWeeks = (people) => people.some((person) => person.week);

/**
 * Of which kinds fewer have asked or spoken this week than of all.
 * @param {readonly Person[]} people
 * @returns {ReadonlySet<string>}
 */
export function underHeard(people) {
  const here = people.filter((person) => person.week && person.kind && isAudience(person));
  const all = share(here);
  if (here.length < FEW || !all) return new Set();
  const kinds = [...new Set(here.map(({ kind }) => kind))];
  return new Set(kinds.filter((kind) => share(here.filter((person) => person.kind === kind)) < all / 2));
}

/** How many of some were heard, 0 to 1. @param {readonly Person[]} people */
const share = (people) =>
  people.filter(({ week }) => week?.asked?.length || week?.spoke?.length).length / (people.length || 1);

/**
 * Less is sooner.
 * @param {Person} person
 * @param {ReadonlySet<string>} seldom kinds that were heard least
 */
export function rank({ week, kind }, seldom) {
  if (!week) return 2;
  return (week.greeted ? 4 : 0) + (week.sessions ? 2 : 0) + (seldom.has(kind) ? 0 : 1);
}

/**
 * Why somebody stands where they stand, the weightiest first.
 * @param {Person} person
 * @param {{you?: string, seldom?: ReadonlySet<string>, moments?: boolean}} [known]  without `moments` not when they
 *   asked and were live, where that is said besides
 * @returns {string[]}
 */
export function reasons({ week, kind }, { you = "", seldom = new Set(), moments = true } = {}) {
  if (!week) return [];
  const { sessions, greeted, colleague, asked, spoke } = week;
  return [
    greeted ? t(`host.week.greeted${by(greeted.by, you)}`, { name: greeted.name, day: day(greeted.at) }) : "",
    colleague
      ? t(`host.week.colleague${by(colleague.by, you)}`, { name: firstName(colleague.name), by: firstName(colleague.by_name), day: day(colleague.at) })
      : "",
    sessions && !greeted ? t("host.week.nobody") : "",
    nth(sessions + 1),
    !moments ? "" : spoke?.length ? t("host.week.spoke", { day: day(spoke[spoke.length - 1].at) }) : lastAsked(asked),
    seldom.has(kind) ? t("host.week.seldom", { kind: t(`host.kind.${kind}`) }) : "",
  ].filter((reason) => reason !== "");
}

/** @param {Week["asked"]} asked */
const lastAsked = (asked) => (asked?.length ? t("host.week.asked", { day: day(asked[asked.length - 1].at) }) : "");

/** @param {string} who @param {string} you */
const by = (who, you) => (who === you ? "_you" : "");

/** The how manieth time this week. @param {number} n */
const nth = (n) => t(n <= 5 ? `host.week.${n}` : "host.week.many", { n });

/** As one says it on the day: today, on Monday, on 3 March. @param {number} at Unix ms */
export function day(at) {
  const now = serverNow();
  const date = (/** @type {number} */ ms) => new Date(ms).toDateString();
  if (date(at) === date(now)) return t("host.week.today");
  const options = /** @type {Intl.DateTimeFormatOptions} */ (
    now - at < 6 * DAY_MS ? { weekday: "long" } : { day: "numeric", month: "long" }
  );
  return t("host.week.on", { day: formatTime(at, options) });
}
