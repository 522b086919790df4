/** The app's Home tab. */

import { BlockList } from "./blocks/block-list.js";
import { make } from "./dom.js";
import { Surface } from "./surface.js";
import { showTrouble, TROUBLE } from "./trouble.js";

export class Home {
  #viewId = null;

  constructor({ api, directory }) {
    Object.assign(this, { api, directory });
    this.trouble = make("p", { class: "modal-banner", role: "alert", hidden: true });
    this.place = make("div", { class: "home-view" });
    this.node = make("div", { class: "home", tabindex: "-1" }, this.trouble, this.place);
  }

  /** Tells the app that its Home was opened, and shows what there is of it. */
  async open() {
    const answer = await this.api.home();
    if (answer.ok && answer.view) this.show(answer.view);
    else if (!this.#viewId) this.#empty(answer.ok ? `${this.directory.app.name} has put nothing on its Home yet.` : answer.message);
  }

  show(view) {
    if (!view) return;
    if (view.id !== this.#viewId) {
      this.#viewId = view.id;
      const { api, directory } = this;
      const surface = new Surface({ address: { type: "view", view_id: view.id }, api, directory, heading: "h2" });
      surface.addEventListener("trouble", ({ detail }) => this.#say(detail || TROUBLE));
      this.list = new BlockList(surface);
      this.place.replaceChildren(this.list.node);
    }
    this.#say("");
    this.list.update(view.blocks, view.state?.values);
  }

  #empty(sentence) {
    this.place.replaceChildren(make("p", { class: "home-empty" }, sentence));
  }

  #say(sentence) {
    showTrouble(this.trouble, sentence);
  }
}
