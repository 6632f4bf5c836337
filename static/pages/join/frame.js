/**
 * What a newcomer sees: which mission it is, and one of these below: the form, that their application is with the
 * organisers, the form of who lost their link, that it was sent if it could be; and who wants no more letters that.
 *
 * @typedef {{id: string, title: string, starts_on: string, ends_on: string, places: {name: string, zone: string}[],
 *   entry: "invited"|"open"|"code"|"approval", accent: string, brand: string, picture: string,
 *   notices: Record<string, string>, letters: boolean}} Welcome
 * @typedef {"form"|"applied"|"lost"|"sent"|"stop"} Seen
 * @typedef {{welcome: Welcome, show: (seen: Seen) => void, draw: () => void, root: HTMLElement}} Page
 */

import { currentLang, loadCatalog, t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { setPref } from "../../app/lib/prefs.js";
import { doorTop } from "../../parts/door_top.js";
import { said } from "../../parts/text.js";
import { createForm } from "./form.js";
import { keptOf } from "./kept.js";
import { createLost } from "./lost.js";
import { createStop } from "./stop.js";

/** @param {HTMLElement} root @param {Welcome} welcome */
export function createJoin(root, welcome) {
  const page = { welcome, show, draw, root };
  const form = createForm(page);
  const lost = createLost(page);
  const stop = createStop(page);
  const kept = keptOf(welcome, "seen");
  /** @type {Seen} */
  let seen = location.hash === "#lost" ? "lost" : kept.get() === "applied" ? "applied" : "form";
  if (location.pathname.split("/")[3] === "letters") seen = "stop";
  addEventListener("hashchange", () => location.hash === "#lost" && show("lost"));

  /** @param {Seen} next */
  function show(next) {
    seen = next;
    kept.set(next === "applied" ? next : null);
    if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
    draw();
    find("h2", root)?.focus();
  }

  /** @param {string} lang */
  async function language(lang) {
    setPref("lang", lang);
    await loadCatalog(lang);
    draw();
  }

  function draw() {
    document.title = welcome.title;
    const parts = { form: form.draw, applied: () => drawApplied(welcome, show), lost: lost.draw, sent: lost.drawSent, stop: stop.draw };
    render(
      html`<main class="plain door join">
        ${doorTop(welcome.brand ? said(welcome.brand) : t("join.eyebrow"), language)} ${drawMission(welcome)} ${parts[seen]()}
      </main>`,
      root,
    );
  }
  draw();
}

/** @param {Welcome} welcome */
function drawMission({ id, title, picture, starts_on, ends_on, places }) {
  return html`<header class="join-mission">
    ${picture ? html`<img class="join-picture" alt="" src="/api/missions/${encodeURIComponent(id)}/picture/${picture}" />` : nothing}
    <h1>${said(title)}</h1>
    <p class="soft">${daysOf(starts_on, ends_on)} · ${places.map(({ name }, at) => html`${at ? ", " : nothing}${said(name)}`)}</p>
  </header>`;
}

/** `1–5 March 2027`, as it is said here. @param {string} first @param {string} last */
export function daysOf(first, last) {
  const format = new Intl.DateTimeFormat(currentLang() === "en" ? "en-GB" : "nl", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return format.formatRange(new Date(`${first}T12:00Z`), new Date(`${last}T12:00Z`));
}

/** @param {Welcome} welcome @param {(seen: Seen) => void} show */
function drawApplied({ letters }, show) {
  return html`<section class="stack">
    <h2 class="door-title" tabindex="-1">${t("join.applied.title")}</h2>
    <p>${t("join.applied.next")}</p>
    <p>${t(letters ? "join.applied.letter" : "join.applied.no_letter")}</p>
    <p class="row">
      <button type="button" class="button is-quiet" @click=${() => show("form")}>${t("join.applied.other")}</button>
    </p>
  </section>`;
}
