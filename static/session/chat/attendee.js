/** Chat: what was said, what we said and is under way, and the way back to the newest. */

import { formatTime, refusalText, t } from "../../app/i18n.js";
import { announce, find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { pref } from "../../app/lib/prefs.js";
import { named, spokenName } from "../../parts/card.js";
import { suggested, words } from "../../parts/text.js";
import { arrowDown } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";
import { wayBack } from "./way_back.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {import("../../app/outbox.js").Pending} Pending */
/** `name` is what who said it is called by now. @typedef {{id: string, message: Item, name: string, organisation: string, imitates: boolean, follows: boolean, mine: boolean}} Row */
/** @typedef {{id: string, entry: Pending}} Unsent */

/** Somebody's next line within this time goes under the same name. */
const SAME_BREATH_MS = 3 * 60_000;
const AT_BOTTOM_PX = 48;
const SAY_EVERY_MS = 8000;

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("chat");
  render(
    html`<div class="scroller" tabindex="0" role="group">
        <div class="chat-empty"></div>
        <div class="older"></div>
        <ol class="messages"></ol>
        <ol class="unsent"></ol>
      </div>
      <div class="to-newest"></div>`,
    root,
  );
  const scroller = /** @type {HTMLElement} */ (find(".scroller", root));
  const empty = /** @type {HTMLElement} */ (find(".chat-empty", root));
  const button = /** @type {HTMLElement} */ (find(".to-newest", root));
  const rows = /** @type {HTMLElement} */ (find(".messages", root));
  const list = keyedList(rows, { draw: drawMessage, row: classes });
  const back = wayBack(scroller, /** @type {HTMLElement} */ (find(".older", root)), rows, store, room.update);
  const unsent = keyedList(/** @type {HTMLElement} */ (find(".unsent", root)), {
    draw: (/** @type {Unsent} */ row) => drawUnsent(row, room),
    row: unsentClasses,
  });
  const speak = speaker();
  /** @type {Set<string>} */
  let known = new Set();
  let atBottom = true;
  let lastTop = 0;
  let below = 0;

  scroller.addEventListener("scroll", () => noticePlace(), { passive: true });
  new ResizeObserver(() => atBottom && toBottom()).observe(scroller);

  const name = () => scroller.setAttribute("aria-label", t("tab.chat"));
  name();

  function noticePlace() {
    const near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_BOTTOM_PX;
    // a panel that became smaller moves the bottom away too; only the reader's scrolling up means leaving it
    const now = near || (atBottom && scroller.scrollTop >= lastTop);
    lastTop = scroller.scrollTop;
    if (now === atBottom) return;
    atBottom = now;
    if (atBottom) below = 0;
    drawButton();
  }

  function toBottom() {
    scroller.scrollTop = scroller.scrollHeight;
  }

  function drawButton() {
    const label = below ? t("chat.new", { n: below }) : t("chat.newest");
    render(
      atBottom
        ? nothing
        : html`<button type="button" class="button is-small" @click=${toBottom}>${icon(arrowDown)} ${label}</button>`,
      button,
    );
  }

  /** @param {readonly Item[]} messages */
  function noticeNew(messages) {
    // what is older than what we knew is no news
    const last = messages.findLastIndex((message) => known.has(message.id));
    const others = known.size ? messages.slice(last + 1).filter((message) => message.by !== store.you?.id) : [];
    known = new Set(messages.map((message) => message.id));
    if (!atBottom) below += others.length;
    if (room.tab() === "chat") speak(others.map(spoken));
  }

  /** @param {Item} message */
  const spoken = ({ by, name, text }) => {
    const who = store.get("person", by);
    return `${spokenName(who?.name ?? name, who)}: ${text}`;
  };

  return {
    of: ["message", "person", "session"],
    also: back.also,
    update() {
      if (atBottom) back.shorten();
      const messages = store.all("message");
      const sending = store.pending.filter((entry) => entry.command === "say");
      noticeNew(messages);
      render(
        messages.length || sending.length
          ? nothing
          : drawEmpty(room),
        empty,
      );
      back.update((shown) => list.update(grouped(shown, store)), atBottom);
      unsent.update(sending.map((entry) => ({ id: entry.ref, entry })));
      if (atBottom && room.tab() === "chat") toBottom();
      drawButton();
    },
    redraw() {
      name();
      list.redraw();
    },
  };
}

