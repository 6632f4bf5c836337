/**
 * What the pages count on in each record, so that no record, however wrong, keeps a page from being drawn.
 *
 * A field of the wrong kind is as good as one that is missing. The first of several words is the one that asks
 * for nothing and shows nothing untrue. Kinds and fields that are not named here pass as they are.
 */

/** Unix ms before the year 2100, as the server takes them: what every browser's calendar can show. */
const TIME_MAX = 4_102_444_800_000;

/** @typedef {(value: any) => unknown} Check gives the value, or what stands for a wrong one */
/** @typedef {Record<string, Check>} Shape */

const isText = (/** @type {unknown} */ value) => typeof value === "string";

/** @type {Check} */
const text = (value) => (isText(value) ? value : "");
/** What not everybody is told. @type {Check} */
const told = (value) => (isText(value) ? value : undefined);
/** @type {Check} */
const id = (value) => (isText(value) ? value : null);
/** @type {Check} */
const ids = (value) => (Array.isArray(value) ? value.filter(isText) : []);
/** @type {Check} */
const flag = (value) => value === true;
/** @type {Check} */
const count = (value) => (Number.isSafeInteger(value) && value > 0 ? value : 0);
/** @type {Check} */
const time = (value) => (Number.isFinite(value) && value >= 0 && value <= TIME_MAX ? value : null);
/** @type {Check} */
const at = (value) => time(value) ?? 0;

/** @param {...string} words @returns {Check} */
const oneOf =
  (...words) =>
  (value) =>
    words.includes(value) ? value : words[0];

/** @param {Check} check @returns {Check} */
const maybe = (check) => (value) => (value == null ? value : check(value));

/** @param {Shape} shape @returns {Check} */
const object = (shape) => (value) => fit(shape, value);

/** @param {Shape} shape @returns {Check} */
const listOf = (shape) => (value) => (Array.isArray(value) ? value.map(object(shape)) : []);

const role = oneOf("attendee", "speaker", "host", "organiser", "stage");
const profile = { organisation: told, kind: told, country: told, pitch: told, link: told };

const by = object({ by: text, name: text, at });

/**
 * Of each kind what is counted on: fields that there are, as the schema says.
 * @typedef {import("../session/records.js").Kinds} Kinds
 * @type {{[kind in keyof Kinds]?: {[field in Exclude<keyof Kinds[kind], "id">]?: Check}}}
 */
const SHAPES = {
  session: {
    title: text,
    state: oneOf("open", "waiting", "closed"),
    starts_at: time,
    ends_at: time,
    opened_at: time,
    closed_at: time,
    video_kind: oneOf("none", "youtube", "hls", "mp4", "frame"),
    video: text,
    premoderated: flag,
    logo: text,
    join: text,
  },
  person: {
    ...profile,
    name: text,
    organisation: text,
    kind: text,
    country: text,
    role,
    here: flag,
    say_as: told,
    since: at,
    first_time: flag,
    greeted: maybe(object({ by: text, name: text, at, aloud: flag, waved: time })),
    hand: time,
    week: maybe(object({ sessions: count, asked: listOf({ at }), spoke: listOf({ at }), greeted: maybe(by), colleague: maybe(by) })),
  },
  question: {
    text,
    state: oneOf("held", "open", "queued", "on_deck", "live", "answered", "dismissed", "withdrawn"),
    supporters: count,
    shown: oneOf("anonymous", "organisation", "named"),
    asker: object({ ...profile, id: told, name: told }),
    at,
    live_at: time,
    answered_at: time,
    reason: told,
    mine: maybe(flag),
  },
  stage: { live: id, on_deck: id, queue: ids, just_asked: listOf({ question: text, at }) },
  poll: {
    question: text,
    choose: oneOf("one", "many"),
    state: oneOf("closed", "draft", "open", "revealed"),
    options: listOf({ id: text, text, votes: maybe(count) }),
    voters: count,
    counted: maybe(count),
    at,
    opened_at: time,
    revealed_at: time,
  },
  standing: { removed: maybe(object({ by: text, name: text, at, reason: text })), links_since: at },
  devices: { devices: listOf({ id: text, browser: text, system: text, came: at, last: at }), others: count },
  totals: { given: count, told: maybe(object({ people: count, answers: object({}), lines: ids })) },
  support: { question: id },
  vote: { poll: id, options: ids },
  message: { by: text, name: text, role, text, at, hidden: flag },
};

/**
 * @param {string} kind
 * @param {unknown} fields a record as it came
 * @returns {Record<string, any>}
 */
export function shaped(kind, fields) {
  const shapes = /** @type {Record<string, Shape>} */ (SHAPES);
  return fit(Object.hasOwn(shapes, kind) ? shapes[kind] : {}, fields);
}

/** @param {Shape} shape @param {any} value @returns {Record<string, any>} */
function fit(shape, value) {
  const given = value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
  const checked = Object.entries(shape).map(([name, check]) => [name, check(given[name])]);
  return { ...given, ...Object.fromEntries(checked) };
}
