/**
 * What somebody is told of their own link, until they have answered: another device came in by it, or another
 * person. Devices that were there when this page came are known.
 */

import { html, nothing, render } from "../lib/dom.js";
import { t } from "../i18n.js";
import { deviceName } from "./devices.js";

/** @typedef {import("../store.js").Store} Store */

/**
 * @param {HTMLElement} root
 * @param {{store: Store, device: string}} page
 * @returns {() => void} to be called when anything changed
 */
export function createNotice(root, { store, device }) {
  /** @type {Set<string>|null} */
  let known = null;
  let others = 0;

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

  /** @param {any} fresh */
  function drawDevice(fresh) {
    const keep = () => (known?.add(fresh.id), draw());
    const end = () => store.do("end_device", { device: fresh.id }).done.then(draw, keep);
    return drawNotice(
      t("notice.device", { device: deviceName(fresh) }),
      html`<button type="button" class="button is-small" @click=${keep}>${t("notice.mine")}</button>
        <button type="button" class="button is-small is-danger" @click=${end}>${t("notice.end")}</button>`,
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

/** @param {string} text @param {unknown} buttons */
const drawNotice = (text, buttons) =>
  html`<div class="link-bar notice" role="alert"><span>${text}</span><span class="row">${buttons}</span></div>`;
