/** A sentence of the local Slack that belongs to no field: in the modal on top, or else at the foot of the page. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_FOR = 8000; // milliseconds

export class Notices {
  #timer = 0;

  constructor() {
    this.node = make("div", { class: "notice", role: "status", hidden: true });
  }

  show(sentence, modal) {
    if (modal) {
      modal.say(sentence);
      return;
    }
    clearTimeout(this.#timer);
    const close = make("button", { type: "button", class: "notice-close", "aria-label": "Hide", onclick: () => this.hide() }, icon("close"));
    this.node.replaceChildren(icon("warning"), make("span", { dir: "auto" }, sentence), close);
    this.node.hidden = false;
    this.#timer = setTimeout(() => this.hide(), SHOWN_FOR);
  }

  hide() {
    this.node.hidden = true;
  }
}
