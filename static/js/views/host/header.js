/**
 * The top of the page: which session, whether its doors are open, how many are here, and how we are linked.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Session} Session
 * @typedef {import("../stage/records.js").Person} Person
 * @typedef {{end: () => void, help: () => void, settings: () => void, theme: () => void, lang: () => void}} Menu
 */

import { find, html, nothing, render } from "../../lib/dom.js";
import { show, survive } from "../../lib/failsafe.js";
import { clock } from "../../lib/time.js";
import { currentLang, formatTime, t } from "../../i18n.js";
import { hereCount } from "./makeup.js";
import { sessionOf } from "./settings.js";

const CALM_MS = 1500;

/** @param {HTMLElement} root @param {Host} host @param {Menu} menu */
export function headerPanel(root, host, menu) {
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  return {
    draw() {
      const session = sessionOf(host);
      // first what mends a session whose settings cannot be shown
      show(part("menu"), () => drawMenu(menu));
      show(part("door"), () => (session ? drawDoor(session, host, menu) : nothing));
      show(part("title"), () => session?.title ?? nothing);
      show(part("state"), () => (session ? drawState(session) : nothing));
      show(part("link"), () => drawLink(host.store));
      show(part("here"), () => drawHere(hereCount(/** @type {readonly Person[]} */ (host.store.all("person")))));
      survive("title", () => session && void (document.title = `${session.title} · ${t("host.title")}`));
    },
  };
}

const SHELL = html`<div class="top-title">
    <h1 data-part="title"></h1>
    <p class="top-state"><span data-part="state"></span><span data-part="link"></span></p>
  </div>
  <p class="top-here" data-part="here"></p>
  <div class="top-acts"><span data-part="door"></span><span data-part="menu"></span></div>`;

/** @param {Session} session */
const drawState = (session) =>
  html`<span class="badge is-${session.state}">${t(`host.state.${session.state}`)}</span>
    <span class="top-clock">${timeOf(session, Date.now())}</span>`;

/** @param {number} n */
const drawHere = (n) => html`<strong>${n}</strong> ${t("host.here", { n })}`;

/** How long it has run, or when it starts. @param {Session} session @param {number} now */
function timeOf(session, now) {
  if (session.state === "open" && session.opened_at)
    return t("host.running", { time: clock(Math.max(0, now - session.opened_at)) });
  if (session.state === "closed" && session.closed_at)
    return t("host.closed_at", { time: formatTime(session.closed_at) });
  if (!session.starts_at) return "";
  const left = session.starts_at - now;
  return left > 0
    ? t("host.starts_in", { left: clock(left), time: formatTime(session.starts_at) })
    : t("host.overdue", { time: formatTime(session.starts_at) });
}

/** How we are linked; a move to another worker is over before anybody need know. @param {Host["store"]} store */
function drawLink({ link, connection, isSlow }) {
  const moving = link.state !== "ended" && Date.now() - (connection.lostAt ?? 0) < CALM_MS;
  const state = moving ? "live" : link.state;
  const said = state === "live" && isSlow ? "slow" : state;
  return html`<span class="link-state is-${said}" role=${said === "slow" ? "status" : nothing}
    ><i aria-hidden="true"></i>${t(`host.link.${said}`)}</span
  >`;
}

/** Opening is taken back in one press, so it is done in one; closing asks. @param {Session} session @param {Host} host @param {Menu} menu */
function drawDoor(session, host, menu) {
  const open = () => void host.acts.do("open_session", {}, t("host.did.open_session"));
  const [look, label, act] =
    session.state === "open"
      ? ["is-small", "host.close_session", menu.end]
      : ["is-primary", session.state === "closed" ? "host.reopen" : "host.open_session", open];
  // single keys act from here too: what was just done is taken back with one
  return html`<button type="button" class="button door ${look}" data-keys @click=${act}>${t(label)}</button>`;
}

/** @param {Menu} menu */
function drawMenu(menu) {
  const other = currentLang() === "nl" ? "en" : "nl";
  return html`<button
      type="button"
      class="icon-button"
      aria-label=${t("host.settings")}
      title=${t("host.settings")}
      @click=${menu.settings}
    >
      <span aria-hidden="true">⚙</span>
    </button>
    <button
      type="button"
      class="icon-button"
      aria-label=${t("host.theme")}
      title=${t("host.theme")}
      @click=${menu.theme}
    >
      <span aria-hidden="true">◐</span>
    </button>
    <button type="button" class="icon-button" aria-label=${t(`host.lang.${other}`)} lang=${other} @click=${menu.lang}>
      ${other.toUpperCase()}
    </button>
    <button
      type="button"
      class="icon-button"
      aria-label=${t("host.help")}
      title=${t("host.help")}
      aria-keyshortcuts="?"
      @click=${menu.help}
    >
      <span aria-hidden="true">?</span>
    </button>`;
}
