/** A menu that a button opens: arrows move, Enter chooses, Esc goes back to the button. */

import { freshId, make } from "../dom.js";
import { Popup } from "./popup.js";

export class Menu {
  /** `items` are `{words, description?, choose, checked?, drawn?}`; `drawn` replaces the words by a node of one's own. */
  constructor({ button, items, fit = "content", label = "" }) {
    this.button = button;
    this.node = make("div", { role: "menu", class: "menu", id: freshId("menu"), "aria-label": label || button.getAttribute("aria-label") || null });
    this.setItems(items);
    this.popup = new Popup({ node: this.node, anchor: button, fit, onHide: () => button.setAttribute("aria-expanded", "false") });
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", this.node.id);
    button.addEventListener("click", () => (this.popup.shown ? this.#close() : this.#open(0)));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      this.#open(event.key === "ArrowDown" ? 0 : this.lines.length - 1);
    });
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.node.addEventListener("focusout", (event) => {
      if (!this.node.contains(event.relatedTarget) && event.relatedTarget !== button) this.popup.hide();
    });
  }

  setItems(items) {
    this.lines = items.map((item) => this.#drawLine(item));
    this.node.replaceChildren(...this.lines);
    this.#rove(this.lines[0]);
  }

  /** One line at a time is reached with Tab, the others with the arrows; a menu that scrolls needs it. */
  #rove(line) {
    for (const each of this.lines) each.tabIndex = each === line ? 0 : -1;
  }

  #drawLine({ words, description, choose, checked, drawn }) {
    const inside = drawn ?? [
      make("span", { class: "menu-words", dir: "auto" }, words),
      description ? make("span", { class: "menu-description", dir: "auto" }, description) : null,
    ];
    const role = checked === undefined ? "menuitem" : "menuitemradio";
    const line = make("button", { type: "button", role, class: "menu-item", tabindex: "-1", "aria-checked": checked === undefined ? null : String(checked) }, inside);
    line.addEventListener("click", () => {
      this.#close();
      choose();
    });
    line.addEventListener("focus", () => this.#rove(line));
    line.addEventListener("pointermove", () => line.focus({ preventScroll: true }));
    return line;
  }

  #open(index) {
    this.popup.show();
    this.button.setAttribute("aria-expanded", "true");
    this.lines[index]?.focus();
  }

  #close() {
    this.button.focus();
    this.popup.hide();
  }

  #key(event) {
    const { key } = event;
    const at = this.lines.indexOf(document.activeElement);
    const count = this.lines.length;
    const to = { ArrowDown: (at + 1) % count, ArrowUp: (at - 1 + count) % count, Home: 0, End: count - 1 }[key];
    if (to !== undefined) this.lines[to].focus();
    else if (key === "Escape") this.#close();
    else if (key === "Tab") {
      this.#close();
      return;
    } else if (key.length === 1 && key !== " ") this.#jump(key, at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #jump(letter, from) {
    const order = [...this.lines.slice(from + 1), ...this.lines.slice(0, from + 1)];
    order.find((line) => line.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()))?.focus();
  }
}
