/**
 * When the hour is over: what one thought of it, in three taps and a line; and what comes next this week.
 *
 * One question at a time, each in the place of the one before it, so that it is as high as one; what was answered
 * can be looked through and changed again. It comes when the session closes.
 */

import { LIMITS } from "../../app/limits.js";
import { query, request } from "../../app/enter.js";
import { formatTime, loadRare, refusalText, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { said } from "../../parts/text.js";
import { weekPath } from "../../parts/to_week.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {{id: string, title: string, starts_at: number, role: string}} Slot */
/** @typedef {Record<string, string|null|undefined>} Answers */

export const QUESTIONS = /** @type {const} */ ({
  worth: ["yes", "partly", "no"],
  length: ["short", "right", "long"],
  again: ["yes", "maybe", "no"],
});
const NAMES = /** @type {(keyof typeof QUESTIONS)[]} */ (Object.keys(QUESTIONS));

/** @param {Room} room */
export function create(room) {
  const { store, identity } = room;
  const root = room.place("over");
  const draft = draftOf(room, "feedback");
  /** Which question is shown; null until something is known. @type {number|null} */
  let at = null;
  let worded = false;
  /** @type {Slot[]} */
  let next = [];
  const mission = identity.mission ?? "";

  /** What the server has, and what is on its way to it. @returns {Answers} */
  function answers() {
    const sent = store.pending.filter(({ command }) => command === "give_feedback").map(({ args }) => args);
    return Object.assign({}, store.get("feedback", store.you?.id ?? ""), ...sent);
  }

  /** @param {Answers} given */
  function give(given) {
    store.do("give_feedback", given).done.catch((why) => room.toast(refusalText(why.code, why.text), true));
  }

  /** @param {string} name @param {string} answer */
  function tap(name, answer) {
    give({ [name]: answer });
    go((at ?? 0) + 1);
  }

  /** @param {number} to */
  function go(to) {
    at = to;
    update();
    // where the next press is: what was pressed is gone
    find("[aria-pressed=true], .feedback button, .feedback input", root)?.focus({ preventScroll: true });
  }

  /** @param {SubmitEvent} event */
  function send(event) {
    event.preventDefault();
    const line = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("line") ?? "").trim();
    give({ line });
    draft.set(null);
    go(NAMES.length + 1);
  }

  function drawStep() {
    const now = answers();
    at ??= first(now);
    if (at < NAMES.length) return drawQuestion(NAMES[at], now, { at, tap, go });
    if (at === NAMES.length) return drawLine(String(draft.get() ?? now.line ?? ""), { send, keep: draft.set, skip: () => go(NAMES.length + 1) });
    return html`<p class="feedback-done" role="status">${t("feedback.thanks")}</p>
      <button type="button" class="button is-small" @click=${() => go(0)}>${t("feedback.change")}</button>`;
  }

  function update() {
    const closed = store.get("session", identity.session)?.state === "closed";
    // one's own comes after what everybody sees: before that nobody knows where one was
    if (!closed || !worded || (at === null && store.position?.[1] === "half") || !store.position) return render(nothing, root);
    const asks = Boolean(room.me()) && !room.isHost(room.me()?.role ?? "");
    render(
      html`<section class="over" aria-label=${t("feedback.over")}>
        ${asks ? html`<div class="feedback">${drawStep()}</div>` : nothing} ${drawNext(next, mission, identity.as)}
      </section>`,
      root,
    );
  }

  void loadRare().then(() => ((worded = true), update()));
  void comingOf(mission, identity.session, identity.as).then((slots) => ((next = slots), update()));
  return { of: ["session", "feedback", "person"], update, redraw: () => void loadRare().then(update) };
}

/** The first that was not answered; who answered all has done. @param {Answers} now */
function first(now) {
  const open = NAMES.findIndex((name) => !now[name]);
  return open < 0 ? NAMES.length + 1 : open;
}

/** @param {keyof typeof QUESTIONS} name @param {Answers} now
 * @param {{at: number, tap: (name: string, answer: string) => void, go: (to: number) => void}} how */
function drawQuestion(name, now, { at, tap, go }) {
  return html`<p class="feedback-ask" id="feedback-ask">
      <strong>${t(`feedback.${name}`)}</strong>
      <span class="soft">${t("feedback.step", { n: at + 1, of: NAMES.length })}</span>
    </p>
    <div class="feedback-taps" role="group" aria-labelledby="feedback-ask">
      ${QUESTIONS[name].map(
        (answer) =>
          html`<button
            type="button"
            class="button"
            aria-pressed=${now[name] === answer}
            @click=${() => tap(name, answer)}
          >
            ${t(`feedback.${name}.${answer}`)}
          </button>`,
      )}
      ${now[name] ? html`<button type="button" class="button is-quiet" @click=${() => go(at + 1)}>${t("feedback.on")}</button>` : nothing}
    </div>`;
}

/** @param {string} line @param {{send: (event: SubmitEvent) => void, keep: (line: string) => void, skip: () => void}} how */
function drawLine(line, { send, keep, skip }) {
  const typed = (/** @type {Event} */ { target }) => keep(/** @type {HTMLInputElement} */ (target).value);
  return html`<form class="feedback-line" @submit=${send}>
    <label for="feedback-line"><strong>${t("feedback.line")}</strong> <span class="soft">${t("feedback.unnamed")}</span></label>
    <div class="row">
      <input id="feedback-line" name="line" autocomplete="off" maxlength=${LIMITS.give_feedback.line.maxLength} .value=${line} @input=${typed} />
      <button class="button is-small is-primary">${t("feedback.send")}</button>
      <button type="button" class="button is-small is-quiet" @click=${skip}>${t("feedback.skip")}</button>
    </div>
  </form>`;
}

/** What of the week is on or comes, besides this session; nothing where nobody can say. @param {string} mission
 * @param {string} session @param {string} as @returns {Promise<Slot[]>} */
async function comingOf(mission, session, as) {
  if (!mission) return [];
  const told = await request(`/api/missions/${encodeURIComponent(mission)}/next${query(as)}`).catch(() => ({ slots: [] }));
  return told.slots.filter((/** @type {Slot} */ { id }) => id !== session).slice(0, 2);
}

/** @param {Slot[]} slots @param {string} mission @param {string} as */
function drawNext(slots, mission, as) {
  if (!slots.length) return nothing;
  return html`<div class="over-next">
    <h3>${t("feedback.next")}</h3>
    <ul>
      ${slots.map(
        ({ id, title, starts_at, role }) =>
          html`<li>
            <a href=${`/${role === "host" ? "host" : "session"}/${encodeURIComponent(id)}${query(as)}`}>${said(title)}</a>
            <span class="soft">${formatTime(starts_at, { weekday: "long", hour: "2-digit", minute: "2-digit" })}</span>
          </li>`,
      )}
    </ul>
    <a class="button is-small" href=${weekPath(mission, as)}>${t("week.back")}</a>
  </div>`;
}
