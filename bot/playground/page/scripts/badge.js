/** The small words beside a name: who is no full member, and which channel another company reads too. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

/** The badge of a guest or of somebody of another company; null for everybody else. */
export function drawPersonBadge(person) {
  if (person?.is_stranger) return make("span", { class: "badge badge-outside" }, "External");
  return person?.is_guest ? make("span", { class: "badge badge-guest" }, "Guest") : null;
}

/** The mark of a channel shared with another company. */
export function drawShared() {
  return make("span", { class: "shared-mark", role: "img", "aria-label": "shared with another company", title: "Shared with another company" }, icon("shared"));
}
