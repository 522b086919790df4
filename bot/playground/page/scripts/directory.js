/** Who and what an id means in this workspace: people, the app, channels. */

export class Directory {
  constructor(workspace) {
    this.workspace = workspace;
    this.people = workspace.people.filter((person) => !person.is_bot && !person.deleted);
    this.app = workspace.app;
    this.channels = workspace.channels;
    this.commands = workspace.commands;
    this.hasMail = workspace.offers?.includes("mail") ?? false;
    this.homeEnabled = workspace.home_enabled;
    this.messagesEnabled = workspace.messages_enabled !== false;
  }

  person(id) {
    return this.workspace.people.find((person) => person.id === id) ?? null;
  }

  /** The channels a person is in. */
  channelsOf(userId) {
    return this.channels.filter(({ members }) => members === undefined || members.includes(userId));
  }

  /** Whether the app is there for a person: its commands, its Home and its messages end with the workspace. */
  hasApp(userId) {
    return !this.person(userId)?.is_stranger;
  }

  isApp(id) {
    return id === this.app.bot_user_id;
  }

  nameOf(id) {
    if (this.isApp(id)) return this.app.name;
    const person = this.person(id);
    return person ? person.real_name || person.name : id;
  }

  channelName(id) {
    return this.channels.find((channel) => channel.id === id)?.name ?? id;
  }
}
