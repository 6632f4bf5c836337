/**
 * The room's frame: top, picture, panel with tabs, and the places where the parts draw themselves.
 *
 * A part is drawn into a place of its own that this frame never touches again, so nothing is moved or
 * forgotten when the frame is redrawn. Counts of new things live here because tabs and title show them.
 */

import { currentLang, isolated, t } from "../../app/i18n.js";
import { byId, html, keepReachable, nothing, render } from "../../app/lib/dom.js";
import { survive } from "../../app/lib/failsafe.js";
import { pref, setPref } from "../../app/lib/prefs.js";
import { isAudience } from "../../session/people/order.js";
import { createRoom } from "../../parts/room.js";
import { toWeek } from "../../parts/to_week.js";
import { createUnread } from "./unread.js";
import { chartColumn, circleQuestionMark, messageCircle, users } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

/** @typedef {"chat"|"questions"|"polls"|"people"} Tab */
/** @typedef {import("../../app/store.js").Store} Store */
/** @typedef {import("../../app/enter.js").Identity} Identity */
/** @typedef {import("../attendee.js").Create} Create */
/**
 * @typedef {import("../../parts/room.js").Base & {identity: Identity, tab: () => Tab,
 *   open: (tab: Tab, focus?: boolean) => void, me: () => import("../../app/store.js").Item|undefined,
 *   isHost: (role: string) => boolean, add: (parts: [string, Create][]) => void,
 *   tap?: (question: import("../../app/store.js").Item, small?: boolean) => unknown,
 *   contacts?: import("../../mission/asking/in_session.js").Contacts, written?: (question: string) => unknown,
 *   forms?: import("../../session/polls/forms/cards.js").Forms}} Room `tap` and `contacts` once a mission is followed, `forms`
 *   once there was a poll, `written` once a question was answered in writing
 */

/** @type {Tab[]} */
export const TABS = ["chat", "questions", "polls", "people"];
const ICONS = { chat: messageCircle, questions: circleQuestionMark, polls: chartColumn, people: users };

/**
 * @param {HTMLElement} root
 * @param {{store: Store, identity: Identity, setLang: (lang: string) => Promise<void>}} given
 * @returns {Room}
 */
export function createFrame(root, { store, identity, setLang }) {
  /** @type {Tab} */
  let tab = TABS.find((name) => name === pref("tab", "chat")) ?? "chat";
  const unread = createUnread(store);
  let drawn = "";

  const own = {
    identity,
    tab: () => tab,
    open,
    me: () => store.get("person", store.you?.id ?? identity.you.id),
    isHost: (/** @type {string} */ role) => role === "host" || role === "organiser",
  };
  const { room, draw } = createRoom(own, {
    store,
    setLang,
    drawFrame: () => {
      survive("unread", () => unread.update(tab, !document.hidden));
      survive("frame", drawFrame);
    },
  });

  /**
   * @param {Tab} name
   * @param {boolean} [focus] on the tab itself
   */
  function open(name, focus = false) {
    tab = name;
    setPref("tab", name);
    draw(true);
    if (focus) byId(`tab-${name}`).focus();
  }

  function drawFrame() {
    const session = store.get("session", identity.session);
    const total = unread.total();
    const title = `${total ? `(${capped(total)}) ` : ""}${isolated(session?.title ?? t("index.title"))}`;
    if (title !== document.title) document.title = title;
    const shown = { title: session?.title ?? t("door.eyebrow"), tab, counts: unread.counts(), here: hereCount(store), lang: currentLang() };
    const now = JSON.stringify(shown);
    // what nobody sees is drawn when somebody looks
    if (now === drawn || (drawn && document.hidden)) return;
    render(frame({ ...shown, open, week: toWeek(identity) }), root);
    drawn = now;
  }

  keepAboveKeyboard();
  document.addEventListener("visibilitychange", () => draw());
  drawFrame();
  keepReachable(byId("place-toasts"));
  scrollTo(0, 0);
  return room;
}

