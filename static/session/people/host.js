/**
 * The greeting desk: who came in, how to say their name, who has been greeted by whom; and raised hands.
 *
 * The list of rows is held still while somebody is at it (arrivals.js says why); `held` keeps its ids.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Person} Person
 * @typedef {Person & {busy: boolean, out: boolean, quiet: number, why: string}} Row  busy while a command about them is under way
 */

import { find, html, nothing, render } from "../../app/lib/dom.js";
import { attempt, show } from "../../app/lib/failsafe.js";
import { keyedList } from "../../app/lib/list.js";
import { formatTime, t } from "../../app/i18n.js";
import { arrivals, nextOrder, nextToGreet, orderOf } from "./arrivals.js";
import { drawFacts, drawFrom, SEPARATOR } from "./facts.js";
import { drawHands, holdHands } from "./hands.js";
import { closeUp } from "../../parts/glide.js";
import { heldStill, hold } from "../../parts/hold.js";
import { hereCount, makeup } from "./makeup.js";
import { drawMakeup } from "./makeup_bar.js";
import { actButton, empty } from "../../parts/act.js";
import { beginWriting } from "../../pages/host/writing.js";
import { named } from "../../parts/card.js";
import { drawReadmit, drawRemoved, isRemoved } from "./removed.js";
import { quietOf } from "./quiet.js";
import { createWaves } from "./waves.js";
import { reasons, underHeard } from "./week.js";
import { arrowDown, arrowUp, check, ellipsis, hand, handshake } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

/** More rows than anybody greets in one go; the search finds the others. */
const ROWS_MAX = 300;

const ORDERS = { offered: handshake, newest: arrowDown, arrival: arrowUp };

