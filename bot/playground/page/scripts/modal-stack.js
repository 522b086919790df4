/** A person's modals, at most three deep: the top one is seen, closing it shows the one below as it was left. */

import { Modal } from "./modal.js";

export class ModalStack {
  #modals = [];

  constructor({ api, directory }) {
    Object.assign(this, { api, directory });
  }

  get top() {
    return this.#modals[this.#modals.length - 1] ?? null;
  }

  /** Shows this stack of views, bottom to top. */
  show(views) {
    const wanted = new Set(views.map(({ id }) => id));
    const gone = this.#modals.filter((modal) => !wanted.has(modal.viewId));
    this.#modals = this.#modals.filter((modal) => wanted.has(modal.viewId));
    gone.reverse().forEach((modal) => this.#remove(modal));
    views.forEach((view) => this.#put(view));
    this.#modals.forEach((modal, depth) => {
      modal.node.dataset.depth = String(depth + 1);
      modal.node.toggleAttribute("data-covered", modal !== this.top);
    });
  }

  #put(view) {
    const known = this.#modals.find((modal) => modal.viewId === view.id);
    if (known) {
      known.update(view);
      return;
    }
    const modal = new Modal({ api: this.api, directory: this.directory, view });
    this.#modals.push(modal);
    document.body.append(modal.node);
    modal.open();
  }

  #remove(modal) {
    modal.node.close();
    modal.node.remove();
  }
}
