/**
 * Contacts: who would like to talk to me, what came of it, and whom I asked. Which of the three is looked at stands in
 * the address; without a word of it those who wait come first, else my leads.
 */

import { t } from "../../app/i18n.js";
import { announce, find, html, nothing, render } from "../../app/lib/dom.js";
import { leads as leadsTo } from "../../pages/mission/address.js";
import { leadsPart } from "../leads/participant.js";
import { sharingPart } from "../sharing/participant.js";
import { askedPart } from "./asked.js";
import { createNews } from "./news.js";
import { requestsPart } from "./requests.js";
import { waiting } from "./waiting.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {"requests"|"leads"|"asked"|"colleagues"} Show */

/** @type {Show[]} */
const SHOWS = ["requests", "leads", "asked", "colleagues"];
/** Colleagues' leads are come to by one's own. @type {("requests"|"leads"|"asked")[]} */
const LINKED = ["requests", "leads", "asked"];
const KINDS = ["request", "asking", "lead", "block", "slot", "cancelled", "consent", "reminders", "sharing", "participant"];

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("contacts");
  render(LAYOUT, root);
  const at = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`.contacts-${name}`, root));
  const parts = { requests: requestsPart(room, at("requests")), leads: leadsPart(room, at("leads")), asked: askedPart(room, at("asked")), colleagues: sharingPart(room, at("colleagues")) };
  /** What is shown where the address does not say: it stays while somebody is here. @type {Show|null} */
  let first = null;
  const news = createNews();

  /** What all may see comes first, and what is one's own behind it. */
  const isWhole = () => Boolean(store.position?.[0]);

  /** Who is at the list sees who comes; elsewhere it is told. */
  function tell() {
    const { asking, accepted } = news(store);
    const say = room.tab() === "contacts" ? announce : room.toast;
    if (asking) say(t("contacts.came", { n: asking }));
    for (const name of accepted) say(t("contacts.came.accepted", { name }));
  }

  /** @returns {Show} */
  function shown() {
    const words = room.address.words();
    const named = words.has("lead") ? "leads" : SHOWS.find((one) => one === words.get("show"));
    if (named) return named;
    first ??= waiting(store) ? "requests" : "leads";
    return first;
  }

  function update() {
    if (!isWhole()) return;
    tell();
    const open = room.tab() === "contacts" ? shown() : null;
    if (open !== "requests") parts.requests.leave();
    if (!open) return void (first = null);
    render(switches(room, open), at("switch"));
    for (const name of SHOWS) {
      at(name).toggleAttribute("hidden", name !== open);
      if (name === open) parts[name].update();
    }
  }

  const redraw = () => SHOWS.forEach((name) => parts[name].redraw());
  return { of: KINDS, also: () => `${isWhole()} ${room.address.words()}`, update, redraw };
}

const LAYOUT = html`<div class="contacts-page">
  <div class="contacts-switch"></div>
  <div class="contacts-requests" hidden></div>
  <div class="contacts-leads" hidden></div>
  <div class="contacts-asked" hidden></div>
  <div class="contacts-colleagues" hidden></div>
</div>`;

/** @param {Room} room @param {Show} open */
function switches({ address, store }, open) {
  const counts = { requests: waiting(store), leads: store.all("lead").length, asked: store.all("asking").length };
  const one = (/** @type {"requests"|"leads"|"asked"} */ name) => {
    const words = new URLSearchParams({ tab: "contacts", show: name });
    return html`<a class="show-link" href=${address.href(words)} aria-current=${/** @type {any} */ (name === (open === "colleagues" ? "leads" : open) ? "true" : "false")} data-show=${name} @click=${leadsTo(address, words)}
      >${t(`contacts.show.${name}`)}${counts[name] ? html` <span class="tally">${counts[name]}</span>` : nothing}</a
    >`;
  };
  return html`<nav class="show-links" aria-label=${t("contacts.shows")}>${LINKED.map(one)}</nav>
    <h2 class="unseen">${t(`contacts.show.${open}`)}</h2>`;
}
