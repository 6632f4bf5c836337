/**
 * The directory: who takes part, found by words, filters, and by what they offer that I seek. What is looked for
 * stands in the address (`look.js`); what is found comes a page at a time (`search.js`).
 */

import { refusalText, t } from "../../app/i18n.js";
import { announce, find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { createDialog } from "../../parts/dialog.js";
import { hold } from "../../parts/hold.js";
import { icon } from "../../parts/icon.js";
import { search as glass, settings2 } from "../../vendor/icons.js";
import { chips, emptyResult, facetList, matchNote, quickFilters } from "./facets.js";
import { takeEarly } from "./early.js";
import { fetched } from "./fetched.js";
import { addressOf, askedOf, chosen, lookOf, WORDS_MAX } from "./look.js";
import { organisationPage } from "./organisation.js";
import { pager, wordsOf } from "./pager.js";
import { drawRow } from "./row.js";
import { savedFilters } from "./saving.js";
import { createSearch } from "./search.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./search.js").Card} Card */
/** @typedef {import("./search.js").Found} Found */
/** `typed`: letter by letter is one step back @typedef {(look: Look, how?: {typed?: boolean}) => void} Go */
/** @typedef {{room: Room, look: Look, found: Found|null, go: Go, redraw: () => void, prefix?: string}} How */

/** The line above those who do not fit. @typedef {{id: "rest"}} Rest */

/** Who is here now is looked at anew so often. */
const FRESH_MS = 45_000;

/** @param {Room} room */
export function create(room) {
  const root = room.place("participants");
  render(LAYOUT, root);
  const at = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`.dir-${name}`, root));
  const ask = (/** @type {Look} */ look, /** @type {AbortSignal} */ signal, /** @type {string} */ known) =>
    takeEarly(look) ?? fetched(room, "participants", askedOf(look, known), signal);
  const search = createSearch({ ask, changed: () => draw() });
  const list = keyedList(at("cards"), {
    draw: (/** @type {Card|Rest} */ row) => ("name" in row ? drawRow(room, row) : t("directory.match.rest")),
    row: (element, row) => void (element.className = "name" in row ? `person-card ${row.reasons?.length ? "is-fitting" : ""}` : "dir-rest"),
  });
  const organisation = organisationPage(room, at("organisation"));
  const saved = savedFilters(room, () => draw());
  const filters = createDialog("directory-filters");
  const look = () => lookOf(room.address.words());
  const isShown = () => room.tab() === "participants" && !room.address.words().get("org");
  /** Filters stand in a dialog of their own (participant.css). */
  const oneColumn = matchMedia("(max-width: 60rem)");
  /** What the last question was about: the look, and my card and sessions as far as they are known. */
  let about = "-";
  let mine = "";
  let isTyped = false;
  let isHeld = false;
  /** Of what the list is. @type {Found|null} */
  let listed = null;
  let listedFor = "";

  oneColumn.addEventListener("change", () => draw());
  hold(at("cards"), (held) => ((isHeld = held), held || draw()), { whole: false });
  setInterval(() => isShown() && !document.hidden && search.refresh(), FRESH_MS);

  /** @type {Go} */
  function go(wanted, { typed = false } = {}) {
    isTyped = typed;
    room.address.go(wordsOf(wanted), { replace: typed });
    isTyped = false;
  }

  function update() {
    if (room.tab() !== "participants") return;
    const org = room.address.words().get("org");
    at("all").toggleAttribute("hidden", Boolean(org));
    organisation.update(org);
    if (org) return;
    const wanted = look();
    const now = String(addressOf(wanted));
    const me = room.me() ? JSON.stringify([room.me(), room.store.all("attending")]) : mine;
    // what fits me is another matter once my card is
    if (now !== about || (mine && me !== mine)) search.look(wanted, isTyped);
    [about, mine] = [now, me];
    draw();
  }

  function draw() {
    if (!isShown()) return;
    const wanted = look();
    const { found, problem, isAsking } = search.state;
    /** @type {How} */
    const how = { room, look: wanted, found, go, redraw: draw };
    render(searchField(wanted, go), at("search"));
    render(html`${quickFilters(how)} ${filterButton(wanted)} ${saved(wanted, go)}`, at("quick"));
    render(oneColumn.matches ? nothing : facetList(how), at("facets"));
    render(chips(how), at("chips"));
    if (filters.isOpen()) drawFilters();
    at("cards").classList.toggle("is-waiting", isAsking && !search.isOf(wanted));
    if (found) drawFound(how, found);
    else render(waiting(problem), at("none"));
  }

  /** @param {How} how @param {Found} found */
  function drawFound(how, found) {
    const of = String(addressOf(search.state.of ?? how.look));
    // while somebody points at a card the same question moves nothing under them
    if (found !== listed && !(isHeld && of === listedFor)) {
      list.update(found.fitting ? withRest(found.cards) : found.cards);
      if (listedFor !== of) announce(t("directory.found", { n: found.total }));
      [listed, listedFor] = [found, of];
    }
    render(found.total ? nothing : emptyResult(how), at("none"));
    render(html`${t("directory.found", { n: found.total })}`, at("count"));
    render(matchNote(how), at("note"));
    render(pager(how, found), at("pages"));
  }

  /** @param {Look} wanted */
  function filterButton(wanted) {
    const n = chosen(wanted).length;
    const open = () => (drawFilters(), filters.open());
    return html`<button type="button" class="button is-small dir-filter-button" @click=${open}>
      ${icon(settings2)} ${t("directory.filters")}${n ? html` <span class="count">${n}</span>` : nothing}
    </button>`;
  }

  function drawFilters() {
    const { found } = search.state;
    filters.draw(
      t("directory.filters"),
      html`<div class="dir-facets is-dialog">${facetList({ room, look: look(), found, go, redraw: drawFilters, prefix: "dialog-" })}</div>
        <div class="form-foot"><button type="button" class="button is-primary" @click=${() => filters.close()}>
          ${t("directory.show", { n: found?.total ?? 0 })}
        </button></div>`,
    );
  }

  const redraw = () => (list.redraw(), organisation.redraw());
  return { of: ["participant", "attending", "slot"], also: () => String(room.address.words()), update, redraw };
}

