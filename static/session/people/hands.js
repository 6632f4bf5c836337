/**
 * Raised hands, in the order in which they went up.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Person} Person
 */

import { html, nothing } from "../../app/lib/dom.js";
import { formatTime, t } from "../../app/i18n.js";
import { named } from "../../parts/card.js";
import { heldStill, hold } from "../../parts/hold.js";
import { raisedHands } from "./arrivals.js";
import { actButton } from "../../parts/act.js";
import { hand } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

/** Those on screen while somebody is at them. @type {string[]|null} */
let held = null;
/** @type {Person[]} */
let rows = [];

/** @param {HTMLElement} place @param {() => void} changed */
export function holdHands(place, changed) {
  hold(place, (on) => {
    held = on ? rows.map(({ id }) => id) : null;
    changed();
  });
}

/** @param {readonly Person[]} people @param {Host} host */
export function drawHands(people, host) {
  const hands = raisedHands(people);
  ({ rows } = heldStill(hands, held, (id) => /** @type {Person|undefined} */ (host.store.get("person", id))));
  if (!rows.length) return nothing;
  return html`<section class="hands" aria-labelledby="hands-title">
    <h3 id="hands-title">${icon(hand)} ${t("host.hands", { n: hands.length })}</h3>
    <ol>
      ${rows.map((person) => drawHand(person, host))}
    </ol>
  </section>`;
}

/** @param {Person} person @param {Host} host */
function drawHand(person, host) {
  const lower = () =>
    void host.acts.do("lower_hand", { person: person.id }, () => t("host.did.lower_hand", { name: person.name }));
  return html`<li>
    <span class="hand-who">
      ${named(person)}
      ${person.say_as ? html`<span class="say-as">${t("host.say_as", { name: person.say_as })}</span>` : nothing}
      <span class="facts dots">
        <time>${person.hand ? formatTime(person.hand) : t("host.hand.down")}</time>
        ${person.organisation ? html`<span><bdi dir="auto">${person.organisation}</bdi></span>` : nothing}
      </span>
    </span>
    ${actButton("lower_hand", t("host.lower_hand"), lower, { off: !person.hand, key: false, look: "is-quiet", name: person.name })}
  </li>`;
}
