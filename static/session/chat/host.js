/**
 * The chat as hosts see it: everything said, what is hidden marked so, and a composer of their own.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Message} Message
 * @typedef {{id: string, message: Message, name: string, imitates: boolean}} Row  as whoever wrote it is called and
 *   marked by now
 */

import { LIMITS } from "../../app/limits.js";
import { draftOf } from "../../app/lib/drafts.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { attempt, show } from "../../app/lib/failsafe.js";
import { onEnter } from "../../app/lib/keys.js";
import { keyedList } from "../../app/lib/list.js";
import { currentLang, formatTime, isolated, t } from "../../app/i18n.js";
import { named } from "../../parts/card.js";
import { hold } from "../../parts/hold.js";
import { actButton, empty } from "../../parts/act.js";
import { arrowDown, eye, settings2, x } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";
import { beginWriting } from "../../pages/host/writing.js";
import { drawHeld } from "./held.js";
import { wayBack } from "./way_back.js";

const TEXT_MAX = LIMITS.say.text.maxLength;
/** Nearer to the end than this is at the end: the list follows. */
const END_PX = 40;
const STILL_MS = 4000;

/** @param {Host} host */
export function create(host) {
  const root = host.place("chat");
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const scroller = part("scroller");
  const list = keyedList(part("list"), { draw: (/** @type {Row} */ row) => drawMessage(row, host), row: markMessage });
  const back = wayBack(scroller, part("older"), part("list"), host.store, () => attempt(root, draw));
  /** @type {Message|undefined} the last one that was on screen */
  let seen;
  const kept = draftOf(host, "say");
  let atEnd = true;
  let told = false;
  let lang = "";
  /** Somebody points at a message: it stays where it is. */
  let still = false;
  hold(scroller, (on) => ((still = on), attempt(root, draw)), { whole: false, idle: STILL_MS });

  scroller.addEventListener(
    "scroll",
    () => {
      const was = atEnd;
      atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < END_PX;
      // following along is no arrival at the end
      if (atEnd && !was) attempt(root, draw);
    },
    { passive: true },
  );

  // the panel above grows and shrinks; the end stays the end
  new ResizeObserver(() => atEnd && !still && (scroller.scrollTop = scroller.scrollHeight)).observe(scroller);

  function toEnd() {
    atEnd = true;
    still = false;
    attempt(root, draw);
  }

  function draw() {
    if (atEnd && !still) back.shorten();
    const messages = /** @type {readonly Message[]} */ (host.store.all("message"));
    host.store.pending.filter((one) => one.command === "say" && one.state === "failed").forEach(giveBack);
    if (lang !== currentLang()) drawStill();
    attempt(part("read"), () => drawMessages(messages));
    show(part("held"), () => drawHeld(host));
  }

  /** Refused words come back into the field as they would be taken, before what was begun since.
   * @param {import("../../app/store.js").Pending} refused */
  function giveBack({ ref, args, code, text, suggestion }) {
    host.store.discard(ref);
    kept.set([suggestion || args.text, kept.get()].filter(Boolean).join("\n"));
    const field = /** @type {HTMLTextAreaElement|null} */ (find("textarea", part("composer")));
    if (field) field.value = kept.get();
    if (suggestion) host.acts.hint(t("host.chat.suggested"));
    else host.acts.refused({ code: code ?? "", text: text ?? "" });
  }

  /** What no message changes. */
  function drawStill() {
    lang = currentLang();
    show(part("head"), () => drawHead(host));
    // to write to everybody works whatever became of what they wrote
    show(part("composer"), () => drawComposer(host, kept, toEnd));
  }

  /** @param {readonly Message[]} messages */
  function drawMessages(messages) {
    scroller.hidden = !messages.length;
    back.update((shown) => list.update(/** @type {readonly Message[]} */ (shown).map(asRow)), atEnd && !still);
    if (atEnd && !still) seen = messages.at(-1);
    if (atEnd && !still) scroller.scrollTop = scroller.scrollHeight;
    render(host.store.pending.filter((one) => one.command === "say").map(drawPending), part("pending"));
    const fresh = messages.length ? freshAfter(messages, seen) : 0;
    const tell = () => render(messages.length ? drawFresh(fresh, toEnd) : empty(t("host.chat.empty"), drawGreet(host)), part("fresh"));
    if (fresh > 0 === told) return tell();
    told = fresh > 0;
    inPlace(scroller, tell);
  }

  /** @param {Message} message @returns {Row} */
  const asRow = (message) => {
    const { id, by } = message;
    const who = host.store.get("person", by);
    return { id, message, name: who?.name ?? message.name, imitates: Boolean(who?.imitates) };
  };

  return { of: ["message", "person", "held"], also: back.also, update: draw, redraw: () => list.redraw() };
}

