/** Calendar days as `YYYY-MM-DD`, without clock or time zone: reading what a person types, and reckoning with it. */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const pad = (number, width = 2) => String(number).padStart(width, "0");

export const monthNames = MONTHS;

/** The day of these numbers (month 1 to 12), or null where there is no such day. */
export function dayOf(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1 && year <= 9999 ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : null;
}

export function partsOf(day) {
  const [year, month, date] = day.split("-").map(Number);
  return { year, month, day: date };
}

/** Today where the person sits. */
export function today() {
  const now = new Date();
  return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

export function addDays(day, count) {
  const { year, month, day: date } = partsOf(day);
  const moved = new Date(Date.UTC(year, month - 1, date + count));
  return dayOf(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate()) ?? day;
}

/** The same day of another month, or that month's last day. */
export function addMonths(day, count) {
  const { year, month, day: date } = partsOf(day);
  const index = year * 12 + (month - 1) + count;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return dayOf(toYear, toMonth, Math.min(date, daysIn(toYear, toMonth))) ?? day;
}

export function daysIn(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day) {
  const { year, month, day: date } = partsOf(day);
  return new Date(Date.UTC(year, month - 1, date)).getUTCDay();
}

/** "March 5, 2014". */
export function spoken(day) {
  const { year, month, day: date } = partsOf(day);
  return `${MONTHS[month - 1]} ${date}, ${year}`;
}

/** Reads "2014-03-05", "3/5/2014" (month first, as in the United States), "March 5, 2014" or "5 Mar 2014"; else null. */
export function readDay(typed) {
  const text = typed.trim().toLowerCase();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const american = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (american) return dayOf(Number(american[3]), Number(american[1]), Number(american[2]));
  const words = text.replace(/(\d)(st|nd|rd|th)\b/, "$1");
  const monthFirst = /^([a-z]{3,})\.?\s+(\d{1,2})\s*,?\s+(\d{4})$/.exec(words);
  if (monthFirst) return named(monthFirst[3], monthFirst[1], monthFirst[2]);
  const dayFirst = /^(\d{1,2})\.?\s+([a-z]{3,})\.?\s*,?\s+(\d{4})$/.exec(words);
  return dayFirst ? named(dayFirst[3], dayFirst[2], dayFirst[1]) : null;
}

function named(year, name, day) {
  const month = MONTHS.findIndex((full) => full.toLowerCase().startsWith(name)) + 1;
  return month ? dayOf(Number(year), month, Number(day)) : null;
}
