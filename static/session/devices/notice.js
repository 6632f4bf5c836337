/**
 * What somebody is told of their own link, until they have answered: another device came in by it, or another
 * person. Devices that were there when this page came are known.
 */

import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { sure } from "../../parts/sure.js";

/** @typedef {import("../../app/store.js").Store} Store */

/** The `browser` of a program that uses my link as it is. */
const PROGRAM = "program";

/** @param {{browser: string, system: string}} device */
export function deviceName({ browser, system }) {
  if (browser === PROGRAM) return t("device.program");
  if (!browser || !system) return browser || system || t("device.unknown");
  return t("device.name", { browser, system });
}

/**
 * @param {HTMLElement} root
 * @param {{store: Store, device: string}} page
 * @returns {() => void} to be called when anything changed
 */
export function createNotice(root, { store, device }) {
  /** @type {Set<string>|null} */
  let known = null;
  let others = 0;
  /** What is told by now: an open dialog would keep an alert beside it from being heard. */
  let told = "";

  function draw() {
    const mine = store.get("devices", store.you?.id);
    if (!store.joined || !store.you) return;
    if (!known) {
      known = new Set([device, ...(mine?.devices ?? []).map((/** @type {any} */ one) => one.id)]);
      others = mine?.others ?? 0;
    }
    const fresh = mine?.devices.find((/** @type {any} */ one) => !known?.has(one.id));
    const isShared = (mine?.others ?? 0) > others;
    render(fresh ? drawDevice(fresh) : isShared ? drawShared(mine?.others) : nothing, root);
  }

  /** @param {string} text @param {unknown} buttons in a row */
  function drawNotice(text, buttons) {
    if (text !== told) announce(text);
    told = text;
    return html`<div class="link-bar notice"><span>${text}</span>${buttons}</div>`;
  }

  /** @param {any} fresh */
  function drawDevice(fresh) {
    const keep = () => (known?.add(fresh.id), draw());
    const end = () => store.do("end_device", { device: fresh.id }).done.then(draw, keep);
    return drawNotice(
      fresh.browser === PROGRAM ? t("notice.program") : t("notice.device", { device: deviceName(fresh) }),
      sure({ label: t("notice.mine"), run: keep }, { label: t("notice.end"), run: end }),
    );
  }

  /** @param {number} count */
  function drawShared(count) {
    const seen = () => ((others = count), draw());
    return drawNotice(
      t("notice.shared"),
      html`<button type="button" class="button is-small" @click=${seen}>${t("notice.seen")}</button>`,
    );
  }

  return draw;
}
