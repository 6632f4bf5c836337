/** Somebody as a row: who they are, how they stand, and what can be done about them. */

import { countryName, formatTime, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { disc } from "../../parts/card.js";
import { copied } from "../../parts/copied.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { ellipsis } from "../../vendor/icons.js";

/** @typedef {import("../../pages/organise/people.js").Person} Person */
/** @typedef {ReturnType<typeof import("./acts.js").createPersonActs>} Acts */

/** @typedef {{id: string, person: Person, open: boolean, me: boolean, parts: ("host"|"speaker")[]}} Row `parts` in sessions */

const TONES = /** @type {Record<string, string>} */ ({ applied: "is-new", admitted: "is-good", declined: "is-danger" });

/** @param {Row} row @param {Acts} acts */
export function drawPerson({ person, open, me, parts }, acts) {
  const named = (/** @type {string} */ what) => t("organise.person.of", { what, name: person.name });
  const from = [person.organisation, person.place, countryName(person.country)].filter(Boolean);
  return html`${disc(person)}
    <div class="person-who">
      <strong>${said(person.name)}</strong> ${me ? html`<span class="soft">${t("organise.person.me")}</span>` : nothing}
      <span class="badge ${TONES[person.state] ?? ""}">${t(`organise.state.${person.state}`)}</span>
      ${person.role === "organiser" ? html`<span class="badge">${t("organise.role.organiser")}</span>` : nothing}
      ${parts.map((part) => html`<span class="badge">${t(`organise.part.${part}`)}</span>`)}
      <p class="soft person-from">${from.length ? html`<span class="dots">${from.map((part) => html`<span>${said(part)}</span>`)}</span>` : nothing}${drawCame(person)}</p>
      ${person.reason ? html`<p class="soft">${t("organise.person.reason")} ${said(person.reason)}</p>` : nothing}
    </div>
    <div class="acts person-acts">
      ${
        person.state === "applied"
          ? html`<button type="button" class="button is-small" data-act="admit" aria-label=${named(t("organise.admit"))} @click=${() => acts.admit(person)}>${t("organise.admit")}</button>
              <button type="button" class="button is-small is-quiet" data-act="decline" aria-label=${named(t("organise.decline"))} @click=${() => acts.decline(person)}>${t("organise.decline")}</button>`
          : nothing
      }
      <button type="button" class="icon-button" data-act="more" aria-expanded=${open ? "true" : "false"} aria-label=${named(t("organise.more"))} title=${t("organise.more")} @click=${() => acts.open(person.id)}>${icon(ellipsis)}</button>
    </div>
    ${open ? drawMore(person, me, acts) : nothing}`;
}

/** @param {Person} person */
function drawCame({ state, came, here, email }) {
  const takesPart = state === "invited" || state === "admitted";
  const when = here ? t("organise.person.here") : came ? t("organise.person.came", { when: formatTime(came, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }) }) : t("organise.person.not_yet");
  return html`<span class="dots">${email ? html`<span>${said(email)}</span>` : nothing}${takesPart ? html`<span>${when}</span>` : nothing}</span>`;
}

/** @param {Person} person @param {boolean} me @param {Acts} acts */
function drawMore(person, me, acts) {
  const takesPart = person.state === "invited" || person.state === "admitted";
  const link = acts.linkOf(person.id);
  const button = (/** @type {string} */ name, /** @type {() => void} */ run) => html`<button type="button" class="button is-small" data-act=${name} @click=${run}>${t(`organise.${name}`)}</button>`;
  return html`<div class="person-more">
    <div class="acts">
      ${button("correct", () => acts.correct(person))}
      ${takesPart ? html`${button("link", () => void acts.link(person))} ${acts.mayPost() && person.email ? button(person.came ? "mail_link" : "remind", () => void acts.mail(person)) : nothing}` : nothing}
      ${takesPart ? button(person.role === "organiser" ? "unmake_organiser" : "make_organiser", () => void acts.role(person)) : button("readmit", () => acts.admit(person))}
      ${takesPart && !me ? html`${button("end_links", () => void acts.endLinks(person))} ${button("remove", () => acts.decline(person))}` : nothing}
      ${person.state === "applied" ? button("decline", () => acts.decline(person)) : nothing}
      ${me ? nothing : button("erase", () => acts.erase(person))}
    </div>
    ${link ? html`${copied(t("organise.link.of", { name: person.name }), link)}<p class="soft">${t("organise.link.warning")}</p>` : nothing}
  </div>`;
}
