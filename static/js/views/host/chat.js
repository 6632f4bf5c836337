/**
 * The chat as hosts see it: everything said, what is hidden marked so, and a composer of their own.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Message} Message
 * @typedef {Message & {imitates: boolean}} Row  as whoever wrote it is marked
 */

import { find, html, nothing, render } from "../../lib/dom.js";
import { attempt, show } from "../../lib/failsafe.js";
import { onEnter } from "../../lib/keys.js";
import { keyedList } from "../../lib/list.js";
import { formatTime, t } from "../../i18n.js";
import { imitationBadge } from "../imitation.js";
import { actButton, empty } from "./parts.js";

const TEXT_MAX = 500;
/** Nearer to the end than this is at the end: the list follows. */
const END_PX = 40;

/** @param {HTMLElement} root @param {Host} host */
export function chatPanel(root, host) {
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const scroller = part("list");
  const list = keyedList(scroller, { draw: (/** @type {Row} */ row) => drawMessage(row, host), row: markMessage });
  /** @type {Message|undefined} the last one that was on screen */
  let seen;
  let atEnd = true;

  scroller.addEventListener(
    "scroll",
    () => {
      atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < END_PX;
      if (atEnd) attempt(root, draw);
    },
    { passive: true },
  );

  // the panel above grows and shrinks; the end stays the end
  new ResizeObserver(() => atEnd && (scroller.scrollTop = scroller.scrollHeight)).observe(scroller);

  function toEnd() {
    atEnd = true;
    attempt(root, draw);
  }

  function draw() {
    const messages = /** @type {readonly Message[]} */ (host.store.all("message"));
    show(part("head"), drawHead);
    // to write to everybody works whatever became of what they wrote
    show(part("composer"), () => drawComposer(host, toEnd));
    attempt(part("read"), () => drawMessages(messages));
  }

  /** @param {readonly Message[]} messages */
  function drawMessages(messages) {
    scroller.hidden = !messages.length;
    list.update(messages.map(asRow));
    if (atEnd) seen = messages.at(-1);
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
    render(host.store.pending.filter((one) => one.command === "say").map(drawPending), part("pending"));
    render(
      messages.length ? drawFresh(freshAfter(messages, seen), toEnd) : empty(t("host.chat.empty")),
      part("fresh"),
    );
  }

  /** @param {Message} message @returns {Row} */
  const asRow = (message) => ({ ...message, imitates: Boolean(host.store.get("person", message.by)?.imitates) });

  return { draw, redraw: () => list.redraw() };
}

const SHELL = html`<div data-part="head"></div>
  <div class="chat-read" data-part="read">
    <ul class="messages" data-part="list" data-keys="within" tabindex="0" aria-labelledby="chat-title"></ul>
    <div data-part="pending"></div>
    <div data-part="fresh"></div>
  </div>
  <div data-part="composer"></div>`;

/** @param {readonly Message[]} messages @param {Message|undefined} seen */
function freshAfter(messages, seen) {
  return seen ? messages.filter((message) => message.at > seen.at).length : 0;
}

const drawHead = () => html`<div class="panel-head"><h2 id="chat-title">${t("host.chat")}</h2></div>`;

/** Said, and not yet heard back: also while the connection is away. @param {import("../../store.js").Pending} one */
const drawPending = ({ args }) =>
  html`<div class="message is-pending">
    <p class="message-head"><span class="badge">${t("host.sending")}</span></p>
    <p class="message-text">${args.text}</p>
  </div>`;

/** @param {number} n @param {() => void} toEnd */
function drawFresh(n, toEnd) {
  if (!n) return nothing;
  return html`<button type="button" class="button fresh" @click=${toEnd}>${t("host.chat.fresh", { n })}</button>`;
}

/** @param {HTMLElement} row @param {Message} message */
function markMessage(row, message) {
  row.className = "message";
  row.classList.toggle("is-hidden", Boolean(message.hidden));
  row.classList.toggle("is-host", message.role === "host" || message.role === "organiser");
}

/** @param {Row} row @param {Host} host */
function drawMessage(row, host) {
  const { id, name, role, text, at, hidden } = row;
  const act = hidden ? "restore" : "hide";
  const said = t(`host.did.${act}`, { name });
  return html`<p class="message-head">
      <strong>${name}</strong>
      ${role === "attendee" ? nothing : html`<span class="badge is-host">${t(`host.role.${role}`)}</span>`}
      ${imitationBadge(row)}
      ${hidden ? html`<span class="badge">${t("host.chat.hidden")}</span>` : nothing}
      <time>${formatTime(at)}</time>
      ${actButton(act, t(`host.act.${act}`), () => void host.acts.do(act, { message: id }, said), {
        key: false,
        look: "is-quiet is-tiny",
        name,
      })}
    </p>
    <p class="message-text">${text}</p>`;
}

/** @param {Host} host @param {() => void} sent */
function drawComposer(host, sent) {
  /** @param {HTMLFormElement} form */
  const send = async (form) => {
    const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    // refused words come back into the field, as they would be taken, unless new ones are there already
    const refused = (/** @type {import("./acts.js").Refused} */ why) => {
      field.value ||= why.suggestion ?? text;
      if (why.suggestion) host.acts.hint(t("host.chat.suggested"));
      else host.acts.refused(why);
    };
    if (await host.acts.do("say", { text }, "", refused)) sent();
  };
  const keys = onEnter((event) => {
    void send(/** @type {HTMLFormElement} */ (/** @type {HTMLElement} */ (event.target).closest("form")));
  });
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void send(/** @type {HTMLFormElement} */ (event.target));
  };
  return html`<form class="composer" @submit=${submit}>
    <textarea
      name="text"
      rows="1"
      maxlength=${TEXT_MAX}
      aria-label=${t("host.chat.write")}
      placeholder=${t("host.chat.write")}
      @keydown=${keys}
    ></textarea>
    <button class="button is-small">${t("host.chat.send")}</button>
  </form>`;
}
