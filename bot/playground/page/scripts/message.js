/** One message: who, when, what; an app's blocks; and the mark of a reply only this person sees. */

import { drawAppAvatar, drawAvatar } from "./avatar.js";
import { drawPersonBadge } from "./badge.js";
import { BlockList } from "./blocks/block-list.js";
import { arrange, make } from "./dom.js";
import { icon } from "./icons.js";
import { Surface } from "./surface.js";
import { drawMrkdwn } from "./text/mrkdwn.js";
import { showTrouble, TROUBLE } from "./trouble.js";

const CLOCK = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit" });
const FULL = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeStyle: "short" });

export class DrawnMessage {
  constructor({ message, channel, api, directory }) {
    Object.assign(this, { directory });
    this.surface = new Surface({ address: { type: "message", channel, ts: message.ts }, api, directory });
    this.surface.addEventListener("trouble", ({ detail }) => this.#say(detail || TROUBLE));
    this.list = new BlockList(this.surface);
    this.side = make("div", { class: "message-side" });
    this.content = make("div");
    this.trouble = make("p", { class: "message-trouble", role: "alert", hidden: true });
    this.node = make("article", { class: "message" });
    this.update(message);
  }

  update(message) {
    this.message = message;
    const when = new Date(Number(message.ts) * 1000);
    const author = this.#author();
    const mark = message.ephemeral ? make("p", { class: "ephemeral-mark" }, icon("eye"), "Only visible to you") : null;
    const time = make("time", { class: "message-time", datetime: when.toISOString(), title: FULL.format(when) }, CLOCK.format(when));
    const head = make("div", { class: "message-head" }, make("span", { class: "message-author", dir: "auto" }, author.name), author.badge, time);
    this.node.classList.toggle("ephemeral", Boolean(message.ephemeral));
    this.node.setAttribute("aria-label", `${author.name}, ${CLOCK.format(when)}${message.ephemeral ? ", only visible to you" : ""}`);
    arrange(this.side, [head, mark, this.content, this.trouble].filter(Boolean));
    arrange(this.node, [make("div", { class: "message-gutter" }, author.avatar, time.cloneNode(true)), this.side]);
    this.#drawContent();
    this.#say("");
  }

  #author() {
    const { message, directory } = this;
    if (message.local) return { name: message.name, avatar: drawAvatar({ initials: "i", color: "#5b6b68" }), badge: null };
    if (message.bot || directory.isApp(message.user)) {
      return { name: message.name || directory.app.name, avatar: drawAppAvatar(), badge: make("span", { class: "badge" }, "App") };
    }
    const person = directory.person(message.user);
    const badge = drawPersonBadge(person);
    return { name: person ? directory.nameOf(person.id) : message.name, avatar: drawAvatar(person ?? message), badge };
  }

  #drawContent() {
    const { message } = this;
    const edited = message.edited ? make("span", { class: "message-edited" }, " (edited)") : null;
    if (message.blocks?.length) {
      this.list.update(message.blocks);
      arrange(this.content, [this.list.node, edited].filter(Boolean));
      return;
    }
    const words = message.local ? [message.text] : drawMrkdwn(message.text ?? "", this.directory);
    this.content.replaceChildren(make("div", { class: "message-text", dir: "auto" }, words, edited));
  }

  #say(sentence) {
    showTrouble(this.trouble, sentence);
  }
}