/** @param {{title: string, tab: Tab, counts: Record<Tab, number>, here: number, open: Room["open"], week: unknown}} view */
function frame({ title, tab, counts, here, open, week }) {
  return html`<a class="skip button" href="#panel-${tab}">${t("frame.skip")}</a>
    <header class="top">
      ${week}
      <h1 class="top-title"><bdi dir="auto">${title}</bdi></h1>
      <p class="top-here" title=${t("people.here_title")}>
        <span class="dot" aria-hidden="true"></span>${here ? html`${here}<span class="here-words">${t("people.here", { n: here })}</span>` : nothing}
      </p>
      <div id="place-menu" class="row"></div>
    </header>
    <main class="room" data-keys="within">
      <section class="watch" aria-label=${t("frame.watch")}>
        <div class="picture" id="place-picture"></div>
        <div class="acts" id="place-acts"></div>
        <div class="below" id="place-below"></div>
      </section>
      <section class="panel" aria-label=${t("frame.panel")} data-tab=${tab}>
        <div
          class="tabs"
          role="tablist"
          aria-label=${t("frame.panel")}
          @keydown=${(/** @type {KeyboardEvent} */ event) => arrows(event, tab, open)}
        >
          ${TABS.map((name) => tabButton(name, tab, counts[name], open))}
        </div>
        <div class="head" id="place-head"></div>
        <div class="next" id="place-next"></div>
        <div id="place-greeting"></div>
        <div id="place-over"></div>
        ${TABS.map(
          (name) =>
            html`<div
              class="tab-panel"
              role="tabpanel"
              id="panel-${name}"
              aria-labelledby="tab-${name}"
              ?hidden=${name !== tab}
              tabindex="-1"
            >
              <div class="fill" id="place-${name}"></div>
            </div>`,
        )}
        <div id="place-poll"></div>
        <div id="place-composer" ?hidden=${tab !== "chat"}></div>
      </section>
    </main>
    <div id="place-toasts" class="toasts" translate="no" role="region" aria-label=${t("frame.toasts")}></div>
    <div id="place-notice" role="region" aria-label=${t("frame.notice")}></div>
    <div id="place-bar" role="region" aria-label=${t("frame.link")}></div>`;
}

/**
 * @param {Tab} name
 * @param {Tab} tab
 * @param {number} count
 * @param {Room["open"]} open
 */
function tabButton(name, tab, count, open) {
  const selected = name === tab;
  return html`<button
    type="button"
    role="tab"
    id="tab-${name}"
    aria-controls="panel-${name}"
    aria-selected=${selected}
    tabindex=${selected ? 0 : -1}
    @click=${() => open(name)}
  >
    <span class="tab-icon">${icon(ICONS[name])}</span>
    <span>${t(`tab.${name}`)}</span>
    ${count
      ? html`<span class="count"
          ><span aria-hidden="true">${capped(count)}</span
          ><span class="unseen">, ${t("tab.new", { n: count })}</span></span
        >`
      : nothing}
  </button>`;
}

/**
 * @param {KeyboardEvent} event
 * @param {Tab} tab
 * @param {Room["open"]} open
 */
function arrows(event, tab, open) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const ends = /** @type {Record<string, number>} */ ({ Home: 0, End: TABS.length - 1 });
  const place = step ? (TABS.indexOf(tab) + step + TABS.length) % TABS.length : ends[event.key];
  if (place === undefined) return;
  event.preventDefault();
  open(TABS[place], true);
}

/** @param {number} count */
function capped(count) {
  return count > 99 ? "99+" : String(count);
}

/** Some phones lay their keyboard over the page without making it smaller; then we do. */
function keepAboveKeyboard() {
  const seen = globalThis.visualViewport;
  seen?.addEventListener("resize", () => {
    // somebody who enlarges with two fingers wants to see a part, not a smaller page
    if (seen.scale > 1.01) return;
    document.documentElement.style.setProperty("--height", `${seen.height}px`);
    scrollTo(0, 0);
  });
}

/** @param {Store} store */
const hereCount = (store) => store.all("person").filter(isAudience).length;
