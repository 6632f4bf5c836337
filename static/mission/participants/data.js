/**
 * My data to read: all of the same answer that the file has, section by section, each with where it is changed.
 *
 * @typedef {Record<string, any>} Told a record, as it is told
 * @typedef {Record<string, Told[]>} Records by their kind
 * @typedef {{written_at: number, person: string, mission: Told, records: Records,
 *   sessions: {session: string, title: string, records: Records}[]}} Mine
 */

import { countryName, formatNumber, formatTime, has, isolated, refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { leads } from "../../pages/mission/address.js";
import { said } from "../../parts/text.js";
import { fetched } from "../directory/fetched.js";
import { languageName } from "../programme/language.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** Where somebody changes what is of a kind; of all others they ask the organisers. @type {Record<string, string>} */
const CHANGED = {
  participant: "me_and_organisers",
  ...Object.fromEntries(["consent", "letterbox"].map((kind) => [kind, "me"])),
  attending: "week",
  ...Object.fromEntries(["asking", "request", "block", "lead", "sharing", "reminders"].map((kind) => [kind, "contacts"])),
  ...Object.fromEntries(["meeting", "diary"].map((kind) => [kind, "meetings"])),
  ...Object.fromEntries(["person", "devices", "question", "support", "vote", "feedback"].map((kind) => [kind, "session"])),
};

/** What is read first; of an answer the order says nothing. */
const ORDER = [
  ...["participant", "consent", "letterbox", "attending", "history", "slot", "lead", "reminders", "sharing", "asking", "request", "block"],
  ...["conversation", "private_message", "reported", "meeting", "diary", "moment", "announcement", "letter"],
  ...["person", "visit", "devices", "question", "answer", "stage", "support", "message", "held", "timeout", "merged", "vote", "feedback"],
];

/** Fields whose values are words of ours. */
const OURS = new Set(["state", "role", "shown", "where", "about", "doors", "worth", "length", "again", "to"]);
/** Those that nobody turned stand as they did at first. */
const SWITCHES = new Set(["listed", "present", "spotlight", "recordings", "details"]);
/** Numbers from here on are times (Unix ms), for no count is as large. */
const TIMES = 1e11;
const WHEN = /** @type {const} */ ({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

/** @param {Room} room @param {() => void} changed */
export function createData(room, changed) {
  /** @type {Mine|null} */
  let mine = null;
  let wrong = "";
  let isAsked = false;

  async function ask() {
    [isAsked, wrong] = [true, ""];
    try {
      mine = await fetched(room, "mine.json");
    } catch (why) {
      const { code, text } = /** @type {import("../../app/enter.js").Problem} */ (why);
      wrong = refusalText(code, text);
    }
    changed();
  }

  const again = () => (void ask(), changed());
  return {
    /** What was read is asked for anew when it is opened again. */
    forget: () => void ([mine, isAsked] = [null, false]),
    draw() {
      if (!isAsked) void ask();
      const words = new URLSearchParams({ tab: "me" });
      return html`<article class="panel my-data" aria-labelledby="my-data">
        <div class="panel-head"><h2 id="my-data">${t("mine.title")}</h2></div>
        <p class="row my-data-acts">
          <a class="button is-small" href=${room.address.href(words)} @click=${leads(room.address, words)}>${t("mine.back")}</a>
          ${mine ? html`<button type="button" class="button is-small" @click=${() => print()}>${t("mine.print")}</button>` : nothing}
        </p>
        ${wrong ? html`<p role="alert">${wrong}</p><p><button type="button" class="button is-small" @click=${again}>${t("mine.again")}</button></p>` : nothing}
        ${mine ? drawAll(mine) : wrong ? nothing : html`<p class="soft" role="status">${t("mine.loading")}</p>`}
      </article>`;
    },
  };
}

/** @param {Mine} mine */
const drawAll = ({ written_at, mission, records, sessions }) => html`<p class="soft">
    ${t("mine.written", { when: formatTime(written_at, WHEN) })} ${t("mine.kept", { n: mission.kept_days })}
  </p>
  <h3>${t("mine.in_mission")} ${said(mission.title)}</h3>
  ${drawKinds(records)}
  ${sessions.map((one) => html`<h3>${t("mine.in_session", { title: isolated(one.title) })}</h3>${drawKinds(one.records)}`)}`;

/** @param {Records} records */
const drawKinds = (records) =>
  inOrder(records).map(
    ([kind, all]) =>
      html`<section class="my-data-kind" data-kind=${kind}>
        <h4>${t(`mine.of.${kind}`)} <span class="soft">${formatNumber(all.length)}</span></h4>
        <p class="soft">${t(`mine.change.${CHANGED[kind] ?? "organisers"}`)}</p>
        ${all.map((record) => drawFields(record))}
      </section>`,
  );

/** A kind that is not in it comes last. @param {Records} records */
function inOrder(records) {
  const place = (/** @type {string} */ kind) => (ORDER.indexOf(kind) + 1 || ORDER.length + 1);
  return Object.entries(records).sort(([one], [other]) => place(one) - place(other));
}

/** @param {Told} told @returns {unknown} */
const drawFields = (told) =>
  html`<dl class="my-data-fields">
    ${Object.entries(told).map(([name, value]) => html`<div><dt>${t(`mine.field.${name}`)}</dt><dd>${drawValue(name, value)}</dd></div>`)}
  </dl>`;

/** @param {string} name @param {any} value @returns {unknown} */
function drawValue(name, value) {
  if (value === null && SWITCHES.has(name)) return html`<span class="soft">${t("mine.unturned")}</span>`;
  if (value === null || value === "" || (Array.isArray(value) && !value.length)) return html`<span class="soft">${t("mine.nothing")}</span>`;
  if (Array.isArray(value)) return html`<ul>${value.map((one) => html`<li>${drawValue(name, one)}</li>`)}</ul>`;
  if (typeof value === "object") return drawFields(value);
  if (typeof value === "boolean") return t(`mine.value.${value}`);
  if (typeof value === "number") return value > TIMES ? formatTime(value, WHEN) : formatNumber(value);
  if (name === "country") return countryName(value) || said(value);
  if (name === "languages" || name === "language") return languageName(value);
  if (name === "kind" && has(`kind.${value}`)) return t(`kind.${value}`);
  return OURS.has(name) && has(`mine.value.${value}`) ? t(`mine.value.${value}`) : said(value);
}
