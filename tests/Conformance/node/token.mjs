const readingRoles = ['social-worker', 'counsellor', 'coordinator'];

/** The purpose of a token's holder, where a test is not about that; undefined for a role without one. */
export function purposeOf(token) {
  try {
    const { role } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
    return readingRoles.includes(role) ? 'client-work' : undefined;
  } catch {
    return undefined; // It is no token, which is what such a test is about.
  }
}

/** The headers of a caller. */
export function headersOf(token) {
  if (!token) return {};
  const purpose = purposeOf(token);
  return { authorization: `Bearer ${token}`, ...(purpose && { 'osst-purpose': purpose }) };
}
