/** How a kind of gateway asks a forward-auth door, and which answers it can pass on. */
export interface Dialect {
  /** Where the door is asked. */
  readonly path: string;
  /** The headers that tell the original request, in lower case. Only these are read: a client's others get through some gateways. */
  readonly methodHeader: string;
  readonly targetHeader: string;
  /** True where the gateway passes on only 401 and 403, and no body: the rest then stands in headers. */
  readonly hidesAnswers: boolean;
}

/** Caddy's `forward_auth`, Traefik's `ForwardAuth` and others that pass any refusal on as it is. */
export const generalDialect: Dialect = {
  path: '/forward-auth',
  methodHeader: 'x-forwarded-method',
  targetHeader: 'x-forwarded-uri',
  hidesAnswers: false,
};

/** nginx's `auth_request`. */
export const nginxDialect: Dialect = {
  path: '/forward-auth/nginx',
  methodHeader: 'x-original-method',
  targetHeader: 'x-original-uri',
  hidesAnswers: true,
};

export const dialects: readonly Dialect[] = [generalDialect, nginxDialect];
