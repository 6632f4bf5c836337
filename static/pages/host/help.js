/** The keys, and the switch that turns them off. */

import { html } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { createDialog } from "../../parts/dialog.js";
import { areOn, keyList, turn } from "../../parts/keys.js";
import { KEYS } from "./keys.js";

export function createHelp() {
  const dialog = createDialog("help");
  const draw = () => dialog.draw(t("host.help"), drawHelp(() => (turn(), draw())));
  return {
    open() {
      draw();
      dialog.open();
    },
  };
}

/** @param {() => void} turned */
const drawHelp = (turned) =>
  html`<label class="check">
      <input type="checkbox" .checked=${areOn()} @change=${turned} /> ${t("host.help.on")}
    </label>
    ${keyList(KEYS, (act) => t(`host.key.${act}`))}
    <p class="facts">${t("host.help.where")}</p>`;