/** @param {Room} room */
function drawEmpty({ store, identity }) {
  if (!store.position) return html`<p class="empty">${t("frame.loading")}</p>`;
  if (store.get("session", identity.session)?.state === "closed") return html`<p class="empty">${t("chat.none_closed")}</p>`;
  return html`<div class="empty">
    <p>${t("chat.empty")}</p>
    <button type="button" class="button is-small" @click=${() => find("#say")?.focus()}>${t("chat.begin")}</button>
  </div>`;
}

/**
 * @param {readonly Item[]} messages
 * @param {Room["store"]} store
 * @returns {Row[]}
 */
function grouped(messages, store) {
  return messages.map((message, place) => {
    const before = messages[place - 1];
    const follows = before?.by === message.by && message.at - before.at < SAME_BREATH_MS && !before.hidden;
    const by = store.get("person", message.by);
    const who = { name: by?.name ?? message.name, organisation: by?.organisation ?? "", imitates: Boolean(by?.imitates) };
    return { id: message.id, message, ...who, follows, mine: message.by === store.you?.id };
  });
}

/**
 * @param {HTMLElement} element
 * @param {Row} row
 */
function classes(element, { message, follows, mine }) {
  element.className = `message ${mine ? "is-mine" : ""} ${follows ? "is-following" : ""} ${message.hidden ? "is-hidden" : ""}`;
}

/** @param {Row} row */
function drawMessage(row) {
  const { message, name, organisation, imitates, follows } = row;
  const head = html`<p class="message-head">
    ${named({ ...message, id: message.by, name, imitates })}
    ${organisation ? html`<span class="message-from"><bdi dir="auto">${organisation}</bdi></span>` : nothing}
    <time datetime=${new Date(message.at).toISOString()}>${formatTime(message.at)}</time>
  </p>`;
  return html`${follows ? html`<span class="unseen"><bdi dir="auto">${spokenName(name, row)}</bdi>: </span>` : head}
    <p class="message-text">${words(message.text)}</p>
    ${message.hidden ? html`<p class="soft">${t("chat.hidden")}</p>` : nothing}`;
}

/**
 * @param {HTMLElement} element
 * @param {Unsent} row
 */
function unsentClasses(element, { entry }) {
  element.className = `message is-own ${entry.state === "failed" ? "is-failed" : "is-sending"}`;
}

/**
 * @param {Unsent} row
 * @param {Room} room
 */
function drawUnsent({ entry }, { store }) {
  const text = html`<p class="message-text">${words(entry.args.text)}</p>`;
  if (entry.state === "sending") return html`${text}<span class="unseen">${t("chat.sending")}</span>`;
  return html`${text}
    <p class="message-failed" role="alert">${refusalText(entry.code ?? "", entry.text ?? "")}</p>
    ${suggested(entry.suggestion, () => void store.take(entry.ref))}
    <p class="row">
      ${
        isWordsFault(entry.code ?? "")
          ? html`<button type="button" class="button is-small" @click=${() => mend(entry, store)}>${t("ask.mend")}</button>`
          : html`<button type="button" class="button is-small" @click=${() => store.retry(entry.ref)}>
              ${t("chat.retry")}
            </button>`
      }
      <button type="button" class="button is-small is-quiet" @click=${() => store.discard(entry.ref)}>
        ${t("chat.delete")}
      </button>
    </p>`;
}

/** Refused for what it says: sent again unchanged, it would be refused again. @param {string} code */
const isWordsFault = (code) => code.startsWith("chat.");

/** Back into the composer with it. @param {import("../../app/outbox.js").Pending} entry @param {Room["store"]} store */
function mend(entry, store) {
  const box = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("say"));
  if (!box) return;
  // before what was begun since
  box.value = [entry.args.text, box.value].filter(Boolean).join("\n");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  store.discard(entry.ref);
}

/** Reads the chat out without drowning who listens: one or two lines as they are, more as a number. */
function speaker() {
  /** @type {string[]} */
  let heard = [];
  /** @type {any} */
  let timer = null;
  const say = () => {
    timer = heard.length ? setTimeout(say, SAY_EVERY_MS) : null;
    if (heard.length > 2) announce(t("chat.said", { n: heard.length }));
    else heard.forEach(announce);
    heard = [];
  };
  return (/** @type {string[]} */ messages) => {
    if (!messages.length || pref("announce", "on") === "off") return;
    heard.push(...messages);
    timer ??= setTimeout(say, 300);
  };
}
