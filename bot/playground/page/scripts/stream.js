/** The live line from the local Slack: one person's messages, modals and Home, as they change. */

/**
 * Opens the line for `user` and hands each event to `onEvent`. The browser reconnects by itself;
 * `onLine(true|false)` says whether the line stands. With `traffic` the line also tells what passes between
 * Slack and the app: one line for both, since a browser opens only six to a server. Returns a function that
 * ends it.
 */
export function openStream(user, { traffic, onEvent, onLine }) {
  const source = new EventSource(`/ui/stream?${new URLSearchParams({ user, ...(traffic ? { traffic: "1" } : {}) })}`);
  source.addEventListener("open", () => onLine(true));
  source.addEventListener("error", () => onLine(false));
  source.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  return () => source.close();
}
