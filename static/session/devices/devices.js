/**
 * My devices: by which browsers I came in, and which programs use my link, each to be signed out; and leaving on this one.
 *
 * Both are asked in place: the first press says what would happen, a second one elsewhere does it.
 */

import { formatTime, refusalText, t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { signOut } from "../../parts/sign_out.js";
import { sure } from "../../parts/sure.js";
import { deviceName } from "./notice.js";

/** What draws in a place that is opened again. @type {WeakMap<HTMLElement, () => unknown>} */
const drawn = new WeakMap();

/** @typedef {import("../../app/store.js").Store} Store */
/** @typedef {{id: string, browser: string, system: string, came: number, last: number}} Device */

/**
 * Draws itself again as long as it is on the page.
 * @param {HTMLElement} root
 * @param {{store: Store, as: string, device: string, left: (code: string) => void}} page  `left` tells how leaving went
 * @returns {() => void}
 */
export function createDevices(root, { store, as, device, left }) {
  /** The device that is asked about; `leave` for leaving. */
  let asked = "";
  let wrong = "";

  /** @param {string} what */
  function ask(what) {
    [asked, wrong] = [what, ""];
    draw();
    if (what) find("[data-act=back]", root)?.focus();
  }

  /** @param {any} why */
  const refused = ({ code, text }) => ((wrong = refusalText(code, text)), (asked = ""), draw());

  /** @param {string} id */
  const end = (id) => store.do("end_device", { device: id }).done.then(() => ask(""), refused);

  const go = () => signOut(store, as, left);

  function draw() {
    const mine = /** @type {Device[]} */ (store.get("devices", store.you?.id)?.devices ?? []);
    render(
      html`<h3>${t("device.title")}</h3>
        <ul class="devices">
          ${mine.map((one) => drawOne(one, one.id === device, asked === one.id))}
        </ul>
        ${wrong ? html`<p class="message-failed" role="alert">${wrong}</p>` : nothing} ${drawLeave()}`,
      root,
    );
  }

  /** @param {Device} one @param {boolean} isThis @param {boolean} isAsked */
  function drawOne(one, isThis, isAsked) {
    const name = deviceName(one);
    return html`<li>
      <span
        ><strong>${name}</strong> ${isThis ? html`<span class="badge">${t("device.this")}</span>` : nothing}<br />
        <span class="soft">${t("device.since", { came: formatTime(one.came), last: formatTime(one.last) })}</span></span
      >
      ${isThis ? nothing : isAsked ? drawSure(t("device.end_sure"), () => end(one.id)) : drawEnd(one.id, name)}
    </li>`;
  }

  /** @param {string} id @param {string} name */
  const drawEnd = (id, name) =>
    html`<button
      type="button"
      class="button is-small"
      aria-label=${t("device.end_name", { name })}
      @click=${() => ask(id)}
    >
      ${t("device.end")}
    </button>`;

  /** @param {string} label @param {() => void} run */
  const drawSure = (label, run) => sure({ label: t("device.cancel"), run: () => ask("") }, { label, run });

  const drawLeave = () =>
    html`<div class="device-leave">
      <p class="soft">${t("device.leave_what")}</p>
      ${
        asked === "leave"
          ? drawSure(t("device.leave_sure"), go)
          : html`<button type="button" class="button is-small" @click=${() => ask("leave")}>
              ${t("device.leave")}
            </button>`
      }
    </div>`;

  const forget = store.subscribe(() => void (root.isConnected ? draw() : forget()));
  drawn.get(root)?.();
  drawn.set(root, forget);
  draw();
  return draw;
}
