/**
 * Raised hands, in the order in which they went up.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Person} Person
 */

import { html, nothing } from "../../lib/dom.js";
import { formatTime, t } from "../../i18n.js";
import { imitationBadge } from "../imitation.js";
import { raisedHands } from "./arrivals.js";
import { actButton } from "./parts.js";

/** @param {readonly Person[]} people @param {Host} host */
export function drawHands(people, host) {
  const hands = raisedHands(people);
  if (!hands.length) return nothing;
  return html`<section class="hands" aria-labelledby="hands-title">
    <h3 id="hands-title">✋ ${t("host.hands", { n: hands.length })}</h3>
    <ol>
      ${hands.map((person) => drawHand(person, host))}
    </ol>
  </section>`;
}

/** @param {Person} person @param {Host} host */
function drawHand(person, host) {
  const lower = () =>
    void host.acts.do("lower_hand", { person: person.id }, t("host.did.lower_hand", { name: person.name }));
  return html`<li>
    <span class="hand-who">
      <strong>${person.name}</strong> ${imitationBadge(person)}
      ${person.say_as ? html`<span class="say-as">${t("host.say_as", { name: person.say_as })}</span>` : nothing}
      <span class="facts">${formatTime(person.hand ?? 0)} ${person.organisation}</span>
    </span>
    ${actButton("lower_hand", t("host.lower_hand"), lower, { key: false, look: "is-quiet", name: person.name })}
  </li>`;
}
