/** The letter to send: to which client, which kind; and after it to whom it goes and to whom not, with the reason. */

import { freshId, make } from "../dom.js";
import { icon } from "../icons.js";
import { Combobox } from "../widgets/combobox.js";

export class MailSend {
  #client = null;
  #kind = null;

  /** `choose(inbox)` shows a mailbox. */
  constructor({ api, choose }) {
    Object.assign(this, { api, choose });
    const label = freshId("send-to");
    const find = async (text, signal) => {
      const answer = await api.mailClients(text, signal);
      if (!answer.ok) throw new Error(answer.message ?? "");
      return [{ label: "", choices: answer.options.map(({ value, words }) => ({ key: value, words })) }];
    };
    this.to = new Combobox({ id: label, naming: {}, placeholder: "Type a name or an id, such as K-1008", source: { find, remote: true, minLength: 0 }, onChoose: (choice) => (this.#client = choice?.key ?? null) });
    this.kinds = make("div", { class: "send-kinds" });
    this.button = make("button", { type: "submit", class: "button button-primary" }, icon("send"), "Send");
    this.said = make("div", { class: "send-said", role: "status" });
    this.node = make("form", { class: "mail-send", "aria-label": "Send an e-mail", onsubmit: (event) => this.#submit(event) },
      make("p", { class: "send-intro" }, "Send a client an e-mail, as the practice’s own software would. Kinward sends the copies."),
      make("div", { class: "send-to" }, make("label", { for: label }, "To"), this.to.node),
      make("fieldset", { class: "send-what" }, make("legend", {}, "What"), this.kinds),
      this.button, this.said);
  }

  /** Draws the kinds of e-mail, the first of them chosen. */
  offer(kinds) {
    if (this.kinds.hasChildNodes()) return;
    const name = freshId("kind");
    this.#kind = kinds[0]?.value ?? null;
    this.kinds.replaceChildren(...kinds.map(({ value, words }, index) =>
      make("label", { class: "send-kind" }, make("input", { type: "radio", name, value, checked: index === 0, onchange: () => (this.#kind = value) }), make("span", {}, words))));
  }

  async #submit(event) {
    event.preventDefault();
    if (!this.#client) {
      this.#say(make("p", { class: "send-trouble" }, icon("warning"), "Choose a client first."));
      this.to.control.focus();
      return;
    }
    this.button.setAttribute("aria-busy", "true");
    const answer = await this.api.sendMail(this.#client, this.#kind);
    this.button.removeAttribute("aria-busy");
    if (answer.ok) this.#tell(answer);
    else this.#say(make("p", { class: "send-trouble" }, icon("warning"), answer.message));
  }

  #tell({ people }) {
    const going = people.filter(({ receives }) => receives);
    const count = going.length === 1 ? "1 e-mail goes out" : `${going.length} e-mails go out, each alone`;
    const lines = people.map(({ name, inbox, receives, why }) => make("li", { class: receives ? "gets" : "gets-not" },
      icon(receives ? "check" : "close"),
      make("span", {}, receives ? make("button", { type: "button", class: "send-open", dir: "auto", onclick: () => this.choose(inbox) }, name) : make("b", { dir: "auto" }, name), ` ${receives ? "gets it." : "does not get it."} ${why}.`)));
    this.#say(make("p", { class: "send-count" }, going.length ? `${count}.` : "Nobody gets this e-mail."), make("ul", { class: "send-people" }, lines));
  }

  #say(...parts) {
    this.said.replaceChildren(...parts);
  }
}
