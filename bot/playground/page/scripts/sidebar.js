/** The dark side: the workspace, who one is, the channels, the app, and whether the app is connected. */

import { addressOf, APP, HOME, MAIL } from "./address.js";
import { drawAppAvatar } from "./avatar.js";
import { drawShared } from "./badge.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { drawPersonSwitcher } from "./person-switcher.js";

export class Sidebar {
  constructor({ workspace, directory, closeDrawer, openTraffic }) {
    this.directory = directory;
    this.switcher = make("div");
    this.channels = make("ul", { class: "sidebar-list" });
    this.apps = make("ul", { class: "sidebar-list" });
    this.appsLabel = make("h2", { class: "sidebar-label" }, "Apps");
    this.mailLabel = make("h2", { class: "sidebar-label" }, "Outside Slack");
    this.mail = make("ul", { class: "sidebar-list" });
    this.connection = make("p", { class: "connection", role: "status" });
    this.trafficButton = make("button", { type: "button", class: "traffic-open", "aria-expanded": "false", "aria-controls": "traffic", title: "What passes between Slack and the app (F2)", onclick: openTraffic }, icon("traffic"), "Traffic");
    this.node = make(
      "nav",
      { class: "sidebar", id: "sidebar", "aria-label": "Workspace" },
      make("header", { class: "sidebar-head" },
        make("p", { class: "workspace-name", dir: "auto" }, workspace.team.name),
        make("button", { type: "button", class: "drawer-close", "aria-label": "Close the sidebar", onclick: closeDrawer }, icon("close"))),
      this.switcher,
      make("div", { class: "sidebar-scroll" },
        make("h2", { class: "sidebar-label" }, "Channels"), this.channels,
        this.appsLabel, this.apps,
        this.mailLabel, this.mail),
      make("div", { class: "sidebar-foot" }, this.connection, this.trafficButton),
    );
  }

  /** Draws who one is, where one is, and what is unread. */
  show({ person, place, unread, appPlace, newMail = 0 }) {
    this.mailLabel.hidden = !this.directory.hasMail;
    this.mail.hidden = !this.directory.hasMail;
    this.mail.replaceChildren(drawLine({ href: addressOf({ person: person.id, place: MAIL }), mark: icon("mail"), words: "Mail", current: place === MAIL, count: newMail }));
    this.switcher.replaceChildren(drawPersonSwitcher({ directory: this.directory, person, place }));
    this.channels.replaceChildren(...this.directory.channelsOf(person.id).map((channel) =>
      drawLine({ href: addressOf({ person: person.id, place: channel.id }), mark: icon(channel.is_private ? "lock" : "hash"), words: channel.name, shared: channel.is_ext_shared, current: place === channel.id, count: unread.get(channel.id) })));
    const hasApp = this.directory.hasApp(person.id);
    this.appsLabel.hidden = !hasApp;
    this.apps.hidden = !hasApp;
    this.apps.replaceChildren(drawLine({
      href: addressOf({ person: person.id, place: appPlace }), mark: drawAppAvatar("small"), words: this.directory.app.name,
      current: place === APP || place === HOME, count: unread.get(APP),
    }));
  }

  showConnection(sentence, state) {
    this.connection.dataset.state = state;
    this.connection.textContent = sentence;
  }
}

function drawLine({ href, mark, words, shared, current, count }) {
  const badge = count ? make("span", { class: "unread", "aria-label": `${count} new` }, String(count)) : null;
  const classes = `sidebar-line${count ? " has-unread" : ""}`;
  return make("li", {}, make("a", { href, class: classes, "aria-current": current ? "page" : null }, mark, make("span", { class: "sidebar-words", dir: "auto" }, words), shared ? drawShared() : null, badge));
}
