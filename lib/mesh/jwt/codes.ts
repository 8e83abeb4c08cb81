/** Stable codes of what JwtAuthentication and grants by token refuse. */
export const JWT_CODES = {
  grantWithoutToken: 'SM1280',
  tokenWithoutHttp: 'SM1281',
  eventsWithoutToken: 'SM1282',
  tokenTaken: 'SM1283',
  wildcardHost: 'SM1285',
  unsaidPreflights: 'SM0260',
} as const;
