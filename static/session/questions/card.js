/**
 * A question's card on the board: its words, its asker as they chose to be shown, and what can be done.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Question} Question
 * @typedef {import("../records.js").QuestionState} QuestionState
 * @typedef {import("../../pages/host/done.js").Done} Done
 * @typedef {{id: string, question: Question, as: QuestionState, done: Done|undefined, selected: boolean, busy: boolean, more: boolean,
 *            taken: import("../records.js").Taken_on|undefined, together: import("../records.js").Together|undefined, why: string,
 *            first: boolean, last: boolean}} Card  `as`: the state it had when the board began to hold still, `done`: what
 *            a host did with it last, if that can be taken back
 */

import { LIMITS } from "../../app/limits.js";
import { draftOf } from "../../app/lib/drafts.js";
import { html, nothing } from "../../app/lib/dom.js";
import { onEscape } from "../../app/lib/keys.js";
import { formatTime, t } from "../../app/i18n.js";
import { actButton } from "../../parts/act.js";
import { drawBeside, drawMerge, drawTakeOn } from "./more.js";
import { ACTS_OF, doWith, move } from "./acts.js";
import { arrowDown, arrowUp, chevronUp, ellipsis, gripVertical } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";
import { headline, marks, named, place } from "../../parts/card.js";

const REASON_MAX = LIMITS.dismiss.reason.maxLength;

/** @param {HTMLElement} row @param {Card} card */
export function markCard(row, { id, selected, busy, more, as }) {
  row.className = `card is-${as}`;
  row.classList.toggle("is-more", more);
  row.classList.toggle("is-selected", selected);
  row.classList.toggle("is-busy", busy);
  row.dataset.question = id;
  // reached by j and k and by a click; Tab goes through the buttons
  row.tabIndex = -1;
  if (selected) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
}

/** @param {Card} card @param {Host} host */
export function drawCard({ question, as, done, more, first, last, busy, taken, together, why }, host) {
  const moved = question.state !== as;
  return html`<p class="card-text" dir="auto" translate="yes" .textContent=${question.text}></p>
    <p class="facts dots">
      ${moved ? drawBecame(question, done, host) : as === "on_deck" ? html`<span class="badge">${t("host.group.on_deck")}</span>` : nothing} ${askerLine(question)} <time>${formatTime(question.at)}</time>
      ${question.supporters ? html`<span class="supporters">${icon(chevronUp)} ${t("host.supporters", { n: question.supporters })}</span>` : nothing}
      ${drawBeside(taken, together)} ${why ? html`<span class="why">${why}</span>` : nothing}
      ${busy ? html`<span class="badge">${t("host.sending")}</span>` : nothing}
    </p>
    <div class="acts">
      ${as === "queued" ? drawMoves(question, first || moved, last || moved, host) : nothing}
      ${ACTS_OF[as].map((act) => drawAct(act, as, question, host))}
      ${canMore(as) ? drawMoreButton(question, more, host) : nothing}
    </div>
    ${more && canMore(question.state) ? drawMore(question, host) : nothing}`;
}

/** What became of a card that keeps its place, and the way back, where no button lay. @param {Question} question @param {Done|undefined} done @param {Host} host */
function drawBecame(question, done, host) {
  const how = { key: false, look: "is-quiet is-tiny", name: headline(question.asker) };
  return html`<span class="became">
    <span class="badge">${t(`host.became.${question.state}`)}</span>
    ${done ? actButton("undo", t("host.undo"), () => void host.acts.takeBack(done), how) : nothing}
  </span>`;
}

/** @param {QuestionState} state */
const canMore = (state) => ["held", "open", "queued", "on_deck"].includes(state);

/** The buttons of the place it stands in; those that its state of now has no more do nothing, and lie still.
 * @param {import("./acts.js").QuestionAct} act @param {QuestionState} as @param {Question} question @param {Host} host */
