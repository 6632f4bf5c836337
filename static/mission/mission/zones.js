/** Time zones by their cities, as somebody looks for one. Pure but for what a browser knows. */

/** Where most missions are; the others follow, by region. */
const FIRST = ["Europe/Amsterdam", "Europe/Brussels", "Europe/London", "Europe/Berlin", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Asia/Tokyo", "Asia/Singapore", "Asia/Kolkata", "Australia/Sydney"];
/** As the server takes them (mission/mission.py). */
const TAKEN = /^(UTC|[A-Z][A-Za-z_]{1,30}(\/[A-Z][A-Za-z_+-]{1,30}){1,2})$/;

/** @returns {string[]} */
const all = () => (Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : FIRST).filter((zone) => TAKEN.test(zone));

/** The city a zone is named by: Los Angeles. @param {string} zone */
export const cityOf = (zone) => (zone.split("/").pop() ?? zone).replaceAll("_", " ");

/** How far it is ahead of UTC at a moment, as people say it: UTC+1. @param {string} zone @param {number} at */
export function offsetOf(zone, at) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at);
  return (parts.find(({ type }) => type === "timeZoneName")?.value ?? "").replace("GMT", "UTC");
}

/** All there are by region, the usual ones before them; one that is chosen is there whatever it is.
 * @param {string} chosen @returns {{region: string, zones: string[]}[]} */
export function byRegion(chosen) {
  /** @type {Map<string, string[]>} */
  const regions = new Map();
  for (const zone of [...new Set([...all(), chosen])].filter(Boolean).sort()) {
    const region = zone.split("/")[0];
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [{ region: "", zones: FIRST }, ...[...regions].map(([region, zones]) => ({ region, zones }))];
}

/** Where this browser is, as far as the server takes that. */
export function own() {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return TAKEN.test(timeZone) ? timeZone : "UTC";
}
