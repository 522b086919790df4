/** Where a message or a slash command is typed. Enter sends; Shift and Enter begin a new line. */

import { CommandCompletion } from "./command-completion.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";

const SLOW = 500; // milliseconds of waiting after which the composer says that it waits

export class Composer {
  /** `send(text)` resolves to null when all went well, or to the sentence that says what went wrong. */
  constructor({ placeholder, commands, appName, send }) {
    Object.assign(this, { send, appName });
    this.field = make("textarea", {
      class: "composer-field", rows: 1, placeholder, "aria-label": placeholder, dir: "auto",
      autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
    });
    this.completion = new CommandCompletion({ commands, appName, field: this.field, complete: (command) => this.fill(`${command} `) });
    this.button = make("button", { type: "button", class: "composer-send", "aria-label": "Send", onclick: () => this.#submit() }, icon("send"));
    this.waiting = make("p", { class: "composer-waiting", role: "status" });
    const box = make("div", { class: "composer-box" }, this.field, this.button);
    this.node = make("div", { class: "composer" }, this.completion.node, box, this.waiting);
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => this.completion.dismiss());
    this.field.addEventListener("focus", () => this.#changed());
    this.#changed();
  }

  /** Puts words into the field, with the caret after them. */
  fill(text) {
    this.field.value = text;
    this.field.focus();
    this.field.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  #changed() {
    this.field.style.height = "auto";
    if (this.field.isConnected) this.field.style.height = `${this.field.scrollHeight}px`;
    this.button.disabled = this.field.value.trim() === "";
    this.completion.follow(this.field.value);
  }

  #key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#submit();
  }

  async #submit() {
    const text = this.field.value.trim();
    if (text === "") return;
    this.fill("");
    const slow = setTimeout(() => (this.waiting.textContent = `Waiting for ${this.appName}…`), SLOW);
    const failed = await this.send(text);
    clearTimeout(slow);
    this.waiting.textContent = "";
    if (failed && this.field.value === "") this.fill(text);
  }
}
