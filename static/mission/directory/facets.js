/** Filters of the directory: what there is to choose from with how many each would leave, and what was chosen. */

import { countryName, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { leads } from "../../pages/mission/address.js";
import { flag, icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { handshake, x } from "../../vendor/icons.js";
import { languageName } from "../programme/language.js";
import { chosen, FACETS, holds, isPlain, NOTHING, SWITCHES, toggled, without } from "./look.js";

/** @typedef {import("./participant.js").How} How */

/** Values of a facet that are shown; the others open at a press. */
const SHOWN = 6;
/** Facets of which all are shown. */
const opened = new Set();

/** A value in words. @param {string} facet @param {string} value */
export function valueName(facet, value) {
  if (facet === "kind") return t(value ? `kind.${value}` : "kind.none");
  if (facet === "country") return html`${flag(value)} ${countryName(value)}`;
  if (facet === "languages") return languageName(value);
  return SWITCHES.includes(facet) ? t(`directory.${facet}`) : said(value);
}

/** What fits me first, and the switches: who is here, who comes to my next session. @param {How} how */
export function quickFilters({ look, found, go }) {
  const match = () => go({ ...look, match: !look.match, page: 0 });
  return html`<button type="button" class="button is-small dir-match" aria-pressed=${look.match} @click=${match}>
      ${icon(handshake)} ${t("directory.match")}
    </button>
    ${SWITCHES.map((name) => {
      const n = found?.facets[name]?.true ?? 0;
      const isOn = holds(look, name, "true");
      // what all are, or nobody is, tells nothing apart
      return (n && n < (found?.total ?? 0)) || isOn
        ? html`<button type="button" class="button is-small" aria-pressed=${isOn} @click=${() => go(toggled(look, name, "true"))}>
            ${t(`directory.${name}`)} <span class="tally">${n}</span>
          </button>`
        : nothing;
    })}`;
}

/** What became of asking who fits me; and what to do where that cannot be known. @param {How} how */
export function matchNote({ room, look, found }) {
  if (!look.match || !found?.total) return nothing;
  const me = room.me();
  if (me && !me.offers.length && !me.seeks.length) {
    const words = new URLSearchParams({ tab: "me" });
    return html`<p class="match-note">${t("directory.match.fill")}
      <a href=${room.address.href(words)} @click=${leads(room.address, words)}>${t("directory.match.to_card")}</a></p>`;
  }
  return html`<p class="match-note">${found.fitting ? t("directory.match.found", { n: found.fitting }) : t("directory.match.empty")}</p>`;
}

/** @param {How} how */
export function facetList(how) {
  return FACETS.filter((facet) => !SWITCHES.includes(facet)).map((facet) => drawFacet(how, facet));
}

/** @param {How} how @param {string} facet */
function drawFacet(how, facet) {
  const counts = how.found?.facets[facet] ?? {};
  // what is chosen stays in sight, also where nobody is left
  const own = how.look.facets[facet] ?? [];
  const values = [...own.filter((value) => !(value in counts)), ...Object.keys(counts)];
  if (!values.length) return nothing;
  const first = values.filter((value, at) => at < SHOWN || own.includes(value));
  const rest = values.filter((value) => !first.includes(value));
  const isOpen = opened.has(facet);
  const more = () => (opened.add(facet), how.redraw());
  const one = (/** @type {string} */ value) => check(how, facet, value, counts[value] ?? 0);
  return html`<fieldset class="facet">
    <legend>${t(`directory.facet.${facet}`)}</legend>
    ${first.map(one)} ${isOpen ? rest.map(one) : nothing}
    ${rest.length && !isOpen
      ? html`<button type="button" class="facet-more" aria-label=${`${t(`directory.facet.${facet}`)}: ${t("directory.more", { n: rest.length })}`} @click=${more}>${t("directory.more", { n: rest.length })}</button>`
      : nothing}
  </fieldset>`;
}

/** @param {How} how @param {string} facet @param {string} value @param {number} n */
function check({ look, go, prefix = "" }, facet, value, n) {
  const id = `${prefix}${facet}-${encodeURIComponent(value)}`;
  return html`<label class="facet-value" for=${id}>
    <input id=${id} type="checkbox" .checked=${holds(look, facet, value)} @change=${() => go(toggled(look, facet, value))} />
    <span class="facet-name">${valueName(facet, value)}</span>
    <span class="tally">${n}</span>
  </label>`;
}

/** What was chosen, each with its way out. @param {How} how */
export function chips({ look, go }) {
  const all = chosen(look).filter(({ facet }) => !SWITCHES.includes(facet));
  if (isPlain({ ...look, page: 0 })) return nothing;
  return html`${all.map(
      ({ facet, value }) =>
        html`<button type="button" class="chip" @click=${() => go(toggled(look, facet, value))}>
          <span>${valueName(facet, value)}</span><span class="unseen">, ${t("directory.take_away")}</span>${icon(x)}
        </button>`,
    )}
    <button type="button" class="button is-small is-quiet" @click=${() => go(NOTHING)}>${t("directory.clear")}</button>`;
}

/** Nobody: which filter to leave out. @param {How} how */
export function emptyResult({ look, found, go }) {
  const drop = found?.drop ?? [];
  return html`<div class="empty">
    <p>${t(drop.length ? "directory.nobody.drop" : "directory.nobody")}</p>
    <p class="row">
      ${drop.map(
        (name) =>
          html`<button type="button" class="button" @click=${() => go(without(look, name))}>${t("directory.without", { what: wordOf(look, name) })}</button>`,
      )}
      ${drop.length ? nothing : html`<button type="button" class="button" @click=${() => go(NOTHING)}>${t("directory.clear")}</button>`}
    </p>
  </div>`;
}

/** @param {import("./look.js").Look} look @param {string} name */
function wordOf(look, name) {
  if (name === "words") return `“${look.q}”`;
  return SWITCHES.includes(name) ? t(`directory.${name}`) : t(`directory.facet.${name}`);
}
