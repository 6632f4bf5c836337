/** The line to write in: kept across reloads, counted near its end, patient when asked to slow down. */

import { LIMITS } from "../../app/limits.js";
import { refusalText, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { onEnter } from "../../app/lib/keys.js";
import { countdown } from "../../app/lib/time.js";
import { lengthOf } from "../../app/lib/words.js";
import { counter } from "../../parts/text.js";
import { sendHorizontal } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */

/** To be sent again, once it is time. */
const KEPT = /^(chat|person)\./;
const LIMIT = LIMITS.say.text.maxLength;

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("composer");
  const kept = draftOf(room, "say");
  let text = kept.get() ?? "";
  let wait = 0;
  let waitingUntil = 0;
  // why to wait: too much haste of ours, or a server that cannot keep anything just now
  let reason = "";
  let stopCounting = () => {};

  function send() {
    const said = text.trim();
    if (!said || lengthOf(text) > LIMIT || wait > 0) return;
    const { ref, done } = store.do("say", { text: said }, { draft: true });
    const slow = room.identity.you.role === "attendee" && store.get("pacing", "now")?.slow;
    done.then(
      () => slow && waitFor(slow, "chat.slow"),
      ({ retryAfter, code }) => {
        if (!retryAfter) return;
        waitFor(retryAfter, code);
        if (!KEPT.test(code)) return;
        // its words come back, before what was begun since
        store.discard(ref);
        write([said, text].filter(Boolean).join("\n"));
      },
    );
    write("");
    find("textarea", root)?.focus();
  }

  /** @param {number} seconds @param {string} code */
  function waitFor(seconds, code) {
    const until = Date.now() + seconds * 1000;
    if (until <= waitingUntil) return;
    waitingUntil = until;
    reason = refusalText(code, t("chat.slow"));
    stopCounting();
    stopCounting = countdown(until, (left) => {
      wait = Math.ceil(left / 1000);
      draw();
    });
  }

  /** @param {string} words */
  function write(words) {
    text = words;
    kept.set(words);
    draw();
  }

  const enter = onEnter(send);
  // on a phone Enter is the only way to a new line, and the button is near
  const key = (/** @type {KeyboardEvent} */ event) => matchMedia("(pointer: coarse)").matches || enter(event);

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    send();
  }

  function draw() {
    const length = lengthOf(text);
    const over = length > LIMIT;
    const closed =
      store.get("session", room.identity.session)?.state === "closed" && !room.isHost(room.identity.you.role);
    render(closed ? html`<p class="closed-note">${t("chat.closed")}</p>` : form(length, over), root);
  }

  /**
   * @param {number} length
   * @param {boolean} over
   */
  function form(length, over) {
    const label = wait > 0 ? t("chat.wait", { n: wait }) : t("chat.send");
    return html`<form class="composer" @submit=${submit}>
      <label class="unseen" for="say">${t("chat.label")}</label>
      <textarea
        id="say"
        rows="1"
        .value=${text}
        placeholder=${t("chat.placeholder")}
        enterkeyhint=${matchMedia("(pointer: coarse)").matches ? "enter" : "send"}
        aria-invalid=${over}
        aria-describedby="say-count"
        @input=${(/** @type {InputEvent} */ event) => write(/** @type {HTMLTextAreaElement} */ (event.target).value)}
        @keydown=${key}
      ></textarea>
      <button
        class="button is-primary"
        @pointerdown=${keepFocus}
        aria-label=${label}
        aria-disabled=${!text.trim() || over || wait > 0}
      >
        ${wait > 0
          ? html`<span aria-hidden="true">${wait} s</span>`
          : icon(sendHorizontal)}
      </button>
      <span id="say-count" class="composer-count"
        >${counter(length, LIMIT)}${wait > 0 ? html`<span role="status">${reason}</span>` : nothing}</span
      >
    </form>`;
  }

  return { of: ["session"], update: draw };
}

/** The keyboard of a phone stays open, and nothing moves under the finger. @param {Event} event */
function keepFocus(event) {
  event.preventDefault();
}
