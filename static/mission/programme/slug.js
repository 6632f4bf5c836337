/** A session's address, made from its title: short, in small letters, and of no other session. Pure. */

const MOST = 40;

/** @param {string} title */
export function slug(title) {
  const plain = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f'’]/g, "")
    .replaceAll("&", " and ")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return (plain.length > MOST ? plain.slice(0, MOST + 1).replace(/-[^-]*$/, "").slice(0, MOST) : plain) || "session";
}

/** The same with a number, as long as it is taken. @param {string} wanted @param {(id: string) => boolean} isTaken */
export function free(wanted, isTaken) {
  for (let number = 1; ; number++) {
    const id = number === 1 ? wanted : `${wanted}-${number}`;
    if (!isTaken(id)) return id;
  }
}
