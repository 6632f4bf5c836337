/** My leads: found by words, tags and what is to be done; one of them open beside the list, on a phone in its place. */

import { t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { keyedList } from "../../app/lib/list.js";
import { serverNow } from "../../app/lib/now.js";
import { leads as leadsTo } from "../../pages/mission/address.js";
import { empty } from "../../parts/act.js";
import { disc } from "../../parts/card.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { search as glass } from "../../vendor/icons.js";
import { toDirectory } from "../contacts/asked.js";
import { remindersPanel } from "../reminders/participant.js";
import { toColleagues } from "../sharing/way.js";
import { dayWords } from "./days.js";
import { leadPane } from "./detail.js";
import { filesButton } from "./files.js";
import { counted, dayOf, filtered, lookOf, STATES, tagsOf } from "./filtering.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {import("./filtering.js").Look} Look */

const TAGS = 8;

/** @param {Room} room @param {HTMLElement} root */
export function leadsPart(room, root) {
  const { store } = room;
  render(LAYOUT, root);
  const at = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`.leads-${name}`, root));
  const pane = leadPane(room, at("pane"), () => update());
  const files = filesButton(room);
  const reminders = remindersPanel(room);
  let today = "";
  const list = keyedList(at("list"), {
    draw: (/** @type {any} */ row) => drawRow(room, row, today),
    row: (li, { isOpen, done }) => void (li.className = `name-row lead-row ${isOpen ? "is-open" : ""} ${done ? "is-done" : ""}`),
  });

  /** @param {Look} look @param {boolean} [typed] */
  function go(look, typed = false) {
    const words = new URLSearchParams({ tab: "contacts", show: "leads" });
    for (const name of /** @type {const} */ (["q", "tag", "state"])) if (look[name] && look[name] !== "open") words.set(name, look[name]);
    const open = room.address.words().get("lead");
    if (open && !room.isNarrow()) words.set("lead", open);
    room.address.go(words, { replace: typed });
  }

  function update() {
    today = dayOf(serverNow());
    const leads = store.all("lead");
    const words = room.address.words();
    const whom = words.get("lead");
    const look = lookOf(words);
    const open = leads.find((lead) => lead.whom === whom);
    const found = filtered(leads, look, today);
    at("page").classList.toggle("is-at-one", Boolean(whom));
    render(leads.length ? head(room, leads, look, go, files, today) : nothing, at("head"));
    render(toColleagues(room), at("colleagues"));
    // what asks for something stands first, and what does not last
    const isDue = leads.some(({ reminder }) => reminder);
    render(isDue ? reminders() : nothing, at("reminders"));
    render(isDue ? nothing : reminders(), at("quiet"));
    list.update(found.map((lead) => ({ ...lead, isOpen: lead.id === open?.id })));
    render(leads.length ? (found.length ? nothing : nobody(look, go)) : empty(t("leads.none"), toDirectory(room)), at("none"));
    at("page").classList.toggle("is-empty", !leads.length);
    pane.show(open ?? null, Boolean(whom), leads);
  }

  return { update, redraw: () => (list.redraw(), update()) };
}

const LAYOUT = html`<div class="leads-page">
  <div class="leads-side">
    <div class="leads-reminders"></div>
    <div class="leads-head"></div>
    <ul class="leads-list"></ul>
    <div class="leads-none"></div>
    <div class="leads-quiet"></div>
    <div class="leads-colleagues"></div>
  </div>
  <div class="leads-pane"></div>
</div>`;

/** @param {Room} room @param {readonly Item[]} leads @param {Look} look @param {(look: Look, typed?: boolean) => void} go
 * @param {() => unknown} files @param {string} today */
function head(room, leads, look, go, files, today) {
  const counts = counted(leads, today);
  const tags = tagsOf(leads);
  const shown = tags.slice(0, TAGS);
  if (look.tag && !shown.includes(look.tag)) shown.push(look.tag);
  return html`<div class="leads-find">
      <label class="unseen" for="leads-search">${t("leads.search")}</label>
      <span class="dir-glass">${icon(glass)}</span>
      <input id="leads-search" type="search" autocomplete="off" spellcheck="false" placeholder=${t("leads.search")} .value=${look.q}
        @input=${(/** @type {any} */ { target }) => go({ ...look, q: target.value }, true)} />
    </div>
    ${files()}
    <div class="leads-states" role="group" aria-label=${t("leads.states")}>
      ${STATES.filter((state) => state !== "due" || counts.due || look.state === "due").map(
        (state) => html`<button type="button" class="button is-small" aria-pressed=${look.state === state} data-state=${state} @click=${() => go({ ...look, state })}>
          ${t(`leads.state.${state}`)} <span class="tally">${counts[state]}</span>
        </button>`,
      )}
    </div>
    ${shown.length
      ? html`<div class="leads-states" role="group" aria-label=${t("leads.tags")}>
          ${shown.map(
            (tag) => html`<button type="button" class="button is-small is-quiet" aria-pressed=${look.tag === tag} data-tag=${tag} @click=${() => go({ ...look, tag: look.tag === tag ? "" : tag })}>${said(tag)}</button>`,
          )}
        </div>`
      : nothing}`;
}

/** @param {Look} look @param {(look: Look) => void} go */
function nobody(look, go) {
  const all = () => go({ q: "", tag: "", state: "all" });
  const isPlain = !look.q && !look.tag;
  return empty(t(isPlain ? `leads.none.${look.state}` : "leads.none.found"), html`<p class="row"><button type="button" class="button is-small" @click=${all}>${t("leads.all")}</button></p>`);
}

/** @param {Room} room @param {Item & {isOpen: boolean}} lead @param {string} today */
function drawRow({ address }, { whom, name, organisation, next_step: step, due, tags = [], done, isOpen }, today) {
  const words = address.with({ tab: "contacts", lead: whom });
  return html`${disc({ id: whom, name })}
    <div class="lead-who">
      <h3><a href=${address.href(words)} aria-current=${/** @type {any} */ (isOpen ? "true" : "false")} @click=${leadsTo(address, words)}><bdi dir="auto">${name}</bdi></a>
        ${done ? html`<span class="badge is-good">${t("leads.done")}</span>` : nothing}</h3>
      ${organisation ? html`<p class="soft"><bdi dir="auto">${organisation}</bdi></p>` : nothing}
      ${step || due
        ? html`<p class="lead-step dots">${step ? html`<span>${said(step)}</span>` : nothing}${due ? html`<span class=${!done && due <= today ? "is-due" : "soft"}>${dayWords(due, today)}</span>` : nothing}</p>`
        : nothing}
      ${tags.length ? html`<p class="tag-line">${tags.map((/** @type {string} */ tag) => html`<span class="tag">${said(tag)}</span>`)}</p>` : nothing}
    </div>`;
}
