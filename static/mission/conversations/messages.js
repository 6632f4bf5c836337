/** The messages of the conversation that is open, and what of mine is under way; the newest stay in sight. */

import { formatTime, refusalText, t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { serverNow } from "../../app/lib/now.js";
import { icon } from "../../parts/icon.js";
import { suggested, words } from "../../parts/text.js";
import { ellipsis } from "../../vendor/icons.js";
import { dayName, rowsOf } from "./rows.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/outbox.js").Pending} Pending */
/** @typedef {import("./rows.js").Row} Row */
/** @typedef {import("./talk.js").Talk} Talk */

const AT_BOTTOM_PX = 48;
/** Refused for what it says: sent again unchanged, it would be refused again. */
const WORDS_FAULT = /^conversation\.(too_|empty|bidi|invisible|control|zalgo)/;

/** @param {Room} room @param {HTMLElement} root @param {(message: any) => void} report */
export function createMessages(room, root, report) {
  const { store, identity } = room;
  render(LAYOUT, root);
  const at = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(name, root));
  const scroller = at(".talk-scroller");
  const rows = keyedList(at(".talk-rows"), { draw: (/** @type {Row} */ row) => drawRow(row, report), row: rowClass });
  const unsent = keyedList(at(".talk-unsent"), {
    draw: (/** @type {any} */ { entry }) => drawUnsent(entry, room),
    row: (li, { entry }) => void (li.className = `talk-line is-mine ${entry.state === "failed" ? "is-failed" : "is-sending"}`),
  });
  let atBottom = true;
  let lastTop = 0;

  scroller.addEventListener(
    "scroll",
    () => {
      const near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_BOTTOM_PX;
      // what became smaller moves the bottom away, too; only the reader's scrolling up means leaving it
      const now = near || (atBottom && scroller.scrollTop >= lastTop);
      lastTop = scroller.scrollTop;
      if (now === atBottom) return;
      atBottom = now;
      if (atBottom) room.update();
    },
    { passive: true },
  );
  const toBottom = () => void (scroller.scrollTop = scroller.scrollHeight);
  new ResizeObserver(() => atBottom && toBottom()).observe(scroller);

  /** @param {Talk} talk */
  async function older(talk) {
    const height = scroller.scrollHeight;
    await talk.fetchOlder();
    // what was in sight stays where it was
    scroller.scrollTop += scroller.scrollHeight - height;
    scroller.focus({ preventScroll: true });
  }

  /** @param {string} whom @param {Talk} talk @param {number|null} from @param {{side: boolean, isOpen: boolean}} how
   *   whether anything was written, and one can write */
  function update(whom, talk, from, { side, isOpen }) {
    const me = store.you?.id ?? identity.you.id;
    const isReported = (/** @type {string} */ id) => Boolean(store.get("reported", id));
    const sending = store.pending.filter(({ command, args }) => command === "write" && args.to === whom);
    for (const one of [scroller, at(".talk-log")]) one.setAttribute("aria-label", t("conversations.messages"));
    rows.update(rowsOf(side ? talk.messages : [], { me, from, isReported }));
    unsent.update(sending.map((entry) => ({ id: entry.ref, entry, state: entry.state })));
    render(top(talk, side, () => void older(talk)), at(".talk-top"));
    render(isOpen && !side && !sending.length ? html`<p class="empty">${t("conversations.begin")}</p>` : nothing, at(".talk-none"));
    if (atBottom) toBottom();
  }

  return {
    update,
    toBottom: () => ((atBottom = true), toBottom()),
    isAtBottom: () => atBottom,
    begin: () => void (atBottom = true),
    clear: () => (rows.update([]), unsent.update([]), render(nothing, at(".talk-top")), render(nothing, at(".talk-none"))),
    redraw: () => (rows.redraw(), unsent.redraw()),
  };
}

const LAYOUT = html`<div class="talk-scroller" tabindex="0" role="group">
  <div class="talk-top"></div>
  <div class="talk-none"></div>
  <div class="talk-log" role="log"><ol class="talk-rows"></ol></div>
  <ol class="talk-unsent"></ol>
</div>`;

/** @param {Talk} talk @param {boolean} isThere @param {() => void} more */
function top(talk, isThere, more) {
  if (talk.state === "failed") {
    return html`<p class="row talk-more" role="alert">${t("conversations.unloaded")} <button type="button" class="button is-small" @click=${() => talk.retry()}>${t("conversations.again")}</button></p>`;
  }
  if (talk.state === "loading" || (talk.state === "new" && isThere)) return html`<p class="soft talk-more">${t("mission.loading")}</p>`;
  return talk.older ? html`<p class="row talk-more"><button type="button" class="button is-small" @click=${more}>${t("conversations.older")}</button></p>` : nothing;
}

/** @param {HTMLElement} li @param {Row} row */
function rowClass(li, { message, mine, follows, unread }) {
  li.className = message ? `talk-line ${mine ? "is-mine" : ""} ${follows ? "is-following" : ""}` : unread ? "talk-unread" : "talk-day";
}

/** @param {Row} row @param {(message: any) => void} report */
function drawRow({ day, unread, message, mine, reported }, report) {
  if (unread) return html`<span>${t("conversations.unread")}</span>`;
  if (!message) return html`<span>${dayWords(day ?? 0)}</span>`;
  const { text, at, removed } = message;
  return html`<div class="talk-bubble">
      ${mine ? html`<span class="unseen">${t("conversations.you")} </span>` : nothing}
      ${removed ? html`<p class="soft">${t("conversations.removed")}</p>` : html`<p class="talk-text">${words(text)}</p>`}
      <p class="talk-meta">${reported ? html`<span>${t("conversations.reported")}</span> ` : nothing}<time datetime=${new Date(at).toISOString()}>${formatTime(at)}</time></p>
    </div>
    ${mine || removed || reported
      ? nothing
      : html`<button type="button" class="icon-button talk-report" aria-label=${t("conversations.report")} title=${t("conversations.report")} @click=${() => report(message)}>${icon(ellipsis)}</button>`}`;
}

/** @param {number} at */
function dayWords(at) {
  const name = dayName(at, serverNow());
  return name ? t(`conversations.${name}`) : formatTime(at, { weekday: "long", day: "numeric", month: "long" });
}

/** @param {Pending} entry @param {Room} room */
function drawUnsent(entry, { store }) {
  const text = html`<div class="talk-bubble"><p class="talk-text">${words(entry.args.text)}</p>
    ${entry.state === "sending" ? html`<p class="talk-meta">${t("conversations.sending")}</p>` : nothing}</div>`;
  if (entry.state === "sending") return text;
  return html`${text}
    <div class="talk-refused">
      <p role="alert">${refusalText(entry.code ?? "", entry.text ?? "")}</p>
      ${suggested(entry.suggestion, () => void store.take(entry.ref))}
      <p class="row">
        ${WORDS_FAULT.test(entry.code ?? "")
          ? html`<button type="button" class="button is-small" @click=${() => mend(entry, store)}>${t("conversations.mend")}</button>`
          : html`<button type="button" class="button is-small" @click=${() => store.retry(entry.ref)}>${t("conversations.again")}</button>`}
        <button type="button" class="button is-small is-quiet" @click=${() => store.discard(entry.ref)}>${t("conversations.discard")}</button>
      </p>
    </div>`;
}

/** Back to where it is written, before what was begun since. @param {Pending} entry @param {Room["store"]} store */
function mend(entry, store) {
  const box = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("write-text"));
  if (!box) return;
  box.value = [entry.args.text, box.value].filter(Boolean).join("\n");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  store.discard(entry.ref);
}
