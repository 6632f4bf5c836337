/**
 * Words that are not sent yet: kept in this tab until they are, or are thrown away on purpose, across reloads and
 * whatever closes the form they stand in.
 */

/**
 * @param {{store: {topic: string}, identity: {you: {id: string}}}} page
 * @param {string} name of the field or the form, the same on every page that has it
 */
export function draftOf({ store, identity }, name) {
  const key = `draft/${store.topic}/${identity.you.id}/${name}`;
  return {
    /** @returns {any} what was kept, else undefined */
    get() {
      try {
        return JSON.parse(sessionStorage.getItem(key) ?? "") ?? undefined;
      } catch {
        return undefined;
      }
    },
    /** @param {unknown} value nothing forgets it */
    set(value) {
      try {
        if (value) sessionStorage.setItem(key, JSON.stringify(value));
        else sessionStorage.removeItem(key);
      } catch {
        // only the memory across a reload is lost
      }
    },
  };
}
