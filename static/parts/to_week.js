/** The way back to the week of a mission, for who takes part in it. */

import { query } from "../app/enter.js";
import { t } from "../app/i18n.js";
import { html, nothing } from "../app/lib/dom.js";
import { chevronLeft } from "../vendor/icons.js";
import { icon } from "./icon.js";

/** @param {string} mission its id @param {string} as */
export const weekPath = (mission, as) => `/mission/${encodeURIComponent(mission)}${query(as)}`;

/** Where they change their card, for the whole week. @param {string} mission its id @param {string} as */
export const mePath = (mission, as) => `${weekPath(mission, as)}&tab=me`;

/** @param {import("../app/enter.js").Identity} identity */
export const toWeek = ({ mission, as }) =>
  mission
    ? html`<a class="icon-button to-week" href=${weekPath(mission, as)} aria-label=${t("week.back")} title=${t("week.back")}
        >${icon(chevronLeft)}</a
      >`
    : nothing;
