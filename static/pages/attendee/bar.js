/** The connection bar: after a moment's grace what is going on, that nothing is lost, and the way back. */

import { t } from "../../app/i18n.js";
import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { beforeFirst, newsOfHttp } from "../../parts/linked.js";

/** @typedef {import("./frame.js").Room} Room */

const GRACE_MS = 2000;
const BACK_MS = 5000;

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("bar");
  let lostAt = 0;
  let backUntil = 0;
  let told = false;
  let slow = false;
  let fresh = 0;
  /** @type {Set<string>|null} what was here when the line was lost, if there was one */
  let known = null;
  let http = "";
  /** @type {any} */
  let timer = null;

  /** @param {number} ms */
  function again(ms) {
    clearTimeout(timer);
    timer = setTimeout(draw, ms);
  }

  function lost() {
    if (lostAt) return;
    // perhaps while nobody looked
    lostAt = store.connection.lostAt ?? Date.now();
    known = store.position && new Set(store.all("message").map((message) => message.id));
  }

  function back() {
    const away = Date.now() - lostAt;
    lostAt = 0;
    if (!told) return;
    told = false;
    // who comes for the first time was not away
    if (!known) return;
    fresh = away
      ? store.all("message").filter((message) => !known?.has(message.id) && message.by !== store.you?.id).length
      : 0;
    backUntil = Date.now() + BACK_MS;
    announce(backText());
  }

  function backText() {
    return fresh ? t("link.back_new", { n: fresh }) : t("link.back");
  }

  function draw() {
    if (store.joined && lostAt) back();
    else if (!store.joined) lost();
    render(lostAt ? whileLost() : store.isSlow ? whileSlow() : afterwards(), root);
  }

  function whileLost() {
    const grace = lostAt + GRACE_MS - Date.now();
    again(grace > 0 ? grace : 500);
    if (grace > 0) return nothing;
    if (!told && known) announce(t("link.lost_said"));
    told = true;
    const { state, retryAt } = store.link;
    const seconds = Math.ceil(((retryAt ?? 0) - Date.now()) / 1000);
    return html`<div class="link-bar">
      <span>${known ? t("link.lost") : beforeFirst(store.connection)}</span>
      ${state === "waiting"
        ? html`<span class="soft">${seconds > 0 ? t("link.in", { n: seconds }) : nothing}</span
            ><button type="button" class="button is-small" @click=${() => store.connection.tryNow()}>
              ${t("link.try")}
            </button>`
        : nothing}
    </div>`;
  }

  /** We are linked, but what we asked for is not done yet: a log that hangs. */
  function whileSlow() {
    again(500);
    if (!slow) announce(t("link.slow"));
    slow = true;
    return html`<div class="link-bar is-slow">${t("link.slow")}</div>`;
  }

  function afterwards() {
    slow = false;
    const left = backUntil - Date.now();
    if (left <= 0) return whileNew();
    again(left);
    return html`<div class="link-bar is-back">${backText()}</div>`;
  }

  /** We go on another way than usual. */
  function whileNew() {
    const before = http;
    http = newsOfHttp(store.connection);
    if (!http) return nothing;
    again(1000);
    if (!before) announce(http);
    return html`<div class="link-bar is-slow">${http}</div>`;
  }

  return { of: [], update: draw };
}
