/** My data, to take along; and leaving the mission, which is asked once more. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { sure } from "../../parts/sure.js";
import { download } from "../../vendor/icons.js";
import { pathOf } from "../directory/fetched.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** @param {Room} room */
export function minePanel(room) {
  const dialog = createDialog("leave-mission");

  /** @param {string} [refused] */
  function draw(refused = "") {
    dialog.draw(
      t("leave.title"),
      html`<p>${t("leave.what")}</p>
        ${refused ? html`<p class="message-failed" role="alert">${refused}</p>` : nothing}
        ${sure({ label: t("leave.no"), run: dialog.close }, { label: t("leave.yes"), run: leave })}`,
    );
  }

  async function leave() {
    try {
      await room.store.do("leave_mission").done;
      dialog.close();
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      draw(refusalText(code, text));
    }
  }

  const open = () => (draw(), dialog.open());
  return {
    draw: () => html`<section class="panel me-mine" aria-labelledby="me-mine">
      <div class="panel-head"><h2 id="me-mine">${t("mine.title")}</h2></div>
      <p class="soft">${t("mine.what", { n: room.mission()?.kept_days ?? 0 })}</p>
      <p class="row">
        <a class="button is-small" href=${pathOf(room, "mine.json")} download>${icon(download)} ${t("mine.download")}</a>
        <button type="button" class="button is-small" @click=${open}>${t("leave.open")}</button>
      </p>
    </section>`,
  };
}
