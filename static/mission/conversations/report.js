/** To show the organisers a message: that one and who wrote it, with a reason if one likes. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { sure } from "../../parts/sure.js";
import { said } from "../../parts/text.js";
import { LIMITS } from "../limits.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** @param {Room} room */
export function reportOf(room) {
  const dialog = createDialog("report-message");
  const most = LIMITS.report_message.reason.maxLength;

  /** @param {any} message @param {string} [refused] */
  function draw(message, refused = "") {
    dialog.draw(
      t("conversations.report.title"),
      html`<form class="stack" novalidate @submit=${(/** @type {SubmitEvent} */ event) => (event.preventDefault(), void send(message, event))}>
        <blockquote class="report-words">${said(message.text)}</blockquote>
        <p>${t("conversations.report.what")}</p>
        <div class="field">
          <label for="report-reason">${t("conversations.report.reason")}</label>
          <textarea id="report-reason" name="reason" rows="2" dir="auto" maxlength=${most}></textarea>
        </div>
        ${refused ? html`<p class="message-failed" role="alert">${refused}</p>` : nothing}
        ${sure({ label: t("conversations.report.keep"), run: dialog.close }, { label: t("conversations.report"), act: "report-yes" })}
      </form>`,
    );
  }

  /** @param {any} message @param {SubmitEvent} event */
  async function send(message, event) {
    const reason = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("reason") ?? "");
    try {
      await room.store.do("report_message", { message: message.id, reason }).done;
      dialog.close();
      room.toast(t("conversations.report.did"));
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      draw(message, refusalText(code, text));
    }
  }

  return (/** @type {any} */ message) => {
    draw(message);
    const field = /** @type {HTMLTextAreaElement|null} */ (dialog.find("textarea"));
    if (field) field.value = "";
    dialog.open();
  };
}
