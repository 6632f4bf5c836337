/**
 * Somebody's card, opened by their name wherever it stands: who they are as far as this session knows, what their
 * mission's participants may know besides, and for hosts what they did this week; with what may be done.
 *
 * It comes when a name is pressed, so it may weigh what it weighs.
 *
 * @typedef {import("../records.js").Person} Person
 * @typedef {{id?: string, place?: string, sectors?: string[], offers?: string[], seeks?: string[], languages?: string[],
 *   sessions?: {id: string, title: string, starts_at: number, role: string}[], reasons?: {what: string, tag: string}[]}} More
 *   what their mission tells
 * @typedef {{store: import("../../app/store.js").Store, as: string, mission?: string,
 *   greet?: (person: Person, aloud: boolean) => void, edit?: () => void,
 *   contacts?: import("../../mission/asking/in_session.js").Contacts}} Opener  whose page it is, and what they may do
 */

import { query, request } from "../../app/enter.js";
import { currentLang, formatTime, has, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { disc, headline, marks, place } from "../../parts/card.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { personLink, said } from "../../parts/text.js";
import { mePath, weekPath } from "../../parts/to_week.js";
import { externalLink } from "../../vendor/icons.js";
import { day, reasons } from "./week.js";

/** What comes within it is there when the card opens, so that it does not grow under a finger. */
const SOON_MS = 400;

/** @param {Opener} opener @param {string} id */
export async function openCard(opener, id) {
  const { store, as, mission, contacts } = opener;
  const where = contacts?.talk.place() ?? "";
  const dialog = createDialog("card");
  /** @type {More} */
  let more = {};

  function draw() {
    const person = /** @type {Person|undefined} */ (store.get("person", id));
    if (person) dialog.draw(said(headline(person)), drawCard(person, more, opener, dialog.close, where));
  }

  const asked = mission ? moreOf(mission, id, as).then((found) => void (more = found)) : Promise.resolve();
  await Promise.race([asked, new Promise((soon) => setTimeout(soon, SOON_MS))]);
  if (!store.get("person", id)) return;
  draw();
  dialog.open();
  const again = () => (dialog.isOpen() ? draw() : stops.forEach((stop) => stop()));
  const stops = [store.subscribe(again), ...(contacts ? [contacts.subscribe(again)] : [])];
  void asked.then(() => dialog.isOpen() && draw());
}

/** Who is not in the list of participants has a card all the same: what they said here. @param {string} mission
 * @param {string} id @param {string} as @returns {Promise<More>} */
const moreOf = (mission, id, as) =>
  request(`/api/missions/${encodeURIComponent(mission)}/participants/${encodeURIComponent(id)}${query(as)}`).catch(() => ({}));

/** @param {Person} person @param {More} more @param {Opener} opener @param {() => void} close @param {string} where */
function drawCard(person, more, opener, close, where) {
  const { organisation, kind, country, pitch, link, say_as: sayAs } = person;
  return html`<div class="person-card">
    <div class="row">
      ${disc(person)}
      <div>
        ${organisation ? html`<p>${said(organisation)}</p>` : nothing}
        <p class="soft dots">
          ${kind ? html`<span>${t(`kind.${kind}`)}</span>` : nothing}
          ${country || more.place ? html`<span>${more.place ? html`${said(more.place)} ` : nothing}${place(country)}</span>` : nothing}
        </p>
      </div>
      <p class="person-marks">${marks(person)}</p>
    </div>
    ${sayAs ? html`<p class="soft">${t("card.say_as", { name: sayAs })}</p>` : nothing}
    ${pitch ? html`<p>${said(pitch)}</p>` : nothing} ${link ? html`<p>${personLink(link)}</p>` : nothing}
    ${drawMore(more)} ${person.week && has("host.card.week") ? drawWeek(person, opener.store.you?.id) : nothing}
    ${opener.contacts?.talk.draw(person, more, where, !opener.greet)} ${drawActs(person, opener, more, close)}
  </div>`;
}

/** @param {More} more */
function drawMore({ offers = [], seeks = [], sectors = [], languages = [], sessions = [] }) {
  const names = new Intl.DisplayNames([currentLang()], { type: "language" });
  const spoken = languages.map((code) => names.of(code) ?? code);
  const tags = { offers, seeks, sectors, languages: spoken, leads: sessions.map(({ title }) => title) };
  const said = Object.entries(tags).filter(([, each]) => each.length);
  return said.length ? html`<dl class="person-more">${said.map(([what, each]) => drawTags(what, each))}</dl>` : nothing;
}

/** @param {string} what @param {string[]} tags */
function drawTags(what, tags) {
  return html`<div>
    <dt>${t(`card.${what}`)}</dt>
    <dd>${tags.map((tag) => html`<span class="badge">${said(tag)}</span> `)}</dd>
  </div>`;
}

/** For those who lead, who alone are told, on the page that has the words. @param {Person} person @param {string|undefined} you */
function drawWeek(person, you) {
  const { asked = [], spoke = [], last } = person.week ?? {};
  const moments = [
    ...asked.map((one) => ({ ...one, what: "asked" })),
    ...spoke.map((one) => ({ ...one, what: "spoke" })),
    ...(last ? [{ ...last, what: "came" }] : []),
  ].sort((a, b) => b.at - a.at);
  return html`<section class="person-week">
    <h3>${t("host.card.week")}</h3>
    <ul>
      ${reasons(person, { you, moments: false }).map((reason) => html`<li><strong>${reason}</strong></li>`)}
      ${moments.map(
        ({ what, title, at }) =>
          html`<li>
            ${t(`host.card.${what}`, { day: day(at), time: formatTime(at) })}
            ${title ? html`<span class="soft">${said(title)}</span>` : nothing}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** @param {Person} person @param {Opener} opener @param {More} more @param {() => void} close */
function drawActs(person, { store, as, mission, greet, edit }, more, close) {
  const mine = person.id === store.you?.id;
  const doing = (/** @type {() => void} */ act) => () => (close(), act());
  // of whom a mission knows, the card is theirs for the whole week
  if (mine && mission) return html`<div class="row">${elsewhere(mePath(mission, as), t("people.edit"), "")}</div>`;
  if (mine && edit) return html`<div class="row">${button(t("people.edit"), doing(edit))}</div>`;
  const greets = greet && !mine && !person.greeted && person.role !== "host" && person.role !== "organiser";
  // who is listed has a card in the mission, too, which says why they fit
  const listed = mission && more.id ? `${weekPath(mission, as)}&tab=participants&card=${encodeURIComponent(person.id)}` : "";
  if (!greets && !listed) return nothing;
  return html`<div class="row person-acts">
    ${
      greets
        ? html`${button(t("host.greet"), doing(() => greet(person, false)), "is-primary")}
          ${button(t("host.card.aloud"), doing(() => greet(person, true)))}`
        : nothing
    }
    ${listed ? elsewhere(listed, t("card.listed")) : nothing}
  </div>`;
}

/** What of the mission opens beside the hour, which goes on. @param {string} path @param {string} label @param {string} [look] */
const elsewhere = (path, label, look = "is-quiet") =>
  html`<a class="button ${look}" href=${path} target="_blank" rel="noopener">${label} ${icon(externalLink)}</a>`;

/** @param {string} label @param {() => void} press @param {string} [look] */
const button = (label, press, look = "") =>
  html`<button type="button" class="button ${look}" @click=${press}>${label}</button>`;
