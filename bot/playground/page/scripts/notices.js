/** A sentence of the local Slack that belongs to no field: in the modal on top, or else at the foot of the page. */

import { make } from "./dom.js";
import { icon } from "./icons.js";
import { showTrouble } from "./trouble.js";

const SHOWN_FOR = 8000; // milliseconds

export class Notices {
  #timer = 0;

  constructor() {
    this.words = make("p", { class: "notice-words" });
    const close = make("button", { type: "button", class: "notice-close", "aria-label": "Hide", onclick: () => this.hide() }, icon("close"));
    this.node = make("div", { class: "notice", role: "status", hidden: true }, this.words, close);
  }

  show(sentence, modal) {
    if (modal) {
      modal.say(sentence);
      return;
    }
    clearTimeout(this.#timer);
    showTrouble(this.words, sentence);
    this.node.hidden = false;
    this.#timer = setTimeout(() => this.hide(), SHOWN_FOR);
  }

  hide() {
    this.node.hidden = true;
  }
}
