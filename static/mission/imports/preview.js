/** A list before it is taken in: what its columns are, and what will become of each line. */

import { formatNumber, refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { drawColumns, fieldName } from "./columns.js";
import { leftOpen } from "./past.js";

/**
 * @typedef {import("./upload.js").Look} Look
 * @typedef {import("./upload.js").Line} Line
 * @typedef {import("./upload.js").Fate} Fate
 * @typedef {{list: import("./upload.js").List, look: Look, spread: boolean, keeps: boolean, shown: Fate|"all", most: number, busy: boolean,
 *   wrong: string, held: boolean}} Shown `held` while another is being taken in
 * @typedef {{again: () => void, take: () => void, show: (fate: Fate|"all") => void, more: () => void,
 *   column: (at: number, field: string) => void, keep: (on: boolean) => void}} Acts
 */

/** @type {Fate[]} */
const FATES = ["new", "changed", "equal", "refused"];
const SEPARATORS = { ",": "comma", ";": "semicolon", "\t": "tab" };

/** @param {Shown} shown @param {Acts} acts */
export function drawPreview(shown, acts) {
  const { list, look, busy, wrong, held } = shown;
  const counts = countsOf(look.lines);
  const takes = counts.new + counts.changed;
  const off = busy || held || !takes;
  return html`<div class="tab-head">
      <h2>${t("imports.title")}</h2>
      <button type="button" class="button is-small" @click=${acts.again}>${t("imports.another")}</button>
    </div>
    <section class="import-look stack" aria-busy=${busy ? "true" : "false"}>
      <div>
        <h3 tabindex="-1"><bdi dir="auto">${list.name}</bdi></h3>
        <p class="soft">${readAs(look)}</p>
      </div>
      ${drawColumns(look, shown.spread, busy, acts.column)}
      ${look.missing ? html`<p class="notice" role="status">${t("imports.missing")}</p>` : drawLines(shown, counts, acts)}
      ${drawKeeps(shown, acts)}
      ${wrong ? html`<p class="error" role="alert">${wrong}</p>` : nothing}
      <div class="acts import-go">
        ${look.missing
          ? nothing
          : html`<button type="button" class="button is-primary" aria-disabled=${off ? "true" : nothing} @click=${() => off || acts.take()}>
              ${busy ? t("imports.reading") : takes ? t("imports.take", { n: takes }) : t("imports.nothing")}
            </button>`}
        ${counts.refused ? html`<p class="soft">${t("imports.left_out", { n: counts.refused })}</p>` : nothing}
      </div>
    </section>`;
}

/** @param {Look} look */
function readAs({ kind, encoding, separator, sheet, formulas }) {
  if (kind === "xlsx") return `${t("imports.as_xlsx", { sheet })}${formulas ? ` ${t("imports.formulas")}` : ""}`;
  const between = SEPARATORS[/** @type {keyof typeof SEPARATORS} */ (separator)];
  return t("imports.as_csv", { encoding: encoding.toUpperCase(), separator: t(`imports.separator.${between}`) });
}

/** @param {Line[]} lines @returns {Record<Fate, number>} */
function countsOf(lines) {
  const counts = { new: 0, changed: 0, equal: 0, refused: 0 };
  for (const { fate } of lines) counts[fate]++;
  return counts;
}

/** @param {Shown} shown @param {Record<Fate, number>} counts @param {Acts} acts */
function drawLines({ look, shown, most }, counts, acts) {
  const lines = shown === "all" ? look.lines : look.lines.filter(({ fate }) => fate === shown);
  const chip = (/** @type {Fate|"all"} */ fate, /** @type {number} */ count) =>
    html`<button type="button" class="button is-small filter" data-fate=${fate} aria-pressed=${shown === fate ? "true" : "false"} @click=${() => acts.show(fate)}>
      ${t(`imports.fate.${fate}`)} <span class="tally">${formatNumber(count)}</span>
    </button>`;
  return html`<div class="filter-chips" role="group" aria-label=${t("imports.fates")}>
      ${chip("all", look.lines.length)} ${FATES.map((fate) => (counts[fate] ? chip(fate, counts[fate]) : nothing))}
    </div>
    <ul class="import-lines" tabindex="0" aria-label=${t("imports.lines")}>
      ${lines.slice(0, most).map(drawLine)}
    </ul>
    ${lines.length > most ? html`<p><button type="button" class="button is-small" @click=${acts.more}>${t("imports.more", { n: lines.length - most })}</button></p>` : nothing}`;
}

/** @param {Line} line */
const drawLine = (line) => html`<li class="import-line" data-fate=${line.fate}>
  <span class="import-number soft">${formatNumber(line.line)}</span>
  <span class="import-who"><bdi dir="auto">${line.name || "–"}</bdi>${line.organisation ? html` <bdi class="soft" dir="auto">${line.organisation}</bdi>` : nothing}</span>
  <span class="import-why">${whyOf(line)}</span>
</li>`;

/** @param {Line} line */
function whyOf({ fate, fields = [], kept = [], code = "", text = "", field = "", unknown = {} }) {
  const stays = html`${kept.length ? html` <span class="soft">${t("imports.kept", { fields: named(kept) })}</span>` : nothing}
  ${Object.entries(unknown).map(([field, said]) => html` <span class="soft import-open">${leftOpen(field, said)}</span>`)}`;
  if (fate === "refused") {
    const said = refusalText(code, text);
    return html`<span class="error">${field ? `${fieldName(field)}: ${said}` : said}</span>`;
  }
  if (fate === "changed") return html`${t("imports.changes", { fields: named(fields) })}${stays}`;
  return html`${t(`imports.is_${fate}`)}${stays}`;
}

/** @param {string[]} fields */
const named = (fields) => fields.map(fieldName).join(", ");

/** What people said themselves is asked about where the list says otherwise. @param {Shown} shown @param {Acts} acts */
function drawKeeps({ look, keeps, busy }, acts) {
  const some = look.lines.filter(({ kept }) => kept?.length).length;
  if (!some && keeps) return nothing;
  return html`<label class="check">
    <input type="checkbox" .checked=${!keeps} ?disabled=${busy} @change=${(/** @type {Event} */ event) => acts.keep(!(/** @type {HTMLInputElement} */ (event.target).checked))} />
    <span>${t("imports.overwrite")}${some ? html` <span class="soft">${t("imports.overwrite.some", { n: some })}</span>` : nothing}</span>
  </label>`;
}
