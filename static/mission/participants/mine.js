/** My data, to take along; signing out in this browser, and leaving the mission: each is asked once more. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { leads } from "../../pages/mission/address.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { showProblem } from "../../parts/problem.js";
import { signOut } from "../../parts/sign_out.js";
import { sure } from "../../parts/sure.js";
import { download } from "../../vendor/icons.js";
import { pathOf } from "../directory/fetched.js";
import { eraseDialog } from "./erase_me.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** What the address says while my data is read. */
const reading = new URLSearchParams({ tab: "me", data: "all" });

/** @param {Room} room */
export function minePanel(room) {
  const dialog = createDialog("leave-mission");
  const { store, identity } = room;

  /** @param {"leave"|"sign_out"} what @param {() => void} run @param {string} [refused] */
  function draw(what, run, refused = "") {
    dialog.draw(
      t(`${what}.title`),
      html`<p>${t(`${what}.what`)}</p>
        ${refused ? html`<p class="message-failed" role="alert">${refused}</p>` : nothing}
        ${sure({ label: t("leave.no"), run: dialog.close }, { label: t(`${what}.yes`), run })}`,
    );
  }

  async function leave() {
    try {
      await store.do("leave_mission").done;
      // nothing of it stays here, should an organiser admit me again
      await signOut(store, identity.as, () => showProblem("participant.left"));
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      draw("leave", leave, refusalText(code, text));
    }
  }

  const erases = eraseDialog(room);
  const out = () => void signOut(store, identity.as, showProblem);
  /** @param {"leave"|"sign_out"} what @param {() => void} run */
  const asks = (what, run) => () => (draw(what, run), dialog.open());
  return {
    draw: () => html`<section class="panel me-mine" aria-labelledby="me-mine">
      <div class="panel-head"><h2 id="me-mine">${t("mine.title")}</h2></div>
      <p class="soft">${t("mine.what", { n: room.mission()?.kept_days ?? 0 })}</p>
      <p class="row">
        <a class="button is-small" href=${room.address.href(reading)} @click=${leads(room.address, reading)}>${t("mine.read")}</a>
        <a class="button is-small" href=${pathOf(room, "mine.json")} download>${icon(download)} ${t("mine.download")}</a>
      </p>
      <p class="soft">${t("sign_out.when")}</p>
      <p class="row">
        <button type="button" class="button is-small" @click=${asks("sign_out", out)}>${t("sign_out.open")}</button>
        <button type="button" class="button is-small is-quiet" @click=${asks("leave", leave)}>${t("leave.open")}</button>
      </p>
      <p class="soft">${t("erase.when")}</p>
      <p class="row"><button type="button" class="button is-small is-danger" data-act="erase" @click=${erases}>${t("erase.open")}</button></p>
    </section>`,
  };
}
