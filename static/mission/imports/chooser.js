/** Which file: chosen, or dropped where it says so. */

import { currentLang, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";

const KINDS = ".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/**
 * @param {{busy: boolean, wrong: string, copy: string}} shown `copy` is where the list of all is
 * @param {{choose: (file: File|undefined) => void}} acts
 */
export function drawChooser({ busy, wrong, copy }, { choose }) {
  const drop = {
    /** @param {DragEvent} event */
    over(event) {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    },
    /** @param {DragEvent} event */
    dropped(event) {
      event.preventDefault();
      if (!busy) choose(event.dataTransfer?.files[0]);
    },
  };
  return html`<div class="tab-head"><h2>${t("imports.title")}</h2></div>
    <form class="import-drop stack" @dragover=${drop.over} @drop=${drop.dropped} @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <p>${t("imports.what")}</p>
      <label class="button is-primary import-choose" aria-disabled=${busy ? "true" : nothing}>
        ${busy ? t("imports.reading") : t("imports.choose")}
        <input class="unseen" type="file" name="list" accept=${KINDS} ?disabled=${busy} @change=${(/** @type {Event} */ event) => chosen(event, choose)} />
      </label>
      ${wrong ? html`<p class="error" role="alert">${wrong}</p>` : nothing}
      <p class="soft">${t("imports.columns_known")}</p>
      <p class="soft">${t("imports.nobody_told")}</p>
    </form>
    <p class="import-copy">
      <a class="button is-small" href=${inLanguage(copy)} download>${t("imports.copy")}</a>
      <span class="soft">${t("imports.copy.shape")}</span>
    </p>`;
}

/** @param {Event} event @param {(file: File|undefined) => void} choose */
function chosen(event, choose) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const [file] = input.files ?? [];
  // the same one may be chosen again, once it was mended
  input.value = "";
  choose(file);
}

/** @param {string} address */
function inLanguage(address) {
  const url = new URL(address, location.origin);
  url.searchParams.set("lang", currentLang());
  return url.pathname + url.search;
}
