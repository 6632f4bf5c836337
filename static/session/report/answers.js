/**
 * Questions that wait, those that most wanted to know first, each with room for an answer in writing; below them what
 * was written, to change or take back. What was begun stays as it is, whatever comes and goes around it.
 */

import { LIMITS } from "../../app/limits.js";
import { t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { onEscape } from "../../app/lib/keys.js";
import { actButton } from "../../parts/act.js";
import { headline, named } from "../../parts/card.js";
import { counter, words } from "../../parts/text.js";

/** @typedef {import("../../pages/host.js").Host} Host */
/** @typedef {import("../records.js").Question} Question */
/** @typedef {import("../records.js").Answer} Answer */

const MAX = LIMITS.answer_in_writing.text.maxLength;
const WAITING = ["held", "open", "queued", "on_deck"];

/** @param {HTMLElement} root @param {Host} host */
export function createAnswers(root, host) {
  /** To which question one is writing. */
  let open = "";

  /** @param {string} id */
  function begin(id) {
    open = id;
    draw();
    find("textarea", root)?.focus();
  }

  function end() {
    const was = open;
    open = "";
    draw();
    find(`[data-question="${was}"] button`, root)?.focus();
  }

  /** @param {Question} question */
  async function send(question) {
    const kept = draftOf(host, `answer/${question.id}`);
    const text = String(kept.get() ?? host.store.get("answer", question.id)?.text ?? "").trim();
    if (!text) return find("textarea", root)?.focus();
    const name = headline(question.asker);
    const done = await host.acts.do("answer_in_writing", { question: question.id, text }, () => t("host.did.answer_in_writing", { name }));
    if (!done) return;
    kept.set(null);
    end();
  }

  function draw() {
    const questions = /** @type {Question[]} */ ([...host.store.all("question")]);
    const waiting = questions.filter(({ id, state }) => WAITING.includes(state) || (id === open && !host.store.get("answer", id)));
    waiting.sort((a, b) => b.supporters - a.supporters || a.at - b.at);
    const written = questions.filter(({ id, state }) => state === "answered" && host.store.get("answer", id));
    const since = (/** @type {Question} */ { id }) => host.store.get("answer", id)?.at ?? 0;
    written.sort((a, b) => since(b) - since(a));
    const one = (/** @type {Question} */ question) =>
      drawOne(host, question, question.id === open, { begin: () => begin(question.id), end, send: () => void send(question), draw });
    render(
      html`<section aria-labelledby="report-waiting">
          <h3 id="report-waiting">${t("host.report.waiting")} <span class="count">${waiting.length}</span></h3>
          <p class="report-soft">${t(waiting.length ? "host.report.waiting.how" : "host.report.waiting.none")}</p>
          <ul class="report-asked">
            ${waiting.map(one)}
          </ul>
        </section>
        ${written.length
          ? html`<section aria-labelledby="report-written">
              <h3 id="report-written">${t("host.report.written")} <span class="count">${written.length}</span></h3>
              <ul class="report-asked">
                ${written.map(one)}
              </ul>
            </section>`
          : nothing}`,
      root,
    );
  }

  return { draw };
}

/**
 * @param {Host} host @param {Question} question @param {boolean} isOpen
 * @param {{begin: () => void, end: () => void, send: () => void, draw: () => void}} how
 */
function drawOne(host, question, isOpen, { begin, end, send, draw }) {
  const answer = /** @type {Answer|undefined} */ (host.store.get("answer", question.id));
  const name = headline(question.asker);
  const back = () => void host.acts.do("take_answer_back", { question: question.id }, () => t("host.did.take_answer_back", { name }));
  return html`<li data-question=${question.id}>
    <p class="report-words">${words(question.text)}</p>
    <p class="report-soft">${named(question.asker)}${question.supporters ? html` · ${t("host.report.supporters", { n: question.supporters })}` : nothing}</p>
    ${answer && !isOpen ? html`<p class="report-answer">${words(answer.text)}</p>` : nothing}
    ${isOpen
      ? drawForm(host, question, answer?.text ?? "", { end, send, draw })
      : html`<div class="acts">
          ${actButton("write", t(answer ? "host.report.change" : "host.report.answer"), begin, { key: false, name })}
          ${answer ? actButton("take_answer_back", t("host.act.take_back"), back, { key: false, look: "is-quiet", name }) : nothing}
        </div>`}
  </li>`;
}

/**
 * @param {Host} host @param {Question} question @param {string} was
 * @param {{end: () => void, send: () => void, draw: () => void}} how
 */
function drawForm(host, question, was, { end, send, draw }) {
  const kept = draftOf(host, `answer/${question.id}`);
  const text = kept.get() ?? was;
  const write = (/** @type {Event} */ event) => (kept.set(/** @type {HTMLTextAreaElement} */ (event.target).value), draw());
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), send());
  // it leaves the words, not the drawer around them
  const leave = (/** @type {KeyboardEvent} */ event) => onEscape(() => (event.preventDefault(), end()))(event);
  return html`<form class="report-form" @submit=${submit} @keydown=${leave}>
    <textarea rows="4" maxlength=${MAX} aria-label=${t("host.report.text")} .value=${text} @input=${write}></textarea>
    ${counter(text.length, MAX)}
    <div class="acts">
      <button class="button is-small" data-act="send_answer">${t("host.report.send")}</button>
      ${actButton("leave", t("host.report.leave"), end, { key: false, look: "is-quiet" })}
    </div>
  </form>`;
}
