/** The emoji an app like this writes by name. A name not listed here stays as it was typed. */

const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", warning: "⚠️", no_entry: "⛔",
  no_entry_sign: "🚫", information_source: "ℹ️", question: "❓", exclamation: "❗", bell: "🔔", no_bell: "🔕",
  email: "✉️", envelope: "✉️", "e-mail": "📧", incoming_envelope: "📨", mailbox: "📫", phone: "☎️", telephone_receiver: "📞",
  iphone: "📱", rotating_light: "🚨", sos: "🆘", ambulance: "🚑", hospital: "🏥", link: "🔗", lock: "🔒", unlock: "🔓",
  mag: "🔍", memo: "📝", pencil: "✏️", pencil2: "✏️", wastebasket: "🗑️", calendar: "📅", date: "📅", birthday: "🎂", clock1: "🕐",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", family: "👪", couple: "👫", baby: "👶", child: "🧒", older_woman: "👵", older_man: "👴",
  bust_in_silhouette: "👤", busts_in_silhouette: "👥", house: "🏠", heart: "❤️", green_heart: "💚", star: "⭐", sparkles: "✨",
  wave: "👋", "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", tada: "🎉", eyes: "👀", bulb: "💡", arrow_right: "➡️",
  arrow_left: "⬅️", arrows_counterclockwise: "🔄", leftwards_arrow_with_hook: "↩️", heavy_plus_sign: "➕", heavy_minus_sign: "➖",
  small_blue_diamond: "🔹", large_green_circle: "🟢", red_circle: "🔴", large_yellow_circle: "🟡", white_circle: "⚪", black_circle: "⚫",
  page_facing_up: "📄", file_folder: "📁", shield: "🛡️", key: "🔑", gear: "⚙️", smile: "😄", slightly_smiling_face: "🙂",
};

/** The character for an emoji's name, or the name in colons as Slack shows an emoji it does not have. */
export function emojiFor(name) {
  return EMOJI[name] ?? `:${name}:`;
}

/** Replaces every known `:name:` in plain text. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => EMOJI[name] ?? whole);
}
