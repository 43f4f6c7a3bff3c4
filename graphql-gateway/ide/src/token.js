// The token lives in this browser tab and nowhere else: sessionStorage ends with the tab.
const place = 'osst:token';

export const savedToken = () => sessionStorage.getItem(place) ?? '';

export function saveToken(token) {
  if (token) sessionStorage.setItem(place, token);
  else sessionStorage.removeItem(place);
}

const readingRoles = ['social-worker', 'counsellor', 'coordinator'];

/** Why the IDE's requests read clients: the everyday purpose of roles that do; none for the others. */
export const savedPurpose = () => readingRoles.includes(readToken(savedToken())?.role) ? 'client-work' : undefined;

/** What a token says about itself, unchecked: only the server knows whether it is true. Null when it is no token. */
export function readToken(token) {
  try {
    const body = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(body), (c) => c.charCodeAt(0))));
    return { role: claims.role, municipality: [claims.municipality ?? []].flat().join(', '), expires: new Date(claims.exp * 1000) };
  } catch {
    return null;
  }
}
