/**
 * Who acts and what they look at, kept in the address: `#/as/U0ANA/in/C0FRONT`.
 * Two windows with two addresses are two people.
 */

export const HOME = "home";
export const APP = "app";
export const MAIL = "mail";

/** Reads the address; what is missing or unknown becomes the first person, and the first channel they are in. */
export function readAddress(directory, hash = location.hash) {
  const match = /^#\/as\/([^/]+)(?:\/in\/([^/]+))?/.exec(hash) ?? [];
  const person = directory.people.find(({ id }) => id === match[1]) ?? directory.people[0];
  const appPlaces = directory.hasApp(person.id) ? [APP, ...(directory.homeEnabled ? [HOME] : [])] : [];
  const places = [...directory.channelsOf(person.id).map(({ id }) => id), ...appPlaces, ...(directory.hasMail ? [MAIL] : [])];
  return { person: person.id, place: places.includes(match[2]) ? match[2] : places[0] };
}

/** Writes an address for a link. */
export function addressOf({ person, place }) {
  return `#/as/${person}/in/${place}`;
}
