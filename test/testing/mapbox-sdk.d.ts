/** The parts of the Mapbox SDK that the tests drive; the package ships no types. */
declare module '@mapbox/mapbox-sdk' {
  export interface MapiResponse {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
    readonly rawBody: string;
    readonly links: Readonly<Record<string, { readonly url: string }>>;
    hasNextPage(): boolean;
    nextPage(): MapiRequest | null;
  }

  export interface MapiRequest {
    send(): Promise<MapiResponse>;
    eachPage(callback: (error: unknown, response: MapiResponse, next: () => void) => void): void;
  }

  export interface MapiClient {
    createRequest(options: {
      readonly method: string;
      readonly path: string;
      readonly query?: Readonly<Record<string, string | number | boolean>>;
      readonly params?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }): MapiRequest;
  }

  export interface ClientOptions {
    readonly accessToken: string;
    readonly origin?: string;
  }

  export default function createClient(options: ClientOptions): MapiClient;
}

declare module '@mapbox/mapbox-sdk/services/tokens.js' {
  import type { ClientOptions, MapiClient, MapiRequest } from '@mapbox/mapbox-sdk';

  interface TokenFields {
    readonly note?: string;
    readonly scopes?: readonly string[];
    readonly resources?: readonly string[] | null;
    readonly allowedUrls?: readonly string[] | null;
    readonly allowedApplications?: readonly { readonly platform: string; readonly bundleId: string }[] | null;
  }

  export interface TokensService {
    listTokens(): MapiRequest;
    createToken(config?: TokenFields): MapiRequest;
    createTemporaryToken(config: {
      readonly expires: string | Date;
      readonly scopes: readonly string[];
    }): MapiRequest;
    updateToken(config: TokenFields & { readonly tokenId: string }): MapiRequest;
    getToken(): MapiRequest;
    deleteToken(config: { readonly tokenId: string }): MapiRequest;
    listScopes(): MapiRequest;
  }

  export default function createTokensService(client: ClientOptions | MapiClient): TokensService;
}

declare module '@mapbox/parse-mapbox-token' {
  export interface ParsedToken {
    readonly usage: string;
    readonly user: string;
    readonly authorization?: string;
    readonly expires?: number;
    readonly created?: number;
    readonly scopes?: readonly string[];
    readonly client?: string;
  }

  export default function parseToken(token: string): ParsedToken;
}
