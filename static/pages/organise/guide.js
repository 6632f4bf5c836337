/**
 * The first-run guide: from an empty mission to a first session with its hosts and its people.
 *
 * Each step is done when the mission says so, not because somebody pressed a button here; so it can be left and come
 * back to, on any device and by any organiser.
 *
 * @typedef {import("./frame.js").Organiser} Organiser
 * @typedef {import("../../mission/records.js").Mission} Mission
 * @typedef {import("../../mission/records.js").Slot} Slot
 * @typedef {{name: StepName, done: boolean}} Step
 * @typedef {"basics"|"session"|"hosts"|"people"|"look"} StepName
 */

import { t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { icon } from "../../parts/icon.js";
import { LIMITS } from "../../mission/limits.js";
import { check, externalLink } from "../../vendor/icons.js";
import { basicsArgs, basicsOf, drawBasics } from "../../mission/mission/basics.js";
import { drawEntry, gettingOf } from "../../mission/mission/entry.js";
import { createPart } from "../../mission/mission/part.js";
import { createMany } from "../../mission/participants/invite.js";
import { createPicker } from "../../mission/participants/picker.js";
import { createSlotForm } from "../../mission/programme/slot_form.js";
import { inOrder } from "../../mission/programme/plan.js";
import { everywhere } from "../../mission/programme/days.js";
import { look, looked } from "./looked.js";
import { stepsOf } from "./steps.js";

/** @param {Organiser} room */
export function create(room) {
  const root = room.place("guide");
  const redraw = () => update();
  const form = createSlotForm(room, { id: "guide-slot-form", planned: () => next() });
  /** The one that is open; it stays so, also once it is done, until somebody goes on. @type {StepName|null} */
  let opened = null;
  /** What is typed as a host's name, where somebody went on without choosing anybody by it. */
  let unchosen = "";
  const next = () => ((opened = null), update());
  /** On from the hosts, unless a name is only half chosen. */
  function onward() {
    unchosen = opened === "hosts" ? picker.left() : "";
    if (!unchosen) return next();
    update();
    find("[name=hosts]", root)?.focus();
  }
  const kept = draftOf(room, "guide/name");
  /** How whoever is here wants to be called, once they said so. @type {string|undefined} */
  let myName = kept.get();
  const known = () => room.store.get("participant", room.identity.you.id)?.name ?? room.identity.you.name;
  const called = () => myName ?? known();
  const basics = createPart(room, "guide", {
    of: (mission) => ({ ...basicsOf(mission), ...gettingOf(mission) }),
    fields: (part) => html`${drawMe(called(), (name) => ((myName = name), kept.set(name), update()))} ${drawBasics(/** @type {any} */ (part))} ${drawEntry(/** @type {any} */ (part))}`,
    args: ({ entry, code, ...rest }) => ({ ...basicsArgs(rest), entry, code }),
    redraw,
    done: () => void sayName(),
  });
  const many = createMany(room, "guide/people", redraw, () => void count());
  const picker = createPicker(room, "hosts", (change) => void setHosts(change.hosts), (typed) => {
    if (typed) unchosen = "";
    update();
  });
  /** How many take part, who is no organiser. */
  let people = 0;
  /** Lists that were taken in when they were counted last. */
  let lists = 0;
  /** @type {string[]} */
  let hosts = [];

  /** Theirs is a card like everybody's: the first link knows no name. */
  async function sayName() {
    const name = called().trim();
    if (name && name !== known() && !(await room.acts.do("change_card", { name }))) return;
    myName = undefined;
    kept.set(null);
    next();
  }

  async function count() {
    const all = await room.people.find({ role: "participant" }).catch(() => null);
    if (all) people = all.states.invited + all.states.admitted + all.states.applied;
    update();
  }

  /** @param {string[]|undefined} ids */
  async function setHosts(ids) {
    unchosen = "";
    const [first] = inOrder(/** @type {Slot[]} */ (room.store.all("slot")));
    if (!ids || !first || ids.join() === first.hosts.join()) return update();
    hosts = ids;
    update();
    await room.acts.do("change_slot", { slot: first.id, hosts: ids }, { said: () => t("organise.did.changed", { title: first.title }) });
    hosts = [];
    void count();
  }

  const inside = /** @type {Record<StepName, (mission: Mission, slot: Slot|undefined) => unknown>} */ ({
    basics: () => basics.draw({ label: t("organise.guide.go_on") }),
    session: () => html`<button type="button" class="button is-primary" data-act="plan" @click=${() => form.plan()}>${t("organise.programme.plan")}</button>`,
    hosts: (mission, slot) =>
      slot
        ? html`<div class="guide-slot"><strong><bdi dir="auto" .textContent=${slot.title}></bdi></strong><span class="slot-times">${everywhere({ from: slot.starts_at, to: slot.ends_at }, mission)}</span></div>
            <div class="field-line">${picker.draw(hosts.length ? hosts : slot.hosts, t("organise.slot.hosts_label"), unchosen && html`<span class="error" role="alert">${t("organise.picker.left", { name: unchosen })}</span>`)}</div>`
        : html`<p class="soft">${t("organise.guide.hosts.first")}</p>`,
    people: () => html`${many.draw()} ${room.has("imports") ? html`<p><button type="button" class="button is-quiet" @click=${() => room.open("imports")}>${t("organise.guide.people.import")}</button></p>` : nothing}`,
    look: () => html`<p><a class="button is-primary" href="/mission/${room.mission}?as=${room.as}" target="_blank" @click=${() => look(room)} @auxclick=${() => look(room)}>${t("organise.guide.look.go")} ${icon(externalLink)}</a></p>
      ${drawLinks(room)}`,
  });

  function update() {
    const mission = room.about();
    if (!mission) return;
    const taken = room.store.all("import").filter(({ ended_at }) => ended_at !== null).length;
    if (taken !== lists) void ((lists = taken), count());
    const slots = inOrder(/** @type {Slot[]} */ (room.store.all("slot")));
    const steps = stepsOf(mission, slots, people, looked(room.mission));
    const open = (opened ??= steps.find(({ done }) => !done)?.name ?? "look");
    const turn = (/** @type {StepName} */ name) => ((opened = name), update());
    render(
      html`<div class="tab-head"><h2>${t("organise.guide.title")}</h2><span class="tally">${t("organise.guide.count", { n: steps.filter(({ done }) => done).length, of: steps.length })}</span></div>
        <ol class="guide">
          ${steps.map(
            ({ name, done }, at) => html`<li class="guide-step ${done ? "is-done" : ""} ${name === open ? "is-open" : ""}" data-step=${name}>
              <h3><button type="button" class="guide-head" aria-expanded=${name === open ? "true" : "false"} @click=${() => turn(name)}>
                <span class="guide-mark">${done ? icon(check) : at + 1}</span> ${t(`organise.guide.${name}`)}${done ? html`<span class="unseen">, ${t("organise.guide.done")}</span>` : nothing}</button></h3>
              ${name === open ? html`<div class="guide-inside"><p class="soft">${t(`organise.guide.${name}.what`)}</p>${inside[name](mission, slots[0])}${done && (name === "hosts" || name === "people") ? drawNext(onward) : nothing}</div>` : nothing}
            </li>`,
          )}
        </ol>`,
      root,
    );
  }

  void count().then(() => ((opened = null), update()));
  setInterval(() => !document.hidden && room.isOpen("guide") && void count(), 10_000);
  return { of: ["mission", "slot", "import"], also: () => room.people.version, update };
}

/** How each gets the own link: nobody is in without it. @param {Organiser} room */
const drawLinks = ({ mayPost, open }) => {
  const how = mayPost() ? "post" : "people";
  return html`<p class="soft">${t(`organise.guide.links.${how}`)}</p>
    <p><button type="button" class="button" data-act="links" @click=${() => open(how)}>${t(`organise.guide.links.${how}.go`)}</button></p>`;
};

/** @param {string} name @param {(name: string) => void} say */
const drawMe = (name, say) => html`<label class="field-line">${t("organise.guide.me")}
  <input name="me" autocomplete="name" maxlength=${LIMITS.change_card.name.maxLength} .value=${name} @input=${(/** @type {Event} */ e) => say(/** @type {HTMLInputElement} */ (e.target).value)} /></label>`;

/** @param {() => void} next */
const drawNext = (next) => html`<p><button type="button" class="button" data-act="next" @click=${next}>${t("organise.guide.next")}</button></p>`;
