/** A link that leaves the page: only to the web, mail and telephone; anything else stays words. */

import { make } from "../dom.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

export function drawLink(address, children) {
  let protocol = "";
  try {
    protocol = new URL(address).protocol;
  } catch {
    return make("span", {}, children);
  }
  if (!SAFE.has(protocol)) return make("span", {}, children);
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer", class: "link" }, children);
}
