/**
 * What is looked at stays where it is: pure.
 *
 * @template {{id: string}} R
 * @param {readonly R[]} wanted as they would stand now
 * @param {readonly string[]|null} held ids as they stood when somebody began to look, or null
 * @returns {R[]} those first, and what came since behind them
 */
export function inPlace(wanted, held) {
  if (!held) return [...wanted];
  const there = new Map(wanted.map((one) => [one.id, one]));
  const kept = held.flatMap((id) => there.get(id) ?? []);
  const known = new Set(held);
  return [...kept, ...wanted.filter(({ id }) => !known.has(id))];
}
