/** People: who is here, hosts first; and oneself, with how one's name is said and what one does. */

import { currentLang, t } from "../../i18n.js";
import { find, html, nothing, render } from "../../lib/dom.js";
import { keyedList } from "../../lib/list.js";
import { imitationBadge } from "../imitation.js";
import { orderedPeople } from "./order.js";
import { disc, fromWhere, personLink, roleBadge } from "./parts.js";

/** @typedef {import("../shell.js").Room} Room */
/** @typedef {import("../../store.js").Item} Item */
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
  /** When we were greeted, as last told. @type {number|null} */
  let greetedAt = null;

  function edit() {
    import("./introduce.js").then(
      ({ openIntroduction }) => openIntroduction(room),
      () => room.toast(t("problem.passing.text"), true),
    );
  }

  /** @param {Item|undefined} me */
  function tellGreeting(me) {
    const at = me?.greeted?.at ?? null;
    if (at === greetedAt) return;
    greetedAt = at;
    if (at && Date.now() - at < 60_000) room.toast(t("people.greeted", { name: me?.greeted.name }));
  }

  /** @param {number} here */
  function drawTop(here) {
    const me = room.me();
    const type = (/** @type {Event} */ event) => (
      (search = /** @type {HTMLInputElement} */ (event.target).value),
      update()
    );
    return html`${me ? drawMe(me, edit) : nothing}
      <label class="unseen" for="people-search">${t("people.search")}</label>
      <input id="people-search" type="search" placeholder=${t("people.search")} .value=${search} @input=${type} />
      <p class="soft" role="status">${search ? t("people.found", { n: here }) : t("people.count", { n: here })}</p>`;
  }

  function update() {
    tellGreeting(room.me());
    if (room.tab() !== "people") return;
    const people = orderedPeople(store.all("person"), search, currentLang());
    at(".scroller").setAttribute("aria-label", t("tab.people"));
    render(drawTop(search ? people.length : people.filter((person) => person.here).length), at(".people-top"));
    list.update(people.map((person) => ({ id: person.id, person })));
    render(
      people.length ? nothing : html`<p class="empty">${t(search ? "people.nobody_found" : "people.nobody")}</p>`,
      at(".none"),
    );
  }

  return { update, redraw: () => list.redraw() };
}

/**
 * @param {Item} me
 * @param {() => void} edit
 */
function drawMe(me, edit) {
  return html`<div class="card me">
    <p class="row">
      ${disc(me)}
      <span
        ><strong><bdi dir="auto">${me.name}</bdi></strong> <span class="badge">${t("people.you")}</span> ${imitationBadge(me)}<br /><span
          class="soft"
          >${fromWhere(me)}</span
        ></span
      >
    </p>
    ${me.greeted
      ? html`<p class="greeted">
          <span aria-hidden="true">👋</span> ${t("people.greeted", { name: me.greeted.name })}
        </p>`
      : nothing}
    <button type="button" class="button is-small" @click=${edit}>
      ${t(me.pitch ? "people.edit" : "people.introduce")}
    </button>
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
        <strong><bdi dir="auto">${person.name}</bdi></strong> ${roleBadge(person.role)} ${imitationBadge(person)}
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
