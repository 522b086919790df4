/** The whole page: follows the address, keeps one desk for the person it names, and shows what they look at. */

import { addressOf, APP, HOME, MAIL, readAddress } from "./address.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Desk } from "./desk.js";
import { Directory } from "./directory.js";
import { make } from "./dom.js";
import { Drawer } from "./drawer.js";
import { drawChannelIntro, drawDmIntro } from "./intro.js";
import { MailView } from "./mail/mail-view.js";
import { Notices } from "./notices.js";
import { Pane } from "./pane.js";
import { Sidebar } from "./sidebar.js";
import { TrafficDrawer } from "./traffic/traffic-drawer.js";
import { drawWelcome } from "./welcome.js";

export class Playground {
  #desk = null;
  #conversation = null;
  #lineStands = true;
  #appConnected = null;

  constructor(workspace) {
    this.workspace = workspace;
    this.directory = new Directory(workspace);
    this.notices = new Notices();
    this.drawer = new Drawer();
    this.sidebar = new Sidebar({ workspace, directory: this.directory, closeDrawer: () => this.drawer.close(), openTraffic: () => this.#toggleTraffic() });
    this.pane = new Pane({ openDrawer: () => this.drawer.open() });
    this.traffic = new TrafficDrawer({ directory: this.directory, button: this.sidebar.trafficButton, watch: (traffic) => this.#desk?.watch(traffic) });
    this.drawer.attach({ sidebar: this.sidebar.node, button: this.pane.menuButton, pane: this.pane.node });
    this.node = [this.sidebar.node, this.drawer.shade, this.pane.node, this.notices.node, this.traffic.node];
  }

  begin() {
    addEventListener("hashchange", () => this.#follow());
    this.#follow();
  }

  async #follow() {
    const { person, place } = readAddress(this.directory);
    const address = addressOf({ person, place });
    if (location.hash !== address) history.replaceState(null, "", address);
    if (this.#desk?.user !== person && !(await this.#sitDown(person))) return;
    document.title = `${this.directory.nameOf(person)} · ${this.workspace.team.name}`;
    this.place = place;
    if (place === HOME) this.#showHome();
    else if (place === MAIL) this.#showMail();
    else this.#showConversation(place);
    this.#drawSidebar();
  }

  /** Makes the desk of another person. Says false where the address has changed again meanwhile. */
  async #sitDown(user) {
    this.#desk?.end();
    const desk = new Desk({ user, directory: this.directory, notices: this.notices, cover: (isCovered) => this.#cover(isCovered), watches: this.traffic.isOpen });
    this.#desk = desk;
    desk.addEventListener("messages", ({ detail }) => {
      if (detail === this.#conversation?.channel) this.#conversation.draw();
    });
    desk.addEventListener("unread", () => this.#drawHeads());
    desk.addEventListener("line", ({ detail }) => this.#drawConnection({ line: detail }));
    desk.addEventListener("app", ({ detail }) => {
      const isBack = this.#appConnected === false && detail;
      this.#drawConnection({ app: detail });
      if (isBack && this.place === HOME) desk.home.open();
    });
    desk.addEventListener("mail", () => this.#refreshMail());
    desk.addEventListener("traffic", ({ detail }) => this.traffic.take(detail));
    desk.addEventListener("faults", () => this.traffic.faults.refresh());
    this.mail ??= new MailView({ api: desk.api, notices: this.notices, onRead: () => this.#drawSidebar() });
    await desk.begin();
    this.#refreshMail();
    return this.#desk === desk;
  }

  #toggleTraffic() {
    this.drawer.close();
    this.traffic.toggle();
  }

  /** While a modal is open, the page below it is out of reach. */
  #cover(isCovered) {
    document.body.classList.toggle("has-modal", isCovered);
    this.sidebar.node.inert = isCovered;
    this.pane.node.inert = isCovered || this.drawer.isOpen;
  }

  #showHome() {
    this.#conversation = null;
    this.#desk.reading = null;
    this.#showAppPane(this.#desk.home.node);
    this.#desk.home.open();
  }

  #showMail() {
    this.#conversation = null;
    this.#desk.reading = null;
    this.pane.showMail(this.mail.node);
    this.#refreshMail();
  }

  async #refreshMail() {
    if (!this.directory.hasMail) return;
    await this.mail.refresh({ isSeen: this.place === MAIL });
    if (this.place) this.#drawSidebar();
  }

  #showConversation(place) {
    const isApp = place === APP;
    const channel = isApp ? this.#desk.dmChannel : place;
    const known = this.directory.channels.find(({ id }) => id === place);
    const desk = this.#desk;
    const { app } = this.directory;
    const commands = this.directory.hasApp(desk.user) ? this.directory.commands : [];
    const composer = new Composer({
      placeholder: isApp ? `Message ${app.name}` : `Message #${known.name}`,
      commands,
      appName: app.name,
      send: (text) => desk.send(channel, text),
    });
    const listens = !isApp || this.directory.messagesEnabled;
    const welcome = listens ? drawWelcome({ commands, fill: (text) => composer.fill(text) }) : null;
    const foot = listens ? composer.node : make("p", { class: "composer-off" }, "Sending messages to this app has been turned off.");
    const intro = isApp ? drawDmIntro(app, welcome) : drawChannelIntro(known, welcome);
    const label = isApp ? `Messages with ${app.name}` : `Messages in ${known.name}`;
    this.#conversation = new Conversation({ channel, messages: desk.messagesOf(channel), api: desk.api, directory: this.directory, intro, label });
    if (isApp) this.#showAppPane(this.#conversation.node, foot);
    else this.pane.showChannel(known, this.#conversation.node, foot);
    this.#conversation.draw();
    this.#conversation.toEnd();
    desk.read(channel);
    if (matchMedia("(hover: hover)").matches && !desk.modals.top) composer.field.focus();
  }

  #showAppPane(...parts) {
    this.appParts = parts;
    const { app } = this.directory;
    const { homeEnabled } = this.directory;
    const unread = this.#desk.unread.get(APP);
    this.pane.showApp({ app, person: this.#desk.user, place: this.place, homeEnabled, unread }, ...parts);
  }

  #drawHeads() {
    if (this.place === HOME) this.#showAppPane(...this.appParts);
    this.#drawSidebar();
  }

  #drawSidebar() {
    const { unread, user } = this.#desk;
    const appPlace = this.directory.homeEnabled && !unread.get(APP) ? HOME : APP;
    this.pane.markUnread(unread.size > 0 || (this.mail.unread > 0 && this.place !== MAIL));
    this.sidebar.show({ person: this.directory.person(user), place: this.place, unread, appPlace, newMail: this.mail.unread });
  }

  #drawConnection({ line = this.#lineStands, app = this.#appConnected }) {
    this.#lineStands = line;
    this.#appConnected = app;
    const { name } = this.directory.app;
    if (!line) this.sidebar.showConnection("Reconnecting to the playground…", "lost");
    else if (app === false) this.sidebar.showConnection(`${name} is not connected`, "off");
    else if (app) this.sidebar.showConnection(`${name} is connected`, "on");
    else this.sidebar.showConnection("", "unknown");
  }
}
