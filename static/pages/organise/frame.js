/**
 * The frame of the organisers' page: its head, and one tab at a time, each of which comes when it is first opened.
 *
 * @typedef {import("../../app/store.js").Store} Store
 * @typedef {import("../../app/enter.js").Identity} Identity
 * @typedef {import("../../app/views.js").View} View
 * @typedef {import("../../mission/records.js").Mission} Mission
 * @typedef {import("./tabs.js").Tab} Tab
 */
/**
 * @typedef {object} Organiser  what every tab of this page works with
 * @property {Store} store
 * @property {Identity} identity
 * @property {string} mission its id
 * @property {string} as the key of this identity
 * @property {import("./acts.js").Acts} acts
 * @property {import("./people.js").People} people
 * @property {(name: string) => HTMLElement} place where a view draws
 * @property {() => Mission|undefined} about the mission's record
 * @property {(tab: string) => void} open
 * @property {(tab: string) => boolean} isOpen whether somebody looks at it
 * @property {(tab: string) => boolean} has whether there is such a tab
 * @property {(name: string, named?: boolean) => Promise<string|null>} invite asks for somebody, perhaps to be named in a session; their id
 * @property {() => boolean} mayPost whether letters are sent from here
 * @property {(args: Record<string, any>, said?: () => string, refused?: (why: any) => void, another?: boolean) => Promise<any>} plan
 *   a session, and with `another` under another address where its own is taken
 * @property {() => void} update draw again
 */

import { chooseLang } from "../../app/boot.js";
import { currentLang, formatNumber, isolated, t } from "../../app/i18n.js";
import { byId, html, render } from "../../app/lib/dom.js";
import { show } from "../../app/lib/failsafe.js";
import { Views } from "../../app/views.js";
import { listenKeys } from "../../parts/keys.js";
import { readerOf } from "../../app/lib/key_table.js";
import { createToasts } from "../../parts/toasts.js";
import { wear } from "../../mission/mission/look.js";
import { createInvite } from "../../mission/participants/invite.js";
import { Acts } from "./acts.js";
import { createOpening } from "./opening.js";
import { People } from "./people.js";
import { createPlanning } from "./planning.js";
import { TABS } from "./tabs.js";
import { drawTabs, drawTop } from "./top.js";
import { stepsOf } from "./steps.js";
import { looked } from "./looked.js";
import { watchWaiting } from "./waiting.js";

/** Each tab draws into a place of its own. */
const SHELL = html`<header id="top" class="organise-top"></header>
  <nav id="tabs" class="organise-tabs"></nav>
  <main id="main" class="organise-main">
    ${Object.keys(TABS).map((name) => html`<section id=${`place-${name}`} tabindex="-1" data-keys="within" hidden></section>`)}
  </main>`;

const KEYS = readerOf([["u", "undo"]], { steps: [], always: [] });

/** @param {HTMLElement} root @param {Store} store @param {Identity} identity */
export function createFrame(root, store, identity) {
  render(SHELL, root);
  const mission = identity.mission ?? "";
  const toasts = createToasts(byId("toasts"));
  const acts = new Acts({ store, mission, as: identity.as, toasts });
  const people = new People((path) => acts.address(path));
  const views = new Views(store, (name) => byId(`place-${name}`));
  const { open, tab } = createOpening(views, () => room, () => draw());

  let mayPost = false;
  // once: a server sends letters or it does not
  void acts.call("post", undefined, { refused: () => {} }).then((told) => {
    mayPost = Boolean(told?.goes_out);
    if (mayPost) soon();
  });

  const about = () => /** @type {Mission|undefined} */ (store.get("mission", mission));
  /** @type {Organiser} */
  const room = {
    store,
    identity,
    mission,
    as: identity.as,
    acts,
    people,
    about,
    open: (name) => void open(/** @type {Tab} */ (name), true),
    isOpen: (name) => tab() === name,
    has: (name) => name in TABS,
    place: (name) => byId(`place-${name}`),
    invite: (name, named) => invite.one(name, named),
    mayPost: () => mayPost,
    plan: createPlanning(acts),
    update: () => soon(),
  };
  const invite = createInvite(room);

  /** The tab that was brought into sight last. @type {string|null} */
  let sought = null;
  let waiting = false;
  /** What several changes within one frame need is one drawing. */
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => ((waiting = false), views.update(true)));
  }

  function draw() {
    const mission = about();
    wear(mission?.accent ?? "", document.documentElement);
    show(byId("top"), () => drawTop({ mission, store, room, turnLang }));
    show(byId("tabs"), () => drawTabs(tab(), room));
    byId("tabs").setAttribute("aria-label", t("organise.tabs"));
    inSight(tab());
    for (const name of /** @type {Tab[]} */ (Object.keys(TABS))) byId(`place-${name}`).toggleAttribute("hidden", name !== tab());
    if (mission) document.title = `${people.waiting ? `(${formatNumber(people.waiting)}) ` : ""}${isolated(mission.title)} · ${t("organise.title")}`;
  }

  /** On a narrow screen the tabs go on beyond its edge. @param {string|null} name */
  function inSight(name) {
    if (sought === name) return;
    sought = name;
    byId("tabs").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  async function turnLang() {
    await chooseLang(currentLang() === "nl" ? "en" : "nl");
    toasts.redraw();
    draw();
    views.redraw();
  }

  /** What is to be done first, as long as nobody chose. */
  function first() {
    if (tab() || !store.position) return;
    const mission = about();
    const steps = mission && stepsOf(mission, /** @type {any} */ (store.all("slot")), 0, looked(room.mission));
    void open(steps?.slice(0, 3).every(({ done }) => done) ? "programme" : "guide");
  }

  people.subscribe(() => soon());
  watchWaiting(people, draw);
  listenKeys(KEYS, { undo: () => acts.undo() });
  store.subscribe(() => {
    draw();
    first();
    if (store.position) views.update();
  });
  document.addEventListener("visibilitychange", () => views.update());
  setInterval(() => !document.hidden && draw(), 1000);
  draw();
  const asked = tab();
  if (asked) void open(asked);
  return room;
}
