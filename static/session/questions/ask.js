/** Handing in a question: the words, and how one wants to be shown. What is refused stays to be mended. */

import { LIMITS } from "../../app/limits.js";
import { refusalText, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { announce, find, html, nothing, render } from "../../app/lib/dom.js";
import { onEscape } from "../../app/lib/keys.js";
import { lengthOf } from "../../app/lib/words.js";
import { counter, suggested, words } from "../../parts/text.js";
import { shownChoice } from "./shown.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../../app/outbox.js").Pending} Pending */

const LIMIT = LIMITS.ask.text.maxLength;

/**
 * @param {Room} room
 * @param {HTMLElement} root
 */
export function createAskForm(room, root) {
  const { store } = room;
  const kept = draftOf(room, "ask");
  let { text = "", shown = "named" } = kept.get() ?? {};
  let isOpen = Boolean(text);
  let closed = false;

  /** @param {boolean} open */
  function toggle(open) {
    isOpen = open;
    draw();
    // a poll folds meanwhile, where there is no room for both
    room.update();
    find(open ? "#ask-text" : "#ask-open", root)?.focus();
  }

  /** @param {{text?: string, shown?: string}} change */
  function write(change) {
    ({ text, shown } = { text, shown, ...change });
    kept.set(text && { text, shown });
    draw();
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    if (!text.trim() || lengthOf(text) > LIMIT) return;
    const { done } = store.do("ask", { text: text.trim(), shown }, { draft: true });
    done.then(
      () => announce(t("question.received")),
      () => {},
    );
    write({ text: "" });
    toggle(false);
  }

  /** @param {Pending} entry */
  function mend(entry) {
    // before what was begun since
    write({ text: [entry.args.text, text].filter(Boolean).join("\n"), shown: entry.args.shown });
    store.discard(entry.ref);
    toggle(true);
  }

  const key = onEscape(() => text.trim() || toggle(false));

  function form() {
    const length = lengthOf(text);
    const over = length > LIMIT;
    return html`<form class="card ask-form" @submit=${submit} @keydown=${key}>
      <div class="field">
        <label for="ask-text">${t("ask.label")}</label>
        <textarea
          id="ask-text"
          rows="3"
          .value=${text}
          placeholder=${t("ask.placeholder")}
          aria-invalid=${over}
          aria-describedby="ask-count"
          @input=${(/** @type {Event} */ event) => write({ text: /** @type {HTMLTextAreaElement} */ (event.target).value })}
        ></textarea>
        <span id="ask-count">${counter(length, LIMIT)}</span>
      </div>
      ${shownChoice({ name: "ask-shown", value: shown, change: (how) => write({ shown: how }) })}
      <p class="row form-foot">
        <button class="button is-primary" aria-disabled=${!text.trim() || over}>${t("ask.send")}</button>
        <button type="button" class="button is-quiet" @click=${() => toggle(false)}>${t("ask.cancel")}</button>
      </p>
    </form>`;
  }

  /** @param {Pending} entry */
  function underWay(entry) {
    const failed = entry.state === "failed";
    return html`<div class="question is-own ${failed ? "is-failed" : "is-sending"}">
      <div class="question-main">
        <p class="question-text">${words(entry.args.text)}</p>
        ${failed
          ? html`<p class="message-failed" role="alert">${refusalText(entry.code ?? "", entry.text ?? "")}</p>
              ${suggested(entry.suggestion, () => void store.take(entry.ref))}
              <p class="row">
                <button type="button" class="button is-small" @click=${() => store.retry(entry.ref)}>
                  ${t("chat.retry")}
                </button>
                <button type="button" class="button is-small is-quiet" @click=${() => mend(entry)}>
                  ${t("ask.mend")}
                </button>
                <button type="button" class="button is-small is-quiet" @click=${() => store.discard(entry.ref)}>
                  ${t("chat.delete")}
                </button>
              </p>`
          : html`<p class="soft">${t("chat.sending")}</p>`}
      </div>
    </div>`;
  }

  function draw() {
    const pending = store.pending.filter((entry) => entry.command === "ask");
    const opener = html`<button
      type="button"
      id="ask-open"
      class="button is-primary ask-open"
      @click=${() => toggle(true)}
    >
      ${t("ask.open")}
    </button>`;
    render(closed ? nothing : html`${isOpen ? form() : opener}${pending.map(underWay)}`, root);
  }

  return {
    /** @param {boolean} sessionClosed */
    update(sessionClosed) {
      closed = sessionClosed;
      draw();
    },
    open: () => toggle(true),
  };
}
