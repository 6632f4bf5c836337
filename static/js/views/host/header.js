/**
 * The top of the page: which session, whether its doors are open, how many are here, and how we are linked.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Session} Session
 * @typedef {import("../stage/records.js").Person} Person
 * @typedef {{help: () => void, settings: () => void, theme: () => void, lang: () => void}} Menu
 */

import { html, nothing, render } from "../../lib/dom.js";
import { clock } from "../../lib/time.js";
import { currentLang, formatTime, t } from "../../i18n.js";
import { isAudience } from "./makeup.js";
import { sessionOf } from "./settings.js";

const CALM_MS = 1500;

/** @param {HTMLElement} root @param {Host} host @param {Menu} menu */
export function headerPanel(root, host, menu) {
  return {
    draw() {
      const session = sessionOf(host);
      render(session ? drawHeader(session, host, menu) : nothing, root);
      if (session) document.title = `${session.title} · ${t("host.title")}`;
    },
  };
}

/** @param {Session} session @param {Host} host @param {Menu} menu */
function drawHeader(session, host, menu) {
  const people = /** @type {readonly Person[]} */ (host.store.all("person"));
  const here = people.filter((person) => person.here && isAudience(person)).length;
  return html`<div class="top-title">
      <h1>${session.title}</h1>
      <p class="top-state">
        <span class="badge is-${session.state}">${t(`host.state.${session.state}`)}</span>
        <span class="top-clock">${timeOf(session, Date.now())}</span>
        ${drawLink(host.store)}
      </p>
    </div>
    <p class="top-here"><strong>${here}</strong> ${t("host.here", { n: here })}</p>
    <div class="top-acts">${drawDoor(session, host)} ${drawMenu(menu)}</div>`;
}

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
function drawLink({ link, connection }) {
  const moving = link.state !== "ended" && Date.now() - (connection.lostAt ?? 0) < CALM_MS;
  const state = moving ? "live" : link.state;
  return html`<span class="link-state is-${state}"><i aria-hidden="true"></i>${t(`host.link.${state}`)}</span>`;
}

/** @param {Session} session @param {Host} host */
function drawDoor(session, host) {
  const open = session.state === "open";
  const command = open ? "close_session" : "open_session";
  const act = () => void host.acts.do(command, {}, t(`host.did.${command}`));
  const label = session.state === "closed" ? "host.reopen" : `host.${command}`;
  return html`<button type="button" class="button door ${open ? "is-open" : "is-primary"}" @click=${act}>
    ${t(label)}
  </button>`;
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