/** @param {Host} host */
export function create(host) {
  const root = host.place("desk");
  /** @type {string[]|null} */
  let held = null;
  /** @type {Person[]} */
  let rows = [];
  let { wish } = host.ui.now;
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const drawWaves = createWaves(() => attempt(root, draw));
  const list = keyedList(part("list"), { draw: (/** @type {Row} */ row) => drawPerson(row, host), row: markPerson });
  hold(part("list"), (on) => {
    held = on ? stillThere() : null;
    attempt(root, () => closeUp(part("list"), draw));
  });
  holdHands(part("hands"), () => attempt(root, draw));
  /** As they are on screen; of those who need no greeting any more, only whom the pointer was on. */
  function stillThere() {
    if (!held) return rows.map(({ id }) => id);
    const wanted = new Set(wantedNow().map(({ id }) => id));
    return held.filter((id) => wanted.has(id) || list.element(id)?.querySelector(":focus-visible"));
  }

  const wantedNow = () => arrivals(/** @type {readonly Person[]} */ (host.store.all("person")), host.ui.now.wish);
  const letIn = () => {
    held = null;
    attempt(root, draw);
    held = rows.map(({ id }) => id);
    part("list").scrollTo({ top: 0 });
  };

  function draw() {
    if (wish !== host.ui.now.wish) forget();
    const people = /** @type {readonly Person[]} */ (host.store.all("person"));
    const wanted = wantedNow();
    const still = heldStill(wanted, held, (id) => /** @type {Person|undefined} */ (host.store.get("person", id)));
    rows = still.rows;
    show(part("title"), () => drawTitle(host, wanted.length, drawWaves(people), still.fresh, letIn));
    show(part("head"), () => drawHead(people, host));
    show(part("hands"), () => drawHands(people, host));
    part("list").hidden = !rows.length;
    const seldom = underHeard(people);
    list.update(rows.slice(0, ROWS_MAX).map((person) => asRow(person, seldom)));
    show(part("rest"), () => (rows.length ? drawRest(rows.length - ROWS_MAX) : drawEmpty(people, host)));
    show(part("removed"), () => drawRemoved(host));
  }

  /** @param {Person} person @param {ReadonlySet<string>} seldom @returns {Row} */
  const asRow = (person, seldom) => ({
    ...person,
    busy: host.acts.busy(person.id),
    out: isRemoved(host, person.id),
    quiet: quietOf(host, person.id)?.until ?? 0,
    why: reasons(person, { you: host.store.you?.id, seldom }).join(SEPARATOR),
  });

  /** Another filter is another list: nothing of the old one need be held. */
  function forget() {
    ({ wish } = host.ui.now);
    held = null;
    part("list").scrollTop = 0;
  }

  return {
    of: ["person", "standing", "timeout"],
    update: draw,
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
 * @param {Host} host @param {number} shown @param {unknown} waves @param {number} fresh @param {() => void} letIn */
function drawTitle(host, shown, waves, fresh, letIn) {
  return html`<div class="panel-head">
    <h2 id="desk-title">${t("host.desk")}</h2>
    ${waves}
    ${
      fresh
        ? html`<button type="button" class="button is-small fresh" @click=${letIn}>
            ${t("host.desk.fresh", { n: fresh })}
          </button>`
        : html`<span class="tally"
            >${t(tallyOf(host.ui.now.wish), { n: shown })}</span
          >`
    }
  </div>`;
}

/** What the number of rows counts. @param {import("./arrivals.js").Wish} wish */
function tallyOf({ search, all }) {
  if (search.trim()) return "host.desk.found";
  return all ? "host.makeup.here" : "host.desk.to_greet";
}

/** @param {readonly Person[]} people @param {Host} host */
function drawHead(people, host) {
  const { wish } = host.ui.now;
  const order = orderOf(wish, people);
  const wished = (/** @type {Partial<typeof wish>} */ change) => host.ui.set({ wish: { ...wish, ...change } });
  return html`<div class="filters">
      <input
        type="search"
        .value=${wish.search}
        placeholder=${t("host.desk.search.short")}
        aria-label=${t("host.desk.search")}
        @input=${(/** @type {Event} */ e) => wished({ search: /** @type {HTMLInputElement} */ (e.target).value })}
      />
      <label class="check">
        <input type="checkbox" .checked=${!wish.all} @change=${() => wished({ all: !wish.all })} />
        ${t("host.desk.only_new")}
      </label>
      <button
        type="button"
        class="icon-button"
        aria-label=${t(`host.desk.${order}`)}
        title=${t(`host.desk.${order}`)}
        @click=${() => wished({ order: nextOrder(wish, people) })}
      >
        ${icon(ORDERS[order])}
      </button>
    </div>
    ${drawMakeup(makeup(people))}`;
}

/** @param {number} n */
const drawRest = (n) => (n > 0 ? empty(t("host.desk.rest", { n })) : nothing);

/** @param {readonly Person[]} people @param {Host} host */
function drawEmpty(people, host) {
  const { wish } = host.ui.now;
  const act = (/** @type {string} */ name, /** @type {() => void} */ run) =>
    actButton(name, t(`host.desk.${name}`), run, { key: false });
  const wished = (/** @type {Partial<typeof wish>} */ change) => () => host.ui.set({ wish: { ...wish, ...change } });
  if (wish.search) return empty(t("host.desk.not_found"), act("search_no_more", wished({ search: "" })));
  if (hereCount(people)) return empty(t("host.desk.all_greeted"), act("show_all", wished({ all: true })));
  return empty(t("host.desk.nobody"), act("welcome", () => beginWriting(host, t("host.desk.welcome_words"))));
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
        ${person.hand ? html`<span class="hand" role="img" aria-label=${t("host.hand")}>${icon(hand)}</span>` : nothing}
        ${named(person)}
        ${person.week && !person.greeted ? drawFrom(person) : nothing}
        ${person.busy ? html`<span class="badge">${t("host.sending")}</span>` : nothing}
        ${person.quiet ? html`<span class="badge">${t("host.quiet", { time: formatTime(person.quiet) })}</span>` : nothing}
        ${person.here ? nothing : html`<span class="badge">${t(person.out ? "host.out" : "host.left")}</span>`}
      </p>
      ${person.greeted ? drawGreeted(person.greeted) : drawFacts(person)}
    </div>
    ${person.out ? drawReadmit(host, person.id) : drawActs(person, host)}`;
}

/** @param {NonNullable<Person["greeted"]>} greeted */
const drawGreeted = ({ name, at, aloud, waved }) =>
  html`<p class="greeted">
    ${icon(check)} ${t(aloud ? "host.greeted_aloud" : "host.greeted", { name, time: formatTime(at) })}
    ${waved ? html`<span class="has-waved">${icon(hand)} ${t("host.waved")}</span>` : nothing}
  </p>`;

/** The two buttons keep their places: what was pressed is what lies under the pointer afterwards, and does no more.
 * @param {Person} person @param {Host} host */
function drawActs(person, host) {
  const off = Boolean(person.greeted);
  const how = { key: false, name: person.name, off };
  const undo = () => void host.acts.do("ungreet", { person: person.id });
  return html`<div class="acts">
    ${drawEndsButton(person, host)}
    ${off ? actButton("ungreet", t("host.undo"), undo, { key: false, look: "is-quiet", name: person.name }) : nothing}
    ${actButton("greet_aloud", t("host.greet_aloud.short"), () => greet(host, person, true), { ...how, look: "is-quiet", said: t("host.greet_aloud.name", { name: person.name }) })}
    ${actButton("greet", t("host.greet"), () => greet(host, person, false), how)}
  </div>`;
}

/** @param {Person} person @param {Host} host */
function drawEndsButton(person, host) {
  return html`<button
    type="button"
    class="icon-button arrival-more"
    data-act="ends"
    aria-label=${t("host.ends.open", { name: person.name })}
    aria-haspopup="dialog"
    @click=${() => host.open("ends", person.id)}
  >
    ${icon(ellipsis)}
  </button>`;
}

/** @param {Pick<Host, "acts">} host @param {Person} person @param {boolean} aloud */
export function greet(host, person, aloud) {
  void host.acts.do("greet", { person: person.id, aloud }, () => t("host.did.greet", { name: person.name }));
}
