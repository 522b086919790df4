/** The Mail view: a letter to send on top, and below it everybody's mailbox with what has arrived there. */

import { arrange, make } from "../dom.js";
import { icon } from "../icons.js";
import { drawLetter } from "./letter.js";
import { drawMailboxLine } from "./mailbox-line.js";
import { MailSend } from "./mail-send.js";

export class MailView {
  #mailboxes = [];
  #letters = new Map();
  #chosen = null;

  constructor({ api, notices, onRead }) {
    Object.assign(this, { api, notices, onRead });
    this.send = new MailSend({ api, choose: (inbox) => this.choose(inbox, { focus: true }) });
    this.list = make("ul", { class: "mailbox-list" });
    this.back = make("button", { type: "button", class: "button mailbox-back", onclick: () => this.#leave() }, icon("left"), "All mailboxes");
    this.title = make("h2", { class: "mailbox-title", tabindex: "-1", dir: "auto" });
    this.letters = make("div", { class: "letter-list" });
    this.mailbox = make("section", { class: "mailbox", "aria-label": "Mailbox" }, this.back, this.title, this.letters);
    this.empty = make("div", { class: "mail-empty" }, icon("mail"),
      make("h2", {}, "No e-mail has been sent yet"),
      make("p", {}, "Choose a client and a kind of e-mail above and send it. Whoever gets it has a mailbox here: the client, and everybody with whom Kinward shares their e-mails."));
    this.boxes = make("div", { class: "mail-boxes" }, make("nav", { class: "mailboxes", "aria-label": "Mailboxes" }, this.list), this.mailbox);
    this.node = make("div", { class: "mail" }, this.send.node, this.empty, this.boxes);
    this.#draw();
  }

  /** How many mails nobody has looked at. */
  get unread() {
    return this.#mailboxes.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** Asks what there is; while it is looked at, the mailbox that is open is read. */
  async refresh({ isSeen }) {
    const answer = await this.api.mail();
    if (!answer.ok) {
      if (isSeen) this.notices.show(answer.message, null);
      return;
    }
    this.#mailboxes = answer.mailboxes;
    this.send.offer(answer.kinds);
    if (isSeen) this.#read();
    this.#draw();
  }

  /** Shows one mailbox. */
  choose(inbox, { focus = false } = {}) {
    this.#chosen = inbox.toLowerCase();
    this.#read();
    this.#draw();
    if (focus || matchMedia("(width <= 720px)").matches) this.title.focus();
  }

  #leave() {
    const left = this.#chosen;
    this.#chosen = null;
    this.#draw();
    const lines = [...this.list.querySelectorAll("button")];
    (lines.find(({ dataset }) => dataset.inbox === left) ?? lines[0])?.focus();
  }

  #read() {
    const box = this.#open();
    if (!box?.unread) return;
    this.api.readMail(box.inbox);
    box.unread = 0;
    this.onRead();
  }

  #open() {
    return this.#mailboxes.find(({ inbox }) => inbox.toLowerCase() === this.#chosen) ?? null;
  }

  #draw() {
    const open = this.#open();
    this.empty.hidden = this.#mailboxes.length > 0;
    this.boxes.hidden = this.#mailboxes.length === 0;
    this.boxes.classList.toggle("has-chosen", open !== null);
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.inbox : null;
    this.list.replaceChildren(...this.#mailboxes.map((box) => drawMailboxLine(box, { isOpen: box === open, choose: () => this.choose(box.inbox) })));
    if (focused) [...this.list.querySelectorAll("button")].find(({ dataset }) => dataset.inbox === focused)?.focus();
    this.title.hidden = open === null;
    this.title.replaceChildren(...(open ? [open.names.join(", "), make("span", { class: "mailbox-address" }, open.inbox)] : []));
    arrange(this.letters, open ? open.letters.map((letter, index) => this.#letterOf(letter, index === 0)) : [this.#hint()]);
  }

  #letterOf(letter, isNewest) {
    if (!this.#letters.has(letter.id)) this.#letters.set(letter.id, drawLetter(letter, { isOpen: isNewest, stop: (id) => this.api.stopMail(id) }));
    return this.#letters.get(letter.id);
  }

  #hint() {
    return make("p", { class: "mailbox-hint" }, "Choose a mailbox to read what has arrived there.");
  }
}
