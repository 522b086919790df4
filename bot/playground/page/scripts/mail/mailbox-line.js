/** One mailbox in the list of them: whose it is, its address, and what is new in it. */

import { make } from "../dom.js";

const TIME = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric" });

/** When something arrived: today's time, or the day. */
export function when(seconds) {
  const moment = new Date(seconds * 1000);
  return moment.toDateString() === new Date().toDateString() ? TIME.format(moment) : DAY.format(moment);
}

export function drawMailboxLine({ inbox, names, unread, letters }, { isOpen, choose }) {
  const badge = unread ? make("span", { class: "unread", "aria-label": `${unread} new` }, String(unread)) : null;
  return make("li", {}, make("button", { type: "button", class: `mailbox-line${unread ? " has-unread" : ""}`, "aria-current": isOpen ? "true" : null, "data-inbox": inbox.toLowerCase(), onclick: choose },
    make("span", { class: "mailbox-name", dir: "auto" }, names.join(", ")),
    make("span", { class: "mailbox-when" }, when(letters[0].arrived_at)),
    make("span", { class: "mailbox-subject", dir: "auto" }, letters[0].subject),
    badge));
}