function drawAct(act, as, question, host) {
  const label = t(labelOf(act, as));
  const off = !ACTS_OF[question.state].includes(act);
  const look = act === "dismiss" ? "is-quiet" : "";
  return actButton(act, label, () => void doWith(host, act, question), { look, off, name: headline(question.asker) });
}

/** @param {string} act @param {QuestionState} as */
function labelOf(act, as) {
  if (act === "approve" && as === "dismissed") return "host.act.take_back";
  if (act === "spotlight" && as === "answered") return "host.act.again";
  return act === "queue" && as === "on_deck" ? "host.act.back" : `host.act.${act}`;
}

/** @param {Question} question @param {boolean} first @param {boolean} last @param {Host} host */
function drawMoves(question, first, last, host) {
  const name = headline(question.asker);
  const one = (/** @type {1|-1} */ by, /** @type {import("../../parts/icon.js").Drawing} */ picture, /** @type {boolean} */ off) =>
    html`<button
      type="button"
      class="icon-button"
      data-act=${by < 0 ? "up" : "down"}
      aria-label=${t(by < 0 ? "host.act.earlier" : "host.act.later", { name })}
      aria-disabled=${off ? "true" : nothing}
      @click=${() => off || move(host, question, by)}
    >
      ${icon(picture)}
    </button>`;
  return html`<span class="handle" draggable="true" aria-hidden="true" title=${t("host.act.drag")}>${icon(gripVertical)}</span>
    ${one(-1, arrowUp, first)}${one(1, arrowDown, last)}`;
}

/** @param {Question} question @param {boolean} more @param {Host} host */
function drawMoreButton(question, more, host) {
  return html`<button
    type="button"
    class="icon-button"
    data-act="more"
    aria-expanded=${more ? "true" : "false"}
    aria-label=${t("host.act.more", { name: headline(question.asker) })}
    @click=${() => host.ui.set({ more: more ? null : question.id })}
  >
    ${icon(ellipsis)}
  </button>`;
}

/** A reason is told to the asker; an answer in writing is rare, so it is not one click away.
 * @param {Question} question @param {Host} host */
function drawMore(question, host) {
  const kept = draftOf(host, `dismiss/${question.id}`);
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void doWith(host, "dismiss", question, String(kept.get() ?? "").trim()).then((done) => done && kept.set(null));
    host.ui.set({ more: null });
  };
  const close = onEscape(() => host.ui.set({ more: null }));
  return html`<form class="card-more" @submit=${submit} @keydown=${close}>
    <label>
      ${t("host.dismiss.reason")}
      <input
        name="reason"
        maxlength=${REASON_MAX}
        autocomplete="off"
        .value=${kept.get() ?? ""}
        @input=${(/** @type {Event} */ e) => kept.set(/** @type {HTMLInputElement} */ (e.target).value)}
      />
    </label>
    <div class="acts">
      <button class="button is-small">${t("host.dismiss.with_reason")}</button>
      ${question.state === "held" ? nothing : drawInWriting(question, host)} ${drawTakeOn(question, host)}
    </div>
    ${drawMerge(question, host)}
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

/** Who asks, as hosts prepare it. @param {Question} question */
const askerLine = (question) =>
  html`<span class="asker-name">${named(question.asker)}</span> ${whence(question)}`;

/** Who asks, besides their name. @param {Question} question */
export const askerFacts = (question) => html`${marks(question.asker)} ${whence(question)}`;

/** @param {Question} question */
function whence({ asker, shown }) {
  const under = asker.name ? asker.organisation : "";
  return html`${under ? html`<span><bdi dir="auto">${under}</bdi></span>` : nothing} ${place(asker.country)}
    ${shown === "named" ? nothing : html`<span class="badge">${t(`host.shown.${shown}`)}</span>`}`;
}

/** How somebody's name is said, if they told and are named. @param {Host} host @param {Question["asker"]} asker */
export function sayAs(host, asker) {
  const said = asker.name && host.store.get("person", asker.id)?.say_as;
  return said ? html`<span class="say-as">${t("host.say_as", { name: said })}</span>` : nothing;
}
