/** A field to choose from a list by typing or with the arrows: what every select in Slack is. */

import { make, setOrRemove } from "../dom.js";
import { icon } from "../icons.js";
import { ChoiceList } from "./choice-list.js";
import { Lookup } from "./lookup.js";
import { Popup } from "./popup.js";

export class Combobox {
  #selected;

  /**
   * `naming` holds the attributes that name it; `onChoose(choice|null)` may resolve to false to refuse;
   * `multiple` is `{chips, isChosen, count, removeLast}` where several can be chosen.
   */
  constructor({ id, naming, placeholder, selected = null, clearable = false, source, onChoose, multiple = null }) {
    Object.assign(this, { placeholder, clearable, onChoose, multiple });
    this.#selected = selected;
    this.list = new ChoiceList({
      multiple: Boolean(multiple),
      choose: (choice) => this.#take(choice),
      activated: (lineId) => setOrRemove(this.control, "aria-activedescendant", lineId),
    });
    this.control = make("input", {
      type: "text", id, class: "combobox-text", role: "combobox", autocomplete: "off", spellcheck: "false", dir: "auto",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.list.id, ...naming,
    });
    this.clearButton = make("button", { type: "button", class: "combobox-clear", "aria-label": "Clear", onclick: () => this.#clear() }, icon("close"));
    const field = make("div", { class: "combobox-field" }, multiple?.chips, this.control, this.clearButton, make("span", { class: "combobox-mark" }, icon("down"), make("span", { class: "spinner" })));
    this.node = make("div", { class: "combobox" }, field, this.list.node);
    this.popup = new Popup({ node: this.list.node, anchor: field, onHide: () => this.#closed() });
    this.lookup = new Lookup(source, {
      onChoices: (groups) => this.#showChoices(groups),
      onWaiting: () => this.#wait(),
      onFailure: (sentence) => this.#busy(false, () => this.list.clear(sentence || "The results could not be loaded.")),
      onTooShort: (least) => this.#busy(false, () => this.list.clear(`Type at least ${least} ${least === 1 ? "character" : "characters"}`)),
    });
    field.addEventListener("mousedown", (event) => this.#pressed(event));
    this.control.addEventListener("input", () => this.#typed());
    this.control.addEventListener("keydown", (event) => this.#key(event));
    this.control.addEventListener("blur", () => this.popup.hide());
    this.refresh();
  }

  /** Draws the field's own words again, after the selection changed. */
  refresh() {
    const words = this.#selected?.words ?? "";
    if (!this.popup?.shown) this.control.value = words;
    this.control.title = words;
    this.control.placeholder = this.multiple?.count() ? "" : this.placeholder;
    this.clearButton.hidden = !(this.clearable && this.#selected);
    this.popup?.shown && this.popup.place();
  }

  #pressed(event) {
    if (event.target.closest("button")) return;
    // The browser would put the caret into what stands there, and what is typed next behind it.
    if (event.target !== this.control || !this.popup.shown) event.preventDefault();
    this.control.focus();
    if (this.popup.shown && event.target !== this.control) this.popup.hide();
    else this.#open();
  }

  #open() {
    if (this.popup.shown) return;
    if (!this.multiple) this.control.select();
    this.popup.show();
    this.control.setAttribute("aria-expanded", "true");
    this.lookup.look("", { now: true });
  }

  #typed() {
    if (!this.popup.shown) {
      this.popup.show();
      this.control.setAttribute("aria-expanded", "true");
    }
    this.lookup.look(this.control.value.trim());
  }

  #key(event) {
    if (event.isComposing) return;
    const { key } = event;
    const { shown } = this.popup;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (shown) this.list.move(key === "ArrowDown" ? 1 : -1);
      else this.#open();
    } else if (key === "Enter") {
      event.preventDefault();
      if (!shown) this.#open();
      else if (this.list.active) this.#take(this.list.active);
    } else if (key === "Escape" && shown) {
      event.preventDefault();
      event.stopPropagation();
      this.popup.hide();
    } else if (key === "Backspace" && this.multiple && this.control.value === "") {
      this.multiple.removeLast();
    }
  }

  async #take(choice) {
    if (this.multiple) {
      this.control.value = "";
      await this.onChoose(choice);
      if (this.popup.shown) this.lookup.look("");
      return;
    }
    const earlier = this.#selected;
    this.#selected = choice;
    this.popup.hide();
    this.refresh();
    if ((await this.onChoose(choice)) === false) {
      this.#selected = earlier;
      this.refresh();
    }
  }

  #clear() {
    this.#take(null);
    this.control.focus();
  }

  #closed() {
    this.lookup.stop();
    this.#busy(false);
    this.control.setAttribute("aria-expanded", "false");
    this.control.removeAttribute("aria-activedescendant");
    this.control.value = this.#selected?.words ?? "";
  }

  #showChoices(groups) {
    this.#busy(false);
    const isChosen = this.multiple?.isChosen ?? ((key) => key === this.#selected?.key);
    this.list.show(groups, isChosen);
    this.popup.place();
  }

  #wait() {
    this.#busy(true);
    if (this.list.isEmpty) this.list.clear("Searching…", true);
    else this.list.makeStale();
  }

  #busy(busy, draw = () => {}) {
    this.node.classList.toggle("busy", busy);
    draw();
    if (this.popup.shown) this.popup.place();
  }
}
