/**
 * Leads of colleagues: whom I share mine with, who asks me to, and what I read of theirs. It is asked for when
 * somebody looks, and again when what is shared became another.
 *
 * @typedef {{whom: string, name: string, organisation: string, at: number, where: string, session: string,
 *   next_step: string, due: string, done: boolean}} Lead
 * @typedef {{colleagues: {id: string, name: string}[], shared: {id: string, name: string, leads: Lead[]}[]}} Told
 */

import { currentLang, isolated, refusalText, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { empty } from "../../parts/act.js";
import { disc } from "../../parts/card.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { sure } from "../../parts/sure.js";
import { said } from "../../parts/text.js";
import { download } from "../../vendor/icons.js";
import { drawBegan } from "../contacts/began.js";
import { day } from "../contacts/when.js";
import { fetched, pathOf } from "../directory/fetched.js";
import { openCard } from "../directory/opening.js";
import { dayWords } from "../leads/days.js";
import { dayOf } from "../leads/filtering.js";
import { toMine } from "./way.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */

const AGAIN_MS = 30_000;

/** @param {Room} room @param {HTMLElement} root */
export function sharingPart(room, root) {
  const { store } = room;
  const dialog = createDialog("sharing");
  /** @type {Told|null} */
  let told = null;
  let wrong = "";
  let askedFor = "";
  let askedAt = -Infinity;
  let chosen = "";

  const sharings = () => [...store.all("sharing")].sort((a, b) => a.asked - b.asked);
  /** By what it has to be asked for again. */
  const key = () => JSON.stringify([sharings(), room.me()?.organisation]);

  function ask(force = false) {
    if (!store.joined || (!force && key() === askedFor && performance.now() - askedAt < AGAIN_MS)) return;
    askedFor = key();
    askedAt = performance.now();
    fetched(room, "shared").then(
      (found) => ((told = found), (wrong = ""), draw()),
      ({ code, text }) => ((wrong = refusalText(code, text)), draw()),
    );
  }

  /** @param {string} command @param {Record<string, string>} args @param {string} did */
  const act = (command, args, did) =>
    store.do(command, args).done.then(
      () => room.toast(t(did)),
      ({ code, text }) => room.toast(refusalText(code, text), true),
    );

  /** What is shared is said before. @param {string} id @param {string} name @param {() => void} run */
  function confirm(id, name, run) {
    const yes = () => (dialog.close(), run());
    dialog.draw(
      t("sharing.confirm.title", { name: isolated(name) }),
      html`<p><strong>${t("sharing.read.title")}</strong> ${t("sharing.read")}</p>
        <p><strong>${t("sharing.read.not.title")}</strong> ${t("sharing.read.not")}</p>
        <p class="soft">${t("sharing.until")}</p>
        ${sure({ label: t("sharing.cancel"), run: dialog.close }, { label: t(id ? "sharing.agree" : "sharing.ask"), act: "share", run: yes, isCalm: true })}`,
    );
    dialog.open();
  }

  const acts = {
    agree: (/** @type {Item} */ { id, name }) => confirm(id, name, () => void act("agree_sharing", { sharing: id }, "sharing.did.agreed")),
    end: (/** @type {Item} */ { id }) => void act("end_sharing", { sharing: id }, "sharing.did.ended"),
    choose: (/** @type {Event} */ { target }) => ((chosen = /** @type {HTMLSelectElement} */ (target).value), draw()),
    ask(/** @type {Event} */ event) {
      event.preventDefault();
      const whom = told?.colleagues.find(({ id }) => id === chosen);
      if (whom) confirm("", whom.name, () => void act("ask_sharing", { whom: whom.id }, "sharing.did.asked").then(() => (chosen = "")));
    },
    again: () => ask(true),
  };

  const draw = () => render(drawAll(room, { told, wrong, chosen, sharings: sharings() }, acts), root);
  return { update: () => (ask(), draw()), redraw: draw };
}

/** @typedef {{agree: (one: Item) => void, end: (one: Item) => void, choose: (event: Event) => void, ask: (event: Event) => void, again: () => void}} Acts */

/** @param {Room} room @param {{told: Told|null, wrong: string, chosen: string, sharings: Item[]}} now @param {Acts} acts */
function drawAll(room, { told, wrong, chosen, sharings }, acts) {
  const organisation = room.me()?.organisation;
  const open = sharings.filter(({ agreed }) => !agreed);
  return html`<div class="sharing">
    <p>${toMine(room)}</p>
    <div class="sharing-head"><h2>${t("sharing.title")}</h2><p class="soft">${t("sharing.what")}</p></div>
    ${wrong ? html`<p role="alert">${t("sharing.not_loaded")} ${wrong} <button type="button" class="button is-small" @click=${acts.again}>${t("sharing.again")}</button></p>` : nothing}
    ${open.length ? html`<ul class="sharing-open">${open.map((one) => html`<li class="panel" data-sharing=${one.id}>${one.mine ? drawMine(one, acts) : drawTheirs(one, acts)}</li>`)}</ul>` : nothing}
    ${organisation ? (told ? drawAsk(told, sharings, organisation, chosen, acts) : wrong ? nothing : html`<p class="soft">${t("sharing.loading")}</p>`) : empty(t("sharing.organisation"))}
    ${told ? sharings.filter(({ agreed }) => agreed).map((one) => drawShared(room, one, told, acts)) : nothing}
    ${told?.shared.some(({ leads }) => leads.length)
      ? html`<p><a class="button is-small" download href=${pathOf(room, "leads.xlsx", new URLSearchParams({ lang: currentLang(), shared: "1" }))}>${icon(download)} ${t("sharing.file")}</a></p>`
      : nothing}
  </div>`;
}

/** @param {Item} one @param {Acts} acts */
const drawMine = (one, { end }) => html`<p><strong><bdi dir="auto">${one.name}</bdi></strong> <span class="soft">${t("sharing.asked", { date: day(one.asked) })}</span></p>
  <p class="row"><button type="button" class="button is-small is-quiet" data-act="withdraw" @click=${() => end(one)}>${t("sharing.withdraw")}</button></p>`;

/** @param {Item} one @param {Acts} acts */
const drawTheirs = (one, { agree, end }) => html`<p><strong><bdi dir="auto">${one.name}</bdi></strong> ${t("sharing.asks")}</p>
  <p class="row">
    <button type="button" class="button is-small is-primary" data-act="agree" @click=${() => agree(one)}>${t("sharing.agree")}</button>
    <button type="button" class="button is-small is-quiet" data-act="decline" @click=${() => end(one)}>${t("sharing.decline")}</button>
  </p>`;

/** @param {Told} told @param {Item[]} sharings @param {string} organisation @param {string} chosen @param {Acts} acts */
function drawAsk({ colleagues }, sharings, organisation, chosen, { choose, ask }) {
  const known = new Set(sharings.map(({ whom }) => whom));
  const left = colleagues.filter(({ id }) => !known.has(id));
  if (!left.length) return sharings.length ? nothing : empty(t("sharing.nobody", { organisation: isolated(organisation) }));
  return html`<form class="sharing-ask" @submit=${ask}>
    <label class="field-line">${t("sharing.choose")}
      <select name="colleague" @change=${choose}>
        <option value="" .selected=${!chosen}></option>
        ${left.map(({ id, name }) => html`<option value=${id} .selected=${id === chosen}>${name}</option>`)}
      </select></label>
    <button class="button" data-act="ask" ?disabled=${!chosen}>${t("sharing.ask")}</button>
  </form>`;
}

/** @param {Room} room @param {Item} one @param {Told} told @param {Acts} acts */
function drawShared(room, one, told, { end }) {
  const leads = told.shared.find(({ id }) => id === one.whom)?.leads ?? [];
  const today = dayOf(serverNow());
  return html`<section class="sharing-list" aria-label=${t("sharing.with", { name: one.name })} data-sharing=${one.id}>
    <div class="request-head">
      <h3>${t("sharing.with", { name: isolated(one.name) })} <span class="tally">${leads.length}</span></h3>
      <button type="button" class="button is-small is-quiet" data-act="end" aria-label=${t("sharing.end_with", { name: one.name })} @click=${() => end(one)}>${t("sharing.end")}</button>
    </div>
    ${leads.length ? html`<ul class="leads-list">${leads.map((lead) => drawLead(room, lead, today))}</ul>` : html`<p class="soft">${t("sharing.none", { name: isolated(one.name) })}</p>`}
  </section>`;
}

/** @param {Room} room @param {Lead} lead @param {string} today */
const drawLead = (room, { whom, name, organisation, at, where, session, next_step: step, due, done }, today) => html`<li class="name-row lead-row ${done ? "is-done" : ""}">
  ${disc({ id: whom, name })}
  <div class="lead-who">
    <p><button type="button" class="name-button" data-act="card" @click=${() => openCard(room, whom)}><bdi dir="auto">${name}</bdi></button>
      ${done ? html`<span class="badge is-good">${t("leads.done")}</span>` : nothing}</p>
    ${organisation ? html`<p class="soft"><bdi dir="auto">${organisation}</bdi></p>` : nothing}
    ${step || due
      ? html`<p class="lead-step dots">${step ? html`<span>${said(step)}</span>` : nothing}${due ? html`<span class=${!done && due <= today ? "is-due" : "soft"}>${dayWords(due, today)}</span>` : nothing}</p>`
      : nothing}
    <p class="soft lead-step">${drawBegan(room, { where, at, session }, "question")}</p>
  </div>
</li>`;
