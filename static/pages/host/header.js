/**
 * The top of the page: which session, whether its doors are open, how many are here, and how we are linked.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../../session/records.js").Session} Session
 * @typedef {import("../../session/records.js").Person} Person
 * @typedef {{theme: () => void, lang: () => void}} Menu
 */

import { find, html, nothing, render } from "../../app/lib/dom.js";
import { show, survive } from "../../app/lib/failsafe.js";
import { serverNow } from "../../app/lib/now.js";
import { clock } from "../../app/lib/time.js";
import { currentLang, formatTime, isolated, t } from "../../app/i18n.js";
import { drawRun } from "./run_strip.js";
import { hereCount } from "../../session/people/makeup.js";
import { sessionOf } from "../../session/programme/session.js";
import { toWeek } from "../../parts/to_week.js";
import { beforeFirst, newsOfHttp } from "../../parts/linked.js";
import { contrast, keyboard, settings } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

const CALM_MS = 1500;

/** @param {Host} host @param {Menu} menu */
export function create(host, menu) {
  const root = host.place("top");
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));

  // what is told beside the title ends where these begin (frame.css)
  const beside = [part("here"), /** @type {HTMLElement} */ (find(".top-acts", root))];
  const measure = new ResizeObserver(() => {
    const room = innerWidth - beside[0].getBoundingClientRect().left;
    document.body.style.setProperty("--beside", `${room}px`);
  });
  beside.forEach((one) => measure.observe(one));

  // until it is known which session this is
  show(part("title"), () => t("host.title"));

  /** What changes with time alone. */
  function tick() {
    const session = sessionOf(host);
    show(part("state"), () => (session ? drawState(session, host) : nothing));
    show(part("link"), () => drawLink(host.store));
  }

  return {
    of: ["session", "person", "run", "segment", ...host.drawer.of],
    also: host.drawer.isOpen,
    tick,
    update() {
      const session = sessionOf(host);
      // first what mends a session whose settings cannot be shown
      show(part("week"), () => toWeek(host.identity));
      show(part("drawers"), host.drawer.buttons);
      show(part("menu"), () => drawMenu(host, menu));
      show(part("door"), () => (session ? drawDoor(session, host) : nothing));
      show(part("title"), () => html`<bdi dir="auto">${session?.title ?? ""}</bdi>`);
      tick();
      show(part("here"), () => (host.store.position ? drawHere(peopleOf(host)) : nothing));
      survive("title", () => session && void (document.title = `${isolated(session.title)} · ${t("host.title")}`));
    },
  };
}

const SHELL = html`<div class="top-title">
    <span data-part="week"></span>
    <h1 data-part="title"></h1>
    <p class="top-state"><span data-part="state"></span><span data-part="link"></span></p>
  </div>
  <p class="top-here" data-part="here"></p>
  <div class="top-acts"><span data-part="door"></span><span data-part="drawers"></span><span data-part="menu"></span></div>`;

/** Where the hour is, if there is a run of show; else how long it has run. @param {Session} session @param {Host} host */
const drawState = (session, host) =>
  drawRun(host, session.state) ??
  html`<span class="badge is-${session.state}">${t(`host.state.${session.state}`)}</span>
    <span class="top-clock">${timeOf(session, serverNow())}</span>`;

/** @param {Host} host */
const peopleOf = ({ store }) => hereCount(/** @type {readonly Person[]} */ (store.all("person")));

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
function drawLink({ link, connection, isSlow, position }) {
  if (!position && link.state !== "ended")
    return html`<span class="link-state" role="status"><i aria-hidden="true"></i>${beforeFirst(connection)}</span>`;
  const moving = link.state !== "ended" && Date.now() - (connection.lostAt ?? 0) < CALM_MS;
  const state = moving ? "live" : link.state;
  const http = connection.blockedAt !== null;
  const said = state !== "live" ? state : isSlow ? "slow" : http ? "http" : "live";
  const news = said === "http" ? newsOfHttp(connection) : "";
  return html`<span
    class="link-state is-${said}"
    role=${said === "slow" || news ? "status" : nothing}
    title=${said === "http" ? t("link.blocked") : nothing}
    ><i aria-hidden="true"></i>${news || t(`host.link.${said}`)}</span
  >`;
}

/** Opening is taken back in one press, so it is done in one; closing asks. @param {Session} session @param {Host} host */
function drawDoor(session, host) {
  const open = () => void host.acts.do("open_session", {}, () => t("host.did.open_session"));
  const [look, label, act] =
    session.state === "open"
      ? ["is-small is-quiet", "host.close_session", () => host.open("ending")]
      : ["is-small is-primary", session.state === "closed" ? "host.reopen" : "host.open_session", open];
  // single keys act from here too: what was just done is taken back with one
  return html`<button type="button" class="button door ${look}" data-keys @click=${act}>${t(label)}</button>`;
}

/** @param {Host} host @param {Menu} menu */
function drawMenu({ open }, menu) {
  const other = currentLang() === "nl" ? "en" : "nl";
  return html`<button type="button" class="button is-small is-quiet" aria-haspopup="dialog" @click=${() => open("past")}>
      ${t("host.past")}
    </button>
    <button
      type="button"
      class="icon-button"
      aria-label=${t("host.settings")}
      title=${t("host.settings")}
      @click=${() => open("settings")}
    >
      ${icon(settings)}
    </button>
    <button
      type="button"
      class="icon-button"
      aria-label=${t("host.theme")}
      title=${t("host.theme")}
      @click=${menu.theme}
    >
      ${icon(contrast)}
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
      @click=${() => open("help")}
    >
      ${icon(keyboard)}
    </button>`;
}
