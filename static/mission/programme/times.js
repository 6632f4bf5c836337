/**
 * Days and hours at several places at once, right past every turn of the clocks. Pure but for the zones a browser
 * knows.
 *
 * A day is written YYYY-MM-DD, an hour as minutes since its midnight, a moment in Unix ms.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_MIN = 1440;

/** When nobody need get up for it, or stay up. */
export const HUMANE = { from: 7 * 60, to: 22 * 60 };

/** @typedef {{day: string, minutes: number}} There  a day, and how late it is in it */
/** @typedef {{from: number, to: number}} Span  two moments, or two minutes of a day */

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/** @param {string} zone one that this browser does not know is read as UTC */
function clockOf(zone) {
  const known = clocks.get(zone);
  if (known) return known;
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  let made;
  try {
    made = new Intl.DateTimeFormat("en-CA", { ...parts, timeZone: zone });
  } catch {
    made = new Intl.DateTimeFormat("en-CA", { ...parts, timeZone: "UTC" });
  }
  clocks.set(zone, made);
  return made;
}

/** Which day and how late it is in a zone. @param {number} at @param {string} zone @returns {There} */
export function there(at, zone) {
  const of = Object.fromEntries(clockOf(zone).formatToParts(at).map(({ type, value }) => [type, value]));
  return { day: `${of.year}-${of.month}-${of.day}`, minutes: Number(of.hour) * 60 + Number(of.minute) };
}

/** How far a zone's clocks are ahead of UTC at a moment, in minutes. @param {number} at @param {string} zone */
export function ahead(at, zone) {
  const { day, minutes } = there(at, zone);
  return Math.round((midnight(day) + minutes * MINUTE_MS - at) / MINUTE_MS);
}

/** The moment at which it is so late in a zone: an hour that its clocks leave out is the next, one that they have
 * twice the first. @param {string} day @param {number} minutes @param {string} zone */
export function moment(day, minutes, zone) {
  const wanted = midnight(day) + minutes * MINUTE_MS;
  const before = ahead(wanted - DAY_MS, zone);
  const after = ahead(wanted + DAY_MS, zone);
  const [first, second] = [before, after].map((offset) => wanted - offset * MINUTE_MS);
  const is = (/** @type {number} */ at) => ahead(at, zone) * MINUTE_MS + at === wanted;
  return is(first) || !is(second) ? first : second;
}

/** The same hour of a zone's clocks some days on. @param {number} at @param {number} days @param {string} zone */
export function daysOn(at, days, zone) {
  const { day, minutes } = there(at, zone);
  return moment(dayOn(day, days), minutes, zone);
}

/** @param {string} day @param {number} days */
export const dayOn = (day, days) => new Date(midnight(day) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between. @param {string} from @param {string} to */
export const daysBetween = (from, to) => Math.round((midnight(to) - midnight(from)) / DAY_MS);

/** All days from the one to the other, at most 400. @param {string} from @param {string} to @returns {string[]} */
export function daysOf(from, to) {
  const count = Math.min(400, Math.max(0, daysBetween(from, to) + 1));
  return Array.from({ length: count }, (_, at) => dayOn(from, at));
}

/** Midnight of a day in UTC. @param {string} day */
export const midnight = (day) => Date.parse(`${day}T00:00:00Z`);

/** How late it is, as clocks show it: 09:05. @param {number} minutes */
export function hour(minutes) {
  const within = ((minutes % DAY_MIN) + DAY_MIN) % DAY_MIN;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}

/** The minutes of a clock's time; NaN for what is none. @param {string} text */
export function minutesOf(text) {
  const found = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim());
  const [hours, minutes] = found ? [Number(found[1]), Number(found[2])] : [NaN, NaN];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : NaN;
}

/**
 * How late something begins and ends in a zone, and by how many days that is another day than in the first one.
 * @param {Span} span @param {string} zone @param {string} first
 * @returns {{from: string, to: string, days: number}}
 */
export function at(span, zone, first) {
  const [begins, ends] = [there(span.from, zone), there(span.to, zone)];
  return { from: hour(begins.minutes), to: hour(ends.minutes), days: daysBetween(there(span.from, first).day, begins.day) };
}

/** Whether it is a humane hour from beginning to end. @param {Span} span @param {string} zone */
export function isHumane(span, zone) {
  const begins = there(span.from, zone).minutes;
  return begins >= HUMANE.from && begins + (span.to - span.from) / MINUTE_MS <= HUMANE.to;
}

/**
 * The hours of a day of the first zone that are humane in all of them; moments.
 * @param {string} day @param {readonly string[]} zones
 * @returns {Span[]}
 */
export function shared(day, zones) {
  const [first] = zones;
  /** @type {Span[]} */
  let spans = [{ from: moment(day, 0, first), to: moment(dayOn(day, 1), 0, first) }];
  for (const zone of zones) {
    const near = [-1, 0, 1].map((days) => dayOn(day, days));
    const good = near.map((one) => ({ from: moment(one, HUMANE.from, zone), to: moment(one, HUMANE.to, zone) }));
    spans = spans.flatMap((span) => good.map((one) => ({ from: Math.max(span.from, one.from), to: Math.min(span.to, one.to) })));
    spans = spans.filter((span) => span.to > span.from);
  }
  return spans;
}

/**
 * The days among these on which a zone's clocks are other than on the day before.
 * @param {readonly string[]} days @param {readonly string[]} zones
 * @returns {{day: string, zone: string, by: number}[]} `by` in minutes
 */
export function turns(days, zones) {
  const noon = (/** @type {string} */ day, /** @type {string} */ zone) => ahead(moment(day, 720, zone), zone);
  return days.flatMap((day) =>
    zones
      .map((zone) => ({ day, zone, by: noon(day, zone) - noon(dayOn(day, -1), zone) }))
      .filter(({ by }) => by !== 0),
  );
}
