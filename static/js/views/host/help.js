/**
 * The keys, and the switch that turns them off (WCAG 2.1.4).
 *
 * @typedef {import("./parts.js").Host} Host
 */

import { html } from "../../lib/dom.js";
import { t } from "../../i18n.js";
import { createDialog } from "./dialog.js";
import { KEYS } from "./keys.js";

/** @param {Host} host */
export function createHelp(host) {
  const dialog = createDialog("help");
  const draw = () => dialog.draw(t("host.help"), drawHelp(host, draw));
  return {
    open() {
      draw();
      dialog.open();
    },
  };
}

/** @param {Host} host @param {() => void} changed */
function drawHelp(host, changed) {
  const turn = () => {
    host.ui.set({ keys: !host.ui.now.keys });
    changed();
  };
  return html`<label class="check">
      <input type="checkbox" .checked=${host.ui.now.keys} @change=${turn} /> ${t("host.help.on")}
    </label>
    <dl class="keys">
      ${KEYS.map(
        ([key, act]) =>
          html`<div>
            <dt><kbd>${key}</kbd></dt>
            <dd>${t(`host.key.${act}`)}</dd>
          </div>`,
      )}
    </dl>
    <p class="facts">${t("host.help.where")}</p>`;
}
