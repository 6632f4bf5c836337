/**
 * The greeting desk: who came in, how to say their name, who has been greeted by whom; and raised hands.
 *
 * The list of rows is held still while somebody is at it (arrivals.js says why); `held` keeps its ids.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Person} Person
 * @typedef {Person & {busy: boolean, out: boolean}} Row  busy while a command about them is under way
 */

import { find, html, nothing, render } from "../../lib/dom.js";
import { attempt, show } from "../../lib/failsafe.js";
import { keyedList } from "../../lib/list.js";
import { formatTime, t } from "../../i18n.js";
import { imitationBadge } from "../imitation.js";
import { arrivals, heldStill, nextToGreet } from "./arrivals.js";
import { drawHands } from "./hands.js";
import { drawEndsButton } from "./ends.js";
import { hold } from "./hold.js";
import { isAudience, makeup } from "./makeup.js";
import { drawMakeup } from "./makeup_bar.js";
import { actButton, empty, kindName, shortPlace } from "./parts.js";
import { drawReadmit, drawRemoved, isRemoved } from "./removed.js";

/** More rows than anybody greets in one go; the search finds the others. */
const ROWS_MAX = 300;

/** @param {HTMLElement} root @param {Host} host */
export function deskPanel(root, host) {
  /** @type {string[]|null} */
  let held = null;
  /** @type {Person[]} */
  let rows = [];
  let { wish } = host.ui.now;
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const list = keyedList(part("list"), { draw: (/** @type {Row} */ row) => drawPerson(row, host), row: markPerson });
  hold(part("list"), (on) => {
    held = on ? rows.map((person) => person.id) : null;
    attempt(root, draw);
  });
  const letIn = () => {
    held = null;
    attempt(root, draw);
    held = rows.map((person) => person.id);
    part("list").scrollTo({ top: 0 });
  };

  function draw() {
    if (wish !== host.ui.now.wish) forget();
    const people = /** @type {readonly Person[]} */ (host.store.all("person"));
    const wanted = arrivals(people, host.ui.now.wish);
    const still = heldStill(wanted, held, (id) => /** @type {Person|undefined} */ (host.store.get("person", id)));
    rows = still.rows;
    show(part("title"), () => drawTitle(host, wanted.length, still.fresh, letIn));
    // its height changes with its numbers, which would move the rows too
    if (!held) show(part("head"), () => drawHead(people, host));
    show(part("hands"), () => drawHands(people, host));
    part("list").hidden = !rows.length;
    list.update(rows.slice(0, ROWS_MAX).map(asRow));
    show(part("rest"), () => (rows.length ? drawRest(rows.length - ROWS_MAX) : drawEmpty(people, host)));
    show(part("removed"), () => drawRemoved(host));
  }

  /** @param {Person} person @returns {Row} */
  const asRow = (person) => ({ ...person, busy: host.acts.busy(person.id), out: isRemoved(host, person.id) });

  /** Another filter is another list: nothing of the old one need be held. */
  function forget() {
    ({ wish } = host.ui.now);
    held = null;
    part("list").scrollTop = 0;
  }

  return {
    draw,
    redraw: () => list.redraw(),
    greetNext() {
      const person = nextToGreet(rows);
      if (person) greet(host, person, false);
      else host.acts.hint(t("host.desk.all_greeted"));
    },
  };
}

const SHELL = html`<div data-part="title"></div>
  <div data-part="head"></div>
  <ul class="arrivals" data-part="list" data-keys="within"></ul>
  <div data-part="rest"></div>
  <div data-part="hands" data-keys="within"></div>
  <div data-part="removed"></div>`;

/** Newcomers are announced beside the title: a button above the rows would push them away from the pointer.
 * @param {Host} host @param {number} shown @param {number} fresh @param {() => void} letIn */
function drawTitle(host, shown, fresh, letIn) {
  return html`<div class="panel-head">
    <h2 id="desk-title">${t("host.desk")}</h2>
    ${
      fresh
        ? html`<button type="button" class="button is-small fresh" @click=${letIn}>
            ${t("host.desk.fresh", { n: fresh })}
          </button>`
        : html`<span class="tally"
            >${t(host.ui.now.wish.all ? "host.desk.shown" : "host.desk.to_greet", { n: shown })}</span
          >`
    }
  </div>`;
}

