/** My leads to take along: each way says what it is for. */

import { currentLang, t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { download } from "../../vendor/icons.js";
import { pathOf } from "../directory/fetched.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** What each is asked for as. @type {[string, string, () => Record<string, string>][]} */
const WAYS = [
  ["xlsx", "leads.xlsx", () => ({ lang: currentLang() })],
  ["csv", "leads.csv", () => ({ lang: currentLang(), separator: "," })],
  ["csv_semicolon", "leads.csv", () => ({ lang: currentLang(), separator: ";" })],
  ["vcf4", "leads.vcf", () => ({ version: "4" })],
  ["vcf3", "leads.vcf", () => ({ version: "3" })],
  ["json", "leads.json", () => ({})],
];

/** @param {Room} room */
export function filesButton(room) {
  const dialog = createDialog("leads-files");
  const draw = () =>
    dialog.draw(
      t("leads.files.title"),
      html`<p>${t("leads.files.what")}</p>
        <ul class="lead-files">${WAYS.map(
          ([name, call, words]) => html`<li>
            <a class="button is-small" href=${pathOf(room, call, new URLSearchParams(words()))} download data-way=${name}>${icon(download)} ${t(`leads.files.${name}`)}</a>
            <span class="soft">${t(`leads.files.${name}.what`)}</span>
          </li>`,
        )}</ul>`,
    );
  const open = () => (draw(), dialog.open());
  return () => html`<button type="button" class="button is-small leads-export" @click=${open}>${icon(download)} ${t("leads.files")}</button>`;
}
