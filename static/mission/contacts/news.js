/**
 * What came while somebody is on the page: who asks them, and who accepted. What was there at first is no news. Pure.
 *
 * @typedef {{asking: number, accepted: readonly string[]}} News  how many ask, and the names of who accepted
 */

export function createNews() {
  /** @type {Set<string>|null} */
  let known = null;

  /** @param {Pick<import("../../app/store.js").Store, "all">} store @returns {News} since it was asked last */
  return (store) => {
    const [requests, leads] = [store.all("request"), store.all("lead")];
    const before = known;
    known = new Set([...requests, ...leads].map(({ id }) => id));
    if (!before) return { asking: 0, accepted: [] };
    const fresh = (/** @type {{id: string}} */ { id }) => !before.has(id);
    return { asking: requests.filter(fresh).length, accepted: leads.filter((lead) => fresh(lead) && lead.asked).map(({ name }) => name) };
  };
}
