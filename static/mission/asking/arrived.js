/**
 * Who would like to talk to me, in the hour itself: after one's moment a calm card says how many, as one, and leads to
 * the list, where they are answered one by one or at once. It takes no focus, comes over nothing that the pointer is at,
 * and neither while one is in the picture or next, nor while one writes. Until all are answered a button in the head
 * of the page leads there, too.
 */

import { has, t } from "../../app/i18n.js";
import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { weekPath } from "../../parts/to_week.js";
import { externalLink, handshake } from "../../vendor/icons.js";
import { requestsPart } from "../contacts/requests.js";
import { waiting } from "../contacts/waiting.js";
import { createMark } from "../conversations/mark.js";
import { createQuiet, isOnStage } from "./quiet.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("./in_session.js").Contacts} Contacts */
/** @typedef {import("../../pages/attendee.js").Create} Create */

/** So often it is looked at whether somebody may be told by now. */
const AGAIN_MS = 1_000;

/** @param {Room} room @param {Contacts} contacts @returns {[string, Create][]} */
export function createArrived(room, { mission, words, isThere }) {
  const quiet = createQuiet();
  const kept = draftOf(room, "requests-seen");
  /** Those that one was told of. @type {Set<string>} */
  const seen = new Set(kept.get() ?? []);
  const [head, card] = places(room);
  const list = createList(room, mission);
  const mark = createMark(room.identity);
  let isShown = false;
  /** @type {any} */
  let timer = null;

  /** @param {boolean} on */
  function show(on) {
    isShown = on;
    card.hidden = !on;
  }

  function see() {
    for (const { id } of mission.all("request")) seen.add(id);
    kept.set([...seen]);
    show(false);
  }

  function open() {
    see();
    list.open();
    draw();
  }

  /** Drawn where nobody sees it yet, to know whether the pointer is there. @param {number} n */
  function offer(n) {
    card.hidden = false;
    card.classList.add("is-measured");
    render(drawCard(n, question(), open, () => (see(), draw())), card);
    const isFree = !quiet.isUnder(/** @type {HTMLElement} */ (card.firstElementChild).getBoundingClientRect());
    card.classList.remove("is-measured");
    show(isFree);
    if (isFree) announce(wordsOf(n, question()));
  }

  /** Whether all of them are about what one asked here. */
  const question = () => mission.all("request").every(({ later, began }) => later || began.question);

  function draw() {
    if (!isThere() || !has("contacts.requests.none")) return;
    const n = waiting(mission);
    const isNew = mission.all("request").some(({ id, later }) => !later && !seen.has(id));
    render([mission.all("request").length ? drawHead(n, open) : nothing, mark(mission, isOnStage(room.store))], head);
    list.update();
    clearTimeout(timer);
    if (!isNew || isOnStage(room.store)) return show(false);
    if (isShown) render(drawCard(n, question(), open, () => (see(), draw())), card);
    else if (!quiet.isBusy() && !document.hidden) offer(n);
    if (!isShown) timer = setTimeout(draw, AGAIN_MS);
  }

  return [["contacts", () => ({ update: draw, redraw: () => (words(), list.redraw()) })]];
}

/** Where it draws: in the head of the page, and over the picture. @param {Room} room @returns {HTMLElement[]} */
function places(room) {
  const [head, card] = ["div", "div"].map((name) => document.createElement(name));
  head.id = "place-contacts";
  card.className = "arrived";
  card.hidden = true;
  room.place("menu").before(head);
  room.place("notice").after(card);
  return [head, card];
}

/** @param {number} n @param {boolean} question */
const wordsOf = (n, question) => t(question ? "asking.came.question" : "asking.came", { n });

/** @param {number} n @param {() => void} open */
function drawHead(n, open) {
  const label = n ? t("asking.came", { n }) : t("asking.list");
  return html`<button type="button" class="icon-button arrived-open" aria-label=${label} title=${label} @click=${open}>
    ${icon(handshake)}${n ? html`<span class="count" aria-hidden="true">${n}</span>` : nothing}
  </button>`;
}

/** @param {number} n @param {boolean} question @param {() => void} open @param {() => void} later */
function drawCard(n, question, open, later) {
  return html`<section class="card arrived-card" aria-label=${t("asking.list")}>
    <p>${icon(handshake)} <strong>${wordsOf(n, question)}</strong></p>
    <div class="row">
      <button type="button" class="button is-small is-primary" data-act="look" @click=${open}>${t("asking.look")}</button>
      <button type="button" class="button is-small is-quiet" data-act="not-now" @click=${later}>${t("asking.not_now")}</button>
    </div>
  </section>`;
}

/** The list as the mission's page has it, in a dialog: what leads on from it opens beside the hour.
 * @param {Room} room @param {import("../../app/store.js").Store} mission */
function createList(room, mission) {
  const dialog = createDialog("requests");
  const { identity } = room;
  const path = (/** @type {URLSearchParams} */ words) => `${weekPath(identity.mission ?? "", identity.as)}${words.size ? `&${words}` : ""}`;
  const address = {
    words: () => new URLSearchParams({ tab: "contacts" }),
    with: (/** @type {Record<string, string|null>} */ changes) =>
      new URLSearchParams(Object.entries({ tab: "contacts", ...changes }).filter(([, value]) => value !== null)),
    href: path,
    go: (/** @type {URLSearchParams} */ words) => void open(path(words), "_blank", "noopener"),
  };
  const me = () => mission.get("participant", mission.you?.id);
  /** @type {ReturnType<typeof requestsPart>|null} */
  let part = null;

  function draw() {
    const all = address.href(new URLSearchParams({ tab: "contacts" }));
    dialog.draw(
      t("asking.list"),
      html`<div class="arrived-list"></div>
        <p><a class="button is-small is-quiet" href=${all} target="_blank" rel="noopener">${t("asking.all")} ${icon(externalLink)}</a></p>`,
    );
    const root = dialog.find(".arrived-list");
    if (root && !part) part = requestsPart(/** @type {any} */ ({ ...room, store: mission, address, me }), root);
    part?.update();
  }

  return {
    open: () => (part?.leave(), draw(), dialog.open()),
    update: () => dialog.isOpen() && part?.update(),
    redraw: () => dialog.isOpen() && (draw(), part?.redraw()),
  };
}
