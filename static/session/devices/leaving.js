/** Leaving on this device, asked once; then the page says goodbye. */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { showProblem } from "../../parts/problem.js";
import { signOut } from "../../parts/sign_out.js";
import { sure } from "../../parts/sure.js";
import { weekPath } from "../../parts/to_week.js";

/** @typedef {import("../../app/store.js").Store} Store */

/** Who takes part in a week goes on in it, mostly. @param {import("../../app/enter.js").Identity} identity */
const drawBack = ({ mission, as }) =>
  html`<p><a class="button is-primary" href=${weekPath(mission ?? "", as)}>${t("leave.week")}</a></p>`;

/** @param {{store: Store, identity: import("../../app/enter.js").Identity}} room */
export function openLeaving({ store, identity }) {
  const dialog = createDialog("leaving");
  dialog.draw(
    t("leave.title"),
    html`<div class="stack">
      ${identity.mission ? drawBack(identity) : nothing}
      <p>${t("device.leave_what")}</p>
      ${sure(
        { label: t("leave.stay"), run: dialog.close },
        { label: t("device.leave_sure"), run: () => signOut(store, identity.as, showProblem) },
      )}
    </div>`,
  );
  dialog.open();
}
