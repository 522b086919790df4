/** A chosen thing in a field that takes several, with a button that takes it out again. */

import { make } from "../dom.js";
import { icon } from "../icons.js";

export function drawChip(words, remove) {
  const button = make("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${words}`, onclick: remove }, icon("close"));
  return make("span", { class: "chip" }, make("span", { class: "chip-words", dir: "auto" }, words), button);
}
