/** Reported messages: each that somebody showed the organisers, which one of them removes or leaves. */

import { formatTime, isolated, t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { createAsk } from "../../pages/organise/ask.js";
import { empty } from "../../parts/act.js";
import { said } from "../../parts/text.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */

const WHEN = /** @type {const} */ ({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** @param {Organiser} room */
export function create(room) {
  const root = room.place("reported");
  const ask = createAsk("reported-ask");
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const list = keyedList(part("list"), { draw: (/** @type {any} */ one) => drawOne(one, { remove, leave }), row: (li) => void (li.className = "reported-row") });

  /** @param {any} one */
  async function remove({ id, name }) {
    const question = { title: t("organise.reported.remove.title"), text: t("organise.reported.remove.text", { name: isolated(name) }), yes: t("organise.reported.remove") };
    if ((await ask(question)) !== null) await room.acts.do("settle_reported", { reported: id, remove: true }, { said: () => t("organise.reported.removed") });
  }

  /** @param {any} one */
  async function leave({ id, name }) {
    const question = { title: t("organise.reported.leave.title"), text: t("organise.reported.leave.text", { name: isolated(name) }), yes: t("organise.reported.leave"), danger: false };
    if ((await ask(question)) !== null) await room.acts.do("settle_reported", { reported: id }, { said: () => t("organise.reported.left") });
  }

  function update() {
    const all = [...room.store.all("reported")].sort((a, b) => a.since - b.since);
    render(html`<div class="tab-head"><h2>${t("organise.tab.reported")}</h2></div><p class="soft reported-what">${t("organise.reported.what")}</p>`, part("head"));
    list.update(all);
    render(all.length ? nothing : empty(t("organise.reported.none")), part("rest"));
  }

  return { of: ["reported"], update, redraw: () => list.redraw() };
}

const SHELL = html`<div data-part="head"></div>
  <ul class="reported-list" data-part="list"></ul>
  <div data-part="rest"></div>`;

/** @param {any} one @param {{remove: (one: any) => void, leave: (one: any) => void}} acts */
const drawOne = (one, { remove, leave }) => html`<p class="reported-by">${named(one.name, one.organisation)} <span class="soft">${t("organise.reported.wrote", { when: formatTime(one.at, WHEN) })}</span></p>
  <blockquote class="reported-words">${said(one.text)}</blockquote>
  <p class="soft">${t("organise.reported.by")} ${named(one.who_name)}${one.reason ? html`: <q>${said(one.reason)}</q>` : nothing}</p>
  <p class="row"><button type="button" class="button is-small" data-act="remove" @click=${() => remove(one)}>${t("organise.reported.remove")}</button>
    <button type="button" class="button is-small is-quiet" data-act="leave" @click=${() => leave(one)}>${t("organise.reported.leave")}</button></p>`;

/** @param {string} name @param {string} [organisation] */
const named = (name, organisation = "") =>
  html`<strong><bdi dir="auto" .textContent=${name}></bdi></strong>${organisation ? html` <span class="soft"><bdi dir="auto" .textContent=${organisation}></bdi></span>` : nothing}`;
