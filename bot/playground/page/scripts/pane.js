/** The main part: the head of a channel or of the app, and under it messages with a composer, or the Home. */

import { addressOf, APP, HOME } from "./address.js";
import { drawAppAvatar } from "./avatar.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";

export class Pane {
  constructor({ openDrawer }) {
    this.menuButton = make("button", { type: "button", class: "drawer-open", "aria-label": "Open the sidebar", "aria-controls": "sidebar", "aria-expanded": "false", onclick: openDrawer }, icon("menu"));
    this.head = make("header", { class: "pane-head" });
    this.body = make("div", { class: "pane-body" });
    this.node = make("main", { class: "pane" }, this.head, this.body);
  }

  /** Shows on a phone, where the sidebar is away, that something in it is unread. */
  markUnread(isUnread) {
    this.menuButton.classList.toggle("has-unread", isUnread);
    this.menuButton.setAttribute("aria-label", isUnread ? "Open the sidebar, something is unread" : "Open the sidebar");
  }

  showChannel(channel, ...parts) {
    const title = make("h1", { class: "pane-title", dir: "auto" }, icon(channel.is_private ? "lock" : "hash"), channel.name, channel.is_ext_shared ? make("span", { class: "badge badge-outside" }, "Shared") : null);
    this.head.replaceChildren(make("div", { class: "pane-row" }, this.menuButton, title, make("p", { class: "pane-topic", dir: "auto" }, channel.topic ?? "")));
    this.body.replaceChildren(...parts);
  }

  showMail(...parts) {
    const title = make("h1", { class: "pane-title" }, icon("mail"), "Mail");
    this.head.replaceChildren(make("div", { class: "pane-row" }, this.menuButton, title, make("p", { class: "pane-topic" }, "What reaches whom: the mailboxes of clients and contacts, on this machine alone")));
    this.body.replaceChildren(...parts);
  }

  showApp({ app, person, place, homeEnabled, unread }, ...parts) {
    const tab = (to, words, count) => make("a", { href: addressOf({ person, place: to }), class: "tab", "aria-current": place === to ? "page" : null }, words, count ? make("span", { class: "unread", "aria-label": `${count} new` }, String(count)) : null);
    const title = make("h1", { class: "pane-title", dir: "auto" }, drawAppAvatar("small"), app.name, make("span", { class: "badge" }, "App"));
    this.head.replaceChildren(
      make("div", { class: "pane-row" }, this.menuButton, title, make("p", { class: "pane-topic", dir: "auto" }, app.description ?? "")),
      make("nav", { class: "tabs", "aria-label": app.name }, homeEnabled ? tab(HOME, "Home") : null, tab(APP, "Messages", place === APP ? 0 : unread)),
    );
    this.body.replaceChildren(...parts);
  }
}
