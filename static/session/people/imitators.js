/**
 * Guests who are called like a host, or like the house: the hosts are told of each once, with the way to them.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Person} Person
 */

import { t } from "../../app/i18n.js";

/** @param {Host} host @param {Pick<ReturnType<typeof import("../../parts/toasts.js").createToasts>, "add">} toasts */
export function tellImitators(host, toasts) {
  /** @type {Set<string>} */
  let told = new Set();
  return () => {
    const here = imitators(/** @type {readonly Person[]} */ (host.store.all("person")));
    const [first, ...more] = here.filter((person) => !told.has(person.id));
    // who is called otherwise meanwhile, and like a host again, is told of again
    told = new Set(here.map((person) => person.id));
    if (!first) return;
    const text = t(more.length ? "host.imitates.told_more" : "host.imitates.told", { name: first.name, n: more.length });
    const way = { label: t("host.imitates.open"), run: () => host.open("ends", first.id) };
    toasts.add(text, { way });
  };
}

/** @param {readonly Person[]} people */
const imitators = (people) => people.filter((person) => person.here && person.imitates);
