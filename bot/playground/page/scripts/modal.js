/** One modal: title, blocks, Cancel and submit; its own checks before it is sent, and its errors. */

import { BlockList } from "./blocks/block-list.js";
import { freshId, make } from "./dom.js";
import { trapTab } from "./focus.js";
import { icon } from "./icons.js";
import { Surface } from "./surface.js";
import { plain } from "./text/plain.js";
import { showTrouble, TROUBLE } from "./trouble.js";

export class Modal {
  #view;
  #busy = false;

  constructor({ api, directory, view }) {
    this.api = api;
    this.surface = new Surface({ address: { type: "view", view_id: view.id }, api, directory });
    this.list = new BlockList(this.surface);
    this.title = make("h2", { class: "modal-title", id: freshId("modal-title"), dir: "auto" });
    const closeButton = make("button", { type: "button", class: "modal-x", "aria-label": "Close", onclick: () => this.requestClose() }, icon("close"));
    this.banner = make("p", { class: "modal-banner", role: "alert", hidden: true });
    this.body = make("div", { class: "modal-body" }, this.list.node);
    this.cancel = make("button", { type: "button", class: "button modal-cancel", onclick: () => this.requestClose() });
    this.submit = make("button", { type: "submit", class: "button button-primary modal-submit" });
    const foot = make("div", { class: "modal-foot" }, this.cancel, this.submit);
    const form = make("form", { class: "modal-form", novalidate: true }, make("header", { class: "modal-head" }, this.title, closeButton), this.banner, this.body, foot);
    this.node = make("dialog", { class: "modal", "aria-modal": "true", "aria-labelledby": this.title.id, tabindex: "-1" }, form);
    this.#listen(form);
    this.update(view);
  }

  get viewId() {
    return this.#view.id;
  }

  #listen(form) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.node.addEventListener("keydown", (event) => {
      trapTab(event, this.node);
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.#view.submit) this.#send();
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      this.requestClose();
    });
    this.surface.addEventListener("changed", ({ detail }) => {
      this.list.inputs().filter(({ blockId, error }) => error && blockId === detail.blockId).forEach((input) => input.showError(null));
    });
    this.surface.addEventListener("trouble", ({ detail }) => this.say(detail || TROUBLE));
  }

  /** Opens it over the page; `ModalStack` sees to it that the page below cannot be reached meanwhile. */
  open() {
    this.node.show();
    this.focusFirst();
  }

  /** Another one comes on top: the cursor will be back where it is now. */
  leave() {
    this.left = this.node.contains(document.activeElement) ? document.activeElement : null;
  }

  /** It is on top again. */
  resume() {
    (this.left?.isConnected ? this.left : this.node).focus({ preventScroll: true });
  }

  /** Takes it away, and with it what was typed. */
  end() {
    this.surface.settle();
    this.node.close();
    this.node.remove();
  }

  /** Shows a newer state of the same view: what was typed stays, and a wholly different form starts at its top. */
  update(view) {
    const before = this.#view;
    this.#view = view;
    this.title.textContent = plain(view.title);
    const kept = this.list.update(view.blocks, view.state?.values);
    this.cancel.textContent = plain(view.close) || (view.submit ? "Cancel" : "Close");
    this.submit.hidden = !view.submit;
    this.#drawSubmit();
    if (!before) return;
    if (before.hash !== view.hash) this.say("");
    const isAnother = before.callback_id !== view.callback_id || plain(before.title) !== plain(view.title);
    if (isAnother) this.body.scrollTop = 0;
    const asking = this.#newlyAsking(before);
    if (asking && this.isOnTop) {
      asking.focus();
      asking.node.scrollIntoView({ block: "nearest" });
    } else if (this.isOnTop) this.#placeFocus({ isAnother, kept });
  }

  /** The input for which an update asks the cursor, where the one before did not. */
  #newlyAsking(before) {
    const asked = new Set(before.blocks.filter(({ element }) => element?.focus_on_load).map((block) => block.block_id));
    return this.list.inputs().find(({ focusOnLoad, blockId }) => focusOnLoad && !asked.has(blockId));
  }

  #placeFocus({ isAnother, kept }) {
    const isLost = !this.node.contains(document.activeElement) || document.activeElement === this.node;
    if (!kept && (isAnother || isLost)) this.focusFirst();
    else if (isLost) this.node.focus({ preventScroll: true });
  }

  get isOnTop() {
    return this.node.open && !("covered" in this.node.dataset);
  }

  /** Where Slack puts the cursor: the element that asks for it, else the first input, else the modal itself. */
  focusFirst() {
    const inputs = this.list.inputs();
    const first = inputs.find(({ focusOnLoad }) => focusOnLoad) ?? inputs[0];
    if (first) first.focus();
    else this.node.focus();
  }

  /** A sentence at the top of the modal; an empty one takes it away. */
  say(sentence) {
    showTrouble(this.banner, sentence);
  }

  async requestClose() {
    const answer = await this.api.close(this.viewId, this.#view.clear_on_close === true);
    if (!answer.ok) this.say(answer.message || TROUBLE);
  }

  async #send() {
    if (this.#busy || !this.#view.submit) return;
    this.say("");
    const complaints = {};
    for (const input of this.list.inputs()) {
      const complaint = input.complaint();
      if (complaint) complaints[input.blockId] = complaint;
    }
    if (this.#showErrors(complaints)) return;
    this.#setBusy(true);
    this.surface.settle();
    const answer = await this.api.submit(this.viewId, this.surface.state());
    this.#setBusy(false);
    if (answer.ok) return;
    if (!answer.errors || !this.#showErrors(answer.errors)) this.say(answer.message || TROUBLE);
  }

  /** Puts each sentence under its field and goes to the first. Says whether there was any. */
  #showErrors(errors) {
    const inputs = this.list.inputs();
    inputs.forEach((input) => input.showError(errors[input.blockId] ?? null));
    const first = inputs.find(({ error }) => error);
    first?.focus();
    first?.node.scrollIntoView({ block: "nearest" });
    return Boolean(first);
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.#drawSubmit();
  }

  /** A button whose words change under a press would lose the click: it is drawn anew only where it differs. */
  #drawSubmit() {
    const shown = JSON.stringify([plain(this.#view.submit), this.#busy]);
    if (this.submit.dataset.shown === shown) return;
    this.submit.dataset.shown = shown;
    const words = make("span", { class: "button-text", dir: "auto" }, plain(this.#view.submit));
    this.submit.replaceChildren(...(this.#busy ? [make("span", { class: "spinner" })] : []), words);
    this.submit.setAttribute("aria-busy", String(this.#busy));
  }
}