/** Those who fit, and under a line of its own who does not, though they are found. @param {Card[]} cards
 * @returns {(Card|Rest)[]} */
function withRest(cards) {
  const at = cards.findIndex(({ reasons }) => !reasons?.length);
  return at < 0 ? cards : [...cards.slice(0, at), { id: "rest" }, ...cards.slice(at)];
}

const LAYOUT = html`<div class="dir-all">
    <div class="dir-top">
      <div class="dir-search"></div>
      <div class="dir-quick"></div>
    </div>
    <div class="dir-facets is-side"></div>
    <div class="dir-main">
      <div class="dir-line"><h2 class="dir-count"></h2><div class="dir-chips"></div></div>
      <div class="dir-note"></div>
      <ul class="dir-cards"></ul>
      <div class="dir-none"></div>
      <div class="dir-pages"></div>
    </div>
  </div>
  <div class="dir-organisation"></div>`;

/** @param {Look} look @param {Go} go */
function searchField(look, go) {
  const type = (/** @type {any} */ { target }) => go({ ...look, q: target.value, page: 0 }, { typed: true });
  const field = /** @type {HTMLInputElement|null} */ (document.getElementById("directory-search"));
  // who types has the last word on what stands there
  const value = field && field === document.activeElement && field.value.trim() === look.q ? field.value : look.q;
  return html`<label class="unseen" for="directory-search">${t("directory.search")}</label>
    <span class="dir-glass">${icon(glass)}</span>
    <input
      id="directory-search"
      type="search"
      maxlength=${WORDS_MAX}
      autocomplete="off"
      spellcheck="false"
      placeholder=${t("directory.search.hint")}
      .value=${value}
      @input=${type}
    />`;
}

/** @param {import("./search.js").Problem|null} problem */
const waiting = (problem) =>
  problem
    ? html`<p class="empty" role="alert">${refusalText(problem.code, problem.text)}</p>`
    : html`<p class="empty">${t("directory.loading")}</p>`;
