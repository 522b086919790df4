/** The list of slash commands above the composer while one is being typed. */

import { freshId, make, setOrRemove } from "./dom.js";

export class CommandCompletion {
  #active = 0;
  #lines = [];
  #dismissed = false;

  /** `field` is the composer's text field; `complete(command)` puts a command into it. */
  constructor({ commands, field, appName, complete }) {
    Object.assign(this, { commands, field, appName, complete });
    this.list = make("div", { role: "listbox", class: "command-list", id: freshId("commands"), "aria-label": "Commands" });
    this.hint = make("p", { class: "command-hint", id: freshId("command-hint"), hidden: true });
    this.node = make("div", { class: "command-completion" }, this.list, this.hint);
    this.list.hidden = true;
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("aria-describedby", this.hint.id);
  }

  get shown() {
    return !this.list.hidden;
  }

  /** Follows what now stands in the field. */
  follow(text) {
    if (text === "") this.#dismissed = false;
    const isCommandWord = /^\/\S*$/.test(text);
    const found = isCommandWord && !this.#dismissed ? this.commands.filter(({ command }) => command.startsWith(text.toLowerCase())) : [];
    this.#show(found);
    const typed = this.commands.find(({ command }) => text.startsWith(`${command} `));
    this.hint.hidden = !typed;
    this.hint.replaceChildren(...(typed ? [make("code", {}, typed.command), ` ${typed.usage_hint ?? ""}`] : []));
  }

  dismiss() {
    this.#dismissed = true;
    this.#show([]);
  }

  /** Handles a key of the field while the list is open. Says whether the key was its own. */
  key(event) {
    if (!this.shown) return false;
    const command = this.#lines[this.#active].command;
    if (event.key === "ArrowDown") this.#activate((this.#active + 1) % this.#lines.length);
    else if (event.key === "ArrowUp") this.#activate((this.#active - 1 + this.#lines.length) % this.#lines.length);
    else if (event.key === "Escape") this.dismiss();
    else if (event.key === "Tab" && !event.shiftKey) this.complete(command);
    else if (event.key === "Enter" && this.field.value !== command) this.complete(command);
    else return false;
    event.preventDefault();
    return true;
  }

  #show(commands) {
    this.#lines = commands.map((command, index) => ({ command: command.command, node: this.#drawLine(command, index) }));
    this.list.replaceChildren(...this.#lines.map(({ node }) => node));
    this.list.hidden = commands.length === 0;
    if (this.shown) this.#activate(0);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #activate(index) {
    this.#lines[this.#active]?.node.setAttribute("aria-selected", "false");
    this.#active = index;
    const { node } = this.#lines[index];
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
    setOrRemove(this.field, "aria-activedescendant", node.id);
  }

  #drawLine({ command, usage_hint: usage, description }, index) {
    const top = make("span", { class: "command-top" }, make("b", {}, command), usage ? make("span", { class: "command-usage" }, usage) : null);
    const node = make(
      "div",
      { role: "option", class: "command-line", id: freshId("command"), "aria-selected": "false" },
      make("span", { class: "command-side" }, top, make("span", { class: "command-description" }, description)),
      make("span", { class: "command-app" }, this.appName),
    );
    node.addEventListener("click", () => this.complete(command));
    node.addEventListener("pointermove", () => this.#activate(index));
    return node;
  }
}
