/** What comes once there is something to look at: asked for from here, it is in a file behind that of what is looked at. */

export const later = () => import("./later.js");
