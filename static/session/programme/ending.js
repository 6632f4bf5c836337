/**
 * Closing the session, asked first: everybody is sent home by it, so it says how many that are.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 */

import { html } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { createDialog } from "../../parts/dialog.js";
import { sure } from "../../parts/sure.js";
import { hereCount } from "../people/makeup.js";
import { sessionOf } from "./session.js";

/** @param {Host} host */
export function createEnding(host) {
  const dialog = createDialog("ending");

  function close() {
    dialog.close();
    void host.acts.do("close_session", {}, () => t("host.did.close_session"));
  }

  function draw() {
    const n = hereCount(/** @type {any} */ (host.store.all("person")));
    const open = sessionOf(host)?.state === "open";
    const title = open ? t("host.ending.title", { n }) : t("host.ending.over");
    dialog.draw(title, drawAsk(open ? close : null, dialog.close));
  }

  return {
    open() {
      draw();
      dialog.open();
    },
    /** A colleague may have closed it while we were asked. */
    draw: () => void (dialog.isOpen() && draw()),
  };
}

/** @param {(() => void)|null} close @param {() => void} back */
function drawAsk(close, back) {
  return html`<p>${t(close ? "host.ending.what" : "host.ending.colleague")}</p>
    ${sure({ label: t(close ? "host.cancel" : "host.close"), run: back }, close && { label: t("host.close_session"), run: close })}`;
}