const SHELL = html`<div class="panel-head">
    <div data-part="head"></div>
    <div data-part="fresh"></div>
  </div>
  <div class="chat-read" data-part="read">
    <div class="messages" data-part="scroller" data-keys="within" tabindex="0" role="group" aria-labelledby="chat-title">
      <div class="older" data-part="older"></div>
      <ul data-part="list"></ul>
    </div>
    <div data-part="pending"></div>
  </div>
  <div data-part="held"></div>
  <div data-part="composer"></div>`;

/** What makes room above a list leaves what one reads in it where it is. @param {HTMLElement} scroller @param {() => void} change */
function inPlace(scroller, change) {
  const top = () => scroller.getBoundingClientRect().top;
  const before = top();
  change();
  scroller.scrollTop += top() - before;
}

/** @param {readonly Message[]} messages @param {Message|undefined} seen */
function freshAfter(messages, seen) {
  return seen ? messages.filter((message) => message.at > seen.at).length : 0;
}

/** @param {Host} host */
const drawHead = (host) => html`<h2 id="chat-title">${t("host.chat")}</h2>
  <button type="button" class="icon-button is-quiet" aria-haspopup="dialog" aria-label=${t("host.pacing")} title=${t("host.pacing")} @click=${() => host.open("pacing")}>${icon(settings2)}</button>`;

/** Said, and not yet heard back: also while the connection is away. @param {import("../../app/store.js").Pending} one */
const drawPending = ({ args }) =>
  html`<div class="message is-pending">
    <p class="message-head"><span class="badge">${t("host.sending")}</span></p>
    <p class="message-text" dir="auto">${args.text}</p>
  </div>`;

/** @param {Host} host */
const drawGreet = (host) => actButton("write", t("host.chat.greet"), () => beginWriting(host), { key: false });

/** @param {number} n @param {() => void} toEnd */
function drawFresh(n, toEnd) {
  if (!n) return nothing;
  return html`<button type="button" class="button is-small fresh" @click=${toEnd}>${t("host.chat.fresh", { n })} ${icon(arrowDown)}</button>`;
}

/** @param {HTMLElement} row @param {Row} shown */
function markMessage(row, { message }) {
  row.className = "message";
  row.classList.toggle("is-hidden", Boolean(message.hidden));
  row.classList.toggle("is-host", message.role === "host" || message.role === "organiser");
}

/** @param {Row} row @param {Host} host */
function drawMessage(row, host) {
  const { text, at, hidden } = row.message;
  return html`<p class="message-head">
      ${named({ ...row.message, id: row.message.by, name: row.name, imitates: row.imitates })}
      ${hidden ? html`<span class="badge">${t("host.chat.hidden")}</span>` : nothing}
      <time>${formatTime(at)}</time>
    </p>
    <p class="message-text" dir="auto" translate="yes" .textContent=${text}></p>
    <div class="acts">${hidden ? drawAct("restore", row, host) : nothing} ${drawAct("hide", row, host)}</div>`;
}

/** `hide` keeps its place when it has been pressed. @param {"hide"|"restore"} act @param {Row} row @param {Host} host */
function drawAct(act, { name, message: { id, hidden } }, host) {
  const run = () => void host.acts.do(act, { message: id }, () => t(`host.did.${act}`, { name }));
  const off = act === "hide" && Boolean(hidden);
  return html`<button
    type="button"
    class="icon-button is-quiet"
    data-act=${act}
    aria-disabled=${off ? "true" : nothing}
    aria-label=${`${t(`host.act.${act}`)}: ${isolated(name)}`}
    title=${t(`host.act.${act}`)}
    @click=${() => off || run()}
  >
    ${icon(act === "hide" ? x : eye)}
  </button>`;
}

/** @param {Host} host @param {ReturnType<typeof draftOf>} kept @param {() => void} sent */
function drawComposer(host, kept, sent) {
  /** @param {HTMLFormElement} form */
  const send = (form) => {
    const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    kept.set("");
    host.store.do("say", { text }, { draft: true }).done.then(sent, () => {});
  };
  const keys = onEnter((event) => {
    send(/** @type {HTMLFormElement} */ (/** @type {HTMLElement} */ (event.target).closest("form")));
  });
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    send(/** @type {HTMLFormElement} */ (event.target));
  };
  return html`<form class="composer" @submit=${submit}>
    <textarea
      name="text"
      rows="1"
      maxlength=${TEXT_MAX}
      aria-label=${t("host.chat.write")}
      placeholder=${t("host.chat.write")}
      .value=${kept.get() ?? ""}
      @input=${(/** @type {Event} */ event) => kept.set(/** @type {HTMLTextAreaElement} */ (event.target).value)}
      @keydown=${keys}
    ></textarea>
    <button class="button is-small">${t("host.chat.send")}</button>
  </form>`;
}
