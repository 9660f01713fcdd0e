declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  export interface SwaggerSystem {
    readonly React: typeof import('react');
  }

  /** https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/ */
  export default function SwaggerUI(options: {
    readonly url: string;
    readonly dom_id: string;
    readonly docExpansion: 'list' | 'full' | 'none';
    /** -1: the list of all schemas is left away. */
    readonly defaultModelsExpandDepth: number;
    /** So deep is a schema unfolded at first. */
    readonly defaultModelExpandDepth: number;
    readonly defaultModelRendering: 'example' | 'model';
    /** Methods with a button that sends a call. */
    readonly supportedSubmitMethods: readonly string[];
    readonly validatorUrl: null;
    readonly plugins: readonly ((system: SwaggerSystem) => object)[];
  }): void;
}
