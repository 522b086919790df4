/** The list under a combobox: groups of choices, one of them active, with the sentence shown when there are none. */

import { freshId, make } from "../dom.js";
import { icon } from "../icons.js";

export class ChoiceList {
  #lines = [];
  #active = -1;

  /** `choose(choice)` hears a click; `activated(id|null)` hears which line the arrows stand on. */
  constructor({ choose, activated, multiple = false }) {
    Object.assign(this, { choose, activated, multiple });
    this.list = make("div", { role: "listbox", class: "choice-list", id: freshId("list"), "aria-multiselectable": multiple ? "true" : null });
    this.status = make("div", { class: "choice-status", role: "status" });
    this.node = make("div", { class: "choice-popup" }, this.list, this.status);
    // The text field keeps the focus while the list is used with the mouse.
    this.node.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /**
   * Draws the groups. `isChosen(key)` marks what is selected now; that line becomes active, or the first,
   * or, where several can be chosen, the line that was active before.
   */
  show(groups, isChosen) {
    const before = this.multiple ? this.active?.key : null;
    this.#lines = [];
    const drawn = groups.map(({ label, choices }) => {
      const lines = choices.map((choice) => this.#drawLine(choice, isChosen(choice.key)));
      if (!label) return lines;
      const heading = make("div", { class: "choice-group-label", id: freshId("group"), dir: "auto" }, label);
      return make("div", { role: "group", class: "choice-group", "aria-labelledby": heading.id }, heading, lines);
    });
    this.list.replaceChildren(...drawn.flat());
    this.list.classList.remove("stale");
    this.say(this.#lines.length ? "" : "No results");
    const at = this.#lines.findIndex(({ choice }) => (before ? choice.key === before : isChosen(choice.key)));
    this.activate(this.#lines.length ? Math.max(at, 0) : -1);
  }

  /** Leaves the earlier lines to be read, but none of them active, while new ones are fetched. */
  makeStale() {
    this.activate(-1);
    this.list.classList.add("stale");
  }

  clear(sentence, busy = false) {
    this.#lines = [];
    this.list.replaceChildren();
    this.activate(-1);
    this.say(sentence, busy);
  }

  say(sentence, busy = false) {
    this.status.replaceChildren(...(busy ? [make("span", { class: "spinner" })] : []), sentence);
    this.status.hidden = sentence === "";
  }

  get isEmpty() {
    return this.#lines.length === 0;
  }

  get active() {
    return this.#lines[this.#active]?.choice ?? null;
  }

  move(step) {
    const count = this.#lines.length;
    if (count === 0) return;
    this.activate(this.#active < 0 ? (step > 0 ? 0 : count - 1) : (this.#active + step + count) % count);
  }

  activate(index) {
    this.#lines[this.#active]?.node.classList.remove("active");
    this.#active = index;
    const line = this.#lines[index];
    line?.node.classList.add("active");
    line?.node.scrollIntoView({ block: "nearest" });
    this.activated(line?.node.id ?? null);
  }

  #drawLine(choice, chosen) {
    const node = make(
      "div",
      { role: "option", class: "choice", id: freshId("option"), "aria-selected": String(chosen) },
      make(
        "span",
        { class: "choice-side" },
        make("span", { class: "choice-words", dir: "auto" }, choice.words),
        choice.description ? make("span", { class: "choice-description", dir: "auto" }, choice.description) : null,
      ),
      chosen ? icon("check") : null,
    );
    const index = this.#lines.push({ choice, node }) - 1;
    node.addEventListener("click", () => this.choose(choice));
    node.addEventListener("pointermove", () => {
      if (this.#active !== index) this.activate(index);
    });
    return node;
  }
}
