/**
 * People as organisers see them: all of them, found by words and by how they stand, with what can be done about each.
 *
 * They are asked for a page at a time and again while somebody looks. Whoever points at the list, or has the keyboard
 * in it, keeps the rows they see; what is new waits behind one button.
 *
 * @typedef {import("../../pages/organise/frame.js").Organiser} Organiser
 * @typedef {import("../../pages/organise/people.js").Person} Person
 * @typedef {import("../../pages/organise/people.js").Page} Page
 * @typedef {import("../../pages/organise/people.js").Asked} Asked
 */

import { refusalText, t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { pref, setPref } from "../../app/lib/prefs.js";
import { empty } from "../../parts/act.js";
import { heldStill, hold } from "../../parts/hold.js";
import { roving } from "../../parts/roving.js";
import { createPersonActs } from "./acts.js";
import { createMany } from "./invite.js";
import { drawPerson } from "./row.js";
import { drawFilters } from "./filters.js";

/** What somebody may be in a session, and where its slot names them. */
const PARTS = /** @type {const} */ ([["host", "hosts"], ["speaker", "speakers"]]);
const EVERY_MS = 4_000;
const TYPED_MS = 200;

/** @param {Organiser} room */
export function create(room) {
  const root = room.place("people");
  /** @type {Asked} */
  let asked = { q: "", state: pref("organise.state", ""), role: "", came: "", page: 0 };
  /** @type {Page|null} */
  let page = null;
  let amiss = "";
  /** @type {string[]|null} */
  let held = null;
  /** @type {string[]} */
  let shown = [];
  let opened = "";
  let many = false;
  /** Answers come in the order in which they were asked for, or not at all. */
  let looked = 0;
  /** Whether somebody waits for one. */
  let asking = false;
  /** @type {any} */
  let timer;

  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const acts = createPersonActs(room, { changed: () => void look(true), open: (id) => ((opened = opened === id ? "" : id), draw()) });
  const pasted = createMany(room, "invite/many", () => draw(), () => void look(true));
  const list = keyedList(part("people"), {
    draw: (/** @type {import("./row.js").Row} */ row) => drawPerson(row, acts),
    row: (element, { open }) => void (element.className = `person ${open ? "is-open" : ""}`),
  });
  roving(part("people"));
  hold(part("people"), (on) => {
    held = on ? shown : null;
    if (!on) draw();
  });
  setInterval(() => !document.hidden && room.isOpen("people") && !asking && void look(), EVERY_MS);

  /** @param {boolean} [ours] what we did ourselves is shown whoever is at the list */
  async function look(ours = false) {
    const number = ++looked;
    asking = ours;
    try {
      const found = await room.people.find(asked, ours ? undefined : page?.seq);
      if (number !== looked) return;
      amiss = "";
      if (!found) return;
      page = found;
    } catch (why) {
      const { code, text } = /** @type {import("../../app/enter.js").Problem} */ (why);
      if (number !== looked) return;
      amiss = refusalText(code, text);
    } finally {
      if (number === looked) asking = false;
    }
    if (ours) held = null;
    draw();
    if (ours && part("people").matches(":hover, :focus-within")) held = shown;
  }

  /** @param {Partial<Asked>} change @param {number} [after] ms */
  function ask(change, after = 0) {
    asked = { ...asked, page: 0, ...change };
    if ("state" in change) setPref("organise.state", asked.state ?? "");
    page = page && { ...page, seq: -1 };
    held = null;
    clearTimeout(timer);
    looked++;
    asking = true;
    timer = setTimeout(() => void look(true), after);
    draw();
  }

  /** What somebody is in one session or another. @param {string} id */
  function partsOf(id) {
    const slots = /** @type {import("../records.js").Slot[]} */ ([...room.store.all("slot")]);
    return PARTS.filter(([, named]) => slots.some((slot) => slot[named].includes(id))).map(([part]) => part);
  }

  function draw() {
    const known = new Map((page?.people ?? []).map((person) => [person.id, person]));
    const { rows, fresh } = heldStill([...known.values()], held, (id) => known.get(id) ?? room.people.get(id));
    shown = rows.map(({ id }) => id);
    const toggle = () => ((many = !many), draw());
    const show = () => ((held = null), draw());
    const remind = room.mayPost() && asked.came === "no" && page?.total ? () => void acts.remindAll() : null;
    render(drawHead({ page, many, fresh, show, toggle, remind, list: room.acts.address("links.csv"), one: () => void room.invite("").then((id) => void (id && look(true))) }), part("head"));
    render(many ? html`<div class="paste">${pasted.draw()}</div>` : nothing, part("many"));
    render(drawFilters({ asked, page, words: (q) => ask({ q }, TYPED_MS), choose: ask }), part("filters"));
    list.update(rows.map((person) => ({ id: person.id, person, open: opened === person.id, me: person.id === room.identity.you.id, parts: partsOf(person.id) })));
    render(amiss ? html`<p class="message-failed" role="alert">${amiss}</p>` : drawRest(page, asked, ask), part("rest"));
  }

  return {
    of: ["mission", "slot"],
    also: () => room.people.version,
    update() {
      if (!page) void look();
      draw();
    },
    redraw: () => list.redraw(),
  };
}

const SHELL = html`<div data-part="head"></div>
  <div data-part="many"></div>
  <div data-part="filters"></div>
  <ul class="people-list" data-part="people"></ul>
  <div data-part="rest"></div>`;

/**
 * @param {{page: Page|null, many: boolean, fresh: number, show: () => void, toggle: () => void, one: () => void,
 *   remind: (() => void)|null, list: string}} head
 */
const drawHead = ({ page, many, fresh, show, toggle, one, remind, list }) => html`<div class="tab-head">
  <h2>${t("organise.tab.people")}</h2>
  <span class="tally" role="status">${page ? t("organise.people.count", { n: page.total }) : ""}</span>
  ${fresh ? html`<button type="button" class="button is-small fresh" @click=${show}>${t("organise.fresh", { n: fresh })}</button>` : nothing}
  ${remind ? html`<button type="button" class="button" data-act="remind_all" @click=${remind}>${t("organise.remind_all")}</button>` : nothing}
  <a class="button is-quiet" data-act="links" href=${list} download>${t("organise.links_list")}</a>
  <button type="button" class="button" data-act="many" aria-expanded=${many ? "true" : "false"} @click=${toggle}>${t("organise.invite.paste")}</button>
  <button type="button" class="button is-primary" data-act="invite" @click=${one}>${t("organise.invite.somebody")}</button>
</div>`;

/** @param {Page|null} page @param {Asked} asked @param {(change: Partial<Asked>) => void} ask */
function drawRest(page, asked, ask) {
  if (!page) return nothing;
  if (!page.total) {
    const isAll = !(asked.q || asked.state || asked.role || asked.came);
    const all = () => ask({ q: "", state: "", role: "", came: "" });
    return isAll ? empty(t("organise.people.empty")) : empty(t("organise.people.none"), html`<button type="button" class="button is-small" @click=${all}>${t("organise.people.all")}</button>`);
  }
  const last = Math.ceil(page.total / page.per_page) - 1;
  if (!last) return nothing;
  const go = (/** @type {number} */ to) => () => ask({ page: to });
  return html`<nav class="pager" aria-label=${t("organise.pages")}>
    <button type="button" class="button is-small" data-often ?disabled=${!page.page} @click=${go(page.page - 1)}>${t("organise.pages.before")}</button>
    <span>${t("organise.pages.of", { page: page.page + 1, last: last + 1 })}</span>
    <button type="button" class="button is-small" data-often ?disabled=${page.page >= last} @click=${go(page.page + 1)}>${t("organise.pages.next")}</button>
  </nav>`;
}
