/**
 * A person's modals, at most three deep: the top one is seen, closing it shows the one below as it was left.
 * The page below is out of reach meanwhile. The browser's own modal dialogs would put the traffic out of reach too,
 * and that is wanted most while a form is open.
 */

import { make } from "./dom.js";
import { Modal } from "./modal.js";

export class ModalStack {
  #modals = [];

  /** `cover(isCovered)` puts the page below out of reach, or back. */
  constructor({ api, directory, cover }) {
    Object.assign(this, { api, directory, cover });
    // A click beside the modal leaves the cursor where it is.
    this.shade = make("div", { class: "modal-shade", onmousedown: (event) => event.preventDefault() });
    this.onKey = (event) => {
      if (event.key === "Escape" && event.target === document.body) this.top?.requestClose();
    };
  }

  get top() {
    return this.#modals[this.#modals.length - 1] ?? null;
  }

  /** Shows this stack of views, bottom to top. */
  show(views) {
    const wanted = new Set(views.map(({ id }) => id));
    const gone = this.#modals.filter((modal) => !wanted.has(modal.viewId));
    const hadFocus = document.activeElement === document.body || gone.some(({ node }) => node.contains(document.activeElement));
    this.#modals = this.#modals.filter((modal) => wanted.has(modal.viewId));
    gone.reverse().forEach((modal) => modal.end());
    if (views.length > 0) this.#coverPage();
    views.forEach((view) => this.#put(view));
    this.#modals.forEach((modal, depth) => {
      modal.node.dataset.depth = String(depth + 1);
      modal.node.toggleAttribute("data-covered", modal !== this.top);
    });
    if (views.length === 0) this.#uncoverPage(hadFocus);
    else if (gone.length > 0 && hadFocus) this.top.resume();
  }

  #put(view) {
    const known = this.#modals.find((modal) => modal.viewId === view.id);
    if (known) {
      known.update(view);
      return;
    }
    this.top?.leave();
    const modal = new Modal({ api: this.api, directory: this.directory, view });
    this.#modals.push(modal);
    document.body.append(modal.node);
    modal.open();
  }

  #coverPage() {
    if (this.shade.isConnected) return;
    this.before = document.activeElement;
    document.body.append(this.shade);
    document.addEventListener("keydown", this.onKey);
    this.cover(true);
  }

  #uncoverPage(hadFocus) {
    if (!this.shade.isConnected) return;
    this.shade.remove();
    document.removeEventListener("keydown", this.onKey);
    this.cover(false);
    if (hadFocus && this.before?.isConnected) this.before.focus({ preventScroll: true });
  }
}
