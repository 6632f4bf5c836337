/** Erasing myself: what goes and what is left is said first, and a word is written before it is done. */

import { query, request } from "../../app/enter.js";
import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { showProblem } from "../../parts/problem.js";
import { sure } from "../../parts/sure.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** What no software reaches, and is said beforehand. */
const ALWAYS = ["backups", "exports", "downloads", "letters"];

/** @param {Room} room @returns {() => void} opens it */
export function eraseDialog(room) {
  const dialog = createDialog("erase-me");
  const path = `/api/missions/${encodeURIComponent(room.id)}/erase${query(room.identity.as)}`;

  /** @param {string} [refused] @param {boolean} [isBusy] */
  function draw(refused = "", isBusy = false) {
    dialog.draw(
      t("erase.title"),
      html`<form class="stack" @submit=${submit}>
        <p>${t("erase.what")}</p>
        <p class="soft">${t("erase.left")}</p>
        <label class="field-line">${t("erase.write", { word: t("erase.word") })}
          <input name="word" autocomplete="off" autocapitalize="off" spellcheck="false" ?readonly=${isBusy} />
        </label>
        ${refused ? html`<p class="message-failed" role="alert">${refused}</p>` : nothing}
        ${isBusy ? html`<p role="status">${t("erase.busy")}</p>` : sure({ label: t("erase.no"), run: dialog.close }, { label: t("erase.yes") })}
      </form>`,
    );
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const word = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("word"));
    if (word.trim().toLowerCase() !== t("erase.word").toLowerCase()) return draw(t("erase.wrong", { word: t("erase.word") }));
    draw("", true);
    // its own end is no news to this page
    room.store.connection.stop();
    try {
      const { finished, left } = await request(path, { participant: room.identity.you.id });
      const more = left.filter((/** @type {string} */ what) => !ALWAYS.includes(what));
      await showProblem("person.erased", { reason: finished ? more.join(", ") : t("erase.later") });
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      room.store.connection.start();
      draw(refusalText(code, text));
    }
  }

  return () => (draw(), dialog.open());
}
