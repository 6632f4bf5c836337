/** People: who is here, hosts first; and oneself, with how one's name is said and what one does. */

import { currentLang, t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { drawWave } from "./greeting.js";
import { isAudience, orderedPeople } from "./order.js";
import { disc, fromWhere, named } from "../../parts/card.js";
import { personLink } from "../../parts/text.js";
import { mePath } from "../../parts/to_week.js";
import { handshake } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {{id: string, person: Item}} Row */

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("people");
  render(
    html`<div class="scroller" tabindex="0" role="group">
      <div class="people-top"></div>
      <ul class="people"></ul>
      <div class="none"></div>
    </div>`,
    root,
  );
  const at = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (find(selector, root));
  const list = keyedList(at(".people"), {
    draw: (/** @type {Row} */ row) => drawPerson(row, store.you?.id),
    row: (element, { person }) => void (element.className = `person ${person.here ? "" : "is-away"}`),
  });
  let search = "";

  function edit() {
    import("./introduce.js").then(
      ({ openIntroduction }) => openIntroduction(room),
      () => room.toast(t("problem.passing.text"), true),
    );
  }

  /** @param {number} here */
  function drawTop(here) {
    const me = room.me();
    const type = (/** @type {Event} */ event) => (
      (search = /** @type {HTMLInputElement} */ (event.target).value),
      update()
    );
    return html`${me ? drawMe(room, me, edit) : nothing}
      <label class="unseen" for="people-search">${t("people.search")}</label>
      <input id="people-search" type="search" placeholder=${t("people.search")} .value=${search} @input=${type} />
      <p class="soft" role="status">${search ? t("people.found", { n: here }) : t("people.count", { n: here })}</p>`;
  }

  function drawEmpty() {
    if (!search) return html`<p class="empty">${t(store.position ? "people.nobody" : "frame.loading")}</p>`;
    const all = () => ((search = ""), update(), find("#people-search", root)?.focus());
    return html`<div class="empty">
      <p>${t("people.nobody_found")}</p>
      <button type="button" class="button is-small" @click=${all}>${t("people.everybody")}</button>
    </div>`;
  }

  function update() {
    if (room.tab() !== "people") return;
    const people = orderedPeople(store.all("person"), search, currentLang());
    at(".scroller").setAttribute("aria-label", t("tab.people"));
    render(drawTop(search ? people.length : people.filter(isAudience).length), at(".people-top"));
    list.update(people.map((person) => ({ id: person.id, person })));
    render(
      people.length ? nothing : drawEmpty(),
      at(".none"),
    );
  }

  return { of: ["person"], update, redraw: () => list.redraw() };
}

/**
 * @param {Room} room
 * @param {Item} me
 * @param {() => void} edit
 */
function drawMe(room, me, edit) {
  const { mission, as } = room.identity;
  return html`<div class="card me">
    <p class="row">
      ${disc(me)}
      <span
        >${named(me)} <span class="badge">${t("people.you")}</span><br /><span
          class="soft"
          >${fromWhere(me)}</span
        ></span
      >
    </p>
    ${me.greeted
      ? html`<p class="greeted">
          ${icon(handshake)} <bdi>${t("people.greeted", { name: me.greeted.name })}</bdi> ${drawWave(room, me.greeted)}
        </p>`
      : nothing}
    ${mission
      ? html`<a class="button is-small" href=${mePath(mission, as)} target="_blank" rel="noopener">${t("people.edit")}</a>`
      : html`<button type="button" class="button is-small" @click=${edit}>${t("people.edit")}</button>`}
  </div>`;
}

/**
 * @param {{person: Item}} row
 * @param {string|undefined} you
 */
function drawPerson({ person }, you) {
  return html`${disc(person)}
    <div class="person-main">
      <p>
        ${named(person)}
        ${person.id === you ? html`<span class="badge">${t("people.you")}</span>` : nothing}
      </p>
      <p class="soft">
        ${fromWhere(person)}${person.here ? nothing : html` <span class="badge">${t("people.away")}</span>`}
      </p>
      ${person.pitch || person.link
        ? html`<p class="person-pitch"><bdi dir="auto">${person.pitch}</bdi> ${personLink(person.link)}</p>`
        : nothing}
    </div>`;
}
