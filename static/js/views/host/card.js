/**
 * A question's card on the board: its words, its asker as they chose to be shown, and what can be done.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Question} Question
 * @typedef {{id: string, question: Question, selected: boolean, busy: boolean, more: boolean,
 *            first: boolean, last: boolean}} Card
 */

import { html, nothing } from "../../lib/dom.js";
import { onEscape } from "../../lib/keys.js";
import { formatTime, t } from "../../i18n.js";
import { actButton, askerLine, askerName } from "./parts.js";
import { ACTS_OF, doWith, move } from "./question_acts.js";

const REASON_MAX = 200;

/** @param {HTMLElement} row @param {Card} card */
export function markCard(row, { id, selected, busy, question }) {
  row.className = `card is-${question.state}`;
  row.classList.toggle("is-selected", selected);
  row.classList.toggle("is-busy", busy);
  row.dataset.question = id;
  // reached by j and k and by a click; Tab goes through the buttons
  row.tabIndex = -1;
  if (selected) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
}

/** @param {Card} card @param {Host} host */
export function drawCard({ question, more, first, last, busy }, host) {
  return html`<p class="card-text">${question.text}</p>
    <p class="facts">
      ${askerLine(question)} <time>${formatTime(question.at)}</time>
      ${question.supporters ? html`<span class="supporters">▲ ${t("host.supporters", { n: question.supporters })}</span>` : nothing}
      ${busy ? html`<span class="badge">${t("host.sending")}</span>` : nothing}
    </p>
    <div class="acts">
      ${question.state === "queued" ? drawMoves(question, first, last, host) : nothing}
      ${ACTS_OF[question.state].map((act, index) => drawAct(act, index, question, host))}
      ${canMore(question) ? drawMoreButton(question, more, host) : nothing}
    </div>
    ${more && canMore(question) ? drawMore(question, host) : nothing}`;
}

/** @param {Question} question */
const canMore = (question) => ["held", "open", "queued", "on_deck"].includes(question.state);

/** @param {import("./question_acts.js").QuestionAct} act @param {number} index @param {Question} question @param {Host} host */
function drawAct(act, index, question, host) {
  const back = act === "queue" && question.state === "on_deck";
  const label = t(labelOf(act, question, back));
  const look = act === "dismiss" ? "is-quiet" : index === 0 ? "is-primary" : "";
  return actButton(act, label, () => void doWith(host, act, question), { look, name: askerName(question.asker) });
}

/** @param {string} act @param {Question} question @param {boolean} back */
function labelOf(act, question, back) {
  if (act === "approve" && question.state === "dismissed") return "host.act.take_back";
  if (act === "spotlight" && question.state === "answered") return "host.act.again";
  return back ? "host.act.back" : `host.act.${act}`;
}

/** @param {Question} question @param {boolean} first @param {boolean} last @param {Host} host */
function drawMoves(question, first, last, host) {
  const name = askerName(question.asker);
  const one = (/** @type {1|-1} */ by, /** @type {string} */ sign, /** @type {boolean} */ off) =>
    html`<button
      type="button"
      class="icon-button"
      data-act=${by < 0 ? "up" : "down"}
      aria-label=${t(by < 0 ? "host.act.earlier" : "host.act.later", { name })}
      aria-disabled=${off ? "true" : nothing}
      @click=${() => off || move(host, question, by)}
    >
      <span aria-hidden="true">${sign}</span>
    </button>`;
  return html`<span class="handle" draggable="true" aria-hidden="true" title=${t("host.act.drag")}>⠿</span>
    ${one(-1, "↑", first)}${one(1, "↓", last)}`;
}

/** @param {Question} question @param {boolean} more @param {Host} host */
function drawMoreButton(question, more, host) {
  return html`<button
    type="button"
    class="icon-button"
    data-act="more"
    aria-expanded=${more ? "true" : "false"}
    aria-label=${t("host.act.more", { name: askerName(question.asker) })}
    @click=${() => host.ui.set({ more: more ? null : question.id })}
  >
    <span aria-hidden="true">…</span>
  </button>`;
}

/** A reason is told to the asker; an answer in writing is rare, so it is not one click away.
 * @param {Question} question @param {Host} host */
function drawMore(question, host) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    host.ui.set({ more: null });
    void doWith(host, "dismiss", question, String(new FormData(form).get("reason") ?? "").trim());
  };
  const close = onEscape(() => host.ui.set({ more: null }));
  return html`<form class="card-more" @submit=${submit} @keydown=${close}>
    <label>
      ${t("host.dismiss.reason")}
      <input name="reason" maxlength=${REASON_MAX} autocomplete="off" />
    </label>
    <div class="acts">
      <button class="button is-small">${t("host.dismiss.with_reason")}</button>
      ${question.state === "held" ? nothing : drawInWriting(question, host)}
    </div>
  </form>`;
}

/** @param {Question} question @param {Host} host */
function drawInWriting(question, host) {
  const answered = () => {
    host.ui.set({ more: null });
    void doWith(host, "answer", question);
  };
  return actButton("answer", t("host.act.in_writing"), answered, { key: false, look: "is-quiet" });
}