/** @param {readonly Person[]} people @param {Host} host */
function drawHead(people, host) {
  const { wish } = host.ui.now;
  const wished = (/** @type {Partial<typeof wish>} */ change) => host.ui.set({ wish: { ...wish, ...change } });
  return html`${drawMakeup(makeup(people))}
    <div class="filters">
      <input
        type="search"
        .value=${wish.search}
        placeholder=${t("host.desk.search")}
        aria-label=${t("host.desk.search")}
        @input=${(/** @type {Event} */ e) => wished({ search: /** @type {HTMLInputElement} */ (e.target).value })}
      />
      <label class="check">
        <input type="checkbox" .checked=${!wish.all} @change=${() => wished({ all: !wish.all })} />
        ${t("host.desk.only_new")}
      </label>
      <button
        type="button"
        class="button is-small is-quiet"
        @click=${() => wished({ order: wish.order === "newest" ? "arrival" : "newest" })}
      >
        ${t(wish.order === "newest" ? "host.desk.newest" : "host.desk.arrival")}
      </button>
    </div>`;
}

/** @param {number} n */
const drawRest = (n) => (n > 0 ? empty(t("host.desk.rest", { n })) : nothing);

/** @param {readonly Person[]} people @param {Host} host */
function drawEmpty(people, host) {
  if (host.ui.now.wish.search) return empty(t("host.desk.not_found"));
  const someone = people.some((person) => person.here && isAudience(person));
  return empty(t(someone ? "host.desk.all_greeted" : "host.desk.nobody"));
}

/** @param {HTMLElement} row @param {Row} person */
function markPerson(row, person) {
  row.className = "arrival";
  row.classList.toggle("is-greeted", Boolean(person.greeted));
  row.classList.toggle("is-away", !person.here);
}

/** @param {Row} person @param {Host} host */
function drawPerson(person, host) {
  return html`<div class="arrival-who">
      <p class="arrival-name">
        ${person.hand ? html`<span class="hand" role="img" aria-label=${t("host.hand")}>✋</span>` : nothing}
        <strong>${person.name}</strong> ${imitationBadge(person)}
        ${person.role === "speaker" ? html`<span class="badge is-host">${t("host.role.speaker")}</span>` : nothing}
        ${person.out ? nothing : drawEndsButton(person, host)}
        ${person.busy ? html`<span class="badge">${t("host.sending")}</span>` : nothing}
        ${person.here ? nothing : html`<span class="badge">${t(person.out ? "host.out" : "host.left")}</span>`}
      </p>
      <p class="arrival-say">
        ${person.say_as ? html`<span class="say-as">${t("host.say_as", { name: person.say_as })}</span>` : nothing}
        ${person.first_time ? html`<span class="badge is-new">${t("host.first_time")}</span>` : nothing}
      </p>
      <p class="facts">
        ${person.organisation ? html`<span>${person.organisation}</span>` : nothing}
        <span>${kindName(person.kind)}</span> ${shortPlace(person.country)}
        ${person.since ? html`<time>${formatTime(person.since)}</time>` : nothing}
      </p>
    </div>
    <div class="arrival-acts">${drawActs(person, host)}</div>`;
}

/** @param {Row} person @param {Host} host */
function drawActs(person, host) {
  if (person.out) return drawReadmit(host, person.id);
  return person.greeted ? drawGreeted(person, host) : drawGreet(person, host);
}

/** @param {Person} person @param {Host} host */
function drawGreet(person, host) {
  const how = { key: false, name: person.name };
  return html`<div class="acts">
    ${actButton("greet", t("host.greet"), () => greet(host, person, false), how)}
    ${actButton("greet_aloud", t("host.greet_aloud"), () => greet(host, person, true), { ...how, look: "is-quiet" })}
  </div>`;
}

/** @param {Person} person @param {Host} host */
function drawGreeted(person, host) {
  const { name = "", at = 0, aloud = false } = person.greeted ?? {};
  const undo = () => void host.acts.do("ungreet", { person: person.id });
  return html`<p class="greeted">
      ✓ ${t(aloud ? "host.greeted_aloud" : "host.greeted", { name, time: formatTime(at) })}
    </p>
    ${actButton("ungreet", t("host.undo"), undo, { key: false, look: "is-quiet", name: person.name })}`;
}

/** @param {Host} host @param {Person} person @param {boolean} aloud */
function greet(host, person, aloud) {
  void host.acts.do("greet", { person: person.id, aloud }, t("host.did.greet", { name: person.name }));
}
