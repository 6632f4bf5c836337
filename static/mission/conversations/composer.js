/** What one writes to somebody: kept across reloads, for each of them, and counted near its end. */

import { refusalText, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { onEnter } from "../../app/lib/keys.js";
import { countdown } from "../../app/lib/time.js";
import { lengthOf } from "../../app/lib/words.js";
import { icon } from "../../parts/icon.js";
import { counter } from "../../parts/text.js";
import { sendHorizontal } from "../../vendor/icons.js";
import { LIMITS } from "../limits.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

const LIMIT = LIMITS.write.text.maxLength;
/** Waited for by themselves; a day is not. */
const SHORT_S = 60;

/** @param {Room} room @param {HTMLElement} root @param {() => void} sent */
export function composer(room, root, sent) {
  const { store } = room;
  let whom = "";
  let text = "";
  let wait = 0;
  let reason = "";
  let stopCounting = () => {};

  const draft = () => draftOf(room, `write/${whom}`);

  function send() {
    const said = text.trim();
    if (!said || lengthOf(text) > LIMIT || wait > 0) return;
    const { done } = store.do("write", { to: whom, text: said }, { draft: true });
    done.catch((why) => why.retryAfter && why.retryAfter <= SHORT_S && waitFor(why.retryAfter, why.code));
    write("");
    find("textarea", root)?.focus();
    sent();
  }

  /** @param {number} seconds @param {string} code */
  function waitFor(seconds, code) {
    reason = refusalText(code, t("conversations.slow"));
    stopCounting();
    stopCounting = countdown(Date.now() + seconds * 1000, (left) => {
      wait = Math.ceil(left / 1000);
      draw();
    });
  }

  /** @param {string} words */
  function write(words) {
    text = words;
    draft().set(words);
    draw();
  }

  const enter = onEnter(send);
  // on a phone Enter is the only way to a new line, and the button is near
  const key = (/** @type {KeyboardEvent} */ event) => matchMedia("(pointer: coarse)").matches || enter(event);
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), send());

  function draw() {
    if (!whom) return;
    const length = lengthOf(text);
    const over = length > LIMIT;
    render(
      html`<form class="composer" @submit=${submit}>
        <label class="unseen" for="write-text">${t("conversations.write_to")}</label>
        <textarea id="write-text" rows="1" dir="auto" .value=${text} placeholder=${t("conversations.write_to")}
          enterkeyhint=${matchMedia("(pointer: coarse)").matches ? "enter" : "send"} aria-invalid=${over} aria-describedby="write-count"
          @input=${(/** @type {any} */ { target }) => write(target.value)} @keydown=${key}></textarea>
        <button class="button is-primary" @pointerdown=${keepFocus} aria-label=${t("conversations.send")} aria-disabled=${!text.trim() || over || wait > 0}>
          ${wait > 0 ? html`<span aria-hidden="true">${wait} s</span>` : icon(sendHorizontal)}
        </button>
        <span id="write-count" class="composer-count">${counter(length, LIMIT)}${wait > 0 ? html`<span role="status">${reason}</span>` : nothing}</span>
      </form>`,
      root,
    );
  }

  return {
    /** @param {string} to */
    show(to) {
      if (to !== whom) {
        whom = to;
        text = draft().get() ?? "";
      }
      draw();
    },
    /** @param {string} why */
    hide(why) {
      whom = "";
      render(why ? html`<p class="closed-note">${why}</p>` : nothing, root);
    },
  };
}

/** The keyboard of a phone stays open, and nothing moves under the finger. @param {Event} event */
function keepFocus(event) {
  event.preventDefault();
}
