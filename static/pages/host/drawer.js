/**
 * What a host opens beside the panels: one place, of which a button in the header opens each view, fetched at the first
 * press with its words and its look. Where there is no room beside them it lies over them, and Escape closes it.
 *
 * A view is made like a panel's (app/views.js), in a place of its own that has its name: `host.place("run")`. Its folder
 * `session/NAME` has its words (`en.json`, `nl.json`) and its look (`drawer.css`); the word on its button is
 * `host.drawer.NAME`, in this folder. What its `tick` draws changes with time alone.
 *
 * @typedef {import("../host.js").Host} Host
 * @typedef {import("../../app/views.js").View & {tick?: () => void}} View
 * @typedef {import("../../parts/icon.js").Drawing} Drawing
 * @typedef {object} Row
 * @property {Drawing} drawing
 * @property {() => Promise<{create: (host: Host) => View}>} load
 * @property {readonly string[]} [of] the kinds of records that `count` looks at
 * @property {(host: Host) => number} [count] what waits there, on its button
 * @property {readonly string[]} [words] folders of other words that it says
 */

import { loadRare, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { attempt } from "../../app/lib/failsafe.js";
import { pref, setPref } from "../../app/lib/prefs.js";
import { Views } from "../../app/views.js";
import { dress } from "../../parts/dress.js";
import { icon } from "../../parts/icon.js";
import { chartColumn, clock, x } from "../../vendor/icons.js";

/** In the order of their buttons. @type {Record<string, Row>} */
const VIEWS = {
  run: { drawing: clock, load: () => import("../../session/run/drawer.js"), words: ["running"] },
  report: { drawing: chartColumn, load: () => import("../../session/report/drawer.js") },
};

/** @param {string} one */
const wordsOf = (one) => [one, ...(VIEWS[one].words ?? [])].map((folder) => loadRare(`${folder}/`));

/** Where it lies beside what else there is. */
const WIDE = "(min-width: 72rem)";

/** @param {Host} host */
export function createDrawer(host) {
  const root = host.place("drawer");
  const views = new Views(host.store, host.place);
  /** @type {Map<string, View>} */
  const made = new Map();
  let name = "";
  render(SHELL, root);
  const [head, body] = /** @type {HTMLElement[]} */ ([...root.children]);
  // what one writes in has an Escape of its own
  const isWriting = (/** @type {Event} */ { target }) => Boolean(/** @type {Element} */ (target).closest("form"));
  root.addEventListener("keydown", (event) => event.key === "Escape" && !isWriting(event) && close());

  const button = () => /** @type {HTMLElement|null} */ (document.querySelector(`[data-drawer="${name}"]`));

  /** @param {string} one */
  async function bring(one) {
    if (made.has(one)) return;
    const place = document.createElement("div");
    const [{ create }] = await Promise.all([VIEWS[one].load(), ...wordsOf(one), dress(`session/${one}/drawer.css`)]);
    if (made.has(one)) return;
    place.id = one;
    place.className = "drawer-view";
    body.append(place);
    views.add(one, () => {
      const view = create(host);
      made.set(one, view);
      return view;
    });
  }

  /** @param {string} one @param {boolean} [focus] */
  async function open(one, focus = true) {
    try {
      await bring(one);
    } catch {
      return host.acts.hint(t("problem.passing.text"));
    }
    name = one;
    setPref("drawer", one);
    root.hidden = false;
    root.setAttribute("aria-label", t(`host.drawer.${one}`));
    for (const place of body.children) /** @type {HTMLElement} */ (place).hidden = place.id !== one;
    draw(true);
    host.ui.set({});
    if (focus) root.focus();
  }

  function close() {
    const was = button();
    name = "";
    setPref("drawer", "");
    root.hidden = true;
    host.ui.set({});
    was?.focus();
  }

  function drawHead() {
    render(
      html`<h2>${t(`host.drawer.${name}`)}</h2>
        ${drawButtons("drawer-tab")}
        <button type="button" class="icon-button" data-act="close-drawer" aria-label=${t("dialog.close")} @click=${close}>${icon(x)}</button>`,
      head,
    );
  }

  /** @param {boolean} [whatever] */
  function draw(whatever = false) {
    if (!name) return;
    attempt(head, drawHead);
    views.update(whatever);
  }

  /** One for each. @param {string} look */
  const drawButtons = (look) => Object.keys(VIEWS).map((one) => drawButton(one, look));

  /** @param {string} one @param {string} look */
  function drawButton(one, look) {
    const n = VIEWS[one].count?.(host) ?? 0;
    const label = t(`host.drawer.${one}`);
    const isOpen = one === name;
    const press = () => (isOpen && look !== "drawer-tab" ? close() : void open(one));
    return html`<button
      type="button"
      class="icon-button ${look}"
      data-drawer=${look === "drawer-tab" ? nothing : one}
      aria-expanded=${look === "drawer-tab" ? nothing : String(isOpen)}
      aria-pressed=${look === "drawer-tab" ? String(isOpen) : nothing}
      aria-label=${n ? `${label}: ${n}` : label}
      title=${label}
      @click=${press}
    >
      ${icon(VIEWS[one].drawing)}${n ? html`<span class="count" aria-hidden="true">${n > 99 ? "99+" : n}</span>` : nothing}
    </button>`;
  }

  return {
    open,
    close,
    draw,
    /** For the header. */
    buttons: () => drawButtons("drawer-open"),
    /** The kinds of records that its buttons count. */
    of: Object.values(VIEWS).flatMap(({ of = [] }) => of),
    isOpen: () => name,
    tick: () => name && attempt(host.place(name), () => made.get(name)?.tick?.()),
    async redraw() {
      await Promise.all([...made.keys()].flatMap(wordsOf));
      if (name) root.setAttribute("aria-label", t(`host.drawer.${name}`));
      views.redraw();
      draw(true);
    },
    /** As it was left, where it covers nothing. */
    restore() {
      const kept = pref("drawer", "");
      if (VIEWS[kept] && matchMedia(WIDE).matches) void open(kept, false);
    },
  };
}

const SHELL = html`<div class="drawer-head"></div>
  <div class="drawer-body"></div>`;
